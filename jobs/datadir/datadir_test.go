package datadir

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOneOwner(t *testing.T) {
	root := filepath.Join(t.TempDir(), "data")
	d, err := Own(root)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Own(root); !errors.Is(err, ErrOwned) {
		t.Fatalf("a second owner got %v", err)
	}
	if err := os.WriteFile(filepath.Join(d.Temp(), "left"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d.lock.Close() // as a kill does
	d, err = Own(root)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Release()
	if left, _ := os.ReadDir(d.Temp()); len(left) != 0 {
		t.Error("what a killed process left in tmp is still there")
	}
}

func TestSocket(t *testing.T) {
	for name, root := range map[string]string{
		"short": filepath.Join(t.TempDir(), "d"),
		"long":  filepath.Join(t.TempDir(), strings.Repeat("long-", 30), "d"),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Dial(root); err == nil {
				t.Fatal("somebody answers in an empty folder")
			}
			d, err := Own(root)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Release()
			for range 2 { // the second time over a socket that is left over
				l, err := d.Listen()
				if err != nil {
					t.Fatal(err)
				}
				go func() {
					c, err := l.Accept()
					if err == nil {
						io.WriteString(c, "hei")
						c.Close()
					}
				}()
				c, err := Dial(root)
				if err != nil {
					t.Fatal(err)
				}
				if b, _ := io.ReadAll(c); string(b) != "hei" {
					t.Errorf("got %q", b)
				}
				l.Close()
			}
		})
	}
}
