// Package mapping compiles a mapping into one function over a row: rules become closures over slots, texts are parsed
// by hand-written readers, and a row costs next to no allocation.
package mapping

import (
	"slices"
	"strings"

	"samband/store"
)

// Fault is what can go wrong in the steps of a rule. A rule can have several: a unit is looked at although the number
// before it failed.
type Fault uint8

const (
	FaultDate Fault = 1 << iota
	FaultCode
	FaultNumber
	FaultExpr
	FaultRange // a number too great to hold, of a variable that has limits
)

// Program is a compiled mapping. Immutable and safe for several goroutines; each works with an Evaluator of its own.
type Program struct {
	codebook store.Codebook
	fields   []string
	rules    []rule
	checks   []check
	warns    []check
	keep     condition // nil keeps all
	key      []int     // slots of the codebook's key
	ranking  Ranking
	unused   []string

	corrections []correction
}

type rule struct {
	slot  int
	steps []step
	final func(store.Value) (store.Value, Fault) // to the variable's type, nil when the steps give it
	codes []string                               // what is legal, nil when the steps can give nothing else
	marks bool                                   // a missing step says why, or gives codes that stand
	reads []int                                  // the columns that it reads, in order
}

// end brings what the steps gave to the variable's type and code list.
func (r *rule) end(v store.Value, bad Fault) (store.Value, Fault) {
	if bad == 0 && !v.IsNull() {
		if r.final != nil {
			v, bad = r.final(v)
		}
		if r.codes != nil && bad == 0 && !slices.Contains(r.codes, v.Text()) {
			bad = FaultCode
		}
	}
	return v, bad
}

// step turns the value so far into the next. It gets and gives the faults so far too, because most steps let a value
// with a fault pass.
type step func(e *Evaluator, v store.Value, bad Fault) (store.Value, Fault)

// Compile prepares a mapping for rows that have the given columns: those of the health side, in the order rows have
// them. lists has the national lists that the mapping pins. A mapping that breaks a rule of store, an expression that
// does not compile, or a list that isn't given, gives an error for the form; a column that is missing, or that the
// mapping classes as direct, is refused by name.
func Compile(m store.Mapping, c store.Codebook, fields []string, lists Lists) (*Program, error) {
	return compile(m, c, fields, lists, false)
}

func compile(m store.Mapping, c store.Codebook, fields []string, lists Lists, trace bool) (*Program, error) {
	if err := c.ValidateRun(); err != nil {
		return nil, err
	}
	if err := m.Validate(&c); err != nil {
		return nil, err
	}
	k, err := newCompiler(&m, &c, fields, lists)
	if err != nil {
		return nil, err
	}
	k.trace = trace
	p := &Program{codebook: c, fields: slices.Clone(fields)}
	for i := range m.Rules {
		r, err := k.rule(&m.Rules[i])
		if err != nil {
			return nil, err
		}
		p.rules = append(p.rules, r)
	}
	for i := range m.Corrections {
		if m.Corrections[i].Undone != nil {
			continue
		}
		x, err := k.correction(i)
		if err != nil {
			return nil, err
		}
		p.corrections = append(p.corrections, x)
	}
	if m.Keep != nil {
		if p.keep, err = k.condition("keep", m.Keep); err != nil {
			return nil, err
		}
	}
	for i := range m.Checks {
		x, err := k.check(i)
		if err != nil {
			return nil, err
		}
		if m.Checks[i].Warn {
			p.warns = append(p.warns, x)
		} else {
			p.checks = append(p.checks, x)
		}
	}
	if err := k.uncaught(); err != nil {
		return nil, err
	}
	for _, name := range c.Key {
		p.key = append(p.key, k.slot(name))
	}
	p.ranking = k.ranking()
	for i, used := range k.read {
		if !used {
			p.unused = append(p.unused, fields[i])
		}
	}
	return p, nil
}

// newCompiler refuses columns that a row of the health side can't have.
func newCompiler(m *store.Mapping, c *store.Codebook, fields []string, lists Lists) (*compiler, error) {
	for _, name := range fields {
		switch f := m.Field(name); {
		case f == nil:
			return nil, store.E(store.Refused, "delivery.column_unclassed", store.Args{"column": name})
		case f.Class == store.Direct:
			return nil, store.E(store.Refused, "mapping.direct_to_health", store.Args{"field": name})
		}
	}
	return &compiler{m: m, c: c, fields: fields, read: make([]bool, len(fields)), lists: lists}, nil
}

// Unused names the columns that are classed and delivered but that no rule reads.
func (p *Program) Unused() []string { return p.unused }

// Ranking tells what of a row decides between versions of a fact.
type Ranking struct {
	Slot   int // of the variable that is compared; -1 when there is none
	least  bool
	source int // slot of Priority.Variable; -1 when sources aren't ranked
	order  *store.Priority
}

func (k *compiler) ranking() Ranking {
	r := Ranking{Slot: -1, source: -1}
	by, least := k.m.Resolve.By()
	if by != "" {
		r.Slot, r.least = k.slot(by), least
	}
	if p := k.m.Resolve.Priority; p != nil {
		r.source, r.order = k.slot(p.Variable), p
	}
	return r
}

// Version gives what decides, of the last row's values. The hash is left to who makes it.
func (r *Ranking) Version(values []store.Value) (v store.Version) {
	if r.Slot >= 0 {
		v.Latest, v.Least = values[r.Slot], r.least
	}
	if r.source >= 0 {
		v.Rank = r.order.Rank(values[r.source])
	}
	return v
}

// Ranking tells what decides between versions.
func (p *Program) Ranking() *Ranking { return &p.ranking }

// Outcome is what the mapping makes of a row.
type Outcome uint8

const (
	Accepted Outcome = iota
	Filtered
	Rejected
)

// Verdict says what became of a row. Check indexes the mapping's checks and Variable the codebook's variables; -1 when
// there is none to name.
type Verdict struct {
	Outcome  Outcome
	Check    int
	Variable int
}

// Evaluator runs a Program over rows, one at a time. Not safe for several goroutines.
type Evaluator struct {
	p *Program
	// Values has a slot per variable of the codebook, filled by Row. Texts lie in the row's cells, in the evaluator's
	// arena or in the program; they are valid until the arena is used again.
	Values []store.Value
	// Warnings lists what the checks that only warn found in an accepted row.
	Warnings []Verdict
	// Missed lists the variables of the row that a missing step left without a value, and said why.
	Missed []Missed

	faults []Fault
	any    Fault
	cells  []string
	nulls  []bool
	person bool
	arena  []byte
	exprs  exprState

	settled bool // a missing step gave a code: the rest of the rule passes it by
	why     store.MissingReason
	meant   []bool // by correction
	trail   []store.ExplainedStep
	depth   int
}

// NewEvaluator gives an evaluator.
func (p *Program) NewEvaluator() *Evaluator {
	return &Evaluator{p: p, Values: make([]store.Value, len(p.codebook.Variables)),
		faults: make([]Fault, len(p.codebook.Variables)), exprs: newExprState()}
}

// Arena gives the evaluator memory for the texts it makes and returns what it used until now, which holds the texts of
// the rows so far: they live as long as nobody writes there.
func (e *Evaluator) Arena(fresh []byte) (used []byte) {
	used, e.arena = e.arena, fresh[:0]
	return used
}

// Row maps and checks one row. nulls, when the source tells null from empty, marks the null cells. person tells that
// the person number passed; only the verdict crosses from the identity side. The first failing check in the mapping's
// order gives the reason; all rules run whatever failed before.
func (e *Evaluator) Row(cells []string, nulls []bool, person bool) Verdict {
	p := e.p
	e.cells, e.nulls, e.person = cells, nulls, person
	if p.keep != nil && !p.keep(e, store.Value{}) {
		return Verdict{Filtered, -1, -1}
	}
	e.rules()
	if p.corrections != nil {
		e.correct()
	}
	for i := range p.checks {
		if failed, slot := p.checks[i].find(e, 0); failed {
			return Verdict{Rejected, p.checks[i].index, slot}
		}
	}
	e.Warnings = e.Warnings[:0]
	for i := range p.warns {
		if failed, slot := p.warns[i].find(e, 0); failed {
			e.Warnings = append(e.Warnings, Verdict{Accepted, p.warns[i].index, slot})
		}
	}
	return Verdict{Accepted, -1, -1}
}

// rules makes all variables of the row at hand, before corrections.
func (e *Evaluator) rules() {
	e.any, e.Missed = 0, e.Missed[:0]
	for i := range e.p.rules {
		r := &e.p.rules[i]
		v, bad := e.rule(r)
		e.Values[r.slot], e.faults[r.slot] = v, bad
		e.any |= bad
	}
}

// rule makes one variable.
func (e *Evaluator) rule(r *rule) (v store.Value, bad Fault) {
	if r.marks {
		return e.marked(r)
	}
	for _, s := range r.steps {
		v, bad = s(e, v, bad)
	}
	if r.final != nil || r.codes != nil {
		v, bad = r.end(v, bad)
	}
	return v, bad
}

// Key gives the key of the last row as far as it could be read: its parts joined by |. It is for people and for finding
// the same fact again; a part in which a person number can be read is left out.
func (e *Evaluator) Key() string {
	parts := make([]string, len(e.p.key))
	for i, slot := range e.p.key {
		if e.faults[slot] == 0 && store.ScanPersonNumbers(e.Values[slot].Text()) == 0 {
			parts[i] = e.Values[slot].Text()
		}
	}
	return strings.Join(parts, "|")
}

// cell gives a source field; null only where the source says so.
func (e *Evaluator) cell(i int) store.Value {
	if e.nulls != nil && e.nulls[i] {
		return store.Value{}
	}
	return store.TextValue(e.cells[i])
}
