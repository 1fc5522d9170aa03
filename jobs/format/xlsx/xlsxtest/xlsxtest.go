// Package xlsxtest writes workbooks for tests, and keeps the ones that are committed as files equal to what makes them.
package xlsxtest

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Sheet is a sheet to write. Texts, numbers, truth values and times become cells of their kind; nil none.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   [][]any
	Merged [][2]string // corners, such as {"A2", "G2"}
}

// Book gives a workbook of the sheets; the same sheets always give the same bytes.
func Book(t testing.TB, sheets ...Sheet) []byte {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	for i, s := range sheets {
		if i == 0 {
			check(f.SetSheetName("Sheet1", s.Name))
		} else {
			_, err := f.NewSheet(s.Name)
			check(err)
		}
		w, err := f.NewStreamWriter(s.Name)
		check(err)
		for n, row := range s.Rows {
			cell, err := excelize.CoordinatesToCellName(1, n+1)
			check(err)
			check(w.SetRow(cell, row))
		}
		for _, m := range s.Merged {
			check(w.MergeCell(m[0], m[1]))
		}
		check(w.Flush())
		if s.Hidden {
			check(f.SetSheetVisible(s.Name, false))
		}
	}
	b, err := f.WriteToBuffer()
	check(err)
	return sorted(t, b.Bytes())
}

// Lines gives a workbook of one sheet: a row for each line, its cells between tabs. It is fast, for fuzzing what stands in
// cells: of the bytes of a packed file nearly all changes only break the packing.
func Lines(t testing.TB, lines string) []byte {
	var sheet bytes.Buffer
	sheet.WriteString("<worksheet><sheetData>")
	for line := range strings.Lines(lines) {
		sheet.WriteString("<row>")
		for cell := range strings.SplitSeq(strings.TrimSuffix(line, "\n"), "\t") {
			sheet.WriteString(`<c t="inlineStr"><is><t>`)
			if err := xml.EscapeText(&sheet, []byte(cell)); err != nil {
				t.Fatal(err)
			}
			sheet.WriteString("</t></is></c>")
		}
		sheet.WriteString("</row>")
	}
	sheet.WriteString("</sheetData></worksheet>")
	return Parts(t, sheet.String(), "<sst/>", "<styleSheet/>")
}

// Parts gives a workbook of the least parts: a sheet, shared texts and styles, as XML.
func Parts(t testing.TB, sheet, texts, styles string) []byte {
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	return Zip(t, []string{"_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"},
		[]byte(`<Relationships><Relationship Id="a" Type="`+rel+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
		[]byte(`<workbook xmlns:r="`+rel+`"><sheets><sheet name="Ark" r:id="r1"/></sheets></workbook>`),
		[]byte(`<Relationships><Relationship Id="r1" Type="`+rel+`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="`+rel+
			`/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="`+rel+`/styles" Target="styles.xml"/></Relationships>`),
		[]byte(sheet), []byte(texts), []byte(styles))
}

// Text gives the rows of a sheet as Lines reads them. What would break a line becomes a space.
func Text(rows [][]any) string {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			if cell != nil {
				b.WriteString(strings.NewReplacer("\n", " ", "\t", " ").Replace(fmt.Sprint(cell)))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Zip packs files in the order given.
func Zip(t testing.TB, names []string, files ...[]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(files[i])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sorted packs a zip again with its entries in the order of their names, which the library leaves to chance.
func sorted(t testing.TB, data []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	var names []string
	var files [][]byte
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		names, files = append(names, f.Name), append(files, content)
	}
	return Zip(t, names, files...)
}

// File gives a file of testdata, which must be what its maker makes. SAMBAND_FIXTURES=write writes it anew.
func File(t testing.TB, name string, made []byte) []byte {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("SAMBAND_FIXTURES") == "write" {
		if err := os.WriteFile(path, made, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, made) {
		t.Errorf("%s is not what makes it: run the test with SAMBAND_FIXTURES=write", path)
	}
	return data
}
