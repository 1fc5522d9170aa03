package command

import (
	"context"
	"flag"
	"fmt"

	"samband/store"
	"samband/store/text"
)

// makeBackup writes a set into a folder that holds sets. With --json: {"set","files","bytes","sealed","held_ms",
// "took_ms","key_known","postgres"}.
func makeBackup(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("backup", flag.ContinueOnError)
	files := fs.Bool("files", false, "")
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 1, 1)
	if err != nil {
		return err
	}
	b, err := env.Jobs.MakeBackup(ctx, env.path(names[0]), *files, store.ShellActor(env.Actor))
	if err != nil {
		return err
	}
	if *asJSON {
		return printJSON(env.Stdout, map[string]any{"set": b.Path, "files": b.Files, "bytes": b.Bytes, "sealed": b.Sealed,
			"held_ms": b.Held.Milliseconds(), "took_ms": b.Took.Milliseconds(), "key_known": b.KeyKnown, "postgres": b.Postgres})
	}
	fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.backup.made", "path", b.Path, "files", b.Files, "mb", (b.Sealed+1<<20-1)>>20))
	if b.Postgres {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.backup.postgres"))
	}
	if !b.KeyKnown {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.backup.no_key"))
	}
	return nil
}
