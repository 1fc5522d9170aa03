package mapping

import (
	"net/url"
	"slices"
	"strconv"

	"samband/store"
	"samband/views/ds"
	"samband/views/layout"
)

// LiveModel is what the page of the preview shows.
type LiveModel struct {
	Look
	Preview *store.Preview // nil when there is nothing to show
	Run     store.Mapping  // what made it: the mapping, or the part of it that can run
	Filter  LiveFilter
}

// LiveFilter is what the preview is narrowed to.
type LiveFilter struct {
	Held     bool // rows that are held back
	Faults   bool // variables that a check blames in one of the rows
	Form     string
	Variable string
	Page     int // of columns, from 1
}

// LiveColumns is how many variables stand beside each other. Forms stay together as long as they fit.
const LiveColumns = 12

// LivePages shares variables out on pages of columns, in their order. A form begins a new page when it doesn't fit on
// what is left of one, and stands on several when it fits on none.
func LivePages(vs []store.Variable, most int) [][]store.Variable {
	var pages [][]store.Variable
	room := 0
	for len(vs) > 0 {
		n := slices.IndexFunc(vs, func(v store.Variable) bool { return v.Form != vs[0].Form })
		if n < 0 {
			n = len(vs)
		}
		if n > room {
			pages, room = append(pages, nil), most
			n = min(n, most)
		}
		last := len(pages) - 1
		pages[last] = append(pages[last], vs[:n]...)
		vs, room = vs[n:], room-n
	}
	return pages
}

// liveTable is the part of a preview that is shown.
type liveTable struct {
	rows    []*store.PreviewRow
	columns []store.Variable
	cells   []int // where the columns' cells are in a row
	all     int   // columns, on all pages
	page    int   // from 1
	pages   int
}

// table narrows the preview to what is asked for.
func (m *LiveModel) table() liveTable {
	p, f := m.Preview, m.Filter
	var t liveTable
	place := map[string]int{}
	blamed := map[string]bool{}
	for i := range p.Rows {
		r := &p.Rows[i]
		if !f.Held || r.Broken || r.Reason != "" {
			t.rows = append(t.rows, r)
		}
		for at, c := range r.Cells {
			place[c.Variable] = at
			if c.Reason != "" {
				blamed[c.Variable] = true
			}
		}
	}
	var vs []store.Variable
	for i := range m.Codebook.Variables {
		v := &m.Codebook.Variables[i]
		if _, there := place[v.Name]; there && (!f.Faults || blamed[v.Name]) && (f.Form == "" || f.Form == v.Form) &&
			(f.Variable == "" || f.Variable == v.Name) {
			vs = append(vs, *v)
		}
	}
	pages := LivePages(vs, LiveColumns)
	t.all, t.pages, t.page = len(vs), len(pages), max(1, min(f.Page, len(pages)))
	if t.pages > 0 {
		t.columns = pages[t.page-1]
	}
	for i := range t.columns {
		t.cells = append(t.cells, place[t.columns[i].Name])
	}
	return t
}

func (t *liveTable) head(c layout.Ctx) []ds.Column {
	columns := []ds.Column{{Text: c.T("map.preview.row")}}
	for i := range t.columns {
		columns = append(columns, ds.Column{Text: NameOf(&t.columns[i])})
	}
	return columns
}

// groups are the forms over the columns.
func (t *liveTable) groups() []ds.ColumnGroup {
	groups, last := []ds.ColumnGroup{{Columns: 1}}, ""
	for i := range t.columns {
		if f := t.columns[i].Form; i == 0 || f != last {
			groups, last = append(groups, ds.ColumnGroup{Text: f}), f
		}
		groups[len(groups)-1].Columns++
	}
	if len(groups) < 2 || groups[1].Text == "" && len(groups) == 2 {
		return nil
	}
	return groups
}

func (m *LiveModel) pager(c layout.Ctx, t *liveTable) ds.PagerProps {
	href := func(page int) string {
		f := m.Filter
		f.Page = page
		return m.At("live-preview", f.query()) + "#live"
	}
	p := ds.PagerProps{Label: c.T("preview.pages"), Page: c.T("preview.page"), Pages: ds.PageLinks(t.page, t.pages, href),
		Summary: c.T("preview.columns", "n", len(t.columns), "all", t.all)}
	if t.page > 1 {
		p.Prev = ds.Link{Text: c.T("preview.page.prev"), Href: href(t.page - 1)}
	}
	if t.page < t.pages {
		p.Next = ds.Link{Text: c.T("preview.page.next"), Href: href(t.page + 1)}
	}
	return p
}

// query gives the filter as the address has it.
func (f LiveFilter) query() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	on := map[bool]string{true: "on"}
	set("held", on[f.Held])
	set("faults", on[f.Faults])
	set("form", f.Form)
	set("variable", f.Variable)
	if f.Page > 1 {
		set("page", strconv.Itoa(f.Page))
	}
	return q
}

// url is the address that the open page asks; the server answers with nothing while what it has seen still holds.
func (m *LiveModel) url() string {
	q := m.Filter.query()
	q.Set("seen", m.Mark())
	return m.At("live-preview", q)
}

func (m *LiveModel) formOptions(c layout.Ctx) []ds.Option {
	o := []ds.Option{{Text: c.T("preview.form.all")}}
	for _, g := range Groups(&m.Codebook) {
		if g.Form != "" {
			o = append(o, ds.Option{Value: g.Form, Text: g.Form})
		}
	}
	return o
}

func (l *Look) traceHref(position int64, variable string) string {
	return l.At("value-trace", url.Values{"row": {strconv.FormatInt(position, 10)}, "variable": {variable}})
}
