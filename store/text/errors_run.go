package text

// runErrors says why a run is held, and what the store does not do with one.
var runErrors = Catalogue{
	"error.hold.empty": {
		NB: "Leveransen er tom, men pleier å ha omkring {normal} rader. Registeret er uendret. Spør kilden om leveransen er hel. Frigi kjøringen hvis den skal være tom, ellers avvis den.",
		NN: "Leveransen er tom, men plar ha om lag {normal} rader. Registeret er uendra. Spør kjelda om leveransen er heil. Frigi køyringa om han skal vere tom, elles avvis ho.",
		EN: "The delivery is empty, but usually has about {normal} rows. The registry is unchanged. Ask the source whether it is whole. Release the run if it should be empty, otherwise reject it.",
	},
	"error.hold.quarantined": {
		NB: "{quarantined} av {read} rader ({share} prosent) er i karantene, og grensen er {limit} prosent. Registeret er uendret til du bestemmer. Se grunnene, og frigi resten eller avvis kjøringen.",
		NN: "{quarantined} av {read} rader ({share} prosent) er i karantene, og grensa er {limit} prosent. Registeret er uendra til du avgjer. Sjå grunnane, og frigi resten eller avvis køyringa.",
		EN: "{quarantined} of {read} rows ({share} per cent) are in quarantine, and the limit is {limit} per cent. The registry is unchanged until you decide. See the reasons, and release the rest or reject the run.",
	},
	"error.hold.volume": {
		NB: "Leveransen har {read} rader, under {limit} prosent av det vanlige ({normal}). Registeret er uendret. Spør kilden om leveransen er hel. Frigi kjøringen hvis den er det, ellers avvis den.",
		NN: "Leveransen har {read} rader, under {limit} prosent av det vanlege ({normal}). Registeret er uendra. Spør kjelda om leveransen er heil. Frigi køyringa om han er det, elles avvis ho.",
		EN: "The delivery has {read} rows, under {limit} per cent of the usual ({normal}). The registry is unchanged. Ask the source whether it is whole. Release the run if it is, otherwise reject it.",
	},
	"error.run.transition": {
		NB: "Kjøringen kan ikke gå fra «{from}» til «{to}». Ingenting er endret. Last siden på nytt og se hva som gjelder nå.",
		NN: "Køyringa kan ikkje gå frå «{from}» til «{to}». Ingenting er endra. Last sida på nytt og sjå kva som gjeld no.",
		EN: "The run cannot go from “{from}” to “{to}”. Nothing was changed. Reload the page to see what holds now.",
	},
	"error.run.cancelled": {
		NB: "Kjøringen ble avbrutt. Ingenting er lest inn, og leveransen ligger der den lå.",
		NN: "Køyringa vart avbroten. Ingenting er lese inn, og leveransen ligg der han låg.",
		EN: "The run was cancelled. Nothing was loaded, and the delivery lies where it was.",
	},
	"error.delivery.not_found": {
		NB: "Vi kjenner ikke denne leveransen. Registeret er uendret.",
		NN: "Vi kjenner ikkje denne leveransen. Registeret er uendra.",
		EN: "We do not know this delivery. The registry is unchanged.",
	},
}
