package web

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"samband/store"
	"samband/store/auditlog"
	"samband/store/evidence"
)

// testEvidence gives a text for a pack, and checks packs with a key of its own.
type testEvidence struct{ ts *testServer }

type closing struct{ *strings.Reader }

func (closing) Close() error { return nil }

func (e testEvidence) signer() *auditlog.Signer {
	s, err := auditlog.NewSigner(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		e.ts.t.Fatal(err)
	}
	return s
}

func (e testEvidence) MakeEvidence(ctx context.Context, id string, by store.Actor) (io.ReadSeekCloser, *store.PackMade, error) {
	made := &store.PackMade{At: e.ts.clock.Now(), ApprovalID: id, Integration: "hjerte-rdap", Registry: "hjerte",
		ManifestHash: strings.Repeat("ab", 32)}
	err := e.ts.db.Record(ctx, store.AuditEntry{Action: "evidence.make", Kind: "evidence", Object: id, Registry: "hjerte",
		Details: store.Args{"integration": "hjerte-rdap", "manifest": made.ManifestHash}}, by)
	return closing{strings.NewReader("the pack")}, made, err
}

func (e testEvidence) VerifyEvidence(_ context.Context, r io.Reader) (*store.PackReport, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return evidence.Verify(bytes.NewReader(b), int64(len(b)), []*auditlog.Verifier{e.signer().Verifier()})
}

func (e testEvidence) PublicKey() string { return e.signer().Verifier().String() }

func TestAppendixPages(t *testing.T) {
	g := newRegister(t)
	g.CSV = func(w io.Writer) RowWriter { return plainCSV{w} }
	a := g.submit(g.as(store.RoleCoordinator, "hjerte"))
	reader := g.as(store.RoleReader, "hjerte")
	answers(t, reader.get(approvalPath), 200, "/approvals/"+a.ID+"/appendix")
	path := "/approvals/" + a.ID + "/appendix"
	answers(t, reader.get(path), 200, a.ScopeHash, "Opplysninger som flyttes", "Bedre hjertekirurgi", "ROS for filer",
		"Det er ikke gjort vedtak", "!Lag bevispakke")
	md := reader.get(path + ".md")
	answers(t, md, 200, "# Vedlegg til løsningsdesign", a.ScopeHash)
	if d := md.Header().Get("Content-Disposition"); d != "attachment; filename=ld-hjerte-rdap-"+a.ScopeHash[:8]+".md" {
		t.Errorf("the file is %s", d)
	}
	officer := g.as(store.RoleSecurity, store.AllRegistries)
	answers(t, officer.get(path+".csv"), 200, "Variabel", "opphold", a.ScopeHash)
	answers(t, officer.get(path), 200, "Lag bevispakke")
	for action, readers := range map[string]int{"appendix.view": 2, "appendix.export": 2} {
		if got := g.entries(action); len(got) != readers || got[0].Object != a.ID || got[0].Registry != "hjerte" {
			t.Errorf("%s: %+v", action, got)
		}
	}
	for _, bad := range []string{"?submission=2", "?submission=0", "?submission=x"} {
		answers(t, reader.get(path+bad), http.StatusNotFound)
	}
	answers(t, g.as(store.RoleCoordinator, "lunge").get(path), http.StatusNotFound)

	// What changes afterwards changes nothing in it.
	before := md.Body.String()
	registry, err := g.db.Registry(t.Context(), "hjerte")
	if err != nil {
		t.Fatal(err)
	}
	registry.Name, registry.Basis.Purpose = "Et annet navn", "Noe annet"
	if err := g.db.UpdateRegistry(t.Context(), registry, seeder); err != nil {
		t.Fatal(err)
	}
	if after := reader.get(path + ".md").Body.String(); after != before {
		t.Errorf("the appendix drifted:\n%s\n\n%s", before, after)
	}
}

func TestEvidenceFind(t *testing.T) {
	g := newRegister(t)
	g.Evidence = testEvidence{g.testServer}
	a := g.submit(g.as(store.RoleCoordinator, "hjerte"))
	officer := g.as(store.RoleSecurity, store.AllRegistries)
	reader := g.as(store.RoleReader, "hjerte")
	for _, hash := range []string{a.ScopeHash, a.ScopeHash[:8], "SHA256:" + strings.ToUpper(a.ScopeHash[:12]), "%20" + a.ScopeHash[:10] + "%20"} {
		answers(t, reader.get("/evidence/find?hash="+hash), 200, "Omfanget, innsending 1", a.ScopeHash,
			"/approvals/"+a.ID+"/appendix?submission=1")
	}
	s, err := g.db.Submissions(t.Context(), a.ID)
	if err != nil || len(s) != 1 || s[0].Facts == nil {
		t.Fatalf("%+v, %v", s, err)
	}
	answers(t, reader.get("/evidence/find?hash="+s[0].Facts.MappingHash), 200, "Mappingen, innsending 1")
	answers(t, reader.get("/evidence/find?hash="+s[0].Facts.CodebookHash[:20]), 200, "Kodeboken, innsending 1")
	foreign := g.as(store.RoleCoordinator, "lunge").get("/evidence/find?hash=" + a.ScopeHash)
	answers(t, foreign, 200, "Ingenting har den kontrollsummen", "!hjerte")
	for _, bad := range []string{a.ScopeHash[:7], "xyzxyzxyz", strings.Repeat("a", 65), "________", "%25%25%25%25%25%25%25%25"} {
		answers(t, reader.get("/evidence/find?hash="+bad), 422, "En kontrollsum har 8 til 64 tegn")
	}
	answers(t, reader.get("/evidence/find"), 200, "Finn")

	answers(t, officer.post("/approvals/"+a.ID+"/evidence"), 200, "the pack")
	answers(t, reader.post("/approvals/"+a.ID+"/evidence"), http.StatusForbidden)
	answers(t, officer.get("/evidence/find?hash=abababab"), 200, "En bevispakke")
	answers(t, reader.get("/evidence/find?hash=abababab"), 200, "!En bevispakke")
	answers(t, officer.get("/evidence"), 200, strings.Repeat("ab", 32), "Hjertekirurgi fra plattformen", "samband/")
	answers(t, reader.get("/evidence"), http.StatusForbidden)
}

// handIn sends a file as the browser does.
func (v *visitor) handIn(path, field, name string, content []byte) *httptest.ResponseRecorder {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	w, err := m.CreateFormFile(field, name)
	if err != nil {
		v.ts.t.Fatal(err)
	}
	w.Write(content)
	m.Close()
	r := httptest.NewRequest(http.MethodPost, path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return v.do(r)
}

func TestEvidenceVerify(t *testing.T) {
	g := newRegister(t)
	e := testEvidence{g.testServer}
	g.Evidence = e
	reader := g.as(store.RoleReader, "hjerte")
	answers(t, reader.get("/evidence/verify"), 200, `enctype="multipart/form-data"`)

	pack := func(seed byte) []byte {
		s, err := auditlog.NewSigner(bytes.Repeat([]byte{seed}, 32))
		if err != nil {
			t.Fatal(err)
		}
		entry := store.AuditEntry{Seq: 1, At: g.clock.Now(), Action: "approval.approved"}
		line, err := entry.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		leaf := store.LeafHash(line)
		note, err := s.Checkpoint(auditlog.Tree{Size: 1, Root: leaf}, g.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		scope := &store.Scope{Registry: "hjerte"}
		var b bytes.Buffer
		_, _, err = evidence.Build(&b, &evidence.Pack{Approval: &store.Approval{ID: "a1"}, MadeAt: g.clock.Now(), MadeBy: "Siri",
			Dossier: &store.Dossier{Scope: scope, IntegrationID: "hjerte-rdap", RegistryID: "hjerte",
				Submission: store.Submission{No: 1, Scope: scope.Canonical(), ScopeHash: scope.Hash()}},
			Runs: func(func(*store.Run, error) bool) {}, Refusals: func(func(*store.Run, error) bool) {}, Checkpoint: note, Signer: s,
			Log: func(yield func(*evidence.Logged, error) bool) {
				yield(&evidence.Logged{Seq: 1, Leaf: leaf[:], Entry: line, Picked: true}, nil)
			}})
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	ours := pack(7)
	answers(t, reader.handIn("/evidence/verify", "pack", "p.zip", ours), 200, "Pakken er hel og signert av denne portalen",
		"hjerte-rdap", "1 linje av loggen er bevist")
	answers(t, reader.handIn("/evidence/verify", "pack", "p.zip", pack(8)), 200, "signert med en annen nøkkel",
		"!signert av denne portalen\"")
	at := bytes.Index(ours, []byte("README.md")) + 40
	ours[at] ^= 1
	answers(t, reader.handIn("/evidence/verify", "pack", "p.zip", ours), 200, "Pakken er ikke som da den ble laget", "README.md",
		"Endret")
	answers(t, reader.handIn("/evidence/verify", "pack", "p.zip", []byte("not a zip")), 200, "Filen er ikke en bevispakke")
	answers(t, reader.handIn("/evidence/verify", "pack", "", nil), 422, "Fyll ut")
	answers(t, reader.post("/evidence/verify", "pack", "x"), 422)
	answers(t, reader.handIn("/evidence/verify", "pack", "p.zip", make([]byte, maxPack+1)), http.StatusRequestEntityTooLarge)
	answers(t, g.anonymous().handIn("/evidence/verify", "pack", "p.zip", ours), http.StatusUnauthorized)
}
