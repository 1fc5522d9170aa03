package auth

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"samband/store"
)

// Local tells whether a request comes from this very machine, not through a proxy, and asks for this machine by name:
// another name that leads here (DNS rebinding) is not local.
func Local(r *http.Request) bool {
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback() && store.Loopback(r.Host)
}

// ReturnPath gives the local path and query that a login leads back to: LocalPath, and "/" for the login pages
// themselves.
func ReturnPath(raw string) string {
	local := LocalPath(raw)
	path, _, _ := strings.Cut(local, "?")
	for _, own := range []string{"/login", "/logout", "/signed-out"} {
		if path == own || strings.HasPrefix(path, own+"/") {
			return "/"
		}
	}
	return local
}

// LocalPath gives raw when it is a path and query of ours, otherwise "/". An address elsewhere is not, nor one of its
// disguises that browsers understand (//host, /\host).
func LocalPath(raw string) string {
	if len(raw) > 2000 || !strings.HasPrefix(raw, "/") || strings.HasPrefix(raw, "//") ||
		strings.ContainsFunc(raw, func(c rune) bool { return c < 0x21 || c == '\\' || c == 0x7f }) {
		return "/"
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" {
		return "/"
	}
	if local := u.RequestURI(); len(local) <= 2000 { // escaping makes it longer
		return local
	}
	return "/"
}
