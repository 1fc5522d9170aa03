package text

// alertTexts holds the words of what is wrong with runs, data and the installation.
var alertTexts = Catalogue{
	"alert.kind.part_fault": {
		NB: "En del av installasjonen er ikke i orden",
		NN: "Ein del av installasjonen er ikkje i orden",
		EN: "A part of the installation is not in order",
	},
	"alert.means.part_fault": {
		NB: "Grunnen under sier om data er i fare. Kjøringer kan stanse til det er rettet.",
		NN: "Grunnen under seier om data er i fare. Køyringar kan stanse til det er retta.",
		EN: "The reason below says whether data are at risk. Runs may stop until it is put right.",
	},
	"alert.do.part_fault": {
		NB: "Følg kjøreboken.",
		NN: "Følg køyreboka.",
		EN: "Follow the run book.",
	},
	"alert.kind.run_unknown": {
		NB: "Usikkert om data kom fram",
		NN: "Usikkert om data kom fram",
		EN: "Unknown whether data arrived",
	},
	"alert.means.run_unknown": {
		NB: "Mottakeren kan ha tatt imot leveransen eller ikke. Den sendes ikke igjen før det er avklart.",
		NN: "Mottakaren kan ha teke imot leveransen eller ikkje. Han blir ikkje send att før det er avklart.",
		EN: "The receiver may or may not have taken the delivery. It is not sent again until that is settled.",
	},
	"alert.do.run_unknown": {
		NB: "Spør mottakeren om hva de har, og avklar på kjøringens side.",
		NN: "Spør mottakaren om kva dei har, og avklar på sida til køyringa.",
		EN: "Ask the receiver what they have, and settle it on the run's page.",
	},
	"alert.kind.run_lost": {
		NB: "Kjøring uten arbeider",
		NN: "Køyring utan arbeidar",
		EN: "Run without a worker",
	},
	"alert.means.run_lost": {
		NB: "Prosessen som holdt kjøringen, er borte. Ingenting av kjøringen er lest inn før den er tatt over og fullført.",
		NN: "Prosessen som heldt køyringa, er borte. Ingenting av køyringa er lese inn før ho er teken over og fullført.",
		EN: "The process that held the run has gone. Nothing of the run counts as loaded until it is taken over and completed.",
	},
	"alert.do.run_lost": {
		NB: "Sjekk at minst én serve- eller worker-prosess går. Den tar over av seg selv.",
		NN: "Sjekk at minst éin serve- eller worker-prosess går. Han tek over av seg sjølv.",
		EN: "Check that at least one serve or worker process is up. It takes over by itself.",
	},
	"alert.kind.circuit_open": {
		NB: "En vert svarer ikke",
		NN: "Ein vert svarer ikkje",
		EN: "A host does not answer",
	},
	"alert.means.circuit_open": {
		NB: "Kjøringer mot verten venter. Ingenting går tapt, men data blir forsinket.",
		NN: "Køyringar mot verten ventar. Ingenting går tapt, men data blir forseinka.",
		EN: "Runs to the host wait. Nothing is lost, but data will be late.",
	},
	"alert.do.circuit_open": {
		NB: "Ring den som drifter verten. Kjøringene prøver igjen av seg selv.",
		NN: "Ring den som driftar verten. Køyringane prøver att av seg sjølve.",
		EN: "Call whoever operates the host. The runs try again by themselves.",
	},
	"alert.kind.run_failed": {
		NB: "Kjøring feilet",
		NN: "Køyring feila",
		EN: "Run failed",
	},
	"alert.means.run_failed": {
		NB: "Ingenting av kjøringen er lest inn. Registeret er som før den.",
		NN: "Ingenting av køyringa er lese inn. Registeret er som før henne.",
		EN: "Nothing of the run was loaded. The registry is as before it.",
	},
	"alert.do.run_failed": {
		NB: "Les grunnen, rett den, og kjør på nytt.",
		NN: "Les grunnen, rett han, og køyr på nytt.",
		EN: "Read the reason, put it right, and run again.",
	},
	"alert.kind.run_refused": {
		NB: "Kjøring avvist",
		NN: "Køyring avvist",
		EN: "Run refused",
	},
	"alert.means.run_refused": {
		NB: "Ingenting er hentet, og registeret er uendret. Integrasjonen står til grunnen er borte.",
		NN: "Ingenting er henta, og registeret er uendra. Integrasjonen står til grunnen er borte.",
		EN: "Nothing was fetched, and the registry is unchanged. The integration stands still until the reason is gone.",
	},
	"alert.do.run_refused": {
		NB: "Se hva godkjenningen mangler, og be om det som trengs.",
		NN: "Sjå kva godkjenninga manglar, og be om det som trengst.",
		EN: "See what the approval lacks, and ask for what is needed.",
	},
	"alert.kind.run_held": {
		NB: "Kjøring venter på en avgjørelse",
		NN: "Køyring ventar på ei avgjerd",
		EN: "Run waits for a decision",
	},
	"alert.means.run_held": {
		NB: "Registeret er uendret. Leveransen ligger forseglet til noen frigir eller avviser den.",
		NN: "Registeret er uendra. Leveransen ligg forsegla til nokon frigir eller avviser han.",
		EN: "The registry is unchanged. The delivery lies sealed until somebody releases or rejects it.",
	},
	"alert.do.run_held": {
		NB: "Åpne kjøringen, se hva som er uvanlig, og avgjør.",
		NN: "Opne køyringa, sjå kva som er uvanleg, og avgjer.",
		EN: "Open the run, see what is unusual, and decide.",
	},
	"alert.kind.run_not_started": {
		NB: "Kjøring har ikke startet",
		NN: "Køyring har ikkje starta",
		EN: "Run has not started",
	},
	"alert.means.run_not_started": {
		NB: "Den skulle vært i gang. Registeret er uendret, og forfallet går ikke tapt.",
		NN: "Ho skulle ha vore i gang. Registeret er uendra, og forfallet går ikkje tapt.",
		EN: "It should be at work by now. The registry is unchanged, and the due time is not lost.",
	},
	"alert.do.run_not_started": {
		NB: "Se om køen vokser, og om arbeiderne går.",
		NN: "Sjå om køen veks, og om arbeidarane går.",
		EN: "See whether the queue grows, and whether the workers are up.",
	},
	"alert.kind.run_not_finished": {
		NB: "Kjøring tar uvanlig lang tid",
		NN: "Køyring tek uvanleg lang tid",
		EN: "Run takes unusually long",
	},
	"alert.means.run_not_finished": {
		NB: "Ingenting er synlig i registeret før kjøringen er ferdig.",
		NN: "Ingenting er synleg i registeret før køyringa er ferdig.",
		EN: "Nothing shows in the registry until the run is complete.",
	},
	"alert.do.run_not_finished": {
		NB: "Se på kjøringens side om den går framover. Står den stille, avbryt den og kjør på nytt.",
		NN: "Sjå på sida til køyringa om ho går framover. Står ho stille, avbryt henne og køyr på nytt.",
		EN: "See on the run's page whether it moves. If it stands still, cancel it and run again.",
	},
	"alert.kind.data_late": {
		NB: "Data er forsinket",
		NN: "Data er forseinka",
		EN: "Data are late",
	},
	"alert.means.data_late": {
		NB: "Registeret har ikke fått nye data så ofte som integrasjonen lover. Det som er der, står.",
		NN: "Registeret har ikkje fått nye data så ofte som integrasjonen lovar. Det som er der, står.",
		EN: "The registry has not had new data as often as the integration promises. What is there stays.",
	},
	"alert.do.data_late": {
		NB: "Se siste kjøring. Gikk den bra, spør kilden hvorfor det ikke kommer noe.",
		NN: "Sjå siste køyring. Gjekk ho bra, spør kjelda kvifor det ikkje kjem noko.",
		EN: "See the last run. If it went well, ask the source why nothing comes.",
	},
	"alert.kind.run_missed": {
		NB: "Forfall ble ikke kjørt",
		NN: "Forfall vart ikkje køyrt",
		EN: "A due time was not run",
	},
	"alert.means.run_missed": {
		NB: "Portalen var nede, og tidsplanen tar ikke forfallet igjen. Data for tiden kan mangle.",
		NN: "Portalen var nede, og tidsplanen tek ikkje att forfallet. Data for tida kan mangle.",
		EN: "The portal was down, and the schedule does not catch up. Data of that time may be missing.",
	},
	"alert.do.run_missed": {
		NB: "Kjør nå, eller hent inn dagene som mangler.",
		NN: "Køyr no, eller hent inn dagane som manglar.",
		EN: "Run now, or backfill the days that are missing.",
	},
	"alert.kind.run_empty": {
		NB: "Leveranse uten rader",
		NN: "Leveranse utan rader",
		EN: "Delivery without rows",
	},
	"alert.means.run_empty": {
		NB: "Kjøringen gikk bra, men kilden ga ingen rader. Registeret er uendret.",
		NN: "Køyringa gjekk bra, men kjelda gav ingen rader. Registeret er uendra.",
		EN: "The run went well, but the source gave no rows. The registry is unchanged.",
	},
	"alert.do.run_empty": {
		NB: "Spør kilden om det stemmer. Er det vanlig, tillat tomme leveranser på integrasjonen.",
		NN: "Spør kjelda om det stemmer. Er det vanleg, tillat tomme leveransar på integrasjonen.",
		EN: "Ask the source whether that is right. If it is usual, allow empty deliveries on the integration.",
	},

	"alerts.title": {
		NB: "Åpne saker",
		NN: "Opne saker",
		EN: "Open matters",
	},
	"alerts.lead": {
		NB: "Det som er galt nå, det verste først. En sak lukkes av seg selv når årsaken er borte.",
		NN: "Det som er gale no, det verste først. Ei sak blir lukka av seg sjølv når årsaka er borte.",
		EN: "What is wrong now, the worst first. A matter closes by itself when its cause is gone.",
	},
	"alerts.closed.title": {
		NB: "Lukkede saker",
		NN: "Lukka saker",
		EN: "Closed matters",
	},
	"alerts.none": {
		NB: "Ingen åpne saker",
		NN: "Ingen opne saker",
		EN: "No open matters",
	},
	"alerts.none.help": {
		NB: "Kjøringer, data og installasjonen er som de skal, så langt du kan se.",
		NN: "Køyringar, data og installasjonen er som dei skal, så langt du kan sjå.",
		EN: "Runs, data and the installation are as they should be, as far as you can see.",
	},
	"alerts.closed.none": {
		NB: "Ingen lukkede saker passer",
		NN: "Ingen lukka saker passar",
		EN: "No closed matters fit",
	},
	"alerts.closed.none.help": {
		NB: "Saker kommer hit når årsaken er borte.",
		NN: "Saker kjem hit når årsaka er borte.",
		EN: "Matters come here when their cause is gone.",
	},
	"alerts.filter": {
		NB: "Velg saker",
		NN: "Vel saker",
		EN: "Choose matters",
	},
	"alerts.show": {
		NB: "Vis",
		NN: "Vis",
		EN: "Show",
	},
	"alerts.show.open": {
		NB: "Åpne",
		NN: "Opne",
		EN: "Open",
	},
	"alerts.show.closed": {
		NB: "Lukkede",
		NN: "Lukka",
		EN: "Closed",
	},
	"alerts.kind": {
		NB: "Hva",
		NN: "Kva",
		EN: "What",
	},
	"alerts.registry": {
		NB: "Register",
		NN: "Register",
		EN: "Registry",
	},
	"alerts.all": {
		NB: "Alle",
		NN: "Alle",
		EN: "All",
	},
	"alerts.own": {
		NB: "Installasjonen",
		NN: "Installasjonen",
		EN: "The installation",
	},
	"alerts.search": {
		NB: "Vis",
		NN: "Vis",
		EN: "Show",
	},
	"alerts.found": {
		NB: "{n} {n|åpen sak|åpne saker}",
		NN: "{n} {n|open sak|opne saker}",
		EN: "{n} open {n|matter|matters}",
	},
	"alerts.since": {
		NB: "Siden",
		NN: "Sidan",
		EN: "Since",
	},
	"alerts.last": {
		NB: "Sist",
		NN: "Sist",
		EN: "Last",
	},
	"alerts.opened": {
		NB: "Åpnet",
		NN: "Opna",
		EN: "Opened",
	},
	"alerts.closed": {
		NB: "Lukket",
		NN: "Lukka",
		EN: "Closed",
	},
	"alerts.count": {
		NB: "Antall ganger",
		NN: "Kor mange gonger",
		EN: "How many times",
	},
	"alerts.reason": {
		NB: "Grunn",
		NN: "Grunn",
		EN: "Reason",
	},
	"alerts.do": {
		NB: "Gjør dette",
		NN: "Gjer dette",
		EN: "Do this",
	},
	"alerts.grave": {
		NB: "Haster",
		NN: "Hastar",
		EN: "Urgent",
	},
	"alerts.mild": {
		NB: "Bør følges opp",
		NN: "Bør følgjast opp",
		EN: "Needs follow-up",
	},
	"alerts.untaken": {
		NB: "Ingen har tatt saken",
		NN: "Ingen har teke saka",
		EN: "Nobody has taken it",
	},
	"alerts.taken": {
		NB: "{name} har tatt saken",
		NN: "{name} har teke saka",
		EN: "{name} has taken it",
	},
	"alerts.put_off": {
		NB: "{name} har utsatt saken til {until}",
		NN: "{name} har utsett saka til {until}",
		EN: "{name} has put it off until {until}",
	},
	"alerts.said": {
		NB: "Beskjed",
		NN: "Beskjed",
		EN: "Message",
	},
	"alerts.run": {
		NB: "Åpne kjøring {no}",
		NN: "Opne køyring {no}",
		EN: "Open run {no}",
	},
	"alerts.integration": {
		NB: "Åpne integrasjonen",
		NN: "Opne integrasjonen",
		EN: "Open the integration",
	},
	"alerts.part": {
		NB: "Åpne drift",
		NN: "Opne drift",
		EN: "Open operations",
	},
	"alerts.book": {
		NB: "Les i kjøreboken",
		NN: "Les i køyreboka",
		EN: "Read in the run book",
	},
	"alerts.take": {
		NB: "Ta saken",
		NN: "Ta saka",
		EN: "Take it",
	},
	"alerts.take.reason": {
		NB: "Hva gjør du med den?",
		NN: "Kva gjer du med henne?",
		EN: "What are you doing about it?",
	},
	"alerts.take.until": {
		NB: "Utsett til",
		NN: "Utset til",
		EN: "Put off until",
	},
	"alerts.take.until.help": {
		NB: "La det stå tomt for å ta saken nå. En utsatt sak kommer tilbake den dagen.",
		NN: "Lat det stå tomt for å ta saka no. Ei utsett sak kjem tilbake den dagen.",
		EN: "Leave empty to take it now. A matter that is put off comes back on that day.",
	},
	"alerts.took": {
		NB: "Saken er tatt. Den lukkes når årsaken er borte.",
		NN: "Saka er teken. Ho blir lukka når årsaka er borte.",
		EN: "It is taken. It closes when its cause is gone.",
	},
	"alerts.optional": {
		NB: "valgfritt",
		NN: "valfritt",
		EN: "optional",
	},
	"error.alert.until": {
		NB: "Velg en dag fra i morgen av, og ikke mer enn {days} {days|dag|dager} fram.",
		NN: "Vel ein dag frå i morgon av, og ikkje meir enn {days} {days|dag|dagar} fram.",
		EN: "Choose a day from tomorrow on, and no more than {days} {days|day|days} ahead.",
	},
	"error.alert.not_found": {
		NB: "Saken finnes ikke.",
		NN: "Saka finst ikkje.",
		EN: "There is no such matter.",
	},
	"audit.kind.alert": {NB: "Åpen sak", NN: "Open sak", EN: "Open matter"},
	"audit.did.assign": {NB: "tatt ansvar for", NN: "teken ansvar for", EN: "taken on"},
	"nav.alerts": {
		NB: "Åpne saker",
		NN: "Opne saker",
		EN: "Open matters",
	},
	"nav.more_n": {NB: "Mer ({n})", NN: "Meir ({n})", EN: "More ({n})"},
	"nav.alerts_n": {
		NB: "Åpne saker ({n})",
		NN: "Opne saker ({n})",
		EN: "Open matters ({n})",
	},
	"notice.kind.run_not_started": {
		NB: "Kjøring har ikke startet",
		NN: "Køyring har ikkje starta",
		EN: "Run has not started",
	},
	"notice.say.run_not_started": {
		NB: "{subject} skulle ha startet {since} og har ikke gjort det. Forfallet går ikke tapt.",
		NN: "{subject} skulle ha starta {since} og har ikkje gjort det. Forfallet går ikkje tapt.",
		EN: "{subject} should have started {since} and has not. The due time is not lost.",
	},
	"notice.kind.run_not_finished": {
		NB: "Kjøring tar uvanlig lang tid",
		NN: "Køyring tek uvanleg lang tid",
		EN: "Run takes unusually long",
	},
	"notice.say.run_not_finished": {
		NB: "{subject} har holdt på siden {since}, mye lenger enn vanlig.",
		NN: "{subject} har halde på sidan {since}, mykje lenger enn vanleg.",
		EN: "{subject} has been at work since {since}, far longer than usual.",
	},
	"notice.kind.circuit_open": {
		NB: "En vert svarer ikke",
		NN: "Ein vert svarer ikkje",
		EN: "A host does not answer",
	},
	"notice.say.circuit_open": {
		NB: "{subject} svarer ikke. Kjøringer dit venter og prøver igjen av seg selv.",
		NN: "{subject} svarer ikkje. Køyringar dit ventar og prøver att av seg sjølve.",
		EN: "{subject} does not answer. Runs to it wait and try again by themselves.",
	},
	"notice.kind.part_fault": {
		NB: "Noe er galt med installasjonen",
		NN: "Noko er gale med installasjonen",
		EN: "Something is wrong with the installation",
	},
	"notice.say.part_fault": {
		NB: "En del av installasjonen er ikke i orden. Åpne saken og følg kjøreboken.",
		NN: "Ein del av installasjonen er ikkje i orden. Opne saka og følg køyreboka.",
		EN: "A part of the installation is not in order. Open the matter and follow the run book.",
	},
	"notice.kind.alert_untaken": {
		NB: "Ingen har tatt en sak som haster",
		NN: "Ingen har teke ei sak som hastar",
		EN: "Nobody has taken an urgent matter",
	},
	"notice.say.alert_untaken": {
		NB: "{kind}: {subject}. Ingen har tatt saken på {hours} {hours|time|timer}.",
		NN: "{kind}: {subject}. Ingen har teke saka på {hours} {hours|time|timar}.",
		EN: "{kind}: {subject}. Nobody has taken it in {hours} {hours|hour|hours}.",
	},
}
