package storetest_test

import (
	"path/filepath"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/store/storetest/postgres"
)

// engine is a database that tests open, several times where they like.
type engine struct {
	options db.Options
	clock   *store.FakeClock
}

// start is when the clock of every test stands.
var start = time.Date(2026, 11, 23, 8, 0, 0, 123_456_000, time.UTC)

// each runs a test on every engine.
func each(t *testing.T, test func(t *testing.T, e *engine)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		clock := store.NewFakeClock(start)
		path := filepath.Join(t.TempDir(), "portal 100%?#å.db")
		test(t, &engine{db.Options{Path: path, Clock: clock, IDs: store.RandomIDs{}}, clock})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		clock := store.NewFakeClock(start)
		test(t, &engine{db.Options{URL: postgres.URL(t), Clock: clock, IDs: store.RandomIDs{}}, clock})
	})
}

// open opens the database until the test ends.
func (e *engine) open(t testing.TB) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), e.options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}
