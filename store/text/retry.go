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
		NB: "Ventetiden kan bli 1 til {max} ganger så lang for hvert forsøk.",
		NN: "Ventetida kan bli 1 til {max} gonger så lang for kvart forsøk.",
		EN: "Each wait can be 1 to {max} times as long as the one before.",
	},
	"error.retry.most": {
		NB: "Den lengste ventetiden kan ikke være kortere enn den første, og høyst ett døgn.",
		NN: "Den lengste ventetida kan ikkje vere kortare enn den første, og høgst eitt døgn.",
		EN: "The longest wait cannot be shorter than the first, and is at most 24 hours.",
	},
	"error.retry.timeout": {
		NB: "Et forsøk kan ta fra ett minutt til {hours} timer.",
		NN: "Eit forsøk kan ta frå eitt minutt til {hours} timar.",
		EN: "An attempt can take from one minute to {hours} hours.",
	},
	"error.circuit.not_found": {
		NB: "Verten svarer igjen, eller noen andre har åpnet den. Det er ingenting å nullstille.",
		NN: "Verten svarer att, eller nokon andre har opna han. Det er ingenting å nullstille.",
		EN: "The host answers again, or somebody else has let runs through. There is nothing to reset.",
	},
	"audit.kind.circuit": {NB: "Vert som ikke svarer", NN: "Vert som ikkje svarer", EN: "Host that does not answer"},
	"audit.did.retry":    {NB: "nye forsøk endret", NN: "nye forsøk endra", EN: "new attempts changed"},
	"audit.did.reset":    {NB: "nullstilt", NN: "nullstilt", EN: "reset"},
}
