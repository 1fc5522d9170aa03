package handover

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"samband/jobs/connector"
	"samband/store"
)

// Channel carries files to one receiver, whatever lies between (register-solutions.md section 7). A file goes over whole
// or not at all, and handing over again what is there already changes nothing. Methods may be called from one goroutine
// at a time, and stop within 2 s when ctx ends. Errors have a code; class Unavailable says that trying again can help.
type Channel interface {
	// Test tries the way without handing over anything.
	Test(ctx context.Context) error
	// Put hands over a file. Conflict "channel.other_content": the receiver has another under the name.
	Put(ctx context.Context, f File) error
	// Receipt tells what the receiver says of a file that was handed over. Of several that say the same one counts.
	Receipt(ctx context.Context, f File) (Receipt, error)
	// Place is where files go, without anything secret: two channels with one place are one way.
	Place() string
	io.Closer
}

// File is what goes over a channel.
type File struct {
	Name   string // letters, digits, dot, hyphen: nothing that could lead elsewhere
	SHA256 string // of the content, in lower-case hexadecimal digits
	Bytes  int64
	Open   func() (io.ReadCloser, error)
}

// Receipt is the receiver's word for a file. The zero value is none yet.
type Receipt struct {
	State ReceiptState
	ID    string // the receiver's own name of it; "" when it gives none
	At    time.Time
}

// ReceiptState is what a receiver says.
type ReceiptState string

const (
	ReceiptNone    ReceiptState = ""
	ReceiptTaken   ReceiptState = "taken"
	ReceiptRefused ReceiptState = "refused"
)

// ChannelOptions say which channel it is and what it is told. A channel with another address is another way, so addresses
// belong to what is approved; secrets don't.
type ChannelOptions struct {
	// Address decides the kind: file:///folder, sftp://user@host/folder or https://host/path.
	Address string
	// Receipts tells that the receiver gives receipts, and that nothing counts as taken without one. Without it the name
	// that a file got in a folder is the proof. Over HTTPS there is always one.
	Receipts bool
	// HostKey pins the other side of SFTP: a line as in known_hosts without the host ("ssh-ed25519 AAAA…"), or the
	// fingerprint SHA256:….
	HostKey string
	// Secret gives key (SFTP: private key in PEM; HTTPS: certificate and key in PEM), ca (HTTPS: the authorities that the
	// other side's certificate must come from, in PEM) and token (HTTPS). One that isn't there is "".
	Secret  func(name string) (string, error)
	Network connector.Network
	Clock   store.Clock
}

// OpenChannel makes a channel. It checks the options and touches nothing outside.
func OpenChannel(o ChannelOptions) (Channel, error) {
	u, err := url.Parse(o.Address)
	if err != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, store.E(store.Invalid, "channel.address", nil)
	}
	if _, has := u.User.Password(); has {
		return nil, store.E(store.Invalid, "channel.address", nil)
	}
	if o.Clock == nil {
		o.Clock = store.SystemClock{}
	}
	if o.Secret == nil {
		o.Secret = func(string) (string, error) { return "", nil }
	}
	switch {
	case u.Scheme == "file" && u.Host == "" && path.IsAbs(u.Path):
		return &folder{path: path.Clean(u.Path), receipts: o.Receipts}, nil
	case u.Scheme == "sftp" && u.Hostname() != "" && u.User.Username() != "":
		return newSFTP(u, o)
	case u.Scheme == "https" && u.Hostname() != "" && u.User == nil:
		return newHTTPS(u, o)
	}
	return nil, store.E(store.Invalid, "channel.address", nil)
}

// SameWay tells whether two channels lead to one place, or one into the other: then whoever reads there has both halves.
func SameWay(a, b Channel) bool {
	x, y := strings.TrimSuffix(a.Place(), "/")+"/", strings.TrimSuffix(b.Place(), "/")+"/"
	return strings.HasPrefix(x, y) || strings.HasPrefix(y, x)
}

var fileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]{0,120}$`)

func (f *File) check() error {
	if sum, err := hex.DecodeString(f.SHA256); !fileName.MatchString(f.Name) || err != nil || len(sum) != sha256.Size || f.Open == nil {
		return store.E(store.Internal, "channel.file", nil)
	}
	return nil
}

// Names beside a file: it is written under another until it is whole, and a receipt may come more than once, each time
// under a name that begins like the file's and ends like a receipt's.
const (
	partEnd    = ".part"
	receiptEnd = ".receipt"
	maxReceipt = 4 << 10
)

func partOf(name string) string { return "." + name + partEnd }

// receiptsOf gives the names in a folder that are receipts for a file.
func receiptsOf(name string, all []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(n string) bool {
		return n != name+receiptEnd && !(strings.HasPrefix(n, name+".") && strings.HasSuffix(n, receiptEnd))
	})
}

// parseReceipt reads a receipt: lines of sha256=, result= (taken or refused) and, when the receiver has one, id=.
func parseReceipt(in io.Reader, want string) (r Receipt, err error) {
	text, err := io.ReadAll(io.LimitReader(in, maxReceipt))
	if err != nil {
		return r, err
	}
	sum := ""
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		switch key {
		case "sha256":
			sum = strings.ToLower(value)
		case "result":
			r.State = ReceiptState(value)
		case "id":
			r.ID = value
		}
	}
	if sum != want || r.State != ReceiptTaken && r.State != ReceiptRefused || len(r.ID) > 200 {
		return Receipt{}, errReceipt
	}
	return r, nil
}

// errReceipt is why a receipt doesn't count.
var errReceipt = errors.New("handover: a receipt that is for other content, or says nothing")

// agree puts receipts for one file together: those that say the same are one.
func agree(list []Receipt) (Receipt, error) {
	var one Receipt
	for _, r := range list {
		if one.State != ReceiptNone && r.State != one.State {
			return Receipt{}, store.E(store.Unavailable, "channel.receipts_unlike", nil)
		}
		if one.State == ReceiptNone || r.At.Before(one.At) {
			one = r
		}
	}
	return one, nil
}

// copied copies a file's content and refuses another than was said.
func (f *File) copied(ctx context.Context, to io.Writer) error {
	in, err := f.Open()
	if err != nil {
		return store.Wrap(err, store.Internal, "channel.file", nil)
	}
	defer in.Close()
	sum := sha256.New()
	n, err := io.Copy(to, io.TeeReader(stopping{ctx, in}, sum))
	if err != nil {
		return err
	}
	if n != f.Bytes || hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
		return store.E(store.Internal, "channel.file", nil)
	}
	return nil
}

// same tells whether content that lies with the receiver is the file's.
func (f *File) same(ctx context.Context, in io.Reader) (bool, error) {
	sum := sha256.New()
	n, err := io.Copy(sum, stopping{ctx, io.LimitReader(in, f.Bytes+1)})
	return n == f.Bytes && hex.EncodeToString(sum.Sum(nil)) == f.SHA256, err
}

// stopping reads until ctx ends.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

func (s stopping) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(b)
}

// trouble gives an error of a way its code, and leaves those that have one, and ctx's own.
func trouble(ctx context.Context, err error, code store.Code, place string) error {
	var known *store.Error
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &known):
		return err
	}
	return store.Wrap(err, store.Unavailable, code, store.Args{"place": place})
}
