package store

import (
	"reflect"
	"testing"
	"time"
)

func TestCompareWithBefore(t *testing.T) {
	run := func(loaded, unchanged int64, by map[string]int64) *Run {
		return &Run{State: RunSucceeded, Counts: Counts{Read: loaded + unchanged, Loaded: loaded, Unchanged: unchanged}, QuarantinedBy: by}
	}
	report := func(rows int64) *QualityReport { return &QualityReport{Rows: rows} }
	before := RunFigures{Run: run(100, 0, map[string]int64{"old": 3, "both": 2}), Report: report(100)}
	for name, c := range map[string]struct {
		before, now RunFigures
		want        RunComparison
	}{
		"all there again": {before, RunFigures{run(15, 90, nil), &RunDetail{New: 5, Changed: 10}, report(105)},
			RunComparison{New: 5, Changed: 10, Split: true, GoneKnown: true, Checks: []ComparedCheck{{"both", CheckResolved, 2, 0}, {"old", CheckResolved, 3, 0}}}},
		"some are gone": {before, RunFigures{run(15, 70, map[string]int64{"both": 9, "a": 1}), &RunDetail{New: 5, Changed: 10}, report(105)},
			RunComparison{New: 5, Changed: 10, Split: true, Gone: 20, GoneKnown: true,
				Checks: []ComparedCheck{{"a", CheckNew, 0, 1}, {"both", CheckStill, 2, 9}, {"old", CheckResolved, 3, 0}}}},
		"the one before was only a part": {RunFigures{Run: run(10, 0, nil), Report: report(100)},
			RunFigures{run(5, 0, nil), &RunDetail{New: 5}, report(105)}, RunComparison{New: 5, Split: true}},
		"another loaded between": {RunFigures{Run: run(100, 0, nil), Report: report(100)},
			RunFigures{run(5, 0, nil), &RunDetail{New: 5}, report(300)}, RunComparison{New: 5, Split: true}},
		"nothing was read":      {before, RunFigures{Run: &Run{State: RunRefused}}, RunComparison{}},
		"it stopped on the way": {before, RunFigures{Run: &Run{State: RunFailed, Counts: Counts{Read: 10, Loaded: 10}}}, RunComparison{}},
		"nothing is kept":       {RunFigures{Run: run(100, 0, nil)}, RunFigures{Run: run(5, 0, nil)}, RunComparison{}},
	} {
		if got := CompareWithBefore(c.before, c.now); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestStageTimes(t *testing.T) {
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	d := &RunDetail{Stages: []StageMark{{1, StageGate, at}, {1, StageExtract, at.Add(time.Second)}, {2, StageGate, at.Add(time.Hour)},
		{2, StageExtract, at.Add(time.Hour + 2*time.Second)}}}
	want := []StageTime{{StageGate, at.Add(time.Hour), 2 * time.Second}, {StageExtract, at.Add(time.Hour + 2*time.Second), 3 * time.Second}}
	if got := d.StageTimes(at.Add(time.Hour + 5*time.Second)); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if got := (*RunDetail)(nil).StageTimes(at); got != nil {
		t.Errorf("without detail %+v", got)
	}
}

func TestRetention(t *testing.T) {
	for name, c := range map[string]struct {
		r  Retention
		ok bool
	}{
		"default":                   {DefaultRetention, true},
		"for good":                  {Retention{}, true},
		"negative":                  {Retention{Log: -1}, false},
		"too long":                  {Retention{Log: MaxRetention + 1}, false},
		"sealed beyond its finding": {Retention{Findings: 10, Sealed: 11}, false},
		"sealed for good within":    {Retention{Findings: 10}, false},
	} {
		if err := c.r.Validate(); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	if got := DefaultRetention.Before(now, 1); !got.Equal(now.Add(-24*time.Hour)) || !DefaultRetention.Before(now, 0).IsZero() {
		t.Errorf("before %v", got)
	}
}
