package store

import (
	"slices"
	"strconv"
)

// Dimension is what a risk would harm (contracts/governance.md section 2.2).
type Dimension string

const (
	Confidentiality Dimension = "confidentiality"
	Integrity       Dimension = "integrity"
	Availability    Dimension = "availability"
	Privacy         Dimension = "privacy"
	PatientSafety   Dimension = "patient_safety"
)

// Dimensions lists them in the order forms offer them.
var Dimensions = []Dimension{Confidentiality, Integrity, Availability, Privacy, PatientSafety}

// Treatment is what is done about a risk.
type Treatment string

const (
	TreatReduce   Treatment = "reduce"
	TreatAccept   Treatment = "accept"
	TreatAvoid    Treatment = "avoid"
	TreatTransfer Treatment = "transfer"
)

// Treatments lists them in the order forms offer them.
var Treatments = []Treatment{TreatReduce, TreatAccept, TreatAvoid, TreatTransfer}

// Risk is one thing that can go wrong. It is scored twice: as things are, and as they will be once its measures are
// carried out.
type Risk struct {
	No         int         `yaml:"no" json:"no"` // unique within the analysis, from 1
	Scenario   string      `yaml:"scenario" json:"scenario"`
	Asset      string      `yaml:"asset,omitempty" json:"asset,omitempty"` // what is to be protected
	Cause      string      `yaml:"cause,omitempty" json:"cause,omitempty"`
	Dimensions []Dimension `yaml:"dimensions,omitempty" json:"dimensions,omitempty"`
	// Existing is what already stands in the way of it.
	Existing    string    `yaml:"existing_measures,omitempty" json:"existing_measures,omitempty"`
	Likelihood  int       `yaml:"likelihood" json:"likelihood"`   // 1–5
	Consequence int       `yaml:"consequence" json:"consequence"` // 1–5
	Treatment   Treatment `yaml:"treatment,omitempty" json:"treatment,omitempty"`
	Measures    []int     `yaml:"measures,omitempty" json:"measures,omitempty"` // numbers of those that reduce it
	// What is left when the measures are carried out, 1–5; 0 in both: as it is now.
	ResidualLikelihood  int    `yaml:"residual_likelihood,omitempty" json:"residual_likelihood,omitempty"`
	ResidualConsequence int    `yaml:"residual_consequence,omitempty" json:"residual_consequence,omitempty"`
	AcceptedBy          string `yaml:"accepted_by,omitempty" json:"accepted_by,omitempty"`
	AcceptedOn          Date   `yaml:"accepted_on,omitempty" json:"accepted_on,omitempty"`
	// Touches names the areas of a Scope that the risk is about, out of ScopeAreas.
	Touches []string `yaml:"touches,omitempty" json:"touches,omitempty"`
}

// Score is likelihood × consequence, 1–25.
func (r *Risk) Score() int { return r.Likelihood * r.Consequence }

// Residual gives likelihood and consequence once the measures are carried out.
func (r *Risk) Residual() (likelihood, consequence int) {
	if r.ResidualLikelihood == 0 {
		return r.Likelihood, r.Consequence
	}
	return r.ResidualLikelihood, r.ResidualConsequence
}

// ResidualScore is Score of Residual.
func (r *Risk) ResidualScore() int {
	l, c := r.Residual()
	return l * c
}

// Level gives the level of the risk as things are, on a scale.
func (r *Risk) Level(s *Scale) RiskLevel { return s.Level(r.Score()) }

// ResidualLevel gives the level of what is left, on a scale.
func (r *Risk) ResidualLevel(s *Scale) RiskLevel { return s.Level(r.ResidualScore()) }

// Validate checks the form of a risk. Fields are named as in YAML and in forms.
func (r *Risk) Validate() error {
	var bad FieldErrors
	if r.No < 1 {
		bad.Add("no", "field.number", nil)
	}
	if r.Scenario == "" {
		bad.Add("scenario", "field.required", nil)
	}
	step := func(field string, n int, may0 bool) {
		if n < 1 && !may0 || n < 0 || n > ScaleSteps {
			bad.Add(field, "field.choice", nil)
		}
	}
	step("likelihood", r.Likelihood, false)
	step("consequence", r.Consequence, false)
	step("residual_likelihood", r.ResidualLikelihood, r.ResidualConsequence == 0)
	step("residual_consequence", r.ResidualConsequence, r.ResidualLikelihood == 0)
	if r.Score() > 0 && r.ResidualScore() > r.Score() { // at the axis that has grown
		field := "residual_likelihood"
		if r.ResidualLikelihood <= r.Likelihood {
			field = "residual_consequence"
		}
		bad.Add(field, "risk.residual_above", Args{"score": r.ResidualScore(), "now": r.Score()})
	}
	for _, d := range r.Dimensions {
		if !slices.Contains(Dimensions, d) {
			bad.Add("dimensions", "field.choice", nil)
		}
	}
	if r.Treatment != "" && !slices.Contains(Treatments, r.Treatment) {
		bad.Add("treatment", "field.choice", nil)
	}
	for _, area := range r.Touches {
		if !slices.Contains(ScopeAreas, area) {
			bad.Add("touches", "field.choice", nil)
		}
	}
	validateDate(&bad, "accepted_on", r.AcceptedOn)
	return bad.OrNil()
}

// MeasureState is where a measure stands.
type MeasureState string

const (
	MeasureOpen    MeasureState = "open"
	MeasureDone    MeasureState = "done"
	MeasureDropped MeasureState = "dropped" // reduces nothing any more
)

// MeasureStates lists the states in the order forms offer them.
var MeasureStates = []MeasureState{MeasureOpen, MeasureDone, MeasureDropped}

// Measure is something that is done to reduce risks. Which ones stands at the risks; RiskAssessment.Reduces turns it.
type Measure struct {
	No        int          `yaml:"no" json:"no"` // unique within the analysis, from 1
	Text      string       `yaml:"text" json:"text"`
	OwnerRole string       `yaml:"owner_role" json:"owner_role"` // a role, never a name
	DueOn     Date         `yaml:"due_on,omitempty" json:"due_on,omitempty"`
	State     MeasureState `yaml:"state" json:"state"`
	DoneOn    Date         `yaml:"done_on,omitempty" json:"done_on,omitempty"`
	Evidence  string       `yaml:"evidence,omitempty" json:"evidence,omitempty"` // where it can be seen that it is done
}

// Validate checks the form of a measure. An open one has a due date, one that is done the day it was.
func (m *Measure) Validate() error {
	var bad FieldErrors
	if m.No < 1 {
		bad.Add("no", "field.number", nil)
	}
	if m.Text == "" {
		bad.Add("text", "field.required", nil)
	}
	if m.OwnerRole == "" {
		bad.Add("owner_role", "field.required", nil)
	}
	if !slices.Contains(MeasureStates, m.State) {
		bad.Add("state", "field.choice", nil)
	}
	if m.State == MeasureOpen && m.DueOn.IsZero() {
		bad.Add("due_on", "field.required", nil)
	}
	if m.State == MeasureDone && m.DoneOn.IsZero() {
		bad.Add("done_on", "field.required", nil)
	}
	validateDate(&bad, "due_on", m.DueOn)
	validateDate(&bad, "done_on", m.DoneOn)
	return bad.OrNil()
}

// Late tells whether an open measure should have been done before that day.
func (m *Measure) Late(today Date) bool { return m.State == MeasureOpen && m.DueOn.Before(today) }

// RiskLevel is how serious a risk is.
type RiskLevel string

const (
	LevelLow          RiskLevel = "low"
	LevelModerate     RiskLevel = "moderate"
	LevelHigh         RiskLevel = "high"         // can be accepted only with measures against it
	LevelUnacceptable RiskLevel = "unacceptable" // can't be accepted: the design must change
)

// RiskLevels lists the levels from the least to the most serious.
var RiskLevels = []RiskLevel{LevelLow, LevelModerate, LevelHigh, LevelUnacceptable}

// Worse tells whether l is more serious than m; everything is more serious than none.
func (l RiskLevel) Worse(m RiskLevel) bool {
	return slices.Index(RiskLevels, l) > slices.Index(RiskLevels, m)
}

// ScaleSteps is how many steps each axis of a scale has.
const ScaleSteps = 5

// Scale is one version of the scale that risks are scored on. Versions are never changed: an analysis keeps the one it
// was scored with.
type Scale struct {
	Version int `yaml:"version" json:"version"`
	// What each step means, step 1 first; an empty text stands for the portal's own words.
	Likelihood  [ScaleSteps]string `yaml:"likelihood,flow" json:"likelihood"`
	Consequence [ScaleSteps]string `yaml:"consequence,flow" json:"consequence"`
	Bands       []Band             `yaml:"bands" json:"bands"` // one a level, in the order of RiskLevels
}

// Band says which scores have a level, and how a risk on it is handled.
type Band struct {
	Level RiskLevel `yaml:"level" json:"level"`
	Top   int       `yaml:"top" json:"top"` // the highest score of the level
	// AcceptedBy is the role that may accept it, in words; empty for the portal's own words.
	AcceptedBy string `yaml:"accepted_by,omitempty" json:"accepted_by,omitempty"`
	// ReviewMonths is how long an analysis holds when this is its most serious residual risk.
	ReviewMonths int `yaml:"review_months,omitempty" json:"review_months,omitempty"`
}

// usualReview is how many months pass between reviews where nobody has said anything else (governance.md section 2.3).
const usualReview = 12

// DefaultScale is version 1, which every installation has (contracts/governance.md section 2.2).
func DefaultScale() *Scale {
	return &Scale{Version: 1, Bands: []Band{
		{Level: LevelLow, Top: 4, ReviewMonths: usualReview}, {Level: LevelModerate, Top: 9, ReviewMonths: usualReview},
		{Level: LevelHigh, Top: 16, ReviewMonths: usualReview}, {Level: LevelUnacceptable, Top: ScaleSteps * ScaleSteps},
	}}
}

// Level gives the level of a score.
func (s *Scale) Level(score int) RiskLevel {
	for _, b := range s.Bands {
		if score <= b.Top {
			return b.Level
		}
	}
	return LevelUnacceptable
}

// Band gives the band of a level.
func (s *Scale) Band(l RiskLevel) Band {
	for _, b := range s.Bands {
		if b.Level == l {
			return b
		}
	}
	return Band{Level: l}
}

// Axis gives what the steps of an axis mean: "likelihood" or "consequence".
func (s *Scale) Axis(name string) [ScaleSteps]string {
	if name == "likelihood" {
		return s.Likelihood
	}
	return s.Consequence
}

// Months is how long an analysis holds when this is its most serious residual level.
func (b Band) Months() int {
	if b.ReviewMonths == 0 {
		return usualReview
	}
	return b.ReviewMonths
}

// ReviewOn gives the last day that an analysis holds when it is decided on a day and worst is its most serious residual
// risk, or none.
func (s *Scale) ReviewOn(worst RiskLevel, decided Date) Date {
	return DateOf(decided.Time().AddDate(0, s.Band(worst).Months(), 0))
}

// Validate checks a scale: all four levels, in order, with every score from 1 to 25 in exactly one.
func (s *Scale) Validate() error {
	var bad FieldErrors
	if s.Version < 1 {
		bad.Add("version", "field.number", nil)
	}
	if len(s.Bands) != len(RiskLevels) {
		bad.Add("bands", "field.choice", nil)
		return bad
	}
	below := 0
	for i, b := range s.Bands {
		field := "bands." + strconv.Itoa(i+1)
		if b.Level != RiskLevels[i] {
			bad.Add(field, "field.choice", nil)
		}
		if b.Top <= below || i == len(s.Bands)-1 && b.Top != ScaleSteps*ScaleSteps {
			bad.Add(field+".top", "scale.bands", nil)
		}
		if b.ReviewMonths < 0 || b.ReviewMonths > 120 {
			bad.Add(field+".review_months", "field.number", nil)
		}
		below = b.Top
	}
	return bad.OrNil()
}

// Touching gives the risks that any of these areas of a Scope touches, each once. No analysis has none.
func (r *RiskAssessment) Touching(areas ...string) []Risk {
	if r == nil {
		return nil
	}
	var list []Risk
	for _, risk := range r.Risks {
		if slices.ContainsFunc(areas, func(area string) bool { return slices.Contains(risk.Touches, area) }) {
			list = append(list, risk)
		}
	}
	return list
}
