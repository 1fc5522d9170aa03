package text

import (
	"encoding/json"
	"slices"
	"strings"

	"samband/store"
)

// consentTexts holds the words for rules of consent, reservation and access restriction.
var consentTexts = Catalogue{
	"consenttype.samtykke":            {NB: "Samtykke", NN: "Samtykke", EN: "Consent"},
	"consenttype.reservasjon":         {NB: "Reservasjon", NN: "Reservasjon", EN: "Opt-out"},
	"consenttype.tilgangsbegrensning": {NB: "Tilgangsbegrensning", NN: "Tilgangsavgrensing", EN: "Access restriction"},

	"scope.consent_rule":     {NB: "regelen «{name}» for samtykke eller reservasjon", NN: "regelen «{name}» for samtykke eller reservasjon", EN: "the rule “{name}” for consent or opt-out"},
	"risk.area.consent_rule": {NB: "Regler for samtykke og reservasjon", NN: "Reglar for samtykke og reservasjon", EN: "Rules for consent and opt-out"},
	"scope.means.consent_rule": {
		NB: "Andres ja og nei avgjør, eller på en annen måte enn før.",
		NN: "Andre sine ja og nei avgjer, eller på ein annan måte enn før.",
		EN: "Other people's yes and no decide, or in another way than before.",
	},
	"audit.did.hold":          {NB: "liste holdt tilbake", NN: "liste halden tilbake", EN: "list held back"},
	"audit.did.sync":          {NB: "liste hentet", NN: "liste henta", EN: "list fetched"},
	"audit.did.refuse":        {NB: "liste forkastet", NN: "liste forkasta", EN: "list refused"},
	"edited.consent_rule":     {NB: "regelen for samtykke eller reservasjon", NN: "regelen for samtykke eller reservasjon", EN: "the rule for consent or opt-out"},
	"audit.kind.consent_rule": {NB: "Regel for samtykke eller reservasjon", NN: "Regel for samtykke eller reservasjon", EN: "Rule for consent or opt-out"},
	"scope.consent_rule.says": {
		NB: "{type}, definisjon {definition}, part {party}, fra tilkoblingen {connection}{place}; listen er høyst {hours} {hours|time|timer} gammel, og stanses ved et fall over {fall} % eller {count} {count|person|personer}{wait}{shut}",
		NN: "{type}, definisjon {definition}, part {party}, frå tilkoplinga {connection}{place}; lista er høgst {hours} {hours|time|timar} gammal, og blir stansa ved eit fall over {fall} % eller {count} {count|person|personar}{wait}{shut}",
		EN: "{type}, definition {definition}, party {party}, from the connection {connection}{place}; the list is at most {hours} {hours|hour|hours} old, and is stopped by a fall above {fall} % or {count} {count|person|persons}{wait}{shut}",
	},
	"scope.consent_rule.wait": {NB: "; {n} {n|ventedag|ventedager}", NN: "; {n} {n|ventedag|ventedagar}", EN: "; {n} waiting {n|day|days}"},
	"scope.consent_rule.shut": {NB: "; stenger ute {systems}", NN: "; stengjer ute {systems}", EN: "; shuts out {systems}"},

	"error.gate.consent_rule": {
		NB: "Registeret {registry} har {regime}, men ingen regel av typen {type}. Uten den vet Samband ikke hvem som har sagt ja eller nei, så ingenting leses inn. Sett opp regelen på registerets samtykkeside, og send integrasjonen til godkjenning.",
		NN: "Registeret {registry} har {regime}, men ingen regel av typen {type}. Utan han veit ikkje Samband kven som har sagt ja eller nei, så ingenting blir lese inn. Set opp regelen på samtykkesida til registeret, og send integrasjonen til godkjenning.",
		EN: "The registry {registry} has {regime}, but no rule of the type {type}. Without it Samband does not know who has said yes or no, so nothing is loaded. Set up the rule on the registry's consent page, and submit the integration for approval.",
	},
	"error.gate.consent_connection": {
		NB: "Regelen «{rule}» har ingen tilkobling som gir lister over samtykker og reservasjoner. Ingenting leses inn, og registeret er uendret. Velg en slik tilkobling på registerets samtykkeside.",
		NN: "Regelen «{rule}» har inga tilkopling som gir lister over samtykke og reservasjonar. Ingenting blir lese inn, og registeret er uendra. Vel ei slik tilkopling på samtykkesida til registeret.",
		EN: "The rule “{rule}” has no connection that gives lists of consents and opt-outs. Nothing is loaded, and the registry is unchanged. Choose such a connection on the registry's consent page.",
	},
	"error.consent.registry": {
		NB: "Regelen hører til et annet register og kan ikke flyttes. Lag en ny regel.",
		NN: "Regelen høyrer til eit anna register og kan ikkje flyttast. Lag ein ny regel.",
		EN: "The rule belongs to another registry and cannot be moved. Make a new rule.",
	},
	"error.consent_rule.not_found": {
		NB: "Denne regelen finnes ikke. Kanskje noen har slettet den. Last siden på nytt.",
		NN: "Denne regelen finst ikkje. Kanskje nokon har sletta han. Last sida på nytt.",
		EN: "There is no such rule. Perhaps somebody deleted it. Load the page again.",
	},
	"runbook.gate.consent_rule.meaning": {
		NB: "Registerets grunnlag sier at folks samtykke eller reservasjon avgjør, men det mangler en regel som sier hvor listen hentes. Kjøringen startet ikke, ingenting er hentet, og registeret er uendret.",
		NN: "Grunnlaget til registeret seier at samtykke eller reservasjon avgjer, men det manglar ein regel som seier kvar lista blir henta. Køyringa starta ikkje, ingenting er henta, og registeret er uendra.",
		EN: "The registry's basis says that people's consent or opt-out decides, but there is no rule that says where the list is fetched. The run did not start, nothing was fetched, and the registry is unchanged.",
	},
	"runbook.gate.consent_rule.do": {
		NB: "Åpne registerets samtykkeside og lag regelen med riktig type, definisjon, partkode og tilkobling.\nHent listen.\nSend integrasjonene til godkjenning, for regelen er en del av det som godkjennes.\nKjør på nytt når de er godkjent.",
		NN: "Opne samtykkesida til registeret og lag regelen med rett type, definisjon, partkode og tilkopling.\nHent lista.\nSend integrasjonane til godkjenning, for regelen er ein del av det som blir godkjent.\nKøyr på nytt når dei er godkjende.",
		EN: "Open the registry's consent page and make the rule with the right type, definition, party code and connection.\nFetch the list.\nSubmit the integrations for approval, for the rule is part of what is approved.\nRun again when they are approved.",
	},
}

// consentRuleValue says in words what a rule of choices decides.
func consentRuleValue(lang Lang, line string) string {
	var r struct {
		store.ConsentRule
		Settings map[string]string `json:"settings"`
	}
	if json.Unmarshal([]byte(line), &r) != nil {
		return line
	}
	var places []string
	for _, v := range r.Settings {
		places = append(places, v)
	}
	slices.Sort(places)
	place, wait, shut := "", "", ""
	if len(places) > 0 {
		place = " (" + strings.Join(places, ", ") + ")"
	}
	if r.WaitDays > 0 {
		wait = T(lang, "scope.consent_rule.wait", "n", r.WaitDays)
	}
	if len(r.Recipients) > 0 {
		shut = T(lang, "scope.consent_rule.shut", "systems", strings.Join(r.Recipients, ", "))
	}
	return T(lang, "scope.consent_rule.says", "type", T(lang, "consenttype."+string(r.Type)), "definition", r.Definition, "party", r.Party,
		"connection", r.ConnectionID, "place", place, "hours", r.MaxAge, "fall", Format(lang, 100*r.FallShare), "count", r.FallCount,
		"wait", wait, "shut", shut)
}
