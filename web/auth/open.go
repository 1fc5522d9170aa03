package auth

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"
	"time"

	"samband/store"
)

// Open is a login that lives, as people see it.
type Open struct {
	Ref     string // store.Session.Ref
	Began   time.Time
	Used    time.Time // to the minute
	Ends    time.Time // unless it is used before
	ACR     string    // strength of the login as the identity provider names it; "" when it didn't say
	Browser string    // «Firefox, Windows»; "" when unknown
	Current bool      // the one that asks
}

// OpenSessions gives the logins of a user that live, the one used last first. There is no limit on how many: people
// work at several machines. current, when not nil, is the one that asks.
func (a *Auth) OpenSessions(ctx context.Context, userID string, current *Session) ([]Open, error) {
	rows, err := a.sessions.Sessions(ctx, userID)
	if err != nil {
		return nil, err
	}
	now := a.clock.Now()
	var list []Open
	for _, row := range rows {
		s := Open{Ref: row.Ref(), Began: row.Created, Used: row.LastSeen, Ends: row.LastSeen.Add(a.idle)}
		if !now.Before(s.Ends) {
			continue // over, and swept away when the browser asks again
		}
		if row.Expires.Before(s.Ends) {
			s.Ends = row.Expires
		}
		var st state
		if err := json.Unmarshal(row.Data, &st); err != nil {
			return nil, err
		}
		s.ACR, s.Browser = st.ACR, st.Browser
		s.Current = current != nil && current.row().Hash == row.Hash
		list = append(list, s)
	}
	return list, nil
}

// EndOthers ends every login of the person but this one, and tells how many.
func (a *Auth) EndOthers(ctx context.Context, s *Session, by store.Actor) (int, error) {
	return a.sessions.RevokeSessions(ctx, s.Person.User.ID, s.row().Hash, by)
}

// browserLabel makes «Firefox, Windows» of what a browser says of itself: enough to know one's own machines by, and
// too little to tell people apart.
func browserLabel(agent string) string {
	first := func(names ...string) string { // mark, name, mark, name …
		for i := 0; i+1 < len(names); i += 2 {
			if strings.Contains(agent, names[i]) {
				return names[i+1]
			}
		}
		return ""
	}
	// Most browsers also call themselves Chrome and Safari: the particular ones come first.
	family := first("Edg", "Edge", "OPR/", "Opera", "SamsungBrowser/", "Samsung Internet", "Firefox/", "Firefox",
		"FxiOS/", "Firefox", "CriOS/", "Chrome", "Chrome/", "Chrome", "Safari/", "Safari")
	platform := first("iPhone", "iPhone", "iPad", "iPad", "Android", "Android", "Windows", "Windows", "Macintosh", "macOS",
		"CrOS", "ChromeOS", "Linux", "Linux")
	if family == "" || platform == "" {
		return cmp.Or(family, platform)
	}
	return family + ", " + platform
}
