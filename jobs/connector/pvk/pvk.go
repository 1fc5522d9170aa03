package pvk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/httpx"
	"samband/store"
)

// Kind declares the connector.
var Kind = store.Kind{
	Name:       "pvk",
	Roles:      []store.Role{store.Source},
	Highest:    store.Sensitive,
	Route:      store.RouteInternet,
	Rereadable: true,
	Consents:   true,
	Options:    []store.Option{{Name: "address", Kind: store.OptionURL, Required: true, InScope: true}},
}

// Connector is the line of this package in the table of connectors.
func Connector() connector.Connector {
	return connector.Connector{Kind: Kind, OpenConsents: func(s connector.Settings) (connector.ConsentSource, error) {
		return open(s, nil, httpx.Options{})
	}}
}

// The addresses below the base, and what the published client puts up with.
const (
	listPath  = "/personvern/Personverninnstillinger/HentInnbyggereAktivePiForDefinisjon/v2"
	setPath   = "/personvern/Personverninnstillinger/SettInnbyggersPersonvernInnstilling/v2"
	between   = 100 * time.Millisecond
	timeout   = 10 * time.Second
	mostPages = 100_000
)

// source is the interface of one Helsenorge environment.
type source struct {
	base   string
	client *httpx.Client
	// token gives what a request logs in with; nil while there is no log-in.
	token func(context.Context, *httpx.Request) error
	pause time.Duration
}

func open(s connector.Settings, token func(context.Context, *httpx.Request) error, o httpx.Options) (*source, error) {
	if err := Kind.Validate(s.Values); err != nil {
		return nil, err
	}
	base := strings.TrimRight(s.Values["address"], "/")
	o.Allow, o.Total, o.Clock, o.Network = []string{base}, timeout, s.Clock, s.Network
	c, err := httpx.New(o)
	if err != nil {
		return nil, err
	}
	return &source{base: base, client: c, token: token, pause: between}, nil
}

// Test tells whether the address answers like the service does: a definition that can't be is refused in its own form.
func (s *source) Test(ctx context.Context) error {
	_, err := s.page(ctx, connector.ConsentQuery{Definition: "00000000-0000-0000-0000-000000000000", Party: "samband"}, "0")
	if code := store.CodeOf(err); code == "consent.not_yours" || code == "consent.mismatch" {
		return nil
	}
	return err
}

// page is one answer, whatever the case of its names.
type page struct {
	Definition string             `json:"definisjonGuid"`
	Party      string             `json:"partKode"`
	Type       string             `json:"typePi"`
	Next       json.RawMessage    `json:"pagingReference"`
	List       *[]json.RawMessage `json:"personvernInnstillinger"`
}

// Choices reads all pages. A person who comes twice is given twice.
func (s *source) Choices(ctx context.Context, of connector.ConsentQuery, each func(connector.ConsentChoice) error) (time.Time, error) {
	at, n := "0", 0
	for pages := 1; ; pages++ {
		p, err := s.page(ctx, of, at)
		if err != nil {
			return time.Time{}, err
		}
		for _, raw := range *p.List {
			c, ok := choice(raw)
			if n++; !ok || n > connector.MaxChoices {
				return time.Time{}, store.E(store.Unavailable, "consent.page", store.Args{"page": pages})
			}
			if err := each(c); err != nil {
				return time.Time{}, err
			}
		}
		next, ok := reference(p.Next)
		switch {
		case !ok:
			return time.Time{}, store.E(store.Unavailable, "consent.page", store.Args{"page": pages})
		case next == "0":
			return time.Time{}, nil
		case next == at || pages == mostPages:
			return time.Time{}, store.E(store.Unavailable, "pages.loop", store.Args{"page": pages + 1})
		}
		at = next
		select {
		case <-ctx.Done():
			return time.Time{}, ctx.Err()
		case <-time.After(s.pause):
		}
	}
}

// reference reads where the next page is: a whole number, also as text; 0 for none.
func reference(raw json.RawMessage) (string, bool) {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		s = string(raw)
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return strconv.FormatInt(n, 10), err == nil
}

func (s *source) page(ctx context.Context, of connector.ConsentQuery, at string) (*page, error) {
	q := url.Values{"definisjonGuid": {store.CanonicalGUID(of.Definition)}, "partKode": {of.Party}, "pagingReference": {at}}
	address := s.base + listPath + "?" + q.Encode()
	body, err := s.fetch(ctx, httpx.Request{URL: address, Accept: "application/json"})
	if err != nil {
		return nil, err
	}
	var p page
	if json.Unmarshal(body, &p) != nil || p.List == nil || len(p.Next) == 0 {
		return nil, s.client.Unreadable(address, body)
	}
	if store.CanonicalGUID(p.Definition) != store.CanonicalGUID(of.Definition) || !strings.EqualFold(p.Party, of.Party) || !strings.EqualFold(p.Type, string(of.Type)) {
		return nil, store.E(store.Refused, "consent.mismatch", nil)
	}
	return &p, nil
}

// fetch makes a request. What the service says in its own form becomes a code of ours; the text that goes with it may name a
// person, and is let go of.
func (s *source) fetch(ctx context.Context, r httpx.Request) ([]byte, error) {
	if s.token != nil {
		if err := s.token(ctx, &r); err != nil {
			return nil, err
		}
	}
	body, _, err := s.client.Fetch(ctx, r)
	if store.CodeOf(err) == "http.rejected" {
		return nil, errors.Join(store.E(store.Refused, "consent.not_yours", nil), err)
	}
	return body, err
}

// seen are the members of an instance that are understood.
var seen = map[string]bool{"innbyggerfnr": true, "sekvensnummer": true, "opprettettidspunkt": true, "sistendrettidspunkt": true}

func choice(raw json.RawMessage) (c connector.ConsentChoice, ok bool) {
	var x struct {
		Number  string `json:"innbyggerFnr"`
		Seq     *int64 `json:"sekvensnummer"`
		Made    string `json:"opprettetTidspunkt"`
		Changed string `json:"sistEndretTidspunkt"`
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &x) != nil || json.Unmarshal(raw, &members) != nil || x.Number == "" || x.Seq == nil || *x.Seq < 1 {
		return c, false
	}
	c = connector.ConsentChoice{Number: store.NewSecret(x.Number), Active: true, Seq: *x.Seq}
	for name := range members {
		if name = strings.ToLower(name); !seen[name] && (strings.Contains(name, "period") || strings.HasPrefix(name, "gyldig") || strings.Contains(name, "fradato") || strings.Contains(name, "tildato")) {
			c.Unclear = true
		}
	}
	if x.Changed == "" {
		x.Changed = x.Made
	}
	if x.Changed != "" {
		if c.At, ok = moment(x.Changed); !ok {
			return c, false
		}
	}
	return c, true
}

// moment reads a time; without an offset it is Norwegian.
func moment(s string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), true
	}
	t, err := time.ParseInLocation("2006-01-02T15:04:05.999999999", s, store.Oslo)
	return t.UTC(), err == nil
}

// Report sets a person's state. 200 with returKode ikkeOk is a failure like any other.
func (s *source) Report(ctx context.Context, of connector.ConsentQuery, r connector.ConsentReport) error {
	body := map[string]any{"innbyggerFnr": r.Number.Reveal(), "definisjonGuid": store.CanonicalGUID(of.Definition), "definisjonNavn": of.Name,
		"partKode": of.Party, "typePi": string(of.Type), "aktiv": r.Active}
	if !r.At.IsZero() {
		body["tidspunkt"] = r.At.UTC().Format(time.RFC3339)
	}
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(body); err != nil {
		return err
	}
	answer, err := s.fetch(ctx, httpx.Request{Method: http.MethodPost, URL: s.base + setPath, Body: b.Bytes(), Accept: "application/json",
		Header: http.Header{"Content-Type": {"application/json; charset=utf-8"}}})
	if err != nil {
		return err
	}
	var said struct {
		Code string `json:"returKode"`
	}
	if json.Unmarshal(answer, &said) != nil || !strings.EqualFold(said.Code, "ok") {
		return store.E(store.Unavailable, "consent.report", nil)
	}
	return nil
}
