package text

// engine holds what can go wrong when a delivery is carried into a registry: its columns, the compiled mapping, the
// registry's file, the vault, undo and dump.
var engine = Catalogue{
	"error.delivery.column_missing": {
		NB: "Leveransen mangler kolonnen «{column}», som mappingen bruker. Ingenting er lest inn. Be kilden sende kolonnen, eller endre mappingen hvis den har fått nytt navn.",
		NN: "Leveransen manglar kolonnen «{column}», som mappinga bruker. Ingenting er lese inn. Be kjelda sende kolonnen, eller endre mappinga om han har fått nytt namn.",
		EN: "The delivery lacks the column “{column}”, which the mapping uses. Nothing was loaded. Ask the source to send the column, or change the mapping if it has a new name.",
	},
	"error.delivery.person_numbers": {
		NB: "Kolonnen {column} er satt opp med tall eller nøkler, men inneholder personnumre. Ingenting er lest inn. Klassifiser kolonnen som direkte identifiserende, eller be kilden la være å sende den.",
		NN: "Kolonnen {column} er sett opp med tal eller nøklar, men inneheld personnummer. Ingenting er lese inn. Klassifiser kolonnen som direkte identifiserande, eller be kjelda la vere å sende han.",
		EN: "The column {column} is set up as numbers or keys, but holds person numbers. Nothing was loaded. Class the column as directly identifying, or ask the source not to send it.",
	},
	"error.delivery.column_twice": {
		NB: "Kolonnen «{column}» står to ganger i leveransen, så vi vet ikke hvilken som gjelder. Ingenting er lest inn. Be kilden rette uttrekket.",
		NN: "Kolonnen «{column}» står to gonger i leveransen, så vi veit ikkje kva for ein som gjeld. Ingenting er lese inn. Be kjelda rette uttrekket.",
		EN: "The column “{column}” stands twice in the delivery, so we cannot tell which one counts. Nothing was loaded. Ask the source to correct the extract.",
	},
	"error.delivery.column_unclassed": {
		NB: "Leveransen har kolonnen «{column}», som mappingen ikke sier hva er. Ingenting er lest inn. Si i mappingen om den er direkte, indirekte, helse eller teknisk, eller be kilden la være å sende den.",
		NN: "Leveransen har kolonnen «{column}», som mappinga ikkje seier kva er. Ingenting er lese inn. Sei i mappinga om han er direkte, indirekte, helse eller teknisk, eller be kjelda la vere å sende han.",
		EN: "The delivery has the column “{column}”, and the mapping does not say what it is. Nothing was loaded. Say in the mapping whether it is direct, indirect, health or technical, or ask the source not to send it.",
	},
	"error.mapping.type": {
		NB: "Stegene for {variable} gir ikke en verdi av typen {type}. Mappingen kan ikke kjøre slik. Legg til steget som lager den typen.",
		NN: "Stega for {variable} gir ikkje ein verdi av typen {type}. Mappinga kan ikkje køyre slik. Legg til steget som lagar den typen.",
		EN: "The steps for {variable} do not give a value of the type {type}. The mapping cannot run like this. Add the step that makes that type.",
	},
	"error.mapping.step_needs_text": {
		NB: "Steget «{kind}» for {variable} trenger tekst, men får noe annet fra steget før. Mappingen kan ikke kjøre slik. Flytt steget tidligere.",
		NN: "Steget «{kind}» for {variable} treng tekst, men får noko anna frå steget før. Mappinga kan ikkje køyre slik. Flytt steget tidlegare.",
		EN: "The step “{kind}” for {variable} needs text but gets something else from the step before. The mapping cannot run like this. Move the step earlier.",
	},
	"error.mapping.step_needs_number": {
		NB: "Steget «{kind}» for {variable} trenger et tall. Mappingen kan ikke kjøre slik. Legg steget «Tall» foran.",
		NN: "Steget «{kind}» for {variable} treng eit tal. Mappinga kan ikkje køyre slik. Legg steget «Tal» framfor.",
		EN: "The step “{kind}” for {variable} needs a number. The mapping cannot run like this. Put the step “Number” before it.",
	},
	"error.mapping.constant": {
		NB: "Den faste verdien «{value}» passer ikke for {variable}, som er av typen {type}. Mappingen kan ikke kjøre slik. Skriv en verdi av den typen.",
		NN: "Den faste verdien «{value}» passar ikkje for {variable}, som er av typen {type}. Mappinga kan ikkje køyre slik. Skriv ein verdi av den typen.",
		EN: "The constant “{value}” does not fit {variable}, which has the type {type}. The mapping cannot run like this. Write a value of that type.",
	},
	"error.mapping.branches": {
		NB: "De to grenene av «Hvis» for {variable} gir ulike typer. Mappingen kan ikke kjøre slik. La begge gi samme type.",
		NN: "Dei to greinene av «Viss» for {variable} gir ulike typar. Mappinga kan ikkje køyre slik. La begge gi same type.",
		EN: "The two branches of “If” for {variable} give different types. The mapping cannot run like this. Let both give the same type.",
	},
	"error.mapping.order_types": {
		NB: "Kontrollen {reason} sammenligner en dato med noe av en annen type. Mappingen kan ikke kjøre slik. Velg to variabler av samme type.",
		NN: "Kontrollen {reason} samanliknar ein dato med noko av ein annan type. Mappinga kan ikkje køyre slik. Vel to variablar av same type.",
		EN: "The check {reason} compares a date with something of another type. The mapping cannot run like this. Choose two variables of the same type.",
	},
	"error.mapping.expression": {
		NB: "Uttrykket kan ikke leses: {code}. Mappingen kan ikke kjøre slik. Sjekk parenteser, navn og typer.",
		NN: "Uttrykket kan ikkje lesast: {code}. Mappinga kan ikkje køyre slik. Sjekk parentesar, namn og typar.",
		EN: "The expression cannot be read: {code}. The mapping cannot run like this. Check brackets, names and types.",
	},
	"error.mapping.expression_name": {
		NB: "Uttrykket bruker «{name}», som ikke finnes her (linje {line}, tegn {column}). Mappingen kan ikke kjøre slik. Velg et navn fra listen.",
		NN: "Uttrykket bruker «{name}», som ikkje finst her (linje {line}, teikn {column}). Mappinga kan ikkje køyre slik. Vel eit namn frå lista.",
		EN: "The expression uses “{name}”, which does not exist here (line {line}, character {column}). The mapping cannot run like this. Choose a name from the list.",
	},
	"error.mapping.expression_near": {
		NB: "Uttrykket bruker «{name}», som ikke finnes her (linje {line}, tegn {column}). Mappingen kan ikke kjøre slik. Mente du «{near}»?",
		NN: "Uttrykket bruker «{name}», som ikkje finst her (linje {line}, teikn {column}). Mappinga kan ikkje køyre slik. Meinte du «{near}»?",
		EN: "The expression uses “{name}”, which does not exist here (line {line}, character {column}). The mapping cannot run like this. Did you mean “{near}”?",
	},
	"error.mapping.expression_direct": {
		NB: "Uttrykket bruker «{name}», som er direkte identifiserende (linje {line}, tegn {column}). Slike felt kommer aldri til helsedataene, så mappingen kan ikke kjøre. Bruk et annet felt.",
		NN: "Uttrykket bruker «{name}», som er direkte identifiserande (linje {line}, teikn {column}). Slike felt kjem aldri til helsedataa, så mappinga kan ikkje køyre. Bruk eit anna felt.",
		EN: "The expression uses “{name}”, which is a direct identifier (line {line}, character {column}). Such fields never reach the health data, so the mapping cannot run. Use another field.",
	},
	"error.mapping.expression_types": {
		NB: "«{op}» kan ikke stå mellom typene {left} og {right} (linje {line}, tegn {column}). Mappingen kan ikke kjøre slik. Gjør om en av dem, for eksempel med int(), float() eller string().",
		NN: "«{op}» kan ikkje stå mellom typane {left} og {right} (linje {line}, teikn {column}). Mappinga kan ikkje køyre slik. Gjer om ein av dei, til dømes med int(), float() eller string().",
		EN: "“{op}” cannot stand between the types {left} and {right} (line {line}, character {column}). The mapping cannot run like this. Convert one of them, for example with int(), float() or string().",
	},
	"error.mapping.expression_type": {
		NB: "«{op}» kan ikke brukes på typen {type} (linje {line}, tegn {column}). Mappingen kan ikke kjøre slik. Gjør om verdien først, for eksempel med int(), float() eller string().",
		NN: "«{op}» kan ikkje brukast på typen {type} (linje {line}, teikn {column}). Mappinga kan ikkje køyre slik. Gjer om verdien først, til dømes med int(), float() eller string().",
		EN: "“{op}” cannot be used on the type {type} (line {line}, character {column}). The mapping cannot run like this. Convert the value first, for example with int(), float() or string().",
	},
	"error.mapping.expression_arguments": {
		NB: "«{op}» har for mange eller for få verdier i parentesen (linje {line}, tegn {column}). Mappingen kan ikke kjøre slik. Se i listen hva funksjonen skal ha.",
		NN: "«{op}» har for mange eller for få verdiar i parentesen (linje {line}, teikn {column}). Mappinga kan ikkje køyre slik. Sjå i lista kva funksjonen skal ha.",
		EN: "“{op}” has too many or too few values in its brackets (line {line}, character {column}). The mapping cannot run like this. See in the list what the function takes.",
	},
	"error.mapping.expression_bool": {
		NB: "Her må det stå noe som er sant eller usant, men dette er av typen {type} (linje {line}, tegn {column}). Mappingen kan ikke kjøre slik. Sammenlign med noe, for eksempel med == eller >.",
		NN: "Her må det stå noko som er sant eller usant, men dette er av typen {type} (linje {line}, teikn {column}). Mappinga kan ikkje køyre slik. Samanlikn med noko, til dømes med == eller >.",
		EN: "Something true or false must stand here, but this has the type {type} (line {line}, character {column}). The mapping cannot run like this. Compare it with something, for example with == or >.",
	},
	"error.mapping.expression_list": {
		NB: "Uttrykket gir en liste (linje {line}, tegn {column}). Den kan ingen variabel ta imot, og radene ville blitt holdt tilbake. Velg én verdi av den, for eksempel med [0].",
		NN: "Uttrykket gir ei liste (linje {line}, teikn {column}). Den kan ingen variabel ta imot, og radene ville blitt haldne tilbake. Vel éin verdi av ho, til dømes med [0].",
		EN: "The expression gives a list (line {line}, character {column}). No variable can take one, and the rows would be held back. Choose one value of it, for example with [0].",
	},
	"error.mapping.expression_result": {
		NB: "Uttrykket gir typen {type}, men {variable} er {want} (linje {line}, tegn {column}). Alle radene ville blitt holdt tilbake. Gjør om verdien, for eksempel med int(), float() eller string(), eller legg til et steg etter uttrykket.",
		NN: "Uttrykket gir typen {type}, men {variable} er {want} (linje {line}, teikn {column}). Alle radene ville blitt haldne tilbake. Gjer om verdien, til dømes med int(), float() eller string(), eller legg til eit steg etter uttrykket.",
		EN: "The expression gives the type {type}, but {variable} is {want} (line {line}, character {column}). All rows would be held back. Convert the value, for example with int(), float() or string(), or add a step after the expression.",
	},
	"error.mapping.expression_zero": {
		NB: "Uttrykket deler på null (linje {line}, tegn {column}). Det gir aldri en verdi, og radene ville blitt holdt tilbake. Del på noe annet.",
		NN: "Uttrykket deler på null (linje {line}, teikn {column}). Det gir aldri ein verdi, og radene ville blitt haldne tilbake. Del på noko anna.",
		EN: "The expression divides by zero (line {line}, character {column}). It never gives a value, and the rows would be held back. Divide by something else.",
	},
	"error.mapping.expression_end": {
		NB: "Uttrykket slutter for tidlig (linje {line}, tegn {column}). Mappingen kan ikke kjøre slik. Se etter en verdi, en parentes eller et anførselstegn som mangler.",
		NN: "Uttrykket sluttar for tidleg (linje {line}, teikn {column}). Mappinga kan ikkje køyre slik. Sjå etter ein verdi, ein parentes eller eit hermeteikn som manglar.",
		EN: "The expression ends too early (line {line}, character {column}). The mapping cannot run like this. Look for a value, a bracket or a quotation mark that is missing.",
	},
	"exprtype.list":    {NB: "Liste", NN: "Liste", EN: "List"},
	"exprtype.unknown": {NB: "Ukjent", NN: "Ukjend", EN: "Unknown"},
	"error.mapping.expression_form": {
		NB: "Uttrykket bruker «{form}», som ikke er lov her (linje {line}, tegn {column}): et uttrykk skal alltid bli ferdig. Mappingen kan ikke kjøre slik. Skriv det uten, eller del det i flere steg.",
		NN: "Uttrykket bruker «{form}», som ikkje er lov her (linje {line}, teikn {column}): eit uttrykk skal alltid bli ferdig. Mappinga kan ikkje køyre slik. Skriv det utan, eller del det i fleire steg.",
		EN: "The expression uses “{form}”, which is not allowed here (line {line}, character {column}): an expression must always end. The mapping cannot run like this. Write it without, or split it into several steps.",
	},
	"error.mapping.expression_clock": {
		NB: "Uttrykket bruker «{form}», som ikke er lov her (linje {line}, tegn {column}): samme rad skal gi det samme hver gang den kjøres. Mappingen kan ikke kjøre slik. Bruk en dato fra kilden.",
		NN: "Uttrykket bruker «{form}», som ikkje er lov her (linje {line}, teikn {column}): same rad skal gi det same kvar gong ho blir køyrd. Mappinga kan ikkje køyre slik. Bruk ein dato frå kjelda.",
		EN: "The expression uses “{form}”, which is not allowed here (line {line}, character {column}): the same row must give the same at every run. The mapping cannot run like this. Use a date from the source.",
	},
	"error.registry.newer_schema": {
		NB: "En nyere utgave av Samband har brukt data til dette registeret (versjon {have}, denne utgaven kjenner {known}). Ingenting er lest inn, og dataene er ikke rørt. Bruk den nyere utgaven, eller gjenopprett en kopi fra før oppgraderingen.",
		NN: "Ei nyare utgåve av Samband har brukt data til dette registeret (versjon {have}, denne utgåva kjenner {known}). Ingenting er lese inn, og dataa er ikkje rørte. Bruk den nyare utgåva, eller gjenopprett ein kopi frå før oppgraderinga.",
		EN: "A newer edition of Samband has used the data of this registry (version {have}, this edition knows {known}). Nothing was loaded, and the data have not been touched. Use the newer edition, or restore a copy from before the upgrade.",
	},
	"error.registry.open": {
		NB: "Registerets datafil kan ikke åpnes. Dataene er urørt. Se etter at disken har plass, og at Samband har tilgang til datamappen.",
		NN: "Datafila til registeret kan ikkje opnast. Dataa er urørte. Sjå etter at disken har plass, og at Samband har tilgang til datamappa.",
		EN: "The registry’s data file cannot be opened. The data are untouched. Check that the disk has room and that Samband has access to the data folder.",
	},
	"error.registry.read": {
		NB: "Registerets data kunne ikke leses. Ingenting er endret. Prøv igjen. Gjentar det seg, må driften se på disken og datafilen.",
		NN: "Dataa til registeret kunne ikkje lesast. Ingenting er endra. Prøv igjen. Tek det seg opp att, må drifta sjå på disken og datafila.",
		EN: "The registry’s data could not be read. Nothing was changed. Try again. If it happens again, operations must look at the disk and the data file.",
	},
	"error.registry.write": {
		NB: "Registerets data kunne ikke skrives, så hele innlesingen er rullet tilbake. Registeret er som før. Se etter at disken har plass, og kjør på nytt.",
		NN: "Dataa til registeret kunne ikkje skrivast, så heile innlesinga er rulla tilbake. Registeret er som før. Sjå etter at disken har plass, og køyr på nytt.",
		EN: "The registry’s data could not be written, so the whole load was rolled back. The registry is as before. Check that the disk has room, and run again.",
	},
	"error.registry.key_changed": {
		NB: "Kodeboken {codebook} har en annen nøkkel enn dataene som er lest inn. Ingenting er lest inn. Behold nøkkelen, eller gi den nye kodeboken en egen id.",
		NN: "Kodeboka {codebook} har ein annan nøkkel enn dataa som er lesne inn. Ingenting er lese inn. Behald nøkkelen, eller gi den nye kodeboka ein eigen id.",
		EN: "The codebook {codebook} has another key than the data already loaded. Nothing was loaded. Keep the key, or give the new codebook an id of its own.",
	},
	"error.registry.type_changed": {
		NB: "Variabelen {variable} i kodeboken {codebook} har en annen type enn dataene som er lest inn. Ingenting er lest inn. Behold typen, eller gi variabelen et nytt navn.",
		NN: "Variabelen {variable} i kodeboka {codebook} har ein annan type enn dataa som er lesne inn. Ingenting er lese inn. Behald typen, eller gi variabelen eit nytt namn.",
		EN: "The variable {variable} in the codebook {codebook} has another type than the data already loaded. Nothing was loaded. Keep the type, or give the variable a new name.",
	},
	"error.registry.loaded_already": {
		NB: "Kjøring {run} er lest inn fra før. Ingenting er endret. Start en ny kjøring hvis leveransen skal leses en gang til.",
		NN: "Køyring {run} er lesen inn frå før. Ingenting er endra. Start ei ny køyring om leveransen skal lesast ein gong til.",
		EN: "Run {run} has been loaded already. Nothing was changed. Start a new run if the delivery is to be read once more.",
	},
	"error.run.failed": {
		NB: "Kjøringen stoppet på grunn av en feil hos oss. Ingenting er lest inn. Kjør på nytt, og oppgi referansen hvis det gjentar seg.",
		NN: "Køyringa stoppa på grunn av ein feil hos oss. Ingenting er lese inn. Køyr på nytt, og gi opp referansen om det tek seg opp att.",
		EN: "The run stopped because of a fault on our side. Nothing was loaded. Run again, and quote the reference if it happens again.",
	},
	"error.run.unbalanced": {
		NB: "Tallene for kjøringen går ikke opp, så ingenting er lest inn. Det er en feil hos oss. Oppgi referansen.",
		NN: "Tala for køyringa går ikkje opp, så ingenting er lese inn. Det er ein feil hos oss. Gi opp referansen.",
		EN: "The counts of the run do not add up, so nothing was loaded. That is a fault on our side. Quote the reference.",
	},
	"error.undo.nothing": {
		NB: "Kjøring {run} har ingen innlesing å angre. Ingenting er endret.",
		NN: "Køyring {run} har inga innlesing å angre. Ingenting er endra.",
		EN: "Run {run} has no load to undo. Nothing was changed.",
	},
	"error.undo.built_on": {
		NB: "Innlesingen i kjøring {run} kan ikke angres, fordi kjøring {later} er lest inn oppå den. Ingenting er endret. Angre kjøring {later} først.",
		NN: "Innlesinga i køyring {run} kan ikkje angrast, fordi køyring {later} er lesen inn oppå ho. Ingenting er endra. Angre køyring {later} først.",
		EN: "The load of run {run} cannot be undone, because run {later} was loaded on top of it. Nothing was changed. Undo run {later} first.",
	},
	"error.finding.none": {
		NB: "Avviket finnes ikke. Kanskje er kjøringen gjort om.",
		NN: "Avviket finst ikkje. Kanskje er køyringa gjord om.",
		EN: "The finding does not exist. Perhaps the run has been redone.",
	},
	"error.finding.changed": {
		NB: "Noen andre har endret avviket i mellomtiden. Det du gjorde, er ikke lagret. Last siden på nytt og se hvordan det står.",
		NN: "Nokon andre har endra avviket i mellomtida. Det du gjorde, er ikkje lagra. Last sida på nytt og sjå korleis det står.",
		EN: "Somebody else has changed the finding in the meantime. What you did was not saved. Load the page again and see how it stands.",
	},
	"error.dump.write": {
		NB: "Filen kunne ikke skrives ferdig. Registeret er urørt. Se etter at det er plass, og prøv igjen.",
		NN: "Fila kunne ikkje skrivast ferdig. Registeret er urørt. Sjå etter at det er plass, og prøv igjen.",
		EN: "The file could not be written to the end. The registry is untouched. Check that there is room, and try again.",
	},
	"error.dump.no_person": {
		NB: "Registeret har rader for personer som ikke er i hvelvet. Ingen fil er gitt ut. Se i driftsboken om å gjenopprette hvelv og register fra samme tidspunkt.",
		NN: "Registeret har rader for personar som ikkje er i kvelvet. Inga fil er gitt ut. Sjå i driftsboka om å gjenopprette kvelv og register frå same tidspunkt.",
		EN: "The registry has rows for persons who are not in the vault. No file was given out. See the run book on restoring vault and registry from the same moment.",
	},
	"error.vault.open": {
		NB: "Hvelvet kan ikke åpnes. Ingenting er endret. Se etter at disken har plass, og at Samband har tilgang til datamappen.",
		NN: "Kvelvet kan ikkje opnast. Ingenting er endra. Sjå etter at disken har plass, og at Samband har tilgang til datamappa.",
		EN: "The vault cannot be opened. Nothing was changed. Check that the disk has room and that Samband has access to the data folder.",
	},
	"error.vault.wrong_key": {
		NB: "Hovednøkkelen hører ikke til dette hvelvet. Ingenting er lest eller endret. Legg tilbake nøkkelen som hvelvet ble laget med.",
		NN: "Hovudnøkkelen høyrer ikkje til dette kvelvet. Ingenting er lese eller endra. Legg tilbake nøkkelen som kvelvet vart laga med.",
		EN: "The master key does not belong to this vault. Nothing was read or changed. Put back the key that the vault was made with.",
	},
	"error.vault.key_version": {
		NB: "Versjon {version} av hovednøkkelen mangler, så det som er forseglet med den, kan ikke åpnes. Ingenting er endret. Legg nøkkelen tilbake.",
		NN: "Versjon {version} av hovudnøkkelen manglar, så det som er forsegla med han, kan ikkje opnast. Ingenting er endra. Legg nøkkelen tilbake.",
		EN: "Version {version} of the master key is missing, so what is sealed with it cannot be opened. Nothing was changed. Put the key back.",
	},
	"error.vault.read": {
		NB: "Hvelvet kunne ikke leses. Ingenting er endret. Prøv igjen. Gjentar det seg, må driften se på disken.",
		NN: "Kvelvet kunne ikkje lesast. Ingenting er endra. Prøv igjen. Tek det seg opp att, må drifta sjå på disken.",
		EN: "The vault could not be read. Nothing was changed. Try again. If it happens again, operations must look at the disk.",
	},
	"error.vault.write": {
		NB: "Hvelvet kunne ikke skrives, så hele innlesingen er rullet tilbake. Registeret er som før. Se etter at disken har plass, og kjør på nytt.",
		NN: "Kvelvet kunne ikkje skrivast, så heile innlesinga er rulla tilbake. Registeret er som før. Sjå etter at disken har plass, og køyr på nytt.",
		EN: "The vault could not be written, so the whole load was rolled back. The registry is as before. Check that the disk has room, and run again.",
	},
	"error.vault.sealed": {
		NB: "Noe forseglet kan ikke åpnes: det er endret, flyttet eller forseglet med en annen nøkkel. Ingenting er vist. Varsle sikkerhetsansvarlig.",
		NN: "Noko forsegla kan ikkje opnast: det er endra, flytta eller forsegla med ein annan nøkkel. Ingenting er vist. Varsle tryggleiksansvarleg.",
		EN: "Something sealed cannot be opened: it was altered, moved or sealed with another key. Nothing was shown. Notify the security officer.",
	},
}
