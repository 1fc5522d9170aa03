package jobs

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"samband/jobs/notify"
	"samband/store"
	"samband/store/seed"
)

// outside is the world that notices go to: a mail server and the receiver of a webhook. It keeps what it is sent.
type outside struct {
	mu      sync.Mutex
	mails   []string
	posts   []*http.Request
	bodies  [][]byte
	onRcpt  func() // what happens before the mail server takes a recipient
	webhook string // its address
}

func (o *outside) NewSession(*smtp.Conn) (smtp.Session, error) { return o, nil }
func (o *outside) Mail(string, *smtp.MailOptions) error        { return nil }
func (o *outside) Reset()                                      {}
func (o *outside) Logout() error                               { return nil }

func (o *outside) Rcpt(string, *smtp.RcptOptions) error {
	if o.onRcpt != nil {
		o.onRcpt()
	}
	return nil
}

func (o *outside) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.mails = append(o.mails, string(b))
	return err
}

func (o *outside) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	b, _ := io.ReadAll(r.Body)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.posts, o.bodies = append(o.posts, r), append(o.bodies, b)
}

// mailTo is how to send to the mail server at an address.
func mailTo(addr string) notify.SMTP {
	return notify.SMTP{Addr: addr, From: "samband@sykehuset.example.org", TLS: notify.NoTLS, Timeout: 5 * time.Second}
}

// serveMail starts the mail server, and gives its address.
func (o *outside) serveMail(t *testing.T) string {
	t.Helper()
	srv := smtp.NewServer(o)
	srv.Domain = "localhost"
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	return l.Addr().String()
}

// about counts the mails to an address that hold a text.
func (o *outside) about(address, text string) (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, m := range o.mails {
		if strings.Contains(m, "To: <"+address+">") && strings.Contains(m, text) {
			n++
		}
	}
	return n
}

// reach opens an installation that sends to the world outside.
func reach(t *testing.T) (*house, *outside) {
	t.Helper()
	o := &outside{}
	addr := o.serveMail(t)
	receiver := httptest.NewServer(o)
	t.Cleanup(receiver.Close)
	o.webhook = receiver.URL + "/inn"
	h := open(t)
	h.conf.SMTP = mailTo(addr)
	h.conf.BaseURL = "https://samband.example.org"
	h.reopen()
	if err := h.tellNotices(t.Context()); err != nil { // of how the demonstration began
		t.Fatal(err)
	}
	return h, o
}

// known signs somebody in with a role, and confirms their address.
func (h *house) known(name string, role store.PortalRole) store.Actor {
	h.t.Helper()
	ctx := h.t.Context()
	u, err := h.DB.SignIn(ctx, "demo", name, name, h.Clock.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	by := store.UserActor(u, "")
	s := &store.NoticeSetting{UserID: u.ID, Pending: name + "@example.org", Lang: "nb"}
	for _, do := range []func() error{
		func() error {
			return h.DB.ReplaceGrants(ctx, u.ID, "demo", []store.Grant{{Role: role, RegistryID: store.AllRegistries}})
		},
		func() error { return h.DB.SaveNoticeSetting(ctx, s, false, by) },
		func() error { return h.ConfirmAddress(ctx, u.ID, h.confirmCode(u.ID, s.Pending, s.PendingAt), by) },
	} {
		if err := do(); err != nil {
			h.t.Fatal(err)
		}
	}
	return by
}

// TestNoticesReachPeople: an approval that is asked for is told the officer in one mail and the webhook in one message
// that its secret verifies, also when the portal is stopped at each step in between; and nothing of a person leaves.
func TestNoticesReachPeople(t *testing.T) {
	h, o := reach(t)
	ctx := t.Context()
	h.known("sindre", store.RoleSecurity)
	kaja := h.known("kaja", store.RoleCoordinator)
	w := &store.Webhook{Name: "Vaktsentralen", URL: o.webhook, Enabled: true}
	secret, err := h.CreateWebhook(ctx, w, by)
	if err != nil {
		t.Fatal(err)
	}
	tell := func() {
		t.Helper()
		if err := h.tellNotices(ctx); err != nil {
			t.Fatal(err)
		}
	}
	tell()
	if n := len(o.mails); n != 2 { // they confirm the addresses
		t.Fatalf("%d mails", n)
	}
	o.mails = nil

	i, err := h.DB.Integration(ctx, seed.DemoIntegration)
	if err != nil {
		t.Fatal(err)
	}
	a := &store.Approval{IntegrationID: i.ID, ROS: i.ROS, LD: i.LD, Scope: []byte("{}")}
	if err := h.DB.SubmitApproval(ctx, a, kaja); err != nil {
		t.Fatal(err)
	}
	// Stopped after it was told, after it was put in a mail, and after it was claimed to be sent.
	if _, err := h.DB.TellNotices(ctx, 200); err != nil {
		t.Fatal(err)
	}
	h.reopen()
	h.clock.Advance(DefaultDigest)
	if err := h.DB.CollectMail(ctx, DefaultDigest); err != nil {
		t.Fatal(err)
	}
	h.reopen()
	if list, err := h.DB.ClaimOutgoing(ctx, sendRound, sendLease); err != nil || len(list) != 2 {
		t.Fatalf("%d messages are to be sent, %v", len(list), err)
	}
	h.reopen()
	tell()
	if len(o.mails)+len(o.posts) != 0 {
		t.Fatal("what another has claimed is sent")
	}
	h.clock.Advance(sendLease)
	for range 3 {
		tell()
		h.clock.Advance(time.Hour)
	}
	if len(o.mails) != 1 || len(o.posts) != 1 {
		t.Fatalf("%d mails and %d posts", len(o.mails), len(o.posts))
	}
	mail := o.mails[0]
	for _, want := range []string{"To: <sindre@example.org>", "https://samband.example.org/integrations/" + i.ID + "/approval"} {
		if !strings.Contains(mail, want) {
			t.Errorf("the mail lacks %s:\n%s", want, mail)
		}
	}
	r, body := o.posts[0], o.bodies[0]
	if !notify.Verify([]byte(secret), body, r.Header.Get(notify.SignatureHeader), h.clock.Now(), 4*time.Hour) {
		t.Errorf("the signature doesn't hold: %s", r.Header)
	}
	var sent struct {
		Kind store.NoticeKind
		Path string
	}
	if err := json.Unmarshal(body, &sent); err != nil || sent.Kind != store.NoticeWaits || sent.Path != "/integrations/"+i.ID+"/approval" {
		t.Errorf("%s: %v", body, err)
	}
	for _, person := range []string{"kaja", "sindre", kaja.UserID} {
		if bytes.Contains(body, []byte(person)) || strings.Contains(strings.Replace(mail, "sindre@", "", 1), person) {
			t.Errorf("%s leaves the portal:\n%s\n%s", person, body, mail)
		}
	}
	sealed, err := h.DB.WebhookSecret(ctx, w.ID)
	if err != nil || bytes.Contains(sealed, []byte(secret)) {
		t.Errorf("the secret is kept in clear, %v", err)
	}
}

// TestEmergencyIsMailedAtOnce: what is urgent waits for no collection, whether the code was the right one or not.
func TestEmergencyIsMailedAtOnce(t *testing.T) {
	h, o := reach(t)
	ctx := t.Context()
	h.known("sindre", store.RoleSecurity)
	if err := h.tellNotices(ctx); err != nil {
		t.Fatal(err)
	}
	o.mails = nil
	tried := store.AuditEntry{Action: "session.emergency", Kind: "session", Object: store.EmergencyIssuer, Result: "auth.emergency_code"}
	if err := h.DB.Record(ctx, tried, store.SystemActor()); err != nil {
		t.Fatal(err)
	}
	if err := h.tellNotices(ctx); err != nil {
		t.Fatal(err)
	}
	code := &store.EmergencyCode{Salt: []byte("s"), Hash: []byte("h"), Role: store.RoleAdmin}
	if err := h.DB.SealEmergency(ctx, code, by); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.DB.OpenEmergency(ctx, code.ID, "Kari", "Innloggingen er nede", "r"); err != nil {
		t.Fatal(err)
	}
	if err := h.tellNotices(ctx); err != nil {
		t.Fatal(err)
	}
	if len(o.mails) != 2 || slices.ContainsFunc(o.mails, func(m string) bool { return !strings.Contains(m, "Haster:") }) {
		t.Errorf("%q", o.mails)
	}
}

// TestASlowMailServerDelaysNoChore: while a mail server keeps the portal waiting, what has run out is written down.
func TestASlowMailServerDelaysNoChore(t *testing.T) {
	h, o := reach(t)
	asked, answer := make(chan struct{}), make(chan struct{})
	o.onRcpt = func() { close(asked); <-answer }
	h.known("sindre", store.RoleSecurity)
	h.clock.Advance(h.approval().ValidTo.AddDays(2).Time().Sub(h.clock.Now()))
	expired := make(chan error, 1)
	h.keepHouse(h.life(), []chore{
		{"what happened is told", tick, (*Jobs).tellNotices},
		{"approvals past their last day expire", tick, func(j *Jobs, ctx context.Context) error {
			<-asked
			expired <- j.expireApprovals(ctx)
			return nil
		}},
	})
	if err := <-expired; err != nil || h.approval().State != store.AppExpired {
		t.Errorf("the approval is %s, %v", h.approval().State, err)
	}
	close(answer)
}
