package web

import (
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// bucket limits how often one client may ask: so many at once, refilled evenly. Safe for several goroutines.
type bucket struct {
	every time.Duration // for one more
	burst int

	mu      sync.Mutex
	clients map[netip.Prefix]*rate.Limiter
}

// maxClients bounds the memory of a bucket; beyond it, those who are back at a full measure are forgotten.
const maxClients = 10_000

func newBucket(every time.Duration, burst int) *bucket {
	return &bucket{every: every, burst: burst, clients: map[netip.Prefix]*rate.Limiter{}}
}

// loginBucket lets a client try ten logins in a row, and then ten a minute.
func loginBucket() *bucket { return newBucket(6*time.Second, 10) }

// reportBucket takes few reports: a broken page sends many of the same.
func reportBucket() *bucket { return newBucket(10*time.Second, 10) }

// uploadBucket lets a client hand in ten files in a row, and then six a minute.
func uploadBucket() *bucket { return newBucket(10*time.Second, 10) }

// take gives 0 when the client may go on, otherwise how long to wait.
func (b *bucket) take(client netip.Addr, now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := network(client)
	l := b.clients[key]
	if l == nil {
		if len(b.clients) >= maxClients {
			b.forget(now)
		}
		l = rate.NewLimiter(rate.Every(b.every), b.burst)
		b.clients[key] = l
	}
	if l.AllowN(now, 1) {
		return 0
	}
	return time.Duration((1 - l.TokensAt(now)) * float64(b.every))
}

func (b *bucket) forget(now time.Time) {
	for key, l := range b.clients {
		if l.TokensAt(now) >= float64(b.burst) {
			delete(b.clients, key)
		}
	}
	if len(b.clients) >= maxClients { // an attack from everywhere: start anew rather than grow
		clear(b.clients)
	}
}

// network is what counts as one client: an IPv4 address, or the /64 that an IPv6 subscriber has to itself.
func network(a netip.Addr) netip.Prefix {
	bits := 32
	if a.Is6() {
		bits = 64
	}
	p, _ := a.Prefix(bits) // the zero Prefix for the zero Addr: those without address share one measure
	return p
}

// seconds is a wait as Retry-After has it.
func seconds(wait time.Duration) string { return strconv.Itoa(int(math.Ceil(wait.Seconds()))) }

// tooMany tells when to come back.
func tooMany(w http.ResponseWriter, wait time.Duration) error {
	w.Header().Set("Retry-After", seconds(wait))
	return errTooMany
}
