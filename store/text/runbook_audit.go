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
}
