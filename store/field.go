package store

// FieldClass says what a field is to a person's privacy (privacy-security-reliability.md section 1.3). There is no
// default: a field without a class refuses the run.
type FieldClass string

const (
	Direct    FieldClass = "direct"    // names a person: number, name, address, phone; travels on the identity side only
	Indirect  FieldClass = "indirect"  // may single a person out together with others: birth date, place, unit
	Health    FieldClass = "health"    // says something of a person's health
	Technical FieldClass = "technical" // keys, times and states of the source system
)

// FieldClasses lists the classes in the order forms offer them.
var FieldClasses = []FieldClass{Direct, Indirect, Health, Technical}

// RestClasses are those that many fields can be given at once: what identifies a person is said of each field by itself.
var RestClasses = []FieldClass{Health, Indirect, Technical}

// Valid tells whether c is a class.
func (c FieldClass) Valid() bool {
	return c == Direct || c == Indirect || c == Health || c == Technical
}

// Attribute says which property of a person a direct field holds.
type Attribute string

const (
	AttrNumber     Attribute = "number" // fødselsnummer, D-number and the like: what the vault finds a person by
	AttrGivenName  Attribute = "given_name"
	AttrFamilyName Attribute = "family_name"
	AttrPostalCode Attribute = "postal_code"
	AttrAddress    Attribute = "address"
	AttrPhone      Attribute = "phone"
	AttrEmail      Attribute = "email"
)

// Attributes lists the attributes in the order forms offer them.
var Attributes = []Attribute{AttrNumber, AttrGivenName, AttrFamilyName, AttrPostalCode, AttrAddress, AttrPhone, AttrEmail}

// Field is one field a source delivers.
type Field struct {
	Name  string     `yaml:"name" json:"name"`
	Class FieldClass `yaml:"class" json:"class"`
	// Is names the attribute of a direct field; empty for the others.
	Is    Attribute `yaml:"is,omitempty" json:"is,omitempty"`
	Label string    `yaml:"label,omitempty" json:"label,omitempty"`
}

// Sensitivity is how sensitive a field of the class is by itself.
func (c FieldClass) Sensitivity() Sensitivity {
	switch c {
	case Technical:
		return NotSensitive
	case Direct, Indirect:
		return Personal
	}
	return Sensitive
}
