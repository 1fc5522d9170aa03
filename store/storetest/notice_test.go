package storetest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

func webhook() *store.Webhook {
	return &store.Webhook{ID: "hook", Name: "Vaktsentralen", URL: "https://vakt.example.org/inn",
		Kinds: []store.NoticeKind{store.NoticeFailed}, Registries: []string{"hjerte"}, Enabled: true}
}

// crowd makes one person of each role, and gives their ids. Each but the reader has mail.
func crowd(t testing.TB, d *db.DB) map[store.PortalRole]string {
	t.Helper()
	ctx := t.Context()
	ids := map[store.PortalRole]string{}
	for _, role := range store.PortalRoles {
		u := must(d.SignIn(ctx, "demo", string(role), "KANARI "+string(role), start))
		ids[role] = u.ID
		ok(t, d.ReplaceGrants(ctx, u.ID, "demo", []store.Grant{{Role: role, RegistryID: "*"}}))
		if role == store.RoleReader {
			continue
		}
		s := &store.NoticeSetting{UserID: u.ID, Pending: string(role) + "@example.org", Lang: "nb"}
		ok(t, d.SaveNoticeSetting(ctx, s, false, ola))
		ok(t, d.ConfirmAddress(ctx, u.ID, s.PendingAt, ola))
	}
	return ids
}

// told runs the teller to its end.
func told(t testing.TB, d *db.DB) {
	t.Helper()
	for more := true; more; {
		more = must(d.TellNotices(t.Context(), 7))
	}
}

// kinds gives what a person was told, oldest first.
func kinds(t testing.TB, d *db.DB, user string) []store.NoticeKind {
	t.Helper()
	var list []store.NoticeKind
	for _, n := range must(d.Notices(t.Context(), user, 1000)) {
		list = append(list, n.Kind)
	}
	slices.Reverse(list)
	return list
}

// ends runs an integration to an end.
func ends(t testing.TB, d *db.DB, id string, state store.RunState, read int64) *store.Run {
	t.Helper()
	ctx := t.Context()
	r := &store.Run{IntegrationID: id, Trigger: store.TriggerPerson}
	ok(t, d.CreateRun(ctx, r, ola))
	r = must(d.StartRun(ctx, r.ID, store.SystemActor()))
	r.Counts = store.Counts{Read: read, Loaded: read}
	ok(t, d.FinishRun(ctx, r, db.Outcome{State: state, Reason: "gate.no_ros"}, store.SystemActor()))
	return r
}

func TestNotices(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		who := crowd(t, d)
		told(t, d)
		for role, id := range who {
			if got := kinds(t, d, id); len(got) > 0 {
				t.Errorf("%s is told of the beginning: %v", role, got)
			}
		}

		// An approval: the officer is told that it waits, and coordinators what became of it.
		coordinator := store.Actor{UserID: who[store.RoleCoordinator], Name: "KANARI"}
		officer := store.Actor{UserID: who[store.RoleSecurity], Name: "KANARI"}
		a := &store.Approval{IntegrationID: i.ID, ROS: i.ROS, LD: i.LD, Scope: []byte("{}")}
		ok(t, d.SubmitApproval(ctx, a, coordinator))
		told(t, d)
		e.clock.Advance(time.Second)
		a = must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppApproved, ValidTo: "2027-01-10"}, officer))
		told(t, d)
		e.clock.Advance(time.Second)
		must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppRevoked, Reason: "KANARI-grunn"}, officer))
		told(t, d)
		e.clock.Advance(time.Second)
		same(t, kinds(t, d, who[store.RoleSecurity]), []store.NoticeKind{store.NoticeWaits})
		same(t, kinds(t, d, who[store.RoleCoordinator]), []store.NoticeKind{store.NoticeApproved, store.NoticeRevoked})
		same(t, kinds(t, d, who[store.RoleAdmin]), []store.NoticeKind{store.NoticeRevoked})
		same(t, len(kinds(t, d, who[store.RoleReader]))+len(kinds(t, d, who[store.RoleAuditor])), 0)

		// Runs by their end; a dry run tells nothing.
		for _, x := range []struct {
			state store.RunState
			read  int64
			want  store.NoticeKind
		}{{store.RunFailed, 5, store.NoticeFailed}, {store.RunRefused, 0, store.NoticeRefused}, {store.RunHeld, 5, store.NoticeHeld},
			{store.RunUnknown, 5, store.NoticeUnknown}, {store.RunSucceeded, 5, ""}} {
			before := len(kinds(t, d, who[store.RoleCoordinator]))
			ends(t, d, i.ID, x.state, x.read)
			e.clock.Advance(time.Second)
			told(t, d)
			got := kinds(t, d, who[store.RoleCoordinator])[before:]
			if x.want == "" && len(got) > 0 || x.want != "" && !slices.Equal(got, []store.NoticeKind{x.want}) {
				t.Errorf("%s tells %v", x.state, got)
			}
		}
		n := must(d.UnreadNotices(ctx, who[store.RoleCoordinator]))
		same(t, n, int64(6))
		ok(t, d.ReadNotices(ctx, who[store.RoleCoordinator], e.clock.Now()))
		same(t, must(d.UnreadNotices(ctx, who[store.RoleCoordinator])), int64(0))
		if must(d.UnreadNotices(ctx, who[store.RoleSecurity])) == 0 {
			t.Error("somebody else's notices are read too")
		}

		// Nothing of a person or of a reason is in what is told.
		for _, id := range who {
			for _, n := range must(d.Notices(ctx, id, 1000)) {
				if b := fmt.Sprintf("%+v", n); strings.Contains(b, "KANARI") {
					t.Errorf("a notice tells of %s", b)
				}
			}
		}
	})
}

// TestNoticesAreToldOnce: however often, in whatever bites and by how many at once the log is read, each event is told
// each person once.
func TestNoticesAreToldOnce(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		who := crowd(t, d)
		const n = 12
		var wg sync.WaitGroup
		stop := make(chan struct{})
		for range 3 {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					if _, err := d.TellNotices(context.WithoutCancel(ctx), 2); err != nil && !isConflict(err) && store.CodeOf(err) != "db.busy" {
						t.Error(err)
						return
					}
				}
			})
		}
		for range n {
			ends(t, d, i.ID, store.RunFailed, 1)
		}
		close(stop)
		wg.Wait()
		told(t, d)
		same(t, len(kinds(t, d, who[store.RoleCoordinator])), n)
		groups := store.GroupNotices(must(d.Notices(ctx, who[store.RoleCoordinator], 100)))
		if len(groups) != 1 || groups[0].Count != n || !groups[0].Unread {
			t.Errorf("%+v", groups)
		}

		// One mail with the count, when the time has come; and a repeated alert waits an hour for the next.
		mails := func() (out []int) {
			ok(t, d.CollectMail(ctx, 15*time.Minute))
			for _, o := range must(d.ClaimOutgoing(ctx, 100, time.Minute)) {
				if o.Via == store.ViaMail && o.Target == who[store.RoleCoordinator] {
					out = append(out, len(must(d.MailedNotices(ctx, o.ID))))
				}
				ok(t, d.SettleOutgoing(ctx, &o, "", time.Time{}))
			}
			return out
		}
		same(t, len(mails()), 0)
		e.clock.Advance(15 * time.Minute)
		same(t, mails(), []int{n})
		ends(t, d, i.ID, store.RunFailed, 1)
		told(t, d)
		e.clock.Advance(30 * time.Minute)
		same(t, len(mails()), 0)
		ends(t, d, i.ID, store.RunFailed, 1)
		told(t, d)
		e.clock.Advance(31 * time.Minute)
		same(t, mails(), []int{2})
		same(t, len(mails()), 0)
	})
}

func TestReminders(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		who := crowd(t, d)
		a := &store.Approval{IntegrationID: i.ID, ROS: i.ROS, LD: i.LD, Scope: []byte("{}")}
		ok(t, d.SubmitApproval(ctx, a, store.Actor{UserID: who[store.RoleCoordinator], Name: "K"}))
		must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppApproved, ValidTo: "2027-01-10"}, siri))
		id := who[store.RoleSecurity]
		limits := func() (days []string) {
			for range 2 { // asked twice, told once
				ok(t, d.RemindNotices(ctx))
			}
			for _, n := range must(d.Notices(ctx, id, 100)) {
				if n.Kind == store.NoticeEnds && strings.HasPrefix(n.Topic, "approval:") {
					days = append(days, fmt.Sprint(n.Args["days"]))
				}
			}
			slices.Reverse(days)
			return days
		}
		same(t, limits(), []string{"60"}) // 48 days before
		e.clock.Advance(time.Date(2026, 12, 20, 12, 0, 0, 0, time.UTC).Sub(e.clock.Now()))
		same(t, limits(), []string{"60", "30"})
		e.clock.Advance(time.Date(2027, 1, 4, 12, 0, 0, 0, time.UTC).Sub(e.clock.Now()))
		same(t, limits(), []string{"60", "30", "7"})
		e.clock.Advance(time.Date(2027, 1, 12, 12, 0, 0, 0, time.UTC).Sub(e.clock.Now()))
		same(t, limits(), []string{"60", "30", "7"})
		// The ROS and the LD, which end in February, are within 30 days by now; both for who keeps them.
		var topics []string
		for _, n := range must(d.Notices(ctx, who[store.RoleCoordinator], 100)) {
			if n.Kind == store.NoticeEnds && !slices.Contains(topics, n.Topic) && !strings.HasPrefix(n.Topic, "approval:") {
				topics = append(topics, n.Topic)
			}
		}
		slices.Sort(topics)
		same(t, topics, []string{"ld:ld-7/2", "ros:ros-2026-7/1"})
	})
}

func TestOutbox(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		who := crowd(t, d)
		for _, o := range must(d.ClaimOutgoing(ctx, 100, time.Minute)) { // the mails that confirmed addresses
			ok(t, d.SettleOutgoing(ctx, &o, "", time.Time{}))
		}
		ok(t, d.CreateWebhook(ctx, webhook(), []byte("sealed"), ola))
		other := webhook()
		other.ID, other.Registries = "other", []string{"lunge"}
		ok(t, d.CreateWebhook(ctx, other, []byte("x"), ola))
		r := ends(t, d, i.ID, store.RunFailed, 3)
		ends(t, d, i.ID, store.RunRefused, 0)
		told(t, d)
		told(t, d)

		// Of several that claim at once, one gets it.
		var mu sync.Mutex
		var got []store.Outgoing
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				list, err := d.ClaimOutgoing(ctx, 10, time.Minute)
				mu.Lock()
				defer mu.Unlock()
				if err != nil && store.CodeOf(err) != "db.busy" {
					t.Error(err)
				}
				got = append(got, list...)
			})
		}
		wg.Wait()
		if len(got) != 1 || got[0].Target != "hook" || got[0].Attempts != 1 {
			t.Fatalf("claimed %+v", got)
		}
		var body struct {
			Kind  store.NoticeKind
			Path  string
			Facts map[string]any
		}
		ok(t, json.Unmarshal([]byte(got[0].Body), &body))
		if body.Kind != store.NoticeFailed || body.Path != fmt.Sprint("/runs/", r.No) || body.Facts["integration"] != i.Name {
			t.Errorf("the webhook is sent %s", got[0].Body)
		}

		// A claim that nobody settles runs out; who settles too late changes nothing.
		e.clock.Advance(2 * time.Minute)
		again := must(d.ClaimOutgoing(ctx, 10, time.Minute))
		if len(again) != 1 || again[0].ID != got[0].ID || again[0].Attempts != 2 {
			t.Fatalf("claimed again %+v", again)
		}
		ok(t, d.SettleOutgoing(ctx, &got[0], "", time.Time{}))
		ok(t, d.SettleOutgoing(ctx, &again[0], "notify.webhook_status", e.clock.Now().Add(time.Hour)))
		same(t, len(must(d.ClaimOutgoing(ctx, 10, time.Minute))), 0)
		state := must(d.Outbox(ctx))
		if len(state.Stuck) != 1 || state.Counts[store.OutWaiting] != 1 || state.Stuck[0].Code != "notify.webhook_status" {
			t.Errorf("outbox %+v", state)
		}
		e.clock.Advance(61 * time.Minute)
		last := must(d.ClaimOutgoing(ctx, 10, time.Minute))
		ok(t, d.SettleOutgoing(ctx, &last[0], "notify.webhook_status", time.Time{}))
		same(t, must(d.Outbox(ctx)).Counts[store.OutDead], int64(1))
		same(t, must(d.Webhook(ctx, "hook")).LastCode, store.Code("notify.webhook_status"))
		e.clock.Advance(100 * 24 * time.Hour)
		ok(t, d.SweepNotices(ctx))
		same(t, must(d.Outbox(ctx)).Counts[store.OutDead], int64(0))
		if len(kinds(t, d, who[store.RoleCoordinator])) != 2 {
			t.Error("notices are gone too early")
		}
	})
}

func TestNoticeSetting(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		u := must(d.SignIn(ctx, "demo", "kari", "Kari", start))
		s := must(d.NoticeSetting(ctx, u.ID))
		same(t, s, &store.NoticeSetting{UserID: u.ID})
		for _, bad := range []string{"kari", "Kari <kari@example.org>", "a@b\r\nBcc: x@y", "a@b, c@d", strings.Repeat("a", 250) + "@example.org"} {
			want(t, d.SaveNoticeSetting(ctx, &store.NoticeSetting{UserID: u.ID, Pending: bad, Lang: "nb"}, false, ola), store.Invalid, "notice.address")
		}
		s.Pending, s.Lang, s.Muted = "kari@example.org", "nn", []store.NoticeKind{store.NoticeLate}
		ok(t, d.SaveNoticeSetting(ctx, s, false, ola))
		stale := &store.NoticeSetting{UserID: u.ID, Lang: "nb"}
		want(t, d.SaveNoticeSetting(ctx, stale, false, ola), store.Conflict, "db.changed")
		o := must(d.ClaimOutgoing(ctx, 5, time.Minute))
		address, asked, err := db.ParseConfirm(o[0].Body)
		ok(t, err)
		if len(o) != 1 || o[0].Via != store.ViaConfirm || address != "kari@example.org" || !asked.Equal(s.PendingAt) {
			t.Fatalf("%+v", o)
		}
		want(t, d.ConfirmAddress(ctx, u.ID, asked.Add(time.Microsecond), ola), store.NotFound, "notice.code")
		e.clock.Advance(db.ConfirmTime + time.Second)
		want(t, d.ConfirmAddress(ctx, u.ID, asked, ola), store.NotFound, "notice.code")
		ok(t, d.SaveNoticeSetting(ctx, s, false, ola)) // asked again
		ok(t, d.ConfirmAddress(ctx, u.ID, s.PendingAt, ola))
		want(t, d.ConfirmAddress(ctx, u.ID, s.PendingAt, ola), store.NotFound, "notice.code") // once
		s = must(d.NoticeSetting(ctx, u.ID))
		same(t, s.Address, "kari@example.org")
		ok(t, d.SaveNoticeSetting(ctx, s, true, ola))
		same(t, must(d.NoticeSetting(ctx, u.ID)).Address, "")
		for _, entry := range audited(t, d) {
			if b := string(must(entry.Canonical())); strings.Contains(b, "example.org") {
				t.Errorf("the log holds an address: %s", b)
			}
		}
	})
}

// TestNoticesOfAccess: who loses access is told, also of the last they had; and officers of what the portal ended by
// itself. Whatever comes of a code for the emergency account is told at once.
func TestNoticesOfAccess(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		world(t, d)
		who := crowd(t, d)
		kari := must(d.SignIn(ctx, "demo", "kari", "Kari", start)).ID
		last := func(user string) (n store.Notice) {
			t.Helper()
			told(t, d)
			e.clock.Advance(time.Second)
			if list := must(d.Notices(ctx, user, 1)); len(list) > 0 {
				n = list[0]
			}
			return n
		}
		ok(t, d.ReplaceGrants(ctx, kari, "oidc", []store.Grant{{Role: store.RoleReader, RegistryID: "hjerte"}}))
		same(t, last(kari).Kind, store.NoticeKind(""))
		ok(t, d.ReplaceGrants(ctx, kari, "oidc", nil))
		if n := last(kari); n.Kind != store.NoticeAccess || n.Path != "/access/mine" || n.Urgent {
			t.Errorf("%+v", n)
		}
		ok(t, d.Grant(ctx, &store.Grant{UserID: kari, Role: store.RoleReader, RegistryID: "hjerte", Source: store.SourcePortal}, siri))
		told(t, d)
		e.clock.Advance(200 * 24 * time.Hour)
		ok(t, d.EndInactive(ctx, kari, e.clock.Now().AddDate(0, -6, 0), store.SystemActor()))
		if n := last(kari); n.Kind != store.NoticeInactive || n.Path != "/access/mine" {
			t.Errorf("%+v", n)
		}
		if n := last(who[store.RoleSecurity]); n.Kind != store.NoticeInactive || n.Path != "/access" {
			t.Errorf("%+v", n)
		}
		same(t, len(kinds(t, d, who[store.RoleAdmin])), 0)

		tried := store.AuditEntry{Action: "session.emergency", Kind: "session", Object: store.EmergencyIssuer, Result: "auth.emergency_code"}
		ok(t, d.Record(ctx, tried, store.SystemActor()))
		for _, role := range []store.PortalRole{store.RoleSecurity, store.RoleAdmin} {
			if n := last(who[role]); n.Kind != store.NoticeTried || !n.Urgent {
				t.Errorf("%s: %+v", role, n)
			}
		}
		code := &store.EmergencyCode{Salt: []byte("s"), Hash: []byte("h"), Role: store.RoleAdmin}
		ok(t, d.SealEmergency(ctx, code, ola))
		_, _, err := d.OpenEmergency(ctx, code.ID, "KANARI", "Innloggingen er nede", "r")
		ok(t, err)
		for _, role := range []store.PortalRole{store.RoleSecurity, store.RoleAdmin} {
			n := last(who[role])
			if n.Kind != store.NoticeEmergency || !n.Urgent || strings.Contains(fmt.Sprintf("%+v", n), "KANARI") {
				t.Errorf("%s: %+v", role, n)
			}
		}
	})
}
