package store

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// ReidentPurpose is why somebody has to know who the persons behind pseudonyms are. Its name is the text
// "reident.purpose.<purpose>".
type ReidentPurpose string

const (
	ReidentSafety     ReidentPurpose = "patient_safety" // a finding that matters to the person's health
	ReidentInsight    ReidentPurpose = "insight"        // the person asked what is held about them
	ReidentCorrection ReidentPurpose = "correction"     // something about the person is wrong and has to be put right at the source
	ReidentErasure    ReidentPurpose = "erasure"        // the person is to be taken out of the registry
	ReidentRecord     ReidentPurpose = "record_check"   // quality is checked against the patient record
	ReidentContact    ReidentPurpose = "contact"        // the person is to be asked, as an approval allows
	ReidentIncident   ReidentPurpose = "incident"       // a breach has to be told to those it concerns
)

// ReidentPurposes lists the purposes in the order forms offer them.
var ReidentPurposes = []ReidentPurpose{ReidentSafety, ReidentInsight, ReidentCorrection, ReidentErasure, ReidentRecord,
	ReidentContact, ReidentIncident}

// ReidentState is where a request to know who persons are stands.
type ReidentState string

const (
	ReidentAsked     ReidentState = "asked"
	ReidentApproved  ReidentState = "approved"
	ReidentRefused   ReidentState = "refused"
	ReidentWithdrawn ReidentState = "withdrawn"
	ReidentUsed      ReidentState = "used"
	ReidentExpired   ReidentState = "expired" // nobody decided, or nobody looked, in time
	// ReidentBroken: opened without an approval («knust glass»), and not looked at yet.
	ReidentBroken ReidentState = "broken"
	// ReidentShown: looked at without an approval; somebody else has to say afterwards whether that was right.
	ReidentShown       ReidentState = "shown"
	ReidentConfirmed   ReidentState = "confirmed"
	ReidentDisapproved ReidentState = "disapproved"
)

// ReidentStates lists the states in the order of a request's life.
var ReidentStates = []ReidentState{ReidentAsked, ReidentApproved, ReidentRefused, ReidentWithdrawn, ReidentUsed, ReidentExpired,
	ReidentBroken, ReidentShown, ReidentConfirmed, ReidentDisapproved}

var reidentMoves = map[ReidentState][]ReidentState{
	ReidentAsked:    {ReidentApproved, ReidentRefused, ReidentWithdrawn, ReidentExpired},
	ReidentApproved: {ReidentUsed, ReidentWithdrawn, ReidentExpired},
	ReidentBroken:   {ReidentShown, ReidentExpired},
	ReidentShown:    {ReidentConfirmed, ReidentDisapproved},
}

// CanMove tells whether a request may go from s to t.
func (s ReidentState) CanMove(t ReidentState) bool { return slices.Contains(reidentMoves[s], t) }

// Over tells whether nothing more can happen to the request.
func (s ReidentState) Over() bool { return reidentMoves[s] == nil }

const (
	// ReidentDays is how long a request waits for a decision.
	ReidentDays = 7
	// ReidentReview is how long a look without an approval may wait until somebody says whether it was right.
	ReidentReview = 24 * time.Hour
	reidentWindow = 60 // minutes, at most
)

// ReidentRules are the settings about requests to know who persons are.
type ReidentRules struct {
	Most         int `json:"most"`           // pseudonyms in one request
	Minutes      int `json:"minutes"`        // from the approval until it can't be used any more
	PerHour      int `json:"per_hour"`       // requests by one person
	BreaksPerDay int `json:"breaks_per_day"` // looks without an approval by one person; 0 = never
}

// DefaultReidentRules are those of a new installation.
var DefaultReidentRules = ReidentRules{Most: 20, Minutes: reidentWindow, PerHour: 3, BreaksPerDay: 3}

// Validate checks that the rules are no wider than anybody may make them.
func (r ReidentRules) Validate() error {
	var bad FieldErrors
	for name, n := range map[string]struct{ n, least, most int }{
		"most": {r.Most, 1, 100}, "minutes": {r.Minutes, 5, reidentWindow},
		"per_hour": {r.PerHour, 1, 10}, "breaks_per_day": {r.BreaksPerDay, 0, 3},
	} {
		if n.n < n.least || n.n > n.most {
			bad.Add(name, "field.number", nil)
		}
	}
	return bad.OrNil()
}

// Reidentification is a request to know who the persons behind some pseudonyms of a registry are. The persons are shown
// once, to the one who asked, and nothing of them is kept: neither here nor anywhere else.
type Reidentification struct {
	ID         string
	RegistryID string
	Purpose    ReidentPurpose
	LegalBasis string // what gives the right to know, as people refer to it
	LD         Ref    // the design that describes this use
	Reason     string
	Pseudonyms []Pseudonym // each once, in the order asked for
	Break      bool        // opened without an approval; asked for afterwards
	State      ReidentState
	AskedBy    string // user id, also the only one it is shown to
	AskedAt    time.Time
	DecidedBy  string // who approved, refused, withdrew or, after a look without an approval, reviewed
	DecidedAt  time.Time
	Answer     string
	OpenUntil  time.Time // end of the time in which the persons can be shown; zero until there is one
	UsedAt     time.Time // zero: nobody has been shown
	Shown      int       // persons that were found and shown; the rest the vault doesn't know, or no longer
	OverdueAt  time.Time // when others were told that nobody reviewed it; zero: not
	Version    int
}

// Move changes the state, or refuses with Conflict and changes nothing.
func (q *Reidentification) Move(to ReidentState) error {
	if !q.State.CanMove(to) {
		return E(Conflict, "reident.transition", Args{"from": Code("reident.state." + q.State), "to": Code("reident.state." + to)})
	}
	q.State = to
	return nil
}

// Validate checks the form of a request.
func (q *Reidentification) Validate(r ReidentRules) error {
	var bad FieldErrors
	need := func(field, value string) {
		if strings.TrimSpace(value) == "" {
			bad.Add(field, "field.required", nil)
		} else if ScanPersonNumbers(value) > 0 { // it says why, never who
			bad.Add(field, "reident.number", nil)
		}
	}
	need("registry", q.RegistryID)
	need("legal_basis", q.LegalBasis)
	need("ld", q.LD.ID)
	need("reason", q.Reason)
	switch {
	case q.Purpose == "":
		bad.Add("purpose", "field.required", nil)
	case !slices.Contains(ReidentPurposes, q.Purpose):
		bad.Add("purpose", "field.choice", nil)
	}
	switch n := len(q.Pseudonyms); {
	case n == 0:
		bad.Add("pseudonyms", "field.required", nil)
	case n > r.Most:
		bad.Add("pseudonyms", "reident.most", Args{"n": n, "most": r.Most})
	}
	return bad.OrNil()
}

// ParsePseudonyms reads pseudonyms as people paste them: one on each line, or several with space, comma or semicolon
// between. One that stands twice counts once. Each that can't be one, by its length, letters or check characters, gives
// FieldErrors at field with the number of its line, and is not repeated in it: what was pasted by mistake may be a number.
func ParsePseudonyms(field, s string) ([]Pseudonym, error) {
	var list []Pseudonym
	var bad FieldErrors
	no := 0
	for line := range strings.Lines(s) {
		no++
		for _, word := range strings.FieldsFunc(line, func(c rune) bool { return c == ',' || c == ';' || c <= ' ' || c == '\u00a0' }) {
			p, ok := ParsePseudonym(word)
			switch {
			case !ok:
				bad.Add(field, "reident.pseudonym", Args{"line": no})
			case !slices.Contains(list, p):
				list = append(list, p)
			}
		}
	}
	return list, bad.OrNil()
}

// ReidentAnswer checks what somebody wrote about a request: why, never who.
func ReidentAnswer(s string) error {
	if ScanPersonNumbers(s) > 0 {
		return FieldError("answer", "reident.number", nil)
	}
	return nil
}

// MayDecide refuses whoever is not another person in another role than the one who asked: the same person, somebody who
// doesn't release identities there, and somebody who could have asked there themselves.
func (q *Reidentification) MayDecide(p *Person, at time.Time) error {
	switch {
	case p == nil || p.User.ID == "" || p.User.ID == q.AskedBy:
		return E(Forbidden, "reident.four_eyes", nil)
	case !p.Can(ReleaseIdentity, q.RegistryID, at):
		return E(Forbidden, "reident.no_right", nil)
	case p.Can(AskIdentity, q.RegistryID, at):
		return E(Forbidden, "reident.same_role", nil)
	}
	return nil
}

// MayUse refuses whoever may not be shown the persons: everybody but the one who asked, and that one too once they may
// no longer ask in that registry.
func (q *Reidentification) MayUse(p *Person, at time.Time) error {
	switch {
	case p == nil || p.User.ID == "" || p.User.ID != q.AskedBy:
		return E(Forbidden, "reident.not_yours", nil)
	case !p.Can(AskIdentity, q.RegistryID, at):
		return E(Forbidden, "reident.no_right", nil)
	}
	return nil
}

// Usable refuses, Forbidden each time, what can't be shown at a moment: what was shown before, what nobody approved, and
// what lies outside its time. A clock that was set back before the approval gives nobody more time.
func (q *Reidentification) Usable(at time.Time) error {
	from := q.DecidedAt
	if q.Break {
		from = q.AskedAt
	}
	switch {
	case !q.UsedAt.IsZero():
		return E(Forbidden, "reident.used", nil)
	case q.State == ReidentExpired && !q.OpenUntil.IsZero():
		return E(Forbidden, "reident.expired", nil)
	case q.State != ReidentApproved && q.State != ReidentBroken:
		return E(Forbidden, "reident.not_open", nil)
	case at.Before(from):
		return E(Forbidden, "reident.clock", nil)
	case !at.Before(q.OpenUntil):
		return E(Forbidden, "reident.expired", nil)
	}
	return nil
}

// Lapsed tells whether it is too late to decide about the request, or to use it.
func (q *Reidentification) Lapsed(at time.Time) bool {
	switch q.State {
	case ReidentAsked:
		return !at.Before(q.AskedAt.AddDate(0, 0, ReidentDays))
	case ReidentApproved, ReidentBroken:
		return !at.Before(q.OpenUntil)
	}
	return false
}

// Overdue tells whether a look without an approval has waited too long for somebody to say whether it was right.
func (q *Reidentification) Overdue(at time.Time) bool {
	return q.State == ReidentShown && !at.Before(q.UsedAt.Add(ReidentReview))
}

// Waits tells whether somebody else than the one who asked has to decide: beforehand, or afterwards.
func (q *Reidentification) Waits(at time.Time) bool {
	return q.State == ReidentShown || q.State == ReidentAsked && !q.Lapsed(at)
}

// Identifiable refuses a registry that has ended: nothing is looked up in it any more.
func (r *Registry) Identifiable(at time.Time) error {
	if r.EndsOn.Lapsed(at) {
		return E(Forbidden, "reident.registry_ended", Args{"date": r.EndsOn})
	}
	return nil
}

// ReidentToken opens an approved request once. It prints masked.
type ReidentToken struct{ v Secret }

// NewReidentToken draws one: 256 random bits.
func NewReidentToken() ReidentToken {
	var b [32]byte
	rand.Read(b[:]) // never fails
	return ReidentTokenOf(base64.RawURLEncoding.EncodeToString(b[:]))
}

// ReidentTokenOf takes what a form sent.
func ReidentTokenOf(sent string) ReidentToken { return ReidentToken{NewSecret(sent)} }

// Reveal gives the token, for the form that is to send it.
func (t ReidentToken) Reveal() string { return t.v.Reveal() }

// Hash gives the form in which the database keeps it. It is bound to the request and to who may use it.
func (t ReidentToken) Hash(requestID, userID string) string {
	sum := sha256.Sum256([]byte("samband/reident/v1\x00" + requestID + "\x00" + userID + "\x00" + t.v.Reveal()))
	return hex.EncodeToString(sum[:])
}

// Opens tells whether the token is the one that was kept as hash. It takes the same time whatever was sent.
func (t ReidentToken) Opens(requestID, userID, hash string) bool {
	return hash != "" && subtle.ConstantTimeCompare([]byte(t.Hash(requestID, userID)), []byte(hash)) == 1
}

// Identity is a person as the vault knows them in one registry, for the one page that shows it. What it holds prints
// masked.
type Identity struct {
	Pseudonym Pseudonym
	Found     bool // the vault has the person; false for one that is unknown there, or erased
	Parts     []IdentityPart
}

// IdentityPart is one thing that is known of a person.
type IdentityPart struct {
	Is    Attribute
	Value Secret
}
