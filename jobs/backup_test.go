package jobs

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/jobs/backup"
	"samband/store"
	"samband/store/secrets"
	"samband/store/seed"
)

// backupTo makes a set and gives its path.
func (h *house) backupTo(folder string) string {
	h.t.Helper()
	b, err := h.MakeBackup(h.t.Context(), folder, BackupOptions{}, by)
	if err != nil {
		h.t.Fatal(err)
	}
	return b.Path
}

// keysOnly makes a data folder with nothing but the installation's keys, and gives the configuration of one there.
func (h *house) keysOnly() Config {
	h.t.Helper()
	c := h.conf
	c.Data = filepath.Join(h.t.TempDir(), "data")
	if err := os.CopyFS(filepath.Join(c.Data, "keys"), os.DirFS(filepath.Join(h.conf.Data, "keys"))); err != nil {
		h.t.Fatal(err)
	}
	list, err := filepath.Glob(filepath.Join(c.Data, "keys", "*.key"))
	for _, path := range list {
		err = errors.Join(err, os.Chmod(path, 0o400))
	}
	if err != nil || len(list) == 0 {
		h.t.Fatal(err)
	}
	return c
}

// restored opens an installation that a set was put back into.
func (h *house) restored(set string) *house {
	h.t.Helper()
	n := &house{t: h.t, clock: h.clock, conf: h.keysOnly()}
	if _, err := Restore(h.t.Context(), n.conf, set); err != nil {
		h.t.Fatal(err)
	}
	n.reopen()
	h.t.Cleanup(func() { n.Close() })
	return n
}

// holds gives what the registry holds, row by row, with the person in place of the pseudonym, which is drawn.
func (h *house) holds() []string {
	h.t.Helper()
	var health, identity bytes.Buffer
	if _, err := h.Dump(h.t.Context(), demoRegistry, &health, &identity, by); err != nil {
		h.t.Fatal(err)
	}
	table := func(b *bytes.Buffer) (at int, rows [][]string) {
		r := csv.NewReader(b)
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil {
			h.t.Fatal(err)
		}
		return slices.Index(rows[0], "pseudonym"), rows[1:]
	}
	persons := map[string]string{}
	at, rows := table(&identity)
	for _, r := range rows {
		persons[r[at]] = strings.Join(slices.Delete(slices.Clone(r), at, at+1), ";")
	}
	at, rows = table(&health)
	var all []string
	for _, r := range rows {
		if persons[r[at]] == "" {
			h.t.Fatal("a row is nobody's")
		}
		r[at] = persons[r[at]]
		all = append(all, strings.Join(r, ";"))
	}
	slices.Sort(all)
	return all
}

// TestRestoreDrill makes a backup at each stage of a load, puts it back on a clean folder, lets it settle what was at
// work, delivers again, and ends with what the first one holds: nothing lost, nothing doubled.
func TestRestoreDrill(t *testing.T) {
	for _, at := range []store.Stage{store.StageExtract, store.StageDecide, store.StageCommit, store.StageDone} {
		t.Run(string(at), func(t *testing.T) {
			h := open(t)
			h.deliver(1)
			if r := h.run(""); r.State != store.RunSucceeded {
				t.Fatalf("%s %s", r.State, r.Reason)
			}
			h.deliver(2)
			delivery := filepath.Join(t.TempDir(), "delivery")
			if err := os.CopyFS(delivery, os.DirFS(h.demoFolder())); err != nil {
				t.Fatal(err)
			}
			set := ""
			r, err := h.RunNow(t.Context(), RunRequest{IntegrationID: seed.DemoIntegration, By: by, Progress: func(p Progress) {
				if p.Stage == at && set == "" {
					set = h.backupTo(filepath.Join(t.TempDir(), "sets"))
				}
			}})
			if err != nil || r.State != store.RunSucceeded || set == "" {
				t.Fatalf("%v, %v, set %q", r, err, set)
			}
			want := h.holds()

			n := h.restored(set)
			if err := n.Reconcile(t.Context()); err != nil {
				t.Fatal(err)
			}
			if p := n.Lost(); p == nil || p.Code != "mark.restored" {
				t.Fatalf("what was put back runs: %v", p)
			}
			if r := n.run(""); r.State != store.RunRefused || r.Reason != "mark.restored" {
				t.Errorf("a run before anybody has confirmed it: %s %s", r.State, r.Reason)
			}
			n.reopen() // it is not forgotten
			if err := n.ConfirmRestore(t.Context(), " ", by); store.CodeOf(err) != "audit.no_reason" {
				t.Errorf("without a reason: %v", err)
			}
			if err := n.ConfirmRestore(t.Context(), "øvelse", by); err != nil {
				t.Fatal(err)
			}
			os.RemoveAll(n.demoFolder())
			if err := os.CopyFS(n.demoFolder(), os.DirFS(delivery)); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if r := n.run(""); r.State != store.RunSucceeded {
					t.Fatalf("after that: %s %s %v", r.State, r.Reason, r.ReasonArgs)
				}
			}
			if got := n.holds(); !slices.Equal(got, want) {
				t.Errorf("%d rows, %d before", len(got), len(want))
			}
			open, err := n.DB.OpenRuns(t.Context())
			if err != nil || len(open) > 0 {
				t.Errorf("%d runs are not settled, %v", len(open), err)
			}
			if r := n.verify(); !r.OK {
				t.Errorf("the log: %+v", r.Findings)
			}
			n.reopen()
			if n.Lost() != nil || n.LogProblem() != nil {
				t.Errorf("%v, %v", n.Lost(), n.LogProblem())
			}
		})
	}
}

// TestRestoreRefuses: nothing is written unless everything holds.
func TestRestoreRefuses(t *testing.T) {
	h := open(t)
	h.deliver(1)
	h.run("")
	set := h.backupTo(filepath.Join(t.TempDir(), "sets"))
	other := open(t)
	for name, c := range map[string]struct {
		spoil func(set string, c *Config)
		want  store.Code
	}{
		"no set":               {func(set string, _ *Config) { os.RemoveAll(set) }, "backup.not_set"},
		"a byte is flipped":    {func(set string, _ *Config) { flip(t, filepath.Join(set, "portal.db.age")) }, "backup.set_broken"},
		"the end is cut":       {func(set string, _ *Config) { cut(t, filepath.Join(set, "vault.db.age")) }, "backup.set_broken"},
		"a file is gone":       {func(set string, _ *Config) { os.Remove(filepath.Join(set, "vault.db.age")) }, "backup.set_broken"},
		"another manifest":     {func(set string, _ *Config) { flip(t, filepath.Join(set, "manifest.json")) }, "backup.signature"},
		"another name":         {func(set string, _ *Config) { os.Rename(set, set+"x") }, "backup.signature"},
		"files change places":  {func(set string, _ *Config) { swap(t, set, "portal.db.age", "vault.db.age") }, "backup.set_broken"},
		"another installation": {func(_ string, c *Config) { c.Keys.Dir = filepath.Join(other.conf.Data, "keys") }, "backup.signature"},
		"no backup key":        {func(_ string, c *Config) { os.Remove(filepath.Join(c.Data, "keys", "backup.key")) }, "key.missing"},
		"no vault key":         {func(_ string, c *Config) { os.Remove(filepath.Join(c.Data, "keys", "vault.key")) }, "key.missing"},
		"another backup key":   {func(_ string, c *Config) { otherKey(t, c, "backup") }, "backup.key"},
		"another vault key":    {func(_ string, c *Config) { otherKey(t, c, "vault") }, "key.other"},
		"another delivery key": {func(_ string, c *Config) { otherKey(t, c, "delivery") }, "key.other"},
		"another secrets key":  {func(_ string, c *Config) { otherKey(t, c, "secrets") }, "key.other"},
		"something lies there": {func(_ string, c *Config) { os.WriteFile(filepath.Join(c.Data, "portal.db"), nil, 0o600) }, "datadir.not_empty"},
	} {
		t.Run(name, func(t *testing.T) {
			conf := h.keysOnly()
			sets := t.TempDir()
			if err := os.CopyFS(filepath.Join(sets, filepath.Base(set)), os.DirFS(set)); err != nil {
				t.Fatal(err)
			}
			copied := filepath.Join(sets, filepath.Base(set))
			c.spoil(copied, &conf)
			if _, err := os.Stat(copied); err != nil && c.want == "backup.signature" {
				copied += "x"
			}
			before := listed(t, conf.Data)
			if _, err := Restore(t.Context(), conf, copied); store.CodeOf(err) != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
			if after := listed(t, conf.Data); !slices.Equal(before, after) {
				t.Errorf("there was %v, now %v", before, after)
			}
		})
	}
	conf := h.keysOnly()
	if _, err := Restore(t.Context(), conf, filepath.Dir(set)); err != nil { // the newest of the folder
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), conf, set); store.CodeOf(err) != "datadir.not_empty" {
		t.Errorf("over one that is there: %v", err)
	}
	// One that was broken off is nobody's.
	if err := os.WriteFile(filepath.Join(conf.Data, "restoring"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), conf); store.CodeOf(err) != "datadir.restoring" {
		t.Errorf("half restored: %v", err)
	}
}

// otherKey puts another master key where one lies.
func otherKey(t *testing.T, c *Config, name string) {
	t.Helper()
	path := filepath.Join(c.Data, "keys", name+".key")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Repeat("ab", 32)), 0o400); err != nil {
		t.Fatal(err)
	}
}

func listed(t *testing.T, folder string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, _ os.DirEntry, err error) error {
		all = append(all, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func change(t *testing.T, path string, how func([]byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, how(b), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func flip(t *testing.T, path string) {
	t.Helper()
	change(t, path, func(b []byte) []byte { b[len(b)/2] ^= 1; return b })
}

func cut(t *testing.T, path string) {
	t.Helper()
	change(t, path, func(b []byte) []byte { return b[:len(b)-100] })
}

func swap(t *testing.T, folder, a, b string) {
	t.Helper()
	a, b = filepath.Join(folder, a), filepath.Join(folder, b)
	if err := errors.Join(os.Rename(a, a+"x"), os.Rename(b, a), os.Rename(a+"x", b)); err != nil {
		t.Fatal(err)
	}
}

// TestBackupTellsNothing: without the key a set holds nothing that can be read, and no key is in it.
func TestBackupTellsNothing(t *testing.T) {
	h := open(t)
	h.deliver(1)
	h.run("")
	set := h.backupTo(filepath.Join(t.TempDir(), "sets"))
	s, err := backup.Open(set, h.Verifier())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range s.Files {
		if strings.Contains(f.Name, "key") || strings.Contains(f.Name, "sample") || strings.Contains(f.Name, "-wal") {
			t.Errorf("%s is in the set", f.Name)
		}
		b, err := os.ReadFile(filepath.Join(set, f.Name+".age"))
		if err != nil || !bytes.HasPrefix(b, []byte("age-encryption.org/v1\n")) || bytes.Contains(b, []byte("SQLite format")) {
			t.Errorf("%s lies open, %v", f.Name, err)
		}
	}
	names := func(part string) bool {
		return slices.ContainsFunc(s.Files, func(f backup.File) bool { return strings.HasPrefix(f.Name, part) })
	}
	for _, part := range []string{"portal.db", "vault.db", "registries/", "sealed/"} {
		if !names(part) {
			t.Errorf("%s is not in the set", part)
		}
	}
	if err := s.Verify(t.Context(), make([]byte, 32)); store.CodeOf(err) != "backup.key" {
		t.Errorf("with another key: %v", err)
	}
}

// TestBackupNeverHalf: a backup that is broken off leaves the former ones and none of its own.
func TestBackupNeverHalf(t *testing.T) {
	h := open(t)
	sets := filepath.Join(t.TempDir(), "sets")
	h.backupTo(sets)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.MakeBackup(ctx, sets, BackupOptions{}, by); err == nil {
		t.Error("a backup that was broken off succeeded")
	}
	if list, _ := os.ReadDir(sets); len(list) != 2 { // the set, and the persons' keys
		t.Errorf("%d in the folder", len(list))
	}
	left := filepath.Join(sets, ".unfinished-x")
	if err := os.Mkdir(left, 0o700); err != nil {
		t.Fatal(err)
	}
	os.Chtimes(left, time.Time{}, h.clock.Now().Add(-25*time.Hour))
	h.backupTo(sets)
	if _, err := os.Stat(left); err == nil {
		t.Error("what a killed process left is still there")
	}
}

func TestBackupApart(t *testing.T) {
	h := open(t)
	dir := t.TempDir()
	sets, keys := filepath.Join(dir, "sets"), filepath.Join(dir, "keys")
	refused := func(what string, err error) {
		t.Helper()
		if store.CodeOf(err) != "backup.together" {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, folder := range []string{h.conf.Data, filepath.Join(h.conf.Data, "sets"), filepath.Dir(h.conf.Data)} {
		_, err := h.MakeBackup(t.Context(), folder, BackupOptions{}, by)
		refused("a set in "+folder, err)
		_, err = h.CopyKeys(t.Context(), folder, by)
		refused("keys in "+folder, err)
	}
	b, err := h.MakeBackup(t.Context(), sets, BackupOptions{}, by)
	if err != nil || b.KeyKnown {
		t.Fatalf("%+v, %v", b, err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(sets, link); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{sets, filepath.Join(sets, "keys"), link, dir} {
		_, err := h.CopyKeys(t.Context(), folder, by)
		refused("keys in "+folder, err)
	}
	c, err := h.CopyKeys(t.Context(), keys, by)
	if err != nil || len(c.Keys) != len(secrets.Names) || !c.SameDisk {
		t.Fatalf("%+v, %v", c, err)
	}
	if _, err := h.CopyKeys(t.Context(), keys, by); err != nil { // again: read back
		t.Error(err)
	}
	_, err = h.MakeBackup(t.Context(), keys, BackupOptions{}, by)
	refused("a set among the keys", err)
	if b, err = h.MakeBackup(t.Context(), sets, BackupOptions{}, by); err != nil || !b.KeyKnown {
		t.Errorf("%+v, %v", b, err)
	}
	change(t, filepath.Join(keys, "vault.key"), func(b []byte) []byte { return b })
	os.Remove(filepath.Join(keys, "vault.key"))
	if err := os.WriteFile(filepath.Join(keys, "vault.key"), []byte(strings.Repeat("ab", 32)), 0o400); err != nil {
		t.Fatal(err)
	}
	if _, err := h.CopyKeys(t.Context(), keys, by); store.CodeOf(err) != "key.copy_other" {
		t.Errorf("over another key: %v", err)
	}
}

// TestDoctorOnBackups: what counts as a backup.
func TestDoctorOnBackups(t *testing.T) {
	h := open(t)
	says := func(part string) store.Code {
		t.Helper()
		for _, p := range h.Health(t.Context()) {
			if p.Part == part {
				if p.Problem == nil {
					return "ok"
				}
				return p.Problem.Code
			}
		}
		return "none"
	}
	expect := func(part string, want store.Code) {
		t.Helper()
		if got := says(part); got != want {
			t.Errorf("%s: %q, want %q", part, got, want)
		}
	}
	expect("backup_demo", "ok") // the demonstration needs none
	h.Demo = false
	expect("backup_none", "backup.none")
	expect("key_copies", "backup.keys_not_copied")
	set := h.backupTo(filepath.Join(t.TempDir(), "sets"))
	expect("backup", "backup.no_key") // nobody has the key: as good as none
	if _, err := h.CopyKeys(t.Context(), filepath.Join(t.TempDir(), "safe"), by); err != nil {
		t.Fatal(err)
	}
	expect("backup", "ok")
	expect("key_copies", "ok")
	h.clock.Advance(25 * time.Hour)
	flip(t, filepath.Join(set, "portal.db.age")) // a disk that forgets
	expect("backup", "ok")
	for range 2 {
		if err := h.dueBackupReading(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	expect("backup", "backup.broken")
	list, err := h.DB.Audit(t.Context(), store.AuditFilter{All: true, Action: backupVerified})
	if err != nil || len(list) != 1 || list[0].Result != "backup.broken" {
		t.Errorf("%+v, %v", list, err)
	}
	os.Remove(filepath.Join(set, "vault.db.age"))
	expect("backup", "backup.broken")
	os.RemoveAll(set)
	expect("backup", "backup.gone")
	h.backupTo(filepath.Join(t.TempDir(), "sets"))
	expect("backup", "ok")
	h.clock.Advance(37 * time.Hour)
	expect("backup", "backup.old")
	h.Close()
	os.Remove(filepath.Join(h.conf.Data, "keys", "secrets.key")) // and one is made anew
	h.conf.Keys.Getenv = lostKeys("delivery, secrets")
	h.Jobs = nil
	h.reopen()
	h.Demo = false
	expect("key_copies", "backup.keys_not_copied")
}
