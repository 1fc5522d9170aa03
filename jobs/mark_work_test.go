package jobs

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"samband/store"
	"samband/store/seed/hospital"
)

// exec does something to a database behind the portal's back.
func (h *house) exec(driver, source, query string) {
	h.t.Helper()
	db, err := sql.Open(driver, source)
	if err == nil {
		defer db.Close()
		_, err = db.Exec(query)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// TestMarkUnderWork: what is put back under a portal that works is found by the next mark, and by the next run also when
// there was none in between. The mark never goes back.
func TestMarkUnderWork(t *testing.T) {
	for name, c := range map[string]struct{ file, query string }{
		"registry": {filepath.Join("registries", demoRegistry+".db"), `DELETE FROM load WHERE seq=(SELECT max(seq) FROM load)`},
		"vault":    {"vault.db", `UPDATE change SET n=n-1`},
	} {
		for _, by := range []string{"mark", "run"} {
			t.Run(name+" found by a "+by, func(t *testing.T) {
				h := open(t)
				h.deliver(1)
				h.run("")
				if err := h.moveMark(t.Context()); err != nil {
					t.Fatal(err)
				}
				was, err := os.ReadFile(filepath.Join(h.conf.Data, "mark", "mark"))
				if err != nil {
					t.Fatal(err)
				}
				h.exec("sqlite", "file:"+filepath.Join(h.conf.Data, c.file)+"?_pragma=busy_timeout(5000)", c.query)
				if by == "mark" {
					h.write(1)
					if err := h.moveMark(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				h.deliver(2)
				if r := h.run(""); r.State != store.RunRefused || r.Reason != "mark.behind" {
					t.Errorf("a run on it: %s %s", r.State, r.Reason)
				}
				if p := h.Lost(); p == nil || p.Code != "mark.behind" {
					t.Fatalf("it is not found: %v", p)
				}
				if now, err := os.ReadFile(filepath.Join(h.conf.Data, "mark", "mark")); err != nil || string(now) != string(was) {
					t.Errorf("the mark has moved: %s, %v", now, err)
				}
				if err := h.ConfirmRestore(t.Context(), "lagt tilbake", store.SystemActor()); err != nil {
					t.Fatal(err)
				}
				if r := h.run(""); r.State != store.RunSucceeded {
					t.Errorf("after that: %s %s", r.State, r.Reason)
				}
			})
		}
	}
}

// TestMarkOfSeveral: processes with one database have one mark. What one finds the others know, and somebody says once
// that work goes on.
func TestMarkOfSeveral(t *testing.T) {
	h := openHall(t)
	other, err := Open(t.Context(), h.another("other", false).config())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, _, err := hospital.Deliver(h.demoFolder(), hospital.Options{Seed: 1, Delivery: 1, Stays: 300, New: 20}, h.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Fatalf("%s %s", r.State, r.Reason)
	}
	both := func(lost bool) {
		t.Helper()
		for name, j := range map[string]*Jobs{"one": h.Jobs, "the other": other} {
			if err := j.moveMark(t.Context()); err != nil || (j.Lost() != nil) != lost {
				t.Errorf("%s: %v, %v", name, j.Lost(), err)
			}
		}
	}
	both(false)
	note, err := h.mark.folder.Mark()
	if theirs, e := other.mark.folder.Mark(); err != nil || e != nil || theirs != note || note == "" {
		t.Errorf("they have two marks: %q and %q, %v, %v", note, theirs, err, e)
	}
	size, _, err := h.DB.AuditSize(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := h.openMark(t.Context(), "what it was before the other moved it on", size-1); err != nil || h.Lost() != nil {
		t.Errorf("a process that starts meanwhile: %v, %v", h.Lost(), err)
	}
	h.exec("pgx", h.conf.DatabaseURL, `UPDATE vault.change SET n=n-1`)
	h.write(1)
	both(true)
	if err := other.ConfirmRestore(t.Context(), "lagt tilbake", by); err != nil {
		t.Fatal(err)
	}
	both(false)
}
