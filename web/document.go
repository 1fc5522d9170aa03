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
func (d document) fields(o documentOptions) []bound {
	if a := d.ros; a != nil {
		return append([]bound{bindName("title", &a.Title), bindLine("link", &a.Link, 2000), bindLine("text", &a.Covers, 4000),
			bindPast("day", &a.PerformedOn, o.today), bindLine("method", &a.Method, 4000),
			bindLines("participants", &a.Participants, 4000), bindStep("scale", &a.Scale, o.scales)},
			coverageFields(&a.Coverage, o)...)
	}
	a := d.ld
	return append([]bound{bindName("title", &a.Title), bindLine("link", &a.Link, 2000), bindLine("text", &a.Overview, 4000),
		bindDate("day", &a.ExemptRouteUntil), bindLine("day_reason", &a.ExemptRouteReason, 2000),
		bindLine("data_flow", &a.DataFlow, 2000), bindLines("systems", &a.Systems, 4000),
		bindLines("channels", &a.Channels, 4000), bindLines("protocols", &a.Protocols, 4000),
		bindLine("authentication", &a.Authentication, 4000), bindLine("encryption", &a.Encryption, 4000),
		bindLines("storage", &a.Storage, 4000), bindLine("retention", &a.Retention, 4000),
		bindLine("logging", &a.Logging, 4000), bindLines("roles", &a.Roles, 4000),
		bindLine("separation", &a.Separation, 4000), bindLine("error_handling", &a.ErrorHandling, 4000),
		bindLine("dependencies", &a.Dependencies, 4000), bindLeaving("leaves", &a.Coverage.Identity)}, coverageFields(&a.Coverage, o)...)
}

// bindLeaving is how identity leaves; empty for not.
func bindLeaving(name string, p *store.Leaving) bound {
	b := bindChoice(name, p, "leaves.", store.Leavings[1:])
	chosen := b.read
	b.read = func(f *form) {
		if *p = store.LeavesNot; f.value(name) != "" {
			chosen(f)
		}
	}
	return b
}

func coverageFields(c *store.Coverage, o documentOptions) []bound {
	return []bound{bindChoices("methods", &c.Methods, "", idsOf(o.methods, func(m *store.Method) string { return m.ID })),
		bindChoices("classes", &c.Classes, "fclass.", store.FieldClasses), bindLines("fields", &c.Fields, 20_000)}
}

// documentOptions is what the form of a document lets people choose from.
type documentOptions struct {
	methods []store.Method
	systems map[string]string // names by id
	scales  []int             // versions, newest first; of a ROS
	today   store.Date
}

func (s *Server) documentOptions(ctx context.Context, kind string) (o documentOptions, err error) {
	o.today = store.DateOf(s.now())
	if o.methods, err = s.DB.Methods(ctx, ""); err != nil {
		return o, err
	}
	systems, err := s.DB.Systems(ctx)
	if err != nil {
		return o, err
	}
	o.systems = map[string]string{}
	for _, x := range systems {
		o.systems[x.ID] = x.Name
	}
	if kind == "ros" {
		scales, err := s.DB.Scales(ctx)
		if err != nil {
			return o, err
		}
		for _, x := range scales {
			o.scales = append(o.scales, x.Version)
		}
	}
	return o, nil
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

// move takes it to a state.
func (d document) move(to string, x store.Ruling) {
	if d.ros != nil {
		d.ros.Decide(store.ROSState(to), x)
		return
	}
	d.ld.Decide(store.LDState(to), x)
}

// barred tells why it can't go to a state that the table of moves allows, or nil. What the form of the move asks for is no
// hindrance.
func (d document) barred(to string, scale *store.Scale, today store.Date) error {
	var err error
	if d.ros != nil {
		is := *d.ros
		is.State = store.ROSState(to)
		err = is.Reached(d.ros.State, scale, today)
	} else {
		is := *d.ld
		is.State = store.LDState(to)
		err = is.Reached(d.ld.State)
	}
	if store.ClassOf(err) == store.Invalid {
		return nil
	}
	return err
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

// showDocument draws the page, with a move or a file that came back with a fault. To is where the move was to go.
func (s *Server) showDocument(w http.ResponseWriter, r *http.Request, kind string, status int, to string,
	f *form) error {
	ctx := r.Context()
	d, err := s.documentOf(r, kind)
	if err != nil {
		return err
	}
	m := assess.DocumentModel{Document: *d.view().At(s.now()), MayEdit: person(r).CanSomewhere(store.EditBasis, s.now()), To: to,
		Today: store.DateOf(s.now())}
	if f != nil {
		m.Form = edit.Form{Values: f.values, Errors: f.errors}
	}
	versions, err := s.versions(ctx, kind, m.ID)
	if err != nil {
		return err
	}
	for _, v := range versions {
		m.Versions = append(m.Versions, v.view().At(s.now()))
	}
	of := db.IntegrationFilter{ROS: store.Ref{ID: m.ID, Version: m.Version}}
	if kind == "ld" {
		of = db.IntegrationFilter{LD: of.ROS}
	}
	visible := s.visible(r)
	integrations, err := s.DB.Integrations(ctx, of)
	if err != nil {
		return err
	}
	for _, i := range integrations {
		if visible(i.RegistryID) {
			m.Integrations = append(m.Integrations, i)
		} else {
			m.Elsewhere++
		}
	}
	options, err := s.documentOptions(ctx, kind)
	if err != nil {
		return err
	}
	m.Methods, m.Systems = options.methods, options.systems
	if d.ros != nil {
		if m.Scale, err = s.DB.Scale(ctx, d.ros.Scale); err != nil {
			return err
		}
		if m.Newest, err = s.DB.Scale(ctx, 0); err != nil {
			return err
		}
	}
	if m.File != nil {
		content, err := found(s.documentFile(ctx, m.File.SHA256))
		if err != nil {
			return err
		}
		if content != nil {
			m.FileSize = len(*content)
		}
	}
	if m.MayEdit {
		m.Not = s.mayDecideDocument(r, &m.Document)
	} else {
		m.Not = errForbidden
	}
	for _, to := range documentStates(kind) {
		if !d.canMove(to) || !m.MayEdit || m.Decides(to) && m.Not != nil {
			continue
		}
		if err := d.barred(to, m.Scale, m.Today); err != nil {
			m.Barred = append(m.Barred, assess.Barred{To: to, Why: err})
		} else {
			m.Moves = append(m.Moves, to)
		}
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

// mayDecideDocument refuses who lacks the right to approve, and whoever wrote the version: so that the page offers
// nobody what the database will refuse.
func (s *Server) mayDecideDocument(r *http.Request, d *assess.Document) error {
	if !s.can(r, store.Approve, "") {
		return errForbidden
	}
	entries, err := s.DB.Audit(r.Context(), store.AuditFilter{All: true, Kind: d.Kind, Object: d.ID,
		ActorID: person(r).User.ID, Limit: 10_000})
	if err != nil {
		return err
	}
	return store.MayJudge(entries, d.Version, nil, person(r).User.ID)
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
		if !is.Decides(to) || assess.Accepts(kind, to) { // to reject and to take back is to stop
			if err := calm(r); err != nil {
				return err
			}
		}
		if d.canMove(to) {
			x := s.ruling(f, kind, to)
			x.By = person(r).User.Name
			if !f.ok() {
				return s.showDocument(w, r, kind, http.StatusUnprocessableEntity, to, f)
			}
			d.move(to, x)
		} else {
			d.move(to, store.Ruling{}) // the database says why not
		}
		*d.revision(), _ = strconv.Atoi(f.value("version"))
		if err := s.updateDocument(r.Context(), d, actor(r)); err != nil {
			return err
		}
		said := store.Args{"name": documentName(langOf(s, r), is), "state": store.Code(kind + "state." + to)}
		return s.done(w, r, "document.moved", said, is.Href())
	}
}

// ruling reads what a decision says: what is accepted has a last day, what is accepted with conditions says which, and
// what is refused,
// taken back or sent back says why.
func (s *Server) ruling(f *form, kind, to string) store.Ruling {
	x := store.Ruling{On: store.DateOf(s.now())}
	if assess.Accepts(kind, to) {
		switch x.Until = f.date("valid_to"); {
		case !f.ok():
		case x.Until.IsZero():
			f.fault("valid_to", "form.required", nil)
		case x.Until.Before(x.On):
			f.fault("valid_to", "assess.past", store.Args{"date": x.On})
		}
	}
	if to == string(store.ROSConditional) {
		x.Conditions = f.need("conditions", 4000)
	}
	if assess.Explains(kind, to) {
		x.Reason = f.need("reason", 4000)
	} else {
		x.Reason = f.text("reason", 4000)
	}
	return x
}

// documentNew shows the form of a new ROS or LD, or of the next version of one (?from=).
func documentNew(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		d, o, m, err := s.nextDocument(r, kind, r.URL.Query().Get("from"))
		if err != nil {
			return err
		}
		m.Form.Values = shown(0, d.fields(o))
		return s.page(w, r, assess.DocumentEdit(s.ctx(w, r), *m))
	}
}

// nextDocument gives the first version of a new document, or the next of the one called from, and the frame of its
// form.
func (s *Server) nextDocument(r *http.Request, kind, from string) (d document, o documentOptions,
	m *assess.DocumentEditModel, err error) {
	if o, err = s.documentOptions(r.Context(), kind); err != nil {
		return d, o, m, err
	}
	m = o.model(edit.Form{Area: kind, Action: "/" + kind, Back: "/approvals", New: true}, from, 1)
	d = newDocument(kind, "", 1)
	if from != "" {
		versions, err := s.versions(r.Context(), kind, from)
		if err != nil {
			return d, o, m, err
		}
		if len(versions) == 0 {
			return d, o, m, errNotFound
		}
		newest := versions[0]
		m.No, m.Form.Back = newest.view().Version+1, newest.view().Href()
		if newest.ros != nil {
			d = document{ros: newest.ros.Next()}
		} else {
			d = document{ld: newest.ld.Next()}
		}
	}
	if d.ros != nil {
		d.ros.Scale = o.scales[0]
	}
	return d, o, m, nil
}

func (o documentOptions) model(f edit.Form, id string, no int) *assess.DocumentEditModel {
	return &assess.DocumentEditModel{Form: f, ID: id, No: no, Methods: o.methods, Systems: o.systems, Scales: o.scales}
}

// documentCreate makes a ROS or an LD, or the next version of one: always a draft.
func documentCreate(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		f, err := s.form(r)
		if err != nil {
			return err
		}
		d, o, m, err := s.nextDocument(r, kind, f.value("from"))
		if err != nil {
			return err
		}
		fields := d.fields(o)
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

// documentEdit shows the form of one version. Once it is decided its content stands, and the page says so.
func documentEdit(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		d, o, m, err := s.documentForm(r, kind)
		if err != nil {
			return err
		}
		if d.view().Decided {
			return s.showDocument(w, r, kind, http.StatusConflict, "edit", nil)
		}
		m.Form.Values = shown(*d.revision(), d.fields(o))
		return s.page(w, r, assess.DocumentEdit(s.ctx(w, r), *m))
	}
}

// documentForm gives the version that an address names, and the frame of its form.
func (s *Server) documentForm(r *http.Request, kind string) (d document, o documentOptions, m *assess.DocumentEditModel,
	err error) {
	if d, err = s.documentOf(r, kind); err != nil {
		return d, o, m, err
	}
	if o, err = s.documentOptions(r.Context(), kind); err != nil {
		return d, o, m, err
	}
	is := d.view()
	return d, o, o.model(edit.Form{Area: is.Kind, Action: is.Href(), Back: is.Href()}, is.ID, is.Version), nil
}

// documentUpdate saves one version.
func documentUpdate(kind string) handler {
	return func(s *Server, w http.ResponseWriter, r *http.Request) error {
		f, err := s.form(r)
		if err != nil {
			return err
		}
		d, o, m, err := s.documentForm(r, kind)
		if err != nil {
			return err
		}
		*d.revision() = f.fill(d.fields(o))
		return s.submit(w, r, f, submission{
			save: func() error { return s.updateDocument(r.Context(), d, actor(r)) },
			newest: func() (int, []bound, error) {
				is, err := s.documentOf(r, kind)
				if err != nil {
					return 0, nil, err
				}
				return *is.revision(), is.fields(o), nil
			},
			form: m.Form,
			again: func(e edit.Form) templ.Component {
				m.Form = e
				return assess.DocumentEdit(s.ctx(w, r), *m)
			},
			said: "form.saved", to: d.view().Href(),
		})
	}
}
