package text

import (
	"strings"

	"samband/store"
)

// Actor names who did something: a person by their name, and what acts when no person does by what it is.
func Actor(lang Lang, name string) string {
	who, account, _ := strings.Cut(name, ":")
	switch who {
	case "schedule", "system", "demo":
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
