package web

import (
	"net/http"
	"strconv"

	"samband/views/ds"
	"samband/views/layout"
)

// paging is which page of a list was asked for (?page=), counted from 1.
type paging struct {
	page, size int
	r          *http.Request
}

func pageOf(r *http.Request, size int) paging {
	n, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || n < 1 || n > 1_000_000 {
		n = 1
	}
	return paging{n, size, r}
}

// offset is how many lines stand before the page.
func (p paging) offset() int { return (p.page - 1) * p.size }

// pager gives the way to the other pages of a list with so many lines in all. The rest of the address stays.
func (p paging) pager(c layout.Ctx, total int) ds.PagerProps {
	pages := max(1, (total+p.size-1)/p.size)
	first, last := min(p.offset()+1, total), min(p.offset()+p.size, total)
	props := ds.PagerProps{
		Label: c.T("web.pager.label"), Page: c.T("web.pager.page"),
		Pages:   ds.PageLinks(p.page, pages, p.href),
		Summary: c.T("web.pager.summary", "first", first, "last", last, "total", total),
	}
	if p.page > 1 {
		props.Prev = ds.Link{Text: c.T("web.pager.previous"), Href: p.href(min(p.page-1, pages))}
	}
	if p.page < pages {
		props.Next = ds.Link{Text: c.T("web.pager.next"), Href: p.href(p.page + 1)}
	}
	return props
}

func (p paging) href(page int) string {
	q := p.r.URL.Query()
	q.Del("page")
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return p.r.URL.Path
	}
	return p.r.URL.Path + "?" + q.Encode()
}
