// Package spool keeps what a paged source gives in sealed slices on the disk until it is loaded. A slice is whole or not
// there; each says where in the source the next one begins, so that a run that is cut off goes on from the last. What is
// then loaded reads the same however often it is read.
package spool

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/handover"
	"samband/store"
)

// Options say where an extract is kept and what it is of.
type Options struct {
	Dir     string // the run's own folder
	SealDir string // where it is put away as a delivery
	Key     []byte // what both are sealed under
	Name    string // what the delivery is called
	Period  store.Period
	Clock   store.Clock
	// Slice is how many bytes of rows make a slice, and Every how long one may take: sooner when it is full, later never,
	// since what a stop costs is what the slice had. Zero: 1 MiB and 5 s.
	Slice int
	Every time.Duration
	// Note is told how much there is: what an earlier attempt left, and after each slice; nil for nobody.
	Note func(store.Spooled)
}

func (o Options) filled() Options {
	if o.Slice == 0 {
		o.Slice = 1 << 20
	}
	if o.Every == 0 {
		o.Every = 5 * time.Second
	}
	if o.Clock == nil {
		o.Clock = store.SystemClock{}
	}
	return o
}

// manifest is the first line of a slice. The rows follow it.
type manifest struct {
	No     int                  `json:"no"`     // from 1
	From   string               `json:"from"`   // cursor of its first page
	Next   string               `json:"next"`   // cursor after its last page
	Last   bool                 `json:"last"`   // there is no page after it
	First  int64                `json:"first"`  // position of its first row, from 1
	Rows   int64                `json:"rows"`   // in it
	Bytes  int64                `json:"bytes"`  // of its rows
	SHA256 string               `json:"sha256"` // of its rows
	Fields []string             `json:"fields"`
	Period store.Period         `json:"period"`
	Pages  []connector.PageMark `json:"pages"`
}

// Extract puts the rows of a source into slices, going on where an earlier attempt stopped, and gives them as a delivery.
func Extract(ctx context.Context, p connector.Pager, o Options) (connector.Delivery, error) {
	o = o.filled()
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, failed(err)
	}
	e := &extract{Options: o}
	if err := e.takeUp(); err != nil {
		return nil, err
	}
	if e.left = len(e.slices); e.left > 0 && e.Note != nil {
		last := &e.slices[e.left-1]
		e.Note(store.Spooled{Slices: e.left, Rows: last.First - 1 + last.Rows, Left: e.left})
	}
	if n := len(e.slices); n == 0 || !e.slices[n-1].Last {
		if err := e.read(ctx, p); err != nil {
			return nil, err
		}
	}
	return newDelivery(ctx, e)
}

// failed gives an error of the disk its code.
func failed(err error) error { return store.Wrap(err, store.Unavailable, "spool.write", nil) }

// extract is what is being put into slices.
type extract struct {
	Options
	slices []manifest
	left   int // of the slices, that an earlier attempt left
	fields []string
	loops  connector.Loops
}

func (e *extract) path(no int) string { return slicePath(e.Dir, no) }

// takeUp finds the slices that an earlier attempt left. What doesn't follow from the one before it is read again from
// the source.
func (e *extract) takeUp() error {
	for _, left := range glob(e.Dir, unfinished+"*") {
		os.Remove(left)
	}
	from, row := "", int64(1)
	for no := 1; ; no++ {
		m, err := e.check(no)
		if errors.Is(err, os.ErrNotExist) {
			return e.drop(no)
		}
		if err != nil || m.No != no || m.From != from || m.First != row || m.Period != e.Period {
			return e.drop(no)
		}
		for _, page := range m.Pages {
			if err := e.loops.Saw(page); err != nil {
				return err
			}
		}
		e.slices, e.fields = append(e.slices, m), m.Fields
		from, row = m.Next, row+m.Rows
	}
}

// check reads a slice from beginning to end and gives its manifest.
func (e *extract) check(no int) (m manifest, err error) {
	r, err := openSlice(e.path(no), e.Key)
	if err != nil {
		return m, err
	}
	defer r.Close()
	h := sha256.New()
	n, err := io.Copy(h, r)
	if err == nil && (n != r.manifest.Bytes || hex.EncodeToString(h.Sum(nil)) != r.manifest.SHA256) {
		err = store.E(store.Unavailable, "delivery.sealed_broken", nil)
	}
	return r.manifest, err
}

// drop removes the slices from no on.
func (e *extract) drop(no int) error {
	for ; ; no++ {
		if err := os.Remove(e.path(no)); err != nil {
			if errors.Is(err, os.ErrNotExist) {
				return nil
			}
			return failed(err)
		}
	}
}

// read asks the source for page after page and makes slices of them.
func (e *extract) read(ctx context.Context, p connector.Pager) error {
	fields, err := p.Fields(ctx)
	if err != nil {
		return err
	}
	if len(e.slices) > 0 && !slices.Equal(fields, e.fields) { // the source has changed between two attempts
		e.slices, e.loops = nil, connector.Loops{}
		if err := e.drop(1); err != nil {
			return err
		}
	}
	e.fields = fields
	next, row := "", int64(1)
	if n := len(e.slices); n > 0 {
		next, row = e.slices[n-1].Next, e.slices[n-1].First+e.slices[n-1].Rows
	}
	var b connector.Batch
	for last := false; !last; {
		m := manifest{No: len(e.slices) + 1, From: next, First: row, Fields: fields, Period: e.Period}
		var rows []byte
		began := e.Clock.Now()
		for !last && len(rows) < e.Slice && e.Clock.Now().Sub(began) < e.Every {
			at := next
			if next, err = p.Page(ctx, e.Period, at, &b); err != nil {
				return err
			}
			if b.Rows() > 0 && b.Width != len(fields) {
				return store.E(store.Invalid, "pages.width", store.Args{"page": m.No})
			}
			mark := connector.MarkPage(at, &b)
			if err := e.loops.Saw(mark); err != nil {
				return err
			}
			rows = encode(rows, &b)
			m.Pages, m.Rows, last = append(m.Pages, mark), m.Rows+int64(b.Rows()), next == ""
		}
		m.Next, m.Last, m.Bytes = next, last, int64(len(rows))
		sum := sha256.Sum256(rows)
		m.SHA256 = hex.EncodeToString(sum[:])
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := e.write(m, rows); err != nil {
			return err
		}
		e.slices, row = append(e.slices, m), row+m.Rows
		if e.Note != nil {
			e.Note(store.Spooled{Slices: len(e.slices), Rows: row - 1, Left: e.left})
		}
	}
	return nil
}

// write puts a slice on the disk, whole or not at all.
func (e *extract) write(m manifest, rows []byte) error {
	return atomically(e.Dir, e.path(m.No), func(f io.Writer) error {
		w, err := handover.Seal(f, e.Key)
		if err != nil {
			return err
		}
		if err := json.NewEncoder(w).Encode(m); err != nil {
			return err
		}
		if _, err := w.Write(rows); err != nil {
			return err
		}
		return w.Close()
	})
}

const unfinished = ".part-"

// atomically writes a file under a temporary name, and gives it its own once it is on the disk.
func atomically(dir, path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(dir, unfinished+"*")
	if err != nil {
		return failed(err)
	}
	defer os.Remove(f.Name()) // nothing is there once it has its name
	defer f.Close()
	if err := write(f); err != nil {
		return failed(err)
	}
	if err := f.Sync(); err != nil {
		return failed(err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return failed(err)
	}
	d, err := os.Open(dir)
	if err != nil {
		return failed(err)
	}
	defer d.Close()
	return failed(d.Sync())
}

func glob(dir, pattern string) []string {
	list, _ := filepath.Glob(filepath.Join(dir, pattern)) // the pattern is ours
	return list
}
