package store

import "time"

// Distribution is how the values of the rows that passed a run's checks are spread, variable by variable. It holds
// counts and figures, no row: texts that few rows have are pooled before it is made.
type Distribution struct {
	RunNo         int64     `json:"run_no"`
	IntegrationID string    `json:"integration"`
	At            time.Time `json:"at"` // where the run stands in time
	Counts        Counts    `json:"counts"`
	Rows          int64     `json:"rows"` // accepted: what Variables is counted over
	Variables     []Spread  `json:"variables"`
}

// SpreadKind says what a Spread tells.
type SpreadKind string

const (
	SpreadValues  SpreadKind = "values"  // rows per value
	SpreadNumbers SpreadKind = "numbers" // the five figures
	SpreadDays    SpreadKind = "days"    // the five figures, in days since 1970-01-01; the time of day is left out
	SpreadFilled  SpreadKind = "filled"  // how many are filled in, and nothing of what with
)

// Spread is one variable's part of a Distribution. Filled and Missing add up to the rows.
type Spread struct {
	Variable string     `json:"variable"`
	Kind     SpreadKind `json:"kind"`
	Filled   int64      `json:"filled"`
	Missing  int64      `json:"missing"`
	// Values has the rows by value. Pooled are rows with texts that came fewer than SmallCell times each and that no code
	// list has: they are counted, never kept.
	Values map[string]int64 `json:"values,omitempty"`
	Pooled int64            `json:"pooled,omitempty"`
	// The five figures. Rough tells that the quartiles are of many values and within QuartileError of the true ones.
	Min    float64 `json:"min,omitempty"`
	P25    float64 `json:"p25,omitempty"`
	Median float64 `json:"median,omitempty"`
	P75    float64 `json:"p75,omitempty"`
	Max    float64 `json:"max,omitempty"`
	Rough  bool    `json:"rough,omitempty"`
}

// QuartileError is how far a rough quartile may lie from the true one, as a share of it.
const QuartileError = 0.005

// DayOf gives the day that a figure of SpreadDays stands for.
func DayOf(days float64) Date {
	return Date(time.Unix(int64(days)*24*60*60, 0).UTC().Format(time.DateOnly))
}
