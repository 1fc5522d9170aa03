package text

// runbookOps says what to do when the installation has problems.
var runbookOps = Catalogue{
	"runbook.db.busy.meaning": {
		NB: "Portalens database svarte ikke i tide. Det som ble gjort akkurat da, er ikke lagret. Registrenes data er ikke berørt.",
		NN: "Databasen til portalen svara ikkje i tide. Det som vart gjort akkurat då, er ikkje lagra. Dataa til registera er ikkje rørte.",
		EN: "The portal's database did not answer in time. What was done just then was not saved. The registries' data are not affected.",
	},
	"runbook.db.busy.do": {
		NB: "Vent ett minutt og prøv igjen.\nBruker dere PostgreSQL, sjekk at den kjører og kan nås fra denne maskinen.\nBruker dere den innebygde, sjekk at datamappen ligger på en lokal disk, og at den ikke er full.",
		NN: "Vent eitt minutt og prøv igjen.\nBruker de PostgreSQL, sjekk at han køyrer og kan nåast frå denne maskina.\nBruker de den innebygde, sjekk at datamappa ligg på ein lokal disk, og at han ikkje er full.",
		EN: "Wait a minute and try again.\nIf you use PostgreSQL, check that it runs and can be reached from this machine.\nIf you use the embedded one, check that the data folder lies on a local disk, and that it is not full.",
	},
	"runbook.db.full.meaning": {
		NB: "Disken er full eller nesten full. Det som er lagret, er trygt, men nye leveranser kan ikke leses inn.",
		NN: "Disken er full eller nesten full. Det som er lagra, er trygt, men nye leveransar kan ikkje lesast inn.",
		EN: "The disk is full or nearly full. What has been stored is safe, but new deliveries cannot be loaded.",
	},
	"runbook.db.full.do": {
		NB: "Frigjør plass utenfor datamappen først. Slett aldri filer i den for hånd.\nUtvid disken hvis det ikke er nok.\nKjør «samband doctor». Kjøringer som feilet, kan kjøres på nytt.",
		NN: "Frigjer plass utanfor datamappa først. Slett aldri filer i ho for hand.\nUtvid disken om det ikkje er nok.\nKøyr «samband doctor». Køyringar som feila, kan køyrast på nytt.",
		EN: "Free some room outside the data folder first. Never delete files in it by hand.\nExtend the disk if that is not enough.\nRun “samband doctor”. Runs that failed can be run again.",
	},
	"runbook.db.damaged.meaning": {
		NB: "En databasefil er skadet. Samband retter aldri en slik fil selv, og skriver ikke i den. Data siden siste sikkerhetskopi kan være tapt.",
		NN: "Ei databasefil er skadd. Samband rettar aldri ei slik fil sjølv, og skriv ikkje i ho. Data sidan siste tryggingskopi kan vere tapte.",
		EN: "A database file is damaged. Samband never repairs such a file by itself, and does not write to it. Data since the last backup may be lost.",
	},
	"runbook.db.damaged.do": {
		NB: "Stopp Samband. Ta en kopi av hele datamappen som den er.\nSjekk disken og minnet på maskinen.\nLegg tilbake siste sikkerhetskopi av alle filene samlet, ikke bare den ene.\nStart, kjør «samband doctor», og be kildene levere det som mangler.",
		NN: "Stopp Samband. Ta ein kopi av heile datamappa som ho er.\nSjekk disken og minnet på maskina.\nLegg tilbake siste tryggingskopi av alle filene samla, ikkje berre den eine.\nStart, køyr «samband doctor», og be kjeldene levere det som manglar.",
		EN: "Stop Samband. Copy the whole data folder as it is.\nCheck the disk and the memory of the machine.\nRestore the last backup of all the files together, not only the one.\nStart, run “samband doctor”, and ask the sources to deliver what is missing.",
	},
	"runbook.db.pooler.meaning": {
		NB: "Låser og overtakelse av kjøringer hviler på at hver tilkobling har sin egen økt på PostgreSQL-tjeneren, og at tilkoblingene rekker til. Dataene er ikke rørt.",
		NN: "Låsar og overtaking av køyringar kviler på at kvar tilkopling har si eiga økt på PostgreSQL-tenaren, og at tilkoplingane rekk til. Dataa er ikkje rørte.",
		EN: "Locks and taking over runs rest on each connection having a session of its own on the PostgreSQL server, and on there being enough of them. The data are untouched.",
	},
	"runbook.db.pooler.do": {
		NB: "Går SAMBAND_DATABASE_URL eller SAMBAND_VAULT_URL til pgbouncer? Bruk adressen til PostgreSQL selv, eller sett pool_mode til session.\nRekker ikke tilkoblingene til, regn sammen SAMBAND_DATABASE_CONNECTIONS for alle prosessene. Summen skal være minst ti under max_connections på tjeneren.\nStart portalen på nytt.",
		NN: "Går SAMBAND_DATABASE_URL eller SAMBAND_VAULT_URL til pgbouncer? Bruk adressa til PostgreSQL sjølv, eller set pool_mode til session.\nRekk ikkje tilkoplingane til, rekn saman SAMBAND_DATABASE_CONNECTIONS for alle prosessane. Summen skal vere minst ti under max_connections på tenaren.\nStart portalen på nytt.",
		EN: "Does SAMBAND_DATABASE_URL or SAMBAND_VAULT_URL lead to pgbouncer? Use the address of PostgreSQL itself, or set pool_mode to session.\nIf connections do not suffice, add up SAMBAND_DATABASE_CONNECTIONS of all processes. The sum is to be at least ten below max_connections of the server.\nRestart the portal.",
	},
	"runbook.db.open.meaning": {
		NB: "Databasen kan ikke åpnes, så portalen starter ikke. Dataene er ikke rørt.",
		NN: "Databasen kan ikkje opnast, så portalen startar ikkje. Dataa er ikkje rørte.",
		EN: "The database cannot be opened, so the portal does not start. The data are untouched.",
	},
	"runbook.db.open.do": {
		NB: "Stemmer SAMBAND_DATA og SAMBAND_DATABASE_URL?\nEies filene av brukeren Samband kjører som?\nBruker dere PostgreSQL, prøv samme adresse med psql.",
		NN: "Stemmer SAMBAND_DATA og SAMBAND_DATABASE_URL?\nEr filene eigde av brukaren Samband køyrer som?\nBruker de PostgreSQL, prøv same adressa med psql.",
		EN: "Are SAMBAND_DATA and SAMBAND_DATABASE_URL right?\nAre the files owned by the user that Samband runs as?\nIf you use PostgreSQL, try the same address with psql.",
	},
	"runbook.db.newer_schema.meaning": {
		NB: "En nyere utgave av Samband har brukt databasen, hvelvet eller data til et register. Denne utgaven starter ikke, eller leser ikke inn i registeret, så ingenting kan bli skrevet feil.",
		NN: "Ei nyare utgåve av Samband har brukt databasen, kvelvet eller data til eit register. Denne utgåva startar ikkje, eller les ikkje inn i registeret, så ingenting kan bli skrive feil.",
		EN: "A newer version of Samband has used the database, the vault or the data of a registry. This version does not start, or does not load into that registry, so that nothing can be written wrongly.",
	},
	"runbook.db.newer_schema.do": {
		NB: "Sett inn den nyere utgaven igjen.\nMå dere tilbake, legg først tilbake sikkerhetskopien fra før oppgraderingen.",
		NN: "Set inn den nyare utgåva att.\nMå de tilbake, legg først tilbake tryggingskopien frå før oppgraderinga.",
		EN: "Install the newer version again.\nIf you must go back, first restore the backup from before the upgrade.",
	},
	"runbook.registry.open.meaning": {
		NB: "Filen med ett registers helsedata kunne ikke åpnes, leses eller skrives. Innlesingen er rullet tilbake, og registeret er som før. Andre registre går som vanlig.",
		NN: "Fila med helsedataa til eitt register kunne ikkje opnast, lesast eller skrivast. Innlesinga er rulla tilbake, og registeret er som før. Andre register går som vanleg.",
		EN: "The file with one registry's health data could not be opened, read or written. The load was rolled back, and the registry is as before. Other registries go on as usual.",
	},
	"runbook.registry.open.do": {
		NB: "Sjekk plass og rettigheter i mappen «registries» i datamappen.\nKjør «samband doctor». Sier den at filen er skadet, følg db.damaged.\nKjør på nytt.",
		NN: "Sjekk plass og rettar i mappa «registries» i datamappa.\nKøyr «samband doctor». Seier han at fila er skadd, følg db.damaged.\nKøyr på nytt.",
		EN: "Check room and permissions in the folder “registries” in the data folder.\nRun “samband doctor”. If it says that the file is damaged, follow db.damaged.\nRun again.",
	},
	"runbook.registry.key_changed.meaning": {
		NB: "Kodeboken er endret slik at dataene som er lest inn, ikke passer lenger. Ingenting er lest inn, og registeret er uendret.",
		NN: "Kodeboka er endra slik at dataa som er lesne inn, ikkje passar lenger. Ingenting er lese inn, og registeret er uendra.",
		EN: "The codebook was changed so that the data already loaded no longer fit. Nothing was loaded, and the registry is unchanged.",
	},
	"runbook.registry.key_changed.do": {
		NB: "Gi en variabel som bytter type, et nytt navn, og behold den gamle.\nSkal nøkkelen endres, lag en ny kodebok.\nTa den rettede versjonen i bruk i mappingen, og send den til godkjenning.",
		NN: "Gi ein variabel som byter type, eit nytt namn, og behald den gamle.\nSkal nøkkelen endrast, lag ei ny kodebok.\nTa den retta versjonen i bruk i mappinga, og send ho til godkjenning.",
		EN: "Give a variable that changes type a new name, and keep the old one.\nIf the key must change, make a new codebook.\nTake the corrected version into use in the mapping, and submit it for approval.",
	},
	"runbook.registry.loaded_already.meaning": {
		NB: "Kjøringen er lest inn fra før, og leses ikke to ganger. Registeret er riktig.",
		NN: "Køyringa er lesen inn frå før, og blir ikkje lesen to gonger. Registeret er rett.",
		EN: "The run has been loaded before, and is not loaded twice. The registry is right.",
	},
	"runbook.registry.loaded_already.do": {
		NB: "Du trenger ikke gjøre noe.\nViser historikken noe annet, start Samband på nytt: da avstemmes portalen mot registerets fil.",
		NN: "Du treng ikkje gjere noko.\nViser historikken noko anna, start Samband på nytt: då blir portalen avstemt mot fila til registeret.",
		EN: "You need do nothing.\nIf the history shows otherwise, restart Samband: it then reconciles the portal with the registry's file.",
	},
	"runbook.vault.open.meaning": {
		NB: "Hvelvet kunne ikke brukes, så ingen person kan gjenkjennes. Ingenting er lest inn, og registeret er uendret.",
		NN: "Kvelvet kunne ikkje brukast, så ingen person kan kjennast att. Ingenting er lese inn, og registeret er uendra.",
		EN: "The vault could not be used, so no person can be recognised. Nothing was loaded, and the registry is unchanged.",
	},
	"runbook.vault.open.do": {
		NB: "Sjekk plass og rettigheter på hvelvets fil.\nSjekk at nøkkelmappen er på plass (SAMBAND_KEYS).\nKjør «samband doctor», og kjør på nytt.",
		NN: "Sjekk plass og rettar på fila til kvelvet.\nSjekk at nøkkelmappa er på plass (SAMBAND_KEYS).\nKøyr «samband doctor», og køyr på nytt.",
		EN: "Check room and permissions of the vault's file.\nCheck that the key folder is in place (SAMBAND_KEYS).\nRun “samband doctor”, and run again.",
	},
	"runbook.vault.sealed.meaning": {
		NB: "En person i hvelvet kan ikke åpnes med nøkkelen: filen er skadet eller endret utenfra. Ingenting er lest inn.",
		NN: "Ein person i kvelvet kan ikkje opnast med nøkkelen: fila er skadd eller endra utanfrå. Ingenting er lese inn.",
		EN: "A person in the vault cannot be opened with the key: the file is damaged or was changed from outside. Nothing was loaded.",
	},
	"runbook.vault.sealed.do": {
		NB: "Sett alle tidsplaner på pause.\nMeld fra til sikkerhetslederen: endring utenfra er et sikkerhetsbrudd.\nTa en kopi av filen som den er, og legg tilbake siste sikkerhetskopi av hele datamappen.",
		NN: "Set alle tidsplanar på pause.\nMeld frå til tryggleiksleiaren: endring utanfrå er eit tryggleiksbrot.\nTa ein kopi av fila som ho er, og legg tilbake siste tryggingskopi av heile datamappa.",
		EN: "Pause all schedules.\nTell the security officer: a change from outside is a breach.\nCopy the file as it is, and restore the last backup of the whole data folder.",
	},
	"runbook.vault.wrong_key.meaning": {
		NB: "Hovednøkkelen mangler, er ødelagt eller hører ikke til denne datamappen. Uten den kan ingen lese hvelvet. Dataene er urørt.",
		NN: "Hovudnøkkelen manglar, er øydelagd eller høyrer ikkje til denne datamappa. Utan han kan ingen lese kvelvet. Dataa er urørte.",
		EN: "The master key is missing, broken or does not belong to this data folder. Without it nobody can read the vault. The data are untouched.",
	},
	"runbook.vault.wrong_key.do": {
		NB: "Legg nøkkelen tilbake fra der kopien oppbevares, adskilt fra dataene. Rettigheter 0400.\nLag aldri en ny nøkkel for en datamappe som har data: den åpner dem ikke.\nEr nøkkelen til hvelvet tapt, er identitetene tapt. Helsedataene står, uten personer.\nEr en av de andre tapt uten kopi: start én gang med navnet på den i SAMBAND_LOST_KEYS, og ta innstillingen bort igjen. Da lages en ny, og det står i revisjonsloggen. Ta en kopi av den.",
		NN: "Legg nøkkelen tilbake frå der kopien blir oppbevart, skild frå dataa. Rettar 0400.\nLag aldri ein ny nøkkel for ei datamappe som har data: han opnar dei ikkje.\nEr nøkkelen til kvelvet tapt, er identitetane tapte. Helsedataa står, utan personar.\nEr ein av dei andre tapt utan kopi: start éin gong med namnet på han i SAMBAND_LOST_KEYS, og ta innstillinga bort igjen. Då blir det laga ein ny, og det står i revisjonsloggen. Ta ein kopi av han.",
		EN: "Put the key back from where the copy is kept, apart from the data. Permissions 0400.\nNever make a new key for a data folder that has data: it does not open them.\nIf the vault's key is lost, the identities are lost. The health data stay, without persons.\nIf one of the others is lost without a copy: start once with its name in SAMBAND_LOST_KEYS, and take the setting away again. A new one is made, and the audit log tells of it. Take a copy of it.",
	},
	"runbook.key.readable.meaning": {
		NB: "Nøkkelfilen kan leses av andre, eller kan ikke lagres. Samband starter ikke slik. Dataene er urørt.",
		NN: "Nøkkelfila kan lesast av andre, eller kan ikkje lagrast. Samband startar ikkje slik. Dataa er urørte.",
		EN: "The key file can be read by others, or cannot be stored. Samband does not start like that. The data are untouched.",
	},
	"runbook.key.readable.do": {
		NB: "Gi nøkkelmappen rettigheter 0700 og filene 0400, eid av brukeren Samband kjører som.\nHar andre kunnet lese nøkkelen, regn den som kjent og meld fra til sikkerhetslederen.",
		NN: "Gi nøkkelmappa rettar 0700 og filene 0400, eigde av brukaren Samband køyrer som.\nHar andre kunna lese nøkkelen, rekn han som kjend og meld frå til tryggleiksleiaren.",
		EN: "Give the key folder permissions 0700 and the files 0400, owned by the user that Samband runs as.\nIf others could read the key, count it as known and tell the security officer.",
	},
	"runbook.datadir.open.meaning": {
		NB: "Datamappen kan ikke brukes. Samband starter ikke, og dataene er urørt.",
		NN: "Datamappa kan ikkje brukast. Samband startar ikkje, og dataa er urørte.",
		EN: "The data folder cannot be used. Samband does not start, and the data are untouched.",
	},
	"runbook.datadir.open.do": {
		NB: "Finnes mappen, og er disken koblet til?\nEies den av brukeren Samband kjører som, med rettigheter 0700?\nEr disken full, følg db.full.",
		NN: "Finst mappa, og er disken kopla til?\nEr ho eigd av brukaren Samband køyrer som, med rettar 0700?\nEr disken full, følg db.full.",
		EN: "Does the folder exist, and is the disk mounted?\nIs it owned by the user that Samband runs as, with permissions 0700?\nIf the disk is full, follow db.full.",
	},
	"runbook.datadir.owned.meaning": {
		NB: "En annen prosess eier datamappen, eller svarer ikke på kommandoer. Dataene er trygge: bare én om gangen kan skrive.",
		NN: "Ein annan prosess eig datamappa, eller svarar ikkje på kommandoar. Dataa er trygge: berre éin om gongen kan skrive.",
		EN: "Another process owns the data folder, or does not answer commands. The data are safe: only one at a time can write.",
	},
	"runbook.datadir.owned.do": {
		NB: "Finn prosessen, for eksempel med «systemctl status samband».\nSkal den kjøre, bruk portalen eller kommandoene: de gis videre til den.\nSvarer den ikke på ett minutt, start den på nytt. Låsen slippes når prosessen stopper.",
		NN: "Finn prosessen, til dømes med «systemctl status samband».\nSkal han køyre, bruk portalen eller kommandoane: dei blir gitt vidare til han.\nSvarar han ikkje på eitt minutt, start han på nytt. Låsen blir sleppt når prosessen stoppar.",
		EN: "Find the process, for instance with “systemctl status samband”.\nIf it should run, use the portal or the commands: they are handed to it.\nIf it does not answer within a minute, restart it. The lock is released when the process stops.",
	},
	"runbook.queue.open.meaning": {
		NB: "Køen kan ikke brukes, så nye kjøringer starter ikke. De som går, fortsetter. Registrene er uendret, og forfall går ikke tapt.",
		NN: "Køen kan ikkje brukast, så nye køyringar startar ikkje. Dei som går, held fram. Registera er uendra, og forfall går ikkje tapt.",
		EN: "The queue cannot be used, so new runs do not start. Those going continue. The registries are unchanged, and no due time is lost.",
	},
	"runbook.queue.open.do": {
		NB: "Sjekk databasen som ved db.busy.\nStart Samband på nytt hvis det varer. Forfall som ventet, tas igjen etter regelen i hver tidsplan.",
		NN: "Sjekk databasen som ved db.busy.\nStart Samband på nytt om det varer. Forfall som venta, blir tekne igjen etter regelen i kvar tidsplan.",
		EN: "Check the database as for db.busy.\nRestart Samband if it lasts. Due times that waited are caught up by the rule of each schedule.",
	},
	"runbook.serve.no_login.meaning": {
		NB: "Samband er bedt om å lytte på en adresse andre kan nå, men har ingen innlogging. Det starter ikke, for da kunne hvem som helst kommet inn.",
		NN: "Samband er bede om å lytte på ei adresse andre kan nå, men har inga innlogging. Det startar ikkje, for då kunne kven som helst kome inn.",
		EN: "Samband was told to listen on an address that others can reach, but has no login. It does not start, for then anybody could get in.",
	},
	"runbook.serve.no_login.do": {
		NB: "Sett opp OIDC: SAMBAND_OIDC_ISSUER, SAMBAND_OIDC_CLIENT_ID og hemmeligheten.\nSkal det bare prøves, bruk SAMBAND_ADDR=127.0.0.1:8080.",
		NN: "Set opp OIDC: SAMBAND_OIDC_ISSUER, SAMBAND_OIDC_CLIENT_ID og løyndomen.\nSkal det berre prøvast, bruk SAMBAND_ADDR=127.0.0.1:8080.",
		EN: "Set up OIDC: SAMBAND_OIDC_ISSUER, SAMBAND_OIDC_CLIENT_ID and the secret.\nIf it is only a trial, use SAMBAND_ADDR=127.0.0.1:8080.",
	},
	"runbook.serve.listen.meaning": {
		NB: "Adressen eller porten er opptatt eller ikke tillatt. Portalen starter ikke, og dataene er urørt.",
		NN: "Adressa eller porten er oppteken eller ikkje tillaten. Portalen startar ikkje, og dataa er urørte.",
		EN: "The address or port is taken or not allowed. The portal does not start, and the data are untouched.",
	},
	"runbook.serve.listen.do": {
		NB: "Se hva som bruker porten, for eksempel med «ss -ltnp».\nVelg en annen port over 1024 med SAMBAND_ADDR, og rett den omvendte mellomtjeneren tilsvarende.",
		NN: "Sjå kva som bruker porten, til dømes med «ss -ltnp».\nVel ein annan port over 1024 med SAMBAND_ADDR, og rett den omvende mellomtenaren tilsvarande.",
		EN: "See what uses the port, for instance with “ss -ltnp”.\nChoose another port above 1024 with SAMBAND_ADDR, and change the reverse proxy likewise.",
	},
	"runbook.serve.persons.meaning": {
		NB: "En innstilling for personnumre er skrevet feil. Portalen starter ikke, og ingen data er endret.",
		NN: "Ei innstilling for personnummer er skriven feil. Portalen startar ikkje, og ingen data er endra.",
		EN: "A setting for person numbers is written wrongly. The portal does not start, and no data have changed.",
	},
	"runbook.serve.persons.do": {
		NB: "SAMBAND_PERSONS er real eller synthetic.\nSAMBAND_TEST_PERSONS er numre med elleve siffer og komma mellom.\nSAMBAND_EXTENDED_FROM er en dato, som 2032-01-01.\nRett innstillingen, og start portalen igjen.",
		NN: "SAMBAND_PERSONS er real eller synthetic.\nSAMBAND_TEST_PERSONS er nummer med elleve siffer og komma mellom.\nSAMBAND_EXTENDED_FROM er ein dato, som 2032-01-01.\nRett innstillinga, og start portalen igjen.",
		EN: "SAMBAND_PERSONS is real or synthetic.\nSAMBAND_TEST_PERSONS is numbers of eleven digits with commas between.\nSAMBAND_EXTENDED_FROM is a date, as 2032-01-01.\nCorrect the setting, and start the portal again.",
	},
	"runbook.serve.networks.meaning": {
		NB: "Listen over nett som portalen kan nå, er skrevet feil. Portalen starter ikke, og ingen data er endret.",
		NN: "Lista over nett som portalen kan nå, er skriven feil. Portalen startar ikkje, og ingen data er endra.",
		EN: "The list of networks that the portal may reach is written wrongly. The portal does not start, and no data have changed.",
	},
	"runbook.serve.networks.do": {
		NB: "Skriv hvert nett i SAMBAND_NETWORKS med første adresse og lengde, som 10.20.0.0/16, og komma mellom.\nÉn adresse er et nett med lengde 32, eller 128 i IPv6.\nRett innstillingen, og start portalen igjen.",
		NN: "Skriv kvart nett i SAMBAND_NETWORKS med første adresse og lengd, som 10.20.0.0/16, og komma mellom.\nÉi adresse er eit nett med lengd 32, eller 128 i IPv6.\nRett innstillinga, og start portalen igjen.",
		EN: "Write each network in SAMBAND_NETWORKS with its first address and length, such as 10.20.0.0/16, with commas between.\nOne address is a network of length 32, or 128 in IPv6.\nCorrect the setting, and start the portal again.",
	},
	"runbook.serve.login_address.meaning": {
		NB: "Innloggingen eller listen over betrodde mellomtjenere er satt opp feil. Portalen starter ikke, og dataene er urørt.",
		NN: "Innlogginga eller lista over betrudde mellomtenarar er sett opp feil. Portalen startar ikkje, og dataa er urørte.",
		EN: "The login or the list of trusted proxies is set up wrongly. The portal does not start, and the data are untouched.",
	},
	"runbook.serve.login_address.do": {
		NB: "Les feilteksten: den sier hvilken innstilling det gjelder.\nKan maskinen nå utstederen? Prøv adressen med «/.well-known/openid-configuration» bak.\nEr omdirigeringsadressen registrert hos utstederen?",
		NN: "Les feilteksten: han seier kva innstilling det gjeld.\nKan maskina nå utferdaren? Prøv adressa med «/.well-known/openid-configuration» bak.\nEr omdirigeringsadressa registrert hos utferdaren?",
		EN: "Read the message: it says which setting it is.\nCan the machine reach the issuer? Try its address with “/.well-known/openid-configuration” behind.\nIs the redirect address registered at the issuer?",
	},
	"runbook.audit.encode.meaning": {
		NB: "En handling kunne ikke skrives i revisjonsloggen. Da utføres den ikke: ingenting skjer uten spor.",
		NN: "Ei handling kunne ikkje skrivast i revisjonsloggen. Då blir ho ikkje utførd: ingenting skjer utan spor.",
		EN: "An action could not be written to the audit log. Then it is not carried out: nothing happens without a trace.",
	},
	"runbook.audit.encode.do": {
		NB: "Prøv igjen én gang.\nMeld fra med referansen. Dette er en feil i Samband.",
		NN: "Prøv igjen éin gong.\nMeld frå med referansen. Dette er ein feil i Samband.",
		EN: "Try again once.\nReport it with the reference. This is a fault in Samband.",
	},
	"runbook.dump.no_person.meaning": {
		NB: "Uttaket av registeret ble ikke fullført. Filene som ligger der, er ikke hele.",
		NN: "Uttaket av registeret vart ikkje fullført. Filene som ligg der, er ikkje heile.",
		EN: "The dump of the registry was not completed. The files that lie there are not whole.",
	},
	"runbook.dump.no_person.do": {
		NB: "Slett filene som ble laget.\nSjekk plass og rettigheter der de skulle ligge, og prøv igjen.\nSier feilen at en person mangler, er hvelvet eldre enn registeret: legg tilbake begge fra samme sikkerhetskopi.",
		NN: "Slett filene som vart laga.\nSjekk plass og rettar der dei skulle liggje, og prøv igjen.\nSeier feilen at ein person manglar, er kvelvet eldre enn registeret: legg tilbake begge frå same tryggingskopi.",
		EN: "Delete the files that were made.\nCheck room and permissions where they were to lie, and try again.\nIf the error says that a person is missing, the vault is older than the registry: restore both from the same backup.",
	},
}
