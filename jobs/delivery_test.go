package jobs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samband/store"
)

// TestDeliveriesThatCannotBeRead holds that a delivery with something wrong ends the run with its own reason, loads
// nothing, and is still there for somebody to look at.
func TestDeliveriesThatCannotBeRead(t *testing.T) {
	h := open(t)
	before := h.dump()
	for _, c := range []struct {
		name  string
		spoil func(t *testing.T, file string)
		state store.RunState
		want  store.Code
	}{
		{"still being written", func(t *testing.T, file string) {
			if err := os.Remove(file + ".control"); err != nil {
				t.Fatal(err)
			}
		}, store.RunSucceeded, "delivery.waiting"},
		{"cut short", func(t *testing.T, file string) {
			if err := os.Truncate(file, 5000); err != nil {
				t.Fatal(err)
			}
		}, store.RunFailed, "delivery.checksum"},
		{"wrong row count", func(t *testing.T, file string) {
			control, err := os.ReadFile(file + ".control")
			if err != nil {
				t.Fatal(err)
			}
			wrong := strings.Replace(string(control), "rows=", "rows=1", 1)
			if err := os.WriteFile(file+".control", []byte(wrong), 0o600); err != nil {
				t.Fatal(err)
			}
		}, store.RunFailed, "delivery.row_count"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h.deliver(1)
			files, err := filepath.Glob(filepath.Join(h.demoFolder(), "*.csv"))
			if err != nil || len(files) != 1 {
				t.Fatal(files, err)
			}
			c.spoil(t, files[0])
			r := h.run("")
			if r.State != c.state || r.Reason != c.want || r.ReasonArgs["name"] != filepath.Base(files[0]) || r.Counts.Loaded != 0 {
				t.Errorf("%s %s %v %+v", r.State, r.Reason, r.ReasonArgs, r.Counts)
			}
			if _, err := os.Stat(files[0]); err != nil {
				t.Error(err)
			}
			if h.dump() != before {
				t.Error("the registry has changed")
			}
		})
	}
}
