package files

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"maps"
	"os"
	"strings"
	"sync/atomic"

	"samband/jobs/connector"
	"samband/jobs/format/csv"
	"samband/store"
)

// delivery is one file. It is read twice: surveyed from beginning to end, and then for its rows. Both times it is
// summed, so that a file that changes in between is found.
type delivery struct {
	open    func() (io.ReadCloser, error)
	options csv.Options
	info    store.Delivery

	s     *source // nil for a file that isn't put away, like root and found
	root  *os.Root
	found fs.FileInfo

	file io.ReadCloser
	raw  *hashed
	rows *csv.Reader
	bad  []csv.Bad
	read atomic.Int64
}

// A gzipped file may unpack to no more than maxUnpacked, and beyond its first part to no more than maxRatio times
// what has been read of it. In bytes; real extracts unpack to five to twenty times.
const (
	maxUnpacked  = 64 << 30
	freeUnpacked = 16 << 20
	maxRatio     = 100
)

// unpack gives the text of the file: itself, or what it unpacks to.
func (d *delivery) unpack(raw *hashed) (io.Reader, error) {
	if !strings.HasSuffix(d.info.Name, ".gz") {
		return raw, nil
	}
	z, err := gzip.NewReader(raw)
	if err != nil {
		return nil, d.broken(err)
	}
	return &capped{d: d, z: z, raw: raw}, nil
}

// capped stops a file that unpacks to far more than it is.
type capped struct {
	d   *delivery
	z   *gzip.Reader
	raw *hashed
	n   int64
}

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.z.Read(p)
	c.n += int64(n)
	if c.n > maxUnpacked || c.n > freeUnpacked && c.n > maxRatio*c.raw.n {
		return 0, store.E(store.Unavailable, "delivery.bomb", store.Args{"name": c.d.info.Name})
	}
	if err != nil && err != io.EOF {
		err = c.d.broken(err)
	}
	return n, err
}

// broken gives an error of reading its code; errors that have one, and the end of ctx, stay as they are. All say which
// file it is.
func (d *delivery) broken(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var e *store.Error
	if errors.As(err, &e) && e.Args["name"] == nil {
		named := *e
		named.Args = store.Args{"name": d.info.Name}
		maps.Copy(named.Args, e.Args)
		return &named
	}
	return store.Wrap(err, store.Unavailable, "delivery.broken", store.Args{"name": d.info.Name})
}

// survey sums the file and finds its encoding.
func (d *delivery) survey(ctx context.Context) error {
	f, err := d.open()
	if err != nil {
		return d.broken(err)
	}
	defer f.Close()
	raw := newHashed(ctx, f)
	var sniff csv.Sniffer
	in, err := d.unpack(raw)
	if err == nil {
		_, err = io.CopyBuffer(&sniff, struct{ io.Reader }{in}, make([]byte, 1<<17))
	}
	if err != nil {
		io.Copy(io.Discard, raw) // also what can't be unpacked is known by its sum
	}
	d.info.SHA256, d.info.Bytes = raw.hex(), raw.n
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case raw.n == 0:
		return store.E(store.Unavailable, "delivery.no_bytes", store.Args{"name": d.info.Name})
	case err != nil:
		return d.broken(err)
	}
	enc := sniff.Encoding()
	if d.options.Encoding == "" || enc == csv.UTF8BOM && d.options.Encoding == csv.UTF8 {
		d.options.Encoding = enc
	}
	d.info.Encoding = string(d.options.Encoding)
	return nil
}

// stops says of an error that it is this delivery which those after it wait for.
func (d *delivery) stops(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &connector.Broken{Delivery: d.info, Err: err}
}

// begin opens the file for its rows and reads the header.
func (d *delivery) begin() error {
	f, err := d.open()
	if err != nil {
		return d.broken(err)
	}
	d.file, d.raw = f, newHashed(context.Background(), f)
	in, err := d.unpack(d.raw)
	if err == nil {
		d.rows, err = csv.NewReader(in, d.options)
	}
	if err != nil {
		f.Close()
		return d.broken(err)
	}
	return nil
}

func (d *delivery) Info() store.Delivery { return d.info }
func (d *delivery) Size() int64          { return d.info.Bytes }
func (d *delivery) Fields() []string     { return d.rows.Header() }
func (d *delivery) Progress() int64      { return d.read.Load() }

// Read gives the next rows. At the end the file must be what was surveyed, and have the rows that were stated.
func (d *delivery) Read(ctx context.Context, b *connector.Batch) error {
	d.raw.ctx = ctx
	r := csv.Rows{Cells: b.Cells, Data: b.Data, Bad: d.bad}
	err := ctx.Err()
	if err == nil {
		err = d.rows.Read(&r)
	}
	d.bad = r.Bad
	d.read.Store(d.raw.n)
	b.First, b.Width, b.Cells, b.Data, b.Nulls, b.Bad = r.First, len(d.rows.Header()), r.Cells, r.Data, nil, b.Bad[:0]
	if err == nil {
		for _, x := range r.Bad {
			b.Bad = append(b.Bad, connector.BadRow(x))
		}
		return nil
	}
	b.Cells = b.Cells[:0]
	if err != io.EOF {
		return d.broken(err)
	}
	switch n := d.rows.Count(); {
	case d.raw.hex() != d.info.SHA256:
		return store.E(store.Unavailable, "delivery.changed", store.Args{"name": d.info.Name})
	case d.info.Stated >= 0 && n != d.info.Stated:
		return store.E(store.Unavailable, "delivery.row_count",
			store.Args{"name": d.info.Name, "stated": d.info.Stated, "rows": n})
	}
	return io.EOF
}

// Close closes the file.
func (d *delivery) Close() error {
	if d.root != nil {
		d.root.Close()
	}
	if d.file == nil {
		return nil
	}
	return d.file.Close()
}

// hashed passes on what is read, until ctx ends, and sums it.
type hashed struct {
	ctx context.Context
	r   io.Reader
	sum hash.Hash
	n   int64
}

func newHashed(ctx context.Context, r io.Reader) *hashed {
	return &hashed{ctx: ctx, r: r, sum: sha256.New()}
}

func (h *hashed) Read(p []byte) (int, error) {
	if err := h.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := h.r.Read(p)
	h.sum.Write(p[:n])
	h.n += int64(n)
	return n, err
}

func (h *hashed) hex() string { return hex.EncodeToString(h.sum.Sum(nil)) }
