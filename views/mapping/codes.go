package mapping

import (
	"net/url"
	"slices"
	"strconv"

	"samband/store"
	"samband/views/ds"
	"samband/views/layout"
)

// CodesPage is how many values of a queue a page shows, and its form carries: all that people may write of them stays
// within what a form may hold.
const CodesPage = 100

// CodeFilter is the part of a queue that is looked at.
type CodeFilter struct {
	State store.CodeState // "" is any
	Page  int             // counts from 1
}

// NewCodeFilter reads it from the query of a page; what it doesn't know is the first page of all.
func NewCodeFilter(q url.Values) CodeFilter {
	f := CodeFilter{State: store.CodeState(q.Get("state")), Page: 1}
	if !slices.Contains(store.CodeStates, f.State) {
		f.State = ""
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 1 {
		f.Page = n
	}
	return f
}

// Window shows the page of the queue that the filter asks for, the last one when there are fewer.
func (m *CodeQueueModel) Window() {
	var fits []int
	for i := range m.Queue.Rows {
		if m.Filter.State == "" || m.Queue.Rows[i].State == m.Filter.State {
			fits = append(fits, i)
		}
	}
	m.Fits, m.Pages = len(fits), max(1, (len(fits)+CodesPage-1)/CodesPage)
	m.Filter.Page = min(m.Filter.Page, m.Pages)
	from := (m.Filter.Page - 1) * CodesPage
	m.Shown = fits[from:min(from+CodesPage, len(fits))]
}

// At is the address of a page under the queue, on which the reader looks at the same part of it.
func (m *CodeQueueModel) At(more string) string { return m.at(more, m.Filter) }

func (m *CodeQueueModel) at(more string, f CodeFilter) string {
	q := url.Values{}
	if f.State != "" {
		q.Set("state", string(f.State))
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	if len(q) == 0 {
		return m.href(more)
	}
	return m.href(more) + "?" + q.Encode()
}

// stateOptions are the states that values of the queue are in, with how many.
func (m *CodeQueueModel) stateOptions(c layout.Ctx) []ds.Option {
	o := []ds.Option{{Text: c.T("codes.state.any", "n", len(m.Queue.Rows))}}
	for _, s := range store.CodeStates {
		if n := m.Queue.Count(s); n > 0 || s == m.Filter.State {
			o = append(o, ds.Option{Value: string(s), Text: c.T("codes.state.some", "state", c.T("codes.state."+string(s)), "n", n)})
		}
	}
	return o
}

func (m *CodeQueueModel) pager(c layout.Ctx) ds.PagerProps {
	if m.Pages < 2 {
		return ds.PagerProps{}
	}
	page := func(n int) string { return m.at("", CodeFilter{State: m.Filter.State, Page: n}) + "#queue" }
	from := (m.Filter.Page - 1) * CodesPage
	p := ds.PagerProps{Label: c.T("codes.pages"), Page: c.T("book.page"), Pages: ds.PageLinks(m.Filter.Page, m.Pages, page),
		Summary: c.T("codes.shown", "from", from+1, "to", min(from+CodesPage, m.Fits), "n", m.Fits)}
	if m.Filter.Page > 1 {
		p.Prev = ds.Link{Text: c.T("book.previous"), Href: page(m.Filter.Page - 1)}
	}
	if m.Filter.Page < m.Pages {
		p.Next = ds.Link{Text: c.T("book.next"), Href: page(m.Filter.Page + 1)}
	}
	return p
}
