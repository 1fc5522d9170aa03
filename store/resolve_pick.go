package store

import (
	"math"
	"slices"
	"time"
)

// Settler settles the rows of one key in one delivery: the row that wins, and the variables that Resolve.Fields settles
// by themselves. Rows that are identical are given once. What comes of it is a function of the set of rows, never of
// their order: ties go by content hash, means are of exact sums. Rows of another person than the winner's are no
// versions of its values: give a Settler the rows of one person.
//
// A pick leaves out rows without a value (a code for missing is none) and, with a window, rows outside it. When that
// leaves none, a pick with a window gives null, and one without keeps the value of the row that wins.
type Settler struct {
	picks  []picker
	rows   int
	best   Version
	winner int
	values []Value // of the row that wins
}

// picker settles one variable.
type picker struct {
	slot, by, anchor int // by and anchor are -1 when there is none
	how              PickHow
	window           *Window
	missing          []string

	n     int // rows that count
	value Value
	at    Value // By of the row that value is from
	hash  int64
	row   int
	sum   exactSum
}

// NewSettler makes a Settler for a mapping that Validate has passed.
func NewSettler(r *Resolve, c *Codebook) *Settler {
	slot := func(name string) int {
		return slices.IndexFunc(c.Variables, func(v Variable) bool { return v.Name == name })
	}
	s := &Settler{values: make([]Value, len(c.Variables))}
	for i := range r.Fields {
		p := &r.Fields[i]
		x := picker{slot: slot(p.Variable), by: slot(p.By), anchor: -1, how: p.How, window: p.Window}
		if p.Window != nil {
			x.anchor = slot(p.Window.Anchor)
		}
		for _, o := range c.Variables[x.slot].Codes {
			if o.Missing {
				x.missing = append(x.missing, o.Code)
			}
		}
		s.picks = append(s.picks, x)
	}
	return s
}

// Reset begins another key.
func (s *Settler) Reset() {
	s.rows = 0
	for i := range s.picks {
		p := &s.picks[i]
		p.n, p.value, p.at, p.hash, p.row, p.sum = 0, Value{}, Value{}, 0, -1, p.sum[:0]
	}
}

// Add gives a row. values has a slot per variable of the codebook; its texts must live until Result.
func (s *Settler) Add(values []Value, v Version) {
	if s.rows == 0 || v.Newer(s.best) {
		s.best, s.winner = v, s.rows
		copy(s.values, values)
	}
	for i := range s.picks {
		s.picks[i].add(values, v.Hash, s.rows)
	}
	s.rows++
}

// Best gives the version of the row that wins so far.
func (s *Settler) Best() Version { return s.best }

// Result gives the values that stand, and by variable the place of the row that each is from, counted from 0 as they
// were added; -1 for a value that is of no single row. The slice of values is the Settler's own until Reset.
func (s *Settler) Result() (values []Value, from []int) {
	from = make([]int, len(s.values))
	for i := range from {
		from[i] = s.winner
	}
	for i := range s.picks {
		p := &s.picks[i]
		switch {
		case p.n > 0 && p.how == PickMean:
			s.values[p.slot], from[p.slot] = DecimalValue(p.sum.mean(p.n)), -1
		case p.n > 0:
			s.values[p.slot], from[p.slot] = p.value, p.row
		case p.window != nil:
			s.values[p.slot], from[p.slot] = Value{}, -1
		}
	}
	return s.values, from
}

func (p *picker) add(values []Value, hash int64, row int) {
	v := values[p.slot]
	if v.IsNull() || len(p.missing) > 0 && slices.Contains(p.missing, v.Text()) {
		return
	}
	var at Value
	if p.by >= 0 {
		at = values[p.by]
	}
	if p.window != nil && !p.window.holds(at, values[p.anchor]) {
		return
	}
	p.n++
	better := 0 // than what stands
	switch p.how {
	case PickMean:
		p.sum.add(v.Float())
		return
	case PickMax:
		better = Compare(v, p.value)
	case PickMin:
		better = Compare(p.value, v)
	case PickLatest:
		better = Compare(at, p.at)
	case PickFirst: // null loses
		switch {
		case at.IsNull() && !p.at.IsNull():
			better = -1
		case p.at.IsNull() && !at.IsNull():
			better = 1
		default:
			better = Compare(p.at, at)
		}
	}
	if p.n == 1 || better > 0 || better == 0 && hash > p.hash {
		p.value, p.at, p.hash, p.row = v, at, hash, row
	}
}

// holds tells whether a moment lies in the window around an anchor. Times are local, as the source gave them: an hour
// that the clock skips or repeats is not seen.
func (w *Window) holds(at, anchor Value) bool {
	a, ok1 := moment(at)
	b, ok2 := moment(anchor)
	if !ok1 || !ok2 {
		return false
	}
	hours := a.Sub(b).Hours()
	return w.From <= hours && hours <= w.To
}

func moment(v Value) (time.Time, bool) {
	layout := time.DateOnly
	switch v.Kind() {
	case Day:
	case DateTime:
		layout = "2006-01-02T15:04:05"
	default:
		return time.Time{}, false
	}
	t, err := time.Parse(layout, v.Text())
	return t, err == nil
}

// exactSum adds doubles without rounding, as partial sums that don't overlap (Shewchuk 1997), so that the order they
// come in never matters. They are kept 2⁻⁶⁴ times as great, so that no sum of doubles is too great.
type exactSum []float64

const scale = 1 << 32 // twice: 2⁶⁴

func (s *exactSum) add(x float64) {
	x = x / scale / scale
	n := 0
	for _, y := range *s {
		if math.Abs(x) < math.Abs(y) {
			x, y = y, x
		}
		high := x + y
		if low := y - (high - x); low != 0 {
			(*s)[n] = low
			n++
		}
		x = high
	}
	*s = append((*s)[:n], x)
}

// total gives the sum rounded once, still scaled.
func (s exactSum) total() float64 {
	n := len(s) - 1
	if n < 0 {
		return 0
	}
	high, low := s[n], 0.0
	for n > 0 {
		x := high
		n--
		y := s[n]
		high = x + y
		if low = y - (high - x); low != 0 {
			break
		}
	}
	// When what is left lies half-way, the partial sum below decides which way to round.
	if n > 0 && (low < 0 && s[n-1] < 0 || low > 0 && s[n-1] > 0) {
		y := low * 2
		x := high + y
		if y == x-high {
			high = x
		}
	}
	return high
}

func (s exactSum) mean(n int) float64 { return s.total() / float64(n) * scale * scale }
