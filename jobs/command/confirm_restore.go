package command

import (
	"context"
	"flag"
	"fmt"

	"samband/store"
	"samband/store/text"
)

// confirmRestore tells what the databases lack, and ends with ExitHeld; with a reason it confirms that work goes on from
// there. With --json: {"problem","entries","runs","registries","vault","consent","unknown_runs","confirmed"}.
func confirmRestore(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("confirm-restore", flag.ContinueOnError)
	reason := fs.String("reason", "", "")
	asJSON := fs.Bool("json", false, "")
	if _, err := parse(env, fs, args, 0, 0); err != nil {
		return err
	}
	l, problem, err := env.Jobs.Missing(ctx)
	if err != nil {
		return err
	}
	if *reason != "" {
		if err := env.Jobs.ConfirmRestore(ctx, *reason, store.ShellActor(env.Actor)); err != nil {
			return err
		}
	}
	lacking, err := env.Jobs.Lacking(ctx)
	if err != nil {
		return err
	}
	if *asJSON {
		if err := printJSON(env.Stdout, map[string]any{"problem": problem.Code, "entries": l.Entries, "runs": l.Runs,
			"registries": append([]string{}, l.Registries...), "vault": l.Vault, "consent": l.Consent, "unknown_runs": l.Unknown,
			"confirmed": *reason != ""}); err != nil {
			return err
		}
	} else {
		sayLost(env, l, problem, *reason != "")
		for _, x := range lacking {
			fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.confirm.lacking", "integration", x.IntegrationID, "n", x.Runs,
				"from", x.Days.From, "to", x.Days.To))
		}
	}
	if *reason == "" {
		return exit(ExitHeld)
	}
	return nil
}

func sayLost(env *Env, l store.Lost, problem *store.Error, confirmed bool) {
	say := func(key string, args ...any) { fmt.Fprintln(env.Stdout, text.T(env.Lang, key, args...)) }
	fmt.Fprintln(env.Stdout, text.Error(env.Lang, problem))
	if l.Entries > 0 {
		say("command.confirm.entries", "n", l.Entries)
	}
	if l.Runs > 0 {
		say("command.confirm.runs", "n", l.Runs)
	}
	for _, id := range l.Registries {
		say("command.confirm.registry", "registry", id)
	}
	if l.Vault {
		say("command.confirm.vault")
	}
	if l.Consent {
		say("command.confirm.consent")
	}
	if l.Unknown {
		say("command.confirm.unknown")
	}
	if confirmed {
		say("command.confirm.done")
	} else {
		say("command.confirm.how")
	}
}
