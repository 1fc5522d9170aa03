package web

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"time"

	"samband/store"
)

func TestScheduleRetry(t *testing.T) {
	g := newRegister(t)
	admin, reader := g.as(store.RoleAdmin, store.AllRegistries), g.as(store.RoleReader, "hjerte")
	const path = "/integrations/hjerte-rdap/schedule"
	form := func(more ...string) []string {
		return append(more, "attempts", "5", "first", "30", "longest", "45", "timeout", "90")
	}
	answers(t, admin.get(path), 200, `value="3" id="f-attempts"`, `value="240" id="f-timeout"`)
	answers(t, reader.get(path), 200, `!name="attempts"`, "Nye forsøk")
	answers(t, admin.post(path+"/retry", form("retry_version", "0", "factor", "mye")...), 422, `id="f-factor-error"`, `value="mye"`,
		`value="45"`)
	answers(t, admin.post(path+"/retry", "retry_version", "0", "factor", "2", "attempts", "99", "first", "600", "longest", "1", "timeout", "90"), 422,
		`id="f-attempts-error"`)
	leads(t, admin.post(path+"/retry", form("retry_version", "0", "factor", "1,5")...), path)
	p, err := g.db.RetryPolicy(t.Context(), "hjerte-rdap")
	if want := (store.RetryPolicy{IntegrationID: "hjerte-rdap", Attempts: 5, First: 30 * time.Second, Factor: 1.5, Most: 45 * time.Minute,
		Timeout: 90 * time.Minute, Version: 1}); err != nil || *p != want {
		t.Errorf("%+v, %v", p, err)
	}
	answers(t, admin.get(path), 200, `value="1,5" id="f-factor"`, `name="retry_version" value="1"`)
	answers(t, admin.post(path+"/retry", form("retry_version", "0", "factor", "2")...), http.StatusConflict)
	answers(t, reader.post(path+"/retry", form("retry_version", "1", "factor", "2")...), http.StatusForbidden)
}

// hostConnectors has a kind whose connections lead to a host.
type hostConnectors struct{ *testConnectors }

func (hostConnectors) Kinds() []store.Kind {
	k := trialKind
	k.Options = append(slices.Clone(k.Options), store.Option{Name: "address", Kind: store.OptionURL, Default: "https://kilde.example"})
	return []store.Kind{k}
}

// TestCircuitOnSystemPage: who looks at a system sees which of its hosts fail and what that means; an admin lets runs
// through again. Another system's hosts are not its.
func TestCircuitOnSystemPage(t *testing.T) {
	g := newRegister(t)
	g.Connectors = hostConnectors{g.connectors}
	admin, reader := g.as(store.RoleAdmin, store.AllRegistries), g.as(store.RoleReader, "hjerte")
	answers(t, reader.get("/systems/rdap"), 200, "!Verter som har sviktet")
	for _, host := range []string{"kilde.example:443", "annen.example:443"} {
		for range store.CircuitFailures {
			if _, err := g.db.FailedCircuit(t.Context(), host, "http.refused", 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	answers(t, reader.get("/systems/rdap"), 200, "Verter som har sviktet", "kilde.example:443", "Kjøringer venter",
		"kilde.example:443 tar ikke imot oss", "5 feil på rad", "!annen.example", "!circuit/reset")
	answers(t, reader.get("/systems/kdv"), 200, "!kilde.example")
	answers(t, admin.get("/systems/rdap"), 200, `action="/systems/rdap/circuit/reset"`)
	answers(t, reader.post("/systems/rdap/circuit/reset", "host", "kilde.example:443"), http.StatusForbidden)
	answers(t, admin.post("/systems/kdv/circuit/reset", "host", "kilde.example:443"), http.StatusNotFound)
	leads(t, admin.post("/systems/rdap/circuit/reset", "host", "kilde.example:443"), "/systems/rdap")
	answers(t, admin.get("/systems/rdap"), 200, "Kjøringer slipper til kilde.example:443 igjen.", "!Verter som har sviktet")
	answers(t, admin.post("/systems/rdap/circuit/reset", "host", "kilde.example:443"), http.StatusNotFound)
}

// reloads is a Runner that takes an order to read a delivery again.
type reloads struct {
	quietRuns
	asked string
}

func (r *reloads) Reload(_ context.Context, id string, _ store.Actor) (*store.Run, error) {
	r.asked = id
	return &store.Run{No: 7}, nil
}

// TestRunReload: who may decide about a run can have its delivery read again, and is led to the new run.
func TestRunReload(t *testing.T) {
	g := newRegister(t)
	runs := &reloads{}
	g.Runs = runs
	run := &store.Run{IntegrationID: "hjerte-rdap", Trigger: store.TriggerPerson}
	if err := g.db.CreateRun(t.Context(), run, seeder); err != nil {
		t.Fatal(err)
	}
	answers(t, g.as(store.RoleReader, "hjerte").post("/runs/1/reload"), http.StatusForbidden)
	leads(t, g.as(store.RoleCoordinator, "hjerte").post("/runs/1/reload"), "/runs/7")
	if runs.asked != run.ID {
		t.Errorf("asked for %q", runs.asked)
	}
}
