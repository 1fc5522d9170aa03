package text

// packetTexts say why a transport of two halves was not made or not taken, and what `samband receive` says.
var packetTexts = Catalogue{
	"error.packet.signature": {
		NB: "Manifestet er ikke signert av en avsender du stoler på. Ingenting er tatt inn. Sjekk at du har avsenderens nøkkel, og meld fra hvis du har den.",
		NN: "Manifestet er ikkje signert av ein avsendar du stoler på. Ingenting er teke inn. Sjekk at du har nøkkelen til avsendaren, og meld frå om du har han.",
		EN: "The manifest is not signed by a sender you trust. Nothing was taken in. Check that you have the sender's key, and report it if you do.",
	},
	"error.packet.hash": {
		NB: "Filen {file} er ikke den som ble sendt. Ingenting er tatt inn. Hent den på nytt.",
		NN: "Fila {file} er ikkje den som vart send. Ingenting er teke inn. Hent ho på nytt.",
		EN: "The file {file} is not the one that was sent. Nothing was taken in. Fetch it again.",
	},
	"error.packet.damaged": {
		NB: "Filen {file} er skadet eller ingen forsendelse. Ingenting er tatt inn. Hent den på nytt.",
		NN: "Fila {file} er skadd eller inga forsending. Ingenting er teke inn. Hent ho på nytt.",
		EN: "The file {file} is damaged or no transport. Nothing was taken in. Fetch it again.",
	},
	"error.packet.truncated": {
		NB: "Slutten av filen {file} mangler. Ingenting er tatt inn. Hent den på nytt.",
		NN: "Slutten av fila {file} manglar. Ingenting er teke inn. Hent ho på nytt.",
		EN: "The end of the file {file} is missing. Nothing was taken in. Fetch it again.",
	},
	"error.packet.expired": {
		NB: "Forsendelsen er for gammel. Ingenting er tatt inn. Be avsenderen sende på nytt.",
		NN: "Forsendinga er for gammal. Ingenting er teke inn. Be avsendaren sende på nytt.",
		EN: "The transport is too old. Nothing was taken in. Ask the sender to send again.",
	},
	"error.packet.replayed": {
		NB: "Denne forsendelsen er tatt inn før. Ingenting er tatt inn nå.",
		NN: "Denne forsendinga er teken inn før. Ingenting er teke inn no.",
		EN: "This transport was taken in before. Nothing was taken in now.",
	},
	"error.packet.other_run": {
		NB: "Filen {file} hører til en annen forsendelse enn manifestet. Ingenting er tatt inn. Bruk de to pakkene som kom med manifestet.",
		NN: "Fila {file} høyrer til ei anna forsending enn manifestet. Ingenting er teke inn. Bruk dei to pakkane som kom med manifestet.",
		EN: "The file {file} belongs to another transport than the manifest. Nothing was taken in. Use the two packets that came with the manifest.",
	},
	"error.packet.other_half": {
		NB: "Filen {file} er den andre halvdelen. Ingenting er tatt inn. Bytt om de to pakkene.",
		NN: "Fila {file} er den andre halvdelen. Ingenting er teke inn. Byt om dei to pakkane.",
		EN: "The file {file} is the other half. Nothing was taken in. Change the two packets about.",
	},
	"error.packet.wrong_recipient": {
		NB: "Filen {file} er kryptert til noen andre. Ingenting er tatt inn. Sjekk nøklene, og hvilke offentlige nøkler avsenderen har.",
		NN: "Fila {file} er kryptert til nokon andre. Ingenting er teke inn. Sjekk nøklane, og kva offentlege nøklar avsendaren har.",
		EN: "The file {file} is encrypted to somebody else. Nothing was taken in. Check the keys, and which public keys the sender has.",
	},
	"error.packet.orphan": {
		NB: "Halvdelene passer ikke sammen: {persons} {persons|person|personer} uten helsedata, {records} {records|rad|rader} uten person. Ingenting er tatt inn.",
		NN: "Halvdelane passar ikkje saman: {persons} {persons|person|personar} utan helsedata, {records} {records|rad|rader} utan person. Ingenting er teke inn.",
		EN: "The halves do not fit: {persons} {persons|person|persons} without health data, {records} {records|row|rows} without a person. Nothing was taken in.",
	},
	"error.packet.twice": {
		NB: "Samme person står to ganger i identitetsdelen. Ingenting er tatt inn. Meld fra til avsenderen.",
		NN: "Same person står to gonger i identitetsdelen. Ingenting er teke inn. Meld frå til avsendaren.",
		EN: "The same person stands twice in the identity half. Nothing was taken in. Tell the sender.",
	},
	"error.packet.version": {
		NB: "Filen {file} er i en nyere form enn denne utgaven kjenner. Ingenting er tatt inn. Oppgrader Samband.",
		NN: "Fila {file} er i ei nyare form enn denne utgåva kjenner. Ingenting er teke inn. Oppgrader Samband.",
		EN: "The file {file} is in a newer form than this release knows. Nothing was taken in. Upgrade Samband.",
	},
	"error.packet.form": {
		NB: "Innholdet i filen {file} er ikke slik avsenderen har lovet. Ingenting er tatt inn. Meld fra til avsenderen.",
		NN: "Innhaldet i fila {file} er ikkje slik avsendaren har lova. Ingenting er teke inn. Meld frå til avsendaren.",
		EN: "What is in the file {file} is not as the sender promised. Nothing was taken in. Tell the sender.",
	},
	"error.packet.ledger": {
		NB: "Listen over mottatte pakker, {path}, kan ikke leses eller skrives. Uten den kan ingenting tas inn.",
		NN: "Lista over mottekne pakkar, {path}, kan ikkje lesast eller skrivast. Utan ho kan ingenting takast inn.",
		EN: "The list of packets taken in, {path}, cannot be read or written. Without it nothing can be taken in.",
	},
	"error.packet.ledger_busy": {
		NB: "En annen prosess tar inn pakker akkurat nå ({path}). Prøv igjen når den er ferdig.",
		NN: "Ein annan prosess tek inn pakkar akkurat no ({path}). Prøv igjen når han er ferdig.",
		EN: "Another process is taking in packets right now ({path}). Try again when it is done.",
	},
	"error.packet.scratch": {
		NB: "Det er ikke plass eller rettigheter til midlertidige filer. Ingenting er sendt eller tatt inn.",
		NN: "Det er ikkje plass eller rettar til mellombelse filer. Ingenting er sendt eller teke inn.",
		EN: "There is no room or permission for temporary files. Nothing was sent or taken in.",
	},
	"error.packet.read": {
		NB: "En av filene kunne ikke leses. Ingenting er tatt inn.",
		NN: "Ei av filene kunne ikkje lesast. Ingenting er teke inn.",
		EN: "One of the files could not be read. Nothing was taken in.",
	},
	"error.packet.write": {
		NB: "Forsendelsen kunne ikke skrives. Ingenting er sendt.",
		NN: "Forsendinga kunne ikkje skrivast. Ingenting er sendt.",
		EN: "The transport could not be written. Nothing was sent.",
	},
	"error.packet.key": {
		NB: "En nøkkel for forsendelsen mangler eller er feil. Ingenting er sendt.",
		NN: "Ein nøkkel for forsendinga manglar eller er feil. Ingenting er sendt.",
		EN: "A key of the transport is missing or wrong. Nothing was sent.",
	},
	"error.packet.half": {
		NB: "En rad passer ikke i forsendelsen. Ingenting er sendt.",
		NN: "Ei rad passar ikkje i forsendinga. Ingenting er sendt.",
		EN: "A row does not fit the transport. Nothing was sent.",
	},
	"error.packet.uneven": {
		NB: "De to halvdelene har ikke de samme personene. Ingenting er sendt.",
		NN: "Dei to halvdelane har ikkje dei same personane. Ingenting er sendt.",
		EN: "The two halves do not have the same persons. Nothing was sent.",
	},
	"runbook.chapter.packets": {NB: "Identitet og helse sendt hver for seg", NN: "Identitet og helse sende kvar for seg", EN: "Identity and health sent apart"},
	"runbook.packet.signature.meaning": {
		NB: "Manifestet kan åpnes, men er ikke signert av noen du kjenner. Alle som har den offentlige nøkkelen din, kan lage en slik fil. Ingenting er tatt inn.",
		NN: "Manifestet kan opnast, men er ikkje signert av nokon du kjenner. Alle som har den offentlege nøkkelen din, kan lage ei slik fil. Ingenting er teke inn.",
		EN: "The manifest can be opened, but is not signed by anybody you know. Whoever has your public key can make such a file. Nothing was taken in.",
	},
	"runbook.packet.signature.do": {
		NB: "Sammenlign sender.pub i nøkkelmappen med nøkkelen avsenderen oppgir på en annen vei, som telefon.\nHar avsenderen byttet nøkkel, legg den nye inn når du har fått den bekreftet.\nStemmer nøkkelen, behandle filen som forfalsket: ta vare på den, og meld avvik.",
		NN: "Samanlikn sender.pub i nøkkelmappa med nøkkelen avsendaren oppgir på ein annan veg, som telefon.\nHar avsendaren bytt nøkkel, legg den nye inn når du har fått han stadfesta.\nStemmer nøkkelen, behandle fila som forfalska: ta vare på ho, og meld avvik.",
		EN: "Compare sender.pub in the folder of keys with the key that the sender gives by another way, such as the telephone.\nIf the sender has changed keys, put the new one in once it is confirmed.\nIf the key is right, treat the file as forged: keep it, and report the incident.",
	},
	"runbook.packet.hash.meaning": {
		NB: "En fil er endret, kuttet eller skadet på veien, eller manifestet er det. Det kan være en feil i overføringen, og det kan være et forsøk. Ingenting er tatt inn.",
		NN: "Ei fil er endra, kutta eller skadd på vegen, eller manifestet er det. Det kan vere ein feil i overføringa, og det kan vere eit forsøk. Ingenting er teke inn.",
		EN: "A file was changed, cut off or damaged on the way, or the manifest was. It may be a fault of the transfer, and it may be an attempt. Nothing was taken in.",
	},
	"runbook.packet.hash.do": {
		NB: "Hent alle tre filene på nytt, i binær overføring.\nSkjer det igjen med samme filer, be avsenderen sende på nytt.\nSkjer det om og om igjen på én vei, meld avvik.",
		NN: "Hent alle tre filene på nytt, i binær overføring.\nSkjer det igjen med same filer, be avsendaren sende på nytt.\nSkjer det om og om igjen på éin veg, meld avvik.",
		EN: "Fetch all three files again, in binary transfer.\nIf it happens again with the same files, ask the sender to send again.\nIf it happens over and over on one way, report the incident.",
	},
	"runbook.packet.expired.meaning": {
		NB: "Forsendelsen gjelder i 72 timer. Etterpå kan samtykker være trukket som den ikke vet om. Ingenting er tatt inn.",
		NN: "Forsendinga gjeld i 72 timar. Etterpå kan samtykke vere trekte som ho ikkje veit om. Ingenting er teke inn.",
		EN: "A transport is good for 72 hours. After that consents may have been withdrawn that it does not know of. Nothing was taken in.",
	},
	"runbook.packet.expired.do": {
		NB: "Sjekk at klokken på maskinen går riktig.\nSlett de tre filene, og be avsenderen sende på nytt.\nKommer de alltid for sent, rett det som holder dem igjen. Grensen kan ikke flyttes her.",
		NN: "Sjekk at klokka på maskina går rett.\nSlett dei tre filene, og be avsendaren sende på nytt.\nKjem dei alltid for seint, rett det som held dei att. Grensa kan ikkje flyttast her.",
		EN: "Check that the clock of the machine is right.\nDelete the three files, and ask the sender to send again.\nIf they are always late, correct what holds them up. The limit cannot be moved here.",
	},
	"runbook.packet.replayed.meaning": {
		NB: "Begge pakkene, eller den ene, står i listen over det som er tatt inn. Å ta dem inn igjen kunne satt gamle verdier inn over nye. Ingenting er endret.",
		NN: "Begge pakkane, eller den eine, står i lista over det som er teke inn. Å ta dei inn igjen kunne sett gamle verdiar inn over nye. Ingenting er endra.",
		EN: "Both packets, or one of them, stand in the list of what was taken in. Taking them in again could put old values over new ones. Nothing has changed.",
	},
	"runbook.packet.replayed.do": {
		NB: "Se om filene ble hentet to ganger. Slett dem da.\nGikk resultatet tapt, be avsenderen sende på nytt. Endre aldri listen for hånd.\nVet ingen hvor filene kom fra, meld avvik.",
		NN: "Sjå om filene vart henta to gonger. Slett dei då.\nGjekk resultatet tapt, be avsendaren sende på nytt. Endre aldri lista for hand.\nVeit ingen kvar filene kom frå, meld avvik.",
		EN: "See whether the files were fetched twice. Delete them then.\nIf the result was lost, ask the sender to send again. Never change the list by hand.\nIf nobody knows where the files came from, report the incident.",
	},
	"runbook.packet.other_run.meaning": {
		NB: "De tre filene hører ikke sammen, eller de to pakkene er byttet om. Ingenting er tatt inn.",
		NN: "Dei tre filene høyrer ikkje saman, eller dei to pakkane er bytte om. Ingenting er teke inn.",
		EN: "The three files do not belong together, or the two packets are changed about. Nothing was taken in.",
	},
	"runbook.packet.other_run.do": {
		NB: "Bruk manifestet og de to pakkene fra samme sending. Filnavnene sier ikke hvem som hører sammen: se når de kom på hver vei.\nEr én av dem borte, be avsenderen sende på nytt.",
		NN: "Bruk manifestet og dei to pakkane frå same sending. Filnamna seier ikkje kven som høyrer saman: sjå når dei kom på kvar veg.\nEr éin av dei borte, be avsendaren sende på nytt.",
		EN: "Use the manifest and the two packets of the same sending. The names of the files do not say which belong together: see when they came on each way.\nIf one of them is gone, ask the sender to send again.",
	},
	"runbook.packet.wrong_recipient.meaning": {
		NB: "Filen er kryptert med en offentlig nøkkel du ikke har den hemmelige delen til. Ingen data er kommet fram eller på avveier, så lenge den som eier nøkkelen ikke har fått filen.",
		NN: "Fila er kryptert med ein offentleg nøkkel du ikkje har den hemmelege delen til. Ingen data er komne fram eller på avvegar, så lenge den som eig nøkkelen ikkje har fått fila.",
		EN: "The file is encrypted with a public key that you do not have the secret part of. No data have arrived or gone astray, as long as whoever owns the key has not got the file.",
	},
	"runbook.packet.wrong_recipient.do": {
		NB: "Se at --keys viser til riktig mappe.\nGi avsenderen de offentlige nøklene på nytt: de står i filene som slutter på .pub.\nNye mottakernøkler må godkjennes hos avsenderen før de gjelder.",
		NN: "Sjå at --keys viser til rett mappe.\nGi avsendaren dei offentlege nøklane på nytt: dei står i filene som sluttar på .pub.\nNye mottakarnøklar må godkjennast hos avsendaren før dei gjeld.",
		EN: "See that --keys names the right folder.\nGive the sender the public keys again: they are in the files that end with .pub.\nNew keys of a recipient must be approved by the sender before they hold.",
	},
	"runbook.packet.orphan.meaning": {
		NB: "Avsenderen har laget halvdeler som ikke passer sammen. Ingenting er tatt inn, og ingen vet hvem det gjelder: bare antall er talt.",
		NN: "Avsendaren har laga halvdelar som ikkje passar saman. Ingenting er teke inn, og ingen veit kven det gjeld: berre mengda er talt.",
		EN: "The sender has made halves that do not fit together. Nothing was taken in, and nobody knows whom it is about: only numbers are counted.",
	},
	"runbook.packet.orphan.do": {
		NB: "Meld fra til avsenderen med kjøringens id fra manifestet og tallene.\nSlett filene når avsenderen har sendt på nytt.",
		NN: "Meld frå til avsendaren med id-en til køyringa frå manifestet og tala.\nSlett filene når avsendaren har sendt på nytt.",
		EN: "Tell the sender, with the run's id from the manifest and the figures.\nDelete the files when the sender has sent again.",
	},
	"runbook.packet.version.meaning": {
		NB: "Filen er riktig signert eller kryptert, men har en form eller et innhold som denne utgaven ikke kan lese. Ingenting er tatt inn.",
		NN: "Fila er rett signert eller kryptert, men har ei form eller eit innhald som denne utgåva ikkje kan lese. Ingenting er teke inn.",
		EN: "The file is rightly signed or encrypted, but has a form or content that this release cannot read. Nothing was taken in.",
	},
	"runbook.packet.version.do": {
		NB: "Oppgrader Samband hos mottakeren, og prøv igjen med samme filer.\nHjelper det ikke, meld fra til avsenderen med koden og filens navn.",
		NN: "Oppgrader Samband hos mottakaren, og prøv igjen med same filer.\nHjelper det ikkje, meld frå til avsendaren med koden og namnet på fila.",
		EN: "Upgrade Samband at the recipient, and try again with the same files.\nIf that does not help, tell the sender, with the code and the name of the file.",
	},
	"runbook.packet.ledger.meaning": {
		NB: "Listen over mottatte pakker, de midlertidige filene eller en av filene er ikke tilgjengelig. Ingenting er tatt inn, for en forsendelse skal ikke kunne tas inn to ganger.",
		NN: "Lista over mottekne pakkar, dei mellombelse filene eller ei av filene er ikkje tilgjengeleg. Ingenting er teke inn, for ei forsending skal ikkje kunne takast inn to gonger.",
		EN: "The list of packets taken in, the temporary files or one of the files is not available. Nothing was taken in, because no transport may be taken in twice.",
	},
	"runbook.packet.ledger.do": {
		NB: "Sjekk plass og rettigheter i nøkkelmappen og i mappen for midlertidige filer.\nVent hvis en annen prosess holder på.\nPrøv igjen med samme filer.",
		NN: "Sjekk plass og rettar i nøkkelmappa og i mappa for mellombelse filer.\nVent om ein annan prosess held på.\nPrøv igjen med same filer.",
		EN: "Check room and permissions in the folder of keys and in the folder of temporary files.\nWait if another process is at it.\nTry again with the same files.",
	},
	"runbook.packet.write.meaning": {
		NB: "Forsendelsen ble ikke laget. Ingenting er sendt, og ingen halvdel er på vei alene.",
		NN: "Forsendinga vart ikkje laga. Ingenting er sendt, og ingen halvdel er på veg åleine.",
		EN: "The transport was not made. Nothing was sent, and no half is on its way alone.",
	},
	"runbook.packet.write.do": {
		NB: "Sjekk plass på disken, og at nøklene finnes: «samband doctor» sier hva som mangler.\nKjør på nytt. Samme kjøring gir de samme id-ene.\nSkjer det igjen, send en støttepakke til den som drifter Samband.",
		NN: "Sjekk plass på disken, og at nøklane finst: «samband doctor» seier kva som manglar.\nKøyr på nytt. Same køyring gir dei same id-ane.\nSkjer det igjen, send ei støttepakke til den som driftar Samband.",
		EN: "Check the room on the disk, and that the keys are there: “samband doctor” says what is missing.\nRun again. The same run gives the same ids.\nIf it happens again, send a support bundle to whoever operates Samband.",
	},
	"error.packet.keys": {
		NB: "Nøkkelen {path} mangler, er ødelagt eller kan leses av andre enn eieren. Ingenting er tatt inn.",
		NN: "Nøkkelen {path} manglar, er øydelagd eller kan lesast av andre enn eigaren. Ingenting er teke inn.",
		EN: "The key {path} is missing, broken or readable by others than its owner. Nothing was taken in.",
	},
	"error.packet.keys_exist": {
		NB: "Det ligger alt nøkler i {path}. Ingenting er endret.",
		NN: "Det ligg alt nøklar i {path}. Ingenting er endra.",
		EN: "There are keys in {path} already. Nothing has changed.",
	},
	"error.packet.denied": {
		NB: "Filen {file} har en linje som ikke er en id på 32 tegn. Ingenting er tatt inn, for noen kunne blitt med som skulle vært utelatt.",
		NN: "Fila {file} har ei linje som ikkje er ein id på 32 teikn. Ingenting er teke inn, for nokon kunne kome med som skulle vore utelatne.",
		EN: "The file {file} has a line that is no id of 32 characters. Nothing was taken in, because somebody might be let in who is to be left out.",
	},
	"runbook.packet.keys.meaning": {
		NB: "Mottakeren kan ikke bruke en av filene i nøkkelmappen, eller listen over hvem som skal utelates. Ingenting er tatt inn.",
		NN: "Mottakaren kan ikkje bruke ei av filene i nøkkelmappa, eller lista over kven som skal utelatast. Ingenting er teke inn.",
		EN: "The recipient cannot use one of the files in the folder of keys, or the list of those to be left out. Nothing was taken in.",
	},
	"runbook.packet.keys.do": {
		NB: "I mappen skal identity.key, health.key og manifest.key ligge, og bare eieren skal kunne lese dem.\nsender.pub har avsenderens offentlige nøkkel, én på hver linje.\nEr en hemmelig nøkkel tapt, lag nye i en tom mappe og gi avsenderen de offentlige. Det som er sendt til de gamle, kan ingen åpne.",
		NN: "I mappa skal identity.key, health.key og manifest.key liggje, og berre eigaren skal kunne lese dei.\nsender.pub har den offentlege nøkkelen til avsendaren, éin på kvar linje.\nEr ein hemmeleg nøkkel tapt, lag nye i ei tom mappe og gi avsendaren dei offentlege. Det som er sendt til dei gamle, kan ingen opne.",
		EN: "The folder must hold identity.key, health.key and manifest.key, readable by their owner alone.\nsender.pub has the sender's public key, one a line.\nIf a secret key is lost, make new ones in an empty folder and give the sender the public ones. What was sent to the old ones nobody can open.",
	},
	"command.does.receive": {
		NB: "Tar inn en forsendelse hos mottakeren: kontrollerer de to pakkene mot manifestet og setter identitet og helse sammen. keygen lager mottakerens nøkler og viser de offentlige. Trenger ingen installasjon.",
		NN: "Tek inn ei forsending hos mottakaren: kontrollerer dei to pakkane mot manifestet og set identitet og helse saman. keygen lagar nøklane til mottakaren og viser dei offentlege. Treng ingen installasjon.",
		EN: "Takes in a transport at its recipient: checks the two packets against the manifest and joins identity and health. keygen makes the recipient's keys and shows the public ones. Needs no installation.",
	},
	"command.option.receive.keys": {
		NB: "mappen med mottakerens nøkler, sender.pub og listen over det som er tatt inn",
		NN: "mappa med nøklane til mottakaren, sender.pub og lista over det som er teke inn",
		EN: "the folder of the recipient's keys, sender.pub and the list of what was taken in",
	},
	"command.option.receive.identity": {
		NB: "identitetspakken",
		NN: "identitetspakka",
		EN: "the identity packet",
	},
	"command.option.receive.health": {
		NB: "helsepakken",
		NN: "helsepakka",
		EN: "the health packet",
	},
	"command.option.receive.manifest": {
		NB: "manifestet",
		NN: "manifestet",
		EN: "the manifest",
	},
	"command.option.receive.out": {
		NB: "filen begge halvdelene skrives til, som CSV",
		NN: "fila begge halvdelane blir skrivne til, som CSV",
		EN: "the file that both halves are written to, as CSV",
	},
	"command.option.receive.out-identity": {
		NB: "filen identitetsdelen skrives til, når halvdelene skal være hver for seg",
		NN: "fila identitetsdelen blir skriven til, når halvdelane skal vere kvar for seg",
		EN: "the file that the identity half is written to, when the halves are to stay apart",
	},
	"command.option.receive.out-health": {
		NB: "filen helsedelen skrives til",
		NN: "fila helsedelen blir skriven til",
		EN: "the file that the health half is written to",
	},
	"command.option.receive.deny": {
		NB: "fil med id-ene til dem som skal utelates, én på hver linje",
		NN: "fil med id-ane til dei som skal utelatast, éin på kvar linje",
		EN: "a file with the ids of those to be left out, one a line",
	},
	"command.receive.how": {
		NB: "Oppgi --keys, --identity, --health og --manifest, og enten --out eller både --out-identity og --out-health. Eller keygen og en mappe.",
		NN: "Oppgi --keys, --identity, --health og --manifest, og anten --out eller både --out-identity og --out-health. Eller keygen og ei mappe.",
		EN: "Give --keys, --identity, --health and --manifest, and either --out or both --out-identity and --out-health. Or keygen and a folder.",
	},
	"command.receive.done": {
		NB: "Tatt inn: {rows} {rows|rad|rader} om {persons} {persons|person|personer}, fra kjøring {run}.",
		NN: "Teke inn: {rows} {rows|rad|rader} om {persons} {persons|person|personar}, frå køyring {run}.",
		EN: "Taken in: {rows} {rows|row|rows} about {persons} {persons|person|persons}, from run {run}.",
	},
	"command.receive.denied": {
		NB: "Utelatt: {n} {n|person|personer} på listen.",
		NN: "Utelatne: {n} {n|person|personar} på lista.",
		EN: "Left out: {n} {n|person|persons} on the list.",
	},
	"command.receive.keys": {
		NB: "Nye nøkler ligger i {path}. De hemmelige forlater aldri denne maskinen. Gi avsenderen disse tre:",
		NN: "Nye nøklar ligg i {path}. Dei hemmelege forlèt aldri denne maskina. Gi avsendaren desse tre:",
		EN: "New keys are in {path}. The secret ones never leave this machine. Give the sender these three:",
	},
	"command.receive.keys_next": {
		NB: "Legg avsenderens offentlige nøkkel i {file}, når du har fått den bekreftet på en annen vei.",
		NN: "Legg den offentlege nøkkelen til avsendaren i {file}, når du har fått han stadfesta på ein annan veg.",
		EN: "Put the sender's public key in {file}, once it is confirmed by another way.",
	},
}
