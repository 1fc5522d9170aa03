package text

// errorsTexts holds the sentence of each error code: what happened, what it means for the data, what to do next.
var errorsTexts = Catalogue{
	"error.internal": {
		NB: "Noe gikk galt hos oss. Det du gjorde, er ikke lagret. Prøv igjen, og oppgi referansen hvis det gjentar seg.",
		NN: "Noko gjekk gale hos oss. Det du gjorde, er ikkje lagra. Prøv igjen, og gi opp referansen om det tek seg opp att.",
		EN: "Something went wrong on our side. What you did was not saved. Try again, and quote the reference if it happens again.",
	},
	"error.setting.not_found": {
		NB: "Innstillingen er ikke satt. Ingenting er endret.",
		NN: "Innstillinga er ikkje sett. Ingenting er endra.",
		EN: "The setting has no value. Nothing was changed.",
	},
}
