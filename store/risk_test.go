package store

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestScaleLevels(t *testing.T) {
	s := DefaultScale()
	for score, want := range map[int]RiskLevel{1: LevelLow, 4: LevelLow, 5: LevelModerate, 9: LevelModerate, 10: LevelHigh,
		16: LevelHigh, 17: LevelUnacceptable, 20: LevelUnacceptable, 25: LevelUnacceptable} {
		if got := s.Level(score); got != want {
			t.Errorf("%d is %s, want %s", score, got, want)
		}
	}
	if got := s.ReviewOn(LevelHigh, "2026-11-23"); got != "2027-11-23" {
		t.Errorf("reviewed on %s", got)
	}
	s.Bands[2].ReviewMonths = 6
	if got := s.ReviewOn(LevelHigh, "2026-11-23"); got != "2027-05-23" {
		t.Errorf("high risks are reviewed on %s", got)
	}
	if got := s.ReviewOn("", "2026-11-23"); got != "2027-11-23" {
		t.Errorf("without risks: %s", got)
	}
}

func TestScaleValidate(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*Scale)
		want   []Code
	}{
		"the default":       {func(*Scale) {}, nil},
		"own words":         {func(s *Scale) { s.Likelihood[0] = "Aldri" }, nil},
		"no version":        {func(s *Scale) { s.Version = 0 }, []Code{"field.number"}},
		"a level short":     {func(s *Scale) { s.Bands = s.Bands[:3] }, []Code{"field.choice"}},
		"levels turned":     {func(s *Scale) { s.Bands[0].Level, s.Bands[1].Level = LevelModerate, LevelLow }, []Code{"field.choice", "field.choice"}},
		"limits turned":     {func(s *Scale) { s.Bands[1].Top = 4 }, []Code{"scale.bands"}},
		"ends too early":    {func(s *Scale) { s.Bands[3].Top = 24 }, []Code{"scale.bands"}},
		"high without end":  {func(s *Scale) { s.Bands[2].Top = 25 }, []Code{"scale.bands"}},
		"reviewed backward": {func(s *Scale) { s.Bands[0].ReviewMonths = -1 }, []Code{"field.number"}},
	} {
		s := DefaultScale()
		x.change(s)
		t.Run(name, func(t *testing.T) { wantCodes(t, s.Validate(), x.want...) })
	}
}

// TestScaleIsMonotone: whatever the limits, a higher score is never on a lower level, and the highest never acceptable.
func TestScaleIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := DefaultScale()
		for i := range 3 {
			s.Bands[i].Top = rapid.IntRange(1, 25).Draw(t, "top")
		}
		if s.Validate() != nil {
			return
		}
		for score := 2; score <= 25; score++ {
			if s.Level(score - 1).Worse(s.Level(score)) {
				t.Fatalf("%d is worse than %d: %+v", score-1, score, s.Bands)
			}
		}
		if s.Level(25) != LevelUnacceptable {
			t.Fatalf("25 is %s", s.Level(25))
		}
	})
}

// assessed is an analysis with one risk, ready to be decided.
func assessed() *RiskAssessment {
	return &RiskAssessment{ID: "ros-1", Version: 1, Title: "ROS", State: ROSPerformed, Scale: 1,
		Coverage: Coverage{Methods: []string{"rdap-files"}}, Covers: "Filer", Method: "Møte", Participants: []string{"Eier"},
		PerformedOn: "2026-11-01",
		Risks: []Risk{{No: 1, Scenario: "Feil person", Likelihood: 4, Consequence: 5, Measures: []int{1},
			ResidualLikelihood: 2, ResidualConsequence: 5}},
		Measures: []Measure{{No: 1, Text: "Kontroll", OwnerRole: "Systemeier", DueOn: "2027-01-01", State: MeasureOpen}}}
}

func TestRiskValidate(t *testing.T) {
	risk := func(change func(*Risk)) error {
		r := assessed()
		change(&r.Risks[0])
		return r.Validate()
	}
	measure := func(change func(*Measure)) error {
		r := assessed()
		change(&r.Measures[0])
		return r.Validate()
	}
	twice := assessed()
	twice.Risks = append(twice.Risks, twice.Risks[0])
	twice.Measures = append(twice.Measures, twice.Measures[0])
	for name, x := range map[string]struct {
		err  error
		want []Code
	}{
		"whole":                {assessed().Validate(), nil},
		"no scenario":          {risk(func(x *Risk) { x.Scenario = "" }), []Code{"field.required"}},
		"no likelihood":        {risk(func(x *Risk) { x.Likelihood = 0 }), []Code{"field.choice"}},
		"six":                  {risk(func(x *Risk) { x.Consequence = 6 }), []Code{"field.choice"}},
		"half a residual":      {risk(func(x *Risk) { x.ResidualConsequence = 0 }), []Code{"field.choice"}},
		"no residual":          {risk(func(x *Risk) { x.ResidualLikelihood, x.ResidualConsequence = 0, 0 }), nil},
		"a measure that isn't": {risk(func(x *Risk) { x.Measures = []int{2} }), []Code{"field.choice"}},
		"an area that isn't":   {risk(func(x *Risk) { x.Touches = []string{"moon"} }), []Code{"field.choice"}},
		"more left than there is": {risk(func(x *Risk) { x.ResidualLikelihood, x.ResidualConsequence = 5, 5 }),
			[]Code{"risk.residual_above"}},
		"likelier, but milder":   {risk(func(x *Risk) { x.ResidualLikelihood, x.ResidualConsequence = 5, 3 }), nil},
		"an area":                {risk(func(x *Risk) { x.Touches = []string{"route"} }), nil},
		"harm that isn't":        {risk(func(x *Risk) { x.Dimensions = []Dimension{"fame"} }), []Code{"field.choice"}},
		"numbers twice":          {twice.Validate(), []Code{"ros.number_twice", "ros.number_twice"}},
		"nobody's measure":       {measure(func(m *Measure) { m.OwnerRole = "" }), []Code{"field.required"}},
		"an open one, no date":   {measure(func(m *Measure) { m.DueOn = "" }), []Code{"field.required"}},
		"done, but when":         {measure(func(m *Measure) { m.State = MeasureDone }), []Code{"field.required"}},
		"dropped needs no dates": {measure(func(m *Measure) { m.State, m.DueOn = MeasureDropped, "" }), nil},
	} {
		t.Run(name, func(t *testing.T) { wantCodes(t, x.err, x.want...) })
	}
	if got := assessed().Reduces(1); !slices.Equal(got, []int{1}) {
		t.Errorf("the measure reduces %v", got)
	}
}

func TestAcceptable(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*RiskAssessment)
		want   []Code
	}{
		"high, with a measure": {func(*RiskAssessment) {}, nil},
		"high, nothing done":   {func(r *RiskAssessment) { r.Risks[0].Measures = nil }, []Code{"ros.high_without_measures"}},
		"high, measure dropped": {func(r *RiskAssessment) { r.Measures[0].State = MeasureDropped },
			[]Code{"ros.high_without_measures"}},
		"unacceptable after": {func(r *RiskAssessment) { r.Risks[0].ResidualLikelihood = 4 }, []Code{"ros.unacceptable"}},
		"unacceptable, no residual": {func(r *RiskAssessment) {
			r.Risks[0].ResidualLikelihood, r.Risks[0].ResidualConsequence = 0, 0
		}, []Code{"ros.unacceptable"}},
		"moderate needs nothing": {func(r *RiskAssessment) { r.Risks[0].ResidualLikelihood, r.Risks[0].Measures = 1, nil }, nil},
		"no risks":               {func(r *RiskAssessment) { r.Risks = nil }, []Code{"ros.incomplete"}},
		"a PDF holds the risks":  {func(r *RiskAssessment) { r.Risks, r.Document = nil, &DocumentRef{} }, nil},
		"performed tomorrow":     {func(r *RiskAssessment) { r.PerformedOn = "2026-11-24" }, []Code{"ros.performed_ahead"}},
	} {
		for _, to := range []ROSState{ROSAccepted, ROSConditional} {
			r := assessed()
			x.change(r)
			r.State = to
			t.Run(name+"/"+string(to), func(t *testing.T) { wantCodes(t, r.Reached(ROSPerformed, DefaultScale(), "2026-11-23"), x.want...) })
		}
		r := assessed()
		x.change(r)
		r.State, r.Reason = ROSRejected, "Nei"
		if err := r.Reached(ROSPerformed, DefaultScale(), "2026-11-23"); err != nil {
			t.Errorf("%s: can't be refused: %v", name, err)
		}
	}
}

// TestReached: every pair of states, for a document that is whole and for one that says nothing.
func TestReached(t *testing.T) {
	why := Remark{By: "Siri", On: "2026-11-23", Reason: "Nei"}
	for _, from := range ROSStates {
		for _, to := range ROSStates {
			r := assessed()
			r.State, r.Reason, r.Withdrawal = to, "Nei", why
			if got := r.Reached(from, DefaultScale(), "2026-11-23") == nil; got != from.CanMove(to) {
				t.Errorf("ROS %s to %s: %v", from, to, got)
			}
			bare := &RiskAssessment{State: to, Reason: "Nei", Withdrawal: why}
			want := from.CanMove(to) && (to == ROSRejected || to == ROSExpired || to == ROSWithdrawn)
			if got := bare.Reached(from, DefaultScale(), "2026-11-23") == nil; got != want {
				t.Errorf("ROS that says nothing, %s to %s: %v", from, to, got)
			}
		}
	}
	for _, from := range LDStates {
		for _, to := range LDStates {
			d := designed()
			d.State, d.Returned = to, why
			if got := d.Reached(from) == nil; got != from.CanMove(to) {
				t.Errorf("LD %s to %s: %v", from, to, got)
			}
			bare := &SolutionDesign{State: to, Returned: why}
			want := from.CanMove(to) && to != LDInReview && to != LDApproved
			if got := bare.Reached(from) == nil; got != want {
				t.Errorf("LD that says nothing, %s to %s: %v", from, to, got)
			}
		}
	}
	mute := assessed() // whoever refuses, takes back or sends back says why
	for _, mute.State = range []ROSState{ROSRejected, ROSWithdrawn} {
		wantCodes(t, mute.Reached(ROSPerformed, DefaultScale(), "2026-11-23"), "field.required")
	}
	sent := designed()
	sent.State = LDDraft
	wantCodes(t, sent.Reached(LDInReview), "field.required")
}

// designed is a design that says what it must.
func designed() *SolutionDesign {
	return &SolutionDesign{ID: "ld-1", Version: 1, Title: "LD", Coverage: Coverage{Methods: []string{"rdap-files"}},
		Overview: "Fil inn", Channels: []string{"Plattformen"}, Authentication: "Nøkkelpar", Encryption: "TLS",
		Storage: []string{"Mappe"}, Retention: "30 dager", Separation: "To pakker", ErrorHandling: "Karantene"}
}

// TestMissing: a document holds what the portal doesn't, but what it covers is always said here.
func TestMissing(t *testing.T) {
	for name, x := range map[string]struct {
		got, want []string
	}{
		"whole ROS": {assessed().Missing(), nil},
		"empty ROS": {(&RiskAssessment{}).Missing(), []string{"methods", "text", "method", "participants", "day", "risks"}},
		"ROS with a link": {(&RiskAssessment{Link: "https://arkiv.example.org/1"}).Missing(),
			[]string{"methods", "text", "method", "participants", "day"}},
		"whole LD": {designed().Missing(), nil},
		"empty LD": {(&SolutionDesign{}).Missing(), []string{"methods", "text", "channels", "authentication", "encryption",
			"storage", "retention", "separation", "error_handling"}},
		"LD with a PDF": {(&SolutionDesign{Document: &DocumentRef{}}).Missing(), []string{"methods"}},
	} {
		if !slices.Equal(x.got, x.want) {
			t.Errorf("%s lacks %v, want %v", name, x.got, x.want)
		}
	}
}

func TestDecide(t *testing.T) {
	r := assessed()
	r.DecidedBy, r.DecidedOn, r.ValidTo = "Filen", "2020-01-01", "2030-01-01"
	r.Decide(ROSInTreatment, Ruling{})
	if r.DecidedBy != "Filen" {
		t.Error("what a file says is gone before anybody has decided")
	}
	r.Decide(ROSConditional, Ruling{By: "Siri", On: "2026-11-23", Until: "2027-11-23", Reason: "Liten", Conditions: "Møte"})
	if r.DecidedBy != "Siri" || r.ValidTo != "2027-11-23" || r.Conditions != "Møte" || r.Reason != "Liten" {
		t.Errorf("%+v", r)
	}
	r.Decide(ROSExpired, Ruling{})
	if r.DecidedBy != "Siri" || r.ValidTo != "2027-11-23" {
		t.Errorf("expiry forgot the decision: %+v", r)
	}
	n := r.Next()
	if n.Version != 2 || n.State != ROSDraft || n.DecidedBy != "" || n.ValidTo != "" || n.Conditions != "" || len(n.Risks) != 1 {
		t.Errorf("%+v", n)
	}
	withdrawn := assessed()
	withdrawn.DecidedBy = "Filen"
	withdrawn.Decide(ROSWithdrawn, Ruling{By: "Siri", On: "2026-11-23", Reason: "Feil grunnlag"})
	if withdrawn.DecidedBy != "" {
		t.Error("a draft that is withdrawn was decided by a file")
	}
	if withdrawn.Withdrawal != (Remark{"Siri", "2026-11-23", "Feil grunnlag"}) || withdrawn.Next().Withdrawal != (Remark{}) {
		t.Errorf("%+v", withdrawn)
	}
	d := designed()
	d.Decide(LDDraft, Ruling{By: "Siri", On: "2026-11-23", Reason: "Mangler lagring"})
	if d.Returned != (Remark{"Siri", "2026-11-23", "Mangler lagring"}) || d.Next().Returned != (Remark{}) {
		t.Errorf("%+v", d)
	}
}

func TestDocument(t *testing.T) {
	good := "%PDF-1.7\n…\n%%EOF\r\n"
	for name, x := range map[string]struct {
		file, content string
		want          []Code
	}{
		"a PDF":               {"ros.pdf", good, nil},
		"a PDF by any name":   {"ros.exe", good, nil},
		"a program called so": {"ros.pdf", "MZ\x90%PDF-1.7 %%EOF", []Code{"document.not_pdf"}},
		"a page":              {"ros.pdf", "<html>%%EOF", []Code{"document.not_pdf"}},
		"nothing":             {"ros.pdf", "", []Code{"document.not_pdf"}},
		"cut off":             {"ros.pdf", good[:12], []Code{"document.cut"}},
		"more after the end":  {"ros.pdf", good + "<script>", []Code{"document.cut"}},
		"a person's number":   {"ros 17837130158.pdf", good, []Code{"form.person_number"}},
		"too large":           {"ros.pdf", "%PDF-" + strings.Repeat("x", DocumentLimit) + "%%EOF", []Code{"document.too_large"}},
	} {
		_, err := NewDocument(x.file, []byte(x.content))
		t.Run(name, func(t *testing.T) { wantCodes(t, err, x.want...) })
	}
	for in, want := range map[string]string{
		"ros.pdf": "ros.pdf", "ROS 2026.PDF": "ROS 2026.pdf", `C:\temp\ros.pdf`: "ros.pdf", "../../etc/passwd": "passwd.pdf",
		"ros.pdf\r\nSet-Cookie: x": "ros.pdfSet-Cookie_ x.pdf", "": "document.pdf", ".pdf": "document.pdf", "...": "document.pdf",
		"a\u202efdp.exe": "afdp.exe.pdf", "\xff.pdf": "document.pdf", `"æøå";.pdf`: "_æøå__.pdf",
		strings.Repeat("å", 300) + ".pdf": strings.Repeat("å", 100) + ".pdf",
	} {
		if got := documentName(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		name := documentName(rapid.String().Draw(t, "name"))
		if documentName(name) != name || strings.ContainsAny(name, "/\\\"\r\n") || !strings.HasSuffix(name, ".pdf") {
			t.Fatalf("%q", name)
		}
	})
}
