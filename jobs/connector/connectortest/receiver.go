package connectortest

import (
	"context"
	"sync"
	"time"

	"samband/jobs/connector"
	"samband/store"
)

// Receiver is a destination in memory, of any tier, that can be made to go wrong.
type Receiver struct {
	Tier store.Tier

	mu    sync.Mutex
	holds map[string]string // by key the hash of what was taken last
	times map[string]int    // effects by key and hash
	whole map[string]bool   // transactional runs that took place

	// Lose makes the receiver take the records of the next so many calls, and lose its answer.
	Lose int
	// Away is given by the next call, or the next Lookup, in place of an answer; nothing is taken.
	Away error
	// Refuse gives the reason that a key is refused for; nil refuses none.
	Refuse func(key string) string
	// Keep is given by the next Acknowledged, and Stuck by the next Close: the receiver does not let go.
	Keep, Stuck error
	// At is told of each point that a crash can come at: "open", "send", "sent", "commit", "committed", "acknowledged".
	At func(point string)
	// Slow is how long a call takes unless its context ends.
	Slow time.Duration
}

// NewReceiver gives an empty receiver.
func NewReceiver(t store.Tier) *Receiver {
	return &Receiver{Tier: t, holds: map[string]string{}, times: map[string]int{}, whole: map[string]bool{}}
}

// Connector is the receiver as a connector.
func (r *Receiver) Connector() connector.Connector {
	return connector.Connector{
		Kind: store.Kind{Name: "receiver", Roles: []store.Role{store.Destination}, Highest: store.Sensitive,
			Route: store.RouteLocal, Tier: r.Tier},
		OpenDestination: func(connector.Settings) (connector.Destination, error) { return r, nil }}
}

// Effects gives how many times each key and hash had an effect, as "key=hash".
func (r *Receiver) Effects() map[string]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make(map[string]int, len(r.times))
	for k, n := range r.times {
		out[k] = n
	}
	return out
}

// Lookup says what the receiver holds.
func (r *Receiver) Lookup(ctx context.Context, keys []string) (map[string]string, error) {
	if err := r.away(); err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[string]string{}
	for _, k := range keys {
		if h, ok := r.holds[k]; ok {
			out[k] = h
		}
	}
	return out, ctx.Err()
}

// Test tries the receiver.
func (r *Receiver) Test(ctx context.Context) error { return ctx.Err() }

// Open begins a sending.
func (r *Receiver) Open(ctx context.Context, s connector.Shipment) (connector.Sending, error) {
	r.point("open")
	return &received{r: r, run: s.RunID}, ctx.Err()
}

func (r *Receiver) point(name string) {
	if r.At != nil {
		r.At(name)
	}
}

// received is one attempt.
type received struct {
	r      *Receiver
	run    string
	staged []connector.Record
}

func (x *received) Taken() bool {
	x.r.mu.Lock()
	defer x.r.mu.Unlock()
	return x.r.whole[x.run]
}

func (x *received) Send(ctx context.Context, records []connector.Record) ([]connector.Answer, error) {
	x.r.point("send")
	select {
	case <-ctx.Done():
	case <-time.After(x.r.Slow):
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := x.r.away(); err != nil {
		return nil, err
	}
	if x.r.Tier == store.TierTransactional {
		x.staged = append(x.staged, records...)
		return nil, nil
	}
	lost := x.r.lost()
	answers := make([]connector.Answer, len(records))
	for i := range records {
		answers[i].State = store.SentAcked
		if why := x.r.refuses(records[i].Key); why != "" {
			answers[i] = connector.Answer{State: store.SentRefused, Reason: why}
		} else {
			x.r.take(&records[i])
		}
		if lost {
			answers[i] = connector.Answer{State: store.SentUnknown}
		}
	}
	x.r.point("sent")
	return answers, nil
}

func (x *received) Commit(ctx context.Context) error {
	x.r.point("commit")
	if err := ctx.Err(); err != nil || x.r.Tier != store.TierTransactional || x.Taken() {
		return err
	}
	if err := x.r.away(); err != nil {
		return err
	}
	for i := range x.staged {
		x.r.take(&x.staged[i])
	}
	x.r.mu.Lock()
	x.r.whole[x.run] = true
	x.r.mu.Unlock()
	x.r.point("committed")
	if x.r.lost() {
		return store.E(store.Unavailable, "http.cut", store.Args{"host": "receiver"})
	}
	return nil
}

func (x *received) Acknowledged(context.Context) error {
	x.r.point("acknowledged")
	return x.r.once(&x.r.Keep)
}

func (x *received) Info() store.Delivery { return store.Delivery{} }
func (x *received) Close() error         { return x.r.once(&x.r.Stuck) }

func (r *Receiver) away() error { return r.once(&r.Away) }

// once gives an error that was prepared, one time.
func (r *Receiver) once(prepared *error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	err := *prepared
	*prepared = nil
	return err
}

func (r *Receiver) lost() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Lose == 0 {
		return false
	}
	r.Lose--
	return true
}

func (r *Receiver) refuses(key string) string {
	if r.Refuse == nil {
		return ""
	}
	return r.Refuse(key)
}

// take lets a record have its effect. One that is held under its key and hash has none, where the tier has keys.
func (r *Receiver) take(x *connector.Record) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.Tier == store.TierKeyed && r.holds[x.Key] == x.Hash {
		return
	}
	r.holds[x.Key] = x.Hash
	r.times[x.Key+"="+x.Hash]++
}
