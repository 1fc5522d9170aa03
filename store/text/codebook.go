package text

// codebookTexts holds the words of codebooks.
var codebookTexts = Catalogue{
	"book.lead": {
		NB: "{n} {n|variabel|variabler} i {registry}.",
		NN: "{n} {n|variabel|variablar} i {registry}.",
		EN: "{n} {n|variable|variables} of {registry}.",
	},
	"book.key":    {NB: "Nøkkel: {names}", NN: "Nøkkel: {names}", EN: "Key: {names}"},
	"book.newest": {NB: "Versjon {no}, den nyeste", NN: "Versjon {no}, den nyaste", EN: "Version {no}, the newest"},
	"book.older": {
		NB: "Versjon {no}. Den nyeste er {newest}",
		NN: "Versjon {no}. Den nyaste er {newest}",
		EN: "Version {no}. The newest is {newest}",
	},
	"book.csv": {NB: "Last ned som CSV", NN: "Last ned som CSV", EN: "Download as CSV"},
	"book.count": {
		NB: "{n} {n|variabel|variabler}",
		NN: "{n} {n|variabel|variablar}",
		EN: "{n} {n|variable|variables}",
	},
	"book.form":         {NB: "Skjema", NN: "Skjema", EN: "Form"},
	"book.name":         {NB: "Navn", NN: "Namn", EN: "Name"},
	"book.label":        {NB: "Ledetekst", NN: "Leietekst", EN: "Label"},
	"book.type":         {NB: "Type", NN: "Type", EN: "Type"},
	"book.unit":         {NB: "Enhet", NN: "Eining", EN: "Unit"},
	"book.range":        {NB: "Grenser", NN: "Grenser", EN: "Limits"},
	"book.min":          {NB: "Minst", NN: "Minst", EN: "Minimum"},
	"book.max":          {NB: "Høyst", NN: "Høgst", EN: "Maximum"},
	"book.required":     {NB: "Obligatorisk", NN: "Obligatorisk", EN: "Required"},
	"book.class":        {NB: "Klasse", NN: "Klasse", EN: "Class"},
	"book.codes":        {NB: "Koder", NN: "Kodar", EN: "Codes"},
	"book.code.missing": {NB: "betyr ikke kjent", NN: "tyder ikkje kjent", EN: "means not known"},
	"book.yes":          {NB: "ja", NN: "ja", EN: "yes"},
	"book.no":           {NB: "nei", NN: "nei", EN: "no"},
	"book.uses":         {NB: "Brukes av", NN: "Blir brukt av", EN: "Used by"},
	"book.uses.none": {
		NB: "Ingen integrasjoner bruker kodeboken ennå.",
		NN: "Ingen integrasjonar bruker kodeboka enno.",
		EN: "No integration uses the codebook yet.",
	},
	"book.integration": {NB: "Integrasjon", NN: "Integrasjon", EN: "Integration"},
	"book.mapped":      {NB: "Variabler mappet", NN: "Variablar mappa", EN: "Variables mapped"},
	"book.version":     {NB: "Versjon av kodeboken", NN: "Versjon av kodeboka", EN: "Version of the codebook"},
	"book.unmapped":    {NB: "Ingen mapping i bruk", NN: "Inga mapping i bruk", EN: "No mapping in use"},
	"book.variables":   {NB: "Variabler", NN: "Variablar", EN: "Variables"},
}
