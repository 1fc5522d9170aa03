package evidence

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"slices"
)

// given is the hash of a part of the log's tree without entries in the extract: count leaves from first (0 = the oldest
// entry).
type given struct {
	First int64  `json:"first"`
	Count int64  `json:"count"`
	Hash  []byte `json:"hash"`
}

// proof is the file audit-proofs.json. With it, every entry of the extract is shown to be in the log at its place.
type proof struct {
	Size  int64   `json:"size"`
	Root  []byte  `json:"root"`
	Given []given `json:"given"` // in the order of First
}

func node(left, right [32]byte) [32]byte {
	h := sha256.New()
	h.Write([]byte{1})
	h.Write(left[:])
	h.Write(right[:])
	return [32]byte(h.Sum(nil))
}

// split gives how many of n leaves stand on the left side: the greatest power of two below n.
func split(n int64) int64 {
	k := int64(1)
	for k*2 < n {
		k *= 2
	}
	return k
}

// prove computes the root over n leaves that next gives in order, and the hashes that a reader of the picked ones needs.
func prove(n int64, next func() (leaf [32]byte, picked bool, err error)) (*proof, error) {
	p := &proof{Size: n, Given: []given{}}
	if n == 0 {
		empty := sha256.Sum256(nil)
		p.Root = empty[:]
		return p, nil
	}
	var tree func(lo, n int64) ([32]byte, bool, error)
	tree = func(lo, n int64) ([32]byte, bool, error) {
		if n == 1 {
			return next()
		}
		k := split(n)
		left, inLeft, err := tree(lo, k)
		if err != nil {
			return left, false, err
		}
		right, inRight, err := tree(lo+k, n-k)
		switch {
		case err != nil:
			return right, false, err
		case inLeft && !inRight:
			p.Given = append(p.Given, given{lo + k, n - k, slices.Clone(right[:])})
		case inRight && !inLeft:
			p.Given = append(p.Given, given{lo, k, slices.Clone(left[:])})
		}
		return node(left, right), inLeft || inRight, nil
	}
	root, any, err := tree(0, n)
	if err != nil {
		return nil, err
	}
	if !any {
		p.Given = []given{{0, n, slices.Clone(root[:])}}
	}
	p.Root = root[:]
	slices.SortFunc(p.Given, func(a, b given) int { return cmp.Compare(a.First, b.First) })
	return p, nil
}

// root computes the root again from the entries of an extract, which next gives in order with their places (0 = the
// oldest; ok is false after the last), and the given hashes. Entries that have no place in the tree, and hashes or
// entries that are missing, are errNoProof.
func (p *proof) root(next func() (at int64, leaf [32]byte, ok bool, err error)) ([32]byte, error) {
	none := [32]byte{}
	if p.Size == 0 {
		return sha256.Sum256(nil), nil
	}
	if p.Size < 0 {
		return none, errNoProof
	}
	left := p.Given
	at, leaf, ok, err := next()
	if err != nil {
		return none, err
	}
	var tree func(lo, n int64) ([32]byte, error)
	tree = func(lo, n int64) ([32]byte, error) {
		if len(left) > 0 && left[0].First == lo && left[0].Count == n && len(left[0].Hash) == 32 {
			h := [32]byte(left[0].Hash)
			left = left[1:]
			return h, nil
		}
		if n == 1 {
			if !ok || at != lo {
				return none, errNoProof
			}
			h := leaf
			var err error
			at, leaf, ok, err = next()
			return h, err
		}
		// Nothing of the extract lies here: don't descend, the size may be anything.
		if (!ok || at < lo || at >= lo+n) && (len(left) == 0 || left[0].First < lo || left[0].First >= lo+n) {
			return none, errNoProof
		}
		k := split(n)
		l, err := tree(lo, k)
		if err != nil {
			return none, err
		}
		r, err := tree(lo+k, n-k)
		return node(l, r), err
	}
	h, err := tree(0, p.Size)
	if err == nil && (ok || len(left) > 0) {
		err = errNoProof
	}
	return h, err
}

// errNoProof ends what doesn't hold; which check that was is said in the report.
var errNoProof = errors.New("evidence: it does not hold")
