package web

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// ParseProxies reads the setting with the trusted proxies: addresses or networks with commas between.
func ParseProxies(setting string) ([]netip.Prefix, error) {
	var ps []netip.Prefix
	for part := range strings.SplitSeq(setting, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if addr, err := netip.ParseAddr(part); err == nil {
			ps = append(ps, netip.PrefixFrom(addr, addr.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, err
		}
		ps = append(ps, p.Masked())
	}
	return ps, nil
}

func (s *Server) trusted(a netip.Addr) bool {
	return slices.ContainsFunc(s.Proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

// clientOf gives the address of the client: who is connected, or, when that is a trusted proxy, the last address in
// X-Forwarded-For that isn't one. What stands before it anybody can have written.
func (s *Server) clientOf(r *http.Request) netip.Addr {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	client := from.Addr().Unmap()
	if !s.trusted(client) {
		return client
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		a, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		if client = a.Unmap(); !s.trusted(client) {
			break
		}
	}
	return client
}

// forwardedPlain tells whether a trusted proxy got this request without TLS.
func (s *Server) forwardedPlain(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && s.trusted(from.Addr().Unmap()) && r.Header.Get("X-Forwarded-Proto") == "http"
}
