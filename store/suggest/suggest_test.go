package suggest

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
)

// TestNamesFindTheirFields holds how well names alone do among all the fields of an extract: the right field comes
// first for nearly every variable, and is among the five for all but a few.
func TestNamesFindTheirFields(t *testing.T) {
	got := Suggest(book(), nil, fields(), nil, nil)
	first, found := 0, 0
	for _, p := range pairs {
		list := got[store.VariableName(p.variable)]
		at := slices.IndexFunc(list, func(s store.Suggestion) bool { return s.Fields[0] == p.field })
		switch {
		case at == 0:
			first++
			found++
		case at > 0:
			found++
			fallthrough
		default:
			t.Logf("%s (%s): wanted %s, got %s", p.variable, p.label, p.field, show(list))
		}
	}
	n := float64(len(pairs))
	t.Logf("%d pairs: first %.3f, found %.3f", len(pairs), float64(first)/n, float64(found)/n)
	if float64(first)/n < 0.97 || float64(found)/n < 0.98 {
		t.Errorf("of %d pairs %d are first and %d found", len(pairs), first, found)
	}
}

func show(list []store.Suggestion) string {
	var b strings.Builder
	for _, s := range list {
		fmt.Fprintf(&b, "%s %.2f; ", s.Fields[0], s.Score)
	}
	return b.String()
}

// TestOrderDoesNotMatter holds that neither variables, fields nor the profile's values decide by where they stand, nor
// what else is asked for.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, len(pairs)).Draw(t, "pairs")
		c, list := book(), fields()
		c.Variables, list = c.Variables[:n], list[:n]
		want := Suggest(c, nil, list, nil, nil)
		seed := rapid.Uint64().Draw(t, "seed")
		r := rand.New(rand.NewPCG(seed, seed))
		r.Shuffle(len(c.Variables), func(i, j int) { c.Variables[i], c.Variables[j] = c.Variables[j], c.Variables[i] })
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if got := Suggest(c, nil, list, nil, nil); !reflect.DeepEqual(got, want) {
			t.Error("another order gives other suggestions")
		}
		one := rapid.SampledFrom(c.Variables).Draw(t, "variable").Name
		if got := Suggest(c, func(name string) bool { return name == one }, list, nil, nil)[one]; !reflect.DeepEqual(got, want[one]) {
			t.Errorf("alone, %s has other suggestions", one)
		}
	})
}

// TestAnyInput holds what is true of every suggestion, whatever things are called.
func TestAnyInput(t *testing.T) {
	name := rapid.OneOf(rapid.SampledFrom(strings.Fields("inn_dato Fødselsvekt vekt kreatinin_enhet bt1 SpO2 x ÆØÅ")), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		c := &store.Codebook{}
		for i, n := range rapid.SliceOfN(name, 0, 8).Draw(t, "variables") {
			c.Variables = append(c.Variables, store.Variable{Name: fmt.Sprintf("v%d", i), Label: n, Computed: i == 3,
				Type: rapid.SampledFrom(store.VarTypes).Draw(t, "type"), Unit: rapid.SampledFrom([]string{"", "kg", "g", "mmol/L"}).Draw(t, "unit")})
		}
		var list []store.Field
		p := &store.SourceProfile{}
		for _, n := range rapid.SliceOfNDistinct(name, 0, 8, rapid.ID[string]).Draw(t, "fields") {
			list = append(list, store.Field{Name: n, Class: rapid.SampledFrom(store.FieldClasses).Draw(t, "class")})
			p.Fields = append(p.Fields, store.FieldProfile{Name: n, Distinct: 2,
				Type: rapid.SampledFrom(append([]store.VarType{""}, store.VarTypes...)).Draw(t, "seen"), Top: []store.ValueCount{{Text: "Ja", Rows: 7}}})
		}
		for variable, of := range Suggest(c, nil, list, nil, p) {
			if c.Variable(variable).Computed {
				t.Errorf("%s is the registry's own to work out", variable)
			}
			if len(of) > most {
				t.Errorf("%d suggestions", len(of))
			}
			for i, s := range of {
				if s.Score < least || s.Score > 1 || len(s.Why) == 0 || i > 0 && s.Score > of[i-1].Score {
					t.Errorf("%+v", s)
				}
				for _, f := range list {
					if f.Name == s.Fields[0] && f.Class == store.Direct {
						t.Errorf("the direct field %q is proposed", f.Name)
					}
				}
			}
		}
	})
}

// TestNamesCompareAlikeBothWays holds that a name is as like another as the other is like it.
func TestNamesCompareAlikeBothWays(t *testing.T) {
	score := func(variable, field string) float64 {
		got := Suggest(&store.Codebook{Variables: []store.Variable{{Name: variable, Type: store.VarText}}}, nil,
			[]store.Field{{Name: field, Class: store.Health}}, nil, nil)[variable]
		if len(got) == 0 {
			return 0
		}
		return got[0].Score
	}
	for _, p := range pairs {
		if a, b := score(p.variable, p.field), score(p.field, p.variable); a != b {
			t.Errorf("%s and %s: %v and %v", p.variable, p.field, a, b)
		}
	}
}

func TestOppositesAreNotProposed(t *testing.T) {
	for _, p := range [][2]string{
		{"innleggelsesdato", "utskrivningsdato"}, {"systolisk_bt", "diastolisk_bt"}, {"protese_hoyre", "protese_venstre"},
		{"preop_hb", "postop_hb"}, {"maks_temp", "min_temp"}, {"hoveddiagnose", "bidiagnose"}, {"natrium", "kalium"},
		{"op_start", "op_slutt"}, {"mors_alder", "fars_alder"}, {"apgar_1", "apgar_5"},
	} {
		c := &store.Codebook{Variables: []store.Variable{{Name: p[0], Type: store.VarText}}}
		for _, s := range Suggest(c, nil, []store.Field{{Name: p[1], Class: store.Health}}, nil, nil)[p[0]] {
			if s.Score >= 0.5 {
				t.Errorf("%s is proposed for %s: %v", p[1], p[0], s.Score)
			}
		}
	}
}

func TestChoose(t *testing.T) {
	c := &store.Codebook{Variables: []store.Variable{{Name: "a"}, {Name: "b"}, {Name: "d"}, {Name: "e"}}}
	m := &store.Mapping{Rules: []store.Rule{{Variable: "e", Steps: []store.Step{{Kind: store.StepCopy, From: []string{"used"}}}}}}
	of := func(variable string, pairs ...any) (list []store.Suggestion) {
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, store.Suggestion{Variable: variable, Fields: []string{pairs[i].(string)}, Score: pairs[i+1].(float64)})
		}
		return list
	}
	all := map[string][]store.Suggestion{"a": of("a", "x", 0.9, "y", 0.85), "b": of("b", "x", 0.95, "z", 0.5), "d": of("d", "used", 0.99),
		"e": of("e", "w", 1.0)}
	for _, k := range []struct {
		score   float64
		several bool
		want    string
	}{{0.8, false, "b=x a=y "}, {0.9, false, "b=x "}, {0.8, true, "d=used b=x a=x "}, {1, false, ""}} {
		got := ""
		for _, g := range Choose(c, m, all, k.score, k.several) {
			got += g.Variable + "=" + g.Fields[0] + " "
		}
		if got != k.want {
			t.Errorf("from %v, several %v: %q, want %q", k.score, k.several, got, k.want)
		}
	}
}

func TestWhatSpeaksForAPair(t *testing.T) {
	low, high, least, greatest := 40.0, 160.0, 20.0, 900.0
	c := &store.Codebook{Variables: []store.Variable{
		{Name: "krea", Label: "Kreatinin", Type: store.VarDecimal, Unit: "µmol/L", Min: &least, Max: &greatest},
		{Name: "utfall", Label: "Utfall av behandlingen", Type: store.VarCode,
			Codes: []store.CodeOption{{Code: "1", Label: "Frisk"}, {Code: "2", Label: "Bedre"}, {Code: "3", Label: "Uendret"}}},
	}}
	list := []store.Field{{Name: "lab_17", Label: "S-Kreatinin (mmol/L)", Class: store.Health}, {Name: "x9", Class: store.Health}}
	p := &store.SourceProfile{Fields: []store.FieldProfile{
		{Name: "lab_17", Distinct: 80, Type: store.VarDecimal, Low: &low, High: &high},
		{Name: "x9", Distinct: 3, Type: store.VarText, Top: []store.ValueCount{{Text: "frisk", Rows: 30}, {Text: "bedre", Rows: 9}}}}}
	got := Suggest(c, nil, list, nil, p)
	codes := func(variable string) []store.Code {
		var out []store.Code
		for _, s := range got[variable] {
			for _, w := range s.Why {
				out = append(out, w.Code)
			}
		}
		return out
	}
	if want := []store.Code{"words", "type", "range", "unit_known"}; !sameSet(codes("krea"), want) {
		t.Errorf("krea: %v, want %v", codes("krea"), want)
	}
	if want := []store.Code{"values"}; !slices.Equal(codes("utfall"), want) {
		t.Errorf("utfall: %v, want %v", codes("utfall"), want)
	}
}

func sameSet(a, b []store.Code) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// TestTable holds that no word of the table stands twice, so that a line's order decides nothing.
func TestTable(t *testing.T) {
	seen := map[string]string{}
	for _, line := range concepts {
		for _, w := range strings.Fields(line) {
			if of := seen[fold(w)]; of != "" {
				t.Errorf("%s stands in %q and in %q", w, of, line)
			}
			seen[fold(w)] = line
		}
	}
	known := map[string]bool{}
	for _, line := range concepts {
		known[strings.Fields(line)[0]] = true
	}
	for _, list := range append(slices.Clone(opposites), generic, markers) {
		for _, c := range list {
			if !known[c] {
				t.Errorf("%s is no concept", c)
			}
		}
	}
	for spelling, means := range expansions {
		if of := seen[fold(spelling)]; of != "" {
			t.Errorf("%s stands in %q too", spelling, of)
		}
		for _, c := range strings.Fields(means) {
			if !known[c] && c != "reported" {
				t.Errorf("%s is no concept", c)
			}
		}
	}
	for _, n := range near {
		if !known[n.a] || !known[n.b] {
			t.Errorf("%s or %s is no concept", n.a, n.b)
		}
	}
}

// wide makes a codebook and a source of n each out of the words of the pairs.
func wide(n int) (*store.Codebook, []store.Field) {
	c, list := &store.Codebook{}, []store.Field{}
	for i := range n {
		p := pairs[i%len(pairs)]
		q := pairs[(i*7+3)%len(pairs)]
		c.Variables = append(c.Variables, store.Variable{Name: fmt.Sprintf("%s_%d", store.VariableName(p.variable), i/len(pairs)),
			Label: p.label + " " + q.label, Type: p.typ, Unit: p.unit})
		list = append(list, store.Field{Name: fmt.Sprintf("%s_%s_%d", p.field, q.field, i/len(pairs)), Class: store.Health})
	}
	return c, list
}

func BenchmarkSuggest(b *testing.B) {
	for _, n := range []int{100, 500, 1000} {
		c, list := wide(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Suggest(c, nil, list, nil, nil)
			}
		})
	}
}

// TestWordsAreNoAbbreviations holds that a word of its own isn't taken for the beginning of another.
func TestWordsAreNoAbbreviations(t *testing.T) {
	c := &store.Codebook{Variables: []store.Variable{{Name: "avdeling", Label: "Avdeling", Type: store.VarText}}}
	for field, want := range map[string]bool{"seng": false, "sengepost": true, "avd": true, "avdel": true} {
		got := Suggest(c, nil, []store.Field{{Name: field, Class: store.Health}}, nil, nil)["avdeling"]
		if (len(got) > 0) != want {
			t.Errorf("%s: suggested %s", field, show(got))
		}
	}
}
