package store

// Version is what decides between two versions of one fact: the value of the mapping's Resolve.Latest (null when it
// names none), and a hash over the whole content of the row and the person it belongs to.
type Version struct {
	Latest Value
	Hash   int64
}

// newer tells whether v stands before w among rows of one delivery: greater Latest, ties by hash.
func (v Version) newer(w Version) bool {
	if c := Compare(v.Latest, w.Latest); c != 0 {
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
//   - among the rows of one run the newest stands: greatest Latest, ties by hash;
//   - it stands against what was held before when its Latest is greater, or equal with other content: a later
//     delivery wins over an earlier (also when nothing names a Latest);
//   - loaded are the keys whose row this run put there, unchanged the rows identical to what was held before the run,
//     merged all others.
//
// One case can't be settled row by row and is left to the end of the load, see Contested.
func ResolveRow(in Version, h Held) Resolution {
	if !h.Mine {
		switch {
		case in.Hash == h.Hash:
			return Unchanged
		case Compare(in.Latest, h.Latest) < 0:
			return Merged
		}
		return Replaces
	}
	switch {
	case h.HadBefore && in.Hash == h.Before:
		return Unchanged
	case in.newer(h.Version):
		return Supersedes
	}
	return Merged
}

// Contested tells whether the row that now stands under a key, put there by this run, has to give way again to what
// was held before if a row identical to that came in the same run: of two rows of one run with equal Latest the one
// with the greater hash stands, whichever came first.
func Contested(now, before Version) bool {
	return Compare(now.Latest, before.Latest) == 0 && now.Hash < before.Hash
}
