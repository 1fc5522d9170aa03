package text

import (
	"maps"
	"regexp"
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

// opaque is what the portal names things by among its own: it tells a reader nothing.
var opaque = regexp.MustCompile(`^[0-9a-f]{32,64}$`)

// Opaque tells whether a name is one of the portal's own, that says nothing to people.
func Opaque(name string) bool { return opaque.MatchString(name) }

// AuditBrief is AuditDetails without the ids and hashes, which stand with the entry itself.
func AuditBrief(lang Lang, e *store.AuditEntry) string {
	brief := *e
	brief.Details = maps.Clone(e.Details)
	maps.DeleteFunc(brief.Details, func(name string, v any) bool {
		s, _ := v.(string)
		return Opaque(s) || strings.HasSuffix(name, "_ids")
	})
	return AuditDetails(lang, &brief)
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
			for _, words := range []string{"role." + v, "state." + e.Kind + "." + v, "approval." + v, "access.source." + v,
				"audit.detail." + name + "." + v} {
				if Has(words) {
					value = T(lang, words)
				}
			}
		case []any:
			value = auditList(lang, v)
		case bool:
			value = T(lang, map[bool]string{true: "audit.yes", false: "audit.no"}[v])
		}
		if value != "" {
			parts = append(parts, label+": "+value)
		}
	}
	return strings.Join(parts, "; ")
}

// auditList says a list; what somebody may do is kept as role:registry.
func auditList(lang Lang, list []any) string {
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = Format(lang, x)
		if role, registry, ok := strings.Cut(words[i], ":"); ok && Has("role."+role) {
			if registry == store.AllRegistries {
				registry = lowerFirst(T(lang, "access.all"))
			}
			words[i] = T(lang, "role."+role) + " (" + registry + ")"
		}
	}
	return strings.Join(words, ", ")
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
