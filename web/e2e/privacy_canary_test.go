package e2e

import (
	"bytes"
	"database/sql"
	"fmt"
	"html"
	"io"
	"io/fs"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"samband/store"
)

// TestPrivacyCanaries lets the persons through everything that can happen to a delivery, and looks for them in every byte of
// every file of the installation, in each value of its databases, in logs, in what commands say, and in every page that
// each role can reach. (A1, and A2 over the same.)
func TestPrivacyCanaries(t *testing.T) {
	if !long {
		t.Parallel()
	}
	h := newHouse(t, persons())
	h.Start()
	h.lives()
	h.kills()
	h.quits()
	pages := h.crawls()
	h.ends(func() {
		if code := h.Stop(); code != 0 {
			t.Errorf("the portal ended with %d", code)
		}
	})
	h.commands()

	files, size := h.scanFiles(h.Data)
	more, sizeMore := h.scanFiles(filepath.Join(h.Drop, "out"))
	sets, sizeSets := h.scanFiles(filepath.Join(h.Dir, "sets"))
	values := h.scanValues()
	for _, where := range slices.Sorted(maps.Keys(h.said)) {
		if found := h.finds(h.said[where]); found != "" {
			t.Errorf("%s: %s", where, found)
		}
	}
	h.control()
	measured(t, "persons, each with 7 values of their own", len(h.persons))
	measured(t, "files scanned", fmt.Sprintf("%d, %d MB", files+more+sets, (size+sizeMore+sizeSets)>>20))
	measured(t, "values of databases scanned", values)
	measured(t, "pages and exports scanned", pages)
}

// lives lets the persons through what happens to deliveries in a running portal.
func (h *house) lives() {
	t := h.t
	t.Helper()
	kaja := h.as("kaja")
	h.loads("kanari", 5)
	h.loads("fugl", 5)

	// Held, and then let in; held, and cancelled; held, and left so.
	for _, decision := range []string{"release", "reject", ""} {
		content, rows := h.delivery(20)
		h.puts("kanari", content, rows)
		held := h.runs(3, "kanari")
		if decision == "" {
			continue
		}
		kaja.post(fmt.Sprintf("/runs/%d/decide", held.No), url.Values{"decision": {decision}, "reason": {"Avklart med kilden"}})
		h.settles(held.No)
	}

	// Refused and failed: what is wrong is the delivery, its control file, its name, what it is read by.
	content, rows := h.delivery(5)
	p := &h.persons[1]
	wide, _ := h.delivery(5)
	for name, bad := range map[string][]byte{"no header": headless(content), "no row": content[:1],
		"a person for a column": bytes.Replace(content, []byte("royker"), []byte(p.Number), 1),
		"another name":          bytes.Replace(content, []byte("fnr;"), []byte("nummer;"), 1),
		"a column twice":        bytes.Replace(content, []byte("royker"), []byte("vekt"), 1),
		"wide":                  append([]byte{0xff, 0xfe}, widen(wide)...),
		"cut in a row":          content[:len(content)*2/3], "no text": append([]byte("PK\x03\x04"), content...),
		"one line": bytes.ReplaceAll(content, []byte("\n"), []byte(" ")), "quoted from here on": append([]byte(`"`), content...)} {
		out := h.Run("run", "kanari", "--json", "--input", file(t, h.Portal, "in.csv", bad))
		h.says("command run", out.Stdout, out.Stderr)
		t.Logf("%s: ends with %d", name, out.Code)
	}
	bad := filepath.Join(h.Drop, "fugl", named(900))
	putControl(t, filepath.Dir(bad), filepath.Base(bad), content, fmt.Sprintf("rows=%s\nsha256=%s\n", p.Number, p.Family))
	h.runs(1, "fugl")
	os.Remove(bad)
	os.Remove(bad + ".control")
	for _, name := range []string{p.Number + ".csv", "episode_" + p.Family + "_" + p.Number + ".csv",
		"episode_20260101_20260131_" + p.Number + ".csv"} {
		put(t, filepath.Join(h.Drop, "fugl"), name, content, rows)
	}
	out := h.Run("run", "fugl", "--json")
	h.says("command run", out.Stdout, out.Stderr)
	for _, f := range files(t, filepath.Join(h.Drop, "fugl")) {
		os.Remove(filepath.Join(h.Drop, "fugl", f))
	}

	// Tried without effect, sent on, taken back.
	h.runs(0, "kanari", "--dry-run", "--input", file(t, h.Portal, "in.csv", content))
	h.runs(0, "kanari-out")
	last := h.loads("kanari", 5)
	kaja.post(fmt.Sprintf("/runs/%d/undo", last.No), nil)
	h.runs(0, "kanari-out")

	// A sample, and what mapping shows of it.
	h.sample(content)
}

// widen writes text as UTF-16 does.
func widen(b []byte) []byte { return wide([]byte(string(b))) }

// settles waits until a held run has ended.
func (h *house) settles(no int64) {
	h.t.Helper()
	until(h.t, time.Minute, "the end of a run", func() bool {
		db := portalDB(h.t, h.Portal)
		defer db.Close()
		list := runsWhere(h.t, db, "no = $1", fmt.Sprint(no))
		return len(list) == 1 && list[0].State.Ended()
	})
}

// sample hands a person's own sample in, and has the portal tell of it.
func (h *house) sample(content []byte) {
	h.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("sample", h.persons[2].Number+".csv")
	if err != nil {
		h.t.Fatal(err)
	}
	part.Write(content[:min(len(content), 300_000)])
	form.Close()
	req, err := http.NewRequest("POST", h.URL+"/integrations/kanari/mapping/own-sample", &b)
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	kaja := h.as("kaja")
	h.says("page of the sample", kaja.do(req))
	h.says("page of the fields", kaja.post("/integrations/kanari/mapping/own-sample/use-fields", nil))
}

// kills ends the process in the middle of runs, as a power cut does, and looks at what lies there before the next begins.
func (h *house) kills() {
	t := h.t
	t.Helper()
	n := 2
	if long {
		n = 20
	}
	for k := range n {
		content, rows := h.delivery(5)
		h.puts("kanari", content, rows)
		c := h.Command("run", "kanari", "--json")
		time.Sleep(time.Duration(10+k*17%97) * time.Millisecond)
		h.ends(h.Kill)
		said := c.Wait() // it finds no portal, and may do the work itself
		h.says("command run", said.Stdout, said.Stderr)
		h.scanFiles(h.Data)
		h.known = map[string]*client{}
		h.Start()
		until(t, time.Minute, "the end of all runs", func() bool {
			db := portalDB(t, h.Portal)
			defer db.Close()
			return !slices.ContainsFunc(runsWhere(t, db, "registry_id = $1", "kanari"), func(r row) bool {
				return !r.State.Ended() && r.State != store.RunHeld
			})
		})
	}
	measured(t, "kills in runs, with all files scanned after each", n)
}

// quits has the process tell where each of its goroutines is while they are at work, and end by that.
func (h *house) quits() {
	t := h.t
	t.Helper()
	content, rows := h.delivery(5)
	h.puts("kanari", content, rows)
	c := h.Command("run", "kanari", "--json")
	time.Sleep(40 * time.Millisecond)
	h.ends(func() {
		syscall.Kill(h.Pid(), syscall.SIGQUIT)
		h.Wait()
	})
	said := c.Wait()
	h.says("command run", said.Stdout, said.Stderr)
	if !bytes.Contains(h.said["log"], []byte("SIGQUIT: quit")) {
		t.Error("there is no dump of goroutines")
	}
	h.known = map[string]*client{}
	h.Start()
}

var hrefs = regexp.MustCompile(`(?:href|action|hx-get|data-url|src)="(/[^"#]*)`)

// rowPages are those where somebody who may see rows has asked for some. Each is told in the log, and they too show the
// health side alone.
var rowPages = regexp.MustCompile(`^/quarantine/[a-z]+/\d+$|/mapping/(live-preview|value-trace|version-preview)|/outgoing/rows`)

// crawls reads every page and export that each role can reach, and gives how many.
func (h *house) crawls() (all int) {
	t := h.t
	t.Helper()
	perShape := 2
	if long {
		perShape = 4
	}
	digits := regexp.MustCompile(`[0-9]+|=[^&]*`)
	rows := 0
	for _, persona := range []string{"", "kaja", "sindre", "ine", "randi", "lars"} {
		c := &client{t: t, p: h.Portal, Client: http.Client{Timeout: time.Minute}}
		if persona != "" {
			c = h.as(persona)
		}
		next, seen, shapes := []string{"/", "/catalogue", "/today", "/runs", "/runs.csv", "/quarantine", "/audit.csv", "/access/csv",
			"/metrics", "/healthz", "/readyz", "/catalogue.json", "/codebooks/kanari", "/integrations/kanari",
			"/integrations/kanari/mapping", "/integrations/kanari/mapping/own-sample/report", "/integrations/kanari/mapping/source-profile",
			"/integrations/kanari/mapping/code-queue", "/integrations/kanari/mapping/as-yaml", "/integrations/kanari-out/outgoing/rows"},
			map[string]bool{}, map[string]int{}
		for len(next) > 0 {
			path := next[0]
			next = next[1:]
			if seen[path] || strings.HasPrefix(path, "/static/") || strings.HasSuffix(path, "/events") {
				continue
			}
			seen[path] = true
			if shape := digits.ReplaceAllString(path, "#"); shapes[shape] >= perShape {
				continue
			} else {
				shapes[shape]++
			}
			res, err := c.Get(h.URL + path)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(res.Body)
			res.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			all++
			said := fmt.Appendf(nil, "%s %v\n%s", res.Request.URL, res.Header, body)
			if res.StatusCode == http.StatusOK {
				h.says("page "+path+" of "+persona, string(said))
			}
			if rowPages.MatchString(path) && res.StatusCode == http.StatusOK {
				rows++
			}
			for _, m := range hrefs.FindAllSubmatch(body, -1) {
				next = append(next, html.UnescapeString(string(m[1])))
			}
		}
	}
	if rows < 20 {
		t.Errorf("only %d pages of rows were found", rows)
	}
	measured(t, "pages of rows among them", rows)
	return all
}

// commands has the shell tell all it can of the installation, and makes backups.
func (h *house) commands() {
	t := h.t
	t.Helper()
	sets := filepath.Join(h.Dir, "sets")
	h.command(0, "backup", sets, "--json")
	h.command(0, "backup", filepath.Join(sets, "files"), "--files")
	h.command(0, "export")
	h.command(0, "audit", "verify", "--json")
	health := filepath.Join(h.Dir, "health.csv")
	identity := filepath.Join(h.Dir, "identity.csv")
	h.command(0, "dump", "kanari", "--health", health, "--identity", identity)
	b, err := os.ReadFile(health)
	if err != nil {
		t.Fatal(err)
	}
	h.says("the health half of a dump", string(b))
	for _, args := range [][]string{{"doctor"}, {"doctor", "--json"}, {"evidence", "make", "kanari", "-o", filepath.Join(h.Dir, "sets", "pack.zip")}} {
		out := h.Run(args...)
		h.says("command "+args[0], out.Stdout, out.Stderr)
	}
}

// scanFiles looks for the persons in every byte of every file of a folder.
func (h *house) scanFiles(root string) (n int, size int64) {
	h.t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if found := h.finds([]byte(strings.TrimPrefix(path, root))); found != "" {
			h.t.Errorf("a file is named by %s", found)
		}
		if !d.Type().IsRegular() {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		size += int64(len(b))
		if found := h.finds(b); found != "" {
			h.t.Errorf("%s: %s", strings.TrimPrefix(path, filepath.Dir(root)), found)
		}
		return nil
	})
	if err != nil || n == 0 {
		h.t.Errorf("%s: %d files were looked at: %v", root, n, err)
	}
	return n, size
}

// scanValues looks for the persons in every value of every table, where one may lie apart over pages of the file.
func (h *house) scanValues() (n int64) {
	h.t.Helper()
	paths, err := filepath.Glob(filepath.Join(h.Data, "*.db"))
	more, err2 := filepath.Glob(filepath.Join(h.Data, "registries", "*.db"))
	if paths = append(paths, more...); err != nil || err2 != nil || len(paths) < 5 {
		h.t.Fatalf("databases: %v, %v, %v", paths, err, err2)
	}
	for _, path := range paths {
		db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&_pragma=busy_timeout(5000)")
		if err != nil {
			h.t.Fatal(err)
		}
		defer db.Close()
		for _, table := range tablesOf(h.t, db) {
			rows, err := db.Query(`SELECT * FROM "` + table + `"`)
			if err != nil {
				h.t.Fatal(err)
			}
			columns, _ := rows.Columns()
			values, to := make([]any, len(columns)), make([]any, len(columns))
			for i := range to {
				to[i] = &values[i]
			}
			var all []byte
			for rows.Next() {
				if err := rows.Scan(to...); err != nil {
					h.t.Fatal(err)
				}
				for _, v := range values {
					n++
					if b, is := v.([]byte); is {
						all = append(append(all, b...), '\n')
					} else if v != nil {
						all = fmt.Append(all, v, "\n")
					}
				}
			}
			if err := rows.Close(); err != nil || rows.Err() != nil {
				h.t.Fatal(err, rows.Err())
			}
			if found := h.finds(all); found != "" {
				h.t.Errorf("%s, table %s: %s", filepath.Base(path), table, found)
			}
		}
	}
	return n
}

func tablesOf(t *testing.T, db *sql.DB) (names []string) {
	t.Helper()
	rows, err := db.Query(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

// control holds that the same scanner finds every person where they belong: in what the vault opens for a dump.
func (h *house) control() {
	t := h.t
	t.Helper()
	b, err := os.ReadFile(filepath.Join(h.Dir, "identity.csv"))
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[int]bool{}
	for _, hit := range h.scanner.Scan(b) {
		if hit.Kind == "number" {
			numbers[hit.Person] = true
		}
	}
	if len(numbers) < len(h.persons)*9/10 {
		t.Errorf("the vault gives back %d of %d persons", len(numbers), len(h.persons))
	}
	measured(t, "persons that the same search finds in what the vault opens", len(numbers))
}
