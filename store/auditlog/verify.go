package auditlog

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"samband/store"
)

// Row is an entry as it lies in the database, with the columns that repeat parts of it.
type Row struct {
	Seq, At                               int64 // At in microseconds since 1970
	Entry, Leaf                           []byte
	Action, Kind, Object, Registry, Actor string
}

// Saved is a signed checkpoint as it lies in the database. Size and At repeat what the note says.
type Saved struct {
	Size int64
	At   time.Time
	Note string
}

// Source is where a log lies. Each gives at most n, in order; a list that is empty ends it.
type Source interface {
	// AuditSize gives the newest entry's number and what the counter says it should be.
	AuditSize(ctx context.Context) (size, counter int64, err error)
	AuditRows(ctx context.Context, after int64, n int) ([]Row, error)
	AuditNodes(ctx context.Context, after int64, n int) ([]Node, error)
	Checkpoints(ctx context.Context, after int64, n int) ([]Saved, error)
}

// What can have been done to a log: text "audit.found.<kind>".
const (
	Edited    = "edited"    // an entry, a column that repeats it, or a hash is not what it was
	Deleted   = "deleted"   // entries are gone from the middle
	Inserted  = "inserted"  // there are entries that nobody wrote
	Reordered = "reordered" // entries stand in each other's places
	Cut       = "cut"       // the end is gone; what is left of it may be another
	Rewritten = "rewritten" // entries and hashes fit each other, and not what was signed
	Forged    = "forged"    // a checkpoint that the installation didn't sign like this
	Missing   = "missing"   // a checkpoint that stands in only one of the two places
)

// Finding is one thing that is wrong. From and To are the entries among which it is; for a checkpoint the size it is
// of. Where says which part: a column of the entry, "tree", "counter", "database" or "outside".
type Finding struct {
	Kind  string `json:"kind"`
	From  int64  `json:"from"`
	To    int64  `json:"to"`
	Where string `json:"where"`
	Place int64  `json:"place,omitempty"` // of a hash that has no business there
	// Accepted tells that somebody at the machine has accepted exactly this (Acceptance).
	Accepted bool `json:"accepted,omitempty"`
}

// digest names the finding, the same in every walk.
func (f Finding) digest() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d %s %d", f.Kind, f.From, f.To, f.Where, f.Place))
	return hex.EncodeToString(sum[:])
}

// Acceptance gives the details of an AcceptAction entry that name findings: the first as it is, all by their digests,
// and a signature over these, so that who can write to the database alone accepts nothing.
func Acceptance(findings []Finding, s *Signer) store.Args {
	if len(findings) == 0 {
		return store.Args{}
	}
	f := findings[0]
	names := make([]string, len(findings))
	for i, f := range findings {
		names[i] = f.digest()
	}
	return store.Args{"kind": f.Kind, "from": f.From, "to": f.To, "where": f.Where, "found": names,
		"signed": hex.EncodeToString(s.Detached(acceptText(names)))}
}

func acceptText(names []string) []byte {
	return []byte("samband-accept/v1\n" + strings.Join(names, "\n") + "\n")
}

// ofPoint tells whether it is a checkpoint that is wrong, and not an entry.
func (f Finding) ofPoint() bool { return f.Kind == Forged || f.Kind == Missing }

// maxFindings is how many are told: the first says what happened, and a log that was written anew has one per entry.
const maxFindings = 100

// Report is what a walk over a log found. Findings are in order of entries, those of
// checkpoints last; none: the log is as it was written.
type Report struct {
	OK bool `json:"ok"`
	Tree
	Key         string `json:"key"`         // the public key that signatures were verified with
	Checkpoints int    `json:"checkpoints"` // in the database
	Outside     int    `json:"outside"`     // outside the database; -1: not looked at
	Accepted    int    `json:"accepted"`    // of these, how many somebody has accepted as another history
	// Unsigned is how many of the newest entries no signature covers yet, and Since when the first of them was written:
	// if these are taken away, no walk can tell.
	Unsigned int64     `json:"unsigned"`
	Since    time.Time `json:"unsigned_since,omitzero"`
	Findings []Finding `json:"findings"`
}

// Standing gives the findings that nobody has accepted. A log with findings of which none stands is accepted, not whole.
func (r *Report) Standing() []Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f Finding) bool { return f.Accepted })
}

// AcceptAction is the entry with which somebody accepts that the log isn't the one that was signed, as after a backup
// was restored. Its details hold how many checkpoints lay outside then, and Digest of them.
const AcceptAction = "audit.accept"

// Digest names a list of signed checkpoints, byte for byte.
func Digest(notes []string) string {
	sum := sha256.Sum256([]byte(strings.Join(notes, "\n")))
	return hex.EncodeToString(sum[:])
}

// Verify walks a log from end to end. outside are the signed checkpoints that lie outside the database, in the order
// in which they were written there; nil when there is no such place to look at. head is the signed tree of the newest
// entry that lies beside them, or "". An error means that the log couldn't be read; what is wrong with it is in the
// report.
func Verify(ctx context.Context, s Source, outside []string, head string, v *Verifier) (*Report, error) {
	w := &walk{report: &Report{Key: v.String(), Outside: -1, Findings: []Finding{}}, roots: map[int64]Hash{}, whole: true,
		place: math.MinInt64}
	var inside []Saved
	for after := int64(0); ; {
		list, err := s.Checkpoints(ctx, after, batch)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 {
			break
		}
		inside, after = append(inside, list...), list[len(list)-1].Size
	}
	marks := make([]mark, len(outside))
	for i, n := range outside {
		marks[i] = read(n, v)
		w.roots[marks[i].Size] = Hash{}
	}
	for _, c := range inside {
		w.roots[c.Size] = Hash{}
	}
	var newest *mark
	if head != "" && outside != nil {
		m := read(head, v)
		newest = &m
		w.roots[m.Size] = Hash{}
	}
	size, counter, err := s.AuditSize(ctx)
	if err != nil {
		return nil, err
	}
	w.covered(inside, marks, newest, size, v)
	if err := w.rows(ctx, s, size); err != nil {
		return nil, err
	}
	w.report.Tree = Tree{w.size, w.root()}
	w.report.Checkpoints = len(inside)
	w.marks(inside, marks, outside, newest, v)
	w.report.Unsigned = max(0, size-w.signed)
	switch {
	case counter > size:
		w.found(Cut, size+1, counter, "counter")
	case counter < size:
		w.found(Inserted, counter+1, size, "counter")
	}
	r := w.report
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		if a.ofPoint() != b.ofPoint() {
			return map[bool]int{true: 1, false: -1}[a.ofPoint()]
		}
		return cmp.Compare(a.From, b.From)
	})
	for _, a := range w.accept {
		if !a.signed(v) {
			continue
		}
		for i := range r.Findings {
			f := &r.Findings[i]
			f.Accepted = f.Accepted || slices.Contains(a.found, f.digest())
		}
	}
	r.OK = len(r.Findings) == 0
	return r, nil
}

const batch = 1000

// walk is a walk under way.
type walk struct {
	report *Report
	whole  bool           // no entry is missing or out of place so far, so that the tree can be computed
	size   int64          // entries that the tree is computed over
	left   [63]Hash       // per level, the node that waits for its right sibling
	roots  map[int64]Hash // the roots that checkpoints ask for
	shift  int64          // by how much the entries' own numbers differ from those of the rows
	odd    int64          // a row that differs by something else, 0: none
	oddBy  int64
	nodes  []Node
	place  int64
	accept []acceptance
	signed int64 // entries that some signature is over
}

type acceptance struct {
	seq    int64
	n      int
	digest string
	found  []string
	sig    []byte
}

func (a *acceptance) signed(v *Verifier) bool {
	return len(a.found) > 0 && v.Detached(acceptText(a.found), a.sig)
}

// covered finds the largest of the trees that were signed.
func (w *walk) covered(inside []Saved, outside []mark, head *mark, size int64, v *Verifier) {
	all := slices.Clone(outside)
	for _, c := range inside {
		all = append(all, read(c.Note, v))
	}
	if head != nil {
		all = append(all, *head)
	}
	for _, m := range all {
		if m.signed {
			w.signed = max(w.signed, min(m.Size, size))
		}
	}
}

func (w *walk) found(kind string, from, to int64, where string) {
	if len(w.report.Findings) < maxFindings {
		w.report.Findings = append(w.report.Findings, Finding{Kind: kind, From: from, To: to, Where: where})
	}
}

// within tells whether something was found about these entries already, so that what follows from it isn't told too.
func (w *walk) within(from, to int64) bool {
	return slices.ContainsFunc(w.report.Findings, func(f Finding) bool {
		return f.From <= to && f.To >= from && !f.ofPoint()
	})
}

// rows walks the entries and, beside them, the nodes of the tree.
func (w *walk) rows(ctx context.Context, s Source, size int64) error {
	for last := int64(0); last < size; {
		rows, err := s.AuditRows(ctx, last, batch)
		if err != nil {
			return err
		}
		for i := range rows {
			r := &rows[i]
			if r.Seq > size {
				break
			}
			if r.Seq != last+1 {
				w.found(Deleted, last+1, r.Seq-1, "entry")
				w.whole = false
			}
			w.row(r)
			if w.whole {
				if err := w.grow(ctx, s, r); err != nil {
					return err
				}
			}
			last = r.Seq
		}
		if len(rows) == 0 || rows[len(rows)-1].Seq > size {
			break
		}
	}
	if w.odd != 0 {
		kind := Deleted
		if w.oddBy < w.shift {
			kind = Inserted
		}
		w.found(kind, w.odd, w.odd, "entry")
	}
	return w.ahead(ctx, s, size)
}

// ahead looks at the nodes behind those of the entries that were walked. Entries written meanwhile have theirs there;
// what is still further out, nobody wrote.
func (w *walk) ahead(ctx context.Context, s Source, size int64) error {
	if !w.whole { // the walk of the nodes ended before that of the entries
		w.nodes, w.place = nil, tlog.StoredHashCount(size)-1
	}
	var rest []Node
	for len(rest) < maxFindings {
		n, ok, err := w.node(ctx, s)
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		rest, w.nodes = append(rest, n), w.nodes[1:]
	}
	now, counter, err := s.AuditSize(ctx)
	if err != nil {
		return err
	}
	for _, n := range rest {
		// Those of an end that was cut off belonged to it: that is told by itself.
		if n.Place < tlog.StoredHashCount(size) || n.Place >= tlog.StoredHashCount(max(now, counter)) || isLeaf(n.Place) {
			w.extra(n)
		}
	}
	return nil
}

func isLeaf(place int64) bool { level, _ := Split(place); return level == 0 }

// row looks at one entry by itself.
func (w *walk) row(r *Row) {
	if r.Seq == w.signed+1 {
		w.report.Since = time.UnixMicro(r.At).UTC()
	}
	var e store.AuditEntry
	var canonical []byte
	err := json.Unmarshal(r.Entry, &e)
	if err == nil {
		canonical, err = e.Canonical()
	}
	leaf := store.LeafHash(r.Entry)
	switch {
	case err != nil || !bytes.Equal(canonical, r.Entry):
		w.found(Edited, r.Seq, r.Seq, "entry")
		return
	case !bytes.Equal(leaf[:], r.Leaf):
		w.found(Edited, r.Seq, r.Seq, "leaf")
		return
	}
	for _, c := range []struct{ name, column, entry string }{
		{"action", r.Action, e.Action}, {"kind", r.Kind, e.Kind}, {"object", r.Object, e.Object},
		{"registry", r.Registry, e.Registry}, {"actor", r.Actor, e.ActorID},
	} {
		if c.column != c.entry {
			w.found(Edited, r.Seq, r.Seq, c.name)
		}
	}
	if r.At != e.At.UnixMicro() {
		w.found(Edited, r.Seq, r.Seq, "at")
	}
	w.order(r.Seq, e.Seq-r.Seq)
	if e.Action == AcceptAction {
		n, _ := e.Details["outside"].(int64)
		digest, _ := e.Details["digest"].(string)
		found, _ := e.Details["found"].([]string)
		signed, _ := e.Details["signed"].(string)
		sig, _ := hex.DecodeString(signed)
		w.accept = append(w.accept, acceptance{e.Seq, int(n), digest, found, sig})
	}
}

// order compares the number in an entry with the one of its row. One that differs alone stands in another's place; from
// where all differ, something was taken out or put in.
func (w *walk) order(seq, by int64) {
	switch odd := w.odd; {
	case odd == 0:
	case by == w.oddBy && by > w.shift:
		w.found(Deleted, odd, odd, "entry")
		w.shift, w.odd = by, 0
	case by == w.oddBy:
		w.found(Inserted, odd-1, odd-1, "entry")
		w.shift, w.odd = by, 0
	default:
		w.found(Reordered, min(odd, odd+w.oddBy), max(odd, odd+w.oddBy), "entry")
		w.odd = 0
	}
	if by != w.shift {
		w.odd, w.oddBy, w.whole = seq, by, false
	}
}

// grow takes the next leaf into the tree and compares the nodes it completes with the stored ones.
func (w *walk) grow(ctx context.Context, s Source, r *Row) error {
	if len(r.Leaf) != len(Hash{}) { // row has told
		w.whole = false
		return nil
	}
	h, n, level := Hash(r.Leaf), r.Seq-1, 0
	for ; n&1 == 1; n >>= 1 {
		h = tlog.NodeHash(w.left[level], h)
		level++
		want := Node{tlog.StoredHashIndex(level, n>>1), h}
		have, ok, err := w.node(ctx, s)
		for ok && err == nil && have.Place < want.Place {
			w.extra(have)
			w.nodes = w.nodes[1:]
			have, ok, err = w.node(ctx, s)
		}
		if err != nil {
			return err
		}
		from := n>>1<<level + 1
		switch to := from + 1<<level - 1; {
		case !ok || have.Place > want.Place:
			w.found(Edited, from, to, "tree")
			continue
		case have.Hash != want.Hash && !w.within(from, to):
			w.found(Edited, from, to, "tree")
		}
		w.nodes = w.nodes[1:]
	}
	w.left[level] = h
	w.size = r.Seq
	if _, asked := w.roots[w.size]; asked {
		w.roots[w.size] = w.root()
	}
	return nil
}

// root is the root over the first w.size entries.
func (w *walk) root() (root Hash) {
	first := true
	for level := range w.left {
		switch {
		case w.size>>level&1 == 0:
		case first:
			root, first = w.left[level], false
		default:
			root = tlog.NodeHash(w.left[level], root)
		}
	}
	return root
}

// node gives the next stored node without taking it.
func (w *walk) node(ctx context.Context, s Source) (n Node, ok bool, err error) {
	if len(w.nodes) == 0 {
		if w.nodes, err = s.AuditNodes(ctx, w.place, batch); err != nil || len(w.nodes) == 0 {
			return Node{}, false, err
		}
		w.place = w.nodes[len(w.nodes)-1].Place
	}
	return w.nodes[0], true, nil
}

// extra tells of a stored node that has no business there.
func (w *walk) extra(n Node) {
	from, to := n.Place, n.Place // a place that no log has
	if n.Place >= 0 && n.Place < 1<<60 {
		level, at := Split(n.Place)
		from, to = at<<level+1, (at+1)<<level
	}
	if len(w.report.Findings) < maxFindings {
		w.report.Findings = append(w.report.Findings, Finding{Kind: Inserted, From: from, To: to, Where: "extra", Place: n.Place})
	}
}
