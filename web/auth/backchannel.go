package auth

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"samband/store"
)

// backchannelEvent is what a logout token is about (OpenID Connect Back-Channel Logout 1.0 section 2.4).
const backchannelEvent = "http://schemas.openid.net/event/backchannel-logout"

// ProviderLogout ends the sessions that a logout token of the identity provider names, and tells how many. A person
// who has no session is no error.
//
// The token is held against section 2.6 of the standard: signature, issuer, audience, times, its event, no nonce, a
// session or a person, and an id that was not here before. Its kind may be logout+jwt, or left out or JWT, as many
// providers do: the event and the missing nonce tell it from an ID token.
//
// Errors: auth.logout_token; session.replayed; auth.provider_away when the provider's keys can't be read.
func (a *Auth) ProviderLogout(ctx context.Context, raw, request string) (int, error) {
	if a.provider == nil {
		return 0, store.E(store.NotFound, "web.not_found", nil)
	}
	d, err := a.provider.discover(ctx)
	if err != nil {
		return 0, err
	}
	l, err := a.provider.logoutToken(ctx, d, raw, a.clock.Now())
	if err != nil {
		return 0, &store.Error{Class: store.Invalid, Code: "auth.logout_token", Err: err}
	}
	return a.sessions.EndProviderSessions(ctx, *l, store.Actor{Name: sourceOIDC, Request: request})
}

func (p *provider) logoutToken(ctx context.Context, d *discovered, raw string, now time.Time) (*store.ProviderLogout, error) {
	if err := checkType(raw, "logout+jwt", "application/logout+jwt", "JWT"); err != nil {
		return nil, err
	}
	token, err := d.verifier.VerifyLogout(p.client(ctx), raw)
	if err != nil {
		return nil, err
	}
	var c struct {
		Events map[string]json.RawMessage `json:"events"`
	}
	if err := token.Claims(&c); err != nil {
		return nil, err
	}
	switch event := c.Events[backchannelEvent]; {
	case len(event) == 0 || event[0] != '{':
		return nil, errors.New("the event is no object")
	case token.Issuer != p.conf.Issuer:
		return nil, errors.New("the token is from another issuer")
	case token.IssuedAt.Unix() <= 0 || token.IssuedAt.After(now.Add(skew)):
		return nil, errors.New("the token is from the future, or doesn't say when it was made")
	case len(token.TokenID) > longest || len(token.Subject) > longest || len(token.SessionID) > longest:
		return nil, errors.New("a name in the token is too long")
	}
	return &store.ProviderLogout{Issuer: token.Issuer, Subject: token.Subject, SID: token.SessionID, TokenID: token.TokenID,
		// The verifier's clock runs late by skew, so the token is taken for so long after it has expired.
		Expires: token.Expiry.Add(2 * skew)}, nil
}
