package text

// formErrors says what is wrong in a field, a codebook or a mapping. Nothing of what they refuse is saved.
var formErrors = Catalogue{
	"error.slug": {
		NB: "«{value}» kan ikke brukes som id. Bruk små bokstaver a–z, tall og bindestrek, begynn med en bokstav, høyst 63 tegn.",
		NN: "«{value}» kan ikkje brukast som id. Bruk små bokstavar a–z, tal og bindestrek, byrj med ein bokstav, høgst 63 teikn.",
		EN: "“{value}” cannot be used as an id. Use lower-case letters a–z, digits and hyphen, start with a letter, 63 characters at most.",
	},
	"error.field.required": {NB: "Fyll ut feltet.", NN: "Fyll ut feltet.", EN: "Fill in the field."},
	"error.field.choice":   {NB: "Velg et av alternativene.", NN: "Vel eit av alternativa.", EN: "Choose one of the alternatives."},
	"error.field.public": {
		NB: "Dette vises for alle. Ta ut e-postadresser, telefonnumre og navn på maskiner.",
		NN: "Dette blir vist for alle. Ta ut e-postadresser, telefonnummer og namn på maskiner.",
		EN: "This is shown to everybody. Take out e-mail addresses, telephone numbers and names of machines.",
	},
	"error.field.date": {
		NB: "Skriv en dato som finnes, som 23.11.2026. Sluttdatoer må komme etter det de avslutter.",
		NN: "Skriv ein dato som finst, som 23.11.2026. Sluttdatoar må kome etter det dei avsluttar.",
		EN: "Enter a date that exists, like 23.11.2026. An end must come after what it ends.",
	},
	"error.field.end_before_start": {
		NB: "Sluttdatoen er før startdatoen. Rett en av dem.",
		NN: "Sluttdatoen er før startdatoen. Rett ein av dei.",
		EN: "The end date is before the start date. Correct one of them.",
	},
	"error.field.number": {
		NB: "Skriv et helt tall innenfor grensene.",
		NN: "Skriv eit heilt tal innanfor grensene.",
		EN: "Enter a whole number within the limits.",
	},
	"error.field.share": {
		NB: "Skriv en andel fra 0 til 100 prosent.",
		NN: "Skriv ein del frå 0 til 100 prosent.",
		EN: "Enter a share from 0 to 100 per cent.",
	},
	"error.field.too_long": {
		NB: "Teksten er for lang. Høyst {max} tegn.",
		NN: "Teksten er for lang. Høgst {max} teikn.",
		EN: "The text is too long. At most {max} characters.",
	},
	"error.field.url": {
		NB: "Skriv en adresse som begynner med https:// eller http://.",
		NN: "Skriv ei adresse som byrjar med https:// eller http://.",
		EN: "Enter an address that begins with https:// or http://.",
	},
	"error.field.unknown": {
		NB: "Tilkoblingstypen har ingen innstilling som heter «{name}». Ta den bort.",
		NN: "Tilkoplingstypen har inga innstilling som heiter «{name}». Ta ho bort.",
		EN: "The connector has no setting called “{name}”. Remove it.",
	},
	"error.field.secret_in_settings": {
		NB: "Dette er en hemmelighet og skal ikke stå i innstillingene. Legg den inn for seg.",
		NN: "Dette er ein løyndom og skal ikkje stå i innstillingane. Legg han inn for seg.",
		EN: "This is a secret and must not stand among the settings. Enter it by itself.",
	},

	"error.codebook.empty": {
		NB: "Kodeboken har ingen variabler. Legg til minst én.",
		NN: "Kodeboka har ingen variablar. Legg til minst éin.",
		EN: "The codebook has no variables. Add at least one.",
	},
	"error.codebook.too_wide": {
		NB: "Kodeboken har flere enn {max} variabler. Velg bort skjemaer som registeret ikke skal ha data til, eller del den i flere kodebøker.",
		NN: "Kodeboka har fleire enn {max} variablar. Vel bort skjema som registeret ikkje skal ha data til, eller del ho i fleire kodebøker.",
		EN: "The codebook has more than {max} variables. Leave out forms that the registry is to have no data for, or divide it into several codebooks.",
	},
	"error.codebook.name": {
		NB: "«{name}» kan ikke brukes som variabelnavn. Bruk små bokstaver a–z, tall og understrek, begynn med en bokstav, høyst 63 tegn.",
		NN: "«{name}» kan ikkje brukast som variabelnamn. Bruk små bokstavar a–z, tal og understrek, byrj med ein bokstav, høgst 63 teikn.",
		EN: "“{name}” cannot name a variable. Use lower-case letters a–z, digits and underscore, start with a letter, 63 characters at most.",
	},
	"error.codebook.reserved": {
		NB: "«{name}» er et navn som Samband bruker selv. Velg et annet.",
		NN: "«{name}» er eit namn som Samband bruker sjølv. Vel eit anna.",
		EN: "“{name}” is a name that Samband uses itself. Choose another.",
	},
	"error.codebook.twice": {
		NB: "Variabelen «{name}» står to ganger. Ta bort den ene.",
		NN: "Variabelen «{name}» står to gonger. Ta bort den eine.",
		EN: "The variable “{name}” stands twice. Remove one.",
	},
	"error.codebook.type": {
		NB: "Variabelen «{name}» har typen «{type}», som ikke finnes. Velg en av typene.",
		NN: "Variabelen «{name}» har typen «{type}», som ikkje finst. Vel ein av typane.",
		EN: "The variable “{name}” has the type “{type}”, which does not exist. Choose one of the types.",
	},
	"error.codebook.class": {
		NB: "Variabelen «{name}» må være helse, teknisk eller noe som kan peke ut en person. Direkte identitet hører aldri til her.",
		NN: "Variabelen «{name}» må vere helse, teknisk eller noko som kan peike ut ein person. Direkte identitet høyrer aldri til her.",
		EN: "The variable “{name}” must be health, technical or something that may single a person out. Direct identity never belongs here.",
	},
	"error.codebook.range": {
		NB: "Grensene for «{name}» må være tall, og den nederste kan ikke være over den øverste.",
		NN: "Grensene for «{name}» må vere tal, og den nedste kan ikkje vere over den øvste.",
		EN: "The limits of “{name}” must be numbers, and the lower cannot be above the upper.",
	},
	"error.codebook.code_twice": {
		NB: "Koden «{code}» står to ganger for «{name}». Ta bort den ene.",
		NN: "Koden «{code}» står to gonger for «{name}». Ta bort den eine.",
		EN: "The code “{code}” stands twice for “{name}”. Remove one.",
	},
	"error.codebook.no_key": {
		NB: "Kodeboken sier ikke hvilke variabler som til sammen navngir en rad. Velg nøkkelen.",
		NN: "Kodeboka seier ikkje kva variablar som til saman namngir ei rad. Vel nøkkelen.",
		EN: "The codebook does not say which variables together name a row. Choose the key.",
	},
	"error.codebook.unknown_key": {
		NB: "Nøkkelen nevner «{name}», som kodeboken ikke har. Rett navnet eller legg til variabelen.",
		NN: "Nøkkelen nemner «{name}», som kodeboka ikkje har. Rett namnet eller legg til variabelen.",
		EN: "The key names “{name}”, which the codebook does not have. Correct the name or add the variable.",
	},
	"error.codebook.key_twice": {
		NB: "Nøkkelen nevner «{name}» to ganger. Ta bort den ene.",
		NN: "Nøkkelen nemner «{name}» to gonger. Ta bort den eine.",
		EN: "The key names “{name}” twice. Remove one.",
	},

	"error.mapping.field_name": {
		NB: "Kildefeltet «{field}» må ha et navn på høyst 200 tegn.",
		NN: "Kjeldefeltet «{field}» må ha eit namn på høgst 200 teikn.",
		EN: "The source field “{field}” must have a name of at most 200 characters.",
	},
	"error.mapping.field_twice": {
		NB: "Kildefeltet «{field}» står to ganger. Ta bort det ene.",
		NN: "Kjeldefeltet «{field}» står to gonger. Ta bort det eine.",
		EN: "The source field “{field}” stands twice. Remove one.",
	},
	"error.mapping.unclassed": {
		NB: "Si om kildefeltet «{field}» er identitet, helse, teknisk eller noe som kan peke ut en person. Uten det kan ingenting kjøre.",
		NN: "Sei om kjeldefeltet «{field}» er identitet, helse, teknisk eller noko som kan peike ut ein person. Utan det kan ingenting køyre.",
		EN: "Say whether the source field “{field}” is identity, health, technical or something that may single a person out. Without that nothing can run.",
	},
	"error.mapping.attribute": {
		NB: "Kildefeltet «{field}»: identitetsfelt må si hva de er (nummer, navn, adresse), og bare de.",
		NN: "Kjeldefeltet «{field}»: identitetsfelt må seie kva dei er (nummer, namn, adresse), og berre dei.",
		EN: "The source field “{field}”: identity fields must say what they are (number, name, address), and only they.",
	},
	"error.mapping.person_number": {
		NB: "Nøyaktig ett kildefelt må være personens nummer, men det er {count}. Uten det vet vi ikke hvem raden gjelder.",
		NN: "Nøyaktig eitt kjeldefelt må vere nummeret til personen, men det er {count}. Utan det veit vi ikkje kven rada gjeld.",
		EN: "Exactly one source field must be the person's number, but there are {count}. Without it we cannot tell whom the row concerns.",
	},
	"error.mapping.unknown_variable": {
		NB: "Kodeboken, eller mappingen, har ingen variabel «{variable}». Rett navnet eller legg til variabelen.",
		NN: "Kodeboka, eller mappinga, har ingen variabel «{variable}». Rett namnet eller legg til variabelen.",
		EN: "The codebook, or the mapping, has no variable “{variable}”. Correct the name or add the variable.",
	},
	"error.mapping.rule_twice": {
		NB: "Variabelen «{variable}» har to regler. Behold én.",
		NN: "Variabelen «{variable}» har to reglar. Behald éin.",
		EN: "The variable “{variable}” has two rules. Keep one.",
	},
	"error.mapping.no_steps": {
		NB: "Regelen for «{variable}» er tom. Velg et kildefelt eller en fast verdi.",
		NN: "Regelen for «{variable}» er tom. Vel eit kjeldefelt eller ein fast verdi.",
		EN: "The rule for “{variable}” is empty. Choose a source field or a constant.",
	},
	"error.mapping.first_step": {
		NB: "Regelen for «{variable}» må begynne med noe som gir en verdi: et kildefelt, flere felter, en fast verdi eller et uttrykk.",
		NN: "Regelen for «{variable}» må byrje med noko som gir ein verdi: eit kjeldefelt, fleire felt, ein fast verdi eller eit uttrykk.",
		EN: "The rule for “{variable}” must begin with what gives a value: a source field, several fields, a constant or an expression.",
	},
	"error.mapping.step_kind": {
		NB: "Steget «{kind}» finnes ikke. Velg et av stegene.",
		NN: "Steget «{kind}» finst ikkje. Vel eit av stega.",
		EN: "The step “{kind}” does not exist. Choose one of the steps.",
	},
	"error.mapping.step_incomplete": {
		NB: "«{kind}» mangler noe, eller det som står der, kan ikke brukes. Fyll ut feltene.",
		NN: "«{kind}» manglar noko, eller det som står der, kan ikkje brukast. Fyll ut felta.",
		EN: "“{kind}” lacks something, or what stands there cannot be used. Fill in the fields.",
	},
	"error.mapping.unknown_field": {
		NB: "Mappingen leser feltet «{field}», som kilden ikke har. Rett navnet eller legg til feltet.",
		NN: "Mappinga les feltet «{field}», som kjelda ikkje har. Rett namnet eller legg til feltet.",
		EN: "The mapping reads the field “{field}”, which the source does not have. Correct the name or add the field.",
	},
	"error.mapping.direct_to_health": {
		NB: "Feltet «{field}» er identitet og kan ikke bli til en helseopplysning. Velg et annet felt.",
		NN: "Feltet «{field}» er identitet og kan ikkje bli til ei helseopplysning. Vel eit anna felt.",
		EN: "The field “{field}” is identity and cannot become health data. Choose another field.",
	},
	"error.mapping.condition": {
		NB: "Betingelsen er ikke hel. Velg felt, sammenligning og verdi.",
		NN: "Vilkåret er ikkje heilt. Vel felt, samanlikning og verdi.",
		EN: "The condition is not whole. Choose field, comparison and value.",
	},
	"error.mapping.key_unmapped": {
		NB: "«{variable}» er en del av nøkkelen, men har ingen regel. Uten den kan ingen rad kjennes igjen. Velg kilde for den.",
		NN: "«{variable}» er ein del av nøkkelen, men har ingen regel. Utan han kan inga rad kjennast att. Vel kjelde for han.",
		EN: "“{variable}” is part of the key, but has no rule. Without it no row can be recognised. Choose a source for it.",
	},
	"error.mapping.required_unmapped": {
		NB: "«{variable}» er obligatorisk, men har ingen regel. Velg kilde for den.",
		NN: "«{variable}» er obligatorisk, men har ingen regel. Vel kjelde for han.",
		EN: "“{variable}” is required, but has no rule. Choose a source for it.",
	},
	"error.mapping.reason_name": {
		NB: "«{reason}» kan ikke være navnet på en grunn. Bruk små bokstaver a–z, tall og understrek.",
		NN: "«{reason}» kan ikkje vere namnet på ein grunn. Bruk små bokstavar a–z, tal og understrek.",
		EN: "“{reason}” cannot name a reason. Use lower-case letters a–z, digits and underscore.",
	},
	"error.mapping.reason_twice": {
		NB: "To kontroller har grunnen «{reason}». Gi dem hver sin.",
		NN: "To kontrollar har grunnen «{reason}». Gi dei kvar sin.",
		EN: "Two checks have the reason “{reason}”. Give each its own.",
	},
	"error.mapping.check_kind": {
		NB: "Kontrollen «{reason}» er av en type som ikke finnes. Velg en av typene.",
		NN: "Kontrollen «{reason}» er av ein type som ikkje finst. Vel ein av typane.",
		EN: "The check “{reason}” is of a kind that does not exist. Choose one of the kinds.",
	},
	"error.mapping.check_unmapped": {
		NB: "Kontrollen «{reason}» ser på «{variable}», som ikke har noen regel. Den ville aldri funnet noe. Velg kilde for variabelen eller ta bort kontrollen.",
		NN: "Kontrollen «{reason}» ser på «{variable}», som ikkje har nokon regel. Han ville aldri funne noko. Vel kjelde for variabelen eller ta bort kontrollen.",
		EN: "The check “{reason}” looks at “{variable}”, which has no rule. It would never find anything. Choose a source for the variable or remove the check.",
	},
	"error.mapping.uncaught": {
		NB: "Ingen kontroll tar imot «{check}» for alle variabler, så slike rader ville forsvunnet. Legg til en kontroll som setter dem i karantene.",
		NN: "Ingen kontroll tek imot «{check}» for alle variablar, så slike rader ville forsvunne. Legg til ein kontroll som set dei i karantene.",
		EN: "No check catches “{check}” for all variables, so such rows would be lost. Add a check that puts them in quarantine.",
	},
}
