package profile

import (
	"cmp"
	"hash/maphash"
	"math/rand/v2"
	"slices"
	"strings"

	"samband/store"
)

// MaxRows is how many rows a profile looks at.
const MaxRows = 100_000

// What is remembered, at most.
const (
	texts    = 500_000 // different texts of all fields together
	shapes   = 300     // of one field
	readable = 2_000   // texts of one field that enough rows have to be told
	numbers  = 2_000   // of one field, drawn by lot
)

// Profiler counts the values of a source's fields. Not safe for several goroutines.
type Profiler struct {
	rows   int64
	fields []field
	seed   maphash.Seed
}

// field is what is known of one field.
type field struct {
	name    string
	direct  bool // known from its class or its name
	classed bool
	most    int // different texts that are counted

	empty, filled int64
	seen          map[uint64]seen
	readable      map[uint64]string // texts that at least store.SmallCell rows have
	many          bool
	counts        [32]int64 // filled cells by trait
	shapes        []string
	shapeRows     []int64
	shapeNo       map[string]uint16
	numbers       []float64
	drawn         int64
	lot           *rand.Rand
}

// seen is one text, by its hash: how often it came and what it looks like.
type seen struct {
	rows   uint32
	traits traits
	shape  uint16
}

// New begins for the fields of a source. classed has what is known of them, from the mapping or from the source's own
// description: a field that either calls direct is direct. One that nobody has classed is direct when its name says so,
// or, when all is counted, its values.
func New(fields []string, classed ...[]store.Field) *Profiler {
	p := &Profiler{fields: make([]field, len(fields)), seed: maphash.MakeSeed()}
	for i, name := range fields {
		f := &p.fields[i]
		*f = field{name: name, most: min(store.MaxDistinct, max(texts/len(fields), 100)), seen: map[uint64]seen{},
			readable: map[uint64]string{}, shapeNo: map[string]uint16{}, lot: rand.New(rand.NewPCG(1, uint64(i)))}
		for _, list := range classed {
			for _, c := range list {
				if c.Name == name && c.Class != "" {
					f.classed = true
					f.direct = f.direct || c.Class == store.Direct
				}
			}
		}
		if _, looks := Looks(name); looks && !f.classed {
			f.direct = true
		}
	}
	return p
}

// Rows gives the rows counted.
func (p *Profiler) Rows() int64 { return p.rows }

// Add counts a row. null tells which cells are null; nil when the source doesn't say. Nothing of the row is kept but
// copies of texts that many rows have.
func (p *Profiler) Add(cells []string, null func(i int) bool) {
	p.rows++
	for i := range p.fields {
		f := &p.fields[i]
		s := strings.TrimSpace(cells[i])
		switch {
		case s == "" || null != nil && null(i):
			f.empty++
		case f.direct:
			f.filled++
		default:
			f.filled++
			f.add(s, maphash.String(p.seed, s))
		}
	}
}

func (f *field) add(s string, hash uint64) {
	x, known := f.seen[hash]
	if !known {
		x.traits = traitsOf(s)
		x.shape = f.shapeOf(s)
	}
	if x.rows++; known || len(f.seen) < f.most {
		f.seen[hash] = x
		if x.rows == store.SmallCell && x.traits&(isPerson|isLong) == 0 && len(f.readable) < readable {
			f.readable[hash] = strings.Clone(s)
		}
	} else {
		f.many = true
	}
	for t := x.traits; t != 0; t &= t - 1 {
		f.counts[lowest(t)]++
	}
	if x.shape > 0 {
		f.shapeRows[x.shape-1]++
	}
	if x.traits&(isWhole|isPoint|isComma) != 0 {
		f.draw(valueOf(s))
	}
}

// draw keeps a number with the same chance as every other.
func (f *field) draw(n float64) {
	if f.drawn++; len(f.numbers) < numbers {
		f.numbers = append(f.numbers, n)
	} else if at := f.lot.Int64N(f.drawn); at < numbers {
		f.numbers[at] = n
	}
}

// shapeOf gives the number of the text's shape, from 1; 0 when there are too many.
func (f *field) shapeOf(s string) uint16 {
	text := shape(s)
	if n, ok := f.shapeNo[text]; ok {
		return n
	}
	if len(f.shapes) == shapes {
		return 0
	}
	f.shapes, f.shapeRows = append(f.shapes, text), append(f.shapeRows, 0)
	f.shapeNo[text] = uint16(len(f.shapes))
	return uint16(len(f.shapes))
}

// Result gives the profile so far. From, At and More are the caller's to fill in.
func (p *Profiler) Result() *store.SourceProfile {
	out := &store.SourceProfile{Rows: p.rows, Fields: make([]store.FieldProfile, len(p.fields))}
	for i := range p.fields {
		out.Fields[i] = p.fields[i].result()
	}
	return out
}

// result tells of a field what may be told.
func (f *field) result() store.FieldProfile {
	out := store.FieldProfile{Name: f.name, Direct: f.direct || f.looksDirect(), Empty: f.empty}
	switch {
	case few(f.empty):
		out.Empty, out.Few = 0, true
	case few(f.filled):
		out.Empty, out.Few = f.empty+f.filled, true
	}
	if out.Direct || f.filled < store.SmallCell {
		return out
	}
	out.Distinct, out.Many = int64(len(f.seen)), f.many
	top := make([]store.ValueCount, 0, len(f.readable))
	for hash, text := range f.readable {
		top = append(top, store.ValueCount{Text: text, Rows: int64(f.seen[hash].rows)})
	}
	sortCounts(top)
	secret := f.filled
	if out.Empty == 0 {
		secret += f.empty
	}
	out.Top, out.Rounded = Told(top[:min(len(top), store.MaxTop)], secret)
	out.Hidden = out.Distinct - int64(len(out.Top))
	out.Patterns = f.patterns()
	f.guess(&out)
	return out
}

func few(n int64) bool { return n > 0 && n < store.SmallCell }

func sortCounts(list []store.ValueCount) {
	slices.SortFunc(list, func(a, b store.ValueCount) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Text, b.Text))
	})
}

// Told gives what may be told of the commonest texts when it is known that they and all that is hidden have so many rows
// together. Where fewer than store.SmallCell rows are hidden, the first count is told lower (see
// store.FieldProfile.Rounded); where that would show, because another text has nearly as many, the last texts are hidden
// too.
func Told(top []store.ValueCount, together int64) (told []store.ValueCount, rounded bool) {
	hidden := together
	for _, x := range top {
		hidden -= x.Rows
	}
	for few(hidden) && len(top) > 0 {
		least := int64(store.SmallCell)
		if len(top) > 1 {
			least = top[1].Rows
		}
		if rows := top[0].Rows + hidden - store.SmallCell; rows >= least {
			told = slices.Clone(top)
			told[0].Rows = rows
			return told, true
		}
		hidden += top[len(top)-1].Rows
		top = top[:len(top)-1]
	}
	if len(top) == 0 {
		return nil, false
	}
	return top, false
}

// patterns lists the commonest shapes that enough rows have. Shapes of texts in which a person number can be read say no
// more of it than that it has eleven digits.
func (f *field) patterns() []store.ValueCount {
	var list []store.ValueCount
	for i, s := range f.shapes {
		if f.shapeRows[i] >= store.SmallCell {
			list = append(list, store.ValueCount{Text: s, Rows: f.shapeRows[i]})
		}
	}
	sortCounts(list)
	list = list[:min(len(list), store.MaxPatterns)]
	for i := range list {
		list[i].Rows = 0
	}
	return list
}

// looksDirect tells whether the values name persons. A field that somebody has classed as something else is believed,
// but for one in which more than every tenth text has a person number.
func (f *field) looksDirect() bool {
	share := func(t traits, part int64) bool { return f.counts[lowest(t)]*part > f.filled }
	if f.classed {
		return share(isPerson, 10)
	}
	return f.counts[lowest(isPerson)] > 0 || share(isEmail, 10) || share(isPhone, 2)
}
