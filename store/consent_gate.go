package store

import "slices"

// ConsentPart is a consent rule with the way to the list that it rests on. Connection and Kind are nil when there is none.
type ConsentPart struct {
	Rule       ConsentRule
	Connection *Connection
	Kind       *Kind
}

// line is how a rule stands in a Scope: whose list it is, where it is read, and what it decides.
func (p *ConsentPart) line() string {
	r := &p.Rule
	l := struct {
		Type       ConsentType       `json:"type"`
		Connection string            `json:"connection"`
		Kind       string            `json:"kind"`
		Settings   map[string]string `json:"settings"`
		Definition string            `json:"definition"`
		Party      string            `json:"party"`
		WaitDays   int               `json:"wait_days,omitempty"`
		MaxAge     int               `json:"max_age_hours"`
		FallShare  float64           `json:"fall_share"`
		FallCount  int               `json:"fall_count"`
		TurnShare  float64           `json:"turn_share"`
		TurnCount  int               `json:"turn_count"`
		Recipients []string          `json:"recipients,omitempty"`
	}{r.Type, r.ConnectionID, "", map[string]string{}, CanonicalGUID(r.Definition), r.Party, r.WaitDays, r.MaxAge, r.FallShare,
		r.FallCount, r.TurnShare, r.TurnCount, slices.Sorted(slices.Values(r.Recipients))}
	if p.Kind != nil && p.Connection != nil {
		l.Kind = p.Kind.Name
		for i := range p.Kind.Options {
			o := &p.Kind.Options[i]
			if v := o.Value(p.Connection.Settings); o.Covered() && v != "" {
				l.Settings[o.Name] = v
			}
		}
	}
	return canonical(l)
}

// askConsent asks whether people's choices can be asked for at all, where the registry's basis says that they decide.
// Without a rule nothing may pass: it would let everybody in.
func (a *GateAnswer) askConsent(q *GateQuestion) {
	needs := q.Registry.Basis.Consent.Needs()
	if needs != "" && !slices.ContainsFunc(q.Consents, func(p ConsentPart) bool { return p.Rule.Type == needs }) {
		a.refuse("gate.consent_rule", Args{"registry": q.Registry.Name, "regime": Code("consent." + q.Registry.Basis.Consent),
			"type": Code("consenttype." + needs)})
	}
	for i := range q.Consents {
		p := &q.Consents[i]
		if p.Connection == nil || p.Kind == nil || !p.Kind.Consents || p.Kind.Name != p.Connection.Kind ||
			p.Connection.ID != p.Rule.ConnectionID || p.Rule.RegistryID != q.Registry.ID {
			a.refuse("gate.consent_connection", Args{"rule": p.Rule.Name})
		}
	}
}
