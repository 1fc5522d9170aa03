package text

// rulePages holds the words of corrections, lookup tables, missing values and versions of a fact.
var rulePages = Catalogue{
	"corrections.title": {"Rettelser", "Rettingar", "Corrections"},
	"corrections.lead": {
		"Det en kilde har gjort feil i en periode, og hvordan det rettes. Kilden er uendret, og en rettelse kan alltid oppheves.",
		"Det ei kjelde har gjort feil i ein periode, og korleis det blir retta. Kjelda er uendra, og ei retting kan alltid opphevast.",
		"What a source got wrong for a while, and how it is put right. The source is unchanged, and a correction can always be undone.",
	},
	"corrections.help": {
		"Rettelsen gjelder rader der datoen ligger i perioden, begge dager med. Den virker etter regelen og før kontrollene.",
		"Rettinga gjeld rader der datoen ligg i perioden, begge dagar med. Ho verkar etter regelen og før kontrollane.",
		"The correction applies to rows whose date lies in the interval, both days included. It works after the rule and before the checks.",
	},
	"corrections.new":  {"Ny rettelse", "Ny retting", "New correction"},
	"corrections.none": {"Ingen rettelser", "Ingen rettingar", "No corrections"},
	"corrections.none.help": {
		"Lag en når du vet at kilden har levert feil verdier i en periode.", "Lag ei når du veit at kjelda har levert feil verdiar i ein periode.",
		"Make one when you know that the source delivered wrong values for a while.",
	},
	"corrections.made":       {"Laget av {name} {at}", "Laga av {name} {at}", "Made by {name} {at}"},
	"corrections.undone":     {"Opphevet", "Oppheva", "Undone"},
	"corrections.undone.by":  {"Opphevet av {name} {at}.", "Oppheva av {name} {at}.", "Undone by {name} {at}."},
	"corrections.unapproved": {"Ingen godkjenning gjelder nå", "Inga godkjenning gjeld no", "No approval is in force"},
	"corrections.kept": {
		"Rettelsen {name} er lagret i kladden din.", "Rettinga {name} er lagra i kladden din.", "The correction {name} is saved in your draft.",
	},
	"corrections.undone.kept": {
		"Rettelsen {name} er opphevet i kladden din.", "Rettinga {name} er oppheva i kladden din.", "The correction {name} is undone in your draft.",
	},
	"corrections.name":   {"Kort navn", "Kort namn", "Short name"},
	"corrections.reason": {"Hva var galt, og hvordan vet du det?", "Kva var gale, og korleis veit du det?", "What was wrong, and how do you know?"},
	"corrections.reason.help": {
		"For eksempel: Vekta viste gram i stedet for kilo etter service 3. mars, se melding 4711.",
		"Til dømes: Vekta viste gram i staden for kilo etter service 3. mars, sjå melding 4711.",
		"For example: The scale showed grams instead of kilos after service on 3 March, see message 4711.",
	},
	"corrections.variable": {"Variabel som rettes", "Variabel som blir retta", "Variable to put right"},
	"corrections.at":       {"Dato som avgjør", "Dato som avgjer", "Date that decides"},
	"corrections.from":     {"Fra og med", "Frå og med", "From"},
	"corrections.to":       {"Til og med", "Til og med", "To"},
	"corrections.only":     {"Bare for rader der dette gjelder", "Berre for rader der dette gjeld", "Only for rows where this holds"},
	"corrections.steps":    {"Slik rettes verdien", "Slik blir verdien retta", "How the value is put right"},
	"corrections.try":      {"Se virkningen", "Sjå verknaden", "See the effect"},
	"corrections.trial":    {"Dette endres", "Dette blir endra", "What changes"},
	"corrections.trial.ask": {
		"Trykk «Se virkningen» for å se hva den endrer i den nyeste leveransen.", "Trykk «Sjå verknaden» for å sjå kva ho endrar i den nyaste leveransen.",
		"Press “See the effect” to see what it changes in the newest delivery.",
	},
	"corrections.trial.sum": {
		"{n} av {rows} rader fra {name} får en annen verdi.", "{n} av {rows} rader frå {name} får ein annan verdi.",
		"{n} of {rows} rows from {name} get another value.",
	},
	"corrections.undo":       {"Opphev rettelsen", "Opphev rettinga", "Undo the correction"},
	"corrections.undo.title": {"Vil du oppheve rettelsen?", "Vil du oppheve rettinga?", "Undo the correction?"},
	"corrections.undo.body": {
		"Neste kjøring med den nye versjonen gir kildens egne verdier igjen. Rettelsen står fortsatt i listen.",
		"Neste køyring med den nye versjonen gjev verdiane frå kjelda igjen. Rettinga står framleis i lista.",
		"The next run with the new version gives the source's own values again. The correction stays in the list.",
	},
	"corrections.undo.reason": {"Hvorfor?", "Kvifor?", "Why?"},

	"tables.title": {"Oppslagstabeller", "Oppslagstabellar", "Lookup tables"},
}
