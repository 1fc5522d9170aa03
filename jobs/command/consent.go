package command

import (
	"context"
	"flag"
	"fmt"
	"time"

	"samband/store"
	"samband/store/text"
)

// consentSync reads the lists of people's choices of a registry now. It ends with ExitHeld when one waits for a person. With
// --json: {"rules":[{"rule","list","state","active","new","withdrawn","legal","reason"}]}.
func consentSync(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("consent", flag.ContinueOnError)
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 2, 2)
	if err != nil {
		return err
	}
	if names[0] != "sync" {
		return errUsage{text.T(env.Lang, "command.consent.what")}
	}
	g, err := env.Jobs.DB.Registry(ctx, names[1])
	if err != nil {
		return err
	}
	rules, err := env.Jobs.DB.ConsentRules(ctx, g.ID)
	if err != nil {
		return err
	}
	type read struct {
		Rule      string              `json:"rule"`
		List      int64               `json:"list"`
		State     store.SnapshotState `json:"state"`
		Active    int64               `json:"active"`
		New       int64               `json:"new"`
		Withdrawn int64               `json:"withdrawn"`
		Legal     time.Time           `json:"legal"`
		Reason    store.Code          `json:"reason"`
	}
	list := []read{}
	held := false
	for _, r := range rules {
		x, err := env.Jobs.SyncConsent(ctx, r.ID, store.ShellActor(env.Actor))
		if err != nil {
			return err
		}
		l := read{Rule: r.ID, List: x.No, State: x.State, Active: x.Turn.Active, New: x.Turn.New, Withdrawn: x.Turn.Withdrawn, Legal: x.Legal}
		if x.Why != nil {
			l.Reason = x.Why.Code
		}
		held = held || x.State == store.SnapshotHeld
		list = append(list, l)
		if *asJSON {
			continue
		}
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.consent.read", "name", r.Name, "list", x.No, "n", x.Turn.Active, "at", x.Legal))
		if x.Why != nil {
			fmt.Fprintln(env.Stdout, text.Error(env.Lang, x.Why))
		}
	}
	if *asJSON {
		if err := printJSON(env.Stdout, map[string]any{"rules": list}); err != nil {
			return err
		}
	} else if len(rules) == 0 {
		fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.consent.none", "registry", g.Name))
	}
	if held {
		return exit(ExitHeld)
	}
	return nil
}
