package command

import (
	"context"
	"flag"
	"fmt"

	"samband/store"
	"samband/store/text"
)

// doctor looks at every part of the installation, and reads its database files through. It ends with ExitFailed when something is not in order.
func doctor(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("doctor", flag.ContinueOnError)
	asJSON := fs.Bool("json", false, "")
	if _, err := parse(env, fs, args, 0, 0); err != nil {
		return err
	}
	type finding struct {
		Part    string     `json:"part"`
		OK      bool       `json:"ok"`
		Code    store.Code `json:"code,omitempty"`
		Message string     `json:"message,omitempty"`
	}
	var list []finding
	bad := false
	for _, h := range env.Jobs.Examine(ctx) {
		f := finding{Part: text.Fill(env.Lang, "doctor."+h.Part, h.Args), OK: h.Problem == nil}
		if h.Problem != nil {
			bad = true
			f.Code, f.Message = h.Problem.Code, text.Error(env.Lang, h.Problem)
		}
		list = append(list, f)
	}
	if *asJSON {
		if err := printJSON(env.Stdout, map[string]any{"ok": !bad, "parts": list}); err != nil {
			return err
		}
	} else {
		for _, f := range list {
			said := text.T(env.Lang, "command.doctor.ok")
			if !f.OK {
				said = text.T(env.Lang, "command.doctor.bad", "problem", f.Message)
			}
			fmt.Fprintf(env.Stdout, "%-40s %s\n", f.Part, said)
		}
	}
	if bad {
		return exit(ExitFailed)
	}
	return nil
}
