package store

import "time"

// Session is a login as the database keeps it.
type Session struct {
	Hash     string // SHA-256 of the id in the cookie, hexadecimal: whoever reads the table can't take a session over
	UserID   string // "" while a login is under way
	Created  time.Time
	LastSeen time.Time
	Expires  time.Time // the row is worthless from then on, whatever happens
	Data     []byte    // JSON, a few kilobytes at most
}

// Access is one grant of access with the person it was given to, for the page of who has access.
type Access struct {
	User  User
	Grant Grant
}
