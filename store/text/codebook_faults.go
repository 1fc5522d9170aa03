package text

// codebookFaults says what a codebook or its files hold that contradicts itself or names a person, and which files don't
// belong together.
var codebookFaults = Catalogue{
	"error.dictionary.several_books": {
		NB: "«{file}» og «{other}» hører til hver sin kodebok. Ingenting er importert. Ta dem inn hver for seg.",
		NN: "«{file}» og «{other}» høyrer til kvar si kodebok. Ingenting er importert. Ta dei inn kvar for seg.",
		EN: "“{file}” and “{other}” belong to a codebook each. Nothing was imported. Import them one by one.",
	},
	"error.dictionary.unused_file": {
		NB: "«{file}» er ingen del av kodeboken. Ingenting er importert. Ta bort filen, og prøv igjen.",
		NN: "«{file}» er ingen del av kodeboka. Ingenting er importert. Ta bort fila, og prøv igjen.",
		EN: "“{file}” is no part of the codebook. Nothing was imported. Remove the file and try again.",
	},
	"error.dictionary.empty_file": {
		NB: "«{file}» er tom. Ingenting er importert. Hent filen på nytt.",
		NN: "«{file}» er tom. Ingenting er importert. Hent fila på nytt.",
		EN: "“{file}” is empty. Nothing was imported. Fetch the file again.",
	},
	"defect.dictionary.unused_file": {
		NB: "«{file}» er ingen del av kodeboken, så den er ikke lest.",
		NN: "«{file}» er ingen del av kodeboka, så ho er ikkje lesen.",
		EN: "“{file}” is no part of the codebook, so it was not read.",
	},
	"defect.dictionary.person_name": {
		NB: "Navnet på en variabel har et fødselsnummer i seg. Variabelen er ikke med.",
		NN: "Namnet på ein variabel har eit fødselsnummer i seg. Variabelen er ikkje med.",
		EN: "The name of a variable has a national identity number in it. The variable is left out.",
	},
	"defect.dictionary.person_text": {
		NB: "{name} har et fødselsnummer i en tekst eller en kode. Teksten er skjult, og koden er ikke med. Rett filen hos den som laget den.",
		NN: "{name} har eit fødselsnummer i ein tekst eller ein kode. Teksten er skjult, og koden er ikkje med. Rett fila hos den som laga ho.",
		EN: "{name} has a national identity number in a text or a code. The text is hidden, and the code is left out. Correct the file where it was made.",
	},
	"defect.dictionary.empty_code": {
		NB: "{name} har et svar uten kode. Det er ikke med.",
		NN: "{name} har eit svar utan kode. Det er ikkje med.",
		EN: "{name} has an answer without a code. It is left out.",
	},
	"defect.dictionary.as_text": {
		NB: "{name} er en kode uten kodeliste, så den er med som tekst.",
		NN: "{name} er ein kode utan kodeliste, så han er med som tekst.",
		EN: "{name} is a code without a code list, so it is kept as text.",
	},
	"defect.dictionary.no_limits": {
		NB: "{name} er {type} og har likevel grenser for et tall. Grensene er ikke med.",
		NN: "{name} er {type} og har likevel grenser for eit tal. Grensene er ikkje med.",
		EN: "{name} is {type} and yet has limits of a number. The limits are left out.",
	},
	"defect.dictionary.plausible": {
		NB: "{name} har rimelige grenser utenfor de harde. De rimelige er ikke med.",
		NN: "{name} har rimelege grenser utanfor dei harde. Dei rimelege er ikkje med.",
		EN: "{name} has plausible limits beyond the hard ones. The plausible ones are left out.",
	},
	"error.codebook.person_number": {
		NB: "Variabel nummer {no} har et fødselsnummer i en av tekstene eller kodene sine. Ta det bort.",
		NN: "Variabel nummer {no} har eit fødselsnummer i ein av tekstane eller kodane sine. Ta det bort.",
		EN: "Variable number {no} has a national identity number in one of its texts or codes. Remove it.",
	},
	"error.codebook.direct": {
		NB: "«{name}» peker direkte ut en person etter navn eller ledetekst. Identitet går til hvelvet, aldri til kodeboken. Ta bort variabelen, eller velg klassen som kan peke ut en person hvis den ikke gjør det.",
		NN: "«{name}» peikar direkte ut ein person etter namn eller leietekst. Identitet går til kvelvet, aldri til kodeboka. Ta bort variabelen, eller vel klassen som kan peike ut ein person om han ikkje gjer det.",
		EN: "“{name}” names a person directly by its name or label. Identity goes to the vault, never to the codebook. Remove the variable, or choose the class that may single a person out if it does not.",
	},
	"error.codebook.codes_of": {
		NB: "«{name}» er {type} og kan ikke ha koder. Ta dem bort, eller velg typen kode.",
		NN: "«{name}» er {type} og kan ikkje ha kodar. Ta dei bort, eller vel typen kode.",
		EN: "“{name}” is {type} and cannot have codes. Remove them, or choose the type code.",
	},
	"error.codebook.no_codes": {
		NB: "«{name}» er en kode uten koder. Skriv kodene, eller nevn kodeverket.",
		NN: "«{name}» er ein kode utan kodar. Skriv kodane, eller nemn kodeverket.",
		EN: "“{name}” is a code without codes. Write the codes, or name the code system.",
	},
	"error.codebook.empty_code": {
		NB: "«{name}» har et svar uten kode. Skriv koden.",
		NN: "«{name}» har eit svar utan kode. Skriv koden.",
		EN: "“{name}” has an answer without a code. Write the code.",
	},
	"error.codebook.limits_of": {
		NB: "«{name}» er {type} og kan ikke ha grenser for tall. Ta dem bort, eller velg en type for tall.",
		NN: "«{name}» er {type} og kan ikkje ha grenser for tal. Ta dei bort, eller vel ein type for tal.",
		EN: "“{name}” is {type} and cannot have limits of numbers. Remove them, or choose a type of number.",
	},
	"error.codebook.fraction": {
		NB: "«{name}» er et heltall, så grensene må være hele tall.",
		NN: "«{name}» er eit heiltal, så grensene må vere heile tal.",
		EN: "“{name}” is a whole number, so its limits must be whole numbers.",
	},
	"error.codebook.plausible": {
		NB: "De rimelige grensene for «{name}» må ligge innenfor de harde, og den nederste kan ikke være over den øverste.",
		NN: "Dei rimelege grensene for «{name}» må liggje innanfor dei harde, og den nedste kan ikkje vere over den øvste.",
		EN: "The plausible limits of “{name}” must lie within the hard ones, and the lower cannot be above the upper.",
	},
	"command.codebook.format": {
		NB: "Ukjent format. Velg ett av disse: {names}.",
		NN: "Ukjent format. Vel eitt av desse: {names}.",
		EN: "Unknown format. Choose one of these: {names}.",
	},
	"command.codebook.registry": {
		NB: "{flag} sier noe om importen, så den trenger --registry.",
		NN: "{flag} seier noko om importen, så han treng --registry.",
		EN: "{flag} says something of the import, so it needs --registry.",
	},
	"error.codebook.choose_key": {
		NB: "Kodeboken sier ikke hvilke variabler som til sammen navngir en rad. Ingenting er publisert. Velg dem med --key. Aktuelle: {names}.",
		NN: "Kodeboka seier ikkje kva variablar som til saman namngir ei rad. Ingenting er publisert. Vel dei med --key. Aktuelle: {names}.",
		EN: "The codebook does not say which variables together name a row. Nothing was published. Choose them with --key. Candidates: {names}.",
	},
	"defect.dictionary.merged": {
		NB: "Flettede celler fra rad {row} til {last}: bare cellen øverst til venstre har en verdi, så de andre er lest som tomme.",
		NN: "Fletta celler frå rad {row} til {last}: berre cella øvst til venstre har ein verdi, så dei andre er lesne som tomme.",
		EN: "Merged cells from row {row} to {last}: only the cell at the top left has a value, so the others were read as empty.",
	},
	"error.dictionary.levels": {
		NB: "Skjemaet har flere enn {max} nivåer inni hverandre ved element {row}. Ingenting er importert. Del det opp i skjemabyggeren.",
		NN: "Skjemaet har fleire enn {max} nivå inni kvarandre ved element {row}. Ingenting er importert. Del det opp i skjemabyggjaren.",
		EN: "The form has more than {max} nested levels near item {row}. Nothing was imported. Divide it in the form builder.",
	},
}
