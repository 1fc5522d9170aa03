package mapping

import (
	"net/url"
	"slices"
	"strconv"

	"samband/store"
	"samband/views/ds"
	"samband/views/layout"
)

// Look is what the pages that show real rows know: what they are mapped with, and which rows they are.
type Look struct {
	Base
	Pinned  int           // the version that was asked for; 0 for what the reader works on
	Own     bool          // the reader's own sample, not the newest delivery
	Sample  *store.Sample // the reader's own; nil when there is none
	Problem string        // why there is nothing to show
}

// At is the address of one of these pages, with the same mapping and the same rows.
func (l *Look) At(page string, q url.Values) string {
	if q == nil {
		q = url.Values{}
	}
	if l.Own {
		q.Set("rows", "own")
	}
	if l.Pinned > 0 {
		q.Set("version", strconv.Itoa(l.Pinned))
	}
	if len(q) == 0 {
		return l.Href(page)
	}
	return l.Href(page) + "?" + q.Encode()
}

// Mark tells one state of what the reader works on from another.
func (l *Look) Mark() string {
	based, edits := l.basis()
	return based + "." + edits
}

// mappedBy says which mapping it is.
func (l *Look) mappedBy(c layout.Ctx) string {
	switch {
	case l.Pinned > 0:
		return c.T("preview.version", "no", l.Pinned)
	case l.Draft != nil || l.Newest == 0:
		return c.T("preview.draft")
	}
	return c.T("preview.version", "no", l.Newest)
}

// rowOptions are the rows that can be looked at.
func (l *Look) rowOptions(c layout.Ctx) []ds.Option {
	o := []ds.Option{{Text: c.T("preview.rows.newest")}}
	if l.Sample != nil || l.Own {
		o = append(o, ds.Option{Value: "own", Text: c.T("preview.rows.own")})
	}
	return o
}

func (l *Look) rows() string {
	if l.Own {
		return "own"
	}
	return ""
}

// named gives the variable of that name; one that the codebook no longer has is known by its name alone.
func (b *Base) named(name string) *store.Variable {
	if v := b.Codebook.Variable(name); v != nil {
		return v
	}
	return &store.Variable{Name: name}
}

// mappedOptions are the variables that have a rule.
func (b *Base) mappedOptions(none string) []ds.Option {
	return slices.DeleteFunc(variableOptions(&b.Codebook, none), func(o ds.Option) bool {
		return o.Value != "" && b.Mapping.Rule(o.Value) == nil
	})
}
