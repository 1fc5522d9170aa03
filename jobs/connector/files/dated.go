package files

import (
	"context"
	"os"
	"regexp"

	"samband/jobs/connector"
	"samband/store"
)

var _ connector.Dated = (*source)(nil)

var periodRE = regexp.MustCompile(`_([0-9]{4})([0-9]{2})([0-9]{2})_([0-9]{4})([0-9]{2})([0-9]{2})_[0-9]{8}T`)

// Period reads the days that a delivery's name states.
func (s *source) Period(name string) (store.Period, bool) {
	m := periodRE.FindStringSubmatch(name)
	if m == nil {
		return store.Period{}, false
	}
	p := store.Period{From: store.Date(m[1] + "-" + m[2] + "-" + m[3]), To: store.Date(m[4] + "-" + m[5] + "-" + m[6])}
	return p, p.From.Valid() && p.To.Valid() && !p.To.Before(p.From)
}

// Waiting lists the complete deliveries in the folder.
func (s *source) Waiting(ctx context.Context) ([]store.Delivery, error) {
	r, err := s.root()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	list, _, err := s.list(r)
	if err != nil {
		return nil, err
	}
	var out []store.Delivery
	for _, c := range list {
		if info, err := r.Lstat(c.name); err == nil && c.complete {
			out = append(out, store.Delivery{Name: c.name, Bytes: info.Size()})
		}
	}
	return out, ctx.Err()
}

// OpenNamed opens a complete delivery of the folder.
func (s *source) OpenNamed(ctx context.Context, name string) (connector.Delivery, error) {
	r, err := s.root()
	if err != nil {
		return nil, err
	}
	d, err := s.named(ctx, r, name)
	if err != nil {
		r.Close()
		return nil, err
	}
	return d, nil
}

func (s *source) named(ctx context.Context, r *os.Root, name string) (*delivery, error) {
	list, _, err := s.list(r)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		if c.name != name {
			continue
		}
		d, err := s.open(ctx, r, c)
		if err == errMoving {
			break
		}
		if err == nil {
			err = d.begin()
		}
		if err != nil {
			return nil, d.stops(ctx, err)
		}
		return d, nil
	}
	return nil, connector.ErrNothing
}
