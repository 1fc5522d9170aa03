package text

// runbookRun says what to do when a run is held, has nothing to read, fails or did not start.
var runbookRun = Catalogue{
	"runbook.hold.quarantined.meaning": {
		NB: "En større andel av radene enn grensen tillater, ble holdt tilbake. Innlesingen er rullet tilbake, registeret er uendret, og leveransen ligger forseglet til noen bestemmer.",
		NN: "Ein større del av radene enn grensa tillèt, vart halden tilbake. Innlesinga er rulla tilbake, registeret er uendra, og leveransen ligg forsegla til nokon avgjer.",
		EN: "A greater share of the rows than the limit allows was held back. The load was rolled back, the registry is unchanged, and the delivery lies sealed until somebody decides.",
	},
	"runbook.hold.quarantined.do": {
		NB: "Se grunnene på kjøringens side. Én ny grunn på mange rader betyr som regel at kilden eller en kodeliste er endret.\nSier grunnen at et felt for helsedata inneholder navn eller nummer, be kilden ta det ut, eller klassifiser feltet som direkte identifiserende. Slike rader slippes aldri gjennom.\nEr radene som gikk gjennom riktige, frigi kjøringen. Resten blir i karantene.\nEr noe galt med alt, avvis kjøringen, rett mappingen eller be kilden levere på nytt.",
		NN: "Sjå grunnane på sida til køyringa. Éin ny grunn på mange rader tyder som regel at kjelda eller ei kodeliste er endra.\nSeier grunnen at eit felt for helsedata inneheld namn eller nummer, be kjelda ta det ut, eller klassifiser feltet som direkte identifiserande. Slike rader blir aldri sleppte gjennom.\nEr radene som gjekk gjennom rette, frigi køyringa. Resten blir i karantene.\nEr noko gale med alt, avvis køyringa, rett mappinga eller be kjelda levere på nytt.",
		EN: "See the reasons on the run's page. One new reason on many rows usually means that the source or a code list has changed.\nIf the reason says that a field of health data holds a name or number, ask the source to take it out, or class the field as directly identifying. Such rows are never let through.\nIf the rows that passed are right, release the run. The rest stay in quarantine.\nIf something is wrong with everything, reject the run, and correct the mapping or ask the source to deliver again.",
	},
	"runbook.hold.volume.meaning": {
		NB: "Leveransen er mye mindre enn vanlig, eller tom. Registeret er uendret, og leveransen ligger forseglet til noen bestemmer.",
		NN: "Leveransen er mykje mindre enn vanleg, eller tom. Registeret er uendra, og leveransen ligg forsegla til nokon avgjer.",
		EN: "The delivery is much smaller than usual, or empty. The registry is unchanged, and the delivery lies sealed until somebody decides.",
	},
	"runbook.hold.volume.do": {
		NB: "Spør kilden om uttrekket er helt. Ferie og helg kan være gode grunner.\nEr det helt, frigi kjøringen. Er det ikke, avvis den og be om ny leveranse.\nSkjer det ofte, juster grensen. En løsere grense må godkjennes.",
		NN: "Spør kjelda om uttrekket er heilt. Ferie og helg kan vere gode grunnar.\nEr det heilt, frigi køyringa. Er det ikkje, avvis ho og be om ny leveranse.\nSkjer det ofte, juster grensa. Ei lausare grense må godkjennast.",
		EN: "Ask the source whether the extract is whole. Holidays and weekends can be good reasons.\nIf it is, release the run. If not, reject it and ask for a new delivery.\nIf it happens often, adjust the limit. A looser limit must be approved.",
	},
	"runbook.hold.columns.meaning": {
		NB: "Leveransen har kolonner som ingen har klassifisert, eller mangler kolonner som mappingen kjenner uten å bruke. Innlesingen er rullet tilbake, registeret er uendret, og leveransen ligger forseglet til noen bestemmer. Ingen celle i en ny kolonne er lest inn eller vist.",
		NN: "Leveransen har kolonnar som ingen har klassifisert, eller manglar kolonnar som mappinga kjenner utan å bruke. Innlesinga er rulla tilbake, registeret er uendra, og leveransen ligg forsegla til nokon avgjer. Inga celle i ein ny kolonne er lesen inn eller vist.",
		EN: "The delivery has columns that nobody has classed, or lacks columns that the mapping knows without using them. The load was rolled back, the registry is unchanged, and the delivery lies sealed until somebody decides. No cell of a new column was loaded or shown.",
	},
	"runbook.hold.columns.do": {
		NB: "Se nye og borte kolonner på kjøringens side, og spør kilden hva som er endret.\nTrenger registeret en ny kolonne, klassifiser den i mappingen, lagre en ny versjon og send den til godkjenning. Les så leveransen på nytt.\nTrenger registeret den ikke, be kilden la være å sende den. Frigi kjøringen én gang, eller godta leveransen som ny normal. Den nye kolonnen blir uansett ikke lest.\nEr leveransen feil, avvis kjøringen og be om en ny.",
		NN: "Sjå nye og borte kolonnar på sida til køyringa, og spør kjelda kva som er endra.\nTreng registeret ein ny kolonne, klassifiser han i mappinga, lagre ein ny versjon og send ho til godkjenning. Les så leveransen på nytt.\nTreng registeret han ikkje, be kjelda la vere å sende han. Frigi køyringa éin gong, eller godta leveransen som ny normal. Den nye kolonnen blir uansett ikkje lesen.\nEr leveransen feil, avvis køyringa og be om ein ny.",
		EN: "See new and gone columns on the run's page, and ask the source what has changed.\nIf the registry needs a new column, class it in the mapping, save a new version and submit it for approval. Then read the delivery again.\nIf it does not, ask the source not to send it. Release the run once, or accept the delivery as the new normal. The new column is not read either way.\nIf the delivery is wrong, reject the run and ask for another.",
	},
	"runbook.hold.types.meaning": {
		NB: "En kolonne som mappingen leser, har fått en annen type verdier, eller mange rader har koder som ingen har sett før. Innlesingen er rullet tilbake, registeret er uendret, og leveransen ligger forseglet til noen bestemmer.",
		NN: "Ein kolonne som mappinga les, har fått ein annan type verdiar, eller mange rader har kodar som ingen har sett før. Innlesinga er rulla tilbake, registeret er uendra, og leveransen ligg forsegla til nokon avgjer.",
		EN: "A column that the mapping reads holds another type of values, or many rows have codes that nobody has seen before. The load was rolled back, the registry is unchanged, and the delivery lies sealed until somebody decides.",
	},
	"runbook.hold.types.do": {
		NB: "Se før og nå ved siden av hverandre på kjøringens side.\nSpør kilden hva som er endret, og fra når.\nAvgjør nye koder i kodekøen, og lagre en ny versjon av mappingen hvis den må endres. Den må godkjennes.\nEr leveransen riktig slik den er, frigi den én gang, eller godta den som ny normal. Er den feil, avvis den.",
		NN: "Sjå før og no ved sida av kvarandre på sida til køyringa.\nSpør kjelda kva som er endra, og frå når.\nAvgjer nye kodar i kodekøen, og lagre ein ny versjon av mappinga om ho må endrast. Ho må godkjennast.\nEr leveransen rett slik han er, frigi han éin gong, eller godta han som ny normal. Er han feil, avvis han.",
		EN: "See before and now side by side on the run's page.\nAsk the source what has changed, and from when.\nDecide on new codes in the code queue, and save a new version of the mapping if it must change. It must be approved.\nIf the delivery is right as it is, release it once, or accept it as the new normal. If it is wrong, reject it.",
	},
	"runbook.run.newer_loaded.meaning": {
		NB: "Noen ville frigi en kjøring som er eldre enn det som sist ble lest inn, eller to avgjorde den samtidig. Det ville satt eldre verdier inn igjen, så ingenting skjedde.",
		NN: "Nokon ville frigi ei køyring som er eldre enn det som sist vart lese inn, eller to avgjorde ho samtidig. Det ville sett eldre verdiar inn igjen, så ingenting skjedde.",
		EN: "Somebody wanted to release a run that is older than what was loaded last, or two decided at once. Older values would have come back, so nothing happened.",
	},
	"runbook.run.newer_loaded.do": {
		NB: "Last siden på nytt, og se om noen andre har avgjort kjøringen.\nEr den nyere leveransen riktig, avvis den eldre.\nSkal den eldre likevel inn, angre den nyere først.",
		NN: "Last sida på nytt, og sjå om nokon andre har avgjort køyringa.\nEr den nyare leveransen rett, avvis den eldre.\nSkal den eldre likevel inn, angre den nyare først.",
		EN: "Reload the page, and see whether somebody else has decided the run.\nIf the newer delivery is right, reject the older one.\nIf the older one is to be loaded all the same, undo the newer one first.",
	},
	"runbook.delivery.nothing.meaning": {
		NB: "Ingen ferdig leveranse lå klar, eller filen mangler kontrollfilen som sier at den er ferdig. Registeret er uendret.",
		NN: "Ingen ferdig leveranse låg klar, eller fila manglar kontrollfila som seier at ho er ferdig. Registeret er uendra.",
		EN: "No finished delivery was ready, or the file lacks the control file that says that it is finished. The registry is unchanged.",
	},
	"runbook.delivery.nothing.do": {
		NB: "Sjekk at kilden har levert, og at kontrollfilen kommer sist.\nSe om tidsplanen går før kilden pleier å være ferdig.\nNeste kjøring leser det som da er ferdig. Du trenger ikke gjøre noe mer.",
		NN: "Sjekk at kjelda har levert, og at kontrollfila kjem sist.\nSjå om tidsplanen går før kjelda plar vere ferdig.\nNeste køyring les det som då er ferdig. Du treng ikkje gjere noko meir.",
		EN: "Check that the source has delivered, and that the control file comes last.\nSee whether the schedule runs before the source is usually done.\nThe next run reads what is finished then. You need do nothing more.",
	},
	"runbook.delivery.checksum.meaning": {
		NB: "Filen stemmer ikke med kontrollfilen, er avkortet, skadet eller ble endret mens vi leste. Ingenting av den er lest inn, og registeret er uendret.",
		NN: "Fila stemmer ikkje med kontrollfila, er avkorta, skadd eller vart endra medan vi las. Ingenting av ho er lese inn, og registeret er uendra.",
		EN: "The file does not agree with the control file, is cut short or damaged, or was changed while we read it. Nothing of it was loaded, and the registry is unchanged.",
	},
	"runbook.delivery.checksum.do": {
		NB: "Be kilden levere filen og kontrollfilen på nytt, kontrollfilen sist.\nDen stopper leveransene etter seg til den er levert på nytt under samme navn. Haster det, sett den til side på siden til kjøringen, med en grunn: den blir forseglet og flyttet ut av mappen, og neste kjøring leser den neste.\nSkjer det igjen, sjekk plassen på disken og overføringen: filen skal skrives under et midlertidig navn og så gis nytt navn.\nFlytt aldri på tallene i kontrollfilen for å komme videre.",
		NN: "Be kjelda levere fila og kontrollfila på nytt, kontrollfila sist.\nHan stoppar leveransane etter seg til han er levert på nytt under same namn. Hastar det, set han til side på sida til køyringa, med ein grunn: han blir forsegla og flytta ut av mappa, og neste køyring les den neste.\nSkjer det igjen, sjekk plassen på disken og overføringa: fila skal skrivast under eit mellombels namn og så få nytt namn.\nFlytt aldri på tala i kontrollfila for å kome vidare.",
		EN: "Ask the source to deliver the file and the control file again, the control file last.\nIt stops the deliveries after it until it is delivered again under the same name. If it is urgent, set it aside on the run's page, with a reason: it is sealed and moved out of the folder, and the next run reads the one after it.\nIf it happens again, check the room on the disk and the transfer: the file should be written under a temporary name and then renamed.\nNever change the figures in the control file to get on.",
	},
	"runbook.delivery.column_missing.meaning": {
		NB: "Kolonnene i leveransen er ikke de mappingen kjenner: en mangler, en står to ganger, eller ingen er kjent. Ingenting er lest inn, og registeret er uendret.",
		NN: "Kolonnane i leveransen er ikkje dei mappinga kjenner: ein manglar, ein står to gonger, eller ingen er kjend. Ingenting er lese inn, og registeret er uendra.",
		EN: "The columns of the delivery are not those that the mapping knows: one is missing, one stands twice, or none is known. Nothing was loaded, and the registry is unchanged.",
	},
	"runbook.delivery.column_missing.do": {
		NB: "Spør kilden om uttrekket er endret. Er ingen kolonne kjent, mangler linjen med navn, eller navnene er skrevet på en annen måte: store og små bokstaver teller.\nEr det en feil, be om ny leveranse.\nHaster det å få lest dem som kommer etter, sett leveransen til side på siden til kjøringen.\nEr det meningen, rett kildefeltene i mappingen, lagre en ny versjon og send den til godkjenning.",
		NN: "Spør kjelda om uttrekket er endra. Er ingen kolonne kjend, manglar linja med namn, eller namna er skrivne på ein annan måte: store og små bokstavar tel.\nEr det ein feil, be om ny leveranse.\nHastar det å få lese dei som kjem etter, set leveransen til side på sida til køyringa.\nEr det meininga, rett kjeldefelta i mappinga, lagre ein ny versjon og send ho til godkjenning.",
		EN: "Ask the source whether the extract has changed. If no column is known, the line of names is missing, or the names are written in another way: upper and lower case count.\nIf it is a mistake, ask for a new delivery.\nIf those after it are urgent, set the delivery aside on the run's page.\nIf it is meant, correct the source fields in the mapping, save a new version and submit it for approval.",
	},
	"runbook.delivery.column_unclassed.meaning": {
		NB: "Leveransen har en kolonne som ingen har sagt hva er. Den kan være identitet, så ingenting er lest inn. Registeret er uendret.",
		NN: "Leveransen har ein kolonne som ingen har sagt kva er. Han kan vere identitet, så ingenting er lese inn. Registeret er uendra.",
		EN: "The delivery has a column that nobody has said what is. It may be identity, so nothing was loaded. The registry is unchanged.",
	},
	"runbook.delivery.column_unclassed.do": {
		NB: "Trenger registeret feltet? Hvis ikke, be kilden la være å sende det.\nHvis ja, klassifiser det i mappingen og send endringen til godkjenning.",
		NN: "Treng registeret feltet? Viss ikkje, be kjelda la vere å sende det.\nViss ja, klassifiser det i mappinga og send endringa til godkjenning.",
		EN: "Does the registry need the field? If not, ask the source not to send it.\nIf so, class it in the mapping and submit the change for approval.",
	},
	"runbook.delivery.person_numbers.meaning": {
		NB: "En kolonne som er klassifisert som teknisk, eller som bare brukes som tall, inneholder personnumre i mer enn hver femte rad. Enkelte tall på elleve siffer kan se slik ut ved en tilfeldighet, men ikke så mange. Ingenting er lest inn, og registeret er uendret.",
		NN: "Ein kolonne som er klassifisert som teknisk, eller som berre blir brukt som tal, inneheld personnummer i meir enn kvar femte rad. Enkelte tal på elleve siffer kan sjå slik ut ved eit høve, men ikkje så mange. Ingenting er lese inn, og registeret er uendra.",
		EN: "A column that is classed as technical, or that is only used as numbers, holds person numbers in more than every fifth row. Single numbers of eleven digits can look like that by chance, but not so many. Nothing was loaded, and the registry is unchanged.",
	},
	"runbook.delivery.person_numbers.do": {
		NB: "Spør kilden hva kolonnen inneholder.\nEr det personnumre registeret trenger, klassifiser kolonnen som direkte identifiserende i mappingen, lagre en ny versjon og send den til godkjenning.\nTrenger registeret dem ikke, be kilden la være å sende kolonnen.",
		NN: "Spør kjelda kva kolonnen inneheld.\nEr det personnummer registeret treng, klassifiser kolonnen som direkte identifiserande i mappinga, lagre ein ny versjon og send ho til godkjenning.\nTreng registeret dei ikkje, be kjelda la vere å sende kolonnen.",
		EN: "Ask the source what the column holds.\nIf it is person numbers that the registry needs, class the column as directly identifying in the mapping, save a new version and submit it for approval.\nIf the registry does not need them, ask the source not to send the column.",
	},
	"runbook.csv.not_text.meaning": {
		NB: "Filen kan ikke leses som tabell: feil tegnsett, feil skilletegn eller en ødelagt overskriftslinje. Ingenting er lest inn, og registeret er uendret.",
		NN: "Fila kan ikkje lesast som tabell: feil teiknsett, feil skiljeteikn eller ei øydelagd overskriftslinje. Ingenting er lese inn, og registeret er uendra.",
		EN: "The file cannot be read as a table: wrong encoding, wrong delimiter or a broken header line. Nothing was loaded, and the registry is unchanged.",
	},
	"runbook.csv.not_text.do": {
		NB: "Åpne de første linjene i en tekstleser, ikke i et regneark. Regneark skriver filen om.\nStemmer tegnsett og skilletegn med tilkoblingen? Rett den som er feil.\nEr overskriften ødelagt, be kilden levere på nytt under samme navn.\nDen stopper leveransene etter seg til den er levert på nytt under samme navn. Haster det, sett den til side på siden til kjøringen, med en grunn: den blir forseglet og flyttet ut av mappen, og neste kjøring leser den neste.",
		NN: "Opne dei første linjene i ein tekstlesar, ikkje i eit rekneark. Rekneark skriv fila om.\nStemmer teiknsett og skiljeteikn med tilkoplinga? Rett den som er feil.\nEr overskrifta øydelagd, be kjelda levere på nytt under same namn.\nHan stoppar leveransane etter seg til han er levert på nytt under same namn. Hastar det, set han til side på sida til køyringa, med ein grunn: han blir forsegla og flytta ut av mappa, og neste køyring les den neste.",
		EN: "Open the first lines in a text viewer, not in a spreadsheet. Spreadsheets rewrite the file.\nDo encoding and delimiter agree with the connection? Correct the one that is wrong.\nIf the header is broken, ask the source to deliver again under the same name.\nIt stops the deliveries after it until it is delivered again under the same name. If it is urgent, set it aside on the run's page, with a reason: it is sealed and moved out of the folder, and the next run reads the one after it.",
	},
	"runbook.files.folder.meaning": {
		NB: "Mappen eller filen kan ikke brukes slik tilkoblingen er satt opp. Ingenting er hentet, og registeret er uendret.",
		NN: "Mappa eller fila kan ikkje brukast slik tilkoplinga er sett opp. Ingenting er henta, og registeret er uendra.",
		EN: "The folder or file cannot be used as the connection is set up. Nothing was fetched, and the registry is unchanged.",
	},
	"runbook.files.folder.do": {
		NB: "Finnes mappen på maskinen Samband kjører på? Er disken koblet til?\nSamband må få både lese og skrive der: leste filer forsegles og fjernes.\nBruk «Prøv tilkoblingen» på systemets side. En annen mappe krever ny godkjenning.",
		NN: "Finst mappa på maskina Samband køyrer på? Er disken kopla til?\nSamband må få både lese og skrive der: lesne filer blir forsegla og fjerna.\nBruk «Prøv tilkoplinga» på sida til systemet. Ei anna mappe krev ny godkjenning.",
		EN: "Does the folder exist on the machine that Samband runs on? Is the disk mounted?\nSamband must be allowed both to read and to write there: files that were read are sealed and removed.\nUse “Try the connection” on the system's page. Another folder needs a new approval.",
	},
	"runbook.delivery.seal.meaning": {
		NB: "Leveransen kunne ikke forsegles eller åpnes igjen. Data som er lest inn, er riktige. Ligger filen i klartekst i mappen, er den ikke beskyttet.",
		NN: "Leveransen kunne ikkje forseglast eller opnast att. Data som er lesne inn, er rette. Ligg fila i klartekst i mappa, er ho ikkje verna.",
		EN: "The delivery could not be sealed or opened again. Data that were loaded are right. If the file lies in clear in the folder, it is not protected.",
	},
	"runbook.delivery.seal.do": {
		NB: "Sjekk plass og rettigheter i datamappen og i mappen for leveranser. Neste kjøring forsegler det som ligger igjen.\nMangler nøkkelen for leveranser, legg den tilbake fra der nøklene oppbevares.\nKan en forseglet leveranse ikke åpnes, be kilden levere på nytt.",
		NN: "Sjekk plass og rettar i datamappa og i mappa for leveransar. Neste køyring forseglar det som ligg att.\nManglar nøkkelen for leveransar, legg han tilbake frå der nøklane blir oppbevarte.\nKan ein forsegla leveranse ikkje opnast, be kjelda levere på nytt.",
		EN: "Check room and permissions in the data folder and the folder for deliveries. The next run seals what is left.\nIf the key for deliveries is missing, put it back from where the keys are kept.\nIf a sealed delivery cannot be opened, ask the source to deliver again.",
	},
	"runbook.run.failed.meaning": {
		NB: "Noe gikk galt i Samband selv. Ingenting av leveransen er lest inn, og den ligger der den lå.",
		NN: "Noko gjekk gale i Samband sjølv. Ingenting av leveransen er lese inn, og han ligg der han låg.",
		EN: "Something went wrong in Samband itself. Nothing of the delivery was loaded, and it lies where it was.",
	},
	"runbook.run.failed.do": {
		NB: "Kjør på nytt én gang.\nGjentar det seg, finn linjen med referansen i tjenerens logg. Den inneholder aldri identitet.\nKjør «samband doctor», og meld fra med referansen, versjonen og det doctor svarte.",
		NN: "Køyr på nytt éin gong.\nTek det seg opp att, finn linja med referansen i loggen på tenaren. Ho inneheld aldri identitet.\nKøyr «samband doctor», og meld frå med referansen, versjonen og det doctor svara.",
		EN: "Run again once.\nIf it happens again, find the line with the reference in the server's log. It never holds identity.\nRun “samband doctor”, and report the reference, the version and what doctor answered.",
	},
	"runbook.run.interrupted.meaning": {
		NB: "Prosessen stoppet mens kjøringen pågikk, eller en annen prosess tok over. Innlesingen er rullet tilbake: registeret er som før, og ingenting er doblet.",
		NN: "Prosessen stoppa medan køyringa gjekk, eller ein annan prosess tok over. Innlesinga er rulla tilbake: registeret er som før, og ingenting er dobla.",
		EN: "The process stopped while the run was going, or another process took over. The load was rolled back: the registry is as before, and nothing is doubled.",
	},
	"runbook.run.interrupted.do": {
		NB: "Kjør på nytt, eller vent til neste forfall.\nSkjer det igjen, se i loggen om maskinen gikk tom for minne, plass eller ble startet på nytt.",
		NN: "Køyr på nytt, eller vent til neste forfall.\nSkjer det igjen, sjå i loggen om maskina gjekk tom for minne, plass eller vart starta på nytt.",
		EN: "Run again, or wait for the next due time.\nIf it happens again, see in the log whether the machine ran out of memory or room, or was restarted.",
	},
	"runbook.run.lost_often.meaning": {
		NB: "Prosessen forsvant gang på gang mens den arbeidet med kjøringen, med stadig lengre ventetid imellom. Da er det trolig noe ved leveransen eller maskinen som stopper den. Hvert forsøk er rullet tilbake: registeret er som før, og leveransen ligger der den lå.",
		NN: "Prosessen forsvann gong på gong medan han arbeidde med køyringa, med stadig lengre ventetid imellom. Då er det truleg noko ved leveransen eller maskina som stoppar han. Kvart forsøk er rulla tilbake: registeret er som før, og leveransen ligg der han låg.",
		EN: "The process went away again and again while it was at work with the run, with longer and longer waits between. Then something about the delivery or the machine probably stops it. Each attempt was rolled back: the registry is as before, and the delivery lies where it was.",
	},
	"runbook.run.lost_often.do": {
		NB: "Sett integrasjonen på pause, så neste forfall ikke stopper prosessen igjen.\nSe i maskinens logg hva som skjedde på tidspunktene i kjøringens logg: tom for minne (oom), full disk, omstart eller en feilmelding som slutter med «goroutine».\nRett årsaken, eller gi prosessen mer minne. Er det leveransen, ta vare på den og be kilden levere på nytt.\nKjør på nytt, og slå av pausen når kjøringen er fullført.",
		NN: "Set integrasjonen på pause, så neste forfall ikkje stoppar prosessen igjen.\nSjå i loggen til maskina kva som skjedde på tidspunkta i loggen til køyringa: tom for minne (oom), full disk, omstart eller ei feilmelding som sluttar med «goroutine».\nRett årsaka, eller gi prosessen meir minne. Er det leveransen, ta vare på han og be kjelda levere på nytt.\nKøyr på nytt, og slå av pausen når køyringa er fullført.",
		EN: "Pause the integration, so that the next due time doesn't stop the process again.\nSee in the machine's log what happened at the times in the run's log: out of memory (oom), disk full, a restart, or a message that ends with \"goroutine\".\nPut the cause right, or give the process more memory. If it is the delivery, keep it and ask the source to deliver again.\nRun again, and end the pause when the run has succeeded.",
	},
	"runbook.run.unbalanced.meaning": {
		NB: "Radene som ble lest, er ikke alle gjort rede for. En slik kjøring leses aldri inn. Registeret er uendret.",
		NN: "Radene som vart lesne, er ikkje alle gjorde greie for. Ei slik køyring blir aldri lesen inn. Registeret er uendra.",
		EN: "Not all rows that were read are accounted for. Such a run is never loaded. The registry is unchanged.",
	},
	"runbook.run.unbalanced.do": {
		NB: "Dette er en feil i Samband. Sett integrasjonen på pause.\nTa vare på leveransen og loggen, og meld fra med referansen.",
		NN: "Dette er ein feil i Samband. Set integrasjonen på pause.\nTa vare på leveransen og loggen, og meld frå med referansen.",
		EN: "This is a fault in Samband. Pause the integration.\nKeep the delivery and the log, and report it with the reference.",
	},
	"runbook.run.unanswered.meaning": {
		NB: "Samband sendte poster til en mottaker og fikk ikke svar. Mottakeren kan ha dem eller ikke. De sendes ikke på nytt før noen har avstemt, for da kunne de bli stående dobbelt. Registeret er uendret.",
		NN: "Samband sende postar til ein mottakar og fekk ikkje svar. Mottakaren kan ha dei eller ikkje. Dei blir ikkje sende på nytt før nokon har avstemt, for då kunne dei bli ståande dobbelt. Registeret er uendra.",
		EN: "Samband sent records to a receiver and got no answer. The receiver may have them or not. They are not sent again before somebody has reconciled, since they could then be there twice. The registry is unchanged.",
	},
	"runbook.run.unanswered.do": {
		NB: "Åpne kjøringen og velg «Avstem».\nSpør mottakeren om nøklene som står der. Der Samband kan spørre selv, står svaret på siden.\nVelg for hver post, eller for alle: kom frem, kom ikke frem, send på nytt. Skriv hvordan dere vet det.\nNeste kjøring sender det som ikke kom frem.",
		NN: "Opne køyringa og vel «Avstem».\nSpør mottakaren om nøklane som står der. Der Samband kan spørje sjølv, står svaret på sida.\nVel for kvar post, eller for alle: kom fram, kom ikkje fram, send på nytt. Skriv korleis de veit det.\nNeste køyring sender det som ikkje kom fram.",
		EN: "Open the run and choose “Reconcile”.\nAsk the receiver about the keys that stand there. Where Samband can ask by itself, the answer is on the page.\nChoose for each record, or for all: arrived, did not arrive, send again. Write how you know.\nThe next run sends what did not arrive.",
	},
	"runbook.run.not_arrived.meaning": {
		NB: "En sending uten svar er avstemt. Det som kom frem, regnes som sendt. Resten er ikke sendt.",
		NN: "Ei sending utan svar er avstemt. Det som kom fram, blir rekna som sendt. Resten er ikkje sendt.",
		EN: "A sending without an answer has been reconciled. What arrived counts as sent. The rest is not sent.",
	},
	"runbook.run.not_arrived.do": {
		NB: "Kjør integrasjonen på nytt, eller vent på neste forfall. Bare det som mangler, blir sendt.",
		NN: "Køyr integrasjonen på nytt, eller vent på neste forfall. Berre det som manglar, blir sendt.",
		EN: "Run the integration again, or wait for the next due time. Only what is missing is sent.",
	},
	"runbook.outgoing.no_variable.meaning": {
		NB: "Mappingen sender en variabel som registerets kodebok ikke har. Ingenting er sendt, og mottakeren har det den hadde.",
		NN: "Mappinga sender ein variabel som kodeboka til registeret ikkje har. Ingenting er sendt, og mottakaren har det han hadde.",
		EN: "The mapping sends a variable that the registry's codebook does not have. Nothing was sent, and the receiver has what it had.",
	},
	"runbook.outgoing.no_variable.do": {
		NB: "Åpne mappingen og bytt variabelen med en som finnes.\nSend den nye versjonen til godkjenning, og kjør på nytt.",
		NN: "Opne mappinga og byt variabelen med ein som finst.\nSend den nye versjonen til godkjenning, og køyr på nytt.",
		EN: "Open the mapping and put a variable that exists in its place.\nSubmit the new version for approval, and run again.",
	},
	"runbook.outgoing.no_from.meaning": {
		NB: "Det finnes ingenting å sende: mappingen leser ingen kodebok, eller registeret har ingen rader etter den. Ingenting er sendt.",
		NN: "Det finst ingenting å sende: mappinga les inga kodebok, eller registeret har ingen rader etter henne. Ingenting er sendt.",
		EN: "There is nothing to send: the mapping reads no codebook, or the registry holds no rows by it. Nothing was sent.",
	},
	"runbook.outgoing.no_from.do": {
		NB: "Åpne mappingen og velg under «Kildefelt» hvilken kodebok som leses.\nHar registeret ingen rader, last inn data med integrasjonen som fyller det.\nSend den nye versjonen til godkjenning, og kjør på nytt.",
		NN: "Opne mappinga og vel under «Kjeldefelt» kva kodebok som blir lesen.\nHar registeret ingen rader, last inn data med integrasjonen som fyller det.\nSend den nye versjonen til godkjenning, og køyr på nytt.",
		EN: "Open the mapping and choose under “Source fields” which codebook is read.\nIf the registry has no rows, load data by the integration that fills it.\nSubmit the new version for approval, and run again.",
	},
	"runbook.run.scope_changed.meaning": {
		NB: "Noen endret integrasjonen, mappingen eller tilkoblingen mens kjøringen pågikk. Ingenting er lest inn, for det som ble kjørt, er ikke lenger det som står.",
		NN: "Nokon endra integrasjonen, mappinga eller tilkoplinga medan køyringa gjekk. Ingenting er lese inn, for det som vart køyrt, er ikkje lenger det som står.",
		EN: "Somebody changed the integration, the mapping or the connection while the run was going. Nothing was loaded, for what ran is no longer what stands.",
	},
	"runbook.run.scope_changed.do": {
		NB: "Se i revisjonsloggen hva som ble endret.\nEr endringen godkjent, kjør på nytt. Ellers send den til godkjenning.",
		NN: "Sjå i revisjonsloggen kva som vart endra.\nEr endringa godkjend, køyr på nytt. Elles send ho til godkjenning.",
		EN: "See in the audit log what was changed.\nIf the change is approved, run again. Otherwise submit it for approval.",
	},
	"runbook.run.cancelled.meaning": {
		NB: "Noen avbrøt kjøringen. Ingenting er lest inn, og leveransen ligger der den lå.",
		NN: "Nokon avbraut køyringa. Ingenting er lese inn, og leveransen ligg der han låg.",
		EN: "Somebody cancelled the run. Nothing was loaded, and the delivery lies where it was.",
	},
	"runbook.run.cancelled.do": {
		NB: "Se på kjøringens side hvem som avbrøt.\nKjør på nytt når grunnen er borte. Neste forfall går som vanlig.",
		NN: "Sjå på sida til køyringa kven som avbraut.\nKøyr på nytt når grunnen er borte. Neste forfall går som vanleg.",
		EN: "See on the run's page who cancelled it.\nRun again when the reason is gone. The next due time is as usual.",
	},
	"runbook.run.overlap.meaning": {
		NB: "Forrige kjøring av integrasjonen var ikke ferdig, så denne startet ikke. Registeret er uendret. Neste kjøring henter det som er nytt siden sist.",
		NN: "Førre køyring av integrasjonen var ikkje ferdig, så denne starta ikkje. Registeret er uendra. Neste køyring hentar det som er nytt sidan sist.",
		EN: "The previous run of the integration had not finished, so this one did not start. The registry is unchanged. The next run fetches what is new since last time.",
	},
	"runbook.run.overlap.do": {
		NB: "Se om den forrige fortsatt går, eller venter på at noen avgjør.\nSkjer det ofte, kjør sjeldnere eller velg kø i tidsplanen.",
		NN: "Sjå om den førre framleis går, eller ventar på at nokon avgjer.\nSkjer det ofte, køyr sjeldnare eller vel kø i tidsplanen.",
		EN: "See whether the previous one is still going, or waits for somebody to decide.\nIf it happens often, run more seldom or choose queueing in the schedule.",
	},
	"runbook.slot.down.meaning": {
		NB: "Portalen var nede da kjøringen skulle startet, og tidsplanens regel sier at den ikke tas igjen. Registeret er uendret. Neste kjøring henter det som er nytt siden sist.",
		NN: "Portalen var nede då køyringa skulle starta, og regelen i tidsplanen seier at ho ikkje blir teken igjen. Registeret er uendra. Neste køyring hentar det som er nytt sidan sist.",
		EN: "The portal was down when the run was due, and the schedule's rule says that it is not caught up. The registry is unchanged. The next run fetches what is new since last time.",
	},
	"runbook.slot.down.do": {
		NB: "Haster det, trykk «Kjør nå».\nFinn ut hvorfor portalen var nede: se loggen rundt tidspunktet.\nVil dere at slikt tas igjen, endre regelen i tidsplanen. Det krever ikke godkjenning.",
		NN: "Hastar det, trykk «Køyr no».\nFinn ut kvifor portalen var nede: sjå loggen rundt tidspunktet.\nVil de at slikt blir teke igjen, endre regelen i tidsplanen. Det krev ikkje godkjenning.",
		EN: "If it is urgent, press “Run now”.\nFind out why the portal was down: see the log around that time.\nIf you want such runs caught up, change the rule in the schedule. That needs no approval.",
	},
	"runbook.slot.paused.meaning": {
		NB: "Tidsplanen var satt på pause. Registeret er uendret. Det som forfalt i pausen, kjøres ikke etterpå.",
		NN: "Tidsplanen var sett på pause. Registeret er uendra. Det som forfall i pausen, blir ikkje køyrt etterpå.",
		EN: "The schedule was paused. The registry is unchanged. What fell due in the pause is not run afterwards.",
	},
	"runbook.slot.paused.do": {
		NB: "Se på tidsplanen hvem som satte pausen, og hvorfor.\nStart igjen når grunnen er borte. Den første kjøringen henter alt som er nytt.",
		NN: "Sjå på tidsplanen kven som sette pausen, og kvifor.\nStart igjen når grunnen er borte. Den første køyringa hentar alt som er nytt.",
		EN: "See on the schedule who paused it, and why.\nStart again when the reason is gone. The first run fetches everything new.",
	},
	"runbook.backfill.stopped.meaning": {
		NB: "En kjøring i etterfyllingen gikk ikke bra, så resten av planen ble ikke startet. Dagene før den er lest inn og står. Dagene etter er som før.",
		NN: "Ei køyring i etterfyllinga gjekk ikkje bra, så resten av planen vart ikkje starta. Dagane før ho er lesne inn og står. Dagane etter er som før.",
		EN: "A run of the backfill did not go well, so the rest of its plan was not started. The days before it are loaded and stay. The days after it are as before.",
	},
	"runbook.backfill.stopped.do": {
		NB: "Åpne den siste kjøringen i etterfyllingen som startet, og følg avsnittet om grunnen der.\nLag en ny plan for dagene som mangler når grunnen er rettet.\nDet er over når kjøringene i den nye planen har lyktes.",
		NN: "Opne den siste køyringa i etterfyllinga som starta, og følg avsnittet om grunnen der.\nLag ein ny plan for dagane som manglar når grunnen er retta.\nDet er over når køyringane i den nye planen har lukkast.",
		EN: "Open the last run of the backfill that started, and follow the section about its reason.\nMake a new plan for the days that are missing when the reason is put right.\nIt is over when the runs of the new plan have succeeded.",
	},
	"runbook.undo.built_on.meaning": {
		NB: "Innlesingen ble ikke angret. Senere kjøringer er lest inn oppå den, også de som fant alt uendret, eller kjøringen leste ikke inn noe. Registeret er uendret.",
		NN: "Innlesinga vart ikkje angra. Seinare køyringar er lesne inn oppå ho, også dei som fann alt uendra, eller køyringa las ikkje inn noko. Registeret er uendra.",
		EN: "The load was not undone. Later runs were loaded on top of it, also those that found everything unchanged, or the run loaded nothing. The registry is unchanged.",
	},
	"runbook.undo.built_on.do": {
		NB: "Se i feilteksten hvilken kjøring som bygger på denne.\nAngre den nyeste først, og gå bakover én og én. Les så inn på nytt dem som skal gjelde, den eldste først.\nEr det bare noen verdier som er feil, er en rettelse og en ny kjøring tryggere.",
		NN: "Sjå i feilteksten kva køyring som byggjer på denne.\nAngre den nyaste først, og gå bakover éi og éi. Les så inn på nytt dei som skal gjelde, den eldste først.\nEr det berre nokre verdiar som er feil, er ei retting og ei ny køyring tryggare.",
		EN: "See in the message which run builds on this one.\nUndo the newest first, and go back one by one. Then load again those that are to stand, the oldest first.\nIf only some values are wrong, a correction and a new run are safer.",
	},
}
