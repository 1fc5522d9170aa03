package text

// shellHelp is what the shell says about itself: its commands, their options, and the settings.
var shellHelp = Catalogue{
	"command.about": {
		NB: "Samband, portalen for registerintegrasjoner.",
		NN: "Samband, portalen for registerintegrasjonar.",
		EN: "Samband, the portal for registry integrations.",
	},
	"command.more": {
		NB: "Skriv -h etter en kommando for å se hva valgene betyr. Valg kan stå før eller etter navn.",
		NN: "Skriv -h etter ein kommando for å sjå kva vala tyder. Val kan stå før eller etter namn.",
		EN: "Write -h after a command to see what its options mean. Options may stand before or after names.",
	},
	"command.settings": {
		NB: "Innstillinger (miljøvariabler), med verdien som gjelder når ingenting er satt, i parentes:",
		NN: "Innstillingar (miljøvariablar), med verdien som gjeld når ingenting er sett, i parentes:",
		EN: "Settings (environment variables), with the value that holds when nothing is set in brackets:",
	},
	"command.backchannel": {
		NB: "Utlogging fra sykehusets side (back-channel logout): Meld <adressen til portalen>/logout/backchannel inn hos innloggingen som backchannel_logout_uri. Økten med samme sid avsluttes, ellers alle øktene til personen.",
		NN: "Utlogging frå sjukehuset si side (back-channel logout): Meld <adressa til portalen>/logout/backchannel inn hos innlogginga som backchannel_logout_uri. Økta med same sid blir avslutta, elles alle øktene til personen.",
		EN: "Logout from the hospital's side (back-channel logout): Register <address of the portal>/logout/backchannel with the login as its backchannel_logout_uri. The session with the same sid ends, otherwise all sessions of the person.",
	},
	"command.does.serve": {
		NB: "Starter portalen, med sider og kjøringer. Uten innlogging konfigurert svarer den bare på egen maskin, som demonstrasjon.",
		NN: "Startar portalen, med sider og køyringar. Utan innlogging konfigurert svarer han berre på eiga maskin, som demonstrasjon.",
		EN: "Starts the portal, with its pages and runs. With no login configured it answers on its own machine only, as a demonstration.",
	},
	"command.does.worker": {
		NB: "Kjører integrasjoner, uten sider. Flere «samband serve» og «samband worker» kan dele arbeidet når de har samme SAMBAND_DATABASE_URL, hver sin datamappe og de samme nøklene.",
		NN: "Køyrer integrasjonar, utan sider. Fleire «samband serve» og «samband worker» kan dele arbeidet når dei har same SAMBAND_DATABASE_URL, kvar si datamappe og dei same nøklane.",
		EN: "Runs integrations, without pages. Several “samband serve” and “samband worker” can share the work when they have the same SAMBAND_DATABASE_URL, a data folder each and the same keys.",
	},
	"command.does.run": {
		NB: "Kjører integrasjonen NAME én gang, nå.",
		NN: "Køyrer integrasjonen NAME éin gong, no.",
		EN: "Runs the integration NAME once, now.",
	},
	"command.does.import": {
		NB: "Leser inn registre, tilkoblinger, integrasjoner, kodebøker, mappinger og tidsplaner fra YAML. Ingenting blir godkjent av å leses inn.",
		NN: "Les inn register, tilkoplingar, integrasjonar, kodebøker, mappingar og tidsplanar frå YAML. Ingenting blir godkjent av å bli lese inn.",
		EN: "Reads registries, connections, integrations, codebooks, mappings and schedules from YAML. Nothing is approved by being imported.",
	},
	"command.does.export": {
		NB: "Skriver det samme ut som YAML: alt, eller det som heter NAME.",
		NN: "Skriv det same ut som YAML: alt, eller det som heiter NAME.",
		EN: "Writes the same out as YAML: everything, or what is called NAME.",
	},
	"command.does.dump": {
		NB: "Skriver det registeret REGISTRY nå har, til to CSV-filer: helsedelen og identitetsdelen. Uttrekket står i revisjonsloggen.",
		NN: "Skriv det registeret REGISTRY no har, til to CSV-filer: helsedelen og identitetsdelen. Uttrekket står i revisjonsloggen.",
		EN: "Writes what the registry REGISTRY now holds to two CSV files: the health part and the identity part. The extract is in the audit log.",
	},
	"command.does.doctor": {
		NB: "Ser etter at databaser, nøkler, plass og kø er i orden.",
		NN: "Ser etter at databasar, nøklar, plass og kø er i orden.",
		EN: "Looks at databases, keys, space and queue, and says whether they are in order.",
	},
	"command.does.emergency": {
		NB: "Lager en kode for nødkontoen, til en forseglet konvolutt. En eldre kode slutter å gjelde.",
		NN: "Lagar ein kode for naudkontoen, til ein forsegla konvolutt. Ein eldre kode sluttar å gjelde.",
		EN: "Makes a code for the emergency account, for a sealed envelope. An older code is worth nothing from then on.",
	},
	"command.does.audit": {
		NB: "verify går gjennom revisjonsloggen og ser om noe er endret. accept godtar at loggen ikke er den som ble signert, med grunnen til det.",
		NN: "verify går gjennom revisjonsloggen og ser om noko er endra. accept godtek at loggen ikkje er den som vart signert, med grunnen til det.",
		EN: "verify walks through the audit log and says whether anything was changed. accept accepts that the log is not the one that was signed, and why.",
	},
	"command.does.evidence": {
		NB: "make lager bevispakken for godkjenningen som gjelder for INTEGRATION. verify ser om en pakke er hel og hvem som har signert den.",
		NN: "make lagar bevispakka for godkjenninga som gjeld for INTEGRATION. verify ser om ei pakke er heil og kven som har signert ho.",
		EN: "make makes the evidence pack of the approval in force for INTEGRATION. verify says whether a pack is whole and who signed it.",
	},
	"command.does.codebook": {
		NB: "Leser definisjonsfiler og sier hva de inneholder. Med --registry blir de neste versjon av en kodebok.",
		NN: "Les definisjonsfiler og seier kva dei inneheld. Med --registry blir dei neste versjon av ei kodebok.",
		EN: "Reads files of definitions and says what they hold. With --registry they become the next version of a codebook.",
	},
	"command.option.format": {
		NB: "formatet; finnes av filen når ingenting er sagt",
		NN: "formatet; blir funne i fila når ingenting er sagt",
		EN: "the format; found from the file when nothing is said",
	},
	"command.option.registry": {
		NB: "registeret som kodeboken hører til",
		NN: "registeret som kodeboka høyrer til",
		EN: "the registry that the codebook belongs to",
	},
	"command.option.id": {
		NB: "kodeboken, når registeret har flere",
		NN: "kodeboka, når registeret har fleire",
		EN: "the codebook, when the registry has several",
	},
	"command.option.form": {
		NB: "et skjema som skal være med; kan gis flere ganger. Alle blir med når ingen er nevnt",
		NN: "eit skjema som skal vere med; kan givast fleire gonger. Alle blir med når ingen er nemnde",
		EN: "a form to keep; may be given more than once. All are kept when none is named",
	},
	"command.option.key": {
		NB: "variablene som til sammen navngir en rad, med komma mellom",
		NN: "variablane som til saman gir ei rad namn, med komma mellom",
		EN: "the variables that together name a row, with commas between",
	},
	"command.option.message": {
		NB: "hva som er endret, for dem som leser historikken",
		NN: "kva som er endra, for dei som les historikken",
		EN: "what was changed, for those who read the history",
	},
	"command.option.yes": {
		NB: "publiserer også når versjonen bryter integrasjoner",
		NN: "publiserer òg når versjonen bryt integrasjonar",
		EN: "publishes also when the version breaks integrations",
	},
	"command.option.data": {
		NB: "datamappen (SAMBAND_DATA)",
		NN: "datamappa (SAMBAND_DATA)",
		EN: "the data folder (SAMBAND_DATA)",
	},
	"command.option.addr": {
		NB: "adressen portalen svarer på (SAMBAND_ADDR)",
		NN: "adressa portalen svarer på (SAMBAND_ADDR)",
		EN: "the address the portal answers on (SAMBAND_ADDR)",
	},
	"command.option.worker.addr": {
		NB: "adressen som svarer på /healthz, /readyz og /metrics (SAMBAND_WORKER_ADDR); uten den svarer ingen",
		NN: "adressa som svarer på /healthz, /readyz og /metrics (SAMBAND_WORKER_ADDR); utan ho svarer ingen",
		EN: "the address that answers /healthz, /readyz and /metrics (SAMBAND_WORKER_ADDR); without it nobody does",
	},
	"command.option.json": {
		NB: "skriver ett JSON-objekt på standard ut, og ikke noe annet der",
		NN: "skriv eitt JSON-objekt på standard ut, og ikkje noko anna der",
		EN: "writes one JSON object on standard output, and nothing else there",
	},
	"command.option.input": {
		NB: "leser denne filen i stedet for kildens leveranse",
		NN: "les denne fila i staden for leveransen frå kjelda",
		EN: "reads this file in place of the source's delivery",
	},
	"command.option.dry-run": {
		NB: "gjør alt unntatt å endre registeret",
		NN: "gjer alt bortsett frå å endre registeret",
		EN: "does everything but change the registry",
	},
	"command.option.demo": {
		NB: "registrerer og godkjenner som oppdiktet demonstrasjon; bare der ingen innlogging er konfigurert",
		NN: "registrerer og godkjenner som oppdikta demonstrasjon; berre der inga innlogging er konfigurert",
		EN: "registers and approves as a made-up demonstration; only where no login is configured",
	},
	"command.option.health": {
		NB: "filen for helsedelen",
		NN: "fila for helsedelen",
		EN: "the file of the health part",
	},
	"command.option.identity": {
		NB: "filen for identitetsdelen",
		NN: "fila for identitetsdelen",
		EN: "the file of the identity part",
	},
	"command.option.role": {
		NB: "rollen koden gir: security_officer (når ingenting er sagt) eller admin",
		NN: "rolla koden gir: security_officer (når ingenting er sagt) eller admin",
		EN: "the role the code gives: security_officer (when nothing is said) or admin",
	},
	"command.option.database": {
		NB: "en kopi av portaldatabasen, som leses uten å endres",
		NN: "ein kopi av portaldatabasen, som blir lesen utan å bli endra",
		EN: "a copy of the portal database, which is read and not changed",
	},
	"command.option.public-key": {
		NB: "den offentlige nøkkelen loggen er signert med",
		NN: "den offentlege nøkkelen loggen er signert med",
		EN: "the public key that the log is signed with",
	},
	"command.option.evidence.public-key": {
		NB: "den offentlige nøkkelen pakken skal være signert med; kan gis flere ganger",
		NN: "den offentlege nøkkelen pakka skal vere signert med; kan givast fleire gonger",
		EN: "the public key that the pack should be signed with; may be given more than once",
	},
	"command.option.checkpoints": {
		NB: "mappen med signerte sjekkpunkter som kopien holdes mot",
		NN: "mappa med signerte sjekkpunkt som kopien blir halden mot",
		EN: "the folder of signed checkpoints to hold the copy against",
	},
	"command.option.reason": {
		NB: "grunnen, som blir stående i revisjonsloggen",
		NN: "grunnen, som blir ståande i revisjonsloggen",
		EN: "the reason, which stays in the audit log",
	},
	"command.option.o": {
		NB: "filen bevispakken skrives til",
		NN: "fila bevispakka blir skriven til",
		EN: "the file to write the evidence pack to",
	},
	"setting.data": {
		NB: "datamappen (data)",
		NN: "datamappa (data)",
		EN: "the data folder (data)",
	},
	"setting.addr": {
		NB: "adressen portalen svarer på (127.0.0.1:8080)",
		NN: "adressa portalen svarer på (127.0.0.1:8080)",
		EN: "the address the portal answers on (127.0.0.1:8080)",
	},
	"setting.base_url": {
		NB: "adressen brukerne ser, når den er en annen: https://samband.sykehus.no",
		NN: "adressa brukarane ser, når ho er ei anna: https://samband.sykehus.no",
		EN: "the address that users see, when it is another: https://samband.sykehus.no",
	},
	"setting.keys": {
		NB: "mappen med hovednøklene (<datamappen>/keys); legg den på et annet sted enn sikkerhetskopiene",
		NN: "mappa med hovudnøklane (<datamappa>/keys); legg ho ein annan stad enn tryggingskopiane",
		EN: "the folder of the master keys (<data folder>/keys); keep it in another place than the backups",
	},
	"setting.lost_keys": {
		NB: "hovednøkler som er tapt uten at noen har en kopi: delivery, secrets, signing eller backup, med komma mellom; nye lages, og det de gamle forseglet, kan ingen åpne",
		NN: "hovudnøklar som er tapte utan at nokon har ein kopi: delivery, secrets, signing eller backup, med komma mellom; nye blir laga, og det dei gamle forsegla, kan ingen opne",
		EN: "master keys that are lost and nobody has a copy of: delivery, secrets, signing or backup, with commas between; new ones are made, and what the old ones sealed nobody can open",
	},
	"setting.checkpoints": {
		NB: "mappen for signerte sjekkpunkter av revisjonsloggen (<datamappen>/checkpoints); legg den der portalen ikke kan endre gamle filer, og la prosesser med samme database dele den",
		NN: "mappa for signerte sjekkpunkt av revisjonsloggen (<datamappa>/checkpoints); legg ho der portalen ikkje kan endre gamle filer, og lat prosessar med same database dele ho",
		EN: "the folder of signed checkpoints of the audit log (<data folder>/checkpoints); put it where the portal cannot change old files, and let processes with the same database share it",
	},
	"setting.drop": {
		NB: "mappen der demonstrasjonens sykehus legger leveranser (<datamappen>-drop)",
		NN: "mappa der sjukehuset i demonstrasjonen legg leveransar (<datamappa>-drop)",
		EN: "the folder where the demonstration's hospital puts deliveries (<data folder>-drop)",
	},
	"setting.database_url": {
		NB: "postgres://… for portalen, registrene, hvelvet og køen, i stedet for filer i datamappen; «samband move-database» flytter en installasjon dit",
		NN: "postgres://… for portalen, registera, kvelvet og køen, i staden for filer i datamappa; «samband move-database» flyttar ein installasjon dit",
		EN: "postgres://… for the portal, the registries, the vault and the queue, in place of files in the data folder; “samband move-database” moves an installation there",
	},
	"setting.database_connections": {
		NB: "så mange tilkoblinger en prosess har til databasetjeneren på det meste (40); to prosesser går inn under de 100 som PostgreSQL tillater fra før",
		NN: "så mange tilkoplingar ein prosess har til databasetenaren på det meste (40); to prosessar går inn under dei 100 som PostgreSQL tillèt frå før",
		EN: "how many connections a process has to the database server at most (40); two processes fit under the 100 that PostgreSQL allows by default",
	},
	"setting.vault_url": {
		NB: "postgres://… for hvelvet, når det skal ha sin egen database (SAMBAND_DATABASE_URL)",
		NN: "postgres://… for kvelvet, når det skal ha sin eigen database (SAMBAND_DATABASE_URL)",
		EN: "postgres://… for the vault, when it is to have a database of its own (SAMBAND_DATABASE_URL)",
	},
	"setting.shared": {
		NB: "mappen som prosesser med samme database deler: forseglede leveranser, utdrag, nøkler og sjekkpunkter (datamappen); nødvendig når det er flere",
		NN: "mappa som prosessar med same database deler: forsegla leveransar, utdrag, nøklar og sjekkpunkt (datamappa); nødvendig når det er fleire",
		EN: "the folder that processes with the same database share: sealed deliveries, samples, keys and checkpoints (the data folder); needed when there are several",
	},
	"setting.worker_addr": {
		NB: "adressen «samband worker» svarer maskiner på (ingen)",
		NN: "adressa «samband worker» svarer maskiner på (inga)",
		EN: "the address “samband worker” answers machines on (none)",
	},
	"setting.trusted_proxy": {
		NB: "adressene til omvendte mellomtjenere som skal tros om klientens adresse, med komma mellom",
		NN: "adressene til omvende mellomtenarar som skal bli trudde om adressa til klienten, med komma mellom",
		EN: "the addresses of reverse proxies that are believed about the client's address, with commas between",
	},
	"setting.metrics_token": {
		NB: "token for /metrics fra andre maskiner enn denne",
		NN: "token for /metrics frå andre maskiner enn denne",
		EN: "token for /metrics from other machines than this one",
	},
	"setting.publisher": {
		NB: "navnet på sykehuset, for datakataloger som henter katalogen",
		NN: "namnet på sjukehuset, for datakatalogar som hentar katalogen",
		EN: "the name of the hospital, for data catalogues that fetch the catalogue",
	},
	"setting.publisher_page": {
		NB: "sykehusets offentlige side eller adresse i Enhetsregisteret",
		NN: "den offentlege sida til sjukehuset, eller adressa i Einingsregisteret",
		EN: "the hospital's public page, or its address in the Central Coordinating Register (Enhetsregisteret)",
	},
	"setting.networks": {
		NB: "nettene portalen kan nå kilder og mottakere i, med komma mellom, for eksempel 10.20.0.0/16; tomt: alle unntatt denne maskinen og nettet den står i uten ruter",
		NN: "netta portalen kan nå kjelder og mottakarar i, med komma mellom, til dømes 10.20.0.0/16; tomt: alle unnateke denne maskina og nettet ho står i utan ruter",
		EN: "the networks that the portal may reach sources and destinations in, with commas between, such as 10.20.0.0/16; empty: all but this machine and its own link",
	},
	"setting.persons": {
		NB: "hvem numrene kan være: real, eller synthetic for en testinstallasjon, som da avviser virkelige (real); demonstrasjonen har alltid oppdiktede",
		NN: "kven nummera kan vere: real, eller synthetic for ein testinstallasjon, som då avviser verkelege (real); demonstrasjonen har alltid oppdikta",
		EN: "who the numbers may be: real, or synthetic for a test installation, which then refuses real ones (real); the demonstration always has made-up ones",
	},
	"setting.test_persons": {
		NB: "numre til oppdiktede personer som ser virkelige ut, med komma mellom: en test tar dem inn, ellers blir de avvist (helsesektorens publiserte testpasienter)",
		NN: "nummer til oppdikta personar som ser verkelege ut, med komma mellom: ein test tek dei inn, elles blir dei avviste (dei publiserte testpasientane til helsesektoren)",
		EN: "numbers of made-up persons that look real, with commas between: a test takes them, otherwise they are refused (the health sector's published test patients)",
	},
	"setting.extended_from": {
		NB: "første dag med numre etter regelen fra 2032, som verken sier kjønn eller århundre (2032-01-01)",
		NN: "første dag med nummer etter regelen frå 2032, som verken seier kjønn eller hundreår (2032-01-01)",
		EN: "the first day of numbers by the rule from 2032, which tell neither sex nor century (2032-01-01)",
	},
	"setting.lang": {
		NB: "språket i skallet: nb, nn eller en (nb)",
		NN: "språket i skalet: nb, nn eller en (nb)",
		EN: "the language of the shell: nb, nn or en (nb)",
	},
	"setting.smtp_addr": {
		NB: "e-posttjeneren: vert:port; tom sender ingen e-post",
		NN: "e-posttenaren: vert:port; tom sender ingen e-post",
		EN: "the mail server: host:port; empty sends no mail",
	},
	"setting.smtp_from": {
		NB: "avsenderadressen",
		NN: "avsendaradressa",
		EN: "the sender's address",
	},
	"setting.smtp_user": {
		NB: "portalens bruker der",
		NN: "brukaren til portalen der",
		EN: "the portal's user there",
	},
	"setting.smtp_password": {
		NB: "passordet der",
		NN: "passordet der",
		EN: "the password there",
	},
	"setting.smtp_password_file": {
		NB: "filen med passordet, i stedet for passordet selv",
		NN: "fila med passordet, i staden for sjølve passordet",
		EN: "the file with the password, in place of the password itself",
	},
	"setting.smtp_tls": {
		NB: "starttls, tls eller none (starttls); none bare til egen maskin",
		NN: "starttls, tls eller none (starttls); none berre til eiga maskin",
		EN: "starttls, tls or none (starttls); none only to its own machine",
	},
	"setting.smtp_ca": {
		NB: "fil med sertifikatet til sykehusets egen sertifikatutsteder (maskinens egne)",
		NN: "fil med sertifikatet til sjukehuset sin eigen sertifikatutferdar (dei på maskina)",
		EN: "file with the certificate of the hospital's own certificate authority (those of the machine)",
	},
	"setting.notice_digest": {
		NB: "hvor lenge varsler som ikke haster, samles før de sendes (15m)",
		NN: "kor lenge varsel som ikkje hastar, blir samla før dei blir sende (15m)",
		EN: "how long notices that are not urgent are gathered before they are sent (15m)",
	},
	"setting.oidc_issuer": {
		NB: "sykehusets innlogging (OpenID Connect); tom gir demonstrasjon på egen maskin",
		NN: "innlogginga til sjukehuset (OpenID Connect); tom gir demonstrasjon på eiga maskin",
		EN: "the hospital's login (OpenID Connect); empty gives a demonstration on its own machine",
	},
	"setting.oidc_client_id": {
		NB: "portalens klient-id der",
		NN: "klient-id-en til portalen der",
		EN: "the portal's client id there",
	},
	"setting.oidc_client_secret": {
		NB: "portalens hemmelighet der",
		NN: "løyndomen til portalen der",
		EN: "the portal's secret there",
	},
	"setting.oidc_client_secret_file": {
		NB: "filen med hemmeligheten, i stedet for hemmeligheten selv",
		NN: "fila med løyndomen, i staden for sjølve løyndomen",
		EN: "the file with the secret, in place of the secret itself",
	},
	"setting.oidc_scopes": {
		NB: "det portalen ber om i tillegg til openid (profile)",
		NN: "det portalen ber om i tillegg til openid (profile)",
		EN: "what the portal asks for beside openid (profile)",
	},
	"setting.oidc_role_claim": {
		NB: "navnet på opplysningen som bærer roller eller grupper (roles)",
		NN: "namnet på opplysninga som ber roller eller grupper (roles)",
		EN: "the name of the claim that holds roles or groups (roles)",
	},
	"setting.oidc_roles": {
		NB: "hva verdiene gir: verdi=rolle eller verdi=rolle:register, med komma mellom; rollene er reader, coordinator, admin, security_officer og auditor",
		NN: "kva verdiane gir: verdi=rolle eller verdi=rolle:register, med komma mellom; rollene er reader, coordinator, admin, security_officer og auditor",
		EN: "what the values give: value=role or value=role:registry, with commas between; the roles are reader, coordinator, admin, security_officer and auditor",
	},
	"setting.oidc_acr": {
		NB: "innloggingsstyrkene som godtas, med mellomrom mellom (alle)",
		NN: "innloggingsstyrkane som blir godtekne, med mellomrom mellom (alle)",
		EN: "the strengths of login that are accepted, with spaces between (all)",
	},
	"setting.idle": {
		NB: "hvor lenge en økt varer uten bruk, fra 5m til 2h (30m); den varer aldri over 8 timer",
		NN: "kor lenge ei økt varer utan bruk, frå 5m til 2h (30m); ho varer aldri over 8 timar",
		EN: "how long a session lasts unused, from 5m to 2h (30m); it never lasts over 8 hours",
	},
}
