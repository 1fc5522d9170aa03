package auth

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/web/auth/oidctest"
)

// testPortal is the least portal that logs people in: what package web does, without pages.
type testPortal struct {
	*httptest.Server
	t     *testing.T
	auth  *Auth
	clock *store.FakeClock
	db    *db.DB
}

// newPortal starts a portal that takes logins of p; of invented persons when p is nil.
func newPortal(t *testing.T, p *oidctest.Provider, change func(*Config)) *testPortal {
	t.Helper()
	tp := &testPortal{t: t, clock: store.NewFakeClock(time.Now().Truncate(time.Second))}
	var err error
	tp.db, err = db.Open(t.Context(), db.Options{
		Path: filepath.Join(t.TempDir(), "portal.db"), Clock: tp.clock, IDs: store.RandomIDs{},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tp.db.Close() })
	mux := http.NewServeMux()
	tp.Server = httptest.NewServer(mux)
	t.Cleanup(tp.Close)
	c := Config{PublicURL: tp.URL}
	if p != nil {
		p.Serve(tp.URL)
		c.Issuer, c.ClientID, c.ClientSecret = p.Issuer, oidctest.ClientID, oidctest.ClientSecret
	}
	if change != nil {
		change(&c)
	}
	if tp.auth, err = New(c, tp.db, tp.db, tp.clock); err != nil {
		t.Fatal(err)
	}
	answer := func(w http.ResponseWriter, to string, err error) {
		if err != nil {
			w.Header().Set("Error", string(store.CodeOf(err)))
			w.Header().Set("Cause", err.Error())
			w.WriteHeader(http.StatusForbidden)
			return
		}
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusSeeOther)
	}
	mux.HandleFunc("GET /login/begin", func(w http.ResponseWriter, r *http.Request) {
		to, err := tp.auth.Begin(w, r, r.FormValue("return"), r.FormValue("fresh") != "")
		answer(w, to, err)
	})
	mux.HandleFunc("GET /login/callback", func(w http.ResponseWriter, r *http.Request) {
		to, err := tp.auth.Complete(w, r)
		answer(w, to, err)
	})
	mux.HandleFunc("POST /login/demo", func(w http.ResponseWriter, r *http.Request) {
		answer(w, "/", tp.auth.LoginAs(w, r, r.FormValue("persona")))
	})
	mux.HandleFunc("POST /logout", func(w http.ResponseWriter, r *http.Request) {
		to, err := tp.auth.Logout(w, r, "nb")
		answer(w, to, err)
	})
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		s, err := tp.auth.Load(r, r.FormValue("poll") == "")
		if err != nil {
			t.Error(err)
		}
		if s != nil {
			io.WriteString(w, s.Person.User.Name)
		}
	})
	return tp
}

// browser is a client with cookies of its own that doesn't follow redirects.
func browser(t *testing.T) *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func fetch(t *testing.T, c *http.Client, address string) *http.Response {
	t.Helper()
	resp, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp
}

// login follows redirects from the portal over the provider back to the callback, and gives the callback's answer and
// its address.
func (tp *testPortal) login(c *http.Client, query string) (*http.Response, string) {
	tp.t.Helper()
	address := tp.URL + "/login/begin" + query
	for range 10 {
		resp := fetch(tp.t, c, address)
		if strings.HasPrefix(address, tp.URL+"/login/callback") || resp.Header.Get("Error") != "" {
			return resp, address
		}
		next, err := resp.Location()
		if err != nil {
			tp.t.Fatalf("%s answered %s", address, resp.Status)
		}
		address = next.String()
	}
	tp.t.Fatal("the login goes in a circle")
	return nil, ""
}

// who is the name of the person that the portal takes c for, "" for nobody.
func (tp *testPortal) who(c *http.Client) string {
	tp.t.Helper()
	resp, err := c.Get(tp.URL + "/")
	if err != nil {
		tp.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		tp.t.Fatal(err)
	}
	return string(b)
}

func (tp *testPortal) cookie(c *http.Client) *http.Cookie {
	tp.t.Helper()
	u, err := url.Parse(tp.URL)
	if err != nil {
		tp.t.Fatal(err)
	}
	for _, cookie := range c.Jar.Cookies(u) {
		if cookie.Name == tp.auth.cookie.session {
			return cookie
		}
	}
	return nil
}

func (tp *testPortal) plant(c *http.Client, cookies ...*http.Cookie) {
	tp.t.Helper()
	u, err := url.Parse(tp.URL)
	if err != nil {
		tp.t.Fatal(err)
	}
	c.Jar.SetCookies(u, cookies)
}

// row is the stored session behind a cookie, nil when there is none.
func (tp *testPortal) row(c *http.Cookie) *store.Session {
	tp.t.Helper()
	row, err := tp.db.Session(tp.t.Context(), hash(c.Value))
	if store.ClassOf(err) == store.NotFound {
		return nil
	}
	if err != nil {
		tp.t.Fatal(err)
	}
	return &row
}

var kari = oidctest.User{Subject: "248289761001", Name: "Kari Nordmann"}

// session is the login behind c, nil when there is none, with a request of that browser.
func (tp *testPortal) session(c *http.Client) (*Session, *http.Request) {
	tp.t.Helper()
	r, err := http.NewRequest(http.MethodGet, tp.URL, nil)
	if err != nil {
		tp.t.Fatal(err)
	}
	u, err := url.Parse(tp.URL)
	if err != nil {
		tp.t.Fatal(err)
	}
	for _, cookie := range c.Jar.Cookies(u) {
		r.AddCookie(cookie)
	}
	s, err := tp.auth.Load(r, true)
	if err != nil {
		tp.t.Fatal(err)
	}
	return s, r
}
