package jobs

import (
	"context"
	"io"
	"iter"

	"samband/jobs/connector"
	"samband/store"
	"samband/store/registrydb"
)

// registryRows are rows that a registry holds, as the source of what goes out: a mapping is made and tried on them as on a
// delivery. They are those of one moment. Nothing that names a person is among their fields.
type registryRows struct {
	connector.Delivery // of which the rest has no meaning here
	name               string
	fields             []string
	snap               *registrydb.Snapshot
	next               func() (registryRow, bool)
	stop               func()
	cancel             func()
	first              registryRow // read when they were opened
	held               bool        // first is still to be given
	n                  int64       // given
	err                error
}

type registryRow struct {
	cells []string
	nulls []bool
}

var _ connector.Delivery = (*registryRows)(nil)

// batchOfRows is how many rows of a registry are read at a time.
const batchOfRows = 500

// readBook gives the codebook that a mapping reads. It must be the registry's.
func (j *Jobs) readBook(ctx context.Context, registryID string, m *store.Mapping) (*store.Codebook, error) {
	if m.From == "" {
		return nil, &store.Error{Class: store.Refused, Code: "outgoing.no_from", Err: connector.ErrNothing}
	}
	book, err := j.DB.Codebook(ctx, m.From, 0)
	if err == nil && book.RegistryID != registryID {
		err = store.E(store.Refused, "gate.mismatch", store.Args{"part": store.Code("gate.part.codebook")})
	}
	return book, err
}

// described gives what a registry holds by a codebook as the schema of a source.
func (j *Jobs) described(book *store.Codebook) *store.Schema {
	s := &store.Schema{From: book.Title, At: j.Clock.Now()}
	for _, f := range book.Fields() {
		v := book.Variable(f.Name)
		s.Fields = append(s.Fields, store.SchemaField{Name: f.Name, Label: f.Label, Type: v.Type, Unit: v.Unit, Class: f.Class})
	}
	return s
}

// openRegistry opens the rows that a registry holds by a codebook, with some of their fields. connector.ErrNothing: it holds
// none.
func (j *Jobs) openRegistry(ctx context.Context, registryID string, book *store.Codebook, fields []string) (*registryRows, error) {
	for _, f := range fields {
		if book.Variable(f) == nil {
			return nil, store.E(store.Refused, "outgoing.no_variable", store.Args{"variable": f, "codebook": book.ID})
		}
	}
	health, err := j.registry(ctx, registryID)
	if err != nil {
		return nil, err
	}
	d := &registryRows{name: book.Title, fields: fields}
	if d.snap, err = health.Snapshot(ctx); err != nil {
		return nil, err
	}
	ctx, d.cancel = context.WithCancel(ctx) // a server that has more to give is not heard out
	d.next, d.stop = iter.Pull(func(yield func(registryRow) bool) {
		d.err = d.snap.Each(ctx, book, fields, func(cells []string, nulls []bool) error {
			if !yield(registryRow{cells, nulls}) {
				return io.EOF
			}
			return nil
		})
	})
	if d.first, d.held = d.next(); d.held {
		return d, nil
	}
	err = d.err
	d.Close()
	if err == nil {
		err = &store.Error{Class: store.Unavailable, Code: "outgoing.no_rows", Args: store.Args{"codebook": book.Title}, Err: connector.ErrNothing}
	}
	return nil, err
}

func (d *registryRows) Info() store.Delivery { return store.Delivery{Name: d.name} }
func (d *registryRows) Fields() []string     { return d.fields }

// Read gives the next rows. A cell that is null in the registry is null here.
func (d *registryRows) Read(ctx context.Context, b *connector.Batch) error {
	b.First, b.Width, b.Bad = d.n+1, len(d.fields), nil
	b.Cells, b.Nulls = b.Cells[:0], b.Nulls[:0]
	for range batchOfRows {
		row, more := d.first, d.held
		if d.held = false; !more {
			row, more = d.next()
		}
		if !more {
			break
		}
		for i, cell := range row.cells {
			at := len(b.Cells)
			if at%64 == 0 {
				b.Nulls = append(b.Nulls, 0)
			}
			if row.nulls[i] {
				b.Nulls[at/64] |= 1 << (at % 64)
			}
			b.Cells = append(b.Cells, cell)
		}
		d.n++
	}
	if len(b.Cells) > 0 {
		return ctx.Err()
	}
	if d.err != nil {
		return d.err
	}
	return io.EOF
}

func (d *registryRows) Close() error {
	d.cancel()
	d.stop()
	d.snap.Close() // it only read
	return nil
}

// toSend opens the rows that a mapping sends, with the fields that it reads.
func (j *Jobs) toSend(ctx context.Context, registryID string, m *store.Mapping) (connector.Delivery, error) {
	book, err := j.readBook(ctx, registryID, m)
	if err != nil {
		return nil, err
	}
	d, err := j.openRegistry(ctx, registryID, book, read(m))
	if err != nil { // not a nil of its type
		return nil, err
	}
	return d, nil
}

// read names the fields that a mapping reads.
func read(m *store.Mapping) []string {
	names := make([]string, len(m.Source))
	for i := range m.Source {
		names[i] = m.Source[i].Name
	}
	return names
}
