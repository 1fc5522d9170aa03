package command

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"samband/store"
	"samband/store/text"
)

func dump(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("dump", flag.ContinueOnError)
	health := fs.String("health", "", "")
	identity := fs.String("identity", "", "")
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 1, 1)
	if err != nil {
		return err
	}
	if *health == "" || *identity == "" {
		return errUsage{text.T(env.Lang, "command.dump.files")}
	}
	if env.path(*health) == env.path(*identity) {
		return errUsage{text.T(env.Lang, "command.dump.same")}
	}
	h, err := newWhole(env, *health)
	if err != nil {
		return err
	}
	defer h.abandon()
	i, err := newWhole(env, *identity)
	if err != nil {
		return err
	}
	defer i.abandon()
	n, err := env.Jobs.Dump(ctx, names[0], h.File, i.File, store.ShellActor(env.Actor))
	if err != nil {
		return err
	}
	if err := h.keep(); err != nil {
		return err
	}
	if err := i.keep(); err != nil {
		return err
	}
	if *asJSON {
		return printJSON(env.Stdout, n)
	}
	_, err = fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.dump.done", "rows", n.Rows, "persons", n.Persons))
	return err
}

// path gives a path that was written as a person at the shell means it.
func (e *Env) path(name string) string {
	if !filepath.IsAbs(name) {
		name = filepath.Join(e.Dir, name)
	}
	return filepath.Clean(name)
}

// whole is a file that comes to be whole or not at all, readable by its owner alone.
type whole struct {
	*os.File
	path string
}

func newWhole(env *Env, name string) (*whole, error) {
	path := env.path(name)
	f, err := os.CreateTemp(filepath.Dir(path), ".samband-*")
	if err != nil {
		return nil, store.Wrap(err, store.Invalid, "command.file", store.Args{"file": name})
	}
	return &whole{File: f, path: path}, nil
}

func (w *whole) keep() error {
	err := w.Sync()
	if err == nil {
		err = os.Rename(w.Name(), w.path)
	}
	return store.Wrap(err, store.Internal, "command.file", store.Args{"file": w.path})
}

func (w *whole) abandon() {
	w.Close()
	os.Remove(w.Name()) // nothing is there after keep
}
