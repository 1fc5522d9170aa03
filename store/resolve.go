package store

import (
	"cmp"
	"slices"
)

// By gives the variable that decides between versions, and whether its least value wins; "" when none does.
func (r *Resolve) By() (variable string, least bool) {
	switch {
	case r.First != "":
		return r.First, true
	case r.Priority != nil:
		return r.Priority.Latest, false
	}
	return r.Latest, false
}

// Rank gives the place of a source, from 0 for the best. What isn't named, and what is null, comes last.
func (p *Priority) Rank(v Value) int {
	if i := slices.Index(p.Order, v.Text()); i >= 0 && !v.IsNull() {
		return i
	}
	return len(p.Order)
}

// Version is what decides between two versions of one fact: the rank of the row's source, the value of the variable
// that Resolve.By names (null when it names none), and a hash over the whole content of the row and the person it
// belongs to.
type Version struct {
	Rank   int   // see Priority.Rank; the least wins
	Latest Value // the greatest wins, or with Least the least
	Least  bool
	Hash   int64
}

// Clone gives the version with texts of its own.
func (v Version) Clone() Version {
	v.Latest = v.Latest.Clone()
	return v
}

// compare orders two versions by what the mapping says, without the hash: above 0 when v stands before w.
func (v Version) compare(w Version) int {
	if v.Rank != w.Rank {
		return cmp.Compare(w.Rank, v.Rank)
	}
	if v.Least && !v.Latest.IsNull() && !w.Latest.IsNull() {
		return Compare(w.Latest, v.Latest)
	}
	return Compare(v.Latest, w.Latest)
}

// Newer tells whether v stands before w among rows of one delivery; ties go by hash.
func (v Version) Newer(w Version) bool {
	if c := v.compare(w); c != 0 {
		return c > 0
	}
	return v.Hash > w.Hash
}

// Held is what a registry holds under a key while a run loads.
type Held struct {
	Version
	// Mine tells that this run put it there.
	Mine bool
	// Before is the hash of what stood there before this run, when HadBefore says that something did. Only read when
	// Mine.
	Before    int64
	HadBefore bool
}

// Resolution is what becomes of a row that meets what is held under its key.
type Resolution uint8

const (
	Unchanged  Resolution = iota // the registry held exactly this before the run
	Merged                       // it lost
	Replaces                     // it stands, over what was there before the run
	Supersedes                   // it stands, over a row of the same run, which thereby lost
)

// ResolveRow settles a row against what is held under its key. The end state of a run, and so its counts, is a
// function of what was held before and of the set of rows, never of their order:
//
//   - among the rows of one run the one stands that the mapping puts first (best rank, then greatest Latest, or the
//     least of Resolve.First), ties by hash;
//   - it stands against what was held before when the mapping puts it first, or at the same place with other content: a
//     later delivery wins over an earlier (also when nothing decides);
//   - loaded are the keys whose row this run put there, unchanged the rows identical to what was held before the run,
//     merged all others.
//
// One case can't be settled row by row and is left to the end of the load, see Contested.
func ResolveRow(in Version, h Held) Resolution {
	if !h.Mine {
		switch {
		case in.Hash == h.Hash:
			return Unchanged
		case in.compare(h.Version) < 0:
			return Merged
		}
		return Replaces
	}
	switch {
	case h.HadBefore && in.Hash == h.Before:
		return Unchanged
	case in.Newer(h.Version):
		return Supersedes
	}
	return Merged
}

// Contested tells whether the row that now stands under a key, put there by this run, has to give way again to what
// was held before if a row identical to that came in the same run: of two rows of one run at the same place the one
// with the greater hash stands, whichever came first.
func Contested(now, before Version) bool {
	return now.compare(before) == 0 && now.Hash < before.Hash
}
