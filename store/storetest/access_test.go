package storetest_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

// people are users that a test signs in, each with a session.
func people(t *testing.T, d *db.DB, at time.Time, names ...string) map[string]store.Actor {
	t.Helper()
	m := map[string]store.Actor{}
	for _, name := range names {
		u := must(d.SignIn(t.Context(), "https://idp", name, name, at))
		m[name] = store.Actor{UserID: u.ID, Name: name, Request: "req"}
		session(t, d, u.ID)
	}
	return m
}

// session gives a user a login, and inside tells whether they are logged in still.
func session(t *testing.T, d *db.DB, userID string) {
	t.Helper()
	ok(t, d.CreateSession(t.Context(), store.Session{Hash: store.RandomIDs{}.New(), UserID: userID, Created: start,
		LastSeen: start, Expires: start.AddDate(10, 0, 0), Data: []byte("{}")}))
}

func inside(t *testing.T, d *db.DB, a store.Actor) bool {
	t.Helper()
	return len(must(d.Sessions(t.Context(), a.UserID))) > 0
}

func asking(who store.Actor, role store.PortalRole, registry string) *store.AccessRequest {
	return &store.AccessRequest{Kind: store.RequestOrdinary, UserID: who.UserID, Role: role, RegistryID: registry,
		Until: "2027-05-31", Reason: "ny stilling"}
}

// given asks and grants, and gives the grant.
func given(t *testing.T, d *db.DB, q *store.AccessRequest, asker, officer store.Actor) *store.Grant {
	t.Helper()
	ok(t, d.AskAccess(t.Context(), q, asker))
	done := must(d.DecideAccess(t.Context(), q.ID, q.Version, store.ReqGranted, "ja", officer))
	return must(d.GrantByID(t.Context(), done.GrantID))
}

func TestAccessRequests(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		p := people(t, d, start, "nina", "kaja", "sindre", "solveig")
		nina, kaja, sindre := p["nina"], p["kaja"], p["sindre"]

		q := asking(nina, store.RoleCoordinator, "hjerte")
		ok(t, d.AskAccess(ctx, q, kaja))
		filled(t, q, "DeputyFor", "From", "DecidedBy", "DecidedAt", "Answer", "GrantID")
		same(t, *must(d.AccessRequest(ctx, q.ID)), *q)
		want(t, d.AskAccess(ctx, asking(nina, store.RoleCoordinator, "hjerte"), nina), store.Conflict, "access.asked_already")
		same(t, len(must(d.AccessRequests(ctx, db.RequestFilter{Waiting: true}))), 1)
		same(t, len(must(d.AccessRequests(ctx, db.RequestFilter{UserID: kaja.UserID}))), 0)
		same(t, len(must(d.AccessRequests(ctx, db.RequestFilter{Concerns: kaja.UserID}))), 1)

		// Four eyes and versions, in the database itself.
		for _, by := range []store.Actor{kaja, nina, store.SystemActor()} {
			_, err := d.DecideAccess(ctx, q.ID, 1, store.ReqGranted, "", by)
			want(t, err, store.Forbidden, "access.four_eyes")
		}
		_, err := d.DecideAccess(ctx, q.ID, 2, store.ReqGranted, "", sindre)
		want(t, err, store.Conflict, "db.changed")
		want(t, d.WithdrawAccess(ctx, q.ID, 1, sindre), store.Forbidden, "access.not_yours")
		same(t, *must(d.AccessRequest(ctx, q.ID)), *q)
		if len(must(d.Grants(ctx, nina.UserID))) != 0 || !inside(t, d, nina) {
			t.Fatal("what was refused changed something")
		}

		e.clock.Advance(time.Minute)
		done := must(d.DecideAccess(ctx, q.ID, 1, store.ReqGranted, "greit", sindre))
		if done.State != store.ReqGranted || done.DecidedBy != sindre.UserID || done.Version != 2 || done.Answer != "greit" {
			t.Fatalf("%+v", done)
		}
		same(t, must(d.AccessRequest(ctx, q.ID)), done)
		g := must(d.GrantByID(ctx, done.GrantID))
		same(t, *g, store.Grant{ID: g.ID, UserID: nina.UserID, Role: store.RoleCoordinator, RegistryID: "hjerte",
			Source: store.SourcePortal, AskedBy: kaja.UserID, Reason: "ny stilling", GrantedBy: sindre.UserID,
			GrantedAt: minute(1), Until: store.Date("2027-06-01").Start().UTC()})
		if inside(t, d, nina) {
			t.Error("the one who got a role kept a session from before")
		}
		last := audited(t, d)[0]
		if last.Action != "access.granted" || last.Registry != "hjerte" || last.Object != nina.UserID || last.Reason != "greit" {
			t.Fatalf("%+v", last)
		}
		for _, to := range []store.RequestState{store.ReqGranted, store.ReqDeclined, store.ReqAsked} {
			_, err = d.DecideAccess(ctx, q.ID, 2, to, "", p["solveig"])
			want(t, err, store.Conflict, "access.transition")
		}
		want(t, d.WithdrawAccess(ctx, q.ID, 2, kaja), store.Conflict, "access.transition")
		want(t, d.WithdrawAccess(ctx, "ingen", 1, kaja), store.NotFound, "access.not_found")

		// What could not be carried out is not asked for.
		for _, x := range []struct {
			q     *store.AccessRequest
			class store.Class
			code  store.Code
		}{
			{asking(store.Actor{UserID: "ingen"}, store.RoleReader, "hjerte"), store.NotFound, "user.not_found"},
			{asking(nina, store.RoleReader, "ingen"), store.NotFound, "registry.not_found"},
			{&store.AccessRequest{Kind: store.RequestLift, UserID: nina.UserID, Reason: "x"}, store.Conflict, "access.not_blocked"},
			{&store.AccessRequest{Kind: store.RequestOrdinary, UserID: nina.UserID}, store.Invalid, "field.required"},
		} {
			want(t, d.AskAccess(ctx, x.q, kaja), x.class, x.code)
		}

		// Who runs the portal never approves: refused when asked, and when it has changed since.
		admin, officer := asking(nina, store.RoleAdmin, "*"), asking(nina, store.RoleSecurity, "*")
		ok(t, d.AskAccess(ctx, admin, kaja))
		ok(t, d.AskAccess(ctx, officer, kaja))
		must(d.DecideAccess(ctx, admin.ID, 1, store.ReqGranted, "", sindre))
		_, err = d.DecideAccess(ctx, officer.ID, 1, store.ReqGranted, "", sindre)
		want(t, err, store.Invalid, "access.separation")
		same(t, must(d.AccessRequest(ctx, officer.ID)).State, store.ReqAsked)
		want(t, d.AskAccess(ctx, &store.AccessRequest{Kind: store.RequestOrdinary, UserID: nina.UserID,
			Role: store.RoleSecurity, RegistryID: "*", Until: "2027-01-01", Reason: "x"}, sindre), store.Invalid,
			"access.separation")
		want(t, d.Grant(ctx, &store.Grant{UserID: nina.UserID, Role: store.RoleSecurity, RegistryID: "*"}, sindre),
			store.Invalid, "access.separation")
		must(d.DecideAccess(ctx, officer.ID, 1, store.ReqDeclined, "nei", sindre))

		// Withdrawn by who would get it; after that it can be asked for again.
		again := asking(nina, store.RoleAuditor, "*")
		ok(t, d.AskAccess(ctx, again, kaja))
		ok(t, d.WithdrawAccess(ctx, again.ID, 1, nina))
		ok(t, d.AskAccess(ctx, again, kaja))
	})
}

func TestDeputies(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		p := people(t, d, start, "kaja", "dina", "sindre")
		kaja, dina, sindre := p["kaja"], p["dina"], p["sindre"]
		deputy := func() *store.AccessRequest {
			q := asking(dina, store.RoleCoordinator, "hjerte")
			q.Kind, q.DeputyFor, q.From, q.Until = store.RequestDeputy, kaja.UserID, "2026-12-01", "2026-12-31"
			return q
		}
		want(t, d.AskAccess(ctx, deputy(), kaja), store.Invalid, "access.beyond")
		own := given(t, d, asking(kaja, store.RoleCoordinator, "hjerte"), sindre, p["dina"])
		g := given(t, d, deputy(), kaja, sindre)
		if !inside(t, d, dina) {
			t.Error("a grant that begins later ended a session")
		}
		pd := store.Person{Grants: must(d.Grants(ctx, dina.UserID))}
		begin := store.Date("2026-12-01").Start()
		for at, can := range map[time.Time]bool{start: false, begin.Add(-1): false, begin: true,
			store.Date("2027-01-01").Start(): false} {
			if pd.Can(store.EditMapping, "hjerte", at) != can {
				t.Errorf("the deputy can at %v: %v", at, !can)
			}
		}
		same(t, must(d.AccessToCome(ctx))[0].Grant, *g)
		same(t, len(must(d.Access(ctx, begin))), 2)
		same(t, len(must(d.AccessEnding(ctx, start, begin))), 0)
		e.clock.Advance(begin.Sub(start))
		same(t, len(must(d.AccessToCome(ctx))), 0)
		same(t, must(d.AccessEnding(ctx, begin, begin.AddDate(0, 0, 60)))[0].Grant, *g)

		// The deputy's goes when the ground for it goes, whichever way.
		ok(t, d.RevokeGrant(ctx, own.ID, "sluttet", sindre))
		ended := must(d.GrantByID(ctx, g.ID))
		if !ended.Until.Equal(e.clock.Now()) || ended.EndedBy != sindre.UserID || inside(t, d, dina) {
			t.Fatalf("%+v", ended)
		}
		same(t, audited(t, d)[0].Details["deputies_ended"], []string{g.ID})
		want(t, d.RevokeGrant(ctx, own.ID, "igjen", sindre), store.Conflict, "access.over")

		ok(t, d.ReplaceGrants(ctx, kaja.UserID, store.SourceOIDC, []store.Grant{{Role: store.RoleCoordinator, RegistryID: "*"}}))
		second := given(t, d, deputy(), kaja, sindre)
		session(t, d, dina.UserID)
		ok(t, d.BlockUser(ctx, kaja.UserID, "mistet kortet", sindre))
		if g := must(d.GrantByID(ctx, second.ID)); g.Until.After(e.clock.Now()) || inside(t, d, dina) {
			t.Fatalf("who stands in for somebody blocked goes on: %+v", g)
		}
		want(t, d.RevokeGrant(ctx, must(d.Grants(ctx, kaja.UserID))[1].ID, "x", sindre), store.Conflict, "access.from_login")
	})
}

func TestBlocks(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		p := people(t, d, start, "kaja", "sindre", "solveig")
		kaja, sindre, solveig := p["kaja"], p["sindre"], p["solveig"]
		ok(t, d.ReplaceGrants(ctx, kaja.UserID, store.SourceOIDC, []store.Grant{{Role: store.RoleCoordinator, RegistryID: "*"}}))
		for _, officer := range []store.Actor{sindre, solveig} {
			ok(t, d.Grant(ctx, &store.Grant{UserID: officer.UserID, Role: store.RoleSecurity, RegistryID: "*",
				Source: store.SourcePortal}, siri))
		}
		same(t, len(must(d.Officers(ctx))), 2)
		session(t, d, kaja.UserID)
		e.clock.Advance(time.Minute)
		ok(t, d.BlockUser(ctx, kaja.UserID, "mistet kortet", sindre))
		if inside(t, d, kaja) || !must(d.User(ctx, kaja.UserID)).BlockedAt.Equal(minute(1)) {
			t.Error("who is blocked is inside")
		}
		want(t, d.BlockUser(ctx, kaja.UserID, "igjen", solveig), store.Conflict, "access.blocked_already")
		if u := must(d.SignIn(ctx, "https://idp", "kaja", "kaja", minute(2))); u.BlockedAt.IsZero() {
			t.Error("a login lifts a block")
		}
		lift := &store.AccessRequest{Kind: store.RequestLift, UserID: kaja.UserID, Reason: "kortet er funnet"}
		ok(t, d.AskAccess(ctx, lift, sindre))
		_, err := d.DecideAccess(ctx, lift.ID, 1, store.ReqGranted, "", sindre)
		want(t, err, store.Forbidden, "access.four_eyes")
		e.clock.Advance(time.Minute)
		must(d.DecideAccess(ctx, lift.ID, 1, store.ReqGranted, "ja", solveig))
		if !must(d.User(ctx, kaja.UserID)).BlockedAt.IsZero() {
			t.Error("the block holds")
		}
		blocks := must(d.Blocks(ctx, kaja.UserID))
		filled(t, &blocks[0])
		for at, blocked := range map[time.Time]bool{start: false, minute(1): true, minute(2): false} {
			for _, a := range must(d.Access(ctx, at)) {
				if a.Blocked != (blocked && a.User.ID == kaja.UserID) {
					t.Errorf("at %v %s is blocked: %v", at, a.User.Name, a.Blocked)
				}
			}
		}
		ok(t, d.BlockUser(ctx, solveig.UserID, "permisjon", sindre))
		same(t, must(d.Officers(ctx)), []string{sindre.UserID})
		ok(t, d.ReplaceGrants(ctx, sindre.UserID, store.SourceOIDC, []store.Grant{{Role: store.RoleAdmin, RegistryID: "*"}}))
		same(t, len(must(d.Officers(ctx))), 0) // torn between two roles
	})
}

func TestAccessReview(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		p := people(t, d, start, "kaja", "lars", "nina", "sindre")
		kaja, lars, nina, sindre := p["kaja"], p["lars"], p["nina"], p["sindre"]
		coordinator := given(t, d, asking(kaja, store.RoleCoordinator, "hjerte"), nina, sindre)
		reader := given(t, d, asking(lars, store.RoleReader, "hjerte"), kaja, sindre)
		ok(t, d.ReplaceGrants(ctx, nina.UserID, store.SourceOIDC, []store.Grant{{Role: store.RoleReader, RegistryID: "hjerte"}}))
		oidc := must(d.Grants(ctx, nina.UserID))[0]
		ok(t, d.ReplaceGrants(ctx, sindre.UserID, store.SourceOIDC, []store.Grant{{Role: store.RoleSecurity, RegistryID: "*"}}))
		session(t, d, lars.UserID)

		same(t, must(d.ReviewsDue(ctx, 6)), []string(nil))
		e.clock.Advance(6 * 31 * 24 * time.Hour)
		now := e.clock.Now()
		same(t, must(d.ReviewsDue(ctx, 6)), []string{"*", "hjerte"})
		v := &store.AccessReview{RegistryID: "hjerte"}
		ok(t, d.OpenReview(ctx, v, store.SystemActor()))
		same(t, must(d.AccessReview(ctx, v.ID)), v)
		if len(v.Lines) != 3 || v.DueOn != store.DateOf(now).AddDays(store.ReviewDays) || v.Line(reader.ID) == nil {
			t.Fatalf("%+v", v)
		}
		want(t, d.OpenReview(ctx, &store.AccessReview{RegistryID: "hjerte"}, siri), store.Conflict, "access.review_open")
		same(t, must(d.ReviewsDue(ctx, 6)), []string{"*"})

		answer := func(g string, a store.LineAnswer) []db.ReviewAnswer {
			return []db.ReviewAnswer{{GrantID: g, Answer: a}}
		}
		want(t, d.AnswerReview(ctx, v.ID, 1, answer(coordinator.ID, store.LineKeep), kaja), store.Forbidden, "access.own_line")
		want(t, d.AnswerReview(ctx, v.ID, 9, answer(reader.ID, store.LineKeep), kaja), store.Conflict, "db.changed")
		want(t, d.AnswerReview(ctx, v.ID, 1, answer("ingen", store.LineKeep), kaja), store.NotFound, "grant.not_found")
		want(t, d.AnswerReview(ctx, v.ID, 1, answer(reader.ID, "kanskje"), kaja), store.Invalid, "field.choice")
		want(t, d.AnswerReview(ctx, "ingen", 1, nil, kaja), store.NotFound, "access_review.not_found")
		entries := len(audited(t, d))
		ok(t, d.AnswerReview(ctx, v.ID, 1, nil, kaja)) // nothing said, nothing done
		same(t, len(audited(t, d)), entries)

		ok(t, d.AnswerReview(ctx, v.ID, 1, append(answer(reader.ID, store.LineEnd), answer(oidc.ID, store.LineEnd)...), kaja))
		if must(d.GrantByID(ctx, reader.ID)).Until.After(now) || inside(t, d, lars) {
			t.Error("what was ended goes on")
		}
		if !must(d.GrantByID(ctx, oidc.ID)).Until.IsZero() {
			t.Error("what the login gives was ended here")
		}
		same(t, audited(t, d)[0].Details["ended_ids"], []string{reader.ID})
		want(t, d.AnswerReview(ctx, v.ID, 2, answer(reader.ID, store.LineKeep), kaja), store.Conflict, "access.over")
		ok(t, d.AnswerReview(ctx, v.ID, 2, answer(oidc.ID, store.LineKeep), kaja)) // thought better of it
		half := must(d.AccessReview(ctx, v.ID))
		if half.State != store.ReviewOpen || half.Waiting(now) != 1 {
			t.Fatalf("%+v", half)
		}
		ok(t, d.AnswerReview(ctx, v.ID, 3, answer(coordinator.ID, store.LineKeep), sindre))
		if v := must(d.AccessReview(ctx, v.ID)); v.State != store.ReviewClosed || !v.ClosedAt.Equal(now) {
			t.Fatalf("%+v", v)
		}
		want(t, d.AnswerReview(ctx, v.ID, 4, answer(oidc.ID, store.LineKeep), kaja), store.Conflict, "access.review_closed")
		same(t, must(d.ReviewsDue(ctx, 6)), []string{"*"})
		e.clock.Advance(6 * 31 * 24 * time.Hour)
		same(t, must(d.ReviewsDue(ctx, 6)), []string{"*", "hjerte"})
	})
}

// TestAccessInTime: what time does to access leaves one entry each, and comes twice without harm.
func TestAccessInTime(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		p := people(t, d, start, "kaja", "sindre")
		kaja, sindre := p["kaja"], p["sindre"]
		once := func(action string, do func() error) {
			t.Helper()
			before := len(audited(t, d))
			ok(t, do())
			ok(t, do())
			after := audited(t, d)
			if len(after) != before+1 || after[0].Action != action || after[0].Actor != "system" {
				t.Fatalf("%s wrote %d entries: %+v", action, len(after)-before, after[0])
			}
		}
		by := store.SystemActor()

		q := asking(kaja, store.RoleReader, "hjerte")
		ok(t, d.AskAccess(ctx, q, kaja))
		ok(t, d.LapseAccess(ctx, q.ID, by)) // too early
		same(t, must(d.AccessRequest(ctx, q.ID)).State, store.ReqAsked)
		g := asking(kaja, store.RoleCoordinator, "hjerte")
		g.Until = "2028-05-31"
		first := given(t, d, g, kaja, sindre)
		officer := &store.Grant{UserID: sindre.UserID, Role: store.RoleSecurity, RegistryID: "*", Source: store.SourcePortal}
		ok(t, d.Grant(ctx, officer, siri))
		v := &store.AccessReview{RegistryID: "hjerte"}
		ok(t, d.OpenReview(ctx, v, siri))
		all := &store.AccessReview{RegistryID: "*"}
		ok(t, d.OpenReview(ctx, all, siri))
		ok(t, d.LateReview(ctx, v.ID, true, by)) // too early
		ok(t, d.CloseReview(ctx, v.ID, by))      // a line is left
		same(t, must(d.AccessReview(ctx, v.ID)).State, store.ReviewOpen)

		e.clock.Advance((store.ReviewDays + 1) * 24 * time.Hour)
		once("access.lapsed", func() error { return d.LapseAccess(ctx, q.ID, by) })
		once("access.review_overdue", func() error { return d.LateReview(ctx, v.ID, false, by) })
		same(t, must(d.AccessReview(ctx, v.ID)).State, store.ReviewOverdue)
		once("access.review_overdue", func() error { return d.LateReview(ctx, all.ID, true, by) })
		if !must(d.GrantByID(ctx, officer.ID)).Until.IsZero() {
			t.Error("the last security officer was ended")
		}

		e.clock.Advance(180 * 24 * time.Hour)
		since := e.clock.Now().AddDate(0, -6, 0)
		same(t, len(must(d.Inactive(ctx, since))), 2)
		same(t, len(must(d.Inactive(ctx, start))), 0)
		ok(t, d.EndInactive(ctx, kaja.UserID, start, by)) // has been here since
		once("access.inactive", func() error { return d.EndInactive(ctx, kaja.UserID, since, by) })
		if must(d.GrantByID(ctx, first.ID)).Until.After(e.clock.Now()) {
			t.Error("what nobody uses goes on")
		}
		once("access.review_close", func() error { return d.CloseReview(ctx, v.ID, by) })

		same(t, must(d.AccessRules(ctx)), store.DefaultAccessRules)
		rules := store.AccessRules{InactiveMonths: 3, ReviewMonths: 12, EndUnconfirmed: true}
		ok(t, d.PutAccessRules(ctx, rules, ola))
		same(t, must(d.AccessRules(ctx)), rules)
		want(t, d.PutAccessRules(ctx, store.AccessRules{}, ola), store.Invalid, "field.number")
	})
}

// TestAccessIsWhatTheLogSays: who had access at a moment is the same whether the rows are asked or the log is read from
// its beginning to that moment.
func TestAccessIsWhatTheLogSays(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		r := rand.New(rand.NewPCG(9, 2026))
		names := []string{"a", "b", "c", "d", "e"}
		p := people(t, d, start, names...)
		who := func() store.Actor { return p[names[r.IntN(len(names))]] }
		role := func() (store.PortalRole, string) {
			role := store.PortalRoles[r.IntN(len(store.PortalRoles))]
			if role.PortalWide() || r.IntN(3) == 0 {
				return role, "*"
			}
			return role, "hjerte"
		}
		moments := []time.Time{start.Add(-1)}
		refused, done := 0, 0
		for range 150 {
			e.clock.Advance(time.Duration(r.IntN(9*24)) * time.Hour)
			if err := regrant(ctx, d, r, e.clock.Now(), who, role); err != nil {
				if class := store.ClassOf(err); class == store.Internal || class == store.Unavailable {
					t.Fatal(err)
				}
				refused++
				continue
			}
			done++
			now := e.clock.Now()
			moments = append(moments, now.Add(-1), now, now.Add(time.Duration(r.IntN(72))*time.Hour))
		}
		if done < 40 || refused < 10 {
			t.Fatalf("%d changes went through and %d were refused: too few to show anything", done, refused)
		}
		log := audited(t, d)
		slices.Reverse(log)
		seen := 0
		for _, at := range moments {
			var rows []string
			for _, a := range must(d.Access(ctx, at)) {
				rows = append(rows, fmt.Sprint(a.User.ID, a.Grant.Role, a.Grant.RegistryID, a.Blocked))
			}
			slices.Sort(rows)
			if told := replay(log, at); !slices.Equal(rows, told) {
				t.Fatalf("at %v the rows say\n%v\nand the log\n%v", at, rows, told)
			}
			seen += len(rows)
		}
		if seen == 0 {
			t.Fatal("nobody ever had access")
		}
	})
}

// regrant makes one change of what somebody may do, or is refused.
func regrant(ctx context.Context, d *db.DB, r *rand.Rand, now time.Time, who func() store.Actor,
	role func() (store.PortalRole, string)) error {
	today := store.DateOf(now)
	u := who()
	switch r.IntN(8) {
	case 0:
		var grants []store.Grant
		for range r.IntN(3) {
			role, registry := role()
			grants = append(grants, store.Grant{Role: role, RegistryID: registry})
		}
		return d.ReplaceGrants(ctx, u.UserID, store.SourceOIDC, grants)
	case 1, 2, 3:
		q := &store.AccessRequest{Kind: store.RequestOrdinary, UserID: u.UserID, Reason: "x",
			Until: today.AddDays(1 + r.IntN(40))}
		q.Role, q.RegistryID = role()
		if r.IntN(2) == 0 {
			q.Kind, q.DeputyFor, q.From = store.RequestDeputy, who().UserID, today.AddDays(r.IntN(2))
			if own, err := d.Grants(ctx, q.DeputyFor); err == nil && len(own) > 0 {
				q.Role, q.RegistryID = own[len(own)-1].Role, own[len(own)-1].RegistryID
			}
		}
		if err := d.AskAccess(ctx, q, siri); err != nil {
			return err
		}
		_, err := d.DecideAccess(ctx, q.ID, 1, store.ReqGranted, "", who())
		return err
	case 4:
		grants, err := d.Grants(ctx, u.UserID)
		if err != nil || len(grants) == 0 {
			return err
		}
		return d.RevokeGrant(ctx, grants[r.IntN(len(grants))].ID, "x", siri)
	case 5:
		return d.BlockUser(ctx, u.UserID, "x", siri)
	case 6:
		q := &store.AccessRequest{Kind: store.RequestLift, UserID: u.UserID, Reason: "x"}
		if err := d.AskAccess(ctx, q, siri); err != nil {
			return err
		}
		_, err := d.DecideAccess(ctx, q.ID, 1, store.ReqGranted, "", who())
		return err
	}
	v := &store.AccessReview{RegistryID: []string{"*", "hjerte"}[r.IntN(2)]}
	if err := d.OpenReview(ctx, v, siri); err != nil {
		return d.EndInactive(ctx, u.UserID, now.AddDate(0, 0, -20), store.SystemActor())
	}
	var answers []db.ReviewAnswer
	for _, l := range v.Lines {
		answers = append(answers, db.ReviewAnswer{GrantID: l.Grant.ID, Answer: store.LineAnswers[r.IntN(2)]})
	}
	return d.AnswerReview(ctx, v.ID, 1, answers, siri)
}

// replay reads the log up to a moment, and says who has access then.
func replay(log []store.AuditEntry, at time.Time) []string {
	type held struct {
		user, role, registry string
		from, until          time.Time
	}
	grants, blocked := map[string]held{}, map[string]bool{}
	for _, e := range log {
		if e.At.After(at) || !strings.HasPrefix(e.Action, "access.") {
			continue
		}
		for _, key := range []string{"ended_ids", "deputies_ended"} {
			ids, _ := e.Details[key].([]string)
			for _, id := range ids {
				delete(grants, id)
			}
		}
		ids, _ := e.Details["given_ids"].([]string)
		roles, several := e.Details["given"].([]string)
		for i, id := range ids {
			g := held{user: e.Object}
			if several {
				g.role, g.registry, _ = strings.Cut(roles[i], ":")
			} else {
				g.role, g.registry = e.Details["role"].(string), e.Details["registry"].(string)
				g.from, _ = e.Details["from"].(time.Time)
				g.until, _ = e.Details["until"].(time.Time)
			}
			grants[id] = g
		}
		switch e.Action {
		case "access.block":
			blocked[e.Object] = true
		case "access.lift":
			delete(blocked, e.Object)
		}
	}
	var lines []string
	for g := range maps.Values(grants) {
		if !at.Before(g.from) && (g.until.IsZero() || at.Before(g.until)) {
			lines = append(lines, fmt.Sprint(g.user, store.PortalRole(g.role), g.registry, blocked[g.user]))
		}
	}
	slices.Sort(lines)
	return lines
}
