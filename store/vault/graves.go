package vault

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"samband/store"
)

// Graves is the file of all tombstones outside the databases and outside every backup, so that what is put back is told
// who was erased since. It only grows: one tombstone a line, each with a code over itself and the one before it, under a
// key that comes from the vault's. One process writes at a time; who reads and then writes sees to that.
type Graves struct {
	path string
	key  []byte
}

// Graves gives the file at path.
func (v *Vault) Graves(path string) (*Graves, error) {
	key, err := hkdf.Key(sha256.New, v.index, nil, "samband/vault/v1|tombstones", sha256.Size)
	return &Graves{path, key}, err
}

// grave is a line of the file.
type grave struct {
	N        int64     `json:"n"`
	Registry string    `json:"registry"`
	Person   string    `json:"person"`
	At       time.Time `json:"at"`
	Why      string    `json:"why"`
	Code     string    `json:"code"`
}

// code goes over everything of a tombstone, each part with its length, and over the code before it.
func (g *Graves) code(t Tombstone, before []byte) []byte {
	m := hmac.New(sha256.New, g.key)
	part := func(b []byte) {
		m.Write(binary.BigEndian.AppendUint32(nil, uint32(len(b))))
		m.Write(b)
	}
	part(before)
	part(binary.BigEndian.AppendUint64(nil, uint64(t.N)))
	part([]byte(t.Registry))
	part(t.Person[:])
	part([]byte(t.At.UTC().Format(time.RFC3339)))
	part([]byte(t.Why))
	return m.Sum(nil)
}

// All gives the tombstones in order; none when there is no file. Refused "mark.tombstones" when anything but the last line
// is not what was written; a last line that was cut off in writing never counted.
func (g *Graves) All() ([]Tombstone, error) {
	list, _, _, err := g.read()
	return list, err
}

// read gives the tombstones, the code of the last, and how many bytes of the file are whole lines.
func (g *Graves) read() (list []Tombstone, code []byte, whole int64, err error) {
	b, err := os.ReadFile(g.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, 0, nil
	}
	if err != nil {
		return nil, nil, 0, g.fail(err)
	}
	for {
		line, rest, ok := bytes.Cut(b, []byte("\n"))
		if !ok {
			return list, code, whole, nil
		}
		var l grave
		var i []byte
		if err = json.Unmarshal(line, &l); err == nil {
			i, err = hex.DecodeString(l.Person)
		}
		t := Tombstone{N: l.N, Registry: l.Registry, At: l.At, Why: l.Why}
		if err == nil && len(i) == len(t.Person) {
			copy(t.Person[:], i)
		}
		next := g.code(t, code)
		if err != nil || len(i) != len(t.Person) || t.N != int64(len(list))+1 || l.Code != hex.EncodeToString(next) {
			return nil, nil, 0, &store.Error{Class: store.Refused, Code: "mark.tombstones", Args: store.Args{"path": g.path}, Err: err}
		}
		list, code, whole, b = append(list, t), next, whole+int64(len(line))+1, rest
	}
}

// Add writes tombstones behind those that are there, and numbers them. When it returns they are on the disk.
func (g *Graves) Add(list []Tombstone) error {
	have, code, whole, err := g.read()
	if err != nil {
		return err
	}
	var b []byte
	for k := range list {
		t := &list[k]
		t.N, t.At = int64(len(have)+k)+1, t.At.UTC().Truncate(time.Second)
		code = g.code(*t, code)
		line, err := json.Marshal(grave{t.N, t.Registry, t.Person.String(), t.At, t.Why, hex.EncodeToString(code)})
		if err != nil {
			return g.fail(err)
		}
		b = append(append(b, line...), '\n')
	}
	f, err := os.OpenFile(g.path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return g.fail(err)
	}
	if err = f.Truncate(whole); err == nil { // what was cut off in writing
		_, err = f.WriteAt(b, whole)
	}
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil && whole == 0 {
		err = syncDir(filepath.Dir(g.path))
	}
	return g.fail(err)
}

// SetAside gives the file another name, with the moment in it: it stays for whoever looks into what became of it.
func (g *Graves) SetAside(now time.Time) error {
	err := os.Rename(g.path, g.path+"-"+now.UTC().Format("20060102T150405Z"))
	if err == nil {
		err = syncDir(filepath.Dir(g.path))
	}
	return g.fail(err)
}

func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

func (g *Graves) fail(err error) error {
	return store.Wrap(err, store.Unavailable, "audit.folder", store.Args{"path": filepath.Dir(g.path)})
}
