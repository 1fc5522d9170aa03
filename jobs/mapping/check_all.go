package mapping

import (
	"errors"
	"strings"

	"samband/store"
)

// Check finds everything that is wrong with a mapping that is to be stored: what Compile refuses, of every rule,
// correction and check and not only of the first, and expressions that can never be computed. A run is lenient with
// those: it holds back the rows that meet them, as it did when they were stored.
func Check(m store.Mapping, c store.Codebook, fields []string, lists Lists) error {
	if err := c.ValidateRun(); err != nil {
		return err
	}
	var bad store.FieldErrors
	errors.As(m.Validate(&c), &bad)
	k, err := newCompiler(&m, &c, fields, lists)
	if err != nil {
		return err
	}
	k.strict = true
	tables := true // every one that a step can look in is whole
	for _, e := range bad {
		tables = tables && !strings.HasPrefix(e.Field, "tables.")
	}
	note := func(at string, variable string, steps []store.Step, compile func() error) error {
		v := c.Variable(variable)
		if !tables || bad.Of(at) != nil || variable != "" && (v == nil || !m.ValidSteps(&c, v, steps)) {
			return nil // what stands there already comes first
		}
		var one *store.Error
		if err := compile(); errors.As(err, &one) && one.Field != "" {
			bad = append(bad, one)
		} else if err != nil {
			return err
		}
		return nil
	}
	for i := range m.Rules {
		r := &m.Rules[i]
		err := note("rules."+r.Variable, r.Variable, r.Steps, func() error { _, err := k.rule(r); return err })
		if err != nil {
			return err
		}
	}
	for i := range m.Corrections {
		x := &m.Corrections[i]
		if x.Undone != nil {
			continue
		}
		err := note("corrections."+x.Name, x.Variable, x.Steps, func() error { _, err := k.correction(i); return err })
		if err != nil {
			return err
		}
	}
	if m.Keep != nil {
		if err := note("keep", "", nil, func() error { _, err := k.condition("keep", m.Keep); return err }); err != nil {
			return err
		}
	}
	for i := range m.Checks {
		err := note("checks."+m.Checks[i].Reason, "", nil, func() error { _, err := k.check(i); return err })
		if err != nil {
			return err
		}
	}
	if bad == nil {
		return k.uncaught()
	}
	return bad
}
