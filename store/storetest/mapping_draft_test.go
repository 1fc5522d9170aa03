package storetest_test

import (
	"context"
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
		if err := d.KeepMappingDraft(ctx, draft, did("begin")); err != nil {
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
		if err := d.KeepMappingDraft(ctx, &edited, did("clear")); err != nil || edited.Edits != 2 || !edited.UpdatedAt.After(draft.UpdatedAt) {
			t.Errorf("edited: %v, %d edits at %v", err, edited.Edits, edited.UpdatedAt)
		}
		for name, stale := range map[string]store.MappingDraft{
			"another window": *draft,
			"a second begin": {IntegrationID: i.ID, UserID: user.ID},
		} {
			if err := d.KeepMappingDraft(ctx, &stale, did("late")); store.CodeOf(err) != "db.changed" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := d.KeepMappingDraft(ctx, &store.MappingDraft{IntegrationID: "no", UserID: user.ID}, did("lost")); store.CodeOf(err) != "db.reference" {
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

func did(what store.Code) store.DraftStep { return store.DraftStep{What: what} }

func TestMappingDraftSteps(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		user := must(d.SignIn(ctx, "demo", "ola", "Ola Koordinator", start))
		base := must(d.MappingVersion(ctx, i.ID, 1)).Mapping
		base.Rules = []store.Rule{{Variable: "a"}, {Variable: "b"}, {Variable: "c"}}
		draft := &store.MappingDraft{IntegrationID: i.ID, UserID: user.ID, BasedOn: 1}
		// keep changes the draft so that it has as many rules as told
		keep := func(rules int, step store.DraftStep) {
			t.Helper()
			draft.Mapping = base
			draft.Mapping.Rules = base.Rules[:rules:rules]
			if err := d.KeepMappingDraft(ctx, draft, step); err != nil {
				t.Fatal(err)
			}
		}
		stands := func(what string, rules, step, again int) {
			t.Helper()
			got := must(d.MappingDraft(ctx, i.ID, user.ID))
			if len(got.Mapping.Rules) != rules || got.Step != step || got.Steps != again || got.Edits != draft.Edits {
				t.Errorf("%s: %d rules, step %d, %d to do again, %d edits (seen %d)", what, len(got.Mapping.Rules), got.Step, got.Steps,
					got.Edits, draft.Edits)
			}
		}
		move := func(f func(context.Context, string, string, int) (*store.MappingDraft, *store.DraftStep, error)) store.Code {
			t.Helper()
			got, step, err := f(ctx, i.ID, user.ID, draft.Edits)
			if err != nil {
				return store.CodeOf(err)
			}
			draft = got
			return step.What
		}
		keep(3, did("three"))
		keep(3, did("nothing"))
		stands("a step that changes nothing", 3, 1, 0)
		keep(1, did("one"))
		keep(0, did("none"))
		stands("two steps", 0, 3, 0)
		if got := move(d.UndoMappingDraft); got != "none" {
			t.Errorf("undo takes back %s", got)
		}
		stands("one undone", 1, 2, 1)
		if _, _, err := d.UndoMappingDraft(ctx, i.ID, user.ID, draft.Edits-1); store.CodeOf(err) != "db.changed" {
			t.Errorf("undo from an older window: %v", err)
		}
		if got := move(d.UndoMappingDraft); got != "one" {
			t.Errorf("undo takes back %s", got)
		}
		stands("both undone", 3, 1, 2)
		move(d.UndoMappingDraft)
		stands("all undone", 1, 0, 3)
		if got := move(d.UndoMappingDraft); got != "mapping.nothing_to_undo" {
			t.Errorf("undo of nothing: %s", got)
		}
		if got := move(d.RedoMappingDraft); got != "three" {
			t.Errorf("done again: %s", got)
		}
		stands("one done again", 3, 1, 2)
		keep(2, did("other")) // what was undone can't be done again after something else
		stands("another way", 2, 2, 0)
		if got := move(d.RedoMappingDraft); got != "mapping.nothing_to_redo" {
			t.Errorf("done again: %s", got)
		}

		// a form that saves itself makes one step of what is written without a pause
		auto := store.DraftStep{What: "rule", Args: store.Args{"variable": "vekt"}, Auto: true}
		keep(1, auto)
		keep(0, auto)
		stands("written without a pause", 0, 3, 0)
		e.clock.Advance(store.JoinWithin)
		keep(1, auto)
		stands("after a pause", 1, 4, 0)
		move(d.UndoMappingDraft)
		move(d.UndoMappingDraft)
		stands("both undone", 2, 2, 2)
		if steps := must(d.MappingDraftSteps(ctx, i.ID, user.ID)); len(steps) != 4 || steps[0].No != 4 || steps[1].What != "rule" ||
			steps[1].Args["variable"] != "vekt" {
			t.Errorf("%+v", steps)
		}
		if err := d.DropMappingDraft(ctx, i.ID, user.ID); err != nil {
			t.Fatal(err)
		}
		if steps := must(d.MappingDraftSteps(ctx, i.ID, user.ID)); len(steps) != 0 {
			t.Errorf("%d steps of no draft", len(steps))
		}
	})
}
