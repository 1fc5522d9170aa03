package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"samband/store"
	"samband/views/ds"
	"samband/views/mapping"
)

// mappingLive shows what the mapping makes of the first rows. To an open page that asks by itself and has seen what there
// is, it answers with nothing.
func (s *Server) mappingLive(w http.ResponseWriter, r *http.Request) error {
	l, err := s.looked(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	if r.Header.Get(ds.PollHeader) != "" && q.Get("seen") == l.Mark() {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	m := &mapping.LiveModel{Look: *l, Filter: mapping.LiveFilter{Held: q.Get("held") != "", Faults: q.Get("faults") != "",
		Form: q.Get("form"), Variable: q.Get("variable")}}
	m.Filter.Page, _ = strconv.Atoi(q.Get("page")) // anything else is the first
	m.Preview, err = onRows(s, r, &m.Look, func(ctx context.Context) (*store.Preview, error) {
		return s.Mapper.PreviewMapping(ctx, m.Integration.ID, &m.Mapping, &m.Codebook)
	}, func(ctx context.Context) (*store.Preview, error) {
		return s.Sources.PreviewSample(ctx, m.Sample, &m.Mapping, &m.Codebook)
	}, func(p *store.Preview) int { return len(p.Rows) })
	if err != nil {
		return err
	}
	m.Run = m.Mapping
	if m.Preview != nil && m.Preview.Fault != nil {
		m.Run, _ = m.Mapping.Alone(&m.Codebook, ruled(&m.Mapping, m.Preview.Left)...)
	}
	return s.page(w, r, mapping.Live(s.ctx(w, r), *m))
}

// ruled gives the variables that have a rule, without some.
func ruled(m *store.Mapping, without []string) []string {
	var names []string
	for i := range m.Rules {
		if v := m.Rules[i].Variable; !slices.Contains(without, v) {
			names = append(names, v)
		}
	}
	return names
}
