// Package auditlog makes the audit log provable: a Merkle tree over the entries (RFC 6962), checkpoints of it that are
// signed, proofs that an entry is in the log and that a log grew out of an earlier one, and the walk that finds what
// somebody changed. It computes and compares; where entries, hashes and checkpoints lie is the callers' affair.
//
// The tree is the one of golang.org/x/mod/sumdb/tlog, a checkpoint is a C2SP tlog-checkpoint, its signature a note's:
// what is proved here can be checked with others' tools.
package auditlog

import (
	"golang.org/x/mod/sumdb/tlog"

	"samband/store"
)

// Hash is a SHA-256: of an entry as a leaf (store.LeafHash), or of two hashes as a node. In JSON it is base64.
type Hash = tlog.Hash

// Nodes gives hashes of a tree by their places in it (tlog.StoredHashIndex). Level 0 are the leaves: the leaf of entry
// seq is number seq-1.
type Nodes = tlog.HashReader

// NodesFunc is a function that serves as Nodes.
type NodesFunc = tlog.HashReaderFunc

// Tree is a log at one moment: its first Size entries, and the hash over them.
type Tree struct {
	Size int64 `json:"size"`
	Root Hash  `json:"root"`
}

// Node is an inner hash of the tree with its place.
type Node struct {
	Place int64
	Hash  Hash
}

// Grow gives the inner nodes that the leaf of entry seq completes; the log must hold seq-1 entries before. There is
// none for an odd seq, and on average one.
func Grow(seq int64, leaf Hash, have Nodes) ([]Node, error) {
	hashes, err := tlog.StoredHashesForRecordHash(seq-1, leaf, have)
	if err != nil {
		return nil, broken(err)
	}
	first := tlog.StoredHashIndex(0, seq-1)
	nodes := make([]Node, 0, len(hashes)-1)
	for i, h := range hashes[1:] {
		nodes = append(nodes, Node{Place: first + 1 + int64(i), Hash: h})
	}
	return nodes, nil
}

// Split tells the level of a place, and the number within the level. At level 0 that is the entry's seq less one.
func Split(place int64) (level int, n int64) { return tlog.SplitStoredHashIndex(place) }

// TreeOf computes the tree of the first size entries. It asks for at most one hash a level.
func TreeOf(size int64, have Nodes) (Tree, error) {
	root, err := tlog.TreeHash(size, have)
	return Tree{size, root}, broken(err)
}

// Inclusion proves that an entry is in a tree: with the hash of the entry and these hashes, anybody computes the root.
type Inclusion struct {
	Seq    int64  `json:"seq"`
	Size   int64  `json:"size"`
	Hashes []Hash `json:"hashes"`
}

// Include proves that entry seq is among the first size.
func Include(seq, size int64, have Nodes) (Inclusion, error) {
	p, err := tlog.ProveRecord(size, seq-1, have)
	return Inclusion{seq, size, p}, broken(err)
}

// Verify tells whether the proof holds for the entry's canonical bytes and the tree; Invalid "audit.proof" when not.
func (p Inclusion) Verify(entry []byte, t Tree) error {
	if p.Size != t.Size || tlog.CheckRecord(p.Hashes, t.Size, t.Root, p.Seq-1, store.LeafHash(entry)) != nil {
		return errProof
	}
	return nil
}

// Consistency proves that a tree grew out of a smaller one: nothing in that was changed, moved or taken out.
type Consistency struct {
	From   int64  `json:"from"`
	Size   int64  `json:"size"`
	Hashes []Hash `json:"hashes"`
}

// Connect proves that the first from entries are the beginning of the first size; 1 ≤ from ≤ size.
func Connect(from, size int64, have Nodes) (Consistency, error) {
	p, err := tlog.ProveTree(size, from, have)
	return Consistency{from, size, p}, broken(err)
}

// Verify tells whether the proof holds for the two trees; Invalid "audit.proof" when not.
func (p Consistency) Verify(old, t Tree) error {
	if p.From != old.Size || p.Size != t.Size || tlog.CheckTree(p.Hashes, t.Size, t.Root, old.Size, old.Root) != nil {
		return errProof
	}
	return nil
}

var errProof = store.E(store.Invalid, "audit.proof", nil)

// broken gives what the tree's arithmetic says of hashes that aren't there, or of a place that can't be. What the
// reader of hashes itself said stays.
func broken(err error) error { return store.Wrap(err, store.Internal, "audit.tree", nil) }
