package text

// codebookErrors says what is wrong with a codebook in the making, what was left out of its files, and what its next
// version breaks.
var codebookErrors = Catalogue{
	"error.codebook.no_draft": {
		NB: "Kodeboken har ingen kladd. Noen kan ha publisert eller forkastet den. Begynn fra den nyeste versjonen.",
		NN: "Kodeboka har ingen kladd. Nokon kan ha publisert eller forkasta han. Byrj frå den nyaste versjonen.",
		EN: "The codebook has no draft. Somebody may have published or discarded it. Begin from the newest version.",
	},
	"error.codebook.computed": {
		NB: "Registeret regner ut «{name}» selv. Variabelen kan derfor verken være obligatorisk eller del av nøkkelen.",
		NN: "Registeret reknar ut «{name}» sjølv. Variabelen kan difor verken vere obligatorisk eller del av nøkkelen.",
		EN: "The registry works “{name}” out itself. The variable can therefore be neither required nor part of the key.",
	},
	"error.codebook.which": {
		NB: "Registeret «{registry}» har flere kodebøker: {ids}. Ingenting er publisert. Si hvilken med --id.",
		NN: "Registeret «{registry}» har fleire kodebøker: {ids}. Ingenting er publisert. Sei kva for ei med --id.",
		EN: "The registry “{registry}” has several codebooks: {ids}. Nothing was published. Say which with --id.",
	},
	"error.codebook.no_form": {
		NB: "Kodeboken har ikke skjemaet «{form}». Ingenting er publisert. Se navnene uten --registry.",
		NN: "Kodeboka har ikkje skjemaet «{form}». Ingenting er publisert. Sjå namna utan --registry.",
		EN: "The codebook does not have the form “{form}”. Nothing was published. See the names without --registry.",
	},
	"error.codebook.code_gone": {
		NB: "Regelen for {variable} gir koden «{code}», som ikke lenger er lov.",
		NN: "Regelen for {variable} gir koden «{code}», som ikkje lenger er lov.",
		EN: "The rule of {variable} gives the code “{code}”, which is no longer legal.",
	},
	"error.codebook.unit_changed": {
		NB: "Regelen for {variable} er laget for en annen enhet. Enheten var «{from}» og blir «{to}».",
		NN: "Regelen for {variable} er laga for ei anna eining. Eininga var «{from}» og blir «{to}».",
		EN: "The rule of {variable} was made for another unit. The unit was “{from}” and becomes “{to}”.",
	},

	"defect.dictionary.identifier": {
		NB: "{name} peker direkte ut en person og er ikke med. Identitet går til hvelvet, aldri til kodeboken.",
		NN: "{name} peikar direkte ut ein person og er ikkje med. Identitet går til kvelvet, aldri til kodeboka.",
		EN: "{name} names a person and is left out. Identity goes to the vault, never to the codebook.",
	},
	"defect.dictionary.many": {
		NB: "{name} kan ha flere svar på én gang, uten en liste vi kan dele den i. Den er med som tekst.",
		NN: "{name} kan ha fleire svar på éin gong, utan ei liste vi kan dele han i. Han er med som tekst.",
		EN: "{name} can have several answers at once, without a list to divide it by. It is kept as text.",
	},
	"defect.dictionary.dates": {
		NB: "{name} har grenser for datoen ({from} til {to}). En kodebok har ingen slike. Lag en kontroll i mappingen.",
		NN: "{name} har grenser for datoen ({from} til {to}). Ei kodebok har ingen slike. Lag ein kontroll i mappinga.",
		EN: "{name} has limits of its date ({from} to {to}). A codebook has none. Make a check in the mapping.",
	},
	"defect.dictionary.codes": {
		NB: "{name} er {type} og har likevel en kodeliste. Listen er ikke med. Si i mappingen hvilke av verdiene som betyr at noe mangler.",
		NN: "{name} er {type} og har likevel ei kodeliste. Lista er ikkje med. Sei i mappinga kva verdiar som tyder at noko manglar.",
		EN: "{name} is {type} and yet has a code list. The list is left out. Say in the mapping which of the values mean that something is missing.",
	},
	"defect.dictionary.whole": {
		NB: "{name}: Filen sier ikke lenger om tallet har desimaler. Typen er fortsatt {type}. Sjekk om den er endret.",
		NN: "{name}: Fila seier ikkje lenger om talet har desimalar. Typen er framleis {type}. Sjekk om han er endra.",
		EN: "{name}: The file no longer says whether the number has decimals. The type is still {type}. Check whether it has changed.",
	},
	"defect.dictionary.form_renamed": {
		NB: "Skjemaet «{from}» ser ut til å hete «{to}» nå. Variablene har beholdt navn og klasse.",
		NN: "Skjemaet «{from}» ser ut til å heite «{to}» no. Variablane har behalde namn og klasse.",
		EN: "The form “{from}” seems to be called “{to}” now. Its variables kept their names and classes.",
	},
	"defect.dictionary.unlisted": {
		NB: "Filen har {n} {n|feil|feil} til, som ikke er listet her.",
		NN: "Fila har {n} {n|feil|feil} til, som ikkje er lista her.",
		EN: "The file has {n} more {n|defect|defects}, which are not listed here.",
	},
}
