package translate

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/store"
)

var book = &store.Codebook{ID: "b", Variables: []store.Variable{
	{Name: "kjonn", Label: "Kjønn", Type: store.VarCode, Codes: []store.CodeOption{{Code: "M", Label: "Mann"}, {Code: "K"}, {Code: "-1"}}},
	{Name: "roker", Type: store.VarBoolean},
	{Name: "vekt", Type: store.VarDecimal},
}}

// decisions draws decisions that may stand, each value once.
func decisions(t *rapid.T, variables ...string) []store.CodeDecision {
	value := rapid.OneOf(rapid.SampledFrom(strings.Fields("1 2 -1 =SUM(A1) 'a @x +47 ''b")), rapid.StringMatching(`[a-zæøå0-9 ;,"=+@'-]{1,20}`))
	note := rapid.OneOf(rapid.Just(""), rapid.StringMatching(`[a-zæøå ;,"\n=-]{0,30}`))
	day := rapid.SampledFrom([]store.Date{"", "2024-02-29"})
	var list []store.CodeDecision
	seen := map[[2]string]bool{}
	for range rapid.IntRange(0, 12).Draw(t, "n") {
		d := store.CodeDecision{Variable: rapid.SampledFrom(variables).Draw(t, "variable"), Value: value.Draw(t, "value"),
			Verdict: rapid.SampledFrom(store.Verdicts).Draw(t, "verdict"), Note: note.Draw(t, "note"), From: day.Draw(t, "from"),
			By: rapid.SampledFrom([]string{"", "Kari", "=cmd"}).Draw(t, "by")}
		if d.From != "" {
			d.To = "2026-12-31"
		}
		if rapid.Bool().Draw(t, "at") {
			d.At = time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "time")).UTC()
		}
		v := book.Variable(d.Variable)
		if d.Verdict == store.VerdictApproved {
			if d.Relation = rapid.SampledFrom(store.Relations).Draw(t, "relation"); d.Relation != store.RelNoMatch {
				d.Code = rapid.SampledFrom(store.Targets(v)).Draw(t, "code").Code
			}
		}
		key := [2]string{d.Variable, d.Value}
		if !seen[key] && d.Validate(v) == nil {
			seen[key] = true
			list = append(list, d)
		}
	}
	return list
}

// rows gives decisions as rows of queues, among values that nobody has decided on.
func rows(list []store.CodeDecision) []Row {
	var out []Row
	for i := range list {
		d := &list[i]
		out = append(out, Row{Variable: d.Variable, CodeRow: store.CodeRow{Value: d.Value, State: store.CodeApproved, Decision: d}, Proposal: "K", Score: 70},
			Row{Variable: "kjonn", CodeRow: store.CodeRow{Value: "u" + d.Value, State: store.CodeUndecided, Rows: 7}},
			Row{Variable: "kjonn", CodeRow: store.CodeRow{Value: "r" + d.Value, State: store.CodeInRule, Code: "K"}},
			Row{Variable: "kjonn", CodeRow: store.CodeRow{Value: "n" + d.Value, State: store.CodeInRule, Null: true}})
	}
	return out
}

func TestCSVRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := decisions(t, "kjonn", "roker")
		var b bytes.Buffer
		if err := WriteCSV(&b, rows(list)); err != nil {
			t.Fatal(err)
		}
		got, faults, err := ReadCSV(b.Bytes(), book)
		if err != nil || len(faults) > 0 || !reflect.DeepEqual(got, list) {
			t.Fatalf("%v %v\n%s\n got %+v\nwant %+v", err, faults, b.String(), got, list)
		}
	})
}

func TestConceptMapRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := decisions(t, "kjonn")
		var want []store.CodeDecision
		for _, d := range list {
			if d.Verdict == store.VerdictApproved {
				want = append(want, d)
			}
		}
		var b bytes.Buffer
		if err := WriteConceptMap(&b, &store.Integration{ID: "i"}, book, book.Variable("kjonn"), rows(list)); err != nil {
			t.Fatal(err)
		}
		got, faults, err := ReadConceptMap(b.Bytes(), book.Variable("kjonn"))
		if err != nil || len(faults) > 0 || !reflect.DeepEqual(got, want) {
			t.Fatalf("%v %v\n%s\n got %+v\nwant %+v", err, faults, b.String(), got, want)
		}
	})
}

func TestCSVGuardsFormulas(t *testing.T) {
	var b bytes.Buffer
	d := &store.CodeDecision{Note: "@x", By: "+47", Code: "-1"}
	if err := WriteCSV(&b, []Row{{Variable: "kjonn", CodeRow: store.CodeRow{Value: "=1+1", State: store.CodeInRule, Decision: d}, Proposal: "-1"}}); err != nil {
		t.Fatal(err)
	}
	if want := "kjonn;'=1+1;;'-1;;;;'@x;'+47;;in_rule;;'-1;0\n"; !strings.HasSuffix(b.String(), want) {
		t.Errorf("%q", b.String())
	}
}

// TestWholeQueue writes every state that a value can be in.
func TestWholeQueue(t *testing.T) {
	at := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	list := []Row{
		{Variable: "kjonn", CodeRow: store.CodeRow{Value: "1", Rows: 50, State: store.CodeApproved, Code: "M", Decision: &store.CodeDecision{
			Variable: "kjonn", Value: "1", Verdict: store.VerdictApproved, Code: "M", Relation: store.RelBroader, By: "Kaja", At: at, Note: "sett"}}},
		{Variable: "kjonn", CodeRow: store.CodeRow{Value: "2", State: store.CodeInRule, Code: "K"}},
		{Variable: "kjonn", CodeRow: store.CodeRow{Value: "3", State: store.CodeInRule, Null: true}},
		{Variable: "kjonn", CodeRow: store.CodeRow{Value: "4", Rows: 9, State: store.CodeUndecided}, Proposal: "K", Score: 70},
		{Variable: "kjonn", CodeRow: store.CodeRow{Value: "5", State: store.CodeFlagged, Code: "K", Decision: &store.CodeDecision{
			Variable: "kjonn", Value: "5", Verdict: store.VerdictFlagged, Note: "hva"}}},
	}
	var b bytes.Buffer
	if err := WriteCSV(&b, list); err != nil {
		t.Fatal(err)
	}
	want := "kjonn;1;approved;M;broader;;;sett;Kaja;2026-01-31T12:00:00Z;approved;50;;\n" +
		"kjonn;2;;K;equivalent;;;;;;in_rule;;;\nkjonn;3;;;no_match;;;;;;in_rule;;;\n" +
		"kjonn;4;;;;;;;;;undecided;9;K;70\nkjonn;5;flagged;;;;;hva;;;flagged;;;\n"
	if _, got, _ := strings.Cut(b.String(), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	b.Reset()
	if err := WriteConceptMap(&b, &store.Integration{ID: "i"}, book, book.Variable("kjonn"), list); err != nil {
		t.Fatal(err)
	}
	var m conceptMap
	if err := strict(b.Bytes(), &m); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range m.Group[0].Element {
		said := e.Code
		for _, x := range e.Target {
			said += " " + x.Equivalence + " " + x.Code
		}
		got = append(got, said)
	}
	if is := strings.Join(got, "\n"); is != "1 wider M\n2 equivalent K\n3 unmatched \n4\n5 equivalent K" {
		t.Errorf("%s", is)
	}
}

func TestCSVFaults(t *testing.T) {
	const head = "variable;value;verdict;code;relation;valid_from;valid_to;note;decided_by;decided_at\n"
	for _, c := range []struct {
		file string
		want string // row code, one each
		err  store.Code
	}{
		{head + "kjonn;1;approved;X;equivalent;;;;;\nkjonn;2;approved;K;equivalent;;;;;", "2 translation.unknown_code", ""},
		{head + "kjonn;1;ignored;;;;;;;\nvekt;1;ignored;;;;;;;\nnei;1;ignored;;;;;;;", "3 translation.variable 4 translation.variable", ""},
		{head + "kjonn;1;ignored;;;;;;;\nkjonn;1;ignored;;;;;;;", "3 translation.twice", ""},
		{head + "kjonn;1;approved;;equivalent;;;;;", "2 translation.no_match", ""},
		{head + "kjonn;1;approved;K;no_match;;;;;", "2 translation.no_match", ""},
		{head + "kjonn;1;maybe;;;;;;;\nkjonn;2;flagged;K;;;;;;", "2 translation.verdict 3 translation.undecided_code", ""},
		{head + "kjonn;1;approved;K;like;;;;;\nkjonn;;ignored;;;;;;;", "2 translation.relation 3 translation.value", ""},
		{head + "kjonn;1;ignored;;;2024-02-30;;;;\nkjonn;2;ignored;;;2025-01-01;2024-01-01;;;", "2 translation.days 3 translation.days", ""},
		{head + "kjonn;1;ignored;;;;;;;i går", "2 translation.time", ""},
		{head + "kjonn;01828198765;ignored;;;;;;;", "", ""}, // not a person number
		{head + "kjonn;\"1;ignored", "2 translation.row_cut", ""},
		{head + "kjonn;1;;K;;;;;;", "2 translation.verdict", ""}, // not of a queue: somebody forgot it
		{"variable;value;verdict\n", "", "translation.columns"},
		{"variable;value;verdict;code;code\n", "", "translation.columns"},
		{"", "", "translation.file"}, {"a\xff", "", "translation.file"},
		{"variable,value,verdict,code\nkjonn,1,approved,K\n", "", ""},
	} {
		list, faults, err := ReadCSV([]byte(c.file), book)
		var got []string
		for _, f := range faults {
			got = append(got, string(rune('0'+f.Row)), string(f.Err.Code))
		}
		if strings.Join(got, " ") != c.want || store.CodeOf(err) != c.err || len(list) > 0 == (c.want+string(c.err) != "") {
			t.Errorf("%q: %v, %v, %d rows", c.file, got, err, len(list))
		}
	}
}

func TestConceptMapFaults(t *testing.T) {
	with := func(elements string) string {
		return `{"resourceType":"ConceptMap","status":"active","date":"2026-01-01","group":[{"element":[` + elements + `]}]}`
	}
	for _, c := range []struct {
		file string
		want string
		err  store.Code
	}{
		{with(`{"code":"1","target":[{"code":"K","equivalence":"equal"}]},{"code":"2"}`), "", ""},
		{with(`{"code":"1","target":[{"code":"K","equivalence":"relatedto"}]}`), "1 translation.equivalence", ""},
		{with(`{"code":"1","target":[{"code":"X","equivalence":"wider"}]}`), "1 translation.unknown_code", ""},
		{with(`{"code":"1","target":[{"code":"K","equivalence":"wider"},{"code":"M","equivalence":"wider"}]}`), "1 translation.several_targets", ""},
		{with(`{"code":"1","target":[{"code":"K","equivalence":"wider","extension":[{"url":"urn:samband:decided-at","valueString":"x"}]}]}`),
			"1 translation.extension", ""},
		{with(`{"code":"1","code":"2"}`), "", "translation.concept_map"},
		{with(`{"code":"1","kode":"2"}`), "", "translation.concept_map"},
		{with(``) + "{}", "", "translation.concept_map"},
		{`{"resourceType":"ValueSet","status":"active"}`, "", "translation.concept_map"},
		{strings.Repeat("[", 40), "", "translation.concept_map"}, {"", "", "translation.concept_map"},
	} {
		list, faults, err := ReadConceptMap([]byte(c.file), book.Variable("kjonn"))
		var got []string
		for _, f := range faults {
			got = append(got, string(rune('0'+f.Row)), string(f.Err.Code))
		}
		if strings.Join(got, " ") != c.want || store.CodeOf(err) != c.err || len(list) > 0 == (c.want+string(c.err) != "") {
			t.Errorf("%s: %v, %v, %d rows", c.file, got, err, len(list))
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("variable;value;verdict;code\nkjonn;1;approved;K\n"))
	f.Add([]byte("\ufeffvariable,value,verdict,code,note\nkjonn,'=1,ignored,,\"a\nb\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, faults, err := ReadCSV(data, book)
		if err != nil || len(faults) > 0 {
			if len(list) > 0 {
				t.Fatal("rows of a file with faults")
			}
			return
		}
		var b bytes.Buffer
		if err := WriteCSV(&b, rows(list)); err != nil {
			t.Fatal(err)
		}
		if again, faults, err := ReadCSV(b.Bytes(), book); err != nil || len(faults) > 0 || !reflect.DeepEqual(again, list) {
			t.Fatalf("%v %v\n%+v\n%+v", err, faults, list, again)
		}
	})
}

func FuzzReadConceptMap(f *testing.F) {
	f.Add([]byte(`{"resourceType":"ConceptMap","status":"active","group":[{"element":[{"code":"1","target":[{"code":"K","equivalence":"wider"}]}]}]}`))
	f.Add([]byte(`{"resourceType":"ConceptMap","group":[{"element":[{"code":"1","target":[{"equivalence":"unmatched","extension":[{"url":"urn:samband:valid-to","valueString":"2024-01-01"}]}]}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		v := book.Variable("kjonn")
		list, faults, err := ReadConceptMap(data, v)
		if err != nil || len(faults) > 0 {
			return
		}
		var b bytes.Buffer
		if err := WriteConceptMap(&b, &store.Integration{ID: "i"}, book, v, rows(list)); err != nil {
			t.Fatal(err)
		}
		if again, faults, err := ReadConceptMap(b.Bytes(), v); err != nil || len(faults) > 0 || !reflect.DeepEqual(again, list) {
			t.Fatalf("%v %v\n%+v\n%+v", err, faults, list, again)
		}
	})
}

// The largest queue that a variable may have, with the longest that people may write at each value, can be read back from
// what is written of it.
func TestLargestQueueIsReadBack(t *testing.T) {
	long := func(n int) string { return strings.Repeat("\u2028", n) } // three bytes, and six in JSON
	v := &store.Variable{Name: "kjonn", Type: store.VarCode,
		Codes: []store.CodeOption{{Code: strings.Repeat("æ", store.MaxDecisionText), Label: strings.Repeat("å", 1000)}}}
	var list []store.CodeDecision
	for i := range store.MaxCodeValues {
		list = append(list, store.CodeDecision{Variable: v.Name, Value: fmt.Sprintf("%04d", i) + long(store.MaxDecisionText-4), Note: long(store.MaxDecisionText),
			Verdict: store.VerdictApproved, Code: v.Codes[0].Code, Relation: store.RelEquivalent, From: "2024-02-29", To: "2026-12-31",
			By: strings.Repeat("ø", 200), At: time.Date(2026, 11, 23, 10, 0, 0, 123456789, time.UTC)})
	}
	if err := store.RoomForCodes(nil, list); err != nil {
		t.Fatal(err)
	}
	var queue []Row
	for i := range list {
		queue = append(queue, Row{Variable: v.Name, CodeRow: store.CodeRow{Value: list[i].Value, State: store.CodeApproved, Decision: &list[i]}})
	}
	var m, c bytes.Buffer
	if err := WriteConceptMap(&m, &store.Integration{ID: "i"}, book, v, queue); err != nil {
		t.Fatal(err)
	}
	got, faults, err := ReadConceptMap(m.Bytes(), v)
	if err != nil || len(faults) > 0 || !reflect.DeepEqual(got, list) {
		t.Errorf("a ConceptMap of %d MB gives %d of %d, %v, %v", m.Len()>>20, len(got), len(list), err, faults)
	}
	if err := WriteCSV(&c, queue); err != nil {
		t.Fatal(err)
	}
	got, faults, err = ReadCSV(c.Bytes(), &store.Codebook{ID: "b", Variables: []store.Variable{*v}})
	if err != nil || len(faults) > 0 || !reflect.DeepEqual(got, list) {
		t.Errorf("a CSV file of %d MB gives %d of %d, %v, %v", c.Len()>>20, len(got), len(list), err, faults)
	}
}
