package pg

import (
	"testing"

	"samband/store/storetest/postgres"
)

// TestOwnSessions: two connections to the server itself have a session each; one that two share is found.
func TestOwnSessions(t *testing.T) {
	ctx := t.Context()
	db, err := Open(postgres.URL(t), "public", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := OwnSessions(ctx, db); err != nil {
		t.Errorf("a server: %v", err)
	}
	a, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	b, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if one, err := oneSession(ctx, a, b); err != nil || one {
		t.Errorf("two sessions: %t, %v", one, err)
	}
	if one, err := oneSession(ctx, a, a); err != nil || !one { // what a pooler makes of two
		t.Errorf("one session: %t, %v", one, err)
	}
}
