package e2e

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"samband/store"
	"samband/web/e2e/episodes"
	"samband/web/e2e/portal"
)

// The fault suite breaks the real program and has a checker of its own look at what is left: see check. Its short form
// runs with all other tests; `.ci/fault long` runs the long one and says what was measured. SAMBAND_FAULT_SEED gives the
// seed that a failure named.

// seeded gives the source of a test's chances, and says its seed.
func seeded(t *testing.T) *rand.Rand {
	t.Helper()
	seed, err := strconv.ParseUint(os.Getenv("SAMBAND_FAULT_SEED"), 10, 64)
	if err != nil {
		seed = rand.Uint64()
	}
	t.Logf("SAMBAND_FAULT_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// measured says a figure in the form that .ci/fault gathers.
func measured(t *testing.T, what string, figure any) {
	t.Helper()
	t.Logf("measured: %s: %v", what, figure)
}

// patient is an installation that is ill-treated.
type patient struct {
	*portal.Portal
	t     *testing.T
	r     *rand.Rand
	list  []delivered
	point point
	known map[string]*client
}

// patientOf gives an installation with the integration `episodes`.
func patientOf(t *testing.T, r *rand.Rand, env ...string) *patient {
	t.Helper()
	return &patient{Portal: withEpisodes(t, env...), t: t, r: r}
}

// deliver leaves a delivery of so many rows in the folder of the integration `episodes`.
func (p *patient) deliver(rows int) { p.t.Helper(); p.deliverTo("episodes", rows) }

func (p *patient) deliverTo(folder string, rows int) {
	p.t.Helper()
	d := delivered{rows: int64(rows), seed: uint64(1000 * len(p.list))}
	var b bytes.Buffer
	for again := true; again; again = d.bad*20 > d.rows { // one with too many faults would be held
		d.seed++
		b.Reset()
		want := &episodes.Want{}
		if err := episodes.Write(&b, rows, d.seed, want); err != nil {
			p.t.Fatal(err)
		}
		d.bad = want.Quarantined
	}
	d.mark = fmt.Sprintf("%x", sha256.Sum256(b.Bytes()))
	put(p.t, filepath.Join(p.Drop, folder), named(len(p.list)), b.Bytes(), d.rows)
	p.list = append(p.list, d)
}

// as gives a client where a persona is logged in: once, for who logs in again and again is told to wait.
func (p *patient) as(persona string) *client {
	p.t.Helper()
	if p.known[persona] == nil {
		if p.known == nil {
			p.known = map[string]*client{}
		}
		p.known[persona] = login(p.t, p.Portal, persona)
	}
	return p.known[persona]
}

// tryOnce has runs fail at their first failure, in place of waiting for a better time. The portal must be closed.
func (p *patient) tryOnce() {
	p.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(p.Data, "portal.db"))
	if err == nil {
		defer db.Close()
		_, err = db.Exec(`INSERT INTO retry_policy (integration_id, attempts, first_ns, factor, most_ns, timeout_ns, version)
			VALUES ('episodes', 1, 1000000000, 1, 1000000000, 3600000000000, 1)`)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// ask posts a form, which stands after the question mark, in the name of a persona. What becomes of it doesn't matter,
// for the portal may end in the middle; it tells whether it came through.
func (p *patient) ask(c *client, path string) bool {
	p.t.Helper()
	path, form, _ := strings.Cut(path, "?")
	req, err := http.NewRequest("POST", p.URL+path, strings.NewReader(form))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := c.Do(req)
	if err != nil {
		return false
	}
	res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// look reads the portal's database and closes it again: nobody but the program may have it open when it is killed, or
// what a reader keeps would be there for the next process to find.
func (p *patient) look(f func(*sql.DB)) {
	p.t.Helper()
	driver, source := "sqlite", "file:"+filepath.Join(p.Data, "portal.db")+"?mode=ro&_pragma=busy_timeout(5000)"
	if server := p.Setting("SAMBAND_DATABASE_URL"); server != "" {
		driver, source = "pgx", server
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close()
	var one int // a database that is just being opened or closed by its owner can't be read for a moment
	until(p.t, 5*time.Second, "the portal's database", func() bool { return db.QueryRow(`SELECT count(*) FROM run`).Scan(&one) == nil })
	f(db)
}

// last gives the newest run.
func (p *patient) last() (r row) {
	p.t.Helper()
	p.look(func(db *sql.DB) { r = latest(p.t, db) })
	return r
}

// idle waits until nothing is at work, and gives how long that took.
func (p *patient) idle(most time.Duration) time.Duration {
	p.t.Helper()
	began := time.Now()
	until(p.t, most, "the end of all runs", func() bool {
		open := false
		p.look(func(db *sql.DB) {
			for _, r := range runs(p.t, db, "episodes") {
				open = open || !r.State.Ended()
			}
		})
		return !open
	})
	return time.Since(began)
}

// loads has the newest delivery loaded by a run that succeeds: one that goes on already, or a new one.
func (p *patient) loads() {
	p.t.Helper()
	p.idle(time.Minute)
	for n := range 5 {
		if r := p.last(); r.State == store.RunSucceeded && p.stands() {
			return
		}
		time.Sleep(time.Duration(n) * time.Second / 2) // what could not be read is looked at each second
		p.ask(p.as("ine"), "/integrations/episodes/run")
		p.idle(time.Minute)
	}
	p.t.Fatalf("the delivery does not load: %s", p.story())
}

// story tells of all runs, and what the process complained of since it was started.
func (p *patient) story() string {
	p.t.Helper()
	var b strings.Builder
	p.look(func(db *sql.DB) {
		for _, r := range runs(p.t, db, "episodes") {
			fmt.Fprintf(&b, "\n%+v", r)
		}
	})
	for line := range strings.Lines(p.Log()) {
		if !strings.Contains(line, `"level":"INFO"`) {
			b.WriteString("\n" + line)
		}
	}
	return b.String()
}

// stands tells whether a run stands for the newest delivery.
func (p *patient) stands() bool {
	p.t.Helper()
	var n int
	p.look(func(db *sql.DB) {
		if err := db.QueryRow(`SELECT count(*) `+episodesRuns+` AND state = 'succeeded' AND n_read > 0 AND delivery LIKE $1`,
			"%"+p.list[len(p.list)-1].mark+"%").Scan(&n); err != nil {
			p.t.Fatal(err)
		}
	})
	return n > 0
}

// point is a moment of a watched process: a call on a file of the installation, by its number.
type point struct {
	mu    sync.Mutex
	armed bool
	left  int // calls until the point
	seen  int // calls since it was armed
	met   string
	do    func(*portal.Call) syscall.Errno
	match func(*portal.Call) bool // which calls count; nil for all
	wired bool                    // calls on connections count too: a database is behind them
}

// watch has the calls on the installation's files counted from the next start on.
func (p *patient) watch() {
	p.t.Helper()
	root := filepath.Dir(p.Data)
	p.Watch(func(c *portal.Call) syscall.Errno { return p.point.judge(root, c) })
}

func (x *point) judge(root string, c *portal.Call) syscall.Errno {
	if !strings.HasPrefix(c.Path, root+"/data") && !(x.wired && strings.HasPrefix(c.Path, "socket:")) {
		return 0
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.armed || x.match != nil && !x.match(c) {
		return 0
	}
	x.seen++
	if x.left--; x.left > 0 {
		return 0
	}
	if x.met == "" {
		x.met = c.Name + " " + strings.TrimPrefix(strings.TrimPrefix(c.Path, root), "/data")
	}
	return x.do(c)
}

// arm has do decide about the n-th call from now, and all after it.
func (x *point) arm(n int, do func(*portal.Call) syscall.Errno) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.armed, x.left, x.seen, x.met, x.do = true, n, 0, "", do
}

// disarm ends it, and gives how many calls there were and what was met.
func (x *point) disarm() (seen int, met string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.armed = false
	return x.seen, x.met
}

// changes tells whether a call changes something or makes it lasting.
func changes(c *portal.Call) bool { return c.Name != "read" && c.Name != "pread" }
