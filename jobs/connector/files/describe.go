package files

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"samband/jobs/connector"
	"samband/jobs/format/csv"
	"samband/store"
)

// glance is how much of a file is read to find the header and, as far as that tells, the encoding. In bytes.
const glance = 1 << 18

// Describe gives the columns of the newest delivery that lies ready, or else of the one that was put away last, with
// what the neutral model documents of the data set. With neither the document alone speaks.
func (s *source) Describe(ctx context.Context) (*store.Schema, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := s.root()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	list, _, err := s.list(r)
	if err != nil {
		return nil, err
	}
	documented := store.DataSet(s.Values["dataset"])
	described := func(d *delivery) (*store.Schema, error) {
		columns, err := d.columns(ctx)
		return &store.Schema{Fields: store.Described(columns, documented), From: d.info.Name, At: s.Clock.Now()}, err
	}
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].complete {
			d := &delivery{options: s.options(), open: func() (io.ReadCloser, error) { return open(r, list[i].name, nil) }}
			d.info.Name = list[i].name
			return described(d)
		}
	}
	sha, err := s.lastSealed()
	if err != nil {
		return nil, err
	}
	if sha == "" {
		if documented == nil {
			return nil, connector.ErrNothing
		}
		return &store.Schema{Fields: documented, From: s.Values["dataset"], At: s.Clock.Now()}, nil
	}
	l, sealed, err := s.openSealed(sha)
	if err != nil {
		return nil, err
	}
	d := &delivery{options: s.options(), open: func() (io.ReadCloser, error) { return sealed, nil }}
	d.info.Name = l.Name
	return described(d)
}

// Newest opens the newest delivery that lies ready. One that is still being written is passed over.
func (s *source) Newest(ctx context.Context) (connector.Delivery, error) {
	r, err := s.root()
	if err != nil {
		return nil, err
	}
	d, err := s.newest(ctx, r)
	if err != nil {
		r.Close()
		return nil, err
	}
	return d, nil
}

func (s *source) newest(ctx context.Context, r *os.Root) (*delivery, error) {
	list, _, err := s.list(r)
	if err != nil {
		return nil, err
	}
	for _, c := range slices.Backward(list) {
		d, err := s.open(ctx, r, c)
		if err == errMoving {
			continue
		}
		if err != nil {
			return nil, err
		}
		return d, d.begin()
	}
	return nil, connector.ErrNothing
}

// lastSealed gives the SHA-256 of the delivery that was put away last, "" when there is none.
func (s *source) lastSealed() (sha string, err error) {
	paths, err := filepath.Glob(s.sealedPath("*"))
	var newest os.FileInfo
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && (newest == nil || info.ModTime().After(newest.ModTime())) {
			newest, sha = info, strings.TrimSuffix(filepath.Base(path), ".age")
		}
	}
	return sha, err
}

// columns reads the header of the file, and nothing else of it.
func (d *delivery) columns(ctx context.Context) ([]string, error) {
	f, err := d.open()
	if err != nil {
		return nil, d.broken(err)
	}
	defer f.Close()
	in, err := d.unpack(newHashed(ctx, f))
	var head []byte
	if err == nil {
		head, err = io.ReadAll(io.LimitReader(in, glance))
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, d.broken(err)
	}
	if d.options.Encoding == "" {
		var sniff csv.Sniffer
		sniff.Write(head[:bytes.LastIndexByte(head, '\n')+1]) // the last character may be cut in two
		d.options.Encoding = sniff.Encoding()
	}
	rows, err := csv.NewReader(bytes.NewReader(head), d.options)
	if err != nil {
		return nil, d.broken(err)
	}
	return rows.Header(), nil
}
