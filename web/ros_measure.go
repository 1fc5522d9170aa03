package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/assess"
	"samband/views/edit"
)

// measureFields are the fields of the form of a measure. Once the analysis is decided only how far the measure has come
// can change.
func measureFields(m *store.Measure, decided bool, today store.Date) []bound {
	progress := []bound{bindChoice("state", &m.State, "measurestate.", store.MeasureStates),
		bindPast("done_on", &m.DoneOn, today), bindLine("evidence", &m.Evidence, 2000)}
	if decided {
		return progress
	}
	return append([]bound{
		{name: "text", show: func() string { return m.Text }, read: func(f *form) { m.Text = f.need("text", 2000) }},
		bindName("owner_role", &m.OwnerRole), bindDate("due_on", &m.DueOn)}, progress...)
}

func lastMeasure(a *store.RiskAssessment) int {
	no := 0
	for _, m := range a.Measures {
		no = max(no, m.No)
	}
	return no
}

// measure gives the measure that an address names, or a new one, within a copy of the analysis that can be saved.
func (s *Server) measure(r *http.Request) (*store.RiskAssessment, *store.Measure, error) {
	a, no, err := s.rosPart(r, lastMeasure)
	if err != nil {
		return nil, nil, err
	}
	if r.PathValue("no") == "" {
		a.Measures = append(a.Measures, store.Measure{No: no, State: store.MeasureOpen})
	}
	if m := a.Measure(no); m != nil {
		return a, m, nil
	}
	return nil, nil, errNotFound
}

func measureModel(r *http.Request, a *store.RiskAssessment, x *store.Measure) assess.MeasureModel {
	m := assess.MeasureModel{Document: *assess.OfROS(a), Measure: *x, Reduces: a.Reduces(x.No)}
	m.Form = edit.Form{Area: "measure", Action: m.Href() + "/measures", Back: m.Href() + "#measures",
		New: r.PathValue("no") == ""}
	if !m.Form.New {
		m.Form.Action += "/" + strconv.Itoa(x.No)
	}
	return m
}

// measureForm shows the form of a measure.
func (s *Server) measureForm(w http.ResponseWriter, r *http.Request) error {
	a, x, err := s.measure(r)
	if store.CodeOf(err) == "ros.decided" { // how far one has come may still be told
		return s.showDocument(w, r, "ros", http.StatusConflict, "edit", nil)
	}
	if err != nil {
		return err
	}
	m := measureModel(r, a, x)
	m.Form.Values = shown(a.Revision, measureFields(x, a.State.Decided(), store.DateOf(s.now())))
	return s.page(w, r, assess.MeasureEdit(s.ctx(w, r), m))
}

// measureSave saves a measure, new or changed, or how far it has come.
func (s *Server) measureSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	a, x, err := s.measure(r)
	if err != nil {
		return err
	}
	m := measureModel(r, a, x)
	decided := a.State.Decided()
	at := f.fill(measureFields(x, decided, store.DateOf(s.now())))
	newest := func() (int, []bound, error) {
		is, now, err := s.measure(r)
		if err != nil {
			return 0, nil, err
		}
		return is.Revision, measureFields(now, is.State.Decided(), store.DateOf(s.now())), nil
	}
	if m.Form.New { // one more takes nothing from anybody
		newest = nil
	} else {
		a.Revision = at
	}
	return s.submit(w, r, f, submission{
		save: func() error {
			if err := x.Validate(); err != nil {
				return err
			}
			if decided && !m.Form.New {
				_, err := s.DB.UpdateMeasure(r.Context(), a.Ref(), a.Revision, *x, actor(r))
				return err
			}
			return s.DB.UpdateRiskAssessment(r.Context(), a, actor(r))
		},
		newest: newest, form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return assess.MeasureEdit(s.ctx(w, r), m)
		},
		said: "measure.saved", args: store.Args{"no": x.No}, to: m.Href() + "#measures",
	})
}

// measureRemove takes a measure out of an analysis that is not decided, and away from the risks it was to reduce.
func (s *Server) measureRemove(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	a, x, err := s.measure(r)
	if err != nil {
		return err
	}
	no := x.No
	a.Revision = atoi(f.value("version"))
	a.Measures = slices.DeleteFunc(a.Measures, func(m store.Measure) bool { return m.No == no })
	for i := range a.Risks {
		a.Risks[i].Measures = slices.DeleteFunc(a.Risks[i].Measures, func(n int) bool { return n == no })
	}
	if err := s.DB.UpdateRiskAssessment(r.Context(), a, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "measure.removed", store.Args{"no": no}, assess.OfROS(a).Href()+"#measures")
}
