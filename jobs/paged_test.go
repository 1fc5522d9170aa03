package jobs

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/all"
	"samband/jobs/connector/consentfile"
	"samband/jobs/connector/httpx/httpxtest"
	"samband/store"
	"samband/store/seed"
)

// pages gives the rows of a delivery file page by page, after asking a server at the other side for each.
type pages struct {
	server *httpxtest.Pager
	fields []string
	rows   [][]string
}

const perPage = 10

func (p *pages) Fields(context.Context) ([]string, error) { return p.fields, nil }
func (p *pages) Test(ctx context.Context) error           { return p.server.Test(ctx) }

func (p *pages) Page(ctx context.Context, of store.Period, cursor string, b *connector.Batch) (string, error) {
	var asked connector.Batch
	if _, err := p.server.Page(ctx, of, cursor, &asked); err != nil {
		return "", err
	}
	n, _ := strconv.Atoi(cursor)
	from, to := n*perPage, min((n+1)*perPage, len(p.rows))
	b.Cells, b.Nulls, b.Width = b.Cells[:0], nil, len(p.fields)
	for _, row := range p.rows[from:to] {
		b.Cells = append(b.Cells, row...)
	}
	if to == len(p.rows) {
		return "", nil
	}
	return strconv.Itoa(n + 1), nil
}

// openPaged opens an installation whose source gives the demonstration's delivery page by page.
func openPaged(t *testing.T) (*house, *httpxtest.Server) {
	t.Helper()
	server := httpxtest.New(t, 1_000_000, 1)
	p := &pages{server: httpxtest.Remote(t, server.URL, server.CA())} // whose patience outlasts every test
	c := all.Connectors()[0]
	c.OpenSource = nil
	c.OpenPager = func(connector.Settings) (connector.Pager, error) { return p, nil }
	h := openWith(t, []connector.Connector{c, consentfile.Connector()})
	h.deliver(1)
	list, _ := filepath.Glob(filepath.Join(h.demoFolder(), "*.csv"))
	f, err := os.Open(list[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = ';'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all[0][0] = strings.TrimPrefix(all[0][0], "\ufeff")
	p.fields, p.rows = all[0], all[1:]
	return h, server
}

// TestPagedRun holds that what is read page by page loads as a file does, is put away sealed, leaves nothing in the spool,
// and is known when it comes again; and that a source that fails in the middle costs no row and doubles none.
func TestPagedRun(t *testing.T) {
	file := open(t)
	planted := file.deliver(1)
	want := file.run("")

	h, server := openPaged(t)
	server.Ail(httpxtest.Fault{Kind: httpxtest.Status, Status: 503, Page: int(planted.Rows) / perPage / 2})
	r := h.carriedOut(h.asked().ID)
	if !r.Waiting() || r.Tries != 1 {
		t.Fatalf("%s %s %+v", r.State, r.Reason, r)
	}
	server.Ail(httpxtest.Fault{})
	r = h.carriedOut(r.ID)
	if r.State != store.RunSucceeded || r.Counts != want.Counts {
		t.Fatalf("%s %s %+v, want %+v", r.State, r.Reason, r.Counts, want.Counts)
	}
	if left, _ := os.ReadDir(h.Dir.Spools()); len(left) != 0 {
		t.Errorf("left in the spool: %v", left)
	}
	if sealed, _ := os.ReadDir(h.Dir.Sealed(seed.DemoIntegration)); len(sealed) != 1 {
		t.Errorf("%d sealed files", len(sealed))
	}
	if again := h.run(""); again.Reason != "delivery.known" || again.Counts.Read != 0 {
		t.Errorf("%s %s", again.State, again.Reason)
	}
	if left, _ := os.ReadDir(h.Dir.Spools()); len(left) != 0 {
		t.Errorf("left in the spool: %v", left)
	}
}

// TestReload holds that the delivery of a run that was undone or rejected can be read again, and no other's.
func TestReload(t *testing.T) {
	h, _ := openPaged(t)
	first := h.run("")
	if _, err := h.Reload(t.Context(), first.ID, by); store.CodeOf(err) != "run.no_reload" {
		t.Errorf("of a run whose load stands: %v", err)
	}
	before := h.dump()
	if _, err := h.Undo(t.Context(), first.ID, by); err != nil {
		t.Fatal(err)
	}
	next, err := h.Reload(t.Context(), first.ID, by)
	if err != nil {
		t.Fatal(err)
	}
	r := h.carriedOut(next.ID)
	if r.State != store.RunSucceeded || r.Counts != first.Counts || r.Delivery.SHA256 != first.Delivery.SHA256 {
		t.Errorf("%s %s %+v", r.State, r.Reason, r.Counts)
	}
	if strings.Count(h.dump(), "\n") != strings.Count(before, "\n") {
		t.Error("the registry doesn't hold what it did")
	}
}

// TestSweepSealed holds that deliveries are removed when they were kept long enough, but for those that a person must
// decide about.
func TestSweepSealed(t *testing.T) {
	h := open(t)
	held := h.hold()
	dir := h.Dir.Sealed(seed.DemoIntegration)
	other := filepath.Join(dir, strings.Repeat("a", 64)+".age")
	if err := os.WriteFile(other, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	age := func(d time.Duration) {
		list, _ := filepath.Glob(filepath.Join(dir, "*.age"))
		for _, path := range list {
			if err := os.Chtimes(path, h.clock.Now().Add(-d), h.clock.Now().Add(-d)); err != nil {
				t.Fatal(err)
			}
		}
	}
	left := func() int {
		if err := h.sweepOld(t.Context()); err != nil {
			t.Fatal(err)
		}
		list, _ := os.ReadDir(dir)
		return len(list)
	}
	age(89 * 24 * time.Hour)
	if n := left(); n != 2 {
		t.Errorf("%d are left after 89 days", n)
	}
	age(91 * 24 * time.Hour)
	if n := left(); n != 1 {
		t.Errorf("%d are left after 91 days", n)
	}
	if err := h.Reject(t.Context(), held.ID, "feil", by); err != nil {
		t.Fatal(err)
	}
	keep := store.DefaultRetention
	set := func(days int) {
		keep.Deliveries = days
		if err := h.DB.PutRetention(t.Context(), keep, by); err != nil {
			t.Fatal(err)
		}
	}
	set(0)
	if n := left(); n != 1 {
		t.Errorf("%d are left when they are kept for good", n)
	}
	set(365)
	if n := left(); n != 1 {
		t.Errorf("%d are left when they are kept for a year", n)
	}
	set(30)
	if n := left(); n != 0 {
		t.Errorf("%d are left", n)
	}
}

// TestCancelTakesEffect measures that a run stops within two seconds of a person's word, wherever its source hangs, and
// at once when it waits.
func TestCancelTakesEffect(t *testing.T) {
	for _, fault := range []httpxtest.Fault{
		{Kind: httpxtest.Hang}, {Kind: httpxtest.SlowHeaders}, {Kind: httpxtest.Trickle}, {Kind: httpxtest.Hang, Page: 5},
		{Kind: httpxtest.Status, Status: 503},
	} {
		t.Run(string(fault.Kind)+strconv.Itoa(fault.Page), func(t *testing.T) {
			h, server := openPaged(t)
			server.Ail(fault)
			r := h.asked()
			done := make(chan error, 1)
			go func() { done <- h.Execute(t.Context(), r.ID) }()
			time.Sleep(200 * time.Millisecond)
			began := time.Now()
			if err := h.Cancel(t.Context(), r.ID, by); err != nil {
				t.Fatal(err)
			}
			if err := <-done; err != nil {
				t.Error(err)
			}
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("took %v", took)
			} else {
				t.Logf("%v", took)
			}
			r, err := h.DB.Run(t.Context(), r.ID)
			if err != nil || r.State != store.RunCancelled || r.Counts.Loaded != 0 || r.CancelBy != by.Name {
				t.Errorf("%+v, %v", r, err)
			}
			h.clock.Advance(sweepAfter)
			if err := h.sweepSpools(t.Context()); err != nil {
				t.Error(err)
			}
			if left, _ := os.ReadDir(h.Dir.Spools()); len(left) != 0 {
				t.Errorf("left in the spool: %v", left)
			}
		})
	}
}
