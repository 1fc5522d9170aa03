package text

// command holds what the shell says.
var command = Catalogue{
	"command.unknown": {
		NB: "Det finnes ingen kommando som heter «{name}».",
		NN: "Det finst ingen kommando som heiter «{name}».",
		EN: "There is no command called “{name}”.",
	},
	"command.flag": {
		NB: "Valget {flag} finnes ikke, eller verdien mangler eller passer ikke.",
		NN: "Valet {flag} finst ikkje, eller verdien manglar eller passar ikkje.",
		EN: "There is no option {flag}, or its value is missing or does not fit.",
	},
	"command.too_few": {
		NB: "Kommandoen mangler et navn.",
		NN: "Kommandoen manglar eit namn.",
		EN: "The command lacks a name.",
	},
	"command.too_many": {
		NB: "Kommandoen fikk flere navn enn den tar.",
		NN: "Kommandoen fekk fleire namn enn han tek.",
		EN: "The command got more names than it takes.",
	},
	"command.run.head": {
		NB: "Kjøring {no} av {integration}: {state}",
		NN: "Køyring {no} av {integration}: {state}",
		EN: "Run {no} of {integration}: {state}",
	},
	"command.run.rows": {
		NB: "{n} {n|rad|rader}",
		NN: "{n} {n|rad|rader}",
		EN: "{n} {n|row|rows}",
	},
	"command.import.done": {
		NB: "Nye: {created}. Endret: {changed}. Uendret: {unchanged}.",
		NN: "Nye: {created}. Endra: {changed}. Uendra: {unchanged}.",
		EN: "New: {created}. Changed: {changed}. Unchanged: {unchanged}.",
	},
	"command.import.bare": {
		NB: "Godkjenningen dekker ikke alt som er importert for {n} {n|integrasjon|integrasjoner}. Det som ikke er dekket, kjører ikke før det er godkjent på nytt.",
		NN: "Godkjenninga dekkjer ikkje alt som er importert for {n} {n|integrasjon|integrasjonar}. Det som ikkje er dekt, køyrer ikkje før det er godkjent på nytt.",
		EN: "The approval does not cover all that was imported for {n} {n|integration|integrations}. What is not covered does not run until it is approved anew.",
	},
	"command.codebook.file": {
		NB: "{title}. {format}. {n} {n|variabel|variabler}",
		NN: "{title}. {format}. {n} {n|variabel|variablar}",
		EN: "{title}. {format}. {n} {n|variable|variables}",
	},
	"command.codebook.same": {
		NB: "Filen sier det samme som versjon {no} av {id}. Ingenting er publisert.",
		NN: "Fila seier det same som versjon {no} av {id}. Ingenting er publisert.",
		EN: "The file says the same as version {no} of {id}. Nothing was published.",
	},
	"command.codebook.published": {
		NB: "Versjon {no} av {id} er publisert.",
		NN: "Versjon {no} av {id} er publisert.",
		EN: "Version {no} of {id} is published.",
	},
	"need.yes":     {NB: "ja", NN: "ja", EN: "yes"},
	"need.no":      {NB: "nei", NN: "nei", EN: "no"},
	"need.if":      {NB: "av og til", NN: "av og til", EN: "sometimes"},
	"need.unknown": {NB: "ukjent", NN: "ukjent", EN: "unknown"},
	"command.dump.files": {
		NB: "Oppgi en fil for helsedelen (--health) og en for identitetsdelen (--identity).",
		NN: "Gi opp ei fil for helsedelen (--health) og ei for identitetsdelen (--identity).",
		EN: "Name a file for the health part (--health) and one for the identity part (--identity).",
	},
	"command.dump.same": {
		NB: "Helsedelen og identitetsdelen må skrives til hver sin fil.",
		NN: "Helsedelen og identitetsdelen må skrivast til kvar si fil.",
		EN: "The health part and the identity part must be written to different files.",
	},
	"command.dump.done": {
		NB: "{rows} {rows|rad|rader} og {persons} {persons|person|personer} er skrevet.",
		NN: "{rows} {rows|rad|rader} og {persons} {persons|person|personar} er skrivne.",
		EN: "{rows} {rows|row|rows} and {persons} {persons|person|persons} were written.",
	},
	"command.doctor.ok": {
		NB: "i orden",
		NN: "i orden",
		EN: "in order",
	},
	"command.doctor.bad": {
		NB: "IKKE i orden: {problem}",
		NN: "IKKJE i orden: {problem}",
		EN: "NOT in order: {problem}",
	},
	"doctor.portal":  {NB: "Portaldatabasen", NN: "Portaldatabasen", EN: "The portal database"},
	"doctor.consent": {NB: "Samtykkelageret", NN: "Samtykkelageret", EN: "The store of consents"},
	"doctor.vault":   {NB: "Hvelvet", NN: "Kvelvet", EN: "The vault"},
	"doctor.registry": {
		NB: "Registeret {registry}",
		NN: "Registeret {registry}",
		EN: "The registry {registry}",
	},
	"doctor.space": {
		NB: "Ledig plass ({free} GB)",
		NN: "Ledig plass ({free} GB)",
		EN: "Free space ({free} GB)",
	},
	"doctor.queue": {
		NB: "Køen ({depth} venter)",
		NN: "Køen ({depth} ventar)",
		EN: "The queue ({depth} waiting)",
	},
	"doctor.keys": {NB: "Hovednøklene", NN: "Hovudnøklane", EN: "The master keys"},
}
