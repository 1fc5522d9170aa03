package notify

import (
	"io"
	"net/http"
	"net/http/httptest"
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
		c := NewClient()
		c.Timeout = 300 * time.Millisecond
		err := Post(t.Context(), c, srv.URL, secret, "o-1", body, noon)
		if store.CodeOf(err) != x.code || err != nil && store.ClassOf(err) != x.class {
			t.Errorf("%s: %v", name, err)
		}
		srv.CloseClientConnections()
		srv.Close()
	}
}
