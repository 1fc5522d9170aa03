package storetest_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"samband/store"
	"samband/store/db"
)

// raw opens the database past the package.
func (e *engine) raw(t testing.TB) *sql.DB {
	driver, name := "pgx", e.options.URL
	if name == "" {
		driver, name = "sqlite", e.options.Path
	}
	d, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestNewerSchema(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		if e.options.URL == "" {
			e.options.Path = filepath.Join(t.TempDir(), "portal.db") // a name that raw can take as it is
		}
		d := e.open(t)
		world(t, d)
		ok(t, d.Close())
		_, err := e.raw(t).Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)`)
		ok(t, err)
		_, err = db.Open(t.Context(), e.options)
		want(t, err, store.Refused, "db.newer_schema")
		var n int
		ok(t, e.raw(t).QueryRow(`SELECT COUNT(*) FROM audit_entry`).Scan(&n))
		if n == 0 {
			t.Fatal("the refusal took the log with it")
		}
		_, err = e.raw(t).Exec(`DELETE FROM goose_db_version WHERE version_id = 99999`)
		ok(t, err)
		d = e.open(t)
		same(t, len(must(d.Solutions(t.Context()))), 1)
	})
}

func TestCannotOpen(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	ok(t, os.WriteFile(text,
		[]byte("this is no database, and it is longer than a header of one hundred bytes, so that it is looked at, surely"),
		0o600))
	clock := store.NewFakeClock(start)
	for name, c := range map[string]struct {
		options db.Options
		code    store.Code
	}{
		"no folder":  {db.Options{Path: filepath.Join(dir, "none", "portal.db")}, "db.open"},
		"a folder":   {db.Options{Path: dir}, "db.open"},
		"not ours":   {db.Options{Path: text}, "db.damaged"},
		"no server":  {db.Options{URL: "postgres://samband@localhost/x?host=" + dir}, "db.open"},
		"no address": {db.Options{URL: "postgres://%zz"}, "db.open"},
	} {
		c.options.Clock, c.options.IDs = clock, store.RandomIDs{}
		_, err := db.Open(t.Context(), c.options)
		if store.CodeOf(err) != c.code || store.ClassOf(err) != store.Unavailable {
			t.Errorf("%s: %v", name, err)
		}
	}
	path := filepath.Join(dir, "portal.db")
	d, err := db.Open(t.Context(), db.Options{Path: path, Clock: clock, IDs: store.RandomIDs{}})
	ok(t, err)
	defer d.Close()
	world(t, d)
	for _, suffix := range []string{"", "-wal", "-shm"} {
		f, err := os.Stat(path + suffix)
		ok(t, err)
		if f.Mode().Perm() != 0o600 {
			t.Errorf("portal.db%s can be read by others: %v", suffix, f.Mode())
		}
	}
}
