package dcat

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/store"
	"samband/store/storetest/need"
	"samband/store/text"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func entry(id string) store.CatalogueEntry {
	return store.CatalogueEntry{IntegrationID: id, Name: "Hjerte «æøå» \"fra\" \\ plattformen", RegistryID: "hjerte",
		RegistryName: "Hjertekirurgi", SolutionID: "ereg", SystemID: "rdap", Direction: store.Inbound,
		Sensitivity: store.Sensitive, State: store.IntInOperation, Approval: store.AppApproved, ApprovedOn: "2026-01-02",
		ApprovedTo: "2026-11-23", ROS: store.Ref{ID: "ros", Version: 1}, ROSState: store.ROSAccepted,
		ROSValidTo: "2027-01-01", LD: store.Ref{ID: "ld", Version: 1}, LDState: store.LDApproved, LDValidTo: "2027-01-01"}
}

func catalogue(entries ...store.CatalogueEntry) *store.Catalogue {
	return &store.Catalogue{Solutions: []store.Solution{{ID: "ereg", Name: "eReg"}},
		Systems: []store.System{{ID: "rdap", Name: "Plattformen", Role: store.Source}}, Entries: entries}
}

func options(at time.Time) Options {
	return Options{Base: "https://samband.example.org", At: at,
		Publisher: Publisher{Name: "Sykehuset", Page: "https://sykehuset.example.org/"}}
}

// TestObligations holds what DCAT-AP-NO 3 demands of a catalogue, a dataset, a distribution and a publisher.
func TestObligations(t *testing.T) {
	open := entry("apen")
	open.Sensitivity = store.NotSensitive
	open.Demo = true
	g := Graph(catalogue(entry("hjerte-rdap"), open), options(noon))
	by := map[string]map[string][]Term{}
	for _, x := range g {
		if by[x.Subject] == nil {
			by[x.Subject] = map[string][]Term{}
		}
		by[x.Subject][x.Predicate] = append(by[x.Subject][x.Predicate], x.Object)
	}
	must := map[string][]string{
		dcat + "Catalog":       {dct + "title", dct + "description", dct + "publisher", dcat + "contactPoint", dct + "identifier", dcat + "dataset"},
		dcat + "Dataset":       {dct + "title", dct + "description", dct + "publisher", dcat + "contactPoint", dct + "identifier", dcat + "theme", dct + "accessRights"},
		dcat + "Distribution":  {dcat + "accessURL", dct + "format"},
		foaf + "Agent":         {foaf + "name"},
		vcard + "Organization": {vcard + "hasURL", vcard + "fn"},
	}
	classes := map[string]int{}
	for id, x := range by {
		class := x[rdf+"type"][0].IRI
		classes[class]++
		for _, p := range must[class] {
			if len(x[p]) == 0 {
				t.Errorf("%s has no %s", id, p)
			}
		}
		for _, p := range []string{dct + "publisher", dct + "accessRights", dct + "identifier", dct + "issued"} {
			if len(x[p]) > 1 {
				t.Errorf("%s has %d of %s", id, len(x[p]), p)
			}
		}
		for _, p := range []string{dct + "title", dct + "description"} {
			said := map[text.Lang]bool{}
			for _, o := range x[p] {
				if o.Lang == "" || said[o.Lang] {
					t.Errorf("%s says %s twice in %q", id, p, o.Lang)
				}
				said[o.Lang] = true
			}
		}
		for _, objects := range x { // what is pointed at here is described here
			for _, o := range objects {
				if strings.HasPrefix(o.IRI, "https://samband.example.org") && strings.Contains(o.IRI, "#") && by[o.IRI] == nil {
					t.Errorf("%s points at %s, which nothing is said of", id, o.IRI)
				}
			}
		}
	}
	for class := range must {
		if classes[class] == 0 {
			t.Errorf("no %s", class)
		}
	}
	access := func(id string) string { return by["https://samband.example.org/"+id][dct+"accessRights"][0].IRI }
	for id, want := range map[string]string{"catalogue#dataset": "PUBLIC", "solutions/ereg#hjerte-rdap": "NON_PUBLIC",
		"solutions/ereg#apen": "RESTRICTED"} {
		if got := access(id); got != authority+"access-right/"+want {
			t.Errorf("%s is %s, want %s", id, got, want)
		}
	}
	if n := len(by["https://samband.example.org/solutions/ereg#apen"][dcat+"distribution"]); n != 0 {
		t.Errorf("a dataset that is not public has %d distributions", n)
	}
	if !strings.Contains(string(Turtle(g)), "oppdiktede data") {
		t.Error("the demonstration is not marked")
	}
}

// TestOnlyWhatHolds: what was approved and holds no more is no dataset.
func TestOnlyWhatHolds(t *testing.T) {
	for name, change := range map[string]func(*store.CatalogueEntry){
		"candidate":              func(e *store.CatalogueEntry) { e.State = store.IntCandidate },
		"suspended":              func(e *store.CatalogueEntry) { e.State = store.IntSuspended },
		"never approved":         func(e *store.CatalogueEntry) { e.Approval = "" },
		"revoked":                func(e *store.CatalogueEntry) { e.Approval = store.AppRevoked },
		"expired":                func(e *store.CatalogueEntry) { e.ApprovedTo = "2026-11-22" },
		"ROS withdrawn":          func(e *store.CatalogueEntry) { e.ROSState = store.ROSWithdrawn },
		"ROS out of date":        func(e *store.CatalogueEntry) { e.ROSValidTo = "2026-11-22" },
		"ROS without an end":     func(e *store.CatalogueEntry) { e.ROSValidTo = "" },
		"LD superseded":          func(e *store.CatalogueEntry) { e.LDState = store.LDSuperseded },
		"LD out of date":         func(e *store.CatalogueEntry) { e.LDValidTo = "2026-11-22" },
		"no LD":                  func(e *store.CatalogueEntry) { e.LD, e.LDState, e.LDValidTo = store.Ref{}, "", "" },
		"holds to the day's end": nil,
	} {
		e := entry("x")
		if change != nil {
			change(&e)
		}
		said := strings.Contains(string(Turtle(Graph(catalogue(e), options(noon)))), "#x>")
		if said != (change == nil) {
			t.Errorf("%s: is a dataset: %v", name, said)
		}
		shown := catalogue(e).At(noon).Entries[0]
		if shown.State.Runnable() != (change == nil) {
			t.Errorf("%s: is shown as %s", name, shown.State)
		}
	}
	next := noon.Add(24 * time.Hour)
	if c := catalogue(entry("x")).At(next); c.Entries[0].State != store.IntSuspended {
		t.Error("an approval holds after its last day")
	}
}

// TestFormsAgree: Turtle and JSON-LD say exactly the triples, whatever the names hold.
func TestFormsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := entry("hjerte-rdap")
		e.Name, e.RegistryName = rapid.String().Draw(t, "name"), rapid.String().Draw(t, "registry")
		e.Demo = rapid.Bool().Draw(t, "demo")
		c := catalogue(e)
		c.Solutions[0].Name = rapid.StringN(0, 8, -1).Draw(t, "solution")
		g := Graph(c, options(noon))
		want := sorted(g)
		if got := sorted(parseTurtle(t, string(Turtle(g)))); !slices.Equal(got, want) {
			t.Fatalf("Turtle says\n%v\nwant\n%v", got, want)
		}
		doc, err := JSONLD(g)
		if err != nil {
			t.Fatal(err)
		}
		if got := sorted(parseJSONLD(t, doc)); !slices.Equal(got, want) {
			t.Fatalf("JSON-LD says\n%v\nwant\n%v", got, want)
		}
	})
}

// TestRapper has Raptor read the Turtle. Without it the test is skipped, or fails when SAMBAND_REQUIRE lists rapper.
func TestRapper(t *testing.T) {
	path, err := exec.LookPath("rapper")
	if err != nil {
		need.Missing(t, "rapper", "install raptor2-utils")
	}
	g := Graph(catalogue(entry("hjerte-rdap")), options(noon))
	cmd := exec.Command(path, "-q", "-i", "turtle", "-o", "ntriples", "-", "https://samband.example.org/")
	cmd.Stdin = bytes.NewReader(Turtle(g))
	out, err := cmd.CombinedOutput()
	if n := bytes.Count(out, []byte("\n")); err != nil || n != len(g) {
		t.Errorf("rapper reads %d triples, want %d: %v\n%s", n, len(g), err, out)
	}
}

// sorted gives triples as lines to compare.
func sorted(g []Triple) []string {
	var lines []string
	for _, x := range g {
		b, err := json.Marshal(x)
		if err != nil {
			panic(err)
		}
		lines = append(lines, string(b))
	}
	slices.Sort(lines)
	return lines
}

// parseJSONLD expands the terms of a document in the flat form we write.
func parseJSONLD(t *rapid.T, doc []byte) []Triple {
	var d struct {
		Context map[string]string            `json:"@context"`
		Graph   []map[string]json.RawMessage `json:"@graph"`
	}
	if err := json.Unmarshal(doc, &d); err != nil {
		t.Fatal(err)
	}
	full := func(s string) string {
		if prefix, word, ok := strings.Cut(s, ":"); ok && d.Context[prefix] != "" {
			return d.Context[prefix] + word
		}
		return s
	}
	read := func(raw json.RawMessage, v any) {
		if err := json.Unmarshal(raw, v); err != nil {
			t.Fatal(err)
		}
	}
	var g []Triple
	for _, node := range d.Graph {
		var id string
		read(node["@id"], &id)
		for key, raw := range node {
			switch key {
			case "@id":
			case "@type":
				var classes []string
				read(raw, &classes)
				for _, c := range classes {
					g = append(g, Triple{full(id), rdf + "type", Term{IRI: full(c)}})
				}
			default:
				var values []struct {
					ID    string    `json:"@id"`
					Text  *string   `json:"@value"`
					Lang  text.Lang `json:"@language"`
					Class string    `json:"@type"`
				}
				read(raw, &values)
				for _, v := range values {
					o := Term{IRI: full(v.ID), Lang: v.Lang, Type: full(v.Class)}
					if v.Text != nil {
						o.Text = *v.Text
					}
					g = append(g, Triple{full(id), full(key), o})
				}
			}
		}
	}
	return g
}
