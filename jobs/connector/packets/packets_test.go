package packets

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"filippo.io/age"

	"samband/jobs/connector"
	"samband/jobs/connector/connectortest"
	"samband/jobs/privacy/packet"
	"samband/store"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// persons is an identity side with a number for everybody but those who are erased.
type persons struct{ erased map[store.Pseudonym]bool }

func personOf(n int) (p store.Pseudonym) {
	binary.BigEndian.PutUint32(p[:], uint32(n+1))
	return p
}

func (s *persons) Known(context.Context) (map[store.Pseudonym]bool, error) { return nil, nil }

func (s *persons) Write(_ context.Context, wanted map[store.Pseudonym]bool, attributes []store.Attribute, to connector.IdentityHalf) error {
	for p := range wanted {
		if s.erased[p] {
			continue
		}
		if err := to.Person(p[:], []string{fmt.Sprintf("%011d", binary.BigEndian.Uint32(p[:]))}, nil); err != nil {
			return err
		}
	}
	return nil
}

// world is a sender and a receiver.
type world struct {
	identity, health, dir string
	s                     connector.Settings
	keys                  map[string]*age.X25519Identity
	signing               ed25519.PrivateKey
	side                  *persons
}

func newWorld(t *testing.T) *world {
	w := &world{identity: t.TempDir(), health: t.TempDir(), dir: filepath.Join(t.TempDir(), "out"), keys: map[string]*age.X25519Identity{},
		signing: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32)), side: &persons{}}
	w.s = connector.Settings{Clock: store.NewFakeClock(noon), Values: map[string]string{
		"identity_address": "file://" + w.identity, "health_address": "file://" + w.health}}
	for _, name := range store.TransportRecipients {
		k, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		w.keys[name], w.s.Values[name+"_recipient"] = k, k.Recipient().String()
	}
	return w
}

func (w *world) halves(run string) *connector.Halves {
	return &connector.Halves{Registry: "hjerte", Integration: "ut", ScopeHash: "ab", Mapping: 1, LinkKey: bytes.Repeat([]byte{1}, 32), LinkVersion: 1,
		RecordKey: bytes.Repeat([]byte{2}, 32), Signing: w.signing, Dir: w.dir, Identities: w.side}
}

func list(t testing.TB, dir string) (names []string) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// ledger is one that forgets when the test is over.
type ledger map[string]bool

func (l ledger) Seen(p string) (bool, error) { return l[p], nil }
func (l ledger) Add(ps ...string) error {
	for _, p := range ps {
		l[p] = true
	}
	return nil
}

// received takes in all that came, as a receiver does: every file is tried as what it may be.
func (w *world) received(t testing.TB) (all []packet.Joined, runs int) {
	t.Helper()
	r := packet.Receiver{Identity: []age.Identity{w.keys["identity"]}, Health: []age.Identity{w.keys["health"]},
		Joiner: []age.Identity{w.keys["joiner"]}, Senders: []ed25519.PublicKey{w.signing.Public().(ed25519.PublicKey)},
		Ledger: ledger{}, Clock: store.NewFakeClock(noon)}
	open := func(dir, name string) *os.File {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	for _, m := range list(t, w.health) {
		for _, i := range list(t, w.identity) {
			for _, h := range list(t, w.health) {
				if h == m {
					continue
				}
				x, err := r.Open(open(w.health, m), open(w.identity, i), open(w.health, h))
				if err != nil {
					continue
				}
				if _, err := x.Join(func(j *packet.Joined) error { all = append(all, *j); return nil }); err != nil {
					t.Fatal(err)
				}
				x.Close()
				if err := x.Done(); err != nil {
					t.Fatal(err)
				}
				runs++
			}
		}
	}
	return all, runs
}

func TestDestination(t *testing.T) {
	connectortest.Destination(t, connectortest.Delivery{Connector: Connector(), New: func(t *testing.T) connectortest.Inbox {
		w := newWorld(t)
		return connectortest.Inbox{Settings: w.s, Halves: w.halves,
			Held: func(t *testing.T) (map[string][]string, map[string]int) {
				values, effects := map[string][]string{}, map[string]int{}
				all, _ := w.received(t)
				for _, j := range all {
					var i, version int
					fmt.Sscanf(j.Health[0], "K-%d", &i)
					fmt.Sscan(j.Health[1], &version)
					values[j.Health[0]] = j.Health
					effects[fmt.Sprintf("%s=%032x", j.Health[0], version*100_000+i)]++
				}
				return values, effects
			},
			Stop: func(d connector.Destination, n int) {
				d.(*destination).at = func(string) {
					if n--; n < 0 {
						panic(connectortest.Crashed)
					}
				}
			}}
	}})
}

func (w *world) open(t testing.TB) *destination {
	t.Helper()
	d, err := open(w.s)
	if err != nil {
		t.Fatal(err)
	}
	d.wait = 50 * time.Millisecond
	return d
}

func shipment(w *world, run string) connector.Shipment {
	return connector.Shipment{RunID: run, Made: noon, Fields: []string{"id", "verdi"}, Halves: w.halves(run)}
}

func (w *world) begin(t testing.TB, d *destination, run string, n int) *sending {
	t.Helper()
	x, err := d.Open(t.Context(), shipment(w, run))
	if err != nil {
		t.Fatal(err)
	}
	var records []connector.Record
	for i := range n {
		records = append(records, connector.Record{Key: fmt.Sprint(i), Values: []string{fmt.Sprint(i), ""}, Person: personOf(i / 2)})
	}
	if _, err := x.Send(t.Context(), records); err != nil {
		t.Fatal(err)
	}
	return x.(*sending)
}

func TestHalvesGoTwoWays(t *testing.T) {
	w := newWorld(t)
	x := w.begin(t, w.open(t), "0a01", 10)
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	f := x.Transport()
	if f.Persons != 5 || f.Rows != 10 || !f.Confirmed() || !f.Verify(w.signing.Public().(ed25519.PublicKey)) {
		t.Errorf("%+v", f)
	}
	if !slices.Equal(list(t, w.identity), []string{f.Identity.File}) || len(list(t, w.health)) != 2 {
		t.Errorf("identity %v, health %v", list(t, w.identity), list(t, w.health))
	}
	f.Persons++
	if f.Verify(w.signing.Public().(ed25519.PublicKey)) {
		t.Error("another number of persons verifies")
	}
	if err := x.Acknowledged(t.Context()); err != nil {
		t.Fatal(err)
	}
	x.Close()
	if left := list(t, w.dir); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	all, runs := w.received(t)
	if runs != 1 || len(all) != 10 {
		t.Fatalf("%d rows in %d", len(all), runs)
	}
	for _, j := range all {
		var i int
		fmt.Sscan(j.Health[0], &i)
		if j.Identity[0] != fmt.Sprintf("%011d", i/2+1) || !j.HealthNulls[1] {
			t.Errorf("row %d is joined with %v", i, j.Identity)
		}
	}
}

// TestLinksAreTheSameAfterAStop holds that a run that begins again before its pair is whole has the same link ids, and
// another run others.
func TestLinksAreTheSameAfterAStop(t *testing.T) {
	links := func(w *world, run string, stop string) map[string]bool {
		d := w.open(t)
		d.at = func(p string) {
			if p == stop {
				panic(connectortest.Crashed)
			}
		}
		func() {
			defer func() {
				if p := recover(); p != nil && p != connectortest.Crashed {
					panic(p)
				}
			}()
			if stop != "" {
				w.begin(t, d, run, 10).Commit(t.Context())
			}
		}()
		y := w.begin(t, w.open(t), run, 10)
		if err := y.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		all, _ := w.received(t)
		for _, j := range all {
			ids[j.Link.String()] = true
		}
		return ids
	}
	want := links(newWorld(t), "0a01", "")
	for _, stop := range []string{"identity", "written"} {
		got := links(newWorld(t), "0a01", stop)
		for id := range got {
			if !want[id] {
				t.Errorf("%s: another link id", stop)
			}
		}
		if len(got) != len(want) || len(got) != 5 {
			t.Errorf("%s: %d ids, want %d", stop, len(got), len(want))
		}
	}
	for id := range links(newWorld(t), "0a02", "") {
		if want[id] {
			t.Error("a link id in two runs")
		}
	}
}

func receiptFor(t testing.TB, dir, name, sum, result string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name+".receipt"), []byte("sha256="+sum+"\nresult="+result+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestOneHalfConfirmed holds that a pair of which one message is lost is neither taken nor sent a second time in other form.
func TestOneHalfConfirmed(t *testing.T) {
	for _, half := range []string{"identity", "health"} {
		t.Run(half, func(t *testing.T) {
			w := newWorld(t)
			w.s.Values["receipts"] = "true"
			x := w.begin(t, w.open(t), "0a01", 10)
			if err := x.Commit(t.Context()); store.CodeOf(err) != "packets.not_confirmed" || store.ClassOf(err) != store.Unavailable {
				t.Fatal(err)
			}
			f := x.Transport()
			p, dir, q, other := f.Identity, w.identity, f.Health, w.health
			if half == "health" {
				p, dir, q, other = q, other, p, dir
			}
			x.Close()
			receiptFor(t, dir, p.File, p.SHA256, "taken")
			if _, err := w.open(t).Open(t.Context(), shipment(w, "0a01")); store.CodeOf(err) != "packets.half_confirmed" {
				t.Fatal(err)
			}
			if len(list(t, w.identity))+len(list(t, w.health)) != 4 { // three files and a receipt
				t.Errorf("there: %v %v", list(t, w.identity), list(t, w.health))
			}
			receiptFor(t, other, q.File, q.SHA256, "taken")
			y, err := w.open(t).Open(t.Context(), shipment(w, "0a01"))
			if err != nil || !y.Taken() || y.Info().SHA256 != f.Manifest.SHA256 {
				t.Errorf("both confirmed: %v", err)
			}
		})
	}
	w := newWorld(t)
	w.s.Values["receipts"] = "true"
	x := w.begin(t, w.open(t), "0a01", 10)
	x.Commit(t.Context())
	receiptFor(t, w.health, x.facts.Health.File, x.facts.Health.SHA256, "refused")
	if _, err := w.open(t).Open(t.Context(), shipment(w, "0a01")); store.CodeOf(err) != "packets.refused" {
		t.Errorf("refused: %v", err)
	}
}

// TestErasedOnTheWay holds that a record whose person is gone when the identity half is written takes nothing along.
func TestErasedOnTheWay(t *testing.T) {
	w := newWorld(t)
	w.side.erased = map[store.Pseudonym]bool{personOf(2): true}
	x := w.begin(t, w.open(t), "0a01", 10)
	if err := x.Commit(t.Context()); store.CodeOf(err) != "packet.uneven" {
		t.Fatal(err)
	}
	x.Close()
	if n := len(list(t, w.identity)) + len(list(t, w.health)) + len(list(t, w.dir)); n > 0 {
		t.Errorf("%d files", n)
	}
}

func TestSettingsAreApart(t *testing.T) {
	link := filepath.Join(t.TempDir(), "link")
	for name, x := range map[string]struct {
		change      func(w *world)
		field, code string
	}{
		"one folder":    {func(w *world) { w.s.Values["health_address"] = "file://" + w.identity }, "health_address", "packets.same_way"},
		"inside":        {func(w *world) { w.s.Values["health_address"] = "file://" + w.identity + "/helse" }, "health_address", "packets.same_way"},
		"by a link":     {func(w *world) { os.Symlink(w.identity, link); w.s.Values["health_address"] = "file://" + link }, "health_address", "packets.same_way"},
		"address":       {func(w *world) { w.s.Values["health_address"] = "ftp://x" }, "health_address", "channel.address"},
		"host key":      {func(w *world) { w.s.Values["identity_address"] = "sftp://a@b/c" }, "identity_host_key", "channel.host_key_form"},
		"one recipient": {func(w *world) { w.s.Values["joiner_recipient"] = w.s.Values["health_recipient"] }, "", "packets.same_recipient"},
		"no key":        {func(w *world) { w.s.Values["health_recipient"] = "age1x" }, "health_recipient", "packets.recipient"},
		"fields":        {func(w *world) { w.s.Values["identity_fields"] = "number,diagnosis" }, "identity_fields", "packets.fields"},
	} {
		w := newWorld(t)
		x.change(w)
		_, err := open(w.s)
		var e *store.Error
		if !errors.As(err, &e) || string(e.Code) != x.code || x.field != "" && e.Field != x.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	w := newWorld(t)
	w.s.Secret = func(name string) (string, error) {
		return map[string]string{"identity_token": "x", "health_token": "x "}[name], nil
	}
	if err := w.open(t).Test(t.Context()); store.CodeOf(err) != "packets.same_secret" {
		t.Errorf("one secret: %v", err)
	}
}

// TestRecipientsSeeTheirOwnHalf holds that a key opens its own file and no other.
func TestRecipientsSeeTheirOwnHalf(t *testing.T) {
	w := newWorld(t)
	x := w.begin(t, w.open(t), "0a01", 10)
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	f := x.Transport()
	for name, path := range map[string]string{"identity": filepath.Join(w.identity, f.Identity.File),
		"health": filepath.Join(w.health, f.Health.File), "joiner": filepath.Join(w.health, f.Manifest.File)} {
		for _, key := range store.TransportRecipients {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			in, err := age.Decrypt(bytes.NewReader(b), w.keys[key])
			if (err == nil) != (key == name) {
				t.Errorf("the key of %s on the file of %s: %v", key, name, err)
			}
			if err != nil {
				continue
			}
			text, err := io.ReadAll(in)
			if err != nil {
				t.Fatal(err)
			}
			for n := range 5 {
				if bytes.Contains(text, []byte(fmt.Sprintf("%011d", n+1))) != (key == "identity") || bytes.Contains(text, []byte(personOf(n).String())) {
					t.Errorf("%s shows or hides a person wrongly", name)
				}
			}
		}
	}
}
