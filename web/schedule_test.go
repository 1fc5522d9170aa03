package web

import (
	"context"
	"strconv"
	"testing"

	"samband/store"
	"samband/store/db"
)

// keptRuns stores schedules in the database of a test.
type keptRuns struct {
	quietRuns
	db *db.DB
}

func (keptRuns) ReadSchedule(expr string) (store.Cron, error) {
	return store.Cron{Minute: 1 << 25, Hour: 1 << 4, DOM: store.AllDOM, Month: store.AllMonths, DOW: store.AllDOW, DOMStar: true,
		DOWStar: true, Text: expr}, nil
}
func (keptRuns) ClockChanges(context.Context, store.Schedule, int) ([]store.Slot, error) {
	return nil, nil
}
func (keptRuns) PreviewSlots(context.Context, store.Schedule, int) ([]store.Coming, error) {
	return nil, nil
}
func (k keptRuns) SaveSchedule(ctx context.Context, s *store.Schedule, by store.Actor) error {
	if s.ID == "" {
		return k.db.CreateSchedule(ctx, s, by)
	}
	_, err := k.db.UpdateSchedule(ctx, s, noPlan, by)
	return err
}

// TestScheduleAsksTheGate: what may not run can't be switched on, and can be saved switched off; one that is on and has
// lost its ground says so.
func TestScheduleAsksTheGate(t *testing.T) {
	g := newRegister(t)
	g.Runs = keptRuns{db: g.db}
	admin := g.as(store.RoleAdmin, store.AllRegistries)
	const path = "/integrations/hjerte-rdap/schedule"
	form := func(more ...string) []string {
		return append([]string{"pattern", "daily", "time", "04:25", "overlap", "skip", "catch_up", "latest", "window", "24"}, more...)
	}
	answers(t, admin.get(path), 200, "Tidsplanen kan ikke slås på før dette er i orden", "ikke godkjent")
	answers(t, admin.post(path, form("version", "0", "enabled", "on")...), 422, "grunnene står over skjemaet", "ikke godkjent",
		`value="04:25"`)
	if _, err := g.db.Schedule(t.Context(), "hjerte-rdap"); store.ClassOf(err) != store.NotFound {
		t.Fatalf("it was saved: %v", err)
	}
	leads(t, admin.post(path, form("version", "0")...), path)
	answers(t, admin.post(path, form("version", "1", "enabled", "on")...), 422)

	g.approve()
	leads(t, admin.post(path, form("version", "1", "enabled", "on")...), path)
	answers(t, admin.get(path), 200, "!avvises")
	i := g.integration("hjerte-rdap")
	leads(t, admin.post("/integrations/hjerte-rdap/state", "version", strconv.Itoa(i.Version), "to", "suspended", "reason", "x"),
		"/integrations/hjerte-rdap")
	answers(t, admin.get(path), 200, "På, men avvises", "Hver kjøring avvises til dette er i orden", "Stanset")
	leads(t, admin.post(path, form("version", "2")...), path) // off is always allowed
}
