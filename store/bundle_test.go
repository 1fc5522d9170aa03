package store

import (
	"reflect"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

func drawSchedule(t *rapid.T) Schedule {
	minutes := func(name string, n int) time.Duration {
		return time.Duration(rapid.IntRange(2, n).Draw(t, name)) * time.Minute
	}
	s := Schedule{
		IntegrationID: "i1", Zone: rapid.SampledFrom([]string{"Europe/Oslo", "UTC"}).Draw(t, "zone"),
		Enabled: rapid.Bool().Draw(t, "enabled"), CatchUp: rapid.SampledFrom([]CatchUp{CatchUpNone, CatchUpLatest, CatchUpAll}).Draw(t, "catch up"),
		CatchUpWindow: minutes("window", 1000), CatchUpMax: rapid.IntRange(1, MaxCatchUp).Draw(t, "max"),
		Overlap:   rapid.SampledFrom([]Overlap{OverlapSkip, OverlapQueue, OverlapCancel}).Draw(t, "overlap"),
		Wait:      minutes("wait", 10_000),
		Calendars: rapid.SampledFrom([][]string{nil, {"jul"}, {"helg", "jul"}}).Draw(t, "calendars"),
		Jitter:    minutes("jitter", 60),
	}
	if rapid.Bool().Draw(t, "interval") {
		s.Every, s.Anchor = minutes("every", 10_000), time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "anchor"), 0).UTC()
	} else {
		s.Expr = "30 2 * * *"
	}
	return s
}

func TestScheduleSpecRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSchedule(t)
		if err := s.Validate(); err != nil {
			t.Fatal(err)
		}
		b, err := yaml.Marshal(s.Spec())
		if err != nil {
			t.Fatal(err)
		}
		var read ScheduleSpec
		if err := yaml.Unmarshal(b, &read); err != nil {
			t.Fatal(err)
		}
		got := Schedule{IntegrationID: s.IntegrationID}
		if read.Apply(&got); !reflect.DeepEqual(got, s) {
			t.Fatalf("%+v became %+v by\n%s", s, got, b)
		}
	})
}

func TestScheduleSpecKeepsWhatItDoesNotSay(t *testing.T) {
	s := NewSchedule("i1", "0 1 * * *")
	s.ID, s.Version = "s1", 4
	s = s.Pause(noon, time.Time{}, "Ine", "Vedlikehold")
	(&ScheduleSpec{Expr: "30 2 * * *", Enabled: true}).Apply(&s)
	want := NewSchedule("i1", "30 2 * * *")
	want.ID, want.Version = "s1", 4
	want = want.Pause(noon, time.Time{}, "Ine", "Vedlikehold")
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got %+v\nwant %+v", s, want)
	}
}

// TestBundleIsByteEqual: export → import → export gives the same bytes, and says nothing of state, decisions or version
// counters.
func TestBundleIsByteEqual(t *testing.T) {
	q := world()
	s := NewSchedule(q.Integration.ID, "30 2 * * *")
	b := Bundle{
		Format: BundleFormat, Solutions: []Solution{{ID: "ereg", Name: "eReg", Phase: PhaseActive, Version: 3}},
		Systems: []System{*q.System}, Methods: []Method{*q.Method}, ROS: []RiskAssessment{*q.ROS}, LD: []SolutionDesign{*q.LD},
		Registries: []Registry{*q.Registry}, Connections: []Connection{*q.Connection}, Codebooks: []Codebook{*q.Codebook},
		Integrations: []BundleIntegration{{Integration: *q.Integration, Mapping: &q.Mapping.Mapping, Schedule: s.Spec()}},
	}
	once, err := yaml.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	var read Bundle
	if err := yaml.Unmarshal(once, &read); err != nil {
		t.Fatal(err)
	}
	twice, err := yaml.Marshal(read)
	if err != nil || string(once) != string(twice) {
		t.Errorf("%v\n%s\nbecame\n%s", err, once, twice)
	}
	i := read.Integrations[0]
	if i.State != "" || i.Demo || i.MappingNo != 0 || read.ROS[0].State != "" || read.LD[0].State != "" || read.Solutions[0].Version != 0 {
		t.Errorf("a bundle carries a state: %+v", i)
	}
	if !reflect.DeepEqual(i.Mapping, &q.Mapping.Mapping) || !reflect.DeepEqual(read.Codebooks[0], *q.Codebook) {
		t.Error("mapping or codebook changed on the way")
	}
}
