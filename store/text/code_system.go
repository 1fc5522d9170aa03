package text

// codeSystemTexts holds the words of the portal's copies of national and international code lists.
var codeSystemTexts = Catalogue{
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
		"Filen har {n} koder. Den må ha minst én og høyst {max}.", "Fila har {n} kodar. Ho må ha minst éin og høgst {max}.",
		"The file has {n} codes. It must have at least one and at most {max}.",
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
		"The code {code} stands twice for the same days. Nothing was read in.",
	},
}
