package storetest_test

import (
	"testing"
	"time"

	"samband/store"
)

func TestCodebookDraft(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		user := must(d.SignIn(ctx, "demo", "ola", "Ola Koordinator", start))
		other := must(d.SignIn(ctx, "demo", "kari", "Kari Koordinator", start))
		book := codebook().ID
		_, err := d.CodebookDraft(ctx, book)
		want(t, err, store.NotFound, "codebook.no_draft")
		before := len(must(d.Audit(ctx, store.AuditFilter{All: true, Limit: 1000})))
		low := 0.5
		draft := &store.CodebookDraft{Codebook: *codebook(), UserID: user.ID, Defects: []store.Defect{{Form: "Ark 1", Row: 3,
			Column: "Type", Code: "dictionary.twice", Args: store.Args{"name": "vekt", "type": store.Code("vartype.text")}}}}
		draft.Codebook.Variables = append(draft.Codebook.Variables, store.Variable{Name: "hoeyde", Form: "Ark 1", Type: store.VarDecimal,
			Min: &low, Help: "uten sko", Origin: "Høyde", Stated: store.NeedYes, System: "urn:x", Computed: true, Class: store.Health})
		draft.Codebook.Source = &store.CodebookSource{Format: "mrs", Version: "v14", Files: []store.SourceFile{{Name: "bok.xlsx",
			SHA256: "ab", Bytes: 12}}}
		ok(t, d.KeepCodebookDraft(ctx, draft))
		got := must(d.CodebookDraft(ctx, book))
		same(t, got, draft)
		same(t, must(d.CodebookDrafts(ctx, "hjerte")), []store.CodebookDraft{*draft})

		e.clock.Advance(time.Minute)
		theirs := *got
		theirs.UserID, theirs.Codebook.Key = other.ID, nil // a draft need not be sound
		ok(t, d.KeepCodebookDraft(ctx, &theirs))
		same(t, theirs.Edits, 2)
		want(t, d.KeepCodebookDraft(ctx, got), store.Conflict, "db.changed")                                                          // as the first saw it
		want(t, d.KeepCodebookDraft(ctx, &store.CodebookDraft{Codebook: *codebook(), UserID: user.ID}), store.Conflict, "db.changed") // a second begin
		want(t, d.DropCodebookDraft(ctx, book, 1), store.Conflict, "db.changed")
		elsewhere := theirs
		elsewhere.Codebook.RegistryID = "et-annet"
		want(t, d.KeepCodebookDraft(ctx, &elsewhere), store.Invalid, "codebook.other_registry")

		fresh := store.CodebookDraft{Codebook: store.Codebook{ID: "ny-bok", RegistryID: "hjerte"}, UserID: user.ID}
		ok(t, d.KeepCodebookDraft(ctx, &fresh))
		if n := len(must(d.CodebookDrafts(ctx, "hjerte"))); n != 2 {
			t.Errorf("%d drafts", n)
		}
		if after := len(must(d.Audit(ctx, store.AuditFilter{All: true, Limit: 1000}))); after != before {
			t.Errorf("%d lines in the log for drafts", after-before)
		}

		published := theirs.Codebook
		published.Version, published.Key, published.Message = 2, codebook().Key, "Ny utgave fra MRS"
		published.Variables = codebook().Variables
		ok(t, d.SaveCodebook(ctx, &published, siri))
		same(t, must(d.Codebook(ctx, book, 0)), &published)
		if e := must(d.Audit(ctx, store.AuditFilter{All: true, Action: "codebook.save", Limit: 1}))[0]; e.Reason != published.Message {
			t.Errorf("the log says %+v", e)
		}
		for range 2 {
			ok(t, d.DropCodebookDraft(ctx, book, 2))
		}
		_, err = d.CodebookDraft(ctx, book)
		want(t, err, store.NotFound, "codebook.no_draft")

		ok(t, d.KeepMappingDraft(ctx, &store.MappingDraft{IntegrationID: i.ID, UserID: user.ID, Mapping: mapping().Mapping}, store.DraftStep{}))
		if drafts := must(d.MappingDraftsOf(ctx, i.ID)); len(drafts) != 1 || drafts[0].UserID != user.ID {
			t.Errorf("%+v", drafts)
		}
	})
}
