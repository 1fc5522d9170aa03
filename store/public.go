package store

import "regexp"

// Public gives what anybody may see of a solution: its name and kind, and where it is in its life. Who owns and runs
// it, where, and what people noted is for who has logged in.
func (s Solution) Public() Solution {
	return Solution{ID: s.ID, Name: s.Name, Kind: s.Kind, Phase: s.Phase, EndsOn: s.EndsOn, Successor: s.Successor}
}

// Public gives what anybody may see of a system: also what it offers or receives, in words.
func (s System) Public() System {
	return System{ID: s.ID, Name: s.Name, Role: s.Role, Content: s.Content, Phase: s.Phase, EndsOn: s.EndsOn,
		Successor: s.Successor}
}

// Public gives what anybody may see of the catalogue. It is taken before anything is searched for, so that an answer
// tells nothing of what it doesn't show.
func (c *Catalogue) Public() *Catalogue {
	out := &Catalogue{Entries: c.Entries}
	for _, s := range c.Solutions {
		out.Solutions = append(out.Solutions, s.Public())
	}
	for _, s := range c.Systems {
		out.Systems = append(out.Systems, s.Public())
	}
	return out
}

// unpublic are the shapes of what tells of a person or of the inside of the network: an e-mail address, a telephone
// number, an address with a scheme, a host name (of three parts, or of a name that only holds inside) and an IPv4
// address.
var unpublic = regexp.MustCompile(`(?i)\S@\S|(?:\+|\b)\d(?:[ \x{a0}]?\d){7,}\b|://|` +
	`\b[a-z0-9-]+\.[a-z0-9-]+\.[a-z]{2,}\b|\b[a-z0-9-]+\.(?:local|lan|intern|internal|intra|corp|home|localdomain)\b|` +
	`\b\d{1,3}(?:\.\d{1,3}){3}\b`)

// validatePublic refuses contacts and hosts in what anybody may read.
func validatePublic(bad *FieldErrors, field string, texts ...string) {
	for _, s := range texts {
		if unpublic.MatchString(s) {
			bad.Add(field, "field.public", nil)
			return
		}
	}
}
