package pipeline

import (
	"bytes"
	"io"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"testing"

	"samband/jobs/format/csv"
	"samband/store"
)

// BenchmarkLoad loads the workload of testdata/episodes.yaml into an empty registry: vault, sealed quarantine, exact
// counts, one atomic load, quality report, both files checkpointed. By default it generates 100 000 rows. To compare
// with a program written by hand for the same rules, give both the same file and run them in turn, several times,
// on a machine that does nothing else; quote medians:
//
//	SAMBAND_BENCH_CSV=episodes.csv go test -run '^$' -bench Load -benchtime 1x -count 5 ./jobs/pipeline
//
// rows/s counts from the opened delivery to the end of the run; peak-MB is the whole process's greatest resident memory
// so far, the generated rows and earlier rounds included, so measure memory with a file and -count 1.
func BenchmarkLoad(b *testing.B) { benchmarkLoad(b, newWorld) }

// BenchmarkLoadServer is BenchmarkLoad with the registry and the vault on a server.
func BenchmarkLoadServer(b *testing.B) { benchmarkLoad(b, newServerWorld) }

func benchmarkLoad(b *testing.B, world func(testing.TB) *world) {
	var open func() (io.ReadSeeker, int64)
	if path := os.Getenv("SAMBAND_BENCH_CSV"); path != "" {
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			b.Fatal(err)
		}
		open = func() (io.ReadSeeker, int64) { f.Seek(0, io.SeekStart); return f, info.Size() }
	} else {
		text := encode(b, extract(1, 100_000))
		open = func() (io.ReadSeeker, int64) { return bytes.NewReader(text), int64(len(text)) }
	}
	var rows int64
	for b.Loop() {
		b.StopTimer()
		w := world(b)
		in, size := open()
		r, err := csv.NewReader(in, csv.Options{})
		if err != nil {
			b.Fatal(err)
		}
		j := w.job(&delivery{r: r, size: size})
		j.Clock, j.Limits.MaxQuarantined = store.SystemClock{}, 1
		runtime.GC()
		b.StartTimer()
		res, err := Run(ctx, j)
		if err != nil {
			b.Fatal(err)
		}
		rows += res.Counts.Read
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		if m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status); m != nil {
			kb, _ := strconv.Atoi(string(m[1]))
			b.ReportMetric(float64(kb)/1024, "peak-MB")
		}
	}
}
