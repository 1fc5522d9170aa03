package auditlog

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"samband/store"
)

// memory is a log in memory.
type memory struct {
	entries [][]byte
	places  map[int64]Hash
}

func (m *memory) ReadHashes(places []int64) ([]Hash, error) {
	var hashes []Hash
	for _, p := range places {
		h, ok := m.places[p]
		if !ok {
			return nil, errors.New("no such place")
		}
		hashes = append(hashes, h)
	}
	return hashes, nil
}

func (m *memory) add(t tlogTest, entry []byte) {
	m.entries = append(m.entries, entry)
	seq := int64(len(m.entries))
	leaf := Hash(store.LeafHash(entry))
	nodes, err := Grow(seq, leaf, m)
	if err != nil {
		t.Fatalf("entry %d: %v", seq, err)
	}
	m.places[tlog.StoredHashIndex(0, seq-1)] = leaf
	for _, n := range nodes {
		m.places[n.Place] = n.Hash
	}
}

type tlogTest interface{ Fatalf(string, ...any) }

func newMemory() *memory { return &memory{places: map[int64]Hash{}} }

// root computes RFC 6962 section 2.1 as it is written there.
func root(entries [][]byte) Hash {
	switch len(entries) {
	case 0:
		return tlog.Hash{}
	case 1:
		return store.LeafHash(entries[0])
	}
	k := 1
	for k*2 < len(entries) {
		k *= 2
	}
	return tlog.NodeHash(root(entries[:k]), root(entries[k:]))
}

func TestTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMemory()
		for _, e := range rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 9), 1, 70).Draw(t, "entries") {
			m.add(t, e)
		}
		size := rapid.Int64Range(1, int64(len(m.entries))).Draw(t, "size")
		tree, err := TreeOf(size, m)
		if err != nil || tree.Root != root(m.entries[:size]) {
			t.Fatalf("the root of %d is %v, %v", size, tree, err)
		}
		seq := rapid.Int64Range(1, size).Draw(t, "seq")
		in, err := Include(seq, size, m)
		if err != nil || in.Verify(m.entries[seq-1], tree) != nil {
			t.Fatalf("entry %d of %d is not proved: %v", seq, size, err)
		}
		if in.Verify(append([]byte("x"), m.entries[seq-1]...), tree) == nil {
			t.Fatalf("another entry is proved")
		}
		from := rapid.Int64Range(1, size).Draw(t, "from")
		old, err := TreeOf(from, m)
		if err != nil {
			t.Fatalf("%v", err)
		}
		grown, err := Connect(from, size, m)
		if err != nil || grown.Verify(old, tree) != nil {
			t.Fatalf("%d to %d is not proved: %v", from, size, err)
		}
		old.Root[3] ^= 1
		if grown.Verify(old, tree) == nil {
			t.Fatalf("a tree that never was is proved")
		}
	})
}

func TestNoProof(t *testing.T) {
	m := newMemory()
	m.add(t, []byte("one"))
	if _, err := Include(2, 1, m); store.CodeOf(err) != "audit.tree" {
		t.Errorf("an entry outside the tree: %v", err)
	}
	if _, err := TreeOf(2, m); store.CodeOf(err) != "audit.tree" {
		t.Errorf("a tree larger than the log: %v", err)
	}
	if _, err := Connect(2, 1, m); store.CodeOf(err) != "audit.tree" {
		t.Errorf("a log that shrank: %v", err)
	}
}

func signer(t *testing.T, seed byte) *Signer {
	t.Helper()
	s, err := NewSigner([]byte(strings.Repeat(string(rune(seed)), 32)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCheckpoint(t *testing.T) {
	s, at := signer(t, 1), time.Date(2026, 11, 23, 9, 0, 0, 123, time.UTC)
	tree := Tree{Size: 3, Root: store.LeafHash([]byte("x"))}
	signed, err := s.Checkpoint(tree, at)
	if err != nil {
		t.Fatal(err)
	}
	v, err := NewVerifier(s.Verifier().String())
	if err != nil {
		t.Fatal(err)
	}
	c, err := v.Checkpoint(signed)
	want := Checkpoint{Origin: s.Verifier().Origin(), At: at.Truncate(time.Second), Tree: tree}
	if err != nil || c != want {
		t.Errorf("got %+v, %v", c, err)
	}
	if claimed, err := Claims(signed); err != nil || claimed != want {
		t.Errorf("without a key: %+v, %v", claimed, err)
	}
	if _, err := signer(t, 2).Verifier().Checkpoint(signed); store.CodeOf(err) != "audit.signature" {
		t.Errorf("another's key: %v", err)
	}
	for i := range signed { // no byte can be another, not even a loose end of base64
		for _, bit := range []byte{1, 2, 4, 8, 16, 32, 64, 128} {
			bad := append([]byte(nil), signed...)
			bad[i] ^= bit
			if _, err := v.Checkpoint(bad); err == nil {
				t.Fatalf("byte %d as %q: still holds", i, bad[i])
			}
		}
	}
	other, err := s.Sign("samband-evidence/v1\nwhatever\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Checkpoint(other); store.CodeOf(err) != "audit.checkpoint" {
		t.Errorf("something else that is signed: %v", err)
	}
	if text, err := v.Open(other); err != nil || text != "samband-evidence/v1\nwhatever\n" {
		t.Errorf("%q, %v", text, err)
	}
	for _, key := range []string{"", "samband", s.Verifier().String()[:60]} {
		if _, err := NewVerifier(key); store.CodeOf(err) != "audit.key" {
			t.Errorf("%q is a key: %v", key, err)
		}
	}
	if _, err := NewSigner([]byte("short")); store.CodeOf(err) != "key.broken" {
		t.Errorf("a short seed: %v", err)
	}
}
