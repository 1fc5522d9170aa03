package vault

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samband/store"
)

// many is how many persons a test takes in its short form, or with SAMBAND_LONG=1.
func many(short, long int) int {
	if os.Getenv("SAMBAND_LONG") == "1" {
		return long
	}
	return short
}

// growing is a key ring that gets new versions while the vault is open.
type growing struct {
	mu   sync.Mutex
	keys KeyRing
	gone int // versions up to this one are there no more
}

func (g *growing) Current() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.keys.Current()
}

func (g *growing) Master(version int) ([]byte, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if version <= g.gone {
		return nil, store.E(store.Unavailable, "vault.key_version", store.Args{"version": version})
	}
	return g.keys.Master(version)
}

func (g *growing) add() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.keys = append(g.keys, bytes.Repeat([]byte{byte(100 + len(g.keys))}, 32))
}

func openWith(t testing.TB, o Options) *Vault {
	t.Helper()
	v, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

func load(t testing.TB, v *Vault, registry, name string, from, to int) map[int]store.Pseudonym {
	t.Helper()
	m := map[int]store.Pseudonym{}
	tx := begin(t, v, registry)
	for n := from; n < to; n++ {
		m[n] = put(t, tx, person(t, v, n, name, 1))
	}
	commit(t, tx)
	return m
}

// A8: a cell in the place of another opens nothing, whether it is attributes or a data key.
func TestSwappedCells(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		load(t, v, "a", "Berg", 0, 2)
		ok := func() error {
			return v.Each(context.Background(), "a", func(store.Pseudonym, Attributes) error { return nil })
		}
		for _, c := range []struct{ table, cell string }{{"person", "sealed"}, {"personkey", "wrapped"}} {
			db := v.db
			if c.table == "personkey" {
				db = v.wraps
			}
			swap := func() {
				t.Helper()
				rows, err := db.Query(`SELECT idx, ` + c.cell + ` FROM ` + c.table)
				if err != nil {
					t.Fatal(err)
				}
				var idx, cells [][]byte
				for rows.Next() {
					var i, x []byte
					rows.Scan(&i, &x)
					idx, cells = append(idx, i), append(cells, x)
				}
				rows.Close()
				for k := range idx {
					if _, err := db.Exec(`UPDATE `+c.table+` SET `+c.cell+`=$1 WHERE idx=$2`, cells[1-k], idx[k]); err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := ok(); err != nil {
				t.Fatal(err)
			}
			swap()
			if err := ok(); store.CodeOf(err) != "vault.sealed" {
				t.Errorf("%s.%s: %v", c.table, c.cell, err)
			}
			swap()
		}
	})
}

// A10: the master key gets a new version while loads run. Nobody is lost or doubled, everybody can be read all the time,
// no identity is sealed anew, and in the end the old version can be done without.
func TestRotationWhileLoadsRun(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		ring := &growing{keys: KeyRing{master}}
		at.Options.Keys = ring
		v := openWith(t, at.Options)
		persons := many(2500, 15000) // number makes no more
		first := load(t, v, "a", "Berg", 0, persons)
		cells := func() map[string]string {
			m := map[string]string{}
			rows, err := v.db.Query(`SELECT idx, sealed FROM person`)
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			for rows.Next() {
				var i, s []byte
				rows.Scan(&i, &s)
				m[string(i)] = string(s)
			}
			return m
		}
		before := cells()
		tx := begin(t, v, "a") // begins under the first version
		ring.add()
		var work sync.WaitGroup
		work.Go(func() {
			for n := range persons + 500 {
				put(t, tx, person(t, v, n, "Berg", 1))
			}
			if err := tx.Commit(); err != nil {
				t.Error(err)
			}
		})
		work.Go(func() {
			for n := range 3 {
				if got := all(t, v, "a"); len(got) != persons && len(got) != persons+500 {
					t.Errorf("round %d: %d can be read", n, len(got))
				}
			}
		})
		ctx, cancel := context.WithCancel(context.Background())
		if _, _, err := v.rewrapSome(ctx, wrapped{}); err != nil { // as far as it came before it was killed
			t.Error(err)
		}
		cancel()
		if _, err := v.Rewrap(ctx); err == nil {
			t.Error("went on although nobody waits")
		}
		if _, err := v.Rewrap(context.Background()); err != nil {
			t.Error(err)
		}
		work.Wait()
		if _, err := v.Rewrap(context.Background()); err != nil { // what the load left
			t.Fatal(err)
		}
		use, err := v.KeyUse(context.Background())
		if err != nil || !slices.Equal(use, []KeyUse{{2, int64(persons) + 500}}) {
			t.Error(use, err)
		}
		after := cells()
		for i, s := range before {
			if after[i] != s {
				t.Fatal("an identity was sealed anew")
			}
		}
		if err := v.Release(context.Background(), 2); store.CodeOf(err) != "vault.key_in_use" {
			t.Error(err)
		}
		if err := v.Release(context.Background(), 1); err != nil {
			t.Fatal(err)
		}
		v.Close()
		ring.gone = 1
		v = openWith(t, at.Options)
		for n, s := range load(t, v, "a", "Dahl", 0, persons) {
			if s != first[n] {
				t.Fatal("drawn anew", n)
			}
		}
		if got := all(t, v, "a"); len(got) != persons+500 {
			t.Error(len(got))
		}
	})
}

// A11: two loads race on the same new persons.
func TestLoadsRaceOnNewPersons(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		persons := many(1500, 10000)
		vaults := []*Vault{at.open(t), nil}
		if vaults[1] = vaults[0]; at.URL != "" {
			vaults[1] = at.open(t)
		}
		var both sync.WaitGroup
		for _, v := range vaults {
			both.Go(func() { load(t, v, "a", "Berg", 0, persons) })
		}
		both.Wait()
		distinct := map[string]bool{}
		for _, s := range all(t, vaults[0], "a") {
			distinct[s] = true
		}
		if len(distinct) != persons {
			t.Error(len(distinct), "pseudonyms")
		}
	})
}

// A vault from before the data keys lay apart is the same vault after.
func TestKeysAreSetApart(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		first := load(t, v, "a", "Berg", 0, 2300)
		want := all(t, v, "a")
		// As it was: the wrap before what is sealed.
		rows, err := v.wraps.Query(`SELECT idx, wrapped FROM personkey`)
		if err != nil {
			t.Fatal(err)
		}
		old := map[Index][]byte{}
		for rows.Next() {
			var i, w []byte
			if err := rows.Scan(&i, &w); err != nil {
				t.Fatal(err)
			}
			old[Index(i)] = w
		}
		rows.Close()
		for i, w := range old {
			var s []byte
			if err := v.db.QueryRow(`SELECT sealed FROM person WHERE idx=$1`, i[:]).Scan(&s); err != nil {
				t.Fatal(err)
			}
			if _, err := v.db.Exec(`UPDATE person SET born=-1, sealed=$1 WHERE idx=$2`, append(w, s...), i[:]); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := v.db.Exec(`DELETE FROM meta WHERE name='apart'`); err != nil {
			t.Fatal(err)
		}
		if _, err := v.wraps.Exec(`DELETE FROM personkey`); err != nil {
			t.Fatal(err)
		}
		v.Close()
		v = at.open(t)
		got := all(t, v, "a")
		for k, s := range want {
			if got[k] != s {
				t.Fatal("another person")
			}
		}
		for n, s := range load(t, v, "a", "Dahl", 0, 2300) {
			if s != first[n] {
				t.Fatal("drawn anew")
			}
		}
	})
}

func graves(t testing.TB, v *Vault, path string) *Graves {
	t.Helper()
	g, err := v.Graves(path)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// A9: who is erased can be read nowhere: not in the files, not in a copy of the persons from before, opened with every key
// there is now; and comes back with no copy. Everybody else does.
func TestErasedIsErasedFromCopiesToo(t *testing.T) {
	ctx := context.Background()
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		persons, erased := many(400, 10000), 100
		first := load(t, v, "a", "Berg", 0, persons)
		load(t, v, "b", "Berg", 0, persons)
		v.Checkpoint(ctx)
		var copied []byte
		if at.URL == "" {
			var err error
			if copied, err = os.ReadFile(at.Path); err != nil {
				t.Fatal(err)
			}
		} else if _, err := v.db.Exec(`CREATE TABLE yesterday AS SELECT * FROM person`); err != nil {
			t.Fatal(err)
		}
		g := graves(t, v, filepath.Join(t.TempDir(), "tombstones"))
		var list []Tombstone
		var keys [][]byte
		for n := range erased {
			p := person(t, v, n, "Berg", 1)
			list = append(list, Tombstone{Registry: "a", Person: p.Index, At: time.Unix(1, 0), Why: "withdrawn"})
			var w []byte
			if err := v.wraps.QueryRow(`SELECT wrapped FROM personkey WHERE idx=$1 AND registry=1`, p.Index[:]).Scan(&w); err != nil {
				t.Fatal(err)
			}
			keys = append(keys, w)
		}
		if err := g.Add(list); err != nil {
			t.Fatal(err)
		}
		if n, err := v.Bury(ctx, list); err != nil || n != int64(erased) {
			t.Fatal(n, err)
		}
		if n, err := v.Bury(ctx, list); err != nil || n != 0 {
			t.Error("buried twice", n, err)
		}
		check := func(v *Vault, when string) {
			t.Helper()
			got := all(t, v, "a")
			if len(got) != persons-erased {
				t.Errorf("%s: %d can be read", when, len(got))
			}
			for n := range erased {
				if got[number(n).Reveal()] != "" {
					t.Fatalf("%s: an erased person can be read", when)
				}
			}
			if n := len(all(t, v, "b")); n != persons {
				t.Errorf("%s: %d in the other registry", when, n)
			}
		}
		check(v, "after")
		if at.URL == "" {
			files, _ := filepath.Glob(filepath.Join(filepath.Dir(at.Path), "*"))
			for _, f := range files {
				b, err := os.ReadFile(f)
				if err != nil {
					t.Fatal(err)
				}
				for _, k := range keys {
					if bytes.Contains(b, k) {
						t.Fatalf("%s still holds a data key", filepath.Base(f))
					}
				}
				for n := range erased {
					if p := first[n]; bytes.Contains(b, p[:]) {
						t.Fatalf("%s still holds a pseudonym", filepath.Base(f))
					}
				}
			}
			v.Close()
			os.Remove(at.Path + "-wal")
			os.Remove(at.Path + "-shm")
			if err := os.WriteFile(at.Path, copied, 0o600); err != nil {
				t.Fatal(err)
			}
		} else {
			for _, q := range []string{`DELETE FROM person`, `INSERT INTO person SELECT * FROM yesterday`} {
				if _, err := v.db.Exec(q); err != nil {
					t.Fatal(err)
				}
			}
			v.Close()
		}
		v = at.open(t)
		check(v, "with yesterday's persons and today's keys")
		outside, err := graves(t, v, g.path).All()
		if err != nil || len(outside) != erased {
			t.Fatal(len(outside), err)
		}
		if n, err := v.Bury(ctx, outside); err != nil || n != int64(erased) {
			t.Error(n, err)
		}
		check(v, "after the tombstones")
		// Consented anew: somebody new, whom the tombstones leave alone.
		again := load(t, v, "a", "Berg", 0, 10)
		for n, s := range again {
			if s == first[n] {
				t.Error("an erased person has their pseudonym back")
			}
		}
		if n, err := v.Bury(ctx, outside); err != nil || n != 0 {
			t.Error(n, err)
		}
		if n := len(all(t, v, "a")); n != persons-erased+10 {
			t.Error(n)
		}
	})
}

// A person who is erased while a load of theirs runs does not come back with it.
func TestErasedWhileALoadRuns(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		load(t, v, "a", "Berg", 0, 5)
		tx := begin(t, v, "a")
		for n := range 10 {
			put(t, tx, person(t, v, n, "Dahl", 2))
		}
		var list []Tombstone
		for _, n := range []int{1, 7} { // one who is there, and one who comes with the load
			list = append(list, Tombstone{N: int64(len(list)) + 1, Registry: "a", Person: person(t, v, n, "", 1).Index, Why: "withdrawn"})
		}
		done := make(chan error)
		go func() {
			_, err := v.Bury(context.Background(), list)
			done <- err
		}()
		for use := int64(5); use == 5; { // the key goes while the load is going on
			if err := v.wraps.QueryRow(`SELECT count(*) FROM personkey`).Scan(&use); err != nil {
				t.Fatal(err)
			}
		}
		commit(t, tx)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if _, err := v.Bury(context.Background(), list); err != nil { // as a start does
			t.Fatal(err)
		}
		got := all(t, v, "a")
		if len(got) != 8 || got[number(1).Reveal()] != "" || got[number(7).Reveal()] != "" {
			t.Error(got)
		}
	})
}

func TestGravesTellWhatWasDone(t *testing.T) {
	v := place{Options{Path: filepath.Join(t.TempDir(), "vault.db")}}.open(t)
	path := filepath.Join(t.TempDir(), "tombstones")
	g := graves(t, v, path)
	for n := range 3 {
		if err := g.Add([]Tombstone{{Registry: "a", Person: Index{byte(n)}, At: time.Unix(int64(n), 0), Why: "withdrawn"}}); err != nil {
			t.Fatal(err)
		}
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	put := func(b []byte) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range whole[:len(whole)-1] {
		bad := slices.Clone(whole)
		bad[i] ^= 2
		put(bad)
		if list, err := g.All(); err == nil && len(list) == 3 {
			t.Fatalf("byte %d changed, and nobody saw it", i)
		}
	}
	put(whole[:len(whole)-5]) // cut off in writing
	if list, err := g.All(); err != nil || len(list) != 2 {
		t.Error(len(list), err)
	}
	if err := g.Add([]Tombstone{{Registry: "b", Why: "withdrawn"}}); err != nil {
		t.Fatal(err)
	}
	if list, err := g.All(); err != nil || len(list) != 3 || list[2].Registry != "b" || list[2].N != 3 {
		t.Error(list, err)
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))
	put(slices.Concat(lines[1], lines[0], lines[2]))
	if _, err := g.All(); store.CodeOf(err) != "mark.tombstones" {
		t.Error(err)
	}
}

// A person's old and new number lead to the same pseudonym, whichever came first; the number that holds now says who they are.
func TestAliases(t *testing.T) {
	ctx := context.Background()
	each(t, func(t *testing.T, at place) {
		for _, c := range []struct {
			name  string
			known []int // persons before the numbers are linked
		}{{"the former is known", []int{0}}, {"the current is known", []int{1}}, {"nobody is known", nil}} {
			t.Run(c.name, func(t *testing.T) {
				v, registry := at.open(t), strings.ReplaceAll(c.name, " ", "-")
				known := map[int]store.Pseudonym{}
				for _, n := range c.known {
					known = load(t, v, registry, fmt.Sprint("Navn", n), n, n+1)
				}
				pair := []Pair{{person(t, v, 0, "", 1).Index, person(t, v, 1, "", 1).Index}}
				if l, err := v.Link(ctx, registry, pair, true); err != nil || l.Linked != 1 {
					t.Fatal(l, err)
				}
				l, err := v.Link(ctx, registry, pair, false)
				if err != nil || l.Linked != 1 || len(l.Conflicts) != 0 || (l.Unknown == 1) != (c.known == nil) {
					t.Fatal(l, err)
				}
				if l, err := v.Link(ctx, registry, pair, false); err != nil || l.Already != 1 || l.Linked != 0 {
					t.Error(l, err)
				}
				for _, order := range [][]int{{0, 1, 2}, {1, 0, 2}} {
					tx := begin(t, v, registry)
					got := map[int]store.Pseudonym{}
					for _, n := range order {
						got[n] = put(t, tx, person(t, v, n, fmt.Sprint("Navn", n), uint64(9-n)))
					}
					commit(t, tx)
					if got[0] != got[1] || got[2] == got[0] {
						t.Error("not one person")
					}
					for n, s := range known {
						if got[n] != s {
							t.Error("drawn anew")
						}
					}
					known = got
					if held := all(t, v, registry); len(held) != 2 || held[number(1).Reveal()] != got[1].String()+" Navn1" {
						t.Error(held)
					}
				}
				same, err := v.Same(ctx, registry, pair[0].Former)
				if err != nil || len(same) != 2 || same[1] != pair[0].Current {
					t.Error(same, err)
				}
				last, err := v.LastTombstone(ctx)
				if err != nil {
					t.Fatal(err)
				}
				var list []Tombstone
				for k, i := range same {
					list = append(list, Tombstone{N: last + int64(k) + 1, Registry: registry, Person: i, Why: "withdrawn"})
				}
				if _, err := v.Bury(ctx, list); err != nil {
					t.Fatal(err)
				}
				if same, err := v.Same(ctx, registry, pair[0].Current); err != nil || len(same) != 1 || len(all(t, v, registry)) != 1 {
					t.Error(same, err)
				}
			})
		}
	})
}

// Two persons of their own are not made one.
func TestLinkRefusesTwoPersons(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		load(t, v, "a", "Berg", 0, 2)
		i := func(n int) Index { return person(t, v, n, "", 1).Index }
		l, err := v.Link(context.Background(), "a", []Pair{{i(0), i(5)}, {i(0), i(1)}}, false)
		if err != nil || !slices.Equal(l.Conflicts, []int{1}) {
			t.Error(l, err)
		}
		if same, err := v.Same(context.Background(), "a", i(0)); err != nil || len(same) != 1 {
			t.Error("something was linked", same, err)
		}
		// A chain: 5 → 6 → 7 is one person, with the last number.
		if l, err := v.Link(context.Background(), "a", []Pair{{i(6), i(7)}, {i(5), i(6)}, {i(0), i(7)}, {i(6), i(7)}}, false); err != nil || len(l.Conflicts) != 0 {
			t.Error(l, err)
		}
		if same, err := v.Same(context.Background(), "a", i(6)); err != nil || len(same) != 4 {
			t.Error(same, err)
		}
	})
}
