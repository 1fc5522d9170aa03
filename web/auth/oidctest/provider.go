// Package oidctest is a hospital's identity provider for tests: zitadel's certified OpenID Provider in the test's own
// process. It logs in whom the test says, and on demand it answers as a broken or hostile provider would.
package oidctest

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/pkg/op"
)

// ClientID and ClientSecret are the portal's at the provider.
const (
	ClientID     = "samband"
	ClientSecret = "oidctest-secret"
)

// User is who logs in at the provider.
type User struct {
	Subject  string
	Name     string
	ACR      string
	AuthTime time.Time      // now when zero
	Claims   map[string]any // more claims of the ID token, as roles
}

// Provider is a running identity provider.
type Provider struct {
	Issuer string
	server *httptest.Server
	store  *storage
	op     http.Handler

	mu      sync.Mutex
	away    bool
	decline string
	forge   func(*Token)
	answer  func(url.Values)
	asked   url.Values
	tokens  int
}

// Start runs a provider until the test ends. It knows one client, whose addresses are made from the portal's, which
// may be told later with Serve.
func Start(t testing.TB) *Provider {
	t.Helper()
	p := &Provider{}
	p.server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.server.Close)
	p.Issuer = p.server.URL
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p.store = newStorage(key)
	p.op, err = op.NewProvider(&op.Config{CryptoKey: [32]byte{1}, CodeMethodS256: true}, p.store,
		op.StaticIssuer(p.Issuer), op.WithAllowInsecure())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Serve tells the provider where the portal is.
func (p *Provider) Serve(portal string) { p.store.setPortal(portal) }

// Login makes u the person who sits at the provider's login page from now on.
func (p *Provider) Login(u User) { p.store.setUser(u) }

// Away makes the provider answer nothing but 503, or come back.
func (p *Provider) Away(away bool) { p.set(func() { p.away = away }) }

// Decline makes the provider answer logins with an error code, "" to stop that.
func (p *Provider) Decline(code string) { p.set(func() { p.decline = code }) }

// Forge changes the ID tokens that are issued from now on; nil stops that.
func (p *Provider) Forge(f func(*Token)) { p.set(func() { p.forge = f }) }

// Answer changes the parameters with which the browser is sent back to the portal; nil stops that.
func (p *Provider) Answer(f func(url.Values)) { p.set(func() { p.answer = f }) }

// Asked gives the parameters of the latest login that the portal asked for.
func (p *Provider) Asked() url.Values {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}

// Redeemed tells how many times the portal came with a code.
func (p *Provider) Redeemed() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.tokens
}

func (p *Provider) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}

func (p *Provider) serve(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	away, decline, forge, answer := p.away, p.decline, p.forge, p.answer
	switch r.URL.Path {
	case "/authorize":
		p.asked = r.URL.Query()
	case "/oauth/token":
		p.tokens++
	}
	p.mu.Unlock()
	switch {
	case away:
		http.Error(w, "away", http.StatusServiceUnavailable)
	case r.URL.Path == "/authorize" && decline != "":
		q := r.URL.Query()
		back := url.Values{"error": {decline}, "state": {q.Get("state")}, "error_description": {"as the test wants"}}
		http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
	case r.URL.Path == "/sign-in":
		p.store.signIn(r.URL.Query().Get("id"))
		http.Redirect(w, r, "/authorize/callback?id="+url.QueryEscape(r.URL.Query().Get("id")), http.StatusFound)
	case r.URL.Path == "/authorize/callback" && answer != nil:
		changeAnswer(w, r, p.op, answer)
	case r.URL.Path == "/oauth/token" && forge != nil:
		p.forgeToken(w, r, forge)
	default:
		p.op.ServeHTTP(w, r)
	}
}

// changeAnswer lets the test edit the address that the browser is sent back to.
func changeAnswer(w http.ResponseWriter, r *http.Request, next http.Handler, change func(url.Values)) {
	rec := httptest.NewRecorder()
	next.ServeHTTP(rec, r)
	to, err := url.Parse(rec.Header().Get("Location"))
	if err != nil {
		panic(err)
	}
	q := to.Query()
	change(q)
	to.RawQuery = q.Encode()
	http.Redirect(w, r, to.String(), http.StatusFound)
}
