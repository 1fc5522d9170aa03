package text

// proof holds the words of the table that says which documents cover each field.
var proof = Catalogue{
	"proof.title": {NB: "Hvilken ROS og LD dekker hvert felt", NN: "Kva ROS og LD dekkjer kvart felt", EN: "Which ROS and LD cover each field"},
	"proof.lead": {
		NB: "Et felt flyttes bare når både risikoanalysen og løsningsdesignet sier noe om metoden og om feltet, ved navn eller klasse.",
		NN: "Eit felt blir berre flytt når både risikoanalysen og løysingsdesignet seier noko om metoden og om feltet, ved namn eller klasse.",
		EN: "A field is moved only when both the risk analysis and the solution design speak of the method and of the field, by name or class.",
	},
	"proof.count":        {NB: "{n} av {of} er dekket", NN: "{n} av {of} er dekte", EN: "{n} of {of} are covered"},
	"proof.fields":       {NB: "Feltene", NN: "Felta", EN: "The fields"},
	"proof.field":        {NB: "Felt", NN: "Felt", EN: "Field"},
	"proof.class":        {NB: "Klasse og sensitivitet", NN: "Klasse og sensitivitet", EN: "Class and sensitivity"},
	"proof.none":         {NB: "Dekker ikke", NN: "Dekkjer ikkje", EN: "Does not cover"},
	"proof.approved":     {NB: "Godkjent", NN: "Godkjent", EN: "Approved"},
	"proof.not_approved": {NB: "Ikke godkjent", NN: "Ikkje godkjent", EN: "Not approved"},
}
