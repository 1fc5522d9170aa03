package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// rightsTable is who may do what. A change here is a decision of the hospital's, not of a programmer's.
const rightsTable = `
                  reader coordinator admin security_officer auditor
public            x      x           x     x                x
signed_in         x      x           x     x                x
see_registry      x      x           x     x                x
edit_registry     -      x           x     -                -
edit_mapping      -      x           -     -                -
start_run         -      x           x     -                -
decide_run        -      x           -     -                -
see_rows          -      x           -     -                -
edit_schedule     -      -           x     -                -
submit            -      x           -     -                -
approve           -      -           -     x                -
edit_basis        -      x           -     x                -
see_systems       x      x           x     x                x
edit_systems      -      -           x     -                -
see_audit         -      -           -     x                x
see_access        -      -           -     x                x
ask_access        -      x           x     x                -
review_access     -      x           -     x                -
grant_access      -      -           -     x                -
see_identity      -      x           -     x                x
ask_identity      -      x           -     -                -
release_identity  -      -           -     x                -
see_admin         -      -           x     x                -
edit_settings     -      -           x     -                -
`

func TestRights(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-17s", "")
	for _, role := range PortalRoles {
		fmt.Fprintf(&b, " %s", role)
	}
	b.WriteByte('\n')
	for _, right := range Rights {
		fmt.Fprintf(&b, "%-17s", right)
		for i, role := range PortalRoles {
			mark := "-"
			if role.Allows(right) {
				mark = "x"
			}
			if i < len(PortalRoles)-1 {
				mark = fmt.Sprintf("%-*s", len(role), mark)
			}
			fmt.Fprintf(&b, " %s", mark)
		}
		b.WriteByte('\n')
	}
	if b.String() != rightsTable {
		t.Errorf("the table is now:\n%s", b.String())
	}
	for role, has := range rights {
		for _, right := range has {
			if !slices.Contains(Rights, right) || !slices.Contains(PortalRoles, role) {
				t.Errorf("%s may %s, which no list has", role, right)
			}
		}
	}
	if PortalRole("boss").Allows(Public) || RoleAdmin.Allows("everything") {
		t.Error("a role or a right that isn't allows something")
	}
}

func TestCan(t *testing.T) {
	person := func(gs ...Grant) *Person { return &Person{Grants: gs} }
	until := func(g Grant, at time.Time) Grant { g.Until = at; return g }
	heart := Grant{Role: RoleCoordinator, RegistryID: "heart"}
	for name, x := range map[string]struct {
		who      *Person
		right    Right
		registry string
		want     bool
	}{
		"nobody sees what is public":            {nil, Public, "", true},
		"nobody has logged in":                  {nil, SignedIn, "", false},
		"nobody sees a registry":                {nil, SeeRegistry, "heart", false},
		"without grants":                        {person(), SeeRegistry, "heart", false},
		"without grants, signed in":             {person(), SignedIn, "", true},
		"own registry":                          {person(heart), EditMapping, "heart", true},
		"another's registry":                    {person(heart), EditMapping, "lung", false},
		"another's registry, only to see":       {person(heart), SeeRegistry, "lung", false},
		"no registry, a right over one":         {person(heart), EditMapping, "", false},
		"no registry, the list of them":         {person(heart), SeeRegistry, "", true},
		"no registry, the systems":              {person(heart), SeeSystems, "", true},
		"all registries":                        {person(Grant{Role: RoleReader, RegistryID: AllRegistries}), SeeRegistry, "lung", true},
		"all registries, no more than a reader": {person(Grant{Role: RoleReader, RegistryID: AllRegistries}), StartRun, "lung", false},
		"a grant without registry":              {person(Grant{Role: RoleCoordinator}), EditMapping, "", false},
		"admin, wherever it was given":          {person(Grant{Role: RoleAdmin, RegistryID: "heart"}), EditSystems, "", true},
		"admin sees no rows":                    {person(Grant{Role: RoleAdmin}), SeeRows, "heart", false},
		"admin never approves":                  {person(Grant{Role: RoleAdmin}), Approve, "heart", false},
		"security officer approves":             {person(Grant{Role: RoleSecurity}), Approve, "heart", true},
		"auditor reads the log":                 {person(Grant{Role: RoleAuditor}), SeeAudit, "", true},
		"until later":                           {person(until(heart, noon.Add(1))), EditMapping, "heart", true},
		"until now":                             {person(until(heart, noon)), EditMapping, "heart", false},
		"portal-wide, and over":                 {person(until(Grant{Role: RoleAdmin}, noon)), EditSystems, "", false},
		"one over, one not":                     {person(until(heart, noon), heart), EditMapping, "heart", true},
		"a role that isn't":                     {person(Grant{Role: "boss", RegistryID: AllRegistries}), SeeRegistry, "heart", false},
	} {
		if got := x.who.Can(x.right, x.registry, noon); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestCanSomewhereAndRegistries(t *testing.T) {
	p := &Person{Grants: []Grant{
		{Role: RoleCoordinator, RegistryID: "heart"}, {Role: RoleReader, RegistryID: "lung"},
		{Role: RoleSecurity, Until: noon},
	}}
	for right, want := range map[Right]bool{Public: true, SignedIn: true, EditMapping: true, Approve: false, EditSystems: false} {
		if got := p.CanSomewhere(right, noon); got != want {
			t.Errorf("%s somewhere: %v", right, got)
		}
	}
	if (*Person)(nil).CanSomewhere(SignedIn, noon) || !(*Person)(nil).CanSomewhere(Public, noon) {
		t.Error("nobody may not what is public, or has logged in")
	}
	if ids, all := p.Registries(noon); all || !slices.Equal(ids, []string{"heart", "lung"}) {
		t.Errorf("sees %v, all: %v", ids, all)
	}
	if _, all := p.Registries(noon.Add(-1)); !all {
		t.Error("the security officer does not see every registry")
	}
	if ids, all := (*Person)(nil).Registries(noon); all || ids != nil {
		t.Errorf("nobody sees %v, all: %v", ids, all)
	}
}
