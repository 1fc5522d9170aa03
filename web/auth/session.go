package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/gorilla/sessions"

	"samband/store"
)

// touchEvery is how coarsely the time of last use is kept: one write a minute and session at most.
const touchEvery = time.Minute

// freshFor is how long ago people may have proved who they are when they decide about an approval, about somebody's
// access or about keys (ASVS 5.0 7.5.3).
const freshFor = 5 * time.Minute

// Session is a login of one person in one browser.
type Session struct {
	Person store.Person
	g      *sessions.Session
	idle   time.Duration
}

// state is what a session remembers beside its row; it is the Data of the row.
type state struct {
	AuthTime time.Time `json:"auth_time"`         // when the person last proved who they are
	ACR      string    `json:"acr,omitempty"`     // how strongly, as the identity provider names it
	Browser  string    `json:"browser,omitempty"` // where: family and platform, and no more of it
	Kept     string    `json:"kept,omitempty"`    // path of the page where a form waits to be shown again
	Flashes  []Flash   `json:"flashes,omitempty"`
}

// Flash is a message for the next page: what came of the action that led there.
type Flash struct {
	Kind string     `json:"kind"` // success, info, warning or danger
	Key  string     `json:"key"`  // of store/text
	Args store.Args `json:"args,omitempty"`
}

// Keys of gorilla's Session.Values.
const (
	rowKey   = "row"
	stateKey = "state"
)

// cookieStore is gorilla's Store over our rows: the cookie holds a random id and nothing else.
type cookieStore struct{ a *Auth }

var _ sessions.Store = cookieStore{}

func (c cookieStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(c, name)
}

// New gives the session that the cookie names, or an empty new one when there is no cookie, no row, or the row has
// outlived its time. It fails only when the database does.
func (c cookieStore) New(r *http.Request, name string) (*sessions.Session, error) {
	g := sessions.NewSession(c, name)
	g.IsNew = true
	cookie, err := r.Cookie(name)
	if err != nil || len(cookie.Value) != idLength {
		return g, nil
	}
	row, err := c.a.sessions.Session(r.Context(), hash(cookie.Value))
	switch {
	case store.ClassOf(err) == store.NotFound:
		return g, nil
	case err != nil:
		return g, err
	}
	if now := c.a.clock.Now(); row.UserID == "" || !now.Before(row.Expires) || !now.Before(row.LastSeen.Add(c.a.idle)) {
		_, err := c.a.sessions.DeleteSession(r.Context(), row.Hash)
		return g, err
	}
	var st state
	if err := json.Unmarshal(row.Data, &st); err != nil {
		return g, err
	}
	g.ID, g.IsNew = cookie.Value, false
	g.Values[rowKey], g.Values[stateKey] = row, &st
	return g, nil
}

// Save writes what the session remembers. A session without an id gets a fresh one and the browser is told;
// Options.MaxAge below zero removes both row and cookie.
func (c cookieStore) Save(r *http.Request, w http.ResponseWriter, g *sessions.Session) error {
	if g.Options.MaxAge < 0 {
		if g.ID != "" {
			if _, err := c.a.sessions.DeleteSession(r.Context(), hash(g.ID)); err != nil {
				return err
			}
		}
		g.ID, g.Values = "", map[any]any{}
		c.a.setCookie(w, g.Name(), "", -1)
		return nil
	}
	row, ok := g.Values[rowKey].(store.Session)
	if !ok {
		return errors.New("auth: a session is saved before anybody has logged in")
	}
	var err error
	if row.Data, err = json.Marshal(g.Values[stateKey]); err != nil {
		return err
	}
	if g.ID != "" {
		return c.a.sessions.UpdateSession(r.Context(), row.Hash, row.Data)
	}
	id := newID()
	row.Hash = hash(id)
	if err := c.a.sessions.CreateSession(r.Context(), row); err != nil {
		return err
	}
	g.ID, g.IsNew, g.Values[rowKey] = id, false, row
	c.a.setCookie(w, g.Name(), id, 0) // no Max-Age: gone when the browser is closed
	return nil
}

// idLength is the length of newID's text.
const idLength = 43

// newID gives 256 random bits as text.
func newID() string {
	var b [32]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func hash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0}) // the parts have no zero byte
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Load gives the session behind a request, nil when nobody is logged in. An active request moves the idle limit; one
// that an open page makes by itself must not.
func (a *Auth) Load(r *http.Request, active bool) (*Session, error) {
	g, err := cookieStore{a}.Get(r, a.cookie.session)
	if err != nil || g.IsNew {
		return nil, err
	}
	row := g.Values[rowKey].(store.Session)
	s := &Session{g: g, idle: a.idle}
	s.Person.Demo = a.Demo()
	switch s.Person.User, err = a.users.User(r.Context(), row.UserID); {
	case store.ClassOf(err) == store.NotFound:
		return nil, nil
	case err != nil:
		return nil, err
	}
	if s.Person.Grants, err = a.users.Grants(r.Context(), row.UserID); err != nil {
		return nil, err
	}
	if now := a.clock.Now(); active && now.Sub(row.LastSeen) >= touchEvery {
		if err := a.sessions.TouchSession(r.Context(), row.Hash, now); err != nil {
			return nil, err
		}
		row.LastSeen = now
		g.Values[rowKey] = row
	}
	return s, nil
}

// login is what somebody who has just proved who they are brings into a session.
type login struct {
	user  store.User
	sid   string        // the identity provider's session
	life  time.Duration // at the longest
	state state
}

// start opens a session for a user who has just proved who they are. Whatever session the browser had ends: an id
// that somebody planted before the login is worth nothing after it.
func (a *Auth) start(w http.ResponseWriter, r *http.Request, l login) error {
	g, err := cookieStore{a}.Get(r, a.cookie.session)
	if err != nil {
		return err
	}
	if g.ID != "" {
		if _, err := a.sessions.DeleteSession(r.Context(), hash(g.ID)); err != nil {
			return err
		}
		g.ID = ""
	}
	l.state.Browser = browserLabel(r.UserAgent())
	if err := a.meet(w, r, &l); err != nil {
		return err
	}
	now := a.clock.Now()
	g.Values[rowKey] = store.Session{UserID: l.user.ID, SID: l.sid, Created: now, LastSeen: now, Expires: now.Add(l.life)}
	g.Values[stateKey] = &l.state
	return g.Save(r, w)
}

// Logout ends the session. It gives the address at the identity provider that ends the login there too, or "" when
// there is none to go to.
func (a *Auth) Logout(w http.ResponseWriter, r *http.Request, lang string) (string, error) {
	g, err := cookieStore{a}.Get(r, a.cookie.session)
	if err != nil {
		return "", err
	}
	g.Options.MaxAge = -1
	if err := g.Save(r, w); err != nil {
		return "", err
	}
	if err := a.part(w, r); err != nil {
		return "", err
	}
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	if a.provider == nil {
		return "", nil
	}
	return a.provider.logoutURL(lang), nil
}

// Flash keeps a message for the next page that the person is shown.
func (s *Session) Flash(w http.ResponseWriter, r *http.Request, f Flash) error {
	st := s.state()
	st.Flashes = append(st.Flashes, f)
	return s.g.Save(r, w)
}

// TakeFlashes gives the messages that wait and forgets them.
func (s *Session) TakeFlashes(w http.ResponseWriter, r *http.Request) ([]Flash, error) {
	st := s.state()
	if len(st.Flashes) == 0 {
		return nil, nil
	}
	waiting := st.Flashes
	st.Flashes = nil
	return waiting, s.g.Save(r, w)
}

// AuthTime is when the person last proved who they are; the zero time when the identity provider didn't say.
func (s *Session) AuthTime() time.Time { return s.state().AuthTime }

// Fresh tells whether the person proved who they are a short while ago, as some decisions ask for. Who came in by an
// emergency code can't do so again, and needs no more than the code for what such a login may do.
func (s *Session) Fresh(now time.Time) bool {
	return s.Person.Emergency() || now.Sub(s.AuthTime()) <= freshFor
}

// Ends is when the session ends unless it is used before.
func (s *Session) Ends() time.Time {
	if idle := s.row().LastSeen.Add(s.idle); idle.Before(s.Last()) {
		return idle
	}
	return s.Last()
}

// Last is when the session ends however much it is used.
func (s *Session) Last() time.Time { return s.row().Expires }

func (s *Session) row() store.Session { return s.g.Values[rowKey].(store.Session) }
func (s *Session) state() *state      { return s.g.Values[stateKey].(*state) }

// sweep removes what has expired. It is called where rows are made.
func (a *Auth) sweep(ctx context.Context) error {
	return a.sessions.DeleteExpiredSessions(ctx, a.clock.Now())
}
