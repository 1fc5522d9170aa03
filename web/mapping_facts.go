package web

import (
	"cmp"
	"net/http"
	"strings"

	"samband/store"
	"samband/store/text"
	"samband/views/mapping"
)

// factsModel collects what the page of versions of a fact shows.
func (s *Server) factsModel(r *http.Request) (*workbench, *mapping.FactsModel, error) {
	b, err := s.workbench(r)
	if err != nil {
		return nil, nil, err
	}
	if err := b.mapped(); err != nil {
		return nil, nil, err
	}
	v := &b.Mapping.Resolve
	m := &mapping.FactsModel{Base: b.Base, Says: text.Resolve(langOf(s, r), v),
		Form: mapping.FactsForm{Mode: mapping.ResolveNone, Latest: v.Latest, First: v.First}}
	switch p := v.Priority; {
	case v.Latest != "":
		m.Form.Mode = mapping.ResolveLatest
	case v.First != "":
		m.Form.Mode = mapping.ResolveFirst
	case p != nil:
		m.Form.Mode = mapping.ResolvePriority
		m.Form.Variable, m.Form.Order, m.Form.Then = p.Variable, strings.Join(p.Order, "\n"), p.Latest
	}
	for _, p := range v.Fields {
		x := mapping.PickForm{Variable: p.Variable, How: string(p.How), By: p.By}
		if p.Window != nil {
			x.Anchor, x.From, x.To = p.Window.Anchor, mapping.Number(p.Window.From), mapping.Number(p.Window.To)
			if x.From == "" {
				x.From = "0"
			}
			if x.To == "" {
				x.To = "0"
			}
		}
		m.Form.Picks = append(m.Form.Picks, x)
	}
	return b, m, nil
}

// mappingFacts shows how several rows about the same are settled.
func (s *Server) mappingFacts(w http.ResponseWriter, r *http.Request) error {
	_, m, err := s.factsModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, mapping.Facts(s.ctx(w, r), *m))
}

// mappingFactsEdit writes how they are settled to the person's draft.
func (s *Server) mappingFactsEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	b, m, err := s.factsModel(r)
	if err != nil {
		return err
	}
	m.From = f.basis()
	m.Form = mapping.FactsForm{Mode: f.value("mode"), Latest: f.value("latest"), First: f.value("first"), Variable: f.value("variable"),
		Order: f.value("order"), Then: f.value("then")}
	for i := range f.count("f", len(b.Codebook.Variables)+1) {
		at := func(name string) string { return f.value(rowName("f", i, name)) }
		if at("variable") == "" {
			continue
		}
		p := mapping.PickForm{Variable: at("variable"), How: at("how"), By: at("by"), Anchor: at("anchor"), From: at("from"), To: at("to")}
		for name, value := range map[string]string{"variable": p.Variable, "how": p.How, "by": p.By, "anchor": p.Anchor, "from": p.From,
			"to": p.To} {
			f.values.Set(rowName("f", len(m.Form.Picks), name), value) // empty rows before it are gone when the form comes back
		}
		m.Form.Picks = append(m.Form.Picks, p)
	}
	if f.value("do") == "more" { // a pick that is filled in leaves room for the next
		return s.page(w, r, mapping.Facts(s.ctx(w, r), *m))
	}
	next := b.Mapping
	next.Resolve = f.resolve(&m.Form)
	if f.ok() {
		if err := s.factFaults(r, f, &next, b, m); err != nil {
			return err
		}
	}
	if f.ok() {
		err := s.keepDraft(r, b, f, next, store.DraftStep{What: "versions"})
		if store.CodeOf(err) != "db.changed" {
			if err != nil {
				return err
			}
			return s.done(w, r, "map.rows.kept", nil, b.Href("fact-versions"))
		}
		m.Stale = true
	}
	m.Errors = f.errors
	return s.pageStatus(w, r, formStatus(m.Stale), mapping.Facts(s.ctx(w, r), *m))
}

// resolve reads how rows with the same key are settled.
func (f *form) resolve(w *mapping.FactsForm) store.Resolve {
	var v store.Resolve
	switch f.choice("mode", mapping.ResolveNone, mapping.ResolveLatest, mapping.ResolveFirst, mapping.ResolvePriority) {
	case mapping.ResolveLatest:
		v.Latest = f.need("latest", 63)
	case mapping.ResolveFirst:
		v.First = f.need("first", 63)
	case mapping.ResolvePriority:
		v.Priority = &store.Priority{Variable: f.need("variable", 63), Order: f.lines("order"), Latest: w.Then}
	}
	for i := range w.Picks {
		v.Fields = append(v.Fields, f.pick(i))
	}
	return v
}

// pick reads what settles one variable.
func (f *form) pick(i int) store.Pick {
	at := func(name string) string { return rowName("f", i, name) }
	p := store.Pick{Variable: f.value(at("variable")), How: store.PickHow(f.choice(at("how"), texts(store.PickHows)...)), By: f.value(at("by"))}
	if anchor := f.value(at("anchor")); anchor != "" {
		const century = 100 * 366 * 24
		p.Window = &store.Window{Anchor: anchor, From: f.decimal(at("from"), -century, century), To: f.decimal(at("to"), -century, century)}
	}
	return p
}

// factFaults notes what the whole mapping has to say of how rows are settled, at the field it is about.
func (s *Server) factFaults(r *http.Request, f *form, next *store.Mapping, b *workbench, m *mapping.FactsModel) error {
	faults, err := s.mappingProblems(r.Context(), next, &b.Codebook)
	if err != nil {
		return err
	}
	in := map[store.Code]string{"mapping.pick_by": "by", "mapping.not_timed": "by", "mapping.window": "to", "mapping.pick_how": "how",
		"mapping.pick_type": "how", "mapping.pick_required": "anchor"}
	for _, e := range faults {
		if e.Field != "resolve" {
			continue // it is not about these: the table tells of it
		}
		at := *e
		at.Field = map[string]string{mapping.ResolveLatest: "latest", mapping.ResolveFirst: "first",
			mapping.ResolvePriority: "variable"}[m.Form.Mode]
		if at.Field == "" || e.Code == "mapping.resolve_modes" {
			at.Field = "mode"
		}
		if e.Code == "mapping.priority" {
			at.Field = "order"
		}
		for i, p := range m.Form.Picks {
			switch name := in[e.Code]; e.Args["variable"] {
			case p.Variable:
				at.Field = rowName("f", i, cmp.Or(name, "variable"))
			case p.By:
				at.Field = rowName("f", i, "by")
			case p.Anchor:
				at.Field = rowName("f", i, "anchor")
			}
		}
		f.errors = append(f.errors, &at)
	}
	return nil
}
