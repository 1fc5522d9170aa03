// Package pages holds the pages to their promises as a reader meets them: the real program, a real browser.
package pages

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samband/store/seed"
	"samband/web/e2e/browser"
	"samband/web/e2e/portal"
)

func TestMain(m *testing.M) { os.Exit(portal.Main(m)) }

const (
	demo     = seed.DemoIntegration
	demoPath = "/integrations/" + demo
)

// personas are those of the demonstration, and a visitor who isn't logged in.
const (
	nobody      = ""
	coordinator = "kaja"
	officer     = "sindre"
	admin       = "ine"
	auditor     = "randi"
	reader      = "lars"
)

// site is a portal with its first run behind it.
type site struct {
	*portal.Portal
	t *testing.T
	b *browser.Browser
}

func start(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, b: browser.Start(t), Portal: portal.Start(t)}
	tab := s.tab(t, reader, browser.Options{})
	s.until("the first run has ended", func() bool {
		return browser.Eval[bool](tab, `fetch("/runs/1").then(r => r.ok ? r.text() : "data-live").then(s => !s.includes("data-live"))`)
	})
	return s
}

// tab opens a tab for a persona.
func (s *site) tab(t *testing.T, persona string, o browser.Options) *browser.Tab {
	t.Helper()
	tab := s.b.Tab(t, o)
	tab.Go(s.URL + "/login")
	if persona != nobody {
		tab.Click("button[name=persona][value=" + persona + "]")
		tab.Wait(".who")
	}
	return tab
}

// until waits for something that comes by itself.
func (s *site) until(what string, done func() bool) {
	s.t.Helper()
	for range 300 {
		if done() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.t.Fatalf("waited in vain: %s\n%s", what, s.Log())
}

// delivered gives the delivery that waits in the demonstration's folder, complete.
func (s *site) delivered() []byte {
	s.t.Helper()
	var found []string
	s.until("a delivery lies in the folder", func() bool {
		controls, err := filepath.Glob(filepath.Join(s.Drop, "hjertekirurgi", "*.csv.control"))
		if err != nil {
			s.t.Fatal(err)
		}
		found = controls
		return len(controls) > 0
	})
	b, err := os.ReadFile(strings.TrimSuffix(found[0], ".control"))
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

// file writes a file that a command can read.
func (s *site) file(name string, content []byte) string {
	s.t.Helper()
	path := filepath.Join(s.Dir, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

// command carries out a command that must end with that code.
func (s *site) command(code int, args ...string) {
	s.t.Helper()
	if out := s.Run(args...); out.Code != code {
		s.t.Fatalf("%v ended with %d, want %d\n%s%s", args, out.Code, code, out.Stdout, out.Stderr)
	}
}

// fill gives the portal what a portal has after a while: runs that ended in each way, and integrations that are not
// approved.
func (s *site) fill() {
	s.t.Helper()
	whole := s.delivered()
	head, rows, _ := strings.Cut(string(whole), "\n")
	s.command(0, "run", demo, "--input", s.file("whole.csv", whole))
	s.command(2, "run", demo, "--input", s.file("columns.csv", []byte("x"+string(whole))))
	s.command(3, "run", demo, "--input", s.file("held.csv", []byte(head+"\n"+strings.ReplaceAll(rows, ";20", ";99"))))
	more, err := os.ReadFile("testdata/more.yaml")
	if err != nil {
		s.t.Fatal(err)
	}
	s.command(0, "import", s.file("more.yaml", more))
	s.command(2, "run", "nyfodt-samtykke")
}
