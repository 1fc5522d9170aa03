package web

import (
	"testing"

	"samband/store"
)

func TestCalendars(t *testing.T) {
	g := newRegister(t)
	g.Runs = keptRuns{db: g.db}
	admin := g.as(store.RoleAdmin, store.AllRegistries)
	const path = "/admin/calendars"
	answers(t, admin.get(path), 200, "Ingen kalendere ennå")
	answers(t, admin.post(path, "name", "", "id", "Store Bokstaver"), 422, `value="Store Bokstaver"`)
	leads(t, admin.post(path, "name", "Stengt", "id", "stengt", "holidays", "on"), path+"/stengt")
	answers(t, admin.post(path, "name", "Stengt igjen", "id", "stengt"), 422, "Stengt igjen")
	answers(t, admin.get(path+"/finnes-ikke"), 404)

	// Times of its own: what is wrong stands at the field, and what was written is kept.
	answers(t, admin.post(path+"/stengt/windows", "version", "1", "reason", "Oppgradering"), 422, `value="Oppgradering"`, "Uten dem ville ingenting startet")
	answers(t, admin.post(path+"/stengt/windows", "version", "1", "reason", "x", "from", "2026-12-24", "to", "2026-12-23"), 422, "før den første")
	leads(t, admin.post(path+"/stengt/windows", "version", "1", "reason", "Romjul", "from", "24.12.2026", "to", "02.01.2027", "yearly", "on",
		"start", "22.00", "end", "06:00"), path+"/stengt")
	answers(t, admin.post(path+"/stengt/windows", "version", "1", "reason", "Påske", "from", "2027-03-25"), 409)
	answers(t, admin.get(path+"/stengt"), 200, "Romjul", "24. desember – 2. januar hvert år, kl. 22.00–06.00", "Helligdager og 1 egen tid", "første juledag")
	answers(t, admin.post(path+"/stengt", "version", "2", "name", "", "weekends", "on"), 422)
	leads(t, admin.post(path+"/stengt", "version", "2", "name", "Stengt", "weekends", "on"), path+"/stengt")
	leads(t, admin.post(path+"/stengt/windows/0/delete", "version", "3"), path+"/stengt")
	answers(t, admin.get(path+"/stengt"), 200, "Ingen egne tider", "helg", "!Romjul")

	// A schedule asks for it: then it stays.
	const schedule = "/integrations/hjerte-rdap/schedule"
	answers(t, admin.get(schedule), 200, "Stengt", `name="calendars"`)
	form := []string{"pattern", "daily", "time", "04:25", "overlap", "skip", "catch_up", "latest", "window", "24", "version", "0"}
	answers(t, admin.post(schedule, append(form, "calendars", "en-annen")...), 422)
	leads(t, admin.post(schedule, append(form, "calendars", "stengt")...), schedule)
	if s, err := g.db.Schedule(t.Context(), "hjerte-rdap"); err != nil || len(s.Calendars) != 1 || s.Calendars[0] != "stengt" {
		t.Fatalf("%+v, %v", s, err)
	}
	answers(t, admin.get(path+"/stengt"), 200, "kan ikke slettes", "!Slett kalenderen")
	answers(t, admin.post(path+"/stengt/delete", "version", "4"), 409)
	form[len(form)-1] = "1"
	leads(t, admin.post(schedule, form...), schedule)
	answers(t, admin.post(path+"/stengt/delete", "version", "1"), 409)
	leads(t, admin.post(path+"/stengt/delete", "version", "4"), path)
	answers(t, admin.get(path+"/stengt"), 404)

	coordinator := g.as(store.RoleCoordinator, "hjerte")
	answers(t, coordinator.post(path, "name", "Min", "id", "min"), 403)
}
