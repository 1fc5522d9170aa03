package text

// sessionTexts are about logins: how long they last, which ones there are, and the emergency account.
var sessionTexts = Catalogue{
	"audit.kind.session":        {NB: "Innlogging", NN: "Innlogging", EN: "Login"},
	"audit.kind.emergency":      {NB: "Nødkonto", NN: "Naudkonto", EN: "Emergency account"},
	"audit.did.provider_logout": {NB: "avsluttet av sykehusets innlogging", NN: "avslutta av innlogginga til sjukehuset", EN: "ended by the hospital's login"},
	"audit.did.seal":            {NB: "ny kode forseglet", NN: "ny kode forsegla", EN: "new code sealed"},
	"audit.did.emergency":       {NB: "med nødkonto", NN: "med naudkonto", EN: "with the emergency account"},

	"access.source.emergency": {NB: "Nødkonto", NN: "Naudkonto", EN: "Emergency account"},

	"error.session.replayed": {
		NB: "Utloggingen er behandlet før. Ingenting er endret.", NN: "Utlogginga er behandla før. Ingenting er endra.",
		EN: "The logout has been handled before. Nothing has changed.",
	},
	"error.emergency.used": {
		NB: "Koden er brukt eller erstattet av en nyere. Du er ikke logget inn. Den som drifter portalen, kan forsegle en ny.",
		NN: "Koden er brukt eller erstatta av ein nyare. Du er ikkje logga inn. Den som driftar portalen, kan forsegle ein ny.",
		EN: "The code has been used or replaced by a newer one. You are not logged in. Whoever runs the portal can seal a new one.",
	},
	"error.emergency.not_found": {
		NB: "Ingen kode for nødkontoen er forseglet.", NN: "Ingen kode for naudkontoen er forsegla.",
		EN: "No code for the emergency account is sealed.",
	},
}
