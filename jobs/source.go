package jobs

import (
	"context"
	"errors"
	"io"
	"slices"

	"samband/jobs/connector"
	"samband/jobs/profile"
	"samband/store"
)

// LookAtSource reads what an integration's source offers and what the values of its newest delivery look like, and keeps
// both in place of what was there. Where data go out the source is the registry. m is the mapping of whoever asks, for what
// it reads and the fields that are classed. "delivery.nothing": the source says nothing of itself and has delivered nothing.
func (j *Jobs) LookAtSource(ctx context.Context, integrationID string, m *store.Mapping, by store.Actor) error {
	q, err := j.Question(ctx, integrationID, store.AtSave)
	if err != nil {
		return err
	}
	if q.System != nil && q.System.Role == store.Destination {
		return j.lookAtRegistry(ctx, &q, m, by)
	}
	if q.Connection == nil {
		return connector.ErrNothing
	}
	schema, err := j.describe(ctx, &q)
	if err != nil && !errors.Is(err, connector.ErrNothing) {
		return err
	}
	d, _, err := j.sample(ctx, &q)
	if schema != nil && errors.Is(err, connector.ErrNothing) {
		return j.DB.SaveSourceProfile(ctx, q.Integration.ID, schema, nil, by)
	}
	if err != nil {
		return err
	}
	defer d.Close()
	if schema == nil {
		if schema, err = j.schemaOf(d); err != nil {
			return err
		}
	}
	p, err := j.profileOf(ctx, d, schema, m.Source)
	if err != nil {
		return err
	}
	return j.DB.SaveSourceProfile(ctx, q.Integration.ID, schema, p, by)
}

// lookAtRegistry looks at what the registry holds by the codebook that a mapping reads.
func (j *Jobs) lookAtRegistry(ctx context.Context, q *store.GateQuestion, m *store.Mapping, by store.Actor) error {
	book, err := j.readBook(ctx, q.Registry.ID, m)
	if err != nil {
		return err
	}
	schema := j.described(book)
	var names []string
	for _, f := range schema.Fields {
		names = append(names, f.Name)
	}
	d, err := j.openRegistry(ctx, q.Registry.ID, book, names)
	if errors.Is(err, connector.ErrNothing) {
		return j.DB.SaveSourceProfile(ctx, q.Integration.ID, schema, nil, by)
	}
	if err != nil {
		return err
	}
	defer d.Close()
	p, err := j.profileOf(ctx, d, schema, m.Source)
	if err != nil {
		return err
	}
	return j.DB.SaveSourceProfile(ctx, q.Integration.ID, schema, p, by)
}

// describe asks the source what it offers; nil when it can't say.
func (j *Jobs) describe(ctx context.Context, q *store.GateQuestion) (*store.Schema, error) {
	src, err := j.source(q.Connection, q.Integration.ID)
	if err != nil {
		return nil, err
	}
	k, ok := src.(connector.Describer)
	if !ok {
		return nil, nil
	}
	s, err := k.Describe(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range s.Fields {
		if err := plainName(f.Name); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// plainName refuses what stands where the name of a column should, when it is a person's number: a file without a header
// begins with a row.
func plainName(name string) error {
	if store.ScanPersonNumbers(name) > 0 {
		return store.E(store.Refused, "source.no_header", nil)
	}
	return nil
}

// schemaOf gives the columns of a delivery as a schema.
func (j *Jobs) schemaOf(d connector.Delivery) (*store.Schema, error) {
	for _, name := range d.Fields() {
		if err := plainName(name); err != nil {
			return nil, err
		}
	}
	return &store.Schema{Fields: store.Described(d.Fields(), nil), From: d.Info().Name, At: j.Clock.Now()}, nil
}

// profileOf profiles the first rows of a delivery. A field is direct when source or the schema says so, and when nobody
// has classed it and it looks so.
func (j *Jobs) profileOf(ctx context.Context, d connector.Delivery, schema *store.Schema, source []store.Field) (*store.SourceProfile, error) {
	var described []store.Field
	for _, f := range schema.Fields {
		described = append(described, store.Field{Name: f.Name, Class: f.Class})
	}
	p := profile.New(d.Fields(), source, described)
	var b connector.Batch
	more := false
	var broken int64
	for !more {
		err := d.Read(ctx, &b)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		bad := b.Bad
		for i := range b.Rows() {
			if len(bad) > 0 && bad[0].Row == i {
				bad = bad[1:]
				broken++
				continue
			}
			if more = p.Rows() == profile.MaxRows; more {
				break
			}
			p.Add(b.Row(i), func(c int) bool { return b.Null(i, c) })
		}
	}
	out := p.Result()
	out.From, out.At, out.Broken, out.More = d.Info().Name, j.Clock.Now(), broken, more
	return out, nil
}

// Propose gives the fields of a schema that a mapping has not classed, each with the class that its source documents, or
// with that of a direct field when its name says so. What nothing is known of has no class: a person says.
func (j *Jobs) Propose(m *store.Mapping, s *store.Schema) []store.Field {
	var out []store.Field
	number := slices.ContainsFunc(m.Source, func(f store.Field) bool { return f.Is == store.AttrNumber })
	for _, x := range store.SchemaDrift(m, s).New {
		f := store.Field{Name: x.Name, Label: x.Label, Class: x.Class, Is: x.Is}
		if is, looks := profile.Looks(x.Name); f.Class == "" && looks {
			f.Class, f.Is = store.Direct, is
		}
		if f.Is == store.AttrNumber { // one field names the person; which of two is not ours to say
			if number {
				f.Class, f.Is = "", ""
			}
			number = true
		}
		out = append(out, f)
	}
	return out
}
