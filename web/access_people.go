package web

import (
	"net/http"
	"slices"

	"samband/store"
	"samband/store/db"
	"samband/views/access"
	"samband/views/layout"
	"samband/views/today"
)

// people gives who has access to a registry, for its page; nil when the reader is neither its coordinator nor sees
// access.
func (s *Server) people(r *http.Request, registryID string) (*access.PeopleModel, error) {
	ctx, now := r.Context(), s.now()
	m := &access.PeopleModel{Here: registryID, At: now, MayAsk: s.can(r, store.AskAccess, registryID),
		MaySee: s.can(r, store.SeeAccess, "")}
	if !m.MaySee && !s.can(r, store.ReviewAccess, registryID) {
		return nil, nil
	}
	var err error
	if m.Names, err = s.accessNames(ctx); err != nil {
		return nil, err
	}
	elsewhere := func(a store.Access) bool { return !a.Grant.In(registryID) }
	if m.Access, err = s.DB.Access(ctx, now); err != nil {
		return nil, err
	}
	m.Access = byName(slices.DeleteFunc(m.Access, elsewhere), func(a *store.Access) string { return a.User.Name })
	if m.ToCome, err = s.DB.AccessToCome(ctx); err != nil {
		return nil, err
	}
	m.ToCome = slices.DeleteFunc(m.ToCome, elsewhere)
	mine, err := s.reviewsWaiting(r)
	if i := slices.IndexFunc(mine, func(v store.AccessReview) bool { return v.RegistryID == registryID }); i >= 0 {
		m.Review = &mine[i]
	}
	return m, err
}

// reviewsWaiting gives the reviews that have a line left which the reader may answer.
func (s *Server) reviewsWaiting(r *http.Request) ([]store.AccessReview, error) {
	if !person(r).CanSomewhere(store.ReviewAccess, s.now()) {
		return nil, nil
	}
	all, err := s.DB.AccessReviews(r.Context())
	return slices.DeleteFunc(all, func(v store.AccessReview) bool {
		return v.State == store.ReviewClosed || !s.mayReview(r, v.RegistryID) ||
			!slices.ContainsFunc(v.Lines, func(l store.ReviewLine) bool {
				return !l.Settled(s.now()) && !l.Mine(person(r).User.ID)
			})
	}), err
}

// accessNeeds adds the requests that the person may decide, and the reviews they are to go through.
func (s *Server) accessNeeds(c layout.Ctx, r *http.Request, m *today.Model) error {
	reviews, err := s.reviewsWaiting(r)
	if err != nil {
		return err
	}
	var waiting []store.AccessRequest
	if s.can(r, store.GrantAccess, "") {
		if waiting, err = s.DB.AccessRequests(r.Context(), db.RequestFilter{Waiting: true}); err != nil {
			return err
		}
		waiting = slices.DeleteFunc(waiting, func(q store.AccessRequest) bool { return q.MayDecide(person(r).User.ID) != nil })
	}
	if len(reviews) == 0 && len(waiting) == 0 {
		return nil
	}
	names, err := s.accessNames(r.Context())
	if err != nil {
		return err
	}
	for i := range waiting {
		m.Needs = append(m.Needs, names.RequestNeed(c, &waiting[i]))
	}
	for i := range reviews {
		m.Needs = append(m.Needs, names.ReviewNeed(c, &reviews[i], m.At))
	}
	return nil
}
