package web

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"samband/store"
	"samband/views/admin"
	"samband/views/ds"
)

// auditKinds are the sorts of things the log can be narrowed to.
var auditKinds = []string{"run", "integration", "mapping", "codebook", "approval", "schedule", "registry", "ros", "ld",
	"solution", "system", "method", "connection", "user", "access_review", "setting", "finding"}

const auditPerPage = 100

// audit shows the log of who did what, newest first.
func (s *Server) audit(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := &form{values: q}
	m := admin.AuditModel{Kind: q.Get("kind"), Registry: q.Get("registry"), From: q.Get("from"), To: q.Get("to")}
	filter := store.AuditFilter{All: m.Registry == "", Kind: m.Kind, Limit: auditPerPage + 1}
	if m.Registry != "" {
		filter.Registries = []string{m.Registry}
	}
	if d := f.date("from"); d != "" {
		filter.From = d.Start()
	}
	if d := f.date("to"); d != "" {
		filter.To = d.AddDays(1).Start()
	}
	m.Errors = f.errors
	filter.Before, _ = strconv.ParseInt(q.Get("before"), 10, 64)
	var err error
	if m.Entries, err = s.DB.Audit(r.Context(), filter); err != nil {
		return err
	}
	list, err := s.DB.Registries(r.Context())
	if err != nil {
		return err
	}
	for _, g := range list {
		m.Registries = append(m.Registries, ds.Option{Value: g.ID, Text: g.Name})
	}
	c := s.ctx(w, r)
	for _, k := range auditKinds {
		m.Kinds = append(m.Kinds, ds.Option{Value: k, Text: c.T("audit.kind." + k)})
	}
	m.Pager = ds.PagerProps{Label: c.T("audit.pages")}
	before := func(seq int64) string {
		q := url.Values(maps.Clone(q))
		q.Del("before")
		if seq > 0 {
			q.Set("before", strconv.FormatInt(seq, 10))
		}
		return "/audit?" + q.Encode()
	}
	if filter.Before > 0 {
		m.Pager.Prev = ds.Link{Text: c.T("runs.newest"), Href: before(0)}
	}
	if len(m.Entries) > auditPerPage {
		m.Entries = m.Entries[:auditPerPage]
		m.Pager.Next = ds.Link{Text: c.T("runs.older"), Href: before(m.Entries[auditPerPage-1].Seq)}
	}
	return s.page(w, r, admin.Audit(c, m))
}
