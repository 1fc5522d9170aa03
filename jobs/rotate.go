package jobs

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"samband/store"
	"samband/store/secrets"
)

// keyRequested is the setting that holds a request for a new version of the vault's key.
const keyRequested = "keys.requested"

// Keys lists the master keys, each version by its own, and who has asked for a new version of the vault's; nil: nobody.
func (j *Jobs) Keys(ctx context.Context) (list []store.MasterKey, asked *store.KeyRequest, err error) {
	use, err := j.vault.KeyUse(ctx)
	if err != nil {
		return nil, nil, err
	}
	persons := map[int]int64{}
	for _, u := range use {
		persons[u.Version] = u.Persons
	}
	rows, err := j.rowsByVersion(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range secrets.Names {
		for _, v := range j.keys.Versions(name) {
			k := store.MasterKey{ID: secrets.VersionName(name, v), Name: name, Version: v, Current: v == 1}
			if k.Rotates() {
				k.Current, k.Persons, k.Rows = v == j.ring.Current(), persons[v], rows[v]
			}
			if k.Made, err = j.keys.Made(k.ID); err != nil {
				return nil, nil, err
			}
			print, err := j.printOf(k.ID)
			if err != nil {
				return nil, nil, err
			}
			if k.Copied, err = j.keysKnown(ctx, print); err != nil {
				return nil, nil, err
			}
			list = append(list, k)
		}
	}
	asked, err = j.keyRequest(ctx)
	return list, asked, err
}

// rowsByVersion counts the rows in quarantine by the version of the vault's key that seals them.
func (j *Jobs) rowsByVersion(ctx context.Context) (map[int]int64, error) {
	rows := map[int]int64{}
	list, err := j.DB.Registries(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range list {
		if there, err := j.hasRegistry(g.ID); err != nil || !there {
			continue // nothing was loaded into it yet
		}
		d, err := j.registry(ctx, g.ID)
		if err != nil {
			return nil, err
		}
		of, err := d.SealedBy(ctx)
		if err != nil {
			return nil, err
		}
		for v, n := range of {
			rows[v] += n
		}
	}
	return rows, nil
}

// keyRequest gives the request that stands, nil when none does.
func (j *Jobs) keyRequest(ctx context.Context) (*store.KeyRequest, error) {
	text, err := j.DB.Setting(ctx, keyRequested)
	if err != nil || text == "" {
		return nil, err
	}
	q := &store.KeyRequest{}
	if err := json.Unmarshal([]byte(text), q); err != nil {
		return nil, store.Wrap(err, store.Internal, "internal", nil)
	}
	if !q.Stands(j.Clock.Now()) {
		return nil, nil
	}
	return q, nil
}

// RequestKey asks for a new version of the vault's key. Nothing happens until somebody else says yes.
func (j *Jobs) RequestKey(ctx context.Context, by store.Actor) error {
	b, err := json.Marshal(store.KeyRequest{By: by.UserID, Name: by.Name, At: j.Clock.Now().UTC()})
	if err != nil {
		return store.Wrap(err, store.Internal, "internal", nil)
	}
	return j.DB.PutSetting(ctx, keyRequested, string(b), by)
}

// ConfirmKey says yes to a request: the new version is made, and the data keys are wrapped anew while work goes on.
func (j *Jobs) ConfirmKey(ctx context.Context, by store.Actor) error {
	q, err := j.keyRequest(ctx)
	if err != nil {
		return err
	}
	if err := q.Confirm(by, j.Clock.Now()); err != nil {
		return err
	}
	if _, err := j.MakeKeyVersion(ctx, store.Args{"asked_by": q.By}, by); err != nil {
		return err
	}
	if err := j.DB.PutSetting(ctx, keyRequested, "", store.SystemActor()); err != nil {
		return err
	}
	j.done.Go(func() {
		if _, err := j.Rewrap(j.life()); err != nil && j.life().Err() == nil { // the chore goes on with it
			j.Log.Error("the data keys of persons are not all wrapped anew", "error", err)
		}
	})
	return nil
}

// MakeKeyVersion makes the next version of the vault's key, and uses it from now on. The older ones stay.
func (j *Jobs) MakeKeyVersion(ctx context.Context, details store.Args, by store.Actor) (version int, err error) {
	err = j.DB.Alone(ctx, "keys", func() error {
		newest, err := j.takeVersions(ctx)
		if err != nil {
			return err
		}
		version = newest + 1
		name := secrets.VersionName(secrets.VaultKey, version)
		key, err := j.keys.MakeVersion(secrets.VaultKey, version)
		if err != nil {
			return err
		}
		if err := j.noteKey(ctx, name, "", key); err != nil {
			return err
		}
		return j.DB.Record(ctx, store.AuditEntry{Action: "key.make", Kind: "key", Object: name, Details: details}, by)
	})
	if err == nil {
		j.ring.Use(version)
	}
	return version, err
}

// Rewrap wraps the data keys of persons that an older version of the vault's key wraps with the current one, while work goes
// on, and tells how many. It can be stopped at any moment and asked again.
func (j *Jobs) Rewrap(ctx context.Context) (int64, error) { return j.vault.Rewrap(ctx) }

// dueRewrap uses versions of the vault's key that another process made, and goes on with wrapping anew what was not finished,
// or what loads have added that began before.
func (j *Jobs) dueRewrap(ctx context.Context) error {
	version, err := j.takeVersions(ctx)
	if err != nil {
		return err
	}
	j.ring.Use(version)
	if version == 1 {
		return nil
	}
	n, err := j.Rewrap(ctx)
	if n > 0 {
		j.Log.Info("data keys of persons are wrapped anew", "n", n, "version", version)
	}
	return err
}

// RetireKey destroys a version of the vault's key that is no longer used. What only it opens nobody opens after that but with a
// copy of it: backups from before the rotation. Refused "vault.key_in_use" and "key.quarantine" while anything here needs it.
func (j *Jobs) RetireKey(ctx context.Context, version int, by store.Actor) error {
	name := secrets.VersionName(secrets.VaultKey, version)
	if version < 1 || version > j.ring.Current() {
		return store.E(store.NotFound, "key.unknown", store.Args{"key": name})
	}
	rows, err := j.rowsByVersion(ctx)
	if err != nil {
		return err
	}
	if rows[version] > 0 {
		return store.E(store.Refused, "key.quarantine", store.Args{"version": version, "rows": rows[version]})
	}
	if err := j.vault.Release(ctx, version); err != nil {
		return err
	}
	if err := j.DB.PutSetting(ctx, keyNote+name, keyRetired, store.SystemActor()); err != nil {
		return err
	}
	if err := j.keys.Remove(name); err != nil {
		return err
	}
	return j.DB.Record(ctx, store.AuditEntry{Action: "key.retire", Kind: "key", Object: name}, by)
}

// oldKey is how old the vault's key may become: it is to get a new version once a year.
const oldKey = 400 * 24 * time.Hour

// vaultKeyHealth tells which version of the vault's key is in use and how many days old it is. Every version that wraps data
// keys of persons, or seals rows in quarantine, must be there.
func (j *Jobs) vaultKeyHealth(ctx context.Context) (version, days int, err error) {
	version = j.ring.Current()
	need, err := j.rowsByVersion(ctx)
	if err != nil {
		return version, 0, err
	}
	use, err := j.vault.KeyUse(ctx)
	if err != nil {
		return version, 0, err
	}
	for _, u := range use {
		need[u.Version] += u.Persons
	}
	there := j.keys.Versions(secrets.VaultKey)
	for _, v := range slices.Sorted(maps.Keys(need)) {
		if !slices.Contains(there, v) {
			return version, 0, store.E(store.Unavailable, "vault.key_version", store.Args{"version": v})
		}
	}
	made, err := j.keys.Made(secrets.VersionName(secrets.VaultKey, version))
	if err != nil || made.IsZero() { // what comes from the environment has no age
		return version, 0, err
	}
	age := j.Clock.Now().Sub(made)
	days = max(0, int(age.Hours()/24))
	if age > oldKey && !j.Demo {
		err = store.E(store.Unavailable, "key.old", store.Args{"days": days})
	}
	return version, days, err
}
