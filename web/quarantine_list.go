package web

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"samband/store"
	"samband/store/db"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/quarantine"
)

// HeldRows are the rows that runs held back, by registry.
type HeldRows interface {
	// Findings lists them without their rows, newest run first, and tells how many there are in all.
	Findings(ctx context.Context, registryID string, f store.FindingFilter) ([]store.Finding, int64, error)
	// OpenFinding opens one with its row's health side, and logs who did; "finding.none" when there is none.
	OpenFinding(ctx context.Context, registryID string, id int64, by store.Actor) (*store.OpenedFinding, error)
	// SetFinding closes or opens one, and logs who did; Conflict when it doesn't stand as the person saw it.
	SetFinding(ctx context.Context, registryID string, id int64, from, to store.FindingStatus, reason string, by store.Actor) error
}

const rowsPerPage = 50

// quarantineList shows the rows that were held back in the registries where the person may see rows.
func (s *Server) quarantineList(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	f := &form{values: q}
	m := quarantine.ListModel{Filter: quarantine.Filter{Run: q.Get("run"), Integration: q.Get("integration"),
		Reason: q.Get("reason"), Status: q.Get("status")}}
	if !q.Has("status") && m.Filter.Run == "" {
		m.Filter.Status = string(store.FindingOpen) // what somebody has to look at
	}
	filter := store.FindingFilter{IntegrationID: m.Filter.Integration, Reason: f.text("reason", 63), Limit: rowsPerPage + 1}
	if st := store.FindingStatus(m.Filter.Status); slices.Contains(store.FindingStatuses, st) {
		filter.Status = st
	}
	filter.After, _ = strconv.ParseInt(q.Get("after"), 10, 64)
	nothing := false
	if m.Filter.Run != "" {
		no, err := strconv.ParseInt(strings.TrimSpace(m.Filter.Run), 10, 64)
		if nothing = err != nil || no < 1; nothing {
			f.fault("run", "form.number", nil)
		}
		filter.RunNo = no
	}
	m.Errors = f.errors
	registries, err := s.rowRegistries(r)
	if err != nil {
		return err
	}
	integrations, err := s.DB.Integrations(ctx, db.IntegrationFilter{})
	if err != nil {
		return err
	}
	for _, i := range integrations {
		if _, ok := registries[i.RegistryID]; ok {
			m.Integrations = append(m.Integrations, ds.Option{Value: i.ID, Text: i.Name})
		}
	}
	var rows []quarantine.Row
	for _, id := range slices.Sorted(maps.Keys(registries)) {
		if nothing {
			break
		}
		list, total, err := s.Held.Findings(ctx, id, filter)
		if err != nil {
			return err
		}
		m.Total += total
		for _, x := range list {
			rows = append(rows, quarantine.Row{Finding: x, RegistryID: id, Registry: registries[id]})
		}
	}
	slices.SortFunc(rows, func(a, b quarantine.Row) int {
		return cmp.Or(cmp.Compare(b.RunNo, a.RunNo), cmp.Compare(a.ID, b.ID))
	})
	c := s.ctx(w, r)
	m.Pager = ds.PagerProps{Label: c.T("web.pager.label")}
	if filter.After > 0 {
		m.Pager.Prev = ds.Link{Text: c.T("held.first"), Href: rowsAfter(q, 0)}
	}
	if len(rows) > rowsPerPage {
		rows = rows[:rowsPerPage]
		m.Pager.Next = ds.Link{Text: c.T("web.pager.next"), Href: rowsAfter(q, rows[rowsPerPage-1].ID)}
	}
	if m.Reasons, err = s.reasonWords(ctx, c.Lang, rows); err != nil {
		return err
	}
	m.Rows, m.ManyRegistries = rows, len(registries) > 1
	return s.page(w, r, quarantine.List(c, m))
}

// rowRegistries gives the names of the registries where the person may see rows.
func (s *Server) rowRegistries(r *http.Request) (map[string]string, error) {
	names, err := s.registryNames(r.Context())
	maps.DeleteFunc(names, func(id, _ string) bool { return !s.can(r, store.SeeRows, id) })
	return names, err
}

// rowsAfter is the address of the same list behind a row; 0 from the first.
func rowsAfter(q url.Values, id int64) string {
	q = maps.Clone(q)
	q.Del("after")
	if id > 0 {
		q.Set("after", strconv.FormatInt(id, 10))
	}
	if len(q) == 0 {
		return "/quarantine"
	}
	return "/quarantine?" + q.Encode()
}

// reasonWords puts the words of its reason in each row, as the mapping that its run used says them, and gives the
// reasons that are among the rows for the filter.
func (s *Server) reasonWords(ctx context.Context, lang text.Lang, rows []quarantine.Row) ([]ds.Option, error) {
	used := map[int64]*store.Mapping{}
	var reasons []ds.Option
	for i := range rows {
		x := &rows[i]
		m, ok := used[x.RunNo]
		if !ok {
			var err error
			if m, err = s.mappingOfRun(ctx, x.RunNo); err != nil {
				return nil, err
			}
			used[x.RunNo] = m
		}
		x.Words = text.Reason(lang, m, x.Reason)
		if !slices.ContainsFunc(reasons, func(o ds.Option) bool { return o.Value == x.Reason }) {
			reasons = append(reasons, ds.Option{Value: x.Reason, Text: x.Words})
		}
	}
	return reasons, nil
}

// mappingOfRun gives the mapping that a run used, nil when it is not known any more.
func (s *Server) mappingOfRun(ctx context.Context, no int64) (*store.Mapping, error) {
	run, err := found(s.DB.RunByNo(ctx, no))
	if run == nil || run.MappingNo == 0 {
		return nil, err
	}
	v, err := found(s.DB.MappingVersion(ctx, run.IntegrationID, run.MappingNo))
	if v == nil {
		return nil, err
	}
	return &v.Mapping, nil
}
