package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"samband/jobs"
	"samband/store"
	"samband/store/text"
)

func importBundle(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("import", flag.ContinueOnError)
	demo := fs.Bool("demo", false, "")
	accept := fs.Bool("yes", false, "")
	asJSON := fs.Bool("json", false, "")
	files, err := parse(env, fs, args, 1, -1)
	if err != nil {
		return err
	}
	total := jobs.Imported{}
	for _, name := range files {
		path := name
		if !filepath.IsAbs(path) {
			path = filepath.Join(env.Dir, path)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return store.Wrap(err, store.Invalid, "command.file", store.Args{"file": name})
		}
		done, err := env.Jobs.Import(ctx, b, jobs.ImportMode{Demo: *demo, Accept: *accept}, store.ShellActor(env.Actor))
		var fields store.FieldErrors
		if errors.As(err, &fields) {
			for _, e := range fields {
				e.Field = name + ": " + e.Field
			}
		}
		var breaking *jobs.BreakingError
		if errors.As(err, &breaking) {
			return refuseBreaks(env, breaking, *asJSON)
		}
		if err != nil {
			return err
		}
		total.Created += done.Created
		total.Changed += done.Changed
		total.Unchanged += done.Unchanged
		total.Effects = append(total.Effects, done.Effects...)
	}
	breaks := breaksOf(env, total.Effects)
	if *asJSON {
		return printJSON(env.Stdout, importReport{total, breaks})
	}
	tellBreaks(env, breaks)
	bare := map[string]bool{}
	for i := range total.Effects {
		if e := &total.Effects[i]; e.Bare() {
			bare[e.Integration.ID] = true
		}
	}
	if len(bare) > 0 {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.import.bare", "n", len(bare)))
	}
	_, err = fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.import.done",
		"created", total.Created, "changed", total.Changed, "unchanged", total.Unchanged))
	return err
}

// importReport is what --json prints of documents that were taken in.
type importReport struct {
	jobs.Imported
	Breaks []broken `json:"breaks"`
}

// importRefused is what --json prints of a document that breaks what is in use.
type importRefused struct {
	failure
	Breaks []broken `json:"breaks"`
}

// refuseBreaks says what a document would break.
func refuseBreaks(env *Env, e *jobs.BreakingError, asJSON bool) error {
	breaks := breaksOf(env, e.Effects)
	if !asJSON {
		tellBreaks(env, breaks)
		return e
	}
	out := importRefused{failure{Error: store.CodeOf(e), Message: text.Error(env.Lang, e)}, breaks}
	if err := printJSON(env.Stdout, out); err != nil {
		return err
	}
	return exit(ExitRefused)
}

func export(ctx context.Context, env *Env, args []string) error {
	names, err := parse(env, flag.NewFlagSet("export", flag.ContinueOnError), args, 0, 1)
	if err != nil {
		return err
	}
	name := ""
	if len(names) > 0 {
		name = names[0]
	}
	b, err := env.Jobs.Export(ctx, name)
	if err != nil {
		return err
	}
	_, err = env.Stdout.Write(b)
	return err
}
