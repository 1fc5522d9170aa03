package jobs

import (
	"context"

	"samband/store"
)

// consents takes in whose choices decide over the registries of a document. What people have chosen is no configuration.
func (m *importer) consents(b *store.Bundle) error {
	for _, r := range b.Consents {
		err := put(m, r, r.ID, m.j.DB.ConsentRule, m.j.DB.CreateConsentRule, m.j.DB.UpdateConsentRule,
			func(was, r *store.ConsentRule) { r.Version = was.Version })
		if err != nil {
			return err
		}
	}
	return nil
}

// bundleConsents gives the rules of a registry as they will be when a document is taken in.
func (j *Jobs) bundleConsents(ctx context.Context, b *store.Bundle, registryID string) (parts []store.ConsentPart, err error) {
	rules, err := j.DB.ConsentRules(ctx, registryID)
	if err != nil {
		return nil, err
	}
	for _, r := range b.Consents {
		at := len(rules)
		for i := range rules {
			if rules[i].ID == r.ID {
				at = i
			}
		}
		switch {
		case at < len(rules):
			rules[at] = r
		case r.RegistryID == registryID:
			rules = append(rules, r)
		}
	}
	for _, r := range rules {
		c, err := found(one(ctx, b.Connections, r.ConnectionID, func(c *store.Connection) string { return c.ID }, j.DB.Connection))
		if err != nil {
			return nil, err
		}
		parts = append(parts, j.consentPart(r, c))
	}
	return parts, nil
}
