package command

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"samband/store"
	"samband/store/text"
)

// backupKeys copies the master keys to a folder of their own. With --json: {"folder","keys","same_disk"}.
func backupKeys(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("backup-keys", flag.ContinueOnError)
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 1, 1)
	if err != nil {
		return err
	}
	c, err := env.Jobs.CopyKeys(ctx, env.path(names[0]), store.ShellActor(env.Actor))
	if err != nil {
		return err
	}
	if *asJSON {
		return printJSON(env.Stdout, map[string]any{"folder": c.Path, "keys": c.Keys, "same_disk": c.SameDisk})
	}
	fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.backup.keys", "path", c.Path, "keys", strings.Join(c.Keys, ", ")))
	if c.SameDisk {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.backup.same_disk"))
	}
	return nil
}
