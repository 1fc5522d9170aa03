package storetest_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"samband/store"
	"samband/store/db"
)

// kept describes a kind of thing that is created, replaced and removed with a version, so that one test does for all.
type kept[T any] struct {
	fixture func() *T
	version func(*T) *int
	rename  func(*T, string)
	id      func(*T) string
	get     func(context.Context, string) (*T, error)
	list    func(context.Context) ([]T, error)
	create  func(context.Context, *T, store.Actor) error
	update  func(context.Context, *T, store.Actor) error
	remove  func(context.Context, string, int, store.Actor) error // nil: is never removed
	none    store.Code
	empty   []string // members that the fixture need not fill
}

func (k kept[T]) test(t *testing.T, d *db.DB) {
	ctx := t.Context()
	v := k.fixture()
	filled(t, v, append(k.empty, "Version", "Revision")...)
	_, err := k.get(ctx, k.id(v))
	want(t, err, store.NotFound, k.none)
	*k.version(v) = 7 // is set, not taken
	ok(t, k.create(ctx, v, ola))
	if *k.version(v) != 1 {
		t.Fatalf("version is %d after create", *k.version(v))
	}
	same(t, must(k.get(ctx, k.id(v))), v)
	same(t, must(k.list(ctx)), []T{*v})
	want(t, k.create(ctx, k.fixture(), ola), store.Conflict, "db.exists")

	entries := len(audited(t, d))
	ok(t, k.update(ctx, v, ola)) // nothing differs
	if n := len(audited(t, d)); n != entries || *k.version(v) != 1 {
		t.Fatalf("an update without a difference wrote: %d entries, version %d", n-entries, *k.version(v))
	}
	first, second := must(k.get(ctx, k.id(v))), must(k.get(ctx, k.id(v)))
	k.rename(first, "Nytt navn")
	k.rename(second, "Et annet navn")
	ok(t, k.update(ctx, first, ola))
	if *k.version(first) != 2 {
		t.Fatalf("version is %d after update", *k.version(first))
	}
	want(t, k.update(ctx, second, ola), store.Conflict, "db.changed")
	if *k.version(second) != 1 {
		t.Fatal("a refused update changed the version of the caller's value")
	}
	same(t, must(k.get(ctx, k.id(v))), first)
	last := audited(t, d)[0]
	same(t, last.Details["changed"], []string{"name"})

	other := k.fixture()
	*k.version(other) = 1
	k.rename(other, "")
	want(t, k.update(ctx, other, ola), store.Invalid, "field.required")
	if k.remove == nil {
		return
	}
	want(t, k.remove(ctx, k.id(v), 1, ola), store.Conflict, "db.changed")
	ok(t, k.remove(ctx, k.id(v), 2, ola))
	_, err = k.get(ctx, k.id(v))
	want(t, err, store.NotFound, k.none)
	want(t, k.update(ctx, first, ola), store.NotFound, k.none)
	want(t, k.remove(ctx, k.id(v), 2, ola), store.NotFound, k.none)
	ok(t, k.create(ctx, v, ola)) // for what refers to it
}

func TestCatalogue(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		kept[store.Solution]{fixture: solution, version: func(v *store.Solution) *int { return &v.Version },
			rename: func(v *store.Solution, s string) { v.Name = s }, id: func(v *store.Solution) string { return v.ID },
			get: d.Solution, list: d.Solutions, create: d.CreateSolution, update: d.UpdateSolution, remove: d.DeleteSolution,
			none: "solution.not_found"}.test(t, d)
		kept[store.System]{fixture: system, version: func(v *store.System) *int { return &v.Version },
			rename: func(v *store.System, s string) { v.Name = s }, id: func(v *store.System) string { return v.ID },
			get: d.System, list: d.Systems, create: d.CreateSystem, update: d.UpdateSystem, remove: d.DeleteSystem,
			none: "system.not_found"}.test(t, d)
		kept[store.Method]{fixture: method, version: func(v *store.Method) *int { return &v.Version },
			rename: func(v *store.Method, s string) { v.Name = s }, id: func(v *store.Method) string { return v.ID },
			get: d.Method, list: func(ctx context.Context) ([]store.Method, error) { return d.Methods(ctx, "rdap") },
			create: d.CreateMethod, update: d.UpdateMethod, remove: d.DeleteMethod, none: "method.not_found"}.test(t, d)
		kept[store.Connection]{fixture: connection, version: func(v *store.Connection) *int { return &v.Version },
			rename: func(v *store.Connection, s string) { v.Name = s }, id: func(v *store.Connection) string { return v.ID },
			get: d.Connection, list: func(ctx context.Context) ([]store.Connection, error) { return d.Connections(ctx, "") },
			create: d.CreateConnection, update: d.UpdateConnection, remove: d.DeleteConnection,
			none: "connection.not_found"}.test(t, d)
		kept[store.Registry]{fixture: registry, version: func(v *store.Registry) *int { return &v.Version },
			rename: func(v *store.Registry, s string) { v.Name = s }, id: func(v *store.Registry) string { return v.ID },
			get: d.Registry, list: d.Registries, create: d.CreateRegistry, update: d.UpdateRegistry, remove: d.DeleteRegistry,
			none: "registry.not_found"}.test(t, d)
		ok(t, d.SaveCodebook(ctx, codebook(), ola))
		ok(t, d.CreateRiskAssessment(ctx, ros(), ola))
		ok(t, d.CreateSolutionDesign(ctx, ld(), ola))
		kept[store.Integration]{fixture: integration, version: func(v *store.Integration) *int { return &v.Version },
			rename: func(v *store.Integration, s string) { v.Name = s }, id: func(v *store.Integration) string { return v.ID },
			get: d.Integration, create: d.CreateIntegration, update: d.UpdateIntegration, remove: d.DeleteIntegration,
			list: func(ctx context.Context) ([]store.Integration, error) {
				return d.Integrations(ctx, db.IntegrationFilter{RegistryID: "hjerte", SystemID: "rdap", MethodID: "rdap-files",
					ConnectionID: "rdap-prod", ROS: store.Ref{ID: "ros-2026-7", Version: 1}, LD: store.Ref{ID: "ld-7", Version: 2}})
			},
			none: "integration.not_found", empty: []string{"MappingNo"}}.test(t, d)

		// What is referred to stays, and what is referred to must be there.
		for name, err := range map[string]error{
			"solution":   d.DeleteSolution(ctx, "ereg", 1, ola),
			"system":     d.DeleteSystem(ctx, "rdap", 1, ola),
			"method":     d.DeleteMethod(ctx, "rdap-files", 1, ola),
			"connection": d.DeleteConnection(ctx, "rdap-prod", 1, ola),
			"registry":   d.DeleteRegistry(ctx, "hjerte", 1, ola),
		} {
			if store.CodeOf(err) != "db.in_use" {
				t.Errorf("deleting the %s in use gives %v", name, err)
			}
		}
		m := method()
		m.ID, m.SystemID = "ny", "finnes-ikke"
		want(t, d.CreateMethod(ctx, m, ola), store.Invalid, "db.reference")
		i := must(d.Integration(ctx, "hjerte-rdap"))
		i.ROS.Version = 9
		want(t, d.UpdateIntegration(ctx, i, ola), store.Invalid, "db.reference")
		i = must(d.Integration(ctx, "hjerte-rdap"))
		i.RegistryID = "et-annet"
		want(t, d.UpdateIntegration(ctx, i, ola), store.Invalid, "integration.other_registry")

		// References that are left out come back as left out.
		bare := &store.Integration{ID: "bar", RegistryID: "hjerte", MethodID: "rdap-files", Name: "Bar",
			Sensitivity: store.Sensitive}
		ok(t, d.CreateIntegration(ctx, bare, ola))
		if bare.State != store.IntCandidate {
			t.Fatalf("a new integration is %s", bare.State)
		}
		same(t, must(d.Integration(ctx, "bar")), bare)
	})
}

func TestIntegrationStates(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		for _, s := range store.IntegrationStates {
			i := integration()
			i.ID, i.State, i.Demo = "i-"+strings.ReplaceAll(string(s), "_", "-"), s, false
			err := d.CreateIntegration(ctx, i, ola)
			switch s {
			case store.IntCandidate, store.IntInAnalysis, store.IntInAssessment:
				ok(t, err)
			default:
				want(t, err, store.Conflict, "integration.transition")
			}
		}
		i := integration()
		i.ID, i.State, i.Demo = "steg", "", false
		ok(t, d.CreateIntegration(ctx, i, ola))
		move := func(to store.IntegrationState) error {
			return d.MoveIntegration(ctx, i.ID, must(d.Integration(ctx, i.ID)).Version, to, "fordi", ola)
		}
		want(t, move(store.IntInOperation), store.Conflict, "integration.transition")
		ok(t, move(store.IntInAnalysis))
		ok(t, move(store.IntInAssessment))
		want(t, move(store.IntApproved), store.Conflict, "integration.transition") // is for DecideApproval
		want(t, d.MoveIntegration(ctx, i.ID, 1, store.IntEnded, "", ola), store.Conflict, "db.changed")
		ok(t, move(store.IntEnded))
		now := must(d.Integration(ctx, i.ID))
		if now.State != store.IntEnded || now.Version != 4 {
			t.Fatalf("state %s, version %d", now.State, now.Version)
		}
		// An update doesn't move it, whatever the form says.
		now.State, now.MappingNo, now.Name = store.IntInOperation, 9, "Nytt navn"
		ok(t, d.UpdateIntegration(ctx, now, ola))
		if got := must(d.Integration(ctx, i.ID)); got.State != store.IntEnded || got.MappingNo != 0 {
			t.Fatalf("update moved it to %s, mapping %d", got.State, got.MappingNo)
		}
	})
}

func TestAssessments(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		r := ros()
		filled(t, r, "Revision", "ReplacedBy", "Withdrawal")
		r.State, r.Demo = store.ROSDraft, false
		ok(t, d.CreateRiskAssessment(ctx, r, ola))
		same(t, must(d.RiskAssessment(ctx, store.Ref{ID: r.ID, Version: 1})), r)
		want(t, d.CreateRiskAssessment(ctx, ros(), ola), store.Conflict, "db.exists")
		stale := *r
		r.State = store.ROSAccepted
		want(t, d.UpdateRiskAssessment(ctx, r, ola), store.Conflict, "ros.transition")
		r.State, r.Title = store.ROSPerformed, "Ny tittel"
		ok(t, d.UpdateRiskAssessment(ctx, r, ola))
		stale.Title = "Enda en"
		want(t, d.UpdateRiskAssessment(ctx, &stale, ola), store.Conflict, "db.changed")
		r.State, r.ValidTo = store.ROSAccepted, "2027-06-30"
		ok(t, d.UpdateRiskAssessment(ctx, r, siri))
		same(t, must(d.RiskAssessment(ctx, store.Ref{ID: r.ID, Version: 1})), r)
		r.ValidTo = "2040-01-01"
		want(t, d.UpdateRiskAssessment(ctx, r, ola), store.Conflict, "ros.decided")
		r.ValidTo, r.State = "2027-06-30", store.ROSWithdrawn
		want(t, d.UpdateRiskAssessment(ctx, r, siri), store.Invalid, "field.required")
		r.Withdrawal = store.Remark{By: "Siri", On: "2026-11-23", Reason: "Feil grunnlag"}
		ok(t, d.UpdateRiskAssessment(ctx, r, siri))
		same(t, must(d.RiskAssessment(ctx, r.Ref())), r)
		r.Withdrawal.Reason = "Noe annet"
		want(t, d.UpdateRiskAssessment(ctx, r, siri), store.Conflict, "ros.decided")
		newer := ros()
		newer.Version = 2
		ok(t, d.CreateRiskAssessment(ctx, newer, ola))
		if list := must(d.RiskAssessments(ctx)); len(list) != 2 || list[0].Version != 2 {
			t.Fatalf("%+v", list)
		}
		_, err := d.RiskAssessment(ctx, store.Ref{ID: r.ID, Version: 3})
		want(t, err, store.NotFound, "ros.not_found")

		l := ld()
		filled(t, l, "Revision", "ReplacedBy", "Returned")
		l.State, l.Demo = store.LDDraft, false
		ok(t, d.CreateSolutionDesign(ctx, l, ola))
		same(t, must(d.SolutionDesign(ctx, store.Ref{ID: l.ID, Version: 2})), l)
		want(t, d.CreateSolutionDesign(ctx, ld(), ola), store.Conflict, "db.exists")
		l.State = store.LDApproved
		want(t, d.UpdateSolutionDesign(ctx, l, ola), store.Conflict, "ld.transition")
		l.State = store.LDInReview
		ok(t, d.UpdateSolutionDesign(ctx, l, ola))
		l.Decide(store.LDDraft, store.Ruling{By: "Siri", On: "2026-11-23"})
		want(t, d.UpdateSolutionDesign(ctx, l, siri), store.Invalid, "field.required")
		l.Returned.Reason = "Mangler lagring"
		ok(t, d.UpdateSolutionDesign(ctx, l, siri))
		l.State = store.LDInReview
		ok(t, d.UpdateSolutionDesign(ctx, l, ola))
		same(t, must(d.SolutionDesign(ctx, l.Ref())), l)
		l.State = store.LDApproved
		ok(t, d.UpdateSolutionDesign(ctx, l, siri))
		l.Overview = "Noe annet"
		want(t, d.UpdateSolutionDesign(ctx, l, ola), store.Conflict, "ld.decided")
		if list := must(d.SolutionDesigns(ctx)); len(list) != 1 || list[0].State != store.LDApproved {
			t.Fatalf("%+v", list)
		}
	})
}

func TestCodebooks(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		got := must(d.Codebook(ctx, "hjerte-kodebok", 0))
		expect := codebook()
		expect.CreatedBy, expect.CreatedAt = ola.UserID, start
		same(t, got, expect)
		again := codebook()
		ok(t, d.SaveCodebook(ctx, again, siri)) // the same: stays as it was
		same(t, again, expect)
		differs := codebook()
		differs.Title = "En annen tittel"
		want(t, d.SaveCodebook(ctx, differs, ola), store.Conflict, "db.changed")
		differs.Version = 5 // need not be the next one
		ok(t, d.SaveCodebook(ctx, differs, siri))
		same(t, must(d.Codebook(ctx, "hjerte-kodebok", 0)), differs)
		same(t, must(d.Codebook(ctx, "hjerte-kodebok", 1)), expect)
		same(t, must(d.CodebookVersions(ctx, "hjerte-kodebok")), []store.Codebook{*differs, *expect})
		same(t, must(d.Codebooks(ctx, "hjerte")), []store.Codebook{*differs})
		if n := len(must(d.Codebooks(ctx, "et-annet"))); n != 0 {
			t.Fatal(n)
		}
		differs.Version, differs.RegistryID = 6, "et-annet"
		want(t, d.SaveCodebook(ctx, differs, ola), store.Invalid, "codebook.other_registry")
		_, err := d.Codebook(ctx, "hjerte-kodebok", 2)
		want(t, err, store.NotFound, "codebook.not_found")
		differs.Key = nil
		want(t, d.SaveCodebook(ctx, differs, ola), store.Invalid, "codebook.no_key")
	})
}

func TestMappings(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		expect := mapping()
		expect.CreatedBy, expect.CreatedAt = ola.UserID, start
		same(t, must(d.MappingVersion(ctx, i.ID, 1)), expect)
		if i.MappingNo != 1 {
			t.Fatalf("mapping %d is in use", i.MappingNo)
		}
		want(t, d.SaveMapping(ctx, mapping(), siri), store.Conflict, "db.changed") // No 1 is there
		second := mapping()
		second.No, second.Message = 2, "Andre utgave"
		ok(t, d.SaveMapping(ctx, second, siri))
		if second.CreatedBy != siri.UserID || !second.CreatedAt.Equal(start) {
			t.Fatalf("%+v", second)
		}
		same(t, must(d.MappingVersion(ctx, i.ID, 0)), second)
		same(t, must(d.MappingVersions(ctx, i.ID)), []store.MappingVersion{*second, *expect})
		if n := must(d.Integration(ctx, i.ID)).MappingNo; n != 1 {
			t.Fatalf("saving put mapping %d in use", n)
		}
		want(t, d.UseMapping(ctx, i.ID, i.Version+1, 2, ola), store.Conflict, "db.changed")
		want(t, d.UseMapping(ctx, i.ID, i.Version, 3, ola), store.NotFound, "mapping.not_found")
		ok(t, d.UseMapping(ctx, i.ID, i.Version, 2, ola))
		if got := must(d.Integration(ctx, i.ID)); got.MappingNo != 2 || got.Version != i.Version+1 {
			t.Fatalf("%+v", got)
		}
		broken := mapping()
		broken.No, broken.Mapping.Rules = 3, nil
		want(t, d.SaveMapping(ctx, broken, ola), store.Invalid, "mapping.key_unmapped")
		g := registry()
		g.ID = "et-annet"
		ok(t, d.CreateRegistry(ctx, g, ola))
		c := codebook()
		c.ID, c.RegistryID = "et-annet-kodebok", "et-annet"
		ok(t, d.SaveCodebook(ctx, c, ola))
		foreign := mapping()
		foreign.No, foreign.CodebookID = 3, c.ID
		want(t, d.SaveMapping(ctx, foreign, ola), store.Invalid, "codebook.other_registry")
	})
}

func TestPublicCatalogue(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		for _, id := range []string{"a-solution", "z-solution"} {
			s := solution()
			s.ID = id
			ok(t, d.CreateSolution(ctx, s, ola))
		}
		ended := integration()
		ended.ID, ended.State = "ended", store.IntEnded
		ok(t, d.CreateIntegration(ctx, ended, ola))
		bare := &store.Integration{ID: "bar", RegistryID: "hjerte", MethodID: "rdap-files", Name: "Bar",
			Sensitivity: store.Sensitive}
		ok(t, d.CreateIntegration(ctx, bare, ola))

		c := must(d.Catalogue(ctx))
		if len(c.Solutions) != 3 || c.Solutions[0].ID != "a-solution" || len(c.Systems) != 1 {
			t.Fatalf("%+v", c)
		}
		expect := store.CatalogueEntry{IntegrationID: i.ID, Name: i.Name, RegistryID: "hjerte", RegistryName: "Hjertekirurgi",
			SolutionID: "ereg", SystemID: "rdap", MethodID: "rdap-files", Direction: store.Inbound, Sensitivity: store.Sensitive, State: store.IntApproved,
			ROS: i.ROS, ROSState: store.ROSAccepted, ROSValidTo: "2027-02-01", LD: i.LD, LDState: store.LDApproved,
			LDValidTo: "2027-02-02", Demo: true}
		same(t, c.Entries, []store.CatalogueEntry{
			{IntegrationID: "bar", Name: "Bar", RegistryID: "hjerte", RegistryName: "Hjertekirurgi", SolutionID: "ereg",
				SystemID: "rdap", MethodID: "rdap-files", Direction: store.Inbound, Sensitivity: store.Sensitive,
				State: store.IntCandidate},
			expect})

		// The approval that holds is shown, also when a newer one is on its way.
		a := &store.Approval{IntegrationID: i.ID, Scope: []byte("{}"), ROS: i.ROS, LD: i.LD, MappingNo: 1,
			ValidTo: "2027-01-31"}
		ok(t, d.RegisterDemoApproval(ctx, a, store.SystemActor()))
		e.clock.Advance(1e9)
		ok(t, d.SubmitApproval(ctx, &store.Approval{IntegrationID: i.ID, Scope: []byte("[]"), MappingNo: 1}, ola))
		expect.Approval, expect.ApprovedOn, expect.ApprovedTo = store.AppApproved, store.DateOf(start), "2027-01-31"
		same(t, must(d.Catalogue(ctx)).Entries[1], expect)
		_, err := d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppRevoked}, siri)
		ok(t, err)
		got := must(d.Catalogue(ctx)).Entries[1]
		if got.Approval != store.AppSubmitted || got.ApprovedTo != "" || got.State != store.IntSuspended {
			t.Fatalf("%+v", got)
		}
	})
}

// TestCatalogueRevision: whatever changes what the catalogue shows, changes its revision.
func TestCatalogueRevision(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		s := &scene{}
		was, rev := must(d.Catalogue(ctx)), must(d.CatalogueRevision(ctx))
		quiet := 0
		for _, a := range acts {
			ok(t, a.do(ctx, d, s))
			is, next := must(d.Catalogue(ctx)), must(d.CatalogueRevision(ctx))
			if next == rev {
				quiet++
				same(t, is, was)
			}
			was, rev = is, next
		}
		if quiet == 0 {
			t.Error("everything counts as a change of the catalogue")
		}
	})
}

// BenchmarkCatalogueTag weighs the two ways to tell that nothing has changed, with 40 integrations in 8 registries.
func BenchmarkCatalogueTag(b *testing.B) {
	e := &engine{db.Options{Path: filepath.Join(b.TempDir(), "portal.db"), Clock: store.NewFakeClock(start),
		IDs: store.RandomIDs{}}, nil}
	d := many(b, e, 1)
	b.Run("revision", func(b *testing.B) {
		for b.Loop() {
			must(d.CatalogueRevision(b.Context()))
		}
	})
	b.Run("hash of the rows", func(b *testing.B) {
		for b.Loop() {
			must(json.Marshal(must(d.Catalogue(b.Context()))))
		}
	})
}
