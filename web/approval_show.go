package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"samband/store"
	"samband/views/assess"
	"samband/views/edit"
)

// approvalRegistry finds the registry of the approval {id}.
func approvalRegistry(s *Server, r *http.Request) (string, error) {
	a, err := s.DB.Approval(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", err
	}
	i, err := s.DB.Integration(r.Context(), a.IntegrationID)
	if err != nil {
		return "", err
	}
	return i.RegistryID, nil
}

// approvalShow shows the approval of an integration.
func (s *Server) approvalShow(w http.ResponseWriter, r *http.Request) error {
	m, err := s.approvalModel(r, r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.page(w, r, assess.Approval(s.ctx(w, r), *m))
}

// approvalAgain shows the page again, with a form that can't be carried out.
func (s *Server) approvalAgain(w http.ResponseWriter, r *http.Request, status int, integrationID, which string,
	f *form) error {
	m, err := s.approvalModel(r, integrationID)
	if err != nil {
		return err
	}
	m.Which, m.Form = which, edit.Form{Area: "assess", Values: f.values, Errors: f.errors}
	return s.pageStatus(w, r, status, assess.Approval(s.ctx(w, r), *m))
}

func (s *Server) approvalModel(r *http.Request, integrationID string) (*assess.ApprovalModel, error) {
	ctx := r.Context()
	q, err := s.Gate.Question(ctx, integrationID, store.AtSubmit)
	if err != nil {
		return nil, err
	}
	i := q.Integration
	m := &assess.ApprovalModel{Integration: *i, Registry: *q.Registry, System: *q.System, ROS: q.ROS, LD: q.LD,
		Latest: q.Latest(), Now: q.At, MaySubmit: s.can(r, store.Submit, i.RegistryID) && i.State != store.IntEnded,
		MayDecide: s.can(r, store.Approve, i.RegistryID), MayRevoke: s.can(r, store.Approve, i.RegistryID),
		MayMeet: s.can(r, store.EditRegistry, i.RegistryID)}
	if m.All, err = s.DB.Approvals(ctx, i.ID); err != nil {
		return nil, err
	}
	if m.Entries, err = s.DB.ApprovalEntries(ctx, i.ID); err != nil {
		return nil, err
	}
	m.Proof = store.FieldCoverage(&q)
	m.Holding = inState(m.All, store.AppApproved)
	m.Open = inState(m.All, store.AppSubmitted, store.AppChangeRequested, store.AppDraft)
	waits := m.Open != nil && m.Open.State == store.AppSubmitted
	switch {
	case waits:
		q.Moment, q.Approval = store.AtApprove, m.Open
	case i.State.Runnable():
		q.Moment = store.AtRun
	}
	answer := store.Gate(q)
	m.NowHash = answer.ScopeHash
	if i.State != store.IntEnded {
		m.Refusals, m.Warnings = answer.Refusals, answer.Warnings
	}
	m.Scope, m.ScopeHash = answer.Scope, answer.ScopeHash
	run := q
	run.Moment, run.Approval = store.AtRun, m.Holding
	m.Footing = store.Gate(run).Footing(m.Holding)
	who, err := s.changers(ctx, &q, m.Holding)
	if err != nil {
		return nil, err
	}
	m.Editors = store.Editors(who.edits)
	if waits {
		if m.Scope, err = store.ParseScope(m.Open.Scope); err != nil {
			return nil, err
		}
		m.ScopeHash = m.Open.ScopeHash
		if answer.Scope != nil {
			m.Since = who.changes(answer.Scope.Diff(m.Scope))
		}
		me := person(r).User.ID
		m.Own = m.Open.MayDecide(me) != nil || slices.ContainsFunc(m.Editors, func(e store.Editor) bool { return e.UserID == me })
		if err := s.consequences(r, m, &q); err != nil {
			return nil, err
		}
	}
	if m.Holding != nil && m.Scope != nil {
		approved, err := store.ParseScope(m.Holding.Scope)
		if err != nil {
			return nil, err
		}
		m.Changes = who.changes(m.Scope.Diff(approved))
		for _, t := range m.Holding.Conditions {
			if !t.Met() {
				m.Carried = append(m.Carried, t)
			}
		}
	}
	if err := s.correctionsOf(ctx, m, q.Mapping); err != nil {
		return nil, err
	}
	return m, s.comparison(r, m)
}

// correctionsOf adds what the mappings behind the scopes say of their corrections, and a scope leaves out.
func (s *Server) correctionsOf(ctx context.Context, m *assess.ApprovalModel, used *store.MappingVersion) error {
	var nos []int // of the mapping in Scope, then of what it is held against
	now := 0
	if used != nil {
		now = used.No
	}
	if m.Open != nil && m.Open.State == store.AppSubmitted {
		nos = append(nos, m.Open.MappingNo)
	}
	nos = append(nos, now)
	var err error
	if m.Corrections, err = s.corrections(ctx, m.Integration.ID, nos...); err != nil {
		return err
	}
	since, err := s.corrections(ctx, m.Integration.ID, now, nos[0])
	if err != nil {
		return err
	}
	correct(m.Since, since)
	if m.Holding != nil {
		nos = append(nos, m.Holding.MappingNo)
	}
	all, err := s.corrections(ctx, m.Integration.ID, nos...)
	correct(m.Changes, all)
	return err
}

// corrections gives the corrections of versions of a mapping by name; the first version that has one tells of it.
func (s *Server) corrections(ctx context.Context, integrationID string, nos ...int) (map[string]*assess.Correction, error) {
	list := map[string]*assess.Correction{}
	var names map[string]string
	for n, no := range nos {
		if no == 0 || slices.Contains(nos[:n], no) {
			continue
		}
		v, err := s.DB.MappingVersion(ctx, integrationID, no)
		if err != nil {
			return nil, err
		}
		if names == nil && len(v.Mapping.Corrections) > 0 {
			if names, err = s.userNames(ctx); err != nil {
				return nil, err
			}
		}
		named := func(user string) string { return cmp.Or(names[user], user) }
		for _, k := range v.Mapping.Corrections {
			if list[k.Name] != nil {
				continue
			}
			x := &assess.Correction{Correction: k, By: named(k.Author)}
			if k.Undone != nil {
				x.UndoneBy = named(k.Undone.By)
			}
			list[k.Name] = x
		}
	}
	return list, nil
}

// correct adds to changes the correction that each is about.
func correct(changes []assess.Change, list map[string]*assess.Correction) {
	for i := range changes {
		changes[i].Correction = list[changes[i].Difference.Correction()]
	}
}

// changers knows who made the differences from what was approved.
type changers struct {
	ros   *store.RiskAssessment // whose risks a difference may touch; nil when there is none
	edits []store.Edit          // since the approval that holds
	all   []store.Edit
	made  map[store.Line]store.Origin // what a line came with
}

// changers reads who edited what the approval of an integration covers, since the one that holds.
func (s *Server) changers(ctx context.Context, q *store.GateQuestion, holding *store.Approval) (*changers, error) {
	all, err := s.DB.Edits(ctx, q.Integration.ID, time.Time{})
	if err != nil {
		return nil, err
	}
	who := &changers{ros: q.ROS, edits: all, all: all}
	if holding == nil {
		return who, nil
	}
	who.edits = slices.DeleteFunc(slices.Clone(all), func(e store.Edit) bool { return e.At.Before(holding.DecidedAt) })
	if q.Kind == nil || q.Connection == nil || q.Mapping == nil || q.Codebook == nil {
		return who, nil
	}
	steps, err := s.scopeSteps(ctx, q, holding.MappingNo)
	who.made = store.MadeIn(steps)
	return who, err
}

// scopeSteps gives what would run with each version of the mapping, and of its codebook, from the one that was approved
// to the one in use. A codebook that a mapping moves to comes before that mapping, so that what the codebook alone
// changes is laid to it.
func (s *Server) scopeSteps(ctx context.Context, q *store.GateQuestion, approved int) ([]store.ScopeStep, error) {
	versions, err := s.DB.MappingVersions(ctx, q.Integration.ID)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(versions, func(a, b store.MappingVersion) int { return cmp.Compare(a.No, b.No) })
	back := q.Mapping.No < approved
	versions = slices.DeleteFunc(versions, func(v store.MappingVersion) bool {
		if back {
			return v.No != approved && v.No != q.Mapping.No
		}
		return v.No < approved || v.No > q.Mapping.No
	})
	if back {
		slices.Reverse(versions)
	}
	var steps []store.ScopeStep
	p := q.ScopeParts
	for i := range versions {
		v := &versions[i]
		book, err := s.DB.Codebook(ctx, v.CodebookID, v.CodebookVersion)
		if err != nil {
			return nil, err
		}
		if i > 0 && !back && book.ID == p.Codebook.ID {
			for no := p.Codebook.Version + 1; no <= book.Version; no++ {
				if p.Codebook, err = found(s.DB.Codebook(ctx, book.ID, no)); err != nil {
					return nil, err
				}
				if p.Codebook == nil { // numbers may be left out
					continue
				}
				steps = append(steps, store.ScopeStep{Origin: store.Origin{Kind: "codebook", No: no},
					Scope: store.ComputeScope(p)})
			}
		}
		p.Mapping, p.Codebook = v, book
		steps = append(steps, store.ScopeStep{Origin: store.Origin{Kind: "mapping", No: v.No, Used: back},
			Scope: store.ComputeScope(p)})
	}
	return steps, nil
}

// changes puts differences together as a reader sees them, with who made each.
func (w *changers) changes(ds []store.Difference) []assess.Change {
	var list []assess.Change
	for _, c := range store.Changes(ds) {
		x := assess.Change{Change: c}
		if w != nil {
			x.Edit = w.edit(c.Difference)
			x.Risks = touched(w.ros, &c)
			if w.ros != nil {
				x.ROS = assess.OfROS(w.ros).Href()
			}
		}
		list = append(list, x)
	}
	return list
}

// edit finds who made a difference. A version may have been saved before the approval, and taken in use after.
func (w *changers) edit(d store.Difference) *store.Edit {
	from := w.made[store.Line{Area: d.Area, Name: d.Name}]
	if from.No > 0 {
		return store.EditOf(d, w.all, from)
	}
	return store.EditOf(d, w.edits, from)
}

// touched gives the risks that a change touches.
func touched(ros *store.RiskAssessment, c *store.Change) []store.Risk {
	var areas []string
	for _, d := range c.Lines() {
		areas = append(areas, d.Area)
	}
	return ros.Touching(areas...)
}

// consequences adds what follows from saying yes to what waits.
func (s *Server) consequences(r *http.Request, m *assess.ApprovalModel, q *store.GateQuestion) error {
	m.Yes.Fields = map[store.FieldClass]int{}
	for _, line := range m.Scope.Fields {
		class, _, _ := strings.Cut(line, ":")
		m.Yes.Fields[store.FieldClass(class)]++
	}
	m.Yes.Deadlines = store.Deadlines(q)
	slices.SortStableFunc(m.Yes.Deadlines, func(a, b store.Deadline) int { return cmp.Compare(a.On, b.On) })
	schedule, err := found(s.DB.Schedule(r.Context(), m.Integration.ID))
	if err != nil || schedule == nil || !schedule.Enabled {
		return err
	}
	if m.Yes.Paused = schedule.Paused(s.now()); m.Yes.Paused {
		return nil
	}
	if m.Yes.Words, err = s.scheduleWords(r, schedule); err != nil {
		return err
	}
	if m.Yes.Zone, err = schedule.Location(); err != nil {
		return err
	}
	next, err := s.Runs.NextSlots(r.Context(), m.Integration.ID, 1)
	if len(next) > 0 {
		m.Yes.Next = next[0].At
	}
	return err
}

// comparison adds what sets two versions apart, when the address names them.
func (s *Server) comparison(r *http.Request, m *assess.ApprovalModel) error {
	from, to := r.URL.Query().Get("from"), r.URL.Query().Get("to")
	if from == "" && to == "" {
		return nil
	}
	for i := range m.All {
		if m.All[i].ID == from {
			m.From = &m.All[i]
		}
		if m.All[i].ID == to {
			m.To = &m.All[i]
		}
	}
	if m.From == nil || m.To == nil {
		return errNotFound
	}
	was, err := store.ParseScope(m.From.Scope)
	if err != nil {
		return err
	}
	is, err := store.ParseScope(m.To.Scope)
	if err != nil {
		return err
	}
	m.Compared = (*changers)(nil).changes(is.Diff(was))
	list, err := s.corrections(r.Context(), m.Integration.ID, m.To.MappingNo, m.From.MappingNo)
	correct(m.Compared, list)
	return err
}

// inState gives the newest approval that is in one of the states, nil when none is.
func inState(all []store.Approval, states ...store.ApprovalState) *store.Approval {
	for i := range all {
		if slices.Contains(states, all[i].State) {
			return &all[i]
		}
	}
	return nil
}
