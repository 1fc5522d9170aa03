package command

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/jobs"
	"samband/jobs/connector/all"
	"samband/store"
	"samband/store/auditlog"
	"samband/store/seed"
	"samband/store/text"
)

// shell is somebody at the machine of an installation that has the demonstration in it.
type shell struct {
	t      *testing.T
	jobs   *jobs.Jobs
	conf   jobs.Config
	socket string // of a portal that owns the folder; "" when commands do the work themselves
	dir    string
}

func newShell(t *testing.T, owned bool) *shell {
	t.Helper()
	dir := t.TempDir()
	s := &shell{t: t, dir: dir, conf: jobs.Config{Data: filepath.Join(dir, "data"), Drop: filepath.Join(dir, "drop"), MakeKeys: true,
		Demo: true, Clock: store.NewFakeClock(time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)), IDs: store.RandomIDs{},
		Log: slog.New(slog.DiscardHandler), Connectors: all.Connectors()}}
	s.open()
	t.Cleanup(func() { s.jobs.Close() })
	if err := s.jobs.Seed(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !owned {
		return s
	}
	short, err := os.MkdirTemp("", "samband-") // the name of a socket may not be long
	if err != nil {
		t.Fatal(err)
	}
	s.socket = filepath.Join(short, "s")
	l, err := net.Listen("unix", s.socket)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	served := make(chan struct{})
	go func() { Serve(ctx, l, s.jobs); close(served) }()
	t.Cleanup(func() { stop(); <-served; os.RemoveAll(short) })
	return s
}

func (s *shell) open() {
	s.t.Helper()
	var err error
	if s.jobs, err = jobs.Open(s.t.Context(), s.conf); err != nil {
		s.t.Fatal(err)
	}
}

// output is what came of a command.
type output struct {
	code        int
	said, error string
}

// run carries a command out, as main does.
func (s *shell) run(args ...string) output {
	s.t.Helper()
	var out, problems bytes.Buffer
	env := &Env{Jobs: s.jobs, Dir: s.dir, Lang: text.NB, Actor: "drift", Stdin: strings.NewReader(""), Stdout: &out, Stderr: &problems}
	switch {
	case Alone(args, true):
		env.Jobs = nil
	case s.socket != "":
		c, err := net.Dial("unix", s.socket)
		if err != nil {
			s.t.Fatal(err)
		}
		env.Jobs = nil
		code, err := HandOver(s.t.Context(), c, env, args, nil)
		if err != nil {
			s.t.Fatal(err)
		}
		return output{code, out.String(), problems.String()}
	}
	return output{Execute(s.t.Context(), env, args), out.String(), problems.String()}
}

// object carries out a command that must end with code and print one JSON object and nothing else, read into v.
func (s *shell) object(code int, v any, args ...string) {
	s.t.Helper()
	o := s.run(append(args, "--json")...)
	d := json.NewDecoder(strings.NewReader(o.said))
	if err := d.Decode(v); o.code != code || err != nil {
		s.t.Fatalf("%v ended with %d, want %d, and %v:\n%s%s", args, o.code, code, err, o.said, o.error)
	}
	if rest, _ := io.ReadAll(d.Buffered()); strings.TrimSpace(string(rest)) != "" || d.More() {
		s.t.Errorf("%v prints more than one object: %s", args, o.said)
	}
}

// spoil copies a file with one byte changed.
func (s *shell) spoil(from, to string, change func([]byte)) {
	s.t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		s.t.Fatal(err)
	}
	change(b)
	if err := os.WriteFile(filepath.Join(s.dir, to), b, 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func both(t *testing.T, test func(t *testing.T, s *shell)) {
	for name, owned := range map[string]bool{"alone": false, "handed over": true} {
		t.Run(name, func(t *testing.T) { t.Parallel(); test(t, newShell(t, owned)) })
	}
}

// strange is the public key of an installation that nobody here knows.
func strange(t *testing.T) string {
	t.Helper()
	signer, err := auditlog.NewSigner(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return signer.Verifier().String()
}

func TestEvidenceCommand(t *testing.T) {
	both(t, func(t *testing.T, s *shell) {
		var made struct {
			File, Approval, Integration string
			ManifestHash                string `json:"manifest_hash"`
		}
		s.object(ExitOK, &made, "evidence", "make", seed.DemoIntegration, "-o", "pack.zip")
		if made.File != filepath.Join(s.dir, "pack.zip") || made.Integration != seed.DemoIntegration || len(made.ManifestHash) != 64 {
			t.Fatalf("%+v", made)
		}
		if o := s.run("evidence", "make", "-o=other.zip", seed.DemoIntegration); o.code != ExitOK || !strings.Contains(o.said, "other.zip") {
			t.Errorf("%+v", o)
		}
		s.spoil(made.File, "spoilt.zip", func(b []byte) { b[len(b)/2] ^= 1 })
		key := s.jobs.Verifier().String()
		for _, x := range []struct {
			code      int
			signature store.PackSignature // "" when the pack is spoilt, whatever is said of its signature
			args      []string
		}{
			{ExitOK, store.SignatureOK, []string{"pack.zip"}},
			{ExitOK, store.SignatureOK, []string{"pack.zip", "--public-key", key}}, // with nothing but the key
			{ExitOK, store.SignatureOK, []string{"--public-key=" + strange(t), "--public-key=" + key, "pack.zip"}},
			{ExitRefused, store.SignatureForeign, []string{"pack.zip", "--public-key", strange(t)}},
			{ExitFailed, "", []string{"spoilt.zip"}},
			{ExitFailed, "", []string{"spoilt.zip", "--public-key", key}},
		} {
			args := append([]string{"evidence", "verify"}, x.args...)
			var r store.PackReport
			s.object(x.code, &r, args...)
			if r.OK != (x.code == ExitOK) || x.signature != "" && (r.Signature != x.signature || r.ManifestHash != made.ManifestHash) {
				t.Errorf("%v: %+v", args, r)
			}
			if o := s.run(args...); o.code != x.code || o.said == "" || o.error != "" {
				t.Errorf("%v: %+v", args, o)
			}
		}
		for _, x := range []struct {
			code int
			args []string
			says string
		}{
			{ExitUsage, []string{"make", seed.DemoIntegration}, "-o"},
			{ExitUsage, []string{"make"}, "samband evidence make"},
			{ExitUsage, []string{"burn", "pack.zip"}, "samband evidence make"},
			{ExitUsage, []string{"verify", "pack.zip", "--public-key", "nonsense"}, "--public-key"},
			{ExitFailed, []string{"make", "nobody", "-o", "x.zip"}, ""},
			{ExitFailed, []string{"make", seed.DemoIntegration, "-o", "no/x.zip"}, "no/x.zip"},
			{ExitFailed, []string{"verify", "gone.zip"}, "gone.zip"},
			{ExitFailed, []string{"verify", "."}, ""},
		} {
			var f failure
			s.object(x.code, &f, append([]string{"evidence"}, x.args...)...)
			if f.Error == "" || !strings.Contains(f.Message, x.says) {
				t.Errorf("%v: %+v", x.args, f)
			}
		}
		if left, _ := filepath.Glob(filepath.Join(s.dir, "*x.zip")); len(left) > 0 {
			t.Errorf("%v is left", left)
		}
	})
}

func TestAuditCommand(t *testing.T) {
	both(t, func(t *testing.T, s *shell) {
		var r auditlog.Report
		s.object(ExitOK, &r, "audit", "verify")
		key := s.jobs.Verifier().String()
		if !r.OK || r.Size == 0 || r.Key != key || r.Outside < 0 || len(r.Findings) != 0 {
			t.Errorf("%+v", r)
		}
		if o := s.run("audit", "verify"); o.code != ExitOK || !strings.Contains(o.said, key) || o.error != "" {
			t.Errorf("%+v", o)
		}
		for _, x := range []struct {
			code int
			args []string
		}{
			{ExitUsage, []string{"audit"}},
			{ExitUsage, []string{"audit", "verify", "more"}},
			{ExitUsage, []string{"audit", "verify", "--database", "x.db"}},
			{ExitUsage, []string{"audit", "verify", "--public-key", key}},
			{ExitFailed, []string{"audit", "verify", "--database", "gone.db", "--public-key", key}},
			{ExitFailed, []string{"audit", "accept"}},                  // without a reason
			{ExitFailed, []string{"audit", "accept", "--reason", "x"}}, // there is nothing to accept
		} {
			var f failure
			s.object(x.code, &f, x.args...)
			if f.Error == "" || f.Message == "" {
				t.Errorf("%v: %+v", x.args, f)
			}
		}
	})
}

// TestAuditCommandOfACopy: whoever has a copy of the database, the public key and the checkpoints needs nothing else. A
// backup that was put back is found out, keeps runs from starting, and counts again when somebody has accepted it.
func TestAuditCommandOfACopy(t *testing.T) {
	s := newShell(t, false)
	key := s.jobs.Verifier().String()
	s.jobs.Close()
	database := filepath.Join(s.conf.Data, "portal.db")
	s.spoil(database, "copy.db", func([]byte) {})
	s.spoil(database, "spoilt.db", func(b []byte) {
		at := bytes.Index(b, []byte(`"action":"registry.create"`))
		if at < 0 {
			t.Fatal("the entry isn't there")
		}
		b[at+len(`"action":"`)] = 'R'
	})
	s.open()
	copied := func(name string, more ...string) []string {
		return append([]string{"audit", "verify", "--database", name, "--public-key", key}, more...)
	}
	notes := []string{"--checkpoints", s.jobs.Dir.Checkpoints()}
	var r auditlog.Report
	if s.object(ExitOK, &r, copied("copy.db")...); !r.OK || r.Outside != -1 || r.Checkpoints == 0 {
		t.Errorf("%+v", r)
	}
	if s.object(ExitOK, &r, copied("copy.db", notes...)...); !r.OK || r.Outside < 1 {
		t.Errorf("%+v", r)
	}
	if s.object(ExitFailed, &r, copied("spoilt.db")...); r.OK || len(r.Findings) == 0 {
		t.Errorf("%+v", r)
	}
	if o := s.run(copied("spoilt.db")...); o.code != ExitFailed || !strings.Contains(o.said, text.T(text.NB, "command.audit.do")) {
		t.Errorf("%+v", o)
	}

	s.run("audit", "verify") // the log grows
	s.jobs.Close()           // and is signed
	for _, suffix := range []string{"-wal", "-shm"} {
		os.Remove(database + suffix)
	}
	if err := os.Rename(filepath.Join(s.dir, "copy.db"), database); err != nil {
		t.Fatal(err)
	}
	s.open()
	if s.object(ExitFailed, &r, "audit", "verify"); r.OK {
		t.Errorf("%+v", r)
	}
	var refused struct{ State store.RunState }
	if s.object(ExitRefused, &refused, "run", seed.DemoIntegration); refused.State != store.RunRefused {
		t.Errorf("%+v", refused)
	}
	var done struct{ Accepted bool }
	if s.object(ExitOK, &done, "audit", "accept", "--reason", "Gjenopprettet"); !done.Accepted {
		t.Error("it isn't accepted")
	}
	if s.object(ExitOK, &r, "audit", "verify"); !r.OK || r.Accepted == 0 {
		t.Errorf("%+v", r)
	}
	entries, err := s.jobs.DB.Audit(t.Context(), store.AuditFilter{All: true, Action: auditlog.AcceptAction})
	if err != nil || len(entries) != 1 || entries[0].Actor != "shell:drift" || entries[0].Reason != "Gjenopprettet" {
		t.Errorf("%+v, %v", entries, err)
	}
}

// TestBackupKeepsNoNegativeNumber holds that a number that can't be is wrong usage.
func TestBackupKeepsNoNegativeNumber(t *testing.T) {
	s := newShell(t, true)
	if o := s.run("backup", "--keep", "-1", t.TempDir()); o.code != ExitUsage || !strings.Contains(o.error, "--keep") {
		t.Errorf("%+v", o)
	}
}
