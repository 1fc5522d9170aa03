package text

// runbookAudit says what to do about the log as proof.
var runbookAudit = Catalogue{
	"runbook.chapter.audit": {NB: "Revisjonsloggen", NN: "Revisjonsloggen", EN: "The audit log"},
	"runbook.audit.signature.meaning": {
		NB: "Noe som skulle bære signaturen til denne installasjonen, gjør det ikke. Enten er det endret, eller så er det signert med en annen nøkkel. Registrenes data er ikke berørt.",
		NN: "Noko som skulle bere signaturen til denne installasjonen, gjer det ikkje. Anten er det endra, eller så er det signert med ein annan nøkkel. Dataa til registera er ikkje rørte.",
		EN: "Something that should carry this installation's signature does not. Either it was changed, or it was signed with another key. The registries' data are not affected.",
	},
	"runbook.audit.signature.do": {
		NB: "Sammenlign den offentlige nøkkelen fra «samband doctor» med den som ble notert da portalen ble satt i drift.\nEr nøkkelen en annen: legg tilbake filen signing.key fra kopien.\nEr nøkkelen den samme: hent filen på nytt fra der den kom fra. Stemmer den fortsatt ikke, si fra til sikkerhetsansvarlig.",
		NN: "Samanlikn den offentlege nøkkelen frå «samband doctor» med den som vart notert då portalen vart sett i drift.\nEr nøkkelen ein annan: legg tilbake fila signing.key frå kopien.\nEr nøkkelen den same: hent fila på nytt frå der ho kom frå. Stemmer ho framleis ikkje, sei frå til den sikkerheitsansvarlege.",
		EN: "Compare the public key of “samband doctor” with the one that was noted when the portal was put into operation.\nIf the key is another one: restore the file signing.key from its copy.\nIf the key is the same: fetch the file again from where it came. If it still does not hold, tell the security officer.",
	},
	"runbook.audit.short.meaning": {
		NB: "Beviset for en linje kan ikke regnes ut, fordi loggen er kortere enn den var, eller fordi hasher mangler.",
		NN: "Beviset for ei linje kan ikkje reknast ut, fordi loggen er kortare enn han var, eller fordi hashar manglar.",
		EN: "The proof of a line cannot be computed, because the log is shorter than it was, or because hashes are missing.",
	},
	"runbook.audit.short.do": {
		NB: "Kjør «samband audit verify». Den sier hvor loggen er endret, og hva som er gjort med den.\nGjør det den sier.",
		NN: "Køyr «samband audit verify». Han seier kvar loggen er endra, og kva som er gjort med han.\nGjer det han seier.",
		EN: "Run “samband audit verify”. It says where the log was changed, and what was done to it.\nDo as it says.",
	},
	"runbook.audit.behind.meaning": {
		NB: "Portalen signerer revisjonsloggen og legger signaturen utenfor databasen. Loggen i databasen er nå kortere enn det som ble signert, eller en annen. Det skjer når en sikkerhetskopi er lagt tilbake, når databasen har mistet sin siste del, eller når noen har endret den. Portalen kan leses, men ingenting kjører.",
		NN: "Portalen signerer revisjonsloggen og legg signaturen utanfor databasen. Loggen i databasen er no kortare enn det som vart signert, eller ein annan. Det skjer når ein tryggingskopi er lagd tilbake, når databasen har mist den siste delen sin, eller når nokon har endra han. Portalen kan lesast, men ingenting køyrer.",
		EN: "The portal signs the audit log and puts the signature outside the database. The log in the database is now shorter than what was signed, or another one. That happens when a backup was restored, when the database lost its last part, or when somebody changed it. The portal can be read, but nothing runs.",
	},
	"runbook.audit.behind.do": {
		NB: "Ta en kopi av databasen og mappen med sjekkpunkter før noe annet gjøres.\nKjør «samband audit verify». Den sier hvor loggen er endret, og hvordan.\nEr en sikkerhetskopi lagt tilbake med vilje: kjør «samband confirm-restore --reason …» med hva, når og hvorfor. Den godtar også loggen. Be så kildene levere det som mangler.\nEr det ikke gjort med vilje: si fra til sikkerhetsansvarlig som et mulig brudd, og la portalen stå.",
		NN: "Ta ein kopi av databasen og mappa med sjekkpunkt før noko anna blir gjort.\nKøyr «samband audit verify». Han seier kvar loggen er endra, og korleis.\nEr ein tryggingskopi lagd tilbake med vilje: køyr «samband confirm-restore --reason …» med kva, når og kvifor. Han godtek også loggen. Be så kjeldene levere det som manglar.\nEr det ikkje gjort med vilje: sei frå til den sikkerheitsansvarlege som eit mogleg brot, og la portalen stå.",
		EN: "Copy the database and the folder of checkpoints before anything else is done.\nRun “samband audit verify”. It says where the log was changed, and how.\nIf a backup was restored on purpose: run “samband confirm-restore --reason …” with what, when and why. It accepts the log, too. Then ask the sources to deliver what is missing.\nIf it was not done on purpose: tell the security officer, as a possible breach, and leave the portal as it is.",
	},
	"runbook.audit.damaged.meaning": {
		NB: "Hver linje i revisjonsloggen har sin plass i databasen. Der neste linje skal stå, ligger det noe portalen ikke har skrevet, eller det som skal ligge foran den, mangler. Ingenting kan lagres før det er rettet. Det skjer ikke av seg selv: noen har skrevet i databasen utenom portalen, eller filen er skadet.",
		NN: "Kvar linje i revisjonsloggen har sin plass i databasen. Der neste linje skal stå, ligg det noko portalen ikkje har skrive, eller det som skal liggje framfor ho, manglar. Ingenting kan lagrast før det er retta. Det skjer ikkje av seg sjølv: nokon har skrive i databasen utanom portalen, eller fila er skadd.",
		EN: "Each line of the audit log has its place in the database. Where the next line belongs, there is something that the portal did not write, or what should stand before it is missing. Nothing can be saved until this is put right. It does not happen by itself: somebody wrote to the database around the portal, or the file is damaged.",
	},
	"runbook.audit.damaged.do": {
		NB: "Si fra til sikkerhetsansvarlig, som et mulig brudd. Stans portalen, og ta en kopi av databasen og mappen med sjekkpunkter.\nKjør «samband audit verify». Den sier hvilke linjer og plasser det gjelder, også når den selv ikke kan skrive i loggen.\nLegg tilbake den siste sikkerhetskopien der «samband audit verify» ikke finner noe.\nStart portalen, og kjør «samband audit accept --reason …» med hva som skjedde.",
		NN: "Sei frå til den sikkerheitsansvarlege, som eit mogleg brot. Stans portalen, og ta ein kopi av databasen og mappa med sjekkpunkt.\nKøyr «samband audit verify». Han seier kva linjer og plassar det gjeld, òg når han sjølv ikkje kan skrive i loggen.\nLegg tilbake den siste tryggingskopien der «samband audit verify» ikkje finn noko.\nStart portalen, og køyr «samband audit accept --reason …» med kva som skjedde.",
		EN: "Tell the security officer, as a possible breach. Stop the portal, and copy the database and the folder of checkpoints.\nRun “samband audit verify”. It says which lines and places it is about, even when it cannot write to the log itself.\nRestore the last backup in which “samband audit verify” finds nothing.\nStart the portal, and run “samband audit accept --reason …” with what happened.",
	},
	"runbook.audit.found.meaning": {
		NB: "En gjennomgang av revisjonsloggen fant noe som ikke er slik det ble skrevet. Portalen kan leses, men ingenting kjører, heller ikke etter en ny start, før noen har godtatt det som er funnet. Registrenes data er ikke berørt av loggen, men den som har endret loggen, kan ha endret mer.",
		NN: "Ein gjennomgang av revisjonsloggen fann noko som ikkje er slik det vart skrive. Portalen kan lesast, men ingenting køyrer, heller ikkje etter ein ny start, før nokon har godteke det som er funne. Dataa til registera er ikkje rørte av loggen, men den som har endra loggen, kan ha endra meir.",
		EN: "A walk over the audit log found something that is not as it was written. The portal can be read, but nothing runs, not even after a new start, until somebody has accepted what was found. The registries' data are not affected by the log, but whoever changed the log may have changed more.",
	},
	"runbook.audit.found.do": {
		NB: "Ta en kopi av databasen og mappen med sjekkpunkter, og si fra til sikkerhetsansvarlig som et mulig brudd.\nKjør «samband audit verify». Den sier hvilke linjer det gjelder, og hva som er gjort med dem. Sammenlign med en sikkerhetskopi.\nNår det er avklart: kjør «samband audit accept --reason …» med hva som skjedde. Da kjører alt igjen.\nFunnene vises fortsatt: «samband audit verify» sier «godtatt, men ikke hel» og slutter med kode 2. Et nytt funn gir kode 1 og stanser igjen.",
		NN: "Ta ein kopi av databasen og mappa med sjekkpunkt, og sei frå til den sikkerheitsansvarlege som eit mogleg brot.\nKøyr «samband audit verify». Han seier kva linjer det gjeld, og kva som er gjort med dei. Samanlikn med ein tryggingskopi.\nNår det er avklart: køyr «samband audit accept --reason …» med kva som skjedde. Då køyrer alt igjen.\nFunna blir framleis viste: «samband audit verify» seier «godteken, men ikkje heil» og sluttar med kode 2. Eit nytt funn gir kode 1 og stansar igjen.",
		EN: "Copy the database and the folder of checkpoints, and tell the security officer, as a possible breach.\nRun “samband audit verify”. It says which lines it is about, and what was done to them. Compare with a backup.\nWhen it has been looked into: run “samband audit accept --reason …” with what happened. Then everything runs again.\nThe findings are still shown: “samband audit verify” says “accepted, but not whole” and ends with code 2. A new finding gives code 1 and stops again.",
	},
	"runbook.audit.no_outside.meaning": {
		NB: "Mappen der sjekkpunktene av revisjonsloggen ligger, er tom, en annen enn før eller utilgjengelig. Da kan ingen se om loggen er hel, så ingenting kjører. Registrenes data er ikke berørt.",
		NN: "Mappa der sjekkpunkta av revisjonsloggen ligg, er tom, ei anna enn før eller utilgjengeleg. Då kan ingen sjå om loggen er heil, så ingenting køyrer. Dataa til registera er ikkje rørte.",
		EN: "The folder where the checkpoints of the audit log lie is empty, another one than before, or out of reach. Then nobody can see whether the log is whole, so nothing runs. The registries' data are not affected.",
	},
	"runbook.audit.no_outside.do": {
		NB: "Stemmer SAMBAND_CHECKPOINTS, og er disken montert? Portalen ser selv når mappen er tilbake.\nHar brukeren Samband kjører som, lov til å legge nye filer der? Er det plass?\nEr mappen flyttet: kopier filene i den dit.\nEr filene tapt: kjør «samband audit accept --reason …» med hva som skjedde.",
		NN: "Stemmer SAMBAND_CHECKPOINTS, og er disken montert? Portalen ser sjølv når mappa er tilbake.\nHar brukaren Samband køyrer som, lov til å leggje nye filer der? Er det plass?\nEr mappa flytt: kopier filene i ho dit.\nEr filene tapte: køyr «samband audit accept --reason …» med kva som skjedde.",
		EN: "Is SAMBAND_CHECKPOINTS right, and is the disk mounted? The portal sees by itself when the folder is back.\nMay the user that Samband runs as put new files there? Is there room?\nIf the folder was moved: copy the files in it there.\nIf the files are lost: run “samband audit accept --reason …” with what happened.",
	},
}
