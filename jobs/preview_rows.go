package jobs

import (
	"context"
	"errors"
	"io"

	"samband/jobs/connector"
	"samband/jobs/privacy"
	"samband/store"
)

// sampleRow is one row of a delivery that is looked at. Its slices are used again for the next.
type sampleRow struct {
	position int64 // 1 = first row after the header
	broken   bool  // could not be cut into cells; nothing more is known of it
	cells    []string
	nulls    []bool // nil when the source does not tell null from empty
	number   string // the person's, which no page may see
}

// eachRow splits the rows of a delivery, in order, until visit has enough.
func eachRow(ctx context.Context, d connector.Delivery, split *privacy.Splitter, visit func(*sampleRow) (more bool, err error)) error {
	identity := make([]string, len(split.Attributes()))
	defer clear(identity)
	r := sampleRow{cells: make([]string, len(split.Fields()))}
	nulls := make([]bool, len(r.cells))
	var b connector.Batch
	for {
		err := d.Read(ctx, &b)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		bad := b.Bad
		for i := range b.Rows() {
			r.position, r.broken, r.nulls, r.number = b.First+int64(i), false, nil, ""
			if len(bad) > 0 && bad[0].Row == i {
				bad, r.broken = bad[1:], true
			} else {
				split.Identity(b.Row(i), identity)
				split.Health(b.Row(i), r.cells)
				if b.Nulls != nil {
					r.nulls = nulls
					split.HealthNulls(func(column int) bool { return b.Null(i, column) }, nulls)
				}
				r.number = identity[split.Number()]
			}
			if more, err := visit(&r); err != nil || !more {
				return err
			}
		}
	}
}

// look is a delivery of an integration that a mapping is tried on.
type look struct {
	delivery connector.Delivery
	sealed   bool // it was loaded before
	question *store.GateQuestion
	rules    store.IdentRules
}

// look opens the delivery that an integration's mapping m is tried on; its Delivery is to be closed.
func (j *Jobs) look(ctx context.Context, integrationID string, m *store.Mapping) (*look, error) {
	q, err := j.Question(ctx, integrationID, store.AtSave)
	if err != nil {
		return nil, err
	}
	if q.Connection == nil || q.Registry == nil || q.System == nil {
		return nil, connector.ErrNothing
	}
	l := &look{question: &q, rules: j.idents(&q)}
	l.rules.Classic = l.rules.Classic || m.Person.Classic
	l.delivery, l.sealed, err = j.sample(ctx, &q)
	if err != nil {
		return nil, err
	}
	return l, nil
}
