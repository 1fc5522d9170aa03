package text

// httpTexts say what went wrong with a system that is reached over HTTP, and with what it gives page by page.
var httpTexts = Catalogue{
	"error.http.allow": {
		NB: "Adressen er ikke en vanlig http- eller https-adresse. Ingenting er hentet. Rett tilkoblingen.",
		NN: "Adressa er ikkje ei vanleg http- eller https-adresse. Ingenting er henta. Rett tilkoplinga.",
		EN: "The address is not an ordinary http or https address. Nothing was fetched. Correct the connection.",
	},
	"error.http.not_allowed": {
		NB: "{host} står ikke blant adressene som tilkoblingen får nå. Ingenting er hentet. Rett tilkoblingen, og send endringen til godkjenning.",
		NN: "{host} står ikkje blant adressene som tilkoplinga får nå. Ingenting er henta. Rett tilkoplinga, og send endringa til godkjenning.",
		EN: "{host} is not among the addresses that the connection may reach. Nothing was fetched. Correct the connection, and submit the change for approval.",
	},
	"error.http.address": {
		NB: "Navnet {host} fører til en adresse utenfor nettene som portalen får nå. Ingenting er hentet. Spør den som drifter nettet om navnet er riktig.",
		NN: "Namnet {host} fører til ei adresse utanfor netta som portalen får nå. Ingenting er henta. Spør den som driftar nettet om namnet er rett.",
		EN: "The name {host} leads to an address outside the networks that the portal may reach. Nothing was fetched. Ask whoever runs the network whether the name is right.",
	},
	"error.http.refused": {
		NB: "{host} tar ikke imot oss. Ingenting er lest inn. Portalen prøver igjen selv; svarer systemet fortsatt ikke, spør den som drifter det.",
		NN: "{host} tek ikkje imot oss. Ingenting er lese inn. Portalen prøver att sjølv; svarer systemet framleis ikkje, spør den som driftar det.",
		EN: "{host} does not let us in. Nothing was loaded. The portal tries again by itself; if the system still does not answer, ask whoever runs it.",
	},
	"error.http.name": {
		NB: "Ingen vet hvor {host} er. Ingenting er lest inn. Sjekk navnet i tilkoblingen, og navnetjenesten.",
		NN: "Ingen veit kvar {host} er. Ingenting er lese inn. Sjekk namnet i tilkoplinga, og namnetenesta.",
		EN: "Nobody knows where {host} is. Nothing was loaded. Check the name in the connection, and the name service.",
	},
	"error.http.away": {
		NB: "Forbindelsen til {host} ble brutt. Ingenting er lest inn. Portalen prøver igjen selv.",
		NN: "Sambandet med {host} vart brote. Ingenting er lese inn. Portalen prøver att sjølv.",
		EN: "The connection to {host} broke. Nothing was loaded. The portal tries again by itself.",
	},
	"error.http.timeout": {
		NB: "{host} svarte ikke i tide. Ingenting er lest inn. Portalen prøver igjen selv.",
		NN: "{host} svarte ikkje i tide. Ingenting er lese inn. Portalen prøver att sjølv.",
		EN: "{host} did not answer in time. Nothing was loaded. The portal tries again by itself.",
	},
	"error.http.stalled": {
		NB: "{host} sendte så sakte at vi ga opp. Ingenting er lest inn. Portalen prøver igjen selv.",
		NN: "{host} sende så sakte at vi gav opp. Ingenting er lese inn. Portalen prøver att sjølv.",
		EN: "{host} sent so slowly that we gave up. Nothing was loaded. The portal tries again by itself.",
	},
	"error.http.status": {
		NB: "{host} svarte med feilen {status}. Ingenting er lest inn. Portalen prøver igjen selv.",
		NN: "{host} svarte med feilen {status}. Ingenting er lese inn. Portalen prøver att sjølv.",
		EN: "{host} answered with the error {status}. Nothing was loaded. The portal tries again by itself.",
	},
	"error.http.busy": {
		NB: "{host} ba oss vente ({status}). Ingenting er lest inn. Portalen prøver igjen når den får lov.",
		NN: "{host} bad oss vente ({status}). Ingenting er lese inn. Portalen prøver att når han får lov.",
		EN: "{host} asked us to wait ({status}). Nothing was loaded. The portal tries again when it may.",
	},
	"error.http.denied": {
		NB: "{host} godtar ikke innloggingen vår ({status}). Ingenting er lest inn. Sjekk hemmeligheten og rettighetene til tilkoblingen.",
		NN: "{host} godtek ikkje innlogginga vår ({status}). Ingenting er lese inn. Sjekk løyndomen og rettane til tilkoplinga.",
		EN: "{host} does not accept our login ({status}). Nothing was loaded. Check the secret and the rights of the connection.",
	},
	"error.http.rejected": {
		NB: "{host} avviste spørringen ({status}). Ingenting er lest inn. Sjekk adressen i tilkoblingen.",
		NN: "{host} avviste spørjinga ({status}). Ingenting er lese inn. Sjekk adressa i tilkoplinga.",
		EN: "{host} rejected the request ({status}). Nothing was loaded. Check the address in the connection.",
	},
	"error.http.redirect": {
		NB: "{host} viste oss videre til en annen adresse ({status}), og det følger vi ikke. Ingenting er lest inn. Sett den nye adressen i tilkoblingen hvis den er riktig.",
		NN: "{host} viste oss vidare til ei anna adresse ({status}), og det følgjer vi ikkje. Ingenting er lese inn. Set den nye adressa i tilkoplinga om ho er rett.",
		EN: "{host} sent us on to another address ({status}), which we do not follow. Nothing was loaded. Put the new address in the connection if it is right.",
	},
	"error.http.content_type": {
		NB: "{host} svarte med noe annet enn data, for eksempel en innloggingsside. Ingenting er lest inn. Portalen prøver igjen selv; skjer det igjen, spør den som drifter systemet.",
		NN: "{host} svarte med noko anna enn data, til dømes ei innloggingsside. Ingenting er lese inn. Portalen prøver att sjølv; skjer det igjen, spør den som driftar systemet.",
		EN: "{host} answered with something other than data, a login page for instance. Nothing was loaded. The portal tries again by itself; if it happens again, ask whoever runs the system.",
	},
	"error.http.too_large": {
		NB: "Svaret fra {host} er større enn vi tar imot. Ingenting er lest inn. Be om mindre sider, eller spør den som drifter systemet.",
		NN: "Svaret frå {host} er større enn vi tek imot. Ingenting er lese inn. Be om mindre sider, eller spør den som driftar systemet.",
		EN: "The answer from {host} is larger than we accept. Nothing was loaded. Ask for smaller pages, or ask whoever runs the system.",
	},
	"error.http.cut": {
		NB: "Svaret fra {host} stoppet før slutten. Ingenting av det er lest inn. Portalen prøver igjen selv.",
		NN: "Svaret frå {host} stoppa før slutten. Ingenting av det er lese inn. Portalen prøver att sjølv.",
		EN: "The answer from {host} ended before its end. Nothing of it was loaded. The portal tries again by itself.",
	},
	"error.http.broken": {
		NB: "Svaret fra {host} lar seg ikke lese. Ingenting av det er lest inn. Portalen prøver igjen selv; skjer det igjen, spør den som drifter systemet.",
		NN: "Svaret frå {host} lèt seg ikkje lese. Ingenting av det er lese inn. Portalen prøver att sjølv; skjer det igjen, spør den som driftar systemet.",
		EN: "The answer from {host} cannot be read. Nothing of it was loaded. The portal tries again by itself; if it happens again, ask whoever runs the system.",
	},
	"error.http.tls": {
		NB: "Vi stoler ikke på sertifikatet til {host}: det er gått ut, gjelder en annen, eller kommer fra en utsteder vi ikke kjenner. Ingenting er hentet. Be den som drifter systemet fornye det.",
		NN: "Vi stoler ikkje på sertifikatet til {host}: det er gått ut, gjeld ein annan, eller kjem frå ein utstedar vi ikkje kjenner. Ingenting er henta. Be den som driftar systemet fornye det.",
		EN: "We do not trust the certificate of {host}: it has run out, is another's, or comes from an issuer we do not know. Nothing was fetched. Ask whoever runs the system to renew it.",
	},
	"error.pages.loop": {
		NB: "Kilden gir samme side om igjen (side {page}), så uttrekket tar aldri slutt. Ingenting er lest inn. Si fra til den som drifter kilden.",
		NN: "Kjelda gir same side om att (side {page}), så uttrekket tek aldri slutt. Ingenting er lese inn. Sei frå til den som driftar kjelda.",
		EN: "The source gives the same page again (page {page}), so the extract never ends. Nothing was loaded. Tell whoever runs the source.",
	},
	"error.pages.many": {
		NB: "Uttrekket har mer enn {max} sider. Ingenting er lest inn. Be om større sider eller færre dager.",
		NN: "Uttrekket har meir enn {max} sider. Ingenting er lese inn. Be om større sider eller færre dagar.",
		EN: "The extract has more than {max} pages. Nothing was loaded. Ask for larger pages or fewer days.",
	},
	"error.pages.width": {
		NB: "En side fra kilden har et annet antall kolonner enn de andre (del {page}). Ingenting er lest inn. Si fra til den som drifter kilden.",
		NN: "Ei side frå kjelda har eit anna tal på kolonnar enn dei andre (del {page}). Ingenting er lese inn. Sei frå til den som driftar kjelda.",
		EN: "A page from the source has another number of columns than the rest (part {page}). Nothing was loaded. Tell whoever runs the source.",
	},
	"error.spool.write": {
		NB: "Uttrekket kunne ikke legges forseglet på disken. Ingenting er lest inn. Sjekk plassen og rettighetene i datamappen. Portalen prøver igjen selv.",
		NN: "Uttrekket kunne ikkje leggjast forsegla på disken. Ingenting er lese inn. Sjekk plassen og rettane i datamappa. Portalen prøver att sjølv.",
		EN: "The extract could not be put on the disk, sealed. Nothing was loaded. Check the space and the rights in the data folder. The portal tries again by itself.",
	},

	"runbook.chapter.source": {NB: "Kilden svarer ikke som den skal", NN: "Kjelda svarer ikkje som ho skal", EN: "The source does not answer as it should"},
	"runbook.http.refused.meaning": {
		NB: "Et system svarte ikke, svarte med en feil eller stoppet midt i. Registeret er uendret. Kjøringen venter og prøves igjen så mange ganger som integrasjonen sier.",
		NN: "Eit system svarte ikkje, svarte med ein feil eller stoppa midt i. Registeret er uendra. Køyringa ventar og blir prøvd att så mange gonger som integrasjonen seier.",
		EN: "A system did not answer, answered with an error or stopped in the middle. The registry is unchanged. The run waits and is tried again as many times as the integration says.",
	},
	"runbook.http.refused.do": {
		NB: "Vent på neste forsøk hvis det er noen igjen. Kjøringens side sier når.\nSe på systemets side om andre integrasjoner mot samme vert svikter.\nSpør den som drifter systemet. Kjør på nytt når det svarer.",
		NN: "Vent på neste forsøk om det er nokon att. Sida til køyringa seier når.\nSjå på sida til systemet om andre integrasjonar mot same vert sviktar.\nSpør den som driftar systemet. Køyr på nytt når det svarer.",
		EN: "Wait for the next attempt if there is one left. The run's page says when.\nSee on the system's page whether other integrations with the same host fail.\nAsk whoever runs the system. Run again when it answers.",
	},
	"runbook.http.denied.meaning": {
		NB: "Systemet vil ikke gi oss data slik vi spør: innloggingen, adressen, sertifikatet eller svaret er ikke som avtalt. Registeret er uendret, og vi prøver ikke igjen før noe er rettet.",
		NN: "Systemet vil ikkje gi oss data slik vi spør: innlogginga, adressa, sertifikatet eller svaret er ikkje som avtalt. Registeret er uendra, og vi prøver ikkje att før noko er retta.",
		EN: "The system will not give us data the way we ask: the login, the address, the certificate or the answer is not as agreed. The registry is unchanged, and we do not try again before something is put right.",
	},
	"runbook.http.denied.do": {
		NB: "Les i kjøringens logg hvilken feil det var.\nInnlogging eller sertifikat: forny hemmeligheten, eller be den som drifter systemet fornye sertifikatet.\nAdresse: rett tilkoblingen og send endringen til godkjenning.\nKjør på nytt.",
		NN: "Les i loggen til køyringa kva feil det var.\nInnlogging eller sertifikat: forny løyndomen, eller be den som driftar systemet fornye sertifikatet.\nAdresse: rett tilkoplinga og send endringa til godkjenning.\nKøyr på nytt.",
		EN: "Read in the run's log which error it was.\nLogin or certificate: renew the secret, or ask whoever runs the system to renew the certificate.\nAddress: correct the connection and submit the change for approval.\nRun again.",
	},
	"runbook.pages.loop.meaning": {
		NB: "Kilden gir sider som går i ring, ikke tar slutt eller ikke henger sammen. Ingenting er lest inn, og registeret er uendret.",
		NN: "Kjelda gir sider som går i ring, ikkje tek slutt eller ikkje heng saman. Ingenting er lese inn, og registeret er uendra.",
		EN: "The source gives pages that go round, never end or do not fit together. Nothing was loaded, and the registry is unchanged.",
	},
	"runbook.pages.loop.do": {
		NB: "Si fra til den som drifter kilden, med tidspunktet og sidetallet fra loggen.\nKjør på nytt når kilden er rettet. Det som er hentet så langt, brukes ikke.",
		NN: "Sei frå til den som driftar kjelda, med tidspunktet og sidetalet frå loggen.\nKøyr på nytt når kjelda er retta. Det som er henta så langt, blir ikkje brukt.",
		EN: "Tell whoever runs the source, with the time and the page number from the log.\nRun again when the source is put right. What has been fetched so far is not used.",
	},
}
