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
}
