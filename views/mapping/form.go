package mapping

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"samband/store"
)

// StepForm is one step of a rule as its form sends it: texts as they were written, so that nothing is lost when the
// form comes back. Path begins the names of its fields: "s.2", or "s.2.then.0" inside a condition.
type StepForm struct {
	Path string
	Kind store.StepKind

	From, Value, Values, Codes, Null, Layout, Decimal, Units, Factor, Code, Separator, Part string
	Empty, Whole                                                                            bool

	Field, Op, Than string // of a condition
	Then, Else      []StepForm
}

// Name is the name of one of its fields.
func (f *StepForm) Name(field string) string { return f.Path + "." + field }

// What bounds a rule's form.
const (
	MaxSteps = 30
	MaxDepth = 3
)

// ShowSteps gives steps as their form shows them.
func ShowSteps(path string, steps []store.Step) []StepForm {
	var list []StepForm
	for i := range steps {
		s := &steps[i]
		f := StepForm{Kind: s.Kind, From: strings.Join(s.From, "\n"), Value: s.Value, Codes: codeLines(s.Map),
			Null: strings.Join(s.Null, "\n"), Layout: s.Layout, Decimal: s.Decimal, Units: unitLines(s.Units), Code: s.Code,
			Separator: s.Separator, Whole: s.Whole, Factor: Number(s.Factor)}
		var values []string
		for _, v := range s.Values {
			if v == "" {
				f.Empty = true
			} else {
				values = append(values, v)
			}
		}
		f.Values = strings.Join(values, "\n")
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
		f.Kind = store.StepKind(at("kind"))
		f.From, f.Value, f.Values, f.Codes, f.Null = at("from"), at("value"), at("values"), at("codes"), at("null")
		f.Layout, f.Decimal, f.Units, f.Factor, f.Code = at("layout"), at("decimal"), at("units"), at("factor"), at("code")
		f.Separator, f.Part, f.Empty, f.Whole = at("separator"), at("part"), at("empty") != "", at("whole") != ""
		f.Field, f.Op, f.Than = at("field"), at("op"), at("than")
		f.Then, f.Else = readSteps(v, f.Path+".then", depth-1), readSteps(v, f.Path+".else", depth-1)
		list = append(list, f)
	}
	return list
}

// Rearrange carries out what a button of the form asks: "add s", "up s.2", "down s.2", "remove s.2.then.0". kind is the
// kind of a step to add.
func Rearrange(list []StepForm, root, do string, kind store.StepKind) []StepForm {
	action, path, _ := strings.Cut(do, " ")
	list = rearrange(list, root, action, path, kind)
	number(root, list)
	return list
}

func rearrange(list []StepForm, at, action, path string, kind store.StepKind) []StepForm {
	if action == "add" && path == at {
		if len(list) < MaxSteps {
			list = append(list, StepForm{Kind: kind})
		}
		return list
	}
	for i := range list {
		if list[i].Path == path {
			return Move(list, i, action)
		}
		list[i].Then = rearrange(list[i].Then, list[i].Path+".then", action, path, kind)
		list[i].Else = rearrange(list[i].Else, list[i].Path+".else", action, path, kind)
	}
	return list
}

// Move puts item i one place up or down, or removes it.
func Move[T any](list []T, i int, action string) []T {
	switch {
	case i < 0 || i >= len(list):
	case action == "remove":
		return slices.Delete(list, i, i+1)
	case action == "up" && i > 0:
		list[i], list[i-1] = list[i-1], list[i]
	case action == "down" && i < len(list)-1:
		list[i], list[i+1] = list[i+1], list[i]
	}
	return list
}

func number(path string, list []StepForm) {
	for i := range list {
		list[i].Path = path + "." + strconv.Itoa(i)
		number(list[i].Path+".then", list[i].Then)
		number(list[i].Path+".else", list[i].Else)
	}
}

// FieldForm is a source field as its form sends it.
type FieldForm struct{ Name, Class, Is, Label string }

// CheckForm is a check as its form sends it.
type CheckForm struct {
	Reason, Text, Kind, Variables, Earlier, Later, Code string
	Warn                                                bool
}

// ChecksForm is everything that decides what becomes of a row, as its form sends it.
type ChecksForm struct {
	Checks  []CheckForm
	Keep    bool
	KeepOn  StepForm // its condition
	Latest  string
	Classic bool
}
