package e2e

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"samband/store"
	"samband/web/e2e/episodes"
	"samband/web/e2e/portal"
)

// rowsEach is how many rows the deliveries of these tests have, so that none is held for its number alone.
const rowsEach = 1000

// good makes a sound delivery.
func good(t *testing.T, seed uint64) ([]byte, *episodes.Want) {
	t.Helper()
	var b bytes.Buffer
	want := &episodes.Want{}
	if err := episodes.Write(&b, rowsEach, seed, want); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), want
}

// table cuts a delivery into cells.
func table(t *testing.T, content []byte) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(content))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// raw marks a cell that is written as it is, without quoting.
const raw = "\x00raw"

func untable(rows [][]string) []byte {
	var b bytes.Buffer
	for _, row := range rows {
		for i, c := range row {
			if i > 0 {
				b.WriteByte(';')
			}
			if plain, ok := strings.CutPrefix(c, raw); ok {
				c = plain
			} else if strings.ContainsAny(c, ";\"\n") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// column gives the place of a field in a delivery.
func column(t *testing.T, name string) int {
	t.Helper()
	i := slices.Index(episodes.Fields, name)
	if i < 0 {
		t.Fatalf("no field %s", name)
	}
	return i
}

// named gives the name of the n-th delivery.
func named(n int) string {
	return fmt.Sprintf("episode_20260101_20260131_20260202T%02d%02d.csv", n/60, n%60)
}

// drops opens a portal with the integration `episodes`, and gives the folder that it reads.
func drops(t *testing.T) (p *portal.Portal, folder string) {
	t.Helper()
	p = withEpisodes(t)
	p.Start()
	return p, filepath.Join(p.Drop, "episodes")
}

// TestBadDelivery holds that a delivery that can't be read ends its run with a reason a person understands, changes
// nothing, stays where it is, and lets the next in once it is replaced.
func TestBadDelivery(t *testing.T) {
	t.Parallel()
	p, folder := drops(t)
	base, _ := good(t, 1)
	put(t, folder, named(0), base, rowsEach)
	run(t, p, 0, "episodes")
	health, identity := dump(t, p, "episodes")
	kaja := login(t, p, "kaja")

	next, _ := good(t, 2)
	rows := table(t, next)
	without := func(name string) []byte {
		i, out := column(t, name), [][]string{}
		for _, r := range rows {
			out = append(out, slices.Delete(slices.Clone(r), i, i+1))
		}
		return untable(out)
	}
	renamed := slices.Clone(rows)
	renamed[0] = slices.Clone(rows[0])
	renamed[0][column(t, "royker")] = "roeyker"
	twice := slices.Clone(rows)
	twice[0] = slices.Clone(rows[0])
	twice[0][column(t, "royker")] = "vekt"
	huge := slices.Clone(rows)
	huge[0] = append(slices.Clone(rows[0][:19]), strings.Repeat("x", 10<<20))
	for i, x := range []struct {
		name    string
		content []byte
		control string // "" for one that agrees
		state   store.RunState
		says    []string
	}{
		{"cut short", next[:len(next)*2/3], control(rowsEach, next), store.RunFailed, []string{"sjekksummen", "avkortet"}},
		{"wrong checksum", next, control(rowsEach, base), store.RunFailed, []string{"sjekksummen"}},
		{"wrong row count", next, control(rowsEach+1, next), store.RunFailed, []string{"1\u00a0001", "1\u00a0000"}},
		{"control file without a count", next, "sha256=00\n", store.RunFailed, []string{"Kontrollfilen"}},
		{"no bytes", nil, control(0, nil), store.RunFailed, []string{"helt tom"}},
		{"missing column", without("royker"), "", store.RunRefused, []string{"mangler kolonnen «royker»"}},
		{"missing number", without("fnr"), "", store.RunRefused, []string{"mangler kolonnen «fnr»"}},
		{"renamed column", untable(renamed), "", store.RunRefused, []string{"mangler kolonnen «royker»"}},
		{"column twice", untable(twice), "", store.RunFailed, []string{"samme navn"}},
		{"header of 10 MB", untable(huge), "", store.RunFailed, []string{"første linjen"}},
		{"UTF-16", append([]byte{0xff, 0xfe}, wide(next[:4000])...), "", store.RunFailed, []string{"UTF-16"}},
	} {
		name := named(10 * (i + 1))
		if x.control == "" {
			x.control = control(rowsEach, x.content)
		}
		putControl(t, folder, name, x.content, x.control)
		code := map[store.RunState]int{store.RunFailed: 1, store.RunRefused: 2}[x.state]
		r := run(t, p, code, "episodes")
		if r.State != x.state || r.Counts.Loaded+r.Counts.Unchanged > 0 && !r.Counts.Balanced() {
			t.Errorf("%s: the run is %+v", x.name, r)
		}
		for _, s := range append(x.says, "lest inn") {
			if !strings.Contains(r.Message, s) {
				t.Errorf("%s: %q does not say %q", x.name, r.Message, s)
			}
		}
		page := kaja.get(fmt.Sprintf("/runs/%d", r.No))
		for _, s := range append(x.says, "under samme navn", name) { // what is wrong, with which file, and what to do
			if !strings.Contains(page, s) {
				t.Errorf("%s: the page of the run does not say %q", x.name, s)
			}
		}
		if h, d := dump(t, p, "episodes"); h != health || d != identity {
			t.Fatalf("%s: the registry changed", x.name)
		}
		// It stays, also when the next has come, and says the same again.
		later, _ := good(t, uint64(100+i))
		put(t, folder, named(10*(i+1)+1), later, rowsEach)
		if i == 0 {
			if again := run(t, p, code, "episodes"); again.Reason != r.Reason || len(files(t, folder)) != 4 {
				t.Errorf("%s: again the run is %+v, and there lie %v", x.name, again, files(t, folder))
			}
		}
		// Replaced under its own name, it is read, and then the one after it.
		put(t, folder, name, untable(table(t, later)[:rowsEach/2+10]), rowsEach/2+9)
		for range 2 {
			if r := run(t, p, 0, "episodes"); r.State != store.RunSucceeded || r.Counts.Read < rowsEach/2 {
				t.Errorf("%s: once replaced, the run is %+v", x.name, r)
			}
		}
		if left := files(t, folder); len(left) > 0 {
			t.Fatalf("%s: %v was left", x.name, left)
		}
		health, identity = dump(t, p, "episodes")
	}
}

// wide writes bytes as UTF-16 does.
func wide(b []byte) (out []byte) {
	for _, c := range b {
		out = append(out, c, 0)
	}
	return out
}

// TestBadRow holds that what is wrong with one row holds back that row, with its place and reason, and nothing else.
func TestBadRow(t *testing.T) {
	t.Parallel()
	p, folder := drops(t)
	base, want := good(t, 1)
	put(t, folder, named(0), base, rowsEach)
	first := run(t, p, 0, "episodes")
	health, identity := dump(t, p, "episodes")
	rows := table(t, base)
	// The row that is spoilt: sound, and the only one of its stay.
	at := slices.IndexFunc(rows, func(r []string) bool {
		return r[column(t, "episode_id")] == soundStay(t, want, rows)
	})
	for i, x := range []struct {
		name, field, cell string
		reason, variable  string
	}{
		{"stray quote", "avdeling", raw + `Avd "A`, "row.quote", ""},
		{"quote never closed", "avdeling", raw + `"Avd A`, "row.quote", ""},
		{"field too many", "avdeling", raw + `A;B`, "row.fields", ""},
		{"cell of 10 MB", "avdeling", raw + strings.Repeat("x", 10<<20), "row.too_long", ""},
		{"unknown code", "royker", "Q", "unknown_code", "royker"},
		{"impossible date", "inn_dato", "31.02.2025", "bad_date", "inn_dato"},
		{"no number", "vekt", "ca 80", "bad_number", "vekt"},
		{"number out of range", "vekt", "720,5", "out_of_range", "vekt"},
		{"number with a typing error", "fnr", "01815012345", "bad_fnr", ""},
	} {
		spoilt := slices.Clone(rows)
		spoilt[at] = slices.Clone(rows[at])
		spoilt[at][column(t, x.field)] = x.cell
		put(t, folder, named(i+1), untable(spoilt), rowsEach)
		r := run(t, p, 0, "episodes")
		by := map[string]int64{x.reason: 1}
		for k, n := range want.By {
			by[k] += n
		}
		if r.Counts.Loaded != 0 || r.Counts.Read != rowsEach || r.Counts.Unchanged != first.Counts.Loaded-1 || !sameCounts(r.QuarantinedBy, by) {
			t.Errorf("%s: the run is %+v", x.name, r)
		}
		if h, d := dump(t, p, "episodes"); h != health || d != identity {
			t.Errorf("%s: the registry changed", x.name)
		}
		found := findings(t, p, r.No, x.reason)
		if !slices.Contains(found, fmt.Sprintf("row %d %s", at, x.variable)) {
			t.Errorf("%s: found are %v, want row %d and %q", x.name, found, at, x.variable)
		}
	}
}

// soundStay gives a stay of a delivery that has one row, which passes every check.
func soundStay(t *testing.T, want *episodes.Want, rows [][]string) string {
	t.Helper()
	n := map[string]int{}
	for _, r := range rows[1:] {
		n[r[column(t, "episode_id")]]++
	}
	for _, r := range rows[100:] {
		if id := r[column(t, "episode_id")]; n[id] == 1 && want.Stands(id) && strings.HasPrefix(r[column(t, "vekt")], "8") {
			return id
		}
	}
	t.Fatal("no stay fits")
	return ""
}

// findings lists where a run held rows back for a reason: "row POSITION VARIABLE".
func findings(t *testing.T, p *portal.Portal, no int64, reason string) (list []string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(p.Data, "registries", "episodes.db")+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	// The number of the run, the row's position and the place among the row's findings make the id.
	rows, err := db.Query(`SELECT id >> 4 & ((1 << 34) - 1), variable FROM finding WHERE id >> 38 = ? AND reason = ?`, no, reason)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var position int64
		var variable string
		if err := rows.Scan(&position, &variable); err != nil {
			t.Fatal(err)
		}
		list = append(list, fmt.Sprintf("row %d %s", position, variable))
	}
	return list
}

// TestEncodings holds that the encoding of a delivery is found, and that it makes no difference.
func TestEncodings(t *testing.T) {
	t.Parallel()
	p, folder := drops(t)
	base, want := good(t, 1)
	var latin bytes.Buffer
	for _, c := range string(base) { // Máret is in Windows-1252 too
		b, ok := charmap.Windows1252.EncodeRune(c)
		if !ok {
			t.Fatalf("%q is not in Windows-1252", c)
		}
		latin.WriteByte(b)
	}
	for i, content := range [][]byte{latin.Bytes(), append([]byte("\ufeff"), base...), base,
		bytes.ReplaceAll(bytes.ReplaceAll(base, []byte("\n"), []byte("\r\n")), []byte("Akutt\r\n"), []byte("Akutt\n"))} {
		put(t, folder, named(i), content, rowsEach)
		r := run(t, p, 0, "episodes")
		if i > 0 && r.Counts.Loaded != 0 || r.Counts.Read != rowsEach {
			t.Errorf("delivery %d gave %+v", i, r.Counts)
		}
		holds(t, p, want.Dump())
	}
}

// TestRepeated holds that content is read once, whatever it is called, and that a file which is still being written
// is left alone.
func TestRepeated(t *testing.T) {
	t.Parallel()
	p, folder := drops(t)
	if r := run(t, p, 0, "episodes"); r.State != store.RunSucceeded || r.Reason != "delivery.nothing" {
		t.Errorf("without a delivery the run is %+v", r)
	}
	base, want := good(t, 1)
	put(t, folder, named(0), base, rowsEach)
	run(t, p, 0, "episodes")
	put(t, folder, named(1), base, rowsEach)
	r := run(t, p, 0, "episodes")
	if r.State != store.RunSucceeded || r.Counts.Read != 0 || !strings.Contains(r.Message, "allerede behandlet") {
		t.Errorf("the same content again gave %+v", r)
	}
	if left := files(t, folder); len(left) > 0 {
		t.Errorf("%v was left", left)
	}
	holds(t, p, want.Dump())

	next, _ := good(t, 2)
	path := filepath.Join(folder, named(2))
	for n := 1; n <= 3; n++ { // no control file yet
		if err := os.WriteFile(path, next[:n*1000], 0o600); err != nil {
			t.Fatal(err)
		}
		if r := run(t, p, 0, "episodes"); r.Reason != "delivery.waiting" || r.Counts.Read != 0 || !strings.Contains(r.Message, named(2)) {
			t.Errorf("while the file is written the run is %+v", r)
		}
	}
	holds(t, p, want.Dump())
	put(t, folder, named(2), next, rowsEach)
	if r := run(t, p, 0, "episodes"); r.Counts.Read != rowsEach {
		t.Errorf("once it is whole the run is %+v", r)
	}
}

// TestHeld holds that a delivery which breaks a limit loads only on a person's word, and what a person can say.
func TestHeld(t *testing.T) {
	t.Parallel()
	p, folder := drops(t)
	kaja := login(t, p, "kaja")
	spoil := func(seed uint64) ([]byte, *episodes.Want) {
		content, _ := good(t, seed)
		rows, want := table(t, content), &episodes.Want{}
		for i, r := range rows[1:] {
			if i%10 == 0 {
				r[column(t, "fnr")] = "01815012345"
			}
			want.Row(r)
		}
		return untable(rows), want
	}
	decide := func(r record, decision string) {
		t.Helper()
		kaja.post(fmt.Sprintf("/runs/%d/decide", r.No), url.Values{"decision": {decision}, "reason": {"Avklart med kilden"}})
	}
	ended := func(r record) row {
		t.Helper()
		db := portalDB(t, p)
		var now row
		until(t, 10*time.Second, "the decision", func() bool {
			list := runs(t, db, "episodes")
			now = list[slices.IndexFunc(list, func(x row) bool { return x.No == r.No })]
			return now.State != store.RunHeld
		})
		return now
	}
	content, want := spoil(1)
	put(t, folder, named(0), content, rowsEach)
	held := run(t, p, 3, "episodes")
	if held.Reason != "hold.quarantined" || held.Counts.Quarantined != want.Quarantined {
		t.Errorf("held is %+v", held)
	}
	if left := files(t, folder); len(left) > 0 {
		t.Errorf("the held delivery is not sealed: there lie %v", left)
	}
	holds(t, p, episodes.Dump{})
	if page := kaja.get(fmt.Sprintf("/runs/%d", held.No)); !strings.Contains(page, "venter på deg") {
		t.Error("the page does not ask for a decision")
	}

	// Only who has the key can open what is sealed.
	key := filepath.Join(p.Data, "keys", "delivery.key")
	right, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	p.Stop()
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	closed := func(with string) {
		t.Helper()
		p.Launch()
		if code := p.Wait(); code == 0 || !strings.Contains(p.Log(), "«delivery»") {
			t.Errorf("with %s it ended with %d:\n%s", with, code, p.Log())
		}
	}
	closed("no key")
	if _, err := os.Stat(key); err == nil {
		t.Fatal("a key was made in the place of the lost one")
	}
	if err := os.WriteFile(key, []byte(strings.Repeat("ab", 32)), 0o400); err != nil {
		t.Fatal(err)
	}
	closed("another key")
	os.Remove(key)
	if err := os.WriteFile(key, right, 0o600); err != nil {
		t.Fatal(err)
	}
	p.Start()
	kaja = login(t, p, "kaja")

	decide(held, "release")
	if now := ended(held); now.State != store.RunSucceeded || now.Reason != "run.released" || now.Counts.Loaded != want.Rows() {
		t.Errorf("released, the run is %+v", now)
	}
	holds(t, p, want.Dump())

	// One that is rejected is gone, also when it comes again.
	other, _ := spoil(2)
	put(t, folder, named(1), other, rowsEach)
	second := run(t, p, 3, "episodes")
	decide(second, "reject")
	if now := ended(second); now.State != store.RunCancelled {
		t.Errorf("rejected, the run is %+v", now)
	}
	put(t, folder, named(2), other, rowsEach)
	if r := run(t, p, 0, "episodes"); r.Reason != "delivery.known" {
		t.Errorf("what was rejected came again, and gave %+v", r)
	}
	holds(t, p, want.Dump())

	// An empty one after one with rows is held, and lets the next through.
	put(t, folder, named(3), []byte(strings.Join(episodes.Fields, ";")+"\n"), 0)
	empty := run(t, p, 3, "episodes")
	if empty.Reason != "hold.empty" || !strings.Contains(empty.Message, "tom") {
		t.Errorf("empty, the run is %+v", empty)
	}
	sound, _ := good(t, 3)
	put(t, folder, named(4), sound, rowsEach)
	if r := run(t, p, 0, "episodes"); r.Counts.Read != rowsEach {
		t.Errorf("after an empty one the run is %+v", r)
	}
	// One with a column that nobody has classed loads on a person's word, without that column.
	longer, whole := good(t, 4)
	rows := table(t, longer)
	for i := range rows {
		rows[i] = append(rows[i], []string{"telefon", "99999999"}[min(i, 1)])
	}
	put(t, folder, named(5), untable(rows), rowsEach)
	drifted := run(t, p, 3, "episodes")
	if drifted.Reason != "hold.columns" || !strings.Contains(drifted.Message, "telefon") {
		t.Errorf("with a new column, the run is %+v", drifted)
	}
	if page := kaja.get(fmt.Sprintf("/runs/%d", drifted.No)); !strings.Contains(page, "telefon") || strings.Contains(page, "99999999") {
		t.Error("the page of the run does not name the new column, or shows what is in it")
	}
	decide(drifted, "release")
	if now := ended(drifted); now.State != store.RunSucceeded || now.Counts.Quarantined != whole.Quarantined {
		t.Errorf("released, the run with a new column is %+v", now)
	}
	before, _ := dump(t, p, "episodes")
	decide(empty, "release")
	if now := ended(empty); now.State != store.RunSucceeded {
		t.Errorf("released, the empty run is %+v", now)
	}
	if after, _ := dump(t, p, "episodes"); after != before {
		t.Error("releasing an empty delivery changed the registry")
	}
}
