package auth

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/web/auth/oidctest"
)

func TestLogin(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	tp := newPortal(t, p, nil)
	c := browser(t)
	resp, _ := tp.login(c, "?return="+url.QueryEscape("/runs/4812?tab=log"))
	if got := resp.Header.Get("Location"); got != "/runs/4812?tab=log" {
		t.Errorf("the login leads to %q (%s)", got, resp.Header.Get("Cause"))
	}
	if tp.who(c) != kari.Name {
		t.Errorf("the portal takes the browser for %q", tp.who(c))
	}
	asked := p.Asked()
	for name, want := range map[string]string{
		"response_type": "code", "code_challenge_method": "S256", "client_id": oidctest.ClientID,
		"redirect_uri": tp.URL + "/login/callback", "scope": "openid profile",
	} {
		if asked.Get(name) != want {
			t.Errorf("%s is %q, not %q", name, asked.Get(name), want)
		}
	}
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		if len(asked.Get(name)) < 43 {
			t.Errorf("%s has fewer than 256 bits: %q", name, asked.Get(name))
		}
	}
	cookie := tp.cookie(c)
	row := tp.row(cookie)
	if row == nil || strings.Contains(row.Hash+string(row.Data), cookie.Value) {
		t.Errorf("the database must keep the id hashed: %+v", row)
	}
	for _, left := range c.Jar.Cookies(resp.Request.URL) {
		if left.Name != tp.auth.cookie.browser {
			continue
		}
		if _, err := tp.db.Session(t.Context(), hash(left.Value, asked.Get("state"))); store.ClassOf(err) != store.NotFound {
			t.Errorf("the login is still under way: %v", err)
		}
	}
}

func TestLoginSameUserAgain(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	tp := newPortal(t, p, nil)
	tp.login(browser(t), "")
	renamed := kari
	renamed.Name = "Kari Nordmann Hansen"
	p.Login(renamed)
	c := browser(t)
	tp.login(c, "")
	other := kari
	other.Subject = "someone-else"
	p.Login(other)
	tp.login(browser(t), "")
	users, err := tp.db.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(users) != 2 || tp.who(c) != renamed.Name {
		t.Errorf("a user is issuer and subject: %d users, now called %q", len(users), tp.who(c))
	}
}

// TestBadAnswers holds what a broken or hostile provider, or somebody between, could send.
func TestBadAnswers(t *testing.T) {
	claim := func(name string, value any) func(*oidctest.Token) {
		return func(t *oidctest.Token) {
			if value == nil {
				delete(t.Claims, name)
			} else {
				t.Claims[name] = value
			}
		}
	}
	sign := func(s oidctest.Sign) func(*oidctest.Token) { return func(t *oidctest.Token) { t.Sign = s } }
	typ := func(s string) func(*oidctest.Token) { return func(t *oidctest.Token) { t.Type = s } }
	param := func(name, value string) func(url.Values) { return func(q url.Values) { q.Set(name, value) } }
	// at counts from when the token is made: on a busy machine this subtest may come long after the table.
	at := func(name string, d time.Duration) func(*oidctest.Token) {
		return func(t *oidctest.Token) { t.Claims[name] = time.Now().Add(d).Unix() }
	}

	for name, test := range map[string]struct {
		forge  func(*oidctest.Token)
		answer func(url.Values)
		want   store.Code
	}{
		"untouched":                 {forge: func(*oidctest.Token) {}, want: ""},
		"typ in other case":         {forge: typ("jwt"), want: ""},
		"just expired, within skew": {forge: at("exp", -30*time.Second), want: ""},
		"azp is ours":               {forge: claim("azp", oidctest.ClientID), want: ""},

		"other nonce":                     {forge: claim("nonce", "of-another-login"), want: "auth.answer"},
		"no nonce":                        {forge: claim("nonce", nil), want: "auth.answer"},
		"other issuer":                    {forge: claim("iss", "https://evil.example"), want: "auth.answer"},
		"issuer with a slash more":        {forge: func(t *oidctest.Token) { t.Claims["iss"] = t.Claims["iss"].(string) + "/" }, want: "auth.answer"},
		"other audience":                  {forge: claim("aud", "another-client"), want: "auth.answer"},
		"no audience":                     {forge: claim("aud", nil), want: "auth.answer"},
		"several audiences without azp":   {forge: func(t *oidctest.Token) { delete(t.Claims, "azp"); t.Claims["aud"] = []string{oidctest.ClientID, "x"} }, want: "auth.answer"},
		"made for another party":          {forge: claim("azp", "another-client"), want: "auth.answer"},
		"expired":                         {forge: at("exp", -2*time.Minute), want: "auth.answer"},
		"no expiry":                       {forge: claim("exp", nil), want: "auth.answer"},
		"issued in the future":            {forge: at("iat", 5*time.Minute), want: "auth.answer"},
		"not yet valid":                   {forge: at("nbf", 3*time.Minute), want: "auth.answer"},
		"no subject":                      {forge: claim("sub", ""), want: "auth.answer"},
		"endless subject":                 {forge: claim("sub", strings.Repeat("x", 256)), want: "auth.answer"},
		"claims of the wrong kind":        {forge: claim("acr", 5), want: "auth.answer"},
		"signed by a stranger":            {forge: sign(oidctest.ByStranger), want: "auth.answer"},
		"HS256 with our secret":           {forge: sign(oidctest.BySecret), want: "auth.answer"},
		"HS256 with the public key":       {forge: sign(oidctest.ByPublicKey), want: "auth.answer"},
		"alg none":                        {forge: sign(oidctest.ByNobody), want: "auth.answer"},
		"an access token":                 {forge: typ("at+jwt"), want: "auth.answer"},
		"a logout token":                  {forge: typ("logout+jwt"), want: "auth.answer"},
		"hash of another access token":    {forge: claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"), want: "auth.answer"},
		"other state":                     {answer: param("state", strings.Repeat("x", 43)), want: "auth.attempt"},
		"no state":                        {answer: func(q url.Values) { q.Del("state") }, want: "auth.attempt"},
		"made-up code":                    {answer: param("code", "made-up"), want: "auth.answer"},
		"no code":                         {answer: func(q url.Values) { q.Del("code") }, want: "auth.answer"},
		"endless code":                    {answer: param("code", strings.Repeat("x", 5000)), want: "auth.answer"},
		"iss parameter of another issuer": {answer: param("iss", "https://evil.example"), want: "auth.answer"},
		"empty iss parameter":             {answer: param("iss", ""), want: "auth.answer"},
		"an error beside the code":        {answer: param("error", "access_denied"), want: "auth.declined"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := oidctest.Start(t)
			p.Login(kari)
			p.Forge(test.forge)
			p.Answer(test.answer)
			tp := newPortal(t, p, nil)
			c := browser(t)
			resp, _ := tp.login(c, "")
			if got := store.Code(resp.Header.Get("Error")); got != test.want {
				t.Errorf("the portal says %q, not %q (%s)", got, test.want, resp.Header.Get("Cause"))
			}
			in := tp.who(c) == kari.Name
			if in != (test.want == "") {
				t.Errorf("logged in: %v", in)
			}
			if test.want != "" && tp.cookie(c) != nil {
				t.Error("a session was made")
			}
		})
	}
}

func TestIssuerParameter(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	p.Answer(func(q url.Values) { q.Set("iss", p.Issuer) })
	tp := newPortal(t, p, nil)
	c := browser(t)
	if resp, _ := tp.login(c, ""); resp.Header.Get("Error") != "" {
		t.Errorf("the right issuer was refused: %s", resp.Header.Get("Cause"))
	}
	tp.auth.provider.found.sendsIss = true
	p.Answer(nil)
	if resp, _ := tp.login(browser(t), ""); resp.Header.Get("Error") != "auth.answer" {
		t.Errorf("a provider that promises iss left it out, and the portal says %q", resp.Header.Get("Error"))
	}
}

func TestAnswerCountsOnce(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	tp := newPortal(t, p, nil)
	victim := browser(t)
	_, address := tp.login(victim, "")
	redeemed := p.Redeemed()
	for name, c := range map[string]*http.Client{"the same browser": victim, "another browser": browser(t)} {
		if resp := fetch(t, c, address); resp.Header.Get("Error") != "auth.attempt" {
			t.Errorf("%s used the answer again: %q", name, resp.Header.Get("Error"))
		}
	}
	if p.Redeemed() != redeemed {
		t.Error("the code was sent to the provider again")
	}
}

// TestAnswerBelongsToBrowser: an attacker who gets a victim to open the attacker's own answer must not log the victim
// in as the attacker.
func TestAnswerBelongsToBrowser(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	tp := newPortal(t, p, nil)
	attacker, victim := browser(t), browser(t)
	address := fetch(t, attacker, tp.URL+"/login/begin").Header.Get("Location")
	for !strings.HasPrefix(address, tp.URL) {
		resp := fetch(t, attacker, address)
		next, err := resp.Location()
		if err != nil {
			t.Fatal(err)
		}
		address = next.String()
	}
	fetch(t, victim, tp.URL+"/login/begin") // the victim has a login of their own under way
	if resp := fetch(t, victim, address); resp.Header.Get("Error") != "auth.attempt" {
		t.Errorf("the victim's browser took the attacker's answer: %q", resp.Header.Get("Error"))
	}
	if resp := fetch(t, attacker, address); resp.Header.Get("Error") != "" {
		t.Errorf("the right browser was refused: %s", resp.Header.Get("Cause"))
	}
}

func TestVerifierIsNeeded(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	tp := newPortal(t, p, nil)
	// Of two logins under way in one browser, the second gets the code of the first.
	c := browser(t)
	var codes []url.Values
	for range 2 {
		address := fetch(t, c, tp.URL+"/login/begin").Header.Get("Location")
		for !strings.HasPrefix(address, tp.URL) {
			next, err := fetch(t, c, address).Location()
			if err != nil {
				t.Fatal(err)
			}
			address = next.String()
		}
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, u.Query())
	}
	swapped := url.Values{"code": {codes[0].Get("code")}, "state": {codes[1].Get("state")}}
	if resp := fetch(t, c, tp.URL+"/login/callback?"+swapped.Encode()); resp.Header.Get("Error") != "auth.answer" {
		t.Errorf("a code was taken with another login's verifier: %q", resp.Header.Get("Error"))
	}
}

func TestTwoTabs(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	tp := newPortal(t, p, nil)
	c := browser(t)
	first := fetch(t, c, tp.URL+"/login/begin?return=/first").Header.Get("Location")
	if resp, _ := tp.login(c, "?return=/second"); resp.Header.Get("Location") != "/second" {
		t.Errorf("the second tab leads to %q", resp.Header.Get("Location"))
	}
	address := first
	for !strings.HasPrefix(address, tp.URL) {
		next, err := fetch(t, c, address).Location()
		if err != nil {
			t.Fatal(err)
		}
		address = next.String()
	}
	if resp := fetch(t, c, address); resp.Header.Get("Location") != "/first" {
		t.Errorf("the first tab leads to %q (%s)", resp.Header.Get("Location"), resp.Header.Get("Cause"))
	}
}

func TestLateAnswer(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	tp := newPortal(t, p, nil)
	c := browser(t)
	address := fetch(t, c, tp.URL+"/login/begin").Header.Get("Location")
	for !strings.HasPrefix(address, tp.URL) {
		next, err := fetch(t, c, address).Location()
		if err != nil {
			t.Fatal(err)
		}
		address = next.String()
	}
	tp.clock.Advance(attemptLife)
	if resp := fetch(t, c, address); resp.Header.Get("Error") != "auth.attempt" {
		t.Errorf("an answer after %s gives %q", attemptLife, resp.Header.Get("Error"))
	}
}

func TestProviderSaysNo(t *testing.T) {
	p := oidctest.Start(t)
	tp := newPortal(t, p, nil)
	for code, want := range map[string]string{
		"access_denied": "auth.declined", "server_error": "auth.provider_away", "invalid_scope": "auth.answer",
		"<script>": "auth.answer",
	} {
		p.Decline(code)
		resp, _ := tp.login(browser(t), "")
		if got := resp.Header.Get("Error"); got != want {
			t.Errorf("%s gives %q, not %q", code, got, want)
		}
		if strings.Contains(resp.Header.Get("Cause"), "script") || strings.Contains(resp.Header.Get("Cause"), "as the test") {
			t.Errorf("the provider's own words reach the log: %q", resp.Header.Get("Cause"))
		}
	}
}

func TestProviderAway(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	p.Away(true)
	tp := newPortal(t, p, nil) // starts all the same
	c := browser(t)
	for range 2 {
		if resp, _ := tp.login(c, ""); resp.Header.Get("Error") != "auth.provider_away" {
			t.Errorf("while the provider is away the portal says %q", resp.Header.Get("Error"))
		}
	}
	p.Away(false)
	if resp, _ := tp.login(c, ""); resp.Header.Get("Error") != "auth.provider_away" {
		t.Error("the provider was asked again at once")
	}
	tp.clock.Advance(retryAfter)
	if resp, _ := tp.login(c, ""); resp.Header.Get("Error") != "" {
		t.Errorf("after the provider came back: %s", resp.Header.Get("Cause"))
	}
}

func TestFreshLogin(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	tp := newPortal(t, p, nil)
	c := browser(t)
	if resp, _ := tp.login(c, "?fresh=1"); resp.Header.Get("Error") != "" {
		t.Errorf("a fresh login was refused: %s", resp.Header.Get("Cause"))
	}
	if asked := p.Asked(); asked.Get("prompt") != "login" || asked.Get("max_age") != "0" {
		t.Errorf("a fresh login was not asked for: %v", asked)
	}
	stale := kari
	stale.AuthTime = time.Now().Add(-10 * time.Minute)
	p.Login(stale)
	if resp, _ := tp.login(c, "?fresh=1"); resp.Header.Get("Error") != "auth.weak" {
		t.Errorf("a login of ten minutes ago counts as fresh: %q", resp.Header.Get("Error"))
	}
	if resp, _ := tp.login(c, ""); resp.Header.Get("Error") != "" {
		t.Errorf("an ordinary login needs no fresh one: %s", resp.Header.Get("Cause"))
	}
	req, err := http.NewRequest(http.MethodGet, tp.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.AddCookie(tp.cookie(c))
	s, err := tp.auth.Load(req, true)
	if err != nil || s == nil {
		t.Fatalf("no session: %v", err)
	}
	if got := s.AuthTime(); !got.Equal(stale.AuthTime.UTC().Truncate(time.Second)) {
		t.Errorf("the session remembers a login at %s, not %s", got, stale.AuthTime)
	}
}

func TestStrength(t *testing.T) {
	p := oidctest.Start(t)
	tp := newPortal(t, p, func(c *Config) { c.ACR = []string{"idporten-loa-high", "Level4"} })
	weak, strong := kari, kari
	weak.ACR, strong.ACR = "Level3", "Level4"
	p.Login(weak)
	if resp, _ := tp.login(browser(t), ""); resp.Header.Get("Error") != "auth.weak" {
		t.Errorf("Level3 gives %q", resp.Header.Get("Error"))
	}
	if p.Asked().Get("acr_values") != "idporten-loa-high Level4" {
		t.Errorf("acr_values is %q", p.Asked().Get("acr_values"))
	}
	p.Login(strong)
	if resp, _ := tp.login(browser(t), ""); resp.Header.Get("Error") != "" {
		t.Errorf("Level4 was refused: %s", resp.Header.Get("Cause"))
	}
}

func TestRolesFromClaim(t *testing.T) {
	rules, err := ParseRoles("CN=Samband,OU=x=admin")
	if err == nil {
		t.Fatalf("a comma inside a value must be refused, gave %v", rules)
	}
	rules, err = ParseRoles("nyfodt=coordinator:nyfodt, hjerte=coordinator:hjerte,sikkerhet=security_officer,innsyn=reader,a=b=auditor")
	if err != nil {
		t.Fatal(err)
	}
	p := oidctest.Start(t)
	tp := newPortal(t, p, func(c *Config) { c.RoleClaim, c.Roles = "realm_access.roles", rules })
	grants := func(values any) []string {
		t.Helper()
		u := kari
		u.Claims = map[string]any{"realm_access": map[string]any{"roles": values}, "roles": []string{"sikkerhet"}}
		p.Login(u)
		resp, _ := tp.login(browser(t), "")
		if resp.Header.Get("Error") != "" {
			t.Fatal(resp.Header.Get("Cause"))
		}
		users, err := tp.db.Users(t.Context())
		if err != nil || len(users) != 1 {
			t.Fatalf("%v, %v", users, err)
		}
		all, err := tp.db.Grants(t.Context(), users[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		var now []string
		for _, g := range all {
			if g.Source == "oidc" && g.Until.IsZero() {
				now = append(now, string(g.Role)+":"+g.RegistryID)
			}
		}
		slices.Sort(now)
		tp.clock.Advance(time.Second)
		return now
	}
	for _, test := range []struct {
		values any
		want   []string
	}{
		{[]string{"nyfodt", "ukjent"}, []string{"coordinator:nyfodt"}},
		{[]string{"hjerte", "sikkerhet"}, []string{"coordinator:hjerte", "security_officer:*"}}, // and no longer nyfodt
		{"innsyn", []string{"reader:*"}},
		{[]string{"a=b"}, []string{"auditor:*"}},
		{map[string]any{"nyfodt": true}, nil},
		{[]string{}, nil},
	} {
		if got := grants(test.values); !slices.Equal(got, test.want) {
			t.Errorf("%v gives %v, not %v", test.values, got, test.want)
		}
	}
}

func TestParseRolesRefuses(t *testing.T) {
	for _, bad := range []string{"x", "=admin", "x=boss", "x=coordinator:", "x=admin:nyfodt"} {
		if rules, err := ParseRoles(bad); err == nil {
			t.Errorf("%q gives %v", bad, rules)
		}
	}
	if rules, err := ParseRoles(" , "); err != nil || len(rules) != 0 {
		t.Errorf("nothing gives %v, %v", rules, err)
	}
}

func TestLogoutAtProvider(t *testing.T) {
	p := oidctest.Start(t)
	p.Login(kari)
	tp := newPortal(t, p, nil)
	c := browser(t)
	tp.login(c, "")
	resp, err := c.Post(tp.URL+"/logout", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	to, err := resp.Location()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(to.String(), p.Issuer) || to.Query().Has("id_token_hint") {
		t.Errorf("the logout leads to %s", to)
	}
	if resp.Header.Get("Clear-Site-Data") == "" {
		t.Error("the browser is not told to forget")
	}
	back := fetch(t, c, to.String())
	if got := back.Header.Get("Location"); got != tp.URL+"/signed-out" {
		t.Errorf("the provider sends the browser to %q", got)
	}
	if !slices.Contains(tp.auth.FormTargets(), p.Issuer) {
		t.Errorf("the policy would stop the logout: %v", tp.auth.FormTargets())
	}
}
