package jobs

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	_ "modernc.org/sqlite"

	"samband/store"
	"samband/store/auditlog"
)

// around does something to the portal database past the portal.
func (h *house) around(queries ...string) {
	h.t.Helper()
	raw, err := sql.Open("sqlite", filepath.Join(h.conf.Data, "portal.db")+"?_busy_timeout=10000")
	if err != nil {
		h.t.Fatal(err)
	}
	defer raw.Close()
	for _, q := range queries {
		if _, err := raw.Exec(q); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *house) entries(action string) []store.AuditEntry {
	h.t.Helper()
	list, err := h.DB.Audit(h.t.Context(), store.AuditFilter{All: true, Action: action})
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func (h *house) wantProblem(code store.Code) {
	h.t.Helper()
	p := h.LogProblem()
	if p == nil && code != "" || p != nil && p.Code != code {
		h.t.Fatalf("the log's problem is %v, not %q", p, code)
	}
}

// TestFindingStands: what a walk finds stops runs, also after a new start and when it is put back, until somebody
// accepts just that; it is shown ever after, and the next finding stops again.
func TestFindingStands(t *testing.T) {
	h := open(t)
	h.reopen()
	h.around(`DROP TRIGGER audit_entry_keep`, `UPDATE audit_entry SET actor = 'x' WHERE seq = 2`)
	if r := h.verify(); len(r.Standing()) != 1 || r.Findings[0].From != 2 || r.Findings[0].Kind != auditlog.Edited {
		t.Fatalf("%+v", r)
	}
	h.wantProblem("audit.found")
	h.deliver(1)
	if r := h.run(""); r.State != store.RunRefused || r.Reason != "audit.found" {
		t.Errorf("a run on it: %s %s", r.State, r.Reason)
	}
	h.reopen()
	h.wantProblem("audit.found")
	for _, p := range h.Health(t.Context()) {
		if p.Part == "audit" && p.Problem == nil {
			t.Error("doctor says that the log is in order")
		}
	}
	if err := h.AcceptLog(t.Context(), "pasient 17837130158", by); store.CodeOf(err) != "audit.person_number" {
		t.Errorf("a person number for a reason: %v", err)
	}
	h.wantProblem("audit.found")
	if err := h.AcceptLog(t.Context(), "prøve på at det blir sett", by); err != nil {
		t.Fatal(err)
	}
	e := h.entries(auditlog.AcceptAction)[0]
	if e.Details["from"] != int64(2) || e.Details["kind"] != auditlog.Edited || e.Details["outside"] != nil {
		t.Errorf("the acceptance says %v", e.Details)
	}
	h.reopen()
	h.wantProblem("")
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Errorf("after that: %s %s", r.State, r.Reason)
	}
	if r := h.verify(); r.OK || len(r.Findings) != 1 || len(r.Standing()) != 0 || r.Accepted != 0 {
		t.Errorf("accepted is taken for whole: %+v", r)
	}
	h.wantProblem("")
	h.around(`UPDATE audit_entry SET actor = 'x' WHERE seq = 3`)
	if r := h.verify(); len(r.Findings) != 2 || len(r.Standing()) != 1 {
		t.Errorf("%+v", r)
	}
	h.wantProblem("audit.found")

	// Who can write to the database alone can't accept it.
	forged := e
	forged.Details = store.Args{"found": e.Details["found"], "signed": e.Details["signed"]}
	if err := h.DB.Record(t.Context(), forged, by); err != nil {
		t.Fatal(err)
	}
	if r := h.verify(); len(r.Standing()) != 1 {
		t.Errorf("an acceptance of something else counts: %+v", r)
	}
}

// TestCutTail: entries after the last checkpoint are held by the head that lies outside.
func TestCutTail(t *testing.T) {
	h := open(t)
	h.reopen()
	h.write(3)
	if r := h.verify(); !r.OK || r.Unsigned != 3 || r.Since.IsZero() {
		t.Errorf("three entries that nothing covers: %+v", r)
	}
	if err := h.signHead(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := h.verify(); !r.OK || r.Unsigned != 0 {
		t.Errorf("after the head: %+v", r)
	}
	n := len(h.notes())
	size, _, err := h.DB.AuditSize(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.around(`DROP TRIGGER audit_entry_stay`, `DROP TRIGGER audit_hash_stay`,
		fmt.Sprint(`DELETE FROM audit_hash WHERE place >= `, tlog.StoredHashCount(size-3)),
		`DELETE FROM audit_entry WHERE seq > (SELECT MAX(seq) - 3 FROM audit_entry)`,
		`UPDATE counter SET value = value - 3 WHERE name = 'audit'`)
	if now, _, _ := h.DB.AuditSize(t.Context()); now != size-3 || len(h.notes()) != n {
		t.Fatalf("%d entries of %d", now, size)
	}
	if err := h.dueCheckpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.wantProblem("audit.behind")
	if r := h.verify(); r.OK {
		t.Errorf("the cut tail is not found: %+v", r)
	}
}

// TestFilesDeleted: checkpoints that are deleted while the portal runs stop it at the next look, and people are told.
func TestFilesDeleted(t *testing.T) {
	h := open(t)
	h.reopen()
	files, err := filepath.Glob(filepath.Join(h.conf.Data, "checkpoints", "*.checkpoints"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		os.Remove(f)
	}
	for range 2 {
		if err := h.dueCheckpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	h.wantProblem("audit.no_outside")
	if list := h.entries(auditSuspect); len(list) != 1 || list[0].Result != "audit.no_outside" {
		t.Errorf("the log says %v", list)
	}
}

// TestDamagedLog: what stands in the way of the next entry makes the installation not ready, and a walk still tells.
func TestDamagedLog(t *testing.T) {
	h := open(t)
	h.reopen()
	if err := h.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	size, _, err := h.DB.AuditSize(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.around(`DROP TRIGGER audit_hash_end`)
	for n := range int64(11) {
		h.around(fmt.Sprintf(`INSERT INTO audit_hash VALUES (%d, zeroblob(32))`, tlog.StoredHashCount(size)+n))
	}
	if err := h.Ready(t.Context()); store.CodeOf(err) != "audit.damaged" {
		t.Errorf("ready: %v", err)
	}
	if err := h.dueCheckpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.wantProblem("audit.damaged")
	var r *auditlog.Report
	for range 5 {
		if r, err = h.VerifyLog(t.Context(), by); r == nil || len(r.Standing()) == 0 {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	if store.CodeOf(err) != "audit.damaged" {
		t.Errorf("its own entry: %v", err)
	}
}

func BenchmarkHead(b *testing.B) {
	h := open(b)
	h.reopen()
	for b.Loop() {
		h.write(1)
		if err := h.signHead(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNoHead(b *testing.B) {
	h := open(b)
	h.reopen()
	for b.Loop() {
		h.write(1)
	}
}
