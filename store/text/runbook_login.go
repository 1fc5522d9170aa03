package text

// runbookLogin says what to do when people can't log in, or should not have.
var runbookLogin = Catalogue{
	"runbook.chapter.login": {NB: "Innlogging", NN: "Innlogging", EN: "Login"},
	"runbook.auth.provider_away.meaning": {
		NB: "Sykehusets innlogging svarer ikke. Ingen kan logge inn, men de som er inne, er det fortsatt. Kjøringer, tidsplaner og data er ikke berørt.",
		NN: "Innlogginga til sjukehuset svarer ikkje. Ingen kan logge inn, men dei som er inne, er det framleis. Køyringar, tidsplanar og data er ikkje rørte.",
		EN: "The hospital's login does not answer. No one can log in, but those who are in still are. Runs, schedules and data are not affected.",
	},
	"runbook.auth.provider_away.do": {
		NB: "Åpne adressen i SAMBAND_OIDC_ISSUER fra denne maskinen, med /.well-known/openid-configuration bak.\nSvarer den ikke, meld fra til dem som drifter innloggingen. Portalen prøver på nytt av seg selv.\nMå noe stanses før den er tilbake, åpne konvolutten med nødkoden og bruk /login/emergency. Den kan stanse og trekke tilbake, men ikke godkjenne eller gi tilgang.\nLag en ny kode etterpå med «samband emergency seal».",
		NN: "Opne adressa i SAMBAND_OIDC_ISSUER frå denne maskina, med /.well-known/openid-configuration bak.\nSvarer ho ikkje, meld frå til dei som driftar innlogginga. Portalen prøver på nytt av seg sjølv.\nMå noko stansast før ho er tilbake, opne konvolutten med naudkoden og bruk /login/emergency. Han kan stanse og trekkje tilbake, men ikkje godkjenne eller gi tilgang.\nLag ein ny kode etterpå med «samband emergency seal».",
		EN: "Open the address in SAMBAND_OIDC_ISSUER from this machine, followed by /.well-known/openid-configuration.\nIf it does not answer, tell those who run the login. The portal tries again by itself.\nIf something must be stopped before it is back, open the envelope with the emergency code and use /login/emergency. It can stop and revoke, but not approve or give access.\nMake a new code afterwards with “samband emergency seal”.",
	},
	"runbook.auth.answer.meaning": {
		NB: "Svaret fra sykehusets innlogging holdt ikke mål: feil avsender, mottaker, tid eller signatur, eller en innlogging som var for gammel eller for svak. Personen slapp ikke inn.",
		NN: "Svaret frå innlogginga til sjukehuset heldt ikkje mål: feil avsendar, mottakar, tid eller signatur, eller ei innlogging som var for gammal eller for svak. Personen slapp ikkje inn.",
		EN: "The answer from the hospital's login did not hold: wrong sender, receiver, time or signature, or a login that was too old or too weak. The person was not let in.",
	},
	"runbook.auth.answer.do": {
		NB: "Finn referansen i loggen. Feltet error sier hva som ikke stemte.\nStemmer klokken på begge maskinene? Over ett minutt er for mye.\nStemmer SAMBAND_OIDC_ISSUER, bokstav for bokstav, og SAMBAND_OIDC_CLIENT_ID?\nGjelder det bekreftelse av hvem man er, må innloggingen følge prompt=login og sende auth_time.\nKommer det fra noen som ikke prøvde å logge inn, meld det som en hendelse.",
		NN: "Finn referansen i loggen. Feltet error seier kva som ikkje stemde.\nStemmer klokka på begge maskinene? Over eitt minutt er for mykje.\nStemmer SAMBAND_OIDC_ISSUER, bokstav for bokstav, og SAMBAND_OIDC_CLIENT_ID?\nGjeld det stadfesting av kven ein er, må innlogginga følgje prompt=login og sende auth_time.\nKjem det frå nokon som ikkje prøvde å logge inn, meld det som ei hending.",
		EN: "Find the reference in the log. The field error says what did not match.\nAre the clocks right on both machines? More than a minute is too much.\nAre SAMBAND_OIDC_ISSUER, letter by letter, and SAMBAND_OIDC_CLIENT_ID right?\nIf it is about confirming who one is, the login must honour prompt=login and send auth_time.\nIf it comes from somebody who did not try to log in, report it as an incident.",
	},
	"runbook.auth.logout_token.meaning": {
		NB: "Noen meldte fra om en utlogging på /logout/backchannel, men meldingen holdt ikke mål eller var brukt før. Ingen økt er avsluttet.",
		NN: "Nokon melde frå om ei utlogging på /logout/backchannel, men meldinga heldt ikkje mål eller var brukt før. Inga økt er avslutta.",
		EN: "Somebody told of a logout at /logout/backchannel, but the message did not hold or had been used before. No session was ended.",
	},
	"runbook.auth.logout_token.do": {
		NB: "Finn referansen i loggen. Feltet error sier hva som ikke stemte.\nKommer det fra sykehusets innlogging, sjekk at adressen er meldt inn for denne klienten, og at klokkene stemmer.\nSkal noen ut nå, avslutt øktene deres fra siden om tilgang.\nKommer det fra noen andre, steng dem ute i mellomtjeneren.",
		NN: "Finn referansen i loggen. Feltet error seier kva som ikkje stemde.\nKjem det frå innlogginga til sjukehuset, sjekk at adressa er meld inn for denne klienten, og at klokkene stemmer.\nSkal nokon ut no, avslutt øktene deira frå sida om tilgang.\nKjem det frå nokon andre, steng dei ute i mellomtenaren.",
		EN: "Find the reference in the log. The field error says what did not match.\nIf it comes from the hospital's login, check that the address is registered for this client, and that the clocks are right.\nIf somebody must be out now, end their sessions from the page about access.\nIf it comes from somebody else, shut them out in the proxy.",
	},
	"runbook.auth.emergency_code.meaning": {
		NB: "Noen prøvde en kode på nødkontoen som ikke stemte, eller som var brukt. Ingen slapp inn.",
		NN: "Nokon prøvde ein kode på naudkontoen som ikkje stemde, eller som var brukt. Ingen slapp inn.",
		EN: "Somebody tried a code on the emergency account that was wrong, or had been used. No one was let in.",
	},
	"runbook.auth.emergency_code.do": {
		NB: "Spør den som oppbevarer konvolutten om den er åpnet.\nVet ingen om forsøket, er det en hendelse: finn adressen i loggen, og lag en ny kode med «samband emergency seal».\nKjør «samband doctor». Den sier når koden ble forseglet.",
		NN: "Spør den som oppbevarer konvolutten om han er opna.\nVeit ingen om forsøket, er det ei hending: finn adressa i loggen, og lag ein ny kode med «samband emergency seal».\nKøyr «samband doctor». Han seier når koden vart forsegla.",
		EN: "Ask whoever keeps the envelope whether it has been opened.\nIf no one knows of the attempt, it is an incident: find the address in the log, and make a new code with “samband emergency seal”.\nRun “samband doctor”. It says when the code was sealed.",
	},
}
