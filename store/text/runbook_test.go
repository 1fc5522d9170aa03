package text

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"samband/store"
)

// answered are codes that no operator looks up: the page or the shell that gives one says all there is to do.
var answered = map[string]string{
	"run.transition":          "somebody was first",
	"db.changed":              "somebody was first",
	"db.exists":               "said at the field",
	"db.in_use":               "said at the button",
	"db.reference":            "said at the field",
	"slot.on_time":            "nothing is wrong",
	"slot.caught_up":          "nothing is wrong",
	"delivery.known":          "nothing is wrong",
	"command.file":            "said in the shell",
	"run.gate_passed":         "nothing is wrong",
	"run.dry":                 "nothing is wrong",
	"run.shadow":              "nothing is wrong",
	"run.released":            "nothing is wrong",
	"run.rejected":            "a person decided",
	"run.undone":              "a person decided",
	"run.no_reload":           "somebody was first",
	"sample.empty":            "said at the field",
	"sample.too_large":        "said at the field",
	"source.no_profile":       "said on the page",
	"connection.secret":       "said at the field",
	"auth.attempt":            "said on the page",
	"auth.declined":           "a person decided",
	"auth.demo_closed":        "said on the page",
	"auth.persona":            "said at the field",
	"audit.unsigned":          "said at the button",
	"audit.no_reason":         "said in the shell",
	"audit.person_number":     "said in the shell",
	"audit.nothing_to_accept": "nothing is wrong",
	"mark.nothing":            "nothing is wrong",
}

// TestRunBookHasEveryCode: what refuses, holds or fails a run, or keeps the portal from starting, has a section.
func TestRunBookHasEveryCode(t *testing.T) {
	areas := map[string]bool{}
	for _, c := range RunBook {
		for _, s := range c.Sections {
			for _, code := range s {
				area, _, _ := strings.Cut(string(code), ".")
				areas[area] = true
			}
		}
	}
	var missing []string
	for code := range scan().codes {
		area, _, _ := strings.Cut(code, ".")
		// Of a code that is no error only what explains a run that did not end well is looked up.
		if !areas[area] || !Has("error."+code) || strings.HasSuffix(code, ".not_found") || InRunBook(store.Code(code)) || answered[code] != "" {
			continue
		}
		missing = append(missing, code+" at "+scan().codes[code][0].at)
	}
	list(t, "codes without a section in the run book", missing)
}

func TestRunBookIsWhole(t *testing.T) {
	seen := map[store.Code]bool{}
	used := map[string]bool{}
	for _, c := range RunBook {
		used["runbook.chapter."+c.Name] = true
		for _, s := range c.Sections {
			used["runbook."+string(s[0])+".meaning"], used["runbook."+string(s[0])+".do"] = true, true
			for _, code := range s {
				if seen[code] {
					t.Errorf("%s has two sections", code)
				}
				seen[code] = true
				if !Has("error." + string(code)) {
					t.Errorf("%s is no error that anything gives", code)
				}
			}
			for _, lang := range []Lang{NB, NN, EN} {
				if steps := s.Steps(lang); len(steps) != len(s.Steps(NB)) || slices.Contains(steps, "") {
					t.Errorf("%s in %s has the steps %q", s[0], lang, steps)
				}
				if m := s.Meaning(lang); !strings.HasSuffix(m, ".") || strings.Contains(m, "⟨") {
					t.Errorf("%s in %s means %q", s[0], lang, m)
				}
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if strings.HasPrefix(key, "runbook.") && !used[key] {
			t.Errorf("%s stands in no section", key)
		}
	}
}
