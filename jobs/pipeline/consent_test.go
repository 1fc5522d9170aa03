package pipeline

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/vault"
	"samband/store/vault/consent"
)

// asked is a registry whose persons have consented.
type asked struct {
	*world
	consents *consent.Store
	rule     store.ConsentRule
	rows     [][]string
	persons  []string // numbers of those with rows that stand
	lists    int
	stood    int // lines of a dump before the load
}

func newAsked(t *testing.T, w *world, kind store.ConsentType) *asked {
	t.Helper()
	a := &asked{world: w, rows: extract(7, 4000), rule: store.NewConsentRule(kind)}
	a.rule.ID, a.rule.RegistryID, a.rule.Name, a.rule.ConnectionID, a.rule.WaitDays = "r", "episodes", "Regelen", "pvk", 0
	a.rule.Definition, a.rule.Party = "0f1e2d3c-4b5a-4697-8877-665544332211", "episodes"
	a.rule.FallCount, a.rule.TurnCount, a.rule.FallShare, a.rule.TurnShare = 1_000_000, 1_000_000, 1, 1
	var err error
	if a.consents, err = consent.Open(ctx, consent.Options{Path: filepath.Join(w.dir, "consent.db"), URL: w.url}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.consents.Close() })
	a.persons = slices.Sorted(maps.Keys(expect(a.rows).persons))
	return a
}

func (a *asked) index(number string) vault.Index {
	a.t.Helper()
	p, ok := store.PersonNumberOf(number)
	if !ok {
		a.t.Fatal("no number")
	}
	key, err := store.NewPersonKey(store.FNR, "", p)
	if err != nil {
		a.t.Fatal(err)
	}
	return a.vault.NewIndexer(nil).Index(key)
}

// list takes in a list of these persons.
func (a *asked) list(numbers []string) {
	a.t.Helper()
	a.lists++
	a.clock.Advance(time.Second)
	now := a.clock.Now()
	l := consent.Reading{Legal: now, Known: now}
	for _, n := range numbers {
		l.Entries = append(l.Entries, consent.Entry{Index: a.index(n), Active: true, At: now.AddDate(0, 0, -1)})
	}
	if _, err := a.consents.Take(ctx, &a.rule, l); err != nil {
		a.t.Fatal(err)
	}
}

// withdraw takes a message in that these persons have withdrawn, or have reserved, just now.
func (a *asked) withdraw(numbers []string, active bool) {
	a.t.Helper()
	a.clock.Advance(time.Millisecond)
	for _, n := range numbers {
		if changed, err := a.consents.Set(ctx, &a.rule, consent.Entry{Index: a.index(n), Active: active, At: a.clock.Now()}, a.clock.Now()); err != nil || !changed {
			a.t.Errorf("changed %v, %v", changed, err)
		}
	}
}

// load runs the delivery as a run does: it begins again when somebody in it has withdrawn meanwhile. change may alter the
// first try's job.
func (a *asked) load(change func(*Job, *delivery)) (res Result, tries int, err error) {
	a.t.Helper()
	text := encode(a.t, a.rows)
	for tries = 1; tries <= 3; tries++ {
		d := newDelivery(a.t, text)
		j := a.job(d)
		j.Limits.MaxQuarantined, j.Consents = 1, a.consents
		if j.Consent, err = a.consents.View(ctx, "episodes", "", []store.ConsentRule{a.rule}, a.clock.Now()); err != nil {
			a.t.Fatal(err)
		}
		if change != nil && tries == 1 {
			change(&j, d)
		}
		res, err = Run(ctx, j)
		if store.CodeOf(err) != "consent.changed" {
			return res, tries, err
		}
		if h, i := a.dumps(); strings.Count(h, "\n") != a.stood || strings.Count(i, "\n") > a.stood {
			a.t.Error("something is left of a load that began again")
		}
	}
	return res, tries, err
}

// loaded gives the numbers of those whose rows the registry holds.
func (a *asked) loaded() map[string]bool {
	a.t.Helper()
	_, text := a.dumps()
	_, rows := table(a.t, text)
	out := map[string]bool{}
	for _, r := range rows {
		out[r["fnr"]] = true
	}
	return out
}

// TestWithdrawnAtEachPoint: whoever withdraws before the commit is not loaded, wherever the run is; all the others are,
// and the registry is as if those persons' rows had never come.
func TestWithdrawnAtEachPoint(t *testing.T) {
	const n = 100
	each(t, func(t *testing.T, w *world) {
		for point, inject := range map[string]func(a *asked, gone []string) func(*Job, *delivery){
			"between plan and extraction": func(a *asked, gone []string) func(*Job, *delivery) {
				a.withdraw(gone, false)
				return nil
			},
			"between extraction and split": func(a *asked, gone []string) func(*Job, *delivery) {
				return func(j *Job, d *delivery) {
					d.before = func(batch int) error {
						if batch == 0 {
							a.withdraw(gone, false)
						}
						return nil
					}
				}
			},
			"between split and load": func(a *asked, gone []string) func(*Job, *delivery) {
				return func(j *Job, d *delivery) {
					d.before = func(batch int) error {
						if batch == 3 {
							a.withdraw(gone, false)
						}
						return nil
					}
				}
			},
			"in the load, before the commit": func(a *asked, gone []string) func(*Job, *delivery) {
				return func(j *Job, d *delivery) {
					j.Seen = func(context.Context, *Result) error { a.withdraw(gone, false); return nil }
				}
			},
		} {
			t.Run(point, func(t *testing.T) {
				w := w.another()
				a := newAsked(t, w, store.TypeConsent)
				a.stood = 1
				a.list(a.persons)
				gone := a.persons[:n]
				res, tries, err := a.load(inject(a, gone))
				if err != nil || res.State != store.RunSucceeded || !res.Counts.Balanced() {
					t.Fatal(res.State, res.Reason, res.Counts, err)
				}
				loaded := a.loaded()
				for _, p := range gone {
					if loaded[p] {
						t.Error("somebody who has withdrawn is loaded")
					}
				}
				if len(loaded) != len(a.persons)-n {
					t.Errorf("%d persons are loaded, want %d", len(loaded), len(a.persons)-n)
				}
				shut := map[string]bool{}
				for _, p := range gone {
					shut[p] = true
				}
				kept := slices.DeleteFunc(slices.Clone(a.rows), func(r []string) bool { return shut[r[0]] })
				if blocked := int64(len(a.rows) - len(kept)); res.Counts.Blocked < blocked || res.Counts.Read != int64(len(a.rows)) {
					t.Errorf("%+v, and %d rows are theirs", res.Counts, blocked)
				}
				a.check(expect(kept))
				if want := map[bool]int{true: 1, false: 2}[strings.HasPrefix(point, "between plan")]; tries != want {
					t.Errorf("%d tries", tries)
				}
			})
		}
	})
}

// TestReserved: those who have reserved are blocked, and none of their rows is mapped, or held back in quarantine.
func TestReserved(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := newAsked(t, w, store.TypeReservation)
		everybody := map[string]bool{}
		for _, r := range a.rows {
			if p, ok := store.PersonNumberOf(r[0]); ok && !store.ParsePerson(p.Reveal(), store.IdentRules{Environment: store.EnvTest}, a.clock.Now()).Number.IsZero() {
				everybody[p.Reveal()] = true
			}
		}
		a.stood = 1
		a.list(slices.Sorted(maps.Keys(everybody)))
		res, _, err := a.load(nil)
		if err != nil || !res.Counts.Balanced() {
			t.Fatal(res.Counts, err)
		}
		if res.Counts.Loaded+res.Counts.Merged+res.Counts.Unchanged != 0 || len(a.loaded()) != 0 {
			t.Errorf("%+v", res.Counts)
		}
		if by := res.QuarantinedBy; len(by) > 1 { // only rows whose person nobody can tell
			t.Errorf("held back %v", by)
		}
	})
}

// TestGivenAgain: of a person who withdrew and has consented again, only facts from then on are loaded, and what came
// before is blocked.
func TestGivenAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := newAsked(t, w, store.TypeConsent)
		a.stood = 1
		a.list(a.persons)
		who := a.persons[:100]
		a.withdraw(who, false)
		a.withdraw(who, true) // the facts of the delivery are older than now
		res, tries, err := a.load(nil)
		if err != nil || tries != 1 || !res.Counts.Balanced() {
			t.Fatal(tries, res.Counts, err)
		}
		loaded := a.loaded()
		again := map[string]bool{}
		for _, p := range who {
			if again[p] = true; loaded[p] {
				t.Error("what was taken back is there again")
			}
		}
		// From then on.
		later := a.clock.Now().AddDate(0, 0, 2)
		a.clock.Advance(72 * time.Hour)
		a.list(a.persons)
		day := func(t time.Time) string { return t.Format("02.01.2006") }
		in, out := slices.Index(columns, "inn_dato"), slices.Index(columns, "ut_dato")
		fresh := 0
		for i, r := range a.rows {
			if again[r[0]] && expect([][]string{r}).persons[r[0]] != nil && i%2 == 0 {
				r[in], r[out] = day(later), day(later)
				if expect([][]string{r}).persons[r[0]] != nil {
					fresh++
				}
			}
		}
		if res, _, err = a.load(nil); err != nil || fresh == 0 {
			t.Fatal(fresh, err)
		}
		back := 0
		for p := range a.loaded() {
			if again[p] {
				back++
			}
		}
		if back == 0 || back > fresh {
			t.Errorf("%d persons are back, with %d new rows", back, fresh)
		}
	})
}

// TestDryRunMeetsNobody: a dry run tells what would be blocked and starts nobody's waiting days.
func TestDryRunMeetsNobody(t *testing.T) {
	a := newAsked(t, newWorld(t), store.TypeReservation)
	a.rule.WaitDays, a.stood = 30, 1
	a.list(nil)
	for range 2 {
		res, _, err := a.load(func(j *Job, _ *delivery) { j.DryRun = true })
		if err != nil || res.Counts.Loaded != 0 || res.Counts.Blocked == 0 {
			t.Fatal(res.Counts, err)
		}
		a.clock.Advance(31 * 24 * time.Hour)
		a.list(nil)
	}
	if _, _, err := a.load(nil); err != nil || len(a.loaded()) != 0 {
		t.Error("the waiting days began with a dry run", err)
	}
	a.clock.Advance(31 * 24 * time.Hour)
	a.list(nil)
	if _, _, err := a.load(nil); err != nil || len(a.loaded()) != len(a.persons) {
		t.Error(len(a.loaded()), err)
	}
}
