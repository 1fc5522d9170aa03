package connector

import (
	"context"
	"crypto/sha256"
	"encoding/binary"

	"samband/store"
)

// Pager is a source that gives its rows page by page. What it gives is put on the disk, sealed, before anything is made of
// it (package spool), so that a run that is cut off goes on from the last whole slice and never mixes two readings. Methods
// may be called from one goroutine at a time and stop within 2 s when ctx ends.
type Pager interface {
	// Fields gives the names of the columns, in order.
	Fields(ctx context.Context) ([]string, error)
	// Page fills b with the page that cursor points to, "" for the first, and gives the cursor of the page after it; "" when
	// it was the last. of is what the source is asked for; all that it has when it is zero. First and Bad of b aren't used.
	Page(ctx context.Context, of store.Period, cursor string, b *Batch) (next string, err error)
	// Test tries the connection and says what it found, as an error with a code when something is wrong.
	Test(ctx context.Context) error
}

// MaxPages is how many pages one extract may have.
const MaxPages = 1_000_000

// Loops finds out when pages go round: a cursor that came before, or a page with the same rows as one before.
type Loops struct {
	seen  map[uint64]struct{}
	pages int
}

// PageMark stands for a page in what Loops remembers: its cursor and its rows, 8 bytes of SHA-256 each.
type PageMark struct{ Cursor, Rows uint64 }

// MarkPage gives the mark of the page that cursor points to. Rows is 0 for a page without any.
func MarkPage(cursor string, b *Batch) PageMark {
	m := PageMark{Cursor: short(sha256.Sum256([]byte("cursor\x00" + cursor)))}
	if b.Rows() == 0 {
		return m
	}
	h := sha256.New()
	var n [8]byte
	for i, cell := range b.Cells {
		binary.BigEndian.PutUint64(n[:], uint64(len(cell))<<1)
		if b.Null(i/b.Width, i%b.Width) {
			n[7] |= 1
		}
		h.Write(n[:])
		h.Write([]byte(cell))
	}
	m.Rows = short([32]byte(h.Sum(nil)))
	return m
}

func short(sum [32]byte) uint64 { return binary.BigEndian.Uint64(sum[:]) }

// Saw notes a page. "pages.loop" tells that it, or its cursor, has been there before, "pages.many" that there is no end.
func (l *Loops) Saw(m PageMark) error {
	if l.seen == nil {
		l.seen = map[uint64]struct{}{}
	}
	for _, mark := range []uint64{m.Cursor, m.Rows} {
		if _, twice := l.seen[mark]; twice && mark != 0 {
			return store.E(store.Invalid, "pages.loop", store.Args{"page": l.pages + 1})
		}
		l.seen[mark] = struct{}{}
	}
	if l.pages++; l.pages > MaxPages {
		return store.E(store.Invalid, "pages.many", store.Args{"max": MaxPages})
	}
	return nil
}
