package text

// rulesTexts holds the words of the page of a rule: steps, examples, what it makes of values, and expressions.
var rulesTexts = Catalogue{
	"rule.steps":           {"Steg", "Steg", "Steps"},
	"rule.step":            {"Steg {n}:", "Steg {n}:", "Step {n}:"},
	"rule.step.unfinished": {"(ikke ferdig)", "(ikkje ferdig)", "(not finished)"},
	"rule.step.faulty":     {"Må rettes", "Må rettast", "Must be put right"},
	"rule.step.before":     {"Nytt steg foran dette", "Nytt steg framfor dette", "New step in front of this"},
	"rule.step.insert":     {"Sett inn", "Set inn", "Insert"},
	"rule.step.insert.label": {
		"Sett inn nytt steg foran steg {n}", "Set inn nytt steg framfor steg {n}", "Insert a new step in front of step {n}",
	},
	"rule.kinds.makes":     {"Hvor verdien kommer fra", "Kvar verdien kjem frå", "Where the value comes from"},
	"rule.kinds.changes":   {"Hva som skjer med verdien", "Kva som skjer med verdien", "What happens to the value"},
	"rule.said.add":        {"Steget er lagt til.", "Steget er lagt til.", "The step is added."},
	"rule.said.up":         {"Steget er flyttet opp.", "Steget er flytta opp.", "The step is moved up."},
	"rule.said.down":       {"Steget er flyttet ned.", "Steget er flytta ned.", "The step is moved down."},
	"rule.said.move":       {"Steget er flyttet.", "Steget er flytta.", "The step is moved."},
	"rule.said.remove":     {"Steget er fjernet.", "Steget er fjerna.", "The step is removed."},
	"rule.said.more":       {"To tomme linjer til.", "To tomme linjer til.", "Two more empty lines."},
	"rule.said.take":       {"Eksempelet er lagt til.", "Dømet er lagt til.", "The example is added."},
	"rule.said.forget":     {"Eksempelet er fjernet.", "Dømet er fjerna.", "The example is removed."},
	"rule.edit":            {"Endre", "Endre", "Edit"},
	"rule.more":            {"Flere linjer", "Fleire linjer", "More lines"},
	"rule.unmapped":        {"Neste uten regel: {name}", "Neste utan regel: {name}", "Next without a rule: {name}"},
	"rule.covered":         {"Dekket av godkjenningen", "Dekt av godkjenninga", "Covered by the approval"},
	"rule.uncovered":       {"Må godkjennes før den kan kjøre", "Må godkjennast før han kan køyre", "Must be approved before it can run"},
	"rule.condition.empty": {"Tomt betyr verdien så langt", "Tomt tyder verdien så langt", "Empty means the value so far"},

	"rule.missing.empty":     {"Tom tekst", "Tom tekst", "Empty text"},
	"rule.missing.empty.not": {"er en verdi som andre", "er ein verdi som andre", "is a value like others"},
	"rule.missing.text":      {"Verdi {n}", "Verdi {n}", "Value {n}"},
	"rule.missing.outcome":   {"Verdi {n} blir til", "Verdi {n} blir til", "Value {n} becomes"},
	"rule.outcome.null":      {"Ingenting", "Ingenting", "Nothing"},
	"rule.outcome.because":   {"Ingenting: {reason}", "Ingenting: {reason}", "Nothing: {reason}"},
	"rule.outcome.code":      {"Koden {code}", "Koden {code}", "The code {code}"},
	"rule.otherwise.code":    {"Koden de får", "Koden dei får", "The code they get"},
	"rule.tables.none": {
		"Mappingen har ingen oppslagstabeller ennå. Lag en først:", "Mappinga har ingen oppslagstabellar enno. Lag ein først:",
		"The mapping has no lookup tables yet. Make one first:",
	},
	"rule.looks.empty":    {"{share} % tomt", "{share} % tomt", "{share} % empty"},
	"rule.looks.few":      {"nesten ingen eller nesten alle tomme", "nesten ingen eller nesten alle tomme", "almost none or almost all empty"},
	"rule.looks.distinct": {"{n} ulike", "{n} ulike", "{n} different"},
	"rule.words": {
		"Forslag til uttrykket", "Framlegg til uttrykket", "Suggestions for the expression",
	},
	"rule.words.count": {
		"forslag. Velg med piltastene og Enter.", "framlegg. Vel med piltastane og Enter.", "suggestions. Choose with the arrow keys and Enter.",
	},

	"rule.examples": {"Eksempler", "Døme", "Examples"},
	"rule.examples.lead": {
		"Skriv hva regelen skal gi. En versjon kan ikke lagres før alle eksemplene stemmer. Ikke ta med verdier som kan peke ut en person.",
		"Skriv kva regelen skal gi. Ein versjon kan ikkje lagrast før alle døma stemmer. Ikkje ta med verdiar som kan peike ut ein person.",
		"Write what the rule should give. A version can't be saved before all examples hold. Leave out values that could point out a person.",
	},
	"rule.examples.fields": {
		"Velg et felt i det første steget. Da kan du skrive eksempler.", "Vel eit felt i det første steget. Då kan du skrive døme.",
		"Choose a field in the first step. Then you can write examples.",
	},
	"rule.example.in":       {"Eksempel {n}, {field}", "Døme {n}, {field}", "Example {n}, {field}"},
	"rule.example.expect":   {"Skal gi", "Skal gi", "Should give"},
	"rule.example.expect.n": {"Eksempel {n} skal gi", "Døme {n} skal gi", "Example {n} should give"},
	"rule.example.out":      {"Verdi", "Verdi", "Value"},
	"rule.example.out.n":    {"Eksempel {n}, verdi", "Døme {n}, verdi", "Example {n}, value"},
	"rule.example.value":    {"Verdien", "Verdien", "The value"},
	"rule.example.held":     {"Holdes tilbake: {why}", "Blir halden tilbake: {why}", "Held back: {why}"},
	"rule.example.result":   {"Resultat", "Resultat", "Result"},
	"rule.example.holds":    {"Stemmer", "Stemmer", "Holds"},
	"rule.example.fails":    {"Stemmer ikke", "Stemmer ikkje", "Does not hold"},
	"rule.example.got":      {"Regelen gir: {got}", "Regelen gir: {got}", "The rule gives: {got}"},
	"rule.kept.failing": {
		"Regelen er lagret i kladden din, men {n} {n|eksempel|eksempler} stemmer ikke. Du kan ikke lagre en versjon før de stemmer.",
		"Regelen er lagra i kladden din, men {n} {n|døme|døme} stemmer ikkje. Du kan ikkje lagre ein versjon før dei stemmer.",
		"The rule is saved in your draft, but {n} {n|example does|examples do} not hold. You can't save a version before they do.",
	},
	"rule.example.remove": {"Fjern eksempel {n}", "Fjern døme {n}", "Remove example {n}"},

	"rule.try":   {"Prøv regelen", "Prøv regelen", "Try the rule"},
	"rule.trial": {"Slik blir verdiene", "Slik blir verdiane", "What the values become"},
	"rule.trial.ask": {
		"Trykk «Prøv regelen» for å se verdier fra den nyeste leveransen før og etter.",
		"Trykk «Prøv regelen» for å sjå verdiar frå den nyaste leveransen før og etter.",
		"Press “Try the rule” to see values from the newest delivery before and after.",
	},
	"rule.trial.sum": {
		"{n} {n|rad|rader} fra {name}.", "{n} {n|rad|rader} frå {name}.", "{n} {n|row|rows} from {name}.",
	},
	"rule.trial.nothing": {
		"Prøven lagrer ingenting, og identitet vises aldri.", "Prøva lagrar ingenting, og identitet blir aldri vist.",
		"Trying saves nothing, and identity is never shown.",
	},
	"rule.trial.unfinished": {
		"Regelen er ikke ferdig. Rett det som er merket, så vises verdiene her.",
		"Regelen er ikkje ferdig. Rett det som er merkt, så står verdiane her.",
		"The rule is not finished. Put right what is marked, and values appear here.",
	},
	"rule.trial.rows_hidden": {
		"Du har ikke tilgang til å se rader.", "Du har ikkje tilgang til å sjå rader.", "You don't have access to rows.",
	},
	"rule.trial.before":     {"Før", "Før", "Before"},
	"rule.trial.after":      {"Etter", "Etter", "After"},
	"rule.trial.rows":       {"Rader", "Rader", "Rows"},
	"rule.trial.take":       {"Ta denne som eksempel", "Ta denne som døme", "Take this as an example"},
	"rule.trial.take.label": {"Ta denne som eksempel: linje {n}", "Ta denne som døme: linje {n}", "Take this as an example: line {n}"},

	"otherwise.hold": {"Raden holdes tilbake", "Rada blir halden tilbake", "The row is held back"},
	"otherwise.null": {"Blir til ingenting", "Blir til ingenting", "Becomes nothing"},
	"otherwise.code": {"Får en fast kode", "Får ein fast kode", "Gets a fixed code"},
	"otherwise.keep": {"Står som det er", "Står som det er", "Left as it is"},

	"error.rule.missing_twice": {
		"{value} står to ganger. Ingenting er lagret. Hver verdi kan bare bety én ting.",
		"{value} står to gonger. Ingenting er lagra. Kvar verdi kan berre tyde éin ting.",
		"{value} appears twice. Nothing is saved. Each value can mean only one thing.",
	},

	"map.step.lookup": {"Tabell og kolonne", "Tabell og kolonne", "Table and column"},
	"map.step.lookup.help": {
		"Den første kolonnen i tabellen er nøkkelen", "Den første kolonnen i tabellen er nøkkelen", "The table's first column is the key",
	},
	"map.step.system":      {"Kodeverk", "Kodeverk", "Code system"},
	"map.step.system.help": {"OID eller nettadresse", "OID eller nettadresse", "OID or address"},
	"map.step.otherwise":   {"Det som ikke står i tabellen", "Det som ikkje står i tabellen", "What is not in the table"},
}
