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
	"reident.most":            "said at the field",
	"reident.number":          "said at the field",
	"reident.pseudonym":       "said at the field",
	"run.transition":          "somebody was first",
	"db.changed":              "somebody was first",
	"db.exists":               "said at the field",
	"db.in_use":               "said at the button",
	"db.reference":            "said at the field",
	"slot.on_time":            "nothing is wrong",
	"slot.caught_up":          "nothing is wrong",
	"command.file":            "said in the shell",
	"run.no_reload":           "somebody was first",
	"sample.empty":            "said at the field",
	"sample.too_large":        "said at the field",
	"source.no_profile":       "said on the page",
	"backfill.busy":           "said at the button",
	"backfill.changed":        "said with the plan, before anything starts",
	"backfill.no_dates":       "said with the plan, before anything starts",
	"backfill.nothing":        "said with the plan, before anything starts",
	"backfill.long":           "said at the field",
	"backfill.order":          "said at the field",
	"backfill.state":          "somebody was first",
	"auth.attempt":            "said on the page",
	"auth.declined":           "a person decided",
	"auth.demo_closed":        "said on the page",
	"auth.persona":            "said at the field",
	"audit.unsigned":          "said at the button",
	"audit.no_reason":         "said in the shell",
	"audit.person_number":     "said in the shell",
	"audit.nothing_to_accept": "nothing is wrong",
	"mark.nothing":            "nothing is wrong",
	"backup.keep":             "said in the shell",
	"consent.guid":            "said at the field",
	"consent.party":           "said at the field",
	"consent.between":         "said at the field",
	"consent.wait_type":       "said at the field",
	"consent.share":           "said at the field",
	"consent.recipients":      "said at the field",
	"consent.older_list":      "a newer one holds",
	"consent.not_held":        "somebody was first",
	"consent.registry":        "said at the field",
	"consent.no_report":       "a person tells whoever keeps the list",
}

// answeredAreas are the areas whose codes are all answered like that: what is wrong is said where somebody writes it, and
// none of it stops a run or the portal.
var answeredAreas = map[string]string{
	"access":      "said on the page of the access",
	"alert":       "said at the field",
	"approval":    "said at the button",
	"assess":      "said at the field",
	"bundle":      "said in the shell, with the line of the file",
	"calendar":    "said at the field",
	"code_system": "said on the page of the file",
	"codebook":    "said at the variable",
	"dictionary":  "said on the page of the file",
	"document":    "said at the field",
	"field":       "said at the field",
	"finding":     "said on the page of the row",
	"form":        "said at the field",
	"ident":       "said at the row, in quarantine",
	"import":      "said in the shell",
	"integration": "said at the button",
	"ld":          "said at the button",
	"mapping":     "said at the rule",
	"move":        "said at the button",
	"notice":      "said at the field",
	"package":     "said on the page of the file",
	"retention":   "said at the field",
	"retry":       "said at the field",
	"risk":        "said at the field",
	"ros":         "said at the field",
	"rule":        "said at the rule",
	"scale":       "said at the field",
	"schedule":    "said at the field",
	"slug":        "said at the field",
	"translation": "said on the page of the file",
	"web":         "said on the page",
	"webhook":     "said at the field",
	"xlsx":        "said on the page of the file",
	"xsd":         "said on the page of the file",
}

// TestRunBookHasEveryCode: every error that there are words for has a section, unless it is answered where it is given.
func TestRunBookHasEveryCode(t *testing.T) {
	var missing []string
	areas, codes := map[string]bool{}, map[string]bool{}
	for key := range all {
		code, ok := strings.CutPrefix(key, "error.")
		if !ok || strings.HasSuffix(code, ".not_found") {
			continue
		}
		area, _, _ := strings.Cut(code, ".")
		switch {
		case InRunBook(store.Code(code)):
		case answered[code] != "":
			codes[code] = true
		case answeredAreas[area] != "":
			areas[area] = true
		default:
			missing = append(missing, code)
		}
	}
	slices.Sort(missing)
	list(t, "codes without a section in the run book", missing)
	for _, area := range slices.Sorted(maps.Keys(answeredAreas)) {
		if !areas[area] {
			t.Errorf("no code of the area %s is answered where it is given", area)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(answered)) {
		if !codes[code] {
			t.Errorf("%s stands among the answered, and is no error that lacks a section", code)
		}
	}
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
