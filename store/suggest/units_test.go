package suggest

import "testing"

func TestPlainUnit(t *testing.T) {
	for s, want := range map[string]string{
		"mL": "ml", "milliliter": "ml", "Desiliter": "dl", "liter": "l", "L": "l", "l": "l",
		"mmol/L": "mmol/l", "mmol / liter": "mmol/l", "millimol/liter": "mmol/l", "µmol/l": "umol/l", "μmol/L": "umol/l", "mikromol/liter": "umol/l",
		"mikrogram/liter": "ug/l", "10^9/L": "10e9/l", "[kg]": "kg", "Kilogram": "kg", "år": "år", "mm Hg": "mmhg", "slag/min": "/min", "noe annet": "noe annet",
	} {
		if got := plainUnit(s); got != want {
			t.Errorf("%q is %q, not %q", s, got, want)
		}
	}
	for s, want := range unitSpellings {
		if got := plainUnit(s); got != want {
			t.Errorf("the spelling %q gives %q, not %q: it is never looked up as it stands", s, got, want)
		}
		if !isPlainUnit[want] {
			t.Errorf("the spelling %q is of %q, which is no unit of the table", s, want)
		}
	}
	for _, pair := range [][2]string{{"milliliter", "dl"}, {"desiliter", "Liter"}} {
		if got := compareUnits(plainUnit(pair[0]), plainUnit(pair[1])); got != convertible {
			t.Errorf("%s and %s: %v", pair[0], pair[1], got)
		}
	}
}
