package text

// runbookGate says what to do when the gate refuses. The steps of «do» stand on a line each.
var runbookGate = Catalogue{
	"runbook.gate.no_approval.meaning": {
		NB: "Integrasjonen har ingen godkjenning som gjelder nå. Kjøringen startet ikke, ingenting er hentet, og registeret er uendret.",
		NN: "Integrasjonen har inga godkjenning som gjeld no. Køyringa starta ikkje, ingenting er henta, og registeret er uendra.",
		EN: "The integration has no approval that holds now. The run did not start, nothing was fetched, and the registry is unchanged.",
	},
	"runbook.gate.no_approval.do": {
		NB: "Åpne integrasjonen og se under «Godkjenning» hvor saken står.\nEr den en kladd, sender koordinatoren den inn. Venter den, avgjør sikkerhetslederen.\nEr den trukket tilbake, spør sikkerhetslederen hvorfor før noe annet gjøres.\nKjør på nytt når den er godkjent. Leveranser som venter, blir lest da.",
		NN: "Opne integrasjonen og sjå under «Godkjenning» kvar saka står.\nEr ho ein kladd, sender koordinatoren ho inn. Ventar ho, avgjer tryggleiksleiaren.\nEr ho trekt tilbake, spør tryggleiksleiaren kvifor før noko anna blir gjort.\nKøyr på nytt når ho er godkjend. Leveransar som ventar, blir lesne då.",
		EN: "Open the integration and see under “Approval” where it stands.\nIf it is a draft, the coordinator submits it. If it waits, the security officer decides.\nIf it was revoked, ask the security officer why before doing anything else.\nRun again when it is approved. Deliveries that wait are read then.",
	},
	"runbook.gate.approval_expired.meaning": {
		NB: "Siste dag for godkjenningen er passert. Kjøringer avvises fra og med dagen etter. Data som er lest inn, står.",
		NN: "Siste dag for godkjenninga er passert. Køyringar blir avviste frå og med dagen etter. Data som er lesne inn, står.",
		EN: "The last day of the approval has passed. Runs are refused from the day after. Data that have been loaded stay.",
	},
	"runbook.gate.approval_expired.do": {
		NB: "Se om ROS og LD fortsatt gjelder. Gjør de ikke det, må de fornyes først.\nSend integrasjonen til ny godkjenning.\nKjør på nytt når den er godkjent.",
		NN: "Sjå om ROS og LD framleis gjeld. Gjer dei ikkje det, må dei fornyast først.\nSend integrasjonen til ny godkjenning.\nKøyr på nytt når han er godkjend.",
		EN: "See whether ROS and LD still hold. If not, they must be renewed first.\nSubmit the integration for a new approval.\nRun again when it is approved.",
	},
	"runbook.gate.field_not_covered.meaning": {
		NB: "Mappingen flytter felt som risikoanalysen eller løsningsdesignet ikke dekker med denne metoden, verken ved navn eller ved klasse. Feilteksten sier hvilke felt og hvilket dokument. Ingenting er hentet, og registeret er uendret.",
		NN: "Mappinga flytter felt som risikoanalysen eller løysingsdesignet ikkje dekkjer med denne metoden, verken ved namn eller ved klasse. Feilteksten seier kva felt og kva dokument. Ingenting er henta, og registeret er uendra.",
		EN: "The mapping moves fields that the risk analysis or the solution design does not cover with this method, neither by name nor by class. The message says which fields and which document. Nothing was fetched, and the registry is unchanged.",
	},
	"runbook.gate.field_not_covered.do": {
		NB: "Åpne «Godkjenning» på integrasjonen og se tabellen over hvilken ROS og LD som dekker hvert felt.\nTrenger registeret feltet? Hvis ikke, ta det ut av mappingen.\nHvis ja: lag en ny versjon av dokumentet som dekker feltet, få den vedtatt og velg den på integrasjonen.\nSend integrasjonen til godkjenning, og kjør på nytt.",
		NN: "Opne «Godkjenning» på integrasjonen og sjå tabellen over kva ROS og LD som dekkjer kvart felt.\nTreng registeret feltet? Viss ikkje, ta det ut av mappinga.\nViss ja: lag ein ny versjon av dokumentet som dekkjer feltet, få han vedteken og vel han på integrasjonen.\nSend integrasjonen til godkjenning, og køyr på nytt.",
		EN: "Open “Approval” on the integration and see the table of which ROS and LD cover each field.\nDoes the registry need the field? If not, take it out of the mapping.\nIf so: make a new version of the document that covers the field, have it decided and choose it on the integration.\nSubmit the integration for approval, and run again.",
	},
	"runbook.gate.condition_overdue.meaning": {
		NB: "Sikkerhetslederen godkjente integrasjonen på et vilkår med frist. Fristen er ute, og ingen har merket vilkåret som oppfylt. Kjøringen startet ikke, og registeret er uendret.",
		NN: "Tryggleiksleiaren godkjende integrasjonen på eit vilkår med frist. Fristen er ute, og ingen har merkt vilkåret som oppfylt. Køyringa starta ikkje, og registeret er uendra.",
		EN: "The security officer approved the integration on a condition with a due date. The date has passed, and nobody has marked the condition as met. The run did not start, and the registry is unchanged.",
	},
	"runbook.gate.condition_overdue.do": {
		NB: "Les vilkåret under «Godkjenning» på integrasjonen.\nEr det oppfylt, merker koordinatoren eller integrasjonsansvarlig det der og skriver hva som viser det.\nEr det ikke oppfylt, gjør det først. Trengs mer tid, sendes integrasjonen til ny godkjenning.\nKjør på nytt. Leveranser som venter, blir lest da.",
		NN: "Les vilkåret under «Godkjenning» på integrasjonen.\nEr det oppfylt, merkjer koordinatoren eller integrasjonsansvarleg det der og skriv kva som viser det.\nEr det ikkje oppfylt, gjer det først. Trengst meir tid, blir integrasjonen send til ny godkjenning.\nKøyr på nytt. Leveransar som ventar, blir lesne då.",
		EN: "Read the condition under “Approval” on the integration.\nIf it is met, the coordinator or the integration administrator marks it there and writes what shows it.\nIf it is not met, meet it first. If more time is needed, the integration is submitted for a new approval.\nRun again. Deliveries that wait are read then.",
	},
	"runbook.gate.scope_not_covered.meaning": {
		NB: "Noe som godkjenningen dekker, er endret: felt, regler, koder, tilkobling, transport eller grenser. Feilteksten sier hva. Ingenting er hentet, og registeret er uendret.",
		NN: "Noko som godkjenninga dekkjer, er endra: felt, reglar, kodar, tilkopling, transport eller grenser. Feilteksten seier kva. Ingenting er henta, og registeret er uendra.",
		EN: "Something that the approval covers has changed: fields, rules, codes, connection, transport or limits. The message says what. Nothing was fetched, and the registry is unchanged.",
	},
	"runbook.gate.scope_not_covered.do": {
		NB: "Les forskjellene på kjøringens side. Er endringen ventet?\nHvis ja: send den til godkjenning. Den forrige versjonen kan kjøre imens hvis du tar den i bruk igjen.\nHvis nei: finn i revisjonsloggen hvem som endret, og meld fra til sikkerhetslederen.",
		NN: "Les skilnadene på sida til køyringa. Er endringa venta?\nViss ja: send ho til godkjenning. Den førre versjonen kan køyre imens om du tek han i bruk att.\nViss nei: finn i revisjonsloggen kven som endra, og meld frå til tryggleiksleiaren.",
		EN: "Read the differences on the run's page. Was the change expected?\nIf so: submit it for approval. The previous version may run meanwhile if you take it into use again.\nIf not: find in the audit log who made it, and tell the security officer.",
	},
	"runbook.gate.basis_changed.meaning": {
		NB: "Integrasjonen viser til en annen versjon av ROS eller LD enn den som ble godkjent. Ingenting kjører, og registeret er uendret.",
		NN: "Integrasjonen viser til ein annan versjon av ROS eller LD enn den som vart godkjend. Ingenting køyrer, og registeret er uendra.",
		EN: "The integration points at another version of ROS or LD than the one approved. Nothing runs, and the registry is unchanged.",
	},
	"runbook.gate.basis_changed.do": {
		NB: "Er den nye versjonen riktig, send integrasjonen til ny godkjenning.\nEllers velg den godkjente versjonen på integrasjonens side, og kjør på nytt.",
		NN: "Er den nye versjonen rett, send integrasjonen til ny godkjenning.\nElles vel den godkjende versjonen på sida til integrasjonen, og køyr på nytt.",
		EN: "If the new version is right, submit the integration for a new approval.\nOtherwise choose the approved version on the integration's page, and run again.",
	},
	"runbook.gate.changed_since_submit.meaning": {
		NB: "Integrasjonen er endret etter at den ble sendt inn, så vedtaket ville gjelde noe annet enn det som kjører. Ingenting er avgjort.",
		NN: "Integrasjonen er endra etter at han vart send inn, så vedtaket ville gjelde noko anna enn det som køyrer. Ingenting er avgjort.",
		EN: "The integration has been changed since it was submitted, so the decision would concern something else than what runs. Nothing was decided.",
	},
	"runbook.gate.changed_since_submit.do": {
		NB: "Be koordinatoren sende den inn på nytt slik den nå er.\nSe forskjellen fra forrige innsending før du avgjør.",
		NN: "Be koordinatoren sende han inn på nytt slik han no er.\nSjå skilnaden frå førre innsending før du avgjer.",
		EN: "Ask the coordinator to submit it again as it now is.\nSee the difference from the last submission before you decide.",
	},
	"runbook.gate.scope_broken.meaning": {
		NB: "Det godkjente omfanget i databasen stemmer ikke med kontrollsummen sin, eller kan ikke leses. Det skal aldri skje av seg selv. Ingenting kjører, og registeret er uendret.",
		NN: "Det godkjende omfanget i databasen stemmer ikkje med kontrollsummen sin, eller kan ikkje lesast. Det skal aldri skje av seg sjølv. Ingenting køyrer, og registeret er uendra.",
		EN: "The approved scope in the database does not agree with its checksum, or cannot be read. That never happens by itself. Nothing runs, and the registry is unchanged.",
	},
	"runbook.gate.scope_broken.do": {
		NB: "Meld fra til sikkerhetslederen som et mulig sikkerhetsbrudd.\nSjekk om databasen er hentet fra sikkerhetskopi, eller om en eldre utgave av Samband er satt inn.\nTa vare på revisjonsloggen før noe rettes.\nSend integrasjonen til ny godkjenning når årsaken er kjent.",
		NN: "Meld frå til tryggleiksleiaren som eit mogleg tryggleiksbrot.\nSjekk om databasen er henta frå tryggingskopi, eller om ei eldre utgåve av Samband er sett inn.\nTa vare på revisjonsloggen før noko blir retta.\nSend integrasjonen til ny godkjenning når årsaka er kjend.",
		EN: "Tell the security officer, as a possible breach.\nCheck whether the database was restored from a backup, or an older version of Samband was installed.\nKeep the audit log before anything is corrected.\nSubmit the integration for a new approval when the cause is known.",
	},
	"runbook.gate.no_ros.meaning": {
		NB: "Integrasjonen mangler risikoanalyse (ROS) eller løsningsdesign (LD). Uten begge kan den ikke sendes inn, godkjennes eller kjøre. Registeret er uendret.",
		NN: "Integrasjonen manglar risikoanalyse (ROS) eller løysingsdesign (LD). Utan begge kan han ikkje sendast inn, godkjennast eller køyre. Registeret er uendra.",
		EN: "The integration lacks a risk analysis (ROS) or a solution design (LD). Without both it cannot be submitted, approved or run. The registry is unchanged.",
	},
	"runbook.gate.no_ros.do": {
		NB: "Finnes det ROS og LD for systemet og metoden, knytt dem til integrasjonen.\nEllers må de lages: be om det hos informasjonssikkerhet.",
		NN: "Finst det ROS og LD for systemet og metoden, knyt dei til integrasjonen.\nElles må dei lagast: be om det hos informasjonstryggleik.",
		EN: "If there is a ROS and an LD for the system and the method, attach them to the integration.\nOtherwise they must be made: ask information security.",
	},
	"runbook.gate.ros_not_accepted.meaning": {
		NB: "ROS er ikke akseptert, eller LD er ikke godkjent. Ingenting kjører, og registeret er uendret.",
		NN: "ROS er ikkje akseptert, eller LD er ikkje godkjent. Ingenting køyrer, og registeret er uendra.",
		EN: "The ROS has not been accepted, or the LD has not been approved. Nothing runs, and the registry is unchanged.",
	},
	"runbook.gate.ros_not_accepted.do": {
		NB: "Se på ROS- eller LD-siden hvem som skal ta stilling.\nEr den trukket eller avslått, les begrunnelsen. Integrasjonen må bygge på en annen.\nKjør på nytt når vedtaket er registrert.",
		NN: "Sjå på ROS- eller LD-sida kven som skal ta stilling.\nEr han trekt eller avslått, les grunngivinga. Integrasjonen må byggje på ein annan.\nKøyr på nytt når vedtaket er registrert.",
		EN: "See on the page of the ROS or LD who is to decide.\nIf it was withdrawn or rejected, read the reason. The integration must rest on another.\nRun again when the decision is registered.",
	},
	"runbook.gate.ros_expired.meaning": {
		NB: "ROS eller LD har gått ut på dato. Alle integrasjoner som bygger på den, stopper. Data som er lest inn, står.",
		NN: "ROS eller LD har gått ut på dato. Alle integrasjonar som byggjer på han, stoppar. Data som er lesne inn, står.",
		EN: "The ROS or LD has passed its last day. Every integration that rests on it stops. Data that have been loaded stay.",
	},
	"runbook.gate.ros_expired.do": {
		NB: "Be om ny gjennomgang med en gang: flere integrasjoner kan være rammet.\nRegistrer den nye versjonen eller den nye datoen.\nNy versjon betyr ny godkjenning av integrasjonen. Kjør på nytt etterpå.",
		NN: "Be om ny gjennomgang med ein gong: fleire integrasjonar kan vere råka.\nRegistrer den nye versjonen eller den nye datoen.\nNy versjon tyder ny godkjenning av integrasjonen. Køyr på nytt etterpå.",
		EN: "Ask for a new review at once: several integrations may be hit.\nRegister the new version or the new date.\nA new version means a new approval of the integration. Run again afterwards.",
	},
	"runbook.gate.demo.meaning": {
		NB: "Godkjenningen, ROS eller LD er laget av demonstrasjonen og er ikke bestemt av noen. Slikt kjører ikke når innlogging er satt opp. Registeret er uendret.",
		NN: "Godkjenninga, ROS eller LD er laga av demonstrasjonen og er ikkje avgjord av nokon. Slikt køyrer ikkje når innlogging er sett opp. Registeret er uendra.",
		EN: "The approval, ROS or LD was made by the demonstration and decided by nobody. Such things do not run when a login is set up. The registry is unchanged.",
	},
	"runbook.gate.demo.do": {
		NB: "Er dette en prøve, bruk en egen datamappe uten OIDC på 127.0.0.1.\nEllers knytt ekte ROS og LD til integrasjonen, og send den til godkjenning.",
		NN: "Er dette ein prøve, bruk ei eiga datamappe utan OIDC på 127.0.0.1.\nElles knyt ekte ROS og LD til integrasjonen, og send han til godkjenning.",
		EN: "If this is a trial, use a data folder of its own without OIDC on 127.0.0.1.\nOtherwise attach a real ROS and LD to the integration, and submit it for approval.",
	},
	"runbook.gate.state.meaning": {
		NB: "Integrasjonen er stanset, avsluttet eller ikke godkjent ennå. Bare det som er godkjent eller i drift, kan kjøre. Registeret er uendret.",
		NN: "Integrasjonen er stansa, avslutta eller ikkje godkjend enno. Berre det som er godkjent eller i drift, kan køyre. Registeret er uendra.",
		EN: "The integration is suspended, ended or not approved yet. Only what is approved or in operation can run. The registry is unchanged.",
	},
	"runbook.gate.state.do": {
		NB: "Se i historikken på integrasjonens side hvem som endret statusen, og hvorfor.\nEr den stanset, sett den i drift igjen når grunnen er borte. Er den ikke godkjent, send den til godkjenning.",
		NN: "Sjå i historikken på sida til integrasjonen kven som endra statusen, og kvifor.\nEr han stansa, set han i drift att når grunnen er borte. Er han ikkje godkjend, send han til godkjenning.",
		EN: "See in the history on the integration's page who changed the state, and why.\nIf it is suspended, put it into operation again when the reason is gone. If it is not approved, submit it for approval.",
	},
	"runbook.gate.moved.meaning": {
		NB: "Integrasjonen er den ene av to i en flytting, og det er den andre som leser inn. To som leser inn det samme, ville gitt dobbelt arbeid og eldre verdier oppå nyere. Registeret er uendret.",
		NN: "Integrasjonen er den eine av to i ei flytting, og det er den andre som les inn. To som les inn det same, ville gitt dobbelt arbeid og eldre verdiar oppå nyare. Registeret er uendra.",
		EN: "The integration is one of two in a move, and the other one loads. Two that load the same would do the work twice and put older values over newer ones. The registry is unchanged.",
	},
	"runbook.gate.moved.do": {
		NB: "Åpne «Flytt» på integrasjonen og se hvem av de to som leser inn.\nSkal den gamle lese inn igjen, velg «Bytt tilbake». Den nye kjører da videre som skygge.\nEr flyttingen ferdig, avslutt den gamle.",
		NN: "Opne «Flytt» på integrasjonen og sjå kven av dei to som les inn.\nSkal den gamle lese inn att, vel «Byt tilbake». Den nye køyrer då vidare som skugge.\nEr flyttinga ferdig, avslutt den gamle.",
		EN: "Open “Move” on the integration and see which of the two loads.\nIf the old one is to load again, choose “Switch back”. The new one then goes on as a shadow.\nIf the move is complete, end the old one.",
	},
	"runbook.gate.registry_basis.meaning": {
		NB: "Registeret mangler noe det må hvile på, eller en tillatelse eller avtale har gått ut. Ingenting kjører for registeret, og det er uendret.",
		NN: "Registeret manglar noko det må kvile på, eller eit løyve eller ei avtale har gått ut. Ingenting køyrer for registeret, og det er uendra.",
		EN: "The registry lacks something it must rest on, or a permission or agreement has run out. Nothing runs for the registry, and it is unchanged.",
	},
	"runbook.gate.registry_basis.do": {
		NB: "Åpne registeret. Det som mangler, er merket.\nSkaff det, og legg inn referanse og dato.\nKjør på nytt. Ingen ny godkjenning trengs når bare grunnlaget er fylt ut.",
		NN: "Opne registeret. Det som manglar, er merkt.\nSkaff det, og legg inn referanse og dato.\nKøyr på nytt. Inga ny godkjenning trengst når berre grunnlaget er fylt ut.",
		EN: "Open the registry. What is missing is marked.\nGet it, and enter reference and date.\nRun again. No new approval is needed when only the basis was filled in.",
	},
	"runbook.gate.registry_ended.meaning": {
		NB: "Registerets sluttdato er passert. Nye data tas ikke inn. Data som er lest inn, følger reglene for lagring.",
		NN: "Sluttdatoen til registeret er passert. Nye data blir ikkje tekne inn. Data som er lesne inn, følgjer reglane for lagring.",
		EN: "The registry's end date has passed. New data are not taken in. Data that have been loaded follow the rules for retention.",
	},
	"runbook.gate.registry_ended.do": {
		NB: "Er prosjektet forlenget, legg inn ny sluttdato og referansen til vedtaket.\nEllers avslutt integrasjonene, og følg planen for sletting eller arkivering.",
		NN: "Er prosjektet forlengt, legg inn ny sluttdato og referansen til vedtaket.\nElles avslutt integrasjonane, og følg planen for sletting eller arkivering.",
		EN: "If the project was extended, enter the new end date and the reference to the decision.\nOtherwise end the integrations, and follow the plan for deletion or archiving.",
	},
	"runbook.gate.too_sensitive.meaning": {
		NB: "Dataene er mer sensitive enn metoden eller tilkoblingstypen kan frakte. Helseopplysninger regnes alltid som sensitive, uansett hva integrasjonen sier. Ingenting er hentet.",
		NN: "Dataa er meir sensitive enn metoden eller tilkoplingstypen kan frakte. Helseopplysningar blir alltid rekna som sensitive, uansett kva integrasjonen seier. Ingenting er henta.",
		EN: "The data are more sensitive than the method or the connector may carry. Health data always count as sensitive, whatever the integration says. Nothing was fetched.",
	},
	"runbook.gate.too_sensitive.do": {
		NB: "Hent dataene den veien feilteksten nevner: sensitive skjemasvar går gjennom TSD, aldri direkte fra Nettskjema.\nFlytt integrasjonen til en metode som tåler dem. Det krever ny godkjenning.",
		NN: "Hent dataa den vegen feilteksten nemner: sensitive skjemasvar går gjennom TSD, aldri direkte frå Nettskjema.\nFlytt integrasjonen til ein metode som toler dei. Det krev ny godkjenning.",
		EN: "Get the data the way the message names: sensitive form answers go through TSD, never directly from Nettskjema.\nMove the integration to a method that may carry them. That needs a new approval.",
	},
	"runbook.gate.connector_highest.meaning": {
		NB: "Det som er ført opp om metoden, stemmer ikke med det tilkoblingstypen kan: følsomheten er for høy, eller transporten er en annen. Ingenting er hentet.",
		NN: "Det som er ført opp om metoden, stemmer ikkje med det tilkoplingstypen kan: følsemda er for høg, eller transporten er ein annan. Ingenting er henta.",
		EN: "What is entered about the method does not agree with what the connector can do: the sensitivity is too high, or the transport is another. Nothing was fetched.",
	},
	"runbook.gate.connector_highest.do": {
		NB: "Åpne systemet, og se metoden.\nRett høyeste følsomhet eller transport, så den stemmer med tilkoblingstypen.\nIntegrasjonene som bruker metoden, må godkjennes på nytt.",
		NN: "Opne systemet, og sjå metoden.\nRett høgaste følsemd eller transport, så han stemmer med tilkoplingstypen.\nIntegrasjonane som bruker metoden, må godkjennast på nytt.",
		EN: "Open the system, and look at the method.\nCorrect its highest sensitivity or transport, so that it agrees with the connector.\nThe integrations that use the method must be approved again.",
	},
	"runbook.gate.route.meaning": {
		NB: "Transporten går utenom leverandørens integrasjonsplattform uten at løsningsdesignet tillater det nå. Ingenting er hentet.",
		NN: "Transporten går utanom integrasjonsplattforma til leverandøren utan at løysingsdesignet tillèt det no. Ingenting er henta.",
		EN: "The transport goes around the supplier's integration platform without the solution design allowing it now. Nothing was fetched.",
	},
	"runbook.gate.route.do": {
		NB: "Se om unntaket i LD har gått ut. Forny det i LD hvis det er grunn til det.\nEllers legg om til integrasjonsplattformen. Det krever ny godkjenning.",
		NN: "Sjå om unntaket i LD har gått ut. Forny det i LD om det er grunn til det.\nElles legg om til integrasjonsplattforma. Det krev ny godkjenning.",
		EN: "See whether the exemption in the LD has run out. Renew it there if there is reason to.\nOtherwise change to the integration platform. That needs a new approval.",
	},
	"runbook.gate.system_ended.meaning": {
		NB: "Systemet fases ut eller er avviklet. Etter sluttdatoen hentes og sendes ingenting. Data som er lest inn, står.",
		NN: "Systemet blir fasa ut eller er avvikla. Etter sluttdatoen blir ingenting henta eller sendt. Data som er lesne inn, står.",
		EN: "The system is being phased out or has been retired. After the end date nothing is fetched or sent. Data that have been loaded stay.",
	},
	"runbook.gate.system_ended.do": {
		NB: "Se på systemets side hvem som er etterfølger.\nÅpne integrasjonen og velg «Flytt». Den nye kjører ved siden av den gamle til tallene stemmer.\nAvslutt den gamle.",
		NN: "Sjå på sida til systemet kven som er etterfølgjar.\nOpne integrasjonen og vel «Flytt». Den nye køyrer ved sida av den gamle til tala stemmer.\nAvslutt den gamle.",
		EN: "See on the system's page which is the successor.\nOpen the integration and choose “Move”. The new one runs beside the old one until the figures agree.\nEnd the old one.",
	},
	"runbook.gate.incomplete.meaning": {
		NB: "En del av integrasjonen mangler: register, system, metode, tilkobling, mapping eller kodebok. Ingenting er hentet, og registeret er uendret.",
		NN: "Ein del av integrasjonen manglar: register, system, metode, tilkopling, mapping eller kodebok. Ingenting er henta, og registeret er uendra.",
		EN: "A part of the integration is missing: registry, system, method, connection, mapping or codebook. Nothing was fetched, and the registry is unchanged.",
	},
	"runbook.gate.incomplete.do": {
		NB: "Åpne integrasjonen. Delen som mangler, er merket.\nTilkoblinger setter integrasjonsansvarlig opp, mapping lager koordinatoren.\nSend integrasjonen til godkjenning når den er hel.",
		NN: "Opne integrasjonen. Delen som manglar, er merkt.\nTilkoplingar set integrasjonsansvarleg opp, mapping lagar koordinatoren.\nSend integrasjonen til godkjenning når han er heil.",
		EN: "Open the integration. The missing part is marked.\nThe integration administrator sets up connections, the coordinator makes the mapping.\nSubmit the integration for approval when it is whole.",
	},
	"runbook.gate.mapping_invalid.meaning": {
		NB: "Mappingen passer ikke til kodeboken den ble laget for, eller bryter en regel som er kommet siden. Ingenting er hentet, og registeret er uendret.",
		NN: "Mappinga passar ikkje til kodeboka ho vart laga for, eller bryt ein regel som er komen sidan. Ingenting er henta, og registeret er uendra.",
		EN: "The mapping does not fit the codebook it was made for, or breaks a rule that has come since. Nothing was fetched, and the registry is unchanged.",
	},
	"runbook.gate.mapping_invalid.do": {
		NB: "Åpne mappingen. Hver feil står ved regelen den gjelder.\nRett, lagre som ny versjon, og send den til godkjenning.",
		NN: "Opne mappinga. Kvar feil står ved regelen han gjeld.\nRett, lagre som ny versjon, og send ho til godkjenning.",
		EN: "Open the mapping. Each error stands at the rule it concerns.\nCorrect, save as a new version, and submit it for approval.",
	},
	"runbook.gate.mismatch.meaning": {
		NB: "En del hører til noe annet enn integrasjonen, som en tilkobling til et annet system. Det skjer når noe er flyttet eller importert feil. Ingenting er hentet, og registeret er uendret.",
		NN: "Ein del høyrer til noko anna enn integrasjonen, som ei tilkopling til eit anna system. Det skjer når noko er flytt eller importert feil. Ingenting er henta, og registeret er uendra.",
		EN: "A part belongs to something else than the integration, such as a connection to another system. That happens when something was moved or imported wrongly. Nothing was fetched, and the registry is unchanged.",
	},
	"runbook.gate.mismatch.do": {
		NB: "Se i feilteksten hvilken del det gjelder, og i revisjonsloggen hvem som endret den.\nVelg riktig del på integrasjonens side.\nVar det ikke et uhell, meld fra til sikkerhetslederen.",
		NN: "Sjå i feilteksten kva del det gjeld, og i revisjonsloggen kven som endra han.\nVel rett del på sida til integrasjonen.\nVar det ikkje eit uhell, meld frå til tryggleiksleiaren.",
		EN: "See in the message which part it is, and in the audit log who changed it.\nChoose the right part on the integration's page.\nIf it was no accident, tell the security officer.",
	},
}
