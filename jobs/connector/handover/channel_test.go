package handover_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"samband/jobs/connector"
	"samband/jobs/connector/handover"
	"samband/jobs/connector/handover/handovertest"
	"samband/store"
	"samband/store/storetest/need"
)

var here = connector.Network{Allowed: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}

// way is a channel and who is at its end.
type way struct {
	*handovertest.Receiver
	o      handover.ChannelOptions
	faults bool // the receiver can be out of room, and away in the middle
	silent bool // no receipt but those that the receiver is told to give
}

func secrets(m map[string]string) func(string) (string, error) {
	return func(name string) (string, error) { return m[name], nil }
}

// each runs a test over every channel.
func each(t *testing.T, receipts bool, test func(t *testing.T, w *way)) {
	run := func(name string, make func(t *testing.T, w *way)) {
		t.Run(name, func(t *testing.T) {
			w := &way{Receiver: handovertest.New(t), silent: true}
			w.o.Receipts, w.o.Network = receipts, here
			make(t, w)
			test(t, w)
		})
	}
	run("folder", func(t *testing.T, w *way) { w.o.Address = "file://" + w.Dir })
	run("sftp", func(t *testing.T, w *way) {
		s := handovertest.ServeSFTP(t, w.Receiver)
		w.o.Address, w.o.HostKey, w.o.Secret, w.faults = s.Address, s.HostKey, secrets(map[string]string{"key": s.Key}), true
	})
	run("openssh", func(t *testing.T, w *way) { openssh(t, w) })
	run("https", func(t *testing.T, w *way) {
		s := handovertest.ServeHTTPS(t, w.Receiver)
		w.o.Address, w.o.Secret, w.faults = s.Address, secrets(map[string]string{"key": s.Key, "ca": s.CA, "token": s.Token}), true
		w.silent = false
	})
}

// openssh begins the real server.
func openssh(t *testing.T, w *way) {
	sshd, err := exec.LookPath("sshd")
	if err != nil {
		if sshd, err = exec.LookPath("/usr/sbin/sshd"); err != nil {
			need.Missing(t, "openssh", "install openssh-server")
		}
	}
	if os.Getuid() == 0 {
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	for d := dir; len(d) > len(os.TempDir()); d = filepath.Dir(d) {
		os.Chmod(d, 0o755)
	}
	hostText, host := handovertest.NewKey(t)
	userText, user := handovertest.NewKey(t)
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	conf := write("conf", fmt.Sprintf("Port %d\nListenAddress 127.0.0.1\nHostKey %s\nAuthorizedKeysFile %s\nPidFile none\nStrictModes no\n"+
		"UsePAM no\nPasswordAuthentication no\nPermitRootLogin prohibit-password\nSubsystem sftp internal-sftp\n",
		port, write("host", hostText), write("users", string(ssh.MarshalAuthorizedKey(user.PublicKey())))))
	cmd := exec.Command(sshd, "-D", "-e", "-f", conf)
	var out bytes.Buffer
	cmd.Stderr = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	for try := 0; ; try++ {
		c, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(port))
		if err == nil {
			c.Close()
			break
		}
		if try == 100 {
			cmd.Process.Kill()
			cmd.Wait()
			t.Fatalf("sshd does not answer: %s", out.String())
		}
		time.Sleep(50 * time.Millisecond)
	}
	me := os.Getenv("USER")
	if b, err := exec.Command("id", "-un").Output(); err == nil {
		me = strings.TrimSpace(string(b))
	}
	w.o.Address = fmt.Sprintf("sftp://%s@127.0.0.1:%d%s", me, port, w.Dir)
	w.o.HostKey, w.o.Secret = ssh.FingerprintSHA256(host.PublicKey()), secrets(map[string]string{"key": userText})
}

func (w *way) open(t *testing.T) handover.Channel {
	t.Helper()
	c, err := handover.OpenChannel(w.o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func file(name string, content []byte) handover.File {
	sum := sha256.Sum256(content)
	return handover.File{Name: name, SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(content)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

func wants(t *testing.T, err error, class store.Class, code store.Code) {
	t.Helper()
	if store.CodeOf(err) != code || store.ClassOf(err) != class {
		t.Errorf("%v %v %v, want %v %v", store.ClassOf(err), store.CodeOf(err), err, class, code)
	}
}

func TestChannelHandsOverOnce(t *testing.T) {
	each(t, false, func(t *testing.T, w *way) {
		c, content := w.open(t), random(300_000)
		if err := c.Test(t.Context()); err != nil {
			t.Fatal(err)
		}
		f := file("b7f0.age", content)
		if r, err := c.Receipt(t.Context(), f); err != nil || r.State != handover.ReceiptNone {
			t.Errorf("before: %+v %v", r, err)
		}
		for range 2 {
			if err := c.Put(t.Context(), f); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(filepath.Join(w.Dir, f.Name)); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes there, %v", len(got), err)
		}
		if !slices.Equal(w.Files(t), []string{f.Name}) || len(w.Parts(t)) > 0 {
			t.Errorf("%v and parts %v", w.Files(t), w.Parts(t))
		}
		if r, err := c.Receipt(t.Context(), f); err != nil || r.State != handover.ReceiptTaken || r.At.IsZero() {
			t.Errorf("after: %+v %v", r, err)
		}
		wants(t, c.Put(t.Context(), file(f.Name, random(100))), store.Conflict, "channel.other_content")
		if got, _ := os.ReadFile(filepath.Join(w.Dir, f.Name)); !bytes.Equal(got, content) {
			t.Error("what was there was written over")
		}
	})
}

func TestChannelWaitsForReceipts(t *testing.T) {
	each(t, true, func(t *testing.T, w *way) {
		w.Waits(true)
		c := w.open(t)
		late, refused, lost := file("late", random(10)), file("refused", random(20)), file("lost", random(30))
		for _, f := range []handover.File{lost, refused, late} { // in another order than receipts come
			if err := c.Put(t.Context(), f); err != nil {
				t.Fatal(err)
			}
			if r, err := c.Receipt(t.Context(), f); err != nil || r.State != handover.ReceiptNone {
				t.Errorf("%s: %+v %v", f.Name, r, err)
			}
		}
		w.Answer(t, "late", "taken", 0)
		w.Answer(t, "late", "taken", 1) // a second time
		w.Answer(t, "refused", "refused", 0)
		for f, want := range map[*handover.File]handover.ReceiptState{&late: handover.ReceiptTaken, &refused: handover.ReceiptRefused, &lost: handover.ReceiptNone} {
			if r, err := c.Receipt(t.Context(), *f); err != nil || r.State != want || want != "" && r.ID != "K-"+f.Name {
				t.Errorf("%s: %+v %v", f.Name, r, err)
			}
		}
		if w.silent {
			if err := os.Remove(filepath.Join(w.Dir, "late")); err != nil { // the receiver took it away
				t.Fatal(err)
			}
			if err := c.Put(t.Context(), late); err != nil || slices.Contains(w.Files(t), "late") {
				t.Errorf("what has a receipt is there again: %v", err)
			}
			w.Answer(t, "refused", "taken", 1)
			_, err := c.Receipt(t.Context(), refused)
			wants(t, err, store.Unavailable, "channel.receipts_unlike")
			os.WriteFile(filepath.Join(w.Dir, "lost.receipt"), []byte("sha256="+late.SHA256+"\nresult=taken\n"), 0o600)
			_, err = c.Receipt(t.Context(), lost)
			wants(t, err, store.Unavailable, "channel.receipt")
		}
	})
}

func TestChannelFaults(t *testing.T) {
	each(t, false, func(t *testing.T, w *way) {
		c, f := w.open(t), file("stor", random(2<<20))
		if w.faults {
			w.FullAfter(1 << 20)
			err := c.Put(t.Context(), f)
			if store.ClassOf(err) != store.Unavailable || store.CodeOf(err) == "" || len(w.Files(t)) > 0 {
				t.Errorf("full disk: %v %v, there %v", store.CodeOf(err), err, w.Files(t))
			}
			w.FullAfter(0)
			w.CutAfter(1 << 20)
			err = c.Put(t.Context(), f)
			if store.ClassOf(err) != store.Unavailable || len(w.Files(t)) > 0 {
				t.Errorf("cut: %v %v, there %v", store.CodeOf(err), err, w.Files(t))
			}
			var host *connector.Failure
			if !errors.As(err, &host) || host.Host == "" {
				t.Errorf("no host in %v", err)
			}
		}
		broken := f
		broken.Open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(random(2 << 20))), nil }
		if err := c.Put(t.Context(), broken); err == nil || len(w.Files(t)) > 0 {
			t.Errorf("other content than said: %v, there %v", err, w.Files(t))
		}
		if err := c.Put(t.Context(), f); err != nil || !slices.Equal(w.Files(t), []string{"stor"}) || len(w.Parts(t)) > 0 {
			t.Errorf("again: %v, there %v and parts %v", err, w.Files(t), w.Parts(t))
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := c.Put(ctx, file("x", random(10))); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
		for _, name := range []string{"", "../x", "a/b", ".x", "x y", strings.Repeat("x", 200)} {
			wants(t, c.Put(t.Context(), file(name, random(10))), store.Internal, "channel.file")
		}
	})
}

func TestChannelRefusesStrangers(t *testing.T) {
	t.Run("host key", func(t *testing.T) {
		w := &way{Receiver: handovertest.New(t)}
		s := handovertest.ServeSFTP(t, w.Receiver)
		_, other := handovertest.NewKey(t)
		for _, pin := range []string{ssh.FingerprintSHA256(other.PublicKey()), string(ssh.MarshalAuthorizedKey(other.PublicKey()))} {
			w.o = handover.ChannelOptions{Address: s.Address, HostKey: pin, Network: here, Secret: secrets(map[string]string{"key": s.Key})}
			wants(t, w.open(t).Put(t.Context(), file("x", random(10))), store.Invalid, "channel.host_key")
		}
		private, _ := handovertest.NewKey(t)
		w.o.HostKey, w.o.Secret = s.HostKey, secrets(map[string]string{"key": private})
		wants(t, w.open(t).Test(t.Context()), store.Invalid, "channel.login")
		w.o.Secret = secrets(nil)
		wants(t, w.open(t).Test(t.Context()), store.Invalid, "channel.secret")
		w.o.Secret, w.o.Network = secrets(map[string]string{"key": s.Key}), connector.Network{}
		wants(t, w.open(t).Test(t.Context()), store.Refused, "http.address")
	})
	t.Run("certificate", func(t *testing.T) {
		w := &way{Receiver: handovertest.New(t)}
		s := handovertest.ServeHTTPS(t, w.Receiver)
		for name, x := range map[string]struct {
			secret map[string]string
			class  store.Class
			code   store.Code
		}{
			"ours":      {map[string]string{"key": handovertest.KeyFrom(t, nil, nil), "ca": s.CA, "token": s.Token}, store.Invalid, "http.tls"},
			"no key":    {map[string]string{"ca": s.CA, "token": s.Token}, store.Invalid, "http.tls"},
			"theirs":    {map[string]string{"key": s.Key, "token": s.Token}, store.Invalid, "http.tls"},
			"token":     {map[string]string{"key": s.Key, "ca": s.CA, "token": "x"}, store.Invalid, "http.denied"},
			"no secret": {nil, store.Invalid, "channel.secret"},
			"no PEM":    {map[string]string{"key": "x"}, store.Invalid, "channel.secret"},
		} {
			w.o = handover.ChannelOptions{Address: s.Address, Network: here, Secret: secrets(x.secret)}
			t.Run(name, func(t *testing.T) { wants(t, w.open(t).Put(t.Context(), file("x", random(10))), x.class, x.code) })
		}
		if len(w.Files(t)) > 0 {
			t.Errorf("there: %v", w.Files(t))
		}
	})
}

func TestChannelAddresses(t *testing.T) {
	key, signer := handovertest.NewKey(t)
	pin := string(ssh.MarshalAuthorizedKey(signer.PublicKey()))
	open := func(address, pin string) (handover.Channel, error) {
		return handover.OpenChannel(handover.ChannelOptions{Address: address, HostKey: pin, Secret: secrets(map[string]string{"key": key})})
	}
	for _, a := range []string{"", "/inn", "file://host/inn", "file:inn", "ftp://x/y", "http://x/y", "sftp://host/inn", "sftp://me:pw@host/inn",
		"https://me@host/x", "https://host/x?y=z", "https://host/x#y", "https:///x"} {
		if _, err := open(a, pin); store.CodeOf(err) != "channel.address" {
			t.Errorf("%q: %v", a, err)
		}
	}
	if _, err := open("sftp://me@host/inn", "x"); store.CodeOf(err) != "channel.host_key_form" {
		t.Errorf("pin: %v", err)
	}
	for _, x := range []struct {
		a, b string
		same bool
	}{
		{"file:///inn/a", "file:///inn/b", false}, {"file:///inn/a", "file:///inn/ab", false}, {"file:///inn/a", "file:///inn/a/", true},
		{"file:///inn", "file:///inn/a", true}, {"sftp://a@h/inn", "sftp://b@h:22/inn", true}, {"sftp://a@h/x", "sftp://a@h/y", false},
		{"https://h/inn", "https://H:443/inn/", true}, {"https://h/inn", "https://i/inn", false}, {"https://h/inn", "sftp://a@h/inn", false},
	} {
		a, err := open(x.a, pin)
		b, also := open(x.b, pin)
		if err != nil || also != nil || handover.SameWay(a, b) != x.same || handover.SameWay(b, a) != x.same {
			t.Errorf("%s and %s: %v, %v %v", x.a, x.b, !x.same, err, also)
		}
	}
}
