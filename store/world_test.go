package store

import (
	"errors"
	"slices"
	"testing"
	"time"
)

// noon is when the tests of this package take place unless they say otherwise.
var noon = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)

func ptr[T any](v T) *T { return &v }

// world gives a question to which the gate has nothing to object at any moment: an invented registry fed with files,
// approved as it stands. Everything is fresh, so that a test may change what it likes.
func world() GateQuestion {
	q := GateQuestion{At: noon, Moment: AtRun}
	q.Registry = &Registry{
		ID: "heart", SolutionID: "ereg", Name: "Hjerte", Kind: KindQuality,
		Basis: Basis{
			Purpose: "Bedre behandling", LegalBasis: "Forskrift", Consent: ConsentReservation, PVO: "PVO-1",
			PVOOn: "2026-01-01", Controller: "Sykehuset", JointControllers: "Ingen", DPIA: "DPIA-1", DPIAOn: "2026-01-01",
			DPIAResult: "Lav risiko", Persons: "Pasienter", Categories: "Helse", Sensitivity: Sensitive, Recipients: "Ingen",
			Retention: "10 år", Kept: "Ingenting", KeptBasis: "Ikke aktuelt", SecurityClass: "3",
			CitizenInfo: "post@example.no",
		},
	}
	reserved := consentRule()
	q.Consents = []ConsentPart{{Rule: reserved,
		Connection: &Connection{ID: "pvk", SystemID: "helsenorge", Kind: "pvk", Name: "PVK",
			Settings: map[string]string{"address": "https://pvk.example.no"}},
		Kind: &Kind{Name: "pvk", Roles: []Role{Source}, Consents: true, Options: []Option{{Name: "address", Kind: OptionURL}}}}}
	q.System = &System{ID: "rdap", Name: "Plattformen", Role: Source, Phase: PhaseActive}
	q.Method = &Method{ID: "rdap-files", SystemID: "rdap", Name: "Filer", Kind: "files", Handover: "file_drop",
		Highest: Sensitive, Route: RoutePlatform}
	q.Kind = &Kind{Name: "files", Roles: []Role{Source}, Highest: Sensitive, Options: []Option{
		{Name: "folder", Kind: OptionPath, Required: true},
		{Name: "host", Kind: OptionURL},
		{Name: "dataset", Kind: OptionText, InScope: true, Default: "episode"},
		{Name: "batch", Kind: OptionNumber},
		{Name: "password", Kind: OptionSecret, InScope: true},
	}}
	q.Connection = &Connection{ID: "rdap-drop", SystemID: "rdap", Kind: "files", Name: "Mappen",
		Settings: map[string]string{"folder": "/drop", "host": "https://files.example.no", "batch": "1000"}}
	q.Integration = &Integration{
		ID: "heart-rdap", RegistryID: "heart", MethodID: "rdap-files", ConnectionID: "rdap-drop", Name: "Opphold",
		Sensitivity: Sensitive, State: IntInOperation, ROS: Ref{"ros-1", 2}, LD: Ref{"ld-1", 3}, MappingNo: 1,
	}
	q.Codebook = &Codebook{
		ID: "heart-book", Version: 4, RegistryID: "heart", Key: []string{"episode"},
		Variables: []Variable{
			{Name: "episode", Type: VarText, Required: true, Class: Technical},
			{Name: "sex", Label: "Kjønn", Type: VarCode, Class: Indirect,
				Codes: []CodeOption{{Code: "M", Label: "Mann"}, {Code: "F", Label: "Kvinne"}, {Code: "U", Missing: true}}},
			{Name: "admitted", Type: VarDate, Class: Health},
			{Name: "discharged", Type: VarDate, Class: Health},
			{Name: "weight", Label: "Vekt", Type: VarDecimal, Unit: "kg", Min: ptr(1.0), Max: ptr(350.0), Class: Health},
			{Name: "asa", Type: VarInteger, Min: ptr(1.0), Max: ptr(5.0), Class: Health},
			{Name: "unmapped", Type: VarText, Class: Health},
		},
	}
	q.Mapping = &MappingVersion{
		IntegrationID: "heart-rdap", No: 1, CodebookID: "heart-book", CodebookVersion: 4,
		Mapping: Mapping{
			Source: []Field{
				{Name: "fnr", Class: Direct, Is: AttrNumber}, {Name: "navn", Class: Direct, Is: AttrFamilyName},
				{Name: "id", Class: Technical}, {Name: "kjonn", Class: Indirect}, {Name: "inn", Class: Health},
				{Name: "ut", Class: Health}, {Name: "vekt", Class: Health, Label: "Vekt i kilo"},
				{Name: "enhet", Class: Technical}, {Name: "asa", Class: Health}, {Name: "avdeling", Class: Indirect},
			},
			Rules: []Rule{
				{Variable: "episode", Steps: []Step{{Kind: StepCopy, From: []string{"id"}}}},
				{Variable: "sex", Steps: []Step{{Kind: StepCopy, From: []string{"kjonn"}},
					{Kind: StepCodes, Map: map[string]string{"1": "M", "2": "F"}, Null: []string{"9"}}}},
				{Variable: "admitted", Steps: []Step{{Kind: StepCopy, From: []string{"inn"}}, {Kind: StepDate, Layout: "dd.mm.yyyy"}}},
				{Variable: "discharged", Steps: []Step{{Kind: StepCopy, From: []string{"ut"}}, {Kind: StepDate, Layout: "dd.mm.yyyy"}}},
				{Variable: "weight", Steps: []Step{{Kind: StepCopy, From: []string{"vekt"}}, {Kind: StepNumber},
					{Kind: StepUnit, From: []string{"enhet"}, Units: []UnitFactor{{Unit: "g", Factor: 0.001}}}}},
				{Variable: "asa", Steps: []Step{{Kind: StepCopy, From: []string{"asa"}}, {Kind: StepNumber, Whole: true}}},
			},
			Checks: []Check{
				{Reason: "bad_fnr", Kind: CheckPerson, Text: "Ugyldig nummer"}, {Reason: "bad_date", Kind: CheckDate},
				{Reason: "unknown_code", Kind: CheckCode}, {Reason: "bad_number", Kind: CheckNumber},
				{Reason: "no_key", Kind: CheckRequired}, {Reason: "out_of_range", Kind: CheckRange},
				{Reason: "date_order", Kind: CheckOrder, Earlier: "admitted", Later: "discharged"},
				{Reason: "light", Kind: CheckRule, Code: "weight == nil || weight > 2", Warn: true},
			},
			Keep:    &Condition{Field: "avdeling", Op: OpEqual, Value: "THX"},
			Resolve: Resolve{Latest: "discharged"},
		},
	}
	q.ROS = &RiskAssessment{ID: "ros-1", Version: 2, Title: "ROS", State: ROSAccepted, ValidTo: "2027-11-23",
		Coverage: covers()}
	q.LD = &SolutionDesign{ID: "ld-1", Version: 3, Title: "LD", State: LDApproved, ValidTo: "2027-11-23",
		Coverage: covers()}
	q.approve()
	return q
}

// covers is what ROS and LD of the world speak of: its method, and fields of every class.
func covers() Coverage {
	return Coverage{Methods: []string{"rdap-files"}, Classes: slices.Clone(FieldClasses)}
}

// approve makes the approval cover what now stands.
func (q *GateQuestion) approve() {
	s := ComputeScope(q.ScopeParts)
	q.Approval = &Approval{ID: "a1", IntegrationID: q.Integration.ID, State: AppApproved, Scope: s.Canonical(),
		ScopeHash: s.Hash(), ROS: q.Integration.ROS, LD: q.Integration.LD, MappingNo: q.Mapping.No}
}

// codes gives the codes of an error, in order.
func codes(err error) []Code {
	if err == nil {
		return nil
	}
	var several FieldErrors
	if errors.As(err, &several) {
		var out []Code
		for _, e := range several {
			out = append(out, e.Code)
		}
		return out
	}
	return []Code{CodeOf(err)}
}

// wantCodes holds err against the codes it should have, whatever their order, each as often as it comes.
func wantCodes(t *testing.T, err error, want ...Code) {
	t.Helper()
	got := codes(err)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
