package jobs

import (
	"context"
	"errors"
	"io"
	"time"

	"samband/jobs/connector"
	"samband/jobs/mapping"
	"samband/jobs/privacy"
	"samband/store"
)

// sampleRow is one row of a delivery that is looked at. Its slices are used again for the next.
type sampleRow struct {
	position int64      // 1 = first row after the header
	broken   store.Code // why it could not be cut into cells; nothing more is known of it then
	cells    []string
	nulls    []bool // nil when the source does not tell null from empty
	number   string // the person's, which no page may see
	leak     string // why a run would hold the row back for what its cells say of its person; those are masked
}

// each splits the rows, in order, until visit has enough.
func (l *look) each(ctx context.Context, visit func(*sampleRow) (more bool, err error)) error {
	split := l.split
	identity := make([]string, len(split.Attributes()))
	defer clear(identity)
	r := sampleRow{cells: make([]string, len(split.Fields()))}
	nulls := make([]bool, len(r.cells))
	var b connector.Batch
	for {
		err := l.Read(ctx, &b)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		bad := b.Bad
		for i := range b.Rows() {
			r.position, r.broken, r.nulls, r.number = b.First+int64(i), "", nil, ""
			r.leak = ""
			if len(bad) > 0 && bad[0].Row == i {
				r.broken, bad = bad[0].Reason, bad[1:]
			} else {
				split.Identity(b.Row(i), identity)
				split.Health(b.Row(i), r.cells)
				if b.Nulls != nil {
					r.nulls = nulls
					split.HealthNulls(func(column int) bool { return b.Null(i, column) }, nulls)
				}
				if n := split.Number(); n >= 0 {
					r.number = identity[n]
				}
				if !l.outgoing {
					_, r.leak = l.check.Row(identity, r.cells)
					for _, at := range l.check.All(identity, r.cells) {
						r.cells[at] = store.Mask
					}
				}
			}
			if more, err := visit(&r); err != nil || !more {
				return err
			}
		}
	}
}

// look is rows that a mapping is tried on: of a delivery to an integration, of a person's own sample, or of the registry
// where data go out.
type look struct {
	connector.Delivery
	sealed   bool          // it was loaded before
	outgoing bool          // rows of the registry, which have no identity half
	extra    []string      // columns of a sample that nobody has classed, and that are not read
	source   []store.Field // the classed fields that are read
	absent   []string      // the direct ones that a sample has no column of
	issuer   string        // of numbers that only one system knows
	split    *privacy.Splitter
	check    *privacy.SelfCheck
	lists    mapping.Lists
	idents   store.IdentRules
	now      time.Time
}

// look opens the delivery that an integration's mapping is tried on, or own, a person's sample, when there is one. It is
// to be closed.
func (j *Jobs) look(ctx context.Context, integrationID string, own *store.Sample, m *store.Mapping, c *store.Codebook) (*look, error) {
	q, err := j.Question(ctx, integrationID, store.AtSave)
	if err != nil {
		return nil, err
	}
	l := &look{source: m.Source, idents: j.idents(&q), now: j.Clock.Now()}
	l.idents.Classic = l.idents.Classic || m.Person.Classic
	if q.System != nil {
		l.issuer, l.outgoing = q.System.ID, q.System.Role == store.Destination
	}
	if l.lists, err = j.lists(ctx, m); err != nil {
		return nil, err
	}
	switch {
	case own != nil:
		var d *sampleRows
		if d, err = j.openSample(own); err == nil {
			l.extra = d.only(m.Source)
			l.source, l.absent = store.WithoutDirect(m.Source, d.Fields())
			l.Delivery = d
		}
	case l.outgoing:
		l.Delivery, err = j.toSend(ctx, q.Registry.ID, m)
	case q.Connection == nil || q.Registry == nil || q.System == nil:
		err = connector.ErrNothing
	default:
		l.Delivery, l.sealed, err = j.sample(ctx, &q)
	}
	if err != nil {
		return nil, err
	}
	cut := privacy.NewSplitter
	if l.outgoing {
		cut = privacy.NewHealthSplitter
	}
	if l.split, err = cut(l.source, l.Fields()); err != nil {
		l.Close()
		return nil, err
	}
	l.check = l.split.NewSelfCheck(m.CodeFields(c), m.OnlyNumbers(c))
	return l, nil
}

// holds tells whether the person number of a row holds, where there is one.
func (l *look) holds(r *sampleRow) bool { return l.outgoing || l.person(r.number).Err == "" }

// person reads a person number as a run of the mapping would.
func (l *look) person(number string) store.IdentResult {
	return store.ParsePerson(number, l.idents, l.now)
}
