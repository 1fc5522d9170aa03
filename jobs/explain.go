package jobs

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"

	"samband/jobs/mapping"
	"samband/store"
)

// RunExamples tries the examples of a mapping's rules. The errors are those of CheckMapping.
func (j *Jobs) RunExamples(ctx context.Context, m *store.Mapping, c *store.Codebook) ([]store.ExampleResult, error) {
	lists, err := j.lists(ctx, m)
	if err != nil {
		return nil, err
	}
	results, err := mapping.RunExamples(m, c, lists)
	return results, err
}

// Completion gives the names and functions that an expression at a place can use.
func (j *Jobs) Completion(m *store.Mapping, c *store.Codebook, at store.ExprPlace) store.Completion {
	return mapping.Complete(m, c, at)
}

// ExplainMapping walks from the source fields to the value of one variable in the row at a position, from 1, of the
// delivery that PreviewMapping shows: every step, correction and check. Nothing is written and no direct field leaves
// here. NotFound "mapping.no_row" when the delivery has no such row.
func (j *Jobs) ExplainMapping(ctx context.Context, integrationID string, m *store.Mapping, c *store.Codebook, position int64,
	variable string) (*store.Explanation, error) {
	return j.explain(ctx, integrationID, nil, m, c, position, variable)
}

// ExplainSample is ExplainMapping on a person's own sample.
func (j *Jobs) ExplainSample(ctx context.Context, s *store.Sample, m *store.Mapping, c *store.Codebook, position int64,
	variable string) (*store.Explanation, error) {
	return j.explain(ctx, s.IntegrationID, s, m, c, position, variable)
}

func (j *Jobs) explain(ctx context.Context, integrationID string, own *store.Sample, m *store.Mapping, c *store.Codebook, position int64,
	variable string) (*store.Explanation, error) {
	l, err := j.look(ctx, integrationID, own, m, c)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	var x *store.Explanation
	err = l.each(ctx, func(r *sampleRow) (bool, error) {
		if r.position < position {
			return true, nil
		}
		if r.broken != "" {
			x = &store.Explanation{Variable: variable, Broken: true}
			return false, nil
		}
		person := l.holds(r)
		var err error
		if x, err = mapping.Explain(m, c, l.split.Fields(), l.lists, r.cells, r.nulls, person, variable); err != nil {
			// The mapping can't run; its rule for the variable may.
			alone, book := m.Alone(c, variable)
			part, failed := mapping.Explain(&alone, &book, l.split.Fields(), l.lists, r.cells, r.nulls, person, variable)
			if failed != nil {
				return false, err
			}
			x = part
			x.Partial = true
		}
		mask(x)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	if x == nil {
		return nil, store.E(store.NotFound, "mapping.no_row", store.Args{"position": position})
	}
	x.Position = position
	return x, nil
}

// mask makes an explanation one that people may see. Its texts become copies.
func mask(x *store.Explanation) {
	steps := func(list []store.ExplainedStep) {
		for i := range list {
			list[i].Before, list[i].After = shownValue(list[i].Before), shownValue(list[i].After)
		}
	}
	for i := range x.Fields {
		x.Fields[i].Text = shownText(x.Fields[i].Text)
	}
	steps(x.Steps)
	for i := range x.Corrections {
		k := &x.Corrections[i]
		k.Before, k.After = shownValue(k.Before), shownValue(k.After)
		steps(k.Steps)
	}
	x.Made, x.Value = shownValue(x.Made), shownValue(x.Value)
}

// Bounds of a preview of versions: rows that are looked at, and keys that are shown.
const (
	resolveRows = 20_000
	resolveKeys = 50
)

// accepted is a row that passed the checks, on its way to be settled.
type accepted struct {
	person   store.PersonKey
	position int64
	version  store.Version
	values   []store.Value
}

// PreviewResolve shows, for the keys that have several rows among the first of the delivery that PreviewMapping shows,
// which row wins, which value of each variable stands, and why, as a run into an empty registry would settle them.
// Nothing is written and no direct field leaves here.
func (j *Jobs) PreviewResolve(ctx context.Context, integrationID string, m *store.Mapping, c *store.Codebook) (*store.ResolvePreview, error) {
	return j.resolve(ctx, integrationID, nil, m, c)
}

// ResolveSample is PreviewResolve on a person's own sample.
func (j *Jobs) ResolveSample(ctx context.Context, s *store.Sample, m *store.Mapping, c *store.Codebook) (*store.ResolvePreview, error) {
	return j.resolve(ctx, s.IntegrationID, s, m, c)
}

func (j *Jobs) resolve(ctx context.Context, integrationID string, own *store.Sample, m *store.Mapping, c *store.Codebook) (*store.ResolvePreview, error) {
	l, err := j.look(ctx, integrationID, own, m, c)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	program, err := mapping.Compile(*m, *c, l.split.Fields(), l.lists)
	if err != nil {
		return nil, err
	}
	p := &store.ResolvePreview{Delivery: l.Info().Name, Sealed: l.sealed}
	index, eval := j.vault.NewIndexer(nil), program.NewEvaluator()
	rows := map[string][]accepted{}
	key := slotsOf(c, c.Key)
	var content []byte
	err = l.each(ctx, func(r *sampleRow) (bool, error) {
		p.Rows++
		if r.broken != "" || r.leak != "" {
			return p.Rows < resolveRows, nil
		}
		var person store.PersonKey
		content = content[:0] // what a run makes its hash of
		holds := l.outgoing
		if !holds {
			res := l.person(r.number)
			person, err = store.NewPersonKey(res.Kind, l.issuer, res.Number)
			at := index.Index(person)
			content, holds = append(content, at[:]...), res.Err == "" && err == nil
		}
		if v := eval.Row(r.cells, r.nulls, holds); v.Outcome == mapping.Accepted {
			p.Accepted++
			x := accepted{person: person, position: r.position, version: program.Ranking().Version(eval.Values)}
			for i, v := range eval.Values {
				if !l.outgoing || m.Rule(c.Variables[i].Name) != nil {
					content = v.AppendCanonical(content)
				}
				x.values = append(x.values, v)
			}
			sum := sha256.Sum256(content)
			x.version.Hash = int64(binary.BigEndian.Uint64(sum[:]))
			for i, v := range x.values { // the batch that texts lie in is read into again
				x.values[i] = v.Clone()
			}
			x.version.Latest = x.version.Latest.Clone()
			content = content[:0]
			for _, slot := range key {
				content = x.values[slot].AppendCanonical(content)
			}
			rows[string(content)] = append(rows[string(content)], x)
		}
		eval.Arena(nil)
		return p.Rows < resolveRows, nil
	})
	if err != nil {
		return nil, err
	}
	var keys []string
	p.Distinct = int64(len(rows))
	for key, of := range rows {
		if len(of) > 1 {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	p.Several = int64(len(keys))
	for _, key := range keys[:min(len(keys), resolveKeys)] {
		p.Keys = append(p.Keys, resolved(m, c, rows[key]))
	}
	return p, nil
}

// slotsOf gives the slots of variables.
func slotsOf(c *store.Codebook, names []string) []int {
	slots := make([]int, len(names))
	for i, name := range names {
		slots[i] = slices.IndexFunc(c.Variables, func(v store.Variable) bool { return v.Name == name })
	}
	return slots
}

// resolved settles one key and says why, as it may be shown.
func resolved(m *store.Mapping, c *store.Codebook, rows []accepted) store.ResolvedKey {
	best := slices.MaxFunc(rows, func(a, b accepted) int {
		switch {
		case a.version.Newer(b.version):
			return 1
		case b.version.Newer(a.version):
			return -1
		}
		return cmp.Compare(b.position, a.position) // of doubles the first is shown
	})
	settle := store.NewSettler(&m.Resolve, c)
	settle.Reset()
	var positions []int64
	seen := map[int64]bool{}
	for _, x := range rows {
		if x.person == best.person && !seen[x.version.Hash] {
			seen[x.version.Hash] = true
			positions = append(positions, x.position)
			settle.Add(x.values, x.version)
		}
	}
	values, from := settle.Result()
	var parts, names []string
	for _, slot := range slotsOf(c, c.Key) {
		parts = append(parts, shownValue(values[slot]).Text())
	}
	out := store.ResolvedKey{Key: strings.Join(parts, "|")}
	for _, r := range m.Rules {
		names = append(names, r.Variable)
	}
	slots := slotsOf(c, names)
	for i, r := range m.Rules {
		slot := slots[i]
		f := store.ResolvedField{Variable: r.Variable, Value: shownValue(values[slot])}
		if from[slot] >= 0 {
			f.Position = positions[from[slot]]
		}
		for _, p := range m.Resolve.Fields {
			if p.Variable == r.Variable {
				f.How = p.How
			}
		}
		out.Fields = append(out.Fields, f)
	}
	for _, x := range rows {
		r := store.ResolvedRow{Position: x.position, Why: x.version.Verdict(best.version)}
		if x.position == best.position {
			r.Why = store.RowWon
		}
		for _, slot := range slots {
			r.Values = append(r.Values, shownValue(x.values[slot]))
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}
