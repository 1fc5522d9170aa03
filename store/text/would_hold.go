package text

// wouldHold says of a run that loaded nothing why a real one of the same delivery would be held. Nobody has anything to
// decide about it, so it asks for no decision.
var wouldHold = Catalogue{
	"error.would.empty": {
		NB: "Ingenting er lest inn. En virkelig kjøring ville blitt holdt tilbake fordi leveransen er tom, men pleier å ha omkring {normal} {normal|rad|rader}. Spør kilden om leveransen er hel.",
		NN: "Ingenting er lese inn. Ei verkeleg køyring ville ha blitt halden tilbake fordi leveransen er tom, men plar ha om lag {normal} {normal|rad|rader}. Spør kjelda om leveransen er heil.",
		EN: "Nothing was loaded. A real run would be held because the delivery is empty, but usually has about {normal} {normal|row|rows}. Ask the source whether it is whole.",
	},
	"error.would.quarantined": {
		NB: "Ingenting er lest inn. En virkelig kjøring ville blitt holdt tilbake fordi {quarantined} av {read} rader ({share} prosent) ville kommet i karantene, og grensen er {limit} prosent. Se grunnene.",
		NN: "Ingenting er lese inn. Ei verkeleg køyring ville ha blitt halden tilbake fordi {quarantined} av {read} rader ({share} prosent) ville ha kome i karantene, og grensa er {limit} prosent. Sjå grunnane.",
		EN: "Nothing was loaded. A real run would be held because {quarantined} of {read} rows ({share} per cent) would be quarantined, and the limit is {limit} per cent. See the reasons.",
	},
	"error.would.volume": {
		NB: "Ingenting er lest inn. En virkelig kjøring ville blitt holdt tilbake fordi leveransen har {read} {read|rad|rader}, under {limit} prosent av det vanlige ({normal}). Spør kilden om leveransen er hel.",
		NN: "Ingenting er lese inn. Ei verkeleg køyring ville ha blitt halden tilbake fordi leveransen har {read} {read|rad|rader}, under {limit} prosent av det vanlege ({normal}). Spør kjelda om leveransen er heil.",
		EN: "Nothing was loaded. A real run would be held because the delivery has {read} {read|row|rows}, under {limit} per cent of the usual ({normal}). Ask the source whether it is whole.",
	},
	"error.would.columns": {
		NB: "Ingenting er lest inn. En virkelig kjøring ville blitt holdt tilbake fordi leveransen har andre kolonner enn mappingen er laget for: {columns}. Rett mappingen, eller spør kilden hva som er endret.",
		NN: "Ingenting er lese inn. Ei verkeleg køyring ville ha blitt halden tilbake fordi leveransen har andre kolonnar enn mappinga er laga for: {columns}. Rett mappinga, eller spør kjelda kva som er endra.",
		EN: "Nothing was loaded. A real run would be held because the delivery has other columns than the mapping was made for: {columns}. Correct the mapping, or ask the source what has changed.",
	},
	"error.would.types": {
		NB: "Ingenting er lest inn. En virkelig kjøring ville blitt holdt tilbake fordi disse kolonnene har fått en annen type verdier enn før: {columns}. Spør kilden hva som er endret.",
		NN: "Ingenting er lese inn. Ei verkeleg køyring ville ha blitt halden tilbake fordi desse kolonnane har fått ein annan type verdiar enn før: {columns}. Spør kjelda kva som er endra.",
		EN: "Nothing was loaded. A real run would be held because these columns hold another type of values than before: {columns}. Ask the source what has changed.",
	},
	"error.would.codes": {
		NB: "Ingenting er lest inn. En virkelig kjøring ville blitt holdt tilbake fordi {n} {n|rad|rader} ({share} prosent av de utfylte) har koder i {column} som ingen har sett før, og grensen er {limit} prosent. Avgjør hva kodene betyr, eller spør kilden om kodelisten er endret.",
		NN: "Ingenting er lese inn. Ei verkeleg køyring ville ha blitt halden tilbake fordi {n} {n|rad|rader} ({share} prosent av dei utfylte) har kodar i {column} som ingen har sett før, og grensa er {limit} prosent. Avgjer kva kodane tyder, eller spør kjelda om kodelista er endra.",
		EN: "Nothing was loaded. A real run would be held because {n} {n|row|rows} ({share} per cent of the filled ones) {n|has|have} codes in {column} that nobody has seen before, and the limit is {limit} per cent. Decide what the codes mean, or ask the source whether its code list has changed.",
	},
}
