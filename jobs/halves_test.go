package jobs

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"samband/jobs/privacy/packet"
	"samband/store"
	"samband/store/seed"
)

func (h *house) sendHalves() *store.Run {
	h.t.Helper()
	r, err := h.RunNow(h.t.Context(), RunRequest{IntegrationID: seed.HalvesIntegration, By: by})
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// takeIn is the receiver of the demonstration, and gives what it joined: the record's own name and the person's number.
func (h *house) takeIn(f *store.Transport) map[string]string {
	h.t.Helper()
	dir := h.demoReceiver()
	key := func(name string) []age.Identity {
		text, err := os.ReadFile(filepath.Join(dir, "nokler", name+".key"))
		if err != nil {
			h.t.Fatal(err)
		}
		keys, err := age.ParseIdentities(strings.NewReader(string(text)))
		if err != nil {
			h.t.Fatal(err)
		}
		return keys
	}
	ledger, err := packet.OpenLedger(filepath.Join(h.t.TempDir(), "ledger"), h.Clock)
	if err != nil {
		h.t.Fatal(err)
	}
	defer ledger.Close()
	r := packet.Receiver{Identity: key("identity"), Health: key("health"), Joiner: key("manifest"), Ledger: ledger, Clock: h.Clock,
		Senders: []ed25519.PublicKey{h.signer.Verifier().PublicKey()}}
	var files []*os.File
	for _, path := range []string{filepath.Join("helse", f.Manifest.File), filepath.Join("identitet", f.Identity.File), filepath.Join("helse", f.Health.File)} {
		x, err := os.Open(filepath.Join(dir, path))
		if err != nil {
			h.t.Fatal(err)
		}
		defer x.Close()
		files = append(files, x)
	}
	t, err := r.Open(files[0], files[1], files[2])
	if err != nil {
		h.t.Fatal(err)
	}
	defer t.Close()
	got := map[string]string{}
	if _, err := t.Join(func(j *packet.Joined) error { got[j.Health[0]] = j.Identity[0]; return nil }); err != nil {
		h.t.Fatal(err)
	}
	return got
}

// TestIdentityAndHealthLeaveApart holds that a run hands over a pair that only the receiver can join, that what is kept of it
// verifies, and that another run sends only what is new.
func TestIdentityAndHealthLeaveApart(t *testing.T) {
	h := sends(t, nil)
	r := h.sendHalves()
	if r.State != store.RunSucceeded || r.Counts.Loaded == 0 || !r.Counts.Balanced() {
		t.Fatalf("%s %s %v %+v", r.State, r.Reason, r.ReasonArgs, r.Counts)
	}
	d, err := h.DB.RunDetail(t.Context(), r.No)
	if err != nil {
		t.Fatal(err)
	}
	f := d.Transport
	if f == nil || f.Rows != r.Counts.Loaded || !f.Confirmed() || !f.Verify(h.signer.Verifier().PublicKey()) || f.ScopeHash != r.ScopeHash {
		t.Fatalf("%+v", f)
	}
	if r.Delivery.SHA256 != f.Manifest.SHA256 {
		t.Errorf("the run says %s", r.Delivery.SHA256)
	}
	got, persons := h.takeIn(f), map[string]bool{}
	for _, number := range got {
		persons[number] = true
		if store.ScanPersonNumbers(number) != 1 {
			t.Fatal("no person's number in the identity half")
		}
	}
	if int64(len(got)) != f.Rows || int64(len(persons)) != f.Persons {
		t.Errorf("%d records of %d persons, want %d of %d", len(got), len(persons), f.Rows, f.Persons)
	}
	again := h.sendHalves()
	if again.State != store.RunSucceeded || again.Counts.Loaded != 0 || again.Counts.Unchanged != r.Counts.Loaded {
		t.Errorf("again: %s %s %+v", again.State, again.Reason, again.Counts)
	}
	if left, err := os.ReadDir(h.Dir.Spools()); err != nil && !errors.Is(err, os.ErrNotExist) || len(left) > 0 {
		t.Errorf("left: %v %v", left, err)
	}
}

// TestOneWayIsClosed holds that a run that can't hand over the identity half is no success, leaves its pair for the next
// attempt, and ends as unknown for a person to reconcile when it is given up.
func TestOneWayIsClosed(t *testing.T) {
	h := sends(t, nil)
	way := filepath.Join(h.demoReceiver(), "identitet")
	if err := os.Rename(way, way+"-borte"); err != nil {
		t.Fatal(err)
	}
	r := h.sendHalves()
	if r.State == store.RunSucceeded {
		t.Fatalf("%s %s", r.State, r.Reason)
	}
	files, err := os.ReadDir(filepath.Join(h.demoReceiver(), "helse"))
	if err != nil || len(files) != 1 {
		t.Errorf("%d files on the health way, want one packet and no manifest, %v", len(files), err)
	}
	o, err := h.OpenRecords(t.Context(), r)
	if err != nil || o.Total == 0 {
		t.Errorf("%+v %v", o, err)
	}
	if r.State != store.RunUnknown || r.Reason != "run.unanswered" {
		t.Errorf("%s %s, want unknown", r.State, fmt.Sprint(r.Reason))
	}
}
