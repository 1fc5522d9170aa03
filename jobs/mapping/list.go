package mapping

import (
	"slices"

	"samband/store"
)

// Lists holds the versions of national lists that mappings rest on. Whoever compiles gives them; nothing is fetched
// when a run needs it.
type Lists map[store.ListPin]*List

// List is a version of a national list, ready to be asked for each row. Safe for several goroutines.
type List struct {
	system string
	codes  map[string][]store.SystemCode
}

// NewList makes a list ready.
func NewList(s *store.CodeSystem) *List {
	l := &List{system: s.System, codes: make(map[string][]store.SystemCode, len(s.Codes))}
	for _, c := range s.Codes {
		as := store.NormaliseCode(s.System, c.Code)
		l.codes[as] = append(l.codes[as], c)
	}
	return l
}

// has tells whether a code holds for an event of a day, as store.CodeSystem.At does; "" asks for no day.
func (l *List) has(code, day string) bool {
	code = store.NormaliseCode(l.system, code)
	return code != "" && slices.ContainsFunc(l.codes[code], func(c store.SystemCode) bool { return c.Valid(day) })
}

// inList finds a variable whose code is not in the list, or not valid on the day that At says. Where there is no day,
// any day will do. Codes for missing are the codebook's own.
func (k *compiler) inList(c *store.Check) (finder, error) {
	pin := store.ListPin{System: c.System, Version: k.m.List(c.System)}
	list := k.lists[pin]
	if list == nil {
		return nil, store.FieldError("checks."+c.Reason, "mapping.list_missing",
			store.Args{"system": pin.System, "version": pin.Version})
	}
	at := -1
	if c.At != "" {
		at = k.slot(c.At)
	}
	type variable struct {
		slot    int
		missing []string
	}
	var variables []variable
	for _, name := range c.Variables {
		x := variable{slot: k.slot(name)}
		for _, o := range k.c.Variables[x.slot].Codes {
			if o.Missing {
				x.missing = append(x.missing, o.Code)
			}
		}
		variables = append(variables, x)
	}
	return func(e *Evaluator, skip int) (bool, int) {
		day := ""
		if at >= 0 && e.faults[at] == 0 && !e.Values[at].IsNull() {
			day = e.Values[at].Text()[:len("yyyy-mm-dd")]
		}
		for i := range variables {
			x := &variables[i]
			v := e.Values[x.slot]
			if v.IsNull() || e.faults[x.slot] != 0 || slices.Contains(x.missing, v.Text()) || list.has(v.Text(), day) {
				continue
			}
			if skip == 0 {
				return true, x.slot
			}
			skip--
		}
		return false, -1
	}, nil
}
