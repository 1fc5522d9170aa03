package text

import (
	"strings"

	"samband/store"
)

// runs holds the words of runs: counts, stages and how a run ended.
var runs = Catalogue{
	"count.read":        {NB: "Lest", NN: "Lese", EN: "Read"},
	"count.loaded":      {NB: "Nye og endrede", NN: "Nye og endra", EN: "New and changed"},
	"count.unchanged":   {NB: "Uendret", NN: "Uendra", EN: "Unchanged"},
	"count.merged":      {NB: "Slått sammen", NN: "Slått saman", EN: "Merged"},
	"count.filtered":    {NB: "Filtrert bort", NN: "Filtrert bort", EN: "Filtered out"},
	"count.quarantined": {NB: "Karantene", NN: "Karantene", EN: "Quarantined"},
	"count.blocked":     {NB: "Sperret", NN: "Sperra", EN: "Blocked"},

	"count.loaded.help": {
		NB: "Endret det registeret inneholder",
		NN: "Endra det registeret inneheld",
		EN: "Changed what the registry holds",
	},
	"count.loaded.would": {
		NB: "Ville ha endret det registeret inneholder",
		NN: "Ville ha endra det registeret inneheld",
		EN: "Would have changed what the registry holds",
	},
	"count.unchanged.help": {
		NB: "Finnes allerede likt i registeret",
		NN: "Finst alt likt i registeret",
		EN: "The registry held exactly this already",
	},
	"count.merged.help": {
		NB: "Eldre eller doble versjoner av samme opplysning",
		NN: "Eldre eller doble versjonar av same opplysning",
		EN: "Older or double versions of the same fact",
	},
	"count.filtered.help": {
		NB: "Rader som ikke hører til registeret",
		NN: "Rader som ikkje høyrer til registeret",
		EN: "Rows that do not belong to the registry",
	},
	"count.quarantined.help": {
		NB: "Holdt tilbake med grunn",
		NN: "Haldne tilbake med grunn",
		EN: "Held back, with a reason",
	},
	"count.blocked.help": {
		NB: "Reservert eller uten samtykke",
		NN: "Reservert eller utan samtykke",
		EN: "Reserved, or without consent",
	},

	"stage.gate":    {NB: "Kontrollerer godkjenning", NN: "Kontrollerer godkjenning", EN: "Checking the approval"},
	"stage.extract": {NB: "Leser, deler og mapper", NN: "Les, deler og mappar", EN: "Reading, splitting and mapping"},
	"stage.decide":  {NB: "Kontrollerer grenser", NN: "Kontrollerer grenser", EN: "Checking the limits"},
	"stage.commit":  {NB: "Leser inn", NN: "Les inn", EN: "Loading"},
	"stage.report":  {NB: "Lager rapport", NN: "Lagar rapport", EN: "Making the report"},
	"stage.waiting": {NB: "Venter på neste forsøk", NN: "Ventar på neste forsøk", EN: "Waiting for the next attempt"},
	"stage.done":    {NB: "Ferdig", NN: "Ferdig", EN: "Done"},

	"note.delivery.nothing": {
		NB: "Ingen leveranse ventet. Registeret er uendret.",
		NN: "Ingen leveranse venta. Registeret er uendra.",
		EN: "No delivery was waiting. The registry is unchanged.",
	},
	"note.delivery.known": {
		NB: "Leveransen er allerede behandlet, i kjøring {run}. Registeret er uendret.",
		NN: "Leveransen er alt behandla, i køyring {run}. Registeret er uendra.",
		EN: "The delivery has been processed already, in run {run}. The registry is unchanged.",
	},
	"note.run.paused": {
		NB: "Portalen ble stoppet under kjøringen. Ingenting var lest inn. Den begynner på nytt så snart noen er ledig.",
		NN: "Portalen vart stoppa under køyringa. Ingenting var lese inn. Ho byrjar på nytt så snart nokon er ledig.",
		EN: "The portal was stopped during the run. Nothing had been loaded. It starts over as soon as somebody is free.",
	},
	"note.run.database_away": {
		NB: "Databasen ble borte under kjøringen. Ingenting var lest inn. Den begynner på nytt når databasen svarer.",
		NN: "Databasen vart borte under køyringa. Ingenting var lese inn. Ho byrjar på nytt når databasen svarer.",
		EN: "The database went away during the run. Nothing had been loaded. It starts over when the database answers.",
	},
	"note.run.dry": {
		NB: "Prøvekjøring. Ingenting er lest inn.",
		NN: "Prøvekøyring. Ingenting er lese inn.",
		EN: "Dry run. Nothing was loaded.",
	},
	"note.run.shadow": {
		NB: "Skyggekjøring. Tallene sier hva som ville skjedd. Ingenting er lest inn, for den gamle integrasjonen leser inn til byttet.",
		NN: "Skuggekøyring. Tala seier kva som ville ha skjedd. Ingenting er lese inn, for den gamle integrasjonen les inn til bytet.",
		EN: "Shadow run. The figures say what would have happened. Nothing was loaded, for the old integration loads until the switch.",
	},
	"note.run.released": {
		NB: "Frigitt av {name}. Grunn: {reason}",
		NN: "Frigitt av {name}. Grunn: {reason}",
		EN: "Released by {name}. Reason: {reason}",
	},
	"note.run.rejected": {
		NB: "Avvist av {name}. Grunn: {reason} Registeret er uendret.",
		NN: "Avvist av {name}. Grunn: {reason} Registeret er uendra.",
		EN: "Rejected by {name}. Reason: {reason} The registry is unchanged.",
	},
	"note.run.cancelled": {
		NB: "Avbrutt av {name}.",
		NN: "Avbroten av {name}.",
		EN: "Cancelled by {name}.",
	},
	"note.run.load_lost": {
		NB: "Innlesingen finnes ikke lenger: registeret er satt tilbake til før denne kjøringen, og det ble bekreftet {at}. Les leveransen på nytt, eller planlegg en tilbakefylling.",
		NN: "Innlesinga finst ikkje lenger: registeret er sett tilbake til før denne køyringa, og det vart stadfesta {at}. Les leveransen på nytt, eller planlegg ei tilbakefylling.",
		EN: "The load is no longer there: the registry was put back to before this run, which was confirmed {at}. Read the delivery again, or plan a backfill.",
	},
	"note.run.undone": {
		NB: "Innlesingen er angret av {name}. Registeret er som før kjøringen.",
		NN: "Innlesinga er angra av {name}. Registeret er som før køyringa.",
		EN: "The load was undone by {name}. The registry is as before the run.",
	},
}

// RunReason says in words why a run ended as it did, or what there is to note about one that succeeded; empty when
// there is nothing to say.
func RunReason(lang Lang, r *store.Run) string {
	if r.Reason == "" {
		return ""
	}
	if key := "note." + string(r.Reason); Has(key) {
		return Fill(lang, key, r.ReasonArgs)
	}
	why := Error(lang, &store.Error{Code: r.Reason, Args: r.ReasonArgs})
	if strings.HasPrefix(string(r.Reason), "csv.") && r.Delivery.Name != "" { // those are said of any file
		why = T(lang, "run.unreadable", "file", r.Delivery.Name) + " " + why
	}
	return why
}

// LogLine says what a line of a run's log tells.
func LogLine(lang Lang, l *store.LogLine) string {
	if key := "log." + string(l.Code); Has(key) {
		return Fill(lang, key, l.Args)
	}
	return Error(lang, &store.Error{Code: l.Code, Args: l.Args})
}
