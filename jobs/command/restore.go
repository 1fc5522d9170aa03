package command

import (
	"context"
	"flag"
	"fmt"

	"samband/jobs"
	"samband/store/text"
)

// restore puts a backup back into the data folder, which nobody owns. With --json: {"set","at","files","bytes",
// "folder","checkpoints_kept","postgres","no_person_keys"}.
func restore(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("restore", flag.ContinueOnError)
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 1, 1)
	if err != nil {
		return err
	}
	r, err := jobs.Restore(ctx, env.Config, env.path(names[0]))
	if err != nil {
		return err
	}
	if *asJSON {
		return printJSON(env.Stdout, map[string]any{"set": r.Set, "at": r.At, "files": r.Files, "bytes": r.Bytes,
			"folder": env.Config.Data, "checkpoints_kept": r.Checkpoints != "", "postgres": r.Postgres,
			"no_person_keys": r.NoPersonKeys})
	}
	fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.restore.done", "set", r.Set, "path", env.Config.Data, "files", r.Files, "at", r.At))
	if r.Checkpoints != "" {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.restore.checkpoints", "path", r.Checkpoints))
	}
	if r.Postgres {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.restore.postgres"))
	}
	if r.NoPersonKeys {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.restore.no_person_keys"))
	}
	fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.restore.next"))
	return nil
}
