package jobs

import (
	"context"
	"errors"

	"golang.org/x/sys/unix"

	"samband/store"
	"samband/store/db"
	"samband/store/image"
)

// leastFree is how many bytes should be free where the data lie: a load keeps about as much again as it brings.
const leastFree = 2 << 30

// Health looks at every part of the installation and says how it is, as far as can be seen at once.
func (j *Jobs) Health(ctx context.Context) []store.PartHealth {
	return j.health(ctx, func(string) error { return nil })
}

// Examine is Health, and reads the embedded database files from end to end: a damaged page is found before a run or a
// backup comes to it. It takes as long as the reading does, and work goes on meanwhile.
func (j *Jobs) Examine(ctx context.Context) []store.PartHealth {
	return j.health(ctx, func(path string) error {
		if j.conf.DatabaseURL != "" {
			return nil
		}
		return image.CheckFile(ctx, path)
	})
}

// health asks of each part, and of its database file whether it is whole.
func (j *Jobs) health(ctx context.Context, whole func(path string) error) []store.PartHealth {
	var all []store.PartHealth
	add := func(part string, err error, args store.Args) {
		h := store.PartHealth{Part: part, Args: args}
		if err != nil {
			var e *store.Error
			if !errors.As(db.Trouble(err), &e) {
				e = store.E(store.Internal, "internal", nil)
			}
			h.Problem = e
		}
		all = append(all, h)
	}
	portal := j.DB.Ping(ctx)
	if portal == nil {
		portal = j.DB.OwnSessions(ctx)
	}
	if portal == nil {
		portal = whole(j.Dir.Portal())
	}
	add("portal", portal, nil)
	identities := j.vault.Check(ctx)
	if identities == nil {
		identities = errors.Join(whole(j.Dir.Vault()), whole(j.Dir.VaultKeys()))
	}
	add("vault", identities, nil)
	choices := j.consents.Check(ctx)
	if choices == nil {
		choices = whole(j.Dir.Consent())
	}
	add("consent", choices, nil)
	list, err := j.DB.Registries(ctx)
	if err == nil {
		for _, g := range list {
			d, err := j.registry(ctx, g.ID)
			if err == nil {
				err = d.Check(ctx)
			}
			if err == nil {
				err = whole(j.Dir.Registry(g.ID))
			}
			add("registry", err, store.Args{"registry": g.Name})
		}
	}
	n, err := j.queue.Depth(ctx)
	if err == nil {
		err = whole(j.Dir.Queue())
	}
	add("queue", err, store.Args{"depth": n})
	add("planner", j.plannerProblem(ctx), nil)
	add("keys", j.keysHold(ctx), nil)
	versions, days, err := j.vaultKeyHealth(ctx)
	add("vault_key", err, store.Args{"version": versions, "days": days})
	buried, err := j.gravesHealth()
	add("tombstones", err, store.Args{"n": buried})
	switch e, err := j.DB.SealedEmergency(ctx); {
	case store.ClassOf(err) == store.NotFound: // a choice of the installation, and no fault
		add("emergency_none", nil, nil)
	case err != nil:
		add("emergency", err, store.Args{"date": store.DateOf(j.Clock.Now())})
	default:
		add("emergency", nil, store.Args{"date": store.DateOf(e.SealedAt)})
	}
	var log error
	if p := j.LogProblem(); p != nil {
		log = p
	}
	add("audit", log, store.Args{"key": j.Verifier().String()})
	part, args, err := j.backupHealth(ctx)
	add(part, err, args)
	part, err = j.keyHealth(ctx)
	add(part, err, nil)
	var lost error
	if p := j.Lost(); p != nil {
		lost = p
	}
	add("mark", lost, nil)
	all = append(all, j.expiries(ctx)...)
	var fs unix.Statfs_t
	if err = unix.Statfs(j.Dir.Root, &fs); err == nil && fs.Bavail*uint64(fs.Bsize) < leastFree {
		err = store.E(store.Unavailable, "doctor.space", store.Args{"least": leastFree >> 30})
	}
	add("space", err, store.Args{"free": int(fs.Bavail * uint64(fs.Bsize) >> 30)})
	return all
}
