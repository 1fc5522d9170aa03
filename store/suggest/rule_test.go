package suggest

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
)

func TestRule(t *testing.T) {
	yesNo := []store.CodeOption{{Code: "1", Label: "Ja"}, {Code: "0", Label: "Nei"}, {Code: "9", Label: "Ukjent", Missing: true}}
	copyOf := func(f string, more ...store.Step) []store.Step {
		return append([]store.Step{{Kind: store.StepCopy, From: []string{f}}}, more...)
	}
	values := func(list ...string) (out []store.ValueCount) {
		for i, s := range list {
			out = append(out, store.ValueCount{Text: s, Rows: int64(100 - i)})
		}
		return out
	}
	for _, c := range []struct {
		name  string
		v     store.Variable
		f     store.Field
		p     store.FieldProfile
		other store.FieldProfile // of <field>_enhet; none when it has no name
		want  []store.Step
	}{
		{name: "nothing is known", v: store.Variable{Type: store.VarText}, want: copyOf("f")},
		{name: "spaces and missing", v: store.Variable{Type: store.VarText},
			p: store.FieldProfile{Empty: 3, Top: values("a ", "b"), Sentinels: []string{"-9", "UKJENT"}},
			want: copyOf("f", store.Step{Kind: store.StepTrim}, store.Step{Kind: store.StepMissing, Values: []string{"", "-9", "UKJENT"},
				Reasons: map[string]store.MissingReason{"UKJENT": store.MissingUnknown}})},
		{name: "a number with a comma", v: store.Variable{Type: store.VarDecimal}, p: store.FieldProfile{Decimal: ","},
			want: copyOf("f", store.Step{Kind: store.StepNumber, Decimal: ","})},
		{name: "a whole number", v: store.Variable{Type: store.VarInteger},
			want: copyOf("f", store.Step{Kind: store.StepNumber, Whole: true})},
		{name: "a day", v: store.Variable{Type: store.VarDate}, p: store.FieldProfile{Layout: "dd.mm.yyyy"},
			want: copyOf("f", store.Step{Kind: store.StepDate, Layout: "dd.mm.yyyy"})},
		{name: "the time is cut off in sight", v: store.Variable{Type: store.VarDate}, p: store.FieldProfile{Layout: "yyyy-mm-ddTHH:MM:SS"},
			want: copyOf("f", store.Step{Kind: store.StepSplit, Separator: "T", Part: 1}, store.Step{Kind: store.StepDate, Layout: "yyyy-mm-dd"})},
		{name: "codes", v: store.Variable{Type: store.VarCode, Codes: yesNo},
			p:    store.FieldProfile{Top: values("1", "2", "9"), Sentinels: []string{"9"}},
			want: copyOf("f", store.Step{Kind: store.StepCodes, Map: map[string]string{"1": "1", "2": "0", "9": "9"}})},
		{name: "yes and no", v: store.Variable{Type: store.VarBoolean}, p: store.FieldProfile{Top: values("J", "N")},
			want: copyOf("f", store.Step{Kind: store.StepCodes, Map: map[string]string{"J": "true", "N": "false"}})},
		{name: "a national list", v: store.Variable{Type: store.VarCode, System: store.SystemICD10},
			want: copyOf("f", store.Step{Kind: store.StepNormalise, System: store.SystemICD10})},
		{name: "a unit beside it", v: store.Variable{Name: "kreatinin", Type: store.VarDecimal, Unit: "µmol/L"},
			f: store.Field{Name: "krea"}, p: store.FieldProfile{Decimal: "."},
			other: store.FieldProfile{Name: "krea_enhet", Top: values("umol/L", "mg/dL", "0")},
			want: copyOf("krea", store.Step{Kind: store.StepNumber, Decimal: "."}, store.Step{Kind: store.StepUnit, From: []string{"krea_enhet"},
				Units: []store.UnitFactor{{Unit: "mg/dL", Factor: 88.42}, {Unit: "umol/L", Factor: 1}}})},
		{name: "the same factor is not for another substance", v: store.Variable{Name: "natrium", Type: store.VarDecimal, Unit: "mmol/L"},
			f: store.Field{Name: "na"}, other: store.FieldProfile{Name: "na_enhet", Top: values("mg/dL", "mmol/l")},
			want: copyOf("na", store.Step{Kind: store.StepNumber}, store.Step{Kind: store.StepUnit, From: []string{"na_enhet"},
				Units: []store.UnitFactor{{Unit: "mmol/l", Factor: 1}}})},
		{name: "a unit in the label", v: store.Variable{Type: store.VarInteger, Unit: "g"}, f: store.Field{Name: "vekt", Label: "Vekt (kg)"},
			want: copyOf("vekt", store.Step{Kind: store.StepNumber}, store.Step{Kind: store.StepScale, Factor: 1000})},
		{name: "the same unit", v: store.Variable{Type: store.VarInteger, Unit: "cm"}, f: store.Field{Name: "h", Label: "Høyde [cm]"},
			want: copyOf("h", store.Step{Kind: store.StepNumber, Whole: true})},
	} {
		if c.v.Name == "" {
			c.v.Name = "v"
		}
		if c.f.Name == "" {
			c.f.Name = "f"
		}
		c.p.Name = c.f.Name
		all := []store.Field{c.f}
		p := &store.SourceProfile{Fields: []store.FieldProfile{c.p}}
		if c.other.Name != "" {
			all, p.Fields = append(all, store.Field{Name: c.other.Name, Class: store.Health}), append(p.Fields, c.other)
		}
		if got := Rule(&c.v, c.f, p, all); !reflect.DeepEqual(got.Steps, c.want) || got.Variable != c.v.Name {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got.Steps, c.want)
		}
	}
}

func TestCodes(t *testing.T) {
	opt := func(pairs ...string) (list []store.CodeOption) {
		for _, p := range pairs {
			code, label, _ := strings.Cut(p, "=")
			list = append(list, store.CodeOption{Code: code, Label: label})
		}
		return list
	}
	redcap, list1101, mrs := opt("1=Ja", "0=Nei"), opt("1=Ja", "2=Nei"), opt("-1=Velg verdi", "0=Nei", "1=Ja")
	for _, c := range []struct {
		name    string
		options []store.CodeOption
		values  string // parted by |
		want    string // value>code
	}{
		{"1101 to REDCap", redcap, "1|2", "1>1 2>0"},
		{"1102 to REDCap has no code for 9", redcap, "1|2|9", "1>1 2>0"},
		{"MRS to 1101", list1101, "0|1|-1", "0>2 1>1"},
		{"MRS to itself", mrs, "0|1|-1", "0>0 1>1 -1>-1"},
		{"1101 to MRS", mrs, "1|2", "1>1 2>0"},
		{"InfoPath to 1102", opt("1=Ja", "2=Nei", "9=Vet ikke"), "0|1|99", "0>2 1>1 99>9"},
		{"true and false to 1101", list1101, "true|false", "true>1 false>2"},
		{"J and N to REDCap", redcap, "J|N", "J>1 N>0"},
		{"no family has 0, 1 and 2", redcap, "0|1|2", ""},
		{"the same digit with another meaning", opt("1=Nei", "2=Ja"), "1|2", ""},
		{"a zero that is something else", opt("0=Ukjent", "1=Ja", "2=Nei"), "0|1", "1>1"},
		{"sexes by letters", opt("1=Mann", "2=Kvinne"), "M|F|K", "M>1 F>2 K>2"},
		{"3101 to letters", opt("M=Mann", "K=Kvinne"), "1|2", "1>M 2>K"},
		{"sexes turned round", opt("0=Kvinne", "1=Mann"), "1|2", "1>1 2>0"},
		{"what 0 and 9 mean of sexes is not sure", opt("0=Ukjent", "1=Mann", "2=Kvinne", "9=Uspesifisert"), "0|1|2|9", "1>1 2>2"},
		{"the same codes", opt("1=I", "2=II", "3=III"), "1|2|4", "1>1 2>2"},
		{"zeros at the front", opt("1=Oslo", "2=Bergen"), "01|02", "01>1 02>2"},
		{"text", opt("1=Aldri", "2=Tidligere", "3=Daglig"), "aldri|DAGLIG|Av og til", "aldri>1 DAGLIG>3"},
		{"code and text", opt("1=Ja", "2=Nei"), "1 = Ja|2: Nei|Nei (0)", "1 = Ja>1 2: Nei>2 Nei (0)>2"},
		{"its own text says that it is another", opt("1=Røyker", "2=Aldri røykt"), "1 = Ukjent", ""},
		{"nearly the same text", opt("a=Tidligere røyker", "b=Dagligrøyker"), "røykt tidligere", "røykt tidligere>a"},
		{"a text and its opposite", opt("a=Operert", "b=Ikke operert"), "ikke operert i dag|operert i dag", "ikke operert i dag>b operert i dag>a"},
		{"spaces and empty", opt("1=Ja"), " ja |", " ja >1"},
	} {
		var values []store.ValueCount
		for v := range strings.SplitSeq(c.values, "|") {
			values = append(values, store.ValueCount{Text: v, Rows: 9})
		}
		var got []string
		for _, p := range Codes(c.options, values) {
			got = append(got, p.Value+">"+p.Code)
			if p.Score <= 0 || p.Score > 1 || p.Why == "" {
				t.Errorf("%s: %+v", c.name, p)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %q, want %q", c.name, strings.Join(got, " "), c.want)
		}
	}
}

// TestCodesProposeOnlyWhatIsThere holds that a proposal is for a value that was given, once, and a code that exists.
func TestCodesProposeOnlyWhatIsThere(t *testing.T) {
	word := rapid.OneOf(rapid.SampledFrom(strings.Fields("1 2 0 9 -1 99 01 ja Nei true J F Mann ukjent")), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		var options []store.CodeOption
		for _, c := range rapid.SliceOfNDistinct(word, 0, 6, rapid.ID[string]).Draw(t, "codes") {
			options = append(options, store.CodeOption{Code: c, Label: word.Draw(t, "label")})
		}
		v := store.Variable{Codes: options}
		given := map[string]bool{}
		var values []store.ValueCount
		for _, s := range rapid.SliceOfNDistinct(word, 0, 6, rapid.ID[string]).Draw(t, "values") {
			given[s] = true
			values = append(values, store.ValueCount{Text: s, Rows: 1})
		}
		for _, p := range Codes(options, values) {
			if !given[p.Value] || len(options) == 0 || !v.HasCode(p.Code) || p.Score <= 0 || p.Score > 1 {
				t.Errorf("%+v of %v and %v", p, options, values)
			}
			delete(given, p.Value)
		}
	})
}
