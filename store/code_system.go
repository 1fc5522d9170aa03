package store

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"time"
)

// CodeSystem is one version of a national or international code list, the portal's own copy (contracts/code-systems.md
// section 2): nothing is fetched when a run needs it.
type CodeSystem struct {
	System  string // OID (2.16.578.1.12.4.1.1.7110) or URI, as CanonicalSystem writes it
	Name    string
	Version string       // the label of the version
	Day     string       // when it was fetched, yyyy-mm-dd
	SHA256  string       // of the file it was read from
	Codes   []SystemCode // as Sort orders them; none in a list of versions
	Size    int          // how many codes there are
	ReadBy  string       // name of who read it in
	ReadAt  time.Time
}

// MaxSystemCodes is how many codes a list may have.
const MaxSystemCodes = 500_000

// Validate checks a version of a code system.
func (s *CodeSystem) Validate() error {
	switch {
	case s.System == "" || len(s.System) > 200 || s.System != CanonicalSystem(s.System):
		return FieldError("system", "code_system.system", nil)
	case strings.TrimSpace(s.Version) == "" || len(s.Version) > 63:
		return FieldError("version", "code_system.version", nil)
	case strings.TrimSpace(s.Name) == "" || len(s.Name) > 200:
		return FieldError("name", "code_system.name", nil)
	case len(s.Codes) == 0 || len(s.Codes) > MaxSystemCodes:
		return FieldError("file", "code_system.size", Args{"n": len(s.Codes), "max": MaxSystemCodes})
	}
	for i := range s.Codes {
		c := &s.Codes[i]
		if c.Code == "" || NormaliseCode(s.System, c.Code) == "" {
			return FieldError("file", "code_system.empty_code", Args{"text": c.Text})
		}
		if !dayOrNone(Date(c.From)) || !dayOrNone(Date(c.To)) || c.From != "" && c.To != "" && c.To < c.From {
			return FieldError("file", "code_system.days", Args{"code": c.Code, "from": c.From, "to": c.To})
		}
		if i == 0 {
			continue
		}
		if b := &s.Codes[i-1]; NormaliseCode(s.System, b.Code) == NormaliseCode(s.System, c.Code) && (b.To == "" || b.To >= c.From) {
			return FieldError("file", "code_system.twice", Args{"code": c.Code})
		}
	}
	return nil
}

// Search gives the codes that a person means by a text, at most n: first those that begin with it, then those of which
// all words of the text are part. Codes that are no longer offered come last.
func (s *CodeSystem) Search(text string, n int) []SystemCode {
	code := NormaliseCode(s.System, text)
	terms := strings.Fields(strings.ToLower(text))
	if len(terms) == 0 {
		return nil
	}
	var lists [4][]SystemCode // begins; holds; and the same of those that are out of use
	for _, c := range s.Codes {
		at := 1
		if strings.HasPrefix(NormaliseCode(s.System, c.Code), code) && code != "" {
			at = 0
		} else {
			in := strings.ToLower(c.Code + " " + c.Text)
			if slices.ContainsFunc(terms, func(t string) bool { return !strings.Contains(in, t) }) {
				continue
			}
		}
		if c.Inactive {
			at += 2
		}
		if lists[at] = append(lists[at], c); len(lists[0]) >= n {
			break
		}
	}
	found := slices.Concat(lists[:]...)
	return found[:min(n, len(found))]
}

// CodeChange is one thing that differs between two versions of a code system.
type CodeChange struct {
	Kind CodeChangeKind
	Code string
	Was  string // text
	Is   string
}

// CodeChangeKind says what became of a code.
type CodeChangeKind string

const (
	CodeAdded       CodeChangeKind = "added"
	CodeRemoved     CodeChangeKind = "removed" // not there any more, or out of use
	CodeRenamed     CodeChangeKind = "renamed" // the same code with another text: a person must look
	CodeReactivated CodeChangeKind = "reactivated"
)

// Since says in what s differs from an earlier version, in the order of the codes. Of a code that stands with several
// intervals the last one counts.
func (s *CodeSystem) Since(before *CodeSystem) []CodeChange {
	last := func(x *CodeSystem) map[string]SystemCode {
		m := make(map[string]SystemCode, len(x.Codes))
		for _, c := range x.Codes {
			m[NormaliseCode(s.System, c.Code)] = c
		}
		return m
	}
	was, is := last(before), last(s)
	var out []CodeChange
	for key, c := range is {
		old, there := was[key]
		switch {
		case !there && !c.Inactive:
			out = append(out, CodeChange{CodeAdded, c.Code, "", c.Text})
		case there && old.Inactive && !c.Inactive:
			out = append(out, CodeChange{CodeReactivated, c.Code, old.Text, c.Text})
		case there && !old.Inactive && c.Inactive:
			out = append(out, CodeChange{CodeRemoved, c.Code, old.Text, c.Text})
		}
		if there && old.Text != c.Text {
			out = append(out, CodeChange{CodeRenamed, c.Code, old.Text, c.Text})
		}
	}
	for key, c := range was {
		if _, there := is[key]; !there && !c.Inactive {
			out = append(out, CodeChange{CodeRemoved, c.Code, c.Text, ""})
		}
	}
	slices.SortFunc(out, func(a, b CodeChange) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Kind, b.Kind))
	})
	return out
}

// SystemCode is one code with the days it is valid, ends included; an empty end is open. The same code may stand
// several times with different days.
type SystemCode struct {
	Code     string `json:"code"`
	Text     string `json:"text,omitempty"`
	Note     string `json:"note,omitempty"` // a longer description, line breaks and all
	From     string `json:"from,omitempty"`
	To       string `json:"to,omitempty"`
	Inactive bool   `json:"inactive,omitempty"` // legal for events within its days, and no longer offered
}

// Valid tells whether the code holds for an event of a day, yyyy-mm-dd; "" asks for no day.
func (c *SystemCode) Valid(day string) bool {
	return day == "" || (c.From == "" || c.From <= day) && (c.To == "" || day <= c.To)
}

// Sort orders the codes so that At finds them: as they are written when normalised, the earliest first.
func (s *CodeSystem) Sort() {
	slices.SortStableFunc(s.Codes, func(a, b SystemCode) int {
		return cmp.Or(cmp.Compare(NormaliseCode(s.System, a.Code), NormaliseCode(s.System, b.Code)), cmp.Compare(a.From, b.From))
	})
}

// At finds the code that holds for an event of a day, yyyy-mm-dd, however it is written. A code that is no longer in
// use is still right for an event of its time. Without a day, the row that came last is given.
func (s *CodeSystem) At(code, day string) (SystemCode, bool) {
	code = NormaliseCode(s.System, code)
	if code == "" {
		return SystemCode{}, false
	}
	var found SystemCode
	ok := false
	i := sort.Search(len(s.Codes), func(i int) bool { return NormaliseCode(s.System, s.Codes[i].Code) >= code })
	for ; i < len(s.Codes) && NormaliseCode(s.System, s.Codes[i].Code) == code; i++ {
		if s.Codes[i].Valid(day) {
			found, ok = s.Codes[i], true
		}
	}
	return found, ok
}

// oidRoot begins the OID of every list in the national register of code systems; the list's number ends it.
const oidRoot = "2.16.578.1.12.4.1.1."

// The systems whose codes have a way of being written (contracts/code-systems.md section 1).
const (
	SystemICD10        = oidRoot + "7110"
	SystemICPC2        = oidRoot + "7170"
	SystemNKPK         = oidRoot + "7275"
	SystemNLK          = oidRoot + "7280"
	SystemMunicipality = oidRoot + "3402"
	SystemDistrict     = oidRoot + "3403"
	SystemATC          = "http://www.whocc.no/atc"
	SystemDRG          = "drg"
)

// KnownSystem is a code system that has a name of its own here.
type KnownSystem struct {
	System string
	Name   string // as the register writes it
}

// KnownSystems are those that the portal's users meet most (contracts/code-systems.md section 1). Any other OID or URI
// is as good.
var KnownSystems = []KnownSystem{
	{SystemICD10, "ICD-10"}, {SystemICPC2, "ICPC-2"}, {SystemNKPK, "NKPK"}, {SystemNLK, "NLK"}, {SystemATC, "ATC"},
	{oidRoot + "7270", "NCRP"}, {oidRoot + "7010", "NORPAT"}, {"http://snomed.info/sct", "SNOMED CT"},
	{"http://id.who.int/icd/release/11/mms", "ICD-11"}, {oidRoot + "3101", "Kjønn (3101)"},
	{SystemMunicipality, "Kommunenummer (3402)"}, {SystemDistrict, "Bydel (3403)"}, {oidRoot + "1101", "Ja/nei (1101)"},
	{oidRoot + "1102", "Ja/nei/vet ikke (1102)"}, {oidRoot + "1103", "Ja/nei/ukjent (1103)"},
	{oidRoot + "8351", "Prøvemateriale (8351)"}, {oidRoot + "8476", "Enhetstype (8476)"},
	{oidRoot + "9060", "Personellkategori (9060)"}, {oidRoot + "7426", "Spesialiteter (7426)"}, {SystemDRG, "DRG"},
}

// aliases are other ways to write a system, in lower case.
var aliases = map[string]string{
	"http://hl7.org/fhir/sid/icpc-2": SystemICPC2, "2.16.840.1.113883.6.139": SystemICPC2,
	"icd-10": SystemICD10, "icd10": SystemICD10, "icpc-2": SystemICPC2, "icpc2": SystemICPC2, "nkpk": SystemNKPK,
	"nlk": SystemNLK, "atc": SystemATC, "snomed ct": "http://snomed.info/sct", "https://www.whocc.no/atc": SystemATC,
}

// CanonicalSystem gives the one way that the portal writes a code system: its OID where it has one. It takes an OID
// with or without urn:oid:, the number of a list in the national register, the canonical names that Norwegian FHIR
// profiles use for such a list, and common short names; any other URI stands as it is.
func CanonicalSystem(s string) string {
	s = strings.TrimSpace(s)
	low := strings.ToLower(s)
	low = strings.TrimPrefix(low, "urn:oid:")
	for _, host := range []string{"http://helsedir.no", "http://ehelse.no", "https://helsedir.no", "https://ehelse.no"} {
		if list, ok := strings.CutPrefix(low, host+"/fhir/codesystem/no-kodeverk-"); ok {
			low = list
		}
	}
	if alias := aliases[low]; alias != "" {
		return alias
	}
	if len(low) == 4 && digits(low) {
		return oidRoot + low
	}
	if isOID(low) {
		return low
	}
	return s
}

// NormaliseCode writes a code the way its system is compared: case, spaces, dots (contracts/code-systems.md section 4).
// The two codes of a combined ICD-10 code and the sign between them stay. A municipality or district that a spreadsheet
// made a number of gets its leading zero back. A text that only holds a place, such as (tom) for DRG, gives "". It never
// makes a wrong code a right one in any other way.
func NormaliseCode(system, text string) string {
	t := strings.TrimSpace(text)
	switch CanonicalSystem(system) {
	case SystemICD10:
		return strings.ToUpper(without(t, " ."))
	case SystemNKPK:
		return strings.ToUpper(without(t, " "))
	case SystemICPC2, SystemNLK, SystemATC:
		return strings.ToUpper(t)
	case SystemMunicipality:
		return padded(t, 4)
	case SystemDistrict:
		return padded(t, 6)
	case SystemDRG:
		if t == "(tom)" {
			return ""
		}
	}
	return t
}

// without takes the characters of cut, and the spaces that don't break, out of s.
func without(s, cut string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(cut, r) || r == '\u00a0' || r == '\u202f' {
			return -1
		}
		return r
	}, s)
}

// padded gives back the one zero that a number has lost.
func padded(s string, n int) string {
	if len(s) == n-1 && digits(s) {
		return "0" + s
	}
	return s
}

func isOID(s string) bool {
	parts := strings.Split(s, ".")
	return len(parts) > 2 && !slices.ContainsFunc(parts, func(p string) bool { return !digits(p) })
}
