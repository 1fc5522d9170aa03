package profile

import (
	"strings"
	"unicode"

	"samband/store"
)

// What a field's name says of it, by the last word or the last part of a compound. The lists are written in the
// folded form.
var (
	numberWords = []string{"fnr", "dnr", "pnr", "ssn", "nin", "fodselsnummer", "fodselsnr", "personnummer", "personnr",
		"dnummer", "personident", "fodselsnummerdnummer", "idvalue", "nationalid", "fhnummer", "hnummer"}
	givenWords  = []string{"fornavn", "mellomnavn", "fnavn", "namegiven", "givenname", "firstname", "middlename"}
	familyWords = []string{"etternavn", "enavn", "slektsnavn", "namefamily", "familyname", "lastname", "surname"}
	// nameOf are the parts before «navn» that tell that it is no person's.
	nameOf = []string{"legemiddel", "medikament", "preparat", "virkestoff", "analyse", "prove", "prosedyre", "diagnose", "kode",
		"avdeling", "avd", "enhet", "orgenhet", "klinikk", "poliklinikk", "sengepost", "foretak", "organisasjon", "org", "firma", "lab",
		"laboratorium", "register", "registry", "studie", "study", "prosjekt", "project", "felt", "field", "tabell", "table", "dept",
		"department", "ward", "clinic", "medication", "product", "produkt", "vare", "atc", "utstyr", "device", "apparat", "vaksine",
		"vaccine", "fylke", "bydel", "land", "country", "county", "city", "sykehus", "sjukehus", "inst", "legem", "institusjon", "post", "seksjon", "system", "kilde", "kjelde", "variabel",
		"skjema", "fil", "file", "kommune", "drug", "unit", "hospital", "system", "form", "code", "test", "parameter", "column"}
	otherWords = []struct { // an e-mail address before an address
		attribute store.Attribute
		words     []string
	}{
		{store.AttrEmail, []string{"epost", "epostadresse", "email", "mail", "mailadresse", "emailaddress"}},
		{store.AttrAddress, []string{"adresse", "address", "gate", "gateadresse", "street", "vei", "veg", "bosted"}},
		{store.AttrPostalCode, []string{"postnummer", "postnr", "postalcode", "postcode", "zip", "zipcode"}},
		{store.AttrPhone, []string{"telefon", "telefonnummer", "telefonnr", "tlf", "tlfnr", "mobil", "mobilnr", "mobilnummer",
			"mobiltelefon", "phone", "mobile"}},
	}
)

// Looks tells whether the name of a field says that it names a person, and by what. It errs on the safe side: a person
// who knows the field can class it otherwise.
func Looks(name string) (store.Attribute, bool) {
	words := words(name)
	for i := range words {
		rest := strings.Join(words[i:], "")
		for _, x := range otherWords {
			if endsIn(rest, x.words, true) {
				return x.attribute, true
			}
		}
		switch {
		case endsIn(rest, numberWords, len(rest) > 6):
			return store.AttrNumber, true
		case endsIn(rest, givenWords, false):
			return store.AttrGivenName, true
		case endsIn(rest, familyWords, false):
			return store.AttrFamilyName, true
		}
	}
	for i, w := range words {
		of, ok := strings.CutSuffix(w, "navn")
		if !ok {
			of, ok = strings.CutSuffix(w, "name")
		}
		if of == "" && i > 0 {
			of = words[i-1]
		}
		if ok && !endsIn(of, nameOf, true) && !endsIn(strings.TrimSuffix(of, "s"), nameOf, true) {
			return store.AttrFamilyName, true
		}
	}
	return "", false
}

// endsIn tells whether s is one of the words, or a compound of something and one of them that is over three letters.
func endsIn(s string, list []string, compounds bool) bool {
	for _, w := range list {
		if s == w || compounds && len(w) > 3 && strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// words cuts a name at what is no letter or digit and where a small letter meets a capital, and folds them: small
// letters, æ as ae, ø and oe as o, å and aa as a.
func words(name string) []string {
	var out []string
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			w := strings.NewReplacer("oe", "o", "aa", "a").Replace(b.String())
			out = append(out, w)
			b.Reset()
		}
	}
	small := false
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) || small && unicode.IsUpper(r) {
			end()
		}
		small = unicode.IsLower(r)
		switch r = unicode.ToLower(r); r {
		case 'æ', 'ä':
			b.WriteString("ae")
		case 'ø', 'ö':
			b.WriteByte('o')
		case 'å':
			b.WriteByte('a')
		default:
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				b.WriteRune(r)
			}
		}
	}
	end()
	return out
}
