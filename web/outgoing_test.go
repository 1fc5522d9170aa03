package web

import (
	"context"
	"net/http"
	"testing"

	"samband/store"
	"samband/store/db"
)

// sender is an Outgoing with a few records.
type sender struct {
	g       *register
	open    []store.Sent
	problem error // why the receiver did not say what it has
	found   map[string]store.Reconciled
	rest    store.Reconciled
}

func (s *sender) OwnCodebooks(ctx context.Context, registryID string) ([]store.Codebook, error) {
	book, err := s.g.db.Codebook(ctx, "hjertebok", 0)
	if err != nil {
		return nil, err
	}
	return []store.Codebook{*book}, nil
}

func (s *sender) PreviewOutgoing(context.Context, string) (*store.OutgoingPreview, error) {
	return &store.OutgoingPreview{Counts: store.Counts{Read: 12, Loaded: 7, Unchanged: 4, Quarantined: 1},
		QuarantinedBy: map[string]int64{store.OutgoingLeak: 1}, Gone: 3, Fields: []string{"opphold"}, Rows: [][]string{{"THX-0000001"}}}, nil
}

func (s *sender) Outbox(context.Context, string) (*store.Outbox, error) {
	return &store.Outbox{By: map[store.SentState]int64{store.SentAcked: 4, store.SentRefused: 1},
		Open:    []store.OpenSending{{RunNo: 1, N: 2}},
		Refused: []store.Sent{{Key: "E-9", State: store.SentRefused, Reason: "ukjent_enhet", RunNo: 1}}}, nil
}

func (s *sender) OpenRecords(context.Context, *store.Run) (*store.OpenRecords, error) {
	o := &store.OpenRecords{Total: len(s.open), First: s.open, Problem: s.problem}
	if s.problem == nil {
		o.Held = map[string]bool{"E-1": true}
	}
	return o, nil
}

func (s *sender) ReconcileRecords(ctx context.Context, runID string, found map[string]store.Reconciled, rest store.Reconciled,
	reason string, by store.Actor) error {
	if len(s.open) == 0 {
		return store.E(store.Conflict, "reconcile.nothing", store.Args{"run": 1})
	}
	s.found, s.rest, s.open = found, rest, nil
	return s.g.db.Record(ctx, store.AuditEntry{Action: "run.reconcile", Kind: "run", Object: runID, Registry: "hjerte", Result: "ok",
		Details: store.Args{"reason": reason}}, by)
}

// outRegister is a register whose hjerte-ut sends, with one run without all its answers.
func outRegister(t *testing.T) (*register, *sender) {
	g := newRegister(t)
	x := &sender{g: g, open: []store.Sent{{Key: "E-1", State: store.SentUnknown, RunNo: 1}, {Key: "E-2", State: store.SentUnknown, RunNo: 1}}}
	g.Runs, g.Outgoing = stillRuns{}, x
	must(t, g.db.CreateSystem(t.Context(), &store.System{ID: "mottaker", Name: "Mottakeren", Role: store.Destination, Phase: store.PhaseActive}, seeder))
	must(t, g.db.CreateMethod(t.Context(), &store.Method{ID: "mottaker-filer", SystemID: "mottaker", Name: "Filer", Kind: "files",
		Highest: store.Sensitive, Route: store.RoutePlatform}, seeder))
	must(t, g.db.SaveCodebook(t.Context(), &store.Codebook{ID: "mottakerbok", Version: 1, RegistryID: "hjerte", Title: "Mottakerens bok",
		Key: []string{"id"}, Variables: []store.Variable{{Name: "id", Type: store.VarText, Class: store.Technical}}}, seeder))
	must(t, g.db.CreateIntegration(t.Context(), &store.Integration{ID: "hjerte-ut", RegistryID: "hjerte", MethodID: "mottaker-filer",
		Name: "Hjerte ut", Sensitivity: store.Sensitive, CodebookID: "mottakerbok"}, seeder))
	r := &store.Run{IntegrationID: "hjerte-ut", Trigger: store.TriggerPerson}
	must(t, g.db.CreateRun(t.Context(), r, seeder))
	r, err := g.db.StartRun(t.Context(), r.ID, seeder)
	must(t, err)
	r.Counts = store.Counts{Read: 2, Loaded: 2}
	must(t, g.db.FinishRun(t.Context(), r, db.Outcome{State: store.RunUnknown, Reason: "run.unanswered", Args: store.Args{"n": 2}}, seeder))
	return g, x
}

func TestOutgoingPages(t *testing.T) {
	g, _ := outRegister(t)
	reader, coordinator := g.as(store.RoleReader, "hjerte"), g.as(store.RoleCoordinator, "hjerte")
	answers(t, reader.get("/integrations/hjerte-ut"), 200, "/integrations/hjerte-ut/outgoing")
	answers(t, reader.get("/integrations/hjerte-ut/outgoing"), 200, "Det som ville blitt sendt nå", "3 poster hos mottakeren finnes ikke lenger",
		"/runs/1/reconcile", "ukjent_enhet", "Avvist av mottakeren", "!E-9", "!THX-0000001", "!outgoing/rows")
	answers(t, coordinator.get("/integrations/hjerte-ut/outgoing"), 200, "E-9", "!THX-0000001", "outgoing/rows")
	answers(t, coordinator.get("/integrations/hjerte-ut/outgoing/rows"), 200, "THX-0000001", "opphold")
	answers(t, reader.get("/integrations/hjerte-ut/outgoing/rows"), http.StatusForbidden)
	answers(t, coordinator.get("/integrations/hjerte-rdap/outgoing"), http.StatusNotFound)
}

// TestStoppedWhileItSent: a run that was stopped says which of its records nobody knows the fate of, and that what is sent is
// sent.
func TestStoppedWhileItSent(t *testing.T) {
	g, _ := outRegister(t)
	nina := g.as(store.RoleCoordinator, "hjerte")
	r, err := g.db.RunByNo(t.Context(), 1)
	must(t, err)
	must(t, g.db.FinishRun(t.Context(), r, db.Outcome{State: store.RunFailed, Reason: "run.not_arrived",
		Args: store.Args{"arrived": 0, "missing": 2}}, seeder))
	answers(t, nina.get("/runs/1"), 200, "mottakeren har fått 2 poster fra kjøring 1", "/runs/1/reconcile",
		"Neste kjøring sender det mottakeren ikke har", "!Ingenting av det er lest inn")
	waits := &store.Run{IntegrationID: "hjerte-ut", Trigger: store.TriggerPerson}
	must(t, g.db.CreateRun(t.Context(), waits, seeder))
	answers(t, nina.get("/runs/2"), 200, "kan ikke kalles tilbake", "!leveransen ligger klar")
}

func TestReconcile(t *testing.T) {
	g, x := outRegister(t)
	reader, nina := g.as(store.RoleReader, "hjerte"), g.as(store.RoleCoordinator, "hjerte")
	answers(t, nina.get("/runs/1"), 200, "/runs/1/reconcile", "kan ikke kalles tilbake", "!/runs/1/undo")
	answers(t, nina.get("/runs/1/reconcile"), 200, "2 poster uten svar", "E-1", "Har den", "E-2", "Har den ikke", `name="reason"`)
	x.problem = store.E(store.Unavailable, "reconcile.no_answer", nil)
	answers(t, nina.get("/runs/1/reconcile"), 200, "2 poster uten svar", "kunne ikke spørres nå", "sa ikke hvorfor", "gi mottakeren nøklene",
		"!Har den", "!kan ikke spørre mottakeren selv")
	x.problem = nil
	answers(t, reader.get("/runs/1/reconcile"), http.StatusForbidden)
	answers(t, reader.post("/runs/1/reconcile", "rest", "arrived", "reason", "ringte"), http.StatusForbidden)
	answers(t, nina.post("/runs/1/reconcile", "rest", "arrived"), http.StatusUnprocessableEntity, "Fyll ut", "2 poster uten svar")
	answers(t, nina.post("/runs/1/reconcile", "rest", "leave", "reason", "ringte"), http.StatusUnprocessableEntity, "ringte")
	answers(t, nina.post("/runs/1/reconcile", "rest", "lost", "reason", "ringte"), http.StatusUnprocessableEntity)
	leads(t, nina.post("/runs/1/reconcile", "rest", "arrived", "reason", "ringte", "key", "E-1", "found", "", "key", "E-2",
		"found", "not_arrived"), "/runs/1")
	if len(x.found) != 1 || x.found["E-2"] != store.NotArrived || x.rest != store.Arrived {
		t.Errorf("%v, the others %q", x.found, x.rest)
	}
	answers(t, nina.get("/runs/1/reconcile"), 200, "Alt er avstemt")
	answers(t, nina.post("/runs/1/reconcile", "rest", "arrived", "reason", "ringte"), http.StatusConflict)
}

// TestWhatIsRead: who maps what is sent chooses the codebook that is read. That is a step of the draft, stands among what it
// changes, and can't be taken from under somebody else's edit.
func TestWhatIsRead(t *testing.T) {
	g, _ := outRegister(t)
	g.Mapper = &testMapper{}
	g.Sources = &testSources{db: g.db, schema: &store.Schema{Fields: []store.SchemaField{{Name: "alder", Class: store.Indirect}}}}
	const at = "/integrations/hjerte-ut/mapping"
	reader, nina := g.as(store.RoleReader, "hjerte"), g.as(store.RoleCoordinator, "hjerte")
	answers(t, nina.get(at), 200, "Mappingen leser ingen kodebok ennå", at+"/source-fields", "!Fødselsnummer", "!own-sample")
	answers(t, nina.get(at+"/source-fields"), 200, "Det som leses i registeret", "Hjerteboken", "!Mottakerens bok", "!read-source",
		"!own-sample", "!Hva identiteten er")
	fresh := []string{"based", "0", "edits", "0"}
	answers(t, reader.post(at+"/read-codebook", append(fresh, "from", "hjertebok")...), http.StatusForbidden)
	answers(t, nina.post(at+"/read-codebook", fresh...), http.StatusUnprocessableEntity, "Velg et av alternativene")
	answers(t, nina.post(at+"/read-codebook", append(fresh, "from", "mottakerbok")...), http.StatusUnprocessableEntity)
	answers(t, nina.post("/integrations/hjerte-rdap/mapping/read-codebook", append(fresh, "from", "hjertebok")...), http.StatusNotFound)
	leads(t, nina.post(at+"/read-codebook", append(fresh, "from", "hjertebok")...), at+"/source-fields")
	book, err := g.db.Codebook(t.Context(), "hjertebok", 0)
	must(t, err)
	answers(t, nina.get(at+"/source-fields"), 200, "Kladden leser nå fra Hjerteboken", "read-source", book.Variables[0].Name, "!value=\"direct\"")
	answers(t, nina.get(at), 200, "Kodeboken som blir lest, er valgt", "hjertebok", "!ingen kodebok ennå")
	answers(t, nina.get(at+"/all-versions"), 200, "Leser fra Hjerteboken")
	answers(t, nina.post(at+"/read-codebook", append(fresh, "from", "hjertebok")...), http.StatusConflict, "Hjerteboken")
	leads(t, nina.post(at+"/source-fields", "based", "0", "edits", "1", "do", "save", "f.n", "1", "f.0.name", book.Variables[0].Name,
		"f.0.class", "technical"), at+"#fields")
	answers(t, nina.post(at+"/source-fields", "based", "0", "edits", "2", "do", "save", "f.n", "1", "f.0.name", "fnr",
		"f.0.class", "direct", "f.0.is", "number"), http.StatusUnprocessableEntity)
}
