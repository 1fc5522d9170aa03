package jobs

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samband/store"
	"samband/store/vault"
)

// TestRotateTheVaultsKey: a new version takes two people, is used at once, survives a new start and a backup, and the old one
// goes only when nothing needs it. Nobody becomes somebody new.
func TestRotateTheVaultsKey(t *testing.T) {
	h := open(t)
	h.deliver(1)
	h.run("")
	ctx, before, want := t.Context(), h.persons(), h.holds()
	ask, confirm := store.Actor{UserID: "u1", Name: "Ine"}, store.Actor{UserID: "u2", Name: "Sindre"}
	if err := h.ConfirmKey(ctx, confirm); store.CodeOf(err) != "key.no_request" {
		t.Error(err)
	}
	if err := h.RequestKey(ctx, ask); err != nil {
		t.Fatal(err)
	}
	if err := h.ConfirmKey(ctx, ask); store.CodeOf(err) != "key.same_person" {
		t.Error(err)
	}
	if err := h.ConfirmKey(ctx, confirm); err != nil {
		t.Fatal(err)
	}
	if err := h.ConfirmKey(ctx, confirm); store.CodeOf(err) != "key.no_request" {
		t.Error("one yes, two keys", err)
	}
	if _, err := h.Rewrap(ctx); err != nil {
		t.Fatal(err)
	}
	vaultKeys := func() (of []store.MasterKey) {
		t.Helper()
		list, _, err := h.Keys(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range list {
			if k.Rotates() {
				of = append(of, k)
			}
		}
		return of
	}
	k := vaultKeys()
	if len(k) != 2 || k[0].Current || !k[1].Current || k[0].Persons != 0 || k[1].Persons != int64(len(before)) || k[1].Made.IsZero() {
		t.Errorf("%+v", k)
	}
	if list := h.entries("key.make"); len(list) != 1 || list[0].Object != "vault.2" || list[0].ActorID != "u2" {
		t.Errorf("%+v", list)
	}
	h.deliver(2)
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Fatal(r.State, r.Reason)
	}
	h.reopen()
	set := h.backupTo(filepath.Join(t.TempDir(), "sets"))
	n := h.restored(set)
	if len(n.persons()) != len(h.persons()) || len(h.persons()) < len(before) {
		t.Error("somebody can't be read")
	}
	for p, i := range before {
		if h.persons()[p] != i {
			t.Fatal("somebody has become somebody new")
		}
		break
	}
	if len(want) > len(h.holds()) {
		t.Error("rows are gone")
	}
	if err := h.RetireKey(ctx, 2, by); store.CodeOf(err) != "vault.key_in_use" && store.CodeOf(err) != "key.quarantine" {
		t.Error(err)
	}
	err := h.RetireKey(ctx, 1, by)
	if vaultKeys()[0].Rows > 0 {
		if store.CodeOf(err) != "key.quarantine" {
			t.Error(err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(h.conf.Data, "keys", "vault.key")); err == nil {
		t.Error("the file is there")
	}
	h.reopen()
	if len(h.persons()) < len(before) {
		t.Error("somebody can't be read")
	}
}

// TestRetireAnEmptyVersion: a version that seals nothing goes, and the installation opens without it, here and from a backup.
func TestRetireAnEmptyVersion(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	if _, err := h.MakeKeyVersion(ctx, nil, by); err != nil {
		t.Fatal(err)
	}
	if err := h.RetireKey(ctx, 1, by); err != nil {
		t.Fatal(err)
	}
	h.reopen()
	h.deliver(1)
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Fatal(r.State, r.Reason)
	}
	if err := h.keysHold(ctx); err != nil {
		t.Error(err)
	}
	set := h.backupTo(filepath.Join(t.TempDir(), "sets"))
	if n := h.restored(set); len(n.persons()) != len(h.persons()) {
		t.Error("somebody can't be read")
	}
}

// TestLinkPersonsSaysNoNumbers: what is wrong is told by line.
func TestLinkPersonsSaysNoNumbers(t *testing.T) {
	h := open(t)
	h.deliver(1)
	h.run("")
	var known, free []string
	if err := h.vault.Each(t.Context(), demoRegistry, func(_ store.Pseudonym, a vault.Attributes) error {
		known = append(known, a.Value(store.AttrNumber, 0))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for i := 0; len(free) < 2; i++ {
		if p, ok := store.SyntheticNumber("1931-03-04", i); ok {
			free = append(free, p.Reveal())
		}
	}
	link := func(lines string, dry bool) (vault.Linked, error) {
		return h.LinkPersons(t.Context(), demoRegistry, bytes.Lines([]byte(lines)), dry, by)
	}
	good := known[0] + ";" + free[0] + "\n"
	for name, c := range map[string]struct {
		lines string
		want  store.Code
		line  int
	}{
		"no pair":    {good + "\n" + known[1] + "\n", "person.line", 3},
		"no number":  {good + known[1] + ";12345678901\n", "person.line", 2},
		"both known": {good + known[1] + ";" + known[2] + "\n", "person.both_known", 2},
	} {
		_, err := link(c.lines, false)
		e, _ := err.(*store.Error)
		if store.CodeOf(err) != c.want || e == nil || e.Args["line"] != c.line || strings.Contains(err.Error(), known[1]) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if l, err := link(good, true); err != nil || l.Linked != 1 {
		t.Error(l, err)
	}
	if l, err := link(good, false); err != nil || l.Linked != 1 || l.Unknown != 0 {
		t.Error(l, err)
	}
	if l, err := link(good, false); err != nil || l.Already != 1 || l.Linked != 0 {
		t.Error(l, err)
	}
	if list := h.entries("vault.link"); len(list) != 2 || strings.Contains(list[0].Object, free[0]) {
		t.Errorf("%+v", list)
	}
}
