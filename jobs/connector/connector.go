// Package connector is the contract between the pipeline and the outside systems. Each system is one folder below,
// declared by a store.Kind and listed in package all; the conformance suite in connectortest holds for all of them.
package connector

import (
	"context"
	"io"
	"net/netip"
	"slices"
	"time"

	"samband/store"
)

// Connector is one kind of outside system.
type Connector struct {
	Kind store.Kind
	// OpenSource makes a Source from a connection's settings; nil when the kind has no source role. It checks the
	// settings and touches nothing outside.
	OpenSource func(Settings) (Source, error)
	// OpenPager makes a Pager instead, for a kind whose source gives its rows page by page.
	OpenPager func(Settings) (Pager, error)
	// OpenDestination makes a Destination in the same way; nil when the kind has no destination role.
	OpenDestination func(Settings) (Destination, error)
	// OpenConsents makes a ConsentSource, for a kind that gives people's choices and no rows (Kind.Consents).
	OpenConsents func(Settings) (ConsentSource, error)
}

// Settings are what a connection is told, and what it is given to work with.
type Settings struct {
	Values map[string]string
	// Secret gives an option of kind secret; nil when there are none.
	Secret func(name string) (string, error)
	// SealDir and SealKey are where deliveries are put away once loaded, and under which key. Sources whose deliveries
	// lie with the other side have no use for them.
	SealDir string
	SealKey []byte
	Clock   store.Clock
	Network Network
}

// Network is what the installation says of requests that leave the house. Whoever sets up a connection has no say in it.
type Network struct {
	// Allowed are the networks that a connected address must be in. With none every address may be reached but those of
	// this machine and of its own link, and those that hide another.
	Allowed []netip.Prefix
	// Asked is told of each request when it is over; nil: nobody is.
	Asked func(Asked)
}

// hiding are the networks whose addresses stand for others: NAT64, 6to4 and Teredo.
var hiding = []netip.Prefix{netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32")}

// Reaches tells whether an address may be connected to.
func (n *Network) Reaches(ip netip.Addr) bool {
	ip = ip.WithZone("").Unmap()
	in := func(p netip.Prefix) bool { return p.Contains(ip) }
	if len(n.Allowed) > 0 {
		return slices.ContainsFunc(n.Allowed, in)
	}
	return (ip.IsGlobalUnicast() || ip.IsPrivate()) && !slices.ContainsFunc(hiding, in)
}

// Asked is one request that is over, for metrics. It holds nothing of the address: that can tell of persons.
type Asked struct {
	Outcome string        // "ok", "cancelled", or the code of the failure
	Wait    time.Duration // until the answer began, or failed
	Bytes   int64         // of the body, unpacked
}

// Source reads deliveries from an outside system. It never sees the portal's database. Methods may be called from one
// goroutine at a time and stop within 2 s when ctx ends.
type Source interface {
	// Next gives the oldest delivery that is ready and that done does not know, or ErrNothing. done is asked with the
	// delivery's SHA-256 (or another lasting mark of its content).
	Next(ctx context.Context, done func(mark string) (bool, error)) (Delivery, error)
	// Test tries the connection and says what it found, as an error with a code when something is wrong.
	Test(ctx context.Context) error
}

// Keeper is a Source that keeps deliveries, so that one a person lets load later can be read again.
type Keeper interface {
	// OpenSealed opens a delivery that Loaded put away, by the SHA-256 of its content.
	OpenSealed(ctx context.Context, sha256 string) (Delivery, error)
	// Kept tells whether there is one of that content.
	Kept(sha256 string) bool
}

// Setter is a Source that can set a delivery aside that stops those after it.
type Setter interface {
	// SetAside seals a delivery that lies ready, and takes it away from where it is read. agreed is asked when it is known
	// to be the one of that content, before anything is changed. Conflict "delivery.gone": it isn't there as it was.
	SetAside(ctx context.Context, name, sha256 string, agreed func() error) error
}

// Describer is a Source that can say what it offers without reading rows.
type Describer interface {
	// Describe gives the fields of the newest delivery that waits, or else of the one that was delivered last, with what is documented of
	// them. It says nothing of any row. ErrNothing: neither a delivery nor a document tells.
	Describe(ctx context.Context) (*store.Schema, error)
}

// Latest is a Source that can show the newest of several deliveries, where Next gives the oldest.
type Latest interface {
	// Newest opens the newest delivery that is complete, to be looked at: nothing is moved, and Loaded is not called.
	// ErrNothing: none lies there.
	Newest(ctx context.Context) (Delivery, error)
}

// ErrNothing is what Next gives when no delivery is waiting. The run succeeds with the note, having read nothing.
var ErrNothing = store.E(store.Unavailable, "delivery.nothing", nil)

// Delivery is one coherent set of rows. The header is known when it is opened; rows come in batches.
type Delivery interface {
	// Info says what identifies the delivery. Bytes and encoding are known from the start.
	Info() store.Delivery
	// Size is the number of bytes Read will tell of in Progress; 0 when it isn't known.
	Size() int64
	// Fields gives the names of the columns, in order.
	Fields() []string
	// Read fills b with the next rows, reusing what it holds, and returns io.EOF when there are no more (b then
	// holds none). Any other error ends the run and nothing of the delivery is loaded: a checksum or row count that
	// doesn't agree is such an error and comes with the last batch at the latest.
	Read(ctx context.Context, b *Batch) error
	// Progress gives the bytes read so far.
	Progress() int64
	// Loaded tells the source that the delivery is dealt with (loaded, or held for a person), so that it can be put
	// away. It is called again after a crash when it may not have been carried out, and must then do nothing twice.
	Loaded(ctx context.Context) error
	io.Closer
}

// Batch is some consecutive rows of a delivery. Cells are texts as the source gave them, row by row; they stay valid
// until the batch is read into again.
type Batch struct {
	First int64 // position of the first row, counted from 1
	Width int   // cells per row
	Cells []string
	// Nulls has a bit per cell when the source tells null from empty; nil when it doesn't (files).
	Nulls []uint64
	// Bad lists rows that could not be cut into cells, with their positions among the others; their cells are empty.
	Bad []BadRow
	// Data is the memory Cells point into, for the connector's use.
	Data []byte
}

// Rows gives the number of rows.
func (b *Batch) Rows() int {
	if b.Width == 0 {
		return 0
	}
	return len(b.Cells) / b.Width
}

// Row gives the cells of row i (0 = first of the batch).
func (b *Batch) Row(i int) []string { return b.Cells[i*b.Width : (i+1)*b.Width : (i+1)*b.Width] }

// Null tells whether a cell is null rather than empty.
func (b *Batch) Null(row, col int) bool {
	if b.Nulls == nil {
		return false
	}
	n := row*b.Width + col
	return b.Nulls[n>>6]&(1<<(n&63)) != 0
}

// BadRow is a row whose form is broken.
type BadRow struct {
	Row    int        // index within the batch
	Reason store.Code // row.fields, row.quote, row.too_long
	Args   store.Args
	Raw    []byte // the broken row as it came, for the sealed quarantine; never logged
}
