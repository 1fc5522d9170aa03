package text

// web holds the words of the doors: login, logout, errors, forms and pagers.
var web = Catalogue{
	"role.reader":           {NB: "Innsyn", NN: "Innsyn", EN: "Reader"},
	"role.coordinator":      {NB: "Registerkoordinator", NN: "Registerkoordinator", EN: "Registry coordinator"},
	"role.admin":            {NB: "Integrasjonsansvarlig", NN: "Integrasjonsansvarleg", EN: "Integration administrator"},
	"role.security_officer": {NB: "Sikkerhetsleder", NN: "Tryggleiksleiar", EN: "Security officer"},
	"role.auditor":          {NB: "Revisor", NN: "Revisor", EN: "Auditor"},
	"role.none":             {NB: "Uten tilgang ennå", NN: "Utan tilgang enno", EN: "No access yet"},

	"login.title": {NB: "Logg inn i Samband", NN: "Logg inn i Samband", EN: "Log in to Samband"},
	"login.lead": {
		NB: "Her ser du integrasjonene til helseregistrene: hva som er godkjent, hva som kjører, og om dataene er gode.",
		NN: "Her ser du integrasjonane til helseregistera: kva som er godkjent, kva som køyrer, og om dataa er gode.",
		EN: "Here you see the integrations of the health registries: what is approved, what runs, and whether the data are good.",
	},
	"login.title.fresh": {NB: "Vis at det er deg", NN: "Vis at det er deg", EN: "Show that it is you"},
	"login.lead.fresh": {
		NB: "Det du skal gjøre, krever at du nettopp har logget inn. Logg inn på nytt, så kommer du tilbake hit.",
		NN: "Det du skal gjere, krev at du nettopp har logga inn. Logg inn på nytt, så kjem du tilbake hit.",
		EN: "What you are about to do requires a recent login. Log in again, and you come back here.",
	},
	"login.begin": {
		NB: "Logg inn med sykehusets konto", NN: "Logg inn med kontoen frå sjukehuset", EN: "Log in with your hospital account",
	},
	"login.public": {
		NB: "Skal du bare se hvilke integrasjoner løsningene har?", NN: "Skal du berre sjå kva integrasjonar løysingane har?",
		EN: "Do you only want to see which integrations the solutions have?",
	},
	"login.public.link": {
		NB: "Det kan du gjøre uten å logge inn", NN: "Det kan du gjere utan å logge inn", EN: "You can do that without logging in",
	},
	"login.demo": {NB: "Prøv som", NN: "Prøv som", EN: "Try as"},
	"login.demo.lead": {
		NB: "Dette er en demonstrasjon. Velg en rolle for å se portalen slik den rollen ser den. Personene finnes ikke.",
		NN: "Dette er ein demonstrasjon. Vel ei rolle for å sjå portalen slik den rolla ser han. Personane finst ikkje.",
		EN: "This is a demonstration. Choose a role to see the portal as that role sees it. The people do not exist.",
	},
	"login.demo.only": {
		NB: "Demoinnlogging finnes bare på din egen maskin. I drift må alle logge inn med sykehusets konto.",
		NN: "Demoinnlogging finst berre på di eiga maskin. I drift må alle logge inn med kontoen frå sjukehuset.",
		EN: "Demo login exists only on your own machine. In operation everyone logs in with a hospital account.",
	},
	"login.does.coordinator": {
		NB: "Følger med på data, mapper variabler og retter rader.", NN: "Følgjer med på data, mappar variablar og rettar rader.",
		EN: "Watches the data, maps variables and corrects rows.",
	},
	"login.does.security_officer": {
		NB: "Vurderer ROS og LD og avgjør hva som får kjøre.", NN: "Vurderer ROS og LD og avgjer kva som får køyre.",
		EN: "Reviews ROS and LD and decides what may run.",
	},
	"login.does.admin": {
		NB: "Setter opp systemer, tidsplaner og varsler.", NN: "Set opp system, tidsplanar og varsel.",
		EN: "Sets up systems, schedules and alerts.",
	},
	"login.does.auditor": {
		NB: "Kontrollerer logg og bevis uten å se data.", NN: "Kontrollerer logg og bevis utan å sjå data.",
		EN: "Checks log and evidence without seeing data.",
	},
	"login.does.none": {
		NB: "Har logget inn for første gang og kan be om tilgang.", NN: "Har logga inn for første gong og kan be om tilgang.",
		EN: "Has logged in for the first time and can ask for access.",
	},
	"login.does.reader": {
		NB: "Ser alt, men kan ikke endre noe.", NN: "Ser alt, men kan ikkje endre noko.", EN: "Sees everything, but can change nothing.",
	},

	"signed_out.title": {NB: "Du er logget ut", NN: "Du er logga ut", EN: "You are logged out"},
	"signed_out.lead": {
		NB: "Økten din i Samband er avsluttet. Bruker flere denne maskinen, bør du lukke nettleseren.",
		NN: "Økta di i Samband er avslutta. Bruker fleire denne maskina, bør du lukke nettlesaren.",
		EN: "Your session in Samband has ended. If others use this machine, close the browser.",
	},
	"signed_out.again": {NB: "Logg inn igjen", NN: "Logg inn igjen", EN: "Log in again"},

	"web.problem.sign_in":     {NB: "Du må logge inn", NN: "Du må logge inn", EN: "You need to log in"},
	"web.problem.login":       {NB: "Du ble ikke logget inn", NN: "Du vart ikkje logga inn", EN: "You were not logged in"},
	"web.problem.forbidden":   {NB: "Dette har du ikke tilgang til", NN: "Dette har du ikkje tilgang til", EN: "You do not have access to this"},
	"web.problem.not_found":   {NB: "Vi finner ikke siden", NN: "Vi finn ikkje sida", EN: "We cannot find the page"},
	"web.problem.method":      {NB: "Slik kan siden ikke brukes", NN: "Slik kan sida ikkje brukast", EN: "The page cannot be used that way"},
	"web.problem.conflict":    {NB: "Noe har endret seg i mellomtiden", NN: "Noko har endra seg i mellomtida", EN: "Something has changed in the meantime"},
	"web.problem.refused":     {NB: "Reglene sier nei", NN: "Reglane seier nei", EN: "The rules say no"},
	"web.problem.too_large":   {NB: "Det er for stort", NN: "Det er for stort", EN: "It is too large"},
	"web.problem.invalid":     {NB: "Noe må rettes", NN: "Noko må rettast", EN: "Something must be corrected"},
	"web.problem.too_many":    {NB: "Vent litt", NN: "Vent litt", EN: "Wait a little"},
	"web.problem.internal":    {NB: "Noe gikk galt hos oss", NN: "Noko gjekk gale hos oss", EN: "Something went wrong on our side"},
	"web.problem.unavailable": {NB: "Noe vi trenger, svarer ikke", NN: "Noko vi treng, svarer ikkje", EN: "Something we need does not answer"},
	"web.problem.home":        {NB: "Til forsiden", NN: "Til framsida", EN: "To the front page"},
	"web.problem.reference":   {NB: "Oppgi denne referansen hvis du spør om hjelp:", NN: "Gi opp denne referansen om du spør om hjelp:", EN: "Quote this reference if you ask for help:"},
	"web.problem.login_tab":   {NB: "Logg inn i en ny fane", NN: "Logg inn i ei ny fane", EN: "Log in in a new tab"},

	"web.draft.how": {
		NB: "Det du skrev, ligger på denne siden. Logg inn i en ny fane, kom tilbake hit og send det på nytt.",
		NN: "Det du skreiv, ligg på denne sida. Logg inn i ei ny fane, kom tilbake hit og send det på nytt.",
		EN: "What you wrote is kept on this page. Log in in a new tab, come back here and send it again.",
	},
	"web.draft.login": {NB: "Logg inn i en ny fane", NN: "Logg inn i ei ny fane", EN: "Log in in a new tab"},
	"web.draft.send":  {NB: "Send det jeg skrev", NN: "Send det eg skreiv", EN: "Send what I wrote"},

	"web.pager.label": {NB: "Sider i listen", NN: "Sider i lista", EN: "Pages of the list"},
	"web.pager.next":  {NB: "Neste", NN: "Neste", EN: "Next"},

	"error.web.not_found": {
		NB: "Adressen finnes ikke, eller den gjelder noe du ikke har tilgang til. Sjekk adressen, eller begynn på forsiden.",
		NN: "Adressa finst ikkje, eller ho gjeld noko du ikkje har tilgang til. Sjekk adressa, eller byrj på framsida.",
		EN: "The address does not exist, or it is about something you have no access to. Check the address, or start at the front page.",
	},
	"error.web.forbidden": {
		NB: "Rollen din gir ikke rett til dette, så ingenting er endret. Trenger du det, kan den som er ansvarlig for registeret, be om det for deg.",
		NN: "Rolla di gir ikkje rett til dette, så ingenting er endra. Treng du det, kan den som er ansvarleg for registeret, be om det for deg.",
		EN: "Your role does not allow this, so nothing has changed. If you need it, whoever is responsible for the registry can ask for it for you.",
	},
	"error.web.cross_origin": {
		NB: "Forespørselen kom fra et annet nettsted, så vi tok den ikke imot. Ingenting er endret. Gjør det du skulle, fra en side i portalen.",
		NN: "Førespurnaden kom frå ein annan nettstad, så vi tok han ikkje imot. Ingenting er endra. Gjer det du skulle, frå ei side i portalen.",
		EN: "The request came from another site, so we did not accept it. Nothing has changed. Do what you wanted from a page in the portal.",
	},
	"error.web.plain": {
		NB: "Det du sendte, kom uten kryptering, så vi tok det ikke imot. Ingenting er endret. Åpne portalen på nytt med https:// først i adressen.",
		NN: "Det du sende, kom utan kryptering, så vi tok det ikkje imot. Ingenting er endra. Opne portalen på nytt med https:// fremst i adressa.",
		EN: "What you sent came without encryption, so we did not accept it. Nothing has changed. Open the portal again with https:// first in the address.",
	},
	"error.web.not_local": {
		NB: "Dette er en demonstrasjon som bare svarer på sin egen maskin. Åpne den der, på 127.0.0.1.",
		NN: "Dette er ein demonstrasjon som berre svarer på si eiga maskin. Opne han der, på 127.0.0.1.",
		EN: "This is a demonstration that only answers on its own machine. Open it there, at 127.0.0.1.",
	},
	"error.web.sign_in": {
		NB: "Du er ikke logget inn, eller økten din er over. Ingenting er lagret. Logg inn, så kan du gå videre der du var.",
		NN: "Du er ikkje logga inn, eller økta di er over. Ingenting er lagra. Logg inn, så kan du gå vidare der du var.",
		EN: "You are not logged in, or your session has ended. Nothing has been saved. Log in, and go on where you were.",
	},
	"error.web.method": {
		NB: "Adressen tar ikke imot denne typen forespørsel. Ingenting er endret. Begynn på forsiden.",
		NN: "Adressa tek ikkje imot denne typen førespurnad. Ingenting er endra. Byrj på framsida.",
		EN: "The address does not accept this kind of request. Nothing has changed. Start at the front page.",
	},
	"error.web.too_large": {
		NB: "Det du sendte, er større enn vi tar imot her. Ingenting er lagret. Send mindre om gangen.",
		NN: "Det du sende, er større enn vi tek imot her. Ingenting er lagra. Send mindre om gongen.",
		EN: "What you sent is larger than we accept here. Nothing has been saved. Send less at a time.",
	},
	"error.web.too_many": {
		NB: "Det har kommet mange forsøk herfra på kort tid. Ingenting er endret. Vent et minutt og prøv igjen.",
		NN: "Det har kome mange forsøk herifrå på kort tid. Ingenting er endra. Vent eit minutt og prøv igjen.",
		EN: "There have been many attempts from here in a short time. Nothing has changed. Wait a minute and try again.",
	},

	"error.auth.attempt": {
		NB: "Innloggingen var for gammel, var brukt før eller begynte i en annen nettleser. Du er ikke logget inn. Logg inn på nytt.",
		NN: "Innlogginga var for gammal, var brukt før eller byrja i ein annan nettlesar. Du er ikkje logga inn. Logg inn på nytt.",
		EN: "The login was too old, had been used before or began in another browser. You are not logged in. Log in again.",
	},
	"error.auth.declined": {
		NB: "Innloggingen ble avbrutt, eller kontoen din har ikke tilgang til portalen. Prøv igjen, eller spør brukerstøtten ved sykehuset.",
		NN: "Innlogginga vart avbroten, eller kontoen din har ikkje tilgang til portalen. Prøv igjen, eller spør brukarstøtta ved sjukehuset.",
		EN: "The login was cancelled, or your account has no access to the portal. Try again, or ask the hospital's user support.",
	},
	"error.auth.answer": {
		NB: "Svaret fra sykehusets innlogging stemte ikke med det vi ba om, så vi slapp det ikke inn. Logg inn på nytt. Skjer det igjen, må den som drifter portalen, se på det.",
		NN: "Svaret frå innlogginga til sjukehuset stemde ikkje med det vi bad om, så vi sleppte det ikkje inn. Logg inn på nytt. Skjer det igjen, må den som driftar portalen, sjå på det.",
		EN: "The answer from the hospital's login did not match what we asked for, so we did not accept it. Log in again. If it happens again, whoever runs the portal must look at it.",
	},
	"error.auth.weak": {
		NB: "Innloggingen var ikke fersk eller sikker nok til dette. Du er ikke logget inn. Logg inn på nytt, og bruk den sikreste måten du har.",
		NN: "Innlogginga var ikkje fersk eller sikker nok til dette. Du er ikkje logga inn. Logg inn på nytt, og bruk den sikraste måten du har.",
		EN: "The login was not recent or strong enough for this. You are not logged in. Log in again, with the strongest way you have.",
	},
	"error.auth.provider_away": {
		NB: "Sykehusets innlogging svarer ikke nå. Kjøringer og data er ikke berørt. Prøv igjen om litt, og varsle brukerstøtten hvis det varer.",
		NN: "Innlogginga til sjukehuset svarer ikkje no. Køyringar og data er ikkje råka. Prøv igjen om litt, og varsle brukarstøtta om det varer.",
		EN: "The hospital's login does not answer now. Runs and data are not affected. Try again shortly, and tell user support if it lasts.",
	},
	"error.auth.demo_closed": {
		NB: "Demoinnlogging finnes ikke her. Du er ikke logget inn. Logg inn med sykehusets konto.",
		NN: "Demoinnlogging finst ikkje her. Du er ikkje logga inn. Logg inn med kontoen frå sjukehuset.",
		EN: "Demo login does not exist here. You are not logged in. Log in with your hospital account.",
	},
	"error.auth.persona": {
		NB: "Velg en av personene på siden.", NN: "Vel ein av personane på sida.", EN: "Choose one of the people on the page.",
	},

	"form.errors": {NB: "Dette må rettes", NN: "Dette må rettast", EN: "This must be corrected"},
	"error.form.unreadable": {
		NB: "Skjemaet lot seg ikke lese. Ingenting er lagret. Last siden på nytt og prøv igjen.",
		NN: "Skjemaet let seg ikkje lese. Ingenting er lagra. Last sida på nytt og prøv igjen.",
		EN: "The form could not be read. Nothing has been saved. Reload the page and try again.",
	},
	"error.form.required": {NB: "Fyll ut feltet.", NN: "Fyll ut feltet.", EN: "Fill in the field."},
	"error.form.too_long": {
		NB: "Teksten kan ha høyst {limit} tegn.", NN: "Teksten kan ha høgst {limit} teikn.", EN: "The text can have at most {limit} characters.",
	},
	"error.form.characters": {
		NB: "Teksten har tegn som ikke kan vises. Skriv den på nytt.", NN: "Teksten har teikn som ikkje kan visast. Skriv han på nytt.",
		EN: "The text has characters that cannot be shown. Write it again.",
	},
	"error.form.number": {NB: "Skriv et tall.", NN: "Skriv eit tal.", EN: "Write a number."},
	"error.form.range": {
		NB: "Skriv et tall fra {lowest} til {highest}.", NN: "Skriv eit tal frå {lowest} til {highest}.", EN: "Write a number from {lowest} to {highest}.",
	},
	"error.form.date": {
		NB: "Skriv datoen som 23.11.2026.", NN: "Skriv datoen som 23.11.2026.", EN: "Write the date as 2026-11-23.",
	},
	"error.form.period": {
		NB: "Til dato er før fra dato. Bytt dem om, eller tøm ett av feltene.",
		NN: "Til dato er før frå dato. Byt dei om, eller tøm eitt av felta.",
		EN: "The to date is before the from date. Swap them, or empty one of the fields.",
	},
	"error.form.choice": {NB: "Velg noe fra listen.", NN: "Vel noko frå lista.", EN: "Choose something from the list."},
	"error.form.address": {
		NB: "Skriv en nettadresse som begynner med https://.", NN: "Skriv ei nettadresse som byrjar med https://.",
		EN: "Write a web address that begins with https://.",
	},
}
