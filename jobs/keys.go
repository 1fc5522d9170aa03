package jobs

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"

	"samband/store"
	"samband/store/secrets"
)

// readKeys refuses master keys that can't be used, before anything is opened. One that is missing is no fault yet.
func (j *Jobs) readKeys() error {
	for _, name := range secrets.Names {
		if _, _, err := j.keys.Key(name, false); err != nil && store.CodeOf(err) != "key.missing" {
			return err
		}
	}
	return nil
}

// takeKeys gives the master keys by name. What one of them has sealed or signed another doesn't open, or takes for forged: the
// first that are used are noted in the database, and all others refused. One that is missing is made when create is set,
// but in the place of one that is noted only when the operator says that it is lost: what it sealed nobody opens then.
func (j *Jobs) takeKeys(ctx context.Context, create bool) (map[string][]byte, error) {
	keys := make(map[string][]byte, len(secrets.Names))
	return keys, j.DB.Alone(ctx, "keys", func() error {
		for _, name := range secrets.Names {
			noted, err := j.DB.Setting(ctx, keyNote+name)
			if err != nil {
				return err
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
			switch mark := markOf(key); {
			case noted == "":
				err = j.DB.PutSetting(ctx, keyNote+name, mark, store.SystemActor())
			case noted != mark:
				err = store.E(store.Refused, "key.other", store.Args{"key": name})
			}
			if err != nil {
				return err
			}
			keys[name] = key
		}
		return nil
	})
}

// keysHold tells whether every master key lies where it should, and is the one that the database was taken into use with.
func (j *Jobs) keysHold(ctx context.Context) error {
	noted, err := j.keysNoted(ctx)
	if err != nil {
		return err
	}
	return sameKeys(j.keys, noted)
}

// keysNoted names the master keys in use.
func (j *Jobs) keysNoted(ctx context.Context) (map[string]string, error) {
	noted := make(map[string]string, len(secrets.Names))
	for _, name := range secrets.Names {
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
	for _, name := range secrets.Names { // with one of them made anew, what it sealed can't be read
		key, _, err := keys.Key(name, false)
		if store.CodeOf(err) == "key.missing" && noted[name] == "" {
			continue // of an older installation, which had none of it: it is made when the portal opens
		}
		if err != nil {
			return err
		}
		if mark := noted[name]; mark != "" && mark != markOf(key) {
			return store.E(store.Refused, "key.other", store.Args{"key": name})
		}
	}
	return nil
}

// keyNote begins the settings that name the keys in use.
const keyNote = "key."

// markOf names a key without telling anything of it.
func markOf(key []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("samband key mark"))
	return hex.EncodeToString(h.Sum(nil)[:8])
}
