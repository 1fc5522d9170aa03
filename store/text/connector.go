package text

// connectors holds the options of connections and what can be wrong with a delivery: its file, its header, its rows.
var connectors = Catalogue{
	"kind.files": {NB: "Filer i en mappe", NN: "Filer i ei mappe", EN: "Files in a folder"},

	"option.files.folder": {NB: "Mappe", NN: "Mappe", EN: "Folder"},
	"option.files.folder.help": {
		NB: "Mappen leveransene legges i. Samband må kunne lese og skrive i den, og fjerner det som er lest fra en kilde. Den skal ligge utenfor Sambands datamappe.",
		NN: "Mappa leveransane blir lagde i. Samband må kunne lese og skrive i henne, og fjernar det som er lese frå ei kjelde. Ho skal liggje utanfor datamappa til Samband.",
		EN: "The folder that deliveries are put in. Samband must be able to read and write there, and removes what has been read from a source. It lies outside Samband's data folder.",
	},
	"option.files.dataset": {NB: "Datasett", NN: "Datasett", EN: "Data set"},
	"option.files.dataset.help": {
		NB: "Det filnavnene begynner med. «episode» betyr filer som episode_20260101_20260131_20260202T0315.csv.",
		NN: "Det filnamna byrjar med. «episode» tyder filer som episode_20260101_20260131_20260202T0315.csv.",
		EN: "What the file names begin with. “episode” means files like episode_20260101_20260131_20260202T0315.csv.",
	},
	"option.files.encoding": {NB: "Tegnsett", NN: "Teiknsett", EN: "Encoding"},
	"option.files.encoding.help": {
		NB: "La det stå tomt, så finner vi det for hver fil. Velg bare når kilden er kjent for å blande.",
		NN: "Lat det stå tomt, så finn vi det for kvar fil. Vel berre når kjelda er kjend for å blande.",
		EN: "Leave it empty, and it is found for each file. Choose one only when the source is known to mix them.",
	},
	"option.files.encoding.utf-8":        {NB: "UTF-8", NN: "UTF-8", EN: "UTF-8"},
	"option.files.encoding.windows-1252": {NB: "Windows-1252", NN: "Windows-1252", EN: "Windows-1252"},
	"option.files.delimiter":             {NB: "Skilletegn", NN: "Skiljeteikn", EN: "Delimiter"},
	"option.files.delimiter.semicolon":   {NB: "Semikolon", NN: "Semikolon", EN: "Semicolon"},
	"option.files.delimiter.comma":       {NB: "Komma", NN: "Komma", EN: "Comma"},
	"option.files.delimiter.tab":         {NB: "Tabulator", NN: "Tabulator", EN: "Tab"},
	"option.files.no_control":            {NB: "Les uten kontrollfil", NN: "Les utan kontrollfil", EN: "Read without a control file"},
	"option.files.delimiter.help": {
		NB: "La det stå tomt, så finner vi det i overskriftslinjen.",
		NN: "Lat det stå tomt, så finn vi det i overskriftslinja.",
		EN: "Leave it empty, and it is found in the header line.",
	},
	"option.files.no_control.help": {
		NB: "Bare når kilden ikke kan lage kontrollfil. Da vet ingen om filen er hel: den leses når den har ligget uendret i ett minutt.",
		NN: "Berre når kjelda ikkje kan lage kontrollfil. Då veit ingen om fila er heil: ho blir lesen når ho har lege uendra i eitt minutt.",
		EN: "Only when the source cannot make one. Nobody then knows whether the file is whole: it is read when it has lain unchanged for a minute.",
	},

	"error.files.folder": {
		NB: "Mappen {folder} finnes ikke eller kan ikke leses. Ingenting er hentet, og registeret er uendret. Sjekk stien og tilgangen.",
		NN: "Mappa {folder} finst ikkje eller kan ikkje lesast. Ingenting er henta, og registeret er uendra. Sjekk stien og tilgangen.",
		EN: "The folder {folder} does not exist or cannot be read. Nothing was fetched, and the registry is unchanged. Check the path and the access.",
	},
	"error.files.read_only": {
		NB: "Samband kan lese mappen {folder}, men ikke fjerne filer fra den. Leveranser ville blitt liggende i klartekst etter at de er lest. Gi skrivetilgang til mappen.",
		NN: "Samband kan lese mappa {folder}, men ikkje fjerne filer frå henne. Leveransar ville blitt liggjande i klartekst etter at dei er lesne. Gi skrivetilgang til mappa.",
		EN: "Samband can read the folder {folder} but not remove files from it. Deliveries would stay there in clear after they have been read. Give write access to the folder.",
	},
	"error.files.write": {
		NB: "Samband kan ikke skrive i mappen {folder}. Ingenting er sendt som mottakeren kan lese. Sjekk tilgangen og plassen på disken, og kjør på nytt.",
		NN: "Samband kan ikkje skrive i mappa {folder}. Ingenting er sendt som mottakaren kan lese. Sjekk tilgangen og plassen på disken, og køyr på nytt.",
		EN: "Samband cannot write to the folder {folder}. Nothing that the receiver can read was sent. Check the access and the room on the disk, and run again.",
	},
	"error.files.dataset": {
		NB: "Datasettet kan bare ha bokstavene a–z, tall og bindestrek, og må begynne med bokstav eller tall.",
		NN: "Datasettet kan berre ha bokstavane a–z, tal og bindestrek, og må byrje med bokstav eller tal.",
		EN: "The data set may only have the letters a–z, digits and hyphens, and must begin with a letter or digit.",
	},
	"error.files.input": {
		NB: "Filen {name} finnes ikke eller er ikke en vanlig fil. Ingenting er lest. Sjekk stien.",
		NN: "Fila {name} finst ikkje eller er ikkje ei vanleg fil. Ingenting er lese. Sjekk stien.",
		EN: "The file {name} does not exist or is not a regular file. Nothing was read. Check the path.",
	},

	"error.delivery.nothing": {
		NB: "Ingen leveranse venter. Registeret er uendret.",
		NN: "Ingen leveranse ventar. Registeret er uendra.",
		EN: "No delivery is waiting. The registry is unchanged.",
	},
	"note.delivery.waiting": {
		NB: "Filen {name} er ikke ferdig: kontrollfilen mangler, eller filen skrives ennå. Registeret er uendret. Filen leses når kilden har gjort seg ferdig.",
		NN: "Fila {name} er ikkje ferdig: kontrollfila manglar, eller fila blir skriven enno. Registeret er uendra. Fila blir lesen når kjelda har gjort seg ferdig.",
		EN: "The file {name} is not finished: its control file is missing, or it is still being written. The registry is unchanged. The file is read when the source has finished.",
	},
	"error.delivery.waiting": {
		NB: "Filen {name} er ikke ferdig: kontrollfilen mangler, eller filen skrives ennå. Registeret er uendret. Filen leses neste gang, når kilden har gjort seg ferdig.",
		NN: "Fila {name} er ikkje ferdig: kontrollfila manglar, eller fila blir skriven enno. Registeret er uendra. Fila blir lesen neste gong, når kjelda har gjort seg ferdig.",
		EN: "The file {name} is not finished: its control file is missing, or it is still being written. The registry is unchanged. The file is read next time, when the source has finished.",
	},
	"error.delivery.control": {
		NB: "Kontrollfilen {name} kan ikke leses eller mangler rows eller sha256. Ingenting er lest inn. Be kilden levere på nytt under samme navn, eller sett leveransen til side.",
		NN: "Kontrollfila {name} kan ikkje lesast eller manglar rows eller sha256. Ingenting er lese inn. Be kjelda levere på nytt under same namn, eller set leveransen til side.",
		EN: "The control file {name} cannot be read, or lacks rows or sha256. Nothing was loaded. Ask the source to deliver again under the same name, or set the delivery aside.",
	},
	"error.delivery.checksum": {
		NB: "Innholdet i {name} stemmer ikke med sjekksummen i kontrollfilen. Filen kan være avkortet eller endret på veien. Ingenting er lest inn. Be kilden levere på nytt under samme navn, eller sett leveransen til side.",
		NN: "Innhaldet i {name} stemmer ikkje med sjekksummen i kontrollfila. Fila kan vere avkorta eller endra på vegen. Ingenting er lese inn. Be kjelda levere på nytt under same namn, eller set leveransen til side.",
		EN: "The content of {name} does not match the checksum in its control file. The file may have been cut short or changed on its way. Nothing was loaded. Ask the source to deliver again under the same name, or set the delivery aside.",
	},
	"error.delivery.row_count": {
		NB: "Kontrollfilen sier at {name} har {stated} {stated|rad|rader}, men vi fant {rows}. Ingenting er lest inn. Be kilden levere på nytt under samme navn, eller sett leveransen til side.",
		NN: "Kontrollfila seier at {name} har {stated} {stated|rad|rader}, men vi fann {rows}. Ingenting er lese inn. Be kjelda levere på nytt under same namn, eller set leveransen til side.",
		EN: "The control file says that {name} has {stated} {stated|row|rows}, but we found {rows}. Nothing was loaded. Ask the source to deliver again under the same name, or set the delivery aside.",
	},
	"error.delivery.no_bytes": {
		NB: "Filen {name} er helt tom, også uten overskriftslinje. Ingenting er lest inn. Be kilden levere på nytt under samme navn, eller sett leveransen til side.",
		NN: "Fila {name} er heilt tom, også utan overskriftslinje. Ingenting er lese inn. Be kjelda levere på nytt under same namn, eller set leveransen til side.",
		EN: "The file {name} is completely empty, without even a header line. Nothing was loaded. Ask the source to deliver again under the same name, or set the delivery aside.",
	},
	"error.delivery.broken": {
		NB: "Filen {name} kan ikke leses til slutten. Ingenting er lest inn. Be kilden levere på nytt, og sjekk disken hvis det gjentar seg.",
		NN: "Fila {name} kan ikkje lesast til slutten. Ingenting er lese inn. Be kjelda levere på nytt, og sjekk disken om det tek seg opp att.",
		EN: "The file {name} cannot be read to its end. Nothing was loaded. Ask the source to deliver again, and check the disk if it happens again.",
	},
	"error.delivery.bomb": {
		NB: "Den komprimerte filen {name} blir urimelig stor når den pakkes ut. Vi stoppet, og ingenting er lest inn. Be kilden levere den ukomprimert hvis den er ekte.",
		NN: "Den komprimerte fila {name} blir urimeleg stor når ho blir pakka ut. Vi stoppa, og ingenting er lese inn. Be kjelda levere henne ukomprimert om ho er ekte.",
		EN: "The compressed file {name} becomes unreasonably large when unpacked. We stopped, and nothing was loaded. Ask the source to deliver it uncompressed if it is genuine.",
	},
	"error.delivery.changed": {
		NB: "Filen {name} ble endret mens vi leste den. Ingenting er lest inn. Den leses på nytt ved neste kjøring.",
		NN: "Fila {name} vart endra medan vi las henne. Ingenting er lese inn. Ho blir lesen på nytt ved neste køyring.",
		EN: "The file {name} was changed while we read it. Nothing was loaded. It is read again at the next run.",
	},
	"error.delivery.seal": {
		NB: "Leveransen er behandlet, men kunne ikke forsegles og ligger ennå i klartekst i mappen. Data i registeret er riktige. Sjekk plass og tilgang, så fullfører neste kjøring.",
		NN: "Leveransen er behandla, men kunne ikkje forseglast og ligg enno i klartekst i mappa. Data i registeret er rette. Sjekk plass og tilgang, så fullfører neste køyring.",
		EN: "The delivery is dealt with but could not be sealed, and still lies in clear in the folder. The data in the registry are right. Check space and access; the next run completes it.",
	},
	"error.delivery.key": {
		NB: "Leveransen er forseglet med en annen nøkkel enn den som er satt opp. Ingenting er lest. Legg tilbake riktig nøkkel, eller be kilden levere på nytt.",
		NN: "Leveransen er forsegla med ein annan nøkkel enn den som er sett opp. Ingenting er lese. Legg tilbake rett nøkkel, eller be kjelda levere på nytt.",
		EN: "The delivery is sealed with another key than the one that is set up. Nothing was read. Put the right key back, or ask the source to deliver again.",
	},
	"error.delivery.sealed_broken": {
		NB: "Den forseglede leveransen er skadet og kan ikke åpnes. Registeret er uendret. Be kilden levere på nytt.",
		NN: "Den forsegla leveransen er skadd og kan ikkje opnast. Registeret er uendra. Be kjelda levere på nytt.",
		EN: "The sealed delivery is damaged and cannot be opened. The registry is unchanged. Ask the source to deliver again.",
	},
	"error.delivery.columns_unknown": {
		NB: "Mappingen kjenner ingen av kolonnene i den første linjen. Den venter for eksempel «{column}», skrevet akkurat slik, også med store og små bokstaver. Ingenting er lest inn. Be kilden om navnene slik de var, eller om en linje med navn hvis den mangler.",
		NN: "Mappinga kjenner ingen av kolonnane i den første linja. Ho ventar til dømes «{column}», skrive akkurat slik, også med store og små bokstavar. Ingenting er lese inn. Be kjelda om namna slik dei var, eller om ei linje med namn om ho manglar.",
		EN: "The mapping knows none of the columns in the first line. It expects “{column}”, for one, written just so, also in upper and lower case. Nothing was loaded. Ask the source for the names as they were, or for a line of names if it is missing.",
	},
	"error.delivery.gone": {
		NB: "Leveransen {name} ligger ikke der slik kjøringen fant den: den er tatt bort eller levert på nytt. Ingenting er flyttet. Last siden på nytt.",
		NN: "Leveransen {name} ligg ikkje der slik køyringa fann han: han er teken bort eller levert på nytt. Ingenting er flytta. Last sida på nytt.",
		EN: "The delivery {name} does not lie there as the run found it: it was taken away or delivered again. Nothing was moved. Load the page again.",
	},
	"error.delivery.not_kept": {
		NB: "Leveransen er ikke tatt vare på her, så den kan ikke leses på nytt. Registeret er uendret. Be kilden levere på nytt.",
		NN: "Leveransen er ikkje teken vare på her, så han kan ikkje lesast på nytt. Registeret er uendra. Be kjelda levere på nytt.",
		EN: "The delivery is not kept here, so it cannot be read again. The registry is unchanged. Ask the source to deliver again.",
	},

	"error.csv.empty": {
		NB: "Filen har ingen linjer. Ingenting er lest inn. Be kilden levere på nytt.",
		NN: "Fila har ingen linjer. Ingenting er lese inn. Be kjelda levere på nytt.",
		EN: "The file has no lines. Nothing was loaded. Ask the source to deliver again.",
	},
	"error.csv.header_empty": {
		NB: "Den første linjen er tom. Der skal navnene på kolonnene stå. Ingenting er lest inn. Be kilden levere med overskriftslinje.",
		NN: "Den første linja er tom. Der skal namna på kolonnane stå. Ingenting er lese inn. Be kjelda levere med overskriftslinje.",
		EN: "The first line is empty. It should name the columns. Nothing was loaded. Ask the source to deliver with a header line.",
	},
	"error.csv.header_unnamed": {
		NB: "Kolonne {column} har ikke noe navn i overskriftslinjen. Ingenting er lest inn. Be kilden rette overskriften.",
		NN: "Kolonne {column} har ikkje noko namn i overskriftslinja. Ingenting er lese inn. Be kjelda rette overskrifta.",
		EN: "Column {column} has no name in the header line. Nothing was loaded. Ask the source to correct the header.",
	},
	"error.csv.header_duplicate": {
		NB: "Kolonne {column} har samme navn som kolonne {first}. Ingenting er lest inn. Be kilden rette overskriften.",
		NN: "Kolonne {column} har same namn som kolonne {first}. Ingenting er lese inn. Be kjelda rette overskrifta.",
		EN: "Column {column} has the same name as column {first}. Nothing was loaded. Ask the source to correct the header.",
	},
	"error.csv.header_quote": {
		NB: "Et anførselstegn i overskriftslinjen står feil, så kolonnene kan ikke skilles. Ingenting er lest inn. Be kilden rette overskriften.",
		NN: "Eit hermeteikn i overskriftslinja står feil, så kolonnane kan ikkje skiljast. Ingenting er lese inn. Be kjelda rette overskrifta.",
		EN: "A quotation mark in the header line is misplaced, so the columns cannot be told apart. Nothing was loaded. Ask the source to correct the header.",
	},
	"error.csv.header_too_long": {
		NB: "Den første linjen er lengre enn {limit} byte, så dette er neppe en tabell. Ingenting er lest inn. Sjekk at riktig fil er levert.",
		NN: "Den første linja er lengre enn {limit} byte, så dette er neppe ein tabell. Ingenting er lese inn. Sjekk at rett fil er levert.",
		EN: "The first line is longer than {limit} bytes, so this is hardly a table. Nothing was loaded. Check that the right file was delivered.",
	},
	"error.csv.not_text": {
		NB: "Den første linjen er ikke tekst i det ventede tegnsettet. Ingenting er lest inn. Sjekk at riktig fil er levert, og tegnsettet i tilkoblingen.",
		NN: "Den første linja er ikkje tekst i det venta teiknsettet. Ingenting er lese inn. Sjekk at rett fil er levert, og teiknsettet i tilkoplinga.",
		EN: "The first line is not text in the expected encoding. Nothing was loaded. Check that the right file was delivered, and the encoding of the connection.",
	},
	"error.csv.line_ends": {
		NB: "Linjene i filen slutter med CR alene, som i gamle Mac-filer. Ingenting er lest inn. Be kilden levere med LF eller CRLF.",
		NN: "Linjene i fila sluttar med CR åleine, som i gamle Mac-filer. Ingenting er lese inn. Be kjelda levere med LF eller CRLF.",
		EN: "The lines of the file end with CR alone, as in old Mac files. Nothing was loaded. Ask the source to deliver with LF or CRLF.",
	},
	"error.csv.utf16": {
		NB: "Filen er skrevet i UTF-16 («Unicode-tekst» fra et regneark). Ingenting er lest inn. Be kilden levere i UTF-8.",
		NN: "Fila er skriven i UTF-16 («Unicode-tekst» frå eit rekneark). Ingenting er lese inn. Be kjelda levere i UTF-8.",
		EN: "The file is written in UTF-16 (“Unicode text” from a spreadsheet). Nothing was loaded. Ask the source to deliver in UTF-8.",
	},

	"reason.row.quote": {
		NB: "Et anførselstegn står feil, så feltene i raden kan ikke skilles",
		NN: "Eit hermeteikn står feil, så felta i rada kan ikkje skiljast",
		EN: "A quotation mark is misplaced, so the fields of the row cannot be told apart",
	},
	"reason.row.fields": {
		NB: "Raden har et annet antall felt enn overskriften",
		NN: "Rada har eit anna tal felt enn overskrifta",
		EN: "The row has another number of fields than the header",
	},
	"reason.row.too_long": {
		NB: "Raden er lengre enn grensen",
		NN: "Rada er lengre enn grensa",
		EN: "The row is longer than the limit",
	},
	"reason.row.nul": {
		NB: "Raden inneholder et tegn som ikke er tekst (NUL)",
		NN: "Rada inneheld eit teikn som ikkje er tekst (NUL)",
		EN: "The row holds a character that is not text (NUL)",
	},
	"reason.row.identity": {
		NB: "Et felt for helsedata inneholder navn, nummer eller adresse til personen selv",
		NN: "Eit felt for helsedata inneheld namn, nummer eller adresse til personen sjølv",
		EN: "A field of health data holds the name, number or address of the person",
	},
	"reason.row.person_number": {
		NB: "Et felt for helsedata inneholder noe som leses som et personnummer",
		NN: "Eit felt for helsedata inneheld noko som blir lese som eit personnummer",
		EN: "A field of health data holds something that reads as a person number",
	},
	"reason.row.encoding": {
		NB: "Raden har tegn som ikke er i filens tegnsett",
		NN: "Rada har teikn som ikkje er i teiknsettet til fila",
		EN: "The row has characters that are not in the file's encoding",
	},
}
