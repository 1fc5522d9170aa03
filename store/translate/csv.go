// Package translate reads and writes translations of codes as files: CSV for people and spreadsheets, and FHIR R4
// ConceptMap for other systems.
package translate

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"samband/store"
)

// Fault is what is wrong with one row of a file, from 1; the header is row 1 of a CSV file.
type Fault struct {
	Row int
	Err *store.Error
}

// MaxFaults is how many faults are told of a file, and MaxBytes how large one may be: the largest queue with the longest
// that people may write at each value fits.
const (
	MaxFaults = 100
	MaxBytes  = 32 << 20
)

// columns are those of the CSV file, in order. The first four must be there; the last four tell how the queue stands and
// are not read back.
var columns = []string{"variable", "value", "verdict", "code", "relation", "valid_from", "valid_to", "note", "decided_by", "decided_at",
	"state", "rows", "proposal", "score"}

// Row is one value of a queue as a file tells of it.
type Row struct {
	Variable string
	store.CodeRow
	Proposal string // the code that is proposed; "" when none is
	Score    int    // how sure the proposal is, in per cent
}

// inRule gives what the rule makes of a value that no approved decision is about.
func (r *Row) inRule() (code string, relation store.Relation) {
	switch {
	case r.Null:
		return "", store.RelNoMatch
	case r.Code != "":
		return r.Code, store.RelEquivalent
	}
	return "", ""
}

// risky begins a cell that a spreadsheet would take for a formula, or the mark that says it is none.
const risky = "=+-@\t\r'"

// guard keeps a spreadsheet from taking a cell for a formula; unguard takes the mark off again.
func guard(s string) string {
	if s != "" && strings.IndexByte(risky, s[0]) >= 0 {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte(risky, s[1]) >= 0 {
		return s[1:]
	}
	return s
}

// WriteCSV writes the values of queues as a spreadsheet opens them: UTF-8 with a mark, «;» between cells, and nothing in
// them that is taken for a formula. A value that nobody has decided on has no verdict, and the code that the rule has for
// it, if any. The number of rows is left empty where the profile doesn't tell it.
func WriteCSV(w io.Writer, list []Row) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	if err := out.Write(columns); err != nil {
		return err
	}
	for i := range list {
		r := &list[i]
		var d store.CodeDecision
		if r.Decision != nil {
			d = *r.Decision
		} else {
			d.Code, d.Relation = r.inRule()
		}
		at, rows, score := "", "", ""
		if !d.At.IsZero() {
			at = d.At.UTC().Format(time.RFC3339Nano)
		}
		if r.Rows > 0 {
			rows = strconv.FormatInt(r.Rows, 10)
		}
		if r.Proposal != "" {
			score = strconv.Itoa(r.Score)
		}
		row := []string{r.Variable, r.Value, string(d.Verdict), d.Code, string(d.Relation), string(d.From), string(d.To), d.Note, d.By, at,
			string(r.State), rows, r.Proposal, score}
		for n := range row {
			row[n] = guard(row[n])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// ReadCSV reads decisions for the variables of a codebook, with «;» or a comma between cells. A row whose state says that
// nobody has decided, and that has no verdict, says nothing. When anything is wrong, nothing is given but the faults; an
// error says that the whole can't be read.
func ReadCSV(data []byte, c *store.Codebook) ([]store.CodeDecision, []Fault, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(data) > MaxBytes || !utf8.Valid(data) {
		return nil, nil, store.FieldError("file", "translation.file", nil)
	}
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord = -1
	if line, _, _ := bytes.Cut(data, []byte("\n")); bytes.Count(line, []byte(";")) >= bytes.Count(line, []byte(",")) {
		in.Comma = ';'
	}
	header, err := in.Read()
	if err != nil {
		return nil, nil, store.FieldError("file", "translation.file", nil)
	}
	at := map[string]int{}
	for i, h := range header {
		h = strings.ToLower(strings.TrimSpace(h))
		if _, twice := at[h]; twice {
			return nil, nil, store.FieldError("file", "translation.columns", store.Args{"column": h})
		}
		at[h] = i
	}
	for _, need := range columns[:4] {
		if _, ok := at[need]; !ok {
			return nil, nil, store.FieldError("file", "translation.columns", store.Args{"column": need})
		}
	}
	var list []store.CodeDecision
	var r reading
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			line := 0
			if bad := new(csv.ParseError); errors.As(err, &bad) {
				line = bad.Line
			}
			r.fault(line, store.FieldError("file", "translation.row_cut", nil))
			break
		}
		line, _ := in.FieldPos(0)
		cell := func(name string) string {
			if i, ok := at[name]; ok && i < len(row) {
				return unguard(row[i])
			}
			return ""
		}
		if cell("verdict") == "" && open(store.CodeState(cell("state"))) {
			continue
		}
		d := store.CodeDecision{Variable: cell("variable"), Value: cell("value"), Verdict: store.Verdict(cell("verdict")), Code: cell("code"),
			Relation: store.Relation(cell("relation")), From: store.Date(cell("valid_from")), To: store.Date(cell("valid_to")),
			Note: cell("note"), By: cell("decided_by")}
		if s := cell("decided_at"); s != "" {
			t, err := time.Parse(time.RFC3339Nano, s)
			if err != nil {
				r.fault(line, store.FieldError("decided_at", "translation.time", store.Args{"text": clip(s)}))
				continue
			}
			d.At = t.UTC()
		}
		if d.Verdict == store.VerdictApproved && d.Relation == "" && d.Code != "" {
			d.Relation = store.RelEquivalent // a file that people wrote themselves
		}
		if r.take(line, &d, c.Variable(d.Variable)) {
			list = append(list, d)
		}
	}
	if len(r.faults) > 0 {
		return nil, r.faults, nil
	}
	return list, nil, nil
}

// open tells whether nobody has decided on a value in a state.
func open(s store.CodeState) bool {
	return s == store.CodeUndecided || s == store.CodeInRule || s == store.CodeSame
}

// reading notes what is wrong with a file, row by row.
type reading struct {
	faults []Fault
	seen   map[[2]string]bool
}

func (r *reading) fault(row int, err error) {
	var e *store.Error
	if errors.As(err, &e) && len(r.faults) < MaxFaults {
		r.faults = append(r.faults, Fault{row, e})
	}
}

// take tells whether a row can stand, and notes why not.
func (r *reading) take(row int, d *store.CodeDecision, v *store.Variable) bool {
	key := [2]string{d.Variable, d.Value}
	switch {
	case v == nil || !store.Translated(v):
		r.fault(row, store.FieldError("variable", "translation.variable", store.Args{"variable": clip(d.Variable)}))
		return false
	case r.seen[key]:
		r.fault(row, store.FieldError("value", "translation.twice", nil))
		return false
	case len([]rune(d.By)) > store.MaxDecisionText || strings.ContainsFunc(d.By, unicode.IsControl) || store.ScanWritten(d.By) > 0:
		r.fault(row, store.FieldError("note", "translation.note", nil))
		return false
	}
	if err := d.Validate(v); err != nil {
		r.fault(row, err)
		return false
	}
	if r.seen == nil {
		r.seen = map[[2]string]bool{}
	}
	r.seen[key] = true
	return true
}

// clip keeps what a file says short enough to show.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
