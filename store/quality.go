package store

import (
	"math"
	"time"
)

// Fraction is a numerator and a denominator; what is judged against a threshold is computed later, from the two.
type Fraction struct {
	Num int64 `json:"num"`
	Den int64 `json:"den"`
}

// Share gives Num/Den; ok is false when there is nothing to divide by ("not applicable", never 0 or 100 percent).
func (f Fraction) Share() (share float64, ok bool) {
	if f.Den == 0 {
		return 0, false
	}
	return float64(f.Num) / float64(f.Den), true
}

// Wilson gives the 95 % interval of the share (contracts/data-quality.md section 7).
func (f Fraction) Wilson() (low, high float64, ok bool) {
	if f.Den == 0 || f.Num > f.Den {
		return 0, 0, false
	}
	const z = 1.959964
	n := float64(f.Den)
	p := float64(f.Num) / n
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, centre-half), min(1, centre+half), true
}

// Completeness says how much of one variable is filled in, over the rows the registry holds where it applies.
type Completeness struct {
	Variable string `json:"variable"`
	// Rows is where the variable applies; Filled has a value that isn't a code for missing; Unknown has such a code.
	Rows    int64 `json:"rows"`
	Filled  int64 `json:"filled"`
	Unknown int64 `json:"unknown"`
}

// Missing says in how many rows that passed the checks of a run a variable has no value for a reason that the source
// gave. A row that lost to another version counts too.
type Missing struct {
	Variable string        `json:"variable"`
	Reason   MissingReason `json:"reason"`
	Rows     int64         `json:"rows"`
}

// CheckResult says how many rows one check found something in, of those that it looked at.
type CheckResult struct {
	Reason   string    `json:"reason"`
	Kind     CheckKind `json:"kind"`
	Text     string    `json:"text,omitempty"`
	Warn     bool      `json:"warn,omitempty"`
	Failed   int64     `json:"failed"` // rows for which it was the reason
	Examined int64     `json:"examined"`
}

// Timeliness is days from an event to the day the value was loaded, over the rows a run loaded.
type Timeliness struct {
	Variable string  `json:"variable"` // the event's date
	N        int64   `json:"n"`
	Negative int64   `json:"negative"` // event after load: a list of errors, not part of the rest
	Median   float64 `json:"median"`
	P90      float64 `json:"p90"`
	Within30 int64   `json:"within30"`
}

// QualityReport is what one run says about the data. Versions pin it: a changed mapping or codebook is a break in a
// trend, never a silent change.
type QualityReport struct {
	RunID           string         `json:"run"`
	RunNo           int64          `json:"run_no"`
	RegistryID      string         `json:"registry"`
	IntegrationID   string         `json:"integration"`
	CodebookVersion int            `json:"codebook_version"`
	MappingNo       int            `json:"mapping_version"`
	At              time.Time      `json:"at"`
	Rows            int64          `json:"rows"` // rows the registry holds after the run
	Persons         int64          `json:"persons"`
	Completeness    []Completeness `json:"completeness"`
	Checks          []CheckResult  `json:"checks"`
	Doubles         Fraction       `json:"doubles"` // merged rows of rows that passed the checks
	Timeliness      []Timeliness   `json:"timeliness"`
	Missing         []Missing      `json:"missing,omitempty"`
}

// SmallCell is the least count of persons that is shown to those without the right to rows.
const SmallCell = 5
