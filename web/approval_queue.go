package web

import (
	"time"

	"samband/store"
	"samband/store/text"
	"samband/views/assess"
	"samband/views/integration"
)

// queue gathers what waits for the security officer, one integration after the other.
type queue struct {
	m    *assess.QueueModel
	me   string // user id of the reader
	lang text.Lang
	at   time.Time
	seen map[store.Deadline]int // where it stands in m.Expiring
}

// open adds an approval that waits or was sent back, with how it differs from the one that holds.
func (l *queue) open(q *store.GateQuestion, a *store.Approval) error {
	x := assess.Waiting{Approval: *a, Integration: *q.Integration, Registry: q.Registry.Name, Own: a.MayDecide(l.me) != nil}
	if a.State == store.AppChangeRequested {
		l.m.Returned = append(l.m.Returned, x)
		return nil
	}
	if holds := q.Approval; holds != nil && holds.State == store.AppApproved {
		asked, err := store.ParseScope(a.Scope)
		if err != nil {
			return err
		}
		approved, err := store.ParseScope(holds.Scope)
		if err != nil {
			return err
		}
		x.Again = true
		for _, c := range store.Changes(asked.Diff(approved)) {
			x.Changes++
			x.Wider = x.Wider || !c.Narrowing
		}
	}
	l.m.Waiting = append(l.m.Waiting, x)
	return nil
}

// footing adds an integration that is approved and can't run; waits tells that a change of it is submitted.
func (l *queue) footing(q *store.GateQuestion, waits bool) {
	x := assess.Stopped{Integration: *q.Integration, Registry: q.Registry.Name, Waits: waits,
		Footing: store.Gate(*q).Footing(q.Approval)}
	switch x.Footing.State {
	case store.FootingDrifted:
		l.m.Drifted = append(l.m.Drifted, x)
	case store.FootingRefused:
		l.m.Stopped = append(l.m.Stopped, x)
	}
}

// unseen adds the conditions that are said to be met, and that nobody who may approve has seen.
func (l *queue) unseen(q *store.GateQuestion) {
	a := q.Approval
	if a == nil || a.State != store.AppApproved {
		return
	}
	for _, t := range a.Conditions {
		if t.Unseen() {
			l.m.Unseen = append(l.m.Unseen, assess.Unseen{Integration: *q.Integration, Term: t})
		}
	}
}

// deadlines adds what the integration rests on that runs out within the time people are warned. What several rest on is
// told once, with how many stop.
func (l *queue) deadlines(q *store.GateQuestion) {
	for _, d := range store.Deadlines(q) {
		if !d.On.Lapsed(l.at) && !store.ExpiresSoon(d.On, l.at) {
			continue
		}
		if at, ok := l.seen[d]; ok {
			l.m.Expiring[at].Hits++
			continue
		}
		l.seen[d] = len(l.m.Expiring)
		name, href := l.place(q, d)
		l.m.Expiring = append(l.m.Expiring, assess.Expiring{Deadline: d, Name: name, Href: href, Days: d.On.DaysLeft(l.at), Hits: 1})
	}
}

// place names what a deadline belongs to, and says where it stands.
func (l *queue) place(q *store.GateQuestion, d store.Deadline) (name, href string) {
	switch d.Kind {
	case "ros", "ld", "route":
		kind := d.Kind
		if kind == "route" {
			kind = "ld"
		}
		return text.T(l.lang, "integration.document", "id", d.ID, "version", d.No), integration.DocumentHref(kind, d.ID, d.No)
	case "rek", "agreement", "exemption", "registry":
		return q.Registry.Name, "/registries/" + d.ID
	case "system":
		return q.System.Name, "/systems/" + d.ID
	case "condition":
		return q.Integration.Name + ": " + d.Text, integration.Href(q.Integration.ID) + "/approval#conditions"
	}
	return q.Integration.Name, integration.Href(q.Integration.ID) + "/approval"
}
