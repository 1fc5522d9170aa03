package handover

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"samband/jobs/connector"
	"samband/jobs/connector/httpx"
	"samband/store"
)

// httpsChannel is a channel to an address. PUT address/name hands over a file, with its digest (RFC 9530); the answer is
// {"receipt":"…","sha256":"…"}, or 202 when the receipt comes later. GET address/name then gives
// {"state":"pending|taken|refused","receipt":"…","sha256":"…"}, or 404. Putting the same content again gives the same
// answer, other content under the name is refused with 409.
type httpsChannel struct {
	base  *url.URL
	o     ChannelOptions
	token string
	made  *httpx.Client // nil until it is used
}

func newHTTPS(u *url.URL, o ChannelOptions) (*httpsChannel, error) {
	u.Path = strings.TrimSuffix(u.Path, "/")
	return &httpsChannel{base: u, o: o}, nil
}

func (c *httpsChannel) Place() string {
	return "https://" + store.HostOf(c.base.String()) + c.base.Path
}

// Close lets go of connections that are kept open.
func (c *httpsChannel) Close() error {
	if c.made != nil {
		c.made.Close()
	}
	return nil
}

// client reads the secrets when they are needed first. One of certificate and token must be there: nothing is handed over
// without saying who we are.
func (c *httpsChannel) client() (*httpx.Client, error) {
	if c.made != nil {
		return c.made, nil
	}
	wrong := store.E(store.Invalid, "channel.secret", store.Args{"place": c.Place()})
	secret := map[string]string{}
	for _, name := range []string{"key", "ca", "token"} {
		text, err := c.o.Secret(name)
		if err != nil {
			return nil, err
		}
		secret[name] = strings.TrimSpace(text)
	}
	if secret["key"] == "" && secret["token"] == "" {
		return nil, wrong
	}
	o := httpx.Options{Allow: []string{c.base.Scheme + "://" + c.base.Host}, Network: c.o.Network, Clock: c.o.Clock, MaxBody: 64 << 10}
	if secret["ca"] != "" {
		o.Roots = x509.NewCertPool()
		if !o.Roots.AppendCertsFromPEM([]byte(secret["ca"])) {
			return nil, wrong
		}
	}
	if secret["key"] != "" {
		pair, err := tls.X509KeyPair([]byte(secret["key"]), []byte(secret["key"]))
		if err != nil { // its words can quote the key
			return nil, wrong
		}
		o.Certificate = &pair
	}
	c.token = secret["token"]
	made, err := httpx.New(o)
	c.made = made
	return made, err
}

type httpsAnswer struct {
	State   string `json:"state"`
	Receipt string `json:"receipt"`
	SHA256  string `json:"sha256"`
}

// ask makes a request and reads its answer. The status of a refusal is in the error.
func (c *httpsChannel) ask(ctx context.Context, r httpx.Request, name string) (a httpsAnswer, status int, err error) {
	client, err := c.client()
	if err != nil {
		return a, 0, err
	}
	r.URL, r.Accept = c.base.String()+"/"+name, "application/json"
	if r.Header == nil {
		r.Header = http.Header{}
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := client.Do(ctx, r)
	if err != nil {
		var known *store.Error
		if errors.As(err, &known) {
			status, _ = known.Args["status"].(int)
		}
		return a, status, err
	}
	defer resp.Close()
	text, err := io.ReadAll(resp)
	if err != nil {
		return a, resp.Status, err
	}
	if json.Unmarshal(text, &a) != nil || len(a.Receipt) > 200 {
		err = &connector.Failure{Host: store.HostOf(c.base.String()), Err: store.E(store.Unavailable, "channel.receipt", nil)}
	}
	return a, resp.Status, err
}

func (c *httpsChannel) Test(ctx context.Context) error {
	_, status, err := c.ask(ctx, httpx.Request{}, "")
	if status == http.StatusNotFound || status == http.StatusMethodNotAllowed { // it knows us, and has nothing of that name
		return nil
	}
	return err
}

func (c *httpsChannel) Put(ctx context.Context, f File) error {
	if err := f.check(); err != nil {
		return err
	}
	sum, _ := hex.DecodeString(f.SHA256)
	h := http.Header{"Content-Type": {"application/octet-stream"},
		"Content-Digest": {"sha-256=:" + base64.StdEncoding.EncodeToString(sum) + ":"}}
	in, err := f.Open()
	if err != nil {
		return store.Wrap(err, store.Internal, "channel.file", nil)
	}
	defer in.Close()
	a, status, err := c.ask(ctx, httpx.Request{Method: http.MethodPut, Header: h, Stream: in, Length: f.Bytes}, f.Name)
	switch {
	case status == http.StatusConflict:
		return store.E(store.Conflict, "channel.other_content", nil)
	case status == http.StatusInsufficientStorage:
		return &connector.Failure{Host: store.HostOf(c.base.String()), Err: store.E(store.Unavailable, "channel.write", store.Args{"place": c.Place()})}
	case err != nil:
		return err
	case status != http.StatusAccepted && !strings.EqualFold(a.SHA256, f.SHA256):
		return &connector.Failure{Host: store.HostOf(c.base.String()), Err: store.E(store.Unavailable, "channel.receipt", nil)}
	}
	return nil
}

func (c *httpsChannel) Receipt(ctx context.Context, f File) (Receipt, error) {
	a, status, err := c.ask(ctx, httpx.Request{}, f.Name)
	switch state := ReceiptState(a.State); {
	case status == http.StatusNotFound:
		return Receipt{}, nil
	case err != nil:
		return Receipt{}, err
	case a.State == "pending":
		return Receipt{}, nil
	case state != ReceiptTaken && state != ReceiptRefused || !strings.EqualFold(a.SHA256, f.SHA256):
		return Receipt{}, &connector.Failure{Host: store.HostOf(c.base.String()), Err: store.E(store.Unavailable, "channel.receipt", nil)}
	default:
		return Receipt{State: state, ID: a.Receipt, At: c.o.Clock.Now().UTC()}, nil
	}
}
