package e2e

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samband/store"
	"samband/web/e2e/portal"
)

// unfit are the changes to the mapping of `episodes` that would let identity to the registry: as it stands in the file, and
// as the database keeps it.
var unfit = map[string]struct {
	from, to         string // of the file
	stored, becoming string // of the database
	code             store.Code
}{
	"a name to health": {"{do: copy, from: [avdeling]}", "{do: copy, from: [etternavn]}", `"from":["avdeling"]`, `"from":["etternavn"]`,
		"mapping.direct_to_health"},
	"the number to health": {"{do: copy, from: [hoveddiagnose]}", "{do: copy, from: [fnr]}", `"from":["hoveddiagnose"]`, `"from":["fnr"]`,
		"mapping.direct_to_health"},
	"a field without a class": {"- {name: avdeling, class: health}\n        - {name: inn_dato", "- {name: avdeling}\n        - {name: inn_dato",
		`{"name":"avdeling","class":"health"}`, `{"name":"avdeling","class":""}`, "mapping.unclassed"},
	"a class that isn't": {"- {name: vekt, class: health}\n        - {name: kreatinin", "- {name: vekt, class: open}\n        - {name: kreatinin",
		`{"name":"vekt","class":"health"}`, `{"name":"vekt","class":"open"}`, "mapping.unclassed"},
}

// TestPrivacyMapping holds that a mapping which lets identity to the registry, or has a field that nobody has classed, is
// refused at each door: when it is imported, when it is handed in on a page and would be saved, and when a version that
// lies in the database like that is run. (A12.)
func TestPrivacyMapping(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../../jobs/pipeline/testdata/episodes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doors := 0
	for name, x := range unfit {
		t.Run(name, func(t *testing.T) {
			bad := strings.Replace(string(doc), x.from, x.to, 1)
			if bad == string(doc) {
				t.Fatal("the integration `episodes` has another shape")
			}
			p := withEpisodes(t)
			bad = strings.ReplaceAll(bad, "{drop}", p.Drop)
			before := mappingOf(t, p)
			for _, args := range [][]string{{"import", "--demo", "--json"}, {"import", "--json"}} {
				out := p.Run(append(args, file(t, p, "bad.yaml", []byte(bad)))...)
				if out.Code == 0 || !strings.Contains(out.Stdout, string(x.code)) {
					t.Errorf("%v ended with %d, want %s\n%s", args, out.Code, x.code, out.Stdout)
				}
			}
			p.Start()
			kaja := login(t, p, "kaja")
			body, status := handIn(t, kaja, bad)
			saved := ""
			if status == http.StatusOK { // a draft may be wrong, and binds nobody
				saved, status = saveDraft(t, kaja)
			}
			if status != http.StatusUnprocessableEntity {
				t.Errorf("handed in and saved, it is answered with %d\n%s\n%s", status, body, saved)
			}
			if now := mappingOf(t, p); now != before {
				t.Errorf("the versions were %s and are %s", before, now)
			}
			if code := p.Stop(); code != 0 {
				t.Fatal(code)
			}
			lies(t, p, x.stored, x.becoming)
			in, _ := extract(t, p, 200, 5)
			out := p.Run("run", "episodes", "--json", "--input", in)
			var r record
			only(t, out.Stdout, &r)
			if out.Code != 2 || r.State != store.RunRefused || r.Counts.Loaded != 0 {
				t.Errorf("run, it ended with %d: %+v", out.Code, r)
			}
			if health, identity := dump(t, p, "episodes"); strings.Count(health, "\n") > 1 || strings.Count(identity, "\n") > 1 {
				t.Error("something was loaded")
			}
			t.Logf("run: %s", r.Reason)
		})
		doors += 4
	}
	measured(t, "doors that an unfit mapping is refused at", fmt.Sprintf("%d of %d", doors, doors))
}

// mappingOf tells which versions there are.
func mappingOf(t *testing.T, p *portal.Portal) string {
	t.Helper()
	db := portalDB(t, p)
	defer db.Close()
	var s string
	if err := db.QueryRow(`SELECT group_concat(no || ':' || length(mapping)) FROM mapping_version WHERE integration_id = 'episodes'`).Scan(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

// lies changes what the database keeps of the mapping, as an older program or a hand in the file could have left it. The
// portal must be closed.
func lies(t *testing.T, p *portal.Portal, from, to string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(p.Data, "portal.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	res, err := db.Exec(`UPDATE mapping_version SET mapping = replace(mapping, ?, ?) WHERE integration_id = 'episodes' AND instr(mapping, ?) > 0`, from, to, from)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := res.RowsAffected(); n == 0 {
		var s string
		db.QueryRow(`SELECT mapping FROM mapping_version WHERE integration_id = 'episodes'`).Scan(&s)
		t.Fatalf("the mapping is kept in another form: %s", s)
	}
}

// handIn hands a mapping in on its page, as a draft.
func handIn(t *testing.T, c *client, doc string) (body string, status int) {
	t.Helper()
	var mapping strings.Builder
	mapping.WriteString("samband: 1\nmapping:\n")
	_, rest, _ := strings.Cut(doc, "    mapping:\n")
	for line := range strings.Lines(rest) {
		mapping.WriteString(strings.TrimPrefix(line, "    "))
	}
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	form.WriteField("based", "1")
	form.WriteField("edits", "0")
	part, err := form.CreateFormFile("file", "mapping.yaml")
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(part, mapping.String())
	form.Close()
	return send(t, c, "/integrations/episodes/mapping/from-yaml", form.FormDataContentType(), &b)
}

func saveDraft(t *testing.T, c *client) (body string, status int) {
	t.Helper()
	return send(t, c, "/integrations/episodes/mapping/save-draft", "application/x-www-form-urlencoded",
		strings.NewReader("based=1&edits=1&message=Prøver"))
}

// send posts a body, follows where it leads, and gives that page and its status.
func send(t *testing.T, c *client, path, kind string, body io.Reader) (string, int) {
	t.Helper()
	req, err := http.NewRequest("POST", c.p.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b), res.StatusCode
}
