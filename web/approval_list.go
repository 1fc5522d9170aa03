package web

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/views/assess"
	"samband/views/integration"
)

// approvalList shows what waits for a decision, what runs out soon, and every ROS and LD.
func (s *Server) approvalList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	list, err := s.DB.Integrations(ctx, db.IntegrationFilter{})
	if err != nil {
		return err
	}
	visible := s.visible(r)
	list = slices.DeleteFunc(list, func(i store.Integration) bool { return !visible(i.RegistryID) })
	integrations := byID(list, func(i *store.Integration) string { return i.ID })
	approvals, err := s.DB.Approvals(ctx, "", store.AppSubmitted, store.AppChangeRequested, store.AppApproved)
	if err != nil {
		return err
	}
	names, err := s.registryNames(ctx)
	if err != nil {
		return err
	}
	m := assess.QueueModel{Uses: map[string]int{}, MayEdit: person(r).CanSomewhere(store.EditBasis, s.now())}
	for _, i := range list {
		if i.State != store.IntEnded {
			m.Uses[integration.DocumentHref("ros", i.ROS.ID, i.ROS.Version)]++
			m.Uses[integration.DocumentHref("ld", i.LD.ID, i.LD.Version)]++
		}
	}
	for _, a := range approvals {
		i := integrations[a.IntegrationID]
		if i == nil {
			continue
		}
		x := assess.Waiting{Approval: a, Integration: *i, Registry: names[i.RegistryID],
			Own: a.MayDecide(person(r).User.ID) != nil}
		switch a.State {
		case store.AppSubmitted:
			m.Waiting = append(m.Waiting, x)
		case store.AppChangeRequested:
			m.Returned = append(m.Returned, x)
		default:
			m.Expiring = s.expiring(m.Expiring, assess.Expiring{Kind: "approval", Name: i.Name,
				Href: integration.Href(i.ID) + "/approval", On: a.ValidTo, Hits: 1})
		}
	}
	slices.Reverse(m.Waiting) // who has waited longest comes first
	if err := s.addDocuments(r, &m); err != nil {
		return err
	}
	slices.SortStableFunc(m.Expiring, func(a, b assess.Expiring) int { return cmp.Compare(a.On, b.On) })
	return s.page(w, r, assess.Queue(s.ctx(w, r), m))
}

// addDocuments adds every ROS and LD, and those that run out.
func (s *Server) addDocuments(r *http.Request, m *assess.QueueModel) error {
	ros, err := s.DB.RiskAssessments(r.Context())
	if err != nil {
		return err
	}
	lds, err := s.DB.SolutionDesigns(r.Context())
	if err != nil {
		return err
	}
	for i := range ros {
		m.ROS = append(m.ROS, assess.OfROS(&ros[i]))
	}
	for i := range lds {
		m.LD = append(m.LD, assess.OfLD(&lds[i]))
	}
	lang := langOf(s, r)
	for _, d := range slices.Concat(m.ROS, m.LD) {
		if hits := m.Uses[d.Href()]; hits > 0 && assess.Accepts(d.Kind, d.State) {
			m.Expiring = s.expiring(m.Expiring, assess.Expiring{Kind: d.Kind, Name: documentName(lang, d), Href: d.Href(),
				On: d.ValidTo, Hits: hits})
		}
	}
	return nil
}

// expiring adds what runs out within warnDays.
func (s *Server) expiring(list []assess.Expiring, e assess.Expiring) []assess.Expiring {
	if e.On.IsZero() || !e.On.Before(store.DateOf(s.now()).AddDays(warnDays+1)) {
		return list
	}
	e.Days = int(e.On.Time().Sub(store.DateOf(s.now()).Time()) / (24 * time.Hour))
	return append(list, e)
}
