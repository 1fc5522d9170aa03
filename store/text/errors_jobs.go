package text

// errorsJobs holds what can go wrong around runs: settings, keys, the data folder, configuration as code.
var errorsJobs = Catalogue{
	"error.bundle.yaml": {
		NB: "Filen kan ikke leses som YAML. Ingenting er endret. Sjekk at det er riktig fil, og at den er lagret som UTF-8.",
		NN: "Fila kan ikkje lesast som YAML. Ingenting er endra. Sjekk at det er rett fil, og at ho er lagra som UTF-8.",
		EN: "The file cannot be read as YAML. Nothing was changed. Check that it is the right file, saved as UTF-8.",
	},
	"error.bundle.yaml_line": {
		NB: "Filen kan ikke leses som YAML ved linje {line}. Ingenting er endret. Se etter innrykk, kolon og anførselstegn der og på linjene rundt.",
		NN: "Fila kan ikkje lesast som YAML ved linje {line}. Ingenting er endra. Sjå etter innrykk, kolon og hermeteikn der og på linjene rundt.",
		EN: "The file cannot be read as YAML near line {line}. Nothing was changed. Look at indents, colons and quotation marks there and on the lines around it.",
	},
	"error.bundle.yaml_field": {
		NB: "Linje {line} har feltet «{field}», som ikke finnes der. Ingenting er endret. Rett navnet eller innrykket.",
		NN: "Linje {line} har feltet «{field}», som ikkje finst der. Ingenting er endra. Rett namnet eller innrykket.",
		EN: "Line {line} has the field “{field}”, which does not exist there. Nothing was changed. Correct its name or its indent.",
	},
	"error.bundle.yaml_value": {
		NB: "Linje {line} har en verdi av feil slag, eller noe som står der fra før. Ingenting er endret. Rett linjen og prøv igjen.",
		NN: "Linje {line} har ein verdi av feil slag, eller noko som står der frå før. Ingenting er endra. Rett linja og prøv igjen.",
		EN: "Line {line} has a value of the wrong kind, or something that is there already. Nothing was changed. Correct the line and try again.",
	},
	"error.bundle.documents": {
		NB: "Filen har flere YAML-dokumenter. Del den i én fil per dokument. Ingenting er endret.",
		NN: "Fila har fleire YAML-dokument. Del henne i éi fil per dokument. Ingenting er endra.",
		EN: "The file holds several YAML documents. Split it into one file each. Nothing was changed.",
	},
	"error.bundle.format": {
		NB: "Filen er i format {format}. Denne versjonen leser format {known}. Ingenting er endret.",
		NN: "Fila er i format {format}. Denne versjonen les format {known}. Ingenting er endra.",
		EN: "The file is in format {format}. This version reads format {known}. Nothing was changed.",
	},
	"error.bundle.write": {
		NB: "Oppsettet kunne ikke skrives ut. Prøv igjen.",
		NN: "Oppsettet kunne ikkje skrivast ut. Prøv igjen.",
		EN: "The configuration could not be written. Try again.",
	},
	"error.command.file": {
		NB: "Filen {file} kan ikke åpnes eller skrives. Sjekk navn, mappe og rettigheter.",
		NN: "Fila {file} kan ikkje opnast eller skrivast. Sjekk namn, mappe og rettar.",
		EN: "The file {file} cannot be opened or written. Check name, folder and permissions.",
	},
	"error.command.handover": {
		NB: "Portalen som eier datamappen svarer ikke. Sjekk om den kjører, og prøv igjen.",
		NN: "Portalen som eig datamappa svarer ikkje. Sjekk om han køyrer, og prøv igjen.",
		EN: "The portal that owns the data folder does not answer. Check that it runs, and try again.",
	},
	"error.connection.kind": {
		NB: "Det finnes ingen kobling av typen «{kind}» i denne versjonen. Velg en annen, eller oppgrader.",
		NN: "Det finst inga tilkopling av typen «{kind}» i denne versjonen. Vel ei anna, eller oppgrader.",
		EN: "This version has no connector of the kind “{kind}”. Choose another, or upgrade.",
	},
	"error.datadir.owned": {
		NB: "En annen portal bruker denne datamappen. Stopp den først, eller velg en annen mappe med SAMBAND_DATA.",
		NN: "Ein annan portal bruker denne datamappa. Stopp han først, eller vel ei anna mappe med SAMBAND_DATA.",
		EN: "Another portal uses this data folder. Stop it first, or choose another folder with SAMBAND_DATA.",
	},
	"error.datadir.none": {
		NB: "Det er ingen datamappe i {path}. Velg den rette med SAMBAND_DATA, eller start portalen der først.",
		NN: "Det er inga datamappe i {path}. Vel den rette med SAMBAND_DATA, eller start portalen der først.",
		EN: "There is no data folder in {path}. Choose the right one with SAMBAND_DATA, or start the portal there first.",
	},
	"error.datadir.open": {
		NB: "Datamappen {path} kan ikke brukes. Sjekk at den finnes og at du har rett til å skrive der.",
		NN: "Datamappa {path} kan ikkje brukast. Sjekk at ho finst og at du har rett til å skrive der.",
		EN: "The data folder {path} cannot be used. Check that it exists and that you may write there.",
	},
	"error.datadir.socket": {
		NB: "Portalen i datamappen kan ikke nås. Sjekk at den kjører på denne maskinen.",
		NN: "Portalen i datamappa kan ikkje nåast. Sjekk at han køyrer på denne maskina.",
		EN: "The portal in the data folder cannot be reached. Check that it runs on this machine.",
	},
	"error.doctor.space": {
		NB: "Det er under {least} GB ledig der dataene ligger. Innlesing kan stoppe. Frigjør plass.",
		NN: "Det er under {least} GB ledig der dataa ligg. Innlesing kan stoppe. Frigjer plass.",
		EN: "Less than {least} GB is free where the data lie. Loads may stop. Free some space.",
	},
	"error.export.not_found": {
		NB: "Det finnes ingen integrasjon eller noe register som heter «{name}».",
		NN: "Det finst ingen integrasjon eller noko register som heiter «{name}».",
		EN: "There is no integration or registry called “{name}”.",
	},
	"error.import.breaks": {
		NB: "Filen bryter {n} {n|integrasjon|integrasjoner}. Ingenting fra den er importert. Se listen, og kjør på nytt med --yes hvis den skal importeres likevel.",
		NN: "Fila bryt {n} {n|integrasjon|integrasjonar}. Ingenting frå ho er importert. Sjå lista, og køyr på nytt med --yes om ho skal importerast likevel.",
		EN: "The file breaks {n} {n|integration|integrations}. Nothing of it was imported. See the list, and run again with --yes to import it all the same.",
	},
	"error.import.demo": {
		NB: "Demonstrasjoner kan ikke registreres der folk logger inn gjennom sykehuset. Ingenting er endret.",
		NN: "Demonstrasjonar kan ikkje registrerast der folk loggar inn gjennom sjukehuset. Ingenting er endra.",
		EN: "Demonstrations cannot be registered where people log in through the hospital. Nothing was changed.",
	},
	"error.key.missing": {
		NB: "Hovednøkkelen «{key}» mangler. Uten den kan dataene ikke leses. Hent den fra kopien som ligger adskilt fra dataene.",
		NN: "Hovudnøkkelen «{key}» manglar. Utan han kan dataa ikkje lesast. Hent han frå kopien som ligg skild frå dataa.",
		EN: "The master key “{key}” is missing. Without it the data cannot be read. Fetch it from the copy kept apart from the data.",
	},
	"error.key.readable": {
		NB: "Andre på maskinen kan lese hovednøkkelen «{key}». Sett rettighetene til 0400, og vurder å bytte nøkkelen.",
		NN: "Andre på maskina kan lese hovudnøkkelen «{key}». Set rettane til 0400, og vurder å byte nøkkelen.",
		EN: "Others on the machine can read the master key “{key}”. Set its permissions to 0400, and consider changing the key.",
	},
	"error.key.broken": {
		NB: "En hovednøkkel er ødelagt. Den skal være 64 heksadesimale tegn. Hent den fra kopien.",
		NN: "Ein hovudnøkkel er øydelagd. Han skal vere 64 heksadesimale teikn. Hent han frå kopien.",
		EN: "A master key is broken. It should be 64 hexadecimal digits. Fetch it from the copy.",
	},
	"error.key.other": {
		NB: "Hovednøkkelen «{key}» er en annen enn den som dataene er tatt i bruk med, og åpner dem ikke. Ingenting er endret. Hent den rette fra kopien som ligger adskilt fra dataene. Prosesser med samme database må ha de samme nøklene: sett SAMBAND_KEYS eller SAMBAND_SHARED til den samme mappen.",
		NN: "Hovudnøkkelen «{key}» er ein annan enn den som dataa er tekne i bruk med, og opnar dei ikkje. Ingenting er endra. Hent den rette frå kopien som ligg skild frå dataa. Prosessar med same database må ha dei same nøklane: set SAMBAND_KEYS eller SAMBAND_SHARED til den same mappa.",
		EN: "The master key “{key}” is another than the one that the data were taken into use with, and does not open them. Nothing was changed. Fetch the right one from the copy kept apart from the data. Processes with the same database must have the same keys: set SAMBAND_KEYS or SAMBAND_SHARED to the same folder.",
	},
	"error.key.write": {
		NB: "En hovednøkkel kunne ikke lagres. Ingenting er startet. Sjekk plass og rettigheter i nøkkelmappen.",
		NN: "Ein hovudnøkkel kunne ikkje lagrast. Ingenting er starta. Sjekk plass og rettar i nøkkelmappa.",
		EN: "A master key could not be stored. Nothing was started. Check space and permissions of the key folder.",
	},
	"error.queue.open": {
		NB: "Køen kan ikke åpnes. Ingen kjøringer starter. Sjekk plass og rettigheter i datamappen.",
		NN: "Køen kan ikkje opnast. Ingen køyringar startar. Sjekk plass og rettar i datamappa.",
		EN: "The queue cannot be opened. No runs start. Check space and permissions of the data folder.",
	},
	"error.queue.enqueue": {
		NB: "Kjøringen kom ikke i kø. Den står som forfalt og blir tatt opp igjen av planleggeren.",
		NN: "Køyringa kom ikkje i kø. Ho står som forfallen og blir teken opp igjen av planleggjaren.",
		EN: "The run did not reach the queue. It stays due, and the planner takes it up again.",
	},
	"error.queue.depth": {
		NB: "Køen svarer ikke. Kjøringer kan bli forsinket.",
		NN: "Køen svarer ikkje. Køyringar kan bli forseinka.",
		EN: "The queue does not answer. Runs may be late.",
	},
	"error.run.interrupted": {
		NB: "Kjøringen ble brutt da portalen stoppet. Ingenting er lest inn. Start den på nytt med samme fil.",
		NN: "Køyringa vart broten då portalen stoppa. Ingenting er lese inn. Start henne på nytt med same fil.",
		EN: "The run was cut off when the portal stopped. Nothing was loaded. Start it again with the same file.",
	},
	"error.run.lost_often": {
		NB: "Prosessen stoppet {n} {n|gang|ganger} mens den arbeidet med kjøringen, så den blir ikke prøvd igjen. Ingenting er lest inn. Finn ut hva som stopper prosessen før du kjører på nytt.",
		NN: "Prosessen stoppa {n} {n|gong|gonger} medan han arbeidde med køyringa, så ho blir ikkje prøvd igjen. Ingenting er lese inn. Finn ut kva som stoppar prosessen før du køyrer på nytt.",
		EN: "The process stopped {n} {n|time|times} while it was at work with the run, so it is not tried again. Nothing was loaded. Find out what stops the process before you run it again.",
	},
	"error.run.scope_changed": {
		NB: "Integrasjonen ble endret mens kjøringen gikk. Ingenting er lest inn. Kjør på nytt.",
		NN: "Integrasjonen vart endra medan køyringa gjekk. Ingenting er lese inn. Køyr på nytt.",
		EN: "The integration was changed while the run went on. Nothing was loaded. Run it again.",
	},
	"error.run.approval_revoked": {
		NB: "{name} trakk godkjenningen tilbake {at}, mens kjøringen gikk. Ingenting er lest inn, og leveransen ligger der den lå. Spør sikkerhetslederen hvorfor før noe annet gjøres.",
		NN: "{name} trekte godkjenninga tilbake {at}, medan køyringa gjekk. Ingenting er lese inn, og leveransen ligg der han låg. Spør tryggleiksleiaren kvifor før noko anna blir gjort.",
		EN: "{name} revoked the approval on {at}, while the run went on. Nothing was loaded, and the delivery lies where it was. Ask the security officer why before doing anything else.",
	},
	"error.serve.listen": {
		NB: "Portalen kan ikke svare på {addr}. Sjekk at adressen er ledig.",
		NN: "Portalen kan ikkje svare på {addr}. Sjekk at adressa er ledig.",
		EN: "The portal cannot listen on {addr}. Check that the address is free.",
	},
	"error.serve.persons": {
		NB: "{setting} kan ikke brukes slik den er skrevet. Portalen starter ikke.",
		NN: "{setting} kan ikkje brukast slik ho er skriven. Portalen startar ikkje.",
		EN: "{setting} cannot be used as it is written. The portal does not start.",
	},
	"error.serve.networks": {
		NB: "«{network}» i SAMBAND_NETWORKS er ikke et nett, som 10.20.0.0/16. Portalen starter ikke, for den vet ikke hva den kan nå.",
		NN: "«{network}» i SAMBAND_NETWORKS er ikkje eit nett, som 10.20.0.0/16. Portalen startar ikkje, for han veit ikkje kva han kan nå.",
		EN: "“{network}” in SAMBAND_NETWORKS is not a network, such as 10.20.0.0/16. The portal does not start, for it does not know what it may reach.",
	},
	"error.serve.login_address": {
		NB: "Portalens egen adresse må være https, med bare vertsnavn og port, som https://samband.example.no. Uten https går det bare på denne maskinen. Portalen starter ikke.",
		NN: "Den eigne adressa til portalen må vere https, med berre vertsnamn og port, som https://samband.example.no. Utan https går det berre på denne maskina. Portalen startar ikkje.",
		EN: "The portal's own address must be https, with only host and port, as https://samband.example.no. Without https it works on this machine only. The portal does not start.",
	},
	"error.serve.login_client": {
		NB: "SAMBAND_OIDC_CLIENT_ID mangler: navnet portalen har hos innloggingstjenesten. Portalen starter ikke.",
		NN: "SAMBAND_OIDC_CLIENT_ID manglar: namnet portalen har hos innloggingstenesta. Portalen startar ikkje.",
		EN: "SAMBAND_OIDC_CLIENT_ID is missing: the portal's name at the identity provider. The portal does not start.",
	},
	"error.serve.login_idle": {
		NB: "SAMBAND_IDLE er «{value}». Skriv en tid fra 5m til 2h. Portalen starter ikke.",
		NN: "SAMBAND_IDLE er «{value}». Skriv ei tid frå 5m til 2h. Portalen startar ikkje.",
		EN: "SAMBAND_IDLE is “{value}”. Write a time from 5m to 2h. The portal does not start.",
	},
	"error.serve.login_issuer": {
		NB: "SAMBAND_OIDC_ISSUER må være en https-adresse uten spørring. Uten https går det bare på denne maskinen. Portalen starter ikke.",
		NN: "SAMBAND_OIDC_ISSUER må vere ei https-adresse utan spørjing. Utan https går det berre på denne maskina. Portalen startar ikkje.",
		EN: "SAMBAND_OIDC_ISSUER must be an https address without a query. Without https it works on this machine only. The portal does not start.",
	},
	"error.serve.login_roles": {
		NB: "«{rule}» i SAMBAND_OIDC_ROLES er ingen regel. Skriv verdi=rolle eller verdi=rolle:register. Rollene er {roles}. Portalen starter ikke.",
		NN: "«{rule}» i SAMBAND_OIDC_ROLES er ingen regel. Skriv verdi=rolle eller verdi=rolle:register. Rollene er {roles}. Portalen startar ikkje.",
		EN: "“{rule}” in SAMBAND_OIDC_ROLES is no rule. Write value=role or value=role:registry. The roles are {roles}. The portal does not start.",
	},
	"error.serve.login_secret": {
		NB: "Filen som SAMBAND_OIDC_CLIENT_SECRET_FILE peker på, kan ikke leses. Portalen starter ikke.",
		NN: "Fila som SAMBAND_OIDC_CLIENT_SECRET_FILE peikar på, kan ikkje lesast. Portalen startar ikkje.",
		EN: "The file that SAMBAND_OIDC_CLIENT_SECRET_FILE points at cannot be read. The portal does not start.",
	},
	"error.serve.login_wide": {
		NB: "«{rule}» i SAMBAND_OIDC_ROLES gir rollen {role} for ett register, men den gjelder alltid hele portalen. Ta bort registeret. Portalen starter ikke.",
		NN: "«{rule}» i SAMBAND_OIDC_ROLES gir rolla {role} for eitt register, men ho gjeld alltid heile portalen. Ta bort registeret. Portalen startar ikkje.",
		EN: "“{rule}” in SAMBAND_OIDC_ROLES gives the role {role} for one registry, but it always holds for the whole portal. Leave out the registry. The portal does not start.",
	},
	"error.serve.no_login": {
		NB: "Portalen starter ikke på {addr} uten innlogging, for der kan andre nå den. Sett opp SAMBAND_OIDC_ISSUER, eller bruk 127.0.0.1.",
		NN: "Portalen startar ikkje på {addr} utan innlogging, for der kan andre nå han. Set opp SAMBAND_OIDC_ISSUER, eller bruk 127.0.0.1.",
		EN: "The portal does not start on {addr} without a login, because others can reach it there. Set SAMBAND_OIDC_ISSUER, or use 127.0.0.1.",
	},
	"error.serve.proxy": {
		NB: "SAMBAND_TRUSTED_PROXY er ikke adresser med komma mellom. Portalen starter ikke.",
		NN: "SAMBAND_TRUSTED_PROXY er ikkje adresser med komma mellom. Portalen startar ikkje.",
		EN: "SAMBAND_TRUSTED_PROXY is not addresses parted by commas. The portal does not start.",
	},
	"error.form.time": {
		NB: "Skriv et klokkeslett, som 02.30.",
		NN: "Skriv eit klokkeslett, som 02.30.",
		EN: "Write a time, such as 02:30.",
	},
	"error.run.deciding": {
		NB: "Noen avgjør kjøringen akkurat nå. Last siden på nytt for å se hva det ble til.",
		NN: "Nokon avgjer køyringa akkurat no. Last sida på nytt for å sjå kva det vart til.",
		EN: "Somebody is deciding about the run right now. Reload the page to see what came of it.",
	},
	"error.run.newer_loaded": {
		NB: "En nyere leveranse er lest inn i kjøring {later}, og den nyeste skal vinne. Å frigi denne ville satt eldre verdier inn igjen. Avvis den, eller angre den nyere først.",
		NN: "Ein nyare leveranse er lesen inn i køyring {later}, og den nyaste skal vinne. Å frigi denne ville sett eldre verdiar inn igjen. Avvis han, eller angre den nyare først.",
		EN: "A newer delivery was loaded in run {later}, and the newest is to win. Releasing this one would put older values back. Reject it, or undo the newer one first.",
	},
	"error.connection.relative": {
		NB: "Skriv hele stien til mappen, fra roten av maskinen.",
		NN: "Skriv heile stien til mappa, frå rota av maskina.",
		EN: "Write the whole path of the folder, from the root of the machine.",
	},
	"error.connection.own_folder": {
		NB: "Mappen ligger i eller rundt portalens egne data. Andre skal ikke skrive der. Velg en mappe ved siden av.",
		NN: "Mappa ligg i eller rundt portalens eigne data. Andre skal ikkje skrive der. Vel ei mappe ved sida av.",
		EN: "The folder lies in or around the portal's own data. Others must not write there. Choose a folder beside them.",
	},
}
