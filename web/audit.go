package web

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"samband/store"
	"samband/store/auditlog"
	"samband/store/db"
	"samband/store/text"
	"samband/views/admin"
	"samband/views/ds"
)

// LogKeeper knows the audit log from outside the database.
type LogKeeper interface {
	// LogProblem tells why the log can't be trusted, nil when it is what was signed last.
	LogProblem() *store.Error
	// Lost tells what the databases lack that was there before, nil when nothing is.
	Lost() *store.Error
	// Missing tells what that is: Conflict "mark.nothing" when nothing is.
	Missing(ctx context.Context) (l store.Lost, problem *store.Error, err error)
	// ConfirmRestore takes what is there for what work goes on from.
	ConfirmRestore(ctx context.Context, reason string, by store.Actor) error
	// Lacking tells what the registries lost and nobody has brought back.
	Lacking(ctx context.Context) ([]store.Lacking, error)
	// Verifier has the public key that checkpoints are verified with.
	Verifier() *auditlog.Verifier
}

// auditKinds are the sorts of things the log can be narrowed to.
var auditKinds = []string{"run", "integration", "mapping", "codebook", "approval", "schedule", "calendar", "registry", "ros", "ld", "installation",
	"solution", "system", "method", "connection", "user", "setting", "finding", "page", "audit", "evidence", "backup", "mark", "vault", "key",
	"appendix", "ros_file", "ld_file"}

// auditGroups are what people look for across sorts of things, with the actions that belong to each.
var auditGroups = []struct {
	name    string
	actions []string
}{
	{"sign_in", []string{"user.sign_in", "user.sign_in_failed", "user.sign_out", "session.revoke", "session.revoke_all"}},
	{"read", []string{"quarantine.view", "quarantine.open", "outgoing.view", "audit.view", "audit.export", "access.view", "mapping.preview",
		"registry.dump", "evidence.view", "appendix.view", "appendix.export", "ros_file.export", "ld_file.export"}},
	{"denied", []string{"page.denied", "user.sign_in_failed"}},
	{"access", []string{"access."}},
	{"approval", []string{"approval."}},
	{"run", []string{"run."}},
}

const auditPerPage = 100

// audit shows the log of who did what, newest first.
func (s *Server) audit(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	m := admin.AuditModel{Values: q}
	filter, errs, err := s.auditFilter(r)
	if err != nil {
		return err
	}
	m.Errors = errs
	filter.Before, _ = strconv.ParseInt(q.Get("before"), 10, 64)
	filter.Limit = auditPerPage + 1
	if m.Entries, err = s.DB.Audit(ctx, filter); err != nil {
		return err
	}
	if m.Names, err = s.auditNames(ctx); err != nil {
		return err
	}
	if m.Sealed, err = s.sealed(ctx); err != nil {
		return err
	}
	c := s.ctx(w, r)
	m.Registries, m.Users = options(m.Names.Registry), options(m.Names.User)
	for _, k := range auditKinds {
		m.Kinds = append(m.Kinds, ds.Option{Value: k, Text: c.T("audit.kind." + k)})
	}
	for _, g := range auditGroups {
		m.Groups = append(m.Groups, ds.Option{Value: g.name, Text: c.T("audit.group." + g.name)})
	}
	m.CSV = auditHref("/audit.csv", q, 0)
	m.Pager = ds.PagerProps{Label: c.T("audit.pages")}
	if filter.Before > 0 {
		m.Pager.Prev = ds.Link{Text: c.T("runs.newest"), Href: auditHref("/audit", q, 0)}
	}
	if len(m.Entries) > auditPerPage {
		m.Entries = m.Entries[:auditPerPage]
		m.Pager.Next = ds.Link{Text: c.T("runs.older"), Href: auditHref("/audit", q, m.Entries[auditPerPage-1].Seq)}
	}
	return s.page(w, r, admin.Audit(c, m))
}

// auditHref is the address of the lines that q picks, before seq; 0 from the newest.
func auditHref(path string, q url.Values, seq int64) string {
	q = maps.Clone(q)
	q.Del("before")
	if seq > 0 {
		q.Set("before", strconv.FormatInt(seq, 10))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// auditFilter reads what the reader looks for.
func (s *Server) auditFilter(r *http.Request) (store.AuditFilter, store.FieldErrors, error) {
	q := r.URL.Query()
	f := &form{values: q}
	filter := store.AuditFilter{All: q.Get("registry") == "", ActorID: q.Get("actor"), Kind: q.Get("kind"),
		Object: f.text("object", 200)}
	if g := q.Get("registry"); g != "" {
		filter.Registries = []string{g}
	}
	for _, g := range auditGroups {
		if g.name == q.Get("group") {
			filter.Actions = g.actions
		}
	}
	if d := f.date("from"); d != "" {
		filter.From = d.Start()
	}
	if d := f.date("to"); d != "" {
		filter.To = d.AddDays(1).Start()
	}
	// A run has a number that people know, and an id that the log knows.
	if no, err := strconv.ParseInt(filter.Object, 10, 64); err == nil && (filter.Kind == "" || filter.Kind == "run") {
		run, err := found(s.DB.RunByNo(r.Context(), no))
		if err != nil {
			return filter, nil, err
		}
		if run != nil {
			filter.Object = run.ID
		}
	}
	return filter, f.errors, nil
}

func (s *Server) auditNames(ctx context.Context) (n admin.AuditNames, err error) {
	if n.Registry, err = s.registryNames(ctx); err != nil {
		return n, err
	}
	integrations, err := s.DB.Integrations(ctx, db.IntegrationFilter{})
	if err != nil {
		return n, err
	}
	n.Integration = map[string]string{}
	for _, i := range integrations {
		n.Integration[i.ID] = i.Name
	}
	users, err := s.DB.Users(ctx)
	n.User = map[string]string{}
	for _, u := range users {
		n.User[u.ID] = u.Name
	}
	return n, err
}

// options are names to choose from, in order.
func options(names map[string]string) []ds.Option {
	var list []ds.Option
	for id, name := range names {
		list = append(list, ds.Option{Value: id, Text: name})
	}
	slices.SortFunc(list, func(a, b ds.Option) int { return strings.Compare(a.Text+" "+a.Value, b.Text+" "+b.Value) })
	return list
}

// sealed tells how the log is proved: the last checkpoint, and the last time that somebody walked it.
func (s *Server) sealed(ctx context.Context) (x admin.Sealed, err error) {
	v := s.Keeper.Verifier()
	x.Key = v.String()
	last, err := s.DB.LastCheckpoint(ctx)
	if err != nil {
		return x, err
	}
	if last != nil {
		if c, err := v.Checkpoint([]byte(last.Note)); err == nil {
			x.Size, x.At, x.Root, x.Checkpoint = c.Size, c.At, c.Root.String(), last.Note
		}
	}
	walked, err := s.DB.Audit(ctx, store.AuditFilter{All: true, Action: "audit.verify", Limit: 1})
	if err != nil || len(walked) == 0 {
		return x, err
	}
	e := &walked[0]
	x.Verified, x.Result = e.At, e.Result
	x.From, _ = e.Details["from"].(int64)
	x.To, _ = e.Details["to"].(int64)
	return x, nil
}

// auditCSV gives the lines that the reader looks for as a file. That is written down first.
func (s *Server) auditCSV(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	filter, errs, err := s.auditFilter(r)
	if err != nil {
		return err
	}
	if len(errs) > 0 {
		return errs
	}
	names, err := s.auditNames(ctx)
	if err != nil {
		return err
	}
	e := store.AuditEntry{Action: "audit.export", Kind: "audit", Object: "log"}
	if len(filter.Registries) == 1 && names.Registry[filter.Registries[0]] != "" {
		e.Registry = filter.Registries[0]
	}
	if err := s.DB.Record(ctx, e, actor(r)); err != nil {
		return err
	}
	c := s.frame(r)
	filter.Limit = 1000
	var failed error
	err = s.csv(w, r, "audit-"+s.now().In(store.Oslo).Format(time.DateOnly)+".csv", func(row func(...string)) {
		row(c.T("audit.seq"), c.T("audit.at"), c.T("audit.actor"), c.T("audit.action"), c.T("audit.object"),
			c.T("run.registry"), c.T("audit.details"), c.T("audit.result"), c.T("audit.reason"), c.T("audit.request"))
		for {
			list, err := s.DB.Audit(ctx, filter)
			if err != nil || len(list) == 0 {
				failed = err
				return
			}
			for i := range list {
				e := &list[i]
				row(strconv.FormatInt(e.Seq, 10), e.At.UTC().Format(time.RFC3339), text.Actor(c.Lang, e.Actor),
					text.AuditAction(c.Lang, e), admin.AuditObject(c, e, names), names.Registry[e.Registry],
					text.AuditDetails(c.Lang, e), text.AuditResult(c.Lang, e), e.Reason, e.Request)
			}
			filter.Before = list[len(list)-1].Seq
		}
	})
	if failed != nil { // the file is half written: the reader must see that it broke off
		panic(http.ErrAbortHandler)
	}
	return err
}
