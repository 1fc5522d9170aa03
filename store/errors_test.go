package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestErrorClassAndCode(t *testing.T) {
	cause := errors.New("disk on fire")
	form := FieldErrors{FieldError("name", "field.required", nil), FieldError("id", "slug", nil)}
	for name, c := range map[string]struct {
		err   error
		class Class
		code  Code
	}{
		"nothing":            {nil, Internal, ""},
		"somebody else's":    {cause, Internal, "internal"},
		"ours":               {E(Refused, "gate.no_ros", nil), Refused, "gate.no_ros"},
		"ours inside":        {fmt.Errorf("start: %w", E(NotFound, "run.missing", nil)), NotFound, "run.missing"},
		"wrapped":            {Wrap(cause, Unavailable, "db.open", nil), Unavailable, "db.open"},
		"wrapping ours":      {Wrap(E(Conflict, "x.y", nil), Internal, "db.open", nil), Conflict, "x.y"},
		"a form":             {form.OrNil(), Invalid, "field.required"},
		"wrapping a form":    {Wrap(form.OrNil(), Internal, "db.save", nil), Invalid, "field.required"},
		"an empty form":      {FieldErrors{}.OrNil(), Internal, ""},
		"wrapping no error":  {Wrap(nil, Internal, "db.open", nil), Internal, ""},
		"a nil list of them": {FieldErrors(nil).OrNil(), Internal, ""},
	} {
		if c.code == "" && c.err != nil {
			t.Errorf("%s: got %v, want no error", name, c.err)
		}
		if got := ClassOf(c.err); got != c.class {
			t.Errorf("%s: class %d, want %d", name, got, c.class)
		}
		if got := CodeOf(c.err); got != c.code {
			t.Errorf("%s: code %q, want %q", name, got, c.code)
		}
	}
	if err := Wrap(cause, Internal, "db.open", nil); !errors.Is(err, cause) {
		t.Error("the cause of a wrapped error is lost")
	}
}

func TestErrorTextIsForTheLog(t *testing.T) {
	e := FieldError("ends_on", "field.date", Args{"value": "in the log this would be too much"})
	e.Err = errors.New("month out of range")
	if got, want := e.Error(), "field.date (ends_on): month out of range"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	form := FieldErrors{e, FieldError("id", "slug", nil)}
	if got := form.Error(); !strings.Contains(got, "field.date (ends_on)") || !strings.Contains(got, "slug (id)") {
		t.Errorf("form gives %q", got)
	}
	if form.Of("id") != form[1] || form.Of("name") != nil {
		t.Error("Of does not find the field's error")
	}
}

func TestArgsSurviveJSON(t *testing.T) {
	in := Args{
		"int": 12, "int64": int64(1) << 60, "whole": 5.0, "float": 2.41, "text": "2026-11-23", "true": true, "nil": nil,
		"texts": []string{"a", "b"}, "date": Date("2026-11-23"), "no_date": Date(""), "time": noon.In(Oslo), "took": 4 * time.Second,
		"key": Code("basis.purpose"), "keys": []Code{"basis.purpose", "basis.dpia"},
		"differences": []Difference{{Area: "field", Name: "vekt", Kind: Removed, Old: "health", Narrowing: true}},
	}
	want := Args{
		"int": int64(12), "int64": int64(1) << 60, "whole": int64(5), "float": 2.41, "text": "2026-11-23", "true": true,
		"nil": nil, "texts": []string{"a", "b"}, "date": Date("2026-11-23"), "no_date": Date(""), "time": noon,
		"took": 4 * time.Second, "key": Code("basis.purpose"), "keys": []Code{"basis.purpose", "basis.dpia"},
		"differences": in["differences"],
	}
	b, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	var got Args
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	for name := range want {
		if !reflect.DeepEqual(got[name], want[name]) {
			t.Errorf("%s: got %#v, want %#v", name, got[name], want[name])
		}
	}
	again, _ := json.Marshal(got)
	if string(again) != string(b) {
		t.Errorf("the second writing differs:\n%s\n%s", b, again)
	}
	for _, none := range []string{"null", "{}"} {
		if err := json.Unmarshal([]byte(none), &got); err != nil || len(got) != 0 {
			t.Errorf("%s gives %v, %v", none, got, err)
		}
	}
	if err := json.Unmarshal([]byte(`{"a":{"date":7}}`), &got); err == nil {
		t.Error("a broken date is accepted")
	}
}

func TestArgsJSONIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := Args{}
		for name := range rapid.MapOfN(rapid.StringMatching(`[a-z]{1,4}`), rapid.Bool(), 0, 5).Draw(t, "names") {
			in[name] = rapid.OneOf(
				rapid.Map(rapid.Int64(), func(n int64) any { return n }),
				rapid.Map(rapid.String(), func(s string) any { return s }),
				rapid.Map(rapid.Float64Range(-1e12, 1e12), func(f float64) any { return f + 0 }), // no −0
				rapid.Map(rapid.SliceOfN(rapid.String(), 1, 3), func(s []string) any { return s }),
			).Draw(t, name)
		}
		once, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		var back Args
		if err := json.Unmarshal(once, &back); err != nil {
			t.Fatal(err)
		}
		if twice, _ := json.Marshal(back); string(once) != string(twice) {
			t.Fatalf("%s became %s", once, twice)
		}
	})
}
