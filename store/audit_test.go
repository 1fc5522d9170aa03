package store

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
	"time"
)

// TestLeafHash has the vectors of the reference trees of RFC 6962 (certificate-transparency, merkle_tree tests).
func TestLeafHash(t *testing.T) {
	for in, want := range map[string]string{
		"":     "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"00":   "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
		"10":   "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
		"2021": "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
	} {
		leaf, _ := hex.DecodeString(in)
		if got := LeafHash(leaf); hex.EncodeToString(got[:]) != want {
			t.Errorf("leaf %q: %x", in, got)
		}
	}
	if LeafHash([]byte("a")) == sha256.Sum256([]byte("a")) {
		t.Error("a leaf hashes as its bytes do, so a node could pass for a leaf")
	}
}

func TestAuditCanonical(t *testing.T) {
	e := AuditEntry{
		Seq: 7, At: time.Date(2026, 11, 23, 2, 30, 0, 0, Oslo), ActorID: "u1", Actor: "Kaja <Koordinator>", Action: "run.start",
		Kind: "run", Object: "4812", Registry: "heart", Result: "ok", Details: Args{"b": 2, "a": Date("2026-11-23")},
	}
	const want = `{"seq":7,"at":"2026-11-23T01:30:00Z","actor":"u1","actor_name":"Kaja \u003cKoordinator\u003e",` +
		`"action":"run.start","kind":"run","object":"4812","registry":"heart","result":"ok",` +
		`"details":{"a":{"date":"2026-11-23"},"b":2}}`
	b, err := e.Canonical()
	if err != nil || string(b) != want {
		t.Errorf("got %s, %v\nwant %s", b, err, want)
	}
	if e.At.Location() != Oslo {
		t.Error("the entry itself was changed")
	}
	e.Details = Args{"f": func() {}}
	if _, err := e.Canonical(); CodeOf(err) != "audit.encode" {
		t.Errorf("what can't be written gives %v", err)
	}
}
