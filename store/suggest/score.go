package suggest

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"samband/store"
)

var (
	isGeneric = set(generic)
	isMarker  = set(markers)
	// opposed gives, for a concept, the groups of opposites that it is in.
	opposed = func() map[string][]int {
		m := map[string][]int{}
		for i, group := range opposites {
			for _, c := range group {
				m[c] = append(m[c], i)
			}
		}
		return m
	}()
)

func set(list []string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, s := range list {
		m[s] = true
	}
	return m
}

// judge scores a field for a variable. What speaks for the pair takes a share of what was missing to 1, what speaks
// against it a share of what there is. The reasons are added to why, unless it is nil: of most pairs nobody asks.
func (m *matcher) judge(v, f *item, why *[]store.Why) float64 {
	score := 0.0
	for_ := func(share float64, code store.Code, args func() store.Args) {
		if share <= 0 {
			return
		}
		part := (1 - score) * share
		score += part
		if why != nil {
			*why = append(*why, store.Why{Code: code, Args: args(), Part: part})
		}
	}
	against := 1.0
	name := m.names(v, f)
	for_(name.score, name.code, func() store.Args { return name.args() })

	switch fit := typeFit(v.variable.Type, f); {
	case fit < 0:
		against *= 0.55
	case score > 0:
		for_(0.15*fit, "type", func() store.Args { return store.Args{"type": store.Code("vartype." + string(f.typ))} })
	}
	units := compareUnits(v.plainUnit, f.plainUnit)
	switch units {
	case sameUnit:
		for_(0.3, "unit", func() store.Args { return store.Args{"unit": f.unit} })
	case convertible:
		for_(0.1, "unit_known", func() store.Args { return store.Args{"unit": f.unit, "to": v.unit} })
	case otherUnit:
		against *= 0.5
	}
	if p := f.profile; p != nil {
		if share, n := overlap(v, p); share > 0 {
			for_(share, "values", func() store.Args { return store.Args{"n": n, "of": len(p.Top)} })
		} else if share < 0 {
			against *= 0.8
		}
		switch in := inRange(v.variable, p); {
		case in > 0 && score > 0:
			for_(0.1, "range", func() store.Args { return store.Args{"low": *p.Low, "high": *p.High} })
		case in < 0 && units != convertible:
			against *= 0.7
		}
	}
	if why != nil {
		for i := range *why {
			(*why)[i].Part = round((*why)[i].Part * against)
		}
		slices.SortStableFunc(*why, func(a, b store.Why) int { return cmp.Compare(b.Part, a.Part) })
	}
	return round(min(1, score*against))
}

func round(f float64) float64 { return math.Round(f*1000) / 1000 }

// sure is the most that names alone give.
const sure = 0.93

// called is one of the two things that a variable or a field is called: its name or its label.
type called struct {
	text, folded string
	tokens       []token
}

func (i *item) called() [2]called {
	return [2]called{{i.name, i.folded, i.byName}, {i.label, i.foldedLabel, i.byLabel}}
}

// likeness is how much what a variable is called is like what a field is called.
type likeness struct {
	score float64
	code  store.Code
	words []string // of the field, that they share
	v, f  string   // what was compared
}

func (l *likeness) args() store.Args {
	if l.code == "same_name" {
		return store.Args{"field": l.f}
	}
	words := slices.Compact(slices.Sorted(slices.Values(l.words)))
	return store.Args{"field": l.f, "variable": l.v, "words": strings.Join(words, ", ")}
}

// names compares what a variable and a field are called: the best of name and label on each side.
func (m *matcher) names(v, f *item) likeness {
	if v.folded != "" && v.folded == f.folded {
		return likeness{score: 0.97, code: "same_name", f: f.name}
	}
	factor := 1.0
	if opposite(v, f) {
		factor = 0.15
	}
	var best likeness
	for _, a := range v.called() {
		for _, b := range f.called() {
			if len(a.tokens) == 0 || len(b.tokens) == 0 {
				continue
			}
			score, code, shared := m.compare(a.tokens, b.tokens)
			if a.folded == b.folded {
				score, code = 1, "same_words"
			}
			if score *= sure * factor; score > best.score+1e-9 {
				best = likeness{score, code, shared, a.text, b.text}
			}
		}
	}
	return best
}

// compare weighs what two names have in common against all they say.
func (m *matcher) compare(a, b []token) (score float64, code store.Code, shared []string) {
	var all, both float64
	exact := true
	factor := 1.0
	numberA, numberB, sameNumber := false, false, true
	for _, t := range a {
		all += t.weight
	}
	inA := walk{a}
	for _, t := range b {
		all += t.weight
		in := inA.meets(t.concept)
		if isDigit(t.concept[0]) {
			numberB, sameNumber = true, sameNumber && in
		}
		switch {
		case in:
			both += 2 * t.weight
			shared = append(shared, t.raw)
		case t.marker:
			factor *= 0.75
		}
	}
	var used []string
	inB := walk{b}
	for _, t := range a {
		in := inB.meets(t.concept)
		if isDigit(t.concept[0]) {
			numberA, sameNumber = true, sameNumber && in
		}
		if in {
			continue
		}
		if t.marker {
			factor *= 0.75
		}
		for _, x := range m.alike[t.concept] {
			is := func(u token) bool { return u.concept == x.concept }
			if i := slices.IndexFunc(b, is); i >= 0 && !slices.ContainsFunc(a, is) && !slices.Contains(used, x.concept) {
				used, exact = append(used, x.concept), false
				both += x.sim * (t.weight + b[i].weight)
				shared = append(shared, b[i].raw)
				break
			}
		}
	}
	switch {
	case sameNumber:
	case numberA && numberB:
		factor *= 0.4
	default:
		factor *= 0.85
	}
	if all == 0 || both == 0 {
		return 0, "", nil
	}
	score = min(1, both/all) * factor
	switch {
	case !exact:
		code = "similar"
	case both == all:
		code = "same_meaning"
	default:
		code = "words"
	}
	return score, code, shared
}

// walk goes once through tokens, which are sorted.
type walk struct{ left []token }

// meets tells whether a concept is among them. It has to be asked in the order of the concepts.
func (w *walk) meets(concept string) bool {
	for len(w.left) > 0 && w.left[0].concept < concept {
		w.left = w.left[1:]
	}
	return len(w.left) > 0 && w.left[0].concept == concept
}

// opposite tells whether two sides say things of which one never means the other.
func opposite(a, b *item) bool {
	for _, c := range a.opposed {
		for _, g := range opposed[c] {
			group := opposites[g]
			other := slices.ContainsFunc(group, func(x string) bool { return b.all[x] })
			same := slices.ContainsFunc(group, func(x string) bool { return a.all[x] && b.all[x] })
			if other && !same {
				return true
			}
		}
	}
	return false
}

// typeFit says how a field's type suits a variable's: 1 it does, 0 nothing can be told, -1 it doesn't.
func typeFit(want store.VarType, f *item) float64 {
	has := f.typ
	if has == "" || f.profile != nil && f.profile.Distinct == 0 && f.seen {
		return 0
	}
	number := has == store.VarInteger || has == store.VarDecimal
	day := has == store.VarDate || has == store.VarDateTime
	switch want {
	case store.VarDate, store.VarDateTime:
		switch {
		case has == want:
			return 1
		case day:
			return 0.5
		case number || f.seen:
			return -1
		}
	case store.VarInteger, store.VarDecimal:
		switch {
		case has == want || want == store.VarDecimal && number:
			return 1
		case day || has == store.VarText && f.seen:
			return -1
		}
	case store.VarCode:
		if day || has == store.VarDecimal {
			return -1
		}
		if has == store.VarCode {
			return 0.5
		}
	case store.VarBoolean:
		if day || has == store.VarDecimal {
			return -1
		}
		if has == store.VarBoolean {
			return 1
		}
	}
	return 0
}

// overlap says how far a field's values are among a variable's codes and their texts: the share that it speaks for the
// pair, negative when it speaks against it, and how many values there were. Digits alone tell little.
func overlap(v *item, p *store.FieldProfile) (share float64, n int) {
	if len(v.known) == 0 || len(p.Top) == 0 {
		return 0, 0
	}
	var rows, hit, tells int64
	for _, x := range p.Top {
		t := lower(x.Text)
		if slices.Contains(p.Sentinels, x.Text) || t == "" {
			continue
		}
		rows += x.Rows
		if v.known[t] {
			n++
			hit += x.Rows
			if telling(t) {
				tells += x.Rows
			}
		}
	}
	switch {
	case rows == 0:
		return 0, 0
	case hit == 0:
		return -1, 0
	}
	return 0.12*float64(hit)/float64(rows) + 0.38*float64(tells)/float64(rows), n
}

// inRange says whether a field's numbers lie within a variable's limits: 1 all but the ends do, -1 none does, 0 otherwise.
func inRange(v *store.Variable, p *store.FieldProfile) int {
	if p.Low == nil || p.High == nil || v.Min == nil || v.Max == nil {
		return 0
	}
	switch {
	case *p.Low >= *v.Min && *p.High <= *v.Max:
		return 1
	case *p.High < *v.Min || *p.Low > *v.Max:
		return -1
	}
	return 0
}
