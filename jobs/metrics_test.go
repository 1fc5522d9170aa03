package jobs

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"samband/store"
)

// TestScrape: one scrape gives all that the dashboard and the alert rules ask for, with labels that can be counted.
func TestScrape(t *testing.T) {
	h := open(t)
	if err := h.Plan(t.Context()); err != nil {
		t.Fatal(err)
	}
	families, err := h.metrics.reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	given := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			given[f.GetName()] += m.GetGauge().GetValue()
		}
		if strings.HasPrefix(f.GetName(), "samband_") && len(f.GetMetric()) > 20 {
			t.Errorf("%s has %d series", f.GetName(), len(f.GetMetric()))
		}
		if f.GetName() == "samband_alerts_open" && len(f.GetMetric()) != len(store.AlertKinds) {
			t.Errorf("%d kinds of alerts", len(f.GetMetric()))
		}
	}
	if given["samband_state_read"] != 1 || given["samband_planner_tick_seconds"] < 0 || given["samband_file_bytes"] <= 0 ||
		given["samband_disk_free_bytes"] <= 0 {
		t.Errorf("%v", given)
	}
	later := map[string]bool{"samband_rows_total": true, "samband_run_duration_seconds": true} // once a run has ended
	for _, name := range []string{"alerts.yaml", "dashboard.json"} {
		b, err := os.ReadFile("../static/docs/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`samband_[a-z_]+`).FindAllString(string(b), -1) {
			m = strings.TrimSuffix(m, "_bucket")
			if _, ok := given[m]; !ok && !later[m] {
				t.Errorf("%s asks for %s, which a scrape does not give", name, m)
			}
		}
	}
}

// TestBuckets holds that the bounds read as people write them.
func TestBuckets(t *testing.T) {
	for _, first := range []float64{0.1, 0.01} {
		for _, x := range buckets(first) {
			if s := strconv.FormatFloat(x, 'g', -1, 64); len(s) > 8 {
				t.Error(s)
			}
		}
	}
}
