// Package secrets keeps what must never lie beside the data it protects: the master keys (files of their own, outside
// every database) and, sealed with one of them, the secrets of connections.
package secrets

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"samband/store"
)

// KeySize is the size of a master key in bytes.
const KeySize = 32

// The master keys of an installation. Each has one purpose; losing one loses just what it seals.
const (
	VaultKey    = "vault"    // identities, pseudonyms' index and the rows in quarantine
	DeliveryKey = "delivery" // deliveries that are set aside after loading or while a person decides
	SecretsKey  = "secrets"  // secrets of connections
	SigningKey  = "signing"  // seed of the Ed25519 key that signs checkpoints of the audit log, evidence and backups
	BackupKey   = "backup"   // sets of backup
	LinkKey     = "link"     // ids that join the two halves of a transport, and the orders of the halves
)

// Names are all master keys.
var Names = []string{VaultKey, DeliveryKey, SecretsKey, SigningKey, BackupKey, LinkKey}

// Keys finds master keys. The zero value finds none.
type Keys struct {
	// Dir holds one file per key, <name>.key, readable by its owner alone.
	Dir string
	// Getenv looks up SAMBAND_KEY_<NAME>, for development only; nil looks nowhere.
	Getenv func(string) string
}

// Lost tells whether the operator says of a key that it is lost for good: SAMBAND_LOST_KEYS names those, with commas.
func (k Keys) Lost(name string) bool {
	if k.Getenv == nil {
		return false
	}
	for lost := range strings.SplitSeq(k.Getenv("SAMBAND_LOST_KEYS"), ",") {
		if strings.TrimSpace(lost) == name {
			return true
		}
	}
	return false
}

// variable is where a key is looked up in the environment: SAMBAND_KEY_VAULT, SAMBAND_KEY_VAULT_2.
func variable(name string) string {
	return "SAMBAND_KEY_" + strings.ReplaceAll(strings.ToUpper(name), ".", "_")
}

// Key gives a master key, or a later version of one by its name, see VersionName: from the environment when it is set there, else from its file. A key that is missing is
// made when create is set; made tells that this happened, so that the operator can be told to keep a copy elsewhere.
func (k Keys) Key(name string, create bool) (key []byte, made bool, err error) {
	if k.Getenv != nil {
		if v := k.Getenv(variable(name)); v != "" {
			key, err := parse(v)
			return key, false, err
		}
	}
	path := filepath.Join(k.Dir, name+".key")
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && create {
		key, err := k.make(path)
		if errors.Is(err, fs.ErrExist) { // another process with the same folder was first
			return k.Key(name, false)
		}
		return key, err == nil, err
	}
	if err != nil {
		return nil, false, store.Wrap(err, store.Unavailable, "key.missing", store.Args{"key": name})
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, false, store.Wrap(err, store.Unavailable, "key.missing", store.Args{"key": name})
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, false, store.E(store.Refused, "key.readable", store.Args{"key": name})
	}
	key, err = parse(string(raw))
	return key, false, err
}

func parse(s string) ([]byte, error) {
	key, err := hex.DecodeString(strings.TrimSpace(s))
	if err != nil || len(key) != KeySize {
		return nil, store.E(store.Refused, "key.broken", nil) // never wrap: the text of the error could show the key
	}
	return key, nil
}

// make makes a fresh key, never over one that exists.
func (k Keys) make(path string) ([]byte, error) {
	key := make([]byte, KeySize)
	rand.Read(key)
	return key, k.write(path, key)
}

// Copy writes a copy of a key into the folder of to and reads it back. A copy that is there already stays as it is;
// Refused "key.copy_other" when it is of another key.
func (k Keys) Copy(name string, to Keys) error {
	key, _, err := k.Key(name, false)
	if err != nil {
		return err
	}
	if err := to.write(filepath.Join(to.Dir, name+".key"), key); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	copied, _, err := to.Key(name, false)
	if err == nil && !bytes.Equal(key, copied) {
		err = store.E(store.Refused, "key.copy_other", store.Args{"key": name, "path": to.Dir})
	}
	return err
}

// write writes a key so that it is whole or not there at all, and never over one that exists.
func (k Keys) write(path string, key []byte) error {
	fail := func(err error) error { return store.Wrap(err, store.Internal, "key.write", nil) }
	if err := os.MkdirAll(k.Dir, 0o700); err != nil {
		return fail(err)
	}
	f, err := os.CreateTemp(k.Dir, ".key-*")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	if err == nil {
		err = f.Chmod(0o400)
	}
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Link(f.Name(), path) // fails when somebody else was first, where rename would replace their key
	}
	if err == nil {
		err = syncDir(k.Dir)
	}
	return fail(err)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
