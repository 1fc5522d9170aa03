// Package mapping draws how a source's fields become a registry's variables: the table with one row per variable, the
// forms of a rule, of the source's fields and of the checks, versions, and a preview on real rows.
package mapping

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/layout"
)

// Base is what all pages of a mapping know.
type Base struct {
	Integration store.Integration
	Codebook    store.Codebook
	Mapping     store.Mapping       // what is shown: the reader's draft, or a version
	Draft       *store.MappingDraft // the reader's own; nil when there is none
	Newest      int                 // number of the newest version; 0 when there is none
	MayEdit     bool
	Outgoing    bool // the source is the registry, and the codebook is a receiver's
	MaySeeRows  bool
	From        [2]string // based and edits of a form that came back, which is no newer for that; empty otherwise
	Unsaved     bool      // the form that came back holds more than the draft does
}

// Href is the address of a page of the mapping.
func (b *Base) Href(page string) string {
	href := "/integrations/" + b.Integration.ID + "/mapping"
	if page != "" {
		href += "/" + page
	}
	return href
}

// basis tells a form what it was drawn from.
func (b *Base) basis() (based, edits string) {
	if b.From[0] != "" {
		return b.From[0], b.From[1]
	}
	if b.Draft != nil {
		return strconv.Itoa(b.Draft.BasedOn), strconv.Itoa(b.Draft.Edits)
	}
	return strconv.Itoa(b.Newest), "0"
}

func (b *Base) crumbs(c layout.Ctx, page, title string) []ds.Link {
	links := []ds.Link{{Text: c.T("nav.integrations"), Href: "/integrations"},
		{Text: b.Integration.Name, Href: "/integrations/" + b.Integration.ID},
		{Text: c.T("map.title"), Href: b.Href(""), Current: page == ""}}
	if page != "" {
		links = append(links, ds.Link{Text: title, Href: b.Href(page), Current: true})
	}
	return links
}

// Model is what the table shows.
type Model struct {
	Base
	No         int // the version that is shown; 0 for a draft
	Versions   []store.MappingVersion
	Names      map[string]string // user → name
	Faults     store.FieldErrors // what is wrong with what is shown
	Changes    []text.Change     // the draft against the version it began from
	AllChanges bool              // the reader asked for them all
	Conflict   *Conflict
	Outgrown   *Outgrown // nil when the mapping stands in the newest version of its codebook
	Effect     Effect
	Known      *Known
	Sheet      *Sheet
	Show       Sort   // which variables the reader wants to see
	Find       string // and what they are called
	Stale      bool   // what was sent was made on something that had changed
	Message    string // of the form that came back
	Errors     store.FieldErrors
}

// Conflict says that somebody saved a version after the draft was begun.
type Conflict struct {
	Version store.MappingVersion
	By      string
	Changes []text.Change // what they changed
}

// Effect says what a version would mean for the approval.
type Effect struct {
	No       int // the version; 0 for the draft
	Known    bool
	Unsound  bool // it can't run as it is, whatever is approved
	Approved bool
	Lines    []string // what the approval does not cover
}

// Group is the variables of one form of the codebook.
type Group struct {
	Form      string
	Variables []store.Variable
}

// Groups gives the variables by form, in the codebook's order.
func Groups(c *store.Codebook) []Group {
	var gs []Group
	for _, v := range c.Variables {
		i := slices.IndexFunc(gs, func(g Group) bool { return g.Form == v.Form })
		if i < 0 {
			i = len(gs)
			gs = append(gs, Group{Form: v.Form})
		}
		gs[i].Variables = append(gs[i].Variables, v)
	}
	return gs
}

// Required tells whether a row can't do without the variable.
func Required(c *store.Codebook, v *store.Variable) bool {
	return v.Required || slices.Contains(c.Key, v.Name)
}

func (m *Model) states(c layout.Ctx) []ds.State {
	n := m.Sheet.Counts
	states := []ds.State{{Tone: ds.Neutral, Icon: ds.IconLink, Text: c.T("map.mapped", "n", n.Mapped, "all", n.All)}}
	if m.Draft != nil && m.No == 0 {
		states = append(states, ds.State{Tone: ds.Info, Icon: ds.IconDraft, Text: c.T("map.is_draft")})
	}
	return states
}

func (m *Model) meta(c layout.Ctx) string {
	switch {
	case m.No == 0 && m.Draft != nil && m.Draft.BasedOn > 0:
		return c.T("map.draft.of", "no", m.Draft.BasedOn, "at", m.Draft.UpdatedAt)
	case m.No == 0:
		return ""
	case m.No == m.Integration.MappingNo:
		return c.T("map.version.used", "no", m.No)
	}
	return c.T("map.version.shown", "no", m.No)
}

// NameOf is what people call a variable.
func NameOf(v *store.Variable) string {
	if v.Label != "" {
		return v.Label
	}
	return v.Name
}

// Named gives an error about a variable with what people call it in place of its name.
func (b *Base) Named(e *store.Error) *store.Error {
	name, ok := e.Args["variable"].(string)
	if !ok || b.Codebook.Variable(name) == nil {
		return e
	}
	named := *e
	named.Args = maps.Clone(e.Args)
	named.Args["variable"] = NameOf(b.named(name))
	return &named
}

// FieldOf gives what people call a source field, and its name.
func (b *Base) FieldOf(name string) string {
	if f := b.Mapping.Field(name); f != nil && f.Label != "" && f.Label != name {
		return f.Label + " (" + name + ")"
	}
	return name
}

// FieldsOf is FieldOf for several.
func (b *Base) FieldsOf(names []string) []string {
	var list []string
	for _, n := range names {
		list = append(list, b.FieldOf(n))
	}
	return list
}

// TypeOf says what kind of value a variable holds: type, unit and limits.
func TypeOf(c layout.Ctx, v *store.Variable) string {
	s := c.T("vartype." + string(v.Type))
	if v.Unit != "" {
		s += ", " + v.Unit
	}
	limit := func(f *float64) string {
		return strings.Replace(strconv.FormatFloat(*f, 'f', -1, 64), ".", decimalSign(c), 1)
	}
	switch {
	case v.Min != nil && v.Max != nil:
		s += ", " + limit(v.Min) + "–" + limit(v.Max)
	case v.Min != nil:
		s += ", " + c.T("map.at_least", "limit", limit(v.Min))
	case v.Max != nil:
		s += ", " + c.T("map.at_most", "limit", limit(v.Max))
	}
	if n := len(v.Codes); n > 0 {
		s += ", " + c.T("map.codes", "n", n)
	}
	return s
}

// Limit gives one end of the limits, nothing when it is open.
func Limit(c layout.Ctx, f *float64) string {
	if f == nil {
		return ""
	}
	return strings.Replace(strconv.FormatFloat(*f, 'f', -1, 64), ".", decimalSign(c), 1)
}

func decimalSign(c layout.Ctx) string {
	if c.Lang == text.EN {
		return "."
	}
	return ","
}

func variableOptions(b *store.Codebook, none string) []ds.Option {
	var o []ds.Option
	if none != "" {
		o = append(o, ds.Option{Text: none})
	}
	for i := range b.Variables {
		o = append(o, variableOption(&b.Variables[i]))
	}
	return o
}

func variableOption(v *store.Variable) ds.Option {
	name := v.Name
	if v.Label != "" {
		name = v.Label + " (" + v.Name + ")"
	}
	return ds.Option{Value: v.Name, Text: name}
}

func words[T ~string](c layout.Ctx, prefix string, values []T) []ds.Option {
	var o []ds.Option
	for _, v := range values {
		o = append(o, ds.Option{Value: string(v), Text: c.T(prefix + string(v))})
	}
	return o
}

func at(i int) string { return fmt.Sprint(i + 1) }
