package jobs

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"samband/jobs/connector"
	"samband/store"
)

// loseLoads holds the ledger against the registries, and notes on the runs whose loads are not there that they are lost: a
// registry was put back from before them.
func (j *Jobs) loseLoads(ctx context.Context, by store.Actor) error {
	list, err := j.DB.Registries(ctx)
	if err != nil {
		return err
	}
	for _, g := range list {
		brought, err := j.DB.BroughtRuns(ctx, g.ID)
		if err != nil {
			return err
		}
		if len(brought) == 0 {
			continue
		}
		there, err := j.loads(ctx, g.ID)
		if err != nil { // that is said where it is used
			j.Log.Error("a registry can't be held against the ledger", "registry", g.ID, "error", err)
			continue
		}
		lost := slices.DeleteFunc(brought, func(r store.Run) bool { return there[r.No] })
		if len(lost) == 0 {
			continue
		}
		if err := j.DB.LoseLoads(ctx, g.ID, lost, by); err != nil {
			return err
		}
	}
	return nil
}

func (j *Jobs) loads(ctx context.Context, registry string) (map[int64]bool, error) {
	d, err := j.registry(ctx, registry)
	if err != nil {
		return nil, err
	}
	return d.Loads(ctx)
}

// Lacking tells for each integration what the registries lost and nobody has brought back, by the integration's id.
func (j *Jobs) Lacking(ctx context.Context) ([]store.Lacking, error) {
	runs, err := j.DB.LostLoads(ctx)
	if err != nil {
		return nil, err
	}
	by := map[string]*store.Lacking{}
	for _, r := range runs {
		l := by[r.IntegrationID]
		if l == nil {
			l = &store.Lacking{IntegrationID: r.IntegrationID, RegistryID: r.RegistryID}
			by[r.IntegrationID] = l
		}
		l.Runs++
		l.Rows += r.Counts.Loaded
		day := store.DateOf(r.When())
		of := store.Period{From: day, To: day}
		src, err := j.sourceOf(ctx, &r)
		if err != nil {
			return nil, err
		}
		if dated, ok := src.(connector.Dated); ok {
			if named, ok := dated.Period(r.Delivery.Name); ok {
				of = named
			}
		}
		if l.Days.From == "" || of.From.Before(l.Days.From) {
			l.Days.From = of.From
		}
		if l.Days.To.Before(of.To) {
			l.Days.To = of.To
		}
	}
	var list []store.Lacking
	for _, l := range slices.SortedFunc(maps.Values(by), func(a, b *store.Lacking) int {
		return cmp.Compare(a.IntegrationID, b.IntegrationID)
	}) {
		list = append(list, *l)
	}
	return list, nil
}
