package chart

import (
	"math"
	"strings"

	"samband/store/text"
)

// SeriesProps describes values along a line of time or of classes, for Trend and Columns.
type SeriesProps struct {
	ID     string // unique on the page
	Lang   text.Lang
	Title  string // what is measured
	Desc   string // what the picture shows, in a sentence
	Points []Point
	Unit   string // after a number: " %", " s"
	// Decimals of the values; the axis takes what its step needs.
	Decimals int
	Goal     float64 // drawn as a dashed line when GoalText is set
	GoalText string  // «Grense 95»
	// GoalMost says that values above the goal miss it; otherwise those below do.
	GoalMost bool
	// FromZero starts the axis at 0; Columns always do.
	FromZero bool
	// Top is the least end of the axis, as 100 for percent.
	Top float64
	// Touching draws the columns of a histogram without space between.
	Touching bool
	// Head names the columns of the table: the label, the value.
	Head [2]string
}

// Point is one value.
type Point struct {
	Label   string
	Value   float64
	Missing bool   // no value: the line has a gap, the table says so
	Open    bool   // not finished: hatched
	Break   string // what changed before this point: the line is broken, and this is written there
}

const (
	plotTop    = 26.0 // px above the highest value, room for words
	plotHeight = 190.0
	plotFoot   = 26.0 // px under the axis, room for labels
)

const seriesHeight = plotTop + plotHeight + plotFoot

func (p SeriesProps) has(pt Point) bool {
	return !pt.Missing && !math.IsNaN(pt.Value) && !math.IsInf(pt.Value, 0)
}

// scale gives the values of the axis for the points that have one, and the goal.
func (p SeriesProps) scale(fromZero bool) []float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	see := func(v float64) { lo, hi = min(lo, v), max(hi, v) }
	for _, pt := range p.Points {
		if p.has(pt) {
			see(pt.Value)
		}
	}
	if p.GoalText != "" {
		see(p.Goal)
	}
	if fromZero || p.FromZero || math.IsInf(lo, 1) {
		see(0)
	}
	if p.Top > 0 {
		hi = max(hi, p.Top)
	}
	return ticks(lo, hi)
}

// axis is a scale with its ends.
type axis struct {
	ticks []float64
	lang  text.Lang
	unit  string
}

func (p SeriesProps) axis(fromZero bool) axis { return axis{p.scale(fromZero), p.Lang, p.Unit} }

// y gives the place of a value in px from the top of the chart.
func (a axis) y(v float64) float64 {
	return plotTop + plotHeight*(1-within(v, a.ticks[0], a.ticks[len(a.ticks)-1]))
}

func (a axis) text(v float64) string {
	return text.Decimal(a.lang, v, decimals(a.ticks[1]-a.ticks[0])) + a.unit
}

// paths gives the line as SVG paths in a box of 100 × 100, one per unbroken piece of two points or more.
func (p SeriesProps) paths(a axis) []string {
	var out []string
	var b strings.Builder
	n := 0
	end := func() {
		if n > 1 {
			out = append(out, b.String())
		}
		b.Reset()
		n = 0
	}
	for i, pt := range p.Points {
		if pt.Break != "" || !p.has(pt) {
			end()
		}
		if !p.has(pt) {
			continue
		}
		x, _ := band(i, len(p.Points))
		if n == 0 {
			b.WriteString("M")
		} else {
			b.WriteString(" L")
		}
		b.WriteString(px(x*100) + " " + px((a.y(pt.Value)-plotTop)/plotHeight*100))
		n++
	}
	end()
	return out
}

// misses tells whether a value is on the wrong side of the goal.
func (p SeriesProps) misses(pt Point) bool {
	if p.GoalText == "" || !p.has(pt) {
		return false
	}
	if p.GoalMost {
		return pt.Value > p.Goal
	}
	return pt.Value < p.Goal
}

func (p SeriesProps) dot(pt Point) string {
	if p.misses(pt) {
		return "c-dot-out"
	}
	return "c-dot"
}

// goalTextY puts the words of the goal on the side of its line where the last value is not.
func (p SeriesProps) goalTextY(a axis) float64 {
	for i := len(p.Points) - 1; i >= 0; i-- {
		if pt := p.Points[i]; p.has(pt) {
			if pt.Value < p.Goal {
				return a.y(p.Goal) - 6
			}
			break
		}
	}
	return a.y(p.Goal) + 17
}

// breakAnchor writes what changed on the side where there is room.
func breakAnchor(i, n int) string {
	if middle, _ := band(i, n); middle > 0.6 {
		return "end"
	}
	return "start"
}

// breakX gives the line between point i and the one before.
func breakX(i, n int) float64 {
	middle, width := band(i, n)
	return middle - width/2
}

// widestLabel gives the width of the widest label in px.
func (p SeriesProps) widestLabel() int {
	widest := 0
	for _, pt := range p.Points {
		widest = max(widest, labelWidth(pt.Label))
	}
	return widest
}

// columnWidth gives the share of a band that its column takes.
func (p SeriesProps) columnWidth() float64 {
	if p.Touching {
		return 0.96
	}
	return 0.68
}

func (p SeriesProps) value(pt Point) string {
	return text.Decimal(p.Lang, pt.Value, p.Decimals)
}

// roomForValues tells whether every column may carry its number at any width.
func (p SeriesProps) roomForValues() bool {
	longest := 0
	for _, pt := range p.Points {
		longest = max(longest, len([]rune(p.value(pt))))
	}
	return longest*len(p.Points) <= 18
}

// valueClass says when the number on a column gives way; ok is false when there is never room.
func (p SeriesProps) valueClass(i int) (string, bool) {
	if p.roomForValues() {
		return "", true
	}
	if len(p.Points) > 14 {
		return "", false
	}
	return "c-roomy", true
}

func (p SeriesProps) twin() twinProps {
	t := twinProps{Lang: p.Lang, Title: p.Title, Head: p.Head[:]}
	for _, pt := range p.Points {
		label, value := pt.Label, text.T(p.Lang, "chart.missing")
		if p.has(pt) {
			value = p.value(pt) + p.Unit
		}
		if pt.Open {
			value = text.T(p.Lang, "chart.open", "value", value)
		} else if p.misses(pt) {
			value = text.T(p.Lang, "chart.outside", "value", value)
		}
		if pt.Break != "" {
			label = text.T(p.Lang, "chart.changed", "label", label, "change", pt.Break)
		}
		t.Rows = append(t.Rows, []string{label, value})
	}
	return t
}
