package auth

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"samband/store"
)

// sourceOIDC marks the grants that come from the login's role claim.
const sourceOIDC = store.SourceOIDC

// RoleRule says that a value of the role claim gives a role, in one registry or in all.
type RoleRule struct {
	Value      string
	Role       store.PortalRole
	RegistryID string // store.AllRegistries when the rule names none
}

// ParseRoles reads the setting "value=role[:registry],…": which value of the role claim gives which role. A value may
// stand several times. Roles that hold for the whole portal can't be narrowed to a registry.
func ParseRoles(setting string) ([]RoleRule, error) {
	var rules []RoleRule
	for part := range strings.SplitSeq(setting, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		value, given, ok := cutLast(part, "=")
		name, registry, narrowed := strings.Cut(given, ":")
		role := store.PortalRole(name)
		switch {
		case !ok || value == "", !slices.Contains(store.PortalRoles, role), narrowed && registry == "":
			return nil, store.E(store.Refused, "serve.login_roles", store.Args{"rule": part, "roles": fmt.Sprint(store.PortalRoles)})
		case narrowed && role.PortalWide():
			return nil, store.E(store.Refused, "serve.login_wide", store.Args{"rule": part, "role": name})
		case !narrowed:
			registry = store.AllRegistries
		}
		rules = append(rules, RoleRule{value, role, registry})
	}
	return rules, nil
}

// cutLast cuts around the last sep: group names of directories hold equal signs themselves (CN=…).
func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// grantsFor gives what the values of the role claim mean by the rules, each role and registry once.
func grantsFor(rules []RoleRule, values []string, at time.Time) []store.Grant {
	var grants []store.Grant
	for _, rule := range rules {
		if !slices.Contains(values, rule.Value) || slices.ContainsFunc(grants, func(g store.Grant) bool {
			return g.Role == rule.Role && g.RegistryID == rule.RegistryID
		}) {
			continue
		}
		grants = append(grants, store.Grant{
			Role: rule.Role, RegistryID: rule.RegistryID, Source: sourceOIDC, GrantedAt: at,
		})
	}
	return grants
}

// claimValues finds a claim by its name, or by a path with dots (realm_access.roles), and gives its texts: the claim
// is one text or a list of them.
func claimValues(claims map[string]json.RawMessage, name string) []string {
	raw, ok := claims[name]
	if !ok {
		head, rest, dotted := strings.Cut(name, ".")
		var inner map[string]json.RawMessage
		if !dotted || json.Unmarshal(claims[head], &inner) != nil {
			return nil
		}
		return claimValues(inner, rest)
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return many
	}
	return nil
}
