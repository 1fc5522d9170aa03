package text

// moveErrors says why a move to another system can't go on.
var moveErrors = Catalogue{
	"error.move.not_found": {
		NB: "Flyttingen finnes ikke. Ingenting er endret. Åpne integrasjonen og se hva som gjelder nå.",
		NN: "Flyttinga finst ikkje. Ingenting er endra. Opne integrasjonen og sjå kva som gjeld no.",
		EN: "The move does not exist. Nothing was changed. Open the integration to see what holds now.",
	},
	"error.move.open": {
		NB: "Integrasjonen er allerede på vei til et annet system. Ingenting er endret. Fullfør eller avbryt den flyttingen først.",
		NN: "Integrasjonen er alt på veg til eit anna system. Ingenting er endra. Fullfør eller avbryt den flyttinga først.",
		EN: "The integration is on its way to another system already. Nothing was changed. Complete or abandon that move first.",
	},
	"error.move.transition": {
		NB: "Flyttingen kan ikke gå fra «{from}» til «{to}». Ingenting er endret. Last siden på nytt og se hva som gjelder nå.",
		NN: "Flyttinga kan ikkje gå frå «{from}» til «{to}». Ingenting er endra. Last sida på nytt og sjå kva som gjeld no.",
		EN: "The move cannot go from “{from}” to “{to}”. Nothing was changed. Reload the page to see what holds now.",
	},
	"error.move.not_approved": {
		NB: "Den nye integrasjonen er ikke godkjent, så den kan ikke kjøre. Registeret er uendret. Få den godkjent først.",
		NN: "Den nye integrasjonen er ikkje godkjend, så han kan ikkje køyre. Registeret er uendra. Få han godkjend først.",
		EN: "The new integration is not approved, so it cannot run. The registry is unchanged. Get it approved first.",
	},
	"error.move.too_few_runs": {
		NB: "{n} {n|par|par} kjøringer er sammenlignet, og planen krever {min}. Den gamle kjører videre, og registeret er uendret. Vent på flere kjøringer.",
		NN: "{n} {n|par|par} køyringar er samanlikna, og planen krev {min}. Den gamle køyrer vidare, og registeret er uendra. Vent på fleire køyringar.",
		EN: "{n} {n|pair|pairs} of runs have been compared, and the plan asks for {min}. The old one goes on, and the registry is unchanged. Wait for more runs.",
	},
	"error.move.differs": {
		NB: "Den siste sammenligningen har forskjeller utenfor grensene. Registeret er uendret. Finn årsaken, eller skriv hvorfor forskjellene er riktige.",
		NN: "Den siste samanlikninga har skilnader utanfor grensene. Registeret er uendra. Finn årsaka, eller skriv kvifor skilnadene er rette.",
		EN: "The latest comparison has differences beyond the limits. The registry is unchanged. Find the cause, or write why the differences are right.",
	},
	"error.move.too_early": {
		NB: "Den planlagte siste dagen er {date}. Den gamle kjører videre, og registeret er uendret. Vent til da, eller skriv hvorfor dere bytter før planen.",
		NN: "Den planlagde siste dagen er {date}. Den gamle køyrer vidare, og registeret er uendra. Vent til då, eller skriv kvifor de byter før planen.",
		EN: "The planned last day is {date}. The old one goes on, and the registry is unchanged. Wait until then, or write why you switch before the plan.",
	},
	"error.move.holds_old": {
		NB: "Registeret leses inn av en annen integrasjon etter flyttingen, og bare én av de to kan lese inn. Ingenting er endret. Velg «Bytt tilbake» på siden om flyttingen, eller avslutt denne.",
		NN: "Registeret blir lese inn av ein annan integrasjon etter flyttinga, og berre éin av dei to kan lese inn. Ingenting er endra. Vel «Byt tilbake» på sida om flyttinga, eller avslutt denne.",
		EN: "Another integration loads the registry after the move, and only one of the two may load. Nothing was changed. Choose “Switch back” on the page of the move, or end this one.",
	},
	"error.move.holds_new": {
		NB: "Integrasjonen leser inn registeret etter en flytting som kan angres. Ingenting er endret. Bytt tilbake først, eller avslutt den gamle.",
		NN: "Integrasjonen les inn registeret etter ei flytting som kan angrast. Ingenting er endra. Byt tilbake først, eller avslutt den gamle.",
		EN: "The integration loads the registry after a move that can be undone. Nothing was changed. Switch back first, or end the old one.",
	},
	"error.move.holds_copy": {
		NB: "Integrasjonen er kopien i en flytting. Ingenting er endret. Velg «Avbryt flyttingen» på siden om flyttingen for å avslutte den.",
		NN: "Integrasjonen er kopien i ei flytting. Ingenting er endra. Vel «Avbryt flyttinga» på sida om flyttinga for å avslutte han.",
		EN: "The integration is the copy in a move. Nothing was changed. Choose “Abandon the move” on the page of the move to end it.",
	},
	"error.gate.moved": {
		NB: "Registeret leses inn av en annen integrasjon etter flyttingen, så denne kan ikke kjøre. Ingenting er hentet, og registeret er uendret. Velg «Bytt tilbake» på siden om flyttingen, eller avslutt denne.",
		NN: "Registeret blir lese inn av ein annan integrasjon etter flyttinga, så denne kan ikkje køyre. Ingenting er henta, og registeret er uendra. Vel «Byt tilbake» på sida om flyttinga, eller avslutt denne.",
		EN: "Another integration loads the registry after the move, so this one cannot run. Nothing was fetched, and the registry is unchanged. Choose “Switch back” on the page of the move, or end this one.",
	},
	"error.run.move_undone": {
		NB: "Flyttingen ble byttet tilbake etter at kjøringen begynte, så integrasjonen leser ikke inn lenger. Ingenting er lest inn, og registeret er uendret. Avvis kjøringen hvis den venter. Den neste går som skygge.",
		NN: "Flyttinga vart bytt tilbake etter at køyringa byrja, så integrasjonen les ikkje inn lenger. Ingenting er lese inn, og registeret er uendra. Avvis køyringa om ho ventar. Den neste går som skugge.",
		EN: "The move was switched back after the run began, so the integration no longer loads. Nothing was loaded, and the registry is unchanged. Reject the run if it waits. The next one is a shadow.",
	},
	"error.distribution.not_found": {
		NB: "Kjøringen har ingen fordeling å sammenligne med. Bare kjøringer mens to integrasjoner går side om side, har det.",
		NN: "Køyringa har inga fordeling å samanlikne med. Berre køyringar medan to integrasjonar går side om side, har det.",
		EN: "The run has no distribution to compare. Only runs while two integrations go side by side have one.",
	},
	"move.state.planned":      {NB: "Planlagt", NN: "Planlagd", EN: "Planned"},
	"move.state.side_by_side": {NB: "Kjører side om side", NN: "Køyrer side om side", EN: "Running side by side"},
	"move.state.switched":     {NB: "Byttet", NN: "Bytt", EN: "Switched"},
	"move.state.abandoned":    {NB: "Avbrutt", NN: "Avbroten", EN: "Abandoned"},
}
