package store

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
)

// maxChoices is how many codes a list may have for several of them to be chosen at once: each becomes a variable.
const maxChoices = 100

// Codebook makes a codebook of what the files define, over before: the version that people have worked on, nil when
// there is none. What they decided stays where the variable is the same: its name, class and place in the key, whether
// it must be filled in, and which of its codes mean that nothing is known. Defects has what was left out and why, after
// the files' own. The codebook need not be sound: it may be too wide, and have no key.
func (d *Dictionary) Codebook(before *Codebook) (*Codebook, []Defect) {
	m := maker{notes: d.AllDefects()}
	if before == nil {
		before = &Codebook{}
	}
	list := m.single(m.impersonal(d.Variables, before))
	c := &Codebook{ID: before.ID, Version: before.Version, RegistryID: before.RegistryID, Title: cmp.Or(before.Title, d.Title)}
	was := m.same(list, before)
	kept := map[string]bool{}
	for _, v := range was {
		if v != nil {
			kept[v.Name] = true
		}
	}
	for i, name := range UniqueNames(list) {
		if was[i] != nil {
			name = was[i].Name
		} else {
			name = freeName(name, kept)
			kept[name] = true
		}
		c.Variables = append(c.Variables, m.variable(&list[i], name, was[i]))
	}
	for _, k := range before.Key {
		if v := c.Variable(k); v != nil && !v.Computed {
			c.Key = append(c.Key, k)
		}
	}
	if len(before.Variables) == 0 {
		c.Key = rowName(c)
	}
	for i := range c.Variables { // a part of the key has no other say
		if v := &c.Variables[i]; v.Computed {
			v.Required, v.Stated = false, ""
		}
	}
	return c, m.notes
}

// NamesIn gives what the variables of a codebook that was made of d are called, for each definition: none for what was
// left out, several where one became several.
func (d *Dictionary) NamesIn(c *Codebook) [][]string {
	names := map[place]string{}
	for i := range c.Variables {
		v := &c.Variables[i]
		names[place{v.Form, v.FileName()}] = v.Name
	}
	all := make([][]string, len(d.Variables))
	add := func(i int, name string) {
		if n, ok := names[place{d.Variables[i].Form, name}]; ok {
			all[i] = append(all[i], n)
		}
	}
	for i := range d.Variables {
		v := &d.Variables[i]
		add(i, v.Name)
		if v.Multiple && all[i] == nil {
			for _, o := range v.Codes {
				add(i, v.Name+"___"+o.Code)
			}
		}
	}
	return all
}

// AllDefects gives the defects, and after them how many are not listed.
func (d *Dictionary) AllDefects() []Defect {
	all := slices.Clone(d.Defects)
	if d.Unlisted > 0 {
		all = append(all, Defect{Code: "dictionary.unlisted", Args: Args{"n": d.Unlisted}})
	}
	return all
}

// maker collects what is to be told of a codebook in the making.
type maker struct{ notes []Defect }

func (m *maker) note(v *Definition, code Code, args Args) {
	m.notes = append(m.notes, Defect{Form: v.Form, Row: v.Row, Code: code, Args: args})
}

// impersonal leaves out what names a person: a registry's health data have no such variable. What only seems to by its
// name stays when people have kept it before.
func (m *maker) impersonal(list []Definition, before *Codebook) []Definition {
	kept := map[place]bool{}
	for i := range before.Variables {
		v := &before.Variables[i]
		kept[place{v.Form, v.FileName()}] = v.Class == Indirect
	}
	var rest []Definition
	for _, v := range list {
		if v.class() == Direct && (v.Identifier || v.Class == Direct || !kept[place{v.Form, v.Name}]) {
			m.note(&v, "dictionary.identifier", Args{"name": Shorten(v.Name)})
			continue
		}
		rest = append(rest, v)
	}
	return rest
}

// single makes variables of one value each out of those for which several codes may be chosen: one for each code, true
// when it is chosen, named as REDCap names them in its exports.
func (m *maker) single(list []Definition) []Definition {
	var rest []Definition
	for _, v := range list {
		switch {
		case !v.Multiple:
			rest = append(rest, v)
			continue
		case len(v.Codes) == 0 || len(v.Codes) > maxChoices:
			m.note(&v, "dictionary.many", Args{"name": Shorten(v.Name)})
			v.Multiple, v.Type, v.Codes = false, VarText, nil
			rest = append(rest, v)
			continue
		}
		for _, o := range v.Codes {
			x := v
			x.Name, x.Type, x.Codes, x.Multiple = v.Name+"___"+o.Code, VarBoolean, nil, false
			x.Label = strings.Trim(cmp.Or(v.Label, v.Name)+": "+cmp.Or(o.Label, o.Code), ": ")
			x.Required = NeedNo // of the whole question, never of one box
			rest = append(rest, x)
		}
	}
	return rest
}

// place is what tells a variable from the others of a file.
type place struct{ form, name string }

// same finds for each definition the variable that it was before, nil when it is new. A form that the file calls
// something else than it did is found by its variables.
func (m *maker) same(list []Definition, before *Codebook) []*Variable {
	now, then := map[string][]string{}, map[string][]string{}
	for _, v := range list {
		now[v.Form] = append(now[v.Form], v.Name)
	}
	old := map[place][]*Variable{}
	for i := range before.Variables {
		v := &before.Variables[i]
		then[v.Form] = append(then[v.Form], v.FileName())
		at := place{v.Form, v.FileName()}
		old[at] = append(old[at], v)
	}
	renamed := pairForms(then, now)
	for _, form := range slices.Sorted(maps.Keys(renamed)) {
		m.notes = append(m.notes, Defect{Form: form, Code: "dictionary.form_renamed", Args: Args{"from": renamed[form], "to": form}})
	}
	was := make([]*Variable, len(list))
	for i, v := range list {
		at := place{v.Form, v.Name}
		if form, ok := renamed[v.Form]; ok {
			at.form = form
		}
		if vs := old[at]; len(vs) > 0 {
			was[i], old[at] = vs[0], vs[1:]
		}
	}
	return was
}

// variable makes one variable. The limits of dates, and codes of what is no list of codes, have no place in a codebook.
func (m *maker) variable(d *Definition, name string, was *Variable) Variable {
	v := Variable{Name: name, Label: d.Label, Form: d.Form, Type: d.Type, Unit: d.Unit, Help: d.Help, Class: d.class(),
		Min: orNone(d.Min), Max: orNone(d.Max), PlausibleMin: orNone(d.PlausibleMin), PlausibleMax: orNone(d.PlausibleMax),
		Required: d.Required == NeedYes, Condition: d.Condition, Formula: d.Formula, Computed: d.Computed,
		System: d.System, Codes: slices.Clone(d.Codes)}
	if d.Name != name {
		v.Origin = d.Name
	}
	if d.From != "" || d.To != "" {
		m.note(d, "dictionary.dates", Args{"name": Shorten(d.Name), "from": cmp.Or(d.From, "–"), "to": cmp.Or(d.To, "–")})
	}
	if len(v.Codes) > 0 && v.Type != VarCode {
		if v.Type != VarBoolean { // where they only say how true and false are written
			m.note(d, "dictionary.codes", Args{"name": Shorten(d.Name), "type": Code("vartype." + v.Type)})
		}
		v.Codes = nil
	}
	m.mend(d, &v)
	if was == nil {
		return v
	}
	v.Class = was.Class
	if d.Required == NeedUnknown {
		v.Required, v.Stated = was.Required, was.Stated
	} else if was.Stated != "" {
		v.Require(was.Required)
	}
	if whole(d.Original) && v.Type != was.Type && number(v.Type) && number(was.Type) {
		m.note(d, "dictionary.whole", Args{"name": Shorten(d.Name), "type": Code("vartype." + was.Type)})
		v.Type = was.Type
	}
	for i := range v.Codes {
		if j := slices.IndexFunc(was.Codes, func(o CodeOption) bool { return o.Code == v.Codes[i].Code }); j >= 0 {
			v.Codes[i].Missing = was.Codes[j].Missing
		}
	}
	return v
}

// mend takes out what a file says of a variable that contradicts its type (Variable.contradictions).
func (m *maker) mend(d *Definition, v *Variable) {
	name := Args{"name": Shorten(d.Name)}
	before := len(v.Codes)
	if v.Codes = slices.DeleteFunc(v.Codes, func(o CodeOption) bool { return o.Code == "" }); len(v.Codes) < before {
		m.note(d, "dictionary.empty_code", name)
	}
	if v.Type == VarCode && len(v.Codes) == 0 && v.System == "" {
		m.note(d, "dictionary.as_text", name)
		v.Type = VarText
	}
	if !number(v.Type) && (v.Min != nil || v.Max != nil || v.PlausibleMin != nil || v.PlausibleMax != nil) {
		m.note(d, "dictionary.no_limits", Args{"name": name["name"], "type": Code("vartype." + v.Type)})
		v.Min, v.Max, v.PlausibleMin, v.PlausibleMax = nil, nil, nil, nil
	}
	if v.Type == VarInteger { // the whole numbers within the same limits
		for p, round := range map[**float64]func(float64) float64{&v.Min: math.Ceil, &v.PlausibleMin: math.Ceil, &v.Max: math.Floor,
			&v.PlausibleMax: math.Floor} {
			if *p != nil {
				n := round(**p) + 0
				*p = &n
			}
		}
	}
	if outside(v.PlausibleMin, v) || outside(v.PlausibleMax, v) {
		m.note(d, "dictionary.plausible", name)
		v.PlausibleMin, v.PlausibleMax = nil, nil
	}
}

// whole tells whether a type of the MRS platform stands for numbers with decimals and without alike: its newer files no
// longer say which (contracts/mrs.md section 3).
func whole(original string) bool { return original == "Tall" }

func number(t VarType) bool { return t == VarInteger || t == VarDecimal }

func orNone(f *float64) *float64 {
	if f == nil || !finite(f) {
		return nil
	}
	n := *f + 0 // a minus zero is written as zero
	return &n
}

// rowName proposes the key of a codebook: the one variable that is the id of a form or a record, if there is just one.
func rowName(c *Codebook) []string {
	var names []string
	for i := range c.Variables {
		v := &c.Variables[i]
		if rowIDs[word(v.FileName())] && !v.Computed {
			names = append(names, v.Name)
		}
	}
	if len(names) != 1 {
		return nil
	}
	return names
}

// NamesPerson tells whether the definition is of what points out a person directly, and stays out of a codebook.
func (v *Definition) NamesPerson() bool { return v.class() == Direct }

// class proposes what a definition is to a person's privacy: what its file says, else by what it is called. What nothing is known of is health.
func (v *Definition) class() FieldClass {
	name := word(v.Name)
	switch {
	case v.Class == Direct || v.Class != Indirect && !rowIDs[name] && direct(v.Type, v.Label, v.Name):
		return Direct
	case v.Class != "":
		return v.Class
	case strings.HasSuffix(name, "guid") || strings.HasSuffix(name, "uuid"):
		if strings.HasPrefix(name, "pas") || strings.HasPrefix(name, "pat") || strings.HasPrefix(name, "person") {
			return Direct
		}
		return Technical
	case v.Identifier && !rowIDs[name]:
		return Direct
	case rowIDs[name], technicalNames[name]:
		return Technical
	case indirectNames[name]:
		return Indirect
	}
	return Health
}

// word is a name without what files write in different ways: case, underscores, æ, ø and å.
func word(name string) string { return wordSpellings.Replace(VariableName(name)) }

var wordSpellings = strings.NewReplacer("_", "", "oe", "o", "ae", "a", "aa", "a")

func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[word(w)] = true
	}
	return set
}

var (
	// rowIDs are what files call the id of a form or a record; contracts/mrs.md section 2 and REDCap's own.
	rowIDs = words("skjemaguid record_id recordid skjemaid form_id mrs_form_id episode_id episodeid")
	// directNames are the properties of a person in Attributes, as files call them.
	directNames = words(`fnr fødselsnummer fødselsnr personnummer personnr pnr nin ssn national_id national_identity_number
		d_nummer fornavn mellomnavn etternavn pasientnavn first_name last_name given_name family_name patient_name full_name
		adresse gateadresse address street_address telefon telefonnummer telefonnr mobil mobiltelefon mobilnummer phone
		phone_number telephone mobile pasientnummer pasientnr patient_number epost e_post epostadresse email e_mail email_address pasient_id patient_id`)
	indirectNames = words(`fødselsdato fødselsår birthdate birth_date date_of_birth dob birth_year dødsdato death_date
		date_of_death alder age patient_age kjønn sex gender patient_gender postnummer postnr postal_code zip_code kommune
		kommunenr kommunenummer municipality municipal_number current_municipal_number bydel district_code sivilstatus
		sivilstand marital_status nationality fødeland yrke occupation hospital sykehus helseforetak hf rhf unit_id
		health_unit_name health_unit_short_name health_unit_id avdeling`)
	technicalNames = words(`id form_type_id form_type_name skjematype form_status form_version_number major_version
		minor_version creation_date first_time_closed last_update last_update_by unique_hash global_form_id main_form_id
		import_tidspunkt import_status model_validation_level address_quality redcap_event_name redcap_repeat_instance
		redcap_repeat_instrument redcap_data_access_group`)
)
