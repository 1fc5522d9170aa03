package packet

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"

	"filippo.io/age"

	"samband/jobs/privacy"
	"samband/store"
)

// lineMax is the longest line that is read, in bytes.
const lineMax = 16 << 20

// half is a packet that is being read.
type half struct {
	name   string
	header header
	in     *bufio.Reader
	line   []byte
}

// openHalf opens a packet and reads its header.
func openHalf(r io.Reader, name string, keys []age.Identity) (*half, error) {
	plain, err := age.Decrypt(r, keys...)
	if err != nil {
		return nil, opening(err, name)
	}
	h := &half{name: name, in: bufio.NewReaderSize(plain, 64<<10)}
	line, err := h.next()
	if err != nil {
		return nil, err
	}
	var v struct {
		Samband string `json:"samband"`
		Version int    `json:"version"`
	}
	if json.Unmarshal(line, &v) != nil || v.Samband != "packet" {
		return nil, refused("packet.form", name)
	}
	if v.Version != formatVersion {
		return nil, refused("packet.version", name)
	}
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if d.Decode(&h.header) != nil || d.More() || !isName(h.header.Packet) {
		return nil, refused("packet.form", name)
	}
	return h, nil
}

// isName tells whether a packet's name is 32 hexadecimal digits.
func isName(s string) bool {
	_, ok := privacy.ParseLinkID(s)
	return ok
}

// next gives the next line with its LF, valid until the call after it.
func (h *half) next() ([]byte, error) {
	h.line = h.line[:0]
	for {
		part, err := h.in.ReadSlice('\n')
		h.line = append(h.line, part...)
		switch {
		case err == nil:
			return h.line, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, opening(err, h.name)
		case len(h.line) > lineMax:
			return nil, refused("packet.form", h.name)
		}
	}
}

// rows reads all rows into a sorter, ordered by link id, and what comes after them. It gives how many there were.
func (h *half) rows(to *sorter) (int64, error) {
	for n := int64(0); ; n++ {
		line, err := h.next()
		if err != nil {
			return 0, err
		}
		if line[0] != '[' {
			return n, h.end(line, n)
		}
		link, ok := linkOf(line)
		if !ok {
			return 0, refused("packet.form", h.name)
		}
		var key sortKey
		copy(key[:], link[:])
		if err := to.add(key, line); err != nil {
			return 0, err
		}
	}
}

// end checks the last line and the filling, to the last byte of the file.
func (h *half) end(line []byte, rows int64) error {
	var t trailer
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if d.Decode(&t) != nil || d.More() || t.Rows != rows {
		return refused("packet.form", h.name)
	}
	for {
		b, err := h.in.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull) && len(bytes.Trim(b, " ")) == 0:
			continue
		case err == nil && isFilling(b):
			if _, err = h.in.ReadByte(); errors.Is(err, io.EOF) {
				return nil
			}
		case err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull):
			return opening(err, h.name)
		}
		return refused("packet.form", h.name)
	}
}

// parseRow reads a row: of the health half the sealed record key is before the values.
func parseRow(line []byte, width int, name string) (values []string, nulls []bool, err error) {
	var row []*string
	if json.Unmarshal(line, &row) != nil || len(row) != width {
		return nil, nil, refused("packet.form", name)
	}
	for _, v := range row[1:] {
		nulls = append(nulls, v == nil)
		if v == nil {
			values = append(values, "")
		} else {
			values = append(values, *v)
		}
	}
	return values, nulls, nil
}

// weighed is a file as it came.
type weighed struct {
	sha256 string
	bytes  int64
}

func weigh(f io.ReadSeeker) (w weighed, err error) {
	if _, err = f.Seek(0, io.SeekStart); err != nil {
		return w, store.Wrap(err, store.Unavailable, "packet.read", nil)
	}
	sum := sha256.New()
	if w.bytes, err = io.Copy(sum, f); err != nil {
		return w, store.Wrap(err, store.Unavailable, "packet.read", nil)
	}
	w.sha256 = hex.EncodeToString(sum.Sum(nil))
	_, err = f.Seek(0, io.SeekStart)
	return w, store.Wrap(err, store.Unavailable, "packet.read", nil)
}
