package db

import (
	"context"
	"time"

	"samband/store"
)

// shownKinds are the kinds of things that the public catalogue shows something of: a change of one of them counts.
var shownKinds = []string{"solution", "system", "method", "registry", "integration", "approval", "ros", "ld", "move"}

// CatalogueRevision counts the changes of what the public catalogue shows. As long as it stands, Catalogue gives the
// same; what holds on a day can still differ from one day to the next.
func (d *DB) CatalogueRevision(ctx context.Context) (int64, error) {
	return read(ctx, d, func(t *tx) (int64, error) {
		return value[int64](t, `SELECT value FROM counter WHERE name = 'catalogue'`)
	})
}

// Catalogue returns everything the public catalogue shows, as it stands at one moment. Ended integrations are left out.
func (d *DB) Catalogue(ctx context.Context) (*store.Catalogue, error) {
	return read(ctx, d, func(t *tx) (*store.Catalogue, error) {
		var c store.Catalogue
		var err error
		if c.Solutions, err = t.solutions(); err != nil {
			return nil, err
		}
		if c.Systems, err = t.systems(); err != nil {
			return nil, err
		}
		// The approval that holds, else the newest.
		c.Entries, err = all(t, scanCatalogueEntry, `
			SELECT i.id, i.name, i.registry_id, g.name, g.solution_id, m.system_id, i.method_id, s.role, i.sensitivity, i.state,
				i.demo,
				COALESCE(a.state, ''), COALESCE(a.decided_at, 0), COALESCE(a.valid_to, ''),
				COALESCE(ros.id, ''), COALESCE(ros.version, 0), COALESCE(ros.state, ''), COALESCE(ros.valid_to, ''),
				COALESCE(ld.id, ''), COALESCE(ld.version, 0), COALESCE(ld.state, ''), COALESCE(ld.valid_to, '')
			FROM integration i
			JOIN registry g ON g.id = i.registry_id
			JOIN method m ON m.id = i.method_id
			JOIN system s ON s.id = m.system_id
			LEFT JOIN risk_assessment ros ON ros.id = i.ros_id AND ros.version = i.ros_version
			LEFT JOIN solution_design ld ON ld.id = i.ld_id AND ld.version = i.ld_version
			LEFT JOIN approval a ON a.id = (
				SELECT id FROM approval b WHERE b.integration_id = i.id
				ORDER BY CASE b.state WHEN 'approved' THEN 0 ELSE 1 END, b.created_at DESC, b.id LIMIT 1)
			WHERE i.state <> 'ended'`)
		byID(c.Entries, func(e *store.CatalogueEntry) string { return e.IntegrationID })
		return &c, err
	})
}

func scanCatalogueEntry(r row) (e store.CatalogueEntry, err error) {
	var role store.Role
	var decided time.Time
	err = r.Scan(&e.IntegrationID, &e.Name, &e.RegistryID, &e.RegistryName, &e.SolutionID, &e.SystemID, &e.MethodID, &role,
		&e.Sensitivity, &e.State, &e.Demo, &e.Approval, moment{&decided}, &e.ApprovedTo, &e.ROS.ID, &e.ROS.Version, &e.ROSState,
		&e.ROSValidTo, &e.LD.ID, &e.LD.Version, &e.LDState, &e.LDValidTo)
	e.Direction = role.Direction()
	if e.Approval == store.AppApproved {
		e.ApprovedOn = store.DateOf(decided)
	} else {
		e.ApprovedTo = ""
	}
	return e, err
}
