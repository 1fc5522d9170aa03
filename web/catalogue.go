package web

import (
	"net/http"
	"net/url"
	"slices"

	"samband/store"
	"samband/views/catalogue"
)

// catalogue shows which integrations each register solution has. It is for anybody; what the anonymous are shown may be
// kept and asked for again by its ETag.
func (s *Server) catalogue(w http.ResponseWriter, r *http.Request) error {
	w.Header().Add("Vary", "Cookie") // who reads, in which language and colours
	if person(r) == nil {
		lang, theme := preferencesOf(s, r)
		if fresh, err := s.catalogueTag(w, r, string(lang), string(theme)); fresh || err != nil {
			return err
		}
	}
	all, shown, f, err := s.catalogueAsked(r)
	if err != nil {
		return err
	}
	m := catalogue.Model{Filter: f, Shown: shown, All: all, At: s.now(), Forms: catalogueForms(r)}
	for _, x := range all.Systems {
		if !slices.Contains(m.Names, x.Name) {
			m.Names = append(m.Names, x.Name)
		}
	}
	for _, form := range m.Forms {
		w.Header().Add("Link", "<"+form.Href+`>; rel="alternate"; type="`+form.Type+`"`)
	}
	return s.page(w, r, catalogue.Catalogue(s.ctx(w, r), m))
}

// catalogueAsked is the catalogue as it is true now, and the part of it that the request asks for.
func (s *Server) catalogueAsked(r *http.Request) (all, shown *store.Catalogue, f store.CatalogueFilter, err error) {
	if all, err = s.DB.Catalogue(r.Context()); err != nil {
		return nil, nil, f, err
	}
	all = s.shownOf(r, all)
	q := r.URL.Query()
	f = store.CatalogueFilter{Text: q.Get("q"), System: q.Get("system"), Direction: store.Direction(q.Get("direction")),
		State: store.IntegrationState(q.Get("state"))}
	return all, all.Apply(f), f, nil
}

// shownOf is what the reader may see of the catalogue, as it is true now.
func (s *Server) shownOf(r *http.Request, all *store.Catalogue) *store.Catalogue {
	if !s.can(r, store.SeeSystems, "") {
		all = all.Public()
	}
	return all.At(s.now())
}

// catalogueForms are the other forms of what is asked for. A table and a document hold what the filter shows; what data
// catalogues fetch is always the whole.
func catalogueForms(r *http.Request) []catalogue.Form {
	asked := url.Values{}
	for _, name := range []string{"q", "direction", "system", "state"} {
		if v := r.URL.Query().Get(name); v != "" {
			asked.Set(name, v)
		}
	}
	part := ""
	if len(asked) > 0 {
		part = "?" + asked.Encode()
	}
	return []catalogue.Form{
		{Name: "csv", Type: "text/csv", Href: "/catalogue.csv" + part},
		{Name: "json", Type: "application/json", Href: "/catalogue.json" + part},
		{Name: "jsonld", Type: "application/ld+json", Href: "/catalogue.jsonld"},
		{Name: "ttl", Type: "text/turtle", Href: "/catalogue.ttl"},
	}
}
