package text

// consentSourceTexts holds the words for where lists of choices come from.
var consentSourceTexts = Catalogue{
	"kind.consentfile":          {NB: "Samtykkeliste i en mappe", NN: "Samtykkeliste i ei mappe", EN: "Consent list in a folder"},
	"option.consentfile.folder": {NB: "Mappe", NN: "Mappe", EN: "Folder"},
	"option.consentfile.folder.help": {
		NB: "Mappen listene legges i, én fil for hver definisjon, med kontrollfil. Samband leser den og endrer ingenting.",
		NN: "Mappa listene blir lagde i, éi fil for kvar definisjon, med kontrollfil. Samband les ho og endrar ingenting.",
		EN: "The folder the lists are put in, one file for each definition, with a control file. Samband reads it and changes nothing.",
	},
	"error.consent.file": {
		NB: "Listen {name} eller kontrollfilen ved siden av kan ikke leses. Ingenting er endret: listen før gjelder så lenge den ikke er for gammel. Be den som legger ut listen, legge ut begge på nytt.",
		NN: "Lista {name} eller kontrollfila ved sida av kan ikkje lesast. Ingenting er endra: lista før gjeld så lenge ho ikkje er for gammal. Be den som legg ut lista, leggje ut begge på nytt.",
		EN: "The list {name} or the control file beside it cannot be read. Nothing is changed: the list before holds as long as it is not too old. Ask whoever puts out the list to put out both again.",
	},
	"error.consent.file_checksum": {
		NB: "Listen {name} stemmer ikke med kontrollfilen, så den kan være ufullstendig. Ingenting er endret: listen før gjelder så lenge den ikke er for gammel. Be om en ny liste.",
		NN: "Lista {name} stemmer ikkje med kontrollfila, så ho kan vere ufullstendig. Ingenting er endra: lista før gjeld så lenge ho ikkje er for gammal. Be om ei ny liste.",
		EN: "The list {name} does not agree with its control file, so it may be incomplete. Nothing is changed: the list before holds as long as it is not too old. Ask for a new list.",
	},
	"error.consent.file_line": {
		NB: "Linje {line} i listen {name} kan ikke leses, så hele listen er avvist. Ingenting er endret: listen før gjelder så lenge den ikke er for gammel. Be om en rettet liste.",
		NN: "Linje {line} i lista {name} kan ikkje lesast, så heile lista er avvist. Ingenting er endra: lista før gjeld så lenge ho ikkje er for gammal. Be om ei retta liste.",
		EN: "Line {line} of the list {name} cannot be read, so the whole list is refused. Nothing is changed: the list before holds as long as it is not too old. Ask for a corrected list.",
	},
	"error.consent.file_rows": {
		NB: "Listen {name} har {rows} {rows|linje|linjer}, men kontrollfilen sier {stated}. Ingenting er endret: listen før gjelder så lenge den ikke er for gammel. Be om en ny liste.",
		NN: "Lista {name} har {rows} {rows|linje|linjer}, men kontrollfila seier {stated}. Ingenting er endra: lista før gjeld så lenge ho ikkje er for gammal. Be om ei ny liste.",
		EN: "The list {name} has {rows} {rows|line|lines}, but the control file says {stated}. Nothing is changed: the list before holds as long as it is not too old. Ask for a new list.",
	},
	"error.consent.no_report": {
		NB: "Kilden tar ikke imot tilbakemelding. Meld fra til den som forvalter listen.",
		NN: "Kjelda tek ikkje imot tilbakemelding. Meld frå til den som forvaltar lista.",
		EN: "The source takes no reports. Tell whoever keeps the list.",
	},
	"error.consent.changed": {
		NB: "Noen trakk seg mens kjøringen leste inn, gang på gang. Ingenting er lest inn, og registeret er uendret. Kjør på nytt.",
		NN: "Nokon trekte seg medan køyringa las inn, gong på gong. Ingenting er lese inn, og registeret er uendra. Køyr på nytt.",
		EN: "Somebody withdrew while the run was loading, again and again. Nothing was loaded, and the registry is unchanged. Run again.",
	},
	"runbook.consent.file.meaning": {
		NB: "Listen over samtykker eller reservasjoner kunne ikke leses helt. En liste som mangler personer, ser ut som om de har trukket seg, så ingenting av den er tatt i bruk. Listen før gjelder så lenge den ikke er for gammel. Siden stopper kjøringene.",
		NN: "Lista over samtykke eller reservasjonar kunne ikkje lesast heilt. Ei liste som manglar personar, ser ut som om dei har trekt seg, så ingenting av ho er teke i bruk. Lista før gjeld så lenge ho ikkje er for gammal. Sidan stoppar køyringane.",
		EN: "The list of consents or opt-outs could not be read to the end. A list that lacks persons looks as if they had withdrawn, so nothing of it was taken into use. The list before holds as long as it is not too old. After that the runs stop.",
	},
	"runbook.consent.file.do": {
		NB: "Se i feilteksten hvilken fil og linje det gjelder.\nBe den som legger ut listen, legge ut en hel liste og en ny kontrollfil, listen først.\nVelg «Hent nå» på registerets samtykkeside.",
		NN: "Sjå i feilteksten kva fil og linje det gjeld.\nBe den som legg ut lista, leggje ut ei heil liste og ei ny kontrollfil, lista først.\nVel «Hent no» på samtykkesida til registeret.",
		EN: "See in the message which file and line it is.\nAsk whoever puts out the list to put out a whole list and a new control file, the list first.\nChoose “Fetch now” on the registry's consent page.",
	},
	"runbook.consent.changed.meaning": {
		NB: "Et samtykke ble trukket, eller en reservasjon kom, for en person i leveransen mens den ble lest inn. Samband begynte på nytt flere ganger, og det skjedde igjen. Ingenting er lest inn, og registeret er uendret.",
		NN: "Eit samtykke vart trekt, eller ein reservasjon kom, for ein person i leveransen medan han vart lesen inn. Samband byrja på nytt fleire gonger, og det skjedde igjen. Ingenting er lese inn, og registeret er uendra.",
		EN: "A consent was withdrawn, or an opt-out came, for a person in the delivery while it was being loaded. Samband began again several times, and it happened again. Nothing was loaded, and the registry is unchanged.",
	},
	"runbook.consent.changed.do": {
		NB: "Kjør på nytt. Leveransen leses da med dem som har sagt ja nå.\nSkjer det igjen, se på samtykkesiden om listen endres hele tiden, og spør den som gir den, hvorfor.",
		NN: "Køyr på nytt. Leveransen blir då lesen med dei som har sagt ja no.\nSkjer det igjen, sjå på samtykkesida om lista blir endra heile tida, og spør den som gir ho, kvifor.",
		EN: "Run again. The delivery is then read with those who have said yes now.\nIf it happens again, see on the consent page whether the list changes all the time, and ask whoever gives it why.",
	},
}
