package text

import "samband/store"

// DraftStep says what a step of a draft did: «Regelen for Vekt».
func DraftStep(lang Lang, s *store.DraftStep) string {
	return Fill(lang, "draft."+string(s.What), s.Args)
}

// draftTexts holds the words of a person's draft of a mapping: what was done to it, undo, and merging with what somebody
// else saved.
var draftTexts = Catalogue{
	"draft.rule":       {"Regelen for {variable}", "Regelen for {variable}", "The rule of {variable}"},
	"draft.clear":      {"Fjernet regelen for {variable}", "Fjerna regelen for {variable}", "Removed the rule of {variable}"},
	"draft.accept":     {"Godtok forslaget {field} til {variable}", "Godtok framlegget {field} til {variable}", "Accepted the suggestion {field} for {variable}"},
	"draft.fields":     {"Kildens felter", "Felta i kjelda", "The source's fields"},
	"draft.checks":     {"Kontrollene", "Kontrollane", "The checks"},
	"draft.versions":   {"Valg av versjon når samme nøkkel kommer flere ganger", "Val av versjon når same nøkkel kjem fleire gonger", "Choice of version when the same key comes several times"},
	"draft.missing":    {"Hva som regnes som manglende", "Kva som blir rekna som manglande", "What counts as missing"},
	"draft.codes":      {"Kodene for {variable}", "Kodane for {variable}", "The codes of {variable}"},
	"draft.correction": {"Korreksjonen {name}", "Korreksjonen {name}", "The correction {name}"},
	"draft.table":      {"Oppslagstabellen {name}", "Oppslagstabellen {name}", "The lookup table {name}"},
	"draft.list":       {"Versjonen av kodeverket {name}", "Versjonen av kodeverket {name}", "The version of the code system {name}"},
	"draft.restore":    {"Hentet fram versjon {no}", "Henta fram versjon {no}", "Brought back version {no}"},
	"draft.merge":      {"Flettet med versjon {no}", "Fletta med versjon {no}", "Merged with version {no}"},
	"draft.import":     {"Leste inn {name}", "Las inn {name}", "Read in {name}"},

	"draft.undone": {"Angret: {what}.", "Angra: {what}.", "Undone: {what}."},
	"draft.redone": {"Gjort på nytt: {what}.", "Gjort på nytt: {what}.", "Done again: {what}."},
	"error.mapping.nothing_to_undo": {
		"Det er ikke noe mer å angre i denne kladden. Kladden er som den var.",
		"Det er ikkje noko meir å angre i denne kladden. Kladden er som han var.",
		"There is nothing more to undo in this draft. The draft is as it was.",
	},
	"error.mapping.nothing_to_redo": {
		"Det er ikke noe å gjøre på nytt i denne kladden. Kladden er som den var.",
		"Det er ikkje noko å gjere på nytt i denne kladden. Kladden er som han var.",
		"There is nothing to do again in this draft. The draft is as it was.",
	},
}
