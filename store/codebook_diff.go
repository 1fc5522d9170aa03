package store

import (
	"maps"
	"reflect"
	"slices"
	"strings"
)

// BookChange names in what two codebooks differ.
type BookChange string

const (
	BookTitle       BookChange = "title"
	BookKey         BookChange = "key"
	BookOrder       BookChange = "order"        // of the variables that both have
	BookFormRenamed BookChange = "form_renamed" // the whole form, from Old to New
	BookAdded       BookChange = "added"
	BookRemoved     BookChange = "removed"
	BookRenamed     BookChange = "renamed" // the same variable of the file under another name
	// What follows is told of a variable that both have.
	BookForm        BookChange = "form"
	BookLabel       BookChange = "label"
	BookType        BookChange = "type"
	BookUnit        BookChange = "unit"
	BookRange       BookChange = "range"
	BookPlausible   BookChange = "plausible"
	BookRequired    BookChange = "required"
	BookClass       BookChange = "class"
	BookComputed    BookChange = "computed"
	BookSystem      BookChange = "system"
	BookHelp        BookChange = "help"
	BookCondition   BookChange = "condition"
	BookFormula     BookChange = "formula"
	BookFile        BookChange = "file"   // what the file calls it
	BookStated      BookChange = "stated" // what the file says of Required, where people have decided otherwise
	BookCodeAdded   BookChange = "code_added"
	BookCodeRemoved BookChange = "code_removed"
	BookCodeText    BookChange = "code_text"
	BookCodeMissing BookChange = "code_missing" // whether the code counts as filled in
	BookCodeOrder   BookChange = "code_order"
)

// BookDifference is one line in which a codebook differs from an earlier one. Was and Is are the variable before and
// after: nil for what wasn't there or isn't. WasCode and IsCode are the code that the line is about. Old and New are
// texts of the codebook itself.
type BookDifference struct {
	Kind            BookChange
	Was, Is         *Variable
	WasCode, IsCode *CodeOption
	Old, New        string
}

// aspects are what a variable says besides its name and its codes.
var aspects = []struct {
	kind BookChange
	of   func(*Variable) any
}{
	{BookForm, func(v *Variable) any { return v.Form }},
	{BookLabel, func(v *Variable) any { return v.Label }},
	{BookType, func(v *Variable) any { return v.Type }},
	{BookUnit, func(v *Variable) any { return v.Unit }},
	{BookRange, func(v *Variable) any { return [2]*float64{v.Min, v.Max} }},
	{BookPlausible, func(v *Variable) any { return [2]*float64{v.PlausibleMin, v.PlausibleMax} }},
	{BookRequired, func(v *Variable) any { return v.Required }},
	{BookClass, func(v *Variable) any { return v.Class }},
	{BookComputed, func(v *Variable) any { return v.Computed }},
	{BookSystem, func(v *Variable) any { return v.System }},
	{BookHelp, func(v *Variable) any { return v.Help }},
	{BookCondition, func(v *Variable) any { return v.Condition }},
	{BookFormula, func(v *Variable) any { return v.Formula }},
	{BookFile, func(v *Variable) any { return v.FileName() }},
	{BookStated, func(v *Variable) any { return v.Stated }},
}

// Diff gives every line in which c differs from an earlier version: the codebook itself, forms that only changed their
// name, and then variable by variable, c's in their order before those that are gone. A variable is the same when it
// has the same name, or when the files call it the same in the same form.
func (c *Codebook) Diff(before *Codebook) []BookDifference {
	var ds []BookDifference
	if c.Title != before.Title {
		ds = append(ds, BookDifference{Kind: BookTitle, Old: before.Title, New: c.Title})
	}
	if !slices.Equal(c.Key, before.Key) {
		ds = append(ds, BookDifference{Kind: BookKey, Old: strings.Join(before.Key, ", "), New: strings.Join(c.Key, ", ")})
	}
	forms := pairForms(before.formNames(), c.formNames())
	for _, form := range slices.Sorted(maps.Keys(forms)) {
		ds = append(ds, BookDifference{Kind: BookFormRenamed, Old: forms[form], New: form})
	}
	was := c.earlier(before, forms)
	left := map[string]bool{} // of before, without a counterpart
	var order []string
	for _, v := range before.Variables {
		left[v.Name] = true
	}
	for i := range c.Variables {
		v := &c.Variables[i]
		if was[i] == nil {
			ds = append(ds, BookDifference{Kind: BookAdded, Is: v})
			continue
		}
		delete(left, was[i].Name)
		order = append(order, was[i].Name)
		ds = append(ds, variableDiff(was[i], v, forms)...)
	}
	stood := before.Variables
	for i := range stood {
		if left[stood[i].Name] {
			ds = append(ds, BookDifference{Kind: BookRemoved, Was: &stood[i]})
		}
	}
	same := slices.DeleteFunc(before.names(), func(n string) bool { return left[n] })
	if !slices.Equal(order, same) {
		ds = append(ds, BookDifference{Kind: BookOrder})
	}
	return ds
}

// earlier finds for each variable of c the one of before that it is, nil for a new one.
func (c *Codebook) earlier(before *Codebook, forms map[string]string) []*Variable {
	byName, byFile := map[string]*Variable{}, map[place]*Variable{}
	for i := range before.Variables {
		v := &before.Variables[i]
		byName[v.Name] = v
	}
	was := make([]*Variable, len(c.Variables))
	for i := range c.Variables {
		was[i] = byName[c.Variables[i].Name]
		delete(byName, c.Variables[i].Name)
	}
	for _, v := range byName { // those whose name is gone
		byFile[place{v.Form, v.FileName()}] = v
	}
	for i := range c.Variables {
		if was[i] != nil {
			continue
		}
		at := place{c.Variables[i].Form, c.Variables[i].FileName()}
		if form, ok := forms[at.form]; ok {
			at.form = form
		}
		was[i] = byFile[at]
		delete(byFile, at)
	}
	return was
}

func variableDiff(was, is *Variable, forms map[string]string) (ds []BookDifference) {
	add := func(kind BookChange, from, to *CodeOption) {
		ds = append(ds, BookDifference{Kind: kind, Was: was, Is: is, WasCode: from, IsCode: to})
	}
	if was.Name != is.Name {
		add(BookRenamed, nil, nil)
	}
	for _, a := range aspects {
		if reflect.DeepEqual(a.of(was), a.of(is)) || a.kind == BookForm && forms[is.Form] == was.Form && was.Form != "" {
			continue
		}
		add(a.kind, nil, nil)
	}
	var order, now []string
	for i := range is.Codes {
		o := &is.Codes[i]
		old := was.code(o.Code)
		if old == nil {
			add(BookCodeAdded, nil, o)
			continue
		}
		now = append(now, o.Code)
		if old.Label != o.Label {
			add(BookCodeText, old, o)
		}
		if old.Missing != o.Missing {
			add(BookCodeMissing, old, o)
		}
	}
	for i := range was.Codes {
		o := &was.Codes[i]
		if is.code(o.Code) == nil {
			add(BookCodeRemoved, o, nil)
			continue
		}
		order = append(order, o.Code)
	}
	if !slices.Equal(order, now) {
		add(BookCodeOrder, nil, nil)
	}
	return ds
}

// code gives the option of that code, or nil.
func (v *Variable) code(code string) *CodeOption {
	for i := range v.Codes {
		if v.Codes[i].Code == code {
			return &v.Codes[i]
		}
	}
	return nil
}

func (c *Codebook) names() []string {
	names := make([]string, len(c.Variables))
	for i := range c.Variables {
		names[i] = c.Variables[i].Name
	}
	return names
}

// formNames gives what the files call the variables of each form.
func (c *Codebook) formNames() map[string][]string {
	forms := map[string][]string{}
	for i := range c.Variables {
		v := &c.Variables[i]
		forms[v.Form] = append(forms[v.Form], v.FileName())
	}
	return forms
}
