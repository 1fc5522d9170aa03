package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/entry"
	"samband/views/layout"
	"samband/web/auth"
)

// statusError is an error of the conversation itself, for which HTTP has a status that no store.Class gives.
type statusError struct {
	status int
	cause  *store.Error
}

func (e *statusError) Error() string { return e.cause.Error() }
func (e *statusError) Unwrap() error { return e.cause }

var (
	errNotFound    = store.E(store.NotFound, "web.not_found", nil)
	errForbidden   = store.E(store.Forbidden, "web.forbidden", nil)
	errCrossOrigin = store.E(store.Forbidden, "web.cross_origin", nil)
	errPlain       = store.E(store.Forbidden, "web.plain", nil)
	errNotLocal    = store.E(store.Forbidden, "web.not_local", nil)

	errEmergency = store.E(store.Forbidden, "web.emergency", nil)

	errSignIn   = &statusError{http.StatusUnauthorized, store.E(store.Forbidden, "web.sign_in", nil)}
	errStale    = &statusError{http.StatusUnauthorized, store.E(store.Forbidden, "web.stale", nil)}
	errMethod   = &statusError{http.StatusMethodNotAllowed, store.E(store.Invalid, "web.method", nil)}
	errTooLarge = &statusError{http.StatusRequestEntityTooLarge, store.E(store.Invalid, "web.too_large", nil)}
	errTooMany  = &statusError{http.StatusTooManyRequests, store.E(store.Unavailable, "web.too_many", nil)}
)

var statusOfClass = map[store.Class]int{
	store.Internal:    http.StatusInternalServerError,
	store.Invalid:     http.StatusUnprocessableEntity,
	store.NotFound:    http.StatusNotFound,
	store.Forbidden:   http.StatusForbidden,
	store.Conflict:    http.StatusConflict,
	store.Refused:     http.StatusConflict,
	store.Unavailable: http.StatusServiceUnavailable,
}

// titles head an error in its reader's language, by status and, where a status has several causes, by class.
var titles = map[int]string{
	http.StatusUnauthorized:          "web.problem.sign_in",
	http.StatusForbidden:             "web.problem.forbidden",
	http.StatusNotFound:              "web.problem.not_found",
	http.StatusMethodNotAllowed:      "web.problem.method",
	http.StatusConflict:              "web.problem.conflict",
	http.StatusRequestEntityTooLarge: "web.problem.too_large",
	http.StatusUnprocessableEntity:   "web.problem.invalid",
	http.StatusTooManyRequests:       "web.problem.too_many",
	http.StatusInternalServerError:   "web.problem.internal",
	http.StatusServiceUnavailable:    "web.problem.unavailable",
}

func titleOf(err error, status int) string {
	switch {
	case strings.HasPrefix(string(store.CodeOf(err)), "auth."):
		return "web.problem.login"
	case errors.Is(err, errStale):
		return "login.title.fresh"
	case status == http.StatusConflict && store.ClassOf(err) == store.Refused:
		return "web.problem.refused"
	}
	return titles[status]
}

func statusOf(err error) int {
	var st *statusError
	if errors.As(err, &st) {
		return st.status
	}
	return statusOfClass[store.ClassOf(err)]
}

// fail answers with an error: a page that says what happened, what it means and what to do, with the reference under
// which the log has the rest; the same as a note for a part of a page, or as problem details for a program. A reader
// who isn't logged in is led to the login and back.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		err = errTooLarge
	}
	if r.Context().Err() != nil && errors.Is(err, context.Canceled) {
		return // the reader has left: there is nobody to answer
	}
	w.Header().Set("Cache-Control", "no-store") // whatever the handler meant to say of its answer
	w.Header().Del("ETag")
	status := statusOf(err)
	s.logFailure(r, status, err)
	part := r.Header.Get("HX-Request") == "true"
	reading := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch {
	case wantsJSON(r):
		s.failJSON(w, r, status, err)
	case status == http.StatusUnauthorized && r.Header.Get(ds.PollHeader) != "":
		w.Header().Set("HX-Reswap", "none") // the page stays, with what is being written on it, and says itself that it is over
		w.WriteHeader(status)
	case status == http.StatusUnauthorized && part && reading:
		w.Header().Set("HX-Redirect", loginPath(cameFrom(r)))
		w.WriteHeader(status)
	case status == http.StatusUnauthorized && reading:
		http.Redirect(w, r, loginPath(r.URL.RequestURI()), http.StatusSeeOther)
	case part:
		s.failPart(w, r, status, err)
	case status == http.StatusUnauthorized:
		s.failForm(w, r, err)
	default:
		s.failPage(w, r, status, err)
	}
}

func (s *Server) logFailure(r *http.Request, status int, err error) {
	level := slog.LevelInfo
	switch {
	case status == http.StatusForbidden, status == http.StatusTooManyRequests:
		level = slog.LevelWarn
	case status >= 500:
		level = slog.LevelError
	}
	v := visitOf(r)
	s.Log.LogAttrs(r.Context(), level, "failed", slog.String("request", v.id), slog.String("path", v.pattern()),
		slog.Int("status", status), slog.String("code", string(store.CodeOf(err))), slog.String("error", err.Error()))
}

func wantsJSON(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	return strings.HasPrefix(r.URL.Path, "/api/") ||
		strings.Contains(accept, "application/json") && !strings.Contains(accept, "text/html")
}

// problem is an error as programs read it (RFC 9457).
type problem struct {
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail"`
	Code      store.Code     `json:"code"`
	Reference string         `json:"reference"`
	Fields    []problemField `json:"fields,omitempty"`
}

type problemField struct {
	Field  string     `json:"field"`
	Code   store.Code `json:"code"`
	Detail string     `json:"detail"`
}

func (s *Server) failJSON(w http.ResponseWriter, r *http.Request, status int, err error) {
	lang := langOf(s, r)
	p := problem{
		Title: text.T(lang, titleOf(err, status)), Status: status, Detail: text.Error(lang, err),
		Code: store.CodeOf(err), Reference: visitOf(r).id,
	}
	for _, e := range fieldErrors(err) {
		p.Fields = append(p.Fields, problemField{e.Field, e.Code, text.Error(lang, e)})
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(p)
}

func fieldErrors(err error) store.FieldErrors {
	var many store.FieldErrors
	if errors.As(err, &many) {
		return many
	}
	var one *store.Error
	if errors.As(err, &one) && one.Field != "" {
		return store.FieldErrors{one}
	}
	return nil
}

func (s *Server) problemModel(c layout.Ctx, r *http.Request, status int, err error) entry.Problem {
	m := entry.Problem{
		Title: c.T(titleOf(err, status)), Text: c.Error(err), Reference: visitOf(r).id, Code: string(store.CodeOf(err)),
	}
	if fields := fieldErrors(err); len(fields) > 1 {
		for _, e := range fields {
			m.Lines = append(m.Lines, c.Error(e))
		}
	}
	if strings.HasPrefix(m.Code, "auth.") || status == http.StatusUnauthorized {
		m.Login = loginFor(err, cameFrom(r))
	}
	return m
}

// loginFor is the login that err asks for, which leads back to a local path.
func loginFor(err error, back string) string {
	if errors.Is(err, errStale) {
		return freshPath(back)
	}
	return loginPath(back)
}

func (s *Server) failPage(w http.ResponseWriter, r *http.Request, status int, err error) {
	c := s.frame(r)
	s.draw(w, r, status, entry.ProblemPage(c, s.problemModel(c, r, status, err)))
}

// failPart answers a request that htmx made for a part of a page: the note goes to the top of the page, and the part
// stays as it is.
func (s *Server) failPart(w http.ResponseWriter, r *http.Request, status int, err error) {
	c := s.frame(r)
	w.Header().Set("HX-Retarget", "#"+layout.ProblemID)
	w.Header().Set("HX-Reswap", "innerHTML")
	w.Header().Set("HX-Reselect", "#"+entry.ProblemNoteID)
	s.draw(w, r, status, entry.ProblemNote(c, s.problemModel(c, r, status, err)))
}

// failForm answers a form whose sender has to log in first. What was written is not lost: we keep it, and show the
// form again after the login. Where we can't, because it is long or we don't know who sent it, the page itself carries
// it, to be sent again from there.
func (s *Server) failForm(w http.ResponseWriter, r *http.Request, err error) {
	page, kept := s.keep(r)
	if kept {
		http.Redirect(w, r, loginFor(err, page), http.StatusSeeOther)
		return
	}
	c := s.frame(r)
	m := entry.Draft{Problem: s.problemModel(c, r, http.StatusUnauthorized, err)}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/x-www-form-urlencoded" && r.ParseForm() == nil {
		m.Sent = sentForm(r.URL.RequestURI(), r.PostForm)
	}
	s.draw(w, r, http.StatusUnauthorized, entry.DraftPage(c, m))
}

func sentForm(action string, fields url.Values) entry.Sent {
	m := entry.Sent{Action: action}
	for _, name := range sortedKeys(fields) {
		for _, value := range fields[name] {
			m.Fields = append(m.Fields, entry.SentField{Name: name, Value: value})
		}
	}
	return m
}

func sortedKeys(v url.Values) []string {
	keys := make([]string, 0, len(v))
	for k := range v {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// cameFrom is the page of ours that the request was made from, "/" when unknown.
func cameFrom(r *http.Request) string {
	for _, raw := range []string{r.Header.Get("HX-Current-URL"), r.Referer()} {
		if u, err := url.Parse(raw); err == nil && u.Host == r.Host {
			return auth.LocalPath(u.RequestURI())
		}
	}
	return "/"
}

// loginPath is the login that leads back to a local path.
func loginPath(back string) string {
	if back = auth.ReturnPath(back); back == "/" {
		return layout.LoginPath
	}
	return layout.LoginPath + "?return=" + url.QueryEscape(back)
}

// freshPath is the login where people prove again who they are, which leads back to a local path.
func freshPath(back string) string {
	return layout.LoginPath + "?fresh=1&return=" + url.QueryEscape(auth.ReturnPath(back))
}
