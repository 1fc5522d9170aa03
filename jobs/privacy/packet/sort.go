package packet

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"

	"samband/store"
)

// Scratch gives files for what doesn't fit in memory. What is written there is sealed with a key that is only in memory.
type Scratch func() (ScratchFile, error)

// ScratchFile is such a file. Close removes it.
type ScratchFile interface {
	io.Writer
	io.ReaderAt
	io.Closer
}

// ScratchDir makes scratch files in a folder. They have no name there once they are made, so that nothing is left behind.
func ScratchDir(dir string) Scratch {
	return func() (ScratchFile, error) {
		f, err := os.CreateTemp(dir, ".packet-*")
		if err != nil {
			return nil, err
		}
		if err := os.Remove(f.Name()); err != nil {
			f.Close()
			return nil, err
		}
		return f, nil
	}
}

// sortMemory is how many bytes a sorter holds before it puts them aside.
const sortMemory = 24 << 20

type sortKey [32]byte

// item is one line; first are the first bytes of the key, by which nearly all are told apart.
type item struct {
	first uint64
	key   sortKey
	line  []byte
	no    int // in the order that they came in
}

// itemSize is what an item takes beside its line.
const itemSize = 72

// chunkSize is how much room for lines is made at a time.
const chunkSize = 1 << 20

// sorter sorts lines by key. Its memory is bounded: what goes beyond lies sealed in scratch files. Lines with one key keep
// the order they came in. Not safe for several goroutines.
type sorter struct {
	scratch Scratch
	memory  int
	items   []item
	held    int      // bytes of lines
	chunk   []byte   // the one that is being filled
	chunks  [][]byte // the others
	spilled []*spill
	aead    cipher.AEAD
	sorted  bool
}

func newSorter(scratch Scratch) *sorter { return &sorter{scratch: scratch, memory: sortMemory} }

// add takes a line; it is copied.
func (s *sorter) add(key sortKey, line []byte) error {
	if len(s.items) > 0 && s.held+len(line)+(len(s.items)+1)*itemSize > s.memory {
		if err := s.spill(); err != nil {
			return err
		}
	}
	if cap(s.chunk)-len(s.chunk) < len(line) {
		s.chunks = append(s.chunks, s.chunk)
		s.chunk = make([]byte, 0, max(chunkSize, len(line)))
	}
	from := len(s.chunk)
	s.chunk = append(s.chunk, line...)
	s.items = append(s.items, item{binary.BigEndian.Uint64(key[:]), key, s.chunk[from:len(s.chunk):len(s.chunk)], len(s.items)})
	s.held += len(line)
	s.sorted = false
	return nil
}

func (s *sorter) sort() {
	if !s.sorted {
		slices.SortFunc(s.items, func(a, b item) int {
			if a.first != b.first {
				return cmp.Compare(a.first, b.first)
			}
			return cmp.Or(bytes.Compare(a.key[:], b.key[:]), cmp.Compare(a.no, b.no))
		})
		s.sorted = true
	}
}

// forget empties what is in memory.
func (s *sorter) forget() {
	for _, c := range append(s.chunks, s.chunk) {
		clear(c)
	}
	clear(s.items)
	s.items, s.held, s.chunks, s.chunk = s.items[:0], 0, nil, s.chunk[:0]
}

func scratchError(err error) error { return store.Wrap(err, store.Unavailable, "packet.scratch", nil) }

// spill puts what is in memory aside.
func (s *sorter) spill() error {
	s.sort()
	if s.aead == nil {
		key := make([]byte, 32)
		rand.Read(key)
		b, err := aes.NewCipher(key)
		if err != nil {
			return scratchError(err)
		}
		if s.aead, err = cipher.NewGCM(b); err != nil {
			return scratchError(err)
		}
	}
	f, err := s.scratch()
	if err != nil {
		return scratchError(err)
	}
	x := &spill{f: f, aead: s.aead, no: uint32(len(s.spilled))}
	s.spilled = append(s.spilled, x)
	for _, it := range s.items {
		if err := x.put(it.key, it.line); err != nil {
			return scratchError(err)
		}
	}
	if err := x.flush(); err != nil {
		return scratchError(err)
	}
	s.forget()
	return nil
}

// each calls f with every line in order. It may be called again. The line is valid until f returns.
func (s *sorter) each(f func(key sortKey, line []byte) error) error {
	c := s.cursor()
	for {
		switch key, line, err := c.next(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		default:
			if err := f(key, line); err != nil {
				return err
			}
		}
	}
}

// close removes what was put aside.
func (s *sorter) close() {
	for _, x := range s.spilled {
		x.f.Close()
	}
	s.forget()
	s.spilled, s.items, s.chunk = nil, nil, nil
}

// cursor goes through the lines of a sorter in order.
type cursor struct {
	from    sources
	current *source // that gave the last line
}

// source is one sorted series of lines: what is in memory, or one file.
type source struct {
	no   int
	key  sortKey
	line []byte
	next func(*source) error
}

type sources []*source

func (h sources) Len() int { return len(h) }
func (h sources) Less(i, j int) bool {
	if c := bytes.Compare(h[i].key[:], h[j].key[:]); c != 0 {
		return c < 0
	}
	return h[i].no < h[j].no
}
func (h sources) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *sources) Push(x any)   { *h = append(*h, x.(*source)) }
func (h *sources) Pop() any {
	x := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return x
}

func (s *sorter) cursor() *cursor {
	s.sort()
	c := &cursor{}
	at := 0
	memory := &source{no: len(s.spilled), next: func(x *source) error {
		if at == len(s.items) {
			return io.EOF
		}
		it := &s.items[at]
		x.key, x.line = it.key, it.line
		at++
		return nil
	}}
	c.from = append(c.from, memory)
	for i, x := range s.spilled {
		r := bufio.NewReaderSize(&frames{spill: x}, frameSize)
		c.from = append(c.from, &source{no: i, next: func(x *source) error { return readItem(r, x) }})
	}
	return c
}

// next gives the next line, valid until the call after it; io.EOF after the last.
func (c *cursor) next() (sortKey, []byte, error) {
	switch {
	case c.current == nil: // the first call
		all := c.from
		c.from = nil
		for _, x := range all {
			if err := x.next(x); err == nil {
				c.from = append(c.from, x)
			} else if !errors.Is(err, io.EOF) {
				return sortKey{}, nil, scratchError(err)
			}
		}
		heap.Init(&c.from)
	case len(c.from) == 0:
		return sortKey{}, nil, io.EOF
	default:
		if err := c.current.next(c.current); err == nil {
			heap.Fix(&c.from, 0)
		} else if errors.Is(err, io.EOF) {
			heap.Pop(&c.from)
		} else {
			return sortKey{}, nil, scratchError(err)
		}
	}
	if len(c.from) == 0 {
		c.current = &source{}
		return sortKey{}, nil, io.EOF
	}
	c.current = c.from[0]
	return c.current.key, c.current.line, nil
}

const (
	frameSize = 64 << 10
	tagSize   = 16
)

// spill is a sorted series of lines in a file, sealed in frames.
type spill struct {
	f      ScratchFile
	aead   cipher.AEAD
	no     uint32
	plain  []byte
	frames uint64
	sealed []byte
}

func (x *spill) nonce(frame uint64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(nil, x.no), frame)
}

func (x *spill) put(key sortKey, line []byte) error {
	x.plain = append(x.plain, key[:]...)
	x.plain = binary.BigEndian.AppendUint32(x.plain, uint32(len(line)))
	x.plain = append(x.plain, line...)
	for len(x.plain) >= frameSize {
		if err := x.frame(x.plain[:frameSize]); err != nil {
			return err
		}
		x.plain = append(x.plain[:0], x.plain[frameSize:]...)
	}
	return nil
}

func (x *spill) frame(plain []byte) error {
	x.sealed = x.aead.Seal(x.sealed[:0], x.nonce(x.frames), plain, nil)
	x.frames++
	_, err := x.f.Write(x.sealed)
	return err
}

// flush writes the last frame, which alone may be short.
func (x *spill) flush() error {
	err := x.frame(x.plain)
	clear(x.plain)
	x.plain, x.sealed = nil, nil
	return err
}

// frames reads the plain bytes of a spill.
type frames struct {
	*spill
	at    uint64
	left  []byte
	plain [frameSize + tagSize]byte
}

func (r *frames) Read(b []byte) (int, error) {
	for len(r.left) == 0 {
		if r.at == r.frames {
			return 0, io.EOF
		}
		n, err := r.f.ReadAt(r.plain[:], int64(r.at)*(frameSize+tagSize))
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		if r.left, err = r.aead.Open(r.plain[:0], r.nonce(r.at), r.plain[:n], nil); err != nil {
			return 0, err
		}
		r.at++
	}
	n := copy(b, r.left)
	r.left = r.left[n:]
	return n, nil
}

func readItem(r *bufio.Reader, x *source) error {
	var head [len(sortKey{}) + 4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	copy(x.key[:], head[:])
	n := int(binary.BigEndian.Uint32(head[len(sortKey{}):]))
	x.line = slices.Grow(x.line[:0], n)[:n]
	_, err := io.ReadFull(r, x.line)
	return err
}
