package text

// codebookChange says in words in what two versions of a codebook differ, and what that means for those who use it.
var codebookChange = Catalogue{
	"bookdiff.title":        {NB: "Tittelen er endret", NN: "Tittelen er endra", EN: "The title has changed"},
	"bookdiff.key":          {NB: "Nøkkelen er endret", NN: "Nøkkelen er endra", EN: "The key has changed"},
	"bookdiff.order":        {NB: "Rekkefølgen er endret", NN: "Rekkjefølgja er endra", EN: "The order has changed"},
	"bookdiff.form_renamed": {NB: "Et skjema har fått nytt navn", NN: "Eit skjema har fått nytt namn", EN: "A form has a new name"},
	"bookdiff.renamed":      {NB: "nytt navn", NN: "nytt namn", EN: "new name"},
	"bookdiff.form":         {NB: "flyttet til et annet skjema", NN: "flytta til eit anna skjema", EN: "moved to another form"},
	"bookdiff.label":        {NB: "ny ledetekst", NN: "ny leietekst", EN: "new label"},
	"bookdiff.type":         {NB: "ny type", NN: "ny type", EN: "new type"},
	"bookdiff.unit":         {NB: "ny enhet", NN: "ny eining", EN: "new unit"},
	"bookdiff.range":        {NB: "nye grenser", NN: "nye grenser", EN: "new limits"},
	"bookdiff.plausible":    {NB: "nye grenser for hva som er rimelig", NN: "nye grenser for kva som er rimeleg", EN: "new limits of what is plausible"},
	"bookdiff.required":     {NB: "obligatorisk", NN: "obligatorisk", EN: "required"},
	"bookdiff.class":        {NB: "ny klasse", NN: "ny klasse", EN: "new class"},
	"bookdiff.computed":     {NB: "registeret regner den ut", NN: "registeret reknar han ut", EN: "the registry works it out"},
	"bookdiff.system":       {NB: "nytt kodeverk", NN: "nytt kodeverk", EN: "new code system"},
	"bookdiff.help":         {NB: "ny hjelpetekst", NN: "ny hjelpetekst", EN: "new help"},
	"bookdiff.condition":    {NB: "gjelder når", NN: "gjeld når", EN: "applies when"},
	"bookdiff.formula":      {NB: "ny formel", NN: "ny formel", EN: "new formula"},
	"bookdiff.file":         {NB: "filen kaller den noe annet", NN: "fila kallar han noko anna", EN: "the file calls it something else"},
	"bookdiff.stated":       {NB: "filen sier noe annet om obligatorisk", NN: "fila seier noko anna om obligatorisk", EN: "the file says something else of required"},
	"bookdiff.code_added":   {NB: "koden {code} er ny", NN: "koden {code} er ny", EN: "the code {code} is new"},
	"bookdiff.code_removed": {NB: "koden {code} er borte", NN: "koden {code} er borte", EN: "the code {code} is gone"},
	"bookdiff.code_text":    {NB: "ny tekst på koden {code}", NN: "ny tekst på koden {code}", EN: "new text of the code {code}"},
	"bookdiff.code_missing": {NB: "betydningen av koden {code}", NN: "tydinga av koden {code}", EN: "the meaning of the code {code}"},
	"bookdiff.code_order":   {NB: "kodene står i en annen rekkefølge", NN: "kodane står i ei anna rekkjefølgje", EN: "the codes stand in another order"},
	"bookdiff.code.missing": {NB: "betyr ikke kjent", NN: "tyder ikkje kjent", EN: "means not known"},
	"bookdiff.code.filled":  {NB: "er et svar", NN: "er eit svar", EN: "is an answer"},
	"bookdiff.at.both":      {NB: "{form}, rad {row}", NN: "{form}, rad {row}", EN: "{form}, row {row}"},
	"bookdiff.at.row":       {NB: "Rad {row}", NN: "Rad {row}", EN: "Row {row}"},

	"bookeffect.version":   {NB: "Mappingversjon {no}", NN: "Mappingversjon {no}", EN: "Mapping version {no}"},
	"bookeffect.draft":     {NB: "Kladden til {name}", NN: "Kladden til {name}", EN: "The draft of {name}"},
	"bookeffect.uncovered": {NB: "Godkjenningen dekker ikke", NN: "Godkjenninga dekkjer ikkje", EN: "The approval does not cover"},
	"bookeffect.rebased": {
		NB: "Godkjenningen hviler på en annen ROS eller et annet LD enn filen viser til",
		NN: "Godkjenninga kviler på ein annan ROS eller eit anna LD enn fila viser til",
		EN: "The approval rests on another ROS or LD than the file points at",
	},

	"error.codebook.breaks": {
		NB: "Den nye versjonen bryter {n} {n|integrasjon|integrasjoner}. Ingenting er publisert. Se listen, og kjør på nytt med --yes hvis den skal publiseres likevel.",
		NN: "Den nye versjonen bryt {n} {n|integrasjon|integrasjonar}. Ingenting er publisert. Sjå lista, og køyr på nytt med --yes om han skal publiserast likevel.",
		EN: "The new version breaks {n} {n|integration|integrations}. Nothing was published. See the list, and run again with --yes to publish it all the same.",
	},
}
