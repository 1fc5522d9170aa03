package store

import (
	"crypto/rand"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestPseudonymText(t *testing.T) {
	for p, want := range map[Pseudonym]string{
		{}:                  "P-0000000000000000000000000000",
		{15: 1}:             "P-0000000000000000000000000101",
		{0: 0xff, 15: 0xff}: "P-7Z00000000000000000000007ZBW",
	} {
		if got := p.String(); got != want || len(got) != PseudonymLength {
			t.Errorf("%x: %s, want %s", p, got, want)
		}
	}
	form := regexp.MustCompile(`^P-[0-9A-HJKMNP-TV-Z]{28}$`)
	for range 200 {
		var p Pseudonym
		rand.Read(p[:])
		s := p.String()
		if !form.MatchString(s) {
			t.Fatal(s)
		}
		for _, w := range []string{s, strings.ToLower(s), strings.NewReplacer("0", "o", "1", "l").Replace(s)} {
			if got, ok := ParsePseudonym(w); !ok || got != p {
				t.Fatal(w)
			}
		}
		for i := 2; i < len(s); i++ {
			for _, c := range []byte(crockford) {
				w := []byte(s)
				if w[i] = c; c != s[i] {
					if _, ok := ParsePseudonym(string(w)); ok {
						t.Fatalf("%s passes for %s", w, s)
					}
				}
			}
			if w := []byte(s); i > 2 && i < 28 && w[i] != w[i-1] {
				w[i], w[i-1] = w[i-1], w[i]
				if _, ok := ParsePseudonym(string(w)); ok {
					t.Fatalf("%s passes for %s", w, s)
				}
			}
		}
	}
	for _, s := range []string{"", "P-", "Q-0000000000000000000000000000", "P-000000000000000000000000000", "P-80000000000000000000000000" + "00",
		"P-U000000000000000000000000000"} {
		if _, ok := ParsePseudonym(s); ok {
			t.Errorf("%q passes", s)
		}
	}
}

// Dumps of health data and of persons are read side by side, so the text has to sort as the bits do.
func TestPseudonymTextSorts(t *testing.T) {
	var all []Pseudonym
	for range 500 {
		var p Pseudonym
		rand.Read(p[:])
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b Pseudonym) int { return strings.Compare(string(a[:]), string(b[:])) })
	if !slices.IsSortedFunc(all, func(a, b Pseudonym) int { return strings.Compare(a.String(), b.String()) }) {
		t.Error("the text sorts otherwise")
	}
}
