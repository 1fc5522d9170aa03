package store

import (
	"slices"
	"time"
)

// Span is a stretch of time in which a schedule was on and its rule stayed the same. Its slots are those after From, up
// to and including To. The spans of an integration don't overlap, so from them every slot that there ever was can be
// worked out again.
type Span struct {
	IntegrationID string
	Expr          string
	Every         time.Duration
	Anchor        time.Time
	Zone          string
	From          time.Time
	To            time.Time // for the one in force: the moment up to which its slots are recorded
}

// SameRule tells whether two schedules have the same slots: pause, calendars and what is done about a slot aside.
func (s *Schedule) SameRule(o *Schedule) bool {
	return s.Enabled == o.Enabled && s.Expr == o.Expr && s.Every == o.Every && s.Anchor.Equal(o.Anchor) && s.Zone == o.Zone
}

// SlotCheck holds the slots that an integration should have had in a period against its rows.
type SlotCheck struct {
	IntegrationID string
	Expected      int
	Recorded      int
	Missing       []time.Time // slots without a row
	Doubled       []time.Time // slots with more than one
	Extra         []time.Time // rows of no slot
}

// OK tells whether every slot has exactly one row.
func (c *SlotCheck) OK() bool { return len(c.Missing)+len(c.Doubled)+len(c.Extra) == 0 }

// Wrong counts the slots that have none or too many rows, and the rows that have no slot.
func (c *SlotCheck) Wrong() int { return len(c.Missing) + len(c.Doubled) + len(c.Extra) }

// CheckSlots compares the due times of slots with those of the rows there are.
func CheckSlots(integrationID string, expected, recorded []time.Time) SlotCheck {
	c := SlotCheck{IntegrationID: integrationID, Expected: len(expected), Recorded: len(recorded)}
	rows := map[int64]int{}
	for _, at := range recorded {
		rows[at.UnixMicro()]++
	}
	for _, at := range expected {
		switch n := rows[at.UnixMicro()]; {
		case n == 0:
			c.Missing = append(c.Missing, at)
		case n > 1:
			c.Doubled = append(c.Doubled, at)
		}
		delete(rows, at.UnixMicro())
	}
	for at := range rows {
		c.Extra = append(c.Extra, time.UnixMicro(at).UTC())
	}
	slices.SortFunc(c.Extra, time.Time.Compare)
	return c
}
