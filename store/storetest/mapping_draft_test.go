package storetest_test

import (
	"reflect"
	"testing"
	"time"

	"samband/store"
)

func TestMappingDraft(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		user := must(d.SignIn(ctx, "demo", "ola", "Ola Koordinator", start))
		other := must(d.SignIn(ctx, "demo", "kari", "Kari Koordinator", start))
		if _, err := d.MappingDraft(ctx, i.ID, user.ID); store.CodeOf(err) != "mapping.no_draft" {
			t.Fatalf("before anything was written: %v", err)
		}
		before := len(must(d.Audit(ctx, store.AuditFilter{All: true, Limit: 1000})))
		draft := &store.MappingDraft{IntegrationID: i.ID, UserID: user.ID, BasedOn: 1, Mapping: mapping().Mapping}
		if err := d.KeepMappingDraft(ctx, draft); err != nil {
			t.Fatal(err)
		}
		if got := must(d.MappingDraft(ctx, i.ID, user.ID)); !reflect.DeepEqual(got, draft) || got.Edits != 1 {
			t.Errorf("kept\n%+v\nand read\n%+v", draft, got)
		}
		if _, err := d.MappingDraft(ctx, i.ID, other.ID); store.CodeOf(err) != "mapping.no_draft" {
			t.Errorf("somebody else's draft: %v", err)
		}

		e.clock.Advance(time.Minute)
		edited := *draft
		edited.Mapping.Rules = nil // a draft need not be sound
		if err := d.KeepMappingDraft(ctx, &edited); err != nil || edited.Edits != 2 || !edited.UpdatedAt.After(draft.UpdatedAt) {
			t.Errorf("edited: %v, %d edits at %v", err, edited.Edits, edited.UpdatedAt)
		}
		for name, stale := range map[string]store.MappingDraft{
			"another window": *draft,
			"a second begin": {IntegrationID: i.ID, UserID: user.ID},
		} {
			if err := d.KeepMappingDraft(ctx, &stale); store.CodeOf(err) != "db.changed" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := d.KeepMappingDraft(ctx, &store.MappingDraft{IntegrationID: "no", UserID: user.ID}); store.CodeOf(err) != "db.reference" {
			t.Errorf("no such integration: %v", err)
		}
		if after := len(must(d.Audit(ctx, store.AuditFilter{All: true, Limit: 1000}))); after != before {
			t.Errorf("%d lines in the log for a draft", after-before)
		}
		for range 2 {
			if err := d.DropMappingDraft(ctx, i.ID, user.ID); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.MappingDraft(ctx, i.ID, user.ID); store.CodeOf(err) != "mapping.no_draft" {
			t.Errorf("after it was dropped: %v", err)
		}
	})
}
