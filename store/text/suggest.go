package text

// suggestTexts holds why a field is proposed for a variable, or a code for a value, and what came of accepting it.
var suggestTexts = Catalogue{
	"suggest.same_name":    {"samme navn", "same namn", "the same name"},
	"suggest.same_words":   {"«{field}» og «{variable}» er samme ord", "«{field}» og «{variable}» er same ord", "“{field}” and “{variable}” are the same words"},
	"suggest.same_meaning": {"«{field}» betyr det samme som «{variable}»", "«{field}» tyder det same som «{variable}»", "“{field}” means the same as “{variable}”"},
	"suggest.words":        {"felles ord: {words}", "felles ord: {words}", "words in common: {words}"},
	"suggest.similar":      {"«{field}» ligner «{variable}»", "«{field}» liknar «{variable}»", "“{field}” looks like “{variable}”"},
	"suggest.type":         {"samme type: {type}", "same type: {type}", "the same type: {type}"},
	"suggest.unit":         {"samme enhet: {unit}", "same eining: {unit}", "the same unit: {unit}"},
	"suggest.unit_known":   {"{unit} kan regnes om til {to}", "{unit} kan reknast om til {to}", "{unit} can be converted to {to}"},
	"suggest.values":       {"{n} av de {of} vanligste verdiene finnes i kodelisten", "{n} av dei {of} vanlegaste verdiane finst i kodelista", "{n} of the {of} most common values are in the code list"},
	"suggest.range":        {"verdiene ligger innenfor grensene", "verdiane ligg innanfor grensene", "the values are within the limits"},

	"suggest.same_code":     {"samme kode", "same kode", "the same code"},
	"suggest.same_text":     {"samme tekst", "same tekst", "the same text"},
	"suggest.code_and_text": {"samme kode og tekst", "same kode og tekst", "the same code and text"},
	"suggest.code_meaning":  {"betyr det samme", "tyder det same", "means the same"},
	"suggest.code_family":   {"slik skrives det i en vanlig kodeliste", "slik blir det skrive i ei vanleg kodeliste", "that is how a common code list writes it"},
	"suggest.similar_text":  {"teksten ligner", "teksten liknar", "the text is similar"},

	"suggest.accepted":      {"{field} er mappet til {variable}.", "{field} er mappa til {variable}.", "{field} is mapped to {variable}."},
	"suggest.accepted_all":  {"{n} {n|forslag|forslag} er godtatt. Angre tar alle bort igjen.", "{n} {n|framlegg|framlegg} er godtekne. Angre tek alle bort att.", "{n} {n|suggestion|suggestions} accepted. Undo takes them all away again."},
	"suggest.accepted_none": {"Ingen forslag er så sikre som {score} %. Ingenting er endret.", "Ingen framlegg er så sikre som {score} %. Ingenting er endra.", "No suggestion is as sure as {score} %. Nothing has changed."},
	"draft.accept_all":      {"Godtok {n} forslag", "Godtok {n} framlegg", "Accepted {n} suggestions"},
}
