package registrydb

import (
	"bytes"
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/store"
	"samband/store/storetest/postgres"
)

var (
	ctx  = context.Background()
	noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
)

func book() *store.Codebook {
	return &store.Codebook{ID: "eye-1", Version: 1, RegistryID: "eye", Key: []string{"id", "side"}, Variables: []store.Variable{
		{Name: "seen", Type: store.VarDate, Class: store.Health},
		{Name: "side", Type: store.VarInteger, Class: store.Technical},
		{Name: "select", Type: store.VarText, Class: store.Health}, // a word of SQL
		{Name: "id", Type: store.VarText, Class: store.Technical},
		{Name: "acuity", Type: store.VarDecimal, Class: store.Health},
		{Name: "lens", Type: store.VarCode, Class: store.Health, Codes: []store.CodeOption{{Code: "y"}, {Code: "u", Missing: true}}},
		{Name: "done", Type: store.VarBoolean, Class: store.Health},
	}}
}

// opener opens an empty registry until the test ends. Each has a place of its own.
type opener func(t fataler) *DB

// each runs a test on both engines.
func each(t *testing.T, test func(t *testing.T, open opener)) {
	t.Run("sqlite", func(t *testing.T) {
		dir, n := t.TempDir(), 0
		test(t, func(f fataler) *DB {
			n++
			d, err := Open(ctx, Options{Path: filepath.Join(dir, fmt.Sprint(n, ".db")), Clock: store.NewFakeClock(noon)})
			if err != nil {
				f.Fatal(err)
			}
			t.Cleanup(func() { d.Close() })
			d.db.Exec("PRAGMA synchronous=OFF")
			return d
		})
	})
	t.Run("postgres", func(t *testing.T) {
		url, dir, n := postgres.URL(t), t.TempDir(), 0
		test(t, func(f fataler) *DB {
			n++
			d, err := Open(ctx, Options{URL: url, Registry: fmt.Sprint("eye-", n), Temp: dir, Clock: store.NewFakeClock(noon)})
			if err != nil {
				f.Fatal(err)
			}
			t.Cleanup(func() { d.Close() })
			return d
		})
	})
}

// wipe empties a registry.
func wipe(t fataler, d *DB) {
	t.Helper()
	for _, table := range []string{`"load"`, `"finding"`, d.data("eye-1"), d.history("eye-1")} {
		if have, err := d.engine.columns(ctx, d.db, table); err != nil {
			t.Fatal(err)
		} else if len(have) == 0 {
			continue
		}
		if _, err := d.db.Exec("DELETE FROM " + table); err != nil {
			t.Fatal(err)
		}
	}
}

// row is a row of book: its key, what decides between versions, and a text.
type row struct {
	id   string
	side int64
	seen string
	text string
}

func (r row) version() store.Version {
	h := fnv.New64a()
	fmt.Fprint(h, r)
	v := store.Version{Hash: int64(h.Sum64())}
	if r.seen != "" {
		v.Latest = store.DayValue(r.seen)
	}
	return v
}

type fataler interface {
	Helper()
	Fatal(...any)
}

func begin(t fataler, d *DB, no int64, c *store.Codebook) *Tx {
	t.Helper()
	tx, err := d.Begin(ctx, TxOptions{RunNo: no, Codebook: c, Resolve: &store.Resolve{Latest: "seen"}, Watch: []string{"seen"}})
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

// put puts rows and gives those that stand so far.
func put(t fataler, tx *Tx, runNo int64, rows ...row) (stand []row) {
	t.Helper()
	for _, r := range rows {
		args := tx.Layout().NewRow()
		for i, c := range tx.Layout().Columns {
			args[i].Value = map[string]driver.Value{"id": r.id, "side": r.side, "select": r.text, "pseudonym": pseudonym(r.id),
				"_hash": r.version().Hash, "_run": runNo}[c.Name]
		}
		if r.seen != "" {
			args[tx.Layout().column("seen")].Value = r.seen
		}
		stands, err := tx.Put(args, r.version())
		if err != nil {
			t.Fatal(err)
		}
		if stands {
			stand = append(stand, r)
		}
	}
	return stand
}

func pseudonym(id string) string { return store.Pseudonym{15: id[0]}.String() }

func record(no int64) Record {
	return Record{RunID: fmt.Sprint("run-", no), RunNo: no, IntegrationID: "in", CodebookID: "eye-1", At: noon,
		Fields: []string{"a", "b"}}
}

func loaded(t fataler, d *DB, no int64, rows ...row) store.Counts {
	t.Helper()
	tx := begin(t, d, no, book())
	defer tx.Rollback()
	put(t, tx, no, rows...)
	commit(t, tx, record(no))
	var changed int64
	if err := d.db.QueryRow(`SELECT count(*) FROM "history_eye-1" WHERE "_at"=$1`, no).Scan(&changed); err != nil || changed != tx.Changed() {
		t.Fatal("rows that took the place of another:", changed, "told:", tx.Changed(), err)
	}
	return tx.Counts()
}

// commit settles and commits; the record's counts are those of the load.
func commit(t fataler, tx *Tx, r Record) {
	t.Helper()
	if err := tx.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	r.Counts = tx.Counts()
	if err := tx.Prepare(ctx, r); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func dump(t fataler, d *DB) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := d.Dump(ctx, &b, book()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDump(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		d := open(t)
		const header = "id;side;pseudonym;seen;select;acuity;lens;done\n"
		if got := dump(t, d); got != header {
			t.Errorf("empty: %q", got)
		}
		tx := begin(t, d, 1, book())
		args := tx.Layout().NewRow()
		for i, v := range []driver.Value{"b", int64(10), pseudonym("b"), "2024-02-29", "a;\"b\"\nc", 0.1, nil, int64(1), int64(5), int64(1)} {
			args[i].Value = v
		}
		if _, err := tx.Put(args, store.Version{Latest: store.DayValue("2024-02-29"), Hash: 5}); err != nil {
			t.Fatal(err)
		}
		put(t, tx, 1, row{"b", 9, "", ""}, row{"a", 11, "2024-01-01", "x"})
		commit(t, tx, record(1))
		want := header + "a;11;" + pseudonym("a") + ";2024-01-01;x;;;\nb;9;" + pseudonym("b") + ";;;;;\nb;10;" + pseudonym("b") +
			";2024-02-29;\"a;\"\"b\"\"\nc\";0.1;;true\n"
		if got := dump(t, d); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if n, err := d.Rows(ctx, "eye-1"); n != 3 || err != nil {
			t.Error(n, err)
		}
		var seen []string
		for p, err := range d.Pseudonyms(ctx, []string{"eye-1", "none"}) {
			seen = append(seen, fmt.Sprint(p, err))
		}
		if !slices.Equal(seen, []string{pseudonym("a") + " <nil>", pseudonym("b") + " <nil>"}) {
			t.Error(seen)
		}
	})
}

// settle is the rule as it reads: of a run's rows of a key the newest, against what was held.
func settle(held map[string]row, rows []row) (map[string]row, store.Counts) {
	now, by, c := map[string]row{}, map[string][]row{}, store.Counts{}
	for k, r := range held {
		now[k] = r
	}
	for _, r := range rows {
		k := fmt.Sprint(r.id, "/", r.side)
		by[k] = append(by[k], r)
	}
	newer := func(a, b row) bool {
		return cmp.Or(strings.Compare(a.seen, b.seen), cmp.Compare(a.version().Hash, b.version().Hash)) > 0
	}
	for k, all := range by {
		best := slices.MaxFunc(all, func(a, b row) int {
			if newer(a, b) {
				return 1
			}
			return -1
		})
		before, had := held[k]
		accepted, same := int64(len(all)), int64(0)
		for _, r := range all {
			if had && r == before {
				same++
			}
		}
		var loaded int64
		if !had || best != before && best.seen >= before.seen {
			now[k], loaded = best, 1
		}
		c.Loaded += loaded
		c.Unchanged += same
		c.Merged += accepted - same - loaded
	}
	return now, c
}

func state(t fataler, d *DB) map[string]row {
	t.Helper()
	rows, err := d.db.Query(`SELECT id, side, coalesce(seen,''), "select" FROM "data_eye-1"`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	m := map[string]row{}
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.id, &r.side, &r.seen, &r.text); err != nil {
			t.Fatal(err)
		}
		m[fmt.Sprint(r.id, "/", r.side)] = r
	}
	return m
}

// Through any loads in any order, state and counts are those of the rule; and each load can be taken back.
func TestLoadsFollowTheRule(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		anyRow := rapid.Custom(func(t *rapid.T) row {
			return row{rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "id"), rapid.Int64Range(0, 1).Draw(t, "side"),
				rapid.SampledFrom([]string{"", "2024-01-01", "2024-01-02"}).Draw(t, "seen"), rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "text")}
		})
		d := open(t)
		rapid.Check(t, func(t *rapid.T) {
			wipe(t, d)
			held := map[string]row{}
			var dumps []string
			runs := rapid.IntRange(1, 4).Draw(t, "runs")
			for no := int64(1); no <= int64(runs); no++ {
				dumps = append(dumps, dump(t, d))
				rows := rapid.SliceOfN(anyRow, 0, 25).Draw(t, "rows")
				var counts store.Counts
				held, counts = settle(held, rows)
				if got := loaded(t, d, no, rows...); got != counts {
					t.Fatalf("run %d: counts %+v, want %+v", no, got, counts)
				}
				if got := state(t, d); fmt.Sprint(got) != fmt.Sprint(held) {
					t.Fatalf("run %d: %v, want %v", no, got, held)
				}
			}
			for no := runs; no >= 1; no-- {
				if _, err := d.Undo(ctx, int64(no), store.Actor{Name: "Kaja"}); err != nil {
					t.Fatal(err)
				}
				if got := dump(t, d); got != dumps[no-1] {
					t.Fatalf("run %d undone: %s, want %s", no, got, dumps[no-1])
				}
			}
			var left int
			if err := d.db.QueryRow(`SELECT count(*) FROM "history_eye-1"`).Scan(&left); err != nil || left != 0 {
				t.Fatal("history left:", left, err)
			}
		})
	})
}

func TestUndoIsRefused(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		d := open(t)
		a := row{"a", 1, "2024-01-01", "x"}
		loaded(t, d, 1, a)
		loaded(t, d, 2, row{"b", 1, "2024-01-01", "x"})
		// What these say of a is held already, and gone if the first were taken back alone.
		loaded(t, d, 3, a)
		loaded(t, d, 4, row{"a", 1, "2023-01-01", "older"})
		for no, later := range map[int64]int64{1: 4, 2: 4, 3: 4} {
			_, err := d.Undo(ctx, no, store.Actor{Name: "Kaja"})
			var e *store.Error
			if !errors.As(err, &e) || e.Code != "undo.built_on" || e.Class != store.Refused || e.Args["later"] != later {
				t.Errorf("undo of run %d: %v", no, err)
			}
			if may, err := d.MayUndo(ctx, no); may || err != nil {
				t.Errorf("run %d may be undone: %v %v", no, may, err)
			}
		}
		for _, no := range []int64{4, 3} {
			if may, err := d.MayUndo(ctx, no); !may || err != nil {
				t.Errorf("run %d may be undone: %v %v", no, may, err)
			}
			if n, err := d.Undo(ctx, no, store.Actor{Name: "Kaja"}); n != 0 || err != nil {
				t.Error(n, err)
			}
		}
		if n, err := d.Undo(ctx, 2, store.Actor{Name: "Kaja"}); n != 1 || err != nil {
			t.Error(n, err)
		}
		if _, err := d.Undo(ctx, 2, store.Actor{Name: "Kaja"}); store.CodeOf(err) != "undo.nothing" {
			t.Error(err)
		}
		if _, err := d.Undo(ctx, 9, store.Actor{Name: "Kaja"}); store.ClassOf(err) != store.NotFound {
			t.Error(err)
		}
		if n, err := d.Undo(ctx, 1, store.Actor{Name: "Kaja"}); n != 1 || err != nil {
			t.Error(n, err)
		}
		if r, err := d.Load(ctx, "run-1"); err != nil || r.State != Undone || r.UndoneAt != noon {
			t.Error(r, err)
		}
		if len(state(t, d)) != 0 {
			t.Error("rows are left")
		}
	})
}

// Whoever adds up what is told of rows that stand and of rows that no longer do has the rows that the run put there.
func TestStandingRowsAreTold(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		d := open(t)
		before := row{"a", 1, "2024-01-01", "x"}
		loaded(t, d, 1, before)
		now := before
		for i := 0; now.version().Hash >= before.version().Hash || now == before; i++ {
			now.text = fmt.Sprint(i)
		}
		tx := begin(t, d, 2, book())
		defer tx.Rollback()
		sum := map[string]int{}
		tx.Superseded = func(v []store.Value) { sum[v[0].Text()]-- }
		tx.Stands = func(v []store.Value) { sum[v[0].Text()]++ }
		for _, r := range []row{now, before, {"b", 1, "2024-01-01", "x"}, {"b", 1, "2024-01-02", "x"}, {"c", 1, "2024-01-02", "x"},
			{"d", 1, "", "x"}} {
			for _, stood := range put(t, tx, 2, r) {
				sum[stood.seen]++
			}
		}
		if err := tx.Settle(ctx); err != nil {
			t.Fatal(err)
		}
		if got := tx.Counts(); got != (store.Counts{Loaded: 3, Unchanged: 1, Merged: 2}) {
			t.Errorf("%+v", got)
		}
		maps.DeleteFunc(sum, func(_ string, n int) bool { return n == 0 })
		if want := map[string]int{"2024-01-02": 2, "": 1}; !maps.Equal(sum, want) {
			t.Error(sum, "and not", want)
		}
	})
}

func TestCodebookGrows(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		d := open(t)
		loaded(t, d, 1, row{"a", 1, "2024-01-01", "x"})
		wide := book()
		wide.Variables = append(wide.Variables[1:], store.Variable{Name: "seen", Type: store.VarDate, Class: store.Health},
			store.Variable{Name: "extra", Type: store.VarInteger, Class: store.Health})
		tx := begin(t, d, 2, wide)
		put(t, tx, 2, row{"b", 1, "2024-01-01", "y"}, row{"a", 1, "2024-01-02", "z"})
		commit(t, tx, record(2))
		if s := state(t, d); len(s) != 2 || s["a/1"].text != "z" {
			t.Error(s)
		}
		if _, err := d.Undo(ctx, 2, store.Actor{Name: "Kaja"}); err != nil || len(state(t, d)) != 1 || state(t, d)["a/1"].text != "x" {
			t.Error(err, state(t, d))
		}
		for want, change := range map[store.Code]func(*store.Codebook){
			"registry.type_changed": func(c *store.Codebook) { c.Variables[2].Type = store.VarDecimal },
			"registry.key_changed":  func(c *store.Codebook) { c.Key = []string{"side", "id"} },
		} {
			c := book()
			change(c)
			if _, err := d.Begin(ctx, TxOptions{RunNo: 3, Codebook: c}); store.CodeOf(err) != want || store.ClassOf(err) != store.Refused {
				t.Errorf("%v, want %s", err, want)
			}
		}
		c := book()
		c.Key = []string{"id"}
		if _, err := d.Begin(ctx, TxOptions{RunNo: 3, Codebook: c}); store.CodeOf(err) != "registry.key_changed" {
			t.Error(err)
		}
		if c := loaded(t, d, 4, row{"c", 1, "2024-01-01", "x"}); c.Loaded != 1 { // the turn was given back
			t.Error(c)
		}
	})
}

func TestCompleteness(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		d := open(t)
		tx := begin(t, d, 1, book())
		defer tx.Rollback()
		for i, lens := range []driver.Value{"y", "u", nil, "y"} {
			args := tx.Layout().NewRow()
			for k, v := range []driver.Value{fmt.Sprint(i), int64(1), pseudonym("a"), nil, "x", nil, lens, nil, int64(i), int64(1)} {
				args[k].Value = v
			}
			if _, err := tx.Put(args, store.Version{Hash: int64(i)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := tx.Settle(ctx); err != nil {
			t.Fatal(err)
		}
		n, got, err := tx.Completeness(ctx, book())
		if err != nil || n != 4 || len(got) != 7 {
			t.Fatal(n, got, err)
		}
		for _, want := range []store.Completeness{{Variable: "seen", Rows: 4}, {Variable: "select", Rows: 4, Filled: 4},
			{Variable: "lens", Rows: 4, Filled: 2, Unknown: 1}} {
			if !slices.Contains(got, want) {
				t.Errorf("%+v lacks %+v", got, want)
			}
		}
	})
}

func finding(no, position int64, key, reason string) *store.Finding {
	return &store.Finding{ID: FindingID(no, position, 0), Key: key, Reason: reason, Variable: "v", Sealed: []byte("sealed " + key)}
}

func TestFindings(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		d := open(t)
		tx := begin(t, d, 1, book())
		for i := range int64(5) {
			if err := tx.Add(finding(1, i+1, fmt.Sprintf("k%d|1", i), "bad")); err != nil {
				t.Fatal(err)
			}
		}
		warn := &store.Finding{ID: FindingID(1, 9, 1), Key: "k9|1", Reason: "high", Warn: true}
		if err := tx.Add(warn); err != nil {
			t.Fatal(err)
		}
		commit(t, tx, record(1))
		tx = begin(t, d, 2, book())
		put(t, tx, 2, row{"k0", 1, "", "x"})                         // comes through
		if err := tx.Add(finding(2, 7, "k1|1", "bad")); err != nil { // is held back anew
			t.Fatal(err)
		}
		commit(t, tx, record(2))
		no := false
		list, total, err := d.Findings(ctx, FindingFilter{Warn: &no, Limit: 2})
		if err != nil || total != 6 || len(list) != 2 || list[0].Key != "k1|1" || list[0].RunNo != 2 || list[0].Position != 7 || list[1].Position != 1 {
			t.Fatal(list, total, err)
		}
		next, _, err := d.Findings(ctx, FindingFilter{Warn: &no, After: list[1].ID})
		if err != nil || len(next) != 4 || next[0].Position != 2 || next[0].At != noon {
			t.Fatal(next, err)
		}
		var status []string
		for _, f := range append(list, next...) {
			status = append(status, fmt.Sprint(f.RunNo, "/", f.Position, " ", f.Status))
		}
		if want := "[2/7 open 1/1 superseded 1/2 superseded 1/3 open 1/4 open 1/5 open]"; fmt.Sprint(status) != want {
			t.Error(status)
		}
		for n, f := range map[int64]FindingFilter{1: {Key: "k4|1"}, 4: {Status: store.FindingOpen, Warn: &no}, 0: {Reason: "none"}, 6: {RunNo: 1}, 7: {IntegrationID: "in"}} {
			if _, total, err := d.Findings(ctx, f); total != n || err != nil {
				t.Errorf("%+v: %d %v", f, total, err)
			}
		}
		f, columns, err := d.Finding(ctx, next[1].ID)
		if err != nil || string(f.Sealed) != "sealed k2|1" || f.RunID != "run-1" || !slices.Equal(columns, []string{"a", "b"}) {
			t.Error(f, columns, err)
		}
		if f, _, err := d.Finding(ctx, FindingID(1, 1, 0)); err != nil || f.Sealed != nil {
			t.Error("a superseded finding keeps its row", err)
		}
		if _, _, err := d.Finding(ctx, 12345); store.ClassOf(err) != store.NotFound {
			t.Error(err)
		}
		if err := d.SetFinding(ctx, f.ID, store.FindingOpen, store.FindingDismissed); err != nil {
			t.Error(err)
		}
		if err := d.SetFinding(ctx, f.ID, store.FindingOpen, store.FindingDismissed); store.ClassOf(err) != store.Conflict {
			t.Error(err)
		}
	})
}

// A held run leaves the data as they were, and its findings and record; let through later, it finds the same once.
func TestHold(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		d := open(t)
		loaded(t, d, 1, row{"a", 1, "2024-01-01", "x"})
		want := dump(t, d)
		for range 2 {
			tx := begin(t, d, 2, book())
			put(t, tx, 2, row{"b", 1, "2024-01-01", "x"})
			if err := tx.Add(finding(2, 1, "z|1", "bad")); err != nil {
				t.Fatal(err)
			}
			r := record(2)
			r.Reason = "hold.quarantined"
			if err := tx.Hold(ctx, r); err != nil {
				t.Fatal(err)
			}
			if got := dump(t, d); got != want {
				t.Error("a held run changed the data")
			}
			if r, err := d.Load(ctx, "run-2"); err != nil || r.State != Held || r.Reason != "hold.quarantined" {
				t.Error(r, err)
			}
			if _, total, _ := d.Findings(ctx, FindingFilter{RunNo: 2}); total != 1 {
				t.Error(total)
			}
		}
		if _, err := d.Undo(ctx, 2, store.Actor{Name: "Kaja"}); store.CodeOf(err) != "undo.nothing" {
			t.Error(err)
		}
		if c := loaded(t, d, 2, row{"b", 1, "2024-01-01", "x"}); c.Loaded != 1 {
			t.Error(c)
		}
		if r, err := d.Load(ctx, "run-2"); err != nil || r.State != Loaded {
			t.Error(r, err)
		}
		if _, err := d.Begin(ctx, TxOptions{RunNo: 2, Codebook: book()}); store.CodeOf(err) != "registry.loaded_already" {
			t.Error(err)
		}
		if r, err := d.Load(ctx, "run-3"); r != nil || err != nil {
			t.Error(r, err)
		}
	})
}

// Arrival order is a join key: no table with data of persons may keep it.
func TestNoRowIDs(t *testing.T) {
	dir := t.TempDir()
	d, err := Open(ctx, Options{Path: filepath.Join(dir, "r.db"), Clock: store.NewFakeClock(noon)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	loaded(t, d, 1, row{"a", 1, "2024-01-01", "x"})
	for _, table := range []string{"finding", `"data_eye-1"`, `"history_eye-1"`} {
		if _, err := d.db.Exec("SELECT rowid FROM " + table); err == nil || !strings.Contains(err.Error(), "no such column") {
			t.Errorf("%s has row ids: %v", table, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".spool*")); left != nil {
		t.Error(left)
	}
}

// On a server a load's rows lie in order of their keys, whatever order they came in.
func TestRowsLieInOrderOfTheKeys(t *testing.T) {
	d, err := Open(ctx, Options{URL: postgres.URL(t), Registry: "eye", Temp: t.TempDir(), Clock: store.NewFakeClock(noon)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var rows []row
	for i := range 500 {
		rows = append(rows, row{fmt.Sprintf("%c%d", 'a'+i%7, i*7919%500), int64(i % 2), "2024-01-01", "x"})
	}
	loaded(t, d, 1, rows...)
	for i := range rows {
		rows[i].text = "y"
	}
	slices.Reverse(rows)
	loaded(t, d, 2, rows...)
	for _, table := range []string{d.data("eye-1"), d.history("eye-1")} {
		var places, keys string
		if err := d.db.QueryRow("SELECT string_agg(id||'/'||side, ' ' ORDER BY ctid), string_agg(id||'/'||side, ' ' ORDER BY id, side) FROM "+
			table).Scan(&places, &keys); err != nil {
			t.Fatal(err)
		}
		if places != keys {
			t.Errorf("%s: the rows lie in another order", table)
		}
	}
}

// What an attempt had not committed when a later one put its fence up never takes place, whatever it is told to do.
func TestFence(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		d := open(t)
		fresh := row{"a", 1, "2024-01-01", "x"}
		attempt := func(token int) *Tx {
			tx, err := d.Begin(ctx, TxOptions{RunNo: 1, RunID: "run-1", Token: token, Codebook: book()})
			if err != nil {
				t.Fatal(err)
			}
			put(t, tx, 1, fresh)
			return tx
		}
		late := attempt(1)
		defer late.Rollback()
		fenced := make(chan error)
		go func() { fenced <- d.Fence(ctx, "run-1", 2) }()
		_, inFile := d.engine.(*file)
		if inFile { // waits for the load
			late.Rollback()
		}
		if err := <-fenced; err != nil {
			t.Fatal(err)
		}
		if inFile {
			late = attempt(1)
		}
		err := late.Settle(ctx)
		if err == nil {
			err = late.Prepare(ctx, record(1))
		}
		if err == nil {
			t.Error("the earlier attempt went on")
		}
		late.Rollback()
		if err := d.Fence(ctx, "run-1", 1); store.CodeOf(err) != "run.lost" {
			t.Error(err)
		}
		tx := attempt(2)
		defer tx.Rollback()
		commit(t, tx, record(1))
		if r, err := d.Load(ctx, "run-1"); err != nil || r == nil {
			t.Error(r, err)
		}
	})
}
