// Package chart draws figures as SVG on the server. Every chart has a name and a description (role="img"), says with
// pattern, shape or words what it says with colour, and carries the same numbers in a table.
//
// Positions are percent across and pixels down, so that a chart fills its sheet at any width while its text keeps its
// size. The geometry is plain functions (geometry.go); the colours are classes (static/css/chart.css).
//
// The caller gives titles and labels in the reader's language; numbers and the shared words come from store/text.
//
//	Bars      one bar per variable, share of 100: completeness
//	Columns   standing bars along a line of time or classes: timeliness, histogram
//	Trend     a line, broken where values may not be compared
//	Balance   the six counts of a run and that they add up to what was read
//	Strip     the last runs as marks, each a link
//	Heat      share per variable and month, a table
//	Beside    a small bar next to a number in a table; decoration
//	Route     how identity and health travel apart; decoration above the stops in words
package chart
