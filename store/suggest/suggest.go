package suggest

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"samband/store"
)

const (
	most  = 5    // suggestions for a variable
	least = 0.35 // score of one that is shown
)

// Suggest proposes source fields for the variables of a codebook, at most five each, the best first. It reads names and
// labels, and as far as they are known types, units and the values of a profile; s and p may be nil. A direct field is
// never proposed, nor anything for a variable that the registry works out itself. Only the variables that are asked for
// get suggestions, all of them when asked is nil; which they are changes no score, and neither does the order of variables
// and fields.
func Suggest(c *store.Codebook, asked func(variable string) bool, fields []store.Field, s *store.Schema,
	p *store.SourceProfile) map[string][]store.Suggestion {
	m := newMatcher(c, asked, fields, s, p)
	out := map[string][]store.Suggestion{}
	for _, v := range m.variables {
		var fit []scored
		for _, f := range m.candidates(v) {
			if score := m.judge(v, f, nil); score >= least {
				fit = append(fit, scored{f, score})
			}
		}
		slices.SortFunc(fit, func(a, b scored) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.field.name, b.field.name))
		})
		for _, x := range fit[:min(most, len(fit))] {
			g := store.Suggestion{Variable: v.variable.Name, Fields: []string{x.field.name}}
			g.Score = m.judge(v, x.field, &g.Why)
			out[g.Variable] = append(out[g.Variable], g)
		}
	}
	return out
}

// scored is a field that may suit a variable.
type scored struct {
	field *item
	score float64
}

// item is a variable or a field, as it is compared.
type item struct {
	name, label         string
	byName, byLabel     []token
	all                 map[string]bool // concepts of both
	opposed             []string        // those of them that have an opposite
	folded, foldedLabel string

	variable *store.Variable // of a variable
	known    map[string]bool // its codes and labels, in lower case

	typ     store.VarType // of a field; "" when it isn't known
	seen    bool          // typ was read from values
	profile *store.FieldProfile

	unit, plainUnit string // of both: as it is written, and one way
}

func (m *matcher) item(name, label string) *item {
	label, unit := cutUnit(label)
	inName, inLabel := words.cut(name), words.cut(label)
	i := &item{name: name, label: label, unit: unit, byName: words.tokens(inName), byLabel: words.tokens(inLabel),
		folded: joined(inName), foldedLabel: joined(inLabel), all: map[string]bool{}}
	for _, list := range [][]token{i.byName, i.byLabel} {
		for _, t := range list {
			if !i.all[t.concept] && opposed[t.concept] != nil {
				i.opposed = append(i.opposed, t.concept)
			}
			i.all[t.concept] = true
		}
	}
	return i
}

// plainName is a name without anything but its folded letters and digits.
func plainName(s string) string { return joined(words.cut(s)) }

func joined(list []word) string {
	var b strings.Builder
	for _, w := range list {
		b.WriteString(w.folded)
	}
	return b.String()
}

// matcher holds both sides and what finds one from the other.
type matcher struct {
	variables []*item // that are asked for
	fields    []*item
	named     map[string][]*item // by folded name and label
	saying    map[string][]*item // by concept
	valued    map[string][]*item // by a value that says something
	alike     map[string][]alike // a concept of a variable → concepts of fields that are written much the same
}

func newMatcher(c *store.Codebook, asked func(variable string) bool, fields []store.Field, s *store.Schema,
	p *store.SourceProfile) *matcher {
	m := &matcher{named: map[string][]*item{}, saying: map[string][]*item{}, valued: map[string][]*item{}}
	for i := range c.Variables {
		v := &c.Variables[i]
		if v.Computed {
			continue
		}
		x := m.item(v.Name, v.Label)
		if x.variable = v; v.Unit != "" {
			x.unit = v.Unit
		}
		x.plainUnit = plainUnit(x.unit)
		x.known = map[string]bool{}
		for _, o := range v.Codes {
			x.known[lower(o.Code)] = true
			if o.Label != "" {
				x.known[lower(o.Label)] = true
			}
		}
		m.variables = append(m.variables, x)
	}
	described := map[string]*store.SchemaField{}
	if s != nil {
		for i := range s.Fields {
			described[s.Fields[i].Name] = &s.Fields[i]
		}
	}
	profiled := map[string]*store.FieldProfile{}
	if p != nil {
		for i := range p.Fields {
			profiled[p.Fields[i].Name] = &p.Fields[i]
		}
	}
	for _, f := range fields {
		d := described[f.Name]
		if f.Class == store.Direct || f.Is != "" || d != nil && (d.Class == store.Direct || d.Is != "") {
			continue
		}
		q := profiled[f.Name]
		if q != nil && q.Direct {
			continue
		}
		label := f.Label
		if label == "" && d != nil {
			label = d.Label
		}
		x := m.item(f.Name, label)
		if d != nil {
			x.typ = d.Type
			if d.Unit != "" {
				x.unit = d.Unit
			}
		}
		if q != nil {
			if x.profile = q; q.Type != "" {
				x.typ, x.seen = q.Type, true
			}
		}
		x.plainUnit = plainUnit(x.unit)
		m.fields = append(m.fields, x)
		m.index(x)
	}
	m.weigh()
	if asked != nil {
		m.variables = slices.DeleteFunc(m.variables, func(v *item) bool { return !asked(v.variable.Name) })
	}
	m.findAlike()
	return m
}

func (m *matcher) index(f *item) {
	for _, n := range distinct(f.folded, f.foldedLabel) {
		m.named[n] = append(m.named[n], f)
	}
	for c := range f.all {
		m.saying[c] = append(m.saying[c], f)
	}
	if f.profile != nil {
		for _, v := range f.profile.Top {
			if t := lower(v.Text); telling(t) {
				m.valued[t] = append(m.valued[t], f)
			}
		}
	}
}

func distinct(list ...string) []string {
	var out []string
	for _, s := range list {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// telling tells whether a value says something by itself: a digit or a letter stands in many lists.
func telling(s string) bool {
	return len(s) > 2 && strings.ContainsFunc(s, func(r rune) bool { return r > '9' })
}

// weigh gives each concept its weight: one that many fields or variables have tells less.
func (m *matcher) weigh() {
	uses := map[string]int{}
	for _, list := range [][]*item{m.variables, m.fields} {
		here := map[string]int{}
		for _, i := range list {
			for c := range i.all {
				here[c]++
			}
		}
		for c, n := range here {
			uses[c] = max(uses[c], n)
		}
	}
	weight := make(map[string]float64, len(uses))
	for c, n := range uses {
		w := 1.0
		switch {
		case isGeneric[c]:
			w = 0.45
		case isDigit(c[0]):
			w = 0.5
		}
		weight[c] = w / (1 + 0.15*math.Log(float64(n)))
	}
	for _, list := range [][]*item{m.variables, m.fields} {
		for _, i := range list {
			for _, tokens := range [][]token{i.byName, i.byLabel} {
				for j := range tokens {
					tokens[j].weight = weight[tokens[j].concept]
				}
			}
		}
	}
}

// common is how many fields may share a concept before it no longer finds them by itself.
const common = 60

// candidates gives the fields that are worth judging for a variable: those that share a name, a concept that isn't
// everywhere, a word written much the same, or values.
func (m *matcher) candidates(v *item) []*item {
	seen := map[*item]bool{}
	var out []*item
	add := func(list []*item) {
		for _, f := range list {
			if !seen[f] {
				seen[f] = true
				out = append(out, f)
			}
		}
	}
	for _, n := range distinct(v.folded, v.foldedLabel) {
		add(m.named[n])
	}
	rare, fewest := "", math.MaxInt
	for c := range v.all {
		list := m.saying[c]
		if len(list) <= common {
			add(list)
		}
		if n := len(list); n > 0 && (n < fewest || n == fewest && c < rare) {
			rare, fewest = c, n
		}
		for _, a := range m.alike[c] {
			if list := m.saying[a.concept]; len(list) <= common {
				add(list)
			}
		}
	}
	if fewest > common && rare != "" { // every word of it is common: the rarest must do
		add(m.saying[rare])
	}
	for text := range v.known {
		if list := m.valued[text]; telling(text) && len(list) <= common {
			add(list)
		}
	}
	return out
}
