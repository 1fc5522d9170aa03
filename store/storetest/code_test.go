package storetest_test

import (
	"testing"
	"time"

	"samband/store"
)

func TestCodeDecisions(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		same(t, len(must(d.CodeDecisions(ctx, i.ID, ""))), 0)
		list := []store.CodeDecision{
			{Variable: "kjonn", Value: "2", Verdict: store.VerdictApproved, Code: "K", Relation: store.RelEquivalent, Note: "etter avtale",
				From: "2020-01-01", To: "2026-12-31"},
			{Variable: "kjonn", Value: "0", Verdict: store.VerdictApproved, Relation: store.RelNoMatch},
			{Variable: "royker", Value: "X", Verdict: store.VerdictFlagged, Note: "hva er dette"},
		}
		ok(t, d.DecideCodes(ctx, i.ID, list, ola))
		if c := list[0]; c.Version != 1 || c.By != ola.Name || !c.At.Equal(e.clock.Now()) || c.Imported != "" {
			t.Errorf("%+v", c)
		}
		same(t, must(d.CodeDecisions(ctx, i.ID, "")), []store.CodeDecision{list[1], list[0], list[2]})
		same(t, must(d.CodeDecisions(ctx, i.ID, "royker")), list[2:])

		e.clock.Advance(time.Minute)
		again := []store.CodeDecision{list[2]}
		again[0].Verdict, again[0].Note = store.VerdictIgnored, ""
		ok(t, d.DecideCodes(ctx, i.ID, again, siri))
		same(t, must(d.CodeDecisions(ctx, i.ID, "royker")), again)
		same(t, again[0].Version, 2)
		for name, stale := range map[string]store.CodeDecision{"an old version": list[2], "as if it were new": {Variable: "royker", Value: "X"}} {
			fresh := store.CodeDecision{Variable: "kjonn", Value: "1", Verdict: store.VerdictIgnored}
			if err := d.DecideCodes(ctx, i.ID, []store.CodeDecision{fresh, stale}, ola); store.CodeOf(err) != "db.changed" {
				t.Errorf("%s: %v", name, err)
			}
		}
		same(t, len(must(d.CodeDecisions(ctx, i.ID, ""))), 3) // nothing of what was refused
		want(t, d.DecideCodes(ctx, "nei", list, ola), store.NotFound, "integration.not_found")

		// What a file says never takes the place of what a person decided, and its author stays its author.
		at := start.Add(-24 * time.Hour)
		file := []store.CodeDecision{
			{Variable: "kjonn", Value: "2", Verdict: store.VerdictApproved, Code: "M", Relation: store.RelEquivalent, By: "Ukjent", At: at},
			{Variable: "kjonn", Value: "1", Verdict: store.VerdictApproved, Code: "M", Relation: store.RelEquivalent, By: "Per", At: at},
			{Variable: "kjonn", Value: "3", Verdict: store.VerdictIgnored},
			{Variable: "kjonn", Value: "0", Verdict: store.VerdictApproved, Relation: store.RelNoMatch},
		}
		written, kept, err := d.ImportCodeDecisions(ctx, i.ID, file, siri)
		ok(t, err)
		same(t, len(written), 2)
		same(t, kept, file[:1])
		all := must(d.CodeDecisions(ctx, i.ID, "kjonn"))
		if all[1].By != "Per" || !all[1].At.Equal(at) || all[1].Imported != siri.Name || all[3].By != siri.Name {
			t.Errorf("read in: %+v", all)
		}
		same(t, all[2], list[0])
	})
}

func TestCodeSystems(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		_, err := d.CodeSystem(ctx, store.SystemICD10, "")
		want(t, err, store.NotFound, "code_system.not_found")
		s := &store.CodeSystem{System: store.SystemICD10, Name: "ICD-10", Version: "2026", Day: "2026-01-02", SHA256: "a",
			Codes: []store.SystemCode{{Code: "I21.4", Text: "Akutt infarkt", Note: "To\r\nlinjer"}, {Code: "I48", From: "2026-01-01", To: "2026-06-30"}}}
		ok(t, d.SaveCodeSystem(ctx, s, ola))
		same(t, s.Size, 2)
		same(t, must(d.CodeSystem(ctx, store.SystemICD10, "")), s)
		ok(t, d.SaveCodeSystem(ctx, s, siri)) // the same file
		other := *s
		other.SHA256 = "b"
		want(t, d.SaveCodeSystem(ctx, &other, ola), store.Conflict, "code_system.version_taken")

		e.clock.Advance(time.Minute)
		other.Version, other.Codes = "2025", other.Codes[:1] // read in later, so the newest
		ok(t, d.SaveCodeSystem(ctx, &other, siri))
		same(t, must(d.CodeSystem(ctx, store.SystemICD10, "")), &other)
		same(t, must(d.CodeSystem(ctx, store.SystemICD10, "2026")), s)
		list := must(d.CodeSystems(ctx, ""))
		same(t, len(list), 2)
		if list[0].Version != "2025" || list[0].ReadBy != siri.Name || list[0].Codes != nil || list[1].Size != 2 {
			t.Errorf("%+v", list)
		}
		same(t, len(must(d.CodeSystems(ctx, "nei"))), 0)
		bad := *s
		bad.Codes = nil
		want(t, d.SaveCodeSystem(ctx, &bad, ola), store.Invalid, "code_system.size")
	})
}
