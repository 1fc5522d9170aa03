package strict

import (
	"math"
	"strconv"
	"strings"
	"time"

	"samband/store"
)

// Number reads a number as people write it, with a decimal comma or a decimal point.
func Number(s string) (float64, bool) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ",", ".")
	if s == "" || strings.Trim(s, "0123456789.+-eE") != "" {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil && !math.IsInf(f, 0)
}

var (
	dayForms    = []string{"2006-01-02", "2.1.2006", "2-1-2006", "2/1/2006"}
	momentForms = []string{"2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04", "2006-01-02 15:04:05",
		"2006-01-02 15:04", "2.1.2006 15:04:05", "2.1.2006 15:04", "2-1-2006 15:04:05", "2-1-2006 15:04"}
	clockForms = []string{"15:04", "15:04:05"}
)

// Day reads a date as Norwegians and ISO 8601 write it and gives it as yyyy-mm-dd. Of a date with a time it gives the
// date.
func Day(s string) (string, bool) {
	if t, ok := parse(s, dayForms); ok {
		return t.Format(time.DateOnly), true
	}
	t, ok := parse(s, momentForms)
	return t.Format(time.DateOnly), ok
}

// Moment reads a date with or without a time and gives it as yyyy-mm-ddThh:mm:ss.
func Moment(s string) (string, bool) {
	t, ok := parse(s, momentForms)
	if !ok {
		t, ok = parse(s, dayForms)
	}
	return t.Format("2006-01-02T15:04:05"), ok
}

func parse(s string, forms []string) (time.Time, bool) {
	s = strings.Trim(strings.TrimSpace(s), "'")
	for _, f := range forms {
		if t, err := time.Parse(f, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// Limit is a cell that states one end of a range.
type Limit struct {
	Column, Text string
	Upper        bool // the upper end
	Plausible    bool // values beyond it only raise a question
}

// SetLimits reads limits into v by its type: numbers, dates, and times of day for a text. One that can't be read is
// noted in d, and so is one of a type that has none.
func SetLimits(d *store.Dictionary, v *store.Definition, limits ...Limit) {
	for _, l := range limits {
		if l.Text == "" {
			continue
		}
		ok := false
		switch v.Type {
		case store.VarInteger, store.VarDecimal:
			var f float64
			if f, ok = Number(l.Text); ok {
				*number(v, l) = &f
			}
		case store.VarDate, store.VarDateTime, store.VarText:
			if l.Plausible {
				d.Defect(v.Form, v.Row, l.Column, "dictionary.soft_date",
					store.Args{"name": store.Shorten(v.Name), "value": store.Shorten(l.Text)})
				continue
			}
			to := &v.From
			if l.Upper {
				to = &v.To
			}
			var s string
			switch v.Type {
			case store.VarDate:
				s, ok = Day(l.Text)
			case store.VarDateTime:
				s, ok = Moment(l.Text)
			default:
				var t time.Time
				t, ok = parse(l.Text, clockForms)
				s = t.Format(time.TimeOnly)
			}
			if ok {
				*to = s
			}
		}
		if !ok {
			d.Defect(v.Form, v.Row, l.Column, "dictionary.limit", store.Args{"name": store.Shorten(v.Name), "value": store.Shorten(l.Text)})
		}
	}
}

func number(v *store.Definition, l Limit) **float64 {
	switch {
	case l.Plausible && l.Upper:
		return &v.PlausibleMax
	case l.Plausible:
		return &v.PlausibleMin
	case l.Upper:
		return &v.Max
	}
	return &v.Min
}
