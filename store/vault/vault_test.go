package vault

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
	"samband/store/storetest/postgres"
)

var (
	names  = []store.Attribute{store.AttrNumber, store.AttrFamilyName}
	master = bytes.Repeat([]byte{7}, 32)
)

// place is where a vault lies; it is the same vault each time it is opened.
type place struct{ Options }

// each runs a test on both engines, with a place that is empty.
func each(t *testing.T, test func(t *testing.T, at place)) {
	t.Run("sqlite", func(t *testing.T) { test(t, place{Options{Path: filepath.Join(t.TempDir(), "vault.db")}}) })
	t.Run("postgres", func(t *testing.T) { test(t, place{Options{URL: postgres.URL(t)}}) })
}

// open opens the vault with the first master key and these newer ones.
func (p place) open(t testing.TB, keys ...[]byte) *Vault {
	t.Helper()
	v, err := p.with(append([][]byte{master}, keys...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

func (p place) with(keys ...[]byte) (*Vault, error) {
	p.Keys = KeyRing(keys)
	return Open(context.Background(), p.Options)
}

// number gives the n-th synthetic person's number.
func number(n int) store.PersonNumber {
	for born := store.Date("1950-01-01").AddDays(n); ; {
		for i := n % 400; i < 500; i++ {
			if p, ok := store.SyntheticNumber(born, i); ok {
				return p
			}
		}
	}
}

// person makes what a row says of the n-th person.
func person(t testing.TB, v *Vault, n int, name string, version uint64) Person {
	t.Helper()
	p := number(n)
	key, err := store.NewPersonKey(store.FNR, "", p)
	if err != nil {
		t.Fatal(err)
	}
	x := v.NewIndexer(names)
	i, values := x.Index(key), []string{p.Reveal(), name}
	return Person{Index: i, Tag: x.Tag(i, values), Values: values, Version: version}
}

func begin(t testing.TB, v *Vault, registry string) *Tx {
	t.Helper()
	tx, err := v.Begin(context.Background(), TxOptions{Registry: registry, Names: names, Expect: 100})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tx.Rollback)
	return tx
}

func put(t testing.TB, tx *Tx, p Person) store.Pseudonym {
	t.Helper()
	s, err := tx.Pseudonym(&p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func settle(t testing.TB, tx *Tx) {
	t.Helper()
	if err := tx.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func commit(t testing.TB, tx *Tx) {
	t.Helper()
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// all gives what the vault holds of a registry: number → pseudonym and name.
func all(t testing.TB, v *Vault, registry string) map[string]string {
	t.Helper()
	m := map[string]string{}
	var last store.Pseudonym
	if err := v.Each(context.Background(), registry, func(p store.Pseudonym, a Attributes) error {
		if bytes.Compare(p[:], last[:]) <= 0 {
			t.Error("not in order of pseudonym")
		}
		last = p
		m[a.Value(store.AttrNumber, 0)] = p.String() + " " + a.Value(store.AttrFamilyName, 0)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestPseudonymsLast(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		first := map[int]store.Pseudonym{}
		tx := begin(t, v, "a")
		for n := range 300 {
			first[n] = put(t, tx, person(t, v, n, "Berg", 1))
		}
		if put(t, tx, person(t, v, 7, "Berg", 1)) != first[7] {
			t.Error("a person got two pseudonyms within a load")
		}
		commit(t, tx)
		tx = begin(t, v, "b")
		for n := range 300 {
			if put(t, tx, person(t, v, n, "Berg", 1)) == first[n] {
				t.Fatal("two registries share a pseudonym")
			}
		}
		commit(t, tx)
		v.Close()
		v = at.open(t)
		tx = begin(t, v, "a")
		for n := range 400 {
			if s := put(t, tx, person(t, v, n, "Berg", 1)); n < 300 && s != first[n] {
				t.Fatalf("person %d has another pseudonym after opening again", n)
			}
		}
		if settle(t, tx); tx.Persons() != 400 {
			t.Error(tx.Persons())
		}
		tx.Rollback()
		tx.Rollback()
		if got := all(t, v, "a"); len(got) != 300 || got[number(3).Reveal()] != first[3].String()+" Berg" {
			t.Error("rolled back, and yet", len(got))
		}
		if err := begin(t, v, "a").Commit(); err != nil {
			t.Error(err)
		}
	})
}

// Of a person's rows in one run the newest holds, ties by mark, whatever order they come in; a later run's hold over
// an earlier's, however old its rows are.
func TestAttributesFollow(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		rows := []struct {
			name    string
			version uint64
		}{{"Berg", 1}, {"Dahl", 3}, {"Berg", 4}, {"Lie", 2}, {"Gaup", 4}}
		var want string
		v := at.open(t)
		for n := range 20 {
			registry := fmt.Sprint("r", n)
			tx := begin(t, v, registry)
			put(t, tx, person(t, v, 1, "Før", 9))
			commit(t, tx)
			rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			tx = begin(t, v, registry)
			p := put(t, tx, person(t, v, 1, rows[0].name, rows[0].version))
			for _, r := range rows[1:] {
				if put(t, tx, person(t, v, 1, r.name, r.version)) != p {
					t.Fatal("another name, another pseudonym")
				}
			}
			commit(t, tx)
			got := strings.TrimPrefix(all(t, v, registry)[number(1).Reveal()], p.String()+" ")
			if want == "" {
				want = got
			}
			if got != want || got != "Berg" && got != "Gaup" {
				t.Fatalf("%v gives %s, before it was %s", rows, got, want)
			}
		}
	})
}

// A source that delivers less than another does not take away what it lacks.
func TestAttributesMerge(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		tx := begin(t, v, "a")
		put(t, tx, person(t, v, 1, "Berg", 1))
		commit(t, tx)
		p := number(1)
		key, _ := store.NewPersonKey(store.FNR, "", p)
		phone := []store.Attribute{store.AttrNumber, store.AttrPhone, store.AttrPhone}
		for range 2 {
			tx, err := v.Begin(context.Background(), TxOptions{Registry: "a", Names: phone, Expect: 1})
			if err != nil {
				t.Fatal(err)
			}
			x := v.NewIndexer(phone)
			i, values := x.Index(key), []string{p.Reveal(), "111", "222"}
			put(t, tx, Person{Index: i, Tag: x.Tag(i, values), Values: values, Version: 1})
			commit(t, tx)
		}
		v.Each(context.Background(), "a", func(_ store.Pseudonym, a Attributes) error {
			if a.Value(store.AttrFamilyName, 0) != "Berg" || a.Value(store.AttrPhone, 1) != "222" || len(a.Names) != 4 {
				t.Error(a.Names)
			}
			return nil
		})
	})
}

// More persons than there is room for in memory are found all the same, whether they wait or are in the file.
func TestCacheOverflows(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		small := func(tx *Tx) *Tx {
			tx.cache = &cache{sets: make([]set, 4), mask: 3}
			return tx
		}
		first := map[int]store.Pseudonym{}
		tx := small(begin(t, v, "a"))
		for round := range 3 {
			for n := range 500 {
				s := put(t, tx, person(t, v, n, fmt.Sprint("N", n%7), 1))
				if round > 0 && s != first[n] {
					t.Fatalf("person %d drawn anew in round %d", n, round)
				}
				first[n] = s
			}
		}
		overflowed := slices.ContainsFunc(tx.cache.sets, func(s set) bool { return s.evicted })
		if settle(t, tx); tx.Persons() != 500 || !overflowed {
			t.Error(tx.Persons(), overflowed)
		}
		commit(t, tx)
		tx = small(begin(t, v, "a"))
		for n := range 500 {
			if put(t, tx, person(t, v, n, "Ny", 1)) != first[n] {
				t.Fatalf("person %d drawn anew in the next run", n)
			}
		}
		commit(t, tx)
		for _, s := range all(t, v, "a") {
			if !strings.HasSuffix(s, " Ny") {
				t.Fatal(s)
			}
		}
	})
}

// What is left of a person's rows does not hang on their order, nor on which persons had to leave the memory meanwhile,
// nor on how much was set aside on the way; and nobody gets another pseudonym for it.
func TestOrderDoesNotMatter(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			type said struct {
				person  int
				name    string
				version uint64
			}
			rows := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) said {
				return said{rapid.IntRange(0, 19).Draw(rt, "person"), rapid.SampledFrom([]string{"Berg", "Dahl", "Lie"}).Draw(rt, "name"),
					uint64(rapid.IntRange(1, 4).Draw(rt, "version"))}
			}), 1, 60).Draw(rt, "rows")
			n++
			registry := fmt.Sprint("r", n)
			tx := begin(t, v, registry)
			known := map[int]store.Pseudonym{}
			for k := range rapid.IntRange(0, 12).Draw(rt, "known") {
				known[k] = put(t, tx, person(t, v, k, "Berg", 9))
			}
			commit(t, tx)
			tx = begin(t, v, registry)
			tx.cache = &cache{sets: make([]set, 1)}
			tx.said.Most = rapid.SampledFrom([]int{1, 500, saidAtOnce}).Draw(rt, "memory")
			want := map[int]Person{}
			for _, r := range rows {
				p := person(t, v, r.person, r.name, r.version)
				s := put(t, tx, p)
				if before, ok := known[r.person]; ok && before != s {
					rt.Fatalf("person %d drawn anew", r.person)
				}
				known[r.person] = s
				if w := want[r.person]; p.Version > w.Version || p.Version == w.Version && p.Tag > w.Tag {
					want[r.person] = p
				}
			}
			if settle(t, tx); tx.Persons() != int64(len(known)) {
				rt.Fatal(tx.Persons(), len(known))
			}
			commit(t, tx)
			got := all(t, v, registry)
			for k, s := range known {
				name := "Berg"
				if w, ok := want[k]; ok {
					name = w.Values[1]
				}
				if held := got[number(k).Reveal()]; held != s.String()+" "+name {
					rt.Fatalf("person %d is %s, and not %s %s", k, held, s, name)
				}
			}
			if len(got) != len(known) {
				rt.Fatal(len(got), len(known))
			}
		})
	})
}

// After many questions the whole registry is read at once, and all are found then.
func TestScan(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		tx := begin(t, v, "a")
		first := map[int]store.Pseudonym{}
		for n := range 2000 {
			first[n] = put(t, tx, person(t, v, n, "Berg", 1))
		}
		commit(t, tx)
		tx = begin(t, v, "a")
		for n := range 2100 {
			if s := put(t, tx, person(t, v, n, "Berg", 1)); n < 2000 && s != first[n] {
				t.Fatal("drawn anew", n)
			}
		}
		if !tx.scanned || tx.ask {
			t.Error(tx.scanned, tx.ask)
		}
		if settle(t, tx); tx.Persons() != 2100 {
			t.Error(tx.Persons())
		}
	})
}

func TestWrongKey(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		at.open(t).Close()
		_, err := at.with(bytes.Repeat([]byte{8}, 32))
		if store.CodeOf(err) != "vault.wrong_key" {
			t.Error(err)
		}
		if _, err := at.with([]byte("short")); store.CodeOf(err) != "vault.key_version" {
			t.Error(err)
		}
	})
}

// A new master key seals new rows; persons are still found, and old rows still opened.
func TestNewMasterKey(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		tx := begin(t, v, "a")
		s := put(t, tx, person(t, v, 1, "Berg", 1))
		commit(t, tx)
		seal, err := v.NewRowSealer()
		if err != nil {
			t.Fatal(err)
		}
		old := seal.Seal(nil, 5, []byte("row"))
		v.Close()
		v = at.open(t, bytes.Repeat([]byte{9}, 32))
		tx = begin(t, v, "a")
		if put(t, tx, person(t, v, 1, "Berg", 1)) != s {
			t.Error("drawn anew under a new key")
		}
		put(t, tx, person(t, v, 2, "Dahl", 1))
		commit(t, tx)
		if got := all(t, v, "a"); len(got) != 2 {
			t.Error(got)
		}
		if text, err := v.OpenRow(5, old); err != nil || string(text) != "row" {
			t.Error(err)
		}
	})
}

// A sealed cell opens in its own place only, and not when a bit of it has changed.
func TestSealedCellsStayInPlace(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		seal, err := v.NewRowSealer()
		if err != nil {
			t.Fatal(err)
		}
		sealed := seal.Seal(nil, 5, []byte("row"))
		if _, err := v.OpenRow(6, sealed); store.CodeOf(err) != "vault.sealed" {
			t.Error("opened as another finding", err)
		}
		for i := range sealed {
			bad := slices.Clone(sealed)
			bad[i] ^= 1
			if _, err := v.OpenRow(5, bad); err == nil {
				t.Errorf("opened with byte %d changed", i)
			}
			if _, err := v.OpenRow(5, sealed[:i]); err == nil {
				t.Errorf("opened when cut to %d", i)
			}
		}
		for _, registry := range []string{"a", "b"} {
			tx := begin(t, v, registry)
			for n := range 2 {
				put(t, tx, person(t, v, n, "Berg", 1))
			}
			commit(t, tx)
		}
		each := func() error {
			return v.Each(context.Background(), "a", func(store.Pseudonym, Attributes) error { return nil })
		}
		if err := each(); err != nil {
			t.Fatal(err)
		}
		// From another person, and from the same person in another registry.
		for _, from := range []string{
			`SELECT sealed FROM person o WHERE o.registry=person.registry AND o.idx<>person.idx`,
			`SELECT sealed FROM person o WHERE o.registry=2 AND o.idx=person.idx`,
		} {
			tx, err := v.db.Begin()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec(`CREATE TABLE IF NOT EXISTS kept AS SELECT * FROM person`); err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec(`UPDATE person SET sealed=(` + strings.ReplaceAll(from, "FROM person o", "FROM kept o") + `) WHERE registry=1`); err != nil {
				t.Fatal(err)
			}
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
			if err := each(); store.CodeOf(err) != "vault.sealed" {
				t.Errorf("a moved cell was opened: %v", err)
			}
		}
	})
}

// Nothing of a person stands in the file in clear.
func TestFileHoldsNoIdentity(t *testing.T) {
	dir := t.TempDir()
	v := place{Options{Path: filepath.Join(dir, "vault.db")}}.open(t)
	tx := begin(t, v, "a")
	var secrets []string
	for n := range 200 {
		p := person(t, v, n, fmt.Sprintf("Kanarifugl%04d", n), 1)
		put(t, tx, p)
		secrets = append(secrets, p.Values...)
	}
	commit(t, tx)
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range secrets {
			if bytes.Contains(b, []byte(s)) {
				t.Fatalf("%s holds an identity in clear", filepath.Base(f))
			}
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "vault.db")); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
}

// A second load into a registry waits for its turn, or until nobody waits any more.
func TestOneLoadAtATime(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		tx := begin(t, v, "a")
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := v.Begin(ctx, TxOptions{Registry: "a", Names: names}); err != context.Canceled {
			t.Error(err)
		}
		done := make(chan error)
		go func() {
			tx, err := v.Begin(context.Background(), TxOptions{Registry: "a", Names: names})
			if err == nil {
				tx.Rollback()
			}
			done <- err
		}()
		tx.Rollback()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// Two loads that meet the same new persons at once draw one pseudonym for each, whether they share the vault or, on a
// server, have opened it each for themselves, as two processes do.
func TestTwoLoadsMeetTheSamePersons(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		vaults := []*Vault{at.open(t), nil}
		if vaults[1] = vaults[0]; at.URL != "" {
			vaults[1] = at.open(t)
		}
		const persons = 2000
		var got [2][persons]store.Pseudonym
		var both sync.WaitGroup
		for i, v := range vaults {
			both.Go(func() {
				tx, err := v.Begin(context.Background(), TxOptions{Registry: "a", Names: names})
				if err != nil {
					t.Error(err)
					return
				}
				defer tx.Rollback()
				for n := range persons {
					p := person(t, v, n, "Berg", 1)
					if got[i][n], err = tx.Pseudonym(&p); err != nil {
						t.Error(err)
						return
					}
				}
				if err := tx.Commit(); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if got[0] != got[1] {
			t.Error("two loads drew different pseudonyms")
		}
		if n := len(all(t, vaults[0], "a")); n != persons {
			t.Error(n, "persons")
		}
	})
}

// On a server the rows of a load lie in order of the index, whatever order the persons came in, also those that changed.
func TestRowsLieInOrderOfTheIndex(t *testing.T) {
	v := place{Options{URL: postgres.URL(t)}}.open(t)
	for _, name := range []string{"Berg", "Dahl"} {
		tx := begin(t, v, "a")
		for n := range 300 {
			put(t, tx, person(t, v, n, name, 1))
		}
		commit(t, tx)
		var places, indexes string
		if err := v.db.QueryRow(`SELECT string_agg(encode(idx, 'hex'), ' ' ORDER BY ctid),
			string_agg(encode(idx, 'hex'), ' ' ORDER BY idx) FROM person`).Scan(&places, &indexes); err != nil {
			t.Fatal(err)
		}
		if places != indexes {
			t.Error("the rows lie in another order")
		}
	}
}

func TestVersionKeyKeepsOrder(t *testing.T) {
	for _, list := range [][]store.Value{
		{store.IntValue(-5), store.IntValue(0), store.IntValue(3)},
		{store.DecimalValue(-2.5), store.DecimalValue(-1), store.DecimalValue(0.5), store.DecimalValue(7)},
		{store.DayValue("1999-12-31"), store.DayValue("2024-02-29")},
		{store.DateTimeValue("2024-02-29T09:00:00"), store.DateTimeValue("2024-02-29T10:00:00")},
		{store.TextValue("a"), store.TextValue("b"), store.TextValue("ba")},
	} {
		for i := range list[1:] {
			if VersionKey(list[i]) >= VersionKey(list[i+1]) || VersionKey(list[i]) == 0 {
				t.Error(list[i].Text(), list[i+1].Text())
			}
		}
	}
}
