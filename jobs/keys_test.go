package jobs

import (
	"os"
	"path/filepath"
	"testing"

	"samband/store"
	"samband/store/secrets"
)

// TestKeysAreHeldTo: an installation with another master key than the one it was taken into use with would seal what nobody
// opens, and call the old unreadable. It doesn't open, and none is made in the place of one that is lost.
func TestKeysAreHeldTo(t *testing.T) {
	for _, name := range secrets.Names {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			path := filepath.Join(h.conf.Data, "keys", name+".key")
			kept, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := h.keysHold(t.Context()); err != nil {
				t.Error(err)
			}
			otherKey(t, &h.conf, name)
			if err := h.keysHold(t.Context()); store.CodeOf(err) != "key.other" {
				t.Errorf("the open one says %v", err)
			}
			h.Close()
			h.Jobs = nil
			refused := func(want store.Code) {
				t.Helper()
				j, err := Open(t.Context(), h.conf)
				if err == nil {
					j.Close()
				}
				if store.CodeOf(err) != want {
					t.Errorf("%v, want %s", err, want)
				}
			}
			refused("key.other")
			os.Remove(path)
			refused("key.missing")
			if _, err := os.Stat(path); err == nil {
				t.Error("a key was made in the place of the lost one")
			}
			os.Remove(path)
			if err := os.WriteFile(path, kept, 0o400); err != nil {
				t.Fatal(err)
			}
			h.reopen()
		})
	}
}

// lostKeys is an environment in which the operator says that keys are lost.
func lostKeys(names string) func(string) string {
	return func(name string) string { return map[string]string{"SAMBAND_LOST_KEYS": names}[name] }
}

// TestKeyOfANewKindIsMade: an installation that is older than a kind of key gets one when it opens, and is whole before.
func TestKeyOfANewKindIsMade(t *testing.T) {
	h := open(t)
	path := filepath.Join(h.conf.Data, "keys", secrets.LinkKey+".key")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := h.keysHold(t.Context()); store.CodeOf(err) != "key.missing" {
		t.Errorf("one that is in use is gone: %v", err)
	}
	if err := h.DB.PutSetting(t.Context(), keyNote+secrets.LinkKey, "", store.SystemActor()); err != nil {
		t.Fatal(err)
	}
	if err := h.keysHold(t.Context()); err != nil {
		t.Error(err)
	}
	h.reopen()
	if err := h.keysHold(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
