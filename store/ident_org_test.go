package store

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseOrgNumber(t *testing.T) {
	for _, s := range []string{"312345676", "311000098", "319876545", "310000108", "210000011", "993467049", "974760673",
		"993 467 049", "993\u00a0467\u00a0049", " 993467049\n"} {
		got, code := ParseOrgNumber(s)
		if want := OrgNumber(dropSpace(s)); code != "" || got != want || len(got) != 9 {
			t.Errorf("%q: %q %q", s, got, code)
		}
	}
	for _, s := range []string{"312345678", "9934670490", "99346704", "", "000000000", "99346704x",
		"９９３４６７０４９", "993-467-049"} {
		if got, code := ParseOrgNumber(s); code != IdentOrganisation || got != "" {
			t.Errorf("%q: %q %q", s, got, code)
		}
	}
}

func TestParseInstitution(t *testing.T) {
	for s, want := range map[string]Institution{
		"9934670490":    {"993467049", ServiceRadiotherapy},
		"9934670491":    {"993467049", ServiceRadiology},
		"9934670492":    {"993467049", ServiceDoses},
		"9934670493":    {"993467049", ServiceInjuries},
		"9934670499":    {"993467049", ServiceEmergency},
		"993467049":     {"993467049", ServiceNone},
		"993 467 049 0": {"993467049", ServiceRadiotherapy},
	} {
		got, code := ParseInstitution(s)
		if code != "" || got != want || got.String() != strings.ReplaceAll(s, " ", "") {
			t.Errorf("%q: %v %q", s, got, code)
		}
	}
	for s, want := range map[string]Code{"9934670494": IdentInstitution, "9934670498": IdentInstitution,
		"993467049x": IdentInstitution, "9934670480": IdentOrganisation, "99346704900": IdentOrganisation,
		"": IdentOrganisation, "312345678": IdentOrganisation} {
		if got, code := ParseInstitution(s); code != want || got != (Institution{}) {
			t.Errorf("%q: %v %q", s, got, code)
		}
	}
}

func TestParseUnitsAndPersonnel(t *testing.T) {
	if n, code := ParseRESH(" 4001031"); code != "" || n != 4001031 {
		t.Errorf("RESH: %d %q", n, code)
	}
	if n, code := ParseHER("90128"); code != "" || n != 90128 {
		t.Errorf("HER: %d %q", n, code)
	}
	for s, want := range map[string]string{"9112347": "9112347", "009112347": "9112347", "123456789": "123456789"} {
		if h, code := ParseHPR(s); code != "" || h.Reveal() != want || h.IsZero() {
			t.Errorf("HPR %s: %q %q", s, h.Reveal(), code)
		}
	}
	a, _ := ParseHPR("9112347")
	if b, _ := ParseHPR("009112347"); a != b {
		t.Error("leading zeros make another HPR-number")
	}
	for _, s := range []string{"", "0", "000000000", "-5", "1234567890", "4001031.0", "4e6", "４００１", "x"} {
		if n, code := ParseRESH(s); code != IdentRESH || n != 0 {
			t.Errorf("RESH %q: %d %q", s, n, code)
		}
		if n, code := ParseHER(s); code != IdentHER || n != 0 {
			t.Errorf("HER %q: %d %q", s, n, code)
		}
		if h, code := ParseHPR(s); code != IdentHPR || !h.IsZero() || h.Reveal() != "" {
			t.Errorf("HPR %q: %q", s, code)
		}
	}
}

func TestOneWrongDigitNeverPassesOrgNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stem := rapid.StringMatching(`[1-9][0-9]{7}`).Draw(t, "stem")
		for k := byte('0'); k <= '9'; k++ {
			b := append([]byte(stem), k)
			if _, code := ParseOrgNumber(string(b)); code != "" {
				continue
			}
			i := rapid.IntRange(0, 8).Draw(t, "place")
			b[i] = '0' + (b[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "change")))%10
			if _, code := ParseOrgNumber(string(b)); code == "" {
				t.Fatalf("%s passes", b)
			}
			return
		}
		t.Skip("remainder 1: no such number")
	})
}
