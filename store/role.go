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
	AskAccess    Right = "ask_access"   // ask that somebody be given a role
	GrantAccess  Right = "grant_access" // say yes to what somebody else asked for, end it, end sessions
	SeeAdmin     Right = "see_admin"    // health of the installation
	EditSettings Right = "edit_settings"
)

// Rights lists the rights in the order tables show them.
var Rights = []Right{Public, SignedIn, SeeRegistry, EditRegistry, EditMapping, StartRun, DecideRun, SeeRows, EditSchedule,
	Submit, Approve, EditBasis, SeeSystems, EditSystems, SeeAudit, SeeAccess, AskAccess, GrantAccess, SeeAdmin,
	EditSettings}

var readerRights = []Right{Public, SignedIn, SeeRegistry, SeeSystems}

// rights is who may do what. Admin sees no person and never approves; nobody but the security officer does.
var rights = map[PortalRole][]Right{
	RoleReader: readerRights,
	RoleCoordinator: append(slices.Clone(readerRights), EditRegistry, EditMapping, StartRun, DecideRun, SeeRows, Submit, EditBasis,
		AskAccess),
	RoleAdmin: append(slices.Clone(readerRights), StartRun, EditSchedule, EditSystems, EditRegistry, AskAccess,
		SeeAdmin, EditSettings),
	RoleSecurity: append(slices.Clone(readerRights), Approve, EditBasis, SeeAudit, SeeAccess, AskAccess,
		GrantAccess, SeeAdmin),
	RoleAuditor: append(slices.Clone(readerRights), SeeAudit, SeeAccess),
}

// Allows tells whether the role carries the right.
func (r PortalRole) Allows(right Right) bool { return slices.Contains(rights[r], right) }

// PortalWide tells whether the role always holds for every registry.
func (r PortalRole) PortalWide() bool {
	return r == RoleAdmin || r == RoleSecurity || r == RoleAuditor
}

// AllRegistries is the registry of a grant that holds for every registry.
const AllRegistries = "*"

// Grant gives a person a role, in one registry or in all, for a time.
type Grant struct {
	ID         string
	UserID     string
	Role       PortalRole
	RegistryID string // AllRegistries for the whole portal
	Source     string // "oidc" from the login's role claim, "portal" given here, "demo"
	GrantedBy  string
	GrantedAt  time.Time
	Until      time.Time // zero: no end
}

// User is somebody who has logged in: (issuer, subject), never the e-mail address.
type User struct {
	ID       string // random, ours
	Issuer   string
	Subject  string
	Name     string
	LastSeen time.Time
}

// Person is a logged-in user with what holds for them at one moment.
type Person struct {
	User   User
	Grants []Grant
	Lang   string
	Theme  string
	Demo   bool
}

// Can tells whether the person has the right in a registry. With an empty registry it asks for the whole portal: a
// role that is given for single registries then answers only for rights that concern no registry.
func (p *Person) Can(right Right, registryID string, at time.Time) bool {
	if right == Public {
		return true
	}
	if p == nil {
		return false
	}
	if right == SignedIn {
		return true
	}
	for _, g := range p.Grants {
		if !g.Until.IsZero() && !at.Before(g.Until) || !g.Role.Allows(right) {
			continue
		}
		if g.Role.PortalWide() || g.RegistryID == AllRegistries || registryID != "" && g.RegistryID == registryID ||
			registryID == "" && (right == SeeRegistry || right == SeeSystems) {
			return true
		}
	}
	return false
}

// CanSomewhere tells whether the person has the right in at least one registry: what decides if a menu shows it.
func (p *Person) CanSomewhere(right Right, at time.Time) bool {
	if p == nil {
		return right == Public
	}
	return right == Public || right == SignedIn || slices.ContainsFunc(p.Grants, func(g Grant) bool {
		return (g.Until.IsZero() || at.Before(g.Until)) && g.Role.Allows(right)
	})
}

// Registries gives the registries the person may see; all is true when that is every one.
func (p *Person) Registries(at time.Time) (ids []string, all bool) {
	if p == nil {
		return nil, false
	}
	for _, g := range p.Grants {
		if !g.Until.IsZero() && !at.Before(g.Until) || !g.Role.Allows(SeeRegistry) {
			continue
		}
		if g.Role.PortalWide() || g.RegistryID == AllRegistries {
			return nil, true
		}
		ids = append(ids, g.RegistryID)
	}
	return ids, false
}
