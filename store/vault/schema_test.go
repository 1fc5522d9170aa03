package vault

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"samband/store"
)

// TestSchemaVersion holds that whoever changes the tables looks at their version: raise it when an earlier edition would
// write them wrongly, and then write down the sum.
func TestSchemaVersion(t *testing.T) {
	sum := sha256.Sum256([]byte(tables + keyTables))
	if got := fmt.Sprintf("%d %x", edition, sum[:8]); got != "1 73d2a4a862e6e52d" {
		t.Errorf("the tables are %q", got)
	}
}

// TestNewerSchema holds that a vault that a newer edition has used is refused and not touched.
func TestNewerSchema(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		edition++
		v, err := at.with(master)
		edition--
		if err != nil {
			t.Fatal(err)
		}
		v.Close()
		for range 2 { // it isn't marked down
			if _, err := at.with(master); store.CodeOf(err) != "db.newer_schema" || store.ClassOf(err) != store.Refused {
				t.Fatal(err)
			}
		}
		edition++
		defer func() { edition-- }()
		at.open(t)
	})
}
