package command

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"samband/jobs"
	"samband/jobs/privacy"
	"samband/jobs/privacy/packet"
	"samband/store"
	"samband/store/auditlog"
	"samband/store/text"
)

// recipient is somebody with keys of their own and no installation.
type recipient struct {
	t     *testing.T
	dir   string
	clock *store.FakeClock
}

func newRecipient(t *testing.T) *recipient {
	return &recipient{t, t.TempDir(), store.NewFakeClock(time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC))}
}

func (r *recipient) call(args ...string) (code int, out, problems string) {
	r.t.Helper()
	var o, p bytes.Buffer
	env := &Env{Dir: r.dir, Config: jobs.Config{Clock: r.clock}, Lang: text.NB, Actor: "mottaker", Stdin: strings.NewReader(""), Stdout: &o, Stderr: &p}
	if !Alone(args, false) {
		r.t.Error("wants an installation")
	}
	return Execute(r.t.Context(), env, args), o.String(), p.String()
}

func (r *recipient) write(name string, b []byte) {
	r.t.Helper()
	if err := os.WriteFile(filepath.Join(r.dir, name), b, 0o600); err != nil {
		r.t.Fatal(err)
	}
}

func (r *recipient) read(name string) string {
	b, err := os.ReadFile(filepath.Join(r.dir, name))
	if err != nil {
		return ""
	}
	return string(b)
}

// send makes a transport of three persons for the recipient, in files with the ending given, and gives the link id of the
// first.
func (r *recipient) send(public map[string]string, run, ending string) privacy.LinkID {
	r.t.Helper()
	to := map[string][]age.Recipient{}
	for half, key := range public {
		if half == "folder" {
			continue
		}
		x, err := age.ParseRecipients(strings.NewReader(key))
		if err != nil {
			r.t.Fatal(err)
		}
		to[half] = x
	}
	of := privacy.RunOf{Run: run, Registry: "hjerte", Integration: "nasjonalt"}
	link := bytes.Repeat([]byte{4}, 32)
	w, err := packet.NewWriter(packet.Options{Of: of, LinkKey: link, LinkVersion: 1, Mapping: 2, Consent: "c-1", ScopeHash: "s",
		IdentityFields: []string{"number", "name"}, HealthFields: []string{"diagnosis", "note"}, Identity: to["identity"], Health: to["health"],
		Joiner: to["manifest"], Signing: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{5}, 32)), Clock: r.clock, IDs: store.RandomIDs{},
		Scratch: packet.ScratchDir(r.t.TempDir())})
	if err != nil {
		r.t.Fatal(err)
	}
	defer w.Close()
	for i, name := range []string{"Kari", "Åse; født Lie", `Ola "O"`} {
		p := fmt.Append(nil, i)
		w.Identity.Person(p, []string{fmt.Sprintf("1783713015%d", i), name}, nil)
		w.Health.Record(p, p, []string{"I21.9", ""}, []bool{false, true})
	}
	w.Health.Record([]byte("0"), []byte("x"), []string{"C61", "to\nlinjer"}, nil)
	var i, h, m bytes.Buffer
	if _, err := w.Finish(&i, &h, &m); err != nil {
		r.t.Fatal(err)
	}
	r.write("i"+ending, i.Bytes())
	r.write("h"+ending, h.Bytes())
	r.write("m"+ending, m.Bytes())
	key, err := privacy.NewRunKey(link, of)
	if err != nil {
		r.t.Fatal(err)
	}
	return key.Link([]byte("0"))
}

func TestReceive(t *testing.T) {
	r := newRecipient(t)
	take := func(ending string, more ...string) (int, string, string) {
		return r.call(append([]string{"receive", "--keys", "keys", "--identity", "i" + ending, "--health", "h" + ending, "--manifest", "m" + ending}, more...)...)
	}
	refuses := func(want store.Code, ending string, more ...string) {
		t.Helper()
		code, out, problems := take(ending, append(more, "--json")...)
		var f failure
		if err := json.Unmarshal([]byte(out), &f); err != nil || code != ExitRefused || f.Error != want || strings.Contains(problems, "⟨") {
			t.Errorf("%s: %d %s %s %v", want, code, out, problems, err)
		}
		if r.read("out.csv") != "" {
			t.Errorf("%s: rows were written", want)
		}
	}
	code, out, problems := r.call("receive", "keygen", "keys", "--json")
	var public map[string]string
	if err := json.Unmarshal([]byte(out), &public); err != nil || code != ExitOK {
		t.Fatal(code, out, problems, err)
	}
	for _, half := range []string{"identity", "health", "manifest"} {
		info, err := os.Stat(filepath.Join(r.dir, "keys", half+".key"))
		if err != nil || info.Mode().Perm() != 0o400 || r.read("keys/"+half+".pub") != public[half]+"\n" || strings.Contains(out, "SECRET") {
			t.Errorf("%s: %v %v", half, info, err)
		}
	}
	if code, _, _ := r.call("receive", "keygen", "keys"); code != ExitRefused {
		t.Errorf("keys over keys: %d", code)
	}
	if code, out, _ := r.call("receive", "keygen", "more"); code != ExitOK || !strings.Contains(out, "sender.pub") || strings.Contains(out, "SECRET") {
		t.Errorf("%d %s", code, out)
	}

	first := r.send(public, "run-1", "1")
	refuses("packet.keys", "1", "--out", "out.csv") // nobody is believed yet
	stranger, err := auditlog.NewSigner(bytes.Repeat([]byte{6}, 32))
	if err != nil {
		t.Fatal(err)
	}
	r.write("keys/sender.pub", []byte(stranger.Verifier().String()+"\n"))
	refuses("packet.signature", "1", "--out", "out.csv")
	sender, err := auditlog.NewSigner(bytes.Repeat([]byte{5}, 32))
	if err != nil {
		t.Fatal(err)
	}
	r.write("keys/sender.pub", []byte("# the hospital\n"+stranger.Verifier().String()+"\n"+sender.Verifier().String()+"\n"))
	r.write("bad.txt", []byte("17837130158\n"))
	refuses("packet.denied", "1", "--out", "out.csv", "--deny", "bad.txt")
	r.clock.Advance(73 * time.Hour)
	refuses("packet.expired", "1", "--out", "out.csv")
	r.clock.Advance(-73 * time.Hour)

	code, out, problems = take("1", "--out", "out.csv", "--json")
	var got received
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != ExitOK || got.Rows != 4 || got.Persons != 3 || got.Run != "run-1" || got.Consent != "c-1" {
		t.Fatal(code, out, problems, err)
	}
	lines := strings.SplitAfter(r.read("out.csv"), "\n")
	if lines[0] != "record;number;name;diagnosis;note\n" || !strings.Contains(r.read("out.csv"), `;17837130151;"Åse; født Lie";I21.9;`+"\n") ||
		!strings.Contains(r.read("out.csv"), "78;17837130150;Kari;C61;\"to\nlinjer\"\n") {
		t.Error(r.read("out.csv"))
	}
	os.Remove(filepath.Join(r.dir, "out.csv"))
	refuses("packet.replayed", "1", "--out", "out.csv")
	if n := strings.Count(r.read("keys/ledger.txt"), "\n"); n != 2 {
		t.Errorf("%d packets are noted", n)
	}

	// The halves apart, without a person whose consent was withdrawn.
	second := r.send(public, "run-2", "2")
	if first == second {
		t.Error("two runs share a link id")
	}
	r.write("deny.txt", []byte(second.String()+"\n\n"))
	code, out, problems = take("2", "--out-identity", "who.csv", "--out-health", "what.csv", "--deny", "deny.txt")
	if code != ExitOK || !strings.Contains(out, "2 rader om 2 personer") || !strings.Contains(out, "Utelatt: 1 person") {
		t.Fatal(code, out, problems)
	}
	who, what := r.read("who.csv"), r.read("what.csv")
	if strings.Contains(who, "Kari") || strings.Count(who, "\n") != 3 || strings.Count(what, "\n") != 3 || strings.Contains(what, "17837") ||
		strings.Contains(who, "I21") || !strings.HasPrefix(who, "person;number;name\n") || !strings.HasPrefix(what, "record;person;diagnosis;note\n") {
		t.Error(who, what)
	}

	r.send(public, "run-3", "3")
	os.Chmod(filepath.Join(r.dir, "keys", "health.key"), 0o440)
	refuses("packet.keys", "3", "--out", "out.csv")
	for _, args := range [][]string{{"receive"}, {"receive", "--keys", "keys"}, {"receive", "keygen"}, {"receive", "other", "x"}, {"receive", "keygen", "x", "--out", "y"},
		{"receive", "--keys", "k", "--identity", "i", "--health", "h", "--manifest", "m"},
		{"receive", "--keys", "k", "--identity", "i", "--health", "h", "--manifest", "m", "--out", "o", "--out-health", "p"},
		{"receive", "--keys", "k", "--identity", "i", "--health", "h", "--manifest", "m", "--out-identity", "p", "--out-health", "p"}} {
		if code, _, problems := r.call(args...); code != ExitUsage || !strings.Contains(problems, "samband receive") {
			t.Errorf("%v: %d %s", args, code, problems)
		}
	}
}
