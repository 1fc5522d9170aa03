package handovertest

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

// SFTP is a server of SFTP for one account, in this process.
type SFTP struct {
	Address string // sftp://samband@…
	HostKey string // as it is pinned
	Key     string // the account's private key in PEM
}

// NewKey makes a key of SSH: the private half in PEM, and the public half.
func NewKey(tb testing.TB) (private string, signer ssh.Signer) {
	tb.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(key, "")
	if err != nil {
		tb.Fatal(err)
	}
	signer, err = ssh.NewSignerFromKey(key)
	if err != nil {
		tb.Fatal(err)
	}
	return string(pem.EncodeToMemory(block)), signer
}

// ServeSFTP begins a server that puts what it is given into the receiver's folder.
func ServeSFTP(tb testing.TB, r *Receiver) *SFTP {
	tb.Helper()
	_, host := NewKey(tb)
	private, user := NewKey(tb)
	conf := &ssh.ServerConfig{PublicKeyCallback: func(m ssh.ConnMetadata, k ssh.PublicKey) (*ssh.Permissions, error) {
		if m.User() != "samband" || string(k.Marshal()) != string(user.PublicKey().Marshal()) {
			return nil, fs.ErrPermission
		}
		return nil, nil
	}}
	conf.AddHostKey(host)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c, conf, r)
		}
	}()
	return &SFTP{Address: "sftp://samband@" + l.Addr().String() + "/", HostKey: strings.TrimSpace(string(ssh.MarshalAuthorizedKey(host.PublicKey()))),
		Key: private}
}

func serve(c net.Conn, conf *ssh.ServerConfig, r *Receiver) {
	defer c.Close()
	conn, chans, reqs, err := ssh.NewServerConn(c, conf)
	if err != nil {
		return
	}
	defer conn.Close()
	go ssh.DiscardRequests(reqs)
	for n := range chans {
		ch, requests, err := n.Accept()
		if err != nil {
			return
		}
		go func() {
			for q := range requests {
				q.Reply(q.Type == "subsystem", nil)
			}
		}()
		t := &tree{r, c}
		s := sftp.NewRequestServer(ch, sftp.Handlers{FileGet: t, FilePut: t, FileCmd: t, FileList: t})
		s.Serve()
		s.Close()
	}
}

// tree is the receiver's folder as the root of a server.
type tree struct {
	r    *Receiver
	conn net.Conn
}

func (t *tree) at(q string) string { return filepath.Join(t.r.Dir, filepath.Clean("/"+q)) }

func (t *tree) Fileread(q *sftp.Request) (io.ReaderAt, error) { return os.Open(t.at(q.Filepath)) }

func (t *tree) Filewrite(q *sftp.Request) (io.WriterAt, error) {
	flags := os.O_WRONLY | os.O_CREATE
	if q.Pflags().Excl {
		flags |= os.O_EXCL
	}
	f, err := os.OpenFile(t.at(q.Filepath), flags, 0o600)
	if err != nil {
		return nil, err
	}
	return &slow{f, t}, nil
}

// slow writes until there is no room, or the connection ends.
type slow struct {
	*os.File
	t *tree
}

func (s *slow) WriteAt(b []byte, at int64) (int, error) {
	fits, cut := s.t.r.room(at, int64(len(b)))
	switch {
	case cut:
		s.t.conn.Close()
		return 0, io.ErrUnexpectedEOF
	case !fits:
		return 0, sftp.ErrSSHFxFailure
	}
	return s.File.WriteAt(b, at)
}

func (t *tree) Filecmd(q *sftp.Request) error {
	switch q.Method {
	case "Rename":
		if _, err := os.Lstat(t.at(q.Target)); err == nil {
			return sftp.ErrSSHFxFailure
		}
		return os.Rename(t.at(q.Filepath), t.at(q.Target))
	case "Remove":
		return os.Remove(t.at(q.Filepath))
	case "Setstat":
		return nil
	}
	return sftp.ErrSSHFxOpUnsupported
}

func (t *tree) Filelist(q *sftp.Request) (sftp.ListerAt, error) {
	if q.Method != "List" {
		info, err := os.Lstat(t.at(q.Filepath))
		return infos{info}, err
	}
	entries, err := os.ReadDir(t.at(q.Filepath))
	if err != nil {
		return nil, err
	}
	var list infos
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			list = append(list, info)
		}
	}
	return list, nil
}

type infos []fs.FileInfo

func (l infos) ListAt(to []fs.FileInfo, from int64) (int, error) {
	if from >= int64(len(l)) {
		return 0, io.EOF
	}
	n := copy(to, l[from:])
	if n < len(to) {
		return n, io.EOF
	}
	return n, nil
}
