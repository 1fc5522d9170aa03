package text

// retryTexts are about trying again: what may be set, what a run waits for, and hosts that don't answer.
var retryTexts = Catalogue{
	"error.retry.attempts": {
		NB: "Antall forsøk må være fra 1 til {max}.",
		NN: "Talet på forsøk må vere frå 1 til {max}.",
		EN: "The number of attempts must be from 1 to {max}.",
	},
	"error.retry.first": {
		NB: "Den første ventetiden må være fra ett sekund til ett døgn.",
		NN: "Den første ventetida må vere frå eitt sekund til eitt døgn.",
		EN: "The first wait must be from one second to 24 hours.",
	},
	"error.retry.factor": {
		NB: "Ventetiden kan bli 1 til {max} {max|gang|ganger} så lang for hvert forsøk.",
		NN: "Ventetida kan bli 1 til {max} {max|gong|gonger} så lang for kvart forsøk.",
		EN: "Each wait can be 1 to {max} {max|time|times} as long as the one before.",
	},
	"error.retry.longest": {
		NB: "Den lengste ventetiden kan ikke være kortere enn den første, og høyst ett døgn.",
		NN: "Den lengste ventetida kan ikkje vere kortare enn den første, og høgst eitt døgn.",
		EN: "The longest wait cannot be shorter than the first, and is at most 24 hours.",
	},
	"error.retry.timeout": {
		NB: "Et forsøk kan ta fra ett sekund til {hours} {hours|time|timer}.",
		NN: "Eit forsøk kan ta frå eitt sekund til {hours} {hours|time|timar}.",
		EN: "An attempt can take from one second to {hours} {hours|hour|hours}.",
	},
	"error.circuit.not_found": {
		NB: "Verten svarer igjen, eller noen andre har åpnet den. Det er ingenting å nullstille.",
		NN: "Verten svarer att, eller nokon andre har opna han. Det er ingenting å nullstille.",
		EN: "The host answers again, or somebody else has let runs through. There is nothing to reset.",
	},
	"retry.title": {NB: "Nye forsøk", NN: "Nye forsøk", EN: "New attempts"},
	"retry.lead": {
		NB: "Svarer ikke kilden, venter kjøringen og prøver igjen. Ventetiden øker for hvert forsøk, og ber kilden om mer tid, får den det. Et forsøk som tar for lang tid, stoppes. Dette krever ingen ny godkjenning.",
		NN: "Svarer ikkje kjelda, ventar køyringa og prøver att. Ventetida aukar for kvart forsøk, og ber kjelda om meir tid, får ho det. Eit forsøk som tek for lang tid, blir stoppa. Dette krev inga ny godkjenning.",
		EN: "If the source does not answer, the run waits and tries again. Each wait is longer than the one before, and if the source asks for more time it gets it. An attempt that takes too long is stopped. This needs no new approval.",
	},
	"retry.attempts": {NB: "Antall forsøk", NN: "Talet på forsøk", EN: "Number of attempts"},
	"retry.first":    {NB: "Første ventetid, sekunder", NN: "Første ventetid, sekund", EN: "First wait, seconds"},
	"retry.factor":   {NB: "Ventetiden ganges med", NN: "Ventetida blir gonga med", EN: "Each wait is multiplied by"},
	"retry.longest":  {NB: "Lengste ventetid, minutter", NN: "Lengste ventetid, minutt", EN: "Longest wait, minutes"},
	"retry.timeout":  {NB: "Et forsøk kan ta, minutter", NN: "Eit forsøk kan ta, minutt", EN: "An attempt may take, minutes"},
	"retry.save":     {NB: "Lagre", NN: "Lagre", EN: "Save"},
	"retry.saved":    {NB: "Nye forsøk er lagret.", NN: "Nye forsøk er lagra.", EN: "The new attempts are saved."},
	"circuit.title":  {NB: "Verter som har sviktet", NN: "Vertar som har svikta", EN: "Hosts that have failed"},
	"circuit.lead": {
		NB: "Etter mange feil på rad holder portalen seg unna en vert en stund. Kjøringer som trenger den, venter uten å bruke opp forsøk. Så prøver én.",
		NN: "Etter mange feil på rad held portalen seg unna ein vert ei stund. Køyringar som treng han, ventar utan å bruke opp forsøk. Så prøver éi.",
		EN: "After many failures in a row the portal keeps away from a host for a while. Runs that need it wait and use no attempts up. Then one tries.",
	},
	"circuit.host":            {NB: "Vert", NN: "Vert", EN: "Host"},
	"circuit.state":           {NB: "Status", NN: "Status", EN: "State"},
	"circuit.why":             {NB: "Siste feil", NN: "Siste feil", EN: "Last failure"},
	"circuit.state.closed":    {NB: "Kjøringer slipper til", NN: "Køyringar slepp til", EN: "Runs are let through"},
	"circuit.state.open":      {NB: "Kjøringer venter", NN: "Køyringar ventar", EN: "Runs wait"},
	"circuit.state.half_open": {NB: "Neste kjøring prøver", NN: "Neste køyring prøver", EN: "The next run tries"},
	"circuit.until":           {NB: "Prøves igjen {at}", NN: "Blir prøvd att {at}", EN: "Tried again {at}"},
	"circuit.failures":        {NB: "{n} {n|feil|feil} på rad, sist {at}", NN: "{n} {n|feil|feil} på rad, sist {at}", EN: "{n} {n|failure|failures} in a row, last {at}"},
	"circuit.reset":           {NB: "Slipp kjøringer til nå", NN: "Slepp køyringar til no", EN: "Let runs through now"},
	"circuit.done":            {NB: "Kjøringer slipper til {host} igjen.", NN: "Køyringar slepp til {host} igjen.", EN: "Runs are let through to {host} again."},
	"error.run.no_reload": {
		NB: "Leveransen kan bare leses på nytt når kjøringen er avvist, angret eller var en skyggekjøring. Registeret er uendret. Last siden på nytt.",
		NN: "Leveransen kan berre lesast på nytt når køyringa er avvist, angra eller var ei skuggekøyring. Registeret er uendra. Last sida på nytt.",
		EN: "The delivery can be read again only when the run was rejected, undone or a shadow run. The registry is unchanged. Reload the page.",
	},
	"log.run.reload": {
		NB: "Leser leveransen fra kjøring {run} på nytt, fra der den ligger forseglet.",
		NN: "Les leveransen frå køyring {run} på nytt, frå der han ligg forsegla.",
		EN: "Reading the delivery of run {run} again, from where it lies sealed.",
	},
	"run.read_again": {NB: "Les leveransen på nytt", NN: "Les leveransen på nytt", EN: "Read the delivery again"},
	"error.run.timeout": {
		NB: "Kjøringen tok mer enn {limit}, som er grensen for denne integrasjonen, og ble stoppet. Ingenting er lest inn. Se i loggen hvor den sto, og øk grensen hvis kilden er så stor.",
		NN: "Køyringa tok meir enn {limit}, som er grensa for denne integrasjonen, og vart stoppa. Ingenting er lese inn. Sjå i loggen kvar ho stod, og auk grensa om kjelda er så stor.",
		EN: "The run took more than {limit}, which is the limit of this integration, and was stopped. Nothing was loaded. See in the log where it stood, and raise the limit if the source is that large.",
	},
	"error.run.circuit": {
		NB: "{host} har ikke svart på mange forsøk på rad. Vi prøver den ikke før {at}. Ingenting er lest inn. Spør den som drifter systemet, og nullstill på systemets side når det svarer igjen.",
		NN: "{host} har ikkje svart på mange forsøk på rad. Vi prøver han ikkje før {at}. Ingenting er lese inn. Spør den som driftar systemet, og nullstill på sida til systemet når det svarer att.",
		EN: "{host} has not answered many attempts in a row. We do not try it before {at}. Nothing was loaded. Ask whoever runs the system, and reset it on the system's page when it answers again.",
	},
	"note.run.circuit": {
		NB: "Venter på {host}, som ikke har svart i det siste. Nytt forsøk {at}. Ingenting er lest inn.",
		NN: "Ventar på {host}, som ikkje har svart i det siste. Nytt forsøk {at}. Ingenting er lese inn.",
		EN: "Waiting for {host}, which has not answered lately. Next attempt {at}. Nothing was loaded.",
	},
	"note.run.retry": {
		NB: "Forsøk {n} av {of} lyktes ikke. Venter på nytt forsøk {at}. Ingenting er lest inn. Grunnen står i loggen.",
		NN: "Forsøk {n} av {of} lukkast ikkje. Ventar på nytt forsøk {at}. Ingenting er lese inn. Grunnen står i loggen.",
		EN: "Attempt {n} of {of} did not succeed. Waiting for the next attempt {at}. Nothing was loaded. The reason stands in the log.",
	},
	"log.run.circuit": {
		NB: "Venter på {host} til {at}. Det teller ikke som et forsøk.",
		NN: "Ventar på {host} til {at}. Det tel ikkje som eit forsøk.",
		EN: "Waiting for {host} until {at}. This does not count as an attempt.",
	},
	"log.run.retry": {
		NB: "Forsøk {n} av {of} lyktes ikke. Neste forsøk {at}.",
		NN: "Forsøk {n} av {of} lukkast ikkje. Neste forsøk {at}.",
		EN: "Attempt {n} of {of} did not succeed. Next attempt {at}.",
	},
	"log.run.no_more": {
		NB: "Forsøk {n} av {of} lyktes ikke. Det var det siste.",
		NN: "Forsøk {n} av {of} lukkast ikkje. Det var det siste.",
		EN: "Attempt {n} of {of} did not succeed. It was the last.",
	},
	"log.circuit.opened": {
		NB: "{host} har sviktet {failures} {failures|gang|ganger} på rad. Ingen kjøringer prøver den før {at}.",
		NN: "{host} har svikta {failures} {failures|gong|gonger} på rad. Ingen køyringar prøver han før {at}.",
		EN: "{host} has failed {failures} {failures|time|times} in a row. No runs try it before {at}.",
	},
	"runbook.run.timeout.meaning": {
		NB: "Et forsøk tok lenger tid enn integrasjonen tillater, og ble stoppet. Registeret er uendret.",
		NN: "Eit forsøk tok lengre tid enn integrasjonen tillèt, og vart stoppa. Registeret er uendra.",
		EN: "An attempt took longer than the integration allows, and was stopped. The registry is unchanged.",
	},
	"runbook.run.timeout.do": {
		NB: "Se i loggen hvilket steg kjøringen sto i.\nSto den og leste, spør den som drifter kilden om den er treg.\nEr leveransen bare stor, øk grensen på tidsplanens side og kjør på nytt.",
		NN: "Sjå i loggen kva steg køyringa stod i.\nStod ho og las, spør den som driftar kjelda om ho er treg.\nEr leveransen berre stor, auk grensa på sida til tidsplanen og køyr på nytt.",
		EN: "See in the log which stage the run was at.\nIf it was reading, ask whoever runs the source whether it is slow.\nIf the delivery is just large, raise the limit on the schedule's page and run again.",
	},
	"runbook.run.circuit.meaning": {
		NB: "Et system har ikke svart på mange forsøk på rad. Kjøringer som trenger det, venter og bruker ingen forsøk. Registrene er uendret, og andre systemer er ikke berørt.",
		NN: "Eit system har ikkje svart på mange forsøk på rad. Køyringar som treng det, ventar og bruker ingen forsøk. Registra er uendra, og andre system er ikkje råka.",
		EN: "A system has not answered many attempts in a row. Runs that need it wait and use no attempts up. The registries are unchanged, and other systems are not affected.",
	},
	"runbook.run.circuit.do": {
		NB: "Se på systemets side hva som sist gikk galt.\nSpør den som drifter systemet. Er nettet eller sertifikatet endret, rett tilkoblingen.\nPortalen prøver selv igjen. Svarer systemet, kan du nullstille på systemets side for å slippe å vente.",
		NN: "Sjå på sida til systemet kva som sist gjekk gale.\nSpør den som driftar systemet. Er nettet eller sertifikatet endra, rett tilkoplinga.\nPortalen prøver sjølv att. Svarer systemet, kan du nullstille på sida til systemet for å sleppe å vente.",
		EN: "See on the system's page what went wrong last.\nAsk whoever runs the system. If the network or the certificate has changed, correct the connection.\nThe portal tries again by itself. If the system answers, you can reset it on the system's page so as not to wait.",
	},
	"audit.kind.circuit": {NB: "Vert som ikke svarer", NN: "Vert som ikkje svarer", EN: "Host that does not answer"},
	"audit.did.retry":    {NB: "nye forsøk endret", NN: "nye forsøk endra", EN: "new attempts changed"},
	"audit.did.reset":    {NB: "nullstilt", NN: "nullstilt", EN: "reset"},
}
