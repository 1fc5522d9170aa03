package auth

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"samband/store"
)

// longest is how long a name of the provider's for a person or a session may be (OpenID Connect Core section 2).
const longest = 255

// attemptLife is how long a person may take at the identity provider.
const attemptLife = 15 * time.Minute

// attempt is a login under way: the Data of a stored session without a user. Its hash is made from a secret in the
// browser's cookie and the state parameter together, so that an answer counts once, for one login, in the browser that
// began it.
type attempt struct {
	Nonce    string    `json:"nonce"`
	Verifier string    `json:"verifier"`
	Return   string    `json:"return"`
	Began    time.Time `json:"began"`
	Fresh    bool      `json:"fresh,omitempty"` // the person is to prove who they are again
}

// Begin starts a login and gives the address at the identity provider to send the browser to. Afterwards the person
// comes back to returnTo. With fresh they have to log in again even when the provider knows them.
func (a *Auth) Begin(w http.ResponseWriter, r *http.Request, returnTo string, fresh bool) (string, error) {
	if a.provider == nil {
		return "", store.E(store.NotFound, "web.not_found", nil)
	}
	d, err := a.provider.discover(r.Context())
	if err != nil {
		return "", err
	}
	if err := a.sweep(r.Context()); err != nil {
		return "", err
	}
	browser := a.browserOf(w, r) // the same one when several tabs log in at the same time
	now, st := a.clock.Now(), newID()
	at := attempt{
		Nonce: newID(), Verifier: oauth2.GenerateVerifier(), Return: ReturnPath(returnTo), Began: now, Fresh: fresh,
	}
	data, err := json.Marshal(at)
	if err != nil {
		return "", err
	}
	err = a.sessions.CreateSession(r.Context(), store.Session{
		Hash: hash(browser, st), Created: now, LastSeen: now, Expires: now.Add(attemptLife), Data: data,
	})
	if err != nil {
		return "", err
	}
	options := []oauth2.AuthCodeOption{oidc.Nonce(at.Nonce), oauth2.S256ChallengeOption(at.Verifier)}
	if fresh {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	if acr := a.provider.conf.ACR; len(acr) > 0 {
		options = append(options, oauth2.SetAuthURLParam("acr_values", strings.Join(acr, " ")))
	}
	return d.oauth.AuthCodeURL(st, options...), nil
}

// Complete takes the identity provider's answer, opens a session and gives the place to return to.
//
// Errors: auth.attempt when this browser has no such login under way (too late, used before, begun elsewhere);
// auth.declined when the person or the provider said no; auth.answer when the answer fails a check; auth.weak when the
// login wasn't strong enough; auth.provider_away.
func (a *Auth) Complete(w http.ResponseWriter, r *http.Request) (string, error) {
	if a.provider == nil {
		return "", store.E(store.NotFound, "web.not_found", nil)
	}
	at, err := a.takeAttempt(r)
	if err != nil {
		return "", err
	}
	d, err := a.provider.discover(r.Context())
	if err != nil {
		return "", err
	}
	q := r.URL.Query()
	if iss := q.Get("iss"); iss != a.provider.conf.Issuer && (iss != "" || q.Has("iss") || d.sendsIss) {
		return "", refuse(errors.New("the answer names another issuer"))
	}
	if q.Has("error") {
		return "", declined(q.Get("error"))
	}
	c, err := a.provider.redeem(r.Context(), d, q.Get("code"), at, a.clock.Now())
	if err != nil {
		return "", err
	}
	now := a.clock.Now()
	u, err := a.users.SignIn(r.Context(), c.Issuer, c.Subject, c.name(), now)
	if err != nil {
		return "", err
	}
	grants := grantsFor(a.provider.conf.Roles, c.roles, now)
	if err := a.users.ReplaceGrants(r.Context(), u.ID, sourceOIDC, grants); err != nil {
		return "", err
	}
	return at.Return, a.start(w, r, login{user: u, sid: c.SID, life: a.absolute,
		state: state{AuthTime: c.authTime(now), ACR: c.ACR}})
}

// takeAttempt finds the login that the answer belongs to and uses it up.
func (a *Auth) takeAttempt(r *http.Request) (attempt, error) {
	gone := store.E(store.Forbidden, "auth.attempt", nil)
	browser := a.knownBrowser(r)
	if browser == "" {
		return attempt{}, gone
	}
	row, err := a.sessions.Session(r.Context(), hash(browser, r.URL.Query().Get("state")))
	if store.ClassOf(err) == store.NotFound {
		return attempt{}, gone
	} else if err != nil {
		return attempt{}, err
	}
	mine, err := a.sessions.DeleteSession(r.Context(), row.Hash)
	if err != nil {
		return attempt{}, err
	}
	if !mine || row.UserID != "" || !a.clock.Now().Before(row.Expires) {
		return attempt{}, gone
	}
	var at attempt
	return at, json.Unmarshal(row.Data, &at)
}

// declined is the provider's no. Its code is logged when it is one of the standard's; its text never is.
func declined(code string) error {
	switch code {
	case "access_denied", "login_required", "consent_required", "interaction_required", "account_selection_required":
		return &store.Error{Class: store.Forbidden, Code: "auth.declined", Err: errors.New(code)}
	case "server_error", "temporarily_unavailable":
		return &store.Error{Class: store.Unavailable, Code: "auth.provider_away", Err: errors.New(code)}
	case "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope":
		return refuse(errors.New(code))
	}
	return refuse(errors.New("an error code that the standard does not know"))
}

func refuse(err error) error {
	return &store.Error{Class: store.Forbidden, Code: "auth.answer", Err: err}
}

// claims is what we read of an ID token. Name and subject are shown and kept; nothing else of the person is.
type claims struct {
	Issuer    string
	Subject   string
	ACR       string  `json:"acr"`
	SID       string  `json:"sid"`
	AZP       string  `json:"azp"`
	Name      string  `json:"name"`
	Username  string  `json:"preferred_username"`
	LoggedIn  float64 `json:"auth_time"`
	NotBefore float64 `json:"nbf"`
	roles     []string
}

// redeem changes the code into an ID token and checks it.
func (p *provider) redeem(ctx context.Context, d *discovered, code string, at attempt, now time.Time) (*claims, error) {
	if code == "" || len(code) > 4096 {
		return nil, refuse(errors.New("the answer has no code"))
	}
	tokens, err := d.oauth.Exchange(p.client(ctx), code, oauth2.VerifierOption(at.Verifier))
	var said *oauth2.RetrieveError
	switch {
	case errors.As(err, &said) && said.Response.StatusCode < 500:
		// Not wrapped: the error prints the provider's whole answer.
		return nil, refuse(fmt.Errorf("the code was not accepted: %d %.40q", said.Response.StatusCode, said.ErrorCode))
	case said != nil:
		return nil, &store.Error{Class: store.Unavailable, Code: "auth.provider_away",
			Err: fmt.Errorf("the token endpoint answered %d", said.Response.StatusCode)}
	case err != nil:
		return nil, store.Wrap(err, store.Unavailable, "auth.provider_away", nil)
	}
	raw, _ := tokens.Extra("id_token").(string)
	if raw == "" {
		return nil, refuse(errors.New("no ID token came with the code"))
	}
	if err := checkType(raw, "JWT"); err != nil {
		return nil, refuse(err)
	}
	token, err := d.verifier.Verify(p.client(ctx), raw)
	if err != nil {
		return nil, refuse(err)
	}
	if token.AccessTokenHash != "" {
		if err := token.VerifyAccessToken(tokens.AccessToken); err != nil {
			return nil, refuse(err)
		}
	}
	c := &claims{}
	var all map[string]json.RawMessage
	if err := errors.Join(token.Claims(c), token.Claims(&all)); err != nil {
		return nil, refuse(err)
	}
	c.Issuer, c.Subject = token.Issuer, token.Subject
	c.roles = claimValues(all, p.conf.RoleClaim)
	return c, p.check(token, c, at, now)
}

// check holds the token against what go-oidc leaves to its caller.
func (p *provider) check(token *oidc.IDToken, c *claims, at attempt, now time.Time) error {
	switch latest := now.Add(skew); {
	case token.Issuer != p.conf.Issuer:
		return refuse(errors.New("the token is from another issuer"))
	case token.Subject == "" || len(token.Subject) > longest || len(c.SID) > longest:
		return refuse(errors.New("the token has no usable subject or session"))
	case token.Nonce != at.Nonce:
		return refuse(errors.New("the token's nonce is not that of this login"))
	case c.AZP != "" && c.AZP != p.conf.ClientID, c.AZP == "" && len(token.Audience) > 1:
		return refuse(errors.New("the token was made for another party"))
	case token.IssuedAt.After(latest) || seconds(c.NotBefore).After(latest):
		return refuse(errors.New("the token is from the future"))
	case at.Fresh && seconds(c.LoggedIn).Before(at.Began.Add(-skew)):
		return &store.Error{Class: store.Forbidden, Code: "auth.weak", Err: errors.New("auth_time is before this login")}
	case len(p.conf.ACR) > 0 && !slices.Contains(p.conf.ACR, c.ACR):
		return &store.Error{Class: store.Forbidden, Code: "auth.weak", Err: errors.New("acr is not among the accepted")}
	}
	return nil
}

// checkType refuses a token of another kind than the ones that are waited for: access tokens, ID tokens and logout
// tokens are signed by the same key and may carry the same claims. A token that doesn't say its kind is let through.
func checkType(raw string, kinds ...string) error {
	head, _, _ := strings.Cut(raw, ".")
	b, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		return err
	}
	var header struct {
		Type *string `json:"typ"`
	}
	if err := json.Unmarshal(b, &header); err != nil {
		return err
	}
	if header.Type != nil && !slices.ContainsFunc(kinds, func(k string) bool { return strings.EqualFold(k, *header.Type) }) {
		return errors.New("the token is of another kind")
	}
	return nil
}

func (c *claims) name() string {
	for _, n := range []string{c.Name, c.Username} {
		if n = strings.TrimSpace(n); n != "" {
			return strings.ToValidUTF8(n[:min(len(n), 200)], "")
		}
	}
	return ""
}

// authTime is when the person logged in. When the provider doesn't say, it is the zero time, which is never fresh.
func (c *claims) authTime(now time.Time) time.Time {
	t := seconds(c.LoggedIn)
	if t.After(now) {
		return now
	}
	return t
}

func seconds(s float64) time.Time {
	if s <= 0 {
		return time.Time{}
	}
	return time.Unix(int64(s), 0).UTC()
}
