package jobs

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"samband/store"
	"samband/store/seed"
)

const demoRegistry = "hjertekirurgi"

// mapped gives the demonstration's mapping and codebook.
func (h *house) mapped() (*store.MappingVersion, *store.Codebook) {
	h.t.Helper()
	v, err := h.DB.MappingVersion(h.t.Context(), seed.DemoIntegration, 0)
	if err != nil {
		h.t.Fatal(err)
	}
	c, err := h.DB.Codebook(h.t.Context(), v.CodebookID, v.CodebookVersion)
	if err != nil {
		h.t.Fatal(err)
	}
	return v, c
}

// tree lists every file under the installation with its size, to see that nothing was written.
func (h *house) tree() string {
	var b strings.Builder
	fs.WalkDir(os.DirFS(h.conf.Data), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !strings.Contains(path, "-wal") && !strings.Contains(path, "-shm") {
			if i, err := d.Info(); err == nil {
				fmt.Fprintln(&b, path, i.Size())
			}
		}
		return nil
	})
	return b.String()
}

func TestPreview(t *testing.T) {
	h := open(t)
	h.deliver(1)
	v, c := h.mapped()
	before := h.tree()
	p, err := h.PreviewMapping(t.Context(), seed.DemoIntegration, &v.Mapping, c)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Rows) != PreviewRows || p.Sealed || p.Accepted+p.Rejected+p.Filtered != PreviewRows || p.Accepted == 0 || p.Rejected == 0 {
		t.Errorf("%d rows, %d accepted, %d rejected, %d filtered", len(p.Rows), p.Accepted, p.Rejected, p.Filtered)
	}
	if after := h.tree(); after != before {
		t.Errorf("a preview wrote:\n%s\nwas\n%s", after, before)
	}
	shown := fmt.Sprintf("%+v", p.Rows)
	if store.ScanPersonNumbers(shown) > 0 {
		t.Error("a person number is shown")
	}
	for _, r := range p.Rows {
		for _, cell := range r.Cells {
			for _, name := range v.Mapping.Rule(cell.Variable).Fields() {
				if v.Mapping.Field(name).Class == store.Direct {
					t.Errorf("%s is shown", name)
				}
			}
		}
		if (r.Reason != "") != (len(r.Failed) > 0 && !r.Failed[0].Warn) && r.Reason == "" && !r.Broken {
			t.Errorf("row %d fails %v without a reason", r.Position, r.Failed)
		}
	}

	// what it shows is what a run then does
	r := h.run("")
	found, _, err := h.Findings(t.Context(), demoRegistry, store.FindingFilter{RunNo: r.No, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	held := map[int64]string{}
	for _, f := range found {
		held[f.Position] = f.Reason
	}
	for _, x := range p.Rows {
		if want := held[x.Position]; x.Reason != want && !x.Broken {
			t.Errorf("row %d: %q in the preview, %q in the run", x.Position, x.Reason, want)
		}
	}

	// the delivery is sealed now, and can still be looked at
	if p, err = h.PreviewMapping(t.Context(), seed.DemoIntegration, &v.Mapping, c); err != nil || !p.Sealed || len(p.Rows) != PreviewRows {
		t.Errorf("of a sealed delivery: %v, %+v", err, p)
	}
}

func TestPreviewOfNothing(t *testing.T) {
	h := open(t)
	os.RemoveAll(h.demoFolder())
	if err := os.MkdirAll(h.demoFolder(), 0o700); err != nil {
		t.Fatal(err)
	}
	v, c := h.mapped()
	_, err := h.PreviewMapping(t.Context(), seed.DemoIntegration, &v.Mapping, c)
	if store.CodeOf(err) != "delivery.nothing" {
		t.Errorf("without a delivery: %v", err)
	}
}

func TestCheckMapping(t *testing.T) {
	h := open(t)
	v, c := h.mapped()
	if err := h.CheckMapping(t.Context(), &v.Mapping, c); err != nil {
		t.Fatal(err)
	}
	m := v.Mapping
	m.Rules = append([]store.Rule(nil), m.Rules...)
	name := m.Rules[len(m.Rules)-1].Variable
	for code, at := range map[string]struct {
		line, column int
		code         store.Code
	}{"hoyde +": {1, 7, "mapping.expression_end"}, "int(hoyde)\n+ )": {2, 3, "mapping.expression_at"}, "hoyd": {1, 1, "mapping.expression_near"}} {
		m.Rules[len(m.Rules)-1] = store.Rule{Variable: name, Steps: []store.Step{{Kind: store.StepExpr, Code: code}}}
		err := h.CheckMapping(t.Context(), &m, c)
		var all store.FieldErrors
		errors.As(err, &all) // that no check catches its faults is told too
		e := all.Of("rules." + name)
		if e == nil || e.Code != at.code || all.Of("checks") == nil {
			t.Errorf("%q: %v", code, err)
			continue
		}
		if e.Args["line"] != at.line || e.Args["column"] != at.column {
			t.Errorf("%q is wrong at line %v, column %v, not %v", code, e.Args["line"], e.Args["column"], at)
		}
	}
}

func TestFindings(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	if list, n, err := h.Findings(ctx, "no-such-registry", store.FindingFilter{}); err != nil || n != 0 || len(list) != 0 {
		t.Errorf("of a registry without a file: %d, %v", n, err)
	}
	h.deliver(1)
	r := h.run("")
	list, n, err := h.Findings(ctx, demoRegistry, store.FindingFilter{RunNo: r.No, IntegrationID: seed.DemoIntegration, Limit: 1000})
	if err != nil || n != r.Counts.Quarantined || int64(len(list)) != n || n == 0 {
		t.Fatalf("%d listed, %d in all, %d held back, %v", len(list), n, r.Counts.Quarantined, err)
	}
	if _, n, _ := h.Findings(ctx, demoRegistry, store.FindingFilter{IntegrationID: "another"}); n != 0 {
		t.Errorf("%d rows of another integration", n)
	}

	v, _ := h.mapped()
	entries := func(action string) int {
		es, err := h.DB.Audit(ctx, store.AuditFilter{All: true, Action: action, Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		return len(es)
	}
	broken := 0
	for _, f := range list {
		o, err := h.OpenFinding(ctx, demoRegistry, f.ID, by)
		if err != nil {
			t.Fatal(err)
		}
		if o.Broken {
			broken++
			if len(o.Cells) > 0 {
				t.Error("a row that nobody can cut is shown")
			}
			continue
		}
		for _, x := range o.Cells {
			if k := v.Mapping.Field(x.Field); k == nil || k.Class == store.Direct || store.ScanPersonNumbers(x.Text) > 0 {
				t.Errorf("%s is shown", x.Field)
			}
		}
		if len(o.Cells)+o.Hidden != len(v.Mapping.Source) || o.Hidden == 0 || o.Sealed != nil {
			t.Errorf("%d cells shown, %d hidden of %d", len(o.Cells), o.Hidden, len(v.Mapping.Source))
		}
	}
	if got := entries("quarantine.open"); got != len(list) {
		t.Errorf("%d of %d looks in the log", got, len(list))
	}

	id := list[0].ID
	if err := h.SetFinding(ctx, demoRegistry, id, store.FindingOpen, store.FindingDismissed, "Prøverad", by); err != nil {
		t.Fatal(err)
	}
	if err := h.SetFinding(ctx, demoRegistry, id, store.FindingOpen, store.FindingDismissed, "Igjen", by); store.CodeOf(err) != "finding.changed" {
		t.Errorf("closed twice: %v", err)
	}
	if _, n, _ := h.Findings(ctx, demoRegistry, store.FindingFilter{Status: store.FindingDismissed}); n != 1 || entries("quarantine.dismiss") != 1 {
		t.Errorf("%d closed, %d in the log", n, entries("quarantine.dismiss"))
	}
	if _, err := h.OpenFinding(ctx, demoRegistry, 7, by); store.ClassOf(err) != store.NotFound {
		t.Errorf("no such row: %v", err)
	}
	if _, err := h.OpenFinding(ctx, "no-such-registry", id, by); store.ClassOf(err) != store.NotFound {
		t.Errorf("no such registry: %v", err)
	}
}

func TestSealedCells(t *testing.T) {
	for in, want := range map[string]string{"\x01a\x00\x02bcc": "a,,bc", "\x01ac": "", "rest av en radr": "", "": "", "\x09ac": "", "c": ""} {
		cells, ok := sealedCells([]byte(in), 3)
		var got []string
		for _, c := range cells {
			got = append(got, string(c))
		}
		if ok != (want != "") || ok && strings.Join(got, ",") != want {
			t.Errorf("%q: %q %v", in, got, ok)
		}
	}
}

// TestPreviewOfUnfinished: of a mapping that can't run, the rules that can are shown, and the others are named.
func TestPreviewOfUnfinished(t *testing.T) {
	h := open(t)
	h.deliver(1)
	v, c := h.mapped()
	m := v.Mapping
	m.Rules = slices.Clone(m.Rules)
	last := m.Rules[len(m.Rules)-1].Variable
	m.Rules[len(m.Rules)-1].Steps = []store.Step{{Kind: store.StepExpr, Code: "1 +"}}
	p, err := h.PreviewMapping(t.Context(), seed.DemoIntegration, &m, c)
	if err != nil {
		t.Fatal(err)
	}
	if p.Fault == nil || len(p.Left) != 1 || p.Left[0] != last || len(p.Rows) != PreviewRows {
		t.Fatalf("%v, left %v for %v", err, p.Left, p.Fault)
	}
	at := slices.IndexFunc(p.Rows, func(r store.PreviewRow) bool { return len(r.Cells) > 0 })
	if len(p.Rows[at].Cells) != len(m.Rules)-1 {
		t.Errorf("%d of %d variables are shown", len(p.Rows[at].Cells), len(m.Rules)-1)
	}
	x, err := h.ExplainMapping(t.Context(), seed.DemoIntegration, &m, c, p.Rows[at].Position, m.Rules[0].Variable)
	if err != nil || !x.Partial || x.Value != p.Rows[at].Cells[0].After {
		t.Errorf("%v, %+v", err, x)
	}
	if _, err := h.ExplainMapping(t.Context(), seed.DemoIntegration, &m, c, p.Rows[at].Position, last); store.CodeOf(err) == "" {
		t.Error("a rule that can't run is explained")
	}
	if _, err := h.PreviewResolve(t.Context(), seed.DemoIntegration, &m, c); store.CodeOf(err) == "" {
		t.Error("versions are settled by a mapping that can't run")
	}
}

// TestTracesAgree: what the pages say of a row is the same, on the delivery and on a person's own sample of it, and no
// person number stands anywhere.
func TestTracesAgree(t *testing.T) {
	h := open(t)
	h.deliver(1)
	v, c := h.mapped()
	ctx, m := t.Context(), &v.Mapping
	own, err := h.KeepSample(ctx, seed.DemoIntegration, h.person("ola").ID, bytes.NewReader(h.delivered()), by)
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.PreviewMapping(ctx, seed.DemoIntegration, m, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Rows[:20] {
		for _, cell := range r.Cells {
			x, err := h.ExplainMapping(ctx, seed.DemoIntegration, m, c, r.Position, cell.Variable)
			if err != nil {
				t.Fatal(err)
			}
			if x.Value != cell.After || x.Reason != r.Reason || store.ScanPersonNumbers(fmt.Sprintf("%+v", x)) > 0 {
				t.Errorf("row %d %s: %+v, in the preview %+v", r.Position, cell.Variable, x, cell)
			}
			again, err := h.ExplainSample(ctx, own, m, c, r.Position, cell.Variable)
			if err != nil || !reflect.DeepEqual(again, x) {
				t.Fatalf("of the sample %+v, %v", again, err)
			}
		}
	}
	of, err := h.PreviewResolve(ctx, seed.DemoIntegration, m, c)
	if err != nil || of.Several == 0 || of.Distinct >= of.Accepted || of.Ties > of.Several {
		t.Fatalf("%+v, %v", of, err)
	}
	same, err := h.ResolveSample(ctx, own, m, c)
	if err != nil || !reflect.DeepEqual(same.Keys, of.Keys) || same.Ties != of.Ties || same.Distinct != of.Distinct {
		t.Errorf("of the sample %+v, %v", same, err)
	}
}

// TestRuleAlone: a rule is tried alone on the rows of a delivery while nothing else can run.
func TestRuleAlone(t *testing.T) {
	h := open(t)
	h.deliver(1)
	v, c := h.mapped()
	rule := v.Mapping.Rules[len(v.Mapping.Rules)-1]
	m, book := v.Mapping.Alone(c, rule.Variable)
	p, err := h.PreviewMapping(t.Context(), seed.DemoIntegration, &m, &book)
	if err != nil || p.Fault != nil || len(p.Rows) != PreviewRows || p.Accepted == 0 {
		t.Errorf("%v, %v, %d rows, %d accepted", err, p.Fault, len(p.Rows), p.Accepted)
	}
}
