package store

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestFieldCoverage(t *testing.T) {
	q := world()
	for _, p := range FieldCoverage(&q) {
		if !p.Covered() || !p.Approved || p.ROS != (Ref{"ros-1", 2}) || p.LD != (Ref{"ld-1", 3}) {
			t.Errorf("%+v", p)
		}
	}
	q.LD.Coverage = Coverage{Methods: []string{"x", "rdap-files"}, Classes: []FieldClass{Technical, Indirect}, Fields: []string{"vekt"}}
	q.Mapping.Mapping.Source = append(q.Mapping.Mapping.Source, Field{Name: "ny", Class: Technical})
	var names []string
	for _, p := range FieldCoverage(&q) {
		if p.Covered() {
			break
		}
		names = append(names, p.Name)
	}
	if want := []string{"fnr", "navn", "inn", "ut", "asa"}; !slices.Equal(names, want) {
		t.Errorf("not covered, and first: %v", names)
	}
	if last := FieldCoverage(&q)[len(q.Mapping.Mapping.Source)-1]; last.Name != "ny" || !last.Covered() || last.Approved {
		t.Errorf("%+v", last)
	}
	var refused []*Error
	for _, e := range Gate(q).Refusals {
		if e.Code == "gate.field_not_covered" {
			refused = append(refused, e)
		}
	}
	if len(refused) != 1 || !reflect.DeepEqual(refused[0].Args["fields"], names) || refused[0].Args["id"] != "ld-1" {
		t.Errorf("refused %+v", refused)
	}
}

// TestFieldCovered: a field is covered when, and only when, both documents speak of the method, and each of its class or
// its name. The gate lets through exactly what is covered.
func TestFieldCovered(t *testing.T) {
	methods := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"rdap-files", "rdap-view", "x"}), rapid.ID[string])
	classes := rapid.SliceOfDistinct(rapid.SampledFrom(FieldClasses), rapid.ID[FieldClass])
	names := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"fnr", "navn", "id", "kjonn", "inn", "vekt"}), rapid.ID[string])
	coverage := rapid.Custom(func(t *rapid.T) Coverage {
		return Coverage{Methods: methods.Draw(t, "methods"), Classes: classes.Draw(t, "classes"), Fields: names.Draw(t, "fields")}
	})
	rapid.Check(t, func(t *rapid.T) {
		q := world()
		q.ROS.Coverage, q.LD.Coverage = coverage.Draw(t, "ROS"), coverage.Draw(t, "LD")
		all := true
		for _, p := range FieldCoverage(&q) {
			want := true
			for _, c := range []Coverage{q.ROS.Coverage, q.LD.Coverage} {
				method, field := false, false
				for _, m := range c.Methods {
					method = method || m == q.Method.ID
				}
				for _, class := range c.Classes {
					field = field || class == p.Class
				}
				for _, n := range c.Fields {
					field = field || n == p.Name
				}
				want = want && method && field
			}
			if p.Covered() != want {
				t.Fatalf("%s: covered %v", p.Name, p.Covered())
			}
			all = all && want
		}
		if Gate(q).OK() != all {
			t.Fatalf("all covered: %v, the gate says %v", all, Gate(q).Refusals)
		}
	})
}
