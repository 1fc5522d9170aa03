package text

// runbookBackup says what to do about backups and about databases that are behind.
var runbookBackup = Catalogue{
	"runbook.chapter.backup": {
		NB: "Sikkerhetskopi og gjenoppretting",
		NN: "Tryggingskopi og gjenoppretting",
		EN: "Backup and restore",
	},
	"runbook.backup.none.meaning": {
		NB: "Det finnes ingen sikkerhetskopi som kan brukes: enten er ingen tatt, siste er for gammel, eller ingen har nøkkelen til den. Arbeidet går som før, men går disken tapt, er det tapt.",
		NN: "Det finst ingen tryggingskopi som kan brukast: anten er ingen teken, den siste er for gammal, eller ingen har nøkkelen til han. Arbeidet går som før, men går disken tapt, er det tapt.",
		EN: "There is no backup that can be used: either none was made, the last is too old, or nobody has its key. Work goes on as before, but if the disk is lost, so is it.",
	},
	"runbook.backup.none.do": {
		NB: "Kjør «samband backup-keys DIR» til en mappe som skal i en safe, hvis nøklene ikke er kopiert etter at en av dem ble laget.\nKjør «samband backup DIR» til en annen disk eller maskin. Legg den i en tidsplan, for eksempel med enheten samband-backup.timer.\nGikk den ikke: les feilen i loggen til enheten, og følg den her.\nKjør «samband doctor» og se at linjene er i orden.",
		NN: "Køyr «samband backup-keys DIR» til ei mappe som skal i ein safe, om nøklane ikkje er kopierte etter at ein av dei vart laga.\nKøyr «samband backup DIR» til ein annan disk eller ei anna maskin. Legg han i ein tidsplan, til dømes med eininga samband-backup.timer.\nGjekk han ikkje: les feilen i loggen til eininga, og følg han her.\nKøyr «samband doctor» og sjå at linjene er i orden.",
		EN: "Run “samband backup-keys DIR” to a folder that goes into a safe, if the keys were not copied since one of them was made.\nRun “samband backup DIR” to another disk or machine. Put it on a timer, for instance with the unit samband-backup.timer.\nIf it failed: read the error in the unit's log, and follow it here.\nRun “samband doctor” and see that the lines are in order.",
	},
	"runbook.backup.write.meaning": {
		NB: "Sikkerhetskopien ble ikke laget. En halv kopi får aldri navn og ryddes bort. De som finnes, er urørt, og arbeidet går som før.",
		NN: "Tryggingskopien vart ikkje laga. Ein halv kopi får aldri namn og blir rydda bort. Dei som finst, er urørte, og arbeidet går som før.",
		EN: "The backup was not made. Half a backup never gets a name and is cleared away. Those that exist are untouched, and work goes on as before.",
	},
	"runbook.backup.write.do": {
		NB: "Er det plass der kopiene ligger? En ny trenger omtrent like mye som den forrige. Slett de eldste.\nHar brukeren Samband kjører som, lov til å skrive der?\nLigger mappen i datamappen, eller sammen med nøklene, velg en annen.\nKjør «samband backup DIR» igjen.",
		NN: "Er det plass der kopiane ligg? Ein ny treng omtrent like mykje som den førre. Slett dei eldste.\nHar brukaren Samband køyrer som, lov til å skrive der?\nLigg mappa i datamappa, eller saman med nøklane, vel ei anna.\nKøyr «samband backup DIR» igjen.",
		EN: "Is there room where the backups lie? A new one needs about as much as the last. Delete the oldest.\nMay the user that Samband runs as write there?\nIf the folder lies in the data folder, or together with the keys, choose another.\nRun “samband backup DIR” again.",
	},
	"runbook.backup.postgres.meaning": {
		NB: "Med PostgreSQL ligger databasene på tjeneren. Samband tar bare det som ligger i filer: leveranser som er lagt til side, og sjekkpunkter.",
		NN: "Med PostgreSQL ligg databasane på tenaren. Samband tek berre det som ligg i filer: leveransar som er lagde til side, og sjekkpunkt.",
		EN: "With PostgreSQL the databases are on the server. Samband takes only what lies in files: deliveries that are set aside, and checkpoints.",
	},
	"runbook.backup.postgres.do": {
		NB: "La den som drifter PostgreSQL, sette opp pg_dump eller PITR, og prøve å legge det tilbake.\nKjør «samband backup --files DIR» før hver pg_dump, så filene aldri vet mer enn databasen om sjekkpunkter.\nVed gjenoppretting: legg databasen tilbake først, så filene, og start portalen.",
		NN: "Lat den som driftar PostgreSQL, setje opp pg_dump eller PITR, og prøve å leggje det tilbake.\nKøyr «samband backup --files DIR» før kvar pg_dump, så filene aldri veit meir enn databasen om sjekkpunkt.\nVed gjenoppretting: legg databasen tilbake først, så filene, og start portalen.",
		EN: "Have whoever operates PostgreSQL set up pg_dump or PITR, and try restoring it.\nRun “samband backup --files DIR” before each pg_dump, so that the files never know more than the database of checkpoints.\nWhen restoring: restore the database first, then the files, and start the portal.",
	},
	"runbook.backup.broken.meaning": {
		NB: "Sikkerhetskopien som ble sjekket, kan ikke brukes: en fil mangler eller er skadet, innholdslisten er ikke den som ble signert, eller nøkkelen er en annen. Ingenting er lagt tilbake. Dataene i bruk er ikke berørt.",
		NN: "Tryggingskopien som vart sjekka, kan ikkje brukast: ei fil manglar eller er skadd, innhaldslista er ikkje den som vart signert, eller nøkkelen er ein annan. Ingenting er lagt tilbake. Dataa i bruk er ikkje rørte.",
		EN: "The backup that was checked cannot be used: a file is missing or damaged, the manifest is not the one that was signed, or the key is another. Nothing was restored. The data in use are not affected.",
	},
	"runbook.backup.broken.do": {
		NB: "Virker portalen ennå, ta en ny sikkerhetskopi til en annen disk nå.\nSkal det gjenopprettes: legg tilbake nøklene fra kopien i safen, og prøv den nest nyeste sikkerhetskopien.\nStemmer signaturen ikke, og nøklene er de rette, har noen endret kopien: si fra til sikkerhetsansvarlig.",
		NN: "Verkar portalen enno, ta ein ny tryggingskopi til ein annan disk no.\nSkal det gjenopprettast: legg tilbake nøklane frå kopien i safen, og prøv den nest nyaste tryggingskopien.\nStemmer signaturen ikkje, og nøklane er dei rette, har nokon endra kopien: sei frå til den sikkerheitsansvarlege.",
		EN: "If the portal still works, make a new backup to another disk now.\nIf restoring: put back the keys from the copy in the safe, and try the second newest backup.\nIf the signature does not hold, and the keys are the right ones, somebody changed the backup: tell the security officer.",
	},
	"runbook.datadir.restoring.meaning": {
		NB: "En sikkerhetskopi legges bare tilbake i en datamappe som er tom eller bare har nøklene. En mappe der det ble avbrutt, kan ikke brukes. Sikkerhetskopien er urørt.",
		NN: "Ein tryggingskopi blir berre lagd tilbake i ei datamappe som er tom eller berre har nøklane. Ei mappe der det vart avbrote, kan ikkje brukast. Tryggingskopien er urørt.",
		EN: "A backup is only restored into a data folder that is empty or has nothing but the keys. A folder where that was interrupted cannot be used. The backup is untouched.",
	},
	"runbook.datadir.restoring.do": {
		NB: "Stopp portalen.\nFlytt det som ligger i datamappen, til et annet sted. Ikke slett det før alt er i orden igjen.\nLegg nøklene på plass, og kjør «samband restore DIR» igjen.",
		NN: "Stopp portalen.\nFlytt det som ligg i datamappa, til ein annan stad. Ikkje slett det før alt er i orden igjen.\nLegg nøklane på plass, og køyr «samband restore DIR» igjen.",
		EN: "Stop the portal.\nMove what lies in the data folder to another place. Do not delete it before all is in order again.\nPut the keys in place, and run “samband restore DIR” again.",
	},
	"runbook.mark.behind.meaning": {
		NB: "Utenfor databasene ligger et signert merke som sier hvor langt de var kommet. Databasene er nå kortere enn det, eller en sikkerhetskopi er lagt tilbake, eller ett av dem er eldre enn de andre. Det skjer også når en wal-fil er slettet. Ingenting kjører, fordi det som mangler, kunne blitt gjort om igjen eller aldri.",
		NN: "Utanfor databasane ligg eit signert merke som seier kor langt dei var komne. Databasane er no kortare enn det, eller ein tryggingskopi er lagd tilbake, eller éin av dei er eldre enn dei andre. Det skjer også når ei wal-fil er sletta. Ingenting køyrer, fordi det som manglar, kunne blitt gjort om igjen eller aldri.",
		EN: "Outside the databases lies a signed mark that says how far they had come. The databases are now shorter than that, or a backup was restored, or one of them is older than the others. That also happens when a wal file was deleted. Nothing runs, because what is missing could be done over again or never.",
	},
	"runbook.mark.behind.do": {
		NB: "Er en sikkerhetskopi lagt tilbake med vilje? Hvis ikke: stopp portalen, ta vare på datamappen som den er, og se etter filer som slutter på «-wal» ved siden av den gamle disken.\nSe under Administrasjon, eller kjør «samband confirm-restore», som sier hva som mangler.\nSe i leveransene og hos mottakerne hva som kom etter det tidspunktet. Legg leveranser som mangler, tilbake i avleveringsmappene. Den samme leveransen to ganger gjør ingen skade. Mangler bare et register eller hvelvet noe, kjenner portalen leveransene igjen og leser dem ikke: lag en etterfylling for dagene når du har bekreftet.\nBekreft under Administrasjon, eller kjør «samband confirm-restore --reason TEKST» med hva som skjedde. Nye kjøringer får nummer etter dem som er tapt.",
		NN: "Er ein tryggingskopi lagd tilbake med vilje? Om ikkje: stopp portalen, ta vare på datamappa som ho er, og sjå etter filer som sluttar på «-wal» ved sida av den gamle disken.\nSjå under Administrasjon, eller køyr «samband confirm-restore», som seier kva som manglar.\nSjå i leveransane og hos mottakarane kva som kom etter det tidspunktet. Legg leveransar som manglar, tilbake i avleveringsmappene. Den same leveransen to gonger gjer ingen skade. Manglar berre eit register eller kvelvet noko, kjenner portalen att leveransane og les dei ikkje: lag ei etterfylling for dagane når du har stadfesta.\nStadfest under Administrasjon, eller køyr «samband confirm-restore --reason TEKST» med kva som skjedde. Nye køyringar får nummer etter dei som er tapte.",
		EN: "Was a backup restored on purpose? If not: stop the portal, keep the data folder as it is, and look for files that end in “-wal” on the old disk.\nLook under Administration, or run “samband confirm-restore”, which says what is missing.\nSee in the deliveries and at the destinations what came after that time. Put deliveries that are missing back in the drop folders. The same delivery twice does no harm. When only a registry or the vault lacks something, the portal knows the deliveries and does not read them: make a backfill of those days once you have confirmed.\nConfirm under Administration, or run “samband confirm-restore --reason TEXT” with what happened. New runs get numbers after those that are lost.",
	},
	"runbook.mark.folder.meaning": {
		NB: "Mappen for høyvannsmerket kan ikke brukes. Uten den kan det ikke sees om databasene mangler noe, så ingenting kjører. Dataene er urørt.",
		NN: "Mappa for høgvassmerket kan ikkje brukast. Utan ho kan det ikkje sjåast om databasane manglar noko, så ingenting køyrer. Dataa er urørte.",
		EN: "The folder of the high-water mark cannot be used. Without it nobody can see whether the databases lack anything, so nothing runs. The data are untouched.",
	},
	"runbook.mark.folder.do": {
		NB: "Er disken eller nettverksmappen i SAMBAND_MARK koblet til?\nKan brukeren Samband kjører som, skrive der?\nNår mappen er i orden, går arbeidet videre i løpet av et sekund. Portalen trenger ikke starte på nytt.",
		NN: "Er disken eller nettverksmappa i SAMBAND_MARK kopla til?\nKan brukaren Samband køyrer som, skrive der?\nNår mappa er i orden, går arbeidet vidare i løpet av eit sekund. Portalen treng ikkje starte på nytt.",
		EN: "Is the disk or network folder in SAMBAND_MARK mounted?\nMay the user that Samband runs as write there?\nWhen the folder is in order, work goes on within a second. The portal need not be restarted.",
	},
	"runbook.db.keep.meaning": {
		NB: "En ny utgave endrer tabellene i portaldatabasen, og tar først en kopi av filen i mappen before. Den kopien kunne ikke skrives. Databasen er ikke rørt, og den gamle utgaven virker som før.",
		NN: "Ei ny utgåve endrar tabellane i portaldatabasen, og tek først ein kopi av fila i mappa before. Den kopien kunne ikkje skrivast. Databasen er ikkje rørt, og den gamle utgåva verkar som før.",
		EN: "A new edition changes the tables of the portal database, and first makes a copy of the file in the folder before. That copy could not be written. The database was not touched, and the old edition works as before.",
	},
	"runbook.db.keep.do": {
		NB: "Frigjør plass: like mye som portal.db tar.\nStart den nye utgaven igjen.\nSkal du tilbake til den gamle utgaven etter en oppgradering: stopp portalen, flytt portal.db og filene portal.db-wal og portal.db-shm til et annet sted, legg den nyeste filen i mappen before tilbake som portal.db, og start den gamle utgaven. Høyvannsmerket sier hva som er gjort etter oppgraderingen, og «samband confirm-restore» lar arbeidet gå videre.",
		NN: "Frigjer plass: like mykje som portal.db tek.\nStart den nye utgåva igjen.\nSkal du tilbake til den gamle utgåva etter ei oppgradering: stopp portalen, flytt portal.db og filene portal.db-wal og portal.db-shm til ein annan stad, legg den nyaste fila i mappa before tilbake som portal.db, og start den gamle utgåva. Høgvassmerket seier kva som er gjort etter oppgraderinga, og «samband confirm-restore» lèt arbeidet gå vidare.",
		EN: "Free some space: as much as portal.db takes.\nStart the new edition again.\nTo go back to the old edition after an upgrade: stop the portal, move portal.db and the files portal.db-wal and portal.db-shm to another place, put the newest file of the folder before back as portal.db, and start the old edition. The high-water mark says what was done since the upgrade, and “samband confirm-restore” lets work go on.",
	},
}
