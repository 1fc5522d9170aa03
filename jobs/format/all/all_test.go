package all

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samband/jobs/format/formattest"
	"samband/jobs/format/xlsx/xlsxtest"
	"samband/store"
)

// fixtures gives the files of every format, by name.
func fixtures(t testing.TB) map[string]File {
	t.Helper()
	paths, err := filepath.Glob("../*/testdata/*.*")
	if err != nil || len(paths) < 14 {
		t.Fatalf("%d fixtures, %v", len(paths), err)
	}
	files := map[string]File{}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.ToSlash(p)] = File{Name: filepath.Base(p), Data: data}
	}
	return files
}

// TestEveryFixtureIsFound: each file is found to be of the format that its name begins with, reads the same when the
// format is named, and out of a zip.
func TestEveryFixtureIsFound(t *testing.T) {
	seen := map[string]bool{}
	for path, f := range fixtures(t) {
		format := f.Name[:strings.IndexAny(f.Name, "-.")]
		if folder := strings.Split(path, "/")[1]; folder != format && folder != "all" || !slices.Contains(Names(), format) {
			t.Errorf("%s hasn't its format in its name", path)
		}
		found, err := Read("", []File{f})
		if err != nil || found.Format != format {
			t.Errorf("%s: %v", path, err)
			continue
		}
		formattest.Whole(t, found, nil)
		named, err := Read(format, []File{f})
		if err != nil || len(named.Variables) != len(found.Variables) || len(named.Defects) != len(found.Defects) {
			t.Errorf("%s read as %s: %v", path, format, err)
		}
		zipped, err := Read("", []File{{Name: "pakke.zip", Data: xlsxtest.Zip(t, []string{"__MACOSX/._x", "mappe/" + f.Name, ".DS_Store"}, nil, f.Data, nil)}})
		if strings.HasSuffix(f.Name, ".zip") {
			if err == nil {
				t.Errorf("%s is read out of a zip in a zip", path)
			}
		} else if err != nil || len(zipped.Variables) != len(found.Variables) {
			t.Errorf("%s in a zip: %v", path, err)
		}
		seen[format] = true
	}
	for _, name := range Names() {
		if !seen[name] {
			t.Errorf("%s has no fixture", name)
		}
	}
}

// TestOneAmongOthers: a guide that comes in the same zip does no harm; a file that nothing uses and two codebooks do.
func TestOneAmongOthers(t *testing.T) {
	all := fixtures(t)
	mrs, csv := all["../mrs/testdata/mrs-2018.xlsx"], all["../redcap/testdata/redcap.csv"]
	guide := File{Name: "Les meg.txt", Data: []byte("Veiledning")}
	other := File{Name: "Andre.xlsx", Data: xlsxtest.Book(t, xlsxtest.Sheet{Name: "A", Rows: [][]any{{"b"}}})}
	zipped := File{Name: "a.zip", Data: xlsxtest.Zip(t, []string{guide.Name, "kodebok.xlsx"}, guide.Data, mrs.Data)}
	d, err := Read("", []File{zipped})
	if err != nil || d.Format != "mrs" || !slices.ContainsFunc(d.Defects, func(x store.Defect) bool {
		return x.Code == "dictionary.unused_file" && x.Args["file"] == guide.Name
	}) {
		t.Errorf("a guide in the zip: %v", err)
	}
	odm := all["../odm/testdata/odm-1.3.xml"]
	both := File{Name: "b.zip", Data: xlsxtest.Zip(t, []string{"a.csv", "b.xlsx"}, csv.Data, mrs.Data)}
	for name, x := range map[string]struct {
		format string
		files  []File
		want   store.Code
	}{
		"a guide beside": {"", []File{mrs, guide}, "dictionary.unused_file"}, "another workbook beside": {"mrs", []File{other, mrs}, "dictionary.unused_file"},
		"of two formats": {"", []File{odm, csv}, "dictionary.several_books"}, "of two formats in a zip": {"", []File{both}, "dictionary.several_books"},
		"of two formats, one named": {"odm", []File{odm, csv}, "dictionary.several_books"}, "an empty file": {"", []File{{Name: "a.xlsx"}}, "dictionary.empty_file"},
		"UTF-16 without a mark": {"", []File{{Name: "a.csv", Data: []byte("n\x00a\x00v\x00n\x00;\x00")}}, "dictionary.utf16"},
		"two of a format":       {"", []File{mrs, all["../mrs/testdata/mrs-2021.xlsx"]}, "dictionary.several_files"}, "unknown name": {"spss", []File{csv}, "dictionary.format"},
		"nothing": {"", nil, "dictionary.empty"}, "a text": {"", []File{guide}, "dictionary.unknown_format"}, "another workbook": {"", []File{other}, "dictionary.unknown_format"},
		"named, but not so": {"mrs", []File{other}, "dictionary.sheet_columns"}, "a CSV as a workbook": {"mrs", []File{csv}, "xlsx.not"},
		"named among several": {"mrs", []File{guide, other}, "dictionary.unknown_format"}, "a schema that is missing": {"kreftregisteret", []File{mrs}, "package.no_schema"},
		"locked":       {"", []File{{Name: "a.xlsx", Data: []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")}}, "xlsx.encrypted"},
		"an empty zip": {"", []File{{Name: "a.zip", Data: xlsxtest.Zip(t, nil)}}, "dictionary.empty"},
	} {
		if _, err := Read(x.format, x.files); store.CodeOf(err) != x.want || store.ClassOf(err) != store.Invalid {
			t.Errorf("%s: %v, not %s", name, err, x.want)
		}
	}
}

// TestWorkbookOfAPackageAlone is told from a plain table, which its header is too.
func TestWorkbookOfAPackageAlone(t *testing.T) {
	head := []any{"Feltnavn", "Visningsverdier", "Lagrings-verdi", "Datatype", "Obligatorisk", "XML Schema"}
	book := xlsxtest.Book(t, xlsxtest.Sheet{Name: "Utredning", Rows: [][]any{{"Tittel"}, head, {"Navn", nil, nil, "string", "Ja", "M/Navn"}}})
	if _, err := Read("", []File{{Name: "Kravspekk.xlsx", Data: book}}); store.CodeOf(err) != "package.no_schema" {
		t.Error(err)
	}
}

// TestPlainWorkbook reads tables of definitions from a workbook, hidden sheets left out.
func TestPlainWorkbook(t *testing.T) {
	head := []any{"Navn", "Ledetekst", "Type"}
	book := xlsxtest.Book(t, xlsxtest.Sheet{Name: "Innkomst", Rows: [][]any{{"Kodebok 2026"}, head, {"hoyde", "Høyde", "tall"}, {" vekt ", "Vekt", "tall"}}, Merged: [][2]string{{"A1", "C1"}}},
		xlsxtest.Sheet{Name: "Kontroll", Rows: [][]any{head, {"hoyde", "Høyde", "tekst"}}}, xlsxtest.Sheet{Name: "Lister", Hidden: true, Rows: [][]any{head, {"x", "X", "tekst"}}})
	d, err := Read("", []File{{Name: "plain.xlsx", Data: xlsxtest.File(t, "plain.xlsx", book)}})
	if err != nil {
		t.Fatal(err)
	}
	formattest.Whole(t, d, nil)
	if d.Format != "plain" || len(d.Variables) != 3 || d.Variables[1].Name != "vekt" || d.Variables[2].Form != "Kontroll" || d.Variables[2].Type != store.VarText {
		t.Errorf("%+v", d)
	}
}

// TestBombs: what unpacks to more than it may is refused before it is unpacked.
func TestBombs(t *testing.T) {
	zeros := make([]byte, MaxUnpacked/4+1)
	names := []string{"a.csv", "b.csv", "c.csv", "d.csv"}
	bomb := xlsxtest.Zip(t, names, zeros, zeros, zeros, zeros)
	if len(bomb) > 1<<20 {
		t.Fatalf("the bomb is %d bytes", len(bomb))
	}
	if _, err := Read("", []File{{Name: "a.zip", Data: bomb}}); store.CodeOf(err) != "dictionary.unpacked" {
		t.Error(err)
	}
	many, empty := make([]string, MaxFiles*10+1), make([][]byte, MaxFiles*10+1)
	for i := range many {
		many[i] = strings.Repeat("a", i%100+1)
	}
	for _, n := range []int{MaxFiles + 1, MaxFiles*10 + 1} {
		if _, err := Read("", []File{{Name: "a.zip", Data: xlsxtest.Zip(t, many[:n], empty[:n]...)}}); store.CodeOf(err) != "dictionary.files" {
			t.Errorf("%d files: %v", n, err)
		}
	}
	locked := xlsxtest.Zip(t, []string{"a.csv"}, []byte("navn;type\na;tall\n"))
	at := strings.LastIndex(string(locked), "PK\x01\x02")
	locked[at+8] |= 1 // encrypted, says the directory
	locked[at+10] = 99
	if _, err := Read("", []File{{Name: "a.zip", Data: locked}}); store.CodeOf(err) != "dictionary.zip" {
		t.Error(err)
	}
}

// FuzzRead holds that whatever is uploaded is refused with a code or read into whole variables of the format found.
func FuzzRead(f *testing.F) {
	for _, x := range fixtures(f) {
		f.Add(x.Data)
	}
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read("", []File{{Name: "x", Data: data}})
		formattest.Whole(t, d, err)
		if err == nil && !slices.Contains(Names(), d.Format) {
			t.Fatalf("format %q", d.Format)
		}
	})
}
