package jobs

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/jobs/witness"
	"samband/store"
	"samband/store/auditlog"
)

// backup copies the portal database as it is on the disk; the installation must be closed.
func (h *house) backup(to string) {
	h.t.Helper()
	b, err := os.ReadFile(filepath.Join(h.conf.Data, "portal.db"))
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// restore puts a copy in place of the portal database.
func (h *house) restore(from string) {
	h.t.Helper()
	h.Close()
	for _, suffix := range []string{"-wal", "-shm"} {
		os.Remove(filepath.Join(h.conf.Data, "portal.db"+suffix))
	}
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(filepath.Join(h.conf.Data, "portal.db"), b, 0o600)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.Jobs = nil
	h.reopen()
}

func (h *house) write(n int) {
	h.t.Helper()
	for range n {
		if err := h.DB.PutSetting(h.t.Context(), "x", "y", by); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *house) notes() []string {
	h.t.Helper()
	notes, err := h.witness.folder.Notes()
	if err != nil {
		h.t.Fatal(err)
	}
	return notes
}

func (h *house) verify() *auditlog.Report {
	h.t.Helper()
	r, err := h.VerifyLog(h.t.Context(), by)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func TestCheckpoints(t *testing.T) {
	h := open(t)
	due := func() {
		t.Helper()
		if err := h.dueCheckpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	due()
	if n := len(h.notes()); n != 1 {
		t.Fatalf("%d checkpoints of a new log", n)
	}
	h.write(99)
	due()
	h.clock.Advance(9 * time.Minute)
	due()
	if n := len(h.notes()); n != 1 {
		t.Errorf("%d checkpoints before one is due", n)
	}
	h.write(1)
	due()
	if n := len(h.notes()); n != 2 {
		t.Errorf("%d checkpoints after a hundred entries", n)
	}
	h.clock.Advance(time.Hour)
	due()
	if n := len(h.notes()); n != 2 {
		t.Errorf("%d checkpoints where nothing is new", n)
	}
	h.write(1)
	due()
	if n := len(h.notes()); n != 3 {
		t.Errorf("%d checkpoints ten minutes after an entry", n)
	}
	h.write(1)
	h.reopen() // signs when it closes
	if n := len(h.notes()); n != 4 || h.LogProblem() != nil {
		t.Errorf("%d checkpoints after closing, %v", n, h.LogProblem())
	}
	if r := h.verify(); !r.OK || r.Outside != 4 || r.Checkpoints != 4 {
		t.Errorf("%+v", r)
	}
	h.clock.Advance(40 * 24 * time.Hour) // another month's file
	due()
	if files, _ := filepath.Glob(filepath.Join(h.conf.Data, "checkpoints", "*.checkpoints")); len(files) != 2 {
		t.Errorf("the files are %v", files)
	}
	if r := h.verify(); !r.OK || r.Outside != 5 {
		t.Errorf("%+v", r)
	}
}

// TestRestoredBackup: a database from before is found out, nothing runs on it, and somebody can say that it is meant.
func TestRestoredBackup(t *testing.T) {
	h := open(t)
	copied := filepath.Join(t.TempDir(), "copy")
	h.reopen()
	h.backup(copied)
	h.write(5)
	h.reopen()
	former := len(h.notes())
	h.restore(copied)
	problem := h.LogProblem()
	if problem == nil || problem.Code != "audit.behind" {
		t.Fatalf("the restored backup is taken for the log: %v", problem)
	}
	h.deliver(1)
	if r := h.run(""); r.State != store.RunRefused || r.Reason != "audit.behind" {
		t.Errorf("a run on it: %s %s", r.State, r.Reason)
	}
	if r := h.verify(); r.OK || r.Findings[0].Kind != auditlog.Rewritten && r.Findings[0].Kind != auditlog.Cut {
		t.Errorf("%+v", r)
	}
	h.write(30) // past the size of the one that was signed
	h.reopen()
	if p := h.LogProblem(); p == nil || p.Code != "audit.diverged" {
		t.Fatalf("a log that grew past the signed one: %v", p)
	}
	if n := len(h.notes()); n != former {
		t.Errorf("it was signed: %d checkpoints, %d before", n, former)
	}
	if err := h.AcceptLog(t.Context(), " ", by); store.CodeOf(err) != "audit.no_reason" {
		t.Errorf("without a reason: %v", err)
	}
	if err := h.AcceptLog(t.Context(), "sikkerhetskopi fra mandag", by); err != nil {
		t.Fatal(err)
	}
	if err := h.AcceptLog(t.Context(), "igjen", by); store.CodeOf(err) != "audit.nothing_to_accept" {
		t.Errorf("twice: %v", err)
	}
	// The log counts; that runs and loads are missing is another thing to say yes to.
	if r := h.run(""); r.State != store.RunRefused || r.Reason != "mark.behind" {
		t.Errorf("with what is missing unconfirmed: %s %s", r.State, r.Reason)
	}
	if err := h.ConfirmRestore(t.Context(), "sikkerhetskopi fra mandag", by); err != nil {
		t.Fatal(err)
	}
	if r := h.run(""); r.State != store.RunSucceeded || h.LogProblem() != nil {
		t.Errorf("after that: %s %s, %v", r.State, r.Reason, h.LogProblem())
	}
	h.reopen()
	if r := h.verify(); !r.OK || r.Accepted != former {
		t.Errorf("%+v", r)
	}

	// Who can write to the database alone can't accept anything.
	entry := store.AuditEntry{Action: auditlog.AcceptAction, Kind: "audit", Object: "log",
		Details: store.Args{"outside": len(h.notes()), "digest": auditlog.Digest(h.notes())}}
	h.restore(copied)
	if err := h.DB.Record(t.Context(), entry, by); err != nil {
		t.Fatal(err)
	}
	if r := h.verify(); r.OK || r.Accepted != 0 {
		t.Errorf("an acceptance that nobody signed counts: %+v", r)
	}
}

func TestOtherKeyAndNoFolder(t *testing.T) {
	h := open(t)
	h.reopen()
	h.conf.Keys.Getenv = lostKeys("signing")
	key := filepath.Join(h.conf.Data, "keys", "signing.key")
	kept, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	h.Close()
	os.Remove(key)
	h.Jobs = nil
	h.reopen()
	if p := h.LogProblem(); p == nil || p.Code != "audit.other_key" {
		t.Errorf("a new key: %v", p)
	}
	if err := h.AcceptLog(t.Context(), "nøkkelen er tapt", by); err != nil {
		t.Fatal(err)
	}
	if r := h.verify(); !r.OK || r.Accepted == 0 {
		t.Errorf("%+v", r)
	}
	h.Close()
	os.Remove(key)
	if err := os.WriteFile(key, kept, 0o400); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(h.conf.Data, "checkpoints"), filepath.Join(h.conf.Data, "away")); err != nil {
		t.Fatal(err)
	}
	h.Jobs = nil
	h.reopen()
	if p := h.LogProblem(); p == nil || p.Code != "audit.no_outside" {
		t.Errorf("an empty folder: %v", p)
	}
	parts := map[string]*store.Error{}
	for _, p := range h.Health(t.Context()) {
		parts[p.Part] = p.Problem
	}
	if parts["audit"] == nil || parts["audit"].Code != "audit.no_outside" {
		t.Errorf("doctor says %v", parts["audit"])
	}
}

// TestFolderBack: a folder that was away and is back is no longer in the way.
func TestFolderBack(t *testing.T) {
	h := open(t)
	h.reopen()
	folder, away := filepath.Join(h.conf.Data, "checkpoints"), filepath.Join(h.conf.Data, "away")
	if err := os.Rename(folder, away); err != nil {
		t.Fatal(err)
	}
	if err := h.dueCheckpoint(t.Context()); err != nil || h.LogProblem() == nil || h.LogProblem().Code != "audit.folder" {
		t.Errorf("%v, %v", err, h.LogProblem())
	}
	if err := h.signHead(t.Context()); err != nil || h.LogProblem() == nil {
		t.Errorf("while it is away: %v, %v", err, h.LogProblem())
	}
	if err := os.Rename(away, folder); err != nil {
		t.Fatal(err)
	}
	if err := h.signHead(t.Context()); err != nil || h.LogProblem() != nil { // within a second, not at the next checkpoint
		t.Errorf("%v, %v", err, h.LogProblem())
	}
	if err := h.dueCheckpoint(t.Context()); err != nil || h.LogProblem() != nil {
		t.Errorf("%v, %v", err, h.LogProblem())
	}
}

// TestDailyVerification: the log is walked each day without anybody asking, and what is found is in the log.
func TestDailyVerification(t *testing.T) {
	h := open(t)
	count := func() (list []store.AuditEntry) {
		t.Helper()
		if err := h.dueVerification(t.Context()); err != nil {
			t.Fatal(err)
		}
		list, err := h.DB.Audit(t.Context(), store.AuditFilter{All: true, Action: "audit.verify"})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if n := len(count()); n != 0 {
		t.Errorf("a new log was walked %d times", n)
	}
	h.clock.Advance(25 * time.Hour)
	count()
	if n := len(count()); n != 1 {
		t.Errorf("a day later: %d times", n)
	}
	if e := count()[0]; e.Result != "ok" || e.Details["findings"] != int64(0) {
		t.Errorf("%+v", e)
	}
}

func TestWitness(t *testing.T) {
	f := witness.Folder{Path: filepath.Join(t.TempDir(), "a", "b")}
	if err := f.Make(); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 30, 23, 0, 0, 0, time.UTC)
	for i, note := range []string{"one\n\n— x y\n", "two", "three"} {
		if err := f.Append(note, now.AddDate(0, 0, -i*20)); err != nil { // a clock that is set back
			t.Fatal(err)
		}
	}
	notes, err := f.Notes()
	if last, _ := f.Last(); err != nil || strings.Join(notes, "|") != "one\n\n— x y\n|two|three" || last != "three" {
		t.Errorf("%q, %q, %v", notes, last, err)
	}
	path := filepath.Join(f.Path, "2026-11.checkpoints")
	b, _ := os.ReadFile(path)
	if err := os.WriteFile(path, b[:len(b)-3], 0o600); err != nil { // cut off in writing
		t.Fatal(err)
	}
	if err := f.Append("four", now); err != nil {
		t.Fatal(err)
	}
	if notes, _ := f.Notes(); strings.Join(notes[1:], "|") != "two|four" {
		t.Errorf("after a line that was cut off: %q", notes)
	}
	b2, _ := os.ReadFile(path)
	if !bytes.HasPrefix(b2, b[:len(b)-3]) {
		t.Error("what stood there was changed")
	}
	unlock, err := f.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.TryLock(); !errors.Is(err, witness.ErrBusy) {
		t.Errorf("two hold it: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := f.Lock(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting for ever: %v", err)
	}
	unlock()
	if unlock, err := f.TryLock(); err != nil {
		t.Error(err)
	} else {
		unlock()
	}
}
