package jobs

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"samband/store"
)

// TestDoctorFindsDamage: a page that was overwritten is told of though no question comes to it.
func TestDoctorFindsDamage(t *testing.T) {
	for part, name := range map[string]string{"portal": "portal.db", "vault": "vault.db", "registry": "registries/hjertekirurgi.db"} {
		t.Run(part, func(t *testing.T) {
			h := open(t)
			h.deliver(1)
			h.run("")
			problem := func(all []store.PartHealth) *store.Error {
				t.Helper()
				k := slices.IndexFunc(all, func(p store.PartHealth) bool { return p.Part == part })
				if k < 0 {
					t.Fatalf("nothing is said of it: %v", all)
				}
				return all[k].Problem
			}
			if p := problem(h.Examine(t.Context())); p != nil {
				t.Errorf("a whole one: %v", p)
			}
			h.Close() // what lies in the log goes into the file
			path := filepath.Join(h.conf.Data, filepath.FromSlash(name))
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			const page = 4096
			if _, err := f.WriteAt(bytes.Repeat([]byte{0x5a}, page), info.Size()/page/2*page); err != nil {
				t.Fatal(err)
			}
			f.Close()
			h.Jobs = nil
			h.reopen()
			if p := problem(h.Examine(t.Context())); p == nil || p.Code != "image.damaged" && p.Code != "db.damaged" {
				t.Errorf("a damaged page: %v", p)
			}
		})
	}
}
