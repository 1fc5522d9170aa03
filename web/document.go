package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"samband/store"
	"samband/store/db"
	"samband/store/text"
	"samband/views/assess"
	"samband/views/edit"
)

// document is one version of a ROS or an LD: what the pages do to both alike. Exactly one of the two is set.
type document struct {
	ros *store.RiskAssessment
	ld  *store.SolutionDesign
}

func newDocument(kind, id string, version int) document {
	if kind == "ros" {
		return document{ros: &store.RiskAssessment{ID: id, Version: version, State: store.ROSDraft}}
	}
	return document{ld: &store.SolutionDesign{ID: id, Version: version, State: store.LDDraft}}
}

func (d document) view() *assess.Document {
	if d.ros != nil {
		return assess.OfROS(d.ros)
	}
	return assess.OfLD(d.ld)
}

// fields are the fields of its form.
func (d document) fields() []bound {
	if a := d.ros; a != nil {
		return []bound{bindName("title", &a.Title), bindLine("link", &a.Link, 2000), bindLine("text", &a.Covers, 4000),
			bindDate("day", &a.PerformedOn)}
	}
	a := d.ld
	return []bound{bindName("title", &a.Title), bindLine("link", &a.Link, 2000), bindLine("text", &a.Overview, 4000),
		bindDate("day", &a.ExemptRouteUntil)}
}

func (d document) id() *string {
	if d.ros != nil {
		return &d.ros.ID
	}
	return &d.ld.ID
}

// revision is what optimistic locking of the row counts.
func (d document) revision() *int {
	if d.ros != nil {
		return &d.ros.Revision
	}
	return &d.ld.Revision
}

// canMove tells whether the table of legal moves lets it go to a state.
func (d document) canMove(to string) bool {
	if d.ros != nil {
		return d.ros.State.CanMove(store.ROSState(to))
	}
	return d.ld.State.CanMove(store.LDState(to))
}

// move takes it to a state; who decides, when and until when is noted where approvals may rest on it from then on.
func (d document) move(to string, by string, on, until store.Date) {
	accepts := assess.Accepts(d.view().Kind, to)
	if a := d.ros; a != nil {
		if a.State = store.ROSState(to); accepts {
			a.DecidedBy, a.DecidedOn, a.ValidTo = by, on, until
		}
		return
	}
	if d.ld.State = store.LDState(to); accepts {
		d.ld.DecidedBy, d.ld.DecidedOn, d.ld.ValidTo = by, on, until
	}
}

func (s *Server) createDocument(ctx context.Context, d document, by store.Actor) error {
	if d.ros != nil {
		return s.DB.CreateRiskAssessment(ctx, d.ros, by)
	}
	return s.DB.CreateSolutionDesign(ctx, d.ld, by)
}

func (s *Server) updateDocument(ctx context.Context, d document, by store.Actor) error {
	if d.ros != nil {
		return s.DB.UpdateRiskAssessment(ctx, d.ros, by)
	}
	return s.DB.UpdateSolutionDesign(ctx, d.ld, by)
}

// document reads one version.
func (s *Server) document(ctx context.Context, kind string, ref store.Ref) (d document, err error) {
	if kind == "ros" {
		d.ros, err = s.DB.RiskAssessment(ctx, ref)
	} else {
		d.ld, err = s.DB.SolutionDesign(ctx, ref)
	}
	return d, err
}

// documentOf is the version that an address names.
func (s *Server) documentOf(r *http.Request, kind string) (document, error) {
	no, err := strconv.Atoi(r.PathValue("version"))
	if err != nil {
		return document{}, errNotFound
	}
	return s.document(r.Context(), kind, store.Ref{ID: r.PathValue("id"), Version: no})
}

// versions gives every version of a document, newest first.
func (s *Server) versions(ctx context.Context, kind, id string) ([]document, error) {
	var all []document
	if kind == "ros" {
		list, err := s.DB.RiskAssessments(ctx)
		if err != nil {
			return nil, err
		}
		for i := range list {
			all = append(all, document{ros: &list[i]})
		}
	} else {
		list, err := s.DB.SolutionDesigns(ctx)
		if err != nil {
			return nil, err
		}
		for i := range list {
			all = append(all, document{ld: &list[i]})
		}
	}
	return slices.DeleteFunc(all, func(d document) bool { return *d.id() != id }), nil
}

func documentName(lang text.Lang, d *assess.Document) string {
	return text.T(lang, "integration.document", "id", d.ID, "version", d.Version)
}

// documentShow shows one version of a ROS or an LD.
func documentShow(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		return s.showDocument(w, r, kind, http.StatusOK, "", nil)
	}
}

// showDocument draws the page, with a move that came back with a fault.
func (s *Server) showDocument(w http.ResponseWriter, r *http.Request, kind string, status int, to string,
	f *form) error {
	ctx := r.Context()
	d, err := s.documentOf(r, kind)
	if err != nil {
		return err
	}
	m := assess.DocumentModel{Document: *d.view(), MayEdit: person(r).CanSomewhere(store.EditBasis, s.now()), To: to}
	if f != nil {
		m.Form = edit.Form{Values: f.values, Errors: f.errors}
	}
	versions, err := s.versions(ctx, kind, m.ID)
	if err != nil {
		return err
	}
	for _, v := range versions {
		m.Versions = append(m.Versions, v.view())
	}
	of := db.IntegrationFilter{ROS: store.Ref{ID: m.ID, Version: m.Version}}
	if kind == "ld" {
		of = db.IntegrationFilter{LD: of.ROS}
	}
	visible := s.visible(r)
	if m.Integrations, err = s.DB.Integrations(ctx, of); err != nil {
		return err
	}
	m.Integrations = slices.DeleteFunc(m.Integrations, func(i store.Integration) bool { return !visible(i.RegistryID) })
	if m.MayEdit {
		m.Moves = slices.DeleteFunc(documentStates(kind), func(to string) bool {
			return !d.canMove(to) || m.Decides(to) && s.mayDecideDocument(r, &m.Document) != nil
		})
	}
	return s.pageStatus(w, r, status, assess.DocumentPage(s.ctx(w, r), m))
}

func documentStates(kind string) []string {
	var states []string
	if kind == "ros" {
		for _, x := range store.ROSStates {
			states = append(states, string(x))
		}
		return states
	}
	for _, x := range store.LDStates {
		states = append(states, string(x))
	}
	return states
}

// mayDecideDocument refuses who lacks the right to approve, and whoever wrote the version.
func (s *Server) mayDecideDocument(r *http.Request, d *assess.Document) error {
	if !s.can(r, store.Approve, "") {
		return errForbidden
	}
	entries, err := s.DB.Audit(r.Context(), store.AuditFilter{All: true, Kind: d.Kind, Object: d.ID,
		ActorID: person(r).User.ID, Limit: 10_000})
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Details["version"] == int64(d.Version) && wrote(&e) {
			return store.E(store.Forbidden, "approval.four_eyes", nil)
		}
	}
	return nil
}

// wrote tells whether an entry is about the content of a document, and not only about its state.
func wrote(e *store.AuditEntry) bool {
	changed, _ := e.Details["changed"].([]string)
	return e.Action == e.Kind+".create" || slices.ContainsFunc(changed, func(name string) bool {
		return !slices.Contains([]string{"state", "decided_by", "decided_on", "valid_to"}, name)
	})
}

// documentMove moves one version along its table of states.
func documentMove(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		f, err := s.form(r)
		if err != nil {
			return err
		}
		d, err := s.documentOf(r, kind)
		if err != nil {
			return err
		}
		is, to := d.view(), f.choice("to", documentStates(kind)...)
		if !f.ok() {
			return f.errors.OrNil()
		}
		if is.Decides(to) {
			if err := s.mayDecideDocument(r, is); err != nil {
				return err
			}
			if err := s.fresh(r); err != nil {
				return err
			}
		}
		if assess.Accepts(kind, to) {
			if err := calm(r); err != nil {
				return err
			}
		}
		today, until := store.DateOf(s.now()), store.Date("")
		if assess.Accepts(kind, to) && d.canMove(to) {
			switch until = f.date("valid_to"); {
			case !f.ok():
			case until.IsZero():
				f.fault("valid_to", "form.required", nil)
			case until.Before(today):
				f.fault("valid_to", "assess.past", store.Args{"date": today})
			}
			if !f.ok() {
				return s.showDocument(w, r, kind, http.StatusUnprocessableEntity, to, f)
			}
		}
		d.move(to, person(r).User.Name, today, until)
		*d.revision(), _ = strconv.Atoi(f.value("version"))
		if err := s.updateDocument(r.Context(), d, actor(r)); err != nil {
			return err
		}
		said := store.Args{"name": documentName(langOf(s, r), is), "state": store.Code(kind + "state." + to)}
		return s.done(w, r, "document.moved", said, is.Href())
	}
}

// documentNew shows the form of a new ROS or LD, or of the next version of one (?from=).
func documentNew(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		d, m, err := s.nextDocument(r, kind, r.URL.Query().Get("from"))
		if err != nil {
			return err
		}
		m.Form.Values = shown(0, d.fields())
		return s.page(w, r, assess.DocumentEdit(s.ctx(w, r), *m))
	}
}

// nextDocument gives the first version of a new document, or the next of the one called from, and the frame of its
// form.
func (s *Server) nextDocument(r *http.Request, kind, from string) (document, *assess.DocumentEditModel, error) {
	m := &assess.DocumentEditModel{Form: edit.Form{Area: kind, Action: "/" + kind, Back: "/approvals", New: true},
		ID: from, No: 1}
	if from == "" {
		return newDocument(kind, "", 1), m, nil
	}
	versions, err := s.versions(r.Context(), kind, from)
	if err != nil {
		return document{}, nil, err
	}
	if len(versions) == 0 {
		return document{}, nil, errNotFound
	}
	newest := versions[0].view()
	m.No, m.Form.Back = newest.Version+1, newest.Href()
	d := newDocument(kind, from, m.No)
	if d.ros != nil {
		d.ros.Title, d.ros.Link, d.ros.Covers = newest.Title, newest.Link, newest.Text
	} else {
		d.ld.Title, d.ld.Link, d.ld.Overview, d.ld.ExemptRouteUntil = newest.Title, newest.Link, newest.Text, newest.Day
	}
	return d, m, nil
}

// documentCreate makes a ROS or an LD, or the next version of one: always a draft.
func documentCreate(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		f, err := s.form(r)
		if err != nil {
			return err
		}
		d, m, err := s.nextDocument(r, kind, f.value("from"))
		if err != nil {
			return err
		}
		fields := d.fields()
		if m.ID == "" {
			fields = append(fields, bindID(d.id()))
		}
		f.fill(fields)
		return s.submit(w, r, f, submission{
			save: func() error {
				err := s.createDocument(r.Context(), d, actor(r))
				if store.CodeOf(err) == "db.exists" && m.ID == "" {
					return store.FieldError("id", "db.exists", store.Args{"value": *d.id()})
				}
				return err
			},
			form: m.Form,
			again: func(e edit.Form) templ.Component {
				m.Form = e
				return assess.DocumentEdit(s.ctx(w, r), *m)
			},
			said: "form.created", args: store.Args{"name": documentName(langOf(s, r), d.view())}, to: d.view().Href(),
		})
	}
}

// documentEdit shows the form of one version. Once it is decided its content stands.
func documentEdit(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		d, err := s.documentOf(r, kind)
		if err != nil {
			return err
		}
		m := documentForm(d)
		m.Form.Values = shown(*d.revision(), d.fields())
		return s.page(w, r, assess.DocumentEdit(s.ctx(w, r), m))
	}
}

func documentForm(d document) assess.DocumentEditModel {
	is := d.view()
	f := edit.Form{Area: is.Kind, Action: is.Href(), Back: is.Href()}
	return assess.DocumentEditModel{ID: is.ID, No: is.Version, Form: f}
}

// documentUpdate saves one version.
func documentUpdate(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		f, err := s.form(r)
		if err != nil {
			return err
		}
		d, err := s.documentOf(r, kind)
		if err != nil {
			return err
		}
		m := documentForm(d)
		*d.revision() = f.fill(d.fields())
		return s.submit(w, r, f, submission{
			save: func() error { return s.updateDocument(r.Context(), d, actor(r)) },
			newest: func() (int, []bound, error) {
				is, err := s.documentOf(r, kind)
				if err != nil {
					return 0, nil, err
				}
				return *is.revision(), is.fields(), nil
			},
			form: m.Form,
			again: func(e edit.Form) templ.Component {
				m.Form = e
				return assess.DocumentEdit(s.ctx(w, r), m)
			},
			said: "form.saved", to: d.view().Href(),
		})
	}
}
