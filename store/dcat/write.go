package dcat

import (
	"encoding/json"
	"fmt"
	"strings"

	"samband/store/text"
)

// MIME types of the two forms.
const (
	TurtleType = "text/turtle; charset=utf-8"
	JSONLDType = "application/ld+json"
)

// Turtle gives triples as RDF 1.1 Turtle. Those of a subject must stand together.
func Turtle(triples []Triple) []byte {
	var b strings.Builder
	for _, n := range Namespaces {
		fmt.Fprintf(&b, "@prefix %s: <%s> .\n", n.Prefix, n.IRI)
	}
	for i, t := range triples {
		switch {
		case i == 0 || triples[i-1].Subject != t.Subject:
			b.WriteString("\n" + resource(t.Subject) + "\n  ")
		case triples[i-1].Predicate == t.Predicate:
			b.WriteString(", " + object(t.Object))
			b.WriteString(end(triples, i))
			continue
		default:
			b.WriteString("  ")
		}
		b.WriteString(predicate(t.Predicate) + " " + object(t.Object))
		b.WriteString(end(triples, i))
	}
	return []byte(b.String())
}

// end closes what stands before it, for what comes after triple i.
func end(triples []Triple, i int) string {
	switch {
	case i+1 == len(triples) || triples[i+1].Subject != triples[i].Subject:
		return " .\n"
	case triples[i+1].Predicate == triples[i].Predicate:
		return ""
	}
	return " ;\n"
}

func predicate(iri string) string {
	if iri == rdf+"type" {
		return "a"
	}
	return resource(iri)
}

// resource writes an IRI, with a prefix where the rest is a plain word.
func resource(iri string) string {
	if short, ok := compact(iri); ok {
		return short
	}
	return "<" + escapeIRI(iri) + ">"
}

func compact(iri string) (string, bool) {
	for _, n := range Namespaces {
		if word, ok := strings.CutPrefix(iri, n.IRI); ok && word != "" && strings.IndexFunc(word, notLetter) < 0 {
			return n.Prefix + ":" + word, true
		}
	}
	return "", false
}

func notLetter(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') }

// escapeIRI keeps out what no IRI may hold.
func escapeIRI(iri string) string {
	var b strings.Builder
	for _, r := range iri {
		if r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) {
			fmt.Fprintf(&b, "%%%02X", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func object(t Term) string {
	if t.IRI != "" {
		return resource(t.IRI)
	}
	s := `"` + escapeText(t.Text) + `"`
	switch {
	case t.Lang != "":
		return s + "@" + string(t.Lang)
	case t.Type != "":
		return s + "^^" + resource(t.Type)
	}
	return s
}

func escapeText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// value is an object as JSON-LD writes it.
type value struct {
	ID    string    `json:"@id,omitempty"`
	Text  *string   `json:"@value,omitempty"`
	Lang  text.Lang `json:"@language,omitempty"`
	Class string    `json:"@type,omitempty"`
}

// JSONLD gives triples as JSON-LD 1.1: a list of resources under @graph, terms with their prefixes.
func JSONLD(triples []Triple) ([]byte, error) {
	context := map[string]string{}
	for _, n := range Namespaces {
		context[n.Prefix] = n.IRI
	}
	short := func(iri string) string {
		if s, ok := compact(iri); ok {
			return s
		}
		return escapeIRI(iri)
	}
	nodes := []map[string]any{}
	for i, t := range triples {
		if i == 0 || triples[i-1].Subject != t.Subject {
			nodes = append(nodes, map[string]any{"@id": short(t.Subject)})
		}
		node := nodes[len(nodes)-1]
		if t.Predicate == rdf+"type" {
			classes, _ := node["@type"].([]string)
			node["@type"] = append(classes, short(t.Object.IRI))
			continue
		}
		v := value{ID: short(t.Object.IRI), Lang: t.Object.Lang, Class: t.Object.Type}
		if v.ID == "" {
			v.Text = &t.Object.Text
		}
		if v.Class != "" {
			v.Class = short(v.Class)
		}
		values, _ := node[short(t.Predicate)].([]value)
		node[short(t.Predicate)] = append(values, v)
	}
	return json.MarshalIndent(map[string]any{"@context": context, "@graph": nodes}, "", "  ")
}
