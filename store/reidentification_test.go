package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var reidentNow = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func officer(id string, roles ...PortalRole) *Person {
	p := &Person{User: User{ID: id}}
	for _, r := range roles {
		p.Grants = append(p.Grants, Grant{Role: r, RegistryID: "a"})
	}
	return p
}

func reident() *Reidentification {
	return &Reidentification{RegistryID: "a", Purpose: ReidentSafety, LegalBasis: "§ 21", LD: Ref{ID: "ld", Version: 1}, Reason: "Funn",
		Pseudonyms: []Pseudonym{{1}}, State: ReidentAsked, AskedBy: "asker", AskedAt: reidentNow}
}

func TestReidentMoves(t *testing.T) {
	allowed := map[string]bool{}
	for _, move := range []string{"asked approved", "asked refused", "asked withdrawn", "asked expired", "approved used",
		"approved withdrawn", "approved expired", "broken shown", "broken expired", "shown confirmed", "shown disapproved"} {
		allowed[move] = true
	}
	for _, from := range ReidentStates {
		for _, to := range ReidentStates {
			q := &Reidentification{State: from}
			err := q.Move(to)
			if want := allowed[string(from+" "+to)]; (err == nil) != want || !want && (CodeOf(err) != "reident.transition" || q.State != from) {
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
	}
}

func TestReidentValidate(t *testing.T) {
	if err := reident().Validate(DefaultReidentRules); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		spoil func(*Reidentification)
		field string
		code  Code
	}{
		"no registry":        {func(q *Reidentification) { q.RegistryID = "" }, "registry", "field.required"},
		"no purpose":         {func(q *Reidentification) { q.Purpose = "" }, "purpose", "field.required"},
		"a purpose of mine":  {func(q *Reidentification) { q.Purpose = "curiosity" }, "purpose", "field.choice"},
		"no basis":           {func(q *Reidentification) { q.LegalBasis = " " }, "legal_basis", "field.required"},
		"no design":          {func(q *Reidentification) { q.LD = Ref{} }, "ld", "field.required"},
		"no reason":          {func(q *Reidentification) { q.Reason = "" }, "reason", "field.required"},
		"who, in the reason": {func(q *Reidentification) { q.Reason = "Gjelder 17837130158" }, "reason", "reident.number"},
		"who, in the basis":  {func(q *Reidentification) { q.LegalBasis = "17837130158" }, "legal_basis", "reident.number"},
		"nobody":             {func(q *Reidentification) { q.Pseudonyms = nil }, "pseudonyms", "field.required"},
		"too many":           {func(q *Reidentification) { q.Pseudonyms = make([]Pseudonym, 21) }, "pseudonyms", "reident.most"},
	} {
		q := reident()
		c.spoil(q)
		bad, ok := q.Validate(DefaultReidentRules).(FieldErrors)
		if !ok || len(bad) != 1 || bad[0].Field != c.field || bad[0].Code != c.code {
			t.Errorf("%s: %v", name, bad)
		}
	}
	for _, r := range []ReidentRules{{101, 60, 3, 3}, {20, 61, 3, 3}, {20, 60, 0, 3}, {20, 60, 3, 4}, {0, 60, 3, 3}} {
		if r.Validate() == nil {
			t.Errorf("%+v is allowed", r)
		}
	}
}

func TestParsePseudonyms(t *testing.T) {
	a, b := Pseudonym{1}, Pseudonym{2}
	got, err := ParsePseudonyms("p", fmt.Sprintf("%s\r\n\n%s; %s,%s\n", a, strings.ToLower(b.String()), a, b))
	if err != nil || len(got) != 2 || got[0] != a || got[1] != b {
		t.Fatalf("%v, %v", got, err)
	}
	wrong := []byte(a.String())
	wrong[9] ^= 1
	_, err = ParsePseudonyms("p", fmt.Sprintf("%s\n17837130158\n%s", a, wrong))
	bad, _ := err.(FieldErrors)
	if len(bad) != 2 || bad[0].Args["line"] != 2 || bad[1].Args["line"] != 3 {
		t.Errorf("%v", err)
	}
	if strings.Contains(fmt.Sprintf("%+v", err), "17837130158") {
		t.Errorf("what was pasted is said again: %+v", err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := Pseudonym(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "p"))
		s := []byte(p.String())
		i := rapid.IntRange(2, len(s)-1).Draw(t, "at")
		c := crockford[rapid.IntRange(0, 31).Draw(t, "character")]
		same := s[i] == c
		s[i] = c
		if list, err := ParsePseudonyms("p", string(s)); (err == nil) != same || same && list[0] != p {
			t.Fatalf("%s as %s: %v, %v", p, s, list, err)
		}
	})
}

func TestReidentMayDecide(t *testing.T) {
	blocked := officer("b", RoleSecurity)
	blocked.User.BlockedAt = reidentNow
	for name, c := range map[string]struct {
		p    *Person
		want Code
	}{
		"an officer":               {officer("x", RoleSecurity), ""},
		"the one who asked":        {officer("asker", RoleSecurity), "reident.four_eyes"},
		"nobody":                   {nil, "reident.four_eyes"},
		"a coordinator":            {officer("x", RoleCoordinator), "reident.no_right"},
		"the admin":                {officer("x", RoleAdmin), "reident.no_right"},
		"the auditor":              {officer("x", RoleAuditor), "reident.no_right"},
		"who could ask themselves": {officer("x", RoleSecurity, RoleCoordinator), "reident.same_role"},
		"who runs the portal too":  {officer("x", RoleSecurity, RoleAdmin), "reident.no_right"},
		"who is blocked":           {blocked, "reident.no_right"},
	} {
		if got := CodeOf(reident().MayDecide(c.p, reidentNow)); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
	for name, c := range map[string]struct {
		p    *Person
		want Code
	}{
		"who asked":          {officer("asker", RoleCoordinator), ""},
		"another":            {officer("x", RoleCoordinator), "reident.not_yours"},
		"the approver":       {officer("x", RoleSecurity), "reident.not_yours"},
		"who asked, no more": {officer("asker", RoleReader), "reident.no_right"},
		"nobody":             {nil, "reident.not_yours"},
	} {
		if got := CodeOf(reident().MayUse(c.p, reidentNow)); got != c.want {
			t.Errorf("%s uses it: %q", name, got)
		}
	}
}

func TestReidentUsable(t *testing.T) {
	open := func() *Reidentification {
		q := reident()
		q.State, q.DecidedBy, q.DecidedAt, q.OpenUntil = ReidentApproved, "x", reidentNow.Add(time.Hour), reidentNow.Add(2*time.Hour)
		return q
	}
	broken := reident()
	broken.Break, broken.State, broken.OpenUntil = true, ReidentBroken, reidentNow.Add(time.Hour)
	used := open()
	used.State, used.UsedAt = ReidentUsed, reidentNow
	for name, c := range map[string]struct {
		q    *Reidentification
		at   time.Duration
		want Code
	}{
		"in time":          {open(), time.Hour, ""},
		"the last moment":  {open(), 2*time.Hour - 1, ""},
		"after it":         {open(), 2 * time.Hour, "reident.expired"},
		"a clock set back": {open(), time.Hour - 1, "reident.clock"},
		"used":             {used, time.Hour, "reident.used"},
		"nobody approved":  {reident(), 0, "reident.not_open"},
		"broken":           {broken, 0, ""},
		"broken, too late": {broken, time.Hour, "reident.expired"},
		"broken, set back": {broken, -1, "reident.clock"},
	} {
		err := c.q.Usable(reidentNow.Add(c.at))
		if CodeOf(err) != c.want || err != nil && ClassOf(err) != Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReidentTimes(t *testing.T) {
	asked, shown := reident(), reident()
	shown.State, shown.UsedAt = ReidentShown, reidentNow
	for _, c := range []struct {
		q                      *Reidentification
		after                  time.Duration
		lapsed, overdue, waits bool
	}{
		{asked, 0, false, false, true}, {asked, 7 * 24 * time.Hour, true, false, false},
		{shown, 0, false, false, true}, {shown, 24*time.Hour - 1, false, false, true}, {shown, 24 * time.Hour, false, true, true},
	} {
		at := reidentNow.Add(c.after)
		if c.q.Lapsed(at) != c.lapsed || c.q.Overdue(at) != c.overdue || c.q.Waits(at) != c.waits {
			t.Errorf("%s after %s: %v %v %v", c.q.State, c.after, c.q.Lapsed(at), c.q.Overdue(at), c.q.Waits(at))
		}
	}
	r := &Registry{EndsOn: "2026-11-23"}
	if CodeOf(r.Identifiable(reidentNow)) != "reident.registry_ended" || (&Registry{EndsOn: "2026-11-24"}).Identifiable(reidentNow) != nil {
		t.Error("the end of a registry")
	}
}

func TestReidentToken(t *testing.T) {
	a, b := NewReidentToken(), NewReidentToken()
	hash := a.Hash("request", "user")
	switch {
	case !ReidentTokenOf(a.Reveal()).Opens("request", "user", hash):
		t.Error("the token doesn't open")
	case b.Opens("request", "user", hash), a.Opens("other", "user", hash), a.Opens("request", "other", hash), a.Opens("request", "user", ""):
		t.Error("it opens what it shouldn't")
	case strings.Contains(fmt.Sprintf("%v %+v %#v %s", a, a, a, []any{a}), a.Reveal()):
		t.Error("it shows")
	}
}
