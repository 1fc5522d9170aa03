package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/store"
)

// doors are the routes that a test with routes of its own stands on: login and what machines ask for.
func doors() []*route {
	return slices.DeleteFunc(routes(), func(rt *route) bool {
		return !slices.Contains([]string{
			"/{$}", "/login", "/login/begin", "/login/callback", "/login/demo", "/login/emergency", "/logout",
			"/logout/backchannel", "/account", "/account/sessions/{ref}/end", "/account/sessions/end-others", "/session",
			"/session/use", "/kept", "/signed-out", "/preferences",
			"/healthz", "/readyz", "/metrics", "/static/", "/csp-report",
		}, rt.path)
	})
}

// publicPosts are the only requests that change something and need no login.
var publicPosts = []string{"/login/demo", "/login/emergency", "/logout", "/logout/backchannel", "/preferences",
	"/csp-report"}

// inRegistry are the rights that hold in a registry: a route to one object must ask for them in that object's.
var inRegistry = []store.Right{
	store.SeeRegistry, store.EditRegistry, store.EditMapping, store.StartRun, store.DecideRun, store.SeeRows,
	store.EditSchedule, store.Submit, store.Approve, store.EditBasis, store.AskAccess, store.ReviewAccess,
	store.SeeIdentity, store.AskIdentity, store.ReleaseIdentity,
}

func TestRoutesTable(t *testing.T) {
	known := append(slices.Clone(inRegistry), store.Public, store.SignedIn, store.SeeSystems, store.EditSystems,
		store.SeeAudit, store.SeeAccess, store.GrantAccess, store.SeeAdmin, store.EditSettings)
	seen := map[string]bool{}
	for _, rt := range routes() {
		name := rt.method + " " + rt.path
		switch {
		case seen[name]:
			t.Errorf("%s stands twice", name)
		case !slices.Contains(known, rt.right):
			t.Errorf("%s needs the right %q, which nobody has", name, rt.right)
		case rt.handle == nil:
			t.Errorf("%s has no handler", name)
		case rt.method != http.MethodGet && rt.right == store.Public && !slices.Contains(publicPosts, rt.path):
			t.Errorf("%s changes something for everybody", name)
		case rt.isBare && rt.right != store.Public:
			t.Errorf("%s needs a right and never looks for a session", name)
		case rt.isPoll && rt.method != http.MethodGet:
			t.Errorf("%s is polled and changes something", name)
		case rt.where.of != nil && rt.where.somewhere:
			t.Errorf("%s needs its right in one registry and in any", name)
		case strings.Contains(rt.path, "{") && rt.path != "/{$}" && slices.Contains(inRegistry, rt.right) && rt.where.of == nil &&
			rt.right != store.EditBasis: // a ROS or an LD belongs to no registry
			t.Errorf("%s is about one object and doesn't say in which registry that is", name)
		case rt.method == http.MethodGet && slices.Contains(inRegistry, rt.right) && rt.where.of == nil && !rt.where.somewhere:
			t.Errorf("%s is a list over registries: somebody with the right in one of them must be let in", name)
		}
		seen[name] = true
	}
}

// TestMatrix walks every route with every role, in the person's own registry, in somebody else's, and for an object
// that doesn't exist. What must come of it is worked out here from the roles alone. The handlers and the finders of
// registries are stand-ins, so that only the doors are tried.
func TestMatrix(t *testing.T) {
	const own, foreign, missing = "own", "foreign", "missing"
	var table []*route
	for _, rt := range routes() {
		stand := *rt
		stand.handle = func(_ *Server, w http.ResponseWriter, _ *http.Request) error {
			w.WriteHeader(http.StatusTeapot)
			return nil
		}
		stand.limit = nil
		if rt.where.of != nil {
			stand.where = in(func(_ *Server, r *http.Request) (string, error) {
				if id := r.Header.Get("Test-Registry"); id != missing {
					return id, nil
				}
				return "", store.E(store.NotFound, "run.not_found", store.Args{"id": "4812"})
			})
		}
		if rt.path == "/login/demo" {
			stand.handle = rt.handle // the visitors come in by it
		}
		table = append(table, &stand)
	}
	// Lines of each kind, so that the matrix is whole whatever the table holds.
	answer := func(_ *Server, w http.ResponseWriter, _ *http.Request) error {
		w.WriteHeader(http.StatusTeapot)
		return nil
	}
	object := in(func(_ *Server, r *http.Request) (string, error) {
		if id := r.Header.Get("Test-Registry"); id != missing {
			return id, nil
		}
		return "", store.E(store.NotFound, "run.not_found", nil)
	})
	for i, right := range append(slices.Clone(inRegistry), store.SeeSystems, store.SeeAudit, store.SeeAdmin, store.SignedIn) {
		path := fmt.Sprintf("/matrix-%d", i)
		table = append(table,
			get(path+"/object", right, object, answer), post(path+"/object", right, object, answer),
			get(path+"/list", right, somewhere, answer), get(path+"/portal", right, portal, answer))
	}
	ts := newTestServerWith(t, nil, table)

	tried := 0
	try := func(name string, v *visitor, want func(rt *route, object string) int) {
		for _, rt := range table {
			if rt.path == "/login/demo" {
				continue
			}
			objects := []string{""}
			if rt.where.of != nil {
				objects = []string{own, foreign, missing}
			}
			for _, object := range objects {
				r := httptest.NewRequest(rt.method, address(rt.path), nil)
				r.Header.Set("Test-Registry", object)
				r.Header.Set("Sec-Fetch-Site", "same-origin")
				got := v.do(r)
				if want := want(rt, object); got.Code != want {
					t.Errorf("%s %s as %s on %q: %d, not %d", rt.method, rt.path, name, object, got.Code, want)
				}
				if got.Code == http.StatusSeeOther && !strings.HasPrefix(got.Header().Get("Location"), "/login") {
					t.Errorf("%s %s leads to %s", rt.method, rt.path, got.Header().Get("Location"))
				}
				tried++
			}
		}
	}
	try("nobody", ts.anonymous(), func(rt *route, object string) int { return expected(rt, "", "", object) })
	for _, role := range store.PortalRoles {
		registry := own
		if role.PortalWide() {
			registry = store.AllRegistries
		}
		try(string(role), ts.as(role, registry), func(rt *route, object string) int { return expected(rt, role, registry, object) })
	}

	// Time, several roles and two that must be kept apart: counts is what the grants come to.
	now := ts.clock.Now()
	grant := func(role store.PortalRole, registry string) store.Grant {
		return store.Grant{Role: role, RegistryID: registry}
	}
	ended, tomorrow := grant(store.RoleSecurity, store.AllRegistries), grant(store.RoleAdmin, store.AllRegistries)
	ended.Until, tomorrow.From = now, now.Add(24*time.Hour)
	begun := grant(store.RoleCoordinator, own)
	begun.From, begun.Until = now, now.Add(time.Hour)
	reader, coordinator := grant(store.RoleReader, foreign), grant(store.RoleCoordinator, own)
	auditor := grant(store.RoleAuditor, store.AllRegistries)
	for name, x := range map[string]struct{ holds, counts []store.Grant }{
		"somebody without a role":                   {nil, nil},
		"somebody whose grant has ended":            {[]store.Grant{ended}, nil},
		"somebody whose grant begins later":         {[]store.Grant{tomorrow}, nil},
		"a deputy on the first day":                 {[]store.Grant{begun}, []store.Grant{begun}},
		"one over, one to come, one that holds":     {[]store.Grant{ended, tomorrow, coordinator}, []store.Grant{coordinator}},
		"coordinator here and reader there":         {[]store.Grant{coordinator, reader}, []store.Grant{coordinator, reader}},
		"coordinator here and auditor of the whole": {[]store.Grant{auditor, coordinator}, []store.Grant{auditor, coordinator}},
	} {
		try(name, ts.holding(x.holds...), func(rt *route, object string) int { return best(rt, object, x.counts) })
	}
	torn := ts.holding(grant(store.RoleAdmin, store.AllRegistries), grant(store.RoleSecurity, store.AllRegistries))
	try("somebody torn between two roles", torn, func(rt *route, object string) int {
		if store.RoleAdmin.Allows(rt.right) && store.RoleSecurity.Allows(rt.right) {
			return expected(rt, store.RoleAdmin, store.AllRegistries, object)
		}
		return expected(rt, "none", store.AllRegistries, object)
	})

	if err := ts.db.BlockUser(t.Context(), ts.newcomer().ID, "mistet kortet", store.Actor{Name: "test"}); err != nil {
		t.Fatal(err)
	}
	try("somebody blocked", ts.holding(auditor, coordinator), func(rt *route, object string) int {
		if rt.right == store.SignedIn && rt.where.of == nil {
			return http.StatusForbidden
		}
		return expected(rt, "none", "none", object)
	})
	t.Logf("%d combinations", tried)
}

// best is what several grants come to: what one of them allows, and what one of them lets see exists.
func best(rt *route, object string, grants []store.Grant) int {
	answer := expected(rt, "none", "none", object)
	for _, g := range grants {
		switch got := expected(rt, g.Role, g.RegistryID, object); {
		case got == http.StatusTeapot:
			return got
		case got == http.StatusForbidden:
			answer = got
		}
	}
	return answer
}

// expected is the rule in words: nobody logged in is led to the login; an object of a registry that one can't see
// doesn't exist; otherwise it is the right that counts.
func expected(rt *route, role store.PortalRole, registry, object string) int {
	sees := registry == store.AllRegistries || registry == object
	switch {
	case rt.right == store.Public:
		return http.StatusTeapot
	case role == "" && rt.method == http.MethodGet:
		return http.StatusSeeOther
	case role == "":
		return http.StatusUnauthorized
	case rt.where.of != nil && (object == "missing" || !sees):
		return http.StatusNotFound
	case rt.right == store.SignedIn:
		return http.StatusTeapot
	case !role.Allows(rt.right):
		return http.StatusForbidden
	case rt.where.of == nil && !rt.where.somewhere && registry != store.AllRegistries &&
		rt.right != store.SeeRegistry && rt.right != store.SeeSystems:
		return http.StatusForbidden // held in one registry, needed in the whole portal
	}
	return http.StatusTeapot
}

// address fills the wildcards of a pattern.
func address(pattern string) string {
	path := strings.ReplaceAll(pattern, "{$}", "")
	for {
		i := strings.IndexByte(path, '{')
		if i < 0 {
			return path
		}
		j := strings.IndexByte(path[i:], '}')
		path = path[:i] + "x" + path[i+j+1:]
	}
}

// TestForeignIsMissing: what one can't see and what isn't there are told apart by nothing but the reference.
func TestForeignIsMissing(t *testing.T) {
	table := append(doors(), get("/runs/{id}", store.SeeRegistry, in(func(_ *Server, r *http.Request) (string, error) {
		if r.PathValue("id") == "1" {
			return "foreign", nil
		}
		return "", store.E(store.NotFound, "run.not_found", nil)
	}), (*Server).healthz))
	ts := newTestServerWith(t, nil, table)
	v := ts.as(store.RoleCoordinator, "own")
	body := func(path string) string {
		w := v.get(path)
		return strings.ReplaceAll(strings.ReplaceAll(w.Body.String(), w.Header().Get("X-Request-Id"), "…"), path, "…")
	}
	if foreign, missing := body("/runs/1"), body("/runs/2"); foreign != missing {
		t.Errorf("the pages differ:\n%s\n\n%s", foreign, missing)
	}
}

func TestMenuFollowsTable(t *testing.T) {
	table := append(doors(),
		get("/runs", store.SeeRegistry, somewhere, (*Server).healthz),
		get("/quarantine", store.SeeRows, somewhere, (*Server).healthz),
		get("/admin", store.SeeAdmin, portal, (*Server).healthz))
	ts := newTestServerWith(t, nil, table)
	for role, want := range map[store.PortalRole]string{
		store.RoleReader: "/runs", store.RoleCoordinator: "/runs /quarantine", store.RoleAdmin: "/runs /admin",
	} {
		registry := "own"
		if role.PortalWide() {
			registry = store.AllRegistries
		}
		page := ts.as(role, registry).get("/nowhere").Body.String()
		var menu []string
		for _, path := range []string{"/runs", "/quarantine", "/admin", "/audit"} {
			if strings.Contains(page, `href="`+path+`"`) {
				menu = append(menu, path)
			}
		}
		if got := strings.Join(menu, " "); got != want {
			t.Errorf("the menu of %s has %q, not %q", role, got, want)
		}
	}
}
