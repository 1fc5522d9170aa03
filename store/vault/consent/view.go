package consent

import (
	"context"
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"samband/store"
	"samband/store/vault"
)

// View is what a load asks: what all rules over a registry's data say of a person, at one moment. Ask may be called from
// several goroutines.
type View struct {
	registry string
	now      time.Time
	rules    []viewed
	wait     bool // a rule has waiting days

	met   map[vault.Index]time.Time // who was met before; nil when nobody has to wait
	mu    sync.Mutex
	fresh map[vault.Index]struct{} // who is met now for the first time

	asked []uint64 // bits of those who were asked about, some by chance
}

// viewed is one rule's list as it stood.
type viewed struct {
	rule    store.ConsentRule
	list, n int64
	as      store.RunConsent
	choices map[vault.Index]answer
	none    answer // for those whom the list doesn't have, but for who has to wait
}

type answer struct {
	in    bool
	floor int64 // microseconds since 1970; 0 for none
}

// askedBits is how many bits tell who was asked about: two mebibytes. A person who stands on another's bit costs a load
// that begins again, and nothing else.
const askedBits = 1 << 24

// View gives what the rules say now of data that go to a system, "" for the registry itself. While a list can't be
// trusted it is an error that says so. The rules are those of the registry; those that have no say are left out.
func (s *Store) View(ctx context.Context, registry, systemID string, rules []store.ConsentRule, now time.Time) (*View, error) {
	v := &View{registry: registry, now: now, fresh: map[vault.Index]struct{}{}, asked: make([]uint64, askedBits/64)}
	for _, r := range rules {
		if !r.Covers(systemID) {
			continue
		}
		x, err := s.viewed(ctx, r, now)
		for err == nil { // a list that was taken in meanwhile is read again, so that the run tells of the one it asked
			var n int64
			if _, n, err = find(ctx, s.db, &r); err != nil || n == x.n {
				break
			}
			x, err = s.viewed(ctx, r, now)
		}
		if err != nil {
			return nil, store.Wrap(err, store.Unavailable, "consent.read", nil)
		}
		v.wait = v.wait || r.WaitDays > 0
		v.rules = append(v.rules, *x)
	}
	if v.wait {
		if err := s.readMet(ctx, v); err != nil {
			return nil, store.Wrap(err, store.Unavailable, "consent.read", nil)
		}
	}
	return v, nil
}

func (s *Store) viewed(ctx context.Context, r store.ConsentRule, now time.Time) (*viewed, error) {
	x := &viewed{rule: r, choices: map[vault.Index]answer{}}
	var err error
	// The number first: what changes after it is looked at again in Hold.
	if x.list, x.n, err = find(ctx, s.db, &r); err != nil {
		return nil, err
	}
	holds, err := trusted(ctx, s.db, &r, x.list, now)
	if err != nil {
		return nil, err
	}
	x.as = store.RunConsent{Rule: r.ID, Name: r.Name, Type: r.Type, Snapshot: holds.No, Legal: holds.Legal, Known: holds.Known,
		State: store.ListWhole}
	x.none.in, _ = r.Judge(nil, time.Time{}, now)
	rows, err := s.db.QueryContext(ctx, `SELECT `+choiceColumns+` FROM choice WHERE list=$1`, x.list)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		i, c, err := scanChoice(rows.Scan)
		if err != nil {
			return nil, err
		}
		if c.Active {
			x.as.Active++
		}
		x.choices[i] = judged(&r, &c, now)
	}
	return x, rows.Err()
}

func judged(r *store.ConsentRule, c *store.Choice, now time.Time) answer {
	in, floor := r.Judge(c, time.Time{}, now)
	return answer{in, micros(floor)}
}

// trusted gives the list that holds, or why it can't be trusted.
func trusted(ctx context.Context, q asker, r *store.ConsentRule, list int64, now time.Time) (store.ConsentSnapshot, error) {
	holds, waits, err := current(ctx, q, list)
	if err != nil {
		return holds, err
	}
	if e := r.ListState(holds, waits.No > 0, now).Missing(r.Name, holds.Legal); e != nil {
		return holds, e
	}
	return holds, nil
}

func (s *Store) readMet(ctx context.Context, v *View) error {
	v.met = map[vault.Index]time.Time{}
	rows, err := s.db.QueryContext(ctx, `SELECT idx, at FROM met WHERE registry=$1`, v.registry)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var idx []byte
		var when int64
		if err := rows.Scan(&idx, &when); err != nil {
			return err
		}
		if len(idx) == len(vault.Index{}) {
			v.met[vault.Index(idx)] = at(when)
		}
	}
	return rows.Err()
}

// Empty tells that no rule has a say.
func (v *View) Empty() bool { return v == nil || len(v.rules) == 0 }

// Lists tells which lists the answers come from.
func (v *View) Lists() []store.RunConsent {
	if v == nil {
		return nil
	}
	var list []store.RunConsent
	for i := range v.rules {
		list = append(list, v.rules[i].as)
	}
	return list
}

// Ask tells whether a person's rows may be taken in, and from which moment on facts of the person may; zero for all. All
// rules must let them.
func (v *View) Ask(i vault.Index) (in bool, floor time.Time) {
	bit := binary.LittleEndian.Uint32(i[:]) % askedBits
	if word := &v.asked[bit/64]; atomic.LoadUint64(word)&(1<<(bit%64)) == 0 {
		atomic.OrUint64(word, 1<<(bit%64))
	}
	var since time.Time
	met := false
	if v.wait {
		if since, met = v.met[i]; !met {
			v.mu.Lock()
			v.fresh[i] = struct{}{}
			v.mu.Unlock()
		}
	}
	var from int64
	in = true
	for k := range v.rules {
		x := &v.rules[k]
		a, known := x.choices[i]
		if !known {
			if a = x.none; x.rule.WaitDays > 0 && met {
				a.in, _ = x.rule.Judge(nil, since, v.now)
			}
		}
		in, from = in && a.in, max(from, a.floor)
	}
	return in, at(from)
}

// SaveMet keeps who was met for the first time, so that their waiting days begin. It may be called before the end, and
// again.
func (s *Store) SaveMet(ctx context.Context, v *View) error {
	if v == nil || !v.wait {
		return nil
	}
	v.mu.Lock()
	fresh := v.fresh
	v.fresh = map[vault.Index]struct{}{}
	v.mu.Unlock()
	if len(fresh) == 0 {
		return nil
	}
	tx, err := s.engine.begin(ctx, v.registry)
	if err != nil {
		return store.Wrap(err, store.Unavailable, "consent.write", nil)
	}
	defer tx.rollback()
	for i := range fresh {
		if _, err := tx.ExecContext(ctx, `INSERT INTO met(registry, idx, at) VALUES($1, $2, $3) ON CONFLICT DO NOTHING`,
			v.registry, i[:], micros(v.now)); err != nil {
			return store.Wrap(err, store.Unavailable, "consent.write", nil)
		}
	}
	return store.Wrap(tx.commit(), store.Unavailable, "consent.write", nil)
}

// Held keeps everybody from writing a registry's choices until Release. A load takes it last, around its commits: a
// withdrawal is either seen by it or comes after it.
type Held struct {
	s       session
	changed bool
}

// Hold waits for the lock, and looks at what has changed since the view was taken. A list that can't be trusted any more
// is an error, and then nothing is held.
func (s *Store) Hold(ctx context.Context, v *View, now time.Time) (*Held, error) {
	tx, err := s.engine.begin(ctx, v.registry)
	if err == nil {
		h := &Held{s: tx}
		if h.changed, err = v.changed(ctx, tx, now); err == nil {
			return h, nil
		}
		h.Release()
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, store.Wrap(err, store.Unavailable, "consent.read", nil)
}

// changed tells whether somebody who was asked about may no longer be taken in as the answer said.
func (v *View) changed(ctx context.Context, q asker, now time.Time) (bool, error) {
	for k := range v.rules {
		x := &v.rules[k]
		if _, err := trusted(ctx, q, &x.rule, x.list, now); err != nil {
			return false, err
		}
		shut, err := x.shut(ctx, q, now, v.wasAsked)
		if err != nil || shut {
			return shut, err
		}
	}
	return false, nil
}

func (v *View) wasAsked(i vault.Index) bool {
	bit := binary.LittleEndian.Uint32(i[:]) % askedBits
	return atomic.LoadUint64(&v.asked[bit/64])&(1<<(bit%64)) != 0
}

func (x *viewed) shut(ctx context.Context, q asker, now time.Time, asked func(vault.Index) bool) (bool, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+choiceColumns+` FROM choice WHERE list=$1 AND idx IN
		(SELECT idx FROM history WHERE list=$1 AND n>$2)`, x.list, x.n)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for rows.Next() {
		i, c, err := scanChoice(rows.Scan)
		if err != nil {
			return false, err
		}
		was, known := x.choices[i]
		if !known {
			was = answer{in: true} // as strict as can be: somebody who has waited long enough was let in
			if x.rule.Type == store.TypeConsent {
				was.in = false
			}
		}
		if is := judged(&x.rule, &c, now); asked(i) && was.in && (!is.in || is.floor > was.floor) {
			return true, nil
		}
	}
	return false, rows.Err()
}

// Changed tells that somebody whom the load asked about may no longer be taken in as it was told: nothing of it may be
// committed.
func (h *Held) Changed() bool { return h.changed }

// Alive fails when the lock may have been lost with the connection that holds it.
func (h *Held) Alive(ctx context.Context) error {
	var one int
	return store.Wrap(h.s.QueryRowContext(ctx, `SELECT 1`).Scan(&one), store.Unavailable, "consent.read", nil)
}

// Release lets others write again.
func (h *Held) Release() { h.s.rollback() }

// Withdrawal is something that has to be carried out because of a choice: what is there of the person has to go, and then
// the source is told. It was written together with the choice.
type Withdrawal struct {
	N     int64 // of the history of the rule's list
	Index vault.Index
	At    time.Time // legal time
	Known time.Time
	Seq   int64
}

// Due gives what has to be carried out under a rule, the oldest first.
func (s *Store) Due(ctx context.Context, r *store.ConsentRule) ([]Withdrawal, error) {
	list, err := s.due(ctx, r)
	return list, store.Wrap(err, store.Unavailable, "consent.read", nil)
}

func (s *Store) due(ctx context.Context, r *store.ConsentRule) (list []Withdrawal, err error) {
	id, _, err := find(ctx, s.db, r)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT w.n, w.idx, h.legal, h.known, h.seq FROM withdrawal w
		JOIN history h ON h.list=w.list AND h.n=w.n WHERE w.list=$1 AND w.state='due' ORDER BY w.n`, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var w Withdrawal
		var idx []byte
		var legal, known int64
		if err := rows.Scan(&w.N, &idx, &legal, &known, &w.Seq); err != nil {
			return nil, err
		}
		copy(w.Index[:], idx)
		w.At, w.Known = at(legal), at(known)
		list = append(list, w)
	}
	return slices.Clip(list), rows.Err()
}
