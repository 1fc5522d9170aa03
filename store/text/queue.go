package text

import "samband/store"

// Footing says why an approved integration can't run, in a sentence or more for each refusal; none when it can.
func Footing(lang Lang, f *store.Footing) []string {
	lines := make([]string, len(f.Refusals))
	for i, e := range f.Refusals {
		if lines[i] = Error(lang, e); e.Code == "gate.scope_not_covered" { // the page of the approval lists them
			lines[i] = T(lang, "approvals.footing.changes", "n", f.Changes)
		}
	}
	return lines
}

// queue holds the words of what waits for the security officer.
var queue = Catalogue{
	"approvals.waited": {NB: "{registry}. Sendt inn av {name}, {at}. {what}", NN: "{registry}. Send inn av {name}, {at}. {what}", EN: "{registry}. Submitted by {name}, {at}. {what}"},
	"approvals.what.first": {
		NB: "Første gang: alt i omfanget er nytt.",
		NN: "Første gong: alt i omfanget er nytt.",
		EN: "The first time: everything in the scope is new.",
	},
	"approvals.what.none":     {NB: "Samme omfang som før, nytt grunnlag eller ny tid.", NN: "Same omfang som før, nytt grunnlag eller ny tid.", EN: "The same scope as before, a new basis or a new time."},
	"approvals.what.wider":    {NB: "{n} {n|endring|endringer}. Omfanget blir videre eller annerledes.", NN: "{n} {n|endring|endringar}. Omfanget blir vidare eller annleis.", EN: "{n} {n|change|changes}. The scope gets wider or different."},
	"approvals.what.narrower": {NB: "{n} {n|endring|endringer}. Omfanget blir bare smalere.", NN: "{n} {n|endring|endringar}. Omfanget blir berre smalare.", EN: "{n} {n|change|changes}. The scope only gets narrower."},

	"approvals.drifted": {NB: "Har glidd fra godkjenningen", NN: "Har glidd frå godkjenninga", EN: "Has drifted from its approval"},
	"approvals.drifted.lead": {
		NB: "Det som ville kjørt nå, er ikke det som er godkjent. Kjøringer avvises til endringen er sendt inn og godkjent, eller tatt tilbake.",
		NN: "Det som ville køyrt no, er ikkje det som er godkjent. Køyringar blir avviste til endringa er send inn og godkjend, eller teken tilbake.",
		EN: "What would run now is not what was approved. Runs are refused until the change is submitted and approved, or taken back.",
	},
	"approvals.footing.changes": {
		NB: "{n} {n|endring|endringer} som godkjenningen ikke dekker.",
		NN: "{n} {n|endring|endringar} som godkjenninga ikkje dekkjer.",
		EN: "{n} {n|change|changes} that the approval does not cover.",
	},
	"approvals.footing.waits": {NB: "Endringen er sendt inn og venter på avgjørelse.", NN: "Endringa er send inn og ventar på avgjerd.", EN: "The change is submitted and waits for a decision."},
	"approvals.footing.ok": {
		NB: "Alt som er godkjent, er slik det ble godkjent, og kan kjøre.",
		NN: "Alt som er godkjent, er slik det vart godkjent, og kan køyre.",
		EN: "Everything approved is as it was approved, and can run.",
	},
	"approvals.footing": {NB: "Det som er godkjent", NN: "Det som er godkjent", EN: "What is approved"},
	"approvals.stopped": {NB: "Godkjent, men kan ikke kjøre", NN: "Godkjent, men kan ikkje køyre", EN: "Approved, but cannot run"},
	"approvals.stopped.lead": {
		NB: "Hver kjøring avvises til det som står her, er rettet.",
		NN: "Kvar køyring blir avvist til det som står her, er retta.",
		EN: "Every run is refused until what stands here is put right.",
	},
	"approvals.unseen": {NB: "Vilkår meldt oppfylt", NN: "Vilkår melde oppfylte", EN: "Conditions said to be met"},
	"approvals.unseen.lead": {
		NB: "Noen har meldt vilkåret oppfylt, og integrasjonen kjører. Se på det som er oppgitt, og noter at du har sett det.",
		NN: "Nokon har meldt vilkåret oppfylt, og integrasjonen køyrer. Sjå på det som er oppgitt, og noter at du har sett det.",
		EN: "Somebody says that the condition is met, and the integration runs. Look at what was given, and note that you have seen it.",
	},
	"approvals.unseen.title": {NB: "{integration}, vilkår {no}", NN: "{integration}, vilkår {no}", EN: "{integration}, condition {no}"},

	"approvals.within.over": {NB: "Har gått ut", NN: "Har gått ut", EN: "Has run out"},
	"approvals.within.7":    {NB: "Innen 7 døgn", NN: "Innan 7 døgn", EN: "Within 7 days"},
	"approvals.within.30":   {NB: "Innen 30 døgn", NN: "Innan 30 døgn", EN: "Within 30 days"},
	"approvals.within.60":   {NB: "Innen 60 døgn", NN: "Innan 60 døgn", EN: "Within 60 days"},
}
