// Package portal runs the real program from outside, as the people who use it and the machine it stands on do: built
// once, started on folders of its own, killed, stopped, asked through its commands. Only tests import it.
//
//	func TestMain(m *testing.M) { os.Exit(portal.Main(m)) }
//
//	p := portal.Start(t, "SAMBAND_LANG=nn") // a demonstration on a free port; ends with the test
//	http.Get(p.URL + "/catalogue")
//	out := p.Run("run", "hjertekirurgi-opphold", "--json") // out.Stdout, out.Stderr, out.Code
//	p.Kill()                                // as a power cut does
//	p.Start()                               // on the same folders
//
// New gives the folders without a process; commands then do their work themselves.
package portal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Patience is how long the program may take to open, to close, or to carry out a command.
const Patience = 10 * time.Minute

// opens is how long the program may take from its start until it answers.
const opens = 30 * time.Second

var built struct {
	once    sync.Once
	folder  string
	program string
	err     error
}

// Main runs the tests of a package and removes what Build made.
func Main(m *testing.M) int {
	if os.Getenv(launchEnv) != "" {
		fmt.Fprintln(os.Stderr, launch(os.Args[1:])) // it comes back only when it fails
		return 1
	}
	defer func() { os.RemoveAll(built.folder) }()
	return m.Run()
}

// Build builds the program as `go build` at the root of the module does, once, and gives its path. SAMBAND_PROGRAM
// names one that is built already.
func Build(tb testing.TB) string {
	tb.Helper()
	built.once.Do(func() {
		if built.program = os.Getenv("SAMBAND_PROGRAM"); built.program != "" {
			return
		}
		if built.folder, built.err = os.MkdirTemp("", "samband-program-"); built.err != nil {
			return
		}
		built.program = filepath.Join(built.folder, "samband")
		out, err := exec.Command("go", "build", "-o", built.program, "samband").CombinedOutput()
		if err != nil {
			built.err = errors.New(string(out))
		}
	})
	if built.err != nil {
		tb.Fatalf("build the program: %v", built.err)
	}
	return built.program
}

// Portal is one installation: its folders, and the process that serves it when there is one.
type Portal struct {
	URL  string // where it answers: http://127.0.0.1:PORT; the same again after a restart
	Data string // the data folder
	Drop string // the folder the demonstration's hospital delivers to, beside the data folder
	Dir  string // a folder for the test's own files; commands run there

	tb      testing.TB
	program string
	env     []string
	addr    string
	cmd     *exec.Cmd
	log     *log
	judge   func(*Call) syscall.Errno // see Watch
	ended   chan struct{}
	err     error // of the process, once ended is closed
}

// New makes empty folders for an installation. env goes before the settings that tests have.
func New(tb testing.TB, env ...string) *Portal {
	tb.Helper()
	root := tb.TempDir()
	p := &Portal{tb: tb, program: Build(tb), addr: "127.0.0.1:0", Data: filepath.Join(root, "data"),
		Drop: filepath.Join(root, "data-drop"), Dir: filepath.Join(root, "files")}
	if err := os.Mkdir(p.Dir, 0o700); err != nil {
		tb.Fatal(err)
	}
	for _, v := range os.Environ() { // what the developer's own shell is set to must not decide
		if !strings.HasPrefix(v, "SAMBAND_") && !strings.HasPrefix(v, "GOMEMLIMIT=") {
			p.env = append(p.env, v)
		}
	}
	p.env = append(append(p.env, "SAMBAND_DATA="+p.Data, "SAMBAND_DROP="+p.Drop), env...)
	return p
}

// Start makes an installation and opens the portal on it.
func Start(tb testing.TB, env ...string) *Portal {
	tb.Helper()
	p := New(tb, env...)
	p.Start()
	return p
}

// Start opens the portal and waits until it answers. It ends with the test.
func (p *Portal) Start() {
	p.tb.Helper()
	p.Launch()
	deadline := time.After(opens)
	for {
		if url := p.log.address(); url != "" {
			p.URL, p.addr = url, strings.TrimPrefix(url, "http://")
			return
		}
		select {
		case <-p.ended:
			p.tb.Fatalf("the portal did not open: %v\n%s", p.err, p.Log())
		case <-deadline:
			p.tb.Fatalf("the portal did not open in %v\n%s", opens, p.Log())
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// Launch starts the process and does not wait for anything.
func (p *Portal) Launch() {
	p.tb.Helper()
	p.cmd, p.log, p.ended = exec.Command(p.program), &log{}, make(chan struct{})
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = p.Dir, p.log, p.log
	p.cmd.Env = p.env
	if !slices.ContainsFunc(p.env, func(v string) bool { return strings.HasPrefix(v, "SAMBAND_ADDR=") }) {
		p.cmd.Env = append(slices.Clone(p.env), "SAMBAND_ADDR="+p.addr)
	}
	watch, err := p.watched()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		p.tb.Fatal(err)
	}
	watch()
	p.tb.Cleanup(p.Kill)
	cmd, ended := p.cmd, p.ended
	go func() {
		p.err = cmd.Wait()
		close(ended)
	}()
}

// Kill ends the process as a power cut would: at once, without a chance to do anything.
func (p *Portal) Kill() {
	if p.cmd == nil {
		return
	}
	p.cmd.Process.Kill()
	<-p.ended
	p.cmd = nil
}

// Stop asks the process to end, as systemd and Docker do, waits, and gives the exit code.
func (p *Portal) Stop() int {
	p.tb.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.tb.Fatal(err)
	}
	return p.Wait()
}

// Wait waits until the process ends, and gives the exit code.
func (p *Portal) Wait() int {
	p.tb.Helper()
	select {
	case <-p.ended:
	case <-time.After(opens):
		p.tb.Fatalf("the portal did not end in %v\n%s", opens, p.Log())
	}
	code := p.cmd.ProcessState.ExitCode()
	p.cmd = nil
	return code
}

// Alive tells whether the process goes on.
func (p *Portal) Alive() bool {
	if p.cmd == nil {
		return false
	}
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// Pid gives the process's number.
func (p *Portal) Pid() int { return p.cmd.Process.Pid }

// Log gives what the process has written, since it was last started.
func (p *Portal) Log() string { return p.log.String() }

// Output is what a command said.
type Output struct {
	Stdout, Stderr string
	Code           int
}

// Run carries out a command on the installation and waits for it.
func (p *Portal) Run(args ...string) Output {
	p.tb.Helper()
	return p.Command(args...).Wait()
}

// Command starts a command on the installation.
func (p *Portal) Command(args ...string) *Command {
	p.tb.Helper()
	c := &Command{tb: p.tb, Cmd: exec.Command(p.program, args...)}
	c.Dir, c.Env, c.Stdout, c.Stderr = p.Dir, p.env, &c.out, &c.err
	if err := c.Start(); err != nil {
		p.tb.Fatal(err)
	}
	return c
}

// Command is a command under way.
type Command struct {
	*exec.Cmd
	tb       testing.TB
	out, err bytes.Buffer
}

// Wait waits for the command to end. Its exit code is -1 when a signal ended it.
func (c *Command) Wait() Output {
	c.tb.Helper()
	t := time.AfterFunc(Patience, func() { c.Process.Kill() })
	defer t.Stop()
	err := c.Cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		c.tb.Fatalf("%s: %v", strings.Join(c.Args, " "), err)
	}
	return Output{c.out.String(), c.err.String(), c.ProcessState.ExitCode()}
}

// log holds what a process writes.
type log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// address finds the line that says where the portal answers.
func (l *log) address() string {
	for line := range strings.Lines(l.String()) {
		var said struct{ Msg, Address string }
		if json.Unmarshal([]byte(line), &said) == nil && said.Msg == "the portal is open" {
			return said.Address
		}
	}
	return ""
}

// Set gives the processes that are started from now on a setting, in place of the one they had.
func (p *Portal) Set(name, value string) {
	p.env = slices.DeleteFunc(p.env, func(v string) bool { return strings.HasPrefix(v, name+"=") })
	if value != "" {
		p.env = append(p.env, name+"="+value)
	}
}

// Setting gives a setting that the processes are started with; "" when they have none of that name.
func (p *Portal) Setting(name string) string {
	for _, v := range slices.Backward(p.env) {
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			return value
		}
	}
	return ""
}
