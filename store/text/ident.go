package text

// ident holds the sentences on identifiers of persons and organisations: why one was refused, and what to know of one
// that was accepted. None of them repeats the identifier.
var ident = Catalogue{
	"error.ident.length": {
		NB: "Nummeret har ikke elleve siffer, så personen kan ikke gjenkjennes. Rett det i kilden. Er bare den første nullen borte, kan du be om reparasjon.",
		NN: "Nummeret har ikkje elleve siffer, så personen kan ikkje kjennast att. Rett det i kjelda. Er berre den første nullen borte, kan du be om reparasjon.",
		EN: "The number does not have eleven digits, so the person cannot be recognised. Correct it in the source. If only the leading zero is gone, you can ask for a repair.",
	},
	"error.ident.non_digit": {
		NB: "Nummeret har andre tegn enn sifrene 0–9, så personen kan ikke gjenkjennes. Rett det i kilden, og sjekk at et regneark ikke har skrevet det om.",
		NN: "Nummeret har andre teikn enn siffera 0–9, så personen kan ikkje kjennast att. Rett det i kjelda, og sjå etter at eit rekneark ikkje har skrive det om.",
		EN: "The number has other characters than the digits 0–9, so the person cannot be recognised. Correct it in the source, and check that a spreadsheet has not rewritten it.",
	},
	"error.ident.date": {
		NB: "Nummeret begynner ikke med en dato som finnes, så det kan ikke høre til en person. Rett det i kilden.",
		NN: "Nummeret byrjar ikkje med ein dato som finst, så det kan ikkje høyre til ein person. Rett det i kjelda.",
		EN: "The number does not begin with a date that exists, so it cannot belong to a person. Correct it in the source.",
	},
	"error.ident.checksum1": {
		NB: "Det første kontrollsifferet stemmer ikke. Nummeret er trolig tastet feil og hører ikke til en person. Rett det i kilden.",
		NN: "Det første kontrollsifferet stemmer ikkje. Nummeret er truleg tasta feil og høyrer ikkje til ein person. Rett det i kjelda.",
		EN: "The first control digit is wrong. The number was probably mistyped and belongs to no person. Correct it in the source.",
	},
	"error.ident.checksum2": {
		NB: "Det andre kontrollsifferet stemmer ikke. Nummeret er trolig tastet feil og hører ikke til en person. Rett det i kilden.",
		NN: "Det andre kontrollsifferet stemmer ikkje. Nummeret er truleg tasta feil og høyrer ikkje til ein person. Rett det i kjelda.",
		EN: "The second control digit is wrong. The number was probably mistyped and belongs to no person. Correct it in the source.",
	},
	"error.ident.synthetic_in_production": {
		NB: "Nummeret hører til en oppdiktet testperson, og dette er produksjon. Personen tas ikke inn. Sjekk at kilden ikke er et testsystem.",
		NN: "Nummeret høyrer til ein oppdikta testperson, og dette er produksjon. Personen blir ikkje teken inn. Sjå etter at kjelda ikkje er eit testsystem.",
		EN: "The number belongs to a made-up test person, and this is production. The person is not taken in. Check that the source is not a test system.",
	},
	"error.ident.real_in_test": {
		NB: "Nummeret kan høre til en virkelig person, og dette er et testmiljø. Personen tas ikke inn. Bruk syntetiske testpersoner.",
		NN: "Nummeret kan høyre til ein verkeleg person, og dette er eit testmiljø. Personen blir ikkje teken inn. Bruk syntetiske testpersonar.",
		EN: "The number may belong to a real person, and this is a test environment. The person is not taken in. Use synthetic test persons.",
	},
	"error.ident.issuer": {
		NB: "Et H-nummer gjelder bare der det er laget, og her mangler utstederen. Personen kan ikke gjenkjennes. Oppgi institusjonen eller systemet som har laget nummeret.",
		NN: "Eit H-nummer gjeld berre der det er laga, og her manglar utferdaren. Personen kan ikkje kjennast att. Gi opp institusjonen eller systemet som har laga nummeret.",
		EN: "An H-number holds only where it was made, and the issuer is missing. The person cannot be recognised. State the institution or system that made the number.",
	},
	"error.ident.kind": {
		NB: "Vi kjenner ikke denne typen nummer, så personen kan ikke gjenkjennes. Bruk FNR, DNR, FHN eller HNR.",
		NN: "Vi kjenner ikkje denne typen nummer, så personen kan ikkje kjennast att. Bruk FNR, DNR, FHN eller HNR.",
		EN: "We do not know this kind of national identity number, so the person cannot be recognised. Use FNR, DNR, FHN or HNR.",
	},
	"error.ident.organisation": {
		NB: "Organisasjonsnummeret har ikke ni siffer som stemmer med kontrollsifferet. Det er ikke tatt i bruk. Sjekk det mot Enhetsregisteret.",
		NN: "Organisasjonsnummeret har ikkje ni siffer som stemmer med kontrollsifferet. Det er ikkje teke i bruk. Sjekk det mot Einingsregisteret.",
		EN: "The organisation number does not have nine digits that agree with the control digit. It is not used. Check it against the Register of Legal Entities.",
	},
	"error.ident.institution": {
		NB: "Det tiende sifferet i institusjons-ID-en er ikke 0, 1, 2, 3 eller 9. Den er ikke tatt i bruk. Rett den i kilden.",
		NN: "Det tiande sifferet i institusjons-ID-en er ikkje 0, 1, 2, 3 eller 9. Han er ikkje teken i bruk. Rett han i kjelda.",
		EN: "The tenth digit of the institution ID is not 0, 1, 2, 3 or 9. It is not used. Correct it in the source.",
	},
	"error.ident.resh": {
		NB: "RESH-ID-en er ikke et helt tall på høyst ni siffer. Den er ikke tatt i bruk. Sjekk den mot RESH.",
		NN: "RESH-ID-en er ikkje eit heilt tal på høgst ni siffer. Han er ikkje teken i bruk. Sjekk han mot RESH.",
		EN: "The RESH ID is not a whole number of at most nine digits. It is not used. Check it against RESH.",
	},
	"error.ident.her": {
		NB: "HER-ID-en er ikke et helt tall på høyst ni siffer. Den er ikke tatt i bruk. Sjekk den mot Adresseregisteret.",
		NN: "HER-ID-en er ikkje eit heilt tal på høgst ni siffer. Han er ikkje teken i bruk. Sjekk han mot Adresseregisteret.",
		EN: "The HER ID is not a whole number of at most nine digits. It is not used. Check it against the Address Register.",
	},
	"error.ident.hpr": {
		NB: "HPR-nummeret er ikke et helt tall på høyst ni siffer. Det er ikke tatt i bruk. Sjekk det mot Helsepersonellregisteret.",
		NN: "HPR-nummeret er ikkje eit heilt tal på høgst ni siffer. Det er ikkje teke i bruk. Sjekk det mot Helsepersonellregisteret.",
		EN: "The HPR number is not a whole number of at most nine digits. It is not used. Check it against the Health Personnel Register.",
	},

	"warning.ident.extended_series": {
		NB: "Nummeret følger den nye regelen for kontrollsiffer.",
		NN: "Nummeret følgjer den nye regelen for kontrollsiffer.",
		EN: "The number follows the new rule for control digits.",
	},
	"warning.ident.extended_before_start": {
		NB: "Nummeret følger en regel for kontrollsiffer som ennå ikke er tatt i bruk. Sjekk at det er tastet riktig.",
		NN: "Nummeret følgjer ein regel for kontrollsiffer som enno ikkje er teken i bruk. Sjå etter at det er tasta rett.",
		EN: "The number follows a rule for control digits that is not yet in use. Check that it was typed correctly.",
	},
	"warning.ident.century_undetermined": {
		NB: "Nummeret viser ikke hvilket århundre personen er født i. Fødselsdato og kjønn må komme fra kilden.",
		NN: "Nummeret viser ikkje kva hundreår personen er fødd i. Fødselsdato og kjønn må kome frå kjelda.",
		EN: "The number does not show the century the person was born in. Birth date and sex must come from the source.",
	},
	"warning.ident.implausible_age": {
		NB: "Etter nummeret er personen over 120 år eller ikke født ennå. Sjekk at det er riktig.",
		NN: "Etter nummeret er personen over 120 år eller ikkje fødd enno. Sjå etter at det er rett.",
		EN: "By the number the person is over 120 years old or not yet born. Check that it is right.",
	},
	"warning.ident.ambiguous_plus40": {
		NB: "Nummeret er et H-nummer eller hører til en oppdiktet testperson. Sifrene viser ikke hvilken av delene.",
		NN: "Nummeret er eit H-nummer eller høyrer til ein oppdikta testperson. Siffera viser ikkje kva for ein av delane.",
		EN: "The number is an H-number or belongs to a made-up test person. The digits do not show which.",
	},
	"warning.ident.padded": {
		NB: "Nummeret hadde ti siffer. Vi satte tilbake den første nullen, og da stemte det.",
		NN: "Nummeret hadde ti siffer. Vi sette tilbake den første nullen, og då stemte det.",
		EN: "The number had ten digits. We put the leading zero back, and then it was right.",
	},
}
