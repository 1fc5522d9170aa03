package pipeline

import (
	"bytes"
	"context"
	"encoding/binary"
	stdcsv "encoding/csv"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"samband/jobs/connector"
	"samband/jobs/format/csv"
	"samband/store"
	"samband/store/registrydb"
	"samband/store/storetest/postgres"
	"samband/store/vault"
)

var ctx = context.Background()

// world is a registry and a vault of their own, and the workload's configuration.
type world struct {
	t        testing.TB
	dir      string
	url      string // of the server; "" for files
	registry *registrydb.DB
	vault    *vault.Vault
	clock    *store.FakeClock
	codebook store.Codebook
	mapping  store.Mapping
	limits   store.Limits
	runs     int64
}

// each runs a test on both engines, with a world of its own.
func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Run("sqlite", func(t *testing.T) { test(t, newWorld(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, newServerWorld(t)) })
}

// newWorld gives a world in files.
func newWorld(t testing.TB) *world { return makeWorld(t, "") }

// newServerWorld gives a world in an empty database of a server.
func newServerWorld(t testing.TB) *world { return makeWorld(t, postgres.URL(t)) }

func makeWorld(t testing.TB, url string) *world {
	t.Helper()
	text, err := os.ReadFile("testdata/episodes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var b store.Bundle
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&b); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, dir: t.TempDir(), url: url, clock: store.NewFakeClock(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)),
		codebook: b.Codebooks[0], mapping: *b.Integrations[0].Mapping, limits: b.Integrations[0].Limits}
	w.openVault(vault.KeyRing{bytes.Repeat([]byte{1}, 32)})
	w.registry, err = registrydb.Open(ctx, registrydb.Options{Path: filepath.Join(w.dir, "registry.db"), URL: url, Registry: "episodes",
		Temp: w.dir, Clock: w.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.registry.Close() })
	return w
}

// another gives an empty world on the same engine.
func (w *world) another() *world {
	if w.url == "" {
		return newWorld(w.t)
	}
	return newServerWorld(w.t)
}

// openVault opens an empty vault.
func (w *world) openVault(keys vault.Keys) {
	w.t.Helper()
	if w.vault != nil {
		w.vault.Close()
		os.Remove(filepath.Join(w.dir, "vault.db"))
	}
	var err error
	if w.vault, err = vault.Open(ctx, vault.Options{Path: filepath.Join(w.dir, "vault.db"), URL: w.url, Keys: keys}); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { w.vault.Close() })
}

// delivery is a CSV file in memory.
type delivery struct {
	r    *csv.Reader
	rows csv.Rows
	size int64
	// before is called before each batch with its number, from 0; an error takes the batch's place.
	before func(n int) error
	n      int
}

func newDelivery(t testing.TB, text []byte) *delivery {
	t.Helper()
	r, err := csv.NewReader(bytes.NewReader(text), csv.Options{Encoding: csv.UTF8, Comma: ';', BlockSize: 1 << 14})
	if err != nil {
		t.Fatal(err)
	}
	return &delivery{r: r, size: int64(len(text))}
}

func (d *delivery) Info() store.Delivery {
	return store.Delivery{Name: "episodes.csv", Bytes: d.size, Stated: -1}
}
func (d *delivery) Size() int64                  { return d.size }
func (d *delivery) Fields() []string             { return d.r.Header() }
func (d *delivery) Progress() int64              { return 0 }
func (d *delivery) Loaded(context.Context) error { return nil }
func (d *delivery) Close() error                 { return nil }

func (d *delivery) Read(ctx context.Context, b *connector.Batch) error {
	if d.before != nil {
		if err := d.before(d.n); err != nil {
			return err
		}
	}
	d.n++
	rows := csv.Rows{Cells: b.Cells, Data: b.Data}
	if err := d.r.Read(&rows); err != nil {
		return err
	}
	b.First, b.Width, b.Cells, b.Data, b.Bad = rows.First, rows.Width, rows.Cells, rows.Data, b.Bad[:0]
	for _, x := range rows.Bad {
		b.Bad = append(b.Bad, connector.BadRow{Row: x.Row, Reason: x.Reason, Args: x.Args, Raw: x.Raw})
	}
	return nil
}

func encode(t testing.TB, rows [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	out := csv.NewWriter(&b, csv.Format{})
	for _, r := range append([][]string{columns}, rows...) {
		if err := out.Row(r...); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// job is the next run over a delivery.
func (w *world) job(d connector.Delivery) Job {
	w.runs++
	return Job{RunID: fmt.Sprint("run-", w.runs), RunNo: w.runs, IntegrationID: "episodes", RegistryID: "episodes", ScopeHash: "scope",
		MappingNo: 1, Mapping: w.mapping, Codebook: w.codebook, Limits: w.limits, Delivery: d, Registry: w.registry, Vault: w.vault,
		Clock: w.clock}
}

func (w *world) run(rows [][]string) Result {
	w.t.Helper()
	j := w.job(newDelivery(w.t, encode(w.t, rows)))
	j.Limits.MaxQuarantined = 1
	res, err := Run(ctx, j)
	if err != nil || res.State != store.RunSucceeded || !res.Counts.Balanced() {
		w.t.Fatal(res.State, res.Reason, res.Counts, err)
	}
	return res
}

// dumps gives both dumps as text.
func (w *world) dumps() (health, identity string) {
	w.t.Helper()
	var h, i bytes.Buffer
	if _, err := w.registry.Dump(ctx, &h, &w.codebook); err != nil {
		w.t.Fatal(err)
	}
	if _, err := DumpIdentity(ctx, &i, w.vault, "episodes", w.registry, []string{w.codebook.ID}, w.mapping.Source); err != nil {
		w.t.Fatal(err)
	}
	return h.String(), i.String()
}

func table(t testing.TB, text string) (header []string, rows []map[string]string) {
	t.Helper()
	r := stdcsv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range all[1:] {
		m := map[string]string{}
		for i, c := range cells {
			if c != "" {
				m[all[0][i]] = c
			}
		}
		rows = append(rows, m)
	}
	return all[0], rows
}

// check holds what the registry has against what has to be there.
func (w *world) check(x *expected) {
	w.t.Helper()
	healthText, identityText := w.dumps()
	header, health := table(w.t, healthText)
	if want := slices.Concat(variables[:1], []string{"pseudonym"}, variables[1:]); !slices.Equal(header, want) {
		w.t.Errorf("columns %v, want %v", header, want)
	}
	header, identity := table(w.t, identityText)
	if want := slices.Concat([]string{"pseudonym"}, columns[:4]); !slices.Equal(header, want) {
		w.t.Errorf("columns %v, want %v", header, want)
	}
	who := map[string]string{}
	for i, p := range identity {
		if i > 0 && p["pseudonym"] <= identity[i-1]["pseudonym"] {
			w.t.Fatal("persons are not in order")
		}
		who[p["pseudonym"]] = p["fnr"]
		var got []string
		for _, c := range columns[:4] {
			got = append(got, p[c])
		}
		if !slices.Equal(got, x.persons[p["fnr"]]) {
			w.t.Fatal("a person is not as delivered")
		}
	}
	if len(identity) != len(x.persons) || len(health) != len(x.health) {
		w.t.Errorf("%d persons and %d rows, want %d and %d", len(identity), len(health), len(x.persons), len(x.health))
	}
	for i, got := range health {
		if i > 0 && got["episode_id"] <= health[i-1]["episode_id"] {
			w.t.Fatal("rows are not in order")
		}
		got["fnr"] = who[got["pseudonym"]]
		delete(got, "pseudonym")
		if want := x.health[got["episode_id"]]; !maps.Equal(got, want) {
			w.t.Fatalf("%s: %v, want %v", got["episode_id"], got, want)
		}
	}
}

// The workload's figures, every one of them, are those computed apart from the engine: counts, the reason of each row,
// health rows, persons, completeness. The same delivery again, and turned about, changes nothing.
func TestEpisodes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rows := extract(1, 20_000)
		x := expect(rows)
		res := w.run(rows)
		quarantined := int64(len(x.reasons))
		want := store.Counts{Read: int64(len(rows)), Loaded: int64(len(x.health)), Merged: x.doubles, Quarantined: quarantined}
		if res.Counts != want {
			t.Errorf("counts %+v, want %+v", res.Counts, want)
		}
		if !maps.Equal(res.QuarantinedBy, x.by) || len(x.by) != 6 {
			t.Errorf("reasons %v, want %v", res.QuarantinedBy, x.by)
		}
		for _, c := range res.Report.Completeness {
			if c.Filled != x.complete[c.Variable] || c.Rows != int64(len(x.health)) || c.Unknown != 0 {
				t.Errorf("%+v, want %d of %d", c, x.complete[c.Variable], len(x.health))
			}
		}
		if r := res.Report; r.Rows != want.Loaded || r.Persons != int64(len(x.persons)) || r.Doubles != (store.Fraction{Num: x.doubles, Den: x.accepted}) {
			t.Errorf("%+v", r)
		}
		left := want.Read
		for _, c := range res.Report.Checks {
			if c.Failed != x.by[c.Reason] || c.Examined != left {
				t.Errorf("%+v, want %d of %d", c, x.by[c.Reason], left)
			}
			left -= c.Failed
		}
		var filled int64
		for _, d := range res.Report.Timeliness {
			if d.Variable == "ut_dato" {
				filled = d.N
			}
		}
		if filled != x.complete["ut_dato"] {
			t.Errorf("timeliness over %d, want %d", filled, x.complete["ut_dato"])
		}
		w.check(x)
		w.checkFindings(rows, x)
		health, identity := w.dumps()

		again := store.Counts{Read: want.Read, Unchanged: want.Loaded, Merged: want.Merged, Quarantined: quarantined}
		shuffled := slices.Clone(rows)
		rand.New(rand.NewPCG(3, 3)).Shuffle(len(rows), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for _, delivered := range [][][]string{rows, shuffled} {
			res := w.run(delivered)
			// Identical doubles are all what the registry held.
			again.Unchanged, again.Merged = res.Counts.Unchanged, want.Loaded+want.Merged-res.Counts.Unchanged
			if res.Counts != again || res.Counts.Unchanged < want.Loaded {
				t.Errorf("again: %+v", res.Counts)
			}
			if h, i := w.dumps(); h != health || i != identity {
				t.Error("the same delivery again changed something")
			}
		}
		fresh := w.another()
		if res := fresh.run(shuffled); res.Counts != want || !maps.Equal(res.QuarantinedBy, x.by) {
			t.Errorf("in another order: %+v", res.Counts)
		}
		fresh.check(x)
		for _, no := range []int64{3, 2, 1} { // what the same delivery said again stands on the first load
			if _, err := w.registry.Undo(ctx, no, store.Actor{Name: "Kaja"}); err != nil {
				t.Fatal(err)
			}
		}
		if h, i := w.dumps(); strings.Count(h, "\n") != 1 || strings.Count(i, "\n") != 1 {
			t.Error("something is left of a load that was undone")
		}
	})
}

// checkFindings holds each row held back against its reason, and opens its sealed row.
func (w *world) checkFindings(rows [][]string, x *expected) {
	w.t.Helper()
	seen := 0
	for after := int64(0); ; {
		list, total, err := w.registry.Findings(ctx, registrydb.FindingFilter{RunNo: 1, After: after, Limit: 1000})
		if err != nil || total != int64(len(x.reasons)) {
			w.t.Fatal(total, err)
		}
		if len(list) == 0 {
			break
		}
		for _, f := range list {
			seen++
			if x.reasons[f.Position] != f.Reason {
				w.t.Fatalf("row %d: %s, want %s", f.Position, f.Reason, x.reasons[f.Position])
			}
			if seen%500 != 0 {
				continue
			}
			full, fields, err := w.registry.Finding(ctx, f.ID)
			if err != nil {
				w.t.Fatal(err)
			}
			text, err := w.vault.OpenRow(f.ID, full.Sealed)
			if err != nil {
				w.t.Fatal(err)
			}
			if got := cellsOf(text); !slices.Equal(got, rows[f.Position-1]) || !slices.Equal(fields, columns) || f.Key != got[6] {
				w.t.Fatalf("row %d is not sealed as it came", f.Position)
			}
		}
		after = list[len(list)-1].ID
	}
	if seen != len(x.reasons) {
		w.t.Errorf("%d findings, want %d", seen, len(x.reasons))
	}
}

func cellsOf(b []byte) (cells []string) {
	for b = b[:len(b)-1]; len(b) > 0; {
		n, w := binary.Uvarint(b)
		cells, b = append(cells, string(b[w:w+int(n)])), b[w+int(n):]
	}
	return cells
}

// A run that passes its limits is held: nothing is loaded, nobody comes into the vault, and everything is there that a
// person needs to decide. When they let it through it loads.
func TestHeld(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rows := extract(2, 3000)
		x := expect(rows)
		text := encode(t, rows)
		j := w.job(newDelivery(t, text))
		j.Limits.MaxQuarantined = 0.01
		res, err := Run(ctx, j)
		if err != nil || res.State != store.RunHeld || res.Reason != "hold.quarantined" || res.Counts.Loaded != int64(len(x.health)) {
			t.Fatal(res.State, res.Reason, res.Counts, err)
		}
		if h, i := w.dumps(); strings.Count(h, "\n") != 1 || strings.Count(i, "\n") != 1 {
			t.Error("a held run loaded something")
		}
		if err := w.vault.Each(ctx, "episodes", func(store.Pseudonym, vault.Attributes) error { return errors.New("somebody") }); err != nil {
			t.Error("a held run left persons in the vault")
		}
		w.checkFindings(rows, x)
		r, err := w.registry.Load(ctx, j.RunID)
		if err != nil || r.State != registrydb.Held || r.Counts != res.Counts || r.Report.Rows != int64(len(x.health)) {
			t.Errorf("%+v %v", r, err)
		}
		j.Approved, j.Delivery = true, newDelivery(t, text)
		if res, err = Run(ctx, j); err != nil || res.State != store.RunSucceeded {
			t.Fatal(res.State, err)
		}
		w.check(x)
		w.checkFindings(rows, x)
	})
}

func TestDryRun(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		j := w.job(newDelivery(t, encode(t, extract(2, 1000))))
		j.DryRun, j.Limits.MaxQuarantined = true, 0.01
		res, err := Run(ctx, j)
		if err != nil || res.State != store.RunSucceeded || res.Counts.Loaded == 0 || res.Report.Rows != res.Counts.Loaded {
			t.Fatal(res.State, res.Counts, err)
		}
		if res.Would == nil || res.Would.Code != "would.quarantined" || res.Would.Args["read"] != res.Counts.Read {
			t.Error("it does not say that a real run would be held:", res.Would)
		}
		if h, i := w.dumps(); strings.Count(h, "\n") != 1 || strings.Count(i, "\n") != 1 {
			t.Error("a dry run loaded something")
		}
		if r, err := w.registry.Load(ctx, j.RunID); r != nil || err != nil {
			t.Error("a dry run left a record", err)
		}
		if _, n, err := w.registry.Findings(ctx, registrydb.FindingFilter{}); n != 0 || err != nil {
			t.Error("a dry run left findings", err)
		}
		j.Limits.MaxQuarantined, j.Delivery = 1, newDelivery(t, encode(t, extract(2, 1000)))
		if res, err = Run(ctx, j); err != nil || res.Would != nil {
			t.Error("a real run would not be held:", res.Would, err)
		}
	})
}

// Rows whose form is broken are held back alone, with the row as it came.
func TestBrokenRows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rows := extract(4, 200)
		x := expect(rows)
		text := encode(t, rows)
		text = append(text, "one;two\n"...)
		j := w.job(newDelivery(t, text))
		j.Limits.MaxQuarantined = 1
		res, err := Run(ctx, j)
		if err != nil || res.QuarantinedBy["row.fields"] != 1 || res.Counts.Read != 201 || !res.Counts.Balanced() {
			t.Fatal(res.Counts, res.QuarantinedBy, err)
		}
		w.check(x)
		list, _, err := w.registry.Findings(ctx, registrydb.FindingFilter{Reason: "row.fields"})
		if err != nil || len(list) != 1 || list[0].Position != 201 {
			t.Fatal(list, err)
		}
		f, _, err := w.registry.Finding(ctx, list[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if raw, err := w.vault.OpenRow(f.ID, f.Sealed); err != nil || strings.TrimRight(string(raw), "\nr") != "one;two" {
			t.Errorf("%q %v", raw, err)
		}
	})
}

// Columns are refused by name before anything is read.
func TestColumns(t *testing.T) {
	all := strings.Join(columns, ";")
	for header, want := range map[string]store.Code{
		strings.Replace(all, "vekt", "weight", 1): "delivery.column_missing",
		"Kari;Berg;0450":        "delivery.columns_unknown",
		strings.ToUpper(all):    "delivery.columns_unknown",
		all + ";17 83 71 30158": "source.no_header",
	} {
		w := newWorld(t)
		res, err := Run(ctx, w.job(newDelivery(t, []byte(header+"\n"))))
		if store.CodeOf(err) != want || res.State != store.RunRefused || res.Reason != want {
			t.Errorf("%v %s, want %s", err, res.State, want)
		}
		if told := res.Shape != nil; told != (want == "delivery.column_missing") {
			t.Errorf("%s: told %t", want, told)
		}
	}
}

// A person's new surname comes with the newest of their rows; the registry's rows stay theirs.
func TestNewSurname(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rows := extract(5, 50)
		w.run(rows)
		_, before := w.dumps()
		for _, r := range rows {
			r[2] = "Nytt Navn"
		}
		res := w.run(rows)
		if res.Counts.Loaded != 0 {
			t.Errorf("names are no health data: %+v", res.Counts)
		}
		_, after := w.dumps()
		_, old := table(t, before)
		_, now := table(t, after)
		for i := range now {
			if now[i]["etternavn"] != "Nytt Navn" || now[i]["pseudonym"] != old[i]["pseudonym"] || now[i]["fornavn"] != old[i]["fornavn"] {
				t.Fatal("a person did not follow")
			}
		}
	})
}

// No byte of what the registry keeps, log included, holds a number or a name, whatever happens to the row.
func TestRegistryHoldsNoIdentity(t *testing.T) {
	w := newWorld(t)
	rows := extract(6, 2000)
	var secrets []string
	for i, r := range rows {
		r[1], r[2] = fmt.Sprintf("Kanari%05dgul", i), fmt.Sprintf("Fugl%05dblaa", i)
		secrets = append(secrets, r[0], r[1], r[2])
	}
	text := append(encode(t, rows), rows[0][0]+";"+rows[0][1]+"\n"...)
	scan := func() {
		t.Helper()
		files, _ := filepath.Glob(filepath.Join(w.dir, "registry.db*"))
		if len(files) == 0 {
			t.Fatal("no files")
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range secrets {
				if len(s) >= 8 && bytes.Contains(b, []byte(s)) {
					t.Fatalf("%s holds an identity", filepath.Base(f))
				}
			}
		}
	}
	for _, limit := range []float64{0.001, 1} { // held, and loaded
		j := w.job(newDelivery(t, text))
		j.Limits.MaxQuarantined = limit
		j.Observer = func(p Progress) {
			if p.Stage == store.StageCommit || p.Stage == store.StageDone {
				scan()
			}
		}
		if _, err := Run(ctx, j); err != nil {
			t.Fatal(err)
		}
		scan()
	}
}

// Progress is told at each stage, and at most ten times a second between.
func TestProgress(t *testing.T) {
	w := newWorld(t)
	var stages []store.Stage
	j := w.job(newDelivery(t, encode(t, extract(7, 3000))))
	j.Limits.MaxQuarantined = 1
	j.Observer = func(p Progress) { stages = append(stages, p.Stage) }
	if _, err := Run(ctx, j); err != nil {
		t.Fatal(err)
	}
	if want := []store.Stage{store.StageExtract, store.StageDecide, store.StageCommit, store.StageDone}; !slices.Equal(stages, want) {
		t.Error(stages)
	}
}
