package text

// scopeValues says values of a scope that the code writes in words of its own.
var scopeValues = Catalogue{
	"scope.value.sealed": {NB: "forseglet", NN: "forsegla", EN: "sealed"},
	"scope.value.pseudonymised": {
		NB: "med pseudonym i stedet for identitet",
		NN: "med pseudonym i staden for identitet",
		EN: "with pseudonyms in place of identity",
	},
	"scope.value.random": {
		NB: "tilfeldig, ett per person og register",
		NN: "tilfeldig, eitt per person og register",
		EN: "random, one per person and registry",
	},
	"scope.value.file_drop":  {NB: "filer i en mappe", NN: "filer i ei mappe", EN: "files in a folder"},
	"scope.value.true":       {NB: "ja", NN: "ja", EN: "yes"},
	"scope.value.false":      {NB: "nei", NN: "nei", EN: "no"},
	"scope.store.registry":   {NB: "registeret", NN: "registeret", EN: "the registry"},
	"scope.store.vault":      {NB: "hvelvet", NN: "kvelvet", EN: "the vault"},
	"scope.store.quarantine": {NB: "karantenen", NN: "karantenen", EN: "the quarantine"},
	"scope.store.deliveries": {
		NB: "leveransene som er satt til side",
		NN: "leveransane som er sette til side",
		EN: "the deliveries that are set aside",
	},
	"scope.identity.pseudonym": {NB: "pseudonymene", NN: "pseudonyma", EN: "the pseudonyms"},
}
