package e2e

import (
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"

	"samband/store"
	"samband/store/storetest/postgres"
	"samband/web/e2e/episodes"
	"samband/web/e2e/portal"
)

// free gives an address of this machine where nobody listens.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// answer gives what a process says to a machine; status 0 when it doesn't answer.
func answer(t *testing.T, addr, path string) (status int, body string) {
	t.Helper()
	res, err := http.Get("http://" + addr + path)
	if err != nil {
		return 0, ""
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

// TestSeveralPrograms opens two portals and a worker on one PostgreSQL, each with a data folder of its own. Whoever
// carries a run out, every portal sees it and can stop it, every command finds the same data, and all end well.
func TestSeveralPrograms(t *testing.T) {
	t.Parallel()
	url := postgres.URL(t)
	env := []string{"SAMBAND_DATABASE_URL=" + url, "SAMBAND_SHARED=" + t.TempDir()}
	one := withEpisodes(t, env...)
	two := portal.New(t, append(env, "SAMBAND_DROP="+one.Drop)...)
	addr := free(t)
	worker := portal.New(t, append(env, "SAMBAND_DROP="+one.Drop)...).Command("worker", "--addr", addr)
	t.Cleanup(func() { worker.Process.Kill() })
	one.Start()
	two.Start()
	until(t, 20*time.Second, "the worker to be ready", func() bool {
		status, _ := answer(t, addr, "/readyz")
		return status == http.StatusOK
	})
	for path, want := range map[string]int{"/healthz": 200, "/metrics": 200, "/": 404, "/runs": 404} {
		if status, body := answer(t, addr, path); status != want || path == "/metrics" && !strings.Contains(body, "samband_") {
			t.Errorf("the worker answers %s with %d", path, status)
		}
	}
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })

	folder := filepath.Join(one.Drop, "episodes")
	want := &episodes.Want{}
	deliver(t, one, folder, 0, 200_000, want)
	ine := login(t, two, "ine") // before the run, which doesn't last for long
	login(t, one, "ine").post("/integrations/episodes/run", nil)
	until(t, 20*time.Second, "the run", func() bool { r := runs(t, db, "episodes"); return len(r) > 0 && r[0].Counts.Read > 0 })
	if page := ine.get(fmt.Sprintf("/runs/%d", runs(t, db, "episodes")[0].No)); !strings.Contains(page, "Avbryt") {
		t.Error("the other portal does not offer to cancel the run")
	}
	began := time.Now()
	ine.post(fmt.Sprintf("/runs/%d/cancel", runs(t, db, "episodes")[0].No), nil)
	until(t, 20*time.Second, "the end of the run", func() bool { return runs(t, db, "episodes")[0].State.Ended() })
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the run took %v to stop", took)
	}
	if r := runs(t, db, "episodes")[0]; r.State != store.RunCancelled {
		t.Errorf("cancelled, the run is %+v", r)
	}
	holds(t, two, episodes.Dump{})
	if r := run(t, two, 0, "episodes"); r.Counts.Loaded != want.Rows() {
		t.Errorf("the next run gave %+v", r.Counts)
	}
	holds(t, one, want.Dump())
	holds(t, two, want.Dump())
	if err := worker.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if out := worker.Wait(); out.Code != 0 {
		t.Errorf("the worker ended with %d\n%s", out.Code, out.Stderr)
	}
	for _, p := range []*portal.Portal{one, two} {
		if code := p.Stop(); code != 0 {
			t.Errorf("a portal ended with %d\n%s", code, p.Log())
		}
	}
}
