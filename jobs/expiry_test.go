package jobs

import (
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"samband/store"
)

// TestExpiries: people are told of what ends 30, 7 and 1 days before and when it is over, once each, and it closes itself.
func TestExpiries(t *testing.T) {
	h := open(t)
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	ends := server.Certificate().NotAfter.UTC()
	h.clock.Advance(ends.AddDate(0, 0, -40).Sub(h.clock.Now()))
	h.Jobs.conf.Watch = []string{"", "http://127.0.0.1:1", server.URL, "https://127.0.0.1:1"}
	h.Jobs.conf.SecretEnds = ends.AddDate(0, 0, 20)
	open := func() (subjects []string) {
		t.Helper()
		if err := h.settleParts(t.Context()); err != nil {
			t.Fatal(err)
		}
		list, err := h.DB.Alerts(t.Context(), store.AlertFilter{All: true, Own: true, Kind: store.AlertPart})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range list {
			if a.Code == "expiry.soon" || a.Code == "expiry.past" {
				subjects = append(subjects, a.Subject+" "+string(a.Code))
			}
		}
		slices.Sort(subjects)
		return subjects
	}
	host := server.Listener.Addr().String()
	certificate, secret := "certificate/"+host, "secret/SAMBAND_OIDC_CLIENT_SECRET"
	for _, step := range []struct {
		days int // before the certificate ends
		want []string
	}{
		{40, nil},
		{30, []string{certificate + "/30 expiry.soon"}},
		{12, []string{certificate + "/30 expiry.soon"}},
		{7, []string{certificate + "/7 expiry.soon", secret + "/30 expiry.soon"}},
		{1, []string{certificate + "/1 expiry.soon", secret + "/30 expiry.soon"}},
		{0, []string{certificate + "/0 expiry.past", secret + "/30 expiry.soon"}},
		{-13, []string{certificate + "/0 expiry.past", secret + "/7 expiry.soon"}},
	} {
		h.clock.Advance(ends.AddDate(0, 0, -step.days).Sub(h.clock.Now()))
		if got := open(); !slices.Equal(got, step.want) {
			t.Errorf("%d days before: %v, want %v", step.days, got, step.want)
		}
	}
	healthy := 0
	for _, p := range h.Health(t.Context()) {
		if p.Part == "certificate" && p.Args["name"] != host {
			healthy++
		}
	}
	if healthy != 0 {
		t.Errorf("%d addresses that don't answer are told of", healthy)
	}

	h.Jobs.conf.SecretEnds, h.Jobs.conf.Watch = time.Time{}, nil // both were replaced
	h.clock.Advance(lookEvery)
	if got := open(); got != nil {
		t.Errorf("after that: %v", got)
	}
}
