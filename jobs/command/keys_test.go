package command

import (
	"bytes"
	"net"
	"strings"
	"testing"

	"samband/store"
	"samband/store/text"
)

// TestKeysFromTheShell: the list says nothing of the keys themselves, a rotation counts, and what is asked for wrongly is refused.
func TestKeysFromTheShell(t *testing.T) {
	s := newShell(t, false)
	var list struct{ Keys []store.MasterKey }
	s.object(ExitOK, &list, "keys", "list")
	if len(list.Keys) < 6 || list.Keys[0].ID != "vault" || !list.Keys[0].Current {
		t.Errorf("%+v", list)
	}
	var made struct{ Version, Wrapped, Left int }
	s.object(ExitOK, &made, "keys", "rotate", "vault")
	if made.Version != 2 || made.Left != 0 {
		t.Errorf("%+v", made)
	}
	s.object(ExitOK, &made, "keys", "rotate", "vault", "--resume")
	if made.Version != 2 {
		t.Errorf("%+v", made)
	}
	if o := s.run("keys", "list"); o.code != ExitOK || !strings.Contains(o.said, "vault.2: laget ") {
		t.Errorf("%+v", o)
	}
	for _, c := range []struct {
		want int
		args []string
	}{{ExitRefused, []string{"keys", "rotate", "backup"}}, {ExitUsage, []string{"keys", "show"}}, {ExitRefused, []string{"keys", "retire", "vault", "2"}},
		{ExitUsage, []string{"keys", "retire", "vault", "to"}}, {ExitOK, []string{"keys", "retire", "vault", "1"}}} {
		if o := s.run(c.args...); o.code != c.want {
			t.Errorf("%v: %+v", c.args, o)
		}
	}
}

// TestLinkReadsStandardInput: numbers come by standard input, also when another process does the work, and never on the command line.
func TestLinkReadsStandardInput(t *testing.T) {
	s := newShell(t, true)
	var numbers []string
	for i := 0; len(numbers) < 2; i++ {
		if p, ok := store.SyntheticNumber("1931-03-04", i); ok {
			numbers = append(numbers, p.Reveal())
		}
	}
	link := func(in string, args ...string) output {
		t.Helper()
		var out, problems bytes.Buffer
		c, err := net.Dial("unix", s.socket)
		if err != nil {
			t.Fatal(err)
		}
		env := &Env{Dir: s.dir, Lang: text.NB, Actor: "drift", Stdout: &out, Stderr: &problems}
		code, err := HandOver(t.Context(), c, env, append([]string{"person", "link"}, args...), []byte(in))
		if err != nil {
			t.Fatal(err)
		}
		return output{code, out.String(), problems.String()}
	}
	pair := numbers[0] + ";" + numbers[1] + "\n"
	if o := link(pair, "--registry", "hjertekirurgi", "--dry-run"); o.code != ExitOK || !strings.Contains(o.said, "Ville knyttet: 1") {
		t.Errorf("%+v", o)
	}
	if o := link(pair, "--registry", "hjertekirurgi"); o.code != ExitOK || !strings.Contains(o.said, "Knyttet: 1.") || !strings.Contains(o.said, "registeret: 1") {
		t.Errorf("%+v", o)
	}
	if o := link(pair+numbers[0], "--registry", "hjertekirurgi"); o.code == ExitOK || !strings.Contains(o.error, "Linje 2") || strings.Contains(o.error, numbers[0]) {
		t.Errorf("%+v", o)
	}
	if o := link(pair, "--registry", "ukjent"); o.code == ExitOK {
		t.Errorf("%+v", o)
	}
	if !Reads("person") {
		t.Error("main does not send standard input")
	}
}
