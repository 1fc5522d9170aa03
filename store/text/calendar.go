package text

// calendarTexts holds the words for calendars: the public holidays, what can be wrong, and the pages.
var calendarTexts = Catalogue{
	"holiday.new_year":         {NB: "første nyttårsdag", NN: "første nyttårsdag", EN: "New Year's Day"},
	"holiday.maundy_thursday":  {NB: "skjærtorsdag", NN: "skjærtorsdag", EN: "Maundy Thursday"},
	"holiday.good_friday":      {NB: "langfredag", NN: "langfredag", EN: "Good Friday"},
	"holiday.easter":           {NB: "første påskedag", NN: "første påskedag", EN: "Easter Sunday"},
	"holiday.easter_monday":    {NB: "andre påskedag", NN: "andre påskedag", EN: "Easter Monday"},
	"holiday.labour_day":       {NB: "1. mai", NN: "1. mai", EN: "1 May"},
	"holiday.constitution_day": {NB: "17. mai", NN: "17. mai", EN: "17 May"},
	"holiday.ascension":        {NB: "Kristi himmelfartsdag", NN: "Kristi himmelfartsdag", EN: "Ascension Day"},
	"holiday.whit_sunday":      {NB: "første pinsedag", NN: "første pinsedag", EN: "Whit Sunday"},
	"holiday.whit_monday":      {NB: "andre pinsedag", NN: "andre pinsedag", EN: "Whit Monday"},
	"holiday.christmas":        {NB: "første juledag", NN: "første juledag", EN: "Christmas Day"},
	"holiday.boxing_day":       {NB: "andre juledag", NN: "andre juledag", EN: "Boxing Day"},
	"calendar.weekend":         {NB: "helg", NN: "helg", EN: "weekend"},

	"error.calendar.not_found": {
		NB: "Kalenderen finnes ikke. Kanskje noen har slettet den. Last siden på nytt.",
		NN: "Kalenderen finst ikkje. Kanskje nokon har sletta han. Last sida på nytt.",
		EN: "There is no such calendar. Perhaps somebody deleted it. Load the page again.",
	},
	"error.calendar.windows": {
		NB: "En kalender kan ha høyst {most} tider.",
		NN: "Ein kalender kan ha høgst {most} tider.",
		EN: "A calendar can have at most {most} times.",
	},
	"error.calendar.from": {
		NB: "Skriv den første datoen.",
		NN: "Skriv den første datoen.",
		EN: "Enter the first date.",
	},
	"error.calendar.backwards": {
		NB: "Den siste datoen er før den første.",
		NN: "Den siste datoen er før den første.",
		EN: "The last date is before the first.",
	},
	"error.calendar.whole_year": {
		NB: "Datoene går over et helt år. Da kan de ikke gjentas hvert år.",
		NN: "Datoane går over eit heilt år. Då kan dei ikkje takast opp att kvart år.",
		EN: "The dates span a whole year. Then they cannot come every year.",
	},
	"error.calendar.always": {
		NB: "Skriv en dato, et klokkeslett eller begge. Uten dem ville ingenting startet noen gang.",
		NN: "Skriv ein dato, eit klokkeslett eller begge. Utan dei ville ingenting starta nokon gong.",
		EN: "Enter a date, a time of day, or both. Without them nothing would ever start.",
	},
	"error.calendar.time": {
		NB: "Skriv klokkeslettet med timer og minutter, for eksempel 22:00.",
		NN: "Skriv klokkeslettet med timar og minutt, til dømes 22:00.",
		EN: "Enter the time of day with hours and minutes, such as 22:00.",
	},
	"error.calendar.no_time": {
		NB: "Fra og til er samme klokkeslett. La begge stå tomme for hele døgnet.",
		NN: "Frå og til er same klokkeslett. La begge stå tomme for heile døgnet.",
		EN: "From and to are the same time. Leave both empty for the whole day.",
	},

	"doctor.planner": {NB: "Planleggeren: forfall og kjøringer stemmer", NN: "Planleggjaren: forfall og køyringar stemmer", EN: "The planner: due times and runs agree"},
	"error.doctor.slots": {
		NB: "Det siste døgnet har {n} forfall ingen eller for mange kjøringer, blant annet for {integration}. Ingenting er lest inn to ganger av dette. Portalens logg nevner hvert forfall. Kjør integrasjonen nå for å hente det som er nytt.",
		NN: "Det siste døgnet har {n} forfall inga eller for mange køyringar, mellom anna for {integration}. Ingenting er lese inn to gonger av dette. Loggen til portalen nemner kvart forfall. Køyr integrasjonen no for å hente det som er nytt.",
		EN: "In the last day {n} due times have no run or too many, among them of {integration}. Nothing was loaded twice by this. The portal's log names each due time. Run the integration now to fetch what is new.",
	},
	"error.doctor.planner_behind": {
		NB: "Planleggeren har bare kommet til {at} for {integration}. Ingenting er tapt: forfallene blir kjøringer når den kommer videre. Se etter feil i portalens logg, og start portalen på nytt.",
		NN: "Planleggjaren har berre kome til {at} for {integration}. Ingenting er tapt: forfalla blir køyringar når han kjem vidare. Sjå etter feil i loggen til portalen, og start portalen på nytt.",
		EN: "The planner has only come to {at} for {integration}. Nothing is lost: the due times become runs when it goes on. Look for errors in the portal's log, and restart the portal.",
	},
	"error.doctor.planner_ahead": {
		NB: "Klokken på maskinen er stilt tilbake: forfall er notert fram til {at} for {integration}, og ingen nye kommer før da. Ingenting kjøres to ganger. Rett klokken, eller kjør integrasjonen for hånd til klokken er der.",
		NN: "Klokka på maskina er stilt tilbake: forfall er noterte fram til {at} for {integration}, og ingen nye kjem før då. Ingenting blir køyrt to gonger. Rett klokka, eller køyr integrasjonen for hand til klokka er der.",
		EN: "The machine's clock was set back: due times are recorded up to {at} for {integration}, and no new ones come before then. Nothing runs twice. Correct the clock, or run the integration by hand until the clock is there.",
	},
}
