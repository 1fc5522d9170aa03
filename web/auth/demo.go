package auth

import (
	"net/http"

	"samband/store"
)

// demoIssuer is the issuer of invented persons, which no identity provider can be: it is no address.
const demoIssuer = "demo"

// Persona is an invented person of the demonstration.
type Persona struct {
	ID   string
	Name string
	Role store.PortalRole // "" for none
}

// Personas are those offered at login, in that order.
var Personas = []Persona{
	{"kaja", "Kaja Koordinator", store.RoleCoordinator},
	{"sindre", "Sindre Sikkerhet", store.RoleSecurity},
	{"solveig", "Solveig Sikkerhet", store.RoleSecurity}, // four eyes need two
	{"ine", "Ine Integrasjon", store.RoleAdmin},
	{"randi", "Randi Revisor", store.RoleAuditor},
	{"nina", "Nina Ny", ""}, // has no role yet
	{"lars", "Lars Leser", store.RoleReader},
}

// LoginAs opens a session for an invented person. It is refused (auth.demo_closed) where people log in at an identity
// provider, and for a request that doesn't come straight from this machine.
func (a *Auth) LoginAs(w http.ResponseWriter, r *http.Request, persona string) error {
	if !a.Demo() || !Local(r) {
		return store.E(store.Forbidden, "auth.demo_closed", nil)
	}
	for _, p := range Personas {
		if p.ID != persona {
			continue
		}
		now := a.clock.Now()
		if err := a.sweep(r.Context()); err != nil {
			return err
		}
		u, err := a.users.SignIn(r.Context(), demoIssuer, p.ID, p.Name, now)
		if err != nil {
			return err
		}
		var grants []store.Grant
		if p.Role != "" {
			grants = []store.Grant{{Role: p.Role, RegistryID: store.AllRegistries}}
		}
		if err := a.users.ReplaceGrants(r.Context(), u.ID, store.SourceDemo, grants); err != nil {
			return err
		}
		return a.start(w, r, login{user: u, life: a.absolute, state: state{AuthTime: now}})
	}
	return store.FieldError("persona", "auth.persona", nil)
}
