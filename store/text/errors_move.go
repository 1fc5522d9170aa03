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
