package connectortest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/store"
)

// ConsentHarness is how the suite works a system that a connector.ConsentSource asks.
type ConsentHarness struct {
	// New makes a system that has these choices, all active, and a source on it.
	New func(t *testing.T, of connector.ConsentQuery, list []connector.ConsentChoice) connector.ConsentSource
	// Broken makes what New made give less than the whole list from now on, in each of these ways.
	Broken map[string]func(t *testing.T)
	// Reports tells that the system takes reports.
	Reports bool
	// Secrets are what must not show in an error.
	Secrets []string
}

// ConsentQuery is what the suite asks about.
var ConsentQuery = connector.ConsentQuery{Definition: "0f1e2d3c-4b5a-4697-8877-665544332211",
	Name: "Reservasjon mot oppføring i Testregisteret", Party: "testreg", Type: store.TypeReservation}

// ConsentPerson gives the number of one of the suite's persons, who are synthetic.
func ConsentPerson(n int) store.PersonNumber {
	for born := store.Date("1950-01-01").AddDays(n); ; {
		for i := n % 400; i < 500; i++ {
			if p, ok := store.SyntheticNumber(born, i); ok {
				return p
			}
		}
	}
}

func consentChoices(n int) (list []connector.ConsentChoice) {
	for i := range n {
		list = append(list, connector.ConsentChoice{Number: store.NewSecret(ConsentPerson(i).Reveal()), Active: true, Seq: int64(i + 1),
			At: time.Date(2026, 1, 11, 19, 40, i%60, 0, time.UTC)})
	}
	return list
}

// ConsentSource holds a source to the contract of connector.ConsentSource.
func ConsentSource(t *testing.T, h ConsentHarness) {
	const many = 257
	read := func(src connector.ConsentSource) (map[string]connector.ConsentChoice, error) {
		got := map[string]connector.ConsentChoice{}
		_, err := src.Choices(background, ConsentQuery, func(c connector.ConsentChoice) error {
			got[c.Number.Reveal()] = c
			return nil
		})
		return got, err
	}
	secrets := h.Secrets
	for i := range many {
		secrets = append(secrets, ConsentPerson(i).Reveal())
	}
	clean := func(t *testing.T, err error) {
		t.Helper()
		s := suite{T: t, sys: System{Secrets: secrets}}
		s.clean("the error", fmt.Sprintf("%v %+v", err, err))
	}
	t.Run("whole", func(t *testing.T) {
		for _, n := range []int{0, 1, many} {
			list := consentChoices(n)
			src := h.New(t, ConsentQuery, list)
			if err := src.Test(background); err != nil {
				t.Errorf("Test: %v", err)
			}
			for range 2 {
				got, err := read(src)
				if err != nil || len(got) != n {
					t.Fatalf("%d of %d, %v", len(got), n, err)
				}
				for _, c := range list {
					x := got[c.Number.Reveal()]
					if !x.Active || x.Unclear || x.Seq != c.Seq || !x.At.Equal(c.At) || !x.From.IsZero() || !x.Until.IsZero() {
						t.Fatalf("%+v became %+v", c, x)
					}
				}
			}
		}
	})
	t.Run("stops when told", func(t *testing.T) {
		src := h.New(t, ConsentQuery, consentChoices(many))
		told := store.E(store.Internal, "internal", nil)
		if _, err := src.Choices(background, ConsentQuery, func(connector.ConsentChoice) error { return told }); err == nil {
			t.Error("what takes the choices fails, and nobody is told")
		}
		ctx, cancel := context.WithCancel(background)
		cancel()
		if _, err := src.Choices(ctx, ConsentQuery, func(connector.ConsentChoice) error { return nil }); err == nil {
			t.Error("goes on when nobody waits")
		}
	})
	t.Run("another definition", func(t *testing.T) {
		src := h.New(t, ConsentQuery, consentChoices(many))
		of := ConsentQuery
		of.Definition = "ffffffff-4b5a-4697-8877-665544332211"
		if _, err := src.Choices(background, of, func(connector.ConsentChoice) error { return nil }); err == nil {
			t.Error("a definition that nobody knows has a list")
		}
	})
	for name, broken := range h.Broken {
		t.Run(name, func(t *testing.T) {
			src := h.New(t, ConsentQuery, consentChoices(many))
			broken(t)
			_, err := read(src)
			if err == nil || store.CodeOf(err) == "internal" {
				t.Errorf("%v: the list isn't whole, and passes for it", err)
			}
			clean(t, err)
		})
	}
	t.Run("report", func(t *testing.T) {
		src := h.New(t, ConsentQuery, consentChoices(3))
		report := connector.ConsentReport{Number: ConsentPerson(1), At: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
		for range 2 {
			err := src.Report(background, ConsentQuery, report)
			if !h.Reports {
				if store.ClassOf(err) != store.Refused {
					t.Errorf("takes no reports, and says %v", err)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if got, err := read(src); h.Reports && (err != nil || len(got) != 2) {
			t.Errorf("%d left, %v", len(got), err)
		}
	})
}
