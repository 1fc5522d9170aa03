package store

import (
	"strconv"
	"strings"
	"unicode"
)

// Why an identifier of an organisation, a unit or health personnel was refused.
const (
	IdentOrganisation Code = "ident.organisation"
	IdentInstitution  Code = "ident.institution"
	IdentRESH         Code = "ident.resh"
	IdentHER          Code = "ident.her"
	IdentHPR          Code = "ident.hpr"
)

// Object identifiers of organisations, units and personnel (Norwegian FHIR base profiles).
const (
	OrgNumberOID = "2.16.578.1.12.4.1.4.101"
	RESHOID      = "2.16.578.1.12.4.1.4.102"
	HPROID       = "2.16.578.1.12.4.1.4.4"
)

// OrgNumber is an organisation number of nine digits, of a legal entity or of one of its treatment sites; registries
// report per site.
type OrgNumber string

// ParseOrgNumber reads an organisation number, white space left out, and checks its control digit: weights
// 3 2 7 6 5 4 3 2 1, sum divisible by 11 (brreg.no). The code is "" or IdentOrganisation.
func ParseOrgNumber(s string) (OrgNumber, Code) {
	s = dropSpace(s)
	if !passesOrg(s) {
		return "", IdentOrganisation
	}
	return OrgNumber(s), ""
}

func passesOrg(s string) bool {
	weights := [...]int{3, 2, 7, 6, 5, 4, 3, 2, 1}
	if len(s) != len(weights) || !digits(s) || s == "000000000" {
		return false
	}
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	return sum%11 == 0
}

// Service is the tenth digit of an NPR institusjonID: what the site reports there beside its ordinary activity.
type Service string

const (
	ServiceNone         Service = ""
	ServiceRadiotherapy Service = "0"
	ServiceRadiology    Service = "1"
	ServiceDoses        Service = "2" // dose dispensing
	ServiceInjuries     Service = "3" // personal injuries
	ServiceEmergency    Service = "9" // AMK, the emergency medical communication centre
)

// Institution is an NPR institusjonID: an organisation number and, for some, the service.
type Institution struct {
	Org     OrgNumber
	Service Service
}

// ParseInstitution reads an institusjonID: an organisation number of nine digits, or one followed by the digit of a
// service (Helsedirektoratet). The code is "", IdentOrganisation or, for a tenth digit of no known service,
// IdentInstitution.
func ParseInstitution(s string) (Institution, Code) {
	s = dropSpace(s)
	i := Institution{}
	if len(s) == 10 {
		switch i.Service = Service(s[9:]); i.Service {
		case ServiceRadiotherapy, ServiceRadiology, ServiceDoses, ServiceInjuries, ServiceEmergency:
		default:
			return Institution{}, IdentInstitution
		}
		s = s[:9]
	}
	if !passesOrg(s) {
		return Institution{}, IdentOrganisation
	}
	i.Org = OrgNumber(s)
	return i, ""
}

// String gives the identifier as NPR writes it.
func (i Institution) String() string { return string(i.Org) + string(i.Service) }

// RESHID is a unit's number in the register of units in the specialist health service. It is permanent: it outlives
// moves and closures, so closed units stay known.
type RESHID int

// ParseRESH reads a RESH-id, white space left out: a positive whole number of up to nine digits. There is no control
// digit. The code is "" or IdentRESH.
func ParseRESH(s string) (RESHID, Code) {
	n, ok := parsePositive(s)
	if !ok {
		return 0, IdentRESH
	}
	return RESHID(n), ""
}

// HERID is an address in the register of communicating parties. An organisation has many and they change, so it is
// never the key of one.
type HERID int

// ParseHER reads a HER-id, white space left out: a positive whole number of up to nine digits. The code is "" or
// IdentHER.
func ParseHER(s string) (HERID, Code) {
	n, ok := parsePositive(s)
	if !ok {
		return 0, IdentHER
	}
	return HERID(n), ""
}

// HPRNumber is a health worker's number in Helsepersonellregisteret. It names a person and prints as [skjult]; Reveal
// is the only way to the digits. The zero value is no number.
type HPRNumber struct {
	masked
	v uint64 // the number under the veil; 0 = none
}

// ParseHPR reads an HPR-number, white space left out: a positive whole number of up to nine digits, whose leading zeros
// say nothing. There is no control digit. The code is "" or IdentHPR.
func ParseHPR(s string) (HPRNumber, Code) {
	n, ok := parsePositive(s)
	if !ok {
		return HPRNumber{}, IdentHPR
	}
	return HPRNumber{v: uint64(n) ^ veil}, ""
}

// IsZero tells whether there is no number.
func (h HPRNumber) IsZero() bool { return h.v == 0 }

// Reveal gives the number without leading zeros, "" for none.
func (h HPRNumber) Reveal() string {
	if h.IsZero() {
		return ""
	}
	return strconv.FormatUint(h.v^veil, 10)
}

// parsePositive reads one to nine ASCII digits that are not all zero.
func parsePositive(s string) (int, bool) {
	s = dropSpace(s)
	if len(s) > 9 || !digits(s) {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n, n > 0
}

// dropSpace leaves out white space, no-break spaces too.
func dropSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
