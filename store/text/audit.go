package text

import (
	"maps"
	"slices"
	"strings"

	"samband/store"
)

// Actor names who did something: a person by their name, and what acts when no person does by what it is.
func Actor(lang Lang, name string) string {
	who, account, _ := strings.Cut(name, ":")
	switch who {
	case "schedule", "system", "demo", "nobody":
		if account == "" {
			return T(lang, "actor."+who)
		}
	case "shell":
		if account != "" {
			return T(lang, "actor.shell.as", "account", account)
		}
		return T(lang, "actor.shell")
	}
	return name
}

// AuditAction says what was done to what, as «Kjøring: startet». An action that no words are written for keeps its code.
func AuditAction(lang Lang, e *store.AuditEntry) string {
	_, did, _ := strings.Cut(e.Action, ".")
	if !Has("audit.kind."+e.Kind) || !Has("audit.did."+did) {
		return e.Action
	}
	return T(lang, "audit.kind."+e.Kind) + ": " + T(lang, "audit.did."+did)
}

// AuditDetails says what else an entry holds, as «Endret: name og owner; Versjon: 3».
func AuditDetails(lang Lang, e *store.AuditEntry) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(e.Details)) {
		if name == "no" && e.Kind == "run" { // the object is named by it
			continue
		}
		label := name
		if Has("audit.detail." + name) {
			label = T(lang, "audit.detail."+name)
		}
		value := Format(lang, e.Details[name])
		switch v := e.Details[name].(type) {
		case string:
			for _, words := range []string{"role." + v, "state." + e.Kind + "." + v} {
				if Has(words) {
					value = T(lang, words)
				}
			}
		case bool:
			value = T(lang, map[bool]string{true: "audit.yes", false: "audit.no"}[v])
		}
		if value != "" {
			parts = append(parts, label+": "+value)
		}
	}
	return strings.Join(parts, "; ")
}

// AuditResult says how it ended: that it was done, or why not.
func AuditResult(lang Lang, e *store.AuditEntry) string {
	for _, key := range []string{"audit.result." + e.Result, "error." + e.Result, e.Result} {
		if Has(key) {
			return Fill(lang, key, e.Details)
		}
	}
	return e.Result
}
