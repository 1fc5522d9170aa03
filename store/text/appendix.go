package text

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"samband/store"
)

// Appendix gives the appendix to the solution design (LD): what is moved, how, and who agreed to it. It depends on the
// dossier, the language and the words of this package alone, so the same submission gives the same document.
func Appendix(lang Lang, o *store.Dossier) *Document {
	a := &appendix{lang: lang, o: o, facts: o.Submission.Facts}
	if a.facts == nil {
		a.facts = &store.Facts{}
	}
	name := a.facts.Integration
	if name == "" {
		name = o.IntegrationID
	}
	d := &Document{Lang: lang, Title: a.t("title", "integration", name), Lead: a.t("lead"), Facts: a.versions(),
		Foot: a.t("foot", "hash", o.Submission.ScopeHash, "no", o.Submission.MappingNo, "approval", o.Submission.ApprovalID,
			"submission", o.Submission.No)}
	d.Parts = []Part{a.decision(), a.basis(), a.documents(), a.way(), a.fields(), a.variables()}
	if o.Mapping != nil && o.Codebook != nil { // what the scope holds in another form, or not at all, as examples
		m := &mappingDocument{lang: lang, m: &o.Mapping.Mapping, c: o.Codebook}
		d.Parts = append(d.Parts, m.examples(), m.missing(), m.tables(), tableRows(lang, o.Mapping.Mapping.Tables), m.corrections())
	}
	d.Parts = append(d.Parts, a.translations(), a.codes(), a.privacy(), a.checks(), a.rests())
	d.Parts = slices.DeleteFunc(d.Parts, func(p Part) bool {
		return len(p.Facts)+len(p.List)+len(p.Table.Rows) == 0 && p.Lead == ""
	})
	return d
}

// MappingRows gives the appendix's account of each variable as the rows of a file, the first being the head: with the
// steps of the rule as JSON too, since words leave out the ends of long lists.
func MappingRows(lang Lang, o *store.Dossier) [][]string {
	a := &appendix{lang: lang, o: o}
	rows := [][]string{{a.t("variable"), a.t("label"), a.t("what"), a.t("from"), a.t("rule"), a.t("steps"), a.t("hash"),
		a.t("mapping")}}
	for _, v := range a.variables().Table.Rows {
		rows = append(rows, append(slices.Clone(v), o.Scope.Rules[v[0]], o.Submission.ScopeHash,
			strconv.Itoa(o.Submission.MappingNo)))
	}
	return rows
}

type appendix struct {
	lang  Lang
	o     *store.Dossier
	facts *store.Facts
}

func (a *appendix) t(key string, args ...any) string { return T(a.lang, "appendix."+key, args...) }

// terms gives the terms that have a value: key, value, key, value …
func (a *appendix) terms(pairs ...string) []Term {
	var ts []Term
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			ts = append(ts, Term{Name: T(a.lang, pairs[i]), Value: pairs[i+1]})
		}
	}
	return ts
}

// day gives a date in words, "" for none.
func (a *appendix) day(d store.Date) string {
	if d.IsZero() {
		return ""
	}
	return Date(a.lang, d)
}

func (a *appendix) versions() []Term {
	s := &a.o.Submission
	ts := []Term{{Name: a.t("hash"), Value: s.ScopeHash, Code: true},
		{Name: a.t("mapping"), Value: strings.TrimSpace(strconv.Itoa(s.MappingNo) + " " + a.facts.MappingHash), Code: true}}
	if b := a.o.Codebook; b != nil {
		ts = append(ts, Term{Name: a.t("codebook"), Code: true,
			Value: strings.TrimSpace(b.ID + " " + strconv.Itoa(b.Version) + " " + a.facts.CodebookHash)})
	}
	return append(ts, Term{Name: a.t("approval"), Value: s.ApprovalID + ", " + a.t("submission", "no", s.No), Code: true})
}

func (a *appendix) decision() Part {
	p := Part{ID: "decision", Title: a.t("decision")}
	s := &a.o.Submission
	if a.o.Demo {
		p.Lead = a.t("demo")
		return p
	}
	p.Facts = a.terms("appendix.submitted", a.t("by_at", "name", Actor(a.lang, s.By), "at", s.At))
	d := a.o.Decision
	if d == nil {
		p.Lead = a.t("undecided")
		return p
	}
	p.Facts = append(p.Facts, Term{Name: T(a.lang, "approval."+string(d.State)),
		Value: a.t("by_at", "name", Actor(a.lang, d.By), "at", d.At)})
	p.Facts = append(p.Facts, a.terms("appendix.reason", d.Reason, "appendix.valid_to", a.day(d.ValidTo))...)
	for _, c := range d.Conditions {
		p.List = append(p.List, a.t("condition", "no", c.No, "text", c.Text, "date", c.DueOn))
	}
	return p
}

func (a *appendix) basis() Part {
	p := Part{ID: "basis", Title: a.t("basis")}
	if a.o.Submission.Facts == nil {
		p.Lead = a.t("no_facts")
		return p
	}
	f, b := a.facts, &a.facts.Basis
	p.Facts = a.terms("appendix.registry", f.Registry, "registry.field.kind", labelOf(a.lang, "registrykind.", string(f.Kind)),
		"registry.field.unit", f.Unit, "appendix.integration_purpose", f.Purpose, "registry.field.purpose", b.Purpose,
		"registry.field.legal_basis", b.LegalBasis, "registry.field.exemption", b.Exemption,
		"registry.field.exemption_until", a.day(b.ExemptionUntil),
		"registry.field.consent", labelOf(a.lang, "consent.", string(b.Consent)),
		"registry.field.rek", b.REK, "registry.field.rek_until", a.day(b.REKUntil),
		"registry.field.pvo", b.PVO, "registry.field.pvo_on", a.day(b.PVOOn),
		"registry.field.controller", b.Controller,
		"registry.field.joint_controllers", b.JointControllers, "registry.field.processor", b.Processor,
		"registry.field.agreement", b.Agreement, "registry.field.agreement_ends", a.day(b.AgreementEnds),
		"registry.field.dpia", b.DPIA, "registry.field.dpia_on", a.day(b.DPIAOn),
		"registry.field.dpia_result", b.DPIAResult, "registry.field.dpia_not_needed", b.DPIANotNeeded,
		"registry.field.persons", b.Persons, "registry.field.categories", b.Categories,
		"registry.field.sensitivity", labelOf(a.lang, "sensitivity.", string(b.Sensitivity)), "registry.field.recipients", b.Recipients,
		"registry.field.retention", b.Retention, "registry.field.kept", b.Kept,
		"registry.field.kept_basis", b.KeptBasis, "registry.field.security_class", b.SecurityClass,
		"registry.field.citizen_contact", b.CitizenInfo, "registry.field.ends_on", a.day(f.EndsOn))
	return p
}

// labelOf gives the word for a value, the value itself when there is none, "" for none.
func labelOf(lang Lang, prefix, value string) string {
	if value != "" && Has(prefix+value) {
		return T(lang, prefix+value)
	}
	return value
}

func (a *appendix) documents() Part {
	p := Part{ID: "documents", Title: a.t("documents")}
	ros, ld := a.facts.ROS, a.facts.LD
	p.Facts = a.terms("integration.ros", a.ref(a.o.ROS))
	if ros != nil {
		p.Facts = append(p.Facts, a.terms("appendix.document_title", ros.Title, "appendix.link", ros.Link,
			"appendix.covers", ros.Covers, "appendix.decided", a.decided(ros.DecidedBy, ros.DecidedOn),
			"appendix.valid_to", a.day(ros.ValidTo))...)
	}
	p.Facts = append(p.Facts, a.terms("integration.ld", a.ref(a.o.LD))...)
	if ld != nil {
		p.Facts = append(p.Facts, a.terms("appendix.document_title", ld.Title, "appendix.link", ld.Link,
			"appendix.overview", ld.Overview, "appendix.data_flow", ld.DataFlow,
			"appendix.systems", List(a.lang, ld.Systems), "appendix.channels", List(a.lang, ld.Channels),
			"appendix.protocols", List(a.lang, ld.Protocols), "appendix.authentication", ld.Authentication,
			"appendix.encryption", ld.Encryption, "appendix.storage", List(a.lang, ld.Storage),
			"appendix.retention", ld.Retention, "appendix.logging", ld.Logging, "appendix.roles", List(a.lang, ld.Roles),
			"appendix.separation", ld.Separation, "appendix.error_handling", ld.ErrorHandling,
			"appendix.dependencies", ld.Dependencies, "appendix.decided", a.decided(ld.DecidedBy, ld.DecidedOn),
			"appendix.valid_to", a.day(ld.ValidTo), "appendix.exempt", a.day(ld.ExemptRouteUntil),
			"appendix.exempt_reason", ld.ExemptRouteReason)...)
	}
	return p
}

func (a *appendix) ref(r store.Ref) string {
	if r.IsZero() {
		return ""
	}
	return a.t("ref", "id", r.ID, "version", r.Version)
}

func (a *appendix) decided(by string, on store.Date) string {
	if by == "" {
		return ""
	}
	return by + ", " + Date(a.lang, on)
}

// lines says the lines of some areas of the scope as terms.
func (a *appendix) lines(areas ...string) []Term {
	var ts []Term
	all := a.o.Scope.Diff(&store.Scope{})
	for _, area := range areas {
		for _, l := range all {
			if l.Area != area {
				continue
			}
			value := scopeValue(a.lang, l.Area, l.Name, l.New)
			if value == "" {
				value = T(a.lang, "scope.value.true")
			}
			if name := a.called(l); name != "" {
				value = name + " (" + value + ")"
			}
			ts = append(ts, Term{Name: upperFirst(scopeName(a.lang, l.Area, l.Name)), Value: value})
		}
	}
	return ts
}

// called gives the name that something known by its id had.
func (a *appendix) called(l store.Difference) string {
	switch l.Area {
	case "registry":
		return a.facts.Registry
	case "solution":
		return a.facts.Solution
	case "method":
		return a.facts.Method
	case "connection":
		return a.facts.Connection
	case "source", "destination":
		if l.New != "registry" {
			return a.facts.System
		}
	}
	return ""
}

func (a *appendix) way() Part {
	return Part{ID: "way", Title: a.t("way"), Facts: a.lines("registry", "solution", "source", "destination", "direction",
		"method", "handover", "kind", "connection", "setting", "route", "hop")}
}

// fields tells of each field of the source what it is and where it goes.
func (a *appendix) fields() Part {
	p := Part{ID: "fields", Title: a.t("fields"), Lead: a.t("fields.lead"), Facts: a.lines("sensitivity"),
		Table: Table{Columns: []string{a.t("field"), a.t("label"), a.t("class"), a.t("to")}}}
	var readers map[string][]string
	if m := a.o.Mapping; m != nil {
		readers = m.Mapping.Readers()
	}
	for _, name := range slices.Sorted(maps.Keys(a.o.Scope.Fields)) {
		line := a.o.Scope.Fields[name]
		var to []string
		if class, _, _ := strings.Cut(line, ":"); class == string(store.Direct) {
			to = append(to, a.t("to.identity"))
		}
		label := ""
		if m := a.o.Mapping; m != nil {
			if f := m.Mapping.Field(name); f != nil {
				label = f.Label
			}
			to = append(to, readers[name]...)
			if k := m.Mapping.Keep; k != nil && k.Field == name {
				to = append(to, a.t("to.keep"))
			}
		}
		if len(to) == 0 {
			to = append(to, a.t("to.nothing"))
		}
		p.Table.Rows = append(p.Table.Rows, []string{name, label, scopeValue(a.lang, "field", name, line),
			strings.Join(to, ", ")})
	}
	return p
}

// names gives the variables of the scope in the order of the codebook.
func (a *appendix) names() []string {
	names := slices.Sorted(maps.Keys(a.o.Scope.Variables))
	if b := a.o.Codebook; b != nil {
		at := map[string]int{}
		for i := range b.Variables {
			at[b.Variables[i].Name] = i
		}
		slices.SortStableFunc(names, func(x, y string) int { return at[x] - at[y] })
	}
	return names
}

func (a *appendix) steps(variable string) []store.Step {
	var steps []store.Step
	if json.Unmarshal([]byte(a.o.Scope.Rules[variable]), &steps) != nil {
		return nil
	}
	return steps
}

// corrections gives the corrections of the scope.
func (a *appendix) corrections() []store.Correction {
	var list []store.Correction
	for _, name := range slices.Sorted(maps.Keys(a.o.Scope.Rules)) {
		var k store.Correction
		if strings.HasPrefix(name, "(correction:") && json.Unmarshal([]byte(a.o.Scope.Rules[name]), &k) == nil {
			list = append(list, k)
		}
	}
	return list
}

// variables tells of each variable what it is, what it is made from and how.
func (a *appendix) variables() Part {
	p := Part{ID: "variables", Title: a.t("variables"),
		Table: Table{Columns: []string{a.t("variable"), a.t("label"), a.t("what"), a.t("from"), a.t("rule")}}}
	for _, special := range []string{"(from)", "(tier)", "(key)", "(keep)", "(resolve)", "(turns)"} {
		if line, ok := a.o.Scope.Rules[special]; ok {
			p.Facts = append(p.Facts, Term{Name: upperFirst(scopeName(a.lang, "rule", special)),
				Value: scopeValue(a.lang, "rule", special, line)})
		}
	}
	for _, l := range a.o.Scope.Diff(&store.Scope{}) { // tables, lists and corrections
		if l.Area == "rule" && strings.HasPrefix(l.Name, "(") && strings.Contains(l.Name, ":") {
			p.Facts = append(p.Facts, Term{Name: upperFirst(scopeName(a.lang, l.Area, l.Name)),
				Value: scopeValue(a.lang, l.Area, l.Name, l.New)})
		}
	}
	for _, name := range a.names() {
		label := ""
		if b := a.o.Codebook; b != nil {
			if v := b.Variable(name); v != nil {
				label = v.Label
			}
		}
		made := store.Mapping{Rules: []store.Rule{{Variable: name, Steps: a.steps(name)}}, Corrections: a.corrections()}
		p.Table.Rows = append(p.Table.Rows, []string{name, label, scopeValue(a.lang, "variable", name, a.o.Scope.Variables[name]),
			strings.Join(made.Reads(name), ", "), Steps(a.lang, made.Rules[0].Steps)})
	}
	return p
}

// translations lists how texts of the source become codes, whole, where the words of a rule name the first few.
func (a *appendix) translations() Part {
	p := Part{ID: "translations", Title: a.t("translations"),
		Table: Table{Columns: []string{a.t("variable"), a.t("given"), a.t("becomes")}}}
	var walk func(variable string, steps []store.Step)
	walk = func(variable string, steps []store.Step) {
		for _, s := range steps {
			for _, from := range slices.Sorted(maps.Keys(s.Map)) {
				p.Table.Rows = append(p.Table.Rows, []string{variable, Quoted(a.lang, from), s.Map[from]})
			}
			for _, from := range slices.Concat(s.Values, s.Null) {
				p.Table.Rows = append(p.Table.Rows, []string{variable, Quoted(a.lang, from), T(a.lang, "says.null")})
			}
			walk(variable, s.Then)
			walk(variable, s.Else)
		}
	}
	for _, name := range a.names() {
		walk(name, a.steps(name))
	}
	return p
}

func (a *appendix) codes() Part {
	p := Part{ID: "codes", Title: a.t("codes"),
		Table: Table{Columns: []string{a.t("variable"), a.t("code.count"), a.t("code.list")}}}
	lists := map[string][]string{}
	for _, key := range slices.Sorted(maps.Keys(a.o.Scope.Codes)) {
		variable, code, _ := strings.Cut(key, "=")
		says := code
		if label := codeValue(a.lang, a.o.Scope.Codes[key]); label != "" {
			says += " = " + label
		}
		lists[variable] = append(lists[variable], says)
	}
	for _, name := range a.names() {
		if list := lists[name]; len(list) > 0 {
			p.Table.Rows = append(p.Table.Rows, []string{name, strconv.Itoa(len(list)), strings.Join(list, "; ")})
		}
	}
	return p
}

func (a *appendix) privacy() Part {
	return Part{ID: "privacy", Title: a.t("privacy"), Facts: a.lines("identity", "store", "consent", "retention", "recipient")}
}

// checks lists the checks in the order that decides the reason of a row.
func (a *appendix) checks() Part {
	p := Part{ID: "checks", Title: a.t("checks"), Lead: a.t("checks.lead"), Facts: a.lines("limit"),
		Table: Table{Columns: []string{a.t("check.reason"), a.t("check.what")}}}
	for reason := range strings.SplitSeq(a.o.Scope.Checks["(order)"], ", ") {
		if line, ok := a.o.Scope.Checks[reason]; ok {
			p.Table.Rows = append(p.Table.Rows, []string{reason, scopeValue(a.lang, "check", reason, line)})
		}
	}
	return p
}

func (a *appendix) rests() Part {
	return Part{ID: "rests", Title: a.t("rests"), List: []string{a.t("rests.kept"), a.t("rests.words"), a.t("rests.later")}}
}
