package httpx

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"samband/jobs/connector"
	"samband/store"
)

// Why a request of ours was given up.
var (
	errTotal   = errors.New("httpx: the request took too long")
	errStalled = errors.New("httpx: the answer came too slowly")
)

// failed gives what went wrong on the way as a Failure, or outer's own error when whoever asked has gone.
func (c *Client) failed(outer, ctx context.Context, host string, err error) error {
	if outer.Err() != nil {
		return context.Cause(outer)
	}
	class, code := store.Unavailable, store.Code("http.away")
	var refused *net.OpError
	var dns *net.DNSError
	var timeout net.Error
	var verify *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var record tls.RecordHeaderError
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errStalled):
		code = "http.stalled"
	case errors.Is(cause, errTotal):
		code = "http.timeout"
	case errors.Is(err, errAddress):
		class, code = store.Refused, "http.address"
	case errors.As(err, &verify), errors.As(err, &unknown), errors.As(err, &record),
		errors.As(err, &refused) && refused.Op == "remote error": // an alert: it does not know our certificate, for one
		class, code = store.Invalid, "http.tls"
	case errors.As(err, &dns):
		code = "http.name"
	case errors.As(err, &timeout) && timeout.Timeout():
		code = "http.timeout"
	case errors.As(err, &refused) && refused.Op == "dial":
		code = "http.refused"
	case strings.Contains(err.Error(), "server response headers exceeded"):
		class, code = store.Invalid, "http.too_large"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		code = "http.cut"
	}
	// The cause can quote what the other side sent, so it is not kept.
	return &connector.Failure{Host: host, Err: store.E(class, code, store.Args{"host": host})}
}

// RetryAfter reads how long the other side asks to be left alone, in seconds or until a date: 0 when it doesn't say, and
// at most store.MaxRetryAfter.
func RetryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0
	}
	var d time.Duration
	if n, err := strconv.ParseUint(v, 10, 64); err == nil {
		d = time.Duration(min(n, uint64(store.MaxRetryAfter/time.Second))) * time.Second
	} else if t, err := http.ParseTime(v); err == nil {
		d = t.Sub(now)
	}
	return max(0, min(d, store.MaxRetryAfter))
}

// sameType tells whether a content type is the wanted one, whatever its parameters; a JSON type covers those made of it
// (application/fhir+json), and likewise XML.
func sameType(got, want string) bool {
	g, _, err := mime.ParseMediaType(got)
	if err != nil {
		return false
	}
	if g == want {
		return true
	}
	kind := strings.TrimPrefix(want, "application/")
	return (kind == "json" || kind == "xml") && strings.HasPrefix(g, "application/") && strings.HasSuffix(g, "+"+kind)
}
