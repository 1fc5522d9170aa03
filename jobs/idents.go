package jobs

import (
	"slices"
	"strings"

	"samband/store"
)

// PersonSettings say whose numbers an installation takes, as they were written. Which numbers are right is not among
// them: that is the same everywhere.
type PersonSettings struct {
	Persons      string // "real", or "synthetic" for a test installation; empty: real
	TestPersons  string // numbers of fictitious persons that look real, with commas between; empty: the published ones
	ExtendedFrom string // the first day of numbers by the extended rule; empty: store.DefaultExtendedFrom
}

// PersonsFromEnv reads the settings from the environment.
func PersonsFromEnv(getenv func(string) string) PersonSettings {
	return PersonSettings{Persons: getenv("SAMBAND_PERSONS"), TestPersons: getenv("SAMBAND_TEST_PERSONS"),
		ExtendedFrom: getenv("SAMBAND_EXTENDED_FROM")}
}

// rules gives what the settings mean. The error is Refused "serve.persons" and names the setting, never what stands in
// it: that may be a number.
func (s PersonSettings) rules() (store.IdentRules, error) {
	refuse := func(setting string) (store.IdentRules, error) {
		return store.IdentRules{}, store.E(store.Refused, "serve.persons", store.Args{"setting": setting})
	}
	r := store.IdentRules{ExtendedFrom: store.Date(s.ExtendedFrom)}
	if i := slices.Index([]string{"", "real", "synthetic"}, s.Persons); i < 0 {
		return refuse("SAMBAND_PERSONS")
	} else if i == 2 {
		r.Environment = store.EnvTest
	}
	if s.ExtendedFrom != "" && !r.ExtendedFrom.Valid() {
		return refuse("SAMBAND_EXTENDED_FROM")
	}
	for number := range strings.SplitSeq(s.TestPersons, ",") {
		if number = strings.TrimSpace(number); number == "" {
			continue
		}
		p, ok := store.PersonNumberOf(number)
		if !ok {
			return refuse("SAMBAND_TEST_PERSONS")
		}
		r.TestPersons = append(r.TestPersons, p)
	}
	return r, nil
}

// idents says which person numbers are taken. In a production synthetic ones belong to the demonstration and to nothing
// else.
func (j *Jobs) idents(q *store.GateQuestion) store.IdentRules {
	r := j.persons
	if q.Registry.Demo {
		r.Environment = store.EnvTest
	}
	return r
}
