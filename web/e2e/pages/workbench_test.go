package pages

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/jobs"
	"samband/store"
	"samband/web/e2e/browser"
	"samband/web/e2e/newborn"
	"samband/web/e2e/portal"
)

const (
	newbornPath = "/integrations/" + newborn.Integration
	mappingPath = newbornPath + "/mapping"
	newbornRows = 1200
)

// worker is a hand that maps.
type worker interface {
	hand
	choose(css, value string)       // of a list that drops down
	day(css, day string)            // yyyy-mm-dd
	connect(field, variable string) // on the page of the mapping
	disconnect(variable string)
	undo()
	redo()
}

// pointing maps by dragging and by clicks, in turn.
type pointing struct {
	mouse
	t     *testing.T
	drags *bool
}

func (m pointing) choose(css, value string) { m.tab.Choose(css, value) }

func (m pointing) write(css, text string) {
	m.t.Helper()
	m.tab.Click(css)
	browser.Eval[bool](m.tab, fmt.Sprintf(`(e => (e.focus(), e.select(), true))(document.querySelector(%q))`, css))
	m.tab.Press(text)
}

func (m pointing) day(css, day string) {
	browser.Eval[bool](m.tab, fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, css))
	m.tab.Press(typedDay(m.tab, day))
}

func (m pointing) connect(field, variable string) {
	m.t.Helper()
	from, to := port(m.tab, field), "#v-"+variable
	*m.drags = !*m.drags
	if !*m.drags {
		m.tab.Click(from)
		m.tab.Click(to + " .target")
		return
	}
	browser.Eval[bool](m.tab, fmt.Sprintf(`(() => {
		const port = document.querySelector(%q), row = document.querySelector(%q);
		row.closest("details").open = true;
		scrollTo(0, row.getBoundingClientRect().top + scrollY - 400);
		port.scrollIntoView({block: "nearest"});
		return true;
	})()`, from, to))
	m.tab.Drag(from, to)
}

func (m pointing) disconnect(variable string) { m.tab.Click("#v-" + variable + " .off") }
func (m pointing) undo()                      { m.tab.Click("#map-undo-edit button") }
func (m pointing) redo()                      { m.tab.Click("#map-redo-edit button") }

// typing maps without a pointer: letters lead to a field and to a variable.
type typing struct{ keyboard }

func (k typing) choose(css, value string) {
	k.t.Helper()
	k.reach(css)
	text := browser.Eval[string](k.tab, fmt.Sprintf(`[...document.activeElement.options].find(o => o.value === %q)?.text ?? ""`, value))
	if text == "" {
		k.t.Fatalf("%s: %s has no %q", k.tab.URL(), css, value)
	}
	k.tab.Press(strings.Split(text, "")...)
	if got := browser.Eval[string](k.tab, `document.activeElement.value`); got != value {
		k.t.Fatalf("%s: typing %q in %s chose %q, not %q", k.tab.URL(), text, css, got, value)
	}
	time.Sleep(time.Second) // letters of the next list are not to be one word with these
}

func (k typing) day(css, day string) {
	k.t.Helper()
	k.reach(css)
	k.tab.Press(typedDay(k.tab, day))
}

func (k typing) connect(field, variable string) {
	k.t.Helper()
	if !browser.Eval[bool](k.tab, `document.activeElement.matches(".port, .target")`) {
		k.reach(".port[tabindex='0']")
	} else if browser.Eval[bool](k.tab, `document.activeElement.matches(".target")`) {
		for !browser.Eval[bool](k.tab, `document.activeElement.matches(".port")`) {
			k.tab.Press("Shift+Tab")
		}
	}
	time.Sleep(time.Second) // letters typed in a row are one word
	k.tab.Press(strings.Split(field, "")...)
	if got, want := "#"+browser.Eval[string](k.tab, `document.activeElement.id`), port(k.tab, field); got != want {
		k.t.Fatalf("the letters of %s lead to %s, not %s", field, got, want)
	}
	k.tab.Press("Enter")
	says(k.t, k.tab, field)
	time.Sleep(time.Second)
	k.to(variable)
	k.tab.Press("Enter")
}

// to goes to a variable by its letters, from one of them.
func (k typing) to(variable string) {
	k.t.Helper()
	k.tab.Press(strings.Split(variable, "")...)
	if !browser.Eval[bool](k.tab, fmt.Sprintf(`document.activeElement.matches("#v-%s .target")`, variable)) {
		k.t.Fatalf("the letters of %s lead to %s", variable, k.tab.Focus())
	}
}

func (k typing) disconnect(variable string) {
	k.t.Helper()
	if !browser.Eval[bool](k.tab, `document.activeElement.matches(".target")`) {
		k.reach(".target")
	}
	time.Sleep(time.Second)
	k.to(variable)
	k.tab.Press("Delete")
}

func (k typing) undo() { k.tab.Press("Ctrl+z") }
func (k typing) redo() { k.tab.Press("Ctrl+y") }

func port(tab *browser.Tab, field string) string {
	return "#" + browser.Eval[string](tab, fmt.Sprintf(`document.querySelector('.port[data-field="%s"]').id`, field))
}

// typedDay gives a day as the browser's own field for days takes it from the keyboard.
func typedDay(tab *browser.Tab, day string) string {
	y, m, d := day[:4], day[5:7], day[8:]
	order := browser.Eval[string](tab, `new Intl.DateTimeFormat(navigator.language).formatToParts(new Date()).map(p => p.type[0]).filter(c => "ymd".includes(c)).join("")`)
	return strings.NewReplacer("y", y, "m", m, "d", d).Replace(order)
}

// newbornSite is a portal with the registry, and a delivery from its source.
func newbornSite(t *testing.T) (*portal.Portal, []byte) {
	t.Helper()
	p := portal.Start(t)
	file := filepath.Join(p.Dir, "newborn.yaml")
	if err := os.WriteFile(file, newborn.Bundle(), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := p.Run("import", file); out.Code != 0 {
		t.Fatalf("import ended with %d\n%s%s", out.Code, out.Stdout, out.Stderr)
	}
	folder := filepath.Join(p.Drop, newborn.Registry)
	content := newborn.Delivery(newbornRows, 7)
	name := filepath.Join(folder, "episode_20260101_20261031_20261102T0600.csv")
	control := fmt.Appendf(nil, "rows=%d\nsha256=%x\n", newbornRows, sha256.Sum256(content))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for path, b := range map[string][]byte{name: content, name + ".control": control} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return p, content
}

// TestWorkbench is a coordinator who maps a codebook of forty variables from a source of sixty fields and leaves a
// version behind: with the keyboard alone, and with the mouse alone.
func TestWorkbench(t *testing.T) {
	for _, name := range []string{"keyboard", "mouse"} {
		t.Run(name, func(t *testing.T) {
			p, content := newbornSite(t)
			opened := browser.Start(t)
			tab := opened.Tab(t, browser.Options{Width: 1400})
			b := &bench{walker: walker{t: t, tab: tab}, look: name == "mouse"}
			b.worker = pointing{mouse{tab}, t, new(bool)}
			if name == "keyboard" {
				b.worker = typing{keyboard{t, tab}}
			}
			b.hand = b.worker
			tab.Go(p.URL)
			b.login(coordinator, "Kaja Koordinator")
			b.press(`.nav a[href="/integrations"]`)
			b.arrives("/integrations", "Integrasjoner")
			b.press(`main a[href="` + newbornPath + `"]`)
			b.arrives(newbornPath, "Nyfødtmedisin")
			b.press(`.subnav a[href="` + mappingPath + `"]`)
			b.arrives(mappingPath, "Mapping")

			b.fields()
			b.suggestions()
			b.remaining()
			b.codes()
			b.correction()
			b.checks()
			b.seen()
			b.saved()
			b.holds(p, content)
			if b.look {
				b.everyPage(p, content)
				b.unscripted(opened.Tab(t, browser.Options{Width: 320, NoScript: true}), p.URL)
			}
		})
	}
}

// bench is somebody at the workbench.
type bench struct {
	walker
	worker
	look bool // also in the dark and on a small screen
}

func (b *bench) press(css string)       { b.t.Helper(); b.worker.press(css) }
func (b *bench) write(css, text string) { b.t.Helper(); b.worker.write(css, text) }

// send presses what leads to the same page again, and waits for that.
func (b *bench) send(css, path, heading string) {
	b.t.Helper()
	browser.Eval[string](b.tab, `document.documentElement.dataset.old = "yes"`)
	b.press(css)
	b.tab.Wait("html:not([data-old]) h1")
	b.arrives(path, heading)
}

// page goes to a page of the workbench.
func (b *bench) page(path, heading string) {
	b.t.Helper()
	at := mappingPath
	if path != "" {
		at += "/" + path
	}
	b.press(`.pages a[href="` + at + `"]`)
	b.arrives(at, heading)
	if !b.look {
		return
	}
	for _, o := range []browser.Options{{Width: 1400, Scheme: "dark"}, {Width: 360}, {Width: 1400}} {
		b.tab.Resize(o.Width, 0)
		b.tab.Scheme(o.Scheme)
		if o != (browser.Options{Width: 1400}) {
			b.tab.Sound()
			shot(b.tab, fmt.Sprintf("workbench-%s-%d%s", path, o.Width, o.Scheme))
		}
	}
}

// fields reads what the source offers and says of each field what it is.
func (b *bench) fields() {
	b.page("source-fields", "Felter fra kilden")
	b.send(`form[action$="/read-source"] button`, mappingPath+"/source-fields", "Felter fra kilden")
	b.shows(fmt.Sprintf("%d felt", newborn.Fields()))
	b.send("button[value=take]", mappingPath+"/source-fields", "Felter fra kilden")
	b.choose("[name=rest]", string(store.Health))
	b.send("button[value=rest]", mappingPath+"/source-fields", "Felter fra kilden")
	for i, want := range newborn.Source() {
		at := func(name string) string { return fmt.Sprintf("[name='f.%d.%s']", i, name) }
		now := func(name string) string {
			return browser.Eval[string](b.tab, fmt.Sprintf(`document.querySelector(%q).value`, at(name)))
		}
		if got := now("name"); got != want.Name {
			b.t.Fatalf("field %d is %s, not %s", i+1, got, want.Name)
		}
		if now("class") != string(want.Class) {
			b.choose(at("class"), string(want.Class))
		}
		if now("is") != string(want.Is) {
			b.choose(at("is"), string(want.Is))
		}
	}
	b.press(".form__actions button[value=save]")
	b.arrives(mappingPath, "Mapping")
}

// suggestions accepts those that are sure.
func (b *bench) suggestions() {
	b.press("#map-accept button")
	says(b.t, b.tab, "forslag er godtatt")
	b.tab.Sound()
	if n := b.tab.Count(".var[data-from]"); n < 25 {
		b.t.Errorf("only %d variables are mapped by suggestions", n)
	}
}

// mapped gives the fields that each variable has on the page.
func mapped(tab *browser.Tab) map[string]string {
	return browser.Eval[map[string]string](tab,
		`Object.fromEntries([...document.querySelectorAll(".var[data-from]")].map(r => [r.id.slice(2), r.dataset.from.split("\n").join(" ")]))`)
}

// remaining puts right what was suggested wrong and connects what is left; one is removed, brought back, and so on.
func (b *bench) remaining() {
	now := mapped(b.tab)
	by := 0
	for _, p := range newborn.Pairs() {
		got, _, _ := strings.Cut(now[p.Variable], " ")
		if got == p.Field {
			continue
		}
		b.t.Logf("%s is to come from %s and not from %q", p.Variable, p.Field, got)
		if got != "" {
			b.disconnect(p.Variable)
			says(b.t, b.tab, "har ingen kilde nå")
		}
		b.connect(p.Field, p.Variable)
		says(b.t, b.tab, p.Field+" → "+p.Variable)
		by++
	}
	if by == 0 {
		b.t.Error("nothing was left to connect by hand")
	}
	b.disconnect("crp")
	says(b.t, b.tab, "CRP har ingen kilde nå")
	b.undo()
	says(b.t, b.tab, "Angret")
	b.redo()
	says(b.t, b.tab, "Gjort på nytt")
	b.undo()
	says(b.t, b.tab, "Angret")
	b.tab.Sound()
	shot(b.tab, "workbench")
}

// codes decides on the thirty causes: one by hand, the others that are sure together.
func (b *bench) codes() {
	b.page("code-queue", "Koder")
	b.press(`#code-queues a[href$="/cause"]`)
	b.arrives(mappingPath+"/code-queue/cause", "Årsak")
	if n := b.tab.Count("#codes tbody tr"); n != len(newborn.Causes) {
		b.t.Errorf("the queue has %d values", n)
	}
	b.send("button[value='approve 0']", mappingPath+"/code-queue/cause", "Årsak")
	b.write("[name=score]", "85")
	b.send("button[value=bulk]", mappingPath+"/code-queue/cause", "Årsak")
	if n := b.tab.Count("#codes .tag[data-color=success]"); n != len(newborn.Causes) {
		b.t.Errorf("%d values are approved", n)
	}
}

// correction divides the discharge weights of the weeks in which the scale was wrong.
func (b *bench) correction() {
	b.page("value-corrections", "Rettelser")
	b.press(`a[href$="/new-correction"]`)
	b.arrives(mappingPath+"/value-corrections/new-correction", "")
	b.write("[name=name]", "vekt_mars")
	b.write("[name=reason]", "Vekten på stue 2 viste ti ganger for mye. Funnet ved kontrollveiing.")
	b.choose("[name=variable]", "discharge_weight")
	b.choose("[name=at]", "discharge_date")
	b.day("[name=from]", newborn.WrongFrom)
	b.day("[name=to]", newborn.WrongTo)
	b.choose("[name='s.add']", string(store.StepScale))
	b.press("button[value='add s']")
	b.tab.Wait("[name='s.0.factor']")
	b.write("[name='s.0.factor']", "0,1")
	b.press(".form__actions button[value=save]")
	b.arrives(mappingPath+"/value-corrections", "Rettelser")
	b.shows("vekt_mars", "ti ganger for mye", "Kaja Koordinator")
}

// checks adds those that are usual.
func (b *bench) checks() {
	b.page("row-checks", "Kontroller")
	b.press(`form[action$="/usual-checks"] button`)
	b.arrives(mappingPath, "Mapping")
	b.shows("er lagt til i kladden", "Fødselsnummer i tekst")
}

// seen looks at what becomes of real rows, and why.
func (b *bench) seen() {
	b.page("live-preview", "")
	b.tab.Wait("#preview-table")
	b.shows("0 holdt tilbake")
	b.press(`#preview-table a[href*="/value-trace"]`)
	b.arrives(mappingPath+"/value-trace.*", "")
}

// saved makes a version and looks at it, and at its document.
func (b *bench) saved() {
	b.press(`.pages a[href="` + mappingPath + `"]`)
	b.arrives(mappingPath, "Mapping")
	b.write("[name=message]", "Første mapping av nyfødtmedisin")
	b.press(`form[action$="/save-draft"] button`)
	b.arrives(mappingPath+"/all-versions", "Versjoner")
	b.shows("Første mapping av nyfødtmedisin", "Kaja Koordinator")
	b.press(`details:has(form[action$="/use-version"]) summary`)
	b.send(`form[action$="/use-version"] button`, mappingPath+"/all-versions", "Versjoner")
	b.shows("I bruk")
	b.page("value-corrections", "Rettelser")
	b.shows("vekt_mars", "Kaja Koordinator") // the version knows whose it is, as the draft did
	b.page("all-versions", "Versjoner")
	b.press(`main a[href*="/as-document"]`)
	b.arrives(mappingPath+"/as-document.*", "")
	b.shows("Fødselsvekt", "vekt_mars", "Prematuritet")
}

// everyPage follows the links of the workbench, with an own sample, a table and a draft there, and looks at a page of each
// kind on the smallest screen.
func (b *bench) everyPage(p *portal.Portal, content []byte) {
	b.t.Helper()
	send := func(path string, status int, form string) {
		b.t.Helper()
		if got := browser.Eval[int](b.tab, fmt.Sprintf(`fetch(%q, {method: "POST", body: (d => {%s; return d})(new FormData()), redirect: "follow"}).then(r => r.status)`,
			mappingPath+path, form)); got != status {
			b.t.Fatalf("%s answers %d", path, got)
		}
	}
	sample, err := json.Marshal(string(content))
	if err != nil {
		b.t.Fatal(err)
	}
	send("/own-sample", 200, fmt.Sprintf(`d.set("sample", new Blob([%s.replaceAll("\n", ";1\n").replace(";1\n", ";notat\n") + "1;2\n"]), "a.csv")`, sample))
	send("/lookup-tables/new-table", 200, `d.set("based", "1"); d.set("edits", "0"); d.set("name", "enheter"); d.set("rows", "kode;enhet\n1;Barsel"); d.set("do", "save")`)
	send("/connect-field", 200, `d.set("based", "1"); d.set("edits", "1"); d.set("drop", "crp")`)
	b.otherVersion(p)
	b.tab.Resize(320, 0)
	found := map[string]bool{}
	for next := []string{mappingPath}; len(next) > 0; next = next[1:] {
		b.tab.Go(p.URL + next[0])
		b.tab.Sound()
		shot(b.tab, "small"+strings.NewReplacer("/", "-", "?", "-").Replace(strings.TrimPrefix(next[0], mappingPath)))
		for _, link := range browser.Eval[[]string](b.tab, `[...document.querySelectorAll("main a[href]")].filter(a => a.origin === location.origin).map(a => a.pathname + a.search)`) {
			kind := subpage(link)
			if strings.HasPrefix(link, mappingPath) && !found[kind] && !strings.Contains(kind, ".md") && !strings.Contains(kind, "/as-yaml") &&
				!strings.Contains(kind, "/as-csv") && !strings.Contains(kind, "/as-concept-map") {
				found[kind] = true
				next = append(next, link)
			}
		}
	}
	for _, page := range []string{"/*", "/source-fields", "/source-profile", "/source-profile?field=*", "/merge-drafts", "/row-checks", "/missing-values", "/fact-versions", "/value-corrections", "/value-corrections/*",
		"/lookup-tables", "/lookup-tables/*", "/own-sample", "/own-sample/report", "/code-queue", "/code-queue/*", "/national-lists", "/live-preview",
		"/value-trace", "/version-preview", "/all-versions", "/as-document"} {
		if !found[mappingPath+page] {
			b.t.Errorf("%s was not found among %v", page, slices.Sorted(maps.Keys(found)))
		}
	}
}

// otherVersion saves a version that gives CRP another rule than the one that stands, so that there is something to merge.
func (b *bench) otherVersion(p *portal.Portal) {
	b.t.Helper()
	out := p.Run("export", newborn.Integration)
	rule := "variable: crp\n"
	i := strings.Index(out.Stdout, rule)
	if out.Code != 0 || i < 0 {
		b.t.Fatalf("export ended with %d and has no rule of CRP\n%s", out.Code, out.Stderr)
	}
	changed := out.Stdout[:i] + strings.Replace(out.Stdout[i:], "[crp]", "[hemoglobin]", 1)
	file := filepath.Join(p.Dir, "other.yaml")
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		b.t.Fatal(err)
	}
	if out := p.Run("import", file); out.Code != 0 {
		b.t.Fatalf("import ended with %d\n%s%s", out.Code, out.Stdout, out.Stderr)
	}
}

// subpage gives what links to pages of one kind have in common.
func subpage(link string) string {
	path, query, _ := strings.Cut(link, "?")
	if strings.HasPrefix(query, "field=") {
		return path + "?field=*"
	}
	rest := strings.TrimPrefix(path, mappingPath)
	if dir, name, ok := strings.Cut(strings.TrimPrefix(rest, "/"), "/"); ok && name != "report" {
		return mappingPath + "/" + dir + "/*"
	}
	if rest != "" && !strings.Contains(rest, "-") {
		return mappingPath + "/*" // the name of a variable has no hyphen
	}
	return path
}

// unscripted looks at the page as it is where no scripts run: nothing tells of what only they can do.
func (b *bench) unscripted(tab *browser.Tab, url string) {
	b.t.Helper()
	tab.Go(url + "/login")
	tab.Click("button[name=persona][value=" + coordinator + "]")
	tab.Wait(".who")
	tab.Go(url + mappingPath)
	tab.Sound()
	shot(tab, "small-unscripted")
	if got := strings.TrimSpace(tab.Text("#map-live")); got != "" {
		b.t.Errorf("without scripts it says %q", got)
	}
	if n := tab.Count("[popovertarget=map-keys]:not([hidden])"); n != 0 {
		b.t.Error("without scripts the keys of the script are told of")
	}
}

// holds asks the shell what the person left behind.
func (b *bench) holds(p *portal.Portal, content []byte) {
	b.t.Helper()
	out := p.Run("export", newborn.Integration)
	if out.Code != 0 {
		b.t.Fatalf("export ended with %d\n%s", out.Code, out.Stderr)
	}
	doc, err := jobs.ParseBundle([]byte(out.Stdout))
	if err != nil {
		b.t.Fatal(err)
	}
	var m *store.Mapping
	for _, i := range doc.Integrations {
		if i.ID == newborn.Integration {
			m = i.Mapping
		}
	}
	if m == nil {
		b.t.Fatalf("the export has no mapping\n%s", out.Stdout)
	}
	right := map[string]string{}
	for _, p := range newborn.Pairs() {
		right[p.Variable] = strings.TrimSpace(p.Field + " " + p.Unit)
	}
	got := map[string]string{}
	for i := range m.Rules {
		got[m.Rules[i].Variable] = strings.Join(m.Rules[i].Fields(), " ")
	}
	if !maps.Equal(got, right) {
		b.t.Errorf("mapped is %v\nnot %v", got, right)
	}
	step := func(variable string, kind store.StepKind) *store.Step {
		if r := m.Rule(variable); r != nil {
			for i := range r.Steps {
				if r.Steps[i].Kind == kind {
					return &r.Steps[i]
				}
			}
		}
		b.t.Fatalf("%s has no step of the kind %s", variable, kind)
		return nil
	}
	causes := map[string]string{}
	for _, c := range newborn.Causes {
		causes[c[0]] = c[1]
	}
	if s := step("cause", store.StepCodes); !maps.Equal(s.Map, causes) {
		b.t.Errorf("the causes are translated as %v", s.Map)
	}
	for variable, want := range map[string]map[string]float64{"birth_weight": {"g": 1, "kg": 1000}, "bilirubin": {"umol/L": 1, "mg/dL": 17.104}} {
		units := step(variable, store.StepUnit).Units
		if len(units) != len(want) {
			b.t.Errorf("%s has the units %v", variable, units)
		}
		for _, u := range units {
			if math.Abs(u.Factor/want[u.Unit]-1) > 0.001 {
				b.t.Errorf("%s: %s × %v, not %v", variable, u.Unit, u.Factor, want[u.Unit])
			}
		}
	}
	if len(m.Corrections) != 1 || m.Corrections[0].Variable != "discharge_weight" || m.Corrections[0].Steps[0].Factor != 0.1 ||
		m.Corrections[0].From != newborn.WrongFrom || m.Corrections[0].To != newborn.WrongTo || m.Corrections[0].Author != "" { // a file names no maker, see Mapping.Unstamped
		b.t.Errorf("the corrections are %+v", m.Corrections)
	}

	demo, err := filepath.Abs("../../../store/seed/demo.yaml")
	if err != nil {
		b.t.Fatal(err)
	}
	file, in := filepath.Join(p.Dir, "mapped.yaml"), filepath.Join(p.Dir, "in.csv")
	for path, c := range map[string][]byte{file: []byte(out.Stdout), in: content} {
		if err := os.WriteFile(path, c, 0o600); err != nil {
			b.t.Fatal(err)
		}
	}
	// In an installation of its own it may stand as approved, since all of it is made up, and be tried on every row.
	p = portal.New(b.t)
	for _, doc := range []string{demo, file} {
		if out := p.Run("import", "--demo", doc); out.Code != 0 {
			b.t.Fatalf("import --demo %s ended with %d\n%s%s", doc, out.Code, out.Stdout, out.Stderr)
		}
	}
	out = p.Run("run", newborn.Integration, "--input", in, "--dry-run", "--json")
	var ran struct{ Counts store.Counts }
	if err := json.NewDecoder(bytes.NewReader([]byte(out.Stdout))).Decode(&ran); err != nil || out.Code != 0 {
		b.t.Fatalf("the dry run ended with %d: %v\n%s%s", out.Code, err, out.Stdout, out.Stderr)
	}
	if c := ran.Counts; c.Read != newbornRows || c.Loaded < newbornRows*98/100 {
		b.t.Errorf("the dry run gave %+v\n%s", c, out.Stdout)
	}
}
