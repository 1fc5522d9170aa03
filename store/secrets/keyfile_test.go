package secrets

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samband/store"
)

func TestKeyIsMadeOnceAndKept(t *testing.T) {
	k := Keys{Dir: filepath.Join(t.TempDir(), "keys")}
	if _, _, err := k.Key(VaultKey, false); store.CodeOf(err) != "key.missing" {
		t.Fatalf("a missing key gives %v", err)
	}
	first, made, err := k.Key(VaultKey, true)
	if err != nil || !made || len(first) != KeySize {
		t.Fatalf("%d bytes, made %v, %v", len(first), made, err)
	}
	again, made, err := k.Key(VaultKey, true)
	if err != nil || made || !bytes.Equal(first, again) {
		t.Fatalf("the key changed: made %v, %v", made, err)
	}
	if info, _ := os.Stat(filepath.Join(k.Dir, "vault.key")); info.Mode().Perm() != 0o400 {
		t.Errorf("the file has mode %v", info.Mode())
	}
	left, _ := os.ReadDir(k.Dir)
	if len(left) != 1 {
		t.Errorf("%d files are left", len(left))
	}
}

func TestKeyRefuses(t *testing.T) {
	good := strings.Repeat("ab", KeySize)
	for name, c := range map[string]struct {
		text string
		mode os.FileMode
		want store.Code
	}{
		"others can read it": {good, 0o440, "key.readable"},
		"too short":          {good[:62], 0o400, "key.broken"},
		"not hexadecimal":    {strings.Repeat("xy", KeySize), 0o400, "key.broken"},
		"good":               {good + "\n", 0o400, ""},
	} {
		k := Keys{Dir: t.TempDir()}
		path := filepath.Join(k.Dir, "vault.key")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		os.Chmod(path, c.mode)
		_, _, err := k.Key(VaultKey, true)
		if store.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), c.text[:20]) {
			t.Errorf("%s: the error shows the key", name)
		}
	}
}

func TestKeyFromEnvironment(t *testing.T) {
	k := Keys{Dir: t.TempDir(), Getenv: func(name string) string {
		if name == "SAMBAND_KEY_VAULT" {
			return strings.Repeat("01", KeySize)
		}
		return ""
	}}
	key, made, err := k.Key(VaultKey, true)
	if err != nil || made || !bytes.Equal(key, bytes.Repeat([]byte{1}, KeySize)) {
		t.Errorf("%x %v %v", key, made, err)
	}
}
