package e2e

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"samband/store"
	"samband/store/seed"
	"samband/web/e2e/episodes"
	"samband/web/e2e/portal"
)

func TestMain(m *testing.M) {
	if told := os.Getenv(pagingEnv); told != "" {
		var p paging
		err := json.Unmarshal([]byte(told), &p)
		if err == nil {
			err = p.serve()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(portal.Main(m))
}

const demo = seed.DemoIntegration

// record is what `run --json` prints.
type record struct {
	Run           string           `json:"run"`
	No            int64            `json:"no"`
	Integration   string           `json:"integration"`
	State         store.RunState   `json:"state"`
	Reason        store.Code       `json:"reason"`
	Message       string           `json:"message"`
	Counts        store.Counts     `json:"counts"`
	QuarantinedBy map[string]int64 `json:"quarantined_by"`
	ScopeHash     string           `json:"scope_hash"`
	MappingNo     int              `json:"mapping_version"`
	DryRun        bool             `json:"dry_run"`
}

// only reads the one JSON object that must be all of s.
func only(t *testing.T, s string, v any) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(s))
	if err := dec.Decode(v); err != nil {
		t.Fatalf("standard output is no JSON object: %v\n%s", err, s)
	}
	if rest, _ := io.ReadAll(dec.Buffered()); strings.TrimSpace(string(rest)) != "" {
		t.Fatalf("after the object there is %q", rest)
	}
}

// run carries out `run NAME --json` with that exit code, and gives what it says. The counts must balance.
func run(t *testing.T, p *portal.Portal, code int, args ...string) record {
	t.Helper()
	out := p.Run(append([]string{"run", "--json"}, args...)...)
	if out.Code != code {
		t.Fatalf("run %v ended with %d, want %d\n%s%s", args, out.Code, code, out.Stdout, out.Stderr)
	}
	var r record
	only(t, out.Stdout, &r)
	if !r.Counts.Balanced() {
		t.Fatalf("the counts of run %d do not balance: %+v", r.No, r.Counts)
	}
	var by int64
	for _, n := range r.QuarantinedBy {
		by += n
	}
	if by != r.Counts.Quarantined {
		t.Fatalf("run %d holds back %d rows for reasons of %d", r.No, r.Counts.Quarantined, by)
	}
	return r
}

// ok carries out a command that must succeed and gives its standard output.
func ok(t *testing.T, p *portal.Portal, args ...string) string {
	t.Helper()
	out := p.Run(args...)
	if out.Code != 0 {
		t.Fatalf("%v ended with %d\n%s%s", args, out.Code, out.Stdout, out.Stderr)
	}
	return out.Stdout
}

// file writes a file in the installation's folder for them and gives its path.
func file(t *testing.T, p *portal.Portal, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(p.Dir, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// withDemo makes an installation that has the demonstration's integration, approved as such, and nothing that delivers.
func withDemo(t *testing.T, env ...string) *portal.Portal {
	t.Helper()
	p := portal.New(t, env...)
	doc := strings.ReplaceAll(string(seed.Demo()), "{drop}", p.Drop)
	ok(t, p, "import", "--demo", file(t, p, "demo.yaml", []byte(doc)))
	if err := os.MkdirAll(inbox(p), 0o700); err != nil {
		t.Fatal(err)
	}
	return p
}

// inbox is the folder that the demonstration's integration reads.
func inbox(p *portal.Portal) string { return filepath.Join(p.Drop, "hjertekirurgi") }

// withEpisodes makes an installation that has the integration `episodes`.
func withEpisodes(t testing.TB, env ...string) *portal.Portal {
	t.Helper()
	p := portal.New(t, env...)
	addEpisodes(t, p)
	return p
}

// addEpisodes imports the integration `episodes`, whose drop folder is p.Drop/episodes.
func addEpisodes(t testing.TB, p *portal.Portal) {
	t.Helper()
	b, err := os.ReadFile("../../jobs/pipeline/testdata/episodes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(p.Drop, "episodes")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(p.Dir, "episodes.yaml")
	if err := os.WriteFile(path, bytes.ReplaceAll(b, []byte("{drop}"), []byte(p.Drop)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := p.Run("import", "--demo", path); out.Code != 0 {
		t.Fatalf("import ended with %d\n%s%s", out.Code, out.Stdout, out.Stderr)
	}
}

// extract writes n rows of episodes to a file of the installation, and gives what must come of them.
func extract(t testing.TB, p *portal.Portal, n int, seed uint64) (path string, want *episodes.Want) {
	t.Helper()
	path, want = filepath.Join(p.Dir, fmt.Sprintf("episodes-%d-%d.csv", n, seed)), &episodes.Want{}
	f, err := os.Create(path)
	if err == nil {
		err = episodes.Write(f, n, seed, want)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return path, want
}

// put places a delivery in a folder as hospitals do: the data, and then the control file that agrees.
func put(t testing.TB, folder, name string, content []byte, rows int64) {
	t.Helper()
	putControl(t, folder, name, content, control(rows, content))
}

// control gives the control file of content.
func control(rows int64, content []byte) string {
	return fmt.Sprintf("rows=%d\nsha256=%x\n", rows, sha256.Sum256(content))
}

func putControl(t testing.TB, folder, name string, content []byte, control string) {
	t.Helper()
	for _, f := range []struct{ name, content string }{{name, string(content)}, {name + ".control", control}} {
		part := filepath.Join(folder, ".part")
		err := os.WriteFile(part, []byte(f.content), 0o600)
		if err == nil {
			err = os.Rename(part, filepath.Join(folder, f.name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// files lists what lies in a folder.
func files(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// dump dumps a registry and gives both files.
func dump(t testing.TB, p *portal.Portal, registry string) (health, identity string) {
	t.Helper()
	h, i := filepath.Join(p.Dir, "health.csv"), filepath.Join(p.Dir, "identity.csv")
	if out := p.Run("dump", registry, "--health", h, "--identity", i); out.Code != 0 {
		t.Fatalf("dump ended with %d\n%s%s", out.Code, out.Stdout, out.Stderr)
	}
	var text [2]string
	for n, path := range []string{h, i} {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text[n] = string(b)
		os.Remove(path)
	}
	return text[0], text[1]
}

// holds checks that the registry `episodes` holds what it must.
func holds(t testing.TB, p *portal.Portal, want episodes.Dump) {
	t.Helper()
	health, identity := dump(t, p, "episodes")
	got, err := episodes.ReadDump(strings.NewReader(health), strings.NewReader(identity))
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Fatalf("the registry holds %+v, want %+v", got, want)
	}
}

// portalDB opens the portal's database to read it, beside the process that owns it.
func portalDB(t testing.TB, p *portal.Portal) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(p.Data, "portal.db")+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// row is a run as the portal's database has it.
type row struct {
	No      int64
	State   store.RunState
	Trigger store.Trigger
	Reason  store.Code
	Counts  store.Counts
	Attempt int
}

// runs gives the runs of an integration, oldest first.
func runs(t testing.TB, db *sql.DB, integration string) (list []row) {
	t.Helper()
	return runsWhere(t, db, `integration_id = $1`, integration)
}

func runsWhere(t testing.TB, db *sql.DB, condition, id string) (list []row) {
	t.Helper()
	rows, err := db.QueryContext(context.Background(), `SELECT no, state, started_as, reason, attempt, n_read, n_loaded,
		n_unchanged, n_merged, n_filtered, n_quarantined, n_blocked FROM run WHERE `+condition+` ORDER BY no`, id)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		c := &r.Counts
		if err := rows.Scan(&r.No, &r.State, &r.Trigger, &r.Reason, &r.Attempt, &c.Read, &c.Loaded, &c.Unchanged, &c.Merged,
			&c.Filtered, &c.Quarantined, &c.Blocked); err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// until waits for what must come, and fails when it does not.
func until(t testing.TB, patience time.Duration, what string, come func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !come(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s did not come in %v", what, patience)
		}
	}
}

// client is a person at the portal, without a browser.
type client struct {
	t testing.TB
	p *portal.Portal
	http.Client
}

// login logs a persona of the demonstration in.
func login(t testing.TB, p *portal.Portal, persona string) *client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t, p, http.Client{Jar: jar, Timeout: time.Minute}}
	c.post("/login/demo", url.Values{"persona": {persona}})
	return c
}

// post sends a form as a page of the portal does, follows where it leads, and gives that page's text.
func (c *client) post(path string, form url.Values) string {
	c.t.Helper()
	req, err := http.NewRequest("POST", c.p.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	return c.do(req)
}

// get gives the text of a page.
func (c *client) get(path string) string {
	c.t.Helper()
	req, err := http.NewRequest("GET", c.p.URL+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.do(req)
}

func (c *client) do(req *http.Request) string {
	c.t.Helper()
	res, err := c.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		c.t.Fatalf("%s %s: %s %v\n%s", req.Method, req.URL.Path, res.Status, err, b)
	}
	return string(b)
}

// reportOf gives the quality report of a run.
func reportOf(t testing.TB, db *sql.DB, no int64) (r store.QualityReport) {
	t.Helper()
	var text string
	if err := db.QueryRow(`SELECT body FROM report WHERE run_no = ?`, no).Scan(&text); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// latest gives the newest run of the integration `episodes`; the zero value when there is none.
func latest(t testing.TB, db *sql.DB) (r row) {
	t.Helper()
	if list := runs(t, db, "episodes"); len(list) > 0 {
		r = list[len(list)-1]
	}
	return r
}
