package web

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"samband/store"
	"samband/views/codebook"
	"samband/views/edit"
)

// variableForm is one variable of a draft as its form has it.
type variableForm struct {
	store.Variable
	key bool
}

// variableFields are the fields of a variable's form.
func variableFields(v *variableForm) []bound {
	return []bound{
		bindName("name", &v.Name), bindLine("label", &v.Label, 1000), bindLine("form", &v.Form, 200),
		bindChoice("type", &v.Type, "vartype.", store.VarTypes), bindChoice("class", &v.Class, "fclass.", store.VariableClasses),
		{name: "required", show: func() string { return onOff(v.Required) }, read: func(f *form) { v.Require(f.checked("required")) }},
		bindCheck("key", &v.key), bindCheck("computed", &v.Computed),
		bindLine("unit", &v.Unit, 100), bindLimit("min", &v.Min), bindLimit("max", &v.Max),
		bindLimit("plausible_min", &v.PlausibleMin), bindLimit("plausible_max", &v.PlausibleMax),
		bindCodes("codes", "missing", &v.Codes), bindMissing("missing", &v.Codes),
		bindLine("system", &v.System, 300), bindLine("help", &v.Help, 10_000), bindLine("condition", &v.Condition, 10_000),
		bindLine("formula", &v.Formula, 10_000),
	}
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return ""
}

// bindLimit is a number, or none when the field is empty.
func bindLimit(name string, p **float64) bound {
	return bound{name: name, show: func() string {
		if *p == nil {
			return ""
		}
		return strings.Replace(strconv.FormatFloat(**p, 'f', -1, 64), ".", ",", 1)
	}, read: func(f *form) {
		if *p = nil; strings.TrimSpace(f.value(name)) != "" {
			n := f.decimal(name, -1e300, 1e300)
			*p = &n
		}
	}}
}

// bindCodes is a list of codes, one a line: «1 = Ja». Which of them mean that nothing is known stands in a field of its
// own, see bindMissing.
func bindCodes(name, missing string, p *[]store.CodeOption) bound {
	return bound{name: name, show: func() string {
		lines := make([]string, len(*p))
		for i, o := range *p {
			if lines[i] = o.Code; o.Label != "" || strings.Contains(o.Code, "=") {
				lines[i] += " = " + o.Label
			}
		}
		return strings.Join(lines, "\n")
	}, read: func(f *form) {
		known := missingCodes(f.text(missing, 10_000))
		*p = nil
		for line := range strings.Lines(f.text(name, 1_000_000)) {
			if strings.TrimSpace(line) == "" {
				continue
			}
			code, label, ok := strings.Cut(strings.TrimSpace(line)+" ", " = ")
			if !ok {
				code, label, _ = strings.Cut(line, "=")
			}
			o := store.CodeOption{Code: strings.TrimSpace(code), Label: strings.TrimSpace(label)}
			o.Missing = slices.Contains(known, o.Code)
			*p = append(*p, o)
		}
		for _, code := range known {
			if !slices.ContainsFunc(*p, func(o store.CodeOption) bool { return o.Code == code }) {
				f.fault(missing, "codebook.missing_code", store.Args{"code": code})
			}
		}
	}}
}

// bindMissing shows which codes mean that nothing is known, with commas between; bindCodes reads it.
func bindMissing(name string, p *[]store.CodeOption) bound {
	return bound{name: name, show: func() string {
		var codes []string
		for _, o := range *p {
			if o.Missing {
				codes = append(codes, o.Code)
			}
		}
		return strings.Join(codes, ", ")
	}, read: func(*form) {}}
}

func missingCodes(s string) []string {
	var codes []string
	for _, code := range strings.FieldsFunc(s, func(c rune) bool { return c == ',' || c == '\n' }) {
		if code = strings.TrimSpace(code); code != "" {
			codes = append(codes, code)
		}
	}
	return codes
}

// variableModel is the page of a variable of the draft, nil for a new one.
func (s *Server) variableModel(r *http.Request, d *store.CodebookDraft, v *store.Variable) (codebook.VariableModel, error) {
	m := codebook.VariableModel{Draft: *d, Variable: v, Form: edit.Form{Area: "book.variable", New: false,
		Action: codebook.DraftHref(d.Codebook.ID, "variables"), Back: codebook.DraftHref(d.Codebook.ID, "") + "#variables"}}
	if v != nil {
		m.Form.Action += "/" + v.Name
	}
	for _, f := range codebook.Forms(&d.Codebook) {
		if f.Name != "" {
			m.Forms = append(m.Forms, f.Name)
		}
	}
	g, err := s.DB.Registry(r.Context(), d.Codebook.RegistryID)
	if err != nil {
		return m, err
	}
	m.Registry = *g
	return m, nil
}

// formOf gives the variable of that name in a draft as its form has it, or codebook.no_variable.
func formOf(d *store.CodebookDraft, name string) (*variableForm, error) {
	v := d.Codebook.Variable(name)
	if v == nil {
		return nil, store.E(store.NotFound, "codebook.no_variable", store.Args{"name": name})
	}
	return &variableForm{Variable: *v, key: slices.Contains(d.Codebook.Key, v.Name)}, nil
}

// variableNew shows the form of a new variable.
func (s *Server) variableNew(w http.ResponseWriter, r *http.Request) error {
	d, err := s.DB.CodebookDraft(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	m, err := s.variableModel(r, d, nil)
	if err != nil {
		return err
	}
	m.Form.Values = shown(d.Edits, variableFields(&variableForm{Variable: store.Variable{Type: store.VarText, Class: store.Health}}))
	return s.page(w, r, codebook.Variable(s.ctx(w, r), m))
}

// variableEdit shows the form of one variable of the draft.
func (s *Server) variableEdit(w http.ResponseWriter, r *http.Request) error {
	d, err := s.DB.CodebookDraft(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	v, err := formOf(d, r.PathValue("name"))
	if err != nil {
		return err
	}
	m, err := s.variableModel(r, d, &v.Variable)
	if err != nil {
		return err
	}
	m.Form.Values = shown(d.Edits, variableFields(v))
	return s.page(w, r, codebook.Variable(s.ctx(w, r), m))
}

// variableCreate adds a variable to the draft.
func (s *Server) variableCreate(w http.ResponseWriter, r *http.Request) error {
	return s.keepVariable(w, r, "")
}

// variableUpdate writes a variable to the draft.
func (s *Server) variableUpdate(w http.ResponseWriter, r *http.Request) error {
	return s.keepVariable(w, r, r.PathValue("name"))
}

func (s *Server) keepVariable(w http.ResponseWriter, r *http.Request, name string) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	d, _, err := s.bookDraft(r, f)
	if err != nil {
		return err
	}
	v, at := &variableForm{}, (*store.Variable)(nil)
	if name != "" {
		if v, err = formOf(d, name); err != nil {
			return store.E(store.Conflict, "codebook.no_variable", store.Args{"name": name}) // somebody took it away
		}
		was := v.Variable
		at = &was
	}
	m, err := s.variableModel(r, d, at)
	if err != nil {
		return err
	}
	d.Edits = f.fill(variableFields(v))
	written := v.Name
	if at != nil {
		v.Name = at.Name
		v.Rename(written)
	}
	putVariable(&d.Codebook, v, name)
	variableFaults(f, &d.Codebook, v.Name)
	return s.submit(w, r, f, submission{
		save: func() error {
			d.UserID = person(r).User.ID
			return s.DB.KeepCodebookDraft(r.Context(), d)
		},
		newest: func() (int, []bound, error) {
			now, err := s.DB.CodebookDraft(r.Context(), d.Codebook.ID)
			if err != nil {
				return 0, nil, err
			}
			is, err := formOf(now, name)
			if name == "" {
				return now.Edits, nil, nil
			}
			if err != nil {
				return 0, nil, err
			}
			return now.Edits, variableFields(is), nil
		},
		form: m.Form,
		again: func(e edit.Form) templ.Component {
			m.Form = e
			return codebook.Variable(s.ctx(w, r), m)
		},
		said: "book.variable.kept", args: store.Args{"name": v.Name}, to: m.Form.Back,
	})
}

// putVariable puts a variable in its place in the codebook, a new one after the last of its form, and in the key or out
// of it.
func putVariable(b *store.Codebook, v *variableForm, name string) {
	i := slices.IndexFunc(b.Variables, func(x store.Variable) bool { return name != "" && x.Name == name })
	b.Variables, b.Key = slices.Clone(b.Variables), slices.Clone(b.Key)
	if i >= 0 {
		b.Variables[i] = v.Variable
	} else {
		last := len(b.Variables)
		for n := range b.Variables {
			if b.Variables[n].Form == v.Form {
				last = n + 1
			}
		}
		b.Variables = slices.Insert(b.Variables, last, v.Variable)
	}
	k := slices.Index(b.Key, name)
	switch {
	case k >= 0 && v.key:
		b.Key[k] = v.Name
	case k >= 0:
		b.Key = slices.Delete(b.Key, k, k+1)
	case v.key:
		b.Key = append(b.Key, v.Name)
	}
}

// variableFields of the form that a fault of a codebook belongs to.
var faultFields = map[store.Code]string{"codebook.name": "name", "codebook.reserved": "name", "codebook.twice": "name",
	"codebook.range": "min", "codebook.code_twice": "codes", "codebook.computed": "computed", "codebook.direct": "class",
	"codebook.codes_of": "codes", "codebook.no_codes": "codes", "codebook.empty_code": "codes", "codebook.limits_of": "min",
	"codebook.fraction": "min", "codebook.plausible": "plausible_min"}

// variableFaults notes what the rules of a codebook find wrong with one variable, at its fields.
func variableFaults(f *form, b *store.Codebook, name string) {
	if !f.ok() {
		return
	}
	for _, e := range fieldErrors(b.Validate()) {
		if field := faultFields[e.Code]; field != "" && e.Field == "variables."+name {
			f.fault(field, e.Code, maps.Clone(e.Args))
		}
	}
}

// variableRemove takes a variable out of the draft.
func (s *Server) variableRemove(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	return s.changeBook(w, r, "#variables", func(f *form, b *store.Codebook) {
		if b.Variable(name) == nil {
			f.fault("", "codebook.no_variable", store.Args{"name": name})
			return
		}
		b.Variables = slices.DeleteFunc(slices.Clone(b.Variables), func(v store.Variable) bool { return v.Name == name })
		b.Key = slices.DeleteFunc(slices.Clone(b.Key), func(k string) bool { return k == name })
	})
}
