package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/layout"
	"samband/web/auth"
)

// page answers with a page, or with the part of it that htmx takes out.
func (s *Server) page(w http.ResponseWriter, r *http.Request, c templ.Component) error {
	return s.pageStatus(w, r, http.StatusOK, c)
}

// again answers with a form that has errors at its fields.
func (s *Server) again(w http.ResponseWriter, r *http.Request, c templ.Component) error {
	return s.pageStatus(w, r, http.StatusUnprocessableEntity, c)
}

func (s *Server) pageStatus(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	var b bytes.Buffer
	if err := c.Render(r.Context(), &b); err != nil { // before anything is sent, so that it can still be an error page
		return err
	}
	body := b.Bytes()
	if visitOf(r).kept != nil && status == http.StatusOK {
		var err error
		if body, err = s.showKept(w, r, body); err != nil {
			return err
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	s.send(w, r, body)
	return nil
}

// give answers with a document that is not a page.
func (s *Server) give(w http.ResponseWriter, r *http.Request, contentType string, body []byte) error {
	w.Header().Set("Content-Type", contentType)
	s.send(w, r, body)
	return nil
}

func (s *Server) send(w http.ResponseWriter, r *http.Request, body []byte) {
	if _, err := w.Write(body); err != nil {
		s.Log.LogAttrs(r.Context(), slog.LevelDebug, "the reader left", slog.String("request", visitOf(r).id))
	}
}

// draw is page for error pages: what goes wrong here has no better page to go to.
func (s *Server) draw(w http.ResponseWriter, r *http.Request, status int, c templ.Component) {
	if err := s.pageStatus(w, r, status, c); err != nil {
		s.Log.LogAttrs(r.Context(), slog.LevelError, "the error page failed", slog.String("request", visitOf(r).id),
			slog.String("error", err.Error()))
		http.Error(w, visitOf(r).id, http.StatusInternalServerError)
	}
}

// ctx is what a page is drawn with. It takes the messages that wait for the reader, so call it once, and only for a
// page that is shown.
func (s *Server) ctx(w http.ResponseWriter, r *http.Request) layout.Ctx {
	c := s.frame(r)
	session := visitOf(r).session
	if session == nil || r.Header.Get("HX-Request") == "true" {
		return c
	}
	if p := s.Keeper.LogProblem(); p != nil {
		c.Notices = append(c.Notices, ds.NoteProps{Tone: ds.Danger, Title: c.T("audit.problem"), Text: c.Error(p)})
	}
	if p := s.Keeper.Lost(); p != nil {
		c.Notices = append(c.Notices, ds.NoteProps{Tone: ds.Danger, Title: c.T("mark.problem"), Text: c.Error(p)})
	}
	waiting, err := session.TakeFlashes(w, r)
	if err != nil { // a message shown twice is a smaller harm than a page not shown
		s.Log.LogAttrs(r.Context(), slog.LevelError, "messages are not taken", slog.String("request", visitOf(r).id),
			slog.String("error", err.Error()))
	}
	if visitOf(r).kept != nil {
		c.Notices = append(c.Notices, ds.NoteProps{Tone: ds.Info, Text: c.T("session.kept"), Announce: "status"})
	}
	for _, f := range waiting {
		c.Notices = append(c.Notices, ds.NoteProps{
			Tone: ds.Tone(f.Kind), Text: text.Fill(c.Lang, f.Key, f.Args), Announce: "status",
		})
	}
	return c
}

// frame is ctx without messages.
func (s *Server) frame(r *http.Request) layout.Ctx {
	lang, theme := preferencesOf(s, r)
	c := layout.Ctx{Lang: lang, Theme: theme, Path: pathOf(r), Demo: s.Auth.Demo()}
	if session := visitOf(r).session; session != nil {
		p := &session.Person
		c.Session = &layout.Session{Now: s.now(), Ends: session.Ends(), Last: session.Last(), Emergency: p.Emergency()}
		if !session.Fresh(s.now()) {
			c.Session.Confirm = freshPath(c.Path)
		}
		c.User = &layout.User{
			Name: p.User.Name, Role: s.roleTitle(lang, p),
			MaySee: func(path string) bool { return s.maySee(p, path) }, Unread: s.unread(r, p.User.ID), Alerts: s.untaken(r, p),
		}
	}
	return c
}

// pathOf is where to come back to this page: its own address, or, for what can't be asked for twice, the one it came
// from.
func pathOf(r *http.Request) string {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return cameFrom(r)
	case r.URL.Path == "/login/callback":
		return layout.LoginPath
	}
	return r.URL.RequestURI()
}

// roleTitles are the roles in the order in which the first one held names the person.
var roleTitles = []struct {
	role store.PortalRole
	key  string
}{
	{store.RoleSecurity, "role.security_officer"},
	{store.RoleAdmin, "role.admin"},
	{store.RoleCoordinator, "role.coordinator"},
	{store.RoleAuditor, "role.auditor"},
	{store.RoleReader, "role.reader"},
}

func (s *Server) roleTitle(lang text.Lang, p *store.Person) string {
	now := s.now()
	switch {
	case !p.User.BlockedAt.IsZero():
		return text.T(lang, "access.blocked")
	case p.Torn(now):
		return text.T(lang, "access.torn")
	}
	for _, t := range roleTitles {
		for _, g := range p.Grants {
			if g.Role == t.role && g.Holds(now) {
				return text.T(lang, t.key)
			}
		}
	}
	return text.T(lang, "role.none")
}

// flash keeps a message for the next page. Only for who is logged in: others have nowhere to keep it.
func (s *Server) flash(w http.ResponseWriter, r *http.Request, tone ds.Tone, key string, args store.Args) error {
	session := visitOf(r).session
	if session == nil {
		return nil
	}
	return session.Flash(w, r, auth.Flash{Kind: string(tone), Key: key, Args: args})
}

// redirect leads to a local path after something was done. htmx is told in its own way, so that it loads a whole page.
func redirect(w http.ResponseWriter, r *http.Request, path string) error {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		return store.E(store.Internal, "internal", nil)
	}
	if r.Header.Get("HX-Request") == "true" {
		w.Header().Set("HX-Redirect", path)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}
