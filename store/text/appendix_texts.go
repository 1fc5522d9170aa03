package text

// appendixTexts holds the words of the appendix to the solution design.
var appendixTexts = Catalogue{
	"appendix.title": {NB: "Vedlegg til løsningsdesign: {integration}", NN: "Vedlegg til løysingsdesign: {integration}", EN: "Appendix to the solution design: {integration}"},
	"appendix.lead": {
		NB: "Hva som flyttes, hvordan, og hvem som har sagt ja. Dokumentet er laget av det som ble sendt inn, ikke av det som gjelder i dag.",
		NN: "Kva som blir flytta, korleis, og kven som har sagt ja. Dokumentet er laga av det som vart sendt inn, ikkje av det som gjeld i dag.",
		EN: "What is moved, how, and who agreed to it. The document is made from what was submitted, not from what holds today.",
	},
	"appendix.foot": {
		NB: "Omfang {hash}, mapping {no}, godkjenning {approval}, innsending {submission}.",
		NN: "Omfang {hash}, mapping {no}, godkjenning {approval}, innsending {submission}.",
		EN: "Scope {hash}, mapping {no}, approval {approval}, submission {submission}.",
	},
	"appendix.hash":       {NB: "Omfangets kontrollsum (SHA-256)", NN: "Kontrollsummen til omfanget (SHA-256)", EN: "Hash of the scope (SHA-256)"},
	"appendix.mapping":    {NB: "Mapping", NN: "Mapping", EN: "Mapping"},
	"appendix.codebook":   {NB: "Kodebok", NN: "Kodebok", EN: "Codebook"},
	"appendix.approval":   {NB: "Godkjenning", NN: "Godkjenning", EN: "Approval"},
	"appendix.submission": {NB: "innsending {no}", NN: "innsending {no}", EN: "submission {no}"},

	"appendix.decision":  {NB: "Vedtak", NN: "Vedtak", EN: "Decision"},
	"appendix.submitted": {NB: "Sendt inn", NN: "Send inn", EN: "Submitted"},
	"appendix.by_at":     {NB: "{name}, {at}", NN: "{name}, {at}", EN: "{name}, {at}"},
	"appendix.reason":    {NB: "Begrunnelse", NN: "Grunngjeving", EN: "Reason"},
	"appendix.valid_to":  {NB: "Gjelder til og med", NN: "Gjeld til og med", EN: "Valid to and including"},
	"appendix.condition": {NB: "Vilkår {no}: {text} Frist {date}.", NN: "Vilkår {no}: {text} Frist {date}.", EN: "Condition {no}: {text} Due {date}."},
	"appendix.undecided": {NB: "Det er ikke gjort vedtak om denne innsendingen.", NN: "Det er ikkje gjort vedtak om denne innsendinga.", EN: "No decision has been made about this submission."},
	"appendix.demo": {
		NB: "Registrert for demonstrasjonen med oppdiktede data. Ingen person har godkjent den.",
		NN: "Registrert for demonstrasjonen med oppdikta data. Ingen person har godkjent han.",
		EN: "Registered for the demonstration with synthetic data. No person has approved it.",
	},

	"appendix.basis": {NB: "Formål og grunnlag", NN: "Føremål og grunnlag", EN: "Purpose and basis"},
	"appendix.no_facts": {
		NB: "Navn, grunnlag, ROS og LD ble ikke tatt vare på da dette ble sendt inn. Omfanget er uendret.",
		NN: "Namn, grunnlag, ROS og LD vart ikkje tekne vare på då dette vart sendt inn. Omfanget er uendra.",
		EN: "Names, basis, ROS and LD were not kept when this was submitted. The scope is unchanged.",
	},
	"appendix.registry":            {NB: "Register", NN: "Register", EN: "Registry"},
	"appendix.integration_purpose": {NB: "Formålet med integrasjonen", NN: "Føremålet med integrasjonen", EN: "Purpose of the integration"},

	"appendix.documents":      {NB: "ROS og løsningsdesign", NN: "ROS og løysingsdesign", EN: "ROS and solution design"},
	"appendix.ref":            {NB: "{id}, versjon {version}", NN: "{id}, versjon {version}", EN: "{id}, version {version}"},
	"appendix.document_title": {NB: "Tittel", NN: "Tittel", EN: "Title"},
	"appendix.link":           {NB: "Ligger på", NN: "Ligg på", EN: "Kept at"},
	"appendix.covers":         {NB: "Omfatter", NN: "Omfattar", EN: "Covers"},
	"appendix.overview":       {NB: "Oversikt", NN: "Oversyn", EN: "Overview"},
	"appendix.decided":        {NB: "Besluttet", NN: "Avgjort", EN: "Decided"},
	"appendix.exempt":         {NB: "Unntak fra plattformen til og med", NN: "Unntak frå plattforma til og med", EN: "Exempt from the platform to and including"},

	"appendix.exempt_reason":  {NB: "Grunnen til unntaket", NN: "Grunnen til unntaket", EN: "Reason for the exemption"},
	"appendix.data_flow":      {NB: "Dataflyt", NN: "Dataflyt", EN: "Data flow"},
	"appendix.systems":        {NB: "Systemer", NN: "System", EN: "Systems"},
	"appendix.channels":       {NB: "Kanaler", NN: "Kanalar", EN: "Channels"},
	"appendix.protocols":      {NB: "Protokoller", NN: "Protokollar", EN: "Protocols"},
	"appendix.authentication": {NB: "Autentisering", NN: "Autentisering", EN: "Authentication"},
	"appendix.encryption":     {NB: "Kryptering", NN: "Kryptering", EN: "Encryption"},
	"appendix.storage":        {NB: "Lagring", NN: "Lagring", EN: "Storage"},
	"appendix.retention":      {NB: "Oppbevaring", NN: "Oppbevaring", EN: "Retention"},
	"appendix.logging":        {NB: "Logging", NN: "Logging", EN: "Logging"},
	"appendix.roles":          {NB: "Roller", NN: "Roller", EN: "Roles"},
	"appendix.separation":     {NB: "Skillet mellom identitet og helse", NN: "Skiljet mellom identitet og helse", EN: "How identity is kept apart from health"},
	"appendix.error_handling": {NB: "Feilhåndtering", NN: "Feilhandtering", EN: "Error handling"},
	"appendix.dependencies":   {NB: "Avhengigheter", NN: "Avhengnader", EN: "Dependencies"},

	"appendix.way":         {NB: "Systemer og transportvei", NN: "System og transportveg", EN: "Systems and transport"},
	"appendix.fields":      {NB: "Opplysninger som flyttes", NN: "Opplysningar som blir flytta", EN: "Data moved"},
	"appendix.fields.lead": {NB: "Hvert felt fra kilden, hva det er, og hvor det går.", NN: "Kvart felt frå kjelda, kva det er, og kvar det går.", EN: "Each field from the source, what it is, and where it goes."},
	"appendix.field":       {NB: "Felt", NN: "Felt", EN: "Field"},
	"appendix.label":       {NB: "Ledetekst", NN: "Leietekst", EN: "Label"},
	"appendix.class":       {NB: "Klasse", NN: "Klasse", EN: "Class"},
	"appendix.to":          {NB: "Går til", NN: "Går til", EN: "Goes to"},
	"appendix.to.identity": {NB: "identitetssiden, skilt fra helseopplysningene", NN: "identitetssida, skild frå helseopplysningane", EN: "the identity side, apart from the health data"},
	"appendix.to.keep":     {NB: "valget av hvilke rader som tas med", NN: "valet av kva rader som blir tekne med", EN: "the choice of which rows are kept"},
	"appendix.to.nothing":  {NB: "leses, men lagres ikke", NN: "blir lese, men ikkje lagra", EN: "is read, but not stored"},

	"appendix.variables": {NB: "Variabler og regler", NN: "Variablar og reglar", EN: "Variables and rules"},
	"appendix.variable":  {NB: "Variabel", NN: "Variabel", EN: "Variable"},
	"appendix.what":      {NB: "Type og grenser", NN: "Type og grenser", EN: "Type and limits"},
	"appendix.from":      {NB: "Lages av", NN: "Blir laga av", EN: "Made from"},
	"appendix.rule":      {NB: "Regel", NN: "Regel", EN: "Rule"},
	"appendix.steps":     {NB: "Regelens trinn (JSON)", NN: "Trinna i regelen (JSON)", EN: "Steps of the rule (JSON)"},

	"appendix.translations": {NB: "Oversettelse av verdier", NN: "Omsetjing av verdiar", EN: "Translation of values"},
	"appendix.given":        {NB: "I kilden", NN: "I kjelda", EN: "In the source"},
	"appendix.becomes":      {NB: "I registeret", NN: "I registeret", EN: "In the registry"},

	"appendix.codes":      {NB: "Kodelister", NN: "Kodelister", EN: "Code lists"},
	"appendix.code.count": {NB: "Antall koder", NN: "Talet på kodar", EN: "Number of codes"},
	"appendix.code.list":  {NB: "Koder", NN: "Kodar", EN: "Codes"},

	"appendix.privacy": {NB: "Identitet, lagring og samtykke", NN: "Identitet, lagring og samtykke", EN: "Identity, storage and consent"},

	"appendix.checks": {NB: "Kontroller og grenser", NN: "Kontrollar og grenser", EN: "Checks and limits"},
	"appendix.checks.lead": {
		NB: "En rad som ikke består en kontroll, holdes tilbake. Den første kontrollen i rekkefølgen gir årsaken.",
		NN: "Ei rad som ikkje består ein kontroll, blir halden tilbake. Den første kontrollen i rekkjefølgja gir årsaka.",
		EN: "A row that fails a check is held back. The first check in the order gives the reason.",
	},
	"appendix.check.reason": {NB: "Kontroll", NN: "Kontroll", EN: "Check"},
	"appendix.check.what":   {NB: "Ser etter", NN: "Ser etter", EN: "Looks for"},

	"appendix.rests": {NB: "Hva dokumentet bygger på", NN: "Kva dokumentet byggjer på", EN: "What the document rests on"},
	"appendix.rests.kept": {
		NB: "Omfanget, mappingen, kodeboken, grunnlaget, ROS og LD slik de ble sendt inn, og vedtaket slik det står i loggen. Ingenting av dette endres senere.",
		NN: "Omfanget, mappinga, kodeboka, grunnlaget, ROS og LD slik dei vart sende inn, og vedtaket slik det står i loggen. Ingenting av dette blir endra seinare.",
		EN: "The scope, the mapping, the codebook, the basis, ROS and LD as they were submitted, and the decision as the log has it. None of this changes later.",
	},
	"appendix.rests.words": {
		NB: "Ordene er portalens. En nyere utgave av portalen kan ordlegge seg annerledes, men kontrollsummene er de samme.",
		NN: "Orda er portalens. Ei nyare utgåve av portalen kan ordleggje seg annleis, men kontrollsummane er dei same.",
		EN: "The words are the portal's. A newer version of the portal may word things differently, but the hashes are the same.",
	},
	"appendix.rests.later": {
		NB: "Om godkjenningen fortsatt gjelder, står i portalen. Lim inn omfangets kontrollsum der for å finne den.",
		NN: "Om godkjenninga framleis gjeld, står i portalen. Lim inn kontrollsummen til omfanget der for å finne ho.",
		EN: "Whether the approval still holds is shown in the portal. Paste the hash of the scope there to find it.",
	},
}
