package vault

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"samband/store"
)

func TestReveal(t *testing.T) {
	each(t, func(t *testing.T, at place) {
		v := at.open(t)
		var ps []store.Pseudonym
		for _, registry := range []string{"a", "b"} {
			tx := begin(t, v, registry)
			for n := range 50 {
				p := put(t, tx, person(t, v, n, fmt.Sprint("Navn", n), 1))
				if registry == "a" {
					ps = append(ps, p)
				}
			}
			settle(t, tx)
			commit(t, tx)
		}
		for _, n := range []int{0, 1, 20, 21, 45} {
			got := map[store.Pseudonym]string{}
			wanted := append([]store.Pseudonym{{9}}, ps[:n]...) // the first is nobody's
			if err := v.Reveal(context.Background(), "a", wanted, func(p store.Pseudonym, a Attributes) error {
				if got[p] != "" {
					t.Errorf("%s twice", p)
				}
				got[p] = a.Value(store.AttrFamilyName, 0)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			for i, p := range ps[:n] {
				if got[p] != fmt.Sprint("Navn", i) {
					t.Errorf("person %d of %d is %q", i, n, got[p])
				}
			}
			if len(got) != n {
				t.Errorf("%d persons for %d", len(got), n)
			}
		}
		// A pseudonym of one registry is nobody's in another.
		for _, registry := range []string{"b", "none"} {
			if err := v.Reveal(context.Background(), registry, ps, func(store.Pseudonym, Attributes) error {
				return errors.New("somebody")
			}); err != nil {
				t.Errorf("%s: %v", registry, err)
			}
		}
		stop := errors.New("stop")
		if err := v.Reveal(context.Background(), "a", ps, func(store.Pseudonym, Attributes) error { return stop }); !errors.Is(err, stop) {
			t.Error(err)
		}
	})
}

// BenchmarkReveal finds one person among 100 000.
func BenchmarkReveal(b *testing.B) {
	v := place{Options{Path: filepath.Join(b.TempDir(), "vault.db")}}.open(b)
	tx := begin(b, v, "a")
	var last store.Pseudonym
	for n := range 100_000 {
		i := Index{byte(n >> 16), byte(n >> 8), byte(n)}
		last = put(b, tx, Person{Index: i, Tag: int64(n), Values: []string{"", "Navn"}, Version: 1})
	}
	settle(b, tx)
	commit(b, tx)
	for b.Loop() {
		if err := v.Reveal(context.Background(), "a", []store.Pseudonym{last}, func(store.Pseudonym, Attributes) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
