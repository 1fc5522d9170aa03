package command

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"sync"

	"samband/jobs"
	"samband/store"
	"samband/store/text"
)

// request is what a command of another process sends: one line of JSON.
type request struct {
	Args     []string  `json:"args"`
	Dir      string    `json:"dir"`
	Lang     text.Lang `json:"lang"`
	Actor    string    `json:"actor"`
	Terminal bool      `json:"terminal"`
	Stdin    []byte    `json:"stdin,omitempty"`
}

// frame is one piece of the answer: bytes for standard output or error, or, last, the exit code.
type frame struct {
	Out  []byte `json:"out,omitempty"`
	Err  []byte `json:"err,omitempty"`
	Exit *int   `json:"exit,omitempty"`
}

// MaxStdin bounds the standard input that a command reads.
const MaxStdin = 8 << 20

// maxRequest bounds a request line, in which standard input takes a third more.
const maxRequest = MaxStdin*4/3 + 1<<20

// Serve carries out commands that arrive on the socket until ctx ends, and returns when the last has. The socket is open to its owner alone, so whoever
// reaches it could as well have read the folder.
func Serve(ctx context.Context, l net.Listener, j *jobs.Jobs) {
	var wg sync.WaitGroup
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	for {
		c, err := l.Accept()
		if err != nil {
			break
		}
		wg.Go(func() { serveOne(ctx, c, j) })
	}
	wg.Wait()
}

func serveOne(ctx context.Context, c net.Conn, j *jobs.Jobs) {
	defer c.Close()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	in := bufio.NewReaderSize(io.LimitReader(c, maxRequest), 4096)
	line, err := in.ReadBytes('\n')
	var r request
	if err == nil {
		err = json.Unmarshal(line, &r)
	}
	if err != nil || len(r.Args) == 0 {
		return
	}
	go func() { // whoever asked is gone (Ctrl+C): stop the work
		in.ReadByte()
		cancel(jobs.ErrCancelled)
	}()
	var mu sync.Mutex
	send := func(f frame) {
		mu.Lock()
		defer mu.Unlock()
		b, _ := json.Marshal(f)
		c.Write(append(b, '\n'))
	}
	defer func() {
		if p := recover(); p != nil {
			j.Log.Error("command panicked", "command", r.Args[0], "panic", fmt.Sprint(p))
			send(frame{Err: []byte("samband: " + text.T(r.Lang, "error.internal") + "\n")})
			code := ExitFailed
			send(frame{Exit: &code})
		}
	}()
	env := &Env{Jobs: j, Dir: r.Dir, Lang: r.Lang, Actor: r.Actor, Terminal: r.Terminal,
		Stdin:  bytes.NewReader(r.Stdin),
		Stdout: writerFunc(func(b []byte) { send(frame{Out: b}) }),
		Stderr: writerFunc(func(b []byte) { send(frame{Err: b}) })}
	code := Execute(ctx, env, r.Args)
	send(frame{Exit: &code})
}

// HandOver sends a command to the process that owns the data folder, copies its output, and gives its exit code.
func HandOver(ctx context.Context, c net.Conn, env *Env, args []string, stdin []byte) (int, error) {
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	b, err := json.Marshal(request{Args: args, Dir: env.Dir, Lang: env.Lang, Actor: env.Actor, Terminal: env.Terminal, Stdin: stdin})
	if err == nil {
		_, err = c.Write(append(b, '\n'))
	}
	if err != nil {
		return ExitFailed, store.Wrap(err, store.Unavailable, "command.handover", nil)
	}
	dec := json.NewDecoder(c)
	for {
		var f frame
		if err := dec.Decode(&f); err != nil {
			return ExitFailed, store.Wrap(err, store.Unavailable, "command.handover", nil)
		}
		env.Stdout.Write(f.Out)
		env.Stderr.Write(f.Err)
		if f.Exit != nil {
			return *f.Exit, nil
		}
	}
}

type writerFunc func([]byte)

func (w writerFunc) Write(b []byte) (int, error) {
	if len(b) > 0 {
		w(b)
	}
	return len(b), nil
}
