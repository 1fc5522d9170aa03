package store

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestRequestValidate(t *testing.T) {
	good := func() AccessRequest {
		return AccessRequest{Kind: RequestOrdinary, UserID: "u", Role: RoleReader, RegistryID: "heart", Until: "2027-11-23",
			Reason: "ny"}
	}
	deputy := func(q *AccessRequest) {
		q.Kind, q.DeputyFor, q.From, q.Until = RequestDeputy, "away", "2026-12-01", "2027-01-12"
	}
	for name, x := range map[string]struct {
		change func(*AccessRequest)
		want   []Code
	}{
		"as it is":                      {func(*AccessRequest) {}, nil},
		"for today only":                {func(q *AccessRequest) { q.Until = "2026-11-23" }, nil},
		"for as long as can be":         {func(q *AccessRequest) { q.Until = "2028-11-23" }, nil},
		"a day longer":                  {func(q *AccessRequest) { q.Until = "2028-11-24" }, []Code{"access.too_long"}},
		"without an end":                {func(q *AccessRequest) { q.Until = "" }, []Code{"field.required"}},
		"over before it is asked":       {func(q *AccessRequest) { q.Until = "2026-11-22" }, []Code{"field.date"}},
		"an end that is no day":         {func(q *AccessRequest) { q.Until = "2026-13-01" }, []Code{"field.date"}},
		"from yesterday":                {func(q *AccessRequest) { q.From = "2026-11-22" }, []Code{"access.past"}},
		"over before it begins":         {func(q *AccessRequest) { q.From = "2027-11-24" }, []Code{"field.date"}},
		"without a reason":              {func(q *AccessRequest) { q.Reason = " \n" }, []Code{"field.required"}},
		"without a role":                {func(q *AccessRequest) { q.Role = "" }, []Code{"field.required"}},
		"a role that isn't":             {func(q *AccessRequest) { q.Role = "boss" }, []Code{"field.choice"}},
		"no registry":                   {func(q *AccessRequest) { q.RegistryID = "" }, []Code{"field.required"}},
		"admin of one registry":         {func(q *AccessRequest) { q.Role = RoleAdmin }, []Code{"access.whole_portal"}},
		"admin":                         {func(q *AccessRequest) { q.Role, q.RegistryID = RoleAdmin, AllRegistries }, nil},
		"a kind that isn't":             {func(q *AccessRequest) { q.Kind = "gift" }, []Code{"field.choice"}},
		"ordinary, for somebody away":   {func(q *AccessRequest) { q.DeputyFor = "away" }, []Code{"field.choice"}},
		"a deputy for six weeks":        {deputy, nil},
		"a deputy for a day more":       {func(q *AccessRequest) { deputy(q); q.Until = "2027-01-13" }, []Code{"access.too_long"}},
		"a deputy for nobody":           {func(q *AccessRequest) { deputy(q); q.DeputyFor = "" }, []Code{"field.required"}},
		"a deputy for oneself":          {func(q *AccessRequest) { deputy(q); q.DeputyFor = "u" }, []Code{"access.own_deputy"}},
		"a block to lift":               {func(q *AccessRequest) { *q = AccessRequest{Kind: RequestLift, Reason: "funnet"} }, nil},
		"a block to lift, nobody knows": {func(q *AccessRequest) { *q = AccessRequest{Kind: RequestLift} }, []Code{"field.required"}},
	} {
		q := good()
		x.change(&q)
		t.Run(name, func(t *testing.T) { wantCodes(t, q.Validate(noon), x.want...) })
	}
}

func TestRequestEyes(t *testing.T) {
	q := AccessRequest{AskedBy: "asker", UserID: "receiver"}
	for user, want := range map[string]Code{"asker": "access.four_eyes", "receiver": "access.four_eyes",
		"": "access.four_eyes", "officer": ""} {
		if got := CodeOf(q.MayDecide(user)); got != want {
			t.Errorf("%q decides: %q", user, got)
		}
	}
	if !q.Concerns("asker") || !q.Concerns("receiver") || q.Concerns("officer") {
		t.Error("a request concerns who asked and whom it is for, and nobody else")
	}
	for _, to := range RequestStates {
		q := AccessRequest{State: ReqGranted}
		if err := q.Move(to); ClassOf(err) != Conflict || q.State != ReqGranted {
			t.Errorf("granted → %s gives %v", to, err)
		}
	}
}

func TestRequestLapsed(t *testing.T) {
	q := AccessRequest{State: ReqAsked, AskedAt: noon, Until: "2027-06-01"}
	for at, want := range map[time.Time]bool{noon: false, noon.AddDate(0, 0, RequestDays).Add(-1): false,
		noon.AddDate(0, 0, RequestDays): true} {
		if q.Lapsed(at) != want {
			t.Errorf("at %v: %v", at, !want)
		}
	}
	q.Until = DateOf(noon)
	if q.Lapsed(noon) || !q.Lapsed(noon.AddDate(0, 0, 1)) {
		t.Error("what is asked for until a day can be granted on that day, and not after")
	}
	q.State = ReqDeclined
	if q.Lapsed(noon.AddDate(1, 0, 0)) {
		t.Error("what is decided lapses")
	}
}

// TestRequestGrant: the first and the last day count whole, in Oslo.
func TestRequestGrant(t *testing.T) {
	q := AccessRequest{UserID: "u", Role: RoleReader, RegistryID: "heart", From: "2027-06-01", Until: "2027-06-30",
		AskedBy: "asker", Reason: "ferie", DeputyFor: "away"}
	g := q.Grant(noon)
	begin, end := time.Date(2027, 5, 31, 22, 0, 0, 0, time.UTC), time.Date(2027, 6, 30, 22, 0, 0, 0, time.UTC)
	for at, want := range map[time.Time]bool{begin.Add(-1): false, begin: true, end.Add(-1): true, end: false} {
		if g.Holds(at) != want {
			t.Errorf("at %v: %v", at, !want)
		}
	}
	if g.Source != SourcePortal || g.AskedBy != "asker" || g.DeputyFor != "away" || g.Reason != "ferie" {
		t.Errorf("%+v", g)
	}
	if g := q.Grant(begin); !g.From.IsZero() {
		t.Errorf("decided on its first day it begins at %v", g.From)
	}
}

func TestBacked(t *testing.T) {
	own := Grant{Role: RoleCoordinator, RegistryID: "heart", Until: noon.AddDate(0, 1, 0)}
	deputy := Grant{Role: RoleCoordinator, RegistryID: "heart", DeputyFor: "away", From: noon.AddDate(0, 0, 7),
		Until: noon.AddDate(0, 0, 14)}
	with := func(g Grant, change func(*Grant)) Grant { change(&g); return g }
	for name, x := range map[string]struct {
		deputy Grant
		by     []Grant
		want   bool
	}{
		"the same":              {deputy, []Grant{own}, true},
		"nothing":               {deputy, nil, false},
		"for all registries":    {deputy, []Grant{with(own, func(g *Grant) { g.RegistryID = AllRegistries })}, true},
		"another registry":      {deputy, []Grant{with(own, func(g *Grant) { g.RegistryID = "lung" })}, false},
		"another role":          {deputy, []Grant{with(own, func(g *Grant) { g.Role = RoleReader })}, false},
		"more than they have":   {with(deputy, func(g *Grant) { g.RegistryID = AllRegistries }), []Grant{own}, false},
		"longer than they have": {with(deputy, func(g *Grant) { g.Until = noon.AddDate(0, 2, 0) }), []Grant{own}, false},
		"without an end":        {with(deputy, func(g *Grant) { g.Until = time.Time{} }), []Grant{own}, false},
		"before they have it":   {deputy, []Grant{with(own, func(g *Grant) { g.From = noon.AddDate(0, 0, 8) })}, false},
		"themselves a deputy":   {deputy, []Grant{with(own, func(g *Grant) { g.DeputyFor = "another" })}, false},
	} {
		if got := x.deputy.Backed(x.by, noon); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestSeparate(t *testing.T) {
	month := func(n int) time.Time { return noon.AddDate(0, n, 0) }
	officer := Grant{Role: RoleSecurity, RegistryID: AllRegistries, From: month(2), Until: month(4)}
	for name, x := range map[string]struct {
		g    Grant
		want Code
	}{
		"at the same time":     {Grant{Role: RoleAdmin, From: month(3), Until: month(5)}, "access.separation"},
		"for ever":             {Grant{Role: RoleAdmin}, "access.separation"},
		"over when it begins":  {Grant{Role: RoleAdmin, Until: month(2)}, ""},
		"begins when it ends":  {Grant{Role: RoleAdmin, From: month(4)}, ""},
		"a role beside it":     {Grant{Role: RoleCoordinator, RegistryID: "heart"}, ""},
		"the same role again":  {Grant{Role: RoleSecurity}, ""},
		"an auditor's, beside": {Grant{Role: RoleAuditor}, ""},
	} {
		if got := CodeOf(Separate([]Grant{officer}, x.g)); got != x.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestTorn: who holds both has of the two roles only what both give, and keeps what other roles give.
func TestTorn(t *testing.T) {
	p := &Person{Grants: []Grant{{Role: RoleAdmin, RegistryID: AllRegistries}, {Role: RoleSecurity, RegistryID: AllRegistries}}}
	for _, right := range Rights {
		want := RoleAdmin.Allows(right) && RoleSecurity.Allows(right)
		if got := p.Can(right, "heart", noon); got != want {
			t.Errorf("%s: %v", right, got)
		}
		if got := p.CanSomewhere(right, noon); got != want {
			t.Errorf("%s somewhere: %v", right, got)
		}
	}
	p.Grants = append(p.Grants, Grant{Role: RoleCoordinator, RegistryID: "heart"})
	if !p.Can(EditMapping, "heart", noon) || p.Can(EditMapping, "lung", noon) || p.Can(Approve, "heart", noon) {
		t.Error("a third role gives something else than it does alone")
	}
	p.Grants[0].From = noon.Add(1)
	if !p.Can(Approve, "heart", noon) || p.Can(Approve, "heart", noon.Add(1)) {
		t.Error("the two are apart before both hold, or together after")
	}
}

// TestBlocked: a block takes everything but what is public.
func TestBlocked(t *testing.T) {
	p := &Person{User: User{BlockedAt: noon.Add(-1)}}
	for _, role := range PortalRoles {
		p.Grants = append(p.Grants, Grant{Role: role, RegistryID: AllRegistries})
	}
	for _, right := range Rights {
		if p.Can(right, "heart", noon) != (right == Public) || p.CanSomewhere(right, noon) != (right == Public) {
			t.Errorf("who is blocked and %s", right)
		}
	}
	if ids, all := p.Registries(noon); ids != nil || all {
		t.Errorf("who is blocked sees %v, %v", ids, all)
	}
}

// TestMoreGrantsGiveNoLess: a grant more never takes a right away, except where two roles must be kept apart.
func TestMoreGrantsGiveNoLess(t *testing.T) {
	grant := rapid.Custom(func(t *rapid.T) Grant {
		g := Grant{Role: rapid.SampledFrom(PortalRoles).Draw(t, "role"),
			RegistryID: rapid.SampledFrom([]string{"heart", "lung", AllRegistries}).Draw(t, "registry")}
		day := rapid.IntRange(-3, 3)
		if rapid.Bool().Draw(t, "begins") {
			g.From = noon.AddDate(0, 0, day.Draw(t, "from"))
		}
		if rapid.Bool().Draw(t, "ends") {
			g.Until = noon.AddDate(0, 0, day.Draw(t, "until"))
		}
		return g
	})
	rapid.Check(t, func(t *rapid.T) {
		grants := rapid.SliceOfN(grant, 1, 5).Draw(t, "grants")
		fewer, more := &Person{Grants: grants[1:]}, &Person{Grants: grants}
		right := rapid.SampledFrom(Rights).Draw(t, "right")
		registry := rapid.SampledFrom([]string{"heart", "lung", ""}).Draw(t, "in")
		if fewer.Can(right, registry, noon) && !more.Can(right, registry, noon) && !more.Torn(noon) {
			t.Fatalf("%s in %q is lost by %+v", right, registry, grants[0])
		}
		if more.Torn(noon) && more.Can(Approve, registry, noon) {
			t.Fatal("who runs the portal approves")
		}
	})
}

func TestReview(t *testing.T) {
	v := AccessReview{Lines: []ReviewLine{
		{Grant: Grant{ID: "1", UserID: "a"}},
		{Grant: Grant{ID: "2", UserID: "b"}, Answer: LineKeep},
		{Grant: Grant{ID: "3", UserID: "b", Until: noon}},
	}}
	if v.Waiting(noon) != 1 || v.Waiting(noon.Add(-1)) != 2 {
		t.Errorf("%d wait, and %d before the last ended", v.Waiting(noon), v.Waiting(noon.Add(-1)))
	}
	if !v.Line("1").Mine("a") || v.Line("2").Mine("a") || v.Line("4") != nil {
		t.Error("a line is the one of its grant, and its user's own")
	}
}

func TestAccessRules(t *testing.T) {
	wantCodes(t, DefaultAccessRules.Validate())
	wantCodes(t, AccessRules{InactiveMonths: 0, ReviewMonths: 25}.Validate(), "field.number", "field.number")
}
