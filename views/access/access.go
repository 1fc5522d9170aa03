// Package access draws who may do what here and why: the list of everyone with access, a person's own page, requests,
// and the reviews in which each grant is confirmed or ended.
package access

import (
	"slices"
	"time"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/edit"
	"samband/views/layout"
)

// Names turns ids into what people call them.
type Names struct {
	User     map[string]string
	Registry map[string]string
}

// Where names the registry of a grant or a request.
func (n Names) Where(c layout.Ctx, registryID string) string {
	if registryID == store.AllRegistries {
		return c.T("access.all")
	}
	if name := n.Registry[registryID]; name != "" {
		return name
	}
	return registryID
}

// Who names a user, or what acts when no person does.
func (n Names) Who(c layout.Ctx, id string) string {
	if name := n.User[id]; name != "" {
		return name
	}
	return text.Actor(c.Lang, id)
}

// UserHref is the page about one person's access.
func UserHref(id string) string { return "/access/users/" + id }

// RequestHref is the page of a request.
func RequestHref(id string) string { return "/access/requests/" + id }

// ReviewHref is the page of a review.
func ReviewHref(id string) string { return "/access/review/" + id }

// basis says what a grant rests on.
func (n Names) basis(c layout.Ctx, g *store.Grant) string {
	switch {
	case g.Source != store.SourcePortal:
		return c.T("access.source." + g.Source)
	case g.AskedBy == "":
		return c.T("access.basis.given", "granted", n.Who(c, g.GrantedBy))
	}
	return c.T("access.basis", "asked", n.Who(c, g.AskedBy), "granted", n.Who(c, g.GrantedBy))
}

// until is the last day of a grant, which ends as the next begins.
func until(c layout.Ctx, g *store.Grant) string {
	if g.Until.IsZero() {
		return c.T("access.no_end")
	}
	return c.Date(store.DateOf(g.Until.Add(-time.Microsecond)))
}

// role names the role of a grant.
func role(c layout.Ctx, r store.PortalRole) string { return c.T("role." + string(r)) }

// look is whether a line of the list gives what it says.
func (m *ListModel) look(c layout.Ctx, a *store.Access) (ds.State, bool) {
	switch {
	case a.Blocked:
		return ds.State{Tone: ds.Danger, Icon: ds.IconBlocked, Text: c.T("access.blocked")}, true
	case slices.Contains(m.Torn, a.User.ID) && (a.Grant.Role == store.RoleAdmin || a.Grant.Role == store.RoleSecurity):
		return ds.State{Tone: ds.Danger, Icon: ds.IconWarning, Text: c.T("access.torn")}, true
	case a.Grant.DeputyFor != "":
		return ds.State{Tone: ds.Info, Icon: ds.IconPeople,
			Text: c.T("access.deputy_for", "name", m.Names.Who(c, a.Grant.DeputyFor))}, true
	}
	return ds.State{}, false
}

var requests = map[store.RequestState]struct {
	tone ds.Tone
	icon ds.IconName
}{
	store.ReqAsked:     {ds.Info, ds.IconWaiting},
	store.ReqGranted:   {ds.Success, ds.IconOK},
	store.ReqDeclined:  {ds.Danger, ds.IconFailed},
	store.ReqWithdrawn: {ds.Neutral, ds.IconSkipped},
	store.ReqLapsed:    {ds.Neutral, ds.IconSkipped},
}

// RequestState gives the look of a request's state.
func RequestState(c layout.Ctx, s store.RequestState) ds.State {
	return ds.State{Tone: requests[s].tone, Icon: requests[s].icon, Text: c.T("request." + string(s))}
}

var reviews = map[store.ReviewState]struct {
	tone ds.Tone
	icon ds.IconName
}{
	store.ReviewOpen:    {ds.Info, ds.IconWaiting},
	store.ReviewOverdue: {ds.Danger, ds.IconWarning},
	store.ReviewClosed:  {ds.Success, ds.IconOK},
}

// ReviewState gives the look of a review's state.
func ReviewState(c layout.Ctx, s store.ReviewState) ds.State {
	return ds.State{Tone: reviews[s].tone, Icon: reviews[s].icon, Text: c.T("review.state." + string(s))}
}

// Title says in one line what a request asks for.
func (n Names) Title(c layout.Ctx, q *store.AccessRequest) string {
	name := n.Who(c, q.UserID)
	if q.Kind == store.RequestLift {
		return c.T("request.title.lift", "name", name)
	}
	return c.T("request.title", "name", name, "role", store.Code("role."+string(q.Role)), "where", n.Where(c, q.RegistryID))
}

// RequestNeed is a request as a task.
func (n Names) RequestNeed(c layout.Ctx, q *store.AccessRequest) ds.Need {
	return ds.Need{State: RequestState(c, q.State), Title: n.Title(c, q),
		Text:   c.T("request.asked_by", "name", n.Who(c, q.AskedBy), "at", q.AskedAt, "reason", q.Reason),
		Action: ds.ButtonProps{Text: c.T("request.open"), Href: RequestHref(q.ID), Label: c.T("request.open") + ": " + n.Title(c, q)}}
}

// ReviewNeed is a review as a task.
func (n Names) ReviewNeed(c layout.Ctx, v *store.AccessReview, at time.Time) ds.Need {
	title := c.T("review.title", "where", n.Where(c, v.RegistryID))
	return ds.Need{State: ReviewState(c, v.State), Title: title,
		Text:   c.T("review.left", "n", v.Waiting(at), "all", len(v.Lines), "date", v.DueOn),
		Action: ds.ButtonProps{Text: c.T("review.open"), Href: ReviewHref(v.ID), Label: c.T("review.open") + ": " + title}}
}

// again is a form on a page of several that came back with a fault.
type again struct {
	Which string
	Form  edit.Form
}

// field is a field of one of several forms that have it.
func (a again) field(c layout.Ctx, which, name string, rows int) ds.Field {
	f := edit.Form{Area: "access"}
	if which == a.Which {
		f = a.Form
		f.Area = "access"
	}
	d := f.Field(c, name)
	d.ID, d.Rows = which+"-"+name, rows
	return d
}

// Again is what pages with several forms carry.
type Again = again

// PersonOptions are people to choose from.
func PersonOptions(list []store.User) []ds.Option {
	options := make([]ds.Option, len(list))
	for i, u := range list {
		options[i] = ds.Option{Value: u.ID, Text: u.Name}
	}
	return options
}

// Rows writes the list as a table for a file, every fact in a column of its own.
func Rows(c layout.Ctx, m *ListModel, row func(...string)) {
	head := []string{"access.name", "access.role", "access.where", "access.csv.source", "access.csv.asked",
		"access.csv.granted", "access.from", "access.until", "access.field.reason", "access.csv.deputy", "access.blocked"}
	if !m.Past {
		head = append(head, "access.seen")
	}
	for i, key := range head {
		head[i] = c.T(key)
	}
	row(head...)
	for i := range m.Access {
		a := &m.Access[i]
		g := &a.Grant
		end, asked, deputy, blocked := "", "", "", ""
		if !g.Until.IsZero() {
			end = c.ISO(g.Until)
		}
		if g.AskedBy != "" {
			asked = m.Names.Who(c, g.AskedBy)
		}
		if g.DeputyFor != "" {
			deputy = m.Names.Who(c, g.DeputyFor)
		}
		if a.Blocked {
			blocked = c.T("access.blocked")
		}
		cells := []string{a.User.Name, role(c, g.Role), m.Names.Where(c, g.RegistryID), c.T("access.source." + g.Source), asked,
			m.Names.Who(c, g.GrantedBy), c.ISO(begins(g)), end, g.Reason, deputy, blocked}
		if !m.Past {
			cells = append(cells, c.ISO(a.User.LastSeen))
		}
		row(cells...)
	}
}
