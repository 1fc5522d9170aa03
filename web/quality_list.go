package web

import (
	"net/http"

	"samband/store"
	"samband/store/db"
	"samband/views/quality"
)

// qualityList shows the newest report of each integration that the person may see.
func (s *Server) qualityList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	registries, err := s.DB.Registries(ctx)
	if err != nil {
		return err
	}
	visible := s.visible(r)
	var lines []quality.ListLine
	for _, g := range byName(registries, func(g *store.Registry) string { return g.Name }) {
		if !visible(g.ID) {
			continue
		}
		reports, err := s.DB.LatestReports(ctx, g.ID)
		if err != nil {
			return err
		}
		if len(reports) == 0 {
			continue
		}
		list, err := s.DB.Integrations(ctx, db.IntegrationFilter{RegistryID: g.ID})
		if err != nil {
			return err
		}
		integrations := byID(list, func(i *store.Integration) string { return i.ID })
		for i := range reports {
			p, err := s.report(r, &reports[i])
			if err != nil {
				return err
			}
			lines = append(lines, quality.ListLine{Report: *p, Registry: g, Integration: *integrations[reports[i].IntegrationID]})
		}
	}
	return s.page(w, r, quality.List(s.ctx(w, r), lines))
}

// report adds to a report what is needed to read it, for the person who asks.
func (s *Server) report(r *http.Request, q *store.QualityReport) (*quality.Report, error) {
	p := &quality.Report{QualityReport: *q, Masked: !s.can(r, store.SeeRows, q.RegistryID)}
	v, err := found(s.DB.MappingVersion(r.Context(), q.IntegrationID, q.MappingNo))
	if err != nil || v == nil {
		return p, err
	}
	p.Mapping = &v.Mapping
	b, err := found(s.DB.Codebook(r.Context(), v.CodebookID, q.CodebookVersion))
	if b != nil {
		p.Codebook = *b
	}
	return p, err
}
