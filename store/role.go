package store

import (
	"slices"
	"time"
)

// PortalRole is what a person may do. Admin, security officer and auditor hold for the whole portal; the others per
// registry unless the grant says all.
type PortalRole string

const (
	RoleReader      PortalRole = "reader"
	RoleCoordinator PortalRole = "coordinator"
	RoleAdmin       PortalRole = "admin"
	RoleSecurity    PortalRole = "security_officer"
	RoleAuditor     PortalRole = "auditor"
)

// PortalRoles lists the roles in the order forms offer them.
var PortalRoles = []PortalRole{RoleReader, RoleCoordinator, RoleAdmin, RoleSecurity, RoleAuditor}

// Right is one thing a person can be allowed to do. Every route names the right it needs.
type Right string

const (
	Public       Right = "public"        // anyone, also without login
	SignedIn     Right = "signed_in"     // anyone who has logged in
	SeeRegistry  Right = "see_registry"  // registry, its integrations, runs, schedules and reports
	EditRegistry Right = "edit_registry" // facts of a registry, its codebook and integrations
	EditMapping  Right = "edit_mapping"
	StartRun     Right = "start_run"
	DecideRun    Right = "decide_run" // release or reject a held run, undo a load
	SeeRows      Right = "see_rows"   // held-back rows, small cells
	EditSchedule Right = "edit_schedule"
	Submit       Right = "submit" // ask for an approval
	Approve      Right = "approve"
	EditBasis    Right = "edit_basis" // ROS and LD
	SeeSystems   Right = "see_systems"
	EditSystems  Right = "edit_systems" // systems, connections, secrets, solutions
	SeeAudit     Right = "see_audit"
	SeeAccess    Right = "see_access"
	AskAccess    Right = "ask_access"    // ask that somebody be given a role
	ReviewAccess Right = "review_access" // confirm or end each grant, twice a year
	GrantAccess  Right = "grant_access"  // say yes to what somebody else asked for, end it, end sessions
	SeeIdentity  Right = "see_identity"  // that persons were asked for, by whom and why; never the persons
	AskIdentity  Right = "ask_identity"  // ask who the persons behind pseudonyms are
	// ReleaseIdentity: decide about what somebody else asked.
	ReleaseIdentity Right = "release_identity"
	SeeAdmin        Right = "see_admin" // health of the installation
	EditSettings    Right = "edit_settings"
)

// Rights lists the rights in the order tables show them.
var Rights = []Right{Public, SignedIn, SeeRegistry, EditRegistry, EditMapping, StartRun, DecideRun, SeeRows, EditSchedule,
	Submit, Approve, EditBasis, SeeSystems, EditSystems, SeeAudit, SeeAccess, AskAccess, ReviewAccess, GrantAccess,
	SeeIdentity, AskIdentity, ReleaseIdentity, SeeAdmin, EditSettings}

var readerRights = []Right{Public, SignedIn, SeeRegistry, SeeSystems}

// rights is who may do what. Admin sees no person and never approves; nobody but the security officer does.
var rights = map[PortalRole][]Right{
	RoleReader: readerRights,
	RoleCoordinator: append(slices.Clone(readerRights), EditRegistry, EditMapping, StartRun, DecideRun, SeeRows, Submit, EditBasis,
		AskAccess, ReviewAccess, SeeIdentity, AskIdentity),
	RoleAdmin: append(slices.Clone(readerRights), StartRun, EditSchedule, EditSystems, EditRegistry, AskAccess,
		SeeAdmin, EditSettings),
	RoleSecurity: append(slices.Clone(readerRights), Approve, EditBasis, SeeAudit, SeeAccess, AskAccess,
		ReviewAccess, GrantAccess, SeeIdentity, ReleaseIdentity, SeeAdmin),
	RoleAuditor: append(slices.Clone(readerRights), SeeAudit, SeeAccess, SeeIdentity),
}

// Allows tells whether the role carries the right.
func (r PortalRole) Allows(right Right) bool { return slices.Contains(rights[r], right) }

// PortalWide tells whether the role always holds for every registry.
func (r PortalRole) PortalWide() bool {
	return r == RoleAdmin || r == RoleSecurity || r == RoleAuditor
}

// AllRegistries is the registry of a grant that holds for every registry.
const AllRegistries = "*"

// What gives a grant.
const (
	SourceOIDC   = "oidc"   // the role claim of the login, anew at each login
	SourcePortal = "portal" // a request here that a security officer said yes to
	SourceDemo   = "demo"   // the demonstration's login
	// SourceEmergency is a sealed code, see EmergencyCode.
	SourceEmergency = "emergency"
)

// Grant gives a person a role, in one registry or in all, for a time.
type Grant struct {
	ID         string
	UserID     string
	Role       PortalRole
	RegistryID string // AllRegistries for the whole portal
	Source     string // SourceOIDC …
	AskedBy    string // user id; "" when nobody had to ask
	Reason     string // why it was asked for
	DeputyFor  string // user id of the one whose holiday it is for; "" for an ordinary grant
	GrantedBy  string
	GrantedAt  time.Time
	From       time.Time // zero: from GrantedAt
	Until      time.Time // zero: no end
	EndedBy    string    // who ended it before its time
	EndReason  string
}

// Holds tells whether the grant gives its role at a moment. A grant that has begun or run out since the login is seen
// at the next request, so no session has to end for it.
func (g *Grant) Holds(at time.Time) bool {
	return !at.Before(g.From) && (g.Until.IsZero() || at.Before(g.Until))
}

// EndsHere tells whether the grant can be ended in the portal. What the login gives is given again at the next one: it
// ends where the groups are kept, and here a block is what helps.
func (g *Grant) EndsHere() bool { return g.Source != SourceOIDC && g.Source != SourceDemo }

// In tells whether the grant gives its role in a registry.
func (g *Grant) In(registryID string) bool {
	return g.Role.PortalWide() || g.RegistryID == AllRegistries || g.RegistryID == registryID
}

// overlaps tells whether two grants hold at the same time at some moment.
func (g *Grant) overlaps(h *Grant) bool {
	return (g.Until.IsZero() || h.From.Before(g.Until)) && (h.Until.IsZero() || g.From.Before(h.Until))
}

// apart are the two roles that nobody holds at once: the one who runs the portal never approves (design.md section 2).
// The portal gives nobody both. Where groups at the login give both, the stricter rule holds, and nobody chooses between
// them: of the two the person keeps only what both allow, until the groups are put right.
func apart(a, b PortalRole) bool {
	return a == RoleAdmin && b == RoleSecurity || a == RoleSecurity && b == RoleAdmin
}

// Separate refuses a grant to somebody who has, or will have, the role that must be kept apart from it while it holds.
func Separate(have []Grant, g Grant) error {
	for i := range have {
		if apart(have[i].Role, g.Role) && have[i].overlaps(&g) {
			return FieldError("role", "access.separation",
				Args{"role": Code("role." + string(g.Role)), "other": Code("role." + string(have[i].Role))})
		}
	}
	return nil
}

// User is somebody who has logged in: (issuer, subject), never the e-mail address.
type User struct {
	ID        string // random, ours
	Issuer    string
	Subject   string
	Name      string
	LastSeen  time.Time
	BlockedAt time.Time // since when they may do nothing here, whatever they are granted; zero: not blocked
}

// Person is a logged-in user with what holds for them at one moment.
type Person struct {
	User   User
	Grants []Grant
	Lang   string
	Theme  string
	Demo   bool
}

// Torn tells whether the person holds two roles that must be kept apart: both then allow only what both do.
func (p *Person) Torn(at time.Time) bool {
	return p.holds(RoleAdmin, at) && p.holds(RoleSecurity, at)
}

func (p *Person) holds(role PortalRole, at time.Time) bool {
	return slices.ContainsFunc(p.Grants, func(g Grant) bool { return g.Role == role && g.Holds(at) })
}

// gives tells whether one of the person's grants carries a right at a moment.
func (p *Person) gives(g *Grant, right Right, at time.Time) bool {
	if !g.Holds(at) || !g.Role.Allows(right) {
		return false
	}
	if g.Role == RoleAdmin || g.Role == RoleSecurity {
		return !p.Torn(at) || RoleAdmin.Allows(right) && RoleSecurity.Allows(right)
	}
	return true
}

// Can tells whether the person has the right in a registry. With an empty registry it asks for the whole portal: a
// role that is given for single registries then answers only for rights that concern no registry.
func (p *Person) Can(right Right, registryID string, at time.Time) bool {
	if ok, sure := p.always(right); sure {
		return ok
	}
	for i := range p.Grants {
		g := &p.Grants[i]
		if !p.gives(g, right, at) {
			continue
		}
		if g.Role.PortalWide() || g.RegistryID == AllRegistries || registryID != "" && g.RegistryID == registryID ||
			registryID == "" && (right == SeeRegistry || right == SeeSystems) {
			return true
		}
	}
	return false
}

// always answers what no grant decides: what is public, what every login gives, and that nobody may do anything who is
// not logged in or is blocked.
func (p *Person) always(right Right) (ok, sure bool) {
	switch {
	case right == Public:
		return true, true
	case p == nil || !p.User.BlockedAt.IsZero():
		return false, true
	}
	return true, right == SignedIn
}

// CanSomewhere tells whether the person has the right in at least one registry: what decides if a menu shows it.
func (p *Person) CanSomewhere(right Right, at time.Time) bool {
	if ok, sure := p.always(right); sure {
		return ok
	}
	return slices.ContainsFunc(p.Grants, func(g Grant) bool { return p.gives(&g, right, at) })
}

// Registries gives the registries the person may see; all is true when that is every one.
func (p *Person) Registries(at time.Time) (ids []string, all bool) {
	if ok, _ := p.always(SeeRegistry); !ok {
		return nil, false
	}
	for i := range p.Grants {
		g := &p.Grants[i]
		if !p.gives(g, SeeRegistry, at) {
			continue
		}
		if g.Role.PortalWide() || g.RegistryID == AllRegistries {
			return nil, true
		}
		ids = append(ids, g.RegistryID)
	}
	return ids, false
}
