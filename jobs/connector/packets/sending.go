package packets

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"samband/jobs/connector"
	"samband/jobs/connector/handover"
	"samband/jobs/privacy"
	"samband/jobs/privacy/packet"
	"samband/store"
)

// In the folder of a run: a pair that is whole, and what attempts are at work on.
const (
	pairDir  = "pair"
	tryDir   = "try-"
	factFile = "transport.json"
)

// sending is one attempt at a pair.
type sending struct {
	d      *destination
	h      *connector.Halves
	dir    string // of the run
	try    string // of this attempt; "" when the pair was whole before
	out    *packet.Writer
	wanted map[store.Pseudonym]bool
	facts  *store.Transport // of the pair, once it is whole
	done   bool             // by an earlier attempt
}

var (
	_ connector.Sending     = (*sending)(nil)
	_ connector.Transporter = (*sending)(nil)
)

func trouble(err error) error { return store.Wrap(err, store.Unavailable, "packet.write", nil) }

// Open begins a pair, or hands over the one that an earlier attempt made.
func (d *destination) Open(ctx context.Context, s connector.Shipment) (connector.Sending, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	h := s.Halves
	if h == nil || h.Identities == nil {
		return nil, store.E(store.Internal, "packet.key", nil)
	}
	if err := d.same(); err != nil {
		return nil, err
	}
	x := &sending{d: d, h: h, dir: filepath.Join(h.Dir, s.RunID), wanted: map[store.Pseudonym]bool{}}
	if err := os.MkdirAll(x.dir, 0o700); err != nil {
		return nil, trouble(err)
	}
	switch facts, err := x.read(); {
	case err != nil:
		return nil, err
	case facts != nil:
		x.facts = facts
		if err := x.deliver(ctx); err != nil {
			return nil, err
		}
		x.done = true
		return x, nil
	}
	old, err := filepath.Glob(filepath.Join(x.dir, tryDir+"*"))
	for _, o := range old { // an attempt that still is at it finds nothing to name
		err = errors.Join(err, os.RemoveAll(o))
	}
	if err == nil {
		x.try, err = os.MkdirTemp(x.dir, tryDir)
	}
	if err != nil {
		return nil, trouble(err)
	}
	fields := make([]string, len(d.attributes))
	for i, a := range d.attributes {
		fields[i] = string(a)
	}
	x.out, err = packet.NewWriter(packet.Options{Of: privacy.RunOf{Run: s.RunID, Registry: h.Registry, Integration: h.Integration},
		LinkKey: h.LinkKey, LinkVersion: h.LinkVersion, ScopeHash: h.ScopeHash, Mapping: h.Mapping, Consent: h.Consent,
		IdentityFields: fields, HealthFields: s.Fields, Identity: d.recipient("identity"), Health: d.recipient("health"),
		Joiner: d.recipient("joiner"), Signing: h.Signing, Clock: d.clock, IDs: store.RandomIDs{}, Scratch: packet.ScratchDir(x.try)})
	if err != nil {
		os.RemoveAll(x.try)
		return nil, err
	}
	return x, nil
}

func (d *destination) recipient(name string) []age.Recipient { return []age.Recipient{d.to[name]} }

// read gives what is known of a pair that is whole; nil when there is none.
func (x *sending) read() (*store.Transport, error) {
	text, err := os.ReadFile(filepath.Join(x.dir, pairDir, factFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	t := &store.Transport{}
	if err == nil {
		err = json.Unmarshal(text, t)
	}
	return t, trouble(err)
}

// Taken tells that the receiver has confirmed both halves.
func (x *sending) Taken() bool { return x.done }

// Send puts records into the health half.
func (x *sending) Send(ctx context.Context, records []connector.Record) ([]connector.Answer, error) {
	var nulls []bool
	for i := range records {
		r := &records[i]
		if i%100 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if r.Person == (store.Pseudonym{}) {
			return nil, store.E(store.Internal, "packet.half", nil)
		}
		nulls = nulls[:0]
		for _, v := range r.Values {
			nulls = append(nulls, v == "")
		}
		key := privacy.RecordKey(x.h.RecordKey, x.h.Integration, r.Key)
		if err := x.out.Health.Record(r.Person[:], key[:], r.Values, nulls); err != nil {
			return nil, err
		}
		x.wanted[r.Person] = true
	}
	x.d.at("health")
	return nil, nil
}

// Commit lets the identity side write its half, makes the pair whole, and hands it over.
func (x *sending) Commit(ctx context.Context) error {
	if x.done {
		return nil
	}
	if x.facts == nil {
		if err := x.h.Identities.Write(ctx, x.wanted, x.d.attributes, x.out.Identity); err != nil {
			return err
		}
		x.d.at("identity")
		if err := x.make(); err != nil {
			return err
		}
		x.d.at("whole")
	}
	return x.deliver(ctx)
}

// make writes the three files and says that they are whole, by one step.
func (x *sending) make() (err error) {
	t := &store.Transport{}
	parts := []*store.Packet{&t.Identity, &t.Health, &t.Manifest}
	files := make([]*file, len(parts))
	defer func() {
		for _, f := range files {
			if f != nil {
				f.f.Close()
			}
		}
	}()
	for i, p := range parts {
		p.File = strings.ToLower(rand.Text()) + ".age" // says nothing, and shares nothing with the others
		if files[i], err = newFile(filepath.Join(x.try, p.File)); err != nil {
			return trouble(err)
		}
	}
	made, err := x.out.Finish(files[0], files[1], files[2])
	if err != nil {
		return err
	}
	m := &made.Manifest
	t.Identity.ID, t.Health.ID = m.Identity.Packet, m.Health.Packet
	t.Identity.Padding, t.Health.Padding = made.IdentityPadding, made.HealthPadding
	t.Identity.Place, t.Health.Place, t.Manifest.Place = x.d.identity.Place(), x.d.health.Place(), x.d.health.Place()
	t.Identity.Recipient, t.Health.Recipient, t.Manifest.Recipient = x.d.keys["identity"], x.d.keys["health"], x.d.keys["joiner"]
	t.Persons, t.Rows, t.LinkKey, t.Signer = made.Persons, made.Rows, m.LinkKey, m.Signer
	t.ScopeHash, t.Mapping, t.Consent, t.Made, t.NotAfter = m.ScopeHash, m.Mapping, m.Consent, m.Made, m.NotAfter
	for i, p := range parts {
		p.Bytes, p.SHA256 = files[i].n, hex.EncodeToString(files[i].sum.Sum(nil))
		if err := files[i].f.Sync(); err != nil {
			return trouble(err)
		}
	}
	t.Signature = ed25519.Sign(x.h.Signing, t.Statement())
	if err := keep(x.try, t); err != nil {
		return err
	}
	x.d.at("written")
	if err := os.Rename(x.try, filepath.Join(x.dir, pairDir)); err != nil { // another attempt has made one
		return trouble(err)
	}
	x.try, x.facts = "", t
	return trouble(syncDir(x.dir))
}

// keep writes what is known of a pair, whole or not at all.
func keep(dir string, t *store.Transport) error {
	text, err := json.Marshal(t)
	if err != nil {
		return trouble(err)
	}
	fresh := filepath.Join(dir, factFile+".new")
	f, err := os.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return trouble(err)
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(fresh, filepath.Join(dir, factFile))
	}
	if err == nil {
		err = syncDir(dir)
	}
	return trouble(err)
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// deliver hands over what isn't, the manifest last, and asks for the receipts of both halves.
func (x *sending) deliver(ctx context.Context) error {
	t, pair := x.facts, filepath.Join(x.dir, pairDir)
	ways := []struct {
		p *store.Packet
		c handover.Channel
	}{{&t.Health, x.d.health}, {&t.Identity, x.d.identity}, {&t.Manifest, x.d.health}}
	fileOf := func(p *store.Packet) handover.File {
		return handover.File{Name: p.File, SHA256: p.SHA256, Bytes: p.Bytes,
			Open: func() (io.ReadCloser, error) { return os.Open(filepath.Join(pair, p.File)) }}
	}
	for _, w := range ways {
		if !w.p.Handed.IsZero() {
			continue
		}
		if err := w.c.Put(ctx, fileOf(w.p)); err != nil {
			return err
		}
		x.d.at("handed " + w.p.File)
		w.p.Handed = x.d.clock.Now().UTC().Truncate(time.Second)
		if err := keep(pair, t); err != nil {
			return err
		}
	}
	for late := time.NewTimer(x.d.wait); ; {
		for _, w := range ways[:2] {
			if w.p.Receipt != "" {
				continue
			}
			r, err := w.c.Receipt(ctx, fileOf(w.p))
			if err != nil {
				return err
			}
			if r.State != handover.ReceiptNone {
				w.p.Receipt, w.p.ReceiptID, w.p.ReceiptAt = string(r.State), r.ID, r.At
				if err := keep(pair, t); err != nil {
					return err
				}
			}
		}
		switch i, h := t.Identity.Receipt, t.Health.Receipt; {
		case t.Confirmed():
			x.d.at("confirmed")
			return nil
		case i == string(handover.ReceiptRefused) || h == string(handover.ReceiptRefused):
			return store.E(store.Refused, "packets.refused", nil)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(min(time.Second, x.d.wait/5)):
		case <-late.C:
			if t.Identity.Receipt != t.Health.Receipt {
				return store.E(store.Unavailable, "packets.half_confirmed", nil)
			}
			return store.E(store.Unavailable, "packets.not_confirmed", nil)
		}
	}
}

// Acknowledged takes away what was kept of the pair.
func (x *sending) Acknowledged(context.Context) error { return trouble(os.RemoveAll(x.dir)) }

// Info names the manifest: what the receiver goes by.
func (x *sending) Info() store.Delivery {
	t := x.facts
	if t == nil {
		return store.Delivery{}
	}
	return store.Delivery{Name: t.Manifest.File, SHA256: t.Manifest.SHA256, Bytes: t.Identity.Bytes + t.Health.Bytes + t.Manifest.Bytes, Stated: t.Rows}
}

// Transport gives what is known of the pair.
func (x *sending) Transport() *store.Transport { return x.facts }

// Close lets go of what isn't whole. Of a run that came to nothing no folder is left.
func (x *sending) Close() error {
	if x.out != nil {
		x.out.Close()
	}
	if x.try != "" {
		if err := os.RemoveAll(x.try); err != nil {
			return trouble(err)
		}
	}
	os.Remove(x.dir) // unless a pair is in it
	return nil
}

// file is one that is being written, and weighed.
type file struct {
	f   *os.File
	sum hash.Hash
	n   int64
}

func newFile(path string) (*file, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	return &file{f, sha256.New(), 0}, err
}

func (f *file) Write(b []byte) (int, error) {
	n, err := f.f.Write(b)
	f.sum.Write(b[:n])
	f.n += int64(n)
	return n, err
}
