package web

import (
	"context"
	"net/http"
	"strconv"

	"samband/store"
	"samband/views/mapping"
)

// mappingTrace shows how the value of ?variable in row ?row came about.
func (s *Server) mappingTrace(w http.ResponseWriter, r *http.Request) error {
	l, err := s.looked(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	m := &mapping.TraceModel{Look: *l}
	v := m.Codebook.Variable(q.Get("variable"))
	if v == nil {
		return errNotFound
	}
	m.Variable = *v
	if m.Row, err = strconv.ParseInt(q.Get("row"), 10, 64); err != nil || m.Row < 1 {
		return errNotFound
	}
	m.Explanation, err = onRows(s, r, &m.Look, func(ctx context.Context) (*store.Explanation, error) {
		return s.Mapper.ExplainMapping(ctx, m.Integration.ID, &m.Mapping, &m.Codebook, m.Row, v.Name)
	}, func(ctx context.Context) (*store.Explanation, error) {
		return s.Sources.ExplainSample(ctx, m.Sample, &m.Mapping, &m.Codebook, m.Row, v.Name)
	}, func(*store.Explanation) int { return 1 })
	if err != nil {
		return err
	}
	m.Run = m.Mapping
	if m.Explanation != nil && m.Explanation.Partial {
		m.Run, _ = m.Mapping.Alone(&m.Codebook, v.Name)
	}
	if m.Names, err = s.userNames(r.Context()); err != nil {
		return err
	}
	return s.page(w, r, mapping.Trace(s.ctx(w, r), *m))
}
