package text

// consentErrors says what is wrong with consents, reservations and access restrictions, and with how they are read.
var consentErrors = Catalogue{
	"error.consent.guid": {
		NB: "Skriv definisjonens GUID slik Helsenorge oppgir den, for eksempel 0f1e2d3c-4b5a-4697-8877-665544332211.",
		NN: "Skriv GUID-en til definisjonen slik Helsenorge oppgir han, til dømes 0f1e2d3c-4b5a-4697-8877-665544332211.",
		EN: "Write the definition's GUID as Helsenorge gives it, for example 0f1e2d3c-4b5a-4697-8877-665544332211.",
	},
	"error.consent.party": {
		NB: "Partkoden er ett ord uten mellomrom og særnorske tegn.",
		NN: "Partkoden er eitt ord utan mellomrom og særnorske teikn.",
		EN: "The party code is one word without spaces or Norwegian letters.",
	},
	"error.consent.between": {
		NB: "Skriv et helt tall fra {least} til {most}.",
		NN: "Skriv eit heilt tal frå {least} til {most}.",
		EN: "Write a whole number from {least} to {most}.",
	},
	"error.consent.wait_type": {
		NB: "Bare reservasjoner har ventedager.",
		NN: "Berre reservasjonar har ventedagar.",
		EN: "Only reservations have waiting days.",
	},
	"error.consent.share": {
		NB: "Skriv en andel over 0 og ikke over 100 prosent.",
		NN: "Skriv ein del over 0 og ikkje over 100 prosent.",
		EN: "Write a share above 0 and not above 100 per cent.",
	},
	"error.consent.recipients": {
		NB: "Bare en tilgangsbegrensning stenger enkelte mottakere ute.",
		NN: "Berre ei tilgangsavgrensing stengjer enkelte mottakarar ute.",
		EN: "Only an access restriction shuts single recipients out.",
	},
	"error.consent.held_empty": {
		NB: "Listen er tom, men hadde {before} {before|person|personer} sist. Den er ikke tatt i bruk, og ingenting leses inn. Spør den som gir listen, om det stemmer, og avgjør det på registerets samtykkeside.",
		NN: "Lista er tom, men hadde {before} {before|person|personar} sist. Ho er ikkje teken i bruk, og ingenting blir lese inn. Spør den som gir lista, om det stemmer, og avgjer det på samtykkesida til registeret.",
		EN: "The list is empty but had {before} {before|person|persons} last time. It is not taken into use, and nothing is loaded. Ask whoever gives the list whether that is right, and decide on the registry's consent page.",
	},
	"error.consent.held_fall": {
		NB: "Listen har {active} {active|person|personer}, mot {before} sist. Det er et større fall enn regelen tillater. Den er ikke tatt i bruk, og ingenting leses inn. Spør den som gir listen, om det stemmer, og avgjør det på registerets samtykkeside.",
		NN: "Lista har {active} {active|person|personar}, mot {before} sist. Det er eit større fall enn regelen tillèt. Ho er ikkje teken i bruk, og ingenting blir lese inn. Spør den som gir lista, om det stemmer, og avgjer det på samtykkesida til registeret.",
		EN: "The list has {active} {active|person|persons}, against {before} last time. That is a larger fall than the rule allows. It is not taken into use, and nothing is loaded. Ask whoever gives the list whether that is right, and decide on the registry's consent page.",
	},
	"error.consent.held_turn": {
		NB: "I listen er {new} nye og {withdrawn} borte siden sist, av {before}. Det er flere enn regelen tillater. Den er ikke tatt i bruk, og ingenting leses inn. Spør den som gir listen, om det stemmer, og avgjør det på registerets samtykkeside.",
		NN: "I lista er {new} nye og {withdrawn} borte sidan sist, av {before}. Det er fleire enn regelen tillèt. Ho er ikkje teken i bruk, og ingenting blir lese inn. Spør den som gir lista, om det stemmer, og avgjer det på samtykkesida til registeret.",
		EN: "In the list {new} are new and {withdrawn} gone since last time, of {before}. That is more than the rule allows. It is not taken into use, and nothing is loaded. Ask whoever gives the list whether that is right, and decide on the registry's consent page.",
	},
	"error.consent.list_held": {
		NB: "En ny liste for «{rule}» venter på at noen avgjør om den stemmer. Til da leses ingenting inn, og registeret er uendret. Avgjør det på registerets samtykkeside.",
		NN: "Ei ny liste for «{rule}» ventar på at nokon avgjer om ho stemmer. Til då blir ingenting lese inn, og registeret er uendra. Avgjer det på samtykkesida til registeret.",
		EN: "A new list for “{rule}” waits for somebody to decide whether it is right. Until then nothing is loaded, and the registry is unchanged. Decide on the registry's consent page.",
	},
	"error.consent.list_missing": {
		NB: "Listen for «{rule}» er aldri lest helt. Uten den vet ingen hvem som har sagt ja eller nei, så ingenting leses inn, og registeret er uendret. Hent listen på registerets samtykkeside.",
		NN: "Lista for «{rule}» er aldri lesen heilt. Utan ho veit ingen kven som har sagt ja eller nei, så ingenting blir lese inn, og registeret er uendra. Hent lista på samtykkesida til registeret.",
		EN: "The list for “{rule}” has never been read to the end. Without it nobody knows who has said yes or no, so nothing is loaded, and the registry is unchanged. Fetch the list on the registry's consent page.",
	},
	"error.consent.list_old": {
		NB: "Listen for «{rule}» er fra {at} og for gammel. Noen kan ha sagt nei siden, så ingenting leses inn, og registeret er uendret. Hent listen på registerets samtykkeside.",
		NN: "Lista for «{rule}» er frå {at} og for gammal. Nokon kan ha sagt nei sidan, så ingenting blir lese inn, og registeret er uendra. Hent lista på samtykkesida til registeret.",
		EN: "The list for “{rule}” is from {at} and too old. Somebody may have said no since, so nothing is loaded, and the registry is unchanged. Fetch the list on the registry's consent page.",
	},
	"error.consent.open": {
		NB: "Samtykkelageret kan ikke åpnes. Ingenting leses inn, og registrene er uendret. Se etter disken eller databasen, og start på nytt.",
		NN: "Samtykkelageret kan ikkje opnast. Ingenting blir lese inn, og registra er uendra. Sjå etter disken eller databasen, og start på nytt.",
		EN: "The store of consents cannot be opened. Nothing is loaded, and the registries are unchanged. Look at the disk or the database, and start again.",
	},
	"error.consent.read": {
		NB: "Samtykkelageret svarer ikke. Ingenting leses inn, og registeret er uendret. Se etter disken eller databasen, og prøv igjen.",
		NN: "Samtykkelageret svarer ikkje. Ingenting blir lese inn, og registeret er uendra. Sjå etter disken eller databasen, og prøv igjen.",
		EN: "The store of consents does not answer. Nothing is loaded, and the registry is unchanged. Look at the disk or the database, and try again.",
	},
	"error.consent.write": {
		NB: "Samtykkelageret kan ikke skrives. Listen er som før, og ingenting leses inn på en liste som er for gammel. Se etter diskplass eller databasen, og hent listen på nytt.",
		NN: "Samtykkelageret kan ikkje skrivast. Lista er som før, og ingenting blir lese inn på ei liste som er for gammal. Sjå etter diskplass eller databasen, og hent lista på nytt.",
		EN: "The store of consents cannot be written. The list is as before, and nothing is loaded on a list that is too old. Look at disk space or the database, and fetch the list again.",
	},
	"error.consent.older_list": {
		NB: "En nyere liste er alt tatt inn, fra {at}. Denne er sett bort fra.",
		NN: "Ei nyare liste er alt teken inn, frå {at}. Denne er sedd bort frå.",
		EN: "A newer list has already been taken in, from {at}. This one is disregarded.",
	},
	"error.consent.not_held": {
		NB: "Listen venter ikke lenger på en avgjørelse. Noen andre har avgjort, eller en nyere liste er kommet. Se hva som gjelder nå.",
		NN: "Lista ventar ikkje lenger på ei avgjerd. Nokon andre har avgjort, eller ei nyare liste er komen. Sjå kva som gjeld no.",
		EN: "The list no longer waits for a decision. Somebody else has decided, or a newer list has come. See what holds now.",
	},
}

// runbookConsent says what to do about consents.
var runbookConsent = Catalogue{
	"runbook.chapter.consent": {
		NB: "Samtykke og reservasjon", NN: "Samtykke og reservasjon", EN: "Consent and reservation",
	},
	"runbook.consent.held_fall.meaning": {
		NB: "Den nye listen avviker mer fra den forrige enn bremsen i regelen tillater. En liste som mangler personer, ser ut som om de har trukket seg: for reservasjoner ville data om folk som har sagt nei, bli lest inn. Derfor venter den, og ingen kjøringer i registeret leser inn.",
		NN: "Den nye lista avvik meir frå den førre enn bremsa i regelen tillèt. Ei liste som manglar personar, ser ut som om dei har trekt seg: for reservasjonar ville data om folk som har sagt nei, bli lesne inn. Derfor ventar ho, og ingen køyringar i registeret les inn.",
		EN: "The new list differs more from the one before than the brake of the rule allows. A list that lacks persons looks as if they had withdrawn: for reservations, data about people who said no would be loaded. So it waits, and no runs of the registry load.",
	},
	"runbook.consent.held_fall.do": {
		NB: "Åpne registerets samtykkeside og se tallene for listen som venter.\nSpør den som gir listen, om den er hel, og om det er sendt ut noe som forklarer endringen.\nStemmer den, velg «Ta i bruk» og skriv hvorfor.\nStemmer den ikke, velg «Forkast». Listen før gjelder så lenge den ikke er for gammel. Hent en ny når kilden er rettet.",
		NN: "Opne samtykkesida til registeret og sjå tala for lista som ventar.\nSpør den som gir lista, om ho er heil, og om det er sendt ut noko som forklarer endringa.\nStemmer ho, vel «Ta i bruk» og skriv kvifor.\nStemmer ho ikkje, vel «Forkast». Lista før gjeld så lenge ho ikkje er for gammal. Hent ei ny når kjelda er retta.",
		EN: "Open the registry's consent page and see the figures of the list that waits.\nAsk whoever gives the list whether it is whole, and whether something was sent out that explains the change.\nIf it is right, choose “Take into use” and write why.\nIf it is not, choose “Refuse”. The list before holds as long as it is not too old. Fetch a new one when the source is put right.",
	},
	"runbook.consent.list_old.meaning": {
		NB: "Listen over samtykker eller reservasjoner er eldre enn regelen tillater, eller er aldri lest. Kjøringer venter en stund på en ny og stopper så. Ingenting er lest inn, og registeret er uendret.",
		NN: "Lista over samtykke eller reservasjonar er eldre enn regelen tillèt, eller er aldri lesen. Køyringar ventar ei stund på ei ny og stoppar så. Ingenting er lese inn, og registeret er uendra.",
		EN: "The list of consents or reservations is older than the rule allows, or has never been read. Runs wait a while for a new one and then stop. Nothing was loaded, and the registry is unchanged.",
	},
	"runbook.consent.list_old.do": {
		NB: "Åpne registerets samtykkeside og velg «Hent nå». Feilteksten sier hva som er galt hos kilden.\nPrøv tilkoblingen på systemets side.\nKjør integrasjonen på nytt når listen er hentet. Leveranser som venter, blir lest da.",
		NN: "Opne samtykkesida til registeret og vel «Hent no». Feilteksten seier kva som er gale hos kjelda.\nPrøv tilkoplinga på sida til systemet.\nKøyr integrasjonen på nytt når lista er henta. Leveransar som ventar, blir lesne då.",
		EN: "Open the registry's consent page and choose “Fetch now”. The message says what is wrong at the source.\nTry the connection on the system's page.\nRun the integration again when the list is fetched. Deliveries that wait are read then.",
	},
	"runbook.consent.open.meaning": {
		NB: "Filen consent.db, eller skjemaet consent på databasetjeneren, kan ikke leses eller skrives. Uten den vet Samband ikke hvem som har sagt ja eller nei, og leser ingenting inn.",
		NN: "Fila consent.db, eller skjemaet consent på databasetenaren, kan ikkje lesast eller skrivast. Utan ho veit ikkje Samband kven som har sagt ja eller nei, og les ingenting inn.",
		EN: "The file consent.db, or the schema consent on the database server, cannot be read or written. Without it Samband does not know who has said yes or no, and loads nothing.",
	},
	"runbook.consent.open.do": {
		NB: "Kjør samband doctor og se hva som feiler.\nSe etter diskplass og rettigheter i datamappen, eller om databasetjeneren svarer.\nEr filen skadet, legg tilbake siste sikkerhetskopi og hent listene på nytt før noe kjøres.",
		NN: "Køyr samband doctor og sjå kva som feilar.\nSjå etter diskplass og rettar i datamappa, eller om databasetenaren svarer.\nEr fila skadd, legg tilbake siste tryggingskopi og hent listene på nytt før noko blir køyrt.",
		EN: "Run samband doctor and see what fails.\nLook at disk space and permissions in the data folder, or whether the database server answers.\nIf the file is damaged, restore the last backup and fetch the lists again before anything runs.",
	},
}
