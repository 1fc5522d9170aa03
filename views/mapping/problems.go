package mapping

import (
	"slices"
	"strings"

	"samband/store"
	"samband/views/ds"
	"samband/views/layout"
)

// mostProblems is how many of the problems of a mapping the top of the page lists.
const mostProblems = 50

// pagesOf are the pages where what a fault names is edited, by the part of the mapping.
var pagesOf = map[string]string{"source": "source-fields", "checks": "row-checks", "keep": "row-checks", "corrections": "value-corrections",
	"tables": "lookup-tables", "lists": "national-lists", "resolve": "fact-versions"}

// problems lists what of these is wrong with the mapping, the first of them, each linked to its row or to the page where it is put
// right; how many required variables have no rule comes first, and how many more there are comes last.
func (m *Model) problems(c layout.Ctx, faults store.FieldErrors) []ds.Problem {
	var list []ds.Problem
	missing := 0
	for _, e := range m.Faults {
		if e.Code == "mapping.required_unmapped" || e.Code == "mapping.key_unmapped" {
			missing++
		}
	}
	if missing > 0 {
		list = append(list, ds.Problem{Text: c.T("map.problems.required", "n", missing)})
	}
	for _, e := range faults[:min(len(faults), mostProblems)] {
		list = append(list, ds.Problem{Href: m.placeOf(e.Field), Text: c.Error(e)})
	}
	if more := len(faults) - mostProblems; more > 0 {
		list = append(list, ds.Problem{Text: c.T("map.problems.more", "n", more)})
	}
	return list
}

// placeOf gives where a fault at a field is put right: the row of a variable, or its own page when the row isn't shown;
// "" when the codebook has no such variable.
func (m *Model) placeOf(field string) string {
	part, name, _ := strings.Cut(field, ".")
	if part != "rules" {
		if page := pagesOf[part]; page != "" {
			return m.Href(page)
		}
		return ""
	}
	if m.Codebook.Variable(name) == nil {
		return ""
	}
	if m.Sheet != nil && slices.ContainsFunc(m.Sheet.Rows, func(r Row) bool { return r.Name == name && m.shows(&r) }) {
		return "#v-" + name
	}
	return m.Href(name)
}

// beside are the faults that stand at no row of the table.
func (m *Model) beside() store.FieldErrors {
	return slices.DeleteFunc(slices.Clone(m.Faults), func(e *store.Error) bool { return strings.HasPrefix(e.Field, "rules.") })
}

// refused are the problems of a form that was sent: with those of the mapping when it could not become a version.
func (m *Model) refused(c layout.Ctx) []ds.Problem {
	list := c.Problems(m.Errors)
	if m.unsound() {
		list = append(list, m.problems(c, m.Faults)...)
	}
	return list
}

// unsound tells that the mapping was to become a version and could not.
func (m *Model) unsound() bool {
	return slices.ContainsFunc(m.Errors, func(e *store.Error) bool { return e.Code == "mapping.unsound" })
}
