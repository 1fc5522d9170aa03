// Package spill keeps records that a load can't hold in memory in temporary files, in the order they came or sorted.
package spill

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// File is a temporary file of records: written once, then read. It has no name from the start, so that a crash leaves
// nothing behind. Made at the first record; in memory when Dir is "".
type File struct {
	Dir string

	f    place
	w    *bufio.Writer
	n    int64
	size int64
}

// Add writes a record.
func (s *File) Add(record []byte) error {
	if s.f == nil {
		f, err := s.open()
		if err != nil {
			return err
		}
		s.f, s.w = f, bufio.NewWriterSize(f, 1<<16)
	}
	var size [binary.MaxVarintLen64]byte
	k := binary.PutUvarint(size[:], uint64(len(record)))
	s.w.Write(size[:k])
	_, err := s.w.Write(record) // bufio keeps the first error
	s.n++
	s.size += int64(k + len(record))
	return err
}

// Len gives the number of records.
func (s *File) Len() int64 { return s.n }

// place is where the records lie.
type place interface {
	io.Writer
	io.ReaderAt
	io.Closer
}

func (s *File) open() (place, error) {
	if s.Dir == "" {
		return &memory{}, nil
	}
	f, err := os.CreateTemp(s.Dir, ".spool-*")
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

// Each reads all records, in order. A record is valid until the next.
func (s *File) Each(f func(record []byte) error) error {
	if s.f == nil {
		return nil
	}
	if err := s.w.Flush(); err != nil {
		return err
	}
	next := s.reader(0, s.size, 1<<16)
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

// reader gives a function that reads one record after another of what has been flushed between two places; nil after the
// last. A record is valid until the next.
func (s *File) reader(from, to int64, buffer int) func() ([]byte, error) {
	r := bufio.NewReaderSize(io.NewSectionReader(s.f, from, to-from), buffer)
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
	}
}

// Close lets go of the records.
func (s *File) Close() {
	if s.f != nil {
		s.f.Close()
		s.f = nil
	}
}
