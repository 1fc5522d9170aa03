package suggest

import (
	"cmp"
	"slices"
	"strings"

	"samband/store"
)

// CodeProposal proposes a code for a value of the source.
type CodeProposal struct {
	Value string
	Code  string
	Score float64 // 0 to 1
	Why   store.Code
}

// Why a code is proposed. The text "suggest.<why>" says it.
const (
	WhySameCode    store.Code = "same_code"
	WhySameText    store.Code = "same_text"
	WhyTextInside  store.Code = "code_and_text" // the value holds both: «1 = Ja»
	WhySameMeaning store.Code = "code_meaning"  // «J» and «Ja»
	WhyFamily      store.Code = "code_family"   // digits of a known list: 1 and 2 of 1101
	WhySimilarText store.Code = "similar_text"
)

// meanings are texts that mean the same in code lists, the first one naming the meaning.
var meanings = [][]string{
	{"yes", "ja", "j", "y", "true", "sann", "t"},
	{"no", "nei", "n", "false", "usann", "f", "nei/ikke"},
	{"unknown", "ukjent", "vet ikke", "veit ikkje", "don't know", "uvisst", "usikker", "ikke kjent", "ikkje kjent", "unk", "ukj"},
	{"male", "mann", "mannlig", "menn", "m", "gutt", "man", "men"},
	{"female", "kvinne", "kvinnelig", "k", "kvinner", "jente", "woman", "women", "kvinna"},
	{"other", "annet", "andre", "anna", "annen", "annan"},
	{"not_specified", "uspesifisert", "ikke spesifisert", "ikkje spesifisert", "not specified", "uoppgitt", "ikke oppgitt",
		"ikkje oppgitt"},
	{"none", "ingen", "inga"},
	{"not_chosen", "---", "velg verdi", "ikke valgt", "ikke registrert", "ikkje registrert", "velg", "ikkje vald"},
	{"not_applicable", "ikke aktuelt", "ikkje aktuelt", "ikke relevant", "n/a"},
	{"not_done", "ikke utført", "ikkje utført", "ikke gjort", "ikke målt", "not done"},
}

// meaningOf gives what a text means in a code list, "" when it is no such text. Letters that mean several things mean
// what the list they stand in is about: f is false among yes and no, and female among men and women.
func meaningOf(text string, sexes bool) string {
	t := lower(text)
	if sexes && t == "f" {
		return "female"
	}
	for _, m := range meanings {
		if slices.Contains(m, t) {
			return m[0]
		}
	}
	return ""
}

// family is a way that lists of this country write yes and no, or sexes, as numbers.
type family struct {
	codes map[string]string // code → meaning
}

// families are those of contracts/code-systems.md section 1. A 1 is yes in all of them; what is no, and what is unknown,
// is not the same.
var families = []family{
	{map[string]string{"1": "yes", "2": "no"}},                                                      // 1101
	{map[string]string{"1": "yes", "2": "no", "9": "unknown"}},                                      // 1102, 1103
	{map[string]string{"1": "yes", "0": "no", "-1": "not_chosen"}},                                  // the MRS platform
	{map[string]string{"1": "yes", "0": "no", "99": "unknown"}},                                     // InfoPath
	{map[string]string{"1": "yes", "0": "no"}},                                                      // REDCap
	{map[string]string{"0": "unknown", "1": "male", "2": "female", "9": "not_specified"}},           // 3101
	{map[string]string{"0": "not_specified", "1": "male", "2": "female", "9": "unknown", "3": "x"}}, // and lists made like it
}

// target is an option with what it means.
type target struct {
	store.CodeOption
	code, label string // lower case
	meaning     string
	tokens      []token
}

// Codes proposes a code for each value it can, at most one each, in the order of the values. A number is proposed as the
// same number only when nothing says that it means something else there: where the options are yes and no, or sexes,
// by their texts, the numbers are read by the family of lists that all the values fit; where no family fits or several
// disagree, there is no proposal, and a person decides.
func Codes(options []store.CodeOption, values []store.ValueCount) []CodeProposal {
	sexes := false
	for _, o := range options {
		if l := lower(o.Label); l == "mann" || l == "kvinne" || l == "male" || l == "female" || l == "kvinna" {
			sexes = true
		}
	}
	var targets []target
	told := false // the options are yes and no, or sexes, by their texts
	for _, o := range options {
		t := target{CodeOption: o, code: lower(o.Code), label: lower(o.Label), tokens: words.tokens(words.cut(o.Label))}
		if t.meaning = meaningOf(o.Label, sexes); t.meaning == "" && !isNumber(t.code) {
			t.meaning = meaningOf(o.Code, sexes)
		}
		told = told || t.meaning == "yes" || t.meaning == "no" || t.meaning == "male" || t.meaning == "female"
		targets = append(targets, t)
	}
	numbers := numberMeanings(values, sexes)
	var out []CodeProposal
	for _, v := range values {
		if p, ok := propose(v.Text, targets, told, sexes, numbers); ok {
			out = append(out, p)
		}
	}
	return out
}

func propose(value string, targets []target, told, sexes bool, numbers map[string]string) (CodeProposal, bool) {
	t := lower(value)
	p := func(code string, score float64, why store.Code) (CodeProposal, bool) {
		return CodeProposal{value, code, score, why}, true
	}
	if t == "" {
		return CodeProposal{}, false
	}
	if code, label, ok := codeAndText(t); ok {
		for _, o := range targets {
			if o.label == label || o.meaning != "" && o.meaning == meaningOf(label, sexes) {
				if o.code == code {
					return p(o.Code, 0.99, WhyTextInside)
				}
				return p(o.Code, 0.9, WhySameText)
			}
		}
		return CodeProposal{}, false // its own text says that it is none of these
	}
	for _, o := range targets {
		if o.label == t {
			return p(o.Code, 0.98, WhySameText)
		}
	}
	if isNumber(t) {
		return proposeNumber(value, t, targets, told, numbers)
	}
	for _, o := range targets {
		if o.code == t {
			return p(o.Code, 0.97, WhySameCode)
		}
	}
	if m := meaningOf(t, sexes); m != "" {
		for _, o := range targets {
			if o.meaning == m {
				return p(o.Code, 0.9, WhySameMeaning)
			}
		}
		return CodeProposal{}, false
	}
	return similar(value, targets)
}

// proposeNumber proposes a code for a number.
func proposeNumber(value, t string, targets []target, told bool, numbers map[string]string) (CodeProposal, bool) {
	same := slices.IndexFunc(targets, func(o target) bool { return o.code == t || sameNumber(o.code, t) })
	if !told {
		if same < 0 {
			return CodeProposal{}, false
		}
		return CodeProposal{value, targets[same].Code, 0.8, WhySameCode}, true
	}
	means := numbers[t]
	if means == "" {
		return CodeProposal{}, false
	}
	meant := slices.IndexFunc(targets, func(o target) bool { return o.meaning == means })
	switch {
	case meant < 0:
		return CodeProposal{}, false
	case same < 0:
		return CodeProposal{value, targets[meant].Code, 0.7, WhyFamily}, true
	case same == meant:
		return CodeProposal{value, targets[meant].Code, 0.85, WhySameCode}, true
	}
	return CodeProposal{}, false // the same number means something else: only a person knows which it is
}

// numberMeanings reads what the numbers among the values mean, by the families that all of them fit. A number that the
// families disagree on has no meaning here.
func numberMeanings(values []store.ValueCount, sexes bool) map[string]string {
	out := map[string]string{}
	disagree := map[string]bool{}
	for _, f := range families {
		if ofSexes := f.codes["1"] == "male"; ofSexes != sexes {
			continue
		}
		fits := true
		for _, v := range values {
			t := lower(v.Text)
			fits = fits && (!isNumber(t) || f.codes[t] != "")
		}
		if !fits {
			continue
		}
		for code, means := range f.codes {
			if was := out[code]; was != "" && was != means {
				disagree[code] = true
			}
			out[code] = means
		}
	}
	for code := range disagree {
		delete(out, code)
	}
	return out
}

func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// sameNumber tells whether two codes differ by zeros at the front alone: 01 and 1.
func sameNumber(a, b string) bool {
	return isNumber(a) && isNumber(b) && strings.TrimLeft(a, "0") == strings.TrimLeft(b, "0") && strings.Trim(a, "0") != ""
}

// codeAndText reads a value that holds both: «1 = ja», «1: ja», «1 ja», «ja (1)».
func codeAndText(t string) (code, text string, ok bool) {
	for _, sign := range []string{"=", ":", ";", "|", " - ", " – ", " "} {
		if a, b, found := strings.Cut(t, sign); found && isNumber(strings.TrimSpace(a)) {
			if b = strings.TrimSpace(b); b != "" && !isNumber(b) {
				return strings.TrimSpace(a), b, true
			}
		}
	}
	if a, b, found := strings.Cut(strings.TrimSuffix(t, ")"), " ("); found && strings.HasSuffix(t, ")") && isNumber(b) {
		return b, strings.TrimSpace(a), true
	}
	return "", "", false
}

// similar proposes the one option whose text says most of what the value says. Two that are as good are none.
func similar(value string, targets []target) (CodeProposal, bool) {
	own := words.tokens(words.cut(value))
	if len(own) == 0 {
		return CodeProposal{}, false
	}
	best, second, at := 0.0, 0.0, -1
	for i, o := range targets {
		s := alikeTexts(own, o.tokens, fold(value), fold(o.Label))
		if s > best {
			best, second, at = s, best, i
		} else {
			second = max(second, s)
		}
	}
	if best < 0.5 || best-second < 0.05 {
		return CodeProposal{}, false
	}
	return CodeProposal{value, targets[at].Code, round(0.85 * best), WhySimilarText}, true
}

// alikeTexts says how alike two texts are: by what their words mean, or by their letters.
func alikeTexts(a, b []token, x, y string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	both := 0
	for _, t := range a {
		if _, ok := slices.BinarySearchFunc(b, t.concept, func(u token, c string) int { return cmp.Compare(u.concept, c) }); ok {
			both++
		}
	}
	meaning := 2 * float64(both) / float64(len(a)+len(b))
	one, other := trigrams(x), trigrams(y)
	same := 0
	for _, g := range one {
		if slices.Contains(other, g) {
			same++
		}
	}
	letters := 0.0
	if len(x) > 3 && len(y) > 3 {
		letters = 2 * float64(same) / float64(len(one)+len(other))
	}
	neg := func(list []token) bool {
		return slices.ContainsFunc(list, func(t token) bool { return slices.Contains(negations, t.concept) })
	}
	if neg(a) != neg(b) {
		return 0
	}
	return max(meaning, letters)
}

// negations turn a text into its opposite.
var negations = []string{"ikke", "ikk", "ikkje", "ikkj", "ing", "ingen", "not", "no", "nei", "aldri", "aldr", "never", "uten", "utan", "without"}
