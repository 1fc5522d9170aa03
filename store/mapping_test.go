package store

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mappingCases reach every code of Mapping.Validate, each alone where it can stand alone.
var mappingCases = map[string]struct {
	change func(m *Mapping, c *Codebook)
	want   []Code
}{
	"nothing wrong": {func(*Mapping, *Codebook) {}, nil},

	"field without a name":   {source(func(f *Field) { f.Name = "" }), []Code{"mapping.field_name"}},
	"field with a long name": {source(func(f *Field) { f.Name = strings.Repeat("a", 201) }), []Code{"mapping.field_name"}},
	"field twice":            {source(func(f *Field) { f.Name, f.Class, f.Is = "vekt", Health, "" }), []Code{"mapping.field_twice"}},
	"unclassed":              {source(func(f *Field) { f.Class, f.Is = "", "" }), []Code{"mapping.unclassed"}},
	"class that isn't":       {source(func(f *Field) { f.Class, f.Is = "secret", "" }), []Code{"mapping.unclassed"}},
	"direct, of nothing":     {source(func(f *Field) { f.Is = "" }), []Code{"mapping.attribute"}},
	"direct, of what isn't":  {source(func(f *Field) { f.Is = "shoe_size" }), []Code{"mapping.attribute"}},
	"health, yet an address": {source(func(f *Field) { f.Class, f.Is = Health, AttrAddress }), []Code{"mapping.attribute"}},
	"two person numbers":     {source(func(f *Field) { f.Is = AttrNumber }), []Code{"mapping.person_number"}},
	"no person number":       {func(m *Mapping, _ *Codebook) { m.Source[0].Is = AttrPhone }, []Code{"mapping.person_number"}},
	"direct on its way out":  {func(m *Mapping, _ *Codebook) { m.From = "eye" }, []Code{"mapping.direct_out", "mapping.direct_out"}},
	"values of several rows on their way out": {func(m *Mapping, _ *Codebook) {
		m.From, m.Resolve.Fields = "eye", []Pick{{Variable: "weight", How: PickMax}}
		m.Source = slices.DeleteFunc(m.Source, func(f Field) bool { return f.Class == Direct })
	}, []Code{"mapping.pick_out"}},
	"rule for no variable":    {rule("asa", func(r *Rule) { r.Variable = "bmi" }), []Code{"mapping.unknown_variable"}},
	"rule twice":              {rule("asa", func(r *Rule) { r.Variable = "weight" }), []Code{"mapping.rule_twice"}},
	"no steps":                {rule("asa", func(r *Rule) { r.Steps = nil }), []Code{"mapping.no_steps"}},
	"starts with nothing":     {rule("asa", func(r *Rule) { r.Steps = r.Steps[1:] }), []Code{"mapping.first_step"}},
	"step that isn't":         {step(Step{Kind: "guess"}), []Code{"mapping.step_kind"}},
	"field that isn't":        {step(Step{Kind: StepJoin, From: []string{"bmi"}}), []Code{"mapping.unknown_field"}},
	"direct to health":        {step(Step{Kind: StepJoin, From: []string{"fnr"}}), []Code{"mapping.direct_to_health"}},
	"direct in a branch":      {step(when(Step{Kind: StepCopy, From: []string{"navn"}})), []Code{"mapping.direct_to_health"}},
	"direct in a condition":   {step(Step{Kind: StepWhen, If: &Condition{Field: "navn", Op: OpPresent}, Then: []Step{{Kind: StepTrim}}}), []Code{"mapping.direct_to_health"}},
	"direct as a unit":        {step(Step{Kind: StepUnit, From: []string{"fnr"}, Units: []UnitFactor{{"g", 1, nil}}}), []Code{"mapping.direct_to_health"}},
	"direct decides to keep":  {func(m *Mapping, _ *Codebook) { m.Keep.Field = "navn" }, []Code{"mapping.direct_to_health"}},
	"keep by nothing":         {func(m *Mapping, _ *Codebook) { m.Keep.Field = "" }, []Code{"mapping.unknown_field"}},
	"operator that isn't":     {func(m *Mapping, _ *Codebook) { m.Keep.Op = "like" }, []Code{"mapping.condition"}},
	"in nothing":              {func(m *Mapping, _ *Codebook) { m.Keep.Op = OpIn }, []Code{"mapping.condition"}},
	"condition in a branch":   {step(Step{Kind: StepWhen, If: &Condition{Op: "like"}, Then: []Step{{Kind: StepTrim}}}), []Code{"mapping.condition"}},
	"resolve by no variable":  {func(m *Mapping, _ *Codebook) { m.Resolve.Latest = "unmapped" }, []Code{"mapping.unknown_variable"}},
	"key without a rule":      {func(_ *Mapping, c *Codebook) { c.Key = append(c.Key, "unmapped") }, []Code{"mapping.key_unmapped"}},
	"required without a rule": {func(_ *Mapping, c *Codebook) { c.Variable("unmapped").Required = true }, []Code{"mapping.required_unmapped"}},
	"reason's name":           {check("out_of_range", func(k *Check) { k.Reason = "Utenfor grensen" }), []Code{"mapping.reason_name"}},
	"reason twice":            {check("out_of_range", func(k *Check) { k.Reason = "bad_fnr" }), []Code{"mapping.reason_twice"}},
	"check that isn't":        {check("out_of_range", func(k *Check) { k.Kind = "vibe" }), []Code{"mapping.check_kind"}},
	"check of no variable":    {check("out_of_range", func(k *Check) { k.Variables = []string{"bmi"} }), []Code{"mapping.unknown_variable"}},
	"check of an empty one":   {check("out_of_range", func(k *Check) { k.Variables = []string{"unmapped"} }), []Code{"mapping.check_unmapped"}},
	"order of an empty one":   {check("date_order", func(k *Check) { k.Later = "unmapped" }), []Code{"mapping.check_unmapped"}},
	"order of nothing":        {check("date_order", func(k *Check) { k.Earlier = "" }), []Code{"mapping.unknown_variable"}},
	"rule check of nothing":   {check("light", func(k *Check) { k.Code = "" }), []Code{"mapping.step_incomplete"}},
	"rule check too long":     {check("light", func(k *Check) { k.Code = strings.Repeat("a", MaxExpression+1) }), []Code{"mapping.step_incomplete"}},

	"person not caught":   {check("bad_fnr", func(k *Check) { k.Kind = CheckLeak }), []Code{"mapping.uncaught"}},
	"date not caught":     {check("bad_date", func(k *Check) { k.Kind = CheckLeak }), []Code{"mapping.uncaught"}},
	"code not caught":     {check("unknown_code", func(k *Check) { k.Kind = CheckLeak }), []Code{"mapping.uncaught"}},
	"number not caught":   {check("bad_number", func(k *Check) { k.Kind = CheckLeak }), []Code{"mapping.uncaught"}},
	"no key not caught":   {check("no_key", func(k *Check) { k.Kind = CheckLeak }), []Code{"mapping.uncaught"}},
	"caught as a remark":  {check("bad_date", func(k *Check) { k.Warn = true }), []Code{"mapping.uncaught"}},
	"caught in one place": {check("bad_date", func(k *Check) { k.Variables = []string{"admitted"} }), []Code{"mapping.uncaught"}},
	"expression":          {step(Step{Kind: StepExpr, Code: "1"}), []Code{"mapping.uncaught"}},
	"date in a branch":    {both(step(when(Step{Kind: StepDate, Layout: "yyyymmdd"})), check("bad_date", func(k *Check) { k.Kind = CheckLeak })), []Code{"mapping.uncaught"}},
	"no codes, none to catch": {func(m *Mapping, c *Codebook) {
		c.Variable("sex").Codes = nil
		m.Rule("sex").Steps = m.Rule("sex").Steps[:1]
		m.Rule("weight").Steps = m.Rule("weight").Steps[:2]
		m.Checks = slices.DeleteFunc(m.Checks, func(k Check) bool { return k.Kind == CheckCode })
	}, nil},
}

// incomplete has, for each kind of step that needs something, one that lacks it.
var incomplete = map[StepKind][]Step{
	StepCopy:      {{}, {From: []string{"vekt", "asa"}}},
	StepMissing:   {{}},
	StepCodes:     {{}, {Map: map[string]string{"1": "a"}, Otherwise: "guess"}},
	StepDate:      {{}, {Layout: "mm/dd/yyyy"}},
	StepNumber:    {{Decimal: ";"}},
	StepUnit:      {{From: []string{"enhet"}}, {Units: []UnitFactor{{"g", 1, nil}}}, unit("g", 0, nil), unit("g", math.Inf(1), nil), unit("g", 1, ptr(-1)), unit("g", 1, ptr(16))},
	StepScale:     {{}, {Factor: math.NaN()}, {Factor: math.Inf(-1)}},
	StepWhen:      {{}, {If: &Condition{Op: OpPresent}}, {Then: []Step{{Kind: StepTrim}}}},
	StepExpr:      {{}, {Code: strings.Repeat("1", MaxExpression+1)}},
	StepJoin:      {{}},
	StepSplit:     {{Separator: ","}, {Part: 1}, {Separator: ",", Part: -1}},
	StepFirst:     {{}},
	StepGreatest:  {{}, {From: []string{"vekt"}, Decimal: ";"}},
	StepLeast:     {{}},
	StepMean:      {{}},
	StepLookup:    {{Column: "b"}, {Table: "t"}, {Table: "t", Column: "b", Otherwise: "guess"}},
	StepNormalise: {{}},
	StepConstant:  {}, // an empty constant is a constant
	StepTrim:      {},
}

func unit(name string, factor float64, decimals *int) Step {
	return Step{From: []string{"enhet"}, Units: []UnitFactor{{name, factor, decimals}}}
}

func when(then Step) Step {
	return Step{Kind: StepWhen, If: &Condition{Op: OpPresent}, Then: []Step{{Kind: StepTrim}}, Else: []Step{then}}
}

func source(change func(*Field)) func(*Mapping, *Codebook) {
	return func(m *Mapping, _ *Codebook) { change(m.Field("navn")) }
}

func rule(variable string, change func(*Rule)) func(*Mapping, *Codebook) {
	return func(m *Mapping, _ *Codebook) { change(m.Rule(variable)) }
}

func step(s Step) func(*Mapping, *Codebook) {
	return rule("asa", func(r *Rule) { r.Steps = append(r.Steps, s) })
}

func check(reason string, change func(*Check)) func(*Mapping, *Codebook) {
	return func(m *Mapping, _ *Codebook) {
		change(&m.Checks[slices.IndexFunc(m.Checks, func(k Check) bool { return k.Reason == reason })])
	}
}

func both(a, b func(*Mapping, *Codebook)) func(*Mapping, *Codebook) {
	return func(m *Mapping, c *Codebook) { a(m, c); b(m, c) }
}

func TestMappingValidate(t *testing.T) {
	reached := map[Code]bool{}
	maps.Copy(mappingCases, partCases)
	for name, x := range mappingCases {
		t.Run(name, func(t *testing.T) {
			q := world()
			m := &q.Mapping.Mapping
			x.change(m, q.Codebook)
			wantCodes(t, m.Validate(q.Codebook), x.want...)
			for _, c := range x.want {
				reached[c] = true
			}
		})
	}
	for _, kind := range StepKinds {
		cases, ok := incomplete[kind]
		if !ok {
			t.Errorf("step %s has no line in the table of incomplete steps", kind)
		}
		for _, s := range cases {
			q := world()
			m := &q.Mapping.Mapping
			s.Kind = kind
			step(s)(m, q.Codebook)
			if got := codes(m.Validate(q.Codebook)); !slices.Contains(got, "mapping.step_incomplete") {
				t.Errorf("an incomplete %s passes: %v gives %v", kind, s, got)
			}
			reached["mapping.step_incomplete"] = true
		}
	}
	for _, c := range codesNamed(t, "mapping_validate.go", "mapping.") {
		if !reached[c] {
			t.Errorf("no case reaches %s", c)
		}
	}
}

// codesIn gives the error codes of its own area that a file of this package names: mapping.go, "mapping.…".
func codesIn(t *testing.T, file string) []Code {
	return codesNamed(t, file, strings.TrimSuffix(file, ".go")+".")
}

// codesNamed gives the texts with a prefix that a file of this package holds.
func codesNamed(t *testing.T, file, prefix string) []Code {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := map[Code]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if s, _ := strconv.Unquote(l.Value); strings.HasPrefix(s, prefix) {
				found[Code(s)] = true
			}
		}
		return true
	})
	return slices.Sorted(maps.Keys(found))
}

func TestRuleFields(t *testing.T) {
	r := Rule{Steps: []Step{
		{Kind: StepJoin, From: []string{"a", "b", "a"}},
		{Kind: StepWhen, If: &Condition{Field: "c", Op: OpPresent},
			Then: []Step{{Kind: StepUnit, From: []string{"d"}}},
			Else: []Step{{Kind: StepWhen, If: &Condition{Op: OpPresent}, Then: []Step{{Kind: StepCopy, From: []string{"e"}}}}}},
	}}
	if got := r.Fields(); !slices.Equal(got, []string{"a", "b", "c", "d", "e"}) {
		t.Errorf("got %v", got)
	}
}

func TestFaultsStandAtTheirPlace(t *testing.T) {
	q := world()
	m := &q.Mapping.Mapping
	m.Field("navn").Class = ""
	m.Rule("asa").Steps = nil
	m.Checks[5].Kind = "vibe"
	err, ok := m.Validate(q.Codebook).(FieldErrors)
	if !ok {
		t.Fatal("no list of errors")
	}
	for _, at := range []string{"source.navn", "rules.asa", "checks.out_of_range"} {
		if err.Of(at) == nil {
			t.Errorf("nothing is said at %s: %v", at, err)
		}
	}
}
