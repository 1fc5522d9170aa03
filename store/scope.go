package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Scope is what an approval covers (design.md section 5). A change in it needs a new approval; what is not in it
// (pause, times, batch size, alert addresses, texts) is free to change. It is kept flat, so that comparing, hashing
// and saying it in words are the same walk.
type Scope struct {
	Registry    string            `json:"registry"`
	Source      string            `json:"source"`
	Destination string            `json:"destination"`
	Direction   Direction         `json:"direction"`
	Method      string            `json:"method"`
	Kind        string            `json:"kind"`
	Sensitivity Sensitivity       `json:"sensitivity"`
	Route       Route             `json:"route"`
	Hops        []string          `json:"hops"`      // in the order data pass them
	Stores      map[string]string `json:"stores"`    // where data lie on the way → how they are kept
	Settings    map[string]string `json:"settings"`  // addresses, paths and data sets of the connection
	Fields      map[string]string `json:"fields"`    // source field → class, or class:attribute
	Variables   map[string]string `json:"variables"` // variable → type, unit, limits, class
	Rules       map[string]string `json:"rules"`     // variable → canonical JSON of its steps
	Codes       map[string]string `json:"codes"`     // variable=code → label
	Checks      map[string]string `json:"checks"`    // reason → canonical JSON of the check, with its place in the order
	Identity    map[string]string `json:"identity"`  // how identity is handled
	Consent     ConsentRegime     `json:"consent"`
	Retention   string            `json:"retention"`
	Recipients  map[string]string `json:"recipients"` // recipient → key id
}

// ScopeParts are the things a Scope is computed from.
type ScopeParts struct {
	Registry    *Registry
	Integration *Integration
	System      *System
	Method      *Method
	Kind        *Kind
	Connection  *Connection
	Mapping     *MappingVersion
	Codebook    *Codebook
}

// ComputeScope gives the Scope of what would run. Every part must be there; the gate says which is missing.
func ComputeScope(p ScopeParts) *Scope {
	s := &Scope{
		Registry: p.Registry.ID, Direction: p.System.Role.Direction(), Method: p.Method.ID, Kind: p.Kind.Name,
		Sensitivity: p.Integration.Sensitivity, Route: p.Method.Route,
		Stores: map[string]string{}, Settings: map[string]string{}, Fields: map[string]string{}, Variables: map[string]string{},
		Rules: map[string]string{}, Codes: map[string]string{}, Checks: map[string]string{}, Identity: map[string]string{},
		Consent: p.Registry.Basis.Consent, Retention: p.Registry.Basis.Retention, Recipients: map[string]string{},
		Hops: []string{string(p.Method.Route)},
	}
	if p.System.Role == Source {
		s.Source, s.Destination = p.System.ID, "registry"
	} else {
		s.Source, s.Destination = "registry", p.System.ID
	}
	s.Stores["registry"], s.Stores["vault"], s.Stores["quarantine"] = "pseudonymised", "sealed", "sealed"
	s.Stores["deliveries"] = "sealed"
	for _, o := range p.Kind.Options {
		if v := p.Connection.Settings[o.Name]; o.InScope && v != "" {
			s.Settings[o.Name] = v
		}
	}
	m := &p.Mapping.Mapping
	for _, f := range m.Source {
		s.Fields[f.Name] = string(f.Class)
		if f.Is != "" {
			s.Fields[f.Name] += ":" + string(f.Is)
		}
	}
	for _, v := range p.Codebook.Variables {
		r := m.Rule(v.Name)
		if r == nil {
			continue
		}
		codes := v.Codes
		v.Codes, v.Label, v.Form = nil, "", ""
		s.Variables[v.Name] = canonical(v)
		s.Rules[v.Name] = canonical(r.Steps)
		for _, o := range codes {
			s.Codes[v.Name+"="+o.Code] = canonical(o)
		}
	}
	for i, k := range m.Checks {
		k.Text = ""
		s.Checks[k.Reason] = canonical(struct {
			Order int   `json:"order"`
			Check Check `json:"check"`
		}{i + 1, k})
	}
	if m.Keep != nil {
		s.Rules["(keep)"] = canonical(m.Keep)
	}
	s.Rules["(resolve)"] = canonical(m.Resolve)
	s.Identity["person"] = canonical(m.Person)
	s.Identity["pseudonym"] = "random per person and registry"
	return s
}

func canonical(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs of ours always marshal
	}
	return string(b)
}

// Canonical gives the one form of the Scope that is stored, hashed and signed: JSON with a fixed order of members,
// map keys sorted by bytes.
func (s *Scope) Canonical() []byte { return []byte(canonical(s)) }

// Hash gives the lower-case hex SHA-256 of the canonical form.
func (s *Scope) Hash() string {
	h := sha256.Sum256(s.Canonical())
	return hex.EncodeToString(h[:])
}

// ParseScope reads a canonical form back.
func ParseScope(b []byte) (*Scope, error) {
	var s Scope
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, Wrap(err, Internal, "scope.broken", nil)
	}
	return &s, nil
}

// DiffKind says what happened to one line of a Scope.
type DiffKind string

const (
	Added   DiffKind = "added"
	Removed DiffKind = "removed"
	Changed DiffKind = "changed"
)

// Difference is one line in which two Scopes differ. Area and Name say where; the text of it is
// "scope.<area>.<kind>". Narrowing lines stay covered by the older approval.
type Difference struct {
	Area      string
	Name      string
	Kind      DiffKind
	Old, New  string
	Narrowing bool
}

// narrowing areas: leaving out a line moves less, so the approval still covers it. Leaving out a check, a hop or a
// store is no narrowing.
var narrowing = []string{"field", "variable", "rule", "code"}

// lines gives the Scope as area → name → value.
func (s *Scope) lines() map[string]map[string]string {
	one := func(v string) map[string]string { return map[string]string{"": v} }
	return map[string]map[string]string{
		"registry": one(s.Registry), "source": one(s.Source), "destination": one(s.Destination),
		"direction": one(string(s.Direction)), "method": one(s.Method), "kind": one(s.Kind),
		"sensitivity": one(string(s.Sensitivity)), "route": one(string(s.Route)), "hops": one(strings.Join(s.Hops, " → ")),
		"store": s.Stores, "setting": s.Settings, "field": s.Fields, "variable": s.Variables, "rule": s.Rules,
		"code": s.Codes, "check": s.Checks, "identity": s.Identity, "consent": one(string(s.Consent)),
		"retention": one(s.Retention), "recipient": s.Recipients,
	}
}

// ScopeAreas lists the areas in the order people read them.
var ScopeAreas = []string{"registry", "source", "destination", "direction", "method", "kind", "setting", "route", "hops",
	"store", "sensitivity", "field", "identity", "variable", "rule", "code", "check", "consent", "retention", "recipient"}

// Diff gives every line in which s differs from the approved Scope, in the order people read them.
func (s *Scope) Diff(approved *Scope) []Difference {
	was, is := approved.lines(), s.lines()
	var ds []Difference
	for _, area := range ScopeAreas {
		names := map[string]bool{}
		for n := range was[area] {
			names[n] = true
		}
		for n := range is[area] {
			names[n] = true
		}
		for _, n := range slices.Sorted(maps.Keys(names)) {
			o, hadIt := was[area][n]
			v, hasIt := is[area][n]
			switch {
			case !hadIt:
				ds = append(ds, Difference{Area: area, Name: n, Kind: Added, New: v})
			case !hasIt:
				special := strings.HasPrefix(n, "(") // keep and resolve decide for all rows: dropping them widens
				ds = append(ds, Difference{Area: area, Name: n, Kind: Removed, Old: o,
					Narrowing: slices.Contains(narrowing, area) && !special})
			case o != v:
				ds = append(ds, Difference{Area: area, Name: n, Kind: Changed, Old: o, New: v})
			}
		}
	}
	return ds
}

// Uncovered gives the differences that the approved Scope does not cover.
func (s *Scope) Uncovered(approved *Scope) []Difference {
	return slices.DeleteFunc(s.Diff(approved), func(d Difference) bool { return d.Narrowing })
}
