package text

// database holds what the portal database answers when something can't be read or saved.
var database = Catalogue{
	"error.db.changed": {
		NB: "Noen har endret dette etter at du åpnet det. Det du gjorde, er ikke lagret. Last siden på nytt, se hva som er endret, og gjør det om igjen.",
		NN: "Nokon har endra dette etter at du opna det. Det du gjorde, er ikkje lagra. Last sida på nytt, sjå kva som er endra, og gjer det om att.",
		EN: "Somebody has changed this after you opened it. What you did was not saved. Reload the page, see what changed, and do it again.",
	},
	"error.db.exists": {
		NB: "«{value}» finnes fra før. Ingenting er lagret. Velg noe annet, eller endre det som finnes.",
		NN: "«{value}» finst frå før. Ingenting er lagra. Vel noko anna, eller endre det som finst.",
		EN: "“{value}” exists already. Nothing was saved. Choose something else, or change what exists.",
	},
	"error.db.in_use": {
		NB: "Noe annet viser til dette, så det kan ikke slettes. Ingenting er endret. Fjern henvisningene først, eller sett det som avviklet.",
		NN: "Noko anna viser til dette, så det kan ikkje slettast. Ingenting er endra. Fjern tilvisingane først, eller set det som avvikla.",
		EN: "Something else refers to this, so it cannot be deleted. Nothing has changed. Remove the references first, or mark it as retired.",
	},
	"error.db.reference": {
		NB: "Det du viser til, finnes ikke. Ingenting er lagret. Velg noe som finnes.",
		NN: "Det du viser til, finst ikkje. Ingenting er lagra. Vel noko som finst.",
		EN: "What you refer to does not exist. Nothing was saved. Choose something that exists.",
	},
	"error.db.busy": {
		NB: "Databasen er opptatt. Det du gjorde, er ikke lagret. Prøv igjen om litt.",
		NN: "Databasen er oppteken. Det du gjorde, er ikkje lagra. Prøv igjen om litt.",
		EN: "The database is busy. What you did was not saved. Try again in a moment.",
	},
	"error.db.full": {
		NB: "Disken er full, så ingenting kan lagres. Det som var lagret, er trygt. Den som drifter portalen, må frigjøre plass.",
		NN: "Disken er full, så ingenting kan lagrast. Det som var lagra, er trygt. Den som driftar portalen, må frigjere plass.",
		EN: "The disk is full, so nothing can be saved. What was saved is safe. Whoever operates the portal must free some space.",
	},
	"error.db.away": {
		NB: "Databasen svarer ikke. Det du gjorde, er ikke lagret. Prøv igjen om litt, og si fra til den som drifter portalen hvis det gjentar seg.",
		NN: "Databasen svarar ikkje. Det du gjorde, er ikkje lagra. Prøv igjen om litt, og sei frå til den som driftar portalen om det tek seg opp att.",
		EN: "The database does not answer. What you did was not saved. Try again in a moment, and tell whoever operates the portal if it happens again.",
	},
	"error.db.damaged": {
		NB: "Databasefilen er skadet. Ingenting er lagret, og portalen retter ikke filen selv. Stopp portalen og gjenopprett fra siste sikkerhetskopi.",
		NN: "Databasefila er skadd. Ingenting er lagra, og portalen rettar ikkje fila sjølv. Stopp portalen og gjenopprett frå siste tryggingskopi.",
		EN: "The database file is damaged. Nothing was saved, and the portal does not repair the file by itself. Stop the portal and restore the last backup.",
	},
	"error.db.failed": {
		NB: "Databasen klarte ikke å gjøre dette. Det du gjorde, er ikke lagret. Prøv igjen, og oppgi referansen hvis det gjentar seg.",
		NN: "Databasen klarte ikkje å gjere dette. Det du gjorde, er ikkje lagra. Prøv igjen, og gi opp referansen om det tek seg opp att.",
		EN: "The database could not do this. What you did was not saved. Try again, and quote the reference if it happens again.",
	},
	"error.db.open": {
		NB: "Databasen kan ikke åpnes, så portalen starter ikke. Dataene er ikke rørt. Sjekk at datamappen eller databaseadressen finnes, og at portalen har lov til å bruke den.",
		NN: "Databasen kan ikkje opnast, så portalen startar ikkje. Dataa er ikkje rørte. Sjekk at datamappa eller databaseadressa finst, og at portalen har lov til å bruke ho.",
		EN: "The database cannot be opened, so the portal does not start. The data have not been touched. Check that the data folder or the database address exists and that the portal may use it.",
	},
	"error.db.pooler": {
		NB: "Mellom portalen og PostgreSQL står noe som deler øktene mellom tilkoblingene, som pgbouncer med pool_mode transaction. Da holder ingen lås, så to prosesser kunne gjort det samme. Ingenting kjører. Bruk adressen til PostgreSQL selv, eller pool_mode session.",
		NN: "Mellom portalen og PostgreSQL står noko som deler øktene mellom tilkoplingane, som pgbouncer med pool_mode transaction. Då held ingen lås, så to prosessar kunne gjort det same. Ingenting køyrer. Bruk adressa til PostgreSQL sjølv, eller pool_mode session.",
		EN: "Between the portal and PostgreSQL stands something that shares sessions among connections, such as pgbouncer with pool_mode transaction. Then no lock holds, and two processes could do the same thing. Nothing runs. Use the address of PostgreSQL itself, or pool_mode session.",
	},
	"error.db.connections": {
		NB: "SAMBAND_DATABASE_CONNECTIONS må være et tall som er minst {least}. Portalen starter ikke.",
		NN: "SAMBAND_DATABASE_CONNECTIONS må vere eit tal som er minst {least}. Portalen startar ikkje.",
		EN: "SAMBAND_DATABASE_CONNECTIONS must be a number of at least {least}. The portal does not start.",
	},
	"error.db.newer_schema": {
		NB: "En nyere utgave av Samband har brukt denne databasen (versjon {have}, denne utgaven kjenner {known}). Portalen starter ikke, og dataene er ikke rørt. Bruk den nyere utgaven, eller gjenopprett en kopi fra før oppgraderingen.",
		NN: "Ei nyare utgåve av Samband har brukt denne databasen (versjon {have}, denne utgåva kjenner {known}). Portalen startar ikkje, og dataa er ikkje rørte. Bruk den nyare utgåva, eller gjenopprett ein kopi frå før oppgraderinga.",
		EN: "A newer edition of Samband has used this database (version {have}, this edition knows {known}). The portal does not start, and the data have not been touched. Use the newer edition, or restore a copy from before the upgrade.",
	},

	"error.solution.not_found":    missing("Registerløsningen", "Registerløysinga", "The registry solution"),
	"error.system.not_found":      missing("Systemet", "Systemet", "The system"),
	"error.method.not_found":      missing("Metoden", "Metoden", "The method"),
	"error.connection.not_found":  missing("Tilkoblingen", "Tilkoplinga", "The connection"),
	"error.registry.not_found":    missing("Registeret", "Registeret", "The registry"),
	"error.codebook.not_found":    missing("Kodeboken", "Kodeboka", "The codebook"),
	"error.integration.not_found": missing("Integrasjonen", "Integrasjonen", "The integration"),
	"error.mapping.not_found":     missing("Mappingen", "Mappinga", "The mapping"),
	"error.ros.not_found":         missing("ROS-en", "ROS-en", "The risk analysis"),
	"error.ld.not_found":          missing("Løsningsdesignet", "Løysingsdesignet", "The solution design"),
	"error.approval.not_found":    missing("Godkjenningen", "Godkjenninga", "The approval"),
	"error.run.not_found":         missing("Kjøringen", "Køyringa", "The run"),
	"error.report.not_found":      missing("Rapporten", "Rapporten", "The report"),
	"error.user.not_found":        missing("Brukeren", "Brukaren", "The user"),
	"error.grant.not_found":       missing("Tilgangen", "Tilgangen", "The grant"),
	"error.session.not_found":     missing("Innloggingen", "Innlogginga", "The login"),

	"error.mapping.no_draft": {
		NB: "Du har ingen kladd av mappingen. Begynn fra versjonen som er lagret.",
		NN: "Du har ingen kladd av mappinga. Byrj frå versjonen som er lagra.",
		EN: "You have no draft of the mapping. Begin from the version that is saved.",
	},
	"error.integration.transition": {
		NB: "Integrasjonen er «{from}» og kan ikke bli «{to}» nå. Ingenting er endret.",
		NN: "Integrasjonen er «{from}» og kan ikkje bli «{to}» no. Ingenting er endra.",
		EN: "The integration is “{from}” and cannot become “{to}” now. Nothing has changed.",
	},
	"error.integration.other_registry": {
		NB: "Integrasjonen hører til registeret «{registry}» og kan ikke flyttes. Ingenting er lagret. Lag en ny integrasjon i det andre registeret.",
		NN: "Integrasjonen høyrer til registeret «{registry}» og kan ikkje flyttast. Ingenting er lagra. Lag ein ny integrasjon i det andre registeret.",
		EN: "The integration belongs to the registry “{registry}” and cannot be moved. Nothing was saved. Make a new integration in the other registry.",
	},
	"error.codebook.other_registry": {
		NB: "Kodeboken hører til registeret «{registry}». Ingenting er lagret. Bruk en kodebok som hører til dette registeret.",
		NN: "Kodeboka høyrer til registeret «{registry}». Ingenting er lagra. Bruk ei kodebok som høyrer til dette registeret.",
		EN: "The codebook belongs to the registry “{registry}”. Nothing was saved. Use a codebook that belongs to this registry.",
	},
	"error.ros.transition": {
		NB: "ROS-en er «{from}» og kan ikke bli «{to}» nå. Ingenting er lagret.",
		NN: "ROS-en er «{from}» og kan ikkje bli «{to}» no. Ingenting er lagra.",
		EN: "The risk analysis is “{from}” and cannot become “{to}” now. Nothing was saved.",
	},
	"error.ros.decided": {
		NB: "{id} versjon {version} er avgjort, og godkjenninger kan hvile på den. Ingenting er lagret. Lag en ny versjon.",
		NN: "{id} versjon {version} er avgjord, og godkjenningar kan kvile på han. Ingenting er lagra. Lag ein ny versjon.",
		EN: "{id} version {version} is decided, and approvals may rest on it. Nothing was saved. Make a new version.",
	},
	"error.ld.transition": {
		NB: "Løsningsdesignet er «{from}» og kan ikke bli «{to}» nå. Ingenting er lagret.",
		NN: "Løysingsdesignet er «{from}» og kan ikkje bli «{to}» no. Ingenting er lagra.",
		EN: "The solution design is “{from}” and cannot become “{to}” now. Nothing was saved.",
	},
	"error.ld.decided": {
		NB: "{id} versjon {version} er avgjort, og godkjenninger kan hvile på den. Ingenting er lagret. Lag en ny versjon.",
		NN: "{id} versjon {version} er avgjord, og godkjenningar kan kvile på han. Ingenting er lagra. Lag ein ny versjon.",
		EN: "{id} version {version} is decided, and approvals may rest on it. Nothing was saved. Make a new version.",
	},
	"error.approval.open": {
		NB: "Integrasjonen har en søknad om godkjenning fra før. Ingenting er lagret. Gå videre med den som finnes.",
		NN: "Integrasjonen har ein søknad om godkjenning frå før. Ingenting er lagra. Gå vidare med den som finst.",
		EN: "The integration already has an application for approval. Nothing was saved. Continue with the one that exists.",
	},
	"error.approval.not_demo": {
		NB: "Bare demonstrasjonens egen integrasjon kan godkjennes ved import. Ingenting er godkjent. Send inn til sikkerhetsansvarlig.",
		NN: "Berre demonstrasjonen sin eigen integrasjon kan godkjennast ved import. Ingenting er godkjent. Send inn til tryggingsansvarleg.",
		EN: "Only the demonstration's own integration can be approved by import. Nothing was approved. Submit it to the security officer.",
	},
	"error.run.overlap": {
		NB: "En annen kjøring av integrasjonen er i gang, så denne startet ikke. Registeret er uendret. Vent til den er ferdig.",
		NN: "Ei anna køyring av integrasjonen er i gang, så denne starta ikkje. Registeret er uendra. Vent til ho er ferdig.",
		EN: "Another run of the integration is going on, so this one did not start. The registry is unchanged. Wait until it has ended.",
	},
	"error.run.busy": {
		NB: "En prosess arbeider med kjøringen akkurat nå. Vent til den er ferdig.",
		NN: "Ein prosess arbeider med køyringa akkurat no. Vent til han er ferdig.",
		EN: "A process is at work with the run right now. Wait until it has ended.",
	},
	"error.run.worker_lost": {
		NB: "Prosessen som arbeidet med kjøringen, forsvant. Ingenting var lest inn. Kjøringen begynner på nytt så snart noen er ledig.",
		NN: "Prosessen som arbeidde med køyringa, forsvann. Ingenting var lese inn. Køyringa byrjar på nytt så snart nokon er ledig.",
		EN: "The process that was at work with the run went away. Nothing had been loaded. The run starts over as soon as somebody is free.",
	},
	"error.run.lost": {
		NB: "Kjøringen er avsluttet eller tatt over av en annen. Det du gjorde, er ikke lagret. Last siden på nytt.",
		NN: "Køyringa er avslutta eller teken over av ein annan. Det du gjorde, er ikkje lagra. Last sida på nytt.",
		EN: "The run has ended or somebody else has taken it over. What you did was not saved. Reload the page.",
	},
}

// missing gives the message for a thing that isn't there, or that isn't for this person to know of.
func missing(nb, nn, en string) Message {
	return Message{
		NB: nb + " finnes ikke, eller du har ikke tilgang. Ingenting er endret.",
		NN: nn + " finst ikkje, eller du har ikkje tilgang. Ingenting er endra.",
		EN: en + " does not exist, or you have no access to it. Nothing has changed.",
	}
}
