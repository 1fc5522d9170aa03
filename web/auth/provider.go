package auth

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"samband/store"
)

// algorithms are the signatures accepted on tokens: asymmetric ones only, so that nobody who knows our secret or the
// provider's public key can sign.
var algorithms = []string{
	oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.PS256, oidc.PS384, oidc.PS512,
}

const (
	discoveryLimit = 10 * time.Second // for one answer of the provider
	retryAfter     = 5 * time.Second  // between attempts while the provider is away
	skew           = time.Minute      // between the provider's clock and ours
)

// provider reaches the identity provider. Its discovery document is fetched when first needed, and again after a
// failure, so that the portal and its public pages live without it.
type provider struct {
	conf     Config
	redirect string // where the provider sends people back after login
	signed   string // and after logout
	clock    store.Clock

	mu     sync.Mutex
	found  *discovered
	failed error
	again  time.Time // no new attempt before this
}

type discovered struct {
	oauth      oauth2.Config
	verifier   *oidc.IDTokenVerifier
	endSession string
	sendsIss   bool // the provider promises the iss parameter, so that its absence is an attack
}

func newProvider(c Config, public *url.URL, clock store.Clock) (*provider, error) {
	issuer, err := url.Parse(c.Issuer)
	switch {
	case err != nil || issuer.Host == "" || issuer.RawQuery != "" || issuer.Fragment != "":
		return nil, store.E(store.Refused, "serve.login_issuer", nil)
	case issuer.Scheme != "https" && !(issuer.Scheme == "http" && store.Loopback(issuer.Host)):
		return nil, store.E(store.Refused, "serve.login_issuer", nil)
	case c.ClientID == "":
		return nil, store.E(store.Refused, "serve.login_client", nil)
	}
	if len(c.Scopes) == 0 {
		c.Scopes = []string{"profile"}
	}
	if c.RoleClaim == "" {
		c.RoleClaim = "roles"
	}
	if c.HTTP == nil {
		c.HTTP = &http.Client{Timeout: discoveryLimit}
	}
	return &provider{
		conf: c, clock: clock,
		redirect: public.JoinPath("/login/callback").String(),
		signed:   public.JoinPath("/signed-out").String(),
	}, nil
}

// client gives ctx the HTTP client that reaches the provider.
func (p *provider) client(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, p.conf.HTTP)
}

// discover gives the provider's endpoints and keys. While it is away, store.Unavailable at once for a few seconds after
// each attempt, so that requests don't pile up behind it.
func (p *provider) discover(ctx context.Context) (*discovered, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	now := p.clock.Now()
	if p.failed != nil && now.Before(p.again) {
		return nil, p.failed
	}
	d, err := p.ask(context.WithoutCancel(ctx)) // one visitor who leaves must not fail it for the others
	if err != nil {
		p.failed = store.Wrap(err, store.Unavailable, "auth.provider_away", nil)
		p.again = now.Add(retryAfter)
		return nil, p.failed
	}
	p.found = d
	return d, nil
}

func (p *provider) ask(ctx context.Context) (*discovered, error) {
	op, err := oidc.NewProvider(p.client(ctx), p.conf.Issuer)
	if err != nil {
		return nil, err
	}
	var doc struct {
		EndSession string   `json:"end_session_endpoint"`
		SendsIss   bool     `json:"authorization_response_iss_parameter_supported"`
		AuthMethod []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := op.Claims(&doc); err != nil {
		return nil, err
	}
	endpoint := op.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if p.conf.ClientSecret == "" || len(doc.AuthMethod) > 0 && !slices.Contains(doc.AuthMethod, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &discovered{
		oauth: oauth2.Config{
			ClientID: p.conf.ClientID, ClientSecret: p.conf.ClientSecret, Endpoint: endpoint,
			RedirectURL: p.redirect, Scopes: append([]string{oidc.ScopeOpenID}, p.conf.Scopes...),
		},
		verifier: op.Verifier(&oidc.Config{
			ClientID: p.conf.ClientID, SupportedSigningAlgs: algorithms,
			Now: func() time.Time { return p.clock.Now().Add(-skew) },
		}),
		endSession: doc.EndSession,
		sendsIss:   doc.SendsIss,
	}, nil
}

// logoutURL is where the provider ends its own login, "" when it has no such place or was never reached. The ID token
// is not sent along as a hint: it would put name and number of the person into an address.
func (p *provider) logoutURL(lang string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil || p.found.endSession == "" {
		return ""
	}
	u, err := url.Parse(p.found.endSession)
	if err != nil {
		return ""
	}
	q := u.Query()
	q.Set("client_id", p.conf.ClientID)
	q.Set("post_logout_redirect_uri", p.signed)
	q.Set("ui_locales", lang)
	u.RawQuery = q.Encode()
	return u.String()
}

// origins gives the provider's origins as a content security policy names them.
func (p *provider) origins() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := []string{origin(p.conf.Issuer)}
	if p.found != nil && p.found.endSession != "" {
		if o := origin(p.found.endSession); !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	return all
}

func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || strings.ContainsAny(u.Host, "; ,'\"") {
		return "'none'"
	}
	return u.Scheme + "://" + u.Host
}
