package command

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"

	"samband/jobs/witness"
	"samband/store"
	"samband/store/auditlog"
	"samband/store/db"
	"samband/store/text"
)

// auditFlags are what `audit verify` can be told.
type auditFlags struct {
	asJSON                     bool
	database, key, checkpoints string
}

func (f *auditFlags) set(fs *flag.FlagSet) {
	fs.BoolVar(&f.asJSON, "json", false, "")
	fs.StringVar(&f.database, "database", "", "")
	fs.StringVar(&f.key, "public-key", "", "")
	fs.StringVar(&f.checkpoints, "checkpoints", "", "")
}

// audit verifies the log of who did what, or accepts that it isn't the one that was signed.
func audit(ctx context.Context, env *Env, args []string) error {
	switch {
	case slices.Contains(args, "verify"):
		return auditVerify(ctx, env, args)
	case slices.Contains(args, "accept"):
		return auditAccept(ctx, env, args)
	}
	return errUsage{text.T(env.Lang, "command.audit.what")}
}

// auditAlone tells whether the command looks at a copy of a database, with nothing of an installation but its public
// key.
func auditAlone(args []string, _ bool) bool {
	return slices.ContainsFunc(args, func(a string) bool {
		name, _, _ := strings.Cut(strings.TrimLeft(a, "-"), "=")
		return strings.HasPrefix(a, "-") && name == "database"
	})
}

// auditVerify walks the whole log. With --json it prints the report of package auditlog: ok, size and root of the log,
// key (the public one), checkpoints in the database, outside it (-1: not looked at) and accepted of these, and findings,
// each with kind, from, to and where.
func auditVerify(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("audit verify", flag.ContinueOnError)
	var f auditFlags
	f.set(fs)
	if _, err := parse(env, fs, args, 1, 1); err != nil {
		return err
	}
	var r *auditlog.Report
	var err error
	switch {
	case f.database != "" && f.key != "":
		r, err = auditCopy(ctx, env, f)
	case f.database != "" || f.key != "" || f.checkpoints != "":
		return errUsage{text.T(env.Lang, "command.audit.copy")}
	default:
		r, err = env.Jobs.VerifyLog(ctx, store.ShellActor(env.Actor))
	}
	if r == nil {
		return err
	}
	if f.asJSON {
		if e := printJSON(env.Stdout, r); e != nil {
			return e
		}
	} else if e := printReport(env, r); e != nil {
		return e
	}
	switch {
	case err != nil && f.asJSON: // the one object is printed
		fmt.Fprintln(env.Stderr, "samband:", text.Error(env.Lang, err))
		return exit(ExitFailed)
	case err != nil:
		return err
	case len(r.Standing()) > 0:
		return exit(ExitFailed)
	case !r.OK: // accepted, not whole
		return exit(ExitRefused)
	}
	return nil
}

// auditCopy verifies the file of a database, which nothing is written to.
func auditCopy(ctx context.Context, env *Env, f auditFlags) (*auditlog.Report, error) {
	v, err := auditlog.NewVerifier(f.key)
	if err != nil {
		return nil, err
	}
	var outside []string
	head := ""
	if f.checkpoints != "" {
		folder := witness.Folder{Path: env.path(f.checkpoints)}
		if outside, err = folder.Notes(); err != nil {
			return nil, err
		}
		if head, err = folder.Head(); err != nil {
			return nil, err
		}
	}
	d, err := db.OpenCopy(env.path(f.database))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return auditlog.Verify(ctx, d, outside, head, v)
}

func printReport(env *Env, r *auditlog.Report) error {
	say := func(key string, args ...any) { fmt.Fprintln(env.Stdout, text.T(env.Lang, key, args...)) }
	say("command.audit.size", "size", r.Size, "root", r.Root.String())
	say("command.audit.inside", "n", r.Checkpoints, "key", r.Key)
	if r.Outside < 0 {
		say("command.audit.not_outside")
	} else {
		say("command.audit.outside", "n", r.Outside, "accepted", r.Accepted)
	}
	if r.Unsigned > 0 {
		say("command.audit.unsigned", "n", r.Unsigned, "at", r.Since)
	}
	if r.OK {
		say("command.audit.ok")
		return nil
	}
	for _, f := range r.Findings {
		say("command.audit.finding", "from", f.From, "to", f.To, "what", store.Code("audit.found."+f.Kind),
			"where", text.T(env.Lang, "audit.where."+f.Where, "place", f.Place))
	}
	if len(r.Standing()) == 0 {
		say("command.audit.not_whole")
		return nil
	}
	say("command.audit.do")
	return nil
}

func auditAccept(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("audit accept", flag.ContinueOnError)
	reason := fs.String("reason", "", "")
	asJSON := fs.Bool("json", false, "")
	if _, err := parse(env, fs, args, 1, 1); err != nil {
		return err
	}
	if err := env.Jobs.AcceptLog(ctx, *reason, store.ShellActor(env.Actor)); err != nil {
		return err
	}
	if *asJSON {
		return printJSON(env.Stdout, map[string]bool{"accepted": true})
	}
	_, err := fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.audit.accepted"))
	return err
}
