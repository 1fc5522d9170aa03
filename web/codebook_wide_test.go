package web

import (
	"fmt"
	"testing"

	"samband/store"
)

// TestCodebookOneWideForm: a draft of 20 000 variables in one form is shown a page at a time, found in by name, and says
// where it can be made narrower, all without a script.
func TestCodebookOneWideForm(t *testing.T) {
	g, _ := newCodebookRegister(t)
	kaja := g.as(store.RoleCoordinator, "hjerte")
	leads(t, kaja.post(bookAt+"/draft", "version", "1"), bookAt+"/draft")
	d, err := g.db.CodebookDraft(t.Context(), "hjertebok")
	if err != nil {
		t.Fatal(err)
	}
	d.Codebook.Variables[0].Form = "Alt"
	d.Codebook.Variables = d.Codebook.Variables[:1]
	for n := range 19_999 {
		d.Codebook.Variables = append(d.Codebook.Variables, store.Variable{Name: fmt.Sprintf("v%05d", n), Label: fmt.Sprint("Mål ", n),
			Form: "Alt", Type: store.VarDecimal, Class: store.Health})
	}
	if err := g.db.KeepCodebookDraft(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		query string
		want  []string
	}{
		{"", []string{"Viser 1–100 av 20", "/draft/variables/v00000\"", "!/draft/variables/v00100\"", "page=2", `href="` + bookAt + `/upload"`, "!#forms", `name="q"`}},
		{"?form=0&page=200", []string{"/draft/variables/v19998\"", "!/draft/variables/v00000\"", "!page=201"}},
		{"?q=v1234", []string{"/draft/variables/v12340\"", "/draft/variables/v12349\"", "!/draft/variables/v00000\""}},
		{"?q=v0&page=2", []string{"Viser 101–200 av 10", "/draft/variables/v00100\"", "!/draft/variables/v00000\""}},
	} {
		w := kaja.get(bookAt + "/draft" + x.query)
		if n := w.Body.Len(); n > 200_000 {
			t.Errorf("%q: %d bytes", x.query, n)
		}
		answers(t, w, 200, x.want...)
	}
}
