package pg

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"sync"
	"time"
)

// Limit bounds the connections to servers over all schemas that share it: each has a pool of its own, and what lies idle in
// one is closed for another that has none. nil bounds nothing.
type Limit struct {
	slots chan struct{}
	mu    sync.Mutex
	pools []*sql.DB
}

// NewLimit gives a bound of n connections.
func NewLimit(n int) *Limit { return &Limit{slots: make(chan struct{}, n)} }

// How many connections of a schema stay open unused, and how long one waits for another to be given up.
const (
	idleConns = 2
	freeAgain = 20 * time.Millisecond
	longWait  = 30 * time.Second
)

var errNoneFree = errors.New("pg: all connections that may be open are in use")

func (l *Limit) add(db *sql.DB) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pools = append(l.pools, db)
}

// take waits for a place, and closes what others leave unused while there is none.
func (l *Limit) take(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, longWait, errNoneFree)
	defer cancel()
	for {
		select {
		case l.slots <- struct{}{}:
			return nil
		default:
		}
		l.mu.Lock()
		for _, db := range l.pools {
			db.SetMaxIdleConns(0)
			db.SetMaxIdleConns(idleConns)
		}
		l.mu.Unlock()
		select {
		case l.slots <- struct{}{}:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(freeAgain):
		}
	}
}

type dial func(ctx context.Context, network, address string) (net.Conn, error)

// bound gives a dial that takes a place for each connection until that is closed.
func (l *Limit) bound(d dial) dial {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if err := l.take(ctx); err != nil {
			return nil, err
		}
		c, err := d(ctx, network, address)
		if err != nil {
			<-l.slots
			return nil, err
		}
		return &placed{Conn: c, free: sync.OnceFunc(func() { <-l.slots })}, nil
	}
}

// placed is a connection that gives its place back.
type placed struct {
	net.Conn
	free func()
}

func (c *placed) Close() error {
	defer c.free()
	return c.Conn.Close()
}
