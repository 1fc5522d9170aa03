// Package formattest is what the tests of all formats of definitions ask of one.
package formattest

import (
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samband/store"
	"samband/store/text"
)

// Read is the importer of a format.
type Read func(data []byte) (*store.Dictionary, error)

// Counts say what a file of definitions holds. Codes counts those of all lists, and Missing those of them that stand
// for no answer. Required and Defects count by kind.
type Counts struct {
	Variables, Codes, Missing, Computed, Identifiers, Units, Limits, Conditions int
	Types                                                                       map[store.VarType]int
	Required                                                                    map[store.Need]int
	Defects                                                                     map[store.Code]int
}

// Of counts what a dictionary holds.
func Of(d *store.Dictionary) Counts {
	c := Counts{Variables: len(d.Variables), Types: map[store.VarType]int{}, Required: map[store.Need]int{},
		Defects: map[store.Code]int{}}
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	for _, v := range d.Variables {
		c.Types[v.Type]++
		c.Required[v.Required]++
		c.Codes += len(v.Codes)
		for _, o := range v.Codes {
			count(&c.Missing, o.Missing)
		}
		count(&c.Computed, v.Computed)
		count(&c.Identifiers, v.Identifier)
		count(&c.Units, v.Unit != "")
		count(&c.Limits, v.Min != nil || v.Max != nil || v.PlausibleMin != nil || v.PlausibleMax != nil || v.From != "" || v.To != "")
		count(&c.Conditions, v.Condition != "")
	}
	for _, x := range d.Defects {
		c.Defects[x.Code]++
	}
	return c
}

// File reads a file of testdata and holds what it counts against what is expected.
func File(t *testing.T, name string, read Read, want Counts) *store.Dictionary {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	d, err := read(data)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	Whole(t, d, nil)
	got := Of(d)
	if !maps.Equal(got.Types, want.Types) || !maps.Equal(got.Required, want.Required) || !maps.Equal(got.Defects, want.Defects) {
		t.Errorf("%s counts\n%+v, not\n%+v", name, got, want)
	}
	got.Types, got.Required, got.Defects, want.Types, want.Required, want.Defects = nil, nil, nil, nil, nil, nil
	if got.Variables != want.Variables || got.Codes != want.Codes || got.Missing != want.Missing || got.Computed != want.Computed ||
		got.Identifiers != want.Identifiers || got.Units != want.Units || got.Limits != want.Limits || got.Conditions != want.Conditions {
		t.Errorf("%s counts\n%+v, not\n%+v", name, got, want)
	}
	return d
}

// Variable gives the variable of that form and name; the test fails without it.
func Variable(t *testing.T, d *store.Dictionary, form, name string) store.Definition {
	t.Helper()
	for _, v := range d.Variables {
		if v.Form == form && v.Name == name {
			return v
		}
	}
	t.Fatalf("there is no %s in %s", name, form)
	return store.Definition{}
}

// Whole holds what is true of whatever an importer gives, for any file.
func Whole(t testing.TB, d *store.Dictionary, err error) {
	t.Helper()
	if err != nil {
		if d != nil || store.ClassOf(err) != store.Invalid || !text.Has("error."+string(store.CodeOf(err))) {
			t.Fatalf("a file is refused with %v (class %d), and gives %v", err, store.ClassOf(err), d)
		}
		return
	}
	if n := len(d.Variables); n == 0 || n > store.MaxDefinitions || d.Format == "" || len(d.Defects) > store.MaxDefects {
		t.Fatalf("%d variables of format %q, %d defects", n, d.Format, len(d.Defects))
	}
	seen := map[[2]string]bool{}
	for _, v := range d.Variables {
		key := [2]string{v.Form, v.Name}
		if v.Name == "" || seen[key] || v.Name != strings.TrimSpace(v.Name) {
			t.Fatalf("row %d: %q of form %q is no name of its own", v.Row, v.Name, v.Form)
		}
		seen[key] = true
		if !slices.Contains(store.VarTypes, v.Type) {
			t.Fatalf("%s is of type %q", v.Name, v.Type)
		}
		if !slices.Contains([]store.Need{store.NeedYes, store.NeedNo, store.NeedIf, store.NeedUnknown}, v.Required) {
			t.Fatalf("%s is required %q", v.Name, v.Required)
		}
		ordered(t, v.Name, v.Min, v.Max)
		ordered(t, v.Name, v.PlausibleMin, v.PlausibleMax)
		codes := map[string]bool{}
		for _, o := range v.Codes {
			if codes[o.Code] {
				t.Fatalf("%s has the code %q twice", v.Name, o.Code)
			}
			codes[o.Code] = true
		}
	}
	for _, x := range d.Defects {
		if !text.Has("defect." + string(x.Code)) {
			t.Fatalf("the defect %s has no text", x.Code)
		}
		if s := text.Fill(text.NB, "defect."+string(x.Code), x.Args); strings.Contains(s, "⟨") {
			t.Fatalf("the defect %s lacks something: %s", x.Code, s)
		}
	}
}

func ordered(t testing.TB, name string, low, high *float64) {
	t.Helper()
	for _, f := range []*float64{low, high} {
		if f != nil && (math.IsNaN(*f) || math.IsInf(*f, 0)) {
			t.Fatalf("%s has the limit %v", name, *f)
		}
	}
	if low != nil && high != nil && *low > *high {
		t.Fatalf("%s goes from %v to %v", name, *low, *high)
	}
}

// Fuzz runs a fuzz test of an importer, with the files of testdata and more as seeds. Looking at the beginning of a
// file must never fail either.
func Fuzz(f *testing.F, read Read, looks func(name string, data []byte) bool, more ...string) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if !looks(filepath.Base(name), data) {
			f.Errorf("%s isn't recognised", name)
		}
		f.Add(data)
		f.Add(data[:len(data)/2])
	}
	for _, s := range append(more, "", "\x00", "\xff\xfea\x00", "\xef\xbb\xbf") {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		looks("x", data)
		d, err := read(data)
		Whole(t, d, err)
	})
}

// Refused holds that files give an error of a code.
func Refused(t *testing.T, read Read, files map[string]store.Code) {
	t.Helper()
	for data, want := range files {
		d, err := read([]byte(data))
		if got := store.CodeOf(err); got != want {
			t.Errorf("%.60q gives %q (%v), not %q", data, got, err, want)
		}
		if err != nil {
			Whole(t, d, err)
		}
	}
}
