package store

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestDictionaryCodebook(t *testing.T) {
	d := &Dictionary{Title: "Hjerteboken", Defects: []Defect{{Code: "dictionary.twice"}}, Variables: []Definition{
		{Form: "Inklusjon", Name: "SkjemaGUID", Type: VarText, Identifier: true},
		{Form: "Inklusjon", Name: "PasientGUID", Type: VarText, Identifier: true},
		{Form: "Inklusjon", Name: "Fødselsdato", Type: VarDate},
		{Form: "Inklusjon", Name: "etternavn", Type: VarText},
		{Form: "Inklusjon", Name: "Vekt", Label: "Vekt i dag", Type: VarDecimal, Unit: "kg", Min: ptr(0.5), Max: ptr(400.0), Required: NeedYes},
		{Form: "Inklusjon", Name: "BMI", Type: VarDecimal, Computed: true, Required: NeedYes, Formula: "[vekt]/[hoyde]"},
		{Form: "Inklusjon", Name: "røyk", Type: VarCode, Codes: []CodeOption{{"1", "Ja", false}, {"9", "Ukjent", true}}},
		{Form: "Inklusjon", Name: "plager", Label: "Plager", Type: VarCode, Multiple: true, Required: NeedYes,
			Codes: []CodeOption{{"1", "Smerte", false}, {"2", "Kvalme", false}}},
		{Form: "Oppfølging", Name: "Vekt", Type: VarInteger, Codes: []CodeOption{{Code: "-9"}}},
		{Form: "Oppfølging", Name: "dato", Type: VarDate, From: "2020-01-01"},
	}}
	c, notes := d.Codebook(nil)
	var got []string
	for _, v := range c.Variables {
		got = append(got, v.Name+" "+string(v.Type)+" "+string(v.Class))
	}
	want := []string{"skjema_guid text technical", "foedselsdato date indirect", "inklusjon_vekt decimal health",
		"bmi decimal health", "roeyk code health", "plager_1 boolean health", "plager_2 boolean health",
		"oppfoelging_vekt integer health", "dato date health"}
	if !slices.Equal(got, want) {
		t.Errorf("the variables are\n%q, not\n%q", got, want)
	}
	var told []Code
	for _, n := range notes {
		told = append(told, n.Code)
	}
	if want := []Code{"dictionary.twice", "dictionary.identifier", "dictionary.identifier", "dictionary.codes", "dictionary.dates"}; !slices.Equal(told, want) {
		t.Errorf("told %q, not %q", told, want)
	}
	if c.Title != "Hjerteboken" || !slices.Equal(c.Key, []string{"skjema_guid"}) {
		t.Errorf("title %q, key %q", c.Title, c.Key)
	}
	weight, pain := c.Variable("inklusjon_vekt"), c.Variable("plager_1")
	if !weight.Required || weight.Unit != "kg" || *weight.Max != 400 || weight.Origin != "Vekt" || c.Variable("bmi").Required {
		t.Errorf("weight is %+v", weight)
	}
	if pain.Label != "Plager: Smerte" || pain.Origin != "plager___1" || pain.Required {
		t.Errorf("one of several is %+v", pain)
	}
	c.ID = "hjertebok"
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
}

// TestDictionaryAgain: a file that comes again leaves what people decided.
func TestDictionaryAgain(t *testing.T) {
	d := &Dictionary{Variables: []Definition{
		{Form: "A", Name: "Dato", Type: VarDate}, {Form: "A", Name: "X", Type: VarInteger, Required: NeedYes},
		{Form: "A", Name: "Y", Type: VarText, Required: NeedUnknown},
		{Form: "A", Name: "Kode", Type: VarCode, Codes: []CodeOption{{Code: "0"}, {Code: "1"}}},
	}}
	c, _ := d.Codebook(nil)
	c.Title, c.Key = "Vår tittel", []string{"dato"}
	c.Variable("dato").Rename("besoek")
	c.Key = []string{"besoek"}
	c.Variable("x").Require(false)
	c.Variable("y").Require(true)
	c.Variable("kode").Codes[0].Missing = true
	c.Variable("kode").Class = Technical

	d.Title = "Filens tittel"
	d.Variables[1].Original, d.Variables[1].Type = "Tall", VarDecimal
	d.Variables[3].Codes = append(d.Variables[3].Codes, CodeOption{Code: "2"})
	for i := range d.Variables {
		d.Variables[i].Form = "A (ny versjon)"
	}
	d.Variables = append([]Definition{{Form: "B", Name: "Besoek", Type: VarDate}}, d.Variables...)
	again, notes := d.Codebook(c)
	if again.Title != "Vår tittel" || !slices.Equal(again.Key, []string{"besoek"}) {
		t.Errorf("title %q, key %q", again.Title, again.Key)
	}
	if v := again.Variable("besoek"); v == nil || v.Origin != "Dato" || v.Form != "A (ny versjon)" {
		t.Errorf("the name that was chosen is lost: %+v", again.Variables)
	}
	if v := again.Variables[0]; v.Name != "besoek_2" || v.Origin != "Besoek" {
		t.Errorf("a new one took the name: %+v", v)
	}
	if v := again.Variable("x"); v.Required || v.Stated != NeedYes || v.Type != VarInteger {
		t.Errorf("x is %+v", v)
	}
	if v := again.Variable("y"); !v.Required {
		t.Errorf("y is %+v", v)
	}
	if v := again.Variable("kode"); v.Class != Technical || !v.Codes[0].Missing || len(v.Codes) != 3 {
		t.Errorf("kode is %+v", v)
	}
	if len(notes) != 2 || notes[0].Code != "dictionary.form_renamed" || notes[1].Code != "dictionary.whole" {
		t.Errorf("told %+v", notes)
	}
	again.Variable("x").Require(true) // as the file says
	if v := again.Variable("x"); v.Stated != "" {
		t.Errorf("x is %+v", v)
	}
}

// TestDictionaryCodebookHolds: whatever a file says, what comes of it has names of its own and names nobody, and the same
// file changes nothing.
func TestDictionaryCodebookHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &Dictionary{Variables: rapid.SliceOfN(someDefinition, 0, 12).Draw(t, "variables")}
		d.CheckTwice()
		c, _ := d.Codebook(nil)
		seen := map[string]bool{}
		for i := range c.Variables {
			v := &c.Variables[i]
			if !ValidName(v.Name) || seen[v.Name] || v.Class == Direct || v.Computed && v.Required {
				t.Fatalf("%+v", v)
			}
			seen[v.Name] = true
		}
		for i := range c.Variables { // people work on it
			v := &c.Variables[i]
			v.Class = rapid.SampledFrom([]FieldClass{Health, Indirect, Technical}).Draw(t, "class")
			if !v.Computed {
				v.Require(rapid.Bool().Draw(t, "required"))
			}
			if name := "own_" + v.Name; rapid.Bool().Draw(t, "renamed") && ValidName(name) && c.Variable(name) == nil {
				v.Rename(name)
			}
		}
		again, _ := d.Codebook(c)
		a, _ := json.Marshal(c.Variables)
		b, _ := json.Marshal(again.Variables)
		if string(a) != string(b) {
			t.Fatalf("the same file changed\n%s\nto\n%s", a, b)
		}
	})
}

var someDefinition = rapid.Custom(func(t *rapid.T) Definition {
	return Definition{
		Form: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "form"),
		Name: rapid.SampledFrom([]string{"x", "X", "Dato", "fnr", "SkjemaGUID", "y___1", "y", "%", "Kjønn", "pseudonym"}).Draw(t, "name"),
		Type: rapid.SampledFrom(VarTypes).Draw(t, "type"), Original: rapid.SampledFrom([]string{"", "Tall"}).Draw(t, "original"),
		Required: rapid.SampledFrom([]Need{NeedYes, NeedNo, NeedIf, NeedUnknown}).Draw(t, "need"),
		Computed: rapid.Bool().Draw(t, "computed"), Multiple: rapid.Bool().Draw(t, "multiple"),
		Codes: rapid.SampledFrom([][]CodeOption{nil, {{Code: "1"}}, {{Code: "1"}, {Code: "2", Missing: true}}}).Draw(t, "codes"),
	}
})

// someCodebook is a sound codebook of a few variables.
var someCodebook = rapid.Custom(func(t *rapid.T) *Codebook {
	d := &Dictionary{Title: rapid.SampledFrom([]string{"", "Bok"}).Draw(t, "title"),
		Variables: rapid.SliceOfN(someDefinition, 1, 8).Draw(t, "variables")}
	d.CheckTwice()
	c, _ := d.Codebook(nil)
	return c
})

func TestCodebookDiff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := someCodebook.Draw(t, "a"), someCodebook.Draw(t, "b")
		if ds := a.Diff(a); len(ds) != 0 {
			t.Fatalf("it differs from itself: %+v", ds)
		}
		ds := a.Diff(b)
		if len(ds) == 0 && (a.Title != b.Title || !slices.Equal(a.Key, b.Key) || jsonText(a.Variables) != jsonText(b.Variables)) {
			t.Fatalf("nothing is told of\n%s\nagainst\n%s", jsonText(a.Variables), jsonText(b.Variables))
		}
		renamed := map[string]string{}
		named := map[string]bool{}
		for _, d := range ds {
			if d.Kind == BookFormRenamed {
				renamed[d.New] = d.Old
			}
			for _, v := range []*Variable{d.Was, d.Is} {
				if v != nil {
					named[v.Name] = true
				}
			}
		}
		for i := range a.Variables {
			v, was := a.Variables[i], b.Variable(a.Variables[i].Name)
			if was != nil && renamed[v.Form] == was.Form {
				v.Form = was.Form
			}
			if (was == nil || jsonText(v) != jsonText(*was)) && !named[v.Name] {
				t.Fatalf("%s changed and isn't named in %+v", v.Name, ds)
			}
		}
		for _, v := range b.Variables {
			if a.Variable(v.Name) == nil && !named[v.Name] {
				t.Fatalf("%s is gone and isn't named", v.Name)
			}
		}
	})
}

// TestCodebookDiffSeesEverything changes each thing that a variable says in turn.
func TestCodebookDiffSeesEverything(t *testing.T) {
	for _, path := range leaves(reflect.ValueOf(Variable{}), "Variable") {
		a, b := world().Codebook, world().Codebook
		change(t, find(reflect.ValueOf(struct{ Variable *Variable }{b.Variable("sex")}), path))
		if jsonText(a.Variables) == jsonText(b.Variables) {
			t.Fatalf("%s is unchanged", path)
		}
		if len(b.Diff(a)) == 0 {
			t.Errorf("%s changes and nothing is told", path)
		}
	}
}

func TestCodebookDiffInOrder(t *testing.T) {
	book := func(change func(c *Codebook)) *Codebook {
		c := &Codebook{Key: []string{"a"}, Variables: []Variable{
			{Name: "a", Form: "En", Type: VarText}, {Name: "b", Form: "En", Type: VarInteger, Origin: "B"},
			{Name: "c", Form: "To", Type: VarCode, Codes: []CodeOption{{Code: "1", Label: "Ja"}, {Code: "2"}}}}}
		if change != nil {
			change(c)
		}
		return c
	}
	for name, x := range map[string]struct {
		change func(c *Codebook)
		want   []BookChange
	}{
		"nothing":             {nil, nil},
		"the key":             {func(c *Codebook) { c.Key = []string{"a", "b"} }, []BookChange{BookKey}},
		"a form's name":       {func(c *Codebook) { c.Variables[0].Form, c.Variables[1].Form = "Ein", "Ein" }, []BookChange{BookFormRenamed}},
		"one moves":           {func(c *Codebook) { c.Variables[1].Form = "To" }, []BookChange{BookForm}},
		"a name":              {func(c *Codebook) { c.Variables[1].Rename("bb") }, []BookChange{BookRenamed}},
		"one goes, one comes": {func(c *Codebook) { c.Variables[1] = Variable{Name: "d", Form: "En"} }, []BookChange{BookAdded, BookRemoved}},
		"order":               {func(c *Codebook) { c.Variables[0], c.Variables[1] = c.Variables[1], c.Variables[0] }, []BookChange{BookOrder}},
		"codes": {func(c *Codebook) {
			c.Variables[2].Codes = []CodeOption{{Code: "3"}, {Code: "1", Label: "Jo", Missing: true}}
		}, []BookChange{BookCodeAdded, BookCodeText, BookCodeMissing, BookCodeRemoved}},
		"type and unit": {func(c *Codebook) { c.Variables[1].Type, c.Variables[1].Unit = VarDecimal, "kg" }, []BookChange{BookType, BookUnit}},
	} {
		var got []BookChange
		for _, d := range book(x.change).Diff(book(nil)) {
			got = append(got, d.Kind)
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %q, not %q", name, got, x.want)
		}
	}
}

func TestMappingBroken(t *testing.T) {
	q := world()
	m, before := &q.Mapping.Mapping, q.Codebook
	check := func(m *Mapping, c *Codebook) error { return m.Validate(c) }
	for name, x := range map[string]struct {
		change func(c *Codebook)
		want   []Code
	}{
		"nothing": {func(*Codebook) {}, nil},
		"a variable with a rule goes": {func(c *Codebook) {
			c.Variables = slices.DeleteFunc(c.Variables, func(v Variable) bool { return v.Name == "weight" })
		}, []Code{"mapping.unknown_variable"}},
		"one comes that must be filled in": {func(c *Codebook) {
			c.Variables = append(c.Variables, Variable{Name: "height", Type: VarInteger, Class: Health, Required: true})
		}, []Code{"mapping.required_unmapped"}},
		"the registry works it out": {func(c *Codebook) { c.Variable("weight").Computed = true }, []Code{"mapping.computed"}},
		"another unit":              {func(c *Codebook) { c.Variable("weight").Unit = "g" }, []Code{"codebook.unit_changed"}},
		"a code that a rule gives goes": {func(c *Codebook) {
			v := c.Variable("sex")
			v.Codes = slices.DeleteFunc(v.Codes, func(o CodeOption) bool { return o.Code == "M" })
		}, []Code{"codebook.code_gone"}},
		"a code that no rule gives goes": {func(c *Codebook) {
			v := c.Variable("sex")
			v.Codes = slices.DeleteFunc(v.Codes, func(o CodeOption) bool { return o.Code == "U" })
		}, nil},
	} {
		after := world().Codebook
		x.change(after)
		found, err := m.Broken(before, after, check)
		if err != nil {
			t.Fatal(err)
		}
		var got []Code
		for _, e := range found {
			if e.Code != "mapping.uncaught" { // what the world's checks leave open
				got = append(got, e.Code)
			}
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %q, not %q", name, got, x.want)
		}
	}
	if _, err := m.Broken(before, before, func(*Mapping, *Codebook) error { return E(Unavailable, "db.full", nil) }); err == nil {
		t.Error("an error that is no finding is lost")
	}
}

func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}
