package text

// dictionaryTexts are what people read about a file of definitions and what is wrong with it.
var dictionaryTexts = Catalogue{
	"defect.dictionary.twice": {"{name} står mer enn én gang. Bare den første er med.", "{name} står meir enn éin gong. Berre den første er med.",
		"{name} stands more than once. Only the first is kept."},
	"defect.dictionary.code_twice": {"{name} har koden {code} mer enn én gang. Bare den første er med.",
		"{name} har koden {code} meir enn éin gong. Berre den første er med.", "{name} has the code {code} more than once. Only the first is kept."},
}
