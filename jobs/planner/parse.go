// Package planner reads schedules: the text of a cron expression becomes a store.Cron, a schedule becomes a
// store.Timetable. The form that previews a schedule and the loop that plans it use the same functions.
package planner

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"samband/store"
)

// parser reads exactly five fields. It sees only text that check let through: on its own it panics on TZ=, takes
// */70 for "hourly" and accepts 30 February.
var parser = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)

// part is one of the five fields.
type part struct {
	name     store.Code // key of its name
	min, max int
	names    []string // of values from min
}

var parts = [...]part{
	{name: "schedule.minute", min: 0, max: 59},
	{name: "schedule.hour", min: 0, max: 23},
	{name: "schedule.dom", min: 1, max: 31},
	{name: "schedule.month", min: 1, max: 12,
		names: strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec")},
	{name: "schedule.dow", min: 0, max: 7, names: strings.Fields("sun mon tue wed thu fri sat sun")},
}

const dow = 4 // index of the weekday

// field is what errors belong to: the expression is one input.
const field = "expr"

// maxLen is enough for five fields that list every value.
const maxLen = 400

// Parse reads a cron expression of five fields: minute, hour, day of the month, month, weekday. A field is a list of
// *, numbers or ranges, each with an optional step; months and weekdays may be English three-letter names, and Sunday
// is 0 or 7. Zone prefixes, descriptors such as @daily, the signs L, W, # and ?, steps longer than what they step
// over, and days that no named month has are refused. The error is a *store.Error of field "expr".
func Parse(expr string) (c store.Cron, err error) {
	defer func() {
		if p := recover(); p != nil {
			e := store.FieldError(field, "schedule.unreadable", nil)
			e.Err = fmt.Errorf("cron parser panicked: %v", p)
			c, err = store.Cron{}, e
		}
	}()
	if len(expr) > maxLen {
		return c, refuse("schedule.too_long", store.Args{"max": maxLen})
	}
	fields := strings.Fields(expr)
	switch {
	case len(fields) == 0:
		return c, refuse("schedule.empty", nil)
	case strings.Contains(strings.ToUpper(expr), "TZ="):
		return c, refuse("schedule.zone_prefix", nil)
	case strings.HasPrefix(fields[0], "@"):
		return c, refuse("schedule.descriptor", store.Args{"value": fields[0]})
	case len(fields) != len(parts):
		return c, refuse("schedule.fields", store.Args{"n": len(fields)})
	}
	c.Text = strings.Join(fields, " ")
	c.DOMStar, c.DOWStar = strings.HasPrefix(fields[2], "*"), strings.HasPrefix(fields[dow], "*")
	for i, p := range parts {
		elements := strings.Split(fields[i], ",")
		for j, e := range elements {
			if elements[j], err = p.element(e); err != nil {
				return store.Cron{}, err
			}
		}
		fields[i] = strings.Join(elements, ",")
	}
	parsed, err := parser.Parse(strings.Join(fields, " "))
	if err != nil {
		e := store.FieldError(field, "schedule.unreadable", nil)
		e.Err = err
		return store.Cron{}, e
	}
	spec := parsed.(*cron.SpecSchedule)
	c.Minute = spec.Minute & store.AllMinutes
	c.Hour = uint32(spec.Hour) & store.AllHours
	c.DOM = uint32(spec.Dom) & store.AllDOM
	c.Month = uint16(spec.Month) & store.AllMonths
	c.DOW = uint8(spec.Dow) & store.AllDOW
	if !possible(c) {
		return store.Cron{}, refuse("schedule.never", nil)
	}
	return c, nil
}

// possible tells whether a named month has a named day of the month. (Every date falls on every weekday in time.)
func possible(c store.Cron) bool {
	for month, days := range [...]int{1: 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31} {
		if c.Month>>month&1 == 1 && c.DOM&(1<<(days+1)-1) != 0 {
			return true
		}
	}
	return false
}

// element checks one element of a list and gives it as the parser reads it: numbers, Sunday as 0.
func (p part) element(e string) (string, error) {
	args := store.Args{"part": p.name, "value": e, "min": p.min, "max": p.max}
	span, stepText, stepped := strings.Cut(e, "/")
	low, high, ranged := strings.Cut(span, "-")
	from, to := p.min, p.max
	var err error
	if p.name == "schedule.dow" && span == "*" {
		to = 6
	}
	if span != "*" {
		if from, err = p.value(low, args); err != nil {
			return "", err
		}
		switch {
		case ranged && p.name == "schedule.dow" && strings.EqualFold(high, "sun"):
			to = 7
		case ranged:
			if to, err = p.value(high, args); err != nil {
				return "", err
			}
		case !stepped:
			to = from
		}
	}
	if from > to {
		return "", refuse("schedule.backwards", args)
	}
	step := 1
	if stepped {
		var ok bool
		if step, ok = number(stepText); !ok || step < 1 || step > to-from {
			args["max"] = max(to-from, 1)
			return "", refuse("schedule.step", args)
		}
	}
	if to <= 6 || p.name != "schedule.dow" {
		return fmt.Sprintf("%d-%d/%d", from, to, step), nil
	}
	var days []string
	for d := from; d <= to; d += step {
		days = append(days, strconv.Itoa(d%7))
	}
	return strings.Join(days, ","), nil
}

// value reads a number or a name.
func (p part) value(s string, args store.Args) (int, error) {
	for i, name := range p.names {
		if strings.EqualFold(s, name) {
			return p.min + i, nil
		}
	}
	n, ok := number(s)
	switch {
	case !ok && p.names == nil:
		return 0, refuse("schedule.number", args)
	case !ok:
		return 0, refuse("schedule.name", args)
	case n < p.min || n > p.max:
		return 0, refuse("schedule.range", args)
	}
	return n, nil
}

// number reads one to four digits and nothing else (strconv.Atoi takes signs too).
func number(s string) (int, bool) {
	if len(s) > 4 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

func refuse(code store.Code, args store.Args) error {
	return store.FieldError(field, code, args)
}

// Timetable checks a schedule and makes it ready for arithmetic, with the calendars that it asks for. The error is a
// store.FieldErrors.
func Timetable(s store.Schedule, calendars []store.Calendar) (store.Timetable, error) {
	var f store.FieldErrors
	if err := s.Validate(); err != nil {
		f = err.(store.FieldErrors)
	}
	t := store.Timetable{Schedule: s, Rule: store.Interval{Every: s.Every, Anchor: s.Anchor}, Calendars: calendars}
	if s.Expr != "" {
		c, err := Parse(s.Expr)
		if err != nil {
			f = append(f, err.(*store.Error))
		}
		t.Rule = c
	}
	if len(f) > 0 {
		return store.Timetable{}, f
	}
	var err error
	t.Zone, err = s.Location()
	return t, err
}

// Slots works out the due times of a span again: those after from and up to and including to.
func Slots(s store.Span, from, to time.Time) ([]time.Time, error) {
	var rule store.Recurrence = store.Interval{Every: s.Every, Anchor: s.Anchor}
	if s.Expr != "" {
		c, err := Parse(s.Expr)
		if err != nil {
			return nil, err
		}
		rule = c
	}
	zone, err := store.Schedule{Zone: s.Zone}.Location()
	if err != nil {
		return nil, err
	}
	if s.From.After(from) {
		from = s.From
	}
	if s.To.Before(to) {
		to = s.To
	}
	var due []time.Time
	for _, slot := range store.Slots(rule, zone, from.Add(1), to.Add(1)) {
		due = append(due, slot.At)
	}
	return due, nil
}
