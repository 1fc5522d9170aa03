package files

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"samband/jobs/connector"
	"samband/store"
)

const (
	controlEnd = ".control"
	maxControl = 4 << 10 // bytes
	// quiet is how long a file without a control file must have lain unchanged.
	quiet = time.Minute
)

// errMoving tells that a file is not complete yet, or was taken away while it was looked at.
var errMoving = errors.New("files: still being written")

// root opens the drop folder. Nothing outside it can be reached through it, whatever links lie in it.
func (s *source) root() (*os.Root, error) {
	r, err := os.OpenRoot(s.Values["folder"])
	return r, store.Wrap(err, store.Unavailable, "files.folder", store.Args{"folder": s.Values["folder"]})
}

// Test tells whether the folder can be read, and emptied of what has been read.
func (s *source) Test(context.Context) error {
	r, err := s.root()
	if err != nil {
		return err
	}
	defer r.Close()
	if _, _, err := s.list(r); err != nil {
		return err
	}
	err = unix.Access(s.Values["folder"], unix.W_OK|unix.X_OK)
	return store.Wrap(err, store.Unavailable, "files.read_only", store.Args{"folder": s.Values["folder"]})
}

// candidate is a file that has a delivery's name.
type candidate struct {
	name, made string
	complete   bool // has its control file, or needs none
}

// list gives the deliveries of the data set, oldest first, and the control files whose data are gone.
func (s *source) list(r *os.Root) (list []candidate, left []string, err error) {
	entries, err := fs.ReadDir(r.FS(), ".")
	if err != nil {
		return nil, nil, store.Wrap(err, store.Unavailable, "files.folder", store.Args{"folder": s.Values["folder"]})
	}
	files := map[string]bool{} // regular ones: links are never followed
	for _, e := range entries {
		if e.Type().IsRegular() {
			files[e.Name()] = true
		}
	}
	re := regexp.MustCompile(`^` + s.Values["dataset"] + `_[0-9]{8}_[0-9]{8}_([0-9]{8}T[0-9]{4}(?:[0-9]{2})?)\.csv(\.gz)?$`)
	for name := range files {
		if m := re.FindStringSubmatch(name); m != nil {
			list = append(list, candidate{name, m[1], s.noControl() || files[name+controlEnd]})
		} else if data, ok := strings.CutSuffix(name, controlEnd); ok && !files[data] && re.MatchString(data) {
			left = append(left, data)
		}
	}
	slices.SortFunc(list, func(a, b candidate) int { return cmp.Or(cmp.Compare(a.made, b.made), cmp.Compare(a.name, b.name)) })
	return list, left, nil
}

func (s *source) noControl() bool { return s.Values["no_control"] == "true" }

// Next gives the oldest delivery that is complete and not known. Known ones that still lie there are put away: a stop
// came between the load and the sealing, or the content was sent again. When all that lies there is unfinished the
// error says so, and is an ErrNothing too.
func (s *source) Next(ctx context.Context, done func(string) (bool, error)) (connector.Delivery, error) {
	r, err := s.root()
	if err != nil {
		return nil, err
	}
	d, err := s.next(ctx, r, done)
	if err != nil {
		r.Close()
		return nil, err
	}
	return d, nil
}

func (s *source) next(ctx context.Context, r *os.Root, done func(string) (bool, error)) (connector.Delivery, error) {
	list, left, err := s.list(r)
	if err != nil {
		return nil, err
	}
	for _, name := range left { // the data are sealed, and the stop came before their control file was removed
		if c, err := s.control(r, name); err == nil && s.Kept(c.sha256) {
			r.Remove(name + controlEnd)
		}
	}
	var waiting error = connector.ErrNothing
	for _, c := range list {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d, err := s.open(ctx, r, c)
		if err == errMoving {
			waiting = &store.Error{Class: store.Unavailable, Code: "delivery.waiting", Args: store.Args{"name": c.name},
				Err: connector.ErrNothing}
			continue
		}
		if err != nil {
			return nil, d.stops(ctx, err)
		}
		known, err := done(d.info.SHA256)
		if err != nil {
			return nil, err
		}
		if known {
			if err := d.Loaded(ctx); err != nil {
				return nil, err
			}
			continue
		}
		if err := d.begin(); err != nil {
			return nil, d.stops(ctx, err)
		}
		return d, nil
	}
	return nil, waiting
}

// open looks at a delivery from beginning to end: its checksum must be the control file's, and the encoding is found,
// for which the whole file must be seen. What doesn't agree gets a moment to change, since it may be half written.
func (s *source) open(ctx context.Context, r *os.Root, c candidate) (*delivery, error) {
	before, err := r.Lstat(c.name)
	if !c.complete || errors.Is(err, fs.ErrNotExist) {
		return nil, errMoving
	}
	if err != nil {
		err = store.Wrap(err, store.Unavailable, "delivery.broken", store.Args{"name": c.name})
		return &delivery{info: store.Delivery{Name: c.name}}, err
	}
	if s.noControl() && s.Clock.Now().Sub(before.ModTime()).Abs() < quiet {
		return nil, errMoving
	}
	d := &delivery{s: s, root: r, found: before, options: s.options(), open: func() (io.ReadCloser, error) {
		return open(r, c.name, before)
	}}
	d.info.Name, d.info.Stated = c.name, -1
	err = s.agree(ctx, r, d)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(s.settle):
		}
	}
	after, gone := r.Lstat(c.name)
	if gone != nil || changed(before, after) {
		return nil, errMoving
	}
	return d, err
}

// agree surveys a delivery and holds it against its control file.
func (s *source) agree(ctx context.Context, r *os.Root, d *delivery) error {
	if err := d.survey(ctx); err != nil || s.noControl() {
		return err
	}
	c, err := s.control(r, d.info.Name)
	if err != nil {
		return err
	}
	if d.info.SHA256 != c.sha256 {
		return store.E(store.Unavailable, "delivery.checksum", store.Args{"name": d.info.Name})
	}
	d.info.Stated = c.rows
	return nil
}

// open opens a regular file of the folder, and only the one that was found there.
func open(r *os.Root, name string, found fs.FileInfo) (*os.File, error) {
	f, err := r.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a pipe put in its place must not make us wait
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case !info.Mode().IsRegular():
		err = errors.New("not a regular file")
	case found != nil && !os.SameFile(info, found):
		err = store.E(store.Unavailable, "delivery.changed", store.Args{"name": name})
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// changed tells whether a name stands for something else than before.
func changed(before, after fs.FileInfo) bool {
	return !os.SameFile(before, after) || before.Size() != after.Size() || !before.ModTime().Equal(after.ModTime())
}

// control is what a control file states.
type control struct {
	rows   int64
	sha256 string
}

// control reads the control file of a delivery.
func (s *source) control(r *os.Root, name string) (c control, err error) {
	f, err := open(r, name+controlEnd, nil)
	if err == nil {
		defer f.Close()
		c, err = parseControl(f)
	}
	return c, store.Wrap(err, store.Unavailable, "delivery.control", store.Args{"name": name + controlEnd})
}

func parseControl(in io.Reader) (control, error) {
	c := control{rows: -1}
	lines := bufio.NewScanner(io.LimitReader(in, maxControl))
	for lines.Scan() {
		key, value, _ := strings.Cut(strings.TrimPrefix(lines.Text(), "\ufeff"), "=")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(key) {
		case "rows":
			n, err := strconv.ParseUint(value, 10, 63)
			if err != nil || c.rows >= 0 {
				return c, errors.New("rows is no number, or stands twice")
			}
			c.rows = int64(n)
		case "sha256":
			if sum, err := hex.DecodeString(value); err != nil || len(sum) != sha256.Size || c.sha256 != "" {
				return c, errors.New("sha256 is no checksum, or stands twice")
			}
			c.sha256 = strings.ToLower(value)
		}
	}
	if err := lines.Err(); err != nil {
		return c, err
	}
	if c.rows < 0 || c.sha256 == "" {
		return c, errors.New("rows or sha256 is missing")
	}
	return c, nil
}
