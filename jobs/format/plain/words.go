package plain

import (
	"strings"

	"samband/store"
)

// column is what a column of a codebook says.
type column int

const (
	colForm column = iota
	colSection
	colName
	colLabel
	colHelp
	colType
	colUnit
	colMin
	colMax
	colPlausibleMin
	colPlausibleMax
	colDecimals
	colRequired
	colCondition
	colFormula
	colClass
	colIdentifier
	colCodes
	colMissing
	colComputed
	colSystem
	colOrigin
)

// headings are what people call the columns, in bokmål, nynorsk and English. The first are the portal's own.
var headings = index(map[column]string{
	colForm:         "skjema form skjemanavn skjemanamn form_name tabell table ark",
	colSection:      "seksjon section gruppe group tema kategori category",
	colName:         "navn namn name variabel variable variabelnavn variabelnamn variable_name feltnavn feltnamn felt field field_name kolonne",
	colLabel:        "ledetekst leietekst label etikett variabeletikett spørsmål question beskrivelse skildring description visningsnavn visningsnamn",
	colHelp:         "hjelp help hjelpetekst forklaring explanation kommentar comment merknad note notes",
	colType:         "type datatype data_type variabeltype felttype field_type",
	colUnit:         "enhet eining unit units måleenhet måleeining",
	colMin:          "minst least min minimum nedre_grense lower minste_verdi",
	colMax:          "høyst høgst greatest maks max maksimum maximum øvre_grense upper største_verdi",
	colPlausibleMin: "rimelig_minst rimeleg_minst plausible_minimum rimelig_min rimeleg_min min_rimelig min_rimeleg plausible_min",
	colPlausibleMax: "rimelig_høyst rimeleg_høgst plausible_maximum rimelig_maks rimeleg_maks maks_rimelig maks_rimeleg plausible_max",
	colDecimals:     "desimaler desimalar decimals",
	colRequired:     "obligatorisk required påkrevd påkravd mandatory",
	colCondition:    "gjelder_når gjeld_når applies_when vilkår betingelse condition vises_når blir_vist_når",
	colFormula:      "formel formula utregning",
	colClass:        "klasse class",
	colIdentifier:   "identifiserer identifiserar identifier identitet",
	colCodes:        "koder kodar codes kodeliste code_list verdier verdiar values mulige_verdier svaralternativer svaralternativ valg val choices options",
	colComputed:     "regnes_ut blir_rekna_ut computed",
	colSystem:       "kodeverk code_system",
	colOrigin:       "navn_i_filen namn_i_fila name_in_the_file",
	colMissing:      "manglende manglande missing missing_codes manglende_koder manglande_kodar",
})

// typeWords are what people call the types. A time of day is kept as text.
var typeWords = index(map[store.VarType]string{
	store.VarText:     "tekst text string fritekst streng character char varchar tid klokkeslett time notat",
	store.VarInteger:  "heltall heiltal whole_number integer int",
	store.VarDecimal:  "desimaltall desimaltal desimal decimal_number decimal float double tall tal number numerisk numeric flyttall flyttal real",
	store.VarDate:     "dato date",
	store.VarDateTime: "dato_og_tid date_and_time datetime dato/tid dato_tid timestamp tidspunkt",
	store.VarCode:     "kode code kategorisk categorical enum enkeltvalg enkeltval valg val liste listevariabel choice factor nominal ordinal",
	store.VarBoolean:  "ja_eller_nei yes_or_no boolean bool boolsk ja/nei yes/no avkrysning avkryssing logical",
})

// classWords are what the portal calls the classes.
var classWords = map[string]store.FieldClass{
	"identitet": store.Direct, "identity": store.Direct, "kan peke ut en person": store.Indirect,
	"kan peike ut ein person": store.Indirect, "may single a person out": store.Indirect, "helseopplysning": store.Health,
	"health data": store.Health, "teknisk": store.Technical, "technical": store.Technical,
}

// needWords say whether a variable must be filled in.
var needWords = map[string]store.Need{
	"": store.NeedNo, "ja": store.NeedYes, "yes": store.NeedYes, "j": store.NeedYes, "y": store.NeedYes, "x": store.NeedYes,
	"1": store.NeedYes, "true": store.NeedYes, "sann": store.NeedYes, "nei": store.NeedNo, "no": store.NeedNo, "n": store.NeedNo,
	"0": store.NeedNo, "false": store.NeedNo, "usann": store.NeedNo, "betinget": store.NeedIf, "vilkårsbunden": store.NeedIf,
	"conditional": store.NeedIf, "if": store.NeedIf, "hvis": store.NeedIf, "viss": store.NeedIf, "ukjent": store.NeedUnknown,
	"ukjend": store.NeedUnknown, "unknown": store.NeedUnknown,
}

// missingNotes are how the portal marks an option that stands for no answer.
var missingNotes = []string{"(betyr ikke kjent)", "(tyder ikkje kjent)", "(means not known)"}

// index turns lists of words, with _ for a space in a word, into what each word means.
func index[T comparable](of map[T]string) map[string]T {
	m := map[string]T{}
	for what, list := range of {
		for _, w := range strings.Fields(list) {
			m[strings.ReplaceAll(w, "_", " ")] = what
		}
	}
	return m
}

// key is a heading or a word as it is looked up.
func key(s string) string {
	s = strings.ToLower(strings.ReplaceAll(s, "_", " "))
	return strings.Trim(strings.Join(strings.Fields(s), " "), ":*?. ")
}
