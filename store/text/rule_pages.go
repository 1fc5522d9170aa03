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
	"tables.lead": {
		"Små tabeller som regler slår opp i, som avdelingskode til enhet. De er del av versjonen og av det som godkjennes.",
		"Små tabellar som reglar slår opp i, som avdelingskode til eining. Dei er del av versjonen og av det som blir godkjent.",
		"Small tables that rules look things up in, as ward code to unit. They are part of the version and of what is approved.",
	},
	"tables.help": {
		"Lim inn tabellen, eller velg en fil. Første linje er navnene på kolonnene. Den første kolonnen er nøkkelen, og hver nøkkel kan bare stå én gang.",
		"Lim inn tabellen, eller vel ei fil. Første linje er namna på kolonnane. Den første kolonnen er nøkkelen, og kvar nøkkel kan berre stå éin gong.",
		"Paste the table, or choose a file. The first line names the columns. The first column is the key, and each key can stand once only.",
	},
	"tables.new":  {"Ny tabell", "Ny tabell", "New table"},
	"tables.none": {"Ingen tabeller ennå", "Ingen tabellar enno", "No tables yet"},
	"tables.none.help": {
		"Lag en når en regel trenger å slå opp noe kilden ikke sier selv.", "Lag ein når ein regel treng å slå opp noko kjelda ikkje seier sjølv.",
		"Make one when a rule needs to look up what the source does not say itself.",
	},
	"tables.size":   {"{n} {n|rad|rader}: {columns}.", "{n} {n|rad|rader}: {columns}.", "{n} {n|row|rows}: {columns}."},
	"tables.rows":   {"Vis radene", "Vis radene", "Show the rows"},
	"tables.used":   {"Brukes av {names}.", "Blir brukt av {names}.", "Used by {names}."},
	"tables.unused": {"Ingen regel bruker den ennå.", "Ingen regel bruker han enno.", "No rule uses it yet."},
	"tables.csv":    {"Tabellen", "Tabellen", "The table"},
	"tables.csv.help": {
		"Semikolon, tabulator eller komma mellom cellene. Høyst {rows} rader og {cell} tegn i en celle.",
		"Semikolon, tabulator eller komma mellom cellene. Høgst {rows} rader og {cell} teikn i ei celle.",
		"Semicolon, tab or comma between cells. At most {rows} rows and {cell} characters a cell.",
	},
	"tables.file":      {"Eller en CSV-fil", "Eller ei CSV-fil", "Or a CSV file"},
	"tables.file.help": {"Filen erstatter det som står over.", "Fila erstattar det som står over.", "The file replaces what stands above."},
	"tables.kept": {
		"Tabellen {name} med {n} {n|rad|rader} er lagret i kladden din.", "Tabellen {name} med {n} {n|rad|rader} er lagra i kladden din.",
		"The table {name} with {n} {n|row|rows} is saved in your draft.",
	},
	"tables.remove":       {"Fjern tabellen", "Fjern tabellen", "Remove the table"},
	"tables.remove.title": {"Vil du fjerne tabellen?", "Vil du fjerne tabellen?", "Remove the table?"},
	"tables.remove.body": {
		"Den fjernes fra kladden din. Lagrede versjoner har den fortsatt.", "Han blir fjerna frå kladden din. Lagra versjonar har han framleis.",
		"It is removed from your draft. Saved versions still have it.",
	},
	"tables.removed": {
		"Tabellen {name} er fjernet fra kladden din.", "Tabellen {name} er fjerna frå kladden din.", "The table {name} is removed from your draft.",
	},
	"error.mapping.table_used": {
		"Tabellen {name} er ikke fjernet, for {variables} slår opp i den. Endre de reglene først.",
		"Tabellen {name} er ikkje fjerna, for {variables} slår opp i han. Endre dei reglane først.",
		"The table {name} is not removed, for {variables} look things up in it. Change those rules first.",
	},
	"error.mapping.column_used": {
		"Kolonnen {column} mangler, men {variable} slår opp i den. Tabellen er ikke lagret.",
		"Kolonnen {column} manglar, men {variable} slår opp i han. Tabellen er ikkje lagra.",
		"The column {column} is gone, but {variable} looks things up in it. The table is not saved.",
	},
	"error.mapping.table_unreadable": {
		"Linje {line} kan ikke leses. Se etter et anførselstegn for mye eller for lite. Tabellen er ikke lagret.",
		"Linje {line} kan ikkje lesast. Sjå etter eit hermeteikn for mykje eller for lite. Tabellen er ikkje lagra.",
		"Line {line} can't be read. Look for a quotation mark too many or too few. The table is not saved.",
	},
	"error.mapping.table_long": {
		"Tabellen har flere enn {max} rader. Den er ikke lagret. Del den, eller bruk et felt fra kilden.",
		"Tabellen har fleire enn {max} rader. Han er ikkje lagra. Del han, eller bruk eit felt frå kjelda.",
		"The table has more than {max} rows. It is not saved. Divide it, or use a field of the source.",
	},
	"error.mapping.table_cell": {
		"Rad {no} har en celle med mer enn {max} tegn. Tabellen er ikke lagret.",
		"Rad {no} har ei celle med meir enn {max} teikn. Tabellen er ikkje lagra.",
		"Row {no} has a cell of more than {max} characters. The table is not saved.",
	},
}
