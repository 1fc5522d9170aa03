package web

import (
	"net/http"
	"slices"
	"strings"

	"samband/store"
	"samband/store/db"
	"samband/views/integration"
)

// integrationList shows the integrations that the person may see, narrowed by text (?q=) and state (?state=).
func (s *Server) integrationList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	all, err := s.DB.Integrations(ctx, db.IntegrationFilter{})
	if err != nil {
		return err
	}
	systems, err := s.systemsByMethod(ctx)
	if err != nil {
		return err
	}
	names, err := s.registryNames(ctx)
	if err != nil {
		return err
	}
	standings, err := s.DB.Standings(ctx, db.IntegrationFilter{})
	if err != nil {
		return err
	}
	m := integration.ListModel{Text: strings.TrimSpace(r.URL.Query().Get("q")),
		State:   store.IntegrationState(r.URL.Query().Get("state")),
		MayEdit: person(r).CanSomewhere(store.EditRegistry, s.now())}
	if !slices.Contains(store.IntegrationStates, m.State) {
		m.State = ""
	}
	visible := s.visible(r)
	for _, i := range byName(all, func(i *store.Integration) string { return i.Name }) {
		l := integration.Line{Integration: i, Registry: names[i.RegistryID], System: systems[i.MethodID]}
		if !visible(i.RegistryID) || m.State != "" && i.State != m.State ||
			!mentions(m.Text, i.ID, i.Name, l.Registry, l.System.Name) {
			continue
		}
		at := standings[i.ID]
		l.Latest = at.Latest
		if at.Succeeded != nil {
			l.Late = i.Late(at.Succeeded.EndedAt, s.now())
		}
		if i.State.Runnable() {
			slots, err := s.Runs.NextSlots(ctx, i.ID, 1)
			if err != nil {
				return err
			}
			if len(slots) > 0 {
				l.Next = slots[0].At
			}
		}
		m.Lines = append(m.Lines, l)
	}
	return s.page(w, r, integration.List(s.ctx(w, r), m))
}

// mentions tells whether text is in one of the words, whatever the case.
func mentions(text string, words ...string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(strings.ToLower(w), text) })
}
