package text

// backfillTexts are about loading a range of days anew, by a plan that is shown first.
var backfillTexts = Catalogue{
	"trigger.backfill": {NB: "Etterfylling", NN: "Etterfylling", EN: "Backfill"},
	"error.backfill.order": {
		NB: "Siste dag kan ikke være før første.",
		NN: "Siste dag kan ikkje vere før første.",
		EN: "The last day cannot be before the first.",
	},
	"error.backfill.long": {
		NB: "En etterfylling kan dekke høyst {days} dager. Del den i flere.",
		NN: "Ei etterfylling kan dekkje høgst {days} dagar. Del ho i fleire.",
		EN: "A backfill can cover at most {days} days. Make several.",
	},
	"error.backfill.not_found": {
		NB: "Vi finner ikke etterfyllingen. En plan som ingen setter i gang, blir glemt etter en uke. Registeret er uendret. Lag en ny plan.",
		NN: "Vi finn ikkje etterfyllinga. Ein plan som ingen set i gang, blir gløymd etter ei veke. Registeret er uendra. Lag ein ny plan.",
		EN: "We cannot find the backfill. A plan that nobody starts is forgotten after a week. The registry is unchanged. Make a new plan.",
	},
	"error.backfill.state": {
		NB: "Etterfyllingen er satt i gang eller avsluttet allerede. Ingenting er endret. Last siden på nytt.",
		NN: "Etterfyllinga er sett i gang eller avslutta alt. Ingenting er endra. Last sida på nytt.",
		EN: "The backfill has been started or has ended already. Nothing was changed. Reload the page.",
	},
	"error.backfill.busy": {
		NB: "En annen etterfylling av integrasjonen er i gang. Vent til den er ferdig, eller avbryt den.",
		NN: "Ei anna etterfylling av integrasjonen er i gang. Vent til ho er ferdig, eller avbryt ho.",
		EN: "Another backfill of the integration is going on. Wait until it is done, or cancel it.",
	},
	"error.backfill.stopped": {
		NB: "En tidligere kjøring i etterfyllingen gikk ikke bra, så denne ble ikke startet. Registeret er uendret av den. Se den tidligere kjøringen, og lag en ny plan når årsaken er rettet.",
		NN: "Ei tidlegare køyring i etterfyllinga gjekk ikkje bra, så denne vart ikkje starta. Registeret er uendra av ho. Sjå den tidlegare køyringa, og lag ein ny plan når årsaka er retta.",
		EN: "An earlier run of the backfill did not go well, so this one was not started. It changed nothing in the registry. See the earlier run, and make a new plan when the cause is put right.",
	},
	"audit.kind.backfill":    {NB: "Etterfylling", NN: "Etterfylling", EN: "Backfill"},
	"audit.detail.hash":      {NB: "Avtrykk av planen", NN: "Avtrykk av planen", EN: "Hash of the plan"},
	"audit.detail.cancelled": {NB: "Ikke startet", NN: "Ikkje starta", EN: "Not started"},
}
