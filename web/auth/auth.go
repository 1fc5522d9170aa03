// Package auth says who is asking. It logs people in at the hospital's identity provider (OpenID Connect) or, in a
// demonstration on one's own machine, as an invented person; it keeps their sessions on the server and tells for each
// request which person and which grants stand behind it. What a person may do with them is the routes table's matter.
package auth

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"samband/store"
)

// Sessions keeps the sessions, and the logins under way. Times are UTC.
type Sessions interface {
	// Session gives a row, also one that has expired; store.NotFound when there is none.
	Session(ctx context.Context, hash string) (store.Session, error)
	// CreateSession inserts a row with a new hash.
	CreateSession(ctx context.Context, row store.Session) error
	// UpdateSession replaces the Data of a row. It never brings back a row that is gone, which is no error.
	UpdateSession(ctx context.Context, hash string, data []byte) error
	// TouchSession moves LastSeen and leaves the rest; a row that is gone is no error.
	TouchSession(ctx context.Context, hash string, seen time.Time) error
	// DeleteSession removes a row and tells whether it was there: of two that ask at once, one is told yes.
	DeleteSession(ctx context.Context, hash string) (bool, error)
	// DeleteExpiredSessions removes the rows whose Expires has passed.
	DeleteExpiredSessions(ctx context.Context, now time.Time) error
	// Sessions gives the rows of a user that have not expired, the one used last first.
	Sessions(ctx context.Context, userID string) ([]store.Session, error)
	// RevokeSessions ends the sessions of a user but the one with the hash keep, and tells how many.
	RevokeSessions(ctx context.Context, userID, keep string, by store.Actor) (int, error)
	// EndProviderSessions ends what the identity provider says is over, and tells how many; Conflict session.replayed
	// for a token that was here before.
	EndProviderSessions(ctx context.Context, l store.ProviderLogout, by store.Actor) (int, error)
}

// Users keeps who has logged in and what they were granted.
type Users interface {
	// SignIn finds the user (issuer, subject) or makes it, and notes name and time.
	SignIn(ctx context.Context, issuer, subject, name string, at time.Time) (store.User, error)
	// User gives a user by our id; store.NotFound when there is none.
	User(ctx context.Context, id string) (store.User, error)
	// Grants gives every grant of a user, also those that have ended.
	Grants(ctx context.Context, userID string) ([]store.Grant, error)
	// ReplaceGrants puts grants in place of those the user has from the source; equal ones stay as they are.
	ReplaceGrants(ctx context.Context, userID, source string, grants []store.Grant) error
	// SealedEmergency gives the sealed code of the emergency account; store.NotFound when there is none.
	SealedEmergency(ctx context.Context) (*store.EmergencyCode, error)
	// OpenEmergency uses a sealed code up for a user of that name; of two who come at once, one gets Conflict.
	OpenEmergency(ctx context.Context, id, name, reason, request string) (store.User, store.Grant, error)
}

// Auth logs people in and out and knows their sessions. Safe for several goroutines.
type Auth struct {
	sessions Sessions
	users    Users
	clock    store.Clock

	public         *url.URL
	idle, absolute time.Duration
	cookie         cookieNames
	provider       *provider // nil: demonstration
}

// cookieNames are the names of our cookies. The browser's own outlives its logins until it is closed: it ties a login
// under way, and a form that waits for its sender, to the browser where they began.
type cookieNames struct {
	secure           bool
	session, browser string
}

// New checks the configuration. It doesn't ask the identity provider for anything, so that the portal starts while
// that one is down.
func New(c Config, s Sessions, u Users, clock store.Clock) (*Auth, error) {
	if c.err != nil {
		return nil, c.err
	}
	public, err := url.Parse(c.PublicURL)
	if err != nil || public.Host == "" || strings.Trim(public.Path, "/") != "" || public.RawQuery != "" {
		return nil, store.E(store.Refused, "serve.login_address", nil)
	}
	a := &Auth{sessions: s, users: u, clock: clock, public: public,
		idle: cmp.Or(c.Idle, 30*time.Minute), absolute: cmp.Or(c.Absolute, 8*time.Hour)}
	switch {
	case public.Scheme == "https":
		a.cookie = cookieNames{true, "__Host-samband", "__Host-samband-browser"}
	case public.Scheme == "http" && store.Loopback(public.Host):
		a.cookie = cookieNames{false, "samband", "samband-browser"}
	default:
		return nil, store.E(store.Refused, "serve.login_address", nil)
	}
	switch {
	case c.Issuer != "":
		a.provider, err = newProvider(c, public, clock)
	case !store.Loopback(public.Host):
		err = store.E(store.Refused, "serve.no_login", store.Args{"addr": public.Host})
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

// Demo tells whether people log in as invented persons.
func (a *Auth) Demo() bool { return a.provider == nil }

// Secure tells whether browsers reach the portal over TLS.
func (a *Auth) Secure() bool { return a.cookie.secure }

// PublicURL is where browsers find the portal.
func (a *Auth) PublicURL() *url.URL { return a.public }

// FormTargets gives the origins that a form of ours may end at, apart from our own: the identity provider's, where a
// logout leads.
func (a *Auth) FormTargets() []string {
	if a.provider == nil {
		return nil
	}
	return a.provider.origins()
}

func (a *Auth) setCookie(w http.ResponseWriter, name, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: maxAge,
		Secure: a.cookie.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}
