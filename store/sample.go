package store

import (
	"slices"
	"time"
)

// Sample is a person's own sample of a source: rows they have uploaded to try a mapping on before anything is approved.
// It is sealed, seen by nobody else, feeds no registry, and is gone when SampleLife has passed. What the file was called
// is not kept: people write names of patients in names of files.
type Sample struct {
	ID            string
	IntegrationID string
	UserID        string
	Format        string // SampleCSV or SampleXLSX
	Bytes         int64
	At            time.Time
	Until         time.Time
}

// What a sample can be.
const (
	SampleCSV  = "csv"
	SampleXLSX = "xlsx"
)

// SampleLife is how long a sample is kept, and MaxSample how large it may be, in bytes.
const (
	SampleLife = 24 * time.Hour
	MaxSample  = 20 << 20
	// MaxSampleRows is how many rows of it are read.
	MaxSampleRows = 100_000
)

// SampleReport is what a mapping would make of a sample: the run that it would be, into an empty registry. Nothing of it
// took place.
type SampleReport struct {
	Counts        Counts
	QuarantinedBy map[string]int64
	Quality       QualityReport
	Hold          *Error   // why the run would wait for a person; nil when it would not
	Unused        []string // columns that are classed and that no rule reads; not told of a mapping that can't run
	Extra         []string // columns that nobody has classed: a run would be refused for them, here they are not read
	Absent        []string // direct fields it has no column of: a run would be refused for them, here nothing is missed
	More          bool     // it has more rows than MaxSampleRows
	// Fault is why the mapping can't run as it stands, nil when it can. Otherwise every row is counted by itself, with the
	// part of the mapping that Mapping.Alone gives for the variables that can; Left are those with a rule that can't.
	Fault error
	Left  []string
}

// WithoutDirect gives the fields that a trial on a sample needs of source, which are those that a file with columns has
// and all that aren't direct, and the names of the others. They would only go to the identity half, which a trial lets go
// of. The person number stays: whether it holds decides what comes of a row.
func WithoutDirect(source []Field, columns []string) (fields []Field, absent []string) {
	for _, f := range source {
		if f.Class == Direct && f.Is != AttrNumber && !slices.Contains(columns, f.Name) {
			absent = append(absent, f.Name)
			continue
		}
		fields = append(fields, f)
	}
	return fields, absent
}

// Gone tells whether the sample may no longer be read at a moment.
func (s *Sample) Gone(at time.Time) bool { return !at.Before(s.Until) }
