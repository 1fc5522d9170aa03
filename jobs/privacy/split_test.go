package privacy

import (
	"slices"
	"testing"

	"samband/store"
)

var classes = []store.Field{
	{Name: "name", Class: store.Direct, Is: store.AttrFamilyName},
	{Name: "x", Class: store.Health},
	{Name: "fnr", Class: store.Direct, Is: store.AttrNumber},
	{Name: "y", Class: store.Technical},
}

func TestSplit(t *testing.T) {
	s, err := NewSplitter(classes, []string{"y", "fnr", "x", "name"})
	if err != nil {
		t.Fatal(err)
	}
	row, null := []string{"Y", "FNR", "X", "NAME"}, []bool{true, false, false, true}
	identity, health, nulls := make([]string, 2), make([]string, 2), make([]bool, 2)
	s.Identity(row, identity)
	s.Health(row, health)
	s.HealthNulls(func(c int) bool { return null[c] }, nulls)
	if !slices.Equal(identity, []string{"NAME", "FNR"}) || !slices.Equal(health, []string{"X", "Y"}) || !slices.Equal(nulls, []bool{false, true}) {
		t.Error(identity, health, nulls)
	}
	if !slices.Equal(s.Fields(), []string{"x", "y"}) || identity[s.Number()] != "FNR" ||
		!slices.Equal(s.Attributes(), []store.Attribute{store.AttrFamilyName, store.AttrNumber}) {
		t.Error(s.Fields(), s.Attributes(), s.Number())
	}
}

func TestColumnsAreRefused(t *testing.T) {
	unclassed := slices.Clone(classes)
	unclassed[1].Class = ""
	for name, c := range map[string]struct {
		classes []store.Field
		columns []string
		want    store.Code
		column  string
	}{
		"missing":   {classes, []string{"y", "fnr", "name"}, "delivery.column_missing", "x"},
		"renamed":   {classes, []string{"y", "fnr", "X", "name"}, "delivery.column_missing", "x"},
		"new":       {classes, []string{"y", "fnr", "x", "name", "new"}, "delivery.column_unclassed", "new"},
		"twice":     {classes, []string{"y", "fnr", "x", "name", "x"}, "delivery.column_twice", "x"},
		"unclassed": {unclassed, []string{"y", "fnr", "x", "name"}, "delivery.column_unclassed", "x"},
		"no number": {classes[:2], []string{"x", "name"}, "mapping.person_number", ""},
	} {
		_, err := NewSplitter(c.classes, c.columns)
		e, ok := err.(*store.Error)
		if !ok || e.Code != c.want || e.Class != store.Refused || c.column != "" && e.Args["column"] != c.column {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSplitOfWhatARegistryHolds(t *testing.T) {
	s, err := NewHealthSplitter(classes[1:2], []string{"x"})
	if err != nil || s.Number() != -1 || len(s.Attributes()) != 0 {
		t.Fatalf("%v, a number at %d", err, s.Number())
	}
	health := make([]string, 1)
	if s.Health([]string{"X"}, health); health[0] != "X" {
		t.Error(health)
	}
	if _, err := NewHealthSplitter(classes, []string{"name", "x", "fnr", "y"}); store.CodeOf(err) != "mapping.direct_out" {
		t.Errorf("a direct field: %v", err)
	}
	if _, err := NewHealthSplitter(classes[1:2], []string{"x", "y"}); store.CodeOf(err) != "delivery.column_unclassed" {
		t.Errorf("an unclassed field: %v", err)
	}
}
