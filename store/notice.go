package store

import (
	"cmp"
	"fmt"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// NoticeKind is what a notice is about: what people choose by when they say what they want by mail. Its name is the
// text "notice.kind.<kind>", its sentence "notice.say.<kind>".
type NoticeKind string

const (
	NoticeWaits     NoticeKind = "approval_waits"
	NoticeApproved  NoticeKind = "approval_approved"
	NoticeReturned  NoticeKind = "approval_returned"
	NoticeRejected  NoticeKind = "approval_rejected"
	NoticeRevoked   NoticeKind = "approval_revoked"
	NoticeExpired   NoticeKind = "approval_expired"
	NoticeEnds      NoticeKind = "ends_soon" // of an approval, a ROS, an LD, a grant or a condition
	NoticeRefused   NoticeKind = "run_refused"
	NoticeFailed    NoticeKind = "run_failed"
	NoticeHeld      NoticeKind = "run_held"
	NoticeUnknown   NoticeKind = "run_unknown"
	NoticeEmpty     NoticeKind = "run_empty"  // a delivery without rows
	NoticeLost      NoticeKind = "run_lost"   // cut off, and started over
	NoticeMissed    NoticeKind = "run_missed" // never started
	NoticeLate      NoticeKind = "data_late"
	NoticeAsked     NoticeKind = "access_asked"
	NoticeAccess    NoticeKind = "access_changed"
	NoticeInactive  NoticeKind = "access_inactive" // ended for somebody who doesn't log in
	NoticeEmergency NoticeKind = "emergency"
	NoticeTried     NoticeKind = "emergency_tried" // a wrong code for the emergency account
	NoticeLog       NoticeKind = "log_broken"      // the audit log isn't what was written or signed
	NoticeAccepted  NoticeKind = "log_accepted"    // and somebody accepted that
	NoticeWaiting   NoticeKind = "run_not_started"
	NoticeSlow      NoticeKind = "run_not_finished"
	NoticeCircuit   NoticeKind = "circuit_open"
	NoticePart      NoticeKind = "part_fault"
	NoticeUntaken   NoticeKind = "alert_untaken" // a grave alert that nobody answers for

	NoticeIdentity        NoticeKind = "identity_asked"
	NoticeIdentityAnswer  NoticeKind = "identity_answered"
	NoticeIdentityBreak   NoticeKind = "identity_break"   // persons are looked up without an approval
	NoticeIdentityOverdue NoticeKind = "identity_overdue" // and nobody has said whether that was right
)

// Audience is some of those who are told. Exactly one member is set.
type Audience struct {
	Right     Right // who has the right in the registry of the event
	Submitter bool  // who asked
	Person    bool  // whom the event is about
}

// NoticeRule makes notices of one sort of event. Event is an action of the audit log, for run.end with the state the run
// ended in: "run.end:failed", "session.emergency:refused" when it failed, "audit.verify:found" when something stands that nobody
// accepted; or "run.missed", "data.late", "due.<what>", "alert.<kind>" and "alert.untaken", which no entry tells of.
type NoticeRule struct {
	Event  string
	Kind   NoticeKind
	To     []Audience
	Urgent bool // told at once, not collected
}

var (
	officers     = Audience{Right: Approve}
	coordinators = Audience{Right: Submit}
	operators    = Audience{Right: EditSchedule}
	deciders     = Audience{Right: DecideRun}
	givers       = Audience{Right: GrantAccess}
	releasers    = Audience{Right: ReleaseIdentity}
	auditors     = Audience{Right: SeeAudit}
	submitter    = Audience{Submitter: true}
	concerned    = Audience{Person: true}
)

// NoticeRules is everything that anybody is told of. A new alert is a line here and two texts.
var NoticeRules = []NoticeRule{
	{"approval.submitted", NoticeWaits, []Audience{officers}, false},
	{"approval.approved", NoticeApproved, []Audience{submitter, coordinators}, false},
	{"approval.change_requested", NoticeReturned, []Audience{submitter, coordinators}, false},
	{"approval.rejected", NoticeRejected, []Audience{submitter, coordinators}, false},
	{"approval.revoked", NoticeRevoked, []Audience{submitter, coordinators, operators}, true},
	{"approval.expired", NoticeExpired, []Audience{submitter, coordinators, officers, operators}, false},

	{"due.approval", NoticeEnds, []Audience{submitter, coordinators, officers}, false},
	{"due.ros", NoticeEnds, []Audience{{Right: EditBasis}}, false},
	{"due.ld", NoticeEnds, []Audience{{Right: EditBasis}}, false},
	{"due.grant", NoticeEnds, []Audience{concerned, givers}, false},
	{"due.condition", NoticeEnds, []Audience{submitter, coordinators, officers}, false},

	{"run.end:refused", NoticeRefused, []Audience{coordinators, operators, officers}, false},
	{"run.end:failed", NoticeFailed, []Audience{deciders, operators}, false},
	{"run.end:held", NoticeHeld, []Audience{deciders}, false},
	{"run.end:unknown", NoticeUnknown, []Audience{deciders, operators}, false},
	{"run.end:empty", NoticeEmpty, []Audience{deciders, operators}, false},
	{"run.end:missed", NoticeMissed, []Audience{deciders, operators}, false},
	{"run.missed", NoticeMissed, []Audience{deciders, operators}, false},
	{"run.lost", NoticeLost, []Audience{operators}, false},
	{"data.late", NoticeLate, []Audience{deciders, operators}, false},

	{"alert.run_not_started", NoticeWaiting, []Audience{operators}, false},
	{"alert.run_not_finished", NoticeSlow, []Audience{operators}, false},
	{"alert.circuit_open", NoticeCircuit, []Audience{{Right: EditSettings}}, false},
	{"alert.part_fault", NoticePart, []Audience{{Right: EditSettings}}, true},
	{"alert.untaken", NoticeUntaken, []Audience{deciders, operators, {Right: EditSettings}}, true},

	{"access.ask", NoticeAsked, []Audience{givers}, false},
	{"access.grant", NoticeAccess, []Audience{concerned}, false},
	{"access.granted", NoticeAccess, []Audience{concerned}, false},
	{"access.declined", NoticeAccess, []Audience{concerned}, false},
	{"access.revoke", NoticeAccess, []Audience{concerned}, false},
	{"access.lift", NoticeAccess, []Audience{concerned}, false},
	{"access.replace", NoticeAccess, []Audience{concerned}, false},
	{"access.inactive", NoticeInactive, []Audience{concerned, officers}, false},
	{"reident.asked", NoticeIdentity, []Audience{releasers}, false},
	{"reident.approved", NoticeIdentityAnswer, []Audience{submitter}, true},
	{"reident.refused", NoticeIdentityAnswer, []Audience{submitter}, false},
	{"reident.disapproved", NoticeIdentityAnswer, []Audience{submitter, auditors}, false},
	{"reident.break", NoticeIdentityBreak, []Audience{releasers, auditors}, true},
	{"reident.overdue", NoticeIdentityOverdue, []Audience{releasers, auditors}, true},
	{"session.emergency", NoticeEmergency, []Audience{officers, {Right: EditSettings}}, true},
	{"session.emergency:refused", NoticeTried, []Audience{officers, {Right: EditSettings}}, true},
	{"audit.verify:found", NoticeLog, []Audience{officers, {Right: EditSettings}}, true},
	{"audit.suspect", NoticeLog, []Audience{officers, {Right: EditSettings}}, true},
	{"audit.accept", NoticeAccepted, []Audience{officers, {Right: EditSettings}}, true},
}

// NoticeKinds lists the kinds in the order forms offer them.
var NoticeKinds = func() []NoticeKind {
	var kinds []NoticeKind
	for _, r := range NoticeRules {
		if !slices.Contains(kinds, r.Kind) {
			kinds = append(kinds, r.Kind)
		}
	}
	return kinds
}()

// NoticeEvent is something that happened, or is about to, with what notices of it need. ID is the same however often the
// event is met, so that nobody is told twice.
type NoticeEvent struct {
	ID        string
	Name      string // as NoticeRule.Event
	At        time.Time
	Registry  string
	Actor     string // user who did it: isn't told
	Submitter string
	Person    string
	Topic     string // what repeated events have in common, within the kind
	Path      string // page of the portal
	Args      Args   // names of registries and integrations, states, days, counts of the work; nothing of a person
}

// Rule gives the rule for the event, nil when nobody is told.
func (e *NoticeEvent) Rule() *NoticeRule {
	i := slices.IndexFunc(NoticeRules, func(r NoticeRule) bool { return r.Event == e.Name })
	if i < 0 {
		return nil
	}
	return &NoticeRules[i]
}

// Recipients gives the users among people who are told of an event, each once, in the order of people.
func (r *NoticeRule) Recipients(e *NoticeEvent, people []Person, at time.Time) []string {
	var ids []string
	for i := range people {
		p := &people[i]
		id := p.User.ID
		told := slices.ContainsFunc(r.To, func(a Audience) bool {
			switch {
			case a.Submitter:
				return id == e.Submitter && (e.Registry == "" || p.Can(SeeRegistry, e.Registry, at))
			case a.Person:
				return id == e.Person
			}
			return p.Can(a.Right, e.Registry, at)
		})
		if told && id != e.Actor && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Notice is what one person is told of one event.
type Notice struct {
	ID       string
	Event    string
	UserID   string
	Kind     NoticeKind
	Topic    string
	Urgent   bool
	Registry string
	Path     string
	Args     Args
	At       time.Time
	ReadAt   time.Time // zero: unread
}

// NoticeGroup is notices of one kind and topic as one line: the newest, and how many they are.
type NoticeGroup struct {
	Notice
	Count  int64
	Things int64     // how many integrations they are about, at least 1
	Since  time.Time // when the first of them came
	Unread bool
}

// GroupNotices puts repeated notices together, newest group first.
func GroupNotices(list []Notice) []NoticeGroup {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Notice) int { return b.At.Compare(a.At) })
	var groups []NoticeGroup
	things := map[[4]string]bool{}
	for _, n := range list {
		i := slices.IndexFunc(groups, func(g NoticeGroup) bool { return g.Kind == n.Kind && g.Topic == n.Topic })
		if i < 0 {
			groups = append(groups, NoticeGroup{Notice: n})
			i = len(groups) - 1
		}
		g := &groups[i]
		g.Count++
		integration, _ := n.Args["integration"].(string)
		if thing := [4]string{string(n.Kind), n.Topic, n.Registry, integration}; !things[thing] {
			things[thing] = true
			g.Things++
		}
		g.Since, g.Unread = n.At, g.Unread || n.ReadAt.IsZero()
	}
	return groups
}

// Host names the outside host that several integrations of the group have in common, "" when there is none.
func (g *NoticeGroup) Host() string {
	host, _ := g.Args["host"].(string)
	if g.Things < 2 {
		return ""
	}
	return host
}

// Page is where the group leads: what its newest is about, or, for several integrations, the list of them.
func (g *NoticeGroup) Page() string {
	if g.Host() != "" {
		return "/alerts?kind=" + string(g.Kind) // the kind of notice and that of the alerts have one name
	}
	return g.Path
}

// RepeatAfter is how long after a mail about a topic the next one about it waits, counting what comes meanwhile.
const RepeatAfter = time.Hour

// MailedBefore says when a person was last sent mail.
type MailedBefore struct {
	Digest time.Time            // the last one with notices that were not urgent
	Topics map[string]time.Time // by Kind and Topic, see MailTopic
}

// MailTopic names what repeated mails are held back by.
func (n *Notice) MailTopic() string { return string(n.Kind) + " " + n.Topic }

// MailNow picks those of a person's unsent notices that go by mail now: the urgent at once; the others collected, when
// the oldest has waited as long as digest says and no collection went out in that time. A topic that was in a mail less
// than RepeatAfter ago waits until then. Urgent and other notices never share a mail, so that none is late for another.
func MailNow(unsent []Notice, before MailedBefore, now time.Time, digest time.Duration) []Notice {
	var urgent, ready []Notice
	waited := false
	for _, n := range unsent {
		switch {
		case n.Urgent:
			urgent = append(urgent, n)
		case now.Sub(before.Topics[n.MailTopic()]) >= RepeatAfter:
			ready = append(ready, n)
			waited = waited || now.Sub(n.At) >= digest
		}
	}
	switch {
	case len(urgent) > 0:
		return urgent
	case waited && now.Sub(before.Digest) >= digest:
		return ready
	}
	return nil
}

// ReminderDays are how many days before an end people are reminded of it, once for each.
var ReminderDays = []int{7, 30, 60}

// Reminder gives the tightest of ReminderDays that a last day is within, 0 when it is further off, has passed, or is
// none.
func Reminder(last Date, at time.Time) int {
	today := DateOf(at)
	if last == "" || !last.Valid() || last.Before(today) {
		return 0
	}
	for _, days := range ReminderDays {
		if !today.AddDays(days).Before(last) {
			return days
		}
	}
	return 0
}

// NoticeSetting is where and of what a person wants to be told.
type NoticeSetting struct {
	UserID    string
	Address   string // confirmed; "" for no mail
	Pending   string // an address that waits to be confirmed
	PendingAt time.Time
	Muted     []NoticeKind // not sent by mail; the portal shows them all the same
	Lang      string       // of the mail: nb, nn or en
	Version   int          // 0: nothing is stored yet
}

// Wants tells whether a kind is sent to the person by mail.
func (s *NoticeSetting) Wants(kind NoticeKind) bool {
	return s.Address != "" && !slices.Contains(s.Muted, kind)
}

// Validate checks what a person wrote about their notices.
func (s *NoticeSetting) Validate() error {
	var bad FieldErrors
	if s.Pending != "" && !validAddress(s.Pending) {
		bad.Add("address", "notice.address", nil)
	}
	for _, k := range s.Muted {
		if !slices.Contains(NoticeKinds, k) {
			bad.Add("kinds", "field.choice", nil)
		}
	}
	if !slices.Contains([]string{"nb", "nn", "en"}, s.Lang) {
		bad.Add("lang", "field.choice", nil)
	}
	return bad.OrNil()
}

// mailHost is what mail outside the machine can go to: a name of two parts or more, neither a bare name nor a number.
var mailHost = regexp.MustCompile(`@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])$`)

// validAddress tells whether s is one plain address, without a name and without what could end a header line.
func validAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && a.Name == "" && len(s) <= 254 && !strings.ContainsAny(s, "\r\n\t ") &&
		mailHost.MatchString(s)
}

// Webhook is an address of another system that is told of events.
type Webhook struct {
	ID         string
	Name       string
	URL        string
	Kinds      []NoticeKind // none: all
	Registries []string     // none: all
	Enabled    bool
	LastAt     time.Time // when it was last tried
	LastCode   Code      // why that failed; "" when it was delivered
	Version    int
}

// Validate checks the form of a webhook. What leaves the machine leaves it encrypted.
func (w *Webhook) Validate() error {
	var bad FieldErrors
	if w.Name == "" || len(w.Name) > 200 {
		bad.Add("name", "field.required", nil)
	}
	if u, err := url.Parse(w.URL); err != nil || u.Host == "" || u.User != nil || u.Fragment != "" ||
		u.Scheme != "https" && (u.Scheme != "http" || !Loopback(u.Hostname())) {
		bad.Add("url", "webhook.url", nil)
	}
	if u, err := url.Parse(w.URL); err == nil {
		if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !Reachable(ip) {
			bad.Add("url", "notify.webhook_inside", nil)
		}
	}
	for _, k := range w.Kinds {
		if !slices.Contains(NoticeKinds, k) {
			bad.Add("kinds", "field.choice", nil)
		}
	}
	return bad.OrNil()
}

// metadata are where clouds tell a machine its own secrets, beside 169.254.169.254.
var metadata = []netip.Addr{netip.MustParseAddr("fd00:ec2::254"), netip.MustParseAddr("100.100.100.200"),
	netip.MustParseAddr("192.0.0.192")}

// nat64 holds IPv4 addresses in its last four bytes (RFC 6052).
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

// Reachable tells whether a webhook may go to an address, as far as the address itself says: not to one that only holds
// on the wire, to many or to none, nor where a cloud keeps a machine's secrets. Private networks are where a hospital's
// receivers are.
func Reachable(ip netip.Addr) bool {
	if nat64.Contains(ip) {
		b := ip.As16()
		ip = netip.AddrFrom4([4]byte(b[12:]))
	}
	ip = ip.Unmap().WithZone("")
	return ip.IsValid() && !ip.IsUnspecified() && !ip.IsMulticast() && !ip.IsLinkLocalUnicast() &&
		ip != netip.AddrFrom4([4]byte{255, 255, 255, 255}) && !slices.Contains(metadata, ip)
}

// Wants tells whether the webhook is to be told of an event.
func (w *Webhook) Wants(kind NoticeKind, registry string) bool {
	return w.Enabled && (len(w.Kinds) == 0 || slices.Contains(w.Kinds, kind)) &&
		(len(w.Registries) == 0 || slices.Contains(w.Registries, registry))
}

// OutgoingVia is how something leaves the portal.
type OutgoingVia string

const (
	ViaMail    OutgoingVia = "mail"    // the notices that carry its ID
	ViaConfirm OutgoingVia = "confirm" // the mail that confirms an address
	ViaWebhook OutgoingVia = "webhook"
)

// OutgoingState is where something that is to leave the portal stands.
type OutgoingState string

const (
	OutWaiting OutgoingState = "waiting"
	OutSent    OutgoingState = "sent"
	OutDead    OutgoingState = "dead" // given up
)

// OutgoingStates lists the states.
var OutgoingStates = []OutgoingState{OutWaiting, OutDead, OutSent}

// Outgoing is one message that is to leave the portal. It is sent at least once, always under the same ID, so that who
// receives it twice can tell.
type Outgoing struct {
	ID        string
	Via       OutgoingVia
	Target    string // user or webhook
	Body      string
	State     OutgoingState
	Attempts  int
	NextAt    time.Time
	Lease     time.Time
	Code      Code // of the last failure
	CreatedAt time.Time
	EndedAt   time.Time
}

// MaxAttempts is how often a message is tried before it is given up: a little over a day, with Backoff.
const MaxAttempts = 15

// Backoff gives how long to wait after so many failed attempts: a minute, doubled each time, four hours at most. share
// (from 0 to 1, at random) takes up to a quarter off, so that what failed together doesn't come back together.
func Backoff(attempts int, share float64) time.Duration {
	d := min(time.Minute<<min(max(attempts, 1)-1, 8), 4*time.Hour)
	return d - time.Duration(share*float64(d)/4)
}

// DueEvent is the event of a last day that comes near: what is one of the "due." rules, id and version say which, and
// the day is part of its ID so that a day that is moved is told again.
func DueEvent(what, id string, last Date, days int, at time.Time) NoticeEvent {
	return NoticeEvent{ID: fmt.Sprintf("due:%s:%s:%s:%d", what, id, last, days), Name: "due." + what, At: at,
		Topic: what + ":" + id, Args: Args{"date": last, "days": days, "what": Code("notice.due." + what),
			"name": cmp.Or(id, "?")}}
}
