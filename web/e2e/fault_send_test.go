package e2e

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"samband/store"
	"samband/store/seed"
	"samband/web/e2e/portal"
)

// sendsEpisodes is the integration that sends what the registry `episodes` holds.
const sendsEpisodes = "episodes-out"

// TestFaultSend kills the portal while it sends what a registry holds to a folder, before a system call on a file of the
// installation that is drawn among all that a sending makes. Each time the next process brings the sending to its end. A
// checker that knows nothing of the product holds the folder against the registry and the ledger.
func TestFaultSend(t *testing.T) {
	n := 6
	if long {
		n = 200
	} else {
		t.Parallel()
	}
	killsSending(t, n)
}

// TestFaultSendOnServer does the same where the ledger of what was sent is on PostgreSQL: each of what the portal says to
// the server is a moment too.
func TestFaultSendOnServer(t *testing.T) {
	n := 3
	if long {
		n = 60
	} else {
		t.Parallel()
	}
	killsSending(t, n, onServer(t)...)
}

func killsSending(t *testing.T, n int, env ...string) {
	r := seeded(t)
	const perHouse = 25
	var p *patient
	var out *receiver
	var usual int
	var longest time.Duration
	met := map[string]int{}
	for k := range n {
		if p == nil || k%perHouse == 0 {
			if p != nil {
				p.Stop()
			}
			p = patientOf(t, r, env...)
			out = receives(p)
			p.watch()
			p.point.wired = len(env) > 0
			p.point.match = func(c *portal.Call) bool { out.look(c); return changes(c) }
			p.Start()
			p.deliver(300)
			p.loads()
			p.sends(out, 0) // the tables are there
		}
		p.deliver(300)
		p.loads()
		if usual == 0 { // the first tells how many calls a sending makes
			p.point.arm(1<<30, nil)
			p.sends(out, 0)
			usual, _ = p.point.disarm()
			p.deliver(300)
			p.loads()
		}
		where, took := p.killedSending(out, 1+r.IntN(usual))
		longest = max(longest, took)
		met[where]++
		if t.Failed() {
			t.Fatalf("after kill %d at %s%s", k+1, where, p.story())
		}
	}
	p.Stop()
	measured(t, "kills while sending", n)
	measured(t, "longest until the sending had ended after that", ms(longest))
	measured(t, "looks at the folder of the receiver", out.looks.Load())
	for where, n := range met {
		t.Logf("%4d × %s", n, where)
	}
}

// killedSending kills the portal before the n-th call that changes something, opens it again, and has everything sent.
func (p *patient) killedSending(out *receiver, n int) (where string, took time.Duration) {
	p.t.Helper()
	c, before := p.as("kaja"), p.lastSending()
	var once atomic.Bool
	pid := p.Pid()
	p.point.arm(n, func(*portal.Call) syscall.Errno {
		if once.CompareAndSwap(false, true) {
			syscall.Kill(pid, syscall.SIGKILL)
		}
		return 0
	})
	p.ask(c, "/integrations/"+sendsEpisodes+"/run")
	for deadline := time.Now().Add(10 * time.Second); p.Alive() && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if now := p.lastSending(); now.No > before.No && now.State.Ended() { // it had fewer calls this time
			break
		}
	}
	if _, where = p.point.disarm(); where == "" {
		where = "after its end"
	}
	p.Kill()
	out.whole()
	began := time.Now()
	p.Start()
	p.sends(out, before.No)
	return where, time.Since(began)
}

// sends has all that the registry holds sent: by a run after the one of that number that goes on already, or a new one.
func (p *patient) sends(out *receiver, after int64) {
	p.t.Helper()
	p.sent()
	if r := p.lastSending(); r.No <= after || r.State != store.RunSucceeded || after == 0 {
		p.ask(p.as("kaja"), "/integrations/"+sendsEpisodes+"/run")
		p.sent()
	}
	if r := p.lastSending(); r.State != store.RunSucceeded || r.Counts.Read != r.Counts.Loaded+r.Counts.Unchanged {
		p.t.Fatalf("the sending ended as %+v%s", r, p.story())
	}
	out.check()
}

// sent waits until no sending is at work.
func (p *patient) sent() {
	p.t.Helper()
	until(p.t, time.Minute, "the end of the sending", func() bool {
		r := p.lastSending()
		return r.No == 0 || r.State.Ended()
	})
}

// lastSending gives the newest run that sends.
func (p *patient) lastSending() (r row) {
	p.t.Helper()
	p.look(func(db *sql.DB) {
		if list := runs(p.t, db, sendsEpisodes); len(list) > 0 {
			r = list[len(list)-1]
		}
	})
	return r
}

// receiver is the folder that is sent to, seen by who fetches there.
type receiver struct {
	p      *patient
	folder string
	looks  atomic.Int64
}

// receives gives an installation that has sent nothing the integration that sends. The portal must be closed.
func receives(p *patient) *receiver {
	p.t.Helper()
	out := &receiver{p: p, folder: filepath.Join(p.Drop, "out")}
	if err := os.MkdirAll(out.folder, 0o700); err != nil {
		p.t.Fatal(err)
	}
	own, err := os.ReadFile("testdata/sending.yaml")
	if err != nil {
		p.t.Fatal(err)
	}
	for name, doc := range map[string][]byte{"demo": seed.Demo(), "outgoing": seed.Outgoing(), "sending": own} {
		file(p.t, p.Portal, name+".yaml", bytes.ReplaceAll(doc, []byte("{drop}"), []byte(p.Drop)))
	}
	for _, name := range []string{"demo", "outgoing", "sending"} {
		ok(p.t, p.Portal, "import", "--demo", filepath.Join(p.Dir, name+".yaml"))
	}
	return out
}

// look holds at a moment of the process that what a receiver would fetch now is whole: it asks for what has a control
// file.
func (x *receiver) look(c *portal.Call) {
	if strings.HasPrefix(c.Path, x.folder) && c.Name != "write" {
		x.whole()
	}
}

// whole reads each delivery that has a control file, in the order they were made.
func (x *receiver) whole() (deliveries [][][]string, sums []string) {
	x.looks.Add(1)
	names, _ := filepath.Glob(filepath.Join(x.folder, "opphold_*.csv.control"))
	slices.Sort(names)
	for _, name := range names {
		control, err := os.ReadFile(name)
		data, err2 := os.ReadFile(strings.TrimSuffix(name, ".control"))
		if err != nil || err2 != nil {
			x.p.t.Errorf("a delivery that can be fetched is not there: %v, %v", err, err2)
			continue
		}
		r := csv.NewReader(bytes.NewReader(data))
		r.Comma = ';'
		rows, err := r.ReadAll()
		sum := fmt.Sprintf("%x", sha256.Sum256(data))
		if err != nil || len(rows) == 0 || !strings.HasPrefix(string(control), fmt.Sprintf("rows=%d\nsha256=%s\n", len(rows)-1, sum)) {
			x.p.t.Errorf("%s: a half delivery can be fetched: %v, %d lines, %q", filepath.Base(name), err, len(rows), control)
			continue
		}
		deliveries, sums = append(deliveries, rows[1:]), append(sums, sum)
	}
	return deliveries, sums
}

// check holds the folder against the registry and what the product says of it, when nothing is at work:
//
//   - the deliveries, one after the other, give exactly what the registry holds: nothing lost, nothing else;
//   - no record is there twice, but where its content has changed since;
//   - each delivery is of one run that stands and counts its records, and no other run says that it sent any;
//   - the ledger has each record acknowledged by the run whose delivery had it last, and no other;
//   - nothing is left of attempts.
func (x *receiver) check() {
	t := x.p.t
	t.Helper()
	deliveries, sums := x.whole()
	last, of := map[string]string{}, map[string]int{}
	for i, rows := range deliveries {
		for _, cells := range rows {
			key, content := cells[0], strings.Join(cells, ";")
			if last[key] == content {
				t.Errorf("%s is in delivery %d as it was in %d", key, i+1, of[key]+1)
			}
			last[key], of[key] = content, i
		}
	}
	c := newChecker(t, x.p.Portal)
	defer c.close()
	held := 0
	c.each(c.registry, `SELECT episode_id, coalesce(inn_dato, ''), coalesce(hoveddiagnose, ''), coalesce(prosedyre, '') FROM `+
		c.in("registry_episodes", "data_episodes"),
		func(cells []string) {
			held++
			if want := strings.Join(cells, ";"); last[cells[0]] != want {
				t.Errorf("the receiver has %q, the registry %q", last[cells[0]], want)
			}
		})
	if held == 0 || held != len(last) {
		t.Errorf("the receiver has %d records, the registry %d", len(last), held)
	}
	runOf := make([]string, len(sums))
	for i, sum := range sums {
		n := 0
		c.each(c.portal, `SELECT no, n_loaded, state FROM run WHERE integration_id = '`+sendsEpisodes+`' AND delivery LIKE '%`+sum+`%'`,
			func(cells []string) {
				n++
				runOf[i] = cells[0]
				if cells[1] != fmt.Sprint(len(deliveries[i])) || cells[2] != "succeeded" {
					t.Errorf("delivery %d of %d records is of the run %v", i+1, len(deliveries[i]), cells)
				}
			})
		if n != 1 {
			t.Errorf("delivery %d is of %d runs", i+1, n)
		}
	}
	if n := c.number(c.portal, `SELECT count(*) FROM run WHERE integration_id = $1 AND n_loaded > 0`, sendsEpisodes); n != int64(len(sums)) {
		t.Errorf("%d runs say that they sent something, in %d deliveries", n, len(sums))
	}
	noted := 0
	c.each(c.registry, `SELECT key, state, run_no, CASE WHEN hash = acked THEN 1 ELSE 0 END FROM `+
		c.in("registry_episodes", "sent")+` WHERE integration_id = '`+sendsEpisodes+`'`, func(cells []string) {
		noted++
		i, there := of[cells[0]]
		if !there || cells[1] != "acked" || cells[2] != runOf[i] || cells[3] != "1" {
			t.Errorf("the ledger says %v, the receiver got it: %v, in delivery %d of run %v", cells, there, i+1, runOf)
		}
	})
	if noted != len(last) {
		t.Errorf("the ledger has %d records, the receiver %d", noted, len(last))
	}
	entries, err := os.ReadDir(x.folder)
	if err != nil || len(entries) != 2*len(sums) {
		t.Errorf("of %d deliveries there are %v: %v", len(sums), entries, err)
	}
}

// each gives the rows of a query as text.
func (c *checker) each(db *sql.DB, query string, f func(cells []string)) {
	c.t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		c.t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		c.t.Fatal(err)
	}
	cells, to := make([]string, len(names)), make([]any, len(names))
	for i := range to {
		to[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			c.t.Fatal(err)
		}
		f(cells)
	}
	if err := rows.Err(); err != nil {
		c.t.Fatal(err)
	}
}
