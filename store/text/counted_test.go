package text

import (
	"regexp"
	"testing"

	"samband/store"
)

// counted finds a number with a word in the plural right after it. A number that something is out of, over or under is
// never one.
var counted = regexp.MustCompile(`(?:^|[^\pL])(\pL+ )?\{\w+\} (timer|timar|hours|dager|dagar|days|minutter|minutes|sekunder|seconds|` +
	`rader|rows|koder|kodar|codes|ganger|gonger|times|personer|personar|persons|sjekkpunkter|checkpoints)(?:[^\pL]|$)`)

var outOf = map[string]bool{"av ": true, "of ": true, "enn ": true, "than ": true, "over ": true, "every ": true, "under ": true}

// TestOneIsSingular: «1 timer» is never said: the words after a number bend.
func TestOneIsSingular(t *testing.T) {
	for key, says := range all {
		for lang, s := range map[Lang]string{NB: says.NB, NN: says.NN, EN: says.EN} {
			for _, m := range counted.FindAllStringSubmatch(s, -1) {
				if !outOf[m[1]] {
					t.Errorf("%s in %s: «%s» is said of 1 too: {n|one|many}", key, lang, m[0])
				}
			}
		}
	}
	for n, want := range map[int]string{1: "1 time, 1 dag", 2: "2 timer, 2 dager"} {
		got := T(NB, "plan.hours", "n", n) + ", " + fill(NB, "{n} {n|dag|dager}", store.Args{"n": n})
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
