package xsd

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"samband/store"
)

const begin = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:m="urn:m" targetNamespace="urn:m" elementFormDefault="qualified">`

func schema(inside string) string { return begin + inside + "</xs:schema>" }

// root wraps what stands in the sequence of a message.
func root(inside string) string {
	return schema(`<xs:element name="Melding"><xs:complexType><xs:sequence>` + inside + `</xs:sequence></xs:complexType></xs:element>`)
}

// simple is an element of a simple type.
func simple(inside string) string {
	return root(`<xs:element name="a"><xs:simpleType>` + inside + `</xs:simpleType></xs:element>`)
}

func TestParse(t *testing.T) {
	s, err := Parse("a.xsd", []byte(schema(`
		<xs:element name="Melding"><xs:annotation><xs:documentation>Rot</xs:documentation></xs:annotation>
			<xs:complexType><xs:sequence><xs:element ref="m:Del"/><xs:element name="Kode" type="m:JaNei" default=""/>
				<xs:sequence><xs:element name="Tid" type="m:Tid" minOccurs="0"/></xs:sequence><xs:element name="Sted" type="m:Sted"/></xs:sequence></xs:complexType></xs:element>
		<xs:element name="Del"><xs:complexType><xs:sequence><xs:element name="Skjema" type="xs:string" fixed="Melding"/></xs:sequence></xs:complexType></xs:element>
		<xs:complexType name="Sted"><xs:sequence><xs:element name="By" type="xs:string"/></xs:sequence></xs:complexType>
		<xs:simpleType name="JaNei"><xs:restriction base="xs:string"><xs:enumeration value=""/><xs:enumeration value=" 1 "/></xs:restriction></xs:simpleType>
		<xs:simpleType name="Tom"><xs:restriction base="xs:string"><xs:pattern value=""/></xs:restriction></xs:simpleType>
		<xs:simpleType name="Tid"><xs:union memberTypes="xs:dateTime m:Tom"/></xs:simpleType>`)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	s.Each(func(path []*Element) {
		var names []string
		for _, e := range path {
			names = append(names, e.Name)
		}
		e := path[len(path)-1]
		got = append(got, fmt.Sprintf("%s %s %q %v", strings.Join(names, "/"), e.Type.Words(), e.Fixed, e.Optional))
	})
	want := []string{`Melding/Del/Skjema xs:string "Melding" false`, `Melding/Kode xs:string "" false`, `Melding/Tid xs:dateTime | xs:string // "" true`,
		`Melding/Sted/By xs:string "" false`}
	if !slices.Equal(got, want) || s.Namespace != "urn:m" || s.Root.Doc != "Rot" {
		t.Errorf("got %q, %+v", got, s)
	}
	if kode := s.Root.Children[1]; !slices.Equal(kode.Type.Enum, []string{"", " 1 "}) {
		t.Errorf("values keep their space: %q", kode.Type.Enum)
	}
}

func TestAccepts(t *testing.T) {
	for _, x := range []struct {
		name, inside string
		yes, no      []string
	}{
		{"boolean", `<xs:restriction base="xs:boolean"><xs:pattern value="true|false"/></xs:restriction>`, []string{"true", "false"}, []string{"1", "Ja", "", "TRUE", "untrue"}},
		{"date or nothing", `<xs:union memberTypes="xs:date"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value=""/></xs:restriction></xs:simpleType></xs:union>`,
			[]string{"2024-02-29", ""}, []string{"2023-02-29", "29.02.2024", " ", "2024-2-9"}},
		{"date-time", `<xs:restriction base="xs:dateTime"/>`, []string{"2024-02-29T08:00:00", "2024-02-29T08:00:00+01:00"}, []string{"2024-02-30T08:00:00", "2024-02-29", "2024-02-29T24:00:01", ""}},
		{"codes", `<xs:restriction base="xs:string"><xs:enumeration value=""/><xs:enumeration value="0101"/><xs:enumeration value="1a"/></xs:restriction>`,
			[]string{"", "0101", "1a"}, []string{"101", "1A", " 1a", "0101 "}},
		{"decimal with comma", `<xs:restriction base="xs:string"><xs:pattern value="([1-9]\d{0,5}|\d,\d|[1-9]\d{1,5},\d)?"/></xs:restriction>`,
			[]string{"", "7", "0,0", "12,5", "999999"}, []string{"0", "7.5", "7,55", "01", "1000000", "x7"}},
		{"limits", `<xs:restriction base="xs:integer"><xs:minInclusive value="1"/><xs:maxInclusive value="999"/></xs:restriction>`, []string{"1", "0999"}, []string{"0", "1000", "1,0", "", "1.0"}},
		{"digits", `<xs:restriction base="xs:decimal"><xs:fractionDigits value="1"/><xs:totalDigits value="3"/></xs:restriction>`, []string{"12.5", "0.5", "100", "12.50"}, []string{"1.25", "1000", "a"}},
		{"length", `<xs:restriction base="xs:string"><xs:minLength value="2"/><xs:maxLength value="3"/></xs:restriction>`, []string{"æø", "abc"}, []string{"æ", "abcd", ""}},
		{"two steps", `<xs:restriction base="m:Bokstav"><xs:pattern value="[^a]"/></xs:restriction>`, []string{"b"}, []string{"a", "1"}},
	} {
		s, err := Parse("a.xsd", []byte(strings.Replace(simple(x.inside), "</xs:schema>",
			`<xs:simpleType name="Bokstav"><xs:restriction base="xs:string"><xs:pattern value="[a-z]"/></xs:restriction></xs:simpleType></xs:schema>`, 1)))
		if err != nil {
			t.Errorf("%s: %v", x.name, err)
			continue
		}
		of := s.Root.Children[0].Type
		for _, v := range x.yes {
			if !of.Accepts(v) {
				t.Errorf("%s: %q is refused", x.name, v)
			}
		}
		for _, v := range x.no {
			if of.Accepts(v) {
				t.Errorf("%s: %q is accepted", x.name, v)
			}
		}
	}
}

func TestStops(t *testing.T) {
	text := `<xs:restriction base="xs:string">%s</xs:restriction>`
	for _, x := range []struct {
		file string
		code store.Code
		what string
	}{
		{"", "dictionary.empty", ""}, {"<a>", "dictionary.xml", ""}, {"<a/>", "xsd.construct", "a"}, {`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>`, "dictionary.xml_entities", ""},
		{schema(""), "xsd.root", ""}, {schema(`<xs:element name="a" type="xs:string"/>`), "xsd.root", ""},
		{schema(`<xs:import namespace="urn:x" schemaLocation="http://example.org/x.xsd"/>`), "xsd.construct", "import"},
		{schema(`<xs:include schemaLocation="x.xsd"/>`), "xsd.construct", "include"}, {schema(`<xs:group name="g"/>`), "xsd.construct", "group"},
		{strings.Replace(root(""), ` elementFormDefault="qualified"`, "", 1), "xsd.construct", "elementFormDefault"},
		{root(""), "xsd.construct", "element Melding"}, {root(`<xs:any/>`), "xsd.construct", "any"}, {root(`<xs:choice/>`), "xsd.construct", "choice"},
		{root(`<xs:element name="a" type="xs:string" maxOccurs="unbounded"/>`), "xsd.construct", `maxOccurs="unbounded"`},
		{root(`<xs:element name="a" type="xs:string" minOccurs="2"/>`), "xsd.construct", `minOccurs="2"`},
		{root(`<xs:element name="a" type="xs:string" nillable="true"/>`), "xsd.construct", "element nillable"},
		{root(`<xs:element name="a" type="xs:gYear"/>`), "xsd.construct", "xs:gYear"}, {root(`<xs:element name="a" type="m:Ukjent"/>`), "xsd.reference", ""},
		{root(`<xs:element ref="m:Ukjent"/>`), "xsd.reference", ""}, {root(`<xs:element name="a"/>`), "xsd.construct", "element a"},
		{root(`<xs:element name="a" type="xs:string"><xs:simpleType>` + fmt.Sprintf(text, "") + `</xs:simpleType></xs:element>`), "xsd.construct", "element a"},
		{root(`<xs:sequence maxOccurs="2"/>`), "xsd.construct", `sequence maxOccurs="2"`},
		{root(`<xs:element name="b"><xs:complexType><xs:attribute name="c"/></xs:complexType></xs:element>`), "xsd.construct", "attribute"},
		{simple(`<xs:list itemType="xs:string"/>`), "xsd.construct", "list"}, {simple(fmt.Sprintf(text, `<xs:whiteSpace value="collapse"/>`)), "xsd.construct", "whiteSpace"},
		{simple(fmt.Sprintf(text, `<xs:pattern value="\i\c*"/>`)), "xsd.construct", `pattern \i\c*`}, {simple(fmt.Sprintf(text, `<xs:pattern value="^a$"/>`)), "xsd.construct", "pattern ^a$"},
		{simple(fmt.Sprintf(text, `<xs:pattern value="[a-z-[b]]"/>`)), "xsd.construct", "pattern [a-z-[b]]"}, {simple(fmt.Sprintf(text, `<xs:pattern value="("/>`)), "xsd.construct", "pattern ("},
		{simple(fmt.Sprintf(text, `<xs:maxLength value="-1"/>`)), "xsd.construct", "maxLength"}, {simple(`<xs:union/>`), "xsd.construct", "union"},
		{schema(`<xs:element name="a"><xs:complexType><xs:sequence><xs:element ref="m:a"/></xs:sequence></xs:complexType></xs:element>`), "xsd.recursive", ""},
		{simple(`<xs:restriction base="m:T"/>`), "xsd.reference", ""},
		{schema(`<xs:element name="a"><xs:simpleType><xs:restriction base="m:T"/></xs:simpleType></xs:element><xs:simpleType name="T"><xs:restriction base="m:T"/></xs:simpleType>`), "xsd.recursive", ""},
		{doubling(40), "xsd.size", ""},
	} {
		_, err := Parse("a.xsd", []byte(x.file))
		var e *store.Error
		if !errors.As(err, &e) || e.Code != x.code || e.Class != store.Invalid || x.what != "" && (e.Args["construct"] != x.what || e.Args["file"] != "a.xsd") {
			t.Errorf("%.200s\ngives %v %v, not %s %s", x.file, err, e.Args, x.code, x.what)
		}
	}
}

// doubling makes a schema of n lines whose message has 2ⁿ elements.
func doubling(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<xs:element name="e%d"><xs:complexType><xs:sequence><xs:element ref="m:e%d"/><xs:element ref="m:e%[2]d"/></xs:sequence></xs:complexType></xs:element>`, i, i+1)
	}
	return schema(b.String() + fmt.Sprintf(`<xs:element name="e%d" type="xs:string"/>`, n))
}

// FuzzRead holds that a schema is refused with a code, or is a tree whose leaves have a type and accept their defaults
// or not without failing.
func FuzzRead(f *testing.F) {
	f.Add([]byte(root(`<xs:element name="a" type="xs:integer" default="0"/>`)))
	f.Add([]byte(simple(`<xs:union memberTypes="xs:date"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value=""/></xs:restriction></xs:simpleType></xs:union>`)))
	f.Add([]byte(doubling(12)))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Parse("a.xsd", data)
		if err != nil {
			if store.ClassOf(err) != store.Invalid {
				t.Fatal(err)
			}
			return
		}
		n := 0
		s.Each(func(path []*Element) {
			e := path[len(path)-1]
			if n++; e.Name == "" || len(e.Children) > 0 || len(e.Type.Members()) == 0 || path[0] != s.Root {
				t.Fatalf("%+v", e)
			}
			for _, v := range append([]string{e.Default, e.Fixed, "", "2024-02-30"}, e.Type.Enum...) {
				e.Type.Accepts(v)
			}
		})
		if n == 0 || n > MaxElements {
			t.Fatalf("%d elements", n)
		}
	})
}
