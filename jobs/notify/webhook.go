package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"samband/store"
)

// SignatureHeader carries the time a webhook was sent and its signature: «t=<seconds since 1970>,v1=<hex>», where v1 is
// HMAC-SHA256 of «<t>.<body>» under the secret of the webhook.
const SignatureHeader = "Samband-Signature"

// Sign gives the value of SignatureHeader.
func Sign(secret, body []byte, at time.Time) string {
	t := strconv.FormatInt(at.Unix(), 10)
	return "t=" + t + ",v1=" + hex.EncodeToString(mac(secret, t, body))
}

func mac(secret []byte, t string, body []byte) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(t + "."))
	h.Write(body)
	return h.Sum(nil)
}

// Verify tells whether a signature is right and no older, or newer, than age: what a receiver does.
func Verify(secret, body []byte, header string, now time.Time, age time.Duration) bool {
	t, rest, ok := strings.Cut(strings.TrimPrefix(header, "t="), ",v1=")
	seconds, err := strconv.ParseInt(t, 10, 64)
	sum, bad := hex.DecodeString(rest)
	if !ok || err != nil || bad != nil || now.Sub(time.Unix(seconds, 0)).Abs() > age {
		return false
	}
	return hmac.Equal(sum, mac(secret, t, body))
}

// errInside is why a connection is not made.
var errInside = errors.New("not an address that webhooks go to")

// NewClient gives the client that webhooks are sent with: with a time limit, no proxy, and following nothing, so that
// what is meant for one address never goes to another. It looks at the address that it connects to, whatever the name
// was: only what store.Reachable allows and, unless local is set, not this machine, so that nobody can make the portal
// ask itself.
func NewClient(local bool) *http.Client {
	dial := &net.Dialer{Timeout: timeout, ControlContext: func(_ context.Context, _, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || !store.Reachable(to.Addr()) || !local && thisMachine(to.Addr()) {
			return errInside
		}
		return nil
	}}
	return &http.Client{Timeout: timeout, Transport: &http.Transport{DialContext: dial.DialContext,
		TLSHandshakeTimeout: timeout, MaxIdleConns: 10, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// thisMachine tells whether an address is one of this machine's own; true when that can't be known.
func thisMachine(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if ip.IsLoopback() {
		return true
	}
	own, err := net.InterfaceAddrs()
	if err != nil {
		return true
	}
	return slices.ContainsFunc(own, func(a net.Addr) bool {
		p, err := netip.ParsePrefix(a.String())
		return err == nil && p.Addr().Unmap() == ip
	})
}

// Post sends body to a webhook. Any answer from 200 to 299 is a delivery. Errors are as for SMTP.Send; a receiver that
// says 410 wants no more of it.
func Post(ctx context.Context, c *http.Client, url string, secret []byte, id string, body []byte, at time.Time) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return store.E(store.Refused, "notify.webhook_unreachable", nil)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Samband")
	r.Header.Set("Samband-Id", id)
	r.Header.Set(SignatureHeader, Sign(secret, body, at))
	w, err := c.Do(r)
	if errors.Is(err, errInside) {
		return store.E(store.Refused, "notify.webhook_inside", nil)
	}
	if err != nil {
		return store.E(store.Unavailable, "notify.webhook_unreachable", nil)
	}
	defer w.Body.Close()
	io.Copy(io.Discard, io.LimitReader(w.Body, 64<<10)) // so that the connection can be used again
	switch {
	case w.StatusCode >= 200 && w.StatusCode < 300:
		return nil
	case w.StatusCode >= 300 && w.StatusCode < 400:
		return store.E(store.Unavailable, "notify.webhook_redirect", store.Args{"status": w.StatusCode})
	case w.StatusCode == http.StatusGone:
		return store.E(store.Refused, "notify.webhook_status", store.Args{"status": w.StatusCode})
	}
	return store.E(store.Unavailable, "notify.webhook_status", store.Args{"status": w.StatusCode})
}
