package db

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"samband/store"
)

// TellNotices reads at most n entries of the audit log, and n runs, that nobody has been told of yet, and tells of them
// by the rules of store.NoticeRules. What is read and what is told lie in one transaction: a crash loses nothing and
// tells nothing twice. more is true when there is more to read.
func (d *DB) TellNotices(ctx context.Context, n int) (more bool, err error) {
	err = d.update(ctx, func(t *tx) error {
		teller, err := t.teller()
		if err != nil {
			return err
		}
		a, err := teller.audit(n)
		if err != nil {
			return err
		}
		b, err := teller.runs(n)
		more = a == n || b == n
		return err
	})
	if store.CodeOf(err) == "db.changed" { // another process told first
		return false, nil
	}
	return more, err
}

// RemindNotices tells of last days that come near, and of data that are late. It can be asked as often as one likes:
// each limit of each day is told a person once.
func (d *DB) RemindNotices(ctx context.Context) error {
	return d.update(ctx, func(t *tx) error {
		teller, err := t.teller()
		if err != nil {
			return err
		}
		for _, remind := range []func() error{teller.approvals, teller.documents, teller.grants, teller.late} {
			if err := remind(); err != nil {
				return err
			}
		}
		return nil
	})
}

// teller tells of events in one transaction.
type teller struct {
	*tx
	people   []store.Person
	mailed   map[string]*store.NoticeSetting // of those with a confirmed address
	webhooks []store.Webhook
	names    map[string]string // of registries
}

func (t *tx) teller() (*teller, error) {
	w := &teller{tx: t, mailed: map[string]*store.NoticeSetting{}, names: map[string]string{}}
	access, err := t.access(t.now)
	if err != nil {
		return nil, err
	}
	for _, a := range access {
		if a.Blocked {
			continue
		}
		if n := len(w.people); n == 0 || w.people[n-1].User.ID != a.User.ID {
			w.people = append(w.people, store.Person{User: a.User})
		}
		p := &w.people[len(w.people)-1]
		p.Grants = append(p.Grants, a.Grant)
	}
	settings, err := all(t, scanNoticeSetting, `SELECT `+noticeSettingColumns+` FROM notice_setting WHERE address <> ''`)
	if err != nil {
		return nil, err
	}
	for i := range settings {
		w.mailed[settings[i].UserID] = &settings[i]
	}
	if w.webhooks, err = t.webhooks(); err != nil {
		return nil, err
	}
	list, err := all(t, func(r row) (g [2]string, err error) {
		err = r.Scan(&g[0], &g[1])
		return g, err
	},
		`SELECT id, name FROM registry`)
	for _, g := range list {
		w.names[g[0]] = g[1]
	}
	return w, err
}

// tell makes the notices of an event, and what webhooks are sent of it.
func (w *teller) tell(e *store.NoticeEvent) error {
	rule := e.Rule()
	if rule == nil {
		return nil
	}
	if e.Args == nil {
		e.Args = store.Args{}
	}
	if e.Registry != "" {
		e.Args["registry"] = w.names[e.Registry]
	}
	for _, id := range rule.Recipients(e, w.people, w.now) {
		path := e.Path
		if id == e.Person {
			path = "/access/mine" // what everybody may see
		}
		mail := "-"
		if s := w.mailed[id]; s != nil && s.Wants(rule.Kind) {
			mail = ""
		}
		if err := w.exec(`INSERT INTO notice (id, event, user_id, kind, topic, urgent, registry_id, path, args, at, read_at,
				outbox_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11) ON CONFLICT (event, user_id) DO NOTHING`,
			w.ids.New(), e.ID, id, rule.Kind, e.Topic, rule.Urgent, e.Registry, path, encode(e.Args), micros(e.At),
			mail); err != nil {
			return err
		}
	}
	for _, h := range w.webhooks {
		if !h.Wants(rule.Kind, e.Registry) {
			continue
		}
		if err := w.exec(`INSERT INTO outbox (`+outgoingColumns+`, event)
				VALUES ($1, 'webhook', $2, $3, 'waiting', 0, $4, 0, '', $4, 0, $5) ON CONFLICT DO NOTHING`,
			w.ids.New(), h.ID, encode(webhookBody{ID: e.ID, Kind: rule.Kind, At: e.At, Registry: e.Registry, Topic: e.Topic,
				Path: e.Path, Facts: e.Args}), micros(w.now), e.ID); err != nil {
			return err
		}
	}
	return nil
}

// webhookBody is what a webhook is sent of an event.
type webhookBody struct {
	ID       string           `json:"id"`
	Kind     store.NoticeKind `json:"kind"`
	At       time.Time        `json:"at"`
	Registry string           `json:"registry,omitempty"`
	Topic    string           `json:"topic"`
	Path     string           `json:"path"`
	Facts    store.Args       `json:"facts"`
}

func (w *teller) cursor(name string) (int64, error) {
	return value[int64](w.tx, `SELECT value FROM notice_cursor WHERE name = $1`, name)
}

// move sets a cursor on. The row is locked by the first of two that tell at once, and the second finds it moved.
func (w *teller) move(name string, from, to int64) error {
	n, err := w.affect(`UPDATE notice_cursor SET value = $3 WHERE name = $1 AND value = $2`, name, from, to)
	if err == nil && n == 0 {
		return changed()
	}
	return err
}

// audit tells of entries of the log and gives how many it read.
func (w *teller) audit(n int) (int, error) {
	from, err := w.cursor("audit")
	if err != nil {
		return 0, err
	}
	list, err := all(w.tx, scanStored, `SELECT seq, entry, leaf FROM audit_entry WHERE seq > $1 ORDER BY seq LIMIT $2`, from, n)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	for _, s := range list {
		var e store.AuditEntry
		if err := json.Unmarshal(s.Entry, &e); err != nil {
			return 0, err
		}
		event, err := w.event(&e)
		if err != nil {
			return 0, err
		}
		if event != nil {
			if err := w.tell(event); err != nil {
				return 0, err
			}
		}
	}
	return len(list), w.move("audit", from, list[len(list)-1].Seq)
}

// event gives what an entry of the log tells, nil when nobody is told of such.
func (w *teller) event(e *store.AuditEntry) (*store.NoticeEvent, error) {
	v := &store.NoticeEvent{ID: fmt.Sprint("audit:", e.Seq), Name: e.Action, At: e.At, Registry: e.Registry, Actor: e.ActorID}
	switch {
	case e.Kind == "approval":
		return v, w.ofApproval(v, e.Object)
	case e.Action == "run.end", e.Action == "run.take":
		r, err := found(w.runByID(e.Object))
		if r == nil || r.DryRun {
			return nil, err
		}
		v.Actor = "" // who started it wants to know how it ended
		if v.Name = "run.end:" + said(e, "state"); e.Action == "run.take" {
			v.Name = "run.lost"
			if said(e, "state") != string(store.RunRunning) { // a person decided about it
				return nil, nil
			}
		}
		return v, w.ofRun(v, r)
	case strings.HasPrefix(e.Action, "access."):
		return w.ofAccess(v, e)
	case e.Kind == "reidentification":
		return w.ofReident(v, e)
	case e.Action == "session.emergency":
		if e.Result != "ok" {
			v.Name = "session.emergency:refused"
		}
		v.Topic, v.Path = e.Object, "/audit"
	case e.Kind == "audit":
		findings, _ := e.Details["findings"].(int64)
		accepted, _ := e.Details["accepted"].(int64)
		if e.Action == "audit.verify" && findings > accepted {
			v.Name = "audit.verify:found"
		}
		v.Topic, v.Path = e.Object, "/audit"
	}
	if v.Rule() == nil {
		return nil, nil
	}
	return v, nil
}

// ofReident fills in an event about a request to know who persons are. Nothing of them goes with it.
func (w *teller) ofReident(v *store.NoticeEvent, e *store.AuditEntry) (*store.NoticeEvent, error) {
	if v.Rule() == nil {
		return nil, nil
	}
	q, err := found(w.reident(e.Object))
	if q == nil {
		return nil, err
	}
	v.Submitter, v.Topic, v.Path = q.AskedBy, q.ID, "/reidentification/"+q.ID
	v.Args = store.Args{"state": store.Code("reident.state." + strings.TrimPrefix(e.Action, "reident."))}
	return v, nil
}

// ofAccess fills in an event about what somebody may do. The first access that a login gives is what they came for, so
// nobody is told of it.
func (w *teller) ofAccess(v *store.NoticeEvent, e *store.AuditEntry) (*store.NoticeEvent, error) {
	if v.Rule() == nil {
		return nil, nil
	}
	if e.Action == "access.replace" {
		before, err := value[int64](w.tx, `SELECT COUNT(*) FROM audit_entry WHERE kind = 'user' AND object = $1 AND seq < $2
			AND action = 'access.replace'`, e.Object, e.Seq)
		if err != nil || before == 0 {
			return nil, err
		}
	}
	v.Person, v.Topic, v.Path = e.Object, e.Object, "/access"
	v.Registry = "" // who gives access does so for the whole portal
	v.Args = store.Args{"did": store.Code("audit.did." + strings.TrimPrefix(e.Action, "access."))}
	return v, w.meet(e.Object)
}

// meet puts a user among those who can be told, also one whose last access has ended.
func (w *teller) meet(id string) error {
	if slices.ContainsFunc(w.people, func(p store.Person) bool { return p.User.ID == id }) {
		return nil
	}
	u, err := w.user(id)
	if store.ClassOf(err) == store.NotFound {
		return nil
	}
	if err == nil && u.BlockedAt.IsZero() {
		w.people = append(w.people, store.Person{User: u})
	}
	return err
}

func said(e *store.AuditEntry, name string) string {
	s, _ := e.Details[name].(string)
	return s
}

func (w *teller) ofApproval(v *store.NoticeEvent, id string) error {
	a, err := found(w.approval(id))
	if a == nil {
		return err
	}
	v.Submitter = a.SubmittedBy
	return w.ofIntegration(v, a.IntegrationID, "/integrations/"+a.IntegrationID+"/approval")
}

func (w *teller) ofIntegration(v *store.NoticeEvent, id, path string) error {
	i, err := found(w.integration(id))
	if err != nil {
		return err
	}
	v.Topic, v.Path = id, path
	if v.Args == nil {
		v.Args = store.Args{}
	}
	v.Args["integration"] = id
	if i != nil {
		v.Args["integration"], v.Registry = i.Name, i.RegistryID
	}
	return nil
}

// ofRun fills in an event about a run. A run that succeeded or was held without a row is one without rows.
func (w *teller) ofRun(v *store.NoticeEvent, r *store.Run) error {
	if err := w.ofIntegration(v, r.IntegrationID, fmt.Sprint("/runs/", r.No)); err != nil {
		return err
	}
	v.Args["no"] = r.No
	if host, _ := r.ReasonArgs["host"].(string); host != "" && v.Name == "run.end:failed" {
		// What stops because one host is away is one thing to see to, however many integrations it stops.
		v.Args["host"], v.Topic = host, "host:"+host
	}
	if v.Name == "run.end:succeeded" || v.Name == "run.end:held" {
		i, err := found(w.integration(r.IntegrationID))
		if err != nil {
			return err
		}
		if i != nil && !i.Limits.AllowEmpty && r.Counts.Read == 0 {
			v.Name = "run.end:empty"
		}
	}
	return nil
}

// runs tells of due times that never became a run, which the ledger alone knows, and gives how many runs it read.
func (w *teller) runs(n int) (int, error) {
	from, err := w.cursor("run")
	if err != nil {
		return 0, err
	}
	list, err := all(w.tx, scanRun, `SELECT `+runColumns+` FROM run WHERE no > $1 ORDER BY no LIMIT $2`, from, n)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	for i := range list {
		r := &list[i]
		if r.State != store.RunMissed || r.Attempt > 0 {
			continue
		}
		v := &store.NoticeEvent{ID: "missed:" + r.ID, Name: "run.missed", At: w.now}
		if err := w.ofRun(v, r); err != nil {
			return 0, err
		}
		if err := w.tell(v); err != nil {
			return 0, err
		}
	}
	return len(list), w.move("run", from, list[len(list)-1].No)
}

// approvals reminds of the last days of approvals that hold, and of their conditions that nobody has met.
func (w *teller) approvals() error {
	list, err := all(w.tx, scanApproval, `SELECT `+approvalColumns+` FROM approval WHERE state = 'approved'`)
	if err != nil {
		return err
	}
	for i := range list {
		a := &list[i]
		if err := w.due("approval", a.ID, a.ValidTo, func(v *store.NoticeEvent) error { return w.ofApproval(v, a.ID) }); err != nil {
			return err
		}
		for j := range a.Conditions {
			c := &a.Conditions[j]
			if c.Met() {
				continue
			}
			id := fmt.Sprint(a.ID, "/", c.No)
			if err := w.due("condition", id, c.DueOn, func(v *store.NoticeEvent) error { return w.ofApproval(v, a.ID) }); err != nil {
				return err
			}
		}
	}
	return nil
}

// due tells of a last day, when it is near enough.
func (w *teller) due(what, id string, last store.Date, fill func(*store.NoticeEvent) error) error {
	days := store.Reminder(last, w.now)
	if days == 0 {
		return nil
	}
	v := store.DueEvent(what, id, last, days, w.now)
	if err := fill(&v); err != nil {
		return err
	}
	v.Topic = what + ":" + id
	return w.tell(&v)
}

// documents reminds of the last days of ROS and LD that something in use rests on.
func (w *teller) documents() error {
	for what, query := range map[string]string{
		"ros": `SELECT DISTINCT d.id, d.version, d.valid_to FROM risk_assessment d
			JOIN integration i ON i.ros_id = d.id AND i.ros_version = d.version
			WHERE d.state IN ('accepted', 'accepted_with_conditions') AND i.state <> 'ended'`,
		"ld": `SELECT DISTINCT d.id, d.version, d.valid_to FROM solution_design d
			JOIN integration i ON i.ld_id = d.id AND i.ld_version = d.version
			WHERE d.state = 'approved' AND i.state <> 'ended'`,
	} {
		type document struct {
			ref  store.Ref
			last store.Date
		}
		list, err := all(w.tx, func(r row) (d document, err error) {
			err = r.Scan(&d.ref.ID, &d.ref.Version, &d.last)
			return d, err
		}, query)
		if err != nil {
			return err
		}
		for _, d := range list {
			id := fmt.Sprint(d.ref.ID, "/", d.ref.Version)
			if err := w.due(what, id, d.last, func(v *store.NoticeEvent) error {
				v.Path = "/" + what + "/" + id
				v.Args["name"] = id
				return nil
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// grants reminds of grants that end, by those of ReminderDays that are in the last half of the grant: what was just
// given is not about to end.
func (w *teller) grants() error {
	for i := range w.people {
		p := &w.people[i]
		for _, g := range p.Grants {
			last := store.DateOf(g.Until)
			short := time.Duration(2*store.Reminder(last, w.now)) * 24 * time.Hour
			if g.Until.IsZero() || !g.EndsHere() || g.Until.Sub(g.GrantedAt) < short {
				continue
			}
			if err := w.due("grant", g.ID, last, func(v *store.NoticeEvent) error {
				v.Person, v.Path = p.User.ID, "/access"
				v.Args["name"] = store.Code("role." + g.Role)
				return nil
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// late tells of integrations whose data should have come.
func (w *teller) late() error {
	list, err := w.lateIntegrations()
	if err != nil {
		return err
	}
	for _, l := range list {
		v := &store.NoticeEvent{ID: fmt.Sprint("late:", l.of.ID, ":", micros(l.since)), Name: "data.late", At: w.now,
			Args: store.Args{"since": l.since}}
		if err := w.ofIntegration(v, l.of.ID, "/integrations/"+l.of.ID); err != nil {
			return err
		}
		if err := w.tell(v); err != nil {
			return err
		}
	}
	return nil
}

// lateIntegration is one whose data should have come, and since when.
type lateIntegration struct {
	of    *store.Integration
	since time.Time
}

func (t *tx) lateIntegrations() ([]lateIntegration, error) {
	type expected struct {
		id   string
		last time.Time
	}
	list, err := all(t, func(r row) (x expected, err error) {
		err = r.Scan(&x.id, moment{&x.last})
		return x, err
	}, `
		SELECT i.id, COALESCE((SELECT r.ended_at FROM run r WHERE r.no = `+lastGood+`), 0)
		FROM integration i WHERE i.expected_hours > 0 AND i.state IN ('approved', 'in_operation')`)
	if err != nil {
		return nil, err
	}
	var late []lateIntegration
	for _, x := range list {
		i, err := t.integration(x.id)
		if err != nil {
			return nil, err
		}
		if since := i.Late(x.last, t.now); !since.IsZero() {
			late = append(late, lateIntegration{i, since})
		}
	}
	return late, nil
}
