package text

// sourceTexts holds what is said of what a source offers, and of people's own samples of it.
var sourceTexts = Catalogue{
	"audit.kind.source": {NB: "Kilde", NN: "Kjelde", EN: "Source"},
	"audit.kind.sample": {NB: "Egen prøve", NN: "Eiga prøve", EN: "Own sample"},
	"audit.did.profile": {NB: "felt og profil lest", NN: "felt og profil lesne", EN: "fields and profile read"},
	"audit.did.upload":  {NB: "lastet opp", NN: "lasta opp", EN: "uploaded"},
	"audit.did.expire":  {NB: "slettet av portalen", NN: "sletta av portalen", EN: "deleted by the portal"},

	"audit.detail.fields": {NB: "Felt", NN: "Felt", EN: "Fields"},
	"audit.detail.format": {NB: "Format", NN: "Format", EN: "Format"},
	"audit.detail.bytes":  {NB: "Byte", NN: "Byte", EN: "Bytes"},

	"error.source.no_profile": {
		NB: "Det er ikke lest felt og profil fra kilden ennå. Ingenting er endret. Les felt og profil fra siste leveranse, eller last opp en egen prøve.",
		NN: "Det er ikkje lese felt og profil frå kjelda enno. Ingenting er endra. Les felt og profil frå siste leveranse, eller last opp ei eiga prøve.",
		EN: "Fields and profile have not been read from the source yet. Nothing has changed. Read them from the last delivery, or upload a sample of your own.",
	},
	"error.sample.not_found": {
		NB: "Du har ingen prøve her. En prøve slettes etter ett døgn. Last den opp på nytt hvis du fortsatt trenger den.",
		NN: "Du har inga prøve her. Ei prøve blir sletta etter eitt døgn. Last ho opp på nytt om du framleis treng ho.",
		EN: "You have no sample here. A sample is deleted after a day. Upload it again if you still need it.",
	},
}
