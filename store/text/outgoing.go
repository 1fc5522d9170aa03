package text

// outgoing holds the words of what is sent from a registry to a receiver.
var outgoing = Catalogue{
	"error.outgoing.unanswered": {
		NB: "Mottakeren svarte ikke på det siste som ble sendt. Det sendes på nytt med samme nøkler, og det endrer ingenting for det som kom frem.",
		NN: "Mottakaren svara ikkje på det siste som vart sendt. Det blir sendt på nytt med same nøklar, og det endrar ingenting for det som kom fram.",
		EN: "The receiver did not answer the last that was sent. It is sent again under the same keys, which changes nothing for what arrived.",
	},
	"error.outgoing.no_variable": {
		NB: "Mappingen leser variabelen {variable}, som ikke finnes i kodeboken {codebook}. Ingenting er sendt. Rett mappingen.",
		NN: "Mappinga les variabelen {variable}, som ikkje finst i kodeboka {codebook}. Ingenting er sendt. Rett mappinga.",
		EN: "The mapping reads the variable {variable}, which is not in the codebook {codebook}. Nothing was sent. Correct the mapping.",
	},
	"error.outgoing.no_from": {
		NB: "Mappingen leser ingen kodebok ennå. Velg under «Kildefelt» hva i registeret som skal sendes.",
		NN: "Mappinga les inga kodebok enno. Vel under «Kjeldefelt» kva i registeret som skal sendast.",
		EN: "The mapping reads no codebook yet. Choose under “Source fields” what in the registry is to be sent.",
	},
	"error.outgoing.no_rows": {
		NB: "Registeret inneholder ingen rader etter kodeboken «{codebook}». Last noe inn i registeret først.",
		NN: "Registeret inneheld ingen rader etter kodeboka «{codebook}». Last noko inn i registeret først.",
		EN: "The registry holds no rows by the codebook “{codebook}”. Load something into the registry first.",
	},
	"error.mapping.pick_out": {
		NB: "En post sendes slik registeret har den. Verdier fra flere rader kan ikke settes sammen i en sending. Ta bort valget per variabel.",
		NN: "Ein post blir send slik registeret har han. Verdiar frå fleire rader kan ikkje setjast saman i ei sending. Ta bort valet per variabel.",
		EN: "A record is sent as the registry has it. Values of several rows cannot be put together in a sending. Take away the choice per variable.",
	},
	"error.run.unanswered": {
		NB: "Vi vet ikke om mottakeren har fått {n} {n|post|poster}. De sendes ikke på nytt av seg selv. Avstem kjøringen.",
		NN: "Vi veit ikkje om mottakaren har fått {n} {n|post|postar}. Dei blir ikkje sende på nytt av seg sjølve. Avstem køyringa.",
		EN: "We do not know whether the receiver has got {n} {n|record|records}. They are not sent again by themselves. Reconcile the run.",
	},
	"error.run.not_arrived": {
		NB: "Avstemt: {arrived} kom frem, {missing} gjorde det ikke. Kjøringen ble ikke hel. Neste kjøring sender det som mangler.",
		NN: "Avstemt: {arrived} kom fram, {missing} gjorde det ikkje. Køyringa vart ikkje heil. Neste køyring sender det som manglar.",
		EN: "Reconciled: {arrived} arrived, {missing} did not. The run did not become whole. The next run sends what is missing.",
	},
	"note.run.reconciled": {
		NB: "Avstemt: {arrived} kom frem, {missing} gjorde det ikke. Neste kjøring sender det som mangler.",
		NN: "Avstemt: {arrived} kom fram, {missing} gjorde det ikkje. Neste køyring sender det som manglar.",
		EN: "Reconciled: {arrived} arrived, {missing} did not. The next run sends what is missing.",
	},
	"error.undo.sent": {
		NB: "Kjøring {run} sendte data ut. Det som er sendt, kan ikke kalles tilbake herfra. Ta kontakt med mottakeren.",
		NN: "Køyring {run} sende data ut. Det som er sendt, kan ikkje kallast tilbake herifrå. Ta kontakt med mottakaren.",
		EN: "Run {run} sent data out. What has been sent cannot be called back from here. Contact the receiver.",
	},
	"error.reconcile.no_answer": {
		NB: "Mottakeren ga ikke noe svar som kunne leses, og sa ikke hvorfor.",
		NN: "Mottakaren gav ikkje noko svar som kunne lesast, og sa ikkje kvifor.",
		EN: "The receiver gave no answer that could be read, and did not say why.",
	},
	"error.reconcile.running": {
		NB: "Kjøring {run} pågår. Den kan avstemmes når den er slutt.",
		NN: "Køyring {run} går føre seg. Ho kan avstemmast når ho er slutt.",
		EN: "Run {run} is going on. It can be reconciled when it has ended.",
	},
	"error.reconcile.nothing": {
		NB: "Ingen poster i kjøring {run} ble avstemt. Enten er de avstemt allerede, eller så er ingen valgt. Last siden på nytt.",
		NN: "Ingen postar i køyring {run} vart avstemte. Anten er dei avstemte alt, eller så er ingen valde. Last sida på nytt.",
		EN: "No records of run {run} were reconciled. Either they have been already, or none is chosen. Load the page again.",
	},
	"error.mapping.direct_out": {
		NB: "Feltet {field} peker ut en person. Slike felt kan ikke sendes ut av registeret i denne mappingen.",
		NN: "Feltet {field} peikar ut ein person. Slike felt kan ikkje sendast ut av registeret i denne mappinga.",
		EN: "The field {field} identifies a person. Such fields cannot be sent out of the registry by this mapping.",
	},

	"log.run.sent": {
		NB: "Sendt: {sent}. Mottakeren hadde allerede {unchanged}.",
		NN: "Sendt: {sent}. Mottakaren hadde alt {unchanged}.",
		EN: "Sent: {sent}. The receiver had {unchanged} already.",
	},
	"log.run.receipt_left": {
		NB: "Alt er sendt og registrert her. En hjelpefil hos mottakeren kunne ikke fjernes. Den kan bli liggende, eller slettes for hånd.",
		NN: "Alt er sendt og registrert her. Ei hjelpefil hos mottakaren kunne ikkje fjernast. Ho kan bli liggjande, eller slettast for hand.",
		EN: "Everything is sent and on record here. A working file at the receiver could not be removed. It can stay, or be deleted by hand.",
	},
	"log.run.gone": {
		NB: "{n} {n|post|poster} hos mottakeren finnes ikke lenger i registeret. Samband sletter aldri hos mottakeren.",
		NN: "{n} {n|post|postar} hos mottakaren finst ikkje lenger i registeret. Samband slettar aldri hos mottakaren.",
		EN: "{n} {n|record|records} at the receiver {n|is|are} no longer in the registry. Samband never deletes at the receiver.",
	},
	"log.run.reconcile": {
		NB: "{name} avstemte: {arrived} kom frem, {missing} skal sendes.",
		NN: "{name} avstemte: {arrived} kom fram, {missing} skal sendast.",
		EN: "{name} reconciled: {arrived} arrived, {missing} are to be sent.",
	},
	"audit.did.reconcile":  {NB: "poster avstemt", NN: "postar avstemte", EN: "records reconciled"},
	"audit.did.reconciled": {NB: "ferdig avstemt", NN: "ferdig avstemt", EN: "wholly reconciled"},

	"reason.number_in_text": {
		NB: "En tekst ser ut til å inneholde et fødselsnummer",
		NN: "Ein tekst ser ut til å innehalde eit fødselsnummer",
		EN: "A text seems to hold a national identity number",
	},
	"reason.awaits": {
		NB: "Venter på at en tidligere kjøring blir avstemt",
		NN: "Ventar på at ei tidlegare køyring blir avstemt",
		EN: "Waits for an earlier run to be reconciled",
	},
	"reason.not_sent": {
		NB: "Ikke sendt i denne kjøringen, neste kjøring sender dem",
		NN: "Ikkje sende i denne køyringa, neste køyring sender dei",
		EN: "Not sent in this run, the next run sends them",
	},
	"reason.not_arrived": {
		NB: "Avstemt som ikke kommet frem, neste kjøring sender dem",
		NN: "Avstemt som ikkje komne fram, neste køyring sender dei",
		EN: "Reconciled as not arrived, the next run sends them",
	},
	"reason.refused": {NB: "Avvist av mottakeren", NN: "Avvist av mottakaren", EN: "Refused by the receiver"},

	"scope.rule.from": {NB: "kodeboken det sendes fra", NN: "kodeboka det blir sendt frå", EN: "the codebook that is sent from"},
	"scope.rule.tier": {NB: "det mottakeren lover", NN: "det mottakaren lovar", EN: "what the receiver promises"},
	"tier.transactional": {
		NB: "alt i en sending tas imot samlet, eller ingenting",
		NN: "alt i ei sending blir teke imot samla, eller ingenting",
		EN: "all of a sending is taken at once, or nothing",
	},
	"tier.keyed": {
		NB: "samme post to ganger endrer ingenting",
		NN: "same post to gonger endrar ingenting",
		EN: "the same record twice changes nothing",
	},
	"tier.once": {
		NB: "samme post to ganger blir stående dobbelt",
		NN: "same post to gonger blir ståande dobbelt",
		EN: "the same record twice is there twice",
	},
	"scope.value.sent": {
		NB: "nøkler og kontrollsummer, ingen verdier",
		NN: "nøklar og kontrollsummar, ingen verdiar",
		EN: "keys and checksums, no values",
	},
	"scope.value.not_sent": {NB: "sendes ikke", NN: "blir ikkje sende", EN: "are not sent"},
	"scope.store.sent":     {NB: "oversikten over det som er sendt", NN: "oversikta over det som er sendt", EN: "the ledger of what was sent"},
}
