package command

import (
	"io"
	"os"
	"os/user"

	"golang.org/x/term"

	"samband/store/text"
)

// NewEnv is what a command works with in this process: its folder, its user, and the streams it was started with.
func NewEnv(stdin io.Reader, stdout, stderr io.Writer, lang text.Lang) (*Env, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	env := &Env{Dir: dir, Stdin: stdin, Stdout: stdout, Stderr: stderr, Lang: lang, Actor: "?"}
	if u, err := user.Current(); err == nil {
		env.Actor = u.Username
	}
	if f, ok := stderr.(*os.File); ok {
		env.Terminal = term.IsTerminal(int(f.Fd()))
	}
	return env, nil
}
