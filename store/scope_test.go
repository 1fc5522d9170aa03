package store

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The lists of design.md section 5: what an approval covers and what is free to change. Each change is made to a world
// that is approved as it stands.
var scopeCases = []struct {
	list   string // inside: needs a new approval; narrower: another hash, still covered; outside: the same hash
	name   string
	change func(q *GateQuestion)
}{
	{"inside", "registry", func(q *GateQuestion) { q.Registry.ID = "lung" }},
	{"inside", "the software the registry lives in", func(q *GateQuestion) { q.Registry.SolutionID = "redcap" }},
	{"inside", "source system", func(q *GateQuestion) { q.System.ID = "kdv" }},
	{"inside", "destination system", func(q *GateQuestion) { q.System.Role = Destination }},
	{"inside", "method", func(q *GateQuestion) { q.Method.ID = "rdap-view" }},
	{"inside", "handover", func(q *GateQuestion) { q.Method.Handover = "sqlserver_view" }},
	{"inside", "connector", func(q *GateQuestion) { q.Kind.Name = "sftp" }},
	{"inside", "connection, and so its account", func(q *GateQuestion) { q.Connection.ID = "rdap-other" }},
	{"inside", "host", func(q *GateQuestion) { q.Connection.Settings["host"] = "https://files.example.com" }},
	{"inside", "folder", func(q *GateQuestion) { q.Connection.Settings["folder"] = "/drop/../etc" }},
	{"inside", "data set", func(q *GateQuestion) { q.Connection.Settings["dataset"] = "person" }},
	{"inside", "what an empty setting means", func(q *GateQuestion) { q.Kind.Options[2].Default = "person" }},
	{"inside", "transport route", func(q *GateQuestion) { q.Method.Route = RouteInternet }},
	{"inside", "sensitivity said", func(q *GateQuestion) {
		*q = worldWithoutHealth()
		q.Integration.Sensitivity = Sensitive
	}},
	{"inside", "a field more", func(q *GateQuestion) { addField(q, "rus", Health) }},
	{"inside", "a field's class", func(q *GateQuestion) { q.Mapping.Mapping.Field("avdeling").Class = Technical }},
	{"inside", "a field's attribute", func(q *GateQuestion) { q.Mapping.Mapping.Field("navn").Is = AttrGivenName }},
	{"inside", "codebook", func(q *GateQuestion) { q.Codebook.ID = "other-book" }},
	{"inside", "key", func(q *GateQuestion) { q.Codebook.Key = append(q.Codebook.Key, "admitted") }},
	{"inside", "a variable more", func(q *GateQuestion) {
		addRule(q, Rule{Variable: "unmapped", Steps: []Step{{Kind: StepConstant, Value: "x"}}})
	}},
	{"inside", "a variable's type", func(q *GateQuestion) { q.Codebook.Variable("asa").Type = VarText }},
	{"inside", "a variable's unit", func(q *GateQuestion) { q.Codebook.Variable("weight").Unit = "g" }},
	{"inside", "a variable's lower limit", func(q *GateQuestion) { q.Codebook.Variable("weight").Min = nil }},
	{"inside", "a variable's upper limit", func(q *GateQuestion) { q.Codebook.Variable("weight").Max = ptr(351.0) }},
	{"inside", "a variable's class", func(q *GateQuestion) { q.Codebook.Variable("sex").Class = Technical }},
	{"inside", "required no more", func(q *GateQuestion) { q.Codebook.Variable("episode").Required = false }},
	{"inside", "a rule", func(q *GateQuestion) { q.Mapping.Mapping.Rule("weight").Steps[2].Units[0].Factor = 0.01 }},
	{"inside", "a rule's branch", func(q *GateQuestion) {
		r := q.Mapping.Mapping.Rule("asa")
		r.Steps = append(r.Steps, Step{Kind: StepWhen, If: &Condition{Op: OpMissing}, Then: []Step{{Kind: StepConstant, Value: "1"}}})
	}},
	{"inside", "what a source's code becomes", func(q *GateQuestion) { q.Mapping.Mapping.Rule("sex").Steps[1].Map["1"] = "F" }},
	{"inside", "a correction", func(q *GateQuestion) {
		q.Mapping.Mapping.Corrections = []Correction{{Name: "x", Variable: "weight", At: "admitted", From: "2026-01-01", To: "2026-02-01"}}
	}},
	{"outside", "a correction that is undone", func(q *GateQuestion) {
		q.Mapping.Mapping.Corrections = []Correction{{Name: "x", Variable: "weight", Undone: &Undone{By: "a"}}}
	}},
	{"inside", "a lookup table", func(q *GateQuestion) { q.Mapping.Mapping.Tables = []LookupTable{{Name: "wards"}} }},
	{"inside", "a list's version", func(q *GateQuestion) { q.Mapping.Mapping.Lists = []ListPin{{"icd", "2026"}} }},
	{"outside", "an example of a rule", func(q *GateQuestion) {
		q.Mapping.Mapping.Rule("weight").Examples = []Example{{In: map[string]string{"vekt": "80"}, Out: "80"}}
	}},
	{"outside", "what helps to fill in a variable", func(q *GateQuestion) { q.Codebook.Variable("weight").Help = "Uten sko" }},
	{"inside", "a code more", func(q *GateQuestion) { addCode(q, CodeOption{Code: "X"}) }},
	{"inside", "a code's meaning", func(q *GateQuestion) { q.Codebook.Variable("sex").Codes[0].Label = "Kvinne" }},
	{"inside", "a code that counts as missing", func(q *GateQuestion) { q.Codebook.Variable("sex").Codes[2].Missing = false }},
	{"inside", "the whole list of codes: then every text passes", func(q *GateQuestion) { q.Codebook.Variable("sex").Codes = nil }},
	{"inside", "a check less", func(q *GateQuestion) { dropCheck(q, "light") }},
	{"inside", "a check only warns", func(q *GateQuestion) { q.Mapping.Mapping.Checks[5].Warn = true }},
	{"inside", "what a check reads", func(q *GateQuestion) { q.Mapping.Mapping.Checks[7].Code = "weight > 1" }},
	{"inside", "the order of checks", func(q *GateQuestion) { slices.Reverse(q.Mapping.Mapping.Checks) }},
	{"inside", "a variable that a check over several reads", func(q *GateQuestion) {
		q.Mapping.Mapping.Resolve.Latest = ""
		q.approve()
		dropRule(q, "discharged")
	}},
	{"inside", "a variable that a check's expression reads", func(q *GateQuestion) { dropRule(q, "weight") }},
	{"inside", "which rows are kept", func(q *GateQuestion) { q.Mapping.Mapping.Keep.Value = "NEV" }},
	{"inside", "all rows are kept", func(q *GateQuestion) { q.Mapping.Mapping.Keep = nil }},
	{"inside", "which version wins", func(q *GateQuestion) { q.Mapping.Mapping.Resolve.Latest = "" }},
	{"inside", "how the person number is checked", func(q *GateQuestion) { q.Mapping.Mapping.Person.Classic = true }},
	{"inside", "more may be held back", func(q *GateQuestion) { q.Integration.Limits.MaxQuarantined = 0.06 }},
	{"inside", "less need come", func(q *GateQuestion) { q.Integration.Limits.MinVolume = 0.4 }},
	{"inside", "more codes may be new", func(q *GateQuestion) { q.Integration.Limits.MaxNewCodes = 0.02 }},
	{"inside", "nothing need come", func(q *GateQuestion) { q.Integration.Limits.AllowEmpty = true }},
	{"inside", "consent regime", func(q *GateQuestion) { q.Registry.Basis.Consent = ConsentNone }},
	{"inside", "no rule of people's choices", func(q *GateQuestion) { q.Consents = nil }},
	{"inside", "one more", func(q *GateQuestion) {
		p := q.Consents[0]
		p.Rule.ID, p.Rule.Type = "heart-tilgang", TypeRestriction
		q.Consents = append(q.Consents, p)
	}},
	{"inside", "another list of choices", func(q *GateQuestion) { q.Consents[0].Rule.Definition = "1" + q.Consents[0].Rule.Definition[1:] }},
	{"inside", "choices from another place", func(q *GateQuestion) { q.Consents[0].Connection.Settings["address"] = "https://b.example.no" }},
	{"inside", "fewer days to wait", func(q *GateQuestion) { q.Consents[0].Rule.WaitDays = 1 }},
	{"inside", "an older list will do", func(q *GateQuestion) { q.Consents[0].Rule.MaxAge = 50 }},
	{"inside", "a weaker brake", func(q *GateQuestion) { q.Consents[0].Rule.FallCount = 500 }},
	{"inside", "retention", func(q *GateQuestion) { q.Registry.Basis.Retention = "" }},

	{"narrower", "a field less", func(q *GateQuestion) {
		q.Mapping.Mapping.Source = slices.DeleteFunc(q.Mapping.Mapping.Source, func(f Field) bool { return f.Name == "navn" })
	}},
	{"narrower", "a variable less", func(q *GateQuestion) { dropRule(q, "asa") }},
	{"narrower", "a coded variable less", func(q *GateQuestion) { dropRule(q, "sex") }},
	{"narrower", "a code less", func(q *GateQuestion) { q.Codebook.Variable("sex").Codes = q.Codebook.Variable("sex").Codes[:2] }},
	{"narrower", "less may be held back", func(q *GateQuestion) { q.Integration.Limits.MaxQuarantined = 0.01 }},
	{"narrower", "fewer codes may be new", func(q *GateQuestion) {
		q.Integration.Limits.MaxNewCodes = 0.04
		q.approve()
		q.Integration.Limits.MaxNewCodes = 0.03
	}},
	{"narrower", "as few codes may be new as where nothing is said", func(q *GateQuestion) {
		q.Integration.Limits.MaxNewCodes = 0.04
		q.approve()
		q.Integration.Limits.MaxNewCodes = 0
	}},
	{"narrower", "more must come", func(q *GateQuestion) { q.Integration.Limits.MinVolume = 0.9 }},
	{"narrower", "something must come", func(q *GateQuestion) {
		q.Integration.Limits.AllowEmpty = true
		q.approve()
		q.Integration.Limits.AllowEmpty = false
	}},

	{"outside", "nothing", func(*GateQuestion) {}},
	{"outside", "how often the choices are fetched, and what the list is called", func(q *GateQuestion) {
		q.Consents[0].Rule.Every, q.Consents[0].Rule.Name = 6, "Nei til hjerteregisteret"
		q.Consents[0].Rule.Definition = "{" + strings.ToUpper(q.Consents[0].Rule.Definition) + "}"
	}},
	{"outside", "batch size", func(q *GateQuestion) { q.Connection.Settings["batch"] = "5" }},
	{"outside", "pause", func(q *GateQuestion) { q.Integration.State = IntSuspended }},
	{"outside", "texts of the registry", func(q *GateQuestion) { q.Registry.Name, q.Registry.Note = "Hjertekirurgi", "…" }},
	{"outside", "alert address", func(q *GateQuestion) { q.Registry.Contact, q.Integration.Owner = "post@example.no", "Ine" }},
	{"outside", "texts of the system", func(q *GateQuestion) { q.System.Name, q.System.Note, q.System.Content = "RDAP", "…", nil }},
	{"outside", "texts of the mapping", func(q *GateQuestion) {
		q.Mapping.Message, q.Mapping.Mapping.Checks[0].Text, q.Mapping.Mapping.Source[6].Label = "v2", "Feil nummer", "Vekt"
	}},
	{"outside", "texts of the codebook", func(q *GateQuestion) {
		q.Codebook.Title, q.Codebook.Variables[4].Label, q.Codebook.Variables[4].Form = "Bok", "Kroppsvekt", "Innkomst"
	}},
	{"outside", "the same mapping as a new version", func(q *GateQuestion) { q.Mapping.No++; q.Integration.MappingNo++ }},
	{"outside", "a variable without a rule", func(q *GateQuestion) {
		q.Codebook.Version++
		q.Codebook.Variables = append(q.Codebook.Variables, Variable{Name: "new", Type: VarText, Class: Health})
	}},
	{"outside", "when data are late", func(q *GateQuestion) { q.Integration.ExpectedHours = 48 }},
	{"outside", "a secret", func(q *GateQuestion) { q.Connection.Settings["password"] = "x" }},
	{"outside", "fewer codes may be new than where nothing is said", func(q *GateQuestion) { q.Integration.Limits.MaxNewCodes = 0.005 }},
	{"outside", "a default said aloud", func(q *GateQuestion) {
		q.Integration.Limits = Limits{MaxQuarantined: DefaultMaxQuarantined, MinVolume: DefaultMinVolume, MaxNewCodes: DefaultMaxNewCodes}
		q.Connection.Settings["dataset"] = "episode"
	}},
	{"outside", "phase-out, which the gate asks about by itself", func(q *GateQuestion) { q.System.Phase = PhasePhasingOut }},
}

func addField(q *GateQuestion, name string, class FieldClass) {
	q.Mapping.Mapping.Source = append(q.Mapping.Mapping.Source, Field{Name: name, Class: class})
}

func addRule(q *GateQuestion, r Rule) { q.Mapping.Mapping.Rules = append(q.Mapping.Mapping.Rules, r) }

func addCode(q *GateQuestion, o CodeOption) {
	v := q.Codebook.Variable("sex")
	v.Codes = append(v.Codes, o)
}

func dropRule(q *GateQuestion, variable string) {
	m := &q.Mapping.Mapping
	m.Rules = slices.DeleteFunc(m.Rules, func(r Rule) bool { return r.Variable == variable })
}

func dropCheck(q *GateQuestion, reason string) {
	m := &q.Mapping.Mapping
	m.Checks = slices.DeleteFunc(m.Checks, func(k Check) bool { return k.Reason == reason })
}

// worldWithoutHealth moves nothing about health and says so.
func worldWithoutHealth() GateQuestion {
	q := world()
	q.Integration.Sensitivity = Personal
	for i := range q.Mapping.Mapping.Source {
		if f := &q.Mapping.Mapping.Source[i]; f.Class == Health {
			f.Class = Technical
		}
	}
	for i := range q.Codebook.Variables {
		q.Codebook.Variables[i].Class = Technical
	}
	q.approve()
	return q
}

func TestScopeInsideAndOutside(t *testing.T) {
	for _, x := range scopeCases {
		t.Run(x.list+"/"+x.name, func(t *testing.T) {
			q := world()
			x.change(&q)
			s := ComputeScope(q.ScopeParts)
			approved, err := ParseScope(q.Approval.Scope)
			if err != nil {
				t.Fatal(err)
			}
			same, covered := s.Hash() == q.Approval.ScopeHash, len(s.Uncovered(approved)) == 0
			if wantSame, wantCovered := x.list == "outside", x.list != "inside"; same != wantSame || covered != wantCovered {
				t.Errorf("same hash: %v, covered: %v, differences: %+v", same, covered, s.Diff(approved))
			}
		})
	}
}

// scopeOutside names every field of the parts that may change without another hash. All others must change it: a field
// that somebody adds to a part is inside until it is written here.
var scopeOutside = strings.Fields(`
	Registry.Name Registry.Kind Registry.Unit Registry.Contact Registry.StartsOn Registry.EndsOn Registry.Note Registry.Demo
	Registry.Version Registry.Basis.Purpose Registry.Basis.LegalBasis Registry.Basis.Exemption Registry.Basis.REK
	Registry.Basis.REKUntil Registry.Basis.PVO Registry.Basis.PVOOn Registry.Basis.Controller Registry.Basis.Processor
	Registry.Basis.Agreement Registry.Basis.AgreementEnds Registry.Basis.DPIA Registry.Basis.DPIANotNeeded
	Registry.Basis.ExemptionUntil Registry.Basis.JointControllers Registry.Basis.DPIAOn Registry.Basis.DPIAResult
	Registry.Basis.Persons Registry.Basis.Sensitivity Registry.Basis.Kept Registry.Basis.KeptBasis
	Registry.Basis.Categories Registry.Basis.Recipients Registry.Basis.SecurityClass Registry.Basis.CitizenInfo
	Integration.ID Integration.RegistryID Integration.MethodID Integration.ConnectionID Integration.Name
	Integration.Purpose Integration.Sensitivity Integration.State Integration.ROS.ID Integration.ROS.Version
	Integration.LD.ID Integration.LD.Version Integration.CodebookID Integration.MappingNo Integration.ExpectedHours
	Integration.Owner Integration.Note Integration.Demo Integration.Version
	System.Name System.Owner System.Content System.Phase System.EndsOn System.Successor System.Note System.Version
	Method.SystemID Method.Name Method.Kind Method.Highest Method.Instead Method.Note Method.Version
	Kind.Roles Kind.Highest Kind.Route Kind.Rereadable Kind.Tier Kind.Identity Kind.Options[0].Required Kind.Options[0].Default
	Kind.Options[0].Choices Kind.Options[0].InScope
	Connection.SystemID Connection.Kind Connection.Name Connection.Version
	Mapping.IntegrationID Mapping.No Mapping.CodebookID Mapping.CodebookVersion Mapping.Message Mapping.CreatedBy
	Mapping.CreatedAt Mapping.Mapping.Source[0].Label Mapping.Mapping.Checks[0].Text
	Codebook.Version Codebook.RegistryID Codebook.Title Codebook.CreatedBy Codebook.CreatedAt
	Codebook.Variables[0].Label Codebook.Variables[0].Form Codebook.Variables[0].Help Codebook.Variables[0].Origin
	Codebook.Variables[0].Condition Codebook.Variables[0].Formula Codebook.Variables[0].PlausibleMin
	Codebook.Variables[0].PlausibleMax Codebook.Variables[0].Stated Codebook.Message Codebook.Source
	Mapping.Mapping.Rules[0].Examples Kind.Consents
	Consents[0].Rule.RegistryID Consents[0].Rule.Name Consents[0].Rule.Every Consents[0].Rule.Version
	Consents[0].Connection.ID Consents[0].Connection.SystemID Consents[0].Connection.Kind Consents[0].Connection.Name
	Consents[0].Connection.Version Consents[0].Kind.Roles Consents[0].Kind.Highest Consents[0].Kind.Route
	Consents[0].Kind.Rereadable Consents[0].Kind.Tier Consents[0].Kind.Identity Consents[0].Kind.Consents Consents[0].Kind.Options[0].Required
	Consents[0].Kind.Options[0].Default Consents[0].Kind.Options[0].Choices Consents[0].Kind.Options[0].InScope
	Consents[0].Kind.Options[0].Only`)

// TestScopeKnowsEveryField changes each field of each part in turn. (What stands in scopeOutside because it only points
// at another part is held by the gate: see TestGateRefusesStrangers. Sensitivity is outside here because the world
// moves health data, which settles it.)
func TestScopeKnowsEveryField(t *testing.T) {
	before := ComputeScope(world().ScopeParts).Hash()
	var inside, outside []string
	parts := reflect.TypeFor[ScopeParts]()
	for i := range parts.NumField() {
		for _, path := range leaves(reflect.ValueOf(world().ScopeParts).Field(i), parts.Field(i).Name) {
			q := world()
			change(t, find(reflect.ValueOf(&q.ScopeParts).Elem(), path))
			if ComputeScope(q.ScopeParts).Hash() == before {
				outside = append(outside, path)
			} else {
				inside = append(inside, path)
			}
		}
	}
	for _, path := range inside {
		if slices.Contains(scopeOutside, path) {
			t.Errorf("%s is said to be outside, but changes the hash", path)
		}
	}
	for _, path := range outside {
		if !slices.Contains(scopeOutside, path) {
			t.Errorf("%s changes what runs without another hash", path)
		}
	}
	for _, path := range scopeOutside {
		if !slices.Contains(outside, path) && !slices.Contains(inside, path) {
			t.Errorf("%s does not exist", path)
		}
	}
}

// TestScopeOfWhatGoesOut holds that a scope of a destination says what it promises and what is sent from, and nothing of
// stores and persons that no sending touches.
func TestScopeOfWhatGoesOut(t *testing.T) {
	q := world()
	q.System.Role, q.Kind.Tier, q.Mapping.Mapping.From = Destination, TierKeyed, "book"
	s := ComputeScope(q.ScopeParts)
	if s.Source != "registry" || s.Destination != q.System.ID || s.Direction != Outbound || s.Rules["(from)"] != "book" {
		t.Errorf("%+v", s)
	}
	if _, vault := s.Stores["vault"]; vault || s.Identity["person"] != "" {
		t.Errorf("a sending has stores %v and identity %v", s.Stores, s.Identity)
	}
	q.Mapping.Mapping.From = "other"
	if ds := ComputeScope(q.ScopeParts).Uncovered(s); len(ds) != 1 || ds[0].Name != "(from)" || ds[0].Kind != Changed {
		t.Errorf("another codebook differs by %+v", ds)
	}
	q.Mapping.Mapping.From = "book"
	q.Kind.Tier = TierOnce
	if ds := ComputeScope(q.ScopeParts).Uncovered(s); len(ds) != 1 || ds[0].Name != "(tier)" {
		t.Errorf("another promise differs by %+v", ds)
	}
	q.Kind.Tier, q.Kind.Identity = TierKeyed, LeavesApart
	apart := ComputeScope(q.ScopeParts)
	if ds := apart.Uncovered(s); len(ds) == 0 || apart.Identity["leaves"] != "apart" || apart.Stores["vault"] != "sealed" {
		t.Errorf("identity that leaves differs by %+v", ds)
	}
	q.Connection.Settings["joiner_recipient"] = "age1nokkel"
	ds := ComputeScope(q.ScopeParts).Uncovered(apart)
	if len(ds) != 1 || ds[0].Area != "recipient" || ds[0].New != RecipientKeyID("age1nokkel") {
		t.Errorf("another recipient differs by %+v", ds)
	}
}

// leaves names the fields below v that hold no struct; of a list of structs those of the first.
func leaves(v reflect.Value, path string) []string {
	_, isTime := v.Interface().(time.Time)
	switch {
	case v.Kind() == reflect.Pointer && !v.IsNil() && v.Elem().Kind() == reflect.Struct:
		return leaves(v.Elem(), path)
	case v.Kind() == reflect.Struct && !isTime:
		var paths []string
		for i := range v.NumField() {
			paths = append(paths, leaves(v.Field(i), path+"."+v.Type().Field(i).Name)...)
		}
		return paths
	case v.Kind() == reflect.Slice && v.Len() > 0 && v.Type().Elem().Kind() == reflect.Struct:
		return leaves(v.Index(0), path+"[0]")
	}
	return []string{path}
}

func find(v reflect.Value, path string) reflect.Value {
	for name := range strings.SplitSeq(path, ".") {
		name, first := strings.CutSuffix(name, "[0]")
		if v = v.FieldByName(name); v.Kind() == reflect.Pointer && !v.IsNil() && v.Elem().Kind() == reflect.Struct {
			v = v.Elem()
		}
		if first {
			v = v.Index(0)
		}
	}
	return v
}

// change gives a field another value, whatever its type.
func change(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Float64:
		v.SetFloat(v.Float() + 0.125)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
	case reflect.Slice:
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
	case reflect.Map:
		m := reflect.MakeMap(v.Type()) // what was there is lost
		m.SetMapIndex(reflect.ValueOf("x"), reflect.ValueOf("x").Convert(v.Type().Elem()))
		v.Set(m)
	case reflect.Struct:
		v.Set(reflect.ValueOf(noon))
	default:
		t.Fatalf("a field of kind %s: say here how to change it", v.Kind())
	}
}

// TestScopeHashIsPinned: the hash of the same parts is the same in every version of the program. When it must change,
// every approval in every installation has to be given anew, so say so where people will read it.
func TestScopeHashIsPinned(t *testing.T) {
	parts := func() ScopeParts {
		p := world().ScopeParts
		p.Consents = nil // what was approved before there were rules of choices keeps its hash
		return p
	}
	s := ComputeScope(parts())
	const want = "26125406ccf63bc8b197276b66ef75616af3a43c1c6710e55e68d0b097f582df"
	if got := s.Hash(); got != want {
		t.Errorf("hash %s, want %s, of\n%s", got, want, s.Canonical())
	}
	for range 20 { // maps are walked in another order each time
		if got := ComputeScope(parts()).Hash(); got != want {
			t.Fatalf("the hash of the same parts is %s", got)
		}
	}
}

func TestScopeIsReadBack(t *testing.T) {
	s := ComputeScope(world().ScopeParts)
	read, err := ParseScope(s.Canonical())
	if err != nil || !reflect.DeepEqual(read, s) || read.Hash() != s.Hash() {
		t.Errorf("%v\n%+v became\n%+v", err, s, read)
	}
	for _, broken := range []string{"", "null-ish", "{", `[]`, `{"registry":1}`,
		strings.Replace(string(s.Canonical()), `{"registry"`, `{"from_the_future":"x","registry"`, 1)} {
		if _, err := ParseScope([]byte(broken)); CodeOf(err) != "scope.broken" {
			t.Errorf("%.40q gives %v", broken, err)
		}
	}
	if bytes.Contains(s.Canonical(), []byte("password")) {
		t.Error("a secret's name stands in the scope")
	}
}

func TestSensitivityIsNeverUnderstated(t *testing.T) {
	q := world()
	q.Integration.Sensitivity = NotSensitive
	if got := q.Sensitivity(); got != Sensitive {
		t.Errorf("health fields move as %s", got)
	}
	q = worldWithoutHealth()
	if got := q.Sensitivity(); got != Personal {
		t.Errorf("nothing about health moves as %s", got)
	}
	q.Codebook.Variable("asa").Class = Health
	if got := q.Sensitivity(); got != Sensitive {
		t.Errorf("a health variable moves as %s", got)
	}
	q.Mapping = nil
	if got := q.Sensitivity(); got != Personal {
		t.Errorf("without a mapping: %s", got)
	}
}

func TestScopeAreasAreComplete(t *testing.T) {
	if got, want := slices.Sorted(slices.Values(ScopeAreas)), slices.Sorted(maps.Keys((&Scope{}).lines())); !slices.Equal(got, want) {
		t.Errorf("areas %v, lines %v", got, want)
	}
}

func drawScope(t *rapid.T, name string) *Scope {
	word := rapid.SampledFrom([]string{"", "a", "b", "0.05", "0.1"})
	lines := func(names ...string) map[string]string {
		return rapid.MapOfN(rapid.SampledFrom(names), word, 0, 2).Draw(t, name)
	}
	s := &Scope{
		Registry: word.Draw(t, name), Source: word.Draw(t, name), Route: Route(word.Draw(t, name)),
		Hops:   rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "a → b"}), 0, 3).Draw(t, name),
		Fields: lines("a", "b"), Variables: lines("a", "b"), Rules: lines("a", "(keep)"), Codes: lines("a=1", "a=2"),
		Settings: lines("host", "folder"), Limits: lines("max_quarantined", "min_volume", "allow_empty", "max_new_codes"),
		Checks: map[string]string{}, Stores: map[string]string{}, Identity: map[string]string{}, Recipients: map[string]string{},
	}
	for reason, variable := range lines("order", "range") {
		s.Checks[reason] = canonical(Check{Reason: reason, Earlier: variable})
	}
	return s
}

func TestDiffProperties(t *testing.T) {
	type line struct{ area, name string }
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawScope(t, "a"), drawScope(t, "b")
		there, back := a.Diff(b), b.Diff(a)
		if (len(there) == 0) != (a.Hash() == b.Hash()) {
			t.Fatalf("%d differences, same hash: %v", len(there), a.Hash() == b.Hash())
		}
		if len(a.Diff(a)) != 0 {
			t.Fatal("a scope differs from itself")
		}
		if len(there) != len(back) {
			t.Fatalf("%d differences there, %d back", len(there), len(back))
		}
		opposite := map[DiffKind]DiffKind{Added: Removed, Removed: Added, Changed: Changed}
		seen := map[line]bool{}
		last := -1
		for i, d := range there {
			e := back[i]
			if d.Area != e.Area || d.Name != e.Name || d.Old != e.New || d.New != e.Old || d.Kind != opposite[e.Kind] {
				t.Fatalf("%+v there is %+v back", d, e)
			}
			if d.Narrowing && e.Narrowing {
				t.Fatalf("narrowing both ways: %+v", d)
			}
			if d.Narrowing && d.Kind == Added || d.Kind == Changed && d.Old == d.New {
				t.Fatalf("this makes no sense: %+v", d)
			}
			if seen[line{d.Area, d.Name}] {
				t.Fatalf("a line differs twice: %+v", d)
			}
			seen[line{d.Area, d.Name}] = true
			if at := slices.Index(ScopeAreas, d.Area); at < last {
				t.Fatalf("%s stands out of order", d.Area)
			} else {
				last = at
			}
		}
		for _, d := range a.Uncovered(b) {
			if d.Narrowing {
				t.Fatalf("narrowing, yet uncovered: %+v", d)
			}
		}
		// What is stored with a refused run comes back as it was.
		stored, err := json.Marshal(Args{"differences": there})
		var read Args
		if err != nil || json.Unmarshal(stored, &read) != nil || len(there) > 0 && !reflect.DeepEqual(read["differences"], there) {
			t.Fatalf("%v: %s", err, stored)
		}
	})
}

func TestMentions(t *testing.T) {
	for code, want := range map[string]bool{
		"asa": true, "asa > 1": true, "1 < asa": true, `$env["asa"]`: true, "(asa)": true, "not asa": true,
		"": false, "asa5": false, "basa": false, "asa_5 + as": false, "basa + asa": true, "ASA": false,
	} {
		if got := mentions(code, "asa"); got != want {
			t.Errorf("%q mentions asa: %v", code, got)
		}
	}
}

// TestScopeGroups: every area is read in exactly one group, so that nothing an approval covers goes unsaid.
func TestScopeGroups(t *testing.T) {
	var said []string
	for _, g := range ScopeGroups {
		said = append(said, g.Areas...)
	}
	want := slices.Clone(ScopeAreas)
	slices.Sort(said)
	slices.Sort(want)
	if !slices.Equal(said, want) {
		t.Errorf("said %v\nnot %v", said, want)
	}
}
