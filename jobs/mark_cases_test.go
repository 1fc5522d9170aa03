package jobs

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"samband/store"
	"samband/store/seed"
	"samband/store/vault"
)

// asLies opens a copy of the data folder as the disk was when the machine died, in place of the installation, which is
// left as it is.
func (h *house) asLies() *house {
	h.t.Helper()
	copied := h.conf
	copied.Data = filepath.Join(h.t.TempDir(), "data")
	if err := os.CopyFS(copied.Data, os.DirFS(h.conf.Data)); err != nil {
		h.t.Fatal(err)
	}
	for _, name := range []string{"socket", "lock"} {
		os.Remove(filepath.Join(copied.Data, name))
	}
	keys, _ := filepath.Glob(filepath.Join(copied.Data, "keys", "*"))
	for _, path := range keys {
		os.Chmod(path, 0o400)
	}
	n := &house{t: h.t, clock: h.clock, conf: copied}
	n.reopen()
	h.t.Cleanup(n.Close)
	return n
}

// partAlert gives the open alert about a part of the installation, nil when there is none.
func (h *house) partAlert(part string) *store.Alert {
	h.t.Helper()
	if err := h.settleParts(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	list, err := h.DB.Alerts(h.t.Context(), store.AlertFilter{All: true, Own: true, Kind: store.AlertPart})
	if err != nil {
		h.t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(a store.Alert) bool { return a.Subject == part })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// TestMarkCases: which files are older than they were, in every way that they can be.
func TestMarkCases(t *testing.T) {
	registry := filepath.Join("registries", demoRegistry+".db")
	mark := filepath.Join("mark", "mark")
	load := func(h *house) { // which brings persons, too
		h.deliver(2)
		if r := h.run(""); r.State != store.RunSucceeded {
			h.t.Fatalf("%s %s", r.State, r.Reason)
		}
	}
	undo := func(h *house) {
		list, err := h.DB.Runs(h.t.Context(), store.RunFilter{All: true, Limit: 1})
		if err == nil {
			_, err = h.Undo(h.t.Context(), list[0].ID, by)
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
	settle := func(h *house) { // a person closes a finding
		list, _, err := h.Findings(h.t.Context(), demoRegistry, store.FindingFilter{})
		if err == nil {
			err = h.SetFinding(h.t.Context(), demoRegistry, list[0].ID, store.FindingOpen, store.FindingDismissed, "sett på", by)
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		do   func(*house) // after the files are kept
		back []string     // what is put back of them
		gone []string     // what is deleted
		want store.Lost   // entries and runs as yes or no
	}{
		"nothing":                          {load, nil, nil, store.Lost{}},
		"old portal, new registry":         {load, []string{"portal.db"}, nil, store.Lost{Entries: 1, Runs: 1, Unknown: true}},
		"new portal, old registry":         {load, []string{registry}, nil, store.Lost{Registries: []string{demoRegistry}}},
		"registry from before the undo":    {undo, []string{registry}, nil, store.Lost{Registries: []string{demoRegistry}}},
		"registry with the finding open":   {settle, []string{registry}, nil, store.Lost{Registries: []string{demoRegistry}}},
		"registry deleted":                 {load, nil, []string{registry}, store.Lost{Registries: []string{demoRegistry}}},
		"old vault":                        {load, []string{"vault.db"}, nil, store.Lost{Vault: true}},
		"vault deleted":                    {load, nil, []string{"vault.db"}, store.Lost{Vault: true}},
		"all old together":                 {load, []string{"portal.db", registry, "vault.db"}, nil, store.Lost{Entries: 1, Runs: 1, Registries: []string{demoRegistry}, Vault: true}},
		"all from before the undo":         {undo, []string{"portal.db", registry, "vault.db"}, nil, store.Lost{Entries: 1, Registries: []string{demoRegistry}}},
		"mark from before":                 {load, []string{mark}, nil, store.Lost{}},
		"mark lost":                        {load, nil, []string{mark}, store.Lost{}},
		"mark lost, and an old registry":   {load, []string{registry}, []string{mark}, store.Lost{Registries: []string{demoRegistry}}},
		"mark lost, and an old portal":     {load, []string{"portal.db"}, []string{mark}, store.Lost{Unknown: true}},
		"mark lost, and no registry":       {load, nil, []string{mark, registry}, store.Lost{Registries: []string{demoRegistry}}},
		"mark lost after an undo":          {undo, nil, []string{mark}, store.Lost{}},
		"mark lost, checkpoints are there": {load, []string{"portal.db", registry, "vault.db"}, []string{mark}, store.Lost{}},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.deliver(1)
			h.run("")
			h.shut()
			putBack := h.keep()
			h.reopen()
			c.do(h)
			h.shut()
			for _, name := range c.back {
				putBack(name)
			}
			for _, name := range c.gone {
				for _, suffix := range []string{"", "-wal", "-shm"} {
					os.Remove(filepath.Join(h.conf.Data, name+suffix))
				}
			}
			h.reopen()
			log := h.LogProblem()
			if (log != nil) != slices.Contains(c.back, "portal.db") {
				t.Errorf("held against the checkpoints: %v", log)
			}
			if c.want.None() {
				if p := h.Lost(); p != nil {
					t.Fatalf("a false alarm: %v", p)
				}
				if h.partAlert("mark") != nil {
					t.Error("there is an alert")
				}
				return
			}
			l, p, err := h.Missing(t.Context())
			if err != nil || p != h.Lost() {
				t.Fatalf("%v, %v", p, err)
			}
			l.Entries, l.Runs = min(l.Entries, 1), min(l.Runs, 1)
			if l.Entries != c.want.Entries || l.Runs != c.want.Runs || !slices.Equal(l.Registries, c.want.Registries) ||
				l.Vault != c.want.Vault || l.Unknown != c.want.Unknown {
				t.Errorf("%+v, want %+v", l, c.want)
			}
			if a := h.partAlert("mark"); a == nil || a.Code != p.Code {
				t.Errorf("the alert is %+v", a)
			}
			if r := h.run(""); r.State != store.RunRefused || r.Reason != p.Code && log == nil {
				t.Errorf("a run on it: %s %s", r.State, r.Reason)
			}
			if err := h.ConfirmRestore(t.Context(), "disken ble byttet", by); err != nil {
				t.Fatal(err)
			}
			if a := h.partAlert("mark"); h.Lost() != nil || h.LogProblem() != nil || a != nil {
				t.Errorf("after that: %v, %+v", h.Lost(), a)
			}
			h.reopen()
			if h.Lost() != nil {
				t.Errorf("after a restart: %v", h.Lost())
			}
		})
	}
}

// TestMarkKilled: a process that dies anywhere between a commit and the mark leaves databases that are as far as the mark
// or further, so that nobody is asked about it.
func TestMarkKilled(t *testing.T) {
	h := open(t)
	h.reopen()
	h.deliver(1)
	h.run("")
	ctx := t.Context()
	if err := h.moveMark(ctx); err != nil {
		t.Fatal(err)
	}
	// Persons and rows are written and not committed, while others' work moves the mark on.
	persons, err := h.vault.Begin(ctx, vault.TxOptions{Registry: demoRegistry, RunID: "r9", Token: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer persons.Rollback()
	if _, err := persons.Pseudonym(&vault.Person{Index: vault.Index{9}, Tag: 9}); err != nil {
		t.Fatal(err)
	}
	if err := persons.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	h.write(3)
	if err := h.moveMark(ctx); err != nil {
		t.Fatal(err)
	}
	if n := h.asLies(); n.Lost() != nil {
		t.Errorf("killed before the vault's commit: %v", n.Lost())
	}
	if err := persons.Commit(); err != nil {
		t.Fatal(err)
	}
	if n := h.asLies(); n.Lost() != nil {
		t.Errorf("killed between the vault's commit and the registry's: %v", n.Lost())
	}
	// Everything is committed and the mark is not moved on any more.
	h.deliver(2)
	h.run("")
	n := h.asLies()
	if n.Lost() != nil {
		t.Errorf("killed between the commit and the mark: %v", n.Lost())
	}
	was := n.mark.last
	if err := n.moveMark(context.WithoutCancel(ctx)); err != nil || was.Vault == 0 || was.Registries[demoRegistry] < 2 {
		t.Errorf("the mark is not moved on at the start: %+v, %v", was, err)
	}
	if _, err := n.DB.Integration(ctx, seed.DemoIntegration); err != nil {
		t.Error(err)
	}
}
