package jobs

import (
	"context"

	"samband/store"
	"samband/store/vault"
)

// EraseReasons are the codes that say why a person was erased, as tombstones have them.
const (
	EraseWithdrawn = "withdrawn" // consent withdrawn
	EraseReserved  = "reserved"  // reserved against the registry
	EraseOther     = "other"     // decided by people, with the reason in the log
)

// ErasePersons erases persons from a registry's part of the vault, under every number they have there: their data key is
// destroyed, their pseudonym is nobody's, and a tombstone outside the databases sees to it that no backup brings them back. What
// the registry itself holds of them has to be gone before: nothing leads there afterwards. It tells of how many the vault
// had anything, and can be asked again when it fails.
func (j *Jobs) ErasePersons(ctx context.Context, registry string, persons []vault.Index, why string, by store.Actor) (n int64, err error) {
	var list []vault.Tombstone
	seen := map[vault.Index]bool{}
	for _, p := range persons {
		same, err := j.vault.Same(ctx, registry, p)
		if err != nil {
			return 0, err
		}
		for _, i := range same {
			if !seen[i] {
				seen[i] = true
				list = append(list, vault.Tombstone{Registry: registry, Person: i, At: j.Clock.Now(), Why: why})
			}
		}
	}
	if len(list) == 0 {
		return 0, nil
	}
	if err := j.withMark(ctx, func() error { return j.graves.Add(list) }); err != nil {
		return 0, err
	}
	if n, err = j.vault.Bury(ctx, list); err != nil {
		return n, err
	}
	if err := j.renewPersonKeys(ctx); err != nil { // the next backup does it
		j.Log.Warn("the copy of the persons' keys beside the backups still has those who were erased", "error", err)
	}
	return n, j.DB.Record(ctx, store.AuditEntry{Action: "vault.erase", Kind: "vault", Object: registry, Registry: registry,
		Details: store.Args{"n": n, "why": why}}, by)
}

// rebury holds the vault against the tombstones outside: who was erased stays so, whatever was put back. Tombstones that only
// the vault has are written outside again. now gets the number of the newest.
func (j *Jobs) rebury(ctx context.Context, now *store.Mark) error {
	outside, err := j.graves.All()
	if err != nil {
		return err
	}
	missing, err := j.vault.Tombstones(ctx, int64(len(outside)))
	if err != nil {
		return err
	}
	now.Tombstones = int64(len(outside) + len(missing))
	if now.Tombstones < j.mark.last.Tombstones {
		return store.E(store.Refused, "mark.tombstones", store.Args{"path": j.mark.folder.Path})
	}
	if len(missing) > 0 {
		if err := j.graves.Add(missing); err != nil {
			return err
		}
		j.Log.Warn("the file of tombstones lacked some; they are written again from the vault", "folder", j.mark.folder.Path, "n", len(missing))
	}
	n, err := j.vault.Bury(ctx, outside)
	if n > 0 {
		j.Log.Warn("persons that a backup brought back are erased again", "n", n)
	}
	return err
}

// settleGraves makes the file of tombstones anew from what the vault has, when it was damaged or lacks some and somebody has
// said that work goes on from there.
func (j *Jobs) settleGraves(ctx context.Context) error {
	var now store.Mark
	err := j.rebury(ctx, &now)
	if store.CodeOf(err) != "mark.tombstones" {
		return err
	}
	if now.Tombstones == 0 { // it could not be read
		if err := j.graves.SetAside(j.Clock.Now()); err != nil {
			return err
		}
	}
	j.mark.last.Tombstones = 0
	return j.rebury(ctx, &now)
}

// gravesHealth tells how many tombstones there are outside the databases, and whether they are what was written.
func (j *Jobs) gravesHealth() (int64, error) {
	list, err := j.graves.All()
	n := int64(len(list))
	if err == nil && n < j.lastTombstone() {
		err = store.E(store.Refused, "mark.tombstones", store.Args{"path": j.mark.folder.Path})
	}
	return n, err
}

// lastTombstone is how many the mark that was written last has.
func (j *Jobs) lastTombstone() int64 {
	j.mark.mu.Lock()
	defer j.mark.mu.Unlock()
	return j.mark.last.Tombstones
}
