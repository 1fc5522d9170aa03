package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"samband/jobs"
	"samband/store"
	"samband/views/mapping"
)

// testMapper holds mappings to the rules of store. An expression with an open parenthesis can't be read.
type testMapper struct {
	Mapper
	preview   *store.Preview
	explain   *store.Explanation
	resolve   *store.ResolvePreview
	asked     int
	tried     store.Mapping // what was last asked about, and its codebook
	book      store.Codebook
	corrected *store.Preview   // with a correction
	failed    map[string]int64 // in the last run, by variable
}

func (m *testMapper) CheckMapping(_ context.Context, v *store.Mapping, c *store.Codebook) error {
	for _, r := range v.Rules {
		for _, s := range r.Steps {
			if s.Kind == store.StepExpr && strings.Count(s.Code, "(") != strings.Count(s.Code, ")") {
				return store.FieldError("rules."+r.Variable, "mapping.expression_at",
					store.Args{"code": s.Code, "line": 1, "column": len(s.Code) + 1})
			}
		}
	}
	return v.Validate(c)
}

func (m *testMapper) Completion(v *store.Mapping, _ *store.Codebook, _ store.ExprPlace) store.Completion {
	c := store.Completion{Functions: []store.CompletionFunction{{Name: "len", Signature: "len(text) → integer", Insert: "len("},
		{Name: "lower", Signature: "lower(text) → text", Insert: "lower("}}}
	for _, f := range v.Source {
		c.Names = append(c.Names, store.CompletionName{Name: f.Name, Insert: f.Name, Type: store.VarText})
	}
	return c
}

func (m *testMapper) PreviewMapping(_ context.Context, _ string, v *store.Mapping, c *store.Codebook) (*store.Preview, error) {
	m.asked++
	m.tried, m.book = *v, *c
	if m.corrected != nil && len(v.Corrections) > 0 {
		return m.corrected, nil
	}
	if m.preview == nil {
		return nil, store.E(store.Unavailable, "delivery.nothing", nil)
	}
	return m.preview, nil
}

func (m *testMapper) ExplainMapping(_ context.Context, _ string, v *store.Mapping, _ *store.Codebook, position int64,
	variable string) (*store.Explanation, error) {
	m.asked++
	m.tried = *v
	if m.explain == nil || m.explain.Position != position {
		return nil, store.E(store.NotFound, "mapping.no_row", store.Args{"position": position})
	}
	return m.explain, nil
}

func (m *testMapper) PreviewResolve(_ context.Context, _ string, v *store.Mapping, _ *store.Codebook) (*store.ResolvePreview, error) {
	m.asked++
	m.tried = *v
	if m.resolve == nil {
		return nil, store.E(store.Unavailable, "delivery.nothing", nil)
	}
	return m.resolve, nil
}

func (m *testMapper) FormatMapping(x *store.Mapping) ([]byte, error) {
	return new(jobs.Jobs).FormatMapping(x)
}

func (m *testMapper) ParseMapping(b []byte) (*store.Mapping, error) {
	return new(jobs.Jobs).ParseMapping(b)
}

func (m *testMapper) TypicalMapping(_ context.Context, v *store.Mapping, _ *store.Codebook, p *store.SourceProfile) ([]store.PreviewCell, error) {
	var cells []store.PreviewCell
	for _, r := range v.Rules {
		if f := p.Field(r.Fields()[0]); f != nil && len(f.Top) > 0 {
			cells = append(cells, store.PreviewCell{Variable: r.Variable, Before: []string{f.Top[0].Text}, After: store.TextValue("ut")})
		}
	}
	return cells, nil
}

func (m *testMapper) FailedVariables(_ context.Context, registryID string, runNo int64) (map[string]int64, error) {
	return m.failed, nil
}

const mappingOf = "/integrations/hjerte-rdap/mapping"

func newMappingRegister(t *testing.T) (*register, *testMapper) {
	g, m := newRegister(t), &testMapper{}
	g.Mapper = m
	g.saveMapping(2, "opphold", "vekt")
	return g, m
}

// vekt is a rule's form: kilo from the field, times a factor.
func vekt(based, edits int, factor string, more ...string) []string {
	return append([]string{"based", strconv.Itoa(based), "edits", strconv.Itoa(edits), "s.n", "3",
		"s.0.kind", "copy", "s.0.from", "k_vekt", "s.1.kind", "number", "s.1.whole", "on",
		"s.2.kind", "scale", "s.2.factor", factor}, more...)
}

func TestMappingShow(t *testing.T) {
	g, m := newMappingRegister(t)
	coordinator, reader := g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleReader, "hjerte")
	answers(t, coordinator.get(mappingOf), 200, "2 av 2 variabler er mappet", "Regel for Vekt:", `<span class="rule">heltall</span>`, `value="k_vekt"`, "Opphold", "Versjon 2, i bruk",
		mappingOf+"/source-fields", "Bare til hvelvet", "Endre")
	answers(t, coordinator.get(mappingOf+"?version=1"), 200, "1 av 2 variabler er mappet", "Ikke mappet", "Versjon 1, ikke i bruk")
	answers(t, coordinator.get(mappingOf+"?version=9"), http.StatusNotFound)
	answers(t, reader.get(mappingOf), 200, "Regel for Vekt:", `<span class="rule">heltall</span>`, `!name="f.`, "!source-fields", "!Endre feltene", "!Hent fram")
	answers(t, reader.get(mappingOf+"/vekt"), 200, "k_vekt → heltall", "!<textarea", "!Lagre regelen")
	answers(t, g.as(store.RoleCoordinator, "lunge").get(mappingOf), http.StatusNotFound)
	answers(t, g.as(store.RoleCoordinator, "lunge").get("/integrations/lunge-rdap/mapping"), 200, "ingen kodebok")
	answers(t, coordinator.get(mappingOf+"/finnes_ikke"), http.StatusNotFound)
	answers(t, reader.get(mappingOf+"/source-fields"), http.StatusForbidden)
	if m.asked != 0 {
		t.Error("rows were read without anybody asking")
	}
}

func TestMappingRule(t *testing.T) {
	g, _ := newMappingRegister(t)
	coordinator := g.as(store.RoleCoordinator, "hjerte")
	at := mappingOf + "/vekt"
	answers(t, coordinator.get(at), 200, "Kopi", "k_vekt", `value="2"`, "heltall", "Neste steg")

	// steps are added, moved and removed in the form; nothing is kept
	answers(t, coordinator.post(at, vekt(2, 0, "2", "do", "add s", "s.add", "when")...), 200, `name="s.3.then.n"`, "Steget er lagt til")
	answers(t, coordinator.post(at, vekt(2, 0, "2", "do", "add s.1", "s.1.add", "trim")...), 200,
		`name="s.1.kind" value="trim"`, `name="s.3.kind" value="scale"`)
	answers(t, coordinator.post(at, vekt(2, 0, "2", "do", "up s.2")...), 200, `name="s.1.kind" value="scale"`, `name="s.2.kind" value="number"`)
	answers(t, coordinator.post(at, vekt(2, 0, "2", "do", "move s.2 1")...), 200, `name="s.1.kind" value="scale"`, "Steget er flyttet")
	answers(t, coordinator.post(at, vekt(2, 0, "2", "do", "move s.2 9")...), 200, `name="s.2.kind" value="scale"`)
	answers(t, coordinator.post(at, vekt(2, 0, "to", "do", "remove s.1")...), 200, `name="s.1.kind" value="scale"`, `value="to"`, "(ikke ferdig)")
	answers(t, coordinator.get(mappingOf), 200, "!Din kladd")

	// what is wrong stands at its field, and what was written stays
	answers(t, coordinator.post(at, vekt(2, 0, "mange", "do", "save")...), 422, "f-s.2.factor-error", `value="mange"`)
	answers(t, coordinator.post(at, "based", "2", "edits", "0", "do", "save"), 422, `href="#f-s.add"`)
	answers(t, coordinator.post(at, "based", "2", "edits", "0", "s.n", "1", "s.0.kind", "copy", "s.0.from", "fnr", "do", "save"),
		422, `href="#f-s.0"`)
	answers(t, coordinator.post(at, "based", "2", "edits", "0", "s.n", "1", "s.0.kind", "expr", "s.0.code", "int(k_vekt", "do", "save"),
		422, "f-s.0.code-error", "linje 1, tegn 11")

	leads(t, coordinator.post(at, vekt(2, 0, "1000", "do", "save")...), mappingOf+"#variables")
	answers(t, coordinator.get(mappingOf), 200, "Regelen for Vekt er lagret i kladden din.", "Din kladd", "heltall → × 1000", "1 endring",
		"Regelen for vekt er endret", "Kladd over versjon 2")
	answers(t, g.as(store.RoleReader, "hjerte").get(mappingOf), 200, "!Din kladd", "!× 1000")

	// a second window is told, and writes nothing over the first
	answers(t, coordinator.post(at, vekt(2, 0, "5", "do", "save")...), http.StatusConflict, "et annet vindu", `value="5"`)
	answers(t, coordinator.get(mappingOf), 200, "× 1000")
	leads(t, coordinator.post(at, "based", "2", "edits", "1", "s.n", "0", "do", "clear"), mappingOf+"#variables")
	answers(t, coordinator.get(mappingOf), 200, "Regelen for vekt er fjernet")

	for _, w := range []struct {
		as   *visitor
		want int
	}{{g.as(store.RoleReader, "hjerte"), 403}, {g.as(store.RoleCoordinator, "lunge"), 404}, {g.as(store.RoleAdmin, "*"), 403}} {
		if got := w.as.post(at, vekt(2, 0, "1", "do", "save")...); got.Code != w.want {
			t.Errorf("somebody else writes a rule: %d, not %d", got.Code, w.want)
		}
	}
}

// TestMappingRuleTry: a rule that is written is tried on the newest delivery, alone, and nothing is kept.
func TestMappingRuleTry(t *testing.T) {
	g, m := newMappingRegister(t)
	coordinator, at := g.as(store.RoleCoordinator, "hjerte"), mappingOf+"/try-rule/vekt"
	m.preview = &store.Preview{Delivery: "uttrekk.csv", Rows: []store.PreviewRow{
		{Position: 1, Cells: []store.PreviewCell{{Variable: "vekt", Before: []string{"3420"}, After: store.IntValue(3420)}}},
		{Position: 2, Cells: []store.PreviewCell{{Variable: "vekt", Before: []string{"3420"}, After: store.IntValue(3420)}}},
		{Position: 3, Cells: []store.PreviewCell{{Variable: "vekt", Before: []string{"tung"}, Reason: "tall"}}},
		{Position: 4, Cells: []store.PreviewCell{{Variable: "vekt", Before: []string{store.Mask}, After: store.TextValue(store.Mask)}}},
		{Position: 5, Broken: true}}}
	answers(t, coordinator.post(at, vekt(2, 0, "1", "do", "try")...), 200, "5 rader fra uttrekk.csv", "3420", "Ikke et helt tall",
		`value="take 0"`, `value="take 1"`, "!take 2")
	if m.asked != 1 || len(m.tried.Rules) != 1 || m.tried.Rules[0].Steps[2].Factor != 1 || len(m.book.Variables) != 1 {
		t.Errorf("asked %d times, for %+v", m.asked, m.tried.Rules)
	}
	coordinator.post(at, vekt(2, 0, "2", "do", "try")...)
	if n := g.audited("mapping.preview"); n != 1 {
		t.Errorf("%d lines in the log for one look", n)
	}
	asked := m.asked
	answers(t, coordinator.post(at, vekt(2, 0, "mange", "do", "try")...), 200, "Regelen er ikke ferdig", "f-s.2.factor-error")
	if m.asked != asked {
		t.Error("a rule that can't be read was tried")
	}
	answers(t, coordinator.get(mappingOf), 200, "!Din kladd")
	if got := g.as(store.RoleReader, "hjerte").post(at, vekt(2, 0, "1")...); got.Code != http.StatusForbidden {
		t.Errorf("a reader tries a rule: %d", got.Code)
	}

	// a sample becomes an example, and the draft holds it
	taken := vekt(2, 0, "1", "do", "take 0", "p.f", "k_vekt", "p.0.in", "3420", "p.0.outcome", "value", "p.0.out", "3420")
	answers(t, coordinator.post(mappingOf+"/vekt", taken...), 200, `name="x.0.in" `, `value="3420"`, "Eksempelet er lagt til")
	examples := func(more ...string) []string {
		return vekt(2, 0, "1", append([]string{"x.n", "3", "x.f", "k_vekt", "x.0.in", "3420", "x.0.outcome", "value", "x.0.out", "3420",
			"x.1.in", "tung", "x.1.outcome", "number"}, more...)...)
	}
	answers(t, coordinator.post(mappingOf+"/vekt", examples("do", "forget 0")...), 200, "!3420", `value="tung"`)
	answers(t, coordinator.post(mappingOf+"/vekt", examples("x.2.out", "7", "do", "save")...), 422, "f-x.2.outcome-error")
	answers(t, coordinator.post(mappingOf+"/vekt", examples("x.2.in", "17837130158", "x.2.outcome", "null", "do", "save")...), 422)
	leads(t, coordinator.post(mappingOf+"/vekt", examples("do", "save")...), mappingOf+"#variables")
	answers(t, coordinator.get(mappingOf+"/vekt"), 200, `value="tung"`, `value="3420"`)
}

// TestStepForms: what a form shows of any step is read back as that step.
func TestStepForms(t *testing.T) {
	two := 2
	steps := []store.Step{
		{Kind: store.StepCopy, From: []string{"felt med mellomrom"}},
		{Kind: store.StepConstant, Value: "OUS"},
		{Kind: store.StepMissing, Values: []string{"", "-9", "UKJENT"}},
		{Kind: store.StepMissing, Values: []string{"-9", "-8"}, Map: map[string]string{"": "98", "X": "99"},
			Reasons: map[string]store.MissingReason{"-8": store.MissingDeclined}},
		{Kind: store.StepFirst, From: []string{"b", "a"}, Values: []string{"-9"}},
		{Kind: store.StepGreatest, From: []string{"a", "b"}, Decimal: ","},
		{Kind: store.StepLeast, From: []string{"a"}},
		{Kind: store.StepMean, From: []string{"a", "b", "c"}, Decimal: "."},
		{Kind: store.StepLookup, Table: "avdelinger", Column: "kode med / i", Otherwise: store.OtherCode, Value: "9"},
		{Kind: store.StepLookup, Table: "avdelinger", Column: "kode"},
		{Kind: store.StepNormalise, System: "2.16.578.1.12.4.1.1.7110"},
		{Kind: store.StepCodes, Map: map[string]string{"1": "mann"}, Otherwise: store.OtherKeep},
		{Kind: store.StepTrim},
		{Kind: store.StepCodes, Map: map[string]string{"1": "mann", "2": "kvinne"}, Null: []string{"9"}},
		{Kind: store.StepDate, Layout: "dd.mm.yyyy"},
		{Kind: store.StepNumber, Whole: true},
		{Kind: store.StepNumber, Decimal: ","},
		{Kind: store.StepUnit, From: []string{"enhet"}, Units: []store.UnitFactor{{Unit: "µmol/L", Factor: 1}, {Unit: "mg/dL", Factor: 88.42, Decimals: &two}}},
		{Kind: store.StepScale, Factor: 0.001},
		{Kind: store.StepWhen, If: &store.Condition{Op: store.OpLess, Value: "2.5"}, Then: []store.Step{{Kind: store.StepScale, Factor: 100}},
			Else: []store.Step{{Kind: store.StepWhen, If: &store.Condition{Field: "a", Op: store.OpIn, Values: []string{"x", "y"}},
				Then: []store.Step{{Kind: store.StepTrim}}}}},
		{Kind: store.StepExpr, Code: "upper(value)"},
		{Kind: store.StepJoin, From: []string{"a", "b"}, Separator: " "},
		{Kind: store.StepSplit, Separator: ";", Part: 2},
	}
	v := url.Values{}
	var write func(path string, list []mapping.StepForm)
	write = func(path string, list []mapping.StepForm) {
		v.Set(path+".n", strconv.Itoa(len(list)))
		for _, f := range list {
			on := map[bool]string{true: "on"}
			for name, value := range map[string]string{"kind": string(f.Kind), "value": f.Value, "values": f.Values,
				"codes": f.Codes, "null": f.Null, "layout": f.Layout, "decimal": f.Decimal, "units": f.Units, "factor": f.Factor,
				"code": f.Code, "separator": f.Separator, "part": f.Part, "empty": f.Empty, "whole": on[f.Whole],
				"field": f.Field, "op": f.Op, "than": f.Than, "otherwise": f.Otherwise, "lookup": f.Lookup, "system": f.System} {
				v.Set(f.Name(name), strings.ReplaceAll(value, "\n", "\r\n"))
			}
			v[f.Name("from")] = append(slices.Clone(f.From), "", "")
			for _, m := range append(slices.Clone(f.Missing), mapping.MissingForm{Outcome: mapping.OutcomeNull}) {
				v.Add(f.Name("missing"), m.Text)
				v.Add(f.Name("outcome"), m.Outcome)
			}
			write(f.Path+".then", f.Then)
			write(f.Path+".else", f.Else)
		}
	}
	write("s", mapping.ShowSteps("s", steps))
	f := &form{values: v}
	got := f.steps(mapping.ReadSteps(v, "s"))
	if !f.ok() {
		t.Fatal(f.errors)
	}
	for i := range steps {
		if !reflect.DeepEqual(got[i], steps[i]) {
			t.Errorf("%s\n got %+v\nwant %+v", steps[i].Kind, got[i], steps[i])
		}
	}
	for _, k := range store.StepKinds {
		if !slices.ContainsFunc(steps, func(s store.Step) bool { return s.Kind == k }) {
			t.Errorf("%s is not tried", k)
		}
	}
	for name, bad := range map[string][2]string{"codes": {"codes", "1 mann"}, "codes twice": {"codes", "1 = a\n1 = b"},
		"unit": {"units", "mg/dL = mye"}, "decimals": {"units", "mg = 1; 99"}, "part": {"part", "0"}, "layout": {"layout", "yy"},
		"missing twice": {"missing", "-9"}, "no table": {"lookup", "avdelinger"}, "person number": {"missing", "17837130158"}} {
		kind := map[string]store.StepKind{"codes": store.StepCodes, "units": store.StepUnit, "part": store.StepSplit, "layout": store.StepDate,
			"missing": store.StepMissing, "lookup": store.StepLookup}[bad[0]]
		f := &form{values: url.Values{"s.n": {"1"}, "s.0.kind": {string(kind)}, "s.0." + bad[0]: {bad[1]}, "s.0.from": {"a"}, "s.0.separator": {";"}, "s.0.outcome": {"null", "null"}}}
		if name == "missing twice" {
			f.values.Add("s.0.missing", bad[1])
		}
		f.steps(mapping.ReadSteps(f.values, "s"))
		if f.errors.Of("s.0."+bad[0]) == nil {
			t.Errorf("%s: nothing is wrong with %q", name, bad[1])
		}
	}
}

func TestMappingFields(t *testing.T) {
	g, _ := newMappingRegister(t)
	coordinator, at := g.as(store.RoleCoordinator, "hjerte"), mappingOf+"/source-fields"
	fields := func(more ...string) []string {
		return append([]string{"based", "2", "edits", "0", "f.n", "3", "f.0.name", "fnr", "f.0.class", "direct", "f.0.is", "number",
			"f.1.name", "k_opphold", "f.1.class", "technical", "f.2.name", "k_vekt", "f.2.class", "health"}, more...)
	}
	answers(t, coordinator.get(at), 200, `value="k_vekt"`)
	answers(t, coordinator.post(at, fields("do", "add")...), 200, `name="f.3.name"`)
	answers(t, coordinator.post(at, fields("do", "remove 1")...), 200, "!k_opphold", `value="k_vekt"`)
	answers(t, coordinator.post(at, "based", "2", "edits", "0", "f.n", "2", "f.0.name", "a", "f.0.class", "", "f.1.name", "a",
		"f.1.class", "health", "f.1.is", "phone", "do", "save"), 422, "f-f.0.class-error", "f-f.1.is-error", "f-f.1.name-error")
	answers(t, coordinator.post(at, "based", "2", "edits", "0", "f.n", "1", "f.0.name", "a", "f.0.class", "health", "do", "save"), 422,
		"problems")
	leads(t, coordinator.post(at, fields("f.2.label", "Vekt i kilo", "do", "save")...), mappingOf+"#fields")
	answers(t, coordinator.get(mappingOf), 200, "Vekt i kilo", "Felt endret: k_vekt")
	answers(t, coordinator.post(at, fields("do", "save")...), http.StatusConflict, "et annet vindu")
	if w := g.as(store.RoleReader, "hjerte").post(at, fields("do", "save")...); w.Code != 403 {
		t.Errorf("a reader changes fields: %d", w.Code)
	}
}

func TestMappingFieldsRest(t *testing.T) {
	g, _ := newMappingRegister(t)
	coordinator, at := g.as(store.RoleCoordinator, "hjerte"), mappingOf+"/source-fields"
	rows := func(more ...string) []string {
		return append([]string{"based", "2", "edits", "0", "f.n", "3", "f.0.name", "fnr", "f.0.class", "direct", "f.0.is", "number",
			"f.1.name", "a", "f.2.name", "b", "do", "rest"}, more...)
	}
	answers(t, coordinator.post(at, rows("rest", "technical")...), 200, `<option value="direct" selected>`, `<option value="technical" selected>`)
	answers(t, coordinator.post(at, rows("rest", "direct")...), 200, "De 2 feltene uten klasse", `<option value="direct" selected>`)
}

func TestMappingUsual(t *testing.T) {
	g, _ := newMappingRegister(t)
	coordinator, at := g.as(store.RoleCoordinator, "hjerte"), mappingOf+"/usual-checks"
	answers(t, coordinator.post(at, "based", "2", "edits", "4"), 409)
	answers(t, coordinator.get(mappingOf+"/row-checks"), 200, "Legg til de vanlige kontrollene")
	leads(t, coordinator.post(at, "based", "2", "edits", "0"), mappingOf+"#checks")
	answers(t, coordinator.get(mappingOf+"/row-checks"), 200, `value="person_in_text"`)
	leads(t, coordinator.post(at, "based", "2", "edits", "1"), mappingOf+"#checks")
	answers(t, coordinator.get(mappingOf), 200, "er med allerede", "Fødselsnummer i tekst")
	leads(t, coordinator.post(mappingOf+"/undo-edit", "edits", "1"), mappingOf+"#variables")
	answers(t, coordinator.get(mappingOf+"/row-checks"), 200, "Legg til de vanlige kontrollene")
	answers(t, g.as(store.RoleReader, "hjerte").post(at), 403)
	answers(t, g.as(store.RoleCoordinator, "lunge").post(at), 404)
}

func TestMappingChecks(t *testing.T) {
	g, _ := newMappingRegister(t)
	coordinator, at := g.as(store.RoleCoordinator, "hjerte"), mappingOf+"/row-checks"
	checks := func(more ...string) []string {
		return append([]string{"based", "2", "edits", "0", "k.n", "4", "k.0.kind", "person", "k.0.reason", "fnr", "k.1.kind", "required",
			"k.1.reason", "mangler", "k.2.kind", "range", "k.2.reason", "grense", "k.3.kind", "number", "k.3.reason", "tall"}, more...)
	}
	answers(t, coordinator.get(at), 200, "Kontroll 4: Ikke et tall", `value="mangler"`)
	answers(t, coordinator.post(at, checks("do", "add", "add_kind", "order")...), 200, "Kontroll 5: Feil rekkefølge", `name="k.4.earlier"`)
	answers(t, coordinator.post(at, checks("do", "add", "add_kind", "list")...), 200, `name="k.4.system"`, `name="k.4.at"`)
	list := func(more ...string) []string {
		return append(checks("k.4.kind", "list", "k.4.reason", "kodeverk", "k.4.variables", "opphold", "do", "save"), more...)
	}
	listed := func(more ...string) []string {
		fields := list(more...)
		fields[slices.Index(fields, "k.n")+1] = "5"
		return fields
	}
	answers(t, coordinator.post(at, listed()...), 422, "f-k.4.system-error")
	answers(t, coordinator.post(at, listed("k.4.system", "2.16.578.1.12.4.1.1.7110")...), 422, "f-k.4.system-error", "7110") // not pinned
	answers(t, coordinator.post(at, checks("do", "up 3")...), 200, "Kontroll 3: Ikke et tall", "Kontroll 4: Utenfor grensene")
	answers(t, coordinator.post(at, checks("do", "remove 0")...), 200, "!fnr", "Kontroll 1: Mangler")
	answers(t, coordinator.post(at, "based", "2", "edits", "0", "k.n", "1", "k.0.kind", "person", "k.0.reason", "fnr", "do", "save"), 422,
		`href="#f-add_kind"`) // faults that no check would catch
	answers(t, coordinator.post(at, "based", "2", "edits", "0", "k.n", "2", "k.0.kind", "person", "k.0.reason", "Æ", "k.1.kind", "rule",
		"k.1.reason", "r", "do", "save"), 422, "f-k.0.reason-error", "f-k.1.code-error")
	answers(t, coordinator.post(at, checks("keep", "on", "keep.op", "eq", "do", "save")...), 422, "f-keep.field-error")
	leads(t, coordinator.post(at, checks("k.3.text", "Vekt er ikke et tall", "keep", "on", "keep.field", "k_vekt", "keep.op", "present", "classic", "on", "do", "save")...), mappingOf+"#checks")
	answers(t, coordinator.get(mappingOf), 200, "Vekt er ikke et tall", "k_vekt finnes", "vanlige kontrollsifre",
		"Utvalget er avgrenset")
	if w := g.as(store.RoleReader, "hjerte").post(at, checks("do", "save")...); w.Code != 403 {
		t.Errorf("a reader changes checks: %d", w.Code)
	}
}

func TestMappingSave(t *testing.T) {
	g, _ := newMappingRegister(t)
	g.approve()
	kaja := g.as(store.RoleCoordinator, "hjerte")
	answers(t, kaja.post(mappingOf+"/save-draft", "edits", "1", "message", "x"), http.StatusConflict)
	kaja.post(mappingOf+"/vekt", vekt(2, 0, "1000", "do", "save")...)
	answers(t, kaja.get(mappingOf), 200, "Godkjenningen dekker ikke dette", "Vekt", "Lagre som versjon 3")
	answers(t, kaja.post(mappingOf+"/save-draft", "edits", "1"), 422, "f-message-error")

	// somebody else is first: the page says who and what, and asks
	g.saveMapping(3, "opphold")
	answers(t, kaja.post(mappingOf+"/save-draft", "edits", "1", "message", "Gram"), http.StatusConflict, "seeder lagret versjon 3",
		"Regelen for vekt er fjernet", ">Flett<", "!Lagre som versjon")
	merged := []string{"based", "2", "edits", "1", "newest", "3"}
	answers(t, kaja.get(mappingOf+"/merge-drafts"), 200, "1 ting dere begge har endret", "seeder lagret versjon 3", "× 1000", "fjernet")
	answers(t, kaja.post(mappingOf+"/merge-drafts", merged...), 422, "f-choice.0-error")
	answers(t, kaja.post(mappingOf+"/merge-drafts", "newest", "2", "edits", "1", "choice.0", "mine"), http.StatusConflict)
	answers(t, kaja.post(mappingOf+"/merge-drafts", "newest", "3", "edits", "0", "choice.0", "mine"), http.StatusConflict)
	leads(t, kaja.post(mappingOf+"/merge-drafts", append(merged, "choice.0", "mine")...), mappingOf+"#draft")
	answers(t, kaja.get(mappingOf+"/merge-drafts"), http.StatusConflict) // there is nothing to merge any more
	answers(t, kaja.get(mappingOf), 200, "Mappingen leser feltet «k_vekt», som kilden ikke har")
	leads(t, kaja.post(mappingOf+"/restore-version", "no", "2", "based", "3", "edits", "2"), mappingOf+"#draft")
	kaja.post(mappingOf+"/vekt", vekt(3, 3, "1000", "do", "save")...)
	answers(t, kaja.post(mappingOf+"/save-draft", "edits", "1", "message", "Gram"), http.StatusConflict) // the draft has moved on
	leads(t, kaja.post(mappingOf+"/save-draft", "edits", "4", "message", "Gram"), mappingOf+"/all-versions")
	v, err := g.db.MappingVersion(t.Context(), "hjerte-rdap", 0)
	if err != nil || v.No != 4 || v.Message != "Gram" || len(v.Mapping.Rule("vekt").Steps) != 3 || v.CreatedBy == "" {
		t.Fatalf("saved %+v, %v", v, err)
	}
	answers(t, kaja.get(mappingOf+"/all-versions"), 200, "Versjon 4 er lagret.", "Ta versjon 4 i bruk", "Godkjenningen dekker ikke dette",
		"I bruk", "Gram", mappingOf+"/as-yaml?version=4")
	answers(t, kaja.get(mappingOf), 200, "!Din kladd")

	// it runs only when somebody puts it in use
	if g.integration("hjerte-rdap").MappingNo != 3 {
		t.Error("a saved version is in use by itself")
	}
	version := strconv.Itoa(g.integration("hjerte-rdap").Version)
	answers(t, kaja.post(mappingOf+"/use-version", "no", "4", "version", "1"), http.StatusConflict)
	answers(t, kaja.post(mappingOf+"/use-version", "no", "9", "version", version), http.StatusNotFound)
	answers(t, kaja.post(mappingOf+"/use-version", "no", "x", "version", version), http.StatusNotFound)
	answers(t, g.as(store.RoleReader, "hjerte").post(mappingOf+"/use-version", "no", "4", "version", version), http.StatusForbidden)
	leads(t, kaja.post(mappingOf+"/use-version", "no", "4", "version", version), mappingOf+"/all-versions")
	if g.integration("hjerte-rdap").MappingNo != 4 || g.audited("mapping.save") != 4 || g.audited("mapping.use") != 4 {
		t.Errorf("in use %d, %d saved and %d used in the log", g.integration("hjerte-rdap").MappingNo, g.audited("mapping.save"),
			g.audited("mapping.use"))
	}
	answers(t, kaja.get(mappingOf+"/compare-versions?from=3&to=4"), 200, "Ny regel for vekt", "× 1000")
	answers(t, kaja.get(mappingOf+"/compare-versions?from=3&to=99"), http.StatusNotFound)
	answers(t, kaja.get(mappingOf+"/compare-versions?from=a"), http.StatusNotFound)
}

func TestMappingUnsound(t *testing.T) {
	g, _ := newMappingRegister(t)
	kaja := g.as(store.RoleCoordinator, "hjerte")
	leads(t, kaja.post(mappingOf+"/opphold", "based", "2", "edits", "0", "s.n", "0", "do", "clear"), mappingOf+"#variables")
	answers(t, kaja.get(mappingOf), 200, "1 obligatorisk mangler", "0 av 1 krav dekket", "Mangler", "?show=missing")
	answers(t, kaja.get(mappingOf+"?show=missing"), 200, `data-is="missing unmapped tips"><th`,
		`id="v-vekt" data-from="k_vekt" hidden><th`)
	answers(t, kaja.post(mappingOf+"/save-draft", "edits", "1", "message", "Uten nøkkel"), 422, "kan ikke lagres som versjon ennå", "Uten nøkkel", "mangler regel", `tabindex="-1" autofocus`, `href="#v-opphold"`)
	leads(t, kaja.post(mappingOf+"/discard-draft"), mappingOf)
	answers(t, kaja.get(mappingOf), 200, "Kladden er forkastet.", "2 av 2 variabler er mappet")

	leads(t, kaja.post(mappingOf+"/restore-version", "no", "1", "based", "2", "edits", "0"), mappingOf+"#draft")
	answers(t, kaja.get(mappingOf), 200, "Regelen for vekt er fjernet")
	answers(t, kaja.post(mappingOf+"/restore-version", "no", "2", "based", "2", "edits", "0"), http.StatusConflict)
	answers(t, kaja.post(mappingOf+"/restore-version", "no", "0", "based", "2", "edits", "1"), http.StatusNotFound)
}

func TestMappingUndo(t *testing.T) {
	g, _ := newMappingRegister(t)
	kaja := g.as(store.RoleCoordinator, "hjerte")
	answers(t, kaja.post(mappingOf+"/undo-edit", "edits", "0"), http.StatusConflict) // no draft yet
	kaja.post(mappingOf+"/vekt", vekt(2, 0, "1000", "do", "save")...)
	kaja.post(mappingOf+"/vekt", vekt(2, 1, "500", "do", "save")...)
	answers(t, kaja.get(mappingOf+"/all-versions"), 200, "Det du har gjort i kladden", "Regelen for Vekt", "!>angret<")
	answers(t, kaja.post(mappingOf+"/undo-edit", "edits", "1"), http.StatusConflict) // another window was first
	answers(t, kaja.post(mappingOf+"/redo-edit", "edits", "2"), http.StatusConflict) // nothing was undone
	leads(t, kaja.post(mappingOf+"/undo-edit", "edits", "2"), mappingOf+"#variables")
	answers(t, kaja.get(mappingOf+"/vekt"), 200, "Angret: Regelen for Vekt.", `value="1000"`)
	answers(t, kaja.get(mappingOf+"/all-versions"), 200, ">angret<")
	leads(t, kaja.post(mappingOf+"/redo-edit", "edits", "3"), mappingOf+"#variables")
	answers(t, kaja.get(mappingOf+"/vekt"), 200, "Gjort på nytt: Regelen for Vekt.", `value="500"`)
	if w := g.as(store.RoleReader, "hjerte").post(mappingOf+"/undo-edit", "edits", "1"); w.Code != http.StatusForbidden {
		t.Errorf("a reader undoes: %d", w.Code)
	}
}

func TestMappingFile(t *testing.T) {
	g, _ := newMappingRegister(t)
	kaja := g.as(store.RoleCoordinator, "hjerte")
	w := kaja.get(mappingOf + "/as-yaml")
	answers(t, w, 200, "samband: 1", "variable: vekt")
	doc := w.Body.String()
	send := func(doc string, fields ...string) *httptest.ResponseRecorder {
		return kaja.upload(mappingOf+"/from-yaml", "min mapping.yaml", []byte(doc), append([]string{"based", "2"}, fields...)...)
	}
	answers(t, send("samband: 1\nmapping: {rules: 3}", "edits", "0"), 422, "f-file-error")
	answers(t, send("samband: 1", "edits", "0"), 422, "Filen har ingen mapping")
	answers(t, send("", "edits", "0"), 422, "f-file-error")
	answers(t, kaja.upload(mappingOf+"/from-yaml", "17837130158.yaml", []byte(doc), "based", "2", "edits", "0"), 422, "!17837130158")
	leads(t, send(strings.Replace(doc, "k_vekt", "k_vekt2", 1), "edits", "0"), mappingOf+"#draft")
	answers(t, send(doc, "edits", "0"), http.StatusConflict)
	leads(t, send(doc, "edits", "1"), mappingOf+"#draft")
	if again := kaja.get(mappingOf + "/as-yaml"); again.Body.String() != doc {
		t.Errorf("read in and written again\n%s\nit was\n%s", again.Body, doc)
	}
	answers(t, kaja.get(mappingOf+"/all-versions"), 200, "Leste inn min mapping.yaml")
	answers(t, kaja.get(mappingOf+"/as-yaml?version=1"), 200, "!variable: vekt")
	answers(t, kaja.get(mappingOf+"/as-yaml?version=9"), http.StatusNotFound)
	answers(t, g.as(store.RoleCoordinator, "lunge").get(mappingOf+"/as-yaml"), http.StatusNotFound)
}

func TestMappingDocument(t *testing.T) {
	g, _ := newMappingRegister(t)
	kaja, reader := g.as(store.RoleCoordinator, "hjerte"), g.as(store.RoleReader, "hjerte")
	answers(t, reader.get(mappingOf+"/as-document"), 200, "Variabelmapping", "k_vekt → heltall", "Gjelder versjon 2", "Opphold")
	answers(t, reader.get(mappingOf+"/as-document.md?version=1"), 200, "# Variabelmapping", "Gjelder versjon 1", "Ingen regel")
	kaja.post(mappingOf+"/vekt", vekt(2, 0, "1000", "do", "save")...)
	answers(t, kaja.get(mappingOf+"/as-document"), 200, "Gjelder en kladd", "× 1000")
	answers(t, reader.get(mappingOf+"/as-document"), 200, "!× 1000") // nobody sees the draft of another
	answers(t, reader.get(mappingOf+"/as-document?version=x"), http.StatusNotFound)
}
