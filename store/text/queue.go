package text

// queue holds the words of what waits for the security officer.
var queue = Catalogue{
	"approvals.waited": {NB: "{registry}. Sendt inn av {name}, {at}. {what}", NN: "{registry}. Send inn av {name}, {at}. {what}", EN: "{registry}. Submitted by {name}, {at}. {what}"},
	"approvals.what.first": {
		NB: "Første gang: alt i omfanget er nytt.",
		NN: "Første gong: alt i omfanget er nytt.",
		EN: "The first time: everything in the scope is new.",
	},
	"approvals.what.none":     {NB: "Samme omfang som før, nytt grunnlag eller ny tid.", NN: "Same omfang som før, nytt grunnlag eller ny tid.", EN: "The same scope as before, a new basis or a new time."},
	"approvals.what.wider":    {NB: "{n} {n|linje|linjer} endret. Omfanget blir videre eller annerledes.", NN: "{n} {n|linje|linjer} endra. Omfanget blir vidare eller annleis.", EN: "{n} {n|line|lines} changed. The scope gets wider or different."},
	"approvals.what.narrower": {NB: "{n} {n|linje|linjer} endret. Omfanget blir bare smalere.", NN: "{n} {n|linje|linjer} endra. Omfanget blir berre smalare.", EN: "{n} {n|line|lines} changed. The scope only gets narrower."},

	"approvals.drifted": {NB: "Har glidd fra godkjenningen", NN: "Har glidd frå godkjenninga", EN: "Has drifted from its approval"},
	"approvals.drifted.lead": {
		NB: "Det som ville kjørt nå, er ikke det som er godkjent. Kjøringer avvises til endringen er sendt inn og godkjent, eller tatt tilbake.",
		NN: "Det som ville køyrt no, er ikkje det som er godkjent. Køyringar blir avviste til endringa er send inn og godkjend, eller teken tilbake.",
		EN: "What would run now is not what was approved. Runs are refused until the change is submitted and approved, or taken back.",
	},
	"approvals.drifted.one": {
		NB: "{registry}. {n} {n|linje|linjer} som godkjenningen ikke dekker.",
		NN: "{registry}. {n} {n|linje|linjer} som godkjenninga ikkje dekkjer.",
		EN: "{registry}. {n} {n|line|lines} that the approval does not cover.",
	},
	"approvals.drifted.none": {NB: "Alt som er godkjent, er slik det ble godkjent.", NN: "Alt som er godkjent, er slik det vart godkjent.", EN: "Everything approved is as it was approved."},

	"approvals.within.over": {NB: "Har gått ut", NN: "Har gått ut", EN: "Has run out"},
	"approvals.within.7":    {NB: "Innen 7 døgn", NN: "Innan 7 døgn", EN: "Within 7 days"},
	"approvals.within.30":   {NB: "Innen 30 døgn", NN: "Innan 30 døgn", EN: "Within 30 days"},
	"approvals.within.60":   {NB: "Innen 60 døgn", NN: "Innan 60 døgn", EN: "Within 60 days"},
}
