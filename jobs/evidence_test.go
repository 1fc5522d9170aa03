package jobs

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"samband/store"
	"samband/store/seed"
)

// pack makes an evidence pack of the demonstration's approval.
func (h *house) makePack() ([]byte, *store.PackMade) {
	h.t.Helper()
	a, err := h.DB.CurrentApproval(h.t.Context(), seed.DemoIntegration)
	if err != nil {
		h.t.Fatal(err)
	}
	f, made, err := h.MakeEvidence(h.t.Context(), a.ID, by)
	if err != nil {
		h.t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		h.t.Fatal(err)
	}
	return b, made
}

func content(t *testing.T, pack []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var hashes = regexp.MustCompile(`[0-9a-f]{32,}`)

func TestEvidenceTellsWhatRan(t *testing.T) {
	h := open(t)
	p := h.deliver(1)
	first := h.run("")
	h.deliver(2)
	second := h.run("")
	if first.State != store.RunSucceeded || second.State != store.RunSucceeded {
		t.Fatalf("%s, %s", first.State, second.State)
	}
	pack, made := h.makePack()
	report, err := h.VerifyEvidence(t.Context(), bytes.NewReader(pack))
	if err != nil || !report.OK || report.ManifestHash != made.ManifestHash {
		t.Fatalf("%+v, %v", report, err)
	}
	runs := content(t, pack, "runs.csv")
	for _, r := range []*store.Run{first, second} {
		if !strings.Contains(runs, ","+r.ID+",succeeded,") {
			t.Errorf("run %d is not there:\n%s", r.No, runs)
		}
	}
	log := content(t, pack, "audit.jsonl")
	for _, action := range []string{`"approval.approved"`, `"run.start"`, `"run.end"`, `"mapping.save"`, `"registry.create"`} {
		if !strings.Contains(log, action) {
			t.Errorf("the extract has no %s", action)
		}
	}
	if store.ScopeHash([]byte(content(t, pack, "scope.json"))) != made.ScopeHash || first.ScopeHash != made.ScopeHash {
		t.Error("the scope is another")
	}
	// Nothing of a person is in it.
	z, _ := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	for _, f := range z.File {
		text := hashes.ReplaceAllString(content(t, pack, f.Name), "") // among so many digits some look like anything
		if n := store.ScanPersonNumbers(text); n > 0 && f.Name != "audit-proofs.json" {
			t.Errorf("%s holds %d numbers that look like a person's", f.Name, n)
		}
	}
	if p.Rows == 0 {
		t.Error("nothing was delivered")
	}
	entries, err := h.DB.Audit(t.Context(), store.AuditFilter{All: true, Action: "evidence.make"})
	if err != nil || len(entries) != 1 || entries[0].Details["manifest"] != made.ManifestHash {
		t.Errorf("%+v, %v", entries, err)
	}
	// The next pack has the making of this one in its log, and holds as well.
	again, _ := h.makePack()
	if report, err := h.VerifyEvidence(t.Context(), bytes.NewReader(again)); err != nil || !report.OK {
		t.Fatalf("%+v, %v", report, err)
	}
	if !strings.Contains(content(t, again, "audit.jsonl"), `"evidence.make"`) {
		t.Error("the second pack doesn't know of the first")
	}
	for _, name := range []string{"appendix.md", "appendix.html", "scope.nb.md", "history.nb.md", "ros.json", "ld.json"} {
		if content(t, pack, name) != content(t, again, name) {
			t.Errorf("%s is another", name)
		}
	}
}

func TestEvidenceOfARefusal(t *testing.T) {
	h := open(t)
	h.deliver(1)
	a, err := h.DB.CurrentApproval(t.Context(), seed.DemoIntegration)
	if err != nil {
		t.Fatal(err)
	}
	i, err := h.DB.Integration(t.Context(), seed.DemoIntegration)
	if err != nil {
		t.Fatal(err)
	}
	i.Limits.MaxQuarantined = 0.5 // wider than what was approved
	if err := h.DB.UpdateIntegration(t.Context(), i, by); err != nil {
		t.Fatal(err)
	}
	r := h.run("")
	if r.State != store.RunRefused || r.ApprovalID != a.ID {
		t.Fatalf("%s under %s", r.State, r.ApprovalID)
	}
	pack, _ := h.makePack()
	if got := content(t, pack, "refusals.csv"); !strings.Contains(got, r.ID+",refused,gate.scope_not_covered,") {
		t.Errorf("the refusal is not there:\n%s", got)
	}
	if got := content(t, pack, "runs.csv"); strings.Contains(got, r.ID) {
		t.Error("a refused run stands among those that ran")
	}
	if report, err := h.VerifyEvidence(t.Context(), bytes.NewReader(pack)); err != nil || !report.OK {
		t.Errorf("%+v, %v", report, err)
	}
	pack[len(pack)/2] ^= 1
	if report, err := h.VerifyEvidence(t.Context(), bytes.NewReader(pack)); err != nil || report.OK {
		t.Errorf("a flipped bit holds: %v", err)
	}
}
