package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/store/text"
	"samband/views/alerts"
	"samband/views/ds"
	"samband/views/integration"
	"samband/views/layout"
	"samband/views/state"
	"samband/views/today"
)

// deliveriesShown is how many of the last day's runs stand on the page; the rest are in the history.
const deliveriesShown = 20

// warnDays is how long before a ROS or LD runs out people are told.
const warnDays = 60

// today shows what needs the person, what happened in the last day, how fresh data are and what comes next.
func (s *Server) today(w http.ResponseWriter, r *http.Request) error {
	ctx, now, p := r.Context(), s.now(), person(r)
	m := today.Model{Name: strings.Fields(p.User.Name + " ?")[0], At: now}
	list, err := s.DB.Integrations(ctx, db.IntegrationFilter{})
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(i store.Integration) bool { return !s.can(r, store.SeeRegistry, i.RegistryID) })
	standings, err := s.DB.Standings(ctx, db.IntegrationFilter{})
	if err != nil {
		return err
	}
	names, err := s.namesOf(r)
	if err != nil {
		return err
	}
	c := s.ctx(w, r)
	stopped, err := s.stoppedNeeds(c, r, list)
	if err != nil {
		return err
	}
	if err := s.alertNeeds(c, r, &m, stopped); err != nil {
		return err
	}
	for _, i := range list {
		if n, ok := stopped[i.ID]; ok {
			m.Needs = append(m.Needs, n)
		}
		st := standings[i.ID]
		if !i.State.Runnable() {
			continue
		}
		f := today.Fresh{Integration: i, Registry: names.registry[i.RegistryID]}
		if st.Succeeded != nil {
			f.Last = st.Succeeded.EndedAt
			f.Late = i.Late(f.Last, now)
		}
		m.Fresh = append(m.Fresh, f)
		slots, err := s.Runs.NextSlots(ctx, i.ID, 2)
		if err != nil {
			return err
		}
		for _, slot := range slots {
			m.Next = append(m.Next, today.Next{Integration: i, Slot: slot})
		}
	}
	slices.SortFunc(m.Next, func(a, b today.Next) int { return a.Slot.At.Compare(b.Slot.At) })
	m.Next = m.Next[:min(len(m.Next), 5)]
	if err := s.approvalNeeds(c, r, &m, list); err != nil {
		return err
	}
	if err := s.outgrownNeeds(c, r, &m, list); err != nil {
		return err
	}
	if err := s.moveNeeds(c, r, &m, list, names); err != nil {
		return err
	}
	if err := s.accessNeeds(c, r, &m); err != nil {
		return err
	}
	if err := s.reidentNeeds(c, r, &m); err != nil {
		return err
	}
	f := store.RunFilter{From: now.Add(-24 * time.Hour), Limit: 1000}
	f.Registries, f.All = p.Registries(now)
	recent, err := s.DB.Runs(ctx, f)
	if err != nil {
		return err
	}
	for _, run := range recent {
		i := slices.IndexFunc(list, func(x store.Integration) bool { return x.ID == run.IntegrationID })
		if i < 0 {
			continue
		}
		sys := names.system[names.method[list[i].MethodID]]
		m.Deliveries = append(m.Deliveries, today.Delivery{Run: run, Integration: list[i], Registry: names.registry[run.RegistryID],
			System: sys.Name, Direction: sys.Role.Direction()})
	}
	m.Ran, m.Good = len(m.Deliveries), 0
	for _, d := range m.Deliveries {
		if d.Run.State == store.RunSucceeded {
			m.Good++
		}
	}
	m.Deliveries = m.Deliveries[:min(len(m.Deliveries), deliveriesShown)]
	return s.page(w, r, today.Today(c, m))
}

// namesOf are the names that lists need.
type namesOf struct {
	registry map[string]string
	method   map[string]string // method → system
	system   map[string]store.System
}

func (s *Server) namesOf(r *http.Request) (n namesOf, err error) {
	n = namesOf{map[string]string{}, map[string]string{}, map[string]store.System{}}
	registries, err := s.DB.Registries(r.Context())
	if err != nil {
		return n, err
	}
	for _, g := range registries {
		n.registry[g.ID] = g.Name
	}
	methods, err := s.DB.Methods(r.Context(), "")
	if err != nil {
		return n, err
	}
	for _, m := range methods {
		n.method[m.ID] = m.SystemID
	}
	systems, err := s.DB.Systems(r.Context())
	for _, x := range systems {
		n.system[x.ID] = x
	}
	return n, err
}

// alertNeeds adds what is wrong and nobody has taken, of what the person may: the alerts as they stand on their own page,
// in the same words and order. An integration that the gate would refuse is told as that, with all that it lacks.
func (s *Server) alertNeeds(c layout.Ctx, r *http.Request, m *today.Model, stopped map[string]ds.Need) error {
	list, err := s.alerts(c, r, store.AlertFilter{})
	if err != nil {
		return err
	}
	for i := range list {
		x := &list[i]
		if _, told := stopped[x.Alert.Subject]; x.Taken || !person(r).Can(x.Alert.Right(), x.Alert.Registry, m.At) ||
			told && x.Alert.Kind == store.AlertRefused {
			continue
		}
		m.Needs = append(m.Needs, alerts.Need(c, x))
	}
	return nil
}

// stoppedNeeds gives each integration that is approved and that the gate would refuse to run. No run has met it yet, so it
// is no alert. Somebody decided that what is suspended shall not run: it is not there.
func (s *Server) stoppedNeeds(c layout.Ctx, r *http.Request, list []store.Integration) (map[string]ds.Need, error) {
	qs, err := s.Gate.Questions(r.Context(), store.AtRun)
	if err != nil {
		return nil, err
	}
	stopped := map[string]ds.Need{}
	for n := range qs {
		q := &qs[n]
		i := q.Integration
		if !i.State.Runnable() || !slices.ContainsFunc(list, func(x store.Integration) bool { return x.ID == i.ID }) {
			continue
		}
		f := store.Gate(*q).Footing(q.Approval)
		if !f.Stopped() {
			continue
		}
		stopped[i.ID] = ds.Need{State: ds.State{Tone: ds.Danger, Icon: ds.IconBlocked},
			Title: c.T("today.need.stopped", "integration", i.Name), Text: strings.Join(text.Footing(c.Lang, &f), " "),
			Action: ds.ButtonProps{Text: c.T("today.need.stopped.do"), Href: integration.Href(i.ID) + "/approval"}}
	}
	return stopped, nil
}

// approvalNeeds adds what waits for who approves, and what soon runs out.
func (s *Server) approvalNeeds(c layout.Ctx, r *http.Request, m *today.Model, list []store.Integration) error {
	day := store.DateOf(m.At)
	for _, i := range list {
		if !s.can(r, store.Approve, i.RegistryID) {
			continue
		}
		waiting, err := s.DB.Approvals(r.Context(), i.ID, store.AppSubmitted)
		if err != nil {
			return err
		}
		for _, a := range waiting {
			m.Needs = append(m.Needs, ds.Need{State: state.Approval(c, a.State),
				Title:  c.T("today.need.approval", "integration", i.Name),
				Text:   c.T("today.need.approval.text", "name", a.SubmittedName, "at", a.SubmittedAt),
				Action: ds.ButtonProps{Text: c.T("today.need.approval.do"), Href: "/integrations/" + i.ID + "/approval"}})
		}
	}
	if !person(r).CanSomewhere(store.EditBasis, m.At) {
		return nil
	}
	soon := func(title string, to store.Date) {
		if to.IsZero() || day.AddDays(warnDays).Before(to) {
			return
		}
		m.Needs = append(m.Needs, ds.Need{State: ds.State{Tone: ds.Warning, Icon: ds.IconPhasing},
			Title: c.T("today.need.expires", "document", title, "date", to), Text: c.T("today.need.expires.text"),
			Action: ds.ButtonProps{Text: c.T("today.need.expires.do"), Href: "/approvals"}})
	}
	seen := map[store.Ref]bool{}
	for _, i := range list {
		if !i.State.Runnable() || !s.can(r, store.EditBasis, i.RegistryID) {
			continue
		}
		if ros, err := s.DB.RiskAssessment(r.Context(), i.ROS); err == nil && !seen[i.ROS] {
			seen[i.ROS] = true
			soon(ros.Title, ros.ValidTo)
		}
		if ld, err := s.DB.SolutionDesign(r.Context(), i.LD); err == nil && !seen[i.LD] {
			seen[i.LD] = true
			soon(ld.Title, ld.ValidTo)
			if store.RouteRuleOf(s.routeOf(r.Context(), &i)).Reason && store.ExpiresSoon(ld.ExemptRouteUntil, m.At) {
				m.Needs = append(m.Needs, ds.Need{State: ds.State{Tone: ds.Warning, Icon: ds.IconPhasing},
					Title: c.T("today.need.exemption", "document", ld.Title, "date", ld.ExemptRouteUntil), Text: c.T("today.need.exemption.text"),
					Action: ds.ButtonProps{Text: c.T("today.need.expires.do"), Href: integration.DocumentHref("ld", ld.ID, ld.Version)}})
			}
		}
	}
	return nil
}
