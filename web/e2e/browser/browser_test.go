package browser

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFinds holds that each fault a page can have is found, and that a faultless page is found faultless.
func TestFinds(t *testing.T) {
	b := Start(t)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := map[string]string{
			"/good":   `<p>Fint</p><button id="b">Knapp</button>`,
			"/axe":    `<p>Fint</p><img src="/pixel.svg">`,
			"/policy": `<p>Fint</p><script>document.title = "ran"</script>`,
			"/error":  `<p>Fint</p><script src="/bad.js"></script>`,
			"/wide":   `<p class="wide">Fint</p>`,
			"/noscript": `<p>Fint</p><noscript><p id="off">uten</p></noscript>
				<form action="/good"><button id="send">Send</button></form>`,
		}[r.URL.Path]
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		switch {
		case ok:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write([]byte(`<!doctype html><html lang="nb"><title>Prøve</title><link rel="stylesheet" href="/s.css"><main><h1>Prøve</h1>` + body + `</main></html>`))
		case r.URL.Path == "/s.css":
			w.Header().Set("Content-Type", "text/css")
			w.Write([]byte(".wide { width: 5000px }"))
		case r.URL.Path == "/bad.js":
			w.Header().Set("Content-Type", "text/javascript")
			w.Write([]byte("throw new Error('planted')"))
		case r.URL.Path == "/pixel.svg":
			w.Header().Set("Content-Type", "image/svg+xml")
			w.Write([]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`))
		case r.URL.Path == "/favicon.ico":
			w.WriteHeader(http.StatusNoContent)
		default:
			http.NotFound(w, r)
		}
	}))
	defer srv.Close()

	for _, c := range []struct {
		path, axe, problem string
		overflow           bool
	}{
		{path: "/good"},
		{path: "/axe", axe: "image-alt"},
		{path: "/policy", problem: "Content Security Policy"},
		{path: "/error", problem: "planted"},
		{path: "/wide", overflow: true},
	} {
		t.Run(c.path, func(t *testing.T) {
			tab := b.Tab(t, Options{})
			tab.Go(srv.URL + c.path)
			if got := tab.Overflow() > 0; got != c.overflow {
				t.Errorf("overflow: got %v, want %v", got, c.overflow)
			}
			problems := strings.Join(tab.Problems(), "\n")
			if c.problem == "" && problems != "" || !strings.Contains(problems, c.problem) {
				t.Errorf("problems: got %q, want %q", problems, c.problem)
			}
			var ids []string
			for _, v := range tab.Axe() {
				ids = append(ids, v.ID)
			}
			if got := strings.Join(ids, " "); got != c.axe {
				t.Errorf("axe: got %q, want %q", got, c.axe)
			}
		})
	}

	t.Run("keys and scheme", func(t *testing.T) {
		tab := b.Tab(t, Options{Width: 320, Scheme: "dark"})
		tab.Go(srv.URL + "/good")
		tab.Press("Tab")
		if got := tab.Focus(); got != "#b" {
			t.Errorf("focus is on %q", got)
		}
		if w := Eval[int](tab, "innerWidth"); w != 320 {
			t.Errorf("width is %d", w)
		}
		if !Eval[bool](tab, `matchMedia("(prefers-color-scheme: dark)").matches`) {
			t.Error("the scheme is not dark")
		}
		file := filepath.Join(t.TempDir(), "shots", "good.png")
		tab.Screenshot(file)
		if info, err := os.Stat(file); err != nil || info.Size() == 0 {
			t.Errorf("no picture: %v", err)
		}
	})

	t.Run("without script", func(t *testing.T) {
		tab := b.Tab(t, Options{NoScript: true})
		tab.Go(srv.URL + "/noscript")
		if got := tab.Text("#off"); got != "uten" {
			t.Errorf("noscript shows %q", got)
		}
		tab.Sound()
		tab.Click("#send")
		tab.Wait("#b")
		if !strings.Contains(tab.URL(), "/good") {
			t.Errorf("the form led to %s", tab.URL())
		}
	})
}

func TestVendor(t *testing.T) {
	data, err := os.ReadFile("testdata/vendor.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct{ File, SHA256 string }
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 || list[0].File != "axe.min.js" {
		t.Fatalf("vendor.json lists %v", list)
	}
	if sum := sha256.Sum256([]byte(axe)); hex.EncodeToString(sum[:]) != list[0].SHA256 {
		t.Error("axe.min.js is not the file that vendor.json describes")
	}
}
