package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/edit"
	"samband/views/move"
)

// Mover is what people can do about a move, beside planning it.
type Mover interface {
	// Delivered gives the fields of the newest delivery of an integration; an error when there is none to look at.
	Delivered(ctx context.Context, integrationID string) ([]string, error)
	// StartMove lets both integrations run side by side on the move's terms.
	StartMove(ctx context.Context, m *store.Move, schedule bool, by store.Actor) error
	// SwitchMove lets the copy take over; UndoMove takes that back; AbandonMove ends the copy.
	SwitchMove(ctx context.Context, m *store.Move, reason string, by store.Actor) error
	UndoMove(ctx context.Context, m *store.Move, reason string, by store.Actor) error
	AbandonMove(ctx context.Context, m *store.Move, reason string, by store.Actor) error
}

// moveModel collects what the page of a move shows, for the old integration and for the copy alike.
func (s *Server) moveModel(r *http.Request) (*move.Model, error) {
	ctx := r.Context()
	i, err := s.DB.Integration(ctx, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	m := &move.Model{From: *i, MayEdit: s.can(r, store.EditRegistry, i.RegistryID),
		MaySchedule: s.can(r, store.EditSchedule, i.RegistryID), Masked: !s.can(r, store.SeeRows, i.RegistryID)}
	if m.Move, err = found(s.DB.IntegrationMove(ctx, i.ID)); err != nil {
		return nil, err
	}
	if m.Move != nil && m.Move.State == store.MoveAbandoned { // it may begin again
		m.Move = nil
	}
	if m.Move != nil {
		old, err := s.DB.Integration(ctx, m.Move.FromID)
		if err != nil {
			return nil, err
		}
		m.From = *old
		if err := s.moveCopy(r, m); err != nil {
			return nil, err
		}
	}
	from, err := s.systemOf(ctx, &m.From)
	if err != nil {
		return nil, err
	}
	m.FromSystem = *from
	if from.Successor != "" {
		if m.Successor, err = found(s.DB.System(ctx, from.Successor)); err != nil {
			return nil, err
		}
	}
	if m.Move == nil && m.MayEdit {
		return m, s.movePlanForm(r, m)
	}
	return m, nil
}

func (s *Server) systemOf(ctx context.Context, i *store.Integration) (*store.System, error) {
	x, err := s.DB.Method(ctx, i.MethodID)
	if err != nil {
		return nil, err
	}
	return s.DB.System(ctx, x.SystemID)
}

// moveCopy adds the copy, how it stands with the gate, and what was compared.
func (s *Server) moveCopy(r *http.Request, m *move.Model) error {
	ctx := r.Context()
	q, err := s.Gate.Question(ctx, m.Move.ToID, store.AtRun)
	if err != nil {
		return err
	}
	m.To, m.ToSystem = q.Integration, q.System
	m.Refusals = store.Gate(q).Refusals
	m.Early = m.Move.Early(store.DateOf(s.now()))
	if m.Move.State == store.MoveSwitched && m.From.State.CanMove(store.IntInOperation) {
		old, err := s.Gate.Question(ctx, m.Move.FromID, store.AtSchedule)
		if err != nil {
			return err
		}
		then := *old.Integration // as it would stand
		then.State = store.IntInOperation
		old.Integration, old.Move = &then, nil
		m.OldRefusals = store.Gate(old).Refusals
	}
	if m.Move.State == store.MovePlanned && q.Mapping != nil {
		if delivered, err := s.Moves.Delivered(ctx, m.To.ID); err == nil { // none to look at is no fault of the page
			m.Delivered = true
			m.Missing, m.Unknown = q.Mapping.Mapping.Missing(delivered)
		}
	}
	schedule, err := found(s.DB.Schedule(ctx, m.From.ID))
	if err != nil {
		return err
	}
	mine, err := found(s.DB.Schedule(ctx, m.To.ID))
	if err != nil {
		return err
	}
	m.Schedule, m.Scheduled = schedule != nil && mine == nil, mine != nil && mine.Enabled
	m.MayStart = s.can(r, store.StartRun, m.From.RegistryID)
	today := store.DateOf(s.now())
	t := *m.Move
	t.StartsOn, t.EndsOn, t.MinRuns = today, today.AddDays(14), store.DefaultMoveRuns
	t.RowTolerance, t.ShareTolerance = store.DefaultRowTolerance, store.DefaultShareTolerance
	with := m.Schedule && m.MaySchedule
	m.Start = edit.Form{Area: "move", Action: move.Href(m.From.ID) + "/start", Back: move.Href(m.From.ID),
		Values: shown(t.Version, moveTerms(&t, &with))}
	m.Switch = edit.Form{Area: "move"}
	if m.From.CodebookID != "" {
		if m.Book, err = found(s.DB.Codebook(ctx, m.From.CodebookID, 0)); err != nil {
			return err
		}
	}
	return s.moveCompared(r, m)
}

// moveCompared adds the comparison: of the run of the copy that ?run= names, else of the newest.
func (s *Server) moveCompared(r *http.Request, m *move.Model) error {
	var err error
	if m.Pairs, err = s.DB.RunPairs(r.Context(), m.Move); err != nil || len(m.Pairs) == 0 {
		return err
	}
	newest := len(m.Pairs) - 1
	c, err := s.DB.Comparison(r.Context(), m.Move, m.Pairs[newest])
	if err != nil {
		return err
	}
	m.Within = c.Outside == 0
	no, _ := strconv.ParseInt(r.URL.Query().Get("run"), 10, 64)
	if i := slices.IndexFunc(m.Pairs, func(p store.RunPair) bool { return p.New.No == no }); i >= 0 && i != newest {
		if c, err = s.DB.Comparison(r.Context(), m.Move, m.Pairs[i]); err != nil {
			return err
		}
	}
	if m.Masked {
		*c = c.Mask(m.Move.Tolerance())
	}
	m.Shown = c
	return nil
}

// movePlanForm adds the form of a move that isn't planned yet. The successor's ways stand first.
func (s *Server) movePlanForm(r *http.Request, m *move.Model) error {
	c, err := s.integrationChoices(r, m.From.RegistryID)
	if err != nil {
		return err
	}
	s.moveChoices(c, m)
	lang := langOf(s, r)
	system := byID(c.systems, func(x *store.System) string { return x.ID })
	first := func(a, b ds.Option) int {
		switch next := m.FromSystem.Successor; {
		case a.Group == b.Group || system[next] == nil:
			return 0
		case a.Group == system[next].Name:
			return -1
		case b.Group == system[next].Name:
			return 1
		}
		return 0
	}
	for _, x := range c.methods {
		m.Methods = append(m.Methods, ds.Option{Value: x.ID, Text: x.Name, Group: system[x.SystemID].Name})
	}
	for _, x := range c.connections {
		m.Connections = append(m.Connections, ds.Option{Value: x.ID, Text: x.Name, Group: system[x.SystemID].Name})
	}
	slices.SortStableFunc(m.Methods, first)
	slices.SortStableFunc(m.Connections, first)
	to := &store.Integration{Name: m.From.Name, ID: m.From.ID}
	if m.Successor != nil {
		to.ID += "-" + m.Successor.ID
		to.Name = text.T(lang, "move.copy.name", "integration", m.From.Name, "system", m.Successor.Name)
	} else {
		to.ID += "-2"
	}
	m.Plan = edit.Form{Area: "move", Action: move.Href(m.From.ID), Back: move.Href(m.From.ID), New: true,
		Values: shown(0, moveFields(to, c))}
	return nil
}

// moveChoices leaves only ways to other systems in the same role.
func (s *Server) moveChoices(c *integrationChoices, m *move.Model) {
	system := byID(c.systems, func(x *store.System) string { return x.ID })
	other := func(id string) bool {
		x := system[id]
		return x != nil && x.ID != m.FromSystem.ID && x.Role == m.FromSystem.Role && !x.PhasingOut() && !x.Ended(s.now())
	}
	c.methods = slices.DeleteFunc(c.methods, func(x store.Method) bool { return !other(x.SystemID) })
	c.connections = slices.DeleteFunc(c.connections, func(x store.Connection) bool { return !other(x.SystemID) })
}

// moveFields are the fields of the form that plans a move.
func moveFields(to *store.Integration, c *integrationChoices) []bound {
	return []bound{
		bindPick("method", &to.MethodID, idsOf(c.methods, func(m *store.Method) string { return m.ID })),
		bindPick("connection", &to.ConnectionID, idsOf(c.connections, func(x *store.Connection) string { return x.ID })),
		bindName("name", &to.Name), bindID(&to.ID),
	}
}

// moveTerms are the fields of the form that lets both run side by side.
func moveTerms(m *store.Move, schedule *bool) []bound {
	return []bound{bindDate("starts_on", &m.StartsOn), bindDate("ends_on", &m.EndsOn), bindNumber("min_runs", &m.MinRuns, 1000),
		bindShare("row_tolerance", &m.RowTolerance), bindShare("share_tolerance", &m.ShareTolerance),
		bindCheck("schedule", schedule)}
}

// moveShow shows the task of moving an integration, and how far it has come.
func (s *Server) moveShow(w http.ResponseWriter, r *http.Request) error {
	m, err := s.moveModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, move.Page(s.ctx(w, r), *m))
}

// movePlan makes the copy that a move leads to, with the mapping in use as its first version.
func (s *Server) movePlan(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := s.form(r)
	if err != nil {
		return err
	}
	m, err := s.moveModel(r)
	if err != nil {
		return err
	}
	if m.Move != nil {
		return store.E(store.Conflict, "move.open", nil)
	}
	c, err := s.integrationChoices(r, m.From.RegistryID)
	if err != nil {
		return err
	}
	s.moveChoices(c, m)
	var to store.Integration
	f.fill(moveFields(&to, c))
	return s.submit(w, r, f, submission{
		save: func() error {
			copied := m.From.Rebase(to.ID, to.Name, to.MethodID, to.ConnectionID)
			var v *store.MappingVersion
			if m.From.MappingNo > 0 {
				var err error
				if v, err = s.DB.MappingVersion(ctx, m.From.ID, m.From.MappingNo); err != nil {
					return err
				}
				v.IntegrationID, v.Message = copied.ID, text.T(langOf(s, r), "move.copy.message", "integration", m.From.Name, "no", v.No)
			}
			if err := s.mayBeSavedWith(ctx, copied, v); err != nil {
				return err
			}
			return s.DB.PlanMove(ctx, &store.Move{FromID: m.From.ID, MinRuns: store.DefaultMoveRuns,
				RowTolerance: store.DefaultRowTolerance, ShareTolerance: store.DefaultShareTolerance}, copied, v, actor(r))
		},
		form: m.Plan,
		again: func(e edit.Form) templ.Component {
			m.Plan = e
			return move.Page(s.ctx(w, r), *m)
		},
		said: "move.planned", to: move.Href(m.From.ID),
	})
}

// moveStart lets both integrations run side by side.
func (s *Server) moveStart(w http.ResponseWriter, r *http.Request) error {
	f, m, err := s.moveForm(r)
	if err != nil {
		return err
	}
	terms, with := *m.Move, false
	terms.Version = f.fill(moveTerms(&terms, &with))
	if err := goes(&terms, store.MoveSideBySide, store.MovePlanned); err != nil {
		return err
	}
	if with && !m.MaySchedule {
		return errForbidden
	}
	return s.submit(w, r, f, submission{
		save: func() error {
			if err := terms.Validate(); err != nil {
				return err
			}
			return s.Moves.StartMove(r.Context(), &terms, with, actor(r))
		},
		form: m.Start,
		again: func(e edit.Form) templ.Component {
			m.Start = e
			return move.Page(s.ctx(w, r), *m)
		},
		said: "move.started", to: move.Href(m.From.ID),
	})
}

// moveSwitch lets the copy take over.
func (s *Server) moveSwitch(w http.ResponseWriter, r *http.Request) error {
	f, m, err := s.moveForm(r)
	if err != nil {
		return err
	}
	if err := goes(m.Move, store.MoveSwitched, store.MoveSideBySide); err != nil {
		return err
	}
	reason := f.text("reason", reasonLimit)
	m.Switch.Values = f.values
	switch e := m.Move.MaySwitch(len(m.Pairs), m.Within, store.DateOf(s.now()), reason); {
	case !f.ok() || e == nil:
	case e.Code == "move.differs" || e.Code == "move.too_early":
		f.fault("reason", e.Code, e.Args)
	default:
		m.Refused = e
		return s.pageStatus(w, r, http.StatusConflict, move.Page(s.ctx(w, r), *m))
	}
	if !f.ok() {
		m.Switch.Errors = f.errors
		return s.again(w, r, move.Page(s.ctx(w, r), *m))
	}
	if err := s.Moves.SwitchMove(r.Context(), m.Move, reason, actor(r)); err != nil {
		return s.moveRefused(w, r, m, err)
	}
	return s.done(w, r, "move.switched", store.Args{"name": m.To.Name}, move.Href(m.From.ID))
}

// moveUndo takes a switch back.
func (s *Server) moveUndo(w http.ResponseWriter, r *http.Request) error {
	return s.moveBack(w, r, "undo", s.Moves.UndoMove, "move.undone", store.MoveSideBySide, store.MoveSwitched)
}

// moveAbandon gives a move up.
func (s *Server) moveAbandon(w http.ResponseWriter, r *http.Request) error {
	return s.moveBack(w, r, "abandon", s.Moves.AbandonMove, "move.abandoned", store.MoveAbandoned, store.MovePlanned,
		store.MoveSideBySide)
}

// moveBack carries out what needs nothing but a reason.
func (s *Server) moveBack(w http.ResponseWriter, r *http.Request, asked string,
	do func(context.Context, *store.Move, string, store.Actor) error, said string, to store.MoveState,
	from ...store.MoveState) error {
	f, m, err := s.moveForm(r)
	if err != nil {
		return err
	}
	if err := goes(m.Move, to, from...); err != nil {
		return err
	}
	reason := f.need("reason", reasonLimit)
	if !f.ok() {
		m.Asked, m.Back = asked, edit.Form{Values: f.values, Errors: f.errors}
		return s.again(w, r, move.Page(s.ctx(w, r), *m))
	}
	if err := do(r.Context(), m.Move, reason, actor(r)); err != nil {
		m.Asked, m.Back = asked, edit.Form{Values: f.values}
		return s.moveRefused(w, r, m, err)
	}
	return s.done(w, r, said, nil, move.Href(m.From.ID))
}

// moveRefused shows the page again when a step is refused: why, and what was written.
func (s *Server) moveRefused(w http.ResponseWriter, r *http.Request, m *move.Model, err error) error {
	var e *store.Error
	if c := store.ClassOf(err); c != store.Conflict && c != store.Refused || !errors.As(err, &e) {
		return err
	}
	m.Refused = e
	return s.pageStatus(w, r, http.StatusConflict, move.Page(s.ctx(w, r), *m))
}

// moveForm reads a form about a move that there is. The version that the page was drawn from is put on it.
func (s *Server) moveForm(r *http.Request) (*form, *move.Model, error) {
	f, err := s.form(r)
	if err != nil {
		return nil, nil, err
	}
	m, err := s.moveModel(r)
	if err != nil {
		return nil, nil, err
	}
	if m.Move == nil {
		return nil, nil, store.E(store.NotFound, "move.not_found", nil)
	}
	m.Move.Version, _ = strconv.Atoi(f.value("version"))
	return f, m, nil
}

// goes tells whether a move may go to a state from where it is; the same state can be reached by other ways, too.
func goes(m *store.Move, to store.MoveState, from ...store.MoveState) error {
	if slices.Contains(from, m.State) {
		return nil
	}
	return store.E(store.Conflict, "move.transition",
		store.Args{"from": store.Code("move.state." + m.State), "to": store.Code("move.state." + to)})
}

// moves gives the moves that are not given up, by the old integration's id.
func (s *Server) moves(ctx context.Context) (map[string]store.Move, error) {
	list, err := s.DB.IntegrationMoves(ctx)
	by := make(map[string]store.Move, len(list))
	for _, m := range list {
		by[m.FromID] = m
	}
	return by, err
}
