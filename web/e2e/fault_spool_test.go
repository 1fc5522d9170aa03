package e2e

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"samband/jobs"
	"samband/jobs/connector"
	"samband/jobs/connector/all"
	"samband/jobs/connector/consentfile"
	"samband/store"
	"samband/web/e2e/episodes"
)

// paging is what a process of TestFaultSpool is told: it is this test program, started again, with a source that gives a
// file page by page, and can't be had in one piece.
type paging struct {
	Data, Drop string
	File       string // what the source gives
	Asked      string // where each page that is asked for is written down
}

const (
	pagingEnv = "SAMBAND_TEST_PAGING"
	pageRows  = 250
)

func (p paging) serve() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	files := all.Connectors()[0]
	files.OpenSource = nil
	files.OpenPager = func(connector.Settings) (connector.Pager, error) { return p.pager() }
	j, err := jobs.Open(ctx, jobs.Config{Data: p.Data, Drop: p.Drop, MakeKeys: true, Workers: 2, Clock: store.SystemClock{},
		IDs: store.RandomIDs{}, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
		Connectors: []connector.Connector{files, consentfile.Connector()}})
	if err != nil {
		return err
	}
	defer j.Close()
	open, err := j.DB.OpenRuns(ctx)
	if err == nil {
		err = j.Start(ctx)
	}
	if err == nil && len(open) == 0 {
		_, err = j.StartNow(ctx, "episodes", false, store.SystemActor())
	}
	if err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

func (p paging) pager() (connector.Pager, error) {
	f, err := os.Open(p.File)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	return &pageByPage{rows[0], rows[1:], p.Asked}, nil
}

type pageByPage struct {
	fields []string
	rows   [][]string
	asked  string
}

func (p *pageByPage) Fields(context.Context) ([]string, error) { return p.fields, nil }
func (p *pageByPage) Test(context.Context) error               { return nil }

func (p *pageByPage) Page(_ context.Context, _ store.Period, cursor string, b *connector.Batch) (string, error) {
	n, _ := strconv.Atoi(cursor) // "" is the first
	f, err := os.OpenFile(p.asked, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = fmt.Fprintln(f, n)
		f.Close()
	}
	if err != nil {
		return "", err
	}
	time.Sleep(5 * time.Millisecond) // as far away as sources are
	from, to := n*pageRows, min((n+1)*pageRows, len(p.rows))
	b.Cells, b.Nulls, b.Width = b.Cells[:0], nil, len(p.fields)
	for _, row := range p.rows[from:to] {
		b.Cells = append(b.Cells, row...)
	}
	if to == len(p.rows) {
		return "", nil
	}
	return strconv.Itoa(n + 1), nil
}

// TestFaultSpool kills a process at a moment of a run from a source that is read page by page. The next one goes on from
// the last whole slice: no page of it is asked for again, and each row has its one effect.
func TestFaultSpool(t *testing.T) {
	n := 3
	if long {
		n = 40
	} else {
		t.Parallel()
	}
	r := seeded(t)
	var p *patient
	var whole, longest time.Duration
	var again, pages int
	for k := 0; k <= n; k++ {
		if p == nil || len(p.list) > 6 {
			p = patientOf(t, r)
		}
		// A number of rows of its own, by which the checker knows it: how such a delivery is marked is the product's.
		d := delivered{rows: int64(20_000 + k), seed: uint64(5000 + k)}
		var b bytes.Buffer
		want := &episodes.Want{}
		if err := episodes.Write(&b, int(d.rows), d.seed, want); err != nil {
			t.Fatal(err)
		}
		d.bad = want.Quarantined
		conf := paging{Data: p.Data, Drop: p.Drop, File: file(t, p.Portal, fmt.Sprint("source-", k), b.Bytes()),
			Asked: filepath.Join(p.Dir, fmt.Sprint("asked-", k))}
		p.list = append(p.list, d)
		ended := func() (is bool) {
			p.look(func(db *sql.DB) {
				list := runs(t, db, "episodes")
				is = len(list) == len(p.list) && list[len(list)-1].State.Ended()
			})
			return is
		}
		began := time.Now()
		x := startPaging(t, conf)
		if k > 0 { // the first tells how long they take
			time.Sleep(time.Duration(r.Int64N(int64(whole))))
			x.Process.Kill()
			x.Wait()
			began = time.Now()
			x = startPaging(t, conf)
		}
		until(t, time.Minute, "the end of the run", ended)
		if took := time.Since(began); k == 0 {
			whole = took
		} else {
			longest = max(longest, took)
		}
		x.Process.Signal(syscall.SIGTERM)
		x.Wait()
		asked, twice := askedFor(t, conf.Asked)
		all := (int(d.rows) + pageRows - 1) / pageRows
		if asked != all || twice > perSlice {
			t.Errorf("of %d pages %d were asked for, %d of them again", all, asked, twice)
		}
		again, pages = again+twice, pages+all
		check(t, p.Portal, p.list)
		if t.Failed() {
			t.Fatalf("after kill %d%s", k, p.story())
		}
		if left, _ := os.ReadDir(filepath.Join(p.Data, "spool")); len(left) > 1 { // the sweep takes what a kill left
			t.Errorf("%d extracts are left", len(left))
		}
	}
	measured(t, "kills in runs from a paged source", n)
	measured(t, "longest until such a run had ended", fmt.Sprintf("%v, undisturbed %v", ms(longest), ms(whole)))
	measured(t, "pages asked for again", fmt.Sprintf("%d of %d", again, pages))
}

// perSlice is more pages than a slice of 1 MiB has.
const perSlice = 40

// askedFor reads which pages were asked for, and how many of them once more.
func askedFor(t *testing.T, path string) (pages, twice int) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, n := range strings.Fields(string(b)) {
		if seen[n]++; seen[n] == 2 {
			twice++
		} else if seen[n] > 2 {
			t.Errorf("page %s was asked for %d times", n, seen[n])
		}
	}
	return len(seen), twice
}

func startPaging(t *testing.T, p paging) *exec.Cmd {
	t.Helper()
	told, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	x := exec.Command(self)
	x.Env, x.Stderr = append(os.Environ(), pagingEnv+"="+string(told)), os.Stderr
	if err := x.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Process.Kill() })
	return x
}
