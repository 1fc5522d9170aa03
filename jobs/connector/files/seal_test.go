package files

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/store"
)

const person = "13819948022"

func (d *drop) sealed() []string {
	d.t.Helper()
	paths, err := filepath.Glob(filepath.Join(d.s.SealDir, "*"))
	if err != nil {
		d.t.Fatal(err)
	}
	hidden, _ := filepath.Glob(filepath.Join(d.s.SealDir, ".*"))
	return append(paths, hidden...)
}

// TestSealed holds that what is put away shows nothing to those without the key, and all to those with it.
func TestSealed(t *testing.T) {
	d := newDrop(t)
	sha := d.deliver(d.name(".csv"), []byte("fnr\n"+strings.Repeat(person+"\n", 20_000)), 20_000)
	x := d.next(none)
	if err := x.Loaded(ctx); err != nil {
		t.Fatal(err)
	}
	paths := d.sealed()
	if len(paths) != 1 || filepath.Base(paths[0]) != sha+".age" || len(d.left()) > 0 {
		t.Fatalf("sealed %q, left %q", paths, d.left())
	}
	raw, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(raw, []byte(person)) || bytes.Contains(raw, []byte("episode_")) {
		t.Error("the sealed file shows what it holds")
	}
	if info, _ := os.Stat(paths[0]); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	if info, _ := os.Stat(d.s.SealDir); info.Mode().Perm() != 0o700 {
		t.Errorf("folder mode %v", info.Mode())
	}

	open := func(change func(raw []byte) []byte) error {
		t.Helper()
		if err := os.WriteFile(paths[0], change(bytes.Clone(raw)), 0o600); err != nil {
			t.Fatal(err)
		}
		x, err := d.source().OpenSealed(ctx, sha)
		if err != nil {
			return err
		}
		defer x.Close()
		if rows, err := readAll(x); err != io.EOF || len(rows) != 20_000 {
			return err
		}
		return nil
	}
	if err := open(func(raw []byte) []byte { return raw }); err != nil {
		t.Error(err)
	}
	for at := 1; at < len(raw); at += len(raw)/20 + 1 { // cut anywhere, changed anywhere
		for _, change := range []func([]byte) []byte{
			func(raw []byte) []byte { return raw[:at] },
			func(raw []byte) []byte { raw[at] ^= 1; return raw },
		} {
			err := open(change)
			if err == nil {
				t.Fatalf("opened although changed at %d", at)
			}
			told(t, err)
		}
	}
	d.s.SealKey = bytes.Repeat([]byte{8}, 32)
	if err := open(func(raw []byte) []byte { return raw }); store.CodeOf(err) != "delivery.key" {
		t.Error(err)
	}
	d.s.SealKey = bytes.Repeat([]byte{7}, 32)
	for _, sha := range []string{"", "../" + sha, strings.Repeat("f", 64)} {
		_, err := d.source().OpenSealed(ctx, sha)
		if store.ClassOf(err) != store.NotFound {
			t.Errorf("%q: %v", sha, err)
		}
		told(t, err)
	}
}

// TestPutAwayAfterAStop goes through the states a stop can leave, and holds that the next look finishes the work with
// nothing lost and nothing left.
func TestPutAwayAfterAStop(t *testing.T) {
	data := []byte("fnr\n" + person + "\n")
	for name, stop := range map[string]func(d *drop, name, sha string){
		"before sealing": func(*drop, string, string) {},
		"half sealed": func(d *drop, _, _ string) {
			os.MkdirAll(d.s.SealDir, 0o700)
			half := filepath.Join(d.s.SealDir, unfinished+"123")
			os.WriteFile(half, []byte("age-encryption.org/v1\n"), 0o600)
			old := d.s.Clock.Now().Add(-2 * time.Hour)
			os.Chtimes(half, old, old)
		},
		"sealed, nothing removed": func(d *drop, name, sha string) {
			control, _ := os.ReadFile(d.path(name + controlEnd))
			d.next(none).Loaded(ctx)
			d.write(name, data)
			d.write(name+controlEnd, control)
		},
		"sealed, control file left": func(d *drop, name, sha string) {
			control, _ := os.ReadFile(d.path(name + controlEnd))
			d.next(none).Loaded(ctx)
			d.write(name+controlEnd, control)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDrop(t)
			name := d.name(".csv")
			sha := d.deliver(name, data, 1)
			stop(d, name, sha)
			if _, err := d.source().Next(ctx, func(mark string) (bool, error) { return mark == sha, nil }); store.CodeOf(err) != "delivery.nothing" {
				t.Fatal(err)
			}
			if sealed := d.sealed(); len(d.left()) > 0 || len(sealed) != 1 {
				t.Fatalf("left %q, sealed %q", d.left(), sealed)
			}
			x, err := d.source().OpenSealed(ctx, sha)
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			if rows, err := readAll(x); err != io.EOF || !slices.Equal(rows, []string{person}) {
				t.Error(rows, err)
			}
		})
	}
}

// TestReplacedBeforePutAway holds that what came under the same name since is neither removed nor sealed as the other.
func TestReplacedBeforePutAway(t *testing.T) {
	for what, replace := range map[string]func(d *drop, name string){
		"renamed over": func(d *drop, name string) {
			d.write("new", nil) // so that the new file can't get the old one's place on the disk
			os.Rename(d.path("new"), d.path(name))
		},
		"written over": func(*drop, string) {},
	} {
		t.Run(what, func(t *testing.T) {
			d := newDrop(t)
			name := d.name(".csv")
			first := d.deliver(name, []byte("a\n1\n"), 1)
			x := d.next(none)
			if _, err := readAll(x); err != io.EOF {
				t.Fatal(err)
			}
			replace(d, name)
			second := d.deliver(name, []byte("a\n2\n"), 1)
			err := x.Loaded(ctx)
			if store.CodeOf(err) != "delivery.changed" || len(d.sealed()) > 0 {
				t.Fatal(err, d.sealed())
			}
			y := d.next(func(mark string) (bool, error) { return mark == first, nil })
			if y.Info().SHA256 != second {
				t.Error("the second delivery is lost")
			}
			// Sealed already by an earlier attempt: the new file stays all the same.
			if err := y.Loaded(ctx); err != nil {
				t.Fatal(err)
			}
			d.deliver(name, []byte("a\n3\n"), 1)
			if err := y.Loaded(ctx); err != nil || !slices.Equal(d.left(), []string{name, name + controlEnd}) {
				t.Errorf("%v, left %q", err, d.left())
			}
		})
	}
}

// TestCannotSeal holds that nothing is removed while it isn't safe.
func TestCannotSeal(t *testing.T) {
	for name, spoil := range map[string]func(*drop){
		"no place": func(d *drop) { d.s.SealDir = filepath.Join(d.dir, "episode.file", "x"); d.write("episode.file", nil) },
		"no key":   func(d *drop) { d.s.SealKey = nil },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDrop(t)
			spoil(d)
			name := d.name(".csv")
			d.deliver(name, []byte("a\n1\n"), 1)
			before := d.left()
			err := d.next(none).Loaded(ctx)
			if err == nil || !slices.Equal(d.left(), before) {
				t.Errorf("%v, left %q", err, d.left())
			}
			told(t, err)
		})
	}
}
