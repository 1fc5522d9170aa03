package store

import (
	"cmp"
	"math"
	"slices"
)

// Comparison holds two runs over the same window against each other.
type Comparison struct {
	Pair   RunPair
	Counts []CountLine
	// Variables has a line for each variable that either run has.
	Variables []VariableLine
	// Outside counts the figures beyond the tolerances; 0 is what lets a move be switched without more words.
	Outside int
}

// CountLine is one of the counts of a run.
type CountLine struct {
	Name     string // "read", "accepted" or an outcome; the text "compare.count.<name>"
	Old, New int64
	// Judged is false for loaded and unchanged: which of the two a row is depends on who came first. Accepted is judged
	// in their place.
	Judged, Outside bool
}

// VariableLine is what two runs say of one variable.
type VariableLine struct {
	Variable string
	Kind     SpreadKind // SpreadFilled when the two can't be held against each other in more detail
	Cells    []ValueCell
	// Figures are the quartiles of numbers and days, Ends the least and greatest value; nil for other kinds.
	Figures, Ends []FigureLine
	Outside       int
	OldRows       int64
	NewRows       int64
}

// ValueCell is the number of rows with one value.
type ValueCell struct {
	Value    string
	Is       CellKind
	Old, New int64
	Outside  bool
}

// CellKind says what a cell counts.
type CellKind string

const (
	CellValue   CellKind = "value"
	CellMissing CellKind = "missing" // no value
	CellFilled  CellKind = "filled"  // any value
	CellPooled  CellKind = "pooled"  // values too rare to keep
	CellHidden  CellKind = "hidden"  // values that are masked, together
)

// FigureLine is one figure of numbers or days.
type FigureLine struct {
	Name     string // min, p25, median, p75, max
	Old, New float64
	Outside  bool
}

// rounding lets what lies exactly at a tolerance pass.
const rounding = 1e-9

// Tolerance is how far two runs may differ.
type Tolerance struct{ Rows, Share float64 }

// Tolerance gives the tolerances of a move.
func (m *Move) Tolerance() Tolerance { return Tolerance{Rows: m.RowTolerance, Share: m.ShareTolerance} }

// CompareRuns holds the new run's distribution against the old one's. The order of rows and of variables never matters.
func CompareRuns(old, now *Distribution, t Tolerance) Comparison {
	c := Comparison{Pair: RunPair{Old: RunAt{old.RunNo, old.At}, New: RunAt{now.RunNo, now.At}},
		Counts: compareCounts(old.Counts, now.Counts, t.Rows)}
	for _, l := range c.Counts {
		if l.Outside {
			c.Outside++
		}
	}
	var names []string
	by := func(d *Distribution) map[string]*Spread {
		m := make(map[string]*Spread, len(d.Variables))
		for i := range d.Variables {
			s := &d.Variables[i]
			m[s.Variable] = s
			if !slices.Contains(names, s.Variable) {
				names = append(names, s.Variable)
			}
		}
		return m
	}
	a, b := by(old), by(now)
	for _, name := range names {
		l := compareSpread(name, a[name], b[name], old.Rows, now.Rows, t.Share)
		c.Outside += l.Outside
		c.Variables = append(c.Variables, l)
	}
	return c
}

func compareCounts(old, now Counts, tolerance float64) []CountLine {
	lines := []CountLine{
		{Name: "read", Old: old.Read, New: now.Read, Judged: true},
		{Name: "loaded", Old: old.Loaded, New: now.Loaded},
		{Name: "unchanged", Old: old.Unchanged, New: now.Unchanged},
		{Name: "accepted", Old: old.Loaded + old.Unchanged, New: now.Loaded + now.Unchanged, Judged: true},
		{Name: "merged", Old: old.Merged, New: now.Merged, Judged: true},
		{Name: "filtered", Old: old.Filtered, New: now.Filtered, Judged: true},
		{Name: "quarantined", Old: old.Quarantined, New: now.Quarantined, Judged: true},
		{Name: "blocked", Old: old.Blocked, New: now.Blocked, Judged: true},
	}
	for i := range lines {
		l := &lines[i]
		apart := math.Abs(float64(l.New - l.Old))
		l.Outside = l.Judged && apart > tolerance*float64(old.Read)+rounding
	}
	return lines
}

func compareSpread(name string, old, now *Spread, oldRows, newRows int64, tolerance float64) VariableLine {
	l := VariableLine{Variable: name, OldRows: oldRows, NewRows: newRows}
	none := Spread{Kind: SpreadFilled}
	if old == nil {
		none.Missing, old = oldRows, &none
	}
	if now == nil {
		none.Missing, now = newRows, &none
	}
	if l.Kind = old.Kind; old.Kind != now.Kind {
		l.Kind = SpreadFilled
	}
	l.Cells = append(l.Cells, ValueCell{Is: CellMissing, Old: old.Missing, New: now.Missing})
	switch l.Kind {
	case SpreadValues:
		for v, n := range old.Values {
			l.Cells = append(l.Cells, ValueCell{Value: v, Is: CellValue, Old: n, New: now.Values[v]})
		}
		for v, n := range now.Values {
			if _, both := old.Values[v]; !both {
				l.Cells = append(l.Cells, ValueCell{Value: v, Is: CellValue, New: n})
			}
		}
		if old.Pooled+now.Pooled > 0 {
			l.Cells = append(l.Cells, ValueCell{Is: CellPooled, Old: old.Pooled, New: now.Pooled})
		}
	default:
		l.Cells = append(l.Cells, ValueCell{Is: CellFilled, Old: old.Filled, New: now.Filled})
	}
	slices.SortFunc(l.Cells, func(a, b ValueCell) int {
		return cmp.Or(cmp.Compare(slices.Index(cellOrder, a.Is), slices.Index(cellOrder, b.Is)), cmp.Compare(a.Value, b.Value))
	})
	for i := range l.Cells {
		l.judge(&l.Cells[i], tolerance)
		if l.Cells[i].Outside {
			l.Outside++
		}
	}
	if (l.Kind == SpreadNumbers || l.Kind == SpreadDays) && old.Filled > 0 && now.Filled > 0 {
		l.figures(old, now, tolerance)
	}
	return l
}

var cellOrder = []CellKind{CellValue, CellPooled, CellFilled, CellMissing, CellHidden}

// judge compares the shares of rows that a cell has.
func (l *VariableLine) judge(c *ValueCell, tolerance float64) {
	part := func(n, of int64) float64 {
		if of == 0 {
			return 0
		}
		return share(n, of)
	}
	c.Outside = math.Abs(part(c.New, l.NewRows)-part(c.Old, l.OldRows)) > tolerance+rounding
}

// figures compares the quartiles. They may lie apart by the tolerance's share of the old one's middle half, and by what
// rough quartiles may be wrong. The ends are shown and not judged: one row moves them.
func (l *VariableLine) figures(old, now *Spread, tolerance float64) {
	l.Ends = []FigureLine{{Name: "min", Old: old.Min, New: now.Min}, {Name: "max", Old: old.Max, New: now.Max}}
	l.Figures = []FigureLine{{Name: "p25", Old: old.P25, New: now.P25}, {Name: "median", Old: old.Median, New: now.Median},
		{Name: "p75", Old: old.P75, New: now.P75}}
	for i := range l.Figures {
		f := &l.Figures[i]
		allowed := tolerance * (old.P75 - old.P25)
		if old.Rough {
			allowed += QuartileError * math.Abs(f.Old)
		}
		if now.Rough {
			allowed += QuartileError * math.Abs(f.New)
		}
		if f.Outside = math.Abs(f.New-f.Old) > allowed+rounding; f.Outside {
			l.Outside++
		}
	}
}

// Mask gives the comparison as it is shown to those without the right to rows: counts of 1 to 4 rows are drawn together
// with others so that none can be worked out from the sums, and figures that stand for a single row, or for few, are
// left out. The counts of the run itself stay: they are of the work, not of persons.
func (c Comparison) Mask(t Tolerance) Comparison {
	c.Variables = slices.Clone(c.Variables)
	shown := 0
	for _, l := range c.Counts {
		if l.Outside {
			shown++
		}
	}
	for i := range c.Variables {
		l := &c.Variables[i]
		cells, hidden := maskCells(l.Cells)
		if hidden != nil {
			l.judge(hidden, t.Share)
			cells = append(cells, *hidden)
		}
		l.Cells, l.Ends, l.Outside = cells, nil, 0
		if !enough(c.Variables[i].filled()) || hidden != nil && l.Kind != SpreadValues {
			l.Figures = nil
		}
		for _, x := range l.Cells {
			if x.Outside {
				l.Outside++
			}
		}
		for _, x := range l.Figures {
			if x.Outside {
				l.Outside++
			}
		}
		shown += l.Outside
	}
	if c.Outside > 0 { // that something differs is told, not how many hidden counts do
		c.Outside = max(shown, 1)
	}
	return c
}

// filled gives the rows with a value, where one cell counts them.
func (l *VariableLine) filled() (old, now int64) {
	for _, c := range l.Cells {
		if c.Is == CellFilled {
			return c.Old, c.New
		}
	}
	return 0, 0
}

// enough tells whether each quarter of the rows is at least SmallCell.
func enough(old, now int64) bool { return old >= 4*SmallCell && now >= 4*SmallCell }

// maskCells draws the small cells together into one. All cells of a variable add up to the rows of the run, which are
// known; so their sum is, too, and must stand for several possible counts of each. Therefore the smallest cell that is
// not small goes along, with those just like it, and more of them while the sum is below twice SmallCell.
func maskCells(cells []ValueCell) (shown []ValueCell, hidden *ValueCell) {
	small := func(n int64) bool { return n > 0 && n < SmallCell }
	order := slices.Clone(cells)
	slices.SortStableFunc(order, func(a, b ValueCell) int {
		return cmp.Or(-compareBool(small(a.Old) || small(a.New), small(b.Old) || small(b.New)),
			cmp.Compare(max(a.Old, a.New), max(b.Old, b.New)), cmp.Compare(min(a.Old, a.New), min(b.Old, b.New)),
			cmp.Compare(a.Is, b.Is), cmp.Compare(a.Value, b.Value))
	})
	n := 0
	for n < len(order) && (small(order[n].Old) || small(order[n].New)) {
		n++
	}
	if n == 0 {
		return cells, nil
	}
	sum := ValueCell{Is: CellHidden}
	add := func(c ValueCell) { sum.Old, sum.New = sum.Old+c.Old, sum.New+c.New }
	for _, c := range order[:n] {
		add(c)
	}
	few := func(s int64) bool { return s > 0 && s < 2*SmallCell }
	like := func(a, b ValueCell) bool {
		return max(a.Old, a.New) == max(b.Old, b.New) && min(a.Old, a.New) == min(b.Old, b.New)
	}
	for first := n; n < len(order) && (n == first || few(sum.Old) || few(sum.New) || like(order[n-1], order[n])); n++ {
		add(order[n])
	}
	for _, c := range cells {
		if !slices.ContainsFunc(order[:n], func(x ValueCell) bool { return x.Is == c.Is && x.Value == c.Value }) {
			shown = append(shown, c)
		}
	}
	return shown, &sum
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
