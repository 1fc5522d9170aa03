package text

// chart holds the words that charts share.
var chart = Catalogue{
	"chart.table":         {NB: "Vis tallene som tabell", NN: "Vis tala som tabell", EN: "Show the figures as a table"},
	"chart.missing":       {NB: "mangler", NN: "manglar", EN: "missing"},
	"chart.open":          {NB: "{value} (ikke ferdig)", NN: "{value} (ikkje ferdig)", EN: "{value} (not finished)"},
	"chart.outside":       {NB: "{value} (utenfor grensen)", NN: "{value} (utanfor grensa)", EN: "{value} (outside the limit)"},
	"chart.changed":       {NB: "{label} ({change} fra her)", NN: "{label} ({change} frå her)", EN: "{label} ({change} from here)"},
	"chart.strip":         {NB: "De siste kjøringene, eldste først", NN: "Dei siste køyringane, eldste først", EN: "The latest runs, oldest first"},
	"chart.balance.what":  {NB: "Utfall", NN: "Utfall", EN: "Outcome"},
	"chart.balance.rows":  {NB: "Rader", NN: "Rader", EN: "Rows"},
	"chart.balance.since": {NB: "Mot forrige", NN: "Mot førre", EN: "Since last"},
	"chart.balance.read":  {NB: "Lest fra kilden", NN: "Lese frå kjelda", EN: "Read from the source"},
	"chart.balance.title": {
		NB: "{read} {read|lest rad|leste rader} fordelt på utfall. Tallene står i tabellen under.",
		NN: "{read} {read|lesen rad|lesne rader} fordelte på utfall. Tala står i tabellen under.",
		EN: "{read} {read|row|rows} read, by outcome. The figures are in the table below.",
	},
	"chart.balance.holds": {
		NB: "Alle leste rader er gjort rede for: {sum} = {read}.",
		NN: "Det er gjort greie for alle leste rader: {sum} = {read}.",
		EN: "All rows read are accounted for: {sum} = {read}.",
	},
	"chart.balance.broken": {
		NB: "Regnskapet går ikke opp: {sum} er {counted}, men {read} {read|rad|rader} ble lest. Ikke bruk tallene før feilen er funnet.",
		NN: "Rekneskapen går ikkje opp: {sum} er {counted}, men {read} {read|rad|rader} vart lesne. Ikkje bruk tala før feilen er funnen.",
		EN: "The balance does not hold: {sum} is {counted}, but {read} {read|row|rows} were read. Do not use the figures until the fault is found.",
	},
	"chart.route.identity":  {NB: "identitet", NN: "identitet", EN: "identity"},
	"chart.route.health":    {NB: "helse", NN: "helse", EN: "health"},
	"chart.route.encrypted": {NB: "kryptert", NN: "kryptert", EN: "encrypted"},
	"chart.route.vault":     {NB: "Hvelv", NN: "Kvelv", EN: "Vault"},
	"chart.route.store":     {NB: "Mellomlager", NN: "Mellomlager", EN: "Holding store"},
	"chart.route.key.identity": {
		NB: "Identitetsdel: hvem det gjelder", NN: "Identitetsdel: kven det gjeld", EN: "Identity part: who it concerns",
	},
	"chart.route.key.health": {
		NB: "Helsedel: opplysningene", NN: "Helsedel: opplysningane", EN: "Health part: the data",
	},
}
