package jobs

import (
	"os"
	"path/filepath"
	"testing"

	"samband/store"
)

// shut closes the installation.
func (h *house) shut() {
	h.t.Helper()
	h.Close()
	h.Jobs = nil
}

// keep copies the data folder as it lies, without its mark, checkpoints and keys; the returned function puts one file of
// it back.
func (h *house) keep() (putBack func(name string)) {
	h.t.Helper()
	copied := filepath.Join(h.t.TempDir(), "kept")
	if err := os.CopyFS(copied, os.DirFS(h.conf.Data)); err != nil {
		h.t.Fatal(err)
	}
	return func(name string) {
		h.t.Helper()
		path := filepath.Join(h.conf.Data, name)
		for _, suffix := range []string{"-wal", "-shm"} {
			os.Remove(path + suffix)
		}
		b, err := os.ReadFile(filepath.Join(copied, name))
		if err == nil {
			err = os.WriteFile(path, b, 0o600)
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
}

// TestMarkFindsWhatIsLost: each file that is put back on its own is found, nothing runs on it, and somebody can say that
// work goes on.
func TestMarkFindsWhatIsLost(t *testing.T) {
	registry := filepath.Join("registries", demoRegistry+".db")
	for name, want := range map[string]store.Code{"portal.db": "mark.behind", registry: "mark.behind"} {
		t.Run(filepath.Base(name), func(t *testing.T) {
			h := open(t)
			h.deliver(1)
			h.run("")
			h.shut()
			putBack := h.keep()
			h.reopen()
			h.deliver(2)
			before := h.run("")
			if before.State != store.RunSucceeded || h.Lost() != nil {
				t.Fatalf("%s, %v", before.State, h.Lost())
			}
			h.shut()
			putBack(name)
			h.reopen()
			if p := h.Lost(); p == nil || p.Code != want {
				t.Fatalf("it is not found: %v", p)
			}
			if l, _, err := h.Missing(t.Context()); err != nil || l.None() {
				t.Errorf("%+v, %v", l, err)
			}
			if r := h.run(""); r.State != store.RunRefused {
				t.Errorf("a run on it: %s", r.State)
			}
			h.reopen() // and the mark isn't moved on
			if p := h.Lost(); p == nil || p.Code != want {
				t.Fatalf("it is forgotten: %v", p)
			}
			if err := h.ConfirmRestore(t.Context(), "disken ble byttet", by); err != nil {
				t.Fatal(err)
			}
			if err := h.ConfirmRestore(t.Context(), "igjen", by); store.CodeOf(err) != "mark.nothing" {
				t.Errorf("twice: %v", err)
			}
			h.deliver(3)
			if r := h.run(""); r.State != store.RunSucceeded || r.No <= before.No {
				t.Errorf("after that: run %d %s %s, the lost one was %d", r.No, r.State, r.Reason, before.No)
			}
			h.reopen()
			if h.Lost() != nil || h.LogProblem() != nil {
				t.Errorf("%v, %v", h.Lost(), h.LogProblem())
			}
		})
	}
}

// TestLostLog: a database whose log of writes is gone opens without a word; the mark tells.
func TestLostLog(t *testing.T) {
	h := open(t)
	h.reopen()
	h.write(3)
	if err := h.moveMark(t.Context()); err != nil {
		t.Fatal(err)
	}
	copied := h.conf
	copied.Data = filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(copied.Data, os.DirFS(h.conf.Data)); err != nil { // as the disk was when the machine died
		t.Fatal(err)
	}
	for _, path := range []string{"portal.db-wal", "portal.db-shm", "socket", "lock"} {
		os.Remove(filepath.Join(copied.Data, path))
	}
	list, _ := filepath.Glob(filepath.Join(copied.Data, "keys", "*"))
	for _, path := range list {
		os.Chmod(path, 0o400)
	}
	j, err := Open(t.Context(), copied)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if p := j.Lost(); p == nil || p.Code != "mark.behind" {
		t.Errorf("a database without its log: %v", p)
	}
}

// TestMarkItself: one that is missing is made anew, one that was changed is not believed, and a folder that is away and
// comes back needs nobody.
func TestMarkItself(t *testing.T) {
	h := open(t)
	h.reopen()
	path := filepath.Join(h.conf.Data, "mark", "mark")
	h.shut()
	os.Remove(path)
	h.reopen()
	if h.Lost() != nil {
		t.Errorf("without one: %v", h.Lost())
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("it is not made anew: %v", err)
	}
	h.shut()
	flip(t, path)
	h.reopen()
	if p := h.Lost(); p == nil || p.Code != "mark.broken" {
		t.Errorf("a changed one: %v", p)
	}
	if err := h.ConfirmRestore(t.Context(), "sett på", by); err != nil {
		t.Fatal(err)
	}
	h.reopen()
	if h.Lost() != nil {
		t.Errorf("after that: %v", h.Lost())
	}
	h.shut()
	away := filepath.Join(t.TempDir(), "away")
	if err := os.Rename(filepath.Dir(path), away); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Dir(path), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	h.reopen()
	if p := h.Lost(); p == nil || p.Code != "mark.folder" {
		t.Errorf("the folder is away: %v", p)
	}
	if err := h.ConfirmRestore(t.Context(), "ja", by); store.CodeOf(err) != "mark.folder" {
		t.Errorf("said yes to a folder that is away: %v", err)
	}
	os.Remove(filepath.Dir(path))
	if err := os.Rename(away, filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
	if err := h.moveMark(t.Context()); err != nil || h.Lost() != nil {
		t.Errorf("it is back: %v, %v", err, h.Lost())
	}
}

// TestOneFolderForTwo holds that the mark and the checkpoints can't share a folder, by whatever name it is called.
func TestOneFolderForTwo(t *testing.T) {
	h := open(t)
	h.shut()
	dir := t.TempDir()
	link := filepath.Join(t.TempDir(), "lenke")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for name, mark := range map[string]string{"itself": dir, "another way": filepath.Join(dir, "..", filepath.Base(dir)), "a link": link} {
		conf := h.conf
		conf.Checkpoints, conf.Mark = dir, mark
		if _, err := Open(t.Context(), conf); store.CodeOf(err) != "witness.same_folder" {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.reopen()
}
