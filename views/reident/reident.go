// Package reident draws requests to know who persons are: what is asked and decided, and the one page that shows them.
package reident

import (
	"strconv"
	"time"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/edit"
	"samband/views/layout"
)

// Href is the page of a request.
func Href(id string) string { return "/reidentification/" + id }

// Names turns ids into what people call them.
type Names struct {
	User     map[string]string
	Registry map[string]string
}

// Who names a user, or what acts when no person does.
func (n Names) Who(c layout.Ctx, id string) string {
	if name := n.User[id]; name != "" {
		return name
	}
	return text.Actor(c.Lang, id)
}

func (n Names) title(c layout.Ctx, q *store.Reidentification) string {
	return c.T("reident.title.one", "purpose", store.Code("reident.purpose."+string(q.Purpose)), "registry", n.Registry[q.RegistryID])
}

var states = map[store.ReidentState]struct {
	tone ds.Tone
	icon ds.IconName
}{
	store.ReidentAsked:       {ds.Info, ds.IconWaiting},
	store.ReidentApproved:    {ds.Success, ds.IconApproved},
	store.ReidentRefused:     {ds.Danger, ds.IconFailed},
	store.ReidentWithdrawn:   {ds.Neutral, ds.IconSkipped},
	store.ReidentUsed:        {ds.Success, ds.IconEye},
	store.ReidentExpired:     {ds.Neutral, ds.IconSkipped},
	store.ReidentBroken:      {ds.Warning, ds.IconWarning},
	store.ReidentShown:       {ds.Warning, ds.IconWarning},
	store.ReidentConfirmed:   {ds.Success, ds.IconOK},
	store.ReidentDisapproved: {ds.Danger, ds.IconFailed},
}

// State gives the look of a request's state at a moment: one whose time is over looks expired, also before that is
// written down.
func State(c layout.Ctx, q *store.Reidentification, at time.Time) ds.State {
	s := q.State
	if q.Lapsed(at) {
		s = store.ReidentExpired
	}
	return ds.State{Tone: states[s].tone, Icon: states[s].icon, Text: c.T("reident.state." + string(s))}
}

// Need tells of a request that waits for a decision.
func (n Names) Need(c layout.Ctx, q *store.Reidentification, at time.Time) ds.Need {
	need := ds.Need{State: State(c, q, at), Title: n.title(c, q),
		Text:   c.T("reident.need", "name", n.Who(c, q.AskedBy), "at", q.AskedAt),
		Action: ds.ButtonProps{Text: c.T("reident.need.do"), Href: Href(q.ID)}}
	if q.State == store.ReidentShown {
		need.Text = c.T("reident.need.shown", "name", n.Who(c, q.AskedBy), "at", q.UsedAt, "until", q.UsedAt.Add(store.ReidentReview))
		if q.Overdue(at) {
			need.State.Tone = ds.Danger
			need.Text = c.T("reident.need.overdue", "name", n.Who(c, q.AskedBy), "at", q.UsedAt)
		}
	}
	return need
}

// OpenNeed tells who asked that the persons can be seen now.
func (n Names) OpenNeed(c layout.Ctx, q *store.Reidentification, at time.Time) ds.Need {
	return ds.Need{State: State(c, q, at), Title: n.title(c, q), Text: c.T("reident.need.open", "until", q.OpenUntil),
		Action: ds.ButtonProps{Text: c.T("reident.need.open.do"), Href: Href(q.ID)}}
}

// ListModel is what a person may see of the requests.
type ListModel struct {
	Names   Names
	At      time.Time
	Waiting []store.Reidentification // for the reader to decide
	Mine    []store.Reidentification // the reader's own that are not over
	Past    []store.Reidentification // all the rest that the reader may see
	MayAsk  bool
	MaySet  bool
}

// AskModel is the form that asks.
type AskModel struct {
	Form       edit.Form
	Rules      store.ReidentRules
	Registries []ds.Option
	Designs    []ds.Option
}

func (m *AskModel) breakText(c layout.Ctx) ds.Field {
	f := m.Form.Field(c, "break")
	f.Checked = f.Value != ""
	f.Hint = c.T("reident.break.help", "hours", int(store.ReidentReview/time.Hour), "n", m.Rules.BreaksPerDay)
	return f
}

func (m *AskModel) pseudonyms(c layout.Ctx) ds.Field {
	f := m.Form.Field(c, "pseudonyms")
	f.Rows, f.Code = 5, true
	f.Hint = c.T("reident.pseudonyms.help", "most", m.Rules.Most)
	return f
}

func (m *AskModel) lines(c layout.Ctx, name string, rows int) ds.Field {
	f := m.Form.Field(c, name)
	f.Rows = rows
	return f
}

// OneModel is one request.
type OneModel struct {
	Names       Names
	At          time.Time
	Request     store.Reidentification
	Design      string // title of the LD
	MayDecide   bool
	MayUse      bool
	MayWithdraw bool
	Others      int // people who may decide
	Form        edit.Form
}

func (m *OneModel) open() bool {
	return (m.Request.State == store.ReidentApproved || m.Request.State == store.ReidentBroken) && !m.Request.Lapsed(m.At)
}

func (m *OneModel) facts(c layout.Ctx) []ds.Fact {
	q := &m.Request
	var fs []ds.Fact
	add := func(key, s string) { fs = append(fs, ds.Fact{Term: c.T(key), Text: s}) }
	add("reident.field.registry", m.Names.Registry[q.RegistryID])
	add("reident.field.purpose", c.T("reident.purpose."+string(q.Purpose)))
	add("reident.field.legal_basis", q.LegalBasis)
	fs = append(fs, ds.Fact{Term: c.T("reident.field.ld"), Text: m.Design, Href: "/ld/" + q.LD.ID + "/" + strconv.Itoa(q.LD.Version)})
	add("reident.field.reason", q.Reason)
	return fs
}

func (m *OneModel) steps(c layout.Ctx) []ds.Step {
	q := &m.Request
	ok := ds.State{Tone: ds.Success, Icon: ds.IconOK, Text: c.T("request.when")}
	asked := ds.Step{State: ok, Title: c.T("reident.step.asked", "name", m.Names.Who(c, q.AskedBy)), Text: c.DateTime(q.AskedAt)}
	if q.Break {
		asked.State, asked.Title = ds.State{Tone: ds.Warning, Icon: ds.IconWarning, Text: c.T("request.when")},
			c.T("reident.step.break", "name", m.Names.Who(c, q.AskedBy))
	}
	decided := ds.Step{State: State(c, q, m.At), Title: State(c, q, m.At).Text}
	switch {
	case q.DecidedBy != "":
		decided.Title = c.T("reident.step."+m.decision(), "name", m.Names.Who(c, q.DecidedBy))
		decided.Text = c.DateTime(q.DecidedAt)
		if q.Answer != "" {
			decided.Text += ". " + q.Answer
		}
	case q.Waits(m.At):
		decided.Text = c.T("reident.step.waits")
	}
	shown := ds.Step{State: ds.State{Tone: ds.Neutral, Icon: ds.IconWaiting, Text: c.T("reident.step.not_shown")}, Title: c.T("reident.step.not_shown")}
	switch {
	case !q.UsedAt.IsZero():
		shown = ds.Step{State: ok, Title: c.T("reident.step.shown", "n", q.Shown, "asked", len(q.Pseudonyms), "name", m.Names.Who(c, q.AskedBy)),
			Text: c.DateTime(q.UsedAt)}
	case m.open():
		shown.Text = c.T("reident.step.open", "until", q.OpenUntil)
	}
	if q.Break {
		return []ds.Step{asked, shown, decided}
	}
	return []ds.Step{asked, decided, shown}
}

// decision is what was decided, whatever came after.
func (m *OneModel) decision() string {
	switch s := m.Request.State; s {
	case store.ReidentUsed, store.ReidentExpired:
		return string(store.ReidentApproved)
	default:
		return string(s)
	}
}

func (m *OneModel) choices(c layout.Ctx) []ds.Option {
	yes, no := store.ReidentApproved, store.ReidentRefused
	if m.Request.State == store.ReidentShown {
		yes, no = store.ReidentConfirmed, store.ReidentDisapproved
	}
	return []ds.Option{{Value: string(yes), Text: c.T("reident.decide." + string(yes)), Hint: c.T("reident.decide." + string(yes) + ".hint")},
		{Value: string(no), Text: c.T("reident.decide." + string(no)), Hint: c.T("reident.decide." + string(no) + ".hint")}}
}

// OpenModel is the page between an approval and the persons.
type OpenModel struct {
	Names   Names
	Request store.Reidentification
	Token   store.ReidentToken
}

// PersonsModel is the one page that shows persons.
type PersonsModel struct {
	Names   Names
	Request store.Reidentification
	Persons []store.Identity
}

func facts(c layout.Ctx, p *store.Identity) []ds.Fact {
	var fs []ds.Fact
	for _, part := range p.Parts {
		fs = append(fs, ds.Fact{Term: c.T("attribute." + string(part.Is)), Text: part.Value.Reveal()})
	}
	return fs
}

// RulesModel is the form of the rules.
type RulesModel struct{ Form edit.Form }
