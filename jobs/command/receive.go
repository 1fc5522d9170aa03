package command

import (
	"bufio"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"samband/jobs/format/csv"
	"samband/jobs/privacy"
	"samband/jobs/privacy/packet"
	"samband/store"
	"samband/store/auditlog"
	"samband/store/text"
)

// receive takes in a transport at its receiver: it checks and joins the two packets, or, as keygen, makes the receiver's
// keys. It needs no installation. With --json: received, or {"folder","identity","health","manifest"} with the public keys.
func receive(_ context.Context, env *Env, args []string) error {
	fs := flag.NewFlagSet("receive", flag.ContinueOnError)
	o := receiveOptions{}
	fs.StringVar(&o.keys, "keys", "", "")
	fs.StringVar(&o.identity, "identity", "", "")
	fs.StringVar(&o.health, "health", "", "")
	fs.StringVar(&o.manifest, "manifest", "", "")
	fs.StringVar(&o.out, "out", "", "")
	fs.StringVar(&o.outIdentity, "out-identity", "", "")
	fs.StringVar(&o.outHealth, "out-health", "", "")
	fs.StringVar(&o.deny, "deny", "", "")
	asJSON := fs.Bool("json", false, "")
	names, err := parse(env, fs, args, 0, 2)
	if err != nil {
		return err
	}
	if len(names) > 0 {
		if names[0] != "keygen" || len(names) != 2 || o != (receiveOptions{}) {
			return errUsage{text.T(env.Lang, "command.receive.how")}
		}
		return makeReceiverKeys(env, names[1], *asJSON)
	}
	apart := o.outIdentity != "" && o.outHealth != ""
	if o.keys == "" || o.identity == "" || o.health == "" || o.manifest == "" || apart == (o.out != "") ||
		!apart && o.outIdentity+o.outHealth != "" {
		return errUsage{text.T(env.Lang, "command.receive.how")}
	}
	if apart && env.path(o.outIdentity) == env.path(o.outHealth) {
		return errUsage{text.T(env.Lang, "command.dump.same")}
	}
	got, err := o.take(env)
	if err != nil {
		return err
	}
	if *asJSON {
		return printJSON(env.Stdout, got)
	}
	_, err = fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.receive.done", "rows", got.Rows, "persons", got.Persons, "run", got.Run))
	if got.Denied > 0 && err == nil {
		_, err = fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.receive.denied", "n", got.Denied))
	}
	return err
}

type receiveOptions struct {
	keys, identity, health, manifest string
	out, outIdentity, outHealth      string
	deny                             string
}

// received is what a transport came to.
type received struct {
	Run         string    `json:"run"`
	Registry    string    `json:"registry"`
	Integration string    `json:"integration"`
	ScopeHash   string    `json:"scope_hash"`
	Mapping     int       `json:"mapping"`
	Consent     string    `json:"consent"`
	Made        time.Time `json:"made"`
	Persons     int64     `json:"persons"`
	Rows        int64     `json:"rows"`
	Denied      int64     `json:"denied"`
	DeniedRows  int64     `json:"denied_rows"`
}

// Names of files in the folder of a receiver's keys.
const (
	ledgerFile = "ledger.txt"
	senderFile = "sender.pub"
)

// take checks and joins the packets, writes what comes of them, and then notes that they are taken: who dies before that
// is noted gets the same rows once more, under the same record keys.
func (o *receiveOptions) take(env *Env) (*received, error) {
	r := &packet.Receiver{Clock: env.Config.Clock, Scratch: packet.ScratchDir("")}
	var err error
	for name, to := range map[string]*[]age.Identity{"identity": &r.Identity, "health": &r.Health, "manifest": &r.Joiner} {
		if *to, err = readKey(env.path(filepath.Join(o.keys, name+".key"))); err != nil {
			return nil, err
		}
	}
	if r.Senders, err = readSenders(env.path(filepath.Join(o.keys, senderFile))); err != nil {
		return nil, err
	}
	if r.Deny, err = readDenied(env, o.deny); err != nil {
		return nil, err
	}
	ledger, err := packet.OpenLedger(env.path(filepath.Join(o.keys, ledgerFile)), r.Clock)
	if err != nil {
		return nil, err
	}
	defer ledger.Close()
	r.Ledger = ledger
	var files [3]*os.File
	for i, name := range []string{o.manifest, o.identity, o.health} {
		if files[i], err = os.Open(env.path(name)); err != nil {
			return nil, store.Wrap(err, store.Invalid, "command.file", store.Args{"file": name})
		}
		defer files[i].Close()
	}
	t, err := r.Open(files[0], files[1], files[2])
	if err != nil {
		return nil, err
	}
	defer t.Close()
	out, err := o.open(env, t)
	if err != nil {
		return nil, err
	}
	defer out.abandon()
	res, err := t.Join(out.row)
	if err != nil {
		return nil, err
	}
	if err := out.keep(); err != nil {
		return nil, err
	}
	if err := t.Done(); err != nil {
		return nil, err
	}
	m := t.Manifest
	return &received{Run: m.Run, Registry: m.Registry, Integration: m.Integration, ScopeHash: m.ScopeHash, Mapping: m.Mapping, Consent: m.Consent,
		Made: m.Made, Persons: res.Persons, Rows: res.Rows, Denied: res.Denied, DeniedRows: res.DeniedRows}, nil
}

// joinedFiles is where joined rows go: one file, or one for each half.
type joinedFiles struct {
	files            []*whole
	identity, health *csv.Writer // the same one when there is one file
}

// open begins the files, with their first lines.
func (o *receiveOptions) open(env *Env, t *packet.Transport) (_ *joinedFiles, err error) {
	out := &joinedFiles{}
	defer func() {
		if err != nil {
			out.abandon()
		}
	}()
	begin := func(name string, columns ...[]string) (*csv.Writer, error) {
		f, err := newWhole(env, name)
		if err != nil {
			return nil, err
		}
		out.files = append(out.files, f)
		w := csv.NewWriter(f, csv.Format{})
		return w, w.Row(slices.Concat(columns...)...)
	}
	if o.out != "" {
		out.health, err = begin(o.out, []string{"record"}, t.IdentityFields(), t.HealthFields())
		out.identity = out.health
		return out, err
	}
	if out.identity, err = begin(o.outIdentity, []string{"person"}, t.IdentityFields()); err != nil {
		return nil, err
	}
	out.health, err = begin(o.outHealth, []string{"record", "person"}, t.HealthFields())
	return out, err
}

func (f *joinedFiles) row(j *packet.Joined) error {
	record, link := hex.EncodeToString(j.Record), j.Link.String()
	if f.identity == f.health {
		return f.health.Row(slices.Concat([]string{record}, j.Identity, j.Health)...)
	}
	if j.First {
		if err := f.identity.Row(append([]string{link}, j.Identity...)...); err != nil {
			return err
		}
	}
	return f.health.Row(append([]string{record, link}, j.Health...)...)
}

func (f *joinedFiles) keep() error {
	err := f.health.Flush()
	if err == nil && f.identity != f.health {
		err = f.identity.Flush()
	}
	for _, x := range f.files {
		if err == nil {
			err = x.keep()
		}
	}
	return store.Wrap(err, store.Unavailable, "packet.scratch", nil)
}

func (f *joinedFiles) abandon() {
	for _, x := range f.files {
		x.abandon()
	}
}

// badKeys is what a key that can't be used gives; never the cause, which could show it.
func badKeys(path string) error {
	return store.E(store.Refused, "packet.keys", store.Args{"path": path})
}

func readKey(path string) ([]age.Identity, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, badKeys(path)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Mode().Perm()&0o077 != 0 {
		return nil, badKeys(path)
	}
	keys, err := age.ParseIdentities(f)
	if err != nil {
		return nil, badKeys(path)
	}
	return keys, nil
}

// readSenders reads the public keys of those whose manifests are believed, one a line, as Samband shows them.
func readSenders(path string) (keys []ed25519.PublicKey, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, badKeys(path)
	}
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		v, err := auditlog.NewVerifier(line)
		if err != nil {
			return nil, badKeys(path)
		}
		keys = append(keys, v.PublicKey())
	}
	if len(keys) == 0 {
		return nil, badKeys(path)
	}
	return keys, nil
}

// readDenied reads the link ids of persons to leave out, one a line; nil when no file is named.
func readDenied(env *Env, name string) (func(privacy.LinkID) bool, error) {
	if name == "" {
		return nil, nil
	}
	fail := func(err error) error { return store.Wrap(err, store.Invalid, "command.file", store.Args{"file": name}) }
	f, err := os.Open(env.path(name))
	if err != nil {
		return nil, fail(err)
	}
	defer f.Close()
	denied := map[privacy.LinkID]bool{}
	in := bufio.NewScanner(f)
	for in.Scan() {
		line := strings.TrimSpace(in.Text())
		link, ok := privacy.ParseLinkID(line)
		switch {
		case ok:
			denied[link] = true
		case line != "": // somebody would be let through for a slip of the pen
			return nil, store.E(store.Refused, "packet.denied", store.Args{"file": name})
		}
	}
	return func(l privacy.LinkID) bool { return denied[l] }, fail(in.Err())
}

// makeReceiverKeys makes the three keys of a receiver and tells their public halves. Keys that are there stay.
func makeReceiverKeys(env *Env, name string, asJSON bool) error {
	dir := env.path(name)
	public, err := packet.MakeKeys(dir)
	if err != nil {
		return err
	}
	public["folder"] = dir
	if asJSON {
		return printJSON(env.Stdout, public)
	}
	fmt.Fprintln(env.Stdout, text.T(env.Lang, "command.receive.keys", "path", dir))
	for _, half := range packet.KeyNames {
		fmt.Fprintf(env.Stdout, "\n%s:\n%s\n", half, public[half])
	}
	_, err = fmt.Fprintln(env.Stdout, "\n"+text.T(env.Lang, "command.receive.keys_next", "file", filepath.Join(dir, senderFile)))
	return err
}
