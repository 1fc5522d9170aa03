package jobs

import (
	"fmt"
	"testing"

	"samband/store"
	"samband/store/seed"
)

// An explanation ends in what the preview shows, for every variable of a row, and shows nobody.
func TestExplainMapping(t *testing.T) {
	h := open(t)
	h.deliver(1)
	v, c := h.mapped()
	p, err := h.PreviewMapping(t.Context(), seed.DemoIntegration, &v.Mapping, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range p.Rows[:3] {
		for _, cell := range row.Cells {
			x, err := h.ExplainMapping(t.Context(), seed.DemoIntegration, &v.Mapping, c, row.Position, cell.Variable)
			if err != nil {
				t.Fatal(err)
			}
			if x.Position != row.Position || x.Value != cell.After || len(x.Steps) < len(v.Mapping.Rule(cell.Variable).Steps) {
				t.Errorf("row %d, %s: %+v, in the preview %+v", row.Position, cell.Variable, x, cell)
			}
			if store.ScanPersonNumbers(fmt.Sprintf("%+v", x)) > 0 {
				t.Error("a person number is shown")
			}
		}
	}
	if _, err := h.ExplainMapping(t.Context(), seed.DemoIntegration, &v.Mapping, c, 1<<40, c.Key[0]); store.CodeOf(err) != "mapping.no_row" {
		t.Error(err)
	}
}

// A preview of versions settles as a run then does: as many rows win as it loads.
func TestPreviewResolve(t *testing.T) {
	h := open(t)
	h.deliver(1)
	v, c := h.mapped()
	before := h.tree()
	p, err := h.PreviewResolve(t.Context(), seed.DemoIntegration, &v.Mapping, c)
	if err != nil {
		t.Fatal(err)
	}
	if after := h.tree(); after != before {
		t.Errorf("a preview wrote:\n%s\nwas\n%s", after, before)
	}
	lost := 0
	for _, k := range p.Keys {
		won := 0
		for _, r := range k.Rows {
			if r.Why == store.RowWon {
				won++
			} else {
				lost++
			}
		}
		if won != 1 || len(k.Rows) < 2 || len(k.Fields) != len(v.Mapping.Rules) {
			t.Errorf("%d rows of %d win: %+v", won, len(k.Rows), k)
		}
	}
	if store.ScanPersonNumbers(fmt.Sprintf("%+v", p)) > 0 {
		t.Error("a person number is shown")
	}
	r := h.run("")
	if r.Counts.Read != p.Rows || r.Counts.Loaded+r.Counts.Merged != p.Accepted || int(p.Several) != len(p.Keys) || r.Counts.Merged != int64(lost) {
		t.Errorf("%+v, %d lost in the preview, and in the run %+v", p.Several, lost, r.Counts)
	}
}
