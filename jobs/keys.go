package jobs

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"samband/store"
	"samband/store/secrets"
)

// readKeys refuses master keys that can't be used, before anything is opened. One that is missing is no fault yet.
func (j *Jobs) readKeys() error {
	for _, name := range secrets.Names {
		for _, v := range append(j.keys.Versions(name), 1) {
			if _, _, err := j.keys.Key(secrets.VersionName(name, v), false); err != nil && store.CodeOf(err) != "key.missing" {
				return err
			}
		}
	}
	return nil
}

// takeKeys gives the master keys by name, and the version of the vault's that seals. What one of them has sealed or signed
// another doesn't open, or takes for forged: the first that are used are noted in the database, and all others refused. One
// that is missing is made when create is set, but in the place of one that is noted only when the operator says that it is
// lost: what it sealed nobody opens then.
func (j *Jobs) takeKeys(ctx context.Context, create bool) (keys map[string][]byte, version int, err error) {
	keys = make(map[string][]byte, len(secrets.Names))
	return keys, version, j.DB.Alone(ctx, "keys", func() error {
		for _, name := range secrets.Names {
			noted, err := j.DB.Setting(ctx, keyNote+name)
			if err != nil {
				return err
			}
			if noted == keyRetired {
				continue
			}
			if name != secrets.VaultKey && j.keys.Lost(name) { // without its key the vault says nothing of anybody
				noted = ""
			}
			key, made, err := j.keys.Key(name, create && noted == "")
			if err != nil {
				return err
			}
			if made {
				j.Log.Warn("a master key was made; keep a copy of it apart from the backups", "key", name, "folder", j.keys.Dir)
			}
			if err := j.noteKey(ctx, name, noted, key); err != nil {
				return err
			}
			keys[name] = key
		}
		version, err = j.takeVersions(ctx)
		return err
	})
}

// takeVersions holds the later versions of the vault's key against what is noted of them, and gives the newest.
func (j *Jobs) takeVersions(ctx context.Context) (newest int, err error) {
	for newest = 1; ; newest++ {
		name := secrets.VersionName(secrets.VaultKey, newest+1)
		noted, err := j.DB.Setting(ctx, keyNote+name)
		if err != nil {
			return 0, err
		}
		if noted == keyRetired {
			continue
		}
		key, _, err := j.keys.Key(name, false)
		if noted == "" && store.CodeOf(err) == "key.missing" {
			return newest, nil
		}
		if err != nil {
			return 0, err
		}
		if err := j.noteKey(ctx, name, noted, key); err != nil {
			return 0, err
		}
	}
}

// noteKey notes a key that is used for the first time, and refuses another than the one that is noted.
func (j *Jobs) noteKey(ctx context.Context, name, noted string, key []byte) error {
	switch mark := markOf(key); {
	case noted == "":
		return j.DB.PutSetting(ctx, keyNote+name, mark, store.SystemActor())
	case noted != mark:
		return store.E(store.Refused, "key.other", store.Args{"key": name})
	}
	return nil
}

// keysHold tells whether every master key lies where it should, and is the one that the database was taken into use with.
func (j *Jobs) keysHold(ctx context.Context) error {
	noted, err := j.keysNoted(ctx)
	if err != nil {
		return err
	}
	return sameKeys(j.keys, noted)
}

// keysNoted names the master keys in use, later versions among them. One that has been done away with is keyRetired.
func (j *Jobs) keysNoted(ctx context.Context) (map[string]string, error) {
	noted := make(map[string]string, len(secrets.Names))
	names := secrets.Names
	for v := 2; v <= j.ring.Current(); v++ {
		names = append(names[:len(names):len(names)], secrets.VersionName(secrets.VaultKey, v))
	}
	for _, name := range names {
		mark, err := j.DB.Setting(ctx, keyNote+name)
		if err != nil {
			return nil, err
		}
		noted[name] = mark
	}
	return noted, nil
}

// sameKeys refuses keys that are missing or others than those that are noted. Of one that isn't noted nothing is known.
func sameKeys(keys secrets.Keys, noted map[string]string) error {
	names := slices.Concat(secrets.Names, slices.Sorted(maps.Keys(noted)))
	for _, name := range names { // with one of them made anew, what it sealed can't be read
		mark := noted[name]
		if mark == keyRetired {
			continue
		}
		key, _, err := keys.Key(name, false)
		if store.CodeOf(err) == "key.missing" && mark == "" {
			continue // of an older installation, which had none of it: it is made when the portal opens
		}
		if err != nil {
			return err
		}
		if mark != "" && mark != markOf(key) {
			return store.E(store.Refused, "key.other", store.Args{"key": name})
		}
	}
	return nil
}

// keyRetired is noted of a version that has been done away with.
const keyRetired = "retired"

// keyNote begins the settings that name the keys in use.
const keyNote = "key."

// markOf names a key without telling anything of it.
func markOf(key []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("samband key mark"))
	return hex.EncodeToString(h.Sum(nil)[:8])
}
