package jobs

import (
	"bytes"
	"strings"
	"testing"

	"samband/store"
	"samband/store/seed"
)

// Calendars go out and come in with the schedules that ask for them, byte by byte.
func TestCalendarsInABundle(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	jul := &store.Calendar{ID: "jul", Name: "Jul", Holidays: true, Windows: []store.Blackout{
		{Reason: "Romjul", From: "2026-12-24", To: "2027-01-02", Yearly: true}, {Reason: "Natt", Start: "22:00", End: "06:00"}}}
	for _, c := range []*store.Calendar{jul, {ID: "ubrukt", Name: "Ubrukt", Weekends: true}} {
		if err := h.SaveCalendar(ctx, c, by); err != nil {
			t.Fatal(err)
		}
	}
	s, err := h.DB.Schedule(ctx, seed.DemoIntegration)
	if err != nil {
		t.Fatal(err)
	}
	s.Calendars = []string{"nei"}
	if err := h.SaveSchedule(ctx, s, by); store.CodeOf(err) != "calendar.not_found" {
		t.Errorf("a calendar that isn't there: %v", err)
	}
	s.Calendars = []string{"jul"}
	if err := h.SaveSchedule(ctx, s, by); err != nil {
		t.Fatal(err)
	}
	out, err := h.Export(ctx, "")
	if err != nil || !strings.Contains(string(out), "reason: Romjul") || !strings.Contains(string(out), "id: ubrukt") {
		t.Fatalf("%v\n%s", err, out)
	}
	one, err := h.Export(ctx, seed.DemoIntegration)
	if err != nil || !strings.Contains(string(one), "id: jul") || strings.Contains(string(one), "ubrukt") {
		t.Errorf("one integration brings the calendars that it asks for: %v\n%s", err, one)
	}
	if n, err := h.Import(ctx, out, ImportMode{Accept: true}, by); err != nil || n.Changed+n.Created != 0 {
		t.Errorf("what is here already: %+v, %v", n, err)
	}

	other := open(t)
	if _, err := other.Import(ctx, out, ImportMode{Accept: true}, by); err != nil {
		t.Fatal(err)
	}
	again, err := other.Export(ctx, "")
	if err != nil || !bytes.Equal(again, out) {
		t.Errorf("%v\nout\n%s\nagain\n%s", err, out, again)
	}
	bad := bytes.Replace(out, []byte("id: jul\n"), []byte("id: påske\n"), 1)
	if _, err := other.Import(ctx, bad, ImportMode{Accept: true}, by); err == nil {
		t.Error("a calendar with an impossible id came in")
	}
}
