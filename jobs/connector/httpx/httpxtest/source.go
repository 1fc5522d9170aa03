package httpxtest

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/netip"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/httpx"
	"samband/store"
)

var (
	quiet    = log.New(io.Discard, "", 0)
	loopback = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
)

// Here is the network that tests reach: this machine.
var Here = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// Options gives bounds that a test can wait for, and what reaches the server.
func (s *Server) Options() httpx.Options {
	return httpx.Options{Allow: []string{s.URL}, Network: connector.Network{Allowed: Here}, Roots: s.Roots(), Total: 5 * time.Second, Connect: time.Second,
		Headers: 300 * time.Millisecond, Window: 300 * time.Millisecond, MaxHeader: 16 << 10, MaxBody: 1 << 20}
}

// Client makes a client that reaches the server.
func (s *Server) Client(t testing.TB) *httpx.Client {
	t.Helper()
	c, err := httpx.New(s.Options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// Pager reads the server's rows page by page.
type Pager struct {
	Client *httpx.Client
	URL    string
}

var _ connector.Pager = (*Pager)(nil)

// Pager gives a source that reads from the server.
func (s *Server) Pager(t testing.TB) *Pager { return &Pager{s.Client(t), s.URL} }

// CA gives the authority that the server's certificate comes from, as text for another process.
func (s *Server) CA() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}))
}

// Remote gives a source that reads from a server in another process, whose CA it is told.
func Remote(t testing.TB, url, ca string) *Pager {
	t.Helper()
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM([]byte(ca)) {
		t.Fatal("no certificate")
	}
	c, err := httpx.New(httpx.Options{Allow: []string{url}, Network: connector.Network{Allowed: Here}, Roots: roots})
	if err != nil {
		t.Fatal(err)
	}
	return &Pager{c, url}
}

// Fields implements connector.Pager.
func (p *Pager) Fields(context.Context) ([]string, error) { return Fields, nil }

// Page implements connector.Pager.
func (p *Pager) Page(ctx context.Context, _ store.Period, cursor string, b *connector.Batch) (string, error) {
	body, _, err := p.Client.Fetch(ctx, httpx.Request{URL: p.URL + "/rows?cursor=" + cursor, Accept: "application/json"})
	if err != nil {
		return "", err
	}
	var got page
	if err := json.Unmarshal(body, &got); err != nil {
		return "", p.Client.Unreadable(p.URL, body)
	}
	b.Cells, b.Nulls, b.Width = b.Cells[:0], nil, len(Fields)
	for _, row := range got.Rows {
		b.Cells = append(b.Cells, row...)
	}
	return got.Next, nil
}

// Test implements connector.Pager.
func (p *Pager) Test(ctx context.Context) error {
	_, err := p.Page(ctx, store.Period{}, "", &connector.Batch{})
	return err
}
