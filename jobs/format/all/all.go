// Package all is the one table of the formats that codebooks come in.
package all

import (
	"slices"
	"strings"

	"samband/jobs/format/checkware"
	"samband/jobs/format/mrs"
	"samband/jobs/format/redcap"
	"samband/jobs/format/xlsx"
	"samband/store"
)

// format is one format of definitions. Looks is cheap and tells whether the files look like it; Read reads them, or says
// in a store.Error of the class Invalid why not.
type format struct {
	Name  string
	Looks func(*delivery) bool
	Read  func(*delivery) (*store.Dictionary, error)
}

// formats lists them in the order in which an unnamed one is looked for: those that nothing else looks like first.
func formats() []format {
	return []format{
		workbook("mrs", mrs.Looks, mrs.Read),
		workbook("checkware", checkware.Looks, checkware.Read),
		single("redcap", redcap.Looks, redcap.Read),
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
// the files look like none, and what the format's own reader says.
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
		if at = slices.IndexFunc(formats, func(f format) bool { return f.Looks(d) }); at < 0 {
			return nil, d.unknown()
		}
	}
	return formats[at].Read(d)
}

// single is a format of one file that is no workbook.
func single(name string, looks func(name string, data []byte) bool, read func([]byte) (*store.Dictionary, error)) format {
	like := func(d *delivery) []int {
		return d.which(func(i int) bool { return !xlsx.Looks(d.files[i].Data) && looks(d.files[i].Name, d.files[i].Data) })
	}
	return format{Name: name, Looks: func(d *delivery) bool { return len(like(d)) > 0 },
		Read: func(d *delivery) (*store.Dictionary, error) {
			i, err := d.one(like(d))
			if err != nil {
				return nil, err
			}
			return read(d.files[i].Data)
		}}
}

// workbook is a format of one workbook.
func workbook(name string, looks func(*xlsx.Book) bool, read func(*xlsx.Book) (*store.Dictionary, error)) format {
	like := func(d *delivery) []int {
		return d.which(func(i int) bool {
			b, err := d.book(i)
			return err == nil && looks(b)
		})
	}
	return format{Name: name, Looks: func(d *delivery) bool { return len(like(d)) > 0 },
		Read: func(d *delivery) (*store.Dictionary, error) {
			i, err := d.one(like(d))
			if err != nil {
				return nil, err
			}
			b, err := d.book(i)
			if err != nil {
				return nil, err
			}
			return read(b)
		}}
}
