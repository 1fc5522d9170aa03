package packet

import (
	"crypto/cipher"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"io"

	"filippo.io/age"

	"samband/jobs/privacy"
	"samband/store"
)

// Receiver is the joiner: it holds the keys to both halves, and is the one place where they meet.
type Receiver struct {
	Identity, Health, Joiner []age.Identity
	Senders                  []ed25519.PublicKey // whose manifests are believed
	Ledger                   Ledger
	Clock                    store.Clock
	Scratch                  Scratch
	// Deny tells whether a person is to be left out, whose consent was withdrawn on the way; nil leaves out nobody. It is
	// asked for each person when the rows are given out.
	Deny func(privacy.LinkID) bool
}

// Transport is two packets and their manifest, checked and not yet joined.
type Transport struct {
	Manifest Manifest

	r                *Receiver
	identity, health *half
	ids, records     *sorter
	record           cipher.AEAD
}

// Joined is a record with its person. The slices are the callee's to keep.
type Joined struct {
	Link                       privacy.LinkID
	Record                     []byte // names the record, alike in each transport
	Identity, Health           []string
	IdentityNulls, HealthNulls []bool
	First                      bool // of the person's records
}

// Result counts what came of a transport.
type Result struct {
	Persons, Rows       int64 // given out
	Denied, DeniedRows  int64 // persons left out, and their rows
	LonePersons, Lonely int64 // persons without records, and records without a person
}

// Open checks a manifest and the two packets as they came, and opens them (package documentation, 1 to 5). Every refusal
// has a code of its own, and the argument file: manifest, identity or health. The Transport must be closed.
func (r *Receiver) Open(manifest io.Reader, identity, health io.ReadSeeker) (*Transport, error) {
	m, err := openManifest(manifest, r.Joiner, r.Senders)
	if err != nil {
		return nil, err
	}
	for _, p := range []Part{m.Identity, m.Health} {
		if !isName(p.Packet) {
			return nil, refused("packet.form", fileManifest)
		}
		if seen, err := r.Ledger.Seen(p.Packet); err != nil {
			return nil, err
		} else if seen {
			return nil, refused("packet.replayed", fileManifest)
		}
	}
	if r.Clock.Now().After(m.NotAfter) {
		return nil, refused("packet.expired", fileManifest)
	}
	t := &Transport{Manifest: *m, r: r}
	if t.record, err = recordCipher(m.RecordKey); err != nil {
		return nil, err
	}
	if err := r.same(identity, fileIdentity, m.Identity, m.Health, r.Identity); err != nil {
		return nil, err
	}
	if err := r.same(health, fileHealth, m.Health, m.Identity, r.Health); err != nil {
		return nil, err
	}
	if t.identity, err = openHalf(identity, fileIdentity, r.Identity); err != nil {
		return nil, err
	}
	if t.health, err = openHalf(health, fileHealth, r.Health); err != nil {
		return nil, err
	}
	for _, x := range []struct {
		h    *half
		part Part
	}{{t.identity, m.Identity}, {t.health, m.Health}} {
		if x.h.header.Half != x.h.name {
			return nil, refused("packet.other_half", x.h.name)
		}
		if x.h.header.Packet != x.part.Packet {
			return nil, refused("packet.other_run", x.h.name)
		}
	}
	return t, nil
}

// same refuses a file that isn't the one of the manifest, and finds out what it is instead.
func (r *Receiver) same(f io.ReadSeeker, name string, want, other Part, keys []age.Identity) error {
	got, err := weigh(f)
	switch {
	case err != nil:
		return err
	case got.sha256 == want.SHA256 && got.bytes == want.Bytes:
		return nil
	case got.sha256 == other.SHA256:
		return refused("packet.other_half", name)
	}
	if h, err := openHalf(f, name, keys); err == nil && h.header.Packet != want.Packet { // whole, but none of this transport
		return refused("packet.other_run", name)
	}
	if got.bytes < want.Bytes {
		return refused("packet.truncated", name)
	}
	return refused("packet.hash", name)
}

// IdentityFields names the identity values of a row.
func (t *Transport) IdentityFields() []string { return t.identity.header.Fields }

// HealthFields names the health values of a row.
func (t *Transport) HealthFields() []string { return t.health.header.Fields }

// Close lets go of what was read.
func (t *Transport) Close() {
	for _, s := range []*sorter{t.ids, t.records} {
		if s != nil {
			s.close()
		}
	}
}

// Join reads both packets to their end, checks that every record has one person and every person a record, and then gives
// out the rows, by link id. Nothing is given out before all of that holds. When f gives an error Join ends with it. Done is
// to be called when what was given out is safely kept.
func (t *Transport) Join(f func(*Joined) error) (*Result, error) {
	t.Close()
	t.ids, t.records = newSorter(t.r.Scratch), newSorter(t.r.Scratch)
	for _, x := range []struct {
		h    *half
		to   *sorter
		part Part
	}{{t.identity, t.ids, t.Manifest.Identity}, {t.health, t.records, t.Manifest.Health}} {
		n, err := x.h.rows(x.to)
		if err != nil {
			return nil, err
		}
		if privacy.Padme(n) != x.part.Rows {
			return nil, refused("packet.form", x.h.name)
		}
	}
	res := &Result{}
	if err := t.pair(res, nil); err != nil {
		return res, err
	}
	if res.LonePersons > 0 || res.Lonely > 0 {
		return res, store.E(store.Refused, "packet.orphan", store.Args{"persons": res.LonePersons, "records": res.Lonely})
	}
	*res = Result{}
	return res, t.pair(res, f)
}

// Done notes that both packets are taken.
func (t *Transport) Done() error {
	return t.r.Ledger.Add(t.Manifest.Identity.Packet, t.Manifest.Health.Packet)
}

// pair goes through both halves by link id. Without f it only counts.
func (t *Transport) pair(res *Result, f func(*Joined) error) error {
	ids, records := t.ids.cursor(), t.records.cursor()
	recordKey, record, more := records.next()
	var last sortKey
	for first := true; ; first = false {
		id, person, err := ids.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if !first && id == last {
			return refused("packet.twice", fileIdentity)
		}
		last = id
		for more == nil && less(recordKey, id) {
			res.Lonely++
			recordKey, record, more = records.next()
		}
		if more == nil && recordKey != id || errors.Is(more, io.EOF) {
			res.LonePersons++
			continue
		}
		var who *Joined
		if f != nil {
			if who, err = t.person(person); err != nil {
				return err
			}
		}
		denied := f != nil && t.r.Deny != nil && t.r.Deny(who.Link)
		if denied {
			res.Denied++
		} else {
			res.Persons++
		}
		for begin := true; more == nil && recordKey == id; begin = false {
			var row *Joined
			if f != nil && !denied {
				if row, err = t.join(who, record); err != nil {
					return err
				}
			}
			recordKey, record, more = records.next()
			if denied {
				res.DeniedRows++
				continue
			}
			res.Rows++
			if f != nil {
				row.First = begin
				if err := f(row); err != nil {
					return err
				}
			}
		}
		if more != nil && !errors.Is(more, io.EOF) {
			return more
		}
	}
	for more == nil {
		res.Lonely++
		recordKey, record, more = records.next()
	}
	if !errors.Is(more, io.EOF) {
		return more
	}
	return nil
}

func less(a, b sortKey) bool { return string(a[:]) < string(b[:]) }

// person reads a row of the identity half.
func (t *Transport) person(line []byte) (*Joined, error) {
	j := &Joined{}
	var err error
	j.Link, _ = linkOf(line)
	j.Identity, j.IdentityNulls, err = parseRow(line, 1+len(t.identity.header.Fields), fileIdentity)
	return j, err
}

// join reads a row of the health half for a person.
func (t *Transport) join(who *Joined, line []byte) (*Joined, error) {
	values, nulls, err := parseRow(line, 2+len(t.health.header.Fields), fileHealth)
	if err != nil {
		return nil, err
	}
	sealed, err := base64.RawStdEncoding.Strict().DecodeString(values[0])
	n := t.record.NonceSize()
	if err != nil || nulls[0] || len(sealed) < n {
		return nil, refused("packet.form", fileHealth)
	}
	j := *who
	if j.Record, err = t.record.Open(nil, sealed[:n], sealed[n:], j.Link[:]); err != nil {
		return nil, refused("packet.form", fileHealth)
	}
	j.Health, j.HealthNulls = values[1:], nulls[1:]
	return &j, nil
}
