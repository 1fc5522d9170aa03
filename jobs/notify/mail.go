// Package notify tells people and other systems what the portal has to say: plain mails over SMTP, and webhooks that are
// signed. What is told, whom and when is decided elsewhere (store.NoticeRules, store.MailNow); here it is put into words
// and delivered. Nothing that is sent holds a row, a value of a person or a person's name.
package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net"
	"net/mail"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"samband/store"
)

// How a mail server is reached.
const (
	StartTLS = "starttls" // in clear at first, then encrypted or not at all
	TLS      = "tls"      // encrypted from the first byte
	NoTLS    = "none"     // in clear: only to this machine
)

// timeout is how long one step of a conversation may take. A mail is a few of them.
const timeout = 10 * time.Second

// SMTP is the mail server of an installation. The zero value sends nothing.
type SMTP struct {
	Addr     string // host:port; "" sends no mail
	User     string
	Password string
	From     string         // one address
	TLS      string         // StartTLS when empty
	Roots    *x509.CertPool // whom to believe; the machine's when nil
	RootsEnd time.Time      // when the first of them ends; zero when there are none
	// Timeout is how long one step may take; ten seconds when zero.
	Timeout time.Duration
	// Problem names a setting that could not be read.
	Problem string
}

// Enabled tells whether mail is sent at all.
func (s *SMTP) Enabled() bool { return s.Addr != "" }

// Check tells what is wrong with the settings, or nil: "notify.smtp_setting".
func (s *SMTP) Check() error {
	fail := func(name string) error {
		return store.E(store.Refused, "notify.smtp_setting", store.Args{"setting": name})
	}
	if s.Problem != "" {
		return fail(s.Problem)
	}
	if !s.Enabled() {
		return nil
	}
	host, port, err := net.SplitHostPort(s.Addr)
	if n, e := strconv.Atoi(port); err != nil || host == "" || e != nil || n < 1 || n > 65535 {
		return fail("SAMBAND_SMTP_ADDR")
	}
	if a, err := mail.ParseAddress(s.From); err != nil || a.Address != s.From || strings.ContainsAny(s.From, "\r\n") {
		return fail("SAMBAND_SMTP_FROM")
	}
	switch s.TLS {
	case "", StartTLS, TLS:
	case NoTLS:
		if !store.Loopback(host) {
			return fail("SAMBAND_SMTP_TLS")
		}
	default:
		return fail("SAMBAND_SMTP_TLS")
	}
	return nil
}

// Mail is one message. ID is the same each time it is sent.
type Mail struct {
	ID      string
	To      string
	Subject string
	Body    string
	Lang    string // of Subject and Body
	At      time.Time
}

// Send delivers a mail to the server, or tells in the class of the error whether trying again can help (Unavailable) or
// not (Refused). The error names no address. Once the server has taken the mail it is sent, whatever happens then.
func (s *SMTP) Send(ctx context.Context, m Mail) error {
	msg, err := s.message(m)
	if err != nil {
		return store.E(store.Refused, "notify.smtp_rejected", store.Args{"reply": 0})
	}
	client, err := s.client()
	if err != nil {
		return store.E(store.Unavailable, "notify.smtp_unreachable", nil)
	}
	if err := client.DialWithContext(ctx); err != nil {
		return dialError(err)
	}
	defer client.Close()
	err = client.Send(msg)
	if err == nil || msg.IsDelivered() {
		return nil
	}
	var failed *gomail.SendError
	if errors.As(err, &failed) && failed.ErrorCode() != 0 {
		class, code := store.Unavailable, store.Code("notify.smtp_later")
		if failed.ErrorCode() >= 500 {
			class, code = store.Refused, "notify.smtp_rejected"
		}
		return store.E(class, code, store.Args{"reply": failed.ErrorCode()})
	}
	return store.E(store.Unavailable, "notify.smtp_unreachable", nil)
}

func dialError(err error) error {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	var verify *tls.CertificateVerificationError
	switch text := err.Error(); {
	case errors.As(err, &unknown), errors.As(err, &name), errors.As(err, &invalid), errors.As(err, &record),
		errors.As(err, &verify), strings.Contains(text, "STARTTLS"):
		return store.E(store.Unavailable, "notify.smtp_tls", nil)
	case strings.Contains(text, "AUTH") || strings.Contains(text, "auth") || strings.HasPrefix(text, "535"):
		return store.E(store.Unavailable, "notify.smtp_auth", nil) // when the setting is right again, nothing is lost
	}
	return store.E(store.Unavailable, "notify.smtp_unreachable", nil)
}

func (s *SMTP) client() (*gomail.Client, error) {
	host, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return nil, err
	}
	step := s.Timeout
	if step == 0 {
		step = timeout
	}
	options := []gomail.Option{gomail.WithPort(n), gomail.WithTimeout(step), gomail.WithHELO(s.domain()),
		gomail.WithTLSConfig(&tls.Config{ServerName: host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12})}
	switch s.TLS {
	case NoTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	case TLS:
		options = append(options, gomail.WithSSL())
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User),
			gomail.WithPassword(s.Password))
	}
	return gomail.NewClient(host, options...)
}

// roots reads certificates in PEM, and tells when the first of them ends.
func roots(text []byte) (pool *x509.CertPool, ends time.Time, err error) {
	pool = x509.NewCertPool()
	for {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			break
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if block.Type != "CERTIFICATE" || err != nil {
			continue
		}
		pool.AddCert(c)
		if ends.IsZero() || c.NotAfter.Before(ends) {
			ends = c.NotAfter.UTC()
		}
	}
	if ends.IsZero() {
		err = errors.New("no certificate in PEM")
	}
	return pool, ends, err
}

func (s *SMTP) domain() string {
	_, domain, _ := strings.Cut(s.From, "@")
	return domain
}

func (s *SMTP) message(m Mail) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := msg.FromFormat("Samband", s.From); err != nil {
		return nil, err
	}
	if err := msg.To(m.To); err != nil {
		return nil, err
	}
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID + "@" + s.domain())
	msg.SetDateWithValue(m.At)
	for name, value := range map[gomail.Header]string{
		"List-Id":                  "Samband <notices." + s.domain() + ">",
		"Auto-Submitted":           "auto-generated", // RFC 3834: no answer comes back from a machine
		"X-Auto-Response-Suppress": "All",
		"Content-Language":         m.Lang,
	} {
		msg.SetGenHeader(name, value)
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Body)
	return msg, nil
}
