package spill

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSorter(t *testing.T) {
	for _, most := range []int{0, 50, 1} {
		s := Sorter{Dir: t.TempDir(), Most: most}
		var want []string
		for range 500 {
			r := fmt.Sprint(rand.IntN(300))
			want = append(want, r)
			if err := s.Add([]byte(r)); err != nil {
				t.Fatal(err)
			}
		}
		slices.Sort(want)
		var got []string
		if err := s.Each(func(b []byte) error { got = append(got, string(b)); return nil }); err != nil {
			t.Fatal(err)
		}
		s.Close()
		if !slices.Equal(got, want) {
			t.Errorf("with %d bytes in memory: %q", most, got)
		}
	}
}
