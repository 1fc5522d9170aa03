package httpx_test

import (
	"testing"

	"samband/jobs/connector"
	"samband/jobs/connector/connectortest"
	"samband/jobs/connector/httpx/httpxtest"
)

// TestPager holds the synthetic paged source to the contract, and by it the floor under all sources that are read so.
func TestPager(t *testing.T) {
	var server *httpxtest.Server
	connectortest.Pager(t, connectortest.PagerHarness{
		New: func(t *testing.T, x connectortest.Extract) connector.Pager {
			const perPage = 100
			server = httpxtest.New(t, x.N/perPage, perPage)
			if x.N == 0 {
				server.PerPage = 0
			}
			server.Row = x.Row
			return server.Pager(t)
		},
		Away: func(*testing.T) { server.Ail(httpxtest.Fault{Kind: httpxtest.Status, Status: 503}) },
		Hang: func(*testing.T) { server.Ail(httpxtest.Fault{Kind: httpxtest.Hang}) },
	})
}
