package text

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"samband/store"
)

// Difference says one line in which a Scope differs from the approved one, as a phrase without full stop:
// «Variabelen «vekt» er lagt til: Desimaltall, kg, 1–350, helseopplysning».
func Difference(lang Lang, d store.Difference) string {
	what := scopeName(lang, d.Area, d.Name)
	was, is := scopeValue(lang, d.Area, d.Name, d.Old), scopeValue(lang, d.Area, d.Name, d.New)
	more := ""
	if d.Kind == store.Changed {
		old, now := unlike(lang, partOf(d), d.Old, d.New)
		more = against(lang, old, now)
	}
	var s string
	switch {
	case more != "" && was != is:
		s = T(lang, "says.unlike", "what", T(lang, "scope.diff.changed_to", "what", what, "was", was, "is", is), "how", more)
	case more != "":
		s = T(lang, "scope.diff.within", "what", what, "how", more)
	case d.Kind == store.Removed || d.Kind == store.Changed && is == "":
		s = T(lang, "scope.diff.removed", "what", what)
	case d.Kind == store.Added && is == "":
		s = T(lang, "scope.diff.added", "what", what)
	case d.Kind == store.Added || was == "":
		s = T(lang, "scope.diff.added_as", "what", what, "is", is)
	case was == is: // they differ in something that has no words
		s = T(lang, "scope.diff.changed", "what", what)
	default:
		s = T(lang, "scope.diff.changed_to", "what", what, "was", was, "is", is)
	}
	return upperFirst(s)
}

// differences names the first few; the rest are counted.
func differences(lang Lang, ds []store.Difference) string {
	var parts []string
	for i, d := range ds {
		if i == listed {
			parts = append(parts, T(lang, "list.more", "n", len(ds)-listed))
			break
		}
		s := Difference(lang, d)
		if i > 0 {
			s = lowerFirst(s)
		}
		parts = append(parts, s)
	}
	return lowerFirst(strings.Join(parts, "; "))
}

// scopeName gives what a line is about: «variabelen «vekt»», «nøkkelen».
func scopeName(lang Lang, area, name string) string {
	if special := strings.Trim(name, "()"); Has("scope." + area + "." + special) {
		return T(lang, "scope."+area+"."+special)
	}
	if kind, named, ok := strings.Cut(strings.Trim(name, "()"), ":"); ok && area == "rule" { // (table:name)
		if kind == "list" {
			named = System(named)
		}
		return T(lang, "scope.rule."+kind, "name", named)
	}
	if area == "code" { // variable=code
		variable, code, _ := strings.Cut(name, "=")
		return T(lang, "scope.code", "name", code, "variable", variable)
	}
	if area == "setting" && Has("option.files."+name) {
		return lowerFirst(T(lang, "option.files."+name))
	}
	return T(lang, "scope."+area, "name", name, "variable", "")
}

// scopeWords are values that the scope holds in words of the code.
var scopeWords = map[string]string{
	"sealed":                         "scope.value.sealed",
	"pseudonymised":                  "scope.value.pseudonymised",
	"random per person and registry": "scope.value.random",
	"keys and hashes":                "scope.value.sent",
	"not sent":                       "scope.value.not_sent",
	"apart":                          "scope.value.apart",
	"joined":                         "scope.value.joined",
	"of the run and the person, unlike in every run": "scope.value.link",
	"encrypted to the recipients":                    "scope.value.packets",
	"file_drop":                                      "scope.value.file_drop",
	"true":                                           "scope.value.true",
	"false":                                          "scope.value.false",
}

// scopeValue says in words what stands in a line; empty when there is nothing to say.
func scopeValue(lang Lang, area, name, line string) string {
	if line == "" {
		return ""
	}
	label := func(prefix string) string {
		if Has(prefix + line) {
			return T(lang, prefix+line)
		}
		return line
	}
	switch area {
	case "source", "destination":
		if line == "registry" { // the side that is not the outside system
			return T(lang, "scope.registry")
		}
	case "direction":
		return label("direction.")
	case "route", "hop":
		return label("route.")
	case "sensitivity":
		return label("sensitivity.")
	case "consent":
		return label("consent.")
	case "field":
		class, is, _ := strings.Cut(line, ":")
		words := []string{T(lang, "fclass."+class)}
		if is != "" {
			words = append(words, T(lang, "attribute."+is))
		}
		return strings.Join(words, ", ")
	case "limit":
		return limitValue(lang, name, line)
	case "identity":
		if name == "person" {
			return part(lang, "person", line)
		}
	case "variable":
		return variableValue(lang, line)
	case "code":
		return codeValue(lang, line)
	case "check":
		var c store.Check
		if json.Unmarshal([]byte(line), &c) == nil {
			return Check(lang, &c)
		}
	case "rule":
		return ruleValue(lang, name, line)
	case "kind":
		return label("kind.")
	case "consent_rule":
		return consentRuleValue(lang, line)
	}
	if key, ok := scopeWords[line]; ok {
		return T(lang, key)
	}
	return line
}

func limitValue(lang Lang, name, line string) string {
	share, err := strconv.ParseFloat(line, 64)
	if err != nil || name == "allow_empty" {
		return ""
	}
	return Format(lang, 100*share) + "\u00a0%"
}

// partOf gives the part of a mapping that a line of a scope's rules is about: «(table:proc)» is about a table.
func partOf(d store.Difference) string {
	if d.Area == "rule" && strings.HasPrefix(d.Name, "(") {
		kind, _, _ := strings.Cut(strings.Trim(d.Name, "()"), ":")
		return kind
	}
	return d.Area
}

func ruleValue(lang Lang, name, line string) string {
	switch name {
	case "(keep)", "(resolve)":
		return part(lang, strings.Trim(name, "()"), line)
	case "(from)":
		return line
	case "(tier)":
		return T(lang, "tier."+line)
	case "(key)":
		var key []string
		if json.Unmarshal([]byte(line), &key) == nil {
			return strings.Join(key, ", ")
		}
	}
	if kind, _, ok := strings.Cut(strings.Trim(name, "()"), ":"); ok {
		return part(lang, kind, line)
	}
	var steps []store.Step
	if json.Unmarshal([]byte(line), &steps) == nil {
		return Steps(lang, steps)
	}
	return line
}

func variableValue(lang Lang, line string) string {
	var v struct {
		store.Variable
		Listed bool `json:"listed"`
	}
	if json.Unmarshal([]byte(line), &v) != nil {
		return line
	}
	words := []string{T(lang, "vartype."+string(v.Type))}
	if v.Unit != "" {
		words = append(words, v.Unit)
	}
	if v.Min != nil || v.Max != nil {
		words = append(words, limit(lang, v.Min)+"–"+limit(lang, v.Max))
	}
	if v.Listed {
		words = append(words, T(lang, "scope.says.listed"))
	}
	if v.Required {
		words = append(words, T(lang, "scope.says.required"))
	}
	return strings.Join(append(words, lowerFirst(T(lang, "fclass."+string(v.Class)))), ", ")
}

func limit(lang Lang, f *float64) string {
	if f == nil {
		return ""
	}
	return number(lang, *f)
}

func codeValue(lang Lang, line string) string {
	var o store.CodeOption
	if json.Unmarshal([]byte(line), &o) != nil {
		return line
	}
	words := []string{o.Label}
	if o.Missing {
		words = append(words, T(lang, "scope.says.counts_as_missing"))
	}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), ", ")
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// lowerFirst leaves abbreviations as they are: «ROS», «LD».
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[n:]); s == "" || unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// List joins words as the language does: «a, b og c».
func List(lang Lang, words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + T(lang, "list.and") + " " + words[last]
}

// scopeTexts holds the words for what an approval covers, and for what differs from it.
var scopeTexts = Catalogue{
	"list.and":  {NB: "og", NN: "og", EN: "and"},
	"list.more": {NB: "og {n} til", NN: "og {n} til", EN: "and {n} more"},

	"scope.diff.added":    {NB: "{what} er lagt til", NN: "{what} er lagt til", EN: "{what} has been added"},
	"scope.diff.added_as": {NB: "{what} er lagt til: {is}", NN: "{what} er lagt til: {is}", EN: "{what} has been added: {is}"},
	"scope.diff.removed":  {NB: "{what} er fjernet", NN: "{what} er fjerna", EN: "{what} has been removed"},
	"scope.diff.changed":  {NB: "{what} er endret", NN: "{what} er endra", EN: "{what} has been changed"},
	"scope.diff.changed_to": {
		NB: "{what} er endret fra «{was}» til «{is}»",
		NN: "{what} er endra frå «{was}» til «{is}»",
		EN: "{what} has been changed from “{was}” to “{is}”",
	},

	"scope.registry":    {NB: "registeret", NN: "registeret", EN: "the registry"},
	"scope.solution":    {NB: "registerløsningen", NN: "registerløysinga", EN: "the registry solution"},
	"scope.source":      {NB: "kilden", NN: "kjelda", EN: "the source"},
	"scope.destination": {NB: "mottakeren", NN: "mottakaren", EN: "the destination"},
	"scope.direction":   {NB: "retningen", NN: "retninga", EN: "the direction"},
	"scope.method":      {NB: "metoden", NN: "metoden", EN: "the method"},
	"scope.handover":    {NB: "overleveringen", NN: "overleveringa", EN: "the handover"},
	"scope.kind":        {NB: "tilkoblingstypen", NN: "tilkoplingstypen", EN: "the connector"},
	"scope.connection":  {NB: "tilkoblingen", NN: "tilkoplinga", EN: "the connection"},
	"scope.setting":     {NB: "innstillingen «{name}»", NN: "innstillinga «{name}»", EN: "the setting “{name}”"},
	"scope.route":       {NB: "transportveien", NN: "transportvegen", EN: "the transport route"},
	"scope.hop":         {NB: "ledd {name} i transporten", NN: "ledd {name} i transporten", EN: "hop {name} of the transport"},
	"scope.store":       {NB: "mellomlageret «{name}»", NN: "mellomlageret «{name}»", EN: "the intermediate store “{name}”"},
	"scope.sensitivity": {NB: "sensitiviteten", NN: "sensitiviteten", EN: "the sensitivity"},
	"scope.field":       {NB: "kildefeltet «{name}»", NN: "kjeldefeltet «{name}»", EN: "the source field “{name}”"},
	"scope.identity": {
		NB: "behandlingen av identitet («{name}»)",
		NN: "handsaminga av identitet («{name}»)",
		EN: "the handling of identity (“{name}”)",
	},
	"scope.codebook":  {NB: "kodeboken", NN: "kodeboka", EN: "the codebook"},
	"scope.variable":  {NB: "variabelen «{name}»", NN: "variabelen «{name}»", EN: "the variable “{name}”"},
	"scope.rule":      {NB: "regelen for «{name}»", NN: "regelen for «{name}»", EN: "the rule for “{name}”"},
	"scope.code":      {NB: "koden «{name}» for «{variable}»", NN: "koden «{name}» for «{variable}»", EN: "the code “{name}” of “{variable}”"},
	"scope.check":     {NB: "kontrollen «{name}»", NN: "kontrollen «{name}»", EN: "the check “{name}”"},
	"scope.limit":     {NB: "grensen «{name}»", NN: "grensa «{name}»", EN: "the limit “{name}”"},
	"scope.consent":   {NB: "samtykkeordningen", NN: "samtykkeordninga", EN: "the consent regime"},
	"scope.retention": {NB: "lagringstiden", NN: "lagringstida", EN: "the retention"},
	"scope.recipient": {NB: "nøkkelen til mottakeren «{name}»", NN: "nøkkelen til mottakaren «{name}»", EN: "the key of the recipient “{name}”"},

	"scope.rule.key": {NB: "nøkkelen som navngir en rad", NN: "nøkkelen som namngir ei rad", EN: "the key that names a row"},
	"scope.rule.keep": {
		NB: "regelen for hvilke rader som tas med",
		NN: "regelen for kva rader som blir tekne med",
		EN: "the rule for which rows are kept",
	},
	"scope.rule.resolve": {
		NB: "regelen for hvilken versjon som gjelder",
		NN: "regelen for kva versjon som gjeld",
		EN: "the rule for which version stands",
	},
	"scope.check.order":           {NB: "rekkefølgen på kontrollene", NN: "rekkjefølgja på kontrollane", EN: "the order of the checks"},
	"scope.identity.person":       {NB: "kontrollen av fødselsnummer", NN: "kontrollen av fødselsnummer", EN: "the check of national identity numbers"},
	"scope.limit.max_quarantined": {NB: "grensen for rader i karantene", NN: "grensa for rader i karantene", EN: "the limit for rows in quarantine"},
	"scope.limit.min_volume": {
		NB: "grensen for hvor små leveranser kan være",
		NN: "grensa for kor små leveransar kan vere",
		EN: "the limit for how small deliveries may be",
	},
	"scope.limit.max_new_codes": {NB: "grensen for nye koder", NN: "grensa for nye kodar", EN: "the limit for new codes"},
	"scope.limit.allow_empty":   {NB: "tillatelsen til tomme leveranser", NN: "løyvet til tomme leveransar", EN: "the permission for empty deliveries"},

	"scope.says.listed":            {NB: "kodeliste", NN: "kodeliste", EN: "code list"},
	"scope.says.required":          {NB: "obligatorisk", NN: "obligatorisk", EN: "required"},
	"scope.says.counts_as_missing": {NB: "regnes som manglende", NN: "blir rekna som manglande", EN: "counts as missing"},
}
