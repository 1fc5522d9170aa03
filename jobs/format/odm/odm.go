// Package odm reads the definitions of a study from CDISC ODM: version 1.3, where a form holds groups and a
// group items, and 2.0, where groups of the type Form hold groups and items. What REDCap adds to ODM is read too.
//
// The pair of form and item names a variable. An item that stands in two groups of a form is two variables, the second
// with its group's name before its own. Of several MetaDataVersions the last one counts.
package odm

import (
	"slices"
	"strconv"
	"strings"

	"samband/jobs/format/strict"
	"samband/store"
)

// Looks tells whether a file looks like ODM.
func Looks(_ string, data []byte) bool { return strict.Root(data) == "ODM" }

// Read reads the definitions of the first study that has any.
func Read(data []byte) (*store.Dictionary, error) {
	root, err := strict.XML(data)
	if err != nil {
		return nil, err
	}
	if root.Name != "ODM" {
		return nil, store.E(store.Invalid, "dictionary.other_format", store.Args{"format": "CDISC ODM"})
	}
	for _, study := range root.All("Study") {
		if versions := study.All("MetaDataVersion"); len(versions) > 0 {
			return read(root, study, versions[len(versions)-1])
		}
	}
	return nil, store.E(store.Invalid, "dictionary.empty", nil)
}

type reader struct {
	d          *store.Dictionary
	items      map[string]*strict.Element
	groups     map[string]*strict.Element
	lists      map[string]*strict.Element
	conditions map[string]*strict.Element
	methods    map[string]*strict.Element
	units      map[string]string
	options    map[string][]store.CodeOption // of the lists that were asked for
	forms      map[string]bool               // names of forms
	names      map[[2]string]bool
	used       map[string]bool // items that stand in a form
	said       map[*strict.Element]string
	known      map[*strict.Element]*definition
	steps      int
}

// maxSteps bounds the work on groups that hold groups, which can be far more than the file is long.
const maxSteps = 4 << 20

func read(root, study, version *strict.Element) (*store.Dictionary, error) {
	global := study.Child("GlobalVariables")
	title := global.Child("StudyName").Words()
	if title == "" {
		title = study.Attr("StudyName")
	}
	r := reader{d: &store.Dictionary{Format: "odm", Title: title, Version: first(version.Attr("Name"), version.Attr("OID")),
		Defects: []store.Defect{}}, options: map[string][]store.CodeOption{}, forms: map[string]bool{}, names: map[[2]string]bool{},
		used: map[string]bool{}, units: map[string]string{}, said: map[*strict.Element]string{},
		known: map[*strict.Element]*definition{}}
	for _, u := range study.Child("BasicDefinitions").All("MeasurementUnit") {
		r.units[u.Attr("OID")] = first(translated(u.Child("Symbol")), u.Attr("Name"))
	}
	r.items, r.groups = r.byOID(version, "ItemDef"), r.byOID(version, "ItemGroupDef")
	r.lists, r.conditions = r.byOID(version, "CodeList"), r.byOID(version, "ConditionDef")
	r.methods = r.byOID(version, "MethodDef")
	if i := version.Child("Include"); i != nil {
		r.d.Defect("", i.Line, "Include", "dictionary.reference",
			store.Args{"name": store.Shorten(version.Attr("OID")), "target": store.Shorten(i.Attr("MetaDataVersionOID"))})
	}
	for _, form := range forms(version) {
		name := first(form.Attr("Name"), form.Attr("OID"))
		if r.forms[name] {
			name = first(form.Attr("OID"), name)
		}
		r.forms[name] = true
		if err := r.group(name, "", form, nil, map[*strict.Element]bool{}); err != nil {
			return nil, err
		}
	}
	for _, item := range version.All("ItemDef") {
		if !r.used[item.Attr("OID")] {
			r.d.Defect("", item.Line, "ItemDef", "dictionary.outside", store.Args{"name": store.Shorten(nameOf(item))})
		}
	}
	if err := r.d.Check(); err != nil {
		return nil, err
	}
	return r.d, nil
}

// forms gives what the study fills in: its forms, groups of the type Form, or when it has neither, its groups.
func forms(version *strict.Element) []*strict.Element {
	if list := version.All("FormDef"); len(list) > 0 {
		return list
	}
	groups := version.All("ItemGroupDef")
	if list := slices.DeleteFunc(slices.Clone(groups), func(g *strict.Element) bool { return g.Attr("Type") != "Form" }); len(list) > 0 {
		return list
	}
	return groups
}

// byOID indexes the definitions of a kind. Of two with the same OID the first counts.
func (r *reader) byOID(version *strict.Element, kind string) map[string]*strict.Element {
	m := map[string]*strict.Element{}
	for _, e := range version.All(kind) {
		oid := e.Attr("OID")
		if m[oid] != nil {
			r.d.Defect("", e.Line, kind, "dictionary.twice", store.Args{"name": store.Shorten(first(oid, kind))})
			continue
		}
		m[oid] = e
	}
	return m
}

// group adds the items of a form or group, and of the groups in it. Conditions are those it lies under.
func (r *reader) group(form, section string, g *strict.Element, conditions []string, seen map[*strict.Element]bool) error {
	seen[g] = true
	for _, ref := range ordered(g.Children) {
		if r.steps++; r.steps > maxSteps {
			return store.E(store.Invalid, "dictionary.parts", store.Args{"max": maxSteps})
		}
		switch ref.Name {
		case "ItemRef":
			if err := r.item(form, section, g, ref, conditions); err != nil {
				return err
			}
		case "ItemGroupRef":
			in := r.groups[ref.Attr("ItemGroupOID")]
			switch {
			case in == nil:
				r.unknown(form, ref, nameOf(g), ref.Attr("ItemGroupOID"))
			case !seen[in]: // a group that holds itself has no items more
				under := conditions
				if c := r.condition(form, ref, nameOf(in)); c != "" {
					under = append(slices.Clip(conditions), c)
				}
				heading := first(r.once(in.Child("Description"), translated), in.Attr("Name"))
				if err := r.group(form, heading, in, under, seen); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// ordered gives references in the order that all of them state, else as they stand.
func ordered(refs []*strict.Element) []*strict.Element {
	refs = slices.DeleteFunc(slices.Clone(refs), func(e *strict.Element) bool { return e.Name != "ItemRef" && e.Name != "ItemGroupRef" })
	at := make(map[*strict.Element]int, len(refs))
	for _, e := range refs {
		n, err := strconv.Atoi(e.Attr("OrderNumber"))
		if err != nil {
			return refs
		}
		at[e] = n
	}
	slices.SortStableFunc(refs, func(a, b *strict.Element) int { return at[a] - at[b] })
	return refs
}

func (r *reader) item(form, section string, group, ref *strict.Element, conditions []string) error {
	oid := ref.Attr("ItemOID")
	item := r.items[oid]
	if item == nil {
		r.unknown(form, ref, nameOf(group), oid)
		return nil
	}
	r.used[oid] = true
	name := nameOf(item)
	if r.names[[2]string{form, name}] {
		name = first(group.Attr("Name"), group.Attr("OID")) + "." + name
	}
	r.names[[2]string{form, name}] = true
	def, err := r.define(form, item)
	if err != nil || !def.data {
		return err
	}
	v := def.Definition
	v.Form, v.Name, v.Section = form, name, first(item.Attr("SectionHeader"), section)
	if c := r.condition(form, ref, v.Name); c != "" {
		conditions = append(slices.Clip(conditions), c)
	}
	if c := item.Attr("BranchingLogic"); c != "" {
		conditions = append(slices.Clip(conditions), c)
	}
	v.Condition = conjunction(conditions)
	v.Required = need(ref, item, v.Condition != "")
	if oid := ref.Attr("MethodOID"); oid != "" {
		v.Computed = true
		if m := r.methods[oid]; m != nil {
			v.Formula = first(r.once(m, expression), m.Attr("Name"))
		} else {
			r.unknown(form, ref, v.Name, oid)
		}
	}
	return r.d.Add(v)
}

// definition is what an item says of itself, the same in every form. Not all items hold data.
type definition struct {
	store.Definition
	data bool
}

// define reads an item the first time it is referred to; what is wrong with it is noted with that form.
func (r *reader) define(form string, item *strict.Element) (*definition, error) {
	if def := r.known[item]; def != nil {
		return def, nil
	}
	v := store.Definition{Form: form, Name: nameOf(item), Row: item.Line, Label: translated(item.Child("Question")),
		Help: first(translated(item.Child("Description")), item.Attr("FieldNote")), Original: item.Attr("DataType"),
		Identifier: item.Attr("Identifier") == "y"}
	if v.Label == "" {
		v.Label, v.Help = v.Help, ""
	}
	v.Formula = item.Attr("Calculation")
	v.Computed = v.Formula != "" || strings.EqualFold(item.Attr("Origin"), "derived")
	r.unit(&v, item)
	data, err := r.kind(&v, item)
	if err != nil {
		return nil, err
	}
	if data {
		r.checks(&v, item)
	}
	r.known[item] = &definition{v, data}
	return r.known[item], nil
}

// once gives the words of an element, the same text each time: many may refer to it.
func (r *reader) once(e *strict.Element, words func(*strict.Element) string) string {
	if e == nil {
		return ""
	}
	s, ok := r.said[e]
	if !ok {
		s = words(e)
		r.said[e] = s
	}
	return s
}

// conjunction says all conditions in one, as far as it can be read by anybody.
func conjunction(conditions []string) string {
	if len(conditions) == 1 {
		return conditions[0]
	}
	var b strings.Builder
	for i, c := range conditions {
		if i > 0 {
			b.WriteString(" AND ")
		}
		if b.WriteString(c[:min(len(c), 16<<10)]); b.Len() > 16<<10 {
			break
		}
	}
	return strings.ToValidUTF8(b.String(), "")
}

func need(ref, item *strict.Element, conditional bool) store.Need {
	switch mandatory := ref.Attr("Mandatory"); {
	case mandatory != "Yes" && item.Attr("RequiredField") != "y":
		if mandatory == "No" {
			return store.NeedNo
		}
		return store.NeedUnknown
	case conditional:
		return store.NeedIf
	}
	return store.NeedYes
}

// condition says when a reference applies: not when the exception that it names is met.
func (r *reader) condition(form string, ref *strict.Element, name string) string {
	oid := ref.Attr("CollectionExceptionConditionOID")
	if oid == "" {
		return ""
	}
	c := r.conditions[oid]
	if c == nil {
		r.unknown(form, ref, name, oid)
		return ""
	}
	return r.once(c, func(c *strict.Element) string { return "NOT (" + first(expression(c), c.Attr("Name"), oid) + ")" })
}

func (r *reader) unit(v *store.Definition, item *strict.Element) {
	ref := item.Child("MeasurementUnitRef")
	if ref == nil {
		return
	}
	oid := ref.Attr("MeasurementUnitOID")
	if v.Unit = r.units[oid]; v.Unit == "" {
		r.unknown(v.Form, ref, v.Name, oid)
	}
}

// types are the data types of ODM. What can lack its month or day, and times and spans, are kept as text.
var types = map[string]store.VarType{
	"text": store.VarText, "string": store.VarText, "URI": store.VarText, "time": store.VarText, "partialDate": store.VarText,
	"partialTime": store.VarText, "partialDatetime": store.VarText, "durationDatetime": store.VarText,
	"intervalDatetime": store.VarText, "incompleteDate": store.VarText, "incompleteTime": store.VarText,
	"incompleteDatetime": store.VarText, "integer": store.VarInteger, "float": store.VarDecimal, "double": store.VarDecimal,
	"decimal": store.VarDecimal, "date": store.VarDate, "datetime": store.VarDateTime, "boolean": store.VarBoolean,
}

// kind gives v its type and codes, and tells whether it is data that an integration can fill.
func (r *reader) kind(v *store.Definition, item *strict.Element) (keep bool, err error) {
	switch field := item.Attr("FieldType"); { // REDCap's own word for it
	case field == "descriptive":
		return false, nil
	case field == "file", slices.Contains([]string{"hexBinary", "base64Binary", "hexFloat", "base64Float"}, v.Original):
		r.d.Defect(v.Form, v.Row, "DataType", "dictionary.upload", store.Args{"name": store.Shorten(v.Name)})
		return false, nil
	}
	t, ok := types[v.Original]
	if !ok {
		return false, store.UnknownType(v.Form, v.Row, store.Shorten(v.Name), v.Original)
	}
	v.Type = t
	if digits := item.Attr("SignificantDigits"); digits != "" && t == store.VarDecimal {
		n, err := strconv.Atoi(digits)
		if err == nil && n >= 0 && n <= 20 {
			v.Decimals = &n
		} else {
			r.d.Defect(v.Form, v.Row, "SignificantDigits", "dictionary.value",
				store.Args{"name": store.Shorten(v.Name), "value": store.Shorten(digits)})
		}
	}
	if (t == store.VarInteger || t == store.VarDecimal) && v.Unit == "" {
		v.Unit = strict.Unit(v.Label, v.Help)
	}
	if ref := item.Child("CodeListRef"); ref != nil && t != store.VarBoolean {
		r.codes(v, ref)
	}
	return true, nil
}

// codes makes v a code from a list, which all variables that refer to it share.
func (r *reader) codes(v *store.Definition, ref *strict.Element) {
	oid := ref.Attr("CodeListOID")
	list := r.lists[oid]
	if list == nil {
		r.unknown(v.Form, ref, v.Name, oid)
		return
	}
	v.Type = store.VarCode
	if outside := list.Child("ExternalCodeList"); outside != nil {
		v.System = strings.TrimSpace(first(outside.Attr("Dictionary"), outside.Attr("href"), list.Attr("Name")) + " " + outside.Attr("Version"))
	}
	options, ok := r.options[oid]
	if !ok {
		for _, e := range list.Children {
			if e.Name != "CodeListItem" && e.Name != "EnumeratedItem" {
				continue
			}
			o := store.CodeOption{Code: e.Attr("CodedValue"), Label: translated(e.Child("Decode"))}
			if o.Code == "" {
				r.d.Defect(v.Form, e.Line, e.Name, "dictionary.choice", store.Args{"name": store.Shorten(v.Name), "value": store.Shorten(o.Label)})
				continue
			}
			o.Missing = store.MissingOption(o.Code, o.Label)
			options = append(options, o)
		}
		r.options[oid] = options
	}
	v.Codes = options
}

// checks reads the range checks. A limit that is itself out of range is moved by one for whole numbers; for others the
// difference is less than any value has.
func (r *reader) checks(v *store.Definition, item *strict.Element) {
	for _, c := range item.All("RangeCheck") {
		var limits []strict.Limit
		soft := strings.EqualFold(c.Attr("SoftHard"), "Soft")
		value := c.Child("CheckValue").Words()
		add := func(upper bool, step int) {
			text := value
			if n, err := strconv.Atoi(value); err == nil && v.Type == store.VarInteger {
				text = strconv.Itoa(n + step)
			}
			limits = append(limits, strict.Limit{Column: "RangeCheck", Text: text, Upper: upper, Plausible: soft})
		}
		switch comparator := c.Attr("Comparator"); comparator {
		case "GE":
			add(false, 0)
		case "GT":
			add(false, 1)
		case "LE":
			add(true, 0)
		case "LT":
			add(true, -1)
		case "EQ":
			add(false, 0)
			add(true, 0)
		default: // a set of values, or an expression
			r.d.Defect(v.Form, c.Line, "RangeCheck", "dictionary.value",
				store.Args{"name": store.Shorten(v.Name), "value": store.Shorten(first(strings.TrimSpace(comparator+" "+value), expression(c)))})
		}
		strict.SetLimits(r.d, v, limits...)
	}
}

func (r *reader) unknown(form string, at *strict.Element, name, oid string) {
	r.d.Defect(form, at.Line, at.Name, "dictionary.reference", store.Args{"name": store.Shorten(name), "target": store.Shorten(oid)})
}

// expression says how a condition or a method works: its formal expression, else its description.
func expression(e *strict.Element) string {
	return first(e.Child("FormalExpression").Words(), translated(e.Child("Description")))
}

// translated gives a text in bokmål, nynorsk, no stated language or English, in that order, else in the first there is.
func translated(e *strict.Element) string {
	best, rank := "", 99
	for _, t := range e.All("TranslatedText") {
		lang, _, _ := strings.Cut(strings.ToLower(t.Attr("lang")), "-")
		n := slices.Index([]string{"nb", "no", "nn", "", "en"}, lang)
		if n < 0 {
			n = 50
		}
		if s := strings.Join(strings.Fields(t.Words()), " "); n < rank && s != "" {
			best, rank = s, n
		}
	}
	return best
}

func nameOf(e *strict.Element) string { return first(e.Attr("Name"), e.Attr("OID")) }

func first(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
