package spool

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"samband/jobs/connector"
	"samband/jobs/connector/handover"
	"samband/store"
)

// A row is its cells, each its length and one as a varint and then its text; nought stands for null.

// maxCell is the most bytes that one cell may have.
const maxCell = 64 << 20

func slicePath(dir string, no int) string { return filepath.Join(dir, fmt.Sprintf("%06d.slice", no)) }

func encode(out []byte, b *connector.Batch) []byte {
	for i := range b.Rows() {
		for c, cell := range b.Row(i) {
			if b.Null(i, c) {
				out = append(out, 0)
				continue
			}
			out = binary.AppendUvarint(out, uint64(len(cell))+1)
			out = append(out, cell...)
		}
	}
	return out
}

// slice is an open slice, past its manifest.
type slice struct {
	*bufio.Reader
	label
	f *os.File
}

// Close closes the file.
func (s *slice) Close() error { return s.f.Close() }

// openSlice opens a slice, or a delivery that was put away, which looks the same. An error that isn't os.ErrNotExist says
// that it is broken.
func openSlice(path string, key []byte) (*slice, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	s := &slice{f: f}
	in, err := handover.Open(f, key)
	if err == nil {
		s.Reader = bufio.NewReaderSize(in, 64<<10)
		var line []byte
		if line, err = s.ReadBytes('\n'); err == nil {
			err = json.Unmarshal(line, &s.label)
		}
	}
	if err != nil {
		f.Close()
		return nil, store.Wrap(err, store.Unavailable, "delivery.sealed_broken", nil)
	}
	return s, nil
}

// batch fills b with up to rows rows of width cells, or gives io.EOF where the slice ends.
func (s *slice) batch(b *connector.Batch, width, rows int) error {
	b.Data, b.Cells, b.Nulls, b.Bad, b.Width = b.Data[:0], b.Cells[:0], b.Nulls[:0], b.Bad[:0], width
	ends := make([]int, 0, rows*width)
	for range rows {
		for c := range width {
			n, err := binary.ReadUvarint(s)
			if err == io.EOF && c == 0 {
				return cells(b, ends)
			}
			if err != nil || n > maxCell {
				return store.Wrap(errors.Join(err, io.ErrUnexpectedEOF), store.Unavailable, "delivery.sealed_broken", nil)
			}
			if n == 0 {
				null(b, len(ends))
			} else {
				at := len(b.Data)
				b.Data = append(b.Data, make([]byte, n-1)...)
				if _, err := io.ReadFull(s, b.Data[at:]); err != nil {
					return store.Wrap(err, store.Unavailable, "delivery.sealed_broken", nil)
				}
			}
			ends = append(ends, len(b.Data))
		}
	}
	return cells(b, ends)
}

func null(b *connector.Batch, cell int) {
	for len(b.Nulls) <= cell>>6 {
		b.Nulls = append(b.Nulls, 0)
	}
	b.Nulls[cell>>6] |= 1 << (cell & 63)
}

// cells cuts what was read into cells.
func cells(b *connector.Batch, ends []int) error {
	if len(ends) == 0 {
		return io.EOF
	}
	text, at := string(b.Data), 0
	for _, end := range ends {
		b.Cells = append(b.Cells, text[at:end])
		at = end
	}
	for len(b.Nulls) <= (len(ends)-1)>>6 {
		b.Nulls = append(b.Nulls, 0)
	}
	return nil
}
