package command

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"

	"samband/store"
	"samband/store/text"
)

// person links people's former and present numbers. It reads them from standard input, a pair a line with ; between, the
// number that holds now last: what stands on the command line everybody on the machine can read. With --json:
// {"linked","already","unknown","dry_run"}.
func person(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("person", flag.ContinueOnError)
	registry := fs.String("registry", "", "")
	dry := fs.Bool("dry-run", false, "")
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 1, 1)
	if err != nil {
		return err
	}
	if names[0] != "link" {
		return errUsage{text.T(env.Lang, "command.unknown", "name", names[0])}
	}
	in, err := io.ReadAll(io.LimitReader(env.Stdin, MaxStdin+1))
	if err != nil {
		return store.Wrap(err, store.Internal, "internal", nil)
	}
	defer clear(in)
	if len(in) > MaxStdin {
		return store.E(store.Invalid, "person.too_many", store.Args{"mb": MaxStdin >> 20})
	}
	l, err := env.Jobs.LinkPersons(ctx, *registry, bytes.Lines(in), *dry, store.ShellActor(env.Actor))
	if err != nil {
		return err
	}
	if *asJSON {
		return printJSON(env.Stdout, map[string]any{"linked": l.Linked, "already": l.Already, "unknown": l.Unknown, "dry_run": *dry})
	}
	key := "command.person.linked"
	if *dry {
		key = "command.person.would_link"
	}
	_, err = fmt.Fprintln(env.Stdout, text.T(env.Lang, key, "linked", l.Linked, "already", l.Already, "unknown", l.Unknown))
	return err
}
