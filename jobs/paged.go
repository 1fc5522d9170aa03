package jobs

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"samband/jobs/connector"
	"samband/jobs/spool"
	"samband/store"
)

// paged makes a Source of a connector.Pager: what it gives is spooled before it is a delivery.
type paged struct {
	connector.Pager
	spool.Options
}

var (
	_ connector.Keeper = (*paged)(nil)
	_ connector.Latest = (*paged)(nil)
)

// Next extracts what there is, going on where an earlier attempt of the same run stopped.
func (p *paged) Next(ctx context.Context, done func(string) (bool, error)) (connector.Delivery, error) {
	d, err := spool.Extract(ctx, p.Pager, p.Options)
	if err != nil {
		return nil, err
	}
	known, err := done(d.Info().SHA256)
	if err == nil && known {
		err = connector.ErrNothing
	}
	if err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// OpenSealed opens an extract that was put away.
func (p *paged) OpenSealed(ctx context.Context, sha string) (connector.Delivery, error) {
	return spool.OpenSealed(ctx, p.Options, sha)
}

// Kept tells whether an extract of that content was put away.
func (p *paged) Kept(sha string) bool { return spool.Kept(p.Options, sha) }

// Newest gives the first page, to be looked at. Nothing of it is kept.
func (p *paged) Newest(ctx context.Context) (connector.Delivery, error) {
	d := &firstPage{info: store.Delivery{Name: p.Name, Stated: -1}}
	var err error
	if d.fields, err = p.Fields(ctx); err != nil {
		return nil, err
	}
	_, err = p.Page(ctx, p.Period, "", &d.page)
	return d, err
}

// firstPage is one page as a delivery.
type firstPage struct {
	info   store.Delivery
	fields []string
	page   connector.Batch
	read   bool
}

func (d *firstPage) Info() store.Delivery         { return d.info }
func (d *firstPage) Size() int64                  { return 0 }
func (d *firstPage) Fields() []string             { return d.fields }
func (d *firstPage) Progress() int64              { return 0 }
func (d *firstPage) Loaded(context.Context) error { return nil }
func (d *firstPage) Close() error                 { return nil }
func (d *firstPage) Read(_ context.Context, b *connector.Batch) error {
	if d.read || d.page.Rows() == 0 {
		b.Cells = b.Cells[:0]
		return io.EOF
	}
	*b, d.read = d.page, true
	b.First = 1
	return nil
}

// dropSpool takes away what a run that is over extracted: it lies sealed as a delivery, or can be read again.
func (j *Jobs) dropSpool(r *store.Run) {
	if !r.State.Final() { // one that is held is read again from where Loaded put it
		return
	}
	if err := spool.Remove(j.Dir.Spool(r.ID)); err != nil {
		j.Log.Error("an extract could not be removed", "run", r.ID, "error", err)
	}
}

// sweepAfter is how long a run that is over has to put its extract away itself, perhaps in another process.
const sweepAfter = 10 * time.Minute

// sweepSpools takes away what runs extracted that are over by now: the process stopped before it could, or the run was
// cancelled while it waited.
func (j *Jobs) sweepSpools(ctx context.Context) error {
	list, err := os.ReadDir(j.Dir.Spools())
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		return store.Wrap(err, store.Unavailable, "spool.write", nil)
	}
	for _, e := range list {
		r, err := found(j.DB.Run(ctx, e.Name()))
		if err != nil {
			return err
		}
		if j.running.has(e.Name()) || r != nil && (!r.State.Final() || j.Clock.Now().Sub(r.EndedAt) < sweepAfter) {
			continue
		}
		if err := spool.Remove(j.Dir.Spool(e.Name())); err != nil {
			return err
		}
	}
	return nil
}
