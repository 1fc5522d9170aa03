package suggest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// fold writes a word so that spellings of the same letters meet: lower case; æ, ae and a are one, so are ø, oe and o,
// å, aa and a, and double vowels.
func fold(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b = append(b, byte(r))
		default:
			b = append(b, letters[r]...)
		}
	}
	return foldPairs.Replace(string(b))
}

var (
	letters = map[rune]string{'æ': "a", 'ø': "o", 'å': "a", 'ä': "a", 'ö': "o", 'ü': "u", 'é': "e", 'è': "e", 'ê': "e", 'ô': "o",
		'ò': "o", 'ó': "o", 'à': "a", 'á': "a", 'ç': "c", 'ñ': "n", 'š': "s", 'č': "c", 'ž': "z", 'ŋ': "ng", 'đ': "d", 'ŧ': "t"}
	foldPairs = strings.NewReplacer("ae", "a", "oe", "o", "aa", "a")
)

// endings are what light stemming takes off a Norwegian or English word, the longest first.
var endings = []string{"heten", "heter", "ingene", "ingen", "inger", "ene", "ane", "ens", "ets", "ing", "en", "et", "er", "ar", "es",
	"e", "a", "s"}

// stem takes one ending off a folded word that stays at least four letters long.
func stem(w string) string {
	for _, e := range endings {
		if len(w) >= len(e)+4 && strings.HasSuffix(w, e) {
			return w[:len(w)-len(e)]
		}
	}
	return w
}

// lexicon knows what words mean.
type lexicon struct {
	means map[string][]string // folded word or stem → concepts
	parts map[string]bool     // folded words that compounds are cut into
	stop  map[string]bool
}

var words = newLexicon()

func newLexicon() *lexicon {
	l := &lexicon{means: map[string][]string{}, parts: map[string]bool{}, stop: map[string]bool{}}
	add := func(spelling string, means []string) {
		w := fold(spelling)
		l.means[w] = means
		if len(w) > 2 {
			l.parts[w] = true
		}
	}
	for _, line := range concepts {
		list := strings.Fields(line)
		for _, spelling := range list {
			add(spelling, list[:1])
		}
	}
	for spelling, means := range expansions {
		add(spelling, strings.Fields(means))
	}
	for _, p := range parts {
		if w := fold(p); l.means[w] == nil {
			add(p, []string{stem(w)})
		}
	}
	for _, line := range concepts { // an inflected form means the same, when it is no word of its own
		list := strings.Fields(line)
		for _, spelling := range list {
			if w := stem(fold(spelling)); l.means[w] == nil {
				l.means[w] = list[:1]
			}
		}
	}
	for _, w := range stopWords {
		l.stop[fold(w)] = true
	}
	return l
}

// tail are the short words that compounds end with.
var tail = []string{"dt", "nr", "id", "kl", "bt", "hr", "op"}

// meaning gives the concepts of one folded word: its own, those of the parts of a compound, or its stem.
func (l *lexicon) meaning(w string) []string {
	if m := l.means[w]; m != nil {
		return m
	}
	if m := l.means[stem(w)]; m != nil {
		return m
	}
	if cut := l.compound(w); cut != nil {
		return cut
	}
	return []string{stem(w)}
}

// compound cuts a word into known ones, as few as can be, with the s or e that binds them left out. Where only the end
// or the beginning is known, the rest is a word of its own. Nil when nothing is known.
func (l *lexicon) compound(w string) []string {
	if len(w) < 5 || len(w) > 60 {
		return nil
	}
	type cut struct {
		from  int // where the last part begins
		bind  int // letters that bind it to the part before
		parts int // 0: no way here
	}
	best := make([]cut, len(w)+1)
	for end := 2; end <= len(w); end++ {
		for from := 0; from <= end-2; from++ {
			part := w[from:end]
			known := l.parts[part] || end == len(w) && (slices.Contains(tail, part) || len(part) > 3 && l.means[stem(part)] != nil)
			if !known {
				continue
			}
			if from == 0 {
				best[end] = cut{parts: 1}
				continue
			}
			for bind := 0; bind <= 1 && from-bind >= 3; bind++ {
				before := best[from-bind]
				if bind == 1 && w[from-1] != 's' && w[from-1] != 'e' || before.parts == 0 {
					continue
				}
				if best[end].parts == 0 || before.parts+1 < best[end].parts {
					best[end] = cut{from, bind, before.parts + 1}
				}
			}
		}
	}
	if best[len(w)].parts > 0 {
		var out []string
		for end := len(w); end > 0; {
			c := best[end]
			part := w[c.from:end]
			m := l.means[part]
			if m == nil {
				m = l.means[stem(part)]
			}
			if m == nil {
				m = []string{stem(part)}
			}
			out = append(slices.Clone(m), out...)
			end = c.from - c.bind
		}
		return out
	}
	for from := 3; from <= len(w)-4; from++ {
		if m := l.means[w[from:]]; m != nil && l.parts[w[from:]] {
			return append([]string{stem(strings.TrimRight(w[:from], "s"))}, m...)
		}
	}
	for end := len(w) - 3; end >= 5; end-- {
		if m := l.means[w[:end]]; m != nil && l.parts[w[:end]] {
			return append(slices.Clone(m), stem(strings.TrimLeft(w[end:], "s")))
		}
	}
	return nil
}

// word is a word of a name or a label.
type word struct {
	raw    string // as it stands there, in lower case
	folded string
}

// cut gives the words of a name or a label: at every sign that is no letter or digit, where lower case turns to upper,
// and between letters and digits where the whole is no known word.
func (l *lexicon) cut(s string) []word {
	var out []word
	var w []rune
	flush := func() {
		if len(w) > 0 {
			raw := strings.ToLower(string(w))
			for _, part := range l.digits(fold(raw)) {
				out = append(out, word{raw, part})
			}
			w = w[:0]
		}
	}
	runes := []rune(s)
	whole := 0 // where a word that is known as it stands ends: SpO2
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush()
			continue
		}
		if len(w) == 0 && i >= whole {
			end := i
			for end < len(runes) && (unicode.IsLetter(runes[end]) || unicode.IsDigit(runes[end])) {
				end++
			}
			if l.means[fold(string(runes[i:end]))] != nil {
				whole = end
			}
		}
		if i >= whole && unicode.IsUpper(r) && len(w) > 0 {
			before := runes[i-1]
			next := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if unicode.IsLower(before) || unicode.IsDigit(before) || unicode.IsUpper(before) && next {
				flush()
			}
		}
		w = append(w, r)
	}
	flush()
	return out
}

// digits parts the digits of a folded word from its letters. Zeros before a number don't count.
func (l *lexicon) digits(w string) []string {
	if w == "" {
		return nil
	}
	if l.means[w] != nil || !strings.ContainsAny(w, "0123456789") {
		return []string{w}
	}
	var out []string
	from := 0
	for i := 1; i <= len(w); i++ {
		if i < len(w) && isDigit(w[i]) == isDigit(w[i-1]) {
			continue
		}
		part := w[from:i]
		if isDigit(w[from]) {
			if part = strings.TrimLeft(part, "0"); part == "" {
				part = "0"
			}
		}
		out, from = append(out, part), i
	}
	return out
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// token is one thing that a name or a label says.
type token struct {
	concept string
	raw     string  // the word it was read from
	weight  float64 // how much it tells, see matcher.weigh
	marker  bool
}

// tokens gives what the words of a name or a label say, each concept once, sorted.
func (l *lexicon) tokens(list []word) []token {
	var out []token
	for i := 0; i < len(list); i++ {
		w := list[i]
		if i+1 < len(list) && len(w.folded) <= 2 { // f_dato
			if m := l.means[w.folded+list[i+1].folded]; m != nil && l.means[w.folded] == nil {
				w = word{w.raw + " " + list[i+1].raw, w.folded + list[i+1].folded}
				i++
			}
		}
		if l.stop[w.folded] {
			continue
		}
		for _, c := range l.meaning(w.folded) {
			out = append(out, token{concept: c, raw: w.raw, marker: isMarker[c]})
		}
	}
	slices.SortStableFunc(out, func(a, b token) int { return cmp.Compare(a.concept, b.concept) })
	return slices.CompactFunc(out, func(a, b token) bool { return a.concept == b.concept })
}
