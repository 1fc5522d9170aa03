// Package kreftregisteret reads the notification packages of Kreftregisteret (contracts/kreftregisteret.md): for each
// form a schema and a requirement workbook. The schema decides structure, order, occurrence, codes and forms of values;
// the workbook labels, conditions, what is mandatory, and rules. Real packages contradict themselves: each contradiction
// is a defect, and a variable that they say different things about is marked as disputed, so that nothing is mapped to it
// before somebody has decided.
package kreftregisteret

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"samband/jobs/format/xlsx"
	"samband/jobs/format/xsd"
	"samband/store"
)

// Format is the name of the format.
const Format = "kreftregisteret"

// File is one file of a package.
type File struct {
	Name string
	Data []byte
}

// Looks tells whether the files look like a package: one of them is a schema.
func Looks(files []File) bool {
	return slices.ContainsFunc(files, func(f File) bool { return xsd.Looks(f.Data) })
}

// Read reads a package. What is neither schema nor workbook, such as messages filled in as examples, is left alone. It
// stops with an Invalid error at a schema or workbook that can't be read whole; what else is wrong is in the
// dictionary's defects.
func Read(files []File) (*store.Dictionary, error) {
	p := &reader{d: &store.Dictionary{Format: Format, Defects: []store.Defect{}}}
	for _, f := range files {
		if xsd.Looks(f.Data) {
			if err := p.schema(f); err != nil {
				return nil, err
			}
		}
	}
	if len(p.forms) == 0 {
		return nil, store.E(store.Invalid, "package.no_schema", nil)
	}
	for _, f := range files {
		if xlsx.Looks(f.Data) {
			if err := p.workbook(f); err != nil {
				return nil, err
			}
		}
	}
	for _, f := range p.forms {
		if err := p.variables(f); err != nil {
			return nil, err
		}
	}
	if err := p.d.Check(); err != nil {
		return nil, err
	}
	return p.d, nil
}

// reader puts a package together.
type reader struct {
	d     *store.Dictionary
	forms []*form
}

// form is one kind of message.
type form struct {
	name   string // of the root element
	leaves []*leaf
	folded map[string][]*leaf // by path in lower case
	sheets int                // how many say something of it
}

// leaf is an element with a value, and what the workbook says of it.
type leaf struct {
	*xsd.Element
	path  []string // from the root
	field *field
}

func (l *leaf) text() string { return strings.Join(l.path, "/") }

// tail keeps the end of a path, which tells it from others, within a line.
func tail(path string) string {
	if r := []rune(path); len(r) > 80 {
		return "…" + string(r[len(r)-79:])
	}
	return path
}

// schema adds a form.
func (p *reader) schema(f File) error {
	s, err := xsd.Parse(f.Name, f.Data)
	if err != nil {
		return err
	}
	if p.form(s.Root.Name) != nil {
		p.d.Defect(s.Root.Name, 0, "", "package.form_twice", store.Args{"file": store.Shorten(f.Name)})
		return nil
	}
	if version := path.Base(s.Namespace); s.Namespace != "" && !slices.Contains(strings.Split(p.d.Version, " + "), version) {
		p.d.Version = strings.TrimPrefix(p.d.Version+" + "+version, " + ")
	}
	m := &form{name: s.Root.Name, folded: map[string][]*leaf{}}
	s.Each(func(elements []*xsd.Element) {
		l := &leaf{Element: elements[len(elements)-1]}
		for _, e := range elements {
			l.path = append(l.path, e.Name)
		}
		m.leaves = append(m.leaves, l)
		key := strings.ToLower(l.text())
		m.folded[key] = append(m.folded[key], l)
	})
	p.forms = append(p.forms, m)
	return nil
}

// form gives the form whose messages begin with an element of that name, in whatever case.
func (p *reader) form(root string) *form {
	for _, f := range p.forms {
		if strings.EqualFold(f.name, root) {
			return f
		}
	}
	return nil
}

// match gives a field of the workbook to the element it is about.
func (p *reader) match(f *field) {
	root, _, _ := strings.Cut(f.path, "/")
	form := p.form(root)
	var found []*leaf
	if form != nil {
		found = form.folded[strings.ToLower(f.path)]
	}
	if len(found) == 0 {
		p.d.Defect(f.sheet, f.row, pathColumn, "package.path", store.Args{"path": tail(f.path)})
		return
	}
	l := found[0]
	if i := slices.IndexFunc(found, func(l *leaf) bool { return l.text() == f.path }); i >= 0 {
		l = found[i]
	} else {
		p.d.Defect(f.sheet, f.row, pathColumn, "package.path_case", store.Args{"path": tail(f.path), "schema": tail(l.text())})
	}
	if l.field != nil {
		p.d.Defect(f.sheet, f.row, pathColumn, "package.path_twice", store.Args{"path": tail(f.path), "row": l.field.row})
		l.field.disputed = true
		return
	}
	l.field = f
}

// variables makes the variables of a form, in the order of the schema.
func (p *reader) variables(f *form) error {
	if f.sheets == 0 {
		p.d.Defect(f.name, 0, "", "package.no_workbook", nil)
	}
	names := f.names()
	for i, l := range f.leaves {
		v := p.variable(f, l)
		v.Name = names[i]
		if err := p.d.Add(v); err != nil {
			return err
		}
	}
	return nil
}

// names gives each element the shortest end of its path that no other of the same name has.
func (f *form) names() []string {
	same := map[string][]int{}
	for i, l := range f.leaves {
		same[l.Name] = append(same[l.Name], i)
	}
	names := make([]string, len(f.leaves))
	for name, list := range same {
		if len(list) == 1 {
			names[list[0]] = name
			continue
		}
		for n := 2; ; n++ {
			ends, deepest := map[string]bool{}, 0
			for _, i := range list {
				path := f.leaves[i].path
				names[i] = strings.Join(path[max(0, len(path)-n):], "/")
				ends[names[i]], deepest = true, max(deepest, len(path))
			}
			if len(ends) == len(list) || n >= deepest {
				break
			}
		}
	}
	return names
}

// variable tells what schema and workbook together say of an element.
func (p *reader) variable(f *form, l *leaf) store.Definition {
	v := store.Definition{Form: f.name, Path: l.text(), Label: l.Doc, Original: l.Type.Words(), Required: store.NeedUnknown,
		Section: strings.Join(l.path[1:len(l.path)-1], " / ")}
	s := shapeOf(l.Type)
	v.Type, v.Min, v.Max, v.Decimals = s.of, s.low, s.high, s.decimals
	if l.Fixed != "" || s.fixed {
		v.Type, v.Computed = store.VarText, true // the message says always the same here
		s.codes = nil
	}
	v.Identifier = v.Type == store.VarText && len(l.path) > 1 && l.path[len(l.path)-2] == "PasientInstitusjon" &&
		(strings.HasPrefix(l.Name, "Fodsel") || strings.HasPrefix(l.Name, "Navn"))
	v.Label = cmp.Or(v.Label, l.Name)
	if l.field != nil {
		p.describe(&v, l.field)
	} else if f.sheets > 0 {
		p.d.Defect(f.name, 0, pathColumn, "package.not_in_workbook", store.Args{"path": tail(l.text())})
	}
	labels := map[string]string{}
	if l.field != nil {
		for _, o := range slices.Backward(l.field.options) { // of a code that stands twice the first holds
			labels[o.code] = o.label
		}
	}
	var unknown []string
	for _, code := range s.codes {
		o := store.CodeOption{Code: code, Missing: code == "99"}
		var known bool
		if o.Label, known = labels[code]; !known && l.field != nil {
			unknown = append(unknown, code)
		}
		o.Missing = o.Missing || store.MissingOption(code, o.Label)
		v.Codes = append(v.Codes, o)
	}
	if unknown != nil {
		p.disputed(&v, l, "package.code_not_in_workbook", unknown)
	}
	if l.field != nil {
		p.compare(&v, l)
	}
	return v
}

// describe takes what the workbook decides.
func (p *reader) describe(v *store.Definition, f *field) {
	v.Row, v.Disputed = f.row, f.disputed
	v.Label, v.Section, v.Condition = f.label, f.section, f.condition
	v.Help = f.help
	if f.readOnly {
		v.Computed, v.Formula = true, f.rules
	} else if f.rules != "" {
		v.Help = strings.TrimSpace(f.help + "\n" + f.rules)
	}
	switch need := strings.ToLower(f.mandatory); {
	case strings.HasPrefix(need, "ja"):
		v.Required = store.NeedYes
		if v.Condition != "" {
			v.Required = store.NeedIf
		}
		v.Computed = v.Computed || strings.Contains(need, "forhåndsutfylt")
	case need == "nei":
		v.Required = store.NeedNo
	case need != "":
		p.d.Defect(f.sheet, f.row, "Obligatorisk", "dictionary.value", store.Args{"name": store.Shorten(f.label), "value": store.Shorten(f.mandatory)})
	}
}

// compare notes where the workbook says something else than the schema, which wins.
func (p *reader) compare(v *store.Definition, l *leaf) {
	f := l.field
	var unknown []string
	for _, o := range f.options {
		if !l.Type.Accepts(o.code) {
			unknown = append(unknown, o.code)
		}
	}
	if unknown != nil {
		p.disputed(v, l, "package.code_not_in_schema", unknown)
	}
	kinds, known := dataTypes[strings.ToLower(f.dataType)]
	switch {
	case !known:
		p.d.Defect(f.sheet, f.row, "Datatype", "dictionary.value", store.Args{"name": store.Shorten(l.Name), "value": store.Shorten(f.dataType)})
	case kinds != nil && !slices.Contains(kinds, v.Type):
		v.Disputed = true
		p.d.Defect(f.sheet, f.row, "Datatype", "package.type", store.Args{"name": store.Shorten(l.Name), "type": f.dataType,
			"schema": store.Shorten(v.Original)})
	}
}

// disputed notes the codes that only one of the two has.
func (p *reader) disputed(v *store.Definition, l *leaf, code store.Code, codes []string) {
	v.Disputed = true
	p.d.Defect(l.field.sheet, l.field.row, "Lagringsverdi", code,
		store.Args{"name": store.Shorten(l.Name), "n": len(codes), "codes": store.Shorten(strings.Join(codes, ", "))})
}

// dataTypes are the data types that workbooks name, and what they can be in the schema; anything when they say nothing.
var dataTypes = map[string][]store.VarType{
	"": nil, "string": {store.VarText, store.VarCode, store.VarInteger, store.VarDecimal},
	"boolean": {store.VarBoolean}, "date/string": {store.VarDate, store.VarDateTime}, "date": {store.VarDate, store.VarDateTime},
	"integer": {store.VarInteger}, "int": {store.VarInteger},
}
