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
	"kind.pvk":           {NB: "Helsenorge (personvernkomponenten)", NN: "Helsenorge (personvernkomponenten)", EN: "Helsenorge (privacy settings)"},
	"option.pvk.address": {NB: "Adresse", NN: "Adresse", EN: "Address"},
	"option.pvk.address.help": {
		NB: "Grunnadressen til miljøet, for eksempel https://eksternapi.helsenorge.no.",
		NN: "Grunnadressa til miljøet, til dømes https://eksternapi.helsenorge.no.",
		EN: "The base address of the environment, for example https://eksternapi.helsenorge.no.",
	},
	"error.consent.page": {
		NB: "Side {page} av listen fra Helsenorge kan ikke leses. Ingenting er endret: listen før gjelder så lenge den ikke er for gammel. Hent listen på nytt.",
		NN: "Side {page} av lista frå Helsenorge kan ikkje lesast. Ingenting er endra: lista før gjeld så lenge ho ikkje er for gammal. Hent lista på nytt.",
		EN: "Page {page} of the list from Helsenorge cannot be read. Nothing is changed: the list before holds as long as it is not too old. Fetch the list again.",
	},
	"error.consent.mismatch": {
		NB: "Helsenorge svarer med en annen definisjon, part eller type enn regelen har. Ingenting er endret. Se etter GUID, partkode og type i regelen.",
		NN: "Helsenorge svarer med ein annan definisjon, part eller type enn regelen har. Ingenting er endra. Sjå etter GUID, partkode og type i regelen.",
		EN: "Helsenorge answers with another definition, party or type than the rule has. Nothing is changed. Check the GUID, party code and type of the rule.",
	},
	"error.consent.not_yours": {
		NB: "Helsenorge avviser spørsmålet. Definisjon og part hører ikke sammen, eller Samband har ikke rett til dem. Ingenting er endret. Se etter regelen, og spør Norsk helsenett om rettigheten.",
		NN: "Helsenorge avviser spørsmålet. Definisjon og part høyrer ikkje saman, eller Samband har ikkje rett til dei. Ingenting er endra. Sjå etter regelen, og spør Norsk helsenett om retten.",
		EN: "Helsenorge refuses the question. Definition and party do not belong together, or Samband has no right to them. Nothing is changed. Check the rule, and ask Norsk helsenett about the right.",
	},
	"error.consent.report": {
		NB: "Helsenorge tok ikke imot tilbakemeldingen. Den sendes igjen.",
		NN: "Helsenorge tok ikkje imot tilbakemeldinga. Ho blir send igjen.",
		EN: "Helsenorge did not take the report. It is sent again.",
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
	"error.consent.shut_out": {
		NB: "Noen har stengt mottakeren ute etter «{rule}». Samband kan ikke holde enkeltpersoner utenfor en utlevering ennå, så ingenting er sendt. Avklar med den som forvalter listen før noe sendes.",
		NN: "Nokon har stengt mottakaren ute etter «{rule}». Samband kan ikkje halde enkeltpersonar utanfor ei utlevering enno, så ingenting er sendt. Avklar med den som forvaltar lista før noko blir sendt.",
		EN: "Somebody has shut the recipient out under “{rule}”. Samband cannot yet leave single persons out of what is sent, so nothing was sent. Settle it with whoever keeps the list before anything is sent.",
	},
	"runbook.consent.shut_out.meaning": {
		NB: "Minst én person har en tilgangsbegrensning som gjelder mottakeren. Ingenting er sendt.",
		NN: "Minst éin person har ei tilgangsavgrensing som gjeld mottakaren. Ingenting er sendt.",
		EN: "At least one person has an access restriction that holds for the recipient. Nothing was sent.",
	},
	"runbook.consent.shut_out.do": {
		NB: "Se på registerets samtykkeside hvilken regel det gjelder.\nSpør den som forvalter listen, om begrensningen gjelder denne mottakeren.\nGjelder den ikke, rett mottakerne i regelen og send integrasjonene til godkjenning.",
		NN: "Sjå på samtykkesida til registeret kva regel det gjeld.\nSpør den som forvaltar lista, om avgrensinga gjeld denne mottakaren.\nGjeld ho ikkje, rett mottakarane i regelen og send integrasjonane til godkjenning.",
		EN: "See on the registry's consent page which rule it is.\nAsk whoever keeps the list whether the restriction holds for this recipient.\nIf it does not, correct the recipients of the rule and submit the integrations for approval.",
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
