package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Scope is what an approval covers (design.md section 5). A change in it needs a new approval; what is not in it
// (pause, times, batch size, alert addresses, texts) is free to change. It is kept flat, so that comparing, hashing
// and saying it in words are the same walk. Names in parentheses are lines that stand for a whole area.
type Scope struct {
	Registry    string            `json:"registry"`
	Solution    string            `json:"solution"` // the software the registry lives in
	Source      string            `json:"source"`
	Destination string            `json:"destination"`
	Direction   Direction         `json:"direction"`
	Method      string            `json:"method"`
	Handover    string            `json:"handover"`
	Kind        string            `json:"kind"`
	Connection  string            `json:"connection"` // which one, and so which account
	Settings    map[string]string `json:"settings"`   // addresses, paths and data sets of the connection
	Route       Route             `json:"route"`
	Hops        []string          `json:"hops"`   // in the order data pass them
	Stores      map[string]string `json:"stores"` // where data lie on the way → how they are kept
	Sensitivity Sensitivity       `json:"sensitivity"`
	Fields      map[string]string `json:"fields"` // source field → class, or class:attribute
	Codebook    string            `json:"codebook"`
	Variables   map[string]string `json:"variables"` // variable → type, unit, limits, class
	Rules       map[string]string `json:"rules"`     // variable → canonical JSON of its steps; (key), (keep), (resolve), (from), (tier)
	Codes       map[string]string `json:"codes"`     // variable=code → label
	Checks      map[string]string `json:"checks"`    // reason → canonical JSON of the check; (order)
	Limits      map[string]string `json:"limits"`    // what decides whether a run is held
	Identity    map[string]string `json:"identity"`  // how identity is handled
	Consent     ConsentRegime     `json:"consent"`
	Retention   string            `json:"retention"`
	Recipients  map[string]string `json:"recipients"` // recipient → key id
	// Consents are the rules of people's choices: id → whose list it is, and what it decides. Left out where there are none,
	// so that what was approved before there were any has the hash it had.
	Consents map[string]string `json:"consents,omitempty"`
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
	Consents    []ConsentPart // of the registry, in order of the rule's id
}

// Sensitivity gives how sensitive the data are that would run: what the integration says, but never less than the
// classes of the fields and variables moved say.
func (p *ScopeParts) Sensitivity() Sensitivity {
	if p.Mapping == nil {
		return p.Integration.Sensitivity
	}
	m := &p.Mapping.Mapping
	health := slices.ContainsFunc(m.Source, func(f Field) bool { return f.Class == Health }) ||
		p.Codebook != nil && slices.ContainsFunc(m.Rules, func(r Rule) bool {
			v := p.Codebook.Variable(r.Variable)
			return v != nil && v.Class == Health
		})
	person := slices.ContainsFunc(m.Source, func(f Field) bool { return f.Class == Direct || f.Class == Indirect })
	switch {
	case health:
		return Sensitive
	case person && !p.Integration.Sensitivity.Covers(Personal):
		return Personal
	}
	return p.Integration.Sensitivity
}

// ComputeScope gives the Scope of what would run. Every part must be there; the gate says which is missing.
func ComputeScope(p ScopeParts) *Scope {
	m := &p.Mapping.Mapping
	s := &Scope{
		Registry: p.Registry.ID, Solution: p.Registry.SolutionID, Direction: p.System.Role.Direction(),
		Source: p.System.ID, Destination: "registry",
		Method: p.Method.ID, Handover: p.Method.Handover, Kind: p.Kind.Name,
		Connection: p.Connection.ID, Settings: map[string]string{},
		Route: p.Method.Route, Hops: []string{string(p.Method.Route)},
		Stores: map[string]string{
			"registry": "pseudonymised", "vault": "sealed", "quarantine": "sealed", "deliveries": "sealed",
		},
		Sensitivity: p.Sensitivity(), Fields: map[string]string{},
		Codebook: p.Codebook.ID, Variables: map[string]string{}, Codes: map[string]string{},
		Rules:  map[string]string{"(key)": canonical(p.Codebook.Key), "(resolve)": canonical(m.Resolve)},
		Checks: map[string]string{}, Limits: limitLines(p.Integration.Limits),
		Identity: map[string]string{"person": canonical(m.Person), "pseudonym": "random per person and registry"},
		Consent:  p.Registry.Basis.Consent, Retention: p.Registry.Basis.Retention, Recipients: map[string]string{},
	}
	for i := range p.Consents {
		if s.Consents == nil {
			s.Consents = map[string]string{}
		}
		s.Consents[p.Consents[i].Rule.ID] = p.Consents[i].line()
	}
	if p.System.Role != Source {
		s.goesOut(p.Kind, p.Connection)
	}
	kind := p.Kind.As(p.System.Role)
	for i := range kind.Options {
		o := &kind.Options[i]
		if v := o.Value(p.Connection.Settings); o.Covered() && v != "" {
			s.Settings[o.Name] = v
		}
	}
	for _, f := range m.Source {
		s.Fields[f.Name] = f.line()
	}
	if m.From != "" {
		s.Rules["(from)"] = m.From
	}
	if m.Keep != nil {
		s.Rules["(keep)"] = canonical(m.Keep)
	}
	if turns := m.turns(); len(turns) > 0 {
		s.Rules["(turns)"] = strings.Join(turns, ", ")
	}
	steps := make(map[string][]Step, len(m.Rules))
	for _, r := range m.Rules {
		steps[r.Variable] = r.Steps
	}
	for _, t := range m.Tables {
		s.Rules["(table:"+t.Name+")"] = canonical(t)
	}
	for _, l := range m.Lists {
		s.Rules["(list:"+l.System+")"] = l.Version
	}
	for _, k := range m.Corrections {
		if k.Undone == nil {
			k.Reason, k.Author, k.Made = "", "", time.Time{}
			s.Rules["(correction:"+k.Name+")"] = canonical(k)
		}
	}
	for _, v := range p.Codebook.Variables {
		rule, ok := steps[v.Name]
		if !ok {
			continue
		}
		for _, o := range v.Codes {
			s.Codes[v.Name+"="+o.Code] = canonical(o)
		}
		// A variable without a list takes every code, so having one is part of the variable.
		listed := len(v.Codes) > 0
		v.Codes, v.Label, v.Form, v.Help, v.Origin, v.Stated = nil, "", "", "", "", ""
		v.Condition, v.Formula, v.PlausibleMin, v.PlausibleMax = "", "", nil, nil
		s.Variables[v.Name] = canonical(struct {
			Variable
			Listed bool `json:"listed,omitempty"`
		}{v, listed})
		s.Rules[v.Name] = canonical(rule)
	}
	var order []string
	for _, k := range m.Checks {
		k.Text = ""
		s.Checks[k.Reason] = canonical(k)
		order = append(order, k.Reason)
	}
	s.Checks["(order)"] = strings.Join(order, ", ")
	return s
}

// goesOut says what is different where data leave: no person is looked up, nothing that names one goes along, and what was
// sent is known by keys and hashes, and whether it can be there twice is what the destination promises.
func (s *Scope) goesOut(k *Kind, c *Connection) {
	s.Source, s.Destination = s.Destination, s.Source
	s.Stores = map[string]string{"registry": "pseudonymised", "sent": "keys and hashes"}
	s.Identity = map[string]string{"pseudonym": "not sent"}
	s.Rules["(tier)"] = string(k.Tier)
	if k.Identity == LeavesNot {
		return
	}
	s.Identity = map[string]string{"pseudonym": "not sent", "leaves": string(k.Identity)}
	s.Stores["vault"] = "sealed"
	if k.Identity == LeavesApart {
		s.Identity["link"] = "of the run and the person, unlike in every run"
		s.Stores["packets"] = "encrypted to the recipients"
	}
	for _, r := range TransportRecipients {
		if public := c.Settings[r+"_recipient"]; public != "" {
			s.Recipients[r] = RecipientKeyID(public)
		}
	}
}

// line is how a field stands in a Scope: class, or class:attribute.
func (f *Field) line() string {
	if f.Is == "" {
		return string(f.Class)
	}
	return string(f.Class) + ":" + string(f.Is)
}

func limitLines(l Limits) map[string]string {
	maxQ, minV := l.shares()
	lines := map[string]string{
		"max_quarantined": strconv.FormatFloat(maxQ, 'g', -1, 64),
		"min_volume":      strconv.FormatFloat(minV, 'g', -1, 64),
	}
	if l.AllowEmpty {
		lines["allow_empty"] = "true"
	}
	if l.MaxNewCodes > DefaultMaxNewCodes { // stricter than where nothing is said is nothing to approve
		lines["max_new_codes"] = strconv.FormatFloat(l.MaxNewCodes, 'g', -1, 64)
	}
	return lines
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
func (s *Scope) Hash() string { return ScopeHash(s.Canonical()) }

// ScopeHash gives the lower-case hex SHA-256 of a canonical form as it was stored.
func ScopeHash(canonical []byte) string {
	h := sha256.Sum256(canonical)
	return hex.EncodeToString(h[:])
}

// ParseScope reads a canonical form back. One with parts that this program doesn't know is refused: it can't be
// compared with what would run.
func ParseScope(b []byte) (*Scope, error) {
	var s Scope
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil || d.More() {
		return nil, &Error{Class: Internal, Code: "scope.broken", Err: err}
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

// Difference is one line in which two Scopes differ. Area and Name say where; package text says it in words. Narrowing
// lines stay covered by the older approval.
type Difference struct {
	Area      string   `json:"area"`
	Name      string   `json:"name,omitempty"`
	Kind      DiffKind `json:"kind"`
	Old       string   `json:"old,omitempty"`
	New       string   `json:"new,omitempty"`
	Narrowing bool     `json:"narrowing,omitempty"`
}

// lines gives the Scope as area → name → value.
func (s *Scope) lines() map[string]map[string]string {
	one := func(v string) map[string]string { return map[string]string{"": v} }
	hops := map[string]string{}
	for i, h := range s.Hops {
		hops[strconv.Itoa(i+1)] = h
	}
	return map[string]map[string]string{
		"registry": one(s.Registry), "solution": one(s.Solution), "source": one(s.Source),
		"destination": one(s.Destination), "direction": one(string(s.Direction)), "method": one(s.Method),
		"handover": one(s.Handover), "kind": one(s.Kind), "connection": one(s.Connection), "setting": s.Settings,
		"route": one(string(s.Route)), "hop": hops, "store": s.Stores, "sensitivity": one(string(s.Sensitivity)),
		"field": s.Fields, "codebook": one(s.Codebook), "variable": s.Variables, "rule": s.Rules, "code": s.Codes,
		"check": s.Checks, "limit": s.Limits, "identity": s.Identity, "consent": one(string(s.Consent)),
		"retention": one(s.Retention), "recipient": s.Recipients, "consent_rule": s.Consents,
	}
}

// ScopeAreas lists the areas in the order people read them.
var ScopeAreas = []string{"registry", "solution", "source", "destination", "direction", "method", "handover", "kind",
	"connection", "setting", "route", "hop", "store", "sensitivity", "field", "identity", "codebook", "variable", "rule",
	"code", "check", "limit", "consent", "consent_rule", "retention", "recipient"}

// ScopeGroup is a part of a Scope that people read together; the text "assess.part.<name>" is its heading.
type ScopeGroup struct {
	Name  string
	Areas []string
}

// ScopeGroups has every area once.
var ScopeGroups = []ScopeGroup{
	{"who", []string{"registry", "solution", "source", "destination", "direction"}},
	{"way", []string{"method", "handover", "kind", "connection", "setting", "route", "hop"}},
	{"privacy", []string{"identity", "store", "consent", "consent_rule", "retention", "recipient"}},
	{"fields", []string{"sensitivity", "field"}},
	{"variables", []string{"codebook", "variable", "rule"}},
	{"codes", []string{"code"}},
	{"checks", []string{"check", "limit"}},
}

// Diff gives every line in which s differs from the approved Scope, in the order people read them.
func (s *Scope) Diff(approved *Scope) []Difference {
	was, is := approved.lines(), s.lines()
	var ds []Difference
	for _, area := range ScopeAreas {
		names := slices.Sorted(maps.Keys(was[area]))
		for n := range is[area] {
			if _, ok := was[area][n]; !ok {
				names = append(names, n)
			}
		}
		slices.Sort(names)
		for _, n := range names {
			o, hadIt := was[area][n]
			v, hasIt := is[area][n]
			d := Difference{Area: area, Name: n, Kind: Changed, Old: o, New: v}
			switch {
			case o == v && hadIt == hasIt:
				continue
			case !hadIt:
				d.Kind = Added
			case !hasIt:
				d.Kind = Removed
			}
			d.Narrowing = approved.narrows(d) && !(area == "field" && s.reads(n))
			if area == "check" && n == "(order)" && hadIt && sameOrder(o, v) ||
				area == "rule" && n == "(turns)" && (!hadIt || !hasIt || sameOrder(o, v)) {
				continue // what came or went has a line of its own
			}
			ds = append(ds, d)
		}
	}
	return ds
}

// sameOrder tells whether what stands in both of two orders stands in the same order.
func sameOrder(a, b string) bool {
	was, is := strings.Split(a, ", "), strings.Split(b, ", ")
	only := func(list, other []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(n string) bool { return !slices.Contains(other, n) })
	}
	return slices.Equal(only(was, is), only(is, was))
}

// reads tells whether a rule, a correction or the condition on which rows are kept reads a source field. One that is not
// there any more is no narrowing then: what reads it can't run.
func (s *Scope) reads(field string) bool {
	for name, line := range s.Rules {
		var k Correction
		var keep Condition
		switch {
		case name == "(keep)" && json.Unmarshal([]byte(line), &keep) == nil && keep.Field == field:
			return true
		case strings.HasPrefix(name, "(correction:") && json.Unmarshal([]byte(line), &k) == nil,
			!strings.HasPrefix(name, "(") && json.Unmarshal([]byte(line), &k.Steps) == nil:
			if slices.Contains(k.Fields(), field) {
				return true
			}
		}
	}
	return false
}

// narrows tells whether a difference from this approved Scope only makes it smaller. Leaving out a field, a variable or
// a code moves less; a stricter limit lets less pass. Leaving out a check, a hop, a store or a line that stands for all
// rows is no narrowing, nor is leaving out a variable that an approved check needs to judge the row.
func (s *Scope) narrows(d Difference) bool {
	switch d.Area {
	case "field", "code":
		return d.Kind == Removed
	case "variable", "rule":
		return d.Kind == Removed && !strings.HasPrefix(d.Name, "(") && !s.guardedBy(d.Name)
	case "limit":
		o, errOld := strconv.ParseFloat(d.Old, 64)
		n, errNew := strconv.ParseFloat(d.New, 64)
		switch {
		case d.Name == "allow_empty":
			return d.Kind == Removed
		case d.Name == "max_new_codes" && d.Kind == Removed:
			return true
		case d.Kind != Changed || errOld != nil || errNew != nil:
			return false
		case d.Name == "max_quarantined", d.Name == "max_new_codes":
			return n < o
		case d.Name == "min_volume":
			return n > o
		}
	}
	return false
}

// guardedBy tells whether a check over several variables reads this one: without it the check would find nothing, and
// rows that were held back would pass.
func (s *Scope) guardedBy(variable string) bool {
	for reason, line := range s.Checks {
		if strings.HasPrefix(reason, "(") {
			continue
		}
		var k Check
		if json.Unmarshal([]byte(line), &k) != nil || k.Earlier == variable || k.Later == variable ||
			mentions(k.Code, variable) {
			return true
		}
	}
	return false
}

// mentions tells whether a name stands as a word of its own in an expression.
func mentions(code, name string) bool {
	word := func(c byte) bool {
		return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	}
	for at := 0; ; {
		i := strings.Index(code[at:], name)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(name)
		if (start == 0 || !word(code[start-1])) && (end == len(code) || !word(code[end])) {
			return true
		}
		at = start + 1
	}
}

// Uncovered gives the differences that the approved Scope does not cover.
func (s *Scope) Uncovered(approved *Scope) []Difference {
	return slices.DeleteFunc(s.Diff(approved), func(d Difference) bool { return d.Narrowing })
}
