package jobs

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"samband/jobs/privacy/packet"
	"samband/store"
	"samband/store/seed"
)

// demoReceiver is where the demonstration's receiver of two halves has its two folders and its keys.
func (j *Jobs) demoReceiver() string { return filepath.Join(j.conf.Drop, "mottaker") }

// demoHalves plays the receiver: it makes its folders and keys, is told our public key, and tells its own. What is there
// already stays.
func (j *Jobs) demoHalves() ([]byte, error) {
	dir, keys := j.demoReceiver(), filepath.Join(j.demoReceiver(), "nokler")
	fail := func(err error) ([]byte, error) {
		return nil, store.Wrap(err, store.Unavailable, "files.folder", store.Args{"folder": dir})
	}
	for _, name := range []string{"identitet", "helse"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			return fail(err)
		}
	}
	if _, err := packet.MakeKeys(keys); err != nil && store.CodeOf(err) != "packet.keys_exist" {
		return fail(err)
	}
	doc := seed.Halves()
	for _, name := range packet.KeyNames {
		public, err := os.ReadFile(filepath.Join(keys, name+".pub"))
		if err != nil {
			return fail(err)
		}
		doc = bytes.ReplaceAll(doc, []byte("{key:"+name+"}"), []byte(strings.TrimSpace(string(public))))
	}
	err := os.WriteFile(filepath.Join(keys, "sender.pub"), []byte(j.signer.Verifier().String()+"\n"), 0o600)
	if err != nil {
		return fail(err)
	}
	return doc, nil
}
