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
		for _, d := range asked.Diff(approved) {
			x.Lines++
			x.Wider = x.Wider || !d.Narrowing
		}
	}
	l.m.Waiting = append(l.m.Waiting, x)
	return nil
}

// drifted adds an integration whose present Scope its approval does not cover. Most have the very Scope that was
// approved, and their hashes say so.
func (l *queue) drifted(q *store.GateQuestion) error {
	a := q.Approval
	if a == nil || a.State != store.AppApproved || q.System == nil || q.Kind == nil || q.Connection == nil || q.Mapping == nil ||
		q.Codebook == nil {
		return nil
	}
	now := store.ComputeScope(q.ScopeParts)
	if now.Hash() == a.ScopeHash {
		return nil
	}
	approved, err := store.ParseScope(a.Scope)
	if err != nil {
		return err
	}
	if n := len(now.Uncovered(approved)); n > 0 {
		l.m.Drifted = append(l.m.Drifted, assess.Drifted{Integration: *q.Integration, Registry: q.Registry.Name, Lines: n})
	}
	return nil
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
