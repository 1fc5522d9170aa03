package store

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// ConsentType is what a person's choice is about: typePi of contracts/helsenorge.md 2.1.
type ConsentType string

const (
	TypeConsent     ConsentType = "samtykke"            // opt-in: data only of those who said yes
	TypeReservation ConsentType = "reservasjon"         // opt-out: data of all but those who said no
	TypeRestriction ConsentType = "tilgangsbegrensning" // some recipients are shut out from a person's data
)

// ConsentTypes lists the types in the order forms offer them.
var ConsentTypes = []ConsentType{TypeConsent, TypeReservation, TypeRestriction}

// Needs gives the type of rule that a registry with this regime can't do without, "" when it can.
func (c ConsentRegime) Needs() ConsentType {
	switch c {
	case ConsentProject, ConsentBroad:
		return TypeConsent
	case ConsentReservation:
		return TypeReservation
	}
	return ""
}

// ChoiceState is what is known of one person's choice.
type ChoiceState string

const (
	ChoiceNone     ChoiceState = ""         // the list has never had the person
	ChoiceActive   ChoiceState = "active"   // consented, reserved, restricted
	ChoiceInactive ChoiceState = "inactive" // taken back, or its period is over
	ChoiceUnclear  ChoiceState = "unclear"  // something was said that this program can't read
)

// ConsentListState is how far the list of choices can be trusted.
type ConsentListState string

const (
	ListWhole   ConsentListState = "whole"   // read to the end, and not too long ago
	ListOld     ConsentListState = "old"     // the last whole one is older than the rule allows
	ListMissing ConsentListState = "missing" // no whole list has ever been read
	ListHeld    ConsentListState = "held"    // a newer one waits for a person to decide
)

// ConsentVerdict is what a rule says of a person's rows.
type ConsentVerdict string

const (
	ConsentInclude ConsentVerdict = "include"
	ConsentLater   ConsentVerdict = "later"   // include once the waiting days since the person was first met are over
	ConsentExclude ConsentVerdict = "exclude" // for a restriction: from the recipients that are shut out
	ConsentWait    ConsentVerdict = "wait"    // nobody's rows go anywhere: the run waits for a list, and then fails
)

// ConsentDecision is the decision table: what a choice means under a rule, given the list. Unknown never counts as yes
// (privacy-security-reliability.md section 2, contracts/helsenorge.md 2.1).
func ConsentDecision(t ConsentType, s ChoiceState, l ConsentListState) ConsentVerdict {
	if l != ListWhole {
		return ConsentWait
	}
	switch {
	case s == ChoiceUnclear:
		return ConsentExclude
	case t == TypeConsent && s == ChoiceActive:
		return ConsentInclude
	case t == TypeReservation && s == ChoiceNone:
		return ConsentLater
	case t == TypeReservation && s == ChoiceInactive:
		return ConsentInclude
	case t == TypeRestriction && (s == ChoiceNone || s == ChoiceInactive):
		return ConsentInclude
	}
	return ConsentExclude
}

// Choice is one person's choice as it stands.
type Choice struct {
	Active bool
	// Unclear tells that the source said more of it than this program can read, a period for one.
	Unclear bool
	// At is the legal time: when the person chose, as far as the source tells, else when it was seen.
	At time.Time
	// AsOf is when it was last known to be so: when the list that has it, or lacks it, was begun to be read.
	AsOf time.Time
	// From and Until are the period that the person set; zero when it is open.
	From, Until time.Time
	// Floor is set when the choice shut data out in between: facts from before it stay out. What was removed then is not
	// brought back.
	Floor time.Time
	Seq   int64 // sekvensnummer, 0 when the source has none
}

// State tells what the choice is at a moment. Outside its period it is inactive; a consent that is given from a later
// day on isn't given yet, and a reservation is held at once.
func (c *Choice) State(t ConsentType, now time.Time) ChoiceState {
	switch {
	case c == nil:
		return ChoiceNone
	case c.Unclear:
		return ChoiceUnclear
	case !c.Active, !c.Until.IsZero() && !now.Before(c.Until):
		return ChoiceInactive
	case t == TypeConsent && (now.Before(c.From) || now.Before(c.At)):
		return ChoiceInactive
	}
	return ChoiceActive
}

// stricter orders choices by how much they let through, the strictest last.
func (c *Choice) stricter(t ConsentType) int {
	switch {
	case c.Unclear:
		return 2
	case c.Active == (t == TypeConsent):
		return 0
	}
	return 1
}

// LastChoice gives which of two things known of one person holds: the last as of when it was known, then the last legal
// time; of two from one moment the stricter. The order they come in never matters.
func LastChoice(t ConsentType, a, b Choice) Choice {
	if c := cmp.Or(a.AsOf.Compare(b.AsOf), a.At.Compare(b.At), a.stricter(t)-b.stricter(t), cmp.Compare(a.Seq, b.Seq),
		b.Until.Compare(a.Until), a.From.Compare(b.From), a.Floor.Compare(b.Floor)); c < 0 {
		return b
	}
	return a
}

// NewPeriod tells whether a choice that is active begins a new period after was, nil for none: then only new facts may
// come, and what was there before goes as if it had been taken back in between. A sequence number that has grown by two
// while a list shows nothing says that a consent was withdrawn and given again; the same number says that nothing was
// chosen at all, and that a list lacked the person by mistake.
func NewPeriod(t ConsentType, was *Choice, is Choice) bool {
	switch {
	case was == nil || !is.Active:
		return false
	case was.Seq > 0 && is.Seq == was.Seq:
		return false
	case !was.Active:
		return true
	}
	return t == TypeConsent && was.Seq > 0 && is.Seq >= was.Seq+2
}

// GICS gives what a status of a gICS consent template means: yes for ACCEPTED alone. UNKNOWN, NOT_ASKED, NOT_CHOSEN,
// REFUSED, EXPIRED and what is not in the list are a no like DECLINED, WITHDRAWN and INVALIDATED.
func GICS(status string) bool { return status == "ACCEPTED" }

// ConsentRule says whose choices decide over a registry's data, and how they are read. It is part of what an approval
// covers, but for its name and how often the list is fetched.
type ConsentRule struct {
	ID           string      `yaml:"id" json:"id"` // slug
	RegistryID   string      `yaml:"registry" json:"registry"`
	Name         string      `yaml:"name" json:"name"` // of the definition, as the source knows it
	Type         ConsentType `yaml:"type" json:"type"`
	ConnectionID string      `yaml:"connection" json:"connection"`
	Definition   string      `yaml:"definition" json:"definition"` // GUID
	Party        string      `yaml:"party" json:"party"`           // partKode
	// WaitDays is how long nothing of a person is loaded after the person was first met, so that there is time to
	// reserve; for reservations.
	WaitDays int `yaml:"wait_days" json:"wait_days"`
	// MaxAge is how many hours old the list may be; 26.
	MaxAge int `yaml:"max_age_hours" json:"max_age_hours"`
	// Every is how many hours pass between two readings of the list; 12.
	Every int `yaml:"every_hours" json:"every_hours"`
	// FallShare and FallCount hold a list that has so many fewer active choices than the one before, as a share of them
	// or as persons; 0.05 and 50.
	FallShare float64 `yaml:"fall_share" json:"fall_share"`
	FallCount int     `yaml:"fall_count" json:"fall_count"`
	// TurnShare and TurnCount hold one in which so many are new or gone, when both are passed; 0.10 and 20.
	TurnShare float64 `yaml:"turn_share" json:"turn_share"`
	TurnCount int     `yaml:"turn_count" json:"turn_count"`
	// Recipients are the systems that a restriction shuts out; none listed is all of them, and the registry too.
	Recipients []string `yaml:"recipients,omitempty" json:"recipients,omitempty"`
	Version    int      `yaml:"-" json:"-"`
}

// NewConsentRule gives a rule with what is usual.
func NewConsentRule(t ConsentType) ConsentRule {
	r := ConsentRule{Type: t, MaxAge: 26, Every: 12, FallShare: 0.05, FallCount: 50, TurnShare: 0.10, TurnCount: 20}
	if t == TypeReservation {
		r.WaitDays = 30
	}
	return r
}

// Longest that a rule may say: what is older than a week is no list of today, and a year of waiting is no waiting.
const (
	maxConsentAge   = 7 * 24
	maxConsentWait  = 365
	maxConsentParty = 50
)

// Validate finds what is wrong with a rule, by field. The error is a FieldErrors.
func (r *ConsentRule) Validate() error {
	var bad FieldErrors
	validateNamed(&bad, r.ID, r.Name)
	if r.RegistryID == "" {
		bad.Add("registry", "field.required", nil)
	}
	if r.ConnectionID == "" {
		bad.Add("connection", "field.required", nil)
	}
	if !slices.Contains(ConsentTypes, r.Type) {
		bad.Add("type", "field.choice", nil)
	}
	if !validGUID(r.Definition) {
		bad.Add("definition", "consent.guid", nil)
	}
	switch {
	case strings.TrimSpace(r.Party) == "":
		bad.Add("party", "field.required", nil)
	case len(r.Party) > maxConsentParty || strings.ContainsFunc(r.Party, func(c rune) bool { return c <= ' ' || c > '~' }):
		bad.Add("party", "consent.party", nil)
	}
	between := func(field string, n, least, most int) {
		if n < least || n > most {
			bad.Add(field, "consent.between", Args{"least": least, "most": most})
		}
	}
	between("max_age_hours", r.MaxAge, 1, maxConsentAge)
	most := r.MaxAge // read seldomer than that it would always be too old
	if most < 1 || most > maxConsentAge {
		most = maxConsentAge
	}
	between("every_hours", r.Every, 1, most)
	between("wait_days", r.WaitDays, 0, maxConsentWait)
	if r.WaitDays > 0 && r.Type != TypeReservation && slices.Contains(ConsentTypes, r.Type) {
		bad.Add("wait_days", "consent.wait_type", nil)
	}
	between("fall_count", r.FallCount, 1, 1_000_000)
	between("turn_count", r.TurnCount, 1, 1_000_000)
	for field, share := range map[string]float64{"fall_share": r.FallShare, "turn_share": r.TurnShare} {
		if !(share > 0 && share <= 1) { // not a number is neither
			bad.Add(field, "consent.share", nil)
		}
	}
	if len(r.Recipients) > 0 && r.Type != TypeRestriction {
		bad.Add("recipients", "consent.recipients", nil)
	}
	slices.SortStableFunc(bad, func(a, b *Error) int { return strings.Compare(a.Field, b.Field) })
	return bad.OrNil()
}

// validGUID takes 8-4-4-4-12 hexadecimal digits, with or without braces.
func validGUID(s string) bool {
	s = CanonicalGUID(s)
	if len(s) != 36 {
		return false
	}
	for i, c := range []byte(s) {
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f':
		default:
			return false
		}
	}
	return true
}

// CanonicalGUID gives the form in which two GUIDs are compared: lower case, without braces.
func CanonicalGUID(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if in, ok := strings.CutPrefix(s, "{"); ok {
		s = strings.TrimSuffix(in, "}")
	}
	return s
}

// List names the list of choices that the rule rests on. Another definition, party or type is another list, which knows
// nothing of what stood in this one.
func (r *ConsentRule) List() string {
	return strings.Join([]string{r.RegistryID, string(r.Type), CanonicalGUID(r.Definition), strings.ToLower(r.Party)}, "|")
}

// Longest is how old the list may be.
func (r *ConsentRule) Longest() time.Duration { return time.Duration(r.MaxAge) * time.Hour }

// Interval is how much time passes between two readings.
func (r *ConsentRule) Interval() time.Duration { return time.Duration(r.Every) * time.Hour }

// Covers tells whether the rule has a say over data that go to a system, "" for the registry itself.
func (r *ConsentRule) Covers(systemID string) bool {
	return r.Type != TypeRestriction || len(r.Recipients) == 0 || slices.Contains(r.Recipients, systemID)
}

// Judge gives what the rule says of a person's rows now, of which list is known to be whole. met is when the person was
// first met in the registry, zero when that is now. Facts from before floor stay out although the rest is taken in.
func (r *ConsentRule) Judge(c *Choice, met, now time.Time) (in bool, floor time.Time) {
	switch ConsentDecision(r.Type, c.State(r.Type, now), ListWhole) {
	case ConsentInclude:
		if c != nil {
			floor = c.Floor
			if c.From.After(floor) && r.Type == TypeConsent {
				floor = c.From
			}
		}
		return true, floor
	case ConsentLater:
		if met.IsZero() {
			met = now
		}
		return !now.Before(met.AddDate(0, 0, r.WaitDays)), floor
	}
	return false, floor
}
