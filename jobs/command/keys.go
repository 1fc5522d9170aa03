package command

import (
	"context"
	"flag"
	"fmt"
	"strconv"

	"samband/store"
	"samband/store/secrets"
	"samband/store/text"
)

// keys lists the master keys, gives the vault's a new version, and destroys one that is no longer used. With --json list
// gives {"keys":[…]}, see store.MasterKey; rotate {"version","wrapped","left"}; retire {"version"}.
func keys(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("keys", flag.ContinueOnError)
	resume := fs.Bool("resume", false, "")
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 1, 3)
	if err != nil {
		return err
	}
	wrong := errUsage{text.T(env.Lang, "command.unknown", "name", names[0])}
	switch {
	case names[0] == "list" && len(names) == 1:
		return listKeys(ctx, env, *asJSON)
	case names[0] == "rotate" && len(names) == 2:
		if names[1] != secrets.VaultKey {
			return store.E(store.Refused, "key.does_not_rotate", store.Args{"key": names[1]})
		}
		return rotateKey(ctx, env, *resume, *asJSON)
	case names[0] == "retire" && len(names) == 3 && names[1] == secrets.VaultKey:
		version, err := strconv.Atoi(names[2])
		if err != nil {
			return wrong
		}
		if err := env.Jobs.RetireKey(ctx, version, store.ShellActor(env.Actor)); err != nil {
			return err
		}
		if *asJSON {
			return printJSON(env.Stdout, map[string]any{"version": version})
		}
		_, err = fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.keys.retired", "version", version))
		return err
	}
	return wrong
}

func listKeys(ctx context.Context, env *Env, asJSON bool) error {
	list, _, err := env.Jobs.Keys(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(env.Stdout, map[string]any{"keys": list})
	}
	for _, k := range list {
		fmt.Fprintln(env.Stdout, KeyLine(env.Lang, &k))
	}
	return nil
}

// KeyLine says of a key what the list shows.
func KeyLine(lang text.Lang, k *store.MasterKey) string {
	made := text.T(lang, "keys.environment")
	if !k.Made.IsZero() {
		made = text.Format(lang, k.Made)
	}
	copied := text.T(lang, map[bool]string{true: "keys.copied", false: "keys.not_copied"}[k.Copied])
	what := text.T(lang, "keys.does."+k.Name)
	if k.Rotates() {
		what = text.T(lang, "keys.seals", "persons", k.Persons, "rows", k.Rows)
		if !k.Current {
			what += " " + text.T(lang, "keys.former")
		}
	}
	return text.T(lang, "keys.line", "key", k.ID, "made", made, "copied", copied, "what", what)
}

func rotateKey(ctx context.Context, env *Env, resume, asJSON bool) error {
	version := 0
	if !resume {
		var err error
		if version, err = env.Jobs.MakeKeyVersion(ctx, nil, store.ShellActor(env.Actor)); err != nil {
			return err
		}
		if !asJSON {
			fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.keys.made", "version", version))
		}
	}
	n, err := env.Jobs.Rewrap(ctx)
	if err != nil {
		return err
	}
	list, _, err := env.Jobs.Keys(ctx)
	if err != nil {
		return err
	}
	left := int64(0)
	for _, k := range list {
		if k.Rotates() && k.Current {
			version = k.Version
		} else {
			left += k.Persons
		}
	}
	if asJSON {
		return printJSON(env.Stdout, map[string]any{"version": version, "wrapped": n, "left": left})
	}
	_, err = fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.keys.rotated", "version", version, "n", n, "left", left))
	return err
}
