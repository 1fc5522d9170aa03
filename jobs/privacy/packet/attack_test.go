package packet

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"math"
	"slices"
	"testing"

	"filippo.io/age"

	"samband/jobs/privacy"
)

// rowsOf opens a packet as somebody who holds its key and nothing else, and gives its rows in their order.
func rowsOf(t testing.TB, file []byte, key age.Identity) (rows [][]*string) {
	t.Helper()
	in, err := age.Decrypt(bytes.NewReader(file), key)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		var row []*string
		if line[0] == '[' {
			if err := json.Unmarshal(line, &row); err != nil {
				t.Fatal(err)
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// A3: somebody who has opened both packets, and from whom the link ids alone are kept, pairs no more rows than chance does:
// by their place, or by the order that they came in, which a number of the source would show. The sizes of the files tell
// only a step (TestSizesArePadded), and neither file holds a time.
func TestHalvesCannotBePaired(t *testing.T) {
	const n = 10_000
	w := newWorld(t)
	out, err := NewWriter(w.options())
	if err != nil {
		t.Fatal(err)
	}
	for i := range n { // one record each, so that the places are as alike as can be
		p, values := person(i)
		if err := out.Identity.Person(p, values, nil); err != nil {
			t.Fatal(err)
		}
		if err := out.Health.Record(p, record(i, 0), []string{"I21.9", "80"}, nil); err != nil {
			t.Fatal(err)
		}
	}
	s := finish(t, out)
	identity := rowsOf(t, s.identity, w.keys.identity)
	health := rowsOf(t, s.health, w.keys.health)
	if len(identity) != n || len(health) != n {
		t.Fatal(len(identity), len(health))
	}
	inHealth, came := map[string]int{}, map[string]int{}
	for i, row := range health {
		inHealth[*row[0]] = i
	}
	key, err := privacy.NewRunKey(linkKey, w.options().Of)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		p, _ := person(i)
		came[key.Link(p).String()] = i
	}
	places := func(by func(i int, link string) int) (same int, correlation float64) {
		var x, y []float64
		for i, row := range identity {
			at := by(i, *row[0])
			if at == i {
				same++
			}
			x, y = append(x, float64(i)), append(y, float64(at))
		}
		return same, correlationOf(x, y)
	}
	for name, by := range map[string]func(int, string) int{
		"identity and health":       func(_ int, link string) int { return inHealth[link] },
		"identity and when it came": func(_ int, link string) int { return came[link] },
		"health and when it came":   func(i int, _ string) int { return came[*health[i][0]] },
		"identity and the link id":  func(_ int, link string) int { return rankOf(identity, link) },
		"health and the link id":    func(i int, _ string) int { return rankOf(health, *health[i][0]) },
	} {
		same, r := places(by)
		t.Logf("%s: %d in the same place, rank correlation %.4f", name, same, r)
		if same > 5 || math.Abs(r) > 0.03 {
			t.Errorf("%s: %d of %d in the same place, rank correlation %.4f", name, same, n, r)
		}
	}
	// Sizes, counts, names and times of the files.
	if w.keys.identity == w.keys.health || s.made.Manifest.Identity.Packet == s.made.Manifest.Health.Packet {
		t.Error("the halves share a key or a name")
	}
	for file, p := range map[string]Part{"identity": s.made.Manifest.Identity, "health": s.made.Manifest.Health} {
		if p.Rows != privacy.Padme(n) {
			t.Errorf("%s: the manifest tells %d rows", file, p.Rows)
		}
	}
}

var ranks = map[*[]*string]map[string]int{}

// rankOf gives the place of a link id when rows are sorted by it.
func rankOf(rows [][]*string, link string) int {
	of := ranks[&rows[0]]
	if of == nil {
		var all []string
		for _, r := range rows {
			all = append(all, *r[0])
		}
		slices.Sort(all)
		of = map[string]int{}
		for i, l := range all {
			of[l] = i
		}
		ranks[&rows[0]] = of
	}
	return of[link]
}

// correlationOf gives Spearman's rank correlation.
func correlationOf(x, y []float64) float64 {
	rank := func(v []float64) []float64 {
		at := make([]int, len(v))
		for i := range at {
			at[i] = i
		}
		slices.SortFunc(at, func(a, b int) int { return cmp.Compare(v[a], v[b]) })
		out := make([]float64, len(v))
		for r, i := range at {
			out[i] = float64(r)
		}
		return out
	}
	a, b := rank(x), rank(y)
	var d2 float64
	for i := range a {
		d2 += (a[i] - b[i]) * (a[i] - b[i])
	}
	n := float64(len(a))
	return 1 - 6*d2/(n*(n*n-1))
}

// A4 and A5 on the packets: a run made again has the same link ids; another run shares neither link ids nor record keys as
// they stand in the health half.
func TestRunsShareNothing(t *testing.T) {
	w := newWorld(t)
	const n = 10_000
	tokens := func(s *sent) map[string]bool {
		out := map[string]bool{}
		rows := rowsOf(t, s.identity, w.keys.identity)
		for _, r := range rows {
			out[*r[0]] = true
		}
		rows = rowsOf(t, s.health, w.keys.health)
		for _, r := range rows {
			out[*r[1]] = true // the sealed record key
			if !out[*r[0]] {
				t.Fatal("a record without its person")
			}
		}
		return out
	}
	first := w.send(n)
	one, another := tokens(first), tokens(w.send(n))
	w.run = 1
	again := tokens(w.send(n))
	for x := range one {
		if another[x] {
			t.Fatalf("two runs share %s", x)
		}
	}
	links := 0
	for x := range one {
		if len(x) == 32 && again[x] {
			links++
		}
		if len(x) != 32 && again[x] {
			t.Fatalf("a record key is sealed alike twice: %s", x)
		}
	}
	if links != n {
		t.Errorf("the run made again has %d of %d link ids", links, n)
	}
}

// BenchmarkTransport splits, seals and joins, by record.
func BenchmarkTransport(b *testing.B) {
	w := newWorld(b)
	const n = 100_000
	type row struct {
		person, record []byte
		who            []string
	}
	rows := make([]row, n)
	for i := range rows {
		p, values := person(i / 2)
		rows[i] = row{p, record(i, 0), values}
	}
	what := []string{"I21.9", "Øre-nese-hals, kontroll etter tre måneder"}
	write := func() *sent {
		out, err := NewWriter(w.options())
		if err != nil {
			b.Fatal(err)
		}
		for i := range rows {
			if i%2 == 0 {
				out.Identity.Person(rows[i].person, rows[i].who, nil)
			}
			if err := out.Health.Record(rows[i].person, rows[i].record, what, nil); err != nil {
				b.Fatal(err)
			}
		}
		w.run++
		return finish(b, out)
	}
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			write()
		}
		b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("join", func(b *testing.B) {
		s := write()
		for b.Loop() {
			w.ledger = memoryLedger{}
			if _, rows, err := w.receive(w.receiver(), s, nil); err != nil || rows != n {
				b.Fatal(rows, err)
			}
		}
		b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}
