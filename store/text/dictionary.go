package text

// dictionaryTexts are what people read about a file of definitions and what is wrong with it.
var dictionaryTexts = Catalogue{
	"dictionary.file":           {NB: "filen", NN: "fila", EN: "the file"},
	"dictionary.other_encoding": {NB: "ikke UTF-8", NN: "ikkje UTF-8", EN: "not UTF-8"},

	"error.dictionary.type": {
		NB: "Ukjent type «{type}» for {name}, rad {row} i {sheet}. Ingenting er importert. Rett typen, og prøv igjen.",
		NN: "Ukjend type «{type}» for {name}, rad {row} i {sheet}. Ingenting er importert. Rett typen, og prøv igjen.",
		EN: "Unknown type “{type}” of {name}, row {row} of {sheet}. Nothing was imported. Correct the type and try again.",
	},
	"error.dictionary.variables": {
		NB: "Filen har mer enn {max} variabler, så dette er neppe en kodebok. Ingenting er importert. Velg en annen fil, eller del den.",
		NN: "Fila har meir enn {max} variablar, så dette er neppe ei kodebok. Ingenting er importert. Vel ei anna fil, eller del ho.",
		EN: "The file has more than {max} variables, so this is hardly a codebook. Nothing was imported. Choose another file, or split it.",
	},
	"error.dictionary.options": {
		NB: "Kodelistene i filen har mer enn {max} koder til sammen. Ingenting er importert. Ta ut de lange listene, og knytt variablene til et kodeverk i stedet.",
		NN: "Kodelistene i fila har meir enn {max} kodar til saman. Ingenting er importert. Ta ut dei lange listene, og knyt variablane til eit kodeverk i staden.",
		EN: "The code lists of the file have more than {max} codes together. Nothing was imported. Take the long lists out, and tie the variables to a code system instead.",
	},
	"error.dictionary.empty": {
		NB: "Filen har ingen variabler. Ingenting er importert. Sjekk at du valgte riktig fil.",
		NN: "Fila har ingen variablar. Ingenting er importert. Sjekk at du valde rett fil.",
		EN: "The file has no variables. Nothing was imported. Check that you chose the right file.",
	},
	"error.dictionary.too_large": {
		NB: "Filen er større enn {max} MB. Ingenting er importert. Sjekk at du valgte riktig fil.",
		NN: "Fila er større enn {max} MB. Ingenting er importert. Sjekk at du valde rett fil.",
		EN: "The file is larger than {max} MB. Nothing was imported. Check that you chose the right file.",
	},
	"error.dictionary.utf16": {
		NB: "Filen er skrevet i UTF-16 («Unicode-tekst» fra et regneark). Ingenting er importert. Lagre den som UTF-8, og prøv igjen.",
		NN: "Fila er skriven i UTF-16 («Unicode-tekst» frå eit rekneark). Ingenting er importert. Lagre ho som UTF-8, og prøv igjen.",
		EN: "The file is written in UTF-16 (“Unicode text” from a spreadsheet). Nothing was imported. Save it as UTF-8 and try again.",
	},
	"error.dictionary.not_table": {
		NB: "Filen kan ikke leses som en tabell: den første linjen er ikke en overskrift med kolonner. Ingenting er importert. Sjekk at du valgte riktig fil.",
		NN: "Fila kan ikkje lesast som ein tabell: den første linja er ikkje ei overskrift med kolonnar. Ingenting er importert. Sjekk at du valde rett fil.",
		EN: "The file cannot be read as a table: the first line is no header with columns. Nothing was imported. Check that you chose the right file.",
	},
	"error.dictionary.columns": {
		NB: "Filen mangler {n|kolonnen|kolonnene} {names}. Ingenting er importert. Eksporter filen på nytt med alle kolonnene.",
		NN: "Fila manglar {n|kolonnen|kolonnane} {names}. Ingenting er importert. Eksporter fila på nytt med alle kolonnane.",
		EN: "The file lacks the {n|column|columns} {names}. Nothing was imported. Export the file again with all columns.",
	},
	"error.dictionary.column_twice": {
		NB: "Kolonnen {name} står to ganger i overskriften. Ingenting er importert. Ta bort den ene, og prøv igjen.",
		NN: "Kolonnen {name} står to gonger i overskrifta. Ingenting er importert. Ta bort den eine, og prøv igjen.",
		EN: "The column {name} stands twice in the header. Nothing was imported. Take one of them away and try again.",
	},
	"error.dictionary.xml": {
		NB: "Filen er ikke hel XML: feil på linje {line}. Ingenting er importert. Hent filen på nytt.",
		NN: "Fila er ikkje heil XML: feil på linje {line}. Ingenting er importert. Hent fila på nytt.",
		EN: "The file is not whole XML: error at line {line}. Nothing was imported. Fetch the file again.",
	},
	"error.dictionary.xml_entities": {
		NB: "Filen har en dokumenttype (DTD) på linje {line}. Slike filer kan hente inn andre filer, så de blir aldri lest. Ingenting er importert. Be om filen uten dokumenttype.",
		NN: "Fila har ein dokumenttype (DTD) på linje {line}. Slike filer kan hente inn andre filer, så dei blir aldri lesne. Ingenting er importert. Be om fila utan dokumenttype.",
		EN: "The file has a document type (DTD) at line {line}. Such files can pull in other files, so they are never read. Nothing was imported. Ask for the file without a document type.",
	},
	"error.dictionary.encoding": {
		NB: "Filen er skrevet i et annet tegnsett: {encoding}. Vi leser UTF-8, ISO-8859-1 og Windows-1252. Ingenting er importert. Lagre den som UTF-8, og prøv igjen.",
		NN: "Fila er skriven i eit anna teiknsett: {encoding}. Vi les UTF-8, ISO-8859-1 og Windows-1252. Ingenting er importert. Lagre ho som UTF-8, og prøv igjen.",
		EN: "The file is written in another encoding: {encoding}. We read UTF-8, ISO-8859-1 and Windows-1252. Nothing was imported. Save it as UTF-8 and try again.",
	},
	"error.dictionary.json": {
		NB: "Filen er ikke hel JSON: feil på linje {line}. Ingenting er importert. Hent filen på nytt.",
		NN: "Fila er ikkje heil JSON: feil på linje {line}. Ingenting er importert. Hent fila på nytt.",
		EN: "The file is not whole JSON: error at line {line}. Nothing was imported. Fetch the file again.",
	},
	"error.dictionary.json_twice": {
		NB: "Feltet «{name}» står to ganger på samme sted, ved linje {line}, så filen kan bety to ting. Ingenting er importert. Hent filen på nytt.",
		NN: "Feltet «{name}» står to gonger på same stad, ved linje {line}, så fila kan tyde to ting. Ingenting er importert. Hent fila på nytt.",
		EN: "The member “{name}” stands twice in the same place, near line {line}, so the file can mean two things. Nothing was imported. Fetch the file again.",
	},
	"error.dictionary.deep": {
		NB: "Filen har flere enn {max} nivåer inni hverandre ved linje {line}, så dette er neppe en kodebok. Ingenting er importert.",
		NN: "Fila har fleire enn {max} nivå inni kvarandre ved linje {line}, så dette er neppe ei kodebok. Ingenting er importert.",
		EN: "The file has more than {max} levels inside each other near line {line}, so this is hardly a codebook. Nothing was imported.",
	},
	"error.dictionary.parts": {
		NB: "Filen har mer enn {max} elementer, så dette er neppe en kodebok. Ingenting er importert.",
		NN: "Fila har meir enn {max} element, så dette er neppe ei kodebok. Ingenting er importert.",
		EN: "The file has more than {max} elements, so this is hardly a codebook. Nothing was imported.",
	},

	"defect.dictionary.twice": {"{name} står mer enn én gang. Bare den første er med.", "{name} står meir enn éin gong. Berre den første er med.",
		"{name} stands more than once. Only the first is kept."},
	"defect.dictionary.code_twice": {"{name} har koden {code} mer enn én gang. Bare den første er med.",
		"{name} har koden {code} meir enn éin gong. Berre den første er med.", "{name} has the code {code} more than once. Only the first is kept."},
	"defect.dictionary.name": {"En variabel mangler navn. Den er ikke med.", "Ein variabel manglar namn. Han er ikkje med.",
		"A variable lacks a name. It is left out."},
	"defect.dictionary.label": {"{name} mangler ledetekst.", "{name} manglar leietekst.", "{name} lacks a label."},
	"defect.dictionary.range": {"{name} har en nedre grense over den øvre. Grensene er ikke med.",
		"{name} har ei nedre grense over den øvre. Grensene er ikkje med.", "{name} has a lower limit above the upper. The limits are left out."},
	"defect.dictionary.no_codes": {"{name} er en kode, men har ingen kodeliste.", "{name} er ein kode, men har inga kodeliste.",
		"{name} is a code, but has no code list."},
	"defect.dictionary.limit": {"{name} har en grense som ikke kan leses: «{value}». Den er ikke med.",
		"{name} har ei grense som ikkje kan lesast: «{value}». Ho er ikkje med.", "{name} has a limit that cannot be read: “{value}”. It is left out."},
	"defect.dictionary.choice": {"{name} har et valg som ikke kan leses: «{value}». Det er ikke med.",
		"{name} har eit val som ikkje kan lesast: «{value}». Det er ikkje med.", "{name} has a choice that cannot be read: “{value}”. It is left out."},
	"defect.dictionary.value": {"{name} har en verdi som ikke kan leses: «{value}». Den er ikke med.",
		"{name} har ein verdi som ikkje kan lesast: «{value}». Han er ikkje med.", "{name} has a value that cannot be read: “{value}”. It is left out."},
	"defect.dictionary.reference": {"{name} viser til «{target}», som ikke finnes i filen.", "{name} viser til «{target}», som ikkje finst i fila.",
		"{name} refers to “{target}”, which the file does not have."},
	"defect.dictionary.row": {"{reason}. Raden er ikke med.", "{reason}. Rada er ikkje med.", "{reason}. The row is left out."},
	"defect.dictionary.upload": {"{name} er en fil, og den kan ikke fylles av en integrasjon. Den er ikke med.",
		"{name} er ei fil, og ho kan ikkje fyllast av ein integrasjon. Ho er ikkje med.",
		"{name} is a file, which no integration can fill. It is left out."},
	"defect.dictionary.outside": {"{name} hører ikke til noe skjema. Den er ikke med.", "{name} høyrer ikkje til noko skjema. Han er ikkje med.",
		"{name} belongs to no form. It is left out."},
}
