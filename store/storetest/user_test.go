package storetest_test

import (
	"strconv"
	"strings"
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

		want(t, d.RevokeSession(ctx, other.ID, rows[0].Ref(), siri), store.NotFound, "session.not_found") // not theirs
		gone := row("d", u.ID, 0, 60)
		ok(t, d.CreateSession(ctx, gone))
		ok(t, d.RevokeSession(ctx, u.ID, gone.Ref(), siri))
		want(t, d.RevokeSession(ctx, u.ID, gone.Ref(), siri), store.NotFound, "session.not_found")
		ok(t, d.CreateSession(ctx, gone))
		ok(t, d.CreateSession(ctx, row("e", u.ID, 0, 60)))
		same(t, must(d.RevokeSessions(ctx, u.ID, "d", siri)), 2)
		same(t, must(d.Sessions(ctx, u.ID)), []store.Session{gone})
		same(t, must(d.RevokeSessions(ctx, u.ID, "", siri)), 1)
		same(t, must(d.Sessions(ctx, u.ID)), []store.Session(nil))
	})
}

func TestProviderLogout(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		kari := must(d.SignIn(ctx, "https://idp", "sub-1", "Kari", start))
		per := must(d.SignIn(ctx, "https://idp", "sub-2", "Per", start))
		elsewhere := must(d.SignIn(ctx, "https://annen-idp", "sub-1", "Kari", start))
		log := store.Actor{Name: "idp"}
		jti := 0
		for name, c := range map[string]struct {
			subject, sid string
			left         string
		}{
			"one session of the provider's": {sid: "s1", left: "k2 k0 p2 e1"},
			"a person":                      {subject: "sub-1", left: "p1 p2 e1"},
			// k0 is of a session whose name we never learnt: it may be the one.
			"a person's session": {subject: "sub-1", sid: "s2", left: "k1 p1 p2 e1"},
			"an unknown session": {sid: "s9", left: "k1 k2 k0 p1 p2 e1"},
			"an unknown person":  {subject: "sub-9", left: "k1 k2 k0 p1 p2 e1"},
			"another's session":  {subject: "sub-2", sid: "s9", left: "k1 k2 k0 p1 p2 e1"},
			"nobody's session":   {subject: "sub-9", sid: "s1", left: "k1 k2 k0 p1 p2 e1"},
		} {
			rows := []store.Session{{Hash: "k1", UserID: kari.ID, SID: "s1"}, {Hash: "k2", UserID: kari.ID, SID: "s2"},
				{Hash: "k0", UserID: kari.ID}, {Hash: "p1", UserID: per.ID, SID: "s1"}, {Hash: "p2", UserID: per.ID, SID: "s2"},
				{Hash: "e1", UserID: elsewhere.ID, SID: "s1"}}
			for _, s := range rows {
				must(d.DeleteSession(ctx, s.Hash))
				s.Expires = minute(600)
				ok(t, d.CreateSession(ctx, s))
			}
			jti++
			l := store.ProviderLogout{Issuer: "https://idp", Subject: c.subject, SID: c.sid, TokenID: strconv.Itoa(jti), Expires: minute(2)}
			n := must(d.EndProviderSessions(ctx, l, log))
			var left []string
			for _, s := range rows {
				if _, err := d.Session(ctx, s.Hash); err == nil {
					left = append(left, s.Hash)
				}
			}
			if got := strings.Join(left, " "); got != c.left || n != len(rows)-len(left) {
				t.Errorf("%s: left are %s, not %s; %d are told", name, got, c.left, n)
			}
			if last := audited(t, d)[0]; last.Action != "session.provider_logout" || last.Details["sessions"] != int64(n) {
				t.Errorf("%s: %+v", name, last)
			}
			before := len(audited(t, d))
			_, err := d.EndProviderSessions(ctx, l, log)
			want(t, err, store.Conflict, "session.replayed")
			same(t, len(audited(t, d)), before)
			l.Issuer = "https://annen-idp" // counts its own
			must(d.EndProviderSessions(ctx, l, log))
		}
		// A token that would be refused as expired need not be remembered.
		e.clock.Advance(3 * time.Minute)
		must(d.EndProviderSessions(ctx, store.ProviderLogout{Issuer: "https://idp", SID: "x", TokenID: "1", Expires: minute(9)}, log))
	})
}

func TestEmergency(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		_, err := d.SealedEmergency(ctx)
		want(t, err, store.NotFound, "emergency.not_found")
		_, first, err := store.NewEmergencyCode(store.RoleAdmin)
		ok(t, err)
		ok(t, d.SealEmergency(ctx, first, ola))
		same(t, must(d.SealedEmergency(ctx)), first)
		code, second, err := store.NewEmergencyCode(store.RoleSecurity)
		ok(t, err)
		ok(t, d.SealEmergency(ctx, second, ola))
		sealed := must(d.SealedEmergency(ctx))
		same(t, sealed, second)
		if !sealed.Opens(code) || sealed.SealedBy != ola.Name || !sealed.SealedAt.Equal(start) {
			t.Fatalf("%+v", sealed)
		}
		_, _, err = d.OpenEmergency(ctx, first.ID, "Kari", "Innloggingen er nede", "r")
		want(t, err, store.Conflict, "emergency.used") // replaced

		// Of those who come at once, one gets in.
		var all sync.WaitGroup
		users := make(chan store.User, 6)
		for range cap(users) {
			all.Go(func() {
				u, g, err := d.OpenEmergency(ctx, second.ID, "Kari", "Innloggingen er nede", "r")
				switch {
				case err == nil:
					users <- u
					if g.Role != store.RoleSecurity || g.Source != store.SourceEmergency || !g.Until.Equal(start.Add(4*time.Hour)) {
						t.Errorf("%+v", g)
					}
				case store.CodeOf(err) != "emergency.used":
					t.Error(err)
				}
			})
		}
		all.Wait()
		close(users)
		same(t, len(users), 1)
		u := <-users
		p := &store.Person{User: u, Grants: must(d.Grants(ctx, u.ID))}
		if !p.Emergency() || !p.Can(store.GrantAccess, "", start.Add(4*time.Hour-1)) || p.Can(store.GrantAccess, "", start.Add(4*time.Hour)) {
			t.Errorf("%+v", p)
		}
		_, err = d.SealedEmergency(ctx)
		want(t, err, store.NotFound, "emergency.not_found")
		last := audited(t, d)[0]
		if last.Action != "session.emergency" || last.ActorID != u.ID || last.Reason != "Innloggingen er nede" || last.Request != "r" {
			t.Errorf("%+v", last)
		}
		if list := must(d.Access(ctx, start)); len(list) != 1 || list[0].Grant.Source != store.SourceEmergency {
			t.Errorf("%+v", list)
		}
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
