package jobs

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"samband/store"
	"samband/store/seed"
)

// TestAlertsOfTwoProcesses: two processes on one database that settle alerts all the time see each run that nobody starts
// at once. It has one alert, and whoever answers for it is told in one mail.
func TestAlertsOfTwoProcesses(t *testing.T) {
	t.Parallel()
	h, o := openHall(t), &outside{}
	addr := o.serveMail(t)
	settles := func(name string) processConf {
		p := h.another(name, false)
		p.Mail, p.Settles, p.Ahead = addr, true, store.StartGrace+time.Minute // what is due here is late there
		return p
	}
	late, err := Open(t.Context(), settles("asked").config())
	if err != nil {
		t.Fatal(err)
	}
	defer late.Close()
	count := func() int64 {
		t.Helper()
		n, err := late.DB.OpenAlerts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n[demoRegistry]
	}
	if err := late.settleAlerts(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := count()
	demo, err := h.DB.Integration(t.Context(), seed.DemoIntegration)
	if err != nil {
		t.Fatal(err)
	}

	processes := []*process{startProcess(t, settles("one")), startProcess(t, settles("two"))}
	const alerts = "https://samband.example.org/alerts"
	const rounds = 15
	for n := range rounds { // each with an admin of its own: nobody gets two mails about the same within an hour
		name := fmt.Sprint("vakt-", n)
		admin := h.known(name, store.RoleAdmin)
		i := &store.Integration{ID: name, Name: name, RegistryID: demo.RegistryID, MethodID: demo.MethodID,
			Purpose: demo.Purpose, Sensitivity: demo.Sensitivity, Owner: demo.Owner}
		r := &store.Run{IntegrationID: i.ID, Trigger: store.TriggerPerson}
		if err := h.DB.CreateIntegration(t.Context(), i, by); err != nil {
			t.Fatal(err)
		}
		if err := h.DB.CreateRun(t.Context(), r, by); err != nil {
			t.Fatal(err)
		}
		h.until("a mail to "+name, 20*time.Second, func() bool { return o.about(name+"@example.org", alerts) > 0 })
		if err := h.DB.ReplaceGrants(t.Context(), admin.UserID, "demo", nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range processes {
		if code := x.end(syscall.SIGTERM); code != 0 {
			t.Errorf("it ended with %d: %s", code, x.said)
		}
	}
	if n := count() - before; n != rounds {
		t.Errorf("%d alerts for %d runs", n, rounds)
	}
	past, err := late.DB.Alerts(t.Context(), store.AlertFilter{All: true, Own: true, Closed: true})
	if err != nil || len(past) > 0 {
		t.Errorf("opened and closed again: %+v, %v", past, err)
	}
	for n := range rounds {
		if mails := o.about(fmt.Sprintf("vakt-%d@example.org", n), alerts); mails != 1 {
			t.Errorf("the admin of run %d got %d mails", n, mails)
		}
	}
}
