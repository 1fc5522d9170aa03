package strict

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"samband/store"
)

// Element is one element of an XML file. Names are without their prefix.
type Element struct {
	Name     string
	Space    string // the namespace
	Attrs    []xml.Attr
	Children []*Element
	Text     string // what stands directly in it, trimmed
	Line     int    // where it begins, from 1
}

// XML reads a file in UTF-8, ISO-8859-1 or Windows-1252. A document type is refused, and so are entities, which only
// one can declare.
func XML(data []byte) (*Element, error) {
	if err := sized(data); err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	d := xml.NewDecoder(bytes.NewReader(data))
	var unknown error
	d.CharsetReader = func(name string, in io.Reader) (io.Reader, error) {
		switch strings.ToLower(name) {
		case "utf-8", "utf8", "us-ascii":
			return in, nil
		case "iso-8859-1", "iso8859-1", "latin1", "windows-1252", "cp1252":
			return charmap.Windows1252.NewDecoder().Reader(in), nil // as browsers do for the first
		}
		unknown = store.E(store.Invalid, "dictionary.encoding", store.Args{"encoding": name[:min(len(name), 40)]})
		return nil, unknown
	}
	broken := func(err error) error {
		line, _ := d.InputPos()
		return &store.Error{Class: store.Invalid, Code: "dictionary.xml", Args: store.Args{"line": line}, Err: err}
	}
	var (
		root  *Element
		open  []*Element
		texts [][]byte
		parts int
		known = map[string]string{} // names that were met: one copy each
	)
	same := func(s string) string {
		if k, ok := known[s]; ok {
			return k
		}
		known[s] = s
		return s
	}
	for {
		token, err := d.Token()
		line, _ := d.InputPos()
		switch {
		case unknown != nil:
			return nil, unknown
		case err == io.EOF && root != nil:
			return root, nil
		case err != nil:
			return nil, broken(err)
		}
		switch t := token.(type) {
		case xml.Directive:
			return nil, store.E(store.Invalid, "dictionary.xml_entities", store.Args{"line": line})
		case xml.StartElement:
			parts += 1 + len(t.Attr)
			switch {
			case parts > MaxParts:
				return nil, store.E(store.Invalid, "dictionary.parts", store.Args{"max": MaxParts})
			case len(open) == MaxDepth:
				return nil, store.E(store.Invalid, "dictionary.deep", store.Args{"max": MaxDepth, "line": line})
			case len(open) == 0 && root != nil:
				return nil, broken(nil) // a second root
			}
			e := &Element{Name: same(t.Name.Local), Space: same(t.Name.Space), Line: line}
			for _, a := range t.Attr {
				a.Name.Local, a.Name.Space = same(a.Name.Local), same(a.Name.Space)
				e.Attrs = append(e.Attrs, a)
			}
			if len(open) == 0 {
				root = e
			} else {
				in := open[len(open)-1]
				in.Children = append(in.Children, e)
			}
			open, texts = append(open, e), append(texts, nil)
		case xml.EndElement:
			last := len(open) - 1
			open[last].Text = strings.TrimSpace(string(texts[last]))
			open, texts = open[:last], texts[:last]
		case xml.CharData:
			switch {
			case len(open) > 0:
				texts[len(open)-1] = append(texts[len(open)-1], t...)
			case len(bytes.TrimSpace(t)) > 0:
				return nil, broken(nil) // text outside the root
			}
		}
	}
}

// Attr gives an attribute by its name without prefix, trimmed; "" when there is none.
func (e *Element) Attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// Child gives the first child of that name, or nil. It may be asked of a nil Element.
func (e *Element) Child(name string) *Element {
	if e != nil {
		for _, c := range e.Children {
			if c.Name == name {
				return c
			}
		}
	}
	return nil
}

// All gives the children of that name. It may be asked of a nil Element.
func (e *Element) All(name string) []*Element {
	var list []*Element
	if e != nil {
		for _, c := range e.Children {
			if c.Name == name {
				list = append(list, c)
			}
		}
	}
	return list
}

// Words gives the text of the element and of all inside it, in order, spaces between: text with mark-up as plain text.
func (e *Element) Words() string {
	if e == nil {
		return ""
	}
	words := make([]string, 0, 1+len(e.Children))
	if e.Text != "" {
		words = append(words, e.Text)
	}
	for _, c := range e.Children {
		if w := c.Words(); w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// Root gives the name of the first element of an XML file, without its prefix, or "" when it isn't one. It looks at
// the beginning of the file only.
func Root(data []byte) string {
	data = bytes.TrimPrefix(data[:min(len(data), 64<<10)], []byte("\xef\xbb\xbf"))
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) {
		return charmap.Windows1252.NewDecoder().Reader(in), nil
	}
	for {
		token, err := d.Token()
		if err != nil {
			return ""
		}
		if start, ok := token.(xml.StartElement); ok {
			return start.Name.Local
		}
	}
}
