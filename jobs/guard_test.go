package jobs

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/seed"
	"samband/store/seed/hospital"
)

// table is a delivery as rows of cells, the header first.
type table [][]string

// delivery gives what the demonstration's source would deliver next, to be changed and read in its place.
func (h *house) delivery(n int) table {
	h.t.Helper()
	var b bytes.Buffer
	if _, err := hospital.Write(&b, hospital.Options{Seed: 1, Delivery: n, Stays: 300, New: 20}); err != nil {
		h.t.Fatal(err)
	}
	r := csv.NewReader(&b)
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		h.t.Fatal(err)
	}
	return rows
}

// read runs a delivery that lies in a file.
func (h *house) read(rows table) *store.Run {
	h.t.Helper()
	h.clock.Advance(time.Hour)
	return h.run(h.file(rows))
}

// file writes a delivery to a file.
func (h *house) file(rows table) string {
	h.t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	if err := w.WriteAll(rows); err != nil {
		h.t.Fatal(err)
	}
	path := filepath.Join(h.t.TempDir(), "uttrekk.csv")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return path
}

// each changes the cells of a column; share of the rows, evenly, is changed.
func (rows table) each(column string, share float64, change func(string) string) table {
	at := slices.Index(rows[0], column)
	n := 0.0
	for _, row := range rows[1:] {
		if n += share; n >= 1 {
			n--
			row[at] = change(row[at])
		}
	}
	return rows
}

// with gives the rows with one more column, of one text.
func (rows table) with(column, text string) table {
	for i := range rows {
		rows[i] = append(rows[i], text)
	}
	rows[0][len(rows[0])-1] = column
	return rows
}

// without gives the rows without a column.
func (rows table) without(column string) table {
	at := slices.Index(rows[0], column)
	for i := range rows {
		rows[i] = slices.Delete(rows[i], at, at+1)
	}
	return rows
}

func constant(s string) func(string) string { return func(string) string { return s } }

// TestSchemaFaults breaks what a delivery looks like in each of the ways that privacy-security-reliability lists as R10.
func TestSchemaFaults(t *testing.T) {
	for name, c := range map[string]struct {
		change func(table) table
		state  store.RunState
		reason store.Code
	}{
		"columns reordered": {func(rows table) table {
			for _, row := range rows {
				slices.Reverse(row)
			}
			return rows
		}, store.RunSucceeded, ""},
		"a column renamed": {func(rows table) table {
			rows[0][slices.Index(rows[0], "royker")] = "roeyker"
			return rows
		}, store.RunRefused, "delivery.column_missing"},
		"a column gone": {func(rows table) table { return rows.without("royker") }, store.RunRefused, "delivery.column_missing"},
		// What nobody has classed may be a name: it is not let in with a warning.
		"a column added": {func(rows table) table { return rows.with("ny", "Kari") }, store.RunHeld, "hold.columns"},
		"numbers where texts were": {func(rows table) table { return rows.each("avdeling", 1, constant("2026")) },
			store.RunHeld, "hold.types"},
		"a code list that grew": {func(rows table) table { return rows.each("royker", 0.03, constant("7")) }, store.RunHeld, "hold.codes"},
		"one new code":          {func(rows table) table { return rows.each("royker", 0.004, constant("7")) }, store.RunSucceeded, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			if r := h.read(h.delivery(1)); r.State != store.RunSucceeded {
				t.Fatalf("%s %s", r.State, r.Reason)
			}
			before := h.dump()
			r := h.read(c.change(h.delivery(2)))
			if r.State != c.state || r.Reason != c.reason {
				t.Fatalf("%s %s %v %v, want %s %s", r.State, r.Reason, r.ReasonArgs, r.QuarantinedBy, c.state, c.reason)
			}
			if r.State != store.RunSucceeded && h.dump() != before {
				t.Error("it changed the registry")
			}
			x, err := h.DB.RunDetail(t.Context(), r.No)
			if err != nil {
				t.Fatal(err)
			}
			if x.Shape == nil || len(x.Shape.Fields) == 0 || x.Against != 1 {
				t.Errorf("there is nothing to see side by side: %+v", x)
			}
		})
	}
}

// TestNewColumn takes a delivery with a column that nobody has classed through what a person can say of it: once, and from
// now on. The column is read in neither case.
func TestNewColumn(t *testing.T) {
	h := open(t)
	h.read(h.delivery(1))
	deliver := func(n int, columns ...string) *store.Run {
		os.RemoveAll(h.demoFolder())
		h.clock.Advance(time.Hour)
		name, _, err := hospital.Deliver(h.demoFolder(), hospital.Options{Seed: 1, Delivery: n, Stays: 300, New: 20}, h.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		h.rewrite(filepath.Join(h.demoFolder(), name), func(rows table) table {
			for _, c := range columns {
				rows = rows.with(c, "Sebra")
			}
			return rows
		})
		return h.run("")
	}
	decide := func(r *store.Run, accept bool) *store.Run {
		t.Helper()
		if err := h.StartRelease(t.Context(), r.ID, "Feltet er uten betydning", accept, by); err != nil {
			t.Fatal(err)
		}
		return h.ended(r.ID)
	}
	held := func(r *store.Run) *store.Run {
		t.Helper()
		if r.State != store.RunHeld || r.Reason != "hold.columns" {
			t.Fatalf("%s %s %v", r.State, r.Reason, r.ReasonArgs)
		}
		return r
	}
	if r := decide(held(deliver(2, "kallenavn")), false); r.State != store.RunSucceeded {
		t.Fatalf("released: %s %s %v", r.State, r.Reason, r.ReasonArgs)
	}
	if r := decide(held(deliver(3, "kallenavn")), true); r.State != store.RunSucceeded {
		t.Fatalf("accepted: %s %s %v", r.State, r.Reason, r.ReasonArgs)
	}
	if r := deliver(4, "kallenavn"); r.State != store.RunSucceeded || r.Counts.Loaded == 0 {
		t.Errorf("after that: %s %s %v", r.State, r.Reason, r.ReasonArgs)
	}
	held(deliver(5, "kallenavn", "enda_en"))
	if strings.Contains(h.dump(), "Sebra") {
		t.Error("a cell of the column is in the registry")
	}
}

// rewrite changes a delivery that lies ready, and its control file with it.
func (h *house) rewrite(path string, change func(table) table) {
	h.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		h.t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		h.t.Fatal(err)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	if err := w.WriteAll(change(rows)); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(path+".control", fmt.Appendf(nil, "rows=%d\nsha256=%x\n", len(rows)-1, sha256.Sum256(b.Bytes())), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// TestBadRows spoils one row, one in a hundred and nearly every third: R8.
func TestBadRows(t *testing.T) {
	for name, c := range map[string]struct {
		share float64
		state store.RunState
	}{"one": {0.0034, store.RunSucceeded}, "one in a hundred": {0.01, store.RunSucceeded}, "30 in a hundred": {0.3, store.RunHeld}} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			rows := h.delivery(1)
			clean := h.read(rows)
			before := h.dump()
			bad := int64(0)
			r := h.read(h.delivery(2).each("fnr", c.share, func(string) string { bad++; return "12345678901" }))
			if r.State != c.state || r.Counts.Quarantined < bad || r.QuarantinedBy["ugyldig_fnr"] < bad || !r.Counts.Balanced() {
				t.Errorf("%d bad rows: %s %s %+v after %+v", bad, r.State, r.Reason, r.Counts, clean.Counts)
			}
			if r.State == store.RunHeld && (r.Reason != "hold.quarantined" || h.dump() != before) {
				t.Errorf("%s, and the registry changed: %t", r.Reason, h.dump() != before)
			}
		})
	}
}

// drop leaves a delivery of so many stays in the drop folder and runs it.
func (h *house) drop(n, stays int) *store.Run {
	h.t.Helper()
	os.RemoveAll(h.demoFolder())
	h.clock.Advance(time.Hour)
	if _, _, err := hospital.Deliver(h.demoFolder(), hospital.Options{Seed: 1, Delivery: n, Stays: stays, New: 20}, h.clock.Now()); err != nil {
		h.t.Fatal(err)
	}
	return h.run("")
}

// TestShortDelivery brings a delivery nine tenths smaller than the median, and an empty one: R11. Nothing goes from the
// registry, and what a person says of it decides what is normal afterwards.
func TestShortDelivery(t *testing.T) {
	h := open(t)
	for n := 1; n <= 3; n++ {
		if r := h.drop(n, 300); r.State != store.RunSucceeded {
			t.Fatalf("delivery %d: %s %s %v", n, r.State, r.Reason, r.ReasonArgs)
		}
	}
	rows := func() int { return strings.Count(h.dump(), "\n") }
	full := rows()
	if r := h.read(h.delivery(9)[:1]); r.State != store.RunHeld || r.Reason != "hold.empty" || rows() != full {
		t.Errorf("an empty one: %s %s, %d rows of %d", r.State, r.Reason, rows(), full)
	}
	short := h.drop(4, 30)
	if short.State != store.RunHeld || short.Reason != "hold.volume" || rows() != full {
		t.Fatalf("a short one: %s %s, %d rows of %d", short.State, short.Reason, rows(), full)
	}
	// Let through once: nothing goes, and the next short one is held all the same.
	if err := h.StartRelease(t.Context(), short.ID, "Ferie", false, by); err != nil {
		t.Fatal(err)
	}
	if short = h.ended(short.ID); short.State != store.RunSucceeded || rows() < full {
		t.Fatalf("released: %s %s, %d rows of %d", short.State, short.Reason, rows(), full)
	}
	again := h.drop(5, 100)
	if again.State != store.RunHeld || again.Reason != "hold.volume" {
		t.Fatalf("the next short one: %s %s", again.State, again.Reason)
	}
	// Called normal: the next is not held.
	if err := h.StartRelease(t.Context(), again.ID, "Avdelingen er delt", true, by); err != nil {
		t.Fatal(err)
	}
	if again = h.ended(again.ID); again.State != store.RunSucceeded {
		t.Fatalf("accepted: %s %s", again.State, again.Reason)
	}
	b, err := h.DB.Baseline(t.Context(), seed.DemoIntegration)
	if err != nil || b.From != again.No || b.By != by.Name || b.Why != "Avdelingen er delt" {
		t.Errorf("%+v, %v", b, err)
	}
	if r := h.drop(6, 100); r.State != store.RunSucceeded {
		t.Errorf("after that: %s %s", r.State, r.Reason)
	}
}

func TestRunKeepsItsConfig(t *testing.T) {
	h := open(t)
	r := h.drop(1, 300)
	second := h.drop(2, 300)
	x, err := h.DB.RunDetail(t.Context(), second.No)
	if err != nil {
		t.Fatal(err)
	}
	if x.Config.Connection == "" || x.Config.Settings["folder"] == "" || x.New+x.Changed != second.Counts.Loaded || x.New == 0 {
		t.Errorf("%+v after %+v", x, second.Counts)
	}
	var stages []store.Stage
	for _, s := range x.StageTimes(second.EndedAt) {
		stages = append(stages, s.Stage)
	}
	if want := []store.Stage{store.StageGate, store.StageExtract, store.StageDecide, store.StageCommit, store.StageDone}; !slices.Equal(stages, want) {
		t.Errorf("stages %v of %v", stages, x.Stages)
	}
	if first, err := h.DB.RunDetail(t.Context(), r.No); err != nil || first.New != r.Counts.Loaded || first.Changed != 0 {
		t.Errorf("the first: %+v, %v", first, err)
	}
}

func TestSweepOld(t *testing.T) {
	h := open(t)
	for n := 1; n <= 2; n++ {
		h.drop(n, 300)
	}
	if err := h.DB.PutRetention(t.Context(), store.Retention{Log: 30, Reports: 30, Findings: 30, Sealed: 10}, by); err != nil {
		t.Fatal(err)
	}
	if err := h.sweepOld(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, err := h.DB.LastSweep(t.Context()); err != nil || s.Any() {
		t.Fatalf("what is young went: %+v, %v", s, err)
	}
	_, open, err := h.Findings(t.Context(), "hjertekirurgi", store.FindingFilter{Status: store.FindingOpen})
	if err != nil || open == 0 {
		t.Fatal("no open finding", err)
	}
	h.clock.Advance(31 * 24 * time.Hour)
	if err := h.sweepOld(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := h.DB.LastSweep(t.Context())
	if err != nil || s.Log == 0 || s.Reports != 1 {
		t.Errorf("removed %+v, %v", s, err)
	}
	if _, left, err := h.Findings(t.Context(), "hjertekirurgi", store.FindingFilter{Status: store.FindingOpen}); err != nil || left != open {
		t.Errorf("%d open findings of %s, %v", left, strconv.FormatInt(open, 10), err)
	}
	seen := s.At
	if err := h.sweepOld(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, err = h.DB.LastSweep(t.Context()); err != nil || !s.At.Equal(seen) {
		t.Errorf("an empty sweep is written down: %+v, %v", s, err)
	}
}
