package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/views/access"
	"samband/views/ds"
)

// endsSoon is how far ahead the list of who has access counts what ends by itself.
const endsSoon = 30 * 24 * time.Hour

// accessNames are the names that the pages about access need.
func (s *Server) accessNames(ctx context.Context) (n access.Names, err error) {
	if n.User, err = s.userNames(ctx); err != nil {
		return n, err
	}
	n.Registry, err = s.registryNames(ctx)
	return n, err
}

// access shows everyone with access, and by which grant: now, or as of the end of a past day (?at=).
func (s *Server) access(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	m, err := s.accessList(r)
	if err != nil {
		return err
	}
	if !m.Past {
		if m.ToCome, err = s.DB.AccessToCome(ctx); err != nil {
			return err
		}
		if m.Requests, err = s.DB.AccessRequests(ctx, db.RequestFilter{Waiting: true}); err != nil {
			return err
		}
		all, err := s.DB.AccessReviews(ctx)
		if err != nil {
			return err
		}
		m.Reviews = slices.DeleteFunc(all, func(v store.AccessReview) bool { return v.State == store.ReviewClosed })
		officers, err := s.DB.Officers(ctx)
		if err != nil {
			return err
		}
		m.Summary.Officers = len(officers)
	}
	m.MayAsk, m.MayGrant = s.can(r, store.AskAccess, ""), s.can(r, store.GrantAccess, "")
	m.Download = "/access/csv"
	if r.URL.RawQuery != "" {
		m.Download += "?" + r.URL.Query().Encode()
	}
	return s.page(w, r, access.List(s.ctx(w, r), *m))
}

// accessList gives who had access at the moment asked for, narrowed as asked.
func (s *Server) accessList(r *http.Request) (*access.ListModel, error) {
	ctx, q := r.Context(), r.URL.Query()
	m := &access.ListModel{At: s.now(), Filter: access.Filter{Person: strings.TrimSpace(q.Get("person")),
		Registry: q.Get("registry"), Role: q.Get("role"), At: q.Get("at")}}
	f := &form{values: q}
	switch day, today := f.date("at"), store.DateOf(m.At); {
	case day.IsZero() || day == today:
	case today.Before(day):
		f.fault("at", "access.future", nil)
	default:
		m.At, m.Past = day.AddDays(1).Start().Add(-time.Microsecond), true
	}
	m.Errors = f.errors
	var err error
	if m.Names, err = s.accessNames(ctx); err != nil {
		return nil, err
	}
	for id, name := range m.Names.Registry {
		m.Options = append(m.Options, ds.Option{Value: id, Text: name})
	}
	m.Options = byName(m.Options, func(o *ds.Option) string { return o.Text })
	if m.Access, err = s.DB.Access(ctx, m.At); err != nil {
		return nil, err
	}
	users, err := s.DB.Users(ctx)
	if err != nil {
		return nil, err
	}
	m.Torn = torn(m.Access, m.At)
	m.Without = slices.DeleteFunc(users, func(u store.User) bool {
		return u.Issuer == store.EmergencyIssuer ||
			slices.ContainsFunc(m.Access, func(a store.Access) bool { return a.User.ID == u.ID })
	})
	m.Without = byName(m.Without, func(u *store.User) string { return u.Name })
	m.Access = slices.DeleteFunc(m.Access, func(a store.Access) bool { return !picks(m.Filter, &a) })
	m.Access = byName(m.Access, func(a *store.Access) string { return a.User.Name })
	people, blocked := map[string]bool{}, map[string]bool{}
	for _, a := range m.Access {
		people[a.User.ID] = true
		if a.Blocked {
			blocked[a.User.ID] = true
		}
		if !a.Grant.Until.IsZero() && a.Grant.Until.Before(m.At.Add(endsSoon)) {
			m.Summary.Ending++
		}
	}
	m.Summary.People, m.Summary.Blocked = len(people), len(blocked)
	return m, nil
}

// picks tells whether a filter leaves a grant in the list.
func picks(f access.Filter, a *store.Access) bool {
	return (f.Role == "" || string(a.Grant.Role) == f.Role) && (f.Registry == "" || a.Grant.In(f.Registry)) &&
		strings.Contains(strings.ToLower(a.User.Name), strings.ToLower(f.Person))
}

// torn gives those who hold two roles that must be kept apart.
func torn(list []store.Access, at time.Time) (ids []string) {
	people := map[string]*store.Person{}
	for _, a := range list {
		p := people[a.User.ID]
		if p == nil {
			p = &store.Person{User: a.User}
			people[a.User.ID] = p
		}
		if p.Grants = append(p.Grants, a.Grant); p.Torn(at) && !slices.Contains(ids, a.User.ID) {
			ids = append(ids, a.User.ID)
		}
	}
	return ids
}

// accessCSV gives the same list as a file. Who took it is in the log.
func (s *Server) accessCSV(w http.ResponseWriter, r *http.Request) error {
	m, err := s.accessList(r)
	if err != nil {
		return err
	}
	if err := m.Errors.OrNil(); err != nil {
		return err
	}
	day := string(store.DateOf(m.At))
	err = s.DB.Record(r.Context(), store.AuditEntry{Action: "access.export", Kind: "user", Object: day,
		Details: store.Args{"lines": len(m.Access), "filter": url.Values(r.URL.Query()).Encode()}}, actor(r))
	if err != nil {
		return err
	}
	c := s.frame(r)
	return s.csv(w, r, "tilgang-"+day+".csv", func(row func(...string)) { access.Rows(c, m, row) })
}
