package text

import "samband/store"

// DraftStep says what a step of a draft did: «Regelen for Vekt».
func DraftStep(lang Lang, s *store.DraftStep) string {
	return Fill(lang, "draft."+string(s.What), s.Args)
}

// draftTexts holds the words of a person's draft of a mapping: what was done to it, undo, and merging with what somebody
// else saved.
var draftTexts = Catalogue{
	"draft.rule":         {"Regelen for {variable}", "Regelen for {variable}", "The rule for {variable}"},
	"draft.clear":        {"Fjernet regelen for {variable}", "Fjerna regelen for {variable}", "Removed the rule for {variable}"},
	"draft.connect":      {"{fields} til {variable}", "{fields} til {variable}", "{fields} to {variable}"},
	"draft.connect_many": {"Kilder for {n} variabler", "Kjelder for {n} variablar", "Sources for {n} variables"},
	"draft.accept":       {"Godtok forslaget {field} til {variable}", "Godtok framlegget {field} til {variable}", "Accepted the suggestion {field} for {variable}"},
	"draft.read_from":    {"Leser fra {codebook}", "Les frå {codebook}", "Reads from {codebook}"},
	"draft.fields":       {"Kildens felter", "Felta i kjelda", "The source's fields"},
	"draft.checks":       {"Kontrollene", "Kontrollane", "The checks"},
	"draft.usual_checks": {"La til {n} {n|vanlig kontroll|vanlige kontroller}", "La til {n} {n|vanleg kontroll|vanlege kontrollar}", "Added {n} usual {n|check|checks}"},
	"draft.versions":     {"Valg av versjon når samme nøkkel kommer flere ganger", "Val av versjon når same nøkkel kjem fleire gonger", "Choice of version when the same key comes several times"},
	"draft.missing":      {"Hva som regnes som manglende", "Kva som blir rekna som manglande", "What counts as missing"},
	"draft.codes":        {"Kodene for {variable}", "Kodane for {variable}", "The codes of {variable}"},
	"draft.correction":   {"Rettelsen {name}", "Rettinga {name}", "The correction {name}"},
	"draft.table":        {"Oppslagstabellen {name}", "Oppslagstabellen {name}", "The lookup table {name}"},
	"draft.list":         {"Versjonen av kodeverket {name}", "Versjonen av kodeverket {name}", "The version of the code system {name}"},
	"draft.restore":      {"Hentet fram versjon {no}", "Henta fram versjon {no}", "Brought back version {no}"},
	"draft.merge":        {"Flettet med versjon {no}", "Fletta med versjon {no}", "Merged with version {no}"},
	"draft.import":       {"Leste inn {name}", "Las inn {name}", "Read in {name}"},

	"draft.undo":           {"Angre", "Angre", "Undo"},
	"draft.redo":           {"Gjør om", "Gjer om", "Redo"},
	"draft.history":        {"Det du har gjort i kladden", "Det du har gjort i kladden", "What you did in the draft"},
	"draft.history.lead":   {"Hvert steg er lagret og kan angres, også etter at du har lukket vinduet.", "Kvart steg er lagra og kan angrast, også etter at du har lukka vindauget.", "Each step is kept and can be undone, also after you have closed the window."},
	"draft.history.undone": {"angret", "angra", "undone"},

	"merge.title":            {"Flett kladden", "Flett kladden", "Merge the draft"},
	"merge.lead":             {"{name} lagret versjon {no}, {at}: «{message}». Her settes den sammen med kladden din.", "{name} lagra versjon {no}, {at}: «{message}». Her blir han sett saman med kladden din.", "{name} saved version {no}, {at}: “{message}”. Here it is put together with your draft."},
	"merge.conflicts":        {"{n} {n|ting|ting} dere begge har endret", "{n} ting de begge har endra", "{n} {n|thing|things} that you both changed"},
	"merge.conflicts.lead":   {"Velg for hver av dem hva som skal stå.", "Vel for kvar av dei kva som skal stå.", "Choose for each which one to keep."},
	"merge.mine":             {"Min", "Min", "Mine"},
	"merge.theirs":           {"Fra {name}", "Frå {name}", "From {name}"},
	"merge.removed":          {"fjernet", "fjerna", "removed"},
	"merge.only_theirs":      {"Bare {name} har endret ({n})", "Berre {name} har endra ({n})", "Only {name} changed ({n})"},
	"merge.only_theirs.lead": {"Dette kommer med.", "Dette kjem med.", "This will be included."},
	"merge.only_mine":        {"Bare du har endret ({n})", "Berre du har endra ({n})", "Only you changed ({n})"},
	"merge.only_mine.lead":   {"Dette blir stående.", "Dette blir ståande.", "This is kept."},
	"merge.do":               {"Flett inn i kladden", "Flett inn i kladden", "Merge into the draft"},
	"merge.done":             {"Kladden er flettet med versjon {no}. Se over den før du lagrer.", "Kladden er fletta med versjon {no}. Sjå over han før du lagrar.", "The draft is merged with version {no}. Look it over before you save."},
	"error.mapping.nothing_to_merge": {
		"Det er ikke noe å flette: ingen har lagret en ny versjon siden du begynte på kladden. Kladden er som den var.",
		"Det er ikkje noko å flette: ingen har lagra ein ny versjon sidan du byrja på kladden. Kladden er som han var.",
		"There is nothing to merge: nobody has saved a new version since you began the draft. The draft is as it was.",
	},
	"error.bundle.no_mapping": {
		"Filen har ingen mapping. Den skal begynne med «samband: 1» og ha mappingen under «mapping:». Ingenting er endret.",
		"Fila har inga mapping. Ho skal byrje med «samband: 1» og ha mappinga under «mapping:». Ingenting er endra.",
		"The file has no mapping. It must begin with “samband: 1” and have the mapping under “mapping:”. Nothing was changed.",
	},
	"map.nav.versions":     {"Versjoner", "Versjonar", "Versions"},
	"map.versions.saved":   {"Lagrede versjoner", "Lagra versjonar", "Saved versions"},
	"map.approved":         {"Godkjent", "Godkjend", "Approved"},
	"map.document":         {"Dokument", "Dokument", "Document"},
	"map.document.of":      {"Dokument for versjon {no}", "Dokument for versjon {no}", "Document of version {no}"},
	"map.file":             {"Mappingen som fil", "Mappinga som fil", "The mapping as a file"},
	"map.file.lead":        {"En fil du leser inn, går inn i kladden din som ett steg. Du kan angre det.", "Ei fil du les inn, går inn i kladden din som eitt steg. Du kan angre det.", "A file that you read in goes into your draft as one step. You can undo it."},
	"map.file.of":          {"YAML-fil med versjon {no}", "YAML-fil med versjon {no}", "YAML file with version {no}"},
	"map.file.choose":      {"Fil", "Fil", "File"},
	"map.file.choose.help": {"YAML, som portalen selv skriver den.", "YAML, slik portalen sjølv skriv henne.", "YAML, as the portal writes it."},
	"map.file.read":        {"Les inn i kladden", "Les inn i kladden", "Read into the draft"},

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
