package storetest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"samband/store"
	"samband/store/auditlog"
	"samband/store/db"
)

// BenchmarkVerifyLog walks a log of 100 000 entries, with SAMBAND_LONG=1 of a million, a checkpoint for each hundred.
func BenchmarkVerifyLog(b *testing.B) {
	size := int64(100_000)
	if os.Getenv("SAMBAND_LONG") != "" {
		size = 1_000_000
	}
	e := &engine{db.Options{Path: filepath.Join(b.TempDir(), "portal.db"), Clock: store.NewFakeClock(start),
		IDs: store.RandomIDs{}}, nil}
	d := e.open(b)
	signer := must(auditlog.NewSigner([]byte("a key of thirty-two bytes, no m.")))
	tx := must(e.raw(b).Begin())
	entry := must(tx.Prepare(`INSERT INTO audit_entry (seq, at, entry, leaf, action, kind, object, registry, actor)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`))
	node := must(tx.Prepare(`INSERT INTO audit_hash (place, hash) VALUES ($1, $2)`))
	point := must(tx.Prepare(`INSERT INTO audit_checkpoint (size, at, note) VALUES ($1, $2, $3)`))
	hashes := map[int64]auditlog.Hash{}
	have := auditlog.NodesFunc(func(places []int64) (list []auditlog.Hash, err error) {
		for _, p := range places {
			list = append(list, hashes[p])
		}
		return list, nil
	})
	var outside []string
	for seq := int64(1); seq <= size; seq++ {
		r := rowOf(store.AuditEntry{Seq: seq, At: start.Add(time.Duration(seq) * time.Second), ActorID: "u1", Actor: "Kari Nordmann",
			Action: "run.start", Kind: "run", Object: fmt.Sprint(seq), Registry: "hjerte", Result: "ok", Request: "ab12-cd34-ef56",
			Details: store.Args{"no": seq}})
		must(entry.Exec(r.Seq, r.At, r.Entry, r.Leaf, r.Action, r.Kind, r.Object, r.Registry, r.Actor))
		nodes := must(auditlog.Grow(seq, auditlog.Hash(r.Leaf), have))
		hashes[tlog.StoredHashIndex(0, seq-1)] = auditlog.Hash(r.Leaf)
		for _, n := range nodes {
			hashes[n.Place] = n.Hash
			must(node.Exec(n.Place, n.Hash[:]))
		}
		if seq%100 == 0 {
			at := start.Add(time.Duration(seq) * time.Second).Truncate(time.Second)
			note := string(must(signer.Checkpoint(must(auditlog.TreeOf(seq, have)), at)))
			must(point.Exec(seq, at.UnixMicro(), note))
			outside = append(outside, note)
		}
	}
	must(tx.Exec(`UPDATE counter SET value = $1 WHERE name = 'audit'`, size))
	ok(b, tx.Commit())
	clear(hashes)
	for b.Loop() {
		if r := must(auditlog.Verify(b.Context(), d, outside, "", signer.Verifier())); !r.OK || r.Size != size {
			b.Fatalf("%+v", r)
		}
	}
	b.ReportMetric(float64(size)/b.Elapsed().Seconds()*float64(b.N), "entries/s")
}
