package text

// backupTexts holds what is said of backups, of putting them back, and of the high-water mark.
var backupTexts = Catalogue{
	"error.backup.running": {
		NB: "Det tas en sikkerhetskopi allerede. Vent til den er ferdig.",
		NN: "Det blir teke ein tryggingskopi alt. Vent til han er ferdig.",
		EN: "A backup is being made already. Wait until it is finished.",
	},
	"error.backup.postgres": {
		NB: "Databasene ligger på en PostgreSQL-tjener og kan ikke kopieres herfra. Ta sikkerhetskopi av dem med pg_dump eller tjenerens egen kopi over tid (PITR). Kjør så «samband backup --files DIR» for det som ligger i filer.",
		NN: "Databasane ligg på ein PostgreSQL-tenar og kan ikkje kopierast herifrå. Ta tryggingskopi av dei med pg_dump eller tenarens eigen kopi over tid (PITR). Køyr så «samband backup --files DIR» for det som ligg i filer.",
		EN: "The databases are on a PostgreSQL server and cannot be copied from here. Back them up with pg_dump or the server's own point-in-time recovery (PITR). Then run “samband backup --files DIR” for what lies in files.",
	},
	"error.backup.together": {
		NB: "{path} og {other} ligger i hverandre. Data, nøkler og sikkerhetskopier må ligge hver for seg, så den som får tak i én av dem, ikke får alle. Ingenting er skrevet. Velg en annen mappe.",
		NN: "{path} og {other} ligg i kvarandre. Data, nøklar og tryggingskopiar må liggje kvar for seg, så den som får tak i éin av dei, ikkje får alle. Ingenting er skrive. Vel ei anna mappe.",
		EN: "{path} and {other} lie within each other. Data, keys and backups must lie apart, so that whoever gets hold of one does not get them all. Nothing was written. Choose another folder.",
	},
	"error.backup.write": {
		NB: "Sikkerhetskopien kunne ikke skrives i {path}. Ingen ny kopi er laget, og de som ligger der, er urørt. Sjekk plass og rettigheter.",
		NN: "Tryggingskopien kunne ikkje skrivast i {path}. Ingen ny kopi er laga, og dei som ligg der, er urørte. Sjekk plass og rettar.",
		EN: "The backup could not be written in {path}. No new backup was made, and those that lie there are untouched. Check space and permissions.",
	},
	"error.backup.read": {
		NB: "En fil i datamappen kan ikke leses. Ingen ny sikkerhetskopi er laget. Sjekk disken og rettighetene.",
		NN: "Ei fil i datamappa kan ikkje lesast. Ingen ny tryggingskopi er laga. Sjekk disken og rettane.",
		EN: "A file in the data folder cannot be read. No new backup was made. Check the disk and the permissions.",
	},
	"error.backup.not_set": {
		NB: "Det er ingen sikkerhetskopi i {path}. Oppgi mappen med kopier, eller en av dem. Ingenting er skrevet.",
		NN: "Det er ingen tryggingskopi i {path}. Gi opp mappa med kopiar, eller ein av dei. Ingenting er skrive.",
		EN: "There is no backup in {path}. Give the folder of backups, or one of them. Nothing was written.",
	},
	"error.backup.signature": {
		NB: "Innholdslisten i {path} er ikke den som denne installasjonen signerte. Enten er den endret, eller så hører kopien til en annen signeringsnøkkel. Ingenting er skrevet.",
		NN: "Innhaldslista i {path} er ikkje den som denne installasjonen signerte. Anten er ho endra, eller så høyrer kopien til ein annan signeringsnøkkel. Ingenting er skrive.",
		EN: "The manifest in {path} is not the one that this installation signed. Either it was changed, or the backup belongs to another signing key. Nothing was written.",
	},
	"error.backup.format": {
		NB: "Sikkerhetskopien er i format {format}. Denne utgaven leser format {known}. Ingenting er skrevet. Bruk utgaven som laget kopien.",
		NN: "Tryggingskopien er i format {format}. Denne utgåva les format {known}. Ingenting er skrive. Bruk utgåva som laga kopien.",
		EN: "The backup is in format {format}. This edition reads format {known}. Nothing was written. Use the edition that made the backup.",
	},
	"error.backup.key": {
		NB: "Sikkerhetskopien er forseglet med en annen nøkkel, {key}. Uten den kan ingen lese kopien. Ingenting er skrevet. Finn kopien av nøklene fra den gangen.",
		NN: "Tryggingskopien er forsegla med ein annan nøkkel, {key}. Utan han kan ingen lese kopien. Ingenting er skrive. Finn kopien av nøklane frå den gongen.",
		EN: "The backup is sealed with another key, {key}. Without it nobody can read the backup. Nothing was written. Find the copy of the keys from that time.",
	},
	"error.backup.broken": {
		NB: "Filen {name} i sikkerhetskopien {set} mangler eller er skadet. Kopien kan ikke brukes. Ta en ny kopi nå, og legg den på en annen disk.",
		NN: "Fila {name} i tryggingskopien {set} manglar eller er skadd. Kopien kan ikkje brukast. Ta ein ny kopi no, og legg han på ein annan disk.",
		EN: "The file {name} in the backup {set} is missing or damaged. The backup cannot be used. Make a new one now, and put it on another disk.",
	},
	"error.backup.none": {
		NB: "Det er aldri tatt sikkerhetskopi. Går disken tapt, er alt tapt. Kjør «samband backup DIR».",
		NN: "Det er aldri teke tryggingskopi. Går disken tapt, er alt tapt. Køyr «samband backup DIR».",
		EN: "No backup was ever made. If the disk is lost, everything is lost. Run “samband backup DIR”.",
	},
	"error.backup.no_key": {
		NB: "Ingen har en kopi av nøkkelen til sikkerhetskopien. Går denne maskinen tapt, kan ingen lese den, så den regnes ikke. Kjør «samband backup-keys DIR».",
		NN: "Ingen har ein kopi av nøkkelen til tryggingskopien. Går denne maskina tapt, kan ingen lese han, så han blir ikkje rekna. Køyr «samband backup-keys DIR».",
		EN: "Nobody has a copy of the key of the backup. If this machine is lost, nobody can read it, so it counts as none. Run “samband backup-keys DIR”.",
	},
	"error.backup.old": {
		NB: "Siste sikkerhetskopi er fra {at}, {hours} {hours|time|timer} siden. Det som er gjort etter det, finnes bare her. Se hvorfor den neste ikke kom.",
		NN: "Siste tryggingskopi er frå {at}, {hours} {hours|time|timar} sidan. Det som er gjort etter det, finst berre her. Sjå kvifor den neste ikkje kom.",
		EN: "The last backup is from {at}, {hours} {hours|hour|hours} ago. What was done since exists only here. Find out why the next one did not come.",
	},
	"error.backup.keys_not_copied": {
		NB: "Det finnes ingen kjent kopi av alle hovednøklene. Går denne maskinen tapt, kan ingen lese sikkerhetskopier eller hvelv. Kjør «samband backup-keys DIR».",
		NN: "Det finst ingen kjend kopi av alle hovudnøklane. Går denne maskina tapt, kan ingen lese tryggingskopiar eller kvelv. Køyr «samband backup-keys DIR».",
		EN: "No copy of all the master keys is known. If this machine is lost, nobody can read backups or the vault. Run “samband backup-keys DIR”.",
	},
	"error.image.read": {
		NB: "Databasefilen {name} kan ikke leses. Ingenting er skrevet. Sjekk disken.",
		NN: "Databasefila {name} kan ikkje lesast. Ingenting er skrive. Sjekk disken.",
		EN: "The database file {name} cannot be read. Nothing was written. Check the disk.",
	},
	"error.image.damaged": {
		NB: "Databasefilen {name} er skadet. Portalen retter den ikke selv, og lager ingen sikkerhetskopi av den. Stopp portalen og gjenopprett fra siste hele sikkerhetskopi.",
		NN: "Databasefila {name} er skadd. Portalen rettar henne ikkje sjølv, og lagar ingen tryggingskopi av henne. Stopp portalen og gjenopprett frå siste heile tryggingskopi.",
		EN: "The database file {name} is damaged. The portal does not repair it by itself, and makes no backup of it. Stop the portal and restore the last whole backup.",
	},
	"error.mark.behind": {
		NB: "Databasene mangler noe som var der {at}: {entries} {entries|linje|linjer} i revisjonsloggen, {runs} {runs|kjøring|kjøringer}, endringer i {places} {places|annen database|andre databaser}. Portalen kan leses, men ingenting kjører før noen har sett på det. Gå til Administrasjon, eller kjør «samband confirm-restore».",
		NN: "Databasane manglar noko som var der {at}: {entries} {entries|linje|linjer} i revisjonsloggen, {runs} {runs|køyring|køyringar}, endringar i {places} {places|annan database|andre databasar}. Portalen kan lesast, men ingenting køyrer før nokon har sett på det. Gå til Administrasjon, eller køyr «samband confirm-restore».",
		EN: "The databases lack something that was there {at}: {entries} {entries|line|lines} of the audit log, {runs} {runs|run|runs}, changes in {places} other {places|database|databases}. The portal can be read, but nothing runs until somebody has looked into it. Go to Administration, or run “samband confirm-restore”.",
	},
	"error.mark.ahead": {
		NB: "Et register har data fra kjøringer som portalen ikke kjenner. Da er portaldatabasen eldre enn registrene. Portalen kan leses, men ingenting kjører før noen har sett på det. Gå til Administrasjon, eller kjør «samband confirm-restore».",
		NN: "Eit register har data frå køyringar som portalen ikkje kjenner. Då er portaldatabasen eldre enn registera. Portalen kan lesast, men ingenting køyrer før nokon har sett på det. Gå til Administrasjon, eller køyr «samband confirm-restore».",
		EN: "A registry holds data of runs that the portal does not know. Then the portal database is older than the registries. The portal can be read, but nothing runs until somebody has looked into it. Go to Administration, or run “samband confirm-restore”.",
	},
	"error.mark.broken": {
		NB: "Høyvannsmerket i {path} er endret eller signert med en annen nøkkel. Da kan det ikke sies om noe mangler i databasene. Portalen kan leses, men ingenting kjører før noen har sett på det. Gå til Administrasjon, eller kjør «samband confirm-restore».",
		NN: "Høgvassmerket i {path} er endra eller signert med ein annan nøkkel. Då kan det ikkje seiast om noko manglar i databasane. Portalen kan lesast, men ingenting køyrer før nokon har sett på det. Gå til Administrasjon, eller køyr «samband confirm-restore».",
		EN: "The high-water mark in {path} was changed or signed with another key. So it cannot be said whether the databases lack anything. The portal can be read, but nothing runs until somebody has looked into it. Go to Administration, or run “samband confirm-restore”.",
	},
	"error.mark.restored": {
		NB: "Sikkerhetskopien {set} er lagt tilbake. Den viser hvordan alt var {at}. Portalen kan leses, men ingenting kjører før noen har bekreftet at arbeidet skal gå videre derfra. Gå til Administrasjon, eller kjør «samband confirm-restore».",
		NN: "Tryggingskopien {set} er lagd tilbake. Han viser korleis alt var {at}. Portalen kan lesast, men ingenting køyrer før nokon har stadfesta at arbeidet skal gå vidare derifrå. Gå til Administrasjon, eller køyr «samband confirm-restore».",
		EN: "The backup {set} was restored. It shows how everything was {at}. The portal can be read, but nothing runs until somebody has confirmed that work goes on from there. Go to Administration, or run “samband confirm-restore”.",
	},
	"error.witness.same_folder": {
		NB: "SAMBAND_MARK og SAMBAND_CHECKPOINTS er samme mappe, {path}. Der ville de skrevet over hverandre. Portalen starter ikke. Gi dem hver sin mappe.",
		NN: "SAMBAND_MARK og SAMBAND_CHECKPOINTS er same mappe, {path}. Der ville dei skrive over kvarandre. Portalen startar ikkje. Gi dei kvar si mappe.",
		EN: "SAMBAND_MARK and SAMBAND_CHECKPOINTS are the same folder, {path}. There they would overwrite each other. The portal does not start. Give each a folder of its own.",
	},
	"error.backup.set_broken": {
		NB: "Filen {name} i sikkerhetskopien {set} mangler eller er skadet. Ingenting er lagt tilbake. Gjenopprett fra en eldre kopi: oppgi mappen til kopien selv.",
		NN: "Fila {name} i tryggingskopien {set} manglar eller er skadd. Ingenting er lagt tilbake. Gjenopprett frå ein eldre kopi: gi opp mappa til kopien sjølv.",
		EN: "The file {name} in the backup {set} is missing or damaged. Nothing was restored. Restore an older backup: give the folder of the backup itself.",
	},
	"error.backup.gone": {
		NB: "Den siste sikkerhetskopien, {set}, ligger ikke lenger i {path}. Er den slettet eller disken borte? Går denne maskinen tapt, finnes bare det eldre kopier har. Finn den igjen, eller ta en ny: kjør «samband backup DIR».",
		NN: "Den siste tryggingskopien, {set}, ligg ikkje lenger i {path}. Er han sletta eller disken borte? Går denne maskina tapt, finst berre det eldre kopiar har. Finn han igjen, eller ta ein ny: køyr «samband backup DIR».",
		EN: "The last backup, {set}, no longer lies in {path}. Was it deleted, or is the disk away? If this machine is lost, there is only what older backups hold. Find it again, or make a new one: run “samband backup DIR”.",
	},
	"error.mark.folder": {
		NB: "Mappen for høyvannsmerket, {path}, kan ikke leses eller skrives. Ingenting kjører før den er i orden. Da går arbeidet videre av seg selv.",
		NN: "Mappa for høgvassmerket, {path}, kan ikkje lesast eller skrivast. Ingenting køyrer før ho er i orden. Då går arbeidet vidare av seg sjølv.",
		EN: "The folder of the high-water mark, {path}, cannot be read or written. Nothing runs until it is in order. Then work goes on by itself.",
	},
	"error.mark.nothing": {
		NB: "Ingenting mangler, så det er ingenting å bekrefte.",
		NN: "Ingenting manglar, så det er ingenting å stadfeste.",
		EN: "Nothing is missing, so there is nothing to confirm.",
	},
	"error.datadir.restoring": {
		NB: "Datamappen {path} er halvveis gjenopprettet. Samband starter ikke der. Tøm mappen, bortsett fra nøklene, og gjenopprett på nytt.",
		NN: "Datamappa {path} er halvvegs gjenoppretta. Samband startar ikkje der. Tøm mappa, bortsett frå nøklane, og gjenopprett på nytt.",
		EN: "The data folder {path} is half restored. Samband does not start there. Empty the folder, but for the keys, and restore again.",
	},
	"error.datadir.not_empty": {
		NB: "Datamappen {path} er ikke tom: den har {name}. Ingenting er skrevet. En sikkerhetskopi legges bare tilbake i en mappe som er tom eller bare har nøklene.",
		NN: "Datamappa {path} er ikkje tom: ho har {name}. Ingenting er skrive. Ein tryggingskopi blir berre lagd tilbake i ei mappe som er tom eller berre har nøklane.",
		EN: "The data folder {path} is not empty: it has {name}. Nothing was written. A backup is only restored into a folder that is empty or has nothing but the keys.",
	},
	"error.key.copy_other": {
		NB: "I {path} ligger det allerede en annen {key}-nøkkel. Den er ikke rørt. Velg en tom mappe.",
		NN: "I {path} ligg det alt ein annan {key}-nøkkel. Han er ikkje rørt. Vel ei tom mappe.",
		EN: "In {path} lies another {key} key already. It was not touched. Choose an empty folder.",
	},
	"error.db.keep": {
		NB: "Databasen skal oppgraderes, men kopien som skal kunne legges tilbake, kan ikke skrives i {path}. Portalen starter ikke, og databasen er ikke rørt. Frigjør plass og start igjen.",
		NN: "Databasen skal oppgraderast, men kopien som skal kunne leggjast tilbake, kan ikkje skrivast i {path}. Portalen startar ikkje, og databasen er ikkje rørt. Frigjer plass og start igjen.",
		EN: "The database is to be upgraded, but the copy to go back to cannot be written in {path}. The portal does not start, and the database was not touched. Free some space and start again.",
	},
	"mark.problem": {
		NB: "Databasene er ikke det de var",
		NN: "Databasane er ikkje det dei var",
		EN: "The databases are not what they were",
	},
	"audit.kind.backup": {
		NB: "Sikkerhetskopi",
		NN: "Tryggingskopi",
		EN: "Backup",
	},
	"audit.kind.mark": {
		NB: "Høyvannsmerket",
		NN: "Høgvassmerket",
		EN: "High-water mark",
	},
	"audit.did.keys": {
		NB: "hovednøklene kopiert",
		NN: "hovudnøklane kopierte",
		EN: "master keys copied",
	},
	"audit.detail.folder": {
		NB: "Mappe",
		NN: "Mappe",
		EN: "Folder",
	},
	"audit.detail.files": {
		NB: "Filer",
		NN: "Filer",
		EN: "Files",
	},
	"audit.detail.key": {
		NB: "Nøkkel",
		NN: "Nøkkel",
		EN: "Key",
	},
	"audit.detail.keys": {
		NB: "Nøkler",
		NN: "Nøklar",
		EN: "Keys",
	},
	"audit.detail.postgres": {
		NB: "PostgreSQL",
		NN: "PostgreSQL",
		EN: "PostgreSQL",
	},
	"audit.detail.entries": {
		NB: "Linjer som mangler",
		NN: "Linjer som manglar",
		EN: "Lines missing",
	},
	"audit.detail.lost_runs": {
		NB: "Kjøringer som mangler",
		NN: "Køyringar som manglar",
		EN: "Runs missing",
	},
	"audit.detail.registries": {
		NB: "Registre som mangler innlesinger eller andre endringer",
		NN: "Register som manglar innlesingar eller andre endringar",
		EN: "Registries lacking loads or other changes",
	},
	"audit.detail.lost_choices": {
		NB: "Samtykkelageret mangler endringer",
		NN: "Samtykkelageret manglar endringar",
		EN: "The store of consents lacks changes",
	},
	"audit.detail.lost_persons": {
		NB: "Hvelvet mangler endringer",
		NN: "Kvelvet manglar endringar",
		EN: "The vault lacks changes",
	},
	"audit.did.anew": {
		NB: "laget på nytt av det som var der",
		NN: "laga på nytt av det som var der",
		EN: "made anew from what was there",
	},
	"docs.file.backup": {
		NB: "Tar en sikkerhetskopi ved siden av portalen under systemd. Mappen den skrives til, settes her.",
		NN: "Tek ein tryggingskopi ved sida av portalen under systemd. Mappa han blir skriven til, blir sett her.",
		EN: "Makes a backup beside the portal under systemd. The folder it is written to is set here.",
	},
	"docs.file.timer": {
		NB: "Setter sikkerhetskopien i gang hver natt.",
		NN: "Set tryggingskopien i gang kvar natt.",
		EN: "Starts the backup every night.",
	},
	"doctor.backup": {
		NB: "Sikkerhetskopi {set} fra {at}",
		NN: "Tryggingskopi {set} frå {at}",
		EN: "Backup {set} from {at}",
	},
	"doctor.backup_none": {
		NB: "Sikkerhetskopi: ingen er tatt",
		NN: "Tryggingskopi: ingen er teken",
		EN: "Backup: none was made",
	},
	"doctor.backup_demo": {
		NB: "Sikkerhetskopi: ingen er tatt, og demonstrasjonen trenger ingen",
		NN: "Tryggingskopi: ingen er teken, og demonstrasjonen treng ingen",
		EN: "Backup: none was made, and the demonstration needs none",
	},
	"doctor.key_copies_demo": {
		NB: "Kopi av hovednøklene: ingen er tatt, og demonstrasjonen trenger ingen",
		NN: "Kopi av hovudnøklane: ingen er teken, og demonstrasjonen treng ingen",
		EN: "Copy of the master keys: none was made, and the demonstration needs none",
	},
	"doctor.key_copies": {
		NB: "Kopi av hovednøklene",
		NN: "Kopi av hovudnøklane",
		EN: "Copy of the master keys",
	},
	"doctor.mark": {
		NB: "Høyvannsmerket",
		NN: "Høgvassmerket",
		EN: "The high-water mark",
	},
	"setting.mark": {
		NB: "mappen for det signerte høyvannsmerket (<datamappen>/mark); legg den utenfor datamappen, og la prosesser med samme database dele den, så en database som er lagt tilbake, blir oppdaget også når hele mappen er det",
		NN: "mappa for det signerte høgvassmerket (<datamappa>/mark); legg ho utanfor datamappa, og la prosessar med same database dele ho, så ein database som er lagd tilbake, blir oppdaga også når heile mappa er det",
		EN: "the folder of the signed high-water mark (<data folder>/mark); put it outside the data folder, and let processes with the same database share it, so that a database that was put back is noticed also when the whole folder was",
	},
	"command.does.backup": {
		NB: "Tar en sikkerhetskopi av alt til en ny mappe i DIR, mens arbeidet går. Kopien er forseglet, signert og lest tilbake før den får navnet sitt. Med PostgreSQL tar den bare det som ligger i filer.",
		NN: "Tek ein tryggingskopi av alt til ei ny mappe i DIR, medan arbeidet går. Kopien er forsegla, signert og lesen tilbake før han får namnet sitt. Med PostgreSQL tek han berre det som ligg i filer.",
		EN: "Makes a backup of everything in a new folder in DIR, while work goes on. The backup is sealed, signed and read back before it gets its name. With PostgreSQL it takes only what lies in files.",
	},
	"command.does.restore": {
		NB: "Legger en sikkerhetskopi tilbake i datamappen, som må være tom eller bare ha nøklene. DIR er kopien, eller mappen med kopier: da brukes den nyeste. Alt sjekkes før noe skrives.",
		NN: "Legg ein tryggingskopi tilbake i datamappa, som må vere tom eller berre ha nøklane. DIR er kopien, eller mappa med kopiar: då blir den nyaste brukt. Alt blir sjekka før noko blir skrive.",
		EN: "Restores a backup into the data folder, which must be empty or have nothing but the keys. DIR is the backup, or the folder of backups: then the newest is used. Everything is checked before anything is written.",
	},
	"command.does.backup-keys": {
		NB: "Kopierer hovednøklene til DIR, atskilt fra data og sikkerhetskopier, og noterer at det er gjort. Uten en slik kopi regnes ingen sikkerhetskopi.",
		NN: "Kopierer hovudnøklane til DIR, skilde frå data og tryggingskopiar, og noterer at det er gjort. Utan ein slik kopi blir ingen tryggingskopi rekna.",
		EN: "Copies the master keys to DIR, apart from data and backups, and notes that this was done. Without such a copy no backup counts.",
	},
	"command.does.confirm-restore": {
		NB: "Sier hva som mangler etter en gjenoppretting eller en tapt slutt av databasen. Med --reason bekreftes det at arbeidet går videre derfra.",
		NN: "Seier kva som manglar etter ei gjenoppretting eller ein tapt slutt av databasen. Med --reason blir det stadfesta at arbeidet går vidare derifrå.",
		EN: "Says what is missing after a restore or a lost end of the database. With --reason it is confirmed that work goes on from there.",
	},
	"command.option.files": {
		NB: "ta det som ligger i filer: databasene ligger på en PostgreSQL-tjener, som har sin egen sikkerhetskopi",
		NN: "ta det som ligg i filer: databasane ligg på ein PostgreSQL-tenar, som har sin eigen tryggingskopi",
		EN: "take what lies in files: the databases are on a PostgreSQL server, which has a backup of its own",
	},
	"command.option.keep": {
		NB: "så mange hele sikkerhetskopier blir liggende i DIR, de nyeste. Eldre slettes når den nye er lest tilbake, men aldri når nøkkelen til den nye ikke er kopiert. Uten valget slettes ingen",
		NN: "så mange heile tryggingskopiar blir liggjande i DIR, dei nyaste. Eldre blir sletta når den nye er lesen tilbake, men aldri når nøkkelen til den nye ikkje er kopiert. Utan valet blir ingen sletta",
		EN: "how many whole backups stay in DIR, the newest. Older ones are removed when the new one was read back, but never when its key was not copied. Without the option none is removed",
	},
	"command.backup.removed": {
		NB: "{n} eldre {n|sikkerhetskopi|sikkerhetskopier} er slettet: {sets}.",
		NN: "{n} eldre {n|tryggingskopi|tryggingskopiar} er sletta: {sets}.",
		EN: "{n} older {n|backup was|backups were} removed: {sets}.",
	},
	"error.backup.keep": {
		NB: "Tallet etter --keep må være minst 1, eller 0 for å beholde alle.",
		NN: "Talet etter --keep må vere minst 1, eller 0 for å halde på alle.",
		EN: "The number after --keep must be at least 1, or 0 to keep all.",
	},
	"audit.detail.removed": {
		NB: "Slettede sikkerhetskopier",
		NN: "Sletta tryggingskopiar",
		EN: "Removed backups",
	},
	"command.backup.made": {
		NB: "Sikkerhetskopien er tatt: {path}\n{files} {files|fil|filer}, {mb} MB. Den er lest tilbake og er hel.",
		NN: "Tryggingskopien er teken: {path}\n{files} {files|fil|filer}, {mb} MB. Han er lesen tilbake og er heil.",
		EN: "The backup is made: {path}\n{files} {files|file|files}, {mb} MB. It was read back and is whole.",
	},
	"command.backup.no_key": {
		NB: "Ingen kjent kopi av nøkkelen finnes, så sikkerhetskopien regnes ikke ennå. Kjør «samband backup-keys DIR» til et annet sted.",
		NN: "Ingen kjend kopi av nøkkelen finst, så tryggingskopien blir ikkje rekna enno. Køyr «samband backup-keys DIR» til ein annan stad.",
		EN: "No copy of the key is known, so the backup does not count yet. Run “samband backup-keys DIR” to another place.",
	},
	"command.backup.postgres": {
		NB: "Databasene er ikke med. De må ha en sikkerhetskopi av sin egen på PostgreSQL-tjeneren (pg_dump eller PITR).",
		NN: "Databasane er ikkje med. Dei må ha ein eigen tryggingskopi på PostgreSQL-tenaren (pg_dump eller PITR).",
		EN: "The databases are not in it. They need a backup of their own on the PostgreSQL server (pg_dump or PITR).",
	},
	"command.backup.keys": {
		NB: "Nøklene er kopiert til {path}: {keys}.\nLegg kopien i en safe, på et annet sted enn sikkerhetskopiene. Den som har begge, kan lese alt.",
		NN: "Nøklane er kopierte til {path}: {keys}.\nLegg kopien i ein safe, på ein annan stad enn tryggingskopiane. Den som har begge, kan lese alt.",
		EN: "The keys are copied to {path}: {keys}.\nPut the copy in a safe, in another place than the backups. Whoever has both can read everything.",
	},
	"command.backup.same_disk": {
		NB: "Kopien ligger på samme filsystem som dataene eller sikkerhetskopiene. Flytt den derfra nå.",
		NN: "Kopien ligg på same filsystem som dataa eller tryggingskopiane. Flytt han derifrå no.",
		EN: "The copy lies on the same file system as the data or the backups. Move it away from there now.",
	},
	"command.restore.done": {
		NB: "Sikkerhetskopien {set} er lagt tilbake i {path}: {files} {files|fil|filer}, slik alt var {at}.",
		NN: "Tryggingskopien {set} er lagd tilbake i {path}: {files} {files|fil|filer}, slik alt var {at}.",
		EN: "The backup {set} is restored in {path}: {files} {files|file|files}, as everything was {at}.",
	},
	"command.restore.checkpoints": {
		NB: "Sjekkpunktene i {path} er nyere og er ikke rørt. Revisjonsloggen holdes mot dem.",
		NN: "Sjekkpunkta i {path} er nyare og er ikkje rørte. Revisjonsloggen blir halden mot dei.",
		EN: "The checkpoints in {path} are newer and were not touched. The audit log is held against them.",
	},
	"command.restore.next": {
		NB: "Gjør nå:\n1. Start portalen. Kjøringer som gikk da kopien ble tatt, gjøres opp. Ingenting nytt kjører.\n2. Se i portalen hva som er gjort siden kopien, og lever det som mangler på nytt.\n3. Kjør «samband confirm-restore --reason TEKST». Da går arbeidet videre.",
		NN: "Gjer no:\n1. Start portalen. Køyringar som gjekk då kopien vart teken, blir gjorde opp. Ingenting nytt køyrer.\n2. Sjå i portalen kva som er gjort sidan kopien, og lever det som manglar på nytt.\n3. Køyr «samband confirm-restore --reason TEKST». Då går arbeidet vidare.",
		EN: "Do now:\n1. Start the portal. Runs that went on when the backup was made are settled. Nothing new runs.\n2. See in the portal what was done since the backup, and deliver again what is missing.\n3. Run “samband confirm-restore --reason TEXT”. Then work goes on.",
	},
	"command.restore.postgres": {
		NB: "Databasene er ikke med i kopien. Legg dem tilbake på PostgreSQL-tjeneren først, fra samme tid.",
		NN: "Databasane er ikkje med i kopien. Legg dei tilbake på PostgreSQL-tenaren først, frå same tid.",
		EN: "The databases are not in the backup. Restore them on the PostgreSQL server first, from the same time.",
	},
	"restore.title": {NB: "Noe mangler i databasene", NN: "Noko manglar i databasane", EN: "The databases lack something"},
	"restore.lead": {
		NB: "Når en sikkerhetskopi er lagt tilbake, eller en database har mistet slutten, kjører ingenting før noen har sett på det.",
		NN: "Når ein tryggingskopi er lagd tilbake, eller ein database har mista slutten, køyrer ingenting før nokon har sett på det.",
		EN: "When a backup was restored, or a database has lost its end, nothing runs until somebody has looked into it.",
	},
	"restore.lacking": {NB: "Innlesinger som er borte", NN: "Innlesingar som er borte", EN: "Loads that are gone"},
	"restore.lacking.lead": {
		NB: "Registeret er satt tilbake til før disse kjøringene, så det de leste inn, finnes ikke der lenger. Planlegg en tilbakefylling for hver integrasjon. Linjen forsvinner når leveransene er lest inn på nytt.",
		NN: "Registeret er sett tilbake til før desse køyringane, så det dei las inn, finst ikkje der lenger. Planlegg ei tilbakefylling for kvar integrasjon. Linja forsvinn når leveransane er lesne inn på nytt.",
		EN: "The registry was put back to before these runs, so that what they loaded is no longer there. Plan a backfill for each integration. The line disappears when the deliveries are loaded again.",
	},
	"restore.lacking.integration": {NB: "Integrasjon", NN: "Integrasjon", EN: "Integration"},
	"restore.lacking.runs":        {NB: "Kjøringer", NN: "Køyringar", EN: "Runs"},
	"restore.lacking.rows":        {NB: "Rader", NN: "Rader", EN: "Rows"},
	"restore.lacking.days":        {NB: "Dager", NN: "Dagar", EN: "Days"},
	"restore.lacking.period":      {NB: "{from} til {to}", NN: "{from} til {to}", EN: "{from} to {to}"},
	"restore.lacking.do":          {NB: "Planlegg tilbakefylling", NN: "Planlegg tilbakefylling", EN: "Plan a backfill"},
	"command.confirm.lacking": {
		NB: "{integration} har mistet {n} {n|innlesing|innlesinger}. Planlegg en tilbakefylling fra {from} til {to}.",
		NN: "{integration} har mista {n} {n|innlesing|innlesingar}. Planlegg ei tilbakefylling frå {from} til {to}.",
		EN: "{integration} has lost {n} {n|load|loads}. Plan a backfill from {from} to {to}.",
	},
	"restore.nothing": {NB: "Ingenting mangler", NN: "Ingenting manglar", EN: "Nothing is missing"},
	"restore.nothing.text": {
		NB: "Databasene er minst så langt som høyvannsmerket sier.",
		NN: "Databasane er minst så langt som høgvassmerket seier.",
		EN: "The databases are at least as far as the high-water mark says.",
	},
	"restore.missing": {NB: "Hva som mangler", NN: "Kva som manglar", EN: "What is missing"},
	"restore.runbook": {NB: "Hva du gjør først", NN: "Kva du gjer først", EN: "What to do first"},
	"restore.log": {
		NB: "Revisjonsloggen er en annen enn den som ble signert sist. Bekrefter du, godtas den fra nå av. Sikkerhetsansvarlig får beskjed.",
		NN: "Revisjonsloggen er ein annan enn den som vart signert sist. Stadfestar du, blir han godteken frå no av. Tryggleiksansvarleg får beskjed.",
		EN: "The audit log is another than the one that was signed last. If you confirm, it is accepted from now on. The security officer is told.",
	},
	"restore.go_on": {NB: "Gå videre herfra", NN: "Gå vidare herifrå", EN: "Go on from here"},
	"restore.go_on.lead": {
		NB: "Gjør det bare når du vet hva som skjedde, og når det som mangler, er hentet igjen eller kan leveres på nytt.",
		NN: "Gjer det berre når du veit kva som skjedde, og når det som manglar, er henta igjen eller kan leverast på nytt.",
		EN: "Do that only when you know what happened, and when what is missing has been recovered or can be delivered again.",
	},
	"restore.reason": {NB: "Hva skjedde?", NN: "Kva skjedde?", EN: "What happened?"},
	"restore.reason.hint": {
		NB: "Blir stående i revisjonsloggen.",
		NN: "Blir ståande i revisjonsloggen.",
		EN: "Stays in the audit log.",
	},
	"restore.look": {NB: "Se over før du bekrefter", NN: "Sjå over før du stadfestar", EN: "Review before you confirm"},
	"restore.sure": {NB: "Skal arbeidet gå videre herfra?", NN: "Skal arbeidet gå vidare herifrå?", EN: "Is work to go on from here?"},
	"restore.follows": {
		NB: "Det som mangler, regnes som tapt. Planlagte kjøringer starter igjen med en gang, og nye kjøringer får nummer etter dem som er tapt. Dette kan ikke gjøres om.",
		NN: "Det som manglar, blir rekna som tapt. Planlagde køyringar startar igjen med ein gong, og nye køyringar får nummer etter dei som er tapte. Dette kan ikkje gjerast om.",
		EN: "What is missing counts as lost. Scheduled runs start again at once, and new runs get numbers after those that are lost. This cannot be undone.",
	},
	"restore.stale": {
		NB: "Ingenting er bekreftet. Det som mangler, er et annet enn da du åpnet siden. Se over, og bekreft på nytt.",
		NN: "Ingenting er stadfesta. Det som manglar, er eit anna enn då du opna sida. Sjå over, og stadfest på nytt.",
		EN: "Nothing is confirmed. What is missing is not what it was when you opened the page. Look it over, and confirm again.",
	},
	"restore.yes":  {NB: "Bekreft og gå videre", NN: "Stadfest og gå vidare", EN: "Confirm and go on"},
	"restore.done": {NB: "Bekreftet. Arbeidet går videre.", NN: "Stadfesta. Arbeidet går vidare.", EN: "Confirmed. Work goes on."},
	"command.confirm.entries": {
		NB: "Revisjonsloggen mangler {n} {n|linje|linjer}.",
		NN: "Revisjonsloggen manglar {n} {n|linje|linjer}.",
		EN: "The audit log lacks {n} {n|line|lines}.",
	},
	"command.confirm.runs": {
		NB: "{n} {n|kjøring|kjøringer} mangler.",
		NN: "{n} {n|køyring|køyringar} manglar.",
		EN: "{n} {n|run is|runs are} missing.",
	},
	"command.confirm.registry": {
		NB: "Registeret {registry} mangler innlesinger eller andre endringer.",
		NN: "Registeret {registry} manglar innlesingar eller andre endringar.",
		EN: "The registry {registry} lacks loads or other changes.",
	},
	"command.confirm.consent": {
		NB: "Samtykkelageret mangler lister eller endringer av dem. Hent listene på nytt før noe kjøres.",
		NN: "Samtykkelageret manglar lister eller endringar av dei. Hent listene på nytt før noko blir køyrt.",
		EN: "The store of consents lacks lists, or changes of them. Fetch the lists again before anything runs.",
	},
	"command.confirm.vault": {
		NB: "Hvelvet mangler personer eller endringer av dem.",
		NN: "Kvelvet manglar personar eller endringar av dei.",
		EN: "The vault lacks persons, or changes of them.",
	},
	"command.confirm.unknown": {
		NB: "Et register har data fra kjøringer som portalen ikke kjenner.",
		NN: "Eit register har data frå køyringar som portalen ikkje kjenner.",
		EN: "A registry holds data of runs that the portal does not know.",
	},
	"command.confirm.how": {
		NB: "Skal arbeidet gå videre herfra, kjør «samband confirm-restore --reason TEKST».",
		NN: "Skal arbeidet gå vidare herifrå, køyr «samband confirm-restore --reason TEKST».",
		EN: "If work is to go on from here, run “samband confirm-restore --reason TEXT”.",
	},
	"command.confirm.done": {
		NB: "Det er bekreftet og står i revisjonsloggen. Arbeidet går videre.",
		NN: "Det er stadfesta og står i revisjonsloggen. Arbeidet går vidare.",
		EN: "It is confirmed and stands in the audit log. Work goes on.",
	},
}
