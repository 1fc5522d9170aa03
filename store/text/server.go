package text

// serverTexts holds what concerns registries and vault on a PostgreSQL server.
var serverTexts = Catalogue{
	"error.registry.too_wide": {
		NB: "Kodeboken {codebook} har flere variabler enn PostgreSQL har plass til i én tabell ({max}). Ingenting er lest inn. Del kodeboken i flere.",
		NN: "Kodeboka {codebook} har fleire variablar enn PostgreSQL har plass til i éin tabell ({max}). Ingenting er lese inn. Del kodeboka i fleire.",
		EN: "The codebook {codebook} has more variables than PostgreSQL has room for in one table ({max}). Nothing was loaded. Split the codebook.",
	},
	"error.registry.commit_unknown": {
		NB: "Databaseserveren ble borte mens kjøring {run} ble gjort gjeldende, og svarte ikke igjen. Enten er hele leveransen lest inn, eller ingenting av den. Samband avstemmer kjøringen når serveren svarer.",
		NN: "Databasetenaren vart borte medan køyring {run} vart gjord gjeldande, og svara ikkje att. Anten er heile leveransen lesen inn, eller ingenting av han. Samband avstemmer køyringa når tenaren svarar.",
		EN: "The database server went away while run {run} was being committed, and did not answer again. Either all of the delivery was loaded or nothing of it. Samband reconciles the run when the server answers.",
	},
	"runbook.registry.too_wide.meaning": {
		NB: "En tabell i PostgreSQL har plass til 1600 kolonner. Kodeboken er bredere, så ingenting er lest inn. Registeret er uendret.",
		NN: "Ein tabell i PostgreSQL har plass til 1600 kolonnar. Kodeboka er breiare, så ingenting er lese inn. Registeret er uendra.",
		EN: "A table in PostgreSQL has room for 1600 columns. The codebook is wider, so nothing was loaded. The registry is unchanged.",
	},
	"runbook.registry.too_wide.do": {
		NB: "Del kodeboken i flere, for eksempel én for hvert skjema.\nLag en mapping til hver, og send dem til godkjenning.",
		NN: "Del kodeboka i fleire, til dømes éi for kvart skjema.\nLag ei mapping til kvar, og send dei til godkjenning.",
		EN: "Split the codebook, for example into one for each form.\nMake a mapping for each, and submit them for approval.",
	},
	"runbook.registry.commit_unknown.meaning": {
		NB: "Forbindelsen til PostgreSQL ble brutt akkurat da leveransen ble gjort gjeldende. Registeret har hele leveransen eller ingenting av den, men portalen vet ikke hvilken av delene.",
		NN: "Sambandet til PostgreSQL vart brote akkurat då leveransen vart gjord gjeldande. Registeret har heile leveransen eller ingenting av han, men portalen veit ikkje kva av delane.",
		EN: "The connection to PostgreSQL broke just when the delivery was being committed. The registry has all of the delivery or nothing of it, but the portal does not know which.",
	},
	"runbook.registry.commit_unknown.do": {
		NB: "Få PostgreSQL i gang igjen.\nÅpne kjøringen. Samband avstemmer den mot registeret, og viser om leveransen er lest inn.\nKjør på nytt bare hvis den ikke er det.",
		NN: "Få PostgreSQL i gang att.\nOpne køyringa. Samband avstemmer henne mot registeret, og viser om leveransen er lesen inn.\nKøyr på nytt berre om han ikkje er det.",
		EN: "Get PostgreSQL going again.\nOpen the run. Samband reconciles it with the registry, and shows whether the delivery was loaded.\nRun again only if it was not.",
	},
}
