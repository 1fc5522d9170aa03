package pipeline

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"hash"
	"io"
	"sync"

	"samband/jobs/connector"
	"samband/jobs/mapping"
	"samband/jobs/privacy"
	"samband/jobs/quality"
	"samband/store"
	"samband/store/registrydb"
	"samband/store/vault"
)

const (
	mappers  = 2
	inFlight = mappers + 4 // batches: one at each goroutine and some on the way
)

// batch is one batch of rows on its way through. It is used again when it has been written.
type batch struct {
	in    connector.Batch
	arena []byte // texts the mapping made

	// Accepted rows. Of row i, args holds the arguments at i*width.
	rows    int
	args    []driver.NamedValue
	version []store.Version
	persons []vault.Person
	direct  []string // identity cells, which persons point into
	days    []int32  // by event variable
	text    []byte   // pseudonyms as text

	read, filtered  int64
	blocked, unseen int64
	findings        []store.Finding
	sealed          []byte // of the findings
	failed, warned  []int64
	missed          map[missed]int64
}

// missed is a variable without a value, by its slot, and why.
type missed struct {
	slot   int
	reason store.MissingReason
}

// load runs all rows through. It returns when every goroutine has ended.
func (r *run) load(ctx context.Context) error {
	r.enter(store.StageExtract)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	free := make(chan *batch, inFlight)
	for range inFlight {
		free <- &batch{failed: make([]int64, len(r.failed)), warned: make([]int64, len(r.warned)),
			missed: map[missed]int64{}}
	}
	read, mapped, named := make(chan *batch, 1), make(chan *batch, 1), make(chan *batch, 1)
	var all, mapping sync.WaitGroup
	// stage runs f and ends the run with its error.
	stage := func(f func() error) {
		if err := safely(f); err != nil {
			cancel(err)
		}
	}
	all.Go(func() {
		defer close(read)
		stage(func() error { return r.read(ctx, free, read) })
	})
	for range mappers {
		mapping.Go(func() {
			stage(func() error {
				m, err := r.newMapper()
				if err != nil {
					return err
				}
				return pass(ctx, read, mapped, m.batch)
			})
		})
	}
	all.Go(func() { mapping.Wait(); close(mapped) })
	all.Go(func() {
		defer close(named)
		stage(func() error {
			if err := pass(ctx, mapped, named, r.name); err != nil || ctx.Err() != nil {
				return err
			}
			return r.persons.Settle(ctx) // while the rest of the rows are written
		})
	})
	stage(func() error { return pass(ctx, named, free, r.write(ctx)) })
	if ctx.Err() != nil {
		cancel(nil)
	}
	all.Wait()
	return context.Cause(ctx)
}

// pass takes batches from in through f to out until in ends.
func pass(ctx context.Context, in <-chan *batch, out chan<- *batch, f func(*batch) error) error {
	for {
		select {
		case b, ok := <-in:
			if !ok {
				return nil
			}
			if err := f(b); err != nil {
				return err
			}
			select {
			case out <- b:
			case <-ctx.Done():
				return nil
			}
		case <-ctx.Done():
			return nil
		}
	}
}

func (r *run) read(ctx context.Context, free <-chan *batch, out chan<- *batch) error {
	for {
		select {
		case b := <-free:
			err := r.job.Delivery.Read(ctx, &b.in)
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			select {
			case out <- b:
			case <-ctx.Done():
				return nil
			}
		case <-ctx.Done():
			return nil
		}
	}
}

// name asks the vault for the pseudonyms of a batch.
func (r *run) name(b *batch) error {
	at, width := r.layout.Pseudonym(), r.layout.Width()
	b.text = b.text[:0]
	for i := range b.rows {
		p, err := r.persons.Pseudonym(&b.persons[i])
		if err != nil {
			return err
		}
		b.text = p.Append(b.text)
	}
	all := string(b.text)
	for i := range b.rows {
		b.args[i*width+at].Value = all[i*store.PseudonymLength : (i+1)*store.PseudonymLength]
	}
	return nil
}

// write gives the function that writes batches to the registry and counts them.
func (r *run) write(ctx context.Context) func(*batch) error {
	width := r.layout.Width()
	return func(b *batch) error {
		if err := r.guard(ctx); err != nil {
			return err
		}
		for i := range b.rows {
			stands, err := r.health.Put(b.args[i*width:(i+1)*width], b.version[i])
			if err != nil {
				return store.Wrap(err, store.Unavailable, "registry.write", nil)
			}
			if stands {
				for k, d := range r.days {
					d.Add(b.days[i*len(r.days)+k], 1)
				}
			}
		}
		for i := range b.findings {
			if err := r.health.Add(&b.findings[i]); err != nil {
				return store.Wrap(err, store.Unavailable, "registry.write", nil)
			}
		}
		r.counts.Read += b.read
		r.counts.Filtered += b.filtered
		r.counts.Blocked += b.blocked
		r.unseen += b.unseen
		for i := range b.findings {
			if why := b.findings[i].Reason; store.BrokenRow(why) {
				r.broken[why]++
				r.counts.Quarantined++
			}
		}
		for i := range b.failed {
			r.failed[i] += b.failed[i]
			r.warned[i] += b.warned[i]
			r.counts.Quarantined += b.failed[i]
		}
		for x, n := range b.missed {
			r.missed[x] += n
		}
		r.tally()
		r.show()
		return nil
	}
}

// mapper turns batches of source rows into rows for the registry. One per goroutine.
type mapper struct {
	r        *run
	eval     *mapping.Evaluator
	index    *vault.Indexer
	seal     *vault.RowSealer
	hash     hash.Hash
	cells    []string
	nulls    []bool
	identity []string
	content  []byte
	sum      [sha256.Size]byte
	runNo    driver.Value
	check    *privacy.SelfCheck
	shapes   *quality.Shapes
	last     answered
	spread   *quality.Spreads // nil for the runs that nobody compares
}

func (r *run) newMapper() (*mapper, error) {
	seal, err := r.job.Vault.NewRowSealer()
	if err != nil {
		return nil, err
	}
	m := &mapper{r: r, eval: r.program.NewEvaluator(), index: r.job.Vault.NewIndexer(r.split.Attributes()), seal: seal,
		hash: sha256.New(), cells: make([]string, len(r.split.Fields())), nulls: make([]bool, len(r.split.Fields())),
		identity: make([]string, len(r.split.Attributes())), runNo: r.job.RunNo}
	m.check = r.split.NewSelfCheck(r.translated, r.job.Mapping.OnlyNumbers(&r.job.Codebook))
	m.shapes = quality.NewShapes(r.split.Fields(), r.translated, len(r.job.Codebook.Variables))
	r.collecting.Lock()
	defer r.collecting.Unlock()
	r.checks, r.shapes = append(r.checks, m.check), append(r.shapes, m.shapes)
	if r.job.Spread {
		m.spread = quality.NewSpreads(&r.job.Codebook)
		r.spreads = append(r.spreads, m.spread)
	}
	return m, nil
}

func (m *mapper) batch(b *batch) error {
	m.prepare(b)
	bad := b.in.Bad
	for i := range b.in.Rows() {
		position := b.in.First + int64(i)
		if len(bad) > 0 && bad[0].Row == i {
			m.brokenRow(b, position, bad[0])
			bad = bad[1:]
			continue
		}
		m.row(b, i, position)
	}
	b.arena = m.eval.Arena(nil)
	return nil
}

// prepare empties a batch that was used before, and makes room for as many rows as were read.
func (m *mapper) prepare(b *batch) {
	n, width := b.in.Rows(), m.r.layout.Width()
	if len(b.args) < n*width {
		b.args = make([]driver.NamedValue, n*width)
		for i := range b.args {
			b.args[i].Ordinal = i%width + 1
		}
		b.version, b.persons = make([]store.Version, n), make([]vault.Person, n)
		b.direct = make([]string, n*len(m.identity))
	}
	b.rows, b.read, b.filtered, b.blocked, b.unseen = 0, int64(n), 0, 0, 0
	b.days, b.findings, b.sealed = b.days[:0], b.findings[:0], b.sealed[:0]
	clear(b.failed)
	clear(b.warned)
	clear(b.missed)
	m.eval.Arena(b.arena)
}

func (m *mapper) row(b *batch, i int, position int64) {
	r := m.r
	row := b.in.Row(i)
	identity := b.direct[b.rows*len(m.identity) : (b.rows+1)*len(m.identity)]
	r.split.Identity(row, identity)
	person, ok := m.person(identity[r.split.Number()])
	since, in := m.asked(person, ok)
	if !in {
		b.blocked++
		b.unseen++
		return
	}
	r.split.Health(row, m.cells)
	nulls := m.nulls
	if b.in.Nulls == nil {
		nulls = nil
	} else {
		r.split.HealthNulls(func(c int) bool { return b.in.Null(i, c) }, nulls)
	}
	if at, reason := m.check.Row(identity, m.cells); reason != "" {
		m.leaking(b, position, at, reason, nulls, row)
		return
	}
	m.shapes.Read(m.cells, nulls, position)
	v := m.eval.Row(m.cells, nulls, ok)
	if v.Outcome != mapping.Filtered && since != "" && !m.after(since, v.Outcome) {
		b.blocked++
		return
	}
	switch v.Outcome {
	case mapping.Filtered:
		b.filtered++
		return
	case mapping.Rejected:
		b.failed[v.Check]++
		m.finding(b, position, 0, v, row)
		return
	}
	for k, w := range m.eval.Warnings {
		b.warned[w.Check]++
		if k < registrydb.MaxWarnings {
			m.finding(b, position, k+1, w, nil)
		}
	}
	for _, x := range m.eval.Missed {
		if m.eval.Values[x.Slot].IsNull() { // no correction gave it one
			b.missed[missed{x.Slot, x.Reason}]++
		}
	}
	p := &b.persons[b.rows]
	if p.Index = m.last.index; m.last.key != person {
		p.Index = m.index.Index(person)
	}
	p.Tag = m.index.Tag(p.Index, identity)
	p.Values = identity
	m.shapes.Accept(m.eval.Values)
	if m.spread != nil {
		m.spread.Add(m.eval.Values)
	}
	m.put(b, p)
}

// person checks a person number and makes the key of its person.
func (m *mapper) person(number string) (store.PersonKey, bool) {
	res := store.ParsePerson(number, m.r.rules, m.r.began)
	if res.Err != "" {
		return store.PersonKey{}, false
	}
	key, err := store.NewPersonKey(res.Kind, m.r.job.Issuer, res.Number)
	return key, err == nil
}

// put lays the evaluator's values out as the registry wants them, boxed for the driver.
func (m *mapper) put(b *batch, p *vault.Person) {
	l := m.r.layout
	args := b.args[b.rows*l.Width() : (b.rows+1)*l.Width()]
	values := m.eval.Values
	m.content = append(m.content[:0], p.Index[:]...)
	for i := range values {
		m.content = values[i].AppendCanonical(m.content)
	}
	m.hash.Reset()
	m.hash.Write(m.content)
	ranking := m.r.program.Ranking()
	ver := ranking.Version(values)
	ver.Hash = int64(binary.BigEndian.Uint64(m.hash.Sum(m.sum[:0])))
	p.Version = 1
	if ranking.Slot >= 0 { // of a person's identity the newest stands, whichever version of the fact does
		p.Version = vault.VersionKey(ver.Latest)
	}
	for i := range l.Columns {
		if s := l.Columns[i].Slot; s >= 0 {
			args[i].Value = registrydb.DriverValue(values[s])
		}
	}
	args[l.Hash()].Value = ver.Hash
	args[l.Run()].Value = m.runNo
	b.version[b.rows] = ver
	for _, s := range m.r.events {
		b.days = append(b.days, m.r.clock.DaysSince(values[s]))
	}
	b.rows++
}

// finding notes a row that a check found something in. The source row goes along, sealed, when it is held back.
func (m *mapper) finding(b *batch, position int64, n int, v mapping.Verdict, row []string) {
	check := &m.r.job.Mapping.Checks[v.Check]
	f := store.Finding{ID: registrydb.FindingID(m.r.job.RunNo, position, n), Key: m.eval.Key(), Reason: check.Reason, Warn: row == nil}
	if v.Variable >= 0 {
		f.Variable = m.r.job.Codebook.Variables[v.Variable].Name
	}
	if row != nil {
		m.sealRow(b, &f, row)
	}
	b.findings = append(b.findings, f)
}

// leaking holds back a row that holds identity among its health cells, unless it is none of the registry's. Nothing is told
// of its cells, of which the key is made.
func (m *mapper) leaking(b *batch, position int64, column int, reason string, nulls []bool, row []string) {
	if v := m.eval.Row(m.cells, nulls, true); v.Outcome == mapping.Filtered {
		b.filtered++
		return
	}
	f := store.Finding{ID: registrydb.FindingID(m.r.job.RunNo, position, 0), Reason: reason, Variable: m.r.split.Fields()[column]}
	m.sealRow(b, &f, row)
	b.findings = append(b.findings, f)
}

// sealRow seals a row's cells for a finding.
func (m *mapper) sealRow(b *batch, f *store.Finding, row []string) {
	m.content = m.content[:0]
	for _, c := range row {
		m.content = binary.AppendUvarint(m.content, uint64(len(c)))
		m.content = append(m.content, c...)
	}
	m.sealInto(b, f, 'c')
}

// brokenRow notes a row that could not be cut into cells.
func (m *mapper) brokenRow(b *batch, position int64, bad connector.BadRow) {
	f := store.Finding{ID: registrydb.FindingID(m.r.job.RunNo, position, 0), Reason: string(bad.Reason)}
	m.content = append(m.content[:0], bad.Raw...)
	m.sealInto(b, &f, 'r')
	b.findings = append(b.findings, f)
}

// sealInto seals what m.content holds, marked as cells or as the raw row, and lets go of it.
func (m *mapper) sealInto(b *batch, f *store.Finding, form byte) {
	m.content = append(m.content, form)
	n := len(b.sealed)
	b.sealed = m.seal.Seal(b.sealed, f.ID, m.content)
	f.Sealed = b.sealed[n:]
	clear(m.content)
}
