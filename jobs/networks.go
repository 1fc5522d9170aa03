package jobs

import (
	"net/netip"
	"strings"

	"samband/jobs/connector"
	"samband/store"
)

// networks reads the networks that requests may go to, as they are written with commas between: 10.20.0.0/16. None: see
// connector.Network. The error is Refused "serve.networks"; a list that can't be read must not mean that all is open.
func networks(written string) ([]netip.Prefix, error) {
	var list []netip.Prefix
	for s := range strings.SplitSeq(written, ",") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		p, err := netip.ParsePrefix(s)
		if err != nil || p != p.Masked() || p.Addr().Is4In6() { // 10.20.0.1/16 is somebody's mistake
			return nil, store.E(store.Refused, "serve.networks", store.Args{"network": s})
		}
		list = append(list, p)
	}
	return list, nil
}

// network is what connectors are told of the network here.
func (j *Jobs) network() connector.Network {
	return connector.Network{Allowed: j.networks, Asked: j.metrics.asked}
}
