package hospital

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Deliver puts a delivery in the drop folder as the contract for files says: first the file, which has its name only
// when it is whole, and last the control file, which completes it. It gives the delivery's name.
func Deliver(folder string, o Options, at time.Time) (string, Planted, error) {
	var p Planted
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", p, err
	}
	o = o.filled()
	from, to := o.day(o.first()), o.day(o.first()+o.Stays-1)
	name := fmt.Sprintf("episode_%s_%s_%s.csv", from.Format("20060102"), to.Format("20060102"), at.UTC().Format("20060102T150405"))
	sum := sha256.New()
	err := whole(folder, name, func(w io.Writer) (err error) {
		p, err = Write(io.MultiWriter(w, sum), o)
		return err
	})
	if err != nil {
		return "", p, err
	}
	return name, p, whole(folder, name+".control", func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "rows=%d\nsha256=%x\n", p.Rows, sum.Sum(nil))
		return err
	})
}

// whole writes a file that has its name only when it is complete.
func whole(folder, name string, fill func(io.Writer) error) error {
	f, err := os.CreateTemp(folder, ".writing-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if err := fill(f); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(folder, name))
}
