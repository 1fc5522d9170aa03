package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"samband/store"
	"samband/store/dcat"
	"samband/store/text"
	"samband/views/layout"
)

// catalogueTag answers 304 when the reader has what they would be shown: fresh is true then. It costs one look at a
// counter. The tag covers everything that an anonymous answer depends on: the address with its filter, the revision of
// the catalogue, the day (what holds ends at midnight), who runs the program, and what else shapes the answer.
func (s *Server) catalogueTag(w http.ResponseWriter, r *http.Request, shape ...string) (fresh bool, err error) {
	revision, err := s.DB.CatalogueRevision(r.Context())
	if err != nil {
		return false, err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %d %s %q %q", s.build, revision, store.DateOf(s.now()), r.URL.RequestURI(), shape)
	tag := `"` + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18]) + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "public, no-cache") // kept, and asked about each time
	if !matches(r.Header.Get("If-None-Match"), tag) {
		return false, nil
	}
	w.WriteHeader(http.StatusNotModified)
	return true, nil
}

// matches tells whether a tag is among those of If-None-Match (RFC 9110 section 13.1.2).
func matches(list, tag string) bool {
	for t := range strings.SplitSeq(list, ",") {
		if t = strings.TrimPrefix(strings.TrimSpace(t), "W/"); t == tag || t == "*" {
			return true
		}
	}
	return false
}

// catalogueCSV gives the integrations that are asked for as a table, in the language ?lang=.
func (s *Server) catalogueCSV(w http.ResponseWriter, r *http.Request) error {
	if fresh, err := s.catalogueTag(w, r); fresh || err != nil {
		return err
	}
	_, shown, _, err := s.catalogueAsked(r)
	if err != nil {
		return err
	}
	c := layout.Ctx{Lang: text.NB}
	if lang := r.URL.Query().Get("lang"); slices.Contains(languages, lang) {
		c.Lang = text.Lang(lang)
	}
	return s.csv(w, r, "catalogue.csv", func(row func(...string)) {
		var head []string
		for _, key := range []string{"solution", "integration", "registry", "system", "direction", "state", "approved",
			"approved_on", "approved_to", "ros", "ld", "demo", "page"} {
			head = append(head, c.T("catalogue.col."+key))
		}
		row(head...)
		for _, x := range s.catalogueLines(shown) {
			row(x.Solution, x.Name, x.Registry, x.System, c.T("direction."+string(x.Direction)),
				c.T("state.integration."+string(x.State)), yes(c, x.Approved), string(x.ApprovedOn), string(x.ApprovedTo),
				x.ROS, x.LD, yes(c, x.Demo), x.Page)
		}
	})
}

// catalogueLine is an integration as it leaves the portal: nothing of contacts, hosts or contents.
type catalogueLine struct {
	ID         string                 `json:"id"`
	Name       string                 `json:"name"`
	Solution   string                 `json:"-"`
	SolutionID string                 `json:"-"`
	Registry   string                 `json:"registry"`
	System     string                 `json:"system"`
	Direction  store.Direction        `json:"direction"`
	State      store.IntegrationState `json:"state"`
	Approved   bool                   `json:"approved"` // may run today
	ApprovedOn store.Date             `json:"approved_on,omitempty"`
	ApprovedTo store.Date             `json:"approved_to,omitempty"`
	ROS        string                 `json:"ros,omitempty"`
	LD         string                 `json:"ld,omitempty"`
	Demo       bool                   `json:"demo,omitempty"`
	Page       string                 `json:"page"`
}

// catalogueLines gives what is shown, by solution.
func (s *Server) catalogueLines(shown *store.Catalogue) []catalogueLine {
	system := byID(shown.Systems, func(x *store.System) string { return x.ID })
	at, base := s.now(), s.base()
	var lines []catalogueLine
	for _, sol := range shown.Solutions {
		for i := range shown.Entries {
			e := &shown.Entries[i]
			if e.SolutionID != sol.ID {
				continue
			}
			line := catalogueLine{ID: e.IntegrationID, Name: e.Name, Solution: sol.Name, SolutionID: sol.ID,
				Registry: e.RegistryName, Direction: e.Direction, State: e.State, Approved: e.Approved(at),
				ApprovedOn: e.ApprovedOn, ApprovedTo: e.ApprovedTo, ROS: versioned(e.ROS), LD: versioned(e.LD), Demo: e.Demo,
				Page: base + "/solutions/" + sol.ID + "#" + e.IntegrationID}
			if x := system[e.SystemID]; x != nil {
				line.System = x.Name
			}
			lines = append(lines, line)
		}
	}
	return lines
}

func versioned(r store.Ref) string {
	if r.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s/%d", r.ID, r.Version)
}

// base is the portal's public address, without a slash at its end.
func (s *Server) base() string { return strings.TrimRight(s.Auth.PublicURL().String(), "/") }

// catalogueJSON gives the solutions that are asked for, each with its integrations.
func (s *Server) catalogueJSON(w http.ResponseWriter, r *http.Request) error {
	if fresh, err := s.catalogueTag(w, r); fresh || err != nil {
		return err
	}
	_, shown, _, err := s.catalogueAsked(r)
	if err != nil {
		return err
	}
	type solution struct {
		ID           string          `json:"id"`
		Name         string          `json:"name"`
		Kind         string          `json:"kind,omitempty"`
		Phase        store.Phase     `json:"phase"`
		Page         string          `json:"page"`
		Integrations []catalogueLine `json:"integrations"`
	}
	lines := s.catalogueLines(shown)
	out := struct {
		Page      string     `json:"page"`
		Day       store.Date `json:"day"` // on which "approved" is true
		Solutions []solution `json:"solutions"`
	}{s.base() + "/catalogue", store.DateOf(s.now()), []solution{}}
	for _, x := range shown.Solutions {
		one := solution{ID: x.ID, Name: x.Name, Kind: x.Kind, Phase: x.Phase, Page: s.base() + "/solutions/" + x.ID,
			Integrations: []catalogueLine{}}
		for _, l := range lines {
			if l.SolutionID == x.ID {
				one.Integrations = append(one.Integrations, l)
			}
		}
		out.Solutions = append(out.Solutions, one)
	}
	body, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	return s.give(w, r, "application/json", body)
}

// catalogueGraph is the whole catalogue as DCAT.
func (s *Server) catalogueGraph(r *http.Request) ([]dcat.Triple, error) {
	all, err := s.DB.Catalogue(r.Context())
	if err != nil {
		return nil, err
	}
	p := dcat.Publisher{Name: s.Publisher.Name, Page: s.Publisher.Page}
	if p.Name == "" {
		p.Name = "Samband"
	}
	if p.Page == "" {
		p.Page = s.base() + "/catalogue"
	}
	return dcat.Graph(all.Public(), dcat.Options{Base: s.base(), Publisher: p, At: s.now()}), nil
}

// catalogueTurtle gives the catalogue as DCAT in Turtle.
func (s *Server) catalogueTurtle(w http.ResponseWriter, r *http.Request) error {
	if fresh, err := s.catalogueTag(w, r); fresh || err != nil {
		return err
	}
	g, err := s.catalogueGraph(r)
	if err != nil {
		return err
	}
	return s.give(w, r, dcat.TurtleType, dcat.Turtle(g))
}

// catalogueJSONLD gives the catalogue as DCAT in JSON-LD.
func (s *Server) catalogueJSONLD(w http.ResponseWriter, r *http.Request) error {
	if fresh, err := s.catalogueTag(w, r); fresh || err != nil {
		return err
	}
	g, err := s.catalogueGraph(r)
	if err != nil {
		return err
	}
	body, err := dcat.JSONLD(g)
	if err != nil {
		return err
	}
	return s.give(w, r, dcat.JSONLDType, body)
}
