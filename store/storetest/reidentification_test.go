package storetest_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// reidentActs go on where acts end.
var reidentActs = []act{
	{"SignIn", "user.sign_in", func(ctx context.Context, d *db.DB, s *scene) error {
		s.asks = signedIn(ctx, d, "asks")
		return nil
	}},
	{"ReplaceGrants", "access.replace", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.ReplaceGrants(ctx, s.asks.UserID, "oidc", []store.Grant{{Role: store.RoleCoordinator, RegistryID: "hjerte"}})
	}},
	{"SignIn", "user.sign_in", func(ctx context.Context, d *db.DB, s *scene) error {
		s.releases = signedIn(ctx, d, "releases")
		return nil
	}},
	{"ReplaceGrants", "access.replace", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.ReplaceGrants(ctx, s.releases.UserID, "oidc", []store.Grant{{Role: store.RoleSecurity, RegistryID: "*"}})
	}},
	{"PutReidentRules", "setting.update", func(ctx context.Context, d *db.DB, s *scene) error {
		r := store.DefaultReidentRules
		r.PerHour = 10
		return d.PutReidentRules(ctx, r, ola)
	}},
	{"AskReidentification", "reident.asked", func(ctx context.Context, d *db.DB, s *scene) error {
		s.reident = whoIs(1)
		return d.AskReidentification(ctx, s.reident, s.asks)
	}},
	{"WithdrawReidentification", "reident.retracted", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.WithdrawReidentification(ctx, s.reident.ID, 1, s.asks)
	}},
	{"AskReidentification", "reident.break", func(ctx context.Context, d *db.DB, s *scene) error {
		s.reident = whoIs(1)
		s.reident.Break = true
		return d.AskReidentification(ctx, s.reident, s.asks)
	}},
	{"OpenReidentification", "reident.opened", func(ctx context.Context, d *db.DB, s *scene) (err error) {
		s.token, _, err = d.OpenReidentification(ctx, s.reident.ID, 1, s.asks)
		return err
	}},
	{"MayReidentify, UseReidentification", "reident.person", func(ctx context.Context, d *db.DB, s *scene) error {
		if _, err := d.MayReidentify(ctx, s.reident.ID, s.token, s.asks); err != nil {
			return err
		}
		_, err := d.UseReidentification(ctx, s.reident.ID, s.token, nil, s.asks)
		return err
	}},
	{"DecideReidentification", "reident.disapproved", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.DecideReidentification(ctx, s.reident.ID, 3, store.ReidentDisapproved, "Kunne ha ventet", s.releases)
		return err
	}},
}

// signedIn gives somebody who has logged in.
func signedIn(ctx context.Context, d *db.DB, name string) store.Actor {
	u := must(d.SignIn(ctx, "https://idp", name, name, start))
	return store.Actor{UserID: u.ID, Name: name, Request: "req"}
}

// whoIs asks who n persons of hjerte are.
func whoIs(n int) *store.Reidentification {
	q := &store.Reidentification{RegistryID: "hjerte", Purpose: store.ReidentSafety, LegalBasis: "Helseregisterloven § 21",
		LD: store.Ref{ID: "ld-7", Version: 2}, Reason: "Alvorlig funn på bildene"}
	for i := range n {
		q.Pseudonyms = append(q.Pseudonyms, store.Pseudonym{15: byte(i + 1)})
	}
	return q
}

// released is a world in which kaja asks and sindre decides.
type released struct {
	t            *testing.T
	e            *engine
	d            *db.DB
	kaja, sindre store.Actor
	people       map[string]store.Actor
}

func newReleased(t *testing.T, e *engine) *released {
	t.Helper()
	d := e.open(t)
	world(t, d)
	p := people(t, d, start, "kaja", "knut", "sindre", "solveig")
	w := &released{t: t, e: e, d: d, kaja: p["kaja"], sindre: p["sindre"], people: p}
	for name, role := range map[string]store.PortalRole{"kaja": store.RoleCoordinator, "knut": store.RoleCoordinator,
		"sindre": store.RoleSecurity, "solveig": store.RoleSecurity} {
		w.role(name, role)
	}
	return w
}

// role gives somebody one role and takes the others.
func (w *released) role(name string, role store.PortalRole) {
	w.t.Helper()
	registry := "hjerte"
	if role.PortalWide() {
		registry = store.AllRegistries
	}
	ok(w.t, w.d.ReplaceGrants(w.t.Context(), w.people[name].UserID, "oidc", []store.Grant{{Role: role, RegistryID: registry}}))
}

func (w *released) asked(n int) *store.Reidentification {
	w.t.Helper()
	q := whoIs(n)
	ok(w.t, w.d.AskReidentification(w.t.Context(), q, w.kaja))
	return q
}

// opened asks, approves and draws the token.
func (w *released) opened(n int) (*store.Reidentification, store.ReidentToken) {
	w.t.Helper()
	q := w.asked(n)
	must(w.d.DecideReidentification(w.t.Context(), q.ID, 1, store.ReidentApproved, "", w.sindre))
	token, q, err := w.d.OpenReidentification(w.t.Context(), q.ID, 2, w.kaja)
	ok(w.t, err)
	return q, token
}

// refused holds that a token shows nothing, and that nothing is written.
func (w *released) refused(q *store.Reidentification, token store.ReidentToken, by store.Actor, code store.Code) {
	w.t.Helper()
	before := len(audited(w.t, w.d))
	_, err := w.d.MayReidentify(w.t.Context(), q.ID, token, by)
	want(w.t, err, store.Forbidden, code)
	_, err = w.d.UseReidentification(w.t.Context(), q.ID, token, nil, by)
	want(w.t, err, store.Forbidden, code)
	same(w.t, len(audited(w.t, w.d)), before)
}

func TestReidentification(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		w := newReleased(t, e)
		d, ctx := w.d, t.Context()
		q := w.asked(3)
		filled(t, q, "Break", "DecidedBy", "DecidedAt", "Answer", "OpenUntil", "UsedAt", "Shown", "OverdueAt")
		same(t, *must(d.Reidentification(ctx, q.ID)), *q)
		_, err := d.Reidentification(ctx, "ingen")
		want(t, err, store.NotFound, "reident.not_found")

		// Four eyes in two roles, versions, in the database itself.
		for code, by := range map[store.Code]store.Actor{"reident.four_eyes": w.kaja, "reident.no_right": w.people["knut"]} {
			_, err := d.DecideReidentification(ctx, q.ID, 1, store.ReidentApproved, "", by)
			want(t, err, store.Forbidden, code)
		}
		_, err = d.DecideReidentification(ctx, q.ID, 1, store.ReidentApproved, "", store.SystemActor())
		want(t, err, store.Forbidden, "reident.four_eyes")
		_, err = d.DecideReidentification(ctx, q.ID, 2, store.ReidentApproved, "", w.sindre)
		want(t, err, store.Conflict, "db.changed")
		_, err = d.DecideReidentification(ctx, q.ID, 1, store.ReidentApproved, "Gjelder 17837130158", w.sindre)
		want(t, err, store.Invalid, "reident.number")
		_, err = d.DecideReidentification(ctx, q.ID, 1, store.ReidentConfirmed, "", w.sindre)
		want(t, err, store.Conflict, "reident.transition")
		_, _, err = d.OpenReidentification(ctx, q.ID, 1, w.kaja)
		want(t, err, store.Forbidden, "reident.not_open")
		w.role("sindre", store.RoleReader)
		_, err = d.DecideReidentification(ctx, q.ID, 1, store.ReidentApproved, "", w.sindre)
		want(t, err, store.Forbidden, "reident.no_right")
		w.role("sindre", store.RoleSecurity)

		e.clock.Advance(time.Minute)
		done := must(d.DecideReidentification(ctx, q.ID, 1, store.ReidentApproved, "greit", w.sindre))
		same(t, *must(d.Reidentification(ctx, q.ID)), *done)
		same(t, done.OpenUntil, minute(61))
		_, _, err = d.OpenReidentification(ctx, q.ID, 2, w.sindre)
		want(t, err, store.Forbidden, "reident.not_yours")
		w.refused(q, store.ReidentToken{}, w.kaja, "reident.token")

		old, _, err := d.OpenReidentification(ctx, q.ID, 2, w.kaja)
		ok(t, err)
		token, _, err := d.OpenReidentification(ctx, q.ID, 3, w.kaja) // the page was closed
		ok(t, err)
		w.refused(q, old, w.kaja, "reident.token")
		w.refused(q, store.NewReidentToken(), w.kaja, "reident.token")
		w.refused(q, token, w.people["knut"], "reident.not_yours")
		w.refused(q, token, w.sindre, "reident.not_yours")

		found := map[store.Pseudonym]bool{q.Pseudonyms[0]: true, q.Pseudonyms[2]: true}
		before := len(audited(t, d))
		used := must(d.UseReidentification(ctx, q.ID, token, found, w.kaja))
		same(t, *must(d.Reidentification(ctx, q.ID)), *used)
		if used.State != store.ReidentUsed || used.Shown != 2 || !used.UsedAt.Equal(minute(1)) {
			t.Errorf("%+v", used)
		}
		log := audited(t, d)
		same(t, len(log)-before, 3)
		for i, p := range q.Pseudonyms {
			entry := log[2-i]
			if entry.Action != "reident.person" || entry.Object != p.String() || entry.Details["request"] != q.ID || entry.Details["found"] != found[p] {
				t.Errorf("%+v", entry)
			}
		}
		w.refused(q, token, w.kaja, "reident.used")
		_, _, err = d.OpenReidentification(ctx, q.ID, used.Version, w.kaja)
		want(t, err, store.Forbidden, "reident.used")
		want(t, d.WithdrawReidentification(ctx, q.ID, used.Version, w.kaja), store.Conflict, "reident.transition")
		same(t, len(must(d.Reidentifications(ctx))), 1)
	})
}

// Between the approval and the use everything may change.
func TestReidentificationBetween(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		w := newReleased(t, e)
		d, ctx := w.d, t.Context()
		q, token := w.opened(1)
		other := whoIs(1)
		ok(t, d.AskReidentification(ctx, other, w.people["knut"]))
		must(d.DecideReidentification(ctx, other.ID, 1, store.ReidentApproved, "", w.sindre))
		theirs, _, err := d.OpenReidentification(ctx, other.ID, 2, w.people["knut"])
		ok(t, err)
		w.refused(q, theirs, w.kaja, "reident.token")

		w.role("kaja", store.RoleReader)
		w.refused(q, token, w.kaja, "reident.no_right")
		w.role("kaja", store.RoleCoordinator)
		w.role("sindre", store.RoleAuditor)
		w.refused(q, token, w.kaja, "reident.approver_gone")
		w.role("sindre", store.RoleSecurity)

		e.clock.Advance(-time.Second)
		w.refused(q, token, w.kaja, "reident.clock")
		e.clock.Advance(time.Second)
		g := must(d.Registry(ctx, "hjerte"))
		g.EndsOn = "2026-11-22"
		ok(t, d.UpdateRegistry(ctx, g, ola))
		w.refused(q, token, w.kaja, "reident.registry_ended")
		want(t, d.AskReidentification(ctx, whoIs(1), w.kaja), store.Forbidden, "reident.registry_ended")
		g = must(d.Registry(ctx, "hjerte"))
		g.EndsOn = "2030-01-01"
		ok(t, d.UpdateRegistry(ctx, g, ola))

		ok(t, d.BlockUser(ctx, w.kaja.UserID, "mistet kortet", w.sindre))
		w.refused(q, token, w.kaja, "reident.no_right")

		ok(t, d.ExpireReidentification(ctx, other.ID, store.SystemActor())) // not yet
		same(t, must(d.Reidentification(ctx, other.ID)).State, store.ReidentApproved)
		e.clock.Advance(time.Hour)
		w.refused(other, theirs, w.people["knut"], "reident.expired")
		ok(t, d.ExpireReidentification(ctx, other.ID, store.SystemActor()))
		same(t, must(d.Reidentification(ctx, other.ID)).State, store.ReidentExpired)
		w.refused(other, theirs, w.people["knut"], "reident.expired")
	})
}

// Of several who send one token at once, one is shown the persons.
func TestReidentificationOnce(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		w := newReleased(t, e)
		again := e.open(t) // as another process
		q, token := w.opened(2)
		before := len(audited(t, w.d))
		var wait sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wait.Go(func() {
				d := w.d
				if i%2 == 1 {
					d = again
				}
				_, errs[i] = d.UseReidentification(t.Context(), q.ID, token, nil, w.kaja)
			})
		}
		wait.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			want(t, err, store.Forbidden, "reident.used")
		}
		same(t, won, 1)
		same(t, len(audited(t, w.d))-before, 2)
	})
}

func TestReidentificationBreak(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		w := newReleased(t, e)
		d, ctx := w.d, t.Context()
		q := whoIs(1)
		q.Break = true
		ok(t, d.AskReidentification(ctx, q, w.kaja))
		same(t, q.State, store.ReidentBroken)
		same(t, audited(t, d)[0].Action, "reident.break")
		same(t, audited(t, d)[0].Reason, q.Reason)
		token, _, err := d.OpenReidentification(ctx, q.ID, 1, w.kaja)
		ok(t, err)
		shown := must(d.UseReidentification(ctx, q.ID, token, map[store.Pseudonym]bool{q.Pseudonyms[0]: true}, w.kaja))
		same(t, shown.State, store.ReidentShown)
		w.refused(q, token, w.kaja, "reident.used")

		e.clock.Advance(24*time.Hour - time.Second)
		ok(t, d.OverdueReidentification(ctx, q.ID, store.SystemActor()))
		same(t, must(d.Reidentification(ctx, q.ID)).OverdueAt.IsZero(), true)
		e.clock.Advance(time.Second)
		for range 2 { // told once
			ok(t, d.OverdueReidentification(ctx, q.ID, store.SystemActor()))
		}
		same(t, audited(t, d)[0].Action, "reident.overdue")
		late := must(d.Reidentification(ctx, q.ID))
		_, err = d.DecideReidentification(ctx, q.ID, late.Version, store.ReidentConfirmed, "", w.kaja)
		want(t, err, store.Forbidden, "reident.four_eyes")
		confirmed := must(d.DecideReidentification(ctx, q.ID, late.Version, store.ReidentConfirmed, "Det hastet", w.sindre))
		same(t, confirmed.DecidedBy, w.sindre.UserID)
		same(t, *must(d.Reidentification(ctx, q.ID)), *confirmed)

		// Three an hour, and three a day of those without an approval; a clock that is set back gives no more.
		for range 2 {
			b := whoIs(1)
			b.Break = true
			ok(t, d.AskReidentification(ctx, b, w.kaja))
			e.clock.Advance(40 * time.Minute)
		}
		b := whoIs(1)
		b.Break = true
		ok(t, d.AskReidentification(ctx, b, w.kaja))
		want(t, d.AskReidentification(ctx, b, w.kaja), store.Conflict, "reident.too_many_breaks")
		b.Break = false
		ok(t, d.AskReidentification(ctx, b, w.kaja))
		want(t, d.AskReidentification(ctx, b, w.kaja), store.Conflict, "reident.too_many")
		e.clock.Advance(-12 * time.Hour)
		want(t, d.AskReidentification(ctx, b, w.kaja), store.Conflict, "reident.too_many")
		ok(t, d.AskReidentification(ctx, b, w.people["knut"]))
		e.clock.Advance(13*time.Hour + time.Minute)
		ok(t, d.AskReidentification(ctx, b, w.kaja))

		x := whoIs(1)
		x.LD.Version = 9
		want(t, d.AskReidentification(ctx, x, w.people["knut"]), store.NotFound, "ld.not_found")
	})
}

// A hurried person sends the form many times at once.
func TestReidentificationAtOnce(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		w := newReleased(t, e)
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				if err := w.d.AskReidentification(t.Context(), whoIs(1), w.kaja); err != nil && store.CodeOf(err) != "reident.too_many" {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		same(t, len(must(w.d.Reidentifications(t.Context()))), store.DefaultReidentRules.PerHour)
	})
}
