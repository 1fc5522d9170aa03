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
// against it a share of what there is.
func (m *matcher) judge(v, f *item) store.Suggestion {
	g := store.Suggestion{Variable: v.variable.Name, Fields: []string{f.name}}
	score := 0.0
	for_ := func(share float64, code store.Code, args store.Args) {
		if share > 0 {
			part := (1 - score) * share
			g.Why = append(g.Why, store.Why{Code: code, Args: args, Part: part})
			score += part
		}
	}
	against := 1.0
	name, why := m.names(v, f)
	for_(name, why.Code, why.Args)

	switch fit := typeFit(v.variable.Type, f); {
	case fit < 0:
		against *= 0.55
	case score > 0:
		for_(0.15*fit, "type", store.Args{"type": store.Code("vartype." + string(f.typ))})
	}
	units := compareUnits(v.plainUnit, f.plainUnit)
	switch units {
	case sameUnit:
		for_(0.3, "unit", store.Args{"unit": f.unit})
	case convertible:
		for_(0.1, "unit_known", store.Args{"unit": f.unit, "to": v.unit})
	case otherUnit:
		against *= 0.5
	}
	if p := f.profile; p != nil {
		if share, n := overlap(v, p); share > 0 {
			for_(share, "values", store.Args{"n": n, "of": len(p.Top)})
		} else if share < 0 {
			against *= 0.8
		}
		switch in := inRange(v.variable, p); {
		case in > 0 && score > 0:
			for_(0.1, "range", store.Args{"low": *p.Low, "high": *p.High})
		case in < 0 && units != convertible:
			against *= 0.7
		}
	}
	for i := range g.Why {
		g.Why[i].Part = round(g.Why[i].Part * against)
	}
	slices.SortStableFunc(g.Why, func(a, b store.Why) int { return cmp.Compare(b.Part, a.Part) })
	g.Score = round(min(1, score*against))
	return g
}

func round(f float64) float64 { return math.Round(f*1000) / 1000 }

// sure is the most that names alone give.
const sure = 0.93

// names compares what a variable and a field are called: the best of name and label on each side.
func (m *matcher) names(v, f *item) (float64, store.Why) {
	if v.folded != "" && v.folded == f.folded {
		return 0.97, store.Why{Code: "same_name", Args: store.Args{"field": f.name}}
	}
	factor := 1.0
	if opposite(v, f) {
		factor = 0.15
	}
	best, why := 0.0, store.Why{}
	for _, a := range []struct {
		text   string
		folded string
		tokens []token
	}{{v.name, v.folded, v.byName}, {v.label, v.foldedLabel, v.byLabel}} {
		for _, b := range []struct {
			text   string
			folded string
			tokens []token
		}{{f.name, f.folded, f.byName}, {f.label, f.foldedLabel, f.byLabel}} {
			if len(a.tokens) == 0 || len(b.tokens) == 0 {
				continue
			}
			score, code, shared := m.compare(a.tokens, b.tokens)
			if a.folded == b.folded {
				score, code = 1, "same_words"
			}
			if score *= sure * factor; score > best+1e-9 {
				best = score
				why = store.Why{Code: code, Args: store.Args{"field": b.text, "variable": a.text, "words": strings.Join(shared, ", ")}}
			}
		}
	}
	return best, why
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
	used := map[string]bool{}
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
			if i := slices.IndexFunc(b, is); i >= 0 && !slices.ContainsFunc(a, is) && !used[x.concept] {
				used[x.concept], exact = true, false
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
	slices.Sort(shared)
	shared = slices.Compact(shared)
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
