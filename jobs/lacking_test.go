package jobs

import (
	"path/filepath"
	"testing"

	"samband/store"
	"samband/store/seed"
)

// TestRegistryPutBackAlone holds that runs whose loads are gone with the newer registry say so once somebody has confirmed
// it, that it is told which integration lacks what, and that reading the delivery again settles it.
func TestRegistryPutBackAlone(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	h.deliver(1)
	first := h.run("")
	h.shut()
	putBack := h.keep()
	h.reopen()
	h.deliver(2)
	lost := h.run("")
	before := h.dump()
	h.shut()
	putBack(filepath.Join("registries", demoRegistry+".db"))
	h.reopen()
	if err := h.ConfirmRestore(ctx, "disken ble byttet", by); err != nil {
		t.Fatal(err)
	}
	list, err := h.Lacking(ctx)
	if err != nil || len(list) != 1 || list[0].IntegrationID != seed.DemoIntegration || list[0].Runs != 1 ||
		list[0].Rows != lost.Counts.Loaded || list[0].Days.Validate() != nil {
		t.Fatalf("%+v, %v", list, err)
	}
	if lost, err = h.DB.Run(ctx, lost.ID); err != nil || lost.Reason != "run.load_lost" || lost.Brought() || !lost.Reloads() {
		t.Errorf("%+v, %v", lost, err)
	}
	if first, err = h.DB.Run(ctx, first.ID); err != nil || !first.Brought() {
		t.Errorf("%+v, %v", first, err)
	}
	again, err := h.Reload(ctx, lost.ID, by)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Execute(ctx, again.ID); err != nil {
		t.Fatal(err)
	}
	if again = h.ended(again.ID); again.State != store.RunSucceeded || again.Counts.Loaded != lost.Counts.Loaded {
		t.Errorf("%s %s %+v", again.State, again.Reason, again.Counts)
	}
	if list, err = h.Lacking(ctx); err != nil || len(list) != 0 || h.dump() != before {
		t.Errorf("%+v, %v", list, err)
	}
}
