package web

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/suggest"
	"samband/views/mapping"
)

// codeQueues shows the variables whose values are translated, and how many are undecided.
func (s *Server) codeQueues(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := b.mapped(); err != nil {
		return err
	}
	profile, err := found(s.DB.SourceProfile(r.Context(), b.Integration.ID))
	if err != nil {
		return err
	}
	decided, err := s.DB.CodeDecisions(r.Context(), b.Integration.ID, "")
	if err != nil {
		return err
	}
	of := map[string][]store.CodeDecision{}
	for _, d := range decided {
		of[d.Variable] = append(of[d.Variable], d)
	}
	m := mapping.CodesModel{Base: b.Base}
	for i := range b.Codebook.Variables {
		v := &b.Codebook.Variables[i]
		if !store.Translated(v) {
			continue
		}
		rule := b.Mapping.Rule(v.Name)
		m.Queues = append(m.Queues, mapping.QueueBrief{Variable: *v, Mapped: rule != nil,
			CodeQueue: store.NewCodeQueue(v, rule, profile, of[v.Name], store.DateOf(s.now()))})
	}
	return s.page(w, r, mapping.Codes(s.ctx(w, r), m))
}

// codeDesk is what the queue of one variable is worked with.
type codeDesk struct {
	*workbench
	mapping.CodeQueueModel
	variable *store.Variable
	decided  []store.CodeDecision
	list     *store.CodeSystem // the national list the variable's codes are from; nil when it has none here
	today    store.Date
}

// codeDesk collects it for {variable}.
func (s *Server) codeDesk(r *http.Request) (*codeDesk, error) {
	ctx := r.Context()
	b, err := s.workbench(r)
	if err != nil {
		return nil, err
	}
	v := b.Codebook.Variable(r.PathValue("variable"))
	if v == nil || !store.Translated(v) {
		return nil, errNotFound
	}
	profile, err := found(s.DB.SourceProfile(ctx, b.Integration.ID))
	if err != nil {
		return nil, err
	}
	d := &codeDesk{workbench: b, variable: v, today: store.DateOf(s.now())}
	if d.decided, err = s.DB.CodeDecisions(ctx, b.Integration.ID, v.Name); err != nil {
		return nil, err
	}
	if v.System != "" && len(v.Codes) == 0 {
		if d.list, err = found(s.DB.CodeSystem(ctx, v.System, b.Mapping.List(v.System))); err != nil {
			return nil, err
		}
	}
	d.CodeQueueModel = mapping.CodeQueueModel{Base: b.Base, Variable: *v, Score: "90",
		Filter: mapping.NewCodeFilter(r.URL.Query()),
		Queue:  store.NewCodeQueue(v, b.Mapping.Rule(v.Name), profile, d.decided, d.today)}
	d.propose()
	for i := range d.Queue.Rows {
		d.Rows = append(d.Rows, d.draw(&d.Queue.Rows[i]))
	}
	d.Window()
	if d.Otherwise, d.Value = string(d.Queue.Otherwise), d.Queue.Value; d.Otherwise == "" {
		d.Otherwise = "hold"
	}
	return d, nil
}

// propose finds what the values may mean: among the variable's own codes, or in the national list.
func (d *codeDesk) propose() {
	d.Proposals, d.Names = map[string]suggest.CodeProposal{}, map[string]string{}
	var values []store.ValueCount
	for _, x := range d.Queue.Rows {
		values = append(values, store.ValueCount{Text: x.Value, Rows: x.Rows})
		if d.list == nil {
			continue
		}
		for _, code := range []string{x.Value, x.Code} {
			if c, ok := d.list.At(code, string(d.today)); ok {
				d.Names[c.Code] = c.Text
				if code == x.Value {
					d.Proposals[x.Value] = suggest.CodeProposal{Value: x.Value, Code: c.Code, Score: 0.95, Why: suggest.WhySameCode}
				}
			}
		}
	}
	for _, p := range suggest.Codes(suggest.Options(d.variable), values) {
		d.Proposals[p.Value] = p
	}
}

// draw gives what the form has at a value before anybody writes: what is decided, else what the rule has, else the
// proposal.
func (d *codeDesk) draw(x *store.CodeRow) mapping.CodeForm {
	f := mapping.CodeForm{Code: x.Code, Relation: string(store.RelEquivalent)}
	if x.Null {
		f.Relation = string(store.RelNoMatch)
	}
	if p, ok := d.Proposals[x.Value]; ok && x.Code == "" && !x.Null {
		f.Code = p.Code
	}
	if c := x.Decision; c != nil {
		f.Note = c.Note
		if c.Verdict == store.VerdictApproved {
			f.Code, f.Relation = c.Code, string(c.Relation)
		}
	}
	return f
}

// codeQueue shows the values of one variable, what is proposed for them and what is decided.
func (s *Server) codeQueue(w http.ResponseWriter, r *http.Request) error {
	d, err := s.codeDesk(r)
	if err != nil {
		return err
	}
	return s.page(w, r, mapping.CodeQueue(s.ctx(w, r), d.CodeQueueModel))
}

// codeDecide writes what a person decides: of one value on the page, of those that are chosen there, of those whose
// proposal is sure enough, or of any other value. No value that isn't on the page is touched. What is approved is written into the draft's rule at once.
func (s *Server) codeDecide(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	d, err := s.codeDesk(r)
	if err != nil {
		return err
	}
	sent := d.read(f)
	action, which, _ := strings.Cut(f.value("do"), " ")
	var list []store.CodeDecision
	flash, args := store.Code("codes.kept"), store.Args{}
	switch action {
	case "approve", "flag", "ignore":
		if i, err := strconv.Atoi(which); err != nil || i < 0 || i >= len(sent) {
			return errNotFound
		} else if c, ok := d.decision(f, action, i, &sent[i]); ok {
			list = append(list, c)
		}
	case "chosen":
		if list, err = d.chosen(f, which, sent); err != nil {
			return err
		}
		flash, args = "codes.kept_chosen", store.Args{"n": len(list)}
	case "bulk":
		percent := f.int("score", 50, 100)
		if f.ok() {
			list = d.sure(float64(percent)/100, sent)
			flash, args = "codes.kept_all", store.Args{"n": len(list)}
		}
	case "otherwise":
		d.readOtherwise(f)
	case "apply":
	default:
		return errNotFound
	}
	fresh := slices.DeleteFunc(slices.Clone(list), func(c store.CodeDecision) bool { return c.Version > 0 })
	for _, e := range fieldErrors(store.RoomForCodes(d.decided, fresh)) {
		f.fault("chosen", e.Code, e.Args)
	}
	if !f.ok() {
		d.again(f, sent)
		d.Errors, d.CodeQueueModel.From = f.errors, f.basis()
		for _, x := range sent {
			if i := d.row(x.value); i >= 0 {
				d.Rows[i].Version = strconv.Itoa(x.version) // others may have decided since
			}
		}
		return s.again(w, r, mapping.CodeQueue(s.ctx(w, r), d.CodeQueueModel))
	}
	switch err := s.decide(r, d, f, list, action); {
	case store.CodeOf(err) == "db.changed":
		d.again(f, sent)
		d.Stale = true
		return s.pageStatus(w, r, http.StatusConflict, mapping.CodeQueue(s.ctx(w, r), d.CodeQueueModel))
	case err != nil:
		return err
	}
	return s.done(w, r, string(flash), args, d.At("")+"#queue")
}

// sentCode is a value as the form sent it, and how often it had been decided on by then.
type sentCode struct {
	value   string
	version int
}

// read reads the form's rows over those that the page shows, by value: the order may be another by now.
func (d *codeDesk) read(f *form) []sentCode {
	var sent []sentCode
	for i := range f.count("v", mapping.CodesPage) {
		at := func(field string) string { return f.value(rowName("v", i, field)) }
		version, err := strconv.Atoi(at("version"))
		if err != nil {
			version = -1
		}
		sent = append(sent, sentCode{at("value"), version})
		if j := d.row(at("value")); j >= 0 {
			d.Rows[j] = mapping.CodeForm{Code: at("code"), Relation: at("relation"), Note: at("note"), Chosen: at("chosen") != ""}
		}
	}
	if f.has("score") {
		d.Score = f.value("score")
	}
	if f.has("otherwise") {
		d.Otherwise, d.Value = f.value("otherwise"), f.value("otherwise_code")
	}
	return sent
}

// row gives where a value stands in the queue; -1 when it isn't there.
func (d *codeDesk) row(value string) int {
	return slices.IndexFunc(d.Queue.Rows, func(x store.CodeRow) bool { return x.Value == value })
}

// again shows the values that a form that comes back was about, wherever they stand by now, and brings its errors to
// where they stand on the page.
func (d *codeDesk) again(f *form, sent []sentCode) {
	if len(sent) == 0 {
		return
	}
	d.Shown = nil
	for i, x := range sent {
		if at := d.row(x.value); at >= 0 && !slices.Contains(d.Shown, at) {
			f.moved("v", i, len(d.Shown))
			d.Shown = append(d.Shown, at)
		} else {
			f.moved("v", i, len(sent)+i) // of no row that is there
		}
	}
}

// chosen makes the same decision on each value that is chosen, all of them or none.
func (d *codeDesk) chosen(f *form, action string, sent []sentCode) ([]store.CodeDecision, error) {
	if !slices.Contains([]string{"approve", "flag", "ignore"}, action) {
		return nil, errNotFound
	}
	var list []store.CodeDecision
	none := true
	for i := range sent {
		if f.checked(rowName("v", i, "chosen")) {
			none = false
			if c, ok := d.decision(f, action, i, &sent[i]); ok {
				list = append(list, c)
			}
		}
	}
	if none {
		f.fault("chosen", "translation.none_chosen", nil)
	}
	return list, nil
}

// decision makes the decision on row i of the form, and notes at the row's fields what is wrong with it.
func (d *codeDesk) decision(f *form, action string, i int, sent *sentCode) (store.CodeDecision, bool) {
	c := store.CodeDecision{Variable: d.variable.Name, Value: sent.value, Version: sent.version}
	c.Note = f.text(rowName("v", i, "note"), store.MaxDecisionText)
	row, before := d.row(sent.value), len(f.errors)
	if row < 0 {
		f.fault(rowName("v", i, "code"), "translation.value", nil)
		return c, false
	}
	if old := d.Queue.Rows[row].Decision; old != nil {
		c.From, c.To = old.From, old.To
	}
	switch action {
	case "flag":
		if c.Verdict = store.VerdictFlagged; c.Note == "" && len(f.errors) == before {
			f.fault(rowName("v", i, "note"), "form.required", nil)
		}
	case "ignore":
		c.Verdict = store.VerdictIgnored
	default:
		c.Verdict = store.VerdictApproved
		c.Relation = store.Relation(f.choice(rowName("v", i, "relation"), texts(store.Relations)...))
		if c.Code = f.text(rowName("v", i, "code"), store.MaxDecisionText); c.Relation == store.RelNoMatch {
			c.Code = "" // what the list happened to stand on
		}
		if d.list != nil && c.Code != "" {
			if at, ok := d.list.At(c.Code, string(d.today)); ok {
				c.Code = at.Code
			} else {
				f.fault(rowName("v", i, "code"), "translation.unknown_code", store.Args{"code": c.Code})
			}
		}
	}
	if len(f.errors) > before {
		return c, false
	}
	if err := c.Validate(d.variable); err != nil {
		e := fieldErrors(err)[0]
		field := "code"
		if e.Field == "note" || e.Field == "relation" {
			field = e.Field
		}
		f.fault(rowName("v", i, field), e.Code, e.Args)
		return c, false
	}
	return c, true
}

// moved brings the errors of a row to where the row stands now.
func (f *form) moved(list string, from, to int) {
	for _, e := range f.errors {
		if field, ok := strings.CutPrefix(e.Field, rowName(list, from, "")); ok {
			e.Field = rowName(list, to, field)
		}
	}
}

// sure gives decisions on the values of the page that nobody has decided on and whose proposal has at least a score. A
// value that the rule translates otherwise is left to a person.
func (d *codeDesk) sure(score float64, sent []sentCode) []store.CodeDecision {
	var list []store.CodeDecision
	for _, x := range d.Queue.Rows {
		if !slices.ContainsFunc(sent, func(c sentCode) bool { return c.value == x.Value }) {
			continue
		}
		open := x.State == store.CodeUndecided || x.State == store.CodeInRule && x.Code == d.Proposals[x.Value].Code
		if p, ok := d.Proposals[x.Value]; ok && open && p.Score >= score && x.Decision == nil {
			c := store.CodeDecision{Variable: d.variable.Name, Value: x.Value, Verdict: store.VerdictApproved, Code: p.Code,
				Relation: store.RelEquivalent}
			if c.Validate(d.variable) == nil {
				list = append(list, c)
			}
		}
	}
	return list
}

func (d *codeDesk) readOtherwise(f *form) {
	what := f.choice("otherwise", "hold", string(store.OtherNull), string(store.OtherCode), string(store.OtherKeep))
	if what != string(store.OtherCode) {
		return
	}
	if code := f.need("otherwise_code", store.MaxDecisionText); code != "" && !store.TargetOf(d.variable, code) {
		f.fault("otherwise_code", "translation.unknown_code", store.Args{"code": code})
	}
}

// decide stores decisions and writes what holds of them into the draft's rule. The draft is asked first whether it is as
// the person saw it, so that a stale page decides nothing.
func (s *Server) decide(r *http.Request, d *codeDesk, f *form, list []store.CodeDecision, action string) error {
	if err := d.fresh(f); err != nil {
		return err
	}
	if len(list) > 0 {
		if err := s.DB.DecideCodes(r.Context(), d.workbench.Integration.ID, list, actor(r)); err != nil {
			return err
		}
	}
	rule := d.workbench.Mapping.Rule(d.variable.Name)
	if rule == nil {
		return nil // decided all the same: the rule gets it when there is one
	}
	next := *rule
	switch action {
	case "otherwise":
		o := store.Otherwise(f.value("otherwise"))
		if o == "hold" {
			o = store.OtherHold
		}
		next = rule.WithOtherwise(o, f.value("otherwise_code"))
	case "apply":
		next = rule.WithDecisions(d.decided, d.today)
	default:
		next = rule.WithDecisions(list, d.today)
	}
	return s.keepRule(r, d.workbench, f, rule, next, d.variable)
}

// keepRule writes a rule with other codes to the draft, when it differs.
func (s *Server) keepRule(r *http.Request, b *workbench, f *form, was *store.Rule, is store.Rule, v *store.Variable) error {
	if reflect.DeepEqual(*was, is) {
		return nil
	}
	next := b.Mapping
	next.Rules = b.Mapping.With(is, &b.Codebook)
	return s.keepDraft(r, b, f, next, store.DraftStep{What: "codes", Args: store.Args{"variable": mapping.NameOf(v)}})
}

// fresh tells whether a form was drawn from the draft as it stands; Conflict "db.changed" when not.
func (b *workbench) fresh(f *form) error {
	based, edits := b.Newest, 0
	if b.Draft != nil {
		based, edits = b.Draft.BasedOn, b.Draft.Edits
	}
	if f.value("based") != strconv.Itoa(based) || f.value("edits") != strconv.Itoa(edits) {
		return store.E(store.Conflict, "db.changed", nil)
	}
	return nil
}
