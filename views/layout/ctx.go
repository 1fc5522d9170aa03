package layout

import (
	"time"

	"samband/store"
	"samband/store/text"
	"samband/views/ds"
)

// Paths that the frame links or posts to.
const (
	LoginPath       = "/login"
	AccountPath     = "/account"
	SessionPath     = "/session"     // tells when the session ends
	SessionUsePath  = "/session/use" // the same, and counts as use
	LogoutPath      = "/logout"      // POST
	NoticesPath     = "/notices"
	PreferencesPath = "/preferences" // POST: lang or theme, and back
)

// Theme is the reader's colour scheme, as Designsystemet's data-color-scheme.
type Theme string

const (
	Auto  Theme = "auto" // as the reader's machine
	Light Theme = "light"
	Dark  Theme = "dark"
)

// ParseTheme gives the theme named s, Auto for anything else.
func ParseTheme(s string) Theme {
	switch t := Theme(s); t {
	case Light, Dark:
		return t
	}
	return Auto
}

// native is the content of the color-scheme meta element, which colours the browser's own parts.
func (t Theme) native() string {
	if t == Light || t == Dark {
		return string(t)
	}
	return "light dark"
}

// User is who reads the page, as far as pages need to know.
type User struct {
	Name string
	Role string // title of the role, in the reader's language
	// MaySee tells whether the person may open a page of the portal ("/audit"). The menu shows what it allows; it
	// must answer from the routes table, so that the menu and the doors never disagree.
	MaySee func(path string) bool
	Unread int64 // notices that wait
	Alerts int64 // what is wrong and waits for somebody like the reader to take it
}

// Ctx is what every page template is given: who reads, how, and where. The zero value is an anonymous reader of
// bokmål. It is small; pass it by value.
type Ctx struct {
	Lang  text.Lang
	User  *User // nil when nobody is logged in
	Theme Theme
	Path  string // path and query of this page, for the menu and for coming back to it
	Demo  bool   // shows the banner that says that everything is made up
	// Session is the reader's login; nil when nobody is logged in.
	Session *Session
	// Notices are said once at the top of the page, as after something was saved.
	Notices []ds.NoteProps
}

// Session is what pages say about the reader's login.
type Session struct {
	Now  time.Time
	Ends time.Time // unless it is used before
	Last time.Time // however much it is used
	// Confirm is where the reader proves again who they are, and comes back from to this page; "" when they did so a
	// short while ago.
	Confirm string
	// Emergency is set when the reader came in by the emergency code.
	Emergency bool
}

// left is how many seconds are left until a moment.
func (s *Session) left(until time.Time) int { return int(until.Sub(s.Now).Seconds()) }

func (c Ctx) lang() text.Lang {
	if c.Lang == "" {
		return text.NB
	}
	return c.Lang
}

func (c Ctx) theme() Theme { return ParseTheme(string(c.Theme)) }

// T gives the sentence for key, filled with args given as name, value pairs.
func (c Ctx) T(key string, args ...any) string { return text.T(c.lang(), key, args...) }

// Error gives the sentence of an error.
func (c Ctx) Error(err error) string { return text.Error(c.lang(), err) }

// FieldError gives the sentence of what is wrong with one field, "" when nothing is.
func (c Ctx) FieldError(errs store.FieldErrors, field string) string {
	if e := errs.Of(field); e != nil {
		return c.Error(e)
	}
	return ""
}

// Problems gives the lines of the error summary above a form.
func (c Ctx) Problems(errs store.FieldErrors) []ds.Problem {
	var ps []ds.Problem
	for _, e := range errs {
		ps = append(ps, ds.Problem{Field: e.Field, Text: c.Error(e)})
	}
	return ps
}

// Int gives «1 284».
func (c Ctx) Int(n int64) string { return text.Int(c.lang(), n) }

// Decimal gives «2,4» with a fixed number of decimals.
func (c Ctx) Decimal(f float64, decimals int) string { return text.Decimal(c.lang(), f, decimals) }

// Percent gives «2,4 %» of part in whole, "–" when whole is 0.
func (c Ctx) Percent(part, whole int64) string { return text.Percent(c.lang(), part, whole) }

// Date gives «23. november 2026».
func (c Ctx) Date(d store.Date) string { return text.Date(c.lang(), d) }

// Clock gives «02.30», Oslo time.
func (c Ctx) Clock(t time.Time) string { return text.Clock(c.lang(), t) }

// DateTime gives «23. november 2026 kl. 02.30», Oslo time.
func (c Ctx) DateTime(t time.Time) string { return text.DateTime(c.lang(), t) }

// Short gives «23.11.2026 02.30» for tables, Oslo time.
func (c Ctx) Short(t time.Time) string { return text.Short(c.lang(), t) }

// Duration gives «4 min 12 s».
func (c Ctx) Duration(d time.Duration) string { return text.Duration(c.lang(), d) }

// ISO gives the machine form of a time, for ds.Time and ds.Entry; "" for the zero time.
func (c Ctx) ISO(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(store.Oslo).Format(time.RFC3339)
}

// MaySee tells whether the reader may open a page; the catalogue is for everyone.
func (c Ctx) MaySee(path string) bool {
	if path == cataloguePath {
		return true
	}
	return c.User != nil && c.User.MaySee != nil && c.User.MaySee(path)
}
