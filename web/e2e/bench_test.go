package e2e

import (
	"cmp"
	"database/sql"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"samband/store/seed"
	"samband/web/e2e/portal"
)

// The benchmarks of the whole program, as its users meet it:
//
//	go test -run '^$' -bench . -benchtime 20x ./web/e2e
//
// Run measures `samband run`, vault and all, from the start of the process to its end, into a folder that holds nothing
// yet; peak-MB is the greatest resident memory of that process, in 10^6 bytes. SAMBAND_BENCH_CSV names the extract, and
// 100 000 rows are made otherwise:
//
//	SAMBAND_BENCH_CSV=episodes.csv go test -run '^$' -bench Run -benchtime 5x ./web/e2e

// BenchmarkRun carries an extract into an empty registry.
func BenchmarkRun(b *testing.B) {
	p := withEpisodes(b)
	in := os.Getenv("SAMBAND_BENCH_CSV")
	if in == "" {
		in, _ = extract(b, p, 100_000, 1)
	}
	in, err := filepath.Abs(in)
	if err != nil {
		b.Fatal(err)
	}
	var rows, peak int64
	for b.Loop() {
		b.StopTimer()
		p := withEpisodes(b)
		b.StartTimer()
		c := p.Command("run", "episodes", "--input", in)
		out := c.Wait()
		b.StopTimer()
		if out.Code != 0 {
			b.Fatalf("run ended with %d\n%s%s", out.Code, out.Stdout, out.Stderr)
		}
		rows += latest(b, portalDB(b, p)).Counts.Read
		if use, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = max(peak, use.Maxrss*1024)
		}
		os.RemoveAll(filepath.Dir(p.Data))
		b.StartTimer()
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(peak)/1e6, "peak-MB")
}

// history is how many runs the measured installation has behind it.
const history = 10_000

// withHistory makes a demonstration that has run for long: its first run and report, again and again.
func withHistory(b *testing.B) *portal.Portal {
	b.Helper()
	p := portal.Start(b)
	db := portalDB(b, p)
	until(b, time.Minute, "the first run", func() bool {
		list := runs(b, db, demo)
		return len(list) > 0 && list[0].State.Ended()
	})
	p.Stop()
	rw, err := sql.Open("sqlite", "file:"+filepath.Join(p.Data, "portal.db")+"?_pragma=foreign_keys(1)&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	defer rw.Close()
	tx, err := rw.Begin()
	if err != nil {
		b.Fatal(err)
	}
	// An hour apart, the newest now; some failed, some held, some missed.
	const ago = `- (10001 - n) * 3600000000`
	again := func(table string, other map[string]string) {
		var columns, values []string
		rows, err := tx.Query(`SELECT name FROM pragma_table_info(?)`, table)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			var c string
			if err := rows.Scan(&c); err != nil {
				b.Fatal(err)
			}
			columns, values = append(columns, c), append(values, cmp.Or(other[c], c))
		}
		no := "run_no"
		if table == "run" {
			no = "no"
		}
		_, err = tx.Exec(`WITH RECURSIVE c (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM c WHERE n <= ` + fmt.Sprint(history) + `)
			INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) SELECT ` + strings.Join(values, ", ") +
			` FROM ` + table + `, c WHERE ` + no + ` = 1`)
		if err != nil {
			b.Fatal(err)
		}
	}
	run := map[string]string{"no": "n", "id": "printf('%032x', n)", "slot": "'measured-' || n",
		"state": `CASE WHEN n % 50 = 0 THEN 'failed' WHEN n % 33 = 0 THEN 'cancelled' WHEN n % 20 = 0 THEN 'missed' ELSE state END`,
		"reason": `CASE WHEN n % 50 = 0 THEN 'delivery.checksum' WHEN n % 33 = 0 THEN 'run.cancelled' WHEN n % 20 = 0
			THEN 'schedule.missed' ELSE reason END`}
	for _, c := range []string{"due_at", "start_at", "at", "created_at", "started_at", "ended_at"} {
		run[c] = c + ago
	}
	again("run", run)
	again("report", map[string]string{"run_no": "n", "at": "at" + ago})
	again("report_variable", map[string]string{"run_no": "n"})
	again("report_check", map[string]string{"run_no": "n"})
	if _, err := tx.Exec(`UPDATE counter SET value = ? WHERE name = 'run'`, history+1); err != nil {
		b.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return p
}

// BenchmarkOpen measures from the start of the process to the first page, with 10 000 runs in the history.
func BenchmarkOpen(b *testing.B) {
	p := withHistory(b)
	for b.Loop() {
		p.Start()
		res, err := http.Get(p.URL + "/catalogue")
		if err != nil || res.StatusCode != http.StatusOK {
			b.Fatal(res, err)
		}
		res.Body.Close()
		b.StopTimer()
		p.Stop()
		b.StartTimer()
	}
}

var timingRE = regexp.MustCompile(`app;dur=([0-9.]+)`)

// BenchmarkPages measures the pages at the server, with 10 000 runs in the history: server-ms is the median of what
// Server-Timing says, worst-ms the greatest.
func BenchmarkPages(b *testing.B) {
	p := withHistory(b)
	p.Start()
	clients := map[string]*http.Client{"": {}}
	for _, x := range []struct{ persona, path string }{
		{"", "/catalogue"}, {"", "/catalogue?q=hjerte"}, {"", "/solutions/ereg"},
		{"kaja", "/today"}, {"ine", "/today"}, {"sindre", "/today"},
		{"kaja", "/runs"}, {"kaja", "/runs?state=failed"}, {"kaja", "/runs?q=checksum"}, {"kaja", "/runs?q=9999"},
		{"kaja", "/runs?before=5000"}, {"kaja", "/runs?from=2025-01-01&to=2026-12-31"}, {"kaja", "/runs/1"}, {"kaja", "/runs/9950"},
		{"kaja", "/registries"}, {"kaja", "/registries/hjertekirurgi"}, {"kaja", "/systems"}, {"kaja", "/systems/rdap"},
		{"kaja", "/integrations"}, {"kaja", "/integrations/" + seed.DemoIntegration}, {"kaja", "/integrations/" + seed.DemoIntegration + "/mapping"},
		{"kaja", "/integrations/" + seed.DemoIntegration + "/approval"}, {"kaja", "/integrations/" + seed.DemoIntegration + "/schedule"},
		{"kaja", "/codebooks/hjertekirurgi"}, {"kaja", "/quarantine"}, {"kaja", "/quality"}, {"kaja", "/quality/hjertekirurgi"},
		{"sindre", "/approvals"}, {"randi", "/audit"}, {"sindre", "/access"}, {"ine", "/admin"}, {"ine", "/docs"}, {"ine", "/docs/runbook"},
	} {
		c := clients[x.persona]
		if c == nil {
			c = &login(b, p, x.persona).Client
			clients[x.persona] = c
		}
		b.Run(cmp.Or(x.persona, "nobody")+x.path, func(b *testing.B) {
			var took []float64
			for b.Loop() {
				res, err := c.Get(p.URL + x.path)
				if err != nil {
					b.Fatal(err)
				}
				res.Body.Close()
				m := timingRE.FindStringSubmatch(res.Header.Get("Server-Timing"))
				if res.StatusCode != http.StatusOK || res.Request.URL.RequestURI() != x.path || m == nil {
					b.Fatal(res.Status, res.Request.URL, res.Header)
				}
				d, err := strconv.ParseFloat(m[1], 64)
				if err != nil {
					b.Fatal(err)
				}
				took = append(took, d)
			}
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2], "server-ms")
			b.ReportMetric(took[len(took)-1], "worst-ms")
		})
	}
}
