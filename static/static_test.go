package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestCheaper holds that what makes pages slow is there to be written a cheaper way: a new Designsystemet may have
// another.
func TestCheaper(t *testing.T) {
	was := read(designsystemet)
	if n := bytes.Count(was, headless); n != 2 {
		t.Errorf("the selector stands %d times, not 2", n)
	}
	m, _ := assets()
	if is := m[designsystemet].body; bytes.Contains(is, []byte(":has(thead)")) || bytes.Count(is, sameHeadless) != 2 {
		t.Error("the selector is served as it was")
	}
}

// TestVendor holds that the files of others are what vendor.json says, and that it lists them all.
func TestVendor(t *testing.T) {
	var list []struct{ File, Package, Version, License, SHA256 string }
	if err := json.Unmarshal(read("vendor/vendor.json"), &list); err != nil {
		t.Fatal(err)
	}
	sum := func(b []byte) string {
		h := sha256.Sum256(b)
		return hex.EncodeToString(h[:])
	}
	listed := map[string]bool{"vendor.json": true, "LICENSES.txt": true}
	licences := string(read("vendor/LICENSES.txt"))
	for _, v := range list {
		listed[strings.TrimSuffix(v.File, "/")] = true
		if v.Package == "" || v.Version == "" || v.License == "" {
			t.Errorf("%s: package, version or licence is missing", v.File)
		}
		if !strings.Contains(licences, v.File) {
			t.Errorf("%s: not in LICENSES.txt", v.File)
		}
		var got string
		if v.File == "icons/" {
			var b strings.Builder
			for _, name := range Icons() {
				b.WriteString(sum(read("vendor/icons/"+name+".svg")) + "  " + name + ".svg\n")
			}
			got = sum([]byte(b.String()))
		} else {
			got = sum(read("vendor/" + v.File))
		}
		if got != v.SHA256 {
			t.Errorf("%s: the hash is %s, vendor.json says %s", v.File, got, v.SHA256)
		}
	}
	entries, err := files.ReadDir("vendor")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !listed[e.Name()] {
			t.Errorf("%s: not in vendor.json", e.Name())
		}
	}
}

func TestHandler(t *testing.T) {
	h := Handler()
	get := func(method, url, encoding string) *http.Response {
		r := httptest.NewRequest(method, url, nil)
		r.Header.Set("Accept-Encoding", encoding)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Result()
	}
	for name, kind := range map[string]string{
		"css/samband.css":                      "text/css; charset=utf-8",
		"vendor/designsystemet.css":            "text/css; charset=utf-8",
		"js/samband.js":                        "text/javascript; charset=utf-8",
		"vendor/htmx.min.js":                   "text/javascript; charset=utf-8",
		"icons.svg":                            "image/svg+xml",
		"mark.svg":                             "image/svg+xml",
		"vendor/inter-latin-wght-normal.woff2": "font/woff2",
	} {
		plain := get("GET", URL(name), "identity")
		body, _ := io.ReadAll(plain.Body)
		if plain.StatusCode != 200 || plain.Header.Get("Content-Type") != kind {
			t.Errorf("%s: %d %s", name, plain.StatusCode, plain.Header.Get("Content-Type"))
		}
		if c := plain.Header.Get("Cache-Control"); !strings.Contains(c, "immutable") {
			t.Errorf("%s: Cache-Control %q", name, c)
		}
		packed := get("GET", URL(name), "br, gzip;q=0.8")
		if packed.Header.Get("Content-Encoding") == "gzip" {
			z, err := gzip.NewReader(packed.Body)
			if err != nil {
				t.Fatal(err)
			}
			if un, _ := io.ReadAll(z); string(un) != string(body) {
				t.Errorf("%s: gzip holds something else", name)
			}
		} else if kind != "font/woff2" && len(body) > 1000 {
			t.Errorf("%s: not compressed", name)
		}
	}

	if r := get("GET", "/static/0123456789ab/js/samband.js", ""); r.StatusCode != 200 || r.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("another hash: %d %s", r.StatusCode, r.Header.Get("Cache-Control"))
	}
	if r := get("GET", URL("js/samband.js"), "gzip;q=0"); r.Header.Get("Content-Encoding") != "" {
		t.Error("gzip is sent to who refuses it")
	}
	if r := get("HEAD", URL("js/samband.js"), ""); r.StatusCode != 200 || r.ContentLength <= 0 {
		t.Errorf("HEAD: %d, length %d", r.StatusCode, r.ContentLength)
	}
	for _, url := range []string{
		"/static/", "/static/x", "/static/x/vendor/vendor.json", "/static/x/static.go", "/static/x/../static.go", "/static/x/css/base.css",
	} {
		if r := get("GET", url, ""); r.StatusCode != 404 {
			t.Errorf("%s: %d, want 404", url, r.StatusCode)
		}
	}
	if r := get("POST", URL("js/samband.js"), ""); r.StatusCode != 405 {
		t.Errorf("POST: %d, want 405", r.StatusCode)
	}
}

func TestURLPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic for a file that does not exist")
		}
	}()
	URL("css/none.css")
}

// TestSprite holds that every icon became a symbol that takes the colour of the text around it.
func TestSprite(t *testing.T) {
	s := string(sprite())
	names := Icons()
	if len(names) == 0 || !slices.IsSorted(names) {
		t.Fatalf("icons: %v", names)
	}
	if got := strings.Count(s, "<symbol "); got != len(names) {
		t.Errorf("%d symbols, %d icons", got, len(names))
	}
	if strings.Count(s, "<svg") != 1 || strings.Count(s, "</svg>") != 1 {
		t.Error("an icon kept its svg element")
	}
	for part := range strings.SplitSeq(s, "<symbol ") {
		if strings.Contains(part, "</symbol>") && !strings.Contains(part, "currentColor") {
			t.Errorf("an icon has a colour of its own: %.40s", part)
		}
	}
}

// TestStylesheet holds that our styles name colours by token only, use tokens that exist, and ask nobody else.
func TestStylesheet(t *testing.T) {
	css := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(stylesheet()), "")
	for _, bad := range []string{`#[0-9a-fA-F]{3,8}\b[^{]*;`, `\b(rgb|hsl|oklch)a?\(`, `@import`, `https?:`} {
		if m := regexp.MustCompile(bad).FindString(css); m != "" {
			t.Errorf("found %q", m)
		}
	}
	defined := string(read("vendor/samband-theme.css")) + string(read("vendor/designsystemet.css")) + css
	for _, m := range regexp.MustCompile(`var\((--[a-zA-Z0-9-]+)`).FindAllStringSubmatch(css, -1) {
		if !strings.Contains(defined, m[1]+":") {
			t.Errorf("%s is used but nowhere defined", m[1])
		}
	}
	if open, shut := strings.Count(css, "{"), strings.Count(css, "}"); open != shut {
		t.Errorf("%d braces open, %d shut", open, shut)
	}
}
