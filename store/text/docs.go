package text

// docs holds the words of the operator's pages.
var docs = Catalogue{
	"docs.title": {NB: "Driftshåndbok", NN: "Driftshandbok", EN: "Operations manual"},
	"docs.lead": {
		NB: "For den som setter opp og passer Samband: hva du gjør når noe stopper, og filer du kan bruke som de er.",
		NN: "For den som set opp og passar Samband: kva du gjer når noko stoppar, og filer du kan bruke som dei er.",
		EN: "For whoever sets up and looks after Samband: what to do when something stops, and files to use as they are.",
	},
	"docs.runbook": {NB: "Når noe stopper", NN: "Når noko stoppar", EN: "When something stops"},
	"docs.runbook.lead": {
		NB: "Finn koden fra feilmeldingen. Hver kode sier hva som skjedde, hva det betyr for dataene, og hva du gjør i hvilken rekkefølge.",
		NN: "Finn koden frå feilmeldinga. Kvar kode seier kva som skjedde, kva det tyder for dataa, og kva du gjer i kva rekkjefølgje.",
		EN: "Find the code from the message. Each code says what happened, what it means for the data, and what to do in what order.",
	},
	"docs.runbook.open": {NB: "Se alle kodene", NN: "Sjå alle kodane", EN: "See all the codes"},
	"docs.runbook.do":   {NB: "Gjør dette", NN: "Gjer dette", EN: "Do this"},
	"docs.codes":        {NB: "{n} {n|kode|koder}", NN: "{n} {n|kode|kodar}", EN: "{n} {n|code|codes}"},
	"docs.first":        {NB: "Alltid først", NN: "Alltid først", EN: "Always first"},
	"docs.first.state": {
		NB: "Se på kjøringens side hva som skjedde, og om registeret er endret. Det er det aldri når kjøringen er avvist, holdt tilbake, feilet eller avbrutt.",
		NN: "Sjå på sida til køyringa kva som skjedde, og om registeret er endra. Det er det aldri når køyringa er avvist, halden tilbake, feila eller avbroten.",
		EN: "See on the run's page what happened, and whether the registry was changed. It never is when the run was refused, held, failed or cancelled.",
	},
	"docs.first.doctor": {
		NB: "Kjør «samband doctor». Den ser etter nøkler, plass, filer og kø, og sier hva som er galt.",
		NN: "Køyr «samband doctor». Han ser etter nøklar, plass, filer og kø, og seier kva som er gale.",
		EN: "Run “samband doctor”. It looks at keys, room, files and queue, and says what is wrong.",
	},
	"docs.first.hands": {
		NB: "Endre aldri filer i datamappen for hånd, og slett ingenting der.",
		NN: "Endre aldri filer i datamappa for hand, og slett ingenting der.",
		EN: "Never change files in the data folder by hand, and delete nothing there.",
	},
	"docs.files":      {NB: "Filer du kan bruke", NN: "Filer du kan bruke", EN: "Files to use"},
	"docs.files.name": {NB: "Fil", NN: "Fil", EN: "File"},
	"docs.files.what": {NB: "Hva den er til", NN: "Kva ho er til", EN: "What it is for"},
	"docs.file.service": {
		NB: "Kjører Samband som tjeneste under systemd, uten flere rettigheter enn den trenger.",
		NN: "Køyrer Samband som teneste under systemd, utan fleire rettar enn ho treng.",
		EN: "Runs Samband as a service under systemd, with no more permissions than it needs.",
	},
	"docs.file.nginx": {
		NB: "Nginx foran Samband: TLS, riktig klientadresse, store nok opplastinger.",
		NN: "Nginx framfor Samband: TLS, rett klientadresse, store nok opplastingar.",
		EN: "Nginx in front of Samband: TLS, the right client address, large enough uploads.",
	},
	"docs.file.caddy": {
		NB: "Det samme med Caddy.",
		NN: "Det same med Caddy.",
		EN: "The same with Caddy.",
	},
	"docs.file.alerts": {
		NB: "Varsler for Prometheus: portalen er nede, kjøringer feiler eller venter, data er sent ute, køen vokser.",
		NN: "Varsel for Prometheus: portalen er nede, køyringar feilar eller ventar, data er seint ute, køen veks.",
		EN: "Alerts for Prometheus: the portal is down, runs fail or wait, data are late, the queue grows.",
	},
	"docs.file.dashboard": {
		NB: "Tavle for Grafana med kjøringer, rader, varighet og kø.",
		NN: "Tavle for Grafana med køyringar, rader, varigheit og kø.",
		EN: "A Grafana dashboard with runs, rows, durations and queue.",
	},
	"docs.rights": {NB: "Hvem kan gjøre hva", NN: "Kven kan gjere kva", EN: "Who may do what"},
	"docs.rights.lead": {
		NB: "Leser og koordinator gjelder for registrene de er gitt. De andre gjelder hele portalen. Ingen godkjenner det de selv har endret eller sendt inn.",
		NN: "Lesar og koordinator gjeld for registera dei er gitt. Dei andre gjeld heile portalen. Ingen godkjenner det dei sjølv har endra eller sendt inn.",
		EN: "Reader and coordinator hold for the registries they are given. The others hold for the whole portal. Nobody approves what they edited or submitted themselves.",
	},
	"docs.rights.table": {NB: "Roller og rettigheter", NN: "Roller og rettar", EN: "Roles and rights"},
	"docs.rights.right": {NB: "Rett", NN: "Rett", EN: "Right"},
	"docs.yes":          {NB: "Ja", NN: "Ja", EN: "Yes"},
	"docs.no":           {NB: "Nei", NN: "Nei", EN: "No"},

	"right.public":    {NB: "Se katalogen uten innlogging", NN: "Sjå katalogen utan innlogging", EN: "See the catalogue without a login"},
	"right.signed_in": {NB: "Logge inn", NN: "Logge inn", EN: "Log in"},
	"right.see_registry": {
		NB: "Se register, integrasjoner, kjøringer og rapporter",
		NN: "Sjå register, integrasjonar, køyringar og rapportar",
		EN: "See registry, integrations, runs and reports",
	},
	"right.edit_registry": {
		NB: "Endre register, kodebok og integrasjoner",
		NN: "Endre register, kodebok og integrasjonar",
		EN: "Edit registry, codebook and integrations",
	},
	"right.edit_mapping":  {NB: "Endre mapping", NN: "Endre mapping", EN: "Edit the mapping"},
	"right.start_run":     {NB: "Kjøre nå og avbryte", NN: "Køyre no og avbryte", EN: "Run now and cancel"},
	"right.decide_run":    {NB: "Frigi, avvise og angre kjøringer", NN: "Frigi, avvise og angre køyringar", EN: "Release, reject and undo runs"},
	"right.see_rows":      {NB: "Se rader i karantene", NN: "Sjå rader i karantene", EN: "See rows in quarantine"},
	"right.edit_schedule": {NB: "Endre tidsplaner og sette på pause", NN: "Endre tidsplanar og setje på pause", EN: "Edit and pause schedules"},
	"right.submit":        {NB: "Sende til godkjenning", NN: "Sende til godkjenning", EN: "Submit for approval"},
	"right.approve":       {NB: "Godkjenne, avslå og trekke tilbake", NN: "Godkjenne, avslå og trekkje tilbake", EN: "Approve, reject and revoke"},
	"right.edit_basis":    {NB: "Registrere ROS og LD", NN: "Registrere ROS og LD", EN: "Register ROS and LD"},
	"right.see_systems":   {NB: "Se systemer og metoder", NN: "Sjå system og metodar", EN: "See systems and methods"},
	"right.edit_systems": {
		NB: "Endre systemer, tilkoblinger og hemmeligheter",
		NN: "Endre system, tilkoplingar og løyndomar",
		EN: "Edit systems, connections and secrets",
	},
	"right.see_audit":  {NB: "Lese revisjonsloggen", NN: "Lese revisjonsloggen", EN: "Read the audit log"},
	"right.see_access": {NB: "Se hvem som har tilgang", NN: "Sjå kven som har tilgang", EN: "See who has access"},
	"right.see_admin":  {NB: "Se hvordan installasjonen har det", NN: "Sjå korleis installasjonen har det", EN: "See how the installation is"},
}
