package suggest

import (
	"math"
	"slices"
	"strings"

	"samband/store"
)

// Rule is the first rule for a variable and a field, for a person to look over: what can be told from the variable and
// from the field's profile, which may be nil, and of all the fields, the one that says the unit. A conversion is always
// a step of its own, so that nothing is converted unseen.
func Rule(v *store.Variable, f store.Field, p *store.SourceProfile, all []store.Field) store.Rule {
	r := store.Rule{Variable: v.Name, Steps: []store.Step{{Kind: store.StepCopy, From: []string{f.Name}}}}
	add := func(s store.Step) { r.Steps = append(r.Steps, s) }
	x := p.Field(f.Name)
	if x == nil {
		x = &store.FieldProfile{Name: f.Name}
	}
	if spaced(x) {
		add(store.Step{Kind: store.StepTrim})
	}
	proposed := map[string]string{}
	if len(v.Codes) > 0 || v.Type == store.VarBoolean {
		for _, c := range Codes(Options(v), x.Top) {
			if c.Score >= 0.5 && proposed[c.Value] == "" {
				proposed[c.Value] = c.Code
			}
		}
	}
	missing := store.Step{Kind: store.StepMissing}
	if x.Empty > 0 {
		missing.Values = append(missing.Values, "")
	}
	for _, s := range x.Sentinels {
		if proposed[s] != "" {
			continue // the variable has a code for it
		}
		missing.Values = append(missing.Values, s)
		if reason := reasonOf(s); reason != "" {
			if missing.Reasons == nil {
				missing.Reasons = map[string]store.MissingReason{}
			}
			missing.Reasons[s] = reason
		}
	}
	if len(missing.Values) > 0 {
		add(missing)
	}
	switch v.Type {
	case store.VarInteger, store.VarDecimal:
		convert := conversion(v, f, p, all)
		add(store.Step{Kind: store.StepNumber, Decimal: x.Decimal, Whole: v.Type == store.VarInteger && len(convert) == 0})
		r.Steps = append(r.Steps, convert...)
	case store.VarDate, store.VarDateTime:
		r.Steps = append(r.Steps, day(v.Type, x)...)
	default:
		if len(proposed) > 0 {
			add(store.Step{Kind: store.StepCodes, Map: proposed})
		} else if v.System != "" {
			add(store.Step{Kind: store.StepNormalise, System: v.System})
		}
	}
	return r
}

// Options gives the codes that a value of a variable can become; true and false, as yes and no, of a boolean one.
func Options(v *store.Variable) []store.CodeOption {
	if v.Type == store.VarBoolean && len(v.Codes) == 0 {
		return []store.CodeOption{{Code: "true", Label: "ja"}, {Code: "false", Label: "nei"}}
	}
	return v.Codes
}

// spaced tells whether values have white space at their ends.
func spaced(p *store.FieldProfile) bool {
	is := func(v store.ValueCount) bool { return strings.TrimSpace(v.Text) != v.Text }
	return slices.ContainsFunc(p.Top, is) || slices.ContainsFunc(p.Patterns, is)
}

// reasonOf reads why a value is missing off a sentinel that says it in words.
func reasonOf(s string) store.MissingReason {
	switch lower(s) {
	case "ukjent", "unknown", "unk", "ukj", "vet ikke", "veit ikkje", "don't know", "uvisst":
		return store.MissingUnknown
	case "ikke spurt", "ikke spurd", "not asked", "ikke registrert", "ikkje registrert":
		return store.MissingNotAsked
	case "ikke utført", "ikke målt", "ikke gjort", "ikkje utført", "not done", "nd":
		return store.MissingNotDone
	case "ikke aktuelt", "ikke relevant", "ikkje aktuelt", "not applicable", "n/a":
		return store.MissingNotApplicable
	case "ønsker ikke", "vil ikke svare", "nekter", "declined", "refused":
		return store.MissingDeclined
	}
	return ""
}

// day reads days and times as the profile says they are written. Where the variable is a day and the source has a time
// too, the time is cut off, which shows as a step.
func day(t store.VarType, p *store.FieldProfile) []store.Step {
	layout := p.Layout
	if !slices.Contains(store.DateLayouts, layout) {
		layout = "yyyy-mm-dd"
		if t == store.VarDateTime {
			layout = "yyyy-mm-ddTHH:MM:SS"
		}
	}
	if t == store.VarDate {
		if date, sign := cutTime(layout); sign != "" {
			return []store.Step{{Kind: store.StepSplit, Separator: sign, Part: 1}, {Kind: store.StepDate, Layout: date}}
		}
	}
	return []store.Step{{Kind: store.StepDate, Layout: layout}}
}

// cutTime gives the day of a layout and the sign that stands before its time; "" when it has none.
func cutTime(layout string) (date, sign string) {
	for _, s := range []string{" HH", "THH"} {
		if i := strings.Index(layout, s); i > 0 {
			return layout[:i], s[:1]
		}
	}
	return layout, ""
}

// UnitField gives the name of the field that says the unit of another: the same name with «enhet» or the like after it.
// It gives "" when there is none.
func UnitField(name string, all []store.Field) string {
	own := plainName(name)
	for _, f := range all {
		if f.Class == store.Direct || f.Name == name {
			continue
		}
		if rest, ok := strings.CutPrefix(plainName(f.Name), own); ok && slices.Contains(unitEndings, rest) {
			return f.Name
		}
	}
	return ""
}

var unitEndings = []string{"enhet", "enh", "unit", "units", "benevning", "malenhet"}

// conversion gives the steps that bring a number to the variable's unit: by the field that stands beside it, or by the
// unit in its label. Only factors that are known for certain are written; a unit without one holds the row back.
func conversion(v *store.Variable, f store.Field, p *store.SourceProfile, all []store.Field) []store.Step {
	if v.Unit == "" {
		return nil
	}
	to := plainUnit(v.Unit)
	about := newAbout(v, f)
	if beside := UnitField(f.Name, all); beside != "" {
		units := []store.UnitFactor{}
		if x := p.Field(beside); x != nil {
			for _, u := range x.Top {
				if n, ok := factorOf(about, plainUnit(u.Text), to); ok {
					units = append(units, store.UnitFactor{Unit: u.Text, Factor: n})
				}
			}
		}
		if len(units) == 0 {
			units = append(units, store.UnitFactor{Unit: v.Unit, Factor: 1})
		}
		slices.SortFunc(units, func(a, b store.UnitFactor) int { return strings.Compare(a.Unit, b.Unit) })
		return []store.Step{{Kind: store.StepUnit, From: []string{beside}, Units: units}}
	}
	if _, unit := cutUnit(f.Label); unit != "" {
		if n, ok := factorOf(about, plainUnit(unit), to); ok && n != 1 {
			return []store.Step{{Kind: store.StepScale, Factor: n}}
		}
	}
	return nil
}

// newAbout gives the concepts that a variable and a field say, both of them.
func newAbout(v *store.Variable, f store.Field) map[string]bool {
	m := map[string]bool{}
	for _, s := range []string{v.Name, v.Label, f.Name, f.Label} {
		for _, t := range words.tokens(words.cut(s)) {
			m[t.concept] = true
		}
	}
	return m
}

// factorOf gives what a number in one unit is multiplied by to be in another, when that is known for what it is of.
func factorOf(about map[string]bool, from, to string) (float64, bool) {
	if from == to {
		return 1, true
	}
	for i := range unitGroups {
		g := &unitGroups[i]
		if g.concept != "" && !about[g.concept] {
			continue
		}
		if n, ok := g.factor(from, to); ok {
			return tidy(n), true
		}
	}
	return 0, false
}

// tidy takes off the crumbs that a division leaves.
func tidy(f float64) float64 {
	digits := math.Pow(10, 12-math.Ceil(math.Log10(math.Abs(f))))
	return math.Round(f*digits) / digits
}
