package connectortest

import (
	"testing"

	"samband/jobs/connector"
	"samband/store"
)

// TestReceiver holds the suite's own receiver to the suite, in every tier.
func TestReceiver(t *testing.T) {
	for _, tier := range store.Tiers {
		t.Run(string(tier), func(t *testing.T) {
			var r *Receiver
			c := NewReceiver(tier).Connector()
			h := Delivery{Connector: c, New: func(t *testing.T) Inbox {
				r = NewReceiver(tier)
				in := Inbox{LoseAnswer: func() { r.Lose = 1 }, Held: func(t *testing.T) (map[string][]string, map[string]int) {
					values := map[string][]string{}
					for k := range r.holds {
						values[k] = nil
					}
					return values, r.Effects()
				}}
				if tier != store.TierTransactional {
					in.Refuse = func(key string) {
						r.Refuse = func(k string) string {
							if k == key {
								return "ukjent_enhet"
							}
							return ""
						}
					}
				}
				return in
			}}
			h.Connector.OpenDestination = func(connector.Settings) (connector.Destination, error) { return r, nil }
			Destination(t, h)
		})
	}
}
