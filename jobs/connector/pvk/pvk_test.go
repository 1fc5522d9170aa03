package pvk

import (
	"context"
	"crypto/x509"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/connectortest"
	"samband/jobs/connector/httpx"
	"samband/jobs/connector/pvk/fakeserver"
	"samband/store"
)

func on(t testing.TB, s *fakeserver.Server) *source {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	src, err := open(connector.Settings{Values: map[string]string{"address": s.URL + "/"},
		Network: connector.Network{Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}}, nil, httpx.Options{Roots: roots})
	if err != nil {
		t.Fatal(err)
	}
	src.pause = 0
	t.Cleanup(src.client.Close)
	return src
}

func serve(t testing.TB, list []connector.ConsentChoice) *fakeserver.Server {
	var out []fakeserver.Instance
	for _, c := range list {
		at := c.At.Format(time.RFC3339)
		out = append(out, fakeserver.Instance{Number: c.Number.Reveal(), Seq: c.Seq, Made: at, Changed: at})
	}
	q := connectortest.ConsentQuery
	return fakeserver.New(t, q.Definition, q.Party, string(q.Type), out)
}

func TestConformance(t *testing.T) {
	var s *fakeserver.Server
	broken := map[string]func(t *testing.T){}
	for _, f := range fakeserver.Faults {
		broken[f] = func(*testing.T) { s.Ail(f) }
	}
	connectortest.ConsentSource(t, connectortest.ConsentHarness{
		New: func(t *testing.T, _ connector.ConsentQuery, list []connector.ConsentChoice) connector.ConsentSource {
			s = serve(t, list)
			return on(t, s)
		},
		Broken: broken, Reports: true,
	})
}

func one(t testing.TB, i fakeserver.Instance, fault string) (got []connector.ConsentChoice, err error) {
	q := connectortest.ConsentQuery
	s := fakeserver.New(t, strings.ToUpper(q.Definition), strings.ToUpper(q.Party), string(q.Type), []fakeserver.Instance{i, i})
	s.PageSize = 1
	s.Ail(fault)
	_, err = on(t, s).Choices(context.Background(), q, func(c connector.ConsentChoice) error {
		got = append(got, c)
		return nil
	})
	return got, err
}

// TestWhatIsPutUpWith: forms that the contract allows for are read, a person who comes twice comes twice, and what looks like
// a period makes a choice unclear.
func TestWhatIsPutUpWith(t *testing.T) {
	number := connectortest.ConsentPerson(1).Reveal()
	at := time.Date(2026, 1, 11, 18, 40, 12, 0, time.UTC)
	for name, c := range map[string]struct {
		i       fakeserver.Instance
		fault   string
		unclear bool
		ok      bool
	}{
		"with offset":          {fakeserver.Instance{Number: number, Seq: 3, Changed: "2026-01-11T19:40:12+01:00"}, "", false, true},
		"without offset":       {fakeserver.Instance{Number: number, Seq: 3, Changed: "2026-01-11T19:40:12"}, "", false, true},
		"text pagingReference": {fakeserver.Instance{Number: number, Seq: 3, Changed: "2026-01-11T18:40:12Z"}, "text pagingReference", false, true},
		"other casing":         {fakeserver.Instance{Number: number, Seq: 3, Changed: "2026-01-11T18:40:12Z"}, "other casing", false, true},
		"never changed":        {fakeserver.Instance{Number: number, Seq: 3, Made: "2026-01-11T18:40:12Z"}, "", false, true},
		"a period":             {fakeserver.Instance{Number: number, Seq: 3, Changed: "2026-01-11T18:40:12Z", More: map[string]any{"perioder": []int{1}}}, "", true, true},
		"a member more":        {fakeserver.Instance{Number: number, Seq: 3, Changed: "2026-01-11T18:40:12Z", More: map[string]any{"nytt": 1}}, "", false, true},
		"no number":            {fakeserver.Instance{Seq: 3}, "", false, false},
		"no sequence number":   {fakeserver.Instance{Number: number}, "", false, false},
		"no time":              {fakeserver.Instance{Number: number, Seq: 1, Changed: "i går"}, "", false, false},
	} {
		got, err := one(t, c.i, c.fault)
		if !c.ok {
			if store.CodeOf(err) != "consent.page" || strings.Contains(fmt.Sprintf("%+v", err), number) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || len(got) != 2 {
			t.Errorf("%s: %d, %v", name, len(got), err)
			continue
		}
		if x := got[1]; !x.Active || x.Unclear != c.unclear || x.Seq != 3 || !x.At.Equal(at) || x.Number.Reveal() != number {
			t.Errorf("%s: %+v", name, x)
		}
	}
}

// TestNotTaken: an answer of 200 that says no is a no.
func TestNotTaken(t *testing.T) {
	s := serve(t, nil)
	s.Ail("ikkeOk")
	err := on(t, s).Report(t.Context(), connectortest.ConsentQuery, connector.ConsentReport{Number: connectortest.ConsentPerson(1)})
	if store.CodeOf(err) != "consent.report" {
		t.Error(err)
	}
}
