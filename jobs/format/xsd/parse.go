package xsd

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"samband/jobs/format/strict"
	"samband/store"
)

const space = "http://www.w3.org/2001/XMLSchema"

// MaxElements is how many elements a message may have, those behind references counted each time they are used: a
// schema can say in a few lines what would take more room than there is.
const MaxElements = 50_000

// Looks tells whether a file looks like a schema.
func Looks(data []byte) bool { return strict.Root(data) == "schema" }

// Parse reads a schema. The errors are Invalid: those of strict.XML; xsd.construct for a construct that packages don't
// use, with its line; xsd.reference for a name that isn't there; xsd.recursive and xsd.size for an element within itself
// and for too many; xsd.root when it can't be told which element a message begins with.
// The name of the file goes into the errors.
func Parse(name string, data []byte) (*Schema, error) {
	p := &parser{file: store.Shorten(name), elements: map[string]*strict.Element{}, complex: map[string]*strict.Element{},
		simple: map[string]*strict.Element{}, open: map[*strict.Element]bool{}, used: map[string]bool{}, types: map[*strict.Element]*Type{}}
	root, err := strict.XML(data)
	if err != nil {
		return nil, err
	}
	if root.Name != "schema" || root.Space != space {
		return nil, p.construct(root, root.Name)
	}
	p.schema = root
	if err := p.globals(); err != nil {
		return nil, err
	}
	s := &Schema{Namespace: root.Attr("targetNamespace")}
	// Every global element is read, also one that no message reaches, since an unknown construct there is no less
	// unknown; the root is the one that no other refers to.
	var roots []*Element
	for _, g := range p.order {
		e, err := p.element(g)
		if err != nil {
			return nil, err
		}
		roots = append(roots, e)
	}
	roots = slices.DeleteFunc(roots, func(e *Element) bool { return p.used[e.Name] })
	if len(roots) != 1 || roots[0].Type != nil {
		return nil, store.E(store.Invalid, "xsd.root", store.Args{"file": p.file, "n": len(roots)})
	}
	s.Root = roots[0]
	return s, nil
}

type parser struct {
	file                      string
	schema                    *strict.Element
	order                     []*strict.Element // the global elements
	elements, complex, simple map[string]*strict.Element
	open                      map[*strict.Element]bool // being read, further up
	used                      map[string]bool          // elements that are referred to
	types                     map[*strict.Element]*Type
	n                         int
}

// globals finds what the schema names, and refuses what would change the meaning of the rest.
func (p *parser) globals() error {
	if err := p.attributes(p.schema, "targetNamespace", "elementFormDefault", "attributeFormDefault", "version", "id", "lang"); err != nil {
		return err
	}
	if p.schema.Attr("targetNamespace") != "" && p.schema.Attr("elementFormDefault") != "qualified" {
		return p.construct(p.schema, "elementFormDefault")
	}
	for _, c := range p.schema.Children {
		list := map[string]map[string]*strict.Element{"element": p.elements, "complexType": p.complex, "simpleType": p.simple}[c.Name]
		switch {
		case c.Space == space && c.Name == "annotation":
			continue
		case c.Space != space || list == nil:
			return p.construct(c, c.Name)
		case c.Attr("name") == "" || list[c.Attr("name")] != nil:
			return store.E(store.Invalid, "xsd.reference", store.Args{"file": p.file, "name": store.Shorten(c.Attr("name")), "line": c.Line})
		}
		list[c.Attr("name")] = c
		if c.Name == "element" {
			p.order = append(p.order, c)
		}
	}
	return nil
}

// enter notes that something is being read, so that it can't be part of itself, until leave is called.
func (p *parser) enter(x *strict.Element) (leave func(), err error) {
	switch {
	case p.open[x]:
		return nil, store.E(store.Invalid, "xsd.recursive", store.Args{"file": p.file, "name": store.Shorten(x.Attr("name")), "line": x.Line})
	case len(p.open) > strict.MaxDepth:
		return nil, store.E(store.Invalid, "xsd.size", store.Args{"file": p.file, "max": MaxElements})
	}
	p.open[x] = true
	return func() { delete(p.open, x) }, nil
}

// element reads an element, global or in a sequence.
func (p *parser) element(x *strict.Element) (*Element, error) {
	if p.n++; p.n > MaxElements {
		return nil, store.E(store.Invalid, "xsd.size", store.Args{"file": p.file, "max": MaxElements})
	}
	leave, err := p.enter(x)
	if err != nil {
		return nil, err
	}
	defer leave()
	if err := p.attributes(x, "name", "ref", "type", "minOccurs", "maxOccurs", "default", "fixed", "id"); err != nil {
		return nil, err
	}
	if most := x.Attr("maxOccurs"); most != "" && most != "1" {
		return nil, p.construct(x, `maxOccurs="`+store.Shorten(most)+`"`)
	}
	optional := x.Attr("minOccurs") == "0"
	if least := x.Attr("minOccurs"); !optional && least != "" && least != "1" {
		return nil, p.construct(x, `minOccurs="`+store.Shorten(least)+`"`)
	}
	if ref := x.Attr("ref"); ref != "" {
		target, err := p.find(x, p.elements, ref)
		if err != nil {
			return nil, err
		}
		p.used[target.Attr("name")] = true
		e, err := p.element(target)
		if err == nil {
			e.Optional = optional
		}
		return e, err
	}
	e := &Element{Name: x.Attr("name"), Optional: optional, Default: x.Attr("default"), Fixed: x.Attr("fixed"), Line: x.Line}
	if e.Name == "" {
		return nil, p.construct(x, "element")
	}
	types := 0
	for _, c := range x.Children {
		var err error
		switch {
		case c.Space == space && c.Name == "annotation":
			e.Doc = c.Child("documentation").Words()
			continue
		case c.Space == space && c.Name == "simpleType":
			e.Type, err = p.simpleType(c)
		case c.Space == space && c.Name == "complexType":
			e.Children, err = p.complexType(c)
		default:
			return nil, p.construct(c, c.Name)
		}
		if err != nil {
			return nil, err
		}
		types++
	}
	if of := x.Attr("type"); of != "" {
		if types++; p.complex[local(of)] != nil && !p.isBase(of) {
			target, err := p.find(x, p.complex, of)
			if err != nil {
				return nil, err
			}
			leave, err := p.enter(target)
			if err != nil {
				return nil, err
			}
			defer leave()
			if e.Children, err = p.complexType(target); err != nil {
				return nil, err
			}
		} else if e.Type, err = p.named(x, of); err != nil {
			return nil, err
		}
	}
	if types != 1 || e.Type == nil && len(e.Children) == 0 {
		return nil, p.construct(x, "element "+store.Shorten(e.Name))
	}
	return e, nil
}

// complexType reads a sequence of elements.
func (p *parser) complexType(x *strict.Element) ([]*Element, error) {
	if err := p.attributes(x, "name", "id"); err != nil {
		return nil, err
	}
	var list []*Element
	sequences := 0
	for _, c := range x.Children {
		switch {
		case c.Space == space && c.Name == "annotation":
			continue
		case c.Space != space || c.Name != "sequence" || sequences > 0:
			return nil, p.construct(c, c.Name)
		}
		sequences++
		var err error
		if list, err = p.sequence(list, c); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// sequence appends the elements of a sequence. One inside another that stands once is part of it.
func (p *parser) sequence(list []*Element, x *strict.Element) ([]*Element, error) {
	if err := p.attributes(x, "minOccurs", "maxOccurs", "id"); err != nil {
		return nil, err
	}
	for _, name := range []string{"minOccurs", "maxOccurs"} {
		if n := x.Attr(name); n != "" && n != "1" {
			return nil, p.construct(x, "sequence "+name+`="`+store.Shorten(n)+`"`)
		}
	}
	for _, m := range x.Children {
		switch {
		case m.Space == space && m.Name == "annotation":
		case m.Space == space && m.Name == "sequence":
			var err error
			if list, err = p.sequence(list, m); err != nil {
				return nil, err
			}
		case m.Space == space && m.Name == "element":
			e, err := p.element(m)
			if err != nil {
				return nil, err
			}
			list = append(list, e)
		default:
			return nil, p.construct(m, m.Name)
		}
	}
	return list, nil
}

// isBase tells whether a name is one of XML Schema's own.
func (p *parser) isBase(name string) bool { return p.spaceOf(name) == space }

// spaceOf gives the namespace that a prefixed name is in. Packages declare their prefixes on the schema element.
func (p *parser) spaceOf(name string) string {
	prefix, _, ok := strings.Cut(name, ":")
	for _, a := range p.schema.Attrs {
		if ok && a.Name.Space == "xmlns" && a.Name.Local == prefix || !ok && a.Name.Space == "" && a.Name.Local == "xmlns" {
			return a.Value
		}
	}
	return ""
}

func local(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// find gives what a name means among the schema's own.
func (p *parser) find(at *strict.Element, among map[string]*strict.Element, name string) (*strict.Element, error) {
	if target := among[local(name)]; target != nil && p.spaceOf(name) == p.schema.Attr("targetNamespace") {
		return target, nil
	}
	return nil, store.E(store.Invalid, "xsd.reference", store.Args{"file": p.file, "name": store.Shorten(name), "line": at.Line})
}

// named gives a simple type by its name.
func (p *parser) named(at *strict.Element, name string) (*Type, error) {
	if p.isBase(name) {
		if b := Base(local(name)); bases[b] != nil {
			return &Type{Base: b}, nil
		}
		return nil, p.construct(at, name)
	}
	x, err := p.find(at, p.simple, name)
	if err != nil {
		return nil, err
	}
	return p.simpleType(x)
}

func (p *parser) simpleType(x *strict.Element) (*Type, error) {
	if t := p.types[x]; t != nil {
		return t, nil
	}
	leave, err := p.enter(x)
	if err != nil {
		return nil, err
	}
	defer leave()
	if err := p.attributes(x, "name", "id"); err != nil {
		return nil, err
	}
	var t *Type
	for _, c := range x.Children {
		var err error
		switch {
		case c.Space == space && c.Name == "annotation":
			continue
		case c.Space == space && c.Name == "restriction" && t == nil:
			t, err = p.restriction(c)
		case c.Space == space && c.Name == "union" && t == nil:
			t, err = p.union(c)
		default:
			err = p.construct(c, c.Name)
		}
		if err != nil {
			return nil, err
		}
	}
	if t == nil {
		return nil, p.construct(x, "simpleType")
	}
	p.types[x] = t
	return t, nil
}

func (p *parser) union(x *strict.Element) (*Type, error) {
	if err := p.attributes(x, "memberTypes", "id"); err != nil {
		return nil, err
	}
	t := &Type{}
	for _, name := range strings.Fields(x.Attr("memberTypes")) {
		m, err := p.named(x, name)
		if err != nil {
			return nil, err
		}
		if err := p.join(t, m); err != nil {
			return nil, err
		}
	}
	for _, c := range x.Children {
		if c.Space != space || c.Name != "simpleType" {
			return nil, p.construct(c, c.Name)
		}
		m, err := p.simpleType(c)
		if err != nil {
			return nil, err
		}
		if err := p.join(t, m); err != nil {
			return nil, err
		}
	}
	if len(t.Union) == 0 {
		return nil, p.construct(x, "union")
	}
	return t, nil
}

// join makes m, or the members of m, members of a union. They are counted as elements are: unions of unions grow as fast.
func (p *parser) join(union, m *Type) error {
	union.Union = append(union.Union, m.Members()...)
	if p.n += len(m.Members()); p.n > MaxElements {
		return store.E(store.Invalid, "xsd.size", store.Args{"file": p.file, "max": MaxElements})
	}
	return nil
}

// restriction reads a base and what narrows it.
func (p *parser) restriction(x *strict.Element) (*Type, error) {
	if err := p.attributes(x, "base", "id"); err != nil {
		return nil, err
	}
	if x.Attr("base") == "" {
		return nil, p.construct(x, "restriction")
	}
	base, err := p.named(x, x.Attr("base"))
	if err != nil {
		return nil, err
	}
	if len(base.Union) > 0 {
		return nil, p.construct(x, "restriction") // of a union
	}
	t := *base
	var enum []string
	var patterns []Pattern
	for _, c := range x.Children {
		if c.Space == space && c.Name == "annotation" {
			continue
		}
		if c.Space != space {
			return nil, p.construct(c, c.Name)
		}
		if err := p.attributes(c, "value", "id"); err != nil {
			return nil, err
		}
		value := raw(c, "value")
		switch c.Name {
		case "enumeration":
			enum = append(enum, value)
		case "pattern":
			re, err := compile(value)
			if err != nil {
				return nil, p.construct(c, "pattern "+store.Shorten(value))
			}
			patterns = append(patterns, Pattern{Text: value, re: re})
		case "length", "minLength", "maxLength", "fractionDigits", "totalDigits":
			n, err := strconv.Atoi(strings.TrimSpace(value))
			if err != nil || n < 0 {
				return nil, p.construct(c, c.Name)
			}
			switch c.Name {
			case "length":
				t.MinLength, t.MaxLength = &n, &n
			case "minLength":
				t.MinLength = &n
			case "maxLength":
				t.MaxLength = &n
			case "fractionDigits":
				t.FractionDigits = &n
			case "totalDigits":
				t.TotalDigits = &n
			}
		case "minInclusive", "maxInclusive":
			f, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil || math.IsInf(f, 0) || math.IsNaN(f) || t.Base != Integer && t.Base != Decimal {
				return nil, p.construct(c, c.Name)
			}
			if c.Name == "minInclusive" {
				t.Min = &f
			} else {
				t.Max = &f
			}
		default:
			return nil, p.construct(c, c.Name)
		}
	}
	if enum != nil {
		t.Enum = enum
	}
	if patterns != nil {
		t.Patterns = append(slices.Clone(base.Patterns), patterns)
	}
	return &t, nil
}

// notOurs are what XML Schema's regular expressions have and Go's lack or mean otherwise: classes of names and blocks,
// subtraction of classes, and anchors, which are plain characters there.
var notOurs = regexp.MustCompile(`\\[icIC]|\\[pP]\{Is|-\[|\(\?|\\[bBAzQ]|(^|[^\\])[\^$]`)

// compile makes an expression that a whole value must match. A class that begins with ^ is the one place where that
// character may stand.
func compile(pattern string) (*regexp.Regexp, error) {
	if notOurs.MatchString(strings.ReplaceAll(pattern, "[^", "[")) {
		return nil, strconv.ErrSyntax
	}
	return regexp.Compile(`^(?:` + pattern + `)$`)
}

// attributes refuses an element with other attributes than those named. Attributes of other namespaces are notes.
func (p *parser) attributes(x *strict.Element, names ...string) error {
	for _, a := range x.Attrs {
		switch {
		case a.Name.Space == "xmlns", a.Name.Local == "xmlns" && x.Name == "schema":
		case a.Name.Space != "" && a.Name.Space != space:
		case !slices.Contains(names, a.Name.Local):
			return p.construct(x, x.Name+" "+store.Shorten(a.Name.Local))
		}
	}
	return nil
}

// raw gives an attribute with the space around it.
func raw(x *strict.Element, name string) string {
	for _, a := range x.Attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func (p *parser) construct(x *strict.Element, what string) error {
	return store.E(store.Invalid, "xsd.construct", store.Args{"file": p.file, "construct": store.Shorten(what), "line": x.Line})
}
