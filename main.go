// Samband is the portal where a hospital sees, approves, builds, runs and watches the integrations of its health
// registries. This file reads the settings and wires the parts together; what they do lies in store, jobs, views and
// web.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"samband/jobs"
	"samband/jobs/command"
	"samband/jobs/connector/all"
	"samband/jobs/datadir"
	"samband/jobs/format/csv"
	"samband/jobs/notify"
	"samband/store"
	"samband/store/secrets"
	"samband/store/text"
	"samband/web"
	"samband/web/auth"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := Main(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// memoryLimit is where the collector starts to work harder: a run of any size stays well under 400 MB (the databases'
// own memory comes on top). GOMEMLIMIT in the environment goes before it.
const memoryLimit = 140 << 20

// settings are what the environment and the flags say.
type settings struct {
	data, addr, drop, keys, checkpoints, mark, databaseURL, vaultURL, baseURL string
	shared, workerAddr                                                        string
	workers, connections                                                      int
	oidc                                                                      auth.Config
	trustedProxy, metricsToken                                                string
	publisher                                                                 web.Publisher
	smtp                                                                      notify.SMTP
	digest                                                                    time.Duration
	lang                                                                      text.Lang
}

func readSettings(getenv func(string) string) settings {
	or := func(name, otherwise string) string {
		if v := getenv(name); v != "" {
			return v
		}
		return otherwise
	}
	s := settings{data: or("SAMBAND_DATA", "data"), addr: or("SAMBAND_ADDR", "127.0.0.1:8080"),
		keys: getenv("SAMBAND_KEYS"), checkpoints: getenv("SAMBAND_CHECKPOINTS"), mark: getenv("SAMBAND_MARK"), databaseURL: getenv("SAMBAND_DATABASE_URL"), vaultURL: getenv("SAMBAND_VAULT_URL"),
		drop: getenv("SAMBAND_DROP"), baseURL: getenv("SAMBAND_BASE_URL"), workers: 2, trustedProxy: getenv("SAMBAND_TRUSTED_PROXY"), metricsToken: getenv("SAMBAND_METRICS_TOKEN"),
		lang: text.Lang(or("SAMBAND_LANG", string(text.NB)))}
	s.shared, s.workerAddr = getenv("SAMBAND_SHARED"), getenv("SAMBAND_WORKER_ADDR")
	if n := getenv("SAMBAND_DATABASE_CONNECTIONS"); n != "" {
		var err error
		if s.connections, err = strconv.Atoi(n); err != nil || s.connections == 0 {
			s.connections = -1 // too few, as it is told of
		}
	}
	s.oidc = auth.FromEnv(getenv)
	s.smtp, s.digest = notify.FromEnv(getenv)
	s.publisher = web.Publisher{Name: getenv("SAMBAND_PUBLISHER"), Page: getenv("SAMBAND_PUBLISHER_PAGE")}
	return s
}

// Main is the whole program: it gives the exit code.
func Main(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	s := readSettings(getenv)
	if getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") && !command.Helps(args[:1]) {
		args = append([]string{"serve"}, args...) // options alone are those of serve
	}
	name := args[0]
	switch {
	case name == "help" || command.Helps(args[:1]):
		fmt.Fprint(stdout, command.Usage(s.lang, auth.Settings))
		return command.ExitOK
	case (name == "serve" || name == "worker") && command.Helps(args):
		fmt.Fprint(stdout, command.Help(s.lang, name))
		return command.ExitOK
	case name == "serve" || name == "worker":
		fs := flag.NewFlagSet(name, flag.ContinueOnError)
		fs.StringVar(&s.data, "data", s.data, "")
		addr := &s.addr
		if name == "worker" {
			addr = &s.workerAddr
		}
		fs.StringVar(addr, "addr", *addr, "")
		env := command.Env{Stdout: stdout, Stderr: stderr, Lang: s.lang}
		if err := env.Options(fs, args[1:]); err != nil {
			return env.Fail(args, err)
		}
		if err := serve(ctx, s, name == "serve", getenv, stderr); err != nil {
			fmt.Fprintln(stderr, "samband:", text.Error(s.lang, err))
			env.Cause(err)
			return command.ExitFailed
		}
		return command.ExitOK
	case command.Known(name):
		return runCommand(ctx, s, args, getenv, stdin, stdout, stderr)
	}
	fmt.Fprint(stderr, command.Usage(s.lang, auth.Settings))
	return command.ExitUsage
}

// runCommand hands the command to the process that owns the data folder, or takes the folder and does it here.
func runCommand(ctx context.Context, s settings, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	env, err := command.NewEnv(stdin, stdout, stderr, s.lang)
	if err != nil {
		fmt.Fprintln(stderr, "samband:", err)
		return command.ExitFailed
	}
	fail := func(err error) int { return env.Fail(args, err) }
	installed := datadir.Exists(s.data)
	switch {
	case command.Alone(args, installed):
		env.Config = config(s, getenv, stderr, 0)
		return command.Execute(ctx, env, args)
	case !installed && !command.Begins(args[0]):
		return fail(store.E(store.NotFound, "datadir.none", store.Args{"path": s.data}))
	}
	j, err := jobs.Open(ctx, config(s, getenv, stderr, 0))
	if errors.Is(err, datadir.ErrOwned) {
		c, err := dialOwner(ctx, s.data)
		if err != nil {
			return fail(err)
		}
		var in []byte
		if command.Reads(args[0]) {
			if in, err = io.ReadAll(io.LimitReader(stdin, command.MaxStdin+1)); err != nil {
				return fail(store.Wrap(err, store.Internal, "internal", nil))
			}
		}
		code, err := command.HandOver(ctx, c, env, args, in)
		if err != nil {
			return fail(err)
		}
		return code
	}
	if err != nil {
		env.Cause(err)
		return fail(err)
	}
	defer j.Close()
	if err := j.Reconcile(ctx); err != nil {
		return fail(err)
	}
	if err := j.SeedCatalogue(ctx); err != nil {
		return fail(err)
	}
	env.Jobs = j
	asked, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cancel(nil)
	defer context.AfterFunc(ctx, func() { cancel(jobs.ErrCancelled) })()
	return command.Execute(asked, env, args)
}

// dialOwner waits a little for an owner that is just starting.
func dialOwner(ctx context.Context, data string) (net.Conn, error) {
	for i := 0; ; i++ {
		c, err := datadir.Dial(data)
		if err == nil || i == 50 || ctx.Err() != nil {
			return c, err
		}
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func config(s settings, getenv func(string) string, stderr io.Writer, workers int) jobs.Config {
	drop := cmp.Or(s.drop, strings.TrimRight(s.data, "/")+"-drop") // s.data may be of the command line
	return jobs.Config{Data: s.data, Drop: drop, Checkpoints: s.checkpoints, Mark: s.mark, DatabaseURL: s.databaseURL, Connections: s.connections, VaultURL: s.vaultURL, Shared: s.shared, Workers: workers, MakeKeys: true, OIDC: s.oidc.Issuer != "",
		Keys: secrets.Keys{Dir: s.keys, Getenv: getenv}, Demo: demo(s), Clock: store.SystemClock{}, IDs: store.RandomIDs{},
		Log: slog.New(slog.NewJSONHandler(stderr, nil)), Connectors: all.Connectors(),
		BaseURL: publicURL(s), Watch: []string{s.baseURL, s.oidc.Issuer}, SecretEnds: s.oidc.SecretEnds, SMTP: s.smtp, Digest: s.digest, Persons: jobs.PersonsFromEnv(getenv), Networks: getenv("SAMBAND_NETWORKS")}
}

// demo tells whether this is a demonstration: no login is configured, and nobody but this machine can reach the portal.
func demo(s settings) bool { return s.oidc.Issuer == "" && store.Loopback(s.addr) }

// publicURL is where people find the portal.
func publicURL(s settings) string {
	if s.baseURL != "" {
		return strings.TrimRight(s.baseURL, "/")
	}
	return "http://" + s.addr
}

// serve runs the portal (or, without pages, a worker) until ctx ends.
func serve(ctx context.Context, s settings, pages bool, getenv func(string) string, stderr io.Writer) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if pages && s.oidc.Issuer == "" && !store.Loopback(s.addr) {
		return store.E(store.Refused, "serve.no_login", store.Args{"addr": s.addr})
	}
	c := config(s, getenv, stderr, s.workers)
	addr := s.addr
	if !pages {
		c.Demo, addr = false, s.workerAddr // who shows no pages knows nothing of who may see them
	}
	j, err := jobs.Open(ctx, c)
	if err != nil {
		return err
	}
	defer j.Close()
	if err := j.Seed(ctx); err != nil {
		return err
	}
	socket, err := j.Dir.Listen()
	if err != nil {
		return err
	}
	served := make(chan struct{})
	go func() { command.Serve(ctx, socket, j); close(served) }()
	defer func() { stop(); <-served }()
	if addr == "" { // a worker that nobody asks
		if err := j.Start(ctx); err != nil {
			return err
		}
		c.Log.Info("the worker works", "place", j.Dir.Place)
		<-ctx.Done()
		c.Log.Info("closing")
		return nil
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return store.Wrap(err, store.Unavailable, "serve.listen", store.Args{"addr": addr})
	}
	answer := web.Machine(machineDeps(s, j, c))
	if pages {
		if answer, err = handler(s, j, c, l.Addr()); err != nil {
			return err
		}
	}
	if err := j.Start(ctx); err != nil {
		return err
	}
	srv := web.HTTPServer(answer, c.Log)
	c.Log.Info("the portal is open", "address", "http://"+l.Addr().String(), "pages", pages, "demonstration", c.Demo)
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	select {
	case err := <-ended:
		return store.Wrap(err, store.Internal, "serve.listen", store.Args{"addr": addr})
	case <-ctx.Done():
	}
	c.Log.Info("closing")
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil && !errors.Is(err, http.ErrServerClosed) {
		srv.Close()
	}
	return nil
}

// machineDeps are what machines ask about.
func machineDeps(s settings, j *jobs.Jobs, c jobs.Config) web.Deps {
	return web.Deps{Log: c.Log, Clock: c.Clock, IDs: c.IDs, Ready: j.Ready, Stopped: j.Stopped, Metrics: j.Metrics(), MetricsToken: s.metricsToken}
}

// handler wires the pages to the installation.
func handler(s settings, j *jobs.Jobs, c jobs.Config, addr net.Addr) (http.Handler, error) {
	s.addr = addr.String() // the port that was free, when any would do
	s.oidc.PublicURL = publicURL(s)
	a, err := auth.New(s.oidc, j.DB, j.DB, c.Clock)
	if err != nil {
		return nil, err
	}
	proxies, err := web.ParseProxies(s.trustedProxy)
	if err != nil {
		return nil, store.Wrap(err, store.Refused, "serve.proxy", nil)
	}
	d := machineDeps(s, j, c)
	d.Outgoing, d.Consents = j, j
	d.Auth, d.DB, d.Runs, d.Doctor, d.Gate, d.Connectors, d.Moves = a, j.DB, j, j, j, j, j
	d.Mapper, d.Codebooks, d.Sources, d.Held, d.Evidence, d.Keeper, d.Keys, d.Notices = j, j, j, j, j, j, j, j
	d.Identities = j.Identities()
	d.CSV = func(w io.Writer) web.RowWriter { return csv.NewWriter(w, csv.Format{Guard: true}) }
	d.Proxies, d.Publisher = proxies, s.publisher
	return web.New(d), nil
}
