package connectortest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/store"
)

// Delivery is how the suite works a system that a destination sends to.
type Delivery struct {
	Connector connector.Connector
	// New makes a fresh, empty system for one test.
	New func(t *testing.T) Inbox
}

// Inbox is an outside system that takes records, or the likeness of one.
type Inbox struct {
	Settings connector.Settings
	// Halves gives what a run of a destination is given that identity leaves by; nil for the others.
	Halves func(run string) *connector.Halves
	// Held gives what the system holds by key, and how often each record had an effect: one that was taken twice and
	// changed nothing the second time counts once.
	Held func(t *testing.T) (values map[string][]string, effects map[string]int)
	// LoseAnswer makes the system take what comes next and lose its answer; nil when that can't happen.
	LoseAnswer func()
	// Refuse makes the system refuse a key; nil when it takes all.
	Refuse func(key string)
	// Stop makes the attempt that goes on end at the nth moment that a crash can come at, counted from 0, by a panic with
	// Crashed; nil when the suite's own are all there are.
	Stop func(d connector.Destination, n int)
}

// Crashed is what Inbox.Stop panics with.
const Crashed = "connectortest: crashed"

type inbox struct {
	*testing.T
	h    Delivery
	sys  Inbox
	tier store.Tier
}

// Destination holds a destination to the contract of connector.Destination and connector.Sending.
func Destination(t *testing.T, h Delivery) {
	for _, c := range []struct {
		name string
		test func(*inbox)
	}{
		{"settings", (*inbox).settings},
		{"records", (*inbox).records},
		{"nothing before the switch", (*inbox).uncommitted},
		{"twice", (*inbox).twice},
		{"reply dropped", (*inbox).dropped},
		{"taken and not marked", (*inbox).unmarked},
		{"refused", (*inbox).refused},
		{"cancelled", (*inbox).cancelled},
		{"crashed", (*inbox).crashed},
		{"runs beside each other", (*inbox).beside},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.test(&inbox{T: t, h: h, sys: h.New(t), tier: h.Connector.Kind.Tier})
		})
	}
}

func (s *inbox) open() connector.Destination {
	s.Helper()
	d, err := s.h.Connector.OpenDestination(s.sys.Settings)
	if err != nil {
		s.Fatal(err)
	}
	return d
}

var shipFields = []string{"id", "verdi", "tekst"}

func (s *inbox) shipment(run string) connector.Shipment {
	x := connector.Shipment{RunID: run, Made: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), Fields: shipFields}
	if s.sys.Halves != nil {
		x.Halves = s.sys.Halves(run)
	}
	return x
}

// batch gives n synthetic records, whose content differs between versions.
func batch(n, version int) []connector.Record {
	out := make([]connector.Record, n)
	for i := range out {
		key := fmt.Sprintf("K-%04d", i)
		out[i] = connector.Record{Key: key, Hash: fmt.Sprintf("%032x", version*100_000+i),
			Person: store.Pseudonym{1, byte(i >> 8), byte(i)}, Values: []string{key, fmt.Sprint(version), fmt.Sprintf("æøå; \"%d\"\nlinje", i)}}
	}
	return out
}

func (s *inbox) begin(d connector.Destination, run string) connector.Sending {
	s.Helper()
	x, err := d.Open(background, s.shipment(run))
	if err != nil {
		s.Fatal(err)
	}
	return x
}

// ship sends all of it as a run does, and gives the answers.
func (s *inbox) ship(d connector.Destination, run string, records []connector.Record) []connector.Answer {
	s.Helper()
	x := s.begin(d, run)
	defer x.Close()
	if x.Taken() {
		if err := x.Acknowledged(background); err != nil {
			s.Fatal(err)
		}
		return nil
	}
	var all []connector.Answer
	for part := range slices.Chunk(records, 100) {
		a, err := x.Send(background, part)
		if err != nil {
			s.Fatal(err)
		}
		if s.tier == store.TierTransactional && a != nil || s.tier != store.TierTransactional && len(a) != len(part) {
			s.Fatalf("%d answers to %d records", len(a), len(part))
		}
		all = append(all, a...)
	}
	if err := x.Commit(background); err != nil {
		s.Fatal(err)
	}
	if err := x.Acknowledged(background); err != nil {
		s.Fatal(err)
	}
	return all
}

// holds fails unless the system has just these records, each with one effect.
func (s *inbox) holds(records []connector.Record) {
	s.Helper()
	values, effects := s.sys.Held(s.T)
	if len(values) != len(records) {
		s.Errorf("%d records are there, want %d", len(values), len(records))
	}
	for i := range records {
		r := &records[i]
		if v := values[r.Key]; v != nil && !slices.Equal(v, r.Values) {
			s.Errorf("%s is %q, want %q", r.Key, v, r.Values)
		}
		if n := effects[r.Key+"="+r.Hash]; n != 1 {
			s.Fatalf("%s had %d effects", r.Key, n)
		}
	}
}

func (s *inbox) settings() {
	k := s.h.Connector.Kind
	if !slices.Contains(k.Roles, store.Destination) || !slices.Contains(store.Tiers, k.Tier) {
		s.Errorf("kind is not whole: %+v", k)
	}
	if err := s.open().Test(background); err != nil {
		s.Errorf("Test: %v", err)
	}
	for _, o := range k.As(store.Destination).Options {
		if !o.Required || o.Kind == store.OptionSecret {
			continue
		}
		x := s.sys.Settings
		x.Values = map[string]string{}
		for name, v := range s.sys.Settings.Values {
			if name != o.Name {
				x.Values[name] = v
			}
		}
		if _, err := s.h.Connector.OpenDestination(x); store.ClassOf(err) != store.Invalid && !errors.As(err, new(store.FieldErrors)) {
			s.Errorf("opened without %s: %v", o.Name, err)
		}
	}
}

func (s *inbox) records() {
	all := batch(1000, 1)
	s.ship(s.open(), "0a01", all)
	s.holds(all)
}

func (s *inbox) uncommitted() {
	if s.tier != store.TierTransactional {
		s.Log("each record is a switch of its own")
		return
	}
	d := s.open()
	x := s.begin(d, "0a01")
	if _, err := x.Send(background, batch(100, 1)); err != nil {
		s.Fatal(err)
	}
	s.holds(nil)
	if err := x.Close(); err != nil {
		s.Error(err)
	}
	s.holds(nil)
	s.ship(s.open(), "0a01", batch(10, 1))
	s.holds(batch(10, 1))
}

// twice holds that the same run again is one effect, where the tier promises that.
func (s *inbox) twice() {
	if s.tier == store.TierOnce {
		s.Log("a record sent again is there twice: nobody sends it again by itself")
		return
	}
	all := batch(10, 1)
	d := s.open()
	x := s.begin(d, "0a01")
	if _, err := x.Send(background, all); err != nil {
		s.Fatal(err)
	}
	if err := x.Commit(background); err != nil {
		s.Fatal(err)
	}
	x.Close()
	s.ship(s.open(), "0a01", all)
	s.holds(all)
}

// dropped holds that a lost answer is never taken for a yes or a no.
func (s *inbox) dropped() {
	if s.sys.LoseAnswer == nil {
		s.Log("the system has no answer to lose")
		return
	}
	all := batch(10, 1)
	s.sys.LoseAnswer()
	x := s.begin(s.open(), "0a01")
	answers, err := x.Send(background, all)
	if s.tier == store.TierTransactional {
		if err = x.Commit(background); store.ClassOf(err) != store.Unavailable {
			s.Fatalf("%v when the answer to the switch was lost", err)
		}
		x.Close()
		if x = s.begin(s.open(), "0a01"); !x.Taken() {
			s.Error("the next attempt doesn't know that it took place")
		}
		s.holds(all)
		return
	}
	if err != nil || len(answers) != len(all) {
		s.Fatalf("%d answers, %v", len(answers), err)
	}
	for i, a := range answers {
		if a.State != store.SentUnknown {
			s.Fatalf("record %d is %s", i, a.State)
		}
	}
	if s.tier == store.TierKeyed {
		s.ship(s.open(), "0a01", all)
	}
	s.holds(all)
}

// unmarked holds that a crash between the switch and our mark does nothing twice.
func (s *inbox) unmarked() {
	all := batch(10, 1)
	x := s.begin(s.open(), "0a01")
	if _, err := x.Send(background, all); err != nil {
		s.Fatal(err)
	}
	if err := x.Commit(background); err != nil {
		s.Fatal(err)
	}
	next := s.begin(s.open(), "0a01")
	if next.Taken() != (s.tier == store.TierTransactional) {
		s.Errorf("taken: %v", next.Taken())
	}
	if s.tier != store.TierOnce {
		s.ship(s.open(), "0a01", all)
	}
	s.holds(all)
}

func (s *inbox) refused() {
	if s.sys.Refuse == nil {
		s.Log("the system takes all")
		return
	}
	all := batch(10, 1)
	s.sys.Refuse(all[3].Key)
	answers := s.ship(s.open(), "0a01", all)
	for i, a := range answers {
		if refused := i == 3; refused != (a.State == store.SentRefused) || refused != (a.Reason != "") {
			s.Errorf("record %d: %+v", i, a)
		}
	}
	s.holds(slices.Delete(slices.Clone(all), 3, 4))
}

func (s *inbox) cancelled() {
	ended, cancel := context.WithCancel(background)
	cancel()
	d := s.open()
	soon := func(what string, f func() error) {
		start := time.Now()
		if err := f(); !errors.Is(err, context.Canceled) {
			s.Errorf("%s: %v, want that it was cancelled", what, err)
		}
		if d := time.Since(start); d > stops {
			s.Errorf("%s took %v to stop", what, d)
		}
	}
	soon("Test", func() error { return d.Test(ended) })
	soon("Open", func() error { _, err := d.Open(ended, s.shipment("0a01")); return err })
	x := s.begin(d, "0a01")
	soon("Send", func() error { _, err := x.Send(ended, batch(1000, 1)); return err })
	soon("Commit", func() error { return x.Commit(ended) })
	x.Close()
	s.holds(nil)
}

// crashed stops an attempt at each moment there is, and holds that the next one makes it whole and nothing twice.
func (s *inbox) crashed() {
	if s.sys.Stop == nil {
		s.Log("no moments of its own")
		return
	}
	all := batch(250, 1)
	for n := 0; ; n++ {
		s.sys = s.h.New(s.T)
		stopped := func() (stopped bool) {
			defer func() {
				if p := recover(); p != nil {
					if stopped = true; p != Crashed {
						panic(p)
					}
				}
			}()
			d := s.open()
			s.sys.Stop(d, n)
			x := s.begin(d, "0a01")
			if _, err := x.Send(background, all); err != nil {
				s.Fatal(err)
			}
			if err := x.Commit(background); err != nil {
				s.Fatal(err)
			}
			return false
		}()
		s.ship(s.open(), "0a01", all)
		s.holds(all)
		if !stopped {
			if n == 0 {
				s.Error("it was never stopped")
			}
			s.Logf("%d moments", n)
			return
		}
	}
}

// beside holds that two runs made in the same second take nothing from each other.
func (s *inbox) beside() {
	d := s.open()
	first, second := batch(20, 1)[:10], batch(20, 1)[10:]
	a, b := s.begin(d, "0a01"), s.begin(s.open(), "0a02")
	for _, x := range []struct {
		connector.Sending
		records []connector.Record
	}{{a, first}, {b, second}} {
		if _, err := x.Send(background, x.records); err != nil {
			s.Fatal(err)
		}
	}
	for _, x := range []connector.Sending{a, b} {
		if err := x.Commit(background); err != nil {
			s.Fatal(err)
		}
		if err := x.Acknowledged(background); err != nil {
			s.Fatal(err)
		}
		x.Close()
	}
	s.holds(batch(20, 1))
}
