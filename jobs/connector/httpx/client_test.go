package httpx_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/httpx"
	"samband/jobs/connector/httpx/httpxtest"
	"samband/store"
)

// TestFaults holds that each fault ends within bounds, with a code that says what it is, with nothing of the body told,
// and that another host is none the worse for it.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		fault httpxtest.Fault
		class store.Class
		code  store.Code
		after time.Duration
	}{
		{httpxtest.Fault{Kind: httpxtest.Refuse}, store.Unavailable, "http.refused", 0},
		{httpxtest.Fault{Kind: httpxtest.Hang}, store.Unavailable, "http.timeout", 0},
		{httpxtest.Fault{Kind: httpxtest.SlowHeaders}, store.Unavailable, "http.timeout", 0},
		{httpxtest.Fault{Kind: httpxtest.Trickle}, store.Unavailable, "http.stalled", 0},
		{httpxtest.Fault{Kind: httpxtest.Status, Status: 500}, store.Unavailable, "http.status", 0},
		{httpxtest.Fault{Kind: httpxtest.Status, Status: 502}, store.Unavailable, "http.status", 0},
		{httpxtest.Fault{Kind: httpxtest.Status, Status: 503, After: "120"}, store.Unavailable, "http.status", 2 * time.Minute},
		{httpxtest.Fault{Kind: httpxtest.Status, Status: 504}, store.Unavailable, "http.status", 0},
		{httpxtest.Fault{Kind: httpxtest.Status, Status: 429}, store.Unavailable, "http.busy", 0},
		{httpxtest.Fault{Kind: httpxtest.Status, Status: 429, After: "7"}, store.Unavailable, "http.busy", 7 * time.Second},
		{httpxtest.Fault{Kind: httpxtest.Status, Status: 429, After: "99999999999"}, store.Unavailable, "http.busy", 24 * time.Hour},
		{httpxtest.Fault{Kind: httpxtest.Status, Status: 401}, store.Invalid, "http.denied", 0},
		{httpxtest.Fault{Kind: httpxtest.Status, Status: 404}, store.Invalid, "http.rejected", 0},
		{httpxtest.Fault{Kind: httpxtest.Short}, store.Unavailable, "http.broken", 0},
		{httpxtest.Fault{Kind: httpxtest.BadGzip}, store.Unavailable, "http.broken", 0},
		{httpxtest.Fault{Kind: httpxtest.CutGzip}, store.Unavailable, "http.cut", 0},
		{httpxtest.Fault{Kind: httpxtest.Bomb}, store.Invalid, "http.too_large", 0},
		{httpxtest.Fault{Kind: httpxtest.HTML}, store.Unavailable, "http.content_type", 0},
		{httpxtest.Fault{Kind: httpxtest.Large}, store.Invalid, "http.too_large", 0},
		{httpxtest.Fault{Kind: httpxtest.ManyHeaders}, store.Invalid, "http.too_large", 0},
		{httpxtest.Fault{Kind: httpxtest.Redirect}, store.Invalid, "http.redirect", 0},
	} {
		t.Run(fmt.Sprint(c.fault), func(t *testing.T) {
			t.Parallel()
			s, well := httpxtest.New(t, 1, 100), httpxtest.New(t, 1, 100)
			s.Ail(c.fault)
			began := time.Now()
			_, err := s.Pager(t).Page(t.Context(), store.Period{}, "", &connector.Batch{})
			if took := time.Since(began); took > 4*time.Second {
				t.Errorf("took %v", took)
			}
			judge(t, err, c.class, c.code)
			var f *connector.Failure
			if !errors.As(err, &f) || f.Host != store.HostOf(s.URL) || f.After != c.after {
				t.Errorf("%+v", f)
			}
			if _, err := well.Pager(t).Page(t.Context(), store.Period{}, "", &connector.Batch{}); err != nil {
				t.Errorf("another host: %v", err)
			}
		})
	}
}

func judge(t *testing.T, err error, class store.Class, code store.Code) {
	t.Helper()
	if store.ClassOf(err) != class || store.CodeOf(err) != code {
		t.Errorf("%v of class %d, want %s of class %d", err, store.ClassOf(err), code, class)
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if s := fmt.Sprintf("%+v", e); strings.Contains(s, httpxtest.Canary) || strings.Contains(s, "Logg inn") {
			t.Errorf("the error tells of the body: %s", s)
		}
	}
}

// TestCutAtEveryPercent holds that a body that ends early never passes for a whole one, wherever it ends.
func TestCutAtEveryPercent(t *testing.T) {
	s := httpxtest.New(t, 1, 50)
	p := s.Pager(t)
	for percent := range 100 {
		s.Ail(httpxtest.Fault{Kind: httpxtest.Cut, Percent: percent})
		_, err := p.Page(t.Context(), store.Period{}, "", &connector.Batch{})
		judge(t, err, store.Unavailable, "http.cut")
	}
	s.Ail(httpxtest.Fault{Kind: httpxtest.Cut, Percent: 100})
	if _, err := p.Page(t.Context(), store.Period{}, "", &connector.Batch{}); err != nil {
		t.Error(err)
	}
}

func TestTLS(t *testing.T) {
	expired := httpxtest.NewExpired(t)
	_, err := expired.Pager(t).Page(t.Context(), store.Period{}, "", &connector.Batch{})
	judge(t, err, store.Invalid, "http.tls")

	s := httpxtest.New(t, 1, 1)
	o := s.Options()
	o.Roots = expired.Roots() // pinned to another authority
	c, err := httpx.New(o)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = c.Fetch(t.Context(), httpx.Request{URL: s.URL, Accept: "application/json"})
	judge(t, err, store.Invalid, "http.tls")
}

// TestShowsItsCertificate holds that a server that lets in only whom it knows is reached with the certificate of the
// connection, and with no other.
func TestShowsItsCertificate(t *testing.T) {
	ours, other := httpxtest.NewCertificate(t), httpxtest.NewCertificate(t)
	s := httpxtest.NewKnowing(t, ours)
	for _, c := range []struct {
		name  string
		shows *tls.Certificate
		code  store.Code
	}{{"ours", &ours, ""}, {"none", nil, "http.tls"}, {"another", &other, "http.tls"}} {
		o := s.Options()
		o.Certificate = c.shows
		client, err := httpx.New(o)
		if err != nil {
			t.Fatal(err)
		}
		before := s.Asked()
		_, _, err = client.Fetch(t.Context(), httpx.Request{URL: s.URL, Accept: "application/json"})
		client.Close()
		if store.CodeOf(err) != c.code || (s.Asked() > before) != (c.code == "") {
			t.Errorf("with %s: %v, want %q; %d requests", c.name, err, c.code, s.Asked()-before)
		}
	}
}

// TestTellsOfEachRequest holds that each request is told of once, when it is over, by outcome and by nothing of the address.
func TestTellsOfEachRequest(t *testing.T) {
	for _, c := range []struct {
		fault   httpxtest.Fault
		outcome string
	}{
		{httpxtest.Fault{}, "ok"}, {httpxtest.Fault{Kind: httpxtest.Refuse}, "http.refused"}, {httpxtest.Fault{Kind: httpxtest.Hang}, "http.timeout"},
		{httpxtest.Fault{Kind: httpxtest.Status, Status: 503}, "http.status"}, {httpxtest.Fault{Kind: httpxtest.Cut, Percent: 50}, "http.cut"},
		{httpxtest.Fault{Kind: httpxtest.BadGzip}, "http.broken"}, {httpxtest.Fault{Kind: httpxtest.Large}, "http.too_large"},
	} {
		s := httpxtest.New(t, 1, 10)
		s.Ail(c.fault)
		var told []connector.Asked
		o := s.Options()
		o.Network.Asked = func(a connector.Asked) { told = append(told, a) }
		client, err := httpx.New(o)
		if err != nil {
			t.Fatal(err)
		}
		body, _, _ := client.Fetch(t.Context(), httpx.Request{URL: s.URL + "?fnr=" + httpxtest.Canary, Accept: "application/json"})
		if len(told) != 1 || told[0].Outcome != c.outcome || told[0].Wait <= 0 || c.outcome == "ok" && told[0].Bytes != int64(len(body)) {
			t.Errorf("%v: told %+v of %d bytes", c.fault, told, len(body))
		}
		if c.outcome != "ok" {
			continue
		}
		resp, err := client.Do(t.Context(), httpx.Request{URL: s.URL, Accept: "application/json"})
		if err != nil {
			t.Fatal(err)
		}
		resp.Close() // before its end
		resp.Close()
		if len(told) != 2 || told[1].Outcome != "cancelled" {
			t.Errorf("left: told %+v", told)
		}
	}
}

// TestReach holds that nothing but what is listed is reached, and no address that the networks don't have, whatever the
// name leads to.
func TestReach(t *testing.T) {
	s := httpxtest.New(t, 1, 1)
	port := s.URL[strings.LastIndex(s.URL, ":")+1:]
	for _, c := range []struct {
		url   string
		allow []string
		nets  []netip.Prefix
		class store.Class
		code  store.Code
	}{
		{s.URL, nil, httpxtest.Here, store.Refused, "http.not_allowed"},
		{"http://127.0.0.1:" + port, []string{s.URL}, httpxtest.Here, store.Refused, "http.not_allowed"},
		{"https://127.0.0.1:1", []string{s.URL}, httpxtest.Here, store.Refused, "http.not_allowed"},
		{"https://bruker@127.0.0.1:" + port, []string{s.URL}, httpxtest.Here, store.Invalid, "http.allow"},
		{"file:///etc/passwd", []string{s.URL}, httpxtest.Here, store.Invalid, "http.allow"},
		{s.URL, []string{s.URL}, nil, store.Refused, "http.address"},
		{"https://localhost:" + port, []string{"https://localhost:" + port}, nil, store.Refused, "http.address"},
		{s.URL, []string{s.URL}, []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, store.Refused, "http.address"},
		{"https://[::ffff:127.0.0.1]:" + port, []string{"https://[::ffff:127.0.0.1]:" + port}, nil, store.Refused, "http.address"},
		{"https://169.254.169.254", []string{"https://169.254.169.254"}, nil, store.Refused, "http.address"},
		{"https://[64:ff9b::7f00:1]", []string{"https://[64:ff9b::7f00:1]"}, nil, store.Refused, "http.address"},
		{"https://0.0.0.0:" + port, []string{"https://0.0.0.0:" + port}, nil, store.Refused, "http.address"},
		{"https://finnes-ikke.invalid", []string{"https://finnes-ikke.invalid"}, nil, store.Unavailable, "http.name"},
	} {
		before := s.Asked()
		o := s.Options()
		o.Allow, o.Network.Allowed = c.allow, c.nets
		client, err := httpx.New(o)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = client.Fetch(t.Context(), httpx.Request{URL: c.url, Accept: "application/json"})
		if store.ClassOf(err) != c.class || store.CodeOf(err) != c.code {
			t.Errorf("%s with %v in %v: %v, want %s", c.url, c.allow, c.nets, err, c.code)
		}
		if s.Asked() != before {
			t.Errorf("%s was reached", c.url)
		}
	}
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	if _, _, err := s.Client(t).Fetch(t.Context(), httpx.Request{URL: s.URL, Accept: "application/json"}); err != nil {
		t.Errorf("went by a proxy: %v", err)
	}
}

// TestCancelled holds that a request stops when whoever asked has gone, wherever it is, with the context's own error.
func TestCancelled(t *testing.T) {
	for _, kind := range []httpxtest.Kind{httpxtest.Hang, httpxtest.SlowHeaders, httpxtest.Trickle, httpxtest.Large} {
		s := httpxtest.New(t, 1, 1000)
		s.Ail(httpxtest.Fault{Kind: kind})
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		began := time.Now()
		_, err := s.Pager(t).Page(ctx, store.Period{}, "", &connector.Batch{})
		cancel()
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s: took %v", kind, took)
		}
		if !errors.Is(err, context.DeadlineExceeded) && kind != httpxtest.Large {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for v, want := range map[string]time.Duration{
		"": 0, "0": 0, "30": 30 * time.Second, " 30 ": 30 * time.Second, "-5": 0, "soon": 0, "1e9": 0,
		"Mon, 23 Nov 2026 12:10:00 GMT": 10 * time.Minute, "Mon, 23 Nov 2026 11:00:00 GMT": 0,
		"Mon, 23 Nov 2099 12:10:00 GMT": store.MaxRetryAfter, "999999999999999999999": 0,
	} {
		if got := httpx.RetryAfter(http.Header{"Retry-After": {v}}, now); got != want {
			t.Errorf("%q: %v, want %v", v, got, want)
		}
	}
}
