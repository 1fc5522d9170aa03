package store

import "time"

// MasterKey is one version of a master key, as pages and lists show it: never what it is.
type MasterKey struct {
	ID      string    `json:"id"`   // name of the key and version: vault, vault.2
	Name    string    `json:"name"` // vault, delivery …
	Version int       `json:"version"`
	Current bool      `json:"current"` // new things are sealed with it
	Made    time.Time `json:"made"`    // zero when it comes from the environment
	Copied  bool      `json:"copied"`  // a copy apart from data and backups is known
	// Persons are the data keys that it wraps, and Rows the rows in quarantine that it seals. Only of the vault's key is it
	// known, and only that is rotated.
	Persons int64 `json:"persons"`
	Rows    int64 `json:"rows"`
}

// Rotates tells whether the key gets new versions: what it seals says which version that was.
func (k *MasterKey) Rotates() bool { return k.Name == "vault" }

// KeyRequest is that somebody asked for a new version of the vault's key. Another person has to say yes (design.md section 2).
type KeyRequest struct {
	By   string    `json:"by"` // user id
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

// keyRequestLife is how long a request stands.
const keyRequestLife = 24 * time.Hour

// Stands tells whether the request can still be said yes to.
func (q *KeyRequest) Stands(now time.Time) bool {
	return q != nil && now.Sub(q.At) < keyRequestLife && !now.Before(q.At)
}

// Confirm refuses who may not say yes to the request: Conflict "key.no_request" when none stands, Forbidden "key.same_person" to
// the one who asked.
func (q *KeyRequest) Confirm(by Actor, now time.Time) error {
	switch {
	case !q.Stands(now):
		return E(Conflict, "key.no_request", nil)
	case by.UserID == q.By:
		return E(Forbidden, "key.same_person", nil)
	}
	return nil
}
