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

var scaleSteps = []int{1, 2, 3, 4, 5}

// riskFields are the fields of the form of a risk.
func riskFields(x *store.Risk, measures []store.Measure, today store.Date) []bound {
	numbers := make([]string, len(measures))
	for i, m := range measures {
		numbers[i] = strconv.Itoa(m.No)
	}
	return []bound{
		{name: "scenario", show: func() string { return x.Scenario }, read: func(f *form) { x.Scenario = f.need("scenario", 1000) }},
		bindLine("asset", &x.Asset, 1000), bindLine("cause", &x.Cause, 2000),
		bindChoices("dimensions", &x.Dimensions, "dimension.", store.Dimensions), bindLine("existing", &x.Existing, 4000),
		bindStep("likelihood", &x.Likelihood, scaleSteps), bindStep("consequence", &x.Consequence, scaleSteps),
		bindChoice("treatment", &x.Treatment, "treatment.", append([]store.Treatment{""}, store.Treatments...)),
		bindNumbers("measures", &x.Measures, numbers),
		bindStep("residual_likelihood", &x.ResidualLikelihood, scaleSteps),
		bindStep("residual_consequence", &x.ResidualConsequence, scaleSteps),
		bindLine("accepted_by", &x.AcceptedBy, 200), bindPast("accepted_on", &x.AcceptedOn, today),
		bindChoices("touches", &x.Touches, "risk.area.", store.ScopeAreas),
	}
}

// bindNumbers is any of some numbers.
func bindNumbers(name string, p *[]int, numbers []string) bound {
	lines := make([]string, len(*p))
	for i, n := range *p {
		lines[i] = strconv.Itoa(n)
	}
	b := bindChoices(name, &lines, "", numbers)
	read := b.read
	b.read = func(f *form) {
		read(f)
		*p = nil
		for _, line := range lines {
			*p = append(*p, atoi(line))
		}
	}
	return b
}

// rosPart is a risk or a measure of the version that an address names: its number is "new" for one that is not there.
func (s *Server) rosPart(r *http.Request, last func(*store.RiskAssessment) int) (a *store.RiskAssessment, no int, err error) {
	d, err := s.documentOf(r, "ros")
	if err != nil {
		return nil, 0, err
	}
	if r.PathValue("no") == "" {
		if d.ros.State.Decided() {
			return nil, 0, store.E(store.Conflict, "ros.decided", store.Args{"id": d.ros.ID, "version": d.ros.Version})
		}
		return d.ros, last(d.ros) + 1, nil
	}
	return d.ros, atoi(r.PathValue("no")), nil
}

func lastRisk(a *store.RiskAssessment) int {
	no := 0
	for _, x := range a.Risks {
		no = max(no, x.No)
	}
	return no
}

// risk gives the risk that an address names, or a new one, within a copy of the analysis that can be saved.
func (s *Server) risk(r *http.Request) (*store.RiskAssessment, *store.Risk, error) {
	a, no, err := s.rosPart(r, lastRisk)
	if err != nil {
		return nil, nil, err
	}
	if r.PathValue("no") == "" {
		a.Risks = append(a.Risks, store.Risk{No: no})
	}
	if x := a.Risk(no); x != nil {
		return a, x, nil
	}
	return nil, nil, errNotFound
}

func (s *Server) riskModel(r *http.Request, a *store.RiskAssessment, no int) (assess.RiskModel, error) {
	m := assess.RiskModel{Document: *assess.OfROS(a), No: no, Measures: a.Measures}
	m.Form = edit.Form{Area: "risk", Action: m.Href() + "/risks", Back: m.Href() + "#risks", New: r.PathValue("no") == ""}
	if !m.Form.New {
		m.Form.Action += "/" + strconv.Itoa(no)
	}
	var err error
	m.Scale, err = s.DB.Scale(r.Context(), a.Scale)
	return m, err
}

// riskForm shows the form of a risk.
func (s *Server) riskForm(w http.ResponseWriter, r *http.Request) error {
	a, x, err := s.risk(r)
	if store.CodeOf(err) == "ros.decided" || err == nil && a.State.Decided() {
		return s.showDocument(w, r, "ros", http.StatusConflict, "edit", nil)
	}
	if err != nil {
		return err
	}
	m, err := s.riskModel(r, a, x.No)
	if err != nil {
		return err
	}
	m.Form.Values = shown(a.Revision, riskFields(x, a.Measures, store.DateOf(s.now())))
	return s.page(w, r, assess.RiskEdit(s.ctx(w, r), m))
}

// riskSave saves a risk, new or changed.
func (s *Server) riskSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	a, x, err := s.risk(r)
	if err != nil {
		return err
	}
	m, err := s.riskModel(r, a, x.No)
	if err != nil {
		return err
	}
	at := f.fill(riskFields(x, a.Measures, store.DateOf(s.now())))
	newest := func() (int, []bound, error) {
		is, now, err := s.risk(r)
		if err != nil {
			return 0, nil, err
		}
		return is.Revision, riskFields(now, is.Measures, store.DateOf(s.now())), nil
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
			return s.DB.UpdateRiskAssessment(r.Context(), a, actor(r))
		},
		newest: newest, form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return assess.RiskEdit(s.ctx(w, r), m)
		},
		said: "risk.saved", args: store.Args{"no": x.No}, to: m.Href() + "#risks",
	})
}

// riskRemove takes a risk out of an analysis that is not decided.
func (s *Server) riskRemove(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	a, x, err := s.risk(r)
	if err != nil {
		return err
	}
	no := x.No
	a.Revision = atoi(f.value("version"))
	a.Risks = slices.DeleteFunc(a.Risks, func(x store.Risk) bool { return x.No == no })
	if err := s.DB.UpdateRiskAssessment(r.Context(), a, actor(r)); err != nil {
		return err
	}
	return s.done(w, r, "risk.removed", store.Args{"no": no}, assess.OfROS(a).Href()+"#risks")
}
