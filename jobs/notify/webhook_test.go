package notify

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"samband/store"
)

func TestSignature(t *testing.T) {
	secret, body := []byte("whsec_x"), []byte(`{"a":1}`)
	header := Sign(secret, body, noon)
	for name, x := range map[string]struct {
		secret, body []byte
		header       string
		at           time.Time
		want         bool
	}{
		"right":          {secret, body, header, noon.Add(time.Minute), true},
		"old":            {secret, body, header, noon.Add(6 * time.Minute), false},
		"from later":     {secret, body, header, noon.Add(-6 * time.Minute), false},
		"another body":   {secret, []byte(`{"a":2}`), header, noon, false},
		"another secret": {[]byte("x"), body, header, noon, false},
		"moved in time":  {secret, body, Sign(secret, body, noon.Add(time.Hour))[:13] + header[13:], noon.Add(time.Hour), false},
		"nonsense":       {secret, body, "t=x,v1=", noon, false},
		"nothing":        {secret, body, "", noon, false},
	} {
		if got := Verify(x.secret, x.body, x.header, x.at, 5*time.Minute); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestPost(t *testing.T) {
	secret, body := []byte("whsec_x"), []byte(`{"id":"audit:1"}`)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a redirect is followed") }))
	defer elsewhere.Close()
	for name, x := range map[string]struct {
		answer http.HandlerFunc
		class  store.Class
		code   store.Code
	}{
		"taken": {func(w http.ResponseWriter, r *http.Request) {
			got, _ := io.ReadAll(r.Body)
			if !Verify(secret, got, r.Header.Get(SignatureHeader), noon, time.Minute) || r.Header.Get("Samband-Id") != "o-1" || r.Method != "POST" {
				w.WriteHeader(http.StatusBadRequest)
			}
		}, 0, ""},
		"broken":   {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, store.Unavailable, "notify.webhook_status"},
		"gone":     {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(410) }, store.Refused, "notify.webhook_status"},
		"redirect": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, 307) }, store.Unavailable, "notify.webhook_redirect"},
		"silent":   {func(http.ResponseWriter, *http.Request) { time.Sleep(time.Second) }, store.Unavailable, "notify.webhook_unreachable"},
		"cut":      {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, store.Unavailable, "notify.webhook_unreachable"},
	} {
		srv := httptest.NewServer(x.answer)
		c := NewClient(true)
		c.Timeout = 300 * time.Millisecond
		err := Post(t.Context(), c, srv.URL, secret, "o-1", body, noon)
		if store.CodeOf(err) != x.code || err != nil && store.ClassOf(err) != x.class {
			t.Errorf("%s: %v", name, err)
		}
		srv.CloseClientConnections()
		srv.Close()
	}
}

// TestPostStaysOutside: it is the address that counts, not the name, and a refusal is not tried again.
func TestPostStaysOutside(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the portal asks itself") }))
	defer srv.Close()
	_, port, err := net.SplitHostPort(srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("HTTP_PROXY", srv.URL)
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "0.0.0.0", "[::]",
		"[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[fe80::1]", "224.0.0.1", "[fd00:ec2::254]"} {
		err := Post(t.Context(), NewClient(false), "http://"+host+":"+port, []byte("x"), "o-1", nil, noon)
		if store.CodeOf(err) != "notify.webhook_inside" || store.ClassOf(err) != store.Refused {
			t.Errorf("%s: %v", host, err)
		}
	}
	for ip, want := range map[string]bool{"10.0.0.1": true, "192.168.1.1": true, "172.16.0.1": true, "fd12::1": true,
		"8.8.8.8": true, "169.254.1.1": false, "255.255.255.255": false, "ff02::1": false, "100.100.100.200": false} {
		if got := store.Reachable(netip.MustParseAddr(ip)); got != want {
			t.Errorf("%s: %v", ip, got)
		}
	}
}
