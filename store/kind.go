package store

import (
	"net"
	"net/url"
	"slices"
	"strings"
)

// Sensitivity is how sensitive data may be over a way of transport, from the least.
type Sensitivity string

const (
	NotSensitive Sensitivity = "not_sensitive" // nothing about health, nobody singled out
	Personal     Sensitivity = "personal"      // personal data, not of a special category
	Sensitive    Sensitivity = "sensitive"     // health data and other special categories (GDPR article 9)
)

// Sensitivities lists them from the least.
var Sensitivities = []Sensitivity{NotSensitive, Personal, Sensitive}

// Covers tells whether a way that may carry s may carry data of sensitivity d.
func (s Sensitivity) Covers(d Sensitivity) bool {
	return slices.Index(Sensitivities, s) >= slices.Index(Sensitivities, d) && slices.Contains(Sensitivities, d)
}

// Direction is the way data go, seen from the registry.
type Direction string

const (
	Inbound  Direction = "in"
	Outbound Direction = "out"
)

// Role is the part an outside system plays.
type Role string

const (
	Source      Role = "source"
	Destination Role = "destination"
)

// Direction gives the way data go to or from a system in this role.
func (r Role) Direction() Direction {
	if r == Source {
		return Inbound
	}
	return Outbound
}

// Kind describes a connector: what it can do and what it must be told. Forms, validation, masking and documentation
// are made from it.
type Kind struct {
	Name  string // "files", "fhir" …; the folder under jobs/connector
	Roles []Role
	// Highest is the most sensitive data that may go directly over it.
	Highest Sensitivity
	// Route is the transport it needs: see Routes.
	Route Route
	// Rereadable tells that a run that was cut off can read the same delivery again.
	Rereadable bool
	// Tier is what it promises as a destination; "" when it is none.
	Tier    Tier
	Options []Option
	// Identity is how a destination of this kind lets identity leave.
	Identity Leaving
	// Consents tells that it gives people's choices, and no rows: a connection of this kind is for a consent rule.
	Consents bool
}

// Route is how data are carried between the hospital and the other side.
type Route string

const (
	RoutePlatform Route = "platform" // the supplier's integration platform: the rule for all hospital transport
	RouteInternet Route = "internet" // the other side's own interface, outside the hospital's transport
	RouteLocal    Route = "local"    // a folder on this machine: demonstration and trials
)

// Routes lists the routes in the order forms offer them.
var Routes = []Route{RoutePlatform, RouteInternet, RouteLocal}

// OptionKind is what an option holds.
type OptionKind string

const (
	OptionText   OptionKind = "text"
	OptionNumber OptionKind = "number"
	OptionBool   OptionKind = "bool"
	OptionChoice OptionKind = "choice"
	OptionPath   OptionKind = "path"
	OptionURL    OptionKind = "url"
	OptionSecret OptionKind = "secret" // write-only: kept in store/secrets, never shown again
)

// Option is one setting of a connection. Its label and help are the texts "option.<kind>.<name>" and
// "option.<kind>.<name>.help".
type Option struct {
	Name     string
	Kind     OptionKind
	Required bool
	Default  string
	Choices  []string
	// InScope tells that an approval covers the value: changing it needs a new one (addresses, paths, data sets).
	InScope bool
	// Only names the role that has a use for it; "" for all.
	Only Role
}

// Covered tells whether an approval covers the value. Where data lie always is, whatever the connector says, and a
// secret never is: it stands in no scope.
func (o *Option) Covered() bool {
	return o.Kind != OptionSecret && (o.InScope || o.Kind == OptionURL || o.Kind == OptionPath)
}

// Value gives what the settings mean for the option: its default where they say nothing, and nothing for a switch that
// is off. Saying what holds anyway changes no scope.
func (o *Option) Value(settings map[string]string) string {
	v := settings[o.Name]
	if v == "" {
		v = o.Default
	}
	if o.Kind == OptionBool && v == "false" {
		return ""
	}
	return v
}

// Hosts gives the hosts, as host:port, that the addresses in the settings lead to.
func (k *Kind) Hosts(settings map[string]string) []string {
	var hosts []string
	for i := range k.Options {
		if o := &k.Options[i]; o.Kind == OptionURL {
			if h := HostOf(o.Value(settings)); h != "" && !slices.Contains(hosts, h) {
				hosts = append(hosts, h)
			}
		}
	}
	return hosts
}

// HostOf gives the host of an address as host:port, with the port that its scheme means when it names none; "" when it
// has no host.
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443", "sftp": "22"}[u.Scheme]
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// Option gives the option of that name, or nil.
func (k *Kind) Option(name string) *Option {
	for i := range k.Options {
		if k.Options[i].Name == name {
			return &k.Options[i]
		}
	}
	return nil
}

// As gives the kind with the options that a role has a use for.
func (k Kind) As(r Role) Kind {
	k.Options = slices.DeleteFunc(slices.Clone(k.Options), func(o Option) bool { return o.Only != "" && o.Only != r })
	return k
}

// Validate checks the settings of a connection of this kind. Secrets are checked where they are kept.
func (k *Kind) Validate(settings map[string]string) error {
	var bad FieldErrors
	for _, o := range k.Options {
		v := settings[o.Name]
		switch {
		case v == "" && o.Required && o.Kind != OptionSecret:
			bad.Add(o.Name, "field.required", nil)
		case v == "":
		case o.Kind == OptionChoice && !slices.Contains(o.Choices, v):
			bad.Add(o.Name, "field.choice", nil)
		case o.Kind == OptionBool && v != "true" && v != "false":
			bad.Add(o.Name, "field.choice", nil)
		case o.Kind == OptionNumber && !digits(v):
			bad.Add(o.Name, "field.number", nil)
		case o.Kind == OptionSecret:
			bad.Add(o.Name, "field.secret_in_settings", nil)
		}
	}
	for name := range settings {
		if k.Option(name) == nil {
			bad.Add(name, "field.unknown", Args{"name": name})
		}
	}
	return bad.OrNil()
}

func digits(s string) bool {
	if s == "" || len(s) > 15 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Connection is a configured way to one outside system.
type Connection struct {
	ID       string            `yaml:"id" json:"id"` // slug
	SystemID string            `yaml:"system" json:"system"`
	Kind     string            `yaml:"kind" json:"kind"`
	Name     string            `yaml:"name" json:"name"`
	Settings map[string]string `yaml:"settings" json:"settings"`
	Version  int               `yaml:"-" json:"-"`
}
