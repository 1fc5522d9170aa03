package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"samband/store"
	"samband/store/auditlog"
	"samband/store/evidence"
	"samband/store/text"
)

// evidencePack makes an evidence pack, or checks one.
func evidencePack(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("evidence", flag.ContinueOnError)
	out := fs.String("o", "", "")
	asJSON := fs.Bool("json", false, "")
	var keys []*auditlog.Verifier
	fs.Func("public-key", "", func(s string) error {
		v, err := auditlog.NewVerifier(s)
		keys = append(keys, v)
		return err
	})
	names, err := parse(env, fs, args, 2, 2)
	if err != nil {
		return err
	}
	switch names[0] {
	case "make":
		if *out == "" {
			return errUsage{text.T(env.Lang, "command.evidence.file")}
		}
		return makeEvidence(ctx, env, names[1], *out, *asJSON)
	case "verify":
		return verifyEvidence(env, names[1], keys, *asJSON)
	}
	return errUsage{text.T(env.Lang, "command.evidence.what")}
}

func makeEvidence(ctx context.Context, env *Env, integration, name string, asJSON bool) error {
	a, err := env.Jobs.DB.CurrentApproval(ctx, integration)
	if err != nil {
		return err
	}
	pack, made, err := env.Jobs.MakeEvidence(ctx, a.ID, store.ShellActor(env.Actor))
	if err != nil {
		return err
	}
	defer pack.Close()
	f, err := newWhole(env, name)
	if err != nil {
		return err
	}
	defer f.abandon()
	if _, err := io.Copy(f, pack); err != nil {
		return store.Wrap(err, store.Internal, "command.file", store.Args{"file": name})
	}
	if err := f.keep(); err != nil {
		return err
	}
	if asJSON {
		return printJSON(env.Stdout, map[string]string{"file": env.path(name), "approval": made.ApprovalID,
			"integration": made.Integration, "scope_hash": made.ScopeHash, "manifest_hash": made.ManifestHash})
	}
	_, err = fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.evidence.made", "file", name, "hash", made.ManifestHash))
	return err
}

// evidenceAlone: checking a pack is for those who have nothing but the pack, and at best the key. Only where there is an
// installation and no key was given, its key is asked for.
func evidenceAlone(args []string, installed bool) bool {
	return slices.Contains(args, "verify") && (!installed || slices.ContainsFunc(args, func(a string) bool {
		name, _, _ := strings.Cut(strings.TrimLeft(a, "-"), "=")
		return strings.HasPrefix(a, "-") && name == "public-key"
	}))
}

// verifyEvidence checks a pack against the keys that are given, else against the installation's own. It ends with
// ExitFailed when the pack was changed, and with ExitRefused when it is whole but nobody vouches for its key.
func verifyEvidence(env *Env, name string, keys []*auditlog.Verifier, asJSON bool) error {
	given := len(keys) > 0
	if !given && env.Jobs != nil {
		keys = append(keys, env.Jobs.Verifier())
	}
	f, err := os.Open(env.path(name))
	if err != nil {
		return store.Wrap(err, store.Invalid, "command.file", store.Args{"file": name})
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a file")
	}
	if err != nil {
		return store.Wrap(err, store.Invalid, "command.file", store.Args{"file": name})
	}
	p, err := evidence.Verify(f, info.Size(), keys)
	if err != nil {
		return err
	}
	if asJSON {
		err = printJSON(env.Stdout, p)
	} else {
		err = tellReport(env, p, given)
	}
	switch {
	case err != nil:
		return err
	case p.OK:
		return nil
	case p.Whole():
		return exit(ExitRefused)
	}
	return exit(ExitFailed)
}

func tellReport(env *Env, p *store.PackReport, given bool) error {
	lines := []string{text.PackVerdict(env.Lang, p, given)}
	if advice := text.PackAdvice(env.Lang, p); advice != "" {
		lines = append(lines, advice)
	}
	for _, c := range p.Checks {
		mark := "- "
		if !c.OK {
			mark = "! "
		}
		lines = append(lines, mark+text.PackCheck(env.Lang, c))
	}
	for _, f := range p.Files {
		if f.State != store.FileOK {
			lines = append(lines, "! "+f.Name+": "+text.T(env.Lang, "evidence.state."+string(f.State)))
		}
	}
	_, err := fmt.Fprintln(env.Stdout, strings.Join(lines, "\n"))
	return err
}
