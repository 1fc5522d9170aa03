package codebook

import (
	"net/url"
	"strconv"
	"strings"

	"samband/store"
	"samband/views/ds"
	"samband/views/layout"
	"samband/views/mapping"
)

// What a page shows of a codebook at once: all of it when it is small, otherwise one form, so many variables a page.
const (
	smallBook = 200
	pageSize  = 100
)

// Window is the part of a codebook that a page shows.
type Window struct {
	Groups []mapping.Group // by form, with the variables that are shown
	Forms  []Form          // all of them, when not all are shown
	Query  string          // what was looked for
	Found  int             // variables that fit it, or that are in the form
	Page   int             // counts from 1
	Pages  int
	base   string // address of the page, without a query
	params url.Values
}

// Form is one form of a codebook, and how many variables it has.
type Form struct {
	Name  string
	Count int
	Shown bool
}

// Forms gives the forms of a codebook in its order.
func Forms(b *store.Codebook) []Form {
	var forms []Form
	at := map[string]int{}
	for i := range b.Variables {
		name := b.Variables[i].Form
		n, ok := at[name]
		if !ok {
			n, at[name] = len(forms), len(forms)
			forms = append(forms, Form{Name: name})
		}
		forms[n].Count++
	}
	return forms
}

// NewWindow gives the part of a codebook that the query of the page at base asks for: form (its number, from 0), page
// and q, which looks for variables by name and label.
func NewWindow(b *store.Codebook, base string, query url.Values) Window {
	w := Window{Query: strings.TrimSpace(query.Get("q")), Page: 1, Pages: 1, base: base, params: url.Values{}}
	if v := query.Get("version"); v != "" {
		w.params.Set("version", v)
	}
	var list []store.Variable
	switch {
	case w.Query != "":
		w.params.Set("q", w.Query)
		word := strings.ToLower(w.Query)
		for _, v := range b.Variables {
			if strings.Contains(v.Name, word) || strings.Contains(strings.ToLower(v.Label), word) ||
				strings.Contains(strings.ToLower(v.Origin), word) {
				list = append(list, v)
			}
		}
	case len(b.Variables) <= smallBook:
		w.Groups, w.Found = mapping.Groups(b), len(b.Variables)
		return w
	default:
		w.Forms = Forms(b)
		n, err := strconv.Atoi(query.Get("form"))
		if err != nil || n < 0 || n >= len(w.Forms) {
			n = 0
		}
		w.Forms[n].Shown = true
		w.params.Set("form", strconv.Itoa(n))
		for _, v := range b.Variables {
			if v.Form == w.Forms[n].Name {
				list = append(list, v)
			}
		}
	}
	w.Found, w.Pages = len(list), max((len(list)+pageSize-1)/pageSize, 1)
	if n, err := strconv.Atoi(query.Get("page")); err == nil {
		w.Page = min(max(n, 1), w.Pages)
	}
	from := (w.Page - 1) * pageSize
	part := *b
	part.Variables = list[from:min(from+pageSize, len(list))]
	w.Groups = mapping.Groups(&part)
	return w
}

func (w *Window) href(name, value string) string {
	q := url.Values{}
	for k, v := range w.params {
		q[k] = v
	}
	if name == "form" {
		q.Del("q")
	}
	q.Set(name, value)
	return w.base + "?" + q.Encode() + "#variables"
}

func (w *Window) pager(c layout.Ctx) ds.PagerProps {
	if w.Pages < 2 {
		return ds.PagerProps{}
	}
	page := func(n int) string { return w.href("page", strconv.Itoa(n)) }
	p := ds.PagerProps{Label: c.T("book.pages"), Page: c.T("book.page"), Pages: ds.PageLinks(w.Page, w.Pages, page),
		Summary: c.T("book.shown", "from", (w.Page-1)*pageSize+1, "to", min(w.Page*pageSize, w.Found), "n", w.Found)}
	if w.Page > 1 {
		p.Prev = ds.Link{Text: c.T("book.previous"), Href: page(w.Page - 1)}
	}
	if w.Page < w.Pages {
		p.Next = ds.Link{Text: c.T("book.next"), Href: page(w.Page + 1)}
	}
	return p
}
