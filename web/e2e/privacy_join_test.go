package e2e

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"samband/store"
)

// TestPrivacyJoin attacks what whole runs leave, as somebody would who has the registry's file and the vault's and no key:
// by the order of rows, the order in which they lie in the files, and how they lie there in time. The registries hold the
// persons in the order they came in, which is the worst case. What two registries and two runs have of the same persons
// has nothing in common; a run that is made again after a kill knows the same persons as before. (A3, A4, A5.)
func TestPrivacyJoin(t *testing.T) {
	if !long {
		t.Parallel()
	}
	h := newHouse(t, persons())
	h.loads("kanari", 0)
	h.loads("fugl", 0)
	before := h.pseudonyms("kanari")
	if len(before) != len(h.persons) {
		t.Fatalf("%d of %d persons have a pseudonym", len(before), len(h.persons))
	}
	content, rows := h.delivery(0)
	h.puts("kanari", content, rows)
	c := h.Command("run", "kanari", "--json")
	time.Sleep(120 * time.Millisecond)
	c.Process.Kill()
	c.Wait()
	h.runs(0, "kanari", "--input", file(t, h.Portal, "again.csv", content))
	after := h.pseudonyms("kanari")
	changed := 0
	for number, p := range before {
		if after[number] != p {
			changed++
		}
	}
	if changed > 0 || len(after) != len(before) {
		t.Errorf("after a kill and the same again, %d of %d persons have another pseudonym, and there are %d", changed, len(before), len(after))
	}
	measured(t, "persons with another pseudonym after a kill and the same again", changed)
	h.attacks()
	h.unlike()
}

// pseudonyms gives the pseudonym of each person in a registry, by number.
func (h *house) pseudonyms(registry string) map[string]string {
	h.t.Helper()
	_, identity := dump(h.t, h.Portal, registry)
	r := csv.NewReader(strings.NewReader(identity))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		h.t.Fatal(err)
	}
	p, n := slices.Index(rows[0], "pseudonym"), slices.Index(rows[0], "fnr")
	known := map[string]string{}
	for _, row := range rows[1:] {
		known[row[n]] = row[p]
	}
	return known
}

// open opens a database of the installation to read.
func (h *house) open(name string) *sql.DB {
	h.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(h.Data, name)+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { db.Close() })
	return db
}

// column gives the values of a query's only column, as text.
func (h *house) column(db *sql.DB, query string, args ...any) (list []string) {
	h.t.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			h.t.Fatal(err)
		}
		list = append(list, string(b))
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return list
}

// attacks pairs the rows of the registry with those of the vault in each way that needs no key. The pseudonym, which both
// have, tells afterwards how many pairs are right: what is sealed in the vault is opened by nobody who has only this.
func (h *house) attacks() {
	t := h.t
	t.Helper()
	registry, vault := h.open("registries/kanari.db"), h.open("vault.db")
	byKey := h.column(registry, `SELECT pseudonym FROM data_kanari ORDER BY episode_id`)
	byTable := h.column(registry, `SELECT pseudonym FROM data_kanari`)
	const of = ` FROM person WHERE registry = (SELECT id FROM registry WHERE slug = 'kanari')`
	raw := h.column(vault, `SELECT pseudonym`+of)
	bySize := h.column(vault, `SELECT pseudonym`+of+` ORDER BY length(sealed), idx`)
	text := func(list []string) (out []string) {
		for _, s := range list {
			out = append(out, store.Pseudonym([]byte(s)).String())
		}
		return out
	}
	lying := func(name string, list []string) []string {
		b, err := os.ReadFile(filepath.Join(h.Data, name))
		if err != nil {
			t.Fatal(err)
		}
		at := make(map[string]int, len(list))
		for _, s := range list {
			at[s] = bytes.LastIndex(b, []byte(s))
		}
		out := slices.Clone(list)
		slices.SortFunc(out, func(a, b string) int { return at[a] - at[b] })
		return out
	}
	health := map[string][]string{"by key": byKey, "by the table": byTable, "by place in the file": lying("registries/kanari.db", byTable)}
	identity := map[string][]string{"by the table": text(raw), "by place in the file": text(lying("vault.db", raw)), "by size": text(bySize)}
	n := len(h.persons)
	// Chance alone pairs 1 row, and gives a correlation spread by 1/√n: 0,01 for 10 000 persons.
	limit, most := 5, 0.03
	if n < 10_000 {
		most = 4 / math.Sqrt(float64(n))
	}
	worst, least := 0, 0.0
	for how, rows := range health {
		for where, list := range identity {
			if len(rows) != n || len(list) != n {
				t.Fatalf("%d rows %s and %d persons %s, want %d", len(rows), how, len(list), where, n)
			}
			same, rank := paired(rows, list)
			worst = max(worst, same)
			if math.Abs(rank) > math.Abs(least) {
				least = rank
			}
			if same > limit || math.Abs(rank) > most {
				t.Errorf("the registry %s against the vault %s: %d of %d rows are paired, correlation %.3f", how, where, same, n, rank)
			}
		}
	}
	measured(t, "rows paired by order or place, at most", strconv.Itoa(worst)+" of "+strconv.Itoa(n))
	measured(t, "rank correlation, at most", strconv.FormatFloat(least, 'f', 4, 64))
	for name, db := range map[string]*sql.DB{"registry": registry, "vault": vault} {
		var tables []string
		for _, table := range h.column(db, `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'`) {
			for _, c := range h.column(db, `SELECT name FROM pragma_table_info(?)`, table) {
				if c == "pseudonym" || c == "idx" || c == "sealed" {
					tables = append(tables, table)
				}
			}
		}
		if len(tables) > 0 {
			t.Errorf("the %s has tables of persons that keep the order of arrival: %v", name, tables)
		}
	}
	h.times()
}

// paired counts the places where both lists have the same person, and gives the rank correlation (Spearman).
func paired(a, b []string) (same int, rank float64) {
	at := map[string]int{}
	for i, s := range a {
		at[s] = i
		if b[i] == s {
			same++
		}
	}
	var sum float64
	for i, s := range b {
		d := float64(i - at[s])
		sum += d * d
	}
	n := float64(len(a))
	return same, 1 - 6*sum/(n*(n*n-1))
}

// times holds that no file of the installation stands for one person: what is there is as few files for many persons as
// for few, so that neither size nor time of a file tells of one.
func (h *house) times() {
	h.t.Helper()
	n := 0
	err := filepath.WalkDir(h.Data, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			n++
		}
		return err
	})
	if err != nil || n > 100 {
		h.t.Errorf("%d files for %d persons: %v", n, len(h.persons), err)
	}
	measured(h.t, "files of an installation with these persons", n)
}

// unlike holds that two registries have nothing of the same persons in common in their own files, but what both mappings
// moved, and that nothing the vault keeps sealed is the same twice. The vault's own index is one for all registries: it
// tells who has the vault's file that two registries have somebody in common, and nobody who has the registries' files.
func (h *house) unlike() {
	t := h.t
	t.Helper()
	vault := h.open("vault.db")
	for _, column := range []string{"pseudonym", "sealed"} {
		of := func(slug string) []string {
			return h.column(vault, `SELECT `+column+` FROM person WHERE registry = (SELECT id FROM registry WHERE slug = ?)`, slug)
		}
		h.apart("the vault's "+column, of("kanari"), of("fugl"))
	}
	one, other := h.open("registries/kanari.db"), h.open("registries/fugl.db")
	for _, column := range []string{"pseudonym", `"_hash"`} {
		h.apart("the registries' "+column, h.column(one, `SELECT `+column+` FROM data_kanari`), h.column(other, `SELECT `+column+` FROM data_fugl`))
	}
	p, q := h.pseudonyms("kanari"), h.pseudonyms("fugl")
	same := 0
	for number := range p {
		if p[number] == q[number] {
			same++
		}
	}
	if same > 0 || len(q) != len(h.persons) {
		t.Errorf("%d of %d persons have the same pseudonym in both registries", same, len(q))
	}
	measured(t, "persons with the same pseudonym in two registries", same)
}

// apart holds that two lists share nothing.
func (h *house) apart(what string, a, b []string) {
	h.t.Helper()
	seen := map[string]bool{}
	for _, s := range a {
		seen[s] = true
	}
	same := 0
	for _, s := range b {
		if seen[s] {
			same++
		}
	}
	if same > 0 || len(a) < len(h.persons) || len(b) < len(h.persons) {
		h.t.Errorf("%s: %d of %d and %d are the same", what, same, len(a), len(b))
	}
}
