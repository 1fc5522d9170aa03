package consent

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"testing"

	"samband/store"
	"samband/store/storetest/postgres"
)

// TestSchemaVersion holds that whoever changes the tables looks at their version: raise it when an earlier edition would
// write them wrongly, and then write down the sum.
func TestSchemaVersion(t *testing.T) {
	sum := sha256.Sum256([]byte(tables.DDL))
	if got := fmt.Sprintf("%d %x", tables.Version, sum[:8]); got != "1 b6bbd3d73d9a0273" {
		t.Errorf("the tables are %q", got)
	}
}

// TestNewerSchema holds that what a newer edition has used is refused.
func TestNewerSchema(t *testing.T) {
	for name, o := range map[string]Options{"sqlite": {Path: filepath.Join(t.TempDir(), "consent.db")}, "postgres": {URL: postgres.URL(t)}} {
		t.Run(name, func(t *testing.T) {
			tables.Version++
			s, err := Open(ctx, o)
			tables.Version--
			ok(t, err)
			ok(t, s.Close())
			if _, err := Open(ctx, o); store.CodeOf(err) != "db.newer_schema" {
				t.Fatal(err)
			}
		})
	}
}
