package command

import (
	"context"
	"flag"
	"fmt"

	"samband/store"
	"samband/store/text"
)

// moveDatabase moves an embedded installation to a PostgreSQL server.
func moveDatabase(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("move-database", flag.ContinueOnError)
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 1, 1)
	if err != nil {
		return err
	}
	told := func(store.MovedTable) {}
	if !*asJSON {
		const form = "%-24s %-32s %10v  %s\n"
		fmt.Fprintf(env.Stdout, form, text.T(env.Lang, "command.move.place"), text.T(env.Lang, "command.move.table"),
			text.T(env.Lang, "command.move.rows"), text.T(env.Lang, "command.move.hash"))
		told = func(t store.MovedTable) { fmt.Fprintf(env.Stdout, form, t.Place, t.Table, t.Rows, t.Hash[:16]) }
	}
	m, err := env.Jobs.MoveDatabase(ctx, names[0], text.T(env.Lang, "command.move.note"), store.ShellActor(env.Actor), told)
	if err != nil {
		return err
	}
	if *asJSON {
		return printJSON(env.Stdout, m)
	}
	_, err = fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.move.done", "tables", len(m.Tables), "root", m.Root, "file", m.Note))
	return err
}
