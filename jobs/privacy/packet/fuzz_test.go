package packet

import (
	"bytes"
	"crypto/ed25519"
	"io"
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"samband/store"
)

// FuzzPacket reads anything in the place of what is inside a packet: a sender whose key we know may still be wrong. What is
// read is refused, or as many whole rows as its last line says.
func FuzzPacket(f *testing.F) {
	for _, name := range []string{"identity.txt", "health.txt"} {
		b, err := os.ReadFile(filepath.Join(exampleDir, name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(append(b, "   \n"...))
	}
	f.Add([]byte("{\"samband\":\"packet\",\"version\":2}\n"))
	f.Add([]byte("[]\n"))
	f.Add([]byte("\n\n"))
	key, err := age.GenerateX25519Identity()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, plain []byte) {
		h, err := openHalf(sealedFor(t, key, plain), fileIdentity, []age.Identity{key})
		if err == nil {
			s := newSorter(ScratchDir(t.TempDir()))
			defer s.close()
			var n, found int64
			if n, err = h.rows(s); err == nil {
				err = s.each(func(_ sortKey, line []byte) error {
					found++
					_, ok := linkOf(line)
					if !ok {
						t.Fatalf("%q has no link id", line)
					}
					if _, _, e := parseRow(line, 1+len(h.header.Fields), fileIdentity); e != nil && store.CodeOf(e) != "packet.form" {
						t.Fatal(e)
					}
					return nil
				})
				if found != n || err != nil {
					t.Fatalf("%d rows of %d: %v", found, n, err)
				}
			}
		}
		if err != nil && store.ClassOf(err) != store.Refused {
			t.Fatalf("%v is no refusal", err)
		}
	})
}

// FuzzManifest reads anything that a known sender has signed.
func FuzzManifest(f *testing.F) {
	b, err := os.ReadFile(filepath.Join(exampleDir, "manifest.txt"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("samband-manifest 1\n{}\n\n"))
	f.Add([]byte("samband-manifest 9\n"))
	key, err := age.GenerateX25519Identity()
	if err != nil {
		f.Fatal(err)
	}
	senders := []ed25519.PublicKey{signing.Public().(ed25519.PublicKey)}
	f.Fuzz(func(t *testing.T, plain []byte) {
		m, err := openManifest(sealedFor(t, key, plain), []age.Identity{key}, senders)
		if err != nil && store.ClassOf(err) != store.Refused || err == nil && !bytes.HasPrefix(plain, b[:len(b)-1]) {
			t.Fatalf("%v %v", m, err) // only what was signed is believed
		}
	})
}

func sealedFor(t *testing.T, key *age.X25519Identity, plain []byte) io.Reader {
	t.Helper()
	var b bytes.Buffer
	w, err := age.Encrypt(&b, key.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	w.Write(plain)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &b
}
