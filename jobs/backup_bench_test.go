package jobs

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"samband/store"
	"samband/store/seed/hospital"
)

// BenchmarkRestoreDrill backs up and puts back an installation whose registry holds a hundred thousand stays, or with
// SAMBAND_LONG=1 a million: run it with -benchtime 1x.
func BenchmarkRestoreDrill(b *testing.B) {
	stays := 100_000
	if os.Getenv("SAMBAND_LONG") != "" {
		stays = 1_000_000
	}
	h := open(b)
	os.RemoveAll(h.demoFolder())
	if _, _, err := hospital.Deliver(h.demoFolder(), hospital.Options{Seed: 1, Delivery: 1, Stays: stays, New: stays}, h.clock.Now()); err != nil {
		b.Fatal(err)
	}
	if r := h.run(""); r.State != store.RunSucceeded {
		b.Fatalf("%s %s", r.State, r.Reason)
	}
	h.conf.Clock = store.SystemClock{}
	h.reopen()
	var held, sealed, bytes float64
	var making, putting time.Duration
	for b.Loop() {
		began := time.Now()
		made, err := h.MakeBackup(b.Context(), filepath.Join(b.TempDir(), "sets"), BackupOptions{}, by)
		if err != nil {
			b.Fatal(err)
		}
		making += time.Since(began)
		held, sealed, bytes = max(held, made.Held.Seconds()), float64(made.Sealed), float64(made.Bytes)
		conf := h.keysOnly()
		began = time.Now()
		if _, err := Restore(b.Context(), conf, made.Path); err != nil {
			b.Fatal(err)
		}
		putting += time.Since(began)
		os.RemoveAll(conf.Data)
		os.RemoveAll(made.Path)
	}
	b.ReportMetric(making.Seconds()/float64(b.N), "s/backup")
	b.ReportMetric(putting.Seconds()/float64(b.N), "s/restore")
	b.ReportMetric(held*1000, "ms-held")
	b.ReportMetric(sealed/1e6, "MB-sealed")
	b.ReportMetric(bytes/1e6, "MB")
}
