package storetest_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// history makes runs of several integrations in two registries in all sorts of ends, and gives them newest first.
func history(t *testing.T, e *engine, d *db.DB, n int) []store.Run {
	ctx := t.Context()
	world(t, d)
	g := registry()
	g.ID, g.Name = "barn", "Barnediabetes"
	ok(t, d.CreateRegistry(ctx, g, ola))
	integrations := []string{"hjerte-rdap"}
	for _, id := range []string{"barn-a", "barn-b", "hjerte-b"} {
		i := integration()
		i.ID, i.Name, i.CodebookID = id, "Fra "+strings.ToUpper(id), ""
		i.RegistryID, _, _ = strings.Cut(id, "-")
		ok(t, d.CreateIntegration(ctx, i, ola))
		integrations = append(integrations, id)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for k := range n {
		e.clock.Advance(time.Duration(rnd.IntN(3600)) * time.Second)
		by := []store.Actor{ola, siri}[rnd.IntN(2)]
		r := &store.Run{IntegrationID: integrations[rnd.IntN(len(integrations))], DryRun: rnd.IntN(5) == 0,
			Trigger: store.Triggers[rnd.IntN(len(store.Triggers))]}
		ok(t, d.CreateRun(ctx, r, by))
		if rnd.IntN(8) == 0 {
			ok(t, d.FinishRun(ctx, r, db.Outcome{State: store.RunSkipped, Reason: store.ReasonOverlap}, by))
			continue
		}
		r = must(d.StartRun(ctx, r.ID, by))
		r.Delivery.Name = fmt.Sprintf("Årsfil_%d%%.csv", k)
		r.Counts = store.Counts{Read: int64(k), Loaded: int64(k)}
		to := []store.RunState{store.RunSucceeded, store.RunSucceeded, store.RunFailed, store.RunHeld}[rnd.IntN(4)]
		ok(t, d.FinishRun(ctx, r, db.Outcome{State: to, Reason: "hold.volume"}, by))
	}
	request(t, d, false)
	runs := must(d.Runs(ctx, store.RunFilter{All: true, Limit: n + 1}))
	if len(runs) != n+1 {
		t.Fatalf("%d runs", len(runs))
	}
	return runs
}

// picks is what a filter means.
func picks(f store.RunFilter, r *store.Run) bool {
	at := r.DueAt
	if at.IsZero() {
		at = r.CreatedAt
	}
	text := strings.ToLower(fmt.Sprint(r.No, " ", r.IntegrationID, " ", r.Actor, " ", r.Delivery.Name, " ", r.Reason))
	return (f.All || slices.Contains(f.Registries, r.RegistryID)) &&
		(f.IntegrationID == "" || f.IntegrationID == r.IntegrationID) &&
		(len(f.States) == 0 || slices.Contains(f.States, r.State)) &&
		(len(f.Triggers) == 0 || slices.Contains(f.Triggers, r.Trigger)) &&
		(f.Actor == "" || f.Actor == r.Actor) &&
		(f.From.IsZero() || !at.Before(f.From)) && (f.To.IsZero() || at.Before(f.To)) &&
		(f.Text == "" || strings.Contains(text, strings.ToLower(f.Text)) || f.Number() == r.No)
}

func TestHistory(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		runs := history(t, e, d, 120)
		if got := must(d.Runs(ctx, store.RunFilter{})); got != nil {
			t.Fatalf("a filter that names no registry picks %d runs", len(got))
		}
		rnd := rand.New(rand.NewPCG(3, 4))
		maybe := func(f func()) {
			if rnd.IntN(3) == 0 {
				f()
			}
		}
		found := 0
		for range 300 {
			f := store.RunFilter{All: rnd.IntN(2) == 0, Limit: 2 + rnd.IntN(40)}
			maybe(func() { f.Registries = append(f.Registries, "hjerte") })
			maybe(func() { f.Registries = append(f.Registries, "barn") })
			maybe(func() { f.IntegrationID = "barn-a" })
			maybe(func() { f.States = append(f.States, store.RunSucceeded, store.RunSkipped) })
			maybe(func() { f.Triggers = []store.Trigger{store.TriggerShell, store.TriggerPerson} })
			maybe(func() { f.Actor = siri.Name })
			maybe(func() { f.From = start.Add(time.Duration(rnd.IntN(60)) * time.Hour) })
			maybe(func() { f.To = start.Add(time.Duration(rnd.IntN(60)) * time.Hour) })
			maybe(func() {
				f.Text = []string{"ÅRSFIL", "_1", "7%", "barn", "volume", `\`, "siri s", "7", "#12", "1 0"}[rnd.IntN(10)]
			})
			var expect, got []store.Run
			for _, r := range runs {
				if picks(f, &r) {
					expect = append(expect, r)
				}
			}
			slices.SortStableFunc(expect, func(a, b store.Run) int { // the run with the number asked for stands first
				return cmp.Compare(btoi(b.No == f.Number()), btoi(a.No == f.Number()))
			})
			same(t, counted(t, d, f), int64(len(expect)))
			for { // page by page
				page := must(d.Runs(ctx, f))
				got = append(got, page...)
				if len(page) < f.Limit {
					break
				}
				f.Before = page[len(page)-1].No
			}
			if !slices.EqualFunc(got, expect, func(a, b store.Run) bool { return a.ID == b.ID }) {
				t.Fatalf("%+v picks %d runs, want %d", f, len(got), len(expect))
			}
			found += len(got)
		}
		if found < 1000 {
			t.Fatalf("the filters found %d runs in all: too few to say anything", found)
		}
		for _, text := range []string{"hjertekirurgi", "FRA BARN-B"} { // names of registry and integration
			if counted(t, d, store.RunFilter{All: true, Text: text}) == 0 {
				t.Errorf("nothing is found by %q", text)
			}
		}
	})
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestStandings(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		runs := history(t, e, d, 120)
		never := integration()
		never.ID = "hjerte-aldri"
		ok(t, d.CreateIntegration(ctx, never, ola))
		for _, registry := range []string{"", "barn", "hjerte"} {
			expect := map[string]store.Standing{}
			strips := map[string][]store.RunMark{}
			if registry != "barn" {
				expect[never.ID] = store.Standing{IntegrationID: never.ID}
			}
			for i := range runs {
				r := &runs[i]
				if registry != "" && r.RegistryID != registry {
					continue
				}
				if len(strips[r.IntegrationID]) < 5 {
					strips[r.IntegrationID] = append(strips[r.IntegrationID],
						store.RunMark{ID: r.ID, No: r.No, State: r.State, At: r.CreatedAt})
				}
				if r.DryRun {
					continue
				}
				s := expect[r.IntegrationID]
				s.IntegrationID = r.IntegrationID
				s.Latest = cmp.Or(s.Latest, r)
				if r.State == store.RunSucceeded {
					s.Succeeded = cmp.Or(s.Succeeded, r)
				}
				expect[r.IntegrationID] = s
			}
			f := db.IntegrationFilter{RegistryID: registry}
			same(t, must(d.Standings(ctx, f)), expect)
			same(t, must(d.Strips(ctx, f, 5)), strips)
		}
		var reads []store.Reading
		for _, r := range runs {
			if r.IntegrationID == "barn-a" && r.State == store.RunSucceeded && !r.DryRun && r.Counts.Read > 0 && len(reads) < 5 {
				reads = append(reads, store.Reading{At: r.When(), Rows: r.Counts.Read})
			}
		}
		same(t, must(d.NormalReads(ctx, "barn-a", 5)), reads)
	})
}

// counted is how many runs a filter picks.
func counted(t testing.TB, d *db.DB, f store.RunFilter) (n int64) {
	t.Helper()
	for state, of := range must(d.RunCounts(t.Context(), f)) {
		if len(f.States) == 0 || slices.Contains(f.States, state) {
			n += of
		}
	}
	return n
}
