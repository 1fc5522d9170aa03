package jobs

import (
	"os"
	"path/filepath"
	"testing"

	"samband/store"
	"samband/store/vault"
)

// persons gives whom the vault has in the demonstration's registry: their keyed index by pseudonym, and that they can be read.
func (h *house) persons() map[store.Pseudonym]vault.Index {
	h.t.Helper()
	all := map[store.Pseudonym]vault.Index{}
	x := h.vault.NewIndexer(nil)
	if err := h.vault.Each(h.t.Context(), demoRegistry, func(p store.Pseudonym, a vault.Attributes) error {
		number, ok := store.PersonNumberOf(a.Value(store.AttrNumber, 0))
		if !ok {
			h.t.Fatal("somebody without a number")
		}
		key, err := store.NewPersonKey(store.FNR, "", number)
		all[p] = x.Index(key)
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
	return all
}

// erase erases n of the persons.
func (h *house) erase(n int) map[store.Pseudonym]vault.Index {
	h.t.Helper()
	gone := map[store.Pseudonym]vault.Index{}
	var list []vault.Index
	for p, i := range h.persons() {
		if len(list) == n {
			break
		}
		gone[p], list = i, append(list, i)
	}
	erased, err := h.ErasePersons(h.t.Context(), demoRegistry, list, EraseWithdrawn, by)
	if err != nil || erased != int64(n) {
		h.t.Fatal(erased, err)
	}
	return gone
}

func (h *house) without(gone map[store.Pseudonym]vault.Index, persons int) {
	h.t.Helper()
	now := h.persons()
	for p := range gone {
		if _, ok := now[p]; ok {
			h.t.Fatal("an erased person can be read")
		}
	}
	if len(now) != persons-len(gone) {
		h.t.Errorf("%d persons can be read, and not %d", len(now), persons-len(gone))
	}
}

// TestNoBackupBringsBackWhoIsErased is A9 from end to end: a backup of yesterday, put back with the keys there are now, has
// everybody but those who were erased since, from the moment that it is opened.
func TestNoBackupBringsBackWhoIsErased(t *testing.T) {
	h := open(t)
	h.deliver(1)
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Fatal(r.State, r.Reason)
	}
	persons := len(h.persons())
	folder := filepath.Join(t.TempDir(), "sets")
	set := h.backupTo(folder)
	gone := h.erase(5)
	h.without(gone, persons)
	h.reopen()
	h.without(gone, persons)

	// The keys beside the set are those of today already.
	n := h.restored(set)
	n.without(gone, persons)

	// Somebody kept the keys of yesterday: the tombstones are used before anything else.
	h.backupTo(folder)
	older := filepath.Join(t.TempDir(), "older")
	all := h.backupTo(older)
	kept := h.erase(3)
	for p, i := range gone {
		kept[p] = i
	}
	if err := os.RemoveAll(filepath.Join(older, personKeys)); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(older, personKeys), os.DirFS(filepath.Join(folder, personKeys))); err != nil {
		t.Fatal(err)
	}
	c := h.keysOnly()
	if err := os.CopyFS(filepath.Join(c.Data, "mark"), os.DirFS(h.Dir.Mark())); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), c, all); err != nil {
		t.Fatal(err)
	}
	m := &house{t: t, clock: h.clock, conf: c}
	m.reopen()
	defer m.Close()
	m.without(kept, persons)
	if err := m.ConfirmRestore(t.Context(), "øvelse", by); err != nil {
		t.Fatal(err)
	}
	if p := m.Lost(); p != nil {
		t.Error(p)
	}
}

// TestTombstonesAreHeldTo: nothing runs while the file of tombstones is not what was written, and what the vault has is written
// again when the file is gone with the mark.
func TestTombstonesAreHeldTo(t *testing.T) {
	h := open(t)
	h.deliver(1)
	h.run("")
	h.erase(3)
	h.Close()
	h.Jobs = nil
	path := filepath.Join(h.conf.Data, "mark", "tombstones")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	state := func(want store.Code) {
		t.Helper()
		h.reopen()
		var got store.Code
		if p := h.Lost(); p != nil {
			got = p.Code
		}
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	put := func(b []byte) {
		if h.Jobs != nil {
			h.Close()
			h.Jobs = nil
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(append([]byte("x"), whole...))
	state("mark.tombstones")
	if err := h.ConfirmRestore(t.Context(), "mappen er ødelagt", by); err != nil {
		t.Fatal(err)
	}
	state("")
	if b, err := os.ReadFile(path); err != nil || string(b) != string(whole) {
		t.Error("not written again", err)
	}
	h.Close()
	h.Jobs = nil
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	state("")
	if b, err := os.ReadFile(path); err != nil || string(b) != string(whole) {
		t.Error("not written again", err)
	}
}
