package text

// workbookTexts are what people read when a workbook can't be taken in, and what is wrong with one that can. Nothing
// of a refused file is kept.
var workbookTexts = Catalogue{
	"error.xlsx.not": {
		NB: "Filen er ikke en Excel-arbeidsbok (.xlsx). Ingenting er lest. Lagre den som .xlsx og prøv igjen.",
		NN: "Fila er ikkje ei Excel-arbeidsbok (.xlsx). Ingenting er lese. Lagre ho som .xlsx og prøv igjen.",
		EN: "The file is no Excel workbook (.xlsx). Nothing has been read. Save it as .xlsx and try again.",
	},
	"error.xlsx.old": {
		NB: "Filen er en arbeidsbok i et gammelt format (.xls). Ingenting er lest. Åpne den og lagre den som .xlsx.",
		NN: "Fila er ei arbeidsbok i eit gammalt format (.xls). Ingenting er lese. Opne ho og lagre ho som .xlsx.",
		EN: "The file is a workbook in an old format (.xls). Nothing has been read. Open it and save it as .xlsx.",
	},
	"error.xlsx.encrypted": {
		NB: "Arbeidsboken er låst med passord. Ingenting er lest. Lagre den uten passord og prøv igjen.",
		NN: "Arbeidsboka er låst med passord. Ingenting er lese. Lagre ho utan passord og prøv igjen.",
		EN: "The workbook is locked with a password. Nothing has been read. Save it without one and try again.",
	},
	"error.xlsx.broken": {
		NB: "Arbeidsboken er skadet: delen {part} kan ikke leses. Ingenting er tatt inn. Åpne den i Excel, lagre den på nytt og prøv igjen.",
		NN: "Arbeidsboka er skadd: delen {part} kan ikkje lesast. Ingenting er teke inn. Opne ho i Excel, lagre ho på nytt og prøv igjen.",
		EN: "The workbook is damaged: its part {part} can't be read. Nothing has been taken in. Open it in Excel, save it again and try again.",
	},
	"error.xlsx.entities": {
		NB: "Arbeidsboken inneholder XML-entiteter, som ingen regnearkprogram skriver. Den er avvist, og ingenting er lest. Spør den som laget filen.",
		NN: "Arbeidsboka inneheld XML-entitetar, som ingen rekneark-program skriv. Ho er avvist, og ingenting er lese. Spør den som laga fila.",
		EN: "The workbook declares XML entities, which no spreadsheet program writes. It is refused and nothing has been read. Ask whoever made the file.",
	},
	"error.xlsx.no_sheets": {
		NB: "Arbeidsboken har ingen ark. Ingenting er lest.",
		NN: "Arbeidsboka har ingen ark. Ingenting er lese.",
		EN: "The workbook has no sheets. Nothing has been read.",
	},
	"error.xlsx.bytes": {
		NB: "Arbeidsboken er for stor: {max} MB er det meste. Ingenting er lest. Del den, eller fjern bilder.",
		NN: "Arbeidsboka er for stor: {max} MB er det meste. Ingenting er lese. Del ho, eller fjern bilete.",
		EN: "The workbook is too large: {max} MB is the most. Nothing has been read. Split it, or remove pictures.",
	},
	"error.xlsx.unpacked": {
		NB: "Arbeidsboken er for stor når den er pakket ut: {max} MB er det meste. Ingenting er lest. Del den, eller fjern bilder.",
		NN: "Arbeidsboka er for stor når ho er pakka ut: {max} MB er det meste. Ingenting er lese. Del ho, eller fjern bilete.",
		EN: "The workbook is too large when unpacked: {max} MB is the most. Nothing has been read. Split it, or remove pictures.",
	},
	"error.xlsx.parts": {
		NB: "Arbeidsboken består av for mange deler: {max} er det meste. Ingenting er lest.",
		NN: "Arbeidsboka har for mange delar: {max} er det meste. Ingenting er lese.",
		EN: "The workbook consists of too many parts: {max} is the most. Nothing has been read.",
	},
	"error.xlsx.sheets": {
		NB: "Arbeidsboken har for mange ark: {max} er det meste. Ingenting er lest.",
		NN: "Arbeidsboka har for mange ark: {max} er det meste. Ingenting er lese.",
		EN: "The workbook has too many sheets: {max} is the most. Nothing has been read.",
	},
	"error.xlsx.texts": {
		NB: "Arbeidsboken har for mange ulike tekster: {max} er det meste. Ingenting er lest.",
		NN: "Arbeidsboka har for mange ulike tekstar: {max} er det meste. Ingenting er lese.",
		EN: "The workbook has too many different texts: {max} is the most. Nothing has been read.",
	},
	"error.xlsx.rows": {
		NB: "Arket «{sheet}» har for mange rader: {max} er det meste. Ingenting er tatt inn. Del filen.",
		NN: "Arket «{sheet}» har for mange rader: {max} er det meste. Ingenting er teke inn. Del fila.",
		EN: "The sheet “{sheet}” has too many rows: {max} is the most. Nothing has been taken in. Split the file.",
	},
	"error.xlsx.columns": {
		NB: "Arket «{sheet}» har for mange kolonner: {max} er det meste. Ingenting er tatt inn.",
		NN: "Arket «{sheet}» har for mange kolonnar: {max} er det meste. Ingenting er teke inn.",
		EN: "The sheet “{sheet}” has too many columns: {max} is the most. Nothing has been taken in.",
	},
	"error.xlsx.cells": {
		NB: "Arket «{sheet}» har for mange celler: {max} er det meste. Ingenting er tatt inn. Del filen.",
		NN: "Arket «{sheet}» har for mange celler: {max} er det meste. Ingenting er teke inn. Del fila.",
		EN: "The sheet “{sheet}” has too many cells: {max} is the most. Nothing has been taken in. Split the file.",
	},
	"error.xlsx.merged": {
		NB: "Arket «{sheet}» har for mange sammenslåtte områder: {max} er det meste. Ingenting er tatt inn.",
		NN: "Arket «{sheet}» har for mange samanslåtte område: {max} er det meste. Ingenting er teke inn.",
		EN: "The sheet “{sheet}” has too many merged areas: {max} is the most. Nothing has been taken in.",
	},
	"error.xlsx.cell": {
		NB: "En celle i arbeidsboken er for lang: {max} tegn er det meste. Ingenting er tatt inn.",
		NN: "Ei celle i arbeidsboka er for lang: {max} teikn er det meste. Ingenting er teke inn.",
		EN: "A cell of the workbook is too long: {max} characters is the most. Nothing has been taken in.",
	},

	"error.xsd.construct": {
		NB: "XML-skjemaet bruker noe vi ikke leser: {construct}, linje {line}. Ingenting er importert, for meldinger laget etter et halvt skjema blir feil. Meld fra om skjemaet.",
		NN: "XML-skjemaet bruker noko vi ikkje les: {construct}, linje {line}. Ingenting er importert, for meldingar laga etter eit halvt skjema blir feil. Meld frå om skjemaet.",
		EN: "The XML schema uses something that we don't read: {construct}, line {line}. Nothing was imported, since messages made by half a schema are wrong. Report the schema.",
	},
	"error.xsd.reference": {
		NB: "XML-skjemaet viser til «{name}» på linje {line}, men det finnes ikke eller finnes to ganger. Ingenting er importert. Hent skjemaet på nytt.",
		NN: "XML-skjemaet viser til «{name}» på linje {line}, men det finst ikkje eller finst to gonger. Ingenting er importert. Hent skjemaet på nytt.",
		EN: "The XML schema refers to “{name}” on line {line}, which isn't there or is there twice. Nothing was imported. Fetch the schema again.",
	},
	"error.xsd.recursive": {
		NB: "I XML-skjemaet er «{name}» en del av seg selv, linje {line}. Ingenting er importert. Meld fra om skjemaet.",
		NN: "I XML-skjemaet er «{name}» ein del av seg sjølv, linje {line}. Ingenting er importert. Meld frå om skjemaet.",
		EN: "In the XML schema “{name}” is part of itself, line {line}. Nothing was imported. Report the schema.",
	},
	"error.xsd.size": {
		NB: "Meldingen som XML-skjemaet beskriver, er for stor: {max} elementer er det meste. Ingenting er importert.",
		NN: "Meldinga som XML-skjemaet beskriv, er for stor: {max} element er det meste. Ingenting er importert.",
		EN: "The message that the XML schema describes is too large: {max} elements is the most. Nothing was imported.",
	},
	"error.xsd.root": {
		NB: "XML-skjemaet må ha ett element som meldingen begynner med, men har {n}. Ingenting er importert. Sjekk at filen er skjemaet for én melding.",
		NN: "XML-skjemaet må ha eitt element som meldinga byrjar med, men har {n}. Ingenting er importert. Sjekk at fila er skjemaet for éi melding.",
		EN: "The XML schema must have one element that the message begins with, but has {n}. Nothing was imported. Check that the file is the schema of one message.",
	},
	"error.dictionary.format": {
		NB: "Vi kjenner ikke formatet «{name}». Ingenting er importert. Velg et av disse: {names}.",
		NN: "Vi kjenner ikkje formatet «{name}». Ingenting er importert. Vel eit av desse: {names}.",
		EN: "We don't know the format “{name}”. Nothing was imported. Choose one of these: {names}.",
	},
	"error.dictionary.unknown_format": {
		NB: "Filen ligner ingen av kodebokformatene vi leser. Ingenting er importert. Sjekk at du valgte riktig fil, eller velg formatet selv: {names}.",
		NN: "Fila liknar ingen av kodebokformata vi les. Ingenting er importert. Sjekk at du valde rett fil, eller vel formatet sjølv: {names}.",
		EN: "The file looks like none of the codebook formats that we read. Nothing was imported. Check that you chose the right file, or choose the format yourself: {names}.",
	},
	"error.dictionary.several": {
		NB: "{n} av filene ser ut til å være hver sin kodebok. Ingenting er importert. Velg én om gangen.",
		NN: "{n} av filene ser ut til å vere kvar si kodebok. Ingenting er importert. Vel éi om gongen.",
		EN: "{n} of the files seem to be a codebook each. Nothing was imported. Choose one at a time.",
	},
	"error.dictionary.files": {
		NB: "Det er for mange filer: {max} er det meste. Ingenting er importert. Ta bare med filene som hører til kodeboken.",
		NN: "Det er for mange filer: {max} er det meste. Ingenting er importert. Ta berre med filene som høyrer til kodeboka.",
		EN: "There are too many files: {max} is the most. Nothing was imported. Take only the files that belong to the codebook.",
	},
	"error.dictionary.unpacked": {
		NB: "Zip-filen er for stor når den er pakket ut: {max} MB er det meste. Ingenting er importert.",
		NN: "Zip-fila er for stor når ho er pakka ut: {max} MB er det meste. Ingenting er importert.",
		EN: "The zip file is too large when unpacked: {max} MB is the most. Nothing was imported.",
	},
	"error.dictionary.zip": {
		NB: "Zip-filen er skadet eller låst med passord. Ingenting er importert. Pakk filene på nytt uten passord.",
		NN: "Zip-fila er skadd eller låst med passord. Ingenting er importert. Pakk filene på nytt utan passord.",
		EN: "The zip file is damaged or locked with a password. Nothing was imported. Pack the files again without one.",
	},
	"error.dictionary.sheet_columns": {
		NB: "Arket «{sheet}» mangler {n|kolonnen|kolonnene} {names}. Ingenting er importert. Eksporter kodeboken på nytt med alle kolonnene.",
		NN: "Arket «{sheet}» manglar {n|kolonnen|kolonnane} {names}. Ingenting er importert. Eksporter kodeboka på nytt med alle kolonnane.",
		EN: "The sheet “{sheet}” lacks the {n|column|columns} {names}. Nothing was imported. Export the codebook again with all columns.",
	},

	"defect.dictionary.sheet": {"Arket er ikke lest. Det er skjult eller har ikke en kodeboks kolonner.",
		"Arket er ikkje lese. Det er skjult eller har ikkje kolonnane til ei kodebok.",
		"The sheet was not read. It is hidden or lacks a codebook's columns."},
	"defect.dictionary.title_cut": {"Arkets tittel er på 31 tegn, det meste et regneark tillater. Den kan være kuttet, så sjekk navnet på skjemaet.",
		"Arktittelen er på 31 teikn, det meste eit rekneark tillèt. Han kan vere kutta, så sjekk namnet på skjemaet.",
		"The sheet's title has 31 characters, the most a spreadsheet allows. It may be cut, so check the name of the form."},
	"defect.dictionary.whole_or_not": {"{n} {n|tall|tall} kan være heltall eller desimaltall. Filen sier det ikke lenger, så de tas som desimaltall.",
		"{n} {n|tal|tal} kan vere heiltal eller desimaltal. Fila seier det ikkje lenger, så dei blir tekne som desimaltal.",
		"{n} {n|number|numbers} may be whole or have decimals. The file no longer tells, so decimals are taken for granted."},
	"defect.dictionary.no_type": {"{name} mangler type. Den er ikke med.", "{name} manglar type. Han er ikkje med.",
		"{name} lacks a type. It is left out."},
	"defect.dictionary.stray_option": {"Valget «{value}» hører ikke til noen variabel. Det er ikke med.",
		"Valet «{value}» høyrer ikkje til nokon variabel. Det er ikkje med.", "The option “{value}” belongs to no variable. It is left out."},
	"defect.dictionary.no_code": {"Raden «{value}» mangler kode. Den er ikke med.", "Rada «{value}» manglar kode. Ho er ikkje med.",
		"The row “{value}” lacks a code. It is left out."},
}
