package redcap

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"samband/jobs/format/formattest"
	"samband/store"
)

func TestFixture(t *testing.T) {
	d := formattest.File(t, "redcap.csv", Read, formattest.Counts{
		Variables: 34, Codes: 23, Missing: 2, Computed: 3, Identifiers: 3, Units: 6, Limits: 7, Conditions: 4,
		Types: map[store.VarType]int{store.VarText: 10, store.VarInteger: 2, store.VarDecimal: 5, store.VarDate: 2,
			store.VarDateTime: 2, store.VarCode: 7, store.VarBoolean: 6},
		Required: map[store.Need]int{store.NeedYes: 12, store.NeedNo: 20, store.NeedIf: 2},
		Defects: map[store.Code]int{"dictionary.limit": 1, "dictionary.upload": 2, "dictionary.twice": 1, "dictionary.choice": 1,
			"dictionary.reference": 1, "dictionary.no_codes": 1, "dictionary.range": 1, "dictionary.label": 1, "dictionary.code_twice": 1},
	})
	weight := formattest.Variable(t, d, "inklusjon", "vekt")
	if weight.Unit != "kg" || *weight.Min != 30 || *weight.Max != 300 || *weight.Decimals != 1 || weight.Section != "Mål ved innkomst" {
		t.Errorf("vekt is %+v", weight)
	}
	box := formattest.Variable(t, d, "inklusjon", "symptom____1")
	if box.Label != "Hvilke symptomer har pasienten? Ingen av disse" || box.Row != 11 {
		t.Errorf("a choice of a checkbox is %+v", box)
	}
	if v := formattest.Variable(t, d, "operasjon", "knivtid"); v.From != "00:05:00" || v.To != "23:00:00" {
		t.Errorf("knivtid goes from %q to %q", v.From, v.To)
	}
	if v := formattest.Variable(t, d, "pasientrapport", "gruppe"); v.Formula != "if([kmi] >= 30, 'høy', 'vanlig')" {
		t.Errorf("gruppe is worked out as %q", v.Formula)
	}
	for _, x := range d.Defects {
		if x.Code == "dictionary.reference" && (x.Row != 32 || x.Args["target"] != "inkl_dag") {
			t.Errorf("the unknown reference is %+v", x)
		}
	}
}

const head = "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,\"Choices, Calculations, OR Slider Labels\"," +
	"Field Note,Text Validation Type OR Show Slider Number,Text Validation Min,Text Validation Max,Identifier?," +
	"Branching Logic (Show field only if...),Required Field?,Custom Alignment,Question Number (surveys only)," +
	"Matrix Group Name,Matrix Ranking?,Field Annotation\n"

// field writes a row from name, type, validation and choices.
func field(name, kind, valid, choices string) string {
	return name + ",f,," + kind + ",Label,\"" + choices + "\",," + valid + ",,,,,,,,,,\n"
}

func TestTypes(t *testing.T) {
	for _, x := range []struct {
		kind, valid string
		want        store.VarType
	}{
		{"text", "", store.VarText}, {"text", "integer", store.VarInteger}, {"text", "number", store.VarDecimal},
		{"text", "number_4dp", store.VarDecimal}, {"text", "number_2dp_comma_decimal", store.VarDecimal},
		{"text", "number_comma_decimal", store.VarDecimal}, {"text", "date_ymd", store.VarDate}, {"text", "DATE_DMY", store.VarDate},
		{"text", "datetime_mdy", store.VarDateTime}, {"text", "datetime_seconds_ymd", store.VarDateTime},
		{"text", "time_hh_mm_ss", store.VarText}, {"text", "time_mm_ss", store.VarText}, {"text", "alpha_only", store.VarText},
		{"text", "zipcode", store.VarText}, {"text", "phone_australia", store.VarText}, {"text", "ssn", store.VarText},
		{"text", "mrn_10d", store.VarText}, {"text", "vmrn", store.VarText}, {"notes", "", store.VarText}, {"calc", "", store.VarDecimal},
		{"dropdown", "autocomplete", store.VarCode}, {"Radio", "", store.VarCode}, {"yesno", "", store.VarBoolean},
		{"truefalse", "", store.VarBoolean}, {"slider", "number", store.VarInteger}, {"sql", "autocomplete", store.VarCode},
	} {
		d, err := Read([]byte(head + field("x", x.kind, x.valid, "1, a")))
		if err != nil {
			t.Errorf("%s %s: %v", x.kind, x.valid, err)
		} else if got := d.Variables[0].Type; got != x.want {
			t.Errorf("%s %s is %s, not %s", x.kind, x.valid, got, x.want)
		}
	}
	for _, row := range []string{field("x", "grid", "", ""), field("x", "text", "isbn", ""), field("x", "", "", "")} {
		_, err := Read([]byte(head + field("ok", "text", "", "") + row))
		var e *store.Error
		if e, _ = err.(*store.Error); e == nil || e.Code != "dictionary.type" || e.Args["row"] != 3 || e.Args["sheet"] != "f" {
			t.Errorf("%q gives %v", row, err)
		}
	}
}

func TestReferences(t *testing.T) {
	for logic, want := range map[string]int{
		"[x] = '1'": 0, "[y] = '1'": 1, "[x(1)] = '1' or [z(2)] = '1'": 1, "[baseline_arm_1][x] > 2": 0, "[baseline_arm_1][q] > 2": 1,
		"[event-name] = 'a'": 0, "[f_complete] = '2'": 0, "[x:value] <> ''": 0, "[y] = [y]": 1, "[": 0, "[]": 0, "[x][current-instance]": 0,
	} {
		d, err := Read([]byte(head + "x,f,,text,Label,,,,,,,\"" + logic + "\",,,,,,\n"))
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Defects) != want {
			t.Errorf("%s gives %v", logic, d.Defects)
		}
	}
}

func TestRefused(t *testing.T) {
	formattest.Refused(t, Read, map[string]store.Code{
		"": "dictionary.empty", head: "dictionary.empty", "a;b;c\n1;2;3\n": "dictionary.columns", "\xff\xfea\x00": "dictionary.utf16",
		"Variable / Field Name,Variable / Field Name\n": "dictionary.column_twice", "\x00\x01,b\n": "dictionary.not_table",
		head + strings.Repeat(field("x", "descriptive", "", ""), 3): "dictionary.empty",
	})
}

// TestNothingCanBeRead: the error says what is wrong with the only row.
func TestNothingCanBeRead(t *testing.T) {
	for name, row := range map[string]string{"a NUL": field("d\x00", "text", "", ""), "an open quote": "e,f,,text,\"Label\n",
		"a huge cell": "e,f,,text,\"" + strings.Repeat("x", 2<<20) + "\",,,,,,,,,,,,,\n", "no name": field("", "text", "", "")} {
		_, err := Read([]byte(head + row))
		var none *store.NoVariables
		if !errors.As(err, &none) || store.CodeOf(err) != "dictionary.empty" || len(none.Defects) == 0 || none.Defects[0].Row != 2 {
			t.Errorf("%s: %v, %+v", name, err, none)
		}
	}
}

// TestBad: what is wrong with one row is no reason to lose the others.
func TestBad(t *testing.T) {
	d, err := Read([]byte(head + field("a", "text", "", "") + "b,f,,te\"xt,Label,,,,,,,,,,,,,\n" + "c,f,,text\n" +
		field("d\x00", "text", "", "") + "e,f,,text,\"" + strings.Repeat("x", 2<<20) + "\",,,,,,,,,,,,,\n" + field(" g ", "text", "", "")))
	if err != nil {
		t.Fatal(err)
	}
	formattest.Whole(t, d, nil)
	if len(d.Variables) != 2 || d.Variables[1].Name != "g" || d.Variables[1].Row != 7 || formattest.Of(d).Defects["dictionary.row"] != 4 {
		t.Errorf("%d variables, defects %v", len(d.Variables), d.Defects)
	}
}

func TestMany(t *testing.T) {
	var b strings.Builder
	b.WriteString(head)
	for i := range store.MaxDefinitions {
		b.WriteString(field("x"+strconv.Itoa(i), "text", "", ""))
	}
	if d, err := Read([]byte(b.String())); err != nil || len(d.Variables) != store.MaxDefinitions {
		t.Fatalf("20 000 variables give %v", err)
	}
	b.WriteString(field("more", "text", "", ""))
	codes := strings.Repeat(field("x", "radio", "", strings.Repeat("1,|", 300_000)), 4)
	for i := range 4 {
		codes = strings.Replace(codes, "x,", "x"+strconv.Itoa(i)+",", 1)
	}
	formattest.Refused(t, Read, map[string]store.Code{b.String(): "dictionary.variables", head + codes: "dictionary.options"})
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, Read, Looks, head+field("x", "checkbox", "", "1, a | -1, b | 1, c | "), head+field("x", "grid", "", ""))
}
