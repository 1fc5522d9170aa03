package store

import "strings"

// noAnswer are the texts of options that stand for no answer, whatever code they sit on (contracts/mrs.md section 3,
// rule 5), in the written forms that registries use.
var noAnswer = map[string]bool{
	"velg": true, "vel": true, "velg verdi": true, "vel verdi": true, "velg…": true, "velg...": true, "select": true,
	"ikke valgt": true, "ikkje valt": true, "not selected": true, "none selected": true, "none": true,
	"ikke registrert": true, "ikkje registrert": true, "not registered": true, "not recorded": true,
	"ukjent": true, "ukjend": true, "unknown": true, "ikke kjent": true, "ikkje kjend": true, "not known": true,
	"ikke besvart": true, "ikkje svara på": true, "ubesvart": true, "not answered": true,
	"ikke utfylt": true, "ikkje fylt ut": true, "mangler": true, "manglar": true, "missing": true,
	"mangler data": true, "manglende": true, "manglande": true, "vet ikke": true, "veit ikkje": true, "don't know": true,
}

// noAnswerBegins are how the texts of options begin that stand for no answer when their code is negative.
var noAnswerBegins = []string{"ikke ", "ikkje ", "ukjent", "ukjend", "mangl", "vet ikke", "veit ikkje", "ønsker ikke",
	"ønskjer ikkje", "not ", "unknown", "missing", "no answer", "don't ", "refused"}

// MissingOption tells whether an option of a code list stands for no answer: «Ukjent», «Ikke registrert». The text
// decides, not the code, since -1 and 0 are real answers in many lists. Of an option with a negative code the beginning
// of the text is enough: «-8 Ikke relevant for gruppen». An option without a text is missing only when its code is
// negative.
func MissingOption(code, text string) bool {
	text = strings.ToLower(strings.Trim(strings.TrimSpace(text), "()[]<>«»\"' ."))
	negative := strings.HasPrefix(strings.TrimSpace(code), "-")
	if text == "" {
		return negative
	}
	if noAnswer[text] || strings.Trim(text, "-–") == "" {
		return true
	}
	if negative {
		for _, begin := range noAnswerBegins {
			if strings.HasPrefix(text, begin) {
				return true
			}
		}
	}
	return false
}
