package chart

import (
	"strconv"

	"samband/store/text"
)

// BarsProps describes horizontal bars, each a share of the same whole.
type BarsProps struct {
	ID    string // unique on the page
	Lang  text.Lang
	Title string // what is measured
	Desc  string // what the picture shows, in a sentence
	Bars  []Bar
	Goal  float64 // share that is aimed at; 0 draws none
	// Head names the columns of the table: the label, the share, the note.
	Head [3]string
}

// Bar is one bar.
type Bar struct {
	Label string
	Share float64 // 0 to 1
	Note  string  // numerator and denominator: «1 258 av 1 284»
	None  bool    // nothing to divide by: no bar, a dash
}

const (
	barRow    = 44.0 // height of a row, px
	barTop    = 24.0 // from the top of the row to its bar
	barHeight = 10.0
)

func (p BarsProps) height() string { return px(max(barRow*float64(len(p.Bars))-6, 1)) }

// below tells whether a bar does not reach the goal.
func (p BarsProps) below(b Bar) bool { return !b.None && p.Goal > 0 && b.Share < p.Goal }

func (p BarsProps) fill(b Bar) string {
	if p.below(b) {
		return "c-warn"
	}
	return "c-fill"
}

// value gives the share in words; below the goal it says so in the table.
func (p BarsProps) value(b Bar) string {
	if b.None {
		return "–"
	}
	return percent(p.Lang, b.Share)
}

func (p BarsProps) spoken(b Bar) string {
	if p.below(b) {
		return text.T(p.Lang, "chart.outside", "value", p.value(b))
	}
	return p.value(b)
}

func (p BarsProps) twin() twinProps {
	t := twinProps{Lang: p.Lang, Title: p.Title, Head: []string{p.Head[0], p.Head[1]}}
	withNote := p.Head[2] != ""
	if withNote {
		t.Head = append(t.Head, p.Head[2])
	}
	for _, b := range p.Bars {
		row := []string{b.Label, p.spoken(b)}
		if withNote {
			row = append(row, b.Note)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// percent writes a share as «98,0 %». A share that is not whole is never rounded up to 100 nor down to 0.
func percent(lang text.Lang, share float64) string {
	v := share * 100
	switch {
	case v > 99.9 && v < 100:
		v = 99.9
	case v > 0 && v < 0.1:
		v = 0.1
	}
	return text.Decimal(lang, v, 1) + "\u00a0%"
}

// twinProps is the table behind a chart.
type twinProps struct {
	Lang  text.Lang
	Title string
	Head  []string
	Rows  [][]string
}

// BesideProps describes a small bar next to a number that says the same.
type BesideProps struct {
	Value float64
	Max   float64 // end of the scale; it starts at Min
	Min   float64
	Goal  float64 // a mark, drawn inside the scale only
	// Low and High, when they differ, draw the interval around Value instead of a bar from Min.
	Low, High float64
	Warn      bool // outside what is aimed at
}

func (p BesideProps) share(v float64) float64 { return within(v, p.Min, p.Max) }

func (p BesideProps) fill() string {
	switch {
	case p.Warn:
		return "c-warn"
	case p.interval():
		return "c-soft"
	}
	return "c-mid"
}

func (p BesideProps) interval() bool { return p.High > p.Low }

func (p BesideProps) start() float64 {
	if p.interval() {
		return p.share(p.Low)
	}
	return 0
}

func (p BesideProps) length() float64 {
	if p.interval() {
		return p.share(p.High) - p.share(p.Low)
	}
	return p.share(p.Value)
}

func (p BesideProps) hasGoal() bool { return p.Goal > p.Min && p.Goal <= p.Max }

// HeatProps describes shares per variable and period, as a coloured table.
type HeatProps struct {
	ID      string
	Lang    text.Lang
	Caption string
	Head    string   // of the first column
	Columns []string // periods
	// Break is the column before which values may not be compared with those before; 0 is none.
	Break int
	Rows  []HeatRow
	// Bad and Warn are the shares under which a cell is marked; the number in the cell says the same.
	Bad, Warn float64
}

// HeatRow is one variable.
type HeatRow struct {
	Label string
	Href  string
	// Shares are 0 to 1, one per column; a negative one means that the variable was not there.
	Shares []float64
}

// bandOf sorts a share into six bands: 0 nothing, 1 bad, 2 warn, 3 to 5 good.
func (p HeatProps) bandOf(share float64) string {
	b := 5
	switch {
	case share < 0:
		b = 0
	case share < p.Bad:
		b = 1
	case share < p.Warn:
		b = 2
	default:
		b = 3 + min(int(within(share, p.Warn, 1)*3), 2)
	}
	return strconv.Itoa(b)
}

func (p HeatProps) number(share float64) string {
	switch {
	case share < 0:
		return "–"
	case share == 1:
		return "100"
	}
	return text.Decimal(p.Lang, min(share*100, 99.9), 1)
}

func (p HeatProps) columnClass(i int) string {
	if i > 0 && i == p.Break {
		return "break"
	}
	return ""
}
