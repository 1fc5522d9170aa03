package text

import "strings"

// functionTexts tell in a line what the functions and operators of expressions do.
var functionTexts = Catalogue{
	"function.len":         {NB: "Antall tegn i en tekst.", NN: "Talet på teikn i ein tekst.", EN: "The number of characters in a text."},
	"function.abs":         {NB: "Tallet uten fortegn.", NN: "Talet utan forteikn.", EN: "The number without its sign."},
	"function.ceil":        {NB: "Runder opp til helt tall.", NN: "Rundar opp til heilt tal.", EN: "Rounds up to a whole number."},
	"function.floor":       {NB: "Runder ned til helt tall.", NN: "Rundar ned til heilt tal.", EN: "Rounds down to a whole number."},
	"function.round":       {NB: "Runder til nærmeste hele tall.", NN: "Rundar til næraste heile tal.", EN: "Rounds to the nearest whole number."},
	"function.int":         {NB: "Gjør en tekst eller et tall til heltall.", NN: "Gjer ein tekst eller eit tal til heiltal.", EN: "Makes a whole number of a text or a number."},
	"function.float":       {NB: "Gjør en tekst med punktum, eller et tall, til desimaltall.", NN: "Gjer ein tekst med punktum, eller eit tal, til desimaltal.", EN: "Makes a decimal of a text with a point, or of a number."},
	"function.string":      {NB: "Gjør en verdi til tekst.", NN: "Gjer ein verdi til tekst.", EN: "Makes a text of a value."},
	"function.trim":        {NB: "Fjerner mellomrom i endene.", NN: "Fjernar mellomrom i endane.", EN: "Takes spaces off both ends."},
	"function.trimprefix":  {NB: "Fjerner en tekst foran.", NN: "Fjernar ein tekst framfor.", EN: "Takes a text off the front."},
	"function.trimsuffix":  {NB: "Fjerner en tekst bak.", NN: "Fjernar ein tekst bak.", EN: "Takes a text off the end."},
	"function.upper":       {NB: "Gjør bokstavene store.", NN: "Gjer bokstavane store.", EN: "Makes the letters capitals."},
	"function.lower":       {NB: "Gjør bokstavene små.", NN: "Gjer bokstavane små.", EN: "Makes the letters small."},
	"function.replace":     {NB: "Bytter ut en tekst overalt.", NN: "Byter ut ein tekst overalt.", EN: "Replaces a text everywhere."},
	"function.split":       {NB: "Deler en tekst. Første del er [0].", NN: "Deler ein tekst. Første del er [0].", EN: "Cuts a text. The first part is [0]."},
	"function.indexof":     {NB: "Hvor en tekst står første gang, fra 0. −1 når den ikke er der.", NN: "Kvar ein tekst står første gong, frå 0. −1 når han ikkje er der.", EN: "Where a text stands first, from 0. −1 when it is not there."},
	"function.lastindexof": {NB: "Hvor en tekst står siste gang, fra 0. −1 når den ikke er der.", NN: "Kvar ein tekst står siste gong, frå 0. −1 når han ikkje er der.", EN: "Where a text stands last, from 0. −1 when it is not there."},
	"function.hasprefix":   {NB: "Om en tekst begynner slik.", NN: "Om ein tekst byrjar slik.", EN: "Whether a text begins so."},
	"function.hassuffix":   {NB: "Om en tekst slutter slik.", NN: "Om ein tekst sluttar slik.", EN: "Whether a text ends so."},
	"function.max":         {NB: "Det største tallet.", NN: "Det største talet.", EN: "The greatest number."},
	"function.min":         {NB: "Det minste tallet.", NN: "Det minste talet.", EN: "The least number."},
	"function.contains":    {NB: "Om en tekst har en annen i seg.", NN: "Om ein tekst har ein annan i seg.", EN: "Whether a text holds another."},
	"function.matches":     {NB: "Om en tekst passer med et mønster.", NN: "Om ein tekst passar med eit mønster.", EN: "Whether a text fits a pattern."},
	"function.in":          {NB: "Om verdien er en av flere.", NN: "Om verdien er ein av fleire.", EN: "Whether the value is one of several."},
	"function.and":         {NB: "Om begge er sanne.", NN: "Om begge er sanne.", EN: "Whether both are true."},
	"function.or":          {NB: "Om minst én er sann.", NN: "Om minst éin er sann.", EN: "Whether at least one is true."},
	"function.not":         {NB: "Om det ikke er sant.", NN: "Om det ikkje er sant.", EN: "Whether it is not true."},
	"function.coalesce":    {NB: "b når a mangler.", NN: "b når a manglar.", EN: "b when a is missing."},
	"function.choice":      {NB: "a når betingelsen gjelder, ellers b.", NN: "a når vilkåret gjeld, elles b.", EN: "a when the condition holds, otherwise b."},
	"function.nil":         {NB: "Ingen verdi.", NN: "Ingen verdi.", EN: "No value."},
}

// FunctionHelp tells in a line what a function or an operator of expressions does.
func FunctionHelp(lang Lang, name string) string { return T(lang, "function."+strings.ToLower(name)) }
