package store

import (
	"strings"
	"testing"
)

func TestEmergencyCode(t *testing.T) {
	seen := map[string]bool{}
	for _, role := range EmergencyRoles {
		code, sealed, err := NewEmergencyCode(role)
		if err != nil {
			t.Fatal(err)
		}
		bare := strings.ReplaceAll(code, "-", "")
		if len(bare)*5 < 128 || seen[code] || sealed.Role != role || strings.Contains(string(sealed.Hash), bare) {
			t.Errorf("%q is sealed as %+v", code, sealed)
		}
		seen[code] = true
		misread := strings.NewReplacer("O", "0", "I", "1", "B", "8").Replace(code)
		for _, typed := range []string{code, bare, strings.ToLower(code), " " + strings.ReplaceAll(code, "-", " ") + "\n", misread} {
			if !sealed.Opens(typed) {
				t.Errorf("%q does not open %q", typed, code)
			}
		}
		flipped := "A" + bare[1:]
		if bare[0] == 'A' {
			flipped = "C" + bare[1:]
		}
		for _, typed := range []string{"", flipped, bare[1:], bare + "A", string(sealed.Hash)} {
			if sealed.Opens(typed) {
				t.Errorf("%q opens %q", typed, code)
			}
		}
	}
	for _, role := range []PortalRole{RoleReader, RoleCoordinator, RoleAuditor, ""} {
		if _, _, err := NewEmergencyCode(role); CodeOf(err) != "field.choice" {
			t.Errorf("a code for %q: %v", role, err)
		}
	}
}

func TestSessionRef(t *testing.T) {
	a, b := Session{Hash: strings.Repeat("a", 64)}, Session{Hash: strings.Repeat("b", 64)}
	if a.Ref() == b.Ref() || len(a.Ref()) != 12 || strings.Contains(a.Hash, a.Ref()) {
		t.Errorf("the sessions are called %s and %s", a.Ref(), b.Ref())
	}
}
