package profile

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
)

// fnr is synthetic: the month has 80 added.
const fnr = "13929948089"

// of profiles one field that has each text so many times.
func of(name string, class store.FieldClass, values ...any) store.FieldProfile {
	p := New([]string{name}, []store.Field{{Name: name, Class: class}})
	for i := 0; i < len(values); i += 2 {
		for range values[i+1].(int) {
			p.Add([]string{values[i].(string)}, nil)
		}
	}
	return p.Result().Fields[0]
}

func TestTypes(t *testing.T) {
	for name, c := range map[string]struct {
		values          []any
		kind            store.VarType
		layout, decimal string
		sentinels       []string
	}{
		"whole":           {[]any{"1", 5, "20", 5, "-3", 1}, store.VarInteger, "", "", nil},
		"comma":           {[]any{"3,5", 5, "4", 5}, store.VarDecimal, "", ",", nil},
		"point":           {[]any{"3.5", 5, "0.25", 5}, store.VarDecimal, "", ".", nil},
		"both signs":      {[]any{"3.5", 5, "4,5", 5}, store.VarDecimal, "", "", nil},
		"days":            {[]any{"31.12.2025", 3, "01.02.2026", 3}, store.VarDate, "dd.mm.yyyy", "", nil},
		"iso":             {[]any{"2025-12-31", 6}, store.VarDate, "yyyy-mm-dd", "", nil},
		"times":           {[]any{"31.12.2025 23:59", 6}, store.VarDateTime, "dd.mm.yyyy HH:MM", "", nil},
		"digits of days":  {[]any{"20251231", 6}, store.VarDate, "yyyymmdd", "", nil},
		"other digits":    {[]any{"20259931", 6}, store.VarInteger, "", "", nil},
		"no day":          {[]any{"31.02.2025", 6}, store.VarCode, "", "", nil},
		"ja":              {[]any{"ja", 6, "Nei", 6}, store.VarBoolean, "", "", nil},
		"codes":           {[]any{"A", 6, "B", 6}, store.VarCode, "", "", nil},
		"leading zeros":   {[]any{"0301", 6, "1103", 6}, store.VarCode, "", "", nil},
		"texts":           {[]any{"pasienten kom gående til avdelingen etter frokost", 6}, store.VarText, "", "", nil},
		"word missing":    {[]any{"12", 9, "14", 9, "UKJENT", 5}, store.VarInteger, "", "", []string{"UKJENT"}},
		"nines":           {[]any{"40", 9, "62", 9, "999", 5}, store.VarInteger, "", "", []string{"999"}},
		"no nines":        {[]any{"90", 9, "98", 9, "99", 5}, store.VarInteger, "", "", nil},
		"below zero":      {[]any{"40", 9, "62", 9, "-9", 5, "-1", 5}, store.VarInteger, "", "", []string{"-1", "-9"}},
		"below and over":  {[]any{"-40", 9, "-30", 9, "-20", 5, "-1", 5, "5", 5}, store.VarInteger, "", "", nil},
		"a day and nines": {[]any{"31.12.2025", 500, "-9", 9, "31.02.2025", 3}, store.VarDate, "dd.mm.yyyy", "", []string{"-9"}},
		"a few others":    {[]any{"3,5", 500, "4", 500, "4 kg", 9}, store.VarDecimal, "", ",", nil},
		"too many others": {[]any{"3,5", 500, "4 kg", 9}, store.VarCode, "", "", nil},
		"few missing":     {[]any{"12", 9, "ukjent", 2}, store.VarInteger, "", "", nil},
	} {
		got := of("x", store.Health, c.values...)
		slices.Sort(got.Sentinels)
		if got.Type != c.kind || got.Layout != c.layout || got.Decimal != c.decimal || !slices.Equal(got.Sentinels, c.sentinels) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestNothingOfDirectFields(t *testing.T) {
	for name, c := range map[string]struct {
		field  string
		class  store.FieldClass
		values []any
	}{
		"classed":               {"kode", store.Direct, []any{"A", 50}},
		"named":                 {"Fornavn", "", []any{"Kari", 50}},
		"numbers":               {"ident", "", []any{fnr, 1, "A", 99}},
		"numbers in text":       {"merknad", "", []any{"se " + fnr, 6, "ingen", 200}},
		"addresses of mail":     {"kontakt", "", []any{"kari@example.no", 20, "ingen", 80}},
		"telephones":            {"kontakt", "", []any{"+47 23 07 00 00", 60, "ingen", 40}},
		"numbers though health": {"ident", store.Health, []any{fnr, 20, "A", 80}},
	} {
		got := of(c.field, c.class, append(c.values, " ", 7)...)
		if want := (store.FieldProfile{Name: c.field, Direct: true, Empty: 7}); !same(got, want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	// A person who has said that a field holds something else is believed; the number is hidden all the same.
	got := of("merknad", store.Health, "se "+fnr, 6, "ingen", 200)
	if len(got.Top) != 1 || got.Top[0].Text != "ingen" || got.Hidden != 1 || got.Direct {
		t.Errorf("%+v", got)
	}
	if b, _ := json.Marshal(got); strings.Contains(string(b), fnr) {
		t.Error("the number is told")
	}
}

func same(a, b store.FieldProfile) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

func TestLooks(t *testing.T) {
	for name, want := range map[string]store.Attribute{
		"fnr": store.AttrNumber, "pasient_fnr": store.AttrNumber, "Fødselsnummer": store.AttrNumber, "FODSELSNR": store.AttrNumber,
		"id_value": store.AttrNumber, "pasientFodselsnummer": store.AttrNumber, "D-nummer": store.AttrNumber,
		"fornavn": store.AttrGivenName, "name_given": store.AttrGivenName, "FirstName": store.AttrGivenName,
		"Etternavn": store.AttrFamilyName, "navn": store.AttrFamilyName, "pasientnavn": store.AttrFamilyName,
		"kontakt_navn": store.AttrFamilyName, "PatientName": store.AttrFamilyName, "full name": store.AttrFamilyName,
		"adresse": store.AttrAddress, "bostedsadresse": store.AttrAddress, "postnr": store.AttrPostalCode,
		"postal_code": store.AttrPostalCode, "Tlf": store.AttrPhone, "mobiltelefon": store.AttrPhone, "e-post": store.AttrEmail,
		"epostadresse": store.AttrEmail, "avd_navn": "", "enhet_navn": "", "sykehus_navn": "", "legemiddel_navn": "", "avdNavn": "",
		"dept_name": "", "lege_navn": store.AttrFamilyName, "mor_navn": store.AttrFamilyName, "legemiddelnavn": "", "unit_name": "", "avdelingsnavn": "", "diagnose": "", "kode": "",
		"telefonkonsultasjon": "", "innlagt": "", "episode_id": "", "gateway": "", "": "",
	} {
		if got, ok := Looks(name); got != want || ok != (want != "") {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestFewAreHidden(t *testing.T) {
	got := of("kode", store.Health, "A", 20, "B", 9, "C", 4, "D", 3)
	if want := []store.ValueCount{{Text: "A", Rows: 20}, {Text: "B", Rows: 9}}; !slices.Equal(got.Top, want) || got.Hidden != 2 ||
		got.Distinct != 4 || got.Rounded {
		t.Errorf("seven hidden rows of two texts: %+v", got)
	}
	got = of("kode", store.Health, "A", 20, "B", 9, "C", 4)
	if want := []store.ValueCount{{Text: "A", Rows: 19}, {Text: "B", Rows: 9}}; !slices.Equal(got.Top, want) || !got.Rounded || got.Hidden != 1 {
		t.Errorf("four hidden rows: %+v", got)
	}
	got = of("kode", store.Health, "A", 9, "B", 9, "C", 1)
	if want := []store.ValueCount{{Text: "A", Rows: 9}}; !slices.Equal(got.Top, want) || got.Rounded || got.Hidden != 2 {
		t.Errorf("no room to round in: %+v", got)
	}
	got = of("kode", store.Health, "A", 20, "B", 9, "", 3)
	if want := []store.ValueCount{{Text: "A", Rows: 18}, {Text: "B", Rows: 9}}; !slices.Equal(got.Top, want) || !got.Rounded ||
		got.Empty != 0 || !got.Few {
		t.Errorf("three empty: %+v", got)
	}
	got = of("dod", store.Health, "2025-01-01", 3, "", 97)
	if want := (store.FieldProfile{Name: "dod", Empty: 100, Few: true}); !same(got, want) {
		t.Errorf("three filled in: %+v", got)
	}
	for _, p := range of("kode", store.Health, "A", 20, "B-1", 3).Patterns {
		if p.Text != "a" || p.Rows != 0 {
			t.Errorf("pattern %+v", p)
		}
	}
}

// What is told fits every number of hidden rows from one to four, or there are none or at least five of them: nobody
// can tell which it is.
func TestHiddenCannotBeWorkedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := New([]string{"kode"}, []store.Field{{Name: "kode", Class: store.Health}})
		empty := rapid.IntRange(0, 12).Draw(t, "empty")
		counts := rapid.SliceOfN(rapid.IntRange(1, 14), 0, 8).Draw(t, "counts")
		for range empty {
			p.Add([]string{""}, nil)
		}
		for i, n := range counts {
			for range n {
				p.Add([]string{string(rune('A' + i))}, nil)
			}
		}
		f, rows := p.Result().Fields[0], p.Rows()
		if !f.Few && (few(f.Empty) || few(rows-f.Empty)) {
			t.Fatalf("%d of %d empty", f.Empty, rows)
		}
		together := rows - f.Empty // known to whoever reads the profile; with Few the empty ones are among them
		hidden := together
		for i, x := range f.Top {
			if i > 0 && x.Rows > f.Top[i-1].Rows {
				t.Fatalf("not in order: %v", f.Top)
			}
			if x.Rows < store.SmallCell {
				t.Fatalf("told of %d rows", x.Rows)
			}
			hidden -= x.Rows
		}
		if f.Rounded {
			if hidden != store.SmallCell {
				t.Fatalf("rounded, and %d rows are left", hidden)
			}
			for s := int64(1); s < store.SmallCell; s++ { // s rows hidden would be told just so
				top := slices.Clone(f.Top)
				top[0].Rows += store.SmallCell - s
				if told, rounded := Told(top, together); !rounded || !slices.Equal(told, f.Top) {
					t.Fatalf("%d hidden rows would be told as %v, not %v", s, told, f.Top)
				}
			}
		} else if len(f.Top) > 0 && few(hidden) {
			t.Fatalf("%d hidden rows can be worked out from %+v of %d", hidden, f, rows)
		}
	})
}

func TestPercentiles(t *testing.T) {
	p := New([]string{"vekt"}, []store.Field{{Name: "vekt", Class: store.Health}})
	for i := range 1000 {
		p.Add([]string{fmt.Sprint(1000 + i)}, nil)
	}
	for range 50 {
		p.Add([]string{"9999"}, nil)
	}
	f := p.Result().Fields[0]
	if f.Low == nil || *f.Low != 1050 || *f.High != 1949 || !slices.Equal(f.Sentinels, []string{"9999"}) {
		t.Errorf("%v to %v, %q", f.Low, f.High, f.Sentinels)
	}
	if f := of("vekt", store.Health, "1", 40, "2", 40); f.Low != nil {
		t.Error("told of fewer than five rows")
	}
}

func TestShape(t *testing.T) {
	for text, want := range map[string]string{"A01.9": "a99.9", "E-100234": "a-9…", "Ærlig talt": "a… aaaa", "1234": "9999", "12345": "9…",
		"a\tb": "a a", "": "", "––": "––", "ab12cd34": "aa99aa99"} {
		if got := shape(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestNullsAndManyTexts(t *testing.T) {
	p := New([]string{"id", "x"})
	for i := range 3 * store.MaxDistinct {
		p.Add([]string{fmt.Sprintf("E%d", i), "0"}, func(c int) bool { return c == 1 && i%2 == 0 })
	}
	r := p.Result()
	if f := r.Field("id"); !f.Many || f.Distinct != store.MaxDistinct || f.Top != nil {
		t.Errorf("%+v", f)
	}
	if f := r.Field("x"); f.Empty != 1.5*store.MaxDistinct || f.Top[0].Rows != 1.5*store.MaxDistinct {
		t.Errorf("%+v", f)
	}
}

// A wide source of texts that are all different is the worst there is.
func TestMemory(t *testing.T) {
	fields := make([]string, 500)
	for i := range fields {
		fields[i] = fmt.Sprintf("f%d", i)
	}
	p := New(fields)
	cells := make([]string, len(fields))
	base := heap()
	for i := range 3000 {
		for c := range cells {
			cells[c] = fmt.Sprintf("tekst %d i %d", i, c)
		}
		p.Add(cells, nil)
	}
	if h := heap() - base; h > 100<<20 {
		t.Errorf("%d MiB", h>>20)
	}
	runtime.KeepAlive(p)
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkProfile profiles a whole sample of sixty fields.
func BenchmarkProfile(b *testing.B) {
	const fields = 60
	names := make([]string, fields)
	rows := make([][]string, 1000)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range names {
		names[i] = fmt.Sprintf("felt%d", i)
	}
	for n := range rows {
		rows[n] = make([]string, fields)
		for c := range rows[n] {
			switch c % 4 {
			case 0:
				rows[n][c] = fmt.Sprintf("E%d", r.IntN(1e9))
			case 1:
				rows[n][c] = fmt.Sprintf("%d,%d", r.IntN(200), r.IntN(10))
			case 2:
				rows[n][c] = fmt.Sprintf("%02d.%02d.2025", 1+r.IntN(28), 1+r.IntN(12))
			case 3:
				rows[n][c] = []string{"A", "B", "C", ""}[r.IntN(4)]
			}
		}
	}
	for b.Loop() {
		p := New(names)
		for i := range MaxRows {
			p.Add(rows[i%len(rows)], nil)
		}
		p.Result()
	}
	b.ReportMetric(float64(MaxRows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
