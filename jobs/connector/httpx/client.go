package httpx

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"samband/jobs/connector"
	"samband/store"
)

// Options say what a client reaches, and how much it puts up with. Zero bounds have defaults.
type Options struct {
	// Allow lists what may be reached, as scheme://host or scheme://host:port. Nothing else is.
	Allow []string
	// Network is that of the connection's settings.
	Network connector.Network
	// Roots are the authorities that the other side's certificate must come from; nil for the system's.
	Roots *x509.CertPool
	// Certificate is shown to the other side when it asks for one.
	Certificate *tls.Certificate

	Total   time.Duration // one request from beginning to end; 10 min
	Connect time.Duration // to connect and shake hands, each; 15 s
	Headers time.Duration // until the answer's headers are whole; 60 s
	Window  time.Duration // in each window of this length at least MinRate is to come; 30 s
	MinRate int64         // bytes per second; 100

	MaxHeader int64 // bytes of headers; 64 KiB
	MaxBody   int64 // bytes of a body, unpacked; 64 MiB
	MaxRatio  int64 // how many times its size a body may unpack to, beyond the first MiB; 100

	Clock store.Clock
}

func (o Options) filled() Options {
	o.Total = cmp.Or(o.Total, 10*time.Minute)
	o.Connect = cmp.Or(o.Connect, 15*time.Second)
	o.Headers = cmp.Or(o.Headers, time.Minute)
	o.Window = cmp.Or(o.Window, 30*time.Second)
	o.MinRate = cmp.Or(o.MinRate, 100)
	o.MaxHeader = cmp.Or(o.MaxHeader, 64<<10)
	o.MaxBody = cmp.Or(o.MaxBody, 64<<20)
	o.MaxRatio = cmp.Or(o.MaxRatio, 100)
	if o.Clock == nil {
		o.Clock = store.SystemClock{}
	}
	return o
}

// Client makes requests. It may be used from several goroutines.
type Client struct {
	o     Options
	allow []string
	http  *http.Client
}

// New makes a client. "http.allow": an entry of the list is no address.
func New(o Options) (*Client, error) {
	c := &Client{o: o.filled()}
	for _, a := range o.Allow {
		u, err := url.Parse(a)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
			return nil, store.E(store.Invalid, "http.allow", nil)
		}
		c.allow = append(c.allow, place(u))
	}
	conf := &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots}
	if o.Certificate != nil {
		conf.Certificates = []tls.Certificate{*o.Certificate}
	}
	dialer := &net.Dialer{Timeout: c.o.Connect, ControlContext: c.control}
	c.http = &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{Proxy: nil, DialContext: dialer.DialContext, TLSClientConfig: conf,
			TLSHandshakeTimeout: c.o.Connect, ResponseHeaderTimeout: c.o.Headers, MaxResponseHeaderBytes: c.o.MaxHeader,
			DisableCompression: true, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 2, IdleConnTimeout: 30 * time.Second},
	}
	return c, nil
}

// Close lets go of the connections that are kept open.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// place gives what of an address is allowed or not: scheme, host and port.
func place(u *url.URL) string { return strings.ToLower(u.Scheme) + "://" + store.HostOf(u.String()) }

// control refuses a connection to an address outside what may be reached. It sees the address that the name led to.
func (c *Client) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !c.o.Network.Reaches(at.Addr()) {
		return errAddress
	}
	return nil
}

var errAddress = errors.New("httpx: the address is outside what may be reached")

// Request is what is asked for.
type Request struct {
	Method string // GET when empty
	URL    string
	Header http.Header
	Body   []byte
	Stream io.Reader // in place of Body, for what is too large to be held; read once
	Length int64     // of Stream, in bytes
	// Accept is the content type that the answer must have, "application/json" and so on.
	Accept string
}

// Do makes a request and gives its answer, whose body must be closed. Anything but an answer of class 2xx with the wanted
// content type is a connector.Failure; the error is ctx's own when it ended.
func (c *Client) Do(ctx context.Context, r Request) (*Response, error) {
	began := c.o.Clock.Now()
	resp, err := c.do(ctx, r)
	wait := c.o.Clock.Now().Sub(began)
	if err != nil {
		c.tell(err, wait, 0)
		return nil, err
	}
	resp.over = func(err error) { c.tell(err, wait, resp.n) }
	return resp, nil
}

// tell gives a request that is over to whoever counts: io.EOF is a body that came whole.
func (c *Client) tell(err error, wait time.Duration, bytes int64) {
	if c.o.Network.Asked == nil {
		return
	}
	outcome := "cancelled"
	var known *store.Error
	switch {
	case err == io.EOF:
		outcome = "ok"
	case errors.As(err, &known):
		outcome = string(known.Code)
	}
	c.o.Network.Asked(connector.Asked{Outcome: outcome, Wait: wait, Bytes: bytes})
}

func (c *Client) do(ctx context.Context, r Request) (_ *Response, err error) {
	u, err := url.Parse(r.URL)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return nil, store.E(store.Invalid, "http.allow", nil)
	}
	host := store.HostOf(r.URL)
	if !slices.Contains(c.allow, place(u)) {
		return nil, &connector.Failure{Host: host, Err: store.E(store.Refused, "http.not_allowed", store.Args{"host": host})}
	}
	outer := ctx
	ctx, cancel := context.WithCancelCause(ctx)
	late := time.AfterFunc(c.o.Total, func() { cancel(errTotal) })
	end := func() { late.Stop(); cancel(nil) }
	defer func() {
		if err != nil {
			end()
		}
	}()
	var body io.Reader = bytes.NewReader(r.Body)
	if r.Stream != nil {
		body = io.NopCloser(io.LimitReader(r.Stream, r.Length))
	}
	req, err := http.NewRequestWithContext(ctx, cmp.Or(r.Method, http.MethodGet), r.URL, body)
	if err != nil {
		return nil, store.E(store.Invalid, "http.allow", nil)
	}
	if r.Stream != nil {
		req.ContentLength = r.Length
	}
	for name, values := range r.Header {
		req.Header[name] = values
	}
	req.Header.Set("Accept", r.Accept)
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("User-Agent", "samband")
	answer, err := c.http.Do(req)
	if err != nil {
		return nil, c.failed(outer, ctx, host, err)
	}
	resp := &Response{Status: answer.StatusCode, Header: answer.Header, c: c, host: host, outer: outer, ctx: ctx, end: end}
	defer func() {
		if err != nil {
			answer.Body.Close()
		}
	}()
	if err := c.judge(resp, r.Accept); err != nil {
		return nil, err
	}
	return resp, resp.open(answer, cancel)
}

// judge finds what is wrong with an answer before its body is read.
func (c *Client) judge(r *Response, accept string) error {
	args := store.Args{"host": r.host, "status": r.Status}
	fail := func(class store.Class, code store.Code) error {
		return &connector.Failure{Host: r.host, After: RetryAfter(r.Header, c.o.Clock.Now()), Err: store.E(class, code, args)}
	}
	switch s := r.Status; {
	case s == http.StatusTooManyRequests:
		return fail(store.Unavailable, "http.busy")
	case s >= 500 || s == http.StatusRequestTimeout:
		return fail(store.Unavailable, "http.status")
	case s == http.StatusUnauthorized, s == http.StatusForbidden, s == http.StatusProxyAuthRequired:
		return fail(store.Invalid, "http.denied")
	case s >= 300 && s < 400:
		return fail(store.Invalid, "http.redirect")
	case s < 200 || s >= 300:
		return fail(store.Invalid, "http.rejected")
	}
	if !sameType(r.Header.Get("Content-Type"), accept) {
		delete(args, "status")
		return fail(store.Unavailable, "http.content_type")
	}
	return nil
}
