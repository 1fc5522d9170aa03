package privacy

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"samband/store"
)

var whoIs = []store.Field{
	{Name: "fnr", Class: store.Direct, Is: store.AttrNumber}, {Name: "first", Class: store.Direct, Is: store.AttrGivenName},
	{Name: "last", Class: store.Direct, Is: store.AttrFamilyName}, {Name: "street", Class: store.Direct, Is: store.AttrAddress},
	{Name: "postal", Class: store.Direct, Is: store.AttrPostalCode}, {Name: "phone", Class: store.Direct, Is: store.AttrPhone},
	{Name: "mail", Class: store.Direct, Is: store.AttrEmail},
	{Name: "note", Class: store.Health}, {Name: "unit", Class: store.Indirect}, {Name: "sample", Class: store.Technical},
	{Name: "count", Class: store.Health},
}

// newSelfCheck gives a check of rows with the fields of whoIs: unit is translated, count is a number.
func newSelfCheck(t testing.TB) *SelfCheck {
	t.Helper()
	var columns []string
	for _, f := range whoIs {
		columns = append(columns, f.Name)
	}
	s, err := NewSplitter(whoIs, columns)
	if err != nil {
		t.Fatal(err)
	}
	m := store.Mapping{Source: whoIs, Rules: []store.Rule{{Variable: "unit", Steps: []store.Step{{Kind: store.StepCopy, From: []string{"unit"}},
		{Kind: store.StepCodes, Map: map[string]string{"Øre-Nese-Hals": "1", "Berg": "2"}}}}}}
	b := store.Codebook{Variables: []store.Variable{{Name: "unit", Type: store.VarCode, Codes: []store.CodeOption{{Code: "1"}, {Code: "2"}}}}}
	codes := m.CodeFields(&b)
	if len(codes) != 1 {
		t.Fatal("the unit is not translated")
	}
	return s.NewSelfCheck(codes, func(field string) bool { return field == "count" })
}

const number, stranger = "17837130158", "61829033371"

func TestSelfCheck(t *testing.T) {
	person := func(first, last string) []string {
		return []string{number, first, last, "Storgata 12 B, 0182 Oslo", "2024", "+47 998 87 766", "kari@eksempel.no"}
	}
	kari := person("Kari", "Nordmann")
	const own, other = store.RowIdentity, store.RowNumber
	for _, c := range []struct {
		who  []string
		note string
		want string
	}{
		// The number, in any writing.
		{kari, number, own}, {kari, "pas. 17837130158 innlagt", own}, {kari, "178371 30158", own}, {kari, "17.83.71-30158", own},
		{kari, "17 83 71\u00a030158", own}, {kari, "nr0017837130158x", own}, {kari, "1783713015", ""},
		{kari, "mor: " + stranger, other}, {kari, stranger, other}, {kari, "１７８３７１３０１５８", other}, {kari, "17837130185", ""},
		{kari, "02.01.2024 10:30:00", ""}, {kari, "2024", ""}, {kari, "0182", ""},
		{[]string{"12345678901", "", "", "", "", "", ""}, "se 12345678901", own}, // even when it is no number at all
		// Names, as whole words.
		{kari, "Nordmann", own}, {kari, "pas. kari kom", own}, {kari, "NORDMANN, KARI", own}, {kari, "«Nordmann»", own},
		{kari, "Nordmanns mor", own}, {kari, "Karis søster", own}, {kari, "Nordmann’s", own}, {kari, "Nordmannen", ""},
		{kari, "normann", ""}, {kari, "kar i nord", ""}, {kari, "Nordmann-familien", own}, {kari, "sak NORDMANN-12", own},
		{kari, "Karidal", ""}, {kari, "Nordmann.", own}, {kari, "(Nordmann/Kari)", own}, {kari, "x\nNordmann\n", own},
		{person("Kari", "Berg"), "Hjertesvikt, se berget", ""}, {person("Kari", "Berg"), "ref. Berg 2019", own},
		{person("Kari", "Hals"), "Øre-nese-hals", ""}, {person("Kari", "Hals"), "ØRE-NESE-HALS", ""}, {person("Kari", "Hals"), "vond hals", own},
		{person("Anne-Marie", "Berg-Hansen"), "Anne-Marie", own}, {person("Anne-Marie", "Berg-Hansen"), "marie sa", own},
		{person("Anne-Marie", "Berg-Hansen"), "hansen", own}, {person("Anne-Marie", "Berg-Hansen"), "anne-marie", own},
		{person("Åse", "Lie"), "Åse Lie kom", own}, {person("Åse", "Lie"), "Lie, Åse", own}, {person("Åse", "Lie"), "å lie", ""},
		{person("Åse", "Øygård"), "A\u030ase ØYGA\u030aRD", own}, {person("A\u030ase", "Øyga\u030ard"), "øygårds mor", own},
		{person("Åse", "Lie; født Dahl"), "født 1980", ""}, {person("Åse", "Lie; født Dahl"), "tidl. Dahl", own},
		{person("Ukjent", "UKJENT"), "diagnose ukjent", ""}, {person("Nils Máhtte", "Gaup"), "MÁHTTE", own},
		{person("Kanari00012gul", "Fugl"), "en kanari00012gul", own}, {person("", ""), "Kari Nordmann", ""},
		// Address, phone, e-mail.
		{kari, "bor Storgata 12 B", own}, {kari, "storgata 12b", ""}, {kari, "Storgata 12", ""}, {kari, "Storgata", ""}, {kari, "Oslo", ""},
		{kari, "STORGATA 12  B", own}, {kari, "tlf 99887766", own}, {kari, "(+47) 998-87-766", own}, {kari, "0047 99 88 77 66", own},
		{kari, "9988776", ""}, {kari, "svar til KARI@Eksempel.no", own}, {kari, "post@eksempel.no", ""},
	} {
		s := newSelfCheck(t)
		at, got := s.Row(c.who, []string{c.note, "", "", ""})
		if got != c.want || (at == 0) != (c.want != "") {
			t.Errorf("%q of %q: %q in %d, want %q", c.note, c.who[1:3], got, at, c.want)
		}
	}
}

func TestSelfCheckKnowsColumns(t *testing.T) {
	berg := []string{number, "Kari", "Berg", "", "", "", ""}
	for _, c := range []struct {
		cells []string
		at    int
		want  string
	}{
		{[]string{"", "Berg", "", ""}, -1, ""}, // the mapping lists it
		{[]string{"", "Bergs", "", ""}, 1, store.RowIdentity},
		{[]string{"", number, "", ""}, 1, store.RowIdentity},
		{[]string{"", "", stranger, ""}, -1, ""}, // a number of a column of numbers
		{[]string{"", "", "", stranger}, -1, ""},
		{[]string{"", "", "nr " + stranger, ""}, 2, store.RowNumber}, // no lone number
		{[]string{"", "", number, ""}, 2, store.RowIdentity},
		{[]string{"", "", "", number}, 3, store.RowIdentity},
		{[]string{stranger, "", "", ""}, 0, store.RowNumber},
		{[]string{"ja", "", number, stranger}, 2, store.RowIdentity}, // the first
	} {
		if at, got := newSelfCheck(t).Row(berg, c.cells); at != c.at || got != c.want {
			t.Errorf("%q: %d %q", c.cells, at, got)
		}
	}
}

// A column of lone numbers is judged by its share, whatever the order of the rows and however they are divided.
func TestSelfCheckCountsColumnsOfNumbers(t *testing.T) {
	berg := []string{number, "Kari", "Berg", "", "", "", ""}
	for _, c := range []struct {
		persons, others int
		want            int
	}{{0, 100, 0}, {2, 0, 0}, {3, 0, 1}, {3, 12, 0}, {3, 11, 1}, {20, 80, 0}, {21, 80, 1}} {
		a, b := newSelfCheck(t), newSelfCheck(t)
		for i := range c.persons + c.others {
			cells := []string{"", "", "12345678901", ""}
			if i < c.persons {
				cells[2] = stranger
			}
			if _, why := []*SelfCheck{a, b}[i%2].Row(berg, cells); why != "" {
				t.Fatal(why)
			}
		}
		a.Merge(b)
		if got := a.Columns(); len(got) != c.want || c.want == 1 && got[0] != 2 {
			t.Errorf("%d of %d: %v", c.persons, c.persons+c.others, got)
		}
	}
}

// Whatever surrounds it, the row's own identity is found; and nothing is found in text that shares no word with it.
func TestSelfCheckProperty(t *testing.T) {
	word := rapid.StringMatching(`[A-ZÆØÅÉ][a-zæøåéü]{3,9}`)
	around := rapid.StringMatching(`[ .,:;«»()!?/]{1,3}`)
	text := rapid.StringMatching(`([a-zæøå]{1,8}[ ,.:]){0,6}`)
	c := newSelfCheck(t)
	rapid.Check(t, func(t *rapid.T) {
		first, last := word.Draw(t, "first"), word.Draw(t, "last")
		if !says(first) || !says(last) {
			t.Skip("names nobody")
		}
		who := []string{number, first, last, "", "", "99887766", ""}
		secret := rapid.SampledFrom([]string{first, last, strings.ToUpper(last), strings.ToLower(first), last + "s", number,
			number[:6] + " " + number[6:], "99 88 77 66"}).Draw(t, "secret")
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		note := before + around.Draw(t, "a") + secret + around.Draw(t, "b") + after
		if at, _ := c.Row(who, []string{note, "", "", ""}); at != 0 {
			t.Fatalf("%q of %q is not found", note, who)
		}
		for _, w := range strings.FieldsFunc(before+" "+after, func(r rune) bool { return !unicode.IsLetter(r) }) {
			for _, name := range []string{first, last} {
				if strings.EqualFold(w, name) || strings.EqualFold(w, name+"s") {
					t.Skip("the same word by chance")
				}
			}
		}
		if at, why := c.Row(who, []string{before + " " + after, "", "", ""}); at >= 0 {
			t.Fatalf("%q in %q of %q", why, before+" "+after, who)
		}
	})
}

// FuzzSelfCheck holds the check against a plain one: a cell with the number in it is always found, and what is found for a
// name holds the letters of the name.
func FuzzSelfCheck(f *testing.F) {
	for _, s := range []string{"", "pas. Nordmann", "17837130158", "A\u030ase", "\xff\xfeNordmann", "é", "øre-Nordmann-hals", "\u00a0"} {
		f.Add(s, "Nordmann")
		f.Add("x", s)
	}
	c := newSelfCheck(f)
	f.Fuzz(func(t *testing.T, note, name string) {
		who := []string{number, "", name, name, "", name, name}
		at, why := c.Row(who, []string{note, "", "", ""})
		if strings.Contains(note, number) && why != store.RowIdentity {
			t.Fatalf("%q: %d %q", note, at, why)
		}
		if at > 0 || (at == 0) != (why != "") {
			t.Fatal(at, why)
		}
		if at, why := c.Row(who, []string{note + " 178371-30158", "", "", ""}); at != 0 || why != store.RowIdentity {
			t.Fatalf("%q with the number: %d %q", note, at, why)
		}
		plain := utf8.ValidString(name) && len(name) >= 4 && says(name)
		for _, r := range name {
			plain = plain && r < utf8.RuneSelf && unicode.IsLetter(r)
		}
		if at, why := c.Row(who, []string{note + " " + name, "", "", ""}); plain && at != 0 {
			t.Fatalf("%q after %q: %d %q", name, note, at, why)
		}
	})
}

func TestSelfCheckAllocatesNothing(t *testing.T) {
	c := newSelfCheck(t)
	who := []string{number, "Anne-Lise", "Lie; født Dahl", "Storgata 12, 0182 Oslo", "0182", "+47 99887766", "a@b.no"}
	cells := []string{"Øre-nese-hals, kontroll 02.01.2024 10:30:00 – RR 120/80", "Akuttmottak", "12345678901", "345"}
	if n := testing.AllocsPerRun(100, func() { c.Row(who, cells) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// BenchmarkSelfCheck looks at rows as those of the first workload.
func BenchmarkSelfCheck(b *testing.B) {
	fields := []store.Field{{Name: "fnr", Class: store.Direct, Is: store.AttrNumber}, {Name: "fornavn", Class: store.Direct, Is: store.AttrGivenName},
		{Name: "etternavn", Class: store.Direct, Is: store.AttrFamilyName}, {Name: "postnr", Class: store.Direct, Is: store.AttrPostalCode}}
	row := strings.Split("17837130158|Anne-Lise|Lie; født Dahl|2024|2|17.03.1971|OUS-00001234|Øre-nese-hals|02.01.2024|05.01.2024|I21.9|I10;C61|NFB20|172|80,5|94,2|umol/L|1|3|02.01.2024 10:30:00", "|")
	columns := make([]string, len(row))
	for i := range row {
		if i < len(fields) {
			columns[i] = fields[i].Name
			continue
		}
		columns[i] = fmt.Sprint("x", i)
		fields = append(fields, store.Field{Name: columns[i], Class: store.Health})
	}
	s, err := NewSplitter(fields, columns)
	if err != nil {
		b.Fatal(err)
	}
	c := s.NewSelfCheck(nil, func(string) bool { return false })
	b.ReportAllocs()
	for b.Loop() {
		if at, why := c.Row(row[:4], row[4:]); why != "" {
			b.Fatal(at, why)
		}
	}
}
