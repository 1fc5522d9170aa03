package store

import (
	"slices"
	"strings"
	"time"
)

// RequestKind is what a request for access asks for.
type RequestKind string

const (
	RequestOrdinary RequestKind = "ordinary" // a role
	RequestDeputy   RequestKind = "deputy"   // a role somebody else has, while they are away
	RequestLift     RequestKind = "lift"     // that a block be lifted
)

// RequestKinds lists the kinds.
var RequestKinds = []RequestKind{RequestOrdinary, RequestDeputy, RequestLift}

// RequestState is where a request for access stands.
type RequestState string

const (
	ReqAsked     RequestState = "asked"
	ReqGranted   RequestState = "granted"
	ReqDeclined  RequestState = "declined"
	ReqWithdrawn RequestState = "withdrawn"
	ReqLapsed    RequestState = "lapsed" // nobody decided in time
)

// RequestStates lists the states in the order of a request's life.
var RequestStates = []RequestState{ReqAsked, ReqGranted, ReqDeclined, ReqWithdrawn, ReqLapsed}

var requestMoves = map[RequestState][]RequestState{
	ReqAsked: {ReqGranted, ReqDeclined, ReqWithdrawn, ReqLapsed},
}

// CanMove tells whether a request may go from s to t.
func (s RequestState) CanMove(t RequestState) bool { return slices.Contains(requestMoves[s], t) }

const (
	// RequestDays is how long a request waits for a decision before it lapses.
	RequestDays = 30
	// GrantMonths is how long a grant lasts when nothing else is asked for, and GrantMonthsMost at most.
	GrantMonths     = 12
	GrantMonthsMost = 24
	// DeputyDays is how long a deputy stands in at most; who is away for longer needs an ordinary grant for another.
	DeputyDays = 42
)

// AccessRequest asks that somebody who has logged in be given a role for a time. It takes effect when a security officer
// who is neither the one who asked nor the one it is for has said yes.
type AccessRequest struct {
	ID         string
	Kind       RequestKind
	UserID     string // whom it is for
	Role       PortalRole
	RegistryID string // AllRegistries for the whole portal
	DeputyFor  string // user id of the one who is away, for a deputy
	From       Date   // first day; "" for at once
	Until      Date   // last day
	Reason     string
	State      RequestState
	AskedBy    string // user id
	AskedAt    time.Time
	DecidedBy  string // who granted, declined or withdrew it; what did when it lapsed
	DecidedAt  time.Time
	Answer     string // why
	GrantID    string // what came of it
	Version    int
}

// Move changes the state, or refuses with Conflict and changes nothing.
func (q *AccessRequest) Move(to RequestState) error {
	if !q.State.CanMove(to) {
		return E(Conflict, "access.transition", Args{"from": Code("request." + q.State), "to": Code("request." + to)})
	}
	q.State = to
	return nil
}

// MayDecide refuses the one who asked, the one whom it is for and the one who is replaced: nobody gives themselves
// anything, and nobody hands their own role on.
func (q *AccessRequest) MayDecide(userID string) error {
	if userID == "" || userID == q.AskedBy || userID == q.UserID || userID == q.DeputyFor {
		return E(Forbidden, "access.four_eyes", nil)
	}
	return nil
}

// Concerns tells whether a person asked, or would get it: who may see and withdraw it.
func (q *AccessRequest) Concerns(userID string) bool {
	return userID == q.AskedBy || userID == q.UserID
}

// Lapsed tells whether it is too late to decide: the request has waited too long, or what it asks for would be over.
func (q *AccessRequest) Lapsed(at time.Time) bool {
	return q.State == ReqAsked && (q.Until.Lapsed(at) || !at.Before(q.AskedAt.AddDate(0, 0, RequestDays)))
}

// Validate checks the form of a request that is made at a moment.
func (q *AccessRequest) Validate(at time.Time) error {
	var bad FieldErrors
	if strings.TrimSpace(q.Reason) == "" {
		bad.Add("reason", "field.required", nil)
	}
	if q.Kind == RequestLift {
		return bad.OrNil()
	}
	today := DateOf(at)
	switch {
	case q.Role == "":
		bad.Add("role", "field.required", nil)
	case !slices.Contains(PortalRoles, q.Role):
		bad.Add("role", "field.choice", nil)
	case q.RegistryID == "":
		bad.Add("registry", "field.required", nil)
	case q.Role.PortalWide() && q.RegistryID != AllRegistries:
		bad.Add("registry", "access.whole_portal", nil)
	}
	if q.From != "" && (!q.From.Valid() || q.From.Before(today)) {
		bad.Add("from", "access.past", Args{"date": today})
	}
	first := q.From
	if first == "" {
		first = today
	}
	last := Date(first.Time().AddDate(0, GrantMonthsMost, 0).Format(time.DateOnly))
	if q.Kind == RequestDeputy {
		last = first.AddDays(DeputyDays)
	}
	switch {
	case q.Until == "":
		bad.Add("until", "field.required", nil)
	case !q.Until.Valid() || q.Until.Before(first):
		bad.Add("until", "field.date", nil)
	case last.Before(q.Until):
		bad.Add("until", "access.too_long", Args{"date": last})
	}
	switch {
	case !slices.Contains(RequestKinds, q.Kind):
		bad.Add("kind", "field.choice", nil)
	case q.Kind == RequestOrdinary && q.DeputyFor != "":
		bad.Add("deputy_for", "field.choice", nil)
	case q.Kind == RequestDeputy && q.DeputyFor == "":
		bad.Add("deputy_for", "field.required", nil)
	case q.Kind == RequestDeputy && q.DeputyFor == q.UserID:
		bad.Add("deputy_for", "access.own_deputy", nil)
	}
	return bad.OrNil()
}

// Grant is what the request asks for, as a yes at a moment would give it.
func (q *AccessRequest) Grant(at time.Time) Grant {
	g := Grant{UserID: q.UserID, Role: q.Role, RegistryID: q.RegistryID, Source: SourcePortal, AskedBy: q.AskedBy,
		Reason: q.Reason, DeputyFor: q.DeputyFor, Until: q.Until.AddDays(1).Start()}
	if DateOf(at).Before(q.From) {
		g.From = q.From.Start()
	}
	return g
}

// Backed tells whether one of the grants of the one who is away carries all of a deputy's: the same role, there, for as
// long. Nobody is the deputy of a deputy.
func (g *Grant) Backed(by []Grant, at time.Time) bool {
	from := at
	if from.Before(g.From) {
		from = g.From
	}
	return slices.ContainsFunc(by, func(h Grant) bool {
		return h.Role == g.Role && h.DeputyFor == "" && h.In(g.RegistryID) && h.Holds(from) &&
			(h.Until.IsZero() || !g.Until.IsZero() && !h.Until.Before(g.Until))
	})
}

// Block keeps a person from everything, from the moment it is set until it is lifted.
type Block struct {
	ID        string
	UserID    string
	BlockedBy string
	BlockedAt time.Time
	Reason    string
	LiftedBy  string
	LiftedAt  time.Time // zero: it holds
}

// AccessRules are the settings about how long access lasts.
type AccessRules struct {
	InactiveMonths int  `json:"inactive_months"` // without a login for so long ends what the portal granted
	ReviewMonths   int  `json:"review_months"`   // between two times that every grant is confirmed
	EndUnconfirmed bool `json:"end_unconfirmed"` // end what nobody has confirmed by the deadline
}

// DefaultAccessRules are those of a new installation (contracts/governance.md section 6 rule 6). A grant that nobody
// has confirmed is told of and not ended: a register that loses its people in the holidays loses its data.
var DefaultAccessRules = AccessRules{InactiveMonths: 6, ReviewMonths: 6}

// Validate checks that the rules can be kept.
func (r AccessRules) Validate() error {
	var bad FieldErrors
	for name, n := range map[string]int{"inactive_months": r.InactiveMonths, "review_months": r.ReviewMonths} {
		if n < 1 || n > 24 {
			bad.Add(name, "field.number", nil)
		}
	}
	return bad.OrNil()
}
