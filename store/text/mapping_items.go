package text

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"samband/store"
)

// item is one entry of a list: the row of a table, the translation of a code.
type item struct{ key, value string }

// unlike gives the entries in which two lines of a Difference differ: those of tables, and of the lists of steps, which
// sentences name only the first of.
func unlike(lang Lang, area, old, now string) (was, is []item) {
	a, b := items(lang, area, old), items(lang, area, now)
	only := func(list, other []item) []item {
		return slices.DeleteFunc(slices.Clone(list), func(x item) bool { return slices.Contains(other, x) })
	}
	return only(a, b), only(b, a)
}

// items gives the entries of a line.
func items(lang Lang, area, line string) []item {
	var list []item
	var walk func(steps []store.Step)
	walk = func(steps []store.Step) {
		for i := range steps {
			s := &steps[i]
			if len(s.Map)+len(s.Null)+len(s.Values) > listed {
				for _, from := range slices.Sorted(maps.Keys(s.Map)) {
					list = append(list, item{Quoted(lang, from), Quoted(lang, s.Map[from])})
				}
				for _, from := range slices.Concat(s.Null, s.Values) {
					to := T(lang, "says.null")
					if why := s.Reasons[from]; why != "" {
						to = T(lang, "missing."+string(why))
					}
					list = append(list, item{Quoted(lang, from), to})
				}
			}
			if s.If != nil && len(s.If.Values) > listed {
				for _, v := range s.If.Values {
					list = append(list, item{Condition(lang, &store.Condition{Field: s.If.Field, Op: store.OpEqual}), Quoted(lang, v)})
				}
			}
			walk(s.Then)
			walk(s.Else)
		}
	}
	switch area {
	case "table":
		var t store.LookupTable
		if json.Unmarshal([]byte(line), &t) == nil {
			for _, row := range t.Rows {
				if len(row) > 0 {
					list = append(list, item{Quoted(lang, row[0]), strings.Join(row[1:], ", ")})
				}
			}
		}
	case "rule":
		var r store.Rule
		if json.Unmarshal([]byte(line), &r) == nil || json.Unmarshal([]byte(line), &r.Steps) == nil {
			walk(r.Steps)
		}
	case "correction":
		var k store.Correction
		if json.Unmarshal([]byte(line), &k) == nil {
			walk(k.Steps)
		}
	}
	return list
}

// against says entries that differ: «FMD00: KLAFF → ANNET; ny: FMD10: KLAFF; fjernet: FMD20: ANNET; og 4 til».
func against(lang Lang, was, is []item) string {
	var parts []string
	for _, x := range is {
		i := slices.IndexFunc(was, func(o item) bool { return o.key == x.key })
		if i >= 0 {
			parts = append(parts, x.key+": "+was[i].value+" → "+x.value)
		} else {
			parts = append(parts, T(lang, "says.item.new", "item", x.key+": "+x.value))
		}
	}
	for _, x := range was {
		if !slices.ContainsFunc(is, func(n item) bool { return n.key == x.key }) {
			parts = append(parts, T(lang, "says.item.gone", "item", x.key+": "+x.value))
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
