package text

// runbookPlan says what to do about due times.
var runbookPlan = Catalogue{
	"runbook.slot.calendar.meaning": {
		NB: "Forfallet kom i en tid da en kalender sier at integrasjonen ikke skal kjøre. Registeret er uendret.",
		NN: "Forfallet kom i ei tid då ein kalender seier at integrasjonen ikkje skal køyre. Registeret er uendra.",
		EN: "It fell due at a time when a calendar says that the integration is not to run. The registry is unchanged.",
	},
	"runbook.slot.calendar.do": {
		NB: "Ingenting må gjøres: neste kjøring henter det som er nytt siden sist.\nKan det ikke vente, kjør integrasjonen nå.\nSkal den kjøre på slike dager, endre kalenderen eller ta den bort fra tidsplanen.",
		NN: "Ingenting må gjerast: neste køyring hentar det som er nytt sidan sist.\nKan det ikkje vente, køyr integrasjonen no.\nSkal han køyre på slike dagar, endre kalenderen eller ta han bort frå tidsplanen.",
		EN: "Nothing needs doing: the next run fetches what is new since last time.\nIf it cannot wait, run the integration now.\nIf it is to run on such days, change the calendar or take it off the schedule.",
	},
	"runbook.doctor.slots.meaning": {
		NB: "Hvert forfall skal bli nøyaktig én kjøring. Portalen holder tidsplanene slik de var mot kjøringene som finnes, og det stemmer ikke for det siste døgnet. Registrene er ikke lest inn to ganger av dette, men et forfall kan mangle.",
		NN: "Kvart forfall skal bli nøyaktig éi køyring. Portalen held tidsplanane slik dei var mot køyringane som finst, og det stemmer ikkje for det siste døgnet. Registera er ikkje lesne inn to gonger av dette, men eit forfall kan mangle.",
		EN: "Every due time is to become exactly one run. The portal holds the schedules as they were against the runs there are, and they do not agree for the last day. The registries were not loaded twice by this, but a due time may be missing.",
	},
	"runbook.doctor.slots.do": {
		NB: "Finn linjen «due times and runs don't agree» i portalens logg. Den nevner integrasjonen og tidspunktene.\nMangler et forfall, kjør integrasjonen nå. Da hentes det som er nytt siden sist.\nEr en sikkerhetskopi nettopp lagt tilbake, er dette ventet for tiden etter kopien.\nMeld det til leverandøren med «samband support». Det skal ikke kunne skje.",
		NN: "Finn linja «due times and runs don't agree» i loggen til portalen. Ho nemner integrasjonen og tidspunkta.\nManglar eit forfall, køyr integrasjonen no. Då blir det som er nytt sidan sist, henta.\nEr ein tryggingskopi nettopp lagd tilbake, er dette venta for tida etter kopien.\nMeld det til leverandøren med «samband support». Det skal ikkje kunne skje.",
		EN: "Find the line “due times and runs don't agree” in the portal's log. It names the integration and the times.\nIf a due time is missing, run the integration now. That fetches what is new since last time.\nIf a backup has just been restored, this is expected for the time after it.\nReport it to the supplier with “samband support”. It should not be possible.",
	},
	"runbook.doctor.planner_behind.meaning": {
		NB: "Planleggeren gjør forfall til kjøringer hvert 15. sekund, og er nå mer enn fem minutter etter klokken. Ingenting er tapt: forfallene blir kjøringer når den kommer videre, slik tidsplanen sier om å ta igjen.",
		NN: "Planleggjaren gjer forfall til køyringar kvart 15. sekund, og er no meir enn fem minutt etter klokka. Ingenting er tapt: forfalla blir køyringar når han kjem vidare, slik tidsplanen seier om å ta igjen.",
		EN: "The planner turns due times into runs every 15 seconds, and is now more than five minutes behind the clock. Nothing is lost: the due times become runs when it goes on, as the schedule says of catching up.",
	},
	"runbook.doctor.planner_behind.do": {
		NB: "Se etter «a schedule could not be planned» i portalens logg. Linjen sier hvilken integrasjon det gjelder, og hvorfor.\nKan tidsplanen ikke leses, lagre den på nytt på siden for tidsplanen.\nSvarer ikke databasen, følg kapittelet om den.\nEllers start portalen på nytt.",
		NN: "Sjå etter «a schedule could not be planned» i loggen til portalen. Linja seier kva integrasjon det gjeld, og kvifor.\nKan tidsplanen ikkje lesast, lagre han på nytt på sida for tidsplanen.\nSvarer ikkje databasen, følg kapittelet om han.\nElles start portalen på nytt.",
		EN: "Look for “a schedule could not be planned” in the portal's log. The line says which integration it is about, and why.\nIf the schedule cannot be read, save it again on its page.\nIf the database does not answer, follow the chapter about it.\nOtherwise restart the portal.",
	},
	"runbook.doctor.planner_ahead.meaning": {
		NB: "Klokken har stått lenger fram enn nå, og forfallene fram til da er allerede notert. Portalen planlegger dem ikke en gang til, så ingenting kjøres to ganger, men det kommer heller ingen nye før klokken er der igjen.",
		NN: "Klokka har stått lenger fram enn no, og forfalla fram til då er alt noterte. Portalen planlegg dei ikkje ein gong til, så ingenting blir køyrt to gonger, men det kjem heller ingen nye før klokka er der igjen.",
		EN: "The clock has stood later than now, and the due times up to then are recorded already. The portal does not plan them again, so nothing runs twice, but no new ones come until the clock is there again.",
	},
	"runbook.doctor.planner_ahead.do": {
		NB: "Sjekk klokken på maskinen og tjenesten som stiller den (chrony eller systemd-timesyncd).\nGjelder det noen minutter eller timer, vent.\nGjelder det lenger, kjør integrasjonen for hånd når den trengs. Kjøringene fra da klokken sto feil, viser hva som ble notert.",
		NN: "Sjekk klokka på maskina og tenesta som stiller ho (chrony eller systemd-timesyncd).\nGjeld det nokre minutt eller timar, vent.\nGjeld det lenger, køyr integrasjonen for hand når han trengst. Køyringane frå då klokka stod feil, viser kva som vart notert.",
		EN: "Check the machine's clock and the service that sets it (chrony or systemd-timesyncd).\nIf it is about minutes or hours, wait.\nIf it is longer, run the integration by hand when it is needed. The runs from when the clock was wrong show what was recorded.",
	},
}
