package text

// common holds the words that stand on many pages.
var common = Catalogue{}
