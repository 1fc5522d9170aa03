package mapping

import (
	"math"
	"slices"
	"strings"

	"samband/store"
)

// columns gives the columns of the fields that a step reads.
func (k *compiler) columns(names []string) ([]int, error) {
	var from []int
	for _, name := range names {
		f, err := k.field(name)
		if err != nil {
			return nil, err
		}
		from = append(from, f)
	}
	return from, nil
}

// there tells whether a cell holds something: more than white space, and none of the texts that count as nothing.
func there(c store.Value, nothing []string) bool {
	return !c.IsNull() && strings.TrimSpace(c.Text()) != "" && !slices.Contains(nothing, c.Text())
}

func (k *compiler) first(s *store.Step) (step, store.ValueKind, error) {
	from, err := k.columns(s.From)
	nothing := slices.Clone(s.Values)
	return func(e *Evaluator, _ store.Value, _ Fault) (store.Value, Fault) {
		for _, f := range from {
			if c := e.cell(f); there(c, nothing) {
				return c, 0
			}
		}
		return store.Value{}, 0
	}, store.Text, err
}

// several reads the numbers in some fields and gives the greatest, the least or the mean of those that are there.
func (k *compiler) several(v *store.Variable, s *store.Step) (step, store.ValueKind, error) {
	from, err := k.columns(s.From)
	tooGreat, sign, kind, nothing := tooGreat(v), sign(s), s.Kind, slices.Clone(s.Values)
	return func(e *Evaluator, _ store.Value, _ Fault) (store.Value, Fault) {
		n, out := 0, 0.0
		for _, f := range from {
			c := e.cell(f)
			if !there(c, nothing) {
				continue
			}
			x, ok := decimal(c.Text(), sign)
			switch {
			case !ok:
				return store.Value{}, FaultNumber
			case n == 0:
				out = x
			case kind == store.StepGreatest:
				out = max(out, x)
			case kind == store.StepLeast:
				out = min(out, x)
			default:
				out += x
			}
			n++
		}
		switch {
		case n == 0:
			return store.Value{}, 0
		case kind == store.StepMean:
			out /= float64(n)
		}
		if math.IsInf(out, 0) || math.IsNaN(out) {
			return store.Value{}, tooGreat
		}
		return store.DecimalValue(out), 0
	}, store.Decimal, err
}

func (k *compiler) join(s *store.Step) (step, store.ValueKind, error) {
	from, err := k.columns(s.From)
	sep := s.Separator
	return func(e *Evaluator, _ store.Value, _ Fault) (store.Value, Fault) {
		n := len(e.arena)
		some := false
		for _, f := range from {
			if t := e.cell(f).Text(); t != "" {
				if some {
					e.arena = append(e.arena, sep...)
				}
				e.arena, some = append(e.arena, t...), true
			}
		}
		return store.TextValue(e.text(n)), 0
	}, store.Text, err
}

func split(sep string, part int) step {
	return func(_ *Evaluator, v store.Value, bad Fault) (store.Value, Fault) {
		if bad != 0 || v.IsNull() {
			return v, bad
		}
		t := v.Text()
		for range part - 1 {
			_, after, ok := strings.Cut(t, sep)
			if !ok {
				return store.Value{}, 0
			}
			t = after
		}
		t, _, _ = strings.Cut(t, sep)
		return store.TextValue(t), 0
	}
}
