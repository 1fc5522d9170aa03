package secrets

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"samband/store"
)

// VersionName names a version of a master key: the first by the key's own name, vault, the later ones vault.2 and so on.
func VersionName(name string, version int) string {
	if version == 1 {
		return name
	}
	return name + "." + strconv.Itoa(version)
}

// Versions gives the versions of a master key that are there, in order.
func (k Keys) Versions(name string) []int {
	last := 1
	list, _ := os.ReadDir(k.Dir) // a folder that can't be read has none, and whoever asks for a key is told why
	for _, e := range list {
		v, ok := strings.CutPrefix(e.Name(), name+".")
		if n, err := strconv.Atoi(strings.TrimSuffix(v, ".key")); ok && err == nil && VersionName(name, n)+".key" == e.Name() {
			last = max(last, n)
		}
	}
	for k.inEnv(name, last+1) {
		last++
	}
	var there []int
	for v := 1; v <= last; v++ {
		if _, err := os.Stat(filepath.Join(k.Dir, VersionName(name, v)+".key")); err == nil || k.inEnv(name, v) {
			there = append(there, v)
		}
	}
	return there
}

func (k Keys) inEnv(name string, version int) bool {
	return k.Getenv != nil && k.Getenv(variable(VersionName(name, version))) != ""
}

// MakeVersion makes a version of a master key that isn't there yet. Refused "key.environment" when its present version comes
// from the environment: who sets that up has to make the next one there.
func (k Keys) MakeVersion(name string, version int) ([]byte, error) {
	if version > 1 && k.inEnv(name, version-1) {
		return nil, store.E(store.Refused, "key.environment", store.Args{"key": VersionName(name, version), "variable": variable(VersionName(name, version))})
	}
	key, _, err := k.Key(VersionName(name, version), true)
	return key, err
}

// Made tells when the file of a key was made; the zero time for one from the environment.
func (k Keys) Made(name string) (time.Time, error) {
	if k.Getenv != nil && k.Getenv(variable(name)) != "" {
		return time.Time{}, nil
	}
	info, err := os.Stat(filepath.Join(k.Dir, name+".key"))
	if err != nil {
		return time.Time{}, store.Wrap(err, store.Unavailable, "key.missing", store.Args{"key": name})
	}
	return info.ModTime(), nil
}

// Remove destroys a key's file: overwritten, then taken away. What it sealed nobody opens after that but with a copy of it.
func (k Keys) Remove(name string) error {
	fail := func(err error) error { return store.Wrap(err, store.Internal, "key.write", nil) }
	path := filepath.Join(k.Dir, name+".key")
	if k.Getenv != nil && k.Getenv(variable(name)) != "" {
		return store.E(store.Refused, "key.environment", store.Args{"key": name, "variable": variable(name)})
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fail(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return fail(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fail(err)
	}
	_, err = f.Write(make([]byte, info.Size()))
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Remove(path)
	}
	if err == nil {
		err = syncDir(k.Dir)
	}
	return fail(err)
}

// Ring is the versions of one master key, read when they are needed: a version that is made while the installation works is
// there at once, in every process that has the folder. Safe for several goroutines.
type Ring struct {
	keys    Keys
	name    string
	mu      sync.Mutex
	read    map[int][]byte
	current int
}

// NewRing gives the ring of a master key, of which the version current is used until Use says otherwise.
func NewRing(k Keys, name string, current int) *Ring {
	return &Ring{keys: k, name: name, read: map[int][]byte{}, current: current}
}

// Current gives the version that seals.
func (r *Ring) Current() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.current
}

// Use makes a version, once it is noted, the one that seals. It never goes back.
func (r *Ring) Use(version int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current = max(r.current, version)
}

// Master gives a version's key.
func (r *Ring) Master(version int) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if key := r.read[version]; key != nil {
		return key, nil
	}
	key, _, err := r.keys.Key(VersionName(r.name, version), false)
	if store.CodeOf(err) == "key.missing" {
		return nil, store.Wrap(err, store.Unavailable, "vault.key_version", store.Args{"version": version})
	}
	if err == nil {
		r.read[version] = key
	}
	return key, err
}
