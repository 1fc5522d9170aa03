package text

import (
	"html"
	"strings"
	"unicode"
)

// Document is a text of several parts that is drawn as a page, as Markdown or as an HTML file of its own. The content
// comes from people and from other systems; each way of drawing escapes it.
type Document struct {
	Lang  Lang
	Title string
	Lead  string
	Facts []Term
	Parts []Part
	Foot  string
}

// Part is a part of a document. What it has of lead, terms, list and table stands in that order.
type Part struct {
	ID    string // names it within the document
	Title string
	Lead  string
	Facts []Term
	List  []string
	Table Table
}

// Term is a name and what stands for it. Code is for hashes and the like.
type Term struct {
	Name, Value string
	Code        bool
}

// Table is a table whose first column names the row. One without rows is not drawn.
type Table struct {
	Columns []string
	Rows    [][]string
}

// Markdown gives the document as Markdown (CommonMark with tables), UTF-8, lines ended by a line feed.
func (d *Document) Markdown() []byte {
	var b strings.Builder
	b.WriteString("# " + mark(d.Title) + "\n\n")
	markLead(&b, d.Lead)
	markTerms(&b, d.Facts)
	for _, p := range d.Parts {
		b.WriteString("## " + mark(p.Title) + "\n\n")
		markLead(&b, p.Lead)
		markTerms(&b, p.Facts)
		for _, l := range p.List {
			b.WriteString("- " + mark(l) + "\n")
		}
		if len(p.List) > 0 {
			b.WriteString("\n")
		}
		if len(p.Table.Rows) > 0 {
			markRow(&b, p.Table.Columns)
			b.WriteString(strings.Repeat("| --- ", len(p.Table.Columns)) + "|\n")
			for _, r := range p.Table.Rows {
				markRow(&b, r)
			}
			b.WriteString("\n")
		}
	}
	b.WriteString("---\n\n" + mark(d.Foot) + "\n")
	return []byte(b.String())
}

func markLead(b *strings.Builder, s string) {
	if s != "" {
		b.WriteString(mark(s) + "\n\n")
	}
}

func markTerms(b *strings.Builder, terms []Term) {
	for _, t := range terms {
		b.WriteString("- **" + mark(t.Name) + ":** " + mark(t.Value) + "\n")
	}
	if len(terms) > 0 {
		b.WriteString("\n")
	}
}

func markRow(b *strings.Builder, cells []string) {
	for _, c := range cells {
		b.WriteString("| " + mark(c) + " ")
	}
	b.WriteString("|\n")
}

// marks are the characters that mean something in Markdown wherever they stand, in CommonMark or in what the usual
// readers add to it. A backslash before any punctuation of ASCII stands for that character.
const marks = "\\`*_[]<>&|~#!$@{}^"

// mark escapes a text for Markdown, on one line.
func mark(s string) string {
	s = plain(s)
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		rest := s[i+1:]
		switch {
		case strings.IndexByte(marks, c) >= 0,
			c == ':' && strings.HasPrefix(rest, "//"),                                  // a link by itself
			c == '.' && i >= 3 && strings.EqualFold(s[i-3:i], "www"),                   // likewise
			(c == '-' || c == '+' || c == '=') && i == 0,                               // a list, a heading
			(c == '.' || c == ')') && i > 0 && strings.Trim(s[:i], "0123456789") == "": // a list with numbers
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

// plain gives a text on one line without characters that steer how it is shown.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) && r != '\u00a0':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}

// style is what a document looks like when it is opened as a file or printed.
const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1e2b3c;background:#fff}
dt{font-weight:600}dd{margin:0 0 .5rem}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #8a94a0;padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
code{overflow-wrap:anywhere}footer{margin-top:2rem;border-top:1px solid #8a94a0}tr{break-inside:avoid}`

// HTML gives the document as a file that stands on its own: no script, nothing fetched from elsewhere.
func (d *Document) HTML() []byte {
	var b strings.Builder
	tag := func(name, content string) {
		if content = plain(content); content != "" {
			b.WriteString("<" + name + ">" + html.EscapeString(content) + "</" + name + ">\n")
		}
	}
	terms := func(list []Term) {
		if len(list) == 0 {
			return
		}
		b.WriteString("<dl>\n")
		for _, t := range list {
			value := html.EscapeString(plain(t.Value))
			if t.Code {
				value = "<code>" + value + "</code>"
			}
			b.WriteString("<dt>" + html.EscapeString(plain(t.Name)) + "</dt><dd>" + value + "</dd>\n")
		}
		b.WriteString("</dl>\n")
	}
	b.WriteString("<!doctype html>\n<html lang=\"" + string(d.Lang) + "\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width\">\n" +
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
	tag("title", d.Title)
	b.WriteString("<style>" + style + "</style>\n</head>\n<body>\n<main>\n")
	tag("h1", d.Title)
	tag("p", d.Lead)
	terms(d.Facts)
	for _, p := range d.Parts {
		b.WriteString("<section>\n")
		tag("h2", p.Title)
		tag("p", p.Lead)
		terms(p.Facts)
		if len(p.List) > 0 {
			b.WriteString("<ul>\n")
			for _, l := range p.List {
				tag("li", l)
			}
			b.WriteString("</ul>\n")
		}
		if len(p.Table.Rows) > 0 {
			b.WriteString("<table>\n<caption>" + html.EscapeString(plain(p.Title)) + "</caption>\n<thead><tr>")
			for _, c := range p.Table.Columns {
				b.WriteString("<th scope=\"col\">" + html.EscapeString(plain(c)) + "</th>")
			}
			b.WriteString("</tr></thead>\n<tbody>\n")
			for _, r := range p.Table.Rows {
				b.WriteString("<tr>")
				for i, c := range r {
					if i == 0 {
						b.WriteString("<th scope=\"row\">" + html.EscapeString(plain(c)) + "</th>")
					} else {
						b.WriteString("<td>" + html.EscapeString(plain(c)) + "</td>")
					}
				}
				b.WriteString("</tr>\n")
			}
			b.WriteString("</tbody>\n</table>\n")
		}
		b.WriteString("</section>\n")
	}
	b.WriteString("</main>\n<footer>\n")
	tag("p", d.Foot)
	b.WriteString("</footer>\n</body>\n</html>\n")
	return []byte(b.String())
}
