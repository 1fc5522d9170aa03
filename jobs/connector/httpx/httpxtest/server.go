// Package httpxtest is an outside system for tests, with all the faults that such systems have, and a paged source that
// reads from it over httpx. Rows are synthetic.
package httpxtest

import (
	"bytes"
	"compress/gzip"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samband/store"
)

// Fault is a way in which an outside system fails.
type Fault struct {
	Kind    Kind
	Status  int    // for Status
	After   string // Retry-After, for Status
	Percent int    // for Cut: how much of the body comes
	Page    int    // from which page on, 0 is the first
	Times   int    // how many requests it meets; 0 for all
}

// Kind is a sort of fault.
type Kind string

// The faults. Refuse and Expired hold for the whole server.
const (
	None        Kind = ""
	Refuse      Kind = "refuse"       // nothing listens
	Hang        Kind = "hang"         // connects and never answers
	SlowHeaders Kind = "slow headers" // one byte of the headers at a time
	Trickle     Kind = "trickle"      // one byte of the body at a time
	Status      Kind = "status"       // answers with Status
	Cut         Kind = "cut"          // ends after Percent of the body
	Short       Kind = "short"        // promises fewer bytes than there are
	BadGzip     Kind = "bad gzip"     // says gzip, and is not
	CutGzip     Kind = "cut gzip"     // whole as HTTP, and ends in the middle as gzip
	Bomb        Kind = "bomb"         // a few bytes that unpack to many
	HTML        Kind = "html"         // a page for people, with 200
	Large       Kind = "large"        // a body without end
	ManyHeaders Kind = "many headers" // headers without end
	SameCursor  Kind = "same cursor"  // the next page is this one
	Back        Kind = "back"         // the next page is the first
	SameRows    Kind = "same rows"    // every page has the same rows, under a new cursor
	Overlap     Kind = "overlap"      // each page begins with the last row of the one before
	Redirect    Kind = "redirect"     // to another host
	Expired     Kind = "expired"      // a certificate whose time is over
)

// Fields are the columns of the rows.
var Fields = []string{"fnr", "navn", "episode_id", "tekst"}

// Canary stands in the body of every answer, good or bad: it must never be seen in an error or a log.
const Canary = "13819948022"

// Row gives a row of the content.
func Row(i int) []string {
	return []string{Canary, "Kanarifugl", "E-" + strconv.Itoa(i), fmt.Sprintf("æøå %d", i)}
}

// Server is an outside system with Pages pages of PerPage rows.
type Server struct {
	*httptest.Server
	Pages, PerPage int
	// Row gives a row of the content: Row of this package, unless a test has its own.
	Row func(i int) []string

	mu    sync.Mutex
	fault Fault
	met   int
	asked atomic.Int64
	done  chan struct{}
}

// New starts a server, over TLS, that is well.
func New(t testing.TB, pages, perPage int) *Server {
	return start(t, pages, perPage, certificate(t, store.SystemClock{}.Now().Add(time.Hour)), nil)
}

// NewKnowing starts a server that lets in only who shows a certificate that it knows.
func NewKnowing(t testing.TB, known tls.Certificate) *Server {
	pool := x509.NewCertPool()
	pool.AddCert(known.Leaf)
	return start(t, 1, 1, certificate(t, store.SystemClock{}.Now().Add(time.Hour)), pool)
}

// NewCertificate makes one to show to a server.
func NewCertificate(t testing.TB) tls.Certificate {
	return certificate(t, store.SystemClock{}.Now().Add(time.Hour))
}

// NewExpired starts a server whose certificate is past its time.
func NewExpired(t testing.TB) *Server {
	return start(t, 1, 1, certificate(t, store.SystemClock{}.Now().Add(-time.Hour)), nil)
}

// start starts a server with a certificate of its own. With knows it lets in only who has one from there.
func start(t testing.TB, pages, perPage int, own tls.Certificate, knows *x509.CertPool) *Server {
	t.Helper()
	s := &Server{Pages: pages, PerPage: perPage, Row: Row, done: make(chan struct{})}
	s.Server = httptest.NewUnstartedServer(s)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{own}}
	if knows != nil {
		s.TLS.ClientCAs, s.TLS.ClientAuth = knows, tls.RequireAndVerifyClientCert
	}
	s.EnableHTTP2 = false // faults below HTTP are written to the connection itself
	s.Config.ErrorLog = quiet
	s.StartTLS()
	t.Cleanup(func() { close(s.done); s.CloseClientConnections(); s.Close() })
	return s
}

// bomb is 64 MiB of nothing, as gzip.
var bomb = sync.OnceValue(func() []byte {
	var z bytes.Buffer
	g := gzip.NewWriter(&z)
	g.Write(bytes.Repeat([]byte(" "), 64<<20))
	g.Close()
	return z.Bytes()
})

// Ail makes the server fail from now on.
func (s *Server) Ail(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault, s.met = f, 0
	if f.Kind == Bomb {
		bomb() // whoever asks waits less long than it takes to make
	}
	if f.Kind == Refuse {
		s.Listener.Close()
	}
}

// Asked tells how many requests have come.
func (s *Server) Asked() int64 { return s.asked.Load() }

// Roots gives the authority that the server's certificate comes from.
func (s *Server) Roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return pool
}

// certificate makes one for this machine that signs itself.
func certificate(t testing.TB, until time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "kilde"}, DNSNames: []string{"localhost"},
		IPAddresses: loopback, NotBefore: until.Add(-24 * time.Hour), NotAfter: until, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

// now gives the fault that meets a request for a page.
func (s *Server) now(page int) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.fault
	if page < f.Page || f.Times > 0 && s.met >= f.Times {
		return Fault{}
	}
	s.met++
	return f
}

// page is an answer.
type page struct {
	Rows [][]string `json:"rows"`
	Next string     `json:"next"`
}

func (s *Server) page(n int, f Fault) []byte {
	from, p := n*s.PerPage, page{Next: strconv.Itoa(n + 1)}
	if n+1 >= s.Pages {
		p.Next = ""
	}
	switch f.Kind {
	case SameCursor:
		p.Next = strconv.Itoa(n)
	case Back:
		p.Next = "0"
	case SameRows:
		from, p.Next = 0, strconv.Itoa(n+1)
	case Overlap:
		from = max(0, from-1)
	}
	for i := from; i < (n+1)*s.PerPage && (f.Kind != SameRows || i < s.PerPage); i++ {
		p.Rows = append(p.Rows, s.Row(i))
	}
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // texts always marshal
	}
	return b
}

// ServeHTTP answers /rows?cursor=n.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked.Add(1)
	n, _ := strconv.Atoi(r.URL.Query().Get("cursor"))
	f := s.now(n)
	body := s.page(n, f)
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	switch f.Kind {
	case Hang:
		s.until(r, time.Hour)
		return
	case SlowHeaders:
		s.raw(w, r, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", 20*time.Millisecond)
		return
	case Trickle:
		for _, c := range body {
			w.Write([]byte{c})
			w.(http.Flusher).Flush()
			if !s.until(r, 100*time.Millisecond) {
				return
			}
		}
		return
	case Status:
		if f.After != "" {
			h.Set("Retry-After", f.After)
		}
		w.WriteHeader(f.Status)
	case Cut, Short:
		promised, sent := len(body), len(body)*f.Percent/100
		if f.Kind == Short {
			promised, sent = len(body)/2, len(body)
		}
		s.raw(w, r, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
			promised, body[:sent]), 0)
		return
	case BadGzip:
		h.Set("Content-Encoding", "gzip")
	case CutGzip, Bomb:
		h.Set("Content-Encoding", "gzip")
		var z bytes.Buffer
		g := gzip.NewWriter(&z)
		g.Write(body)
		g.Close()
		body = z.Bytes()
		if f.Kind == Bomb {
			body = append(body, bomb()...)
		}
		if f.Kind == CutGzip {
			body = body[:len(body)/2]
		}
	case HTML:
		h.Set("Content-Type", "text/html")
		body = []byte("<html>Logg inn " + Canary + "</html>")
	case Large:
		for r.Context().Err() == nil {
			if _, err := w.Write(bytes.Repeat(body, 100)); err != nil {
				return
			}
		}
		return
	case ManyHeaders:
		for i := range 2000 {
			h.Set("X-"+strconv.Itoa(i), string(bytes.Repeat([]byte("x"), 100)))
		}
	case Redirect:
		h.Set("Location", "https://annen.example/rows")
		w.WriteHeader(http.StatusFound)
	}
	w.Write(body)
}

// raw writes to the connection itself, with a pause after each byte, and ends it.
func (s *Server) raw(w http.ResponseWriter, r *http.Request, text string, pause time.Duration) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	if pause == 0 {
		conn.Write([]byte(text))
		return
	}
	for i := range len(text) {
		if _, err := conn.Write([]byte{text[i]}); err != nil || !s.until(r, pause) {
			return
		}
	}
}

// until waits, and tells whether anybody still does.
func (s *Server) until(r *http.Request, d time.Duration) bool {
	select {
	case <-s.done:
		return false
	case <-r.Context().Done():
		return false
	case <-time.After(d):
		return true
	}
}
