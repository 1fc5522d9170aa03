package text

// serverTexts holds what concerns registries and vault on a PostgreSQL server.
var serverTexts = Catalogue{
	"error.registry.too_wide": {
		NB: "Kodeboken {codebook} har flere variabler enn PostgreSQL har plass til i én tabell ({max}). Ingenting er lest inn. Del kodeboken i flere.",
		NN: "Kodeboka {codebook} har fleire variablar enn PostgreSQL har plass til i éin tabell ({max}). Ingenting er lese inn. Del kodeboka i fleire.",
		EN: "The codebook {codebook} has more variables than PostgreSQL has room for in one table ({max}). Nothing was loaded. Split the codebook.",
	},
	"error.registry.commit_unknown": {
		NB: "Databaseserveren ble borte mens kjøring {run} ble gjort gjeldende, og svarte ikke igjen. Enten er hele leveransen lest inn, eller ingenting av den. Samband avstemmer kjøringen når serveren svarer.",
		NN: "Databasetenaren vart borte medan køyring {run} vart gjord gjeldande, og svara ikkje att. Anten er heile leveransen lesen inn, eller ingenting av han. Samband avstemmer køyringa når tenaren svarar.",
		EN: "The database server went away while run {run} was being committed, and did not answer again. Either all of the delivery was loaded or nothing of it. Samband reconciles the run when the server answers.",
	},
	"runbook.registry.too_wide.meaning": {
		NB: "En tabell i PostgreSQL har plass til 1600 kolonner. Kodeboken er bredere, så ingenting er lest inn. Registeret er uendret.",
		NN: "Ein tabell i PostgreSQL har plass til 1600 kolonnar. Kodeboka er breiare, så ingenting er lese inn. Registeret er uendra.",
		EN: "A table in PostgreSQL has room for 1600 columns. The codebook is wider, so nothing was loaded. The registry is unchanged.",
	},
	"runbook.registry.too_wide.do": {
		NB: "Del kodeboken i flere, for eksempel én for hvert skjema.\nLag en mapping til hver, og send dem til godkjenning.",
		NN: "Del kodeboka i fleire, til dømes éi for kvart skjema.\nLag ei mapping til kvar, og send dei til godkjenning.",
		EN: "Split the codebook, for example into one for each form.\nMake a mapping for each, and submit them for approval.",
	},
	"runbook.registry.commit_unknown.meaning": {
		NB: "Forbindelsen til PostgreSQL ble brutt akkurat da leveransen ble gjort gjeldende. Registeret har hele leveransen eller ingenting av den, men portalen vet ikke hvilken av delene.",
		NN: "Sambandet til PostgreSQL vart brote akkurat då leveransen vart gjord gjeldande. Registeret har heile leveransen eller ingenting av han, men portalen veit ikkje kva av delane.",
		EN: "The connection to PostgreSQL broke just when the delivery was being committed. The registry has all of the delivery or nothing of it, but the portal does not know which.",
	},
	"runbook.registry.commit_unknown.do": {
		NB: "Få PostgreSQL i gang igjen.\nÅpne kjøringen. Samband avstemmer den mot registeret, og viser om leveransen er lest inn.\nKjør på nytt bare hvis den ikke er det.",
		NN: "Få PostgreSQL i gang att.\nOpne køyringa. Samband avstemmer henne mot registeret, og viser om leveransen er lesen inn.\nKøyr på nytt berre om han ikkje er det.",
		EN: "Get PostgreSQL going again.\nOpen the run. Samband reconciles it with the registry, and shows whether the delivery was loaded.\nRun again only if it was not.",
	},
	"command.does.move-database": {
		NB: "Flytter portalen, registrene og hvelvet fra datamappen til den tomme PostgreSQL-databasen URL, og ser etter at alt er likt der. Portalen må være stoppet. Filene blir liggende. Hvelvet flyttes til SAMBAND_VAULT_URL når den er satt.",
		NN: "Flyttar portalen, registera og kvelvet frå datamappa til den tomme PostgreSQL-databasen URL, og ser etter at alt er likt der. Portalen må vere stoppa. Filene blir liggande. Kvelvet blir flytta til SAMBAND_VAULT_URL når ho er sett.",
		EN: "Moves the portal, the registries and the vault from the data folder to the empty PostgreSQL database URL, and checks that all is the same there. The portal must be stopped. The files stay. The vault is moved to SAMBAND_VAULT_URL when that is set.",
	},
	"command.move.place": {NB: "Sted", NN: "Stad", EN: "Place"},
	"command.move.table": {NB: "Tabell", NN: "Tabell", EN: "Table"},
	"command.move.rows":  {NB: "Rader", NN: "Rader", EN: "Rows"},
	"command.move.hash":  {NB: "Innholdssum", NN: "Innhaldssum", EN: "Content hash"},
	"command.move.done": {
		NB: "{tables} tabeller er flyttet, og er like på begge sider. Revisjonsloggen har roten {root}.\nSett SAMBAND_DATABASE_URL til adressen, og start Samband med samme datamappe: forseglede leveranser, nøkler og sjekkpunkter ligger der fremdeles. {file} sier at databasene i mappen ikke lenger gjelder.",
		NN: "{tables} tabellar er flytta, og er like på begge sider. Revisjonsloggen har rota {root}.\nSet SAMBAND_DATABASE_URL til adressa, og start Samband med same datamappe: forsegla leveransar, nøklar og sjekkpunkt ligg der framleis. {file} seier at databasane i mappa ikkje lenger gjeld.",
		EN: "{tables} tables have been moved, and are the same on both sides. The audit log has the root {root}.\nSet SAMBAND_DATABASE_URL to the address, and start Samband with the same data folder: sealed deliveries, keys and checkpoints still lie there. {file} says that the databases in the folder no longer count.",
	},
	"command.move.note": {
		NB: "Databasene i denne mappen (portal.db, vault.db, consent.db og registries) er flyttet til PostgreSQL, og gjelder ikke lenger.\nStart Samband med SAMBAND_DATABASE_URL. Resten av mappen er fremdeles i bruk.\n\nTilbake til filene: Stopp Samband overalt, fjern SAMBAND_DATABASE_URL, slett denne filen og start igjen.\nDet som er gjort etter flyttingen, er da ikke med.\n",
		NN: "Databasane i denne mappa (portal.db, vault.db, consent.db og registries) er flytta til PostgreSQL, og gjeld ikkje lenger.\nStart Samband med SAMBAND_DATABASE_URL. Resten av mappa er framleis i bruk.\n\nTilbake til filene: Stopp Samband overalt, fjern SAMBAND_DATABASE_URL, slett denne fila og start att.\nDet som er gjort etter flyttinga, er då ikkje med.\n",
		EN: "The databases in this folder (portal.db, vault.db, consent.db and registries) have been moved to PostgreSQL, and no longer count.\nStart Samband with SAMBAND_DATABASE_URL. The rest of the folder is still in use.\n\nBack to the files: stop Samband everywhere, remove SAMBAND_DATABASE_URL, delete this file and start again.\nWhat was done after the move is not there then.\n",
	},
	"audit.database.move":     {NB: "Databasene er flyttet til PostgreSQL", NN: "Databasane er flytta til PostgreSQL", EN: "The databases were moved to PostgreSQL"},
	"audit.kind.installation": {NB: "Installasjon", NN: "Installasjon", EN: "Installation"},
	"error.dbmove.on_server": {
		NB: "Installasjonen bruker PostgreSQL allerede. Ingenting er flyttet. Kjør kommandoen uten SAMBAND_DATABASE_URL.",
		NN: "Installasjonen bruker PostgreSQL alt. Ingenting er flytta. Køyr kommandoen utan SAMBAND_DATABASE_URL.",
		EN: "The installation uses PostgreSQL already. Nothing was moved. Run the command without SAMBAND_DATABASE_URL.",
	},
	"error.dbmove.running": {
		NB: "Portalen er i gang med denne datamappen. Ingenting er flyttet. Stopp den, og kjør kommandoen igjen.",
		NN: "Portalen er i gang med denne datamappa. Ingenting er flytta. Stopp han, og køyr kommandoen igjen.",
		EN: "The portal is running on this data folder. Nothing was moved. Stop it, and run the command again.",
	},
	"error.dbmove.not_empty": {
		NB: "Databasen som er oppgitt, er ikke tom. Ingenting er flyttet eller endret. Lag en ny, tom database. Fullførte en tidligere flytting, sett SAMBAND_DATABASE_URL og start Samband.",
		NN: "Databasen som er oppgitt, er ikkje tom. Ingenting er flytta eller endra. Lag ein ny, tom database. Fullførte ei tidlegare flytting, set SAMBAND_DATABASE_URL og start Samband.",
		EN: "The database given is not empty. Nothing was moved or changed. Make a new, empty database. If an earlier move was completed, set SAMBAND_DATABASE_URL and start Samband.",
	},
	"error.dbmove.incomplete": {
		NB: "En flytting til denne databasen pågår eller ble avbrutt, så den kan ikke brukes. Filene i datamappen gjelder. Kjør «samband move-database» igjen; den begynner forfra.",
		NN: "Ei flytting til denne databasen går føre seg eller vart avbroten, så han kan ikkje brukast. Filene i datamappa gjeld. Køyr «samband move-database» igjen; han byrjar på nytt.",
		EN: "A move to this database is going on or was cut off, so it cannot be used. The files in the data folder count. Run “samband move-database” again; it starts over.",
	},
	"error.dbmove.differs": {
		NB: "Tabellen {table} ble ikke lik på begge sider, så flyttingen er stoppet. Filene i datamappen gjelder, og er uendret. Kjør kommandoen igjen. Gjentar det seg, oppgi tabellen til oss.",
		NN: "Tabellen {table} vart ikkje lik på begge sider, så flyttinga er stoppa. Filene i datamappa gjeld, og er uendra. Køyr kommandoen igjen. Tek det seg opp att, gi opp tabellen til oss.",
		EN: "The table {table} did not come out the same on both sides, so the move was stopped. The files in the data folder count and are unchanged. Run the command again. If it happens again, tell us the table.",
	},
	"error.dbmove.note": {
		NB: "Alt er flyttet, men {file} kunne ikke skrives. PostgreSQL gjelder fra nå av. Lag filen selv, så ingen åpner de gamle databasene, og start Samband med SAMBAND_DATABASE_URL.",
		NN: "Alt er flytta, men {file} kunne ikkje skrivast. PostgreSQL gjeld frå no av. Lag fila sjølv, så ingen opnar dei gamle databasane, og start Samband med SAMBAND_DATABASE_URL.",
		EN: "All was moved, but {file} could not be written. PostgreSQL counts from now on. Make the file yourself, so that nobody opens the old databases, and start Samband with SAMBAND_DATABASE_URL.",
	},
	"error.dbmove.moved": {
		NB: "Databasene i datamappen er flyttet til PostgreSQL og gjelder ikke lenger. Ingenting er åpnet. Sett SAMBAND_DATABASE_URL. Veien tilbake til filene står i {file}.",
		NN: "Databasane i datamappa er flytta til PostgreSQL og gjeld ikkje lenger. Ingenting er opna. Set SAMBAND_DATABASE_URL. Vegen tilbake til filene står i {file}.",
		EN: "The databases in the data folder have been moved to PostgreSQL and no longer count. Nothing was opened. Set SAMBAND_DATABASE_URL. The way back to the files is in {file}.",
	},
	"error.dbmove.files": {
		NB: "Datamappen {path} har en installasjon i filer, og SAMBAND_DATABASE_URL peker et annet sted. Ingenting er åpnet. Flytt den med «samband move-database», eller bruk en annen datamappe.",
		NN: "Datamappa {path} har ein installasjon i filer, og SAMBAND_DATABASE_URL peikar ein annan stad. Ingenting er opna. Flytt han med «samband move-database», eller bruk ei anna datamappe.",
		EN: "The data folder {path} has an installation in files, and SAMBAND_DATABASE_URL points elsewhere. Nothing was opened. Move it with “samband move-database”, or use another data folder.",
	},
	"runbook.dbmove.on_server.meaning": {
		NB: "Flyttingen ble ikke begynt, fordi portalen er i gang eller bruker PostgreSQL allerede. Ingenting er endret.",
		NN: "Flyttinga vart ikkje byrja, fordi portalen er i gang eller bruker PostgreSQL alt. Ingenting er endra.",
		EN: "The move was not begun, because the portal is running or uses PostgreSQL already. Nothing was changed.",
	},
	"runbook.dbmove.on_server.do": {
		NB: "Stopp Samband.\nFjern SAMBAND_DATABASE_URL for denne kommandoen.\nKjør «samband move-database URL».\nSett SAMBAND_DATABASE_URL, og start Samband.",
		NN: "Stopp Samband.\nFjern SAMBAND_DATABASE_URL for denne kommandoen.\nKøyr «samband move-database URL».\nSet SAMBAND_DATABASE_URL, og start Samband.",
		EN: "Stop Samband.\nRemove SAMBAND_DATABASE_URL for this command.\nRun “samband move-database URL”.\nSet SAMBAND_DATABASE_URL, and start Samband.",
	},
	"runbook.dbmove.incomplete.meaning": {
		NB: "En flytting til PostgreSQL ble ikke fullført. Databasen er merket som ufullstendig og kan ikke brukes. Filene i datamappen er uendret og gjelder fremdeles.",
		NN: "Ei flytting til PostgreSQL vart ikkje fullført. Databasen er merkt som ufullstendig og kan ikkje brukast. Filene i datamappa er uendra og gjeld framleis.",
		EN: "A move to PostgreSQL was not completed. The database is marked as incomplete and cannot be used. The files in the data folder are unchanged and still count.",
	},
	"runbook.dbmove.incomplete.do": {
		NB: "Se etter at databaseserveren kjører og har plass.\nKjør «samband move-database URL» igjen. Den fjerner det halve og begynner forfra.\nSkal dere ikke flytte likevel, start Samband uten SAMBAND_DATABASE_URL.",
		NN: "Sjå etter at databasetenaren køyrer og har plass.\nKøyr «samband move-database URL» igjen. Han fjernar det halve og byrjar på nytt.\nSkal de ikkje flytte likevel, start Samband utan SAMBAND_DATABASE_URL.",
		EN: "Check that the database server runs and has room.\nRun “samband move-database URL” again. It removes the half and starts over.\nIf you do not want to move after all, start Samband without SAMBAND_DATABASE_URL.",
	},
	"runbook.dbmove.moved.meaning": {
		NB: "Datamappen og SAMBAND_DATABASE_URL sier hver sitt om hvor dataene er. Samband åpner ingen av dem, så ingen arbeider i feil database.",
		NN: "Datamappa og SAMBAND_DATABASE_URL seier kvar sitt om kvar dataa er. Samband opnar ingen av dei, så ingen arbeider i feil database.",
		EN: "The data folder and SAMBAND_DATABASE_URL disagree on where the data are. Samband opens neither, so that nobody works in the wrong database.",
	},
	"runbook.dbmove.moved.do": {
		NB: "Er installasjonen flyttet, sett SAMBAND_DATABASE_URL.\nEr den ikke flyttet, kjør «samband move-database URL», eller fjern SAMBAND_DATABASE_URL.\nVil dere tilbake til filene, følg teksten i moved.txt.",
		NN: "Er installasjonen flytta, set SAMBAND_DATABASE_URL.\nEr han ikkje flytta, køyr «samband move-database URL», eller fjern SAMBAND_DATABASE_URL.\nVil de tilbake til filene, følg teksten i moved.txt.",
		EN: "If the installation has been moved, set SAMBAND_DATABASE_URL.\nIf it has not, run “samband move-database URL”, or remove SAMBAND_DATABASE_URL.\nIf you want to go back to the files, follow the text in moved.txt.",
	},
}
