package store

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// exprWords are the words of the expression language that name no field, beside `value`, the value so far.
var exprWords = []string{"value", "true", "false", "nil", "and", "or", "not", "in", "matches", "contains", "startsWith",
	"endsWith", "let", "if", "else"}

// ExprNames gives the names that an expression reads, each once, in order of first use: words that are no part of the
// language and no function that is called, and what $env is asked for. It reads code that can't be compiled too, so that
// it can be told what a rule that is wrong was meant to read; package jobs/mapping settles what code means, and they agree.
func ExprNames(code string) []string {
	var names []string
	add := func(n string) {
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	var before [2]string // the two tokens before, "" for a space between nothing
	push := func(token string) { before[0], before[1] = before[1], token }
	for rest := code; rest != ""; {
		token := exprToken(rest)
		rest = rest[len(token):]
		r, _ := utf8.DecodeRuneInString(token)
		switch {
		case unicode.IsSpace(r) || strings.HasPrefix(token, "//") || strings.HasPrefix(token, "/*"):
			continue
		case exprQuote(token) != 0:
			if before == [2]string{"$env", "["} {
				add(unquoted(token))
			}
		case exprLetter(r):
			member := before[1] == "." || before[1] == "?."
			switch {
			case member && before[0] == "$env":
				add(token)
			case member || token == "$env" || slices.Contains(exprWords, token) || called(rest):
			default:
				add(token)
			}
		}
		push(token)
	}
	return names
}

// called tells whether what follows a word makes it a function.
func called(rest string) bool {
	return strings.HasPrefix(strings.TrimLeftFunc(rest, unicode.IsSpace), "(")
}

// exprToken gives the token that code begins with: a text in quotes, a comment, a word, a number, or one sign.
func exprToken(code string) string {
	r, n := utf8.DecodeRuneInString(code)
	switch {
	case strings.HasPrefix(code, "//"):
		if i := strings.IndexByte(code, '\n'); i >= 0 {
			return code[:i]
		}
		return code
	case strings.HasPrefix(code, "/*"):
		if i := strings.Index(code[2:], "*/"); i >= 0 {
			return code[:i+4]
		}
		return code
	case strings.HasPrefix(code, "?.") || strings.HasPrefix(code, ".."):
		return code[:2]
	case exprQuote(code) != 0:
		for i := n; i < len(code); i++ {
			switch {
			case code[i] == '\\' && r != '`':
				i++
			case code[i] == code[0]:
				return code[:i+1]
			}
		}
		return code
	case exprLetter(r) || unicode.IsDigit(r):
		for i, c := range code {
			if !exprLetter(c) && !unicode.IsDigit(c) {
				return code[:i]
			}
		}
		return code
	}
	return code[:n]
}

func exprLetter(r rune) bool { return r == '_' || r == '$' || unicode.IsLetter(r) }

// exprQuote gives the quote that a token begins with, 0 when it begins with none.
func exprQuote(token string) byte {
	switch token[0] {
	case '"', '\'', '`':
		return token[0]
	}
	return 0
}

// unquoted gives what a text in quotes says.
func unquoted(token string) string {
	if len(token) < 2 || token[0] == '`' {
		return strings.Trim(token, "`")
	}
	var b strings.Builder
	for rest := token[1 : len(token)-1]; rest != ""; {
		r, _, tail, err := strconv.UnquoteChar(rest, token[0])
		if err != nil {
			return token[1 : len(token)-1]
		}
		b.WriteRune(r)
		rest = tail
	}
	return b.String()
}

// fieldsOf gives the source fields that steps and a condition read, each once, in order of first use.
func fieldsOf(steps []Step, c *Condition) []string {
	var names []string
	add := func(list ...string) {
		for _, n := range list {
			if n != "" && !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	var walk func([]Step)
	walk = func(steps []Step) {
		for i := range steps {
			s := &steps[i]
			add(s.From...)
			if s.If != nil {
				add(s.If.Field)
			}
			if s.Kind == StepExpr {
				add(ExprNames(s.Code)...)
			}
			walk(s.Then)
			walk(s.Else)
		}
	}
	walk(steps)
	if c != nil {
		add(c.Field)
	}
	return names
}

// Fields gives the names of the source fields that the rule reads, in expressions too, each once, in order of first use.
func (r *Rule) Fields() []string { return fieldsOf(r.Steps, nil) }

// Fields gives the names of the source fields that the correction reads, as Rule.Fields does.
func (k *Correction) Fields() []string { return fieldsOf(k.Steps, k.If) }

// Reads gives the source fields that decide what a variable becomes: those of its rule, then those of the corrections in
// force, each once.
func (m *Mapping) Reads(variable string) []string {
	var names []string
	if r := m.Rule(variable); r != nil {
		names = r.Fields()
	}
	for i := range m.Corrections {
		if k := &m.Corrections[i]; k.Variable == variable && k.Undone == nil {
			names = either(k.Fields(), names, func(n *string) string { return *n })
		}
	}
	return names
}

// Readers gives of each source field the variables that Reads names it for, in the order of the rules.
func (m *Mapping) Readers() map[string][]string {
	readers := map[string][]string{}
	for i := range m.Rules {
		v := m.Rules[i].Variable
		for _, f := range m.Reads(v) {
			readers[f] = append(readers[f], v)
		}
	}
	return readers
}

// OnlyNumbers gives what tells whether whole or decimal numbers are all that is made of a source field.
func (m *Mapping) OnlyNumbers(c *Codebook) func(field string) bool {
	readers := m.Readers()
	return func(field string) bool {
		return len(readers[field]) > 0 && !slices.ContainsFunc(readers[field], func(name string) bool {
			v := c.Variable(name)
			return v == nil || v.Type != VarInteger && v.Type != VarDecimal
		})
	}
}
