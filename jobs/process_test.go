package jobs

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/all"
	"samband/store"
)

// processConf is what a process of these tests is told; they are this test program itself, started again.
type processConf struct {
	Data, Drop, Shared, URL, Hold string
	Lease                         time.Duration
	Ahead                         time.Duration // of the clock
	Workers                       int
	// Mail is the address of a mail server. A process that Settles does nothing but settle alerts and tell of them, without
	// a pause.
	Mail    string
	Settles bool
}

// aheadClock is the machine's clock, set forward.
type aheadClock struct{ by time.Duration }

func (c aheadClock) Now() time.Time { return store.SystemClock{}.Now().Add(c.by) }

const processEnv = "SAMBAND_TEST_PROCESS"

func TestMain(m *testing.M) {
	if told := os.Getenv(processEnv); told != "" {
		os.Exit(serveProcess(told))
	}
	os.Exit(m.Run())
}

// serveProcess works until it is told to end.
func serveProcess(told string) int {
	var p processConf
	fail := func(err error) int { fmt.Fprintln(os.Stderr, err); return 1 }
	if err := json.Unmarshal([]byte(told), &p); err != nil {
		return fail(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	c := p.config()
	c.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	j, err := Open(ctx, c)
	if err != nil {
		return fail(err)
	}
	defer j.Close()
	if p.Settles {
		fmt.Println("open")
		for ctx.Err() == nil {
			if err := errors.Join(j.settleAlerts(ctx), j.tellNotices(ctx)); err != nil && ctx.Err() == nil {
				return fail(err)
			}
		}
		return 0
	}
	if err := j.Start(ctx); err != nil {
		return fail(err)
	}
	fmt.Println("open")
	<-ctx.Done()
	return 0
}

func (p processConf) config() Config {
	c := Config{Data: p.Data, Drop: p.Drop, Shared: p.Shared, DatabaseURL: p.URL, MakeKeys: true, Workers: p.Workers,
		Lease: p.Lease, Clock: aheadClock{p.Ahead}, IDs: store.RandomIDs{}, Log: slog.New(slog.DiscardHandler),
		Connectors: p.connectors()}
	if p.Mail != "" {
		c.SMTP, c.BaseURL, c.Digest = mailTo(p.Mail), "https://samband.example.org", time.Millisecond
	}
	return c
}

// connectors are the real ones, whose deliveries stand still after the first rows while the file Hold is there.
func (p processConf) connectors() []connector.Connector {
	list := all.Connectors()
	for i := range list {
		real := list[i].OpenSource
		if p.Hold == "" || real == nil {
			continue
		}
		list[i].OpenSource = func(s connector.Settings) (connector.Source, error) {
			src, err := real(s)
			return &heldSource{Source: src, file: p.Hold}, err
		}
	}
	return list
}

type heldSource struct {
	connector.Source
	file string
}

func (s *heldSource) Next(ctx context.Context, done func(string) (bool, error)) (connector.Delivery, error) {
	d, err := s.Source.Next(ctx, done)
	if err != nil {
		return nil, err
	}
	return &heldDelivery{Delivery: d, file: s.file}, nil
}

type heldDelivery struct {
	connector.Delivery
	file  string
	begun bool
}

func (d *heldDelivery) Read(ctx context.Context, b *connector.Batch) error {
	for d.begun {
		if _, err := os.Stat(d.file); err != nil {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	d.begun = true
	return d.Delivery.Read(ctx, b)
}

// process is another process of the installation.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	ended chan struct{}
	said  *lines
}

type lines struct {
	mu  sync.Mutex
	all strings.Builder
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// startProcess starts a process and waits until it works. It ends with the test.
func startProcess(t *testing.T, p processConf) *process {
	t.Helper()
	told, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	x := &process{t: t, cmd: exec.Command(os.Args[0]), ended: make(chan struct{}), said: &lines{}}
	x.cmd.Env = append(os.Environ(), processEnv+"="+string(told))
	x.cmd.Stderr = x.said
	out, err := x.cmd.StdoutPipe()
	if err == nil {
		err = x.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	opened := make(chan bool, 1)
	go func() {
		s := bufio.NewScanner(out)
		opened <- s.Scan() && s.Text() == "open"
		io.Copy(io.Discard, out)
		x.cmd.Wait()
		close(x.ended)
	}()
	t.Cleanup(func() {
		x.cmd.Process.Kill()
		<-x.ended
	})
	if !<-opened {
		<-x.ended
		t.Fatalf("the process did not open: %s", x.said)
	}
	return x
}

func (x *process) signal(s os.Signal) {
	x.t.Helper()
	if err := x.cmd.Process.Signal(s); err != nil {
		x.t.Fatal(err)
	}
}

// end signals the process and gives its exit code.
func (x *process) end(s os.Signal) int {
	x.t.Helper()
	x.signal(s)
	select {
	case <-x.ended:
	case <-time.After(30 * time.Second):
		x.t.Fatalf("the process did not end: %s", x.said)
	}
	return x.cmd.ProcessState.ExitCode()
}

// wire stands between processes and a PostgreSQL server, and can be cut.
type wire struct {
	l     net.Listener
	to    string
	cut   atomic.Bool
	mu    sync.Mutex
	conns map[net.Conn]bool
}

// newWire gives a wire to the server of a database, and the database's address over it.
func newWire(t *testing.T, database string) (*wire, string) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	network, to := "tcp", u.Host
	if dir := u.Query().Get("host"); strings.HasPrefix(dir, "/") {
		network, to = "unix", filepath.Join(dir, ".s.PGSQL.5432")
	}
	w := &wire{to: to, conns: map[net.Conn]bool{}}
	if w.l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.l.Close(); w.set(true) })
	go func() {
		for {
			in, err := w.l.Accept()
			if err != nil {
				return
			}
			if w.cut.Load() {
				in.Close()
				continue
			}
			out, err := net.Dial(network, to)
			if err != nil {
				in.Close()
				continue
			}
			w.mu.Lock()
			w.conns[in], w.conns[out] = true, true
			w.mu.Unlock()
			for _, c := range [][2]net.Conn{{in, out}, {out, in}} {
				go func() { io.Copy(c[0], c[1]); c[0].Close(); c[1].Close() }()
			}
		}
	}()
	q := u.Query()
	q.Del("host")
	q.Set("sslmode", "disable")
	u.Host, u.RawQuery = w.l.Addr().String(), q.Encode()
	return w, u.String()
}

// set cuts the wire, or mends it.
func (w *wire) set(cut bool) {
	w.cut.Store(cut)
	if !cut {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.conns {
		c.Close()
	}
	clear(w.conns)
}
