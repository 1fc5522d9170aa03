package static

import (
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"samband/store"
	"samband/store/text"
)

func doc(t *testing.T, name string) string {
	t.Helper()
	b, err := files.ReadFile("docs/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestDocsAreServed: every document has an address, whatever its kind.
func TestDocsAreServed(t *testing.T) {
	all, err := fs.ReadDir(files, "docs")
	if err != nil || len(all) < 5 {
		t.Fatalf("%d documents, %v", len(all), err)
	}
	for _, d := range all {
		if kinds[path.Ext(d.Name())] == "" {
			t.Errorf("%s has no media type", d.Name())
			continue
		}
		URL("docs/" + d.Name()) // panics when it is not served
	}
}

// metricNames finds the names of our own metrics, without what Prometheus adds to those of a histogram.
func metricNames(s string) []string {
	names := regexp.MustCompile(`samband_[a-z_]+`).FindAllString(s, -1)
	for i, n := range names {
		names[i] = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(n, "_bucket"), "_count"), "_sum")
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// TestDocsNameRealMetrics holds the names against those that the program gives.
func TestDocsNameRealMetrics(t *testing.T) {
	var source []byte
	for _, name := range []string{"metrics.go", "metrics_state.go"} {
		b, err := os.ReadFile("../jobs/" + name)
		if err != nil {
			t.Fatal(err)
		}
		source = append(source, b...)
	}
	real := metricNames(string(source))
	for _, name := range []string{"alerts.yaml", "dashboard.json"} {
		for _, m := range metricNames(doc(t, name)) {
			if !slices.Contains(real, m) {
				t.Errorf("%s names %s, which nothing gives", name, m)
			}
		}
	}
	for _, m := range real {
		if !strings.Contains(doc(t, "dashboard.json"), m) {
			t.Errorf("the dashboard does not show %s", m)
		}
	}
}

// TestDocsNameRealStates: a state that a rule or a panel asks for is one that a run can have.
func TestDocsNameRealStates(t *testing.T) {
	for _, name := range []string{"alerts.yaml", "dashboard.json"} {
		for _, m := range regexp.MustCompile(`state=~?\\?"([a-z|]+)\\?"`).FindAllStringSubmatch(doc(t, name), -1) {
			for s := range strings.SplitSeq(m[1], "|") {
				if !slices.Contains(store.RunStates, store.RunState(s)) {
					t.Errorf("%s asks for the state %s", name, s)
				}
			}
		}
	}
}

func TestAlerts(t *testing.T) {
	var rules struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Expr, For    string
				Labels, Annotations map[string]string
			}
		}
	}
	d := yaml.NewDecoder(strings.NewReader(doc(t, "alerts.yaml")))
	d.KnownFields(true)
	if err := d.Decode(&rules); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range rules.Groups[0].Rules {
		if r.Alert == "" || seen[r.Alert] || r.Expr == "" || r.Labels["severity"] == "" || r.Annotations["summary"] == "" || r.Annotations["description"] == "" {
			t.Errorf("alert %q is not whole", r.Alert)
		}
		seen[r.Alert] = true
		if strings.Count(r.Expr, "(") != strings.Count(r.Expr, ")") || strings.Count(r.Expr, `"`)%2 != 0 {
			t.Errorf("%s: %s", r.Alert, r.Expr)
		}
		code, ok := strings.CutPrefix(r.Annotations["runbook"], "/docs/runbook#")
		if !ok || !text.InRunBook(store.Code(code)) {
			t.Errorf("%s points at %q, which the run book does not have", r.Alert, r.Annotations["runbook"])
		}
	}
	if len(seen) < 5 {
		t.Errorf("only %d alerts", len(seen))
	}
}

func TestDashboard(t *testing.T) {
	var board struct {
		Title, UID string
		Panels     []struct {
			ID      int
			Type    string
			Title   string
			GridPos struct{ X, Y, W, H int }
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(doc(t, "dashboard.json")), &board); err != nil {
		t.Fatal(err)
	}
	ids := map[int]bool{}
	for i, p := range board.Panels {
		asks := len(p.Targets) > 0 && p.Targets[0].Expr != ""
		if p.Title == "" || p.Type == "" || asks == (p.Type == "row") || ids[p.ID] {
			t.Errorf("panel %d (%s) is not whole", p.ID, p.Title)
		}
		ids[p.ID] = true
		for _, q := range board.Panels[:i] {
			a, b := p.GridPos, q.GridPos
			if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
				t.Errorf("%s lies over %s", p.Title, q.Title)
			}
		}
		if p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("%s is outside the board", p.Title)
		}
	}
	if board.Title == "" || board.UID == "" || len(board.Panels) < 5 {
		t.Error("the board is not whole")
	}
}

// TestUnit: the sections of a systemd unit, each setting one line, and every setting of ours one that the program reads.
func TestUnit(t *testing.T) {
	section, sections := "", map[string]int{}
	for line := range strings.Lines(doc(t, "samband.service") + doc(t, "samband-backup.service") + doc(t, "samband-backup.timer")) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[' && line[len(line)-1] == ']':
			section = line
		default:
			if name, _, ok := strings.Cut(line, "="); !ok || section == "" || !regexp.MustCompile(`^[A-Z][A-Za-z]+$`).MatchString(name) {
				t.Errorf("not a setting: %q", line)
			}
			sections[section]++
		}
	}
	if len(sections) != 4 || sections["[Timer]"] == 0 || sections["[Unit]"] == 0 || sections["[Service]"] == 0 || sections["[Install]"] == 0 {
		t.Errorf("sections %v", sections)
	}
	program, err := os.ReadFile("../main.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"samband.service", "samband-backup.service", "nginx.conf", "caddy.conf"} {
		text := doc(t, name)
		for _, s := range regexp.MustCompile(`SAMBAND_[A-Z_]+`).FindAllString(text, -1) {
			if s != "SAMBAND_" && !strings.Contains(string(program), `"`+s+`"`) {
				t.Errorf("%s sets %s, which the program does not read", name, s)
			}
		}
		if strings.HasSuffix(name, ".conf") && (strings.Count(text, "{") != strings.Count(text, "}") || !strings.Contains(text, "127.0.0.1:8080")) {
			t.Errorf("%s is not whole", name)
		}
	}
}
