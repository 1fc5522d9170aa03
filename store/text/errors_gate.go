package text

// gateTexts says why the gate refuses, and what the parts of an integration are called there.
var gateTexts = Catalogue{
	"error.gate.incomplete": {
		NB: "Integrasjonen mangler register, system eller metode, så den kan ikke kjøre. Registeret er uendret. Velg det som mangler på integrasjonens side.",
		NN: "Integrasjonen manglar register, system eller metode, så han kan ikkje køyre. Registeret er uendra. Vel det som manglar på sida til integrasjonen.",
		EN: "The integration lacks a registry, system or method, so it cannot run. The registry is unchanged. Choose what is missing on the integration's page.",
	},
	"error.gate.no_connector": {
		NB: "Samband kan ikke hente eller sende med metoden «{method}» ennå. Registeret er uendret. Velg en annen metode, eller vent til den støttes.",
		NN: "Samband kan ikkje hente eller sende med metoden «{method}» enno. Registeret er uendra. Vel ein annan metode, eller vent til han er støtta.",
		EN: "Samband cannot yet fetch or send with the method “{method}”. The registry is unchanged. Choose another method, or wait until it is supported.",
	},
	"error.gate.no_connection": {
		NB: "Integrasjonen har ingen tilkobling til systemet. Registeret er uendret. Be integrasjonsansvarlig sette opp en, og velg den her.",
		NN: "Integrasjonen har inga tilkopling til systemet. Registeret er uendra. Be integrasjonsansvarleg setje opp ei, og vel ho her.",
		EN: "The integration has no connection to the system. The registry is unchanged. Ask the integration administrator to set one up, and choose it here.",
	},
	"error.gate.no_mapping": {
		NB: "Integrasjonen har ingen mapping i bruk. Registeret er uendret. Lag en mapping mot kodeboken, lagre den som versjon og ta den i bruk.",
		NN: "Integrasjonen har inga mapping i bruk. Registeret er uendra. Lag ei mapping mot kodeboka, lagre ho som versjon og ta ho i bruk.",
		EN: "The integration has no mapping in use. The registry is unchanged. Make a mapping to the codebook, save it as a version and take it into use.",
	},
	"error.gate.mapping_invalid": {
		NB: "Versjon {version} av mappingen stemmer ikke med kodeboken «{codebook}». Registeret er uendret. Åpne mappingen, rett det som er merket, og lagre en ny versjon.",
		NN: "Versjon {version} av mappinga stemmer ikkje med kodeboka «{codebook}». Registeret er uendra. Opne mappinga, rett det som er merkt, og lagre ein ny versjon.",
		EN: "Version {version} of the mapping does not agree with the codebook “{codebook}”. The registry is unchanged. Open the mapping, correct what is marked, and save a new version.",
	},
	"error.gate.mismatch": {
		NB: "{part} hører til noe annet enn denne integrasjonen. Ingenting er hentet, og registeret er uendret. Velg riktig på integrasjonens side, eller meld fra til integrasjonsansvarlig.",
		NN: "{part} høyrer til noko anna enn denne integrasjonen. Ingenting er henta, og registeret er uendra. Vel rett på sida til integrasjonen, eller meld frå til integrasjonsansvarleg.",
		EN: "{part} belongs to something else than this integration. Nothing was fetched, and the registry is unchanged. Choose the right one on the integration's page, or tell the integration administrator.",
	},
	"gate.part.registry":   {NB: "Registeret", NN: "Registeret", EN: "The registry"},
	"gate.part.method":     {NB: "Metoden", NN: "Metoden", EN: "The method"},
	"gate.part.connector":  {NB: "Tilkoblingstypen", NN: "Tilkoplingstypen", EN: "The connector"},
	"gate.part.connection": {NB: "Tilkoblingen", NN: "Tilkoplinga", EN: "The connection"},
	"gate.part.mapping":    {NB: "Mappingen", NN: "Mappinga", EN: "The mapping"},
	"gate.part.codebook":   {NB: "Kodeboken", NN: "Kodeboka", EN: "The codebook"},
	"gate.part.ros":        {NB: "ROS", NN: "ROS", EN: "The risk analysis (ROS)"},
	"gate.part.ld":         {NB: "Løsningsdesignet", NN: "Løysingsdesignet", EN: "The solution design (LD)"},
	"gate.part.approval":   {NB: "Godkjenningen", NN: "Godkjenninga", EN: "The approval"},
	"gate.not_stated":      {NB: "ikke oppgitt", NN: "ikkje oppgitt", EN: "not stated"},

	"error.gate.registry_basis": {
		NB: "Registeret {registry} mangler {fields}. Uten det kan ikke integrasjonen kjøre, og registeret er uendret. Fyll ut det som mangler på registerets side.",
		NN: "Registeret {registry} manglar {fields}. Utan det kan ikkje integrasjonen køyre, og registeret er uendra. Fyll ut det som manglar på sida til registeret.",
		EN: "The registry {registry} lacks {fields}. Without that the integration cannot run, and the registry is unchanged. Fill in what is missing on the registry's page.",
	},
	"error.gate.registry_lapsed": {
		NB: "For registeret {registry} har dette gått ut: {fields}. Ingenting kjører før det er fornyet, og registeret er uendret. Skaff fornyelsen, og legg inn ny dato på registerets side.",
		NN: "For registeret {registry} har dette gått ut: {fields}. Ingenting køyrer før det er fornya, og registeret er uendra. Skaff fornyinga, og legg inn ny dato på sida til registeret.",
		EN: "For the registry {registry} this has run out: {fields}. Nothing runs until it is renewed, and the registry is unchanged. Get the renewal, and enter the new date on the registry's page.",
	},
	"error.gate.registry_ended": {
		NB: "Registeret {registry} ble avsluttet {date}. Nye data tas ikke inn. Er sluttdatoen feil, retter koordinatoren den på registerets side.",
		NN: "Registeret {registry} vart avslutta {date}. Nye data blir ikkje tekne inn. Er sluttdatoen feil, rettar koordinatoren han på sida til registeret.",
		EN: "The registry {registry} ended on {date}. New data are not taken in. If the end date is wrong, the coordinator corrects it on the registry's page.",
	},
	"error.gate.too_sensitive": {
		NB: "Så sensitive data kan ikke gå mellom registeret og {system} med metoden «{method}». Ingenting er hentet. Riktig vei: {instead}.",
		NN: "Så sensitive data kan ikkje gå mellom registeret og {system} med metoden «{method}». Ingenting er henta. Rett veg: {instead}.",
		EN: "Data this sensitive may not pass between the registry and {system} with the method “{method}”. Nothing was fetched. The right way: {instead}.",
	},
	"error.gate.route": {
		NB: "Transporten går gjennom «{route}», og det tillater ikke løsningsdesignet. Registeret er uendret. Bruk leverandørens integrasjonsplattform, eller få et unntak med sluttdato inn i løsningsdesignet.",
		NN: "Transporten går gjennom «{route}», og det tillèt ikkje løysingsdesignet. Registeret er uendra. Bruk integrasjonsplattforma til leverandøren, eller få eit unntak med sluttdato inn i løysingsdesignet.",
		EN: "The transport goes through “{route}”, which the solution design does not allow. The registry is unchanged. Use the supplier's integration platform, or get an exemption with an end date into the solution design.",
	},
	"error.gate.route_reason": {
		NB: "Transporten går gjennom «{route}», og løsningsdesignet sier ikke hvorfor. Registeret er uendret. Skriv grunnen i løsningsdesignet, eller bruk leverandørens integrasjonsplattform.",
		NN: "Transporten går gjennom «{route}», og løysingsdesignet seier ikkje kvifor. Registeret er uendra. Skriv grunnen i løysingsdesignet, eller bruk integrasjonsplattforma til leverandøren.",
		EN: "The transport goes through “{route}”, and the solution design does not say why. The registry is unchanged. Write the reason in the solution design, or use the supplier's integration platform.",
	},
	"error.gate.exemption_ends": {
		NB: "Unntaket som lar transporten gå gjennom «{route}», varer til {date}: {days} {days|dag|dager} igjen. Integrasjonen kjører til da. Legg om til integrasjonsplattformen, eller forny unntaket i løsningsdesignet.",
		NN: "Unntaket som lèt transporten gå gjennom «{route}», varer til {date}: {days} {days|dag|dagar} att. Integrasjonen køyrer til då. Legg om til integrasjonsplattforma, eller forny unntaket i løysingsdesignet.",
		EN: "The exemption that lets transport go through “{route}” lasts until {date}: {days} {days|day|days} left. The integration runs until then. Change to the integration platform, or renew the exemption in the solution design.",
	},
	"error.gate.connector_highest": {
		NB: "Metoden «{method}» sier at den kan bære mer følsomme data enn tilkoblingstypen {connector} ({highest}). Ingenting er hentet. Sett metodens følsomhet ned, eller velg en annen tilkoblingstype.",
		NN: "Metoden «{method}» seier at han kan bere meir følsame data enn tilkoplingstypen {connector} ({highest}). Ingenting er henta. Set følsemda til metoden ned, eller vel ein annan tilkoplingstype.",
		EN: "The method “{method}” says that it may carry more sensitive data than the connector {connector} ({highest}). Nothing was fetched. Lower the method's sensitivity, or choose another connector.",
	},
	"error.gate.connector_route": {
		NB: "Metoden «{method}» er ført opp med transporten «{route}», men tilkoblingstypen {connector} går gjennom «{needs}». Ingenting er hentet. Rett transporten på metoden.",
		NN: "Metoden «{method}» er ført opp med transporten «{route}», men tilkoplingstypen {connector} går gjennom «{needs}». Ingenting er henta. Rett transporten på metoden.",
		EN: "The method “{method}” is entered with the transport “{route}”, but the connector {connector} goes through “{needs}”. Nothing was fetched. Correct the method's transport.",
	},
	"error.gate.phasing_out_until": {
		NB: "{system} fases ut {date}: {days} {days|dag|dager} igjen. Etter det kjører ingenting. Flytt integrasjonen til etterfølgeren: {successor}.",
		NN: "{system} blir fasa ut {date}: {days} {days|dag|dagar} att. Etter det køyrer ingenting. Flytt integrasjonen til etterfølgjaren: {successor}.",
		EN: "{system} is phased out on {date}: {days} {days|day|days} left. After that nothing runs. Move the integration to the successor: {successor}.",
	},
	"error.gate.system_ended": {
		NB: "{system} er avviklet (sluttdato: {date}). Ingenting hentes eller sendes mer, og det som er lest inn, står. Flytt integrasjonen til etterfølgeren: {successor}.",
		NN: "{system} er avvikla (sluttdato: {date}). Ingenting blir henta eller sendt meir, og det som er lese inn, står. Flytt integrasjonen til etterfølgjaren: {successor}.",
		EN: "{system} has been retired (end date: {date}). Nothing more is fetched or sent, and what has been loaded stays. Move the integration to the successor: {successor}.",
	},
	"error.gate.phasing_out_new": {
		NB: "{system} fases ut (sluttdato: {date}), så nye integrasjoner kan ikke bruke det. Ingen data er berørt. Bruk etterfølgeren: {successor}.",
		NN: "{system} blir fasa ut (sluttdato: {date}), så nye integrasjonar kan ikkje bruke det. Ingen data er rørte. Bruk etterfølgjaren: {successor}.",
		EN: "{system} is being phased out (end date: {date}), so new integrations cannot use it. No data are affected. Use the successor: {successor}.",
	},
	"error.gate.phasing_out": {
		NB: "{system} fases ut (sluttdato: {date}). Integrasjonen kjører til da. Planlegg flyttingen til etterfølgeren: {successor}.",
		NN: "{system} blir fasa ut (sluttdato: {date}). Integrasjonen køyrer til då. Planlegg flyttinga til etterfølgjaren: {successor}.",
		EN: "{system} is being phased out (end date: {date}). The integration runs until then. Plan the move to the successor: {successor}.",
	},
	"error.gate.no_ros": {
		NB: "Integrasjonen har ingen risikoanalyse (ROS), så den kan ikke kjøre. Registeret er uendret. Knytt en ROS for systemet og metoden til integrasjonen.",
		NN: "Integrasjonen har ingen risikoanalyse (ROS), så han kan ikkje køyre. Registeret er uendra. Knyt ein ROS for systemet og metoden til integrasjonen.",
		EN: "The integration has no risk analysis (ROS), so it cannot run. The registry is unchanged. Attach a ROS for the system and the method to the integration.",
	},
	"error.gate.ros_not_accepted": {
		NB: "ROS {id} versjon {version} er ikke akseptert. Registeret er uendret. Be den som eier risikoen, ta stilling til den.",
		NN: "ROS {id} versjon {version} er ikkje akseptert. Registeret er uendra. Be den som eig risikoen, ta stilling til han.",
		EN: "ROS {id} version {version} has not been accepted. The registry is unchanged. Ask the owner of the risk to decide on it.",
	},
	"error.gate.ros_rejected": {
		NB: "ROS {id} versjon {version} ble avslått av {name} {date}. Ingenting kjører på den, og registeret er uendret. Les begrunnelsen på siden for ROS-en, og knytt en som er akseptert, til integrasjonen.",
		NN: "ROS {id} versjon {version} vart avslått av {name} {date}. Ingenting køyrer på han, og registeret er uendra. Les grunngivinga på sida for ROS-en, og knyt ein som er akseptert, til integrasjonen.",
		EN: "ROS {id} version {version} was rejected by {name} on {date}. Nothing runs on it, and the registry is unchanged. Read the reason on the page of the ROS, and attach one that is accepted to the integration.",
	},
	"error.gate.ros_withdrawn": {
		NB: "ROS {id} versjon {version} ble trukket tilbake av {name} {date}. Ingenting kjører på den, og registeret er uendret. Les begrunnelsen på siden for ROS-en, og knytt en som er akseptert, til integrasjonen.",
		NN: "ROS {id} versjon {version} vart trekt tilbake av {name} {date}. Ingenting køyrer på han, og registeret er uendra. Les grunngivinga på sida for ROS-en, og knyt ein som er akseptert, til integrasjonen.",
		EN: "ROS {id} version {version} was withdrawn by {name} on {date}. Nothing runs on it, and the registry is unchanged. Read the reason on the page of the ROS, and attach one that is accepted to the integration.",
	},
	"error.gate.ros_expired": {
		NB: "ROS {id} versjon {version} gikk ut (siste dag: {date}). Ingenting kjører før den er vurdert på nytt, og registeret er uendret. Be om ny gjennomgang.",
		NN: "ROS {id} versjon {version} gjekk ut (siste dag: {date}). Ingenting køyrer før han er vurdert på nytt, og registeret er uendra. Be om ny gjennomgang.",
		EN: "ROS {id} version {version} has expired (last day: {date}). Nothing runs until it has been reviewed again, and the registry is unchanged. Ask for a new review.",
	},
	"error.gate.no_ld": {
		NB: "Integrasjonen har ikke noe løsningsdesign (LD), så den kan ikke kjøre. Registeret er uendret. Knytt et LD til integrasjonen.",
		NN: "Integrasjonen har ikkje noko løysingsdesign (LD), så han kan ikkje køyre. Registeret er uendra. Knyt eit LD til integrasjonen.",
		EN: "The integration has no solution design (LD), so it cannot run. The registry is unchanged. Attach an LD to the integration.",
	},
	"error.gate.ld_not_approved": {
		NB: "LD {id} versjon {version} er ikke godkjent. Registeret er uendret. Be om at det blir gjennomgått og godkjent.",
		NN: "LD {id} versjon {version} er ikkje godkjent. Registeret er uendra. Be om at det blir gjennomgått og godkjent.",
		EN: "LD {id} version {version} has not been approved. The registry is unchanged. Ask for it to be reviewed and approved.",
	},
	"error.gate.ld_expired": {
		NB: "LD {id} versjon {version} gikk ut (siste dag: {date}). Ingenting kjører før det er fornyet, og registeret er uendret. Be om ny gjennomgang.",
		NN: "LD {id} versjon {version} gjekk ut (siste dag: {date}). Ingenting køyrer før det er fornya, og registeret er uendra. Be om ny gjennomgang.",
		EN: "LD {id} version {version} has expired (last day: {date}). Nothing runs until it is renewed, and the registry is unchanged. Ask for a new review.",
	},
	"error.gate.field_not_covered": {
		NB: "{document} {id} versjon {version} sier ikke noe om dette med metoden «{method}»: {fields}. Ingenting er hentet, og registeret er uendret. Få feltene inn i en ny versjon, eller ta dem ut av mappingen.",
		NN: "{document} {id} versjon {version} seier ikkje noko om dette med metoden «{method}»: {fields}. Ingenting er henta, og registeret er uendra. Få felta inn i ein ny versjon, eller ta dei ut av mappinga.",
		EN: "{document} {id} version {version} says nothing of this with the method “{method}”: {fields}. Nothing was fetched, and the registry is unchanged. Get the fields into a new version, or take them out of the mapping.",
	},
	"gate.document.ros": {NB: "ROS", NN: "ROS", EN: "ROS"},
	"gate.document.ld":  {NB: "LD", NN: "LD", EN: "LD"},
	"error.gate.demo": {
		NB: "Grunnlaget er laget for demonstrasjonen, og ingen har tatt stilling til det. Registeret er uendret. Knytt ekte ROS og LD til integrasjonen, og send den til godkjenning.",
		NN: "Grunnlaget er laga for demonstrasjonen, og ingen har teke stilling til det. Registeret er uendra. Knyt ekte ROS og LD til integrasjonen, og send han til godkjenning.",
		EN: "The basis was made for the demonstration, and nobody has decided on it. The registry is unchanged. Attach a real ROS and LD to the integration, and submit it for approval.",
	},
	"error.gate.state": {
		NB: "Integrasjonen har status «{state}», og bare det som er godkjent eller i drift, kan kjøre. Registeret er uendret. Send den til godkjenning, eller sett den i drift igjen hvis den er stanset.",
		NN: "Integrasjonen har status «{state}», og berre det som er godkjent eller i drift, kan køyre. Registeret er uendra. Send han til godkjenning, eller set han i drift att om han er stansa.",
		EN: "The integration's state is “{state}”, and only what is approved or in operation can run. The registry is unchanged. Submit it for approval, or put it into operation again if it is suspended.",
	},
	"error.gate.no_approval": {
		NB: "Integrasjonen er ikke godkjent, så den kan ikke kjøre. Registeret er uendret. Send den til godkjenning.",
		NN: "Integrasjonen er ikkje godkjend, så han kan ikkje køyre. Registeret er uendra. Send han til godkjenning.",
		EN: "The integration is not approved, so it cannot run. The registry is unchanged. Submit it for approval.",
	},
	"error.gate.not_approved": {
		NB: "Godkjenningen gjelder ikke: {state}. Registeret er uendret. Se hva som mangler under «Godkjenning» på integrasjonen.",
		NN: "Godkjenninga gjeld ikkje: {state}. Registeret er uendra. Sjå kva som manglar under «Godkjenning» på integrasjonen.",
		EN: "The approval does not hold: {state}. The registry is unchanged. See what is missing under “Approval” on the integration.",
	},
	"error.gate.approval_expired": {
		NB: "Godkjenningen gikk ut (siste dag: {date}). Ingenting kjører, og registeret er uendret. Send integrasjonen til ny godkjenning.",
		NN: "Godkjenninga gjekk ut (siste dag: {date}). Ingenting køyrer, og registeret er uendra. Send integrasjonen til ny godkjenning.",
		EN: "The approval has expired (last day: {date}). Nothing runs, and the registry is unchanged. Submit the integration for a new approval.",
	},
	"error.gate.basis_changed": {
		NB: "Integrasjonen viser til en annen ROS eller et annet LD enn det som ble godkjent. Registeret er uendret. Send den til ny godkjenning, eller velg det godkjente grunnlaget igjen.",
		NN: "Integrasjonen viser til ein annan ROS eller eit anna LD enn det som vart godkjent. Registeret er uendra. Send han til ny godkjenning, eller vel det godkjende grunnlaget att.",
		EN: "The integration points at another ROS or LD than what was approved. The registry is unchanged. Submit it for a new approval, or choose the approved basis again.",
	},
	"error.gate.condition_overdue": {
		NB: "Godkjenningen ble gitt på et vilkår som ikke er oppfylt: «{condition}» (siste dag: {date}). Ingenting kjører, og registeret er uendret. Oppfyll vilkåret, og merk det som oppfylt under «Godkjenning» på integrasjonen.",
		NN: "Godkjenninga vart gitt på eit vilkår som ikkje er oppfylt: «{condition}» (siste dag: {date}). Ingenting køyrer, og registeret er uendra. Oppfyll vilkåret, og merk det som oppfylt under «Godkjenning» på integrasjonen.",
		EN: "The approval was given on a condition that is not met: “{condition}” (last day: {date}). Nothing runs, and the registry is unchanged. Meet the condition, and mark it as met under “Approval” on the integration.",
	},
	"error.gate.condition_near": {
		NB: "Godkjenningen er gitt på et vilkår som snart må være oppfylt: «{condition}» (siste dag: {date}). Etter det kjører ingenting. Merk vilkåret som oppfylt under «Godkjenning» når det er gjort.",
		NN: "Godkjenninga er gitt på eit vilkår som snart må vere oppfylt: «{condition}» (siste dag: {date}). Etter det køyrer ingenting. Merk vilkåret som oppfylt under «Godkjenning» når det er gjort.",
		EN: "The approval was given on a condition that must soon be met: “{condition}” (last day: {date}). After that nothing runs. Mark the condition as met under “Approval” when it is done.",
	},
	"error.approval.no_condition": {
		NB: "Godkjenningen har ikke noe slikt vilkår. Ingenting er endret. Last siden på nytt og se hva som gjelder nå.",
		NN: "Godkjenninga har ikkje noko slikt vilkår. Ingenting er endra. Last sida på nytt og sjå kva som gjeld no.",
		EN: "The approval has no such condition. Nothing was changed. Reload the page to see what holds now.",
	},
	"error.approval.condition_met": {
		NB: "{name} merket vilkåret som oppfylt {at}. Ingenting er endret.",
		NN: "{name} merkte vilkåret som oppfylt {at}. Ingenting er endra.",
		EN: "{name} marked the condition as met on {at}. Nothing was changed.",
	},
	"error.approval.condition_unseen": {
		NB: "Vilkåret er ikke meldt oppfylt, eller noen har alt notert at det er sett. Ingenting er endret. Last siden på nytt og se hva som gjelder nå.",
		NN: "Vilkåret er ikkje meldt oppfylt, eller nokon har alt notert at det er sett. Ingenting er endra. Last sida på nytt og sjå kva som gjeld no.",
		EN: "The condition is not said to be met, or somebody has noted already that it has been seen. Nothing was changed. Reload the page to see what holds now.",
	},
	"error.gate.scope_not_covered": {
		NB: "Det som skulle kjøre, er ikke det som er godkjent: {differences}. Ingenting er hentet, og registeret er uendret. Send endringen til godkjenning, eller ta den godkjente versjonen i bruk igjen.",
		NN: "Det som skulle køyre, er ikkje det som er godkjent: {differences}. Ingenting er henta, og registeret er uendra. Send endringa til godkjenning, eller ta den godkjende versjonen i bruk att.",
		EN: "What was to run is not what was approved: {differences}. Nothing was fetched, and the registry is unchanged. Submit the change for approval, or take the approved version into use again.",
	},
	"error.gate.scope_broken": {
		NB: "Det godkjente omfanget stemmer ikke med kontrollsummen sin. Noen kan ha endret det i databasen. Registeret er uendret, og ingenting kjører. Meld fra til sikkerhetslederen, og send integrasjonen til ny godkjenning.",
		NN: "Det godkjende omfanget stemmer ikkje med kontrollsummen sin. Nokon kan ha endra det i databasen. Registeret er uendra, og ingenting køyrer. Meld frå til tryggleiksleiaren, og send integrasjonen til ny godkjenning.",
		EN: "The approved scope does not agree with its checksum. Somebody may have changed it in the database. The registry is unchanged, and nothing runs. Tell the security officer, and submit the integration for a new approval.",
	},
	"error.gate.changed_since_submit": {
		NB: "Integrasjonen er endret etter at den ble sendt inn, så det du ser, er ikke det du ville godkjent. Ingenting er avgjort. Be om at den sendes inn på nytt.",
		NN: "Integrasjonen er endra etter at han vart send inn, så det du ser, er ikkje det du ville godkjent. Ingenting er avgjort. Be om at han blir send inn på nytt.",
		EN: "The integration has been changed since it was submitted, so what you see is not what you would approve. Nothing was decided. Ask for it to be submitted again.",
	},

	"error.approval.four_eyes": {
		NB: "Du har selv endret eller sendt inn denne versjonen, så noen andre må avgjøre den. Ingenting er endret.",
		NN: "Du har sjølv endra eller sendt inn denne versjonen, så nokon andre må avgjere han. Ingenting er endra.",
		EN: "You edited or submitted this version yourself, so somebody else has to decide on it. Nothing was changed.",
	},
	"error.approval.transition": {
		NB: "Godkjenningen kan ikke gå fra «{from}» til «{to}». Ingenting er endret. Last siden på nytt og se hva som gjelder nå.",
		NN: "Godkjenninga kan ikkje gå frå «{from}» til «{to}». Ingenting er endra. Last sida på nytt og sjå kva som gjeld no.",
		EN: "The approval cannot go from “{from}” to “{to}”. Nothing was changed. Reload the page to see what holds now.",
	},
	"error.scope.broken": {
		NB: "Et lagret omfang kan ikke leses. Ingenting kjører på det, og registeret er uendret. Send integrasjonen til ny godkjenning.",
		NN: "Eit lagra omfang kan ikkje lesast. Ingenting køyrer på det, og registeret er uendra. Send integrasjonen til ny godkjenning.",
		EN: "A stored scope cannot be read. Nothing runs on it, and the registry is unchanged. Submit the integration for a new approval.",
	},
	"error.audit.encode": {
		NB: "Handlingen kunne ikke skrives i revisjonsloggen, så den er ikke utført. Prøv igjen, og meld fra til integrasjonsansvarlig hvis det gjentar seg.",
		NN: "Handlinga kunne ikkje skrivast i revisjonsloggen, så ho er ikkje utført. Prøv igjen, og meld frå til integrasjonsansvarleg om det tek seg opp att.",
		EN: "The action could not be written to the audit log, so it was not carried out. Try again, and tell the integration administrator if it happens again.",
	},
}
