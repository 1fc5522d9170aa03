package connector

import (
	"context"
	"time"

	"samband/store"
)

// ConsentSource gives people's choices, and is told when they have been carried out. Methods may be called from one
// goroutine at a time and stop within 2 s when ctx ends.
type ConsentSource interface {
	// Choices gives everybody's choice for one definition, each person as often as the source has them, and tells when the
	// list held: zero for now. An error means that the list isn't whole, whatever was given before: nothing may be concluded
	// from it, least of all that who wasn't given has taken a choice back.
	Choices(ctx context.Context, of ConsentQuery, each func(ConsentChoice) error) (asOf time.Time, err error)
	// Report tells the source what a person's choice is now, on the person's behalf or because it has been carried out.
	// Twice the same does no harm.
	Report(ctx context.Context, of ConsentQuery, r ConsentReport) error
	// Test tries the connection and says what it found, as an error with a code when something is wrong.
	Test(ctx context.Context) error
}

// ConsentQuery names the choice that people can make.
type ConsentQuery struct {
	Definition string // GUID
	Name       string
	Party      string
	Type       store.ConsentType
}

// ConsentQueryOf gives what a rule asks about.
func ConsentQueryOf(r *store.ConsentRule) ConsentQuery {
	return ConsentQuery{r.Definition, r.Name, r.Party, r.Type}
}

// ConsentChoice is one person's choice, as a source gives it.
type ConsentChoice struct {
	Number      store.Secret // as it was written; whether it is a person's is for whoever asks to check
	Active      bool
	Unclear     bool      // more was said than could be read, a period for one
	At          time.Time // when the person chose; zero when the source doesn't tell
	From, Until time.Time // zero when open
	Seq         int64     // 0 when the source doesn't count
}

// ConsentReport is what a source is told of one person.
type ConsentReport struct {
	Number store.PersonNumber
	Active bool
	At     time.Time // when the choice was made, zero to leave it out
}

// MaxChoices is how many persons one list may have.
const MaxChoices = 6_000_000
