package consent

import (
	"context"
	"encoding/binary"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/store"
	"samband/store/storetest/postgres"
	"samband/store/vault"
)

var (
	ctx  = context.Background()
	noon = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)
)

// each runs a test on a file and on a server.
func each(t *testing.T, test func(t *testing.T, s *Store)) {
	for name, o := range map[string]func(t *testing.T) Options{
		"sqlite":   func(t *testing.T) Options { return Options{Path: filepath.Join(t.TempDir(), "consent.db")} },
		"postgres": func(t *testing.T) Options { return Options{URL: postgres.URL(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Open(ctx, o(t))
			ok(t, err)
			t.Cleanup(func() { s.Close() })
			test(t, s)
		})
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func rule(t store.ConsentType) store.ConsentRule {
	r := store.NewConsentRule(t)
	r.ID, r.RegistryID, r.Name, r.ConnectionID, r.WaitDays = "r", "heart", "Regelen", "pvk", 0
	r.Definition, r.Party = "0f1e2d3c-4b5a-4697-8877-665544332211", "heart"
	r.FallCount, r.TurnCount, r.FallShare, r.TurnShare = 1_000_000, 1_000_000, 1, 1
	return r
}

func person(n int) (i vault.Index) {
	binary.BigEndian.PutUint64(i[:], uint64(n)*0x9e3779b97f4a7c15)
	binary.BigEndian.PutUint64(i[8:], uint64(n))
	return i
}

func entry(n int, seq int64, at time.Time) Entry {
	return Entry{Index: person(n), Active: true, Seq: seq, At: at}
}

func hours(n int) time.Time { return noon.Add(time.Duration(n) * time.Hour) }

// take takes a list in that must not be held.
func take(t testing.TB, s *Store, r store.ConsentRule, at time.Time, entries ...Entry) store.ConsentSnapshot {
	t.Helper()
	x, err := s.Take(ctx, &r, Reading{Legal: at, Known: at.Add(time.Minute), Entries: entries})
	ok(t, err)
	if x.State != store.SnapshotTaken {
		t.Fatalf("%s: %v", x.State, x.Why)
	}
	return x
}

// asks gives what the rules say of persons 0 to n-1, one letter each: y, n, or f from a floor on.
func asks(t testing.TB, s *Store, now time.Time, n int, rules ...store.ConsentRule) string {
	t.Helper()
	v, err := s.View(ctx, "heart", "", rules, now)
	ok(t, err)
	var b []byte
	for i := range n {
		switch in, floor := v.Ask(person(i)); {
		case !in:
			b = append(b, 'n')
		case floor.IsZero():
			b = append(b, 'y')
		default:
			b = append(b, 'f')
		}
	}
	return string(b)
}

func due(t testing.TB, s *Store, r store.ConsentRule) (list []vault.Index) {
	t.Helper()
	ws, err := s.Due(ctx, &r)
	ok(t, err)
	for _, w := range ws {
		list = append(list, w.Index)
	}
	return list
}

func TestConsentList(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		r := rule(store.TypeConsent)
		if _, err := s.View(ctx, "heart", "", []store.ConsentRule{r}, noon); store.CodeOf(err) != "consent.list_missing" {
			t.Fatal(err)
		}
		if x := take(t, s, r, hours(0), entry(0, 1, hours(-9)), entry(1, 1, hours(-9)), entry(2, 1, hours(9))); x.No != 1 || x.Active != 3 {
			t.Errorf("%+v", x)
		}
		if got := asks(t, s, hours(1), 4, r); got != "yynn" { // one will be given later today
			t.Error(got)
		}
		if got := asks(t, s, hours(10), 4, r); got != "yyyn" {
			t.Error(got)
		}
		if _, err := s.View(ctx, "heart", "", []store.ConsentRule{r}, hours(27)); store.CodeOf(err) != "consent.list_old" {
			t.Error(err)
		}
		x := take(t, s, r, hours(12), entry(1, 1, hours(-9)), entry(3, 1, hours(11)))
		if want := (store.ConsentTurn{Before: 3, Active: 2, New: 1, Withdrawn: 2}); x.Turn != want {
			t.Errorf("%+v", x.Turn)
		}
		if got := asks(t, s, hours(13), 4, r); got != "nyny" {
			t.Error(got)
		}
		if got := due(t, s, r); !slices.Equal(sorted(got), sorted([]vault.Index{person(0), person(2)})) {
			t.Error(got)
		}
		// Given again: new facts only. Lacking by mistake: as before.
		take(t, s, r, hours(24), entry(0, 3, hours(20)), entry(1, 3, hours(21)), entry(2, 1, hours(9)), entry(3, 2, hours(22)))
		if got := asks(t, s, hours(25), 4, r); got != "ffyy" {
			t.Error(got)
		}
		v, err := s.View(ctx, "heart", "", []store.ConsentRule{r}, hours(25))
		ok(t, err)
		if _, floor := v.Ask(person(0)); !floor.Equal(hours(20)) {
			t.Error(floor)
		}
		if got := due(t, s, r); len(got) != 3 { // person 1 withdrew and gave again between two lists
			t.Error(got)
		}
		if x := take(t, s, r, hours(30), entry(0, 2, hours(20)), entry(1, 3, hours(21)), entry(2, 1, hours(9)), entry(3, 2, hours(22))); x.Turn.Lower != 1 {
			t.Errorf("%+v", x.Turn)
		}
		if _, err := s.Take(ctx, &r, Reading{Legal: hours(29), Known: hours(31)}); store.CodeOf(err) != "consent.older_list" {
			t.Error(err)
		}
		l, err := s.Lists(ctx, &r)
		ok(t, err)
		if l.Active != 4 || l.Inactive != 0 || len(l.Recent) != 4 || l.Recent[0].No != 4 || l.Due != 3 || l.State(&r, hours(31)) != store.ListWhole {
			t.Errorf("%+v", l)
		}
		if n, err := s.Last(ctx); err != nil || n != 4 {
			t.Error(n, err)
		}
		if err := s.Check(ctx); err != nil {
			t.Error(err)
		}
	})
}

func sorted(list []vault.Index) []vault.Index {
	slices.SortFunc(list, func(a, b vault.Index) int { return slices.Compare(a[:], b[:]) })
	return list
}

func TestReservationList(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		r := rule(store.TypeReservation)
		take(t, s, r, hours(0), entry(0, 1, hours(-9)), Entry{Index: person(1), Active: true, Unclear: true},
			Entry{Index: person(2), Active: true, Until: hours(2)}, Entry{Index: person(9), Active: true, At: hours(-1)})
		if got := asks(t, s, hours(1), 4, r); got != "nnny" {
			t.Error(got)
		}
		if got := asks(t, s, hours(3), 4, r); got != "nnyy" {
			t.Error(got)
		}
		if got := due(t, s, r); len(got) != 4 {
			t.Error(got)
		}
		take(t, s, r, hours(4), entry(9, 1, hours(-1)))
		if got := asks(t, s, hours(5), 4, r); got[0] != 'f' || got[3] != 'y' { // lifted: what was from before stays out
			t.Error(got)
		}
		// The same list again is no news.
		n, err := s.Lists(ctx, &r)
		ok(t, err)
		take(t, s, r, hours(6), entry(9, 1, hours(-1)))
		if again, err := s.Lists(ctx, &r); err != nil || again.Changes != n.Changes {
			t.Error(again.Changes, n.Changes, err)
		}
	})
}

func TestWaitingDays(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		r := rule(store.TypeReservation)
		r.WaitDays, r.MaxAge = 30, 24*7
		take(t, s, r, noon, entry(0, 1, noon))
		v, err := s.View(ctx, "heart", "", []store.ConsentRule{r}, noon)
		ok(t, err)
		for n := range 2 {
			if in, _ := v.Ask(person(n)); in {
				t.Errorf("person %d is in on the first day", n)
			}
		}
		ok(t, s.SaveMet(ctx, v))
		ok(t, s.SaveMet(ctx, v))
		later := noon.AddDate(0, 0, 29)
		take(t, s, r, later, entry(0, 1, noon))
		if got := asks(t, s, later, 3, r); got != "nnn" {
			t.Error(got)
		}
		later = noon.AddDate(0, 0, 30)
		if got := asks(t, s, later, 3, r); got != "nyn" { // 0 has reserved, 2 was never met
			t.Error(got)
		}
		if v, err := s.View(ctx, "lung", "", nil, later); err != nil || !v.Empty() {
			t.Error(v, err)
		}
	})
}

func TestHeldList(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		r := rule(store.TypeReservation)
		r.FallCount = 2
		var all []Entry
		for n := range 10 {
			all = append(all, entry(n, 1, hours(-1)))
		}
		take(t, s, r, hours(0), all...)
		short := func(at time.Time, entries []Entry) store.ConsentSnapshot {
			t.Helper()
			x, err := s.Take(ctx, &r, Reading{Legal: at, Known: at, Entries: entries, Invalid: 3})
			ok(t, err)
			return x
		}
		x := short(hours(1), nil)
		if x.State != store.SnapshotHeld || x.Why.Code != "consent.held_empty" || x.Turn.Invalid != 3 {
			t.Fatalf("%+v", x)
		}
		if _, err := s.View(ctx, "heart", "", []store.ConsentRule{r}, hours(1)); store.CodeOf(err) != "consent.list_held" {
			t.Error(err)
		}
		x = short(hours(2), all[:7])
		if x.Why == nil || x.Why.Code != "consent.held_fall" {
			t.Fatalf("%+v", x)
		}
		l, err := s.Lists(ctx, &r)
		ok(t, err)
		if l.Waits.No != 3 || l.Recent[1].State != store.SnapshotReplaced || l.Active != 10 || l.Waits.Why.Args["before"] != int64(10) {
			t.Errorf("%+v", l)
		}
		for _, no := range []int64{0, 1, 2} {
			if err := s.Accept(ctx, &r, no, "ola", "", hours(3)); store.CodeOf(err) != "consent.not_held" {
				t.Error(no, err)
			}
			if err := s.Refuse(ctx, &r, no, "ola", ""); store.CodeOf(err) != "consent.not_held" {
				t.Error(no, err)
			}
		}
		ok(t, s.Refuse(ctx, &r, 3, "ola", "feil hos kilden"))
		if got := asks(t, s, hours(3), 10, r); got != "nnnnnnnnnn" {
			t.Error(got)
		}
		short(hours(4), all[:7])
		ok(t, s.Accept(ctx, &r, 4, "ola", "stemmer", hours(5)))
		if got := asks(t, s, hours(5), 10, r); got != "nnnnnnnfff" {
			t.Error(got)
		}
		l, err = s.Lists(ctx, &r)
		ok(t, err)
		if l.Holds.No != 4 || l.Holds.By != "ola" || l.Holds.Note != "stemmer" || l.Holds.State != store.SnapshotAccepted || l.Holds.Active != 7 || l.Waits.No != 0 {
			t.Errorf("%+v", l.Holds)
		}
		// The source has come to itself before anybody decided.
		short(hours(6), nil)
		take(t, s, r, hours(7), all[:7]...)
		if got := asks(t, s, hours(8), 8, r); got != "nnnnnnnf" {
			t.Error(got)
		}
	})
}

// TestMessagesInAnyOrder: what is told of a person by itself, and lists between, lead to the same whatever comes first.
func TestMessagesInAnyOrder(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		r := rule(store.TypeConsent)
		take(t, s, r, hours(0), entry(0, 1, hours(-5)))
		set := func(active bool, at time.Time, seq int64, want bool) {
			t.Helper()
			changed, err := s.Set(ctx, &r, Entry{Index: person(0), Active: active, At: at, Seq: seq}, hours(4))
			ok(t, err)
			if changed != want {
				t.Errorf("changed %v", changed)
			}
		}
		set(false, hours(2), 2, true)
		set(false, hours(2), 2, false) // twice
		set(true, hours(1), 1, false)  // out of order
		set(true, hours(2), 2, false)  // the same moment: the stricter
		set(false, hours(-1), 2, false)
		if got := asks(t, s, hours(4), 2, r); got != "nn" {
			t.Error(got)
		}
		// A list that was begun before the message doesn't know of it.
		take(t, s, r, hours(1), entry(0, 1, hours(-5)))
		if got := asks(t, s, hours(4), 2, r); got != "nn" {
			t.Error(got)
		}
		set(true, hours(3), 3, true)
		if got := asks(t, s, hours(4), 2, r); got != "fn" {
			t.Error(got)
		}
		if got := due(t, s, r); len(got) != 1 {
			t.Error(got)
		}
	})
}

// TestHold: what shuts out somebody who was asked about is seen under the lock, and what doesn't is not.
func TestHold(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		r := rule(store.TypeConsent)
		now := hours(0)
		tell := func(e Entry) {
			now = now.Add(time.Second)
			e.At = now
			if changed, err := s.Set(ctx, &r, e, now); err != nil || !changed {
				t.Errorf("changed %v, %v", changed, err)
			}
		}
		for name, c := range map[string]struct {
			do   func()
			want bool
		}{
			"nothing":             {func() {}, false},
			"one not asked about": {func() { tell(Entry{Index: person(1)}) }, false},
			"one who comes":       {func() { tell(entry(2, 1, now)) }, false},
			"one asked about":     {func() { tell(Entry{Index: person(0)}) }, true},
			"one who comes again": {func() { tell(entry(0, 50, now)) }, true},
		} {
			t.Run(name, func(t *testing.T) {
				now = now.Add(time.Second)
				take(t, s, r, now, entry(0, 1, hours(-5)), entry(1, 1, hours(-5)))
				v, err := s.View(ctx, "heart", "", []store.ConsentRule{r}, now)
				ok(t, err)
				v.Ask(person(0))
				v.Ask(person(2))
				c.do()
				h, err := s.Hold(ctx, v, now)
				ok(t, err)
				defer h.Release()
				if h.Changed() != c.want {
					t.Errorf("changed %v", h.Changed())
				}
				ok(t, h.Alive(ctx))
			})
		}
		v, err := s.View(ctx, "heart", "", []store.ConsentRule{r}, now)
		ok(t, err)
		if _, err := s.Hold(ctx, v, hours(99)); store.CodeOf(err) != "consent.list_old" {
			t.Error(err)
		}
	})
}

// TestWithdrawalIsSeenOrComesAfter lets loads and withdrawals race: no load commits with a withdrawal written before.
func TestWithdrawalIsSeenOrComesAfter(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		r := rule(store.TypeConsent)
		const persons = 40
		var all []Entry
		for n := range persons {
			all = append(all, entry(n, 1, hours(-5)))
		}
		take(t, s, r, hours(0), all...)
		var written [persons]atomic.Bool
		var wait sync.WaitGroup
		for n := range persons {
			wait.Go(func() {
				v, err := s.View(ctx, "heart", "", []store.ConsentRule{r}, hours(1))
				if err != nil {
					t.Error(err)
					return
				}
				in, _ := v.Ask(person(n))
				time.Sleep(time.Duration(rand.IntN(3)) * time.Millisecond)
				h, err := s.Hold(ctx, v, hours(1))
				if err != nil {
					t.Error(err)
					return
				}
				if in && !h.Changed() && written[n].Load() {
					t.Errorf("person %d has withdrawn, and yet is loaded", n)
				}
				time.Sleep(time.Millisecond)
				if in && !h.Changed() && written[n].Load() {
					t.Errorf("person %d has withdrawn while it was held", n)
				}
				h.Release()
			})
			wait.Go(func() {
				time.Sleep(time.Duration(rand.IntN(4)) * time.Millisecond)
				if _, err := s.Set(ctx, &r, Entry{Index: person(n), At: hours(1)}, hours(1)); err != nil {
					t.Error(err)
				}
				written[n].Store(true)
			})
		}
		wait.Wait()
	})
}

// TestAnyListsEndInTheLast: whatever lists came, the rules answer by the last, and the history tells every turn of it.
func TestAnyListsEndInTheLast(t *testing.T) {
	s, err := Open(ctx, Options{Path: filepath.Join(t.TempDir(), "consent.db")})
	ok(t, err)
	defer s.Close()
	registry := 0
	rapid.Check(t, func(rt *rapid.T) {
		registry++
		r := rule(rapid.SampledFrom(store.ConsentTypes).Draw(rt, "type"))
		r.Party = "p" + string(rune('a'+registry%26)) + time.Duration(registry).String()
		var last map[int]bool
		for n := range rapid.IntRange(1, 4).Draw(rt, "lists") {
			last = map[int]bool{}
			var entries []Entry
			for _, p := range rapid.SliceOfN(rapid.IntRange(0, 9), 0, 12).Draw(rt, "list") {
				last[p] = true
				entries = append(entries, entry(p, int64(n+1), hours(n-50)))
			}
			x, err := s.Take(ctx, &r, Reading{Legal: hours(n), Known: hours(n), Entries: entries})
			ok(t, err)
			if x.State == store.SnapshotHeld {
				ok(t, s.Accept(ctx, &r, x.No, "ola", "", hours(n)))
			}
			if x.Turn.Active != int64(len(last)) || x.Turn.Before+x.Turn.New-x.Turn.Withdrawn != x.Turn.Active {
				rt.Fatalf("%d persons, %+v", len(last), x.Turn)
			}
		}
		got := asks(t, s, hours(7), 10, r)
		for p := range 10 {
			if in := got[p] != 'n'; in != (last[p] == (r.Type == store.TypeConsent)) {
				rt.Fatalf("%s: person %d in %v: %s", r.Type, p, last, got)
			}
		}
		var states, turns int64
		id, _, err := find(ctx, s.db, &r)
		ok(t, err)
		ok(t, s.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM choice WHERE list=$1 AND active=1),
			coalesce(sum(CASE WHEN state='active' AND was<>'active' THEN 1 WHEN state<>'active' AND was='active' THEN -1 ELSE 0 END), 0)
			FROM history WHERE list=$1`, id).Scan(&states, &turns))
		if states != turns || states != int64(len(last)) {
			rt.Fatalf("%d active, and the history says %d", states, turns)
		}
	})
}

func TestMove(t *testing.T) {
	s, err := Open(ctx, Options{Path: filepath.Join(t.TempDir(), "consent.db")})
	ok(t, err)
	defer s.Close()
	r := rule(store.TypeConsent)
	take(t, s, r, hours(0), entry(0, 1, hours(-9)), entry(1, 1, hours(-9)))
	take(t, s, r, hours(1), entry(1, 1, hours(-9)))
	url := postgres.URL(t)
	moved, err := s.CopyTo(ctx, url)
	ok(t, err)
	if len(moved) != 7 {
		t.Errorf("%d tables", len(moved))
	}
	to, err := Open(ctx, Options{URL: url})
	ok(t, err)
	defer to.Close()
	if got := asks(t, to, hours(2), 3, r); got != "nyn" {
		t.Error(got)
	}
	if n, err := to.Last(ctx); err != nil || n != 2 {
		t.Error(n, err)
	}
}

// BenchmarkView and BenchmarkAsk: a list of 31 118 persons, which is read once a run, and asked of each person.
func BenchmarkView(b *testing.B) {
	s, r := benchmarked(b, 31118)
	for b.Loop() {
		if _, err := s.View(ctx, "heart", "", []store.ConsentRule{r}, noon); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAsk(b *testing.B) {
	s, r := benchmarked(b, 31118)
	v, err := s.View(ctx, "heart", "", []store.ConsentRule{r}, noon)
	ok(b, err)
	n := 0
	for b.Loop() {
		n++
		v.Ask(person(n % 100_000))
	}
}

func benchmarked(b *testing.B, n int) (*Store, store.ConsentRule) {
	s, err := Open(ctx, Options{Path: filepath.Join(b.TempDir(), "consent.db")})
	ok(b, err)
	b.Cleanup(func() { s.Close() })
	r := rule(store.TypeReservation)
	var all []Entry
	for i := range n {
		all = append(all, entry(i, 1, hours(-1)))
	}
	take(b, s, r, noon, all...)
	return s, r
}
