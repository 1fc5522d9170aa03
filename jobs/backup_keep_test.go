package jobs

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/httpx/httpxtest"
	"samband/jobs/spool"
	"samband/store"
)

// heard notes which pages a source is asked for.
type heard struct {
	connector.Pager
	pages []string
}

func (p *heard) Page(ctx context.Context, of store.Period, cursor string, b *connector.Batch) (string, error) {
	p.pages = append(p.pages, cursor)
	return p.Pager.Page(ctx, of, cursor, b)
}

// TestBackupOfExtract: what was extracted when the backup was made is in it, though the run goes on and ends while the
// files are copied, and the source is asked only for the rest.
func TestBackupOfExtract(t *testing.T) {
	h, server := openPaged(t)
	open := h.conf.Connectors[0].OpenPager
	p, err := open(connector.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	source := &heard{Pager: p}
	h.connectors[h.conf.Connectors[0].Kind.Name] = h.conf.Connectors[0]
	const failing = 20
	server.Ail(httpxtest.Fault{Kind: httpxtest.Status, Status: 503, Page: failing})
	r := h.asked()
	_, err = spool.Extract(t.Context(), source, spool.Options{Dir: h.Dir.Spool(r.ID), SealDir: t.TempDir(), Key: h.sealKey, Name: "x",
		Slice: 1, Clock: h.clock})
	if err == nil {
		t.Fatal("the source does not fail")
	}
	if r = h.carriedOut(r.ID); !r.Waiting() {
		t.Fatalf("%s %s", r.State, r.Reason)
	}
	if left, _ := filepath.Glob(filepath.Join(h.Dir.Spool(r.ID), "*.slice")); len(left) < failing-1 {
		t.Fatalf("%d slices", len(left))
	}
	set := h.backupTo(filepath.Join(t.TempDir(), "sets"))
	if left, _ := filepath.Glob(filepath.Join(h.conf.Data, linkedSpools+"*")); len(left) != 0 {
		t.Errorf("left in the data folder: %v", left)
	}
	server.Ail(httpxtest.Fault{})

	n := &house{t: t, clock: h.clock, conf: h.keysOnly()}
	if _, err := Restore(t.Context(), n.conf, set); err != nil {
		t.Fatal(err)
	}
	source.pages = nil
	n.conf.Connectors = slices.Clone(n.conf.Connectors)
	n.conf.Connectors[0].OpenPager = func(connector.Settings) (connector.Pager, error) { return source, nil }
	n.reopen()
	t.Cleanup(n.Close)
	if err := n.ConfirmRestore(t.Context(), "øvelse", by); err != nil {
		t.Fatal(err)
	}
	r = n.carriedOut(r.ID)
	if r.State != store.RunSucceeded || r.Counts.Read == 0 || !r.Counts.Balanced() {
		t.Fatalf("%s %s %+v", r.State, r.Reason, r.Counts)
	}
	if slices.Contains(source.pages, "") || slices.Contains(source.pages, "5") || len(source.pages) == 0 {
		t.Errorf("the source was asked again for what was in the backup: %v", source.pages)
	}
}

// TestSpoolsStandStill: what a run puts away after the moment of a backup is still in it.
func TestSpoolsStandStill(t *testing.T) {
	h := open(t)
	dir := h.Dir.Spool("r1")
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("000001.slice", "en")
	write(".part-2", "halv")
	folder, err := h.linkSpools("x", h.clock.Now(), os.Link)
	if err != nil {
		t.Fatal(err)
	}
	write("000002.slice", "to")
	if err := os.RemoveAll(h.Dir.Spools()); err != nil {
		t.Fatal(err)
	}
	if got, err := filepath.Glob(filepath.Join(folder, "*", "*")); err != nil || len(got) != 1 || !strings.HasSuffix(got[0], "r1/000001.slice") {
		t.Errorf("%v, %v", got, err)
	}
	old := h.clock.Now().Add(25 * time.Hour)
	if folder, err = h.linkSpools("y", old, os.Link); err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	if left, _ := filepath.Glob(filepath.Join(h.conf.Data, linkedSpools+"*")); len(left) > 2 {
		t.Errorf("what a killed process left is still there: %v", left)
	}
}

// TestSpoolsWithoutLinks: where a file can have only one name extracts are copied, and one whose run ends just then is
// left out.
func TestSpoolsWithoutLinks(t *testing.T) {
	h := open(t)
	dir := h.Dir.Spool("r1")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"000001.slice": "en", "000002.slice": "to", "000003.slice": "tre"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	folder, err := h.linkSpools("x", h.clock.Now(), func(from, to string) error {
		if strings.HasSuffix(from, "2.slice") {
			os.Remove(from)
		}
		return &os.LinkError{Op: "link", Old: from, New: to, Err: syscall.EPERM}
	})
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	for name, want := range map[string]string{"000001.slice": "en", "000002.slice": "", "000003.slice": "tre"} {
		os.WriteFile(filepath.Join(dir, name), []byte("noe annet"), 0o600) // the copy is no second name
		got, err := os.ReadFile(filepath.Join(folder, "r1", name))
		if string(got) != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestKeepBackups: older sets go when a newer one is whole and can be opened by somebody, and never another way.
func TestKeepBackups(t *testing.T) {
	h := open(t)
	sets := filepath.Join(t.TempDir(), "sets")
	make := func(keep int) Backup {
		t.Helper()
		h.clock.Advance(time.Hour)
		b, err := h.MakeBackup(t.Context(), sets, BackupOptions{Keep: keep}, by)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	names := func() (all []string) {
		t.Helper()
		list, err := os.ReadDir(sets)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if e.Name() != personKeys {
				all = append(all, e.Name())
			}
		}
		return all
	}
	name := func(b Backup) string { return filepath.Base(b.Path) }
	if _, err := h.MakeBackup(t.Context(), sets, BackupOptions{Keep: -1}, by); store.CodeOf(err) != "backup.keep" {
		t.Errorf("keeps a negative number: %v", err)
	}
	first, second := make(0), make(1)
	if len(second.Removed) != 0 || len(names()) != 2 {
		t.Errorf("a backup that nobody can read took the place of another: %v", second.Removed)
	}
	if _, err := h.CopyKeys(t.Context(), filepath.Join(t.TempDir(), "safe"), by); err != nil {
		t.Fatal(err)
	}
	third := make(2)
	if !slices.Equal(third.Removed, []string{name(first)}) || !slices.Equal(names(), []string{name(second), name(third)}) {
		t.Errorf("removed %v, left %v", third.Removed, names())
	}
	if keys, err := os.ReadDir(filepath.Join(sets, personKeys)); err != nil || len(keys) != 1 {
		t.Errorf("%d copies of the persons' keys, %v", len(keys), err)
	}
	list := h.entries(backupMade)
	if len(list) != 3 || !strings.Contains(strings.Join(textsOf(list[0].Details, "removed"), " "), name(first)) {
		t.Errorf("the log does not tell: %+v", list[0].Details)
	}

	// What isn't whole, isn't ours or isn't a set is not counted and not touched.
	os.Remove(filepath.Join(second.Path, "vault.db.age"))
	other := open(t)
	foreign, err := other.MakeBackup(t.Context(), sets, BackupOptions{}, by)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(sets, "notater"), 0o700); err != nil {
		t.Fatal(err)
	}
	fourth := make(1)
	want := []string{name(foreign), name(second), name(fourth), "notater"}
	slices.Sort(want)
	if !slices.Equal(fourth.Removed, []string{name(third)}) || !slices.Equal(names(), want) {
		t.Errorf("removed %v, left %v, want %v", fourth.Removed, names(), want)
	}

	// A clock that was set back doesn't make the newest the oldest.
	h.clock.Advance(-48 * time.Hour)
	fifth := make(1)
	if _, err := os.Stat(fifth.Path); err != nil || !slices.Equal(fifth.Removed, []string{name(fourth)}) {
		t.Errorf("removed %v, %v", fifth.Removed, err)
	}
}

// TestOldBackupAlerts: people are told when there is no backup any more that counts, and it closes itself.
func TestOldBackupAlerts(t *testing.T) {
	h := open(t)
	h.Demo = false
	sets := filepath.Join(t.TempDir(), "sets")
	if a := h.partAlert("backup_none"); a == nil || a.Code != "backup.none" {
		t.Errorf("none was made: %+v", a)
	}
	if _, err := h.CopyKeys(t.Context(), filepath.Join(t.TempDir(), "safe"), by); err != nil {
		t.Fatal(err)
	}
	h.backupTo(sets)
	if a := h.partAlert("backup"); a != nil || h.partAlert("backup_none") != nil {
		t.Errorf("there is one: %+v", a)
	}
	h.clock.Advance(backupEvery + time.Hour)
	if a := h.partAlert("backup"); a == nil || a.Code != "backup.old" || a.Args["hours"] == nil {
		t.Errorf("it is old: %+v", a)
	}
	h.backupTo(sets)
	if a := h.partAlert("backup"); a != nil {
		t.Errorf("there is a new one: %+v", a)
	}
}
