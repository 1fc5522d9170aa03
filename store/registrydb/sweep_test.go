package registrydb

import (
	"fmt"
	"testing"
	"time"

	"samband/store"
)

// Closed findings and their rows go when they are old; an open one and its row stay however old they are.
func TestSweep(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		d := open(t)
		tx := begin(t, d, 1, book())
		for i := range int64(3) {
			if err := tx.Add(finding(1, i+1, fmt.Sprintf("k%d|1", i), "bad")); err != nil {
				t.Fatal(err)
			}
		}
		if err := tx.Add(&store.Finding{ID: FindingID(1, 9, 1), Key: "k9|1", Reason: "high", Warn: true}); err != nil {
			t.Fatal(err)
		}
		commit(t, tx, record(1))
		for _, n := range []int64{1, 2} { // two of the three are closed
			if err := d.SetFinding(ctx, FindingID(1, n, 0), store.FindingOpen, store.FindingDismissed); err != nil {
				t.Fatal(err)
			}
		}
		sweep := func(findings, sealed time.Time, wantGone, wantOpened int64) {
			t.Helper()
			gone, opened, last, err := d.Sweep(ctx, 0, findings, sealed)
			if err != nil || gone != wantGone || opened != wantOpened || last != 0 {
				t.Errorf("%d gone and %d without their row, last %d, %v", gone, opened, last, err)
			}
		}
		later := noon.Add(time.Hour)
		sweep(noon, noon, 0, 0) // none is older
		sweep(time.Time{}, time.Time{}, 0, 0)
		sweep(time.Time{}, later, 0, 2)
		sweep(time.Time{}, later, 0, 0)
		sweep(later, later, 3, 0) // the remark on a row that was let through is closed from the start
		list, total, err := d.Findings(ctx, FindingFilter{})
		if err != nil || total != 1 || list[0].Position != 3 {
			t.Fatal(list, total, err)
		}
		if f, _, err := d.Finding(ctx, list[0].ID); err != nil || len(f.Sealed) == 0 {
			t.Error("the row of an open finding went", err)
		}
		if gone, _, last, err := d.Sweep(ctx, FindingID(2, 0, 0), later, later); gone != 0 || last != 0 || err != nil {
			t.Error("beyond the last", gone, last, err)
		}
	})
}
