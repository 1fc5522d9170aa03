package registrydb

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// spool is a temporary file of records: written once, then read. The file has no name from the start, so that a crash
// leaves nothing behind. Made at the first record; in memory for a registry that is there.
type spool struct {
	dir string // "" for memory
	f   spooled
	w   *bufio.Writer
	n   int64
}

func (s *spool) add(record []byte) error {
	if s.f == nil {
		f, err := s.open()
		if err != nil {
			return err
		}
		s.f, s.w = f, bufio.NewWriterSize(f, 1<<16)
	}
	var size [binary.MaxVarintLen64]byte
	s.w.Write(size[:binary.PutUvarint(size[:], uint64(len(record)))])
	_, err := s.w.Write(record) // bufio keeps the first error
	s.n++
	return err
}

// spooled is where the records lie.
type spooled interface {
	io.Writer
	io.ReaderAt
	io.Closer
}

func (s *spool) open() (spooled, error) {
	if s.dir == "" {
		return &memory{}, nil
	}
	f, err := os.CreateTemp(s.dir, ".spool-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// memory is a file that never was one.
type memory struct{ b []byte }

func (m *memory) Write(p []byte) (int, error) {
	m.b = append(m.b, p...)
	return len(p), nil
}

func (m *memory) ReadAt(p []byte, off int64) (int, error) { return bytes.NewReader(m.b).ReadAt(p, off) }

func (m *memory) Close() error {
	m.b = nil
	return nil
}

// each reads all records, in order. The record is valid until the next.
func (s *spool) each(f func(record []byte) error) error {
	next, err := s.reader()
	if err != nil {
		return err
	}
	for {
		record, err := next()
		if err != nil || record == nil {
			return err
		}
		if err := f(record); err != nil {
			return err
		}
	}
}

// reader gives a function that reads one record after another; nil after the last. The record is valid until the next.
func (s *spool) reader() (func() ([]byte, error), error) {
	if s.f == nil {
		return func() ([]byte, error) { return nil, nil }, nil
	}
	if err := s.w.Flush(); err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(io.NewSectionReader(s.f, 0, 1<<62), 1<<16)
	record := []byte{}
	return func() ([]byte, error) {
		n, err := binary.ReadUvarint(r)
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if uint64(cap(record)) < n {
			record = make([]byte, n)
		}
		record = record[:n]
		_, err = io.ReadFull(r, record)
		return record, err
	}, nil
}

func (s *spool) close() {
	if s.f != nil {
		s.f.Close()
		s.f = nil
	}
}
