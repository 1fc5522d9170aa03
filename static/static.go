// Package static holds the style sheets, scripts, font and icons of the pages and the files that operators take into
// use, embedded in the program.
//
// Pages name a file with URL, which puts a hash of everything here into the address; Handler may therefore let browsers
// keep a file for ever. Files of others lie in vendor/ as their makers published them, listed in vendor/vendor.json
// with version, licence and hash. Nothing is built: our style sheets are joined, the icons are gathered into one sprite
// and one selector is written a cheaper way (see cheaper) when the program starts.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed css js vendor mark.svg docs/*.service docs/*.timer docs/*.conf docs/*.yaml docs/*.json docs/*.zip
var files embed.FS

// sheets are our own style sheets, in the order in which they apply.
var sheets = []string{"base", "frame", "surface", "form", "table", "chart", "run", "catalogue", "steps", "mapper"}

// ContentSecurityPolicy is the policy that every page fulfils: nothing inline, nothing from elsewhere. Images may be
// data: because Designsystemet draws its icons as masks.
const ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// prefix is where Handler must be mounted.
const prefix = "/static/"

type asset struct {
	kind string
	body []byte
	gzip []byte // nil when compression does not help
}

// assets gives every file that is served, by name, and the hash of them all.
var assets = sync.OnceValues(func() (map[string]*asset, string) {
	m := map[string]*asset{
		"css/samband.css": {body: stylesheet()},
		"icons.svg":       {body: sprite()},
		"mark.svg":        {body: read("mark.svg")},
	}
	for _, dir := range []string{"js", "vendor", "docs"} {
		entries, err := files.ReadDir(dir)
		if err != nil {
			panic(err) // embedded: cannot fail at run time
		}
		for _, e := range entries {
			if name := dir + "/" + e.Name(); kinds[path.Ext(name)] != "" && name != "vendor/vendor.json" {
				m[name] = &asset{body: read(name)}
			}
		}
	}
	m[designsystemet].body = cheaper(m[designsystemet].body)
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(m)) {
		a := m[name]
		a.kind = kinds[path.Ext(name)]
		a.gzip = compress(a.body)
		h := sha256.Sum256(a.body)
		sum.Write([]byte(name))
		sum.Write(h[:])
	}
	return m, hex.EncodeToString(sum.Sum(nil))[:12]
})

var kinds = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",

	".service": "text/plain; charset=utf-8",
	".timer":   "text/plain; charset=utf-8",
	".conf":    "text/plain; charset=utf-8",
	".zip":     "application/zip",
	".yaml":    "text/plain; charset=utf-8",
	".json":    "application/json",
}

func read(name string) []byte {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err) // embedded: cannot fail at run time
	}
	return b
}

func stylesheet() []byte {
	var b bytes.Buffer
	for _, s := range sheets {
		b.Write(read("css/" + s + ".css"))
		b.WriteByte('\n')
	}
	return b.Bytes()
}

const designsystemet = "vendor/designsystemet.css"

// headless is how Designsystemet finds the rows of a table without a head. To answer it a browser asks everything around
// every table, up to the page itself, whether it has one, and from then on works out the style of the whole page again
// whenever an element comes or goes: 50 ms at the mapping of 500 variables. sameHeadless finds the same rows from the
// body of the table alone.
var headless, sameHeadless = []byte(":not(:has(thead)) tbody:first-of-type"), []byte("tbody:first-of-type:not(thead~tbody)")

func cheaper(css []byte) []byte { return bytes.ReplaceAll(css, headless, sameHeadless) }

// sprite gathers vendor/icons into one SVG document with a symbol per icon, named as the file.
func sprite() []byte {
	var b bytes.Buffer
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">` + "\n")
	for _, name := range Icons() {
		_, inner, _ := strings.Cut(string(read("vendor/icons/"+name+".svg")), ">")
		inner = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(inner), "</svg>"))
		b.WriteString(`<symbol id="` + name + `" viewBox="0 0 24 24" fill="none">` + inner + "</symbol>\n")
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// Icons gives the names of the icons in icons.svg, sorted.
func Icons() []string {
	found, err := fs.Glob(files, "vendor/icons/*.svg")
	if err != nil {
		panic(err) // the pattern is ours
	}
	for i, f := range found {
		found[i] = strings.TrimSuffix(path.Base(f), ".svg")
	}
	return found
}

func compress(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is valid
	w.Write(body)
	w.Close()
	if b.Len() > len(body)*9/10 {
		return nil
	}
	return b.Bytes()
}

// URL gives the address of a file: "css/samband.css" → "/static/<hash>/css/samband.css". It panics for a file that
// does not exist, so that any test that draws the page finds it.
func URL(name string) string {
	m, hash := assets()
	if m[name] == nil {
		panic("static: no such file: " + name)
	}
	return prefix + hash + "/" + name
}

// Handler serves the files under /static/. The current hash is answered with a year's caching. Another hash, from a
// page drawn by another version of the program, gets today's file, which the browser may not keep.
func Handler() http.Handler {
	m, current := assets()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hash, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, prefix), "/")
		a := m[name]
		if a == nil {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		h, body := w.Header(), a.body
		h.Set("Content-Type", a.kind)
		h.Set("Cache-Control", "no-cache")
		if hash == current {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		if a.gzip != nil {
			h.Set("Vary", "Accept-Encoding")
			if acceptsGzip(r) {
				h.Set("Content-Encoding", "gzip")
				body = a.gzip
			}
		}
		h.Set("Content-Length", strconv.Itoa(len(body)))
		if r.Method == http.MethodGet {
			w.Write(body)
		}
	})
}

func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if coding == "gzip" {
			return strings.TrimSpace(q) != "q=0"
		}
	}
	return false
}
