package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMeaning(t *testing.T) {
	for _, area := range ScopeAreas {
		for _, k := range []DiffKind{Added, Removed, Changed} {
			if m := (Difference{Area: area, Kind: k}).Meaning(); !slices.Contains(Meanings, m) || m == MeansNarrower {
				t.Errorf("%s %s means %q", area, k, m)
			}
		}
	}
	for _, x := range []struct {
		d    Difference
		want Meaning
	}{
		{Difference{Area: "field", Kind: Removed, Narrowing: true}, MeansNarrower},
		{Difference{Area: "field", Kind: Added}, MeansData},
		{Difference{Area: "field", Kind: Changed}, MeansControl},
		{Difference{Area: "variable", Kind: Changed}, MeansContent},
		{Difference{Area: "rule", Name: "(keep)", Kind: Removed}, MeansData},
		{Difference{Area: "check", Kind: Removed}, MeansControl},
		{Difference{Area: "setting", Kind: Changed}, MeansWay},
	} {
		if got := x.d.Meaning(); got != x.want {
			t.Errorf("%+v means %s, not %s", x.d, got, x.want)
		}
	}
}

// said gives changes as lines, what goes with each indented behind it.
func said(cs []Change) string {
	var b strings.Builder
	for _, c := range cs {
		fmt.Fprintf(&b, "%s %s %s", c.Kind, c.Area, c.Name)
		for _, d := range c.With {
			fmt.Fprintf(&b, " + %s %s", d.Area, d.Name)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// TestChanges: adding one variable is one change, whatever lines of the Scope it makes.
func TestChanges(t *testing.T) {
	q := world()
	before := ComputeScope(q.ScopeParts)
	q.Codebook.Variables[6].Codes = []CodeOption{{Code: "1"}, {Code: "2"}}
	q.Codebook.Variables[6].Type = VarCode
	q.Codebook.Variables[1].Codes = append(q.Codebook.Variables[1].Codes, CodeOption{Code: "X"}, CodeOption{Code: "Y"})
	q.Mapping.Mapping.Source = append(q.Mapping.Mapping.Source, Field{Name: "temp", Class: Health}, Field{Name: "loose", Class: Health})
	q.Mapping.Mapping.Rules = append(q.Mapping.Mapping.Rules, Rule{Variable: "unmapped",
		Steps: []Step{{Kind: StepCopy, From: []string{"temp"}}}})
	after := ComputeScope(q.ScopeParts)
	if got := said(Changes(after.Diff(before))); got != "added field loose\n"+
		"added variable unmapped + field temp + rule unmapped + code unmapped=1 + code unmapped=2\n"+
		"added code sex=X + code sex=Y\n" {
		t.Errorf("there:\n%s", got)
	}
	if got := said(Changes(before.Diff(after))); got != "removed field loose\n"+
		"removed variable unmapped + field temp + rule unmapped + code unmapped=1 + code unmapped=2\n"+
		"removed code sex=X + code sex=Y\n" {
		t.Errorf("back:\n%s", got)
	}
}

// TestChangesLoseNothing: every difference stands in exactly one change.
func TestChangesLoseNothing(t *testing.T) {
	area := rapid.SampledFrom(ScopeAreas)
	name := rapid.SampledFrom([]string{"", "a", "b", "a=1", "a=2", "(keep)"})
	line := rapid.SampledFrom([]string{"", `[{"do":"copy","from":["a"]}]`, `[{"do":"copy","from":["b"]}]`, "x"})
	rapid.Check(t, func(t *rapid.T) {
		ds := rapid.SliceOfDistinct(rapid.Custom(func(t *rapid.T) Difference {
			return Difference{Area: area.Draw(t, "area"), Name: name.Draw(t, "name"), New: line.Draw(t, "new"),
				Kind:      rapid.SampledFrom([]DiffKind{Added, Removed, Changed}).Draw(t, "kind"),
				Narrowing: rapid.Bool().Draw(t, "narrowing")}
		}), func(d Difference) Line { return Line{d.Area, d.Name} }).Draw(t, "differences")
		left := map[Difference]int{}
		for _, d := range ds {
			left[d]++
		}
		for _, c := range Changes(ds) {
			for _, d := range c.Lines() {
				left[d]--
				if d.Narrowing != c.Narrowing || d.Kind != c.Kind {
					t.Fatalf("%+v stands under %+v", d, c.Difference)
				}
			}
		}
		for d, n := range left {
			if n != 0 {
				t.Fatalf("%+v is told %d times too few", d, n)
			}
		}
	})
}

// TestEditOf: each line is laid to the edit that made it, also when later ones changed something else.
func TestEditOf(t *testing.T) {
	q := world()
	steps := []ScopeStep{{Scope: ComputeScope(q.ScopeParts)}}
	step := func(kind string, no int) {
		steps = append(steps, ScopeStep{Origin{Kind: kind, No: no}, ComputeScope(q.ScopeParts)})
	}
	q.Codebook.Variables[1].Codes = append(q.Codebook.Variables[1].Codes, CodeOption{Code: "X", Label: "Ukjent"})
	step("codebook", 5)
	q.Mapping.Mapping.Rules = q.Mapping.Mapping.Rules[:5]
	step("mapping", 2)
	q.Mapping.Mapping.Person.Classic = true
	step("mapping", 3)
	made := MadeIn(steps)
	q.Connection.Settings["folder"], q.Connection.Settings["host"] = "/new", "https://new.example.no"
	q.Registry.Basis.Consent, q.Integration.Limits.AllowEmpty = ConsentProject, true
	now := ComputeScope(q.ScopeParts)
	edits := []Edit{
		{Seq: 1, Kind: "codebook", No: 5, Saved: true}, {Seq: 2, Kind: "mapping", No: 2, Saved: true},
		{Seq: 3, Kind: "connection", Members: []string{"settings.folder"}},
		{Seq: 4, Kind: "mapping", No: 3, Saved: true}, {Seq: 5, Kind: "codebook", No: 6, Saved: true},
		{Seq: 6, Kind: "connection", Members: []string{"name", "settings.host"}}, {Seq: 7, Kind: "mapping", No: 3},
		{Seq: 8, Kind: "registry", Members: []string{"basis.consent"}},
		{Seq: 9, Kind: "registry", Members: []string{"basis.purpose", "basis.retention"}},
		{Seq: 10, Kind: "integration", Members: []string{"limits.allow_empty"}},
		{Seq: 11, Kind: "integration", Members: []string{"limits.min_volume", "note"}},
	}
	want := map[string]int64{"code sex=X": 1, "variable asa": 2, "rule asa": 2, "identity person": 4, "setting folder": 3,
		"setting host": 6, "consent ": 8, "limit allow_empty": 10}
	for _, d := range now.Diff(steps[0].Scope) {
		e := EditOf(d, edits, made[Line{d.Area, d.Name}])
		if e == nil || e.Seq != want[d.Area+" "+d.Name] {
			t.Errorf("%s %s: %+v", d.Area, d.Name, e)
		}
		delete(want, d.Area+" "+d.Name)
	}
	if len(want) > 0 {
		t.Errorf("nobody made %v", want)
	}
	for name, x := range map[string]struct {
		d    Difference
		from Origin
		want int64
	}{
		"the program":                     {Difference{Area: "store", Name: "vault"}, Origin{}, 0},
		"a version that nobody saved":     {Difference{Area: "code", Name: "sex=X"}, Origin{Kind: "codebook", No: 4}, 0},
		"an older version in use again":   {Difference{Area: "rule", Name: "asa"}, Origin{Kind: "mapping", No: 3, Used: true}, 7},
		"a log that names only the whole": {Difference{Area: "setting", Name: "dataset"}, Origin{}, 12},
	} {
		e := EditOf(x.d, append(edits, Edit{Seq: 12, Kind: "connection", Members: []string{"settings"}}), x.from)
		if x.want == 0 && e != nil || x.want > 0 && (e == nil || e.Seq != x.want) {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// TestDifferenceSystems: the code systems of a line, whatever kind of line it is.
func TestDifferenceSystems(t *testing.T) {
	steps := `[{"kind":"when","then":[{"kind":"normalise","system":"a"}],"else":[{"kind":"normalise","system":"b"}]}]`
	for _, x := range []struct {
		d    Difference
		want string
	}{
		{Difference{Area: "rule", Name: "(list:urn:x)", New: "2026"}, "urn:x"},
		{Difference{Area: "rule", Name: "v", Old: steps, New: `[{"kind":"normalise","system":"c"}]`}, "a b c"},
		{Difference{Area: "rule", Name: "(correction:k)", New: `{"name":"k","steps":` + steps + `}`}, "a b"},
		{Difference{Area: "rule", Name: "(table:t)", New: `{"name":"t"}`}, ""},
		{Difference{Area: "variable", Name: "v", Old: `{"name":"v"}`, New: `{"name":"v","system":"a"}`}, "a"},
		{Difference{Area: "check", Name: "r", New: `{"reason":"r","system":"a"}`}, "a"},
		{Difference{Area: "check", Name: "(order)", New: "a, b"}, ""},
		{Difference{Area: "source", New: "dips"}, ""},
	} {
		if got := strings.Join(x.d.Systems(), " "); got != x.want {
			t.Errorf("%+v rests on %q, want %q", x.d, got, x.want)
		}
	}
	if c := (Change{Difference{Area: "variable", New: `{"system":"b"}`}, []Difference{{Area: "rule", Name: "v", New: steps}}}); strings.Join(c.Systems(), " ") != "a b" {
		t.Errorf("%v", c.Systems())
	}
}
