package store

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestRegistryMissing(t *testing.T) {
	all := []string{"purpose", "legal_basis", "consent", "rek", "pvo", "controller", "joint_controllers", "dpia", "persons",
		"categories", "sensitivity", "recipients", "retention", "kept", "kept_basis", "security_class", "citizen_contact",
		"ends_on"}
	if got := (&Registry{Kind: KindProject}).Missing(); !slices.Equal(got, all) {
		t.Errorf("an empty project lacks %v, want %v", got, all)
	}
	project := func(r *Registry) {
		r.Kind, r.EndsOn, r.Basis.REK = KindProject, "2030-12-31", "REK-1"
		r.Basis.REKUntil = "2030-12-31"
	}
	for name, x := range map[string]struct {
		change func(*Registry)
		want   string
	}{
		"quality registry, whole":         {func(*Registry) {}, ""},
		"no purpose":                      {func(r *Registry) { r.Basis.Purpose = "" }, "purpose"},
		"no legal basis":                  {func(r *Registry) { r.Basis.LegalBasis = "" }, "legal_basis"},
		"no consent regime":               {func(r *Registry) { r.Basis.Consent = "" }, "consent"},
		"a regime that isn't":             {func(r *Registry) { r.Basis.Consent = "maybe" }, "consent"},
		"consent none is an answer":       {func(r *Registry) { r.Basis.Consent = ConsentNone }, ""},
		"quality without PVO":             {func(r *Registry) { r.Basis.PVO = "" }, "pvo"},
		"quality, REK instead of PVO":     {func(r *Registry) { r.Basis.PVO, r.Basis.REK = "", "REK-1" }, "pvo"},
		"project, whole":                  {project, ""},
		"project without REK":             {func(r *Registry) { project(r); r.Basis.REK = "" }, "rek"},
		"project, REK makes PVO needless": {func(r *Registry) { project(r); r.Basis.PVO = "" }, ""},
		"project without either":          {func(r *Registry) { project(r); r.Basis.REK, r.Basis.PVO = "", "" }, "rek pvo"},
		"REK without its last day":        {func(r *Registry) { project(r); r.Basis.REKUntil = "" }, "rek_until"},
		"PVO without its date":            {func(r *Registry) { r.Basis.PVOOn = "" }, "pvo_on"},
		"exemption without its last day":  {func(r *Registry) { r.Basis.Exemption = "Vedtak 1" }, "exemption_until"},
		"exemption, whole":                {func(r *Registry) { r.Basis.Exemption, r.Basis.ExemptionUntil = "Vedtak 1", "2030-01-01" }, ""},
		"nobody said who shares":          {func(r *Registry) { r.Basis.JointControllers = "" }, "joint_controllers"},
		"agreement without its last day": {func(r *Registry) { r.Basis.Processor, r.Basis.Agreement = "Drift AS", "A-1" },
			"agreement_ends"},
		"DPIA without date and result": {func(r *Registry) { r.Basis.DPIAOn, r.Basis.DPIAResult = "", "" }, "dpia_on dpia_result"},
		"no persons":                   {func(r *Registry) { r.Basis.Persons = "" }, "persons"},
		"no sensitivity":               {func(r *Registry) { r.Basis.Sensitivity = "" }, "sensitivity"},
		"nothing on what is kept":      {func(r *Registry) { r.Basis.Kept, r.Basis.KeptBasis = "", "" }, "kept kept_basis"},
		"project without end":          {func(r *Registry) { project(r); r.EndsOn = "" }, "ends_on"},
		"broad consent without REK":    {func(r *Registry) { r.Kind = KindBroad }, "rek"},
		"no controller":                {func(r *Registry) { r.Basis.Controller = "" }, "controller"},
		"processor without agreement":  {func(r *Registry) { r.Basis.Processor = "Drift AS" }, "agreement agreement_ends"},
		"processor with agreement": {func(r *Registry) {
			r.Basis.Processor, r.Basis.Agreement, r.Basis.AgreementEnds = "Drift AS", "A-1", "2030-01-01"
		}, ""},
		"no DPIA":                  {func(r *Registry) { r.Basis.DPIA = "" }, "dpia"},
		"DPIA not needed, and why": {func(r *Registry) { r.Basis.DPIA, r.Basis.DPIANotNeeded = "", "Lav risiko" }, ""},
		"no categories":            {func(r *Registry) { r.Basis.Categories = "" }, "categories"},
		"no recipients":            {func(r *Registry) { r.Basis.Recipients = "" }, "recipients"},
		"no retention":             {func(r *Registry) { r.Basis.Retention = "" }, "retention"},
		"no security class":        {func(r *Registry) { r.Basis.SecurityClass = "" }, "security_class"},
		"no contact for citizens":  {func(r *Registry) { r.Basis.CitizenInfo = "" }, "citizen_contact"},
	} {
		r := world().Registry
		x.change(r)
		if got := strings.Join(r.Missing(), " "); got != x.want {
			t.Errorf("%s: missing %q, want %q", name, got, x.want)
		}
	}
}

func TestRegistryLapsed(t *testing.T) {
	r := world().Registry
	if got := r.Lapsed(noon); got != nil {
		t.Errorf("without dates: %v", got)
	}
	r.Basis.REKUntil, r.Basis.AgreementEnds = "2026-11-23", "2026-11-22"
	if got := r.Lapsed(noon); !slices.Equal(got, []string{"agreement_ends"}) {
		t.Errorf("got %v", got)
	}
	r.Basis.REKUntil = "unknown"
	if got := r.Lapsed(noon); !slices.Equal(got, []string{"rek_until", "agreement_ends"}) {
		t.Errorf("got %v", got)
	}
}

func TestCatalogueValidate(t *testing.T) {
	type validator interface{ Validate() error }
	with := func(change func(q *GateQuestion), pick func(q *GateQuestion) validator) func() error {
		return func() error {
			q := world()
			change(&q)
			return pick(&q).Validate()
		}
	}
	registry := func(change func(*Registry)) func() error {
		return with(func(q *GateQuestion) { change(q.Registry) }, func(q *GateQuestion) validator { return q.Registry })
	}
	system := func(change func(*System)) func() error {
		return with(func(q *GateQuestion) { change(q.System) }, func(q *GateQuestion) validator { return q.System })
	}
	method := func(change func(*Method)) func() error {
		return with(func(q *GateQuestion) { change(q.Method) }, func(q *GateQuestion) validator { return q.Method })
	}
	integration := func(change func(*Integration)) func() error {
		return with(func(q *GateQuestion) { change(q.Integration) }, func(q *GateQuestion) validator { return q.Integration })
	}
	solution := func(change func(*Solution)) func() error {
		s := &Solution{ID: "ereg", Name: "eReg", Phase: PhaseActive}
		change(s)
		return s.Validate
	}
	for name, x := range map[string]struct {
		validate func() error
		want     []Code
	}{
		"solution":            {solution(func(*Solution) {}), nil},
		"solution's id":       {solution(func(s *Solution) { s.ID = "eReg" }), []Code{"slug"}},
		"no name":             {solution(func(s *Solution) { s.Name = "" }), []Code{"field.required"}},
		"a long name":         {solution(func(s *Solution) { s.Name = strings.Repeat("a", 201) }), []Code{"field.too_long"}},
		"phase":               {solution(func(s *Solution) { s.Phase = "old" }), []Code{"field.choice"}},
		"its own successor":   {solution(func(s *Solution) { s.Successor = "ereg" }), []Code{"field.choice"}},
		"end":                 {solution(func(s *Solution) { s.EndsOn = "snart" }), []Code{"field.date"}},
		"address":             {solution(func(s *Solution) { s.URL = "javascript:alert(1)" }), []Code{"field.url"}},
		"address, http":       {solution(func(s *Solution) { s.URL = "http://example.no" }), nil},
		"only the scheme":     {solution(func(s *Solution) { s.URL = "https://" }), []Code{"field.url"}},
		"system":              {system(func(*System) {}), nil},
		"system's role":       {system(func(s *System) { s.Role = "both" }), []Code{"field.choice"}},
		"system's phase":      {system(func(s *System) { s.Phase = "" }), []Code{"field.choice"}},
		"method":              {method(func(*Method) {}), nil},
		"method of nothing":   {method(func(m *Method) { m.SystemID = "" }), []Code{"field.required"}},
		"how sensitive":       {method(func(m *Method) { m.Highest = "very" }), []Code{"field.choice"}},
		"route":               {method(func(m *Method) { m.Route = "pigeon" }), []Code{"field.choice"}},
		"registry":            {registry(func(*Registry) {}), nil},
		"no solution":         {registry(func(r *Registry) { r.SolutionID = "" }), []Code{"field.required"}},
		"registry's kind":     {registry(func(r *Registry) { r.Kind = "hobby" }), []Code{"field.choice"}},
		"start":               {registry(func(r *Registry) { r.StartsOn = "01.01.2026" }), []Code{"field.date"}},
		"registry's end":      {registry(func(r *Registry) { r.EndsOn = "aldri" }), []Code{"field.date"}},
		"ends first":          {registry(func(r *Registry) { r.StartsOn, r.EndsOn = "2026-02-01", "2026-01-31" }), []Code{"field.end_before_start"}},
		"one day":             {registry(func(r *Registry) { r.StartsOn, r.EndsOn = "2026-02-01", "2026-02-01" }), nil},
		"REK's end":           {registry(func(r *Registry) { r.Basis.REKUntil = "2026" }), []Code{"field.date"}},
		"PVO's day":           {registry(func(r *Registry) { r.Basis.PVOOn = "2026" }), []Code{"field.date"}},
		"agreement's end":     {registry(func(r *Registry) { r.Basis.AgreementEnds = "2026" }), []Code{"field.date"}},
		"consent":             {registry(func(r *Registry) { r.Basis.Consent = "maybe" }), []Code{"field.choice"}},
		"no basis yet":        {registry(func(r *Registry) { r.Basis = Basis{} }), nil},
		"integration":         {integration(func(*Integration) {}), nil},
		"of no registry":      {integration(func(i *Integration) { i.RegistryID = "" }), []Code{"field.required"}},
		"by no method":        {integration(func(i *Integration) { i.MethodID = "" }), []Code{"field.required"}},
		"sensitivity":         {integration(func(i *Integration) { i.Sensitivity = "" }), []Code{"field.choice"}},
		"share over one":      {integration(func(i *Integration) { i.Limits.MaxQuarantined = 1.01 }), []Code{"field.share"}},
		"share under zero":    {integration(func(i *Integration) { i.Limits.MinVolume = -0.1 }), []Code{"field.share"}},
		"new codes over all":  {integration(func(i *Integration) { i.Limits.MaxNewCodes = 1.5 }), []Code{"field.share"}},
		"share not a number":  {integration(func(i *Integration) { i.Limits.MaxQuarantined = math.NaN() }), []Code{"field.share"}},
		"volume not a number": {integration(func(i *Integration) { i.Limits.MinVolume = math.NaN() }), []Code{"field.share"}},
		"hours under zero":    {integration(func(i *Integration) { i.ExpectedHours = -1 }), []Code{"field.number"}},
		"hours of a year":     {integration(func(i *Integration) { i.ExpectedHours = 24 * 366 }), nil},
		"more than a year":    {integration(func(i *Integration) { i.ExpectedHours = 24*366 + 1 }), []Code{"field.number"}},
	} {
		t.Run(name, func(t *testing.T) { wantCodes(t, x.validate(), x.want...) })
	}
}

func TestIntegrationLate(t *testing.T) {
	last := noon.Add(-25 * time.Hour)
	i := Integration{State: IntInOperation, ExpectedHours: 24}
	if got := i.Late(last, noon); !got.Equal(noon.Add(-time.Hour)) {
		t.Errorf("late since %v", got)
	}
	for name, got := range map[string]time.Time{
		"on the minute":    i.Late(noon.Add(-24*time.Hour), noon),
		"never delivered":  i.Late(time.Time{}, noon),
		"nothing expected": (&Integration{State: IntInOperation}).Late(last, noon),
		"suspended":        (&Integration{State: IntSuspended, ExpectedHours: 24}).Late(last, noon),
	} {
		if !got.IsZero() {
			t.Errorf("%s: late since %v", name, got)
		}
	}
}

func TestSensitivityCovers(t *testing.T) {
	for way, want := range map[Sensitivity]string{
		NotSensitive: "not_sensitive", Personal: "not_sensitive personal", Sensitive: "not_sensitive personal sensitive", "": "", "x": "",
	} {
		var got []string
		for _, d := range append(slices.Clone(Sensitivities), "", "x") {
			if way.Covers(d) {
				got = append(got, string(d))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q covers %v, want %s", way, got, want)
		}
	}
}

func TestKindValidate(t *testing.T) {
	k := &Kind{Name: "files", Options: []Option{
		{Name: "folder", Kind: OptionPath, Required: true}, {Name: "mode", Kind: OptionChoice, Choices: []string{"a", "b"}},
		{Name: "strict", Kind: OptionBool}, {Name: "port", Kind: OptionNumber}, {Name: "password", Kind: OptionSecret, Required: true},
	}}
	for name, x := range map[string]struct {
		set  map[string]string
		want []Code
	}{
		"whole":           {map[string]string{"folder": "/in", "mode": "a", "strict": "true", "port": "22"}, nil},
		"required":        {map[string]string{}, []Code{"field.required"}},
		"choice":          {map[string]string{"folder": "/in", "mode": "c"}, []Code{"field.choice"}},
		"truth":           {map[string]string{"folder": "/in", "strict": "ja"}, []Code{"field.choice"}},
		"number":          {map[string]string{"folder": "/in", "port": "-22"}, []Code{"field.number"}},
		"a long number":   {map[string]string{"folder": "/in", "port": strings.Repeat("1", 16)}, []Code{"field.number"}},
		"secret in clear": {map[string]string{"folder": "/in", "password": "hunter2"}, []Code{"field.secret_in_settings"}},
		"not an option":   {map[string]string{"folder": "/in", "debug": "1"}, []Code{"field.unknown"}},
	} {
		t.Run(name, func(t *testing.T) { wantCodes(t, k.Validate(x.set), x.want...) })
	}
}

func TestOptionValue(t *testing.T) {
	for _, x := range []struct {
		o    Option
		says string
		want string
	}{
		{Option{Kind: OptionBool}, "", ""}, {Option{Kind: OptionBool}, "false", ""}, {Option{Kind: OptionBool}, "true", "true"},
		{Option{Kind: OptionBool, Default: "true"}, "", "true"}, {Option{Kind: OptionBool, Default: "true"}, "false", ""},
		{Option{Kind: OptionText}, "false", "false"}, {Option{Kind: OptionText, Default: "a"}, "", "a"},
		{Option{Kind: OptionText, Default: "a"}, "a", "a"}, {Option{Kind: OptionText, Default: "a"}, "b", "b"},
	} {
		x.o.Name = "x"
		if got := x.o.Value(map[string]string{"x": x.says}); got != x.want {
			t.Errorf("%+v with %q means %q, not %q", x.o, x.says, got, x.want)
		}
	}
}
