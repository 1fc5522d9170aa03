package suggest

import (
	"slices"
	"strings"
)

// unitGroups are units that turn into each other by a factor: value in the unit × factor = value in the first of the
// group. A conversion between amount of substance and mass depends on the substance and stands with it.
var unitGroups = []unitGroup{
	{"", []unitSize{{"kg", 1}, {"g", 0.001}, {"mg", 1e-6}, {"hg", 0.1}}},
	{"", []unitSize{{"m", 1}, {"cm", 0.01}, {"mm", 0.001}}},
	{"", []unitSize{{"l", 1}, {"dl", 0.1}, {"ml", 0.001}}},
	{"", []unitSize{{"d", 1}, {"t", 1.0 / 24}, {"min", 1.0 / 1440}}},
	{"", []unitSize{{"mmhg", 1}, {"kpa", 7.50062}}},
	{"", []unitSize{{"mol/l", 1}, {"mmol/l", 1e-3}, {"umol/l", 1e-6}, {"nmol/l", 1e-9}, {"pmol/l", 1e-12}}},
	{"", []unitSize{{"g/l", 1}, {"g/dl", 10}, {"mg/l", 1e-3}, {"mg/dl", 0.01}, {"ug/l", 1e-6}, {"ng/l", 1e-9}, {"ng/ml", 1e-6}}},
	{"", []unitSize{{"10e9/l", 1}, {"10e6/l", 0.001}, {"10e12/l", 1000}}},
	{"creatinine", []unitSize{{"umol/l", 1}, {"mmol/l", 1000}, {"mg/dl", 88.42}, {"mg/l", 8.842}}},
	{"glucose", []unitSize{{"mmol/l", 1}, {"mg/dl", 0.05551}}},
	{"cholesterol", []unitSize{{"mmol/l", 1}, {"mg/dl", 0.02586}}},
	{"triglyceride", []unitSize{{"mmol/l", 1}, {"mg/dl", 0.01129}}},
	{"bilirubin", []unitSize{{"umol/l", 1}, {"mg/dl", 17.104}}},
	{"urea", []unitSize{{"mmol/l", 1}, {"mg/dl", 0.1665}}},
	{"calcium", []unitSize{{"mmol/l", 1}, {"mg/dl", 0.2495}}},
}

type unitSize struct {
	unit string
	size float64
}

// unitSpellings are other ways to write a unit, after the signs were made plain.
var unitSpellings = map[string]string{"kilo": "kg", "kilogram": "kg", "gram": "g", "gr": "g", "milligram": "mg", "meter": "m",
	"centimeter": "cm", "cm.": "cm", "millimeter": "mm", "liter": "l", "desiliter": "dl", "milliliter": "ml", "dager": "d",
	"dag": "d", "day": "d", "days": "d", "døgn": "d", "timer": "t", "time": "t", "h": "t", "hour": "t", "hours": "t",
	"minutt": "min", "minutter": "min", "minutes": "min", "mikromol/l": "umol/l", "mcmol/l": "umol/l",
	"millimol/l": "mmol/l", "mcg/l": "ug/l", "x10^9/l": "10e9/l", "10^9/l": "10e9/l", "10*9/l": "10e9/l", "x10e9/l": "10e9/l",
	"10^6/l": "10e6/l", "10^12/l": "10e12/l", "slag/min": "/min", "bpm": "/min", "per min": "/min", "pr min": "/min",
	"year": "år", "years": "år", "prosent": "%", "percent": "%", "uker": "uke", "weeks": "uke", "mm hg": "mmhg",
	"grader": "°c", "celsius": "°c", "°": "°c", "mikrogram/l": "ug/l"}

var unitSigns = strings.NewReplacer("μ", "u", "µ", "u", "[", "", "]", "", " / ", "/")

// plainUnit writes a unit one way.
func plainUnit(s string) string {
	s = strings.ReplaceAll(unitSigns.Replace(lower(s)), "/liter", "/l")
	if other := unitSpellings[s]; other != "" {
		return other
	}
	return s
}

// cutUnit takes a unit in brackets off the end of a label: «Kreatinin (µmol/l)».
func cutUnit(label string) (rest, unit string) {
	t := strings.TrimSpace(label)
	for _, pair := range []string{"()", "[]"} {
		if i := strings.LastIndexByte(t, pair[0]); i > 0 && strings.HasSuffix(t, pair[1:]) {
			if inner := t[i+1 : len(t)-1]; isUnit(inner) {
				return strings.TrimSpace(t[:i]), strings.TrimSpace(inner)
			}
		}
	}
	if i := strings.LastIndexByte(t, ','); i > 0 && isUnit(t[i+1:]) {
		return strings.TrimSpace(t[:i]), strings.TrimSpace(t[i+1:])
	}
	return label, ""
}

// otherUnits are units that turn into no other here.
var otherUnits = []string{"%", "/min", "°c", "år", "uke", "mmol/mol", "ml/min", "ml/min/1.73m2", "u/l", "kg/m2", "ie/l", "score", "pg",
	"fl", "mm/t", "l/min", "kcal", "mg/kg"}

var isPlainUnit = func() map[string]bool {
	m := set(otherUnits)
	for _, g := range unitGroups {
		for _, x := range g.units {
			m[x.unit] = true
		}
	}
	return m
}()

func isUnit(s string) bool { return isPlainUnit[plainUnit(s)] }

// How two units stand to each other.
type unitMatch int

const (
	unknownUnit unitMatch = iota
	sameUnit
	convertible
	otherUnit
)

// compareUnits takes units that are written plainly.
func compareUnits(a, b string) unitMatch {
	switch {
	case !isPlainUnit[a] || !isPlainUnit[b]:
		return unknownUnit
	case a == b:
		return sameUnit
	}
	for i := range unitGroups {
		if _, ok := unitGroups[i].factor(b, a); ok {
			return convertible
		}
	}
	return otherUnit
}

// unitGroup is one line of the table.
type unitGroup struct {
	concept string // only for fields and variables that say so; "" for all
	units   []unitSize
}

// factor gives what a value in one unit is multiplied by to be in another; false when the group lacks one of them.
func (g *unitGroup) factor(from, to string) (float64, bool) {
	a := slices.IndexFunc(g.units, func(u unitSize) bool { return u.unit == from })
	b := slices.IndexFunc(g.units, func(u unitSize) bool { return u.unit == to })
	if a < 0 || b < 0 {
		return 0, false
	}
	return g.units[a].size / g.units[b].size, true
}
