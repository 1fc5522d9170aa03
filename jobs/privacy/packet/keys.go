package packet

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"filippo.io/age"

	"samband/store"
)

// KeyNames are the keys of a receiver: to the two halves, and to the manifest.
var KeyNames = []string{fileIdentity, fileHealth, fileManifest}

// MakeKeys makes a receiver's keys in a folder, each in a file <name>.key that only its owner reads and its public half in
// <name>.pub, and gives the public halves by name. Keys that are there are never written over: Refused "packet.keys_exist".
func MakeKeys(dir string) (public map[string]string, err error) {
	unwritten := func(err error) (map[string]string, error) {
		return nil, store.Wrap(err, store.Unavailable, "command.file", store.Args{"file": dir})
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return unwritten(err)
	}
	for _, name := range KeyNames {
		if _, err := os.Lstat(filepath.Join(dir, name+".key")); !errors.Is(err, fs.ErrNotExist) {
			return nil, store.E(store.Refused, "packet.keys_exist", store.Args{"path": dir})
		}
	}
	public = map[string]string{}
	for _, name := range KeyNames {
		key, err := age.GenerateHybridIdentity()
		if err != nil {
			return unwritten(err)
		}
		public[name] = key.Recipient().String()
		if err := writeNew(filepath.Join(dir, name+".key"), key.String()+"\n", 0o400); err != nil {
			return unwritten(err)
		}
		if err := writeNew(filepath.Join(dir, name+".pub"), public[name]+"\n", 0o444); err != nil {
			return unwritten(err)
		}
	}
	return public, nil
}

// writeNew writes a file that isn't there, and returns when the disk has it.
func writeNew(path, content string, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.WriteString(content)
	return errors.Join(err, f.Sync(), f.Close())
}
