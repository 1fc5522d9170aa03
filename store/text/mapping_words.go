package text

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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
	from := strings.Join(allNamed(lang, s.From), ", ")
	switch s.Kind {
	case store.StepCopy:
		return t("copy", "field", from)
	case store.StepConstant:
		return t("constant", "value", named(lang, s.Value))
	case store.StepFirst:
		if len(s.Values) > 0 {
			return t("first_but", "fields", from, "values", quotedList(lang, s.Values))
		}
		return t("first", "fields", from)
	case store.StepGreatest, store.StepLeast, store.StepMean:
		said := t(string(s.Kind), "fields", from)
		if len(s.Values) > 0 {
			said = t("but", "what", said, "values", quotedList(lang, s.Values))
		}
		return said + decimalSign(lang, s)
	case store.StepMissing:
		return t("missing", "values", firstOf(lang, missingPairs(lang, s)))
	case store.StepTrim:
		return t("trim")
	case store.StepCodes:
		return t("codes", "n", len(s.Map), "codes", codePairs(lang, s)) + otherwise(lang, s)
	case store.StepLookup:
		return t("lookup", "table", named(lang, s.Table), "column", named(lang, s.Column)) + otherwise(lang, s)
	case store.StepNormalise:
		return t("normalise", "system", System(s.System))
	case store.StepDate:
		return t("date", "layout", s.Layout)
	case store.StepNumber:
		key := "number"
		if s.Whole {
			key = "whole"
		}
		return t(key) + decimalSign(lang, s)
	case store.StepUnit:
		var units []string
		for _, u := range s.Units {
			said := named(lang, u.Unit) + " × " + number(lang, u.Factor)
			if u.Decimals != nil {
				said += ", " + t("decimals", "n", *u.Decimals)
			}
			units = append(units, said)
		}
		return t("unit", "field", from, "units", strings.Join(units, "; "))
	case store.StepScale:
		return "× " + number(lang, s.Factor)
	case store.StepWhen:
		return t("when", "if", Condition(lang, s.If), "then", branch(lang, s.Then), "else", branch(lang, s.Else))
	case store.StepExpr:
		return t("expr", "code", Quoted(lang, s.Code))
	case store.StepJoin:
		return t("join", "fields", from, "separator", named(lang, s.Separator))
	case store.StepSplit:
		return t("split", "part", s.Part, "separator", named(lang, s.Separator))
	}
	return T(lang, "step."+string(s.Kind))
}

// decimalSign says which decimal sign a step reads; nothing when it reads either.
func decimalSign(lang Lang, s *store.Step) string {
	switch s.Decimal {
	case ",":
		return " " + T(lang, "says.comma")
	case ".":
		return " " + T(lang, "says.point")
	}
	return ""
}

func branch(lang Lang, steps []store.Step) string {
	if len(steps) == 0 {
		return T(lang, "says.as_is")
	}
	if len(steps) == 1 && steps[0].Kind != store.StepWhen {
		return Step(lang, &steps[0])
	}
	return "(" + Steps(lang, steps) + ")" // so that it shows where the branch ends
}

// missingPairs lists the texts that count as missing, each with what becomes of it when more than nothing does.
func missingPairs(lang Lang, s *store.Step) []string {
	var pairs []string
	for _, v := range s.Values {
		p := named(lang, v)
		if why := s.Reasons[v]; why != "" {
			p += " (" + T(lang, "missing."+string(why)) + ")"
		}
		pairs = append(pairs, p)
	}
	for _, from := range slices.Sorted(maps.Keys(s.Map)) {
		pairs = append(pairs, named(lang, from)+" = "+named(lang, s.Map[from]))
	}
	return pairs
}

// otherwise says what becomes of a text that a table does not have; nothing when the row is held back, which is usual.
func otherwise(lang Lang, s *store.Step) string {
	if s.Otherwise == store.OtherHold {
		return ""
	}
	return ", " + T(lang, "says.otherwise."+string(s.Otherwise), "value", named(lang, s.Value))
}

// System gives the name of a code system, or its identity when it has none here.
func System(system string) string {
	for _, k := range store.KnownSystems {
		if k.System == store.CanonicalSystem(system) {
			return k.Name
		}
	}
	return system
}

// SystemsBehind says what code systems are in the world outside, each by its name and its OID or address; "" for none.
func SystemsBehind(lang Lang, systems []string) string {
	var list []string
	for _, s := range systems {
		if name := System(s); name != s {
			s = name + " (" + s + ")"
		}
		list = append(list, s)
	}
	if list == nil {
		return ""
	}
	return T(lang, "says.systems", "systems", List(lang, list))
}

// Condition says a condition in words: «vekt < 3», «verdien mangler».
func Condition(lang Lang, c *store.Condition) string {
	if c == nil {
		return T(lang, "says.nothing")
	}
	what := named(lang, c.Field)
	if c.Field == "" {
		what = T(lang, "says.value")
	}
	switch c.Op {
	case store.OpMissing, store.OpPresent:
		return what + " " + T(lang, "op."+string(c.Op))
	case store.OpIn:
		return what + " " + T(lang, "op."+string(c.Op)) + " " + quotedList(lang, c.Values)
	}
	return what + " " + T(lang, "op."+string(c.Op)) + " " + named(lang, c.Value)
}

// Quoted shows a text that may be empty or hold what can't be seen. Two texts that differ never look alike.
func Quoted(lang Lang, s string) string {
	switch s {
	case "":
		return T(lang, "says.empty")
	case " ":
		return T(lang, "says.space")
	case T(lang, "says.empty"), T(lang, "says.space"):
		return T(lang, "says.quoted", "text", s)
	}
	if seen := visible(s); seen != s {
		return T(lang, "says.quoted", "text", seen)
	}
	return s
}

// named is a text in the middle of a sentence: in quotation marks when it could be taken for words of the sentence.
func named(lang Lang, s string) string {
	plain := s != T(lang, "says.null") && s != T(lang, "says.value") && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_./:+%<>*#@&'", r)
	})
	if q := Quoted(lang, s); plain || q != s {
		return q
	}
	return T(lang, "says.quoted", "text", s)
}

func allNamed(lang Lang, texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = named(lang, s)
	}
	return out
}

// visible writes what a page would not show, or show as something else, as its number: space at the ends, the second of
// two, control characters, loose accents, and the marks that we quote with.
func visible(s string) string {
	var b strings.Builder
	before := ' '
	for i, r := range s {
		_, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == ' ' && (before == ' ' || i+1 == len(s)), strings.ContainsRune(`\«»“”`, r), r != ' ' && !unicode.IsGraphic(r),
			r != ' ' && unicode.IsSpace(r), unicode.Is(unicode.M, r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// listed is how many values of a list are named in a sentence.
const listed = 5

func quotedList(lang Lang, values []string) string { return firstOf(lang, allNamed(lang, values)) }

// firstOf names the first few; the rest are counted.
func firstOf(lang Lang, said []string) string {
	if n := len(said) - listed; n > 0 {
		said = append(slices.Clone(said[:listed]), T(lang, "says.more", "n", n))
	}
	return strings.Join(said, ", ")
}

func codePairs(lang Lang, s *store.Step) string {
	var pairs []string
	for _, from := range slices.Sorted(maps.Keys(s.Map)) {
		pairs = append(pairs, named(lang, from)+" = "+named(lang, s.Map[from]))
	}
	for _, from := range s.Null {
		pairs = append(pairs, named(lang, from)+" = "+T(lang, "says.null"))
	}
	return firstOf(lang, pairs)
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
		s = T(lang, "says.order", "earlier", named(lang, c.Earlier), "later", named(lang, c.Later))
	case store.CheckRule:
		s = T(lang, "says.rule", "code", Quoted(lang, c.Code))
	case store.CheckList:
		s = T(lang, "says.list", "variables", strings.Join(allNamed(lang, c.Variables), ", "), "system", System(c.System))
		if c.At != "" {
			s += " " + T(lang, "says.list_at", "variable", named(lang, c.At))
		}
	default:
		s = T(lang, "check."+string(c.Kind))
		if len(c.Variables) > 0 {
			s += ": " + strings.Join(allNamed(lang, c.Variables), ", ")
		}
	}
	if c.Warn {
		s += " (" + T(lang, "says.warn") + ")"
	}
	return s
}

// Reason is what a mapping calls the reason of a held-back row: its own words, or else what its check looks for.
func Reason(lang Lang, m *store.Mapping, reason string) string { return ReasonOf(lang, m, reason, "") }

// ReasonOf is Reason where the type of the variable to blame is known: of a whole number it says that it is none.
func ReasonOf(lang Lang, m *store.Mapping, reason string, t store.VarType) string {
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
	case t != "" && !c.Warn && c.Kind.Says(t) != c.Kind.Says(""):
		return Fault(lang, c.Kind, t)
	default:
		return Check(lang, c)
	}
}

// Fault says what a check found in a variable of a type.
func Fault(lang Lang, k store.CheckKind, t store.VarType) string { return T(lang, string(k.Says(t))) }

// Change is one line in which two mappings differ, in words. Was and Is are empty for what wasn't there or isn't.
type Change struct{ Title, Was, Is string }

// Changes says in words in what a mapping differs from an earlier one.
func Changes(lang Lang, before, now *store.Mapping) []Change {
	return Differences(lang, now.Diff(before))
}

// Differences says in words what Mapping.Diff found.
func Differences(lang Lang, ds []store.Difference) []Change {
	var out []Change
	for _, d := range ds {
		out = append(out, Change{
			Title: T(lang, "change."+d.Area+"."+string(d.Kind), "name", d.Name),
			Was:   part(lang, d.Area, d.Old), Is: part(lang, d.Area, d.New),
		})
		if d.Kind != store.Changed {
			continue
		}
		old, now := unlike(lang, d.Area, d.Old, d.New)
		if more := against(lang, old, now); more != "" {
			c := &out[len(out)-1]
			c.Is = T(lang, "says.unlike", "what", c.Is, "how", more)
		}
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
				s += ", " + Quoted(lang, f.Label)
			}
			return s
		}
	case "rule":
		var r store.Rule
		if json.Unmarshal([]byte(line), &r) == nil {
			s := Steps(lang, r.Steps)
			if n := len(r.Examples); n > 0 {
				s += " (" + T(lang, "says.examples", "n", n) + ")"
			}
			return s
		}
	case "check":
		var c store.Check
		if json.Unmarshal([]byte(line), &c) == nil {
			if c.Text != "" {
				return Check(lang, &c) + " – " + Quoted(lang, c.Text)
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
		if json.Unmarshal([]byte(line), &r) == nil {
			return Resolve(lang, &r)
		}
	case "correction":
		var k store.Correction
		if json.Unmarshal([]byte(line), &k) == nil {
			return Correction(lang, &k)
		}
	case "table":
		var t store.LookupTable
		if json.Unmarshal([]byte(line), &t) == nil {
			return T(lang, "says.table", "n", len(t.Rows), "columns", strings.Join(allNamed(lang, t.Columns), ", "))
		}
	case "list":
		return T(lang, "says.version", "version", Quoted(lang, line))
	}
	return line
}

// Correction says in words what a correction does: «innlagt 01.03.2026–31.03.2026: vekt × 0,1, fordi …».
func Correction(lang Lang, k *store.Correction) string {
	s := T(lang, "says.correction", "variable", named(lang, k.Variable), "at", named(lang, k.At), "from", Date(lang, store.Date(k.From)),
		"to", Date(lang, store.Date(k.To)), "steps", Steps(lang, k.Steps))
	if k.If != nil {
		s += ", " + T(lang, "says.only_if", "if", Condition(lang, k.If))
	}
	if k.Reason != "" {
		s += ". " + T(lang, "says.because", "reason", Quoted(lang, k.Reason))
	}
	if k.Undone != nil {
		s += ". " + T(lang, "says.undone", "reason", Quoted(lang, k.Undone.Reason))
	}
	return s
}

// Resolve says in words which version of a fact stands.
func Resolve(lang Lang, r *store.Resolve) string {
	var parts []string
	switch p := r.Priority; {
	case r.Latest != "":
		parts = append(parts, T(lang, "says.latest", "variable", named(lang, r.Latest)))
	case r.First != "":
		parts = append(parts, T(lang, "says.earliest", "variable", named(lang, r.First)))
	case p != nil && p.Latest != "":
		parts = append(parts, T(lang, "says.priority_latest", "variable", named(lang, p.Variable), "order", quotedList(lang, p.Order),
			"latest", named(lang, p.Latest)))
	case p != nil:
		parts = append(parts, T(lang, "says.priority", "variable", named(lang, p.Variable), "order", quotedList(lang, p.Order)))
	default:
		parts = append(parts, T(lang, "says.last_delivery"))
	}
	for i := range r.Fields {
		parts = append(parts, Pick(lang, &r.Fields[i]))
	}
	return strings.Join(parts, "; ")
}

// Pick says in words which value of a variable stands among the rows of a key.
func Pick(lang Lang, p *store.Pick) string {
	s := T(lang, "says.pick."+string(p.How), "variable", named(lang, p.Variable), "by", named(lang, p.By))
	if w := p.Window; w != nil {
		s += " " + T(lang, "says.window", "by", named(lang, p.By), "from", number(lang, w.From), "to", number(lang, w.To), "anchor", named(lang, w.Anchor))
	}
	return s
}
