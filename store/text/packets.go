package text

// packetsTexts are of the destination that gets identity and health apart.
var packetsTexts = Catalogue{
	"kind.packets": {NB: "To pakker: identitet og helse hver for seg", NN: "To pakkar: identitet og helse kvar for seg", EN: "Two packets: identity and health apart"},

	"option.packets.identity_address": {NB: "Adresse for identitetsdelen", NN: "Adresse for identitetsdelen", EN: "Address of the identity part"},
	"option.packets.identity_address.help": {
		NB: "file:///mappe, sftp://konto@vert/mappe eller https://vert/sti. Den må være et annet sted enn helsedelens.",
		NN: "file:///mappe, sftp://konto@vert/mappe eller https://vert/stig. Ho må vere ein annan stad enn den til helsedelen.",
		EN: "file:///folder, sftp://account@host/folder or https://host/path. It must be another place than the health part's.",
	},
	"option.packets.identity_host_key":       {NB: "Vertsnøkkel for identitetsdelen", NN: "Vertsnøkkel for identitetsdelen", EN: "Host key for the identity part"},
	"option.packets.identity_host_key.help":  {NB: "Bare for SFTP: linjen eller fingeravtrykket som er avtalt.", NN: "Berre for SFTP: linja eller fingeravtrykket som er avtalt.", EN: "Only for SFTP: the line or fingerprint that was agreed."},
	"option.packets.identity_recipient":      {NB: "Mottakerens nøkkel til identitetsdelen", NN: "Nøkkelen mottakaren har til identitetsdelen", EN: "The recipient's key to the identity part"},
	"option.packets.identity_recipient.help": {NB: "Den offentlige delen, som begynner med age1.", NN: "Den offentlege delen, som byrjar med age1.", EN: "The public part, which begins with age1."},
	"option.packets.identity_fields":         {NB: "Felt i identitetsdelen", NN: "Felt i identitetsdelen", EN: "Fields of the identity part"},
	"option.packets.identity_fields.help":    {NB: "Med komma mellom: number, given_name, family_name, postal_code, address, phone, email.", NN: "Med komma mellom: number, given_name, family_name, postal_code, address, phone, email.", EN: "With commas between: number, given_name, family_name, postal_code, address, phone, email."},
	"option.packets.health_address":          {NB: "Adresse for helsedelen", NN: "Adresse for helsedelen", EN: "Address of the health part"},
	"option.packets.health_address.help":     {NB: "Som over. Manifestet går samme vei, sist.", NN: "Som over. Manifestet går same vegen, sist.", EN: "As above. The manifest goes the same way, last."},
	"option.packets.health_host_key":         {NB: "Vertsnøkkel for helsedelen", NN: "Vertsnøkkel for helsedelen", EN: "Host key for the health part"},
	"option.packets.health_host_key.help":    {NB: "Bare for SFTP: linjen eller fingeravtrykket som er avtalt.", NN: "Berre for SFTP: linja eller fingeravtrykket som er avtalt.", EN: "Only for SFTP: the line or fingerprint that was agreed."},
	"option.packets.health_recipient":        {NB: "Mottakerens nøkkel til helsedelen", NN: "Nøkkelen mottakaren har til helsedelen", EN: "The recipient's key to the health part"},
	"option.packets.health_recipient.help":   {NB: "Den offentlige delen. Ikke den samme som til identitetsdelen.", NN: "Den offentlege delen. Ikkje den same som til identitetsdelen.", EN: "The public part. Not the same as to the identity part."},
	"option.packets.joiner_recipient":        {NB: "Nøkkelen til den som setter delene sammen", NN: "Nøkkelen til den som set delane saman", EN: "The key of whoever joins the parts"},
	"option.packets.joiner_recipient.help":   {NB: "Den offentlige delen av nøkkelen til manifestet.", NN: "Den offentlege delen av nøkkelen til manifestet.", EN: "The public part of the key to the manifest."},
	"option.packets.receipts":                {NB: "Vent på kvitteringer", NN: "Vent på kvitteringar", EN: "Wait for receipts"},
	"option.packets.receipts.help":           {NB: "Da teller ingenting som mottatt før mottakeren har kvittert for begge delene. Over HTTPS er det alltid slik.", NN: "Då tel ingenting som motteke før mottakaren har kvittert for begge delane. Over HTTPS er det alltid slik.", EN: "Nothing then counts as received before the recipient has confirmed both parts. Over HTTPS it is always so."},
	"option.packets.identity_key":            {NB: "Vår nøkkel på identitetsveien", NN: "Nøkkelen vår på identitetsvegen", EN: "Our key on the identity way"},
	"option.packets.identity_key.help":       {NB: "PEM: privat nøkkel for SFTP, sertifikat med nøkkel for HTTPS.", NN: "PEM: privat nøkkel for SFTP, sertifikat med nøkkel for HTTPS.", EN: "PEM: a private key for SFTP, a certificate with its key for HTTPS."},
	"option.packets.identity_ca":             {NB: "Utsteder på identitetsveien", NN: "Utferdar på identitetsvegen", EN: "Authority on the identity way"},
	"option.packets.identity_ca.help":        {NB: "PEM. Bare for HTTPS, når mottakeren utsteder sine egne sertifikater.", NN: "PEM. Berre for HTTPS, når mottakaren ferdar ut eigne sertifikat.", EN: "PEM. Only for HTTPS, when the recipient issues certificates of its own."},
	"option.packets.identity_token":          {NB: "Token på identitetsveien", NN: "Token på identitetsvegen", EN: "Token on the identity way"},
	"option.packets.identity_token.help":     {NB: "Bare for HTTPS.", NN: "Berre for HTTPS.", EN: "Only for HTTPS."},
	"option.packets.health_key":              {NB: "Vår nøkkel på helseveien", NN: "Nøkkelen vår på helsevegen", EN: "Our key on the health way"},
	"option.packets.health_key.help":         {NB: "PEM. Ikke den samme som på identitetsveien.", NN: "PEM. Ikkje den same som på identitetsvegen.", EN: "PEM. Not the same as on the identity way."},
	"option.packets.health_ca":               {NB: "Utsteder på helseveien", NN: "Utferdar på helsevegen", EN: "Authority on the health way"},
	"option.packets.health_ca.help":          {NB: "PEM. Bare for HTTPS.", NN: "PEM. Berre for HTTPS.", EN: "PEM. Only for HTTPS."},
	"option.packets.health_token":            {NB: "Token på helseveien", NN: "Token på helsevegen", EN: "Token on the health way"},
	"option.packets.health_token.help":       {NB: "Bare for HTTPS. Ikke den samme som på identitetsveien.", NN: "Berre for HTTPS. Ikkje den same som på identitetsvegen.", EN: "Only for HTTPS. Not the same as on the identity way."},

	"error.packets.same_way": {
		NB: "Identitet og helse går til samme sted. Den som leser der, har begge delene. Ingenting er sendt. Velg to steder.",
		NN: "Identitet og helse går til same staden. Den som les der, har begge delane. Ingenting er sendt. Vel to stader.",
		EN: "Identity and health go to one place. Whoever reads there has both parts. Nothing was sent. Choose two places.",
	},
	"error.packets.same_secret": {
		NB: "De to veiene har samme hemmelighet. Ingenting er sendt. Gi dem hver sin.",
		NN: "Dei to vegane har same løyndomen. Ingenting er sendt. Gi dei kvar sin.",
		EN: "The two ways have one secret. Nothing was sent. Give each its own.",
	},
	"error.packets.recipient": {
		NB: "Dette er ikke en offentlig nøkkel. Den begynner med age1.",
		NN: "Dette er ikkje ein offentleg nøkkel. Han byrjar med age1.",
		EN: "This is no public key. It begins with age1.",
	},
	"error.packets.same_recipient": {
		NB: "Den samme nøkkelen åpner to deler. Hver del skal ha sin egen nøkkel.",
		NN: "Den same nøkkelen opnar to delar. Kvar del skal ha sin eigen nøkkel.",
		EN: "The same key opens two parts. Each part must have a key of its own.",
	},
	"error.packets.fields": {
		NB: "Skriv felt med komma mellom, hvert én gang: number, given_name, family_name, postal_code, address, phone, email.",
		NN: "Skriv felt med komma mellom, kvart éin gong: number, given_name, family_name, postal_code, address, phone, email.",
		EN: "Write fields with commas between, each once: number, given_name, family_name, postal_code, address, phone, email.",
	},
	"error.packets.half_confirmed": {
		NB: "Mottakeren har kvittert for bare én av de to delene. Ingen vet om den andre kom fram. De samme filene sendes igjen, aldri nye.",
		NN: "Mottakaren har kvittert for berre éin av dei to delane. Ingen veit om den andre kom fram. Dei same filene blir sende igjen, aldri nye.",
		EN: "The recipient has confirmed only one of the two parts. Nobody knows whether the other arrived. The same files are sent again, never new ones.",
	},
	"error.packets.not_confirmed": {
		NB: "Mottakeren har ikke kvittert for noen av de to delene ennå. Det spørres igjen.",
		NN: "Mottakaren har ikkje kvittert for nokon av dei to delane enno. Det blir spurt igjen.",
		EN: "The recipient has confirmed neither of the two parts yet. It is asked again.",
	},
	"error.packets.refused": {
		NB: "Mottakeren har avvist en av de to delene. Postene teller ikke som mottatt. Avstem kjøringen.",
		NN: "Mottakaren har avvist ein av dei to delane. Postane tel ikkje som mottekne. Avstem køyringa.",
		EN: "The recipient has refused one of the two parts. The records do not count as received. Reconcile the run.",
	},
	"runbook.packets.half_confirmed.meaning": {
		NB: "Helse og identitet er sendt hver for seg, og mottakeren har ikke bekreftet begge. Uten begge kan ingen sette dem sammen. Registeret er uendret.",
		NN: "Helse og identitet er sende kvar for seg, og mottakaren har ikkje stadfesta begge. Utan begge kan ingen setje dei saman. Registeret er uendra.",
		EN: "Health and identity were sent apart, and the recipient has not confirmed both. Without both nobody can join them. The registry is unchanged.",
	},
	"runbook.packets.half_confirmed.do": {
		NB: "Vent: det spørres igjen.\nSe på kjøringens side «Flyt» hvilken del som mangler kvittering, og spør mottakeren om filen ved navn og SHA-256.\nEnder kjøringen som ukjent, avstem den.",
		NN: "Vent: det blir spurt igjen.\nSjå på sida «Flyt» til køyringa kva del som manglar kvittering, og spør mottakaren om fila ved namn og SHA-256.\nEndar køyringa som ukjend, avstem henne.",
		EN: "Wait: it is asked again.\nSee on the run's page “Flow” which part lacks a receipt, and ask the recipient about the file by name and SHA-256.\nIf the run ends as unknown, reconcile it.",
	},
	"runbook.packets.same_way.meaning": {
		NB: "De to delene ville ligget samme sted, eller under samme nøkkel. Ingenting er sendt.",
		NN: "Dei to delane ville lege same staden, eller under same nøkkel. Ingenting er sendt.",
		EN: "The two parts would have lain in one place, or under one key. Nothing was sent.",
	},
	"runbook.packets.same_way.do": {
		NB: "Rett forbindelsen: to steder, to hemmeligheter og tre nøkler fra mottakeren.\nSe også etter lenker mellom mapper.\nFå endringen godkjent.",
		NN: "Rett tilkoplinga: to stader, to løyndomar og tre nøklar frå mottakaren.\nSjå òg etter lenkjer mellom mapper.\nFå endringa godkjend.",
		EN: "Correct the connection: two places, two secrets and three keys of the recipient.\nLook for links between folders, too.\nHave the change approved.",
	},

	"error.gate.identity_apart": {
		NB: "Tilkoblingen sender identitet i en egen pakke, og løsningsdesignet sier ikke at identitet forlater huset. Ingenting er sendt. Skriv det i løsningsdesignet, og få det godkjent.",
		NN: "Tilkoplinga sender identitet i ein eigen pakke, og løysingsdesignet seier ikkje at identitet forlèt huset. Ingenting er sendt. Skriv det i løysingsdesignet, og få det godkjent.",
		EN: "The connection sends identity in a packet of its own, and the solution design does not say that identity leaves the house. Nothing was sent. Write it in the solution design, and have it approved.",
	},
	"error.gate.identity_joined": {
		NB: "Tilkoblingen sender identitet og helse i samme melding, og løsningsdesignet sier ikke at de settes sammen. Ingenting er sendt. Skriv det i løsningsdesignet, og få det godkjent.",
		NN: "Tilkoplinga sender identitet og helse i same meldinga, og løysingsdesignet seier ikkje at dei blir sette saman. Ingenting er sendt. Skriv det i løysingsdesignet, og få det godkjent.",
		EN: "The connection sends identity and health in one message, and the solution design does not say that they are joined. Nothing was sent. Write it in the solution design, and have it approved.",
	},
	"runbook.gate.identity_apart.meaning": {
		NB: "Identitet forlater huset bare slik et godkjent løsningsdesign sier. Ingenting er sendt.",
		NN: "Identitet forlèt huset berre slik eit godkjent løysingsdesign seier. Ingenting er sendt.",
		EN: "Identity leaves the house only as an approved solution design says. Nothing was sent.",
	},
	"runbook.gate.identity_apart.do": {
		NB: "Lag en ny versjon av løsningsdesignet og velg hvordan identitet forlater huset under «Hva den dekker».\nEr det ikke meningen at identitet skal ut, velg en annen tilkobling.",
		NN: "Lag ein ny versjon av løysingsdesignet og vel korleis identitet forlèt huset under «Kva han dekkjer».\nEr det ikkje meininga at identitet skal ut, vel ei anna tilkopling.",
		EN: "Make a new version of the solution design and choose how identity leaves the house under “What it covers”.\nIf identity is not meant to leave, choose another connection.",
	},
	"policy.identity_leaves": {NB: "Identitet forlater huset bare slik LD sier", NN: "Identitet forlèt huset berre slik LD seier", EN: "Identity leaves the house only as the LD says"},
	"policy.identity_leaves.text": {
		NB: "Går identitet ut i en egen pakke, eller sammen med helse i én melding, skal løsningsdesignet (LD) si det.",
		NN: "Går identitet ut i ein eigen pakke, eller saman med helse i éi melding, skal løysingsdesignet (LD) seie det.",
		EN: "If identity leaves in a packet of its own, or with health in one message, the solution design (LD) must say so.",
	},
	"policy.reads.kind.identity":        {NB: "hvordan tilkoblingstypen lar identitet gå ut", NN: "korleis tilkoplingstypen lèt identitet gå ut", EN: "how the connector lets identity leave"},
	"policy.reads.ld.coverage_identity": {NB: "hva LD sier om identitet som går ut", NN: "kva LD seier om identitet som går ut", EN: "what the LD says of identity that leaves"},

	"ld.field.leaves": {NB: "Identitet som forlater huset", NN: "Identitet som forlèt huset", EN: "Identity that leaves the house"},
	"leaves.not":      {NB: "Ingen: det som går ut, peker ikke ut noen", NN: "Ingen: det som går ut, peikar ikkje ut nokon", EN: "None: what goes out points at nobody"},
	"leaves.apart":    {NB: "I en egen pakke, en annen vei enn helsedelen", NN: "I ein eigen pakke, ein annan veg enn helsedelen", EN: "In a packet of its own, by another way than the health part"},
	"leaves.joined":   {NB: "Sammen med helse i én melding", NN: "Saman med helse i éi melding", EN: "With health in one message"},

	"reason.no_person": {
		NB: "Personen er slettet, har sagt nei, eller er ikke i hvelvet",
		NN: "Personen er sletta, har sagt nei, eller er ikkje i kvelvet",
		EN: "The person is erased, has said no, or is not in the vault",
	},
	"scope.identity.leaves": {NB: "hvordan identitet forlater huset", NN: "korleis identitet forlèt huset", EN: "how identity leaves the house"},
	"scope.identity.link":   {NB: "id-ene som knytter delene sammen", NN: "id-ane som knyter delane saman", EN: "the ids that link the parts"},
	"scope.value.apart":     {NB: "i en egen pakke", NN: "i ein eigen pakke", EN: "in a packet of its own"},
	"scope.value.joined":    {NB: "sammen med helse", NN: "saman med helse", EN: "with health"},
	"scope.value.link":      {NB: "nye i hver kjøring", NN: "nye i kvar køyring", EN: "new in each run"},
	"scope.value.packets":   {NB: "kryptert til mottakeren", NN: "kryptert til mottakaren", EN: "encrypted to the recipient"},
	"scope.store.packets":   {NB: "pakkene som venter på å bli sendt", NN: "pakkane som ventar på å bli sende", EN: "the packets that wait to be sent"},
}
