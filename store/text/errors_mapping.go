package text

// errorsMapping holds what can be wrong with steps, corrections, tables, examples and the settling of versions.
var errorsMapping = Catalogue{
	"error.mapping.computed": {
		NB: "Registeret regner ut «{variable}» selv. Ta bort regelen.",
		NN: "Registeret reknar ut «{variable}» sjølv. Ta bort regelen.",
		EN: "The registry computes “{variable}” itself. Remove the rule.",
	},
	"error.mapping.missing_code": {
		NB: "«{code}» er ikke en kode for manglende verdi i «{variable}». Velg en av kodene som kodeboken har for det.",
		NN: "«{code}» er ikkje ein kode for manglande verdi i «{variable}». Vel ein av kodane som kodeboka har for det.",
		EN: "“{code}” is not a code for missing in “{variable}”. Choose one of the codes that the codebook has for that.",
	},
	"error.mapping.missing_reason": {
		NB: "Grunnen for «{text}» i regelen for «{variable}» kan ikke brukes. Teksten må stå blant dem som blir til ingenting, og grunnen være en av dem vi har.",
		NN: "Grunnen for «{text}» i regelen for «{variable}» kan ikkje brukast. Teksten må stå blant dei som blir til ingenting, og grunnen vere ein av dei vi har.",
		EN: "The reason for “{text}” in the rule for “{variable}” cannot be used. The text must be one of those that become nothing, and the reason one of those we have.",
	},
	"error.mapping.unknown_table": {
		NB: "Regelen slår opp i tabellen «{table}», som ikke finnes. Lag tabellen eller velg en annen.",
		NN: "Regelen slår opp i tabellen «{table}», som ikkje finst. Lag tabellen eller vel ein annan.",
		EN: "The rule looks up in the table “{table}”, which does not exist. Make the table or choose another.",
	},
	"error.mapping.unknown_column": {
		NB: "Tabellen «{table}» har ingen kolonne «{column}». Velg en av kolonnene.",
		NN: "Tabellen «{table}» har ingen kolonne «{column}». Vel ein av kolonnane.",
		EN: "The table “{table}” has no column “{column}”. Choose one of its columns.",
	},
	"error.mapping.table_name": {
		NB: "«{name}» kan ikke være navnet på en tabell. Bruk små bokstaver a–z, tall og understrek.",
		NN: "«{name}» kan ikkje vere namnet på ein tabell. Bruk små bokstavar a–z, tal og understrek.",
		EN: "“{name}” cannot name a table. Use lower-case letters a–z, digits and underscore.",
	},
	"error.mapping.table_twice": {
		NB: "To tabeller heter «{name}». Gi dem hvert sitt navn.",
		NN: "To tabellar heiter «{name}». Gi dei kvart sitt namn.",
		EN: "Two tables are called “{name}”. Give each its own name.",
	},
	"error.mapping.table_columns": {
		NB: "Tabellen «{name}» må ha minst to kolonner, og alle må ha hvert sitt navn.",
		NN: "Tabellen «{name}» må ha minst to kolonnar, og alle må ha kvart sitt namn.",
		EN: "The table “{name}” must have at least two columns, each with a name of its own.",
	},
	"error.mapping.table_row": {
		NB: "Rad {no} i tabellen «{name}» har ikke like mange verdier som tabellen har kolonner.",
		NN: "Rad {no} i tabellen «{name}» har ikkje like mange verdiar som tabellen har kolonnar.",
		EN: "Row {no} of the table “{name}” does not have as many values as the table has columns.",
	},
	"error.mapping.table_key": {
		NB: "Nøkkelen «{key}» i rad {no} i tabellen «{name}» står lenger oppe også. Behold den ene.",
		NN: "Nøkkelen «{key}» i rad {no} i tabellen «{name}» står lenger oppe òg. Behald den eine.",
		EN: "The key “{key}” in row {no} of the table “{name}” appears further up too. Keep one.",
	},
	"error.mapping.list_pin": {
		NB: "Si hvilken versjon av kodeverket «{system}» som gjelder, én gang.",
		NN: "Sei kva versjon av kodeverket «{system}» som gjeld, éin gong.",
		EN: "Say once which version of the code system “{system}” applies.",
	},
	"error.mapping.unpinned": {
		NB: "Kontrollen «{reason}» bruker kodeverket «{system}», men mappingen sier ikke hvilken versjon. Velg versjon.",
		NN: "Kontrollen «{reason}» bruker kodeverket «{system}», men mappinga seier ikkje kva versjon. Vel versjon.",
		EN: "The check “{reason}” uses the code system “{system}”, but the mapping does not say which version. Choose one.",
	},
	"error.mapping.list_type": {
		NB: "Kontrollen «{reason}» ser etter koder i «{variable}», som ikke er tekst eller kode. Velg en annen variabel.",
		NN: "Kontrollen «{reason}» ser etter kodar i «{variable}», som ikkje er tekst eller kode. Vel ein annan variabel.",
		EN: "The check “{reason}” looks for codes in “{variable}”, which is neither text nor code. Choose another variable.",
	},
	"error.mapping.not_timed": {
		NB: "«{variable}» er verken dato eller tidspunkt. Velg en variabel som er det.",
		NN: "«{variable}» er verken dato eller tidspunkt. Vel ein variabel som er det.",
		EN: "“{variable}” is neither a date nor a time. Choose a variable that is.",
	},
	"error.mapping.correction_name": {
		NB: "«{name}» kan ikke være navnet på en rettelse. Bruk små bokstaver a–z, tall og understrek.",
		NN: "«{name}» kan ikkje vere namnet på ei retting. Bruk små bokstavar a–z, tal og understrek.",
		EN: "“{name}” cannot name a correction. Use lower-case letters a–z, digits and underscore.",
	},
	"error.mapping.correction_twice": {
		NB: "To rettelser heter «{name}». Gi dem hvert sitt navn.",
		NN: "To rettingar heiter «{name}». Gi dei kvart sitt namn.",
		EN: "Two corrections are called “{name}”. Give each its own name.",
	},
	"error.mapping.correction_reason": {
		NB: "Skriv hvorfor rettelsen «{name}» trengs: hva som var feil, og hvordan dere vet det.",
		NN: "Skriv kvifor rettinga «{name}» trengst: kva som var feil, og korleis de veit det.",
		EN: "Write why the correction “{name}” is needed: what was wrong, and how you know.",
	},
	"error.mapping.correction_interval": {
		NB: "Rettelsen «{name}» må ha en første og en siste dag, i den rekkefølgen. Nå står det {from} og {to}.",
		NN: "Rettinga «{name}» må ha ein første og ein siste dag, i den rekkjefølgja. No står det {from} og {to}.",
		EN: "The correction “{name}” must have a first and a last day, in that order. It now says {from} and {to}.",
	},
	"error.mapping.correction_empty": {
		NB: "Rettelsen «{name}» gjør ingenting. Legg til et steg.",
		NN: "Rettinga «{name}» gjer ingenting. Legg til eit steg.",
		EN: "The correction “{name}” does nothing. Add a step.",
	},
	"error.mapping.correction_step": {
		NB: "Rettelsen «{name}» leser felter på nytt. En rettelse endrer verdien som regelen ga, eller setter en fast verdi.",
		NN: "Rettinga «{name}» les felt på nytt. Ei retting endrar verdien som regelen gav, eller set ein fast verdi.",
		EN: "The correction “{name}” reads fields anew. A correction changes the value that the rule gave, or sets a constant.",
	},
	"error.mapping.resolve_modes": {
		NB: "Velg én måte å avgjøre hvilken versjon som gjelder: størst verdi, minst verdi eller beste kilde.",
		NN: "Vel éin måte å avgjere kva versjon som gjeld: størst verdi, minst verdi eller beste kjelde.",
		EN: "Choose one way to settle which version applies: greatest value, least value or best source.",
	},
	"error.mapping.priority": {
		NB: "Rangeringen etter «{variable}» må nevne minst én verdi, og hver verdi én gang.",
		NN: "Rangeringa etter «{variable}» må nemne minst éin verdi, og kvar verdi éin gong.",
		EN: "The ranking by “{variable}” must name at least one value, and each value once.",
	},
	"error.mapping.priority_type": {
		NB: "«{variable}» er ikke tekst eller kode, så kilder kan ikke rangeres etter den. Velg variabelen som sier hvor raden kommer fra.",
		NN: "«{variable}» er ikkje tekst eller kode, så kjelder kan ikkje rangerast etter han. Vel variabelen som seier kvar rada kjem frå.",
		EN: "“{variable}” is neither text nor code, so sources cannot be ranked by it. Choose the variable that says where the row is from.",
	},
	"error.mapping.pick_twice": {
		NB: "«{variable}» avgjøres to ganger. Behold den ene.",
		NN: "«{variable}» blir avgjord to gonger. Behald den eine.",
		EN: "“{variable}” is settled twice. Keep one.",
	},
	"error.mapping.pick_how": {
		NB: "Si hvilken verdi av «{variable}» som gjelder når flere rader har samme nøkkel.",
		NN: "Sei kva verdi av «{variable}» som gjeld når fleire rader har same nøkkel.",
		EN: "Say which value of “{variable}” applies when several rows have the same key.",
	},
	"error.mapping.pick_key": {
		NB: "«{variable}» er en del av nøkkelen og lik i alle radene. Ta den bort herfra.",
		NN: "«{variable}» er ein del av nøkkelen og lik i alle radene. Ta han bort herfrå.",
		EN: "“{variable}” is part of the key and the same in all the rows. Remove it from here.",
	},
	"error.mapping.pick_type": {
		NB: "«{variable}» er av typen {type} og kan ikke avgjøres slik. Velg den nyeste eller den første.",
		NN: "«{variable}» er av typen {type} og kan ikkje avgjerast slik. Vel den nyaste eller den første.",
		EN: "“{variable}” is of the type {type} and cannot be settled that way. Choose the latest or the first.",
	},
	"error.mapping.pick_required": {
		NB: "«{variable}» er obligatorisk, men blir tom når ingen rad er i tidsrommet. Ta bort tidsrommet.",
		NN: "«{variable}» er obligatorisk, men blir tom når inga rad er i tidsrommet. Ta bort tidsrommet.",
		EN: "“{variable}” is required, but is empty when no row lies in the window. Remove the window.",
	},
	"error.mapping.pick_by": {
		NB: "Velg datoen eller tidspunktet som avgjør hvilken verdi av «{variable}» som gjelder.",
		NN: "Vel datoen eller tidspunktet som avgjer kva verdi av «{variable}» som gjeld.",
		EN: "Choose the date or time that settles which value of “{variable}” applies.",
	},
	"error.mapping.window": {
		NB: "Tidsrommet for «{variable}» må ha en start og en slutt, i timer og i den rekkefølgen.",
		NN: "Tidsrommet for «{variable}» må ha ein start og ein slutt, i timar og i den rekkjefølgja.",
		EN: "The window of “{variable}” must have a start and an end, in hours and in that order.",
	},
	"error.mapping.no_row": {
		NB: "Leveransen har ingen rad {position}. Se i forhåndsvisningen hvilke rader den har.",
		NN: "Leveransen har inga rad {position}. Sjå i førehandsvisinga kva rader han har.",
		EN: "The delivery has no row {position}. See in the preview which rows it has.",
	},
	"error.mapping.example_end": {
		NB: "Eksempel {no} for «{variable}» må ende på én måte: med en verdi, med ingenting eller med en feil.",
		NN: "Døme {no} for «{variable}» må ende på éin måte: med ein verdi, med ingenting eller med ein feil.",
		EN: "Example {no} of “{variable}” must end in one way: with a value, with nothing or with a fault.",
	},
	"error.mapping.example_field": {
		NB: "Eksempel {no} for «{variable}» gir feltet «{field}» en verdi, men regelen leser det ikke.",
		NN: "Døme {no} for «{variable}» gir feltet «{field}» ein verdi, men regelen les det ikkje.",
		EN: "Example {no} of “{variable}” gives the field “{field}” a value, but the rule does not read it.",
	},
	"error.mapping.example_person": {
		NB: "Eksempel {no} for «{variable}» ser ut til å ha et fødselsnummer. Eksempler lagres åpent. Finn på en verdi.",
		NN: "Døme {no} for «{variable}» ser ut til å ha eit fødselsnummer. Døme blir lagra ope. Finn på ein verdi.",
		EN: "Example {no} of “{variable}” seems to hold a national identity number. Examples are stored unprotected. Make a value up.",
	},
	"error.mapping.list_missing": {
		NB: "Portalen har ikke versjon {version} av kodeverket «{system}», så kodene kan ikke kontrolleres. Hent versjonen inn, eller velg en som er her.",
		NN: "Portalen har ikkje versjon {version} av kodeverket «{system}», så kodane kan ikkje kontrollerast. Hent versjonen inn, eller vel ein som er her.",
		EN: "The portal does not have version {version} of the code system “{system}”, so the codes cannot be checked. Bring the version in, or choose one that is here.",
	},
	"error.mapping.example_fails": {
		NB: "Eksempel {no} for «{variable}» skulle gi {want}, men ga {got}. Rett regelen eller eksempelet.",
		NN: "Døme {no} for «{variable}» skulle gi {want}, men gav {got}. Rett regelen eller dømet.",
		EN: "Example {no} of “{variable}” should give {want}, but gave {got}. Correct the rule or the example.",
	},
}
