package jobs

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/jobs/connector/handover"
	"samband/store"
	"samband/store/seed"
)

// poison leaves a file among the deliveries that is older than they are, with a control file that says so much of it.
func (h *house) poison(content, control string) (path string) {
	h.t.Helper()
	list, err := filepath.Glob(filepath.Join(h.demoFolder(), "*.csv"))
	if err != nil || len(list) == 0 {
		h.t.Fatal(list, err)
	}
	name := filepath.Base(list[0])
	path = filepath.Join(h.demoFolder(), name[:strings.Index(name, "_")]+"_20200101_20200131_20200201T0300.csv")
	for file, b := range map[string]string{path: content, path + ".control": control} {
		if err := os.WriteFile(file, []byte(b), 0o600); err != nil {
			h.t.Fatal(err)
		}
	}
	return path
}

func hexSum(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// TestSetAside holds of deliveries that can't be read for many reasons that they stop those after them run by run, that the
// run says which it is, and that a person can set them aside, so that the next is read.
func TestSetAside(t *testing.T) {
	h := open(t)
	sum := func(s string) string { return "rows=1\nsha256=" + hexSum(s) + "\n" }
	for n, c := range []struct {
		name, content, control string
		code                   store.Code
	}{
		{"no bytes", "", sum(""), "delivery.no_bytes"},
		{"doubled header", "a;a\n1;2\n", sum("a;a\n1;2\n"), "csv.header_duplicate"},
		{"another sum", "a;b\n1;2\n", sum("x"), "delivery.checksum"},
		{"broken control file", "a;b\n1;2\n", "rows\n", "delivery.control"},
		{"other columns", "NPR;PID\n1;2\n", sum("NPR;PID\n1;2\n"), "delivery.columns_unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := &house{Jobs: h.Jobs, t: t, clock: h.clock}
			h.deliver(n + 1)
			path := h.poison(c.content, c.control)
			h.run("")
			r := h.run("")
			if may, err := h.MaySetAside(t.Context(), r); r.Reason != c.code || r.Delivery.Name != filepath.Base(path) || !may || err != nil {
				t.Fatalf("%s %s %+v, may be set aside: %v, %v", r.State, r.Reason, r.Delivery, may, err)
			}
			if err := h.SetAside(t.Context(), r.ID, "Kilden er på ferie", by); err != nil {
				t.Fatal(err)
			}
			for _, gone := range []string{path, path + ".control"} {
				if _, err := os.Stat(gone); err == nil {
					t.Errorf("%s lies there still", gone)
				}
			}
			f, err := os.Open(filepath.Join(h.Dir.Sealed(seed.DemoIntegration), r.Delivery.SHA256+".age"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := handover.Open(f, h.sealKey); err != nil {
				t.Error(err)
			}
			if may, err := h.MaySetAside(t.Context(), r); may || err != nil {
				t.Errorf("may be set aside again: %v, %v", may, err)
			}
			if err := h.SetAside(t.Context(), r.ID, "Igjen", by); store.CodeOf(err) != "delivery.gone" || store.ClassOf(err) != store.Conflict {
				t.Errorf("set aside twice: %v", err)
			}
			if next := h.run(""); next.State != store.RunSucceeded || next.Counts.Read == 0 {
				t.Errorf("the next: %s %s %+v", next.State, next.Reason, next.Counts)
			}
		})
	}
}

// TestSetAsideWhatCameAnew holds that what was delivered under the same name since is not taken away.
func TestSetAsideWhatCameAnew(t *testing.T) {
	h := open(t)
	h.deliver(1)
	path := h.poison("", "rows=0\nsha256="+hexSum("")+"\n")
	r := h.run("")
	if err := os.WriteFile(path, []byte("a;b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := h.SetAside(t.Context(), r.ID, "Tom", by); store.CodeOf(err) != "delivery.gone" {
		t.Error(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

// TestHeldFileThatNobodyKept holds of a run of a file that somebody named that it can't be released, says so, and that the
// file is read when it is delivered after the run was rejected.
func TestHeldFileThatNobodyKept(t *testing.T) {
	h := open(t)
	h.deliver(1)
	list, _ := filepath.Glob(filepath.Join(h.demoFolder(), "*.csv"))
	file := filepath.Join(t.TempDir(), "utenfor.csv")
	if err := os.Rename(list[0], file); err != nil {
		t.Fatal(err)
	}
	h.tight()
	r := h.run(file)
	if kept, err := h.Kept(t.Context(), r); r.State != store.RunHeld || kept || err != nil {
		t.Fatalf("%s %s, kept: %v, %v", r.State, r.Reason, kept, err)
	}
	if err := h.StartRelease(t.Context(), r.ID, "sjekket", false, by); store.CodeOf(err) != "delivery.not_kept" || store.ClassOf(err) != store.Conflict {
		t.Error(err)
	}
	if err := h.Reject(t.Context(), r.ID, "leveres i mappen", by); err != nil {
		t.Fatal(err)
	}
	h.clock.Advance(time.Minute)
	if err := os.Rename(file, list[0]); err != nil {
		t.Fatal(err)
	}
	again := h.run("")
	if kept, err := h.Kept(t.Context(), again); again.State != store.RunHeld || !kept || err != nil {
		t.Errorf("%s %s, kept: %v, %v", again.State, again.Reason, kept, err)
	}
	if err := h.StartRelease(t.Context(), again.ID, "sjekket", false, by); err != nil {
		t.Fatal(err)
	}
	if again = h.ended(again.ID); again.State != store.RunSucceeded {
		t.Errorf("%s %s", again.State, again.Reason)
	}
	if err := h.StartRelease(t.Context(), again.ID, "igjen", false, by); store.CodeOf(err) != "run.decided" {
		t.Error(err)
	}
}
