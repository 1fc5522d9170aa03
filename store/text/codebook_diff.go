package text

import (
	"iter"
	"strings"

	"samband/store"
)

// BookChanges is in what two versions of a codebook differ, in words: of the codebook as a whole, of what came, of what
// went, and of what both have.
type BookChanges struct{ Whole, Added, Removed, Changed []Change }

// Count gives how many lines there are.
func (b *BookChanges) Count() int {
	return len(b.Whole) + len(b.Added) + len(b.Removed) + len(b.Changed)
}

// Sections walks the kinds of changes there are, each under its heading.
func (b *BookChanges) Sections(lang Lang) iter.Seq2[string, []Change] {
	return func(yield func(string, []Change) bool) {
		for _, s := range []struct {
			key  string
			list []Change
		}{{"book.whole", b.Whole}, {"book.added", b.Added}, {"book.removed", b.Removed}, {"book.changed", b.Changed}} {
			if len(s.list) > 0 && !yield(T(lang, s.key, "n", len(s.list)), s.list) {
				return
			}
		}
	}
}

// CodebookChanges says in words in what a codebook differs from an earlier version.
func CodebookChanges(lang Lang, before, now *store.Codebook) BookChanges {
	var b BookChanges
	for _, d := range now.Diff(before) {
		key := "bookdiff." + string(d.Kind)
		switch d.Kind {
		case store.BookAdded:
			b.Added = append(b.Added, Change{Title: variableName(d.Is), Is: VariableWords(lang, d.Is)})
		case store.BookRemoved:
			b.Removed = append(b.Removed, Change{Title: variableName(d.Was), Was: VariableWords(lang, d.Was)})
		case store.BookTitle, store.BookKey, store.BookOrder, store.BookFormRenamed:
			b.Whole = append(b.Whole, Change{Title: T(lang, key), Was: d.Old, Is: d.New})
		default:
			was, is := bookSides(lang, d)
			code := ""
			for _, o := range []*store.CodeOption{d.WasCode, d.IsCode} {
				if o != nil {
					code = o.Code
				}
			}
			b.Changed = append(b.Changed, Change{Title: variableName(d.Is) + ": " + T(lang, key, "code", code), Was: was, Is: is})
		}
	}
	return b
}

// bookSides says what stood and what stands in a line about one variable.
func bookSides(lang Lang, d store.BookDifference) (was, is string) {
	side := func(v *store.Variable, o *store.CodeOption) string {
		switch d.Kind {
		case store.BookRenamed:
			return v.Name
		case store.BookForm:
			return v.Form
		case store.BookLabel:
			return v.Label
		case store.BookType:
			return T(lang, "vartype."+string(v.Type))
		case store.BookUnit:
			return v.Unit
		case store.BookRange:
			return Limits(lang, v.Min, v.Max)
		case store.BookPlausible:
			return Limits(lang, v.PlausibleMin, v.PlausibleMax)
		case store.BookRequired:
			return yesNo(lang, v.Required)
		case store.BookClass:
			return T(lang, "fclass."+string(v.Class))
		case store.BookComputed:
			return yesNo(lang, v.Computed)
		case store.BookSystem:
			return v.System
		case store.BookHelp:
			return v.Help
		case store.BookCondition:
			return v.Condition
		case store.BookFormula:
			return v.Formula
		case store.BookFile:
			return v.FileName()
		case store.BookStated:
			if v.Stated == "" { // as people have decided
				return need(lang, v.Required)
			}
			return T(lang, "need."+string(v.Stated))
		case store.BookCodeOrder:
			codes := make([]string, len(v.Codes))
			for i := range v.Codes {
				codes[i] = v.Codes[i].Code
			}
			return quotedList(lang, codes)
		}
		if o == nil {
			return ""
		}
		if d.Kind == store.BookCodeMissing {
			return T(lang, "bookdiff.code."+map[bool]string{true: "missing", false: "filled"}[o.Missing])
		}
		return strings.TrimSuffix(o.Code+" = "+o.Label, " = ")
	}
	return dash(side(d.Was, d.WasCode)), dash(side(d.Is, d.IsCode))
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func yesNo(lang Lang, b bool) string {
	if b {
		return T(lang, "book.yes")
	}
	return T(lang, "book.no")
}

func variableName(v *store.Variable) string {
	if v.Label == "" || v.Label == v.Name {
		return v.Name
	}
	return v.Label + " (" + v.Name + ")"
}

// VariableWords says what a variable holds: «Mål, heltall, kg, 0–500, obligatorisk, 3 koder».
func VariableWords(lang Lang, v *store.Variable) string {
	parts := []string{v.Form, T(lang, "vartype."+string(v.Type)), v.Unit, Limits(lang, v.Min, v.Max)}
	if v.Required {
		parts = append(parts, strings.ToLower(T(lang, "book.required")))
	}
	if v.Computed {
		parts = append(parts, T(lang, "book.is_computed"))
	}
	if n := len(v.Codes); n > 0 {
		parts = append(parts, T(lang, "map.codes", "n", n))
	}
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, ", ")
}

// Limits says what values are allowed: «40–230», «minst 0»; nothing when all are.
func Limits(lang Lang, least, greatest *float64) string {
	switch {
	case least != nil && greatest != nil:
		return number(lang, *least) + "–" + number(lang, *greatest)
	case least != nil:
		return T(lang, "map.at_least", "limit", number(lang, *least))
	case greatest != nil:
		return T(lang, "map.at_most", "limit", number(lang, *greatest))
	}
	return ""
}

// Defect says what is wrong with a file of definitions, or what was left out of it, and where.
func Defect(lang Lang, d *store.Defect) string {
	s := Fill(lang, "defect."+string(d.Code), d.Args)
	switch {
	case d.Form != "" && d.Row > 0:
		return T(lang, "bookdiff.at.both", "form", d.Form, "row", d.Row) + ": " + s
	case d.Form != "":
		return d.Form + ": " + s
	case d.Row > 0:
		return T(lang, "bookdiff.at.row", "row", d.Row) + ": " + s
	}
	return s
}

// BookEffect says what the next version of a codebook, or a document, breaks for one integration: what is wrong with each mapping, and
// what its approval would no longer cover. drafts names whose a draft is.
func BookEffect(lang Lang, e *store.BookEffect, drafts func(userID string) string) []string {
	var lines []string
	for _, b := range e.Broken {
		which := T(lang, "bookeffect.version", "no", b.No)
		if b.No == 0 {
			which = T(lang, "bookeffect.draft", "name", drafts(b.UserID))
		}
		for _, f := range b.Faults {
			lines = append(lines, which+": "+Error(lang, f))
		}
	}
	for _, d := range e.Uncovered {
		lines = append(lines, T(lang, "bookeffect.uncovered")+": "+Difference(lang, d))
	}
	if e.Rebased {
		lines = append(lines, T(lang, "bookeffect.rebased"))
	}
	return lines
}

func need(lang Lang, required bool) string {
	if required {
		return T(lang, "need.yes")
	}
	return T(lang, "need.no")
}
