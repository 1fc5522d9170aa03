package store

import (
	"slices"
	"time"
)

// ReviewState is where a review of access stands.
type ReviewState string

const (
	ReviewOpen    ReviewState = "open"
	ReviewOverdue ReviewState = "overdue" // the deadline has passed, and people were told
	ReviewClosed  ReviewState = "closed"  // every line is answered
)

// ReviewStates lists the states in the order of a review's life.
var ReviewStates = []ReviewState{ReviewOpen, ReviewOverdue, ReviewClosed}

var reviewMoves = map[ReviewState][]ReviewState{
	ReviewOpen:    {ReviewOverdue, ReviewClosed},
	ReviewOverdue: {ReviewClosed},
}

// CanMove tells whether a review may go from s to t.
func (s ReviewState) CanMove(t ReviewState) bool { return slices.Contains(reviewMoves[s], t) }

// ReviewDays is how long people have to go through a review.
const ReviewDays = 30

// LineAnswer is what somebody says to one line of a review.
type LineAnswer string

const (
	LineKeep LineAnswer = "keep"
	// LineEnd ends what the portal granted. What the login gives ends where the groups are kept; the answer then stands
	// as a task, until the grant is gone.
	LineEnd LineAnswer = "end"
)

// LineAnswers lists the answers.
var LineAnswers = []LineAnswer{LineKeep, LineEnd}

// AccessReview is the twice-yearly look at who has access: to one registry, or by roles for the whole portal.
type AccessReview struct {
	ID         string
	RegistryID string // AllRegistries for the grants that hold for all
	State      ReviewState
	OpenedAt   time.Time
	DueOn      Date // last day
	ClosedAt   time.Time
	Version    int
	Lines      []ReviewLine
}

// ReviewLine is one grant as it was when the review was opened, and what was said to it.
type ReviewLine struct {
	Grant      Grant
	User       User
	Answer     LineAnswer // "" while nobody has answered
	Reason     string
	AnsweredBy string
	AnsweredAt time.Time
}

// Settled tells whether nothing more has to be said to the line at a moment: it is answered, or the grant is over.
func (l *ReviewLine) Settled(at time.Time) bool {
	return l.Answer != "" || !l.Grant.Until.IsZero() && !at.Before(l.Grant.Until)
}

// Mine tells whether the line is about the person: nobody confirms their own.
func (l *ReviewLine) Mine(userID string) bool { return l.Grant.UserID == userID }

// Waiting gives how many lines have no answer yet.
func (v *AccessReview) Waiting(at time.Time) int {
	n := 0
	for i := range v.Lines {
		if !v.Lines[i].Settled(at) {
			n++
		}
	}
	return n
}

// Line gives the line of a grant, nil when the review has none.
func (v *AccessReview) Line(grantID string) *ReviewLine {
	if i := slices.IndexFunc(v.Lines, func(l ReviewLine) bool { return l.Grant.ID == grantID }); i >= 0 {
		return &v.Lines[i]
	}
	return nil
}
