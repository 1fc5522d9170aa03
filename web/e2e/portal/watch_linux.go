package portal

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"samband/store/storetest/need"
)

// Call is a system call of a watched process that reads, changes or makes lasting a file, or writes to a connection. It
// waits to be carried out.
type Call struct {
	Name string // write, pwrite, read, pread, fsync, truncate, rename, remove
	Path string // the file as the kernel names it: "socket:[17]" for a connection
	FD   int
	pid  int
	at   uintptr // what is written
	size int
}

// Data gives the first bytes of what is to be written.
func (c *Call) Data() string {
	return memory(c.pid, c.at, min(c.size, 4<<10))
}

// calls are those that Watch tells of, by number.
var calls = map[int]string{
	unix.SYS_WRITE: "write", unix.SYS_PWRITE64: "pwrite", unix.SYS_READ: "read", unix.SYS_PREAD64: "pread",
	unix.SYS_FSYNC: "fsync", unix.SYS_FDATASYNC: "fsync", unix.SYS_FTRUNCATE: "truncate",
	unix.SYS_RENAMEAT: "rename", unix.SYS_RENAMEAT2: "rename", unix.SYS_UNLINKAT: "remove",
}

// Watch has judge asked before each call that the process makes, from its next start on: the real program with nothing
// built into it, failing or ending at a point that the test chooses. A call that judge gives an error number for fails
// with that and is not carried out; judge may also stop or kill the process. One call is judged at a time. A nil judge
// ends the watch with the next start.
//
// It is done with a seccomp filter, which needs no rights. A machine without skips the test.
func (p *Portal) Watch(judge func(*Call) syscall.Errno) {
	p.tb.Helper()
	p.judge = judge
	if judge == nil {
		return
	}
	possible.Do(func() {
		action := uint32(unix.SECCOMP_RET_USER_NOTIF)
		_, _, e := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_GET_ACTION_AVAIL, 0, uintptr(unsafe.Pointer(&action)))
		if e != 0 {
			impossible = fmt.Sprintf("the kernel can't tell of system calls (%v)", e)
		}
	})
	if impossible != "" {
		need.Missing(p.tb, "seccomp", impossible)
	}
}

var (
	possible   sync.Once
	impossible string
)

const launchEnv = "SAMBAND_TEST_LAUNCH"

// watched makes the command start under watch: through this test program, which puts the filter up, hands over what
// tells of the calls, and becomes the program.
func (p *Portal) watched() (after func(), err error) {
	if p.judge == nil {
		return func() {}, nil
	}
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	theirs := os.NewFile(uintptr(pair[1]), "launcher")
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p.cmd.Args = append([]string{self, p.cmd.Path}, p.cmd.Args[1:]...)
	p.cmd.Path, p.cmd.ExtraFiles = self, []*os.File{theirs}
	p.cmd.Env = append(p.cmd.Env, launchEnv+"=1")
	judge, tb := p.judge, testing.TB(p.tb)
	return func() {
		theirs.Close()
		go func() {
			defer unix.Close(pair[0])
			if err := listen(pair[0], judge); err != nil {
				tb.Errorf("the watch: %v", err)
			}
		}()
	}, nil
}

// launch becomes the program that args name, under the filter.
func launch(args []string) error {
	runtime.LockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	const load, jump, give = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, unix.BPF_RET | unix.BPF_K
	filter := []unix.SockFilter{{Code: load, K: 0}} // the number of the call
	n := len(calls)
	for number := range calls {
		filter = append(filter, unix.SockFilter{Code: jump, K: uint32(number), Jt: uint8(n)})
		n--
	}
	filter = append(filter, unix.SockFilter{Code: give, K: unix.SECCOMP_RET_ALLOW}, unix.SockFilter{Code: give, K: unix.SECCOMP_RET_USER_NOTIF})
	prog := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	fd, _, e := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_NEW_LISTENER,
		uintptr(unsafe.Pointer(&prog)))
	if e != 0 {
		return e
	}
	if err := unix.Sendmsg(3, []byte{1}, unix.UnixRights(int(fd)), nil, 0); err != nil {
		return err
	}
	unix.CloseOnExec(3)
	os.Unsetenv(launchEnv)
	return syscall.Exec(args[0], args, os.Environ())
}

// notice and answer are what the kernel says of a call, and is told.
type (
	notice struct {
		id         uint64
		pid, flags uint32
		number     int32
		arch       uint32
		at         uint64
		args       [6]uint64
	}
	answer struct {
		id    uint64
		value int64
		error int32
		flags uint32
	}
)

// listen has the calls judged until the process and all that it started have ended.
func listen(socket int, judge func(*Call) syscall.Errno) error {
	var b [1]byte
	rights := make([]byte, unix.CmsgSpace(4))
	_, n, _, _, err := unix.Recvmsg(socket, b[:], rights, unix.MSG_CMSG_CLOEXEC)
	if err != nil {
		return err
	}
	list, err := unix.ParseSocketControlMessage(rights[:n])
	if err != nil || len(list) != 1 {
		return nil // it ended before it was under watch, and has said why
	}
	fds, err := unix.ParseUnixRights(&list[0])
	if err != nil {
		return err
	}
	fd := fds[0]
	defer unix.Close(fd)
	for {
		poll := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
		if _, err := unix.Poll(poll, -1); err == unix.EINTR {
			continue
		} else if err != nil {
			return err
		}
		if poll[0].Revents&unix.POLLIN == 0 {
			return nil
		}
		var in notice
		_, _, e := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), unix.SECCOMP_IOCTL_NOTIF_RECV, uintptr(unsafe.Pointer(&in)))
		if e == unix.ENOENT || e == unix.EINTR { // whoever asked is gone
			continue
		} else if e != 0 {
			return e
		}
		out := answer{id: in.id}
		if errno := judge(callOf(&in)); errno != 0 {
			out.error = -int32(errno)
		} else {
			out.flags = unix.SECCOMP_USER_NOTIF_FLAG_CONTINUE
		}
		_, _, e = unix.Syscall(unix.SYS_IOCTL, uintptr(fd), unix.SECCOMP_IOCTL_NOTIF_SEND, uintptr(unsafe.Pointer(&out)))
		if e != 0 && e != unix.ENOENT {
			return e
		}
	}
}

func callOf(in *notice) *Call {
	c := &Call{Name: calls[int(in.number)], pid: int(in.pid), FD: int(int32(in.args[0])), at: uintptr(in.args[1]), size: int(in.args[2])}
	proc := filepath.Join("/proc", strconv.Itoa(c.pid))
	switch c.Name {
	case "rename", "remove":
		path, _, _ := strings.Cut(memory(c.pid, c.at, 512), "\x00")
		if !filepath.IsAbs(path) {
			folder := filepath.Join(proc, "cwd")
			if c.FD >= 0 {
				folder = filepath.Join(proc, "fd", strconv.Itoa(c.FD))
			}
			folder, _ = os.Readlink(folder) // one that is gone names nothing
			path = filepath.Join(folder, path)
		}
		c.Path = path
	default:
		c.Path, _ = os.Readlink(filepath.Join(proc, "fd", strconv.Itoa(c.FD)))
	}
	return c
}

// memory reads from a process, up to the end of what can be read.
func memory(pid int, at uintptr, n int) string {
	b := make([]byte, n)
	f, err := os.Open(filepath.Join("/proc", strconv.Itoa(pid), "mem"))
	if err != nil {
		return ""
	}
	defer f.Close()
	n, _ = f.ReadAt(b, int64(at))
	return string(b[:max(n, 0)])
}
