package text

// sessionTexts are about logins: how long they last, which ones there are, and the emergency account.
var sessionTexts = Catalogue{
	"audit.kind.session":        {NB: "Innlogging", NN: "Innlogging", EN: "Login"},
	"audit.kind.emergency":      {NB: "Nødkonto", NN: "Naudkonto", EN: "Emergency account"},
	"audit.did.provider_logout": {NB: "avsluttet av sykehusets innlogging", NN: "avslutta av innlogginga til sjukehuset", EN: "ended by the hospital's login"},
	"audit.did.seal":            {NB: "ny kode forseglet", NN: "ny kode forsegla", EN: "new code sealed"},
	"audit.did.emergency":       {NB: "med nødkonto", NN: "med naudkonto", EN: "with the emergency account"},

	"access.source.emergency": {NB: "Nødkonto", NN: "Naudkonto", EN: "Emergency account"},

	"error.session.replayed": {
		NB: "Utloggingen er behandlet før. Ingenting er endret.", NN: "Utlogginga er behandla før. Ingenting er endra.",
		EN: "The logout has been handled before. Nothing has changed.",
	},
	"error.emergency.used": {
		NB: "Koden er brukt eller erstattet av en nyere. Du er ikke logget inn. Den som drifter portalen, kan forsegle en ny.",
		NN: "Koden er brukt eller erstatta av ein nyare. Du er ikkje logga inn. Den som driftar portalen, kan forsegle ein ny.",
		EN: "The code has been used or replaced by a newer one. You are not logged in. Whoever runs the portal can seal a new one.",
	},
	"error.emergency.not_found": {
		NB: "Ingen kode for nødkontoen er forseglet.", NN: "Ingen kode for naudkontoen er forsegla.",
		EN: "No code for the emergency account is sealed.",
	},

	"session.ends": {
		NB: "Du blir logget ut kl. {at} hvis du ikke gjør noe, og senest kl. {last}. Det du skriver, blir tatt vare på.",
		NN: "Du blir logga ut kl. {at} om du ikkje gjer noko, og seinast kl. {last}. Det du skriv, blir teke vare på.",
		EN: "You will be logged out at {at} if you do nothing, and at {last} at the latest. What you write is kept.",
	},
	"session.soon": {NB: "Du blir snart logget ut", NN: "Du blir snart logga ut", EN: "You will soon be logged out"},
	"session.soon.help": {
		NB: "Det er under to minutter igjen, fordi du ikke har brukt portalen på en stund.",
		NN: "Det er under to minutt att, fordi du ikkje har brukt portalen på ei stund.",
		EN: "There are less than two minutes left, because you have not used the portal for a while.",
	},
	"session.last.help": {
		NB: "En innlogging varer høyst åtte timer, og det er under to minutter igjen. Send eller lagre det du holder på med. Etterpå logger du inn på nytt.",
		NN: "Ei innlogging varer høgst åtte timar, og det er under to minutt att. Send eller lagre det du held på med. Etterpå loggar du inn på nytt.",
		EN: "A login lasts eight hours at most, and there are less than two minutes left. Send or save what you are working on. Then log in again.",
	},
	"session.go_on": {NB: "Fortsett", NN: "Hald fram", EN: "Continue"},
	"session.over":  {NB: "Du er logget ut", NN: "Du er logga ut", EN: "You are logged out"},
	"session.over.help": {
		NB: "Det du har skrevet på denne siden, står her fortsatt. Logg inn i en ny fane, og gå videre her.",
		NN: "Det du har skrive på denne sida, står her framleis. Logg inn i ei ny fane, og gå vidare her.",
		EN: "What you have written on this page is still here. Log in in a new tab, and go on here.",
	},
	"session.confirm": {NB: "Du må bekrefte hvem du er", NN: "Du må stadfeste kven du er", EN: "You must confirm who you are"},
	"session.confirm.help": {
		NB: "Dette kan bare gjøres rett etter en innlogging. Bekreft gjerne før du fyller ut. Gjør du det etterpå, blir det du har skrevet, tatt vare på.",
		NN: "Dette kan berre gjerast rett etter ei innlogging. Stadfest gjerne før du fyller ut. Gjer du det etterpå, blir det du har skrive, teke vare på.",
		EN: "This can only be done right after a login. You may confirm before you fill in the form. If you do it afterwards, what you have written is kept.",
	},
	"session.confirm.do": {NB: "Bekreft hvem du er", NN: "Stadfest kven du er", EN: "Confirm who you are"},
	"session.kept": {
		NB: "Du er bekreftet. Det du skrev, står i skjemaet. Se over og send på nytt. Filer må du velge på nytt.",
		NN: "Du er stadfesta. Det du skreiv, står i skjemaet. Sjå over og send på nytt. Filer må du velje på nytt.",
		EN: "You are confirmed. What you wrote is in the form. Look it over and send it again. Choose files anew.",
	},
	"session.kept.other": {
		NB: "Noe var skrevet i denne nettleseren av en annen. Det er slettet.",
		NN: "Noko var skrive i denne nettlesaren av ein annan. Det er sletta.",
		EN: "Somebody else had written something in this browser. It has been deleted.",
	},
	"session.kept.title":   {NB: "Det du skrev, er tatt vare på", NN: "Det du skreiv, er teke vare på", EN: "What you wrote was kept"},
	"session.kept.lead":    {NB: "Ingenting er sendt ennå. Se over, og send på nytt.", NN: "Ingenting er sendt enno. Sjå over, og send på nytt.", EN: "Nothing has been sent yet. Look it over, and send it again."},
	"session.kept.written": {NB: "Dette skrev du", NN: "Dette skreiv du", EN: "What you wrote"},
	"session.kept.send":    {NB: "Send på nytt", NN: "Send på nytt", EN: "Send again"},
	"login.kept": {
		NB: "Ingenting er sendt ennå. Det du skrev, er tatt vare på og vises igjen når du er inne.",
		NN: "Ingenting er sendt enno. Det du skreiv, er teke vare på og blir vist att når du er inne.",
		EN: "Nothing has been sent yet. What you wrote is kept and will be shown again when you are in.",
	},
	"session.emergency.label": {NB: "Nødkontoen er i bruk", NN: "Naudkontoen er i bruk", EN: "The emergency account is in use"},
	"session.emergency.text": {
		NB: "Den varer til kl. {at}, og alt du gjør, blir varslet. Du kan stanse og trekke tilbake, men ikke godkjenne eller gi tilgang.",
		NN: "Han varer til kl. {at}, og alt du gjer, blir varsla. Du kan stanse og trekkje tilbake, men ikkje godkjenne eller gi tilgang.",
		EN: "It lasts until {at}, and everything you do is alerted. You can stop and revoke, but not approve or give access.",
	},

	"account.title":  {NB: "Din konto", NN: "Din konto", EN: "Your account"},
	"account.grants": {NB: "Det du har tilgang til", NN: "Det du har tilgang til", EN: "What you have access to"},
	"account.grants.lead": {
		NB: "Trenger du mer, ber du om det under «Min tilgang». En sikkerhetsleder avgjør.",
		NN: "Treng du meir, ber du om det under «Min tilgang». Ein tryggleiksleiar avgjer.",
		EN: "If you need more, ask for it under “My access”. A security officer decides.",
	},
	"account.grants.none": {NB: "Du har ingen tilgang ennå.", NN: "Du har ingen tilgang enno.", EN: "You have no access yet."},
	"account.grant_until": {NB: "til {at}", NN: "til {at}", EN: "until {at}"},
	"account.logins":      {NB: "Innlogginger", NN: "Innloggingar", EN: "Logins"},
	"account.logins.lead": {
		NB: "Flere innlogginger samtidig er lov. Avslutt dem du ikke kjenner igjen, og si fra til brukerstøtten.",
		NN: "Fleire innloggingar samtidig er lov. Avslutt dei du ikkje kjenner att, og sei frå til brukarstøtta.",
		EN: "Several logins at the same time are allowed. End those you do not recognise, and tell user support.",
	},
	"account.logins.none":     {NB: "Ingen er innlogget nå.", NN: "Ingen er innlogga no.", EN: "No one is logged in now."},
	"account.browser":         {NB: "Nettleser", NN: "Nettlesar", EN: "Browser"},
	"account.browser.unknown": {NB: "Ukjent nettleser", NN: "Ukjend nettlesar", EN: "Unknown browser"},
	"account.this":            {NB: "Denne", NN: "Denne", EN: "This one"},
	"account.how":             {NB: "Logget inn med", NN: "Logga inn med", EN: "Logged in with"},
	"account.began":           {NB: "Begynte", NN: "Byrja", EN: "Began"},
	"account.used":            {NB: "Sist brukt", NN: "Sist brukt", EN: "Last used"},
	"account.ends":            {NB: "Slutter", NN: "Sluttar", EN: "Ends"},
	"account.end":             {NB: "Avslutt", NN: "Avslutt", EN: "End"},
	"account.end.do":          {NB: "Avslutt", NN: "Avslutt", EN: "End"},
	"account.end.label":       {NB: "Avslutt {browser}, begynt {at}", NN: "Avslutt {browser}, byrja {at}", EN: "End {browser}, begun {at}"},
	"account.end.others":      {NB: "Avslutt alle de andre", NN: "Avslutt alle dei andre", EN: "End all the others"},
	"account.end.all":         {NB: "Avslutt alle", NN: "Avslutt alle", EN: "End all"},
	"account.ended": {
		NB: "{n|Innloggingen|Innloggingene} er avsluttet.", NN: "{n|Innlogginga|Innloggingane} er avslutta.",
		EN: "The {n|login|logins} ended.",
	},
	"account.over": {NB: "Innloggingen var over fra før.", NN: "Innlogginga var over frå før.", EN: "The login was over already."},

	"emergency.title": {NB: "Nødkonto", NN: "Naudkonto", EN: "Emergency account"},
	"emergency.link":  {NB: "Sykehusets innlogging svarer ikke, og jeg har nødkoden", NN: "Innlogginga til sjukehuset svarer ikkje, og eg har naudkoden", EN: "The hospital's login does not answer, and I have the emergency code"},
	"emergency.lead": {
		NB: "Bruk koden i den forseglede konvolutten når sykehusets innlogging er borte. Den gjelder én gang og varer i {hours} {hours|time|timer}.",
		NN: "Bruk koden i den forsegla konvolutten når innlogginga til sjukehuset er borte. Han gjeld éin gong og varer i {hours} {hours|time|timar}.",
		EN: "Use the code in the sealed envelope when the hospital's login is away. It works once and lasts {hours} {hours|hour|hours}.",
	},
	"emergency.note": {
		NB: "Sikkerhetsleder blir varslet med en gang, og navn og grunn står i revisjonsloggen. Du kan stanse og trekke tilbake, men ikke godkjenne eller gi tilgang.",
		NN: "Sikkerheitsleiaren blir varsla med ein gong, og namn og grunn står i revisjonsloggen. Du kan stanse og trekkje tilbake, men ikkje godkjenne eller gi tilgang.",
		EN: "The security officer is alerted at once, and name and reason are in the audit log. You can stop and revoke, but not approve or give access.",
	},
	"emergency.field.name":        {NB: "Navnet ditt", NN: "Namnet ditt", EN: "Your name"},
	"emergency.field.name.help":   {NB: "For- og etternavn.", NN: "For- og etternamn.", EN: "First and last name."},
	"emergency.field.reason":      {NB: "Hvorfor åpner du konvolutten?", NN: "Kvifor opnar du konvolutten?", EN: "Why do you open the envelope?"},
	"emergency.field.reason.help": {NB: "Hva som har skjedd, og hvem du har snakket med.", NN: "Kva som har skjedd, og kven du har snakka med.", EN: "What has happened, and whom you have talked to."},
	"emergency.field.code":        {NB: "Koden", NN: "Koden", EN: "The code"},
	"emergency.field.code.help":   {NB: "32 tegn. Bindestreker og små bokstaver spiller ingen rolle. Du kan prøve tre ganger, deretter én gang hvert femte minutt.", NN: "32 teikn. Bindestrekar og små bokstavar spelar inga rolle. Du kan prøve tre gonger, deretter éin gong kvart femte minutt.", EN: "32 characters. Hyphens and lower case do not matter. You can try three times, then once every five minutes."},
	"emergency.do":                {NB: "Åpne nødkontoen", NN: "Opne naudkontoen", EN: "Open the emergency account"},
	"emergency.user":              {NB: "Nødkonto: {name}", NN: "Naudkonto: {name}", EN: "Emergency account: {name}"},

	"command.emergency.sealed": {
		NB: "Koden til nødkontoen:\n\n{code}\n\nRolle: {role}. Den gjelder én gang og varer i {hours} {hours|time|timer}. Eldre koder gjelder ikke lenger.\nSkriv den på papir, legg papiret i en forseglet konvolutt, og la en annen enn deg oppbevare den. Koden vises ikke igjen.",
		NN: "Koden til naudkontoen:\n\n{code}\n\nRolle: {role}. Han gjeld éin gong og varer i {hours} {hours|time|timar}. Eldre kodar gjeld ikkje lenger.\nSkriv han på papir, legg papiret i ein forsegla konvolutt, og la ein annan enn deg oppbevare han. Koden blir ikkje vist att.",
		EN: "The code of the emergency account:\n\n{code}\n\nRole: {role}. It works once and lasts {hours} {hours|hour|hours}. Older codes are worth nothing from now on.\nWrite it on paper, put the paper in a sealed envelope, and let somebody else than you keep it. The code is not shown again.",
	},
	"doctor.emergency":      {NB: "Nødkonto, forseglet {date}", NN: "Naudkonto, forsegla {date}", EN: "Emergency account, sealed {date}"},
	"doctor.emergency_none": {NB: "Nødkonto: ingen kode er forseglet", NN: "Naudkonto: ingen kode er forsegla", EN: "Emergency account: no code is sealed"},

	"error.web.stale": {
		NB: "Dette kan bare gjøres rett etter en innlogging. Ingenting er endret. Bekreft hvem du er, så kan du gå videre der du var.",
		NN: "Dette kan berre gjerast rett etter ei innlogging. Ingenting er endra. Stadfest kven du er, så kan du gå vidare der du var.",
		EN: "This can only be done right after a login. Nothing has changed. Confirm who you are, and go on where you were.",
	},
	"error.web.emergency": {
		NB: "Nødkontoen kan stanse og trekke tilbake, men ikke godkjenne, gi tilgang eller endre noe annet. Ingenting er endret. La det vente til sykehusets innlogging er tilbake.",
		NN: "Naudkontoen kan stanse og trekkje tilbake, men ikkje godkjenne, gi tilgang eller endre noko anna. Ingenting er endra. La det vente til innlogginga til sjukehuset er tilbake.",
		EN: "The emergency account can stop and revoke, but not approve, give access or change anything else. Nothing has changed. Let it wait until the hospital's login is back.",
	},
	"error.auth.emergency_wait": {
		NB: "Det er prøvd tre koder herfra. Ingen kode, heller ikke den riktige, virker herfra før om {minutes} {minutes|minutt|minutter}. Etter det kan du prøve én gang hvert femte minutt.",
		NN: "Det er prøvd tre kodar herifrå. Ingen kode, heller ikkje den rette, verkar herifrå før om {minutes} {minutes|minutt|minutt}. Etter det kan du prøve éin gong kvart femte minutt.",
		EN: "Three codes have been tried from here. No code, not even the right one, works from here for {minutes} {minutes|minute|minutes}. After that you can try once every five minutes.",
	},
	"error.auth.emergency_code": {
		NB: "Koden stemmer ikke. Se etter hvert tegn, og prøv igjen.", NN: "Koden stemmer ikkje. Sjå etter kvart teikn, og prøv igjen.",
		EN: "The code is not right. Check each character, and try again.",
	},
	"error.auth.logout_token": {
		NB: "Utloggingen fra sykehusets innlogging stemte ikke med det vi venter, så ingen økt er avsluttet.",
		NN: "Utlogginga frå innlogginga til sjukehuset stemde ikkje med det vi ventar, så inga økt er avslutta.",
		EN: "The logout from the hospital's login did not match what we expect, so no session was ended.",
	},
}
