package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/views/mapping"
)

const maxFields = 2000 // of a source

// mappingFields shows the form of the source's fields.
func (s *Server) mappingFields(w http.ResponseWriter, r *http.Request) error {
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := b.mapped(); err != nil {
		return err
	}
	m, err := s.fieldsModel(r, b)
	if err != nil {
		return err
	}
	for _, f := range b.Mapping.Source {
		m.Fields = append(m.Fields, fieldForm(f, false))
	}
	if m.Schema != nil {
		m.Drift = store.SchemaDrift(&b.Mapping, m.Schema)
	}
	return s.page(w, r, mapping.Fields(s.ctx(w, r), m))
}

// fieldsModel begins the page with what is known of the source.
func (s *Server) fieldsModel(r *http.Request, b *workbench) (m mapping.FieldsModel, err error) {
	m.Base = b.Base
	if b.Outgoing {
		if m.Books, err = s.Outgoing.OwnCodebooks(r.Context(), b.Integration.RegistryID); err != nil {
			return m, err
		}
	}
	m.Schema, err = found(s.DB.SourceSchema(r.Context(), b.Integration.ID))
	return m, err
}

func fieldForm(f store.Field, isNew bool) mapping.FieldForm {
	return mapping.FieldForm{Name: f.Name, Class: string(f.Class), Is: string(f.Is), Label: f.Label, New: isNew}
}

// mappingFieldsEdit adds or removes a field in the form, takes in those that the source has beside them, gives those
// without a class one, or writes the fields to the person's draft.
func (s *Server) mappingFieldsEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, err := s.workbench(r)
	if err != nil {
		return err
	}
	if err := b.mapped(); err != nil {
		return err
	}
	m, err := s.fieldsModel(r, b)
	if err != nil {
		return err
	}
	written := b.Mapping // with the fields as they stand in the form
	written.Source = nil
	for i := range f.count("f", maxFields) {
		at := func(name string) string { return f.value(rowName("f", i, name)) }
		x := store.Field{Name: at("name"), Class: store.FieldClass(at("class")), Is: store.Attribute(at("is")), Label: at("label")}
		m.Fields, written.Source = append(m.Fields, fieldForm(x, at("new") != "")), append(written.Source, x)
	}
	m.Drift, m.From, m.Unsaved = store.SchemaDrift(&written, m.Schema), f.basis(), true
	action, which, _ := strings.Cut(f.value("do"), " ")
	switch action {
	case "add":
		m.Fields = append(m.Fields, mapping.FieldForm{})
		return s.page(w, r, mapping.Fields(s.ctx(w, r), m))
	case "take":
		if m.Schema != nil {
			m.Fields = taken(m.Fields, s.Sources.Propose(&written, m.Schema))
			m.Drift.New = nil
		}
		return s.page(w, r, mapping.Fields(s.ctx(w, r), m))
	case "rest":
		class := f.choice("rest", texts(store.RestClasses)...)
		for i := range m.Fields {
			if m.Fields[i].Class == "" {
				m.Fields[i].Class = class
			}
		}
		m.Errors = f.errors
		return s.page(w, r, mapping.Fields(s.ctx(w, r), m))
	case "remove":
		if i, err := strconv.Atoi(which); err == nil {
			m.Fields = mapping.Move(m.Fields, i, action)
		}
		return s.page(w, r, mapping.Fields(s.ctx(w, r), m))
	}
	next := b.Mapping
	next.Source = f.sourceFields(m.Fields, b.Outgoing)
	if f.checked("auto") {
		return s.autosaved(w, r, b, f, next, store.DraftStep{What: "fields"}, b.Href("source-fields"))
	}
	if f.ok() {
		saved, err := s.rowsKept(w, r, b, f, next, "fields")
		if saved || err != nil {
			return err
		}
		m.Stale = true
	}
	m.Errors = f.errors
	return s.pageStatus(w, r, formStatus(m.Stale), mapping.Fields(s.ctx(w, r), m))
}

// taken gives the rows of the form with the fields that a source has beside them, to be looked over before they are
// saved. A row that is there and has no class gets the one that is likely.
func taken(rows []mapping.FieldForm, fields []store.Field) []mapping.FieldForm {
	for _, f := range fields {
		if i := slices.IndexFunc(rows, func(x mapping.FieldForm) bool { return x.Name == f.Name }); i >= 0 {
			rows[i].Class, rows[i].Is, rows[i].New = string(f.Class), string(f.Is), true
		} else {
			rows = append(rows, fieldForm(f, true))
		}
	}
	return rows
}

// rowsKept writes a mapping to the draft and leads back to the table, where the section of the same name is; saved is false when another window was first.
func (s *Server) rowsKept(w http.ResponseWriter, r *http.Request, b *workbench, f *form, next store.Mapping, what store.Code) (saved bool, err error) {
	switch err := s.keepDraft(r, b, f, next, store.DraftStep{What: what}); {
	case store.CodeOf(err) == "db.changed":
		return false, nil
	case err != nil:
		return false, err
	}
	return true, s.done(w, r, "map.rows.kept", nil, b.Href("")+"#"+string(what))
}

// count reads how many rows of a list the form sent.
func (f *form) count(list string, most int) int {
	n, err := strconv.Atoi(f.value(list + ".n"))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, most)
}

// rowName is the name of a field in a row of a list.
func rowName(list string, i int, field string) string {
	return list + "." + strconv.Itoa(i) + "." + field
}

// sourceFields reads the fields and notes at each what is wrong with it. What goes out names no person.
func (f *form) sourceFields(rows []mapping.FieldForm, outgoing bool) []store.Field {
	classes, attributes := texts(mapping.Classes(outgoing)), texts(store.Attributes)
	var fields []store.Field
	seen := map[string]bool{}
	numbers := 0
	for i := range rows {
		at := func(name string) string { return rowName("f", i, name) }
		x := store.Field{Name: f.need(at("name"), 200), Class: store.FieldClass(f.choice(at("class"), classes...)),
			Label: f.text(at("label"), 200)}
		switch {
		case x.Class == store.Direct:
			x.Is = store.Attribute(f.choice(at("is"), attributes...))
		case rows[i].Is != "":
			f.fault(at("is"), "mapping.attribute", store.Args{"field": x.Name})
		}
		if x.Is == store.AttrNumber {
			numbers++
		}
		if x.Name != "" && seen[x.Name] {
			f.fault(at("name"), "mapping.field_twice", store.Args{"field": x.Name})
		}
		seen[x.Name] = true
		fields = append(fields, x)
	}
	if numbers != 1 && !outgoing && f.ok() {
		f.fault("", "mapping.person_number", store.Args{"count": numbers})
	}
	return fields
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
