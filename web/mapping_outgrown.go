package web

import (
	"context"
	"net/http"

	"samband/store"
	"samband/views/ds"
	"samband/views/layout"
	"samband/views/mapping"
	"samband/views/today"
)

// outgrown tells what is wrong with the mapping in use, or with the newest when none is, when it is held against the
// newest version of its codebook; nil when nothing is.
func (s *Server) outgrown(ctx context.Context, i *store.Integration) (*mapping.Outgrown, error) {
	v, err := found(s.DB.MappingVersion(ctx, i.ID, i.MappingNo))
	if err != nil || v == nil {
		return nil, err
	}
	newest, err := found(s.DB.Codebook(ctx, v.CodebookID, 0))
	if err != nil || newest == nil {
		return nil, err
	}
	before, err := s.DB.Codebook(ctx, v.CodebookID, v.CodebookVersion)
	if err != nil || before.Version >= newest.Version {
		return nil, err
	}
	check := func(m *store.Mapping, c *store.Codebook) error { return s.Mapper.CheckMapping(ctx, m, c) }
	faults, err := v.Mapping.Broken(before, newest, check)
	if err != nil || len(faults) == 0 {
		return nil, err
	}
	o := &mapping.Outgrown{No: v.No, Codebook: newest.ID, From: before.Version, To: newest.Version, Faults: faults}
	last, err := s.DB.MappingVersion(ctx, i.ID, 0)
	if err == nil && last.No > v.No && last.CodebookID == newest.ID && last.CodebookVersion == newest.Version {
		o.Ready = last.No
	}
	return o, err
}

// outgrownNeeds adds each integration whose mapping a new version of its codebook breaks, for who may put it right.
func (s *Server) outgrownNeeds(c layout.Ctx, r *http.Request, m *today.Model, list []store.Integration) error {
	for n := range list {
		i := &list[n]
		if i.State == store.IntEnded || !s.can(r, store.EditMapping, i.RegistryID) {
			continue
		}
		o, err := s.outgrown(r.Context(), i)
		if err != nil {
			return err
		}
		if o == nil {
			continue
		}
		do := o.Do(c, i.ID)
		m.Needs = append(m.Needs, ds.Need{State: ds.State{Tone: ds.Warning, Icon: ds.IconBook},
			Title: c.T("today.need.outgrown", "integration", i.Name, "to", o.To), Text: o.Says(c),
			Action: ds.ButtonProps{Text: do.Text, Href: do.Href}})
	}
	return nil
}
