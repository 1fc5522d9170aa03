package outgoing

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"slices"
	"strings"

	"samband/jobs/mapping"
	"samband/store"
	"samband/store/registrydb"
)

// rows makes records of a registry's rows, one at a time.
type rows struct {
	job    *Job
	source []string // variables of the registry that are read
	reads  []string // what is read of each row: source, and whose row it is when identity leaves
	fields []string // variables of the receiver that have a rule, in its order
	slots  []int
	key    []int
	eval   *mapping.Evaluator
	prog   *mapping.Program
	hash   hash.Hash
	buf    []byte
	arena  []byte
	row    row
}

// row is what a row of the registry gives, valid until the next.
type row struct {
	of       *rows
	filtered bool
	reason   string // why it is held back, "" when it isn't
	variable string
	key      string
	mark     mark
	hash     mark
	version  store.Version
	person   store.Pseudonym // zero unless identity leaves
}

// newRows compiles the mapping. What it reads must be variables of the registry, and nothing that names a person.
func newRows(j *Job) (*rows, error) {
	w := &rows{job: j, hash: sha256.New()}
	w.row.of = w
	for _, f := range j.Mapping.Source {
		if j.From.Variable(f.Name) == nil {
			return nil, store.E(store.Refused, "outgoing.no_variable", store.Args{"variable": f.Name, "codebook": j.From.ID})
		}
		w.source = append(w.source, f.Name)
	}
	var err error
	if w.prog, err = mapping.Compile(j.Mapping, j.Receiver, w.source, j.Lists); err != nil {
		return nil, err
	}
	w.eval, w.reads = w.prog.NewEvaluator(), w.source
	if j.Halves != nil {
		w.reads = append(slices.Clone(w.source), registrydb.PseudonymColumn)
	}
	slot := map[string]int{}
	for i := range j.Receiver.Variables {
		name := j.Receiver.Variables[i].Name
		slot[name] = i
		if j.Mapping.Rule(name) != nil {
			w.slots, w.fields = append(w.slots, i), append(w.fields, name)
		}
	}
	for _, k := range j.Receiver.Key {
		w.key = append(w.key, slot[k])
	}
	return w, nil
}

// make gives what a row gives.
func (w *rows) make(cells []string, nulls []bool) *row {
	w.arena = w.eval.Arena(w.arena)
	x := &w.row
	*x = row{of: w}
	if n := len(w.source); len(cells) > n {
		x.person, _ = store.ParsePseudonym(cells[n])
		cells, nulls = cells[:n], nulls[:n]
	}
	switch v := w.eval.Row(cells, nulls, true); v.Outcome {
	case mapping.Filtered:
		x.filtered = true
		return x
	case mapping.Rejected:
		x.reason = w.job.Mapping.Checks[v.Check].Reason
		if v.Variable >= 0 {
			x.variable = w.job.Receiver.Variables[v.Variable].Name
		}
		x.key = strings.Clone(w.eval.Key())
		x.mark = markOf(x.key)
		return x
	}
	w.hash.Reset()
	w.buf = w.buf[:0]
	for _, s := range w.slots {
		v := w.eval.Values[s]
		if x.reason == "" && v.Kind() == store.Text && store.ScanPersonNumbers(v.Text()) > 0 {
			x.reason, x.variable = store.OutgoingLeak, w.job.Receiver.Variables[s].Name
		}
		w.buf = v.AppendCanonical(w.buf)
	}
	if w.job.Halves != nil {
		if x.reason == "" && !w.job.persons[x.person] {
			x.reason = store.OutgoingNobody
		}
		w.buf = append(w.buf, x.person[:]...) // a record that is another person's now is another content
	}
	w.hash.Write(w.buf)
	sum := w.hash.Sum(nil)
	x.hash = mark(sum[:16])
	parts := make([]string, len(w.key))
	for i, s := range w.key {
		parts[i] = w.eval.Values[s].Text()
	}
	if x.reason != "" { // the key may be what holds it
		x.key = strings.Clone(w.eval.Key())
	} else {
		x.key = strings.Clone(strings.Join(parts, "|"))
	}
	x.mark = markOf(x.key)
	x.version = w.prog.Ranking().Version(w.eval.Values)
	x.version.Hash = int64(binary.BigEndian.Uint64(sum))
	return x
}

// values gives the values of the row that make made last, by field.
func (x *row) values() []string {
	out := make([]string, len(x.of.slots))
	for i, s := range x.of.slots {
		out[i] = strings.Clone(x.of.eval.Values[s].Text())
	}
	return out
}
