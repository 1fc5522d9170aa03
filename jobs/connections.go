package jobs

import (
	"cmp"

	"samband/store"
)

// DefaultConnections is how many connections a process has to its database server at most: two processes together stay
// well under the 100 that PostgreSQL allows unless it is told otherwise, however many registries there are.
const DefaultConnections = 40

// The least shares: the queue listens on one and leads on another, and a load holds one of its registry and one of the
// vault while pages and other registries are read.
const (
	leastPortal = 4
	leastQueue  = 4
	leastData   = 8
)

// share is how a process shares its connections out.
type share struct{ portal, queue, data int }

// shareOf shares n connections out, DefaultConnections when it is zero. Refused "db.connections" when they are too few.
func shareOf(n int) (share, error) {
	if n = cmp.Or(n, DefaultConnections); n < leastPortal+leastQueue+leastData {
		return share{}, store.E(store.Refused, "db.connections", store.Args{"least": leastPortal + leastQueue + leastData})
	}
	s := share{portal: max(leastPortal, n*3/10), queue: leastQueue}
	s.data = n - s.portal - s.queue
	return s, nil
}
