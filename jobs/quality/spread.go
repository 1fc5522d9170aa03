package quality

import (
	"maps"
	"math"
	"slices"
	"strings"

	"samband/store"
)

// How much of a variable's values is remembered one by one. Beyond it a code or a text is only counted as filled in, and
// a number falls into buckets. Whether that happens depends on which values there are, never on their order.
const (
	maxCodes   = 1000
	maxTexts   = 50
	maxText    = 100 // bytes; a longer one is prose
	maxNumbers = 1000
)

// Numbers beyond maxNumbers different ones are counted in buckets whose ends lie a hundredth apart, so a quartile is off
// by half of that at most (store.QuartileError). Nearer zero than tiny counts as zero, further away than huge as huge:
// 5 554 buckets each way, and no more.
const (
	tiny, huge = 1e-9, 1e15
	apart      = 1 + 2*store.QuartileError
)

// The days that are told apart are those from 1 January 1850 to 31 December 2149.
const firstDay, lastDayKept = -43829, 65743

// Spreads collects how the values of rows are spread, in memory that does not grow with the rows. Not safe for several
// goroutines: each has its own, and Merge draws them together. The result depends on the rows alone, not on their order
// or on who saw them.
type Spreads struct {
	rows int64
	cols []column
}

type column struct {
	variable string
	kind     store.SpreadKind
	listed   map[string]bool // legal codes, nil without a list
	most     int
	filled   int64
	texts    map[string]int64
	numbers  map[float64]int64
	buckets  map[int32]int64 // in place of numbers once there are too many
	days     map[int32]int64
	min, max float64
}

// NewSpreads begins for the variables of a codebook. Variables of the key name a row, so of them only whether they are
// filled in is counted.
func NewSpreads(c *store.Codebook) *Spreads {
	s := &Spreads{cols: make([]column, len(c.Variables))}
	for i := range c.Variables {
		v, x := &c.Variables[i], &s.cols[i]
		x.variable, x.min, x.max = v.Name, math.Inf(1), math.Inf(-1)
		switch {
		case slices.Contains(c.Key, v.Name):
			x.kind = store.SpreadFilled
		case v.Type == store.VarInteger || v.Type == store.VarDecimal:
			x.kind, x.numbers = store.SpreadNumbers, map[float64]int64{}
		case v.Type == store.VarDate || v.Type == store.VarDateTime:
			x.kind, x.days = store.SpreadDays, map[int32]int64{}
		default:
			x.kind, x.texts, x.most = store.SpreadValues, map[string]int64{}, maxTexts
			if v.Type == store.VarCode || v.Type == store.VarBoolean {
				x.most = maxCodes
			}
			if v.Type == store.VarBoolean {
				x.listed = map[string]bool{"true": true, "false": true}
			} else if len(v.Codes) > 0 {
				x.listed = map[string]bool{}
				for _, o := range v.Codes {
					x.listed[o.Code] = true
				}
			}
		}
	}
	return s
}

// Add counts one accepted row, its values in the codebook's order.
func (s *Spreads) Add(values []store.Value) {
	s.rows++
	for i := range s.cols {
		if v := values[i]; !v.IsNull() {
			s.cols[i].add(v)
		}
	}
}

func (c *column) add(v store.Value) {
	c.filled++
	switch c.kind {
	case store.SpreadValues:
		c.text(v.Text(), 1)
	case store.SpreadNumbers:
		if f := v.Float(); !math.IsNaN(f) {
			c.min, c.max = min(c.min, f), max(c.max, f)
			c.number(f, 1)
		}
	case store.SpreadDays:
		if d, ok := daysSince1970(v); ok {
			c.min, c.max = min(c.min, float64(d)), max(c.max, float64(d))
			c.days[min(max(d, firstDay), lastDayKept)]++
		}
	}
}

// text counts a text, or gives up telling texts apart.
func (c *column) text(s string, n int64) {
	if c.texts == nil {
		return
	}
	if _, known := c.texts[s]; !known {
		if len(s) > maxText || len(c.texts) == c.most {
			c.texts = nil
			return
		}
		s = strings.Clone(s) // the batch that holds it is used again
	}
	c.texts[s] += n
}

func (c *column) number(f float64, n int64) {
	if c.buckets == nil {
		if _, known := c.numbers[f]; known || len(c.numbers) < maxNumbers {
			c.numbers[f] += n
			return
		}
		c.roughen()
	}
	c.buckets[bucketOf(f)] += n
}

// roughen lays the numbers in buckets.
func (c *column) roughen() {
	if c.buckets != nil {
		return
	}
	c.buckets = map[int32]int64{}
	for f, n := range c.numbers {
		c.buckets[bucketOf(f)] += n
	}
	c.numbers = nil
}

// Merge adds what another has counted over the same codebook. It is empty afterwards.
func (s *Spreads) Merge(o *Spreads) {
	s.rows += o.rows
	for i := range s.cols {
		c, x := &s.cols[i], &o.cols[i]
		c.filled += x.filled
		c.min, c.max = min(c.min, x.min), max(c.max, x.max)
		if x.texts == nil {
			c.texts = nil
		}
		for t, n := range x.texts {
			c.text(t, n)
		}
		if x.buckets != nil {
			c.roughen()
		}
		for f, n := range x.numbers {
			c.number(f, n)
		}
		for b, n := range x.buckets {
			c.buckets[b] += n
		}
		for d, n := range x.days {
			c.days[d] += n
		}
	}
	*o = Spreads{}
}

// Rows gives the rows counted.
func (s *Spreads) Rows() int64 { return s.rows }

// Result gives the figures. Texts that no list of codes has and that fewer rows than store.SmallCell share are pooled:
// they never leave here.
func (s *Spreads) Result() []store.Spread {
	out := make([]store.Spread, len(s.cols))
	for i := range s.cols {
		c := &s.cols[i]
		r := store.Spread{Variable: c.variable, Kind: c.kind, Filled: c.filled, Missing: s.rows - c.filled}
		switch {
		case c.kind == store.SpreadValues && c.texts == nil:
			r.Kind = store.SpreadFilled
		case c.kind == store.SpreadValues:
			r.Values = map[string]int64{}
			for t, n := range c.texts {
				if n < store.SmallCell && !c.listed[t] {
					r.Pooled += n
				} else {
					r.Values[t] = n
				}
			}
		case c.filled > 0 && c.min <= c.max:
			c.figures(&r)
		}
		out[i] = r
	}
	return out
}

func (c *column) figures(r *store.Spread) {
	r.Min, r.Max, r.Rough = c.min, c.max, c.buckets != nil
	var quartile func(rank int64) float64
	switch {
	case c.kind == store.SpreadDays:
		quartile = ranked(c.days, func(d int32) float64 { return float64(d) })
	case c.buckets != nil:
		quartile = ranked(c.buckets, valueOf)
	default:
		quartile = ranked(c.numbers, func(f float64) float64 { return f })
	}
	at := func(q int64) float64 { return min(max(quartile((c.filled*q+3)/4-1), c.min), c.max) }
	r.P25, r.Median, r.P75 = at(1), at(2), at(3)
}

// ranked gives the function from a rank, from 0, to the value of that rank.
func ranked[K int32 | float64](counts map[K]int64, value func(K) float64) func(int64) float64 {
	keys := slices.Sorted(maps.Keys(counts))
	return func(rank int64) float64 {
		for _, k := range keys {
			if rank -= counts[k]; rank < 0 {
				return value(k)
			}
		}
		return value(keys[len(keys)-1])
	}
}

var logApart = math.Log(apart)

// bucketOf gives the bucket of a number: 0 for zero, the sign that of the number, further from 0 the greater it is.
func bucketOf(f float64) int32 {
	size := math.Abs(f)
	if size < tiny {
		return 0
	}
	b := int32(math.Log(min(size, huge)/tiny)/logApart) + 1
	if f < 0 {
		return -b
	}
	return b
}

// valueOf gives the number in the middle of a bucket, as its share of error goes.
func valueOf(b int32) float64 {
	switch {
	case b == 0:
		return 0
	case b < 0:
		return -valueOf(-b)
	}
	low := tiny * math.Exp(float64(b-1)*logApart)
	return 2 * low * apart / (1 + apart)
}

// daysSince1970 gives the day that a date or a time tells.
func daysSince1970(v store.Value) (int32, bool) {
	const day1970 = 719468 // dayNumber(1970, 1, 1)
	days := Clock{day1970}.DaysSince(v)
	return -days, days != NoDay
}
