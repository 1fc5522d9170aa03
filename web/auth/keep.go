package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"samband/store"
)

const (
	keepFor  = time.Hour // how long a form waits for its sender
	keepMost = 64 << 10  // bytes of a form that is kept
)

// Kept is a form that was not carried out because its sender had to log in first. It waits in the database, sealed
// with a key that only the browser it came from has, and is shown again, once, to the same person in that browser. It
// is never carried out by itself.
type Kept struct {
	Page   string     `json:"page"`   // local path of the page that shows it again
	Action string     `json:"action"` // local path it was sent to
	Fields url.Values `json:"fields"` // without files
}

// acquaintance is what we remember of a browser: who logged in there last, and the form that waits for them. It is
// the Data of a stored session without a user.
type acquaintance struct {
	UserID string    `json:"user"`
	Page   string    `json:"page,omitempty"`
	Until  time.Time `json:"until,omitzero"`
	Sealed []byte    `json:"sealed,omitempty"`
}

// knownBrowser gives the id in the browser's own cookie, "" when it has none.
func (a *Auth) knownBrowser(r *http.Request) string {
	if c, err := r.Cookie(a.cookie.browser); err == nil && len(c.Value) == idLength {
		return c.Value
	}
	return ""
}

// browserOf is knownBrowser, and gives the browser an id when it has none. The cookie is gone when the browser is
// closed.
func (a *Auth) browserOf(w http.ResponseWriter, r *http.Request) string {
	id := a.knownBrowser(r)
	if id == "" {
		id = newID()
		a.setCookie(w, a.cookie.browser, id, 0)
	}
	return id
}

func acquaintanceHash(browser string) string { return hash("browser", browser) }

// remembered gives what we know of the browser that asks; nil when that is nothing.
func (a *Auth) remembered(r *http.Request) (*acquaintance, error) {
	browser := a.knownBrowser(r)
	if browser == "" {
		return nil, nil
	}
	row, err := a.sessions.Session(r.Context(), acquaintanceHash(browser))
	if store.ClassOf(err) == store.NotFound {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if !a.clock.Now().Before(row.Expires) {
		return nil, nil
	}
	k := &acquaintance{}
	return k, json.Unmarshal(row.Data, k)
}

// meet notes who logs in in a browser. A form that waits for them is told to their session; one that waits for
// somebody else is gone.
func (a *Auth) meet(w http.ResponseWriter, r *http.Request, l *login) error {
	was, err := a.remembered(r)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	is := acquaintance{UserID: l.user.ID}
	if was != nil && was.Sealed != nil && now.Before(was.Until) {
		if was.UserID == l.user.ID {
			is, l.state.Kept = *was, was.Page
		} else {
			l.state.Flashes = append(l.state.Flashes, Flash{Kind: "info", Key: "session.kept.other"})
		}
	}
	data, err := json.Marshal(is)
	if err != nil {
		return err
	}
	h := acquaintanceHash(a.browserOf(w, r))
	if _, err := a.sessions.DeleteSession(r.Context(), h); err != nil {
		return err
	}
	return a.sessions.CreateSession(r.Context(), store.Session{
		Hash: h, Created: now, LastSeen: now, Expires: now.Add(l.life + keepFor), Data: data,
	})
}

// part forgets the browser: whoever logs out leaves nothing behind.
func (a *Auth) part(w http.ResponseWriter, r *http.Request) error {
	browser := a.knownBrowser(r)
	if browser == "" {
		return nil
	}
	a.setCookie(w, a.cookie.browser, "", -1)
	_, err := a.sessions.DeleteSession(r.Context(), acquaintanceHash(browser))
	return err
}

// Keep keeps a form until its sender has logged in: the person behind s, or, when s is nil because the session is
// over, who logged in last in this browser. It tells whether it did; not when the form is too long, or when nobody
// has logged in here.
func (a *Auth) Keep(r *http.Request, s *Session, k Kept) (bool, error) {
	is, err := a.remembered(r)
	if err != nil || is == nil || s != nil && s.Person.User.ID != is.UserID {
		return false, err
	}
	plain, err := json.Marshal(k)
	if err != nil || len(plain) > keepMost {
		return false, err
	}
	browser := a.knownBrowser(r)
	aead, err := keptCipher(browser)
	if err != nil {
		return false, err
	}
	nonce := make([]byte, aead.NonceSize())
	rand.Read(nonce) // never fails
	is.Page, is.Until = k.Page, a.clock.Now().Add(keepFor)
	is.Sealed = aead.Seal(nonce, nonce, plain, []byte(is.UserID))
	return true, a.remember(r, browser, is)
}

// Keeps tells whether a form waits in the browser that asks, for whoever it is that wrote it.
func (a *Auth) Keeps(r *http.Request) (bool, error) {
	is, err := a.remembered(r)
	return is != nil && len(is.Sealed) > 0 && a.clock.Now().Before(is.Until), err
}

// Kept gives the form that waits for the person on the page at path, nil when none does.
func (a *Auth) Kept(r *http.Request, s *Session, path string) (*Kept, error) {
	if page, _ := url.Parse(s.state().Kept); s.state().Kept == "" || page == nil || page.Path != path {
		return nil, nil
	}
	is, err := a.remembered(r)
	if err != nil || is == nil || is.UserID != s.Person.User.ID || len(is.Sealed) == 0 || !a.clock.Now().Before(is.Until) {
		return nil, err
	}
	aead, err := keptCipher(a.knownBrowser(r))
	if err != nil {
		return nil, err
	}
	n := aead.NonceSize()
	plain, err := aead.Open(nil, is.Sealed[:n], is.Sealed[n:], []byte(is.UserID))
	if err != nil {
		return nil, err
	}
	k := &Kept{}
	return k, json.Unmarshal(plain, k)
}

// Shown forgets the form that waited: it has been shown.
func (a *Auth) Shown(w http.ResponseWriter, r *http.Request, s *Session) error {
	s.state().Kept = ""
	if err := s.g.Save(r, w); err != nil {
		return err
	}
	return a.remember(r, a.knownBrowser(r), &acquaintance{UserID: s.Person.User.ID})
}

func (a *Auth) remember(r *http.Request, browser string, is *acquaintance) error {
	data, err := json.Marshal(is)
	if err != nil {
		return err
	}
	return a.sessions.UpdateSession(r.Context(), acquaintanceHash(browser), data)
}

// keptCipher seals with a key made from the browser's id, which the database has only the hash of.
func keptCipher(browser string) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, []byte(browser), nil, "samband kept form", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
