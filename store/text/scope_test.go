package text

import (
	"encoding/json"
	"strings"
	"testing"

	"samband/store"
)

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestDifference(t *testing.T) {
	min, max := 1.0, 350.0
	weight := asJSON(t, store.Variable{Name: "weight", Type: store.VarDecimal, Unit: "kg", Min: &min, Max: &max, Class: store.Health})
	heavy := asJSON(t, store.Variable{Name: "weight", Type: store.VarDecimal, Unit: "kg", Min: &min, Class: store.Health, Required: true})
	steps := func(factor float64) string {
		return asJSON(t, []store.Step{{Kind: store.StepScale, Factor: factor}})
	}
	for _, x := range []struct {
		d          store.Difference
		nb, nn, en string
	}{
		{store.Difference{Area: "variable", Name: "weight", Kind: store.Added, New: weight},
			"Variabelen «weight» er lagt til: Desimaltall, kg, 1–350, helseopplysning",
			"Variabelen «weight» er lagt til: Desimaltal, kg, 1–350, helseopplysning",
			"The variable “weight” has been added: Decimal number, kg, 1–350, health data"},
		{store.Difference{Area: "variable", Name: "weight", Kind: store.Removed, Old: weight},
			"Variabelen «weight» er fjernet", "Variabelen «weight» er fjerna", "The variable “weight” has been removed"},
		{store.Difference{Area: "variable", Name: "weight", Kind: store.Changed, Old: weight, New: heavy},
			"Variabelen «weight» er endret fra «Desimaltall, kg, 1–350, helseopplysning» til «Desimaltall, kg, 1–, obligatorisk, helseopplysning»",
			"Variabelen «weight» er endra frå «Desimaltal, kg, 1–350, helseopplysning» til «Desimaltal, kg, 1–, obligatorisk, helseopplysning»",
			"The variable “weight” has been changed from “Decimal number, kg, 1–350, health data” to “Decimal number, kg, 1–, required, health data”"},
		{store.Difference{Area: "field", Name: "navn", Kind: store.Added, New: "direct:family_name"},
			"Kildefeltet «navn» er lagt til: Identitet, Etternavn", "Kjeldefeltet «navn» er lagt til: Identitet, Etternamn",
			"The source field “navn” has been added: Identity, Family name"},
		{store.Difference{Area: "route", Kind: store.Changed, Old: "platform", New: "local"},
			"Transportveien er endret fra «Leverandørens integrasjonsplattform» til «Mappe på denne maskinen»",
			"Transportvegen er endra frå «Integrasjonsplattforma til leverandøren» til «Mappe på denne maskina»",
			"The transport route has been changed from “The supplier's integration platform” to “A folder on this machine”"},
		{store.Difference{Area: "setting", Name: "host", Kind: store.Changed, Old: "https://a.no", New: "https://b.no"},
			"Innstillingen «host» er endret fra «https://a.no» til «https://b.no»", "Innstillinga «host» er endra frå «https://a.no» til «https://b.no»",
			"The setting “host” has been changed from “https://a.no” to “https://b.no”"},
		{store.Difference{Area: "code", Name: "sex=M", Kind: store.Changed, Old: asJSON(t, store.CodeOption{Code: "M", Label: "Mann"}), New: asJSON(t, store.CodeOption{Code: "M", Label: "Mann", Missing: true})},
			"Koden «M» for «sex» er endret fra «Mann» til «Mann, regnes som manglende»", "Koden «M» for «sex» er endra frå «Mann» til «Mann, blir rekna som manglande»",
			"The code “M” of “sex” has been changed from “Mann” to “Mann, counts as missing”"},
		{store.Difference{Area: "rule", Name: "weight", Kind: store.Changed, Old: steps(1000), New: steps(0.5)},
			"Regelen for «weight» er endret fra «× 1000» til «× 0,5»", "Regelen for «weight» er endra frå «× 1000» til «× 0,5»",
			"The rule for “weight” has been changed from “× 1000” to “× 0.5”"},
		{store.Difference{Area: "rule", Name: "(key)", Kind: store.Changed, Old: `["id"]`, New: `["id","inn"]`},
			"Nøkkelen som navngir en rad er endret fra «id» til «id, inn»", "Nøkkelen som namngir ei rad er endra frå «id» til «id, inn»",
			"The key that names a row has been changed from “id” to “id, inn”"},
		{store.Difference{Area: "check", Name: "(order)", Kind: store.Changed, Old: "a, b", New: "b, a"},
			"Rekkefølgen på kontrollene er endret fra «a, b» til «b, a»", "Rekkjefølgja på kontrollane er endra frå «a, b» til «b, a»",
			"The order of the checks has been changed from “a, b” to “b, a”"},
		{store.Difference{Area: "limit", Name: "max_quarantined", Kind: store.Changed, Old: "0.05", New: "0.075"},
			"Grensen for rader i karantene er endret fra «5\u00a0%» til «7,5\u00a0%»", "Grensa for rader i karantene er endra frå «5\u00a0%» til «7,5\u00a0%»",
			"The limit for rows in quarantine has been changed from “5\u00a0%” to “7.5\u00a0%”"},
		{store.Difference{Area: "limit", Name: "allow_empty", Kind: store.Added, New: "true"},
			"Tillatelsen til tomme leveranser er lagt til", "Løyvet til tomme leveransar er lagt til", "The permission for empty deliveries has been added"},
		{store.Difference{Area: "retention", Kind: store.Changed, Old: "10 år"},
			"Lagringstiden er fjernet", "Lagringstida er fjerna", "The retention has been removed"},
		{store.Difference{Area: "retention", Kind: store.Changed, New: "10 år"},
			"Lagringstiden er lagt til: 10 år", "Lagringstida er lagt til: 10 år", "The retention has been added: 10 år"},
		{store.Difference{Area: "consent", Kind: store.Changed, Old: "reservation", New: "none"},
			"Samtykkeordningen er endret fra «Reservasjonsrett» til «Uten samtykke»", "Samtykkeordninga er endra frå «Reservasjonsrett» til «Utan samtykke»",
			"The consent regime has been changed from “Right to opt out” to “Without consent”"},
	} {
		for lang, want := range map[Lang]string{NB: x.nb, NN: x.nn, EN: x.en} {
			if got := Difference(lang, x.d); got != want {
				t.Errorf("%s: got  %s\nwant %s", lang, got, want)
			}
		}
	}
}

// TestEveryAreaIsSaid: whatever differs, in whatever way, no key and no JSON is shown.
func TestEveryAreaIsSaid(t *testing.T) {
	for _, area := range store.ScopeAreas {
		for _, name := range []string{"", "vekt", "(order)", "person", "sex=M"} {
			for _, kind := range []store.DiffKind{store.Added, store.Removed, store.Changed} {
				for _, lang := range []Lang{NB, NN, EN} {
					got := Difference(lang, store.Difference{Area: area, Name: name, Kind: kind, Old: "x", New: "y"})
					if got == "" || strings.ContainsAny(got, "{}") || strings.Contains(got, "⟨scope") {
						t.Errorf("%s %q %s in %s: %q", area, name, kind, lang, got)
					}
				}
			}
		}
	}
}

func TestDifferencesAreCounted(t *testing.T) {
	var ds []store.Difference
	for _, name := range strings.Split("abcdefgh", "") {
		ds = append(ds, store.Difference{Area: "field", Name: name, Kind: store.Removed})
	}
	const five = "kildefeltet «a» er fjernet; kildefeltet «b» er fjernet; kildefeltet «c» er fjernet; kildefeltet «d» er fjernet; kildefeltet «e» er fjernet"
	if got := Format(NB, ds[:5]); got != five {
		t.Errorf("five: %s", got)
	}
	if got := Format(NB, ds); got != five+"; og 3 til" {
		t.Errorf("eight: %s", got)
	}
	e := store.E(store.Refused, "gate.scope_not_covered", store.Args{"differences": ds[:1]})
	if got := Error(NB, e); !strings.Contains(got, "godkjent: kildefeltet «a» er fjernet. Ingenting") {
		t.Errorf("the gate says: %s", got)
	}
}

func TestFormatLists(t *testing.T) {
	for want, v := range map[string]any{
		"": []string{}, "a": []string{"a"}, "a og b": []string{"a", "b"}, "a, b og c": []string{"a", "b", "c"},
		"formål og sluttdato": []store.Code{"basis.purpose", "basis.ends_on"},
		"I drift":             store.Code("state.integration.in_operation"),
		"gjetting":            store.Code("step.gjetting"), // a value that no list has
		"5":                   100 * 0.05, "7": 100 * 0.07, "2,4": 2.41, "0": 0.0, "100": 100.0, "0,5": 0.5,
	} {
		if got := Format(NB, v); got != want {
			t.Errorf("Format(%v) = %q, want %q", v, got, want)
		}
	}
	if got := Format(EN, []string{"a", "b"}); got != "a and b" {
		t.Errorf("English: %s", got)
	}
}
