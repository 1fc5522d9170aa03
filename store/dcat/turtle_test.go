package dcat

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"pgregory.net/rapid"

	"samband/store/text"
)

// turtle reads what RDF 1.1 Turtle allows of what we write, and nothing beside: prefixes, IRIs, names with a prefix,
// texts in one pair of quotes with language or type, «a», and lists of predicates and objects.
type turtle struct {
	t        *rapid.T
	s        string
	prefixes map[string]string
}

func parseTurtle(t *rapid.T, s string) []Triple {
	p := &turtle{t, s, map[string]string{}}
	if !utf8.ValidString(s) {
		t.Fatal("the Turtle is not UTF-8")
	}
	var g []Triple
	for p.space(); p.s != ""; p.space() {
		if p.take("@prefix") {
			p.space()
			name, rest, ok := strings.Cut(p.s, ":")
			if !ok || strings.IndexFunc(name, notLetter) >= 0 {
				p.fail("a prefix")
			}
			p.s = rest
			p.space()
			p.prefixes[name] = p.iri()
			p.need(".")
			continue
		}
		subject := p.resource()
		for {
			p.space()
			predicate := rdf + "type"
			if !p.take("a ") {
				predicate = p.resource()
			}
			for {
				p.space()
				g = append(g, Triple{subject, predicate, p.object()})
				p.space()
				if !p.take(",") {
					break
				}
			}
			if !p.take(";") {
				break
			}
		}
		p.need(".")
	}
	return g
}

func (p *turtle) fail(what string) {
	p.t.Fatalf("%s is expected at %.60q", what, p.s)
}

func (p *turtle) space() { p.s = strings.TrimLeft(p.s, " \t\r\n") }

func (p *turtle) take(s string) bool {
	rest, ok := strings.CutPrefix(p.s, s)
	p.s = rest
	return ok
}

func (p *turtle) need(s string) {
	p.space()
	if !p.take(s) {
		p.fail(s)
	}
}

// iri reads IRIREF, which excludes what «escapeIRI» keeps out.
func (p *turtle) iri() string {
	if !p.take("<") {
		p.fail("an IRI")
	}
	iri, rest, ok := strings.Cut(p.s, ">")
	if !ok || strings.ContainsFunc(iri, func(r rune) bool { return r <= ' ' || strings.ContainsRune("<\"{}|^`\\", r) }) ||
		!strings.Contains(iri, ":") {
		p.fail("an IRI")
	}
	p.s = rest
	return iri
}

func (p *turtle) resource() string {
	if strings.HasPrefix(p.s, "<") {
		return p.iri()
	}
	prefix, rest, ok := strings.Cut(p.s, ":")
	end := strings.IndexFunc(rest, notLetter)
	if !ok || p.prefixes[prefix] == "" || end <= 0 {
		p.fail("a name with a prefix")
	}
	p.s = rest[end:]
	return p.prefixes[prefix] + rest[:end]
}

func (p *turtle) object() Term {
	if !p.take(`"`) {
		return Term{IRI: p.resource()}
	}
	var b strings.Builder
	for {
		r, n := utf8.DecodeRuneInString(p.s)
		if n == 0 || r == '\n' || r == '\r' {
			p.fail("the end of a text")
		}
		p.s = p.s[n:]
		if r == '"' {
			break
		}
		if r == '\\' {
			r = p.escape()
		}
		b.WriteRune(r)
	}
	return p.tail(Term{Text: b.String()})
}

func (p *turtle) tail(o Term) Term {
	switch {
	case p.take("@"):
		end := strings.IndexFunc(p.s, notLetter)
		if end <= 0 {
			p.fail("a language")
		}
		o.Lang, p.s = text.Lang(p.s[:end]), p.s[end:]
	case p.take("^^"):
		o.Type = p.resource()
	}
	return o
}

// escape reads what stands after a backslash in a text.
func (p *turtle) escape() rune {
	for mark, r := range map[string]rune{`"`: '"', `\`: '\\', "n": '\n'} {
		if p.take(mark) {
			return r
		}
	}
	if !p.take("u") || len(p.s) < 4 {
		p.fail("an escape")
	}
	n, err := strconv.ParseUint(p.s[:4], 16, 32)
	if err != nil {
		p.fail("four hexadecimal digits")
	}
	p.s = p.s[4:]
	return rune(n)
}
