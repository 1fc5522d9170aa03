package e2e

import (
	"bytes"
	"database/sql"
	"encoding/base64"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/seed/hospital"
	"samband/web/e2e/portal"
)

// TestFirstStart holds what a newcomer sees: within a minute of the first start there is a run that the schedule
// began, with the figures that were planted, its report, its findings, and persons apart from health.
func TestFirstStart(t *testing.T) {
	t.Parallel()
	p := portal.Start(t)
	db := portalDB(t, p)
	var first row
	until(t, time.Minute, "a run", func() bool {
		list := runs(t, db, demo)
		if len(list) > 0 {
			first = list[0]
		}
		return len(list) > 0 && first.State.Ended()
	})
	planted, persons := plantedIn(t, db, 1)
	quarantined := int64(0)
	for _, n := range planted.Faults {
		quarantined += n
	}
	merged := planted.Older + planted.Doubles
	want := store.Counts{Read: planted.Rows, Quarantined: quarantined, Merged: merged, Blocked: planted.Reserved,
		Loaded: planted.Rows - quarantined - merged - planted.Reserved}
	if first.State != store.RunSucceeded || first.Trigger != store.TriggerSchedule || first.Counts != want {
		t.Fatalf("the first run is %+v, want %+v", first, want)
	}
	if planted.Rows < 10_000 || quarantined == 0 || merged == 0 || planted.Reserved == 0 {
		t.Fatalf("the hospital planted too little: %+v", planted)
	}
	report := reportOf(t, db, first.No)
	if report.Rows != first.Counts.Loaded || report.Persons == 0 {
		t.Errorf("the report covers %d rows and %d persons", report.Rows, report.Persons)
	}
	for _, c := range report.Checks {
		if !c.Warn && c.Failed != planted.Faults[c.Reason] {
			t.Errorf("%s failed for %d rows, planted were %d", c.Reason, c.Failed, planted.Faults[c.Reason])
		}
	}
	health, err := sql.Open("sqlite", "file:"+filepath.Join(p.Data, "registries", "hjertekirurgi.db")+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer health.Close()
	var found int64
	if err := health.QueryRow(`SELECT count(*) FROM finding WHERE warn = 0 AND reason <> ''`).Scan(&found); err != nil || found != quarantined {
		t.Errorf("%d rows wait in quarantine, want %d: %v", found, quarantined, err)
	}

	// The next delivery changes the figures.
	until(t, time.Minute, "the next delivery", func() bool { return len(files(t, inbox(p))) == 2 })
	second := run(t, p, 0, demo)
	if second.Counts.Loaded == 0 || second.Counts.Unchanged == 0 || second.Counts == first.Counts {
		t.Errorf("the second delivery gave %+v", second.Counts)
	}
	again, more := plantedIn(t, db, 2)
	if second.Counts.Read != again.Rows || !sameCounts(second.QuarantinedBy, again.Faults) {
		t.Errorf("the second delivery gave %+v, planted was %+v", second, again)
	}
	for k := range more {
		persons[k] = true
	}

	// Nothing of a person lies in the clear, while the portal runs or afterwards.
	apart(t, p, persons)
	if code := p.Stop(); code != 0 {
		t.Fatalf("the portal ended with %d\n%s", code, p.Log())
	}
	apart(t, p, persons)
	for _, f := range files(t, filepath.Join(p.Data, "sealed", demo)) {
		b, err := os.ReadFile(filepath.Join(p.Data, "sealed", demo, f))
		if err != nil || !bytes.HasPrefix(b, []byte("age-encryption.org/v1\n")) {
			t.Errorf("%s is not sealed: %v", f, err)
		}
	}
}

// plantedIn gives what the n-th delivery of a demonstration held, and the numbers and names in it.
func plantedIn(t *testing.T, db *sql.DB, n int) (hospital.Planted, map[string]bool) {
	t.Helper()
	var from string
	if err := db.QueryRow(`SELECT value FROM setting WHERE name = 'demo.from'`).Scan(&from); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	planted, err := hospital.Write(&b, hospital.Options{Seed: 2026, Delivery: n, From: store.Date(from), Choices: true})
	if err != nil {
		t.Fatal(err)
	}
	persons := personsOf(t, b.Bytes())
	if found := personal(b.Bytes(), persons); len(found) != len(persons) {
		t.Fatalf("in the delivery itself only %d of %d numbers and names are found", len(found), len(persons))
	}
	return planted, persons
}

// personsOf gives the numbers in a delivery, and the names that can't be anything else.
func personsOf(t *testing.T, content []byte) map[string]bool {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(content))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	persons := map[string]bool{}
	for _, row := range rows[1:] {
		if elevenRE.MatchString(row[0]) {
			persons[row[0]] = true
		}
		for _, name := range row[1:3] {
			if len(name) >= 7 && !strings.Contains(name, `"`) {
				persons[name] = true
			}
		}
	}
	return persons
}

var (
	elevenRE = regexp.MustCompile(`[0-9]{11,}`)
	base64RE = regexp.MustCompile(`[A-Za-z0-9+/_-]{15,}`)
)

// personal finds numbers and names in b, in any of the forms that text lies in: as it is, in UTF-16, in base64.
func personal(b []byte, persons map[string]bool) map[string]bool {
	found := map[string]bool{}
	look := func(b []byte) {
		for _, run := range elevenRE.FindAll(b, -1) {
			for i := 0; i+11 <= len(run); i++ {
				if persons[string(run[i:i+11])] {
					found[string(run[i:i+11])] = true
				}
			}
		}
		for k := range persons {
			if (k[0] < '0' || k[0] > '9') && bytes.Contains(b, []byte(k)) {
				found[k] = true
			}
		}
	}
	look(b)
	look(bytes.ReplaceAll(b, []byte{0}, nil))
	var decoded []byte
	for _, run := range base64RE.FindAll(b, -1) {
		run = bytes.ReplaceAll(bytes.ReplaceAll(run, []byte("-"), []byte("+")), []byte("_"), []byte("/"))
		for skip := range 4 {
			if skip < len(run) {
				part := run[skip : skip+(len(run)-skip)/4*4]
				out := make([]byte, base64.StdEncoding.DecodedLen(len(part)))
				n, _ := base64.StdEncoding.Decode(out, part)
				decoded = append(append(decoded, out[:n]...), ' ')
			}
		}
	}
	look(decoded)
	return found
}

// apart checks that no number and no name lies in any file of the data folder, in its logs, or in what has been fetched
// from the drop folder.
func apart(t *testing.T, p *portal.Portal, persons map[string]bool) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(p.Data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		n++
		if found := personal(b, persons); len(found) > 0 {
			t.Errorf("%d numbers and names lie in the clear in %s", len(found), strings.TrimPrefix(path, p.Data))
		}
		return nil
	})
	if err != nil || n < 6 {
		t.Errorf("%d files were looked at: %v", n, err)
	}
	if found := personal([]byte(p.Log()), persons); len(found) > 0 {
		t.Errorf("the portal's log names %v", found)
	}
}

// TestPersonal holds that what apart looks for is found in every form.
func TestPersonal(t *testing.T) {
	t.Parallel()
	persons := map[string]bool{"01815012345": true, "Sæbjørn": true}
	var wide []byte
	for _, c := range "x01815012345" {
		wide = append(wide, byte(c), 0)
	}
	for name, b := range map[string][]byte{
		"plain":  []byte("9018150123457 Sæbjørnsen"),
		"utf-16": append(wide, "Sæbjørn"...),
		"base64": []byte(base64.URLEncoding.EncodeToString([]byte("some more of 01815012345 and Sæbjørn Øy"))),
		"inside": []byte("id=ab" + base64.RawStdEncoding.EncodeToString([]byte(`{"n":"01815012345","f":"Sæbjørn"}`))),
	} {
		if found := personal(b, persons); len(found) != 2 {
			t.Errorf("%s: found %v", name, found)
		}
	}
}
