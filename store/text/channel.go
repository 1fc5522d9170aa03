package text

// channelTexts say what goes wrong on the way to a receiver, whatever the way is.
var channelTexts = Catalogue{
	"error.channel.address": {
		NB: "Adressen må være file:///mappe, sftp://konto@vert/mappe eller https://vert/sti, uten passord.",
		NN: "Adressa må vere file:///mappe, sftp://konto@vert/mappe eller https://vert/stig, utan passord.",
		EN: "The address must be file:///folder, sftp://account@host/folder or https://host/path, without a password.",
	},
	"error.channel.host_key_form": {
		NB: "Vertsnøkkelen må være en linje som «ssh-ed25519 AAAA…» eller et fingeravtrykk som «SHA256:…».",
		NN: "Vertsnøkkelen må vere ei linje som «ssh-ed25519 AAAA…» eller eit fingeravtrykk som «SHA256:…».",
		EN: "The host key must be a line like “ssh-ed25519 AAAA…” or a fingerprint like “SHA256:…”.",
	},
	"error.channel.secret": {
		NB: "Hemmeligheten for {place} mangler eller er ikke en nøkkel. Ingenting er sendt.",
		NN: "Løyndomen for {place} manglar eller er ikkje ein nøkkel. Ingenting er sendt.",
		EN: "The secret for {place} is missing or is no key. Nothing was sent.",
	},
	"error.channel.away": {
		NB: "{place} svarer ikke. Ingenting er sendt nå. Det prøves igjen.",
		NN: "{place} svarer ikkje. Ingenting er sendt no. Det blir prøvd igjen.",
		EN: "{place} does not answer. Nothing was sent now. It is tried again.",
	},
	"error.channel.write": {
		NB: "{place} tok ikke imot filen: disken er full, eller rettigheter mangler. Mottakeren har ingen halv fil. Det prøves igjen.",
		NN: "{place} tok ikkje imot fila: disken er full, eller rettar manglar. Mottakaren har inga halv fil. Det blir prøvd igjen.",
		EN: "{place} did not take the file: the disk is full, or rights are missing. The recipient has no half of a file. It is tried again.",
	},
	"error.channel.read": {
		NB: "{place} kan ikke leses, så ingen vet om filen er mottatt. Det prøves igjen.",
		NN: "{place} kan ikkje lesast, så ingen veit om fila er motteken. Det blir prøvd igjen.",
		EN: "{place} cannot be read, so nobody knows whether the file was received. It is tried again.",
	},
	"error.channel.cut": {
		NB: "Forbindelsen til {place} ble brutt midt i overføringen. Mottakeren har ingen halv fil. Det prøves igjen.",
		NN: "Sambandet til {place} vart brote midt i overføringa. Mottakaren har inga halv fil. Det blir prøvd igjen.",
		EN: "The connection to {place} was cut during the transfer. The recipient has no half of a file. It is tried again.",
	},
	"error.channel.host_key": {
		NB: "{place} har en annen vertsnøkkel enn den som er avtalt. Ingenting er sendt, for det kan være en annen maskin.",
		NN: "{place} har ein annan vertsnøkkel enn den som er avtalt. Ingenting er sendt, for det kan vere ei anna maskin.",
		EN: "{place} has another host key than was agreed. Nothing was sent, because it may be another machine.",
	},
	"error.channel.login": {
		NB: "{place} kjenner ikke nøkkelen vår. Ingenting er sendt.",
		NN: "{place} kjenner ikkje nøkkelen vår. Ingenting er sendt.",
		EN: "{place} does not know our key. Nothing was sent.",
	},
	"error.channel.other_content": {
		NB: "Mottakeren har en annen fil under samme navn. Den er ikke skrevet over, og ingenting er sendt.",
		NN: "Mottakaren har ei anna fil under same namn. Ho er ikkje skriven over, og ingenting er sendt.",
		EN: "The recipient has another file under the same name. It was not written over, and nothing was sent.",
	},
	"error.channel.receipt": {
		NB: "Kvitteringen gjelder annet innhold enn det som ble sendt, eller kan ikke leses. Den teller ikke.",
		NN: "Kvitteringa gjeld anna innhald enn det som vart sendt, eller kan ikkje lesast. Ho tel ikkje.",
		EN: "The receipt is for other content than was sent, or cannot be read. It does not count.",
	},
	"error.channel.receipts_unlike": {
		NB: "Mottakeren har både tatt imot og avvist den samme filen. Ingen av kvitteringene teller.",
		NN: "Mottakaren har både teke imot og avvist den same fila. Ingen av kvitteringane tel.",
		EN: "The recipient has both taken and refused the same file. Neither receipt counts.",
	},
	"error.channel.file": {
		NB: "Filen som skulle sendes, er ikke den som ble laget. Ingenting er sendt.",
		NN: "Fila som skulle sendast, er ikkje den som vart laga. Ingenting er sendt.",
		EN: "The file that was to be sent is not the one that was made. Nothing was sent.",
	},
	"runbook.chapter.channel": {NB: "Veien til en mottaker", NN: "Vegen til ein mottakar", EN: "The way to a recipient"},
	"runbook.channel.address.meaning": {
		NB: "Veien er satt opp feil. Ingenting er sendt.",
		NN: "Vegen er sett opp feil. Ingenting er sendt.",
		EN: "The way is set up wrongly. Nothing was sent.",
	},
	"runbook.channel.address.do": {
		NB: "Rett adressen, vertsnøkkelen eller hemmeligheten på forbindelsen.\nPrøv forbindelsen før du kjører. En ny adresse krever ny godkjenning.",
		NN: "Rett adressa, vertsnøkkelen eller løyndomen på tilkoplinga.\nPrøv tilkoplinga før du køyrer. Ei ny adresse krev ny godkjenning.",
		EN: "Correct the address, the host key or the secret of the connection.\nTry the connection before you run. A new address needs a new approval.",
	},
	"runbook.channel.away.meaning": {
		NB: "Mottakeren er borte, full eller ble brutt. En fil får navnet sitt først når den er hel, så mottakeren har hele filen eller ingenting.",
		NN: "Mottakaren er borte, full eller vart broten. Ei fil får namnet sitt først når ho er heil, så mottakaren har heile fila eller ingenting.",
		EN: "The recipient is away, full or was cut off. A file gets its name only when it is whole, so the recipient has all of the file or nothing.",
	},
	"runbook.channel.away.do": {
		NB: "Vent: det prøves igjen, og den samme filen sendes ikke to ganger.\nVarer det, spør mottakeren om plass, rettigheter og nett.",
		NN: "Vent: det blir prøvd igjen, og den same fila blir ikkje send to gonger.\nVarer det, spør mottakaren om plass, rettar og nett.",
		EN: "Wait: it is tried again, and the same file is not sent twice.\nIf it lasts, ask the recipient about room, rights and network.",
	},
	"runbook.channel.host_key.meaning": {
		NB: "Den andre siden er ikke den som er avtalt, eller kjenner oss ikke. Ingenting er sendt.",
		NN: "Den andre sida er ikkje den som er avtalt, eller kjenner oss ikkje. Ingenting er sendt.",
		EN: "The other side is not the one that was agreed, or does not know us. Nothing was sent.",
	},
	"runbook.channel.host_key.do": {
		NB: "Ring mottakeren på et nummer du kjenner fra før, og sammenlign fingeravtrykket.\nEr nøkkelen byttet med vilje, legg inn den nye og få den godkjent.\nEr den ikke det, meld avvik.",
		NN: "Ring mottakaren på eit nummer du kjenner frå før, og samanlikn fingeravtrykket.\nEr nøkkelen bytt med vilje, legg inn den nye og få han godkjend.\nEr han ikkje det, meld avvik.",
		EN: "Call the recipient on a number you knew before, and compare the fingerprint.\nIf the key was changed on purpose, enter the new one and have it approved.\nIf it was not, report the incident.",
	},
	"runbook.channel.receipt.meaning": {
		NB: "Det som ligger hos mottakeren, er ikke det som ble sendt, eller kvitteringene sier det ikke. Ingenting er skrevet over.",
		NN: "Det som ligg hos mottakaren, er ikkje det som vart sendt, eller kvitteringane seier det ikkje. Ingenting er skrive over.",
		EN: "What lies with the recipient is not what was sent, or the receipts do not say so. Nothing was written over.",
	},
	"runbook.channel.receipt.do": {
		NB: "Spør mottakeren hva de har under filens navn, og sammenlign SHA-256.\nBe dem rette eller fjerne kvitteringen som er feil. Kjør så på nytt.",
		NN: "Spør mottakaren kva dei har under namnet til fila, og samanlikn SHA-256.\nBe dei rette eller fjerne kvitteringa som er feil. Køyr så på nytt.",
		EN: "Ask the recipient what they have under the file's name, and compare the SHA-256.\nAsk them to correct or remove the receipt that is wrong. Then run again.",
	},
}
