package text

import (
	"strings"

	"samband/store"
)

// CodeChanges counts in what two versions of a code system differ: «3 nye, 1 med ny tekst».
func CodeChanges(lang Lang, list []store.CodeChange) string {
	var said []string
	for _, kind := range []store.CodeChangeKind{store.CodeAdded, store.CodeRemoved, store.CodeRenamed, store.CodeReactivated} {
		n := 0
		for i := range list {
			if list[i].Kind == kind {
				n++
			}
		}
		if n > 0 {
			said = append(said, T(lang, "lists.count."+string(kind), "n", n))
		}
	}
	if len(said) == 0 {
		return T(lang, "lists.count.none")
	}
	return strings.Join(said, ", ") + "."
}

// codeSystemTexts holds the words of the portal's copies of national and international code lists.
var codeSystemTexts = Catalogue{
	"lists.nav":                {"Kodeverk", "Kodeverk", "Code systems"},
	"lists.title":              {"Kodeverk", "Kodeverk", "Code systems"},
	"lists.lead":               {"Portalens egne kopier av nasjonale og internasjonale kodeverk. Ingen kjøring henter dem utenfra.", "Portalen sine eigne kopiar av nasjonale og internasjonale kodeverk. Inga køyring hentar dei utanfrå.", "The portal's own copies of national and international code systems. No run fetches them from outside."},
	"lists.none":               {"Ingen kodeverk er lest inn", "Ingen kodeverk er lesne inn", "No code system has been read in"},
	"lists.none.help":          {"En integrasjonsadministrator leser dem inn fra fil.", "Ein integrasjonsadministrator les dei inn frå fil.", "An integration admin reads them in from files."},
	"lists.name":               {"Kodeverk", "Kodeverk", "Code system"},
	"lists.version":            {"Versjon", "Versjon", "Version"},
	"lists.codes":              {"Koder", "Kodar", "Codes"},
	"lists.day":                {"Hentet", "Henta", "Fetched"},
	"lists.read":               {"Lest inn", "Lese inn", "Read in"},
	"lists.read.by":            {"{at} av {by}", "{at} av {by}", "{at} by {by}"},
	"lists.import":             {"Les inn en versjon", "Les inn ein versjon", "Read in a version"},
	"lists.import.lead":        {"En ny versjon endrer ingen mapping. Hver mapping velger selv når den tar versjonen i bruk.", "Ein ny versjon endrar inga mapping. Kvar mapping vel sjølv når ho tek versjonen i bruk.", "A new version changes no mapping. Each mapping chooses when to use it."},
	"lists.file.help":          {"JSON fra Helsedirektoratet, FHIR CodeSystem eller ValueSet, eller CSV med kolonnene kode og navn. Høyst {limit} MB.", "JSON frå Helsedirektoratet, FHIR CodeSystem eller ValueSet, eller CSV med kolonnane kode og navn. Høgst {limit} MB.", "JSON from the Directorate of Health, a FHIR CodeSystem or ValueSet, or CSV with the columns code and name. At most {limit} MB."},
	"lists.system":             {"OID eller adresse", "OID eller adresse", "OID or URI"},
	"lists.system.help":        {"Nummeret på en liste i det nasjonale registeret holder, for eksempel 7110.", "Nummeret på ei liste i det nasjonale registeret held, til dømes 7110.", "The number of a list in the national register will do, such as 7110."},
	"lists.from_file":          {"Tomt: det filen sier", "Tomt: det fila seier", "Empty: what the file says"},
	"lists.imported":           {"{name} versjon {version} er lest inn med {n} {n|kode|koder}.", "{name} versjon {version} er lese inn med {n} {n|kode|kodar}.", "{name} version {version} was read in with {n} {n|code|codes}."},
	"lists.show.lead":          {"{n} {n|kode|koder}. {system}", "{n} {n|kode|kodar}. {system}", "{n} {n|code|codes}. {system}"},
	"lists.search":             {"Søk", "Søk", "Search"},
	"lists.search.label":       {"Kode eller ord", "Kode eller ord", "Code or words"},
	"lists.hits":               {"{n} treff, høyst {most} vises.", "{n} treff, høgst {most} blir viste.", "{n} {n|hit|hits}, at most {most} are shown."},
	"lists.code":               {"Kode", "Kode", "Code"},
	"lists.text":               {"Tekst", "Tekst", "Text"},
	"lists.valid":              {"Gjelder", "Gjeld", "Valid"},
	"lists.inactive":           {"Ute av bruk", "Ute av bruk", "Out of use"},
	"lists.changes":            {"Nytt siden {version}", "Nytt sidan {version}", "New since {version}"},
	"lists.changes.lead":       {"En kode med ny tekst kan bety noe annet enn før. Se over dem før du bruker versjonen.", "Ein kode med ny tekst kan tyde noko anna enn før. Sjå over dei før du bruker versjonen.", "A code with a new text may mean something else than before. Look them over before you use the version."},
	"lists.change":             {"Endring", "Endring", "Change"},
	"lists.was":                {"Før", "Før", "Before"},
	"lists.is":                 {"Nå", "No", "Now"},
	"lists.change.added":       {"Ny", "Ny", "Added"},
	"lists.change.removed":     {"Borte", "Borte", "Removed"},
	"lists.change.renamed":     {"Ny tekst", "Ny tekst", "Renamed"},
	"lists.change.reactivated": {"I bruk igjen", "I bruk igjen", "Reactivated"},
	"lists.count.added":        {"{n} {n|ny|nye}", "{n} {n|ny|nye}", "{n} added"},
	"lists.count.removed":      {"{n} borte", "{n} borte", "{n} removed"},
	"lists.count.renamed":      {"{n} med ny tekst", "{n} med ny tekst", "{n} renamed"},
	"lists.count.reactivated":  {"{n} i bruk igjen", "{n} i bruk igjen", "{n} reactivated"},
	"lists.count.none":         {"Ingen koder er endret.", "Ingen kodar er endra.", "No code has changed."},
	"lists.of":                 {"Kodeverk i mappingen", "Kodeverk i mappinga", "Code systems of the mapping"},
	"lists.of.lead":            {"Mappingen bygger på bestemte versjoner. En ny versjon tas først i bruk når du velger den.", "Mappinga byggjer på bestemte versjonar. Ein ny versjon blir først teken i bruk når du vel han.", "The mapping rests on specific versions. A new version is used only when you choose it."},
	"lists.of.none":            {"Mappingen bruker ingen kodeverk", "Mappinga bruker ingen kodeverk", "The mapping uses no code system"},
	"lists.of.none.help":       {"Variabler, kontroller og regler som bygger på et kodeverk, gir en rad her.", "Variablar, kontrollar og reglar som byggjer på eit kodeverk, gir ei rad her.", "Variables, checks and rules that rest on a code system give a row here."},
	"lists.unpinned":           {"Ingen versjon er valgt.", "Ingen versjon er vald.", "No version is chosen."},
	"lists.pinned":             {"Versjon {version} er valgt.", "Versjon {version} er vald.", "Version {version} is chosen."},
	"lists.missing":            {"Portalen har ikke den versjonen.", "Portalen har ikkje den versjonen.", "The portal does not have that version."},
	"lists.nowhere":            {"Portalen har ingen kopi av {system}. Be en integrasjonsadministrator lese det inn.", "Portalen har ingen kopi av {system}. Be ein integrasjonsadministrator lese det inn.", "The portal has no copy of {system}. Ask an integration admin to read it in."},
	"lists.see":                {"Se hva som er nytt i {version}", "Sjå kva som er nytt i {version}", "See what is new in {version}"},
	"lists.pin":                {"Bruk versjon {version}", "Bruk versjon {version}", "Use version {version}"},
	"lists.pinned_now":         {"Kladden bruker nå {name} versjon {version}.", "Kladden bruker no {name} versjon {version}.", "The draft now uses {name} version {version}."},

	"error.code_system.file": {
		"Filen kan ikke leses som et kodeverk. Ingenting er lest inn.", "Fila kan ikkje lesast som eit kodeverk. Ingenting er lese inn.",
		"The file can't be read as a code system. Nothing was read in.",
	},
	"error.code_system.columns": {
		"Filen må ha en kolonne for kode og en for tekst, med overskrifter i første rad.", "Fila må ha ein kolonne for kode og ein for tekst, med overskrifter i første rad.",
		"The file must have a column for the code and one for the text, with headings in the first row.",
	},
	"error.code_system.several": {
		"Filen har koder fra flere kodeverk. Les inn ett om gangen.", "Fila har kodar frå fleire kodeverk. Les inn eitt om gongen.",
		"The file has codes of several code systems. Read in one at a time.",
	},

	"audit.kind.code_system": {"Kodeverk", "Kodeverk", "Code system"},

	"error.code_system.not_found": {
		"Portalen har ikke dette kodeverket i denne versjonen. Les det inn fra fil under Kodeverk.",
		"Portalen har ikkje dette kodeverket i denne versjonen. Les det inn frå fil under Kodeverk.",
		"The portal does not have this version of the code system. Read it in from a file under Code systems.",
	},
	"error.code_system.version_taken": {
		"{name} versjon {version} finnes fra før, med annet innhold. En versjon endres aldri. Kall den nye noe annet.",
		"{name} versjon {version} finst frå før, med anna innhald. Ein versjon blir aldri endra. Kall den nye noko anna.",
		"{name} version {version} exists already, with other contents. A version never changes. Call the new one something else.",
	},
	"error.code_system.system": {
		"Oppgi kodeverkets OID eller adresse.", "Oppgi OID eller adresse for kodeverket.", "State the OID or URI of the code system.",
	},
	"error.code_system.version": {
		"Oppgi hvilken versjon det er, med høyst 63 tegn.", "Oppgi kva versjon det er, med høgst 63 teikn.", "State which version it is, in at most 63 characters.",
	},
	"error.code_system.name": {
		"Oppgi hva kodeverket heter.", "Oppgi kva kodeverket heiter.", "State the name of the code system.",
	},
	"error.code_system.size": {
		"Filen har {n} {n|kode|koder}. Den må ha minst én og høyst {max}.", "Fila har {n} {n|kode|kodar}. Ho må ha minst éin og høgst {max}.",
		"The file has {n} {n|code|codes}. It must have at least one and at most {max}.",
	},
	"error.code_system.empty_code": {
		"En kode mangler. Teksten ved den er «{text}». Ingenting er lest inn.", "Ein kode manglar. Teksten ved han er «{text}». Ingenting er lese inn.",
		"A code is missing. Its text is “{text}”. Nothing was read in.",
	},
	"error.code_system.days": {
		"Koden {code} har dager som ikke kan leses eller går bakover: {from} til {to}. Ingenting er lest inn.",
		"Koden {code} har dagar som ikkje kan lesast eller går bakover: {from} til {to}. Ingenting er lese inn.",
		"The code {code} has days that can't be read or go backwards: {from} to {to}. Nothing was read in.",
	},
	"error.code_system.twice": {
		"Koden {code} står to ganger for de samme dagene. Ingenting er lest inn.", "Koden {code} står to gonger for dei same dagane. Ingenting er lese inn.",
		"The code {code} appears twice for the same days. Nothing was read in.",
	},
}
