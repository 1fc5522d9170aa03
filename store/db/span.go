package db

import (
	"context"
	"time"

	"samband/store"
)

const spanColumns = `integration_id, from_at, to_at, expr, every_ns, anchor, zone`

func scanSpan(r row) (s store.Span, err error) {
	err = r.Scan(&s.IntegrationID, moment{&s.From}, moment{&s.To}, &s.Expr, &s.Every, moment{&s.Anchor}, &s.Zone)
	return s, err
}

// respan notes from when on a schedule has which slots. Those up to and including at belong to what was in force before;
// now is nil when the schedule is gone. Two changes at one moment leave the later.
func (t *tx) respan(integrationID string, at time.Time, now *store.Schedule) error {
	err := t.exec(`UPDATE schedule_span SET to_at = $2 WHERE integration_id = $1 AND to_at = 0`, integrationID, micros(at))
	if err != nil || now == nil || !now.Enabled {
		return err
	}
	return t.write(`INSERT INTO schedule_span (`+spanColumns+`) VALUES ($1, $2, 0, $3, $4, $5, $6)
		ON CONFLICT (integration_id, from_at) DO UPDATE SET to_at = 0, expr = excluded.expr, every_ns = excluded.every_ns,
			anchor = excluded.anchor, zone = excluded.zone`, integrationID, micros(at), now.Expr,
		int64(now.Every), micros(now.Anchor), now.Zone)
}

// spanned gives the moment up to which earlier schedules of an integration had their slots; zero when there was none.
// A clock that was set back does not make a new schedule have them again.
func (t *tx) spanned(integrationID string) (time.Time, error) {
	last, err := value[int64](t, `SELECT COALESCE(MAX(to_at), 0) FROM schedule_span WHERE integration_id = $1`, integrationID)
	return fromMicros(last), err
}

// SlotRows is what is known of the slots of a period.
type SlotRows struct {
	// Spans are the stretches that reach into the period, in order of integration and time.
	Spans []store.Span
	// Recorded are the due times of the slots that have a row, by integration; twice where there are two rows. Those from
	// before spans were kept are left out.
	Recorded map[string][]time.Time
}

// Slots returns what is known of the slots after from, up to and including to.
func (d *DB) Slots(ctx context.Context, from, to time.Time) (*SlotRows, error) {
	return read(ctx, d, func(t *tx) (*SlotRows, error) {
		spans, err := all(t, scanSpan, `SELECT s.integration_id, s.from_at,
			CASE WHEN s.to_at = 0 THEN p.planned ELSE s.to_at END, s.expr, s.every_ns, s.anchor, s.zone
			FROM schedule_span s LEFT JOIN schedule p ON p.integration_id = s.integration_id
			WHERE s.from_at < $2 AND (s.to_at = 0 OR s.to_at > $1) ORDER BY s.from_at`, micros(from), micros(to))
		if err != nil {
			return nil, err
		}
		rows := &SlotRows{Spans: byID(spans, func(s *store.Span) string { return s.IntegrationID }), Recorded: map[string][]time.Time{}}
		_, err = all(t, func(r row) (none struct{}, err error) {
			var id string
			var at time.Time
			err = r.Scan(&id, moment{&at})
			rows.Recorded[id] = append(rows.Recorded[id], at)
			return none, err
		}, `SELECT integration_id, due_at FROM run WHERE slot <> '' AND at > $1 AND at <= $2
			AND at > (SELECT MIN(from_at) FROM schedule_span s WHERE s.integration_id = run.integration_id)`, micros(from), micros(to))
		return rows, err
	})
}
