package packet

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"pgregory.net/rapid"

	"samband/jobs/privacy"
	"samband/store"
)

// Fixed keys, for tests alone.
var (
	linkKey = bytes.Repeat([]byte{1}, 32)
	signing = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, 32))
	other   = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{3}, 32))
	begun   = time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
)

// keys are those of a receiver.
type keys struct{ identity, health, joiner age.Identity }

func newKeys(t testing.TB) keys {
	t.Helper()
	k := keys{}
	for _, at := range []*age.Identity{&k.identity, &k.health, &k.joiner} {
		x, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		*at = x
	}
	return k
}

func recipient(k age.Identity) []age.Recipient {
	return []age.Recipient{k.(*age.X25519Identity).Recipient()}
}

type memoryLedger map[string]bool

func (l memoryLedger) Seen(p string) (bool, error) { return l[p], nil }
func (l memoryLedger) Add(p ...string) error {
	for _, x := range p {
		l[x] = true
	}
	return nil
}

// world is a sender and a receiver.
type world struct {
	t      testing.TB
	keys   keys
	clock  *store.FakeClock
	ledger memoryLedger
	run    int
}

func newWorld(t testing.TB) *world {
	return &world{t: t, keys: newKeys(t), clock: store.NewFakeClock(begun), ledger: memoryLedger{}, run: 1}
}

func (w *world) options() Options {
	return Options{Of: privacy.RunOf{Run: fmt.Sprint("run-", w.run), Registry: "hjerte", Integration: "nasjonalt"}, LinkKey: linkKey,
		LinkVersion: 1, ScopeHash: "scope", Mapping: 3, Consent: "snapshot-7", IdentityFields: []string{"number", "name"},
		HealthFields: []string{"diagnosis", "weight"}, Identity: recipient(w.keys.identity), Health: recipient(w.keys.health),
		Joiner: recipient(w.keys.joiner), Signing: signing, Clock: w.clock, IDs: store.RandomIDs{}, Scratch: ScratchDir(w.t.TempDir())}
}

// sent is a transport as files.
type sent struct {
	identity, health, manifest []byte
	made                       *Made
}

// person gives the n-th person of tests.
func person(n int) (pseudonym []byte, values []string) {
	p, ok := store.SyntheticNumber(store.Date("1940-01-01").AddDays(n/200), n%200)
	for i := 200; !ok; i++ {
		p, ok = store.SyntheticNumber(store.Date("1940-01-01").AddDays(n/200), i)
	}
	return fmt.Appendf(nil, "P-%d", n), []string{p.Reveal(), fmt.Sprintf("Kanari%05d", n)}
}

func record(n, k int) []byte {
	r := privacy.RecordKey(linkKey, "nasjonalt", fmt.Sprint(n, "/", k))
	return r[:]
}

// fill gives the writer n persons with one to three records.
func fill(t testing.TB, w *Writer, n int) {
	t.Helper()
	for i := range n {
		p, values := person(i)
		if err := w.Identity.Person(p, values, nil); err != nil {
			t.Fatal(err)
		}
		for k := range i%3 + 1 {
			if err := w.Health.Record(p, record(i, k), []string{fmt.Sprint("I", i), fmt.Sprint(k)}, []bool{false, k == 2}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func finish(t testing.TB, w *Writer) *sent {
	t.Helper()
	defer w.Close()
	var i, h, m bytes.Buffer
	made, err := w.Finish(&i, &h, &m)
	if err != nil {
		t.Fatal(err)
	}
	return &sent{i.Bytes(), h.Bytes(), m.Bytes(), made}
}

// send makes a transport of n persons, of the next run.
func (w *world) send(n int) *sent {
	w.t.Helper()
	out, err := NewWriter(w.options())
	if err != nil {
		w.t.Fatal(err)
	}
	fill(w.t, out, n)
	w.run++
	return finish(w.t, out)
}

func (w *world) receiver() *Receiver {
	return &Receiver{Identity: []age.Identity{w.keys.identity}, Health: []age.Identity{w.keys.health}, Joiner: []age.Identity{w.keys.joiner},
		Senders: []ed25519.PublicKey{signing.Public().(ed25519.PublicKey)}, Ledger: w.ledger, Clock: w.clock, Scratch: ScratchDir(w.t.TempDir())}
}

// receive joins a transport and gives how many rows were given out.
func (w *world) receive(r *Receiver, s *sent, take func(*Joined)) (*Result, int, error) {
	t, err := r.Open(bytes.NewReader(s.manifest), bytes.NewReader(s.identity), bytes.NewReader(s.health))
	if err != nil {
		return nil, 0, err
	}
	defer t.Close()
	rows := 0
	res, err := t.Join(func(j *Joined) error {
		rows++
		if take != nil {
			take(j)
		}
		return nil
	})
	if err == nil {
		err = t.Done()
	}
	return res, rows, err
}

func TestBothHalvesComeBackJoined(t *testing.T) {
	w := newWorld(t)
	const n = 500
	s := w.send(n)
	got := map[string]string{}
	firsts := 0
	res, rows, err := w.receive(w.receiver(), s, func(j *Joined) {
		got[string(j.Record)] = fmt.Sprint(j.Identity, j.IdentityNulls, j.Health, j.HealthNulls)
		if j.First {
			firsts++
		}
	})
	if err != nil || rows != len(got) || res.Rows != int64(rows) || res.Persons != n || firsts != n {
		t.Fatal(res, rows, firsts, err)
	}
	want := 0
	for i := range n {
		_, values := person(i)
		for k := range i%3 + 1 {
			weight := fmt.Sprint(k)
			if k == 2 {
				weight = ""
			}
			if x := fmt.Sprint(values, []bool{false, false}, []string{fmt.Sprint("I", i), weight}, []bool{false, k == 2}); got[string(record(i, k))] != x {
				t.Fatalf("person %d, record %d: %s, want %s", i, k, got[string(record(i, k))], x)
			}
			want++
		}
	}
	m := s.made.Manifest
	if want != rows || s.made.Persons != n || s.made.Rows != int64(rows) || m.Consent != "snapshot-7" || m.NotAfter != begun.Add(72*time.Hour) {
		t.Error(want, s.made)
	}
	for name, b := range map[string][]byte{"identity": s.identity, "health": s.health, "manifest": s.manifest} {
		for _, clear := range []string{"Kanari", "run-1", "hjerte", "packet", m.Identity.Packet, m.Health.Packet, "17"} {
			if len(clear) > 2 && bytes.Contains(b, []byte(clear)) {
				t.Errorf("the %s shows %q", name, clear)
			}
		}
	}
}

// Sizes tell only their bucket, whatever the number of rows.
func TestSizesArePadded(t *testing.T) {
	w := newWorld(t)
	sizes := map[string]map[int]bool{"identity": {}, "health": {}, "manifest": {}}
	for _, n := range []int{1, 2, 37, 100, 200} {
		s := w.send(n)
		sizes["identity"][len(s.identity)], sizes["health"][len(s.health)], sizes["manifest"][len(s.manifest)] = true, true, true
		if s.made.Manifest.Health.Rows != privacy.Padme(s.made.Rows) {
			t.Error("the manifest tells the rows")
		}
	}
	for name, x := range sizes {
		if len(x) != 1 {
			t.Errorf("the %s has %d sizes", name, len(x))
		}
	}
}

// Text that a format of text could stumble over, and rows that don't fit in memory, come back as they were.
func TestAnyText(t *testing.T) {
	w := newWorld(t)
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "\x00", "\n", `"`, `\`, "\u2028", "]", "null", "\x7f", "é", "🙂"}))
	rapid.Check(t, func(rt *rapid.T) {
		o := w.options()
		out, err := NewWriter(o)
		if err != nil {
			rt.Fatal(err)
		}
		out.Identity.rows.memory, out.Health.rows.memory = 200, 200 // put aside at nearly every row
		n := rapid.IntRange(0, 5).Draw(rt, "persons")
		want := map[string]string{}
		for i := range n {
			p := fmt.Append(nil, i)
			who, what := []string{text.Draw(rt, "a"), text.Draw(rt, "b")}, []string{text.Draw(rt, "c"), text.Draw(rt, "d")}
			nulls := []bool{false, what[1] == "" && i%2 == 0}
			if err := out.Identity.Person(p, []string{"an older", "row"}, nil); err != nil {
				rt.Fatal(err)
			}
			if err := out.Identity.Person(p, who, nil); err != nil {
				rt.Fatal(err)
			}
			if err := out.Health.Record(p, p, what, nulls); err != nil {
				rt.Fatal(err)
			}
			want[string(p)] = fmt.Sprintf("%q %q %v", who, what, nulls)
		}
		w.run++
		got := map[string]string{}
		res, rows, err := w.receive(w.receiver(), finish(w.t, out), func(j *Joined) {
			got[string(j.Record)] = fmt.Sprintf("%q %q %v", j.Identity, j.Health, j.HealthNulls)
		})
		if err != nil || rows != n || res.Persons != int64(n) {
			rt.Fatal(res, rows, err)
		}
		for p, x := range want {
			if got[p] != strings.ToValidUTF8(x, "\ufffd") {
				rt.Fatalf("%s: %s, want %s", p, got[p], x)
			}
		}
	})
}

func TestSorter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp("", "sorter")
		if err != nil {
			rt.Fatal(err)
		}
		defer os.RemoveAll(dir)
		s := newSorter(ScratchDir(dir))
		defer s.close()
		s.memory = rapid.IntRange(500, 4000).Draw(rt, "memory")
		var want []string
		for i := range rapid.IntRange(0, 60).Draw(rt, "lines") {
			var key sortKey
			key[0] = byte(rapid.IntRange(0, 20).Draw(rt, "key"))
			line := fmt.Sprintf("%02x %04d %s", key[0], i, strings.Repeat("x", rapid.IntRange(0, 200).Draw(rt, "length")))
			if err := s.add(key, []byte(line)); err != nil {
				rt.Fatal(err)
			}
			want = append(want, line)
		}
		slices.Sort(want) // by key and then by when it came
		for range 2 {
			var got []string
			if err := s.each(func(_ sortKey, line []byte) error { got = append(got, string(line)); return nil }); err != nil {
				rt.Fatal(err)
			}
			if !slices.Equal(got, want) {
				rt.Fatalf("%d lines, want %d, or another order", len(got), len(want))
			}
		}
		if left, _ := os.ReadDir(dir); len(left) != 0 {
			rt.Fatalf("%d files have a name", len(left))
		}
	})
}

// What a sorter puts aside is sealed.
func TestScratchIsSealed(t *testing.T) {
	var files []*bytesFile
	s := newSorter(func() (ScratchFile, error) {
		files = append(files, &bytesFile{})
		return files[len(files)-1], nil
	})
	s.memory = 10_000
	for i := range 1000 {
		if err := s.add(sortKey{byte(i)}, fmt.Appendf(nil, "Kanari%05d hemmelig", i)); err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 3 {
		t.Fatal(len(files), "files")
	}
	for _, f := range files {
		if len(f.b) == 0 || bytes.Contains(f.b, []byte("Kanari")) || bytes.Contains(f.b, []byte("hemmelig")) {
			t.Error("clear text put aside")
		}
	}
	files[1].b[100] ^= 1
	if err := s.each(func(sortKey, []byte) error { return nil }); store.CodeOf(err) != "packet.scratch" {
		t.Errorf("altered: %v", err)
	}
}

type bytesFile struct{ b []byte }

func (f *bytesFile) Write(b []byte) (int, error) { f.b = append(f.b, b...); return len(b), nil }
func (f *bytesFile) Close() error                { return nil }
func (f *bytesFile) ReadAt(b []byte, at int64) (int, error) {
	return bytes.NewReader(f.b).ReadAt(b, at)
}

// A6: any byte changed, anything cut off or added, in any of the files: refused, and not one row given out.
func TestTamperedIsRefused(t *testing.T) {
	w := newWorld(t)
	s := w.send(40)
	const positions = 2000
	r := rand.New(rand.NewPCG(1, 6))
	refusedBy := map[store.Code]int{}
	for i := range positions {
		x := *s
		file := []*[]byte{&x.identity, &x.health, &x.manifest}[i%3]
		b := slices.Clone(*file)
		at := r.IntN(len(b))
		if i%2 == 0 { // among the keys and the first rows, too
			at = r.IntN(min(len(b), 1200))
		}
		switch i / 3 % 3 {
		case 0:
			b[at] ^= byte(1 + r.IntN(255))
		case 1:
			b = b[:at]
		case 2:
			more := make([]byte, 1+r.IntN(40))
			for k := range more {
				more[k] = byte(r.Uint32())
			}
			b = append(b, more...)
		}
		*file = b
		if bytes.Equal(b, *[]*[]byte{&s.identity, &s.health, &s.manifest}[i%3]) {
			t.Fatal("nothing was changed")
		}
		_, rows, err := w.receive(w.receiver(), &x, nil)
		if store.ClassOf(err) != store.Refused || rows != 0 {
			t.Fatalf("%d: %d rows, %v", i, rows, err)
		}
		refusedBy[store.CodeOf(err)]++
	}
	if _, _, err := w.receive(w.receiver(), s, nil); err != nil {
		t.Error("untouched it is refused too:", err)
	}
	t.Log(positions, "changed:", refusedBy)
}

// A7: each way of sending what must not be taken has a code of its own.
func TestEachRefusalHasItsCode(t *testing.T) {
	w := newWorld(t)
	first, second := w.send(20), w.send(20)
	strange := newWorld(t)
	truncated := slices.Clone(first.health)
	orphan := func(drop string) *sent { // a sender that goes wrong, with a manifest that says so
		out, err := NewWriter(w.options())
		if err != nil {
			t.Fatal(err)
		}
		w.run++
		fill(t, out, 10)
		p, values := person(10)
		if drop == "health" {
			out.Identity.Person(p, values, nil)
		} else {
			out.Health.Record(p, record(10, 0), []string{"", ""}, nil)
		}
		defer out.Close()
		var i, h, m bytes.Buffer
		if _, err := out.Finish(&i, &h, &m); store.CodeOf(err) != "packet.uneven" || m.Len() != 0 {
			t.Fatal("the sender notices nothing:", err)
		}
		return unchecked(t, out)
	}
	for name, c := range map[string]struct {
		s    sent
		r    func(*Receiver)
		want store.Code
		file string
	}{
		"altered":                  {s: sent{identity: flip(first.identity), health: first.health, manifest: first.manifest}, want: "packet.hash", file: "identity"},
		"cut off":                  {s: sent{identity: first.identity, health: truncated[:len(truncated)-1], manifest: first.manifest}, want: "packet.truncated", file: "health"},
		"another run's health":     {s: sent{identity: first.identity, health: second.health, manifest: first.manifest}, want: "packet.other_run", file: "health"},
		"another run's identity":   {s: sent{identity: second.identity, health: first.health, manifest: first.manifest}, want: "packet.other_run", file: "identity"},
		"changed about":            {s: sent{identity: first.health, health: first.identity, manifest: first.manifest}, want: "packet.other_half", file: "identity"},
		"to somebody else":         {s: *strange.send(3), want: "packet.wrong_recipient", file: "manifest"},
		"a half to somebody else":  {s: *first, r: func(r *Receiver) { r.Health = []age.Identity{strange.keys.health} }, want: "packet.wrong_recipient", file: "health"},
		"by a stranger":            {s: *first, r: func(r *Receiver) { r.Senders = []ed25519.PublicKey{other.Public().(ed25519.PublicKey)} }, want: "packet.signature", file: "manifest"},
		"nobody is believed":       {s: *first, r: func(r *Receiver) { r.Senders = nil }, want: "packet.signature", file: "manifest"},
		"a manifest cut off":       {s: sent{identity: first.identity, health: first.health, manifest: first.manifest[:len(first.manifest)-30]}, want: "packet.damaged", file: "manifest"}, // of one piece: age can't tell why
		"a manifest altered":       {s: sent{identity: first.identity, health: first.health, manifest: flip(first.manifest)}, want: "packet.damaged", file: "manifest"},
		"no age file":              {s: sent{identity: first.identity, health: first.health, manifest: []byte("hello, this is no age file\n")}, want: "packet.damaged", file: "manifest"},
		"too old":                  {s: *first, r: func(r *Receiver) { r.Clock = store.NewFakeClock(begun.Add(Lifetime + time.Second)) }, want: "packet.expired", file: "manifest"},
		"a person without records": {s: *orphan("health"), want: "packet.orphan"},
		"a record without person":  {s: *orphan("identity"), want: "packet.orphan"},
		"another form":             {s: *w.manifestOf(first, "samband-manifest 2"), want: "packet.version", file: "manifest"},
		"no manifest":              {s: *w.manifestOf(first, "something else"), want: "packet.form", file: "manifest"},
	} {
		r := w.receiver()
		if c.r != nil {
			c.r(r)
		}
		_, rows, err := w.receive(r, &c.s, nil)
		e, ok := err.(*store.Error)
		if !ok || e.Code != c.want || e.Class != store.Refused || rows != 0 || c.file != "" && e.Args["file"] != c.file {
			t.Errorf("%s: %d rows, %v %v, want %s of the %s", name, rows, err, e, c.want, c.file)
		}
	}
	if _, _, err := w.receive(w.receiver(), first, nil); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*sent{"once more": first, "its identity with a fresh half": {identity: first.identity, health: second.health, manifest: first.manifest}} {
		if _, rows, err := w.receive(w.receiver(), s, nil); store.CodeOf(err) != "packet.replayed" || rows != 0 {
			t.Errorf("%s: %d rows, %v", name, rows, err)
		}
	}
	if _, _, err := w.receive(w.receiver(), second, nil); err != nil {
		t.Error("the next run:", err)
	}
}

func flip(b []byte) []byte {
	b = slices.Clone(b)
	b[len(b)-40] ^= 1
	return b
}

// unchecked finishes what Finish refuses: a sender of another make.
func unchecked(t *testing.T, w *Writer) *sent {
	t.Helper()
	var i, h, m bytes.Buffer
	man := Manifest{Run: "r", Registry: "x", Integration: "y", RecordKey: w.record, Made: begun, NotAfter: begun.Add(time.Hour)}
	var err error
	if man.Identity, _, err = w.Identity.write(&i, w.o.Identity); err != nil {
		t.Fatal(err)
	}
	if man.Health, _, err = w.Health.write(&h, w.o.Health); err != nil {
		t.Fatal(err)
	}
	if err := man.seal(&m, w.o.Signing, w.o.Joiner); err != nil {
		t.Fatal(err)
	}
	return &sent{identity: i.Bytes(), health: h.Bytes(), manifest: m.Bytes()}
}

// manifestOf gives a transport with another first line in its manifest.
func (w *world) manifestOf(s *sent, first string) *sent {
	in, err := age.Decrypt(bytes.NewReader(s.manifest), w.keys.joiner)
	if err != nil {
		w.t.Fatal(err)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		w.t.Fatal(err)
	}
	var b bytes.Buffer
	out, err := age.Encrypt(&b, recipient(w.keys.joiner)...)
	if err != nil {
		w.t.Fatal(err)
	}
	io.WriteString(out, strings.Replace(string(text), magic, first, 1))
	if err := out.Close(); err != nil {
		w.t.Fatal(err)
	}
	return &sent{identity: s.identity, health: s.health, manifest: b.Bytes()}
}

// A person whose consent was withdrawn on the way is left out with all records, and the others are not.
func TestDeniedPersonsAreLeftOut(t *testing.T) {
	w := newWorld(t)
	of := w.options().Of
	s := w.send(300)
	key, err := privacy.NewRunKey(linkKey, of)
	if err != nil {
		t.Fatal(err)
	}
	denied, rows := map[privacy.LinkID]bool{}, 0
	for i := 0; i < 300; i += 3 {
		p, _ := person(i + 2)
		denied[key.Link(p)] = true
		rows += (i+2)%3 + 1
	}
	r := w.receiver()
	r.Deny = func(l privacy.LinkID) bool { return denied[l] }
	res, n, err := w.receive(r, s, func(j *Joined) {
		if denied[j.Link] {
			t.Error("a denied person is given out")
		}
	})
	if err != nil || res.Denied != 100 || res.DeniedRows != int64(rows) || res.Persons != 200 || n != int(s.made.Rows)-rows {
		t.Error(res, n, err)
	}
}

func TestWriterRefuses(t *testing.T) {
	w := newWorld(t)
	for name, change := range map[string]func(*Options){"a short key": func(o *Options) { o.LinkKey = o.LinkKey[1:] },
		"nobody to open it": func(o *Options) { o.Joiner = nil }, "no signature": func(o *Options) { o.Signing = nil },
		"no run": func(o *Options) { o.Of.Run = "" }} {
		o := w.options()
		change(&o)
		if _, err := NewWriter(o); store.CodeOf(err) != "packet.key" {
			t.Errorf("%s: %v", name, err)
		}
	}
	out, err := NewWriter(w.options())
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	p, values := person(1)
	for name, err := range map[string]error{"too few values": out.Identity.Person(p, values[1:], nil), "nulls of another row": out.Identity.Person(p, values, []bool{true}),
		"a record as person": out.Identity.Record(p, p, values, nil), "a person as record": out.Health.Person(p, values, nil)} {
		if store.CodeOf(err) != "packet.half" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFileLedger(t *testing.T) {
	path := t.TempDir() + "/ledger.txt"
	clock := store.NewFakeClock(begun)
	open := func() *FileLedger {
		l, err := OpenLedger(path, clock)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	l := open()
	if err := l.Add("a1", "b2"); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenLedger(path, clock); store.CodeOf(err) != "packet.ledger_busy" {
		t.Errorf("a second process: %v", err)
	}
	l.Close()
	f, _ := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	f.WriteString("c") // somebody dies
	f.Close()
	l = open()
	if err := l.Add("d4"); err != nil {
		t.Fatal(err)
	}
	l.Close()
	l = open()
	defer l.Close()
	for name, want := range map[string]bool{"a1": true, "b2": true, "c3": false, "d4": true, "a": false} {
		if seen, err := l.Seen(name); err != nil || seen != want {
			t.Errorf("%s: %v %v", name, seen, err)
		}
	}
	text, _ := os.ReadFile(path)
	if !strings.HasPrefix(string(text), "a1 2026-11-24T03:00:00Z\nb2 ") {
		t.Errorf("%s", text)
	}
	if _, err := OpenLedger(t.TempDir(), clock); store.CodeOf(err) != "packet.ledger" {
		t.Errorf("a folder: %v", err)
	}
}
