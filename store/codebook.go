package store

import (
	"math"
	"regexp"
	"slices"
	"time"
)

// VarType is the type of a variable in a codebook.
type VarType string

const (
	VarText     VarType = "text"
	VarInteger  VarType = "integer"
	VarDecimal  VarType = "decimal"
	VarDate     VarType = "date"
	VarDateTime VarType = "datetime"
	VarCode     VarType = "code"
	VarBoolean  VarType = "boolean"
)

// VarTypes lists the types in the order forms offer them.
var VarTypes = []VarType{VarText, VarInteger, VarDecimal, VarDate, VarDateTime, VarCode, VarBoolean}

// VariableClasses are the classes that a variable can have: a registry's health data hold no direct identifier.
var VariableClasses = []FieldClass{Health, Indirect, Technical}

// Kind gives the kind of value a variable of this type holds.
func (t VarType) Kind() ValueKind {
	switch t {
	case VarInteger:
		return Integer
	case VarDecimal:
		return Decimal
	case VarDate:
		return Day
	case VarDateTime:
		return DateTime
	case VarBoolean:
		return Boolean
	}
	return Text
}

// CodeOption is one legal code of a code variable. Missing marks a code that stands for "not known", "not done" and
// the like: a value, but not counted as filled in (contracts/data-quality.md section 3).
type CodeOption struct {
	Code    string `yaml:"code" json:"code"`
	Label   string `yaml:"label,omitempty" json:"label,omitempty"`
	Missing bool   `yaml:"missing,omitempty" json:"missing,omitempty"`
}

// Variable is one variable of a registry's codebook. Min and Max are the hard limits, ends included, in Unit.
type Variable struct {
	Name     string       `yaml:"name" json:"name"`
	Label    string       `yaml:"label,omitempty" json:"label,omitempty"`
	Form     string       `yaml:"form,omitempty" json:"form,omitempty"`
	Type     VarType      `yaml:"type" json:"type"`
	Unit     string       `yaml:"unit,omitempty" json:"unit,omitempty"`
	Min      *float64     `yaml:"min,omitempty" json:"min,omitempty"`
	Max      *float64     `yaml:"max,omitempty" json:"max,omitempty"`
	Required bool         `yaml:"required,omitempty" json:"required,omitempty"`
	Codes    []CodeOption `yaml:"codes,omitempty" json:"codes,omitempty"`
	// Class says what the variable is to a person's privacy. A registry's health data hold no direct identifier, so
	// only indirect, health and technical are legal here.
	Class FieldClass `yaml:"class" json:"class"`
	// What follows says more about the variable and changes no value. PlausibleMin and PlausibleMax only raise a
	// question; Condition and Formula are in the language of the file the codebook came from.
	Help         string   `yaml:"help,omitempty" json:"help,omitempty"`
	PlausibleMin *float64 `yaml:"plausible_min,omitempty" json:"plausible_min,omitempty"`
	PlausibleMax *float64 `yaml:"plausible_max,omitempty" json:"plausible_max,omitempty"`
	Condition    string   `yaml:"condition,omitempty" json:"condition,omitempty"`
	Formula      string   `yaml:"formula,omitempty" json:"formula,omitempty"`
	// Computed tells that the registry works the value out itself: no rule may make it.
	Computed bool `yaml:"computed,omitempty" json:"computed,omitempty"`
	// System is the code system that the codes are from (CodeSystem.System), when the codebook lists none itself.
	System string `yaml:"system,omitempty" json:"system,omitempty"`
	// Origin is what the file calls it, when the name had to be made.
	Origin string `yaml:"origin,omitempty" json:"origin,omitempty"`
	// Stated is what the file says of Required, when people have decided otherwise.
	Stated Need `yaml:"stated,omitempty" json:"stated,omitempty"`
}

// FileName is what the file calls the variable: with Form, what tells it from the others when a file comes again.
func (v *Variable) FileName() string {
	if v.Origin != "" {
		return v.Origin
	}
	return v.Name
}

// Rename gives the variable another name and keeps what the file calls it.
func (v *Variable) Rename(name string) {
	file := v.FileName()
	v.Name, v.Origin = name, ""
	if file != name {
		v.Origin = file
	}
}

// Require decides whether the variable must be filled in, and keeps what the file says when that is something else.
func (v *Variable) Require(required bool) {
	if v.Required == required {
		return
	}
	if v.Stated != "" { // back to what the file says
		v.Stated = ""
	} else if v.Required {
		v.Stated = NeedYes
	} else {
		v.Stated = NeedNo
	}
	v.Required = required
}

// HasCode tells whether code is legal for v; every code is when v has no list.
func (v *Variable) HasCode(code string) bool {
	return len(v.Codes) == 0 || slices.ContainsFunc(v.Codes, func(o CodeOption) bool { return o.Code == code })
}

// Codebook is a version of a registry's own definitions. Immutable once saved.
type Codebook struct {
	ID         string     `yaml:"id" json:"id"` // same for all versions
	Version    int        `yaml:"version" json:"version"`
	RegistryID string     `yaml:"registry" json:"registry"`
	Title      string     `yaml:"title,omitempty" json:"title,omitempty"`
	Key        []string   `yaml:"key" json:"key"` // variables that together name one row
	Variables  []Variable `yaml:"variables" json:"variables"`
	CreatedBy  string     `yaml:"-" json:"-"`
	CreatedAt  time.Time  `yaml:"-" json:"-"`
	// Message says why the version was made, Source of which files; nil when of none.
	Message string          `yaml:"-" json:"-"`
	Source  *CodebookSource `yaml:"-" json:"-"`
}

// CodebookSource is what a version of a codebook was made of.
type CodebookSource struct {
	Format  string       `json:"format"`
	Version string       `json:"version,omitempty"` // in the files' own words
	Files   []SourceFile `json:"files"`
}

// SourceFile names one file and what it held, byte for byte.
type SourceFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"` // lower-case hex
	Bytes  int    `json:"bytes"`
}

// SentFile is a file of definitions as somebody sent it.
type SentFile struct {
	Name string
	Data []byte
}

// SourceOf tells what files a dictionary was read from.
func SourceOf(d *Dictionary, files []SentFile) *CodebookSource {
	s := &CodebookSource{Format: d.Format, Version: d.Version}
	for _, f := range files {
		s.Files = append(s.Files, SourceFile{Name: Shorten(f.Name), SHA256: hashOf(f.Data), Bytes: len(f.Data)})
	}
	return s
}

// CodebookDraft is the next version of a codebook while people work on it, kept until it is published or discarded. It
// is shared by all who may edit the registry, and need not be sound. Codebook.Source tells what it was made of.
type CodebookDraft struct {
	Codebook  Codebook // its Version is the one that it began from; 0 when there was none
	Defects   []Defect // what the files got wrong, and what was left out of them
	Edits     int      // counts from 1; tells whether somebody else was first
	UserID    string   // who wrote last
	UpdatedAt time.Time
}

// Variable gives the variable of that name, or nil.
func (c *Codebook) Variable(name string) *Variable {
	for i := range c.Variables {
		if c.Variables[i].Name == name {
			return &c.Variables[i]
		}
	}
	return nil
}

// MaxVariables is the most variables a codebook can have; a wider one belongs in several registries' forms.
const MaxVariables = 1900 // SQLite's default limit is 2000 columns, some of which are ours

var (
	nameRE = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)
	slugRE = regexp.MustCompile(`^[a-z][a-z0-9-]{0,62}$`)
)

// ValidName tells whether s can name a variable: lower-case ASCII letters, digits and underscore, starting with a
// letter, 63 at most. Names become column names, so nothing else may pass.
func ValidName(s string) bool { return nameRE.MatchString(s) }

// ValidSlug tells whether s can be the id of a registry, integration, system or solution: lower-case ASCII letters,
// digits and hyphens, starting with a letter, 63 at most. It stands in addresses and file names.
func ValidSlug(s string) bool { return slugRE.MatchString(s) }

// Validate checks a codebook that is to be stored: that it can be run, has a key, and holds together.
func (c *Codebook) Validate() error {
	bad := c.faults(true)
	if len(c.Key) == 0 {
		bad.Add("key", "codebook.no_key", nil)
	}
	return bad.OrNil()
}

// ValidateRun checks what a run needs of a codebook to be safe, and no more: names that can be columns and hold no
// person number, known types, limits that are numbers, no direct identifier. What is stored runs on as it did, although
// it contradicts itself in a way that Validate has come to refuse: values that it makes impossible are held back row by
// row. It may be a part of one, as Mapping.Alone gives, so it needs no key.
func (c *Codebook) ValidateRun() error { return c.faults(false).OrNil() }

// faults notes what makes a codebook unsafe to run, and, where it is to be stored, what in it can't all be true.
func (c *Codebook) faults(stored bool) (bad FieldErrors) {
	if !ValidSlug(c.ID) {
		bad.Add("id", "slug", Args{"value": c.ID})
	}
	if len(c.Variables) == 0 {
		bad.Add("variables", "codebook.empty", nil)
	}
	if len(c.Variables) > MaxVariables {
		bad.Add("variables", "codebook.too_wide", Args{"max": MaxVariables})
	}
	if stored && hideWritten(c.Title) != c.Title {
		bad.Add("title", "form.person_number", nil)
	}
	seen := map[string]bool{}
	for i := range c.Variables {
		v := &c.Variables[i]
		if hideWritten(v.Name) != v.Name || stored && v.writtenPerson() {
			bad.Add("variables."+hideWritten(v.Name), "codebook.person_number", Args{"no": i + 1})
			continue
		}
		at := "variables." + v.Name
		switch {
		case !ValidName(v.Name):
			bad.Add(at, "codebook.name", Args{"name": v.Name})
		case v.Name == "pseudonym":
			bad.Add(at, "codebook.reserved", Args{"name": v.Name})
		case seen[v.Name]:
			bad.Add(at, "codebook.twice", Args{"name": v.Name})
		}
		seen[v.Name] = true
		if !slices.Contains(VarTypes, v.Type) {
			bad.Add(at, "codebook.type", Args{"name": v.Name, "type": string(v.Type)})
		}
		if !slices.Contains(VariableClasses, v.Class) {
			bad.Add(at, "codebook.class", Args{"name": v.Name})
		}
		turned := v.Min != nil && v.Max != nil && *v.Min > *v.Max
		if !finite(v.Min) || !finite(v.Max) || stored && turned {
			bad.Add(at, "codebook.range", Args{"name": v.Name})
		}
		if stored {
			if v.Computed && (v.Required || slices.Contains(c.Key, v.Name)) { // nothing may fill it in
				bad.Add(at, "codebook.computed", Args{"name": v.Name})
			}
			v.contradictions(at, &bad)
		}
	}
	inKey := map[string]bool{}
	for _, k := range c.Key {
		switch {
		case !seen[k]:
			bad.Add("key", "codebook.unknown_key", Args{"name": k})
		case inKey[k]:
			bad.Add("key", "codebook.key_twice", Args{"name": k})
		}
		inKey[k] = true
	}
	return bad
}

// contradictions notes what a variable says of itself that can't all be true.
func (v *Variable) contradictions(at string, bad *FieldErrors) {
	name := Args{"name": v.Name}
	if v.Class != Indirect && direct(v.Type, v.Label, v.Name, v.Origin) {
		bad.Add(at, "codebook.direct", name)
	}
	switch {
	case v.Type != VarCode && !number(v.Type) && len(v.Codes) > 0: // a number may have codes for what is missing
		bad.Add(at, "codebook.codes_of", Args{"name": v.Name, "type": Code("vartype." + v.Type)})
	case v.Type == VarCode && len(v.Codes) == 0 && v.System == "":
		bad.Add(at, "codebook.no_codes", name)
	case slices.ContainsFunc(v.Codes, func(o CodeOption) bool { return o.Code == "" }):
		bad.Add(at, "codebook.empty_code", name)
	}
	codes := map[string]bool{}
	for _, o := range v.Codes {
		if codes[o.Code] {
			bad.Add(at, "codebook.code_twice", Args{"name": v.Name, "code": o.Code})
		}
		codes[o.Code] = true
	}
	limits := []*float64{v.Min, v.Max, v.PlausibleMin, v.PlausibleMax}
	given := func(f *float64) bool { return f != nil }
	fraction := func(f *float64) bool { return f != nil && *f != math.Trunc(*f) }
	switch {
	case v.Type != VarInteger && v.Type != VarDecimal && slices.ContainsFunc(limits, given):
		bad.Add(at, "codebook.limits_of", Args{"name": v.Name, "type": Code("vartype." + v.Type)})
	case v.Type == VarInteger && slices.ContainsFunc(limits, fraction):
		bad.Add(at, "codebook.fraction", name)
	case outside(v.PlausibleMin, v), outside(v.PlausibleMax, v), v.PlausibleMin != nil && v.PlausibleMax != nil && *v.PlausibleMin > *v.PlausibleMax:
		bad.Add(at, "codebook.plausible", name)
	}
}

// outside tells whether a number is beyond the hard limits of a variable.
func outside(f *float64, v *Variable) bool {
	return f != nil && (!finite(f) || v.Min != nil && *f < *v.Min || v.Max != nil && *f > *v.Max)
}

func finite(f *float64) bool { return f == nil || !math.IsNaN(*f) && !math.IsInf(*f, 0) }
