package store

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// guarded is a mapping of three fields of which one is translated, and what its deliveries look like.
func guarded() (*Mapping, *Codebook, *Baseline, *Shape) {
	copied := func(field string, more ...Step) []Step {
		return append([]Step{{Kind: StepCopy, From: []string{field}}}, more...)
	}
	m := &Mapping{
		Source: []Field{{Name: "fnr", Class: Direct, Is: AttrNumber}, {Name: "id", Class: Technical}, {Name: "alder", Class: Health},
			{Name: "vei", Class: Health}},
		Rules: []Rule{{Variable: "nr", Steps: copied("id")}, {Variable: "age", Steps: copied("alder")},
			{Variable: "way", Steps: copied("vei", Step{Kind: StepTrim}, Step{Kind: StepCodes, Map: map[string]string{"A": "1", "E": "2"}})}},
	}
	c := &Codebook{Key: []string{"nr"}, Variables: []Variable{{Name: "nr", Type: VarText}, {Name: "age", Type: VarInteger},
		{Name: "way", Type: VarCode, Codes: []CodeOption{{Code: "1"}, {Code: "2"}}}}}
	s := &Shape{Rows: 1000, Accepted: 1000, Fields: []ShapeField{{Name: "fnr"},
		{Name: "id", Typed: 1000, Fits: map[VarType]int64{VarInteger: 200, VarDecimal: 200}},
		{Name: "alder", Typed: 1000, Fits: map[VarType]int64{VarInteger: 1000, VarDecimal: 1000}},
		{Name: "vei", Typed: 1000, Fits: map[VarType]int64{}, Codes: []ValueCount{{"A", 700}, {"E", 300}}}}}
	var none *Baseline
	return m, c, none.Learn("i", 7, s), s
}

// copyOf gives a shape that can be changed without the other.
func copyOf(s *Shape) *Shape {
	c := *s
	c.Fields = slices.Clone(s.Fields)
	return &c
}

func TestGuards(t *testing.T) {
	fits := func(t VarType, n int64) map[VarType]int64 { return map[VarType]int64{t: n} }
	for name, c := range map[string]struct {
		change func(*Shape)
		hold   Code
		gone   []string
		added  []string
		codes  int64 // rows with new codes
	}{
		"the same":           {change: func(*Shape) {}},
		"columns reordered":  {change: func(s *Shape) { slices.Reverse(s.Fields) }},
		"a column added":     {change: func(s *Shape) { s.Fields = append(s.Fields, ShapeField{Name: "ny"}) }, added: []string{"ny"}},
		"a column gone":      {change: func(s *Shape) { s.Fields = s.Fields[:3] }, gone: []string{"vei"}},
		"a column renamed":   {change: func(s *Shape) { s.Fields[3].Name = "VEI" }, gone: []string{"vei"}, added: []string{"VEI"}},
		"whole to decimal":   {change: func(s *Shape) { s.Fields[2].Fits = fits(VarDecimal, 1000) }},
		"number to text":     {change: func(s *Shape) { s.Fields[2].Fits = fits(VarInteger, 400) }, hold: "hold.types"},
		"at the edge":        {change: func(s *Shape) { s.Fields[2].Fits = fits(VarInteger, 900) }},
		"under the edge":     {change: func(s *Shape) { s.Fields[2].Fits = fits(VarInteger, 899) }, hold: "hold.types"},
		"text to day":        {change: func(s *Shape) { s.Fields[3].Fits = fits(VarDate, 1000) }, hold: "hold.types"},
		"text to number":     {change: func(s *Shape) { s.Fields[1].Fits = fits(VarInteger, 1000) }, hold: "hold.types"},
		"too few to tell":    {change: func(s *Shape) { s.Fields[2].Typed, s.Fields[2].Fits = 19, nil }},
		"direct is not told": {change: func(s *Shape) { s.Fields[0].Typed, s.Fields[0].Fits = 1000, fits(VarDate, 1000) }},
		"codes at the limit": {change: func(s *Shape) { s.Fields[3].Codes = []ValueCount{{"A", 990}, {"X", 10}} }, codes: 10},
		"codes over it": {change: func(s *Shape) { s.Fields[3].Codes = []ValueCount{{"A", 989}, {"X", 6}, {"Y", 5}} }, hold: "hold.codes",
			codes: 11},
		"of the filled rows": {change: func(s *Shape) { s.Fields[3].Codes, s.Fields[3].Empty = []ValueCount{{"A", 90}, {"X", 10}}, 900 },
			hold: "hold.codes", codes: 10},
		"too few rows to hold":    {change: func(s *Shape) { s.Fields[3].Codes, s.Fields[3].Empty = []ValueCount{{"A", 6}, {"X", 4}}, 990 }, codes: 4},
		"the rule trims it":       {change: func(s *Shape) { s.Fields[3].Codes = []ValueCount{{"A ", 500}, {"E", 500}} }},
		"texts without end":       {change: func(s *Shape) { s.Fields[3].Codes, s.Fields[3].Many = nil, true }},
		"a column nobody classed": {change: func(s *Shape) { s.Left = []FieldProfile{{Name: "ny"}} }, hold: "hold.columns"},
		"a column nothing reads":  {change: func(s *Shape) { s.Lacks = []string{"merknad"} }, hold: "hold.columns"},
		"no rows":                 {change: func(s *Shape) { *s = Shape{Fields: s.Fields[:4]} }},
	} {
		t.Run(name, func(t *testing.T) {
			m, book, b, s := guarded()
			s = copyOf(s)
			c.change(s)
			d := DriftOf(m, book, b, s)
			var hold Code
			if e := d.Hold(Limits{}); e != nil {
				hold = e.Code
			}
			var codes int64
			for _, n := range d.Codes {
				codes += n.Rows
			}
			if hold != c.hold || !slices.Equal(d.Gone, c.gone) || !slices.Equal(d.Added, c.added) || codes != c.codes {
				t.Errorf("%q, %+v", hold, d)
			}
		})
	}
}

func TestColumnDrift(t *testing.T) {
	m, _, _, _ := guarded()
	m.Source = append(m.Source, Field{Name: "navn", Class: Direct, Is: AttrFamilyName}, Field{Name: "merknad", Class: Health},
		Field{Name: "status", Class: Technical})
	m.Keep = &Condition{Field: "status"}
	for name, c := range map[string]struct{ columns, left, lacks []string }{
		"all":                 {columns: []string{"status", "fnr", "id", "alder", "vei", "navn", "merknad"}},
		"one nobody needs":    {columns: []string{"fnr", "id", "alder", "vei", "navn", "status"}, lacks: []string{"merknad"}},
		"one more":            {columns: []string{"ny", "fnr", "id", "alder", "vei", "navn", "status", "merknad"}, left: []string{"ny"}},
		"one that is read":    {columns: []string{"fnr", "id", "alder", "navn", "status", "merknad"}},
		"one that is kept by": {columns: []string{"fnr", "id", "alder", "vei", "navn", "merknad"}},
		"a person's name":     {columns: []string{"fnr", "id", "alder", "vei", "status", "merknad"}},
		"renamed": {columns: []string{"fnr", "id", "alder", "vei", "navn", "status", "Merknad"}, left: []string{"Merknad"},
			lacks: []string{"merknad"}},
	} {
		if left, lacks := ColumnDrift(m, c.columns); !slices.Equal(left, c.left) || !slices.Equal(lacks, c.lacks) {
			t.Errorf("%s: left %q, lacks %q", name, left, lacks)
		}
	}
}

// TestAcceptedColumns holds that what a person accepted holds no more, and what goes back and forth does again.
func TestAcceptedColumns(t *testing.T) {
	m, c, b, s := guarded()
	now := copyOf(s)
	now.Left, now.Lacks = []FieldProfile{{Name: "ny", Distinct: 3}}, []string{"merknad"}
	var none *Baseline
	for name, was := range map[string]*Baseline{"none": none, "usual": b} {
		if d := DriftOf(m, c, was, now); d.Hold(Limits{}) == nil || !slices.Equal(d.Left, []string{"ny"}) ||
			!slices.Equal(d.Lacks, []string{"merknad"}) {
			t.Errorf("%s: %+v", name, d)
		}
	}
	accepted := b.Accept("i", 10, now, "Kari", "Nytt uttrekk")
	later := accepted.Learn("i", 11, now)
	if d := DriftOf(m, c, later, now); d.Any() {
		t.Errorf("after that: %+v", d)
	}
	back := later.Learn("i", 12, s)
	if d := DriftOf(m, c, back, now); d.Hold(Limits{}) == nil {
		t.Errorf("gone and here again: %+v", d)
	}
}

func TestMaxNewCodes(t *testing.T) {
	m, c, b, s := guarded()
	now := copyOf(s)
	now.Fields[3].Codes = []ValueCount{{"A", 950}, {"X", 50}}
	d := DriftOf(m, c, b, now)
	for most, held := range map[float64]bool{0: true, 0.049: true, 0.05: false, 1: false} {
		if e := d.Hold(Limits{MaxNewCodes: most}); (e != nil) != held {
			t.Errorf("at most %g: %v", most, e)
		}
	}
	if e := d.Hold(Limits{}); e.Args["limit"] != 100*DefaultMaxNewCodes {
		t.Errorf("%v", e.Args)
	}
}

func TestBaselineLearns(t *testing.T) {
	m, c, b, s := guarded()
	now := copyOf(s)
	now.Rows, now.Fields[3].Codes = 10, []ValueCount{{"A", 5}, {"X", 5}}
	now.Fields[2].Typed, now.Fields[2].Fits = 3, map[VarType]int64{}
	next := b.Learn("i", 8, now)
	if d := DriftOf(m, c, next, now); d.Any() {
		t.Errorf("what was learnt is still new: %+v", d)
	}
	if !slices.Equal(next.Known["vei"], []string{"A", "E", "X"}) || !slices.Equal(b.Known["vei"], []string{"A", "E"}) {
		t.Errorf("knows %q, knew %q", next.Known["vei"], b.Known["vei"])
	}
	if next.Shape.Field("alder").Type() != VarInteger || next.RunNo != 8 || next.From != 0 {
		t.Errorf("learnt %+v", next)
	}
	if again := next.Learn("i", 9, &Shape{}); again.RunNo != 8 || again.Shape.Rows != 10 {
		t.Errorf("an empty delivery taught %+v", again)
	}
	accepted := b.Accept("i", 10, now, "Kari", "Ny koding")
	if accepted.From != 10 || accepted.By != "Kari" || accepted.Shape.Field("alder").Typed != 3 {
		t.Errorf("accepted %+v", accepted)
	}
	if d := DriftOf(m, c, accepted, now); d.Any() {
		t.Errorf("what was accepted is still new: %+v", d)
	}
	if d := DriftOf(m, c, nil, now); d.Any() || d.Hold(Limits{}) != nil {
		t.Errorf("without a baseline %+v", d)
	}
}

// A column on the edge between two types, and one that grows and shrinks, never changes type with each delivery: when one
// step is a change, the step back at the same place is one only where they lie far apart.
func TestTypeDoesNotFlutter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 1000).Draw(t, "cells")
		fits := rapid.Int64Range(0, n).Draw(t, "fit")
		near := min(n, fits+rapid.Int64Range(0, n/20).Draw(t, "more"))
		a := &ShapeField{Typed: n, Fits: map[VarType]int64{VarInteger: fits}}
		b := &ShapeField{Typed: n, Fits: map[VarType]int64{VarInteger: near}}
		for _, pair := range [][2]*ShapeField{{a, b}, {b, a}, {a, a}} {
			if from, to, changed := pair[0].TypeChanged(pair[1]); changed {
				t.Fatalf("%d and %d of %d: %s to %s", fits, near, n, from, to)
			}
		}
	})
}

func TestNormalOn(t *testing.T) {
	sunday := time.Date(2026, 11, 22, 5, 0, 0, 0, Oslo)
	var weeks []Reading // newest first, 20 on Sundays and 100 on other days
	for d := 1; d <= 40; d++ {
		at := sunday.AddDate(0, 0, -d)
		r := Reading{At: at, Rows: 100}
		if at.Weekday() == time.Sunday {
			r.Rows = 20
		}
		weeks = append(weeks, r)
	}
	for name, c := range map[string]struct {
		at       time.Time
		readings []Reading
		want     int64
	}{
		"none":             {sunday, nil, 0},
		"a Sunday":         {sunday, weeks, 20},
		"a Monday":         {sunday.AddDate(0, 0, 1), weeks, 100},
		"too few of it":    {sunday, weeks[:21], 100},
		"late in Oslo":     {time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC), weeks, 20},
		"a busy day alone": {sunday, []Reading{{sunday.AddDate(0, 0, -7), 900, false}, {sunday.AddDate(0, 0, -8), 10, false}, {sunday.AddDate(0, 0, -9), 10, false}}, 10},
		"let through once": {sunday, []Reading{{sunday, 3, true}, {sunday.AddDate(0, 0, -1), 90, false}}, 90},
		"all of them once": {sunday, []Reading{{sunday, 3, true}, {sunday.AddDate(0, 0, -1), 90, true}}, 90},
	} {
		if got := NormalOn(c.at, c.readings); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
