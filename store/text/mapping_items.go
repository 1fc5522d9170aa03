package text

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"samband/store"
)

// item is one entry of a list: the row of a table, the translation of a code, an example.
type item struct{ key, value string }

func (x item) String() string {
	if x.value == "" {
		return x.key
	}
	return x.key + ": " + x.value
}

// entries are those of one list of a line. A sentence names all of a short one.
type entries struct {
	items []item
	short bool
}

// unlike gives the entries in which two lines of a Difference differ: those of the lists that sentences don't name all
// of. Of lists that hold the same in another order it gives the places that hold something else.
func unlike(lang Lang, area, old, now string) (was, is []item) {
	a, b := lists(lang, area, old), lists(lang, area, now)
	long := func(of, other []entries) (all []item) {
		for i, l := range of {
			if !l.short || i < len(other) && !other[i].short {
				all = append(all, l.items...)
			}
		}
		return all
	}
	before, after := long(a, b), long(b, a)
	if was, is = only(before, after), only(after, before); len(was) > 0 || len(is) > 0 {
		return was, is
	}
	for i := range before {
		if before[i] != after[i] {
			place := T(lang, "says.place", "n", i+1)
			was, is = append(was, item{place, before[i].String()}), append(is, item{place, after[i].String()})
		}
	}
	return was, is
}

// only gives what list has more of than other.
func only(list, other []item) []item {
	count := map[item]int{}
	for _, x := range other {
		count[x]++
	}
	var out []item
	for _, x := range list {
		if count[x]--; count[x] < 0 {
			out = append(out, x)
		}
	}
	return out
}

// lists gives the lists of a line, in the order sentences name them.
func lists(lang Lang, area, line string) (all []entries) {
	read := func(v any) bool { return json.Unmarshal([]byte(line), v) == nil }
	switch area {
	case "table":
		var t store.LookupTable
		if read(&t) {
			all = append(all, rowList(lang, t.Rows))
		}
	case "rule":
		var r store.Rule
		if read(&r) || read(&r.Steps) {
			all = append(stepLists(lang, r.Steps), exampleList(lang, r.Examples))
		}
	case "correction":
		var k store.Correction
		if read(&k) {
			all = append(stepLists(lang, k.Steps), conditionList(lang, k.If))
		}
	case "keep":
		var c store.Condition
		if read(&c) {
			all = append(all, conditionList(lang, &c))
		}
	case "resolve":
		var r store.Resolve
		if read(&r) && r.Priority != nil {
			all = append(all, valueList(lang, "", r.Priority.Order))
		}
	}
	return all
}

func stepLists(lang Lang, steps []store.Step) (all []entries) {
	for i := range steps {
		s := &steps[i]
		var l entries
		missing := s.Kind == store.StepMissing
		for _, v := range s.Values {
			to := T(lang, "says.null")
			if why := s.Reasons[v]; why != "" {
				to = T(lang, "missing."+string(why))
			} else if !missing {
				to = ""
			}
			l.items = append(l.items, item{named(lang, v), to})
		}
		for _, from := range slices.Sorted(maps.Keys(s.Map)) {
			l.items = append(l.items, item{named(lang, from), named(lang, s.Map[from])})
		}
		for _, from := range s.Null {
			l.items = append(l.items, item{named(lang, from), T(lang, "says.null")})
		}
		l.short = len(l.items) <= listed
		all = append(all, l, conditionList(lang, s.If))
		all = append(append(all, stepLists(lang, s.Then)...), stepLists(lang, s.Else)...)
	}
	return all
}

func conditionList(lang Lang, c *store.Condition) entries {
	if c == nil || c.Op != store.OpIn {
		return entries{short: true}
	}
	what := T(lang, "says.value")
	if c.Field != "" {
		what = named(lang, c.Field)
	}
	return valueList(lang, what+" "+T(lang, "op."+string(c.Op)), c.Values)
}

func valueList(lang Lang, what string, values []string) entries {
	l := entries{short: len(values) <= listed}
	for _, v := range values {
		x := item{named(lang, v), ""}
		if what != "" {
			x = item{what, x.key}
		}
		l.items = append(l.items, x)
	}
	return l
}

func rowList(lang Lang, rows [][]string) (l entries) {
	for _, row := range rows {
		if len(row) > 0 {
			l.items = append(l.items, item{named(lang, row[0]), strings.Join(allNamed(lang, row[1:]), ", ")})
		}
	}
	return l
}

func exampleList(lang Lang, examples []store.Example) (l entries) {
	for i := range examples {
		x := &examples[i]
		var in []string
		for _, field := range slices.Sorted(maps.Keys(x.In)) {
			in = append(in, named(lang, field)+" = "+named(lang, x.In[field]))
		}
		out := named(lang, x.Out)
		switch {
		case x.Fault != "":
			out = T(lang, "says.held", "why", lowerFirst(T(lang, "check."+string(x.Fault))))
		case x.Null:
			out = T(lang, "says.null")
		}
		l.items = append(l.items, item{T(lang, "says.example", "in", strings.Join(in, ", ")), out})
	}
	return l
}

// against says entries that differ: «FMD00: KLAFF → ANNET; ny: FMD10: KLAFF; fjernet: FMD20: ANNET; og 4 til».
func against(lang Lang, was, is []item) string {
	var parts []string
	before, after := map[string]item{}, map[string]bool{}
	for _, x := range was {
		before[x.key] = x
	}
	for _, x := range is {
		after[x.key] = true
		if o, ok := before[x.key]; ok && o.value != x.value {
			parts = append(parts, x.key+": "+o.value+" → "+x.value)
		} else {
			parts = append(parts, T(lang, "says.item.new", "item", x))
		}
	}
	for _, x := range was {
		if !after[x.key] {
			parts = append(parts, T(lang, "says.item.gone", "item", x))
		}
	}
	if n := len(parts) - listed; n > 0 {
		parts = append(parts[:listed], T(lang, "says.more", "n", n))
	}
	return strings.Join(parts, "; ")
}

// maxRowsSaid is how many rows of a lookup table a document lists.
const maxRowsSaid = 500

// tableRows lists the rows of lookup tables, a column for the table's name, one for the row's number and one for the row.
func tableRows(lang Lang, tables []store.LookupTable) Part {
	p := Part{ID: "table-rows", Title: T(lang, "mapdoc.table_rows"), Table: Table{Columns: []string{T(lang, "mapdoc.table"),
		T(lang, "mapdoc.table.no"), T(lang, "mapdoc.table.row")}}}
	all := 0
	for _, t := range tables {
		for i, row := range t.Rows {
			if all++; all <= maxRowsSaid {
				p.Table.Rows = append(p.Table.Rows, []string{t.Name, strconv.Itoa(i + 1), strings.Join(row, ", ")})
			}
		}
	}
	if all > maxRowsSaid {
		p.Lead = T(lang, "mapdoc.table_rows.more", "shown", maxRowsSaid, "all", all)
	}
	return p
}

// mappingItems holds the words for entries of lists that differ.
var mappingItems = Catalogue{
	"says.decimals": {NB: "{n} {n|desimal|desimaler}", NN: "{n} {n|desimal|desimalar}", EN: "{n} {n|decimal|decimals}"},
	"says.but": {
		NB: "{what} som ikke er {values}",
		NN: "{what} som ikkje er {values}",
		EN: "{what} other than {values}",
	},
	"says.quoted":       {NB: "«{text}»", NN: "«{text}»", EN: "“{text}”"},
	"says.place":        {NB: "nr. {n}", NN: "nr. {n}", EN: "no. {n}"},
	"says.example":      {NB: "eksempel ({in})", NN: "døme ({in})", EN: "example ({in})"},
	"says.held":         {NB: "holdes tilbake ({why})", NN: "blir halden tilbake ({why})", EN: "held back ({why})"},
	"says.unlike":       {NB: "{what}. Forskjellen: {how}", NN: "{what}. Skilnaden: {how}", EN: "{what}. What differs: {how}"},
	"says.item.new":     {NB: "ny: {item}", NN: "ny: {item}", EN: "new: {item}"},
	"says.item.gone":    {NB: "fjernet: {item}", NN: "fjerna: {item}", EN: "removed: {item}"},
	"scope.diff.within": {NB: "{what} er endret: {how}", NN: "{what} er endra: {how}", EN: "{what} has been changed: {how}"},
	"mapdoc.table_rows": {NB: "Radene i tabellene", NN: "Radene i tabellane", EN: "Rows of the tables"},
	"mapdoc.table.no":   {NB: "Rad", NN: "Rad", EN: "Row"},
	"mapdoc.table.row":  {NB: "Innhold", NN: "Innhald", EN: "Content"},
	"mapdoc.table_rows.more": {
		NB: "De første {shown} av {all} rader. Alle står i mappingen.",
		NN: "Dei første {shown} av {all} rader. Alle står i mappinga.",
		EN: "The first {shown} of {all} rows. All are in the mapping.",
	},
}
