package kreftregisteret

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"samband/jobs/format/xsd"
	"samband/store"
)

// shape is what a type of the schema says of a variable.
type shape struct {
	of        store.VarType
	codes     []string
	fixed     bool // there is only one value
	low, high *float64
	decimals  *int
}

var ofBase = map[xsd.Base]store.VarType{xsd.Boolean: store.VarBoolean, xsd.Integer: store.VarInteger, xsd.Decimal: store.VarDecimal,
	xsd.Date: store.VarDate, xsd.DateTime: store.VarDateTime}

// shapeOf reads a type of the schema. Packages write «or nothing» as a union with the empty text, and numbers with a
// decimal comma, which XML Schema doesn't know, as texts of a pattern.
func shapeOf(t *xsd.Type) shape {
	members := slices.DeleteFunc(slices.Clone(t.Members()), onlyEmpty)
	if len(members) != 1 {
		return shape{of: store.VarText}
	}
	m := members[0]
	if codes := codesOf(m); codes != nil {
		filled := slices.DeleteFunc(slices.Clone(codes), func(c string) bool { return c == "" })
		return shape{of: store.VarCode, codes: filled, fixed: len(codes) == 1 && len(filled) == 1}
	}
	if of := ofBase[m.Base]; of != "" {
		return shape{of: of, low: m.Min, high: m.Max, decimals: m.FractionDigits}
	}
	return numberOf(m)
}

// onlyEmpty tells whether a type is there for the empty text alone.
func onlyEmpty(t *xsd.Type) bool {
	if len(t.Enum) > 0 {
		return len(t.Enum) == 1 && t.Enum[0] == ""
	}
	return t.MaxLength != nil && *t.MaxLength == 0 ||
		slices.ContainsFunc(t.Patterns, func(step []xsd.Pattern) bool { return len(step) == 1 && step[0].Text == "" })
}

var literals = regexp.MustCompile(`^(\()?([0-9A-Za-zÆØÅæøå]+(?:\|[0-9A-Za-zÆØÅæøå]+)*)(\)(\?)?)?$`)

// codesOf gives the values of a list, or of a pattern that is one: (100|199)?. The empty value is one of them where it
// may stand.
func codesOf(t *xsd.Type) []string {
	if t.Base != xsd.String {
		return nil
	}
	if len(t.Enum) > 0 {
		return t.Enum
	}
	if len(t.Patterns) != 1 || len(t.Patterns[0]) != 1 {
		return nil
	}
	m := literals.FindStringSubmatch(t.Patterns[0][0].Text)
	if m == nil || (m[1] == "") != (m[3] == "") {
		return nil
	}
	codes := strings.Split(m[2], "|")
	if m[4] != "" {
		codes = append(codes, "")
	}
	return codes
}

// numeric are the patterns of numbers: digits, commas, and how often.
var numeric = regexp.MustCompile(`^[0-9,()|?*+{}\[\]\\d-]+$`)

// most is how many digits are tried.
const most = 15

// numberOf tells by trying whether a text is a number with a decimal comma, and between which limits. A text in which
// zeros may lead, such as a code of four digits, is none.
func numberOf(t *xsd.Type) shape {
	if t.Base != xsd.String || len(t.Patterns) != 1 {
		return shape{of: store.VarText}
	}
	for _, p := range t.Patterns[0] {
		if !numeric.MatchString(p.Text) {
			return shape{of: store.VarText}
		}
	}
	high, decimals := -1.0, 0
	for n := 1; n <= most; n++ {
		if t.Accepts(strings.Repeat("0", n) + "1") {
			return shape{of: store.VarText}
		}
		if t.Accepts(strings.Repeat("9", n)) {
			high, _ = strconv.ParseFloat(strings.Repeat("9", n), 64)
		}
	}
	for whole := 1; whole <= most; whole++ {
		for n := 1; n <= 6; n++ {
			if text := strings.Repeat("9", whole) + "," + strings.Repeat("9", n); t.Accepts(text) {
				f, _ := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
				high, decimals = max(high, f), max(decimals, n)
			}
		}
	}
	if high < 0 {
		return shape{of: store.VarText}
	}
	low := 0.0
	if !t.Accepts("0") && !t.Accepts("0,"+strings.Repeat("0", max(decimals, 1))) && decimals == 0 {
		low = 1
	}
	s := shape{of: store.VarInteger, low: &low, high: &high}
	if decimals > 0 {
		s.of, s.decimals = store.VarDecimal, &decimals
	}
	return s
}
