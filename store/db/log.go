package db

import (
	"context"
	"slices"
	"strings"

	"samband/store"
)

// AppendLog adds lines to the log of a run and sets their Seq. A line without a time gets the present one. Lines hold
// codes and counts, never a value of a person.
func (d *DB) AppendLog(ctx context.Context, runNo int64, lines ...store.LogLine) error {
	return d.update(ctx, func(t *tx) error { return t.appendLog(runNo, lines) })
}

func (t *tx) appendLog(runNo int64, lines []store.LogLine) error {
	// Locks the run, so that two who write to its log get different numbers.
	if err := t.exec(`UPDATE run SET no = no WHERE no = $1`, runNo); err != nil {
		return err
	}
	seq, err := value[int64](t, `SELECT COALESCE(MAX(seq), 0) FROM run_log WHERE run_no = $1`, runNo)
	if err != nil {
		return err
	}
	for i := range lines {
		l := &lines[i]
		seq++
		l.Seq = seq
		if l.At.IsZero() {
			l.At = t.now
		}
		err := t.write(`INSERT INTO run_log (run_no, seq, at, level, stage, code, args) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			runNo, l.Seq, micros(l.At), l.Level, l.Stage, l.Code, encode(l.Args))
		if err != nil {
			return err
		}
	}
	return nil
}

// Log returns lines of a run's log, oldest first.
func (d *DB) Log(ctx context.Context, runNo int64, f store.LogFilter) ([]store.LogLine, error) {
	text, n := strings.ToLower(f.Text), limit(f.Limit, 500)
	return read(ctx, d, func(t *tx) ([]store.LogLine, error) {
		rows, err := t.QueryContext(t.ctx, `SELECT seq, at, level, stage, code, args FROM run_log
			WHERE run_no = $1 AND seq > $2 ORDER BY seq`, runNo, f.After)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var lines []store.LogLine
		for rows.Next() && len(lines) < n {
			var l store.LogLine
			if err := rows.Scan(&l.Seq, moment{&l.At}, &l.Level, &l.Stage, &l.Code, decode{&l.Args}); err != nil {
				return nil, err
			}
			// Filtered here: what lower case is outside ASCII, the two databases don't agree on.
			if (len(f.Levels) == 0 || slices.Contains(f.Levels, l.Level)) &&
				strings.Contains(strings.ToLower(string(l.Code)+" "+encode(l.Args)), text) {
				lines = append(lines, l)
			}
		}
		return lines, rows.Err()
	})
}
