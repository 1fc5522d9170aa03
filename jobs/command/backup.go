package command

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"samband/jobs"
	"samband/store"
	"samband/store/text"
)

// makeBackup writes a set into a folder that holds sets. With --json: {"set","files","bytes","sealed","held_ms",
// "took_ms","key_known","postgres","removed"}.
func makeBackup(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("backup", flag.ContinueOnError)
	files := fs.Bool("files", false, "")
	keep := fs.Int("keep", 0, "")
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 1, 1)
	if err != nil {
		return err
	}
	if *keep < 0 {
		return errUsage{text.Error(env.Lang, store.E(store.Invalid, "backup.keep", nil))}
	}
	b, err := env.Jobs.MakeBackup(ctx, env.path(names[0]), jobs.BackupOptions{Files: *files, Keep: *keep}, store.ShellActor(env.Actor))
	if err != nil {
		return err
	}
	if *asJSON {
		return printJSON(env.Stdout, map[string]any{"set": b.Path, "files": b.Files, "bytes": b.Bytes, "sealed": b.Sealed,
			"held_ms": b.Held.Milliseconds(), "took_ms": b.Took.Milliseconds(), "key_known": b.KeyKnown, "postgres": b.Postgres,
			"removed": append([]string{}, b.Removed...)})
	}
	fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.backup.made", "path", b.Path, "files", b.Files, "mb", (b.Sealed+1<<20-1)>>20))
	if b.Postgres {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.backup.postgres"))
	}
	if len(b.Removed) > 0 {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.backup.removed", "n", len(b.Removed), "sets", strings.Join(b.Removed, ", ")))
	}
	if !b.KeyKnown {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.backup.no_key"))
	}
	return nil
}
