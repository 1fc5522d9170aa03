package jobs

import (
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samband/store"
)

func TestShareOf(t *testing.T) {
	for n, want := range map[int]share{0: {12, 4, 24}, 16: {4, 4, 8}, 40: {12, 4, 24}, 100: {30, 4, 66}} {
		if got, err := shareOf(n); err != nil || got != want {
			t.Errorf("%d: %+v, %v, want %+v", n, got, err, want)
		}
	}
	for _, n := range []int{-1, 1, 15} {
		if _, err := shareOf(n); store.CodeOf(err) != "db.connections" {
			t.Errorf("%d: %v", n, err)
		}
	}
}

// TestConnectionsAreBounded: thirty registries that are all read at once, while the portal works, never have more
// connections than the process may have, and each gets its turn.
func TestConnectionsAreBounded(t *testing.T) {
	t.Parallel()
	h := openHall(t)
	const most = 20
	h.conf.Connections = most
	h.reopen()
	watch, err := sql.Open("pgx", h.conf.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer watch.Close()
	watch.SetMaxOpenConns(1)
	var highest atomic.Int64
	stop := make(chan struct{})
	var seen sync.WaitGroup
	seen.Go(func() {
		for {
			var n int64
			err := watch.QueryRow(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`).Scan(&n)
			if err != nil {
				t.Error(err)
				return
			}
			highest.Store(max(highest.Load(), n))
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	})
	began := time.Now()
	var work sync.WaitGroup
	for r := range 30 {
		for range 3 {
			work.Go(func() {
				d, err := h.registry(t.Context(), fmt.Sprint("mange-", r))
				for range 3 {
					if err == nil {
						_, _, err = d.Last(t.Context())
					}
					if err == nil {
						_, err = h.DB.LastRun(t.Context())
					}
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
	work.Wait()
	close(stop)
	seen.Wait()
	t.Logf("at most %d connections, %v", highest.Load(), time.Since(began))
	if n := highest.Load(); n > most || n < most/2 {
		t.Errorf("%d connections, %d are allowed", n, most)
	}
}
