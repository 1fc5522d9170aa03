package text

// packetPage says how another party receives identity and health that are sent apart.
var packetPage = Catalogue{
	"packets.open": {
		NB: "Motta identitet og helse",
		NN: "Ta imot identitet og helse",
		EN: "Receive identity and health",
	},
	"packets.title": {
		NB: "Motta identitet og helse hver for seg",
		NN: "Ta imot identitet og helse kvar for seg",
		EN: "Receive identity and health apart",
	},
	"packets.lead": {
		NB: "For den som mottar data fra et register her: identitet og helse kommer i hver sin pakke, på hver sin vei, og settes først sammen hos deg. Siden er også nok til å skrive et eget mottak.",
		NN: "For den som tek imot data frå eit register her: identitet og helse kjem i kvar si pakke, på kvar sin veg, og blir først sette saman hos deg. Sida er òg nok til å skrive eit eige mottak.",
		EN: "For those who receive data from a registry here: identity and health come in a packet each, by a way each, and are first joined at your end. The page is also enough to write a receiver of your own.",
	},
	"packets.keys": {
		NB: "1. Lag nøkler",
		NN: "1. Lag nøklar",
		EN: "1. Make keys",
	},
	"packets.keys.do": {
		NB: "Kommandoen lager tre nøkkelpar i mappen og viser de offentlige. Gi dem til avsenderen, som får dem godkjent sammen med integrasjonen. De hemmelige skal aldri forlate maskinen. Skal to enheter ta imot hver sin halvdel, gir du dem hver sin nøkkel.",
		NN: "Kommandoen lagar tre nøkkelpar i mappa og viser dei offentlege. Gi dei til avsendaren, som får dei godkjende saman med integrasjonen. Dei hemmelege skal aldri forlate maskina. Skal to einingar ta imot kvar sin halvdel, gir du dei kvar sin nøkkel.",
		EN: "The command makes three pairs of keys in the folder and shows the public ones. Give them to the sender, who has them approved together with the integration. The secret ones must never leave the machine. If two units are to receive a half each, give them a key each.",
	},
	"packets.sender": {
		NB: "2. Legg inn avsenderens nøkkel",
		NN: "2. Legg inn nøkkelen til avsendaren",
		EN: "2. Put in the sender's key",
	},
	"packets.sender.do": {
		NB: "Manifestet er signert. Få avsenderens offentlige nøkkel på en annen vei enn filene, sammenlign den på telefon, og legg den i sender.pub. Én nøkkel på hver linje.",
		NN: "Manifestet er signert. Få den offentlege nøkkelen til avsendaren på ein annan veg enn filene, samanlikn han på telefon, og legg han i sender.pub. Éin nøkkel på kvar linje.",
		EN: "The manifest is signed. Get the sender's public key by another way than the files, compare it on the telephone, and put it in sender.pub. One key a line.",
	},
	"packets.take": {
		NB: "3. Ta inn",
		NN: "3. Ta inn",
		EN: "3. Take in",
	},
	"packets.take.do": {
		NB: "Oppgi de to pakkene og manifestet. Enten blir alle radene skrevet, eller ingen. Kolonnen record er den samme i hver forsendelse, så en rad som kommer igjen, erstatter den gamle.",
		NN: "Gi opp dei to pakkane og manifestet. Anten blir alle radene skrivne, eller ingen. Kolonnen record er den same i kvar forsending, så ei rad som kjem igjen, erstattar den gamle.",
		EN: "Name the two packets and the manifest. Either all rows are written, or none. The column record is the same in each transport, so a row that comes again replaces the old one.",
	},
	"packets.apart": {
		NB: "4. Hold halvdelene fra hverandre, hvis du kan",
		NN: "4. Hald halvdelane frå kvarandre, om du kan",
		EN: "4. Keep the halves apart, if you can",
	},
	"packets.apart.do": {
		NB: "Med to filer ut skrives hver halvdel for seg, med en person-id som bare gjelder denne forsendelsen. Har avsenderen gitt deg en liste over samtykker som ble trukket underveis, utelates de med --deny. Slett pakkene etterpå.",
		NN: "Med to filer ut blir kvar halvdel skriven for seg, med ein person-id som berre gjeld denne forsendinga. Har avsendaren gitt deg ei liste over samtykke som vart trekte undervegs, blir dei utelatne med --deny. Slett pakkane etterpå.",
		EN: "With two files out each half is written by itself, with a person's id that holds for this transport alone. If the sender has given you a list of consents that were withdrawn on the way, --deny leaves them out. Delete the packets afterwards.",
	},
	"packets.packet": {
		NB: "En pakke",
		NN: "Ei pakke",
		EN: "A packet",
	},
	"packets.packet.do": {
		NB: "En age-fil (age-encryption.org/v1). Inni er linjer med JSON i UTF-8, skilt med LF: en innledning, én rad for hver person, antallet til slutt, så mellomrom og LF opp til størrelsen. Første verdi er id-en personen har i denne forsendelsen. null er ingen verdi.",
		NN: "Ei age-fil (age-encryption.org/v1). Inni er linjer med JSON i UTF-8, skilde med LF: ei innleiing, éi rad for kvar person, mengda til slutt, så mellomrom og LF opp til storleiken. Første verdi er id-en personen har i denne forsendinga. null er ingen verdi.",
		EN: "An age file (age-encryption.org/v1). Inside are lines of JSON in UTF-8 that end with LF: a header, one row for each person, the number at the end, then spaces and LF up to the size. The first value is the id that the person has in this transport. null is no value.",
	},
	"packets.health": {
		NB: "Helsedelen",
		NN: "Helsedelen",
		EN: "The health half",
	},
	"packets.health.do": {
		NB: "Radene har postens nøkkel etter person-id-en, forseglet slik at helsedelen alene ikke har noe som er likt fra gang til gang. Nøkkelen til forseglingen står i manifestet.",
		NN: "Radene har nøkkelen til posten etter person-id-en, forsegla slik at helsedelen åleine ikkje har noko som er likt frå gong til gong. Nøkkelen til forseglinga står i manifestet.",
		EN: "The rows have the record's key after the person's id, sealed so that the health half alone has nothing that is alike from time to time. The key of the seal is in the manifest.",
	},
	"packets.manifest": {
		NB: "Manifestet",
		NN: "Manifestet",
		EN: "The manifest",
	},
	"packets.manifest.do": {
		NB: "En age-fil til den som setter sammen. Tre linjer, så mellomrom og LF til nærmeste 4096 byte. rows er antallet rundet opp med Padmé.",
		NN: "Ei age-fil til den som set saman. Tre linjer, så mellomrom og LF til næraste 4096 byte. rows er mengda runda opp med Padmé.",
		EN: "An age file to whoever joins. Three lines, then spaces and LF to the next 4096 bytes. rows is the number rounded up by Padmé.",
	},
	"packets.size": {
		NB: "Størrelser",
		NN: "Storleikar",
		EN: "Sizes",
	},
	"packets.size.do": {
		NB: "Innholdet fylles opp, så størrelsen sier lite om hvor mye som er sendt: til neste 64 KiB, og over 1 MiB til neste hele tall av det som står under (Padmé, høyst 12 %).",
		NN: "Innhaldet blir fylt opp, så storleiken seier lite om kor mykje som er sendt: til neste 64 KiB, og over 1 MiB til neste heile tal av det som står under (Padmé, høgst 12 %).",
		EN: "The content is filled up, so that the size tells little of how much was sent: to the next 64 KiB, and above 1 MiB to the next multiple of what stands below (Padmé, at most 12 %).",
	},
	"packets.refused": {
		NB: "Det som blir avvist",
		NN: "Det som blir avvist",
		EN: "What is refused",
	},
	"packets.refused.lead": {
		NB: "Blir noe avvist, er ingen rad tatt inn. Hver grunn har sin egen kode, i den rekkefølgen de blir sett etter.",
		NN: "Blir noko avvist, er inga rad teken inn. Kvar grunn har sin eigen kode, i den rekkjefølgja dei blir sett etter.",
		EN: "When something is refused, no row was taken in. Each reason has a code of its own, in the order they are looked for.",
	},
	"packets.refused.code": {
		NB: "Kode",
		NN: "Kode",
		EN: "Code",
	},
	"packets.refused.what": {
		NB: "Hva som er galt",
		NN: "Kva som er gale",
		EN: "What is wrong",
	},
	"packets.refused.wrong_recipient": {
		NB: "kryptert til en annen nøkkel",
		NN: "kryptert til ein annan nøkkel",
		EN: "encrypted to another key",
	},
	"packets.refused.damaged": {
		NB: "ikke en hel age-fil",
		NN: "ikkje ei heil age-fil",
		EN: "no whole age file",
	},
	"packets.refused.signature": {
		NB: "manifestet er ikke signert av en kjent avsender",
		NN: "manifestet er ikkje signert av ein kjend avsendar",
		EN: "the manifest is not signed by a known sender",
	},
	"packets.refused.version": {
		NB: "en nyere form",
		NN: "ei nyare form",
		EN: "a newer form",
	},
	"packets.refused.replayed": {
		NB: "en av pakkene er tatt inn før",
		NN: "ei av pakkane er teken inn før",
		EN: "one of the packets was taken in before",
	},
	"packets.refused.expired": {
		NB: "not_after er passert",
		NN: "not_after er passert",
		EN: "not_after has passed",
	},
	"packets.refused.other_half": {
		NB: "pakkene er byttet om",
		NN: "pakkane er bytte om",
		EN: "the packets are changed about",
	},
	"packets.refused.other_run": {
		NB: "pakken hører til et annet manifest",
		NN: "pakka høyrer til eit anna manifest",
		EN: "the packet belongs to another manifest",
	},
	"packets.refused.truncated": {
		NB: "slutten mangler",
		NN: "slutten manglar",
		EN: "the end is missing",
	},
	"packets.refused.hash": {
		NB: "filen er ikke den som ble sendt",
		NN: "fila er ikkje den som vart send",
		EN: "the file is not the one that was sent",
	},
	"packets.refused.form": {
		NB: "innholdet følger ikke formen på denne siden",
		NN: "innhaldet følgjer ikkje forma på denne sida",
		EN: "what is inside does not follow the form on this page",
	},
	"packets.refused.twice": {
		NB: "en person står to ganger i identitetsdelen",
		NN: "ein person står to gonger i identitetsdelen",
		EN: "a person stands twice in the identity half",
	},
	"packets.refused.orphan": {
		NB: "en person uten rader, eller en rad uten person",
		NN: "ein person utan rader, eller ei rad utan person",
		EN: "a person without rows, or a row without a person",
	},
	"packets.own": {
		NB: "Skriv ditt eget mottak",
		NN: "Skriv ditt eige mottak",
		EN: "Write your own receiver",
	},
	"packets.own.lead": {
		NB: "Alt som trengs, er age, Ed25519, SHA-256, AES-256-GCM og JSON. Gjør dette, i denne rekkefølgen:",
		NN: "Alt som trengst, er age, Ed25519, SHA-256, AES-256-GCM og JSON. Gjer dette, i denne rekkjefølgja:",
		EN: "All that is needed is age, Ed25519, SHA-256, AES-256-GCM and JSON. Do this, in this order:",
	},
	"packets.order.1": {
		NB: "Åpne manifestet, og kontroller signaturen mot nøkler du alt har. Tro ikke på noe i det før.",
		NN: "Opne manifestet, og kontroller signaturen mot nøklar du alt har. Tru ikkje på noko i det før.",
		EN: "Open the manifest, and check the signature against keys that you have already. Believe nothing in it before.",
	},
	"packets.order.2": {
		NB: "Avvis pakker som står i listen din over mottatte.",
		NN: "Avvis pakkar som står i lista di over mottekne.",
		EN: "Refuse packets that stand in your list of those taken in.",
	},
	"packets.order.3": {
		NB: "Avvis et manifest der not_after er passert.",
		NN: "Avvis eit manifest der not_after er passert.",
		EN: "Refuse a manifest whose not_after has passed.",
	},
	"packets.order.4": {
		NB: "Regn ut SHA-256 av begge filene slik de kom, og avvis det som ikke stemmer. Åpne dem ikke før.",
		NN: "Rekn ut SHA-256 av begge filene slik dei kom, og avvis det som ikkje stemmer. Opne dei ikkje før.",
		EN: "Compute the SHA-256 of both files as they came, and refuse what does not agree. Open them only then.",
	},
	"packets.order.5": {
		NB: "Åpne begge, og kontroller halvdel, navn og antall.",
		NN: "Opne begge, og kontroller halvdel, namn og mengd.",
		EN: "Open both, and check half, name and number.",
	},
	"packets.order.6": {
		NB: "Sett sammen på person-id. Avvis alt hvis en person står to ganger eller en halvdel mangler.",
		NN: "Set saman på person-id. Avvis alt om ein person står to gonger eller ein halvdel manglar.",
		EN: "Join by the person's id. Refuse all of it when a person stands twice or a half is missing.",
	},
	"packets.order.7": {
		NB: "Utelat dem avsenderen har på listen over trukne samtykker.",
		NN: "Utelat dei avsendaren har på lista over trekte samtykke.",
		EN: "Leave out those on the sender's list of consents withdrawn.",
	},
	"packets.order.8": {
		NB: "Skriv alle radene eller ingen, etter postens nøkkel. Skriv så pakkenes navn i listen, og slett filer og id-er.",
		NN: "Skriv alle radene eller ingen, etter nøkkelen til posten. Skriv så namna på pakkane i lista, og slett filer og id-ar.",
		EN: "Write all rows or none, by the record's key. Then write the names of the packets in the list, and delete files and ids.",
	},
	"packets.example": {
		NB: "Hent et eksempel med nøkler, filer og fasit",
		NN: "Hent eit døme med nøklar, filer og fasit",
		EN: "Fetch an example with keys, files and what comes of them",
	},
}
