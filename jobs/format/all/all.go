// Package all is the one table of the formats that codebooks come in.
package all

import (
	"slices"
	"strings"

	"samband/jobs/format/checkware"
	"samband/jobs/format/kreftregisteret"
	"samband/jobs/format/mrs"
	"samband/jobs/format/odm"
	"samband/jobs/format/oqr"
	"samband/jobs/format/plain"
	"samband/jobs/format/questionnaire"
	"samband/jobs/format/redcap"
	"samband/jobs/format/xlsx"
	"samband/store"
)

// format is one format of definitions. Uses is cheap and gives which of the files look like it; Read reads them, or says
// in a store.Error of the class Invalid why not.
type format struct {
	Name string
	Uses func(*delivery) []int
	Read func(*delivery) (*store.Dictionary, error)
}

// formats lists them in the order in which an unnamed one is looked for: those that nothing else looks like first.
func formats() []format {
	return []format{
		parcel("kreftregisteret", kreftregisteret.Looks, kreftregisteret.LooksWorkbook, kreftregisteret.Read),
		one("mrs", workbook(mrs.Looks, mrs.Read)),
		one("checkware", workbook(checkware.Looks, checkware.Read), file(checkware.LooksCSV, checkware.ReadCSV)),
		one("redcap", file(redcap.Looks, redcap.Read)),
		one("odm", file(odm.Looks, odm.Read)),
		one("questionnaire", file(questionnaire.Looks, questionnaire.Read)),
		one("oqr", file(oqr.Looks, oqr.Read)),
		one("plain", workbook(plainSheets, readPlain), file(plain.Looks, plain.Read)),
	}
}

// Names gives the names of the formats.
func Names() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.Name)
	}
	return names
}

// Read reads what somebody uploaded: one file, several that belong together, or a zip of them. Format is one of Names,
// or "" to find it. The error is Invalid: dictionary.format for a name that isn't there, dictionary.unknown_format when
// the files look like none, dictionary.several_books when they are of several formats, dictionary.unused_file for one
// that no format uses, and what the format's own reader says. A guide inside a zip does no harm: it is a defect.
func Read(name string, files []File) (*store.Dictionary, error) {
	formats := formats()
	at := slices.IndexFunc(formats, func(f format) bool { return f.Name == name })
	if at < 0 && name != "" {
		return nil, store.E(store.Invalid, "dictionary.format", store.Args{"name": store.Shorten(name), "names": strings.Join(Names(), ", ")})
	}
	d, err := unpack(files)
	if err != nil {
		return nil, err
	}
	if at < 0 {
		if at = slices.IndexFunc(formats, func(f format) bool { return len(f.Uses(d)) > 0 }); at < 0 {
			return nil, d.unknown()
		}
	}
	dictionary, err := formats[at].Read(d)
	if err == nil {
		err = d.leftOver(dictionary, formats, at)
	}
	if err != nil {
		return nil, err
	}
	return dictionary, nil
}

// leftOver refuses files beside those that a format read: nobody should think that they are in the codebook.
func (d *delivery) leftOver(found *store.Dictionary, formats []format, at int) error {
	if len(d.files) == 1 {
		return nil
	}
	uses := formats[at].Uses(d)
	for i, f := range d.files {
		if slices.Contains(uses, i) {
			continue
		}
		for n := range formats {
			if n != at && slices.Contains(formats[n].Uses(d), i) {
				return store.E(store.Invalid, "dictionary.several_books",
					store.Args{"file": store.Shorten(d.files[uses[0]].Name), "other": store.Shorten(f.Name)})
			}
		}
		if !d.packed[i] {
			return store.E(store.Invalid, "dictionary.unused_file", store.Args{"file": store.Shorten(f.Name)})
		}
		found.Defect("", 0, "", "dictionary.unused_file", store.Args{"file": store.Shorten(f.Name)})
	}
	return nil
}

// parcel is a format of several files together, which also looks like itself when only its workbooks are there: its
// reader then says what is missing.
func parcel(name string, looks func([]File) bool, like func(*xlsx.Book) bool, read func([]File) (*store.Dictionary, error)) format {
	return format{Name: name,
		Uses: func(d *delivery) (uses []int) {
			book := workbook(like, nil)
			for i := range d.files {
				if looks(d.files[i:i+1]) || book.looks(d, i) {
					uses = append(uses, i)
				}
			}
			return uses
		},
		Read: func(d *delivery) (*store.Dictionary, error) { return read(d.files) }}
}

// plainSheets tells whether a sheet of a workbook is a table of definitions.
func plainSheets(b *xlsx.Book) bool {
	return slices.ContainsFunc(b.Sheets(), func(s *xlsx.Sheet) bool { return !s.Hidden && plain.LooksLike(s.Top(10)) })
}

func readPlain(b *xlsx.Book) (*store.Dictionary, error) {
	var sheets []plain.Sheet
	for _, s := range b.Sheets() {
		if s.Hidden {
			continue
		}
		t, err := s.Table()
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, plain.Sheet{Name: s.Name, Rows: t.Rows, Note: t.NoteMerged})
	}
	return plain.FromSheets(sheets...)
}

// way is one way in which a format is written: as a workbook, or as anything else.
type way struct {
	book  bool
	looks func(*delivery, int) bool
	read  func(*delivery, int) (*store.Dictionary, error)
}

func file(looks func(name string, data []byte) bool, read func([]byte) (*store.Dictionary, error)) way {
	return way{
		looks: func(d *delivery, i int) bool {
			return !xlsx.Looks(d.files[i].Data) && looks(d.files[i].Name, d.files[i].Data)
		},
		read: func(d *delivery, i int) (*store.Dictionary, error) { return read(d.files[i].Data) },
	}
}

func workbook(looks func(*xlsx.Book) bool, read func(*xlsx.Book) (*store.Dictionary, error)) way {
	return way{
		book: true,
		looks: func(d *delivery, i int) bool {
			b, err := d.book(i)
			return err == nil && looks(b)
		},
		read: func(d *delivery, i int) (*store.Dictionary, error) {
			b, err := d.book(i)
			if err != nil {
				return nil, err
			}
			return read(b)
		},
	}
}

// one is a format of one file, which may be written in several ways. A lone file is read in any case when the format was named: its reader says best what is missing.
func one(name string, ways ...way) format {
	wayOf := func(d *delivery, i int) int {
		return slices.IndexFunc(ways, func(w way) bool { return w.looks(d, i) })
	}
	uses := func(d *delivery) (uses []int) {
		for i := range d.files {
			if wayOf(d, i) >= 0 {
				uses = append(uses, i)
			}
		}
		return uses
	}
	return format{Name: name, Uses: uses,
		Read: func(d *delivery) (*store.Dictionary, error) {
			switch found := uses(d); {
			case len(found) == 1:
				return ways[wayOf(d, found[0])].read(d, found[0])
			case len(found) > 1:
				return nil, store.E(store.Invalid, "dictionary.several_files", store.Args{"n": len(found)})
			case len(d.files) > 1:
				return nil, d.unknown()
			}
			w := slices.IndexFunc(ways, func(w way) bool { return w.book == xlsx.Looks(d.files[0].Data) })
			return ways[max(w, 0)].read(d, 0)
		}}
}
