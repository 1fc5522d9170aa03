package jobs

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/store"
)

// TestNetworks: what can't be read is refused rather than left out, for an empty list lets out what a list would keep in.
func TestNetworks(t *testing.T) {
	for written, want := range map[string]string{
		"": "[]", " , ": "[]", "10.20.0.0/16": "[10.20.0.0/16]", "10.20.0.0/16, 192.0.2.7/32,fd00::/8": "[10.20.0.0/16 192.0.2.7/32 fd00::/8]",
	} {
		if got, err := networks(written); err != nil || fmt.Sprint(got) != want {
			t.Errorf("%q: %v, %v", written, got, err)
		}
	}
	for _, written := range []string{"10.20.0.1/16", "10.20.0.0", "10.20.0.0/33", "alle", "10.20.0.0/16 10.30.0.0/16", "::ffff:10.0.0.0/104", "10.20.0.0/16,x"} {
		if got, err := networks(written); store.ClassOf(err) != store.Refused || store.CodeOf(err) != "serve.networks" {
			t.Errorf("%q: %v, %v", written, got, err)
		}
	}
}

// TestRequestsAreCounted: by outcome, with bytes and waits.
func TestRequestsAreCounted(t *testing.T) {
	m := newMetrics()
	j := &Jobs{metrics: m}
	told := j.network().Asked
	told(connector.Asked{Outcome: "ok", Wait: time.Second, Bytes: 1000})
	told(connector.Asked{Outcome: "ok", Wait: time.Second, Bytes: 500})
	told(connector.Asked{Outcome: "http.timeout", Wait: time.Minute})
	w := httptest.NewRecorder()
	j.Metrics().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, line := range []string{`samband_requests_total{outcome="ok"} 2`, `samband_requests_total{outcome="http.timeout"} 1`,
		"samband_answer_bytes_total 1500", "samband_answer_wait_seconds_sum 62"} {
		if !strings.Contains(w.Body.String(), line+"\n") {
			t.Errorf("%s is not among\n%s", line, w.Body)
		}
	}
}
