package db

import (
	"fmt"
	"strings"
	"testing"

	"samband/store"
)

// TestGrowAll: a log from before there was a tree gets the one it would have had.
func TestGrowAll(t *testing.T) {
	d := openTest(t)
	by := store.SystemActor()
	for range 21 {
		if err := d.PutSetting(t.Context(), "x", "y", by); err != nil {
			t.Fatal(err)
		}
	}
	before, err := d.Tree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = d.update(t.Context(), func(t *tx) error {
		for _, s := range []string{`DROP TRIGGER audit_hash_stay`, `DROP TRIGGER audit_hash_end`, `DELETE FROM audit_hash`} {
			if err := t.exec(s); err != nil {
				return err
			}
		}
		return t.growAll()
	})
	if err != nil {
		t.Fatal(err)
	}
	if after, err := d.Tree(t.Context()); err != nil || after != before {
		t.Errorf("%v became %v, %v", before, after, err)
	}
}

// TestFullLog: what can't be written down isn't done.
func TestFullLog(t *testing.T) {
	d := openTest(t)
	by := store.SystemActor()
	if err := d.PutSetting(t.Context(), "x", "before", by); err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := d.write.QueryRow(`PRAGMA page_count`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := d.write.Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages)); err != nil {
		t.Fatal(err)
	}
	last := "before"
	for i := 0; ; i++ {
		next := fmt.Sprintf("%06d", i) // as long as the one it takes the place of: only the log grows
		err := d.PutSetting(t.Context(), "x", next, by)
		if store.CodeOf(err) == "db.full" && store.ClassOf(err) == store.Unavailable {
			break
		}
		if err != nil || i > 10_000 {
			t.Fatalf("change %d: %v", i, err)
		}
		last = next
	}
	if now, err := d.Setting(t.Context(), "x"); err != nil || now != last {
		t.Errorf("the setting is %s, though the log says %s: %v", now, last, err)
	}
	err := d.Record(t.Context(), store.AuditEntry{Action: "quarantine.view", Kind: "registry", Object: strings.Repeat("x", 9000)}, by)
	if store.CodeOf(err) != "db.full" {
		t.Errorf("a page is shown without a line in the log: %v", err)
	}
	size, counter, err := d.AuditSize(t.Context())
	if err != nil || size != counter {
		t.Errorf("the log has %d lines and counts %d: %v", size, counter, err)
	}
}
