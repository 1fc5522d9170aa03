package jobs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samband/jobs/backup"
	"samband/store"
)

// TestBackupOnPostgres: the server backs its databases up; what lies in files is backed up here, by who says to know.
func TestBackupOnPostgres(t *testing.T) {
	h := openHall(t)
	h.clock = store.NewFakeClock(h.Clock.Now()) // of what is delivered
	h.deliver(1)
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Fatalf("%s %s", r.State, r.Reason)
	}
	sets := filepath.Join(t.TempDir(), "sets")
	if _, err := h.MakeBackup(t.Context(), sets, BackupOptions{}, by); store.CodeOf(err) != "backup.postgres" {
		t.Fatalf("without saying so: %v", err)
	}
	b, err := h.MakeBackup(t.Context(), sets, BackupOptions{Files: true}, by)
	if err != nil || !b.Postgres {
		t.Fatalf("%+v, %v", b, err)
	}
	s, err := backup.Open(b.Path, h.Verifier())
	if err != nil {
		t.Fatal(err)
	}
	sealed := ""
	for _, f := range s.Files {
		if strings.HasSuffix(f.Name, ".db") || strings.HasSuffix(f.Name, ".key") {
			t.Errorf("%s is in the set", f.Name)
		}
		if strings.HasPrefix(f.Name, "sealed/") {
			sealed = f.Name
		}
	}
	if sealed == "" {
		t.Fatalf("no delivery is in the set: %+v", s.Files)
	}
	c := h.conf
	c.Data, c.Shared, c.Keys = filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "shared"), h.keys
	r, err := Restore(t.Context(), c, b.Path)
	if err != nil || !r.Postgres {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := os.Stat(filepath.Join(c.Shared, sealed)); err != nil {
		t.Errorf("the delivery is not where processes share it: %v", err)
	}
	if l := h.Lost(); l != nil {
		t.Error(l)
	}
	if m, err := h.measure(t.Context()); err != nil || m.Registries[demoRegistry] == 0 || m.Loaded == 0 {
		t.Errorf("the mark says nothing of registries on the server: %+v, %v", m, err)
	}
}
