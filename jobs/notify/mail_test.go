package notify

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"net/mail"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"samband/store"
	"samband/store/text"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// server is a mail server of a test: it keeps what it took and answers as it is told.
type server struct {
	mu    sync.Mutex
	taken [][]byte
	users []string

	onMail, onRcpt, onData error
	slow                   time.Duration
	cut                    bool // the connection breaks in the middle of DATA
}

func (s *server) NewSession(c *smtp.Conn) (smtp.Session, error) { return &session{s, c}, nil }

type session struct {
	s    *server
	conn *smtp.Conn
}

func (x *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (x *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "samband" || password != "hemmelig" {
			return smtp.ErrAuthFailed
		}
		x.s.mu.Lock()
		x.s.users = append(x.s.users, user)
		x.s.mu.Unlock()
		return nil
	}), nil
}

func (x *session) Mail(string, *smtp.MailOptions) error {
	time.Sleep(x.s.slow)
	return x.s.onMail
}
func (x *session) Rcpt(string, *smtp.RcptOptions) error { return x.s.onRcpt }
func (x *session) Reset()                               {}
func (x *session) Logout() error                        { return nil }

func (x *session) Data(r io.Reader) error {
	if x.s.cut {
		x.conn.Conn().Close()
		return io.ErrUnexpectedEOF
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	if x.s.onData != nil {
		return x.s.onData
	}
	x.s.taken = append(x.s.taken, b)
	return nil
}

// certificate is signed by an authority of its own, which the pool believes.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, of, of, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// serve starts a mail server and gives the settings that reach it.
func serve(t *testing.T, s *server, mode string) *SMTP {
	t.Helper()
	cert, pool := certificate(t)
	srv := smtp.NewServer(s)
	srv.Domain, srv.AllowInsecureAuth = "localhost", true
	srv.ErrorLog = quiet{}
	config := &tls.Config{Certificates: []tls.Certificate{cert}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	switch mode {
	case StartTLS:
		srv.TLSConfig = config
	case TLS:
		l = tls.NewListener(l, config)
	}
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	return &SMTP{Addr: addr, From: "samband@sykehuset.example.org", TLS: mode, Roots: pool, Timeout: 2 * time.Second}
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func letter() Mail {
	return Mail{ID: "m-1", To: "kari@example.org", Subject: "Samband: Kjøring feilet – Hjertekirurgi", Body: "Hei æøå\n", Lang: "nb", At: noon}
}

func TestSend(t *testing.T) {
	for _, mode := range []string{StartTLS, TLS, NoTLS} {
		t.Run(mode, func(t *testing.T) {
			s := &server{}
			c := serve(t, s, mode)
			if mode != NoTLS {
				c.User, c.Password = "samband", "hemmelig"
			}
			if err := c.Check(); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := c.Send(t.Context(), letter()); err != nil {
					t.Fatal(err)
				}
			}
			if len(s.taken) != 2 || mode != NoTLS && len(s.users) != 2 {
				t.Fatalf("took %d, users %v", len(s.taken), s.users)
			}
			m, err := mail.ReadMessage(bytes.NewReader(s.taken[0]))
			if err != nil {
				t.Fatal(err)
			}
			h := m.Header
			for name, want := range map[string]string{"Message-Id": "<m-1@sykehuset.example.org>", "Auto-Submitted": "auto-generated",
				"List-Id": "Samband <notices.sykehuset.example.org>", "Content-Language": "nb", "To": "<kari@example.org>"} {
				if h.Get(name) != want {
					t.Errorf("%s: %s, want %s", name, h.Get(name), want)
				}
			}
			if kind := h.Get("Content-Type"); !strings.HasPrefix(kind, "text/plain") {
				t.Errorf("the mail is %s", kind)
			}
			if !bytes.Equal(s.taken[0], s.taken[1]) {
				t.Errorf("sent again it is another mail:\n%s\n%s", s.taken[0], s.taken[1])
			}
		})
	}
}

func TestSendFails(t *testing.T) {
	for name, x := range map[string]struct {
		server *server
		mode   string
		change func(*SMTP)
		class  store.Class
		code   store.Code
	}{
		"greylisted":        {&server{onRcpt: &smtp.SMTPError{Code: 451, Message: "later"}}, NoTLS, nil, store.Unavailable, "notify.smtp_later"},
		"sender later":      {&server{onMail: &smtp.SMTPError{Code: 421, Message: "later"}}, NoTLS, nil, store.Unavailable, "notify.smtp_later"},
		"no such recipient": {&server{onRcpt: &smtp.SMTPError{Code: 550, Message: "kari@example.org unknown"}}, NoTLS, nil, store.Refused, "notify.smtp_rejected"},
		"content refused":   {&server{onData: &smtp.SMTPError{Code: 554, Message: "spam"}}, NoTLS, nil, store.Refused, "notify.smtp_rejected"},
		"cut in DATA":       {&server{cut: true}, NoTLS, nil, store.Unavailable, "notify.smtp_unreachable"},
		"slow": {&server{slow: 600 * time.Millisecond}, NoTLS, func(s *SMTP) { s.Timeout = 200 * time.Millisecond },
			store.Unavailable, "notify.smtp_unreachable"},
		"wrong password":    {&server{}, StartTLS, func(s *SMTP) { s.User, s.Password = "samband", "feil" }, store.Unavailable, "notify.smtp_auth"},
		"unknown authority": {&server{}, StartTLS, func(s *SMTP) { s.Roots = x509.NewCertPool() }, store.Unavailable, "notify.smtp_tls"},
		"no STARTTLS":       {&server{}, NoTLS, func(s *SMTP) { s.TLS = StartTLS }, store.Unavailable, "notify.smtp_tls"},
		"nobody there":      {&server{}, NoTLS, func(s *SMTP) { s.Addr = "127.0.0.1:1" }, store.Unavailable, "notify.smtp_unreachable"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := serve(t, x.server, x.mode)
			if x.change != nil {
				x.change(c)
			}
			err := c.Send(t.Context(), letter())
			if store.CodeOf(err) != x.code || store.ClassOf(err) != x.class {
				t.Errorf("%v (class %d), want %s (class %d)", err, store.ClassOf(err), x.code, x.class)
			}
			if err != nil && strings.Contains(err.Error(), "example.org") {
				t.Errorf("the error names an address: %v", err)
			}
			if len(x.server.taken) > 0 {
				t.Error("the server took it all the same")
			}
		})
	}
}

func TestSendEndsWithItsContext(t *testing.T) {
	c := serve(t, &server{}, NoTLS)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Send(ctx, letter()); err == nil {
		t.Error("sent")
	}
}

func TestCheck(t *testing.T) {
	good := SMTP{Addr: "smtp.example.org:587", From: "samband@example.org"}
	for name, x := range map[string]struct {
		change  func(*SMTP)
		setting string
	}{
		"good":            {func(*SMTP) {}, ""},
		"nothing":         {func(s *SMTP) { *s = SMTP{} }, ""},
		"no port":         {func(s *SMTP) { s.Addr = "smtp.example.org" }, "SAMBAND_SMTP_ADDR"},
		"no sender":       {func(s *SMTP) { s.From = "" }, "SAMBAND_SMTP_FROM"},
		"two senders":     {func(s *SMTP) { s.From = "a@b.no, c@d.no" }, "SAMBAND_SMTP_FROM"},
		"in clear abroad": {func(s *SMTP) { s.TLS = NoTLS }, "SAMBAND_SMTP_TLS"},
		"in clear here":   {func(s *SMTP) { s.TLS, s.Addr = NoTLS, "localhost:25" }, ""},
		"another mode":    {func(s *SMTP) { s.TLS = "ssl3" }, "SAMBAND_SMTP_TLS"},
		"unreadable":      {func(s *SMTP) { s.Problem = "SAMBAND_SMTP_CA" }, "SAMBAND_SMTP_CA"},
	} {
		s := good
		x.change(&s)
		err := s.Check()
		var e *store.Error
		if x.setting == "" && err != nil || x.setting != "" && (!errors.As(err, &e) || e.Args["setting"] != x.setting) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCompose(t *testing.T) {
	args := store.Args{"integration": "Hjerte\r\nBcc: x@y", "registry": "Hjerte\r\nBcc: x@y", "no": int64(7)}
	n := store.Notice{Kind: store.NoticeFailed, Topic: "i", Path: "/runs/7", Args: args, At: noon}
	var ten []store.Notice
	for i := range 10 {
		m := n
		m.At = noon.Add(time.Duration(i) * time.Minute)
		ten = append(ten, m)
	}
	for lang, want := range map[text.Lang]string{text.NB: "10 ganger siden", text.NN: "10 gonger sidan", text.EN: "10 times since"} {
		subject, body := Compose(lang, "https://samband.example.org", ten)
		if strings.ContainsAny(subject, "\r\n") || !strings.Contains(body, want) || strings.Count(body, "/runs/7") != 1 ||
			!strings.Contains(body, "https://samband.example.org/notices") {
			t.Errorf("%s: %q\n%s", lang, subject, body)
		}
	}
	n.Urgent = true
	if subject, _ := Compose(text.NB, "", []store.Notice{n}); !strings.HasPrefix(subject, "Haster: ") {
		t.Error(subject)
	}
}

// TestComposeOneHost: what many integrations fail of together is one line with the host.
func TestComposeOneHost(t *testing.T) {
	var forty []store.Notice
	for i := range 40 {
		forty = append(forty, store.Notice{Kind: store.NoticeFailed, Topic: "host:kilde.sykehus.no", Path: "/runs/7", At: noon, Registry: "hjerte",
			Args: store.Args{"integration": strconv.Itoa(i), "registry": "Hjerte", "no": int64(i), "host": "kilde.sykehus.no"}})
	}
	for lang, want := range map[text.Lang]string{text.NB: "40 integrasjoner har feilet", text.NN: "40 integrasjonar har feila",
		text.EN: "40 integrations have failed"} {
		subject, body := Compose(lang, "https://samband.example.org", forty)
		if !strings.HasSuffix(subject, "kilde.sykehus.no") || strings.Count(body, "kilde.sykehus.no") != 1 || !strings.Contains(body, want) ||
			!strings.Contains(body, "https://samband.example.org/alerts?kind=run_failed") || strings.Contains(body, "/runs/") {
			t.Errorf("%s: %q\n%s", lang, subject, body)
		}
	}
}
