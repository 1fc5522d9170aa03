package suggest

import (
	"cmp"
	"slices"
	"strings"
)

// alike is a concept that is written much like another.
type alike struct {
	concept string
	sim     float64
}

// spellings gives the ways that a concept of the table is written; nil for one that is only a word.
var spellings = func() map[string][]string {
	m := map[string][]string{}
	for _, line := range concepts {
		list := strings.Fields(line)
		for _, s := range list {
			if w := fold(s); len(w) > 3 {
				m[list[0]] = append(m[list[0]], w)
			}
		}
	}
	return m
}()

// nearly is how much of two words' trigrams must be the same.
const nearly = 0.6

// findAlike finds the concepts of fields that are written much like one of a variable: one begins with the other, or
// most of their trigrams are the same. Of two concepts of the table it is known what they mean: they are alike only when
// near says so.
func (m *matcher) findAlike() {
	m.alike = map[string][]alike{}
	type form struct{ text, concept string }
	var forms []form
	for _, c := range sorted(m.saying) {
		if list := spellings[c]; list != nil {
			for _, s := range list {
				forms = append(forms, form{s, c})
			}
		} else if len(c) >= 3 && !isDigit(c[0]) {
			forms = append(forms, form{c, c})
		}
	}
	grams := map[string][]int32{} // trigram → forms
	count := make([]int, len(forms))
	for i, f := range forms {
		list := trigrams(f.text)
		count[i] = len(list)
		for _, g := range list {
			grams[g] = append(grams[g], int32(i))
		}
	}
	hits := make([]int32, len(forms))
	done := map[string]bool{}
	for _, v := range m.variables {
		for c := range v.all {
			if done[c] || isDigit(c[0]) {
				continue
			}
			done[c] = true
			own, known := spellings[c], true
			if own == nil {
				own, known = []string{c}, false
			}
			best := map[string]float64{}
			for _, text := range own {
				if len(text) < 3 {
					continue
				}
				list := trigrams(text)
				var touched []int32
				for _, g := range list {
					for _, i := range grams[g] {
						if hits[i] == 0 {
							touched = append(touched, i)
						}
						hits[i]++
					}
				}
				for _, i := range touched {
					n := float64(hits[i])
					hits[i] = 0
					f := forms[i]
					if f.concept == c || known && spellings[f.concept] != nil {
						continue
					}
					sim := 2 * n / float64(len(list)+count[i])
					// A word of its own is no abbreviation: seng is none of sengepost.
					if begins(text, f.text) && !words.parts[shorter(text, f.text)] {
						sim = max(sim, 0.8)
					}
					if sim >= nearly {
						best[f.concept] = max(best[f.concept], min(sim, 0.95))
					}
				}
			}
			for concept, sim := range best {
				m.alike[c] = append(m.alike[c], alike{concept, sim})
			}
			for _, n := range near {
				switch c {
				case n.a:
					m.alike[c] = append(m.alike[c], alike{n.b, n.sim})
				case n.b:
					m.alike[c] = append(m.alike[c], alike{n.a, n.sim})
				}
			}
			slices.SortFunc(m.alike[c], func(a, b alike) int {
				return cmp.Or(cmp.Compare(b.sim, a.sim), cmp.Compare(a.concept, b.concept))
			})
		}
	}
}

func shorter(a, b string) string {
	if len(a) <= len(b) {
		return a
	}
	return b
}

// begins tells whether the shorter of two words begins the longer, as abbreviations do.
func begins(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 3 && strings.HasPrefix(b, a)
}

// trigrams gives the distinct runs of three letters of a word, its beginning marked.
func trigrams(w string) []string {
	w = "^" + w
	var out []string
	for i := 0; i+3 <= len(w); i++ {
		if g := w[i : i+3]; !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
