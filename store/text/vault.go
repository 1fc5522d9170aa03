package text

// vault has the texts of the vault's keys, of erasure, and of people with several numbers.
var vaultTexts = Catalogue{
	"error.vault.key_in_use": {
		NB: "Versjon {version} av nøkkelen er i bruk: den pakker inn nøklene til {persons} {persons|person|personer}, eller er den som brukes nå. Ingenting er endret. Kjør «samband keys rotate vault» til ingen står igjen.",
		NN: "Versjon {version} av nøkkelen er i bruk: han pakkar inn nøklane til {persons} {persons|person|personar}, eller er den som blir brukt no. Ingenting er endra. Køyr «samband keys rotate vault» til ingen står att.",
		EN: "Version {version} of the key is in use: it wraps the keys of {persons} {persons|person|persons}, or is the one used now. Nothing was changed. Run “samband keys rotate vault” until none are left.",
	},
	"error.key.environment": {
		NB: "Nøkkelen {key} står i miljøet, så Samband lager eller fjerner den ikke. Ingenting er endret. Sett {variable} selv, og start på nytt.",
		NN: "Nøkkelen {key} står i miljøet, så Samband lagar eller fjernar han ikkje. Ingenting er endra. Set {variable} sjølv, og start på nytt.",
		EN: "The key {key} is in the environment, so Samband neither makes nor removes it. Nothing was changed. Set {variable} yourself, and start again.",
	},
	"error.mark.tombstones": {
		NB: "Filen som sier hvem som er slettet fra hvelvet, er endret eller mangler noen. Ingenting kjører, så ingen som har trukket seg, kommer tilbake uten at noen ser det. Legg tilbake mappen {path} slik den var.",
		NN: "Fila som seier kven som er sletta frå kvelvet, er endra eller manglar nokon. Ingenting køyrer, så ingen som har trekt seg, kjem tilbake utan at nokon ser det. Legg tilbake mappa {path} slik ho var.",
		EN: "The file that says who has been erased from the vault was altered or lacks some. Nothing runs, so that nobody who has withdrawn comes back unseen. Put the folder {path} back as it was.",
	},
	"runbook.mark.tombstones.meaning": {
		NB: "Gravsteinene ligger i filen tombstones ved høyvannsmerket, utenfor databaser og sikkerhetskopier. De hindrer at en gammel kopi bringer tilbake personer som er slettet. Filen er nå en annen enn den Samband skrev, eller den har færre enn merket sier. Alle kjøringer er stanset. Sidene kan leses.",
		NN: "Gravsteinane ligg i fila tombstones ved høgvassmerket, utanfor databasar og tryggingskopiar. Dei hindrar at ein gammal kopi bringar tilbake personar som er sletta. Fila er no ei anna enn den Samband skreiv, eller ho har færre enn merket seier. Alle køyringar er stansa. Sidene kan lesast.",
		EN: "The tombstones lie in the file tombstones beside the high-water mark, outside databases and backups. They keep an old copy from bringing back persons who were erased. The file is now another than Samband wrote, or has fewer than the mark says. All runs are stopped. Pages can be read.",
	},
	"runbook.mark.tombstones.do": {
		NB: "Finn den nyeste hele kopien av mappen med høyvannsmerket, og legg den tilbake. Start på nytt: gravsteinene brukes før noe annet.\nFinnes den ikke: finn i revisjonsloggen hvem som er slettet etter at hvelvets kopi ble tatt (handlingen vault.erase), og be registeret slette dem igjen.\nBekreft så med «samband confirm-restore --reason TEKST». Da lages filen på nytt av det hvelvet vet, og den gamle får et annet navn.",
		NN: "Finn den nyaste heile kopien av mappa med høgvassmerket, og legg han tilbake. Start på nytt: gravsteinane blir brukte før noko anna.\nFinst han ikkje: finn i revisjonsloggen kven som er sletta etter at kopien av kvelvet vart teken (handlinga vault.erase), og be registeret slette dei att.\nStadfest så med «samband confirm-restore --reason TEKST». Då blir fila laga på nytt av det kvelvet veit, og den gamle får eit anna namn.",
		EN: "Find the newest whole copy of the folder with the high-water mark, and put it back. Start again: the tombstones are used before anything else.\nIf there is none: find in the audit log who was erased after the vault's copy was made (the action vault.erase), and ask the registry to erase them again.\nThen confirm with “samband confirm-restore --reason TEXT”. The file is made anew from what the vault knows, and the old one gets another name.",
	},
	"runbook.vault.key_in_use.meaning": {
		NB: "Hovednøkkelen til hvelvet har versjoner: vault.key er den første, så vault.2.key og videre. En ny versjon pakker inn datanøklene til personene på nytt, tusen om gangen, mens innlesinger går. Identitetene røres ikke. En eldre versjon kan først fjernes når den ikke pakker inn noe.",
		NN: "Hovudnøkkelen til kvelvet har versjonar: vault.key er den første, så vault.2.key og vidare. Ein ny versjon pakkar inn datanøklane til personane på nytt, tusen om gongen, medan innlesingar går. Identitetane blir ikkje rørte. Ein eldre versjon kan først fjernast når han ikkje pakkar inn noko.",
		EN: "The vault's master key has versions: vault.key is the first, then vault.2.key and so on. A new version wraps the data keys of persons anew, a thousand at a time, while loads run. Identities are not touched. An older version can be removed only when it wraps nothing.",
	},
	"runbook.vault.key_in_use.do": {
		NB: "Se «samband keys list»: hvor mange står under den eldre versjonen?\nKjør «samband keys rotate vault --resume». En innlesing som begynte før rotasjonen, kan ha lagt noen til. Kjør igjen når den er ferdig.\nRader i karantene som er forseglet med den eldre versjonen, kan åpnes så lenge nøkkelfilen finnes. Vent til de er behandlet, før filen tas bort.\nKopier nøklene med «samband backup-keys DIR» etter hver rotasjon. En sikkerhetskopi fra før rotasjonen kan bare leses med den eldre versjonen.\nStår nøkkelen i miljøet, må neste versjon settes der, som SAMBAND_KEY_VAULT_2.",
		NN: "Sjå «samband keys list»: kor mange står under den eldre versjonen?\nKøyr «samband keys rotate vault --resume». Ei innlesing som tok til før rotasjonen, kan ha lagt nokon til. Køyr att når ho er ferdig.\nRader i karantene som er forsegla med den eldre versjonen, kan opnast så lenge nøkkelfila finst. Vent til dei er behandla, før fila blir teken bort.\nKopier nøklane med «samband backup-keys DIR» etter kvar rotasjon. Ein tryggingskopi frå før rotasjonen kan berre lesast med den eldre versjonen.\nStår nøkkelen i miljøet, må neste versjon setjast der, som SAMBAND_KEY_VAULT_2.",
		EN: "See “samband keys list”: how many are under the older version?\nRun “samband keys rotate vault --resume”. A load that began before the rotation may have added some. Run it again when the load is over.\nQuarantined rows sealed with the older version can be opened as long as the key file is there. Wait until they are dealt with before the file is taken away.\nCopy the keys with “samband backup-keys DIR” after each rotation. A backup from before the rotation can be read only with the older version.\nIf the key is in the environment, the next version has to be set there, as SAMBAND_KEY_VAULT_2.",
	},
	"command.restore.no_person_keys": {
		NB: "Ved siden av kopien ligger ingen mappe person-keys med nøklene til personene. Er kopien fra en eldre versjon av Samband, er de i den. Ellers kan ingen identitet leses før kildene leverer på nytt.",
		NN: "Ved sida av kopien ligg inga mappe person-keys med nøklane til personane. Er kopien frå ein eldre versjon av Samband, er dei i han. Elles kan ingen identitet lesast før kjeldene leverer på nytt.",
		EN: "Beside the backup there is no folder person-keys with the keys of persons. If the backup is from an older version of Samband, they are in it. Otherwise no identity can be read until the sources deliver again.",
	},
	"audit.kind.vault":           {NB: "Hvelv", NN: "Kvelv", EN: "Vault"},
	"audit.kind.key":             {NB: "Hovednøkkel", NN: "Hovudnøkkel", EN: "Master key"},
	"audit.did.erase":            {NB: "personer slettet", NN: "personar sletta", EN: "persons erased"},
	"audit.detail.why.withdrawn": {NB: "samtykket er trukket", NN: "samtykket er trekt", EN: "consent withdrawn"},
	"audit.detail.why.reserved":  {NB: "reservert seg", NN: "reservert seg", EN: "opted out"},
	"audit.detail.why.other":     {NB: "bestemt av mennesker", NN: "avgjort av menneske", EN: "decided by people"},
}
