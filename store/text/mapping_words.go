package text

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"samband/store"
)

// Steps says in words what the steps of a rule do: «kopi → mangler: (tom), -9 → tall → mg/dL × 88,42».
func Steps(lang Lang, steps []store.Step) string {
	parts := make([]string, len(steps))
	for i := range steps {
		parts[i] = Step(lang, &steps[i])
	}
	return strings.Join(parts, " → ")
}

// Step says in words what one step does.
func Step(lang Lang, s *store.Step) string {
	t := func(key string, args ...any) string { return T(lang, "says."+key, args...) }
	from := strings.Join(s.From, ", ")
	switch s.Kind {
	case store.StepCopy:
		return t("copy", "field", from)
	case store.StepConstant:
		return t("constant", "value", Quoted(lang, s.Value))
	case store.StepMissing:
		return t("missing", "values", quotedList(lang, s.Values))
	case store.StepTrim:
		return t("trim")
	case store.StepCodes:
		return t("codes", "n", len(s.Map), "codes", codePairs(lang, s))
	case store.StepDate:
		return t("date", "layout", s.Layout)
	case store.StepNumber:
		key := "number"
		if s.Whole {
			key = "whole"
		}
		switch s.Decimal {
		case ",":
			return t(key) + " " + t("comma")
		case ".":
			return t(key) + " " + t("point")
		}
		return t(key)
	case store.StepUnit:
		var units []string
		for _, u := range s.Units {
			units = append(units, u.Unit+" × "+number(lang, u.Factor))
		}
		return t("unit", "field", from, "units", strings.Join(units, ", "))
	case store.StepScale:
		return "× " + number(lang, s.Factor)
	case store.StepWhen:
		return t("when", "if", Condition(lang, s.If), "then", branch(lang, s.Then), "else", branch(lang, s.Else))
	case store.StepExpr:
		return t("expr", "code", s.Code)
	case store.StepJoin:
		return t("join", "fields", from, "separator", Quoted(lang, s.Separator))
	case store.StepSplit:
		return t("split", "part", s.Part, "separator", Quoted(lang, s.Separator))
	}
	return T(lang, "step."+string(s.Kind))
}

func branch(lang Lang, steps []store.Step) string {
	if len(steps) == 0 {
		return T(lang, "says.as_is")
	}
	return Steps(lang, steps)
}

// Condition says a condition in words: «vekt < 3», «verdien mangler».
func Condition(lang Lang, c *store.Condition) string {
	if c == nil {
		return T(lang, "says.nothing")
	}
	what := c.Field
	if what == "" {
		what = T(lang, "says.value")
	}
	switch c.Op {
	case store.OpMissing, store.OpPresent:
		return what + " " + T(lang, "op."+string(c.Op))
	case store.OpIn:
		return what + " " + T(lang, "op."+string(c.Op)) + " " + quotedList(lang, c.Values)
	}
	return what + " " + T(lang, "op."+string(c.Op)) + " " + Quoted(lang, c.Value)
}

// Quoted shows a text that may be empty or hold only space.
func Quoted(lang Lang, s string) string {
	switch {
	case s == "":
		return T(lang, "says.empty")
	case strings.TrimSpace(s) == "":
		return T(lang, "says.space")
	}
	return s
}

// listed is how many values of a list are named in a sentence.
const listed = 5

func quotedList(lang Lang, values []string) string {
	var parts []string
	for i, v := range values {
		if i == listed {
			parts = append(parts, T(lang, "says.more", "n", len(values)-listed))
			break
		}
		parts = append(parts, Quoted(lang, v))
	}
	return strings.Join(parts, ", ")
}

func codePairs(lang Lang, s *store.Step) string {
	var pairs []string
	for _, from := range slices.Sorted(maps.Keys(s.Map)) {
		pairs = append(pairs, Quoted(lang, from)+" = "+s.Map[from])
	}
	for _, from := range s.Null {
		pairs = append(pairs, Quoted(lang, from)+" = "+T(lang, "says.null"))
	}
	return quotedList(lang, pairs)
}

func number(lang Lang, f float64) string {
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if lang != EN {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// Check says in words what a check looks for.
func Check(lang Lang, c *store.Check) string {
	var s string
	switch c.Kind {
	case store.CheckOrder:
		s = T(lang, "says.order", "earlier", c.Earlier, "later", c.Later)
	case store.CheckRule:
		s = T(lang, "says.rule", "code", c.Code)
	default:
		s = T(lang, "check."+string(c.Kind))
		if len(c.Variables) > 0 {
			s += ": " + strings.Join(c.Variables, ", ")
		}
	}
	if c.Warn {
		s += " (" + T(lang, "says.warn") + ")"
	}
	return s
}

// Reason is what a mapping calls the reason of a held-back row: its own words, or else what its check looks for.
func Reason(lang Lang, m *store.Mapping, reason string) string {
	if key := "reason." + reason; Has(key) {
		return T(lang, key)
	}
	if m == nil {
		return reason
	}
	switch c := m.Check(reason); {
	case c == nil:
		return reason
	case c.Text != "":
		return c.Text
	default:
		return Check(lang, c)
	}
}

// Change is one line in which two mappings differ, in words. Was and Is are empty for what wasn't there or isn't.
type Change struct{ Title, Was, Is string }

// Changes says in words in what a mapping differs from an earlier one.
func Changes(lang Lang, before, now *store.Mapping) []Change {
	var out []Change
	for _, d := range now.Diff(before) {
		out = append(out, Change{
			Title: T(lang, "change."+d.Area+"."+string(d.Kind), "name", d.Name),
			Was:   part(lang, d.Area, d.Old), Is: part(lang, d.Area, d.New),
		})
	}
	return out
}

// part says in words what stands in one line of a Difference between mappings.
func part(lang Lang, area, line string) string {
	if line == "" {
		return ""
	}
	switch area {
	case "field":
		var f store.Field
		if json.Unmarshal([]byte(line), &f) == nil {
			s := T(lang, "fclass."+string(f.Class))
			if f.Is != "" {
				s += ", " + T(lang, "attribute."+string(f.Is))
			}
			if f.Label != "" {
				s += ", " + f.Label
			}
			return s
		}
	case "rule":
		var r store.Rule
		if json.Unmarshal([]byte(line), &r) == nil {
			return Steps(lang, r.Steps)
		}
	case "check":
		var c store.Check
		if json.Unmarshal([]byte(line), &c) == nil {
			if c.Text != "" {
				return Check(lang, &c) + " – " + c.Text
			}
			return Check(lang, &c)
		}
	case "keep":
		var c store.Condition
		if json.Unmarshal([]byte(line), &c) == nil {
			return Condition(lang, &c)
		}
	case "person":
		var p store.PersonRule
		if json.Unmarshal([]byte(line), &p) == nil && p.Classic {
			return T(lang, "says.classic")
		}
		return T(lang, "says.all_rules")
	case "resolve":
		var r store.Resolve
		if json.Unmarshal([]byte(line), &r) == nil && r.Latest != "" {
			return T(lang, "says.latest", "variable", r.Latest)
		}
		return T(lang, "says.last_delivery")
	}
	return line
}
