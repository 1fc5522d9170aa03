package db

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/store"
)

func openTest(t *testing.T) *DB {
	t.Helper()
	d, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "portal.db"), Clock: store.SystemClock{},
		IDs: store.RandomIDs{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// TestSQLiteSettings holds what promises rest on: a commit is on the disk, references are kept, and what only reads
// can't write.
func TestSQLiteSettings(t *testing.T) {
	d := openTest(t)
	for _, pool := range []*sql.DB{d.write, d.read} {
		for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1",
			"busy_timeout": "10000"} {
			var got string
			if err := pool.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %s (%v), want %s", pragma, got, err, want)
			}
		}
	}
	if n := d.write.Stats().MaxOpenConnections; n != 1 {
		t.Errorf("%d connections may write", n)
	}
	err := d.view(t.Context(), func(t *tx) error { return t.exec(`UPDATE counter SET value = 9`) })
	if store.CodeOf(err) != "db.away" { // "attempt to write a readonly database"
		t.Errorf("a view wrote, or failed otherwise: %v", err)
	}
}

// TestSQLiteWritersWait holds that a transaction that reads before it writes never fails because of another one.
func TestSQLiteWritersWait(t *testing.T) {
	a := openTest(t)
	var path string
	if err := a.read.QueryRow(`SELECT file FROM pragma_database_list WHERE name = 'main'`).Scan(&path); err != nil {
		t.Fatal(err)
	}
	b, err := Open(t.Context(), Options{Path: path, Clock: store.SystemClock{}, IDs: store.RandomIDs{}})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	const n = 200
	errs := make(chan error, 2)
	for _, d := range []*DB{a, b} {
		go func() {
			var err error
			for range n {
				err = errors.Join(err, d.update(context.Background(), func(t *tx) error {
					v, err := value[int64](t, `SELECT value FROM counter WHERE name = 'run'`)
					if err != nil {
						return err
					}
					return t.exec(`UPDATE counter SET value = $1 WHERE name = 'run'`, v+1)
				}))
			}
			errs <- err
		}()
	}
	for range 2 {
		if err := <-errs; err != nil {
			t.Fatal(err)
		}
	}
	var v int
	if err := a.read.QueryRow(`SELECT value FROM counter WHERE name = 'run'`).Scan(&v); err != nil || v != 2*n {
		t.Fatalf("counted to %d of %d (%v)", v, 2*n, err)
	}
}

// TestSQLiteFaults holds that a full disk and a locked file are told as such, lose nothing that was saved, and are over
// when the cause is.
func TestSQLiteFaults(t *testing.T) {
	d := openTest(t)
	ctx := t.Context()
	by := store.SystemActor()
	if err := d.PutSetting(ctx, "a", "before", by); err != nil {
		t.Fatal(err)
	}
	big := strings.Repeat("x", 1<<20)
	if _, err := d.write.Exec(`PRAGMA max_page_count = 200`); err != nil {
		t.Fatal(err)
	}
	if err := d.PutSetting(ctx, "b", big, by); store.CodeOf(err) != "db.full" || store.ClassOf(err) != store.Unavailable {
		t.Fatalf("a full disk gives %v", err)
	}
	if _, err := d.write.Exec(`PRAGMA max_page_count = 1000000`); err != nil {
		t.Fatal(err)
	}
	if err := d.PutSetting(ctx, "b", big, by); err != nil {
		t.Fatalf("with room again: %v", err)
	}

	var path string
	if err := d.read.QueryRow(`SELECT file FROM pragma_database_list WHERE name = 'main'`).Scan(&path); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite", sqliteDSN(path, "immediate"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	holds, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.write.Exec(`PRAGMA busy_timeout = 20`); err != nil {
		t.Fatal(err)
	}
	if err := d.PutSetting(ctx, "a", "after", by); store.CodeOf(err) != "db.busy" ||
		store.ClassOf(err) != store.Unavailable {
		t.Fatalf("a locked file gives %v", err)
	}
	if v, err := d.Setting(ctx, "a"); v != "before" || err != nil { // reading goes on meanwhile
		t.Fatal(v, err)
	}
	if err := holds.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := d.PutSetting(ctx, "a", "after", by); err != nil {
		t.Fatalf("with the lock gone: %v", err)
	}

	// The log counted what was saved, and nothing else.
	entries, err := d.AuditRange(ctx, 0, 100)
	if err != nil || len(entries) != 3 || entries[2].Seq != 3 {
		t.Fatalf("%d entries (%v)", len(entries), err)
	}

	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := d.PutSetting(gone, "a", "never", by); !errors.Is(err, context.Canceled) {
		t.Fatalf("a caller who is gone gives %v", err)
	}
}

// TestHistoryPlans holds that SQLite answers the usual questions to the history from indexes. The text filter and the
// trigger, of which there are three, go through the table; the benchmark in storetest says what that costs.
func TestHistoryPlans(t *testing.T) {
	d := openTest(t)
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for name, f := range map[string]store.RunFilter{
		"registry":       {Registries: []string{"a"}},
		"registries":     {Registries: []string{"a", "b", "c"}},
		"integration":    {All: true, IntegrationID: "i"},
		"state":          {All: true, States: []store.RunState{store.RunFailed}},
		"registry+state": {Registries: []string{"a", "b"}, States: []store.RunState{store.RunFailed, store.RunHeld}},
		"person":         {All: true, Actor: "Ola"},
		"period":         {All: true, From: day, To: day.AddDate(0, 0, 1)},
		"registry+day":   {Registries: []string{"a", "b"}, From: day, To: day.AddDate(0, 0, 1)},
		"next page":      {All: true, Before: 1000},
	} {
		page, pageArgs := runsQuery(f)
		count, countArgs := countQuery(f)
		for _, q := range []struct {
			query string
			args  []any
		}{{page, pageArgs}, {count, countArgs}} {
			if (name == "next page" || name == "state") && q.query == count {
				continue // counts all, in each state
			}
			for _, step := range plan(t, d, q.query, q.args) {
				if strings.HasPrefix(step, "SCAN run") {
					t.Errorf("%s: %s\n%s", name, step, q.query)
				}
			}
		}
	}
}

func plan(t *testing.T, d *DB, query string, args []any) (steps []string) {
	t.Helper()
	rows, err := d.read.Query("EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil || len(steps) == 0 {
		t.Fatal("no plan", err)
	}
	return steps
}
