// Package guide shows every component on one page, with the frame around it. It is read by those who build pages and
// driven by the tests of the look. What it says is sample text, in bokmål, about invented people and figures; no page
// of the portal takes words from here.
package guide

import (
	"fmt"

	"samband/store/text"
	"samband/views/chart"
	"samband/views/ds"
	"samband/views/layout"
)

var (
	ok        = ds.State{Tone: ds.Success, Icon: ds.IconOK, Text: "Fullført"}
	held      = ds.State{Tone: ds.Warning, Icon: ds.IconHeld, Text: "Holdt tilbake"}
	failed    = ds.State{Tone: ds.Danger, Icon: ds.IconFailed, Text: "Feilet"}
	skipped   = ds.State{Tone: ds.Neutral, Icon: ds.IconSkipped, Text: "Hoppet over"}
	running   = ds.State{Tone: ds.Info, Icon: ds.IconRunning, Text: "Kjører"}
	waiting   = ds.State{Tone: ds.Info, Icon: ds.IconWaiting, Text: "Vurderes"}
	candidate = ds.State{Tone: ds.Neutral, Icon: ds.IconCandidate, Text: "Kandidat"}
	approved  = ds.State{Tone: ds.Success, Icon: ds.IconApproved, Text: "Godkjent, ikke i gang"}
	phasing   = ds.State{Tone: ds.Warning, Icon: ds.IconPhasing, Text: "Fases ut"}
	blocked   = ds.State{Tone: ds.Blocked, Icon: ds.IconBlocked, Text: "Sperret"}
)

var states = []ds.State{ok, held, failed, skipped, running, waiting, candidate, approved, phasing, blocked}

var needs = []ds.Need{
	{State: held, Title: "Nyfødtmedisin venter på deg",
		Text:   "31 av 1 284 rader ble holdt tilbake. Det er 2,4 prosent, og grensen er 2,0. Registeret er uendret.",
		Action: ds.ButtonProps{Text: "Vurder kjøringen", Href: "#", Variant: ds.Primary}},
	{State: failed, Title: "Barnediabetes fra CheckWare feilet",
		Text:   "CheckWare svarte ikke på tre forsøk. Registeret er uendret siden i går. Vi prøver igjen kl. 12.00.",
		Action: ds.ButtonProps{Text: "Se hva som skjedde", Href: "#"}},
}

var facts = []ds.Fact{
	{Term: "Risikoanalyse (ROS)", Text: "ROS-2026-031, versjon 2", Small: "Gjelder til 14. mars 2027", Href: "#"},
	{Term: "Løsningsdesign (LD)", Text: "LD-2026-018, versjon 3", Small: "Godkjent 20. mars 2026"},
	{Term: "Omfang", Text: "9f2c 41aa 07d3", Code: true},
	{Term: "Rettslig grunnlag", Text: "Forskrift om medisinske kvalitetsregistre"},
	{Term: "Eier", Text: "Fagansvarlig for nyfødtmedisin", Small: "Kaja Koordinator følger opp"},
	{Term: "Startet av", Text: "Tidsplanen"},
}

var stages = []ds.Stage{
	{State: ok, Name: "Klargjort", At: "02.30.00", Text: "Godkjenning og tidsplan kontrollert"},
	{State: ok, Name: "Hentet", At: "02.30.02", Text: "1 284 rader på 9 sekunder"},
	{State: ok, Name: "Delt", At: "02.30.11", Text: "Identitet til hvelvet, helse til mellomlageret"},
	{State: ok, Name: "Mappet", At: "02.30.14", Text: "Versjon 7 av mappingen"},
	{State: ok, Name: "Kontrollert", At: "02.30.21", Text: "31 rader til karantene"},
	{State: held, Name: "Holdt tilbake", At: "02.30.24", Text: "2,4 prosent i karantene, grensen er 2,0"},
	{State: ds.State{Icon: ds.IconPhasing, Text: "ikke startet"}, Name: "Lest inn", At: "ikke startet", Text: "Registeret er uendret"},
}

var steps = []ds.Step{
	{State: ok, Title: "Laget og sendt inn", Text: "Kaja Koordinator, 20. november kl. 14.12"},
	{State: ok, Title: "Teknisk kontrollert", Text: "Ine Integrasjon, 20. november kl. 15.30"},
	{State: waiting, Title: "Din vurdering", Text: "Du har ikke endret denne versjonen, og kan derfor avgjøre"},
}

var pairs = []ds.Pair{
	{Strong: "Barnediabetes", Text: "fra CheckWare, nytt forsøk", End: "i dag kl. 12.00"},
	{Strong: "Nyfødtmedisin", Text: "fra Regional plattform", End: "i morgen kl. 02.30"},
	{Text: "tirsdag 24. november", End: "02.30"},
}

var history = []ds.Entry{
	{At: "20. nov. 2026", ISO: "2026-11-20", Text: "Versjon 8 av mappingen sendt til godkjenning", More: "Kaja Koordinator"},
	{At: "2. juni 2026", ISO: "2026-06-02", Text: "Tidsplanen endret til hver natt kl. 02.30", More: "Ine Integrasjon"},
}

var week = []ds.Day{
	{Name: "mandag", Date: "i dag", Today: true, Slots: []ds.Slot{
		{Time: "02.30", Text: "Nyfødtmedisin, venter", Href: "#", Tone: ds.Warning}, {Time: "02.45", Text: "Hjertekirurgi", Href: "#"}},
		More: ds.Link{Text: "og 4 andre", Href: "#", Label: "og 4 andre på mandag"}},
	{Name: "tirsdag", Date: "24. nov.", Slots: []ds.Slot{{Time: "02.30", Text: "Nyfødtmedisin", Href: "#", Tone: ds.Accent}}},
	{Name: "onsdag", Date: "25. nov.", Slots: []ds.Slot{{Time: "02.30", Text: "Nyfødtmedisin", Href: "#", Tone: ds.Accent}}},
	{Name: "torsdag", Date: "26. nov.", Slots: []ds.Slot{{Time: "02.30", Text: "Nyfødtmedisin", Href: "#", Tone: ds.Accent}}},
	{Name: "fredag", Date: "27. nov.", Slots: []ds.Slot{{Time: "02.30", Text: "Nyfødtmedisin", Href: "#", Tone: ds.Accent}}},
	{Name: "lørdag", Date: "28. nov."},
	{Name: "søndag", Date: "29. nov.", Slots: []ds.Slot{{Time: "23.00", Text: "Vedlikehold til kl. 01"}}},
}

var columns = []ds.Column{
	{Text: "Klokken"}, {Text: "Register"}, {Text: "Lest", Num: true}, {Text: "Karantene", Num: true}, {Text: "Utfall"},
	{Text: "Lenke", Hidden: true},
}

var delivered = []struct {
	at, registry, read, held string
	state                    ds.State
}{
	{"02.30", "Nyfødtmedisin", "1 284", "31", held},
	{"02.45", "Hjertekirurgi", "412", "0", ok},
	{"03.00", "Barnediabetes", "–", "–", failed},
}

var overlap = ds.Field{Name: "overlap", Label: "Forrige kjøring er ikke ferdig", Value: "skip", Options: []ds.Option{
	{Value: "skip", Text: "Hopp over", Hint: "Forfallet noteres i historikken som hoppet over."},
	{Value: "queue", Text: "Vent i kø", Hint: "Starter når forrige er ferdig, senest etter 4 timer."},
}}

var alerts = ds.Field{Name: "alerts", Label: "Send varsel når en kjøring", Values: []string{"failed"}, Options: []ds.Option{
	{Value: "failed", Text: "feiler"}, {Value: "late", Text: "er sen"}, {Value: "held", Text: "holdes tilbake"},
}, Error: "Velg hvem varselet går til først."}

var source = ds.Field{Name: "source", Label: "Kildefelt", Value: "fodselsvekt", Options: []ds.Option{
	{Value: "", Text: "Ingen kilde"},
	{Value: "fodselsdato", Text: "fodselsdato", Group: "Person"},
	{Value: "fodselsvekt", Text: "fodselsvekt", Group: "Målinger"},
	{Value: "apgar_5", Text: "apgar_5", Group: "Målinger"},
}}

var problems = []ds.Problem{
	{Field: "reason", Text: "Skriv en grunn. Den står i revisjonsloggen."},
	{Text: "Tidsplanen ble endret av en annen mens du skrev. Se endringen og lagre igjen."},
}

var stops = []chart.Stop{
	{Kind: chart.StopSource, Name: "Kilde", Text: "Regional data- og analyseplattform, Helse Sør-Øst. Lesetilgang til 4 visninger."},
	{Kind: chart.StopPass, Name: "Integrasjonsplattform", Text: "Sykehuspartner. To meldinger på hver sin kanal. Ingen ser begge deler."},
	{Kind: chart.StopHold, Name: "Mellomlager", Text: "Identitet i hvelvet, helse i mellomlageret. Ulike nøkler. Slettes etter 7 døgn."},
	{Kind: chart.StopJoin, Name: "Register", Text: "Nyfødtmedisin i eReg. Delene settes sammen her, etter LD-2026-018 punkt 4."},
}

func balance(lang text.Lang) chart.BalanceProps {
	return chart.BalanceProps{ID: "bal", Lang: lang, Read: 1284, Before: 1271, HasBefore: true, Note: "Forrige kjøring er 4 798.",
		Parts: [6]chart.Part{
			{Label: "Nye og endrede", Help: "Klare. Leses inn når du frigir kjøringen", Rows: 214, Before: 198},
			{Label: "Uendret", Help: "Finnes allerede likt i registeret", Rows: 1012, Before: 1044},
			{Label: "Slått sammen", Help: "Flere versjoner av samme opplysning, regelen valgte én", Rows: 9, Before: 8},
			{Label: "Filtrert bort", Help: "Utenfor perioden eller opphold som ikke hører til registeret", Rows: 11, Before: 11},
			{Label: "Karantene", Help: "Holdt tilbake med grunn", Rows: 31, Before: 3, Href: "#"},
			{Label: "Sperret", Help: "Reservert eller uten samtykke", Rows: 7, Before: 7},
		}}
}

func marks() []chart.Mark {
	var ms []chart.Mark
	for i := range 14 {
		s := ok
		switch i {
		case 2:
			s = failed
		case 7:
			s = skipped
		case 13:
			s = held
		}
		ms = append(ms, chart.Mark{State: s, Href: "#", Current: i == 13, Label: fmt.Sprintf("%d. november: %s", 10+i, s.Text)})
	}
	return ms
}

func completeness(lang text.Lang) chart.BarsProps {
	return chart.BarsProps{ID: "comp", Lang: lang, Title: "Andel utfylt per variabel", Goal: 0.9,
		Desc: "Sju variabler. Seks er over målet på 90 prosent, pH i navlesnor er under.",
		Head: [3]string{"Variabel", "Utfylt", "Rader"},
		Bars: []chart.Bar{
			{Label: "Kjønn", Share: 1, Note: "1 284 av 1 284"},
			{Label: "Fødselsvekt", Share: 0.989, Note: "1 270 av 1 284"},
			{Label: "Gestasjonsalder ved fødsel etter ultralyd", Share: 0.97, Note: "1 245 av 1 284"},
			{Label: "Apgar etter 5 minutter", Share: 0.98, Note: "1 258 av 1 284"},
			{Label: "Utskrevet", Share: 0.951, Note: "1 221 av 1 284"},
			{Label: "pH i navlesnor", Share: 0.781, Note: "1 003 av 1 284"},
			{Label: "Temperatur ved innkomst", None: true, Note: "ikke med"},
		}}
}

func trend(lang text.Lang) chart.SeriesProps {
	p := chart.SeriesProps{ID: "trend", Lang: lang, Title: "Andel utfylte obligatoriske variabler", Decimals: 1, Unit: " %",
		Desc: "Fra 92,1 prosent i november 2025 til 93,2 i mai 2026. Etter ny mapping i juni mellom 95,8 og 96,4, over grensen.",
		Goal: 95, GoalText: "Grense 95", Head: [2]string{"Måned", "Utfylt"}}
	months := []string{"nov.", "des.", "jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt."}
	for i, v := range []float64{92.1, 92.4, 91.8, 92.6, 93, 92.9, 93.2, 95.8, 96.1, 96.4, 95.9, 96.2} {
		pt := chart.Point{Label: months[i], Value: v}
		if i == 7 {
			pt.Break = "Mapping 7"
		}
		p.Points = append(p.Points, pt)
	}
	return p
}

func timeliness(lang text.Lang) chart.SeriesProps {
	p := chart.SeriesProps{ID: "time", Lang: lang, Title: "Andel på plass innen 2 døgn", Unit: " %", Top: 100,
		Desc: "Fra 71 prosent i januar til 92 prosent i oktober. November er ikke ferdig.",
		Goal: 90, GoalText: "Mål 90", Head: [2]string{"Måned", "Innen 2 døgn"}}
	months := []string{"jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov."}
	for i, v := range []float64{71, 73, 72, 76, 78, 88, 90, 91, 90, 92, 84} {
		p.Points = append(p.Points, chart.Point{Label: months[i], Value: v, Open: i == 10})
	}
	return p
}

func histogram(lang text.Lang) chart.SeriesProps {
	p := chart.SeriesProps{ID: "hist", Lang: lang, Title: "Fødselsvekt i gram", Touching: true,
		Desc: "De fleste veier mellom 3 000 og 4 000 gram.", Head: [2]string{"Vekt fra", "Barn"}}
	for i, v := range []float64{6, 11, 24, 58, 132, 301, 402, 233, 88, 21, 8} {
		p.Points = append(p.Points, chart.Point{Label: text.Int(lang, int64(500*i)), Value: v})
	}
	return p
}

func heat(lang text.Lang) chart.HeatProps {
	return chart.HeatProps{ID: "heat", Lang: lang, Caption: "Andel utfylt i prosent, per variabel og måned", Head: "Variabel",
		Columns: []string{"jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug."}, Break: 5, Bad: 0.8, Warn: 0.9,
		Rows: []chart.HeatRow{
			{Label: "Fødselsvekt", Href: "#", Shares: []float64{0.981, 0.984, 0.98, 0.982, 0.986, 0.991, 0.99, 1}},
			{Label: "Apgar etter 5 minutter", Shares: []float64{0.894, 0.901, 0.9, 0.912, 0.91, 0.938, 0.941, 0.94}},
			{Label: "pH i navlesnor", Shares: []float64{0.712, 0.72, 0.708, 0.731, 0.726, 0.774, 0.78, 0.782}},
			{Label: "Temperatur ved innkomst", Shares: []float64{-1, -1, -1, -1, -1, -1, -1, -1}},
		}}
}

func page(c layout.Ctx) layout.PageProps {
	c.Notices = []ds.NoteProps{{Tone: ds.Success, Text: "Tidsplanen er lagret.", Announce: "status"}}
	return layout.PageProps{Ctx: c, Title: "Stilguide",
		Crumbs: []ds.Link{{Text: "I dag", Href: "/today"}, {Text: "Kjøringer", Href: "/runs"}, {Text: "Stilguide", Href: "/ds"}}}
}
