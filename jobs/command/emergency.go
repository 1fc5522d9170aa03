package command

import (
	"context"
	"flag"
	"fmt"

	"samband/store"
	"samband/store/text"
)

// emergency seals a code of the emergency account, for when the hospital's login is away. The code is printed once, to
// be put on paper in a sealed envelope that somebody else keeps; an earlier code is worth nothing from then on.
func emergency(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("emergency", flag.ContinueOnError)
	role := fs.String("role", string(store.RoleSecurity), "")
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 1, 1)
	if err != nil {
		return err
	}
	if names[0] != "seal" {
		return errUsage{text.T(env.Lang, "command.unknown", "name", names[0])}
	}
	code, sealed, err := store.NewEmergencyCode(store.PortalRole(*role))
	if err != nil {
		return err
	}
	if err := env.Jobs.DB.SealEmergency(ctx, sealed, store.ShellActor(env.Actor)); err != nil {
		return err
	}
	if *asJSON {
		return printJSON(env.Stdout, map[string]any{"code": code, "role": sealed.Role, "sealed": sealed.SealedAt})
	}
	_, err = fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.emergency.sealed", "code", code,
		"role", store.Code("role."+string(sealed.Role)), "hours", int(store.EmergencyLife.Hours())))
	return err
}
