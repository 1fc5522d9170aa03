// Package move draws the task of moving an integration to another system.
package move

import (
	"strconv"
	"strings"

	"samband/store"
	"samband/views/ds"
	"samband/views/edit"
	"samband/views/integration"
	"samband/views/layout"
)

// Model is what the page of a move shows.
type Model struct {
	From       store.Integration
	FromSystem store.System
	// Successor is the system that takes over from it; nil when nobody has entered one.
	Successor *store.System
	Move      *store.Move // nil before there is one
	To        *store.Integration
	ToSystem  *store.System
	// Refusals is what the gate says of a run of the copy, OldRefusals what it says of the old one if it went into operation
	// again.
	Refusals, OldRefusals []*store.Error
	// Refused is why the step that was asked for was refused; nil when none was.
	Refused *store.Error
	Early   bool // the planned last day has not come
	// Missing and Unknown are the fields in which the copy's newest delivery differs from its mapping. Delivered tells
	// that there was one to look at.
	Delivered        bool
	Missing, Unknown []string

	Pairs  []store.RunPair
	Shown  *store.Comparison // the newest pair, or the one that is asked for
	Within bool              // the newest pair lies within the tolerances
	Masked bool              // small counts are hidden from this reader
	Book   *store.Codebook

	Schedule    bool // the old one has a schedule that the copy can be given
	Scheduled   bool // the copy has a schedule, and it is on
	MayStart    bool
	MayEdit     bool
	MaySchedule bool

	Plan, Start, Switch edit.Form
	// Back is the form that gives a move up or undoes a switch, when it came back with a fault; Asked says which.
	Back        edit.Form
	Asked       string
	Methods     []ds.Option // by system
	Connections []ds.Option
}

// Href is where the task stands.
func Href(integrationID string) string { return integration.Href(integrationID) + "/move" }

func (m *Model) href(action string) string { return Href(m.From.ID) + action }

// reason is the field that says why, of the form that asks for something to be taken back.
func (m *Model) reason(c layout.Ctx, asked string) ds.Field {
	f := ds.Field{Name: "reason", ID: asked + "-reason", Label: c.T("move.field.reason"), Rows: 2, Required: true}
	if m.Asked == asked {
		f.Value, f.Error = m.Back.Value("reason"), c.FieldError(m.Back.Errors, "reason")
	}
	return f
}

func (m *Model) state() store.MoveState {
	if m.Move == nil {
		return ""
	}
	return m.Move.State
}

func (m *Model) compared() bool {
	return m.Move != nil && len(m.Pairs) >= m.Move.MinRuns && m.Move.MinRuns > 0
}

func (m *Model) approved() bool { return m.To != nil && m.To.State.Runnable() && len(m.Refusals) == 0 }

// The steps of the task.
const (
	stepCopy = iota
	stepApprove
	stepSideBySide
	stepCompare
	stepSwitch
	stepEnd
)

var stepNames = []string{"copy", "approve", "side_by_side", "compare", "switch", "end"}

// at gives the step that comes next; all are done when it is beyond the last.
func (m *Model) at() int {
	switch {
	case m.state() == "":
		return stepCopy
	case m.state() == store.MovePlanned && !m.approved():
		return stepApprove
	case m.state() == store.MovePlanned:
		return stepSideBySide
	case m.state() == store.MoveSideBySide && !m.compared():
		return stepCompare
	case m.state() == store.MoveSideBySide:
		return stepSwitch
	case m.From.State != store.IntEnded:
		return stepEnd
	}
	return len(stepNames)
}

func (m *Model) steps(c layout.Ctx) []ds.Step {
	steps := make([]ds.Step, len(stepNames))
	for i, name := range stepNames {
		look := ds.State{Tone: ds.Neutral, Icon: ds.IconPhasing, Text: c.T("move.step.later")}
		switch at := m.at(); {
		case i < at:
			look = ds.State{Tone: ds.Success, Icon: ds.IconOK, Text: c.T("move.step.done")}
		case i == at:
			look = ds.State{Tone: ds.Info, Icon: ds.IconArrow, Text: c.T("move.step.now")}
		}
		steps[i] = ds.Step{State: look, Title: m.title(c, i), Text: c.T("move.step." + name + ".text")}
	}
	return steps
}

func (m *Model) title(c layout.Ctx, step int) string {
	return c.T("move.step.title", "no", step+1, "step", c.T("move.step."+stepNames[step]))
}

func (m *Model) pageTitle(c layout.Ctx) string {
	if m.ToSystem != nil {
		return c.T("move.title.to", "system", m.ToSystem.Name)
	}
	if m.Successor != nil {
		return c.T("move.title.to", "system", m.Successor.Name)
	}
	return c.T("move.title")
}

func (m *Model) lead(c layout.Ctx) string {
	if m.FromSystem.EndsOn.IsZero() {
		return c.T("move.lead", "integration", m.From.Name, "system", m.FromSystem.Name)
	}
	return c.T("move.lead.until", "integration", m.From.Name, "system", m.FromSystem.Name, "date", m.FromSystem.EndsOn)
}

// Look gives the look of a move's state.
func Look(c layout.Ctx, s store.MoveState) ds.State {
	look := ds.State{Tone: ds.Info, Icon: ds.IconWaiting, Text: c.T("move.state." + string(s))}
	switch s {
	case store.MoveSideBySide:
		look.Icon = ds.IconRunning
	case store.MoveSwitched:
		look.Tone, look.Icon = ds.Success, ds.IconOK
	case store.MoveAbandoned:
		look.Tone, look.Icon = ds.Neutral, ds.IconSkipped
	}
	return look
}

// label is what people call a variable.
func (m *Model) label(name string) string {
	if m.Book != nil {
		if v := m.Book.Variable(name); v != nil && v.Label != "" {
			return v.Label
		}
	}
	return name
}

// value is what people call a value of a variable.
func (m *Model) value(c layout.Ctx, variable string, x *store.ValueCell) string {
	if x.Is != store.CellValue {
		return c.T("compare.cell." + string(x.Is))
	}
	if m.Book != nil {
		if v := m.Book.Variable(variable); v != nil {
			if v.Type == store.VarBoolean {
				return c.T("compare.bool." + x.Value)
			}
			for _, o := range v.Codes {
				if o.Code == x.Value && o.Label != "" {
					return o.Label
				}
			}
		}
	}
	return x.Value
}

// figure is a figure as people write it.
func figure(c layout.Ctx, kind store.SpreadKind, f float64) string {
	if kind == store.SpreadDays {
		return c.Date(store.DayOf(f))
	}
	s := strconv.FormatFloat(f, 'g', 6, 64)
	if c.Lang != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// apart is the difference of two shares in percentage points.
func apart(c layout.Ctx, l *store.VariableLine, x *store.ValueCell) string {
	if l.OldRows == 0 || l.NewRows == 0 {
		return "–"
	}
	d := 100 * (float64(x.New)/float64(l.NewRows) - float64(x.Old)/float64(l.OldRows))
	return signed(c, d)
}

func signed(c layout.Ctx, d float64) string {
	s := c.Decimal(d, 1)
	switch {
	case d >= 0.05:
		return "+" + s
	case d > -0.05:
		return c.Decimal(0, 1)
	}
	return strings.Replace(s, "-", "−", 1)
}

func signedInt(c layout.Ctx, n int64) string {
	if n > 0 {
		return "+" + c.Int(n)
	}
	return c.Int(n)
}

// words says each difference beyond the tolerances in a sentence.
func (m *Model) words(c layout.Ctx) (lines []string) {
	for _, l := range m.Shown.Counts {
		if l.Outside {
			lines = append(lines, c.T("compare.words.count", "count", c.T("compare.count."+l.Name), "old", l.Old, "new", l.New,
				"limit", 100*m.Move.RowTolerance))
		}
	}
	for i := range m.Shown.Variables {
		l := &m.Shown.Variables[i]
		for k := range l.Cells {
			if x := &l.Cells[k]; x.Outside {
				lines = append(lines, c.T("compare.words.value", "variable", m.label(l.Variable), "value", m.value(c, l.Variable, x),
					"old", c.Percent(x.Old, l.OldRows), "new", c.Percent(x.New, l.NewRows), "limit", 100*m.Move.ShareTolerance))
			}
		}
		for _, x := range l.Figures {
			if x.Outside {
				lines = append(lines, c.T("compare.words.figure", "variable", m.label(l.Variable),
					"figure", c.T("compare.figure."+x.Name), "old", figure(c, l.Kind, x.Old), "new", figure(c, l.Kind, x.New)))
			}
		}
	}
	return lines
}

func (m *Model) pairName(c layout.Ctx, p store.RunPair) string {
	return c.T("compare.pair", "old", p.Old.No, "new", p.New.No, "at", c.Short(p.New.At))
}

func verdict(c layout.Ctx, outside int) ds.State {
	if outside > 0 {
		return ds.State{Tone: ds.Warning, Icon: ds.IconWarning, Text: c.T("compare.outside", "n", outside)}
	}
	return ds.State{Tone: ds.Success, Icon: ds.IconOK, Text: c.T("compare.within")}
}

func mark(c layout.Ctx, outside bool) ds.State {
	if outside {
		return ds.State{Tone: ds.Warning, Icon: ds.IconWarning, Text: c.T("compare.is_outside")}
	}
	return ds.State{Tone: ds.Success, Icon: ds.IconOK, Text: c.T("compare.is_within")}
}
