package jobs

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/all"
	"samband/store"
	"samband/store/seed"
	"samband/store/vault"
)

// played is a source of choices whose list a test writes, and that it can make fail.
type played struct {
	reserved []store.PersonNumber
	fails    error
}

func (p *played) Choices(_ context.Context, _ connector.ConsentQuery, each func(connector.ConsentChoice) error) (time.Time, error) {
	for _, n := range p.reserved {
		if err := each(connector.ConsentChoice{Number: store.NewSecret(n.Reveal()), Active: true, Seq: 1}); err != nil {
			return time.Time{}, err
		}
	}
	return time.Time{}, p.fails
}

func (p *played) Test(context.Context) error { return p.fails }

func (p *played) Report(context.Context, connector.ConsentQuery, connector.ConsentReport) error {
	return p.fails
}

// openAsked opens an installation whose demonstration asks a source that the test plays.
func openAsked(t *testing.T) (*house, *played) {
	t.Helper()
	p := &played{}
	connectors := all.Connectors()
	at := slices.IndexFunc(connectors, func(c connector.Connector) bool { return c.Kind.Name == "consentfile" })
	connectors[at].OpenConsents = func(connector.Settings) (connector.ConsentSource, error) { return p, nil }
	return openWith(t, connectors), p
}

// demoRule is the rule of the demonstration's registry.
const demoRule = "hjertekirurgi-reservasjon"

func (h *house) sync() store.ConsentSnapshot {
	h.t.Helper()
	h.clock.Advance(time.Minute)
	x, err := h.SyncConsent(h.t.Context(), demoRule, by)
	if err != nil {
		h.t.Fatal(err)
	}
	return x
}

// numbers gives the numbers of those whom the vault has in the demonstration's registry.
func (h *house) numbers() (list []store.PersonNumber) {
	h.t.Helper()
	if err := h.vault.Each(h.t.Context(), demoRegistry, func(_ store.Pseudonym, a vault.Attributes) error {
		n, ok := store.PersonNumberOf(a.Value(store.AttrNumber, 0))
		if !ok {
			h.t.Fatal("somebody without a number")
		}
		list = append(list, n)
		return nil
	}); err != nil {
		h.t.Fatal(err)
	}
	return list
}

// TestListIsHeldAndDecided takes a list from its source to where it decides over a run: one that the brake holds stops
// every run until a person has decided, and one that is too old does until it has been read again.
func TestListIsHeldAndDecided(t *testing.T) {
	h, source := openAsked(t)
	rule, err := h.DB.ConsentRule(t.Context(), demoRule)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(delivery int, want store.Code) {
		t.Helper()
		h.deliver(delivery)
		if r := h.run(""); r.State == store.RunSucceeded || r.Reason != want {
			t.Errorf("%s %q, want %q", r.State, r.Reason, want)
		}
	}
	h.sync()
	h.deliver(1)
	if r := h.run(""); r.State != store.RunSucceeded || r.Counts.Loaded == 0 {
		t.Fatal(r.State, r.Reason)
	}
	stood := h.dump()
	source.reserved = h.numbers()[:30]
	held := h.sync()
	if held.State != store.SnapshotHeld || held.Turn.New != 30 || held.Why == nil || held.Why.Code != "consent.held_turn" {
		t.Fatalf("%+v", held)
	}
	refused(2, "consent.list_held")
	if h.dump() != stood {
		t.Error("a list that nobody has decided on changed the registry")
	}
	if err := h.DecideConsent(t.Context(), demoRule, held.No-1, true, "", by); store.CodeOf(err) != "consent.not_held" {
		t.Error(err)
	}
	if err := h.DecideConsent(t.Context(), demoRule, held.No, true, "Ny brosjyre", by); err != nil {
		t.Fatal(err)
	}
	if err := h.DecideConsent(t.Context(), demoRule, held.No, false, "", by); store.CodeOf(err) != "consent.not_held" {
		t.Errorf("decided twice: %v", err)
	}
	r := h.run("")
	if r.State != store.RunSucceeded || r.Counts.Blocked == 0 {
		t.Errorf("%s %s %+v", r.State, r.Reason, r.Counts)
	}
	d, err := h.DB.RunDetail(t.Context(), r.No)
	if err != nil || len(d.Consents) != 1 || d.Consents[0].Snapshot != held.No || d.Consents[0].Active != 30 {
		t.Errorf("%+v, %v", d.Consents, err)
	}
	h.clock.Advance(rule.Longest())
	source.fails = store.E(store.Refused, "consent.file", store.Args{"name": "liste"})
	refused(3, "consent.list_old")
	source.fails = nil
	if r := h.run(""); r.State != store.RunSucceeded { // it reads the list itself
		t.Error(r.State, r.Reason)
	}
}

// TestChoicesAreInTheBackup: what people have chosen, and what waits because of it, is there after a restore.
func TestChoicesAreInTheBackup(t *testing.T) {
	h, source := openAsked(t)
	h.sync()
	h.deliver(1)
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Fatal(r.State, r.Reason)
	}
	source.reserved = h.numbers()[:10]
	h.sync()
	want, err := h.ConsentStates(t.Context(), demoRegistry)
	if err != nil || len(want) != 1 || want[0].Lists.Active != 10 || want[0].Lists.Due != 10 {
		t.Fatalf("%+v, %v", want, err)
	}
	n := h.restored(h.backupTo(filepath.Join(t.TempDir(), "sets")))
	got, err := n.ConsentStates(t.Context(), demoRegistry)
	if err != nil || len(got) != 1 || got[0].Lists.Active != 10 || got[0].Lists.Due != 10 || got[0].Lists.Holds.No != want[0].Lists.Holds.No {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestRulesAreExported: a rule stands in the export with everything that a form can say of it, and comes back the same.
func TestRulesAreExported(t *testing.T) {
	h := open(t)
	r := store.NewConsentRule(store.TypeRestriction)
	r.ID, r.RegistryID, r.Name, r.ConnectionID = "stengt", demoRegistry, "Stengt for mottakere", seed.DemoConsents
	r.Definition, r.Party, r.Recipients, r.FallShare = "0f1e2d3c-4b5a-4697-8877-665544332211", "hjerte", []string{"utlevering"}, 0.125
	if err := h.DB.CreateConsentRule(t.Context(), &r, by); err != nil {
		t.Fatal(err)
	}
	out, err := h.Export(t.Context(), "")
	if err != nil || !bytes.Contains(out, []byte("consents:")) || !bytes.Contains(out, []byte(demoRule)) {
		t.Fatalf("%v\n%s", err, out)
	}
	other := open(t)
	there := bytes.ReplaceAll(out, []byte(h.conf.Drop), []byte(other.conf.Drop))
	if n, err := other.Import(t.Context(), there, ImportMode{}, by); err != nil || n.Created == 0 {
		t.Fatal(n, err)
	}
	again, err := other.Export(t.Context(), "")
	if err != nil || !bytes.Equal(again, there) {
		t.Errorf("the second export differs (%v)", err)
	}
	got, err := other.DB.ConsentRule(t.Context(), r.ID)
	if err != nil || got.FallShare != r.FallShare || !slices.Equal(got.Recipients, r.Recipients) || got.WaitDays != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}
