package mapping

import (
	"regexp"

	"samband/store"
)

// offered lists the functions and operators of the language, with what they take and give.
var offered = []store.CompletionFunction{
	{Name: "len", Signature: "len(text) → integer", Insert: "len("},
	{Name: "abs", Signature: "abs(number) → number", Insert: "abs("},
	{Name: "ceil", Signature: "ceil(number) → decimal", Insert: "ceil("},
	{Name: "floor", Signature: "floor(number) → decimal", Insert: "floor("},
	{Name: "round", Signature: "round(number) → decimal", Insert: "round("},
	{Name: "int", Signature: "int(value) → integer", Insert: "int("},
	{Name: "float", Signature: "float(value) → decimal", Insert: "float("},
	{Name: "string", Signature: "string(value) → text", Insert: "string("},
	{Name: "trim", Signature: "trim(text) → text", Insert: "trim("},
	{Name: "trimPrefix", Signature: "trimPrefix(text, start) → text", Insert: "trimPrefix("},
	{Name: "trimSuffix", Signature: "trimSuffix(text, end) → text", Insert: "trimSuffix("},
	{Name: "upper", Signature: "upper(text) → text", Insert: "upper("},
	{Name: "lower", Signature: "lower(text) → text", Insert: "lower("},
	{Name: "replace", Signature: "replace(text, old, new) → text", Insert: "replace("},
	{Name: "split", Signature: "split(text, separator) → list", Insert: "split("},
	{Name: "indexOf", Signature: "indexOf(text, part) → integer", Insert: "indexOf("},
	{Name: "lastIndexOf", Signature: "lastIndexOf(text, part) → integer", Insert: "lastIndexOf("},
	{Name: "hasPrefix", Signature: "hasPrefix(text, start) → boolean", Insert: "hasPrefix("},
	{Name: "hasSuffix", Signature: "hasSuffix(text, end) → boolean", Insert: "hasSuffix("},
	{Name: "max", Signature: "max(number, …) → number", Insert: "max("},
	{Name: "min", Signature: "min(number, …) → number", Insert: "min("},
	{Name: "contains", Signature: "text contains part → boolean", Insert: "contains"},
	{Name: "matches", Signature: "text matches pattern → boolean", Insert: "matches"},
	{Name: "in", Signature: "value in [a, b] → boolean", Insert: "in"},
	{Name: "and", Signature: "a and b → boolean", Insert: "and"},
	{Name: "or", Signature: "a or b → boolean", Insert: "or"},
	{Name: "not", Signature: "not a → boolean", Insert: "not"},
	{Name: "coalesce", Signature: "a ?? b", Insert: "?? "},
	{Name: "choice", Signature: "condition ? a : b", Insert: "? "},
	{Name: "nil", Signature: "nil", Insert: "nil"},
}

var simpleName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// Complete gives what an expression at a place can use. A place that is not sound gives what can be told of it.
func Complete(m *store.Mapping, c *store.Codebook, at store.ExprPlace) store.Completion {
	out := store.Completion{Functions: offered}
	if at.Variable == "" {
		for i := range c.Variables {
			v := &c.Variables[i]
			out.Names = append(out.Names, store.CompletionName{Name: v.Name, Insert: v.Name, Type: typeOf(v.Type.Kind()), Label: v.Label})
		}
		return out
	}
	out.Names = append(out.Names, store.CompletionName{Name: "value", Insert: "value", Type: typeOf(valueKind(m, c, at))})
	for _, f := range m.Source {
		if f.Class == store.Direct {
			continue
		}
		n := store.CompletionName{Name: f.Name, Insert: f.Name, Type: store.VarText, Label: f.Label}
		if !simpleName.MatchString(f.Name) {
			n.Insert = "$env[" + quoted(f.Name) + "]"
		}
		out.Names = append(out.Names, n)
	}
	return out
}

// quoted writes a text as the language does.
func quoted(s string) string {
	out := []rune{'"'}
	for _, r := range s {
		if r == '"' || r == '\\' {
			out = append(out, '\\')
		}
		out = append(out, r)
	}
	return string(append(out, '"'))
}

// valueKind gives the kind of the value so far at a place; Null when it can't be told, because the steps in front of it
// are not sound or end in an expression.
func valueKind(m *store.Mapping, c *store.Codebook, at store.ExprPlace) store.ValueKind {
	v := c.Variable(at.Variable)
	if v == nil || !m.ValidSteps(c, v, at.Before) || endsDynamic(at.Before) {
		return store.Null
	}
	kind := store.Null
	if at.Correction {
		kind = v.Type.Kind()
	}
	fields := healthFields(m)
	k := &compiler{m: m, c: c, fields: fields, read: make([]bool, len(fields))}
	if _, got, err := k.steps("", v, at.Before, kind); err == nil {
		return got
	}
	return store.Null
}

// healthFields names the fields that reach the health side.
func healthFields(m *store.Mapping) []string {
	var fields []string
	for _, f := range m.Source {
		if f.Class != store.Direct {
			fields = append(fields, f.Name)
		}
	}
	return fields
}

// typeOf gives the type that expressions see of a kind of value.
func typeOf(k store.ValueKind) store.VarType {
	switch k {
	case store.Null:
		return ""
	case store.Integer:
		return store.VarInteger
	case store.Decimal:
		return store.VarDecimal
	case store.Boolean:
		return store.VarBoolean
	}
	return store.VarText
}
