package pages

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"samband/web/e2e/browser"
)

// hand is a way to use a page.
type hand interface {
	press(css string)       // a link, a button, a summary
	write(css, text string) // into a field
}

// mouse points and clicks.
type mouse struct{ tab *browser.Tab }

func (m mouse) press(css string)       { m.tab.Click(css) }
func (m mouse) write(css, text string) { m.tab.Fill(css, text) }

// keyboard has no other way than Tab to a thing, and what it can see there.
type keyboard struct {
	t   *testing.T
	tab *browser.Tab
}

// reach presses Tab until the focus is on an element that matches, and holds that one can see where the focus is.
func (k keyboard) reach(css string) {
	k.t.Helper()
	for range 400 { // sixty rows with five things each lie on the way
		k.tab.Press("Tab")
		if browser.Eval[bool](k.tab, fmt.Sprintf("document.activeElement.matches(%q)", css)) {
			if !browser.Eval[bool](k.tab, `(() => {
				const s = getComputedStyle(document.activeElement), r = document.activeElement.getBoundingClientRect();
				return s.outlineStyle !== "none" && r.bottom > 0 && r.top < innerHeight;
			})()`) {
				k.t.Errorf("%s: the focus on %s can't be seen", k.tab.URL(), css)
			}
			return
		}
	}
	k.t.Fatalf("%s: Tab never reaches %s; it ends on %s", k.tab.URL(), css, k.tab.Focus())
}

func (k keyboard) press(css string) {
	k.t.Helper()
	k.reach(css)
	k.tab.Press("Enter")
}

func (k keyboard) write(css, text string) {
	k.t.Helper()
	k.reach(css)
	k.tab.Press(text)
}

// walker is somebody on their way through the portal.
type walker struct {
	hand
	t   *testing.T
	s   *site
	tab *browser.Tab
}

// arrives waits for the page at an address, which is a regular expression, and holds it sound; heading is a part of its
// heading.
func (w *walker) arrives(path, heading string) {
	w.t.Helper()
	w.tab.Arrive(path)
	// The page of a run draws itself anew as it goes on: it is asked in one go, and again.
	for n := 0; ; n++ {
		got := browser.Eval[string](w.tab, `document.querySelector("h1")?.innerText ?? ""`)
		if strings.Contains(got, heading) {
			break
		}
		if n == 20 {
			w.t.Errorf("%s: the heading is %q, not %q", path, got, heading)
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	w.tab.Sound()
}

// shows holds that words stand on the page; what unfolds may take a moment.
func (w *walker) shows(words ...string) {
	w.t.Helper()
	for _, word := range words {
		for n := 0; !strings.Contains(w.tab.Text("main"), word); n++ {
			if n == 20 {
				w.t.Errorf("%s doesn't say %q:\n%s", w.tab.URL(), word, w.tab.Text("main"))
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
}

func (w *walker) login(persona, name string) {
	w.t.Helper()
	w.press(".top__login")
	w.arrives("/login.*", "Logg inn")
	w.press("button[name=persona][value=" + persona + "]")
	w.arrives("/today", strings.Fields(name)[0])
	if got := w.tab.Text(".who"); !strings.Contains(got, name) {
		w.t.Errorf("the head says %q, not %q", got, name)
	}
}

func (w *walker) logout() {
	w.t.Helper()
	w.press(".who")
	w.press(".user-menu__leave button")
	w.arrives("/signed-out", "")
}

// TestWalk goes the way that a newcomer goes, as coordinator, as administrator and as security officer: with a mouse,
// with the keyboard alone, and without scripts.
func TestWalk(t *testing.T) {
	for name, o := range map[string]browser.Options{"mouse": {}, "keyboard": {}, "no script": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			w := &walker{t: t, s: s, tab: s.b.Tab(t, o)}
			w.hand = mouse{w.tab}
			if name == "keyboard" {
				w.hand = keyboard{t, w.tab}
			}

			w.tab.Go(s.URL)
			w.arrives("/catalogue", "Valg av registerløsninger")
			w.shows("Regional data- og analyseplattform", "Klinisk datavarehus", "Fases ut", "I drift", "Kreftregisteret")

			w.login(coordinator, "Kaja Koordinator")
			w.shows("Hjertekirurgi (demonstrasjon)", "Fullført")
			w.press("#deliveries-table a")
			w.arrives("/runs/1", "Kjøring 1 er fullført")
			w.shows("Regnskapet går opp", "Lest inn", "Fødselsnummeret er ikke gyldig")
			w.press(`.head__actions a[href^="/quality/"]`)
			w.arrives("/quality/hjertekirurgi.*", "Datakvalitet")
			w.shows("Fødselsnummeret er ikke gyldig", "Høyde")
			w.press(`main a[href^="/quarantine?"]`)
			w.arrives("/quarantine.+", "Karantene")
			w.press(`main td a[href^="/quarantine/"], main th a[href^="/quarantine/"]`)
			w.arrives(`/quarantine/hjertekirurgi/\d+.*`, "Rad ")
			w.shows("felter med identitet vises ikke")
			w.logout()

			w.tab.Go(s.URL)
			w.login(admin, "Ine Integrasjon")
			w.press(`.nav a[href="/integrations"]`)
			w.arrives("/integrations", "Integrasjoner")
			w.press(`main a[href="` + demoPath + `"]`)
			w.arrives(demoPath, "Hjertekirurgi")
			w.press(`.subnav a[href="` + demoPath + `/schedule"]`)
			w.arrives(demoPath+"/schedule", "Tidsplan")
			w.write("[name=pause_reason]", "Kilden bytter server")
			w.press(`form[action$="/pause"] button`)
			w.tab.Wait(`a[href$="/resume"]`)
			w.arrives(demoPath+"/schedule", "Tidsplan")
			w.shows("På pause", "Satt på pause av Ine Integrasjon", "Kilden bytter server")
			w.press(`a[href$="/resume"]`)
			w.arrives(demoPath+"/schedule/resume", "")
			w.press(`form[action$="/resume"] button`)
			w.tab.Wait(`form[action$="/pause"]`)
			w.press(`.subnav a[href="` + demoPath + `"]`)
			w.arrives(demoPath, "Hjertekirurgi")
			w.press(`form[action$="/run"] button`)
			w.arrives(`/runs/\d+`, "Kjøring ")
			w.shows("Startet av Ine Integrasjon")
			w.logout()

			w.tab.Go(s.URL)
			w.login(officer, "Sindre Sikkerhet")
			w.press(`.nav a[href="/approvals"]`)
			w.arrives("/approvals", "Godkjenninger")
			w.press(`main a[href^="/ros/"]:not([href$="/new"])`)
			w.arrives("/ros/demo-ros/1", "Risikoanalyse")
			w.press(`main a[href="` + demoPath + `"]`)
			w.arrives(demoPath, "Hjertekirurgi")
			w.press(`.subnav a[href="` + demoPath + `/approval"]`)
			w.arrives(demoPath+"/approval", "Integrasjonen er godkjent")
			w.shows("demo-ros, versjon 1", "demo-ld, versjon 1", "Ingenting i omfanget er endret", "Regional data- og analyseplattform")
			w.press(`section[aria-labelledby=scope] details:nth-of-type(4) summary`)
			w.tab.Wait(`section[aria-labelledby=scope] details[open]:nth-of-type(4) li`)
			w.shows("fnr")
		})
	}
}
