package store

import (
	"reflect"
	"slices"
	"testing"
)

func TestSchemaDrift(t *testing.T) {
	m := &Mapping{
		Source: []Field{{Name: "fnr", Class: Direct, Is: AttrNumber}, {Name: "vekt", Class: Health}, {Name: "enhet", Class: Technical},
			{Name: "gammel", Class: Health}, {Name: "type", Class: Technical}, {Name: "uklassert"}},
		Rules: []Rule{{Variable: "weight", Steps: []Step{{Kind: StepCopy, From: []string{"vekt"}}, {Kind: StepUnit, From: []string{"enhet"}}}},
			{Variable: "heavy", Steps: []Step{{Kind: StepCopy, From: []string{"vekt"}}}}},
		Keep: &Condition{Field: "type", Op: OpEqual, Value: "A"},
	}
	schema := func(names ...string) *Schema {
		s := &Schema{}
		for _, n := range names {
			s.Fields = append(s.Fields, SchemaField{Name: n})
		}
		return s
	}
	for name, c := range map[string]struct {
		s    *Schema
		want Drift
		lost []string
	}{
		"not described": {nil, Drift{}, nil},
		"empty":         {schema(), Drift{}, nil},
		"as it was":     {schema("fnr", "vekt", "enhet", "gammel", "type"), Drift{Gone: []GoneField{{Field: m.Source[5]}}}, nil},
		"a mapped field is gone": {schema("fnr", "enhet", "gammel", "type", "uklassert", "ny"), Drift{
			Gone: []GoneField{{Field: m.Source[1], Variables: []string{"weight", "heavy"}}},
			New:  []SchemaField{{Name: "uklassert"}, {Name: "ny"}}}, []string{"vekt"}},
		"much is gone": {schema("vekt"), Drift{Gone: []GoneField{{Field: m.Source[0], Person: true},
			{Field: m.Source[2], Variables: []string{"weight"}}, {Field: m.Source[3]}, {Field: m.Source[4], Keep: true},
			{Field: m.Source[5]}}}, []string{"fnr", "enhet", "type"}},
	} {
		got := SchemaDrift(m, c.s)
		var lost []string
		for _, g := range got.Lost() {
			lost = append(lost, g.Field.Name)
		}
		if !reflect.DeepEqual(got, c.want) || !slices.Equal(lost, c.lost) || got.Any() != (len(got.Gone)+len(got.New) > 0) {
			t.Errorf("%s: %+v, lost %v", name, got, lost)
		}
	}
}

func TestProfileWithout(t *testing.T) {
	p := &SourceProfile{Rows: 9, Fields: []FieldProfile{{Name: "a", Empty: 6, Distinct: 2, Top: []ValueCount{{"x", 9}}}, {Name: "b", Distinct: 3}}}
	if got := p.Without([]Field{{Name: "a", Class: Health}, {Name: "c", Class: Direct}}); got != nil {
		t.Errorf("nothing to hide, and it gave %+v", got)
	}
	got := p.Without([]Field{{Name: "a", Class: Direct}})
	if !reflect.DeepEqual(got.Fields, []FieldProfile{{Name: "a", Direct: true, Empty: 6}, {Name: "b", Distinct: 3}}) || p.Fields[0].Direct {
		t.Errorf("%+v", got)
	}
	if got.Without([]Field{{Name: "a", Class: Direct}}) != nil {
		t.Error("it is hidden already")
	}
}

func TestDataSets(t *testing.T) {
	for name := range dataSets {
		seen := map[string]bool{}
		for _, f := range DataSet(name) {
			if seen[f.Name] || !f.Class.Valid() || !slices.Contains(VarTypes, f.Type) || (f.Class == Direct) != (f.Is != "") {
				t.Errorf("%s: %+v", name, f)
			}
			seen[f.Name] = true
			if name != "person" && f.Class == Direct {
				t.Errorf("%s has %s, and no data set of health names a person", name, f.Name)
			}
		}
	}
	if DataSet("Episode") == nil || DataSet("annet") != nil {
		t.Error("which data sets are there?")
	}
	got := Described([]string{"ID_VALUE", "eget"}, DataSet("person"))
	if want := []SchemaField{{Name: "ID_VALUE", Type: VarText, Class: Direct, Is: AttrNumber}, {Name: "eget"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}
