package jobs

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"samband/store"
	"samband/store/seed"
)

// Who looks at what a mapping makes of rows never sees a cell that names the row's person, and sees the row held back for it
// as a run would.
func TestPreviewHidesIdentityAmongHealth(t *testing.T) {
	h := open(t)
	h.deliver(1)
	v, c := h.mapped()
	r := csv.NewReader(bytes.NewReader(h.delivered()))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int { return slices.Index(rows[0], name) }
	var fields []string
	for _, name := range []string{"prosedyre", "hoveddiagnose", "vekt"} {
		fields = append(fields, name)
		rows[len(fields)][at("etternavn")] = "Kanariblaa"
		rows[len(fields)][at(name)] = "pas. KANARIBLAA kom"
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	s, err := h.KeepSample(t.Context(), seed.DemoIntegration, h.person("ola").ID, &b, by)
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.PreviewSample(t.Context(), s, &v.Mapping, c)
	if err != nil {
		t.Fatal(err)
	}
	shown := fmt.Sprintf("%+v", p.Rows)
	for i, field := range fields {
		if p.Rows[i].Reason != store.RowIdentity {
			t.Errorf("a row with its person in %s is held back for %q", field, p.Rows[i].Reason)
		}
		for _, rule := range v.Mapping.Rules {
			x, err := h.ExplainSample(t.Context(), s, &v.Mapping, c, int64(i+1), rule.Variable)
			if err != nil {
				t.Fatal(err)
			}
			shown += fmt.Sprintf("%+v", x)
		}
	}
	if strings.Contains(strings.ToLower(shown), "kanariblaa") {
		t.Error("the person's name is shown")
	}
	report, err := h.ReportSample(t.Context(), s, &v.Mapping, c)
	if err != nil || report.QuarantinedBy[store.RowIdentity] != 3 {
		t.Errorf("%v: %+v", err, report)
	}
	unfinished := v.Mapping
	unfinished.Rules = slices.Clone(unfinished.Rules)
	unfinished.Rules[0].Steps = nil
	if report, err = h.ReportSample(t.Context(), s, &unfinished, c); err != nil || report.Fault == nil || report.QuarantinedBy[store.RowIdentity] != 3 {
		t.Errorf("with rules that can't run: %v: %+v", err, report)
	}
}
