package web

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/views/mapping"
)

// stepWithCode finds the step that holds an expression.
func stepWithCode(list []mapping.StepForm, code string) string {
	for i := range list {
		if list[i].Kind == store.StepExpr && strings.TrimSpace(list[i].Code) == code {
			return list[i].Path
		}
		for _, inner := range [][]mapping.StepForm{list[i].Then, list[i].Else} {
			if path := stepWithCode(inner, code); path != "" {
				return path
			}
		}
	}
	return ""
}

// steps makes steps of what was written, and notes at the fields what can't be read.
func (f *form) steps(list []mapping.StepForm) []store.Step {
	var steps []store.Step
	for i := range list {
		steps = append(steps, f.step(&list[i]))
	}
	return steps
}

const maxRuleText = 100_000 // characters of a list of codes, which may be long

func (f *form) step(p *mapping.StepForm) store.Step {
	s := store.Step{Kind: p.Kind}
	switch p.Kind {
	case store.StepCopy:
		s.From = f.fields(p, 1)
	case store.StepUnit:
		s.From, s.Units = f.fields(p, 1), f.units(p.Name("units"))
	case store.StepConstant:
		s.Value = f.text(p.Name("value"), 1000)
	case store.StepMissing:
		s = f.missing(p.Path)
	case store.StepCodes:
		s.Map, s.Null = f.codes(p.Name("codes")), f.lines(p.Name("null"))
		if len(s.Map)+len(s.Null) == 0 {
			f.fault(p.Name("codes"), "form.required", nil)
		}
		f.otherwise(p, &s)
	case store.StepLookup:
		var ok bool
		if s.Table, s.Column, ok = strings.Cut(f.need(p.Name("lookup"), 500), "/"); !ok {
			f.fault(p.Name("lookup"), "form.choice", nil)
		}
		f.otherwise(p, &s)
	case store.StepNormalise:
		s.System = f.need(p.Name("system"), 200)
	case store.StepDate:
		s.Layout = f.choice(p.Name("layout"), store.DateLayouts...)
	case store.StepNumber:
		s.Whole, s.Decimal = p.Whole, f.sign(p)
	case store.StepScale:
		if s.Factor = f.decimal(p.Name("factor"), -1e12, 1e12); s.Factor == 0 && f.errors.Of(p.Name("factor")) == nil {
			f.fault(p.Name("factor"), "mapping.zero_factor", nil)
		}
	case store.StepExpr:
		s.Code = f.need(p.Name("code"), store.MaxExpression)
	case store.StepJoin:
		s.From, s.Separator = f.fields(p, 0), f.separator(p.Name("separator"))
	case store.StepFirst:
		s.From, s.Values = f.fields(p, 0), f.lines(p.Name("values"))
	case store.StepGreatest, store.StepLeast, store.StepMean:
		s.From, s.Decimal = f.fields(p, 0), f.sign(p)
	case store.StepSplit:
		if s.Separator = f.separator(p.Name("separator")); s.Separator == "" {
			f.fault(p.Name("separator"), "form.required", nil)
		}
		s.Part = f.int(p.Name("part"), 1, 1000)
	case store.StepWhen:
		s.If = f.condition(p, true)
		s.Then, s.Else = f.steps(p.Then), f.steps(p.Else)
		if len(s.Then)+len(s.Else) == 0 {
			f.fault(p.Path, "mapping.no_branch", nil)
		}
	}
	return s
}

// fields reads the source fields that a step takes, at least one; most is how many there may be, 0 for any number.
func (f *form) fields(p *mapping.StepForm, most int) []string {
	name := p.Name("from")
	switch {
	case len(p.From) == 0:
		f.fault(name, "form.required", nil)
	case !f.fits(name, 200, p.From...):
	case most > 0 && len(p.From) > most:
		f.fault(name, "form.choice", nil)
	default:
		return p.From
	}
	return nil
}

// fits notes at a field when one of its texts can't be kept as it was written. Limit is in characters.
func (f *form) fits(name string, limit int, texts ...string) bool {
	for _, s := range texts {
		if code := unfit(s, limit); code != "" {
			f.fault(name, code, store.Args{"limit": limit})
			return false
		}
	}
	return true
}

// sign reads which decimal sign a number is written with; "" takes both.
func (f *form) sign(p *mapping.StepForm) string {
	if p.Decimal == "" {
		return ""
	}
	return f.choice(p.Name("decimal"), ",", ".")
}

// otherwise reads what becomes of a text that a table doesn't have.
func (f *form) otherwise(p *mapping.StepForm, s *store.Step) {
	switch s.Otherwise = store.Otherwise(p.Otherwise); s.Otherwise {
	case store.OtherHold, store.OtherNull, store.OtherKeep:
	case store.OtherCode:
		s.Value = f.need(p.Name("value"), 200)
	default:
		f.fault(p.Name("otherwise"), "form.choice", nil)
	}
}

// missing reads which texts mean that there is no value. What it must say at least is that of one.
func (f *form) missing(path string) store.Step {
	if !f.fits(path+".missing", 200, slices.Concat(f.list(path+".missing"), f.list(path+".outcome"))...) {
		return store.Step{Kind: store.StepMissing}
	}
	s := mapping.ReadMissing(f.value(path+".empty"), mapping.ReadMissingLines(f.values, path))
	seen := map[string]bool{}
	for _, v := range slices.Concat(s.Values, slices.Collect(maps.Keys(s.Map))) {
		if seen[v] {
			f.fault(path+".missing", "rule.missing_twice", store.Args{"value": v})
		}
		seen[v] = true
	}
	for _, r := range s.Reasons {
		if !slices.Contains(store.MissingReasons, r) {
			f.fault(path+".missing", "form.choice", nil)
		}
	}
	if len(seen) == 0 {
		f.fault(path+".missing", "form.required", nil)
	}
	return s
}

// condition reads what is compared, how, and with what.
func (f *form) condition(p *mapping.StepForm, inRule bool) *store.Condition {
	operators := make([]string, len(store.Operators))
	for i, o := range store.Operators {
		operators[i] = string(o)
	}
	c := &store.Condition{Field: f.text(p.Name("field"), 200), Op: store.Operator(f.choice(p.Name("op"), operators...))}
	if c.Field == "" && !inRule {
		f.fault(p.Name("field"), "form.required", nil)
	}
	switch than := f.text(p.Name("than"), 2000); c.Op {
	case store.OpMissing, store.OpPresent:
	case store.OpIn:
		for v := range strings.SplitSeq(than, ",") {
			c.Values = append(c.Values, strings.TrimSpace(v))
		}
	default:
		c.Value = than
		if n := strings.Replace(than, ",", ".", 1); n != than {
			if _, err := strconv.ParseFloat(n, 64); err == nil {
				c.Value = n // 2,5 as people here write it
			}
		}
	}
	return c
}

// lines gives the lines that hold something.
func (f *form) lines(name string) []string {
	var lines []string
	for line := range strings.Lines(f.text(name, maxRuleText)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// separator is a text in which space counts.
func (f *form) separator(name string) string {
	if f.text(name, 20); f.errors.Of(name) != nil {
		return ""
	}
	return f.value(name)
}

// codes reads «from = to», one a line.
func (f *form) codes(name string) map[string]string {
	codes := map[string]string{}
	for i, line := range f.lines(name) {
		from, to, ok := strings.Cut(line, "=")
		from, to = strings.TrimSpace(from), strings.TrimSpace(to)
		_, twice := codes[from]
		switch {
		case !ok || to == "":
			f.fault(name, "mapping.code_line", store.Args{"n": i + 1, "line": line})
			return codes
		case twice:
			f.fault(name, "mapping.code_twice", store.Args{"n": i + 1, "code": from})
			return codes
		}
		codes[from] = to
	}
	return codes
}

// units reads «unit = factor» or «unit = factor; decimals», one a line.
func (f *form) units(name string) []store.UnitFactor {
	var units []store.UnitFactor
	for i, line := range f.lines(name) {
		unit, rest, ok := strings.Cut(line, "=")
		factor, decimals, rounded := strings.Cut(rest, ";")
		u := store.UnitFactor{Unit: strings.TrimSpace(unit)}
		n, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(factor), ",", ".", 1), 64)
		u.Factor = n
		ok = ok && u.Unit != "" && err == nil && n != 0
		if rounded {
			d, err := strconv.Atoi(strings.TrimSpace(decimals))
			ok = ok && err == nil && d >= 0 && d <= 15
			u.Decimals = &d
		}
		if !ok {
			f.fault(name, "mapping.unit_line", store.Args{"n": i + 1, "line": line})
			return units
		}
		units = append(units, u)
	}
	if len(units) == 0 && f.errors.Of(name) == nil {
		f.fault(name, "form.required", nil)
	}
	return units
}
