package jobs

import (
	"context"
	"errors"
	"slices"
	"strings"

	"samband/jobs/connector"
	"samband/jobs/mapping"
	"samband/store"
)

// CheckMapping tells whether a mapping can be stored as it stands: nil, or all that is wrong, by field. An expression
// that is wrong is told with its code and with the line and column of the first fault, both from 1. When everything else
// is right, the examples of the rules are run, and each that does not hold is told.
func (j *Jobs) CheckMapping(ctx context.Context, m *store.Mapping, c *store.Codebook) error {
	lists, err := j.lists(ctx, m)
	if err != nil {
		return err
	}
	if err := mapping.Check(*m, *c, healthFields(m), lists); err != nil {
		return err
	}
	return checkExamples(m, c, lists)
}

// checkExamples runs the examples of the rules and tells of those that don't hold.
func checkExamples(m *store.Mapping, c *store.Codebook, lists mapping.Lists) error {
	results, err := mapping.RunExamples(m, c, lists)
	if err != nil {
		return err
	}
	var bad store.FieldErrors
	for _, x := range results {
		if !x.Holds {
			t := c.Variable(x.Variable).Type
			bad.Add("rules."+x.Variable, "mapping.example_fails",
				store.Args{"variable": x.Variable, "no": x.No, "want": ending(x.Want, t), "got": ending(x.Got, t)})
		}
	}
	return bad.OrNil()
}

// ending gives what comes of a rule for a variable of a type, as an argument of a text.
func ending(e store.Ending, t store.VarType) any {
	switch {
	case e.Fault != "":
		return e.Fault.Says(t)
	case e.Null:
		return store.Code("says.nothing")
	case e.Out == "":
		return store.Code("says.empty")
	}
	return e.Out
}

// PreviewRows is how many rows a preview shows.
const PreviewRows = 100

// PreviewMapping shows what a mapping, sound or not yet saved, makes of the first rows of the integration's newest
// delivery: one that waits, or else the last that was loaded. Of a mapping that can't run it shows the part that can.
// Nothing is written, and no direct field leaves here. With no delivery to look at it gives "delivery.nothing".
func (j *Jobs) PreviewMapping(ctx context.Context, integrationID string, m *store.Mapping, c *store.Codebook) (*store.Preview, error) {
	return j.preview(ctx, integrationID, nil, m, c)
}

// PreviewSample is PreviewMapping on a person's own sample. The integration needs no connection, approval or schedule.
func (j *Jobs) PreviewSample(ctx context.Context, s *store.Sample, m *store.Mapping, c *store.Codebook) (*store.Preview, error) {
	return j.preview(ctx, s.IntegrationID, s, m, c)
}

// preview maps the first rows. Of a row's identity it only learns whether the person number holds.
func (j *Jobs) preview(ctx context.Context, integrationID string, own *store.Sample, m *store.Mapping, c *store.Codebook) (*store.Preview, error) {
	l, err := j.look(ctx, integrationID, own, m, c)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	p := &store.Preview{Delivery: l.Info().Name, Sealed: l.sealed, Extra: l.extra, Absent: l.absent}
	program, err := mapping.Compile(*m, *c, l.split.Fields(), l.lists)
	if err != nil {
		part, some, _ := sound(m, c, l.split.Fields(), ruled(m), l.lists)
		if part == nil {
			return nil, err
		}
		p.Fault, p.Left = err, leftOut(m, some)
		program, m = part, some
	}
	err = l.each(ctx, func(r *sampleRow) (bool, error) {
		if r.broken != "" {
			p.Rejected++
			p.Rows = append(p.Rows, store.PreviewRow{Position: r.position, Broken: true})
			return len(p.Rows) < PreviewRows, nil
		}
		made := program.Preview(m, r.cells, r.nulls, l.holds(r))
		if l.outgoing {
			holdLeaks(&made)
		} else if r.leak != "" {
			made.Outcome, made.Reason = mapping.Rejected, r.leak
		}
		switch made.Outcome {
		case mapping.Accepted:
			p.Accepted++
		case mapping.Filtered:
			p.Filtered++
		default:
			p.Rejected++
		}
		p.Rows = append(p.Rows, shownRow(r.position, &made))
		return len(p.Rows) < PreviewRows, nil
	})
	return p, err
}

// sample opens a delivery to look at: the newest that waits, so that fields, profile and preview are of the same one,
// or else the last that was loaded.
func (j *Jobs) sample(ctx context.Context, q *store.GateQuestion) (d connector.Delivery, sealed bool, err error) {
	src, err := j.source(q.Connection, q.Integration.ID)
	if err != nil {
		return nil, false, err
	}
	if k, ok := src.(connector.Latest); ok {
		d, err = k.Newest(ctx)
	} else {
		d, err = src.Next(ctx, func(mark string) (bool, error) {
			done, _, err := j.DB.DeliveryDone(ctx, q.Integration.ID, mark)
			return done, err
		})
	}
	if !errors.Is(err, connector.ErrNothing) {
		return d, false, err
	}
	last, err := j.DB.Deliveries(ctx, q.Integration.ID, 1)
	if err != nil {
		return nil, false, err
	}
	if len(last) == 0 {
		return nil, false, connector.ErrNothing
	}
	d, err = j.openSealed(ctx, q, last[0].Mark)
	if store.ClassOf(err) == store.NotFound {
		err = connector.ErrNothing
	}
	return d, true, err
}

// holdLeaks holds a row that is to be sent back where a run would: a text in it holds something that parses as a person
// number.
func holdLeaks(made *mapping.RowPreview) {
	if made.Outcome != mapping.Accepted {
		return
	}
	for i := range made.Variables {
		v := &made.Variables[i]
		if v.After.Kind() == store.Text && store.ScanPersonNumbers(v.After.Text()) > 0 {
			made.Outcome, made.Reason, v.Reason = mapping.Rejected, store.OutgoingLeak, store.OutgoingLeak
			return
		}
	}
}

// shownRow gives a row as people may see it. Its texts are copies: the batch they point into is read into again.
func shownRow(position int64, made *mapping.RowPreview) store.PreviewRow {
	row := store.PreviewRow{Position: position, Filtered: made.Outcome == mapping.Filtered, Reason: made.Reason, Failed: made.Failed}
	for _, v := range made.Variables {
		cell := store.PreviewCell{Variable: v.Variable, After: shownValue(v.After), Reason: v.Reason}
		for _, text := range v.Before {
			cell.Before = append(cell.Before, shownText(text))
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// shownText gives a text with the mask in its place where a person number can be read in it.
func shownText(s string) string {
	if store.ScanPersonNumbers(s) > 0 {
		return store.Mask
	}
	return strings.Clone(s)
}

func shownValue(v store.Value) store.Value {
	if v.Kind() == store.Text {
		return store.TextValue(shownText(v.Text()))
	}
	return v.Clone()
}

// TypicalMapping shows what a mapping makes of the commonest value of each field, as far as the profile tells of it. Rules
// that can't run, and those that read a field of which no value is told, are left out.
func (j *Jobs) TypicalMapping(ctx context.Context, m *store.Mapping, c *store.Codebook, p *store.SourceProfile) ([]store.PreviewCell, error) {
	if p == nil {
		return nil, nil
	}
	lists, err := j.lists(ctx, m)
	if err != nil {
		return nil, err
	}
	top := make(map[string]string, len(p.Fields))
	for i := range p.Fields {
		if f := &p.Fields[i]; len(f.Top) > 0 {
			top[f.Name] = f.Top[0].Text
		}
	}
	var fields, cells []string
	for _, f := range m.Source {
		if f.Class != store.Direct {
			fields, cells = append(fields, f.Name), append(cells, top[f.Name])
		}
	}
	var told []string
	for i := range m.Rules {
		read := m.Rules[i].Fields()
		if len(read) > 0 && !slices.ContainsFunc(read, func(f string) bool { _, ok := top[f]; return !ok }) {
			told = append(told, m.Rules[i].Variable)
		}
	}
	typical := *m
	typical.Keep, typical.Corrections = nil, nil // what is typical lies in no row and in no interval
	program, some, _ := sound(&typical, c, fields, told, lists)
	if program == nil {
		return nil, nil
	}
	nulls := make([]bool, len(cells))
	for i := range cells {
		nulls[i] = cells[i] == ""
	}
	made := program.Preview(some, cells, nulls, true)
	return shownRow(0, &made).Cells, nil
}

// sound compiles the rules of those variables, without what can't run; nil when nothing can. The part of the mapping and of
// the codebook that it is of come along.
func sound(m *store.Mapping, c *store.Codebook, fields, variables []string, lists mapping.Lists) (*mapping.Program, *store.Mapping,
	*store.Codebook) {
	whole := true
	for len(variables) > 0 {
		some, book := m.Alone(c, variables...)
		if !whole {
			some.Keep, some.Corrections = nil, nil
		}
		program, err := mapping.Compile(some, book, fields, lists)
		if err == nil {
			return program, &some, &book
		}
		var bad store.FieldErrors
		var one *store.Error
		if errors.As(err, &one) && !errors.As(err, &bad) {
			bad = store.FieldErrors{one}
		}
		was := len(variables)
		variables = slices.DeleteFunc(variables, func(v string) bool {
			return slices.ContainsFunc(bad, func(e *store.Error) bool { return e.Field == "rules."+v })
		})
		if len(variables) == was {
			if !whole {
				return nil, nil, nil // what is wrong is with no rule: nothing can be shown
			}
			whole = false // it may be with which rows are kept, or with a correction
		}
	}
	return nil, nil, nil
}

// ruled names the variables that have a rule.
func ruled(m *store.Mapping) []string {
	var names []string
	for i := range m.Rules {
		names = append(names, m.Rules[i].Variable)
	}
	return names
}

// leftOut names the variables with a rule that is not in a part of the mapping.
func leftOut(m, part *store.Mapping) []string {
	return slices.DeleteFunc(ruled(m), func(v string) bool { return part.Rule(v) != nil })
}
