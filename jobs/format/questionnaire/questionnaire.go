// Package questionnaire reads the definition of a form: a FHIR R4 Questionnaire, or a Bundle with one Questionnaire for
// each language (contracts/helsenorge.md sections 3.1 and 3.2). Every item that takes an answer is a variable, named by
// its linkId; Row counts the items of the file from 1. Groups, display items and decorations are not variables.
package questionnaire

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"samband/jobs/format/strict"
	"samband/store"
)

var resourceRE = regexp.MustCompile(`"resourceType"\s*:\s*"(Questionnaire|Bundle)"`)

// Looks tells whether a file looks like a Questionnaire, or a Bundle that may hold some.
func Looks(_ string, data []byte) bool {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	return bytes.HasPrefix(data, []byte("{")) && resourceRE.Match(data[:min(len(data), 1<<20)])
}

// Read reads a form.
func Read(data []byte) (*store.Dictionary, error) {
	v, err := strict.JSON(data)
	if err != nil {
		return nil, err
	}
	root, _ := v.(strict.Object)
	form := norwegian(root)
	if form == nil {
		return nil, store.E(store.Invalid, "dictionary.other_format", store.Args{"format": "FHIR Questionnaire"})
	}
	r := reader{d: &store.Dictionary{Format: "questionnaire", Title: first(form.Text("title"), form.Text("name")),
		Version: form.Text("version"), Defects: []store.Defect{}}, links: map[string]bool{}, contained: map[string]strict.Object{},
		systems: map[string]strict.Object{}, lists: map[string][]store.CodeOption{}}
	r.form = first(r.d.Title, form.Text("id"))
	for _, c := range form.Objects("contained") {
		r.contained[c.Text("id")] = c
		if url := strings.TrimSpace(c.Text("url")); url != "" && c.Text("resourceType") == "CodeSystem" {
			r.systems[url] = c
		}
	}
	if err := r.items(form.Objects("item"), "", nil, 1); err != nil {
		return nil, err
	}
	for _, x := range r.asked {
		if !r.links[x.target] {
			r.d.Defect(r.form, x.row, "enableWhen", "dictionary.reference",
				store.Args{"name": store.Shorten(x.name), "target": store.Shorten(x.target)})
		}
	}
	if err := r.d.Check(); err != nil {
		return nil, err
	}
	return r.d, nil
}

// norwegian gives the Questionnaire itself, or of a Bundle the one in bokmål, else in any Norwegian, else the first.
func norwegian(root strict.Object) strict.Object {
	switch root.Text("resourceType") {
	case "Questionnaire":
		return root
	case "Bundle":
	default:
		return nil
	}
	var best strict.Object
	rank := 99
	for _, e := range root.Objects("entry") {
		q := e.Object("resource")
		if q.Text("resourceType") != "Questionnaire" {
			continue
		}
		lang, _, _ := strings.Cut(strings.ToLower(q.Text("language")), "-")
		n := slices.Index([]string{"nb", "no", "nn", ""}, lang)
		if n < 0 {
			n = 50
		}
		if n < rank {
			best, rank = q, n
		}
	}
	return best
}

type reader struct {
	d         *store.Dictionary
	form      string
	row       int
	links     map[string]bool
	contained map[string]strict.Object
	systems   map[string]strict.Object      // contained code systems by address
	lists     map[string][]store.CodeOption // of the contained value sets that were asked for
	asked     []asked
}

// asked is an item that another one's enableWhen asks for.
type asked struct {
	name, target string
	row          int
}

// types are the types of items that take an answer.
var types = map[string]store.VarType{
	"boolean": store.VarBoolean, "decimal": store.VarDecimal, "integer": store.VarInteger, "date": store.VarDate,
	"dateTime": store.VarDateTime, "time": store.VarText, "string": store.VarText, "text": store.VarText, "url": store.VarText,
	"reference": store.VarText, "choice": store.VarCode, "open-choice": store.VarText, "quantity": store.VarDecimal,
}

// decorations are the controls of items of the type text that take no answer.
var decorations = []string{"help", "help-link", "sidebar", "highlight", "inline"}

// maxLevels is how deep items may lie in each other (contracts/helsenorge.md, bad input).
const maxLevels = 50

func (r *reader) items(list []strict.Object, section string, conditions []string, level int) error {
	if level > maxLevels && len(list) > 0 {
		return store.E(store.Invalid, "dictionary.levels", store.Args{"max": maxLevels, "row": r.row})
	}
	for _, item := range list {
		r.row++
		if len(item.Objects("option")) > 0 || item["options"] != nil {
			return store.E(store.Invalid, "dictionary.fhir_r3", store.Args{"row": r.row})
		}
		link := strings.TrimSpace(item.Text("linkId"))
		r.links[link] = true
		own, err := r.enabled(item, link)
		if err != nil {
			return err
		}
		under := conditions
		if own != "" {
			under = append(slices.Clip(conditions), own)
		}
		heading := section
		switch kind := item.Text("type"); {
		case kind == "group":
			heading = first(words(item.Text("text")), section)
		case kind == "display", kind == "text" && slices.Contains(decorations, control(item)):
		default:
			if err := r.variable(item, link, section, under); err != nil {
				return err
			}
		}
		if err := r.items(item.Objects("item"), heading, under, level+1); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) variable(item strict.Object, link, section string, conditions []string) error {
	v := store.Definition{Form: r.form, Section: section, Name: link, Label: words(item.Text("text")), Help: help(item),
		Original: item.Text("type"), Condition: conjunction(conditions, " AND "), Required: store.NeedNo, Row: r.row,
		Multiple: item.True("repeats") || control(item) == "check-box"}
	switch {
	case item.True("required") && len(conditions) > 0:
		v.Required = store.NeedIf
	case item.True("required"):
		v.Required = store.NeedYes
	}
	t, ok := types[v.Original]
	switch {
	case v.Original == "attachment":
		r.d.Defect(r.form, r.row, "type", "dictionary.upload", store.Args{"name": store.Shorten(link)})
		return nil
	case !ok:
		return store.UnknownType(r.form, r.row, store.Shorten(link), v.Original)
	}
	v.Type = t
	switch v.Original {
	case "choice":
		r.codes(&v, item)
	case "open-choice":
		r.d.Defect(r.form, r.row, "type", "dictionary.open_choice", store.Args{"name": store.Shorten(link)})
	}
	r.extensions(&v, item)
	if v.Unit == "" && (t == store.VarInteger || t == store.VarDecimal) {
		v.Unit = strict.Unit(v.Label)
	}
	return r.d.Add(v)
}

// enabled says when an item is shown, in the words of the file.
func (r *reader) enabled(item strict.Object, link string) (string, error) {
	var parts []string
	for _, w := range item.Objects("enableWhen") {
		operator, target := w.Text("operator"), strings.TrimSpace(w.Text("question"))
		if operator == "" {
			return "", store.E(store.Invalid, "dictionary.fhir_r3", store.Args{"row": r.row})
		}
		r.asked = append(r.asked, asked{link, target, r.row})
		parts = append(parts, target+" "+operator+" "+valueOf(w, "answer"))
	}
	by := " AND "
	if item.Text("enableBehavior") == "any" {
		by = " OR "
	}
	s := conjunction(parts, by)
	if len(parts) > 1 {
		s = "(" + s + ")"
	}
	return s, nil
}

// conjunction joins conditions, as far as it can be read by anybody.
func conjunction(parts []string, by string) string {
	if len(parts) == 1 {
		return parts[0]
	}
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteString(by)
		}
		if b.WriteString(p[:min(len(p), 16<<10)]); b.Len() > 16<<10 {
			break
		}
	}
	return strings.ToValidUTF8(b.String(), "")
}

// valueOf gives the text of the member that begins so, whatever its type: valueInteger, answerCoding.
func valueOf(o strict.Object, begin string) string {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if !strings.HasPrefix(name, begin) {
			continue
		}
		switch v := o[name].(type) {
		case string:
			return v
		case json.Number:
			return v.String()
		case bool:
			return strconv.FormatBool(v)
		case strict.Object:
			if n, ok := v["value"].(json.Number); ok {
				return strings.TrimSpace(n.String() + " " + first(v.Text("unit"), v.Text("code")))
			}
			return first(v.Text("code"), v.Text("expression"), v.Text("reference"), v.Text("display"))
		}
	}
	return ""
}

// codes reads the options of a choice, or of the value set that it names.
func (r *reader) codes(v *store.Definition, item strict.Object) {
	for _, o := range item.Objects("answerOption") {
		option := store.CodeOption{Code: valueOf(o, "value")}
		if coding := o.Object("valueCoding"); coding != nil {
			option.Code, option.Label = coding.Text("code"), words(coding.Text("display"))
		} else if ref := o.Object("valueReference"); ref != nil {
			option.Label = words(ref.Text("display"))
		} else {
			option.Label = words(option.Code)
		}
		v.Codes = r.append(v, v.Codes, option)
	}
	set := strings.TrimSpace(item.Text("answerValueSet"))
	id, here := strings.CutPrefix(set, "#")
	switch {
	case set == "":
	case !here:
		v.System = set
	case r.contained[id] == nil:
		r.d.Defect(r.form, r.row, "answerValueSet", "dictionary.reference",
			store.Args{"name": store.Shorten(v.Name), "target": store.Shorten(set)})
	case len(v.Codes) == 0:
		list, ok := r.lists[id]
		if !ok {
			list = r.valueSet(v, r.contained[id])
			r.lists[id] = list
		}
		if v.Codes = list; len(list) == 0 {
			v.System = r.outside(r.contained[id])
		}
	}
}

func (r *reader) append(v *store.Definition, list []store.CodeOption, o store.CodeOption) []store.CodeOption {
	o.Code = strings.TrimSpace(o.Code)
	if o.Code == "" {
		r.d.Defect(r.form, r.row, "answerOption", "dictionary.choice", store.Args{"name": store.Shorten(v.Name), "value": store.Shorten(o.Label)})
		return list
	}
	o.Missing = store.MissingOption(o.Code, o.Label)
	return append(list, o)
}

// valueSet reads the codes that a contained value set lists, or the contained code system that it takes whole.
func (r *reader) valueSet(v *store.Definition, set strict.Object) []store.CodeOption {
	var list []store.CodeOption
	add := func(concepts []strict.Object) {
		for _, c := range concepts {
			list = r.append(v, list, store.CodeOption{Code: c.Text("code"), Label: words(c.Text("display"))})
		}
	}
	for _, in := range set.Object("compose").Objects("include") {
		add(in.Objects("concept"))
		if len(in.Objects("concept")) == 0 {
			add(r.systems[strings.TrimSpace(in.Text("system"))].Objects("concept"))
		}
	}
	if len(list) == 0 {
		add(set.Object("expansion").Objects("contains"))
	}
	return list
}

// outside gives the code system that a value set takes whole, when it is in no file here.
func (r *reader) outside(set strict.Object) string {
	for _, in := range set.Object("compose").Objects("include") {
		if s := strings.TrimSpace(in.Text("system")); s != "" {
			return s
		}
	}
	return ""
}

// extensions reads what the Norwegian profile and FHIR add to an item. The last part of the address names it.
func (r *reader) extensions(v *store.Definition, item strict.Object) {
	for _, x := range item.Objects("extension") {
		url := x.Text("url")
		value := strings.TrimSpace(valueOf(x, "value"))
		switch name := url[strings.LastIndexByte(url, '/')+1:]; name {
		case "questionnaire-unit":
			v.Unit = value
			if coding := x.Object("valueCoding"); coding.Text("display") != "" {
				v.Unit = words(coding.Text("display"))
			}
		case "minValue", "sdf-minvalue", "maxValue", "sdf-maxvalue":
			strict.SetLimits(r.d, v, strict.Limit{Column: name, Text: value, Upper: strings.Contains(name, "max")})
		case "maxDecimalPlaces":
			if n, err := strconv.Atoi(value); err == nil && n >= 0 && n <= 20 {
				v.Decimals = &n
			} else {
				r.d.Defect(r.form, r.row, name, "dictionary.value", store.Args{"name": store.Shorten(v.Name), "value": store.Shorten(value)})
			}
		case "sdf-calculatedExpression", "sdc-questionnaire-calculatedExpression", "questionnaire-calculatedExpression", "cqf-expression":
			v.Computed, v.Formula = true, value
		case "sdf-fhirpath":
			v.Identifier = v.Identifier || identity(value)
		}
	}
	if control(item) == "data-receiver" { // a copy of another answer
		v.Computed = true
	}
}

var identityRE = regexp.MustCompile(`^(Patient|RelatedPerson)\.(name|identifier|telecom|address|birthDate)\b`)

// identity tells whether an expression fills in who somebody is.
func identity(expression string) bool { return identityRE.MatchString(expression) }

// control gives the code of an item's control.
func control(item strict.Object) string {
	for _, x := range item.Objects("extension") {
		if strings.HasSuffix(x.Text("url"), "/questionnaire-itemControl") {
			for _, c := range x.Object("valueCodeableConcept").Objects("coding") {
				return c.Text("code")
			}
		}
	}
	return ""
}

// help gives the text that stands behind the question mark of an item: an item of its own below it.
func help(item strict.Object) string {
	for _, x := range item.Objects("item") {
		if control(x) == "help" {
			return words(x.Text("text"))
		}
	}
	return ""
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
