package spill

import (
	"bytes"
	"container/heap"
	"slices"
)

// Sorter puts records in the order of their bytes. What does not fit in memory lies in a temporary file as runs, each in
// order, which are merged when they are read.
type Sorter struct {
	Dir  string // of the file; see File
	Most int    // bytes in memory; mostAtOnce when 0

	buf    []byte
	ends   []int // of the records in buf
	file   File
	starts []int64 // of the runs in file
}

// mostAtOnce bounds the memory that sorting takes.
const mostAtOnce = 32 << 20

// mergeBuffer is what each run is read through.
const mergeBuffer = 1 << 15

// Add takes a record in. It may be used again after that.
func (s *Sorter) Add(record []byte) error {
	most := s.Most
	if most == 0 {
		most = mostAtOnce
	}
	if len(s.buf) > 0 && len(s.buf)+len(record) > most {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.buf = append(s.buf, record...)
	s.ends = append(s.ends, len(s.buf))
	return nil
}

// sorted gives the records in memory, in order.
func (s *Sorter) sorted() [][]byte {
	records := make([][]byte, len(s.ends))
	from := 0
	for i, end := range s.ends {
		records[i], from = s.buf[from:end], end
	}
	slices.SortFunc(records, bytes.Compare)
	return records
}

func (s *Sorter) spill() error {
	s.file.Dir = s.Dir
	s.starts = append(s.starts, s.file.size)
	for _, r := range s.sorted() {
		if err := s.file.Add(r); err != nil {
			return err
		}
	}
	s.buf, s.ends = s.buf[:0], s.ends[:0]
	return nil
}

// Each gives all records in order, once. A record is valid until the next.
func (s *Sorter) Each(f func(record []byte) error) error {
	if len(s.starts) == 0 {
		for _, r := range s.sorted() {
			if err := f(r); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	s.buf, s.ends = nil, nil
	if err := s.file.w.Flush(); err != nil {
		return err
	}
	var m merge
	for i, from := range s.starts {
		to := s.file.size
		if i+1 < len(s.starts) {
			to = s.starts[i+1]
		}
		h := head{next: s.file.reader(from, to, mergeBuffer)}
		var err error
		if h.record, err = h.next(); err != nil {
			return err
		}
		if h.record != nil {
			m = append(m, h)
		}
	}
	heap.Init(&m)
	for len(m) > 0 {
		if err := f(m[0].record); err != nil {
			return err
		}
		var err error
		if m[0].record, err = m[0].next(); err != nil {
			return err
		}
		if m[0].record == nil {
			heap.Pop(&m)
		} else {
			heap.Fix(&m, 0)
		}
	}
	return nil
}

// Close lets go of the records.
func (s *Sorter) Close() {
	s.file.Close()
	s.buf, s.ends, s.starts = nil, nil, nil
}

// head is the next record of a run.
type head struct {
	record []byte
	next   func() ([]byte, error)
}

type merge []head

func (m merge) Len() int           { return len(m) }
func (m merge) Less(i, j int) bool { return bytes.Compare(m[i].record, m[j].record) < 0 }
func (m merge) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merge) Push(x any)        { *m = append(*m, x.(head)) }
func (m *merge) Pop() any {
	last := len(*m) - 1
	x := (*m)[last]
	*m = (*m)[:last]
	return x
}
