// Package command is Samband in the shell: one file per subcommand. A command works on the installation of the data
// folder. When a portal owns the folder, the command is handed over to it and its output comes back; when nobody
// does, the command takes the folder itself. Both ways run the same code.
package command

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"samband/jobs"
	"samband/store"
	"samband/store/text"
)

// Exit codes (design.md section 7).
const (
	ExitOK      = 0
	ExitFailed  = 1
	ExitRefused = 2
	ExitHeld    = 3
	ExitUsage   = 64
)

// Env is what a command works with. Paths it is given are relative to Dir.
type Env struct {
	Jobs     *jobs.Jobs
	Config   jobs.Config // of the installation, for what puts one there
	Dir      string
	Stdin    io.Reader
	Stdout   io.Writer
	Stderr   io.Writer
	Terminal bool // Stderr is a terminal: progress may be drawn there
	Lang     text.Lang
	Actor    string // name of the operating system's user, for the audit log
}

// Command is one subcommand.
type Command struct {
	Name  string
	Usage string
	Run   func(ctx context.Context, env *Env, args []string) error
}

// commands is the table of all that work on the installation; serve, worker and help are main's.
var commands = []Command{
	{"backfill", "backfill NAME --from DATE --to DATE [--plan] [--dry-run] [--json]", backfill},
	{"run", "run NAME [--input FILE] [--dry-run] [--json]", run},
	{"import", "import [--demo] [--yes] [--json] FILE…", importBundle},
	{"export", "export [NAME]", export},
	{"consent", "consent sync REGISTRY [--json]", consentSync},
	{"dump", "dump REGISTRY --health FILE --identity FILE [--json]", dump},
	{"codebook", "codebook FILE… [--format FORMAT] [--json] [--registry NAME [--id ID] [--form FORM]… [--key NAMES] [--message TEXT] [--yes]]", codebook},
	{"doctor", "doctor [--json]", doctor},
	{"backup", "backup DIR [--files] [--keep N] [--json]", makeBackup},
	{"backup-keys", "backup-keys DIR [--json]", backupKeys},
	{"restore", "restore DIR [--json]", restore},
	{"confirm-restore", "confirm-restore [--reason TEXT] [--json]", confirmRestore},
	{"keys", "keys list [--json] | rotate vault [--resume] [--json] | retire vault VERSION [--json]", keys},
	{"person", "person link --registry REGISTRY [--dry-run] [--json] < FILE", person},
	{"move-database", "move-database URL [--json]", moveDatabase},
	{"emergency", "emergency seal [--role admin|security_officer] [--json]", emergency},
	{"audit", "audit verify [--json] [--database FILE --public-key KEY [--checkpoints FOLDER]] | audit accept --reason TEXT [--json]", audit},
	{"receive", "receive --keys FOLDER --identity FILE --health FILE --manifest FILE --out FILE | --out-identity FILE --out-health FILE [--deny FILE] [--json] | receive keygen FOLDER [--json]", receive},
	{"evidence", "evidence make INTEGRATION -o FILE [--json] | verify FILE [--public-key KEY]… [--json]", evidencePack},
}

// alone tells for a command whether, called like this, it needs no installation; installed tells whether there is one.
var alone = map[string]func(args []string, installed bool) bool{"audit": auditAlone, "codebook": codebookAlone,
	"evidence": evidenceAlone, "restore": func([]string, bool) bool { return true }, "receive": func([]string, bool) bool { return true }}

// Alone tells whether a command needs no installation: Execute it with no Jobs.
func Alone(args []string, installed bool) bool {
	if Helps(args) {
		return true
	}
	f := alone[args[0]]
	return f != nil && f(args[1:], installed)
}

// Reads tells whether a command reads its standard input.
func Reads(name string) bool { return name == "person" }

// Begins tells whether a command may make an installation where there is none. The others ask about one, and would
// only answer for what they have just made.
func Begins(name string) bool { return name == "import" || name == "emergency" }

// Helps tells whether somebody asks how a command is called.
func Helps(args []string) bool {
	return slices.ContainsFunc(args, func(a string) bool { return a == "-h" || a == "-help" || a == "--help" })
}

// Known tells whether a subcommand is one of this package's.
func Known(name string) bool {
	return slices.ContainsFunc(commands, func(c Command) bool { return c.Name == name })
}

// forms lists how the subcommands are called, one a line.
func forms() string {
	var b strings.Builder
	for _, c := range commands {
		b.WriteString("  samband " + c.Usage + "\n")
	}
	return b.String()
}

// errUsage ends a command with ExitUsage; its text says how the command is called.
type errUsage struct{ text string }

func (e errUsage) Error() string { return e.text }

// exit ends a command with a code and no message of its own: the command has said all there is to say.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// Execute carries out args[0] with the rest as its arguments and gives the exit code. Errors are told on Stderr.
func Execute(ctx context.Context, env *Env, args []string) int {
	i := slices.IndexFunc(commands, func(c Command) bool { return c.Name == args[0] })
	if i < 0 {
		fmt.Fprintf(env.Stderr, "samband: %s\n%s", text.T(env.Lang, "command.unknown", "name", args[0]), forms())
		return ExitUsage
	}
	if Helps(args[1:]) {
		fmt.Fprint(env.Stdout, Help(env.Lang, args[0]))
		return ExitOK
	}
	err := commands[i].Run(ctx, env, args[1:])
	var code exit
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &code):
		return int(code)
	}
	var usage errUsage
	if c := store.ClassOf(err); (c == store.Internal || c == store.Unavailable) && env.Jobs != nil && !errors.As(err, &usage) {
		env.Jobs.Log.Error("command failed", "command", args[0], "error", err)
	}
	return env.Fail(args, err)
}

// failure is what --json prints when a command gave no record of its own.
type failure struct {
	Error   store.Code `json:"error"`
	Message string     `json:"message"`
	Fields  []failed   `json:"fields,omitempty"`
	// Defects are those of a codebook's files in which no variable could be read.
	Defects []defectLine `json:"defects,omitempty"`
}

type failed struct {
	Field   string     `json:"field"`
	Error   store.Code `json:"error"`
	Message string     `json:"message"`
}

// Cause tells whoever operates the machine what the database or the system said, where the message for people leaves it out.
func (env *Env) Cause(err error) {
	var e *store.Error
	if !errors.As(err, &e) || e.Err != nil {
		fmt.Fprintln(env.Stderr, err)
	}
}

// Fail tells of an error, on Stderr and, when args ask for JSON, as the one object on Stdout, and gives the exit code.
func (env *Env) Fail(args []string, err error) int {
	code, f := ExitFailed, failure{Error: store.CodeOf(err)}
	var usage errUsage
	var fields store.FieldErrors
	switch {
	case errors.As(err, &usage):
		code, f.Error, f.Message = ExitUsage, "usage", usage.text
		for _, c := range append(portal, commands...) {
			if c.Name == args[0] {
				f.Message += "\n  samband " + c.Usage
			}
		}
	case errors.As(err, &fields):
		lines := make([]string, len(fields))
		for i, e := range fields {
			f.Fields = append(f.Fields, failed{Field: e.Field, Error: e.Code, Message: text.Error(env.Lang, e)})
			lines[i] = e.Field + ": " + text.Error(env.Lang, e)
		}
		f.Error, f.Message = "invalid", strings.Join(lines, "\n")
	default:
		f.Message = text.Error(env.Lang, err)
	}
	more := "" // below the message
	var none *store.NoVariables
	if errors.As(err, &none) {
		f.Defects = defectLines(env, none.Defects)
		for i := range none.Defects {
			more += "\n  - " + visible(text.Defect(env.Lang, &none.Defects[i]))
		}
		if none.Unlisted > 0 {
			more += "\n  - " + text.T(env.Lang, "says.more", "n", none.Unlisted)
		}
	}
	if store.ClassOf(err) == store.Refused {
		code = ExitRefused
	}
	for line := range strings.Lines(f.Message + more + "\n") {
		if !strings.HasPrefix(line, " ") {
			line = "samband: " + line
		}
		fmt.Fprint(env.Stderr, line)
	}
	if slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "--json") || a == "-json" }) {
		if err := printJSON(env.Stdout, f); err != nil {
			return ExitFailed
		}
	}
	return code
}

// Options reads the options of a subcommand that takes no names.
func (env *Env) Options(fs *flag.FlagSet, args []string) error {
	_, err := parse(env, fs, args, 0, 0)
	return err
}

// parse reads flags that stand before, between or after the names, and gives the names. least and most bound how many
// there must be; most < 0 means any number.
func parse(env *Env, fs *flag.FlagSet, args []string, least, most int) ([]string, error) {
	fs.SetOutput(io.Discard)
	var names []string
	for {
		if err := fs.Parse(args); err != nil {
			return nil, errUsage{text.T(env.Lang, "command.flag", "flag", flagIn(err))}
		}
		args = fs.Args()
		if len(args) == 0 {
			break
		}
		names, args = append(names, args[0]), args[1:]
	}
	switch {
	case len(names) < least:
		return nil, errUsage{text.T(env.Lang, "command.too_few")}
	case most >= 0 && len(names) > most:
		return nil, errUsage{text.T(env.Lang, "command.too_many")}
	}
	return names, nil
}

// flagIn finds the flag that an error of package flag, which speaks English alone, is about.
func flagIn(err error) string {
	for _, word := range strings.Fields(err.Error()) {
		if strings.HasPrefix(word, "-") {
			return "-" + strings.TrimRight(word, ":")
		}
	}
	return err.Error()
}

// printJSON writes v as the one object that --json promises.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
