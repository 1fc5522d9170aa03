package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"path"
	"strings"

	"samband/store"
)

// The limits of one workbook. What goes beyond is refused, with the limit in the error.
const (
	MaxBytes    = 64 << 20  // as it comes, packed
	MaxUnpacked = 256 << 20 // all parts together
	MaxParts    = 4096
	MaxSheets   = 255
	MaxRows     = 250_000 // in a sheet, empty ones counted
	MaxColumns  = 5_000
	MaxCells    = 6_000_000 // in a sheet, empty ones before a filled one counted
	MaxCell     = 32_767    // characters, the limit of spreadsheet programs
	MaxMerged   = 100_000
)

// Book is an opened workbook. It keeps the packed file, the shared texts and the formats; sheets are read on demand.
type Book struct {
	sheets  []*Sheet
	parts   map[string]*zip.File // by lower-case name
	texts   []string
	formats []shape // of each cell style
	days    int64   // how many days the book's day 0 is after 1899-12-30: 1462 where days count from 1904
}

// Sheet is one sheet of a workbook.
type Sheet struct {
	Name   string
	Hidden bool
	book   *Book
	part   string
}

// Sheets gives the sheets with cells in the order of their tabs, hidden ones too.
func (b *Book) Sheets() []*Sheet { return b.sheets }

// ole is what files of the time before Office Open XML begin with, and password-protected workbooks of today.
const ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// Looks tells whether data begin as a workbook or any other zip does, or as what Open refuses with a better word than
// «unknown»: an encrypted or old workbook.
func Looks(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte(ole))
}

// Open reads what a workbook holds besides its sheets. It refuses with an Invalid store.Error: what is no workbook, is
// encrypted, is damaged, declares XML entities, or goes beyond a limit.
func Open(data []byte) (*Book, error) {
	if len(data) > MaxBytes {
		return nil, tooLarge("xlsx.bytes", MaxBytes>>20)
	}
	if bytes.HasPrefix(data, []byte(ole)) {
		if bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
			return nil, store.E(store.Invalid, "xlsx.encrypted", nil)
		}
		return nil, store.E(store.Invalid, "xlsx.old", nil)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &store.Error{Class: store.Invalid, Code: "xlsx.not", Err: err}
	}
	if len(z.File) > MaxParts {
		return nil, tooLarge("xlsx.parts", MaxParts)
	}
	b := &Book{parts: make(map[string]*zip.File, len(z.File))}
	var size uint64
	for _, f := range z.File {
		if size += min(f.UncompressedSize64, MaxUnpacked+1); size > MaxUnpacked {
			return nil, tooLarge("xlsx.unpacked", MaxUnpacked>>20)
		}
		if f.Flags&1 != 0 {
			return nil, store.E(store.Invalid, "xlsx.encrypted", nil)
		}
		name := partName("/", f.Name)
		if b.parts[name] != nil {
			return nil, wrap(f.Name, errTwice) // readers disagree on which of two counts
		}
		b.parts[name] = f
	}
	return b, b.open()
}

var errTwice = errors.New("a part stands twice")

// open reads the workbook part and what it points to.
func (b *Book) open() error {
	main, err := b.relations("_rels/.rels", "/")
	if err != nil {
		return err
	}
	book := "xl/workbook.xml"
	for _, r := range main {
		if r.is("officeDocument") {
			book = r.target
		}
	}
	if b.parts[book] == nil {
		return store.E(store.Invalid, "xlsx.not", nil)
	}
	dir, file := path.Split(book)
	links, err := b.relations(dir+"_rels/"+file+".rels", "/"+dir)
	if err != nil {
		return err
	}
	err = b.each(book, func(_ *part, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			if isTrue(attr(e, "date1904")) {
				b.days = 1462
			}
		case "sheet":
			link, ok := links[linkOf(e)]
			if ok && !link.is("worksheet") {
				return nil // a sheet that is one chart or a dialogue has no cells
			}
			if !ok || b.parts[link.target] == nil {
				return errors.New("a sheet that is not there")
			}
			if len(b.sheets) == MaxSheets {
				return tooLarge("xlsx.sheets", MaxSheets)
			}
			state := attr(e, "state")
			b.sheets = append(b.sheets, &Sheet{Name: attr(e, "name"), Hidden: state != "" && state != "visible", book: b, part: link.target})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return store.E(store.Invalid, "xlsx.no_sheets", nil)
	}
	for _, r := range links {
		switch {
		case r.is("sharedStrings") && b.parts[r.target] != nil:
			err = b.readTexts(r.target)
		case r.is("styles") && b.parts[r.target] != nil:
			err = b.readFormats(r.target)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// relation is a link from one part to another.
type relation struct{ kind, target string }

// is tells whether the relation is of that kind, in the transitional or the strict form of the standard.
func (r relation) is(kind string) bool { return strings.HasSuffix(r.kind, "/relationships/"+kind) }

// relations reads a part of links by id; links to places outside the file are left out. A missing part has none.
func (b *Book) relations(name, base string) (map[string]relation, error) {
	list := map[string]relation{}
	if b.parts[name] == nil {
		return list, nil
	}
	err := b.each(name, func(_ *part, e xml.StartElement) error {
		if e.Name.Local == "Relationship" && attr(e, "TargetMode") != "External" {
			list[attr(e, "Id")] = relation{kind: attr(e, "Type"), target: partName(base, attr(e, "Target"))}
		}
		return nil
	})
	return list, err
}

// partName gives the name of a part as the parts are kept: from the root, lower case.
func partName(base, name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	if !strings.HasPrefix(name, "/") {
		name = path.Join("/", base, name)
	}
	return strings.ToLower(strings.TrimPrefix(path.Clean(name), "/"))
}

// readTexts reads the table of shared texts.
func (b *Book) readTexts(name string) error {
	return b.each(name, func(p *part, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		if len(b.texts) == MaxCells {
			return tooLarge("xlsx.texts", MaxCells)
		}
		s, err := p.characters(rich)
		b.texts = append(b.texts, unescape(s))
		return err
	})
}
