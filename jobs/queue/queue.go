// Package queue carries the work from "due" to a worker. It is a thin seam over River: one job per run, on SQLite in
// its own file or on PostgreSQL. The run's row in the portal database is the truth; a job is only the push that makes
// a worker look at it, so a lost or a doubled job does no harm.
package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
	_ "modernc.org/sqlite" // the driver of the queue's own file

	"samband/store"
)

// Queue is what starting and stopping of work needs to know of it.
type Queue interface {
	// Enqueue asks for the run to be looked at as soon as a worker is free. Asking twice for the same attempt is one.
	Enqueue(ctx context.Context, runID string, attempt int) error
	// Depth gives how many jobs wait.
	Depth(ctx context.Context) (int, error)
}

// Work carries out one run. It must itself find out whether there is anything left to do.
type Work func(ctx context.Context, runID string) error

// Options say where the queue lies and how it works.
type Options struct {
	Path    string // file of the SQLite queue; used when URL is empty
	URL     string // postgres://…
	Conns   int32  // how many connections to the server at most; the driver's own bound when zero
	Workers int    // how many runs go at once; 0 for a process that only enqueues
	Work    Work
	Log     *slog.Logger
}

// A run has hours to end; what is stuck longer than that is taken up again by River.
const (
	runTimeout  = 6 * time.Hour
	rescueAfter = 7 * time.Hour
	stopTimeout = 30 * time.Second
)

// River is the queue on River. Make one with Open, start it with Start.
type River struct {
	enqueue func(ctx context.Context, args runArgs, opts *river.InsertOpts) error
	depth   func(ctx context.Context) (int, error)
	start   func(ctx context.Context) error
	stop    func(ctx context.Context) error
	close   func()
}

type runArgs struct {
	RunID   string `json:"run" river:"unique"`
	Attempt int    `json:"attempt" river:"unique"`
	After   string `json:"after,omitempty" river:"unique"`
}

// Kind names the job to River.
func (runArgs) Kind() string { return "run" }

type worker struct {
	river.WorkerDefaults[runArgs]
	work Work
	log  *slog.Logger
}

// Work carries out the run. A panic is turned into an error, so that one broken run never takes the process down.
func (w *worker) Work(ctx context.Context, job *river.Job[runArgs]) (err error) {
	defer func() {
		if p := recover(); p != nil {
			w.log.Error("run panicked", "run", job.Args.RunID, "panic", fmt.Sprint(p))
			err = river.JobCancel(errors.New("panic"))
		}
	}()
	if err := w.work(ctx, job.Args.RunID); err != nil {
		// The run's own row says what happened and what comes next; River has nothing to repeat.
		w.log.Error("run could not be carried out", "run", job.Args.RunID, "error", err)
		return river.JobCancel(err)
	}
	return nil
}

func (w *worker) Timeout(*river.Job[runArgs]) time.Duration { return runTimeout }

// Open makes the queue's tables when they are missing and gives the queue, not yet working.
func Open(ctx context.Context, o Options) (*River, error) {
	if o.URL != "" {
		conf, err := pgxpool.ParseConfig(o.URL)
		if err == nil && o.Conns > 0 {
			conf.MaxConns = o.Conns
		}
		var pool *pgxpool.Pool
		if err == nil {
			pool, err = pgxpool.NewWithConfig(ctx, conf)
		}
		if err != nil {
			return nil, store.Wrap(err, store.Unavailable, "queue.open", nil)
		}
		r, err := open[pgx.Tx](ctx, riverpgxv5.New(pool), o)
		if err != nil {
			pool.Close()
			return nil, err
		}
		r.close = pool.Close
		return r, nil
	}
	f, err := os.OpenFile(o.Path, os.O_RDWR|os.O_CREATE, 0o600) // SQLite gives -wal and -shm the mode of the file
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "queue.open", nil)
	}
	f.Close()
	dsn := "file:" + filepath.ToSlash(o.Path) + "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_pragma=synchronous(FULL)&_txlock=immediate"
	pool, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, store.Wrap(err, store.Internal, "queue.open", nil)
	}
	pool.SetMaxOpenConns(1) // River writes from several goroutines; more than one connection gives SQLITE_BUSY
	r, err := open[*sql.Tx](ctx, riversqlite.New(pool), o)
	if err == nil {
		// The file has one owner: what is at work in it was left by a process that was killed, and would be in the way of
		// the same run until River rescues it.
		_, err = pool.ExecContext(ctx, `DELETE FROM river_job WHERE state = 'running'`)
		err = store.Wrap(err, store.Unavailable, "queue.open", nil)
	}
	if err != nil {
		pool.Close()
		return nil, err
	}
	r.close = func() { pool.Close() }
	return r, nil
}

func open[TTx any](ctx context.Context, driver riverdriver.Driver[TTx], o Options) (*River, error) {
	quiet := slog.New(slog.DiscardHandler)
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: quiet})
	if err != nil {
		return nil, store.Wrap(err, store.Internal, "queue.open", nil)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return nil, store.Wrap(err, store.Internal, "queue.open", nil)
	}
	conf := &river.Config{Logger: quiet, JobTimeout: runTimeout, RescueStuckJobsAfter: rescueAfter,
		FetchPollInterval: 500 * time.Millisecond, FetchCooldown: 50 * time.Millisecond}
	if o.Workers > 0 {
		workers := river.NewWorkers()
		river.AddWorker(workers, &worker{work: o.Work, log: o.Log})
		conf.Workers, conf.Queues = workers, map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: o.Workers}}
	}
	c, err := river.NewClient(driver, conf)
	if err != nil {
		return nil, store.Wrap(err, store.Internal, "queue.open", nil)
	}
	return &River{
		enqueue: func(ctx context.Context, args runArgs, opts *river.InsertOpts) error {
			_, err := c.Insert(ctx, args, opts)
			return err
		},
		depth: func(ctx context.Context) (int, error) {
			res, err := c.JobList(ctx, river.NewJobListParams().First(1000).
				States(rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateScheduled, rivertype.JobStateRetryable))
			if err != nil {
				return 0, err
			}
			return len(res.Jobs), nil
		},
		start: c.Start,
		stop:  c.StopAndCancel,
	}, nil
}

// unique keeps one live job per run and attempt; jobs that have ended don't count. On PostgreSQL one that a killed
// process was at work with stays live until it is rescued: it stands in the way of the same run for minutes, no longer.
var unique = river.UniqueOpts{ByArgs: true, ByPeriod: 2 * time.Minute, ByState: []rivertype.JobState{rivertype.JobStateAvailable,
	rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateScheduled, rivertype.JobStateRetryable}}

// Enqueue implements Queue.
func (r *River) Enqueue(ctx context.Context, runID string, attempt int) error {
	return r.EnqueueAfter(ctx, runID, attempt, "")
}

// EnqueueAfter is Enqueue now that another run has ended. It is a job of its own, because a worker may have one of the same
// run at hand that saw the other still going, and is about to let it wait: that one would take the place of this.
func (r *River) EnqueueAfter(ctx context.Context, runID string, attempt int, ended string) error {
	err := r.enqueue(ctx, runArgs{RunID: runID, Attempt: attempt, After: ended}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: unique})
	return store.Wrap(err, store.Unavailable, "queue.enqueue", nil)
}

// Depth implements Queue. It counts to 1 000 at most.
func (r *River) Depth(ctx context.Context) (int, error) {
	n, err := r.depth(ctx)
	return n, store.Wrap(err, store.Unavailable, "queue.depth", nil)
}

// Start begins to work. ctx ends the workers hard; Stop is the graceful way.
func (r *River) Start(ctx context.Context) error {
	return store.Wrap(r.start(ctx), store.Internal, "queue.open", nil)
}

// Stop takes no more work and cancels what is going on; a run that is cut off so is taken up at the next start.
func (r *River) Stop() {
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	_ = r.stop(ctx) // only tells that time ran out
	r.close()
}

// Close ends a queue that was never started.
func (r *River) Close() { r.close() }
