package text

// errorsAccess says why access can't be asked for, given or ended.
var errorsAccess = Catalogue{
	"error.access.not_found":        missing("Søknaden", "Søknaden", "The request"),
	"error.access_review.not_found": missing("Gjennomgangen", "Gjennomgangen", "The review"),
	"error.access.separation": {
		NB: "Den som er «{other}», kan ikke også være «{role}»: den som drifter portalen, godkjenner aldri. Ingenting er lagret. Velg en annen person, eller avslutt den andre tilgangen først.",
		NN: "Den som er «{other}», kan ikkje også vere «{role}»: den som driftar portalen, godkjenner aldri. Ingenting er lagra. Vel ein annan person, eller avslutt den andre tilgangen først.",
		EN: "Whoever is “{other}” cannot also be “{role}”: the one who runs the portal never approves. Nothing was saved. Choose another person, or end the other access first.",
	},
	"error.access.transition": {
		NB: "Søknaden er «{from}» og kan ikke bli «{to}» nå. Ingenting er endret.",
		NN: "Søknaden er «{from}» og kan ikkje bli «{to}» no. Ingenting er endra.",
		EN: "The request is “{from}” and cannot become “{to}” now. Nothing has changed.",
	},
	"error.access.four_eyes": {
		NB: "Du har bedt om dette, eller det gjelder deg selv. Ingenting er endret. En annen sikkerhetsleder må avgjøre det.",
		NN: "Du har bede om dette, eller det gjeld deg sjølv. Ingenting er endra. Ein annan tryggleiksleiar må avgjere det.",
		EN: "You asked for this, or it is about yourself. Nothing has changed. Another security officer must decide.",
	},
	"error.access.not_yours": {
		NB: "Bare den som ba om tilgangen, eller den som skal ha den, kan trekke søknaden. Ingenting er endret.",
		NN: "Berre den som bad om tilgangen, eller den som skal ha han, kan trekkje søknaden. Ingenting er endra.",
		EN: "Only the one who asked, or the one it is for, can withdraw the request. Nothing has changed.",
	},
	"error.access.whole_portal": {
		NB: "Rollen gjelder alltid hele portalen. Velg «Alle registre».",
		NN: "Rolla gjeld alltid heile portalen. Vel «Alle register».",
		EN: "The role always holds for the whole portal. Choose “All registries”.",
	},
	"error.access.past": {
		NB: "Dagen har vært. Velg {date} eller senere.",
		NN: "Dagen har vore. Vel {date} eller seinare.",
		EN: "The day has passed. Choose {date} or later.",
	},
	"error.access.too_long": {
		NB: "Så lenge kan tilgangen ikke vare. Velg {date} eller tidligere.",
		NN: "Så lenge kan tilgangen ikkje vare. Vel {date} eller tidlegare.",
		EN: "The access cannot last that long. Choose {date} or earlier.",
	},
	"error.access.own_deputy": {
		NB: "Ingen kan være stedfortreder for seg selv. Velg en annen.",
		NN: "Ingen kan vere stadfortredar for seg sjølv. Vel ein annan.",
		EN: "Nobody can be their own deputy. Choose somebody else.",
	},
	"error.access.beyond": {
		NB: "Den som skal være borte, har ikke denne rollen der så lenge selv. En stedfortreder får aldri mer. Velg en rolle, et register og en dato som dekkes.",
		NN: "Den som skal vere borte, har ikkje denne rolla der så lenge sjølv. Ein stadfortredar får aldri meir. Vel ei rolle, eit register og ein dato som er dekte.",
		EN: "The one who will be away does not have this role there for that long. A deputy never gets more. Choose a role, a registry and a date that are covered.",
	},
	"error.access.blocked_already": {
		NB: "{name} er sperret fra før. Ingenting er endret.",
		NN: "{name} er sperra frå før. Ingenting er endra.",
		EN: "{name} is blocked already. Nothing has changed.",
	},
	"error.access.not_blocked": {
		NB: "Personen er ikke sperret, så det er ingen sperre å oppheve. Ingenting er endret.",
		NN: "Personen er ikkje sperra, så det er inga sperre å oppheve. Ingenting er endra.",
		EN: "The person is not blocked, so there is no block to lift. Nothing has changed.",
	},
	"error.access.from_login": {
		NB: "Tilgangen kommer fra sykehusets innlogging og ville vært tilbake ved neste innlogging. Ingenting er endret. Be dem som styrer gruppene om å fjerne den, eller sperr personen hvis det haster.",
		NN: "Tilgangen kjem frå innlogginga til sjukehuset og ville vore tilbake ved neste innlogging. Ingenting er endra. Be dei som styrer gruppene om å fjerne han, eller sperr personen om det hastar.",
		EN: "The access comes from the hospital's login and would be back at the next one. Nothing has changed. Ask those who keep the groups to remove it, or block the person if it is urgent.",
	},
	"error.access.over": {
		NB: "Tilgangen er avsluttet. Ingenting er endret. Be om en ny hvis den trengs.",
		NN: "Tilgangen er avslutta. Ingenting er endra. Be om ein ny om han trengst.",
		EN: "The access has ended. Nothing has changed. Ask for a new one if it is needed.",
	},
	"error.access.asked_already": {
		NB: "Det venter alt en søknad om akkurat dette. Ingenting nytt er lagret.",
		NN: "Det ventar alt ein søknad om akkurat dette. Ingenting nytt er lagra.",
		EN: "A request for exactly this is waiting already. Nothing new was saved.",
	},
	"error.access.lapsed": {
		NB: "Søknaden har ventet for lenge, eller datoen den gjelder til, har vært. Ingenting er gitt. Be om tilgangen på nytt.",
		NN: "Søknaden har venta for lenge, eller datoen han gjeld til, har vore. Ingenting er gitt. Be om tilgangen på nytt.",
		EN: "The request has waited too long, or the date it asks for has passed. Nothing was granted. Ask for the access again.",
	},
	"error.access.review_open": {
		NB: "En gjennomgang av denne tilgangen er i gang fra før. Gå videre med den.",
		NN: "Ein gjennomgang av denne tilgangen er i gang frå før. Gå vidare med han.",
		EN: "A review of this access is under way already. Continue with it.",
	},
	"error.access.review_closed": {
		NB: "Gjennomgangen er ferdig. Ingenting er endret.",
		NN: "Gjennomgangen er ferdig. Ingenting er endra.",
		EN: "The review is done. Nothing has changed.",
	},
	"error.access.own_line": {
		NB: "Ingen bekrefter sin egen tilgang. Ingenting er lagret. En annen må svare for den linjen.",
		NN: "Ingen stadfestar sin eigen tilgang. Ingenting er lagra. Ein annan må svare for den linja.",
		EN: "Nobody confirms their own access. Nothing was saved. Somebody else must answer for that line.",
	},
	"request.asked":     {NB: "Venter på avgjørelse", NN: "Ventar på avgjerd", EN: "Waits for a decision"},
	"request.granted":   {NB: "Innvilget", NN: "Innvilga", EN: "Granted"},
	"request.declined":  {NB: "Avslått", NN: "Avslått", EN: "Declined"},
	"request.withdrawn": {NB: "Trukket", NN: "Trekt", EN: "Withdrawn"},
	"request.lapsed":    {NB: "Falt bort", NN: "Fall bort", EN: "Lapsed"},
}
