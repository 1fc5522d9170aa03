package text

// editTexts holds the words that all forms share.
var editTexts = Catalogue{
	"form.optional": {NB: "valgfritt", NN: "valfritt", EN: "optional"},
	"form.choose":   {NB: "Velg", NN: "Vel", EN: "Choose"},
	"form.none":     {NB: "Ingen", NN: "Ingen", EN: "None"},
	"form.unset":    {NB: "Ikke valgt", NN: "Ikkje valt", EN: "Not chosen"},
	"form.nothing":  {NB: "tomt", NN: "tomt", EN: "empty"},
	"form.save":     {NB: "Lagre", NN: "Lagre", EN: "Save"},
	"form.create":   {NB: "Opprett", NN: "Opprett", EN: "Create"},
	"form.cancel":   {NB: "Avbryt", NN: "Avbryt", EN: "Cancel"},
	"form.saved":    {NB: "Endringene er lagret.", NN: "Endringane er lagra.", EN: "The changes are saved."},
	"form.created":  {NB: "{name} er opprettet.", NN: "{name} er oppretta.", EN: "{name} is created."},
	"form.stale": {
		NB: "Noen andre lagret mens du skrev",
		NN: "Nokon andre lagra medan du skreiv",
		EN: "Somebody else saved while you were writing",
	},
	"form.stale.help": {
		NB: "Ingenting av ditt er lagret ennå. Feltene viser det du skrev, og ved hvert felt som er ulikt, står det som er lagret nå. Rett det du vil, og lagre en gang til.",
		NN: "Ingenting av ditt er lagra enno. Felta viser det du skreiv, og ved kvart felt som er ulikt, står det som er lagra no. Rett det du vil, og lagre ein gong til.",
		EN: "Nothing of yours is saved yet. The fields show what you wrote, and each field that differs tells what is saved now. Correct what you want, and save again.",
	},
	"error.form.newer": {
		NB: "Er nå lagret som: {value}",
		NN: "Er no lagra som: {value}",
		EN: "Is now saved as: {value}",
	},
	"error.form.newer_elsewhere": {
		NB: "Noe annet enn feltene her er endret. Lagre en gang til for å beholde det du skrev.",
		NN: "Noko anna enn felta her er endra. Lagre ein gong til for å halde på det du skreiv.",
		EN: "Something other than the fields here has changed. Save again to keep what you wrote.",
	},
}
