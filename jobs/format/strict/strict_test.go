package strict

import (
	"strings"
	"testing"

	"samband/store"
)

func TestXML(t *testing.T) {
	for in, want := range map[string]store.Code{
		`<a><b c="1">x</b></a>`: "", "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>": "",
		"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe6</a>": "", "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>\x80</a>": "",
		"<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>": "dictionary.encoding", "\xff\xfe<\x00a\x00": "dictionary.utf16",
		"<a>\xe6</a>": "dictionary.xml", "": "dictionary.empty", " \n": "dictionary.empty", "<a>": "dictionary.xml", "<a></b>": "dictionary.xml",
		"<a/><b/>": "dictionary.xml", "<a/>x": "dictionary.xml", "x<a/>": "dictionary.xml", "<a>\x00</a>": "dictionary.xml", "{}": "dictionary.xml",
		"<a>&x;</a>": "dictionary.xml", `<!DOCTYPE a><a/>`: "dictionary.xml_entities",
		`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`:          "dictionary.xml_entities",
		`<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>`:       "dictionary.xml_entities",
		strings.Repeat("<a>", MaxDepth+1):                                           "dictionary.deep",
		strings.Repeat("<a>", MaxDepth) + strings.Repeat("</a>", MaxDepth):          "",
		"<a>" + strings.Repeat("<b/>", MaxParts) + "</a>":                           "dictionary.parts",
		"<a " + strings.Repeat(`b="" `, MaxParts) + "/>":                            "dictionary.parts",
		strings.Repeat(" ", MaxSize+1):                                              "dictionary.too_large",
		"<?xml version=\"1.0\" encoding=\"" + strings.Repeat("x", 200) + "\"?><a/>": "dictionary.encoding",
		"<?xml version=\"1.1\" encoding=\"UTF-8\"?><a/>":                            "dictionary.xml",
		"<a>" + strings.Repeat("<!-- c -->", 100) + "<![CDATA[<b>]]></a>":           "",
	} {
		_, err := XML([]byte(in))
		if got := store.CodeOf(err); got != want || err != nil && store.ClassOf(err) != store.Invalid {
			t.Errorf("%.70q gives %q (%v), not %q", in, got, err, want)
		}
	}
	e, err := XML([]byte("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<x:a xmlns:x=\"urn:x\" xml:lang=\"nb\">\n <b> h\xf8yde <i>i</i> cm </b><b/></x:a>"))
	if err != nil {
		t.Fatal(err)
	}
	if e.Name != "a" || e.Space != "urn:x" || e.Attr("lang") != "nb" || e.Line != 2 || len(e.All("b")) != 2 || e.Child("c").Child("d") != nil {
		t.Errorf("the root is %+v", e)
	}
	if b := e.Child("b"); b.Line != 3 || !strings.HasPrefix(b.Text, "høyde") || !strings.Contains(b.Words(), " i") {
		t.Errorf("the child is %+v", b)
	}
	for in, want := range map[string]string{"<ODM>": "ODM", "\xef\xbb\xbf<?xml version='1.0' encoding='latin1'?><x:y z='": "", "<!-- c --><x:y/>": "y",
		"a;b": "", "": ""} {
		if got := Root([]byte(in)); got != want {
			t.Errorf("%q begins with %q, not %q", in, got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	for in, want := range map[string]store.Code{
		`{"a":[1,{"b":null}]}`: "", "\xef\xbb\xbf{}": "", "[]": "", "1": "", `{"a":{"b":1},"c":{"b":1}}`: "",
		"": "dictionary.empty", "{": "dictionary.json", `{"a":}`: "dictionary.json", "{} {}": "dictionary.json", "{}x": "dictionary.json",
		`{"a":1,"a":2}`: "dictionary.json_twice", `{"a":1,"\u0061":2}`: "dictionary.json_twice", "{\"a\":\"\xe6\"}": "dictionary.encoding",
		"\xff\xfe{\x00": "dictionary.utf16", `[1 2]`: "dictionary.json", `{"a" 1}`: "dictionary.json", "[1}": "dictionary.json", "]": "dictionary.json",
		"\x00": "dictionary.json", "[1,]": "dictionary.json",
		strings.Repeat("[", MaxDepth+1): "dictionary.deep", strings.Repeat(`{"a":`, 1<<20): "dictionary.deep",
		strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth): "", "[" + strings.Repeat("{},", MaxParts) + "1]": "dictionary.parts",
		strings.Repeat(" ", MaxSize+1): "dictionary.too_large",
	} {
		_, err := JSON([]byte(in))
		if got := store.CodeOf(err); got != want || err != nil && store.ClassOf(err) != store.Invalid {
			t.Errorf("%.60q gives %q (%v), not %q", in, got, err, want)
		}
	}
	v, _ := JSON([]byte(`{"t":"x","b":true,"o":{"t":"y"},"l":[1,{"t":"z"},"a"]}`))
	o := v.(Object)
	if o.Text("t") != "x" || !o.True("b") || o.Object("o").Text("t") != "y" || len(o.Objects("l")) != 1 || o.Text("b") != "" ||
		o.Object("t").Object("u").Text("v") != "" || o.Objects("o") == nil {
		t.Errorf("it reads as %v", o)
	}
}

func TestTable(t *testing.T) {
	var d store.Dictionary
	var got []string
	err := Table([]byte("Navn; Navn ;\na;\"b\nc\";\n\nd;e\nf;\"g;h\" ; \ni;j;k\n"), &d, func(n int, cells []string) error {
		got = append(got, string(rune('0'+n))+" "+strings.Join(cells, "|"))
		return nil
	})
	if want := "1 Navn|Navn|,2 a|b\nc|,5 i|j|k"; err != nil || strings.Join(got, ",") != want {
		t.Errorf("the rows are %q, not %q (%v)", strings.Join(got, ","), want, err)
	}
	if len(d.Defects) != 2 || d.Defects[0].Row != 3 || d.Defects[1].Row != 4 {
		t.Errorf("the defects are %v", d.Defects)
	}
	for in, want := range map[string]store.Code{
		"": "dictionary.empty", "\"a;b\n": "dictionary.not_table", "\xff\xfea": "dictionary.utf16", "\x00;b": "dictionary.not_table",
		"\na;b": "dictionary.not_table", strings.Repeat(";", maxColumns): "dictionary.not_table", strings.Repeat("x", 2<<20): "dictionary.not_table",
		"a;b\r1;2\r": "dictionary.line_ends", "a;\"b\rc\"\n1;2": "", "a;b\n\xe6;\xf8\n": "", "\xef\xbb\xbfa,b\n1,2": "",
	} {
		if err := Table([]byte(in), &d, func(int, []string) error { return nil }); store.CodeOf(err) != want {
			t.Errorf("%.40q gives %v, not %q", in, err, want)
		}
	}
	d = store.Dictionary{}
	got = nil
	err = Table([]byte("navn\n\xe6\n\xc3\xb8\n\xe5\n"), &d, func(_ int, cells []string) error {
		got = append(got, cells[0])
		return nil
	})
	if err != nil || strings.Join(got, ",") != "navn,æ,å" || len(d.Defects) != 1 || d.Defects[0].Row != 3 {
		t.Errorf("of a file in two encodings it gives %q, %v, %v", got, d.Defects, err)
	}
	if h := Head([]byte("\xef\xbb\xbf\"Navn\"; TYPE\n1;2")); len(h) != 2 || h[0] != "navn" || h[1] != "type" {
		t.Errorf("the head is %q", h)
	}
}

func TestValues(t *testing.T) {
	for in, want := range map[string]float64{"1": 1, " -2,5 ": -2.5, "1e3": 1000, ".5": .5, "+3": 3} {
		if got, ok := Number(in); !ok || got != want {
			t.Errorf("%q is %v", in, got)
		}
	}
	for _, in := range []string{"", "NaN", "Inf", "0x1p2", "1_000", "1.000,5", "today", "1e999", "-", "1-2"} {
		if f, ok := Number(in); ok {
			t.Errorf("%q is the number %v", in, f)
		}
	}
	for in, want := range map[string]string{"2024-02-29": "2024-02-29", "1.2.2024": "2024-02-01", "'1980-01-01'": "1980-01-01",
		"01-12-2020": "2020-12-01", "2020-01-01 12:30": "2020-01-01", "2023-02-29": "", "today": "", "": ""} {
		if got, ok := Day(in); ok != (want != "") || ok && got != want {
			t.Errorf("%q is the day %q", in, got)
		}
	}
	if s, ok := Moment("1.2.2024 08:05"); !ok || s != "2024-02-01T08:05:00" {
		t.Errorf("it is %q", s)
	}
	for in, want := range map[string]string{"Vekt (kg)": "kg", "BT [mmHg]": "mmHg", "kg": "kg", "Vekt (ved innkomst)": "", "Høyde (i cm)": "cm",
		"Score (0-10)": "", ")(": ""} {
		if got := Unit(in); got != want {
			t.Errorf("the unit of %q is %q", in, got)
		}
	}
}

func TestLimits(t *testing.T) {
	var d store.Dictionary
	v := store.Definition{Name: "x", Type: store.VarDecimal}
	SetLimits(&d, &v, Limit{Text: "1,5"}, Limit{Text: "9", Upper: true}, Limit{Text: "2", Plausible: true}, Limit{Text: "birthYear", Upper: true, Plausible: true})
	if *v.Min != 1.5 || *v.Max != 9 || *v.PlausibleMin != 2 || v.PlausibleMax != nil || len(d.Defects) != 1 {
		t.Errorf("%+v %v", v, d.Defects)
	}
	v = store.Definition{Name: "x", Type: store.VarDate}
	SetLimits(&d, &v, Limit{Text: "1.1.2020"}, Limit{Text: "2030-01-01", Upper: true})
	if v.From != "2020-01-01" || v.To != "2030-01-01" {
		t.Errorf("%+v", v)
	}
	v = store.Definition{Name: "x", Type: store.VarBoolean}
	if SetLimits(&d, &v, Limit{Text: "1"}); len(d.Defects) != 2 {
		t.Errorf("a truth value has limits: %+v %v", v, d.Defects)
	}
}
