package chart

import (
	"slices"
	"strings"

	"samband/store/text"
	"samband/views/ds"
)

// BalanceProps describes what became of the rows of a run.
type BalanceProps struct {
	ID   string // unique on the page
	Lang text.Lang
	Read int64
	From string // names Read; "" says that the rows came from the source
	// Parts are the six counts in the order loaded, unchanged, merged, filtered, quarantined, blocked. Each has the
	// colour and pattern of its place, the same on every page.
	Parts [6]Part
	// Before is what the run before read, shown with the changes when HasBefore.
	Before    int64
	HasBefore bool
	Note      string // said after the sentence that the sum holds
}

// Part is one count.
type Part struct {
	Label  string
	Help   string // what it means
	Rows   int64
	Before int64 // in the run before
	Href   string
}

// look is the fill of a part and the pattern over it.
type look struct{ fill, over string }

var looks = [6]look{
	{"c-fill", ""},
	{"c-soft", ""},
	{"c-mid", "stripes"},
	{"c-grey", "dots"},
	{"c-warn", "cross"},
	{"c-block", "bars"},
}

// seen is the least share of the bar that a count of one row gets.
const seen = 0.016

func (p BalanceProps) counted() int64 {
	var n int64
	for _, part := range p.Parts {
		n += part.Rows
	}
	return n
}

func (p BalanceProps) holds() bool { return p.counted() == p.Read }

// sum writes «214 + 1 012 + 9 + 11 + 31 + 7».
func (p BalanceProps) sum() string {
	var terms []string
	for _, part := range p.Parts {
		terms = append(terms, text.Int(p.Lang, part.Rows))
	}
	return strings.Join(terms, " + ")
}

// segment is one piece of the bar.
type segment struct {
	look
	x, width float64
}

func (p BalanceProps) segments() []segment {
	counts := make([]int64, len(p.Parts))
	for i, part := range p.Parts {
		counts[i] = part.Rows
	}
	var out []segment
	x := 0.0
	for i, s := range shares(counts, seen) {
		if s > 0 {
			out = append(out, segment{looks[i], x, s})
		}
		x += s
	}
	return out
}

// signed writes a change: «+16», «−32», «0».
func (p BalanceProps) signed(n int64) string {
	if n > 0 {
		return "+" + text.Int(p.Lang, n)
	}
	return text.Int(p.Lang, n)
}

// Mark is one run in a strip.
type Mark struct {
	State ds.State
	// Label says which run and what became of it: «Kjøring 4 812, 23. november: holdt tilbake».
	Label   string
	Href    string
	Current bool
}

// Stop is one place on the route of the data.
type Stop struct {
	Name string
	Text string
	Kind StopKind
}

// StopKind says what happens to identity and health at a stop.
type StopKind uint8

const (
	StopSource StopKind = iota // where they start together
	StopPass                   // a platform they pass apart, seen by nobody
	StopHold                   // vault and holding store, with different keys
	StopJoin                   // where they meet again
)

const (
	routeWidth  = 1200.0
	routeMiddle = 85.0
	routeSpread = 40.0
)

// routeX gives the middle of stop i of n.
func routeX(i, n int) float64 {
	m, _ := band(i, n)
	return m * routeWidth
}

// after gives the place between stop i of n and the next.
func after(i, n int) float64 { return routeX(i, n) + routeWidth/float64(n)/2 }

// apart tells whether identity goes along, on a way of its own: where nothing is held apart it never leaves.
func apart(stops []Stop) bool {
	return len(stops) < 2 || slices.ContainsFunc(stops, func(s Stop) bool { return s.Kind == StopHold })
}

// lane gives the path of one half: from the first stop it bends to dy, and back at the last. Fewer than two stops
// have no way between them.
func lane(n int, dy float64) string {
	if n < 2 {
		return ""
	}
	from, to := routeX(0, n), routeX(n-1, n)
	bend := min(120, (to-from)/2)
	y, yy := px(routeMiddle), px(routeMiddle+dy)
	return "M" + px(from) + " " + y +
		" C" + px(from+bend/2) + " " + y + " " + px(from+bend/2) + " " + yy + " " + px(from+bend) + " " + yy +
		" H" + px(to-bend) +
		" C" + px(to-bend/2) + " " + yy + " " + px(to-bend/2) + " " + y + " " + px(to) + " " + y
}
