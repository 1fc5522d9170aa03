package e2e

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"samband/store"
	"samband/web/e2e/episodes"
	"samband/web/e2e/portal"
)

// delivered is what was delivered to the registry `episodes`, as the test that made it knows.
type delivered struct {
	rows, bad int64
	seed      uint64
	mark      string // SHA-256 of the file; "" when it is no file: then the number of rows is its own
	undone    bool   // taken back
}

// truth says what must come of deliveries, by a reading of its own: see package episodes. ever counts the persons that
// came, also with what was taken back.
func truth(t testing.TB, list []delivered) (want *episodes.Want, ever int64) {
	t.Helper()
	want, all := &episodes.Want{}, &episodes.Want{}
	for _, d := range list {
		if !d.undone {
			if err := episodes.Write(io.Discard, int(d.rows), d.seed, want); err != nil {
				t.Fatal(err)
			}
		}
		if err := episodes.Write(io.Discard, int(d.rows), d.seed, all); err != nil {
			t.Fatal(err)
		}
	}
	return want, all.Persons()
}

// check is the checker of the fault suite. It looks at an installation where nothing is at work, reads its databases with
// plain SQL and nothing of the product, and holds them against the truth of what was delivered:
//
//   - every run is final, held by nobody, and its counts balance; no due time has two;
//   - every delivery was read by exactly one run that stands, whole, and each of its rows has its one outcome;
//   - the registry holds each key once, the version that must stand, cell by cell, under the pseudonym of its person;
//   - portal and registry say the same of every load, row for row: nothing is there that no run stands for, nothing half;
//   - the vault has each person once, no pseudonym twice, and nobody else;
//   - the files are sound.
func check(t testing.TB, p *portal.Portal, list []delivered) {
	t.Helper()
	c := newChecker(t, p)
	defer c.close()
	want, ever := truth(t, list)
	c.runs(list)
	c.loads()
	c.rows(want)
	c.persons(ever)
	if !c.server {
		for name, db := range map[string]*sql.DB{"portal": c.portal, "registry": c.registry, "vault": c.vault} {
			if said := c.text(db, `PRAGMA quick_check`); said != "ok" {
				t.Errorf("the file of the %s: %s", name, said)
			}
		}
	}
}

type checker struct {
	t                       testing.TB
	server                  bool
	portal, registry, vault *sql.DB
	opened                  []*sql.DB
}

// newChecker opens the databases of an installation.
func newChecker(t testing.TB, p *portal.Portal) *checker {
	t.Helper()
	server := p.Setting("SAMBAND_DATABASE_URL")
	c := &checker{t: t, server: server != ""}
	if c.server {
		c.portal = c.open("pgx", server)
		c.registry, c.vault = c.portal, c.portal
		return c
	}
	file := func(name string) *sql.DB {
		return c.open("sqlite", "file:"+filepath.Join(p.Data, name)+"?mode=ro&_pragma=busy_timeout(5000)")
	}
	c.portal, c.registry, c.vault = file("portal.db"), file("registries/episodes.db"), file("vault.db")
	return c
}

// close lets go of the databases: see patient.look.
func (c *checker) close() {
	for _, db := range c.opened {
		db.Close()
	}
}

func (c *checker) open(driver, source string) *sql.DB {
	c.t.Helper()
	db, err := sql.Open(driver, source)
	if err != nil {
		c.t.Fatal(err)
	}
	c.opened = append(c.opened, db)
	return db
}

// in names a table of the registry or the vault.
func (c *checker) in(place, table string) string {
	if c.server {
		return place + "." + table
	}
	return table
}

func (c *checker) number(db *sql.DB, query string, args ...any) (n int64) {
	c.t.Helper()
	if err := db.QueryRow(query, args...).Scan(&n); err != nil {
		c.t.Fatalf("%s: %v", query, err)
	}
	return n
}

func (c *checker) text(db *sql.DB, query string) (s string) {
	c.t.Helper()
	if err := db.QueryRow(query).Scan(&s); err != nil {
		c.t.Fatalf("%s: %v", query, err)
	}
	return s
}

// none holds that a query counts nothing.
func (c *checker) none(db *sql.DB, what, query string, args ...any) {
	c.t.Helper()
	if n := c.number(db, query, args...); n > 0 {
		c.t.Errorf("%s: %d", what, n)
	}
}

const episodesRuns = `FROM run WHERE registry_id = 'episodes'`

func (c *checker) runs(list []delivered) {
	c.t.Helper()
	c.none(c.portal, "runs without a final state", `SELECT count(*) `+episodesRuns+` AND state IN ('due', 'running', 'held', 'unknown')`)
	c.none(c.portal, "runs that somebody holds", `SELECT count(*) `+episodesRuns+` AND lease_owner <> ''`)
	c.none(c.portal, "runs whose counts do not balance", `SELECT count(*) FROM run WHERE state = 'succeeded' AND
		n_read <> n_loaded + n_unchanged + n_merged + n_filtered + n_quarantined + n_blocked`)
	c.none(c.portal, "runs that ended without effect and count one", `SELECT count(*) FROM run WHERE
		state IN ('failed', 'refused', 'cancelled', 'missed', 'skipped') AND n_loaded > 0`)
	c.none(c.portal, "due times with two runs", `SELECT count(*) FROM (SELECT 1 FROM run WHERE slot <> ''
		GROUP BY integration_id, slot HAVING count(*) > 1) x`)
	c.none(c.portal, "runs that loaded without a report", `SELECT count(*) `+episodesRuns+` AND state = 'succeeded' AND n_read > 0
		AND NOT EXISTS (SELECT 1 FROM report r WHERE r.run_no = run.no)`)
	c.none(c.portal, "runs that were taken back and not told in the log, or told twice", `SELECT count(*) `+episodesRuns+` AND
		(reason = 'run.undone') <> ((SELECT count(*) FROM audit_entry a WHERE a.action = 'run.undo' AND a.object = run.id) = 1)`)
	for i, d := range list {
		var n, read, bad, whole int64
		err := c.portal.QueryRow(`SELECT count(*), coalesce(sum(n_read), 0), coalesce(sum(n_quarantined), 0),
			coalesce(sum(n_loaded + n_unchanged + n_merged), 0) `+episodesRuns+` AND state = 'succeeded' AND n_read > 0 AND
			(delivery LIKE $1 AND $2 <> '' OR n_read = $3 AND $2 = '')`, "%"+d.mark+"%", d.mark, d.rows).Scan(&n, &read, &bad, &whole)
		if err != nil {
			c.t.Fatal(err)
		}
		if n != 1 || read != d.rows || bad != d.bad || whole != d.rows-d.bad {
			c.t.Errorf("delivery %d of %d rows has %d runs that stand: %d read, %d quarantined of %d, %d others", i+1, d.rows, n,
				read, bad, d.bad, whole)
		}
	}
}

// loads holds what the registry says of its loads against the runs of the portal.
func (c *checker) loads() {
	c.t.Helper()
	type load struct {
		State  string
		Counts store.Counts
	}
	loads := map[int64]load{}
	rows, err := c.registry.Query(`SELECT run_no, state, record FROM ` + c.in("registry_episodes", "load"))
	if err != nil {
		c.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var no int64
		var l load
		var record string
		if err := rows.Scan(&no, &l.State, &record); err != nil {
			c.t.Fatal(err)
		}
		var said struct{ Counts store.Counts }
		if err := json.Unmarshal([]byte(record), &said); err != nil {
			c.t.Fatal(err)
		}
		l.Counts = said.Counts
		loads[no] = l
	}
	list := runsWhere(c.t, c.portal, `registry_id = $1`, "episodes")
	for _, r := range list {
		l, loaded := loads[r.No]
		delete(loads, r.No)
		stands := r.State == store.RunSucceeded && r.Counts.Read > 0
		switch {
		case loaded != stands:
			c.t.Errorf("run %d ended as %s and reads %d; the registry has its load: %v", r.No, r.State, r.Counts.Read, loaded)
		case loaded && (l.State == "undone") != (r.Reason == "run.undone"):
			c.t.Errorf("run %d: the registry says %s, the portal %q", r.No, l.State, r.Reason)
		case loaded && l.Counts != r.Counts:
			c.t.Errorf("run %d: the registry counts %+v, the portal %+v", r.No, l.Counts, r.Counts)
		}
		if loaded {
			// A finding's number begins with that of its run, and ends with 0 when its row was held back.
			n := c.number(c.registry, `SELECT count(*) FROM `+c.in("registry_episodes", "finding")+` WHERE warn = 0 AND id >= $1 AND id < $2`,
				r.No<<38, (r.No+1)<<38)
			if n != r.Counts.Quarantined {
				c.t.Errorf("run %d holds back %d rows, and there are %d findings", r.No, r.Counts.Quarantined, n)
			}
		}
	}
	for no := range loads {
		c.t.Errorf("the registry has a load of run %d, which nobody knows", no)
	}
	data, history := c.in("registry_episodes", "data_episodes"), c.in("registry_episodes", "history_episodes")
	if len(list) > 0 {
		load := c.in("registry_episodes", "load")
		c.none(c.registry, "rows of runs that have not loaded", `SELECT count(*) FROM `+data+` WHERE "_run" NOT IN (SELECT run_no FROM `+
			load+` WHERE state = 'loaded')`)
		c.none(c.registry, "images of runs that have not loaded", `SELECT count(*) FROM `+history+` WHERE "_at" NOT IN (SELECT run_no FROM `+
			load+` WHERE state = 'loaded')`)
	}
}

func (c *checker) rows(want *episodes.Want) {
	c.t.Helper()
	rows, err := c.registry.Query(`SELECT "` + strings.Join(episodes.Columns, `", "`) + `" FROM ` + c.in("registry_episodes", "data_episodes"))
	if err != nil {
		c.t.Fatal(err)
	}
	defer rows.Close()
	values, to := make([]any, len(episodes.Columns)), make([]any, len(episodes.Columns))
	for i := range to {
		to[i] = &values[i]
	}
	if err := want.Held(func() ([]string, error) {
		if !rows.Next() {
			if err := rows.Err(); err != nil {
				return nil, err
			}
			return nil, io.EOF
		}
		if err := rows.Scan(to...); err != nil {
			return nil, err
		}
		cells := make([]string, len(values))
		for i, v := range values {
			switch v := v.(type) {
			case nil:
			case float64:
				cells[i] = strconv.FormatFloat(v, 'f', -1, 64)
			default:
				cells[i] = fmt.Sprint(v)
			}
		}
		return cells, nil
	}); err != nil {
		c.t.Errorf("the registry: %v", err)
	}
}

func (c *checker) persons(ever int64) {
	c.t.Helper()
	const of = ` WHERE registry = (SELECT id FROM `
	table, registry := c.in("vault", "person"), of+c.in("vault", "registry")+` WHERE slug = 'episodes')`
	if n := c.number(c.vault, `SELECT count(*) FROM `+table+registry); n != ever {
		c.t.Errorf("the vault has %d persons, %d came", n, ever)
	}
	c.none(c.vault, "pseudonyms that two persons have", `SELECT count(*) FROM (SELECT 1 FROM `+table+registry+
		` GROUP BY pseudonym HAVING count(*) > 1) x`)
}
