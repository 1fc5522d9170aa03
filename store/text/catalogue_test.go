package text

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var placeholder = regexp.MustCompile(`\{([^{}|]*)(\|[^{}]*)?\}`)

// placeholders gives the names of the arguments that a text asks for, each once, sorted.
func placeholders(s string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// list makes failing output that can be read: one line each, sorted.
func list(t *testing.T, what string, lines []string) {
	t.Helper()
	if len(lines) > 0 {
		slices.Sort(lines)
		t.Errorf("%d %s:\n  %s", len(lines), what, strings.Join(lines, "\n  "))
	}
}

func TestTextsAreWhole(t *testing.T) {
	var missing, differ, broken, form []string
	for key, m := range all {
		for lang, s := range map[Lang]string{NB: m.NB, NN: m.NN, EN: m.EN} {
			at := key + " (" + string(lang) + ")"
			if strings.TrimSpace(s) == "" {
				missing = append(missing, at)
				continue
			}
			if !slices.Equal(placeholders(s), placeholders(m.NB)) {
				differ = append(differ, at+": asks for "+strings.Join(placeholders(s), ", ")+", bokmål for "+strings.Join(placeholders(m.NB), ", "))
			}
			if rest := placeholder.ReplaceAllString(s, ""); strings.ContainsAny(rest, "{}") {
				broken = append(broken, at+": a brace is open in "+s)
			}
			for _, p := range placeholder.FindAllStringSubmatch(s, -1) {
				if p[1] == "" || p[2] != "" && strings.Count(p[2], "|") != 2 {
					broken = append(broken, at+": "+p[0])
				}
			}
			if strings.Contains(s, "  ") || strings.Contains(s, "!") {
				form = append(form, at+": "+s)
			}
		}
		if !keyForm.MatchString(key) {
			form = append(form, key)
		}
	}
	list(t, "texts missing in a language", missing)
	list(t, "texts whose arguments differ between languages", differ)
	list(t, "placeholders that can't be filled", broken)
	list(t, "texts with an exclamation mark or two spaces, or a key of another form", form)
}

// shown are the places that show a code: each has the texts of its codes under a prefix of its own.
var shown = []string{"error.", "note.", "log.", "reason.", "warning.", "audit.", "defect.", "suggest.", "draft."}

func TestEveryCodeHasAText(t *testing.T) {
	var missing []string
	s := scan()
	for code, uses := range s.codes {
		if s.errors[code] && Has("error."+code) {
			continue
		}
		// What is no error can be a note, a line of a log, a reason in quarantine, or a key itself.
		if !s.errors[code] && (Has(code) || slices.ContainsFunc(shown, func(p string) bool { return Has(p + code) })) {
			continue
		}
		missing = append(missing, code+" at "+uses[0].at)
	}
	list(t, "codes without a text", missing)
}

func TestEveryKeyExists(t *testing.T) {
	var missing []string
	for key, uses := range scan().keys {
		if keyForm.MatchString(key) && !Has(key) {
			missing = append(missing, key+" at "+uses[0].at)
		}
	}
	for prefix := range scan().prefixes {
		// Of what is put together at run time, at least the first part must be known. Prefixes of other things
		// (file names, addresses) are not of our areas.
		area, _, _ := strings.Cut(prefix, ".")
		known := func(k string) bool { return strings.HasPrefix(k, prefix) }
		ours := func(k string) bool { return strings.HasPrefix(k, area+".") }
		if keys := slices.Collect(maps.Keys(all)); slices.ContainsFunc(keys, ours) && !slices.ContainsFunc(keys, known) &&
			!slices.ContainsFunc(shown, func(p string) bool {
				return slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, p+prefix) })
			}) {
			missing = append(missing, prefix+"…")
		}
	}
	list(t, "keys without a text", missing)
}

// TestArgumentsAreGiven: whoever names a key or a code gives every argument that its text asks for.
func TestArgumentsAreGiven(t *testing.T) {
	var missing []string
	check := func(key, text string, uses []use) {
		for _, u := range uses {
			for _, p := range placeholders(text) {
				if !u.open && !slices.Contains(u.args, p) {
					missing = append(missing, key+" at "+u.at+" is not given "+p)
				}
			}
		}
	}
	s := scan()
	for key, uses := range s.keys {
		check(key, all[key].NB, uses)
	}
	for code, uses := range s.codes {
		check(code, all["error."+code].NB, uses)
	}
	list(t, "arguments not given", missing)
}

// TestEveryTextIsUsed: a key is used when the source names it, or the first part of it to which the rest is added, or
// the code that it is the text of.
func TestEveryTextIsUsed(t *testing.T) {
	s := scan()
	var used func(key string) bool
	used = func(key string) bool {
		if s.literals[key] {
			return true
		}
		for i := range key {
			if prefix := key[:i+1]; key[i] == '.' && s.prefixes[prefix] && !slices.Contains(shown, prefix) {
				return true
			}
			if key[i] == '.' && s.suffixes[key[i:]] && used(key[:i]) {
				return true
			}
		}
		for infix := range s.infixes {
			if area, _, ok := strings.Cut(key, infix); ok && s.literals[area] {
				return true
			}
		}
		return false
	}
	var unused []string
	for key := range all {
		ok := used(key)
		for _, p := range shown {
			code, is := strings.CutPrefix(key, p)
			ok = ok || is && used(code)
		}
		if !ok {
			unused = append(unused, key)
		}
	}
	list(t, "texts that nothing uses", unused)
}
