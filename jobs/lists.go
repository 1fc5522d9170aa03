package jobs

import (
	"context"
	"sync"

	"samband/jobs/mapping"
	"samband/store"
)

// listCache keeps the national lists that were asked for last. A version never changes, so none grows old.
type listCache struct {
	mu   sync.Mutex
	kept mapping.Lists
}

// mostLists bounds the memory: when there are more, all are let go.
const mostLists = 8

func (k *listCache) get(pin store.ListPin) *mapping.List {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.kept[pin]
}

func (k *listCache) put(pin store.ListPin, l *mapping.List) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil || len(k.kept) == mostLists {
		k.kept = mapping.Lists{}
	}
	k.kept[pin] = l
}

// lists gives the national lists that a mapping pins, as far as the portal has them: compiling tells which is missing.
func (j *Jobs) lists(ctx context.Context, m *store.Mapping) (mapping.Lists, error) {
	lists := mapping.Lists{}
	for _, pin := range m.Lists {
		l := j.listed.get(pin)
		if l == nil {
			s, err := j.DB.CodeSystem(ctx, pin.System, pin.Version)
			if store.ClassOf(err) == store.NotFound {
				continue
			}
			if err != nil {
				return nil, err
			}
			l = mapping.NewList(s)
			j.listed.put(pin, l)
		}
		lists[pin] = l
	}
	return lists, nil
}
