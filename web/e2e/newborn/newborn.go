// Package newborn is a registry and a source that were made apart, as registries and sources are: 40 variables of a
// quality registry for newborn medicine, 60 fields of a clinical warehouse, other names, other codes, two units, and a
// scale that weighed wrong for some weeks. Nothing is mapped; that is for whoever tries the workbench. All persons are
// synthetic.
package newborn

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"samband/jobs"
	"samband/store"
)

// Registry and Integration are the ids of what Bundle makes.
const (
	Registry    = "nyfodt"
	Integration = "nyfodt-klinikk"
)

// Pair is a variable and the source field it is made of.
type Pair struct {
	Variable, Field string
	Unit            string // field that names the unit; "" when none does
}

type column struct {
	field, label string
	class        store.FieldClass
	is           store.Attribute
	variable     *store.Variable // nil: the registry has no use for it
	unit         bool            // the field names the unit of the one before it
	value        func(r *rand.Rand, row int, born time.Time) string
}

func num(v float64) *float64 { return &v }

// Causes is the code list of 30 values: the source's text, the registry's code and its text.
var Causes = func() (list [][3]string) {
	for i, name := range []string{"Prematuritet", "Asfyksi", "Infeksjon", "Gulsott", "Lavt blodsukker", "Pustevansker", "Hjertefeil",
		"Misdannelse i tarm", "Ryggmargsbrokk", "Kramper", "Blødning", "Blodmangel", "Abstinens", "Tvillingsyndrom", "Nyresvikt",
		"Leppe-ganespalte", "Kromosomavvik", "Stoffskiftesykdom", "Hjerneblødning", "Tarmbetennelse", "Lungebetennelse", "Feber",
		"Vekttap", "Spisevansker", "Apné", "Luftlekkasje", "Lungeblødning", "Hoftefeil", "Hudsykdom", "Observasjon"} {
		list = append(list, [3]string{name, fmt.Sprintf("N%02d", i+1), name})
	}
	return list
}()

func text(list ...string) func(*rand.Rand, int, time.Time) string {
	return func(r *rand.Rand, _ int, _ time.Time) string { return list[r.IntN(len(list))] }
}

func number(low, high float64, decimals int, more ...string) func(*rand.Rand, int, time.Time) string {
	return func(r *rand.Rand, _ int, _ time.Time) string {
		if len(more) > 0 && r.IntN(12) == 0 {
			return more[r.IntN(len(more))]
		}
		return strings.Replace(strconv.FormatFloat(low+r.Float64()*(high-low), 'f', decimals, 64), ".", ",", 1)
	}
}

// WrongFrom and WrongTo are the first and the last day of discharge on which the scale showed ten times the weight.
const (
	WrongFrom = "2026-03-02"
	WrongTo   = "2026-03-22"
)

// daysIn is how long each stays.
const daysIn = 9

func weighed(r *rand.Rand, _ int, born time.Time) string {
	grams := 1500 + r.IntN(3700)
	if out := born.AddDate(0, 0, daysIn).Format(time.DateOnly); out >= WrongFrom && out <= WrongTo {
		grams *= 10
	}
	return strconv.Itoa(grams)
}

func day(after int) func(*rand.Rand, int, time.Time) string {
	return func(_ *rand.Rand, _ int, born time.Time) string {
		return born.AddDate(0, 0, after).Format("02.01.2006")
	}
}

func moment(after time.Duration) func(*rand.Rand, int, time.Time) string {
	return func(_ *rand.Rand, _ int, born time.Time) string { return born.Add(after).Format("02.01.2006 15:04:05") }
}

func v(name, label, form string, kind store.VarType, more ...func(*store.Variable)) *store.Variable {
	x := &store.Variable{Name: name, Label: label, Form: form, Type: kind, Class: store.Health}
	for _, f := range more {
		f(x)
	}
	return x
}

func required(x *store.Variable) { x.Required = true }

func limits(unit string, low, high float64) func(*store.Variable) {
	return func(x *store.Variable) { x.Unit, x.Min, x.Max = unit, num(low), num(high) }
}

func codes(pairs ...string) func(*store.Variable) {
	return func(x *store.Variable) {
		for i := 0; i+1 < len(pairs); i += 2 {
			x.Codes = append(x.Codes, store.CodeOption{Code: pairs[i], Label: pairs[i+1], Missing: strings.HasPrefix(pairs[i+1], "Ukjent")})
		}
	}
}

func class(c store.FieldClass) func(*store.Variable) {
	return func(x *store.Variable) { x.Class = c }
}

func causes(x *store.Variable) {
	for _, c := range Causes {
		x.Codes = append(x.Codes, store.CodeOption{Code: c[1], Label: c[2]})
	}
}

const (
	stay  = "Opphold"
	birth = "Fødsel"
	vital = "Mål og prøver"
	care  = "Behandling"
)

var yes = codes("1", "Ja", "0", "Nei", "9", "Ukjent")

// columns are the source's fields in order.
var columns = []column{
	{field: "fnr", label: "Fødselsnummer", class: store.Direct, is: store.AttrNumber},
	{field: "fornavn", label: "Fornavn", class: store.Direct, is: store.AttrGivenName},
	{field: "etternavn", label: "Etternavn", class: store.Direct, is: store.AttrFamilyName},
	{field: "postnr", label: "Postnummer", class: store.Direct, is: store.AttrPostalCode},
	{field: "opphold_id", label: "Oppholdets id", class: store.Technical, variable: v("stay_id", "Opphold", stay, store.VarText, required, class(store.Technical)),
		value: func(_ *rand.Rand, row int, _ time.Time) string { return fmt.Sprintf("NY-%05d", row+1) }},
	{field: "sist_endret", label: "Sist endret", class: store.Technical, variable: v("updated", "Oppdatert i kilden", stay, store.VarDateTime, required, class(store.Technical)), value: moment(500 * time.Hour)},
	{field: "innlagt_dt", label: "Innleggelsesdato", class: store.Health, variable: v("admission_date", "Innlagt", stay, store.VarDate, required), value: day(0)},
	{field: "utskrevet_dt", label: "Utskrivningsdato", class: store.Health, variable: v("discharge_date", "Utskrevet", stay, store.VarDate, required), value: day(daysIn)},
	{field: "avd_navn", label: "Avdeling", class: store.Indirect, variable: v("department", "Avdeling", stay, store.VarText, class(store.Indirect)), value: text("Nyfødt intensiv", "Barsel", "Overvåkning")},
	{field: "innlagt_fra", label: "Innlagt fra", class: store.Health, variable: v("admitted_from", "Innlagt fra", stay, store.VarCode, codes("1", "Føden", "2", "Barsel", "3", "Annet sykehus", "4", "Hjemmet")), value: text("Føden", "Barsel", "Annet sykehus", "Hjemmet")},
	{field: "arsak", label: "Årsak til innleggelsen", class: store.Health, variable: v("cause", "Årsak til innleggelse", stay, store.VarCode, required, causes),
		value: func(r *rand.Rand, _ int, _ time.Time) string { return Causes[r.IntN(len(Causes))][0] }},
	{field: "kjonn_tekst", label: "Kjønn", class: store.Indirect, variable: v("sex", "Kjønn", birth, store.VarCode, required, class(store.Indirect), codes("1", "Gutt", "2", "Jente", "9", "Ukjent")), value: text("Gutt", "Jente")},
	{field: "fodt_dato", label: "Fødselsdato", class: store.Indirect, variable: v("birth_date", "Fødselsdato", birth, store.VarDate, required, class(store.Indirect)), value: day(0)},
	{field: "fodselsvekt", label: "Fødselsvekt", class: store.Health, variable: v("birth_weight", "Fødselsvekt", birth, store.VarDecimal, required, limits("g", 300, 7000)),
		value: func(r *rand.Rand, row int, born time.Time) string {
			if row%2 == 0 {
				return number(0.6, 4.9, 3)(r, row, born)
			}
			return number(600, 4900, 0)(r, row, born)
		}},
	{field: "fodselsvekt_enhet", label: "Enhet for fødselsvekt", class: store.Technical, unit: true,
		value: func(_ *rand.Rand, row int, _ time.Time) string { return []string{"kg", "g"}[row%2] }},
	{field: "fodselslengde", label: "Lengde ved fødsel", class: store.Health, variable: v("birth_length", "Lengde ved fødsel", birth, store.VarDecimal, limits("cm", 20, 65)), value: number(28, 56, 1, "-9")},
	{field: "hodeomkrets", label: "Hodeomkrets", class: store.Health, variable: v("head_circumference", "Hodeomkrets ved fødsel", birth, store.VarDecimal, limits("cm", 15, 50)), value: number(22, 38, 1, "-9")},
	{field: "svangerskapsuke", label: "Svangerskapsuke", class: store.Health, variable: v("gestational_week", "Svangerskapsuke", birth, store.VarInteger, required, limits("", 22, 44)), value: number(23, 42, 0)},
	{field: "apgar1", label: "Apgar 1 minutt", class: store.Health, variable: v("apgar_1", "Apgar etter 1 minutt", birth, store.VarInteger, limits("", 0, 10)), value: number(0, 10, 0, "99")},
	{field: "apgar5", label: "Apgar 5 minutter", class: store.Health, variable: v("apgar_5", "Apgar etter 5 minutter", birth, store.VarInteger, limits("", 0, 10)), value: number(0, 10, 0, "99")},
	{field: "apgar10", label: "Apgar 10 minutter", class: store.Health, variable: v("apgar_10", "Apgar etter 10 minutter", birth, store.VarInteger, limits("", 0, 10)), value: number(0, 10, 0, "99")},
	{field: "forlosning", label: "Forløsningsmåte", class: store.Health, variable: v("delivery_mode", "Forløsning", birth, store.VarCode, codes("1", "Spontan", "2", "Vakuum", "3", "Tang", "4", "Keisersnitt", "9", "Ukjent")), value: text("Spontan", "Vakuum", "Tang", "Keisersnitt")},
	{field: "flerling", label: "Flerling", class: store.Health, variable: v("multiple", "Flerling", birth, store.VarCode, yes), value: text("Ja", "Nei")},
	{field: "mors_alder", label: "Mors alder", class: store.Indirect, variable: v("mother_age", "Mors alder", birth, store.VarInteger, class(store.Indirect), limits("år", 12, 60)), value: number(18, 45, 0)},
	{field: "mor_royker", label: "Mor røyker", class: store.Health, variable: v("mother_smokes", "Mor røyker", birth, store.VarCode, yes), value: text("Ja", "Nei", "Ukjent")},
	{field: "ph_navlesnor", label: "pH i navlesnor", class: store.Health, variable: v("cord_ph", "pH navlesnor", vital, store.VarDecimal, limits("", 6.4, 7.8)), value: number(6.9, 7.5, 2)},
	{field: "baseoverskudd", label: "Base excess", class: store.Health, variable: v("base_excess", "Baseoverskudd", vital, store.VarDecimal, limits("mmol/L", -40, 20)), value: number(-18, 4, 1)},
	{field: "bilirubin", label: "Bilirubin", class: store.Health, variable: v("bilirubin", "Høyeste bilirubin", vital, store.VarDecimal, limits("umol/L", 0, 900)),
		value: func(r *rand.Rand, row int, born time.Time) string {
			if row%3 == 0 {
				return number(1, 25, 1)(r, row, born)
			}
			return number(20, 420, 0)(r, row, born)
		}},
	{field: "bilirubin_enhet", label: "Enhet for bilirubin", class: store.Technical, unit: true,
		value: func(_ *rand.Rand, row int, _ time.Time) string { return []string{"mg/dL", "umol/L", "umol/L"}[row%3] }},
	{field: "glukose", label: "Blodsukker", class: store.Health, variable: v("glucose", "Laveste glukose", vital, store.VarDecimal, limits("mmol/L", 0, 40)), value: number(0.8, 9, 1)},
	{field: "hemoglobin", label: "Hemoglobin", class: store.Health, variable: v("haemoglobin", "Hemoglobin", vital, store.VarDecimal, limits("g/dL", 2, 30)), value: number(9, 22, 1)},
	{field: "crp", label: "CRP", class: store.Health, variable: v("crp", "CRP", vital, store.VarDecimal, limits("mg/L", 0, 500)), value: number(1, 120, 0)},
	{field: "temperatur", label: "Temperatur ved innkomst", class: store.Health, variable: v("temperature", "Temperatur ved innkomst", vital, store.VarDecimal, limits("°C", 25, 43)), value: number(34, 39, 1)},
	{field: "puls", label: "Hjertefrekvens", class: store.Health, variable: v("heart_rate", "Puls", vital, store.VarInteger, limits("/min", 20, 300)), value: number(80, 190, 0)},
	{field: "o2_metning", label: "Oksygenmetning", class: store.Health, variable: v("oxygen_saturation", "Oksygenmetning", vital, store.VarInteger, limits("%", 10, 100)), value: number(70, 100, 0)},
	{field: "respirator", label: "Respirator", class: store.Health, variable: v("ventilator", "Respirator", care, store.VarCode, yes), value: text("Ja", "Nei")},
	{field: "respirator_timer", label: "Timer på respirator", class: store.Health, variable: v("ventilator_hours", "Respiratortimer", care, store.VarDecimal, limits("timer", 0, 5000)), value: number(0, 300, 0)},
	{field: "cpap", label: "CPAP", class: store.Health, variable: v("cpap", "CPAP", care, store.VarCode, yes), value: text("Ja", "Nei")},
	{field: "surfaktant", label: "Surfaktant gitt", class: store.Health, variable: v("surfactant", "Surfaktant", care, store.VarCode, yes), value: text("Ja", "Nei")},
	{field: "antibiotika", label: "Antibiotika", class: store.Health, variable: v("antibiotics", "Antibiotika", care, store.VarCode, yes), value: text("Ja", "Nei")},
	{field: "lysbehandling", label: "Lysbehandling", class: store.Health, variable: v("phototherapy", "Lysbehandling", care, store.VarCode, yes), value: text("Ja", "Nei")},
	{field: "transfusjon", label: "Blodtransfusjon", class: store.Health, variable: v("transfusion", "Blodtransfusjon", care, store.VarCode, yes), value: text("Ja", "Nei")},
	{field: "operert", label: "Operert", class: store.Health, variable: v("surgery", "Operert", care, store.VarCode, yes), value: text("Ja", "Nei")},
	{field: "utskrivningsvekt", label: "Vekt ved utskrivning", class: store.Health, variable: v("discharge_weight", "Vekt ved utskrivning", care, store.VarDecimal, limits("g", 300, 12000)), value: weighed},
	{field: "hoveddiag", label: "Hoveddiagnose", class: store.Health, variable: v("main_diagnosis", "Hoveddiagnose (ICD-10)", care, store.VarText), value: text("P07.3", "P22.0", "P36.9", "P59.9", "Q21.0")},
	{field: "utskrevet_til", label: "Utskrevet til", class: store.Health, variable: v("discharged_to", "Utskrevet til", care, store.VarCode, codes("1", "Hjemmet", "2", "Annet sykehus", "3", "Død")), value: text("Hjemmet", "Annet sykehus", "Død")},
	// what the source has and the registry does not want
	{field: "seng", class: store.Technical, value: text("1A", "1B", "2A")},
	{field: "rom", class: store.Technical, value: text("101", "102")},
	{field: "kostnadssted", class: store.Technical, value: text("4011", "4012")},
	{field: "drg", label: "DRG", class: store.Health, value: text("388A", "389", "390")},
	{field: "bidiag1", label: "Bidiagnose 1", class: store.Health, value: text("", "P70.4", "P61.2")},
	{field: "bidiag2", label: "Bidiagnose 2", class: store.Health, value: text("", "Q25.0")},
	{field: "allergi", label: "Allergi", class: store.Health, value: text("", "Ja", "Nei")},
	{field: "smitte", label: "Smitte", class: store.Health, value: text("", "MRSA")},
	{field: "isolasjon", label: "Isolasjon", class: store.Health, value: text("0", "1")},
	{field: "triage", label: "Triage", class: store.Health, value: text("Rød", "Gul", "Grønn")},
	{field: "merknad_kode", class: store.Technical, value: text("", "A", "B")},
	{field: "oppdatert_av_rolle", class: store.Technical, value: text("LE", "SP")},
	{field: "eksport_nr", class: store.Technical, value: func(_ *rand.Rand, row int, _ time.Time) string { return strconv.Itoa(row) }},
	{field: "kilde", label: "Kildesystem", class: store.Technical, value: text("DIPS", "MetaVision")},
}

// Fields and Variables are how many there are.
func Fields() int { return len(columns) }

// Pairs gives the right answers, in the order of the codebook.
func Pairs() []Pair {
	var ps []Pair
	for i, c := range columns {
		if c.variable == nil {
			continue
		}
		p := Pair{Variable: c.variable.Name, Field: c.field}
		if i+1 < len(columns) && columns[i+1].unit {
			p.Unit = columns[i+1].field
		}
		ps = append(ps, p)
	}
	return ps
}

// Codebook gives the registry's own definitions.
func Codebook() *store.Codebook {
	c := &store.Codebook{ID: Registry, Version: 1, RegistryID: Registry, Title: "Nyfødtmedisin", Key: []string{"stay_id"}}
	for _, x := range columns {
		if x.variable != nil {
			c.Variables = append(c.Variables, *x.variable)
		}
	}
	return c
}

// Source gives the fields of the source as the hospital classes them.
func Source() []store.Field {
	var fs []store.Field
	for _, c := range columns {
		fs = append(fs, store.Field{Name: c.field, Label: c.label, Class: c.class, Is: c.is})
	}
	return fs
}

// Delivery gives a CSV file of n stays, the same for the same seed.
func Delivery(n int, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	var b bytes.Buffer
	for i, c := range columns {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(c.field)
	}
	b.WriteByte('\n')
	for row := range n {
		born := time.Date(2026, 1, 1+row%300, 8, 30, 0, 0, time.UTC)
		for i, c := range columns {
			if i > 0 {
				b.WriteByte(';')
			}
			switch c.is {
			case store.AttrNumber:
				b.WriteString(Person(row))
			case store.AttrGivenName:
				b.WriteString("Testbarn")
			case store.AttrFamilyName:
				fmt.Fprintf(&b, "Oppdiktet%d", row)
			case store.AttrPostalCode:
				b.WriteString("0001")
			default:
				b.WriteString(c.value(r, row, born))
			}
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// Person gives the person number of a row: synthetic, month + 80.
func Person(row int) string {
	born := store.DateOf(time.Date(2026, 1, 1+row%300, 12, 0, 0, 0, time.UTC))
	for individual := 500 + row/300; ; individual++ {
		if n, ok := store.SyntheticNumber(born, individual); ok {
			return n.Reveal()
		}
	}
}

// Bundle gives the registry, its codebook, the connection and the integration as `samband import` reads them, for an
// installation that has the demonstration's ways to reach systems. The integration has no mapping.
func Bundle() []byte {
	doc := store.Bundle{Format: store.BundleFormat,
		Registries: []store.Registry{{ID: Registry, SolutionID: "ereg", Name: "Nyfødtmedisin (oppdiktet)", Kind: "quality",
			Unit: "Oppdiktet nyfødtavdeling", Contact: "Fagansvarlig", StartsOn: "2026-01-01", Basis: store.Basis{Purpose: "Prøve ut mapping",
				LegalBasis: "Ingen. Oppdiktede data.", Consent: store.ConsentNone, PVO: "PRØVE-1", PVOOn: "2026-01-20",
				Controller: "Oppdiktet sykehus", JointControllers: "Ingen", DPIANotNeeded: "Dataene er oppdiktet.",
				Persons: "Oppdiktede nyfødte", Categories: "Opphold, mål og behandling", Sensitivity: store.Sensitive,
				Recipients: "Ingen", Retention: "Slettes når datamappen slettes", Kept: "Ingenting", KeptBasis: "Ikke aktuelt",
				SecurityClass: "Åpen (oppdiktede data)", CitizenInfo: "Registerstøtte"}}},
		Connections: []store.Connection{{ID: Registry, SystemID: "rdap", Kind: "files", Name: "Oppdiktet klinisk lager",
			Settings: map[string]string{"folder": "{drop}/" + Registry, "dataset": "episode"}}},
		Codebooks: []store.Codebook{*Codebook()},
		Integrations: []store.BundleIntegration{{Integration: store.Integration{ID: Integration, RegistryID: Registry,
			MethodID: "rdap-demo", ConnectionID: Registry, Name: "Nyfødtmedisin fra klinisk lager", Purpose: "Prøve ut mapping",
			Sensitivity: store.Sensitive, CodebookID: Registry, Owner: "Fagansvarlig", ExpectedHours: 26,
			ROS: store.Ref{ID: "demo-ros", Version: 1}, LD: store.Ref{ID: "demo-ld", Version: 1}}}},
	}
	out, err := jobs.FormatBundle(&doc)
	if err != nil {
		panic(err) // plain data
	}
	return out
}
