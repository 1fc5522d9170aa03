package db

import (
	"database/sql"
	"testing"

	"samband/store"
	"samband/store/storetest/postgres"
)

// TestCopyTakesOnlyItsOwn: a move that was cut off is begun anew with what it left taken away, in the vault's own database,
// too; another installation's vault is never taken away, whatever an earlier move left in the portal's database.
func TestCopyTakesOnlyItsOwn(t *testing.T) {
	ctx := t.Context()
	o := Options{Clock: store.SystemClock{}, IDs: store.RandomIDs{}}
	portal, vault, theirs := postgres.URL(t), postgres.URL(t), postgres.URL(t)
	at := func(url string) *sql.DB {
		db, err := sql.Open("pgx", url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	begin := func(vaultURL string) (*Copy, error) {
		c, err := BeginCopy(ctx, portal, vaultURL, o)
		if err == nil {
			t.Cleanup(func() { c.Close() })
		}
		return c, err
	}
	persons := []string{`CREATE SCHEMA vault`, `CREATE TABLE vault.person (name TEXT)`, `CREATE SCHEMA registry_other`}
	there := func(url, table string) (is bool) {
		if err := at(url).QueryRowContext(ctx, `SELECT to_regclass($1) IS NOT NULL`, table).Scan(&is); err != nil {
			t.Fatal(err)
		}
		return is
	}
	for _, url := range []string{theirs, vault} {
		c, err := begin(url)
		if err == nil {
			err = c.to.migrate(ctx, Options{URL: portal})
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := run(ctx, at(url), persons); err != nil { // as far as the move came, or what came there since
			t.Fatal(err)
		}
	}
	if _, err := begin(theirs); store.CodeOf(err) != "dbmove.not_empty" || !there(theirs, "vault.person") {
		t.Fatalf("another's vault: %v, still there: %v", err, there(theirs, "vault.person"))
	}
	c, err := begin(vault)
	if err != nil || there(vault, "vault.person") {
		t.Fatalf("what the move left: %v, still there: %v", err, there(vault, "vault.person"))
	}
	var left int
	if err := at(vault).QueryRowContext(ctx, `SELECT count(*) FROM pg_namespace WHERE nspname='registry_other'`).Scan(&left); err != nil || left != 1 {
		t.Errorf("what lies beside the vault is gone: %d, %v", left, err)
	}
	if err := c.to.migrate(ctx, Options{URL: portal}); err != nil {
		t.Fatal(err)
	}
	if err := c.Finish(ctx, store.AuditEntry{Action: "database.move", Kind: "installation"}, store.SystemActor()); err != nil {
		t.Fatal(err)
	}
	if there(portal, mark) || there(vault, mark) {
		t.Error("a mark is left")
	}
}
