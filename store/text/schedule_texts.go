package text

// schedule holds the words for when things run: the parts that Schedule builds phrases of, what a clock change does,
// why a due time was not run, and what is wrong with an expression.
var schedule = Catalogue{
	// Times of day.
	"schedule.at":                 {NB: "kl. {times}", NN: "kl. {times}", EN: "at {times}"},
	"schedule.every_minute":       {NB: "hvert minutt", NN: "kvart minutt", EN: "every minute"},
	"schedule.every_minutes":      {NB: "hvert {n}. minutt", NN: "kvart {n}. minutt", EN: "every {n} minutes"},
	"schedule.every_minutes_past": {NB: "hvert {n}. minutt, fra {past} {past|minutt|minutter} over hel time", NN: "kvart {n}. minutt, frå {past} minutt over heil time", EN: "every {n} minutes, from {past} {past|minute|minutes} past the hour"},
	"schedule.hourly":             {NB: "hver time", NN: "kvar time", EN: "every hour"},
	"schedule.hourly_past":        {NB: "hver time, {list} {list|minutt|minutter} over", NN: "kvar time, {list} minutt over", EN: "every hour at {list} {list|minute|minutes} past"},
	"schedule.hours":              {NB: "hver {n}. time fra kl. {from}", NN: "kvar {n}. time frå kl. {from}", EN: "every {n} hours from {from}"},
	"schedule.span":               {NB: "{often} fra kl. {from} til {to}", NN: "{often} frå kl. {from} til {to}", EN: "{often} from {from} to {to}"},
	"schedule.past_hours":         {NB: "{minutes} {minutes|minutt|minutter} over kl. {hours}", NN: "{minutes} minutt over kl. {hours}", EN: "{minutes} {minutes|minute|minutes} past {hours}"},

	// Days.
	"schedule.daily":       {NB: "hver dag", NN: "kvar dag", EN: "every day"},
	"schedule.nightly":     {NB: "hver natt", NN: "kvar natt", EN: "every night"},
	"schedule.weekdays":    {NB: "hver {days}", NN: "kvar {days}", EN: "every {days}"},
	"schedule.working":     {NB: "hver ukedag (mandag til fredag)", NN: "kvar vekedag (måndag til fredag)", EN: "every weekday (Monday to Friday)"},
	"schedule.weekdayrun":  {NB: "hver dag fra {from} til {to}", NN: "kvar dag frå {from} til {to}", EN: "every day from {from} to {to}"},
	"schedule.dates":       {NB: "den {days} i hver måned", NN: "den {days} i kvar månad", EN: "on the {days} of every month"},
	"schedule.dates_in":    {NB: "den {days} i {months}", NN: "den {days} i {months}", EN: "on the {days} of {months}"},
	"schedule.date":        {NB: "den {day} {month} hvert år", NN: "den {day} {month} kvart år", EN: "on {day} {month} every year"},
	"schedule.leap_day":    {NB: "den 29. februar i skuddår", NN: "den 29. februar i skotår", EN: "on 29 February in leap years"},
	"schedule.every_date":  {NB: "hver {n}. dag fra den {from} i hver måned", NN: "kvar {n}. dag frå den {from} i kvar månad", EN: "every {n} days from the {from} of every month"},
	"schedule.where":       {NB: " (der dagen finnes)", NN: " (der dagen finst)", EN: " (where the day exists)"},
	"schedule.in":          {NB: " i {months}", NN: " i {months}", EN: " in {months}"},
	"schedule.from_to":     {NB: " fra {from} til {to}", NN: " frå {from} til {to}", EN: " from {from} to {to}"},
	"schedule.both":        {NB: "{weekdays}, men bare den {days} i måneden,", NN: "{weekdays}, men berre den {days} i månaden,", EN: "{weekdays}, but only on the {days} of the month,"},
	"schedule.either":      {NB: "{dates} og i tillegg {weekdays}", NN: "{dates} og i tillegg {weekdays}", EN: "{dates} and also {weekdays}"},
	"schedule.either_note": {NB: " (datoen og ukedagen gjelder hver for seg)", NN: " (datoen og vekedagen gjeld kvar for seg)", EN: " (either the date or the weekday is enough)"},
	"schedule.or_note": {
		NB: "Både dag i måneden og ukedag er satt. Da kjører den på alle dager der minst én av dem passer. Skal begge passe, lag én tidsplan med bare ukedagen.",
		NN: "Både dag i månaden og vekedag er sette. Då køyrer ho alle dagar der minst éin av dei passar. Skal begge passe, lag éin tidsplan med berre vekedagen.",
		EN: "Both day of the month and weekday are set. It then runs on every day that matches at least one of them. If both must match, make a schedule with only the weekday.",
	},

	// Intervals.
	"schedule.interval_minutes": {NB: "hvert {n}. minutt", NN: "kvart {n}. minutt", EN: "every {n} minutes"},
	"schedule.interval_hours":   {NB: "hver {n}. time", NN: "kvar {n}. time", EN: "every {n} hours"},
	"schedule.interval_days":    {NB: "hvert {n}. døgn", NN: "kvart {n}. døgn", EN: "every {n} days of 24 hours"},
	"schedule.interval_day":     {NB: "hvert døgn", NN: "kvart døgn", EN: "every 24 hours"},
	"schedule.counted_from":     {NB: "{often}, regnet fra {anchor}", NN: "{often}, rekna frå {anchor}", EN: "{often}, counted from {anchor}"},

	// Names.
	"schedule.and":    {NB: "og", NN: "og", EN: "and"},
	"schedule.to":     {NB: "til", NN: "til", EN: "to"},
	"schedule.minute": {NB: "minutt", NN: "minutt", EN: "minute"},
	"schedule.hour":   {NB: "time", NN: "time", EN: "hour"},
	"schedule.dom":    {NB: "dag i måneden", NN: "dag i månaden", EN: "day of the month"},
	"schedule.month":  {NB: "måned", NN: "månad", EN: "month"},
	"schedule.dow":    {NB: "ukedag", NN: "vekedag", EN: "weekday"},
	"weekday.0":       {NB: "søndag", NN: "søndag", EN: "Sunday"},
	"weekday.1":       {NB: "mandag", NN: "måndag", EN: "Monday"},
	"weekday.2":       {NB: "tirsdag", NN: "tysdag", EN: "Tuesday"},
	"weekday.3":       {NB: "onsdag", NN: "onsdag", EN: "Wednesday"},
	"weekday.4":       {NB: "torsdag", NN: "torsdag", EN: "Thursday"},
	"weekday.5":       {NB: "fredag", NN: "fredag", EN: "Friday"},
	"weekday.6":       {NB: "lørdag", NN: "laurdag", EN: "Saturday"},

	// What a clock change does to a due time; see SlotNote.
	"slot.gap": {
		NB: "Natt til {date} finnes ikke kl. {local}, fordi klokken stilles fram. Da starter kjøringen kl. {at}.",
		NN: "Natt til {date} finst ikkje kl. {local}, fordi klokka blir stilt fram. Då startar køyringa kl. {at}.",
		EN: "On {date} there is no {local}, because the clock goes forward. The run then starts at {at}.",
	},
	"slot.gap_joined": {
		NB: "Natt til {date} stilles klokken fram fra kl. {from} til kl. {to}. Forfall mellom dem slås sammen med det som er kl. {at}.",
		NN: "Natt til {date} blir klokka stilt fram frå kl. {from} til kl. {to}. Forfall mellom dei blir slått saman med det som er kl. {at}.",
		EN: "On {date} the clock goes forward from {from} to {to}. Due times between them are joined with the one at {at}.",
	},
	"slot.gap_skipped": {
		NB: "Natt til {date} stilles klokken fram fra kl. {from} til kl. {to}. Tidene mellom dem finnes ikke, så neste kjøring er kl. {at}.",
		NN: "Natt til {date} blir klokka stilt fram frå kl. {from} til kl. {to}. Tidene mellom dei finst ikkje, så neste køyring er kl. {at}.",
		EN: "On {date} the clock goes forward from {from} to {to}. The times between them do not exist, so the next run is at {at}.",
	},
	"slot.fold_once": {
		NB: "Natt til {date} kommer kl. {local} to ganger, fordi klokken stilles tilbake. Da kjører den bare den første gangen.",
		NN: "Natt til {date} kjem kl. {local} to gonger, fordi klokka blir stilt tilbake. Då køyrer ho berre den første gongen.",
		EN: "On {date} {local} comes twice, because the clock goes back. It then runs only the first time.",
	},
	"slot.fold_first": {
		NB: "Natt til {date} kommer kl. {local} to ganger, fordi klokken stilles tilbake. Den kjører begge gangene; dette er den første.",
		NN: "Natt til {date} kjem kl. {local} to gonger, fordi klokka blir stilt tilbake. Ho køyrer begge gongene; dette er den første.",
		EN: "On {date} {local} comes twice, because the clock goes back. It runs both times; this is the first.",
	},
	"slot.fold_second": {
		NB: "Natt til {date} kommer kl. {local} to ganger, fordi klokken stilles tilbake. Den kjører begge gangene; dette er den andre.",
		NN: "Natt til {date} kjem kl. {local} to gonger, fordi klokka blir stilt tilbake. Ho køyrer begge gongene; dette er den andre.",
		EN: "On {date} {local} comes twice, because the clock goes back. It runs both times; this is the second.",
	},

	// Why a due time became the run it did.
	"error.slot.on_time":   {NB: "Startet som planlagt.", NN: "Starta som planlagt.", EN: "Started as planned."},
	"error.slot.caught_up": {NB: "Portalen var nede ved forfall. Kjøringen er tatt igjen etterpå.", NN: "Portalen var nede ved forfall. Køyringa er teken igjen etterpå.", EN: "The portal was down when this was due. The run was caught up afterwards."},
	"error.slot.down": {
		NB: "Portalen var nede ved forfall, og tidsplanen tar ikke igjen. Registeret er uendret. Neste kjøring henter det som er nytt siden sist, eller du kan kjøre nå.",
		NN: "Portalen var nede ved forfall, og tidsplanen tek ikkje igjen. Registeret er uendra. Neste køyring hentar det som er nytt sidan sist, eller du kan køyre no.",
		EN: "The portal was down when this was due, and the schedule does not catch up. The registry is unchanged. The next run fetches what is new since last time, or you can run now.",
	},
	"error.slot.too_old": {
		NB: "Portalen var nede ved forfall, og det er for lenge siden til å ta igjen. Registeret er uendret. Neste kjøring henter det som er nytt siden sist, eller du kan kjøre nå.",
		NN: "Portalen var nede ved forfall, og det er for lenge sidan til å ta igjen. Registeret er uendra. Neste køyring hentar det som er nytt sidan sist, eller du kan køyre no.",
		EN: "The portal was down when this was due, too long ago to catch up. The registry is unchanged. The next run fetches what is new since last time, or you can run now.",
	},
	"error.slot.superseded": {
		NB: "Portalen var nede ved forfall. En senere kjøring henter alt som er nytt siden sist, så du trenger ikke gjøre noe.",
		NN: "Portalen var nede ved forfall. Ei seinare køyring hentar alt som er nytt sidan sist, så du treng ikkje gjere noko.",
		EN: "The portal was down when this was due. A later run fetches everything new since last time, so you need not do anything.",
	},
	"error.slot.over_limit": {
		NB: "Portalen var nede ved forfall, og det var flere forfall enn tidsplanen tar igjen. Registeret er uendret av dette. De nyeste er tatt igjen.",
		NN: "Portalen var nede ved forfall, og det var fleire forfall enn tidsplanen tek igjen. Registeret er uendra av dette. Dei nyaste er tekne igjen.",
		EN: "The portal was down when this was due, and more was due than the schedule catches up. The registry is unchanged by this. The newest were caught up.",
	},
	"error.slot.paused": {
		NB: "Tidsplanen var på pause ved forfall. Registeret er uendret. Etter pausen henter neste kjøring det som er nytt siden sist.",
		NN: "Tidsplanen var på pause ved forfall. Registeret er uendra. Etter pausen hentar neste køyring det som er nytt sidan sist.",
		EN: "The schedule was paused when this was due. The registry is unchanged. After the pause the next run fetches what is new since last time.",
	},
	"error.slot.overlap": {
		NB: "Forrige kjøring var ikke ferdig da denne skulle starte. Forfallet er hoppet over, og neste kjøring henter det som er nytt siden sist.",
		NN: "Førre køyring var ikkje ferdig då denne skulle starte. Forfallet er hoppa over, og neste køyring hentar det som er nytt sidan sist.",
		EN: "The previous run had not finished when this one was to start. It was skipped, and the next run fetches what is new since last time.",
	},
	"error.slot.calendar": {
		NB: "Hoppet over: {entry}, i kalenderen «{calendar}». Registeret er uendret. Neste kjøring henter det som er nytt siden sist.",
		NN: "Hoppa over: {entry}, i kalenderen «{calendar}». Registeret er uendra. Neste køyring hentar det som er nytt sidan sist.",
		EN: "Skipped: {entry}, in the calendar “{calendar}”. The registry is unchanged. The next run fetches what is new since last time.",
	},
	"error.slot.waited": {
		NB: "Ventet så lenge som tidsplanen tillater, {wait}, på at forrige kjøring skulle bli ferdig. Forfallet er hoppet over, og neste kjøring henter det som er nytt siden sist.",
		NN: "Venta så lenge som tidsplanen tillèt, {wait}, på at førre køyring skulle bli ferdig. Forfallet er hoppa over, og neste køyring hentar det som er nytt sidan sist.",
		EN: "Waited for as long as the schedule allows, {wait}, for the previous run to finish. It was skipped, and the next run fetches what is new since last time.",
	},

	// What is wrong with an expression.
	"error.schedule.empty": {
		NB: "Velg når den skal kjøre.",
		NN: "Vel når ho skal køyre.",
		EN: "Choose when it should run.",
	},
	"error.schedule.too_long": {
		NB: "Uttrykket er lengre enn {max} tegn. Skriv det kortere, for eksempel 0-30 i stedet for alle tallene.",
		NN: "Uttrykket er lengre enn {max} teikn. Skriv det kortare, til dømes 0-30 i staden for alle tala.",
		EN: "The expression is longer than {max} characters. Write it shorter, for example 0-30 instead of every number.",
	},
	"error.schedule.zone_prefix": {
		NB: "Tidssonen skal ikke stå i uttrykket. Ta bort TZ= og det som hører til; sonen er et eget felt.",
		NN: "Tidssona skal ikkje stå i uttrykket. Ta bort TZ= og det som høyrer til; sona er eit eige felt.",
		EN: "The time zone does not belong in the expression. Remove TZ= and what goes with it; the zone is a field of its own.",
	},
	"error.schedule.descriptor": {
		NB: "{value} kan ikke brukes her. Skriv de fem feltene, for eksempel 0 2 * * * for hver natt kl. 02.00.",
		NN: "{value} kan ikkje brukast her. Skriv dei fem felta, til dømes 0 2 * * * for kvar natt kl. 02.00.",
		EN: "{value} cannot be used here. Write the five fields, for example 0 2 * * * for every night at 02:00.",
	},
	"error.schedule.fields": {
		NB: "Uttrykket skal ha fem felt med mellomrom: minutt, time, dag i måneden, måned og ukedag. Dette har {n}.",
		NN: "Uttrykket skal ha fem felt med mellomrom: minutt, time, dag i månaden, månad og vekedag. Dette har {n}.",
		EN: "The expression should have five fields parted by spaces: minute, hour, day of the month, month and weekday. This has {n}.",
	},
	"error.schedule.number": {
		NB: "«{value}» i feltet for {part} kan ikke leses. Bruk tall fra {min} til {max}, og tegnene * , - og /.",
		NN: "«{value}» i feltet for {part} kan ikkje lesast. Bruk tal frå {min} til {max}, og teikna * , - og /.",
		EN: "“{value}” in the {part} field cannot be read. Use numbers from {min} to {max}, and the signs * , - and /.",
	},
	"error.schedule.name": {
		NB: "«{value}» i feltet for {part} kan ikke leses. Bruk tall fra {min} til {max} eller engelsk forkortelse, som mon eller jan.",
		NN: "«{value}» i feltet for {part} kan ikkje lesast. Bruk tal frå {min} til {max} eller engelsk forkorting, som mon eller jan.",
		EN: "“{value}” in the {part} field cannot be read. Use numbers from {min} to {max} or an English abbreviation, such as mon or jan.",
	},
	"error.schedule.range": {
		NB: "«{value}» er utenfor feltet for {part}. Bruk tall fra {min} til {max}.",
		NN: "«{value}» er utanfor feltet for {part}. Bruk tal frå {min} til {max}.",
		EN: "“{value}” is outside the {part} field. Use numbers from {min} to {max}.",
	},
	"error.schedule.backwards": {
		NB: "«{value}» i feltet for {part} går baklengs. Skriv det minste tallet først, eller del det i to med komma.",
		NN: "«{value}» i feltet for {part} går baklengs. Skriv det minste talet først, eller del det i to med komma.",
		EN: "“{value}” in the {part} field runs backwards. Write the smaller number first, or split it in two with a comma.",
	},
	"error.schedule.step": {
		NB: "Steget i «{value}» passer ikke i feltet for {part}. Bruk et tall fra 1 til {max} etter skråstreken.",
		NN: "Steget i «{value}» passar ikkje i feltet for {part}. Bruk eit tal frå 1 til {max} etter skråstreken.",
		EN: "The step in “{value}” does not fit the {part} field. Use a number from 1 to {max} after the slash.",
	},
	"error.schedule.never": {
		NB: "Dette skjer aldri, for ingen av månedene har den dagen. Endre dag i måneden eller måned.",
		NN: "Dette skjer aldri, for ingen av månadene har den dagen. Endre dag i månaden eller månad.",
		EN: "This never happens, because none of the months has that day. Change the day of the month or the month.",
	},
	"error.schedule.unreadable": {
		NB: "Uttrykket kan ikke leses. Skriv fem felt, for eksempel 30 2 * * * for hver natt kl. 02.30.",
		NN: "Uttrykket kan ikkje lesast. Skriv fem felt, til dømes 30 2 * * * for kvar natt kl. 02.30.",
		EN: "The expression cannot be read. Write five fields, for example 30 2 * * * for every night at 02:30.",
	},

	// What is wrong with the rest of a schedule.
	"error.schedule.not_found": {
		NB: "Integrasjonen har ingen tidsplan. Lag en, eller kjør den nå.",
		NN: "Integrasjonen har ingen tidsplan. Lag ein, eller køyr han no.",
		EN: "The integration has no schedule. Make one, or run it now.",
	},
	"error.schedule.integration": {
		NB: "Tidsplanen hører ikke til noen integrasjon. Åpne den fra integrasjonens side.",
		NN: "Tidsplanen høyrer ikkje til nokon integrasjon. Opne han frå sida til integrasjonen.",
		EN: "The schedule belongs to no integration. Open it from the page of the integration.",
	},
	"error.schedule.two_kinds": {
		NB: "Velg enten et uttrykk eller et fast mellomrom, ikke begge.",
		NN: "Vel anten eit uttrykk eller eit fast mellomrom, ikkje begge.",
		EN: "Choose either an expression or a fixed interval, not both.",
	},
	"error.schedule.every": {
		NB: "Mellomrommet må være hele minutter, minst ett minutt og høyst ett år.",
		NN: "Mellomrommet må vere heile minutt, minst eitt minutt og høgst eitt år.",
		EN: "The interval must be whole minutes, at least one minute and at most one year.",
	},
	"error.schedule.anchor": {
		NB: "Skriv dagen og klokkeslettet det regnes fra, for eksempel 2026-11-23T06:00.",
		NN: "Skriv dagen og klokkeslettet det blir rekna frå, til dømes 2026-11-23T06:00.",
		EN: "Write the day and the time that it is counted from, for example 2026-11-23T06:00.",
	},
	"error.schedule.zone": {
		NB: "Tidssonen «{zone}» finnes ikke. Bruk et navn som Europe/Oslo.",
		NN: "Tidssona «{zone}» finst ikkje. Bruk eit namn som Europe/Oslo.",
		EN: "The time zone “{zone}” does not exist. Use a name such as Europe/Oslo.",
	},
	"error.schedule.catch_up": {
		NB: "Velg hva som skal skje når portalen var nede ved forfall.",
		NN: "Vel kva som skal skje når portalen var nede ved forfall.",
		EN: "Choose what to do when the portal was down at the due time.",
	},
	"error.schedule.catch_up_window": {
		NB: "Velg hvor langt tilbake den skal ta igjen: minst to minutter og høyst {days} døgn.",
		NN: "Vel kor langt tilbake ho skal ta igjen: minst to minutt og høgst {days} døgn.",
		EN: "Choose how far back to catch up: at least two minutes and at most {days} {days|day|days}.",
	},
	"error.schedule.catch_up_max": {
		NB: "Velg hvor mange forfall den høyst skal ta igjen: fra 1 til {max}.",
		NN: "Vel kor mange forfall ho høgst skal ta igjen: frå 1 til {max}.",
		EN: "Choose how many due times to catch up at most: from 1 to {max}.",
	},
	"error.schedule.overlap": {
		NB: "Velg hva som skal skje når forrige kjøring ikke er ferdig.",
		NN: "Vel kva som skal skje når førre køyring ikkje er ferdig.",
		EN: "Choose what to do when the previous run has not finished.",
	},
	"error.schedule.wait": {
		NB: "Ventetiden må være fra ett minutt til {days} {days|dag|dager}.",
		NN: "Ventetida må vere frå eitt minutt til {days} {days|dag|dagar}.",
		EN: "The wait must be from one minute to {days} {days|day|days}.",
	},
	"error.schedule.calendars": {
		NB: "Velg høyst {most} kalendere, hver bare én gang.",
		NN: "Vel høgst {most} kalendrar, kvar berre éin gong.",
		EN: "Choose at most {most} calendars, each only once.",
	},
	"error.schedule.jitter": {
		NB: "Starten kan utsettes med høyst én time.",
		NN: "Starten kan utsetjast med høgst éin time.",
		EN: "The start can be put off by at most one hour.",
	},
	"error.schedule.pause_reason": {
		NB: "Skriv hvorfor tidsplanen settes på pause, så de andre vet det.",
		NN: "Skriv kvifor tidsplanen blir sett på pause, så dei andre veit det.",
		EN: "Write why the schedule is paused, so that the others know.",
	},
	"error.schedule.paused_until": {
		NB: "Pausen må slutte etter at den begynner. Velg et senere tidspunkt, eller la feltet stå tomt.",
		NN: "Pausen må slutte etter at han byrjar. Vel eit seinare tidspunkt, eller la feltet stå tomt.",
		EN: "The pause must end after it begins. Choose a later time, or leave the field empty.",
	},
}
