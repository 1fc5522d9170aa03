package text

import (
	"strings"
	"testing"

	"samband/store"
)

func TestIdentHasASentencePerCode(t *testing.T) {
	keys := []string{}
	for _, c := range []store.Code{store.IdentLength, store.IdentNonDigit, store.IdentDate, store.IdentChecksum1,
		store.IdentChecksum2, store.IdentSynthetic, store.IdentReal, store.IdentIssuer, store.IdentUnknownKind,
		store.IdentOrganisation, store.IdentInstitution, store.IdentRESH, store.IdentHER, store.IdentHPR} {
		keys = append(keys, "error."+string(c))
	}
	for _, c := range store.IdentWarnings(0xff).Codes() {
		keys = append(keys, "warning."+string(c))
	}
	for _, key := range keys {
		m := ident[key]
		for lang, s := range map[Lang]string{NB: m.NB, NN: m.NN, EN: m.EN} {
			if s == "" || strings.Contains(s, "{") || T(lang, key) != s {
				t.Errorf("%s in %s: %q", key, lang, s)
			}
		}
	}
	if len(keys) != len(ident) {
		t.Errorf("%d codes, %d texts", len(keys), len(ident))
	}
}
