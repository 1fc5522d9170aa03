package e2e

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samband/store"
	"samband/store/seed"
	"samband/web/e2e/canary"
	"samband/web/e2e/portal"
)

// The privacy suite runs the real program with made-up persons whose every property stands nowhere else, and looks for
// these in all that it leaves. Its short form runs with all other tests; `.ci/privacy long` runs the long one and says what
// was measured.

// persons is how many persons the privacy suite has.
func persons() int {
	if long {
		return 10_000
	}
	return 500
}

// house is an installation that has the registries `kanari` and `fugl`, which take the same persons in, and sends what the
// first holds. It keeps what its processes and commands say.
type house struct {
	*portal.Portal
	t       *testing.T
	persons []canary.Person
	scanner *canary.Scanner
	known   map[string]*client
	said    map[string][]byte // by where: a log, the output of a command, a page
	n       int               // deliveries so far
}

// column names of the deliveries to a house; the registry's rows come from those of `episodes`.
var houseFields = []string{"fnr", "fornavn", "etternavn", "postnr", "telefon", "epost", "adresse", "kjonn", "fodselsdato",
	"episode_id", "avdeling", "inn_dato", "ut_dato", "hoveddiagnose", "bidiagnose", "prosedyre", "hoyde", "vekt", "kreatinin",
	"kreatinin_enhet", "royker", "asa", "oppdatert"}

func newHouse(t *testing.T, n int, env ...string) *house {
	t.Helper()
	list := canary.Persons(n)
	h := &house{Portal: portal.New(t, env...), t: t, persons: list, scanner: canary.New(canary.Values(list)), known: map[string]*client{},
		said: map[string][]byte{}}
	episodes, err := os.ReadFile("../../jobs/pipeline/testdata/episodes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	sending, err := os.ReadFile("testdata/sending.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const postal = "        - {name: postnr, class: direct, is: postal_code}\n"
	more := strings.Replace(string(episodes), postal, postal+"        - {name: telefon, class: direct, is: phone}\n"+
		"        - {name: epost, class: direct, is: email}\n        - {name: adresse, class: direct, is: address}\n", 1)
	if more == string(episodes) {
		t.Fatal("the integration `episodes` has another shape")
	}
	for _, x := range []struct{ name, doc string }{{"demo", string(seed.Demo())}, {"outgoing", string(seed.Outgoing())},
		{"kanari", strings.ReplaceAll(more, "episodes", "kanari")}, {"fugl", strings.ReplaceAll(more, "episodes", "fugl")},
		{"sending", strings.ReplaceAll(string(sending), "episodes", "kanari")}} {
		doc := strings.ReplaceAll(x.doc, "{drop}", h.Drop)
		ok(t, h.Portal, "import", "--demo", file(t, h.Portal, x.name+".yaml", []byte(doc)))
	}
	for _, folder := range []string{"kanari", "fugl", "out"} {
		if err := os.MkdirAll(filepath.Join(h.Drop, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// as gives a client where a persona is logged in.
func (h *house) as(persona string) *client {
	h.t.Helper()
	if h.known[persona] == nil {
		h.known[persona] = login(h.t, h.Portal, persona)
	}
	return h.known[persona]
}

// says keeps what was said somewhere.
func (h *house) says(where string, what ...string) {
	for _, s := range what {
		h.said[where] = append(append(h.said[where], s...), '\n')
	}
}

// command carries a command out that must end with that code, and keeps what it says.
func (h *house) command(code int, args ...string) string {
	h.t.Helper()
	out := h.Run(args...)
	h.says("command "+args[0], out.Stdout, out.Stderr)
	if out.Code != code {
		h.t.Fatalf("%v ended with %d, want %d\n%s%s", args, out.Code, code, out.Stdout, out.Stderr)
	}
	return out.Stdout
}

// ends ends the process, kept as it may, and keeps its log.
func (h *house) ends(end func()) {
	h.t.Helper()
	end()
	h.says("log", h.Log())
}

// sound gives the row of a stay of a person, in the order of houseFields.
func (h *house) sound(person, stay int) []string {
	p := &h.persons[person]
	return []string{p.Number, p.Given, p.Family, "0101", p.Phone, p.Email, p.Address, []string{"1", "2"}[person%2],
		p.Born.Format("02.01.2006"), fmt.Sprintf("A-%06d", stay), "Kirurgisk post", "01.02.2024", "05.02.2024", "I21.9", "E11.9", "NFB20",
		fmt.Sprint(150 + person%50), "80,5", "88", "umol/L", fmt.Sprint(person % 3), fmt.Sprint(1 + person%5),
		fmt.Sprintf("06.02.2024 %02d:%02d:00", 8+h.n%12, stay%60)}
}

// spoil does one thing wrong with a row, of all that people and systems do wrong. Most of it puts identity where it does
// not belong; what is left of the values is what must not be left.
func (h *house) spoil(kind, person int, r []string) {
	p, other := &h.persons[person], &h.persons[(person+7)%len(h.persons)]
	at := func(name string) *string { return &r[slices.Index(houseFields, name)] }
	number := p.Number[:6] + " " + p.Number[6:]
	switch kind % 20 {
	case 0:
		*at("fnr") = p.Typo
	case 1:
		*at("inn_dato") = "31.02.2024"
	case 2:
		*at("royker") = "7"
	case 3:
		*at("avdeling") = "Pasient " + p.Family + " ble flyttet"
	case 4:
		*at("prosedyre") = number
	case 5:
		*at("avdeling") = "søsken: " + other.Number
	case 6:
		*at("avdeling") = raw + `Avd "A`
	case 7:
		*at("avdeling") = raw + "A;B"
	case 8:
		*at("vekt") = "ca 80 " + p.Given
	case 9:
		*at("fodselsdato") = p.Number
	case 10:
		*at("episode_id") = p.Number
	case 11:
		*at("vekt") = p.Phone
	case 12:
		*at("oppdatert") = p.Family
	case 13:
		*at("royker") = p.Email
	case 14:
		*at("asa") = p.Number
	case 15:
		*at("bidiagnose") = "bor i " + p.Address
	case 16:
		*at("hoveddiagnose") = "ring +47 " + p.Phone[:2] + " " + p.Phone[2:4] + " " + p.Phone[4:6] + " " + p.Phone[6:]
	case 17:
		*at("avdeling") = raw + `"` + p.Number + strings.Repeat(" "+p.Family, 200_000) + `"` // too long a cell
	case 18:
		*at("fnr") = p.Number + " " + p.Given
	case 19:
		*at("kreatinin_enhet") = "nr " + other.Number
	}
}

// delivery makes a delivery of a row of each person, of which so many in 100 are spoilt.
func (h *house) delivery(spoilt int) (content []byte, rows int64) {
	h.n++
	kind := h.n
	list := [][]string{houseFields}
	for i := range h.persons {
		r := h.sound(i, i)
		if spoilt > 0 && i%(100/spoilt) == 3 {
			h.spoil(kind, i, r)
			kind++
		}
		list = append(list, r)
	}
	return untable(list), int64(len(h.persons))
}

// puts leaves a delivery in the folder of a registry.
func (h *house) puts(registry string, content []byte, rows int64) {
	h.t.Helper()
	put(h.t, filepath.Join(h.Drop, registry), named(h.n), content, rows)
}

// runs has an integration run, which must end with that code.
func (h *house) runs(code int, args ...string) record {
	h.t.Helper()
	var r record
	only(h.t, h.command(code, append([]string{"run", "--json"}, args...)...), &r)
	if !r.Counts.Balanced() {
		h.t.Errorf("%v: the counts do not balance: %+v", args, r.Counts)
	}
	return r
}

// finds looks for the persons in b, and tells of them by kind and form.
func (h *house) finds(b []byte) string {
	n := map[string]int{}
	for _, hit := range h.scanner.Scan(b) {
		form := hit.Form
		if form == "" {
			form = "plain"
		}
		n[hit.Kind+" in "+form]++
	}
	var list []string
	for what, n := range n {
		list = append(list, fmt.Sprintf("%s: %d", what, n))
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// loads has a whole delivery taken in.
func (h *house) loads(registry string, spoilt int) record {
	h.t.Helper()
	content, rows := h.delivery(spoilt)
	h.puts(registry, content, rows)
	r := h.runs(0, registry)
	if r.State != store.RunSucceeded || r.Counts.Read != rows {
		h.t.Fatalf("the delivery gave %+v", r)
	}
	return r
}

// headless gives a delivery whose first line is a row.
func headless(content []byte) []byte {
	_, rows, _ := bytes.Cut(content, []byte("\n"))
	return rows
}
