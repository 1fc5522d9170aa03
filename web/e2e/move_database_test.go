package e2e

import (
	"context"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/storetest/postgres"
	"samband/web/e2e/portal"
)

// TestMoveDatabase moves a demonstration that has run to a server: what its registries hold is the same byte for byte,
// runs and approvals are there, the portal goes on scheduling, and nobody opens the files any more.
func TestMoveDatabase(t *testing.T) {
	t.Parallel()
	url := postgres.URL(t)
	p := portal.Start(t)
	db := portalDB(t, p)
	until(t, time.Minute, "a run of the schedule", func() bool {
		return count(t, db, `SELECT count(*) FROM run WHERE state='succeeded'`) > 0
	})
	refused(t, p, "dbmove.running", "move-database", url)
	p.Stop()
	addEpisodes(t, p)
	in, _ := extract(t, p, 3000, 1)
	run(t, p, 0, "episodes", "--input", in)
	registry := registryOf(t, db, demo)
	health, identity := dump(t, p, registry)
	episodesHealth, episodesIdentity := dump(t, p, "episodes")
	const approvals = `SELECT count(*) FROM approval WHERE state='approved'`
	runs, approved := count(t, db, `SELECT count(*) FROM run`), count(t, db, approvals)

	// A move that was cut off leaves a server that nothing opens, and is simply begun again.
	pg, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer pg.Close()
	for _, q := range []string{`CREATE TABLE samband_move (since TEXT)`, `CREATE TABLE run (half TEXT)`,
		`CREATE SCHEMA registry_gone`, `CREATE SCHEMA vault`, `CREATE TABLE vault.person (half TEXT)`} {
		if _, err := pg.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	spare := portal.New(t, "SAMBAND_DATABASE_URL="+url)
	refused(t, spare, "dbmove.incomplete", "import", "--demo", filepath.Join(p.Dir, "episodes.yaml"))

	var moved struct {
		Tables []store.MovedTable `json:"tables"`
		Root   string             `json:"audit_root"`
		Note   string             `json:"note"`
	}
	only(t, ok(t, p, "move-database", url, "--json"), &moved)
	rows := map[string]int64{}
	for _, m := range moved.Tables {
		if len(m.Hash) != 64 {
			t.Errorf("%s.%s has no hash", m.Place, m.Table)
		}
		rows[m.Place+"."+m.Table] = m.Rows
	}
	if rows["portal.run"] != runs || rows["portal.approval"] == 0 || rows["vault.person"] == 0 || rows[registry+".load"] == 0 ||
		rows["portal.audit_entry"] == 0 || moved.Root == "" {
		t.Errorf("moved %v, root %q", rows, moved.Root)
	}
	if note, err := os.ReadFile(moved.Note); err != nil || !strings.Contains(string(note), "SAMBAND_DATABASE_URL") {
		t.Error("the note:", string(note), err)
	}
	refused(t, p, "dbmove.moved", "doctor")

	p.Set("SAMBAND_DATABASE_URL", url)
	refused(t, p, "dbmove.on_server", "move-database", url)
	if h, i := dump(t, p, registry); h != health || i != identity {
		t.Error("the registry is not what it was")
	}
	if h, i := dump(t, p, "episodes"); h != episodesHealth || i != episodesIdentity {
		t.Error("the other registry is not what it was")
	}
	if n := count(t, pg, approvals); n != approved {
		t.Errorf("%d approvals, want %d", n, approved)
	}
	again := run(t, p, 0, "episodes", "--input", in)
	if again.Counts.Loaded != 0 || again.Counts.Unchanged == 0 {
		t.Errorf("the same delivery once more: %+v", again.Counts)
	}
	ok(t, p, "audit", "verify")
	if _, err := pg.Exec(`UPDATE schedule SET expr='* * * * *', every_ns=0 WHERE enabled`); err != nil {
		t.Fatal(err)
	}
	before := count(t, pg, `SELECT count(*) FROM run WHERE started_as='schedule'`)
	p.Start()
	until(t, 2*time.Minute, "a run of the schedule on the server", func() bool {
		return count(t, pg, `SELECT count(*) FROM run WHERE started_as='schedule'`) > before
	})
	p.Stop()

	// The way back is in the note, and a server that holds something is not moved to.
	p.Set("SAMBAND_DATABASE_URL", "")
	if err := os.Remove(moved.Note); err != nil {
		t.Fatal(err)
	}
	if h, i := dump(t, p, registry); h != health || i != identity {
		t.Error("the files have changed")
	}
	refused(t, p, "dbmove.not_empty", "move-database", url)
	p.Set("SAMBAND_DATABASE_URL", url)
	refused(t, p, "dbmove.files", "doctor")
}

// refused carries out a command that must be refused with that code.
func refused(t *testing.T, p *portal.Portal, code store.Code, args ...string) {
	t.Helper()
	out := p.Run(append(args, "--json")...)
	var said struct {
		Error store.Code `json:"error"`
	}
	if err := json.Unmarshal([]byte(out.Stdout), &said); err != nil || out.Code != 2 || said.Error != code {
		t.Fatalf("%v ended with %d %s, want %s\n%s", args, out.Code, said.Error, code, out.Stderr)
	}
}

func count(t *testing.T, db *sql.DB, query string) (n int64) {
	t.Helper()
	if err := db.QueryRowContext(context.Background(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func registryOf(t *testing.T, db *sql.DB, integration string) (id string) {
	t.Helper()
	if err := db.QueryRow(`SELECT registry_id FROM integration WHERE id=$1`, integration).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}
