package text

// auditLog holds what is said of the log as proof: its hashes, signatures and checkpoints.
var auditLog = Catalogue{
	"error.audit.not_found": {
		NB: "Loggen har ingen linje med det nummeret.",
		NN: "Loggen har inga linje med det nummeret.",
		EN: "The log has no line with that number.",
	},
	"error.audit.short": {
		NB: "Loggen har færre linjer enn det spørres om, eller sporene i den mangler. Ingenting er endret. Kjør samband audit verify.",
		NN: "Loggen har færre linjer enn det det blir spurt om, eller spora i han manglar. Ingenting er endra. Køyr samband audit verify.",
		EN: "The log has fewer lines than are asked for, or its hashes are missing. Nothing has changed. Run samband audit verify.",
	},
	"error.audit.tree": {
		NB: "Beviset kan ikke regnes ut: loggen har ikke den linjen. Ingenting er endret.",
		NN: "Beviset kan ikkje reknast ut: loggen har ikkje den linja. Ingenting er endra.",
		EN: "The proof cannot be computed: the log does not have that line. Nothing has changed.",
	},
	"error.audit.proof": {
		NB: "Beviset stemmer ikke: det som vises, er ikke det som ble logget, eller det hører til en annen logg.",
		NN: "Beviset stemmer ikkje: det som blir vist, er ikkje det som vart logga, eller det høyrer til ein annan logg.",
		EN: "The proof does not hold: what is shown is not what was logged, or it belongs to another log.",
	},
	"error.audit.signature": {
		NB: "Signaturen stemmer ikke: innholdet er endret, eller det er signert med en annen nøkkel.",
		NN: "Signaturen stemmer ikkje: innhaldet er endra, eller det er signert med ein annan nøkkel.",
		EN: "The signature does not hold: the content was changed, or it was signed with another key.",
	},
	"error.audit.checkpoint": {
		NB: "Dette er ikke et sjekkpunkt for denne loggen. Ingenting er endret.",
		NN: "Dette er ikkje eit sjekkpunkt for denne loggen. Ingenting er endra.",
		EN: "This is not a checkpoint of this log. Nothing has changed.",
	},
	"error.audit.key": {
		NB: "Dette er ikke en offentlig nøkkel fra Samband. Kopier hele linjen som samband doctor viser: navn, pluss, åtte tegn, pluss, resten.",
		NN: "Dette er ikkje ein offentleg nøkkel frå Samband. Kopier heile linja som samband doctor viser: namn, pluss, åtte teikn, pluss, resten.",
		EN: "This is not a public key of Samband. Copy the whole line that samband doctor shows: name, plus, eight characters, plus, the rest.",
	},
	"error.audit.sign": {
		NB: "Det kan ikke signeres. Ingenting er endret. Si fra til den som drifter portalen.",
		NN: "Det kan ikkje signerast. Ingenting er endra. Sei frå til den som driftar portalen.",
		EN: "It cannot be signed. Nothing has changed. Tell whoever operates the portal.",
	},
}
