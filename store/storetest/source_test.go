package storetest_test

import (
	"reflect"
	"testing"
	"time"

	"samband/store"
)

func TestSourceProfile(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		_, err := d.SourceProfile(ctx, i.ID)
		want(t, err, store.NotFound, "source.no_profile")
		_, err = d.SourceSchema(ctx, i.ID)
		want(t, err, store.NotFound, "source.no_profile")

		schema := &store.Schema{From: "episode", At: start, Fields: []store.SchemaField{{Name: "fnr", Class: store.Direct,
			Is: store.AttrNumber}, {Name: "kode", Type: store.VarText}, {Name: "navn"}}}
		ok(t, d.SaveSourceProfile(ctx, i.ID, schema, nil, ola))
		same(t, must(d.SourceSchema(ctx, i.ID)), schema)
		_, err = d.SourceProfile(ctx, i.ID)
		want(t, err, store.NotFound, "source.no_profile")

		top := []store.ValueCount{{Text: "A", Rows: 12}}
		p := &store.SourceProfile{From: "fil.csv", At: start, Rows: 12, Fields: []store.FieldProfile{
			{Name: "fnr", Direct: true, Empty: 5}, {Name: "kode", Top: top, Distinct: 1}, {Name: "navn", Top: top, Distinct: 1, Empty: 6}}}
		ok(t, d.SaveSourceProfile(ctx, i.ID, schema, p, ola))
		same(t, must(d.SourceProfile(ctx, i.ID)), p)
		ok(t, d.SaveSourceProfile(ctx, i.ID, schema, nil, ola)) // nothing to look at: the profile stays
		same(t, must(d.SourceProfile(ctx, i.ID)), p)
		err = d.SaveSourceProfile(ctx, "nei", schema, p, ola)
		want(t, err, store.NotFound, "integration.not_found")

		// Whoever classes a field as direct takes its values out of the profile, in a draft or in a version.
		user := must(d.SignIn(ctx, "demo", "ola", "Ola", start))
		draft := &store.MappingDraft{IntegrationID: i.ID, UserID: user.ID, Mapping: store.Mapping{Source: []store.Field{
			{Name: "navn", Class: store.Direct, Is: store.AttrFamilyName}, {Name: "fnr", Class: store.Direct, Is: store.AttrNumber}}}}
		ok(t, d.KeepMappingDraft(ctx, draft, store.DraftStep{What: "fields"}))
		got := must(d.SourceProfile(ctx, i.ID))
		same(t, *got.Field("navn"), store.FieldProfile{Name: "navn", Direct: true, Empty: 6})
		if !reflect.DeepEqual(got.Field("kode").Top, top) {
			t.Error("another field lost its values")
		}
		ok(t, d.SaveSourceProfile(ctx, i.ID, schema, p, ola)) // made anew by somebody who doesn't know of the draft
		same(t, *must(d.SourceProfile(ctx, i.ID)).Field("navn"), store.FieldProfile{Name: "navn", Direct: true, Empty: 6})
		draft.Mapping.Source = []store.Field{{Name: "navn", Class: store.Indirect}}
		ok(t, d.KeepMappingDraft(ctx, draft, store.DraftStep{What: "fields"}))
		ok(t, d.SaveSourceProfile(ctx, i.ID, schema, p, ola))
		same(t, must(d.SourceProfile(ctx, i.ID)).Field("navn").Top, top)
		_, _, err = d.UndoMappingDraft(ctx, i.ID, user.ID, draft.Edits) // it is direct again
		ok(t, err)
		same(t, *must(d.SourceProfile(ctx, i.ID)).Field("navn"), store.FieldProfile{Name: "navn", Direct: true, Empty: 6})
		v := mapping()
		v.No++
		v.Mapping.Source = append(v.Mapping.Source, store.Field{Name: "kode", Class: store.Direct, Is: store.AttrPhone})
		ok(t, d.SaveMapping(ctx, v, ola))
		if got := must(d.SourceProfile(ctx, i.ID)).Field("kode"); got.Top != nil || !got.Direct {
			t.Errorf("a version classed it as direct, and the profile says %+v", got)
		}
	})
}

func TestSample(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i := world(t, d)
		user := must(d.SignIn(ctx, "demo", "ola", "Ola", start))
		other := must(d.SignIn(ctx, "demo", "kari", "Kari", start))
		_, err := d.OwnSample(ctx, i.ID, user.ID)
		want(t, err, store.NotFound, "sample.not_found")
		want(t, d.DropSample(ctx, i.ID, user.ID, ola), store.NotFound, "sample.not_found")

		s := &store.Sample{ID: "en", IntegrationID: i.ID, UserID: user.ID, Format: store.SampleCSV, Bytes: 7}
		ok(t, d.AddSample(ctx, s, ola))
		same(t, must(d.OwnSample(ctx, i.ID, user.ID)), s)
		same(t, s.Until, start.Add(24*time.Hour))
		_, err = d.OwnSample(ctx, i.ID, other.ID)
		want(t, err, store.NotFound, "sample.not_found")

		next := &store.Sample{ID: "to", IntegrationID: i.ID, UserID: user.ID, Format: store.SampleXLSX, Bytes: 8}
		ok(t, d.AddSample(ctx, next, ola)) // in place of the first
		same(t, must(d.Samples(ctx)), []store.Sample{*next})
		same(t, len(must(d.SpentSamples(ctx))), 0)

		e.clock.Advance(store.SampleLife)
		_, err = d.OwnSample(ctx, i.ID, user.ID)
		want(t, err, store.NotFound, "sample.not_found") // before any chore has come
		same(t, must(d.SpentSamples(ctx)), []store.Sample{*next})
		ok(t, d.ExpireSample(ctx, next.ID, store.SystemActor()))
		ok(t, d.ExpireSample(ctx, next.ID, store.SystemActor()))
		same(t, len(must(d.Samples(ctx))), 0)

		mine := &store.Sample{ID: "tre", IntegrationID: i.ID, UserID: other.ID, Format: store.SampleCSV}
		ok(t, d.AddSample(ctx, mine, ola))
		ok(t, d.BlockUser(ctx, other.ID, "mistet kortet", siri))
		same(t, must(d.SpentSamples(ctx)), []store.Sample{*mine})
		want(t, d.AddSample(ctx, &store.Sample{ID: "fire", IntegrationID: "nei", UserID: user.ID}, ola), store.NotFound,
			"integration.not_found")
	})
}
