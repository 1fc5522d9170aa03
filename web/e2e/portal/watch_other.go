//go:build !linux

package portal

import (
	"errors"
	"syscall"

	"samband/store/storetest/need"
)

// Call is a system call of a watched process; see the file for Linux.
type Call struct {
	Name, Path string
	FD         int
}

// Data gives the first bytes of what is to be written.
func (c *Call) Data() string { return "" }

// Watch needs the kernel of Linux: the test is skipped.
func (p *Portal) Watch(func(*Call) syscall.Errno) {
	p.tb.Helper()
	need.Missing(p.tb, "seccomp", "this is not Linux")
}

const launchEnv = "SAMBAND_TEST_LAUNCH"

func (p *Portal) watched() (func(), error) { return func() {}, nil }

func launch([]string) error { return errors.ErrUnsupported }
