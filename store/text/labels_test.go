package text

import (
	"slices"
	"strings"
	"testing"

	"samband/store"
)

// names gives the names of the values of one type.
func names[S ~string](of []S) []string {
	out := make([]string, len(of))
	for i, v := range of {
		out[i] = string(v)
	}
	return out
}

// TestEveryValueHasALabel: each value of each type that people meet has a name, and no name stands for nothing.
func TestEveryValueHasALabel(t *testing.T) {
	empty := store.Registry{Kind: store.KindProject}
	half := store.Registry{Kind: store.KindProject, Basis: store.Basis{Exemption: "x", REK: "x", PVO: "x", Processor: "x",
		DPIA: "x"}}
	basis := slices.Concat(empty.Missing(), half.Missing())
	for prefix, want := range map[string][]string{
		"state.run.":         names(store.RunStates),
		"state.integration.": names(store.IntegrationStates),
		"approval.":          names(store.ApprovalStates),
		"rosstate.":          names(store.ROSStates),
		"ldstate.":           names(store.LDStates),
		"phase.":             names(store.Phases),
		"role.":              append(names(store.PortalRoles), "none"),
		"sensitivity.":       names(store.Sensitivities),
		"direction.":         names([]store.Direction{store.Inbound, store.Outbound}),
		"route.":             names(store.Routes),
		"fclass.":            names(store.FieldClasses),
		"attribute.":         names(store.Attributes),
		"vartype.":           names(store.VarTypes),
		"step.":              names(store.StepKinds),
		"check.":             names(store.CheckKinds),
		"missing.":           names(store.MissingReasons),
		"op.":                names(store.Operators),
		"trigger.":           names(store.Triggers),
		"registrykind.":      names(store.RegistryKinds),
		"consent.":           names(store.ConsentRegimes),
		"consenttype.":       names(store.ConsentTypes),
		"right.":             names(store.Rights),
		"basis.":             basis,
		"scope.":             store.ScopeAreas,
		"risk.area.":         store.ScopeAreas,
		"dimension.":         names(store.Dimensions),
		"treatment.":         names(store.Treatments),
		"measurestate.":      names(store.MeasureStates),
		"risklevel.":         names(store.RiskLevels),
	} {
		var got []string
		for key := range all {
			if name, ok := strings.CutPrefix(key, prefix); ok && !strings.Contains(name, ".") {
				got = append(got, name)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if want = slices.Compact(want); !slices.Equal(got, want) {
			t.Errorf("%s\n got %v\nwant %v", prefix, got, want)
		}
	}
}

// What a check found is said of the type of the variable: only a whole number can fail to be whole.
func TestFaultOfType(t *testing.T) {
	for _, x := range []struct {
		kind store.CheckKind
		of   store.VarType
		want string
	}{
		{store.CheckNumber, store.VarInteger, "Ikke et helt tall"}, {store.CheckNumber, store.VarDecimal, "Ikke et tall"},
		{store.CheckNumber, store.VarText, "Ikke et tall"}, {store.CheckNumber, "", "Ikke et tall, eller ikke et helt tall"},
		{store.CheckDate, store.VarDate, "Umulig dato"}, {store.CheckDate, store.VarDateTime, "Umulig tidspunkt"},
		{store.CheckCode, store.VarCode, "Ukjent kode"}, {store.CheckCode, store.VarBoolean, "Verken ja eller nei"},
		{store.CheckRange, store.VarInteger, "Utenfor grensene"},
	} {
		if got := Fault(NB, x.kind, x.of); got != x.want {
			t.Errorf("%s of %s: %q, want %q", x.kind, x.of, got, x.want)
		}
		m := &store.Mapping{Checks: []store.Check{{Reason: "own", Kind: x.kind}, {Reason: "said", Kind: x.kind, Text: "Egne ord"}}}
		if got := ReasonOf(NB, m, "own", x.of); got != x.want {
			t.Errorf("the reason %s of %s: %q, want %q", x.kind, x.of, got, x.want)
		}
		if got := ReasonOf(NB, m, "said", x.of); got != "Egne ord" {
			t.Errorf("own words are lost: %q", got)
		}
	}
}
