package jobs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/handover"
	"samband/jobs/format/csv"
	"samband/jobs/format/xlsx"
	"samband/store"
)

// KeepSample takes a person's own sample of a source, CSV or the first sheet of a workbook, in place of the one they had,
// and seals it. In clear it is in memory only, and no longer than this takes.
func (j *Jobs) KeepSample(ctx context.Context, integrationID, userID string, in io.Reader, by store.Actor) (*store.Sample, error) {
	data, err := io.ReadAll(io.LimitReader(in, store.MaxSample+1))
	defer func() { clear(data) }()
	switch {
	case err != nil:
		return nil, err
	case len(data) > store.MaxSample:
		return nil, store.FieldError("sample", "sample.too_large", store.Args{"limit": store.MaxSample >> 20})
	case len(data) == 0:
		return nil, store.FieldError("sample", "sample.empty", nil)
	}
	s := &store.Sample{ID: j.IDs.New(), IntegrationID: integrationID, UserID: userID, Format: store.SampleCSV, Bytes: int64(len(data))}
	if xlsx.Looks(data) {
		s.Format = store.SampleXLSX
		packed := data
		data, err = firstSheet(packed)
		clear(packed)
		if err != nil {
			return nil, atSample(err)
		}
	}
	d, err := readSample(data)
	if err == nil {
		_, err = j.schemaOf(d)
	}
	if err == nil && bytes.IndexByte(data[:min(len(data), 4<<10)], 0) >= 0 {
		err = store.E(store.Invalid, "csv.not_text", nil)
	}
	if err != nil {
		return nil, atSample(err)
	}
	before, err := found(j.DB.OwnSample(ctx, integrationID, userID))
	if err != nil {
		return nil, err
	}
	if err := j.sealSample(s.ID, data); err != nil {
		return nil, err
	}
	if err := j.DB.AddSample(ctx, s, by); err != nil {
		os.Remove(j.samplePath(s.ID))
		return nil, err
	}
	if before != nil {
		os.Remove(j.samplePath(before.ID))
	}
	return s, nil
}

// atSample gives an error about the file to the field that it was handed in with.
func atSample(err error) error {
	var e *store.Error
	if !errors.As(err, &e) {
		return err
	}
	at := *e
	at.Class, at.Field = store.Invalid, "sample"
	return &at
}

// maxSheet is how long the text of a sheet may be. In bytes.
const maxSheet = 3 * store.MaxSample

// firstSheet gives the first sheet of a workbook with cells as CSV.
func firstSheet(data []byte) ([]byte, error) {
	book, err := xlsx.Open(data)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out, csv.Format{})
	width := 0
	for _, sheet := range book.Sheets() {
		if sheet.Hidden {
			continue
		}
		err := sheet.Each(func(_ int, cells []string) error {
			if width == 0 {
				width = len(cells) // of the header; a row ends with its last filled cell
			}
			row := make([]string, max(width, len(cells)))
			copy(row, cells)
			if err := w.Row(row...); err != nil || out.Len() < maxSheet {
				return err
			}
			return store.E(store.Invalid, "sample.too_large", store.Args{"limit": maxSheet >> 20})
		})
		if err != nil {
			return nil, err
		}
		if err := w.Flush(); err != nil {
			return nil, err
		}
		if out.Len() > 0 {
			return out.Bytes(), nil
		}
	}
	return nil, store.E(store.Invalid, "sample.empty", nil)
}

func (j *Jobs) samplePath(id string) string { return filepath.Join(j.Dir.Samples(), id+".age") }

// sealSample writes the sealed copy, whole or not at all.
func (j *Jobs) sealSample(id string, data []byte) error {
	fail := func(err error) error { return store.Wrap(err, store.Unavailable, "sample.seal", nil) }
	if err := os.MkdirAll(j.Dir.Samples(), 0o700); err != nil {
		return fail(err)
	}
	f, err := os.OpenFile(j.samplePath(id), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fail(err)
	}
	w, err := handover.Seal(f, j.sealKey)
	if err == nil {
		_, err = w.Write(data)
		err = errors.Join(err, w.Close(), f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name()) // sealed it was, as far as it came
	}
	return fail(err)
}

// openSample opens a sample as a delivery. Its rows are in memory.
func (j *Jobs) openSample(s *store.Sample) (*sampleRows, error) {
	f, err := os.Open(j.samplePath(s.ID))
	if errors.Is(err, fs.ErrNotExist) || err == nil && s.Gone(j.Clock.Now()) {
		err = store.E(store.NotFound, "sample.not_found", nil)
	}
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "sample.seal", nil)
	}
	defer f.Close()
	r, err := handover.Open(f, j.sealKey)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "delivery.sealed_broken", nil)
	}
	return readSample(data)
}

// sampleRows is a sample as a delivery. It has no name: what people call their files stays with them.
type sampleRows struct {
	data    []byte
	rows    *csv.Reader
	columns []int // that are read, of those of the file
	bad     []csv.Bad
	left    int64 // rows that may still be read
	more    bool  // there are more than that
	info    store.Delivery
}

func readSample(data []byte) (*sampleRows, error) {
	rows, err := csv.NewReader(bytes.NewReader(data), csv.Options{})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	d := &sampleRows{data: data, rows: rows, left: store.MaxSampleRows, info: store.Delivery{SHA256: hex.EncodeToString(sum[:]),
		Bytes: int64(len(data)), Encoding: string(rows.Encoding()), Stated: -1}}
	for i := range rows.Header() {
		d.columns = append(d.columns, i)
	}
	return d, nil
}

// only leaves out the columns that are not among the classed fields, and names them. A run would be refused for them, since
// nobody has said what they hold; a trial does without.
func (d *sampleRows) only(source []store.Field) (left []string) {
	d.columns = slices.DeleteFunc(d.columns, func(i int) bool {
		name := d.rows.Header()[i]
		classed := slices.ContainsFunc(source, func(f store.Field) bool { return f.Name == name })
		if !classed {
			left = append(left, name)
		}
		return !classed
	})
	return left
}

func (d *sampleRows) Info() store.Delivery         { return d.info }
func (d *sampleRows) Size() int64                  { return d.info.Bytes }
func (d *sampleRows) Progress() int64              { return d.info.Bytes }
func (d *sampleRows) Loaded(context.Context) error { return nil }

// Fields gives the columns that are read.
func (d *sampleRows) Fields() []string {
	var names []string
	for _, i := range d.columns {
		names = append(names, d.rows.Header()[i])
	}
	return names
}

func (d *sampleRows) Read(ctx context.Context, b *connector.Batch) error {
	r := csv.Rows{Cells: b.Cells, Data: b.Data, Bad: d.bad}
	err := ctx.Err()
	if err == nil {
		err = d.rows.Read(&r)
	}
	if err == nil && d.left <= 0 {
		d.more, err = true, io.EOF
	}
	d.bad = r.Bad
	b.First, b.Width, b.Cells, b.Data, b.Nulls, b.Bad = r.First, len(d.columns), r.Cells, r.Data, nil, b.Bad[:0]
	if err != nil {
		b.Cells = b.Cells[:0]
		return err
	}
	b.Cells = withColumns(b.Cells, len(d.rows.Header()), d.columns)
	if n := int64(b.Rows()); n > d.left {
		d.more = true
		b.Cells = b.Cells[:int(d.left)*b.Width]
	}
	d.left -= int64(b.Rows())
	for _, x := range r.Bad {
		if x.Row < b.Rows() {
			b.Bad = append(b.Bad, connector.BadRow(x))
		}
	}
	return nil
}

// withColumns leaves some columns of the cells of rows, in their order and in their place.
func withColumns(cells []string, width int, columns []int) []string {
	if len(columns) == width {
		return cells
	}
	n := 0
	for row := 0; row < len(cells); row += width {
		for _, i := range columns {
			cells[n] = cells[row+i]
			n++
		}
	}
	return cells[:n]
}

// Close lets go of the rows.
func (d *sampleRows) Close() error {
	clear(d.data)
	return nil
}

// LookAtSample gives the columns of a sample and what their values look like. Nothing is kept.
func (j *Jobs) LookAtSample(ctx context.Context, s *store.Sample, source []store.Field) (*store.Schema, *store.SourceProfile, error) {
	d, err := j.openSample(s)
	if err != nil {
		return nil, nil, err
	}
	defer d.Close()
	schema, err := j.schemaOf(d)
	if err != nil {
		return nil, nil, err
	}
	p, err := j.profileOf(ctx, d, schema, source)
	if err != nil {
		return nil, nil, err
	}
	p.More = p.More || d.more
	return schema, p, nil
}

// UseSample keeps the columns of a sample and what their values look like as those of the integration's source: what is
// told of the values there names nobody, so that everybody who may see the mapping may see it.
func (j *Jobs) UseSample(ctx context.Context, s *store.Sample, source []store.Field, by store.Actor) error {
	schema, p, err := j.LookAtSample(ctx, s, source)
	if err != nil {
		return err
	}
	return j.DB.SaveSourceProfile(ctx, s.IntegrationID, schema, p, by)
}

// DropSample removes a person's sample for an integration.
func (j *Jobs) DropSample(ctx context.Context, integrationID, userID string, by store.Actor) error {
	s, err := j.DB.OwnSample(ctx, integrationID, userID)
	if err != nil {
		return err
	}
	if err := j.DB.DropSample(ctx, integrationID, userID, by); err != nil {
		return err
	}
	return j.removeSample(s.ID)
}

func (j *Jobs) removeSample(id string) error {
	if err := os.Remove(j.samplePath(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return store.Wrap(err, store.Unavailable, "sample.seal", nil)
	}
	return nil
}

// sampleGrace is how old a sealed sample must be before it can be one that nobody knows of: a younger one may be on its
// way into the database.
const sampleGrace = 10 * time.Minute

// sweepSamples removes the samples whose day has passed and those of people who are blocked, and what a stop left without
// a row in the database.
func (j *Jobs) sweepSamples(ctx context.Context) error {
	spent, err := j.DB.SpentSamples(ctx)
	if err != nil {
		return err
	}
	for _, s := range spent {
		if err := j.removeSample(s.ID); err != nil { // the rows first: the line in the log says that they are gone
			return err
		}
		if err := j.DB.ExpireSample(ctx, s.ID, store.SystemActor()); err != nil {
			return err
		}
	}
	files, err := os.ReadDir(j.Dir.Samples())
	if errors.Is(err, fs.ErrNotExist) || len(files) == 0 {
		return nil
	}
	if err != nil {
		return store.Wrap(err, store.Unavailable, "sample.seal", nil)
	}
	known, err := j.DB.Samples(ctx)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, s := range known {
		there[s.ID] = true
	}
	for _, f := range files {
		info, err := f.Info()
		id := strings.TrimSuffix(f.Name(), ".age")
		if err != nil || there[id] || j.Clock.Now().Sub(info.ModTime()).Abs() < sampleGrace {
			continue
		}
		if err := j.removeSample(id); err != nil {
			return err
		}
	}
	return nil
}
