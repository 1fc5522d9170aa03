package jobs

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"samband/jobs/connector"
	"samband/store"
	"samband/store/db"
	"samband/store/seed"
	"samband/store/vault/consent"
)

// consentSync knows when each rule's list was last asked for, so that a source that fails isn't asked without pause.
type consentSync struct {
	mu    sync.Mutex
	tried map[string]time.Time // by rule
}

// consentPause is how long passes between two attempts at a list that could not be read.
const consentPause = 15 * time.Minute

// consentTries is how often a load begins again because somebody in it withdrew.
const consentTries = 3

// due tells whether a list may be asked for now, and notes that it is.
func (c *consentSync) due(rule string, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if last, ok := c.tried[rule]; ok && now.Sub(last) < consentPause && !now.Before(last) {
		return false
	}
	if c.tried == nil {
		c.tried = map[string]time.Time{}
	}
	c.tried[rule] = now
	return true
}

// SyncConsent reads a rule's list to the end and takes it in; one that the rule's brake holds waits for a person, see the
// snapshot's State. When anything goes wrong on the way nothing is changed.
func (j *Jobs) SyncConsent(ctx context.Context, ruleID string, by store.Actor) (x store.ConsentSnapshot, err error) {
	r, err := j.DB.ConsentRule(ctx, ruleID)
	if err != nil {
		return x, err
	}
	e := store.AuditEntry{Action: "consent.sync", Kind: "consent_rule", Object: r.ID, Registry: r.RegistryID, Result: "ok"}
	if x, err = j.readConsents(ctx, r); err != nil {
		if ctx.Err() != nil {
			return x, ctx.Err()
		}
		e.Result = string(store.CodeOf(err))
		return x, errors.Join(err, j.DB.Record(ctx, e, by))
	}
	if x.State == store.SnapshotHeld {
		e.Action, e.Result = "consent.hold", string(x.Why.Code)
	}
	e.Details = store.Args{"list": x.No, "active": x.Turn.Active, "new": x.Turn.New, "withdrawn": x.Turn.Withdrawn,
		"invalid": x.Turn.Invalid, "review": x.Turn.Review, "lower": x.Turn.Lower}
	return x, j.DB.Record(ctx, e, by)
}

// readConsents reads a list. A person's number is turned into the vault's index at once and let go of.
func (j *Jobs) readConsents(ctx context.Context, r *store.ConsentRule) (x store.ConsentSnapshot, err error) {
	g, err := j.DB.Registry(ctx, r.RegistryID)
	if err != nil {
		return x, err
	}
	c, err := j.DB.Connection(ctx, r.ConnectionID)
	if err != nil {
		return x, err
	}
	if g.Demo && c.ID == seed.DemoConsents { // the demonstration plays those who keep the list, too
		if err := drawConsents(c.Settings["folder"], j.Clock.Now()); err != nil {
			return x, err
		}
	}
	src, err := j.consentSource(c, r)
	if err != nil {
		return x, err
	}
	began := j.Clock.Now()
	q := store.GateQuestion{ScopeParts: store.ScopeParts{Registry: g}}
	rules, index := j.idents(&q), j.vault.NewIndexer(nil)
	l := consent.Reading{Legal: began}
	asOf, err := src.Choices(ctx, connector.ConsentQueryOf(r), func(c connector.ConsentChoice) error {
		key, ok := personKey(c.Number, rules, began)
		if !ok {
			l.Invalid++
			return nil
		}
		l.Entries = append(l.Entries, consent.Entry{Index: index.Index(key), Active: c.Active, Unclear: c.Unclear, At: c.At,
			From: c.From, Until: c.Until, Seq: c.Seq})
		return nil
	})
	if err != nil {
		return x, err
	}
	if !asOf.IsZero() && asOf.Before(began) {
		l.Legal = asOf
	}
	l.Known = j.Clock.Now()
	x, err = j.consents.Take(ctx, r, l)
	if store.CodeOf(err) != "consent.older_list" {
		return x, err
	}
	// The same list lies there still, or another process was quicker: that is no failure, and no news either.
	known, err := j.consents.Lists(ctx, r)
	if err != nil {
		return x, err
	}
	if known.Waits.No > 0 {
		return known.Waits, nil
	}
	return known.Holds, nil
}

func personKey(number store.Secret, rules store.IdentRules, now time.Time) (store.PersonKey, bool) {
	res := store.ParsePerson(number.Reveal(), rules, now)
	if res.Err != "" {
		return store.PersonKey{}, false
	}
	key, err := store.NewPersonKey(res.Kind, "", res.Number)
	return key, err == nil
}

func (j *Jobs) consentSource(c *store.Connection, r *store.ConsentRule) (connector.ConsentSource, error) {
	k, ok := j.connectors[c.Kind]
	if !ok || k.OpenConsents == nil {
		return nil, store.E(store.Refused, "gate.consent_connection", store.Args{"rule": r.Name})
	}
	return k.OpenConsents(connector.Settings{Values: c.Settings, Clock: j.Clock, Network: j.network()})
}

// syncConsents reads the lists whose time has come.
func (j *Jobs) syncConsents(ctx context.Context) error {
	rules, err := j.DB.ConsentRules(ctx, "")
	if err != nil {
		return err
	}
	var failed []error
	for i := range rules {
		r := &rules[i]
		l, err := j.consents.Lists(ctx, r)
		if err == nil && r.Due(l.Holds, j.Clock.Now()) && j.syncing.due(r.ID, j.Clock.Now()) {
			_, err = j.SyncConsent(ctx, r.ID, store.SystemActor())
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// choices gives what people's choices say now of what the run moves; nil where no rule has a say. A list that is too old is
// read first.
func (a *attempt) choices(ctx context.Context) (*consent.View, error) {
	j, r := a.j, a.run
	rules, system := consentRules(&a.q)
	if len(rules) == 0 {
		return nil, nil
	}
	view, err := j.consents.View(ctx, r.RegistryID, system, rules, j.Clock.Now())
	if code := store.CodeOf(err); code == "consent.list_old" || code == "consent.list_missing" {
		if err := j.refresh(ctx, rules); err != nil {
			j.log(ctx, r, store.LogError, store.StageGate, store.CodeOf(err), argsOf(err))
		}
		view, err = j.consents.View(ctx, r.RegistryID, system, rules, j.Clock.Now())
	}
	if err != nil {
		return nil, err
	}
	a.detail.Consents = view.Lists()
	for _, l := range a.detail.Consents {
		var n any = l.Active
		if l.Active > 0 && l.Active < store.SmallCell { // the log is read by those who see no person, too
			n = "<" + strconv.Itoa(store.SmallCell)
		}
		j.log(ctx, r, store.LogInfo, store.StageExtract, "run.consent_list",
			store.Args{"name": l.Name, "at": l.Legal, "list": l.Snapshot, "n": n})
	}
	return view, nil
}

// consentRules gives the rules that may have a say over what an integration moves, and the system it goes to, "" for the
// registry itself.
func consentRules(q *store.GateQuestion) (rules []store.ConsentRule, system string) {
	for i := range q.Consents {
		rules = append(rules, q.Consents[i].Rule)
	}
	if q.System != nil && q.System.Role == store.Destination {
		system = q.System.ID
	}
	return rules, system
}

// maySend refuses to send while somebody has shut the recipient out, or while nobody knows: a sending can't leave single
// persons out yet, so it sends nothing rather than what it must not.
func (a *attempt) maySend(ctx context.Context) error {
	restricts := false
	rules, system := consentRules(&a.q)
	for i := range rules {
		restricts = restricts || rules[i].Type == store.TypeRestriction && rules[i].Covers(system)
	}
	if !restricts {
		return nil
	}
	view, err := a.choices(ctx)
	if err != nil {
		return err
	}
	for _, l := range view.Lists() {
		if l.Type == store.TypeRestriction && l.Active > 0 {
			return store.E(store.Refused, "consent.shut_out", store.Args{"rule": l.Name})
		}
	}
	return nil
}

// refresh reads the lists that are too old, whoever asked for them last.
func (j *Jobs) refresh(ctx context.Context, rules []store.ConsentRule) error {
	for i := range rules {
		r := &rules[i]
		l, err := j.consents.Lists(ctx, r)
		if err != nil {
			return err
		}
		if s := l.State(r, j.Clock.Now()); s == store.ListOld || s == store.ListMissing {
			if _, err := j.SyncConsent(ctx, r.ID, store.SystemActor()); err != nil {
				return err
			}
		}
	}
	return nil
}

// reopen opens the run's delivery once more.
func (a *attempt) reopen(ctx context.Context) (connector.Delivery, error) {
	if a.input != nil {
		if a.again == nil {
			return nil, store.E(store.Unavailable, "consent.changed", nil)
		}
		return a.again(ctx)
	}
	return a.find(ctx)
}

// DecideConsent takes in the list that waits, or lets go of it, on a person's word. Conflict "consent.not_held": another one
// waits than the one that was looked at, or none.
func (j *Jobs) DecideConsent(ctx context.Context, ruleID string, no int64, accept bool, reason string, by store.Actor) error {
	r, err := j.DB.ConsentRule(ctx, ruleID)
	if err != nil {
		return err
	}
	e := store.AuditEntry{Action: "consent.refuse", Kind: "consent_rule", Object: r.ID, Registry: r.RegistryID, Result: "ok", Reason: reason,
		Details: store.Args{"list": no}}
	decide := func() error { return j.consents.Refuse(ctx, r, no, by.Name, reason) }
	if accept {
		e.Action = "consent.accept"
		decide = func() error { return j.consents.Accept(ctx, r, no, by.Name, reason, j.Clock.Now()) }
	}
	if l, err := j.consents.Lists(ctx, r); err != nil {
		return err
	} else if l.Waits.No != no || no == 0 {
		return store.E(store.Conflict, "consent.not_held", nil)
	}
	// The log first: what was let in is known to have been let in.
	if err := j.DB.Record(ctx, e, by); err != nil {
		return err
	}
	return decide()
}

// ConsentStates gives the rules of a registry, each with its list.
func (j *Jobs) ConsentStates(ctx context.Context, registryID string) ([]store.ConsentStanding, error) {
	rules, err := j.DB.ConsentRules(ctx, registryID)
	if err != nil {
		return nil, err
	}
	var out []store.ConsentStanding
	for _, r := range rules {
		l, err := j.consents.Lists(ctx, &r)
		if err != nil {
			return nil, db.Trouble(err)
		}
		out = append(out, store.ConsentStanding{Rule: r, Lists: *l, State: l.State(&r, j.Clock.Now())})
	}
	return out, nil
}
