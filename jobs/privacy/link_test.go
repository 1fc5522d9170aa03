package privacy

import (
	"bytes"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
)

var masterKey = bytes.Repeat([]byte{7}, 32)

func newRunKey(t testing.TB, of RunOf) *RunKey {
	t.Helper()
	k, err := NewRunKey(masterKey, of)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

var thisRun = RunOf{Run: "run-1", Registry: "hjerte", Integration: "hjerte-nasjonalt"}

// The derivation is part of what stands on paper: with other keys a run that goes on would be unlike its first half. The
// values come from a program in another language, made from the description alone.
func TestRunKeyIsAsWritten(t *testing.T) {
	k := newRunKey(t, thisRun)
	l := k.Link([]byte("person"))
	i := k.InIdentity(l)
	p, r := k.InHealth(l, []byte("record"))
	got := fmt.Sprintf("%s %x %x %x %x", l, i, p, r, RecordKey(masterKey, "receiver", "record"))
	const want = "b4139e7d6a8bf55884444de21ddfac1e 4068895bde30ff69998ccd69f8d34655" +
		" cd90becbaee14623e9d0d2280b48b314 12d6b97270b9a6aabc91b5c2cf1cc568 9727aabf54dac790b9e844f026b87049"
	if got != want {
		t.Errorf("%s", got)
	}
}

func TestLinkIDsBelongToOneRun(t *testing.T) { // A4, A5
	seen := map[LinkID]string{}
	for name, of := range map[string]RunOf{"this": thisRun, "another run": {"run-2", "hjerte", "hjerte-nasjonalt"},
		"another registry": {"run-1", "hjerneslag", "hjerte-nasjonalt"}, "another integration": {"run-1", "hjerte", "hjerte-regionalt"},
		"other borders": {"run-1", "hjerteh", "jerte-nasjonalt"}} {
		a, b := newRunKey(t, of), newRunKey(t, of)
		for i := range 10_000 {
			person := fmt.Append(nil, "P-", i)
			l := a.Link(person)
			if l != b.Link(person) {
				t.Fatalf("%s: the same run made again gives another id", name)
			}
			if was, twice := seen[l]; twice {
				t.Fatalf("%s and %s share the id of a person", name, was)
			}
			seen[l] = name
		}
	}
	for _, of := range []RunOf{{}, {Run: "r", Registry: "x"}, {Run: "r", Integration: "i"}, {Registry: "x", Integration: "i"}} {
		if _, err := NewRunKey(masterKey, of); store.CodeOf(err) != "packet.key" {
			t.Errorf("%+v: %v", of, err)
		}
	}
	if _, err := NewRunKey(masterKey[:31], thisRun); store.CodeOf(err) != "packet.key" {
		t.Errorf("a short key: %v", err)
	}
}

func TestParseLinkID(t *testing.T) {
	l := newRunKey(t, thisRun).Link([]byte("x"))
	if got, ok := ParseLinkID(l.String()); !ok || got != l {
		t.Error("does not come back")
	}
	for _, bad := range []string{"", "00", l.String()[1:], l.String() + "0", "x" + l.String()[1:]} {
		if _, ok := ParseLinkID(bad); ok {
			t.Errorf("%q was taken", bad)
		}
	}
}

func TestPadded(t *testing.T) {
	for n, want := range map[int64]int64{0: 64 << 10, 1: 64 << 10, 64 << 10: 64 << 10, 64<<10 + 1: 128 << 10, 1 << 20: 1 << 20,
		1<<20 + 1: 1<<20 + 1<<15, 10_000_000: 10_223_616, 1 << 40: 1 << 40} {
		if got := Padded(n); got != want {
			t.Errorf("%d: %d, want %d", n, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 1<<50).Draw(t, "n")
		p := Padded(n)
		if p < n || n > padSteps && float64(p-n) > 0.12*float64(n) || p != Padded(p) {
			t.Fatalf("%d: %d", n, p)
		}
		if m := Padme(n); m < n || Padme(m) != m {
			t.Fatalf("%d: %d", n, m)
		}
	})
}

func BenchmarkLink(b *testing.B) {
	k := newRunKey(b, thisRun)
	person := []byte("P-0123456789ABCDEFGHJKMNPQ")
	b.ReportAllocs()
	for b.Loop() {
		k.InIdentity(k.Link(person))
	}
}
