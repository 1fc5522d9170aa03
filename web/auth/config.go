package auth

import (
	"net/http"
	"os"
	"strings"
	"time"

	"samband/store"
)

// The bounds of the idle setting: shorter, and people lose their work while they read; longer, and a machine that
// somebody left is open for the next one.
const (
	leastIdle = 5 * time.Minute
	mostIdle  = 2 * time.Hour
)

// Config is what an installation decides about login.
type Config struct {
	// PublicURL is where browsers find the portal: scheme and host. The scheme decides whether cookies are Secure.
	PublicURL string
	Idle      time.Duration // a session ends after this long without use; 30 minutes when zero
	Absolute  time.Duration // and after this long in any case; 8 hours when zero

	// Issuer is the identity provider, exactly as its tokens and its discovery document name it. Empty: a
	// demonstration, where people log in as invented persons, on this machine only.
	Issuer       string
	ClientID     string
	ClientSecret string    // empty for a public client
	SecretEnds   time.Time // when the provider stops taking the secret; zero: nobody has said
	Scopes       []string  // beside openid; profile when empty
	RoleClaim    string    // name of the claim with roles or groups; "roles" when empty
	Roles        []RoleRule
	ACR          []string // accepted strengths of login; any when empty
	// HTTP reaches the provider; a client with a time limit when nil.
	HTTP *http.Client

	err error // what is wrong with the settings; New gives it
}

// Settings are the environment variables that FromEnv reads.
var Settings = []string{"SAMBAND_OIDC_ISSUER", "SAMBAND_OIDC_CLIENT_ID", "SAMBAND_OIDC_CLIENT_SECRET",
	"SAMBAND_OIDC_CLIENT_SECRET_FILE", "SAMBAND_OIDC_CLIENT_SECRET_ENDS", "SAMBAND_OIDC_SCOPES", "SAMBAND_OIDC_ROLE_CLAIM", "SAMBAND_OIDC_ROLES",
	"SAMBAND_OIDC_ACR", "SAMBAND_IDLE"}

// FromEnv reads the settings of login. PublicURL is for the caller to fill in. What is wrong with a setting is told by
// New.
func FromEnv(getenv func(string) string) Config {
	c := Config{
		Issuer:       getenv("SAMBAND_OIDC_ISSUER"),
		ClientID:     getenv("SAMBAND_OIDC_CLIENT_ID"),
		ClientSecret: getenv("SAMBAND_OIDC_CLIENT_SECRET"),
		Scopes:       strings.Fields(getenv("SAMBAND_OIDC_SCOPES")),
		RoleClaim:    getenv("SAMBAND_OIDC_ROLE_CLAIM"),
		ACR:          strings.Fields(getenv("SAMBAND_OIDC_ACR")),
	}
	if file := getenv("SAMBAND_OIDC_CLIENT_SECRET_FILE"); file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			c.err = store.Wrap(err, store.Refused, "serve.login_secret", nil)
		}
		c.ClientSecret = strings.TrimSpace(string(b))
	}
	if day := getenv("SAMBAND_OIDC_CLIENT_SECRET_ENDS"); day != "" {
		if d, ok := store.ParseDate(day); ok {
			c.SecretEnds = d.AddDays(1).Start() // the day itself is still good
		} else {
			c.err = store.E(store.Refused, "serve.login_secret_ends", store.Args{"value": day})
		}
	}
	var err error
	if c.Roles, err = ParseRoles(getenv("SAMBAND_OIDC_ROLES")); err != nil {
		c.err = err
	}
	if idle := getenv("SAMBAND_IDLE"); idle != "" {
		if c.Idle, err = time.ParseDuration(idle); err != nil || c.Idle < leastIdle || c.Idle > mostIdle {
			c.err = store.E(store.Refused, "serve.login_idle", store.Args{"value": idle})
		}
	}
	return c
}
