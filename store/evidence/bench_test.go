package evidence

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"samband/store/auditlog"
)

// BenchmarkPack makes and checks a pack of 100 000 runs from a log of 300 000 entries.
func BenchmarkPack(b *testing.B) {
	us := signer(b, 1)
	p := packOf(b, us, 300_000)
	f, err := os.Create(filepath.Join(b.TempDir(), "pack.zip"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var size int64
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			if _, err := f.Seek(0, io.SeekStart); err != nil {
				b.Fatal(err)
			}
			if _, _, err := Build(f, p); err != nil {
				b.Fatal(err)
			}
			if size, err = f.Seek(0, io.SeekCurrent); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(size)/1e6, "MB")
	})
	b.Run("verify", func(b *testing.B) {
		var before, after runtime.MemStats
		for b.Loop() {
			runtime.ReadMemStats(&before)
			r, err := Verify(f, size, []*auditlog.Verifier{us.Verifier()})
			if err != nil || !r.OK {
				b.Fatalf("%+v, %v", r, err)
			}
			runtime.ReadMemStats(&after)
		}
		b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/1e6, "MB-allocated")
	})
}
