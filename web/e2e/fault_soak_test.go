package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"samband/web/e2e/portal"
)

// schedules is how many integrations of the soak run each minute.
const schedules = 200

// TestFaultSoak has 200 integrations run each minute, some of them with something delivered, while a call on the portal's
// files fails now and then. Each due time has its run, each delivery its effect, and what the process holds does not grow.
// The long form goes on for half an hour, or as long as SAMBAND_FAULT_SOAK says; the short one for the first due time.
func TestFaultSoak(t *testing.T) {
	last := 10 * time.Second
	if long {
		last = 30 * time.Minute
		if d, err := time.ParseDuration(os.Getenv("SAMBAND_FAULT_SOAK")); err == nil {
			last = d
		}
	} else {
		t.Parallel()
	}
	r := seeded(t)
	p := patientOf(t, r)
	addMany(t, p.Portal)
	p.watch()
	p.Start()
	db := portalDB(t, p.Portal)
	const minute = int64(time.Minute / time.Microsecond)
	slots := func() int64 {
		return count(t, db, `SELECT count(*) FROM run WHERE started_as = 'schedule' AND registry_id = 'episodes'`)
	}
	until(t, 90*time.Second, "the first due times", func() bool { return slots() >= schedules })
	began := time.Now()
	p.idle(time.Minute)
	var first, most held
	var struck atomic.Int64
	for round := 0; time.Since(began) < last; round++ {
		for range 3 {
			p.deliverTo(fmt.Sprintf("episodes-%03d", r.IntN(schedules)), 1200)
		}
		if round == 2 {
			first = heldBy(t, p)
		}
		if long && round > 2 && last-time.Since(began) > 4*time.Minute { // the last minutes are quiet, so that all is made good
			var once atomic.Bool
			p.point.arm(1+r.IntN(5000), func(*portal.Call) syscall.Errno {
				if once.Swap(true) {
					return 0
				}
				struck.Add(1)
				return syscall.EIO
			})
		}
		time.Sleep(min(20*time.Second, max(0, last-time.Since(began))))
	}
	p.point.disarm()
	// What came last is read at the next due time.
	until(t, 3*time.Minute, "the end of all runs", func() bool {
		return count(t, db, `SELECT count(*) FROM run WHERE registry_id = 'episodes' AND state IN ('due', 'running')`) == 0 &&
			count(t, db, `SELECT count(DISTINCT delivery) FROM run WHERE registry_id = 'episodes' AND state = 'succeeded' AND n_read > 0`) == int64(len(p.list))
	})
	most = heldBy(t, p)
	check(t, p.Portal, p.list)
	rows, err := db.Query(`SELECT integration_id, count(*), min(due_at), max(due_at) FROM run WHERE started_as = 'schedule' AND
		registry_id = 'episodes' GROUP BY integration_id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	seen := 0
	for rows.Next() {
		var id string
		var n, from, to int64
		if err := rows.Scan(&id, &n, &from, &to); err != nil {
			t.Fatal(err)
		}
		seen++
		if n != (to-from)/minute+1 || time.UnixMicro(from).After(began) || time.Since(time.UnixMicro(to)) > 2*time.Minute {
			t.Errorf("%s has %d records from %v to %v", id, n, time.UnixMicro(from), time.UnixMicro(to))
		}
	}
	if seen != schedules {
		t.Errorf("%d integrations have run", seen)
	}
	for _, folder := range []string{"spool", "tmp"} {
		if left, _ := os.ReadDir(filepath.Join(p.Data, folder)); len(left) > 0 {
			t.Errorf("%d things are left in %s", len(left), folder)
		}
	}
	if first != (held{}) && (most.files > first.files+20 || most.mb > first.mb+first.mb/2+50 || most.threads > first.threads+20) {
		t.Errorf("the process held %+v, and now %+v", first, most)
	}
	goroutines := dumped(p)
	p.Start()
	time.Sleep(3 * time.Second)
	fresh := dumped(p)
	if goroutines > fresh+40 || fresh == 0 {
		t.Errorf("%d goroutines after the soak, %d in a new process", goroutines, fresh)
	}
	measured(t, "soak", fmt.Sprintf("%v, %d due times of %d schedules, %d deliveries, %d calls failed", time.Since(began).Round(time.Second),
		slots(), schedules, len(p.list), struck.Load()))
	measured(t, "soak, the process held", fmt.Sprintf("%+v early, %+v late; goroutines %d, new process %d", first, most, goroutines, fresh))
	if t.Failed() {
		t.Log(p.story())
	}
}

// held is what a process holds of its machine.
type held struct{ files, threads, mb int64 }

func heldBy(t *testing.T, p *patient) (h held) {
	t.Helper()
	list, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.Pid()))
	if err != nil {
		t.Fatal(err)
	}
	return held{int64(len(list)), status(p.Pid(), "Threads"), status(p.Pid(), "VmRSS") / 1000}
}

// dumped ends the process with a list of its goroutines, and counts them.
func dumped(p *patient) int {
	p.t.Helper()
	syscall.Kill(p.Pid(), syscall.SIGQUIT)
	until(p.t, 30*time.Second, "the end of the process", func() bool { return !p.Alive() })
	return strings.Count(p.Log(), "\ngoroutine ")
}

// addMany gives the installation as many integrations like `episodes`, each with a folder of its own and due each minute.
func addMany(t *testing.T, p *portal.Portal) {
	t.Helper()
	b, err := os.ReadFile("../../jobs/pipeline/testdata/episodes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc := strings.ReplaceAll(string(b), "max_quarantined: 0.06", "max_quarantined: 0.5")
	cut := func(from, to string) (before, part, after string) {
		before, rest, ok := strings.Cut(doc, from)
		if !ok {
			t.Fatalf("no %q in the document", from)
		}
		if to == "" {
			return before + from, rest, ""
		}
		part, after, ok = strings.Cut(rest, to)
		if !ok {
			t.Fatalf("no %q in the document", to)
		}
		return before + from, part, to + after
	}
	before, connection, after := cut("connections:\n", "codebooks:\n")
	doc = after
	between, integration, _ := cut("integrations:\n", "")
	var connections, integrations strings.Builder
	for i := range schedules {
		name := fmt.Sprintf("episodes-%03d", i)
		if err := os.MkdirAll(filepath.Join(p.Drop, name), 0o700); err != nil {
			t.Fatal(err)
		}
		c := strings.Replace(connection, "id: episodes-folder", "id: folder-"+name, 1)
		connections.WriteString(strings.Replace(c, "{drop}/episodes", p.Drop+"/"+name, 1))
		x := strings.Replace(integration, "- id: episodes\n", "- id: "+name+"\n", 1)
		x = strings.Replace(x, "connection: episodes-folder", "connection: folder-"+name, 1)
		integrations.WriteString(x + "    schedule: {expr: \"* * * * *\", enabled: true}\n")
	}
	path := filepath.Join(p.Dir, "many.yaml")
	if err := os.WriteFile(path, []byte(before+connections.String()+between+integrations.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := p.Run("import", "--demo", path); out.Code != 0 {
		t.Fatalf("import ended with %d\n%s%s", out.Code, out.Stdout, out.Stderr)
	}
}
