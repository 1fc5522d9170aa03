package command

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"time"

	"samband/jobs"
	"samband/store"
	"samband/store/text"
)

// runRecord is what `run --json` prints. All seven counts are always there.
type runRecord struct {
	Run            string           `json:"run"`
	No             int64            `json:"no"`
	Integration    string           `json:"integration"`
	State          store.RunState   `json:"state"`
	Reason         store.Code       `json:"reason"`
	Message        string           `json:"message"`
	Counts         store.Counts     `json:"counts"`
	QuarantinedBy  map[string]int64 `json:"quarantined_by"`
	Started        *time.Time       `json:"started"`
	Ended          *time.Time       `json:"ended"`
	ScopeHash      string           `json:"scope_hash"`
	MappingVersion int              `json:"mapping_version"`
	DryRun         bool             `json:"dry_run"`
	Shadow         bool             `json:"shadow,omitempty"`
}

func run(ctx context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("run", flag.ContinueOnError)
	input := fs.String("input", "", "")
	dry := fs.Bool("dry-run", false, "")
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 1, 1)
	if err != nil {
		return err
	}
	req := jobs.RunRequest{IntegrationID: names[0], DryRun: *dry, By: store.ShellActor(env.Actor)}
	if *input != "" {
		req.Input = *input
		if !filepath.IsAbs(req.Input) {
			req.Input = filepath.Join(env.Dir, req.Input)
		}
	}
	if env.Terminal {
		req.Progress = (&bar{env: env}).draw
	}
	r, err := env.Jobs.RunNow(ctx, req)
	if env.Terminal {
		fmt.Fprint(env.Stderr, "\r\x1b[K")
	}
	if err != nil {
		return err
	}
	if *asJSON {
		err = printJSON(env.Stdout, record(env.Lang, r))
	} else {
		_, err = fmt.Fprint(env.Stdout, Summary(env.Lang, r))
	}
	if err != nil {
		return err
	}
	switch r.State {
	case store.RunSucceeded:
		return nil
	case store.RunRefused:
		return exit(ExitRefused)
	case store.RunHeld:
		return exit(ExitHeld)
	}
	return exit(ExitFailed)
}

func record(lang text.Lang, r *store.Run) runRecord {
	rec := runRecord{Run: r.ID, No: r.No, Integration: r.IntegrationID, State: r.State, Reason: r.Reason,
		Message: text.RunReason(lang, r), Counts: r.Counts, QuarantinedBy: r.QuarantinedBy, ScopeHash: r.ScopeHash,
		MappingVersion: r.MappingNo, DryRun: r.DryRun, Shadow: r.Shadow}
	if rec.QuarantinedBy == nil {
		rec.QuarantinedBy = map[string]int64{}
	}
	if !r.StartedAt.IsZero() {
		rec.Started = &r.StartedAt
	}
	if !r.EndedAt.IsZero() {
		rec.Ended = &r.EndedAt
	}
	return rec
}

// Summary says what became of a run, in a few lines for people.
func Summary(lang text.Lang, r *store.Run) string {
	s := text.T(lang, "command.run.head", "no", r.No, "integration", r.IntegrationID, "state", text.T(lang, "state.run."+string(r.State))) + "\n"
	if m := text.RunReason(lang, r); m != "" {
		s += m + "\n"
	}
	c := r.Counts
	for _, line := range []struct {
		key string
		n   int64
	}{{"read", c.Read}, {"loaded", c.Loaded}, {"unchanged", c.Unchanged}, {"merged", c.Merged}, {"filtered", c.Filtered},
		{"quarantined", c.Quarantined}, {"blocked", c.Blocked}} {
		s += fmt.Sprintf("  %-14s %14s\n", text.T(lang, "count."+line.key), text.Int(lang, line.n))
	}
	return s
}

// bar draws one line of progress on a terminal.
type bar struct{ env *Env }

func (b *bar) draw(p jobs.Progress) {
	share := ""
	if p.Size > 0 {
		share = fmt.Sprintf("%3d %%  ", min(100, 100*p.Bytes/p.Size))
	}
	fmt.Fprintf(b.env.Stderr, "\r\x1b[K%s%s  %s", share, text.T(b.env.Lang, "stage."+string(p.Stage)),
		text.T(b.env.Lang, "command.run.rows", "n", p.Counts.Read))
}
