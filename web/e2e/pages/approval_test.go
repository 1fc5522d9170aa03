package pages

import (
	"fmt"
	"strings"
	"testing"

	"samband/web/e2e/browser"
)

// widen adds one variable to the demonstration's codebook and mapping, as somebody who works with files does.
func (s *site) widen() {
	s.t.Helper()
	out := s.Run("export", demo)
	if out.Code != 0 {
		s.t.Fatalf("export ended with %d\n%s", out.Code, out.Stderr)
	}
	doc := out.Stdout
	for _, edit := range [][2]string{
		{"\n      - name: avdeling\n", "\n      - name: seksjon\n        type: text\n        class: indirect\n      - name: avdeling\n"},
		{"\n        - variable: avdeling\n", "\n        - variable: seksjon\n          steps:\n            - do: copy\n              from: [avdeling]\n" +
			"        - variable: avdeling\n"},
	} {
		if strings.Count(doc, edit[0]) != 1 {
			s.t.Fatalf("the export has %d times %q:\n%s", strings.Count(doc, edit[0]), edit[0], doc)
		}
		doc = strings.Replace(doc, edit[0], edit[1], 1)
	}
	s.command(0, "import", s.file("wider.yaml", []byte(doc)))
}

// TestApprovalWalk: one variable more, and the next run is refused with that variable named. The coordinator submits and
// can't approve; the officer sees exactly that one thing, approves it with a reason, and it runs. By keyboard alone.
func TestApprovalWalk(t *testing.T) {
	s := start(t)
	whole := s.file("whole.csv", s.delivered())
	s.widen()
	s.command(2, "run", demo, "--input", whole)

	tab := s.b.Tab(t, browser.Options{})
	k := keyboard{t, tab}
	w := &walker{t: t, s: s, tab: tab, hand: k}
	approval := demoPath + "/approval"
	tab.Go(s.URL)
	w.login(coordinator, "Kaja Koordinator")
	w.press(`.nav a[href="/integrations"]`)
	w.arrives("/integrations", "Integrasjoner")
	w.press(`main a[href="` + demoPath + `"]`)
	w.arrives(demoPath, "Hjertekirurgi")
	w.shows("variabelen «seksjon» er lagt til")
	w.press(`.subnav a[href="` + approval + `"]`)
	w.arrives(approval, "Godkjenningen dekker ikke lenger det som skal kjøre")
	w.shows("Variabelen «seksjon» er lagt til")
	w.press(`form[action="` + approval + `"] button`)
	tab.Wait("#yes")
	w.arrives(approval, "Skal dette få kjøre?")
	if n := tab.Count(`[name=decision]`); n > 0 {
		t.Error("the submitter is offered to decide")
	}
	w.logout()

	tab.Go(s.URL)
	w.login(officer, "Sindre Sikkerhet")
	w.press(`.nav a[href="/approvals"]`)
	w.arrives("/approvals", "Godkjenninger")
	w.shows("Omfanget blir videre eller annerledes")
	w.press(`main a[href="` + approval + `"]`)
	w.arrives(approval, "Skal dette få kjøre?")
	w.shows("Flere opplysninger flyttes", "Variabelen «seksjon» er lagt til", "Hva det betyr å si ja")
	if n := tab.Count(`section[aria-labelledby=changes] .change`); n != 1 {
		t.Errorf("the officer sees %d changes", n)
	}
	decide := browser.Eval[string](tab, `document.querySelector("form[action$='/decide']").getAttribute("action")`)
	for who, p := range map[string]string{"the submitter": coordinator, "an administrator": admin} {
		other := s.tab(t, p, browser.Options{})
		status := browser.Eval[int](other, fmt.Sprintf(`fetch(%q, {method: "POST", body: new URLSearchParams({version: "1",
			decision: "approved", reason: "Selv", valid_to: "2099-01-01"})}).then(r => r.status)`, decide))
		if status != 403 {
			t.Errorf("%s decides by direct POST: %d", who, status)
		}
	}
	k.reach(`[name=decision][value=approved]`)
	tab.Press(" ")
	k.write(`form[action$="/decide"] [name=reason]`, "Avdelingen er vurdert fra før")
	k.press(`form[action$="/decide"] button:not([name])`)
	tab.Wait(`a[href="#compare"], #compare`)
	tab.Wait(`section[aria-labelledby=changes] .note`) // the same address again
	w.arrives(approval, "Integrasjonen er godkjent")
	w.shows("Avdelingen er vurdert fra før", "Ingenting i omfanget er endret")
	s.command(0, "run", demo, "--input", whole)
}
