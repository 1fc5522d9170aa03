package text

// rosTexts are what goes wrong with risk analyses, solution designs, the scale and their documents, and the log of them.
var rosTexts = Catalogue{
	"audit.kind.scale":   {NB: "Risikoskala", NN: "Risikoskala", EN: "Risk scale"},
	"audit.did.measure":  {NB: "tiltak oppdatert", NN: "tiltak oppdatert", EN: "measure updated"},
	"audit.did.document": {NB: "dokument byttet", NN: "dokument bytt", EN: "document replaced"},
	"error.ros.incomplete": {
		NB: "{id} versjon {version} er ikke fylt ut. Dette mangler: {fields}. Ingenting er lagret. Fyll ut det som mangler først.",
		NN: "{id} versjon {version} er ikkje fylt ut. Dette manglar: {fields}. Ingenting er lagra. Fyll ut det som manglar først.",
		EN: "{id} version {version} is not filled in. This is missing: {fields}. Nothing was saved. Fill in what is missing first.",
	},
	"ros.field.risks": {NB: "Minst én risiko, eller dokumentet som har dem", NN: "Minst éin risiko, eller dokumentet som har dei", EN: "At least one risk, or the document that holds them"},
	"error.ros.performed_ahead": {
		NB: "Dagen for gjennomføringen, {date}, har ikke vært ennå. Rett dagen først.",
		NN: "Dagen for gjennomføringa, {date}, har ikkje vore enno. Rett dagen først.",
		EN: "The day it was performed, {date}, has not been yet. Correct the day first.",
	},
	"error.assess.ahead": {
		NB: "Dagen har ikke vært ennå. Velg en dag som har vært.",
		NN: "Dagen har ikkje vore enno. Vel ein dag som har vore.",
		EN: "The day has not been yet. Choose one that has.",
	},
	"error.risk.residual_above": {
		NB: "Risikoen etter tiltak ({score}) kan ikke være større enn nå ({now}).",
		NN: "Risikoen etter tiltak ({score}) kan ikkje vere større enn no ({now}).",
		EN: "The risk after measures ({score}) cannot be greater than it is now ({now}).",
	},
	"error.ros.unacceptable": {
		NB: "Risiko {no} («{scenario}») har restrisiko {score}, som er uakseptabel på skalaen. ROS-en kan ikke aksepteres. Endre løsningen og vurder risikoen på nytt.",
		NN: "Risiko {no} («{scenario}») har restrisiko {score}, som er uakseptabel på skalaen. ROS-en kan ikkje aksepterast. Endre løysinga og vurder risikoen på nytt.",
		EN: "Risk {no} (“{scenario}”) has a residual risk of {score}, which is unacceptable on the scale. The analysis cannot be accepted. Change the design and assess the risk again.",
	},
	"error.ros.high_without_measures": {
		NB: "Risiko {no} («{scenario}») har høy restrisiko ({score}) og ingen tiltak som gjelder. ROS-en kan ikke aksepteres uten. Legg til et tiltak mot risikoen.",
		NN: "Risiko {no} («{scenario}») har høg restrisiko ({score}) og ingen tiltak som gjeld. ROS-en kan ikkje aksepterast utan. Legg til eit tiltak mot risikoen.",
		EN: "Risk {no} (“{scenario}”) has a high residual risk ({score}) and no measure that holds. The analysis cannot be accepted without. Add a measure against the risk.",
	},
	"error.ros.number_twice": {
		NB: "Nummer {no} er brukt to ganger. Gi hver sitt nummer.",
		NN: "Nummer {no} er brukt to gonger. Gi kvar sitt nummer.",
		EN: "Number {no} is used twice. Give each its own number.",
	},
	"error.ros.measure_not_found": missing("Tiltaket", "Tiltaket", "The measure"),
	"error.ld.incomplete": {
		NB: "{id} versjon {version} er ikke fylt ut. Dette mangler: {fields}. Ingenting er lagret. Fyll det ut, eller legg ved dokumentet som har det. Metodene må alltid velges her.",
		NN: "{id} versjon {version} er ikkje fylt ut. Dette manglar: {fields}. Ingenting er lagra. Fyll det ut, eller legg ved dokumentet som har det. Metodane må alltid veljast her.",
		EN: "{id} version {version} is not filled in. This is missing: {fields}. Nothing was saved. Fill it in, or attach the document that holds it. The methods must always be chosen here.",
	},
	"error.import.scale": {
		NB: "Risikoskalaen i filen har versjon {version} med andre ord eller grenser enn den som er her. Ingenting er importert. Gi skalaen et nytt nummer, og la ROS-ene vise til det.",
		NN: "Risikoskalaen i fila har versjon {version} med andre ord eller grenser enn den som er her. Ingenting er importert. Gi skalaen eit nytt nummer, og la ROS-ane vise til det.",
		EN: "The risk scale in the file has version {version} with other words or limits than the one here. Nothing was imported. Give the scale a new number, and let the analyses refer to it.",
	},
	"error.scale.not_found": missing("Skalaversjonen", "Skalaversjonen", "The version of the scale"),
	"error.scale.bands": {
		NB: "Grensene må stige, og den høyeste må være 25.",
		NN: "Grensene må stige, og den høgaste må vere 25.",
		EN: "The limits must rise, and the highest must be 25.",
	},
	"error.document.not_found": missing("Dokumentet", "Dokumentet", "The document"),
	"error.document.not_draft": {
		NB: "{id} versjon {version} er ikke lenger kladd, og dokumentet kan ikke byttes. Ingenting er lagret. Lag en ny versjon.",
		NN: "{id} versjon {version} er ikkje lenger kladd, og dokumentet kan ikkje bytast. Ingenting er lagra. Lag ein ny versjon.",
		EN: "{id} version {version} is no longer a draft, and the document cannot be replaced. Nothing was saved. Make a new version.",
	},
	"error.document.too_large": {
		NB: "Filen er for stor. Den kan være inntil {limit} MB. Ingenting er lagret.",
		NN: "Fila er for stor. Ho kan vere inntil {limit} MB. Ingenting er lagra.",
		EN: "The file is too large. It can be up to {limit} MB. Nothing was saved.",
	},
	"error.document.not_pdf": {
		NB: "Filen er ikke en PDF. Ingenting er lagret. Lagre dokumentet som PDF og last opp den filen.",
		NN: "Fila er ikkje ein PDF. Ingenting er lagra. Lagre dokumentet som PDF og last opp den fila.",
		EN: "The file is not a PDF. Nothing was saved. Save the document as PDF and upload that file.",
	},
	"error.document.cut": {
		NB: "PDF-en slutter for tidlig. Ingenting er lagret. Last den ned på nytt der den kom fra, og prøv igjen.",
		NN: "PDF-en sluttar for tidleg. Ingenting er lagra. Last han ned på nytt der han kom frå, og prøv igjen.",
		EN: "The PDF ends too early. Nothing was saved. Fetch it again from where it came, and try again.",
	},
	"error.document.hash": {
		NB: "Avtrykket må være SHA-256 med 64 små heksadesimale tegn.",
		NN: "Avtrykket må vere SHA-256 med 64 små heksadesimale teikn.",
		EN: "The fingerprint must be SHA-256 as 64 small hexadecimal characters.",
	},
	"error.document.name": {
		NB: "Filnavnet må være et enkelt navn som slutter på «.pdf».",
		NN: "Filnamnet må vere eit enkelt namn som sluttar på «.pdf».",
		EN: "The file name must be a plain name that ends in “.pdf”.",
	},
}
