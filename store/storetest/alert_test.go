package storetest_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

var everything = store.AlertFilter{All: true, Own: true}

// wrong gives the kinds of the open alerts, in order of kind.
func wrong(t testing.TB, d *db.DB) []store.AlertKind {
	t.Helper()
	ok(t, d.SettleRunAlerts(t.Context()))
	kinds := []store.AlertKind{}
	for _, a := range must(d.Alerts(t.Context(), everything)) {
		kinds = append(kinds, a.Kind)
	}
	slices.Sort(kinds)
	return kinds
}

func TestAlertsOfRuns(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		i.Limits.AllowEmpty = false
		ok(t, d.UpdateIntegration(ctx, i, ola))
		none := []store.AlertKind{}
		same(t, wrong(t, d), none)

		for _, x := range []struct {
			state store.RunState
			read  int64
			want  []store.AlertKind
		}{
			{store.RunFailed, 5, []store.AlertKind{store.AlertFailed}},
			{store.RunRefused, 0, []store.AlertKind{store.AlertFailed, store.AlertRefused}},
			{store.RunSucceeded, 0, []store.AlertKind{store.AlertEmpty}},
			{store.RunSucceeded, 5, none},
			{store.RunHeld, 5, []store.AlertKind{store.AlertHeld}},
			{store.RunSucceeded, 5, []store.AlertKind{store.AlertHeld}}, // it waits for a person all the same
		} {
			ends(t, d, i.ID, x.state, x.read)
			e.clock.Advance(time.Minute)
			same(t, wrong(t, d), x.want)
		}
		held := must(d.Alerts(ctx, store.AlertFilter{Registries: []string{i.RegistryID}, Kind: store.AlertHeld}))[0]
		same(t, held.Code, store.Code("gate.no_ros"))
		run := must(d.RunByNo(ctx, held.RunNo))
		run = must(d.TakeRun(ctx, run.ID, run.Attempt, ola))
		ok(t, d.FinishRun(ctx, run, db.Outcome{State: store.RunCancelled, Reason: "run.rejected"}, ola))
		same(t, wrong(t, d), none)
		past := must(d.Alerts(ctx, store.AlertFilter{All: true, Closed: true}))
		if len(past) == 0 || past[0].Kind != store.AlertHeld {
			t.Errorf("the past: %+v", past)
		}

		// Waiting to begin, at work for too long, and left.
		r := &store.Run{IntegrationID: i.ID, Trigger: store.TriggerPerson}
		ok(t, d.CreateRun(ctx, r, ola))
		same(t, wrong(t, d), none)
		e.clock.Advance(store.StartGrace + time.Minute)
		same(t, wrong(t, d), []store.AlertKind{store.AlertWaiting})
		r = must(d.StartRun(ctx, r.ID, store.SystemActor()))
		same(t, wrong(t, d), none)
		e.clock.Advance(store.LostGrace + store.DefaultLease + time.Minute)
		same(t, wrong(t, d), []store.AlertKind{store.AlertLost})
		ok(t, d.ProgressRun(ctx, r))
		same(t, wrong(t, d), none)
		e.clock.Advance(store.SlowLeast)
		ok(t, d.ProgressRun(ctx, r))
		same(t, wrong(t, d), []store.AlertKind{store.AlertSlow})
		r.Counts = store.Counts{Read: 5, Loaded: 5}
		ok(t, d.FinishRun(ctx, r, db.Outcome{State: store.RunSucceeded}, store.SystemActor()))
		same(t, wrong(t, d), none)
		e.clock.Advance(time.Duration(i.ExpectedHours+1) * time.Hour)
		same(t, wrong(t, d), []store.AlertKind{store.AlertLate})
		ends(t, d, i.ID, store.RunSucceeded, 5)
		same(t, wrong(t, d), none)

		for range store.CircuitFailures {
			must(d.FailedCircuit(ctx, "kilde:443", "http.refused", 0))
		}
		same(t, wrong(t, d), []store.AlertKind{store.AlertCircuit})
		ok(t, d.AnsweredCircuit(ctx, "kilde:443"))
		same(t, wrong(t, d), none)
	})
}

func TestTakeAlert(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		who := crowd(t, d)
		told(t, d)
		ends(t, d, i.ID, store.RunFailed, 5)
		same(t, wrong(t, d), []store.AlertKind{store.AlertFailed})
		same(t, must(d.OpenAlerts(ctx)), map[string]int64{i.RegistryID: 1})

		a := must(d.Alerts(ctx, everything))[0]
		stale := a
		want(t, d.TakeAlert(ctx, &a, ola), store.Invalid, "field.required")
		a.Reason, a.Until = "Ringer kilden", e.clock.Now().Add(24*time.Hour)
		ok(t, d.TakeAlert(ctx, &a, ola))
		want(t, d.TakeAlert(ctx, &stale, ola), store.Conflict, "db.changed")
		same(t, must(d.OpenAlerts(ctx)), map[string]int64{})

		untaken := func() (n int) {
			for _, k := range kinds(t, d, who[store.RoleAdmin]) {
				if k == store.NoticeUntaken {
					n++
				}
			}
			return n
		}
		e.clock.Advance(store.EscalateAfter)
		wrong(t, d)
		same(t, untaken(), 0)
		e.clock.Advance(24 * time.Hour) // what was put off comes back
		same(t, must(d.OpenAlerts(ctx)), map[string]int64{i.RegistryID: 1})
		wrong(t, d)
		wrong(t, d)
		same(t, untaken(), 1)
	})
}

// TestAlertsStorm: many integrations stop at once, two processes see it, and nobody is told twice or in many lines.
func TestAlertsStorm(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		who := crowd(t, d)
		told(t, d)
		const many = 40
		for n := range many {
			other := integration()
			other.ID, other.Name = fmt.Sprint("hjerte-", n), fmt.Sprint("Nummer ", n)
			ok(t, d.CreateIntegration(ctx, other, ola))
			r := &store.Run{IntegrationID: other.ID, Trigger: store.TriggerPerson}
			ok(t, d.CreateRun(ctx, r, ola))
		}
		e.clock.Advance(store.StartGrace + time.Minute)
		var both sync.WaitGroup
		errs := make([]error, 4)
		for n := range errs {
			both.Go(func() { errs[n] = d.SettleRunAlerts(ctx) })
		}
		both.Wait()
		for _, err := range errs {
			ok(t, err)
		}
		same(t, len(must(d.Alerts(ctx, everything))), many)
		groups := store.GroupNotices(must(d.Notices(ctx, who[store.RoleAdmin], 1000)))
		if len(groups) != 1 || groups[0].Kind != store.NoticeWaiting || groups[0].Count != many {
			t.Errorf("the admin is told in %d lines: %+v", len(groups), groups)
		}
		same(t, len(must(d.Alerts(ctx, store.AlertFilter{Registries: []string{"annet"}}))), 0)
		same(t, len(must(d.Alerts(ctx, store.AlertFilter{Registries: []string{i.RegistryID}, Limit: 7}))), 7)
	})
}

// TestOneHostOneMail: many integrations that fail because one host is away are one line of one mail, with the host and how
// many they are, and an alert each; what fails for another reason has its own line.
func TestOneHostOneMail(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		world(t, d)
		who := crowd(t, d)
		told(t, d)
		ok(t, d.CollectMail(ctx, time.Minute))
		for list := must(d.ClaimOutgoing(ctx, 100, time.Minute)); len(list) > 0; list = must(d.ClaimOutgoing(ctx, 100, time.Minute)) {
			for _, o := range list {
				ok(t, d.SettleOutgoing(ctx, &o, "", time.Time{}))
			}
		}
		fails := func(id string, times int, args store.Args) {
			t.Helper()
			other := integration()
			other.ID, other.Name = id, "Nummer "+id
			ok(t, d.CreateIntegration(ctx, other, ola))
			for range times {
				r := &store.Run{IntegrationID: id, Trigger: store.TriggerPerson}
				ok(t, d.CreateRun(ctx, r, ola))
				r = must(d.StartRun(ctx, r.ID, store.SystemActor()))
				ok(t, d.FinishRun(ctx, r, db.Outcome{State: store.RunFailed, Reason: "http.away", Args: args}, store.SystemActor()))
			}
		}
		const many = 40
		for n := range many {
			fails(fmt.Sprint("hjerte-", n), 1+n%2, store.Args{"host": "kilde.sykehus.no"})
		}
		fails("alene", 2, store.Args{"host": "annen.sykehus.no"})
		fails("uten", 1, nil)
		told(t, d)
		ok(t, d.SettleRunAlerts(ctx))
		same(t, len(must(d.Alerts(ctx, store.AlertFilter{All: true, Kind: store.AlertFailed}))), many+2)

		e.clock.Advance(2 * time.Minute)
		ok(t, d.CollectMail(ctx, time.Minute))
		mails := must(d.ClaimOutgoing(ctx, 100, time.Minute))
		var mine []store.Outgoing
		for _, o := range mails {
			if o.Target == who[store.RoleCoordinator] {
				mine = append(mine, o)
			}
		}
		if len(mine) != 1 {
			t.Fatalf("%d mails", len(mine))
		}
		groups := store.GroupNotices(must(d.MailedNotices(ctx, mine[0].ID)))
		if len(groups) != 3 {
			t.Fatalf("%d lines", len(groups))
		}
		for _, g := range groups {
			switch g.Topic {
			case "host:kilde.sykehus.no":
				if g.Host() != "kilde.sykehus.no" || g.Things != many || g.Count != many*3/2 || g.Page() != "/alerts?kind=run_failed" {
					t.Errorf("%s: %d of %d on %s", g.Host(), g.Things, g.Count, g.Page())
				}
			case "host:annen.sykehus.no":
				if g.Host() != "" || g.Things != 1 || g.Count != 2 || g.Page() != g.Path {
					t.Errorf("one that fails alone: %+v", g)
				}
			case "uten":
			default:
				t.Errorf("a line about %s", g.Topic)
			}
		}
	})
}
