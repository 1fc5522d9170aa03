package auth

import (
	"net/http"
	"testing"
	"time"

	"samband/store"
	"samband/web/auth/oidctest"
)

func TestEmergency(t *testing.T) {
	p := oidctest.Start(t)
	p.Away(true)
	tp := newPortal(t, p, nil)
	enter := func(c *http.Client, code string) error {
		t.Helper()
		_, r := tp.session(c)
		w := recorder{}
		_, err := tp.auth.LoginEmergency(w, r, code, "Nødkonto: Kari", "Innloggingen er nede", "r")
		tp.plant(c, (&http.Response{Header: http.Header(w)}).Cookies()...)
		return err
	}
	c := browser(t)
	if open, err := tp.auth.EmergencySealed(t.Context()); err != nil || open {
		t.Errorf("without a code: %v, %v", open, err)
	}
	if err := enter(c, "x"); store.CodeOf(err) != "emergency.not_found" {
		t.Errorf("without a code: %v", err)
	}
	code, sealed, err := store.NewEmergencyCode(store.RoleSecurity)
	if err != nil {
		t.Fatal(err)
	}
	if err := tp.db.SealEmergency(t.Context(), sealed, store.ShellActor("drift")); err != nil {
		t.Fatal(err)
	}
	if open, err := tp.auth.EmergencySealed(t.Context()); err != nil || !open {
		t.Errorf("with a code: %v, %v", open, err)
	}
	if err := enter(c, "AAAA"+code[4:]); store.CodeOf(err) != "auth.emergency_code" || tp.who(c) != "" {
		t.Errorf("another code: %v", err)
	}
	if err := enter(c, code); err != nil || tp.who(c) != "Nødkonto: Kari" {
		t.Fatalf("the code: %v", err)
	}
	s, _ := tp.session(c)
	if !s.Person.Emergency() || !s.Fresh(tp.clock.Now().Add(time.Hour)) || !s.Last().Equal(tp.clock.Now().Add(4*time.Hour)) {
		t.Errorf("the session is %+v, ends %s", s.Person, s.Last())
	}
	if err := enter(browser(t), code); store.CodeOf(err) != "emergency.not_found" {
		t.Errorf("the code again: %v", err)
	}
	for range 4*60/20 - 1 {
		tp.clock.Advance(20 * time.Minute)
		if tp.who(c) == "" {
			t.Fatal("the session ended before its time")
		}
	}
	tp.clock.Advance(20 * time.Minute)
	if tp.who(c) != "" {
		t.Error("the session lives after four hours")
	}
}
