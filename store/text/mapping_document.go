package text

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"samband/store"
)

// MappingDocument gives the account of a mapping for the appendix to a solution design (LD): what comes from the source,
// what each variable is made of and how, with the examples that hold, every translation of codes, what counts as
// missing, corrections, and which version of a fact stands. It depends on what it is given and the words of this package
// alone. hash is of the scope that the version is approved with; "" when it is not.
func MappingDocument(lang Lang, integration string, v *store.MappingVersion, c *store.Codebook, hash string) *Document {
	d := &mappingDocument{lang: lang, m: &v.Mapping, c: c}
	doc := &Document{Lang: lang, Title: d.t("title", "integration", integration), Lead: d.t("lead"), Facts: d.facts(v, hash)}
	if doc.Foot = d.t("foot", "no", v.No); v.No == 0 {
		doc.Foot = d.t("foot.draft")
	}
	doc.Parts = []Part{d.fields(), d.variables(), d.examples(), d.translations(), d.missing(), d.tables(), tableRows(lang, d.m.Tables), d.corrections(),
		d.versions(), d.checks()}
	doc.Parts = slices.DeleteFunc(doc.Parts, func(p Part) bool { return len(p.Facts)+len(p.Table.Rows) == 0 })
	return doc
}

type mappingDocument struct {
	lang Lang
	m    *store.Mapping
	c    *store.Codebook
}

func (d *mappingDocument) t(key string, args ...any) string { return T(d.lang, "mapdoc."+key, args...) }

func (d *mappingDocument) columns(keys ...string) []string {
	var names []string
	for _, k := range keys {
		names = append(names, d.t(k))
	}
	return names
}

func (d *mappingDocument) facts(v *store.MappingVersion, hash string) []Term {
	var ts []Term
	if v.No > 0 {
		ts = append(ts, Term{Name: d.t("version"), Value: strconv.Itoa(v.No)}, Term{Name: d.t("message"), Value: v.Message})
	}
	name := d.c.Title
	if name == "" {
		name = d.c.ID
	}
	ts = append(ts, Term{Name: d.t("codebook"), Value: d.t("codebook.version", "name", name, "version", d.c.Version)},
		Term{Name: d.t("mapped"), Value: d.t("mapped.of", "n", len(d.m.Rules), "all", len(d.c.Variables))})
	if hash != "" {
		ts = append(ts, Term{Name: d.t("hash"), Value: hash, Code: true})
	}
	return ts
}

// name is what people call a variable, with its name in the codebook.
func (d *mappingDocument) name(variable string) string {
	if v := d.c.Variable(variable); v != nil && v.Label != "" {
		return v.Label + " (" + variable + ")"
	}
	return variable
}

func (d *mappingDocument) fields() Part {
	p := Part{ID: "fields", Title: d.t("fields"), Table: Table{Columns: d.columns("field", "label", "class", "used")}}
	readers := d.m.Readers()
	for i := range d.m.Source {
		f := &d.m.Source[i]
		class := T(d.lang, "fclass."+string(f.Class))
		if f.Is != "" {
			class += ", " + T(d.lang, "attribute."+string(f.Is))
		}
		p.Table.Rows = append(p.Table.Rows, []string{f.Name, f.Label, class, strings.Join(readers[f.Name], ", ")})
	}
	return p
}

// variables tells of every variable of the codebook, also of those that nothing is made of.
func (d *mappingDocument) variables() Part {
	p := Part{ID: "variables", Title: d.t("variables"),
		Table: Table{Columns: d.columns("variable", "form", "what", "from", "rule")}}
	for i := range d.c.Variables {
		v := &d.c.Variables[i]
		what := T(d.lang, "vartype."+string(v.Type))
		if v.Unit != "" {
			what += ", " + v.Unit
		}
		if v.Required || slices.Contains(d.c.Key, v.Name) {
			what += ", " + T(d.lang, "map.required")
		}
		row := []string{d.name(v.Name), v.Form, what, "", d.t("none")}
		if r := d.m.Rule(v.Name); r != nil {
			row[3], row[4] = strings.Join(d.m.Reads(v.Name), ", "), Steps(d.lang, r.Steps)
		}
		p.Table.Rows = append(p.Table.Rows, row)
	}
	return p
}

func (d *mappingDocument) examples() Part {
	p := Part{ID: "examples", Title: d.t("examples"), Lead: d.t("examples.lead"),
		Table: Table{Columns: d.columns("variable", "given", "becomes")}}
	for i := range d.m.Rules {
		r := &d.m.Rules[i]
		var t store.VarType
		if v := d.c.Variable(r.Variable); v != nil {
			t = v.Type
		}
		for _, x := range r.Examples {
			var given []string
			for _, f := range slices.Sorted(maps.Keys(x.In)) {
				given = append(given, f+": "+Quoted(d.lang, x.In[f]))
			}
			p.Table.Rows = append(p.Table.Rows, []string{d.name(r.Variable), strings.Join(given, ", "), d.becomes(t, &x)})
		}
	}
	return p
}

func (d *mappingDocument) becomes(t store.VarType, x *store.Example) string {
	switch {
	case x.Fault != "":
		return d.t("held", "why", Fault(d.lang, x.Fault, t))
	case x.Null:
		return T(d.lang, "says.null")
	}
	return Quoted(d.lang, x.Out)
}

// jsonText gives a part of a mapping as a line of a Difference has it.
func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs of ours always marshal
	}
	return string(b)
}

// each walks the steps of all rules, those of branches too.
func (d *mappingDocument) each(f func(variable string, s *store.Step)) {
	var walk func(variable string, steps []store.Step)
	walk = func(variable string, steps []store.Step) {
		for i := range steps {
			f(variable, &steps[i])
			walk(variable, steps[i].Then)
			walk(variable, steps[i].Else)
		}
	}
	for i := range d.m.Rules {
		walk(d.m.Rules[i].Variable, d.m.Rules[i].Steps)
	}
}

func (d *mappingDocument) translations() Part {
	p := Part{ID: "translations", Title: d.t("translations"),
		Table: Table{Columns: d.columns("variable", "given", "becomes", "code.label")}}
	add := func(variable, given, code string) {
		label := ""
		if v := d.c.Variable(variable); v != nil {
			if i := slices.IndexFunc(v.Codes, func(o store.CodeOption) bool { return o.Code == code }); i >= 0 {
				label = v.Codes[i].Label
			}
		}
		p.Table.Rows = append(p.Table.Rows, []string{d.name(variable), given, code, label})
	}
	d.each(func(variable string, s *store.Step) {
		if s.Kind != store.StepCodes {
			return
		}
		for _, from := range slices.Sorted(maps.Keys(s.Map)) {
			add(variable, Quoted(d.lang, from), s.Map[from])
		}
		for _, from := range s.Null {
			add(variable, Quoted(d.lang, from), T(d.lang, "says.null"))
		}
		switch s.Otherwise {
		case store.OtherHold:
			add(variable, d.t("otherwise"), d.t("held", "why", T(d.lang, "check."+string(store.CheckCode))))
		case store.OtherNull:
			add(variable, d.t("otherwise"), T(d.lang, "says.null"))
		case store.OtherCode:
			add(variable, d.t("otherwise"), s.Value)
		case store.OtherKeep:
			add(variable, d.t("otherwise"), d.t("kept"))
		}
	})
	return p
}

func (d *mappingDocument) missing() Part {
	p := Part{ID: "missing", Title: d.t("missing"), Table: Table{Columns: d.columns("variable", "given", "becomes")}}
	d.each(func(variable string, s *store.Step) {
		if s.Kind != store.StepMissing {
			return
		}
		for _, from := range s.Values {
			to := T(d.lang, "says.null")
			if why := s.Reasons[from]; why != "" {
				to += ", " + T(d.lang, "missing."+string(why))
			}
			p.Table.Rows = append(p.Table.Rows, []string{d.name(variable), Quoted(d.lang, from), to})
		}
		for _, from := range slices.Sorted(maps.Keys(s.Map)) {
			p.Table.Rows = append(p.Table.Rows, []string{d.name(variable), Quoted(d.lang, from), s.Map[from]})
		}
	})
	return p
}

func (d *mappingDocument) tables() Part {
	p := Part{ID: "tables", Title: d.t("tables"), Table: Table{Columns: d.columns("table", "table.columns", "table.rows")}}
	for _, t := range d.m.Tables {
		p.Table.Rows = append(p.Table.Rows, []string{t.Name, strings.Join(t.Columns, ", "), strconv.Itoa(len(t.Rows))})
	}
	for _, l := range d.m.Lists {
		p.Facts = append(p.Facts, Term{Name: d.t("list", "system", l.System), Value: l.Version})
	}
	return p
}

func (d *mappingDocument) corrections() Part {
	p := Part{ID: "corrections", Title: d.t("corrections"),
		Table: Table{Columns: d.columns("correction", "variable", "interval", "what.done", "why", "lifted")}}
	for i := range d.m.Corrections {
		k := &d.m.Corrections[i]
		steps := Steps(d.lang, k.Steps)
		if k.If != nil {
			steps = T(d.lang, "says.when", "if", Condition(d.lang, k.If), "then", steps, "else", branch(d.lang, nil))
		}
		lifted := ""
		if k.Undone != nil {
			lifted = Date(d.lang, store.DateOf(k.Undone.At)) + ": " + k.Undone.Reason
		}
		p.Table.Rows = append(p.Table.Rows, []string{k.Name, d.name(k.Variable),
			d.t("interval.of", "from", k.From, "to", k.To, "at", d.name(k.At)), steps, k.Reason, lifted})
	}
	return p
}

func (d *mappingDocument) versions() Part {
	var key []string
	for _, k := range d.c.Key {
		key = append(key, d.name(k))
	}
	p := Part{ID: "versions", Title: d.t("versions"), Facts: []Term{{Name: d.t("key"), Value: strings.Join(key, ", ")},
		{Name: d.t("wins"), Value: part(d.lang, "resolve", jsonText(&d.m.Resolve))}}}
	if d.m.Keep != nil {
		p.Facts = append(p.Facts, Term{Name: d.t("only"), Value: Condition(d.lang, d.m.Keep)})
	}
	return p
}

func (d *mappingDocument) checks() Part {
	p := Part{ID: "checks", Title: d.t("checks"), Lead: d.t("checks.lead"),
		Table: Table{Columns: d.columns("reason", "check", "effect")}}
	for i := range d.m.Checks {
		k := &d.m.Checks[i]
		effect := d.t("effect.held")
		if k.Warn {
			effect = d.t("effect.warn")
		}
		p.Table.Rows = append(p.Table.Rows, []string{k.Reason, part(d.lang, "check", jsonText(k)), effect})
	}
	return p
}
