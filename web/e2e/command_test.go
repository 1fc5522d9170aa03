package e2e

import (
	"bytes"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samband/store"
	"samband/store/seed/hospital"
	"samband/web/e2e/episodes"
	"samband/web/e2e/portal"
)

// delivery makes a small delivery of the demonstration's hospital.
func delivery(t testing.TB, o hospital.Options) ([]byte, hospital.Planted) {
	t.Helper()
	if o.Seed == 0 {
		o.Seed = 2026
	}
	if o.Stays == 0 {
		o.Stays = 400
	}
	var b bytes.Buffer
	planted, err := hospital.Write(&b, o)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), planted
}

// TestWorkload carries the workload through as anybody outside would: import, run, dump. The figures are worked out
// from the rules, by other code than the engine's.
func TestWorkload(t *testing.T) {
	t.Parallel()
	p := withEpisodes(t)
	in, want := extract(t, p, 20_000, 1)
	first := run(t, p, 0, "episodes", "--input", in)
	counts := store.Counts{Read: want.Read, Loaded: want.Rows(), Merged: want.Merged, Quarantined: want.Quarantined}
	if first.State != store.RunSucceeded || first.Counts != counts || !sameCounts(first.QuarantinedBy, want.By) {
		t.Errorf("run is %+v\nwant %+v %v", first, counts, want.By)
	}
	if len(first.ScopeHash) != 64 || first.MappingNo != 1 || first.Integration != "episodes" || first.Run == "" {
		t.Errorf("the record lacks something: %+v", first)
	}
	holds(t, p, want.Dump())
	health, identity := dump(t, p, "episodes")

	// The same file again changes nothing, byte for byte.
	second := run(t, p, 0, "episodes", "--input", in)
	if second.Counts.Loaded != 0 || second.Counts.Unchanged != want.Rows() || second.Counts.Read != want.Read {
		t.Errorf("the same file again gave %+v", second.Counts)
	}
	if h, i := dump(t, p, "episodes"); h != health || i != identity {
		t.Error("the same file again changed what the registry holds")
	}

	// A trial of other data changes nothing either.
	other, fresh := extract(t, p, 5_000, 2)
	trial := run(t, p, 0, "episodes", "--input", other, "--dry-run")
	if !trial.DryRun || trial.State != store.RunSucceeded || trial.Counts.Read != fresh.Read || trial.Counts.Loaded == 0 {
		t.Errorf("the dry run gave %+v", trial)
	}
	if h, i := dump(t, p, "episodes"); h != health || i != identity {
		t.Error("a dry run changed what the registry holds")
	}
}

func sameCounts(a, b map[string]int64) bool {
	for k, n := range a {
		if b[k] != n {
			return false
		}
	}
	return len(a) == len(b)
}

// TestQuality holds the report's completeness against a count of its own.
func TestQuality(t *testing.T) {
	t.Parallel()
	p := withEpisodes(t)
	in, want := extract(t, p, 5_000, 3)
	run(t, p, 0, "episodes", "--input", in)
	complete := want.Complete()
	report := reportOf(t, portalDB(t, p), 1)
	if report.Rows != want.Rows() || report.Persons != want.Dump().Persons {
		t.Errorf("the report covers %d rows and %d persons", report.Rows, report.Persons)
	}
	if len(report.Completeness) != len(episodes.Columns)-1 {
		t.Errorf("%d variables are in the report", len(report.Completeness))
	}
	for _, c := range report.Completeness {
		if c.Rows != want.Rows() || c.Filled != complete[c.Variable] {
			t.Errorf("%s is filled in %d of %d rows, want %d", c.Variable, c.Filled, c.Rows, complete[c.Variable])
		}
	}
}

// TestExit holds the exit codes, and that --json leaves nothing but one object on standard output. Both when the
// command does the work itself and when a portal owns the folder and is handed it.
func TestExit(t *testing.T) {
	for _, owned := range []bool{false, true} {
		t.Run(map[bool]string{false: "alone", true: "handed over"}[owned], func(t *testing.T) {
			t.Parallel()
			p := withEpisodes(t)
			if owned {
				p.Start()
			}
			good, want := extract(t, p, 2_000, 4)
			small, _ := extract(t, p, 500, 5) // under half of the normal number
			run(t, p, 0, "--input", good, "episodes")
			run(t, p, 0, "episodes", "--dry-run", "--input", good)
			would := run(t, p, 0, "episodes", "--dry-run", "--input", small) // it loads nothing, so nobody has to decide
			if would.State != store.RunSucceeded || would.Reason != "would.volume" || !strings.Contains(would.Message, "ville blitt holdt") {
				t.Errorf("would be held is %+v", would)
			}
			held := run(t, p, 3, "episodes", "--input="+small)
			if held.State != store.RunHeld || held.Reason != "hold.volume" || !strings.Contains(held.Message, "500") {
				t.Errorf("held is %+v", held)
			}
			broken := file(t, p, "broken.csv", []byte("fnr;fornavn\n"))
			refused := run(t, p, 2, "episodes", "--input", broken)
			if refused.State != store.RunRefused || refused.Message == "" {
				t.Errorf("refused is %+v", refused)
			}
			holds(t, p, want.Dump())
			for _, x := range []struct {
				code int
				args []string
				says string
			}{
				{64, []string{"run"}, "samband run NAME"},
				{64, []string{"run", "episodes", "again"}, "samband run NAME"},
				{64, []string{"run", "episodes", "--fast"}, "Valget --fast"},
				{64, []string{"run", "episodes", "--input"}, "Valget --input"},
				{64, []string{"run", "episodes", "--json=maybe"}, "Valget --json"},
				{64, []string{"runn"}, "samband run NAME"},
				{64, []string{"import"}, "import"},
				{64, []string{"dump", "episodes"}, "--health"},
				{1, []string{"run", "nobody", "--json"}, "finnes ikke"},
				{1, []string{"run", "episodes", "--json", "--input", "gone.csv"}, "gone.csv"},
				{1, []string{"dump", "nobody", "--health", "h", "--identity", "i"}, "finnes ikke"},
				{1, []string{"dump", "episodes", "--health", "no/h", "--identity", "i"}, "no/h"},
				{1, []string{"import", "gone.yaml"}, "gone.yaml"},
				{1, []string{"export", "nobody"}, "nobody"},
				{0, []string{"-h"}, ""},
			} {
				out := p.Run(x.args...)
				if out.Code != x.code {
					t.Errorf("%v ended with %d, want %d: %s", x.args, out.Code, x.code, out.Stderr)
				}
				if x.code != 0 && !strings.Contains(out.Stderr, x.says) {
					t.Errorf("%v said %q; %q must be told on standard error", x.args, out.Stderr, x.says)
				}
				asked := strings.Contains(strings.Join(x.args, " "), "--json")
				var told struct{ Error, Message string }
				if x.code != 0 && asked && (json.Unmarshal([]byte(out.Stdout), &told) != nil || told.Error == "" ||
					!strings.Contains(told.Message, x.says)) || x.code != 0 && !asked && out.Stdout != "" {
					t.Errorf("%v said %q on standard output", x.args, out.Stdout)
				}
			}
			if left := files(t, p.Dir); strings.Contains(strings.Join(left, " "), ".samband-") {
				t.Errorf("commands left %v", left)
			}
		})
	}
}

// TestNoInstallation holds that a command that asks about an installation makes none.
func TestNoInstallation(t *testing.T) {
	t.Parallel()
	p := portal.New(t)
	for _, args := range [][]string{{"run", "episodes", "--json"}, {"export"}, {"doctor"}, {"audit", "verify"},
		{"evidence", "verify", "nothing.zip"}, {"dump", "episodes", "--health", "h", "--identity", "i"}} {
		if out := p.Run(args...); out.Code != 1 || out.Stderr == "" {
			t.Errorf("%v ended with %d: %s", args, out.Code, out.Stderr)
		}
	}
	if out := p.Run("evidence", "-h"); out.Code != 0 || !strings.Contains(out.Stdout, "evidence make") {
		t.Errorf("asked how it is called, it ended with %d: %s", out.Code, out.Stdout)
	}
	if _, err := os.Stat(filepath.Join(p.Data, "lock")); err == nil {
		t.Error("asking made an installation")
	}
}

// TestImport holds that what is imported can run only when somebody has approved it.
func TestImport(t *testing.T) {
	t.Parallel()
	p := portal.New(t)
	b, err := os.ReadFile("../../jobs/pipeline/testdata/episodes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc := file(t, p, "episodes.yaml", bytes.ReplaceAll(b, []byte("{drop}"), []byte(p.Drop)))
	in, _ := extract(t, p, 100, 6)
	ok(t, p, "import", doc)
	r := run(t, p, 2, "episodes", "--input", in)
	if r.State != store.RunRefused || r.Reason == "" || !strings.Contains(r.Message, "Registeret er uendret") {
		t.Errorf("without approval the run is %+v", r)
	}
	issuer := []string{"SAMBAND_OIDC_ISSUER=https://login.example.org", "SAMBAND_OIDC_CLIENT_ID=samband",
		"SAMBAND_OIDC_CLIENT_SECRET=hemmelig"}
	closed := portal.New(t, issuer...)
	if out := closed.Run("import", "--demo", doc); out.Code != 2 || out.Stdout != "" || out.Stderr == "" {
		t.Errorf("where people log in, --demo ended with %d: %s", out.Code, out.Stderr)
	}
	if out := closed.Run("export", "episodes"); out.Code != 1 {
		t.Errorf("a refused import left something: %s", out.Stdout)
	}
	bad := file(t, p, "bad.yaml", bytes.Replace(b, []byte("variable: kjonn"), []byte("variable: kjoenn"), 1))
	if out := p.Run("import", bad); out.Code != 1 || !strings.Contains(out.Stderr, "kjoenn") {
		t.Errorf("a document with a fault ended with %d: %s", out.Code, out.Stderr)
	}
}

// TestExport holds that export → import → export gives the same bytes, in the installation itself and in a fresh one.
func TestExport(t *testing.T) {
	t.Parallel()
	p := withDemo(t)
	addEpisodes(t, p)
	for _, name := range []string{"", "episodes"} {
		args := []string{"export"}
		if name != "" {
			args = append(args, name)
		}
		first := ok(t, p, args...)
		path := file(t, p, "export.yaml", []byte(first))
		if said := ok(t, p, "import", path, "--json"); !strings.Contains(said, `"created":0,"changed":0`) {
			t.Errorf("importing what was exported changed something: %s", said)
		}
		if again := ok(t, p, args...); again != first {
			t.Errorf("export %q differs after import", name)
		}
		fresh := portal.New(t)
		ok(t, fresh, "import", path)
		if again := ok(t, fresh, args...); again != first {
			t.Errorf("export %q differs from another installation", name)
		}
	}
}

// TestOwner holds that one process owns the data folder.
func TestOwner(t *testing.T) {
	t.Parallel()
	p := portal.Start(t)
	out := p.Run("serve", "-addr", "127.0.0.1:0")
	if out.Code != 1 || out.Stdout != "" || !strings.Contains(out.Stderr, "datamappen") {
		t.Errorf("a second portal ended with %d: %s", out.Code, out.Stderr)
	}
	if out := p.Run("worker"); out.Code != 1 {
		t.Errorf("a worker beside the portal ended with %d: %s", out.Code, out.Stderr)
	}
	if code := p.Stop(); code != 0 {
		t.Errorf("the portal ended with %d\n%s", code, p.Log())
	}
}

// TestAddress holds that a portal others can reach has logins, and that a taken address is told.
func TestAddress(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"0.0.0.0:0", "[::]:0", ":0", "192.0.2.1:80", "nonsense"} {
		out := portal.New(t).Run("serve", "-addr", addr)
		if out.Code != 1 || !strings.Contains(out.Stderr, "OIDC") || !strings.Contains(out.Stderr, addr) {
			t.Errorf("on %s the portal ended with %d: %s", addr, out.Code, out.Stderr)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	p := portal.New(t)
	if out := p.Run("serve", "-addr", l.Addr().String()); out.Code != 1 || !strings.Contains(out.Stderr, l.Addr().String()) {
		t.Errorf("on a taken address the portal ended with %d: %s", out.Code, out.Stderr)
	}
}

// TestLongPath holds that commands reach a portal whose folder has a path longer than socket addresses may be.
func TestLongPath(t *testing.T) {
	t.Parallel()
	long := filepath.Join(t.TempDir(), strings.Repeat("a-very-long-name/", 12), "data")
	p := portal.Start(t, "SAMBAND_DATA="+long)
	if out := ok(t, p, "doctor"); out == "" {
		t.Error("the doctor said nothing")
	}
}

// TestEmergencySeal: a code is printed once and kept nowhere, and the doctor tells that there is one.
func TestEmergencySeal(t *testing.T) {
	t.Parallel()
	p := withEpisodes(t)
	if out := ok(t, p, "doctor"); !strings.Contains(out, "ingen kode er forseglet") {
		t.Errorf("without a code the doctor says\n%s", out)
	}
	var sealed struct{ Code, Role string }
	if err := json.Unmarshal([]byte(ok(t, p, "emergency", "seal", "--role", "admin", "--json")), &sealed); err != nil {
		t.Fatal(err)
	}
	out := ok(t, p, "emergency", "seal")
	if len(sealed.Code) != 39 || sealed.Role != "admin" || strings.Contains(out, sealed.Code) || !strings.Contains(out, "en annen enn deg") {
		t.Errorf("the codes are told as %+v and\n%s", sealed, out)
	}
	var n int
	var role, by string
	row := portalDB(t, p).QueryRow(`SELECT COUNT(*), MAX(role), MAX(sealed_by) FROM emergency_code WHERE ended_at = 0`)
	if err := row.Scan(&n, &role, &by); err != nil || n != 1 || role != "security_officer" || !strings.HasPrefix(by, "shell:") {
		t.Errorf("%d codes are sealed, for %s by %s, %v", n, role, by, err)
	}
	if out := ok(t, p, "doctor"); !strings.Contains(out, "Nødkonto, forseglet") {
		t.Errorf("with a code the doctor says\n%s", out)
	}
	for _, args := range [][]string{{"emergency"}, {"emergency", "open"}, {"emergency", "seal", "now"}} {
		if out := p.Run(args...); out.Code != 64 {
			t.Errorf("%v ended with %d", args, out.Code)
		}
	}
	if out := p.Run("emergency", "seal", "--role", "reader"); out.Code != 1 || out.Stdout != "" {
		t.Errorf("a code for a reader: %d\n%s", out.Code, out.Stdout)
	}
}

// TestDump holds the form of the files.
func TestDump(t *testing.T) {
	t.Parallel()
	p := withDemo(t)
	health, identity := dump(t, p, "hjertekirurgi")
	if n := strings.Count(health, "\n"); n != 1 || !strings.HasPrefix(health, "episode_id;pseudonym;kjonn;") {
		t.Errorf("of an empty registry the dump is %q", health)
	}
	if identity != "pseudonym;fnr;fornavn;etternavn;postnr\n" {
		t.Errorf("of an empty registry the identities are %q", identity)
	}
	content, planted := delivery(t, hospital.Options{})
	run(t, p, 0, demo, "--input", file(t, p, "first.csv", content))
	health, identity = dump(t, p, "hjertekirurgi")
	if strings.HasPrefix(health, "\ufeff") || strings.Contains(health, "\r") || strings.Contains(health, "NULL") {
		t.Error("the dump is not as it should be written")
	}
	if n := int64(strings.Count(health, "\n")) - 1; n > planted.Stays || n < planted.Stays*9/10 {
		t.Errorf("%d rows are dumped of %d stays", n, planted.Stays)
	}
	for _, name := range []string{"health.csv", "identity.csv"} {
		path := filepath.Join(p.Dir, name)
		ok(t, p, "dump", "hjertekirurgi", "--health", filepath.Join(p.Dir, "health.csv"), "--identity", filepath.Join(p.Dir, "identity.csv"))
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s can be read by others: %v %v", name, info.Mode(), err)
		}
	}
	var audited int
	if err := portalDB(t, p).QueryRow(`SELECT count(*) FROM audit_entry WHERE instr(entry, 'registry.dump') > 0`).Scan(&audited); err != nil || audited != 4 {
		t.Errorf("%d dumps are in the audit log: %v", audited, err)
	}
}
