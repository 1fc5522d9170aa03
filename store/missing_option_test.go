package store

import "testing"

func TestMissingOption(t *testing.T) {
	for _, x := range []struct {
		code, text string
		want       bool
	}{
		{"-1", "Velg verdi", true}, {"0", "---", true}, {"0", "Ikke registrert", true}, {"9", "Ukjent", true}, {"9", " UKJENT ", true},
		{"99", "(ukjent)", true}, {"0", "None", true}, {"3", "Unknown", true}, {"-1", "Ikke valgt", true}, {"-1", "Velg", true},
		{"-9", "Ikke aktuelt", true}, {"-8", "Ønsker ikke å svare", true}, {"-1", "", true}, {"9", "Veit ikkje", true},
		{"-1", "Opprettet", false}, {"0", "Nei", false}, {"-2", "-2 dioptrier", false}, {"1", "", false}, {"2", "Ikke aktuelt", false},
		{"1", "Velger selv", false}, {"4", "Ukjent primærtumor", false}, {"0", "Ingen", false},
	} {
		if got := MissingOption(x.code, x.text); got != x.want {
			t.Errorf("%s = %q is missing: %v", x.code, x.text, got)
		}
	}
}
