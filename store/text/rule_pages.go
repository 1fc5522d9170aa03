package text

// rulePages holds the words of corrections, lookup tables, missing values and versions of a fact.
var rulePages = Catalogue{
	"tables.title": {"Oppslagstabeller", "Oppslagstabellar", "Lookup tables"},
}
