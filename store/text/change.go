package text

import (
	"slices"
	"strings"

	"samband/store"
)

// ChangeTitle says what a change is about, without what stood and what stands: «Variabelen «vekt» er lagt til»,
// «Kodelisten for «kjonn» er utvidet med 2 koder».
func ChangeTitle(lang Lang, c *store.Change) string {
	if c.Area == "code" && len(c.With) > 0 {
		variable, _, _ := strings.Cut(c.Name, "=")
		return T(lang, "scope.codes."+string(c.Kind), "variable", variable, "n", len(c.With)+1)
	}
	return upperFirst(T(lang, "scope.diff."+string(c.Kind), "what", scopeName(lang, c.Area, c.Name)))
}

// ChangeMeans says what a change means to whoever must say yes to it, or "" where the title says it.
func ChangeMeans(lang Lang, c *store.Change) string {
	for _, key := range []string{c.Area + "." + strings.Trim(c.Name, "()"), c.Area + "." + string(c.Kind), c.Area} {
		if Has("scope.means." + key) {
			return T(lang, "scope.means."+key)
		}
	}
	return ""
}

// ChangeSides gives what stood before and what stands after, a line for each part; none when nothing stood or stands.
func ChangeSides(lang Lang, c *store.Change) (before, after []string) {
	list := c.Area == "code" && len(c.With) > 0
	for i, d := range c.Lines() {
		say := func(value string) string {
			is := scopeValue(lang, d.Area, d.Name, value)
			switch _, code, _ := strings.Cut(d.Name, "="); {
			case list || i > 0 && d.Area == "code":
				return strings.TrimSuffix(code+": "+is, ": ")
			case i > 0:
				return ScopeLine(lang, d.Area, d.Name, value)
			case is == "":
				return T(lang, "scope.value.true")
			}
			return upperFirst(is)
		}
		if d.Kind != store.Added && d.Old != "" {
			before = append(before, say(d.Old))
		}
		if d.Kind != store.Removed && d.New != "" {
			after = append(after, say(d.New))
		}
		if d.Kind == store.Changed {
			was, is := unlike(lang, partOf(d), d.Old, d.New)
			before, after = append(before, lines(lang, was)...), append(after, lines(lang, is)...)
		}
	}
	if slices.Equal(before, after) { // they differ in something that has no words
		return nil, nil
	}
	return before, after
}

// maxLines is how many entries of a list stand on each side.
const maxLines = 20

func lines(lang Lang, list []item) []string {
	var out []string
	for i, x := range list {
		if i == maxLines {
			return append(out, T(lang, "says.more", "n", len(list)-maxLines))
		}
		out = append(out, x.key+": "+x.value)
	}
	return out
}

// EditedKinds names kinds of things that people edit: «mappingen og kodeboken».
func EditedKinds(lang Lang, kinds []string) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = T(lang, "edited."+k)
	}
	return List(lang, words)
}

// changeTexts says what the lines of a scope mean to whoever must approve them.
var changeTexts = Catalogue{
	"scope.codes.added": {
		NB: "Kodelisten for «{variable}» er utvidet med {n} {n|kode|koder}",
		NN: "Kodelista for «{variable}» er utvida med {n} {n|kode|kodar}",
		EN: "The code list of “{variable}” has grown by {n} {n|code|codes}",
	},
	"scope.codes.removed": {
		NB: "{n} {n|kode|koder} er tatt ut av kodelisten for «{variable}»",
		NN: "{n} {n|kode er teken|kodar er tekne} ut av kodelista for «{variable}»",
		EN: "{n} {n|code has|codes have} left the code list of “{variable}”",
	},
	"scope.codes.changed": {
		NB: "{n} {n|kode|koder} i kodelisten for «{variable}» betyr noe annet enn før",
		NN: "{n} {n|kode|kodar} i kodelista for «{variable}» tyder noko anna enn før",
		EN: "{n} {n|code|codes} in the code list of “{variable}” {n|means|mean} something else than before",
	},

	"scope.means.registry":    {NB: "Opplysningene havner i et annet register.", NN: "Opplysningane hamnar i eit anna register.", EN: "The data end up in another registry."},
	"scope.means.solution":    {NB: "Registeret ligger i en annen programvare.", NN: "Registeret ligg i ei anna programvare.", EN: "The registry lies in other software."},
	"scope.means.source":      {NB: "Opplysningene hentes fra et annet system.", NN: "Opplysningane blir henta frå eit anna system.", EN: "The data come from another system."},
	"scope.means.destination": {NB: "Opplysningene sendes til et annet system.", NN: "Opplysningane blir sende til eit anna system.", EN: "The data go to another system."},
	"scope.means.direction":   {NB: "Opplysningene går motsatt vei.", NN: "Opplysningane går motsett veg.", EN: "The data go the other way."},
	"scope.means.method": {
		NB: "Systemet nås på en annen måte enn den som er vurdert.",
		NN: "Systemet blir nådd på ein annan måte enn den som er vurdert.",
		EN: "The system is reached in another way than the one assessed.",
	},
	"scope.means.handover": {
		NB: "Opplysningene leveres på en annen måte enn den som er vurdert.",
		NN: "Opplysningane blir leverte på ein annan måte enn den som er vurdert.",
		EN: "The data are handed over in another way than the one assessed.",
	},
	"scope.means.kind": {
		NB: "En annen del av Samband henter eller sender opplysningene.",
		NN: "Ein annan del av Samband hentar eller sender opplysningane.",
		EN: "Another part of Samband fetches or sends the data.",
	},
	"scope.means.connection": {
		NB: "En annen tilkobling brukes, og dermed kanskje en annen konto med andre rettigheter.",
		NN: "Ei anna tilkopling blir brukt, og dermed kanskje ein annan konto med andre rettar.",
		EN: "Another connection is used, and so perhaps another account with other rights.",
	},
	"scope.means.setting": {
		NB: "Opplysningene hentes fra eller legges et annet sted enn det som er vurdert.",
		NN: "Opplysningane blir henta frå eller lagde ein annan stad enn det som er vurdert.",
		EN: "The data are fetched from or put in another place than the one assessed.",
	},
	"scope.means.route":     {NB: "Opplysningene går en annen vei gjennom nettet.", NN: "Opplysningane går ein annan veg gjennom nettet.", EN: "The data go another way through the network."},
	"scope.means.hop":       {NB: "Opplysningene passerer andre ledd på veien.", NN: "Opplysningane passerer andre ledd på vegen.", EN: "The data pass other hops on their way."},
	"scope.means.hop.added": {NB: "Opplysningene passerer et ledd til på veien.", NN: "Opplysningane passerer eit ledd til på vegen.", EN: "The data pass one more hop on their way."},
	"scope.means.store":     {NB: "Opplysningene lagres på en annen måte underveis.", NN: "Opplysningane blir lagra på ein annan måte undervegs.", EN: "The data are kept in another way on their way."},
	"scope.means.recipient": {NB: "Opplysningene kan åpnes med en annen nøkkel enn før.", NN: "Opplysningane kan opnast med ein annan nøkkel enn før.", EN: "The data can be opened with another key than before."},
	"scope.means.field.added": {
		NB: "Feltet forlater kilden i hver kjøring. Det gjorde det ikke før.",
		NN: "Feltet forlèt kjelda i kvar køyring. Det gjorde det ikkje før.",
		EN: "The field leaves the source in each run. It did not before.",
	},
	"scope.means.field.changed": {
		NB: "Klassen avgjør om feltet følger identiteten eller helseopplysningene.",
		NN: "Klassen avgjer om feltet følgjer identiteten eller helseopplysningane.",
		EN: "The class decides whether the field travels with the identity or with the health data.",
	},
	"scope.means.field.removed": {NB: "Feltet forlater ikke kilden lenger.", NN: "Feltet forlèt ikkje kjelda lenger.", EN: "The field no longer leaves the source."},
	"scope.means.sensitivity": {
		NB: "Sensitiviteten avgjør hvilke metoder opplysningene kan reise med.",
		NN: "Sensitiviteten avgjer kva metodar opplysningane kan reise med.",
		EN: "The sensitivity decides over which methods the data may travel.",
	},
	"scope.means.identity": {
		NB: "Måten personer blir kjent igjen og skjult på, er en annen.",
		NN: "Måten personar blir kjende att og skjulte på, er ein annan.",
		EN: "Persons are recognised and hidden in another way.",
	},
	"scope.means.codebook": {NB: "Variablene hentes fra en annen kodebok.", NN: "Variablane kjem frå ei anna kodebok.", EN: "The variables come from another codebook."},
	"scope.means.variable.added": {
		NB: "Registeret får en ny opplysning om hver person.",
		NN: "Registeret får ei ny opplysning om kvar person.",
		EN: "The registry gets a new fact about each person.",
	},
	"scope.means.variable.changed": {
		NB: "Registeret har opplysningen fra før, men den er definert på en annen måte.",
		NN: "Registeret har opplysninga frå før, men ho er definert på ein annan måte.",
		EN: "The registry holds the fact already, but it is defined in another way.",
	},
	"scope.means.variable.removed": {
		NB: "Registeret får ikke opplysningen lenger. Det som er lest inn, står.",
		NN: "Registeret får ikkje opplysninga lenger. Det som er lese inn, står.",
		EN: "The registry no longer gets the fact. What has been loaded stays.",
	},
	"scope.means.rule": {
		NB: "Samme opplysning regnes ut på en annen måte.",
		NN: "Same opplysning blir rekna ut på ein annan måte.",
		EN: "The same fact is worked out in another way.",
	},
	"scope.means.rule.keep": {
		NB: "Andre rader enn før blir med, og dermed kanskje andre personer.",
		NN: "Andre rader enn før blir med, og dermed kanskje andre personar.",
		EN: "Other rows than before come along, and so perhaps other persons.",
	},
	"scope.means.rule.key": {
		NB: "Rader som før var ulike, kan nå bli regnet som samme rad, eller omvendt.",
		NN: "Rader som før var ulike, kan no bli rekna som same rad, eller omvendt.",
		EN: "Rows that were different may now count as the same, or the other way round.",
	},
	"scope.means.rule.resolve": {
		NB: "Når flere versjoner av samme rad kommer, kan en annen enn før bli stående.",
		NN: "Når fleire versjonar av same rad kjem, kan ein annan enn før bli ståande.",
		EN: "When several versions of a row arrive, another one than before may stand.",
	},
	"scope.means.code.added": {
		NB: "Verdier som før ble holdt tilbake, blir nå lest inn.",
		NN: "Verdiar som før vart haldne tilbake, blir no lesne inn.",
		EN: "Values that were held back before are now loaded.",
	},
	"scope.means.code.changed": {
		NB: "Samme kode i registeret betyr noe annet enn før.",
		NN: "Same kode i registeret tyder noko anna enn før.",
		EN: "The same code in the registry means something else than before.",
	},
	"scope.means.code.removed":  {NB: "Rader med koden blir holdt tilbake.", NN: "Rader med koden blir haldne tilbake.", EN: "Rows with the code are held back."},
	"scope.means.check.added":   {NB: "Rader som før ble lest inn, kan nå bli holdt tilbake.", NN: "Rader som før vart lesne inn, kan no bli haldne tilbake.", EN: "Rows that were loaded before may now be held back."},
	"scope.means.check.removed": {NB: "Rader som før ble holdt tilbake, blir nå lest inn.", NN: "Rader som før vart haldne tilbake, blir no lesne inn.", EN: "Rows that were held back before are now loaded."},
	"scope.means.check.changed": {NB: "Andre rader enn før blir holdt tilbake.", NN: "Andre rader enn før blir haldne tilbake.", EN: "Other rows than before are held back."},
	"scope.means.check.order": {
		NB: "Rader med flere feil kan få en annen grunn enn før. Like mange blir holdt tilbake.",
		NN: "Rader med fleire feil kan få ein annan grunn enn før. Like mange blir haldne tilbake.",
		EN: "Rows with several faults may get another reason than before. As many are held back.",
	},
	"scope.means.limit": {
		NB: "Grensen avgjør når en kjøring stopper og venter på en person.",
		NN: "Grensa avgjer når ei køyring stoppar og ventar på ein person.",
		EN: "The limit decides when a run stops and waits for a person.",
	},
	"scope.means.consent": {
		NB: "Andre regler avgjør hvem som kan være med i registeret.",
		NN: "Andre reglar avgjer kven som kan vere med i registeret.",
		EN: "Other rules decide who may be in the registry.",
	},
	"scope.means.retention": {
		NB: "Opplysningene slettes etter andre regler enn før.",
		NN: "Opplysningane blir sletta etter andre reglar enn før.",
		EN: "The data are deleted by other rules than before.",
	},

	"edited.integration": {NB: "integrasjonen", NN: "integrasjonen", EN: "the integration"},
	"edited.mapping":     {NB: "mappingen", NN: "mappinga", EN: "the mapping"},
	"edited.codebook":    {NB: "kodeboken", NN: "kodeboka", EN: "the codebook"},
	"edited.connection":  {NB: "tilkoblingen", NN: "tilkoplinga", EN: "the connection"},
	"edited.registry":    {NB: "grunnlaget til registeret", NN: "grunnlaget til registeret", EN: "the basis of the registry"},
	"edited.system":      {NB: "systemet", NN: "systemet", EN: "the system"},
	"edited.method":      {NB: "metoden", NN: "metoden", EN: "the method"},
	"edited.ros":         {NB: "ROS", NN: "ROS", EN: "the ROS"},
	"edited.ld":          {NB: "LD", NN: "LD", EN: "the LD"},
}
