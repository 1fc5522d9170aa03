package storetest_test

import (
	"sync"
	"testing"
	"time"

	"samband/store"
)

func TestUsers(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		_, err := d.User(ctx, "ingen")
		want(t, err, store.NotFound, "user.not_found")
		u := must(d.SignIn(ctx, "https://idp", "sub-1", "Kari", start))
		same(t, u, store.User{ID: u.ID, Issuer: "https://idp", Subject: "sub-1", Name: "Kari", LastSeen: start})
		again := must(d.SignIn(ctx, "https://idp", "sub-1", "Kari Nordmann", minute(1)))
		if again.ID != u.ID || again.Name != "Kari Nordmann" || !again.LastSeen.Equal(minute(1)) {
			t.Fatalf("%+v", again)
		}
		same(t, must(d.User(ctx, u.ID)), again)
		if other := must(d.SignIn(ctx, "https://annen-idp", "sub-1", "Kari", start)); other.ID == u.ID {
			t.Fatal("the same subject of another issuer is the same user")
		}
		same(t, len(must(d.Users(ctx))), 2)
		if last := audited(t, d)[0]; last.Action != "user.sign_in" || last.ActorID == "" || last.Object != last.ActorID {
			t.Fatalf("%+v", last)
		}

		// Roles from the login: equal ones stay, others end, and so do earlier sessions.
		login := []store.Grant{{Role: store.RoleReader, RegistryID: "hjerte"}, {Role: store.RoleAuditor, RegistryID: "*"}}
		ok(t, d.ReplaceGrants(ctx, u.ID, "oidc", login))
		first := must(d.Grants(ctx, u.ID))
		if len(first) != 2 || first[0].Source != "oidc" || first[0].UserID != u.ID || !first[0].GrantedAt.Equal(start) {
			t.Fatalf("%+v", first)
		}
		session := store.Session{Hash: "h1", UserID: u.ID, Created: start, LastSeen: start, Expires: minute(60),
			Data: []byte("{}")}
		ok(t, d.CreateSession(ctx, session))
		entries := len(audited(t, d))
		e.clock.Advance(time.Minute)
		ok(t, d.ReplaceGrants(ctx, u.ID, "oidc", login))
		same(t, must(d.Grants(ctx, u.ID)), first)
		same(t, len(audited(t, d)), entries)
		same(t, must(d.Session(ctx, "h1")), session)

		given := &store.Grant{UserID: u.ID, Role: store.RoleCoordinator, RegistryID: "hjerte", Source: "portal",
			Until: minute(600)}
		ok(t, d.Grant(ctx, given, siri))
		if given.ID == "" || given.GrantedBy != siri.UserID || !given.GrantedAt.Equal(minute(1)) {
			t.Fatalf("%+v", given)
		}
		_, err = d.Session(ctx, "h1")
		want(t, err, store.NotFound, "session.not_found")
		ok(t, d.CreateSession(ctx, session))

		e.clock.Advance(time.Minute)
		ok(t, d.ReplaceGrants(ctx, u.ID, "oidc", login[:1]))
		_, err = d.Session(ctx, "h1")
		want(t, err, store.NotFound, "session.not_found")
		p := &store.Person{User: u, Grants: must(d.Grants(ctx, u.ID))}
		for _, c := range []struct {
			right store.Right
			at    time.Time
			can   bool
		}{
			{store.SeeAudit, minute(1), true}, {store.SeeAudit, minute(2), false}, // the auditor's ended at minute 2
			{store.EditMapping, minute(2), true}, {store.EditMapping, minute(600), false},
			{store.SeeRegistry, minute(2), true},
		} {
			if got := p.Can(c.right, "hjerte", c.at); got != c.can {
				t.Errorf("%s at %v: %v", c.right, c.at, got)
			}
		}
		roles := func(at time.Time) (r []store.PortalRole) {
			for _, a := range must(d.Access(ctx, at)) {
				if a.User.ID != u.ID || a.Grant.UserID != u.ID {
					t.Fatalf("%+v", a)
				}
				r = append(r, a.Grant.Role)
			}
			return r
		}
		for at, n := range map[time.Time]int{start.Add(-1e9): 0, start: 2, minute(1): 3, minute(2): 2, minute(600): 1} {
			if got := roles(at); len(got) != n {
				t.Errorf("at %v access by %v, want %d grants", at, got, n)
			}
		}

		ok(t, d.RevokeGrant(ctx, given.ID, "Sluttet", siri))
		if p := (&store.Person{Grants: must(d.Grants(ctx, u.ID))}); p.Can(store.EditMapping, "hjerte", minute(2)) {
			t.Error("a grant that was revoked still holds")
		}
		last := audited(t, d)[0]
		if last.Action != "access.revoke" || last.Reason != "Sluttet" || last.Registry != "hjerte" || last.Object != u.ID {
			t.Fatalf("%+v", last)
		}
		want(t, d.RevokeGrant(ctx, "ingen", "", siri), store.NotFound, "grant.not_found")
		for _, g := range []store.Grant{
			{UserID: u.ID, Role: "konge", RegistryID: "*"},
			{UserID: u.ID, Role: store.RoleReader},
			{UserID: u.ID, Role: store.RoleAdmin, RegistryID: "hjerte"}, // holds for all or for none
		} {
			want(t, d.Grant(ctx, &g, siri), store.Invalid, "field.choice")
		}
		want(t, d.Grant(ctx, &store.Grant{UserID: "ingen", Role: store.RoleReader, RegistryID: "*"}, siri), store.NotFound,
			"user.not_found")
		want(t, d.Grant(ctx, &store.Grant{UserID: u.ID, Role: store.RoleReader, RegistryID: "ingen"}, siri), store.NotFound,
			"registry.not_found")
	})
}

func TestSessions(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		u := must(d.SignIn(ctx, "https://idp", "sub-1", "Kari", start))
		other := must(d.SignIn(ctx, "https://idp", "sub-2", "Per", start))
		row := func(hash, user string, seen, expires int) store.Session {
			return store.Session{Hash: hash, UserID: user, Created: start, LastSeen: minute(seen), Expires: minute(expires),
				Data: []byte{0, 255, '{'}}
		}
		rows := []store.Session{row("a", u.ID, 0, 60), row("b", u.ID, 5, 10), row("c", other.ID, 0, 60), row("login", "", 0,
			5)}
		for _, s := range rows {
			ok(t, d.CreateSession(ctx, s))
			same(t, must(d.Session(ctx, s.Hash)), s)
		}
		want(t, d.CreateSession(ctx, rows[0]), store.Conflict, "db.exists")
		same(t, must(d.Sessions(ctx, u.ID)), []store.Session{rows[1], rows[0]})

		ok(t, d.TouchSession(ctx, "a", minute(7)))
		ok(t, d.UpdateSession(ctx, "a", nil))
		got := must(d.Session(ctx, "a"))
		if !got.LastSeen.Equal(minute(7)) || len(got.Data) != 0 || !got.Expires.Equal(minute(60)) {
			t.Fatalf("%+v", got)
		}
		ok(t, d.TouchSession(ctx, "borte", minute(7)))
		ok(t, d.UpdateSession(ctx, "borte", []byte("x")))
		_, err := d.Session(ctx, "borte")
		want(t, err, store.NotFound, "session.not_found")

		// Expiry: listed no more, and swept away.
		e.clock.Advance(10 * time.Minute)
		same(t, len(must(d.Sessions(ctx, u.ID))), 1)
		ok(t, d.DeleteExpiredSessions(ctx, e.clock.Now()))
		for hash, there := range map[string]bool{"a": true, "b": false, "c": true, "login": false} {
			if _, err := d.Session(ctx, hash); (err == nil) != there {
				t.Errorf("session %s: %v", hash, err)
			}
		}

		// Of those who delete one at once, one is told yes.
		var all sync.WaitGroup
		told := make(chan bool, 8)
		for range cap(told) {
			all.Go(func() { told <- must(d.DeleteSession(ctx, "c")) })
		}
		all.Wait()
		yes := 0
		for range cap(told) {
			if <-told {
				yes++
			}
		}
		same(t, yes, 1)

		want(t, d.RevokeSession(ctx, other.ID, "a", siri), store.NotFound, "session.not_found") // not theirs
		ok(t, d.CreateSession(ctx, row("d", u.ID, 0, 60)))
		ok(t, d.RevokeSession(ctx, u.ID, "d", siri))
		ok(t, d.CreateSession(ctx, row("d", u.ID, 0, 60)))
		ok(t, d.RevokeSessions(ctx, u.ID, siri))
		same(t, must(d.Sessions(ctx, u.ID)), []store.Session(nil))
	})
}

func TestSettings(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		same(t, must(d.Setting(ctx, "idle")), "")
		ok(t, d.PutSetting(ctx, "idle", "30m", ola))
		ok(t, d.PutSetting(ctx, "idle", "15m", ola))
		same(t, must(d.Setting(ctx, "idle")), "15m")
	})
}
