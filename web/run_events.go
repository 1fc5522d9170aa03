package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"samband/store"
)

// How a page is told of a run as it goes. A stream ends after a while whatever happens, so that who has lost their right
// to see the run sees no more of it; the page asks again by itself.
const (
	eventEvery  = time.Second
	eventBeat   = 15 * time.Second
	eventMost   = 2 * time.Minute
	streamsAll  = 300 // at once, in this process
	streamsEach = 8   // of one person
)

// streams counts the open streams, so that pages that are left open don't fill the portal.
type streams struct {
	mu   sync.Mutex
	all  int
	by   map[string]int
	done chan struct{} // closed when the portal stops
	once sync.Once
}

func newStreams() *streams { return &streams{by: map[string]int{}, done: make(chan struct{})} }

// take tells whether there is room for one more of that person; give lets it go.
func (s *streams) take(user string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all >= streamsAll || s.by[user] >= streamsEach {
		return false
	}
	s.all++
	s.by[user]++
	return true
}

func (s *streams) give(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.by[user]--; s.by[user] == 0 {
		delete(s.by, user)
	}
}

// endStreams ends what is told to open pages: the portal stops, and waits for nobody who only listens.
func (s *Server) endStreams() { s.streams.once.Do(func() { close(s.streams.done) }) }

// runEvent is what a page is told of a run. The page fetches the rest as it would without.
type runEvent struct {
	State   store.RunState `json:"state"`
	Stage   store.Stage    `json:"stage"`
	Attempt int            `json:"attempt"`
	Read    int64          `json:"read"`
	Slices  int            `json:"slices,omitempty"` // put aside, with so many rows
	Spooled int64          `json:"spooled,omitempty"`
	Cancel  bool           `json:"cancel"`
	Ended   bool           `json:"ended"`
}

// runEvents tells of the run {no} until it has ended. It looks at the run's row, so it doesn't matter which process is at
// work with it. When there is no room the answer is empty, and the page asks now and then as it does without.
func (s *Server) runEvents(w http.ResponseWriter, r *http.Request) error {
	run, err := s.run(r)
	if err != nil {
		return err
	}
	user := person(r).User.ID
	if !s.streams.take(user) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	defer s.streams.give(user)
	out := http.NewResponseController(w)
	out.SetWriteDeadline(time.Time{}) // it ends by itself
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no") // a proxy in front passes each line on
	tick := time.NewTicker(eventEvery)
	defer tick.Stop()
	told, quiet, left := runEvent{}, time.Duration(0), eventMost
	for {
		now := runEvent{State: run.State, Stage: run.Stage, Attempt: run.Attempt, Read: run.Counts.Read, Cancel: run.CancelBy != "",
			Ended: run.State.Ended()}
		if p, ok := s.Runs.Progress(run.ID); ok && !now.Ended {
			now.Stage, now.Read, now.Slices, now.Spooled = p.Stage, p.Counts.Read, p.Spool.Slices, p.Spool.Rows
		}
		line := ""
		switch {
		case now != told:
			line = event(now)
		case quiet >= eventBeat:
			line = ": still here\n\n"
		}
		if line != "" {
			told, quiet = now, 0
			if _, err := w.Write([]byte(line)); err != nil {
				return nil // the reader left
			}
			if err := out.Flush(); err != nil {
				return nil
			}
		}
		if now.Ended || left <= 0 {
			return nil
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-s.streams.done:
			return nil
		case <-tick.C:
		}
		quiet, left = quiet+eventEvery, left-eventEvery
		if run, err = s.DB.Run(r.Context(), run.ID); err != nil {
			return nil // the page asks by itself, and is told why
		}
	}
}

// event gives what is sent of one moment; a run that has ended is told as such, and the page closes the stream.
func event(e runEvent) string {
	name := "run"
	if e.Ended {
		name = "end"
	}
	data, err := json.Marshal(e)
	if err != nil {
		panic(err) // plain fields
	}
	return fmt.Sprintf("retry: 2000\nevent: %s\ndata: %s\n\n", name, data)
}
