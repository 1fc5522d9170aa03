package store

import (
	"slices"
	"time"
)

// Phase is where a solution or a system is in its life.
type Phase string

const (
	PhaseProposed   Phase = "proposed"
	PhaseActive     Phase = "active"
	PhasePhasingOut Phase = "phasing_out"
	PhaseRetired    Phase = "retired"
)

// Phases lists the phases in the order forms offer them.
var Phases = []Phase{PhaseProposed, PhaseActive, PhasePhasingOut, PhaseRetired}

// Solution is the software registries live in (registerløsning).
type Solution struct {
	ID         string `yaml:"id" json:"id"`
	Name       string `yaml:"name" json:"name"`
	Kind       string `yaml:"kind,omitempty" json:"kind,omitempty"` // what sort of registries it holds, in words
	Owner      string `yaml:"owner,omitempty" json:"owner,omitempty"`
	Platform   string `yaml:"platform,omitempty" json:"platform,omitempty"`
	Hosting    string `yaml:"hosting,omitempty" json:"hosting,omitempty"`
	Controller string `yaml:"controller,omitempty" json:"controller,omitempty"`
	Phase      Phase  `yaml:"phase" json:"phase"`
	EndsOn     Date   `yaml:"ends_on,omitempty" json:"ends_on,omitempty"`
	Successor  string `yaml:"successor,omitempty" json:"successor,omitempty"`
	URL        string `yaml:"url,omitempty" json:"url,omitempty"`
	Note       string `yaml:"note,omitempty" json:"note,omitempty"`
	Version    int    `yaml:"-" json:"-"`
}

// Validate checks a solution.
func (s *Solution) Validate() error {
	var bad FieldErrors
	validateNamed(&bad, s.ID, s.Name)
	validatePhase(&bad, s.Phase, s.EndsOn, s.Successor, s.ID)
	validatePublic(&bad, "name", s.Name)
	validatePublic(&bad, "kind", s.Kind)
	if s.URL != "" && !httpURL(s.URL) {
		bad.Add("url", "field.url", nil)
	}
	return bad.OrNil()
}

// System is an outside system in one role: Nettskjema as source and as destination are two.
type System struct {
	ID        string   `yaml:"id" json:"id"`
	Name      string   `yaml:"name" json:"name"`
	Owner     string   `yaml:"owner,omitempty" json:"owner,omitempty"`
	Role      Role     `yaml:"role" json:"role"`
	Content   []string `yaml:"content,omitempty" json:"content,omitempty"` // what it offers or receives, in words
	Phase     Phase    `yaml:"phase" json:"phase"`
	EndsOn    Date     `yaml:"ends_on,omitempty" json:"ends_on,omitempty"`
	Successor string   `yaml:"successor,omitempty" json:"successor,omitempty"`
	Note      string   `yaml:"note,omitempty" json:"note,omitempty"`
	Version   int      `yaml:"-" json:"-"`
}

// Validate checks a system.
func (s *System) Validate() error {
	var bad FieldErrors
	validateNamed(&bad, s.ID, s.Name)
	validatePhase(&bad, s.Phase, s.EndsOn, s.Successor, s.ID)
	validatePublic(&bad, "name", s.Name)
	validatePublic(&bad, "content", s.Content...)
	if s.Role != Source && s.Role != Destination {
		bad.Add("role", "field.choice", nil)
	}
	return bad.OrNil()
}

// Method is one way of reaching a system: what a ROS and an LD are made for, together with the system.
type Method struct {
	ID       string `yaml:"id" json:"id"`
	SystemID string `yaml:"system" json:"system"`
	Name     string `yaml:"name" json:"name"`
	// Kind is the connector that carries it out; empty while Samband has none for it.
	Kind     string      `yaml:"kind,omitempty" json:"kind,omitempty"`
	Handover string      `yaml:"handover,omitempty" json:"handover,omitempty"` // sqlserver_view, file_drop, fhir_r4 …
	Highest  Sensitivity `yaml:"highest" json:"highest"`
	Route    Route       `yaml:"route" json:"route"`
	// Instead names the system that data too sensitive for this method must come through.
	Instead string `yaml:"instead,omitempty" json:"instead,omitempty"`
	Note    string `yaml:"note,omitempty" json:"note,omitempty"`
	Version int    `yaml:"-" json:"-"`
}

// Validate checks a method.
func (m *Method) Validate() error {
	var bad FieldErrors
	validateNamed(&bad, m.ID, m.Name)
	if m.SystemID == "" {
		bad.Add("system", "field.required", nil)
	}
	if !slices.Contains(Sensitivities, m.Highest) {
		bad.Add("highest", "field.choice", nil)
	}
	if !slices.Contains(Routes, m.Route) {
		bad.Add("route", "field.choice", nil)
	}
	return bad.OrNil()
}

// RegistryKind is the legal sort of a registry (contracts/register-solutions.md section 4).
type RegistryKind string

const (
	KindProject RegistryKind = "project"          // ends; end date mandatory
	KindQuality RegistryKind = "quality"          // may rest on regulation, with reservation
	KindBroad   RegistryKind = "research_consent" // broad consent per person
)

// RegistryKinds lists the kinds in the order forms offer them.
var RegistryKinds = []RegistryKind{KindProject, KindQuality, KindBroad}

// ConsentRegime says what a person's word means for a registry.
type ConsentRegime string

const (
	ConsentNone        ConsentRegime = "none"
	ConsentProject     ConsentRegime = "project"
	ConsentBroad       ConsentRegime = "broad"
	ConsentReservation ConsentRegime = "reservation"
)

// ConsentRegimes lists the regimes in the order forms offer them.
var ConsentRegimes = []ConsentRegime{ConsentNone, ConsentProject, ConsentBroad, ConsentReservation}

// Registry is one research or quality registry.
type Registry struct {
	ID         string       `yaml:"id" json:"id"`
	SolutionID string       `yaml:"solution" json:"solution"`
	Name       string       `yaml:"name" json:"name"`
	Kind       RegistryKind `yaml:"kind" json:"kind"`
	Unit       string       `yaml:"unit,omitempty" json:"unit,omitempty"`
	Contact    string       `yaml:"contact,omitempty" json:"contact,omitempty"` // a role or a mailbox, for staff
	StartsOn   Date         `yaml:"starts_on,omitempty" json:"starts_on,omitempty"`
	EndsOn     Date         `yaml:"ends_on,omitempty" json:"ends_on,omitempty"`
	Basis      Basis        `yaml:"basis" json:"basis"`
	Note       string       `yaml:"note,omitempty" json:"note,omitempty"`
	Demo       bool         `yaml:"-" json:"demo,omitempty"`
	Version    int          `yaml:"-" json:"-"`
}

// Basis is what a registry rests on: the fields of contracts/governance.md section 3.
type Basis struct {
	Purpose    string `yaml:"purpose" json:"purpose"`
	LegalBasis string `yaml:"legal_basis" json:"legal_basis"`
	// Exemption is the decision that lets data be used without consent, where there is one.
	Exemption        string        `yaml:"exemption,omitempty" json:"exemption,omitempty"`
	ExemptionUntil   Date          `yaml:"exemption_until,omitempty" json:"exemption_until,omitempty"`
	Consent          ConsentRegime `yaml:"consent" json:"consent"`
	REK              string        `yaml:"rek,omitempty" json:"rek,omitempty"`
	REKUntil         Date          `yaml:"rek_until,omitempty" json:"rek_until,omitempty"`
	PVO              string        `yaml:"pvo,omitempty" json:"pvo,omitempty"`
	PVOOn            Date          `yaml:"pvo_on,omitempty" json:"pvo_on,omitempty"`
	Controller       string        `yaml:"controller" json:"controller"`
	JointControllers string        `yaml:"joint_controllers" json:"joint_controllers"` // or the word that there are none
	Processor        string        `yaml:"processor,omitempty" json:"processor,omitempty"`
	Agreement        string        `yaml:"agreement,omitempty" json:"agreement,omitempty"`
	AgreementEnds    Date          `yaml:"agreement_ends,omitempty" json:"agreement_ends,omitempty"`
	DPIA             string        `yaml:"dpia,omitempty" json:"dpia,omitempty"`
	DPIAOn           Date          `yaml:"dpia_on,omitempty" json:"dpia_on,omitempty"`
	DPIAResult       string        `yaml:"dpia_result,omitempty" json:"dpia_result,omitempty"`
	DPIANotNeeded    string        `yaml:"dpia_not_needed,omitempty" json:"dpia_not_needed,omitempty"` // the recorded reason
	Persons          string        `yaml:"persons" json:"persons"`                                     // categories of them
	Categories       string        `yaml:"categories" json:"categories"`                               // of data
	// Sensitivity is the highest that the registry holds.
	Sensitivity   Sensitivity `yaml:"sensitivity" json:"sensitivity"`
	Recipients    string      `yaml:"recipients" json:"recipients"`
	Retention     string      `yaml:"retention" json:"retention"` // what is deleted, and when
	Kept          string      `yaml:"kept" json:"kept"`           // what is kept after that, or the word that nothing is
	KeptBasis     string      `yaml:"kept_basis,omitempty" json:"kept_basis,omitempty"`
	SecurityClass string      `yaml:"security_class" json:"security_class"`
	CitizenInfo   string      `yaml:"citizen_contact" json:"citizen_contact"`
}

// Missing names the required fields that are empty, by their names in YAML and in forms.
func (r *Registry) Missing() []string {
	b := &r.Basis
	var missing []string
	need := func(name string, ok bool) {
		if !ok {
			missing = append(missing, name)
		}
	}
	research := r.Kind == KindProject || r.Kind == KindBroad
	need("purpose", b.Purpose != "")
	need("legal_basis", b.LegalBasis != "")
	need("exemption_until", b.Exemption == "" || !b.ExemptionUntil.IsZero())
	need("consent", slices.Contains(ConsentRegimes, b.Consent))
	need("rek", b.REK != "" || !research)
	need("rek_until", b.REK == "" || !b.REKUntil.IsZero() || !research)
	need("pvo", b.PVO != "" || research && b.REK != "")
	need("pvo_on", b.PVO == "" || !b.PVOOn.IsZero())
	need("controller", b.Controller != "")
	need("joint_controllers", b.JointControllers != "")
	need("agreement", b.Agreement != "" || b.Processor == "")
	need("agreement_ends", !b.AgreementEnds.IsZero() || b.Processor == "")
	need("dpia", b.DPIA != "" || b.DPIANotNeeded != "")
	need("dpia_on", b.DPIA == "" || !b.DPIAOn.IsZero())
	need("dpia_result", b.DPIA == "" || b.DPIAResult != "")
	need("persons", b.Persons != "")
	need("categories", b.Categories != "")
	need("sensitivity", slices.Contains(Sensitivities, b.Sensitivity))
	need("recipients", b.Recipients != "")
	need("retention", b.Retention != "")
	need("kept", b.Kept != "")
	need("kept_basis", b.KeptBasis != "")
	need("security_class", b.SecurityClass != "")
	need("citizen_contact", b.CitizenInfo != "")
	need("ends_on", r.Kind != KindProject || !r.EndsOn.IsZero())
	return missing
}

// Lapsed names the permissions and agreements that have run out, by their names in YAML and in forms.
func (r *Registry) Lapsed(at time.Time) []string {
	var lapsed []string
	if r.Basis.ExemptionUntil.Lapsed(at) {
		lapsed = append(lapsed, "exemption_until")
	}
	if r.Basis.REKUntil.Lapsed(at) {
		lapsed = append(lapsed, "rek_until")
	}
	if r.Basis.AgreementEnds.Lapsed(at) {
		lapsed = append(lapsed, "agreement_ends")
	}
	return lapsed
}

// Validate checks a registry's form. What is missing of its basis doesn't stop saving; it stops running.
func (r *Registry) Validate() error {
	var bad FieldErrors
	validateNamed(&bad, r.ID, r.Name)
	validatePublic(&bad, "name", r.Name)
	if r.SolutionID == "" {
		bad.Add("solution", "field.required", nil)
	}
	if !slices.Contains(RegistryKinds, r.Kind) {
		bad.Add("kind", "field.choice", nil)
	}
	validateDate(&bad, "starts_on", r.StartsOn)
	validateDate(&bad, "ends_on", r.EndsOn)
	validateDate(&bad, "rek_until", r.Basis.REKUntil)
	validateDate(&bad, "pvo_on", r.Basis.PVOOn)
	validateDate(&bad, "agreement_ends", r.Basis.AgreementEnds)
	validateDate(&bad, "exemption_until", r.Basis.ExemptionUntil)
	validateDate(&bad, "dpia_on", r.Basis.DPIAOn)
	if !r.StartsOn.IsZero() && !r.EndsOn.IsZero() && r.EndsOn.Before(r.StartsOn) {
		bad.Add("ends_on", "field.end_before_start", nil)
	}
	if r.Basis.Consent != "" && !slices.Contains(ConsentRegimes, r.Basis.Consent) {
		bad.Add("consent", "field.choice", nil)
	}
	if r.Basis.Sensitivity != "" && !slices.Contains(Sensitivities, r.Basis.Sensitivity) {
		bad.Add("sensitivity", "field.choice", nil)
	}
	return bad.OrNil()
}

// IntegrationState is where an integration is in its life.
type IntegrationState string

const (
	IntCandidate    IntegrationState = "candidate"
	IntInAnalysis   IntegrationState = "in_analysis"
	IntInAssessment IntegrationState = "in_assessment"
	IntApproved     IntegrationState = "approved"
	IntInOperation  IntegrationState = "in_operation"
	IntSuspended    IntegrationState = "suspended"
	IntEnded        IntegrationState = "ended"
)

// IntegrationStates lists the states in the order of an integration's life.
var IntegrationStates = []IntegrationState{IntCandidate, IntInAnalysis, IntInAssessment, IntApproved, IntInOperation,
	IntSuspended, IntEnded}

var integrationMoves = map[IntegrationState][]IntegrationState{
	IntCandidate:    {IntInAnalysis, IntEnded},
	IntInAnalysis:   {IntInAssessment, IntCandidate, IntEnded},
	IntInAssessment: {IntApproved, IntInAnalysis, IntEnded},
	IntApproved:     {IntInOperation, IntInAssessment, IntSuspended, IntEnded},
	IntInOperation:  {IntSuspended, IntEnded},
	IntSuspended:    {IntInOperation, IntInAssessment, IntEnded},
}

// CanMove tells whether an integration may go from s to t.
func (s IntegrationState) CanMove(t IntegrationState) bool {
	return slices.Contains(integrationMoves[s], t)
}

// Runnable tells whether an integration in this state may run at all.
func (s IntegrationState) Runnable() bool { return s == IntApproved || s == IntInOperation }

// Integration is a registry's use of a method of a system in one direction, with everything that must be approved.
type Integration struct {
	ID           string           `yaml:"id" json:"id"`
	RegistryID   string           `yaml:"registry" json:"registry"`
	MethodID     string           `yaml:"method" json:"method"`
	ConnectionID string           `yaml:"connection,omitempty" json:"connection,omitempty"`
	Name         string           `yaml:"name" json:"name"`
	Purpose      string           `yaml:"purpose,omitempty" json:"purpose,omitempty"`
	Sensitivity  Sensitivity      `yaml:"sensitivity" json:"sensitivity"`
	State        IntegrationState `yaml:"-" json:"state"`
	ROS          Ref              `yaml:"ros,omitempty" json:"ros,omitempty"`
	LD           Ref              `yaml:"ld,omitempty" json:"ld,omitempty"`
	CodebookID   string           `yaml:"codebook,omitempty" json:"codebook,omitempty"`
	// MappingNo is the version in use; 0 when there is none.
	MappingNo int    `yaml:"-" json:"mapping_no,omitempty"`
	Limits    Limits `yaml:"limits,omitempty" json:"limits,omitempty"`
	// ExpectedHours is how many hours may pass between deliveries before the registry's page says that data are late.
	ExpectedHours int    `yaml:"expected_hours,omitempty" json:"expected_hours,omitempty"`
	Owner         string `yaml:"owner,omitempty" json:"owner,omitempty"`
	Note          string `yaml:"note,omitempty" json:"note,omitempty"`
	// Demo marks what is synthetic from end to end: the only thing ever seeded as approved.
	Demo    bool `yaml:"-" json:"demo,omitempty"`
	Version int  `yaml:"-" json:"-"`
}

// Ref points at one version of a ROS or an LD.
type Ref struct {
	ID      string `yaml:"id,omitempty" json:"id,omitempty"`
	Version int    `yaml:"version,omitempty" json:"version,omitempty"`
}

// IsZero tells whether nothing is pointed at.
func (r Ref) IsZero() bool { return r.ID == "" }

// Validate checks an integration's form.
func (i *Integration) Validate() error {
	var bad FieldErrors
	validateNamed(&bad, i.ID, i.Name)
	if i.RegistryID == "" {
		bad.Add("registry", "field.required", nil)
	}
	validatePublic(&bad, "name", i.Name)
	if i.MethodID == "" {
		bad.Add("method", "field.required", nil)
	}
	if !slices.Contains(Sensitivities, i.Sensitivity) {
		bad.Add("sensitivity", "field.choice", nil)
	}
	if !isShare(i.Limits.MaxQuarantined) {
		bad.Add("max_quarantined", "field.share", nil)
	}
	if !isShare(i.Limits.MinVolume) {
		bad.Add("min_volume", "field.share", nil)
	}
	if !isShare(i.Limits.MaxNewCodes) {
		bad.Add("max_new_codes", "field.share", nil)
	}
	if i.ExpectedHours < 0 || i.ExpectedHours > 24*366 {
		bad.Add("expected_hours", "field.number", nil)
	}
	return bad.OrNil()
}

// Late tells since when data are late: lastSuccess plus the expected hours, when that has passed. Zero: not late.
func (i *Integration) Late(lastSuccess, now time.Time) time.Time {
	if i.ExpectedHours == 0 || lastSuccess.IsZero() || !i.State.Runnable() {
		return time.Time{}
	}
	due := lastSuccess.Add(time.Duration(i.ExpectedHours) * time.Hour)
	if now.After(due) {
		return due
	}
	return time.Time{}
}

// isShare is false for what is not a number, too.
func isShare(f float64) bool { return f >= 0 && f <= 1 }

func validateNamed(bad *FieldErrors, id, name string) {
	if !ValidSlug(id) {
		bad.Add("id", "slug", Args{"value": id})
	}
	if name == "" {
		bad.Add("name", "field.required", nil)
	}
	if len(name) > 200 {
		bad.Add("name", "field.too_long", Args{"max": 200})
	}
}

func validatePhase(bad *FieldErrors, p Phase, ends Date, successor, self string) {
	if !slices.Contains(Phases, p) {
		bad.Add("phase", "field.choice", nil)
	}
	if successor == self && self != "" {
		bad.Add("successor", "field.choice", nil)
	}
	validateDate(bad, "ends_on", ends)
}

func validateDate(bad *FieldErrors, field string, d Date) {
	if d != "" && !d.Valid() {
		bad.Add(field, "field.date", nil)
	}
}

func httpURL(s string) bool {
	const a, b = "https://", "http://"
	return len(s) > len(a) && s[:len(a)] == a || len(s) > len(b) && s[:len(b)] == b
}
