package jobs

import (
	"bytes"
	"testing"
	"time"

	"samband/store"
	"samband/store/seed"
)

// TestImportStamps holds that who reads corrections in answers for those that the mapping in use hasn't, whatever the
// file says of them, and that a file says nothing of it, so that it is the same file again.
func TestImportStamps(t *testing.T) {
	h := open(t)
	v, _ := h.mapped()
	then := time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)
	correction := func(name string, undone *store.Undone) store.Correction {
		return store.Correction{Name: name, Variable: "vekt", At: "inn_dato", From: "2026-03-01", To: "2026-03-31", Reason: "Vekten sto i pund",
			Steps: []store.Step{{Kind: store.StepScale, Factor: 0.45}}, Author: "kaja", Made: then, Undone: undone}
	}
	v.No, v.Mapping.Corrections = 2, []store.Correction{correction("pund", nil),
		correction("gram", &store.Undone{By: "kari", At: then, Reason: "Det var kilo likevel"})}
	if err := h.DB.SaveMapping(t.Context(), v, by); err != nil {
		t.Fatal(err)
	}
	i, err := h.DB.Integration(t.Context(), seed.DemoIntegration)
	if err == nil {
		err = h.DB.UseMapping(t.Context(), i.ID, i.Version, v.No, by)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := h.Export(t.Context(), "")
	if err != nil || bytes.Contains(out, []byte("kaja")) || bytes.Contains(out, []byte("kari")) || !bytes.Contains(out, []byte("pund")) {
		t.Fatalf("%v: the document tells of who made a correction\n%s", err, out)
	}
	if n, err := h.Import(t.Context(), out, ImportMode{}, by); err != nil || n.Created+n.Changed != 0 {
		t.Errorf("into itself: %+v, %v", n, err)
	}

	other := open(t)
	drop := func(doc []byte, from, to *house) []byte {
		return bytes.ReplaceAll(doc, []byte(from.conf.Drop), []byte(to.conf.Drop))
	}
	read := func(doc []byte, as store.Actor, changed int) []store.Correction {
		t.Helper()
		other.clock.Advance(time.Hour)
		if n, err := other.Import(t.Context(), doc, ImportMode{Accept: true}, as); err != nil || n.Changed != changed {
			t.Fatalf("%+v, %v", n, err)
		}
		v, _ := other.mapped()
		return v.Mapping.Corrections
	}
	solveig, shell := store.Actor{UserID: "solveig", Name: "Solveig"}, store.Actor{Name: "root"}
	list := read(drop(out, h, other), solveig, 2) // and the connection with the keys of the receiver there
	at := other.clock.Now()
	for _, k := range list {
		if k.Author != "solveig" || !k.Made.Equal(at) || k.Undone != nil && (k.Undone.By != "solveig" || !k.Undone.At.Equal(at)) {
			t.Errorf("new here: %s by %q %v %+v", k.Name, k.Author, k.Made, k.Undone)
		}
	}
	again, err := other.Export(t.Context(), "")
	if err != nil || !bytes.Equal(drop(again, other, h), out) {
		t.Errorf("the second export differs (%v)", err)
	}
	forged := bytes.Replace(again, []byte("reason: Vekten sto i pund"), []byte("reason: Vekten sto i unser\n          author: kaja"), 1)
	list = read(forged, shell, 1)
	if k := list[0]; k.Author != "root" || !k.Made.Equal(other.clock.Now()) || k.Reason != "Vekten sto i unser" {
		t.Errorf("changed: by %q %v, %s", k.Author, k.Made, k.Reason)
	}
	if k := list[1]; k.Author != "solveig" || k.Undone == nil || k.Undone.By != "solveig" || !k.Undone.At.Equal(at) {
		t.Errorf("left alone: by %q %+v", k.Author, k.Undone)
	}
}
