package text

// catalogueForms holds the words of the public catalogue as a list, as files and as DCAT.
var catalogueForms = Catalogue{
	"catalogue.list": {
		NB: "Godkjente integrasjoner",
		NN: "Godkjende integrasjonar",
		EN: "Approved integrations",
	},
	"catalogue.list.lead": {
		NB: "Disse kan kjøre nå: godkjenningen, ROS og LD gjelder i dag.",
		NN: "Desse kan køyre no: godkjenninga, ROS og LD gjeld i dag.",
		EN: "These may run now: the approval, the ROS and the LD hold today.",
	},
	"catalogue.list.none": {
		NB: "Ingen av integrasjonene som vises, er godkjent i dag.",
		NN: "Ingen av integrasjonane som blir viste, er godkjende i dag.",
		EN: "None of the integrations shown are approved today.",
	},
	"catalogue.col.solution":    {NB: "Løsning", NN: "Løysing", EN: "Solution"},
	"catalogue.col.integration": {NB: "Integrasjon", NN: "Integrasjon", EN: "Integration"},
	"catalogue.col.registry":    {NB: "Register", NN: "Register", EN: "Registry"},
	"catalogue.col.system":      {NB: "System", NN: "System", EN: "System"},
	"catalogue.col.direction":   {NB: "Retning", NN: "Retning", EN: "Direction"},
	"catalogue.col.state":       {NB: "Status", NN: "Status", EN: "State"},
	"catalogue.col.approved":    {NB: "Godkjent nå", NN: "Godkjend no", EN: "Approved now"},
	"catalogue.col.approved_on": {NB: "Godkjent", NN: "Godkjend", EN: "Approved"},
	"catalogue.col.approved_to": {NB: "Gjelder til", NN: "Gjeld til", EN: "Valid to"},
	"catalogue.col.ros":         {NB: "ROS", NN: "ROS", EN: "ROS"},
	"catalogue.col.ld":          {NB: "LD", NN: "LD", EN: "LD"},
	"catalogue.col.demo":        {NB: "Demonstrasjon", NN: "Demonstrasjon", EN: "Demonstration"},
	"catalogue.col.page":        {NB: "Side", NN: "Side", EN: "Page"},
	"catalogue.forms":           {NB: "Katalogen som fil", NN: "Katalogen som fil", EN: "The catalogue as a file"},
	"catalogue.forms.lead": {
		NB: "Siden kan skrives ut. Det samme finnes som tabell, for programmer og for datakataloger (DCAT-AP-NO).",
		NN: "Sida kan skrivast ut. Det same finst som tabell, for program og for datakatalogar (DCAT-AP-NO).",
		EN: "The page can be printed. The same exists as a table, for programs and for data catalogues (DCAT-AP-NO).",
	},
	"catalogue.form.csv":    {NB: "CSV, for regneark", NN: "CSV, for rekneark", EN: "CSV, for spreadsheets"},
	"catalogue.form.json":   {NB: "JSON", NN: "JSON", EN: "JSON"},
	"catalogue.form.jsonld": {NB: "DCAT som JSON-LD", NN: "DCAT som JSON-LD", EN: "DCAT as JSON-LD"},
	"catalogue.form.ttl":    {NB: "DCAT som Turtle", NN: "DCAT som Turtle", EN: "DCAT as Turtle"},

	"dcat.itself": {
		NB: "Oversikt over hvilke integrasjoner hver registerløsning har, og om de er godkjent.",
		NN: "Oversikt over kva integrasjonar kvar registerløysing har, og om dei er godkjende.",
		EN: "Overview of which integrations each registry solution has, and whether they are approved.",
	},
	"dcat.distribution": {
		NB: "Valg av registerløsninger som {format}",
		NN: "Val av registerløysingar som {format}",
		EN: "Choice of registry solutions as {format}",
	},
	"dcat.about.in": {
		NB: "Data som registeret {registry} i løsningen {solution} får fra {system} gjennom en godkjent integrasjon. Innholdet er ikke offentlig.",
		NN: "Data som registeret {registry} i løysinga {solution} får frå {system} gjennom ein godkjend integrasjon. Innhaldet er ikkje offentleg.",
		EN: "Data that the registry {registry} in the solution {solution} gets from {system} through an approved integration. The contents are not public.",
	},
	"dcat.about.out": {
		NB: "Data som registeret {registry} i løsningen {solution} sender til {system} gjennom en godkjent integrasjon. Innholdet er ikke offentlig.",
		NN: "Data som registeret {registry} i løysinga {solution} sender til {system} gjennom ein godkjend integrasjon. Innhaldet er ikkje offentleg.",
		EN: "Data that the registry {registry} in the solution {solution} sends to {system} through an approved integration. The contents are not public.",
	},
	"dcat.demo": {
		NB: "demonstrasjon med oppdiktede data",
		NN: "demonstrasjon med oppdikta data",
		EN: "demonstration with made-up data",
	},
}
