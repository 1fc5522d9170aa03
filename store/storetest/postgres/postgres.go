// Package postgres gives tests a real PostgreSQL: the one that SAMBAND_TEST_POSTGRES names, else a throw-away cluster
// that it starts from the programs found on the machine. Each call gives a new, empty database.
package postgres

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"

	"samband/store/storetest/need"
)

// URL gives the address of a new, empty database, which is dropped when the test ends. Without PostgreSQL the test is
// skipped, or fails when SAMBAND_REQUIRE lists postgres.
func URL(t testing.TB) string {
	t.Helper()
	server, err := find()
	if err != nil {
		need.Missing(t, "postgres", fmt.Sprintf("%v. Install it (Debian: apt install postgresql) or set SAMBAND_TEST_POSTGRES"+
			" to postgres://… of a server where the user may create databases", err))
	}
	name := fmt.Sprintf("samband_test_%d_%d", os.Getpid(), number.Add(1))
	admin(t, server, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING 'UTF8'")
	t.Cleanup(func() { admin(t, server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	u := *server
	u.Path = "/" + name
	return u.String()
}

var number atomic.Int64

func admin(t testing.TB, server *url.URL, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", server.String())
	if err == nil {
		_, err = db.Exec(statement)
		err = errors.Join(err, db.Close())
	}
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// find gives the server that this process tests with.
var find = sync.OnceValues(func() (*url.URL, error) {
	if given := os.Getenv("SAMBAND_TEST_POSTGRES"); given != "" {
		return url.Parse(given)
	}
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	return start(bin)
})

// programs gives the folder of the newest installed server.
func programs() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is well-formed
	if len(found) > 0 {
		version := func(p string) int {
			n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(p)))) // not a number: oldest
			return n
		}
		return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })), nil
	}
	p, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("initdb is neither in /usr/lib/postgresql nor in PATH")
	}
	return filepath.Dir(p), nil
}

// supervise makes the cluster, runs the server, and clears up when standard input closes: that is when the test process
// ends, however it does.
const supervise = `
"$1/initdb" -D "$2/data" -U samband -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$2/log" 2>&1 || exit 1
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off \
	-c max_connections=200 >>"$2/log" 2>&1 </dev/null &
read -r _
kill -INT $!
wait $!
rm -rf "$2"
`

func start(bin string) (*url.URL, error) {
	dir, err := os.MkdirTemp("", "pg") // short: the path of a socket is at most 107 bytes
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("/bin/sh", "-c", supervise, "sh", bin, dir)
	cmd.Dir = "/"
	if os.Getuid() == 0 { // the server refuses to run as root
		id, err := unprivileged()
		if err != nil {
			return nil, err
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: id}
		if err := os.Chown(dir, int(id.Uid), int(id.Gid)); err != nil {
			return nil, err
		}
	}
	if _, err := cmd.StdinPipe(); err != nil { // never written to, never closed
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	u := &url.URL{Scheme: "postgres", User: url.User("samband"), Path: "/postgres",
		RawQuery: "host=" + url.QueryEscape(dir)}
	db, err := sql.Open("pgx", u.String())
	if err != nil {
		return nil, err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for {
		if err = db.PingContext(ctx); err == nil {
			return u, nil
		}
		select {
		case <-ended:
			log, _ := os.ReadFile(filepath.Join(dir, "log")) // empty says as much
			return nil, fmt.Errorf("the server did not start: %s", bytes.TrimSpace(log))
		case <-ctx.Done():
			return nil, fmt.Errorf("the server did not answer: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// unprivileged gives the user that the package of the server has made.
func unprivileged() (*syscall.Credential, error) {
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, errors.Join(err1, err2)
}
