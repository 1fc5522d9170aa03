package text

// retentionPages holds the words of how long things about runs are kept.
var retentionPages = Catalogue{
	"retention.title": {NB: "Lagringstid", NN: "Lagringstid", EN: "Retention"},
	"retention.lead": {
		NB: "Hvor mange dager det som hører til kjøringene, blir tatt vare på. Tomt eller 0 betyr for alltid. Selve kjøringene blir alltid stående. Det som et åpent avvik, en kjøring som venter eller en godkjenning trenger, blir aldri slettet.",
		NN: "Kor mange dagar det som høyrer til køyringane, blir teke vare på. Tomt eller 0 tyder for alltid. Sjølve køyringane blir alltid ståande. Det som eit ope avvik, ei køyring som ventar eller ei godkjenning treng, blir aldri sletta.",
		EN: "For how many days what belongs to the runs is kept. Empty or 0 means for good. The runs themselves always stay. What an open finding, a run that waits or an approval needs is never removed.",
	},
	"retention.field.log":             {NB: "Logg og innstillinger", NN: "Logg og innstillingar", EN: "Log and settings"},
	"retention.field.log.help":        {NB: "Dager etter at kjøringen tok slutt", NN: "Dagar etter at køyringa tok slutt", EN: "Days after the run ended"},
	"retention.field.reports":         {NB: "Kvalitetsrapporter", NN: "Kvalitetsrapportar", EN: "Quality reports"},
	"retention.field.reports.help":    {NB: "Dager. Den nyeste rapporten til hver integrasjon blir stående", NN: "Dagar. Den nyaste rapporten til kvar integrasjon blir ståande", EN: "Days. The newest report of each integration stays"},
	"retention.field.findings":        {NB: "Lukkede avvik", NN: "Lukka avvik", EN: "Closed findings"},
	"retention.field.findings.help":   {NB: "Dager etter at raden ble holdt tilbake", NN: "Dagar etter at rada vart halden tilbake", EN: "Days after the row was held back"},
	"retention.field.sealed":          {NB: "Forseglede rader i lukkede avvik", NN: "Forsegla rader i lukka avvik", EN: "Sealed rows of closed findings"},
	"retention.field.sealed.help":     {NB: "Dager. Ikke flere enn for avvikene selv", NN: "Dagar. Ikkje fleire enn for avvika sjølve", EN: "Days. No more than for the findings themselves"},
	"retention.field.deliveries":      {NB: "Forseglede leveranser", NN: "Forsegla leveransar", EN: "Sealed deliveries"},
	"retention.field.deliveries.help": {NB: "Dager etter at de ble lest. De som venter på en avgjørelse, blir liggende", NN: "Dagar etter at dei vart lesne. Dei som ventar på ei avgjerd, blir liggjande", EN: "Days after they were read. Those that wait for a decision stay"},
	"retention.class.deliveries":      {NB: "Leveranser", NN: "Leveransar", EN: "Deliveries"},
	"audit.detail.deliveries":         {NB: "Leveranser", NN: "Leveransar", EN: "Deliveries"},
	"retention.swept":                 {NB: "Sist slettet", NN: "Sist sletta", EN: "Last removed"},
	"retention.never":                 {NB: "Ingenting er slettet ennå.", NN: "Ingenting er sletta enno.", EN: "Nothing has been removed yet."},
	"retention.at":                    {NB: "Når", NN: "Når", EN: "When"},
	"retention.class.log":             {NB: "Linjer i logger", NN: "Linjer i loggar", EN: "Lines of logs"},
	"retention.class.reports":         {NB: "Rapporter", NN: "Rapportar", EN: "Reports"},
	"retention.class.findings":        {NB: "Avvik", NN: "Avvik", EN: "Findings"},
	"retention.class.sealed":          {NB: "Forseglede rader", NN: "Forsegla rader", EN: "Sealed rows"},
}
