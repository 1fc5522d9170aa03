package consent

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"samband/store"
	"samband/store/vault"
)

// Entry is what a list says of one person.
type Entry struct {
	Index       vault.Index
	Active      bool
	Unclear     bool      // more was said than could be read
	At          time.Time // legal time; zero when the source doesn't tell
	From, Until time.Time // zero when open
	Seq         int64     // 0 when the source doesn't count
}

// Reading is a list that was read to the end.
type Reading struct {
	Legal   time.Time // when reading began
	Known   time.Time // now
	Entries []Entry   // in any order; of a person that stands twice the last choice holds
	Invalid int64     // numbers that are no person's
}

// Take takes a whole list in: those who aren't in it any more have taken their choice back. One that the rule's brake
// holds changes nothing and waits for a person; Snapshot.State tells. Conflict "consent.older_list": a newer one holds.
func (s *Store) Take(ctx context.Context, r *store.ConsentRule, l Reading) (x store.ConsentSnapshot, err error) {
	l.Legal, l.Known = at(micros(l.Legal)), at(micros(l.Known))
	err = s.write(ctx, r, func(w *writer) error {
		if w.holds.No > 0 && !l.Legal.After(w.holds.Legal) || w.waits.No > 0 && !l.Legal.After(w.waits.Legal) {
			return store.E(store.Conflict, "consent.older_list", store.Args{"at": w.holds.Legal})
		}
		entries := single(r.Type, l.Entries)
		x = store.ConsentSnapshot{Legal: l.Legal, Known: l.Known, State: store.SnapshotTaken}
		diff, turn, err := w.compare(ctx, entries, l.Legal)
		if err != nil {
			return err
		}
		turn.Invalid = l.Invalid
		x.Turn, x.Active = turn, turn.Active
		if err := w.number(ctx, &x); err != nil {
			return err
		}
		if w.waits.No > 0 {
			if err := w.settle(ctx, store.SnapshotReplaced, "", ""); err != nil {
				return err
			}
		}
		if x.Why = r.Brake(turn, w.holds.No == 0); x.Why != nil {
			x.State = store.SnapshotHeld
			if err := w.keep(ctx, entries); err != nil {
				return err
			}
		} else if err := w.change(ctx, diff, x.No, l.Known); err != nil {
			return err
		}
		return w.note(ctx, &x)
	})
	return x, err
}

// Accept takes in the list that waits, on a person's word. Conflict "consent.not_held": another one waits, or none.
func (s *Store) Accept(ctx context.Context, r *store.ConsentRule, no int64, by, note string, now time.Time) error {
	return s.write(ctx, r, func(w *writer) error {
		if w.waits.No != no || no == 0 {
			return errNotHeld
		}
		entries, err := w.kept(ctx)
		if err != nil {
			return err
		}
		diff, turn, err := w.compare(ctx, entries, w.waits.Legal)
		if err != nil {
			return err
		}
		if err := w.change(ctx, diff, no, now); err != nil {
			return err
		}
		if _, err := w.s.ExecContext(ctx, `UPDATE snapshot SET known=$3, active=$4 WHERE list=$1 AND no=$2`,
			w.list, no, micros(now), turn.Active); err != nil {
			return err
		}
		return w.settle(ctx, store.SnapshotAccepted, by, note)
	})
}

// Refuse lets go of the list that waits: the one before holds as long as its age allows.
func (s *Store) Refuse(ctx context.Context, r *store.ConsentRule, no int64, by, note string) error {
	return s.write(ctx, r, func(w *writer) error {
		if w.waits.No != no || no == 0 {
			return errNotHeld
		}
		return w.settle(ctx, store.SnapshotRefused, by, note)
	})
}

var errNotHeld = store.E(store.Conflict, "consent.not_held", nil)

// Set takes in what became known of one person by itself: a message, or what a person registered here. changed tells
// whether it is news: what is older than what stands is not.
func (s *Store) Set(ctx context.Context, r *store.ConsentRule, e Entry, known time.Time) (changed bool, err error) {
	err = s.write(ctx, r, func(w *writer) error {
		was, err := w.choice(ctx, &e.Index)
		if err != nil {
			return err
		}
		if e.At.IsZero() {
			e.At = known
		}
		e.stored()
		c := change{index: e.Index, was: was, is: w.now(was, &e, e.At)}
		if changed = c.differs(); !changed {
			return nil
		}
		return w.change(ctx, []change{c}, 0, known)
	})
	return changed, err
}

// single gives one entry a person, in order of the index.
func single(t store.ConsentType, entries []Entry) []Entry {
	entries = slices.Clone(entries)
	for i := range entries {
		entries[i].stored()
	}
	slices.SortFunc(entries, func(a, b Entry) int { return bytes.Compare(a.Index[:], b.Index[:]) })
	out := entries[:0]
	for _, e := range entries {
		if n := len(out); n > 0 && out[n-1].Index == e.Index {
			if out[n-1].Seq < e.Seq || out[n-1].Seq == e.Seq && store.LastChoice(t, out[n-1].choice(), e.choice()) == e.choice() {
				out[n-1] = e
			}
			continue
		}
		out = append(out, e)
	}
	return out
}

// stored cuts times to what is kept of them.
func (e *Entry) stored() {
	for _, t := range []*time.Time{&e.At, &e.From, &e.Until} {
		*t = at(micros(*t))
	}
}

func (e *Entry) choice() store.Choice {
	return store.Choice{Active: e.Active, Unclear: e.Unclear, At: e.At, From: e.From, Until: e.Until, Seq: e.Seq}
}

// writer is a transaction that changes a list.
type writer struct {
	s            session
	rule         *store.ConsentRule
	list, n      int64
	holds, waits store.ConsentSnapshot
	dirty        bool
}

// write runs f in a transaction, when the registry's turn has come.
func (s *Store) write(ctx context.Context, r *store.ConsentRule, f func(*writer) error) error {
	err := s.tryWrite(ctx, r, f)
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return store.Wrap(err, store.Unavailable, "consent.write", nil)
}

func (s *Store) tryWrite(ctx context.Context, r *store.ConsentRule, f func(*writer) error) error {
	list, _, err := find(ctx, s.db, r)
	if err == nil && list == 0 {
		list, err = s.begun(ctx, r)
	}
	if err != nil {
		return err
	}
	tx, err := s.engine.begin(ctx, r.RegistryID)
	if err != nil {
		return err
	}
	defer tx.rollback()
	w := &writer{s: tx, rule: r, list: list}
	if err := tx.QueryRowContext(ctx, `SELECT n FROM list WHERE id=$1`, list).Scan(&w.n); err != nil {
		return err
	}
	if w.holds, w.waits, err = current(ctx, tx, list); err != nil {
		return err
	}
	if err := f(w); err != nil || !w.dirty {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE list SET n=$2, written=written+1 WHERE id=$1`, list, w.n); err != nil {
		return err
	}
	if err := tx.commit(); err != nil {
		return err
	}
	s.engine.checkpoint(context.WithoutCancel(ctx))
	return nil
}

// begun makes a list. Lists of all registries are counted together, so they take turns.
func (s *Store) begun(ctx context.Context, r *store.ConsentRule) (id int64, err error) {
	tx, err := s.engine.begin(ctx, "")
	if err != nil {
		return 0, err
	}
	defer tx.rollback()
	if _, err := tx.ExecContext(ctx, `INSERT INTO list(id, name, registry, n, written)
		VALUES((SELECT coalesce(max(id), 0)+1 FROM list), $1, $2, 0, 0) ON CONFLICT DO NOTHING`, r.List(), r.RegistryID); err != nil {
		return 0, err
	}
	if id, _, err = find(ctx, tx, r); err != nil {
		return 0, err
	}
	return id, tx.commit()
}

const choiceColumns = `idx, active, unclear, legal, as_of, from_at, until_at, floor, seq`

func scanChoice(scan func(...any) error) (i vault.Index, c store.Choice, err error) {
	var idx []byte
	var active, unclear, legal, asOf, from, until, floor int64
	if err = scan(&idx, &active, &unclear, &legal, &asOf, &from, &until, &floor, &c.Seq); err != nil {
		return i, c, err
	}
	if len(idx) != len(i) {
		return i, c, errors.New("consent: a person's index is damaged")
	}
	c.Active, c.Unclear = active == 1, unclear == 1
	c.At, c.AsOf, c.From, c.Until, c.Floor = at(legal), at(asOf), at(from), at(until), at(floor)
	return vault.Index(idx), c, nil
}

// aged gives a choice as of the newest list, which speaks of everybody.
func aged(c store.Choice, holds store.ConsentSnapshot) store.Choice {
	if holds.Legal.After(c.AsOf) {
		c.AsOf = holds.Legal
	}
	return c
}

// choice gives what stands of a person, nil when nothing does.
func (w *writer) choice(ctx context.Context, i *vault.Index) (*store.Choice, error) {
	_, c, err := scanChoice(w.s.QueryRowContext(ctx, `SELECT `+choiceColumns+` FROM choice WHERE list=$1 AND idx=$2`, w.list, i[:]).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	c = aged(c, w.holds)
	return &c, err
}

// change is what becomes of one person's choice.
type change struct {
	index vault.Index
	was   *store.Choice // nil: nothing was known
	is    store.Choice
}

// differs tells whether anything but the time it was last confirmed is new.
func (c *change) differs() bool {
	if c.was == nil {
		return true
	}
	was := *c.was
	was.AsOf = c.is.AsOf
	return was != c.is
}

// now gives what holds of a person after an entry, nil for a list that lacks the person.
func (w *writer) now(was *store.Choice, e *Entry, asOf time.Time) store.Choice {
	t := w.rule.Type
	var is store.Choice
	switch {
	case e != nil:
		is = e.choice()
		if is.At.IsZero() {
			if is.At = asOf; was != nil && was.Active == is.Active {
				is.At = was.At
			}
		}
		if is.AsOf = asOf; was != nil {
			is.Seq, is.Floor = max(is.Seq, was.Seq), was.Floor
		}
		if !is.Until.IsZero() && !asOf.Before(is.Until) {
			is.Active = false
		}
		if store.NewPeriod(t, was, is) {
			is.Floor = is.At
		}
	default: // the service doesn't tell when
		is = store.Choice{At: asOf, AsOf: asOf, Seq: was.Seq, Floor: was.Floor}
	}
	if t == store.TypeReservation && was != nil && was.Active && !is.Active {
		is.Floor = is.At
	}
	if was != nil {
		return store.LastChoice(t, *was, is)
	}
	return is
}

// compare holds a list against what stands, and gives what changes.
func (w *writer) compare(ctx context.Context, entries []Entry, legal time.Time) (diff []change, turn store.ConsentTurn, err error) {
	rows, err := w.s.QueryContext(ctx, `SELECT `+choiceColumns+` FROM choice WHERE list=$1 ORDER BY idx`, w.list)
	if err != nil {
		return nil, turn, err
	}
	defer rows.Close()
	add := func(i vault.Index, was *store.Choice, e *Entry) {
		c := change{index: i, was: was}
		if e == nil && !was.Active && !was.Unclear {
			return
		}
		c.is = w.now(was, e, legal)
		before := was != nil && was.Active
		switch {
		case c.is.Active && !before:
			turn.New++
		case !c.is.Active && before:
			turn.Withdrawn++
		case before && e != nil && e.Seq > was.Seq:
			turn.Changed++
		}
		if before {
			turn.Before++
		}
		if c.is.Active {
			turn.Active++
		}
		if e != nil && was != nil && e.Seq < was.Seq {
			turn.Lower++
		}
		if e != nil && e.Unclear {
			turn.Review++
		}
		if c.differs() {
			diff = append(diff, c)
		}
	}
	for rows.Next() {
		i, was, err := scanChoice(rows.Scan)
		if err != nil {
			return nil, turn, err
		}
		was = aged(was, w.holds)
		for len(entries) > 0 && bytes.Compare(entries[0].Index[:], i[:]) < 0 {
			add(entries[0].Index, nil, &entries[0])
			entries = entries[1:]
		}
		if len(entries) > 0 && entries[0].Index == i {
			add(i, &was, &entries[0])
			entries = entries[1:]
		} else {
			add(i, &was, nil)
		}
	}
	for k := range entries {
		add(entries[k].Index, nil, &entries[k])
	}
	return diff, turn, rows.Err()
}

// shuts tells whether a change keeps out what was let in before, or takes a new period after one that was taken back: what
// is there of the person has to go.
func shuts(t store.ConsentType, c *change) bool {
	said := func(x *store.Choice) bool { return x != nil && (x.Active || x.Unclear) }
	if t == store.TypeConsent {
		return c.was != nil && c.was.Active && !c.was.Unclear && (!c.is.Active || c.is.Unclear || c.is.Floor.After(c.was.Floor))
	}
	return !said(c.was) && said(&c.is)
}

// stateOf is how a choice stands in the history.
func stateOf(c *store.Choice) string {
	switch {
	case c == nil:
		return string(store.ChoiceNone)
	case c.Unclear:
		return string(store.ChoiceUnclear)
	case c.Active:
		return string(store.ChoiceActive)
	}
	return string(store.ChoiceInactive)
}

// change writes choices, their history, and what has to be carried out because of them.
func (w *writer) change(ctx context.Context, diff []change, snapshot int64, known time.Time) error {
	if len(diff) == 0 {
		return nil
	}
	w.dirty = true
	cells := func(c *store.Choice) []any {
		return []any{bit(c.Active), bit(c.Unclear), micros(c.At), micros(c.AsOf), micros(c.From), micros(c.Until), micros(c.Floor), c.Seq}
	}
	for i := range diff {
		if c := &diff[i]; c.was != nil {
			if _, err := w.s.ExecContext(ctx, `UPDATE choice SET active=$3, unclear=$4, legal=$5, as_of=$6, from_at=$7, until_at=$8,
				floor=$9, seq=$10 WHERE list=$1 AND idx=$2`, append([]any{w.list, c.index[:]}, cells(&c.is)...)...); err != nil {
				return err
			}
		}
	}
	err := w.s.insert(ctx, choiceRows, func(put func(...any) error) error {
		for i := range diff {
			if c := &diff[i]; c.was == nil {
				if err := put(append([]any{w.list, c.index[:]}, cells(&c.is)...)...); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	first := w.n
	err = w.s.insert(ctx, historyRows, func(put func(...any) error) error {
		for i := range diff {
			c := &diff[i]
			w.n++
			if err := put(w.list, w.n, c.index[:], stateOf(c.was), stateOf(&c.is), micros(c.is.At), micros(known), c.is.Seq, snapshot); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.s.insert(ctx, withdrawalRows, func(put func(...any) error) error {
		for i := range diff {
			if c := &diff[i]; shuts(w.rule.Type, c) {
				if err := put(w.list, first+int64(i)+1, c.index[:], "due"); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// number gives a snapshot its number.
func (w *writer) number(ctx context.Context, x *store.ConsentSnapshot) error {
	return w.s.QueryRowContext(ctx, `SELECT CAST(coalesce(max(no), 0)+1 AS BIGINT) FROM snapshot WHERE list=$1`, w.list).Scan(&x.No)
}

// note writes a snapshot.
func (w *writer) note(ctx context.Context, x *store.ConsentSnapshot) error {
	w.dirty = true
	turn, err := json.Marshal(x.Turn)
	if err != nil {
		return err
	}
	var why []byte
	if x.Why != nil {
		if why, err = json.Marshal(map[string]any{"Code": x.Why.Code, "Args": x.Why.Args}); err != nil {
			return err
		}
	}
	_, err = w.s.ExecContext(ctx, `INSERT INTO snapshot(list, `+snapshotColumns+`) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		w.list, x.No, micros(x.Legal), micros(x.Known), x.Active, string(x.State), string(turn), string(why), x.By, x.Note)
	return err
}

// settle ends the list that waits.
func (w *writer) settle(ctx context.Context, to store.SnapshotState, by, note string) error {
	w.dirty = true
	if _, err := w.s.ExecContext(ctx, `DELETE FROM held WHERE list=$1`, w.list); err != nil {
		return err
	}
	_, err := w.s.ExecContext(ctx, `UPDATE snapshot SET state=$3, decided_by=$4, note=$5 WHERE list=$1 AND no=$2`,
		w.list, w.waits.No, string(to), by, note)
	return err
}

// keep puts a list aside until a person has decided about it.
func (w *writer) keep(ctx context.Context, entries []Entry) error {
	return w.s.insert(ctx, heldRows, func(put func(...any) error) error {
		for i := range entries {
			e := &entries[i]
			if err := put(w.list, e.Index[:], bit(e.Active), bit(e.Unclear), micros(e.At), micros(e.From), micros(e.Until), e.Seq); err != nil {
				return err
			}
		}
		return nil
	})
}

// kept gives the list that was put aside, in order of the index.
func (w *writer) kept(ctx context.Context) (entries []Entry, err error) {
	rows, err := w.s.QueryContext(ctx, `SELECT idx, active, unclear, legal, from_at, until_at, seq FROM held WHERE list=$1 ORDER BY idx`, w.list)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e Entry
		var idx []byte
		var active, unclear, legal, from, until int64
		if err := rows.Scan(&idx, &active, &unclear, &legal, &from, &until, &e.Seq); err != nil {
			return nil, err
		}
		if copy(e.Index[:], idx) != len(e.Index) {
			return nil, errors.New("consent: a person's index is damaged")
		}
		e.Active, e.Unclear, e.At, e.From, e.Until = active == 1, unclear == 1, at(legal), at(from), at(until)
		entries = append(entries, e)
	}
	return entries, rows.Err()
}
