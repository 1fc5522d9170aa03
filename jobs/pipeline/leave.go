package pipeline

import (
	"context"
	"slices"

	"samband/jobs/connector"
	"samband/jobs/profile"
	"samband/store"
)

// narrowed is a delivery without the columns that its mapping doesn't class. What comes after it, the quarantine too, has no
// way to a cell of them; they are only counted here, by the rules for a field that nobody has classed.
type narrowed struct {
	connector.Delivery
	fields  []string
	keep    []int // of the delivery's columns
	left    []int
	counted *profile.Profiler
	row     []string // of the columns left out
}

func narrow(d connector.Delivery, left []string) *narrowed {
	n := &narrowed{Delivery: d, counted: profile.New(left), row: make([]string, len(left))}
	for i, name := range d.Fields() {
		if slices.Contains(left, name) {
			n.left = append(n.left, i)
		} else {
			n.keep, n.fields = append(n.keep, i), append(n.fields, name)
		}
	}
	return n
}

func (n *narrowed) Fields() []string { return n.fields }

// Read reads into the batch and moves together the cells that are kept, which never move to the right.
func (n *narrowed) Read(ctx context.Context, b *connector.Batch) error {
	if err := n.Delivery.Read(ctx, b); err != nil {
		return err
	}
	n.count(b)
	rows, width, to := b.Rows(), b.Width, 0
	for i := range rows {
		for _, c := range n.keep {
			b.Cells[to] = b.Cells[i*width+c]
			if b.Nulls != nil {
				bit := uint64(1) << (to & 63)
				if b.Null(i, c) {
					b.Nulls[to>>6] |= bit
				} else {
					b.Nulls[to>>6] &^= bit
				}
			}
			to++
		}
	}
	clear(b.Cells[to:])
	b.Cells, b.Width = b.Cells[:to], len(n.keep)
	return nil
}

// count tells the first rows of the columns left out. Broken rows have no cells.
func (n *narrowed) count(b *connector.Batch) {
	bad := b.Bad
	for i := 0; i < b.Rows() && n.counted.Rows() < store.ShapeRows; i++ {
		if len(bad) > 0 && bad[0].Row == i {
			bad = bad[1:]
			continue
		}
		row := b.Row(i)
		for k, c := range n.left {
			n.row[k] = row[c]
		}
		n.counted.Add(n.row, func(k int) bool { return b.Null(i, n.left[k]) })
	}
}

// told gives what may be told of the columns left out: all of a profile but its texts.
func (n *narrowed) told() []store.FieldProfile {
	fields := n.counted.Result().Fields
	for i := range fields {
		fields[i].Top, fields[i].Hidden, fields[i].Rounded, fields[i].Sentinels = nil, 0, false, nil
	}
	return fields
}
