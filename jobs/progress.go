package jobs

import (
	"sync"

	"samband/store"
)

// board holds how far the runs of this process are, finer than their rows tell.
type board struct {
	mu sync.Mutex
	at map[string]Progress
}

func (b *board) set(id string, p Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.at == nil {
		b.at = map[string]Progress{}
	}
	b.at[id] = p
}

func (b *board) remove(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.at, id)
}

// Progress tells how far a run of this process is; ok is false when it isn't at work here.
func (j *Jobs) Progress(runID string) (p store.Progress, ok bool) {
	j.progress.mu.Lock()
	defer j.progress.mu.Unlock()
	p, ok = j.progress.at[runID]
	return p, ok
}
