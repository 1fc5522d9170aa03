package handover

import (
	"context"
	"crypto/subtle"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path"
	"strings"
	"syscall"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"samband/jobs/connector"
	"samband/store"
)

// sftpChannel is a channel to a folder behind SFTP. The other side is known by its pinned key, and we by ours.
type sftpChannel struct {
	host, user, dir string
	pinned          func(ssh.PublicKey) bool
	receipts        bool
	key             func() (ssh.Signer, error)
	network         connector.Network
	connect         time.Duration
}

func newSFTP(u *url.URL, o ChannelOptions) (*sftpChannel, error) {
	c := &sftpChannel{host: store.HostOf(u.String()), user: u.User.Username(), dir: path.Clean("/" + u.Path), receipts: o.Receipts,
		network: o.Network, connect: 15 * time.Second}
	switch line := strings.TrimSpace(o.HostKey); {
	case strings.HasPrefix(line, "SHA256:"):
		c.pinned = func(k ssh.PublicKey) bool {
			return subtle.ConstantTimeCompare([]byte(ssh.FingerprintSHA256(k)), []byte(line)) == 1
		}
	default:
		want, _, _, rest, err := ssh.ParseAuthorizedKey([]byte(line))
		if err != nil || len(rest) > 0 {
			return nil, store.E(store.Invalid, "channel.host_key_form", nil)
		}
		c.pinned = func(k ssh.PublicKey) bool { return subtle.ConstantTimeCompare(k.Marshal(), want.Marshal()) == 1 }
	}
	c.key = func() (ssh.Signer, error) {
		text, err := o.Secret("key")
		if err != nil {
			return nil, err
		}
		s, err := ssh.ParsePrivateKey([]byte(text))
		if err != nil { // its words can quote the key
			return nil, store.E(store.Invalid, "channel.secret", store.Args{"place": c.Place()})
		}
		return s, nil
	}
	return c, nil
}

// Place leaves out the account: what two of them write to one folder lies together.
func (c *sftpChannel) Place() string { return "sftp://" + c.host + c.dir }

func (c *sftpChannel) Close() error { return nil }

func (c *sftpChannel) Test(ctx context.Context) error {
	return c.with(ctx, "channel.read", func(t *farTree) error {
		info, err := t.c.Stat(t.dir)
		if err == nil && !info.IsDir() {
			err = fs.ErrInvalid
		}
		return err
	})
}

func (c *sftpChannel) Put(ctx context.Context, f File) error {
	return c.with(ctx, "channel.write", func(t *farTree) error { return put(ctx, t, f, c.receipts) })
}

func (c *sftpChannel) Receipt(ctx context.Context, f File) (r Receipt, err error) {
	err = c.with(ctx, "channel.read", func(t *farTree) error {
		if c.receipts {
			r, err = receipt(t, f)
			return err
		}
		there, err := holds(ctx, t, f)
		if err != nil || !there {
			return err
		}
		info, err := t.c.Stat(t.at(f.Name))
		if err == nil {
			r = Receipt{State: ReceiptTaken, At: info.ModTime().UTC()}
		}
		return err
	})
	return r, err
}

// errHostKey tells of another key than the pinned one, errNetwork of an address outside what may be reached.
var (
	errHostKey = errors.New("handover: another host key")
	errNetwork = errors.New("handover: the address is outside what may be reached")
)

// with logs in, does f, and leaves. When ctx ends the connection is cut.
func (c *sftpChannel) with(ctx context.Context, code store.Code, f func(*farTree) error) error {
	args := store.Args{"place": c.Place()}
	signer, err := c.key()
	if err != nil {
		return err
	}
	dialer := &net.Dialer{Timeout: c.connect, ControlContext: func(_ context.Context, _, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !c.network.Reaches(at.Addr()) {
			return errNetwork
		}
		return nil
	}}
	conn, err := dialer.DialContext(ctx, "tcp", c.host)
	switch {
	case errors.Is(err, errNetwork):
		return &connector.Failure{Host: c.host, Err: store.E(store.Refused, "http.address", store.Args{"host": c.host})}
	case err != nil:
		return c.failed(ctx, "channel.away", err)
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	defer conn.Close()
	conn.SetDeadline(store.SystemClock{}.Now().Add(c.connect)) // the system counts by its own
	sc, chans, reqs, err := ssh.NewClientConn(conn, c.host, &ssh.ClientConfig{User: c.user, Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)},
		HostKeyCallback: func(_ string, _ net.Addr, k ssh.PublicKey) error {
			if !c.pinned(k) {
				return errHostKey
			}
			return nil
		}})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errHostKey):
		return &connector.Failure{Host: c.host, Err: store.E(store.Invalid, "channel.host_key", args)}
	case err != nil && strings.Contains(err.Error(), "unable to authenticate"):
		return &connector.Failure{Host: c.host, Err: store.E(store.Invalid, "channel.login", args)}
	case err != nil:
		return c.failed(ctx, "channel.away", err)
	}
	conn.SetDeadline(time.Time{})
	client := ssh.NewClient(sc, chans, reqs)
	defer client.Close()
	files, err := sftp.NewClient(client)
	if err != nil {
		return c.failed(ctx, "channel.away", err)
	}
	defer files.Close()
	return c.failed(ctx, code, f(&farTree{files, c.dir}))
}

func (c *sftpChannel) failed(ctx context.Context, code store.Code, err error) error {
	if errors.Is(err, sftp.ErrSSHFxConnectionLost) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		code = "channel.cut"
	}
	if err = trouble(ctx, err, code, c.Place()); err == nil || ctx.Err() != nil {
		return err
	}
	return &connector.Failure{Host: c.host, Err: err}
}

// farTree is a folder behind SFTP.
type farTree struct {
	c   *sftp.Client
	dir string
}

func (t *farTree) at(name string) string { return path.Join(t.dir, name) }

func (t *farTree) open(name string) (io.ReadCloser, time.Time, error) {
	info, err := t.c.Lstat(t.at(name))
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	f, err := t.c.Open(t.at(name))
	return f, info.ModTime(), err
}

func (t *farTree) create(name string) (written, error) {
	f, err := t.c.OpenFile(t.at(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return nil, err
	}
	return &farFile{f}, nil
}

// rename is the rename of version 3 of the protocol: where the name is taken it fails and nothing changes.
func (t *farTree) rename(from, to string) error { return t.c.Rename(t.at(from), t.at(to)) }
func (t *farTree) remove(name string) error     { return t.c.Remove(t.at(name)) }

func (t *farTree) names() ([]string, error) {
	list, err := t.c.ReadDir(t.dir)
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].Name()
	}
	return names, err
}

func (t *farTree) settle() error { return nil } // the other side's own affair

// farFile is a file that is being written far away.
type farFile struct{ *sftp.File }

// Sync asks for the disk to have it where the other side knows how (fsync@openssh.com).
func (f *farFile) Sync() error {
	err := f.File.Sync()
	var status *sftp.StatusError
	if errors.As(err, &status) && status.FxCode() == sftp.ErrSSHFxOpUnsupported {
		return nil
	}
	return err
}
