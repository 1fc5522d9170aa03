package web

import (
	"testing"
	"time"

	"samband/store"
)

// TestApprovalCorrections: who must say yes sees why a correction is there, who made it and when, which the scope leaves
// out, and what the code systems are in the world outside.
func TestApprovalCorrections(t *testing.T) {
	g := newRegister(t)
	g.approve()
	book, err := g.db.Codebook(t.Context(), "hjertebok", 0)
	if err != nil {
		t.Fatal(err)
	}
	book.Version, book.Variables = 2, append(book.Variables, store.Variable{Name: "dag", Type: store.VarDate, Class: store.Health})
	if err := g.db.SaveCodebook(t.Context(), book, seeder); err != nil {
		t.Fatal(err)
	}
	u, err := g.db.SignIn(t.Context(), "demo", "koder", "Kaja Kodesen", g.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 4, 1, 10, 0, 0, 0, time.UTC)
	k := store.Correction{Name: "gram", Variable: "vekt", At: "dag", From: "2026-03-01", To: "2026-03-31", Reason: "Vekta viste gram",
		Steps: []store.Step{{Kind: store.StepScale, Factor: 0.001}}, Author: u.ID, Made: at}
	save := func(no int, k store.Correction) {
		t.Helper()
		g.saveMapping(no, "opphold", "vekt")
		v, err := g.db.MappingVersion(t.Context(), "hjerte-rdap", no)
		if err != nil {
			t.Fatal(err)
		}
		v.No, v.Mapping.Corrections = no+1, []store.Correction{k}
		v.Mapping.Rules = append(v.Mapping.Rules, store.Rule{Variable: "dag", Steps: []store.Step{{Kind: store.StepConstant, Value: "2026-03-02"}}})
		v.Mapping.Lists = []store.ListPin{{System: store.SystemICD10, Version: "2026"}}
		i := g.integration("hjerte-rdap")
		if err := g.db.SaveMapping(t.Context(), v, seeder); err != nil {
			t.Fatal(err)
		}
		if err := g.db.UseMapping(t.Context(), i.ID, i.Version, v.No, seeder); err != nil {
			t.Fatal(err)
		}
	}
	save(2, k)
	officer := g.as(store.RoleSecurity, store.AllRegistries)
	made := "Grunn: Vekta viste gram. Laget av Kaja Kodesen 1. april 2026"
	answers(t, officer.get(approvalPath), 200, `<p class="small">`+made, made, "Kodeverk: ICD-10 ("+store.SystemICD10+")", "!"+u.ID)
	g.submit(g.as(store.RoleCoordinator, "hjerte"))
	answers(t, officer.get(approvalPath), 200, made)

	k.Undone = &store.Undone{By: u.ID, At: at.AddDate(0, 0, 1), Reason: "Den viste kilo"}
	save(4, k)
	answers(t, officer.get(approvalPath), 200, "Ikke lenger i bruk: Den viste kilo. Opphevet av Kaja Kodesen 2. april 2026")
}
