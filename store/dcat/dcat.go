// Package dcat says the public catalogue in the terms of DCAT-AP-NO 3 (https://data.norge.no/specification/dcat-ap-no),
// for data catalogues: as triples, and these as Turtle and as JSON-LD. Each integration that is approved now is a
// dataset; what lies in it is never public, so that only the catalogue itself has distributions. Contacts, hosts and
// contents are never said: the contact point is the publisher's public page.
package dcat

import (
	"time"

	"samband/store"
	"samband/store/text"
)

// Term is the object of a triple: a resource (IRI), or a text with its language or its type.
type Term struct {
	IRI  string
	Text string
	Lang text.Lang
	Type string // IRI; "" for plain text
}

// Triple is one statement. Subject and Predicate are IRIs.
type Triple struct {
	Subject, Predicate string
	Object             Term
}

// Namespaces are the vocabularies that are used, by the prefix they are written with.
var Namespaces = []struct{ Prefix, IRI string }{
	{"dcat", "http://www.w3.org/ns/dcat#"},
	{"dct", "http://purl.org/dc/terms/"},
	{"foaf", "http://xmlns.com/foaf/0.1/"},
	{"rdf", rdf},
	{"vcard", "http://www.w3.org/2006/vcard/ns#"},
	{"xsd", xsd},
}

const (
	rdf       = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	xsd       = "http://www.w3.org/2001/XMLSchema#"
	dcat      = "http://www.w3.org/ns/dcat#"
	dct       = "http://purl.org/dc/terms/"
	foaf      = "http://xmlns.com/foaf/0.1/"
	vcard     = "http://www.w3.org/2006/vcard/ns#"
	authority = "http://publications.europa.eu/resource/authority/"
)

// Publisher is who stands behind the catalogue.
type Publisher struct {
	Name string
	Page string // public page; IRI
}

// Options say what the graph is about.
type Options struct {
	Base      string // public address of the portal, without a slash at its end
	Publisher Publisher
	At        time.Time
}

// languages are those that the texts exist in, with the European authority's name of each.
var languages = []struct {
	lang text.Lang
	name string
}{{text.NB, "NOB"}, {text.NN, "NNO"}, {text.EN, "ENG"}}

// distributions are the forms in which the catalogue itself can be had.
var distributions = []struct{ ext, media, format string }{
	{"csv", "text/csv", "CSV"},
	{"json", "application/json", "JSON"},
}

// graph collects triples.
type graph struct {
	o   Options
	all []Triple
}

func (g *graph) add(subject, predicate string, object Term) {
	g.all = append(g.all, Triple{subject, predicate, object})
}

func (g *graph) link(subject, predicate, iri string) { g.add(subject, predicate, Term{IRI: iri}) }

// say adds a text in every language that it exists in.
func (g *graph) say(subject, predicate, key string, args ...any) {
	for _, l := range languages {
		g.add(subject, predicate, Term{Text: text.T(l.lang, key, args...), Lang: l.lang})
	}
}

// named adds a name that people wrote, in the installation's language.
func (g *graph) named(subject, predicate, name string) {
	g.add(subject, predicate, Term{Text: name, Lang: text.NB})
}

// Graph gives the catalogue as triples, those of a subject together, in an order that is always the same.
func Graph(c *store.Catalogue, o Options) []Triple {
	g := &graph{o: o}
	page := o.Base + "/catalogue"
	catalogue, itself := page+"#catalog", page+"#dataset"
	g.resource(catalogue, "Catalog")
	g.say(catalogue, dct+"title", "catalogue.title")
	g.say(catalogue, dct+"description", "catalogue.lead")
	g.link(catalogue, foaf+"homepage", page)
	for _, l := range languages {
		g.link(catalogue, dct+"language", authority+"language/"+l.name)
	}
	g.link(catalogue, dcat+"themeTaxonomy", authority+"data-theme")
	g.link(catalogue, dcat+"dataset", itself)
	var approved []*store.CatalogueEntry
	for i := range c.Entries {
		if e := &c.Entries[i]; e.Approved(o.At) {
			approved = append(approved, e)
			g.link(catalogue, dcat+"dataset", g.integration(e))
		}
	}
	g.agent()

	g.dataset(itself, page, "PUBLIC")
	g.say(itself, dct+"title", "catalogue.title")
	g.say(itself, dct+"description", "dcat.itself")
	for _, d := range distributions {
		g.link(itself, dcat+"distribution", page+"#"+d.ext)
	}
	for _, d := range distributions {
		id := page + "#" + d.ext
		g.link(id, rdf+"type", dcat+"Distribution")
		g.say(id, dct+"title", "dcat.distribution", "format", d.format)
		g.link(id, dcat+"accessURL", page)
		g.link(id, dcat+"downloadURL", page+"."+d.ext)
		g.link(id, dct+"format", authority+"file-type/"+d.format)
		g.link(id, dcat+"mediaType", "https://www.iana.org/assignments/media-types/"+d.media)
	}

	for _, e := range approved {
		g.approved(c, e)
	}
	return g.all
}

func (g *graph) integration(e *store.CatalogueEntry) string {
	return g.o.Base + "/solutions/" + e.SolutionID + "#" + e.IntegrationID
}

// agent says who publishes, and where to turn: to a public page, never to a person or a mailbox.
func (g *graph) agent() {
	publisher, contact := g.publisher(), g.contact()
	g.link(publisher, rdf+"type", foaf+"Agent")
	g.named(publisher, foaf+"name", g.o.Publisher.Name)
	g.link(publisher, foaf+"homepage", g.o.Publisher.Page)
	g.link(contact, rdf+"type", vcard+"Organization")
	g.named(contact, vcard+"fn", g.o.Publisher.Name)
	g.link(contact, vcard+"hasURL", g.o.Publisher.Page)
}

func (g *graph) publisher() string { return g.o.Base + "/catalogue#publisher" }
func (g *graph) contact() string   { return g.o.Base + "/catalogue#contact" }

// resource says what is obligatory of catalogues and datasets alike.
func (g *graph) resource(id, class string) {
	g.link(id, rdf+"type", dcat+class)
	g.add(id, dct+"identifier", Term{Text: id, Type: xsd + "anyURI"})
	g.link(id, dct+"publisher", g.publisher())
	g.link(id, dcat+"contactPoint", g.contact())
}

func (g *graph) dataset(id, page, access string) {
	g.resource(id, "Dataset")
	g.link(id, dcat+"theme", authority+"data-theme/HEAL")
	g.link(id, dct+"accessRights", authority+"access-right/"+access)
	g.link(id, dcat+"landingPage", page)
}

// approved describes one integration that may run now.
func (g *graph) approved(c *store.Catalogue, e *store.CatalogueEntry) {
	id := g.integration(e)
	access := "NON_PUBLIC" // exempt from public access: personal data
	if e.Sensitivity == store.NotSensitive {
		access = "RESTRICTED"
	}
	g.dataset(id, g.o.Base+"/solutions/"+e.SolutionID, access)
	g.named(id, dct+"title", e.Name)
	var solution, system string
	for _, s := range c.Solutions {
		if s.ID == e.SolutionID {
			solution = s.Name
		}
	}
	for _, s := range c.Systems {
		if s.ID == e.SystemID {
			system = s.Name
		}
	}
	g.say(id, dct+"description", "dcat.about."+string(e.Direction), "registry", e.RegistryName, "solution", solution,
		"system", system)
	for _, word := range []string{e.RegistryName, solution, system} {
		g.named(id, dcat+"keyword", word)
	}
	if e.Demo {
		g.say(id, dcat+"keyword", "dcat.demo")
	}
	if !e.ApprovedOn.IsZero() {
		g.add(id, dct+"issued", Term{Text: string(e.ApprovedOn), Type: xsd + "date"})
	}
}
