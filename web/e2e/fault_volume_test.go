package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"samband/web/e2e/episodes"
)

// mostMB is what a run of any size stays under, in 10^6 bytes of resident memory.
const mostMB = 400

// TestFaultVolume carries a tenth of the rows and then all of them into empty registries: the memory of the process stays
// under its bound however many there are, and ten times the rows take about ten times as long. The long form has 10 000 000
// rows, or as many as SAMBAND_FAULT_ROWS says. (BenchmarkRun measures 100 000 with great care.) The processors' time is
// bounded more closely than the time it takes, which others on the machine make longer.
func TestFaultVolume(t *testing.T) {
	rows := 30_000
	if long {
		rows = 10_000_000
		if n, err := strconv.Atoi(os.Getenv("SAMBAND_FAULT_ROWS")); err == nil {
			rows = n
		}
	} else {
		t.Parallel()
	}
	var took, worked [2]time.Duration // of clock, of processors
	for i, n := range []int{rows / 10, rows} {
		p := withEpisodes(t)
		path := filepath.Join(p.Dir, "rows.csv")
		f, err := os.Create(path)
		if err == nil {
			err = episodes.Write(f, n, 1, nil)
		}
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		c := p.Command("run", "episodes", "--input", path)
		ended, peak := make(chan struct{}), make(chan int64)
		go func() { peak <- peakOf(c.Process.Pid, ended) }()
		out := c.Wait()
		took[i], worked[i] = time.Since(began), c.ProcessState.UserTime()+c.ProcessState.SystemTime()
		close(ended)
		mb := <-peak / 1_000_000
		if out.Code != 0 {
			t.Fatalf("the run ended with %d\n%s%s", out.Code, out.Stdout, out.Stderr)
		}
		r := latest(t, portalDB(t, p))
		k := &checker{t: t}
		defer k.close()
		held := k.number(k.open("sqlite", "file:"+filepath.Join(p.Data, "registries", "episodes.db")+"?mode=ro"), `SELECT count(*) FROM data_episodes`)
		if r.Counts.Read != int64(n) || !r.Counts.Balanced() || held != r.Counts.Loaded || mb >= mostMB || mb == 0 {
			t.Errorf("%d rows: %+v, %d are held, %d MB at most", n, r.Counts, held, mb)
		}
		measured(t, fmt.Sprintf("run of %d rows", n), fmt.Sprintf("%v, %.0f rows/s, %v of processors, peak %d MB resident", ms(took[i]),
			float64(n)/took[i].Seconds(), ms(worked[i]), mb))
		os.RemoveAll(filepath.Dir(p.Data))
	}
	if long && (took[1] > 15*took[0] || worked[1] > worked[0]*25/2) {
		t.Errorf("a tenth of the rows takes %v, %v of processors, all take %v, %v", took[0], worked[0], took[1], worked[1])
	}
}

// peakOf gives the greatest resident memory that a process has had, in bytes, once it has ended.
func peakOf(pid int, ended <-chan struct{}) (most int64) {
	for {
		if n := status(pid, "VmHWM"); n > 0 {
			most = n * 1024
		}
		select {
		case <-ended:
			return most
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// status reads a figure of /proc/PID/status; 0 when there is none.
func status(pid int, name string) int64 {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			n, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return n
		}
	}
	return 0
}
