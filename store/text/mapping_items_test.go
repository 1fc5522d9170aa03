package text

import (
	"strings"
	"testing"

	"samband/store"
)

// TestRowsOfTablesAreSaid: what differs in a lookup table is said row by row, in the draft and to whoever must approve it.
func TestRowsOfTablesAreSaid(t *testing.T) {
	was := store.LookupTable{Name: "proc", Columns: []string{"kode", "gruppe"}, Rows: [][]string{{"FMD00", "KLAFF"}, {"FNG02", "PCI"}}}
	is := was
	is.Rows = [][]string{{"FMD00", "ANNET"}, {"FNG05", "PCI"}}
	want := "FMD00: KLAFF → ANNET; ny: FNG05: PCI; fjernet: FNG02: PCI"
	before, now := store.Mapping{Tables: []store.LookupTable{was}}, store.Mapping{Tables: []store.LookupTable{is}}
	if got := Changes(NB, &before, &now); len(got) != 1 || !strings.HasSuffix(got[0].Is, want) {
		t.Errorf("the draft says %+v", got)
	}
	d := store.Difference{Area: "rule", Name: "(table:proc)", Kind: store.Changed, Old: asJSON(t, was), New: asJSON(t, is)}
	if got := Difference(NB, d); got != "Tabellen «proc» er endret: "+want {
		t.Errorf("the approval says %s", got)
	}
	a, b := ChangeSides(NB, &store.Change{Difference: d})
	if !strings.Contains(strings.Join(a, "|"), "FMD00: KLAFF|FNG02: PCI") || !strings.Contains(strings.Join(b, "|"), "FMD00: ANNET|FNG05: PCI") {
		t.Errorf("the sides are %q and %q", a, b)
	}
}

// TestRoundingIsSaid: what a unit is rounded to is part of the words.
func TestRoundingIsSaid(t *testing.T) {
	step := func(n int) *store.Step {
		return &store.Step{Kind: store.StepUnit, From: []string{"u"}, Units: []store.UnitFactor{{Unit: "mg/dL", Factor: 88.42, Decimals: &n}}}
	}
	if got := Step(NB, step(1)); !strings.Contains(got, "mg/dL × 88,42, 1 desimal") || got == Step(NB, step(0)) {
		t.Errorf("one decimal: %s", got)
	}
}
