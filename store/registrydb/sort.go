package registrydb

import (
	"bytes"
	"container/heap"
	"slices"
)

// sorter puts records in the order of their bytes. What does not fit in memory lies in temporary files without a name,
// each in order, and is merged when it is read.
type sorter struct {
	dir  string
	most int // bytes in memory; sortedAtOnce when 0
	buf  []byte
	ends []int // of the records in buf
	runs []*spool
}

// sortedAtOnce bounds the memory that sorting takes.
const sortedAtOnce = 32 << 20

func (s *sorter) add(record []byte) error {
	most := s.most
	if most == 0 {
		most = sortedAtOnce
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
func (s *sorter) sorted() [][]byte {
	records := make([][]byte, len(s.ends))
	from := 0
	for i, end := range s.ends {
		records[i], from = s.buf[from:end], end
	}
	slices.SortFunc(records, bytes.Compare)
	return records
}

func (s *sorter) spill() error {
	run := &spool{dir: s.dir}
	s.runs = append(s.runs, run)
	for _, r := range s.sorted() {
		if err := run.add(r); err != nil {
			return err
		}
	}
	s.buf, s.ends = s.buf[:0], s.ends[:0]
	return nil
}

// each gives all records in order. A record is valid until the next.
func (s *sorter) each(f func(record []byte) error) error {
	if len(s.runs) == 0 {
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
	s.buf = nil
	var m merge
	for _, run := range s.runs {
		next, err := run.reader()
		if err != nil {
			return err
		}
		h := head{next: next}
		if h.record, err = next(); err != nil {
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

func (s *sorter) close() {
	for _, r := range s.runs {
		r.close()
	}
	s.runs, s.buf, s.ends = nil, nil, nil
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
