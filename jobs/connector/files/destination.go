package files

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"samband/jobs/connector"
	"samband/jobs/format/csv"
	"samband/store"
)

// destination is a folder that a receiver fetches from.
type destination struct {
	folder, dataset string
	at              func(point string) // for tests of crashes; nil for nothing
}

var _ connector.Destination = (*destination)(nil)

// trouble says that the folder could not be written to.
func (d *destination) trouble(err error) error {
	return store.Wrap(err, store.Unavailable, "files.write", store.Args{"folder": d.folder})
}

// Test tells whether the folder is there and can be written to.
func (d *destination) Test(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r, err := os.OpenRoot(d.folder)
	if err != nil {
		return store.Wrap(err, store.Unavailable, "files.folder", store.Args{"folder": d.folder})
	}
	defer r.Close()
	return d.trouble(unix.Access(d.folder, unix.W_OK|unix.X_OK))
}

// Names of files that no receiver reads. Each attempt at a shipment has data of its own, so that one that was stopped and
// goes on when another has taken the run over can't lay hands on what that one writes.
func hidden(runID string) string           { return ".sending-" + runID + "-" }
func part(runID string, no int) string     { return hidden(runID) + strconv.Itoa(no) + ".csv" }
func void(runID string, no int) string     { return hidden(runID) + strconv.Itoa(no) + ".void" } // never gets a name any more
func claim(name string) string             { return ".sending-" + name }                         // keeps others from a name
func receipts(runID string, no int) string { return part(runID, no) + controlEnd }

// Open begins a shipment, or finds out what became of an earlier attempt at it: what it left half done is finished by
// doing all of it again.
func (d *destination) Open(ctx context.Context, s connector.Shipment) (connector.Sending, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := os.OpenRoot(d.folder)
	if err != nil {
		return nil, store.Wrap(err, store.Unavailable, "files.folder", store.Args{"folder": d.folder})
	}
	x := &sending{d: d, root: r, run: s.RunID}
	if err = x.begin(s); err != nil {
		r.Close()
		return nil, d.trouble(err)
	}
	return x, nil
}

// sending is one attempt at a shipment.
type sending struct {
	d    *destination
	root *os.Root
	run  string
	no   int // of the attempt, from 1
	made time.Time
	name string // that the file gets

	file  *os.File // nil when there is none any more
	out   *csv.Writer
	sum   hash.Hash
	rows  int64
	info  store.Delivery
	done  bool // by an earlier attempt
	named bool // the data have their name
}

func (x *sending) begin(s connector.Shipment) error {
	for {
		was, err := x.settle()
		switch {
		case err != nil:
			return err
		case was != nil:
			return x.finish(was)
		}
		x.file, err = x.create(part(x.run, x.no))
		if errors.Is(err, fs.ErrExist) { // another attempt has begun meanwhile
			continue
		}
		if err != nil {
			return err
		}
		x.made = s.Made.UTC()
		x.sum = sha256.New()
		x.out = csv.NewWriter(io.MultiWriter(x.file, x.sum), csv.Format{})
		return x.out.Row(s.Fields...)
	}
}

// settle finds out what became of the attempts before this one, and gives the receipt of that whose data have their name.
// The data of the others are made void, by the same step that would give them one: whoever comes second finds nothing.
func (x *sending) settle() (*receipt, error) {
	for x.no = 1; ; x.no++ {
		data, err := x.there(part(x.run, x.no))
		if err != nil {
			return nil, err
		}
		if data {
			if data, err = x.avoid(x.no); err != nil {
				return nil, err
			}
			if data {
				continue
			}
		}
		gone, err := x.there(void(x.run, x.no))
		if err != nil {
			return nil, err
		}
		was, err := x.readReceipt(x.no) // it was there before the data had their name
		switch {
		case err != nil:
			return nil, err
		case gone:
		case was != nil:
			return was, nil
		default:
			return nil, x.syncFolder()
		}
	}
}

// avoid makes the data of an attempt void, unless they have their name or are void already.
func (x *sending) avoid(no int) (done bool, err error) {
	err = x.root.Rename(part(x.run, no), void(x.run, no))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err == nil { // nothing of the rows stays
		err = x.put(void(x.run, no), "")
	}
	if err == nil {
		err = x.releaseNames()
	}
	return err == nil, err
}

// finish ends what an earlier attempt began, whose data have their name. When they are not there any more the receiver
// has fetched them, which it does only when it has seen the control file. The name is kept from others until that was so.
func (x *sending) finish(was *receipt) error {
	x.done, x.name = true, was.name
	x.info = store.Delivery{Name: was.name, SHA256: was.sha256, Stated: was.rows, Encoding: string(csv.UTF8)}
	for _, name := range []string{claim(x.name), x.name} {
		if there, err := x.there(name); err != nil || !there {
			return err
		}
	}
	return x.showControl()
}

func (x *sending) remove(names ...string) error {
	for _, n := range names {
		if err := x.root.Remove(n); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// releaseNames lets go of the names that attempts at this shipment have kept from others.
func (x *sending) releaseNames() error {
	names, err := x.list(claim(x.d.dataset + "_"))
	for _, n := range names {
		var text []byte
		if text, err = x.root.ReadFile(n); err == nil && string(text) == x.run {
			err = x.remove(n)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		err = nil
	}
	return err
}

// list gives the names in the folder that begin so.
func (x *sending) list(begin string) (names []string, err error) {
	f, err := x.root.Open(".")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, err := f.Readdirnames(-1)
	return slices.DeleteFunc(all, func(n string) bool { return !strings.HasPrefix(n, begin) }), err
}

// take finds a name that nobody else has, and keeps others from it: of data set, day and time, in the first second from
// when the run came to be that is free.
func (x *sending) take() error {
	for made := x.made; ; made = made.Add(time.Second) {
		day := made.Format("20060102")
		name := x.d.dataset + "_" + day + "_" + day + "_" + made.Format("20060102T150405") + ".csv"
		f, err := x.create(claim(name))
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			_, err = f.WriteString(x.run)
			err = errors.Join(err, f.Close())
		}
		if err != nil {
			return err
		}
		taken := false
		for _, n := range []string{name, name + controlEnd} {
			there, err := x.there(n)
			if err != nil {
				return err
			}
			taken = taken || there
		}
		if !taken {
			x.name = name
			return nil
		}
		if err := x.remove(claim(name)); err != nil {
			return err
		}
	}
}

func (x *sending) there(name string) (bool, error) {
	_, err := x.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// create makes a file of ours that is not there yet.
func (x *sending) create(name string) (*os.File, error) {
	return x.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|syscall.O_NOFOLLOW, 0o600)
}

func (x *sending) Taken() bool          { return x.done }
func (x *sending) Info() store.Delivery { return x.info }

// Send writes rows to the file that has no name yet.
func (x *sending) Send(ctx context.Context, records []connector.Record) ([]connector.Answer, error) {
	for i := range records {
		if i%100 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := x.out.Row(records[i].Values...); err != nil {
			return nil, x.d.trouble(err)
		}
		x.rows++
	}
	x.point("written")
	return nil, nil
}

func (x *sending) point(name string) {
	if x.d.at != nil {
		x.d.at(name)
	}
}

// Commit gives the file its name, and then the control file that completes it. Everything is on the disk before what
// follows it, so whatever moment the machine stops at, the receipt and the names that are there tell how far it came.
func (x *sending) Commit(ctx context.Context) error {
	if x.done {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return x.d.trouble(x.commit())
}

func (x *sending) commit() error {
	if err := x.out.Flush(); err != nil {
		return err
	}
	info, err := x.file.Stat()
	if err == nil {
		err = x.file.Sync()
	}
	if err == nil {
		err = x.file.Close()
	}
	if err != nil {
		return err
	}
	x.file = nil
	x.point("data on disk")
	if err := x.take(); err != nil {
		return err
	}
	x.point("name taken")
	x.info = store.Delivery{Name: x.name, SHA256: hex.EncodeToString(x.sum.Sum(nil)), Bytes: info.Size(), Stated: x.rows,
		Encoding: string(csv.UTF8)}
	if err := x.writeControl(receipts(x.run, x.no)); err != nil {
		return err
	}
	x.point("receipt on disk")
	if err := x.root.Rename(part(x.run, x.no), x.name); err != nil { // void, when another attempt has begun
		return err
	}
	x.named = true
	x.point("data named")
	if err := x.syncFolder(); err != nil {
		return err
	}
	return x.showControl()
}

// showControl lets the receiver see the control file. The receipt stays as it is until Acknowledged, because the receiver
// may take the files away at once: then it is all that tells that they were there.
func (x *sending) showControl() error {
	if err := x.writeControl(x.name + controlEnd); err != nil {
		return err
	}
	x.point("control named")
	return nil
}

// syncFolder puts the names of the folder on the disk.
func (x *sending) syncFolder() error {
	f, err := x.root.Open(".")
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// receipt is a control file that is not shown yet, or was.
type receipt struct {
	control
	name string
}

// writeControl writes the control file under a name.
func (x *sending) writeControl(name string) error {
	return x.put(name, fmt.Sprintf("rows=%d\nsha256=%s\nname=%s\n", x.info.Stated, x.info.SHA256, x.name))
}

// put writes a small file. It has its name only when it is whole and on the disk.
func (x *sending) put(name, text string) error {
	fresh := hidden(x.run) + rand.Text() + ".new"
	f, err := x.create(fresh)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = x.root.Rename(fresh, name)
	}
	if err == nil {
		err = x.syncFolder()
	}
	return err
}

// readReceipt gives the receipt of an attempt; nil when it didn't come so far.
func (x *sending) readReceipt(no int) (*receipt, error) {
	f, err := open(x.root, receipts(x.run, no), nil)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxControl))
	if err != nil {
		return nil, err
	}
	r := &receipt{}
	if r.control, err = parseControl(strings.NewReader(string(text))); err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "name="); ok {
			r.name = name
		}
	}
	if !strings.HasPrefix(r.name, x.d.dataset+"_") || strings.ContainsAny(r.name, "/\\") {
		return nil, errors.New("the receipt names no file of the data set")
	}
	return r, nil
}

// Acknowledged removes what was kept to answer Taken. What answers it goes last.
func (x *sending) Acknowledged(context.Context) error {
	names, err := x.list(hidden(x.run))
	if err == nil {
		err = x.releaseNames()
	}
	for _, last := range []bool{false, true} {
		for _, n := range names {
			if err == nil && strings.HasSuffix(n, controlEnd) == last {
				err = x.remove(n)
			}
		}
	}
	return x.d.trouble(err)
}

// Close removes the data when they have no name yet.
func (x *sending) Close() error {
	defer x.root.Close()
	if x.file != nil {
		x.file.Close()
		x.file = nil
	}
	if x.done || x.named {
		return nil
	}
	mine, err := x.avoid(x.no)
	if err == nil { // void, by this attempt or by another: alone the receipt would say that the data had their name
		err = x.remove(receipts(x.run, x.no))
	}
	if err == nil && mine { // nobody else will give them one
		err = x.remove(void(x.run, x.no))
	}
	return x.d.trouble(err)
}
