package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samband/jobs/connector"
	"samband/store"
	"samband/store/registrydb"
)

// TestColumnsLeftOut holds that a delivery with columns that nobody has classed loads as the one without them, once a
// person says so, and that no cell of them comes further than to be counted: not into what is told of them, and not into
// the quarantine.
func TestColumnsLeftOut(t *testing.T) {
	w, plain := newWorld(t), newWorld(t)
	rows := extract(7, 2_000)
	want := plain.run(rows)
	wide := make([][]string, 0, len(rows)+1)
	for i, row := range append([][]string{columns}, rows...) {
		row = slices.Insert(slices.Clone(row), 3, "Hemmelig", fmt.Sprint("tekst ", i%7))
		wide = append(wide, append(row, "hemmelig"))
	}
	copy(wide[0][3:], []string{"kjælenavn", "ny"})
	wide[0][len(wide[0])-1] = "sist"
	var b bytes.Buffer
	for _, row := range wide {
		for i, cell := range row {
			row[i] = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		b.WriteString(strings.Join(row, ";") + "\n")
	}
	job := func() Job {
		j := w.job(newDelivery(t, b.Bytes()))
		j.Limits.MaxQuarantined = 1
		return j
	}
	held, err := Run(ctx, job())
	if err != nil || held.State != store.RunHeld || held.Reason != "hold.columns" || held.ReasonArgs["columns"] != "kjælenavn, ny, sist" {
		t.Fatalf("%s %s %v, %v", held.State, held.Reason, held.ReasonArgs, err)
	}
	if h, i := w.dumps(); strings.Count(h, "\n") != 1 || strings.Count(i, "\n") != 1 {
		t.Error("a held delivery is loaded")
	}
	name, fresh, last := held.Shape.LeftOut("kjælenavn"), held.Shape.LeftOut("ny"), held.Shape.LeftOut("sist")
	if !name.Direct || fresh.Direct || fresh.Distinct != 7 || last.Distinct != 1 {
		t.Errorf("told of them: %+v %+v %+v", name, fresh, last)
	}
	if told := strings.ToLower(fmt.Sprintf("%+v %+v", held.Shape, held.Drift)); strings.Contains(told, "hemmelig") || strings.Contains(told, "tekst ") {
		t.Error("a text of them is told")
	}
	j := job()
	j.Approved = true
	res, err := Run(ctx, j)
	if err != nil || res.State != store.RunSucceeded || res.Counts != want.Counts {
		t.Fatalf("released: %s %s %+v, want %+v, %v", res.State, res.Reason, res.Counts, want.Counts, err)
	}
	w.check(expect(rows))
	list, _, err := w.registry.Findings(ctx, registrydb.FindingFilter{RunNo: j.RunNo, Limit: 100})
	if err != nil || len(list) == 0 {
		t.Fatal(len(list), err)
	}
	for _, f := range list {
		full, fields, err := w.registry.Finding(ctx, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		row, err := w.vault.OpenRow(f.ID, full.Sealed)
		if err != nil || !slices.Equal(fields, columns) || strings.Contains(strings.ToLower(string(row)), "hemmelig") {
			t.Fatalf("sealed with columns %q, %v", fields, err)
		}
	}
}

// TestColumnLacking holds that a column that nothing is made of may be gone on a person's word, and is refused nothing
// when the mapping doesn't know it either.
func TestColumnLacking(t *testing.T) {
	w := newWorld(t)
	rows := extract(8, 200)
	w.mapping.Source = append(slices.Clone(w.mapping.Source), store.Field{Name: "merknad", Class: store.Health})
	j := w.job(newDelivery(t, encode(t, rows)))
	j.Limits.MaxQuarantined = 1
	res, err := Run(ctx, j)
	if err != nil || res.State != store.RunHeld || res.Reason != "hold.columns" || !slices.Equal(res.Shape.Lacks, []string{"merknad"}) {
		t.Fatalf("%s %s %v, %v", res.State, res.Reason, res.ReasonArgs, err)
	}
	var none *store.Baseline
	j = w.job(newDelivery(t, encode(t, rows)))
	j.Limits.MaxQuarantined, j.Baseline = 1, none.Accept("episodes", 1, res.Shape, "Kari", "Nytt uttrekk")
	if res, err = Run(ctx, j); err != nil || res.State != store.RunSucceeded {
		t.Fatalf("accepted: %s %s %v, %v", res.State, res.Reason, res.ReasonArgs, err)
	}
	w.check(expect(rows))
}

// paged gives batches of cells with marks of null.
type paged struct {
	delivery
	fields  []string
	batches []connector.Batch
}

func (p *paged) Fields() []string { return p.fields }
func (p *paged) Read(_ context.Context, b *connector.Batch) error {
	if len(p.batches) == 0 {
		return io.EOF
	}
	*b, p.batches = p.batches[0], p.batches[1:]
	return nil
}

// TestNarrow holds that cells and marks of null stand where they should after columns were left out, whichever these are.
func TestNarrow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields := strings.Split("abcdefghijkl"[:rapid.IntRange(1, 12).Draw(t, "width")], "")
		var left []string
		for _, f := range fields {
			if rapid.Bool().Draw(t, "left") {
				left = append(left, f)
			}
		}
		rnd := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		p := &paged{fields: fields}
		n := rapid.IntRange(0, 40).Draw(t, "rows")
		b := connector.Batch{First: 1, Width: len(fields), Nulls: make([]uint64, n*len(fields)/64+1)}
		null := map[string]bool{}
		for i := range n {
			for c, f := range fields {
				at := i*len(fields) + c
				b.Cells = append(b.Cells, fmt.Sprint(f, i))
				if rnd.IntN(3) == 0 {
					b.Nulls[at>>6] |= 1 << (at & 63)
					null[b.Cells[at]] = true
				}
			}
		}
		p.batches = append(p.batches, b)
		d := narrow(p, left)
		var got connector.Batch
		if err := d.Read(ctx, &got); err != nil {
			t.Fatal(err)
		}
		if len(d.Fields()) != len(fields)-len(left) || got.Width != len(d.Fields()) || len(d.Fields()) > 0 && got.Rows() != n {
			t.Fatalf("%d rows of %q", got.Rows(), d.Fields())
		}
		for i := range got.Rows() {
			for c, f := range d.Fields() {
				if cell := got.Row(i)[c]; cell != fmt.Sprint(f, i) || got.Null(i, c) != null[cell] {
					t.Fatalf("row %d, %s: %q, null %t", i, f, cell, got.Null(i, c))
				}
			}
		}
		if err := d.Read(ctx, &got); !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
	})
}
