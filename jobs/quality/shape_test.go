package quality

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"samband/store"
)

var shaped = []string{"vei", "alder", "dag", "fritekst"}

func shapes() *Shapes {
	return NewShapes(shaped, []store.CodeField{{Field: "vei", Variable: "way"}}, 2)
}

func TestShapes(t *testing.T) {
	s := shapes()
	for i := range 100 {
		row := []string{"A", fmt.Sprint(i), "24.12.2026", "ja, litt vondt"}
		nulls := make([]bool, 4)
		if i%4 == 0 {
			row[0] = "B"
		}
		if i == 7 {
			row[0], row[1], nulls[2] = "17837130158", "", true // a number of a person, as it looks
		}
		s.Read(row, nulls, int64(i+1))
		if i < 90 {
			s.Accept([]store.Value{store.IntValue(1), {}})
		}
	}
	book := &store.Codebook{Variables: []store.Variable{{Name: "way"}, {Name: "age"}}}
	got := s.Result([]string{"fnr", "vei", "alder", "dag", "fritekst"}, shaped, book, 101)
	types := map[string]store.VarType{}
	for i := range got.Fields {
		types[got.Fields[i].Name] = got.Fields[i].Type()
	}
	if want := (map[string]store.VarType{"fnr": "", "vei": store.VarText, "alder": store.VarInteger, "dag": store.VarDate, "fritekst": store.VarText}); !reflect.DeepEqual(types, want) {
		t.Errorf("types %v", types)
	}
	vei := got.Field("vei")
	if want := []store.ValueCount{{Text: "A", Rows: 74}, {Text: "B", Rows: 25}}; !reflect.DeepEqual(vei.Codes, want) || vei.Other != 1 {
		t.Errorf("codes %v and %d others", vei.Codes, vei.Other)
	}
	if got.Rows != 101 || got.Accepted != 90 || got.Field("alder").Empty != 1 || got.Field("dag").Empty != 1 || got.Field("fritekst").Codes != nil ||
		got.Variable("age").Missing != 90 || got.Variable("way").Missing != 0 {
		t.Errorf("%+v", got)
	}
}

func TestFits(t *testing.T) {
	for text, want := range map[string][]store.VarType{
		"1": {store.VarInteger, store.VarDecimal}, "-12,5": {store.VarDecimal}, "007": nil, "JA": {store.VarBoolean}, "1.2.3": nil,
		"24.12.2026": {store.VarDate}, "2026-12-24": {store.VarDate}, "24.12.2026 10:00:00": {store.VarDateTime}, "x": nil, "": nil, "-": nil,
	} {
		var f shapeField
		f.fit(text)
		var got []store.VarType
		for i, n := range f.fits {
			if n > 0 {
				got = append(got, types[i])
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q fits %v, want %v", text, got, want)
		}
	}
}

// What comes out depends on the rows alone: not on who saw which of them, also when there are too many codes.
func TestShapesMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.SampledFrom([]int{3, store.MaxShapeCodes - 1, store.MaxShapeCodes + 40}).Draw(t, "codes")
		one, parts := shapes(), []*Shapes{shapes(), shapes()}
		for i := range rapid.IntRange(1, 3*most).Draw(t, "rows") {
			row := []string{fmt.Sprint("k", i%(most+1)), fmt.Sprint(i), "", "x"}
			one.Read(row, nil, int64(i+1))
			parts[rapid.IntRange(0, 1).Draw(t, "who")].Read(row, nil, int64(i+1))
		}
		parts[0].Merge(parts[1])
		book := &store.Codebook{Variables: []store.Variable{{Name: "a"}, {Name: "b"}}}
		if a, b := one.Result(shaped, shaped, book, 1), parts[0].Result(shaped, shaped, book, 1); !reflect.DeepEqual(a, b) {
			t.Fatalf("one saw %+v, two saw %+v", a, b)
		}
	})
}

func BenchmarkShapes(b *testing.B) {
	fields := make([]string, 20)
	var coded []store.CodeField
	row := make([]string, len(fields))
	for i := range fields {
		fields[i], row[i] = fmt.Sprint("f", i), fmt.Sprint(i)
		if i%4 == 0 {
			coded = append(coded, store.CodeField{Field: fields[i]})
		}
	}
	s, values := NewShapes(fields, coded, 20), make([]store.Value, 20)
	for i := int64(1); b.Loop(); i++ {
		s.Read(row, nil, i)
		s.Accept(values)
	}
}
