package text

// translationTexts holds the words of the queue in which people decide what the source's codes mean.
var translationTexts = Catalogue{
	"audit.did.decide":       {"avgjort", "avgjort", "decided"},
	"audit.did.import":       {"lest inn", "lese inn", "read in"},
	"audit.kind.translation": {"Kodeoversettelse", "Kodeomsetjing", "Code translation"},

	"error.translation.value": {
		"Verdien mangler, er for lang eller inneholder et fødselsnummer.", "Verdien manglar, er for lang eller inneheld eit fødselsnummer.",
		"The value is missing, is too long or holds a national identity number.",
	},
	"error.translation.note": {
		"Merknaden er for lang eller inneholder et fødselsnummer.", "Merknaden er for lang eller inneheld eit fødselsnummer.",
		"The note is too long or holds a national identity number.",
	},
	"error.translation.verdict": {
		"«{verdict}» er ingen avgjørelse. Skriv approved, flagged eller ignored.", "«{verdict}» er inga avgjerd. Skriv approved, flagged eller ignored.",
		"“{verdict}” is no decision. Write approved, flagged or ignored.",
	},
	"error.translation.days": {
		"Dagene må skrives som åååå-mm-dd, og den siste kan ikke være før den første.", "Dagane må skrivast som åååå-mm-dd, og den siste kan ikkje vere før den første.",
		"Days are written yyyy-mm-dd, and the last can't be before the first.",
	},
	"error.translation.undecided_code": {
		"Bare en godkjent rad kan ha kode og forhold.", "Berre ei godkjend rad kan ha kode og forhold.", "Only an approved row can have a code and a relation.",
	},
	"error.translation.relation": {
		"«{relation}» er ikke et forhold. Skriv equivalent, broader, narrower eller no_match.", "«{relation}» er ikkje eit forhold. Skriv equivalent, broader, narrower eller no_match.",
		"“{relation}” is no relation. Write equivalent, broader, narrower or no_match.",
	},
	"error.translation.no_match": {
		"Velg en kode, eller «Ingen kode» uten kode.", "Vel ein kode, eller «Ingen kode» utan kode.", "Choose a code, or “No code” without one.",
	},
	"error.translation.unknown_code": {
		"Koden {code} finnes ikke i kodelisten til variabelen.", "Koden {code} finst ikkje i kodelista til variabelen.", "The variable's code list has no code {code}.",
	},
}
