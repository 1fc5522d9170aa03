package files

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/jobs/connector"
)

// TestPausedBetween: an attempt that is stopped at any point while another takes the run over, and goes on at any point of
// that one, leaves exactly one delivery, whole, and whoever asks later is told that it was taken.
func TestPausedBetween(t *testing.T) {
	points := []string{"written", "data on disk", "name taken", "receipt on disk", "data named", "control named"}
	for _, stopped := range points {
		for _, wakes := range append(points, "the end") {
			t.Run(stopped+", wakes at "+wakes, func(t *testing.T) {
				dir := t.TempDir()
				ship := connector.Shipment{RunID: "0a01", Made: time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC), Fields: []string{"id", "version"}}
				attempt := func(ctx context.Context, at func(point string)) error {
					d := &destination{folder: dir, dataset: "utlevering", at: at}
					x, err := d.Open(ctx, ship)
					if err != nil {
						return err
					}
					defer x.Close()
					if !x.Taken() {
						for i := range 2 {
							if _, err := x.Send(ctx, []connector.Record{{Values: []string{fmt.Sprintf("K-%04d", i), "1"}}}); err != nil {
								return err
							}
						}
						if err := x.Commit(ctx); err != nil {
							return err
						}
					}
					return x.Acknowledged(ctx)
				}
				stop, wake, woken := make(chan struct{}), make(chan struct{}), make(chan error, 1)
				once := func(at string, f func()) func(string) {
					done := false
					return func(point string) {
						if point == at && !done {
							done = true
							f()
						}
					}
				}
				go func() {
					woken <- attempt(t.Context(), once(stopped, func() { close(stop); <-wake }))
				}()
				<-stop
				ran := false
				goesOn := func() { ran = true; close(wake); t.Log("the first:", <-woken) }
				err := attempt(t.Context(), once(wakes, goesOn))
				if !ran { // the other found it done
					goesOn()
				}
				for n := 0; err != nil && n < 3; n++ {
					t.Log("again after:", err)
					err = attempt(t.Context(), nil)
				}
				if err != nil {
					t.Fatal(err)
				}
				_, effects := received(t, dir)
				if list, _ := filepath.Glob(filepath.Join(dir, "utlevering_*.csv")); len(list) != 1 || len(effects) != 2 {
					t.Errorf("the receiver has %v with %v", list, effects)
				}
				for what, n := range effects {
					if n != 1 {
						t.Errorf("%s came %d times", what, n)
					}
				}
				left, err := filepath.Glob(filepath.Join(dir, ".sending-*"))
				if wakes == "the end" { // what keeps others from a name holds no rows
					left = slices.DeleteFunc(left, func(n string) bool { return strings.HasPrefix(filepath.Base(n), ".sending-utlevering_") })
				}
				if err != nil || len(left) != 0 {
					t.Errorf("left: %v %v", left, err)
				}
			})
		}
	}
}
