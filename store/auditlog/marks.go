package auditlog

import (
	"time"

	"samband/store"
)

// mark is a checkpoint outside the database as it was read.
type mark struct {
	Checkpoint
	signed bool // by this installation
}

func read(note string, v *Verifier) mark {
	c, err := v.Checkpoint([]byte(note))
	if err != nil {
		c, _ = Claims([]byte(note))
	}
	return mark{c, err == nil}
}

// marks holds the checkpoints against the log, and the two places where they lie against each other.
func (w *walk) marks(inside []Saved, marks []mark, outside []string, head *mark, v *Verifier) {
	accepted, since := w.accepted(marks, outside)
	w.report.Accepted = accepted
	known := map[string]bool{} // outside
	past := map[string]bool{}  // those that somebody accepted as another history
	for i, n := range outside {
		known[n] = true
		past[n] = past[n] || i < accepted
	}
	kept := map[string]bool{} // inside
	sizes := map[int64]bool{} // of those inside that something was said of
	good := int64(0)          // up to here the log is what was signed
	for _, c := range inside {
		kept[c.Note] = true
		m := read(c.Note, v)
		switch {
		case past[c.Note]:
		case !m.signed || m.Size != c.Size || !m.At.Equal(c.At.Truncate(time.Microsecond)):
			w.found(Forged, c.Size, c.Size, "database")
			sizes[c.Size] = true
		default:
			good = w.holds(m, good)
			if outside != nil && !known[c.Note] && c.Size >= since {
				w.found(Missing, c.Size, c.Size, "outside")
				sizes[c.Size] = true
			}
		}
	}
	if outside == nil {
		return
	}
	w.report.Outside = len(outside)
	good = 0
	last := int64(0)
	for i, m := range marks[accepted:] {
		switch {
		case !m.signed:
			w.found(Forged, m.Size, m.Size, "outside")
			continue
		case m.Size <= last: // an old one, shown again
			w.found(Forged, m.Size, m.Size, "outside")
			continue
		}
		last = m.Size
		good = w.holds(m, good)
		if !kept[outside[accepted+i]] && !sizes[m.Size] {
			w.found(Missing, m.Size, m.Size, "database")
		}
	}
	switch {
	case head == nil:
	case !head.signed:
		w.found(Forged, head.Size, head.Size, "head")
	case head.Size > last:
		w.holds(*head, good)
	}
}

// holds compares a signed checkpoint with the log. good is the size of the last one that fitted, and of this one when it
// does too.
func (w *walk) holds(m mark, good int64) int64 {
	switch {
	case m.Size > w.size && w.whole:
		if !w.within(good+1, m.Size) { // what is after the last that fitted, nobody vouches for
			w.found(Cut, good+1, m.Size, "entry")
		}
	case m.Size > w.size: // the tree ends where something was found
	case w.roots[m.Size] == m.Root:
		return m.Size
	case !w.within(good+1, m.Size):
		w.found(Rewritten, good+1, m.Size, "entry")
	}
	return good
}

// accepted gives how many checkpoints outside belong to a history that somebody has accepted the end of, and the entry
// that says so. An acceptance counts when the next checkpoint after those is signed, and over it: whoever can write to
// the database alone can't make one.
func (w *walk) accepted(marks []mark, outside []string) (n int, since int64) {
	for _, a := range w.accept {
		if a.n < 0 || a.n >= len(marks) || a.n < n || Digest(outside[:a.n]) != a.digest {
			continue
		}
		if m := marks[a.n]; m.signed && m.Size >= a.seq && w.roots[m.Size] == m.Root {
			n, since = a.n, a.seq
		}
	}
	return n, since
}

// Behind tells what is wrong between a log and the last checkpoint outside it, nil when the log has grown out of that:
// Refused "audit.behind" when it is shorter, "audit.diverged" when it is another, "audit.other_key" when another key
// signed. at gives the tree over the first entries of the log, from its stored hashes.
func Behind(last string, v *Verifier, size int64, at func(size int64) (Tree, error)) error {
	c, err := v.Checkpoint([]byte(last))
	if err != nil {
		claimed, _ := Claims([]byte(last))
		return store.E(store.Refused, "audit.other_key", store.Args{"origin": claimed.Origin})
	}
	if c.Size > size {
		return store.E(store.Refused, "audit.behind", store.Args{"signed": c.Size, "have": size, "at": c.At})
	}
	t, err := at(c.Size)
	if err != nil && store.CodeOf(err) != "audit.short" {
		return err
	}
	if err != nil || t != c.Tree {
		return store.E(store.Refused, "audit.diverged", store.Args{"signed": c.Size, "at": c.At})
	}
	return nil
}
