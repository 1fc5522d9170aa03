package outgoing

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/connectortest"
	"samband/store"
	"samband/store/registrydb"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func from() store.Codebook {
	return store.Codebook{ID: "eye", Version: 1, RegistryID: "r", Key: []string{"id"}, Variables: []store.Variable{
		{Name: "id", Type: store.VarText, Class: store.Technical},
		{Name: "seen", Type: store.VarDate, Class: store.Health},
		{Name: "acuity", Type: store.VarDecimal, Class: store.Health},
		{Name: "note", Type: store.VarText, Class: store.Health},
	}}
}

func receiver() store.Codebook {
	limit := 2.0
	return store.Codebook{ID: "national", Version: 1, RegistryID: "r", Key: []string{"record"}, Variables: []store.Variable{
		{Name: "record", Type: store.VarText, Required: true, Class: store.Technical},
		{Name: "sharpness", Type: store.VarDecimal, Max: &limit, Class: store.Health},
		{Name: "comment", Type: store.VarText, Class: store.Health},
	}}
}

func rules() store.Mapping {
	copied := func(to, of string, more ...store.Step) store.Rule {
		return store.Rule{Variable: to, Steps: append([]store.Step{{Kind: store.StepCopy, From: []string{of}}}, more...)}
	}
	return store.Mapping{From: "eye", Source: []store.Field{{Name: "id", Class: store.Technical},
		{Name: "acuity", Class: store.Health}, {Name: "note", Class: store.Health}},
		Rules: []store.Rule{copied("record", "id"), copied("sharpness", "acuity", store.Step{Kind: store.StepNumber}), copied("comment", "note")},
		Checks: []store.Check{{Reason: "not_a_number", Kind: store.CheckNumber}, {Reason: "out_of_range", Kind: store.CheckRange},
			{Reason: "required_missing", Kind: store.CheckRequired}}}
}

// bench is a registry with a receiver.
type bench struct {
	testing.TB
	reg *registrydb.DB
	to  *connectortest.Receiver
	run int64
}

func newBench(t testing.TB, tier store.Tier) *bench {
	t.Helper()
	reg, err := registrydb.Open(t.Context(), registrydb.Options{Path: filepath.Join(t.TempDir(), "r.db"), Clock: store.NewFakeClock(noon)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { reg.Close() })
	return &bench{t, reg, connectortest.NewReceiver(tier), 1000}
}

// loads puts rows into the registry, n of them from the first, whose content differs between versions.
func (b *bench) loads(first, n, version int) {
	b.Helper()
	rows := make([][4]string, n)
	for i := range rows {
		rows[i] = [4]string{fmt.Sprintf("E-%04d", first+i), "2026-01-02", fmt.Sprintf("%d.%02d", 1, version), "fin"}
	}
	b.put(rows)
}

func (b *bench) put(rows [][4]string) {
	b.Helper()
	c := from()
	tx, err := b.reg.Begin(b.Context(), registrydb.TxOptions{RunNo: b.run, RunID: fmt.Sprint("load", b.run), Codebook: &c})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { b.run++ }()
	l := tx.Layout()
	for _, r := range rows {
		row := l.NewRow()
		for i, col := range l.Columns {
			if col.Slot < 0 {
				continue
			}
			v := r[map[string]int{"id": 0, "seen": 1, "acuity": 2, "note": 3}[col.Name]]
			row[i].Value = v
			if col.Name == "acuity" {
				var x float64
				fmt.Sscan(v, &x)
				row[i].Value = x
			}
		}
		row[l.Pseudonym()].Value = store.Pseudonym{1}.String()
		var h int64
		for _, c := range fmt.Sprint(r) {
			h = h*31 + int64(c)
		}
		row[l.Hash()].Value, row[l.Run()].Value = h, b.run
		if _, err := tx.Put(row, store.Version{Hash: h}); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Settle(b.Context()); err != nil {
		b.Fatal(err)
	}
	if err := tx.Prepare(b.Context(), registrydb.Record{RunID: fmt.Sprint("load", b.run), RunNo: b.run, CodebookID: c.ID, At: noon}); err != nil {
		b.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) job(run int64, attempt int) Job {
	return Job{RunID: fmt.Sprintf("%032x", run), RunNo: run, Attempt: attempt, Made: noon, IntegrationID: "out", Mapping: rules(),
		From: from(), Receiver: receiver(), Registry: b.reg, Tier: b.to.Tier, Destination: b.to, Clock: store.NewFakeClock(noon)}
}

func (b *bench) send(run int64, attempt int) Result {
	b.Helper()
	res, err := Run(b.Context(), b.job(run, attempt))
	if err != nil {
		b.Fatal(err)
	}
	if res.State == store.RunSucceeded && !res.Counts.Balanced() {
		b.Fatalf("%+v", res.Counts)
	}
	return res
}

// once fails unless n effects were had, each once.
func (b *bench) once(n int) {
	b.Helper()
	effects := b.to.Effects()
	if len(effects) != n {
		b.Errorf("%d effects, want %d", len(effects), n)
	}
	for what, times := range effects {
		if times != 1 {
			b.Fatalf("%s %d times", what, times)
		}
	}
}

func each(t *testing.T, test func(b *bench)) {
	for _, tier := range store.Tiers {
		t.Run(string(tier), func(t *testing.T) { test(newBench(t, tier)) })
	}
}

func TestOnlyWhatDiffersIsSent(t *testing.T) {
	each(t, func(b *bench) {
		b.loads(0, 1200, 1)
		if r := b.send(1, 1); r.Counts != (store.Counts{Read: 1200, Loaded: 1200}) {
			b.Errorf("%s %+v", r.State, r.Counts)
		}
		if r := b.send(2, 1); r.Counts != (store.Counts{Read: 1200, Unchanged: 1200}) {
			b.Errorf("%s %+v", r.State, r.Counts)
		}
		b.loads(1190, 20, 2)
		if r := b.send(3, 1); r.Counts != (store.Counts{Read: 1210, Loaded: 20, Unchanged: 1190}) || r.Gone != 0 {
			b.Errorf("%s %+v, %d gone", r.State, r.Counts, r.Gone)
		}
		b.once(1220)
		if _, err := b.reg.Undo(b.Context(), b.run-1, store.Actor{Name: "Kaja"}); err != nil {
			b.Fatal(err)
		}
		if r := b.send(4, 1); r.Gone != 10 || r.Counts.Loaded != 10 || r.Counts.Read != 1200 {
			b.Errorf("after an undo: %+v, %d gone", r.Counts, r.Gone)
		}
		held, err := b.to.Lookup(b.Context(), []string{"E-1205"})
		if err != nil || len(held) != 1 {
			b.Errorf("what is gone here was taken away there: %v, %v", held, err)
		}
	})
}

func TestDryRunSendsNothing(t *testing.T) {
	b := newBench(t, store.TierKeyed)
	b.loads(0, 150, 1)
	j := b.job(1, 1)
	j.DryRun, j.Destination = true, nil
	r, err := Run(t.Context(), j)
	if err != nil || r.Counts != (store.Counts{Read: 150, Loaded: 150}) || len(r.Rows) != store.PreviewRows || r.Rows[3][0] != "E-0003" {
		t.Errorf("%+v, %d rows, %v", r.Counts, len(r.Rows), err)
	}
	b.once(0)
}

func TestHeldBackAndRefused(t *testing.T) {
	b := newBench(t, store.TierKeyed)
	number, _ := store.SyntheticNumber("1999-01-13", 480)
	b.put([][4]string{{"A", "2026-01-02", "1", "fin"}, {"B", "2026-01-02", "9", "fin"}, {"C", "2026-01-02", "1", "se " + number.Reveal()},
		{"D", "2026-01-02", "1", "fin"}})
	b.to.Refuse = func(key string) string {
		if key == "D" {
			return "ukjent_enhet"
		}
		return ""
	}
	j := b.job(1, 1)
	j.Limits.MaxQuarantined = 1
	r, err := Run(t.Context(), j)
	if err != nil || r.Counts != (store.Counts{Read: 4, Loaded: 1, Quarantined: 3}) ||
		r.QuarantinedBy["out_of_range"] != 1 || r.QuarantinedBy[store.OutgoingLeak] != 1 || r.QuarantinedBy["refused"] != 1 {
		t.Fatalf("%+v %v, %v", r.Counts, r.QuarantinedBy, err)
	}
	o, err := b.reg.Outbox(t.Context(), "out", 10)
	if err != nil || o.By[store.SentAcked] != 1 || o.By[store.SentRefused] != 1 || o.By[store.SentHeldBack] != 2 || len(o.Refused) != 3 {
		t.Fatalf("%+v, %v", o, err)
	}
	for _, s := range o.Refused {
		if s.Key == "B" && (s.Reason != "out_of_range" || s.Variable != "sharpness") || s.Key == "D" && s.Reason != "ukjent_enhet" {
			t.Errorf("%+v", s)
		}
	}
	b.to.Refuse = nil
	b.put([][4]string{{"B", "2026-01-02", "1", "fin"}})
	j = b.job(2, 1)
	j.Limits.MaxQuarantined = 1
	if r, err = Run(t.Context(), j); err != nil || r.Counts != (store.Counts{Read: 4, Loaded: 2, Unchanged: 1, Quarantined: 1}) {
		t.Errorf("%+v, %v", r.Counts, err)
	}
	b.once(3)
}

func TestLimitsHoldASending(t *testing.T) {
	each(t, func(b *bench) {
		b.put([][4]string{{"A", "2026-01-02", "1", "fin"}, {"B", "2026-01-02", "9", "fin"}})
		if r := b.send(1, 1); r.State != store.RunHeld || r.Reason != "hold.quarantined" || !r.Counts.Balanced() {
			b.Errorf("%s %s %+v", r.State, r.Reason, r.Counts)
		}
		b.once(0)
		dry := b.job(2, 1)
		dry.DryRun, dry.Destination = true, nil
		if r, err := Run(b.Context(), dry); err != nil || r.State != store.RunSucceeded || r.Would == nil || r.Would.Code != "would.quarantined" {
			b.Errorf("a dry run: %s %v, %v", r.State, r.Would, err)
		}
		j := b.job(1, 2)
		j.Approved = true
		if r, err := Run(b.Context(), j); err != nil || r.State != store.RunSucceeded || r.Counts.Loaded != 1 {
			b.Errorf("%s %+v, %v", r.State, r.Counts, err)
		}
		b.once(1)
	})
}

// TestOfSeveralRowsOneStands: rows of the registry that give the same record are one, and the others are counted.
func TestOfSeveralRowsOneStands(t *testing.T) {
	b := newBench(t, store.TierKeyed)
	b.put([][4]string{{"A1", "2026-01-02", "1", "A"}, {"A2", "2026-01-02", "1.5", "A"}, {"B1", "2026-01-02", "1", "B"}})
	j := b.job(1, 1)
	j.Mapping.Rules[0].Steps[0].From, j.Mapping.Rules[2].Steps[0].From = []string{"note"}, []string{"id"}
	j.Mapping.Resolve.Latest = "sharpness"
	r, err := Run(t.Context(), j)
	if err != nil || r.Counts != (store.Counts{Read: 3, Loaded: 2, Merged: 1}) {
		t.Errorf("%+v, %v", r.Counts, err)
	}
	b.once(2)
	if j.RunNo++; err == nil {
		r, err = Run(t.Context(), j)
	}
	if err != nil || r.Counts != (store.Counts{Read: 3, Unchanged: 2, Merged: 1}) {
		t.Errorf("again: %+v, %v", r.Counts, err)
	}
}

// TestKilledAnywhere stops an attempt for good at each moment there is, as a machine stops: nothing after it is done, not
// even what would have been cleaned up. The next attempt takes over, and what the stopped one wrote later is refused.
func TestKilledAnywhere(t *testing.T) {
	for _, tier := range store.Tiers {
		for _, point := range []string{"open", "send", "sent", "commit", "committed", "acknowledged"} {
			for nth := 1; nth <= 3; nth++ {
				t.Run(fmt.Sprint(tier, "/", point, "/", nth), func(t *testing.T) { killed(newBench(t, tier), point, nth) })
			}
		}
	}
}

func killed(b *bench, point string, nth int) {
	const n = 1300 // three batches
	b.loads(0, n, 1)
	stopped, wake := make(chan struct{}), make(chan struct{})
	b.to.At = func(at string) {
		if nth--; at != point {
			nth++
		} else if nth == 0 {
			close(stopped)
			<-wake
		}
	}
	done := make(chan Result)
	go func() {
		res, _ := Run(context.Background(), b.job(1, 1))
		done <- res
	}()
	select {
	case res := <-done: // it has fewer such moments
		if res.State != store.RunSucceeded {
			b.Fatalf("%s %s", res.State, res.Reason)
		}
		b.once(n)
		return
	case <-stopped:
	}
	at := b.to.At
	b.to.At = nil
	if err := b.reg.Fence(b.Context(), fmt.Sprintf("%032x", 1), 2); err != nil {
		b.Fatal(err)
	}
	r := b.send(1, 2)
	b.to.At = at
	open, err := b.reg.OpenSent(b.Context(), "out", 1)
	if err != nil {
		b.Fatal(err)
	}
	switch {
	case b.to.Tier != store.TierOnce || point == "open" || point == "commit" || point == "acknowledged" || point == "committed":
		if r.State != store.RunSucceeded || r.Counts.Loaded != n || len(open) != 0 {
			b.Errorf("%s %s %+v, %d open", r.State, r.Reason, r.Counts, len(open))
		}
		b.once(n)
	default: // the batch that was on its way: a person decides
		if r.State != store.RunUnknown || len(open) == 0 || len(open) > batchOf {
			b.Errorf("%s %s, %d open", r.State, r.Reason, len(open))
		}
		held, err := b.to.Lookup(b.Context(), keysOf(open))
		if err != nil {
			b.Fatal(err)
		}
		for i := range open {
			found := store.NotArrived
			if held[open[i].Key] != "" {
				found = store.Arrived
			}
			open[i].Reconcile(found)
		}
		if err := b.reg.PutSent(b.Context(), registrydb.Sender{RunID: "x", IntegrationID: "out"}, open); err != nil {
			b.Fatal(err)
		}
		b.send(2, 1)
		b.once(n)
	}
	before := len(b.to.Effects())
	b.to.At = nil
	if b.to.Tier == store.TierOnce && point == "send" {
		return // it would send what a person has said did not arrive: guard stops that in a run, see jobs
	}
	close(wake)
	if res := <-done; res.State == store.RunSucceeded && point != "open" && point != "acknowledged" {
		b.Errorf("the one that woke late says it %s", res.State)
	}
	if len(b.to.Effects()) != before {
		b.Error("the one that woke late sent something new")
	}
}

func keysOf(list []store.Sent) []string {
	keys := make([]string, len(list))
	for i := range list {
		keys[i] = list[i].Key
	}
	return keys
}

func TestLostAnswer(t *testing.T) {
	each(t, func(b *bench) {
		b.loads(0, 1200, 1)
		b.to.Lose = 1
		r, err := Run(b.Context(), b.job(1, 1))
		if b.to.Tier == store.TierOnce {
			if r.State != store.RunUnknown || r.Reason != "run.unanswered" || !r.Counts.Balanced() || r.QuarantinedBy[store.OutgoingNotSent] != 700 {
				b.Errorf("%s %s %+v %v", r.State, r.Reason, r.Counts, r.QuarantinedBy)
			}
			if r = b.send(2, 1); r.Counts.Loaded != 700 || r.QuarantinedBy[store.OutgoingAwaits] != 500 {
				b.Errorf("%+v %v", r.Counts, r.QuarantinedBy)
			}
			b.once(1200)
			return
		}
		if store.ClassOf(err) != store.Unavailable {
			b.Fatalf("%s %v", r.State, err)
		}
		if n, err := b.reg.CountOpen(b.Context(), "out", 1); err != nil || n == 0 {
			b.Errorf("%d open, %v", n, err)
		}
		if r := b.send(1, 2); r.State != store.RunSucceeded || r.Counts.Loaded != 1200 {
			b.Errorf("%s %+v", r.State, r.Counts)
		}
		b.once(1200)
	})
}

func TestAwayLeavesNothingOpen(t *testing.T) {
	each(t, func(b *bench) {
		b.loads(0, 10, 1)
		b.to.Away = &connector.Failure{Host: "r:443", Err: store.E(store.Unavailable, "http.away", store.Args{"host": "r:443"})}
		if _, err := Run(b.Context(), b.job(1, 1)); store.ClassOf(err) != store.Unavailable {
			b.Fatal(err)
		}
		if b.to.Tier != store.TierTransactional {
			if n, err := b.reg.CountOpen(b.Context(), "out", 1); err != nil || n != 0 {
				b.Errorf("%d open, %v", n, err)
			}
		}
		b.send(1, 2)
		b.once(10)
	})
}

func TestCancelled(t *testing.T) {
	each(t, func(b *bench) {
		b.loads(0, 1200, 1)
		b.to.Slow = time.Hour
		ctx, cancel := context.WithCancel(b.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		start := time.Now()
		r, err := Run(ctx, b.job(1, 1))
		if err == nil || r.State != store.RunCancelled || time.Since(start) > 2*time.Second {
			b.Errorf("%s after %v: %v", r.State, time.Since(start), err)
		}
		b.once(0)
	})
}

func TestReadsOnlyTheRegistrysVariables(t *testing.T) {
	b := newBench(t, store.TierKeyed)
	j := b.job(1, 1)
	j.Mapping.Source = append(j.Mapping.Source, store.Field{Name: "pseudonym", Class: store.Technical})
	if r, err := Run(t.Context(), j); store.CodeOf(err) != "outgoing.no_variable" || r.State != store.RunRefused {
		t.Errorf("%s %v", r.State, err)
	}
}

func BenchmarkUnchanged(b *testing.B) {
	x := newBench(b, store.TierKeyed)
	x.loads(0, 20_000, 1)
	x.send(1, 1)
	b.ResetTimer()
	for i := range b.N {
		x.send(int64(2+i), 1)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20_000, "ns/record")
}
