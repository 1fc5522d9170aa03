package registrydb

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
)

// version is a row of book with an acuity, of a person who need not be the key's only one.
type version struct {
	row
	person string
	acuity float64
}

func (v version) hash() int64 {
	v.row.text += fmt.Sprint(v.person, v.acuity)
	return v.row.version().Hash
}

var picking = &store.Resolve{Latest: "seen", Fields: []store.Pick{{Variable: "acuity", How: store.PickMean},
	{Variable: "select", How: store.PickFirst, By: "seen"}}}

// pick loads versions in an order, with so little memory that sorting spills when spill says so.
func pick(t fataler, d *DB, no int64, spill bool, rows ...version) store.Counts {
	t.Helper()
	tx, err := d.Begin(ctx, TxOptions{RunNo: no, Codebook: book(), Resolve: picking, Watch: []string{"seen"}})
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if spill {
		tx.aside.sort.Most = 300
	}
	stood := int64(0)
	tx.Stands = func([]store.Value) { stood++ }
	for _, v := range rows {
		args := tx.Layout().NewRow()
		for i, c := range tx.Layout().Columns {
			args[i].Value = map[string]driver.Value{"id": v.id, "side": v.side, "select": v.text, "acuity": v.acuity,
				"pseudonym": pseudonym(v.person), "_hash": v.hash(), "_run": no}[c.Name]
		}
		if v.seen != "" {
			args[tx.Layout().column("seen")].Value = v.seen
		}
		if _, err := tx.Put(args, store.Version{Hash: v.hash()}); err != nil {
			t.Fatal(err)
		}
	}
	commit(t, tx, record(no))
	c := tx.Counts()
	if stood != c.Loaded {
		t.Fatal("told of ", stood, " rows that stand of ", c.Loaded)
	}
	return c
}

func TestPicks(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		d := open(t)
		v := func(id, seen, text, person string, acuity float64) version {
			return version{row{id, 1, seen, text}, person, acuity}
		}
		rows := []version{v("a", "2026-03-01", "first", "p", 1), v("a", "2026-03-03", "last", "p", 2),
			v("a", "2026-03-02", "of another", "q", 9), v("a", "2026-03-01", "first", "p", 1), v("b", "", "alone", "p", 3)}
		if c := pick(t, d, 1, false, rows...); c != (store.Counts{Loaded: 2, Merged: 3}) {
			t.Errorf("%+v", c)
		}
		want := "id;side;pseudonym;seen;select;acuity;lens;done\n" +
			"a;1;" + pseudonym("p") + ";2026-03-03;first;1.5;;\nb;1;" + pseudonym("p") + ";;alone;3;;\n"
		if got := dump(t, d); got != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
		slices.Reverse(rows)
		if c := pick(t, d, 2, true, rows...); c != (store.Counts{Unchanged: 2, Merged: 3}) {
			t.Errorf("the same delivery again: %+v", c)
		}
		if c := pick(t, d, 3, false, v("a", "2026-03-02", "older", "p", 7)); c != (store.Counts{Merged: 1}) || dump(t, d) != want {
			t.Errorf("an older delivery: %+v", c)
		}
		if c := pick(t, d, 4, false, v("a", "2026-03-04", "newer", "p", 7)); c != (store.Counts{Loaded: 1}) {
			t.Errorf("a newer delivery: %+v", c)
		}
		if _, err := d.Undo(ctx, 4, store.Actor{Name: "Kaja"}); err != nil || dump(t, d) != want {
			t.Error("undone, it is not as it was:", err)
		}
	})
}

// Any order of the rows, with and without spilling, ends alike; the counts balance, and the same again changes nothing.
func TestPicksAreOrderFree(t *testing.T) {
	each(t, func(t *testing.T, open opener) {
		a, b := open(t), open(t)
		rapid.Check(t, func(t *rapid.T) {
			one := rapid.Custom(func(t *rapid.T) version {
				return version{row{rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "id"), 1,
					rapid.SampledFrom([]string{"", "2026-03-01", "2026-03-02"}).Draw(t, "seen"),
					rapid.SampledFrom([]string{"x", "y"}).Draw(t, "text")}, rapid.SampledFrom([]string{"p", "q"}).Draw(t, "person"),
					rapid.SampledFrom([]float64{0.1, 0.2, 1e16}).Draw(t, "acuity")}
			})
			rows := rapid.SliceOfN(one, 1, 12).Draw(t, "rows")
			wipe(t, a)
			wipe(t, b)
			first := pick(t, a, 1, false, rows...)
			other := pick(t, b, 1, true, rapid.Permutation(rows).Draw(t, "order")...)
			if first != other || dump(t, a) != dump(t, b) {
				t.Fatalf("%+v %s in another order %+v %s", first, dump(t, a), other, dump(t, b))
			}
			if n := first.Loaded + first.Unchanged + first.Merged; n != int64(len(rows)) {
				t.Fatalf("%d rows of %d are counted", n, len(rows))
			}
			if again := pick(t, b, 2, true, rows...); again != (store.Counts{Unchanged: first.Loaded, Merged: first.Merged}) {
				t.Fatalf("again: %+v after %+v", again, first)
			}
		})
	})
}
