package jobs

import (
	"strings"
	"testing"

	"samband/store"
)

func TestPersonSettings(t *testing.T) {
	at := store.Date("2031-01-01").Time()
	verdict := func(s PersonSettings, demo bool, number string) store.Code {
		r, err := s.rules()
		if err != nil {
			t.Fatal(err)
		}
		j := &Jobs{persons: r}
		return store.ParsePerson(number, j.idents(&store.GateQuestion{ScopeParts: store.ScopeParts{Registry: &store.Registry{Demo: demo}}}), at).Err
	}
	const tenor, real, line, extended = "17837130158", "30108299920", "13116900216", "30108299939"
	listed := PersonSettings{Persons: "synthetic", TestPersons: " " + real + ", "}
	for _, c := range []struct {
		s      PersonSettings
		demo   bool
		number string
		want   store.Code
	}{
		{PersonSettings{}, false, tenor, store.IdentSynthetic},
		{PersonSettings{}, false, line, store.IdentSynthetic},
		{PersonSettings{}, false, real, ""},
		{PersonSettings{}, true, tenor, ""},
		{PersonSettings{}, true, real, store.IdentReal},
		{PersonSettings{Persons: "real"}, false, tenor, store.IdentSynthetic},
		{PersonSettings{Persons: "synthetic"}, false, tenor, ""},
		{PersonSettings{Persons: "synthetic"}, false, real, store.IdentReal},
		{PersonSettings{Persons: "synthetic"}, false, line, ""},
		{listed, false, real, ""},
		{listed, false, line, store.IdentReal},
	} {
		if got := verdict(c.s, c.demo, c.number); got != c.want {
			t.Errorf("%+v, demonstration %v: %q, want %q", c.s, c.demo, got, c.want)
		}
	}
	for day, want := range map[string]store.IdentWarnings{"": store.WarnExtendedEarly, "2030-07-01": store.WarnExtended} {
		r, err := PersonSettings{ExtendedFrom: day}.rules()
		if got := store.ParsePerson(extended, r, at).Warnings; err != nil || !got.Has(want) {
			t.Errorf("from %q: %v %v", day, got.Codes(), err)
		}
	}
	for setting, s := range map[string]PersonSettings{"SAMBAND_PERSONS": {Persons: "test"}, "SAMBAND_EXTENDED_FROM": {ExtendedFrom: "2032"},
		"SAMBAND_TEST_PERSONS": {TestPersons: "13116900216,1205790049"}} {
		_, err := s.rules()
		e, ok := err.(*store.Error)
		if !ok || e.Code != "serve.persons" || e.Args["setting"] != setting || strings.Contains(err.Error(), "1205790049") {
			t.Errorf("%s: %v", setting, err)
		}
	}
}
