package store

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"log"
	"log/slog"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	texttemplate "text/template"

	"github.com/a-h/templ"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

// everyPrinting gives what each way of printing v makes of it: all verbs of fmt with flags, slog, JSON, XML, YAML,
// templates; v alone, behind a pointer, and inside other values.
func everyPrinting[T any](v T) []string {
	type Exported struct{ V T }
	type hidden struct{ v T } // fmt prints these fields without asking their methods
	type Nested struct{ H hidden }
	values := []any{v, &v, []T{v}, [1]T{v}, map[string]T{"k": v}, Exported{v}, &Exported{v}, hidden{v}, &hidden{v},
		Nested{hidden{v}}, []any{v}, []hidden{{v}}, map[string]hidden{"k": {v}}, Args{"n": v},
		struct{ V any }{v}, reflect.ValueOf(v)}
	if reflect.TypeFor[T]().Comparable() {
		m := reflect.MakeMap(reflect.MapOf(reflect.TypeFor[T](), reflect.TypeFor[int]()))
		m.SetMapIndex(reflect.ValueOf(v), reflect.ValueOf(1))
		values = append(values, m.Interface())
	}

	var out []string
	for _, x := range values {
		for verb := ' '; verb <= '~'; verb++ {
			for _, flags := range []string{"", "+", "#", "-", " ", "0", "30", "-30.3", "+.2", "# "} {
				out = append(out, fmt.Sprintf("%"+flags+string(verb), x))
			}
		}
		err := E(Invalid, "ident.length", Args{"n": x})
		extra := "no verb" // a variable, so that vet lets the mistake through
		out = append(out, fmt.Sprint(x), fmt.Sprintln(x), fmt.Sprintf(extra, x), fmt.Errorf("row: %v", x).Error(),
			err.Error(), fmt.Sprintf("%v", err), fmt.Sprintf("%+v", *err))

		var b bytes.Buffer
		opts := &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}
		for _, h := range []slog.Handler{slog.NewTextHandler(&b, opts), slog.NewJSONHandler(&b, opts)} {
			l := slog.New(h)
			l.Info("row", "n", x)
			l.With("n", x).WithGroup("g").Error("row", slog.Any("n", x), slog.Group("h", "n", x))
			l.Info(fmt.Sprint(x), "err", errors.New(fmt.Sprint(x)))
		}
		log.New(&b, "", 0).Printf("%v %d", x, x)
		json.NewEncoder(&b).Encode(x)
		xml.NewEncoder(&b).Encode(x)
		gob.NewEncoder(&b).Encode(x)
		func() {
			defer func() { fmt.Fprint(&b, recover()) }() // yaml panics on what it can't encode
			y, _ := yaml.Marshal(x)
			b.Write(y)
		}()
		func() {
			defer func() { fmt.Fprint(&b, recover()) }()
			panic(x)
		}()
		texttemplate.Must(texttemplate.New("t").Parse(`{{.}} {{printf "%d %x %q" . . .}} {{html .}} {{js .}}`)).Execute(&b, x)
		for _, c := range []templ.Component{templ.JSONScript("id", x), templ.JSFuncCall("f", x)} {
			c.Render(context.Background(), &b)
		}
		templ.RenderAttributes(context.Background(), &b, templ.Attributes{"title": fmt.Sprint(x), "data-x": x})
		htmltemplate.Must(htmltemplate.New("h").Parse(`<p title="{{.}}">{{.}}</p><script>var n = {{.}};</script>
			<a href="/?q={{.}}">`)).Execute(&b, x)
		out = append(out, b.String())
	}
	return out
}

// spellings gives the forms a clear text could leak in.
func spellings(clear string) []string {
	forms := []string{clear, base64.StdEncoding.EncodeToString([]byte(clear)), hex.EncodeToString([]byte(clear)),
		strings.ToUpper(hex.EncodeToString([]byte(clear))), fmt.Sprint([]byte(clear)),
		strings.Trim(fmt.Sprint([]byte(clear)), "[]"),
		strconv.QuoteToASCII(clear), fmt.Sprintf("% x", clear)}
	if n, err := strconv.ParseUint(clear, 10, 64); err == nil {
		forms = append(forms, fmt.Sprint(n), fmt.Sprintf("0x%x", n), fmt.Sprintf("%b", n), fmt.Sprintf("%o", n),
			fmt.Sprintf("%e", float64(n)))
	}
	return forms
}

func mustNotShow(t interface{ Fatalf(string, ...any) }, clear string, printed []string) {
	for _, form := range spellings(clear) {
		for _, s := range printed {
			if strings.Contains(s, form) {
				t.Fatalf("shows %q: %s", form, s)
			}
		}
	}
}

// identityTypes gives every type that names a person, by its name, made of a person number.
func identityTypes(t *testing.T, clear string) map[string]any {
	t.Helper()
	r := ParsePerson(clear, testRules, in2026)
	if r.Err != "" {
		t.Fatal(r.Err)
	}
	key, err := NewPersonKey(HNR, "4001031", r.Number)
	if err != nil {
		t.Fatal(err)
	}
	hpr, code := ParseHPR(clear[:9])
	if code != "" {
		t.Fatal(code)
	}
	return map[string]any{"PersonNumber": r.Number, "PersonKey": key, "IdentResult": r, "Secret": NewSecret(clear), "HPRNumber": hpr}
}

func TestMaskedTypesNeverShowDigits(t *testing.T) {
	for _, clear := range []string{"17837130158", "05834421250", "81234511270"} {
		all := identityTypes(t, clear)
		mustNotShow(t, clear, everyPrinting(all["PersonNumber"].(PersonNumber)))
		mustNotShow(t, clear, everyPrinting(all["PersonKey"].(PersonKey)))
		mustNotShow(t, clear, everyPrinting(all["IdentResult"].(IdentResult)))
		mustNotShow(t, clear, everyPrinting(all["Secret"].(Secret)))
		mustNotShow(t, strings.TrimLeft(clear[:9], "0"), everyPrinting(all["HPRNumber"].(HPRNumber)))
	}
	mustNotShow(t, "Danser, Line", everyPrinting(NewSecret("Danser, Line")))
}

// What names a person is masked, so that no type is forgotten above.
func TestMaskedTypesAreAllTested(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^type (\w+) struct \{\n\tmasked\n`).FindAllSubmatch(text, -1) {
			found = append(found, string(m[1]))
		}
	}
	slices.Sort(found)
	if tested := slices.Sorted(maps.Keys(identityTypes(t, "17837130158"))); !slices.Equal(found, tested) {
		t.Errorf("masked are %v, tested %v", found, tested)
	}
}

// A panic that nobody catches prints its value and the arguments of the functions on the stack.
func TestUncaughtPanicShowsNoDigits(t *testing.T) {
	const clear = "17837130158"
	all := identityTypes(t, clear)
	if name := os.Getenv("STORE_TEST_PANIC"); name != "" {
		dieOf(all[name])
	}
	for name := range all {
		cmd := exec.Command(os.Args[0], "-test.run=^TestUncaughtPanicShowsNoDigits$")
		cmd.Env = append(os.Environ(), "STORE_TEST_PANIC="+name, "GOTRACEBACK=all")
		out, err := cmd.CombinedOutput()
		if err == nil || !bytes.Contains(out, []byte("panic: ")) {
			t.Fatalf("%s: did not die: %v", name, err)
		}
		mustNotShow(t, clear, []string{string(out)})
		mustNotShow(t, clear[:9], []string{string(out)})
	}
}

//go:noinline
func dieOf(v any) { panic(v) }

func TestMaskedTypesNeverShowDigitsProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawNumber(t, 0)
		verb := rapid.Rune().Draw(t, "verb")
		flags := rapid.StringMatching(`[-+# 0]{0,3}[0-9]{0,2}(\.[0-9])?`).Draw(t, "flags")
		type hidden struct{ p PersonNumber }
		format := "%" + flags + string(verb)
		mustNotShow(t, p.Reveal(), []string{fmt.Sprintf(format, p), fmt.Sprintf(format, hidden{p}), fmt.Sprintf(format, &p)})
	})
}

// The mask itself is what stands there, not nothing and not an error of fmt.
func TestMaskIsShown(t *testing.T) {
	p := knownNumber("17837130158")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%b", "%t", "%e", "%U", "%c", "%20s"} {
		for _, v := range []any{p, &p, NewSecret("Line"), PersonNumber{}, Secret{}, PersonKey{}, IdentResult{}, HPRNumber{}} {
			if got := fmt.Sprintf(verb, v); got != Mask {
				t.Errorf("%s of %T: %s", verb, v, got)
			}
		}
	}
	j, err := json.Marshal(map[PersonNumber]Secret{p: NewSecret("Line")})
	if err != nil || string(j) != `{"[skjult]":"[skjult]"}` {
		t.Errorf("JSON: %s %v", j, err)
	}
	if err := json.Unmarshal([]byte(`"[skjult]"`), &p); err == nil {
		t.Error("a mask was read as a number")
	}
	if v := slog.AnyValue(p).Resolve(); v.Kind() != slog.KindString || v.String() != Mask {
		t.Errorf("slog: %v", v)
	}
	if p.String() != Mask || NewSecret("Line").String() != Mask {
		t.Error("String")
	}
}

func TestReveal(t *testing.T) {
	for _, clear := range []string{"00000000000", "99999999999", "05834421250"} {
		p, ok := PersonNumberOf(clear)
		if !ok || p.IsZero() || p.Reveal() != clear || string(p.AppendReveal([]byte("x"))) != "x"+clear {
			t.Errorf("%s does not come back", clear)
		}
	}
	for _, bad := range []string{"", "1783713015", "178371301580", "1783713015x", "1783713015 ", "١٧٨٣٧"} {
		if p, ok := PersonNumberOf(bad); ok || !p.IsZero() {
			t.Errorf("%q was taken", bad)
		}
	}
	if z := (PersonNumber{}); !z.IsZero() || z.Reveal() != "" || len(z.AppendReveal(nil)) != 0 || z.Masked() != Mask {
		t.Error("the zero number")
	}
	for clear, want := range map[string]string{"17837130158": "178371*****", "05834421250": "058344*****",
		"81234511270": Mask,
		"99000122390": Mask} {
		if got := knownNumber(clear).Masked(); got != want {
			t.Errorf("%s: %s", clear, got)
		}
	}
	a, b := NewSecret("Line "+strings.Repeat("x", 3)), NewSecret("Line xxx")
	if !a.Equal(b) || a.Equal(NewSecret("Line xxy")) || a.Reveal() != "Line xxx" || a.IsZero() {
		t.Error("secrets")
	}
	if z := NewSecret(""); !z.IsZero() || z.Reveal() != "" || !z.Equal(Secret{}) {
		t.Error("the empty secret")
	}
}
