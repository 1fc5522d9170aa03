package db

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"samband/store"
	"samband/store/image"
)

// TestUpgradeAndBack takes a database of the first program that there was to today's tables, and back to the copy that
// was kept, where the first program finds everything as it left it.
func TestUpgradeAndBack(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	by := store.Actor{Name: "Ola"}
	o := Options{Path: filepath.Join(dir, "portal.db"), Keep: filepath.Join(dir, "before"), IDs: store.RandomIDs{},
		Clock: store.NewFakeClock(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC))}
	// first opens the file as the first program did.
	first := func() *DB {
		t.Helper()
		d := &DB{clock: o.Clock, ids: o.IDs}
		if err := d.openSQLite(o.Path); err != nil {
			t.Fatal(err)
		}
		p, err := d.provider(false)
		if err == nil {
			_, err = p.UpTo(ctx, 1)
		}
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	setting := func(d *DB) string {
		t.Helper()
		v, err := d.Setting(ctx, "x")
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	old := first()
	if _, err := old.write.Exec(`INSERT INTO setting (name, value) VALUES ('x', 'before')`); err != nil {
		t.Fatal(err)
	}
	old.Close()

	// Without room for the copy nothing is changed.
	if err := os.WriteFile(o.Keep, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, o); store.CodeOf(err) != "db.keep" {
		t.Fatalf("with nowhere to keep a copy: %v", err)
	}
	old = first()
	if v, err := old.Schema(ctx); err != nil || v != 1 {
		t.Errorf("the tables are those of %d, %v", v, err)
	}
	old.Close()
	os.Remove(o.Keep)

	d, err := Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	known, err := Known()
	if v, err2 := d.Schema(ctx); err != nil || err2 != nil || v != known || setting(d) != "before" {
		t.Errorf("the tables are those of %d of %d, %v, %v", v, known, err, err2)
	}
	if err := d.PutSetting(ctx, "x", "after", by); err != nil {
		t.Fatal(err)
	}
	d.Close()

	kept, err := filepath.Glob(filepath.Join(o.Keep, "*"))
	if err != nil || len(kept) != 1 || filepath.Base(kept[0]) != "portal-00001-2026-11-23T10-00-00Z.db" {
		t.Fatalf("%v, %v", kept, err)
	}
	if err := image.CheckFile(ctx, kept[0]); err != nil {
		t.Error(err)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		os.Remove(o.Path + suffix)
	}
	if err := image.Copy(ctx, kept[0], o.Path); err != nil {
		t.Fatal(err)
	}
	old = first()
	if v, err := old.Schema(ctx); err != nil || v != 1 || setting(old) != "before" {
		t.Errorf("back: the tables are those of %d, setting %q, %v", v, setting(old), err)
	}
	old.Close()
	if d, err = Open(ctx, o); err != nil || setting(d) != "before" { // and forward again
		t.Fatal(err)
	}
	d.Close()
}

// TestKeptBefore: opening what needs no change keeps nothing, and of many copies the newest are left.
func TestKeptBefore(t *testing.T) {
	o := Options{Path: filepath.Join(t.TempDir(), "portal.db"), Keep: filepath.Join(t.TempDir(), "before"), IDs: store.RandomIDs{},
		Clock: store.SystemClock{}}
	for range 2 {
		d, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		d.Close()
	}
	if list, _ := os.ReadDir(o.Keep); len(list) != 0 {
		t.Errorf("%d copies of what wasn't changed", len(list))
	}
	for n := range int64(5) {
		if err := keepBefore(t.Context(), o, 10+n); err != nil {
			t.Fatal(err)
		}
	}
	list, _ := filepath.Glob(filepath.Join(o.Keep, "portal-*.db"))
	if len(list) != kept || filepath.Base(list[0])[:12] != fmt.Sprintf("portal-%05d", 12) {
		t.Errorf("%v are left", list)
	}
}

// TestFullPortal: a full disk is told of, costs nothing that was saved, and is over when there is room.
func TestFullPortal(t *testing.T) {
	ctx, by := t.Context(), store.Actor{Name: "Ola"}
	d := openTest(t)
	if err := d.PutSetting(ctx, "kept", "yes", by); err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := d.write.QueryRow(`PRAGMA page_count`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(n int) {
		t.Helper()
		if _, err := d.write.Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, n)); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages)
	var err error
	n := 0
	for ; err == nil && n < 10_000; n++ {
		err = d.PutSetting(ctx, fmt.Sprint("s", n), string(make([]byte, 500)), by)
	}
	if store.CodeOf(err) != "db.full" || store.ClassOf(err) != store.Unavailable {
		t.Fatalf("after %d: %v", n, err)
	}
	if v, err := d.Setting(ctx, "kept"); v != "yes" || err != nil {
		t.Errorf("what was saved is %q, %v", v, err)
	}
	if v, err := d.Setting(ctx, fmt.Sprint("s", n-1)); v != "" || err != nil {
		t.Errorf("what was not saved is there: %v", err)
	}
	if err := d.AuditSound(ctx); err != nil {
		t.Error(err)
	}
	limit(1 << 30)
	if err := d.PutSetting(ctx, "again", "yes", by); err != nil {
		t.Errorf("with room again: %v", err)
	}
}
