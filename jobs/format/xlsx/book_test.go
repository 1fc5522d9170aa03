package xlsx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"samband/jobs/format/xlsx"
	"samband/jobs/format/xlsx/xlsxtest"
	"samband/store"
)

// parts are the least a workbook holds, for files that no library would write.
func parts(sheet string) map[string]string {
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	return map[string]string{
		"_rels/.rels": `<Relationships><Relationship Id="a" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="` + rel + `/worksheet" Target="/xl/worksheets/Sheet1.xml"/>` +
			`<Relationship Id="r2" Type="` + rel + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/workbook.xml":          `<workbook xmlns:r="` + rel + `"><sheets><sheet name="Ark" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml": sheet,
		"xl/sharedStrings.xml":     `<sst><si><t>en</t></si><si/><si><r><t>t</t></r><r><t xml:space="preserve">o </t></r><rPh><t>x</t></rPh></si></sst>`,
	}
}

func pack(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func table(t testing.TB, data []byte) (*xlsx.Table, error) {
	t.Helper()
	b, err := xlsx.Open(data)
	if err != nil {
		return nil, err
	}
	return b.Sheets()[0].Table()
}

func TestCells(t *testing.T) {
	f := excelize.NewFile()
	date, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	clock, _ := f.NewStyle(&excelize.Style{NumFmt: 22})
	set := func(cell string, v any, format string) {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
		switch format {
		case "":
		case "date", "clock":
			f.SetCellStyle("Sheet1", cell, cell, map[string]int{"date": date, "clock": clock}[format])
		default:
			s, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			if err != nil {
				t.Fatal(err)
			}
			f.SetCellStyle("Sheet1", cell, cell, s)
		}
	}
	for i, x := range []struct {
		value  any
		format string
		want   string
	}{
		{" Høyde ", "", " Høyde "}, {0.1 + 0.2, "", "0.3"}, {15.0, "", "15"}, {-0.05, "", "-0.05"}, {123456789012.0, "", "123456789012"},
		{45366, "date", "2024-03-15"}, {45366.5, "clock", "2024-03-15T12:00:00"}, {45366.5, "date", "2024-03-15T12:00:00"},
		{45366, "clock", "2024-03-15T00:00:00"}, {45366, `[$-414]d\. mmmm yyyy;@`, "2024-03-15"}, {45366, "yyyy-mm-dd", "2024-03-15"},
		{0.25, "hh:mm", "06:00:00"}, {1.5, "[h]:mm", "36:00:00"}, {45366, `0.00" dager"`, "45366"}, {45366, "[Red]0", "45366"}, {45366, "General", "45366"},
		{1, "0000", "0001"}, {12345, "0000", "12345"}, {0.5, "0000", "0.5"}, {1, "date", "1900-01-01"}, {59, "date", "1900-02-28"}, {60, "date", "60"},
		{61, "date", "1900-03-01"}, {-1, "date", "-1"}, {2958465, "date", "9999-12-31"}, {2958466, "date", "2958466"},
		{true, "", "true"}, {"a_x000D_b_x0041_", "", "a\rbA"}, {45366, "mmm", "2024-03-15"}, {0.5, "mm:ss", "12:00:00"}, {0.75, "0%", "0.75"},
		{1.5e-7, "0.00E+00", "0.00000015"},
	} {
		set("B"+fmt.Sprint(i+1), x.value, x.format)
		data, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		sheet, err := table(t, data.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if got := sheet.Cell(i+1, 2); got != x.want {
			t.Errorf("%v as %q reads %q, not %q", x.value, x.format, got, x.want)
		}
	}
}

func TestMergedSheetsAndEpoch(t *testing.T) {
	f := excelize.NewFile()
	yes := true
	f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes})
	f.SetSheetRow("Sheet1", "A1", &[]any{"Felt", "Type"})
	f.SetCellValue("Sheet1", "A2", "over to")
	f.MergeCell("Sheet1", "A2", "B3")
	day, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	f.SetCellValue("Sheet1", "C5", 0)
	f.SetCellStyle("Sheet1", "C5", "C5", day)
	f.NewSheet("Skjult")
	f.SetSheetVisible("Skjult", false)
	f.NewSheet("3. MedisineringSkjema skjematyp")
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	b, err := xlsx.Open(data.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range b.Sheets() {
		names = append(names, fmt.Sprint(s.Name, s.Hidden))
	}
	if want := []string{"Sheet1false", "Skjulttrue", "3. MedisineringSkjema skjematypfalse"}; !slices.Equal(names, want) {
		t.Errorf("sheets %q", names)
	}
	got, err := b.Sheets()[0].Table()
	want := &xlsx.Table{Rows: [][]string{{"Felt", "Type"}, {"over to"}, nil, nil, {"", "", "1904-01-01"}}, Merged: []xlsx.Range{{2, 1, 3, 2}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	n := 0
	err = b.Sheets()[0].Each(func(row int, cells []string) error {
		if n++; n == 2 {
			return xlsx.ErrStop
		}
		return nil
	})
	if n != 2 || err != nil {
		t.Errorf("stopped after %d rows with %v", n, err)
	}
	mine := store.E(store.Refused, "run.refused", nil)
	if err := b.Sheets()[0].Each(func(int, []string) error { return mine }); !errors.Is(err, mine) {
		t.Errorf("an error of the caller's came back as %v", err)
	}
}

// TestByHand reads what other programs than excelize write.
func TestByHand(t *testing.T) {
	got, err := table(t, pack(t, parts(`<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="s"><x:v>2</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c>
		<x:c t="inlineStr"><x:is><x:t>_x0041_ æ</x:t></x:is></x:c></x:row><x:row r="4"><x:c r="C4" t="e"><x:v>#N/A</x:v></x:c>
		<x:c t="str"><x:f>1+1</x:f><x:v>to</x:v></x:c><x:c t="d"><x:v>2024-03-15T00:00:00</x:v></x:c><x:c/></x:row></x:sheetData></x:worksheet>`)))
	want := [][]string{{"to ", "", "A æ"}, nil, nil, {"", "", "#N/A", "to", "2024-03-15T00:00:00"}}
	if err != nil || !reflect.DeepEqual(got.Rows, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestRefused(t *testing.T) {
	row := func(cells string) map[string]string {
		return parts("<worksheet><sheetData>" + cells + "</sheetData></worksheet>")
	}
	with := func(p map[string]string, name, content string) map[string]string {
		p[name] = content
		return p
	}
	locked := excelize.NewFile()
	var password bytes.Buffer
	if err := locked.Write(&password, excelize.Options{Password: "hemmelig"}); err != nil {
		t.Fatal(err)
	}
	dtd := `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`
	whole := pack(t, row(`<row><c t="s"><v>0</v></c></row>`))
	damaged := bytes.Clone(whole)
	at := bytes.Index(damaged, []byte("sheet1.xml")) + len("sheet1.xml") + 12
	damaged[at] ^= 0xff
	for _, x := range []struct {
		name string
		data []byte
		want store.Code
	}{
		{"empty", nil, "xlsx.not"}, {"text", []byte("a;b\n1;2\n"), "xlsx.not"}, {"other zip", pack(t, map[string]string{"a.txt": "x"}), "xlsx.not"},
		{"cut short", whole[:len(whole)-40], "xlsx.not"}, {"damaged", damaged, "xlsx.broken"},
		{"encrypted", password.Bytes(), "xlsx.encrypted"}, {"old", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 512)...), "xlsx.old"},
		{"entities in a sheet", pack(t, parts(dtd+`<worksheet><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>`)), "xlsx.entities"},
		{"entities in the texts", pack(t, with(row(""), "xl/sharedStrings.xml", dtd+"<sst><si><t>&e;</t></si></sst>")), "xlsx.entities"},
		{"entities in the book", pack(t, with(row(""), "xl/workbook.xml", dtd+"<workbook/>")), "xlsx.entities"},
		{"unknown entity", pack(t, row(`<row><c t="str"><v>&e;</v></c></row>`)), "xlsx.broken"},
		{"sheet cut short", pack(t, parts(`<worksheet><sheetData><row><c><v>1</v></c></row>`)), "xlsx.broken"},
		{"no sheets", pack(t, with(row(""), "xl/workbook.xml", "<workbook/>")), "xlsx.no_sheets"},
		{"missing sheet", pack(t, with(row(""), "xl/workbook.xml", `<workbook xmlns:r="x"><sheet r:id="r9"/></workbook>`)), "xlsx.broken"},
		{"shared text not there", pack(t, row(`<row><c t="s"><v>3</v></c></row>`)), "xlsx.broken"},
		{"negative text", pack(t, row(`<row><c t="s"><v>-1</v></c></row>`)), "xlsx.broken"},
		{"rows out of order", pack(t, row(`<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>`)), "xlsx.broken"},
		{"a cell twice", pack(t, row(`<row><c r="A1"><v>1</v></c><c r="A1"><v>1</v></c></row>`)), "xlsx.broken"},
		{"bad reference", pack(t, row(`<row><c r="A0"><v>1</v></c></row>`)), "xlsx.broken"},
		{"far row", pack(t, row(`<row r="1048576"><c><v>1</v></c></row>`)), "xlsx.rows"},
		{"far column", pack(t, row(`<row><c r="XFD1"><v>1</v></c></row>`)), "xlsx.columns"},
		{"long cell", pack(t, row(`<row><c t="str"><v>`+strings.Repeat("å", xlsx.MaxCell+1)+`</v></c></row>`)), "xlsx.cell"},
		{"many empty cells", pack(t, row(strings.Repeat(`<row><c r="GJH1"><v>1</v></c></row>`, 1202))), "xlsx.cells"},
		{"deep", pack(t, row(strings.Repeat("<a>", 100)+strings.Repeat("</a>", 100))), "xlsx.broken"},
		{"many merged", pack(t, parts(`<worksheet>`+strings.Repeat(`<mergeCell ref="A1:B2"/>`, xlsx.MaxMerged+1)+`</worksheet>`)), "xlsx.merged"},
		{"many parts", pack(t, func() map[string]string {
			p := row("")
			for i := range xlsx.MaxParts {
				p[fmt.Sprint("x", i)] = ""
			}
			return p
		}()), "xlsx.parts"},
		{"many sheets", pack(t, with(row(""), "xl/workbook.xml", `<workbook xmlns:r="x">`+strings.Repeat(`<sheet r:id="r1"/>`, xlsx.MaxSheets+1)+`</workbook>`)), "xlsx.sheets"},
		{"a part twice", pack(t, with(row(""), "XL/workbook.xml", "<workbook/>")), "xlsx.broken"},
	} {
		if _, err := table(t, x.data); store.CodeOf(err) != x.want || store.ClassOf(err) != store.Invalid {
			t.Errorf("%s: %v, not %s", x.name, err, x.want)
		}
	}
}

// TestBomb: what unpacks to gigabytes costs no more than looking at what it says of itself, and what lies about it no
// more than a sheet of the largest size.
func TestBomb(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create("xl/worksheets/sheet1.xml")
	block := bytes.Repeat([]byte(" "), 1<<20)
	for range xlsx.MaxUnpacked>>20 + 1 {
		w.Write(block)
	}
	z.Close()
	if b.Len() > 1<<20 {
		t.Fatalf("the bomb is %d bytes", b.Len())
	}
	if _, err := xlsx.Open(b.Bytes()); store.CodeOf(err) != "xlsx.unpacked" {
		t.Errorf("a zip bomb: %v", err)
	}
	// The same entry under many names, as bombs without layers are made, adds up too.
	p := parts("<worksheet/>")
	data := pack(t, p)
	size := []byte{0xff, 0xff, 0xff, 0x0f}
	central := bytes.LastIndex(data, []byte("PK\x01\x02"))
	copy(data[central+24:], size) // one entry of the directory says 256 MB
	if _, err := xlsx.Open(data); store.CodeOf(err) != "xlsx.unpacked" {
		t.Errorf("an entry that says it is large: %v", err)
	}
	if _, err := xlsx.Open(make([]byte, xlsx.MaxBytes+1)); store.CodeOf(err) != "xlsx.bytes" {
		t.Error("a file over the limit is opened")
	}
}

// TestLikeExcelize: whatever texts and numbers stand where, excelize and this reader see the same.
func TestLikeExcelize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.OneOf(rapid.Just[any](nil), rapid.Just[any](" a "), rapid.Int32().AsAny(),
			rapid.StringMatching(`[a-zæøå0-9 <>&"'\n_x]{0,12}`).AsAny()), 0, 6), 0, 6).Draw(t, "rows")
		for i, r := range rows {
			if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &r); err != nil {
				t.Fatal(err)
			}
		}
		data, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		b, err := xlsx.Open(data.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		got, err := b.Sheets()[0].Table()
		if err != nil {
			t.Fatal(err)
		}
		want, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for i := range max(len(want), len(got.Rows)) {
			for j := range 7 {
				w := ""
				if i < len(want) && j < len(want[i]) {
					w = want[i][j]
				}
				if g := got.Cell(i+1, j+1); g != w {
					t.Fatalf("row %d, column %d: %q, excelize %q", i+1, j+1, g, w)
				}
			}
		}
	})
}

// FuzzRead holds that a reader fails with a code of its own or gives a table within the limits, whose cells are those
// that the rows one by one give.
func FuzzRead(f *testing.F) {
	f.Add(pack(f, parts(`<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`)))
	f.Add(pack(f, parts(`<!DOCTYPE a><worksheet/>`)))
	x := excelize.NewFile()
	x.SetSheetRow("Sheet1", "B2", &[]any{1.5, "å", true, time.Date(2024, 3, 15, 8, 5, 0, 0, time.UTC)})
	if b, err := x.WriteToBuffer(); err == nil {
		f.Add(b.Bytes())
	}
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Fuzz(func(t *testing.T, data []byte) { sound(t, data) })
}

// FuzzParts does the same with what stands in the parts.
func FuzzParts(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="2"><c t="s" s="0"><v>0</v></c><c r="D2" s="1"><v>45366.5</v></c><c t="b"><v>1</v></c></row></sheetData>`+
		`<mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`,
		`<sst><si><r><t>_x0041_</t></r><rPh><t>x</t></rPh></si></sst>`,
		`<styleSheet><numFmts><numFmt numFmtId="165" formatCode="[$-414]d\. mmmm yyyy;@"/></numFmts><cellXfs><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs></styleSheet>`)
	f.Add(`<worksheet><row><c t="inlineStr"><is><t>a</t></is></c></row></worksheet>`, `<!DOCTYPE a>`, "")
	f.Fuzz(func(t *testing.T, sheet, texts, styles string) { sound(t, xlsxtest.Parts(t, sheet, texts, styles)) })
}

func sound(t *testing.T, data []byte) {
	b, err := xlsx.Open(data)
	if err != nil {
		ours(t, err)
		return
	}
	for _, s := range b.Sheets() {
		whole, err := s.Table()
		n := 0
		each := s.Each(func(row int, cells []string) error {
			n = row
			if err == nil && !slices.Equal(whole.Rows[row-1], cells) {
				t.Fatalf("row %d is %q and %q", row, cells, whole.Rows[row-1])
			}
			return nil
		})
		if store.CodeOf(err) != store.CodeOf(each) {
			t.Fatalf("%v at once, %v row by row", err, each)
		}
		if err != nil {
			ours(t, err)
			continue
		}
		if n != len(whole.Rows) || n > xlsx.MaxRows {
			t.Fatalf("%d rows, the last is %d", len(whole.Rows), n)
		}
	}
}

func ours(t *testing.T, err error) {
	if store.ClassOf(err) != store.Invalid || !strings.HasPrefix(string(store.CodeOf(err)), "xlsx.") {
		t.Fatalf("refused with %v", err)
	}
}
