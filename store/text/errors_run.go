package text

// runErrors says why a run is held, and what the store does not do with one.
var runErrors = Catalogue{
	"error.hold.empty": {
		NB: "Leveransen er tom, men pleier å ha omkring {normal} {normal|rad|rader}. Registeret er uendret. Spør kilden om leveransen er hel. Frigi kjøringen hvis den skal være tom, ellers avvis den.",
		NN: "Leveransen er tom, men plar ha om lag {normal} {normal|rad|rader}. Registeret er uendra. Spør kjelda om leveransen er heil. Frigi køyringa om han skal vere tom, elles avvis ho.",
		EN: "The delivery is empty, but usually has about {normal} {normal|row|rows}. The registry is unchanged. Ask the source whether it is whole. Release the run if it should be empty, otherwise reject it.",
	},
	"error.hold.quarantined": {
		NB: "{quarantined} av {read} rader ({share} prosent) er i karantene, og grensen er {limit} prosent. Registeret er uendret til du bestemmer. Se grunnene, og frigi resten eller avvis kjøringen.",
		NN: "{quarantined} av {read} rader ({share} prosent) er i karantene, og grensa er {limit} prosent. Registeret er uendra til du avgjer. Sjå grunnane, og frigi resten eller avvis køyringa.",
		EN: "{quarantined} of {read} rows ({share} per cent) are in quarantine, and the limit is {limit} per cent. The registry is unchanged until you decide. See the reasons, and release the rest or reject the run.",
	},
	"error.hold.volume": {
		NB: "Leveransen har {read} {read|rad|rader}, under {limit} prosent av det vanlige ({normal}). Registeret er uendret. Spør kilden om leveransen er hel. Frigi kjøringen hvis den er det, ellers avvis den.",
		NN: "Leveransen har {read} {read|rad|rader}, under {limit} prosent av det vanlege ({normal}). Registeret er uendra. Spør kjelda om leveransen er heil. Frigi køyringa om han er det, elles avvis ho.",
		EN: "The delivery has {read} {read|row|rows}, under {limit} per cent of the usual ({normal}). The registry is unchanged. Ask the source whether it is whole. Release the run if it is, otherwise reject it.",
	},
	"error.hold.columns": {
		NB: "Leveransen har andre kolonner enn mappingen er laget for: {columns}. Registeret er uendret til du bestemmer. Se nye og borte kolonner ved siden av hverandre. Frigir du kjøringen, blir nye kolonner ikke lest.",
		NN: "Leveransen har andre kolonnar enn mappinga er laga for: {columns}. Registeret er uendra til du avgjer. Sjå nye og borte kolonnar ved sida av kvarandre. Frigir du køyringa, blir nye kolonnar ikkje lesne.",
		EN: "The delivery has other columns than the mapping was made for: {columns}. The registry is unchanged until you decide. See new and gone columns side by side. If you release the run, new columns are not read.",
	},
	"error.hold.types": {
		NB: "Disse kolonnene har fått en annen type verdier enn før: {columns}. Registeret er uendret til du bestemmer. Se før og nå ved siden av hverandre, og spør kilden hva som er endret.",
		NN: "Desse kolonnane har fått ein annan type verdiar enn før: {columns}. Registeret er uendra til du avgjer. Sjå før og no ved sida av kvarandre, og spør kjelda kva som er endra.",
		EN: "These columns hold another type of values than before: {columns}. The registry is unchanged until you decide. See before and now side by side, and ask the source what has changed.",
	},
	"error.hold.codes": {
		NB: "{n} {n|rad|rader} ({share} prosent av de utfylte) har koder i {column} som ingen har sett før, og grensen er {limit} prosent. Registeret er uendret til du bestemmer. Avgjør hva kodene betyr, eller spør kilden om kodelisten er endret.",
		NN: "{n} {n|rad|rader} ({share} prosent av dei utfylte) har kodar i {column} som ingen har sett før, og grensa er {limit} prosent. Registeret er uendra til du avgjer. Avgjer kva kodane tyder, eller spør kjelda om kodelista er endra.",
		EN: "{n} {n|row|rows} ({share} per cent of the filled ones) {n|has|have} codes in {column} that nobody has seen before, and the limit is {limit} per cent. The registry is unchanged until you decide. Decide what the codes mean, or ask the source whether its code list has changed.",
	},
	"error.retention.days": {
		NB: "Skriv et antall dager fra 0 til {max}. 0 betyr for alltid.",
		NN: "Skriv talet på dagar frå 0 til {max}. 0 tyder for alltid.",
		EN: "Write a number of days from 0 to {max}. 0 means for good.",
	},
	"error.retention.sealed": {
		NB: "En forseglet rad kan ikke leve lenger enn avviket den hører til. Velg færre dager.",
		NN: "Ei forsegla rad kan ikkje leve lenger enn avviket ho høyrer til. Vel færre dagar.",
		EN: "A sealed row can't outlive the finding it belongs to. Choose fewer days.",
	},
	"error.run_detail.not_found": {
		NB: "Detaljene om kjøringen er ikke her. De kan være slettet etter fristen. Selve kjøringen og tallene står.",
		NN: "Detaljane om køyringa er ikkje her. Dei kan vere sletta etter fristen. Sjølve køyringa og tala står.",
		EN: "The details of the run are not here. They may have been removed when their time was up. The run itself and its figures stand.",
	},
	"error.baseline.not_found": {
		NB: "Det finnes ingen tidligere leveranse å sammenligne med. Ingenting er endret.",
		NN: "Det finst ingen tidlegare leveranse å samanlikne med. Ingenting er endra.",
		EN: "There is no earlier delivery to compare with. Nothing was changed.",
	},
	"error.run.transition": {
		NB: "Kjøringen kan ikke gå fra «{from}» til «{to}». Ingenting er endret. Last siden på nytt og se hva som gjelder nå.",
		NN: "Køyringa kan ikkje gå frå «{from}» til «{to}». Ingenting er endra. Last sida på nytt og sjå kva som gjeld no.",
		EN: "The run cannot go from “{from}” to “{to}”. Nothing was changed. Reload the page to see what holds now.",
	},
	"error.run.decided": {
		NB: "Kjøringen er avgjort: «{state}». Ingenting er endret. Last siden på nytt og se hva som gjelder nå.",
		NN: "Køyringa er avgjord: «{state}». Ingenting er endra. Last sida på nytt og sjå kva som gjeld no.",
		EN: "The run is decided: “{state}”. Nothing was changed. Load the page again to see what holds now.",
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
