package web

import (
	"context"
	"net/http"

	"samband/store"
	"samband/views/mapping"
)

// mappingWinners shows which of several rows with the same key stands, and where each value is from.
func (s *Server) mappingWinners(w http.ResponseWriter, r *http.Request) error {
	l, err := s.looked(r)
	if err != nil {
		return err
	}
	m := &mapping.WinnersModel{Look: *l}
	m.Resolve, err = onRows(s, r, &m.Look, func(ctx context.Context) (*store.ResolvePreview, error) {
		return s.Mapper.PreviewResolve(ctx, m.Integration.ID, &m.Mapping, &m.Codebook)
	}, func(ctx context.Context) (*store.ResolvePreview, error) {
		return s.Sources.ResolveSample(ctx, m.Sample, &m.Mapping, &m.Codebook)
	}, func(p *store.ResolvePreview) int { return int(p.Rows) })
	if err != nil {
		return err
	}
	return s.page(w, r, mapping.Winners(s.ctx(w, r), *m))
}
