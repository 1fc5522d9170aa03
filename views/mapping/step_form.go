package mapping

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/text"
)

// StepForm is one step of a rule as its form sends it: texts as they were written, so that nothing is lost when the
// form comes back. Path begins the names of its fields: "s.2", or "s.2.then.0" inside a condition.
type StepForm struct {
	Path  string
	Kind  store.StepKind
	Open  bool   // its form is unfolded
	Focus bool   // it was just added or moved
	Says  string // in words, as far as it can be read

	From                                                                   []string // in order; with room for more where there may be several
	Value, Values, Codes, Null, Layout, Decimal, Units, Factor, Code, Part string
	Separator, Otherwise, Lookup, System                                   string
	Whole                                                                  bool
	Empty                                                                  string // what becomes of empty text: an outcome, "" when it is text like any other
	Missing                                                                []MissingForm

	Field, Op, Than string // of a condition
	Then, Else      []StepForm
}

// MissingForm is a text that means that there is no value, and its outcome: OutcomeNull, a store.MissingReason, or a
// code of the codebook behind OutcomeCode.
type MissingForm struct{ Text, Outcome string }

// Outcomes of a text that means that there is no value.
const (
	OutcomeNull = "null" // nothing, for no known reason
	OutcomeCode = "="    // begins a code for missing, which stands
)

// Name is the name of one of its fields.
func (f *StepForm) Name(field string) string { return f.Path + "." + field }

// What bounds a rule's form.
const (
	MaxSteps = 30
	MaxDepth = 3
	maxLines = 500 // fields, or texts that mean missing, of one step
)

// severalFields are the kinds that read any number of fields.
var severalFields = []store.StepKind{store.StepJoin, store.StepFirst, store.StepGreatest, store.StepLeast, store.StepMean}

// ShowSteps gives steps as their form shows them.
func ShowSteps(path string, steps []store.Step) []StepForm {
	var list []StepForm
	for i := range steps {
		s := &steps[i]
		f := StepForm{Kind: s.Kind, From: slices.Clone(s.From), Value: s.Value, Codes: codeLines(s.Map),
			Null: strings.Join(s.Null, "\n"), Layout: s.Layout, Decimal: s.Decimal, Units: unitLines(s.Units), Code: s.Code,
			Separator: s.Separator, Whole: s.Whole, Factor: Number(s.Factor), Otherwise: string(s.Otherwise), System: s.System}
		if s.Kind == store.StepMissing {
			f.Codes = ""
			f.Empty, f.Missing = ShowMissing(s)
		} else {
			f.Values = strings.Join(s.Values, "\n")
		}
		if s.Table != "" {
			f.Lookup = s.Table + "/" + s.Column
		}
		if s.Part != 0 {
			f.Part = strconv.Itoa(s.Part)
		}
		if s.If != nil {
			f.Field, f.Op, f.Than = s.If.Field, string(s.If.Op), ShowThan(s.If)
		}
		f.Path = path + "." + strconv.Itoa(i)
		f.Then, f.Else = ShowSteps(f.Path+".then", s.Then), ShowSteps(f.Path+".else", s.Else)
		list = append(list, f)
	}
	return list
}

// ShowMissing gives what a missing step does as its form shows it: what becomes of empty text, and of other texts.
func ShowMissing(s *store.Step) (empty string, list []MissingForm) {
	add := func(text, outcome string) {
		if text == "" {
			empty = outcome
			return
		}
		list = append(list, MissingForm{text, outcome})
	}
	for _, v := range s.Values {
		outcome := OutcomeNull
		if r := s.Reasons[v]; r != "" {
			outcome = string(r)
		}
		add(v, outcome)
	}
	for _, v := range slices.Sorted(maps.Keys(s.Map)) {
		add(v, OutcomeCode+s.Map[v])
	}
	return empty, list
}

// ReadMissing makes a missing step of what was written; lines without text say nothing.
func ReadMissing(empty string, list []MissingForm) store.Step {
	s := store.Step{Kind: store.StepMissing}
	add := func(text, outcome string) {
		code, isCode := strings.CutPrefix(outcome, OutcomeCode)
		if isCode {
			if s.Map == nil {
				s.Map = map[string]string{}
			}
			s.Map[text] = code
			return
		}
		s.Values = append(s.Values, text)
		if outcome != OutcomeNull {
			if s.Reasons == nil {
				s.Reasons = map[string]store.MissingReason{}
			}
			s.Reasons[text] = store.MissingReason(outcome)
		}
	}
	if empty != "" {
		add("", empty)
	}
	for _, m := range list {
		if m.Text != "" {
			add(m.Text, m.Outcome)
		}
	}
	return s
}

// ShowThan gives what a condition compares with; several are parted by commas.
func ShowThan(c *store.Condition) string {
	if c.Op == store.OpIn {
		return strings.Join(c.Values, ", ")
	}
	return c.Value
}

// Number gives a number as people write it, nothing for 0.
func Number(f float64) string {
	if f == 0 {
		return ""
	}
	return strings.Replace(strconv.FormatFloat(f, 'f', -1, 64), ".", ",", 1)
}

func codeLines(m map[string]string) string {
	var lines []string
	for _, from := range slices.Sorted(maps.Keys(m)) {
		lines = append(lines, from+" = "+m[from])
	}
	return strings.Join(lines, "\n")
}

func unitLines(units []store.UnitFactor) string {
	var lines []string
	for _, u := range units {
		line := u.Unit + " = " + Number(u.Factor)
		if u.Decimals != nil {
			line += "; " + strconv.Itoa(*u.Decimals)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// ReadSteps reads the steps of a form, as deep as the form goes.
func ReadSteps(v url.Values, path string) []StepForm { return readSteps(v, path, MaxDepth) }

func readSteps(v url.Values, path string, depth int) []StepForm {
	if depth == 0 {
		return nil
	}
	n, _ := strconv.Atoi(v.Get(path + ".n")) // what is no number is none
	var list []StepForm
	for i := range min(n, MaxSteps) {
		f := StepForm{Path: path + "." + strconv.Itoa(i)}
		at := func(field string) string { return strings.ReplaceAll(v.Get(f.Name(field)), "\r\n", "\n") }
		f.Kind, f.Open = store.StepKind(at("kind")), at("open") != ""
		f.Value, f.Values, f.Codes, f.Null, f.Code = at("value"), at("values"), at("codes"), at("null"), at("code")
		f.Layout, f.Decimal, f.Units, f.Factor = at("layout"), at("decimal"), at("units"), at("factor")
		f.Separator, f.Part, f.Whole = at("separator"), at("part"), at("whole") != ""
		f.Otherwise, f.Lookup, f.System = at("otherwise"), at("lookup"), at("system")
		for _, name := range clip(v[f.Name("from")]) {
			if name = strings.TrimSpace(name); name != "" {
				f.From = append(f.From, name)
			}
		}
		f.Empty, f.Missing = at("empty"), ReadMissingLines(v, f.Path)
		f.Field, f.Op, f.Than = at("field"), at("op"), at("than")
		f.Then, f.Else = readSteps(v, f.Path+".then", depth-1), readSteps(v, f.Path+".else", depth-1)
		list = append(list, f)
	}
	return list
}

// ReadMissingLines reads the texts that mean missing, and their outcomes, of the form whose fields begin with path.
func ReadMissingLines(v url.Values, path string) []MissingForm {
	var list []MissingForm
	outcomes := v[path+".outcome"]
	for i, text := range clip(v[path+".missing"]) {
		if text = strings.TrimSpace(text); text != "" && i < len(outcomes) {
			list = append(list, MissingForm{text, outcomes[i]})
		}
	}
	return list
}

func clip(list []string) []string { return list[:min(len(list), maxLines)] }

// Rearrange carries out what a button of the form asks: "add s" at the end, "add s.2" in front of that step, "up s.2",
// "down s.2", "remove s.2.then.0", "move s.2 0" to a place in the same list. kind is the kind of a step to add.
func Rearrange(list []StepForm, root, do string, kind store.StepKind) []StepForm {
	action, path, _ := strings.Cut(do, " ")
	path, to, _ := strings.Cut(path, " ")
	if action == "move" {
		action += " " + to
	}
	list = rearrange(list, root, action, path, kind)
	number(root, list)
	return list
}

func rearrange(list []StepForm, at, action, path string, kind store.StepKind) []StepForm {
	if action == "add" && path == at {
		return insertStep(list, len(list), kind)
	}
	for i := range list {
		if list[i].Path == path {
			if action == "add" {
				return insertStep(list, i, kind)
			}
			list[i].Focus = action != "remove"
			return Move(list, i, action)
		}
		list[i].Then = rearrange(list[i].Then, list[i].Path+".then", action, path, kind)
		list[i].Else = rearrange(list[i].Else, list[i].Path+".else", action, path, kind)
	}
	return list
}

func insertStep(list []StepForm, i int, kind store.StepKind) []StepForm {
	if len(list) >= MaxSteps {
		return list
	}
	return slices.Insert(list, i, StepForm{Kind: kind, Open: true, Focus: true})
}

// Move puts item i one place up or down or, with "move N", at place N; or removes it.
func Move[T any](list []T, i int, action string) []T {
	to := i
	switch action {
	case "remove":
		if i >= 0 && i < len(list) {
			list = slices.Delete(list, i, i+1)
		}
		return list
	case "up":
		to--
	case "down":
		to++
	default:
		n, err := strconv.Atoi(strings.TrimPrefix(action, "move "))
		if err != nil {
			return list
		}
		to = n
	}
	if i < 0 || i >= len(list) || to < 0 || to >= len(list) {
		return list
	}
	item := list[i]
	return slices.Insert(slices.Delete(list, i, i+1), to, item)
}

// Say tells each step what it says; steps are what was read of the list, and errs what could not be.
func Say(lang text.Lang, list []StepForm, steps []store.Step, errs store.FieldErrors) {
	for i := range list {
		list[i].Says = text.T(lang, "rule.step.unfinished")
		if !faultIn(errs, list[i].Path) {
			list[i].Says = text.Step(lang, &steps[i])
		}
		Say(lang, list[i].Then, steps[i].Then, errs)
		Say(lang, list[i].Else, steps[i].Else, errs)
	}
}

// faultIn tells whether something is wrong with a step, or inside it.
func faultIn(errs store.FieldErrors, path string) bool {
	return slices.ContainsFunc(errs, func(e *store.Error) bool {
		return e.Field == path || strings.HasPrefix(e.Field, path+".")
	})
}

func number(path string, list []StepForm) {
	for i := range list {
		list[i].Path = path + "." + strconv.Itoa(i)
		number(list[i].Path+".then", list[i].Then)
		number(list[i].Path+".else", list[i].Else)
	}
}
