package alerts_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"samband/static"
	"samband/store"
	"samband/store/text"
	"samband/views/alerts"
	"samband/views/layout"
	"samband/web/e2e/browser"
)

// TestChromium: the page is sound to those who don't see it, on a narrow screen, in the dark and without script.
func TestChromium(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	item := func(id string, k store.AlertKind, registry string, n int64) alerts.Item {
		return alerts.Item{Alert: store.Alert{ID: id, OpenedAt: at, AlertCause: store.AlertCause{Kind: k, Subject: "hjerte-rdap",
			Registry: registry, Count: n, RunNo: 7, Since: at, Last: at.Add(time.Hour)}}, Registry: "Hjertekirurgi", MayTake: true}
	}
	part := item("a", store.AlertPart, "", 1)
	part.Alert.Subject, part.Alert.Code, part.Alert.RunNo = "space", "doctor.space", 0
	part.Alert.Args, part.Registry, part.Grave = store.Args{"free": 1, "least": 2}, "Installasjonen", true
	failed := item("b", store.AlertFailed, "hjerte", 3)
	failed.Name, failed.Grave, failed.Alert.Code = "Hjertekirurgi fra regional data- og analyseplattform", true, "run.failed"
	failed.Errors.Add("reason", "form.required", nil)
	late := item("c", store.AlertLate, "hjerte", 1)
	late.Taken, late.Alert.TakenBy, late.Alert.Reason, late.Alert.RunNo = true, "Ine Administrator", "Ringer kilden", 0
	open := alerts.Model{Items: []alerts.Item{part, failed, late}}
	past := alerts.Model{Filter: alerts.Filter{Show: "closed"}, Items: open.Items}

	b := browser.Start(t)
	for name, x := range map[string]struct {
		m    alerts.Model
		lang text.Lang
		opts browser.Options
	}{
		"open":        {m: open},
		"open-narrow": {m: open, lang: text.NN, opts: browser.Options{Width: 320, Scheme: "dark"}},
		"past-narrow": {m: past, lang: text.EN, opts: browser.Options{Width: 320}},
		"past-still":  {m: past, opts: browser.Options{Scheme: "dark", NoScript: true}},
		"none":        {},
	} {
		t.Run(name, func(t *testing.T) {
			mux := http.NewServeMux()
			mux.Handle("GET /static/", static.Handler())
			mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Security-Policy", static.ContentSecurityPolicy)
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				c := layout.Ctx{Lang: x.lang, Path: r.URL.RequestURI()}
				if err := alerts.List(c, x.m).Render(r.Context(), w); err != nil {
					t.Error(err)
				}
			})
			srv := httptest.NewServer(mux)
			defer srv.Close()
			tab := b.Tab(t, x.opts)
			tab.Go(srv.URL + "/alerts")
			if dir := os.Getenv("SAMBAND_SHOTS"); dir != "" {
				tab.Screenshot(filepath.Join(dir, "alerts-"+name+".png"))
			}
			tab.Sound()
		})
	}
}
