package evidence

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/store"
	"samband/store/auditlog"
	"samband/store/storetest/need"
)

var made = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func signer(t testing.TB, seed byte) *auditlog.Signer {
	t.Helper()
	s, err := auditlog.NewSigner(bytes.Repeat([]byte{seed}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// entries is a small log: two entries of three are about the approval, the runs among them.
func entries(n int) []Logged {
	var list []Logged
	for i := range n {
		e := store.AuditEntry{Seq: int64(i + 1), At: made, Actor: "Ola", Action: "integration.update", Kind: "integration",
			Object: "hjerte-rdap", Registry: "hjerte", Result: "ok"}
		switch i % 3 {
		case 1:
			e.Action, e.Kind, e.Object = "run.end", "run", fmt.Sprintf("run-%d", i)
			e.Details = store.Args{"no": int64(i), "state": "succeeded", "read": int64(10), "loaded": int64(9),
				"quarantined": int64(1), "approval": "a1", "scope_hash": scope.Hash()}
		case 2:
			e.Object, e.Registry = "annet", "annet"
		}
		b, err := e.Canonical()
		if err != nil {
			panic(err)
		}
		leaf := store.LeafHash(b)
		list = append(list, Logged{Seq: e.Seq, Leaf: leaf[:], Entry: b, Picked: i%3 != 2})
	}
	return list
}

var scope = &store.Scope{Registry: "hjerte", Source: "rdap", Destination: "registry", Method: "rdap-files",
	Fields:    map[string]string{"FNR": "direct:number", "VEKT|`x`<b>": "health"},
	Variables: map[string]string{"vekt": `{"name":"vekt","type":"decimal","unit":"kg","class":"health"}`},
	Rules:     map[string]string{"vekt": `[{"do":"copy","from":["VEKT"]}]`}}

func sequence[T any](list []T) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for i := range list {
			if !yield(&list[i], nil) {
				return
			}
		}
	}
}

func rootOf(t testing.TB, list []Logged) auditlog.Tree {
	t.Helper()
	i := 0
	p, err := prove(int64(len(list)), func() ([32]byte, bool, error) {
		i++
		return [32]byte(list[i-1].Leaf), true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return auditlog.Tree{Size: int64(len(list)), Root: auditlog.Hash(p.Root)}
}

// packOf is what a small pack is made from.
func packOf(t testing.TB, s *auditlog.Signer, n int) *Pack {
	t.Helper()
	list := entries(n)
	note, err := s.Checkpoint(rootOf(t, list), made)
	if err != nil {
		t.Fatal(err)
	}
	var runs []store.Run
	for i := 1; i < n; i += 3 {
		runs = append(runs, store.Run{ID: fmt.Sprintf("run-%d", i), No: int64(i), State: store.RunSucceeded, ApprovalID: "a1",
			ScopeHash: scope.Hash(), MappingNo: 1, Counts: store.Counts{Read: 10, Loaded: 9, Quarantined: 1}, EndedAt: made})
	}
	o := &store.Dossier{Scope: scope, IntegrationID: "hjerte-rdap", RegistryID: "hjerte",
		Submission: store.Submission{ApprovalID: "a1", No: 1, Scope: scope.Canonical(), ScopeHash: scope.Hash(), MappingNo: 1,
			By: "Kaja", At: made, Facts: &store.Facts{Integration: "Hjerte", ROS: &store.RiskAssessment{ID: "ros"}}},
		Decision: &store.Decision{State: store.AppApproved, By: "Siri", At: made, Reason: "Dekkes"}}
	return &Pack{Dossier: o, Approval: &store.Approval{ID: "a1", State: store.AppApproved},
		History: []store.Past{{Dossier: o, First: true}}, Runs: sequence(runs), Refusals: sequence([]store.Run{}),
		Log: sequence(list), Documents: []Document{{"ros-1.pdf", []byte("%PDF-1.7 …")}}, Checkpoint: note, MadeAt: made, MadeBy: "Siri",
		Signer: s}
}

func build(t testing.TB, p *Pack) []byte {
	t.Helper()
	var b bytes.Buffer
	m, hash, err := Build(&b, p)
	if err != nil {
		t.Fatal(err)
	}
	if len(hash) != 64 || len(m.Files) < 14 {
		t.Fatalf("%d files, manifest %s", len(m.Files), hash)
	}
	return b.Bytes()
}

func verify(t testing.TB, b []byte, trusted ...*auditlog.Signer) *store.PackReport {
	t.Helper()
	var keys []*auditlog.Verifier
	for _, s := range trusted {
		keys = append(keys, s.Verifier())
	}
	p, err := Verify(bytes.NewReader(b), int64(len(b)), keys)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// faulty names the files that aren't as they should be.
func faulty(p *store.PackReport) (names []string) {
	for _, f := range p.Files {
		if f.State != store.FileOK {
			names = append(names, f.Name)
		}
	}
	return names
}

func TestPackHolds(t *testing.T) {
	us := signer(t, 1)
	for _, n := range []int{1, 2, 3, 7, 8, 50} {
		b := build(t, packOf(t, us, n))
		p := verify(t, b, us)
		if !p.OK || p.Signature != store.SignatureOK || faulty(p) != nil {
			t.Fatalf("%d entries: %+v", n, p)
		}
		if names := checks(p); !slices.Equal(names, []string{"signature", "frame", "scope", "approval", "key", "checkpoint", "log",
			"runs"}) {
			t.Fatalf("checked: %v", names)
		}
		if again := build(t, packOf(t, us, n)); !bytes.Equal(b, again) {
			t.Error("the same pack comes out differently")
		}
	}
}

func checks(p *store.PackReport) (names []string) {
	for _, c := range p.Checks {
		names = append(names, c.Name)
	}
	return names
}

// span is where the content of a file lies in a pack.
type span struct {
	name     string
	from, to int64
}

func spans(t testing.TB, b []byte) []span {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var list []span
	for _, f := range z.File {
		from, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, span{f.Name, from, from + int64(f.CompressedSize64)})
	}
	return list
}

// TestEveryByte flips bytes of a pack: each of the zip's own, and one of thirteen in the files. Each is found, and where
// it lies in a file, the file is named.
func TestEveryByte(t *testing.T) {
	us := signer(t, 1)
	b := build(t, packOf(t, us, 2))
	where := spans(t, b)
	for i := range b {
		at := slices.IndexFunc(where, func(s span) bool { return int64(i) >= s.from && int64(i) < s.to })
		if at >= 0 && i%13 != 0 {
			continue
		}
		changed := slices.Clone(b)
		changed[i] ^= 1 << (i % 8)
		p := verify(t, changed, us)
		if p.OK {
			t.Fatalf("byte %d of %d is not found", i, len(b))
		}
		if at >= 0 && !slices.Contains(faulty(p), where[at].name) {
			t.Fatalf("byte %d lies in %s, named are %v", i, where[at].name, faulty(p))
		}
	}
}

func TestCutAndExtended(t *testing.T) {
	us := signer(t, 1)
	b := build(t, packOf(t, us, 5))
	for _, n := range []int{0, 1, 21, 22, len(b) / 2, len(b) - 1} {
		if verify(t, b[:n], us).OK {
			t.Errorf("the first %d bytes of %d hold", n, len(b))
		}
	}
	for name, c := range map[string][]byte{"behind": append(slices.Clone(b), 0), "before": append([]byte{0}, b...),
		"twice": append(slices.Clone(b), b...)} {
		if verify(t, c, us).OK {
			t.Errorf("more %s is not found", name)
		}
	}
}

// rezip writes the files of a pack anew, as change gives them.
func rezip(t testing.TB, b []byte, change func(name string, content []byte) []named) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range change(f.Name, content) {
			h := header(n.name, f.Method, made)
			h.SetMode(n.mode)
			if n.mode == 0 {
				h.ExternalAttrs, h.CreatorVersion = 0, 0
			}
			to, err := w.CreateHeader(h)
			if err != nil {
				t.Fatal(err)
			}
			to.Write(n.content)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type named struct {
	name    string
	content []byte
	mode    os.FileMode
}

func TestFilesAddedTakenAndMoved(t *testing.T) {
	us := signer(t, 1)
	b := build(t, packOf(t, us, 5))
	other := packOf(t, us, 5)
	other.Dossier.Decision.Reason = "Noe annet"
	files := map[string][]byte{}
	rezip(t, build(t, other), func(name string, c []byte) []named { files[name] = c; return nil })
	for what, c := range map[string]struct {
		name   string // that must be told of
		change func(name string, c []byte) []named
	}{
		"added": {"mer.txt", func(name string, c []byte) []named {
			if name == fileRuns {
				return []named{{name, c, 0}, {"mer.txt", []byte("x"), 0}}
			}
			return []named{{name, c, 0}}
		}},
		"taken out": {fileRuns, func(name string, c []byte) []named {
			if name == fileRuns {
				return nil
			}
			return []named{{name, c, 0}}
		}},
		"twice": {fileRuns, func(name string, c []byte) []named {
			if name == fileRuns {
				return []named{{name, c, 0}, {name, c, 0}}
			}
			return []named{{name, c, 0}}
		}},
		"renamed": {fileRuns, func(name string, c []byte) []named {
			if name == fileRuns {
				name = "runs2.csv"
			}
			return []named{{name, c, 0}}
		}},
		"from another pack": {"appendix.md", func(name string, c []byte) []named {
			if name == "appendix.md" {
				c = files[name]
			}
			return []named{{name, c, 0}}
		}},
		"manifest from another pack": {fileManifest, func(name string, c []byte) []named {
			if name == fileManifest {
				c = files[name]
			}
			return []named{{name, c, 0}}
		}},
		"a link": {fileRuns, func(name string, c []byte) []named {
			if name == fileRuns {
				return []named{{name, c, os.ModeSymlink | 0o777}}
			}
			return []named{{name, c, 0}}
		}},
		"leads elsewhere": {"?", func(name string, c []byte) []named {
			if name == fileRuns {
				return []named{{name, c, 0}, {"../../etc/x", c, 0}}
			}
			return []named{{name, c, 0}}
		}},
	} {
		p := verify(t, rezip(t, b, c.change), us)
		if p.OK || what != "manifest from another pack" && !slices.Contains(faulty(p), c.name) {
			t.Errorf("%s: %v, %s, %v", what, p.OK, p.Signature, faulty(p))
		}
	}
}

func TestBombsAreNotUnpacked(t *testing.T) {
	us := signer(t, 1)
	p := packOf(t, us, 2)
	p.Documents = []Document{{"ros-1.pdf", make([]byte, 4<<20)}} // zeros pack a thousandfold
	report := verify(t, build(t, p), us)
	if report.OK || !slices.Contains(faulty(report), "ros-1.pdf") {
		t.Errorf("%v", faulty(report))
	}
	var many bytes.Buffer
	w := zip.NewWriter(&many)
	for i := range maxFiles + 1 {
		if _, err := w.Create(fmt.Sprintf("f%d", i)); err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	if r := verify(t, many.Bytes(), us); r.OK || len(r.Files) > 0 {
		t.Errorf("%+v", r)
	}
}

func TestWhoSigned(t *testing.T) {
	us, them := signer(t, 1), signer(t, 2)
	theirs := build(t, packOf(t, them, 5))
	for _, c := range []struct {
		trusted []*auditlog.Signer
		want    store.PackSignature
		ok      bool
	}{
		{[]*auditlog.Signer{us}, store.SignatureForeign, false},
		{nil, store.SignatureUntested, false},
		{[]*auditlog.Signer{us, them}, store.SignatureOK, true},
	} {
		p := verify(t, theirs, c.trusted...)
		if p.Signature != c.want || p.OK != c.ok || faulty(p) != nil || p.Key != them.Verifier().String() {
			t.Errorf("%v: %s, %v", c.trusted, p.Signature, p.OK)
		}
	}
}

// TestSaysTwoThings: a pack that its own maker made to contradict itself is found, though it is whole and signed.
func TestSaysTwoThings(t *testing.T) {
	us := signer(t, 1)
	bad := func(name string, change func(*Pack)) {
		t.Helper()
		p := packOf(t, us, 7)
		change(p)
		r := verify(t, build(t, p), us)
		i := slices.IndexFunc(r.Checks, func(c store.PackCheck) bool { return !c.OK })
		if r.OK || i < 0 || r.Checks[i].Name != name || faulty(r) != nil {
			t.Errorf("%s: %+v", name, r.Checks)
		}
	}
	bad("scope", func(p *Pack) { p.Dossier.Submission.Scope = []byte(`{"registry":"annet"}`) })
	bad("runs", func(p *Pack) {
		p.Runs = sequence([]store.Run{{ID: "run-1", No: 1, State: store.RunSucceeded, ApprovalID: "a1", ScopeHash: scope.Hash(),
			Counts: store.Counts{Read: 10, Loaded: 10}}})
	})
	bad("runs", func(p *Pack) { p.Runs = sequence([]store.Run{{ID: "x", ApprovalID: "a2"}}) })

	// A log that doesn't fit its checkpoint makes no pack.
	for name, change := range map[string]func([]Logged) []Logged{
		"changed": func(l []Logged) []Logged {
			l[3].Entry = bytes.Replace(l[3].Entry, []byte("Ola"), []byte("Per"), 1)
			return l
		},
		"cut":     func(l []Logged) []Logged { return l[:5] },
		"gone":    func(l []Logged) []Logged { return append(l[:2:2], l[3:]...) },
		"swapped": func(l []Logged) []Logged { l[1], l[2] = l[2], l[1]; return l },
	} {
		p := packOf(t, us, 7)
		p.Log = sequence(change(entries(7)))
		if _, _, err := Build(io.Discard, p); store.CodeOf(err) != "evidence.log" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestProof: whatever is picked from a log of any size, the root comes out again, and no other entry passes.
func TestProof(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 70).Draw(t, "n")
		leaves := make([][32]byte, n)
		picked := make([]bool, n)
		for i := range leaves {
			leaves[i] = sha256.Sum256([]byte{byte(i)})
			picked[i] = rapid.Bool().Draw(t, "picked")
		}
		i := 0
		p, err := prove(int64(n), func() ([32]byte, bool, error) { i++; return leaves[i-1], picked[i-1], nil })
		if err != nil {
			t.Fatal(err)
		}
		read := func(shown [][32]byte) func() (int64, [32]byte, bool, error) {
			at := -1
			return func() (int64, [32]byte, bool, error) {
				for at++; at < n; at++ {
					if picked[at] {
						return int64(at), shown[at], true, nil
					}
				}
				return 0, [32]byte{}, false, nil
			}
		}
		if root, err := p.root(read(leaves)); err != nil || !bytes.Equal(root[:], p.Root) {
			t.Fatalf("%v, %v", root, err)
		}
		for at := range leaves {
			other := slices.Clone(leaves)
			other[at][0] ^= 1
			if root, err := p.root(read(other)); picked[at] && err == nil && bytes.Equal(root[:], p.Root) {
				t.Fatalf("another entry passes at %d", at)
			}
		}
	})
}

// TestReadme follows the advice of the README with the tools it names. Without Python it is skipped, or fails when
// SAMBAND_REQUIRE lists python3.
func TestReadme(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		need.Missing(t, "python3", "install python3 and openssl")
	}
	b := build(t, packOf(t, signer(t, 1), 11))
	dir := t.TempDir()
	rezip(t, b, func(name string, c []byte) []named {
		if err := os.WriteFile(filepath.Join(dir, name), c, 0o600); err != nil {
			t.Fatal(err)
		}
		return nil
	})
	readme, _ := os.ReadFile(filepath.Join(dir, "README.md"))
	_, script, _ := strings.Cut(string(readme), "```python\n")
	script, _, _ = strings.Cut(script, "```")
	run := func() (string, error) {
		cmd := exec.Command(python, "-c", script)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := run(); err != nil || !strings.Contains(out, "8 lines of the log") {
		t.Fatalf("%s, %v", out, err)
	}
	if openssl, err := exec.LookPath("openssl"); err == nil {
		cmd := exec.Command("sh", "-c", "base64 -d manifest.sig > manifest.raw && "+openssl+
			" pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.json -sigfile manifest.raw")
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("openssl: %s, %v", out, err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, fileRuns), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := run(); err == nil || !strings.Contains(out, "changed: runs.csv") {
		t.Errorf("%s, %v", out, err)
	}
}

func FuzzVerify(f *testing.F) {
	us := signer(f, 1)
	b := build(f, packOf(f, us, 2))
	hash := sha256.Sum256(b)
	f.Add(b)
	f.Add(b[:len(b)/2])
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		c := slices.Clone(b)
		c[r.IntN(len(c))] ^= byte(1 + r.IntN(255))
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p := verify(t, b, us)
		if p.OK && sha256.Sum256(b) != hash {
			t.Error("something else than the pack holds")
		}
		if _, err := json.Marshal(p); err != nil {
			t.Error(err)
		}
	})
}
