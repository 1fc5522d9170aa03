package web

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A client that writes all it has before it reads is told that it was too much, whether it says how much or not.
func TestTooLargeBodyIsAnswered(t *testing.T) {
	srv := httptest.NewServer(newTestServer(t))
	t.Cleanup(srv.Close)
	for name, body := range map[string]io.Reader{
		"with a length": bytes.NewReader(make([]byte, 24<<20)),
		"without":       struct{ io.Reader }{bytes.NewReader(make([]byte, 24<<20))},
	} {
		t.Run(name, func(t *testing.T) {
			in, out := io.Pipe()
			whole := make(chan error, 1)
			go func() {
				_, err := io.Copy(out, body)
				out.CloseWithError(err)
				whole <- err
			}()
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/login/demo", in)
			if err != nil {
				t.Fatal(err)
			}
			if name == "with a length" {
				r.ContentLength = 24 << 20
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			res, err := srv.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			page, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(page), "Det er for stort") {
				t.Errorf("%v: %d %.300s", err, res.StatusCode, page)
			}
			if err := <-whole; err != nil {
				t.Errorf("the body was cut off: %v", err)
			}
		})
	}
}
