// Package jobs decides when and whether something runs, and carries it out: the planner that turns schedules into
// durable due times, the queue, the gate's question, the run from delivery to report, and what a person can do about a
// run. It is what web and the shell call.
package jobs

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"log/slog"
	"net/http"
	"net/netip"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"samband/jobs/connector"
	"samband/jobs/datadir"
	"samband/jobs/notify"
	"samband/jobs/queue"
	"samband/jobs/witness"
	"samband/store"
	"samband/store/auditlog"
	"samband/store/db"
	"samband/store/registrydb"
	"samband/store/secrets"
	"samband/store/vault"
	"samband/store/vault/consent"
)

// Jobs is an open installation. Make one with Open; Start makes it work on its own.
type Jobs struct {
	DB    *db.DB
	Log   *slog.Logger
	Clock store.Clock
	IDs   store.IDs
	Demo  bool
	Dir   *datadir.Dir

	conf       Config
	persons    store.IdentRules
	networks   []netip.Prefix // that requests may go to
	connectors map[string]connector.Connector
	queue      *queue.River
	vault      *vault.Vault
	consents   *consent.Store
	syncing    consentSync
	sealKey    []byte
	secretsKey []byte
	backupKey  []byte
	linkKey    []byte
	signing    ed25519.PrivateKey // of transports
	backingUp  sync.Mutex
	webhooks   *http.Client
	signer     *auditlog.Signer
	witness    witnessed
	mark       marked
	keys       secrets.Keys
	ring       *secrets.Ring // of the vault
	graves     *vault.Graves
	limit      *registrydb.Limit // of connections of registries and vault
	registries registries
	running    running
	progress   board
	listed     listCache
	shown      shown
	metrics    *metrics
	slots      atomic.Pointer[slotTotals] // of the last check
	planned    atomic.Int64               // when the planner last went through all schedules, in microseconds since 1970
	wake       chan struct{}
	started    bool
	ctx        context.Context // ends when the installation closes
	stop       context.CancelFunc
	done       sync.WaitGroup
}

// Open takes the data folder for this process and opens everything in it. When another process owns the folder it gives
// datadir.ErrOwned.
func Open(ctx context.Context, c Config) (_ *Jobs, err error) {
	dir, err := datadir.Own(c.Data)
	if err != nil {
		return nil, err
	}
	for _, p := range []*string{&c.Drop, &c.Shared} {
		if *p == "" {
			continue
		}
		if *p, err = filepath.Abs(*p); err != nil {
			dir.Release()
			return nil, store.Wrap(err, store.Internal, "datadir.open", store.Args{"path": *p})
		}
	}
	dir.Shared = c.Shared
	j := &Jobs{Log: c.Log, Clock: c.Clock, IDs: c.IDs, Demo: c.Demo, Dir: dir, conf: c, metrics: newMetrics(),
		connectors: map[string]connector.Connector{}, wake: make(chan struct{}, 1)}
	j.webhooks = notify.NewClient(c.Demo)
	j.running.cancel = map[string]context.CancelCauseFunc{}
	j.ctx, j.stop = context.WithCancel(context.WithoutCancel(ctx))
	defer func() {
		if err = db.Trouble(err); err != nil {
			j.Close()
		}
	}()
	if err = rightPlace(dir, c.DatabaseURL); err != nil {
		return nil, err
	}
	if j.persons, err = c.Persons.rules(); err != nil {
		return nil, err
	}
	if j.networks, err = networks(c.Networks); err != nil {
		return nil, err
	}
	for _, k := range c.Connectors {
		j.connectors[k.Kind.Name] = k
	}
	if c.Keys.Dir == "" {
		c.Keys.Dir = dir.Keys()
	}
	j.keys = c.Keys
	if err := j.readKeys(); err != nil {
		return nil, err
	}
	if err := c.SMTP.Check(); err != nil {
		return nil, err
	}
	if err := apart(cmp.Or(c.Mark, dir.Mark()), cmp.Or(c.Checkpoints, dir.Checkpoints())); err != nil {
		return nil, err
	}
	share, err := shareOf(c.Connections)
	if err != nil {
		return nil, err
	}
	j.limit = registrydb.NewLimit(share.data)
	if j.DB, err = db.Open(ctx, db.Options{Path: dir.Portal(), URL: c.DatabaseURL, Conns: share.portal, Keep: dir.Before(), Clock: c.Clock, IDs: c.IDs,
		Owner: store.NewOwner(dir.Place, store.RandomIDs{}.New()[:8]), Lease: c.Lease}); err != nil {
		return nil, err
	}
	folder := witness.Folder{Path: cmp.Or(c.Mark, dir.Mark())}
	mark, _ := folder.Mark() // what is the matter with it openMark finds, too
	size, _, err := j.DB.AuditSize(ctx)
	if err != nil {
		return nil, err
	}
	keys, version, err := j.takeKeys(ctx, c.MakeKeys)
	if err != nil {
		return nil, err
	}
	j.ring = secrets.NewRing(c.Keys, secrets.VaultKey, version)
	if j.signer, err = auditlog.NewSigner(keys[secrets.SigningKey]); err != nil {
		return nil, err
	}
	j.sealKey, j.secretsKey, j.backupKey = keys[secrets.DeliveryKey], keys[secrets.SecretsKey], keys[secrets.BackupKey]
	j.linkKey, j.signing = keys[secrets.LinkKey], ed25519.NewKeyFromSeed(keys[secrets.SigningKey])
	if c.Checkpoints == "" {
		c.Checkpoints = dir.Checkpoints()
	}
	if err = j.openWitness(ctx, c.Checkpoints); err != nil {
		return nil, err
	}
	vaultURL := ""
	if c.DatabaseURL != "" {
		vaultURL = cmp.Or(c.VaultURL, c.DatabaseURL)
	}
	if j.vault, err = vault.Open(ctx, vault.Options{Path: dir.Vault(), URL: vaultURL, Temp: dir.Temp(),
		Keys: j.ring, Limit: j.limit}); err != nil {
		return nil, err
	}
	if j.consents, err = consent.Open(ctx, consent.Options{Path: dir.Consent(), URL: vaultURL, Limit: j.limit}); err != nil {
		return nil, err
	}
	j.registries.open = map[string]*registrydb.DB{}
	if j.graves, err = j.vault.Graves(filepath.Join(folder.Path, "tombstones")); err != nil {
		return nil, err
	}
	j.mark.folder = folder // from here on closing moves the mark on
	if err = j.openMark(ctx, mark, size); err != nil {
		return nil, err
	}
	j.watch()
	err = j.DB.Alone(ctx, "queue", func() error {
		j.queue, err = queue.Open(ctx, queue.Options{Path: dir.Queue(), URL: c.DatabaseURL, Workers: c.Workers, Conns: int32(share.queue),
			Work: j.Execute, Log: c.Log})
		return err
	})
	return j, err
}

// tick is how often the planner looks at the clock. It compares wall-clock times, so a machine that slept or a clock
// that was set is noticed at the next tick.
const tick = 15 * time.Second

// Start settles what an earlier process left, and then works until Close: workers, planner and, in demonstration
// mode, the hospital that delivers.
func (j *Jobs) Start(ctx context.Context) error {
	if err := j.Reconcile(ctx); err != nil { // what can't be settled is tried again, and keeps no page from opening
		j.Log.Error("runs that an earlier process left could not be settled", "error", err)
	}
	ctx = j.ctx
	j.started = true
	if err := j.queue.Start(ctx); err != nil {
		return err
	}
	j.keepHouse(ctx, chores)
	j.done.Go(func() { j.keepHead(ctx) })
	j.done.Go(func() { j.watchLost(ctx) })
	j.done.Go(func() { j.keepMark(ctx) })
	if j.Demo {
		j.done.Go(func() { j.feedDemo(ctx) })
	}
	j.done.Go(func() {
		t := time.NewTicker(tick)
		defer t.Stop()
		for {
			if err := j.Plan(ctx); err != nil && ctx.Err() == nil {
				j.Log.Error("planning failed", "error", err)
			}
			select {
			case <-ctx.Done():
				return
			case <-t.C:
			case <-j.wake:
			}
		}
	})
	return nil
}

// life gives a context that lasts as long as the installation is open, for work that outlives a request.
func (j *Jobs) life() context.Context { return j.ctx }

// Wake makes the planner look at once: something about a schedule has changed.
func (j *Jobs) Wake() {
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// Close stops the work, lets what can be ended end, and gives the data folder up. A run that is cut off starts over
// when the installation is opened again.
func (j *Jobs) Close() {
	j.stop()
	if j.started {
		j.queue.Stop()
	} else if j.queue != nil {
		j.queue.Close()
	}
	j.done.Wait()
	j.lastMark()
	j.registries.close()
	if j.vault != nil {
		j.vault.Close()
	}
	if j.consents != nil {
		j.consents.Close()
	}
	if j.DB != nil {
		j.lastCheckpoint()
		j.DB.Close()
	}
	j.Dir.Release()
}

// Signer signs in the name of the installation: checkpoints of the log, and evidence.
func (j *Jobs) Signer() *auditlog.Signer { return j.signer }

// Verifier is the public half of Signer.
func (j *Jobs) Verifier() *auditlog.Verifier { return j.signer.Verifier() }

// Ready tells whether the installation can serve: its databases answer, and the log, without which nothing is done, can
// take its next line. A log that isn't what was signed keeps runs from starting, not people from looking into it.
func (j *Jobs) Ready(ctx context.Context) error { return j.DB.AuditSound(ctx) }
