package storetest_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"samband/store"
	"samband/store/auditlog"
	"samband/store/db"
)

// written is a log as an attacker with the whole database in hand holds it.
type written struct {
	rows    []auditlog.Row
	nodes   []auditlog.Node
	points  []auditlog.Saved
	counter int64
}

func (w *written) clone() *written {
	c := &written{slices.Clone(w.rows), slices.Clone(w.nodes), slices.Clone(w.points), w.counter}
	for i := range c.rows {
		c.rows[i].Entry, c.rows[i].Leaf = slices.Clone(c.rows[i].Entry), slices.Clone(c.rows[i].Leaf)
	}
	return c
}

// entry gives row i as what it says.
func (w *written) entry(i int) store.AuditEntry { return must(decodeEntry(w.rows[i].Entry)) }

// put writes an entry to row i as the portal would have: bytes, hash and columns fit.
func (w *written) put(i int, e store.AuditEntry) { w.rows[i] = rowOf(e) }

func rowOf(e store.AuditEntry) auditlog.Row {
	b := must(e.Canonical())
	leaf := store.LeafHash(b)
	return auditlog.Row{Seq: e.Seq, At: e.At.UnixMicro(), Entry: b, Leaf: leaf[:], Action: e.Action, Kind: e.Kind,
		Object: e.Object, Registry: e.Registry, Actor: e.ActorID}
}

// renumber gives every entry from row i on the number of its row, hash and all.
func (w *written) renumber(i int) {
	for ; i < len(w.rows); i++ {
		e := w.entry(i)
		e.Seq = int64(i + 1)
		w.put(i, e)
	}
}

// regrow computes the whole tree anew.
func (w *written) regrow() {
	places := map[int64]auditlog.Hash{}
	have := auditlog.NodesFunc(func(at []int64) (hashes []auditlog.Hash, err error) {
		for _, p := range at {
			hashes = append(hashes, places[p])
		}
		return hashes, nil
	})
	w.nodes = nil
	for i, r := range w.rows {
		leaf := auditlog.Hash(r.Leaf)
		nodes := must(auditlog.Grow(int64(i+1), leaf, have))
		places[tlog.StoredHashIndex(0, int64(i))] = leaf
		for _, n := range nodes {
			places[n.Place] = n.Hash
		}
		w.nodes = append(w.nodes, nodes...)
	}
}

// save puts the log in the database in place of the one there.
func (w *written) save(t testing.TB, raw *sql.DB) {
	t.Helper()
	tx := must(raw.Begin())
	defer tx.Rollback()
	exec := func(query string, args ...any) {
		t.Helper()
		_, err := tx.Exec(query, args...)
		ok(t, err)
	}
	exec(`DELETE FROM audit_entry`)
	exec(`DELETE FROM audit_hash`)
	exec(`DELETE FROM audit_checkpoint`)
	exec(`UPDATE counter SET value = $1 WHERE name = 'audit'`, w.counter)
	for _, r := range w.rows {
		exec(`INSERT INTO audit_entry (seq, at, entry, leaf, action, kind, object, registry, actor)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			r.Seq, r.At, r.Entry, r.Leaf, r.Action, r.Kind, r.Object, r.Registry, r.Actor)
	}
	for _, n := range w.nodes {
		exec(`INSERT INTO audit_hash (place, hash) VALUES ($1, $2)`, n.Place, n.Hash[:])
	}
	for _, p := range w.points {
		exec(`INSERT INTO audit_checkpoint (size, at, note) VALUES ($1, $2, $3)`, p.Size, p.At.UnixMicro(), p.Note)
	}
	ok(t, tx.Commit())
}

// mutation is one thing that somebody does to a log; it says where.
type mutation struct {
	name string
	do   func(r *rand.Rand, w *written) (from, to int64)
}

// flip changes one bit.
func flip(r *rand.Rand, b []byte) { b[r.IntN(len(b))] ^= 1 << r.IntN(7) }

func pick(r *rand.Rand, w *written) int { return r.IntN(len(w.rows)) }

func seqs(i, j int) (int64, int64) { return int64(min(i, j) + 1), int64(max(i, j) + 1) }

func column(name string, of func(*auditlog.Row) *string) mutation {
	return mutation{"column " + name, func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		*of(&w.rows[i]) += "x"
		return seqs(i, i)
	}}
}

// change is what an attacker wants gone: the name, the time or the reason.
func change(r *rand.Rand, e *store.AuditEntry) {
	switch r.IntN(4) {
	case 0:
		e.Actor += " Olsen"
	case 1:
		e.At = e.At.Add(time.Second)
	case 2:
		e.Reason += "x"
	default:
		e.Result = "no"
	}
}

// rewrite changes something and writes everything after it anew.
func rewrite(r *rand.Rand, w *written) (int64, int64) {
	i := pick(r, w)
	switch r.IntN(4) {
	case 0:
		e := w.entry(i)
		change(r, &e)
		w.put(i, e)
	case 1:
		w.rows = slices.Delete(w.rows, i, i+1)
	case 2:
		e := w.entry(i)
		e.Actor = "Nobody"
		w.rows = slices.Insert(w.rows, i, rowOf(e))
	default:
		j := (i + 1 + r.IntN(len(w.rows)-1)) % len(w.rows)
		w.rows[i], w.rows[j] = w.rows[j], w.rows[i]
		i = min(i, j)
	}
	w.renumber(0)
	w.regrow()
	w.counter = int64(len(w.rows))
	return seqs(i, i)
}

func point(r *rand.Rand, w *written) int { return r.IntN(len(w.points)) }

// mutations is what can be done to the tables of the log.
var mutations = []mutation{
	column("action", func(r *auditlog.Row) *string { return &r.Action }),
	column("kind", func(r *auditlog.Row) *string { return &r.Kind }),
	column("object", func(r *auditlog.Row) *string { return &r.Object }),
	column("registry", func(r *auditlog.Row) *string { return &r.Registry }),
	column("actor", func(r *auditlog.Row) *string { return &r.Actor }),
	{"column at", func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		w.rows[i].At += int64(1 + r.IntN(1e9))
		return seqs(i, i)
	}},
	{"column entry", func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		flip(r, w.rows[i].Entry)
		return seqs(i, i)
	}},
	{"column leaf", func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		flip(r, w.rows[i].Leaf)
		return seqs(i, i)
	}},
	{"column seq", func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		w.rows[i].Seq = int64(len(w.rows) + 1 + r.IntN(9))
		return seqs(i, len(w.rows))
	}},
	{"entry and leaf", func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		e := w.entry(i)
		change(r, &e)
		w.put(i, e)
		return seqs(i, i)
	}},
	{"delete", func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		w.rows = slices.Delete(w.rows, i, i+1)
		return seqs(i, i)
	}},
	{"delete and move up", func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		w.rows = slices.Delete(w.rows, i, i+1)
		for j := i; j < len(w.rows); j++ {
			w.rows[j].Seq--
		}
		w.counter--
		return seqs(i, i)
	}},
	{"insert", func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		e := w.entry(i)
		e.Actor = "Nobody"
		w.rows = slices.Insert(w.rows, i, rowOf(e))
		for j := i + 1; j < len(w.rows); j++ {
			w.rows[j].Seq++
		}
		w.counter++
		return seqs(i, i+1)
	}},
	{"append past the counter", func(r *rand.Rand, w *written) (int64, int64) {
		e := w.entry(0)
		e.Seq = int64(len(w.rows) + 1)
		w.rows = append(w.rows, rowOf(e))
		return e.Seq, e.Seq
	}},
	{"swap", func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		j := (i + 1 + r.IntN(len(w.rows)-1)) % len(w.rows)
		w.rows[i], w.rows[j] = w.rows[j], w.rows[i]
		w.rows[i].Seq, w.rows[j].Seq = w.rows[j].Seq, w.rows[i].Seq
		return seqs(i, j)
	}},
	{"swap and renumber", func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		j := (i + 1 + r.IntN(len(w.rows)-1)) % len(w.rows)
		a, b := w.entry(i), w.entry(j)
		a.Seq, b.Seq = b.Seq, a.Seq
		w.put(i, b)
		w.put(j, a)
		return seqs(i, j)
	}},
	{"cut", func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		end := int64(len(w.rows))
		w.rows = w.rows[:i]
		return int64(i + 1), end
	}},
	{"cut everywhere", func(r *rand.Rand, w *written) (int64, int64) { // as a restored backup is
		i := pick(r, w)
		end := int64(len(w.rows))
		w.rows = w.rows[:i]
		w.regrow()
		w.points = slices.DeleteFunc(w.points, func(p auditlog.Saved) bool { return p.Size > int64(i) })
		w.counter = int64(i)
		return int64(i + 1), end
	}},
	{"rewrite all", rewrite},
	{"rewrite all, checkpoints too", func(r *rand.Rand, w *written) (int64, int64) {
		from, to := rewrite(r, w)
		thief := must(auditlog.NewSigner([]byte("another key, also thirty-two b.!")))
		for i, p := range w.points {
			root := auditlog.Hash(sha256.Sum256([]byte(p.Note)))
			w.points[i].Note = string(must(thief.Checkpoint(auditlog.Tree{Size: p.Size, Root: root}, p.At)))
		}
		return from, to
	}},
	{"node", func(r *rand.Rand, w *written) (int64, int64) {
		i := r.IntN(len(w.nodes))
		flip(r, w.nodes[i].Hash[:])
		level, n := auditlog.Split(w.nodes[i].Place)
		return n<<level + 1, (n + 1) << level
	}},
	{"node gone", func(r *rand.Rand, w *written) (int64, int64) {
		i := r.IntN(len(w.nodes))
		level, n := auditlog.Split(w.nodes[i].Place)
		w.nodes = slices.Delete(w.nodes, i, i+1)
		return n<<level + 1, (n + 1) << level
	}},
	{"node too many", func(r *rand.Rand, w *written) (int64, int64) {
		i := int64(pick(r, w))
		w.nodes = append(w.nodes, auditlog.Node{Place: tlog.StoredHashIndex(0, i)})
		return i + 1, i + 1
	}},
	{"checkpoint note", func(r *rand.Rand, w *written) (int64, int64) {
		i := point(r, w)
		b := []byte(w.points[i].Note)
		flip(r, b)
		for slices.Contains(b, 0) || !asciiOrDash(b) { // what PostgreSQL keeps no text of
			b = []byte(w.points[i].Note)
			b[r.IntN(40)] = 'x'
		}
		w.points[i].Note = string(b)
		return w.points[i].Size, w.points[i].Size
	}},
	{"checkpoint time", func(r *rand.Rand, w *written) (int64, int64) {
		i := point(r, w)
		w.points[i].At = w.points[i].At.Add(time.Duration(1+r.IntN(1e6)) * time.Millisecond)
		return w.points[i].Size, w.points[i].Size
	}},
	{"checkpoint size", func(r *rand.Rand, w *written) (int64, int64) {
		i := point(r, w)
		was := w.points[i].Size
		w.points[i].Size++
		return was, was + 1
	}},
	{"checkpoint gone", func(r *rand.Rand, w *written) (int64, int64) {
		i := point(r, w)
		was := w.points[i].Size
		w.points = slices.Delete(w.points, i, i+1)
		return was, was
	}},
	{"old checkpoint shown again", func(r *rand.Rand, w *written) (int64, int64) {
		i := 1 + r.IntN(len(w.points)-1)
		w.points[i].Note = w.points[i-1].Note
		return w.points[i].Size, w.points[i].Size
	}},
	{"nodes ahead of the log", func(r *rand.Rand, w *written) (int64, int64) {
		first := tlog.StoredHashCount(int64(len(w.rows)))
		for n := range int64(1 + r.IntN(11)) {
			w.nodes = append(w.nodes, auditlog.Node{Place: first + n})
		}
		return int64(1), int64(2 * len(w.rows))
	}},
	{"a node far ahead", func(r *rand.Rand, w *written) (int64, int64) {
		w.nodes = append(w.nodes, auditlog.Node{Place: int64(100_000 + r.IntN(1e6))})
		return int64(len(w.rows)), math.MaxInt64
	}},
	{"a node at the place of a leaf", func(r *rand.Rand, w *written) (int64, int64) {
		i := pick(r, w)
		w.nodes = append(w.nodes, auditlog.Node{Place: tlog.StoredHashIndex(0, int64(i))})
		return seqs(i, i)
	}},
	{"a node before the log", func(r *rand.Rand, w *written) (int64, int64) {
		at := -int64(1 + r.IntN(100))
		w.nodes = append(w.nodes, auditlog.Node{Place: at})
		return at, at
	}},
	{"counter", func(r *rand.Rand, w *written) (int64, int64) {
		n := w.counter
		w.counter += int64(r.IntN(2)*2 - 1)
		return n, n + 1
	}},
}

func asciiOrDash(b []byte) bool {
	for _, c := range string(b) {
		if c > 127 && c != '—' {
			return false
		}
	}
	return true
}

// TestMutations does many things to a log, one at a time, and holds that each is found, and where; and that a log that
// nobody touched is never suspected. SAMBAND_LONG=1 does a hundred times as many.
func TestMutations(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		rounds := 1000
		if e.options.URL == "" {
			e.options.Path = filepath.Join(t.TempDir(), "portal.db") // a name that raw can take as it is
		} else {
			rounds = 100
		}
		if os.Getenv("SAMBAND_LONG") != "" {
			rounds *= 100
		}
		d := e.open(t)
		raw := e.raw(t)
		raw.SetMaxOpenConns(1)
		e.unguard(t, raw)
		signer := must(auditlog.NewSigner([]byte("a key of thirty-two bytes, no m.")))
		var outside []string
		for i := range 75 { // a log with checkpoints here and there, the last of which is over all of it
			ok(t, d.Record(t.Context(), store.AuditEntry{Action: []string{"run.start", "run.end", "mapping.save"}[i%3], Kind: "run",
				Object: fmt.Sprint(i), Registry: []string{"hjerte", ""}[i%2], Reason: "Ærlig <grunn>",
				Details: store.Args{"no": i, "of": []string{"a", "b"}}}, ola))
			if i%11 == 8 {
				tree := must(d.Tree(t.Context()))
				note := must(signer.Checkpoint(tree, start.Add(time.Duration(i)*time.Minute)))
				c := must(signer.Verifier().Checkpoint(note))
				ok(t, d.SaveCheckpoint(t.Context(), auditlog.Saved{Size: c.Size, At: c.At, Note: string(note)}))
				outside = append(outside, string(note))
			}
		}
		size, counter, err := d.AuditSize(t.Context())
		ok(t, err)
		log := &written{must(d.AuditRows(t.Context(), 0, 1000)), must(d.AuditNodes(t.Context(), 0, 1000)),
			must(d.Checkpoints(t.Context(), 0, 1000)), counter}
		same(t, size, log.points[len(log.points)-1].Size)
		verify := func() *auditlog.Report { return must(auditlog.Verify(t.Context(), d, outside, "", signer.Verifier())) }
		untouched := func() {
			t.Helper()
			if r := verify(); !r.OK || r.Size != size || r.Outside != len(outside) || r.Tree != must(d.Tree(t.Context())) {
				t.Fatalf("a log that nobody touched: %+v", r)
			}
		}
		untouched()
		seed := uint64(20261123)
		r := rand.New(rand.NewPCG(seed, 1))
		done := map[string]int{}
		for round := range rounds {
			m := mutations[round%len(mutations)]
			bad := log.clone()
			from, to := m.do(r, bad)
			bad.save(t, raw)
			report := verify()
			switch {
			case report.OK:
				t.Errorf("round %d: %s at %d–%d is not found", round, m.name, from, to)
			case report.Findings[0].From > to || report.Findings[0].To < from:
				t.Errorf("round %d: %s at %d–%d is found elsewhere: %+v", round, m.name, from, to, report.Findings)
			}
			done[m.name]++
			if round%100 == 99 {
				log.save(t, raw)
				untouched()
			}
		}
		t.Logf("%d mutations of %d sorts, seed %d", rounds, len(done), seed)
	})
}

// unguard takes the triggers away, as who owns the database can.
func (e *engine) unguard(t testing.TB, raw *sql.DB) {
	statements := []string{"DROP TRIGGER audit_entry_keep", "DROP TRIGGER audit_entry_stay", "DROP TRIGGER audit_entry_end",
		"DROP TRIGGER audit_hash_keep", "DROP TRIGGER audit_hash_stay", "DROP TRIGGER audit_hash_end", "DROP TRIGGER audit_checkpoint_keep",
		"DROP TRIGGER audit_checkpoint_stay"}
	if e.options.URL != "" {
		statements = []string{"DROP TRIGGER audit_entry_keep ON audit_entry", "DROP TRIGGER audit_entry_end ON audit_entry",
			"DROP TRIGGER audit_hash_keep ON audit_hash", "DROP TRIGGER audit_hash_end ON audit_hash",
			"DROP TRIGGER audit_checkpoint_keep ON audit_checkpoint"}
	}
	for _, s := range statements {
		_, err := raw.Exec(s)
		ok(t, err)
	}
}

// TestAppendOnly: the database itself refuses to change what was written.
func TestAppendOnly(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		if e.options.URL == "" {
			e.options.Path = filepath.Join(t.TempDir(), "portal.db")
		}
		d := e.open(t)
		for range 3 {
			ok(t, d.PutSetting(t.Context(), "x", "y", ola))
		}
		ok(t, d.SaveCheckpoint(t.Context(), auditlog.Saved{Size: 3, At: start, Note: "n"}))
		ok(t, d.SaveCheckpoint(t.Context(), auditlog.Saved{Size: 3, At: start, Note: "another"}))
		same(t, must(d.LastCheckpoint(t.Context())).Note, "n")
		raw := e.raw(t)
		for _, query := range []string{
			`UPDATE audit_entry SET actor = 'x' WHERE seq = 1`, `DELETE FROM audit_entry WHERE seq = 3`,
			`DELETE FROM audit_entry`, `UPDATE audit_hash SET hash = hash`, `DELETE FROM audit_hash`,
			`INSERT INTO audit_hash (place, hash) SELECT 5, leaf FROM audit_entry WHERE seq = 1`,
			`INSERT INTO audit_hash (place, hash) SELECT 100000, leaf FROM audit_entry WHERE seq = 1`,
			`INSERT INTO audit_hash (place, hash) SELECT 0, leaf FROM audit_entry WHERE seq = 1`,
			`UPDATE audit_checkpoint SET at = 1`, `DELETE FROM audit_checkpoint`,
			`INSERT INTO audit_entry (seq, at, entry, leaf, action, kind, object, registry, actor)
				SELECT 9, at, entry, leaf, action, kind, object, registry, actor FROM audit_entry WHERE seq = 3`,
		} {
			if _, err := raw.Exec(query); err == nil {
				t.Errorf("%s is let through", query)
			}
		}
		same(t, len(must(d.AuditRange(t.Context(), 0, 10))), 3)
	})
}

// TestPlanted: what stands in the way of the next line is found before it does harm, and every write says what it is.
func TestPlanted(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		if e.options.URL == "" {
			e.options.Path = filepath.Join(t.TempDir(), "portal.db")
		}
		d := e.open(t)
		for range 3 {
			ok(t, d.PutSetting(t.Context(), "x", "y", ola))
		}
		ok(t, d.AuditSound(t.Context()))
		raw := e.raw(t)
		raw.SetMaxOpenConns(1)
		e.unguard(t, raw)
		size, _, err := d.AuditSize(t.Context())
		ok(t, err)
		first := tlog.StoredHashCount(size)
		for n := range int64(11) {
			_, err := raw.Exec(`INSERT INTO audit_hash (place, hash) SELECT $1, leaf FROM audit_entry WHERE seq = 1`, first+n)
			ok(t, err)
		}
		same(t, store.CodeOf(d.AuditSound(t.Context())), store.Code("audit.damaged"))
		for range 2 {
			err = d.PutSetting(t.Context(), "x", "z", ola)
			if err != nil {
				break
			}
		}
		same(t, store.CodeOf(err), store.Code("audit.damaged"))
		same(t, store.ClassOf(err), store.Unavailable)
		v := must(auditlog.NewSigner([]byte("a key of thirty-two bytes, no m."))).Verifier()
		r := must(auditlog.Verify(t.Context(), d, nil, "", v))
		if len(r.Findings) < 10 || r.Findings[0].Where != "extra" {
			t.Errorf("%+v", r.Findings)
		}
	})
}

// TestNoPersonNumbers: nothing that reads like a person number gets into the log, whoever writes it.
func TestNoPersonNumbers(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		for i, c := range []struct {
			entry store.AuditEntry
			code  store.Code
		}{
			{store.AuditEntry{Reason: "pasient 17837130158"}, "audit.person_number"},
			{store.AuditEntry{Details: store.Args{"why": "178371 30158"}}, "audit.person_number"},
			{store.AuditEntry{Details: store.Args{"changed": []string{"a", "17837130158"}}}, "audit.person_number"},
			{store.AuditEntry{Details: store.Args{"sha256": "ab17837130158cdef0123456789abcdef0123"}}, ""},
			{store.AuditEntry{Reason: "sikkerhetskopi fra 23.11.2026, sak 2026/12345"}, ""},
		} {
			c.entry.Action, c.entry.Kind = "audit.accept", "audit"
			if got := store.CodeOf(d.Record(t.Context(), c.entry, ola)); got != c.code {
				t.Errorf("%d: %q", i, got)
			}
		}
		same(t, len(must(d.Audit(t.Context(), store.AuditFilter{All: true, Action: "audit.accept"}))), 2)
	})
}

// TestProofs: what the stored hashes prove.
func TestProofs(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		for range 21 {
			ok(t, d.PutSetting(t.Context(), "x", "y", ola))
		}
		tree := must(d.Tree(t.Context()))
		for _, seq := range []int64{1, 16, 21} {
			entry, proof, err := d.ProveEntry(t.Context(), seq, 21)
			ok(t, err)
			ok(t, proof.Verify(entry, tree))
		}
		old := must(d.TreeAt(t.Context(), 7))
		ok(t, must(d.ProveGrowth(t.Context(), 7, 21)).Verify(old, tree))
		_, _, err := d.ProveEntry(t.Context(), 22, 22)
		want(t, err, store.NotFound, "audit.not_found")
		_, err = d.TreeAt(t.Context(), 22)
		want(t, err, store.Refused, "audit.short")
	})
}

var _ auditlog.Source = (*db.DB)(nil)

func decodeEntry(b []byte) (e store.AuditEntry, err error) {
	err = json.Unmarshal(b, &e)
	return e, err
}
