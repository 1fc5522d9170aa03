package text

// today holds the words of the page people begin the day with.
var today = Catalogue{
	"today.title":    {NB: "I dag", NN: "I dag", EN: "Today"},
	"today.night":    {NB: "God natt, {name}", NN: "God natt, {name}", EN: "Good night, {name}"},
	"today.morning":  {NB: "God morgen, {name}", NN: "God morgon, {name}", EN: "Good morning, {name}"},
	"today.day":      {NB: "God dag, {name}", NN: "God dag, {name}", EN: "Good day, {name}"},
	"today.evening":  {NB: "God kveld, {name}", NN: "God kveld, {name}", EN: "Good evening, {name}"},
	"today.no_needs": {NB: "Ingen saker trenger deg.", NN: "Ingen saker treng deg.", EN: "Nothing needs you."},
	"today.needs_n": {
		NB: "{n} {n|sak|saker} trenger deg.",
		NN: "{n} {n|sak|saker} treng deg.",
		EN: "{n} {n|matter needs|matters need} you.",
	},
	"today.went": {
		NB: "{good} av {all} {all|kjøring|kjøringer} det siste døgnet gikk som {all|den|de} skulle.",
		NN: "{good} av {all} {all|køyring|køyringar} det siste døgnet gjekk som {all|ho|dei} skulle.",
		EN: "{good} of {all} {all|run|runs} in the last day went as {all|it|they} should.",
	},
	"today.needs":   {NB: "Trenger deg", NN: "Treng deg", EN: "Needs you"},
	"today.nothing": {NB: "Ingenting venter på deg", NN: "Ingenting ventar på deg", EN: "Nothing waits for you"},
	"today.nothing.help": {
		NB: "Du får saker her når noe må avgjøres, rettes eller fornyes.",
		NN: "Du får saker her når noko må avgjerast, rettast eller fornyast.",
		EN: "Matters appear here when something must be decided, mended or renewed.",
	},
	"today.deliveries": {NB: "Det siste døgnet", NN: "Det siste døgnet", EN: "The last day"},
	"today.no_deliveries": {
		NB: "Ingenting har kjørt det siste døgnet.",
		NN: "Ingenting har køyrt det siste døgnet.",
		EN: "Nothing has run in the last day.",
	},
	"today.all_runs": {NB: "Alle kjøringer", NN: "Alle køyringar", EN: "All runs"},
	"today.at":       {NB: "Klokken", NN: "Klokka", EN: "Time"},
	"today.fresh":    {NB: "Hvor ferske er dataene?", NN: "Kor ferske er dataa?", EN: "How fresh are the data?"},
	"today.fresh.none": {
		NB: "Ingen integrasjoner er i drift.",
		NN: "Ingen integrasjonar er i drift.",
		EN: "No integrations are in operation.",
	},
	"today.fresh.never": {
		NB: "Har aldri lest inn data.",
		NN: "Har aldri lese inn data.",
		EN: "Has never loaded data.",
	},
	"today.fresh.late": {
		NB: "Sist {last}. Nye data skulle vært her {since}.",
		NN: "Sist {last}. Nye data skulle vore her {since}.",
		EN: "Last {last}. New data should have been here {since}.",
	},
	"today.fresh.ok":        {NB: "Sist {last}", NN: "Sist {last}", EN: "Last {last}"},
	"today.next":            {NB: "Det neste som skjer", NN: "Det neste som skjer", EN: "What happens next"},
	"today.next.none":       {NB: "Ingenting er planlagt.", NN: "Ingenting er planlagt.", EN: "Nothing is planned."},
	"today.next.today":      {NB: "i dag kl. {at}", NN: "i dag kl. {at}", EN: "today at {at}"},
	"today.next.tomorrow":   {NB: "i morgen kl. {at}", NN: "i morgon kl. {at}", EN: "tomorrow at {at}"},
	"today.need.stopped.do": {NB: "Se hva som mangler", NN: "Sjå kva som manglar", EN: "See what is missing"},
	"today.need.stopped": {
		NB: "{integration} er godkjent, men kan ikke kjøre",
		NN: "{integration} er godkjend, men kan ikkje køyre",
		EN: "{integration} is approved, but cannot run",
	},
	"today.need.outgrown": {
		NB: "{integration} passer ikke i kodebok versjon {to}",
		NN: "{integration} passar ikkje i kodebok versjon {to}",
		EN: "{integration} does not fit codebook version {to}",
	},
	"today.need.approval": {
		NB: "{integration} venter på godkjenning",
		NN: "{integration} ventar på godkjenning",
		EN: "{integration} waits for approval",
	},
	"today.need.approval.text": {
		NB: "Sendt inn av {name} {at}.",
		NN: "Send inn av {name} {at}.",
		EN: "Submitted by {name} {at}.",
	},
	"today.need.approval.do": {NB: "Vurder", NN: "Vurder", EN: "Review"},
	"today.need.move":        {NB: "Flytt {integration} fra {system}", NN: "Flytt {integration} frå {system}", EN: "Move {integration} away from {system}"},
	"today.need.move.text":   {NB: "Flyttingen er ikke begynt.", NN: "Flyttinga er ikkje byrja.", EN: "The move has not begun."},
	"today.need.move.at":     {NB: "Flyttingen: {state}.", NN: "Flyttinga: {state}.", EN: "The move: {state}."},
	"today.need.move.left": {
		NB: "{days} {days|dag|dager} igjen til systemet er borte.",
		NN: "{days} {days|dag|dagar} att til systemet er borte.",
		EN: "{days} {days|day|days} until the system is gone.",
	},
	"today.need.move.ended": {
		NB: "Systemet er borte, og ingenting kjører.",
		NN: "Systemet er borte, og ingenting køyrer.",
		EN: "The system is gone, and nothing runs.",
	},
	"today.need.move.do": {NB: "Åpne oppgaven", NN: "Opne oppgåva", EN: "Open the task"},
	"today.need.exemption": {
		NB: "Unntaket i {document} går ut {date}",
		NN: "Unntaket i {document} går ut {date}",
		EN: "The exemption in {document} ends on {date}",
	},
	"today.need.exemption.text": {
		NB: "Etter det får transporten ikke gå utenom integrasjonsplattformen.",
		NN: "Etter det får transporten ikkje gå utanom integrasjonsplattforma.",
		EN: "After that, transport may not go around the integration platform.",
	},
	"today.need.expires": {
		NB: "{document} går ut {date}",
		NN: "{document} går ut {date}",
		EN: "{document} expires {date}",
	},
	"today.need.expires.text": {
		NB: "Etter det stopper integrasjonene som bygger på den.",
		NN: "Etter det stoppar integrasjonane som byggjer på han.",
		EN: "After that, the integrations that rest on it stop.",
	},
	"today.need.expires.do": {NB: "Se grunnlaget", NN: "Sjå grunnlaget", EN: "See the basis"},
}
