package jobs

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/seed"
)

// person is somebody who has logged in.
func (h *house) person(name string) store.User {
	h.t.Helper()
	u, err := h.DB.SignIn(h.t.Context(), "demo", name, name, h.clock.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	return u
}

// delivered gives the content of the delivery that lies in the drop folder.
func (h *house) delivered() []byte {
	h.t.Helper()
	paths, _ := filepath.Glob(filepath.Join(h.demoFolder(), "*.csv"))
	if len(paths) != 1 {
		h.t.Fatalf("%q", paths)
	}
	b, err := os.ReadFile(paths[0])
	if err != nil {
		h.t.Fatal(err)
	}
	return b
}

// held gives what the registries, the vault and the sealed deliveries are on the disk, their logs too: content and time.
func (h *house) held() string {
	h.t.Helper()
	var out strings.Builder
	for _, part := range []string{"registries", "sealed", "vault.db", "vault.db-wal"} {
		filepath.WalkDir(filepath.Join(h.conf.Data, part), func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && !strings.HasSuffix(path, "-shm") {
				info, _ := d.Info()
				b, err := os.ReadFile(path)
				if err != nil {
					h.t.Fatal(err)
				}
				fmt.Fprintf(&out, "%s %v %d %x\n", path, info.ModTime(), len(b), store.LeafHash(b))
			}
			return nil
		})
	}
	return out.String()
}

// find gives the files of the installation in which a text stands in clear.
func (h *house) find(text string) (files []string) {
	filepath.WalkDir(filepath.Dir(h.conf.Data), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !strings.HasPrefix(path, h.conf.Drop) {
			if b, err := os.ReadFile(path); err == nil && bytes.Contains(b, []byte(text)) {
				files = append(files, path)
			}
		}
		return nil
	})
	return files
}

func TestSample(t *testing.T) {
	h := open(t)
	var log bytes.Buffer
	h.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	ctx := t.Context()
	planted := h.deliver(1)
	content := h.delivered()
	v, c := h.mapped()
	u, other := h.person("ola"), h.person("kari")
	actor := store.UserActor(u, "r1")
	runs, err := h.DB.Runs(ctx, store.RunFilter{All: true, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	before := h.held()

	s, err := h.KeepSample(ctx, seed.DemoIntegration, u.ID, bytes.NewReader(content), actor)
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.PreviewSample(ctx, s, &v.Mapping, c)
	if err != nil || len(p.Rows) != PreviewRows || p.Accepted == 0 {
		t.Fatalf("%+v, %v", p, err)
	}
	if store.ScanPersonNumbers(fmt.Sprintf("%+v", p.Rows)) > 0 {
		t.Error("a preview shows a person number")
	}
	r, err := h.ReportSample(ctx, s, &v.Mapping, c)
	if err != nil {
		t.Fatal(err)
	}
	schema, profile, err := h.LookAtSample(ctx, s, v.Mapping.Source)
	if err != nil || profile.Rows+int64(r.QuarantinedBy["row.fields"]+r.QuarantinedBy["row.quote"]) != r.Counts.Read ||
		len(schema.Fields) != len(v.Mapping.Source) {
		t.Errorf("%d rows profiled of %d, %d fields, %v", profile.Rows, r.Counts.Read, len(schema.Fields), err)
	}
	if store.ScanPersonNumbers(fmt.Sprintf("%+v", profile)) > 0 {
		t.Error("a profile shows a person number")
	}
	for _, f := range v.Mapping.Source {
		if x := profile.Field(f.Name); f.Class == store.Direct && (!x.Direct || x.Top != nil || x.Patterns != nil || x.Distinct > 0) {
			t.Errorf("told of %s: %+v", f.Name, x)
		}
	}

	// Nothing of it took place, nothing of it lies in clear, and nobody else has it.
	if h.held() != before {
		t.Error("a registry, the vault or the sealed deliveries changed")
	}
	if now, _ := h.DB.Runs(ctx, store.RunFilter{All: true, Limit: 100}); len(now) != len(runs) {
		t.Error("there is a run of it")
	}
	rows := strings.Split(string(content), "\n")
	for _, row := range rows[1:5] {
		for _, text := range []string{row, strings.Split(row, ";")[0]} {
			if len(text) < 8 {
				t.Fatalf("%q is too short to look for", text)
			}
			if files := h.find(text); files != nil {
				t.Errorf("a row lies in clear in %q", files)
			}
			if strings.Contains(log.String(), text) {
				t.Error("a row is in the log of the process")
			}
		}
	}
	if _, err := h.DB.OwnSample(ctx, seed.DemoIntegration, other.ID); store.ClassOf(err) != store.NotFound {
		t.Errorf("somebody else's: %v", err)
	}

	// What it says is what a run then does.
	var faults int64
	for _, n := range planted.Faults {
		faults += n
	}
	run := h.run("")
	if r.Counts != run.Counts || r.Counts.Quarantined != faults || fmt.Sprint(r.QuarantinedBy) != fmt.Sprint(run.QuarantinedBy) {
		t.Errorf("report %+v %v, run %+v %v", r.Counts, r.QuarantinedBy, run.Counts, run.QuarantinedBy)
	}
	q, err := h.DB.Report(ctx, run.No)
	if err != nil || fmt.Sprint(q.Completeness, q.Checks, q.Doubles, q.Rows, q.Persons) !=
		fmt.Sprint(r.Quality.Completeness, r.Quality.Checks, r.Quality.Doubles, r.Quality.Rows, r.Quality.Persons) {
		t.Errorf("quality %+v, of the run %+v, %v", r.Quality, q, err)
	}

	// Gone after a day.
	if err := h.sweepSamples(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(h.samplePath(s.ID)); err != nil {
		t.Error("removed before its time", err)
	}
	h.clock.Advance(store.SampleLife)
	if _, err := h.PreviewSample(ctx, s, &v.Mapping, c); store.CodeOf(err) != "sample.not_found" {
		t.Errorf("still shown after a day: %v", err)
	}
	if err := h.sweepSamples(ctx); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(h.Dir.Samples()); len(left) != 0 {
		t.Error("still on the disk after a day")
	}
	said := map[string]int{}
	entries, err := h.DB.Audit(ctx, store.AuditFilter{All: true, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Kind == "sample" {
			said[e.Action]++
		}
	}
	if fmt.Sprint(said) != "map[sample.expire:1 sample.upload:1]" {
		t.Errorf("the log says %v", said)
	}
}

func TestSampleIsReplacedDroppedAndSwept(t *testing.T) {
	h := open(t)
	ctx, u := t.Context(), h.person("ola")
	upload := func() *store.Sample {
		t.Helper()
		s, err := h.KeepSample(ctx, seed.DemoIntegration, u.ID, strings.NewReader("a;b\n1;2\n"), by)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	files := func() int {
		list, _ := os.ReadDir(h.Dir.Samples())
		return len(list)
	}
	first, second := upload(), upload()
	if files() != 1 || first.ID == second.ID {
		t.Errorf("%d samples after a second upload", files())
	}
	if err := h.DropSample(ctx, seed.DemoIntegration, u.ID, by); err != nil || files() != 0 {
		t.Errorf("%d samples after it was removed, %v", files(), err)
	}
	if err := h.DropSample(ctx, seed.DemoIntegration, u.ID, by); store.CodeOf(err) != "sample.not_found" {
		t.Error(err)
	}
	s := upload()
	if err := h.DB.BlockUser(ctx, u.ID, "mistet kortet", by); err != nil {
		t.Fatal(err)
	}
	lost := h.samplePath("lost") // a stop came between the file and the row
	if err := os.WriteFile(lost, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	old := h.clock.Now().Add(-time.Hour)
	if err := errors.Join(os.Chtimes(lost, old, old), h.sweepSamples(ctx)); err != nil {
		t.Fatal(err)
	}
	if files() != 0 {
		t.Errorf("%d samples left; %s is of somebody who is blocked", files(), s.ID)
	}
}

func TestSampleIsRefused(t *testing.T) {
	h := open(t)
	u := h.person("ola")
	for name, c := range map[string]struct {
		in   io.Reader
		code store.Code
	}{
		"empty":            {strings.NewReader(""), "sample.empty"},
		"too large":        {io.LimitReader(zeros{}, store.MaxSample+1), "sample.too_large"},
		"a picture":        {strings.NewReader("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "csv.not_text"},
		"a broken package": {strings.NewReader("PK\x03\x04 og så noe annet"), "xlsx.not"},
		"no header":        {strings.NewReader("13929948089;Kari;12\n13929948089;Kari;13\n"), "source.no_header"},
	} {
		_, err := h.KeepSample(t.Context(), seed.DemoIntegration, u.ID, c.in, by)
		var e *store.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Class != store.Invalid || e.Field != "sample" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.KeepSample(t.Context(), "nei", u.ID, strings.NewReader("a\n1\n"), by); store.ClassOf(err) != store.NotFound {
		t.Error(err)
	}
	if list, _ := os.ReadDir(h.Dir.Samples()); len(list) != 0 {
		t.Errorf("%d files are left of what was refused", len(list))
	}
}

// workbook gives the least workbook there is with these rows in its first sheet.
func workbook(t *testing.T, rows ...[]string) []byte {
	t.Helper()
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	var sheet strings.Builder
	for _, row := range rows {
		sheet.WriteString("<row>")
		for _, cell := range row {
			fmt.Fprintf(&sheet, `<c t="inlineStr"><is><t>%s</t></is></c>`, cell)
		}
		sheet.WriteString("</row>")
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"_rels/.rels", `<Relationships><Relationship Id="a" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="` + rel + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns:r="` + rel + `"><sheets><sheet name="Ark" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/worksheets/sheet1.xml", `<worksheet><sheetData>` + sheet.String() + `</sheetData></worksheet>`},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = io.WriteString(w, part[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A workbook gives the same report as the same rows in a file.
func TestSampleFromAWorkbook(t *testing.T) {
	h := open(t)
	ctx, u := t.Context(), h.person("ola")
	h.deliver(1)
	v, c := h.mapped()
	content := h.delivered()
	var rows [][]string
	for _, line := range strings.Split(string(content), "\n") {
		if len(rows) < 40 && !strings.Contains(line, `"`) {
			rows = append(rows, strings.Split(line, ";"))
		}
	}
	report := func(in []byte, format string) *store.SampleReport {
		t.Helper()
		s, err := h.KeepSample(ctx, seed.DemoIntegration, u.ID, bytes.NewReader(in), by)
		if err != nil || s.Format != format {
			t.Fatalf("%+v, %v", s, err)
		}
		r, err := h.ReportSample(ctx, s, &v.Mapping, c)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	var file strings.Builder
	for _, row := range rows {
		file.WriteString(strings.Join(row, ";") + "\n")
	}
	a, b := report(workbook(t, rows...), store.SampleXLSX), report([]byte(file.String()), store.SampleCSV)
	if a.Counts != b.Counts || a.Counts.Read != 39 || fmt.Sprint(a.QuarantinedBy) != fmt.Sprint(b.QuarantinedBy) {
		t.Errorf("workbook %+v %v, file %+v %v", a.Counts, a.QuarantinedBy, b.Counts, b.QuarantinedBy)
	}
}

// What is tried needs no approval, ROS, LD, connection or version: a draft and a sample are enough.
func TestSampleBeforeAnything(t *testing.T) {
	h := open(t)
	ctx, u := t.Context(), h.person("ola")
	h.deliver(1)
	v, c := h.mapped()
	i, err := h.DB.Integration(ctx, seed.DemoIntegration)
	if err != nil {
		t.Fatal(err)
	}
	bare := &store.Integration{ID: "tidlig", RegistryID: i.RegistryID, MethodID: i.MethodID, Name: "Tidlig", Sensitivity: i.Sensitivity}
	if err := h.DB.CreateIntegration(ctx, bare, by); err != nil {
		t.Fatal(err)
	}
	s, err := h.KeepSample(ctx, bare.ID, u.ID, bytes.NewReader(h.delivered()), by)
	if err != nil {
		t.Fatal(err)
	}
	r, err := h.ReportSample(ctx, s, &v.Mapping, c)
	if err != nil || !r.Counts.Balanced() || r.Counts.Read == 0 || r.Counts.Unchanged != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if err := h.LookAtSource(ctx, bare.ID, &store.Mapping{}, by); store.CodeOf(err) != "delivery.nothing" {
		t.Errorf("without a connection: %v", err)
	}
	if err := h.UseSample(ctx, s, nil, by); err != nil {
		t.Fatal(err)
	}
	p, err := h.DB.SourceProfile(ctx, bare.ID)
	if err != nil || p.From != "" || store.ScanPersonNumbers(fmt.Sprintf("%+v", p)) > 0 {
		t.Errorf("%+v, %v", p, err)
	}
	for _, f := range v.Mapping.Source { // nobody has classed anything here: names and values alone tell
		if f.Is == store.AttrNumber && !p.Field(f.Name).Direct {
			t.Errorf("%s is told of: %+v", f.Name, p.Field(f.Name))
		}
	}
}

// BenchmarkPreviewSample is what a person waits for: the first hundred rows of a sample through a thousand rules.
func BenchmarkPreviewSample(b *testing.B) {
	h := open(b)
	ctx := b.Context()
	u := h.person("ola")
	m := store.Mapping{Source: []store.Field{{Name: "fnr", Class: store.Direct, Is: store.AttrNumber}, {Name: "nr", Class: store.Technical}},
		Checks: []store.Check{{Reason: "person", Kind: store.CheckPerson}, {Reason: "tall", Kind: store.CheckNumber}, {Reason: "mangler", Kind: store.CheckRequired}}}
	c := store.Codebook{ID: "bok", Version: 1, RegistryID: demoRegistry, Key: []string{"nr"}, Variables: []store.Variable{
		{Name: "nr", Type: store.VarText, Class: store.Technical, Required: true}}}
	m.Rules = []store.Rule{{Variable: "nr", Steps: []store.Step{{Kind: store.StepCopy, From: []string{"nr"}}}}}
	header, row := "fnr;nr", ""
	for i := range 1000 {
		f, v := fmt.Sprintf("felt%d", i), fmt.Sprintf("v%d", i)
		header, row = header+";"+f, row+";12,5"
		m.Source = append(m.Source, store.Field{Name: f, Class: store.Health})
		c.Variables = append(c.Variables, store.Variable{Name: v, Type: store.VarDecimal, Class: store.Health})
		m.Rules = append(m.Rules, store.Rule{Variable: v, Steps: []store.Step{{Kind: store.StepCopy, From: []string{f}},
			{Kind: store.StepMissing, Values: []string{"999", "-9"}}, {Kind: store.StepNumber}, {Kind: store.StepScale, Factor: 0.1}}})
	}
	var in strings.Builder
	in.WriteString(header + "\n")
	for i := range 1000 {
		fmt.Fprintf(&in, "13929948089;%d%s\n", i, row)
	}
	s, err := h.KeepSample(ctx, seed.DemoIntegration, u.ID, strings.NewReader(in.String()), by)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p, err := h.PreviewSample(ctx, s, &m, &c)
		if err != nil || len(p.Rows) != PreviewRows {
			b.Fatalf("%v", err)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

func TestLookAtSource(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	v, _ := h.mapped()
	h.deliver(1)
	if err := h.LookAtSource(ctx, seed.DemoIntegration, &v.Mapping, by); err != nil {
		t.Fatal(err)
	}
	schema, err := h.DB.SourceSchema(ctx, seed.DemoIntegration)
	if err != nil || store.SchemaDrift(&v.Mapping, schema).Any() {
		t.Errorf("%+v, %v", schema, err)
	}
	p, err := h.DB.SourceProfile(ctx, seed.DemoIntegration)
	if err != nil || p.Rows == 0 || p.From == "" || store.ScanPersonNumbers(fmt.Sprintf("%+v", p)) > 0 {
		t.Errorf("%+v, %v", p, err)
	}
	for _, f := range v.Mapping.Source {
		if x := p.Field(f.Name); x.Direct != (f.Class == store.Direct) {
			t.Errorf("%s: %+v", f.Name, x)
		}
	}
	h.run("") // the same when it has been loaded and lies sealed
	if err := h.LookAtSource(ctx, seed.DemoIntegration, &store.Mapping{}, by); err != nil {
		t.Fatal(err)
	}
	again, err := h.DB.SourceProfile(ctx, seed.DemoIntegration)
	if err != nil || again.Rows != p.Rows {
		t.Errorf("%+v, %v", again, err)
	}
	for _, f := range v.Mapping.Source { // the mapping says which are direct, also when nobody told
		if f.Class == store.Direct && !again.Field(f.Name).Direct {
			t.Errorf("%s is told of", f.Name)
		}
	}
	// Without a mapping, names and values alone say what is direct; the number at least is proposed as such.
	empty := &store.Mapping{}
	for _, f := range h.Propose(empty, schema) {
		was := v.Mapping.Field(f.Name)
		if was.Is == store.AttrNumber && f.Is != store.AttrNumber || was.Class == store.Direct && f.Class != store.Direct {
			t.Errorf("%s is proposed as %q %q", f.Name, f.Class, f.Is)
		}
	}
	if got := h.Propose(&v.Mapping, schema); got != nil {
		t.Errorf("all is classed, and it proposes %+v", got)
	}
}

// TestSampleWithoutIdentity: a trial runs on a file without the columns that only go to the identity half, with the same
// outcome, and names them. The person number, which decides about a row, and every other field it must have.
func TestSampleWithoutIdentity(t *testing.T) {
	h := open(t)
	ctx, u := t.Context(), h.person("ola")
	h.deliver(1)
	v, c := h.mapped()
	whole := strings.Split(strings.TrimSpace(string(h.delivered())), "\n")[:2]
	names := strings.Split(whole[0], ";")
	report := func(leave ...string) (*store.SampleReport, *store.Preview, error) {
		t.Helper()
		var lines []string
		for _, line := range whole {
			var cells []string
			for i, cell := range strings.Split(line, ";") {
				if !slices.Contains(leave, names[i]) {
					cells = append(cells, cell)
				}
			}
			lines = append(lines, strings.Join(cells, ";"))
		}
		s, err := h.KeepSample(ctx, seed.DemoIntegration, u.ID, strings.NewReader(strings.Join(lines, "\n")), by)
		if err != nil {
			t.Fatal(err)
		}
		p, err := h.PreviewSample(ctx, s, &v.Mapping, c)
		if err != nil {
			return nil, nil, err
		}
		if _, err := h.ExplainSample(ctx, s, &v.Mapping, c, 1, c.Variables[0].Name); err != nil {
			t.Error(err)
		}
		r, err := h.ReportSample(ctx, s, &v.Mapping, c)
		return r, p, err
	}
	want, _, err := report()
	if err != nil || want.Counts.Read != 1 || want.Absent != nil {
		t.Fatalf("%+v, %v", want, err)
	}
	got, p, err := report("fornavn", "etternavn", "postnr")
	if err != nil || fmt.Sprint(got.Absent) != "[fornavn etternavn postnr]" || fmt.Sprint(p.Absent) != fmt.Sprint(got.Absent) ||
		got.Counts != want.Counts || got.Fault != nil || got.Hold != nil {
		t.Errorf("%+v, with all columns %+v, %v", got, want, err)
	}
	for _, name := range []string{"fnr", "vekt"} {
		if _, _, err := report(name); store.CodeOf(err) != "delivery.column_missing" {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

// What is wrong with some rows, with some columns or with the mapping is told of, and the rest is shown.
func TestSampleWithFlaws(t *testing.T) {
	h := open(t)
	ctx, u := t.Context(), h.person("ola")
	h.deliver(1)
	v, c := h.mapped()
	plain := strings.Split(strings.TrimSpace(string(h.delivered())), "\n")[:41]
	keep := func(lines []string) *store.Sample {
		t.Helper()
		s, err := h.KeepSample(ctx, seed.DemoIntegration, u.ID, strings.NewReader(strings.Join(lines, "\n")), by)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	report := func(s *store.Sample, m *store.Mapping) *store.SampleReport {
		t.Helper()
		r, err := h.ReportSample(ctx, s, m, c)
		if err != nil || !r.Counts.Balanced() {
			t.Fatalf("%+v, %v", r, err)
		}
		return r
	}
	want := report(keep(plain), &v.Mapping)

	// A column that nobody has classed, in front of the others, and a row too many cells wide.
	wide := []string{"løpenr;" + plain[0] + ";notat"}
	for i, line := range plain[1:] {
		wide = append(wide, fmt.Sprintf("%d;%s;x", i, line))
	}
	wide = append(wide, "1;2")
	s := keep(wide)
	got := report(s, &v.Mapping)
	if fmt.Sprint(got.Extra) != "[løpenr notat]" || got.QuarantinedBy["row.fields"] != want.QuarantinedBy["row.fields"]+1 ||
		got.Counts.Loaded != want.Counts.Loaded || got.Fault != nil {
		t.Errorf("%+v\nwithout flaws %+v", got, want)
	}
	p, err := h.PreviewSample(ctx, s, &v.Mapping, c)
	if err != nil || fmt.Sprint(p.Extra) != "[løpenr notat]" || len(p.Rows) != len(wide)-1 || !p.Rows[len(p.Rows)-1].Broken {
		t.Errorf("%+v, %v", p, err)
	}
	schema, profile, err := h.LookAtSample(ctx, s, v.Mapping.Source)
	if err != nil || profile.Broken != got.QuarantinedBy["row.fields"] || profile.Rows+profile.Broken != got.Counts.Read ||
		len(schema.Fields) != len(v.Mapping.Source)+2 {
		t.Errorf("%d rows and %d broken, %v", profile.Rows, profile.Broken, err)
	}

	// The last rule is not made yet, and a check is missing: what can run is counted as a run counts it.
	part := v.Mapping
	part.Rules = part.Rules[:len(part.Rules)-1]
	missing := v.Mapping.Rules[len(part.Rules)].Variable
	part.Rules = append(part.Rules[:len(part.Rules):len(part.Rules)], store.Rule{Variable: missing,
		Steps: []store.Step{{Kind: store.StepCopy, From: []string{"finnes_ikke"}}}})
	got = report(s, &part)
	if got.Fault == nil || fmt.Sprint(got.Left) != "["+missing+"]" || got.Counts.Read != int64(len(wide)-1) || got.Counts.Loaded == 0 {
		t.Errorf("%+v", got)
	}
	for _, x := range got.Quality.Completeness {
		if x.Rows != got.Counts.Loaded || x.Filled+x.Unknown > x.Rows || x.Variable == missing {
			t.Errorf("%+v", x)
		}
	}
	if _, err := h.ReportSample(ctx, s, &store.Mapping{Source: v.Mapping.Source}, c); err == nil {
		t.Error("a report of no rules")
	}
}

func TestSampleLongerThanIsRead(t *testing.T) {
	h := open(t)
	s, err := h.KeepSample(t.Context(), seed.DemoIntegration, h.person("ola").ID,
		strings.NewReader("a\n"+strings.Repeat("1\n", store.MaxSampleRows+1)), by)
	if err != nil {
		t.Fatal(err)
	}
	if _, p, err := h.LookAtSample(t.Context(), s, nil); err != nil || p.Rows != store.MaxSampleRows || !p.More {
		t.Errorf("%+v, %v", p, err)
	}
}
