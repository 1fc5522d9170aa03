package jobs

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"samband/jobs/connector/all"
	"samband/store"
	"samband/store/seed"
)

// TestQuestions: what is asked of all at once is what is asked of each.
func TestQuestions(t *testing.T) {
	h := open(t)
	qs, err := h.Questions(t.Context(), store.AtRun)
	if err != nil || len(qs) == 0 {
		t.Fatalf("%d questions, %v", len(qs), err)
	}
	for _, q := range qs {
		one, err := h.Question(t.Context(), q.Integration.ID, store.AtRun)
		if err != nil {
			t.Fatal(err)
		}
		one.ApprovedBefore, q.ApprovedBefore = false, false
		if !reflect.DeepEqual(q, one) {
			t.Errorf("%s: got %+v, want %+v", q.Integration.ID, q, one)
		}
	}
}

// BenchmarkQueue reads everything that the queue of the security officer asks of 500 integrations, and compares each
// Scope with what was approved.
func BenchmarkQueue(b *testing.B) {
	dir := b.TempDir()
	j, err := Open(b.Context(), Config{Data: filepath.Join(dir, "data"), Drop: filepath.Join(dir, "drop"), MakeKeys: true,
		Workers: 1, Demo: true, Clock: store.NewFakeClock(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)),
		IDs: store.RandomIDs{}, Log: slog.New(slog.DiscardHandler), Connectors: all.Connectors()})
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	doc, err := ParseBundle(seed.Demo())
	if err != nil {
		b.Fatal(err)
	}
	one := doc.Integrations[0]
	doc.Integrations = nil
	for n := range 500 {
		one.ID = fmt.Sprintf("%s-%d", seed.DemoIntegration, n)
		doc.Integrations = append(doc.Integrations, one)
	}
	text, err := FormatBundle(doc)
	if err != nil {
		b.Fatal(err)
	}
	if err := j.SeedCatalogue(b.Context()); err != nil {
		b.Fatal(err)
	}
	if _, err := j.Import(b.Context(), text, ImportMode{Demo: true}, by); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		qs, err := j.Questions(b.Context(), store.AtRun)
		if err != nil {
			b.Fatal(err)
		}
		same := 0
		for i := range qs {
			if q := &qs[i]; q.Approval != nil && store.ComputeScope(q.ScopeParts).Hash() == q.Approval.ScopeHash {
				same++
			}
		}
		if same != 500 {
			b.Fatalf("%d are as approved", same)
		}
	}
}
