package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/store"
)

// TestTodayTellsAlerts holds the day's page to the page of open matters: the same ones in the same order and words, without
// those that somebody has taken, and for those who may take them.
func TestTodayTellsAlerts(t *testing.T) {
	g := newRegister(t)
	v := g.as(store.RoleCoordinator, "hjerte")
	answers(t, v.get("/today"), http.StatusOK, "Ingenting venter på deg", `href="/alerts"`)
	i := g.integration("hjerte-rdap")
	g.ended(store.RunHeld, 3*time.Hour)
	g.ended(store.RunFailed, time.Hour) // not stored as alerts yet, and told all the same
	g.ended(store.RunUnknown, time.Minute)
	titles := []string{"Usikkert om data kom fram: " + i.Name, "Kjøring feilet: " + i.Name, "Kjøring venter på en avgjørelse: " + i.Name}
	inOrder := func(path string, titles []string) {
		t.Helper()
		w := v.get(path)
		answers(t, w, http.StatusOK, titles...)
		page := mainOf(w.Body.String())
		var at []int
		for _, s := range titles {
			at = append(at, strings.Index(page, s))
		}
		if !slices.IsSorted(at) {
			t.Errorf("%s: at %v", path, at)
		}
	}
	inOrder("/alerts", titles)
	inOrder("/today", titles)
	answers(t, v.get("/today"), http.StatusOK, `href="/runs/1"`, `href="/runs/2"`, `href="/runs/3"`)
	answers(t, v.get("/alerts"), http.StatusOK, "!Ta saken")
	answers(t, g.as(store.RoleReader, "hjerte").get("/today"), http.StatusOK, "!"+titles[1])
	answers(t, g.as(store.RoleCoordinator, "annet").get("/today"), http.StatusOK, "!"+i.Name)

	v = g.as(store.RoleCoordinator, "hjerte")
	must(t, g.db.SettleRunAlerts(t.Context()))
	inOrder("/today", titles)
	open, err := g.db.Alerts(t.Context(), store.AlertFilter{All: true, Kind: store.AlertFailed})
	must(t, err)
	open[0].Reason = "Ringer kilden"
	must(t, g.db.TakeAlert(t.Context(), &open[0], seeder))
	answers(t, v.get("/today"), http.StatusOK, "!"+titles[1], titles[2])
	g.ended(store.RunSucceeded, 0) // what failed is in order, also before that is stored; what waits for a person is not
	answers(t, v.get("/alerts"), http.StatusOK, "!"+titles[1], titles[2])
}
