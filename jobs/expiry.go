package jobs

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"samband/store"
)

// How often an address is asked for its certificate, and how long it may take to answer.
const (
	lookEvery = time.Hour
	lookTime  = 3 * time.Second
)

// shown is what addresses showed of their certificates last.
type shown struct {
	mu   sync.Mutex
	ends map[string]time.Time // zero: it didn't answer, which is told where it is used
	at   time.Time
}

// expiries tells of certificates and secrets that the installation depends on, with the moment each ends: those in files
// of its own, those that the addresses it is told of show, and secrets whose end its operator has told.
func (j *Jobs) expiries(ctx context.Context) []store.PartHealth {
	var all []store.PartHealth
	add := func(part, name string, ends time.Time) {
		if ends.IsZero() {
			return
		}
		h := store.PartHealth{Part: part, Args: store.Args{"name": name, "ends": ends}}
		now := j.Clock.Now()
		if step, near := store.ExpiryStep(ends, now); near {
			h.Args["step"] = step
			days := int((ends.Sub(now) + 24*time.Hour - 1) / (24 * time.Hour))
			h.Problem = store.E(store.Unavailable, "expiry.soon", store.Args{"name": name, "ends": ends, "days": days})
			if step == 0 {
				h.Problem = store.E(store.Unavailable, "expiry.past", store.Args{"name": name, "ends": ends})
			}
		}
		all = append(all, h)
	}
	if j.conf.SMTP.Enabled() {
		add("certificate", "SAMBAND_SMTP_CA", j.conf.SMTP.RootsEnd)
	}
	served := j.served(ctx)
	for _, host := range slices.Sorted(maps.Keys(served)) {
		add("certificate", host, served[host])
	}
	add("secret", "SAMBAND_OIDC_CLIENT_SECRET", j.conf.SecretEnds)
	return all
}

// served gives when the certificates of the addresses in Config.Watch end, by host, as they showed them last.
func (j *Jobs) served(ctx context.Context) map[string]time.Time {
	j.shown.mu.Lock()
	defer j.shown.mu.Unlock()
	if now := j.Clock.Now(); j.shown.ends == nil || now.Sub(j.shown.at) >= lookEvery || now.Before(j.shown.at) {
		ends := map[string]time.Time{}
		for _, address := range j.conf.Watch {
			if u, err := url.Parse(address); err == nil && u.Scheme == "https" {
				ends[u.Host] = certificateEnd(ctx, u.Host)
			}
		}
		if ctx.Err() != nil { // what was cut off says nothing
			return ends
		}
		j.shown.ends, j.shown.at = ends, now
	}
	return maps.Clone(j.shown.ends)
}

// certificateEnd asks a host for its certificate and gives the moment when the first of the chain ends; zero when it
// doesn't answer. Nothing is sent to it. A certificate that is not believed tells its end all the same: one that is over
// is what is looked for.
func certificateEnd(ctx context.Context, host string) (ends time.Time) {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	address, name := host, host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	} else {
		address = net.JoinHostPort(strings.Trim(host, "[]"), "443")
	}
	d := tls.Dialer{Config: &tls.Config{ServerName: name, MinVersion: tls.VersionTLS12}}
	var chain []*x509.Certificate
	var doubted *tls.CertificateVerificationError
	c, err := d.DialContext(ctx, "tcp", address)
	switch {
	case err == nil:
		defer c.Close()
		chain = c.(*tls.Conn).ConnectionState().PeerCertificates
	case errors.As(err, &doubted):
		chain = doubted.UnverifiedCertificates
	}
	for _, cert := range chain {
		if ends.IsZero() || cert.NotAfter.Before(ends) {
			ends = cert.NotAfter.UTC()
		}
	}
	return ends
}
