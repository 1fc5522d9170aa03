package registrydb

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
	if got := fmt.Sprintf("%d %x", tables.Version, sum[:8]); got != "1 d5a7323afa2d7570" {
		t.Errorf("the tables are %q", got)
	}
}

// TestNewerSchema holds that a registry that a newer edition has used is refused and not touched.
func TestNewerSchema(t *testing.T) {
	for name, o := range map[string]Options{"sqlite": {Path: filepath.Join(t.TempDir(), "registry.db")},
		"postgres": {URL: postgres.URL(t), Registry: "hjerte"}} {
		t.Run(name, func(t *testing.T) {
			o.Clock = store.NewFakeClock(noon)
			tables.Version++
			d, err := Open(ctx, o)
			tables.Version--
			if err != nil {
				t.Fatal(err)
			}
			d.Close()
			for range 2 { // it isn't marked down
				if _, err := Open(ctx, o); store.CodeOf(err) != "registry.newer_schema" || store.ClassOf(err) != store.Refused {
					t.Fatal(err)
				}
			}
		})
	}
}
