package jobs

import (
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/seed"
)

// TestRetryAsConfiguration holds that a policy that somebody has set goes out as YAML and comes back, that the defaults
// don't stand in it, and that one that can't be is refused.
func TestRetryAsConfiguration(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	out := func() string {
		b, err := h.Export(ctx, seed.DemoIntegration)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if strings.Contains(out(), "retry:") {
		t.Error("the defaults stand in the document")
	}
	p := store.DefaultRetry(seed.DemoIntegration)
	p.Attempts, p.Most = 7, 2*time.Hour
	if err := h.DB.SaveRetryPolicy(ctx, &p, by); err != nil {
		t.Fatal(err)
	}
	doc := out()
	p.Attempts = 2
	if err := h.DB.SaveRetryPolicy(ctx, &p, by); err != nil {
		t.Fatal(err)
	}
	read := func(doc string) error {
		_, err := h.Import(ctx, []byte(doc), ImportMode{}, by)
		return err
	}
	changed := func(doc string, want int) {
		t.Helper()
		if n, err := h.Import(ctx, []byte(doc), ImportMode{}, by); err != nil || n.Changed != want || n.Created != 0 {
			t.Errorf("%+v, %v: want %d changed", n, err, want)
		}
	}
	changed(doc, 1)
	changed(doc, 0)
	if got, _ := h.DB.RetryPolicy(ctx, seed.DemoIntegration); got.Attempts != 7 || got.Most != 2*time.Hour {
		t.Errorf("%+v", got)
	}
	if out() != doc {
		t.Error("it goes out otherwise than it came in")
	}
	interval := strings.Replace(doc, "expr: 30 * * * *", "every: 50m0s\n      anchor: 2026-11-23T23:10:00Z", 1)
	changed(interval, 1)
	changed(interval, 0)
	if err := read(strings.Replace(doc, "attempts: 7", "attempts: 700", 1)); store.ClassOf(err) != store.Invalid {
		t.Errorf("%v", err)
	}
}
