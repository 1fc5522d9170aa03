package packet

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"samband/store"
)

const exampleDir = "testdata/example"

var exampleRows = []struct {
	number, name, record, diagnosis, note string
	noNote                                bool
}{
	{"17837130158", "Kari Nordmann", "opphold-1", "I21.9", "", true},
	{"17837130158", "Kari Nordmann", "opphold-2", "I10", "Kontroll \"om et år\"\nog så igjen", false},
	{"61829033371", "Åse Øygård", "opphold-3", "C61", "", false},
}

// TestExample opens the transport of testdata/example, which other parties try their receivers on: a change of the form
// that they would notice fails here. To make it anew, with a new version of the form: SAMBAND_UPDATE=1.
func TestExample(t *testing.T) {
	if os.Getenv("SAMBAND_UPDATE") == "1" {
		makeExample(t)
	}
	file := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join(exampleDir, name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	key := func(name string) []age.Identity {
		k, err := age.ParseIdentities(bytes.NewReader(file(name + ".key")))
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	for _, name := range []string{"identity", "health", "manifest"} {
		in, err := age.Decrypt(bytes.NewReader(file(name+".age")), key(name)...)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(in)
		if err != nil || strings.TrimRight(string(plain), " \n")+"\n" != string(file(name+".txt")) {
			t.Errorf("the %s is not what is written of it: %v", name, err)
		}
		if n := len(plain); name != "manifest" && n != 64<<10 || name == "manifest" && n != 4096 || plain[n-1] != '\n' {
			t.Errorf("the %s has %d bytes", name, n)
		}
	}
	r := &Receiver{Identity: key("identity"), Health: key("health"), Joiner: key("manifest"), Ledger: memoryLedger{},
		Senders: []ed25519.PublicKey{signing.Public().(ed25519.PublicKey)}, Clock: store.NewFakeClock(begun), Scratch: ScratchDir(t.TempDir())}
	tr, err := r.Open(bytes.NewReader(file("manifest.age")), bytes.NewReader(file("identity.age")), bytes.NewReader(file("health.age")))
	if err != nil {
		t.Fatal(err)
	}
	defer tr.Close()
	var got strings.Builder
	if _, err := tr.Join(func(j *Joined) error {
		_, err := fmt.Fprintf(&got, "%s %s %q %q %v\n", j.Link, hex.EncodeToString(j.Record), j.Identity, j.Health, j.HealthNulls)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if got.String() != string(file("joined.txt")) {
		t.Errorf("joined:\n%s", got.String())
	}
}

// TestExampleIsServed: what the page for other parties hands out is this example.
func TestExampleIsServed(t *testing.T) {
	z, err := zip.OpenReader("../../../static/docs/packet-example.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	here, err := os.ReadDir(exampleDir)
	if err != nil || len(z.File) != len(here) || len(here) == 0 {
		t.Fatalf("%d files, %d here: %v", len(z.File), len(here), err)
	}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(in)
		want, e := os.ReadFile(filepath.Join(exampleDir, f.Name))
		if err != nil || e != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs: %v %v", f.Name, err, e)
		}
	}
}

func makeExample(t *testing.T) {
	w := newWorld(t)
	write := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(exampleDir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(exampleDir, 0o755); err != nil {
		t.Fatal(err)
	}
	o := w.options()
	o.HealthFields = []string{"diagnosis", "note"}
	out, err := NewWriter(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range exampleRows {
		p := []byte("pseudonym of " + x.number)
		if err := out.Identity.Person(p, []string{x.number, x.name}, nil); err != nil {
			t.Fatal(err)
		}
		if err := out.Health.Record(p, []byte(x.record), []string{x.diagnosis, x.note}, []bool{false, x.noNote}); err != nil {
			t.Fatal(err)
		}
	}
	s := finish(t, out)
	for name, x := range map[string]struct {
		file []byte
		key  age.Identity
	}{"identity": {s.identity, w.keys.identity}, "health": {s.health, w.keys.health}, "manifest": {s.manifest, w.keys.joiner}} {
		in, err := age.Decrypt(bytes.NewReader(x.file), x.key)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		write(name+".age", x.file)
		write(name+".txt", []byte(strings.TrimRight(string(plain), " \n")+"\n"))
		write(name+".key", []byte(x.key.(*age.X25519Identity).String()+"\n"))
	}
	var joined strings.Builder
	if _, _, err := w.receive(w.receiver(), s, func(j *Joined) {
		fmt.Fprintf(&joined, "%s %s %q %q %v\n", j.Link, hex.EncodeToString(j.Record), j.Identity, j.Health, j.HealthNulls)
	}); err != nil {
		t.Fatal(err)
	}
	write("joined.txt", []byte(joined.String()))
	write("sender.txt", []byte(hex.EncodeToString(signing.Public().(ed25519.PublicKey))+"\n"))
}
