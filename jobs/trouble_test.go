package jobs

import (
	"bufio"
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"samband/store"
	"samband/store/storetest/need"
)

// small mounts a file system of so many bytes on a folder of the data folder; the installation must be closed. What lies
// there moves onto it.
func (h *house) small(folder string, size int) string {
	h.t.Helper()
	path := filepath.Join(h.conf.Data, folder)
	kept := filepath.Join(h.t.TempDir(), "kept")
	if err := os.CopyFS(kept, os.DirFS(path)); err != nil {
		h.t.Fatal(err)
	}
	if err := unix.Mount("none", path, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		need.Missing(h.t, "mount", "the tests of a full disk need the right to mount a small file system")
	}
	h.t.Cleanup(func() {
		h.Close()
		unix.Unmount(path, unix.MNT_DETACH)
	})
	if err := os.CopyFS(path, os.DirFS(kept)); err != nil {
		h.t.Fatal(err)
	}
	return path
}

// fillUp takes all room but so many bytes; the returned function gives it back.
func fillUp(t *testing.T, folder string, leave int64) (empty func()) {
	t.Helper()
	room, err := free(folder)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "ballast")
	f, err := os.Create(path)
	if err == nil {
		err = unix.Fallocate(int(f.Fd()), 0, 0, max(1, room-leave))
		f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() { os.Remove(path) }
}

// TestFullDisk: a load that finds the disk full leaves nothing behind and says so; when there is room again the same
// process goes on.
func TestFullDisk(t *testing.T) {
	h := open(t)
	h.deliver(1)
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Fatalf("%s %s", r.State, r.Reason)
	}
	h.shut()
	folder := h.small("registries", 8<<20)
	h.reopen()
	before := h.holds()
	h.deliver(2)
	empty := fillUp(t, folder, 16<<10)
	r := h.run("")
	if r.State != store.RunFailed || r.Reason != "db.full" {
		t.Errorf("a run on a full disk: %s %s", r.State, r.Reason)
	}
	if got := h.holds(); len(got) != len(before) {
		t.Errorf("%d rows, %d before", len(got), len(before))
	}
	empty()
	if r := h.run(""); r.State != store.RunSucceeded || r.Counts.Loaded == 0 {
		t.Errorf("with room again: %s %s, %+v", r.State, r.Reason, r.Counts)
	}
}

// locked takes the write lock of a database file in another process until the returned function is called.
func locked(t *testing.T, path string) (release func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestHoldsLock$")
	cmd.Env = append(os.Environ(), "SAMBAND_TEST_LOCK="+path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "locked\n" {
		t.Fatalf("%q, %v", line, err)
	}
	return func() { in.Close(); cmd.Wait() }
}

// TestHoldsLock is the other process of locked.
func TestHoldsLock(t *testing.T) {
	path := os.Getenv("SAMBAND_TEST_LOCK")
	if path == "" {
		return // not asked for
	}
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("locked")
	bufio.NewReader(os.Stdin).ReadString('\n')
	tx.Rollback()
}

// TestLockedByAnother: a database that another process holds is waited for; what can't wait is told and changes nothing.
func TestLockedByAnother(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the time that a database is waited for")
	}
	h := open(t)
	h.deliver(1)
	h.run("")
	h.deliver(2)
	release := locked(t, filepath.Join(h.conf.Data, "registries", demoRegistry+".db"))
	time.AfterFunc(2*time.Second, release)
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Errorf("held for two seconds: %s %s", r.State, r.Reason)
	}
	h.deliver(3)
	before := h.holds()
	release = locked(t, filepath.Join(h.conf.Data, "registries", demoRegistry+".db"))
	if r := h.run(""); r.State != store.RunFailed || r.Reason != "db.busy" {
		t.Errorf("held for longer than a load waits: %s %s", r.State, r.Reason)
	}
	if got := h.holds(); len(got) != len(before) {
		t.Errorf("%d rows, %d before", len(got), len(before))
	}
	release()
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Errorf("when it is let go: %s %s", r.State, r.Reason)
	}
}

// TestDamagedPage: a registry's file with a page that is no page is told of, by the run, by the backup and by nothing
// being repaired.
func TestDamagedPage(t *testing.T) {
	h := open(t)
	h.deliver(1)
	h.run("")
	path := filepath.Join(h.conf.Data, "registries", demoRegistry+".db")
	h.shut()
	change(t, path, func(b []byte) []byte {
		for page := 8192; page+64 <= len(b); page += 8192 {
			copy(b[page:], "these bytes are no page of a table, and never were one at all..")
		}
		return b
	})
	spoilt, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	h.reopen() // the rest of the installation works on
	h.deliver(2)
	if r := h.run(""); r.State != store.RunFailed || r.Reason != "db.damaged" {
		t.Errorf("a run into it: %s %s", r.State, r.Reason)
	}
	if _, err := h.MakeBackup(t.Context(), filepath.Join(t.TempDir(), "sets"), BackupOptions{}, by); store.CodeOf(err) != "image.damaged" {
		t.Errorf("a backup of it: %v", err)
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, spoilt) {
		t.Errorf("the file was changed, %v", err)
	}
}
